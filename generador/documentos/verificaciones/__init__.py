"""Lo que debe cuadrar en un libro. Cada verificación lleva su clave («V-12») y su remedio.

Un error detiene; un aviso se muestra y deja pasar. Una heurística sobre la prosa es siempre aviso: el
programa puede equivocarse al leer lo que una persona escribió bien.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import TypeVar

from generador.celdas import clave
from generador.esquema import DatoIlegible, secciones
from generador.hallazgos import Hallazgo

Caso = TypeVar("Caso")
Dicho = TypeVar("Dicho")


def corridas(verificaciones: Iterable[Callable[[Caso], Iterable[Dicho]]], caso: Caso) -> tuple[list[Dicho], bool]:
    """Lo que dicen todas, y si todas llegaron al final.

    Una que consulta un dato que no se pudo leer llega hasta ahí: lo que ya dijo no dependía de él.
    """
    dichos: list[Dicho] = []
    enteras = True
    for verificacion in verificaciones:
        try:
            for dicho in verificacion(caso):
                dichos.append(dicho)
        except DatoIlegible:
            enteras = False
    return dichos, enteras


def de_cada(casos: Iterable[Caso], verificacion: Callable[[Caso], Iterable[Dicho]]) -> Iterator[Dicho]:
    """Lo que se dice de cada uno: el que consulta un dato que no se pudo leer no calla a los demás."""
    for caso in casos:
        with suppress(DatoIlegible):
            yield from verificacion(caso)


def en_orden(hallazgos: Iterable[Hallazgo], modelo: type) -> list[Hallazgo]:
    """Los hallazgos en el orden en que se lee el libro: hoja, renglón y columna."""
    hojas = {clave(seccion.hoja): lugar for lugar, seccion in enumerate(secciones(modelo))}

    def lugar(hallazgo: Hallazgo) -> tuple[int, int, str]:
        columna = hallazgo.celda.rstrip("0123456789").rjust(3)
        return (hojas.get(clave(hallazgo.hoja), len(hojas) if hallazgo.hoja else -1), hallazgo.fila, columna)

    return sorted(hallazgos, key=lugar)
