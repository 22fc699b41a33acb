"""Cada archivo de ``casos/`` es una regla: lo que cambia del libro base y lo que el programa dice.

El título es la regla; ``⇒`` precede a cada error y ``⚠`` a cada aviso. `pytest --actualizar` reescribe lo
dicho: léalo antes de aceptarlo.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from generador.catalogo import CATALOGO
from generador.celdas import Libro
from generador.documentos.expediente import Corte, reunir
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import leer
from generador.flujo import tipo_de
from generador.flujo.linea import verificado
from generador.hallazgos import Hallazgo
from tests.expedientes import libros_del_texto
from tests.libro_de_texto import con_cambios, libro_de_texto

CASOS = Path(__file__).parent / "casos"
HOY = date(2026, 1, 1)
LIMPIO = "Nada que decir."
POR_RENGLON = "_por_renglon"  # la carpeta de lo que se dice al hacer un documento por renglón


def todos() -> list[Path]:
    return sorted(caso for caso in CASOS.glob("*/*.md") if not caso.name.startswith("_"))


def dicho(caso: Path) -> list[str]:
    base, escrito = (r.read_text(encoding="utf-8") for r in (caso.parent / "_base.md", caso))
    return [_renglon(hallazgo) for hallazgo in hallazgos(caso.parent.name, base, escrito)] or [LIMPIO]


def hallazgos(nombre: str, base: str, cambios: str = "") -> list[Hallazgo]:
    if not CATALOGO[nombre.removesuffix(POR_RENGLON)].de_varios:
        return de_un_libro(nombre, con_cambios(libro_de_texto(base), libro_de_texto(cambios)))
    suyos, de_todos = libros_del_texto(cambios), libros_del_texto(base)
    libros = {
        libro: con_cambios(libro_de_texto(texto), libro_de_texto(suyos.pop(libro, "")))
        for libro, texto in de_todos.items()
    }
    libros |= {libro: libro_de_texto(texto) for libro, texto in suyos.items()}
    return de_varios(nombre, libros)


def de_varios(nombre: str, libros: Mapping[str, Libro]) -> list[Hallazgo]:
    """Un caso puede quitar un libro de la base con ``# Libro tal.xlsx`` y ``## Órgano (sin)``."""
    leidos = [(libro, leer(LibroDeSesion, celdas)) for libro, celdas in libros.items() if celdas.hoja("Órgano")]
    de_forma = [replace(hallazgo, libro=libro) for libro, (_, suyos) in leidos for hallazgo in suyos]
    modelos = [(libro, modelo) for libro, (modelo, _) in leidos if modelo is not None]
    return de_forma + tipo_de(nombre).cruces(reunir(modelos, Corte(HOY)), HOY)


def de_un_libro(nombre: str, libro: Libro) -> list[Hallazgo]:
    tipo = tipo_de(nombre.removesuffix(POR_RENGLON))
    return list(verificado(tipo, libro, HOY, por_renglon=nombre.endswith(POR_RENGLON)).hallazgos)


def _renglon(hallazgo: Hallazgo) -> str:
    codigo = f" [{hallazgo.codigo}]" if hallazgo.codigo else ""
    lugar = " ".join(filter(None, (hallazgo.libro, hallazgo.lugar))) or "libro"
    return f"{'⇒' if hallazgo.es_error else '⚠'} {lugar}{codigo}: {hallazgo.problema} {hallazgo.remedio}"


def partido(caso: Path) -> tuple[str, list[str]]:
    renglones = caso.read_text(encoding="utf-8").rstrip("\n").split("\n")
    esperado = [r for r in renglones if r.startswith(("⇒", "⚠", LIMPIO))]
    return "\n".join(r for r in renglones if r not in esperado).rstrip("\n"), esperado


@pytest.mark.parametrize("caso", todos(), ids=lambda caso: f"{caso.parent.name}/{caso.stem}")
def test_el_programa_dice_lo_que_el_caso_espera(caso: Path, actualizar: bool) -> None:
    entrada, esperado = partido(caso)
    if actualizar:
        caso.write_text(entrada + "\n\n" + "\n".join(dicho(caso)) + "\n", encoding="utf-8", newline="\n")
        return
    assert dicho(caso) == esperado


@pytest.mark.parametrize("base", sorted(CASOS.glob("*/_base.md")), ids=lambda base: base.parent.name)
def test_el_libro_base_no_tiene_nada_que_corregir(base: Path) -> None:
    assert hallazgos(base.parent.name, base.read_text(encoding="utf-8")) == []
