"""Cómo se vuelve a hacer un documento ya escrito, con los libros y la plantilla de que salió.

Así se sabe de qué celdas salió aunque el libro haya cambiado después, o ya no esté.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generador.catalogo import CATALOGO
from generador.celdas import Libro
from generador.datos import dataclass
from generador.documentos.tipo import Ficha, Tipo
from generador.escritura import nombre_limpio
from generador.esquema import leer, leer_lo_legible
from generador.flujo.empaque import Empaque
from generador.flujo.influencia import Receta
from generador.flujo.linea import compositor, tipo_de
from generador.flujo.tanteo import Contexto, Modelos
from generador.hallazgos import LibroConHallazgos, OrdenImposible
from generador.libro.lectura import interpretado

_REPETIDO = re.compile(r" \(\d+\)$")
_Datos = tuple[Modelos, Callable[[Modelos], tuple[Contexto, Ficha]]]


@dataclass(frozen=True)
class Rehacer:
    """La receta del documento y el nombre de cada libro de sus datos."""

    receta: Receta
    nombres: tuple[str, ...]


@contextmanager
def rehacer(empaque: Empaque, nombre: str, archivo: str) -> Iterator[Rehacer]:
    """Cómo se hace el documento de esa clase («minuta») y ese nombre de archivo, sin extensión.

    Levanta ErrorDeGenerador o PaqueteRoto si con esos libros ya no se puede.
    """
    from generador.fusion import dichos

    tipo = tipo_de(nombre)
    libros = [(nombre, interpretado(datos, Path(nombre))) for nombre, datos in empaque.libros]
    nombres, (modelos, contexto) = _datos(tipo, empaque, libros, archivo)
    with TemporaryDirectory() as carpeta:
        plantilla = Path(carpeta) / "plantilla.docx" if empaque.plantilla else None
        if plantilla:
            plantilla.write_bytes(empaque.plantilla)
        with compositor(tipo, plantilla) as hacer:
            receta = Receta(tipo, modelos, contexto, lambda datos, ficha: dichos(hacer(datos, ficha)))
            yield Rehacer(receta, nombres)


def _datos(
    tipo: Tipo[Any], empaque: Empaque, libros: Sequence[tuple[str, Libro]], archivo: str
) -> tuple[tuple[str, ...], _Datos]:
    if CATALOGO[tipo.nombre].de_varios:
        legibles = [(nombre, modelo) for nombre, libro in libros if (modelo := leer(tipo.modelo, libro)[0])]
        return tuple(nombre for nombre, _ in legibles), _de_varios(tipo, empaque, legibles)
    (nombre, libro), *_ = libros
    return (nombre,), (_de_un_renglon if empaque.de_muchos else _de_un_libro)(tipo, libro, archivo)


def _de_un_libro(tipo: Tipo[Any], libro: Libro, _: str) -> _Datos:
    modelo, hallazgos = leer(tipo.modelo, libro)
    if modelo is None:
        raise LibroConHallazgos(hallazgos)
    return (modelo,), lambda modelos: (tipo.contexto(modelos[0]), tipo.propiedades(modelos[0]))


def _de_un_renglon(tipo: Tipo[Any], libro: Libro, archivo: str) -> _Datos:
    lote = tipo.lote
    assert lote is not None
    lectura = leer_lo_legible(tipo.modelo, libro, tolerante=lote.hoja)
    malas = {hallazgo.fila for hallazgo in lectura.hallazgos if hallazgo.es_error}
    posibles = (archivo, _REPETIDO.sub("", archivo))
    fila = next((p.fila for p in lote.piezas(lectura.modelo, malas) if nombre_limpio(p.archivo) in posibles), 0)
    if not fila:
        raise OrdenImposible(f"De ningún renglón del libro sale «{archivo}».")

    def contexto(modelos: Modelos) -> tuple[Contexto, Ficha]:
        pieza = next(pieza for pieza in lote.piezas(modelos[0], malas) if pieza.fila == fila)
        return pieza.contexto(), pieza.ficha

    return (lectura.modelo,), contexto


def _de_varios(tipo: Tipo[Any], empaque: Empaque, legibles: Sequence[tuple[str, Any]]) -> _Datos:
    from generador.documentos.expediente import Corte, reunir

    pedido = empaque.pedido
    anterior = date.fromisoformat(pedido["anterior"]) if pedido.get("anterior") else None
    corte = Corte(date.fromisoformat(pedido["corte"]), anterior, pedido.get("area", ""))

    def contexto(modelos: Modelos) -> tuple[Contexto, Ficha]:
        expediente = reunir([(nombre, m) for (nombre, _), m in zip(legibles, modelos, strict=True)], corte)
        return tipo.contexto(expediente), tipo.propiedades(expediente)

    return tuple(modelo for _, modelo in legibles), contexto
