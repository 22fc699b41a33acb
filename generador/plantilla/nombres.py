"""Los nombres que usa una plantilla, uno por uno y en su lugar: el de un ciclo sólo existe dentro de él.

Cada etiqueta se analiza por separado, de modo que una mal cerrada no impide revisar las demás.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count

from jinja2 import TemplateError, nodes

from generador.plantilla.contrato import GRAFICA, NADA, NUMERO, SI_O_NO, TEXTO, Camino, Forma, escrito, parecido_a
from generador.plantilla.entorno import entorno, filtros

_PALABRA = re.compile(r"\{%[-+]?\s*(\w+)\s*(.*?)\s*[-+]?%\}$", re.DOTALL)
_PINTA = re.compile(r"\{\{[-+]?\s*(.*?)\s*[-+]?\}\}$", re.DOTALL)
_DEL_CICLO = {
    **dict.fromkeys(("index", "index0", "revindex", "revindex0", "length", "depth", "depth0"), NUMERO),
    **dict.fromkeys(("first", "last"), SI_O_NO),
}
_DE_TEXTO = ("join", "mayuscula_inicial", "mayusculas", "enumerar", "unir")
_CIERRES = {"endfor": "for", "endif": "if", "endwith": "with", "endset": "set"}
_NO_SE_PERMITE = (
    "la plantilla intenta ejecutar código ({}), y eso no se permite: sólo se escriben datos y se usan filtros"
)


@dataclass(frozen=True)
class Valor:
    """Lo que vale una expresión: su forma (None: no se sabe) y el camino por el que se llegó (vacío: es suya)."""

    forma: Forma | None = None
    camino: Camino = ()


@dataclass
class _Ambito:
    palabra: str
    nombres: dict[str, Valor] = field(default_factory=dict)
    prueba: frozenset[Camino] = frozenset()  # los caminos de los que depende un «if»
    serie: int = field(default_factory=count().__next__)


@dataclass
class Uso:
    """Lo que se averigua al recorrer una plantilla."""

    usados: set[Camino] = field(default_factory=set)
    raices: set[str] = field(default_factory=set)


DESCONOCIDO = Valor()
_CIFRA, _LETRAS, _DUDA = Valor(Forma({NUMERO})), Valor(Forma({TEXTO})), Valor(Forma({SI_O_NO}))


class Recorrido:
    """Recorre las etiquetas en su orden y avisa (código, frase) de los nombres que no existen.

    Sin contrato sólo ve lo que no depende de él: la sintaxis, los filtros y lo que no se permite.
    """

    def __init__(self, contrato: Forma | None, avisar: Callable[[str, str], None], sueltos: Iterable[str] = ()) -> None:
        self.contrato, self.avisar = contrato, avisar
        self.uso = Uso()
        self.ambitos = [_Ambito("", dict.fromkeys(sueltos, DESCONOCIDO))]

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
            valor = self._expresion(pinta[1], texto)
            if valor.forma is not None and not valor.forma.se_escribe:
                self.avisar("E06", f"«{texto}» no se puede escribir: {_que_es(valor)}.")
            return valor
        bloque = _PALABRA.match(texto)
        return self._bloque(bloque[1], bloque[2], texto) if bloque else DESCONOCIDO

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
                self._expresion(resto, texto)
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
                self._expresion(resto, texto)
            case _ if palabra in _CIERRES:
                self._cerrar(_CIERRES[palabra])
        return DESCONOCIDO

    def _cerrar(self, palabra: str) -> None:
        """Cierra el último de esa palabra y lo que quedó abierto dentro; si no hay, nada."""
        lugares = [lugar for lugar, ambito in enumerate(self.ambitos) if lugar and ambito.palabra == palabra]
        if lugares:
            del self.ambitos[lugares[-1] :]

    def _ciclo(self, texto: str) -> Valor:
        nodo = self._analizado(f"{texto}{{% endfor %}}", texto)
        ambito = _Ambito("for", {"loop": Valor(Forma(set(), {n: Forma({c}) for n, c in _DEL_CICLO.items()}))})
        valor = DESCONOCIDO
        if isinstance(nodo, nodes.For):
            valor = self._valor(nodo.iter)
            elemento = self._elemento(valor, nodo)
            ambito.nombres |= dict(_atados(nodo.target, elemento))
            ambito.nombres["loop"].forma.llaves |= {  # type: ignore[union-attr]  # se acaba de hacer
                nombre: elemento.forma or Forma() for nombre in ("previtem", "nextitem")
            }
        self.ambitos.append(ambito)
        if isinstance(nodo, nodes.For) and nodo.test is not None:
            self._valor(nodo.test)
        return valor

    def _elemento(self, valor: Valor, nodo: nodes.For) -> Valor:
        forma = valor.forma
        if forma is None:
            return DESCONOCIDO
        if forma.elemento is not None:
            return Valor(forma.elemento, (*valor.camino, "[]") if valor.camino else ())
        if forma.es_diccionario:
            return _LETRAS
        if forma.clases - {NADA}:
            nombre = f"«{escrito(valor.camino)}» es" if valor.camino else "es"
            self.avisar("E05", f"se recorre con «for» algo que no es una lista: {nombre} {_clases(forma)}.")
        return DESCONOCIDO

    def _asignar(self, palabra: str, texto: str) -> None:
        en_linea = palabra == "with" or "=" in texto
        cierre = "{% endwith %}" if palabra == "with" else "" if en_linea else "{% endset %}"
        nodo = self._analizado(f"{texto}{cierre}", texto)
        atados: dict[str, Valor] = {}
        if isinstance(nodo, nodes.Assign):
            atados = dict(_atados(nodo.target, self._valor(nodo.node)))
        elif isinstance(nodo, nodes.AssignBlock):
            atados = dict(_atados(nodo.target, _LETRAS))
        elif isinstance(nodo, nodes.With):
            for destino, dado in zip(nodo.targets, nodo.values, strict=True):
                atados |= dict(_atados(destino, self._valor(dado)))
        if palabra == "set" and en_linea:
            self._del_ciclo().nombres |= atados
        else:
            self.ambitos.append(_Ambito(palabra, atados))

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
        except (TemplateError, RecursionError):
            self.avisar("E03", _por_que_no(etiqueta))
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
                if nodo.name not in ("defined", "undefined"):
                    self._todos(nodo.iter_child_nodes())
                return _DUDA
            case nodes.Call():
                return self._de_llamada(nodo)
            case nodes.Const() | nodes.TemplateData():
                return Valor(Forma().sumar(nodo.as_const()))
            case nodes.CondExpr():
                self._valor(nodo.test)
                return self._cualquiera(nodo.expr1, nodo.expr2)
            case nodes.Or() | nodes.And():
                return self._cualquiera(nodo.left, nodo.right)
            case nodes.Compare() | nodes.Not():
                self._todos(nodo.iter_child_nodes())
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
                self._todos(nodo.nodes)
                return _LETRAS
            case nodes.Pow():
                self.avisar("E14", "la operación «**» no se permite.")
                return DESCONOCIDO
            case _:
                self._todos(nodo.iter_child_nodes())
                return DESCONOCIDO

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
                return self._usado(ambito.nombres[nombre])
        if nombre.startswith("__"):
            self.avisar("E14", f"{_NO_SE_PERMITE.format(f'«{nombre}»')}.")
            return DESCONOCIDO
        self.uso.raices.add(nombre)
        if self.contrato is None:
            return DESCONOCIDO
        suya = self.contrato.llaves.get(nombre)
        if suya is None:
            self._no_existe((), nombre, [*self.contrato.llaves, *self._locales()])
            return DESCONOCIDO
        return self._usado(Valor(suya, (nombre,)))

    def _usado(self, valor: Valor) -> Valor:
        if valor.camino:
            self.uso.usados.add(valor.camino)
        return valor

    def _locales(self) -> Iterator[str]:
        for ambito in self.ambitos:
            yield from (nombre for nombre in ambito.nombres if nombre != "loop")

    def _no_existe(self, camino: Camino, nombre: str, opciones: list[str]) -> None:
        parecido = parecido_a(nombre, opciones)
        antes = escrito(camino)
        antes = f"{antes}." if antes else ""
        quiso = f"; ¿quiso decir «{antes}{parecido}»?" if parecido else "."
        self.avisar("E05", f"«{antes}{nombre}» no existe{quiso}")

    def _dentro(self, dueno: Valor, nombre: str) -> Valor:
        if nombre.startswith("__"):
            self.avisar("E14", f"{_NO_SE_PERMITE.format(f'«{nombre}»')}.")
            return DESCONOCIDO
        forma = dueno.forma
        if forma is None:
            return DESCONOCIDO
        suya = forma.llaves.get(nombre)
        if suya is not None:
            return self._usado(Valor(suya, (*dueno.camino, nombre) if dueno.camino else ()))
        if forma.abierta is not None:
            return self._usado(Valor(forma.abierta, (*dueno.camino, "NOMBRE")))
        if forma.es_lista:
            uno = dueno.camino[-1][:-1] if dueno.camino and dueno.camino[-1].endswith("s") else "uno"
            self.avisar(
                "E05",
                f"«{escrito(dueno.camino) or 'eso'}» es una lista y no tiene «{nombre}»: recórrala con "
                f"«{{% for {uno} in {escrito(dueno.camino) or '…'} %}}» y escriba «{{{{ {uno}.{nombre} }}}}».",
            )
        elif forma.llaves or forma.clases - {NADA}:
            self._no_existe(dueno.camino, nombre, list(forma.llaves))
        return DESCONOCIDO

    def _de_lugar(self, nodo: nodes.Getitem) -> Valor:
        dueno, lugar = self._valor(nodo.node), nodo.arg
        if isinstance(lugar, nodes.Slice):
            self._todos(lugar.iter_child_nodes())
            return dueno
        if isinstance(lugar, nodes.Const) and isinstance(lugar.value, str):
            return self._dentro(dueno, lugar.value)
        self._valor(lugar)
        if dueno.forma is not None and dueno.forma.elemento is not None:
            return self._usado(Valor(dueno.forma.elemento, (*dueno.camino, "[]") if dueno.camino else ()))
        return DESCONOCIDO

    def _de_filtro(self, nodo: nodes.Filter) -> Valor:
        dado = self._valor(nodo.node) if nodo.node is not None else DESCONOCIDO
        self._todos([*nodo.args, *(par.value for par in nodo.kwargs)])
        existen = filtros()
        if nodo.name not in existen:
            parecido = parecido_a(nodo.name, list(existen))
            quiso = f"; ¿quiso decir «{parecido}»?" if parecido else "."
            self.avisar(
                "E05", f"no existe el filtro «{nodo.name}»{quiso} Se pueden usar: {', '.join(sorted(existen))}."
            )
            return DESCONOCIDO
        elemento = dado.forma.elemento if dado.forma is not None else None
        de_dentro = (
            Valor(elemento, (*dado.camino, "[]") if dado.camino else ()) if elemento is not None else DESCONOCIDO
        )
        if nodo.name in ("first", "last"):
            return self._usado(de_dentro)
        if nodo.name == "join" and len(nodo.args) > 1 and isinstance(nodo.args[1], nodes.Const):
            self._dentro(de_dentro, str(nodo.args[1].value))
        if nodo.name in ("join", "enumerar"):
            self._usado(de_dentro)
        return _LETRAS if nodo.name in _DE_TEXTO else _CIFRA

    def _de_llamada(self, nodo: nodes.Call) -> Valor:
        self._todos([*nodo.args, *(par.value for par in nodo.kwargs)])
        que = nodo.node
        de_loop = isinstance(que, nodes.Getattr) and isinstance(que.node, nodes.Name) and que.node.name == "loop"
        if not (de_loop and isinstance(que, nodes.Getattr) and que.attr in ("cycle", "changed")):
            self.avisar("E14", f"{_NO_SE_PERMITE.format(f'«{_como_se_llama(que)}(…)»')}.")
        return DESCONOCIDO


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
    nombre = f"«{escrito(valor.camino)}»" if valor.camino else "eso"
    if forma.es_lista:
        return f"{nombre} es una lista; recórrala con «for» o únala con «|enumerar»"
    if forma.es_diccionario:
        dentro = ", ".join(f"«{llave}»" for llave in list(forma.llaves)[:6])
        return f"{nombre} tiene varios datos; escriba uno: {dentro}" if dentro else f"{nombre} tiene varios datos"
    return f"{nombre} es {_clases(forma)}; úselo en «if»"


def _clases(forma: Forma) -> str:
    con_articulo = {
        TEXTO: "un texto", NUMERO: "un número", SI_O_NO: "un sí o no", GRAFICA: "una gráfica"
    }  # fmt: skip
    return " o ".join(con_articulo.get(clase, clase) for clase in sorted(forma.clases - {NADA}))


def _por_que_no(etiqueta: str) -> str:
    dentro = etiqueta[2:-2]
    if dentro.count("{") > dentro.count("}") or dentro.count('"') % 2 or dentro.count("'") % 2:
        return f"«{etiqueta}» no está bien escrita: no puede llevar «}}}}» ni «%}}» dentro, ni comillas sin cerrar."
    return f"«{etiqueta}» no está bien escrita."
