"""``generar LIBRO``: el documento, o los documentos, que el propio libro dice. Es lo que llama un acceso directo."""

from dataclasses import replace
from pathlib import Path

from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.documentos import generar_uno
from generador.consola.errores import traducir
from generador.consola.piezas import ARCHIVO, FUNDIR, Orden, abrir_si, con_salida
from generador.consola.respuesta import Informe
from generador.hallazgos import ErrorDeGenerador


@click.command(
    "LIBRO",
    cls=Orden,
    hidden=True,
    help="Reconoce el libro y hace el documento que sale de él.",
    epilog="generar entradas/minuta.xlsx\ngenerar entradas/octubre.xlsx --abrir",
    options_metavar="[OPCIONES]",
)
@click.argument("libro", type=ARCHIVO, help="El libro de Excel.")
@con_salida
def de_libro(
    libro: Path, salida: Path, plantilla: Path | None, abrir: bool, en_json: bool, correcciones: str
) -> Informe:
    """El informe de lo escrito; si del libro salen dos documentos, los de los dos."""
    return abrir_si(abrir, hacer_los_de(libro, salida, plantilla, correcciones, en_silencio=en_json))


def hacer_los_de(
    libro: Path, salida: Path, plantilla: Path | None = None, correcciones: str = FUNDIR, *, en_silencio: bool = True
) -> Informe:
    """Escribe los documentos que salen de un libro y los informa juntos."""
    from generador import flujo

    try:
        nombres = flujo.documentos_de(libro)
    except ErrorDeGenerador as error:
        return traducir(error, libro, salida)
    informes = [
        generar_uno(CATALOGO[n], libro, salida, plantilla, correcciones, en_silencio=en_silencio) for n in nombres
    ]
    return informes[0] if len(informes) == 1 else _juntos(informes)


def _juntos(informes: list[Informe]) -> Informe:
    """Los de dos documentos de un mismo libro: lo que se dice de ambos, una vez."""
    escritos = [informe.documento for informe in informes if informe.documento]
    hallazgos = tuple(dict.fromkeys(h for informe in informes for h in informe.hallazgos))
    return replace(
        informes[0],
        codigo=max(informe.codigo for informe in informes),
        documento=None,
        lote=tuple(escritos),
        hallazgos=hallazgos,
        nota=" ".join(dict.fromkeys(informe.nota for informe in informes if informe.nota)),
    )
