"""La línea recta: abrir → leer → cruzar → componer → escribir. Hasta la última no se toca el disco."""

from generador.flujo.expediente import es_de_revision, generar_de_varios
from generador.flujo.libros import candidatos, documentos_de, nuevo, siguiente
from generador.flujo.linea import Resultado, componer, generar, revisado, tipo_de
from generador.flujo.lote import Intento, Lote, generar_lote
from generador.flujo.revision import Anotado, Revisado, anotar, revisar

__all__ = [
    "Anotado",
    "Intento",
    "Lote",
    "Resultado",
    "Revisado",
    "anotar",
    "candidatos",
    "componer",
    "documentos_de",
    "es_de_revision",
    "generar",
    "generar_de_varios",
    "generar_lote",
    "nuevo",
    "revisado",
    "revisar",
    "siguiente",
    "tipo_de",
]
