"""Un documento por renglón: se recorren al escribirse, y uno malo no detiene a los demás."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from generador.celdas import Libro, clave
from generador.documentos.tipo import Pieza, Tipo
from generador.escritura import nombre_limpio
from generador.flujo.entrega import Correcciones, Destino
from generador.flujo.linea import Compositor, compositor, exigir_tipo, sin_llenar, tipo_de, verificado
from generador.hallazgos import ArchivoInaccesible, ErrorDePlantilla, Hallazgo, LibroConHallazgos
from generador.libro.lectura import abrir


@dataclass(frozen=True)
class Intento:
    """Lo que pasó con un renglón: el documento escrito o por qué no se escribió.

    ``respetado``: no se tocó el que había. ``fundido``: se puso al día el que alguien había corregido.
    """

    hallazgos: tuple[Hallazgo, ...] = ()
    documento: Path | None = None
    respetado: bool = False
    fundido: bool = False
    por_decidir: int = 0


@dataclass(frozen=True)
class Lote:
    """Un documento por renglón, listos para escribirse; ``avisos`` son los de todo el libro."""

    total: int
    avisos: tuple[Hallazgo, ...]
    intentos: Iterator[Intento]  # al recorrerlo se escriben, uno a uno


def generar_lote(
    nombre: str, ruta: Path, salida: Path, plantilla: Path | None = None, hoy: date | None = None,
    correcciones: Correcciones = Correcciones.FUNDIR,
) -> Lote:  # fmt: skip
    """Los documentos de un libro, uno por renglón: nada se escribe hasta recorrer ``intentos``.

    Levanta lo mismo que `generar` si el error es de todo el libro o de la plantilla; el de un renglón sólo
    detiene al suyo.
    """
    tipo = tipo_de(nombre)
    lote = tipo.lote
    assert lote is not None, nombre
    modelo, hallazgos = _revisado_por_renglon(tipo, lote.hoja, abrir(ruta), hoy or date.today())
    malas: dict[int, list[Hallazgo]] = {}
    for hallazgo in hallazgos:
        if hallazgo.es_error:
            malas.setdefault(hallazgo.fila, []).append(hallazgo)
    piezas = [pieza for pieza in lote.piezas(modelo, malas) if pieza.fila not in malas]
    destino = Destino(salida, (ruta,), plantilla, correcciones, de_muchos=True)
    escritos = _y_cierra(compositor(tipo, plantilla), piezas, destino)
    avisos = tuple(hallazgo for hallazgo in hallazgos if not hallazgo.es_error)
    return Lote(len(piezas) + len(malas), avisos, chain((Intento(tuple(m)) for m in malas.values()), escritos))


def _revisado_por_renglon(tipo: Tipo[Any], hoja: str, libro: Libro, hoy: date) -> tuple[Any, tuple[Hallazgo, ...]]:
    """Como `revisado`, pero los errores en los renglones de ``hoja`` no detienen a los demás."""
    exigir_tipo(tipo, libro)
    visto = verificado(tipo, libro, hoy, por_renglon=True)
    de_todos = [h for h in visto.hallazgos if h.es_error and not (clave(h.hoja) == clave(hoja) and h.fila)]
    if visto.pendientes or de_todos:
        raise LibroConHallazgos([*visto.hallazgos, *sin_llenar(tipo, libro, visto.hallazgos)])
    return visto.modelo, visto.hallazgos


def _y_cierra(hacer: Compositor, piezas: Iterable[Pieza], destino: Destino) -> Iterator[Intento]:
    with hacer:
        yield from _escritos(piezas, hacer, destino)


def _escritos(piezas: Iterable[Pieza], componer: Callable[..., bytes], destino: Destino) -> Iterator[Intento]:
    dados: set[str] = set()
    for pieza in piezas:
        archivo = nombre_limpio(pieza.archivo)
        try:
            if archivo.casefold() in dados:
                raise ArchivoInaccesible(f"Otro renglón ya dio «{archivo}.docx»: distinga su número o su nombre.")
            entrega = destino.dejar(componer(pieza.contexto(), pieza.ficha), archivo)
        except (ErrorDePlantilla, ArchivoInaccesible) as error:
            yield Intento((Hallazgo(hoja=pieza.hoja, celda=pieza.celda, problema=str(error), remedio=""),))
        else:
            dados.add(archivo.casefold())
            respetado = entrega.respetado is not None
            yield Intento((), entrega.ruta, respetado, entrega.fundido, entrega.por_decidir)
