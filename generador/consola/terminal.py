"""La terminal: qué letras sabe escribir, si tiene color, cuánto mide."""

import io
import os
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from typing import TextIO

from generador.consola.clic import click
from generador.consola.respuesta import Informe, a_json, lo_hecho, lo_que_falta

ANCHO_MAXIMO = 100  # columnas: un renglón más largo se lee mal

EQUIVALENTES: Mapping[str, str] = {
    "✓": "OK",
    "✗": "x",
    "→": "->",
    "…": "...",
    "–": "-",
    "—": "-",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "¿": "",
    "¡": "",
}


def legible(texto: str, codificacion: str) -> str:
    """El texto con lo que esa consola sabe escribir: en ascii, ``"✓ año"`` → ``"OK ano"``."""
    if _cabe(texto, codificacion):
        return texto
    return "".join(letra if _cabe(letra, codificacion) else _equivalente(letra) for letra in texto)


def _equivalente(letra: str) -> str:
    base = unicodedata.normalize("NFKD", letra).encode("ascii", "ignore").decode()
    return EQUIVALENTES.get(letra, base or "?")


def _cabe(texto: str, codificacion: str) -> bool:
    try:
        texto.encode(codificacion)
    except UnicodeEncodeError:
        return False
    return True


def mostrar(texto: str, corriente: TextIO) -> None:
    """Escribe el texto con las letras que la corriente tiene."""
    if texto:  # con ``file=``, click no cambia la codificación que la consola dijo tener
        click.echo(legible(texto, codificacion_de(corriente)), file=corriente, color=con_color(corriente))


def mostrar_aparte(texto: str) -> None:
    """Escribe el texto donde van los avisos: la salida queda sólo para lo hecho."""
    mostrar(texto, sys.stderr)


def codificacion_de(corriente: TextIO) -> str:
    """La de la corriente; si no la dice, ``"utf-8"``."""
    return getattr(corriente, "encoding", None) or "utf-8"


def con_color(corriente: TextIO) -> bool:
    """Sólo en una terminal que los muestre, y si nadie pidió lo contrario (https://no-color.org)."""
    return corriente.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def ancho() -> int:
    """Las columnas de la terminal, hasta ``ANCHO_MAXIMO``."""
    return min(shutil.get_terminal_size().columns, ANCHO_MAXIMO)


def preparar() -> None:
    """Ninguna letra hace fallar la orden, por antigua que sea la consola."""
    for corriente in (sys.stdout, sys.stderr):
        if isinstance(corriente, io.TextIOWrapper):
            corriente.reconfigure(errors="replace")
    if os.name == "nt" and con_color(sys.stderr):
        os.system("")  # así enciende los colores la consola de Windows


def decir(informe: Informe, en_json: bool) -> None:
    """Lo hecho va a la salida; errores y avisos, aparte. En JSON, la salida es sólo el JSON."""
    if en_json:
        es_utf8 = codificacion_de(sys.stdout).lower().replace("-", "") == "utf8"
        mostrar(a_json(informe, ascii=not es_utf8), sys.stdout)
        mostrar(informe.pie, sys.stderr)
        return
    mostrar(lo_hecho(informe, ancho(), con_color(sys.stdout)), sys.stdout)
    mostrar(lo_que_falta(informe, ancho(), con_color(sys.stderr)), sys.stderr)
