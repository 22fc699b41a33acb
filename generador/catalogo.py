"""Los documentos que se saben hacer. No importa nada pesado: la ayuda de la orden se arma con esto."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Un tipo de documento: cómo se pide, cómo se explica y cómo se nombra en una frase, y qué módulo lo hace.

    ``libro`` es la clase de libro del que sale: varios documentos pueden salir del mismo. ``ejemplo``, el nombre
    del libro de ejemplo. ``por_renglon``: la hoja de la que puede hacerse uno por renglón; vacío si no se puede.
    """

    nombre: str
    resumen: str
    sustantivo: str
    modulo: str
    libro: str
    ejemplo: str
    por_renglon: str = ""


CATALOGO: Mapping[str, Entrada] = {
    entrada.nombre: entrada
    for entrada in (
        Entrada(
            nombre="minuta",
            resumen="Minuta de una sesión, lista para firmar.",
            sustantivo="la minuta",
            modulo="generador.documentos.minuta",
            libro="minuta",
            ejemplo="minuta",
        ),
        Entrada(
            nombre="oficio",
            resumen="Oficio, o uno por cada destinatario.",
            sustantivo="el oficio",
            modulo="generador.documentos.oficio",
            libro="cuentas",
            ejemplo="oficio",
            por_renglon="Destinatarios",
        ),
        Entrada(
            nombre="informe",
            resumen="Informe de cuentas de redes sociales de un periodo.",
            sustantivo="el informe",
            modulo="generador.documentos.informe",
            libro="cuentas",
            ejemplo="cuentas",
        ),
    )
}
