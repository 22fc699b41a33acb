"""De qué se hacen las órdenes: su ayuda, los valores que admiten, sus opciones comunes y la elección del libro."""

import sys
from collections import UserDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar, cast

from generador.castellano import enumerar
from generador.catalogo import Entrada
from generador.consola.clic import click
from generador.consola.errores import OrdenIncompleta, entre_comillas, quiso_decir
from generador.consola.respuesta import Informe
from generador.consola.terminal import codificacion_de, legible, mostrar
from generador.hallazgos import OrdenImposible

ENTRADAS = Path("entradas")
SALIDAS = Path("salidas")
FUNDIR = "FUNDIR"  # qué se hace con lo corregido en Word, si no se pide otra cosa
LIBROS_DE_CALCULO = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods")
MAX_NOMBRES = 6  # los archivos que se nombran de una carpeta
_DE_OTRA_CLASE = (*LIBROS_DE_CALCULO, ".csv", ".docx", ".doc", ".docm", ".dot", ".dotx", ".odt", ".rtf", ".txt", ".pdf")
ARCHIVO = click.Path(path_type=Path, readable=False)  # si existe y sirve, lo dice quien lo abre

_Funcion = TypeVar("_Funcion", bound=Callable[..., Any])


class Orden(click.Command):
    """Una orden cuya ayuda se lee en cualquier consola."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Los argumentos sin consumir. Todo UsageError sabe de qué orden es, para decir cómo se usa."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def get_help(self, ctx: click.Context) -> str:
        """La ayuda, con las letras que la consola tiene."""
        return legible(super().get_help(ctx), codificacion_de(sys.stdout))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Los ejemplos, uno por renglón."""
        if self.epilog:
            with formatter.section("Ejemplos"):
                formatter.write_text(f"\b\n{self.epilog.rstrip()}")


class AlPedirlas(UserDict[str, Any]):
    """Órdenes por su nombre; la que se da como función se arma al pedirla: ninguna carga los módulos de las demás."""

    def __getitem__(self, nombre: str) -> click.Command:
        """La orden. Levanta KeyError si no existe."""
        orden = super().__getitem__(nombre)
        if not isinstance(orden, click.Command):
            orden = self[nombre] = orden()
        return cast(click.Command, orden)


def tardia(modulo: str, nombre: str) -> Callable[[], click.Command]:
    """Cómo se obtiene la orden de ese nombre de un módulo de `consola`, sin cargarlo todavía."""
    return lambda: cast(click.Command, getattr(import_module(f"generador.consola.{modulo}"), nombre))


class Ordenes(Orden, click.Group):
    """Las órdenes, en el orden en que se usan y no en el alfabético."""

    de_un_libro: Callable[[], click.Command] | None = None  # la que se corre si se escribe un libro y no una orden

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Sus nombres."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """La orden que se pidió y sus argumentos; de un libro a solas, la que lo reconoce."""
        es_orden = args[0].lower() in self.commands
        if self.de_un_libro is not None and not es_orden and _parece_una_ruta(args[0]):
            orden = self.de_un_libro()
            return orden.name, orden, args
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Los argumentos sin consumir; sin ninguno, la ayuda, si de eso se trata."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            click.echo(ctx.get_help(), color=ctx.color)
            ctx.exit()
        return super().parse_args(ctx, args)


def _parece_una_ruta(palabra: str) -> bool:
    ruta = Path(palabra)
    with suppress(OSError, ValueError):
        if ruta.exists():
            return True
    return ruta.suffix.lower() in LIBROS_DE_CALCULO or (len(ruta.parts) > 1 and not palabra.startswith("-"))


class Tipo(click.Choice[str]):
    """Un nombre del catálogo."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """El nombre tal como está en el catálogo. Levanta UsageError si no está."""
        with suppress(click.BadParameter):
            return super().convert(value, param, ctx)
        cercanos = get_close_matches(str(value).lower(), self.choices)
        sugerencia = quiso_decir(cercanos) or f" {self.get_missing_message(None, ctx)}"
        raise click.UsageError(f"No hay documentos de tipo «{value}».{sugerencia}", ctx)

    def get_missing_message(self, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``"Los tipos que hay: minuta, oficio."``."""
        return f"Los tipos que hay: {', '.join(self.choices)}."


class Opcion(click.Choice[str]):
    """Una de varias opciones, en mayúsculas o minúsculas."""

    def __init__(self, opciones: Sequence[str]) -> None:
        super().__init__(opciones, case_sensitive=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """La opción como está declarada. Levanta UsageError si no es ninguna."""
        with suppress(click.BadParameter):
            return super().convert(value, param, ctx)
        opcion = param.opts[0] if param else "la opción"
        cercanas = quiso_decir(get_close_matches(str(value).lower(), [o.lower() for o in self.choices]))
        raise click.UsageError(
            f"«{value}» no es un valor de {opcion}.{cercanas or f' Los que hay: {enumerar(self.choices)}.'}", ctx
        )


class Fecha(click.ParamType[date]):
    """Una fecha como se escribe aquí: día, mes, año."""

    name = "FECHA"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """``"30/06/2018"``, ``"30-06-2018"`` o ``"2018-06-30"``. Levanta UsageError si no es una fecha."""
        if isinstance(value, date):
            return value
        partes = str(value).replace("-", "/").split("/")
        with suppress(ValueError, TypeError):
            dia, mes, ano = map(int, reversed(partes) if len(partes[0]) == 4 else partes)
            if ano > 999:
                return date(ano, mes, dia)
        opcion = param.opts[0] if param else "La fecha"
        raise click.UsageError(f"«{value}» no es una fecha para {opcion}. Escríbala como 30/06/2018.", ctx)


def con_extension(ruta: Path, extension: str) -> Path:
    """``"minuta propia"`` → ``"minuta propia.docx"``. Levanta OrdenImposible si la suya es de otra clase de archivo."""
    suya = ruta.suffix.lower()
    if suya == extension:
        return ruta
    if suya not in _DE_OTRA_CLASE:  # «oficio v1.2» no tiene extensión, aunque lo parezca
        return ruta.with_name(f"{ruta.name}{extension}")
    programa = "Word" if extension == ".docx" else "Excel"
    raise OrdenImposible(
        f"«{ruta.name}» termina en «{ruta.suffix}», y lo que se escribe es de {programa}: «{extension}». "
        f"Escriba «{ruta.with_suffix(extension).name}»."
    )


# ── Opciones comunes ───────────────────────────────────────────────────────────────────────────


def _una_sola(_: click.Context, __: click.Parameter, pedidas: str | tuple[str, ...]) -> str:
    """Lo que se hará con lo corregido. Levanta UsageError si se pidieron dos cosas."""
    if isinstance(pedidas, str):  # ya pasó por la otra opción
        return pedidas
    if len(set(pedidas)) > 1:
        raise click.UsageError("«--reemplazar» y «--sin-marcas» no van juntas: elija una.")
    return pedidas[0] if pedidas else FUNDIR


def con_salida(orden: _Funcion) -> _Funcion:
    """Agrega las opciones de toda orden que escribe un documento."""
    for opcion in (
        click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas."),
        click.option(
            "--reemplazar", "correcciones", flag_value="REEMPLAZAR", multiple=True, callback=_una_sola,
            help="Hace de nuevo lo que alguien corrigió en Word, y lo corregido queda en una copia.",
        ),
        click.option(
            "--sin-marcas", "correcciones", flag_value="SIN_MARCAS", multiple=True, callback=_una_sola,
            help="A lo corregido en Word, los datos nuevos le entran ya aceptados.",
        ),
        click.option("--abrir", is_flag=True, help="Abre el documento al terminar."),
        click.option(
            "--plantilla", type=ARCHIVO, metavar="RUTA", help="Una plantilla de Word en lugar de la acostumbrada."
        ),
        click.option(
            "--salida", type=ARCHIVO, metavar="CARPETA", default=SALIDAS,
            help="Dónde se escribe; por omisión, en salidas/.",
        ),
    ):  # fmt: skip
        orden = opcion(orden)
    return orden


def abrir_si(abrir: bool, informe: Informe) -> Informe:
    """Muestra lo escrito, si se pidió: que no se abra no es un error."""
    a_la_vista = informe.salida if informe.lote else informe.documento
    if abrir and a_la_vista:
        with suppress(OSError):
            click.launch(str(a_la_vista))
    return informe


def lo_no_leido(rutas: Sequence[Path]) -> str:
    """Qué hacer con lo que hay en una carpeta y no es .xlsx; vacío si no hay nada."""
    if not rutas:
        return ""
    nombres = [f"«{ruta.name}»" for ruta in rutas[:MAX_NOMBRES]]
    otros = [f"otros {len(rutas) - MAX_NOMBRES}"] if len(rutas) > MAX_NOMBRES else []
    if len(rutas) == 1:
        return f"No se leyó {nombres[0]}: si es un libro, ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)»."
    return (
        f"No se leyeron {enumerar([*nombres, *otros])}: los que sean libros, ábralos en Excel y guárdelos como "
        "«Libro de Excel (.xlsx)»."
    )


# ── De qué libro ───────────────────────────────────────────────────────────────────────────────


def el_libro(entrada: Entrada, libro: Path | None, en_silencio: bool) -> Path:
    """El que se dijo o, si es una carpeta, el que haya en ella; sin decirlo, el de ``entradas/``.

    Si hay varios, el que la persona diga. Levanta OrdenIncompleta como `elegir`.
    """
    from generador import flujo

    if libro is not None and not libro.is_dir():
        return libro
    carpeta = libro or ENTRADAS
    libros = flujo.candidatos(entrada.nombre, carpeta)
    return elegir(entrada, libros, not en_silencio and hay_quien_conteste(), carpeta)


def con_la_copia(informe: Informe, pedido: Path | None, elegido: Path, orden: str) -> Informe:
    """El informe y, si el libro se eligió solo, la copia anotada que no se usó y es más nueva que él."""
    from generador import flujo

    se_dijo_cual = pedido is not None and not pedido.is_dir()
    copia = None if se_dijo_cual else flujo.copia_mas_nueva(elegido)
    if copia is None:
        return informe
    frase = (
        f"Se usó «{elegido.name}», y no «{copia.name}», que es más nueva.\nSi ya la corrigió, escriba:\n"
        f"{orden} {entre_comillas(copia)}"
    )
    pie = "" if informe.documento or informe.lote else frase
    return replace(informe, nota="\n".join(filter(None, [informe.nota, frase])), pie=pie or informe.pie)


def elegir(entrada: Entrada, libros: Sequence[Path], preguntando: bool, carpeta: Path = ENTRADAS) -> Path:
    """El libro, si es uno; si son varios, el que la persona diga.

    Levanta OrdenIncompleta si no hay ninguno, o si hay varios y no se puede preguntar.
    """
    match libros:
        case []:
            raise OrdenIncompleta(
                f"En «{carpeta}» no hay ningún libro para {entrada.sustantivo}. "
                f"Cree uno con esta orden:\ngenerar nuevo {entrada.nombre}"
            )
        case [unico]:
            return unico
        case _ if preguntando:
            return preguntar(libros)
        case _:
            lista = "\n".join(map(str, libros))
            raise OrdenIncompleta(
                f"Hay {len(libros)} libros para {entrada.sustantivo}; diga cuál en la orden:\n{lista}"
            )


def hay_quien_conteste() -> bool:
    """Si hay una persona ante la terminal."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def preguntar(libros: Sequence[Path]) -> Path:
    """El libro que la persona elija en un menú numerado."""
    por_nombre = {str(libro): libro for libro in libros}
    return por_nombre[preguntar_cual("¿De qué libro?", list(por_nombre))]


def preguntar_cual(pregunta: str, opciones: Sequence[str]) -> str:
    """La opción que la persona elija en un menú numerado; insiste hasta que elija."""
    numeradas = {str(numero): opcion for numero, opcion in enumerate(opciones, 1)}

    def elegida(respuesta: str) -> str:
        if respuesta.strip() not in numeradas:
            raise click.UsageError(f"escriba un número del 1 al {len(opciones)}.")
        return numeradas[respuesta.strip()]

    menu = "\n".join(f"  {numero:>2}  {opcion}" for numero, opcion in numeradas.items())
    mostrar(f"{pregunta}\n\n{menu}\n", sys.stderr)
    respuesta: str = click.prompt("Número", value_proc=elegida, err=True)
    return respuesta
