"""Cuánto tarda la orden en frío, en proporción a importar openpyxl y docxtpl en la misma corrida.

``python bancos/arranque.py`` muestra el mejor de varios intentos, alternados, y la proporción. Lo que se
promete: la minuta del ejemplo, proceso completo, no más de 2 veces esa importación.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

RAIZ = Path(__file__).parent.parent
EJEMPLO = str(RAIZ / "entradas" / "ejemplos" / "minuta.xlsx")
INTENTOS = 12


def ordenes(salida: str) -> dict[str, list[str]]:
    """Lo que se mide: la vara primero."""
    return {
        "import openpyxl, docxtpl": ["-c", "import openpyxl, docxtpl"],
        "generar --help": ["-m", "generador", "--help"],
        "generar minuta (ejemplo)": ["-m", "generador", "minuta", EJEMPLO, "--salida", salida],
    }


def segundos(argumentos: list[str]) -> float:
    """Lo que tarda un proceso de Python, de principio a fin."""
    comienzo = time.perf_counter()
    subprocess.run([sys.executable, *argumentos], cwd=RAIZ, check=True, capture_output=True)
    return time.perf_counter() - comienzo


def principal() -> None:
    """Mide alternando, para que la carga de la máquina toque a todos por igual."""
    with tempfile.TemporaryDirectory() as salida:
        medidas = ordenes(salida)
        mejores = dict.fromkeys(medidas, float("inf"))
        for _ in range(INTENTOS):
            for nombre, argumentos in medidas.items():
                mejores[nombre] = min(mejores[nombre], segundos(argumentos))
    vara = next(iter(mejores.values()))
    for nombre, tardanza in mejores.items():
        print(f"{nombre:28} {tardanza * 1000:6.0f} ms  {tardanza / vara:5.2f}")


if __name__ == "__main__":
    principal()
