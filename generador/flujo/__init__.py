"""La línea recta: abrir → leer → cruzar → componer → escribir. Hasta la última no se toca el disco."""

from generador.flujo.expediente import generar_de_varios
from generador.flujo.libros import candidatos, documentos_de, nuevo, siguiente
from generador.flujo.linea import Resultado, componer, generar, revisado, tipo_de
from generador.flujo.lote import Intento, Lote, generar_lote

__all__ = [
    "Intento",
    "Lote",
    "Resultado",
    "candidatos",
    "componer",
    "documentos_de",
    "generar",
    "generar_de_varios",
    "generar_lote",
    "nuevo",
    "revisado",
    "siguiente",
    "tipo_de",
]
