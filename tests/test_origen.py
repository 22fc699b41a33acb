"""De qué celdas salió cada bloque: los ejemplos, bloque por bloque.

``pytest --actualizar`` rehace ``tests/dorados/origen-*.txt``; se aceptan leyéndolos junto al libro.
"""

from functools import cache
from pathlib import Path

import pytest

from generador.flujo import componer, correcciones, tipo_de
from generador.flujo.empaque import desempacadas, empacadas
from generador.flujo.expediente import generar_de_varios
from generador.flujo.fuentes import rehacer
from generador.flujo.lote import generar_lote
from generador.flujo.procedencia import Fuente, Procedencia, en_rangos, primero_lo_escrito, que_lo_dicen
from generador.fusion import bloques, dichos
from generador.libro.lectura import abrir
from tests import expedientes
from tests.test_generados import DORADOS, EJEMPLOS, al_dia, ejemplo
from tests.test_lote import CUERPO, destinatarios, guardado, persona

LIBROS = {
    "minuta": ["minuta"],
    "oficio": ["oficio"],
    "informe": ["cuentas"],
    "seguimiento": list(expedientes.CADENA),
}
PEDIDO = {"corte": str(expedientes.CORTE), "anterior": "", "area": ""}

tipos = pytest.mark.parametrize("nombre", LIBROS)


@cache
def origen(nombre: str) -> tuple[bytes, Procedencia]:
    rutas = [EJEMPLOS / f"{libro}.xlsx" for libro in LIBROS[nombre]]
    empaque = desempacadas(empacadas(rutas, None, PEDIDO, de_muchos=False))
    assert empaque is not None
    base = componer(tipo_de(nombre), ejemplo(nombre))
    with rehacer(empaque, nombre, "") as rehecho:
        procedencia = Procedencia(rehecho.receta, rehecho.nombres, dichos(base))
        procedencia.de(())  # mientras la plantilla está abierta
    return base, procedencia


@cache
def por_bloque(nombre: str) -> dict[str, tuple[Fuente, ...]]:
    """Las celdas de cada bloque, por lo que dice."""
    base, procedencia = origen(nombre)
    return {" ".join(b.texto.split()): primero_lo_escrito(procedencia.de(b.parrafos), b.texto) for b in bloques(base)}


def celdas(nombre: str, empieza: str) -> set[str]:
    (suyas,) = (fuentes for texto, fuentes in por_bloque(nombre).items() if texto.startswith(empieza))
    return {fuente.celda for fuente in suyas}


@tipos
def test_con_el_mismo_libro_sale_el_mismo_documento(nombre: str) -> None:
    assert origen(nombre)[1].exacta


@tipos
def test_cada_bloque_de_los_ejemplos_dice_sus_celdas(nombre: str, actualizar: bool) -> None:
    lineas = []
    for texto, fuentes in por_bloque(nombre).items():
        rangos = [f"{rango} de {libro}" if libro else rango for rango, libro in en_rangos(fuentes)]
        lineas.append(f"{texto[:90]}\n    ← {', '.join(rangos) or 'de la plantilla'}\n")
    al_dia(DORADOS / f"origen-{nombre}.txt", "".join(lineas), actualizar)


@pytest.mark.parametrize(
    ("nombre", "empieza", "suyas"),
    [
        ("minuta", "Minuta de la Segunda Sesión Ordinaria", {"Sesión!B2", "Sesión!B3"}),
        ("minuta", "Fecha: 15 de noviembre", {"Sesión!B4"}),
        ("minuta", "Lic. Juan Sosa Ruiz", {f"Asistencia!{c}13" for c in "ABCDG"}),
        ("minuta", "Sin haber más asuntos generales", {"Sesión!B6", "Órgano!B16"}),
        ("minuta", "Punto 2:", set()),
        ("informe", "Del 1 de enero al 30 de junio de 2026", {"Institución!B6", "Institución!B7"}),
        ("oficio", "México, D.F., a 28 de abril", {"Oficio!B3", "Oficio!B4"}),
    ],
)
def test_lo_que_se_calcula_tiene_las_celdas_con_que_se_calcula(nombre: str, empieza: str, suyas: set[str]) -> None:
    assert celdas(nombre, empieza) == suyas


def test_el_quorum_sale_de_quienes_asistieron() -> None:
    base, procedencia = origen("minuta")
    con_quorum = next(b for b in bloques(base) if "quórum" in b.texto.casefold())
    assert {"Desarrollo!D3", "Asistencia!F3"} <= {fuente.celda for fuente in procedencia.de(con_quorum.parrafos)}


def test_una_grafica_y_una_conclusion_salen_de_las_mediciones_que_cuentan() -> None:
    assert {"Mediciones!D8", "Mediciones!D2"} <= celdas("informe", "La que más creció")
    assert {"Informe!B7", "Mediciones!D27"} <= celdas("informe", "La cuenta de Instagram")
    assert {"Gráficas!B3", "Mediciones!D27"} <= celdas("informe", "[Gráfica «Seguidores por plataforma al corte»]")


def test_de_un_documento_por_renglon_las_celdas_son_las_de_su_renglon(tmp_path: Path) -> None:
    personas = destinatarios(*(persona(nombre) for nombre in ("Ana", "Eva", "Luz")))
    libro = guardado(tmp_path / "l.xlsx", CUERPO + personas)
    hechos = [intento.documento for intento in generar_lote("oficio", libro, tmp_path / "S").intentos]
    libro.unlink()
    for fila, documento in zip((2, 3, 4), hechos, strict=True):
        assert documento is not None
        dichas = {fuente.celda for bloque in correcciones.origen(documento)[1] for fuente in bloque.fuentes}
        assert {f"Destinatarios!A{otra}" for otra in (2, 3, 4)} & dichas == {f"Destinatarios!A{fila}"}


def test_lo_que_salio_de_varios_libros_dice_de_cual_y_con_el_corte_que_se_pidio(tmp_path: Path) -> None:
    rutas = [EJEMPLOS / f"{libro}.xlsx" for libro in LIBROS["seguimiento"]]
    hecho = generar_de_varios("seguimiento", rutas, tmp_path, corte=expedientes.CORTE).documento
    historia, suyos = correcciones.origen(hecho)
    assert historia.falta == ""
    assert {fuente.libro for bloque in suyos for fuente in bloque.fuentes} == {ruta.name for ruta in rutas}


@pytest.mark.parametrize(
    ("antes", "despues", "dicho"),
    [
        ("Ana dio cuenta del avance.", "Ana dio parte del avance.", "texto"),
        ("Ana dio cuenta del avance.", "Eva dio cuenta del avance.", "nombre"),
        ("Ana dio cuenta del avance.", "Ana dio cuenta clara del avance.", "texto"),
        ("Se contaron 12 votos.", "Se contaron 13 votos.", ""),
    ],
)
def test_de_las_celdas_de_un_parrafo_se_senala_la_que_dice_lo_que_cambio(antes: str, despues: str, dicho: str) -> None:
    libro = abrir(EJEMPLOS / "minuta.xlsx")
    lugares = iter(libro.hojas[1].celdas.values())
    nombre = Fuente(next(lugares), "nombre", escrito=("ana",))
    texto = Fuente(next(lugares), "texto", escrito=("dio cuenta del avance",))
    halladas = que_lo_dicen((nombre, texto), antes, despues)
    assert [fuente.campo for fuente in halladas] == ([dicho] if dicho else [])
