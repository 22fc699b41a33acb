"""La plantilla del balance de un órgano: sesiones, asistencia y acuerdos de todos sus libros."""

from plantillas_docx import comunes, datos
from plantillas_docx.datos import cifra, con_el_renglon_siguiente, pegado, tabla_de_datos, texto
from plantillas_docx.documento import documento
from plantillas_docx.piezas import ANCHO, parrafo, si
from plantillas_docx.seguimiento import (
    ESTILOS_DE_SESIONES,
    PRIMERO_Y_PENULTIMO,
    encabezado,
    firma,
    membrete,
    por_columnas,
    portadilla,
    resumen,
)

_CIFRA = 1120


def _grafica(cual: str) -> str:
    return si(f"graficas.{cual}", parrafo("Gráfica", f"{{{{ graficas.{cual} }}}}"))


def _relacion() -> str:
    columnas = (
        con_el_renglon_siguiente(texto("Fecha", 1200, "s.fecha"), PRIMERO_Y_PENULTIMO),
        texto("Sesión", ANCHO - 1200 - 1300 - 4 * _CIFRA, "s.nombre"),
        texto("Integrantes", 1300, "s.asistencia"),
        cifra("Recibió", _CIFRA, "s.al_inicio"),
        cifra("Nuevos", _CIFRA, "s.nuevos"),
        cifra("Cerró", _CIFRA, "s.cerrados"),
        cifra("Dejó", _CIFRA, "s.al_final"),
    )
    titulo = "Relación de sesiones"
    nota = "Acuerdos abiertos que recibió cada sesión, los nuevos, los que cerró y los que dejó abiertos."
    suya = tabla_de_datos(columnas, "s", "relacion", titulo=titulo, descripcion=nota)
    return parrafo("Título 1", titulo) + parrafo("Nota de sección", nota) + suya


def plantilla() -> bytes:
    """La plantilla del balance, como archivo de Word."""
    de_asistencia = parrafo("Nota de sección", "Integrantes del órgano; sin asesores ni personas invitadas.")
    cuerpo = (
        portadilla()
        + resumen("")
        + por_columnas("Sesiones por tipo", "sesiones", "Cuántas sesiones hubo de cada tipo en cada año.")
        + _grafica("sesiones")
        + _relacion()
        + _grafica("abiertos")
        + por_columnas("Asistencia por área", "asistencia", "Cómo acudió cada área a las sesiones.", de_asistencia)
        + _grafica("asistencia")
        + por_columnas(
            "Acuerdos por área y estatus", "por_estatus", "Cuántos acuerdos tiene cada área en cada estatus."
        )
        + _grafica("estatus")
        + por_columnas("Antigüedad de los acuerdos abiertos", "antiguedad", "Cuánto llevan los acuerdos abiertos.")
        + pegado(_grafica("antiguedad"))
        + firma()
    )
    return documento(
        "Balance",
        cuerpo,
        encabezado=encabezado(),
        membrete=membrete(),
        estilos=(*comunes.ESTILOS, *datos.ESTILOS, *ESTILOS_DE_SESIONES),
    )
