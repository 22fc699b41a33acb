"""Cuánto cuesta el informe de seguimiento según los libros: ``python bancos/seguimiento.py``.

Cada libro trae 20 acuerdos nuevos y deja abiertos 5 de los que recibe. Se miden, en procesos aparte, 25, 50 y 100
libros (2,000 acuerdos), de leerlos a escribir el informe. Lo que se promete: el costo por libro no crece.
El 25 de noviembre de 2026: 1.8, 2.7 y 4.9 s; por libro, 73, 55 y 49 ms; 54, 61 y 72 MiB.
"""

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

RAIZ = Path(__file__).parent.parent
CUANTOS = (25, 50, 100)
NUEVOS, QUEDAN = 20, 5
AREAS = ("Dirección de Archivos", "Unidad de Informática", "Dirección Jurídica", "Secretaría Técnica")


def escribir_libros(carpeta: Path, cuantos: int) -> None:
    """Una cadena de libros de sesión, cada uno con lo que el anterior dejó abierto."""
    from generador.documentos.expediente import Archivada
    from generador.documentos.reunion import Reunion
    from generador.documentos.sesion import Clase, Estatus, TipoDeSesion
    from generador.documentos.siguiente import siguiente
    from generador.esquema import Texto, leer
    from generador.flujo import tipo_de
    from generador.libro.blanco import crear
    from generador.libro.lectura import abrir

    minuta = tipo_de("minuta")
    modelo, _ = leer(minuta.modelo, abrir(RAIZ / "entradas" / "ejemplos" / "minuta-2018-1.xlsx"))
    anterior: Any = None
    for numero in range(cuantos):
        fecha = date(2010 + numero // 12, numero % 12 + 1, 15)
        suya = replace(modelo.sesion, numero=numero % 12 + 1, fecha=fecha)
        nuevos = tuple(
            replace(modelo.acuerdos[0], punto="5", clase=Clase.COMPROMISO, texto=Texto(f"Tarea {numero}.{n}."),
                    area=AREAS[n % 4], persona=None, plazo=fecha + timedelta(days=45))
            for n in range(NUEVOS)
        )  # fmt: skip
        recibe = (
            siguiente(Archivada("a", Reunion(anterior)), TipoDeSesion.ORDINARIA, fecha).libro.seguimiento
            if anterior
            else ()
        )
        seguidos = tuple(
            replace(p, estatus=Estatus.CUMPLIDO, evidencia="Oficio") if n >= QUEDAN else p for n, p in enumerate(recibe)
        )
        anterior = replace(modelo, sesion=suya, acuerdos=nuevos, seguimiento=seguidos)
        (carpeta / f"{numero:03}.xlsx").write_bytes(
            crear(minuta.modelo, esquema=minuta.esquema, titulo=minuta.titulo, guia=minuta.guia, datos=anterior)
        )


def medir(carpeta: str) -> None:
    """En un proceso propio: el informe de esa carpeta; escribe segundos, MiB y acuerdos."""
    from generador.flujo import generar_de_varios

    comienzo = time.perf_counter()
    with tempfile.TemporaryDirectory() as salida:
        generar_de_varios("seguimiento", [Path(carpeta)], Path(salida), corte=date(2030, 1, 1))
    print(time.perf_counter() - comienzo, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def principal() -> None:
    """Escribe los libros, mide y muestra la proporción con el primero."""
    vara = 0.0
    for cuantos in CUANTOS:
        with tempfile.TemporaryDirectory() as carpeta:
            escribir_libros(Path(carpeta), cuantos)
            orden = [sys.executable, __file__, carpeta]
            segundos, mib = map(float, subprocess.run(orden, capture_output=True, text=True, check=True).stdout.split())
        por_libro = segundos / cuantos
        vara = vara or por_libro
        print(
            f"{cuantos:4} libros, {cuantos * NUEVOS:5,} acuerdos: {segundos:6.1f} s, {mib:5.0f} MiB; "
            f"por libro, {por_libro * 1000:4.0f} ms ({por_libro / vara:.2f})"
        )


if __name__ == "__main__":
    medir(sys.argv[1]) if len(sys.argv) > 1 else principal()
