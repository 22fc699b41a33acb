"""Las direcciones de Excel: de «$B$4:$D$9» a filas y columnas."""

import re
from functools import cache

from generador.celdas import Rango

_REFERENCIA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


def rango(referencia: str) -> Rango | None:
    """``"B4"`` y ``"$B$4:$D$9"`` → su Rango; None si no es una referencia de celdas."""
    partida = _REFERENCIA.fullmatch(referencia)
    if partida is None:
        return None
    columna, fila = numero_de(partida[1]), int(partida[2])
    if partida[3] is None:
        return Rango(fila, columna, fila, columna)
    return Rango(fila, columna, int(partida[4]), numero_de(partida[3]))


@cache
def numero_de(letras: str) -> int:
    """El número de una columna: ``"AB"`` → 28."""
    numero = 0
    for letra in letras:
        numero = numero * 26 + ord(letra) - 64
    return numero
