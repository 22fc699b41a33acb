"""Lo que una persona corrigió en un oficio sobrevive: las mismas correcciones que en la minuta, con tablas y gráfica."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from generador.ooxml import W
from tests.conftest import Validador
from tests.correcciones import (
    aceptado,
    cambiar_a_medias,
    cambiar_texto,
    con_liga_en,
    corrido,
    en_cuerpo,
    otro_renglon,
    parrafo,
    parrafo_con,
    partir_corrido,
    partir_parrafo,
    quitar,
    textos,
    xml,
)
from tests.libros_de_cuentas import EJEMPLO_DE_OFICIO, docx_de_oficio
from tests.test_fusion import comprobar, con_comentario, con_imagen, con_nota, en_libreoffice, fundida

AQUI = "Asimismo, le"
DATOS = """
## Oficio
| Dato | Valor |
| Fecha | 29/04/2015 |
## Destinatarios
| Nombre | Cargo |
| Cecilia | Directora de Transparencia |
## Firmas
| Nombre | Cargo |
| Alberto | Coordinador Interino |
"""


@cache
def oficio(cambios: str = "") -> bytes:
    return docx_de_oficio(cambios, EJEMPLO_DE_OFICIO)


def _unico(raiz: etree._Element, dicho: str) -> tuple[etree._Element, int]:
    """El corrido que trae ese texto y en qué letra empieza."""
    for suyo in raiz.iter(f"{W}r"):
        texto = "".join(t.text or "" for t in suyo.iter(f"{W}t"))
        if dicho in texto:
            return suyo, texto.index(dicho)
    raise AssertionError(dicho)


def _negrita(raiz: etree._Element) -> None:
    suyo, _ = _unico(raiz, AQUI)
    partir_corrido(suyo, 9).insert(0, xml("<w:rPr><w:b/></w:rPr>"))


def _unidos(raiz: etree._Element) -> None:
    primero = parrafo_con(raiz, "De enero a abril de 2015 se tiene")
    segundo = parrafo_con(raiz, AQUI)
    primero.extend([corrido(" "), *[h for h in segundo if h.tag != f"{W}pPr"]])
    quitar(segundo)


def _movido(raiz: etree._Element) -> None:
    parrafo_con(raiz, "En respuesta al oficio").addprevious(parrafo_con(raiz, AQUI))


def _copia_quitada(raiz: etree._Element) -> None:
    quitar(parrafo_con(raiz, "MORENO PENNA"))


ROJO = '<w:rFonts w:ascii="Comic Sans MS"/><w:color w:val="FF0000"/><w:sz w:val="32"/>'
CORRECCIONES: dict[str, tuple[Callable[[bytes], bytes], str]] = {  # lo que se hace y lo que se debe seguir leyendo
    "palabras dentro de una frase": (en_cuerpo(cambiar_texto("le comento que", "le comento además que")), "además que"),
    "una negrita": (en_cuerpo(_negrita), "Asimismo"),
    "un párrafo nuevo": (
        en_cuerpo(lambda r: parrafo_con(r, AQUI).addnext(parrafo("Se anexa copia."))),
        "Se anexa copia.",
    ),
    "un párrafo borrado": (en_cuerpo(lambda r: quitar(parrafo_con(r, AQUI))), ""),
    "dos párrafos unidos": (en_cuerpo(_unidos), "Asimismo, le comento"),
    "un párrafo partido": (en_cuerpo(partir_parrafo("se notificó mediante")), "se notificó mediante"),
    "un párrafo movido": (en_cuerpo(_movido), "Asimismo, le comento"),
    "una celda": (en_cuerpo(cambiar_texto("Se ciudadano", "Sé Ciudadano")), "Sé Ciudadano"),
    "un renglón nuevo": (en_cuerpo(otro_renglon("@INETelMx")), "agregado a mano 0"),
    "una copia quitada": (en_cuerpo(_copia_quitada), ""),
    "texto pegado con otro formato": (
        en_cuerpo(lambda r: parrafo_con(r, AQUI).append(corrido(" Pegado.", ROJO))),
        "Pegado.",
    ),
    "una imagen": (lambda datos: con_imagen(datos, AQUI), "◆"),
    "un comentario": (lambda datos: con_comentario(datos, AQUI), ""),
    "una liga": (en_cuerpo(con_liga_en(AQUI)), "(véase el portal)"),
    "una nota al pie": (lambda datos: con_nota(datos, AQUI), "◆"),
    "control de cambios a medias": (
        en_cuerpo(cambiar_a_medias("se notificó mediante", "ya se avisó.")),
        "ya se avisó.",
    ),
}


@pytest.fixture(scope="module")
def guardadas(
    soffice_por_lote: Callable[[list[Path]], list[Path]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """Cada oficio corregido, guardado otra vez por LibreOffice."""
    corregidos = {cual: corregir(oficio()) for cual, (corregir, _) in CORRECCIONES.items()}
    return en_libreoffice(corregidos, tmp_path_factory.mktemp("oficios"), soffice_por_lote)


def comprobar_oficio(suya: bytes, dicho: str) -> None:
    debe = ("29 de abril de 2015", "Directora de Transparencia", "Coordinador Interino", dicho)
    comprobar(oficio(), suya, oficio(DATOS), debe, "28 de abril")


@pytest.mark.parametrize("cual", CORRECCIONES)
def test_lo_corregido_queda_y_los_datos_entran(cual: str) -> None:
    corregir, dicho = CORRECCIONES[cual]
    suya = corregir(oficio())
    assert suya != oficio()
    comprobar_oficio(suya, dicho)
    de_los_datos = {a: b for a, b in zip(textos(oficio()), textos(oficio(DATOS)), strict=True) if a != b}
    assert len(de_los_datos) == 3
    esperado = [de_los_datos.get(texto, texto) for texto in aceptado(suya)]
    assert aceptado(fundida(oficio(), suya, oficio(DATOS)).datos) == esperado


@pytest.mark.parametrize("cual", CORRECCIONES)
def test_tambien_despues_de_guardarse_en_libreoffice(cual: str, guardadas: dict[str, bytes]) -> None:
    comprobar_oficio(guardadas[cual], CORRECCIONES[cual][1])


def test_el_validador_del_sdk_no_ve_nada_nuevo(validador_sdk: Validador, tmp_path: Path) -> None:
    suya = oficio()
    for cual, (corregir, _) in CORRECCIONES.items():
        if cual not in (
            "un párrafo borrado",
            "dos párrafos unidos",
            "un párrafo partido",
        ):  # quitan lo que las demás buscan
            suya = corregir(suya)
    ruta = tmp_path / "fundido.docx"
    ruta.write_bytes(fundida(oficio(), suya, oficio(DATOS)).datos)
    assert validador_sdk(ruta) == []
