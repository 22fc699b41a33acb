"""El contrato de cada tipo, averiguado una sola vez para todas las pruebas."""

from functools import cache

from generador.flujo.contrato import contrato_de
from generador.plantilla.contrato import Contrato


@cache
def contrato(nombre: str) -> Contrato:
    """El de ese tipo."""
    return contrato_de(nombre)
