"""El contrato de cada tipo, averiguado una sola vez para todas las pruebas."""

import time
from functools import cache

from generador.flujo.contrato import contrato_de
from generador.plantilla.contrato import Contrato

TARDANZAS: dict[str, float] = {}


@cache
def contrato(nombre: str) -> Contrato:
    """El de ese tipo; deja en ``TARDANZAS`` los segundos de procesador que costó."""
    inicio = time.process_time()
    hecho = contrato_de(nombre)
    TARDANZAS[nombre] = time.process_time() - inicio
    return hecho
