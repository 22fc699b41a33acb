"""Lo que la persona apuntó en la hoja «Revisión»: sigue ahí cuando la lista se vuelve a escribir.

Lo que está a la derecha de un hallazgo va con él. Lo de uno que ya se corrigió, y lo que está debajo de la lista,
queda al pie.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import field
from typing import Any

from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from generador.datos import dataclass

PRIMERA = 5  # el renglón del primer hallazgo
ULTIMA_NUESTRA = 6  # la última columna de la lista: de la que sigue en adelante escribe la persona
GRAVEDADES, CORREGIDO = ("Error", "Aviso"), "Corregido"

Sena = tuple[str, str, str]  # lo que dicen las columnas «Hoja», «Celda» y «Qué pasa»


@dataclass(frozen=True)
class Renglon:
    """Lo apuntado en un renglón; ``de``, el hallazgo junto al que estaba. None: no estaba junto a ninguno."""

    fila: int
    celdas: tuple[Any, ...]
    de: Sena | None = None


@dataclass(frozen=True)
class Apuntes:
    """Todo lo que la persona apuntó en la hoja, y el ancho de sus columnas."""

    renglones: tuple[Renglon, ...] = ()
    anchos: Mapping[str, float] = field(default_factory=dict)


def apuntes_en(ws: Worksheet) -> Apuntes:
    """Lo que hay en la hoja que no escribió el programa."""
    leidos = (_renglon(ws, fila, escritas) for fila, escritas in _por_fila(ws).items())
    renglones = tuple(renglon for renglon in leidos if renglon.celdas)
    propias = ((letra, de) for letra, de in ws.column_dimensions.items() if (de.min or 0) > ULTIMA_NUESTRA)
    suyas = {letra: de.width for letra, de in propias if de.customWidth}
    return Apuntes(renglones, suyas if renglones else {})


def es_de_la_lista(ws: Worksheet, fila: int) -> bool:
    """Si en ese renglón hay un hallazgo, aunque alguien le haya cambiado el número o la gravedad."""
    numero, gravedad, *sena = (ws.cell(fila, columna).value for columna in range(1, 6))
    return all(sena) and (isinstance(numero, int | float) or gravedad in GRAVEDADES)


def hay_lista(ws: Worksheet) -> bool:
    """Si la hoja trae algún hallazgo."""
    return any(es_de_la_lista(ws, fila) for fila in _por_fila(ws))


def poner(ws: Worksheet, apuntes: Apuntes, senas: Sequence[Sena]) -> None:
    """Escribe lo apuntado en la hoja nueva, cuyos hallazgos son esos, uno por renglón."""
    lugares = {sena: PRIMERA + n for n, sena in reversed(list(enumerate(senas)))}
    por_celda = {sena[:2]: fila for sena, fila in lugares.items()}
    al_pie = PRIMERA + len(senas) + 1
    ocupadas: set[int] = set()
    for renglon in apuntes.renglones:
        fila = renglon.fila if renglon.fila < PRIMERA else 0
        if renglon.de is not None:
            fila = lugares.get(renglon.de) or por_celda.get(renglon.de[:2], 0)
        if not fila or fila in ocupadas:
            fila, al_pie = al_pie, al_pie + 1
            _recordar(ws, fila, renglon.de)
        ocupadas.add(fila)
        for celda in renglon.celdas:
            _copiar(celda, ws.cell(fila, celda.column))
    for letra, ancho in apuntes.anchos.items():
        ws.column_dimensions[letra].width = ancho


def _por_fila(ws: Worksheet) -> dict[int, list[Any]]:
    """Las celdas de cada renglón, en orden."""
    por_fila: dict[int, list[Any]] = {}
    for (fila, _), celda in sorted(ws._cells.items()):
        por_fila.setdefault(fila, []).append(celda)
    return por_fila


def _renglon(ws: Worksheet, fila: int, escritas: Sequence[Any]) -> Renglon:
    de_la_lista = es_de_la_lista(ws, fila)
    nuestras = ULTIMA_NUESTRA if fila < PRIMERA or de_la_lista else 0
    suyas = (celda for celda in escritas if celda.column > nuestras)
    celdas = tuple(celda for celda in suyas if celda.value is not None or celda.comment is not None)
    dicho = [str(ws.cell(fila, columna).value) for columna in (3, 4, 5)]
    return Renglon(fila, celdas, (dicho[0], dicho[1], dicho[2]) if de_la_lista else None)


def _recordar(ws: Worksheet, fila: int, de: Sena | None) -> None:
    """A la izquierda de lo apuntado, de qué era."""
    for columna, texto in enumerate((CORREGIDO, *de) if de else (), 2):
        celda: Any = ws.cell(fila, columna, texto)
        celda.data_type = "s"


def _copiar(de: Any, a: Any) -> None:
    a.value, a.data_type = de.value, de.data_type
    a._style = copy(de._style)
    if de.hyperlink is not None:
        a.hyperlink = copy(de.hyperlink)
        a.hyperlink.ref = a.coordinate
    if de.comment is not None:
        a.comment = Comment(de.comment.text, de.comment.author)
