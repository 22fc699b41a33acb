"""Un documento por renglón: se recorren al escribirse, y uno malo no detiene a los demás."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from generador import __version__
from generador.celdas import Libro, clave
from generador.datos import dataclass
from generador.documentos.tipo import Ficha, Pieza, Tipo
from generador.escritura import nombre_limpio
from generador.flujo.entrega import Correcciones, Destino, Entrega, Renglones, nombre_de_salida
from generador.flujo.linea import Compositor, exigir_tipo, leer_plantilla, sin_llenar, tipo_de, verificado
from generador.flujo.reparto import Compuesto, Encargo, cuantos_procesos, de_corrido, ejecutor, repartidos
from generador.hallazgos import ArchivoInaccesible, ErrorDePlantilla, Hallazgo, LibroConHallazgos
from generador.libro.lectura import abrir


@dataclass(frozen=True)
class Intento:
    """Lo que pasó con un renglón: el documento escrito o por qué no se escribió.

    ``entrega``: cómo quedó; None si no se escribió o si ya estaba hecho con estos mismos datos.
    """

    hallazgos: tuple[Hallazgo, ...] = ()
    documento: Path | None = None
    entrega: Entrega | None = None

    @property
    def ya_estaba(self) -> bool:
        """Si no hubo nada que hacer."""
        return self.documento is not None and self.entrega is None


@dataclass(frozen=True)
class Reparto:
    """En cuántos procesos se compone (None: los que convengan) o en qué cúmulo de Dask («tcp://…»)."""

    procesos: int | None = None
    cumulo: str = ""


@dataclass(frozen=True)
class Lote:
    """Un documento por renglón, listos para escribirse; ``avisos`` son los de todo el libro.

    Cuando ya se escribieron, ``sin_renglon`` da los que alguien corrigió y ya no son de ningún renglón, y
    ``de_antes``, los que nadie corrigió y hoy no se hicieron.
    """

    total: int
    avisos: tuple[Hallazgo, ...]
    intentos: Iterator[Intento]  # al recorrerlo se escriben, uno a uno
    sin_renglon: Callable[[], list[Path]] = list
    de_antes: Callable[[], list[Path]] = list


def generar_lote(
    nombre: str, ruta: Path, salida: Path, plantilla: Path | None = None, hoy: date | None = None,
    correcciones: Correcciones = Correcciones.FUNDIR, reparto: "Reparto | None" = None,
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
    renglones = Renglones({nombre_de_salida(p.archivo): p.senas for p in reversed(piezas)}, completos=not malas)
    destino = Destino(salida, (ruta,), plantilla, correcciones, renglones)
    encargo = Encargo(nombre, plantilla)
    hacer = encargo.compositor(piezas[0].contexto() if piezas and plantilla else None)
    componer = partial(_compuestos, encargo, hacer, len(piezas), reparto or Reparto())
    escritos = _escritos(piezas, componer, destino, _huella_de_plantilla(plantilla))
    avisos = tuple(hallazgo for hallazgo in hallazgos if not hallazgo.es_error)
    intentos = chain((Intento(tuple(m)) for m in malas.values()), escritos)
    return Lote(len(piezas) + len(malas), avisos, intentos, destino.sin_renglon, destino.de_antes)


def _huella_de_plantilla(plantilla: Path | None) -> str:
    return sha256(leer_plantilla(plantilla)).hexdigest() if plantilla else ""


def _revisado_por_renglon(tipo: Tipo[Any], hoja: str, libro: Libro, hoy: date) -> tuple[Any, tuple[Hallazgo, ...]]:
    """Como `revisado`, pero los errores en los renglones de ``hoja`` no detienen a los demás."""
    exigir_tipo(tipo, libro)
    visto = verificado(tipo, libro, hoy, por_renglon=True)
    de_todos = [h for h in visto.hallazgos if h.es_error and not (clave(h.hoja) == clave(hoja) and h.fila)]
    if visto.pendientes or de_todos:
        raise LibroConHallazgos([*visto.hallazgos, *sin_llenar(tipo, libro, visto.hallazgos)])
    return visto.modelo, visto.hallazgos


# --- hacerlos


@dataclass(frozen=True)
class _Trabajo:
    """Un renglón por hacer; ``huella`` distingue sus datos."""

    pieza: Pieza
    archivo: str
    contexto: Mapping[str, object]
    huella: str

    @property
    def ficha(self) -> Ficha:
        return self.pieza.ficha


def _escritos(
    piezas: Iterable[Pieza], componer: Callable[[Iterable[_Trabajo]], Iterator[tuple[_Trabajo, Compuesto]]],
    destino: Destino, plantilla: str,
) -> Iterator[Intento]:  # fmt: skip
    aparte: deque[Intento] = deque()  # los que no hay que componer
    for trabajo, compuesto in componer(_por_hacer(piezas, destino, plantilla, aparte)):
        while aparte:
            yield aparte.popleft()
        yield _escrito(trabajo, compuesto, destino)
    yield from aparte


def _por_hacer(piezas: Iterable[Pieza], destino: Destino, plantilla: str, aparte: deque[Intento]) -> Iterator[_Trabajo]:
    """Los que hay que componer; los ya hechos con estos datos y los que repiten nombre quedan ``aparte``."""
    dados: set[str] = set()
    for pieza in piezas:
        archivo = nombre_limpio(pieza.archivo)
        contexto = pieza.contexto()
        huella = sha256(repr((__version__, plantilla, contexto, pieza.ficha)).encode("utf-8", "replace")).hexdigest()
        if archivo.casefold() in dados:
            motivo = f"Otro renglón ya dio «{archivo}.docx»: distinga su número o su nombre."
            aparte.append(_fallido(pieza, motivo))
        elif (hecho := destino.ya_hecho(archivo, huella)) is not None:
            aparte.append(Intento(documento=hecho))
        else:
            yield _Trabajo(pieza, archivo, contexto, huella)
        dados.add(archivo.casefold())


def _escrito(trabajo: _Trabajo, compuesto: Compuesto, destino: Destino) -> Intento:
    try:
        if isinstance(compuesto, ErrorDePlantilla):
            raise compuesto
        entrega = destino.dejar(compuesto, trabajo.archivo, trabajo.huella)
    except (ErrorDePlantilla, ArchivoInaccesible) as error:
        return _fallido(trabajo.pieza, str(error))
    return Intento((), entrega.ruta, entrega)


def _fallido(pieza: Pieza, motivo: str) -> Intento:
    return Intento((Hallazgo(hoja=pieza.hoja, celda=pieza.celda, problema=motivo, remedio=""),))


def _compuestos(
    encargo: Encargo, hacer: Compositor, cuantos: int, reparto: Reparto, trabajos: Iterable[_Trabajo]
) -> Iterator[tuple[_Trabajo, Compuesto]]:
    procesos = cuantos_procesos(reparto.procesos, cuantos)
    with hacer:
        if procesos == 1 and not reparto.cumulo:
            yield from de_corrido(hacer, trabajos)
            return
    with ejecutor(procesos, reparto.cumulo) as quien:
        yield from repartidos(quien, encargo, trabajos, procesos)
