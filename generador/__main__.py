"""``python -m generador`` es lo mismo que ``generar``."""

import sys

from generador.consola import de_la_terminal

sys.exit(de_la_terminal())
