"""Propiedades que valen para cualquier texto: nada se pierde, nada se ejecuta, nada se rompe."""

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from generador import ooxml
from generador.celdas import CURSIVA, LIGA, NEGRITA, SALTO, SUBINDICE, SUPERINDICE, limpiar, sin_formato
from generador.ooxml import W
from generador.plantilla import Plantilla, Propiedades, problemas
from tests.fabrica import CREADO, docx, p, t, tbl, tr

PLANTILLA = Plantilla.abrir(
    docx(
        p("«{{ x }}»"),
        p("{% for y in xs %}"),
        p(t("{{ y }}", '<w:i/><w:sz w:val="20"/>'), estilo="ListaNumerada"),
        p("{% endfor %}"),
        tbl(tr("{% for y in xs %}", ""), tr("{{ y }}", "{{ y }}"), tr("{% endfor %}", ""), columnas=2),
        encabezado=p("{{ x }}"),
    ),
    "propiedades",
)
MARCAS = [
    *NEGRITA,
    *CURSIVA,
    *SUPERINDICE,
    *SUBINDICE,
    LIGA[2],
    f"{LIGA[0]}http://ine.mx/?a={LIGA[1]}",
    f"{LIGA[0]}https://ine.mx/?b=1&c='2\"{LIGA[1]}",
    f"{LIGA[0]}x:y{LIGA[1]}",
]
HOSTILES = ["{{ x }}", "{%", "%}", "{#", "<w:p/>", "]]>", "&lt;", "{_{", "<!--", "\n", "\t", SALTO, "  ", "\u00a0"]
TEXTO = st.lists(
    st.one_of(st.sampled_from([*MARCAS, *HOSTILES]), st.text(max_size=8).map(lambda crudo: limpiar(crudo)[0])),
    max_size=8,
).map("".join)
_COMO_TEXTO = {f"{W}t": None, f"{W}tab": "\t", f"{W}br": SALTO}


def leido(raiz: etree._Element) -> str:
    """El texto de los párrafos, con los mismos signos con que se escribió en el contexto."""
    return "\n".join(
        "".join(
            (e.text or "") if e.tag == f"{W}t" else str(_COMO_TEXTO[str(e.tag)]) for e in parrafo.iter(*_COMO_TEXTO)
        )
        for parrafo in raiz.iter(f"{W}p")
    )


@settings(max_examples=150, deadline=None)
@given(TEXTO, st.lists(TEXTO, max_size=3))
def test_todo_texto_llega_completo_y_el_documento_es_valido(x: str, xs: list[str]) -> None:
    propiedades = Propiedades(titulo=x, asunto=x, creado=CREADO)
    partes = ooxml.partes(PLANTILLA.componer({"x": x, "xs": xs}, propiedades))
    plano = [sin_formato(y) for y in xs]
    cuerpo = [f"«{sin_formato(x)}»", *plano, *(y for y in plano for _ in range(2))]
    assert leido(etree.fromstring(partes["word/document.xml"])) == "\n".join([*cuerpo, ""] if xs else [*cuerpo])
    assert leido(etree.fromstring(partes["word/header.xml"])) == sin_formato(x)
    assert [problema for problema in problemas(partes) if problema.grave or problema.codigo == "espacios"] == []


@settings(max_examples=50, deadline=None)
@given(TEXTO)
def test_las_marcas_no_cambian_la_huella(x: str) -> None:
    propiedades = Propiedades(titulo="x", creado=CREADO)
    con, sin = (ooxml.huella_de(PLANTILLA.componer({"x": y, "xs": []}, propiedades)) for y in (x, sin_formato(x)))
    assert con == sin
