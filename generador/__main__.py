"""``python -m generador`` es lo mismo que ``generar``."""

import sys

from generador.consola import principal

sys.exit(principal())
