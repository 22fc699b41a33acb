"""Todo lo derivado está al día. `pytest --actualizar` lo rehace; mire el ``git diff`` antes de aceptarlo."""

from importlib import import_module
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generador.catalogo import CATALOGO
from generador.espejo import espejo
from generador.esquema import leer
from generador.flujo import componer, tipo_de
from generador.libro.blanco import crear
from generador.libro.lectura import abrir
from tests import expedientes
from tests.libro_de_texto import libro_de_texto

RAIZ = Path(__file__).parent.parent
PLANTILLAS = RAIZ / "plantillas_docx"
EJEMPLOS = RAIZ / "entradas" / "ejemplos"
DORADOS = Path(__file__).parent / "dorados"

tipos = pytest.mark.parametrize("nombre", CATALOGO)
plantillas = pytest.mark.parametrize("nombre", [*CATALOGO, "observaciones"])


def al_dia(ruta: Path, texto: str, actualizar: bool) -> None:
    if actualizar:
        ruta.parent.mkdir(exist_ok=True)
        ruta.write_text(texto, encoding="utf-8", newline="\n")
    assert ruta.read_text(encoding="utf-8") == texto


LIBROS = {  # cada libro de ejemplo, con un tipo que sale de él
    **{entrada.ejemplo: entrada.nombre for entrada in CATALOGO.values() if entrada.ejemplo},
    **dict.fromkeys(expedientes.CADENA, "minuta"),
}


def ejemplo(nombre: str) -> object:
    """El modelo del que sale el documento de ejemplo de un tipo."""
    return expedientes.ejemplo() if CATALOGO[nombre].de_varios else del_libro(CATALOGO[nombre].ejemplo)


def del_libro(nombre: str) -> object:
    texto = (EJEMPLOS / f"{nombre}.md").read_text(encoding="utf-8")
    modelo, hallazgos = leer(tipo_de(LIBROS[nombre]).modelo, libro_de_texto(texto))
    assert hallazgos == []
    return modelo


def todas_sus_celdas(ruta: Path) -> dict[str, list[tuple[object, ...]]]:
    libro = load_workbook(ruta, rich_text=True)
    return {hoja.title: list(hoja.iter_rows(values_only=True)) for hoja in libro.worksheets}


@pytest.mark.parametrize("nombre", LIBROS)
def test_el_libro_de_ejemplo_dice_lo_que_su_texto(nombre: str, actualizar: bool, tmp_path: Path) -> None:
    tipo, ruta = tipo_de(LIBROS[nombre]), EJEMPLOS / f"{nombre}.xlsx"
    fresco = tmp_path / ruta.name
    fresco.write_bytes(
        crear(tipo.modelo, esquema=tipo.esquema, titulo=tipo.titulo, guia=tipo.guia, datos=del_libro(nombre))
    )
    if actualizar and (not ruta.exists() or todas_sus_celdas(ruta) != todas_sus_celdas(fresco)):
        ruta.write_bytes(fresco.read_bytes())
    assert todas_sus_celdas(ruta) == todas_sus_celdas(fresco)
    assert leer(tipo.modelo, abrir(ruta)) == (del_libro(nombre), [])


def test_cada_libro_de_ejemplo_tiene_su_texto() -> None:
    assert sorted(ruta.stem for ruta in EJEMPLOS.glob("*.xlsx")) == sorted(LIBROS)
    assert sorted(ruta.stem for ruta in EJEMPLOS.glob("*.md")) == sorted(LIBROS)


@plantillas
def test_el_espejo_de_la_plantilla_esta_al_dia(nombre: str, actualizar: bool) -> None:
    plantilla = (PLANTILLAS / f"{nombre}.docx").read_bytes()
    al_dia(PLANTILLAS / f"{nombre}.espejo.txt", espejo(plantilla, huellas=True), actualizar)


@plantillas
def test_su_modulo_rehace_la_plantilla(nombre: str) -> None:
    hecha = import_module(f"plantillas_docx.{nombre}").plantilla()
    assert espejo(hecha) == espejo((PLANTILLAS / f"{nombre}.docx").read_bytes())


def test_el_paquete_instalado_trae_todas_las_plantillas() -> None:
    declaradas = (RAIZ / "pyproject.toml").read_text(encoding="utf-8")
    assert [p.name for p in PLANTILLAS.glob("*.docx") if f'"plantillas_docx/{p.name}" = ' not in declaradas] == []


@tipos
def test_el_documento_del_ejemplo_es_el_dorado(nombre: str, actualizar: bool) -> None:
    al_dia(DORADOS / f"{nombre}.txt", espejo(componer(tipo_de(nombre), ejemplo(nombre))), actualizar)


@tipos
def test_cada_tipo_tiene_todas_sus_piezas(nombre: str) -> None:
    entrada = CATALOGO[nombre]
    piezas = [
        PLANTILLAS / f"{nombre}.docx",
        PLANTILLAS / f"{nombre}.espejo.txt",
        DORADOS / f"{nombre}.txt",
        Path(__file__).parent / "casos" / ("seguimiento" if entrada.de_varios else nombre) / "_base.md",
    ]
    assert [str(pieza) for pieza in piezas if not pieza.exists()] == []
    assert (tipo_de(nombre).nombre, tipo_de(nombre).esquema.split("/")[0]) == (nombre, entrada.libro)
    lote = tipo_de(nombre).lote
    assert (lote.hoja if lote else "") == entrada.por_renglon


def test_el_espejo_ve_una_palabra_y_un_estilo_cambiados() -> None:
    plantilla = (PLANTILLAS / "minuta.docx").read_bytes()
    from generador.ooxml import empaquetar, partes

    originales = partes(plantilla)
    for viejo, nuevo in ((b"Se aprob\xc3\xb3", b"Se rechaz\xc3\xb3"), (b'"Firmante"', b'"Cargo"')):
        assert viejo in originales["word/document.xml"]
        tocada = originales["word/document.xml"].replace(viejo, nuevo)
        assert espejo(empaquetar({**originales, "word/document.xml": tocada})) != espejo(plantilla)
