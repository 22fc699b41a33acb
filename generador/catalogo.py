"""Los documentos que se saben hacer. No importa nada pesado: la ayuda de la orden se arma con esto."""

from collections.abc import Mapping

from generador.datos import dataclass


@dataclass(frozen=True, kw_only=True)
class Entrada:
    """Un tipo de documento: cómo se pide, cómo se explica y cómo se nombra en una frase, y qué módulo lo hace.

    ``libro`` es la clase de libro del que sale: varios documentos pueden salir del mismo. ``ejemplo``, el nombre
    del libro de ejemplo. ``por_renglon``: la hoja de la que puede hacerse uno por renglón; vacío si no se puede.
    ``de_varios``: si sale de muchos libros a la vez. ``orden``: lo que se escribe tras «generar».
    """

    nombre: str
    orden: str
    resumen: str
    sustantivo: str
    modulo: str
    libro: str
    ejemplo: str = ""
    por_renglon: str = ""
    de_varios: bool = False


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
            orden="minuta",
        ),
        Entrada(
            nombre="oficio",
            resumen="Oficio, o uno por cada destinatario.",
            sustantivo="el oficio",
            modulo="generador.documentos.oficio",
            libro="cuentas",
            ejemplo="oficio",
            orden="oficio",
            por_renglon="Destinatarios",
        ),
        Entrada(
            nombre="informe",
            resumen="Informe de cuentas de redes sociales de un periodo.",
            sustantivo="el informe",
            modulo="generador.documentos.informe",
            libro="cuentas",
            ejemplo="cuentas",
            orden="informe",
        ),
        Entrada(
            nombre="seguimiento",
            resumen="Cómo va cada acuerdo, o el balance, de muchas sesiones.",
            sustantivo="el informe de seguimiento",
            modulo="generador.documentos.seguimiento",
            libro="minuta",
            de_varios=True,
            orden="seguimiento",
        ),
        Entrada(
            nombre="balance",
            resumen="Balance de las sesiones, la asistencia y los acuerdos de un órgano.",
            sustantivo="el balance",
            modulo="generador.documentos.balance_de_sesiones",
            libro="minuta",
            de_varios=True,
            orden="seguimiento --balance",
        ),
    )
}
