"""Las órdenes sobre documentos ya escritos: ``generar cambios``, ``generar origen`` y ``generar comparar``."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from generador.castellano import enumerar
from generador.consola.clic import click
from generador.consola.piezas import ARCHIVO, SALIDAS, Orden, abrir_si
from generador.consola.respuesta import Informe, Repaso

if TYPE_CHECKING:
    from generador.flujo.correcciones import Bloque, Correccion, Historia
    from generador.flujo.procedencia import Fuente

_LARGO = 400  # letras de un texto citado
_MAX_RANGOS = 6  # que se nombran de un bloque; en --json van todos


def _con_libro(orden: click.Command) -> click.Command:
    click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas.")(orden)
    click.option(
        "--libro", type=ARCHIVO, metavar="RUTA", help="El libro de Excel del que salió, si ya no está donde estaba."
    )(orden)
    return orden


@click.command(
    cls=Orden,
    help="Dice qué corrigió alguien en Word y qué conviene corregir en el Excel.",
    short_help="Qué se corrigió en Word.",
    epilog='generar cambios "salidas/Minuta.docx"',
    options_metavar="[OPCIONES]",
)
@click.argument("documento", type=ARCHIVO, help="El documento de Word que hizo el programa.")
def cambios(documento: Path, libro: Path | None, en_json: bool) -> Informe:
    """Un repaso por cambio, bajo el título en que está."""
    from generador.flujo import correcciones

    historia, hechas = correcciones.cambios(documento, libro)
    cabeza = f"{documento.name}: {_cuantos(len(hechas), 'cambio', 'cambios')} respecto de lo que se generó."
    if not hechas:
        cabeza = f"{documento.name}: nadie lo ha corregido."
        if historia.retocado:
            cabeza = (
                f"{documento.name}: ni su texto ni sus gráficas están corregidos. Se guardó en Word y pudo cambiar su "
                "aspecto (márgenes, colores, tamaños) o tener comentarios, que aquí no se revisan."
            )
    return Informe(
        repasos=(Repaso("✓", cabeza), *map(_de_un_cambio, hechas)),
        pie=historia.falta if hechas else "",
        ficha={
            "documento": str(documento),
            "libros": [str(ruta) for ruta in historia.libros],
            "falta": historia.falta,
            "cambios": [
                {
                    "que": c.que,
                    "lugar": c.lugar,
                    "decia": c.decia,
                    "dice": c.dice,
                    "celdas": _celdas(c.fuentes),
                    "se_arma_con": _celdas(c.se_arma_con),
                }
                for c in hechas
            ],
        },
    )


def _de_un_cambio(cambio: "Correccion") -> Repaso:
    detalle = [f"decía: «{_corto(cambio.decia)}»"] if cambio.decia else []
    detalle += [f"dice: «{_corto(cambio.dice)}»"] if cambio.dice else []
    if cambio.fuentes:
        detalle.append(f"Conviene corregirlo también en el Excel: {_con_su_dato(cambio.fuentes)}.")
    elif cambio.se_arma_con:
        detalle.append(
            "Lo que cambió no está escrito así en ninguna celda: es de la plantilla o se calcula. El párrafo se arma "
            f"con {_juntas(cambio.se_arma_con)}."
        )
    return Repaso("•", f"{cambio.lugar}: {cambio.que}", tuple(detalle))


@click.command(
    cls=Orden,
    help="Dice de qué libro, plantilla y celdas salió cada parte de un documento.",
    short_help="De qué celdas salió un documento.",
    epilog='generar origen "salidas/Minuta.docx"',
    options_metavar="[OPCIONES]",
)
@click.argument("documento", type=ARCHIVO, help="El documento de Word que hizo el programa.")
def origen(documento: Path, libro: Path | None, en_json: bool) -> Informe:
    """Un repaso por bloque, con sus celdas."""
    from generador.flujo import correcciones

    historia, bloques = correcciones.origen(documento, libro)
    return Informe(
        repasos=(Repaso("✓", f"{documento.name}: {_de_donde(historia)}"), *map(_de_un_bloque, bloques)),
        pie=historia.falta,
        ficha={
            "documento": str(documento),
            "version": historia.version,
            "plantilla": historia.plantilla,
            "libros": [str(ruta) for ruta in historia.libros],
            "falta": historia.falta,
            "bloques": [{"lugar": b.lugar, "texto": b.texto, "celdas": _celdas(b.fuentes)} for b in bloques],
        },
    )


def _de_donde(historia: "Historia") -> str:
    libros = f"salió de {enumerar([f'«{libro.name}»' for libro in historia.libros])}" if historia.libros else "se hizo"
    plantilla = f"la plantilla «{Path(historia.plantilla).name}»" if historia.plantilla else "la plantilla acostumbrada"
    return f"{libros} con {plantilla}{f', versión {historia.version}' if historia.version else ''}."


def _de_un_bloque(bloque: "Bloque") -> Repaso:
    celdas = _juntas(bloque.fuentes) if bloque.fuentes else "de la plantilla"
    return Repaso("•", _corto(bloque.texto.replace("\t", " · "), 90), (f"← {celdas}",))


def _con_su_dato(fuentes: Sequence["Fuente"]) -> str:
    """``"Desarrollo!D14 (Texto)"``; de varias, sólo las celdas, y su renglón si están en el mismo."""
    primera = fuentes[0].lugar
    if len(fuentes) > 1 and len({(f.libro, f.lugar.hoja, f.lugar.fila) for f in fuentes}) == 1:
        return f"el renglón {primera.fila} de la hoja «{primera.hoja}» ({_juntas(fuentes)})"
    return f"{fuentes[0]} ({fuentes[0].campo})" if len(fuentes) == 1 else _juntas(fuentes)


def _juntas(fuentes: Sequence["Fuente"]) -> str:
    """``"Asistencia!A13:E13, Órgano!B6 y 3 celdas más"``."""
    from generador.flujo.procedencia import en_rangos

    rangos = en_rangos(fuentes)
    por_libro: dict[str, list[str]] = {}
    for rango, libro in rangos[:_MAX_RANGOS]:
        por_libro.setdefault(libro, []).append(rango)
    dichas = "; ".join(f"{', '.join(suyos)} de «{libro}»" for libro, suyos in por_libro.items())
    if list(por_libro) == [""]:
        dichas = enumerar(por_libro[""]) if len(rangos) <= _MAX_RANGOS else ", ".join(por_libro[""])
    return dichas if len(rangos) <= _MAX_RANGOS else f"{dichas} y otras"


@click.command(
    cls=Orden,
    help="Compara dos documentos de Word: escribe el primero con las diferencias como control de cambios y, aparte, "
    "la tabla «Dice / Debe decir».",
    short_help="Las diferencias entre dos documentos.",
    epilog='generar comparar "Minuta circulada.docx" "Minuta corregida.docx"',
    options_metavar="[OPCIONES]",
)
@click.argument("dice", type=ARCHIVO, metavar="DICE", help="El documento como está.")
@click.argument("debe_decir", type=ARCHIVO, metavar="DEBE_DECIR", help="El documento como debe quedar.")
@click.option(
    "--salida", type=ARCHIVO, metavar="CARPETA", default=SALIDAS, help="Dónde se escribe; por omisión, en salidas/."
)
@click.option("--abrir", is_flag=True, help="Abre la carpeta al terminar.")
@click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas.")
def comparar(dice: Path, debe_decir: Path, salida: Path, abrir: bool, en_json: bool) -> Informe:
    """Los dos archivos escritos, o que no hay diferencias."""
    from generador.flujo import correcciones

    hecha = correcciones.comparar(dice, debe_decir, salida)
    avisos = tuple(Repaso("!", aviso) for aviso in hecha.avisos)
    if hecha.marcado is None:
        frase = f"«{dice.name}» y «{debe_decir.name}» dicen lo mismo."
        return Informe(repasos=(Repaso("✓", frase), *avisos), ficha={"diferencias": 0, "documentos": []})
    cuantas = [_cuantos(hecha.diferencias, "diferencia", "diferencias")] if hecha.diferencias else []
    if hecha.de_formato:
        cuantas += [_cuantos(hecha.de_formato, "párrafo que sólo cambia", "párrafos que sólo cambian") + " de formato"]
    repasos = [Repaso("✓", str(hecha.marcado), (f"{enumerar(cuantas)}, como control de cambios.",))]
    if hecha.tabla is not None:
        que = "Las mismas" if not hecha.de_formato else "Las que cambian lo que se dice"
        repasos += [Repaso("✓", str(hecha.tabla), (f"{que}, en una tabla «Dice / Debe decir».",))]
    escritos = [ruta for ruta in (hecha.marcado, hecha.tabla) if ruta is not None]
    ficha = {
        "diferencias": hecha.diferencias, "de_formato": hecha.de_formato, "avisos": list(hecha.avisos),
        "documentos": list(map(str, escritos)),
    }  # fmt: skip
    return abrir_si(abrir, Informe(repasos=(*repasos, *avisos), salida=salida, lote=tuple(escritos), ficha=ficha))


for _orden in (cambios, origen):
    _con_libro(_orden)


def _celdas(fuentes: Iterable["Fuente"]) -> list[dict[str, str]]:
    return [{"celda": f.celda, "campo": f.campo, **({"libro": f.libro} if f.libro else {})} for f in fuentes]


def _cuantos(cuantos: int, uno: str, varios: str) -> str:
    return f"{cuantos:,} {uno if cuantos == 1 else varios}"


def _corto(texto: str, largo: int = _LARGO) -> str:
    texto = " ".join(texto.split())
    return texto if len(texto) <= largo else texto[: largo - 1].rstrip() + "…"
