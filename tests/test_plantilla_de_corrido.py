"""De corrido o con árbol, con lo ya aprendido o sin ello: el mismo documento, byte por byte."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from generador import ooxml
from generador.celdas import LIGA, NEGRITA
from generador.hallazgos import ErrorDePlantilla
from generador.plantilla import Plantilla, Propiedades, corrido, problemas
from generador.plantilla.paquete import core, leer_xml
from generador.plantilla.validez import Recuerdo, cambios_sanos
from tests.fabrica import CREADO, campo, dibujo, docx, p, t, tbl, tc, tr
from tests.test_plantilla_propiedades import TEXTO

PROPIEDADES = Propiedades(titulo="Minuta", creado=CREADO)
DE_TODO = docx(
    p("«{{ x }}»"),
    '<w:p w:rsidR="00A1"/>',
    "<w:p><w:r><w:t>{{ x }}</w:t></w:r><w:r><w:t> fijo </w:t></w:r></w:p>",
    p("{% for y in xs %}"),
    p(t("{{ y }}", '<w:i/><w:sz w:val="20"/>'), estilo="ListaNumerada"),
    p("{% endfor %}"),
    p("{% if xs %}", estilo="ListaNumerada"),
    p("{% endif %}"),
    p("{{ x }}", estilo="ListaNumerada"),
    p("a", campo("PAGE"), "<w:r><w:tab/></w:r>", "{{ x }}", '<w:r><w:br w:type="page"/></w:r>', "100 %"),
    tbl(
        tr("Uno", tc("Dos", tcpr='<w:gridSpan w:val="2"/>')),
        tr("{% for y in xs %}", "", ""),
        tr("{{ y }}", tc("{{ y }}", "{{ x }}"), "{{ x }}"),
        tr("{% endfor %}", "", ""),
        columnas=3,
    ),
    p("Fin"),
    encabezado=p("{{ x }}"),
    pie=p("Página ", campo("PAGE")),
)


SIN_LISTAS = docx(
    p("«{{ x }}» 100 %"),
    "<w:p><w:r><w:t>{{ x }}</w:t></w:r></w:p>",
    p("<w:r><w:noBreakHyphen/></w:r>", campo("PAGE")),
    p("{% for y in xs %}"),
    p(t("{{ y }}", '<w:w w:val="90%"/>'), campo("PAGE"), "{{ x }}"),
    p("{% endfor %}"),
    tbl(tr("{% for y in xs %}"), tr("{{ y }}"), tr("{% endfor %}"), tr("{{ x }}")),
    p("Fin"),
    encabezado=p("{{ x }}"),
)


def sin_corrido(plantilla: Plantilla) -> Plantilla:
    """La misma, que siempre arma el árbol."""
    partes = tuple(replace(parte, memoria=None) for parte in plantilla._partes)
    return replace(plantilla, _partes=partes)


ABIERTA = Plantilla.abrir(DE_TODO, "de todo")
CON_ARBOL = sin_corrido(Plantilla.abrir(DE_TODO, "de todo"))
SIN_LISTAS_ABIERTA = Plantilla.abrir(SIN_LISTAS, "sin listas")
SIN_LISTAS_CON_ARBOL = sin_corrido(Plantilla.abrir(SIN_LISTAS, "sin listas"))


@settings(max_examples=150, deadline=None)
@given(TEXTO, st.lists(TEXTO, max_size=4))
def test_de_corrido_y_con_arbol_salen_los_mismos_bytes(x: str, xs: list[str]) -> None:
    de_corrido, con_arbol = (uno.componer({"x": x, "xs": xs}, PROPIEDADES) for uno in (ABIERTA, CON_ARBOL))
    assert de_corrido == con_arbol


@settings(max_examples=150, deadline=None)
@given(TEXTO, st.lists(TEXTO, max_size=2))
@example(" Ana", ["uno"])
def test_lo_que_ya_salio_con_la_misma_forma_tambien(x: str, xs: list[str]) -> None:
    for contexto in ({"x": x, "xs": xs}, {"x": f"{x}&%s", "xs": [f"<{y}" for y in xs]}):
        de_corrido, con_arbol = (
            uno.componer(contexto, PROPIEDADES) for uno in (SIN_LISTAS_ABIERTA, SIN_LISTAS_CON_ARBOL)
        )
        assert de_corrido == con_arbol
        assert ooxml.marcas(de_corrido)[ooxml.HUELLA] == ooxml.huella_de(de_corrido)


@settings(max_examples=60, deadline=None)
@given(TEXTO, st.lists(TEXTO, max_size=3))
def test_la_huella_es_la_que_se_lee_del_documento_y_word_lo_abre(x: str, xs: list[str]) -> None:
    documento = ABIERTA.componer({"x": x, "xs": xs}, PROPIEDADES)
    assert ooxml.marcas(documento)[ooxml.HUELLA] == ooxml.huella_de(documento)
    assert [problema for problema in problemas(ooxml.partes(documento)) if problema.grave] == []


def test_lo_aprendido_de_un_documento_no_cambia_el_siguiente() -> None:
    contextos: list[Mapping[str, object]] = [
        {
            "x": f"{NEGRITA[0]}Ana{NEGRITA[1]} y {n}",
            "xs": [f"\ufddchttps://ine.mx/{m}\ufddduno\ufdde" for m in range(n)],
        }
        for n in (0, 3, 1, 2)
    ]
    aprendida = Plantilla.abrir(DE_TODO, "de todo")
    for contexto in [*contextos, *contextos]:
        nueva = Plantilla.abrir(DE_TODO, "de todo")
        assert aprendida.componer(contexto, PROPIEDADES) == nueva.componer(contexto, PROPIEDADES)


def test_de_la_misma_forma_solo_se_miran_los_textos(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_se_llama(*_: object) -> None:
        raise AssertionError("lo miró tramo por tramo")

    abierta = Plantilla.abrir(SIN_LISTAS, "sin listas")
    abierta.componer({"x": "Ana", "xs": ["uno", f"{NEGRITA[0]}dos{NEGRITA[1]} & tres"]}, PROPIEDADES)
    monkeypatch.setattr(corrido.Corrida, "_rematado", no_se_llama)
    contexto = {"x": "Ana", "xs": ["otro", f"{NEGRITA[0]}cosa{NEGRITA[1]} muy distinta"]}
    hecho = abierta.componer(contexto, PROPIEDADES)
    assert hecho == SIN_LISTAS_CON_ARBOL.componer(contexto, PROPIEDADES)
    with pytest.raises(AssertionError, match="tramo por tramo"):
        abierta.componer({**contexto, "x": " Ana"}, PROPIEDADES)  # hay que preservar ese espacio


def test_un_encabezado_que_cambia_y_vuelve_es_siempre_el_suyo() -> None:
    abierta = Plantilla.abrir(SIN_LISTAS, "sin listas")
    for x in ("Ana", "Ana", "Inés", "Ana"):
        encabezado = ooxml.partes(abierta.componer({"x": x, "xs": []}, PROPIEDADES))["word/header.xml"]
        assert f">{x}<".encode() in encabezado


def test_lo_comun_se_hace_de_corrido(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_se_llama(*_: object) -> None:
        raise AssertionError("armó el árbol")

    abierta = Plantilla.abrir(DE_TODO, "de todo")
    monkeypatch.setattr("generador.plantilla.motor._Borrador.poner", no_se_llama)
    abierta.componer({"x": f"a{NEGRITA[0]}b{NEGRITA[1]} & <c>", "xs": [" uno ", "dos\ntres"]}, PROPIEDADES)


def test_en_pedazos_sale_lo_mismo_que_entero(monkeypatch: pytest.MonkeyPatch) -> None:
    contexto = {"x": "uno\ndos & “tres”", "xs": [f"renglón {n}" for n in range(40)]}
    entero = ooxml.partes(ABIERTA.componer(contexto, PROPIEDADES))
    monkeypatch.setattr("generador.plantilla.motor._PEDAZO", 500)
    assert ooxml.partes(ABIERTA.componer(contexto, PROPIEDADES)) == entero


def test_en_pedazos_lo_que_pide_arbol_se_pinta_otra_vez(monkeypatch: pytest.MonkeyPatch) -> None:
    plantilla = docx(
        p("{% for x in xs %}"), p("{{ x }}"), p("{% endfor %}"),
        tbl(tr("{% for y in ys %}"), tr("{{ y }}"), tr("{% endfor %}")),
    )  # fmt: skip
    contexto = {"xs": [f"párrafo {n}" for n in range(40)], "ys": []}  # la tabla queda sin renglones: se quita
    entero = Plantilla.abrir(plantilla, "x").componer(contexto, PROPIEDADES)
    monkeypatch.setattr("generador.plantilla.motor._PEDAZO", 500)
    assert Plantilla.abrir(plantilla, "x").componer(contexto, PROPIEDADES) == entero


@pytest.mark.parametrize(
    "bloque",
    [
        p('<w:bookmarkStart w:id="7" w:name="a"/>', "{{ x }}", '<w:bookmarkEnd w:id="7"/>'),
        p("{{ x }}", dibujo(1)),
        "<w:sdt><w:sdtContent>" + p("{{ x }}") + "</w:sdtContent></w:sdt>",
        tbl(tr("{{ x }}")) + tbl(tr("{{ x }}")),
    ],
)
def test_lo_que_el_molde_no_describe_pasa_por_el_arbol(bloque: str) -> None:
    abierta = Plantilla.abrir(docx(bloque), "x")
    assert abierta.componer({"x": "Ana"}, PROPIEDADES) == sin_corrido(abierta).componer({"x": "Ana"}, PROPIEDADES)


def test_el_mensaje_de_error_es_el_mismo() -> None:
    for roto in ("\x0b", "\ufffe", "\ud800"):
        dichos = []
        for abierta in (ABIERTA, CON_ARBOL):
            with pytest.raises(ErrorDePlantilla) as error:
                abierta.componer({"x": f"hola{roto}", "xs": []}, PROPIEDADES)
            dichos.append(str(error.value))
        assert dichos[0] == dichos[1]


def test_una_relacion_que_solo_existe_en_otro_documento_no_se_da_por_buena() -> None:
    liga = "\ufddchttps://ine.mx/\ufddduno\ufdde"
    citada = (
        '<w:p><w:hyperlink r:id="rId3" w:history="1"><w:r><w:rPr><w:rStyle w:val="Liga"/></w:rPr>'
        "<w:t>uno</w:t></w:r></w:hyperlink></w:p>"
    )
    plantilla = docx(p("{% if y %}"), p("{{ y }}"), p("{% else %}"), citada, p("{% endif %}"))
    abierta = Plantilla.abrir(plantilla, "x")
    abierta.componer({"y": liga}, PROPIEDADES)
    with pytest.raises(ErrorDePlantilla, match="rId3"):
        abierta.componer({"y": ""}, PROPIEDADES)


def test_lo_que_se_hallo_sano_no_disculpa_a_lo_siguiente() -> None:
    abierta = Plantilla.abrir(SIN_LISTAS, "sin listas")
    contexto = {"x": f"{LIGA[0]}https://ine.mx/{LIGA[1]}Ana{LIGA[2]}", "xs": []}
    for _ in range(2):
        abierta.componer(contexto, PROPIEDADES)
    for _ in range(2):
        with pytest.raises(ErrorDePlantilla, match="dañada"):
            abierta.componer(contexto, replace(PROPIEDADES, titulo="roto\ufffe"))
        with pytest.raises(ErrorDePlantilla, match="no es válida"):
            abierta.componer({**contexto, "x": f"{LIGA[0]}https://ine.mx/%zz{LIGA[1]}Ana{LIGA[2]}"}, PROPIEDADES)


@given(st.text(max_size=5))
def test_las_propiedades_se_aprueban_si_y_solo_si_se_pueden_leer(titulo: str) -> None:
    partes = {"docProps/core.xml": core(replace(PROPIEDADES, titulo=titulo))}
    try:
        leer_xml(partes["docProps/core.xml"])
        se_lee = True
    except etree.XMLSyntaxError:
        se_lee = False
    assert cambios_sanos(partes, partes, Recuerdo({})) is se_lee


def test_muchas_ligas_en_un_parrafo_son_las_suyas() -> None:
    x = "".join(f"{LIGA[0]}https://ine.mx/{n % 300}{LIGA[1]}{n}{LIGA[2]}" for n in range(310))
    for contexto in ({"x": x, "xs": []}, {"x": x[:900], "xs": [x[900:1500]]}):
        assert SIN_LISTAS_ABIERTA.componer(contexto, PROPIEDADES) == SIN_LISTAS_CON_ARBOL.componer(
            contexto, PROPIEDADES
        )


def test_lo_que_se_recuerda_tiene_tope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corrido, "_MAX_RECORDADOS", 3)
    abierta = Plantilla.abrir(docx(p("{{ x }}")), "x")
    for n in range(10):
        contexto = {"x": f"{NEGRITA[0]}a{NEGRITA[1]}b" * n}
        assert abierta.componer(contexto, PROPIEDADES) == sin_corrido(abierta).componer(contexto, PROPIEDADES)
    memoria = abierta._partes[0].memoria
    assert memoria is not None
    assert len(memoria._moldes) <= 3
