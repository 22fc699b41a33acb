"""Propiedad: se escriba lo que se escriba en las celdas, o hay hallazgos con su lugar o sale un documento válido."""

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
from generador.flujo import componer, revisado, tipo_de
from generador.hallazgos import LibroConHallazgos
from generador.ooxml import partes
from generador.plantilla import problemas
from tests.lectura_de_docx import parrafos
from tests.libro_de_texto import libro_de_texto

CASOS = Path(__file__).parent / "casos"
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
def libros(sortear: st.DrawFn, nombre: str) -> Libro:
    """El libro base con una, dos o tres celdas cualesquiera en lugar de las suyas."""
    base = libro_de_texto((CASOS / nombre / "_base.md").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("nombre", FINALES)
def test_o_hay_hallazgos_con_su_lugar_o_sale_un_documento_valido(nombre: str) -> None:
    propiedad(nombre)()


def propiedad(nombre: str) -> Callable[[], None]:
    tipo = tipo_de(nombre)

    @given(libros(nombre))
    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
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
