"""Lo que la fusión hace con lo que no es el cuerpo: encabezados, pies, gráficas e imágenes."""

import io
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from generador import ooxml
from generador.ooxml import TIPO_DE_RELACION, W
from generador.plantilla.paquete import leer_xml
from generador.plantilla.relleno_de_grafica import C
from tests.conftest import Validador
from tests.correcciones import aceptado, cambiar_texto, con_xml, rechazado, textos
from tests.libros_de_cuentas import EJEMPLO_DE_OFICIO, docx_de_informe, docx_de_oficio
from tests.test_fusion import fundida, hallazgos

ENCABEZADO = "word/header1.xml"
GRAFICA = "word/charts/chart1.xml"
AUMENTO = """
## Mediciones
| Cuenta | Fecha de corte | Valor |
| INEMexico | 31/12/2014 | 341601 |
"""
OTRO_PERIODO = """
## Institución
| Dato | Valor |
| Institución | Instituto de la Prueba |
"""


@cache
def oficio(cambios: str = "") -> bytes:
    return docx_de_oficio(cambios, EJEMPLO_DE_OFICIO)


@cache
def informe(cambios: str = "") -> bytes:
    return docx_de_informe(cambios)


def parte(datos: bytes, nombre: str) -> etree._Element:
    return leer_xml(ooxml.partes(datos)[nombre])


def dicho(datos: bytes, nombre: str) -> str:
    return "".join(t.text or "" for t in parte(datos, nombre).iter(f"{W}t"))


def valores(datos: bytes, nombre: str = GRAFICA) -> list[str]:
    return [v.text or "" for v in parte(datos, nombre).iter(f"{C}v")]


def en_su_libro(datos: bytes, nombre: str = GRAFICA) -> list[object]:
    """Las cifras del Excel que se abre con «Editar datos»."""
    relaciones = leer_xml(ooxml.partes(datos)[ooxml.ruta_de_relaciones(nombre)])
    (libro,) = [r.get("Target", "") for r in relaciones if r.get("Type") == f"{TIPO_DE_RELACION}package"]
    hoja = load_workbook(io.BytesIO(ooxml.partes(datos)[ooxml.destino(nombre, libro)])).worksheets[0]
    return [celda.value for fila in hoja.iter_rows() for celda in fila if celda.value is not None]


# --- encabezados y pies


def test_un_encabezado_que_nadie_toco_se_pone_al_dia() -> None:
    fusion = fundida(informe(), informe(), informe(OTRO_PERIODO))
    assert dicho(fusion.datos, ENCABEZADO) == dicho(informe(OTRO_PERIODO), ENCABEZADO) != dicho(informe(), ENCABEZADO)
    assert list(parte(fusion.datos, ENCABEZADO).iter(f"{W}ins", f"{W}del")) == []
    assert "Encabezado" in [suceso.lugar for suceso in fusion.actualizados]
    assert fundida(informe(OTRO_PERIODO), fusion.datos, informe(OTRO_PERIODO)).datos == fusion.datos


def test_un_encabezado_corregido_se_deja_y_se_avisa() -> None:
    suya = con_xml(informe(), cambiar_texto("Instituto de Ejemplo", "Instituto Ejemplar"), ENCABEZADO)
    fusion = fundida(informe(), suya, informe(OTRO_PERIODO))
    assert dicho(fusion.datos, ENCABEZADO) == dicho(suya, ENCABEZADO)
    assert any(
        "Encabezado: usted lo corrigió" in aviso and "Instituto de la Prueba" in aviso for aviso in fusion.avisos
    )


def test_un_pie_corregido_no_impide_nada_si_los_datos_no_lo_cambian() -> None:
    suya = con_xml(informe(), cambiar_texto("Página ", "Hoja "), "word/footer1.xml")
    fusion = fundida(informe(), suya, informe(OTRO_PERIODO))
    assert dicho(fusion.datos, "word/footer1.xml") == dicho(suya, "word/footer1.xml")
    assert not any("Pie" in aviso for aviso in fusion.avisos)


# --- gráficas


def test_una_grafica_que_nadie_toco_se_pone_al_dia_con_su_libro() -> None:
    fusion = fundida(oficio(), oficio(), oficio(AUMENTO))
    assert valores(fusion.datos) == valores(oficio(AUMENTO)) != valores(oficio())
    assert en_su_libro(fusion.datos) == en_su_libro(oficio(AUMENTO)) != en_su_libro(oficio())
    assert hallazgos(fusion.datos) == []


def test_si_solo_se_cambio_su_aspecto_se_conserva_con_los_datos_nuevos() -> None:
    def de_rojo(raiz: etree._Element) -> None:
        for color in raiz.iter("{http://schemas.openxmlformats.org/drawingml/2006/main}srgbClr"):
            color.set("val", "FF0000")

    suya = con_xml(oficio(), de_rojo, GRAFICA)
    assert suya != oficio()
    fusion = fundida(oficio(), suya, oficio(AUMENTO))
    assert valores(fusion.datos) == valores(oficio(AUMENTO))
    assert en_su_libro(fusion.datos) == en_su_libro(oficio(AUMENTO))
    colores = {e.get("val") for e in parte(fusion.datos, GRAFICA).iter() if etree.QName(e).localname == "srgbClr"}
    assert colores == {"FF0000"}
    assert hallazgos(fusion.datos) == []


def test_si_se_cambiaron_sus_datos_se_deja_y_se_avisa() -> None:
    def otra_cifra(raiz: etree._Element) -> None:
        cifra = next(v for v in raiz.iter(f"{C}v") if (v.text or "").isdecimal() and len(v.text or "") > 4)
        cifra.text = "1"

    suya = con_xml(oficio(), otra_cifra, GRAFICA)
    fusion = fundida(oficio(), suya, oficio(AUMENTO))
    assert valores(fusion.datos) == valores(suya)
    assert en_su_libro(fusion.datos) == en_su_libro(suya)
    assert any("usted la cambió y se dejó" in aviso for aviso in fusion.avisos)


def test_una_grafica_borrada_por_la_persona_no_vuelve() -> None:
    def sin_grafica(raiz: etree._Element) -> None:
        dibujo = next(raiz.iter(f"{W}drawing"))
        parrafo = next(dibujo.iterancestors(f"{W}p"))
        parrafo.getparent().remove(parrafo)  # type: ignore[union-attr]

    suya = con_xml(oficio(), sin_grafica)
    fusion = fundida(oficio(), suya, oficio(AUMENTO))
    assert "◆" not in "".join(aceptado(fusion.datos))
    assert rechazado(fusion.datos) == textos(suya)


@pytest.mark.parametrize(("base", "nueva"), [("", AUMENTO), (AUMENTO, "")])
def test_lo_fundido_con_graficas_lo_abre_word(base: str, nueva: str, validador_sdk: Validador, tmp_path: Path) -> None:
    ruta = tmp_path / "oficio.docx"
    ruta.write_bytes(fundida(oficio(base), oficio(base), oficio(nueva)).datos)
    assert validador_sdk(ruta) == []
