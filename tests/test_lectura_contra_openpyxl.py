"""Leemos lo mismo que openpyxl, que aquí sirve de testigo: cada valor, su tipo, su formato y su letra."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from generador.celdas import CURSIVA, NEGRITA, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO, Libro, limpiar, sin_formato
from generador.esquema import HOJAS_DEL_PROGRAMA
from generador.libro.lectura import abrir, interpretado
from tests.test_cualquier_libro import VECES

RAIZ = Path(__file__).parent.parent
DE_VERDAD = sorted([*(RAIZ / "entradas").rglob("*.xlsx"), *(RAIZ / "tests" / "libros").rglob("*.xlsx")])
AYUDAS = {*HOJAS_DEL_PROGRAMA} - {"_generar"}  # no se leen
Dicho = dict[tuple[str, int, int], tuple[str, object, str]]

FORMATOS = (
    "General", "0", "0.00", "#,##0", "0%", "@", "000", '"$"#,##0.00', "[Red]0.0", "dd/mm/yyyy", "h:mm", "[h]:mm:ss",
    "mm:ss", "yyyy-mm-dd h:mm", "[$-80A]d \\de mmmm", '"día" 0', "_-* #,##0_-;-* #,##0_-", "d;@",
)  # fmt: skip
LETRAS = st.fixed_dictionaries(
    {
        "b": st.booleans(),
        "i": st.booleans(),
        "strike": st.booleans(),
        "u": st.sampled_from([None, "single", "double"]),
        "vertAlign": st.sampled_from([None, "superscript", "subscript"]),
    }
)
TEXTOS = st.text(st.sampled_from("Añ 1.,\n_x0D&<«😀\u00a0"), min_size=1, max_size=12)
VALORES = st.one_of(
    TEXTOS,
    st.lists(st.tuples(LETRAS, TEXTOS), min_size=1, max_size=3),
    st.integers(-(10**12), 10**12),
    st.floats(-1e9, 1e9),
    st.floats(0, 3_000_000),
    st.booleans(),
    st.datetimes(datetime(1904, 1, 2), datetime(9999, 12, 1)),
    st.dates(date(1904, 1, 2), date(9999, 12, 1)),
    st.times(),
    st.timedeltas(timedelta(0), timedelta(days=900)),
)
CELDAS = st.lists(st.tuples(VALORES, st.sampled_from(FORMATOS), LETRAS), min_size=1, max_size=12)


def segun_openpyxl(datos: bytes) -> Dicho:
    """Lo que openpyxl encuentra escrito; los textos, sin formato y ya limpios."""
    dicho: Dicho = {}
    for hoja in load_workbook(io.BytesIO(datos), data_only=True):
        for fila in hoja.iter_rows():
            for celda in fila:
                valor: Any = celda.value
                if isinstance(valor, str) and celda.data_type != "e":
                    valor = limpiar(valor)[0]
                if valor not in (None, ""):
                    dicho[hoja.title, celda.row or 0, celda.column or 0] = (
                        type(valor).__name__,
                        valor,
                        celda.number_format,
                    )
    return dicho


def segun_nosotros(libro: Libro) -> Dicho:
    return {
        (hoja.nombre, *lugar): (type(valor).__name__, valor, celda.formato)
        for hoja in libro.hojas
        for lugar, celda in hoja.celdas.items()
        for valor in [sin_formato(celda.valor) if isinstance(celda.valor, str) else celda.valor]
    }


def diferencias(suyo: Dicho, nuestro: Dicho) -> Iterator[str]:
    for lugar in suyo.keys() | nuestro.keys():
        a, b = suyo.get(lugar), nuestro.get(lugar)
        if a is None or b is None or a[:2] != b[:2] or (a[0] != "str" and a[2] != b[2]):
            yield f"{lugar}: openpyxl {a}; nosotros {b}"


@pytest.mark.parametrize("ruta", DE_VERDAD, ids=lambda ruta: ruta.name)
def test_un_libro_de_verdad_se_lee_igual(ruta: Path) -> None:
    suyo = {lugar: dicho for lugar, dicho in segun_openpyxl(ruta.read_bytes()).items() if lugar[0] not in AYUDAS}
    libro = abrir(ruta)
    con_problema = {(hoja.nombre, *lugar) for hoja in libro.hojas for lugar, c in hoja.celdas.items() if c.problema}
    tapadas = {lugar for lugar in suyo if _tapada(libro, lugar)}
    nuestro = {lugar: dicho for lugar, dicho in segun_nosotros(libro).items() if lugar not in con_problema}
    suyo = {lugar: dicho for lugar, dicho in suyo.items() if lugar not in con_problema | tapadas}
    assert suyo
    assert [*diferencias(suyo, nuestro)] == []


def _tapada(libro: Libro, lugar: tuple[str, int, int]) -> bool:
    hoja = libro.hoja(lugar[0])
    return hoja is not None and any(
        r.contiene(*lugar[1:]) and lugar[1:] != (r.fila, r.columna) for r in hoja.combinadas
    )


@settings(max_examples=60 * VECES, deadline=None)
@given(celdas=CELDAS, base_1904=st.booleans())
def test_lo_que_escribe_openpyxl_se_lee_igual(celdas: list[tuple[Any, str, dict[str, Any]]], base_1904: bool) -> None:
    datos = guardado(celdas, base_1904=base_1904)
    assert [*diferencias(segun_openpyxl(datos), segun_nosotros(interpretado(datos, Path())))] == []


@settings(max_examples=60 * VECES, deadline=None)
@given(trozos=st.lists(st.tuples(LETRAS, st.sampled_from(["uno", "dos ", "tres\ncuatro"])), min_size=1, max_size=4))
def test_cada_letra_lleva_su_formato(trozos: list[tuple[dict[str, Any], str]]) -> None:
    leido = interpretado(guardado([(trozos, "General", {})]), Path()).hojas[0].en(1, 1).valor
    assert isinstance(leido, str)
    esperadas = [(letra, marcas(suya)) for suya, texto in trozos for letra in texto]
    assert [(letra, formato) for letra, formato in por_letra(leido) if not letra.isspace()] == [
        (letra, formato) for letra, formato in esperadas if not letra.isspace()
    ]


def guardado(celdas: list[tuple[Any, str, dict[str, Any]]], *, base_1904: bool = False) -> bytes:
    wb = Workbook()
    wb.epoch = CALENDAR_MAC_1904 if base_1904 else wb.epoch
    for n, (valor, formato, letra) in enumerate(celdas, start=1):
        celda = wb.worksheets[0].cell(n, 1)
        rico = isinstance(valor, list)
        celda.value = CellRichText([TextBlock(InlineFont(**suya), texto) for suya, texto in valor]) if rico else valor
        if isinstance(valor, str):
            celda.data_type = "s"  # «=…» es texto
        if not isinstance(valor, date | time | timedelta):
            celda.number_format = formato if cabe_como_fecha(valor) else "0.00"
        celda.font = Font(**letra)
    salida = io.BytesIO()
    wb.save(salida)
    return salida.getvalue()


def cabe_como_fecha(valor: object) -> bool:
    """Lo que no, nosotros lo decimos como problema de la celda, y openpyxl no."""
    return not isinstance(valor, int | float) or 0 <= valor < 2_900_000


def marcas(letra: dict[str, Any]) -> frozenset[tuple[str, str]]:
    pedidas = {
        NEGRITA: letra["b"],
        CURSIVA: letra["i"],
        SUBRAYADO: letra["u"],
        TACHADO: letra["strike"],
        SUPERINDICE: letra["vertAlign"] == "superscript",
        SUBINDICE: letra["vertAlign"] == "subscript",
    }
    return frozenset(marca for marca, puesta in pedidas.items() if puesta)


def por_letra(texto: str) -> Iterator[tuple[str, frozenset[tuple[str, str]]]]:
    """Cada letra con las marcas que tiene encima."""
    todas = (NEGRITA, CURSIVA, SUBRAYADO, TACHADO, SUPERINDICE, SUBINDICE)
    abiertas: set[tuple[str, str]] = set()
    for letra in texto:
        abre = next((marca for marca in todas if letra == marca[0]), None)
        cierra = next((marca for marca in todas if letra == marca[1]), None)
        if abre:
            abiertas.add(abre)
        elif cierra:
            abiertas.remove(cierra)
        else:
            yield letra, frozenset(abiertas)
