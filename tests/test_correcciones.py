"""Lo que se pregunta de un documento ya escrito: qué se le corrigió, de dónde salió, en qué difiere de otro."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from generador.fusion.fragmento import corrido, fragmentos
from generador.ooxml import empaquetar, partes
from generador.plantilla.validez import problemas
from tests.lectura_de_docx import parrafos
from tests.test_flujo import EJEMPLO, MINUTA, correr, dentro

DICE = "segundo y tercer trimestre"


@pytest.fixture
def minuta(tmp_path: Path) -> Path:
    """La minuta de ejemplo, recién hecha en ``salidas/`` a partir de un libro de ``entradas/``."""
    (tmp_path / "entradas").mkdir()
    shutil.copy(EJEMPLO, tmp_path / "entradas" / "minuta.xlsx")
    assert correr(tmp_path, "minuta").returncode == 0
    return tmp_path / "salidas" / MINUTA


def corregir(ruta: Path, viejo: str, nuevo: str) -> None:
    contenido = partes(ruta.read_bytes())
    cuerpo = contenido["word/document.xml"].decode()
    assert viejo in cuerpo
    contenido["word/document.xml"] = cuerpo.replace(viejo, nuevo, 1).encode()
    ruta.write_bytes(empaquetar(contenido))


def seguido(texto: str) -> str:
    return " ".join(texto.split())


def test_cambios_dice_que_se_corrigio_y_en_que_celda_conviene_corregirlo(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    dicho = seguido(correr(tmp_path, "cambios", minuta).stdout)
    assert "1 cambio respecto de lo que se generó." in dicho
    assert "Punto 4: cambió decía: «… " in dicho
    assert "Conviene corregirlo también en el Excel: Desarrollo!D14 (Texto)." in dicho


def test_cambios_de_lo_que_nadie_ha_tocado_no_dice_ninguno(minuta: Path, tmp_path: Path) -> None:
    assert "nadie lo ha corregido" in correr(tmp_path, "cambios", minuta).stdout


def test_cambios_en_json_trae_las_celdas(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, "Sosa Ruiz", "Sosa Ruíz")
    ficha = json.loads(correr(tmp_path, "cambios", minuta, "--json").stdout)
    assert [(c["que"], c["decia"], c["dice"]) for c in ficha["cambios"]] == [
        ("cambió", "Lic. Juan Sosa Ruiz", "Lic. Juan Sosa Ruíz")
    ]
    assert {celda["celda"] for celda in ficha["cambios"][0]["celdas"]} <= {f"Asistencia!{c}13" for c in "ABCDE"}


def fuentes(minuta: Path) -> Path:
    return minuta.parent / ".generar" / f"{minuta.name}.fuentes"


def test_aunque_el_libro_se_haya_movido_se_sabe_de_que_celda_salio(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    (tmp_path / "entradas" / "minuta.xlsx").unlink()
    assert "Desarrollo!D14" in correr(tmp_path, "cambios", minuta).stdout


def test_sin_lo_guardado_ni_el_libro_se_dice_y_se_puede_indicar(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    fuentes(minuta).unlink()
    (tmp_path / "entradas" / "minuta.xlsx").rename(tmp_path / "otra.xlsx")
    hecho = correr(tmp_path, "cambios", minuta)
    assert "No está el libro «minuta.xlsx»" in seguido(hecho.stdout + hecho.stderr)
    assert "Desarrollo!D14" in correr(tmp_path, "cambios", minuta, "--libro", "otra.xlsx").stdout


def test_si_el_libro_cambio_y_no_quedo_copia_se_dice_y_lo_que_sigue_igual_lleva_sus_celdas(
    minuta: Path, tmp_path: Path
) -> None:
    fuentes(minuta).unlink()
    libro = tmp_path / "entradas" / "minuta.xlsx"
    libro.write_bytes(con_otro(libro, "Sesión", "B8", "Auditorio"))
    hecho = correr(tmp_path, "origen", minuta, "--json")
    celdas = por_bloque(json.loads(hecho.stdout))
    assert celdas["Fecha: 15 de noviembre de 2017"] == ["Sesión!B4"]
    assert celdas['Lugar: Sala de Usos Múltiples, Edificio "A", primer piso'] == []
    assert "cambiaron desde que se hizo" in seguido(correr(tmp_path, "origen", minuta).stderr)


def test_con_una_plantilla_propia_que_ya_no_esta_tambien_se_sabe(tmp_path: Path) -> None:
    shutil.copy(EJEMPLO, tmp_path / "minuta.xlsx")
    propia = tmp_path / "propia.docx"
    shutil.copy(Path(__file__).parent.parent / "plantillas_docx" / "minuta.docx", propia)
    corregir(propia, "Lugar:", "Sede:")
    assert correr(tmp_path, "minuta", "minuta.xlsx", "--plantilla", "propia.docx").returncode == 0
    for cual in ("propia.docx", "minuta.xlsx"):
        (tmp_path / cual).unlink()
    celdas = por_bloque(json.loads(correr(tmp_path, "origen", tmp_path / "salidas" / MINUTA, "--json").stdout))
    assert celdas['Sede: Sala de Usos Múltiples, Edificio "A", primer piso'] == ["Sesión!B8"]
    assert celdas["Minuta de la Segunda Sesión Ordinaria"] == ["Sesión!B2", "Sesión!B3"]


def con_otro(libro: Path, hoja: str, celda: str, valor: str) -> bytes:
    abierto = load_workbook(libro)
    abierto[hoja][celda] = valor
    salida = BytesIO()
    abierto.save(salida)
    return salida.getvalue()


def por_bloque(ficha: dict[str, Any]) -> dict[str, list[str]]:
    return {seguido(b["texto"]): [celda["celda"] for celda in b["celdas"]] for b in ficha["bloques"]}


def test_si_se_mueve_la_carpeta_entera_el_libro_se_encuentra(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "otra"
    otra.mkdir()
    for cual in ("entradas", "salidas"):
        shutil.move(tmp_path / cual, otra / cual)
    assert "Sesión!B4" in correr(tmp_path, "origen", otra / "salidas" / MINUTA).stdout


def test_origen_dice_el_libro_la_plantilla_y_las_celdas(minuta: Path, tmp_path: Path) -> None:
    ficha = json.loads(correr(tmp_path, "origen", minuta, "--json").stdout)
    assert [Path(libro).name for libro in ficha["libros"]] == ["minuta.xlsx"]
    celdas = por_bloque(ficha)
    assert celdas["Fecha: 15 de noviembre de 2017"] == ["Sesión!B4"]
    assert celdas["Lista de Asistencia"] == []
    assert celdas["Asuntos generales."] == ["Orden del día!B10"]


def test_de_un_documento_que_no_hizo_el_programa_se_dice_que_no_hay_con_que_comparar(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent.parent / "plantillas_docx" / "minuta.docx", tmp_path / "ajeno.docx")
    hecho = correr(tmp_path, "cambios", "ajeno.docx")
    assert (hecho.returncode, "no lo hizo este programa" in seguido(hecho.stderr)) == (2, True)


@pytest.mark.parametrize("orden", ["cambios", "origen"])
@pytest.mark.parametrize("datos", [b"", b"no es un documento"])
def test_lo_que_no_se_puede_leer_se_dice_sin_traza(tmp_path: Path, orden: str, datos: bytes) -> None:
    (tmp_path / "malo.docx").write_bytes(datos)
    hecho = correr(tmp_path, orden, "malo.docx")
    assert hecho.returncode in (2, 4)
    assert "malo.docx" in hecho.stderr
    assert "Traceback" not in hecho.stderr


def test_comparar_da_las_diferencias_marcadas_y_la_tabla_dice_debe_decir(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "Corregida.docx"
    shutil.copy(minuta, otra)
    corregir(otra, DICE, "segundo, tercer y cuarto trimestre")
    corregir(otra, "Asuntos generales.", "Otros asuntos.")
    assert "2 diferencias" in correr(tmp_path, "comparar", minuta, otra, "--salida", "C").stdout
    tabla, marcado = (tmp_path / "C" / nombre for nombre in sorted(dentro(tmp_path / "C"), reverse=True))
    assert tabla.name.startswith("Observaciones a Minuta")
    dicho = "\n".join(parrafos(tabla.read_bytes()))
    assert "Asuntos generales." in dicho
    assert "Otros asuntos." in dicho
    assert b"<w:ins " in partes(marcado.read_bytes())["word/document.xml"]
    assert [problemas(partes(ruta.read_bytes())) for ruta in (tabla, marcado)] == [[], []]


def test_comparar_dos_iguales_no_escribe_nada(minuta: Path, tmp_path: Path) -> None:
    assert "dicen lo mismo" in correr(tmp_path, "comparar", minuta, minuta, "--salida", "C").stdout
    assert not (tmp_path / "C").exists()


@pytest.mark.parametrize(
    ("antes", "despues", "dice", "debe"),
    [
        ("A las 11:00 hrs.", "A las 12:00 hrs.", "A las 11:00 hrs.", "A las 12:00 hrs."),
        ("uno " * 60 + "fin", "uno " * 60 + "final", "… " + "uno " * 7 + "fin", "… " + "uno " * 7 + "final"),
        ("", "nuevo", "", "nuevo"),
    ],
)
def test_un_cambio_se_cita_con_lo_de_alrededor(antes: str, despues: str, dice: str, debe: str) -> None:
    assert tuple(map(corrido, fragmentos(antes, despues))) == (dice, debe)


def test_la_tabla_va_en_el_orden_en_que_se_lee(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "Corregida.docx"
    shutil.copy(minuta, otra)
    corregir(otra, "Asuntos generales.", "Otros asuntos.")
    corregir(otra, "Lista de Asistencia</w:t></w:r></w:p>", f"Lista de Asistencia</w:t></w:r></w:p>{AGREGADO}")
    correr(tmp_path, "comparar", minuta, otra, "--salida", "C")
    tabla = next(ruta for ruta in (tmp_path / "C").iterdir() if ruta.name.startswith("Observaciones"))
    dicho = "\n".join(parrafos(tabla.read_bytes()))
    assert dicho.index("Un párrafo agregado.") < dicho.index("Otros asuntos.")


AGREGADO = "<w:p><w:r><w:t>Un párrafo agregado.</w:t></w:r></w:p>"
