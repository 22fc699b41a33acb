"""De celdas a dominio: una declaración da lectura, libro en blanco, manual y modelo.

El registro leído recuerda en ``origen`` la celda de cada campo; construido a mano en una prueba, funciona
sin él.
"""

from generador.esquema.declaracion import (
    SI_O_NO,
    Campo,
    Origen,
    Registro,
    Seccion,
    Texto,
    TextoLargo,
    a_medias,
    campo,
    campos,
    en_celda,
    ficha,
    hojas_libres,
    secciones,
    tabla,
)
from generador.esquema.lectura import HOJAS_DEL_PROGRAMA, leer

__all__ = [
    "HOJAS_DEL_PROGRAMA",
    "SI_O_NO",
    "Campo",
    "Origen",
    "Registro",
    "Seccion",
    "Texto",
    "TextoLargo",
    "a_medias",
    "campo",
    "campos",
    "en_celda",
    "ficha",
    "hojas_libres",
    "leer",
    "secciones",
    "tabla",
]
