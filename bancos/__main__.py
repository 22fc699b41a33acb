"""``python -m bancos`` corre todos y escribe sus tablas; ``python -m bancos regimen frio``, sólo ésos."""

import sys
from importlib import import_module

BANCOS = ("regimen", "tabla", "frio", "lote", "lectura", "fusion")


def principal() -> None:
    """Corre los que se pidan."""
    for nombre in sys.argv[1:] or BANCOS:
        for renglon in import_module(f"bancos.{nombre}").correr():
            print(renglon, flush=True)


if __name__ == "__main__":
    principal()
