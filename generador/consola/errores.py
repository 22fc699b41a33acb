"""Los errores: su traducción a lo que se contesta, con su código de salida, está sólo aquí."""

import os
import sys
from collections.abc import Iterable
from pathlib import Path

from generador.consola.clic import click
from generador.consola.respuesta import Informe
from generador.hallazgos import ErrorDeGenerador, Hallazgo, LibroConHallazgos, PlantillaConHallazgos

ORDEN_MAL_ESCRITA = 2
DEFECTO = 5
CANCELADO = 130  # lo que devuelve cualquier orden interrumpida con Ctrl+C


class OrdenIncompleta(ErrorDeGenerador):
    """Falta decir algo en la orden y no se puede preguntar."""

    codigo_de_salida = ORDEN_MAL_ESCRITA


def traducir(error: BaseException, libro: Path | None = None, salida: Path | None = None) -> Informe:
    """Lo que se contesta a un error, con su código de salida."""
    match error:
        case LibroConHallazgos():
            nombre = libro.name if libro else "el libro"
            return Informe(codigo=error.codigo_de_salida, salida=salida, libro=nombre, hallazgos=error.hallazgos)
        case PlantillaConHallazgos():
            return Informe(codigo=error.codigo_de_salida, salida=salida, libro=error.nombre,
                           hallazgos=error.hallazgos, completo=True)  # fmt: skip
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
        case click.NoSuchCommand() | click.NoSuchOption():
            return error.message + quiso_decir(error.possibilities or ())
        case click.MissingParameter(param=click.Parameter() as dato):
            aclaracion = dato.type.get_missing_message(dato, error.ctx) or ""
            return f"Falta «{dato.human_readable_name}». {aclaracion}".strip()
        case _:
            return error.format_message()


def quiso_decir(cercanas: Iterable[str]) -> str:
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
    import traceback

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


def entre_comillas(ruta: Path) -> str:
    """La ruta como se escribe en la orden: con comillas si lleva espacios."""
    return f'"{ruta}"' if " " in str(ruta) else str(ruta)
