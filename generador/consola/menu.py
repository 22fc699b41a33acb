"""El menú de quien escribe «generar» a solas en una terminal: elige qué hacer, y se hace como si lo escribiera."""

from pathlib import Path

from generador.catalogo import CATALOGO
from generador.consola.piezas import ENTRADAS, SALIDAS, elegir, preguntar_cual
from generador.consola.terminal import mostrar_aparte

CON_LIBRO = tuple(entrada for entrada in CATALOGO.values() if not entrada.de_varios)


def lo_que_elija() -> list[str]:
    """Las palabras de la orden elegida: ``["minuta"]``, ``["nuevo", "oficio"]``; vacía si no quiere nada."""
    hay = any(ruta.suffix.lower() == ".xlsx" for ruta in ENTRADAS.glob("*"))
    acciones = {
        "Crear un libro nuevo": ["nuevo"],
        **{f"Hacer {entrada.sustantivo}": [entrada.orden] for entrada in CON_LIBRO if hay},
        **({"Revisar los libros, sin escribir documentos": ["revisar"]} if hay else {}),
        **({"Preparar el libro de la sesión siguiente": ["siguiente"]} if hay else {}),
        **({"Informar del seguimiento de acuerdos": ["seguimiento"]} if hay else {}),
        "Ver la ayuda": ["--ayuda"],
        "Nada, gracias": [],
    }
    lugares = f"Los libros están en «{ENTRADAS}» y los documentos quedan en «{SALIDAS}»."
    mostrar_aparte(lugares + "\n")
    palabras = acciones[preguntar_cual("¿Qué quiere hacer?", list(acciones))]
    return [*palabras, *_lo_que_falta(palabras)]


def _lo_que_falta(palabras: list[str]) -> list[str]:
    match palabras:
        case ["nuevo"]:
            nombres = {entrada.resumen: entrada.nombre for entrada in CON_LIBRO}
            return [nombres[preguntar_cual("¿De qué será?", list(nombres))]]
        case ["siguiente"]:
            return [str(_la_ultima_sesion())]
        case _:
            return []


def _la_ultima_sesion() -> Path:
    from generador import flujo

    return elegir(CATALOGO["minuta"], flujo.candidatos("minuta", ENTRADAS), preguntando=True)
