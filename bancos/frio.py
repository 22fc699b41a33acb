"""(c) La orden en frío, de principio a fin, contra un guion mínimo de openpyxl y docxtpl escrito a mano.

El guion no revisa el libro, no deduce nada ni comprueba el documento. Se promete: 0.6 veces lo que tarda.
"""

import compileall
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from bancos.comun import EJEMPLOS, RAIZ, alternando, del_ejemplo, para_docxtpl, tabla

VECES = 15


def correr() -> Iterator[str]:
    """La tabla del banco."""
    compileall.compile_dir(RAIZ / "generador", quiet=1)  # como quien lo instala; las bibliotecas ya lo están
    with TemporaryDirectory() as carpeta:
        medidas = alternando(_ordenes(Path(carpeta)), VECES)
    vara = next(iter(medidas.values()))
    renglones = ((que, f"{segundos * 1000:.0f} ms", f"{segundos / vara:.2f}") for que, segundos in medidas.items())
    yield from tabla("Un proceso de principio a fin", ("qué", "tarda", "respecto del guion"), renglones)


def _ordenes(carpeta: Path) -> dict[str, Callable[[], object]]:
    libro, plantilla, contexto = EJEMPLOS / "minuta.xlsx", carpeta / "minuta.docx", carpeta / "minuta.json"
    plantilla.write_bytes(para_docxtpl((RAIZ / "plantillas_docx" / "minuta.docx").read_bytes()))
    contexto.write_text(json.dumps(del_ejemplo("minuta", "minuta")[0]), encoding="utf-8")
    guion = ["bancos/guion_a_mano.py", *map(str, (libro, plantilla, contexto, carpeta / "a mano.docx"))]
    generar = ["-m", "generador"]
    return {
        "guion a mano (openpyxl y docxtpl)": partial(_proceso, guion),
        "importar openpyxl y docxtpl": partial(_proceso, ["-c", "import openpyxl, docxtpl"]),
        "generar minuta": partial(_proceso, [*generar, "minuta", str(libro), "--salida", str(carpeta)]),
        "generar --help": partial(_proceso, [*generar, "--help"]),
    }


def _proceso(argumentos: list[str]) -> None:
    subprocess.run([sys.executable, *argumentos], cwd=RAIZ, check=True, capture_output=True)


if __name__ == "__main__":
    print(*correr(), sep="\n")
