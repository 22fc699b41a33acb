"""De lo que se escribe en una celda a los bloques que la plantilla imprime: párrafos, viñetas y listas."""

import re
from collections.abc import Iterator

from generador.celdas import renglones

Bloque = dict[str, object]

_VINETA = re.compile(r"^([\ufdd0-\ufddb]*)[•·▪‣●\uf0b7–*-]\s+")
_NUMERADO = re.compile(r"^([\ufdd0-\ufddb]*)(\d{1,2})[.)]\s+")


def bloques_de(texto: str, tipo: str = "parrafo") -> Iterator[Bloque]:
    """Cada renglón del texto como un bloque: ``{"tipo": "parrafo", "texto": "…"}``.

    En un párrafo, los renglones con «•» o «1.», «2.»… son lista.
    """
    dichos = renglones(texto)
    numerados = _renglones_numerados(dichos) if tipo in ("parrafo", "numerado") else set()
    for lugar, renglon in enumerate(dichos):
        if tipo in ("parrafo", "vineta") and _VINETA.match(renglon):
            yield {"tipo": "vineta", "texto": _VINETA.sub(r"\1", renglon)}
        elif lugar in numerados:
            yield {"tipo": "numerado", "texto": _NUMERADO.sub(r"\1", renglon)}
        else:
            yield {"tipo": tipo, "texto": renglon}


def _renglones_numerados(dichos: list[str]) -> set[int]:
    """Los renglones seguidos que van 1, 2, 3…: Word los numerará igual. Los demás conservan su número escrito."""
    numerados: set[int] = set()
    tanda: list[int] = []
    for lugar, renglon in enumerate([*dichos, ""]):
        hallado = _NUMERADO.match(renglon)
        if hallado and int(hallado[2]) == len(tanda) + 1:
            tanda.append(lugar)
        else:
            numerados |= set(tanda) if len(tanda) > 1 else set()
            tanda = [lugar] if hallado and hallado[2] == "1" else []
    return numerados
