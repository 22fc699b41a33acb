"""Los nombres que usa una plantilla, uno por uno y en su lugar: el de un ciclo sólo existe dentro de él.

Cada etiqueta se analiza por separado, de modo que una mal cerrada no impide revisar las demás.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from itertools import count
from types import MappingProxyType

from jinja2 import TemplateError, nodes

from generador.datos import dataclass
from generador.plantilla.contrato import (
    DECIMAL,
    GRAFICA,
    NADA,
    NUMERO,
    SI_O_NO,
    TEXTO,
    Camino,
    Forma,
    ciclo,
    en_su_ciclo,
    parecido_a,
    singular,
)
from generador.plantilla.entorno import (
    ENTRE_CERO,
    NO_POTENCIAS,
    PRUEBAS,
    REVISE_EL_NOMBRE,
    SOLO_DATOS,
    entorno,
    filtros,
    no_es_para,
    no_existe_el_filtro,
    no_existe_la_prueba,
    no_se_opera,
    por_que_no,
)
from generador.plantilla.sintaxis import cortada
from generador.plantilla.sugerencias import ciclo_de, de_dentro, de_raiz, lista_de, lo_que_nombra

_PALABRA = re.compile(r"\{%[-+]?\s*(\w+)\s*(.*?)\s*[-+]?%\}$", re.DOTALL)
_PINTA = re.compile(r"\{\{[-+]?\s*(.*?)\s*[-+]?\}\}$", re.DOTALL)
_EN_LUGAR_DEL_PUNTO = re.compile(r"\s*[-/,]\s*")
_DEL_CICLO = {
    **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), NUMERO),
    **dict.fromkeys(("first", "last"), SI_O_NO),
}
_DE_TEXTO = ("join", "mayuscula_inicial", "mayusculas", "enumerar", "unir")
_DE_LISTA = ("join", "enumerar")
_CON_NUMEROS = ("odd", "even", "divisibleby")
_ARGUMENTOS = {"join": 2, "enumerar": 1}  # los que admite cada filtro; los demás, ninguno
_OPERADORES = {nodes.Add: "+", nodes.Sub: "-", nodes.Mul: "*", nodes.Div: "/", nodes.FloorDiv: "//", nodes.Mod: "%"}
_ANTES_Y_DESPUES = ("lt", "lteq", "gt", "gteq")
_CIERRES = {"endfor": "for", "endif": "if", "endwith": "with", "endset": "set"}
_DESPUES_DE_IN = "Escriba una lista después de «in»."
_UN_NUMERO = "Escriba un número."
_NO_SE_PERMITE = f"la plantilla intenta ejecutar código ({{}}), {SOLO_DATOS}"


@dataclass(frozen=True)
class Valor:
    """Lo que vale una expresión: su forma (None: no se sabe) y el camino por el que se llegó (vacío: es suya).

    ``dicho``: cómo está escrita en la plantilla, si es un nombre.
    """

    forma: Forma | None = None
    camino: Camino = ()
    dicho: str = ""

    @property
    def nombre(self) -> str:
        """Cómo citarlo ante la persona; vacío si no es un dato del libro."""
        return self.dicho if self.dicho and self.camino else en_su_ciclo(self.camino)


@dataclass
class _Ambito:
    palabra: str
    etiqueta: str = ""  # la que lo abrió
    nombres: dict[str, Valor] = field(default_factory=dict)
    prueba: frozenset[Camino] = frozenset()  # los caminos de los que depende un «if»
    serie: int = field(default_factory=count().__next__)


@dataclass
class Uso:
    """Lo que se averigua al recorrer una plantilla."""

    usados: set[Camino] = field(default_factory=set)
    raices: set[str] = field(default_factory=set)


DESCONOCIDO = Valor()
_PROHIBIDO = Valor(dicho="__")  # como el anterior: tampoco se sabe qué vale
_CIFRA, _LETRAS, _DUDA = Valor(Forma({NUMERO})), Valor(Forma({TEXTO})), Valor(Forma({SI_O_NO}))
_DECIMALES = Valor(Forma({DECIMAL}))


class Recorrido:
    """Recorre las etiquetas en su orden y avisa (código, frase) de los nombres que no existen.

    Sin contrato sólo ve lo que no depende de él: la sintaxis, los filtros y lo que no se permite. ``agregables``:
    de cada lista, la hoja a la que la persona puede agregarle una columna.
    """

    def __init__(
        self,
        contrato: Forma | None,
        avisar: Callable[[str, str], None],
        sueltos: Iterable[str] = (),
        agregables: Mapping[Camino, str] = MappingProxyType({}),
    ) -> None:
        self.contrato, self.avisar, self.agregables = contrato, avisar, agregables
        self.uso = Uso()
        self.ambitos = [_Ambito("", nombres=dict.fromkeys(sueltos, DESCONOCIDO))]
        self.falta_un_ciclo = False  # si más adelante hay un «endfor» sin su «for»
        self.de_otro_ciclo: dict[str, str] = {}  # los nombres que ya no existen, y la etiqueta que los creó

    @property
    def ciclos(self) -> int:
        """Dentro de cuántos «for» se está."""
        return sum(ambito.palabra == "for" for ambito in self.ambitos)

    @property
    def rama(self) -> tuple[int, ...]:
        """Con qué se distingue un lugar de otro: los «for» y las ramas de «if» que lo rodean."""
        return tuple(ambito.serie for ambito in self.ambitos)

    def depende_de(self, camino: Camino) -> bool:
        """Si alguno de los «if» que rodean el lugar pregunta por ese camino."""
        return any(camino in ambito.prueba for ambito in self.ambitos)

    def etiqueta(self, texto: str) -> Valor:
        """Recorre una etiqueta entera, ``{{ … }}`` o ``{% … %}``; devuelve lo que vale lo que escribe o recorre."""
        if pinta := _PINTA.match(texto):
            valor = self._expresion(self._con_sus_puntos(pinta[1]), texto)
            self._entre_comillas(pinta[1])
            if valor.forma is not None and not valor.forma.se_escribe:
                self.avisar("E06", f"«{cortada(texto)}» no se puede escribir: {_que_es(valor)}.")
            return valor
        bloque = _PALABRA.match(texto)
        return self._bloque(bloque[1], bloque[2], texto) if bloque else DESCONOCIDO

    def _con_sus_puntos(self, expresion: str) -> str:
        """``"sesion-fecha"`` → ``"sesion.fecha"``, y se dice, si sólo así es un nombre; si no, la misma."""
        escrito, filtro, demas = expresion.partition("|")
        con_puntos = _EN_LUGAR_DEL_PUNTO.sub(".", escrito.strip())
        if con_puntos == escrito.strip() or not self._hay(con_puntos):
            return expresion
        self._no_existe(escrito.strip(), f"¿Quiso decir «{con_puntos}»?")
        return f"{con_puntos}{filtro}{demas}"

    def _hay(self, escrito: str) -> bool:
        raiz, *dentro = escrito.split(".")
        locales = (ambito.nombres[raiz].forma for ambito in reversed(self.ambitos) if raiz in ambito.nombres)
        forma = next(locales, self.contrato and self.contrato.llaves.get(raiz))
        return forma is not None and forma.en(tuple(dentro)) is not None

    def _entre_comillas(self, expresion: str) -> None:
        """W16: un nombre entre comillas no es un nombre."""
        comillas = re.fullmatch(r"([\"'])(.*)\1", expresion)
        nombre = comillas and self.contrato is not None and lo_que_nombra(comillas[2].strip(), self.contrato)
        if nombre:
            self.avisar(
                "W16",
                f"«{{{{ {expresion} }}}}» va entre comillas y sale tal cual. Quite las comillas: «{{{{ {nombre} }}}}».",
            )

    # --- bloques

    def _bloque(self, palabra: str, resto: str, texto: str) -> Valor:
        match palabra:
            case "for":
                return self._ciclo(texto)
            case "if" | "elif":
                if palabra == "elif":
                    self._cerrar("if")
                antes = set(self.uso.usados)
                self.uso.usados = set()
                condicion = self._analizado(f"{{% if {resto} %}}{{% endif %}}", texto)
                if isinstance(condicion, nodes.If):
                    self._valor(condicion.test)
                    self._con_coma(condicion.test, texto)
                self.ambitos.append(_Ambito("if", prueba=frozenset(self.uso.usados)))
                self.uso.usados |= antes
            case "else":
                if self.ambitos[-1].palabra == "if":
                    self._cerrar("if")
                    self.ambitos.append(_Ambito("if"))
                elif self.ambitos[-1].palabra == "for":
                    self.ambitos[-1].nombres.clear()
            case "set" | "with":
                self._asignar(palabra, texto)
            case "colspan" | "cellbg":
                forma = self._expresion(resto, texto).forma
                if palabra == "colspan" and forma is not None and not _puede_ser(forma, NUMERO):
                    dicho = f"«{cortada(texto)}» lleva un número, y ahí hay {_nombrada(forma)}"
                    self.avisar("E06", f"{dicho}. {_UN_NUMERO}")
            case _ if palabra in _CIERRES:
                self._cerrar(_CIERRES[palabra])
        return DESCONOCIDO

    def _con_coma(self, prueba: nodes.Node, texto: str) -> None:
        """W18: varias condiciones separadas con coma no son una condición."""
        if isinstance(prueba, nodes.Tuple):
            self.avisar("W18", f"«{cortada(texto)}» siempre se cumple. En lugar de la coma escriba «and» u «or».")

    def _cerrar(self, palabra: str) -> None:
        """Cierra el último de esa palabra y lo que quedó abierto dentro; si no hay, nada."""
        lugares = [lugar for lugar, ambito in enumerate(self.ambitos) if lugar and ambito.palabra == palabra]
        if lugares:
            cerrado = self.ambitos[lugares[-1]]
            del self.ambitos[lugares[-1] :]
            self.de_otro_ciclo |= dict.fromkeys(cerrado.nombres, cerrado.etiqueta) if palabra == "for" else {}
            if palabra == "set":  # lo que encierra «set» queda con nombre después de él
                self._del_ciclo().nombres |= cerrado.nombres

    def _ciclo(self, texto: str) -> Valor:
        nodo = self._analizado(f"{texto}{{% endfor %}}", texto)
        del_ciclo = Forma(set(), {n: Forma({c}) for n, c in _DEL_CICLO.items()})
        ambito = _Ambito("for", cortada(texto), {"loop": Valor(del_ciclo)})
        valor = DESCONOCIDO
        if isinstance(nodo, nodes.For):
            valor = self._por_recorrer(nodo.iter)
            elemento = self._elemento(valor, nodo)
            del_ciclo.llaves |= {nombre: elemento.forma or Forma() for nombre in ("previtem", "nextitem")}
            ambito.nombres = self._asignados(nodo.target, elemento) | ambito.nombres
        self.ambitos.append(ambito)
        if isinstance(nodo, nodes.For) and nodo.test is not None:
            self._valor(nodo.test)
        return valor

    def _por_recorrer(self, nodo: nodes.Node) -> Valor:
        """Lo que sigue a «in»: si es el singular de una lista, lo que falta es el plural, y no otro ciclo."""
        if isinstance(nodo, nodes.Name) and self.contrato is not None and nodo.name not in self.contrato.llaves:
            lista = lista_de(nodo.name, self.contrato)
            if lista and nodo.name not in self._locales() and nodo.name not in self.de_otro_ciclo:
                self._no_existe(nodo.name, f"¿Quiso decir «{lista}»?")
                return DESCONOCIDO
        return self._valor(nodo)

    def _elemento(self, valor: Valor, nodo: nodes.For) -> Valor:
        forma = valor.forma
        if forma is None:
            return DESCONOCIDO
        if forma.elemento is not None:
            elemento = Valor(forma.elemento, (*valor.camino, "[]") if valor.camino else ())
            if isinstance(nodo.target, nodes.Tuple) and (forma.elemento.clases or forma.elemento.es_diccionario):
                self.avisar("E05", "el «for» da varios nombres a cada uno. Dele uno solo: «{% for uno in … %}».")
            return elemento
        if forma.es_diccionario:
            return _LETRAS
        if forma.clases - {NADA}:
            nombre = f"«{valor.nombre}»" if valor.camino else "lo que sigue a «in»"
            remedio = f". {_DESPUES_DE_IN}"
            if TEXTO in forma.clases:
                remedio = " y saldría letra por letra. Escríbalo sin «for»: «{{ … }}»."
            self.avisar("E05", f"se recorre con «for» algo que no es una lista: {nombre} es {_clases(forma)}{remedio}")
        return DESCONOCIDO

    def _asignar(self, palabra: str, texto: str) -> None:
        en_linea = palabra == "with" or "=" in texto
        cierre = "{% endwith %}" if palabra == "with" else "" if en_linea else "{% endset %}"
        nodo = self._analizado(f"{texto}{cierre}", texto)
        atados: dict[str, Valor] = {}
        if isinstance(nodo, nodes.Assign):
            atados = self._asignados(nodo.target, self._valor(nodo.node))
        elif isinstance(nodo, nodes.AssignBlock):
            if nodo.filter is not None:
                self._valor(nodo.filter)
            atados = self._asignados(nodo.target, _LETRAS)
        elif isinstance(nodo, nodes.With):
            for destino, dado in zip(nodo.targets, nodo.values, strict=True):
                atados |= self._asignados(destino, self._valor(dado))
        if palabra == "set" and en_linea:
            self._del_ciclo().nombres |= atados
        else:
            self.ambitos.append(_Ambito(palabra, nombres=atados))

    def _asignados(self, destino: nodes.Node, valor: Valor) -> dict[str, Valor]:
        """Los nombres que crea un «set» o un «with»; se dice si no los puede crear."""
        if isinstance(destino, nodes.NSRef):
            nombre = f"{destino.name}.{destino.attr}"
            self.avisar("E03", f"«{nombre}» es un dato del libro y no se cambia. Dele otro nombre, sin punto.")
            return {}
        atados = dict(_atados(destino, valor))
        if "loop" in atados:
            self.avisar("E03", "«loop» es un nombre del programa. Use otro.")
            del atados["loop"]
        return atados

    def _del_ciclo(self) -> _Ambito:
        """Dónde queda lo que se asigna: un «if» no encierra nombres."""
        return next(ambito for ambito in reversed(self.ambitos) if ambito.palabra != "if")

    # --- expresiones

    def _expresion(self, texto: str, etiqueta: str) -> Valor:
        nodo = self._analizado(f"{{{{ {texto} }}}}", etiqueta)
        if isinstance(nodo, nodes.Output) and len(nodo.nodes) == 1:
            return self._valor(nodo.nodes[0])
        return DESCONOCIDO

    def _analizado(self, fuente: str, etiqueta: str) -> nodes.Node | None:
        """El primer nodo de una etiqueta sola; None, y se dice, si no está bien escrita."""
        try:
            cuerpo = entorno().parse(fuente).body
        except TemplateError:
            self.avisar("E03", por_que_no(etiqueta))
            return None
        except RecursionError:
            self.avisar("E03", f"«{cortada(etiqueta)}» lleva demasiados paréntesis o condiciones. Divídala en varias.")
            return None
        return cuerpo[0] if cuerpo else None

    def _valor(self, nodo: nodes.Node) -> Valor:
        match nodo:
            case nodes.Name():
                return self._de_nombre(nodo.name)
            case nodes.Getattr():
                return self._dentro(self._valor(nodo.node), nodo.attr)
            case nodes.Getitem():
                return self._de_lugar(nodo)
            case nodes.Filter():
                return self._de_filtro(nodo)
            case nodes.Test():
                return self._de_prueba(nodo)
            case nodes.Call():
                return self._de_llamada(nodo)
            case nodes.Const() | nodes.TemplateData():
                return Valor(Forma().sumar(nodo.as_const()))
            case nodes.CondExpr():
                self._valor(nodo.test)
                return self._cualquiera(nodo.expr1, nodo.expr2)
            case nodes.Or() | nodes.And():
                return self._cualquiera(nodo.left, nodo.right)
            case nodes.Compare():
                return self._de_comparacion(nodo)
            case nodes.Not():
                self._valor(nodo.node)
                return _DUDA
            case nodes.List() | nodes.Tuple():
                junta = Forma()
                for suyo in nodo.items:
                    junta.fundir(self._entero(suyo))
                return Valor(Forma(elemento=junta))
            case nodes.Dict():
                pares = {str(p.key.as_const()): p.value for p in nodo.items if isinstance(p.key, nodes.Const)}
                return Valor(Forma(llaves={llave: self._entero(suyo) for llave, suyo in pares.items()}))
            case nodes.Concat():
                for pegado in nodo.nodes:
                    valor = self._valor(pegado)
                    if valor.forma is not None and not valor.forma.se_escribe:
                        self.avisar("E06", f"con «~» sólo se pegan textos y números: {_que_es(valor)}.")
                return _LETRAS
            case nodes.Pow():
                self.avisar("E14", f"{NO_POTENCIAS}.")
                return DESCONOCIDO
            case nodes.Neg() | nodes.Pos():
                suya = self._valor(nodo.node).forma
                if suya is not None and not _puede_ser(suya, NUMERO, DECIMAL):
                    self.avisar("E06", f"«{nodo.operator}» va con números, y ahí hay {_nombrada(suya)}. Quítelo.")
                return _CIFRA
            case nodes.BinExpr() if type(nodo) in _OPERADORES:
                return self._de_cuenta(nodo, _OPERADORES[type(nodo)])
            case _:
                self._todos(nodo.iter_child_nodes())
                return DESCONOCIDO

    def _de_cuenta(self, nodo: nodes.BinExpr, operador: str) -> Valor:
        uno, otro = self._valor(nodo.left).forma, self._valor(nodo.right).forma
        if operador in ("/", "//", "%") and isinstance(nodo.right, nodes.Const) and nodo.right.value == 0:
            self.avisar("E06", f"{ENTRE_CERO}.")
            return DESCONOCIDO
        if uno is None or otro is None:
            return DESCONOCIDO
        numeros = all(_puede_ser(forma, NUMERO, DECIMAL) for forma in (uno, otro))
        textos = operador == "+" and all(_puede_ser(forma, TEXTO) for forma in (uno, otro))
        listas = operador == "+" and uno.es_lista and otro.es_lista
        if not (numeros or textos or listas):
            self.avisar("E06", f"{no_se_opera(operador, _nombrada(uno), _nombrada(otro))}.")
            return DESCONOCIDO
        if textos and not numeros:
            return _LETRAS
        if listas:
            return Valor(Forma(elemento=Forma().fundir(uno.elemento or Forma()).fundir(otro.elemento or Forma())))
        con_decimales = operador == "/" or DECIMAL in uno.clases | otro.clases
        return _DECIMALES if con_decimales else _CIFRA

    def _de_comparacion(self, nodo: nodes.Compare) -> Valor:
        antes = self._valor(nodo.expr).forma
        for operando in nodo.ops:
            despues = self._valor(operando.expr).forma
            if antes is not None and despues is not None:
                self._comparables(operando.op, antes, despues)
            antes = despues
        return _DUDA

    def _comparables(self, operador: str, uno: Forma, otro: Forma) -> None:
        if operador in ("in", "notin"):
            if not (otro.es_lista or otro.es_diccionario or _puede_ser(otro, TEXTO)):
                self.avisar(
                    "E06", f"«in» busca en una lista o en un texto, y ahí hay {_nombrada(otro)}. {_DESPUES_DE_IN}"
                )
            elif _puede_ser(otro, TEXTO) and not _puede_ser(uno, TEXTO):
                self.avisar(
                    "E06",
                    f"en un texto sólo se busca otro texto, y ahí hay {_nombrada(uno)}. Escriba uno antes de «in».",
                )
        elif operador in _ANTES_Y_DESPUES and not any(
            _puede_ser(uno, *clases) and _puede_ser(otro, *clases) for clases in ((TEXTO,), (NUMERO, DECIMAL))
        ):
            cuales = f"{_nombrada(uno)} y {_nombrada(otro)}"
            self.avisar("E06", f"no se puede decir cuál es mayor entre {cuales}. Compare dos números o dos textos.")

    def _de_prueba(self, nodo: nodes.Test) -> Valor:
        if nodo.name not in PRUEBAS:
            self.avisar("E05", f"{no_existe_la_prueba(nodo.name)}.")
        if nodo.name not in ("defined", "undefined"):
            self._todos(nodo.iter_child_nodes())
            forma = self._valor(nodo.node).forma
            if nodo.name in _CON_NUMEROS and forma is not None and not _puede_ser(forma, NUMERO):
                self.avisar("E06", f"«is {nodo.name}» va con números, y ahí hay {_nombrada(forma)}. Quítelo.")
            if any(isinstance(dado, nodes.Const) and dado.value == 0 for dado in nodo.args or ()):
                self.avisar("E06", f"{ENTRE_CERO}.")
        return _DUDA

    def _entero(self, nodo: nodes.Node) -> Forma:
        """Lo que se guarda en una lista o un diccionario escrito en la plantilla: se da por usado entero."""
        valor = self._valor(nodo)
        forma = valor.forma or Forma()
        if valor.camino:
            self.uso.usados |= {(*valor.camino, *dentro) for dentro, _ in forma.caminos()}
        return forma

    def _todos(self, hijos: Iterable[nodes.Node]) -> None:
        for hijo in hijos:
            self._valor(hijo)

    def _cualquiera(self, uno: nodes.Node | None, otro: nodes.Node | None) -> Valor:
        valores = [self._valor(nodo) for nodo in (uno, otro) if nodo is not None]
        if any(valor.forma is None for valor in valores):
            return DESCONOCIDO
        junta = Forma()
        for valor in valores:
            junta.fundir(valor.forma or Forma())
        return Valor(junta)

    def _de_nombre(self, nombre: str) -> Valor:
        for ambito in reversed(self.ambitos):
            if nombre in ambito.nombres:
                return self._usado(replace(ambito.nombres[nombre], dicho=nombre))
        if nombre.startswith("__"):
            self.avisar("E14", f"{_NO_SE_PERMITE.format(f'«{nombre}»')}.")
            return _PROHIBIDO
        self.uso.raices.add(nombre)
        if self.contrato is None:
            return DESCONOCIDO
        suya = self.contrato.llaves.get(nombre)
        if suya is None:
            self._no_existe_la_raiz(nombre, self.contrato)
            return DESCONOCIDO
        return self._usado(Valor(suya, (nombre,), nombre))

    def _usado(self, valor: Valor) -> Valor:
        if valor.camino:
            self.uso.usados.add(valor.camino)
        return valor

    def _locales(self) -> Iterator[str]:
        for ambito in self.ambitos:
            yield from (nombre for nombre in ambito.nombres if nombre != "loop")

    def _no_existe_la_raiz(self, nombre: str, nombres: Forma) -> None:
        if abre := self.de_otro_ciclo.get(nombre) or ciclo_de(nombre, nombres):
            self.avisar(
                "E05", f"«{nombre}» no existe fuera de su ciclo. Escríbalo entre «{abre}» y su «{{% endfor %}}»."
            )
        else:
            self._no_existe(
                nombre, de_raiz(nombre, nombres, list(self._locales()), self.agregables) or self._sin_su_ciclo(nombre)
            )

    def _sin_su_ciclo(self, nombre: str) -> str:
        if not self.falta_un_ciclo:
            return ""
        return f"Escriba antes «{{% for {nombre} in … %}}»: más adelante está su «{{% endfor %}}» y nadie lo abre."

    def _no_existe(self, nombre: str, remedio: str) -> None:
        self.avisar("E05", f"«{cortada(nombre)}» no existe. {remedio or REVISE_EL_NOMBRE}")

    def _como_columna(self, camino: Camino, nombre: str) -> str:
        """Cómo tener ese nombre, si puede ser el de una columna que la persona agregue; vacío si no."""
        hoja = self.agregables.get(camino)
        if not hoja:
            return ""
        return f"Si es un dato suyo, agregue la columna «{de_columna(nombre)}» a la hoja «{hoja}» del libro."

    def _dentro(self, dueno: Valor, nombre: str) -> Valor:
        if dueno is _PROHIBIDO:  # ya se dijo
            return dueno
        if nombre.startswith("__"):
            self.avisar("E14", f"{_NO_SE_PERMITE.format(f'«{nombre}»')}.")
            return _PROHIBIDO
        forma = dueno.forma
        if forma is None:
            return DESCONOCIDO
        dicho = f"{dueno.nombre}.{nombre}" if dueno.nombre else ""
        suya = forma.llaves.get(nombre)
        if suya is not None:
            return self._usado(Valor(suya, (*dueno.camino, nombre) if dueno.camino else (), dicho))
        if forma.abierta is not None:
            return self._usado(Valor(forma.abierta, (*dueno.camino, "NOMBRE"), dicho))
        if forma.es_lista:
            uno = singular(dueno.camino) if dueno.camino else "uno"
            abre = ciclo(dueno.camino) if dueno.camino else "{% for uno in … %}"
            self.avisar(
                "E05",
                f"«{dueno.nombre or 'eso'}» es una lista y no tiene «{nombre}». Recórrala con "
                f"«{abre}» y escriba «{{{{ {uno}.{nombre} }}}}».",
            )
        elif forma.llaves or forma.clases - {NADA}:
            seria = de_dentro(dueno.camino, dueno.nombre, nombre, self.contrato or Forma())
            self._no_existe(dicho or nombre, seria or self._como_columna(dueno.camino, nombre))
        return DESCONOCIDO

    def _de_lugar(self, nodo: nodes.Getitem) -> Valor:
        dueno, lugar = self._valor(nodo.node), nodo.arg
        if isinstance(lugar, nodes.Slice):
            for limite in lugar.iter_child_nodes():
                forma = self._valor(limite).forma
                if forma is not None and not _puede_ser(forma, NUMERO):
                    self.avisar("E06", f"entre corchetes van números, y ahí hay {_nombrada(forma)}. {_UN_NUMERO}")
            return dueno
        if isinstance(lugar, nodes.Const) and isinstance(lugar.value, str):
            return self._dentro(dueno, lugar.value)
        suya = self._valor(lugar).forma
        if dueno.forma is None:
            return DESCONOCIDO
        if suya is not None and dueno.forma.es_lista and not _puede_ser(suya, NUMERO):
            dicho = f"entre corchetes va el lugar que ocupa en la lista, y ahí hay {_nombrada(suya)}"
            self.avisar("E06", f"{dicho}. {_UN_NUMERO}")
        if dueno.forma.elemento is not None:
            return self._usado(Valor(dueno.forma.elemento, (*dueno.camino, "[]") if dueno.camino else ()))
        if dueno.forma.es_diccionario and isinstance(lugar, nodes.Const):
            self._no_existe(f"{dueno.nombre}[{lugar.value}]", "")
        return DESCONOCIDO

    def _de_filtro(self, nodo: nodes.Filter) -> Valor:
        dado = self._valor(nodo.node) if nodo.node is not None else DESCONOCIDO
        self._todos([*nodo.args, *(par.value for par in nodo.kwargs)])
        if nodo.name not in filtros():
            parecido = parecido_a(nodo.name, list(filtros()))
            quiso = f". ¿Quiso decir «{parecido}»?" if parecido else "."
            self.avisar("E05", f"{no_existe_el_filtro(nodo.name, quiso)}.")
            return DESCONOCIDO
        if len(nodo.args) + len(nodo.kwargs) > _ARGUMENTOS.get(nodo.name, 0):
            self.avisar("E03", f"el filtro «{nodo.name}» lleva entre paréntesis más de lo que admite. Quítelo.")
        self._aplicable(nodo, dado)
        elemento = dado.forma.elemento if dado.forma is not None else None
        de_dentro = (
            Valor(elemento, (*dado.camino, "[]") if dado.camino else ()) if elemento is not None else DESCONOCIDO
        )
        if nodo.name in ("first", "last"):
            return self._usado(de_dentro)
        if nodo.name in _DE_LISTA:
            atributo = _atributo_de(nodo) if nodo.name == "join" else ""
            unido = self._dentro(de_dentro, atributo) if atributo else self._usado(de_dentro)
            if unido.forma is not None and not unido.forma.se_escribe:
                dentro = next((llave for llave, suya in unido.forma.llaves.items() if suya.se_escribe), "nombre")
                self.avisar(
                    "E06",
                    f"cada uno de «{dado.nombre or 'esa lista'}» tiene varios datos. Diga cuál se une: "
                    f'«|join(", ", "{dentro}")».',
                )
        return _LETRAS if nodo.name in _DE_TEXTO else _CIFRA

    def _aplicable(self, nodo: nodes.Filter, dado: Valor) -> None:
        """E06: a cada filtro, lo suyo: un texto, o una lista."""
        forma = dado.forma
        if forma is None:
            return
        if nodo.name in _DE_LISTA:
            vale = forma.es_lista or not (forma.clases - {NADA} or forma.es_diccionario)
        elif nodo.name in _DE_TEXTO:
            vale = _puede_ser(forma, TEXTO, NUMERO) and not forma.es_lista
        else:
            vale = forma.es_lista or forma.es_diccionario or _puede_ser(forma, TEXTO)
        if not vale:
            self.avisar("E06", f"{no_es_para(nodo.name, _nombrada(forma))}.")

    def _de_llamada(self, nodo: nodes.Call) -> Valor:
        self._todos([*nodo.args, *(par.value for par in nodo.kwargs)])
        que = nodo.node
        de_loop = isinstance(que, nodes.Getattr) and isinstance(que.node, nodes.Name) and que.node.name == "loop"
        if not (de_loop and isinstance(que, nodes.Getattr) and que.attr in ("cycle", "changed")):
            self.avisar("E14", f"{_NO_SE_PERMITE.format(f'«{_como_se_llama(que)}(…)»')}.")
            return DESCONOCIDO
        if que.attr == "changed":
            return _DUDA
        if not nodo.args:
            self.avisar("E03", '«loop.cycle» no dice qué alterna. Escríbalo entre paréntesis: «loop.cycle("a", "b")».')
        return DESCONOCIDO


def _atributo_de(nodo: nodes.Filter) -> str:
    """El dato que ``join`` une de cada uno: ``"nombre"`` en ``|join(", ", "nombre")``; vacío si no lo dice."""
    dados = [*nodo.args[1:2], *(par.value for par in nodo.kwargs if par.key == "attribute")]
    return str(dados[0].value) if dados and isinstance(dados[0], nodes.Const) else ""


def de_columna(nombre: str) -> str:
    """``"correo_oficial"`` → ``"Correo oficial"``: el rótulo con que se escribiría en el libro."""
    rotulo = " ".join(nombre.split("_")).strip()
    return rotulo[:1].upper() + rotulo[1:]


def _puede_ser(forma: Forma, *clases: str) -> bool:
    """Si vale, o puede valer, algo de esas clases; de lo que nunca se ha visto lleno no se sabe, y se deja pasar."""
    if forma.es_lista or forma.es_diccionario:
        return False
    return bool(forma.clases & set(clases)) or not forma.clases - {NADA}


def _nombrada(forma: Forma) -> str:
    if forma.es_lista:
        return "una lista"
    return "varios datos juntos" if forma.es_diccionario else _clases(forma) or "algo sin dato"


def _como_se_llama(nodo: nodes.Node) -> str:
    match nodo:
        case nodes.Name():
            return nodo.name
        case nodes.Getattr():
            return nodo.attr
        case _:
            return "…"


def _atados(destino: nodes.Node, valor: Valor) -> Iterator[tuple[str, Valor]]:
    """Los nombres que crea una asignación, con lo que valen."""
    if isinstance(destino, nodes.Name):
        yield destino.name, valor
    elif isinstance(destino, nodes.Tuple):
        for uno in destino.items:
            yield from _atados(uno, DESCONOCIDO)


def _que_es(valor: Valor) -> str:
    forma = valor.forma or Forma()
    nombre = f"«{valor.nombre}»" if valor.camino else "eso"
    if forma.es_lista:
        return f"{nombre} es una lista. Recórrala con «for» o únala con «|enumerar»"
    if forma.es_diccionario:
        antes = f"{valor.nombre}." if valor.nombre else ""
        dentro = ", ".join(f"«{antes}{llave}»" for llave in list(forma.llaves)[:6])
        return f"{nombre} tiene varios datos. Escriba uno{f': {dentro}' if dentro else ' de ellos'}"
    if DECIMAL in forma.clases:
        return f"{nombre} es {_clases(forma)}, y sólo se escriben enteros. Para dividir sin ellos use «//»"
    return f"{nombre} es {_clases(forma)}. Úselo en «if»"


def _clases(forma: Forma) -> str:
    con_articulo = {
        TEXTO: "un texto", NUMERO: "un número", SI_O_NO: "un sí o no", GRAFICA: "una gráfica",
        DECIMAL: "un número con decimales",
    }  # fmt: skip
    return " o ".join(con_articulo.get(clase, "otra cosa") for clase in sorted(forma.clases - {NADA}))
