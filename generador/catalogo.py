"""Los documentos que se saben hacer. No importa nada pesado: la ayuda de la orden se arma con esto."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Un tipo de documento: cómo se pide, cómo se explica, cómo se nombra en una frase y qué módulo lo hace."""

    nombre: str
    resumen: str
    sustantivo: str
    modulo: str


CATALOGO: Mapping[str, Entrada] = {
    entrada.nombre: entrada
    for entrada in (
        Entrada(
            nombre="minuta",
            resumen="Minuta de una sesión, lista para firmar.",
            sustantivo="la minuta",
            modulo="generador.documentos.minuta",
        ),
    )
}
