"""Lo que está mal: dónde, qué dice y cómo se arregla.

Un hallazgo es un dato, no una excepción: se juntan todos antes de hablar. Las excepciones de aquí
son las únicas que `consola` traduce; cualquier otra es un defecto del programa.
"""

from collections.abc import Iterable
from enum import StrEnum

from generador.datos import dataclass


class Gravedad(StrEnum):
    """Un error detiene; un aviso se muestra y deja pasar."""

    ERROR = "error"
    AVISO = "aviso"


@dataclass(frozen=True, kw_only=True)
class Hallazgo:
    """Un problema con su lugar y su remedio; ambos son frases completas, de usted y con punto.

    ``hoja`` y ``celda`` vacías: el problema es del libro entero. ``valor``: lo escrito, tal cual.
    ``codigo``: la clave de la verificación («V-12») o vacío si es de forma. ``libro``: de cuál es, cuando la
    orden recibió varios. ``sitio``: el lugar, cuando no es de un libro sino de una plantilla.
    """

    problema: str
    remedio: str
    hoja: str = ""
    celda: str = ""
    campo: str = ""
    valor: str = ""
    codigo: str = ""
    gravedad: Gravedad = Gravedad.ERROR
    libro: str = ""
    sitio: str = ""

    @property
    def lugar(self) -> str:
        """``"Sesión!B4"``, ``"hoja «Acuerdos»"`` o ``""``; de una plantilla, su párrafo."""
        if self.sitio:
            return self.sitio
        if self.hoja and self.celda:
            return f"{self.hoja}!{self.celda}"
        return f"hoja «{self.hoja}»" if self.hoja else ""

    @property
    def fila(self) -> int:
        """El renglón de su celda; 0 si no es de una."""
        return int(self.celda.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ") or 0)

    @property
    def es_error(self) -> bool:
        """Si impide generar el documento."""
        return self.gravedad is Gravedad.ERROR

    def __str__(self) -> str:
        """``"Sesión!B4  «Fecha» dice «31-02-2017», que no es una fecha. Escríbala…"``."""
        mensaje = f"{self.problema} {self.remedio}".strip()
        return f"{self.lugar}  {mensaje}" if self.lugar else mensaje


class ErrorDeGenerador(Exception):
    """Algo que la persona puede corregir; el mensaje se muestra tal cual."""

    codigo_de_salida = 1


class LibroConHallazgos(ErrorDeGenerador):
    """El libro se leyó, pero trae errores (y quizá avisos); no se escribe nada."""

    def __init__(self, hallazgos: Iterable[Hallazgo]) -> None:
        self.hallazgos = tuple(hallazgos)
        super().__init__("\n".join(map(str, self.hallazgos)))

    def __reduce__(self) -> tuple[type["LibroConHallazgos"], tuple[tuple[Hallazgo, ...]]]:
        """Viaja entre procesos con sus hallazgos, no con su texto."""
        return type(self), (self.hallazgos,)


class OrdenImposible(ErrorDeGenerador):
    """Lo que se pidió no puede hacerse con esos libros: un área que no existe, una fecha sin sesiones."""

    codigo_de_salida = 2


class ErrorDePlantilla(ErrorDeGenerador):
    """La plantilla no sirve: el mensaje dice dónde y por qué."""

    codigo_de_salida = 3


class PlantillaConHallazgos(ErrorDePlantilla):
    """La plantilla no sirve, y de ella se sabe lo mismo que al revisarla; trae errores y quizá avisos."""

    def __init__(self, nombre: str, hallazgos: Iterable[Hallazgo]) -> None:
        self.nombre, self.hallazgos = nombre, tuple(hallazgos)
        graves = [str(hallazgo) for hallazgo in self.hallazgos if hallazgo.es_error]
        cuantos = f" tiene {len(graves)} problemas:\n  " if len(graves) > 1 else ": "
        super().__init__(f"La plantilla «{nombre}»{cuantos}" + "\n  ".join(graves))

    def __reduce__(self) -> tuple[type["PlantillaConHallazgos"], tuple[str, tuple[Hallazgo, ...]]]:
        """Viaja entre procesos con sus hallazgos, no con su texto."""
        return type(self), (self.nombre, self.hallazgos)


class ArchivoInaccesible(ErrorDeGenerador):
    """El archivo no está, está ocupado o no es lo que su nombre promete."""

    codigo_de_salida = 4
