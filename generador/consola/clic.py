"""click con sus frases en español: quien lo use lo toma de aquí, para que nadie lo cargue antes en inglés."""

import os

from generador.click_en_espanol import en_espanol

COMPLETANDO = "_GENERAR_COMPLETE"  # lo pone la terminal mientras completa una orden

with en_espanol():
    import click

    if os.environ.get(COMPLETANDO):
        import click.shell_completion  # click lo carga ya entrada la orden: sería tarde

__all__ = ["COMPLETANDO", "click", "guion_de_autocompletado"]


def guion_de_autocompletado(orden: click.Command, terminal: str) -> str:
    """El guion con que esa terminal («bash», «powershell»…) completa la orden."""
    with en_espanol():
        from click.shell_completion import get_completion_class
    clase = get_completion_class(terminal)
    assert clase is not None, terminal
    return clase(orden, {}, "generar", COMPLETANDO).source()
