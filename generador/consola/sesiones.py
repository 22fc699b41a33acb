"""Las órdenes que ven más allá de una sesión: ``generar siguiente`` y ``generar seguimiento``."""

from datetime import date
from pathlib import Path

from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.errores import entre_comillas, traducir
from generador.consola.piezas import ARCHIVO, ENTRADAS, Fecha, Opcion, Orden, abrir_si, con_salida
from generador.consola.respuesta import Informe
from generador.hallazgos import ErrorDeGenerador

TIPOS_DE_SESION = ("Ordinaria", "Extraordinaria", "Especial", "Solemne")


@click.command(
    cls=Orden,
    help="Prepara el libro de la sesión siguiente: el órgano, sus integrantes, los acuerdos abiertos y los puntos "
    "permanentes, ya puestos.",
    short_help="Prepara el libro de la sesión siguiente.",
    epilog="generar siguiente entradas/minuta.xlsx\n"
    "generar siguiente entradas/minuta.xlsx --tipo extraordinaria --fecha 20/03/2018",
    options_metavar="[OPCIONES]",
)
@click.argument("libro", type=ARCHIVO, help="El de la última sesión; no se toca.")
@click.argument("ruta", type=ARCHIVO, required=False, help="Dónde se guarda; por omisión, junto al otro.")
@click.option(
    "--tipo",
    type=Opcion(TIPOS_DE_SESION),
    metavar="TIPO",
    default="Ordinaria",
    help="Ordinaria, si no se dice otra cosa; o extraordinaria, especial o solemne.",
)
@click.option("--fecha", type=Fecha(), metavar="FECHA", help="Cuándo será, como 20/03/2018.")
@click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas.")
def siguiente(libro: Path, ruta: Path | None, tipo: str, fecha: date | None, en_json: bool) -> Informe:
    """Crea el libro y dice con qué orden seguir."""
    from generador import flujo

    try:
        hecho = flujo.siguiente(libro, ruta, tipo, fecha)
    except ErrorDeGenerador as error:
        return traducir(error, libro)
    return Informe(
        documento=hecho.documento,
        salida=hecho.documento.parent,
        libro=hecho.documento.name,
        hallazgos=hecho.avisos,
        nota=f"Después de la sesión, llénelo en Excel y escriba:\ngenerar minuta {entre_comillas(hecho.documento)}",
    )  # fmt: skip


@click.command(
    cls=Orden,
    help=CATALOGO["seguimiento"].resumen,
    epilog="generar seguimiento\ngenerar seguimiento entradas/2018 --corte 30/06/2018 --area informática\n"
    "generar seguimiento entradas --balance",
    options_metavar="[OPCIONES]",
)
@click.argument(
    "libros",
    type=ARCHIVO,
    nargs=-1,
    metavar="[LIBRO]…",
    help="Libros de sesión, o carpetas con ellos; por omisión, entradas/.",
)
@click.option("--corte", type=Fecha(), metavar="FECHA", help="A qué fecha se informa; por omisión, hoy.")
@click.option(
    "--desde", type=Fecha(), metavar="FECHA", help="El corte del informe anterior; por omisión, la penúltima sesión."
)
@click.option("--area", metavar="NOMBRE", default="", help="Sólo los acuerdos de esa área.")
@click.option("--balance", is_flag=True, help="El balance de todos los años: sesiones, asistencia y acuerdos.")
@con_salida
def seguimiento(
    libros: tuple[Path, ...],
    corte: date | None,
    desde: date | None,
    area: str,
    balance: bool,
    salida: Path,
    plantilla: Path | None,
    abrir: bool,
    en_json: bool,
    correcciones: str,
) -> Informe:
    """Reúne los libros, dice lo que no cuadre entre ellos y escribe un solo informe."""
    from generador import flujo

    tipo = "balance" if balance else "seguimiento"
    try:
        hecho = flujo.generar_de_varios(
            tipo,
            libros or (ENTRADAS,),
            salida,
            plantilla,
            corte=corte,
            anterior=desde,
            area=area,
            correcciones=flujo.Correcciones[correcciones],
        )
    except ErrorDeGenerador as error:
        return traducir(error, salida=salida)
    informe = Informe(documento=hecho.documento, salida=salida, hallazgos=hecho.avisos, nota=hecho.nota)
    return abrir_si(abrir, informe)
