"""Un dato que no se puede leer se dice una vez, y no hace decir nada más: ningún error arrastra a otros.

En cada caso de ``casos/`` se estropea algo al azar: lo que se diga después es lo del caso, o ese error.
"""

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generador.celdas import Celda, Hoja, Libro
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import leer_lo_legible, secciones
from generador.flujo import tipo_de
from generador.flujo.linea import verificado
from generador.flujo.revision import Revisado, con_expedientes
from generador.hallazgos import Hallazgo
from tests.libro_de_texto import con_cambios, libro_de_texto
from tests.test_casos import CASOS, HOY, POR_RENGLON, todos
from tests.test_cualquier_libro import VECES
from tests.test_revisar import de_la_cadena, textos

ESTROPEADOS = 6 * VECES  # por caso

Estropear = Callable[[Hoja, random.Random], Hoja | None]


def con_un_error_de_excel(hoja: Hoja, azar: random.Random) -> Hoja:
    fila, columna = azar.choice(sorted(hoja.celdas))
    return con_celda(hoja, Celda(hoja.nombre, fila, columna, problema="trae el error #N/A."))


def con_una_celda_en_blanco(hoja: Hoja, azar: random.Random) -> Hoja:
    quitada = azar.choice(sorted(hoja.celdas))
    return replace(hoja, celdas={lugar: celda for lugar, celda in hoja.celdas.items() if lugar != quitada})


def con_otra_cosa_escrita(hoja: Hoja, azar: random.Random) -> Hoja:
    fila, columna = azar.choice(sorted(hoja.celdas))
    return con_celda(hoja, Celda(hoja.nombre, fila, columna, "quién sabe"))


def con_una_columna_dos_veces(hoja: Hoja, azar: random.Random) -> Hoja:
    encabezados = [celda for (fila, _), celda in hoja.celdas.items() if fila == 1]
    ultima = max(columna for _, columna in hoja.celdas)
    return con_celda(hoja, replace(azar.choice(encabezados), columna=ultima + 1))


def con_otro_nombre(hoja: Hoja, azar: random.Random) -> Hoja:
    return replace(hoja, nombre=f"{hoja.nombre}s")


def quitada(hoja: Hoja, azar: random.Random) -> None:
    return None


DE_MODOS: tuple[Estropear, ...] = (
    con_un_error_de_excel, con_un_error_de_excel, con_una_celda_en_blanco, con_otra_cosa_escrita,
    con_una_columna_dos_veces, con_otro_nombre, quitada,
)  # fmt: skip


def con_celda(hoja: Hoja, celda: Celda) -> Hoja:
    return replace(hoja, celdas={**hoja.celdas, (celda.fila, celda.columna): celda})


def estropeados(libro: Libro, modelo: type, azar: random.Random) -> Iterator[tuple[str, Libro]]:
    """El libro con algo estropeado en una de sus hojas, y cómo; sólo si eso es un error de forma que antes no había."""
    antes = errores_de_forma(modelo, libro)
    suyas = [hoja for seccion in secciones(modelo) if (hoja := libro.hoja(seccion.hoja)) and hoja.celdas]
    for _ in range(ESTROPEADOS):
        hoja, estropear = azar.choice(suyas), azar.choice(DE_MODOS)
        nueva = estropear(hoja, azar)
        hojas = tuple(nueva if otra is hoja else otra for otra in libro.hojas)
        roto = replace(libro, hojas=tuple(hoja for hoja in hojas if hoja is not None))
        if errores_de_forma(modelo, roto) - antes:
            yield f"{hoja.nombre} {estropear.__name__}", roto


def errores_de_forma(modelo: type, libro: Libro) -> set[Hallazgo]:
    return {h for h in leer_lo_legible(modelo, libro).hallazgos if h.es_error}


def de_un_libro() -> list[Path]:
    return [caso for caso in todos() if caso.parent.name != "seguimiento"]


@pytest.mark.parametrize("caso", de_un_libro(), ids=lambda caso: f"{caso.parent.name}/{caso.stem}")
def test_un_error_de_forma_no_hace_decir_nada_mas(caso: Path) -> None:
    nombre = caso.parent.name
    tipo, por_renglon = tipo_de(nombre.removesuffix(POR_RENGLON)), nombre.endswith(POR_RENGLON)
    libro = textos(caso)[1]
    del_caso = sin_celda(verificado(tipo, libro, HOY, por_renglon=por_renglon).hallazgos)
    for como, roto in estropeados(libro, tipo.modelo, random.Random(caso.stem)):
        de_forma = sin_celda(leer_lo_legible(tipo.modelo, roto).hallazgos)
        dichos = verificado(tipo, roto, HOY, por_renglon=por_renglon).hallazgos
        assert sin_celda(dichos) - del_caso - de_forma == set(), como


@pytest.mark.parametrize(
    "caso", [caso for caso in todos() if caso.parent.name == "seguimiento"], ids=lambda caso: caso.stem
)
def test_tampoco_entre_los_libros_de_un_organo(caso: Path) -> None:
    bases = {nombre: libro_de_texto(texto) for nombre, texto in de_la_cadena(CASOS / "seguimiento/_base.md").items()}
    cambios = {nombre: libro_de_texto(texto) for nombre, texto in de_la_cadena(caso).items()}
    libros = {nombre: con_cambios(base, cambios.get(nombre, Libro(base.ruta, ()))) for nombre, base in bases.items()}
    libros = {nombre: libro for nombre, libro in libros.items() if libro.hoja("Órgano")}
    del_caso = sin_celda(entre_todos(libros))
    azar = random.Random(caso.stem)
    for nombre, libro in libros.items():
        for como, roto in estropeados(libro, LibroDeSesion, azar):
            dichos = entre_todos({**libros, nombre: roto})
            assert sin_celda(dichos) - del_caso == set(), f"{nombre} {como}"


def sin_celda(hallazgos: Iterable[Hallazgo]) -> set[tuple[str, str, str, str]]:
    """Lo dicho, de qué libro y de qué hoja: sin su rótulo, la celda de un dato que falta es otra."""
    return {(h.libro, h.hoja, h.problema, h.remedio) for h in hallazgos}


def entre_todos(libros: dict[str, Libro]) -> list[Hallazgo]:
    """Lo que no cuadra entre unos y otros, sin lo de cada uno."""
    leidos = {nombre: leer_lo_legible(LibroDeSesion, libro).modelo for nombre, libro in libros.items()}
    revisados = [Revisado(ruta=Path(nombre), nombre=nombre, modelo=modelo) for nombre, modelo in leidos.items()]
    return [hallazgo for revisado in con_expedientes(revisados, HOY) for hallazgo in revisado.hallazgos]
