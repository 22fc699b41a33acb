"""Lo que abarca una etiqueta escrita en la orilla de un párrafo, de un renglón de tabla o de uno de Mayús+Enter."""

import pytest
from lxml import etree

from generador import ooxml
from generador.ooxml import W
from generador.plantilla import Plantilla, Propiedades
from generador.plantilla.contrato import Contrato, Forma
from generador.plantilla.revision import revisar
from tests.fabrica import CREADO, SECCION, campo, dibujo, docx, p, t, tbl, tc, tr
from tests.test_plantilla_de_corrido import sin_corrido

MAYUS_ENTER = "<w:r><w:br/></w:r>"
DATOS = {
    "xs": [{"n": "Ana", "c": "Directora"}, {"n": "Luis", "c": "Vocal"}],
    "ys": ["uno", "dos"],
    "nada": [],
    "si": "x",
    "no": "",
}
LOS_DOS = [["Nombre", "Cargo"], ["Ana", "Directora"], ["Luis", "Vocal"]]


def raiz_de(*bloques: str) -> etree._Element:
    hecho = Plantilla.abrir(docx(*bloques), "t").componer(DATOS, Propiedades(titulo="Prueba", creado=CREADO))
    return etree.fromstring(ooxml.partes(hecho)["word/document.xml"])


def leido(elemento: etree._Element) -> str:
    """El texto de un párrafo, con «⏎» en cada salto de renglón."""
    return "".join("⏎" if e.tag == f"{W}br" else e.text or "" for e in elemento.iter(f"{W}t", f"{W}br"))


def parrafos(*bloques: str) -> list[str]:
    return [leido(parrafo) for parrafo in raiz_de(*bloques).iter(f"{W}p")]


def renglones(*filas: str) -> list[list[str]]:
    """Lo que dice cada celda de la tabla con esos renglones, además del de títulos."""
    raiz = raiz_de(tbl(tr("Nombre", "Cargo"), *filas, columnas=2))
    return [["|".join(map(leido, c.iter(f"{W}p"))) for c in fila.iter(f"{W}tc")] for fila in raiz.iter(f"{W}tr")]


def de_mayus_enter(*pedazos: str) -> str:
    """Un párrafo con esos renglones."""
    primero, *demas = pedazos
    return p(primero, *(run for pedazo in demas for run in (MAYUS_ENTER, pedazo)))


# --- el renglón de una tabla -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "fila",
    [
        tr("{% for x in xs %}{{ x.n }}", "{{ x.c }}{% endfor %}"),
        tr("{%tr for x in xs %}{{ x.n }}", "{{ x.c }}{%tr endfor %}"),
        tr("{% for x in xs %} {{ x.n }}", "{{ x.c }} {% endfor %}"),
        tr(tc(p("{% for x in xs %}"), p("{{ x.n }}")), tc(p("{{ x.c }}"), p("{% endfor %}"))),
        tr(tc(p(t("{% for x "), t("in xs %}", "<w:b/>"), "{{ x.n }}")), tc(p("{{ x.c }}", t("{% endfor %}", "<w:i/>")))),
        tr("{% if si %}{% for x in xs %}{{ x.n }}", "{{ x.c }}{% endfor %}{% endif %}"),
        tr("{% for x in xs %}{% if x.n %}{{ x.n }}", "{{ x.c }}{% endif %}{% endfor %}"),
    ],
)  # fmt: skip
def test_de_la_primera_celda_a_la_ultima_se_repite_el_renglon(fila: str) -> None:
    assert renglones(fila) == LOS_DOS


def test_las_celdas_que_solo_llevaban_la_etiqueta_quedan_vacias() -> None:
    fila = tr("{% for x in xs %}", "{{ x.n }}", "{% endfor %}")
    assert renglones(fila)[1:] == [["", "Ana", ""], ["", "Luis", ""]]


def test_tambien_varios_renglones_o_uno_de_los_dos_lados_en_el_suyo() -> None:
    assert renglones(tr("{% for x in xs %}{{ x.n }}", "a"), tr("b", "{{ x.c }}{% endfor %}"))[1:] == [
        ["Ana", "a"], ["b", "Directora"], ["Luis", "a"], ["b", "Vocal"],
    ]  # fmt: skip
    assert renglones(tr("{% for x in xs %}", ""), tr("{{ x.n }}", "{{ x.c }}{% endfor %}")) == LOS_DOS
    assert renglones(tr("{% for x in xs %}{{ x.n }}", "{{ x.c }}"), tr("", "{% endfor %}")) == LOS_DOS


def test_el_renglon_que_no_se_cumple_desaparece() -> None:
    assert renglones(tr("{% if no %}Ana", "Directora{% endif %}")) == [["Nombre", "Cargo"]]


def test_si_no_estan_en_las_orillas_se_dice_como_ponerlas() -> None:
    contrato = Contrato("minuta", Forma().sumar(DATOS).cerrar())
    for fila in (
        tr("Nombre: {% for x in xs %}{{ x.n }}", "{{ x.c }}{% endfor %}"),
        tr("{% for x in xs %}{{ x.n }}", "{{ x.c }}{% endfor %} (vocal)"),
        tr(tc(p(dibujo(1), "{% for x in xs %}{{ x.n }}")), "{{ x.c }}{% endfor %}"),
    ):
        (grave,) = [d for d in revisar(docx(tbl(fila, columnas=2)), contrato) if d.grave]
        assert grave.en_dos[1] == (
            "Para repetir el renglón, póngalas al principio de su primera celda y al final de la última; para una sola "
            "celda, ambas en ella."
        )


def test_de_la_tabla_que_se_repite_asi_tambien_se_avisa() -> None:
    contrato = Contrato("minuta", Forma().sumar(DATOS).sumar({"xs": []}).cerrar())
    fila = tr("{% for x in xs %}{{ x.n }}", "{{ x.c }}{% endfor %}")
    avisos = [d.problema[:45] for d in revisar(docx(tbl(tr("Nombre", "Cargo"), fila, columnas=2)), contrato)]
    assert avisos == [
        "si la tabla pasa de página, su encabezado no ",
        "los renglones que se repiten pueden partirse ",
        "si no hay renglones queda la tabla con su pur",
    ]


# --- el párrafo --------------------------------------------------------------------------------------


def test_de_un_parrafo_a_otro_se_repiten_los_dos() -> None:
    assert parrafos(p("{% for x in xs %}{{ x.n }}"), p("{{ x.c }}{% endfor %}"), p("fin")) == [
        "Ana", "Directora", "Luis", "Vocal", "fin",
    ]  # fmt: skip
    assert parrafos(p("a {% if si %}"), p("b"), p("{% else %}c"), p("{% endif %}d")) == ["a", "b", "d"]


def test_lo_que_no_es_texto_se_queda_en_su_parrafo() -> None:
    raiz = raiz_de(p("{% if si %}Página ", campo("PAGE")), p("{% endif %}"), p("fin"))
    assert [leido(parrafo) for parrafo in raiz.iter(f"{W}p")] == ["Página 1", "fin"]
    assert raiz.find(f".//{W}instrText") is not None


@pytest.mark.parametrize(("cual", "cuantas"), [("si", 1), ("no", 0)])
def test_una_imagen_puede_depender_de_un_if(cual: str, cuantas: int) -> None:
    raiz = raiz_de(p("a"), p("{% if " + cual + " %}", dibujo(1), "{% endif %}"))
    assert (len(raiz.findall(f".//{W}drawing")), len(raiz.findall(f".//{W}p"))) == (cuantas, 1 + cuantas)


def test_el_if_que_encierra_todo_su_parrafo_se_lo_lleva() -> None:
    assert parrafos(p("a"), p("{% if no %}Nota{% endif %}"), p("{% if si %}Otra{% endif %}")) == ["a", "Otra"]
    assert parrafos(p("a"), p("{% if no %}{% if si %}x{% endif %}{% endif %}"), p("b")) == ["a", "b"]


@pytest.mark.parametrize(
    "parrafo",
    [
        p("{% if no %}Nota{% endif %}."),
        p("{% if no %}a{% else %}{{ no }}{% endif %}"),
        p("{% if no %}a{% endif %}", ppr=SECCION),
        p("{%r if no %}a{%r endif %}"),
        p("{% for x in nada %}{{ x }}{% endfor %}"),
    ],
)
def test_lo_demas_se_queda(parrafo: str) -> None:
    assert len(parrafos(p("a"), parrafo, p("b"))) == 3


def test_el_unico_parrafo_de_una_celda_se_queda_con_su_formato() -> None:
    raiz = raiz_de(tbl(tr(tc(p("{% if no %}a{% endif %}", ppr='<w:jc w:val="center"/>')))))
    assert raiz.find(f".//{W}tc/{W}p/{W}pPr/{W}jc") is not None


# --- Mayús+Enter -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lineas", "queda"),
    [
        (["{% if si %}", "texto", "{% endif %}"], ["texto"]),
        (["{% if no %}", "texto", "{% endif %}"], []),
        (["{% if no %}", "texto", "{% else %}", "otro", "{% endif %}"], ["otro"]),
        (["a", "{% if si %}", "b", "{% endif %}", "c"], ["a⏎b⏎c"]),
        (["a", "{% if no %}", "b", "{% endif %}", "c"], ["a⏎c"]),
        (["a", "{% if si %}", "b", "{% endif %}"], ["a⏎b"]),
        (["a", "{% if no %}", "b", "{% endif %}"], ["a"]),
        (["{% if no %}", "b", "{% endif %}", "c"], ["c"]),
        (["{% for y in ys %}", "{{ y }}", "{% endfor %}"], ["uno⏎dos"]),
        (["a", "{% for y in ys %}", "{{ y }}", "{% endfor %}"], ["a⏎uno⏎dos"]),
        (["a", "{% for y in ys %}", "{{ y }}", "{% endfor %}", "c"], ["a⏎uno⏎dos⏎c"]),
        (["{% if si %}", "{% for y in ys %}", "{{ y }}", "{% endfor %}", "{% endif %}"], ["uno⏎dos"]),
        (["{% if si %}a", "b{% endif %}"], ["a⏎b"]),
    ],
)
def test_un_renglon_de_puras_etiquetas_no_deja_salto(lineas: list[str], queda: list[str]) -> None:
    assert parrafos(p("antes"), de_mayus_enter(*lineas), p("fin")) == ["antes", *queda, "fin"]


def test_un_salto_que_otra_pareja_quita_no_deja_nada_suyo() -> None:
    lineas = ["{% for y in ys %}", "{% if no %}{% else %}", "{{ y }}", "{% endif %}", "{% endfor %}"]
    assert "{%" not in "".join(parrafos(de_mayus_enter(*lineas), p("fin")))


def test_de_corrido_y_con_arbol_salen_los_mismos_bytes() -> None:
    plantilla = docx(
        p("{% if no %}a{% endif %}"),
        de_mayus_enter("{% for y in ys %}", "{{ y }}", "{% endfor %}"),
        tbl(tr("Nombre", "Cargo"), tr("{% for x in xs %}{{ x.n }}", "{{ x.c }}{% endfor %}"), columnas=2),
        p("fin"),
    )
    abierta = Plantilla.abrir(plantilla, "t")
    propiedades = Propiedades(titulo="Prueba", creado=CREADO)
    assert abierta.componer(DATOS, propiedades) == sin_corrido(abierta).componer(DATOS, propiedades)


def test_un_salto_de_pagina_no_es_de_renglon() -> None:
    raiz = raiz_de(p("a"), p("{% if si %}", '<w:r><w:br w:type="page"/></w:r>', "b", "{% endif %}"), p("c"))
    assert raiz.find(f".//{W}br[@{W}type='page']") is not None
