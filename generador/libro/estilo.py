"""Cómo se ven los libros: letra, colores y página. Y cómo se dice qué va en cada campo."""

from collections.abc import Iterable
from copy import copy
from math import ceil
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from generador.celdas import CURSIVA, NEGRITA, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO
from generador.esquema import SI_O_NO, Campo
from generador.libro.formato import Formato, Trozo

TINTA, OSCURO, GRIS, CLARO, LINEA = "262626", "1F3B4D", "6B7780", "EEF2F4", "D5DCE0"
OBLIGATORIO, FALTA = "FFF9E3", "FBD3C8"

_ALTO_MAXIMO = 409.0  # de un renglón, en Excel

LETRA = Font(name="Calibri", size=11, color=TINTA)
_ROTULO = Font(name="Calibri", size=11, color=OSCURO, bold=True)
_AYUDA = Font(name="Calibri", size=10, color=GRIS)
_ENCABEZADO = Font(name="Calibri", size=11, color="FFFFFF", bold=True)
_RENGLON = Side(style="thin", color=LINEA)
_CUADRO = Border(top=_RENGLON, bottom=_RENGLON, left=_RENGLON, right=_RENGLON)
_SUBRAYA = Border(bottom=_RENGLON)
_ARRIBA = Alignment(vertical="top", horizontal="left", wrap_text=True, indent=1)
_AL_CENTRO = Alignment(vertical="center", horizontal="left", wrap_text=True, indent=1)


def relleno(color: str) -> PatternFill:
    """Un fondo liso."""
    return PatternFill("solid", start_color=color, end_color=color)


def encabezado(celda: Cell) -> None:
    """El encabezado de una columna: blanco sobre oscuro."""
    celda.font, celda.fill, celda.border = copy(_ENCABEZADO), relleno(OSCURO), copy(_CUADRO)
    celda.alignment = copy(_AL_CENTRO)


def rotulo(celda: Cell) -> None:
    """El nombre de un dato, a la izquierda de su valor."""
    celda.font, celda.fill, celda.border = copy(_ROTULO), relleno(CLARO), copy(_CUADRO)
    celda.alignment = copy(_AL_CENTRO)


def base(celda: Cell) -> None:
    """Texto corriente."""
    celda.font, celda.alignment = copy(LETRA), copy(_ARRIBA)


def valor(celda: Any, *, obligatorio: bool, en_ficha: bool = False) -> None:
    """Donde la persona escribe: una celda o una columna entera. Nunca en negrita: se leería como suya."""
    celda.font, celda.alignment, celda.border = copy(LETRA), copy(_AL_CENTRO if en_ficha else _ARRIBA), copy(_CUADRO)
    celda.fill = relleno(OBLIGATORIO) if obligatorio else PatternFill()


def ayuda(celda: Cell) -> None:
    """Qué escribir, en gris."""
    celda.font, celda.alignment, celda.border = copy(_AYUDA), copy(_AL_CENTRO), copy(_SUBRAYA)


def hoja_de_captura(ws: Worksheet) -> None:
    """Encabezados fijos en pantalla y repetidos en papel."""
    ws.freeze_panes = "A2"
    ws.print_title_rows = "1:1"
    ws.sheet_properties.tabColor = OSCURO
    pagina(ws)


def pagina(ws: Worksheet, *, horizontal: bool = True) -> None:
    """Carta, al ancho de la hoja, con su nombre y número de página al pie."""
    ws.sheet_view.showGridLines = False
    ws.page_setup.orientation = "landscape" if horizontal else "portrait"
    ws.page_setup.paperSize = 1  # carta
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    ws.page_margins.left = ws.page_margins.right = 0.5
    ws.page_margins.top, ws.page_margins.bottom = 0.6, 0.7
    pie: Any = ws.oddFooter
    pie.left.text, pie.right.text = "&A", "Página &P de &N"
    pie.left.size = pie.right.size = 9


def alto(*textos: tuple[str, float]) -> float:
    """Los puntos de alto que piden los textos de un renglón, cada uno con el ancho de su columna en caracteres."""
    por_columna = [sum(ceil((len(p) + 1) / (1.1 * ancho)) for p in texto.split("\n")) for texto, ancho in textos]
    return min(_ALTO_MAXIMO, 5 + 14.5 * max(por_columna, default=1))


def rotulado(campo: Campo) -> str:
    """``"Fecha *"`` si es obligatorio; si no, ``"Siglas"``."""
    return f"{campo.rotulo} *" if campo.obligatorio else campo.rotulo


def con_omision(campo: Campo) -> str:
    """La ayuda de una columna, con lo que significa dejarla en blanco: ``"Si asistió. En blanco: Sí."``."""
    if campo.por_omision in (None, "") or "en blanco" in campo.ayuda.lower():
        return campo.ayuda
    omision = SI_O_NO[not campo.por_omision] if isinstance(campo.por_omision, bool) else str(campo.por_omision)
    return f"{campo.ayuda} En blanco: {omision.rstrip('.')}.".strip()


def con_ejemplo(campo: Campo) -> str:
    """La ayuda de un dato, con su ejemplo si la ayuda no lo trae ya."""
    if not campo.ejemplo or campo.opciones or campo.ejemplo in campo.ayuda:
        return campo.ayuda
    return f"{campo.ayuda} Ejemplo: {campo.ejemplo.rstrip('.')}.".strip()


def enriquecido(trozos: Iterable[Trozo], fuente: Font) -> CellRichText:
    """El texto con formato de Excel, con la letra de la celda."""
    return CellRichText([TextBlock(_inline(fuente, formato), texto) for texto, formato in trozos])


def _inline(fuente: Font, formato: Formato) -> InlineFont:
    return InlineFont(
        rFont=fuente.name,
        sz=fuente.sz,
        color=fuente.color,
        b=NEGRITA in formato or None,
        i=CURSIVA in formato or None,
        u="single" if SUBRAYADO in formato else None,
        strike=TACHADO in formato or None,
        vertAlign="superscript" if SUPERINDICE in formato else "subscript" if SUBINDICE in formato else None,
    )
