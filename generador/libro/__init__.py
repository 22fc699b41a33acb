"""Los libros de Excel: leer los que la gente llena y crear los que va a llenar."""

from generador.libro.blanco import crear
from generador.libro.lectura import abierto_en_excel, abrir

__all__ = ["abierto_en_excel", "abrir", "crear"]
