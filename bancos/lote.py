"""(d) Mil oficios de un libro, de leerlo a tener los mil archivos asentados en el disco.

Junto a cada uno se escribe su base en ``.generar``: son dos archivos por documento, y se espera a que el disco los
tenga. Por eso se dice también cuánto cuesta componerlos sin escribirlos, que es lo que se compara con docxtpl.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from bancos.comun import EJEMPLOS, HOY, aparte, con_docxtpl, decir_lo_gastado, para_docxtpl, procesador, tabla, veces
from generador.flujo import generar_lote
from generador.flujo.linea import compositor, leer_plantilla, tipo_de
from generador.flujo.lote import Reparto
from generador.recursos import recurso

CUANTOS = 1_000
_VUELTAS = 3
_DE_MUESTRA = 50  # los que hace docxtpl: cada uno cuesta lo mismo


def correr() -> Iterator[str]:
    """La tabla del banco."""
    docxtpl, generar = _componer()
    gastado, mib = aparte("bancos.lote", str(CUANTOS))
    con_uno, con_dos = map(median, zip(*(_de_reloj() for _ in range(_VUELTAS)), strict=True))
    yield from tabla(
        f"{CUANTOS:,} oficios, uno por renglón",
        ("qué", "por documento", "todo"),
        iter(
            (
                ("leer, componer y escribir, con su base", *_cuanto(gastado, f", {mib:.0f} MiB")),
                ("lo mismo, de reloj, con 1 proceso", *_cuanto(con_uno)),
                ("lo mismo, de reloj, con 2 procesos", *_cuanto(con_dos, f", {con_uno / con_dos:.1f} veces")),
                ("componer", f"{generar * 1000:.1f} ms", ""),
                ("componer con docxtpl", f"{docxtpl * 1000:.1f} ms", veces(docxtpl, generar)),
            )
        ),
    )


def _cuanto(segundos: float, ademas: str = "") -> tuple[str, str]:
    return f"{segundos / CUANTOS * 1000:.1f} ms", f"{segundos:.1f} s{ademas}"


def _de_reloj() -> tuple[float, float]:
    """Con un proceso y con dos, seguidos: repartir sólo se nota en el reloj."""
    with TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "oficios.xlsx"
        ruta.write_bytes(libro(CUANTOS))
        tiempos = []
        for procesos in (1, 2):
            comienzo = perf_counter()
            _escribir_todos(ruta, Path(carpeta) / f"con {procesos}", procesos)
            tiempos.append(perf_counter() - comienzo)
        return tiempos[0], tiempos[1]


def libro(cuantos: int) -> bytes:
    """El del ejemplo, con ese número de destinatarios."""
    from generador.esquema import leer
    from generador.libro.blanco import crear
    from generador.libro.lectura import abrir

    tipo = tipo_de("oficio")
    modelo, _ = leer(tipo.modelo, abrir(EJEMPLOS / "oficio.xlsx"))
    muestra = modelo.destinatarios[0]
    todos = tuple(replace(muestra, nombre=f"{muestra.nombre} {n}", numero=f"INE/CNCS/{n}/2015") for n in range(cuantos))
    return crear(
        tipo.modelo,
        esquema=tipo.esquema,
        titulo=tipo.titulo,
        guia=tipo.guia,
        datos=replace(modelo, destinatarios=todos),
    )


def _componer() -> tuple[float, float]:
    from bancos.comun import con_otros_datos, del_ejemplo

    contexto, ficha = del_ejemplo("oficio", "oficio")
    preparada = para_docxtpl(leer_plantilla(recurso("plantillas_docx", "oficio.docx")))
    hacer = compositor(tipo_de("oficio"), None)
    hacer(contexto, ficha)
    tiempos = []
    for uno in (lambda datos: con_docxtpl(preparada, datos), lambda datos: hacer(datos, ficha)):
        comienzo = procesador()
        for numero in range(_DE_MUESTRA):
            uno(con_otros_datos(contexto, numero))
        tiempos.append((procesador() - comienzo) / _DE_MUESTRA)
    return tiempos[0], tiempos[1]


def medir(cuantos: int) -> None:
    """En un proceso propio."""
    with TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "oficios.xlsx"
        ruta.write_bytes(libro(cuantos))
        decir_lo_gastado(lambda: _escribir_todos(ruta, Path(carpeta) / "salidas"))


def _escribir_todos(ruta: Path, salida: Path, procesos: int = 1) -> None:
    intentos = [*generar_lote("oficio", ruta, salida, hoy=HOY, reparto=Reparto(procesos)).intentos]
    assert all(intento.documento for intento in intentos), intentos[0]


if __name__ == "__main__":
    medir(int(sys.argv[1])) if len(sys.argv) > 1 else print(*correr(), sep="\n")
