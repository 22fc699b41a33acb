"""(b) Una tabla de mil, diez mil y cincuenta mil renglones: tiempo y memoria, contra docxtpl.

Cada medida es un proceso propio, con la plantilla ya abierta; la memoria es la de todo el proceso. Se promete:
50,000 renglones 10 veces más aprisa que docxtpl, en menos de 150 MiB, y que un renglón no cueste más por ser muchos.
"""

import sys
from collections.abc import Iterator
from datetime import datetime

from bancos.comun import aparte, con_docxtpl, decir_lo_gastado, para_docxtpl, tabla, veces

CUANTOS = (1_000, 10_000, 50_000)


def correr() -> Iterator[str]:
    """La tabla del banco; la de 50,000 con docxtpl tarda casi un minuto."""
    encabezado = (
        "renglones",
        "docxtpl",
        "generar",
        "docxtpl ÷ generar",
        "µs por renglón",
        "memoria de docxtpl",
        "de generar",
    )
    yield from tabla("Una tabla larga", encabezado, map(_medir, CUANTOS))


def _medir(cuantos: int) -> tuple[str, ...]:
    (docxtpl, suya), (generar, nuestra) = (
        aparte("bancos.tabla", quien, str(cuantos)) for quien in ("docxtpl", "generar")
    )
    tiempos = (f"{docxtpl:.2f} s", f"{generar:.2f} s", veces(docxtpl, generar), f"{generar / cuantos * 1e6:.0f}")
    return (f"{cuantos:,}", *tiempos, f"{suya:.0f} MiB", f"{nuestra:.0f} MiB")


COLUMNAS = ("numero", "nombre", "cargo", "area", "plazo", "estatus")


def plantilla() -> bytes:
    """La de una tabla de seis columnas, con su ciclo."""
    from tests.fabrica import docx, p, tbl, tr

    vacias = [""] * (len(COLUMNAS) - 1)
    ciclo = (
        tr("{% for a in filas %}", *vacias),
        tr(*(f"{{{{ a.{columna} }}}}" for columna in COLUMNAS)),
        tr("{% endfor %}", *vacias),
    )
    return docx(p("Acuerdos de {{ organo }}"), tbl(tr(*COLUMNAS), *ciclo, columnas=len(COLUMNAS)), p("Fin"))


def contexto(cuantos: int) -> dict[str, object]:
    """Los datos de esos renglones, todos distintos."""
    filas = [
        {
            "numero": n,
            "nombre": f"Lic. Ana María Núñez {n}",
            "cargo": f"Directora de Vinculación & Enlace {n % 97}",
            "area": "Unidad de Informática",
            "plazo": f"{n % 28 + 1} de noviembre de 2026",
            "estatus": "En proceso",
        }
        for n in range(cuantos)
    ]
    return {"organo": "la Comisión", "filas": filas}


def medir(quien: str, cuantos: int) -> None:
    """En un proceso propio, con la plantilla ya abierta."""
    from generador.plantilla import Plantilla, Propiedades

    datos = contexto(cuantos)
    if quien == "generar":
        abierta, propiedades = (
            Plantilla.abrir(plantilla(), "tabla"),
            Propiedades(titulo="", creado=datetime(2026, 11, 25)),
        )
        decir_lo_gastado(lambda: abierta.componer(datos, propiedades))
    else:
        preparada = para_docxtpl(plantilla())
        con_docxtpl(preparada, contexto(1))
        decir_lo_gastado(lambda: con_docxtpl(preparada, datos))


if __name__ == "__main__":
    medir(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else print(*correr(), sep="\n")
