"""Propiedad: se escriba lo que se escriba en las celdas, o hay hallazgos con su lugar o sale un documento válido."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from generador.castellano import mayusculas
from generador.celdas import Celda, Hoja, Libro, Valor, limpiar, sin_formato
from generador.documentos.cuentas import LibroDeCuentas
from generador.documentos.expediente import Corte, reunir
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import leer
from generador.flujo import componer, revisado, tipo_de
from generador.hallazgos import LibroConHallazgos
from generador.ooxml import partes
from generador.plantilla import problemas
from tests import expedientes
from tests.lectura_de_docx import parrafos
from tests.libro_de_texto import libro_de_texto

CASOS = Path(__file__).parent / "casos"
EJEMPLOS = Path(__file__).parent.parent / "entradas" / "ejemplos"
HOY = date(2026, 1, 1)
FICHAS = ("Órgano", "Sesión", "Institución", "Oficio", "Informe")

PROPIOS = {
    "minuta": [
        "A distancia", "Robles", "Vega", "Ortiz", "Ibarra", "Retirado", "Pospuesto", "No aprobado", "Aprobado",
        "Recibido", "Sin resultado", "Extraordinaria", "Secretaría técnica", "Presidencia", "Orden del día", "Informe",
        "Asuntos generales", "{quien}", "{presidencia}", "{votacion}", "Número fijo", "Porcentaje", "Nominal",
        "Según la columna «Firma»",
    ],
    "oficio": [
        "Ejemplo", "Ejemplo FB", "Vieja", "Gastos", "crecimiento", "Tabla", "Gráfica", "Tabla de bajas", "Viñeta",
        "{Ejemplo.final}", "{total.aumento}", "{usted}", "{destinatario.cargo}", "{gráfica.crecimiento}", "Pastel",
        "IE/DC/052/2024", "Ejemplo; Ejemplo FB", "$1,200.00 (mil pesos)", "anexo 2", "5 cuentas", "Total",
    ],
    "informe": [
        "Ejemplo", "Ejemplo FB", "Vieja", "crecimiento", "Alta", "Baja", "Estatal", "Distrital", "seguidores", "alcance",
        "{Ejemplo.final}", "{final}", "{total.aumento}", "{gráfica.crecimiento}", "Pastel", "Barras", "01/02/2024",
        "31/12/2023", "30/06/2024", "12.5", "1,000",
    ],
}  # fmt: skip
COMUNES = [
    "Sí", "No", "1", "2", "3", "4", "0", "100", "{{ 7*7 }}", "{% for x in y %}", "<w:p>", "R&D", "a\nb",
    "• uno\n• dos", "1. uno", "\ufdd0negrita\ufdd1", "http://a.mx/x).", "Mtra.", " ", "\u2028", "ñ" * 300, "Femenino",
]  # fmt: skip


def raro(nombre: str) -> st.SearchStrategy[Valor]:
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 10**12),
        st.floats(allow_nan=True, allow_infinity=True),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.sampled_from(PROPIOS[nombre] + COMUNES),
        st.text(max_size=30).map(lambda texto: limpiar(texto)[0]),  # como llega de `libro`
    )


@st.composite
def libros(sortear: st.DrawFn, nombre: str, ruta: Path) -> Libro:
    """El libro de ese texto con una, dos o tres celdas cualesquiera en lugar de las suyas."""
    base = libro_de_texto(ruta.read_text(encoding="utf-8"))
    hojas = {hoja.nombre: hoja for hoja in base.hojas}
    for elegida in sortear(st.lists(st.sampled_from(sorted(hojas)), min_size=1, max_size=3)):
        hoja = hojas[elegida]
        columnas = [2] if elegida in FICHAS else [c for (f, c) in hoja.celdas if f == 1]
        lugar = (sortear(st.integers(2, max(hoja.filas) + 2)), sortear(st.sampled_from(columnas)))
        hojas[elegida] = Hoja(elegida, {**hoja.celdas, lugar: Celda(elegida, *lugar, sortear(raro(nombre)))})
    return Libro(base.ruta, tuple(hojas.values()))


def _primera_firma(modelo: LibroDeCuentas) -> str:
    return mayusculas(sin_formato(modelo.firmas[0].con_titulo)) if modelo.firmas else ""


FINALES: dict[str, Callable[[Any], str]] = {
    "minuta": lambda modelo: "concluyó la sesión",
    "oficio": _primera_firma,
    "informe": _primera_firma,
}


def _sin_espacios(texto: str) -> str:
    return "".join(texto.split())


BASES = {  # de qué texto, qué documento y cuántas veces
    "base de la minuta": (CASOS / "minuta" / "_base.md", "minuta", 150),
    "base del oficio": (CASOS / "oficio" / "_base.md", "oficio", 150),
    "base del informe": (CASOS / "informe" / "_base.md", "informe", 150),
    "minuta": (EJEMPLOS / "minuta.md", "minuta", 25),
    "minuta-2018-1": (EJEMPLOS / "minuta-2018-1.md", "minuta", 25),
    "minuta-2018-2": (EJEMPLOS / "minuta-2018-2.md", "minuta", 25),
    "oficio": (EJEMPLOS / "oficio.md", "oficio", 25),
    "cuentas": (EJEMPLOS / "cuentas.md", "informe", 25),
}
VECES = int(os.environ.get("VECES", "1"))  # para correr muchas más: VECES=40 pytest tests/test_cualquier_libro.py


@pytest.mark.parametrize("base", BASES)
def test_o_hay_hallazgos_con_su_lugar_o_sale_un_documento_valido(base: str) -> None:
    propiedad(*BASES[base])()


def propiedad(ruta: Path, nombre: str, ejemplos: int) -> Callable[[], None]:
    tipo = tipo_de(nombre)

    @given(libros(nombre, ruta))
    @settings(max_examples=ejemplos * VECES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def cumple(libro: Libro) -> None:
        try:
            modelo, _ = revisado(tipo, libro, HOY)
        except LibroConHallazgos as error:
            sin_lugar = [h for h in error.hallazgos if not h.hoja or not h.problema.endswith((".", "?", "!"))]
            assert sin_lugar == []
            return
        event("sale documento")
        docx = componer(tipo, modelo)
        assert [problema for problema in problemas(partes(docx)) if problema.grave] == []
        assert _sin_espacios(FINALES[nombre](modelo)) in _sin_espacios(" ".join(parrafos(docx)))

    return cumple


@given(libros("minuta", EJEMPLOS / "minuta-2018-1.md"), st.sampled_from(("seguimiento", "balance")))
@settings(max_examples=25 * VECES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_en_medio_de_una_cadena_tambien(libro: Libro, nombre: str) -> None:
    modelo, hallazgos = leer(LibroDeSesion, libro)
    if modelo is None:
        assert [h for h in hallazgos if h.es_error and not h.hoja] == []
        return
    otros = [(n, expedientes.de_ejemplo(n)) for n in ("minuta", "minuta-2018-2")]
    expediente = reunir([*otros, ("minuta-2018-1", modelo)], Corte(HOY))
    dichos = tipo_de(nombre).cruces(expediente, HOY)
    assert [h for h in dichos if not (h.hoja and h.libro)] == []
    if not any(h.es_error for h in dichos):
        event("sale documento")
        docx = expedientes.docx(nombre, expediente)
        assert [problema for problema in problemas(partes(docx)) if problema.grave] == []
