"""Componer muchos documentos en varios procesos, o en varios equipos: el resultado es el mismo, byte por byte.

Sólo se reparte componer, que es lo que tarda y no toca el disco; leer, verificar y escribir lo hace quien pide.
"""

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from generador.datos import dataclass
from generador.documentos.tipo import Ficha
from generador.flujo.linea import Compositor, compositor, tipo_de
from generador.hallazgos import ErrorDePlantilla, OrdenImposible

POCOS = 64  # con menos documentos, arrancar procesos tarda más que hacerlos
POCOS_LIBROS = 6  # lo mismo, si además hay que leer un libro por cada uno
_TRAMO = 16  # documentos por viaje
_EN_VUELO = 3  # tramos pedidos por proceso: ninguno espera y la memoria no crece

Compuesto = bytes | ErrorDePlantilla


class Trabajo(Protocol):
    """Lo que hace falta para componer un documento."""

    @property
    def contexto(self) -> Mapping[str, object]:
        """Los nombres que la plantilla imprime."""

    @property
    def ficha(self) -> Ficha:
        """Las propiedades del documento."""


T = TypeVar("T", bound=Trabajo)


@dataclass(frozen=True)
class Encargo:
    """Qué documento y con qué plantilla (None: la acostumbrada); viaja a los otros procesos."""

    tipo: str
    plantilla: Path | None

    def compositor(self, contexto: Mapping[str, object] | None = None) -> Compositor:
        """La plantilla abierta. Levanta ErrorDePlantilla si no sirve; véase `linea.compositor`."""
        return compositor(tipo_de(self.tipo), self.plantilla, contexto)


@contextmanager
def ejecutor(procesos: int, cumulo: str = "") -> Iterator[Executor]:
    """Quien reparte: unos procesos de este equipo o, con ``cumulo`` («tcp://…»), los de un cúmulo de Dask.

    Levanta OrdenImposible si al cúmulo no se puede llegar o falta su complemento.
    """
    if not cumulo:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_all_start_methods, get_context

        modo = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
        hecho: Executor = ProcessPoolExecutor(procesos, mp_context=get_context(modo))
        try:
            yield hecho
        finally:
            hecho.shutdown(cancel_futures=True)
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise OrdenImposible(
            'Para repartir en un cúmulo hace falta un complemento: pip install "generar[cumulo]".'
        ) from error
    try:
        cliente = Client(cumulo, timeout="5s", set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise OrdenImposible(
            f"No se puede llegar al cúmulo «{cumulo}»: revise la dirección y que esté en marcha."
        ) from error
    with cliente:
        yield cliente.get_executor()  # type: ignore[no-untyped-call]


def cuantos_procesos(pedidos: int | None, documentos: int, pocos: int = POCOS) -> int:
    """Los pedidos o, si no se dijo, los núcleos que hay; uno si los documentos son pocos."""
    if pedidos is not None:
        return pedidos
    nucleos = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return nucleos if documentos >= pocos else 1


def de_corrido(hacer: Compositor, trabajos: Iterable[T]) -> Iterator[tuple[T, Compuesto]]:
    """Cada trabajo con su documento, o con por qué no sale; uno por uno, aquí mismo."""
    for trabajo in trabajos:
        yield trabajo, _compuesto(hacer, trabajo.contexto, trabajo.ficha)


def repartidos(
    quien: Executor, encargo: Encargo, trabajos: Iterable[T], procesos: int
) -> Iterator[tuple[T, Compuesto]]:
    """Como `de_corrido`, en el mismo orden, con el trabajo repartido.

    Si un proceso muere, lo que falta se hace aquí mismo.
    """
    en_vuelo: deque[tuple[list[T], Future[list[Compuesto]]]] = deque()
    restantes = iter(trabajos)
    while True:
        while len(en_vuelo) < procesos * _EN_VUELO and (tramo := list(islice(restantes, _TRAMO))):
            en_vuelo.append((tramo, _pedir(quien, encargo, tramo)))
        if not en_vuelo:
            return
        tramo, pedido = en_vuelo.popleft()
        try:
            hechos = pedido.result()
        except BrokenExecutor:
            pendientes = [*tramo, *(trabajo for otro, _ in en_vuelo for trabajo in otro)]
            with encargo.compositor() as hacer:
                yield from de_corrido(hacer, pendientes)
                yield from de_corrido(hacer, restantes)
            return
        yield from zip(tramo, hechos, strict=True)


def _pedir(quien: Executor, encargo: Encargo, tramo: Iterable[Trabajo]) -> "Future[list[Compuesto]]":
    datos = [(trabajo.contexto, trabajo.ficha) for trabajo in tramo]
    try:
        return quien.submit(componer_tramo, encargo, datos)
    except BrokenExecutor as error:
        roto: Future[list[Compuesto]] = Future()
        roto.set_exception(error)
        return roto


def componer_tramo(encargo: Encargo, datos: list[tuple[Mapping[str, object], Ficha]]) -> list[Compuesto]:
    """Lo que hace cada proceso; su plantilla queda abierta de un tramo al siguiente."""
    hacer = _abierto(encargo)
    return [_compuesto(hacer, contexto, ficha) for contexto, ficha in datos]


@lru_cache(maxsize=1)
def _abierto(encargo: Encargo) -> Compositor:
    return encargo.compositor()


def _compuesto(hacer: Compositor, contexto: Mapping[str, object], ficha: Ficha) -> Compuesto:
    try:
        return hacer(contexto, ficha)
    except ErrorDePlantilla as error:
        return error
