"""Las gráficas son de Word: se editan, llevan sus datos dentro y dicen lo mismo en todas partes."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from generador import ooxml
from generador.grafica import Clase, Grafica, Serie
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import RELACION, WP, R
from generador.plantilla import Plantilla, Propiedades, problemas
from generador.plantilla.diseno_de_grafica import diseno
from generador.plantilla.relleno_de_grafica import A, C
from tests.conftest import Validador
from tests.fabrica import (
    COMBINADA_DE_WORD,
    CREADO,
    LINEA_DE_WORD,
    PASTEL_DE_WORD,
    SECCION,
    dibujo,
    docx,
    docx_con_grafica,
    grafica,
    p,
    t,
    tbl,
    tc,
    tr,
)

PROPIEDADES = Propiedades(titulo="Informe", creado=CREADO)
MESES = ("enero", "febrero", "marzo")
LINEA = Grafica("Seguidores", Clase.LINEA, MESES, (Serie("@INEMexico", (350_000, 361_200, 384_052)),))
BARRAS = Grafica(
    "Aumento",
    Clase.BARRAS,
    ("FB", "Twitter"),
    (Serie("Nacional", (160_900, 42_452)), Serie("Estatal", (15_865, 7_970))),
)
PASTEL = Grafica("Reparto", Clase.PASTEL, ("FB", "Twitter", "YouTube"), (Serie("Seguidores", (16_332, 12_315, 3_870)),))
HOSTIL = Grafica(
    "R&D <x> {{ 7*7 }}",
    Clase.BARRAS,
    ("R&D", "<x>", "{{ 7*7 }}", '"comillas"', "_x0041_"),
    (Serie("]]> & {% x %}", (1, 2, 3, 4, 5)),),
)
CON_HUECO = Grafica("Con hueco", Clase.LINEA, MESES, (Serie("a", (1.5, None, -3)), Serie("b", (None, 2, 0.25))), "0.00")
LARGA = Grafica(
    "Dos años",
    Clase.LINEA,
    tuple(f"mes {n}" for n in range(24)),
    tuple(Serie(f"s{k}", tuple(range(k, k + 24))) for k in range(9)),
)
TODAS = {"linea": LINEA, "barras": BARRAS, "pastel": PASTEL, "hostil": HOSTIL, "hueco": CON_HUECO, "larga": LARGA}
EN_CICLO = (p("{% for g in pedidas %}"), p(grafica("gráfica: {{ g }}")), p("{% endfor %}"))

Tabla = list[tuple[object, ...]]


def componer(plantilla: bytes, **contexto: object) -> dict[str, bytes]:
    partes = ooxml.partes(Plantilla.abrir(plantilla, "prueba.docx").componer(contexto, PROPIEDADES))
    assert problemas(partes) == []
    return partes


def error(plantilla: bytes, **contexto: object) -> str:
    with pytest.raises(ErrorDePlantilla) as capturado:
        Plantilla.abrir(plantilla, "prueba.docx").componer(contexto, PROPIEDADES)
    return str(capturado.value)


def relacionadas(partes: dict[str, bytes], parte: str) -> dict[str, str]:
    """``{"rId1": "word/charts/chart1.xml"}``."""
    raiz = etree.fromstring(partes[ooxml.ruta_de_relaciones(parte)])
    return {r.get("Id", ""): ooxml.destino(parte, r.get("Target", "")) for r in raiz.iter(f"{RELACION}Relationship")}


def citadas(partes: dict[str, bytes], parte: str = "word/document.xml") -> list[str]:
    """Las partes de gráfica, en el orden en que el documento las muestra."""
    destinos = relacionadas(partes, parte)
    return [destinos[cita.get(f"{R}id", "")] for cita in etree.fromstring(partes[parte]).iter(f"{C}chart")]


def raices(partes: dict[str, bytes]) -> list[etree._Element]:
    return [etree.fromstring(partes[nombre]) for nombre in citadas(partes)]


def descripciones(partes: dict[str, bytes]) -> list[str]:
    return [d.get("descr", "") for d in etree.fromstring(partes["word/document.xml"]).iter(f"{WP}docPr")]


def puntos(cache: etree._Element) -> list[str | None]:
    """Lo que dice un caché, con sus huecos."""
    cuenta = int(cache.find(f"{C}ptCount").get("val"))  # type: ignore[union-attr,arg-type]  # siempre está
    dichos = {int(x.get("idx", "")): x.findtext(f"{C}v") for x in cache.iter(f"{C}pt")}
    return [dichos.get(lugar) for lugar in range(cuenta)]


def tabla_del_cache(raiz: etree._Element) -> Tabla:
    """Encabezados y renglones según los cachés de las series."""
    series = list(raiz.iter(f"{C}ser"))
    nombres = [puntos(s.find(f"{C}tx//{C}strCache"))[0] for s in series]  # type: ignore[arg-type]  # siempre está
    categorias = puntos(series[0].find(f"{C}cat//{C}strCache"))  # type: ignore[arg-type]  # siempre está
    columnas = [
        [None if v is None else float(v) for v in puntos(s.find(f"{C}val//{C}numCache"))]  # type: ignore[arg-type]  # siempre está
        for s in series
    ]
    return [(None, *nombres), *zip(categorias, *columnas, strict=True)]


def tabla_del_libro(partes: dict[str, bytes], nombre: str) -> Tabla:
    raiz = etree.fromstring(partes[nombre])
    externo = raiz.find(f"{C}externalData")
    incrustado = partes[relacionadas(partes, nombre)[externo.get(f"{R}id", "")]]  # type: ignore[union-attr]  # siempre está
    return list(load_workbook(io.BytesIO(incrustado))["Datos"].iter_rows(values_only=True))


def tabla_de(dada: Grafica) -> Tabla:
    columnas = [serie.valores for serie in dada.series]
    return [(None, *(serie.nombre for serie in dada.series)), *zip(dada.categorias, *columnas, strict=True)]


# --- crear una donde la plantilla la pide ------------------------------------------------------------


@pytest.mark.parametrize("nombre", TODAS)
def test_los_datos_son_los_mismos_en_el_cache_y_en_el_libro_incrustado(nombre: str) -> None:
    partes = componer(docx(p("{{ g }}")), g=TODAS[nombre])
    (parte,) = citadas(partes)
    libro = [tuple("_x0041_" if v == "_x005F_x0041_" else v for v in fila) for fila in tabla_del_libro(partes, parte)]
    assert tabla_del_cache(etree.fromstring(partes[parte])) == tabla_de(TODAS[nombre])
    assert libro == tabla_de(TODAS[nombre])  # openpyxl no deshace el escape con que Excel distingue «_x0041_»


@pytest.mark.parametrize(("dada", "dibujo"), [(LINEA, "lineChart"), (BARRAS, "barChart"), (PASTEL, "pieChart")])
def test_cada_clase_se_dibuja_como_lo_que_es(dada: Grafica, dibujo: str) -> None:
    (raiz,) = raices(componer(docx(p("{{ g }}")), g=dada))
    assert [etree.QName(x).localname for x in raiz.iter() if str(x.tag).endswith("Chart")] == [dibujo]
    assert "".join(map(str, raiz.find(f"{C}chart/{C}title").itertext())) == dada.titulo  # type: ignore[union-attr]  # siempre está


def test_los_rangos_apuntan_a_las_celdas_del_libro() -> None:
    (raiz,) = raices(componer(docx(p("{{ g }}")), g=BARRAS))
    assert [f.text for f in raiz.iter(f"{C}f")] == [
        *("Datos!$B$1", "Datos!$A$2:$A$3", "Datos!$B$2:$B$3"),
        *("Datos!$C$1", "Datos!$A$2:$A$3", "Datos!$C$2:$C$3"),
    ]


@pytest.mark.parametrize(("dada", "lleva"), [(LINEA, False), (BARRAS, True), (PASTEL, True)])
def test_la_leyenda_solo_va_donde_hace_falta(dada: Grafica, lleva: bool) -> None:
    (raiz,) = raices(componer(docx(p("{{ g }}")), g=dada))
    assert (raiz.find(f"{C}chart/{C}legend") is not None) is lleva


def test_sin_titulo_no_queda_un_titulo_automatico() -> None:
    (raiz,) = raices(componer(docx(p("{{ g }}")), g=replace(LINEA, titulo="")))
    assert raiz.find(f"{C}chart/{C}title") is None
    assert raiz.find(f"{C}chart/{C}autoTitleDeleted").get("val") == "1"  # type: ignore[union-attr]  # siempre está


def test_las_barras_empiezan_en_cero_y_las_de_nombres_largos_van_acostadas() -> None:
    largas = replace(BARRAS, categorias=("Junta Local de Durango", "Junta Local de Colima"))
    (paradas, acostadas) = raices(componer(docx(p("{{ a }}"), p("{{ b }}")), a=BARRAS, b=largas))
    assert [r.find(f".//{C}barDir").get("val") for r in (paradas, acostadas)] == ["col", "bar"]  # type: ignore[union-attr]  # siempre está
    assert paradas.find(f".//{C}valAx/{C}scaling/{C}min").get("val") == "0"  # type: ignore[union-attr]  # siempre está


def test_junto_a_texto_en_el_mismo_parrafo_no_se_pierde_nada() -> None:
    partes = componer(docx(p(t("antes {{ g }} después", "<w:b/>"), " y más")), g=LINEA)
    xml = re.sub(r"<w:drawing>.*</w:drawing>", "‹gráfica›", partes["word/document.xml"].decode())
    assert re.sub("<[^>]*>", "", xml.partition("<w:body>")[2]) == "antes ‹gráfica› después y más"


def test_en_un_ciclo_cada_vuelta_tiene_su_parte_con_sus_datos() -> None:
    partes = componer(docx(p("{% for g in gs %}"), p("{{ g }}"), p("{% endfor %}")), gs=[LINEA, PASTEL, LINEA])
    assert citadas(partes) == [f"word/charts/chart{n}.xml" for n in (1, 2, 3)]
    assert [tabla_del_cache(r) for r in raices(partes)] == [tabla_de(g) for g in (LINEA, PASTEL, LINEA)]
    assert [tabla_del_libro(partes, n) for n in citadas(partes)] == [tabla_de(g) for g in (LINEA, PASTEL, LINEA)]


def ancho_cm(partes: dict[str, bytes]) -> list[float]:
    raiz = etree.fromstring(partes["word/document.xml"])
    return [round(int(e.get("cx", "")) / 360_000, 2) for e in raiz.iter(f"{WP}extent")]


def test_en_una_celda_no_es_mas_ancha_que_ella_ni_en_el_texto_que_su_columna() -> None:
    dos_columnas = SECCION.replace("</w:sectPr>", '<w:cols w:num="2" w:space="720"/></w:sectPr>')
    partes = componer(
        docx(p("{{ g }}", ppr=dos_columnas), tbl(tr(tc("{{ g }}"), tc("{{ g }}", tcpr='<w:tcMar><w:left w:w="0" w:type="dxa"/></w:tcMar>')), columnas=2), p("{{ g }}"), p("{{ ancha }}")),
        g=LINEA,
        ancha=replace(LINEA, ancho_cm=40),
    )  # fmt: skip
    columna, celda, sin_margen, texto, hoja = ancho_cm(partes)
    assert (columna, celda, sin_margen, texto, hoja) == (7.66, 3.15, 3.34, 15.0, 16.59)


def test_en_una_celda_sin_medida_fija_manda_la_cuadricula() -> None:
    abarca = tc("{{ g }}", tcpr='<w:gridSpan w:val="2"/>').replace('w:w="2000" w:type="dxa"', 'w:w="0" w:type="auto"')
    partes = componer(docx(tbl(tr("x", abarca), columnas=3), p("Fin")), g=LINEA)
    assert ancho_cm(partes) == [6.67]  # dos columnas de 2000 vigésimos, menos sus márgenes


def test_en_el_encabezado_y_en_una_nota_tambien_se_dibuja() -> None:
    partes = componer(docx(p("x"), encabezado=p("{{ g }}"), nota=p("{{ g }}")), g=replace(LINEA, ancho_cm=40))
    for parte in ("word/header.xml", "word/footnotes.xml"):
        assert [tabla_del_cache(etree.fromstring(partes[n])) for n in citadas(partes, parte)] == [tabla_de(LINEA)]


def test_en_un_texto_alternativo_no_queda_rastro_de_la_marca() -> None:
    partes = componer(docx(p(dibujo(1, "x{{ g }}y"))), g=LINEA)
    assert descripciones(partes) == ["xy"]
    assert not [n for n in partes if "charts" in n]


# --- llenar la que alguien dibujó en Word -------------------------------------------------------------


def test_la_dibujada_en_word_se_llena_una_vez_por_vuelta_y_la_original_no_queda() -> None:
    partes = componer(docx_con_grafica(*EN_CICLO), pedidas=["linea", "HUECO", "Larga"], graficas=TODAS)
    esperadas = [tabla_de(g) for g in (LINEA, CON_HUECO, LARGA)]
    assert [tabla_del_cache(raiz) for raiz in raices(partes)] == esperadas
    assert [tabla_del_libro(partes, nombre) for nombre in citadas(partes)] == esperadas
    assert descripciones(partes) == [g.descripcion for g in (LINEA, CON_HUECO, LARGA)]
    assert len([n for n in partes if n.endswith(".xlsx")]) == len(set(citadas(partes))) == 3
    for original in ("charts/chart1.xml", "charts/style1.xml", "embeddings/Microsoft_Excel_Worksheet.xlsx"):
        assert f"word/{original}" not in partes


def test_se_conserva_el_diseno_de_quien_la_dibujo() -> None:
    partes = componer(docx_con_grafica(p(grafica("gráfica: barras"))), graficas=TODAS)
    (nombre,) = citadas(partes)
    xml = partes[nombre].decode()
    assert "C00000" in xml
    assert "FFF8E7" in xml
    assert "c14:style" in xml
    assert {n.rpartition("/")[2] for n in relacionadas(partes, nombre).values()} == {
        *("style2.xml", "colors2.xml", "Microsoft_Excel_Worksheet1.xlsx")
    }


def test_con_mas_series_que_el_diseno_las_nuevas_llevan_otro_color() -> None:
    (raiz,) = raices(componer(docx_con_grafica(p(grafica("gráfica: larga"))), graficas=TODAS))
    series = list(raiz.iter(f"{C}ser"))
    colores = [etree.tostring(s.find(f"{C}spPr//{A}solidFill")[0], method="c14n") for s in series]  # type: ignore[index]  # siempre está
    assert [s.find(f"{C}order").get("val") for s in series] == [str(n) for n in range(9)]  # type: ignore[union-attr]  # siempre está
    assert len(set(colores)) == 9


@pytest.mark.parametrize("clase", [Clase.LINEA, Clase.BARRAS])
def test_en_la_grafica_de_la_casa_ninguna_serie_se_confunde_con_otra(clase: Clase) -> None:
    muchas = Grafica("", clase, ("a", "b"), tuple(Serie(f"s{n}", (n, n)) for n in range(20)))
    series = re.findall(r"<c:spPr>.*?(?=<c:dLbls>|<c:smooth|<c:invertIfNegative)", diseno(muchas, 15))
    assert len(series) == len(set(series)) == 20


def test_con_menos_series_las_que_sobran_se_van_con_su_grupo() -> None:
    (raiz,) = raices(componer(docx_con_grafica(p(grafica("gráfica: linea")), diseno=COMBINADA_DE_WORD), graficas=TODAS))
    assert tabla_del_cache(raiz) == tabla_de(LINEA)
    assert raiz.find(f".//{C}lineChart") is None
    assert len(raiz.findall(f".//{C}catAx")) == 1


def test_con_mas_rebanadas_que_el_diseno_cada_una_tiene_su_color() -> None:
    seis = Grafica("Seis", Clase.PASTEL, tuple("abcdef"), (Serie("s", (6, 5, 4, 3, 2, 1)),))
    plantilla = docx_con_grafica(p(grafica("gráfica: g")), diseno=PASTEL_DE_WORD)
    mas, menos = (raices(componer(plantilla, graficas={"g": g}))[0] for g in (seis, PASTEL))
    colores = [color.get("val") for color in mas.iterfind(f".//{C}dPt//{A}schemeClr")]
    assert colores == [f"accent{n}" for n in range(1, 7)]
    assert len(menos.findall(f".//{C}dPt")) == 3


def test_lo_que_era_de_los_datos_viejos_se_va() -> None:
    (raiz,) = raices(componer(docx_con_grafica(p(grafica("gráfica: linea"))), graficas=TODAS))
    xml = etree.tostring(raiz, encoding="unicode")
    assert "Categoría 1" not in xml
    assert "Hoja1" not in xml
    assert "récord" not in xml
    assert raiz.find(f".//{C}valAx/{C}scaling/{C}max") is None  # dejaría fuera a 384,052
    assert "".join(map(str, raiz.find(f".//{C}catAx/{C}title").itertext())) == "Meses"  # type: ignore[union-attr]  # siempre está


def test_un_eje_de_fechas_se_vuelve_de_categorias() -> None:
    de_fechas = LINEA_DE_WORD.replace("c:catAx>", "c:dateAx>").replace('<c:lblAlgn val="ctr"/>', "")
    de_fechas = de_fechas.replace('<c:noMultiLvlLbl val="0"/>', '<c:baseTimeUnit val="months"/>')
    (raiz,) = raices(componer(docx_con_grafica(p(grafica("gráfica: linea")), diseno=de_fechas), graficas=TODAS))
    assert raiz.find(f".//{C}dateAx") is None
    assert raiz.find(f".//{C}catAx/{C}baseTimeUnit") is None


def test_una_grafica_ajena_se_queda_como_esta_y_si_se_repite_cada_una_tiene_su_parte() -> None:
    quieta = docx_con_grafica(p("{% for g in [1, 2] %}"), p(grafica("Organigrama")), p("{% endfor %}"))
    partes = componer(quieta)
    assert citadas(partes) == ["word/charts/chart1.xml", "word/charts/chart2.xml"]
    assert partes["word/charts/chart1.xml"] == ooxml.partes(quieta)["word/charts/chart1.xml"]
    assert descripciones(partes) == ["Organigrama", "Organigrama"]


def test_la_del_encabezado_tambien_se_llena() -> None:
    plantilla = docx_con_grafica(p("x"), encabezado=p(grafica("gráfica: linea")), en="header")
    partes = componer(plantilla, graficas=TODAS)
    (nombre,) = citadas(partes, "word/header.xml")
    assert tabla_del_cache(etree.fromstring(partes[nombre])) == tabla_de(LINEA)


def test_si_la_condicion_la_quita_no_queda_su_parte() -> None:
    plantilla = docx_con_grafica(p("{% if 0 %}"), p(grafica("gráfica: linea")), p("{% endif %}"))
    assert not [nombre for nombre in componer(plantilla, graficas=TODAS) if "chart" in nombre or "embed" in nombre]


def test_un_nombre_que_no_existe_es_un_error_con_el_parecido() -> None:
    mensaje = error(docx_con_grafica(p(grafica("gráfica: lineaa"))), graficas=TODAS)
    assert mensaje == "La plantilla «prueba.docx»: cuerpo: la gráfica «lineaa» no existe. ¿Quiso decir «linea»?"
    assert "Hay: ninguna." in error(docx_con_grafica(p(grafica("gráfica: lineaa"))))


@pytest.mark.parametrize(
    ("diseno", "problema"),
    [
        (LINEA_DE_WORD.replace("lineChart>", "bubbleChart>"), "es de una clase que no se puede llenar (bubbleChart)"),
        (LINEA_DE_WORD.replace('<c:order val="1"/>', '<c:order val="x"/>'), "está dañada"),
        (LINEA_DE_WORD.replace("</c:plotArea>", ""), "está dañada"),
        (re.sub("<c:ser>.*</c:ser>", "", LINEA_DE_WORD, flags=re.DOTALL), "no trae ninguna serie que sirva de modelo"),
    ],
)
def test_un_modelo_que_no_puede_llenarse_es_un_error_que_dice_por_que(diseno: str, problema: str) -> None:
    assert f"la gráfica «linea» {problema}" in error(
        docx_con_grafica(p(grafica("gráfica: linea")), diseno=diseno), graficas=TODAS
    )


def test_una_imagen_que_pide_ser_grafica_es_un_error() -> None:
    assert "no es una gráfica que se pueda llenar" in error(docx(p(dibujo(1, "gráfica: linea"))), graficas=TODAS)


# --- la gráfica como dato ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dada", "dice"),
    [
        (LINEA, "Gráfica de línea “Seguidores”: enero 350,000; febrero 361,200; marzo 384,052."),
        (BARRAS, "Gráfica de barras “Aumento”. Nacional: FB 160,900; Twitter 42,452. Estatal: FB 15,865; Twitter 7,970."),
        (replace(PASTEL, titulo=""), "Gráfica de pastel: FB 16,332; Twitter 12,315; YouTube 3,870."),
        (CON_HUECO, "Gráfica de línea “Con hueco”. a: enero 1.50; febrero sin dato; marzo -3.00. b: enero sin dato; febrero 2.00; marzo 0.25."),
        (Grafica("", Clase.LINEA, ("x",), (Serie("s", (0.3772,)),), "0.0%"), "Gráfica de línea: x 37.7%."),
        (
            Grafica("T", Clase.LINEA, tuple(map(str, range(25))), (Serie("s", (None, *range(9, -15, -1))),)),
            "Gráfica de línea “T”: primera cifra, 1 9; última, 24 -14; máxima, 1 9; mínima, 24 -14.",
        ),
    ],
)  # fmt: skip
def test_la_descripcion_dice_las_cifras(dada: Grafica, dice: str) -> None:
    assert dada.descripcion == dice


def test_la_descripcion_de_muchas_series_no_las_cuenta_todas() -> None:
    assert LARGA.descripcion.endswith("También muestra s6, s7 y s8.")


UNA = (Serie("s", (1, 2, 3)),)


@pytest.mark.parametrize(
    ("datos", "problema"),
    [
        ((Clase.LINEA, MESES, ()), "no trae ninguna serie"),
        ((Clase.LINEA, (), (Serie("s", ()),)), "no trae ninguna categoría"),
        ((Clase.LINEA, MESES, (Serie("s", (1, 2)),)), "la serie «s» trae 2 valores y hay 3 categorías"),
        ((Clase.LINEA, MESES, (Serie("s", (None, None, None)),)), "la serie «s» no trae ningún valor"),
        ((Clase.LINEA, MESES, (Serie("s", (1, 2, float("nan"))),)), "la serie «s» trae algo que no es un número"),
        ((Clase.LINEA, MESES, (Serie("s", (1, 2, True)),)), "la serie «s» trae algo que no es un número"),
        ((Clase.LINEA, ("a", "b", "\x01"), UNA), "un carácter que Word no admite"),
        ((Clase.PASTEL, MESES, UNA * 2), "muestra una sola serie, y trae 2"),
        ((Clase.PASTEL, MESES, (Serie("s", (1, -2, 3)),)), "no se puede repartir"),
        ((Clase.PASTEL, MESES, (Serie("s", (0, 0, None)),)), "no se puede repartir"),
    ],
)
def test_una_grafica_imposible_no_existe(
    datos: tuple[Clase, tuple[str, ...], tuple[Serie, ...]], problema: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(problema)) as capturado:
        Grafica("G", *datos)
    assert str(capturado.value).startswith("La gráfica «G»")


# --- el documento entero -----------------------------------------------------------------------------

CREADAS = docx(*(p(f"{{{{ {n} }}}}") for n in TODAS), tbl(tr("{{ linea }}", "{{ barras }}"), columnas=2), p("Fin"))
DIBUJADAS = {"linea": LINEA_DE_WORD, "combinada": COMBINADA_DE_WORD, "pastel": PASTEL_DE_WORD}


PARTE, RELS = "word/charts/chart1.xml", "word/charts/_rels/chart1.xml.rels"
ROTURAS = {
    "la gráfica sin su relación": ("grafica", "word/_rels/document.xml.rels", "/relationships/chart", "/relationships/image"),
    "la gráfica sin su parte": ("sin-destino", "word/_rels/document.xml.rels", "charts/chart1", "charts/chart9"),
    "el libro sin su parte": ("sin-destino", RELS, "Worksheet1", "Worksheet9"),
    "menos valores que categorías": ("cache", PARTE, '<c:formatCode>#,##0</c:formatCode><c:ptCount val="3"/>', '<c:formatCode>#,##0</c:formatCode><c:ptCount val="4"/>'),
    "un punto repetido": ("cache", PARTE, '<c:pt idx="1">', '<c:pt idx="0">'),
    "un punto de más": ("cache", PARTE, '<c:pt idx="2">', '<c:pt idx="3">'),
}  # fmt: skip


@pytest.mark.parametrize("nombre", ROTURAS)
def test_la_revision_ve_lo_que_se_rompe(nombre: str) -> None:
    codigo, parte, viejo, nuevo = ROTURAS[nombre]
    sanas = componer(docx(p("{{ g }}")), g=LINEA)
    assert viejo.encode() in sanas[parte]
    rotas = {**sanas, parte: sanas[parte].replace(viejo.encode(), nuevo.encode(), 1)}
    assert codigo in {problema.codigo for problema in problemas(rotas) if problema.grave}


def test_la_revision_avisa_de_una_grafica_sin_su_libro() -> None:
    sanas = componer(docx(p("{{ g }}")), g=LINEA)
    sin_libro = re.sub(rb"<c:externalData.*</c:externalData>", b"", sanas[PARTE])
    assert [x.codigo for x in problemas({**sanas, PARTE: sin_libro}) if not x.grave] == ["grafica-sin-libro"]


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    plantilla = Plantilla.abrir(docx_con_grafica(*EN_CICLO, p("{{ hueco }}")), "prueba.docx")
    contexto = {**TODAS, "pedidas": ["linea", "hostil"], "graficas": TODAS}
    assert plantilla.componer(contexto, PROPIEDADES) == plantilla.componer(contexto, PROPIEDADES)


def test_word_abre_todas(tmp_path: Path, validador_sdk: Validador) -> None:
    plantillas = {"creadas": CREADAS} | {n: docx_con_grafica(*EN_CICLO, diseno=d) for n, d in DIBUJADAS.items()}
    rutas = []
    for nombre, plantilla in plantillas.items():
        contexto = {**TODAS, "pedidas": list(TODAS), "graficas": TODAS}
        rutas.append(tmp_path / f"{nombre}.docx")
        rutas[-1].write_bytes(ooxml.empaquetar(componer(plantilla, **contexto)))
    assert validador_sdk(*rutas) == []


def test_se_ven_en_el_pdf_y_siguen_ahi_despues_de_guardar_en_libreoffice(
    tmp_path: Path, soffice: Callable[..., Path], pdftotext: Callable[[Path], str]
) -> None:
    ruta = tmp_path / "graficas.docx"
    contexto = {"g": LINEA, "pedidas": ["pastel"], "graficas": TODAS}
    ruta.write_bytes(ooxml.empaquetar(componer(docx_con_grafica(p("{{ g }}"), *EN_CICLO), **contexto)))
    impreso = pdftotext(soffice(ruta))
    for dicho in ("Seguidores", "febrero", "384,052", "Reparto", "YouTube"):
        assert dicho in impreso
    guardadas = ooxml.partes(soffice(ruta, "docx").read_bytes())
    tablas = [tabla_del_cache(raiz)[1:] for raiz in raices(guardadas)]
    assert tablas == [tabla_de(LINEA)[1:], tabla_de(PASTEL)[1:]]
