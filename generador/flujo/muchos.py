"""Muchos libros, un documento de cada uno: uno malo no detiene a los demás."""

from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor
from functools import partial
from pathlib import Path

from generador.flujo.entrega import Correcciones
from generador.flujo.linea import Resultado, generar
from generador.flujo.reparto import POCOS_LIBROS, cuantos_procesos, ejecutor
from generador.hallazgos import ArchivoInaccesible, ErrorDeGenerador


def generar_muchos(
    nombre: str, rutas: Sequence[Path], salida: Path, plantilla: Path | None = None,
    correcciones: Correcciones = Correcciones.FUNDIR, procesos: int | None = None,
) -> Iterator[tuple[Path, Resultado | ErrorDeGenerador]]:  # fmt: skip
    """Cada libro con su documento escrito, o con por qué no se escribió, en el orden en que se pidieron."""
    uno = partial(_uno, nombre, salida=salida, plantilla=plantilla, correcciones=correcciones)
    cuantos = cuantos_procesos(procesos, len(rutas), POCOS_LIBROS)
    if cuantos == 1:
        yield from ((ruta, uno(ruta)) for ruta in rutas)
        return
    with ejecutor(cuantos) as quien:
        pedidos = [(ruta, quien.submit(uno, ruta)) for ruta in rutas]
        for ruta, pedido in pedidos:
            try:
                yield ruta, pedido.result()
            except BrokenExecutor:
                yield ruta, uno(ruta)


def _uno(
    nombre: str, ruta: Path, *, salida: Path, plantilla: Path | None, correcciones: Correcciones
) -> Resultado | ErrorDeGenerador:
    try:
        return generar(nombre, ruta, salida, plantilla, correcciones=correcciones)
    except ErrorDeGenerador as error:
        return error


def repetidos(hechos: Sequence[tuple[Path, Resultado | ErrorDeGenerador]]) -> list[ArchivoInaccesible]:
    """Los documentos que dieron dos libros: sólo quedó el del último."""
    vistos: dict[Path, Path] = {}
    errores = []
    for ruta, hecho in hechos:
        if isinstance(hecho, ErrorDeGenerador):
            continue
        if hecho.documento in vistos:
            errores.append(ArchivoInaccesible(
                f"«{vistos[hecho.documento].name}» y «{ruta.name}» dan el mismo documento, «{hecho.documento.name}»: "
                "quedó el del segundo. Distinga su fecha o su número."
            ))  # fmt: skip
        vistos[hecho.documento] = ruta
    return errores
