"""``generar vigilar``: mientras dura, cada libro que se guarda en Excel vuelve a dar su documento."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from generador.consola.clic import click
from generador.consola.errores import OrdenIncompleta
from generador.consola.libro import hacer_los_de
from generador.consola.piezas import ARCHIVO, ENTRADAS, SALIDAS, Orden
from generador.consola.respuesta import Informe
from generador.consola.terminal import decir, mostrar_aparte
from generador.hallazgos import ArchivoInaccesible

REPOSO = 800  # milisegundos: Excel guarda en un archivo aparte y luego le cambia el nombre


@click.command(
    cls=Orden,
    help="Vigila una carpeta y rehace cada documento al guardar su libro en Excel. Termina con Ctrl+C.",
    short_help="Rehace cada documento al guardar su libro.",
    epilog="generar vigilar\ngenerar vigilar entradas/2018 --salida salidas/2018",
    options_metavar="[OPCIONES]",
)
@click.argument("carpeta", type=ARCHIVO, required=False, help="Dónde están los libros; por omisión, entradas/.")
@click.option(
    "--salida", type=ARCHIVO, metavar="CARPETA", default=SALIDAS, help="Dónde se escribe; por omisión, en salidas/."
)
def vigilar(carpeta: Path | None, salida: Path) -> Informe:
    """Lo corregido en Word no se pisa: los datos nuevos le entran como control de cambios, y se dice."""
    carpeta = carpeta or ENTRADAS
    if not carpeta.is_dir():
        raise ArchivoInaccesible(f"No existe la carpeta «{carpeta}».")
    avisos = _guardados(carpeta)
    mostrar_aparte(f"Vigilando «{carpeta}». Guarde un libro en Excel y su documento se hará solo. Ctrl+C termina.")
    try:
        for guardados in avisos:
            for libro in guardados:
                mostrar_aparte(f"\n{datetime.now():%H:%M:%S}  {libro.name}")
                decir(hacer_los_de(libro, salida), en_json=False)
    except KeyboardInterrupt:
        pass
    return Informe(pie="Se dejó de vigilar.")


def _guardados(carpeta: Path) -> Iterator[list[Path]]:
    """Los libros que se van guardando. Levanta OrdenIncompleta si falta el complemento que vigila."""
    try:
        from watchfiles import Change, watch
    except ImportError as error:
        raise OrdenIncompleta('Para vigilar hace falta un complemento: pip install "generar[vigilar]".') from error
    vistas = watch(carpeta, watch_filter=lambda _, ruta: es_un_libro(Path(ruta)), debounce=REPOSO)
    return (
        [libro for libro in sorted({Path(ruta) for cambio, ruta in cambios if cambio is not Change.deleted})
         if libro.exists()]
        for cambios in vistas
    )  # fmt: skip


def es_un_libro(ruta: Path) -> bool:
    """Si es un libro de la persona: ni el candado de Excel ni una copia revisada."""
    from generador.flujo import es_de_revision

    return ruta.suffix.lower() == ".xlsx" and not ruta.name.startswith(("~$", ".")) and not es_de_revision(ruta)
