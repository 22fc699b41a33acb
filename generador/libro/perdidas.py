"""Lo que un libro perdería si se volviera a guardar desde aquí: si hay algo, no se toca.

openpyxl conserva valores, fórmulas, estilos, nombres, tablas, listas y formatos condicionales; lo demás lo
olvida sin decirlo. Se admite lo que se sabe que conserva (o que no importa) y se señala todo lo otro: ante la
duda, mejor no escribir en un libro ajeno.
"""

import io
import re
from collections.abc import Callable, Iterator, Mapping
from xml.etree import ElementTree

from openpyxl.worksheet.header_footer import HeaderFooterItem

from generador.libro.paquete import hojas_de, relaciones_de
from generador.libro.referencia import rango
from generador.ooxml import partes

Elemento = ElementTree.Element

MAX_AREA = 100_000  # celdas combinadas o con una misma liga, en una hoja: openpyxl las crea una por una

_SE_CONSERVAN = re.compile(
    r"\[Content_Types\]\.xml|.*\.rels|docProps/(core|app|custom)\.xml|docProps/thumbnail\.\w+"
    r"|xl/(workbook|styles|sharedStrings|calcChain)\.xml|xl/theme/theme\d+\.xml|xl/worksheets/sheet\d+\.xml"
    r"|xl/comments\d*\.xml|xl/comments/comment\d+\.xml|xl/drawings/\w+\.(vml|xml)|xl/tables/table\d+\.xml"
    r"|xl/printerSettings/.*|xl/externalLinks/externalLink\d+\.xml|customXml/.*",
    re.IGNORECASE,
)
_CONTENIDAS = re.compile(r"xl/(charts|media|diagrams|ctrlProps|activeX|embeddings)/", re.IGNORECASE)
_PARTES = (
    (r".*vbaProject", "las macros"),
    (r"xl/(threadedComments|persons)/", "las conversaciones (comentarios con respuestas)"),
    (r"xl/pivot", "las tablas dinámicas"),
    (r"xl/(slicers|slicerCaches|timelines|timelineCaches)/", "las segmentaciones de datos"),
    (r"xl/(queryTables/|connections)", "las consultas a otros datos"),
    (r"xl/(metadata|richData)", "las imágenes o los datos enlazados dentro de las celdas"),
    (r"xl/(chartsheets|dialogsheets|macrosheets)/", "las hojas que no son de celdas"),
    (r"xl/model/", "el modelo de datos"),
    (r"xl/webextensions/|customUI", "los complementos"),
    (r"_xmlsignatures/", "la firma electrónica"),
    (r"docMetadata/", "la etiqueta de confidencialidad"),
    (_CONTENIDAS.pattern, "las imágenes, las gráficas o los objetos"),
)
_DE_LA_HOJA_SE_CONSERVAN = frozenset(
    (
        *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetProtection", "scenarios"),
        *("autoFilter", "mergeCells", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions"),
        *("pageMargins", "pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing"),
        *("tableParts", "extLst", "AlternateContent"),
        *("sheetCalcPr", "sortState", "phoneticPr", "ignoredErrors", "cellWatches"),  # no importa perderlas
    )
)
_DE_LA_HOJA = {
    "legacyDrawingHF": "las imágenes del encabezado o del pie de página",
    "picture": "la imagen de fondo",
    "controls": "los botones, casillas u otros controles",
    "oleObjects": "los objetos incrustados",
    "protectedRanges": "los rangos con permiso de edición",
    "customSheetViews": "las vistas personalizadas",
    "dataConsolidate": "la consolidación de datos",
}
_EXTENSIONES = {
    "78C0D931-6437-407D-A8EE-F0AAD7539E65": "los formatos condicionales que miran otra hoja o llevan barras o iconos",
    "CCE6A557-97BC-4B89-ADB6-D9C93CAAB3DF": "las listas y validaciones que miran otra hoja",
    "05C60535-1F16-4FD2-B633-F4F36F0B64E0": "los minigráficos",
    "A8765BA9-456A-4DAB-B4F3-ACF838C121DE": "las segmentaciones de datos",
    "3A4CF648-6AED-40F4-86FF-DC5316D8AED3": "las segmentaciones de datos",
    "7E03D99C-DC04-49D9-9315-930204A7B6E9": "las escalas de tiempo",
    "FC87AEE6-9EDD-4A0A-B7FB-166176984837": "los rangos con permiso de edición",
    "F7C9EE02-42E1-4005-9D12-6889AFFD525C": "los complementos",
}
_EXTENSIONES_INOCUAS = frozenset(
    (
        "01252117-D84E-4E92-8308-4BE1C098FCBB",  # errores que se pidió no señalar
        "64002731-A6B0-56B0-2670-7721B7C09600",  # cómo se ve en Mac
    )
)
_DIBUJOS = {
    "sp": "los cuadros de texto o las formas",
    "cxnSp": "los cuadros de texto o las formas",
    "grpSp": "los cuadros de texto o las formas",
    "pic": "las imágenes",
    "graphicFrame": "las gráficas o los diagramas",
    "contentPart": "los trazos a mano",
}
_COMENTARIO = re.compile(r"(Comment|Comentario|Nota) \d+", re.IGNORECASE)
_CONTROL_VML = re.compile(rb'ObjectType="(?!Note")')
_PIEZAS_DE_PIE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&\d+|&.|[^&]+')


def perdidas(datos: bytes) -> list[str]:
    """Lo que se perdería, en frases: ``["las imágenes de la hoja «Firmas»"]``; vacío si nada.

    Levanta PaqueteRoto si no es un libro.
    """
    contenido = partes(datos)
    halladas = [*_de_las_hojas(contenido), *_de_todo_el_libro(contenido)]
    sueltas = [_frase_de_parte(n) for n in contenido if not _SE_CONSERVAN.fullmatch(n) and not _CONTENIDAS.match(n)]
    if not halladas:  # lo que hay dentro de una hoja ya se dijo con ella
        sueltas += [_frase_de_parte(nombre) for nombre in contenido if _CONTENIDAS.match(nombre)]
    return list(dict.fromkeys(halladas + sueltas))


def _frase_de_parte(nombre: str) -> str:
    conocida = next((frase for patron, frase in _PARTES if re.match(patron, nombre, re.IGNORECASE)), "")
    return conocida or f"algo que no se reconoce («{nombre}»)"


def _de_todo_el_libro(contenido: Mapping[str, bytes]) -> Iterator[str]:
    estilos = contenido.get("xl/styles.xml", b"")
    if re.search(rb"<(\w+:)?tableStyle\s", estilos):
        yield "los estilos de tabla propios"
    if any("customXml/" in nombre and b"DataMashup" in crudo for nombre, crudo in contenido.items()):
        yield "las consultas a otros datos"


def _de_las_hojas(contenido: dict[str, bytes]) -> Iterator[str]:
    for hoja, parte in hojas_de(contenido).items():
        relacionadas = [objetivo for _, objetivo in relaciones_de(contenido, parte).values()]
        frases = [
            *_de_la_hoja(contenido[parte]),
            *(frase for nombre in relacionadas if nombre in contenido for frase in _de_un_dibujo(nombre, contenido)),
        ]
        yield from (f"{frase} de la hoja «{hoja}»" for frase in dict.fromkeys(frases))


def _de_la_hoja(xml: bytes) -> Iterator[str]:
    """Se recorre sin armar su árbol: puede tener cientos de miles de celdas."""
    profundidad = area = 0
    for momento, elemento in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):
        if momento == "start":
            profundidad += 1
            continue
        profundidad -= 1
        nombre = elemento.tag.rpartition("}")[2]
        if nombre in _DE_LA_HOJA:
            yield _DE_LA_HOJA[nombre]
        elif profundidad == 1 and nombre not in _DE_LA_HOJA_SE_CONSERVAN:
            yield f"algo que no se reconoce («{nombre}»)"
        match nombre:
            case "ext" if profundidad == 2:
                yield from _de_una_extension(elemento)
            case "c":
                yield from _de_una_celda(elemento)
            case "mergeCell" | "hyperlink":
                area += _celdas(elemento.get("ref", ""))
            case "headerFooter":
                yield from _de_los_pies(elemento)
        if profundidad == 1 or nombre == "row":
            elemento.clear()
    if area > MAX_AREA:
        yield "las celdas combinadas o con liga, que son demasiadas,"


def _de_una_extension(elemento: Elemento) -> Iterator[str]:
    clave = elemento.get("uri", "").strip("{}").upper()
    if clave not in _EXTENSIONES_INOCUAS:
        yield _EXTENSIONES.get(clave, "algo que no se reconoce (una extensión de Excel)")


def _de_una_celda(elemento: Elemento) -> Iterator[str]:
    if elemento.get("vm"):
        yield "las imágenes o los datos enlazados dentro de las celdas"
    if elemento.get("cm"):
        yield "las fórmulas que se desbordan a otras celdas"


def _celdas(referencia: str) -> int:
    area = rango(referencia)
    return 0 if area is None else (area.ultima_fila - area.fila + 1) * (area.ultima_columna - area.columna + 1)


def _de_los_pies(elemento: Elemento) -> Iterator[str]:
    for pie in elemento:
        texto = pie.text or ""
        if "&G" in texto:
            yield _DE_LA_HOJA["legacyDrawingHF"]
        elif texto and not _pie_conservado(pie, texto):
            yield "el texto del encabezado o del pie de página"


def _pie_conservado(pie: Elemento, texto: str) -> bool:
    if not re.match("&[LCR]", texto):  # Excel lo pone al centro; openpyxl lo olvida
        return False
    leer: Callable[[Elemento], object] = HeaderFooterItem.from_tree  # type: ignore[assignment]  # pide un texto seguro
    return _piezas(str(leer(pie))) == _piezas(texto)


def _piezas(texto: str) -> list[str]:
    """Los códigos y los trozos de texto de un pie, sin contar su orden: openpyxl pone antes la letra."""
    return sorted(pieza.strip() for pieza in _PIEZAS_DE_PIE.findall(texto) if pieza.strip())


def _de_un_dibujo(nombre: str, contenido: Mapping[str, bytes]) -> Iterator[str]:
    if nombre.endswith(".vml"):
        if _CONTROL_VML.search(contenido[nombre]) and b"x:ClientData" in contenido[nombre]:
            yield _DE_LA_HOJA["controls"]
        return
    if not nombre.startswith("xl/drawings/"):
        return
    for elemento in ElementTree.fromstring(contenido[nombre]).iter():
        etiqueta = elemento.tag.rpartition("}")[2]
        if etiqueta in _DIBUJOS and not _es_de_un_comentario(elemento):
            yield _DIBUJOS[etiqueta]


def _es_de_un_comentario(forma: Elemento) -> bool:
    """LibreOffice guarda además como forma cada comentario que se movió o cambió de tamaño."""
    nombres = [e.get("name", "") for e in forma.iter() if e.tag.endswith("}cNvPr")]
    return bool(nombres) and all(map(_COMENTARIO.fullmatch, nombres))
