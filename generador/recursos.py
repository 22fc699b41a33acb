"""Dónde están las plantillas y los ejemplos: dentro del paquete instalado o, en un clon, junto a él."""

from pathlib import Path

_PAQUETE = Path(__file__).parent


def recurso(carpeta: str, nombre: str) -> Path:
    """``recurso("plantillas_docx", "minuta.docx")``. Levanta FileNotFoundError si falta: defecto nuestro."""
    for base in (_PAQUETE, _PAQUETE.parent):
        ruta = base / carpeta / nombre
        if ruta.is_file():
            return ruta
    raise FileNotFoundError(f"{carpeta}/{nombre}")
