"""click con sus frases en español: quien lo use lo toma de aquí, para que nadie lo cargue antes en inglés."""

from generador.click_en_espanol import en_espanol

with en_espanol():
    import click
    import click._termui_impl  # click carga éste y el siguiente cuando hacen falta: ya sería tarde
    import click.shell_completion

__all__ = ["click", "guion_de_autocompletado"]


def guion_de_autocompletado(orden: click.Command, terminal: str) -> str:
    """El guion con que esa terminal («bash», «powershell»…) completa la orden."""
    clase = click.shell_completion.get_completion_class(terminal)
    assert clase is not None, terminal
    return clase(orden, {}, "generar", "_GENERAR_COMPLETE").source()
