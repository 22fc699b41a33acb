"""Lo que la fusión hace con lo que no es el cuerpo: encabezados, pies, gráficas e imágenes."""

import io
from collections.abc import Callable
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from generador import ooxml
from generador.fusion.documento import Documento
from generador.fusion.figuras import figuras_de
from generador.ooxml import TIPO_DE_RELACION, WP, W
from generador.plantilla.paquete import leer_xml
from generador.plantilla.relleno_de_grafica import C
from tests import fabrica
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


# --- notas al pie


def test_de_una_nota_agregada_se_dice_su_texto() -> None:
    base = fabrica.docx(fabrica.p("Se acordó publicarlo."))
    cita = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    suya = fabrica.docx(fabrica.p("Se acordó publicarlo.", cita), nota=fabrica.p("Véase el anexo."))
    assert [s.despues for s in fundida(base, suya, base).suyos] == ["Se acordó publicarlo.[Nota «Véase el anexo.»]"]


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


def otra_cifra(raiz: etree._Element) -> None:
    cifra = next(v for v in raiz.iter(f"{C}v") if (v.text or "").isdecimal() and len(v.text or "") > 4)
    cifra.text = "1"


def sin_grafica(raiz: etree._Element) -> None:
    dibujo = next(raiz.iter(f"{W}drawing"))
    parrafo = next(dibujo.iterancestors(f"{W}p"))
    parrafo.getparent().remove(parrafo)  # type: ignore[union-attr]


def test_si_se_cambiaron_sus_datos_se_deja_y_se_avisa() -> None:
    suya = con_xml(oficio(), otra_cifra, GRAFICA)
    fusion = fundida(oficio(), suya, oficio(AUMENTO))
    assert [(s.que, s.despues) for s in fusion.suyos] == [("cambió sus datos", "1")]
    assert valores(fusion.datos) == valores(suya)
    assert en_su_libro(fusion.datos) == en_su_libro(suya)
    assert any("usted la cambió y se dejó" in aviso for aviso in fusion.avisos)


def test_una_grafica_borrada_por_la_persona_no_vuelve_y_si_sus_datos_cambian_se_avisa() -> None:
    suya = con_xml(oficio(), sin_grafica)
    fusion = fundida(oficio(), suya, oficio(AUMENTO))
    assert "◆" not in "".join(aceptado(fusion.datos))
    assert rechazado(fusion.datos) == textos(suya)
    assert any("usted la quitó, y lo que muestra cambió" in aviso for aviso in fusion.avisos)
    assert fundida(oficio(), suya, oficio()).avisos == ()


@pytest.mark.parametrize(("corregida", "queda"), [(True, True), (False, False)])
def test_si_los_datos_quitan_una_grafica_solo_se_pregunta_por_la_corregida(corregida: bool, queda: bool) -> None:
    suya = con_xml(oficio(), otra_cifra, GRAFICA) if corregida else oficio()
    fusion = fundida(oficio(), suya, con_xml(oficio(), sin_grafica))
    assert ("◆" in "".join(aceptado(fusion.datos))) == queda
    assert len(fusion.por_decidir) == corregida


# --- varias gráficas: cada una se reconoce por lo que dice

CREC = """
## Mediciones
| Cuenta | Fecha de corte | Valor |
| Ejemplo TW | 31/12/2025 | 118900 |
"""


def por_titulo(datos: bytes) -> list[tuple[str, list[str]]]:
    """En el orden del documento: el título de cada gráfica y sus cifras."""
    documento = Documento(datos)
    figuras = figuras_de(documento, documento.principal, documento.cuerpo)
    return [(figura.titulo, valores(datos, figura.parte)) for figura in figuras]


def test_de_una_celda_se_dice_en_cual_renglon() -> None:
    lugares = {suceso.lugar for suceso in fundida(informe(), informe(), informe(CREC)).actualizados}
    assert "Totales por plataforma, renglón «Twitter»" in lugares


def de_graficas(raiz: etree._Element) -> list[etree._Element]:
    return [next(dibujo.iterancestors(f"{W}p")) for dibujo in raiz.iter(f"{W}drawing")]


def _borrar_la_segunda(raiz: etree._Element) -> None:
    segunda = de_graficas(raiz)[1]
    segunda.getparent().remove(segunda)  # type: ignore[union-attr]


def _subir_la_ultima(raiz: etree._Element) -> None:
    graficas = de_graficas(raiz)
    graficas[0].addprevious(graficas[-1])


def _juntar_las_dos_primeras(raiz: etree._Element) -> None:
    una, otra = de_graficas(raiz)[:2]
    una.extend([h for h in otra if h.tag != f"{W}pPr"])
    otra.getparent().remove(otra)  # type: ignore[union-attr]


def _copiar_la_primera(raiz: etree._Element) -> None:
    graficas = de_graficas(raiz)
    graficas[-1].addnext(deepcopy(graficas[0]))


def _agrandar(raiz: etree._Element) -> None:
    for medida in raiz.iter(f"{WP}extent"):
        medida.set("cx", "1234567")


@pytest.mark.parametrize(
    "tocar", [_borrar_la_segunda, _subir_la_ultima, _juntar_las_dos_primeras, _copiar_la_primera, _agrandar]
)
def test_las_graficas_que_quedan_se_ponen_al_dia_cada_una_con_lo_suyo(tocar: Callable[[etree._Element], None]) -> None:
    assert dict(por_titulo(informe(CREC))) != dict(por_titulo(informe()))
    suya = con_xml(informe(), tocar)
    fusion = fundida(informe(), suya, informe(CREC))
    nuevas = dict(por_titulo(informe(CREC)))
    assert por_titulo(fusion.datos) == [(titulo, nuevas[titulo]) for titulo, _ in por_titulo(suya)]
    quitadas = nuevas.keys() - dict(por_titulo(suya)).keys()
    assert fusion.avisos == tuple(
        f"Gráfica «{titulo}»: usted la quitó, y lo que muestra cambió con los datos." for titulo in quitadas
    )
    assert len(list(parte(fusion.datos, "word/document.xml").iter(f"{W}drawing"))) == len(por_titulo(suya))
    assert fundida(informe(CREC), fusion.datos, informe(CREC)).datos == fusion.datos
    assert [h for h in hallazgos(fusion.datos) if h not in hallazgos(suya)] == []


def test_el_texto_alternativo_de_una_grafica_dice_las_cifras_nuevas() -> None:
    def descripciones(datos: bytes) -> list[str]:
        return [d.get("descr", "") for d in parte(datos, "word/document.xml").iter(f"{WP}docPr")]

    fusion = fundida(informe(), con_xml(informe(), _agrandar), informe(CREC))
    assert descripciones(fusion.datos) == descripciones(informe(CREC)) != descripciones(informe())


def test_si_la_persona_cambio_el_titulo_se_queda_y_entran_los_datos() -> None:
    otro_titulo = cambiar_en_grafica("Seguidores de todas las cuentas", "Todas las cuentas")
    suya = con_xml(informe(), otro_titulo, GRAFICA)
    fusion = fundida(informe(), suya, informe(CREC))
    assert por_titulo(fusion.datos)[0] == ("Todas las cuentas", por_titulo(informe(CREC))[0][1])
    assert en_su_libro(fusion.datos) == en_su_libro(informe(CREC))
    assert fusion.avisos == ()


def test_si_la_persona_corrigio_los_datos_de_una_las_demas_se_ponen_al_dia() -> None:
    suya = con_xml(informe(), cambiar_en_grafica("324531", "1"), GRAFICA)
    fusion = fundida(informe(), suya, informe(CREC))
    assert por_titulo(fusion.datos) == [por_titulo(suya)[0], *por_titulo(informe(CREC))[1:]]
    assert fusion.avisos == (
        "Gráfica «Seguidores de todas las cuentas»: usted la cambió y se dejó; sus datos nuevos no se le pusieron.",
    )


def cambiar_en_grafica(viejo: str, nuevo: str) -> Callable[[etree._Element], None]:
    def cambiar(raiz: etree._Element) -> None:
        (dicho,) = [e for e in raiz.iter() if e.text == viejo]
        dicho.text = nuevo

    return cambiar


@pytest.mark.parametrize(("base", "nueva"), [("", AUMENTO), (AUMENTO, "")])
def test_lo_fundido_con_graficas_lo_abre_word(base: str, nueva: str, validador_sdk: Validador, tmp_path: Path) -> None:
    ruta = tmp_path / "oficio.docx"
    ruta.write_bytes(fundida(oficio(base), oficio(base), oficio(nueva)).datos)
    assert validador_sdk(ruta) == []
