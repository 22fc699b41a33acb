"""La revisión completa de una plantilla: todo lo que tiene mal, de una vez y con su lugar.

Corre donde se abren las plantillas ajenas (`aparte`): aquí no se confía en nada de lo que trae el archivo.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from lxml import etree

from generador import castellano, ooxml
from generador.datos import dataclass
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import TIPO_DE_WORD, WP, W
from generador.plantilla import paquete, validez
from generador.plantilla.contrato import TEXTO, Camino, Contrato, escrito
from generador.plantilla.etiquetas import Defecto, Etiqueta, Revision
from generador.plantilla.graficas import nombre_pedido
from generador.plantilla.motor import Plantilla, unica
from generador.plantilla.nombres import Recorrido
from generador.plantilla.paquete import Propiedades, leer_xml
from generador.plantilla.pasada import Estilos, titulos_de
from generador.plantilla.sintaxis import ETIQUETA, cortada

AUTOR = "generar"  # de los comentarios que este programa escribe en la copia revisada
AL_GENERAR = "al generar con el libro de ejemplo"
_A_PRUEBA = "a prueba"
_EN_LA_PAGINA = ("encabezado", "cuerpo", "notas al pie", "pie de página")
# Los que ya dice `paquete.prohibido`, y el de las columnas: un ciclo de celdas se cuenta cuando ya se repitió.
_NO_CUENTAN = frozenset(("macros", "principal", "remoto", "liga", "uri", "gridspan"))
MAX_DEFECTOS = 500  # con más, la plantilla está mal de otra manera y nadie los lee
_FOR = re.compile(r"\b(?:for|para|cada)\s+(\w+(?:\s*,\s*\w+)*)\s+(?:in|en)\b", re.IGNORECASE)
_UNA_LLAVE = re.compile(r"(?<!\{)\{\s*([^\W\d]\w*(?:\.\w+)*)\s*\}(?!\})")
_DE_CORRESPONDENCIA = re.compile(r"\bMERGEFIELD\s+\"?([^\s\"\\]+)", re.IGNORECASE)
_LLAVE_DE_MAS = re.compile(r"(\{\{[^{}]*\}\})\}")
_DE_OTRO_MODO = re.compile(r"(?:\[|«|<<)\s*([^\W\d]\w*(?:\.\w+)+)\s*(?:\]|»|>>)")
_SET = re.compile(r"\bset\s+(\w+)")


@dataclass(frozen=True)
class Retrato:
    """Lo que una plantilla dice de sí: para qué documento es («minuta» o vacío) y qué nombres usa."""

    documento: str
    raices: frozenset[str]


def retratar(datos: bytes) -> Retrato:
    """El retrato de una plantilla. Levanta ErrorDePlantilla si no se puede leer."""
    partes, pintables = _abierta(datos)
    raices: set[str] = set()
    for nombre, lugar in pintables.items():
        revision = Revision(leer_xml(partes[nombre]), lugar)
        revision.examinar()
        recorrido = Recorrido(None, lambda codigo, frase: None, _sueltos(revision))
        for etiqueta in _en_orden(revision):
            recorrido.etiqueta(etiqueta.texto)
        raices |= recorrido.uso.raices
    return Retrato(ooxml.marcas(datos).get("generar.documento", "").partition("/")[0], frozenset(raices))


def revisar(datos: bytes, contrato: Contrato) -> list[Defecto]:
    """Todos los defectos que se ven sin generar nada, primero los graves."""
    partes, pintables = _abierta(datos)
    tipos = ooxml.tipos_de_contenido(partes)
    defectos = [Defecto("E14", "", problema) for problema in paquete.prohibido(partes, tipos)]
    titulos = titulos_de(unica(partes, "styles+xml"))
    listas = _Listas(partes)
    examenes = [
        _Examen(Revision(leer_xml(partes[nombre]), lugar, nombre, titulos), contrato, listas)
        for nombre, lugar in pintables.items()
    ]
    for examen in sorted(examenes, key=_donde_se_lee):
        defectos += sorted(examen.defectos(), key=lambda defecto: defecto.parrafo)
    defectos += _comentarios_con_etiquetas(partes, tipos)
    defectos += _ya_rota(partes, pintables)
    defectos += _de_los_datos(contrato, examenes)
    return _los_primeros(sorted(dict.fromkeys(defectos), key=lambda d: not d.grave))


def _los_primeros(defectos: list[Defecto]) -> list[Defecto]:
    """Los que se alcanzan a leer; si hay más, W19 dice cuántos."""
    demas = len(defectos) - MAX_DEFECTOS
    if demas <= 0:
        return defectos
    hay = castellano.concordar(demas, "hay uno más, que no se dice", f"hay {demas} más, que no se dicen")
    return [*defectos[:MAX_DEFECTOS], Defecto("W19", "", f"{hay}. Corrija éstos y vuelva a revisar.", grave=False)]


def _donde_se_lee(examen: "_Examen") -> int:
    """El lugar de la parte en la página: el encabezado va arriba y el pie, abajo."""
    lugar = examen.revision.lugar
    return next((n for n, parte in enumerate(_EN_LA_PAGINA) if lugar.startswith(parte)), len(_EN_LA_PAGINA))


def _de_los_datos(contrato: Contrato, examenes: "Sequence[_Examen]") -> Iterator[Defecto]:
    """Lo que la plantilla no imprime de los datos; si alguna etiqueta no se pudo leer, no se sabe."""
    if any(examen.revision.rotos for examen in examenes):
        return
    if any(examen.revision.de_parrafo or examen.usados or examen.con_graficas() for examen in examenes):
        yield from _sin_imprimir(contrato, {camino for examen in examenes for camino in examen.usados})
    else:
        yield Defecto(
            "W17",
            "",
            "la plantilla no tiene ninguna etiqueta: el documento saldría siempre igual. Escriba los datos con "
            f"etiquetas, como «{{{{ {_un_nombre(contrato)} }}}}»; «generar plantilla campos {contrato.tipo}» los dice.",
            grave=False,
        )


def _un_nombre(contrato: Contrato) -> str:
    """El primero que se puede escribir: ``"sesion.fecha"``."""
    sueltos = (c for c, forma in contrato.nombres.caminos() if TEXTO in forma.clases and "[]" not in c)
    return escrito(next(sueltos, ("nombre",)))


def probar(datos: bytes, ejemplos: Sequence[Mapping[str, object]], propiedades: Propiedades) -> list[Defecto]:
    """Lo que sólo se ve al generar: se compone con cada libro de ejemplo y se mira si Word lo abriría."""
    try:
        plantilla = Plantilla.abrir(datos, _A_PRUEBA)
        for contexto in ejemplos:
            plantilla.componer(contexto, propiedades)
    except ErrorDePlantilla as error:
        codigo = "S13" if "Word rechazaría" in str(error) else "E14"
        dichos = [renglon.strip() for renglon in str(error).split("\n")]
        propios = dichos[1:] or [dichos[0].removeprefix(f"La plantilla «{_A_PRUEBA}»: ")]
        remedio = " Rehágalo en Word." if codigo == "S13" else ""
        return [Defecto(codigo, AL_GENERAR, f"{propio}{remedio}") for propio in dict.fromkeys(propios)]
    return []


def _abierta(datos: bytes) -> tuple[dict[str, bytes], dict[str, str]]:
    try:
        partes = ooxml.partes(datos)
        return partes, paquete.pintables(partes)
    except (etree.XMLSyntaxError, SyntaxError, ValueError) as error:
        raise ErrorDePlantilla(paquete.no_se_lee(error)) from error


def _ya_rota(partes: Mapping[str, bytes], pintables: Mapping[str, str]) -> Iterator[Defecto]:
    """Lo que la propia plantilla trae mal hecho, y pasaría al documento: al generar no se le culpa a los datos."""
    for problema in validez.problemas(partes):
        if problema.grave and problema.codigo not in _NO_CUENTAN:
            lugar = paquete.como_se_llama(problema.parte, pintables)
            cerca = f", cerca de «{problema.cerca}»" if problema.cerca else ""
            yield Defecto("S13", f"{lugar}{cerca}", f"{problema.detalle}. Rehágalo en Word.", grave=False)


def _sin_imprimir(contrato: Contrato, usados: set[Camino]) -> Iterator[Defecto]:
    """Las columnas y los datos del libro que ninguna parte de la plantilla imprime, hoja por hoja."""
    por_hoja: dict[str, list[str]] = {}
    for (hoja, rotulo), caminos in contrato.columnas.items():
        if not caminos & usados:
            por_hoja.setdefault(hoja, []).append(f"«{rotulo}»")
    for hoja, rotulos in por_hoja.items():
        aparece = "aparece" if len(rotulos) == 1 else "aparecen"
        dicho = f"de la hoja «{hoja}» no {aparece} en esta plantilla {castellano.enumerar(rotulos)}."
        if hoja == next(reversed(por_hoja)):  # para todas, una vez
            dicho += f" Lo que deba salir va con su etiqueta: «generar plantilla campos {contrato.tipo}» la dice."
        yield Defecto("W12", "", dicho, grave=False)


def _comentarios_con_etiquetas(partes: Mapping[str, bytes], tipos: Mapping[str, str]) -> Iterator[Defecto]:
    nombre = next((n for n, tipo in tipos.items() if tipo == f"{TIPO_DE_WORD}comments+xml"), None)
    for comentario in leer_xml(partes[nombre]).iter(f"{W}comment") if nombre else ():
        texto = "".join(t.text or "" for t in comentario.iter(f"{W}t"))
        if comentario.get(f"{W}author") != AUTOR and (etiqueta := ETIQUETA.search(texto)):
            yield Defecto(
                "W07",
                "comentarios",
                f"«{etiqueta[0]}» está en un comentario de {comentario.get(f'{W}author') or 'Word'}, y los comentarios "
                "no pasan al documento. Si hace falta, páselo al texto.",
                grave=False,
            )


# --- una parte -----------------------------------------------------------------------------------


class _Listas:
    """Qué párrafos van numerados, y si el motor reinicia su cuenta en cada vuelta."""

    def __init__(self, partes: Mapping[str, bytes]) -> None:
        self.numerados: set[str] = set()
        numeracion, estilos = unica(partes, "numbering+xml"), unica(partes, "styles+xml")
        if numeracion:
            raiz = leer_xml(numeracion)
            formatos = {
                a.get(f"{W}abstractNumId"): f.get(f"{W}val")
                for a in raiz.iter(f"{W}abstractNum")
                if (f := a.find(f"{W}lvl/{W}numFmt")) is not None
            }
            for lista in raiz.iter(f"{W}num"):
                molde = lista.find(f"{W}abstractNumId")
                if molde is not None and formatos.get(molde.get(f"{W}val")) not in ("bullet", "none", None):
                    self.numerados.add(lista.get(f"{W}numId", ""))
        self.de_estilo: dict[str, str] = {}
        for estilo in leer_xml(estilos).iter(f"{W}style") if estilos else ():
            numero = estilo.find(f"{W}pPr/{W}numPr/{W}numId")
            if numero is not None:
                self.de_estilo[estilo.get(f"{W}styleId", "")] = numero.get(f"{W}val", "")
        self.se_reinicia = Estilos.de(estilos).lista

    def de(self, parrafo: etree._Element) -> str:
        """La lista numerada del párrafo que seguirá contando de una vuelta a otra; vacía si no es de ésas."""
        estilo = parrafo.find(f"{W}pPr/{W}pStyle")
        suyo = "" if estilo is None else estilo.get(f"{W}val", "")
        propia = parrafo.find(f"{W}pPr/{W}numPr/{W}numId")
        if propia is None and suyo == self.se_reinicia:
            return ""
        lista = self.de_estilo.get(suyo, "") if propia is None else propia.get(f"{W}val", "")
        return lista if lista in self.numerados else ""


class _Examen:
    """Lo que se ve de una parte recorriendo sus etiquetas en orden."""

    def __init__(self, revision: Revision, contrato: Contrato, listas: _Listas) -> None:
        self.revision, self.contrato, self.listas = revision, contrato, listas
        self.usados: set[Camino] = set()
        self.en_ciclo: dict[etree._Element, tuple[int, tuple[int, ...]]] = {}  # párrafo → ciclos y rama

    def defectos(self) -> list[Defecto]:
        """Todos los de la parte."""
        renglones, _ = self.revision.examinar()
        self._nombres(set(renglones))
        self._repetidos()
        self._sin_sus_llaves()
        self._de_correspondencia()
        return self.revision.defectos

    def con_graficas(self) -> bool:
        """Si lleva alguna gráfica que se llena con los datos."""
        return any(nombre_pedido(dibujo) for dibujo in self.revision.raiz.iter(f"{W}drawing"))

    def _de_correspondencia(self) -> None:
        """W15: un campo de combinar correspondencia sale con su nombre, y no con el dato."""
        for parrafo in self.revision.numeros:
            ordenes = [campo.get(f"{W}instr", "") for campo in parrafo.iter(f"{W}fldSimple")]
            ordenes.append("".join(orden.text or "" for orden in parrafo.iter(f"{W}instrText")))
            for nombre in (hallado[1] for orden in ordenes for hallado in _DE_CORRESPONDENCIA.finditer(orden)):
                problema = f"«{nombre}» es un campo de combinar correspondencia, y aquí no se llena. Póngalo como "
                self.revision.anotar("W15", parrafo, f"{problema}etiqueta: «{{{{ … }}}}».", grave=False)

    def _sin_sus_llaves(self) -> None:
        """W15: en el libro los nombres van con una llave y en otros programas con corchetes; aquí, con dos llaves."""
        for parrafo in self.revision.numeros:
            escrito_ahi = "".join(trozo.text or "" for trozo in parrafo.iter(f"{W}t"))
            texto = ETIQUETA.sub(" ", escrito_ahi)
            de_mas = _LLAVE_DE_MAS.search(escrito_ahi) if parrafo not in self.revision.rotos else None
            if de_mas and texto.count("}") > texto.count("{"):
                problema = f"después de «{cortada(de_mas[1])}» hay una llave de más y se imprimirá. Bórrela."
                self.revision.anotar("W15", parrafo, problema, grave=False)
            for hallado in _UNA_LLAVE.finditer(texto):
                if hallado[1].partition(".")[0] in self.contrato.nombres.llaves:
                    problema = f"«{hallado[0]}» lleva una sola llave y se imprimirá tal cual. En la plantilla van dos: "
                    self.revision.anotar("W15", parrafo, f"{problema}«{{{{ {hallado[1]} }}}}».", grave=False)
            for hallado in _DE_OTRO_MODO.finditer(texto):
                if self.contrato.nombres.en(tuple(hallado[1].split("."))) is not None:
                    problema = f"«{hallado[1]}» se imprimirá tal cual. En la plantilla va entre dos llaves: "
                    self.revision.anotar("W15", parrafo, f"{problema}«{{{{ {hallado[1]} }}}}».", grave=False)

    def _nombres(self, de_bloque: set[etree._Element]) -> None:
        actual: list[etree._Element] = [self.revision.raiz]

        def avisar(codigo: str, frase: str) -> None:
            self.revision.anotar(codigo, actual[0], frase, grave=not codigo.startswith("W"))

        recorrido = Recorrido(self.contrato.nombres, avisar, _sueltos(self.revision), self.contrato.agregables)
        por_parrafo: dict[etree._Element, list[Etiqueta]] = {}
        en_orden = _en_orden(self.revision)
        sin_abrir = _cierres_sin_abrir(en_orden)
        for etiqueta in en_orden:
            por_parrafo.setdefault(etiqueta.parrafo, []).append(etiqueta)
        for parrafo in self.revision.numeros:
            self.en_ciclo[parrafo] = (recorrido.ciclos, recorrido.rama)
            for etiqueta in por_parrafo.get(parrafo, ()):
                actual[0] = parrafo
                sin_abrir.discard(etiqueta)
                recorrido.falta_un_ciclo = bool(sin_abrir)
                valor = recorrido.etiqueta(etiqueta.texto)
                orilla = self.revision.orillas.get(etiqueta)
                if orilla is not None and orilla.antes:  # lo que abre abarca también su párrafo
                    self.en_ciclo[parrafo] = (recorrido.ciclos, recorrido.rama)
                fila = next(parrafo.iterancestors(f"{W}tr"), None)
                con_ella = orilla is not None and orilla.elemento is fila
                if etiqueta.palabra == "for" and fila is not None and (con_ella or fila in de_bloque):
                    puede = valor.forma is None or valor.forma.vacia
                    sin_datos = puede and not recorrido.depende_de(valor.camino)
                    self._tabla_repetida(parrafo, fila, con_ella=con_ella, sin_datos=sin_datos)
        self.usados = recorrido.uso.usados

    def _tabla_repetida(
        self, parrafo: etree._Element, fila: etree._Element, *, con_ella: bool, sin_datos: bool
    ) -> None:
        """W10: una tabla que crece según los datos pasa de página, y puede quedarse vacía.

        ``con_ella``: el renglón del «for» también se repite.
        """
        antes = [f for f in fila.itersiblings(f"{W}tr", preceding=True) if not self.revision.etiquetas(f)]
        encabezado = antes[-1] if antes else None  # el primer renglón: los anteriores van de cerca a lejos
        if encabezado is not None and encabezado.find(f"{W}trPr/{W}tblHeader") is None:
            self.revision.anotar(
                "W10",
                parrafo,
                "si la tabla pasa de página, su encabezado no se repite. En Word: Presentación (de tabla) → "
                "Repetir filas de título.",
                grave=False,
            )
        repetidos, con_si_no = _los_de_la_vuelta(fila, self.revision, con_ella=con_ella)
        if any(_con_texto(f) and f.find(f"{W}trPr/{W}cantSplit") is None for f in repetidos):
            self.revision.anotar(
                "W10",
                parrafo,
                "los renglones que se repiten pueden partirse entre dos páginas. En Word: Propiedades de tabla → Fila "
                "→ quite «Permitir dividir las filas entre páginas».",
                grave=False,
            )
        if encabezado is not None and sin_datos and not con_si_no:
            self.revision.anotar(
                "W10",
                parrafo,
                "si no hay renglones queda la tabla con su puro encabezado. Enciérrela en «{% if … %}», o agregue "
                "«{% else %}» con un renglón que diga «Sin registros».",
                grave=False,
            )

    def _repetidos(self) -> None:
        """Lo que se repite con un ciclo y no debería, o cambia de sentido."""
        cuantos: Counter[tuple[str, tuple[int, ...]]] = Counter()
        numerados: list[tuple[etree._Element, str]] = []
        for parrafo, (ciclos, rama) in self.en_ciclo.items():
            if not ciclos:
                continue
            if parrafo.find(f"{W}pPr/{W}sectPr") is not None:
                self._avisar("W08", parrafo, "hay un salto de sección dentro de un ciclo: se repite en cada vuelta")
            if next(parrafo.iter(f"{W}footnoteReference", f"{W}endnoteReference"), None) is not None:
                self._avisar("W08", parrafo, "hay una nota dentro de un ciclo: se citará la misma en cada vuelta")
            if (lista := self.listas.de(parrafo)) and not self.revision.solo_bloques(parrafo):
                numerados.append((parrafo, lista))
                cuantos[lista, rama] += 1
        for parrafo, lista in numerados:
            ciclos, rama = self.en_ciclo[parrafo]
            if ciclos > 1 or cuantos[lista, rama] > 1:
                self._avisar(
                    "W11",
                    parrafo,
                    "la numeración seguirá contando de una vuelta a otra. Si debe empezar de nuevo en cada una, "
                    "use el estilo «Lista numerada»",
                )

    def _avisar(self, codigo: str, parrafo: etree._Element, frase: str) -> None:
        self.revision.anotar(codigo, parrafo, f"{frase}.", grave=False)


def _los_de_la_vuelta(fila: etree._Element, revision: Revision, *, con_ella: bool) -> tuple[list[etree._Element], bool]:
    """Los renglones entre un «for» y su «endfor», y si hay un «else» para cuando no hay datos."""
    repetidos: list[etree._Element] = []
    abiertas: list[str] = [] if con_ella else ["for"]
    for otra in chain([fila] if con_ella else [], fila.itersiblings(f"{W}tr")):
        for palabra in (etiqueta.palabra for etiqueta in revision.etiquetas(otra)):
            if palabra in ("for", "if", "with"):
                abiertas.append(palabra)
            elif palabra in ("endfor", "endif", "endwith") and abiertas:
                abiertas.pop()
            elif palabra == "else" and abiertas == ["for"]:
                return repetidos, True
            if not abiertas:
                return [*repetidos, otra] if con_ella else repetidos, False
        repetidos.append(otra)
    return repetidos, False


def _con_texto(fila: etree._Element) -> bool:
    """Si en el renglón se imprime algo."""
    texto = "".join(t.text or "" for t in fila.iter(f"{W}t"))
    return "{{" in texto or bool(ETIQUETA.sub("", texto).strip())


def _en_orden(revision: Revision) -> list[Etiqueta]:
    """Las etiquetas del texto y las de los textos alternativos, como se van leyendo."""
    de_trozo: dict[etree._Element, list[Etiqueta]] = {}
    for etiqueta in revision.en_orden():
        de_trozo.setdefault(etiqueta.trozo, []).append(etiqueta)
    ordenadas: list[Etiqueta] = []
    for elemento in revision.raiz.iter(f"{W}t", f"{WP}docPr"):
        ordenadas += de_trozo.get(elemento, [])
        parrafo = next(elemento.iterancestors(f"{W}p"), None)
        if elemento.tag == f"{WP}docPr" and parrafo is not None:
            escritas = ETIQUETA.findall(elemento.get("descr", "") + elemento.get("title", ""))
            ordenadas += [Etiqueta(texto, "", parrafo, elemento) for texto in escritas]
    return ordenadas


def _cierres_sin_abrir(etiquetas: Iterable[Etiqueta]) -> set[Etiqueta]:
    """Los «endfor» a los que les falta su «for»."""
    abiertos, sueltos = 0, set()
    for etiqueta in etiquetas:
        if etiqueta.palabra == "for":
            abiertos += 1
        elif etiqueta.palabra == "endfor" and abiertos:
            abiertos -= 1
        elif etiqueta.palabra == "endfor":
            sueltos.add(etiqueta)
    return sueltos


def _sueltos(revision: Revision) -> Iterator[str]:
    """Los nombres que crearían las etiquetas ilegibles: sin ellas no se puede saber si existen."""
    for texto in revision.rotos.values():
        for hallado in _FOR.finditer(texto):
            yield from (nombre.strip() for nombre in hallado[1].split(","))
        yield from _SET.findall(texto)
