"""Las órdenes de ``generar``, en el orden en que se usan."""

from functools import partial
from itertools import chain, count
from pathlib import Path

from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.documentos import orden_de
from generador.consola.errores import entre_comillas
from generador.consola.piezas import (
    ARCHIVO,
    ENTRADAS,
    LIBROS_DE_CALCULO,
    AlPedirlas,
    Orden,
    Ordenes,
    Tipo,
    con_extension,
    tardia,
)
from generador.consola.respuesta import Informe

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


@click.command(
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


_DOCUMENTOS = {nombre: partial(orden_de, CATALOGO[nombre]) for nombre in CON_LIBRO}
generar.commands = AlPedirlas(
    {
        "nuevo": nuevo,
        "minuta": _DOCUMENTOS.pop("minuta"),
        "siguiente": tardia("sesiones", "siguiente"),
        "seguimiento": tardia("sesiones", "seguimiento"),
        "revisar": tardia("revisar", "revisar"),
        **_DOCUMENTOS,
        "plantilla": tardia("plantillas", "plantilla"),
        "cambios": tardia("correcciones", "cambios"),
        "origen": tardia("correcciones", "origen"),
        "comparar": tardia("correcciones", "comparar"),
        "vigilar": tardia("vigilar", "vigilar"),
        "instalar-menu": tardia("instalacion", "instalar_menu"),
        "autocompletado": tardia("instalacion", "autocompletado"),
    }
)
generar.de_un_libro = tardia("libro", "de_libro")
