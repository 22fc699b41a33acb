"""``generar LIBRO``: el documento, o los documentos, que el propio libro dice. Es lo que llama un acceso directo."""

from dataclasses import replace
from pathlib import Path

from generador.castellano import enumerar
from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.documentos import generar_uno
from generador.consola.errores import OrdenIncompleta, entre_comillas, traducir
from generador.consola.piezas import (
    ARCHIVO,
    FUNDIR,
    MAX_NOMBRES,
    Orden,
    abrir_si,
    con_la_copia,
    con_salida,
    lo_no_leido,
)
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
@click.argument("libro", type=ARCHIVO, help="El libro de Excel, o una carpeta con uno solo.")
@con_salida
def de_libro(
    libro: Path, salida: Path, plantilla: Path | None, abrir: bool, en_json: bool, correcciones: str
) -> Informe:
    """El informe de lo escrito; si del libro salen dos documentos, los de los dos."""
    return abrir_si(abrir, hacer_los_de(libro, salida, plantilla, correcciones, en_silencio=en_json))


def hacer_los_de(
    libro: Path, salida: Path, plantilla: Path | None = None, correcciones: str = FUNDIR, *, en_silencio: bool = True
) -> Informe:
    """Escribe los documentos que salen de un libro, o del único que haya en una carpeta, y los informa juntos."""
    from generador import flujo

    elegido = el_unico(libro) if libro.is_dir() else libro
    try:
        nombres = flujo.documentos_de(elegido)
    except ErrorDeGenerador as error:
        return traducir(error, elegido, salida)
    informes = [
        generar_uno(CATALOGO[n], elegido, salida, plantilla, correcciones, en_silencio=en_silencio) for n in nombres
    ]
    return con_la_copia(informes[0] if len(informes) == 1 else _juntos(informes), libro, elegido, "generar")


def el_unico(carpeta: Path) -> Path:
    """El libro de una carpeta. Levanta OrdenIncompleta, con qué hacer, si no hay ninguno o hay varios."""
    from generador import flujo

    libros = flujo.libros_de(carpeta)
    if len(libros) == 1:
        return libros[0]
    if not libros:
        que_hacer = lo_no_leido(flujo.sin_leer_en([carpeta])) or "Cree uno con esta orden:\ngenerar nuevo minuta"
        raise OrdenIncompleta(f"En «{carpeta}» no hay ningún libro de Excel. {que_hacer}")
    nombres = [f"«{libro.name}»" for libro in libros[:MAX_NOMBRES]]
    otros = [f"otros {len(libros) - MAX_NOMBRES}"] if len(libros) > MAX_NOMBRES else []
    raise OrdenIncompleta(
        f"En «{carpeta}» hay {len(libros)} libros: {enumerar([*nombres, *otros])}. Escriba cuál, por ejemplo:\n"
        f"generar {entre_comillas(libros[0])}\n"
        f"Para revisarlos todos:\ngenerar revisar {entre_comillas(carpeta)}\n"
        f"Si son las sesiones de un órgano, el informe de sus acuerdos se hace con:\n"
        f"generar seguimiento {entre_comillas(carpeta)}"
    )


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
