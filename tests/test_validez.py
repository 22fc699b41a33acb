"""El validador ve lo que Word rechazaría: cada rotura de un documento sano tiene que notarse."""

import time
from pathlib import Path

import pytest

from generador import ooxml
from generador.plantilla import problemas
from tests.conftest import Validador
from tests.fabrica import campo, dibujo, docx, p, partes, t, tbl, tc, tr

DOC, RELS, TIPOS = "word/document.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"
LIGA = (
    f'<Relationship Id="liga" Type="{ooxml.TIPO_DE_RELACION}hyperlink" Target="http://ine.mx/" TargetMode="External"/>'
)
SANO = partes(
    p(
        '<w:bookmarkStart w:id="1" w:name="m"/>',
        t("Hola", '<w:b/><w:sz w:val="22"/>'),
        '<w:bookmarkEnd w:id="1"/>',
        ppr='<w:keepNext/><w:jc w:val="both"/>',
    )
    + tbl(tr("uno", tc("dos", tcpr='<w:gridSpan w:val="1"/>')), columnas=2)
    + p(dibujo(1), campo("PAGE"), f'<w:hyperlink r:id="liga">{t("liga")}</w:hyperlink>')
    + p("lista", '<w:r><w:footnoteReference w:id="1"/></w:r>', estilo="ListaNumerada"),
    encabezado=p(dibujo(2), "encabezado"),
    nota=p("nota"),
    rels=LIGA,
)


def codigos(partes: dict[str, bytes], *, graves: bool = True) -> set[str]:
    return {problema.codigo for problema in problemas(partes) if problema.grave is graves}


def roto(parte: str, viejo: str | bytes, nuevo: str | bytes) -> dict[str, bytes]:
    viejo, nuevo = (x.encode() if isinstance(x, str) else x for x in (viejo, nuevo))
    assert viejo in SANO[parte]
    return {**SANO, parte: SANO[parte].replace(viejo, nuevo, 1)}


def con_relacion(atributos: str) -> dict[str, bytes]:
    return roto(RELS, "</Relationships>", f"<Relationship {atributos}/></Relationships>")


def externa(tipo: str) -> dict[str, bytes]:
    return con_relacion(f'Id="z" Type="{ooxml.TIPO_DE_RELACION}{tipo}" Target="http://malo.mx/x" TargetMode="External"')


def test_un_documento_sano_no_tiene_problemas() -> None:
    assert problemas(SANO) == []


ROTURAS = {
    "dos imágenes con el mismo número": ("docpr", roto(DOC, "</w:body>", p(dibujo(1)) + "</w:body>")),
    "una imagen del encabezado con el número de otra": (
        "docpr",
        roto("word/header.xml", 'docPr id="2"', 'docPr id="1"'),
    ),
    "propiedades de párrafo en desorden": (
        "orden",
        roto(DOC, '<w:keepNext/><w:jc w:val="both"/>', '<w:jc w:val="both"/><w:keepNext/>'),
    ),
    "propiedades de letra en desorden": ("orden", roto(DOC, '<w:b/><w:sz w:val="22"/>', '<w:sz w:val="22"/><w:b/>')),
    "una propiedad repetida": ("orden", roto(DOC, "<w:b/>", "<w:b/><w:b/>")),
    "propiedades de celda en desorden": (
        "orden",
        roto(
            DOC,
            '<w:tcW w:w="2000" w:type="dxa"/><w:gridSpan w:val="1"/>',
            '<w:gridSpan w:val="1"/><w:tcW w:w="2000" w:type="dxa"/>',
        ),
    ),
    "una relación a una parte que no está": (
        "sin-destino",
        con_relacion(f'Id="z" Type="{ooxml.TIPO_DE_RELACION}image" Target="media/a.png"'),
    ),
    "una relación desconocida": ("rid", roto(DOC, 'r:id="liga"', 'r:id="otra"')),
    "una relación repetida": (
        "rid-repetido",
        con_relacion(f'Id="liga" Type="{ooxml.TIPO_DE_RELACION}hyperlink" Target="http://a.mx/" TargetMode="External"'),
    ),
    "relaciones de una parte que no está": ("rels-sin-parte", {**SANO, "word/_rels/nada.xml.rels": SANO[RELS]}),
    "un tabulador vertical": ("xml", roto(DOC, "Hola", "Ho\x0bla")),
    "un tabulador vertical escapado": ("xml", roto(DOC, "Hola", "Ho&#11;la")),
    "U+FFFF": ("xml", roto(DOC, "Hola", "Ho\uffffla")),
    "medio carácter": ("xml", roto(DOC, b"Hola", b"Ho\xed\xa0\x80la")),
    "UTF-8 malo": ("xml", roto(DOC, b"Hola", b"Ho\xffla")),
    "un & suelto": ("xml", roto(DOC, "Hola", "R&D")),
    "un < suelto": ("xml", roto(DOC, "Hola", "1 < 2")),
    "una entidad sin declarar": ("xml", roto(DOC, "Hola", "&nbsp;")),
    "una declaración DOCTYPE": ("doctype", roto(DOC, "<w:document", "<!DOCTYPE a><w:document")),
    "dos marcadores con el mismo número": (
        "marcador-repetido",
        roto("word/header.xml", "<w:p>", '<w:p><w:bookmarkStart w:id="1" w:name="z"/><w:bookmarkEnd w:id="1"/>'),
    ),
    "un marcador que no se cierra": ("marcador", roto(DOC, '<w:bookmarkEnd w:id="1"/>', "")),
    "un marcador que no se abrió": ("marcador", roto(DOC, '<w:bookmarkStart w:id="1" w:name="m"/>', "")),
    "una celda sin párrafo": ("tc", roto(DOC, p("uno"), "")),
    "una celda que acaba en tabla": ("tc", roto(DOC, p("uno"), p("uno") + tbl(tr("x")))),
    "un renglón sin celdas": ("tr", roto(DOC, "<w:tr>", "<w:tr/><w:tr>")),
    "una tabla sin renglones": ("tbl", roto(DOC, "<w:tbl>", tbl() + "<w:tbl>")),
    "una celda más ancha que su tabla": ("gridspan", roto(DOC, '<w:gridSpan w:val="1"/>', '<w:gridSpan w:val="3"/>')),
    "una celda de ancho sin número": (
        "gridspan-numero",
        roto(DOC, '<w:gridSpan w:val="1"/>', '<w:gridSpan w:val="dos"/>'),
    ),
    "un párrafo dentro de otro": ("anidado", roto(DOC, "<w:hyperlink", "<w:p/><w:hyperlink")),
    "un run fuera de su párrafo": ("anidado", roto(DOC, "<w:tbl>", t("x") + "<w:tbl>")),
    "una tabla dentro de un párrafo": ("anidado", roto(DOC, "<w:hyperlink", tbl(tr("x")) + "<w:hyperlink")),
    "un renglón fuera de su tabla": ("anidado", roto(DOC, "<w:tbl>", tr("x") + "<w:tbl>")),
    "texto con elementos dentro": ("texto", roto(DOC, "Hola", "Ho<w:br/>la")),
    "la última sección fuera de lugar": ("seccion", roto(DOC, "</w:body>", "<w:p/></w:body>")),
    "una alineación que no existe": ("jc", roto(DOC, '<w:jc w:val="both"/>', '<w:jc w:val="justificado"/>')),
    "un tamaño de letra que no es número": ("sz", roto(DOC, '<w:sz w:val="22"/>', '<w:sz w:val="once"/>')),
    "una nota que no existe": ("nota", roto(DOC, 'footnoteReference w:id="1"', 'footnoteReference w:id="7"')),
    "un prefijo ignorable sin declarar": ("ignorable", roto(DOC, 'mc:Ignorable="w14"', 'mc:Ignorable="w14 w99"')),
    "un paraId fuera de rango": ("paraid", roto(DOC, "<w:p>", '<w:p w14:paraId="80000000">')),
    "una parte sin tipo de contenido": ("sin-tipo", {**SANO, "word/media/a.png": b"x"}),
    "un tipo de contenido declarado dos veces": (
        "tipo-repetido",
        roto(
            TIPOS,
            "</Types>",
            f'<Override PartName="/word/styles.xml" ContentType="{ooxml.TIPO_DE_WORD}styles+xml"/></Types>',
        ),
    ),
    "sin lista de tipos": ("sin-tipos", {n: d for n, d in SANO.items() if n != TIPOS}),
    "sin documento": ("principal", {n: d for n, d in SANO.items() if n != DOC}),
    "nombres que sólo difieren en mayúsculas": ("repetida", {**SANO, "word/Styles.xml": b"<a/>"}),
    "propiedades dos veces": (
        "propiedades-repetidas",
        roto(
            "_rels/.rels",
            "</Relationships>",
            2
            * '<Relationship Id="z" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="word/styles.xml"/>'
            + "</Relationships>",
        ),
    ),
    "un tipo con macros": ("macros", roto(TIPOS, "document.main", "document.macroEnabled.main")),
    "una dirección mal escrita": (
        "uri",
        con_relacion(f'Id="z" Type="{ooxml.TIPO_DE_RELACION}image" Target="http://a b"'),
    ),
    "una liga peligrosa": ("liga", roto(RELS, "http://ine.mx/", "file:///c:/a.exe")),
    "una plantilla remota": ("remoto", externa("attachedTemplate")),
    "una imagen enlazada": ("remoto", externa("image")),
    "un objeto enlazado": ("remoto", externa("oleObject")),
    "texto fuera de su lugar": ("texto-suelto", roto(DOC, "<w:hyperlink", "perdido<w:hyperlink")),
    "texto entre párrafos": ("texto-suelto", roto(DOC, "<w:tbl>", "{{ x }}<w:tbl>")),
    "un campo sin cerrar": ("campo", roto(DOC, '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")),
    "un campo sin abrir": ("campo", roto(DOC, '<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "")),
    "un campo con dos separadores": (
        "campo",
        roto(
            DOC,
            '<w:fldChar w:fldCharType="end"/>',
            '<w:fldChar w:fldCharType="separate"/><w:fldChar w:fldCharType="end"/>',
        ),
    ),
    "un encabezado vacío": (
        "sin-parrafo",
        {**SANO, "word/header.xml": SANO["word/header.xml"].split(b"<w:p>")[0] + b"</w:hdr>"},
    ),
    "un control de contenido vacío": ("sdt", roto(DOC, "<w:tbl>", "<w:sdt><w:sdtContent/></w:sdt><w:tbl>")),
}


@pytest.mark.parametrize("nombre", ROTURAS)
def test_cada_rotura_se_nota(nombre: str) -> None:
    codigo, partes_rotas = ROTURAS[nombre]
    assert codigo in codigos(partes_rotas)


AVISOS = {
    "una etiqueta que sobró": ("jinja", roto(DOC, "Hola", "{{ hola }}")),
    "espacios que se pierden": ("espacios", roto(DOC, '<w:t xml:space="preserve">Hola', "<w:t>Hola ")),
    "un estilo que no existe": ("estilo", roto(DOC, "ListaNumerada", "Otro")),
    "una lista que no existe": (
        "lista",
        roto(DOC, "<w:keepNext/>", '<w:keepNext/><w:numPr><w:numId w:val="9"/></w:numPr>'),
    ),
    "una tabla con renglones cortos": ("gridspan-corto", roto(DOC, "<w:tblGrid>", '<w:tblGrid><w:gridCol w:w="1"/>')),
    "una nota citada dos veces": (
        "nota-repetida",
        roto(DOC, "<w:hyperlink", '<w:r><w:footnoteReference w:id="1"/></w:r><w:hyperlink'),
    ),
    "dos marcadores del mismo nombre": (
        "marcador-nombre",
        roto(DOC, "<w:hyperlink", '<w:bookmarkStart w:id="9" w:name="M"/><w:bookmarkEnd w:id="9"/><w:hyperlink'),
    ),
}


@pytest.mark.parametrize("nombre", AVISOS)
def test_lo_que_solo_conviene_mirar_es_un_aviso(nombre: str) -> None:
    codigo, partes_rotas = AVISOS[nombre]
    assert codigo in codigos(partes_rotas, graves=False)
    assert codigos(partes_rotas) == set()


def test_el_problema_dice_donde_esta() -> None:
    (problema,) = problemas(roto(DOC, p("uno"), ""))
    assert str(problema) == "word/document.xml, cerca de «dos»: hay una celda sin párrafo."


@pytest.mark.parametrize(
    "datos", [b"", b"PK", docx(p("x"))[:-30], docx(p("x"), encabezado=p("y")).replace(b"styles", b"header")]
)
def test_un_zip_danado_no_llega_al_validador(datos: bytes) -> None:
    with pytest.raises(ooxml.PaqueteRoto):
        ooxml.partes(datos)


def test_un_documento_de_seis_paginas_se_revisa_en_un_parpadeo() -> None:
    largo = partes(
        "".join(p(t("texto " * 20), t("más", "<w:b/>")) for _ in range(200)) + tbl(*[tr("a", "b")] * 60, columnas=2)
    )
    inicio = time.perf_counter()
    assert problemas(largo) == []
    assert time.perf_counter() - inicio < 0.5  # mide 0.02 s; el margen es para una máquina ocupada


def test_el_documento_sano_lo_es_tambien_para_microsoft(tmp_path: Path, validador_sdk: Validador) -> None:
    archivo = tmp_path / "sano.docx"
    archivo.write_bytes(ooxml.empaquetar(SANO))
    assert validador_sdk(archivo) == []
