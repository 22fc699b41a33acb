"""La hoja «Revisión»: qué hay que corregir, dónde y cómo, con una liga a cada celda."""

from collections.abc import Sequence
from copy import copy
from typing import Any
from urllib.parse import quote

from openpyxl.styles import Alignment, Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from generador.celdas import clave, en_un_renglon, legible, letras, limpiar
from generador.hallazgos import Gravedad, Hallazgo
from generador.libro import estilo
from generador.libro.apuntes import PRIMERA, Apuntes, Sena, poner

NOMBRE = "Revisión"
COLORES = {Gravedad.ERROR: "F6A59B", Gravedad.AVISO: "FFDB70"}
_NINGUNO = Apuntes()
_TITULO = "Revisión de «"  # con esto se sabe que la hoja es del programa
_COLUMNAS = {"N.º": 7, "Gravedad": 12, "Hoja": 18, "Celda": 10, "Qué pasa": 62, "Cómo se corrige": 58}
_CORRIJA = (
    "Corrija cada celda marcada: al cambiarla se le quita el color. Después guarde y repita la revisión. "
    "Sus notas van de la columna G en adelante: se conservan; lo demás de esta hoja se vuelve a escribir."
)
_APARTE = "El libro no se tocó: corrija en él cada celda de esta lista, guárdelo y repita la revisión."


def escribir_revision(
    ws: Worksheet, hallazgos: Sequence[Hallazgo], libro: str, apuntes: Apuntes = _NINGUNO, *, aparte: bool = False
) -> None:
    """Llena la hoja. ``aparte``: va en un archivo propio, y sus ligas llevan al libro de ese nombre.

    ``apuntes``: lo que la persona había escrito en ella, que se conserva.
    """
    for columna, ancho in enumerate(_COLUMNAS.values(), 1):
        ws.column_dimensions[letras(columna)].width = ancho
    _cabeza(ws, hallazgos, libro, _APARTE if aparte else _CORRIJA)
    propias: Any = ws.parent
    hojas = {} if aparte else {clave(otra.title): otra.title for otra in propias.worksheets}
    en_su_orden = sorted(hallazgos, key=lambda h: not h.es_error)
    for fila, hallazgo in enumerate(en_su_orden, PRIMERA):
        _renglon(ws, fila, hallazgo)
        hoja = hallazgo.hoja if aparte else hojas.get(clave(hallazgo.hoja), "")
        if hoja:
            _ligar(ws.cell(fila, 4 if hallazgo.celda else 3), hoja, hallazgo.celda or "A1", libro if aparte else "")
    poner(ws, apuntes, [_sena(hallazgo) for hallazgo in en_su_orden])
    estilo.hoja_de_captura(ws)
    ws.freeze_panes = f"A{PRIMERA}"
    ws.print_title_rows = f"{PRIMERA - 1}:{PRIMERA - 1}"
    ws.sheet_properties.tabColor = COLORES[Gravedad.ERROR]


def es_nuestra(ws: Worksheet) -> bool:
    """Si la hoja la escribió el programa y puede quitarse."""
    return ws.title == NOMBRE and str(ws["A1"].value or "").startswith(_TITULO)


def libro_aparte(hallazgos: Sequence[Hallazgo], libro: str) -> Workbook:
    """Un libro con sólo la lista, para cuando no se puede escribir en el de la persona."""
    propio = Workbook()
    propio.remove(propio.worksheets[0])
    escribir_revision(propio.create_sheet(NOMBRE), hallazgos, libro, aparte=True)
    return propio


def en_texto(texto: str) -> str:
    """El texto de un hallazgo como cabe en una celda o en un comentario: breve, en un renglón y sin nada invisible."""
    return legible(en_un_renglon(limpiar(en_un_renglon(texto))[0]))


def _cabeza(ws: Worksheet, hallazgos: Sequence[Hallazgo], libro: str, que_hacer: str) -> None:
    for fila, texto in enumerate((f"{_TITULO}{libro}»", _cuenta(hallazgos), que_hacer), 1):
        celda = ws.cell(fila, 1, texto)
        celda.font = Font(name="Calibri", size=16 if fila == 1 else 11, bold=fila == 1,
                          color=estilo.OSCURO if fila == 1 else estilo.GRIS)  # fmt: skip
        celda.alignment = Alignment(vertical="center")
    ws.row_dimensions[1].height, ws.row_dimensions[3].height = 28, 24
    for columna, rotulo in enumerate(_COLUMNAS, 1):
        estilo.encabezado(ws.cell(PRIMERA - 1, columna, rotulo))
    ws.row_dimensions[PRIMERA - 1].height = 24


def _cuenta(hallazgos: Sequence[Hallazgo]) -> str:
    if not hallazgos:
        return "Nada que corregir."
    errores = [hallazgo.es_error for hallazgo in hallazgos]
    cuentas = ((errores.count(True), "error", "errores"), (errores.count(False), "aviso", "avisos"))
    dicho = " y ".join(f"{n} {uno if n == 1 else varios}" for n, uno, varios in cuentas if n)
    return f"{dicho}. Los errores impiden hacer el documento; los avisos, no."


def _sena(hallazgo: Hallazgo) -> Sena:
    return hallazgo.hoja or "Todo el libro", hallazgo.celda or "—", en_texto(hallazgo.problema)


def _renglon(ws: Worksheet, fila: int, hallazgo: Hallazgo) -> None:
    gravedad = "Error" if hallazgo.es_error else "Aviso"
    textos = (str(fila - PRIMERA + 1), gravedad, *_sena(hallazgo), en_texto(hallazgo.remedio))
    for columna, texto in enumerate(textos, 1):
        celda = ws.cell(fila, columna)
        estilo.valor(celda, obligatorio=False)
        celda.value = int(texto) if columna == 1 else texto
        if columna > 1:
            celda.data_type = "s"  # «=…» es lo que la persona escribió, no una fórmula
    ws.cell(fila, 2).fill = estilo.relleno(COLORES[hallazgo.gravedad])
    ws.row_dimensions[fila].height = estilo.alto(*zip(textos, _COLUMNAS.values(), strict=True))


def _ligar(celda: Any, hoja: str, direccion: str, libro: str) -> None:
    """``#'Sesión'!B2`` o, desde otro archivo, ``minuta.xlsx#'Sesión'!B2``."""
    lugar = "'" + hoja.replace("'", "''") + f"'!{direccion}"
    destino = quote(libro) if libro else None
    celda.hyperlink = Hyperlink(ref=celda.coordinate, location=lugar, target=destino)
    fuente = copy(estilo.LETRA)
    celda.font = Font(name=fuente.name, size=fuente.size, color="0563C1", underline="single")
