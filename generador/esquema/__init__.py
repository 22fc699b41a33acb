"""De celdas a dominio: una declaración da lectura, libro en blanco, manual y modelo.

El registro leído recuerda en ``origen`` la celda de cada campo; construido a mano en una prueba, funciona
sin él.
"""

from generador.esquema.cifra_de_excel import como_en_excel
from generador.esquema.conversion import AL_EXCEL
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
    campo_de_hojas_libres,
    campos,
    en_celda,
    ficha,
    hojas_libres,
    secciones,
    tabla,
)
from generador.esquema.ilegible import DatoIlegible, alguna, con_valores, hallada, legibles, sin_leer
from generador.esquema.lectura import (
    HOJAS_DEL_PROGRAMA,
    Lectura,
    columnas_propias,
    fichas_en_blanco,
    hoja_de_mas,
    leer,
    leer_lo_legible,
    rotulos_propios,
)
from generador.esquema.resumen import HojaLeida, Ignorada, Oculto, hojas_leidas, ignoradas, ocultos, parecido_a

__all__ = [
    "AL_EXCEL",
    "HOJAS_DEL_PROGRAMA",
    "SI_O_NO",
    "Campo",
    "DatoIlegible",
    "HojaLeida",
    "Ignorada",
    "Lectura",
    "Oculto",
    "Origen",
    "Registro",
    "Seccion",
    "Texto",
    "TextoLargo",
    "a_medias",
    "alguna",
    "campo",
    "campo_de_hojas_libres",
    "campos",
    "columnas_propias",
    "como_en_excel",
    "con_valores",
    "en_celda",
    "ficha",
    "fichas_en_blanco",
    "hallada",
    "hoja_de_mas",
    "hojas_leidas",
    "hojas_libres",
    "ignoradas",
    "leer",
    "leer_lo_legible",
    "legibles",
    "ocultos",
    "parecido_a",
    "rotulos_propios",
    "secciones",
    "sin_leer",
    "tabla",
]
