"""``generar LIBRO``: el documento, o los documentos, que el propio libro dice. Es lo que llama un acceso directo."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generador.castellano import enumerar
from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.documentos import de_ese_libro, exigir_nombres_enteros, generar_muchos, generar_uno
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
    epilog="generar entradas/minuta.xlsx\ngenerar entradas/octubre.xlsx entradas/noviembre.xlsx --abrir",
    options_metavar="[OPCIONES]",
)
@click.argument(
    "libros", type=ARCHIVO, nargs=-1, required=True, metavar="LIBRO…",
    help="El libro de Excel, o varios; o una carpeta con uno solo.",
)  # fmt: skip
@con_salida
def de_libro(
    libros: tuple[Path, ...], salida: Path, plantilla: Path | None, abrir: bool, en_json: bool, correcciones: str
) -> Informe:
    """El informe de lo escrito; si del libro salen dos documentos, los de los dos."""
    exigir_nombres_enteros(libros)
    if len(libros) > 1:
        informe = _hacer_los_de_varios(libros, salida, plantilla, correcciones, en_silencio=en_json)
    else:
        informe = hacer_los_de(libros[0], salida, plantilla, correcciones, en_silencio=en_json)
    return abrir_si(abrir, informe)


def _hacer_los_de_varios(
    libros: Sequence[Path], salida: Path, plantilla: Path | None, correcciones: str, *, en_silencio: bool
) -> Informe:
    """Escribe los documentos de cada libro, juntos los de un mismo tipo, y los informa a la vez."""
    from generador import flujo

    por_tipo: dict[str, list[Path]] = {}
    informes: list[Informe] = []
    for libro in dict.fromkeys(el_unico(libro) if libro.is_dir() else libro for libro in libros):
        try:
            for nombre in flujo.documentos_de(libro):
                por_tipo.setdefault(nombre, []).append(libro)
        except ErrorDeGenerador as error:
            informes.append(de_ese_libro(traducir(error, libro, salida), libro))
    informes += [
        generar_muchos(CATALOGO[nombre], suyos, salida, plantilla, correcciones, None, en_silencio=en_silencio)
        for nombre, suyos in por_tipo.items()
    ]
    return _juntos(informes)


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
    """Los de varios documentos: lo que se dice de más de uno, una vez."""
    escritos = [ruta for informe in informes for ruta in (informe.lote or (informe.documento,)) if ruta]
    hallazgos = tuple(dict.fromkeys(h for informe in informes for h in informe.hallazgos))
    return replace(
        informes[0],
        codigo=max(informe.codigo for informe in informes),
        documento=None,
        lote=tuple(escritos),
        hallazgos=hallazgos,
        nota=" ".join(dict.fromkeys(informe.nota for informe in informes if informe.nota)),
    )
