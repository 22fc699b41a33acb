"""La línea recta: abrir → leer → cruzar → componer → escribir. Hasta la última no se toca el disco.

Cada cosa se carga al pedirla: hacer una minuta no necesita lo que revisa libros ni lo que reúne expedientes.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from generador.flujo.entrega import Correcciones
    from generador.flujo.expediente import (
        copia_mas_nueva,
        es_de_revision,
        generar_de_varios,
        libro_de_la_copia,
        libros_de,
        sin_leer_en,
    )
    from generador.flujo.libros import candidatos, documentos_de, nuevo, siguiente
    from generador.flujo.linea import Resultado, componer, generar, revisado, tipo_de
    from generador.flujo.lote import Intento, Lote, Reparto, generar_lote
    from generador.flujo.muchos import generar_muchos, repetidos
    from generador.flujo.revision import Anotado, Revisado, anotar, revisar

_DONDE = {
    "entrega": ("Correcciones",),
    "expediente": (
        "copia_mas_nueva",
        "es_de_revision",
        "generar_de_varios",
        "libro_de_la_copia",
        "libros_de",
        "sin_leer_en",
    ),
    "libros": ("candidatos", "documentos_de", "nuevo", "siguiente"),
    "linea": ("Resultado", "componer", "generar", "revisado", "tipo_de"),
    "lote": ("Intento", "Lote", "Reparto", "generar_lote"),
    "muchos": ("generar_muchos", "repetidos"),
    "revision": ("Anotado", "Revisado", "anotar", "revisar"),
}
_MODULO = {nombre: modulo for modulo, nombres in _DONDE.items() for nombre in nombres}

__all__ = [
    "Anotado",
    "Correcciones",
    "Intento",
    "Lote",
    "Reparto",
    "Resultado",
    "Revisado",
    "anotar",
    "candidatos",
    "componer",
    "copia_mas_nueva",
    "documentos_de",
    "es_de_revision",
    "generar",
    "generar_de_varios",
    "generar_lote",
    "generar_muchos",
    "libro_de_la_copia",
    "libros_de",
    "nuevo",
    "repetidos",
    "revisado",
    "revisar",
    "siguiente",
    "sin_leer_en",
    "tipo_de",
]


def __getattr__(nombre: str) -> Any:
    """Lo que se pide por su nombre, con el módulo que lo trae. Levanta AttributeError si no existe."""
    if nombre not in _MODULO:
        raise AttributeError(f"module {__name__!r} has no attribute {nombre!r}")
    return getattr(import_module(f"{__name__}.{_MODULO[nombre]}"), nombre)
