"""Documentos oficiales de Word a partir de libros de Excel."""

__version__ = "0.4.0"
