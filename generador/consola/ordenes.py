"""Las órdenes de ``generar``, en el orden en que se usan."""

from itertools import chain, count
from pathlib import Path

from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.correcciones import cambios, comparar, origen
from generador.consola.documentos import orden_de
from generador.consola.errores import entre_comillas
from generador.consola.instalacion import autocompletado, instalar_menu
from generador.consola.libro import de_libro
from generador.consola.piezas import ARCHIVO, ENTRADAS, LIBROS_DE_CALCULO, Orden, Ordenes, Tipo, con_extension
from generador.consola.plantillas import plantilla
from generador.consola.respuesta import Informe
from generador.consola.revisar import revisar
from generador.consola.sesiones import seguimiento, siguiente
from generador.consola.vigilar import vigilar

CON_LIBRO = tuple(entrada.nombre for entrada in CATALOGO.values() if not entrada.de_varios)
EJEMPLOS = """\
generar nuevo minuta
generar minuta entradas/ejemplos/minuta.xlsx
"""


@click.group(
    cls=Ordenes,
    help="Documentos de Word, listos para firmar, a partir de un libro de Excel.",
    epilog=EJEMPLOS,
    invoke_without_command=True,
    options_metavar="[OPCIONES]",
    subcommand_metavar="ORDEN|LIBRO [ARGUMENTOS]…",
    context_settings={
        "help_option_names": ["-h", "--help", "--ayuda"],
        "token_normalize_func": str.lower,
    },
)
@click.version_option(package_name="generar", message="generar %(version)s")
@click.pass_context
def generar(contexto: click.Context) -> None:
    """Sin orden, muestra la ayuda."""
    if contexto.invoked_subcommand is None:
        click.echo(contexto.get_help())


@generar.command(
    cls=Orden,
    help="Crea un libro en blanco, con instrucciones y listas.",
    options_metavar="[OPCIONES]",
)
@click.argument(
    "tipo", type=Tipo(CON_LIBRO), metavar="TIPO", help=f"El documento que saldrá de él: {', '.join(CON_LIBRO)}."
)
@click.argument("ruta", type=ARCHIVO, required=False, help="Dónde se guarda; por omisión, en entradas/.")
@click.option("--ejemplo", is_flag=True, help="Lleno con un ejemplo, para ver cómo se escribe.")
def nuevo(tipo: str, ruta: Path | None, ejemplo: bool) -> Informe:
    """Crea el libro y dice con qué orden seguir."""
    from generador import flujo

    creado = flujo.nuevo(tipo, ruta_del_nuevo(tipo, ruta), ejemplo=ejemplo)
    que_hacer = "Mírelo en Excel y escriba:" if ejemplo else "Llénelo en Excel, guárdelo y escriba:"
    return Informe(documento=creado, salida=creado.parent, nota=f"{que_hacer}\ngenerar {tipo} {entre_comillas(creado)}")


def ruta_del_nuevo(tipo: str, ruta: Path | None) -> Path:
    """``None`` → ``entradas/minuta.xlsx``, o ``entradas/minuta 2.xlsx`` si ése ya existe.

    Si es una carpeta, el libro va dentro con ese nombre; a lo demás se le completa el ``.xlsx``. Levanta
    OrdenImposible si el nombre es de otra clase de archivo («x.pdf»).
    """
    if ruta is None or ruta.is_dir():
        nombres = chain([f"{tipo}.xlsx"], (f"{tipo} {numero}.xlsx" for numero in count(2)))
        libros = ((ruta or ENTRADAS) / nombre for nombre in nombres)
        return next(libro for libro in libros if not libro.exists())
    if ruta.suffix.lower() in LIBROS_DE_CALCULO[1:]:
        return ruta.with_suffix(".xlsx")
    return con_extension(ruta, ".xlsx")


_DOCUMENTOS = {entrada.nombre: orden_de(entrada) for entrada in CATALOGO.values() if not entrada.de_varios}
for _orden in (
    _DOCUMENTOS.pop("minuta"),
    siguiente,
    seguimiento,
    revisar,
    *_DOCUMENTOS.values(),
    plantilla,
):
    generar.add_command(_orden)
for _orden in (cambios, origen, comparar, vigilar, instalar_menu, autocompletado):
    generar.add_command(_orden)
generar.de_un_libro = de_libro
