"""(f) Fundir una minuta de más de 40 páginas corregida a mano. Se promete: menos de dos segundos."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime

from lxml import etree

from bancos.comun import alternando, tabla
from generador.flujo import componer, tipo_de
from generador.fusion import fundir
from generador.ooxml import W
from tests.correcciones import cambiar_texto, con_xml
from tests.expedientes import de_ejemplo

VUELTAS = 7
VECES = 5  # la del ejemplo tiene 8 páginas; ésta, 44
OTROS_DATOS = """
## Sesión
| Dato | Valor |
| Fecha | 22/11/2017 |
## Asistencia
| Nombre | Título |
| Rubén | Mtro. |
"""
CUANDO = datetime(2026, 11, 25, tzinfo=UTC)


def larga(cambios: str = "") -> bytes:
    """La minuta del ejemplo con su desarrollo y sus acuerdos repetidos, cada vez con otras cifras."""

    def repetir(raiz: etree._Element) -> None:
        cuerpo = raiz[0]
        originales = [hijo for hijo in cuerpo if hijo.tag in (f"{W}p", f"{W}tbl")]
        for vez in range(1, VECES):
            for hijo in originales:
                copia = deepcopy(hijo)
                for dicho in copia.iter(f"{W}t"):
                    if len(dicho.text or "") > 20:
                        dicho.text = f"{dicho.text} Vuelta {vez}."
                cuerpo.insert(len(cuerpo) - 1, copia)

    return con_xml(componer(tipo_de("minuta"), de_ejemplo("minuta", cambios)), repetir)


def correr() -> Iterator[str]:
    """La tabla del banco."""
    base = larga()
    nueva = larga(OTROS_DATOS)
    suya = con_xml(base, cambiar_texto("segundo y tercer trimestre", "segundo, tercer y cuarto trimestre"))
    otra_vez = (nueva, fundir(base, suya, nueva, CUANDO).datos, base)
    medidas = alternando(
        {
            "sin datos nuevos": lambda: fundir(base, suya, base, CUANDO),
            "con datos nuevos": lambda: fundir(base, suya, nueva, CUANDO),
            "otra vez, con los de antes": lambda: fundir(*otra_vez, CUANDO),
        },
        VUELTAS,
    )
    renglones = ((que, f"{segundos * 1000:.0f} ms") for que, segundos in medidas.items())
    yield from tabla("Fundir una minuta de 44 páginas", ("qué", "tarda"), renglones)


if __name__ == "__main__":
    print(*correr(), sep="\n")
