"""Lo que no se pudo leer: está en su lugar, pero consultarlo interrumpe a quien lo consulta.

Así, lo que se comprueba de un libro con errores se comprueba entero o no se comprueba: nadie toma por ausente, ni
por su valor de costumbre, un dato que sí está escrito y no se entiende.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeVar

from generador.esquema.declaracion import memoria

Cosa = TypeVar("Cosa")


class DatoIlegible(Exception):
    """Se consultó un dato que no se pudo leer; su error ya está dicho."""


def con_ilegibles(clase: type[Cosa], valores: Mapping[str, Any], ilegibles: Iterable[str]) -> Cosa:
    """Uno de ``clase`` con esos valores; consultar cualquiera de los ``ilegibles`` levanta DatoIlegible.

    También lo levanta compararlo con otro: no se sabe si son iguales.
    """
    nuevo: Cosa = object.__new__(_variante(clase, frozenset(ilegibles)))
    vars(nuevo).update(valores)
    return nuevo


def con_valores(cosa: Cosa, valores: Mapping[str, Any]) -> Cosa:
    """La misma cosa con esos valores en lugar de los suyos; lo ilegible lo sigue siendo."""
    nueva: Cosa = object.__new__(type(cosa))
    vars(nueva).update({**vars(cosa), **valores})
    return nueva


def sin_leer(cosa: Cosa, ilegibles: Collection[str]) -> Cosa:
    """La misma cosa, como si esos datos no se hubieran podido leer."""
    legibles = {nombre: valor for nombre, valor in vars(cosa).items() if nombre not in ilegibles}
    return con_ilegibles(type(cosa), legibles, ilegibles)


def legibles(cosas: Iterable[Cosa], *campos: str) -> list[Cosa]:
    """Las cosas de que se leyeron todos esos datos; sin decir cuáles, las que se leyeron enteras."""
    return [cosa for cosa in cosas if not es_parcial(cosa) or (campos and all(campo in vars(cosa) for campo in campos))]


def hallada(cosas: Iterable[Cosa], es: Callable[[Cosa], bool]) -> Cosa | None:
    """La primera de que se sabe que lo es; None si ninguna.

    Si no se halla y hay alguna de que no se sabe, levanta DatoIlegible: quizá era ésa.
    """
    sin_saberse = False
    for cosa in cosas:
        try:
            if es(cosa):
                return cosa
        except DatoIlegible:
            sin_saberse = True
    if sin_saberse:
        raise DatoIlegible
    return None


def alguna(cosas: Iterable[Cosa], es: Callable[[Cosa], bool]) -> bool:
    """Si se sabe de alguna que lo es; levanta DatoIlegible si sólo podría serlo una de que no se sabe."""
    return hallada(cosas, es) is not None


def es_parcial(cosa: object) -> bool:
    """Si tiene algo ilegible."""
    return isinstance(cosa, _Parcial)


class _Parcial:
    """Con qué se reconoce lo que tiene algo ilegible."""

    def __eq__(self, otro: object) -> bool:
        if self is otro:
            return True
        if otro is None or not isinstance(otro, _la_entera(type(self))):
            return NotImplemented
        raise DatoIlegible

    def __hash__(self) -> int:
        raise DatoIlegible


@memoria
def _variante(clase: type, ilegibles: frozenset[str]) -> type:
    propiedades = {nombre: property(_interrumpir) for nombre in ilegibles}
    comparacion: dict[str, Callable[..., Any]] = {"__eq__": _Parcial.__eq__, "__hash__": _Parcial.__hash__}
    return type(clase.__name__, (clase, _Parcial), {"__module__": clase.__module__, **comparacion, **propiedades})


def _la_entera(parcial: type) -> type:
    """La clase de que es parcial, aunque lo sea dos veces."""
    return next(clase for clase in parcial.__mro__ if not issubclass(clase, _Parcial))


def _interrumpir(_: object) -> Any:
    raise DatoIlegible
