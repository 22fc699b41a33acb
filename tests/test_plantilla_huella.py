"""La huella dice si alguien cambió lo que dice el documento, no si lo volvió a guardar."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generador import ooxml
from generador.plantilla import Plantilla, Propiedades
from tests.fabrica import CREADO, SECCION, campo, docx, p, partes, t, tbl, tc, tr

TODO = (
    p("Sesión\u00a0ordinaria", ppr=SECCION)
    + p()
    + p(
        "a\u2011b",
        t(" c", "<w:b/>"),
        '<w:r><w:tab/><w:t>d</w:t><w:br/><w:t>e</w:t><w:br w:type="page"/><w:t>f</w:t></w:r>',
    )
    + tbl(tr("uno", tc("dos", tbl(tr("tres")), p())), tr("", "cuatro"), columnas=2)
    + p("z")  # LibreOffice 7.4 pierde un control pegado a una tabla
    + f"<w:sdt><w:sdtPr/><w:sdtContent>{p('control')}</w:sdtContent></w:sdt>"
    + p("Página ", campo("PAGE"), "!")
)


def bloques(cuerpo: str) -> list[str]:
    return ooxml.bloques(ElementTree.fromstring(partes(cuerpo)["word/document.xml"]))


def huella(cuerpo: str, **demas: str) -> str:
    return ooxml.huella_de(docx(cuerpo, **demas))


def test_hay_un_bloque_por_parrafo_y_uno_por_renglon_de_tabla() -> None:
    assert bloques(TODO) == [
        "Sesión\u00a0ordinaria",
        "a\u2011b c\td\ne",
        "f",
        "uno\tdos\ntres\n",
        "\tcuatro",
        "z",
        "control",
        "Página !",
    ]


def test_partir_los_runs_no_cambia_la_huella() -> None:
    assert huella(p("Hola, ", "mundo")) == huella(p("Ho", t("la, mun", "<w:b/>"), "do"))


@pytest.mark.parametrize("otro", ["Hola", "Hola Mundo", "Hola  mundo", "Hola\u00a0mundo", ""])
def test_cambiar_una_palabra_cambia_la_huella(otro: str) -> None:
    assert huella(p("Hola mundo")) != huella(p(otro))


def test_mover_un_texto_a_otro_parrafo_cambia_la_huella() -> None:
    assert huella(p("a") + p("b")) != huella(p("a b")) != huella(p("b") + p("a"))


@pytest.mark.parametrize("donde", ["encabezado", "pie"])
def test_los_encabezados_y_pies_cuentan(donde: str) -> None:
    assert huella(p("x"), **{donde: p("uno")}) != huella(p("x"), **{donde: p("dos")})


def test_el_numero_de_pagina_que_word_calcula_no_cuenta() -> None:
    assert huella(p("x"), pie=p("Página ", campo("PAGE", "1"))) == huella(p("x"), pie=p("Página ", campo("PAGE", "7")))


def test_el_campo_simple_se_lee_igual_que_el_compuesto() -> None:
    simple = '<w:fldSimple w:instr=" PAGE ">' + t("3") + "</w:fldSimple>"
    assert bloques(p("Página ", simple)) == bloques(p("Página ", campo("PAGE"))) == ["Página "]


def test_lo_que_no_es_un_documento_se_dice() -> None:
    for lector in (ooxml.huella_de, ooxml.marcas):
        with pytest.raises(ooxml.PaqueteRoto):
            lector(ooxml.empaquetar({"a.txt": b"x"}))


def test_un_cuadro_de_texto_cuenta_una_sola_vez() -> None:
    cuadro = f"<w:txbxContent>{p('dentro')}</w:txbxContent>"
    alternativo = f"<mc:AlternateContent><mc:Choice Requires='wps'>{cuadro}</mc:Choice><mc:Fallback>{cuadro}</mc:Fallback></mc:AlternateContent>"
    assert bloques(p("fuera", f"<w:r>{alternativo}</w:r>")) == ["fuera", "dentro"]


def test_guardar_en_libreoffice_conserva_la_huella_y_las_marcas(
    tmp_path: Path, soffice: Callable[[Path, str], Path]
) -> None:
    plantilla = Plantilla.abrir(docx(TODO, encabezado=p("{{ x }}"), pie=p("Página ", campo("PAGE"))), "p")
    archivo = tmp_path / "minuta.docx"
    archivo.write_bytes(
        plantilla.componer({"x": "R&D\nfin"}, Propiedades(titulo="x", creado=CREADO), {"generar.documento": "minuta/1"})
    )
    guardado = soffice(archivo, "docx").read_bytes()
    assert guardado != archivo.read_bytes()
    assert ooxml.huella_de(guardado) == ooxml.huella_de(archivo.read_bytes())
    assert ooxml.marcas(guardado) == ooxml.marcas(archivo.read_bytes())
    assert ooxml.marcas(guardado)[ooxml.HUELLA] == ooxml.huella_de(guardado)


def test_una_plantilla_guardada_en_libreoffice_sirve(tmp_path: Path, soffice: Callable[[Path, str], Path]) -> None:
    archivo = tmp_path / "plantilla.docx"
    archivo.write_bytes(
        docx(
            p("{% for x in xs %}"),
            p("{{ x }}"),
            p("{% endfor %}"),
            tbl(tr("{% for x in xs %}"), tr("{{ x }}"), tr("{% endfor %}")),
        )
    )
    plantilla = Plantilla.abrir(soffice(archivo, "docx").read_bytes(), "p")
    compuesto = ooxml.partes(plantilla.componer({"xs": ["a", "b"]}, Propiedades(titulo="x", creado=CREADO)))
    assert ooxml.bloques(ElementTree.fromstring(compuesto["word/document.xml"])) == ["a", "b", "a", "b"]
    assert [nombre for nombre in compuesto if nombre.startswith("docProps")] == [
        "docProps/core.xml",
        "docProps/app.xml",
        "docProps/custom.xml",
    ]


def test_el_zip_propio_es_byte_por_byte_el_de_zipfile() -> None:
    contenido = {"uno.xml": b"<a/>" * 900, "carpeta/dos ñ.rels": b"", "tres.png": bytes(range(256))}
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as archivo:
        for nombre, datos in contenido.items():
            entrada = zipfile.ZipInfo(nombre)
            entrada.compress_type = zipfile.ZIP_STORED if nombre.endswith(".png") else zipfile.ZIP_DEFLATED
            entrada.external_attr, entrada.create_system = 0o600 << 16, 0
            archivo.writestr(entrada, datos)
    fijas = {nombre: ooxml.Comprimida.de(datos) for nombre, datos in contenido.items() if nombre != "tres.png"}
    assert ooxml.empaquetar(contenido) == ooxml.empaquetar(contenido, fijas=fijas) == salida.getvalue()


def test_una_parte_que_cambio_no_se_copia_de_las_fijas() -> None:
    fijas = {"uno.xml": ooxml.Comprimida.de(b"<viejo/>")}
    assert ooxml.partes(ooxml.empaquetar({"uno.xml": b"<nuevo/>"}, fijas=fijas)) == {"uno.xml": b"<nuevo/>"}
