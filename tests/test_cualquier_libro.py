"""Propiedad: se escriba lo que se escriba en las celdas, o hay hallazgos con su lugar o sale un documento válido."""

from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from generador.celdas import Celda, Hoja, Libro, Valor, limpiar
from generador.documentos.minuta import TIPO
from generador.flujo import componer, revisado
from generador.hallazgos import LibroConHallazgos
from generador.ooxml import partes
from generador.plantilla import problemas
from tests.lectura_de_docx import parrafos
from tests.libro_de_texto import libro_de_texto

BASE = libro_de_texto((Path(__file__).parent / "casos" / "minuta" / "_base.md").read_text(encoding="utf-8"))
HOY = date(2026, 1, 1)

RARO: st.SearchStrategy[Valor] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.sampled_from([
        "Sí", "No", "A distancia", "Robles", "Vega", "Ortiz", "Ibarra", "1", "2", "3", "4", "Retirado", "Pospuesto",
        "No aprobado", "Aprobado", "Recibido", "Sin resultado", "Extraordinaria", "Secretaría técnica", "Presidencia",
        "Orden del día", "Informe", "Asuntos generales", "{quien}", "{presidencia}", "{votacion}", "{{ 7*7 }}",
        "{% for x in y %}", "<w:p>", "R&D", "a\nb", "• uno\n• dos", "1. uno", "\ufdd0negrita\ufdd1", "http://a.mx/x).",
        "Número fijo", "Porcentaje", "0", "100", "Mtra.", "Nominal", "Según la columna «Firma»", " ", "\u2028", "ñ" * 300,
    ]),
    st.text(max_size=30).map(lambda texto: limpiar(texto)[0]),  # como llega de `libro`
)  # fmt: skip


@st.composite
def libros(sortear: st.DrawFn) -> Libro:
    """El libro base con una, dos o tres celdas cualesquiera en lugar de las suyas."""
    hojas = {hoja.nombre: hoja for hoja in BASE.hojas}
    for nombre in sortear(st.lists(st.sampled_from(sorted(hojas)), min_size=1, max_size=3)):
        hoja = hojas[nombre]
        columnas = [2] if nombre in ("Órgano", "Sesión") else [c for (f, c) in hoja.celdas if f == 1]
        lugar = (sortear(st.integers(2, max(hoja.filas) + 2)), sortear(st.sampled_from(columnas)))
        hojas[nombre] = Hoja(nombre, {**hoja.celdas, lugar: Celda(nombre, *lugar, sortear(RARO))})
    return Libro(BASE.ruta, tuple(hojas.values()))


@given(libros())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_o_hay_hallazgos_con_su_lugar_o_sale_un_documento_valido(libro: Libro) -> None:
    try:
        modelo, _ = revisado(TIPO, libro, HOY)
    except LibroConHallazgos as error:
        sin_lugar = [h for h in error.hallazgos if not h.hoja or not h.problema.endswith((".", "?", "!"))]
        assert sin_lugar == []
        return
    event("sale documento")
    docx = componer(TIPO, modelo)
    assert [problema for problema in problemas(partes(docx)) if problema.grave] == []
    assert any("concluyó la sesión" in parrafo for parrafo in parrafos(docx))
