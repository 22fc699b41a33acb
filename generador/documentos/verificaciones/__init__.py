"""Lo que debe cuadrar en un libro. Cada verificación lleva su clave («V-12») y su remedio.

Un error detiene; un aviso se muestra y deja pasar. Una heurística sobre la prosa es siempre aviso: el
programa puede equivocarse al leer lo que una persona escribió bien.
"""

from collections.abc import Iterable

from generador.celdas import clave
from generador.esquema import secciones
from generador.hallazgos import Hallazgo


def en_orden(hallazgos: Iterable[Hallazgo], modelo: type) -> list[Hallazgo]:
    """Los hallazgos en el orden en que se lee el libro: hoja, renglón y columna."""
    hojas = {clave(seccion.hoja): lugar for lugar, seccion in enumerate(secciones(modelo))}

    def lugar(hallazgo: Hallazgo) -> tuple[int, int, str]:
        columna = hallazgo.celda.rstrip("0123456789").rjust(3)
        return (hojas.get(clave(hallazgo.hoja), len(hojas) if hallazgo.hoja else -1), hallazgo.fila, columna)

    return sorted(hallazgos, key=lugar)
