"""Expedientes para las pruebas: los libros de sesión de los ejemplos, o los que se escriban como texto."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from generador.documentos.expediente import Corte, Expediente, reunir
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import leer
from generador.flujo import componer, tipo_de
from tests.libro_de_texto import con_cambios, libro_de_texto

EJEMPLOS = Path(__file__).parent.parent / "entradas" / "ejemplos"
CADENA = ("minuta", "minuta-2018-1", "minuta-2018-2")  # los tres libros encadenados, en su orden
CORTE = date(2018, 6, 30)


def de_ejemplo(nombre: str, cambios: str = "") -> LibroDeSesion:
    """Un libro de sesión de los ejemplos, con esos cambios."""
    base = libro_de_texto((EJEMPLOS / f"{nombre}.md").read_text(encoding="utf-8"))
    modelo, hallazgos = leer(LibroDeSesion, con_cambios(base, libro_de_texto(cambios)))
    assert modelo is not None, hallazgos
    return modelo


@cache
def ejemplo(corte: Corte | None = None) -> Expediente:
    """El expediente de los tres libros de ejemplo; sin decir el corte, al 30 de junio de 2018."""
    return reunir([(f"{nombre}.xlsx", de_ejemplo(nombre)) for nombre in CADENA], corte or Corte(CORTE))


def libros_del_texto(texto: str) -> dict[str, str]:
    """Cada libro de un texto que trae varios, por su nombre: los separa ``# Libro uno.xlsx``."""
    trozos = re.split(r"^# Libro (.+)$", texto, flags=re.MULTILINE)
    return dict(zip(trozos[1::2], trozos[2::2], strict=True))


def docx(nombre: str, expediente: Expediente) -> bytes:
    """El informe («seguimiento» o «balance») de un expediente."""
    return componer(tipo_de(nombre), expediente)
