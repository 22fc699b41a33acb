"""La primera hoja del libro: cómo se usa y qué va en cada columna, con un renglón de ejemplo por tabla."""

from collections.abc import Sequence
from copy import copy

from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from generador.celdas import letras
from generador.esquema import Campo, Seccion, campos
from generador.libro import estilo

_ANCHOS = (34, 70, 14, 44)
_SALUDO = "Los datos con * son obligatorios. Al elegir una celda se muestra qué escribir en ella."
_TITULO = Font(name="Calibri", size=20, bold=True, color=estilo.OSCURO)
_SUBTITULO = Font(name="Calibri", size=14, bold=True, color=estilo.OSCURO)
_NOTA = Font(name="Calibri", size=11, color=estilo.GRIS)
_EJEMPLO = Font(name="Calibri", size=10, italic=True, color=estilo.GRIS)
_ENCABEZADOS = ("Qué escribir", "¿Obligatorio?", "Ejemplo")
_A_LO_ANCHO = sum(_ANCHOS)  # caracteres que caben en un renglón de las cuatro columnas


def escribir_instrucciones(ws: Worksheet, titulo: str, guia: Sequence[str], hojas: Sequence[Seccion]) -> None:
    """Escribe la hoja y la protege, sin contraseña."""
    for columna, ancho in enumerate(_ANCHOS, 1):
        ws.column_dimensions[letras(columna)].width = ancho
    _renglon(ws, 1, titulo, _TITULO, alto=36)
    _renglon(ws, 2, _SALUDO, _NOTA)
    for numero, paso in enumerate(guia, 1):
        _renglon(ws, 3 + numero, f"{numero}.  {paso}", estilo.LETRA)
    fila = 5 + len(guia)
    for seccion in hojas:
        fila = _seccion(ws, fila, seccion) + 2
    ws.protection.sheet = True
    ws.sheet_properties.tabColor = estilo.GRIS
    estilo.pagina(ws)


def _renglon(ws: Worksheet, fila: int, texto: str, fuente: Font, *, alto: float = 0) -> None:
    """Un texto a lo ancho de las cuatro columnas; Excel no ajusta el alto de las celdas combinadas."""
    celda = ws.cell(fila, 1, texto)
    celda.data_type = "s"
    celda.font, celda.alignment = copy(fuente), Alignment(vertical="center", wrap_text=True)
    ws.merge_cells(start_row=fila, end_row=fila, start_column=1, end_column=len(_ANCHOS))
    ws.row_dimensions[fila].height = alto or estilo.alto((texto, _A_LO_ANCHO))


def _seccion(ws: Worksheet, fila: int, seccion: Seccion) -> int:
    """Escribe lo de una hoja desde ``fila``; devuelve la última que ocupó."""
    _renglon(ws, fila, f"Hoja «{seccion.hoja}»", _SUBTITULO, alto=24)
    titulo = ws.cell(fila, 1)
    titulo.hyperlink = Hyperlink(ref=titulo.coordinate, location=f"'{seccion.hoja}'!A1", tooltip="Ir a la hoja")
    _renglon(ws, fila + 1, seccion.ayuda, _NOTA)
    fila += 2
    for columna, encabezado in enumerate(("Columna" if seccion.es_tabla else "Dato", *_ENCABEZADOS), 1):
        estilo.encabezado(ws.cell(fila, columna, encabezado))
    ws.row_dimensions[fila].height = 22
    propios = campos(seccion.registro)
    for campo in propios:
        fila += 1
        _campo(ws, fila, campo)
    if seccion.es_tabla:
        fila += 1
        _renglon(ws, fila, f"Un renglón:  {_ejemplo(propios)}", _EJEMPLO)
    return fila


def _campo(ws: Worksheet, fila: int, campo: Campo) -> None:
    ejemplo = campo.ejemplo or ", ".join(campo.opciones)
    textos = (campo.rotulo, estilo.con_omision(campo), "Sí" if campo.obligatorio else "No", ejemplo)
    ws.row_dimensions[fila].height = estilo.alto(*zip(textos, _ANCHOS, strict=True))
    estilo.rotulo(ws.cell(fila, 1, campo.rotulo))
    for columna, texto in enumerate(textos[1:], 2):
        celda = ws.cell(fila, columna, texto)
        celda.data_type = "s"
        estilo.ayuda(celda)


def _ejemplo(propios: Sequence[Campo]) -> str:
    return "  │  ".join(campo.ejemplo or "   " for campo in propios).rstrip(" │")
