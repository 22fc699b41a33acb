"""Lo que la prosa deja ver en cualquier libro: conteos que no cuadran y restos de otro documento."""

import re
from collections.abc import Iterator

from generador.castellano import cardinal
from generador.celdas import sin_formato
from generador.esquema import Registro
from generador.hallazgos import Hallazgo

_MESES = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_RESIDUOS = (
    (
        re.compile(r"(?<![Ss]iglo )\b(?:X{3,}|XX(?![IVX]))\b"),
        "Dice «{}»: parece un dato por llenar.",
        "Escriba el dato.",
    ),
    (re.compile(r"\[\s*\]|\(\s*\)"), "Trae «{}» vacíos.", "Escriba el dato o quítelos."),
    (re.compile(r"\b20_+|_{3,}"), "Dice «{}»: parece un dato por llenar.", "Escriba el dato."),
    (re.compile(r"\S*[^\s.:;]  +\S+"), "Trae dos espacios seguidos en «{}».", "Deje uno."),
    (
        re.compile(rf"\b\d{{1,2}} (?:{_MESES})\b", re.IGNORECASE),
        "Dice «{}», sin «de».",
        "Escriba, p. ej., «30 de agosto».",
    ),
)
_CARDINALES = {cardinal(n): n for n in range(2, 33)}
_CONTEO = re.compile(
    r"\b(\d{1,2}|" + "|".join(_CARDINALES) + r") ((?:[a-záéíóúñ]+ ?){1,2}): ([^.:;]+? [ye] [^.:;,]+)",
    re.IGNORECASE,
)


def conteos(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
    """V-29: «tres entidades: Durango, Hidalgo y Jalisco» nombra tres. Aviso: la prosa puede contar otra cosa."""
    for escrito in _CONTEO.finditer(sin_formato(texto)):
        dicho = int(escrito[1]) if escrito[1].isdigit() else _CARDINALES[escrito[1].lower()]
        contados = len(re.split(r", | [ye] ", escrito[3]))
        if dicho != contados:
            yield registro.hallazgo(
                campo, f"Dice «{escrito[1]} {escrito[2].strip()}» y enseguida nombra {contados}.",
                "Cuéntelos de nuevo.", codigo="V-29", aviso=True,
            )  # fmt: skip


def residuos(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
    """V-32: restos de otro documento y descuidos de captura."""
    for patron, problema, remedio in _RESIDUOS:
        hallado = patron.search(sin_formato(texto))
        if hallado:
            yield registro.hallazgo(campo, problema.format(hallado[0].strip()), remedio, codigo="V-32", aviso=True)
