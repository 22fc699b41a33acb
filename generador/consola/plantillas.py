"""``generar plantilla``: sacar la plantilla de un documento, ver qué nombres admite y revisar la propia."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.errores import entre_comillas, traducir
from generador.consola.piezas import ARCHIVO, Orden, Ordenes, Tipo, con_extension
from generador.consola.respuesta import Informe, contar, en_fichas
from generador.consola.terminal import mostrar
from generador.hallazgos import ErrorDeGenerador

if TYPE_CHECKING:
    from generador.plantilla.contrato import Camino, Columna, Contrato, Forma

TIPOS = tuple(CATALOGO)
_ANCHO = 150  # columnas, si no hay terminal que las diga
_MAX_COLUMNAS = 4  # de las que sale un nombre; con más, se dice que hay otras
_SIN_ERRORES, _PLANTILLA_MALA = 0, 3
_en_json = click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas.")


@click.group(
    cls=Ordenes,
    help="Las plantillas de Word: sacar una para adaptarla, ver qué nombres admite, revisarla.",
    short_help="Plantillas propias: sacarlas, adaptarlas, revisarlas.",
    epilog="generar plantilla sacar minuta\ngenerar plantilla campos minuta\n"
    'generar plantilla revisar "minuta propia.docx"',
    options_metavar="[OPCIONES]",
    subcommand_metavar="ORDEN [ARGUMENTOS]…",
)
def plantilla() -> None:
    """Sin orden, muestra la ayuda."""


@plantilla.command(
    cls=Orden,
    help="Copia la plantilla de un documento, para adaptarla en Word.",
    short_help="Copia una, para adaptarla en Word.",
    epilog='generar plantilla sacar minuta\ngenerar plantilla sacar oficio "oficio de la DEA.docx"',
    options_metavar="[OPCIONES]",
)
@click.argument("tipo", type=Tipo(TIPOS), metavar="TIPO", help=f"El documento: {', '.join(TIPOS)}.")
@click.argument("ruta", type=ARCHIVO, required=False, help="Dónde se guarda; por omisión, aquí.")
@_en_json
def sacar(tipo: str, ruta: Path | None, en_json: bool) -> Informe:
    """La copia y cómo se usa."""
    from generador.flujo import plantillas

    try:
        sacada = plantillas.sacar(tipo, _ruta_de_la_copia(tipo, ruta))
    except ErrorDeGenerador as error:
        return traducir(error)
    nombre = entre_comillas(sacada)
    nota = (
        f"Adáptela en Word y revísela con:\ngenerar plantilla revisar {nombre}\n"
        f"Para usarla:\ngenerar {CATALOGO[tipo].orden} --plantilla {nombre}"
    )
    return Informe(documento=sacada, salida=sacada.parent, nota=nota)


def _ruta_de_la_copia(tipo: str, ruta: Path | None) -> Path:
    if ruta is None or ruta.is_dir():
        return (ruta or Path()) / f"plantilla de {tipo}.docx"
    return con_extension(ruta, ".docx")


@plantilla.command(
    cls=Orden,
    help="Dice todo lo que está mal en una plantilla y, con --anotar, lo señala en una copia.",
    short_help="Dice todo lo que está mal en una.",
    epilog='generar plantilla revisar "minuta propia.docx"\n'
    'generar plantilla revisar "minuta propia.docx" --tipo minuta --anotar',
    options_metavar="[OPCIONES]",
)
@click.argument("ruta", type=ARCHIVO, help="La plantilla de Word.")
@click.option("--tipo", type=Tipo(TIPOS), metavar="TIPO", help="De qué documento es; por omisión, se deduce.")
@click.option("--libro", type=ARCHIVO, metavar="LIBRO", help="Un libro cuyas columnas agregadas usa la plantilla.")
@click.option("--anotar", is_flag=True, help="Señala cada cosa en una copia: «RUTA - revisada.docx».")
@_en_json
def revisar(ruta: Path, tipo: str | None, libro: Path | None, anotar: bool, en_json: bool) -> Informe:
    """Los hallazgos; con errores, el código de una plantilla que no sirve."""
    from generador.flujo import plantillas

    try:
        hecho = plantillas.revisar_plantilla(ruta, tipo or "", anotar=anotar, libro=libro)
    except ErrorDeGenerador as error:
        return traducir(error, libro)
    para = CATALOGO[hecho.tipo].sustantivo if hecho.tipo else ""
    nota = f"Como comentarios de Word: {contar(hecho.hallazgos)}." if hecho.copia and hecho.hallazgos else ""
    nota = nota or (f"Sirve para {para}." if hecho.sirve else "")
    return Informe(
        codigo=_SIN_ERRORES if hecho.sirve else _PLANTILLA_MALA,
        documento=hecho.copia or (ruta if hecho.sirve else None),
        libro=ruta.name,
        hallazgos=hecho.hallazgos,
        nota=nota,
        pie=hecho.sin_copia,
        completo=True,
        ficha={
            "documento": ruta.name,
            "copia": hecho.copia and str(hecho.copia),
            "nota": nota or hecho.sin_copia,
            **en_fichas(hecho.hallazgos),
        },
    )


@plantilla.command(
    cls=Orden,
    help="Los nombres que admite una plantilla: de qué columna sale cada uno, un ejemplo, y los filtros.",
    short_help="Los nombres que admite, y los filtros.",
    epilog="generar plantilla campos minuta\ngenerar plantilla campos minuta --libro entradas/octubre.xlsx",
    options_metavar="[OPCIONES]",
)
@click.argument("tipo", type=Tipo(TIPOS), metavar="TIPO", help=f"El documento: {', '.join(TIPOS)}.")
@click.option("--libro", type=ARCHIVO, metavar="LIBRO", help="Un libro, para ver también las columnas que le agregó.")
@_en_json
def campos(tipo: str, libro: Path | None, en_json: bool) -> Informe | None:
    """La tabla, en texto o en JSON."""
    from generador.flujo import plantillas
    from generador.plantilla.entorno import filtros

    try:
        contrato = plantillas.contrato(tipo, libro)
    except ErrorDeGenerador as error:
        return traducir(error, libro)
    if en_json:
        return Informe(ficha=_en_fichas(contrato, filtros()))
    mostrar("\n".join(_tabla(contrato, filtros(), get_terminal_size((_ANCHO, 24)).columns)), sys.stdout)
    return None


# --- la tabla


def _tabla(contrato: "Contrato", filtros: Mapping[str, str], columnas: int) -> Iterator[str]:
    from generador.castellano import con_preposicion
    from generador.plantilla.contrato import escrito

    yield f"Nombres que admite la plantilla {con_preposicion('de', CATALOGO[contrato.tipo].sustantivo)}:"
    for raiz, forma in contrato.nombres.llaves.items():
        hojas = [(escrito(c), c, f) for c, f in forma.caminos((raiz,)) if _se_dice(f)]
        if not hojas:
            continue
        yield ""
        yield from _como_se_recorre((raiz,), forma)
        largo = max(len(nombre) for nombre, _, _ in hojas)
        medio = max(len(_de_donde(contrato, camino, suya)) for _, camino, suya in hojas)
        medio = min(medio, max(20, (columnas - largo) // 2))
        for nombre, camino, suya in hojas:
            origen = _recortado(_de_donde(contrato, camino, suya), medio)
            ejemplo = _recortado(suya.ejemplo or _de_clase(suya), max(16, columnas - largo - medio - 6))
            yield f"  {nombre:<{largo}}  {origen:<{medio}}  {ejemplo}".rstrip()
    yield ""
    yield "Los que llevan [] están en una lista: se escriben dentro de su «for», con el nombre que se le dé a cada uno."
    yield ""
    yield "Filtros, como {{ sesion.titulo|mayusculas }}:"
    largo = max(map(len, filtros))
    yield from (f"  {nombre:<{largo}}  {que}" for nombre, que in filtros.items())


def _como_se_recorre(camino: "Camino", forma: "Forma") -> Iterator[str]:
    """``"asistentes: {% for asistente in asistentes %} … {% endfor %}"`` y, debajo, las listas que lleva dentro."""
    from generador.plantilla.contrato import ciclo

    listas = [f"{ciclo(lista)} … {{% endfor %}}" for lista, suya in forma.caminos(camino) if suya.es_lista]
    yield camino[0] if not forma.es_lista else f"{camino[0]}: {listas.pop(0)}"
    yield from (f"  {ciclo}" for ciclo in listas)


def _se_dice(forma: "Forma") -> bool:
    """Si el nombre se puede escribir o preguntar: ni un grupo de nombres, ni una lista de ellos."""
    from generador.plantilla.contrato import NADA

    return bool(forma.clases - {NADA}) and not forma.es_diccionario


def _de_donde(contrato: "Contrato", camino: "Camino", forma: "Forma") -> str:
    """``"Asistencia · Título, Nombre"``; de la columna agregada, se dice que lo es; vacío si no sale de ninguna."""
    if camino in contrato.propias:
        hoja, rotulo = contrato.propias[camino]
        return f"{hoja} · {rotulo} (suya)"
    por_hoja: dict[str, list[str]] = {}
    for hoja, rotulo in list(forma.de)[:_MAX_COLUMNAS]:
        por_hoja.setdefault(hoja, []).append(rotulo)
    dicho = "; ".join(f"{hoja} · {', '.join(rotulos)}" for hoja, rotulos in por_hoja.items())
    return f"{dicho}…" if len(forma.de) > _MAX_COLUMNAS else dicho


def _columnas(contrato: "Contrato", camino: "Camino", forma: "Forma") -> Iterator["Columna"]:
    """De cuáles sale, también si es de una de la persona."""
    if camino in contrato.propias:
        yield contrato.propias[camino]
    else:
        yield from forma.de


def _de_clase(forma: "Forma") -> str:
    from generador.plantilla.contrato import GRAFICA, SI_O_NO

    if SI_O_NO in forma.clases:
        return "(sí o no: para «if»)"
    return "(una gráfica)" if GRAFICA in forma.clases else ""


def _recortado(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else f"{texto[: largo - 1]}…"


def _en_fichas(contrato: "Contrato", filtros: Mapping[str, str]) -> dict[str, object]:
    from generador.plantilla.contrato import escrito

    return {
        "tipo": contrato.tipo,
        "campos": [
            {
                "nombre": escrito(camino),
                "clases": sorted(forma.clases),
                "columnas": [{"hoja": hoja, "columna": rotulo} for hoja, rotulo in _columnas(contrato, camino, forma)],
                "propia": camino in contrato.propias,
                "ejemplo": forma.ejemplo,
            }
            for camino, forma in contrato.nombres.caminos()
            if _se_dice(forma)
        ],
        "listas": [escrito(camino) for camino, forma in contrato.nombres.caminos() if forma.es_lista],
        "filtros": dict(filtros),
    }
