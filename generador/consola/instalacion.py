"""Lo que acerca la orden a la mano: «Enviar a → generar» en Windows, y el autocompletado de la terminal."""

import os
import sys
from pathlib import Path

from generador.consola.clic import click
from generador.consola.errores import OrdenIncompleta
from generador.consola.piezas import Opcion, Orden
from generador.consola.respuesta import Informe
from generador.hallazgos import ArchivoInaccesible

TERMINALES = ("bash", "zsh", "fish", "powershell")
_ACTIVAR = {
    "bash": 'eval "$(generar autocompletado bash)"   # en ~/.bashrc',
    "zsh": 'eval "$(generar autocompletado zsh)"   # en ~/.zshrc',
    "fish": "generar autocompletado fish > ~/.config/fish/completions/generar.fish",
    "powershell": "generar autocompletado powershell | Out-String | Invoke-Expression   # en $PROFILE",
}
_ACCESO = """\
@echo off
rem Enviar a - generar: hace el documento de cada libro, en una carpeta "salidas" junto a el.
chcp 65001 >nul
:otro
if "%~1"=="" goto fin
pushd "%~dp1"
{orden} "%~1" --abrir
if errorlevel 1 pause
popd
shift
goto otro
:fin
"""


@click.command(
    "instalar-menu",
    cls=Orden,
    help="En Windows, deja «generar» en el menú «Enviar a» de los archivos: se elige un libro y sale su documento.",
    short_help="En Windows, «Enviar a → generar».",
    options_metavar="[OPCIONES]",
)
@click.option("--quitar", is_flag=True, help="Lo quita.")
def instalar_menu(quitar: bool) -> Informe:
    """Escribe (o quita) el acceso en la carpeta «Enviar a» de la persona; no hace falta ser administrador."""
    datos = os.environ.get("APPDATA")
    if os.name != "nt" or not datos:
        raise OrdenIncompleta("El menú «Enviar a» es de Windows. En otros sistemas: generar LIBRO.")
    acceso = Path(datos) / "Microsoft" / "Windows" / "SendTo" / "generar.cmd"
    return quitado(acceso) if quitar else instalado(acceso)


def instalado(acceso: Path) -> Informe:
    """El acceso, escrito. Levanta ArchivoInaccesible si no se puede."""
    try:
        acceso.parent.mkdir(parents=True, exist_ok=True)
        acceso.write_text(texto_del_acceso(), encoding="utf-8", newline="\r\n")
    except OSError as error:
        raise ArchivoInaccesible(f"No se puede escribir «{acceso}».") from error
    return Informe(documento=acceso, nota="En el Explorador: clic derecho en un libro, «Enviar a», «generar».")


def quitado(acceso: Path) -> Informe:
    """El acceso, quitado; si no estaba, no es un error."""
    try:
        acceso.unlink(missing_ok=True)
    except OSError as error:
        raise ArchivoInaccesible(f"No se puede quitar «{acceso}».") from error
    return Informe(pie="«generar» ya no está en el menú «Enviar a».")


def texto_del_acceso(programa: str = sys.executable) -> str:
    """El .cmd que recibe los libros elegidos; ``programa`` es Python o, empaquetado, el propio generar."""
    orden = f'"{programa}"' if getattr(sys, "frozen", False) else f'"{programa}" -m generador'
    return _ACCESO.format(orden=orden)


@click.command(
    cls=Orden,
    help="Escribe lo que la terminal necesita para completar las órdenes con la tecla Tab.",
    short_help="Completa las órdenes con Tab.",
    epilog="\n".join(_ACTIVAR.values()),
    options_metavar="[OPCIONES]",
)
@click.argument("terminal", type=Opcion(TERMINALES), metavar="TERMINAL", help=f"{', '.join(TERMINALES)}.")
@click.pass_context
def autocompletado(contexto: click.Context, terminal: str) -> None:
    """El guion de click para esa terminal."""
    from generador.consola.clic import guion_de_autocompletado

    click.echo(guion_de_autocompletado(contexto.find_root().command, terminal))
