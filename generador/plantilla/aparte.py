"""El taller: un proceso aparte, con memoria y reloj contados, donde se abren las plantillas que no son del programa.

Una plantilla ajena puede pedir un ciclo sin fin o una memoria que no hay; aquí se le corta y se dice. El proceso
dura lo que el lote: se abre con la primera petición y se cierra con `cerrar` (o con el programa).
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from generador.hallazgos import ErrorDePlantilla

if TYPE_CHECKING:
    from generador.plantilla.contrato import Contrato
    from generador.plantilla.etiquetas import Defecto
    from generador.plantilla.paquete import Propiedades
    from generador.plantilla.revision import Retrato

SEGUNDOS = 30.0  # por documento
MEMORIA = 2**30  # bytes, donde el sistema sabe limitarla (no en Windows)
ARRANQUE = 60.0  # segundos para que el proceso esté listo; no son de la plantilla

_MUCHA_MEMORIA = "necesita más memoria de la permitida. Revise sus ciclos."


class Taller:
    """Una plantilla ajena, abierta en su propio proceso.

    Se espera ``SEGUNDOS`` por petición o, ``en_total``, por todas juntas.
    """

    def __init__(self, datos: bytes, nombre: str, *, en_total: bool = False) -> None:
        self.nombre = nombre
        self._datos, self._en_total = datos, en_total
        self._segundos = SEGUNDOS
        self._gastados = 0.0
        self._proceso: multiprocessing.process.BaseProcess | None = None
        self._conexion: Connection | None = None
        self._por_que = ""  # por qué ya no se le pide nada

    def __enter__(self) -> Taller:
        return self

    def __exit__(self, *_: object) -> None:
        self.cerrar()

    def abrir(self) -> None:
        """Compila la plantilla. Levanta ErrorDePlantilla si no sirve."""
        self._pedir("abrir")

    def componer(self, contexto: Mapping[str, object], propiedades: Propiedades, marcas: Mapping[str, str]) -> bytes:
        """Como ``Plantilla.componer``."""
        hecho: bytes = self._pedir("componer", contexto, propiedades, marcas)
        return hecho

    def retratar(self) -> Retrato:
        """Para qué documento es y qué nombres usa."""
        hecho: Retrato = self._pedir("retratar")
        return hecho

    def revisar(self, contrato: Contrato) -> list[Defecto]:
        """Todo lo que la plantilla tiene mal sin generar nada."""
        hecho: list[Defecto] = self._pedir("revisar", contrato)
        return hecho

    def probar(self, ejemplos: Sequence[Mapping[str, object]], propiedades: Propiedades) -> list[Defecto]:
        """Lo que falla al generar con esos contextos."""
        hecho: list[Defecto] = self._pedir("probar", ejemplos, propiedades)
        return hecho

    def comentar(self, defectos: Sequence[Defecto]) -> bytes:
        """La plantilla con los defectos como comentarios."""
        hecho: bytes = self._pedir("comentar", defectos)
        return hecho

    def cerrar(self) -> None:
        """Termina el proceso; se puede pedir muchas veces."""
        if self._conexion is not None:
            with contextlib.suppress(OSError):
                self._conexion.close()
        if self._proceso is not None:
            if self._proceso.is_alive():
                self._proceso.kill()
            self._proceso.join()
            self._proceso.close()
        self._conexion = self._proceso = None

    def _pedir(self, que: str, *argumentos: object) -> Any:
        if self._por_que:
            raise self._cortada(self._por_que)
        conexion = self._conexion or self._arrancar()
        inicio = time.monotonic()
        try:
            conexion.send((que, argumentos))
            if not conexion.poll(max(0.0, self._segundos - self._gastados)):
                raise self._cortar(f"tarda más de {self._segundos:g} segundos. Revise sus ciclos.")
            resultado, valor = conexion.recv()
            if self._en_total:
                self._gastados += time.monotonic() - inicio
        except (EOFError, OSError) as error:
            raise self._cortar(_MUCHA_MEMORIA) from error
        match resultado:
            case "hecho":
                return valor
            case "plantilla":
                raise ErrorDePlantilla(valor)
            case "memoria":
                raise self._cortar(_MUCHA_MEMORIA)
            case _:
                raise RuntimeError(f"en el proceso de la plantilla:\n{valor}")

    def _cortar(self, por_que: str) -> ErrorDePlantilla:
        self._por_que = por_que
        self.cerrar()
        return self._cortada(por_que)

    def _cortada(self, por_que: str) -> ErrorDePlantilla:
        return ErrorDePlantilla(f"La plantilla «{self.nombre}» {por_que}")

    def _arrancar(self) -> Connection:
        contexto = multiprocessing.get_context("spawn")
        nuestra, suya = contexto.Pipe()
        self._proceso = contexto.Process(target=_trabajar, args=(suya, self._datos, self.nombre, MEMORIA), daemon=True)
        self._proceso.start()
        suya.close()
        self._conexion = nuestra
        try:
            listo = nuestra.poll(ARRANQUE) and nuestra.recv()
        except (EOFError, OSError):
            listo = False
        if not listo:
            raise self._cortar("no se pudo abrir: el equipo no tiene con qué. Cierre otros programas y repita.")
        return nuestra


# --- del otro lado -------------------------------------------------------------------------------


def _trabajar(conexion: Connection, datos: bytes, nombre: str, memoria: int) -> None:
    """Lo que corre en el proceso: contesta peticiones hasta que le cierran la puerta."""
    from generador.plantilla import comentarios, entorno, revision  # noqa: F401  # todo lo pesado, antes de contar

    _limitar(memoria)
    oficios = _oficios(datos, nombre)
    conexion.send(True)
    while True:
        try:
            que, argumentos = conexion.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        conexion.send(_contestar(oficios[que], argumentos))


def _contestar(oficio: Callable[..., object], argumentos: tuple[object, ...]) -> tuple[str, object]:
    try:
        return "hecho", oficio(*argumentos)
    except ErrorDePlantilla as error:
        return "plantilla", str(error)
    except MemoryError:
        return "memoria", ""
    except RecursionError:
        return "plantilla", "La plantilla tiene etiquetas o partes anidadas sin fin."
    except Exception:  # cualquiera es un defecto nuestro: se cuenta a quien pidió, con su traza
        return "defecto", traceback.format_exc()


def _oficios(datos: bytes, nombre: str) -> dict[str, Callable[..., object]]:
    from generador.plantilla import comentarios, revision
    from generador.plantilla.motor import Plantilla

    abiertas: list[Plantilla] = []

    def abrir() -> None:
        abiertas[:] = [Plantilla.abrir(datos, nombre)]

    def componer(*argumentos: Any) -> bytes:
        return abiertas[0].componer(*argumentos)

    return {
        "abrir": abrir,
        "componer": componer,
        "retratar": lambda: revision.retratar(datos),
        "revisar": lambda contrato: revision.revisar(datos, contrato),
        "probar": lambda *argumentos: revision.probar(datos, *argumentos),
        "comentar": lambda defectos: comentarios.comentada(datos, defectos),
    }


def _limitar(memoria: int) -> None:
    try:
        import resource
    except ImportError:  # Windows no lo tiene: ahí sólo cuenta el reloj
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
