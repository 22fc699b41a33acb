"""Lo que va resultando de una fusión: qué se conservó, qué se actualizó y qué hay que decidir."""

from collections.abc import Sequence
from dataclasses import field

from lxml import etree

from generador.datos import dataclass


@dataclass(frozen=True)
class Suceso:
    """Lo que pasó con un bloque: qué decía, qué dice y bajo qué título está; vacío, que no estaba o ya no está."""

    que: str  # «cambió», «agregó», «quitó», «movió», «dio formato», «cambió el estilo», «cambió la alineación»
    lugar: str
    antes: str = ""
    despues: str = ""
    donde: etree._Element | None = field(default=None, repr=False, compare=False)  # None: el encabezado, una gráfica
    de: tuple[etree._Element, ...] = field(default=(), repr=False, compare=False)  # lo que era en la base
    parrafos: tuple[int, ...] = field(default=(), repr=False, compare=False)  # y qué lugares tenía ahí


def en_orden(sucesos: Sequence[Suceso], raiz: etree._Element) -> tuple[Suceso, ...]:
    """Como se leen en el documento; al final, los que no están en su cuerpo."""
    lugares: dict[etree._Element | None, int] = {e: numero for numero, e in enumerate(raiz.iter())}
    return tuple(sorted(sucesos, key=lambda suceso: lugares.get(suceso.donde, len(lugares))))


@dataclass
class Cuenta:
    """Lo que va resultando de la fusión."""

    suyos: list[Suceso] = field(default_factory=list)
    datos: list[Suceso] = field(default_factory=list)
    por_decidir: list[Suceso] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
