"""Qué es un tipo de documento: lo que el flujo necesita saber de cada uno."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Generic, TypeVar

from generador.datos import dataclass
from generador.hallazgos import Hallazgo

Modelo = TypeVar("Modelo")


def _todo_existe(modelo: Modelo) -> tuple[Modelo, list[Hallazgo]]:
    return modelo, []


@dataclass(frozen=True, kw_only=True)
class Tipo(Generic[Modelo]):
    """Un documento que se sabe hacer.

    ``esquema`` marca sus libros («minuta/1»); ``referencias`` da el modelo leído, en que lo que nombra algo que no
    existe queda como ilegible, y lo que de eso haya que decir; ``cruces`` verifica lo demás en la fecha dada;
    ``contexto`` da los nombres que la plantilla imprime; ``archivo``, el nombre sin extensión.
    """

    nombre: str
    esquema: str
    titulo: str
    guia: tuple[str, ...]
    modelo: type[Modelo]
    cruces: Callable[[Modelo, date], list[Hallazgo]]
    contexto: Callable[[Modelo], Mapping[str, object]]
    archivo: Callable[[Modelo], str]
    propiedades: Callable[[Modelo], "Ficha"]
    referencias: Callable[[Modelo], tuple[Modelo, list[Hallazgo]]] = _todo_existe
    lote: "Lote[Modelo] | None" = None
    pide: tuple[str, ...] = ()  # las hojas sin las que no hay documento, aunque en el libro puedan ir en blanco


@dataclass(frozen=True, kw_only=True)
class Ficha:
    """Las propiedades del documento que se ven en «Archivo → Información» de Word."""

    titulo: str
    asunto: str
    autor: str
    creado: datetime


@dataclass(frozen=True)
class Senas:
    """Por qué se reconoce un renglón aunque cambien su lugar o su número: a quién va y qué puesto tiene."""

    quien: str
    puesto: str = ""


@dataclass(frozen=True, kw_only=True)
class Pieza:
    """Un documento de un lote: el del renglón que empieza en ``celda``. Su contexto se arma hasta que se pide."""

    hoja: str
    celda: str
    fila: int
    archivo: str
    senas: Senas
    ficha: Ficha
    contexto: Callable[[], Mapping[str, object]]


@dataclass(frozen=True, kw_only=True)
class Lote(Generic[Modelo]):
    """Cómo se hace un documento por cada renglón de ``hoja``.

    ``cruces`` verifica el libro para el lote; un error en un renglón de esa hoja sólo detiene su documento.
    Tanto ``cruces`` como ``piezas`` reciben también las filas que no se pudieron leer.
    """

    hoja: str
    cruces: Callable[[Modelo, date, Iterable[int]], list[Hallazgo]]
    piezas: Callable[[Modelo, Iterable[int]], Iterator[Pieza]]
