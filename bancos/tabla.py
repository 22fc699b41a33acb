"""(b) Una tabla de mil, diez mil y cincuenta mil renglones: tiempo y memoria, contra docxtpl.

Cada medida es un proceso propio, con todo: abrir la plantilla, hacer el documento y tenerlo en la memoria. Se promete:
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


def plantilla() -> bytes:
    """La de una tabla de tres columnas, con su ciclo."""
    from tests.fabrica import docx, p, tbl, tr

    ciclo = (
        tr("{% for a in filas %}", "", ""),
        tr("{{ a.numero }}", "{{ a.nombre }}", "{{ a.cargo }}"),
        tr("{% endfor %}", "", ""),
    )
    return docx(p("Asistencia de {{ organo }}"), tbl(tr("N.º", "Nombre", "Cargo"), *ciclo, columnas=3), p("Fin"))


def contexto(cuantos: int) -> dict[str, object]:
    """Los datos de esos renglones, todos distintos."""
    filas = [
        {"numero": n, "nombre": f"Lic. Ana María Núñez {n}", "cargo": f"Directora de Área & Vinculación {n % 97}"}
        for n in range(cuantos)
    ]
    return {"organo": "la Comisión", "filas": filas}


def medir(quien: str, cuantos: int) -> None:
    """En un proceso propio."""
    from generador.plantilla import Plantilla, Propiedades

    propiedades = Propiedades(titulo="Tabla", creado=datetime(2026, 11, 25))
    if quien == "generar":
        decir_lo_gastado(lambda: Plantilla.abrir(plantilla(), "tabla").componer(contexto(cuantos), propiedades))
    else:
        preparada = para_docxtpl(plantilla())
        decir_lo_gastado(lambda: con_docxtpl(preparada, contexto(cuantos)))


if __name__ == "__main__":
    medir(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else print(*correr(), sep="\n")
