"""(e) Leer un libro de muchos renglones: nuestra lectura, openpyxl a secas y, si está instalado, python-calamine.

openpyxl a secas y python-calamine sólo dan los valores. La nuestra da además el lugar de cada celda, su formato
(negritas, ligas, cifras como las muestra Excel) y lo que se perdería: por eso cuesta más.
"""

import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from bancos.comun import aparte, decir_lo_gastado, tabla

CUANTOS = (1_000, 10_000, 100_000)


def correr() -> Iterator[str]:
    """La tabla del banco."""
    quienes = [quien for quien in _LECTORES if quien != "calamine" or find_spec("python_calamine")]
    encabezado = ("renglones", *quienes)
    with TemporaryDirectory() as carpeta:
        renglones = [_medir(cuantos, quienes, Path(carpeta) / "libro.xlsx") for cuantos in CUANTOS]
    yield from tabla("Leer un libro de seis columnas", encabezado, iter(renglones))


def _medir(cuantos: int, quienes: list[str], ruta: Path) -> tuple[str, ...]:
    escribir(ruta, cuantos)
    medidas = (aparte("bancos.lectura", quien, str(ruta)) for quien in quienes)
    return (f"{cuantos:,}", *(f"{segundos:.2f} s, {mib:.0f} MiB" for segundos, mib in medidas))


def escribir(ruta: Path, cuantos: int) -> None:
    """Un libro con esos renglones."""
    from openpyxl import Workbook

    libro = Workbook(write_only=True)
    hoja = libro.create_sheet("Mediciones")
    hoja.append(["Cuenta", "Fecha", "Métrica", "Valor", "Fuente", "Notas"])
    for n in range(cuantos):
        hoja.append([f"INEMexico{n % 50}", f"{n % 28 + 1}/11/2026", "Seguidores", n, "Captura", f"nota {n}"])
    libro.save(ruta)


def _con_generar(ruta: Path) -> object:
    from generador.libro.lectura import abrir

    return abrir(ruta)


def _con_openpyxl(ruta: Path) -> object:
    from openpyxl import load_workbook

    return [[*hoja.iter_rows(values_only=True)] for hoja in load_workbook(ruta, read_only=True, data_only=True)]


def _con_calamine(ruta: Path) -> object:
    from python_calamine import CalamineWorkbook  # type: ignore[import-not-found]  # no es del proyecto

    libro = CalamineWorkbook.from_path(str(ruta))
    return [libro.get_sheet_by_name(nombre).to_python() for nombre in libro.sheet_names]


_LECTORES: dict[str, Callable[[Path], object]] = {
    "generar": _con_generar,
    "openpyxl": _con_openpyxl,
    "calamine": _con_calamine,
}


if __name__ == "__main__":
    if len(sys.argv) > 1:
        decir_lo_gastado(lambda: _LECTORES[sys.argv[1]](Path(sys.argv[2])))
    else:
        print(*correr(), sep="\n")
