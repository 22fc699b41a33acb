"""Tantear: poner otro valor en un dato del libro y ver qué cambia en lo que la plantilla recibe."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from generador.documentos.tipo import Tipo
from generador.esquema import Campo, Seccion, campos, secciones
from generador.plantilla.contrato import MARCA

Modelos = tuple[Any, ...]
Contexto = Mapping[str, object]
Suelto = tuple[str | int, ...]  # ("puntos", 2, "titulo")
Sueltos = dict[Suelto, object]


def sueltos(valor: object, camino: Suelto = ()) -> Iterator[tuple[Suelto, object]]:
    """Los valores sueltos de un contexto, cada uno con su camino; de cada lista, además, cuántos tiene."""
    match valor:
        case Mapping():
            for nombre, suyo in valor.items():
                yield from sueltos(suyo, (*camino, nombre))
        case list() | tuple():
            yield camino, len(valor)
            for lugar, suyo in enumerate(valor):
                yield from sueltos(suyo, (*camino, lugar))
        case _:
            yield camino, valor


def citables(tipo: Tipo[Any], campo: Campo, modelo: Any) -> list[Any]:
    """Los valores que un campo puede tomar de otra tabla; vacía si no es de ésos."""
    if campo.entre is None:
        return []
    seccion = next((s for s in secciones(tipo.modelo) if s.hoja == campo.entre[0]), None)
    if seccion is None:
        return []
    otro = next(c.nombre for c in campos(seccion.registro) if c.rotulo == campo.entre[1])
    return [getattr(registro, otro) for registro in registros(modelo, seccion)]


def registros(modelo: Any, seccion: Seccion) -> Sequence[Any]:
    """Los renglones de una tabla; de una ficha, ella sola, o ninguno si está en blanco."""
    actual = getattr(modelo, seccion.atributo)
    return actual if seccion.es_tabla else (actual,) if actual else ()


def con_registros(modelo: Any, seccion: Seccion, nuevos: Sequence[Any]) -> Any:
    """El modelo con otros renglones en esa tabla, o con otra ficha."""
    return replace(modelo, **{seccion.atributo: tuple(nuevos) if seccion.es_tabla else nuevos[0]})


def otros_valores(campo: Campo, actual: Any, de_otra: Sequence[Any]) -> Iterator[Any]:
    """Valores que podría tener en lugar del actual (None: sin él)."""
    if campo.entre is not None:
        yield from dict.fromkeys((*de_otra[:1], *de_otra[len(de_otra) // 2 :][:1], *de_otra[-1:]))
    elif campo.opciones:
        yield from (opcion == "Sí" if campo.tipo is bool else campo.tipo(opcion) for opcion in campo.opciones)
    elif issubclass(campo.tipo, datetime | date):
        yield (actual or _fecha(campo.ejemplo)) + timedelta(days=1)
    elif issubclass(campo.tipo, time):
        yield _una_hora(actual, campo.ejemplo)
    elif issubclass(campo.tipo, int | float):
        yield actual + 1 if actual is not None else campo.tipo(campo.ejemplo or campo.minimo or 1)
    else:
        yield f"{actual or campo.ejemplo or campo.rotulo} {MARCA}"


def _fecha(ejemplo: str) -> date:
    with suppress(ValueError):
        return datetime.strptime(ejemplo, "%d/%m/%Y").date()
    return date(2018, 1, 31)


def _una_hora(actual: time | None, ejemplo: str) -> time:
    if actual is None:
        return datetime.strptime(ejemplo or "12:00", "%H:%M").time()
    return (datetime.combine(date(2018, 1, 1), actual) + timedelta(minutes=7)).time()
