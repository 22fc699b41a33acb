"""Lo que Word rechazaría de un .docx, visto sin Word.

Completa al validador del Open XML SDK, que no ve celdas sin párrafo, tablas vacías, campos sin
cerrar ni identificadores repetidos entre partes. Sólo mira lo que rompe o esconde texto.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field
from itertools import pairwise
from typing import Any

from lxml import etree

from generador import ooxml
from generador.datos import dataclass
from generador.ooxml import MC, RELACION, TIPO, W14, WP, XML, R, W
from generador.plantilla.esquema_de_word import BLOQUES, ORDENES, TERMINAN_EN_PARRAFO
from generador.plantilla.graficas import RELACION_DE_GRAFICA, RELACION_DE_LIBRO, TIPO_DE_GRAFICA
from generador.plantilla.paquete import PINTABLES, PROPIAS, cosa_remota, leer_xml, liga_segura
from generador.plantilla.pasada import columnas_de
from generador.plantilla.relleno_de_grafica import C

_JINJA = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_CON_TEXTO = frozenset(f"{W}{nombre}" for nombre in ("t", "instrText", "delText", "delInstrText", "fldData"))
_CON_BLOQUES = frozenset(
    f"{W}{nombre}"
    for nombre in (
        *("body", "tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "sdtContent"),
        *("customXml", "docPartBody", "ins", "del", "moveFrom", "moveTo"),
    )
)
_CON_RUNS = frozenset(
    f"{W}{nombre}"
    for nombre in (
        *("p", "hyperlink", "ins", "del", "moveFrom", "moveTo", "smartTag", "sdtContent", "fldSimple"),
        *("customXml", "dir", "bdo", "rt", "rubyBase"),
    )
)
_PADRES = {
    f"{W}p": _CON_BLOQUES,
    f"{W}tbl": _CON_BLOQUES,
    f"{W}tr": frozenset(f"{W}{nombre}" for nombre in ("tbl", "sdtContent", "customXml", "ins", "del")),
    f"{W}tc": frozenset(f"{W}{nombre}" for nombre in ("tr", "sdtContent", "customXml", "ins", "del")),
    f"{W}r": _CON_RUNS,
    f"{W}t": frozenset((f"{W}r",)),
}
# Los atributos se buscan con XPath: uno por uno, en Python, cuesta lo que todo lo demás.
_RELACIONES: Callable[[etree._Element], Any] = etree.XPath("//@r:*", namespaces={"r": R.strip("{}")})
_IDENTIDADES: Callable[[etree._Element], Any] = etree.XPath("//@w:paraId", namespaces={"w": W14.strip("{}")})
_ESTILOS = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")
_PROHIBIDO = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # lo que XML no admite, en UTF-8
_ALINEACIONES = frozenset(("left", "right", "center", "both", "start", "end", "distribute", "numTab", "thaiDistribute"))
_URI_MALA = re.compile(r"[\s<>\"{}|\\^`]|%(?![0-9A-Fa-f]{2})|^[^/?#]*:[/]*$|^http://[^/]*:[^/\d]")


@dataclass(frozen=True)
class Problema:
    """Algo de un .docx que Word no abriría (``grave``) o que conviene mirar."""

    codigo: str
    parte: str
    detalle: str
    cerca: str = ""
    grave: bool = True

    @property
    def clave(self) -> tuple[str, str, str]:
        """Con qué se reconoce el mismo problema en la plantilla y en su documento."""
        return self.codigo, self.parte, self.detalle

    def __str__(self) -> str:
        donde = f"{self.parte}, cerca de «{self.cerca}»" if self.cerca else self.parte
        return f"{donde}: {self.detalle}."


@dataclass
class _Paquete:
    """Lo ya leído del paquete, para cruzar unas partes con otras."""

    partes: Mapping[str, bytes]
    recuerdo: "Recuerdo"
    arboles: dict[str, etree._Element] = field(default_factory=dict)
    tipos: dict[str, str] = field(default_factory=dict)
    identificadores: dict[str, set[str]] = field(default_factory=dict)


class Recuerdo:
    """Lo ya leído de las partes que no cambian de un documento a otro: se reconocen por ser los mismos bytes."""

    def __init__(self, fijas: Mapping[str, bytes]) -> None:
        self._datos = fijas
        self._arboles: dict[str, etree._Element] = {}
        self._sanas: dict[str, set[str]] = {}
        self.aprobado = False  # si ya salió sano un documento rematado todo de corrido
        self.ultimas: dict[str, bytes] = {}  # de las partes que cambian en ésos, las últimas que se hallaron sanas

    def arbol(self, nombre: str, datos: bytes) -> etree._Element:
        """El árbol de la parte. Levanta XMLSyntaxError o ValueError si está mal formada."""
        if self._datos.get(nombre) is not datos:
            return leer_xml(datos)
        if nombre not in self._arboles:
            self._arboles[nombre] = leer_xml(datos)
        return self._arboles[nombre]

    def referencias_rotas(self, nombre: str, raiz: etree._Element, conocidos: set[str]) -> list[Problema]:
        """Lo que cita y no existe; de una parte fija que ya se halló sana con esas relaciones, no se busca otra vez."""
        es_fija = self._arboles.get(nombre) is raiz
        if es_fija and self._sanas.get(nombre) == conocidos:
            return []
        rotas = list(_referencias_rotas(nombre, raiz, conocidos))
        if es_fija and not rotas:
            self._sanas[nombre] = conocidos
        return rotas


def problemas(
    partes: Mapping[str, bytes], recuerdo: Recuerdo | None = None, sanas: Collection[str] = ()
) -> list[Problema]:
    """Todo lo que se halló, primero lo del paquete y luego parte por parte; vacío si está sano.

    Con ``recuerdo``, lo que no cambió desde la vez anterior no se vuelve a leer. Tampoco las ``sanas``: partes con
    texto que ya se examinaron al rematarlas.
    """
    paquete = _Paquete(partes, recuerdo or Recuerdo({}))
    hallados = [*_mal_formadas(paquete, sanas)]
    if ooxml.TIPOS not in paquete.arboles:
        return [*hallados, Problema("sin-tipos", ooxml.TIPOS, "falta o está dañada la lista de lo que contiene")]
    paquete.tipos = ooxml.tipos_de_contenido(partes)
    hallados += [*_del_paquete(paquete), *_de_las_relaciones(paquete)]
    hallados += [*_de_las_partes(paquete), *_de_las_graficas(paquete)]
    return hallados


def rompe(raiz: etree._Element, conocidos: set[str]) -> bool:
    """Si un trozo suelto trae algo que Word rechazaría, hasta donde se ve sin las demás partes.

    ``conocidos`` son las relaciones que puede citar.
    """
    sin_notas = {f"{W}footnoteReference": None, f"{W}endnoteReference": None}
    examen = _Examen("", None, None, sin_notas, conocidos)
    examen.recorrer(raiz)
    return any(hallado.grave for hallado in (*examen.hallados, *_prefijos_sin_declarar("", raiz)))


def cambios_sanos(partes: Mapping[str, bytes], cambiadas: Collection[str], recuerdo: Recuerdo) -> bool:
    """Si un documento sano lo sigue siendo con esas propiedades y relaciones; las de la última vez ya se sabe.

    Las propiedades no se leen: se escriben con sus textos escapados, y sólo un carácter prohibido las rompe.
    """
    nuevas = {nombre: partes[nombre] for nombre in cambiadas if recuerdo.ultimas.get(nombre) != partes[nombre]}
    if any(_PROHIBIDO.search(nuevas[nombre]) for nombre in PROPIAS & nuevas.keys()):
        return False
    if otras := {nombre: datos for nombre, datos in nuevas.items() if nombre not in PROPIAS}:
        paquete = _Paquete(otras, Recuerdo({}))
        if any(True for _ in _mal_formadas(paquete, ())):
            return False
        paquete.partes = partes
        if any(problema.grave for problema in _de_las_relaciones(paquete)):
            return False
    recuerdo.ultimas.update(nuevas)
    return True


def _mal_formadas(paquete: _Paquete, sanas: Collection[str]) -> Iterator[Problema]:
    for nombre, datos in paquete.partes.items():
        if nombre in sanas or not nombre.endswith((".xml", ".rels")):
            continue
        if b"<!DOCTYPE" in datos:
            yield Problema("doctype", nombre, "trae declaraciones que Word no lleva")
            continue
        try:
            paquete.arboles[nombre] = paquete.recuerdo.arbol(nombre, datos)
        except (etree.XMLSyntaxError, ValueError):
            yield Problema("xml", nombre, "está dañada por dentro")


# --- el paquete ----------------------------------------------------------------------------------


def _del_paquete(paquete: _Paquete) -> Iterator[Problema]:
    for nombre, veces in Counter(nombre.casefold() for nombre in paquete.partes).items():
        if veces > 1:
            yield Problema("repetida", nombre, "está repetida por dentro")
    for nombre in paquete.partes:
        if nombre not in paquete.tipos and nombre != ooxml.TIPOS:
            yield Problema("sin-tipo", nombre, "no dice qué es")
    declaradas = Counter(e.get("PartName", "").casefold() for e in paquete.arboles[ooxml.TIPOS].iter(f"{TIPO}Override"))
    for nombre, veces in declaradas.items():
        if veces > 1:
            yield Problema("tipo-repetido", nombre, "dice dos veces qué es")
    if not any(tipo == next(iter(PINTABLES)) for tipo in paquete.tipos.values()):
        yield Problema("principal", "paquete", "no hay un documento de Word (o es de un tipo con macros)")
    for nombre, tipo in paquete.tipos.items():
        if "macroEnabled" in tipo or "vbaProject" in tipo:
            yield Problema("macros", nombre, "trae macros")
        if tipo.endswith("core-properties+xml") and nombre != "docProps/core.xml":
            yield Problema("propiedades", nombre, "las propiedades están repetidas o fuera de lugar", grave=False)


def _de_las_relaciones(paquete: _Paquete) -> Iterator[Problema]:
    for nombre, raiz in paquete.arboles.items():
        carpeta, hay, archivo = nombre.rpartition("_rels/")
        if not hay or not nombre.endswith(".rels"):
            continue
        origen = carpeta + archivo.removesuffix(".rels")
        if origen and origen not in paquete.partes:
            yield Problema("rels-sin-parte", nombre, "cita ligas o imágenes de algo que no está")
        relaciones = list(raiz.iter(f"{RELACION}Relationship"))
        paquete.identificadores[origen] = {relacion.get("Id", "") for relacion in relaciones}
        for repetido, veces in Counter(relacion.get("Id", "") for relacion in relaciones).items():
            if veces > 1:
                yield Problema("rid-repetido", nombre, f"dos ligas o imágenes llevan la misma clave («{repetido}»)")
        for relacion in relaciones:
            yield from _de_la_relacion(paquete, nombre, origen, relacion)
        principales = [relacion for relacion in relaciones if relacion.get("Type", "").endswith("/core-properties")]
        if len(principales) > 1:
            yield Problema("propiedades-repetidas", nombre, "las propiedades del documento están dos veces")


def _de_la_relacion(paquete: _Paquete, nombre: str, origen: str, relacion: etree._Element) -> Iterator[Problema]:
    objetivo, tipo = relacion.get("Target", ""), relacion.get("Type", "")
    if relacion.get("TargetMode") == "External":
        if tipo.endswith("/hyperlink"):
            if not liga_segura(objetivo):
                yield Problema("liga", nombre, f"la liga «{objetivo}» no es http, https ni mailto")
            elif _URI_MALA.search(objetivo):
                yield Problema("uri", nombre, f"la dirección «{objetivo}» no es válida")
        else:
            yield Problema("remoto", nombre, f"trae {cosa_remota(tipo)} de fuera del archivo («{objetivo}»)")
    elif _URI_MALA.search(objetivo):
        yield Problema("uri", nombre, f"la dirección «{objetivo}» no es válida")
    elif not objetivo.startswith("#") and ooxml.destino(origen, objetivo) not in paquete.partes:
        yield Problema("sin-destino", nombre, f"apunta a «{objetivo}», que no está")


# --- las partes ----------------------------------------------------------------------------------


def _de_las_partes(paquete: _Paquete) -> Iterator[Problema]:
    dibujos: Counter[str] = Counter()
    marcadores: Counter[str] = Counter()
    estilos = _identificadores_de(paquete, "styles+xml", f"{W}style", f"{W}styleId")
    listas = _identificadores_de(paquete, "numbering+xml", f"{W}num", f"{W}numId")
    notas = {
        f"{W}footnoteReference": _identificadores_de(paquete, "footnotes+xml", f"{W}footnote", f"{W}id"),
        f"{W}endnoteReference": _identificadores_de(paquete, "endnotes+xml", f"{W}endnote", f"{W}id"),
    }
    for nombre, raiz in paquete.arboles.items():
        if nombre.endswith(".rels") or nombre == ooxml.TIPOS:
            continue
        conocidos = paquete.identificadores.get(nombre, set())
        yield from _prefijos_sin_declarar(nombre, raiz)
        if paquete.tipos.get(nombre) not in PINTABLES:
            yield from paquete.recuerdo.referencias_rotas(nombre, raiz, conocidos)
            continue
        examen = _Examen(nombre, estilos, listas, notas, conocidos)
        examen.recorrer(raiz)
        yield from examen.hallados
        dibujos += examen.dibujos
        marcadores += examen.marcadores
    yield from _notas_repetidas(paquete)
    for numero, veces in dibujos.items():
        if veces > 1:
            yield Problema("docpr", "documento", f"dos imágenes o dibujos llevan el mismo número ({numero})")
    for numero, veces in marcadores.items():
        if veces > 1:
            yield Problema("marcador-repetido", "documento", f"dos marcadores llevan el mismo número ({numero})")


def _notas_repetidas(paquete: _Paquete) -> Iterator[Problema]:
    for nombre, raiz in paquete.arboles.items():
        if paquete.tipos.get(nombre) in PINTABLES:
            notas = Counter(nota.get(f"{W}id", "") for nota in raiz.iterchildren(f"{W}footnote", f"{W}endnote"))
            for numero, veces in notas.items():
                if veces > 1:
                    yield Problema("nota-doble", nombre, f"dos notas llevan el mismo número ({numero})")


def _de_las_graficas(paquete: _Paquete) -> Iterator[Problema]:
    for nombre, raiz in paquete.arboles.items():
        tipo = paquete.tipos.get(nombre)
        if tipo in PINTABLES:
            graficas = _relaciones_de_tipo(paquete, nombre, RELACION_DE_GRAFICA)
            for cita in raiz.iter(f"{C}chart"):
                if cita.get(f"{R}id", "") not in graficas:
                    yield Problema("grafica", nombre, "hay una gráfica sin sus datos", _cerca(cita))
        elif tipo == TIPO_DE_GRAFICA:
            libro = raiz.find(f"{C}externalData")
            libros = _relaciones_de_tipo(paquete, nombre, RELACION_DE_LIBRO)
            if libro is None or libro.get(f"{R}id", "") not in libros:
                yield Problema("grafica-sin-libro", nombre, "la gráfica no trae el libro con sus datos", grave=False)
            yield from _de_los_caches(nombre, raiz)


def _relaciones_de_tipo(paquete: _Paquete, nombre: str, tipo: str) -> set[str]:
    rels = paquete.arboles.get(ooxml.ruta_de_relaciones(nombre))
    return set() if rels is None else {r.get("Id", "") for r in rels if r.get("Type") == tipo}


def _de_los_caches(nombre: str, raiz: etree._Element) -> Iterator[Problema]:
    """Word pinta de los cachés: si no cuadran entre sí, muestra otras cifras o se niega a abrir."""
    for numero, serie in enumerate(raiz.iter(f"{C}ser"), 1):
        cuentas = [_puntos(serie, donde) for donde in ("cat", "xVal", "val", "yVal")]
        if len({cuenta for cuenta in cuentas if cuenta is not None}) > 1:
            yield Problema("cache", nombre, f"la serie {numero} tiene distinto número de categorías que de valores")
        for cache in serie.iter(f"{C}strCache", f"{C}numCache"):
            indices = [_numero(punto, "idx") for punto in cache.iterfind(f"{C}pt")]
            if indices != sorted(set(indices)) or any(indice >= _cuenta(cache) for indice in indices):
                yield Problema("cache", nombre, f"la serie {numero} tiene puntos repetidos o de más")


def _puntos(serie: etree._Element, donde: str) -> int | None:
    """Cuántos puntos declara ese caché; None si la serie no lo trae."""
    for cache in serie.iterfind(f"{C}{donde}/*/*"):
        if cache.tag in (f"{C}strCache", f"{C}numCache"):
            return _cuenta(cache)
    return None


def _cuenta(cache: etree._Element) -> int:
    cuenta = cache.find(f"{C}ptCount")
    return 0 if cuenta is None else _numero(cuenta, "val")


def _numero(elemento: etree._Element, atributo: str) -> int:
    escrito = elemento.get(atributo, "")
    return int(escrito) if escrito.isdecimal() else 0


def _identificadores_de(paquete: _Paquete, clase: str, elemento: str, atributo: str) -> set[str] | None:
    """Los que declara esa parte; None si el documento no la trae."""
    for nombre, tipo in paquete.tipos.items():
        if tipo == f"{ooxml.TIPO_DE_WORD}{clase}" and nombre in paquete.arboles:
            return {e.get(atributo, "") for e in paquete.arboles[nombre].iter(elemento)}
    return None


def _prefijos_sin_declarar(nombre: str, raiz: etree._Element) -> Iterator[Problema]:
    for prefijo in raiz.get(f"{MC}Ignorable", "").split():
        if prefijo not in raiz.nsmap:
            yield Problema("ignorable", nombre, f"usa una extensión de Word («{prefijo}») sin decir cuál es")


def _referencias_rotas(nombre: str, raiz: etree._Element, conocidos: set[str]) -> Iterator[Problema]:
    for valor in _RELACIONES(raiz):
        if valor and valor not in conocidos:
            yield Problema(
                "rid",
                nombre,
                f"una liga, imagen o gráfica no está en el archivo («{valor!s}»)",
                _cerca(valor.getparent()),
            )


def _cerca(elemento: etree._Element) -> str:
    """Texto por el cual encontrar el lugar en Word: el del párrafo, o el de lo que lo rodea."""
    lugar: etree._Element | None = elemento
    while lugar is not None:
        texto = " ".join("".join(t.text or "" for t in lugar.iter(f"{W}t")).split())
        if texto:
            return texto if len(texto) <= 60 else f"{texto[:57]}…"
        lugar = lugar.getparent()
    return ""


class _Examen:
    """Recorre una vez una parte con texto y anota lo que esté mal."""

    def __init__(
        self,
        nombre: str,
        estilos: set[str] | None,
        listas: set[str] | None,
        notas: Mapping[str, set[str] | None],
        conocidos: set[str],
    ) -> None:
        self.nombre = nombre
        self.estilos = estilos
        self.listas = listas
        self.notas = notas
        self.conocidos = conocidos
        self.hallados: list[Problema] = []
        self.dibujos: Counter[str] = Counter()
        self.marcadores: Counter[str] = Counter()
        self.abiertos: dict[str, etree._Element] = {}
        self.campos: list[str] = []
        self.nombres: set[str] = set()
        self.citadas: set[tuple[str, str]] = set()

    def anotar(self, codigo: str, elemento: etree._Element, detalle: str, *, grave: bool = True) -> None:
        self.hallados.append(Problema(codigo, self.nombre, detalle, _cerca(elemento), grave))

    def recorrer(self, raiz: etree._Element) -> None:
        for elemento in raiz.iter():
            nombre = str(elemento.tag)
            if nombre.startswith(W):
                self._de_word(nombre, elemento)
            elif nombre == f"{WP}docPr":
                self.dibujos[elemento.get("id", "")] += 1
        self._atributos(raiz)
        for marcador in self.abiertos.values():
            self.anotar("marcador", marcador, "un marcador se abre y no se cierra")
        if self.campos:
            self.anotar("campo", raiz, "un campo se abre y no se cierra")
        self._secciones(raiz)

    def _de_word(self, nombre: str, elemento: etree._Element) -> None:
        if elemento.text and nombre not in _CON_TEXTO and not elemento.text.isspace():
            self.anotar("texto-suelto", elemento, f"hay texto que Word no muestra: «{elemento.text.strip()[:60]}»")
        if elemento.tail and not elemento.tail.isspace():
            self.anotar("texto-suelto", elemento, f"hay texto que Word no muestra: «{elemento.tail.strip()[:60]}»")
        padres = _PADRES.get(nombre)
        if padres is not None:
            padre = elemento.getparent()
            if padre is not None and str(padre.tag).startswith(W) and padre.tag not in padres:
                self.anotar("anidado", elemento, f"{_en_word(nombre)} no puede ir dentro de {_en_word(str(padre.tag))}")
        orden = ORDENES.get(nombre)
        if orden is not None and len(elemento) > 1:
            self._orden(elemento, orden)
        examinar = _EXAMENES.get(nombre)
        if examinar is not None:
            examinar(self, elemento)

    def _orden(self, elemento: etree._Element, orden: Mapping[str, int]) -> None:
        lugares = [orden[nombre] for hija in elemento if (nombre := str(hija.tag)) in orden]
        if any(uno >= otro for uno, otro in pairwise(lugares)):
            self.anotar("orden", elemento, f"el formato de {_en_word(str(elemento.tag))} está repetido o en desorden")

    def _atributos(self, raiz: etree._Element) -> None:
        self.hallados += _referencias_rotas(self.nombre, raiz, self.conocidos)
        for identidad in _IDENTIDADES(raiz):
            if identidad and not re.fullmatch(r"[0-7][0-9A-Fa-f]{7}", identidad):
                lugar = identidad.getparent()
                self.anotar("paraid", lugar, f"el número interno de un párrafo («{identidad!s}») no es válido")

    # Cada uno examina un elemento de ese nombre -----------------------------------------------------

    def texto(self, elemento: etree._Element) -> None:
        if len(elemento):
            self.anotar("texto", elemento, "un texto lleva dentro algo que no es texto")
        texto = elemento.text or ""
        if _JINJA.search(texto):
            self.anotar("jinja", elemento, "quedó algo que parece una etiqueta", grave=False)
        if texto != texto.strip() and elemento.get(f"{XML}space") != "preserve":
            self.anotar("espacios", elemento, "se pierden los espacios de los extremos", grave=False)

    def celda(self, elemento: etree._Element) -> None:
        bloques = [hijo.tag for hijo in elemento if hijo.tag in BLOQUES]
        if not any(True for _ in elemento.iter(f"{W}p")):
            self.anotar("tc", elemento, "hay una celda sin párrafo")
        elif bloques and bloques[-1] == f"{W}tbl":
            self.anotar("tc", elemento, "una celda termina en una tabla")

    def fila(self, elemento: etree._Element) -> None:
        if next(elemento.iter(f"{W}tc"), None) is None:
            self.anotar("tr", elemento, "hay un renglón de tabla sin celdas")

    def tabla(self, elemento: etree._Element) -> None:
        if next(elemento.iter(f"{W}tr"), None) is None:
            self.anotar("tbl", elemento, "hay una tabla sin renglones")
        columnas = len(elemento.findall(f"{W}tblGrid/{W}gridCol"))
        if not columnas:
            return
        for fila in elemento.iterchildren(f"{W}tr"):
            ocupa = columnas_de(fila)
            if ocupa > columnas:
                self.anotar("gridspan", fila, f"un renglón ocupa {ocupa} columnas y la tabla tiene {columnas}")
            elif ocupa < columnas:
                self.anotar("gridspan-corto", fila, "un renglón tiene menos columnas que su tabla", grave=False)

    def abarca(self, elemento: etree._Element) -> None:
        if not re.fullmatch(r"[1-9]\d*", elemento.get(f"{W}val", "")):
            self.anotar("gridspan-numero", elemento, f"una celda abarca «{elemento.get(f'{W}val')}» columnas")

    def contenedor(self, elemento: etree._Element) -> None:
        bloques = [hijo.tag for hijo in elemento if hijo.tag in BLOQUES]
        if not bloques or bloques[-1] == f"{W}tbl":
            self.anotar("sin-parrafo", elemento, f"{_en_word(str(elemento.tag))} no termina en párrafo")

    def control(self, elemento: etree._Element) -> None:
        contenido = elemento.find(f"{W}sdtContent")
        if contenido is not None and len(contenido) == 0:
            self.anotar("sdt", elemento, "hay un control de contenido vacío")

    def marcador(self, elemento: etree._Element) -> None:
        numero = elemento.get(f"{W}id", "")
        self.marcadores[numero] += 1
        self.abiertos[numero] = elemento
        nombre = elemento.get(f"{W}name", "").casefold()
        if nombre in self.nombres:
            self.anotar("marcador-nombre", elemento, f"el marcador «{nombre}» está repetido", grave=False)
        self.nombres.add(nombre)

    def fin_de_marcador(self, elemento: etree._Element) -> None:
        if self.abiertos.pop(elemento.get(f"{W}id", ""), None) is None:
            self.anotar("marcador", elemento, "un marcador se cierra y no se abrió")

    def campo(self, elemento: etree._Element) -> None:
        momento = elemento.get(f"{W}fldCharType", "")
        if momento == "begin":
            self.campos.append(momento)
        elif not self.campos or (momento == "separate" and self.campos[-1] == "separate"):
            self.anotar("campo", elemento, "un campo se cierra y no se abrió")
        elif momento == "separate":
            self.campos[-1] = momento
        else:
            self.campos.pop()

    def instruccion(self, elemento: etree._Element) -> None:
        if not self.campos or self.campos[-1] != "begin":
            self.anotar("campo", elemento, "hay una instrucción de campo fuera de su campo")

    def nota(self, elemento: etree._Element) -> None:
        numero = elemento.get(f"{W}id", "")
        if numero not in (self.notas[str(elemento.tag)] or ()):
            self.anotar("nota", elemento, f"se cita la nota {numero}, que no existe")
        if (elemento.tag, numero) in self.citadas:
            self.anotar("nota-repetida", elemento, f"la nota {numero} se cita dos veces", grave=False)
        self.citadas.add((str(elemento.tag), numero))

    def estilo(self, elemento: etree._Element) -> None:
        nombre = elemento.get(f"{W}val", "")
        if self.estilos is not None and nombre not in self.estilos:
            self.anotar("estilo", elemento, f"no existe el estilo «{nombre}»", grave=False)

    def lista(self, elemento: etree._Element) -> None:
        numero = elemento.get(f"{W}val", "")
        if numero != "0" and numero not in (self.listas or ()):
            self.anotar("lista", elemento, f"no existe la lista «{numero}»", grave=False)

    def alineacion(self, elemento: etree._Element) -> None:
        valor = elemento.get(f"{W}val", "")
        if valor not in _ALINEACIONES:
            self.anotar("jc", elemento, f"la alineación «{valor}» no existe")

    def tamano(self, elemento: etree._Element) -> None:
        valor = elemento.get(f"{W}val", "")
        if not re.fullmatch(r"\d+(\.\d+pt)?|\d+pt", valor):
            self.anotar("sz", elemento, f"el tamaño de letra «{valor}» no es un número")

    def _secciones(self, raiz: etree._Element) -> None:
        cuerpo = raiz.find(f"{W}body")
        if cuerpo is None:
            return
        secciones = [lugar for lugar, hijo in enumerate(cuerpo) if hijo.tag == f"{W}sectPr"]
        if len(secciones) > 1 or (secciones and secciones[0] != len(cuerpo) - 1):
            self.anotar("seccion", cuerpo, "el formato de la última sección no está al final")


_COMO_SE_LLAMA = {
    f"{W}{nombre}": llamado
    for llamado, nombres in {
        "un párrafo": "p pPr",
        "un texto": "r t rPr",
        "una tabla": "tbl tblPr",
        "un renglón de tabla": "tr trPr",
        "una celda": "tc tcPr",
        "un control de contenido": "sdt sdtContent",
        "una liga": "hyperlink",
        "un encabezado": "hdr",
        "un pie de página": "ftr",
        "una nota al pie": "footnote",
        "una nota al final": "endnote",
        "un cuadro de texto": "txbxContent",
        "el cuerpo": "body",
    }.items()
    for nombre in nombres.split()
}


def _en_word(nombre: str) -> str:
    """Cómo se llama eso en Word: ``"{…}tc"`` → ``"una celda"``."""
    return _COMO_SE_LLAMA.get(nombre, "otra parte del documento")


_EXAMENES: Mapping[str, Callable[[_Examen, etree._Element], None]] = {
    f"{W}t": _Examen.texto,
    f"{W}tc": _Examen.celda,
    f"{W}tr": _Examen.fila,
    f"{W}tbl": _Examen.tabla,
    f"{W}gridSpan": _Examen.abarca,
    f"{W}sdt": _Examen.control,
    f"{W}bookmarkStart": _Examen.marcador,
    f"{W}bookmarkEnd": _Examen.fin_de_marcador,
    f"{W}fldChar": _Examen.campo,
    f"{W}instrText": _Examen.instruccion,
    f"{W}footnoteReference": _Examen.nota,
    f"{W}endnoteReference": _Examen.nota,
    f"{W}numId": _Examen.lista,
    f"{W}jc": _Examen.alineacion,
    f"{W}sz": _Examen.tamano,
    **dict.fromkeys(_ESTILOS, _Examen.estilo),
    **dict.fromkeys(TERMINAN_EN_PARRAFO, _Examen.contenedor),
}
