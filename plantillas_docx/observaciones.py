"""La plantilla de la tabla «Dice / Debe decir»: las observaciones a un documento."""

from plantillas_docx import comunes, datos
from plantillas_docx.datos import con_el_renglon_siguiente, tabla_de_datos, texto
from plantillas_docx.documento import documento
from plantillas_docx.piezas import ANCHO, parrafo
from plantillas_docx.seguimiento import PRIMERO_Y_PENULTIMO

_NUMERO, _LUGAR = 700, 1700
_TEXTO = (ANCHO - _NUMERO - _LUGAR) // 2


def plantilla() -> bytes:
    """La plantilla de las observaciones, como archivo de Word."""
    columnas = (
        con_el_renglon_siguiente(texto("Núm.", _NUMERO, "o.numero"), PRIMERO_Y_PENULTIMO),
        texto("Lugar", _LUGAR, "o.lugar"),
        texto("Dice", _TEXTO, "o.dice"),
        texto("Debe decir", ANCHO - _NUMERO - _LUGAR - _TEXTO, "o.debe_decir"),
    )
    titulo = "Observaciones"
    nota = "Cada diferencia, con el texto que hoy dice y el que debe decir."
    cuerpo = (
        parrafo("Título", titulo)
        + parrafo("Subtítulo", "a «{{ de }}», conforme a «{{ con }}»")
        + tabla_de_datos(columnas, "o", "observaciones", titulo=titulo, descripcion=nota)
        + parrafo("Fin de documento", "")
    )
    return documento(
        "Observaciones",
        cuerpo,
        encabezado=parrafo("Encabezado", "Observaciones a «{{ de }}»"),
        membrete="",
        estilos=(*comunes.ESTILOS, *datos.ESTILOS),
    )
