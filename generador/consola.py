"""La orden ``generar``: lo que se le escribe, lo que contesta y con qué código termina.

Códigos: 0 hecho, 1 el libro tiene errores, 2 la orden está mal escrita, 3 la plantilla no sirve,
4 un archivo falta o está ocupado, 5 defecto nuestro, 130 cancelado.
"""

import errno
import gc
import io
import json
import os
import shutil
import sys
import textwrap
import traceback
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import chain, count
from pathlib import Path
from typing import Any, TextIO

from generador.catalogo import CATALOGO, Entrada
from generador.celdas import en_un_renglon, sin_formato
from generador.click_en_espanol import en_espanol
from generador.hallazgos import ErrorDeGenerador, Hallazgo, LibroConHallazgos

with en_espanol():
    import click
    import click._termui_impl  # click carga éste y el siguiente cuando hacen falta: ya sería tarde
    import click.shell_completion

ENTRADAS = Path("entradas")
SALIDAS = Path("salidas")
TOPE = 20  # hallazgos que se muestran; en --json van todos
ANCHO_MAXIMO = 100  # columnas: un renglón más largo se lee mal
ANCHO_MINIMO = 24  # columnas para el mensaje, por angosta que sea la terminal
ORDEN_MAL_ESCRITA = 2
DEFECTO = 5
TUBERIA_CERRADA = (errno.EPIPE, errno.EINVAL)  # en Windows se dice EINVAL
CANCELADO = 130  # lo que devuelve cualquier orden interrumpida con Ctrl+C


class OrdenIncompleta(ErrorDeGenerador):
    """Falta decir algo en la orden y no se puede preguntar."""

    codigo_de_salida = ORDEN_MAL_ESCRITA


@dataclass(frozen=True, kw_only=True)
class Informe:
    """Lo que la orden contesta, en texto o en JSON.

    ``documento`` es None si no se escribió; ``salida``, si no se sabe dónde iba a escribirse. ``lote`` trae los
    documentos de una orden que hace muchos; None, si no es de ésas. ``libro`` vacío: los hallazgos no son de un
    libro. ``nota`` sigue al documento; ``pie``, a los errores.
    """

    codigo: int = 0
    documento: Path | None = None
    lote: tuple[Path, ...] | None = None
    salida: Path | None = None
    libro: str = ""
    hallazgos: tuple[Hallazgo, ...] = ()
    nota: str = ""
    pie: str = ""


# ── Lo que se contesta ─────────────────────────────────────────────────────────────────────────


def presentar(hallazgos: Sequence[Hallazgo], libro: str, ancho: int, color: bool = False) -> str:
    """Los hallazgos alineados por lugar, los errores primero y hasta ``TOPE``.

    Con ``libro``, los encabeza la cuenta: ``"1 error y 2 avisos en «minuta.xlsx»:"``.
    """
    if not hallazgos:
        return ""
    ordenados = sorted(hallazgos, key=lambda hallazgo: not hallazgo.es_error)
    visibles, demas = ordenados[:TOPE], len(ordenados) - TOPE
    encabezado = [_pintar(f"{contar(hallazgos)} en «{libro}»:", color, bold=True)] if libro else []
    margen = "  " if libro else ""
    sangria = _sangria((hallazgo.lugar for hallazgo in visibles), ancho)
    renglones = [
        margen + renglon
        for hallazgo in visibles
        for renglon in _renglones(hallazgo, sangria, ancho - len(margen), color)
    ]
    final = [f"{margen}… y {demas} más. Con --json se ven todos."] if demas > 0 else []
    return "\n".join([*encabezado, *renglones, *final])


def contar(hallazgos: Iterable[Hallazgo]) -> str:
    """``"3 errores y 1 aviso"``; lo que no hay, no se nombra."""
    gravedades = [hallazgo.es_error for hallazgo in hallazgos]
    cuentas = (
        (gravedades.count(True), "error", "errores"),
        (gravedades.count(False), "aviso", "avisos"),
    )
    return " y ".join(f"{n} {uno if n == 1 else varios}" for n, uno, varios in cuentas if n)


def _sangria(lugares: Iterable[str], ancho: int) -> int:
    """La columna de los mensajes: tras el lugar más largo de los que caben en un tercio del ancho."""
    return 4 + max((len(lugar) for lugar in lugares if len(lugar) <= ancho // 3), default=0)


def _renglones(hallazgo: Hallazgo, sangria: int, ancho: int, color: bool) -> Iterator[str]:
    """Marca, lugar y mensaje; el lugar que no cabe va solo en su renglón, y sin lugar no hay columna."""
    marca, tinta = ("✗", "red") if hallazgo.es_error else ("!", "yellow")
    cabeza = f"{marca} {hallazgo.lugar}".strip()
    columna = sangria if hallazgo.lugar else 2
    mensaje = ajustar(f"{hallazgo.problema} {hallazgo.remedio}", ancho - columna)
    if len(cabeza) >= columna:
        mensaje.insert(0, "")
    yield f"{_pintar(cabeza, color, fg=tinta)}{' ' * (columna - len(cabeza))}{mensaje[0]}"
    yield from (" " * columna + renglon for renglon in mensaje[1:])


def ajustar(texto: str, ancho: int) -> list[str]:
    """El texto en renglones de a lo sumo ``ancho`` letras, sin partir rutas ni ligas."""
    ancho = max(ancho, ANCHO_MINIMO)
    parrafos = (en_un_renglon(parrafo) for parrafo in texto.splitlines())
    return [
        renglon
        for parrafo in parrafos
        for renglon in textwrap.wrap(parrafo, ancho, break_long_words=False, break_on_hyphens=False)
    ]


def _pintar(texto: str, color: bool, **estilo: Any) -> str:
    return click.style(texto, **estilo) if color else texto


def lo_hecho(informe: Informe, ancho: int, color: bool = False) -> str:
    """``"✓ salidas/Minuta.docx"`` o ``"✓ 998 documentos en salidas"`` y, debajo, la nota; vacío si no hay ninguno."""
    escrito = _cuantos(informe.lote, informe.salida) if informe.lote else informe.documento
    if escrito is None:
        return ""
    nota = (f"  {renglon}" for renglon in ajustar(informe.nota, ancho - 2))
    return "\n".join([f"{_pintar('✓', color, fg='green')} {escrito}", *nota])


def _cuantos(lote: Sequence[Path], salida: Path | None) -> str:
    return str(lote[0]) if len(lote) == 1 else f"{len(lote):,} documentos en {salida}"


def lo_que_falta(informe: Informe, ancho: int, color: bool = False) -> str:
    """Los errores y los avisos, y al final el pie; vacío si no hay nada que decir."""
    partes = presentar(informe.hallazgos, informe.libro, ancho, color), informe.pie
    return "\n\n".join(filter(None, partes))


def a_json(informe: Informe, ascii: bool = False) -> str:
    """El informe para otro programa; con ``ascii``, las letras que no lo son van escapadas."""
    ficha = {
        "documento": informe.documento and str(informe.documento),
        **({} if informe.lote is None else {"documentos": [str(ruta) for ruta in informe.lote]}),
        "salida": informe.salida and str(informe.salida),
        "nota": informe.nota,
        "errores": [_en_ficha(hallazgo) for hallazgo in informe.hallazgos if hallazgo.es_error],
        "avisos": [_en_ficha(hallazgo) for hallazgo in informe.hallazgos if not hallazgo.es_error],
    }
    return json.dumps(ficha, ensure_ascii=ascii, indent=2)


def _en_ficha(hallazgo: Hallazgo) -> dict[str, str]:
    return {
        "hoja": hallazgo.hoja,
        "celda": hallazgo.celda,
        "campo": hallazgo.campo,
        "valor": sin_formato(hallazgo.valor),
        "codigo": hallazgo.codigo,
        "mensaje": sin_formato(hallazgo.problema),
        "remedio": sin_formato(hallazgo.remedio),
    }


# ── Los errores: su traducción está sólo aquí ──────────────────────────────────────────────────


def traducir(error: BaseException, libro: Path | None = None, salida: Path | None = None) -> Informe:
    """Lo que se contesta a un error, con su código de salida."""
    match error:
        case LibroConHallazgos():
            nombre = libro.name if libro else "el libro"
            return Informe(codigo=error.codigo_de_salida, salida=salida, libro=nombre, hallazgos=error.hallazgos)
        case ErrorDeGenerador():
            return Informe(codigo=error.codigo_de_salida, salida=salida, hallazgos=_suelto(str(error)))
        case click.ClickException():
            return Informe(codigo=ORDEN_MAL_ESCRITA, hallazgos=_suelto(frase_de(error)), pie=_como_se_usa(error))
        case click.Abort() | KeyboardInterrupt():
            return Informe(codigo=CANCELADO, pie="Cancelado.")
        case _:
            return _defecto(error)


def _suelto(problema: str, remedio: str = "", valor: str = "") -> tuple[Hallazgo]:
    """Un error que no es de ninguna celda."""
    return (Hallazgo(problema=problema, remedio=remedio, valor=valor),)


def frase_de(error: click.ClickException) -> str:
    """Qué está mal en la orden, entero: ``"No existe la orden «minuto». ¿Quiso decir «minuta»?"``."""
    match error:
        case click.NoSuchCommand(command_name=str() as escrito) if escrito.lower().endswith(".xlsx"):
            ordenes = " o ".join(f"«generar {tipo} {_entre_comillas(Path(escrito))}»" for tipo in CATALOGO)
            return f"Falta decir qué documento se hace con «{escrito}». Escriba {ordenes}."
        case click.NoSuchCommand() | click.NoSuchOption():
            return error.message + _quiso_decir(error.possibilities or ())
        case click.MissingParameter(param=click.Parameter() as dato):
            aclaracion = dato.type.get_missing_message(dato, error.ctx) or ""
            return f"Falta «{dato.human_readable_name}». {aclaracion}".strip()
        case _:
            return error.format_message()


def _quiso_decir(cercanas: Iterable[str]) -> str:
    """``["minuta"]`` → ``" ¿Quiso decir «minuta»?"``; sin cercanas, vacío."""
    nombres = " o ".join(f"«{nombre}»" for nombre in cercanas)
    return f" ¿Quiso decir {nombres}?" if nombres else ""


def _como_se_usa(error: click.ClickException) -> str:
    contexto = getattr(error, "ctx", None)
    if contexto is None:
        return ""
    return f"{contexto.get_usage()}\nEscriba «{contexto.command_path} --ayuda» para saber más."


def _defecto(error: BaseException) -> Informe:
    """La traza no asusta a nadie: va a un archivo, salvo que ``GENERAR_TRAZA=1`` la pida."""
    traza = "".join(traceback.format_exception(error))
    archivo = _guardar(traza)
    remedio = "Repita la orden; si vuelve a pasar, mande a quien le da soporte el archivo con el detalle."
    pie = traza.rstrip() if os.environ.get("GENERAR_TRAZA") == "1" or not archivo else f"Detalle: {archivo}"
    problema = "Esto es un defecto de generar, no suyo."
    return Informe(codigo=DEFECTO, hallazgos=_suelto(problema, remedio, archivo), pie=pie)


def _guardar(traza: str) -> str:
    """La ruta del archivo donde quedó la traza; vacía si no hubo dónde."""
    import platform
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", errors="replace", prefix="generar-", suffix=".txt", delete=False
        ) as archivo:
            archivo.write(f"Python {sys.version}\n{platform.platform()}\n\n{traza}")
    except OSError:
        return ""
    return archivo.name


# ── La terminal ────────────────────────────────────────────────────────────────────────────────

EQUIVALENTES: Mapping[str, str] = {
    "✓": "OK",
    "✗": "x",
    "→": "->",
    "…": "...",
    "–": "-",
    "—": "-",
    "«": '"',
    "»": '"',
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "¿": "",
    "¡": "",
}


def legible(texto: str, codificacion: str) -> str:
    """El texto con lo que esa consola sabe escribir: en ascii, ``"✓ año"`` → ``"OK ano"``."""
    if _cabe(texto, codificacion):
        return texto
    return "".join(letra if _cabe(letra, codificacion) else _equivalente(letra) for letra in texto)


def _equivalente(letra: str) -> str:
    base = unicodedata.normalize("NFKD", letra).encode("ascii", "ignore").decode()
    return EQUIVALENTES.get(letra, base or "?")


def _cabe(texto: str, codificacion: str) -> bool:
    try:
        texto.encode(codificacion)
    except UnicodeEncodeError:
        return False
    return True


def _escribir(texto: str, corriente: TextIO) -> None:
    """Con ``file=``, click no cambia la codificación que la consola dijo tener."""
    if texto:
        click.echo(legible(texto, _codificacion(corriente)), file=corriente, color=_con_color(corriente))


def _codificacion(corriente: TextIO) -> str:
    return getattr(corriente, "encoding", None) or "utf-8"


def _con_color(corriente: TextIO) -> bool:
    """Sólo en una terminal que los muestre, y si nadie pidió lo contrario (https://no-color.org)."""
    return corriente.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _ancho() -> int:
    return min(shutil.get_terminal_size().columns, ANCHO_MAXIMO)


def _preparar_la_terminal() -> None:
    """Ninguna letra hace fallar la orden, por antigua que sea la consola."""
    for corriente in (sys.stdout, sys.stderr):
        if isinstance(corriente, io.TextIOWrapper):
            corriente.reconfigure(errors="replace")
    if os.name == "nt" and _con_color(sys.stderr):
        os.system("")  # así enciende los colores la consola de Windows


def decir(informe: Informe, en_json: bool) -> None:
    """Lo hecho va a la salida; errores y avisos, aparte. En JSON, la salida es sólo el JSON."""
    if en_json:
        es_utf8 = _codificacion(sys.stdout).lower().replace("-", "") == "utf8"
        _escribir(a_json(informe, ascii=not es_utf8), sys.stdout)
        _escribir(informe.pie, sys.stderr)
        return
    _escribir(lo_hecho(informe, _ancho(), _con_color(sys.stdout)), sys.stdout)
    _escribir(lo_que_falta(informe, _ancho(), _con_color(sys.stderr)), sys.stderr)


# ── Las órdenes ────────────────────────────────────────────────────────────────────────────────


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
        return legible(super().get_help(ctx), _codificacion(sys.stdout))

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Los ejemplos, uno por renglón."""
        if self.epilog:
            with formatter.section("Ejemplos"):
                formatter.write_text(f"\b\n{self.epilog.rstrip()}")


class Ordenes(Orden, click.Group):
    """Las órdenes, en el orden en que se usan y no en el alfabético."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Sus nombres."""
        return list(self.commands)


class Tipo(click.Choice[str]):
    """Un nombre del catálogo."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """El nombre tal como está en el catálogo. Levanta UsageError si no está."""
        with suppress(click.BadParameter):
            return super().convert(value, param, ctx)
        cercanos = get_close_matches(str(value).lower(), self.choices)
        sugerencia = _quiso_decir(cercanos) or f" {self.get_missing_message(None, ctx)}"
        raise click.UsageError(f"No hay documentos de tipo «{value}».{sugerencia}", ctx)

    def get_missing_message(self, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``"Los tipos que hay: minuta, oficio."``."""
        return f"Los tipos que hay: {', '.join(self.choices)}."


EJEMPLOS = """\
generar nuevo minuta
generar minuta entradas/ejemplos/minuta.xlsx
"""
ARCHIVO = click.Path(path_type=Path, readable=False)  # si existe y sirve, lo dice quien lo abre


@click.group(
    cls=Ordenes,
    help="Documentos de Word, listos para firmar, a partir de un libro de Excel.",
    epilog=EJEMPLOS,
    invoke_without_command=True,
    options_metavar="[OPCIONES]",
    subcommand_metavar="ORDEN [ARGUMENTOS]…",
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
    "tipo", type=Tipo(tuple(CATALOGO)), metavar="TIPO", help=f"El documento que saldrá de él: {', '.join(CATALOGO)}."
)
@click.argument("ruta", type=ARCHIVO, required=False, help="Dónde se guarda; por omisión, en entradas/.")
@click.option("--ejemplo", is_flag=True, help="Lleno con un ejemplo, para ver cómo se escribe.")
def nuevo(tipo: str, ruta: Path | None, ejemplo: bool) -> Informe:
    """Crea el libro y dice con qué orden seguir."""
    from generador import flujo

    creado = flujo.nuevo(tipo, ruta_del_nuevo(tipo, ruta), ejemplo=ejemplo)
    que_hacer = "Mírelo en Excel y escriba:" if ejemplo else "Llénelo en Excel, guárdelo y escriba:"
    return Informe(
        documento=creado, salida=creado.parent, nota=f"{que_hacer}\ngenerar {tipo} {_entre_comillas(creado)}"
    )


def ruta_del_nuevo(tipo: str, ruta: Path | None) -> Path:
    """``None`` → ``entradas/minuta.xlsx``, o ``entradas/minuta 2.xlsx`` si ése ya existe.

    Si es una carpeta, el libro va dentro con ese nombre; a lo demás se le completa el ``.xlsx``.
    """
    if ruta is None or ruta.is_dir():
        nombres = chain([f"{tipo}.xlsx"], (f"{tipo} {numero}.xlsx" for numero in count(2)))
        libros = ((ruta or ENTRADAS) / nombre for nombre in nombres)
        return next(libro for libro in libros if not libro.exists())
    if ruta.suffix.lower() in (".xls", ".xlsm", ".xlsb", ".ods"):
        return ruta.with_suffix(".xlsx")
    return ruta if ruta.suffix.lower() == ".xlsx" else ruta.with_name(f"{ruta.name}.xlsx")


def _entre_comillas(ruta: Path) -> str:
    return f'"{ruta}"' if " " in str(ruta) else str(ruta)


def _orden_de(entrada: Entrada) -> click.Command:
    """``generar minuta``, ``generar oficio``…: la misma orden para cada documento del catálogo."""

    @click.command(
        entrada.nombre,
        cls=Orden,
        help=entrada.resumen,
        epilog=f"generar {entrada.nombre}\ngenerar {entrada.nombre} entradas/octubre.xlsx --abrir",
        options_metavar="[OPCIONES]",
    )
    @click.argument(
        "libro", type=ARCHIVO, required=False, help="El libro de Excel; por omisión, el que haya en entradas/."
    )
    @click.option(
        "--salida", type=ARCHIVO, metavar="CARPETA", default=SALIDAS, help="Dónde se escribe; por omisión, en salidas/."
    )
    @click.option(
        "--plantilla", type=ARCHIVO, metavar="RUTA", help="Una plantilla de Word en lugar de la acostumbrada."
    )
    @click.option("--abrir", is_flag=True, help="Abre el documento al terminar.")
    @click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas.")
    def orden(
        libro: Path | None,
        salida: Path,
        plantilla: Path | None,
        abrir: bool,
        en_json: bool,
        cada_renglon: bool = False,
    ) -> Informe:
        hacer = _generar_lote if cada_renglon else _generar
        informe = hacer(entrada, libro, salida, plantilla, en_silencio=en_json)
        a_la_vista = informe.salida if informe.lote else informe.documento
        if abrir and a_la_vista:
            with suppress(OSError):  # el documento ya está escrito: que no se abra no es un error
                click.launch(str(a_la_vista))
        return informe

    if entrada.por_renglon:
        de_cada = f"Uno por cada renglón de «{entrada.por_renglon}», en lugar de uno para todos."
        click.option("--cada-renglon", is_flag=True, help=de_cada)(orden)
        orden.epilog = f"{orden.epilog}\ngenerar {entrada.nombre} --cada-renglon"
    return orden


def _generar(
    entrada: Entrada, libro: Path | None, salida: Path, plantilla: Path | None, *, en_silencio: bool
) -> Informe:
    from generador import flujo

    libro = libro or _el_libro(entrada, en_silencio)
    try:
        resultado = flujo.generar(entrada.nombre, libro, salida, plantilla)
    except ErrorDeGenerador as error:
        return traducir(error, libro, salida)
    return Informe(
        documento=resultado.documento,
        salida=salida,
        libro=libro.name,
        hallazgos=resultado.avisos,
        nota=resultado.nota,
    )


def _generar_lote(
    entrada: Entrada, libro: Path | None, salida: Path, plantilla: Path | None, *, en_silencio: bool
) -> Informe:
    """Un documento por renglón, con su avance en la terminal; al final, cuántos sí, cuáles no y por qué."""
    from generador import flujo

    libro = libro or _el_libro(entrada, en_silencio)
    try:
        lote = flujo.generar_lote(entrada.nombre, libro, salida, plantilla)
    except ErrorDeGenerador as error:
        return traducir(error, libro, salida)
    escritos: list[Path] = []
    hallazgos: list[Hallazgo] = []
    fallidos = respetados = 0
    for intento in _con_avance(lote.intentos, lote.total, en_silencio):
        escritos += [intento.documento] if intento.documento else []
        fallidos += intento.documento is None
        respetados += intento.respetado
        hallazgos += intento.hallazgos
    return Informe(
        codigo=1 if fallidos else 0,
        lote=tuple(escritos),
        salida=salida,
        libro=libro.name,
        hallazgos=(*hallazgos, *lote.avisos),
        nota=_respetados(respetados),
        pie=_fallidos(fallidos, lote.total),
    )


def _con_avance(intentos: Iterator[Any], total: int, en_silencio: bool) -> Iterator[Any]:
    """Los intentos, mostrando cuántos van si alguien está mirando la terminal."""
    if en_silencio or not sys.stderr.isatty():
        yield from intentos
        return
    with click.progressbar(intentos, length=total, label="Escribiendo", file=sys.stderr, show_pos=True) as avance:
        yield from avance


def _respetados(cuantos: int) -> str:
    if not cuantos:
        return ""
    cuales = "uno ya existía y alguien lo cambió" if cuantos == 1 else f"{cuantos} ya existían y alguien los cambió"
    return f"De ellos, {cuales}: no se tocó lo cambiado; lo nuevo lleva «(2)» en su nombre."


def _fallidos(cuantos: int, total: int) -> str:
    if not cuantos:
        return ""
    uno = "1 renglón no dio" if cuantos == 1 else f"{cuantos:,} renglones no dieron"
    return f"{uno} documento, de {total:,}. Corrija y repita la orden: los demás no cambian."


def _el_libro(entrada: Entrada, en_silencio: bool) -> Path:
    from generador import flujo

    libros = flujo.candidatos(entrada.nombre, ENTRADAS)
    return elegir(entrada, libros, not en_silencio and _hay_quien_conteste())


def elegir(entrada: Entrada, libros: Sequence[Path], preguntando: bool) -> Path:
    """El libro, si es uno; si son varios, el que la persona diga.

    Levanta OrdenIncompleta si no hay ninguno, o si hay varios y no se puede preguntar.
    """
    match libros:
        case []:
            raise OrdenIncompleta(
                f"En «{ENTRADAS}» no hay ningún libro para {entrada.sustantivo}. "
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


def _hay_quien_conteste() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def preguntar(libros: Sequence[Path]) -> Path:
    """El libro que la persona elija en un menú numerado; insiste hasta que elija."""
    numerados = {str(numero): libro for numero, libro in enumerate(libros, 1)}

    def elegido(respuesta: str) -> Path:
        if respuesta.strip() not in numerados:
            raise click.UsageError(f"escriba un número del 1 al {len(libros)}.")
        return numerados[respuesta.strip()]

    menu = "\n".join(f"  {numero:>2}  {libro}" for numero, libro in numerados.items())
    _escribir(f"¿De qué libro?\n\n{menu}\n", sys.stderr)
    libro: Path = click.prompt("Número", value_proc=elegido, err=True)
    return libro


for _entrada in CATALOGO.values():
    generar.add_command(_orden_de(_entrada))


# ── La entrada ─────────────────────────────────────────────────────────────────────────────────


def de_la_terminal() -> int:
    """`principal` en un proceso propio y breve, donde buscar basura a cada rato cuesta un cuarto del tiempo."""
    gc.set_threshold(100_000)
    codigo = principal()
    gc.freeze()  # tampoco al salir: todo se suelta de una vez
    return codigo


def principal(argumentos: Sequence[str] | None = None) -> int:
    """Corre la orden y devuelve su código de salida. Sin ``argumentos``, los de la terminal."""
    _preparar_la_terminal()
    # Siempre explícitos: si los tomara click, en Windows cambiaría los «~», «$» y «[1]» de un nombre.
    palabras = list(sys.argv[1:] if argumentos is None else argumentos)
    try:
        informe = generar.main(palabras, prog_name="generar", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        informe = traducir(error)
    if not isinstance(informe, Informe):  # la ayuda y la versión ya se mostraron
        return 0
    try:
        decir(informe, en_json="--json" in map(str.lower, palabras))
    except OSError as error:
        if error.errno not in TUBERIA_CERRADA:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # quien leía ya se fue
    return informe.codigo
