"""Un cambio contado en pocas palabras: lo que dice y lo que debe decir, con lo que cambia señalado."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from generador.datos import dataclass
from generador.fusion.palabras import FIN_DE_PARRAFO, OBJETO, Cambio, cambios_legibles, palabras

_ENTERO = 45  # palabras y signos: un texto más corto se cita completo
_ALREDEDOR = 14  # palabras y espacios que se citan antes y después de lo que cambia


@dataclass(frozen=True, slots=True)
class Trozo:
    """Un pedazo de texto; ``cambia`` si es de lo que difiere."""

    texto: str
    cambia: bool = False


def fragmentos(antes: str, despues: str) -> tuple[list[Trozo], list[Trozo]]:
    """Lo que decía y lo que dice, recortados con «…» alrededor de lo que cambia.

    ``("a las 11:00 hrs.", "a las 12:00 hrs.")`` → «a las **11:00** hrs.» y «a las **12:00** hrs.».
    """
    uno, otro = palabras(antes), palabras(despues)
    hallados = cambios_legibles(uno, otro, (uno, otro))
    otros = [Cambio(c.nuevo_desde, c.nuevo_hasta, c.desde, c.hasta) for c in hallados]
    return list(_recortado(uno, hallados)), list(_recortado(otro, otros))


def corrido(trozos: Sequence[Trozo]) -> str:
    """El texto seguido, en un renglón."""
    return " ".join("".join(trozo.texto for trozo in trozos).split())


def _recortado(textos: Sequence[str], hallados: Sequence[Cambio]) -> Iterator[Trozo]:
    cambia = [False] * len(textos)
    visible = [len(textos) <= _ENTERO or not hallados] * len(textos)
    for cambio in hallados:
        for lugar in range(max(0, cambio.desde - _ALREDEDOR), min(len(textos), cambio.hasta + _ALREDEDOR)):
            visible[lugar] = True
        for lugar in range(cambio.desde, cambio.hasta):
            cambia[lugar] = True
    for (se_ve, marcado), lugares in groupby(range(len(textos)), key=lambda n: (visible[n], cambia[n])):
        tramo = list(lugares)
        if se_ve:
            yield Trozo(_legible("".join(textos[n] for n in tramo)), marcado)
        else:
            yield Trozo("… " if not tramo[0] else " …" if tramo[-1] == len(textos) - 1 else " … ")


def _legible(texto: str) -> str:
    return texto.replace(FIN_DE_PARRAFO, " ¶ ").replace(OBJETO, "▢").replace("\t", " · ").replace("\n", " ")
