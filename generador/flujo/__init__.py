"""La línea recta: abrir → leer → cruzar → componer → escribir. Hasta la última no se toca el disco."""

from generador.flujo.libros import candidatos, nuevo
from generador.flujo.linea import Resultado, componer, generar, revisado, tipo_de
from generador.flujo.lote import Intento, Lote, generar_lote

__all__ = [
    "Intento",
    "Lote",
    "Resultado",
    "candidatos",
    "componer",
    "generar",
    "generar_lote",
    "nuevo",
    "revisado",
    "tipo_de",
]
