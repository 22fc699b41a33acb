"""El expediente: la historia de cada acuerdo, deducida de los libros; y cuentas que cuadran en cualquier cadena."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generador import ooxml
from generador.documentos.expediente import Archivada, Corte, Expediente, Historia, Situacion, reunir
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import Clase, Estatus, LibroDeSesion, Pendiente, TipoDeSesion
from generador.documentos.siguiente import siguiente
from generador.esquema import Texto, leer
from generador.flujo import tipo_de
from generador.plantilla import problemas
from tests import expedientes
from tests.expedientes import CORTE, docx, ejemplo
from tests.lectura_de_docx import parrafos
from tests.libro_de_texto import libro_de_texto

BASE = Path(__file__).parent / "casos" / "minuta" / "_base.md"
AREAS = ("Archivo", "Informática", "Jurídico", None)


# --- El ejemplo


def historia(clave: str, expediente: Expediente | None = None) -> Historia:
    return next(h for h in (expediente or ejemplo()).historias if h.clave == clave)


def test_cada_acuerdo_tiene_su_historia_desde_que_nacio() -> None:
    suya = historia("CGPE-2017-O02-08-C1")
    assert suya.nacio is ejemplo().sesiones[0]
    assert [(p.sesion.archivo, p.estatus) for p in suya.pasos] == [
        ("minuta-2018-1.xlsx", Estatus.EN_PROCESO), ("minuta-2018-2.xlsx", Estatus.EN_PROCESO),
    ]  # fmt: skip
    assert (suya.area, suya.plazo, suya.atraso(CORTE)) == ("Gestoría de Contenidos", date(2018, 3, 31), 91)
    assert suya.situacion(CORTE) is Situacion.VENCIDO


def test_lo_que_venia_de_antes_del_primer_libro_no_dice_donde_nacio() -> None:
    suya = historia("CGPE-2017-O01-03-C1")
    assert suya.nacio is None
    assert suya.cerro is ejemplo().sesiones[1]
    assert suya.evidencia == "Constancia de publicación 015/2018"


def test_el_plazo_ampliado_es_el_que_cuenta() -> None:
    suya = historia("CGPE-2017-O02-07-C1")
    assert (suya.plazo, suya.situacion(CORTE)) == (date(2018, 8, 31), Situacion.EN_PROCESO)


def test_los_seis_puntos_de_la_semilla_tres_de_ellos_cumplidos() -> None:
    del_primero = reunir([("minuta.xlsx", expedientes.de_ejemplo("minuta"))], Corte(date(2017, 11, 15)))
    venian = [h for h in del_primero.historias if h.nacio is None]
    assert Counter(h.estatus for h in venian) == {Estatus.EN_PROCESO: 3, Estatus.CUMPLIDO: 3}
    movimiento = del_primero.movimientos[0]
    assert (movimiento.al_inicio, movimiento.nuevos, movimiento.cerrados, movimiento.al_final) == (6, 11, 3, 14)


def test_al_corte_de_una_sesion_intermedia_lo_posterior_no_cuenta() -> None:
    intermedio = ejemplo(Corte(date(2018, 3, 1)))
    assert [s.archivo for s in intermedio.posteriores] == ["minuta-2018-2.xlsx"]
    assert historia("CGPE-2017-O02-04-C1", intermedio).estatus is Estatus.EN_PROCESO


def test_lo_cumplido_se_muestra_una_vez_mas_y_sale() -> None:
    recientes = {h.clave for h in ejemplo().recientes}
    assert "CGPE-2017-O02-04-C1" in recientes  # se cumplió en la última sesión
    assert "CGPE-2017-O01-03-C1" not in recientes  # se cumplió en la anterior, y ya se informó
    desde_antes = ejemplo(Corte(CORTE, anterior=date(2018, 1, 1)))
    assert "CGPE-2017-O01-03-C1" in {h.clave for h in desde_antes.recientes}


def test_un_area_se_pide_con_una_palabra_y_sin_tildes() -> None:
    assert ejemplo().areas_que_se_llaman("informatica") == ["Unidad Técnica de Servicios de Informática"]
    de_una = ejemplo(Corte(CORTE, area="Unidad Técnica de Servicios de Informática"))
    assert {h.area for h in de_una.pedidas} == {"Unidad Técnica de Servicios de Informática"}
    assert [m.al_final for m in de_una.movimientos][-1] == len(de_una.abiertas)


# --- Los informes del ejemplo


def test_el_informe_dice_de_cada_acuerdo_abierto_toda_su_historia() -> None:
    dichos = parrafos(docx("seguimiento", ejemplo()))
    for clave in ("CGPE-2017-O02-07-C1", "CGPE-2018-O01-06-C1"):
        assert dichos.count(clave) == 2  # en su tabla y en su ficha
    for dicho in (
        "Al 21 de febrero de 2018 había 10 acuerdos abiertos; desde entonces se sumó 1 y se cerraron 4: al corte quedan 7.",
        "Hay 3 acuerdos vencidos; el de mayor atraso es CGPE-2017-O02-08-C1, con 91 días de atraso al corte.",
        "Se presentó un avance de la evaluación y se amplió el plazo.",
        "El plazo cambió al 31 de agosto de 2018.",
        "Vencido, con 61 días de atraso · Plazo: 30/04/2018 · Entregable: Plan",
    ):
        assert dicho in [d.replace("\u00a0", " ") for d in dichos]


def nombres(tipo: str, expediente: Expediente) -> dict[str, Any]:
    return dict(tipo_de(tipo).contexto(expediente))


def conteos(tipo: str, expediente: Expediente, tabla: str) -> tuple[list[list[int]], list[int]]:
    """Los números de una tabla, renglón por renglón, y los del total; vacíos si no lo lleva."""
    renglones = nombres(tipo, expediente)[tabla]["renglones"]
    filas = [(r["total"], [0 if c == "—" else int(c) for c in r["celdas"][1:]]) for r in renglones]
    return [fila for es_total, fila in filas if not es_total], next((fila for es_total, fila in filas if es_total), [])


def test_los_totales_por_estatus_y_por_area_suman_lo_mismo() -> None:
    areas, total = conteos("seguimiento", ejemplo(), "por_area")
    assert total == [3, 2, 2, 3, 1, 11] == [sum(columna) for columna in zip(*areas, strict=True)]


def test_el_balance_reune_sesiones_asistencia_y_acuerdos() -> None:
    suyos = nombres("balance", ejemplo())
    relacion = [list(sesion.values()) for sesion in suyos["relacion"]]
    assert relacion == [
        ["15/11/2017", "Segunda sesión ordinaria", "7 de 7", "6", "11", "3", "14"],
        ["21/02/2018", "Primera sesión ordinaria", "7 de 7", "14", "2", "6", "10"],
        ["20/06/2018", "Segunda sesión ordinaria", "6 de 7", "10", "1", "4", "7"],
    ]
    asistencia = {fila["celdas"][0]: fila["celdas"][1:] for fila in suyos["asistencia"]["renglones"]}
    assert asistencia["Unidad Técnica de Servicios de Informática"] == ["3", "2", "1", "—", "—", "100%"]
    assert asistencia["Presidencia del Consejo General"] == ["3", "2", "—", "1", "—", "67%"]
    assert asistencia["Secretaria Ejecutiva del Instituto Nacional Electoral"][0] == "3"  # fue «Secretario»
    assert asistencia["Total"] == ["21", "19", "1", "1", "—", "95%"]


# --- Cualquier cadena


@pytest.fixture(scope="module")
def base() -> LibroDeSesion:
    modelo, _ = leer(LibroDeSesion, libro_de_texto(BASE.read_text(encoding="utf-8")))
    assert modelo is not None
    return modelo


def sesion(libro: LibroDeSesion, numero: int, nacen: list["Nace"]) -> LibroDeSesion:
    """El libro con su número, su fecha y los compromisos que nacen: ``(área, plazo en días)``."""
    fecha = date(2015 + numero // 12, numero % 12 + 1, 15)
    modelo = libro.acuerdos[0] if libro.acuerdos else None
    assert modelo is not None
    nacidos = tuple(
        replace(modelo, punto="3", clase=Clase.COMPROMISO, texto=Texto(f"Tarea {numero}.{n}"), area=area,
                plazo=fecha + timedelta(days=dias) if dias else None)
        for n, (area, dias) in enumerate(nacen)
    )  # fmt: skip
    suya = replace(libro.sesion, tipo=TipoDeSesion.ORDINARIA, numero=numero % 12 + 1, fecha=fecha)
    return replace(libro, sesion=suya, acuerdos=nacidos)


Nace = tuple[str | None, int | None]  # su área y su plazo, en días
Cadena = list[tuple[list[Nace], list[Any]]]

NUEVOS = st.lists(st.tuples(st.sampled_from(AREAS), st.sampled_from((None, 10, 45, 400))), max_size=4)
SIGUE = st.sampled_from((None, None, *Estatus, "se pierde"))


@st.composite
def cadenas(sortear: st.DrawFn) -> Cadena:
    """De cada sesión, lo que nace y lo que le pasa a cada acuerdo que recibe (si sobran, no se usan)."""
    return sortear(st.lists(st.tuples(NUEVOS, st.lists(SIGUE, min_size=12, max_size=12)), min_size=1, max_size=6))


def encadenada(base: LibroDeSesion, cadena: Cadena) -> list[tuple[str, LibroDeSesion]]:
    """Los libros de la cadena: cada uno recibe, con `siguiente`, lo que el anterior dejó abierto."""
    libros: list[tuple[str, LibroDeSesion]] = []
    for numero, (nacen, suerte) in enumerate(cadena):
        libro = sesion(base, numero, nacen)
        recibe: tuple[Pendiente, ...] = ()
        if libros:
            anterior = Archivada(libros[-1][0], Reunion(libros[-1][1]))
            recibe = siguiente(anterior, TipoDeSesion.ORDINARIA, libro.sesion.fecha).libro.seguimiento
        suertes = dict(zip(range(len(recibe)), suerte, strict=False))
        seguidos = tuple(
            replace(p, estatus=que if isinstance(que, Estatus) else None)
            for n, p in enumerate(recibe)
            if (que := suertes.get(n)) != "se pierde"
        )
        libros.append((f"{numero}.xlsx", replace(libro, seguimiento=seguidos)))
    return libros


@given(cadenas())
@settings(max_examples=150, deadline=None)
def test_abiertos_al_final_es_lo_que_habia_mas_lo_nuevo_menos_lo_cerrado(cadena: Cadena) -> None:
    modelo, _ = leer(LibroDeSesion, libro_de_texto(BASE.read_text(encoding="utf-8")))
    assert modelo is not None
    libros = encadenada(modelo, cadena)
    expediente = reunir(libros, Corte(date(2021, 1, 1)))

    nacidos = sum(len(libro.acuerdos) for _, libro in libros)
    cerrados = sum(not p.hoy.abierto for _, libro in libros for p in libro.seguimiento)
    assert len(expediente.historias) == nacidos
    assert len(expediente.abiertas) == nacidos - cerrados

    for movimiento in expediente.movimientos:
        assert movimiento.al_final == movimiento.al_inicio + movimiento.nuevos - movimiento.cerrados
    assert sum(m.nuevos for m in expediente.movimientos) == nacidos
    assert sum(m.cerrados for m in expediente.movimientos) == cerrados
    assert expediente.movimientos[-1].al_final == len(expediente.abiertas)

    por_situacion = {situacion: expediente.en(situacion) for situacion in Situacion}
    assert sum(map(len, por_situacion.values())) == nacidos
    assert sum(map(len, expediente.areas.values())) == nacidos
    for h in por_situacion[Situacion.VENCIDO]:
        assert h.abierto
        assert h.plazo is not None
        assert h.plazo < expediente.corte.fecha


@given(cadenas(), st.sampled_from([a for a in AREAS if a]))
@settings(max_examples=25, deadline=None)
def test_de_cualquier_cadena_salen_los_dos_informes_y_sus_tablas_cuadran(cadena: Cadena, area: str) -> None:
    modelo, _ = leer(LibroDeSesion, libro_de_texto(BASE.read_text(encoding="utf-8")))
    assert modelo is not None
    libros = encadenada(modelo, cadena)
    for corte in (Corte(date(2021, 1, 1)), Corte(date(2021, 1, 1), area=area)):
        expediente = reunir(libros, corte)
        for tipo, tabla in (("seguimiento", "por_area"), ("balance", "por_estatus")):
            numeros, total = conteos(tipo, expediente, tabla)
            assert all(sum(fila[:-1]) == fila[-1] for fila in numeros)
            assert total in ([], [sum(columna) for columna in zip(*numeros, strict=True)])
            hecho = ooxml.partes(docx(tipo, expediente))
            assert [problema for problema in problemas(hecho) if problema.grave] == []


def test_cien_libros_con_dos_mil_acuerdos_dan_un_informe_completo(base: LibroDeSesion) -> None:
    nacen: list[Nace] = [(AREAS[n % 4], 45) for n in range(20)]
    cadena = [(nacen, [Estatus.CUMPLIDO] * 15 + [Estatus.EN_PROCESO] * 200) for _ in range(100)]
    libros = encadenada(base, cadena)
    expediente = reunir(libros, Corte(date(2030, 1, 1)))
    assert len(expediente.historias) == 2000
    assert len(expediente.abiertas) == 2000 - 15 * 99
    dichos = Counter(parrafos(docx("seguimiento", expediente)))
    assert [h.clave for h in expediente.abiertas if dichos[h.clave] != 2] == []


def test_muchas_sesiones_sin_avance_se_dicen_en_un_renglon(base: LibroDeSesion) -> None:
    cadena: Cadena = [([("Archivo", 45)] if n == 0 else [], [None]) for n in range(9)]
    fichas = nombres("seguimiento", reunir(encadenada(base, cadena), Corte(date(2016, 1, 1))))["fichas"]
    nace, callado = fichas[0]["pasos"]
    assert nace["avance"][0]["texto"].replace("\u00a0", " ") == "Se acordó, con plazo al 1 de marzo de 2015."
    assert callado["avance"][0]["texto"].replace("\u00a0", " ") == (
        "Sin avance informado en 8 sesiones, hasta la novena sesión ordinaria del 15 de septiembre de 2015."
    )
