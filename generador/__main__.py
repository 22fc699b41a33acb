"""``python -m generador`` es lo mismo que ``generar``."""

import sys

from generador.consola import de_la_terminal

if __name__ == "__main__":  # el proceso de las plantillas ajenas lo importa sin querer correrlo
    sys.exit(de_la_terminal())
