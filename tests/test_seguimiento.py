"""`generar seguimiento` con libros y carpetas de verdad: qué se lee, qué se dice y lo que Word recibe."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from generador import ooxml
from generador.documentos.expediente import Corte
from generador.flujo import tipo_de
from generador.libro.blanco import crear
from generador.plantilla import problemas
from tests.expedientes import CADENA, CORTE, EJEMPLOS, de_ejemplo, docx, ejemplo
from tests.lectura_de_docx import parrafos
from tests.test_flujo import Corrida, correr, dentro
from tests.test_graficas import citadas, tabla_del_cache, tabla_del_libro

AL_CORTE = ("--corte", "30/06/2018")
INFORME, BALANCE = "Seguimiento CGPE 2018-06-30.docx", "Balance CGPE 2018-06-30.docx"


def poner(carpeta: Path, nombre: str, cambios: str = "", archivo: str = "") -> Path:
    """Un libro de los ejemplos, con cambios, en una carpeta."""
    tipo, ruta = tipo_de("minuta"), carpeta / (archivo or f"{nombre}.xlsx")
    ruta.parent.mkdir(parents=True, exist_ok=True)
    datos = de_ejemplo(nombre, cambios)
    ruta.write_bytes(crear(tipo.modelo, esquema=tipo.esquema, titulo=tipo.titulo, guia=tipo.guia, datos=datos))
    return ruta


def la_cadena(carpeta: Path) -> Path:
    for nombre in CADENA:
        carpeta.mkdir(parents=True, exist_ok=True)
        shutil.copy(EJEMPLOS / f"{nombre}.xlsx", carpeta)
    return carpeta


def dicho(corrida: Corrida) -> str:
    return " ".join((corrida.stdout + corrida.stderr).split())


def test_de_una_carpeta_salen_el_informe_y_el_balance(tmp_path: Path) -> None:
    entradas = la_cadena(tmp_path / "entradas")
    assert correr(tmp_path, "seguimiento", entradas, *AL_CORTE).stdout == f"✓ salidas/{INFORME}\n"
    assert correr(tmp_path, "seguimiento", entradas, "--balance", *AL_CORTE).stdout == f"✓ salidas/{BALANCE}\n"
    assert dentro(tmp_path / "salidas") == [BALANCE, INFORME]


def test_sin_decir_cuales_son_los_de_entradas_sin_los_ejemplos(tmp_path: Path) -> None:
    la_cadena(tmp_path / "entradas" / "2018")
    la_cadena(tmp_path / "entradas" / "ejemplos")
    hecho = correr(tmp_path, "seguimiento", *AL_CORTE)
    assert (hecho.returncode, hecho.stderr) == (0, "")


def test_una_carpeta_puede_traer_otras_cosas(tmp_path: Path) -> None:
    entradas = la_cadena(tmp_path / "entradas")
    shutil.copy(EJEMPLOS / "oficio.xlsx", entradas)
    (entradas / "~$minuta.xlsx").write_bytes(b"abierto en Excel")
    (entradas / "notas.txt").write_text("hola", encoding="utf-8")
    (entradas / "roto.xlsx").write_bytes(b"esto no es un libro")
    hecho = correr(tmp_path, "seguimiento", entradas, *AL_CORTE, "--json")
    ficha = json.loads(hecho.stdout)
    assert hecho.returncode == 0
    assert [aviso["libro"] for aviso in ficha["avisos"]] == ["roto.xlsx"]


def test_un_libro_que_se_nombra_y_no_es_de_sesion_es_un_error(tmp_path: Path) -> None:
    hecho = correr(tmp_path, "seguimiento", EJEMPLOS / "minuta.xlsx", EJEMPLOS / "oficio.xlsx")
    assert hecho.returncode == 1
    assert "oficio.xlsx" in dicho(hecho)
    assert dentro(tmp_path) == []


def test_la_sesion_que_se_prepara_y_aun_no_ocurre_se_avisa_y_no_cuenta(tmp_path: Path) -> None:
    entradas = la_cadena(tmp_path / "entradas")
    assert correr(tmp_path, "siguiente", entradas / "minuta-2018-2.xlsx").returncode == 0
    hecho = correr(tmp_path, "seguimiento", entradas, *AL_CORTE)
    assert (hecho.returncode, hecho.stdout) == (0, f"✓ salidas/{INFORME}\n")
    assert "todavía no ocurre" in dicho(hecho)


def test_un_error_dice_de_que_libro_es(tmp_path: Path) -> None:
    entradas = la_cadena(tmp_path / "entradas")
    poner(entradas, "minuta-2018-2", "## Seguimiento\n| Clave | Estatus anterior |\n|---|---|\n"
          "| CGPE-2018-O01-06-C1 | Cumplido |\n")  # fmt: skip
    hecho = correr(tmp_path, "seguimiento", entradas, *AL_CORTE)
    assert hecho.returncode == 0  # con estatus nuevo, el anterior sólo se avisa
    assert "2 avisos en «minuta-2018-2.xlsx»: ! Seguimiento!G11" in dicho(hecho)
    poner(entradas, "minuta-2018-2", "## Acuerdos\n| Punto | Clave |\n|---|---|\n| 5 | CGPE-2018-O01-06-C1 |\n")
    hecho = correr(tmp_path, "seguimiento", entradas, *AL_CORTE, "--json")
    assert hecho.returncode == 1
    assert {(e["libro"], e["hoja"], e["celda"]) for e in json.loads(hecho.stdout)["errores"]} == {
        ("minuta-2018-2.xlsx", "Acuerdos", "J2")
    }


def test_los_hallazgos_de_muchos_libros_se_agrupan_y_los_errores_van_primero(tmp_path: Path) -> None:
    repetida = "## Acuerdos\n| Punto | Clave |\n|---|---|\n| 5 | CGPE-2017-O02-08-C1 |\n"
    poner(tmp_path / "entradas", "minuta")
    poner(tmp_path / "entradas", "minuta-2018-1", "## Seguimiento\n| Clave | Estatus anterior |\n|---|---|\n"
          "| CGPE-2017-O01-03-C3 | Pendiente |\n")  # fmt: skip
    poner(tmp_path / "entradas", "minuta-2018-2", repetida)
    hecho = correr(tmp_path, "seguimiento", *AL_CORTE)
    assert hecho.returncode == 1
    assert [linea for linea in hecho.stderr.splitlines() if linea.endswith(":")] == [
        "1 error y 1 aviso en «minuta-2018-2.xlsx»:", "1 aviso en «minuta-2018-1.xlsx»:",
    ]  # fmt: skip


def test_de_un_libro_repetido_o_de_otro_organo_no_se_dice_nada_mas(tmp_path: Path) -> None:
    la_cadena(tmp_path / "entradas")
    shutil.copy(EJEMPLOS / "minuta-2018-1.xlsx", tmp_path / "entradas" / "otra vez.xlsx")
    hecho = correr(tmp_path, "seguimiento", *AL_CORTE, "--json")
    ficha = json.loads(hecho.stdout)
    assert (hecho.returncode, len(ficha["errores"]), ficha["avisos"]) == (1, 1, [])


@pytest.mark.parametrize(
    ("opciones", "frase"),
    [
        (["--area", "informatica"], f"✓ salidas/{INFORME.replace('.docx', ' Unidad Técnica de Servicios de Informática.docx')}"),
        (["--area", "unidad"], "puede ser «Unidad Técnica de Transparencia"),
        (["--area", "archivo"], "Ningún acuerdo es de «archivo». Las áreas que hay:"),
        (["--corte", "01/01/2000"], "Al 1 de enero de 2000 no había ninguna sesión: la primera es del 15 de noviembre de 2017"),
        (["--desde", "31/12/2018"], "El corte anterior debe ser de antes del corte"),
        (["--corte", "31/02/2018"], "«31/02/2018» no es una fecha para --corte. Escríbala como 30/06/2018."),
    ],
)  # fmt: skip
def test_lo_que_se_pide_se_cumple_o_se_explica(opciones: list[str], frase: str, tmp_path: Path) -> None:
    hecho = correr(tmp_path, "seguimiento", EJEMPLOS, *AL_CORTE, *opciones)
    assert frase in dicho(hecho)
    assert hecho.returncode == (0 if frase.startswith("✓") else 2)


def test_una_carpeta_sin_libros_de_sesion_se_dice(tmp_path: Path) -> None:
    (tmp_path / "vacía").mkdir()
    hecho = correr(tmp_path, "seguimiento", tmp_path / "vacía")
    assert (hecho.returncode, "No hay ningún libro de sesión" in dicho(hecho)) == (2, True)
    assert correr(tmp_path, "seguimiento", tmp_path / "no está").returncode == 4


def test_el_informe_de_un_area_solo_habla_de_ella() -> None:
    de_una = docx("seguimiento", ejemplo(Corte(CORTE, area="Secretaría Técnica")))
    dichos = parrafos(de_una)
    assert "CGPE-2017-O02-09-C1" in dichos
    assert [d for d in dichos if "O02-08-C1" in d or "Gestoría" in d] == []


# --- Lo que Word recibe

DOCUMENTOS: dict[str, Callable[[], bytes]] = {
    "seguimiento": lambda: docx("seguimiento", ejemplo()),
    "balance": lambda: docx("balance", ejemplo()),
    "seguimiento de una sesión": lambda: docx("seguimiento", ejemplo(Corte(date(2017, 12, 1)))),
    "balance de una sesión": lambda: docx("balance", ejemplo(Corte(date(2017, 12, 1)))),
    "seguimiento de un área": lambda: docx("seguimiento", ejemplo(Corte(CORTE, area="Gestoría de Contenidos"))),
}


@pytest.mark.parametrize("nombre", DOCUMENTOS)
def test_lo_generado_no_tiene_hallazgos_estructurales(nombre: str) -> None:
    assert problemas(ooxml.partes(DOCUMENTOS[nombre]())) == []


def test_lo_generado_pasa_el_validador_de_microsoft(validador_sdk: Callable[..., list[str]], tmp_path: Path) -> None:
    rutas = [tmp_path / f"{nombre}.docx" for nombre in DOCUMENTOS]
    for ruta, hacer in zip(rutas, DOCUMENTOS.values(), strict=True):
        ruta.write_bytes(hacer())
    assert validador_sdk(*rutas) == []


@pytest.mark.parametrize(("tipo", "cuantas"), [("seguimiento", 1), ("balance", 5)])
def test_las_graficas_dicen_lo_mismo_en_su_cache_que_en_su_libro(tipo: str, cuantas: int) -> None:
    partes = ooxml.partes(docx(tipo, ejemplo()))
    assert len(citadas(partes)) == cuantas
    for nombre in citadas(partes):
        assert tabla_del_cache(etree.fromstring(partes[nombre])) == tabla_del_libro(partes, nombre)


@pytest.mark.parametrize("nombre", DOCUMENTOS)
def test_ninguna_pagina_sale_casi_en_blanco_y_la_firma_va_acompanada(
    nombre: str, tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    ruta = tmp_path / f"{nombre}.docx"
    ruta.write_bytes(DOCUMENTOS[nombre]())
    *paginas, _ = pdftotext(soffice(ruta, "pdf")).split("\f")
    lineas = [[linea for linea in pagina.splitlines() if linea.strip()] for pagina in paginas]
    assert [n for n, escritas in enumerate(lineas, 1) if len(escritas) < 6] == []
    assert "Este informe tiene corte al" in paginas[-1]
    assert "LIC. " in paginas[-1]
