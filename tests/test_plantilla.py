"""Lo que la plantilla promete: los datos llegan enteros, sólo como texto, y Word abre el resultado."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from lxml import etree

from generador import ooxml
from generador.celdas import CURSIVA, LIGA, NEGRITA, SALTO, SUBINDICE, SUBRAYADO, TACHADO
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import W
from generador.plantilla import Plantilla, Propiedades, problemas
from tests.conftest import Validador
from tests.fabrica import CREADO, SECCION, campo, dibujo, docx, p, partes, t, tbl, tc, tr

PROPIEDADES = Propiedades(titulo="Minuta", creado=CREADO)


def componer(plantilla: bytes, **contexto: object) -> dict[str, bytes]:
    return ooxml.partes(Plantilla.abrir(plantilla, "prueba.docx").componer(contexto, PROPIEDADES))


def cuerpo(plantilla: bytes, **contexto: object) -> str:
    """El XML de lo que queda dentro de w:body, sin la última sección."""
    xml = componer(plantilla, **contexto)["word/document.xml"].decode()
    return re.search(r"<w:body>(.*?)<w:sectPr>(?!.*<w:sectPr>)", xml, re.DOTALL)[1]  # type: ignore[index]  # siempre hay sección


def parrafos(plantilla: bytes, **contexto: object) -> list[str]:
    """El texto de cada párrafo del cuerpo."""
    raiz = etree.fromstring(componer(plantilla, **contexto)["word/document.xml"])
    return ["".join(e.text or "" for e in parrafo.iter(f"{W}t")) for parrafo in raiz.iter(f"{W}p")]


def error(plantilla: bytes, **contexto: object) -> str:
    with pytest.raises(ErrorDePlantilla) as capturado:
        Plantilla.abrir(plantilla, "prueba.docx").componer(contexto, PROPIEDADES)
    return str(capturado.value)


# --- los datos llegan enteros y nunca se ejecutan --------------------------------------------------


@pytest.mark.parametrize(
    "dato",
    [
        "<Sin dato>",
        "R&D",
        "{{ 7*7 }}",
        "{_{ x }_}",
        "{% for x in y %}",
        "{# nada #}",
        "]]>",
        "a  b",
        '"comillas"',
        "&amp;",
        "\U0001f600",
        "—«ñ»",
        "%}",
        "{{ cycler.__init__ }}",
    ],
)
@pytest.mark.parametrize("donde", ["cuerpo", "encabezado", "pie", "nota"])
def test_un_dato_hostil_sale_literalmente(dato: str, donde: str) -> None:
    aqui = p("antes {{ dato }} después")
    plantilla = docx(aqui) if donde == "cuerpo" else docx(p("x"), **{donde: aqui})
    todo = b"".join(componer(plantilla, dato=dato).values()).decode()
    textos = re.findall(r"<w:t[^>]*>([^<]*)</w:t>", todo)
    assert "antes " + dato + " después" in [
        re.sub("&lt;", "<", x).replace("&gt;", ">").replace("&amp;", "&") for x in textos
    ]


def test_una_parte_con_dos_secciones_se_pinta_una_sola_vez() -> None:
    dos = p("uno", ppr=SECCION) + p("dos")
    assert "{{ 7*7 }}" in "".join(
        x.decode() for x in componer(docx(dos, nota=p("{{ dato }}")), dato="{{ 7*7 }}").values()
    )


def test_none_sale_vacio_y_los_enteros_tal_cual() -> None:
    assert parrafos(docx(p("[{{ nada }}][{{ numero }}]")), nada=None, numero=1904) == ["[][1904]"]


@pytest.mark.parametrize("valor", [True, 0.1, CREADO, [1], {"a": 1}])
def test_un_valor_sin_redactar_es_un_error_con_su_parrafo(valor: object) -> None:
    mensaje = error(docx(p("Total: {{ x }}")), x=valor)
    assert "Total: {{ x }}" in mensaje
    assert "sólo se escriben textos y números enteros" in mensaje


# --- lo que falta ----------------------------------------------------------------------------------


def test_se_dicen_todos_los_nombres_que_faltan_con_su_parrafo_y_el_parecido() -> None:
    mensaje = error(
        docx(
            p("Fecha: {{ sesion.fehca }}"),
            p("{{ lugr }}"),
            p("{% for a in asistente %}"),
            p("{{ a }}"),
            p("{% endfor %}"),
            p("{{ lugar }}"),
        ),
        sesion={"fecha": "hoy"},
        lugar="aquí",
        asistentes=[],
    )
    assert "en «Fecha: {{ sesion.fehca }}»: «sesion.fehca» no existe. ¿Quiso decir «sesion.fecha»?" in mensaje
    assert "«lugr» no existe. ¿Quiso decir «lugar»?" in mensaje
    assert "«asistente» no existe. ¿Quiso decir «asistentes»?" in mensaje
    assert "tiene 3 problemas" in mensaje


def test_una_clave_llamada_como_un_metodo_es_la_clave() -> None:
    assert parrafos(docx(p("{{ x.items }} {{ x.values }}")), x={"items": "uno", "values": "dos"}) == ["uno dos"]


def test_preguntar_si_un_nombre_existe_no_es_error() -> None:
    assert parrafos(docx(p("{% if x is defined %}sí{% else %}no{% endif %}"))) == ["no"]


# --- la caja de arena ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "malicia",
    [
        "{{ x.__class__.__mro__ }}",
        "{{ x.upper() }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 2 ** 99999999 }}",
        "{{ '%9999999d' % 1 }}",
        "{{ ''.join.__globals__ }}",
        "{{ lista.append(1) }}",
    ],
)
def test_la_plantilla_no_ejecuta_codigo(malicia: str) -> None:
    assert "prueba.docx" in error(docx(p(malicia)), x="a", lista=[])


@pytest.mark.parametrize(
    "etiqueta", ["{% include 'a' %}", "{% import 'a' as b %}", "{% macro m() %}", "{% block b %}", "{% raw %}"]
)
def test_las_etiquetas_que_no_hacen_falta_no_existen(etiqueta: str) -> None:
    assert "no se reconoce" in error(docx(p(etiqueta)))


@pytest.mark.parametrize("nombre", ["range", "cycler", "namespace", "lipsum", "dict"])
def test_no_hay_nombres_que_no_sean_datos(nombre: str) -> None:
    assert f"«{nombre}» no existe" in error(docx(p(f"{{{{ {nombre} }}}}")))


def test_el_ciclo_si_sabe_contar() -> None:
    plantilla = docx(p("{% for x in xs %}{{ loop.index }}{{ x }}{% if not loop.last %}, {% endif %}{% endfor %}"))
    assert parrafos(plantilla, xs=["a", "b"]) == ["1a, 2b"]


def test_los_filtros_son_los_de_la_lengua() -> None:
    plantilla = docx(p("{{ xs|enumerar }} {{ x|mayusculas }} {{ x|mayuscula_inicial }} {{ xs|length }}"))
    assert parrafos(plantilla, xs=["Ana", "Inés"], x="año") == ["Ana e Inés AÑO Año 2"]


def test_un_filtro_desconocido_se_nombra_y_se_dicen_los_que_hay() -> None:
    mensaje = error(docx(p("{{ x|upper }}")), x="a")
    assert "no existe el filtro «upper»" in mensaje
    assert "enumerar" in mensaje


# --- etiquetas -------------------------------------------------------------------------------------


def test_una_etiqueta_partida_por_word_se_junta() -> None:
    plantilla = docx(
        p("a {", "{ no", '<w:bookmarkStart w:id="0" w:name="m"/>', "mbre ", '<w:bookmarkEnd w:id="0"/>', "}", "} z")
    )
    assert parrafos(plantilla, nombre="Ana") == ["a Ana z"]
    assert cuerpo(plantilla, nombre="Ana").count("<w:bookmark") == 2


def test_las_comillas_tipograficas_de_una_etiqueta_valen() -> None:
    assert parrafos(docx(p("{% if x == “I&amp;D” %}sí{% endif %}")), x="I&D") == ["sí"]


@pytest.mark.parametrize("comparacion", ["1 &lt; 2", "2 &gt; 1", "4 % 3 == 1", "{'a':1}['a'] == 1"])
def test_una_expresion_puede_llevar_cualquier_signo(comparacion: str) -> None:
    assert parrafos(docx(p(f"{{% if {comparacion} %}}"), p("sí"), p("{% endif %}"))) == ["sí"]


@pytest.mark.parametrize("prefijo", ["", "p", "tr"])
def test_un_parrafo_o_renglon_de_puras_etiquetas_desaparece(prefijo: str) -> None:
    if prefijo != "tr":
        abre, cierra = f"{{%{prefijo} for x in xs %}}", f"{{%{prefijo} endfor %}}"
        assert parrafos(docx(p(abre), p("{{ x }}"), p(cierra)), xs=["a", "b"]) == ["a", "b"]
    if prefijo != "p":
        abre, cierra = f"{{%{prefijo} for x in xs %}}", f"{{%{prefijo} endfor %}}"
        tabla = tbl(tr(abre, ""), tr("{{ x }}", "{{ x }}"), tr(cierra, ""), columnas=2)
        assert parrafos(docx(tabla, p("fin")), xs=["a", "b"]) == ["a", "a", "b", "b", "fin"]


def test_el_prefijo_r_sobra() -> None:
    plantilla = docx(p("a{%r if x %}", t("{{r x }}", "<w:b/>"), "{%r endif %}z"))
    assert parrafos(plantilla, x="b") == ["abz"]
    assert parrafos(plantilla, x="") == ["az"]


def test_los_marcadores_no_se_pierden_con_el_parrafo_que_desaparece() -> None:
    abre, cierra = '<w:bookmarkStart w:id="0" w:name="m"/>', '<w:bookmarkEnd w:id="0"/>'
    xml = cuerpo(docx(p(abre, "{% if x %}"), p("a"), p("{% endif %}", cierra), p("b")), x=1)
    assert re.findall(r"<w:bookmark\w+|(?<=>)\w+(?=</w:t>)", xml) == ["<w:bookmarkStart", "a", "<w:bookmarkEnd", "b"]


def test_el_marcador_que_word_pone_solo_se_quita() -> None:
    ultimo = '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>'
    assert "bookmark" not in cuerpo(docx(p("a", ultimo)))


def test_un_renglon_con_etiquetas_de_parrafo_sigue_siendo_renglon() -> None:
    tabla = tbl(tr(tc(p("{%p if x %}"), p("{%p endif %}"))), tr("a"))
    assert cuerpo(docx(tabla), x=1).count("<w:tr>") == 2


def test_varias_etiquetas_en_un_parrafo_desaparecen_juntas() -> None:
    plantilla = docx(p("{% for x in xs %}{% if x %}"), p("{{ x }}"), p("{% endif %} {% endfor %}{# así #}"))
    assert parrafos(plantilla, xs=["a", "", "b"]) == ["a", "b"]


def test_un_ciclo_de_celdas_ensancha_la_cuadricula() -> None:
    tabla = tbl(tr("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"), columnas=1)
    xml = cuerpo(docx(tabla), xs=["a", "b", "c"])
    assert xml.count("<w:gridCol") == xml.count("<w:tc>") == 3


def anchos_de(xs: list[str], *, encabezado: bool) -> list[int]:
    fila = tr("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}")
    con_encabezado = fila.replace("<w:tr>", "<w:tr><w:trPr><w:tblHeader/></w:trPr>")
    xml = cuerpo(docx(tbl(con_encabezado if encabezado else fila)), xs=xs)
    return [int(ancho) for ancho in re.findall(r'<w:gridCol w:w="(\d+)"', xml)]


def test_las_columnas_de_un_ciclo_se_reparten_el_ancho_segun_lo_que_dicen() -> None:
    concepto, monto, otro = anchos_de(["Servicios de difusión", "1,200", "300"], encabezado=True)
    assert concepto > 2 * monto
    assert monto >= otro


def test_sin_encabezado_las_columnas_de_un_ciclo_miden_lo_mismo() -> None:
    assert len(set(anchos_de(["Servicios de difusión", "1,200", "300"], encabezado=False))) == 1


def test_las_celdas_iguales_se_combinan_con_vm() -> None:
    tabla = tbl(tr("{% for x in xs %}", ""), tr("área{% vm %}", "{{ x }}"), tr("{% endfor %}", ""), columnas=2)
    xml = cuerpo(docx(tabla), xs=["a", "b"])
    assert re.findall(r'w:vMerge w:val="(\w+)"', xml) == ["restart", "continue"]
    assert xml.count("área") == 1


def test_la_celda_abarca_y_se_pinta_segun_los_datos(tmp_path: Path, validador_sdk: Validador) -> None:
    tabla = tbl(tr("{% colspan n %}a", "b"), tr("{% cellbg color %}a", "b", "c"), columnas=3)
    plantilla = Plantilla.abrir(docx(tabla), "t")
    archivo = tmp_path / "a.docx"
    archivo.write_bytes(plantilla.componer({"n": 2, "color": "FF0000"}, PROPIEDADES))
    assert validador_sdk(archivo) == []
    assert 'w:fill="FF0000"' in ooxml.partes(archivo.read_bytes())["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("parrafo", "dice"),
    [
        ("Acuerdo {{ x", "se abre «{{» y no se cierra"),
        ("Acuerdo {% if x", "se abre «{%» y no se cierra"),
        ("Acuerdo {# nota", "se abre «{#» y no se cierra"),
        ("Acuerdo {{ x {{ y }}", "antes de «{{»"),
        ("Acuerdo x }}", "se cierra «}}» sin haberse abierto"),
        ("Acuerdo {%p if x %}", "desaparecería"),
        ("Acuerdo {%tr if x %}", "se abre y no se cierra"),
        ("Acuerdo {%tc if x %}", "sólo vale en una celda"),
        ("{%pif x %}Acuerdo", "Escriba un espacio después de «{%p»"),
        ("Acuerdo {% for x in xs %}", "se abre y no se cierra"),
        ("Acuerdo {% endif %}", "no corresponde a ninguna"),
        ("Acuerdo {% if x %}{% endfor %}", "no corresponde a ninguna"),
        ("Acuerdo {{ x + }}", "no está bien escrita"),
        ("Acuerdo {% for x on xs %}{% endfor %}", "no está bien escrita"),
    ],
)
def test_una_etiqueta_mal_puesta_se_dice_con_su_parrafo(parrafo: str, dice: str) -> None:
    mensaje = error(docx(p("uno"), p(parrafo), p("fin")))
    assert dice in mensaje
    assert "Acuerdo" in mensaje


@pytest.mark.parametrize(
    "texto", ["{" * 100_000, "{{ " * 20_000, "{% if x %}" * 20_000, "{{ " + "(" * 5_000 + "x" + ")" * 5_000 + " }}"]
)
def test_una_plantilla_hostil_se_rechaza_pronto(texto: str) -> None:
    inicio = time.perf_counter()
    assert "prueba.docx" in error(docx(p(texto)), x=1)
    assert time.perf_counter() - inicio < 5


def test_se_juntan_todos_los_errores_de_la_plantilla() -> None:
    mensaje = error(docx(p("{{ a"), p("b }}"), encabezado=p("{%pif x %}")))
    assert "cuerpo, párrafo 1" in mensaje
    assert "cuerpo, párrafo 2" in mensaje
    assert "encabezado, párrafo 1" in mensaje


def test_lo_que_se_abre_en_una_celda_se_cierra_en_ella() -> None:
    mensaje = error(docx(tbl(tr("a{% if x %}", "b{% endif %}"), columnas=2)), x=1)
    assert "no está al mismo nivel" in mensaje


@pytest.mark.parametrize(
    ("cosa", "nombre"),
    [(dibujo(1), "una imagen"), ('<w:r><w:br w:type="page"/></w:r>', "un salto de página")],
)
def test_un_parrafo_que_desaparece_no_se_lleva_nada_mas(cosa: str, nombre: str) -> None:
    mensaje = error(docx(p("{% if x %}", cosa), p("{% endif %}")), x=1)
    assert nombre in mensaje


def test_un_salto_de_seccion_no_se_pierde_con_su_parrafo() -> None:
    assert "un salto de sección" in error(docx(p("{% if x %}", ppr=SECCION), p("{% endif %}")), x=1)


def test_no_se_escribe_en_un_campo() -> None:
    assert "donde no se puede" in error(docx(p(campo("HYPERLINK {{ x }}"))), x="a")


def test_el_texto_alternativo_si_admite_datos_pero_sin_marcas() -> None:
    xml = cuerpo(docx(p(dibujo(1, "Gráfica de {{ x }}"))), x=f'{NEGRITA[0]}"R&D"{NEGRITA[1]}\nfin')
    assert 'descr="Gráfica de &quot;R&amp;D&quot; fin"' in xml


# --- lo que no se acepta en una plantilla ----------------------------------------------------------


@pytest.mark.parametrize("cambio", ["ins", "del", "moveFrom"])
def test_los_cambios_sin_aceptar_se_rechazan_diciendo_donde(cambio: str) -> None:
    mensaje = error(docx(p("Acuerdo ", f'<w:{cambio} w:id="1" w:author="a">{t("x")}</w:{cambio}>')))
    assert "cambios sin aceptar" in mensaje
    assert "Acuerdo x" in mensaje


@pytest.mark.parametrize(
    ("tipo", "objetivo", "dice"),
    [
        ("image", "http://malo.mx/a.png", "una imagen enlazada"),
        (
            "attachedTemplate",
            "file:///C:/a.dotm",
            "una plantilla adjunta de fuera del archivo (file:///C:/a.dotm). En Word: Programador",
        ),
        (
            "mailMergeSource",
            "file:///C:/a.xlsx",
            "un libro de combinar correspondencia de fuera del archivo (file:///C:/a.xlsx). En Word: ",
        ),
        (
            "cualquiera",
            "http://malo.mx/a",
            "contenido enlazado de fuera del archivo (http://malo.mx/a). Incrústelo o quítelo.",
        ),
        ("oleObject", "file:///C:/a.xlsx", "un objeto enlazado"),
        ("hyperlink", "file:///C:/a.exe", "no es http"),
        ("hyperlink", "javascript:alert(1)", "no es http"),
    ],
)
def test_el_contenido_de_fuera_se_rechaza(tipo: str, objetivo: str, dice: str) -> None:
    rel = f'<Relationship Id="rId9" Type="{ooxml.TIPO_DE_RELACION}{tipo}" Target="{objetivo}" TargetMode="External"/>'
    assert dice in error(docx(p("x"), rels=rel))


@pytest.mark.parametrize(
    "campos",
    [
        campo('DDEAUTO c:\\cmd.exe "/k calc"'),
        campo("DDE</w:instrText><w:instrText>AUTO x"),
        campo('INCLUDETEXT "c:/a.docx"'),
        '<w:fldSimple w:instr=" includepicture &quot;http://x/a.png&quot; "/>',
    ],
)
def test_los_campos_que_abren_otra_cosa_se_rechazan(campos: str) -> None:
    assert "que abre otro archivo o un programa" in error(docx(p("Acta "), p(campos)))


@pytest.mark.parametrize(
    "campos", [campo("DDE</w:instrText><w:instrText>AUTO x"), '<w:fldSimple w:instr="DDEAUTO&#9;x"/>']
)
def test_de_un_campo_que_abre_otra_cosa_se_dice_cerca_de_que_y_como_verlo(campos: str) -> None:
    dicho = error(docx(p("Presupuesto"), p("", campos.replace(">1<", "><"))))
    campo_de_word = "trae un campo de Word «DDEAUTO», cerca de «Presupuesto», que abre otro archivo o un programa."
    assert dicho == f"La plantilla «prueba.docx»: {campo_de_word} Véalo en Word con Alt+F9 y bórrelo."


def test_los_campos_de_numeracion_y_de_fecha_se_aceptan() -> None:
    Plantilla.abrir(docx(p("Página ", campo("PAGE")), p(campo('DATE \\@ "d"'))), "a.docx")


@pytest.mark.parametrize(
    ("tipo", "dice"),
    [
        ("oleObject", "trae un objeto incrustado (styles.xml). Quítelo o péguelo como imagen."),
        ("control", "trae un control ActiveX (styles.xml). Quítelo."),
        ("aFChunk", "trae otro documento insertado entero (styles.xml). Ábrala en Word y guárdela: queda como texto."),
        ("vbaProject", "trae macros (styles.xml). Guárdela en Word como «Documento de Word (.docx)»."),
    ],
)
def test_lo_incrustado_que_no_es_texto_se_rechaza(tipo: str, dice: str) -> None:
    rel = f'<Relationship Id="rId9" Type="{ooxml.TIPO_DE_RELACION}{tipo}" Target="styles.xml"/>'
    assert dice in error(docx(p("x"), rels=rel))


def test_un_objeto_ole_se_reconoce_aunque_use_otro_prefijo() -> None:
    ole = '<w:r><w:object><q:OLEObject xmlns:q="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    assert "trae un objeto incrustado (OLE), cerca de «Presupuesto»." in error(docx(p("Presupuesto") + p("", ole)))


def test_un_objeto_ole_se_dice_una_vez() -> None:
    ole = '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12"/></w:object></w:r>'
    rel = f'<Relationship Id="rId9" Type="{ooxml.TIPO_DE_RELACION}oleObject" Target="styles.xml"/>'
    assert error(docx(p("Presupuesto", ole), rels=rel)).count("incrustado") == 1


def test_las_macros_se_rechazan() -> None:
    con_macros = {
        n: d.replace(b"wordprocessingml.document.main", b"wordprocessingml.document.macroEnabled.main")
        for n, d in partes(p("x")).items()
    }
    assert "macros" in error(ooxml.empaquetar(con_macros))


def test_las_macros_se_dicen_una_vez() -> None:
    relacion = f'<Relationship Id="rId9" Type="{ooxml.TIPO_DE_RELACION}vbaProject" Target="vbaProject.bin"/>'
    tipo = '<Override PartName="/word/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
    con_macros = partes(p("x"), rels=relacion, otras={"word/vbaProject.bin": ""}, tipos=tipo)
    assert error(ooxml.empaquetar(con_macros)).count("macros") == 1


@pytest.mark.parametrize(
    "datos", [b"", b"hola", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ooxml.empaquetar({"a": b""}), docx(p("x"))[:-40]]
)
def test_lo_que_no_es_un_docx_se_dice(datos: bytes) -> None:
    assert "prueba.docx" in error(datos)


def test_una_plantilla_dotx_tambien_sirve() -> None:
    dotx = {
        n: d.replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main")
        for n, d in partes(p("{{ x }}")).items()
    }
    assert b"wordprocessingml.document.main" in componer(ooxml.empaquetar(dotx), x="a")["[Content_Types].xml"]


# --- texto con formato -----------------------------------------------------------------------------


def test_la_negrita_de_excel_llega_a_word_sin_perder_el_formato_del_renglon() -> None:
    xml = cuerpo(docx(p(t("a {{ x }} z", "<w:i/><w:sz w:val='22'/>"))), x=f"{NEGRITA[0]}Lic.{NEGRITA[1]} Ana")
    assert xml == (
        "<w:p>"
        '<w:r><w:rPr><w:i/><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve">a </w:t></w:r>'
        '<w:r><w:rPr><w:b/><w:i/><w:sz w:val="22"/></w:rPr><w:t>Lic.</w:t></w:r>'
        '<w:r><w:rPr><w:i/><w:sz w:val="22"/></w:rPr><w:t xml:space="preserve"> Ana z</w:t></w:r>'
        "</w:p>"
    )


def test_las_banderas_van_en_el_orden_del_esquema() -> None:
    todas = (SUBINDICE, SUBRAYADO, TACHADO, CURSIVA, NEGRITA)
    texto = "".join(m[0] for m in todas) + "x" + "".join(m[1] for m in todas)
    xml = cuerpo(
        docx(p(t("{{ x }}", "<w:rFonts w:ascii='Arial'/><w:color w:val='FF0000'/><w:sz w:val='22'/>"))), x=texto
    )
    assert re.findall(r"<w:(\w+)", xml)[3:] == ["rFonts", "b", "i", "strike", "color", "sz", "u", "vertAlign", "t"]


def test_un_salto_abre_otro_parrafo_igual() -> None:
    plantilla = docx(p("a {{ x }}", t(" z"), ppr='<w:pageBreakBefore/><w:jc w:val="both"/>'))
    xml = cuerpo(plantilla, x=f"uno\n{CURSIVA[0]}dos\ntres{CURSIVA[1]}")
    assert re.findall(r"<w:p>|pageBreakBefore|both|<w:i/>|(?<=>)[^<>]+(?=</w:t>)", xml) == [
        *("<w:p>", "pageBreakBefore", "both", "a uno"),
        *("<w:p>", "both", "<w:i/>", "dos"),
        *("<w:p>", "both", "<w:i/>", "tres", " z"),
    ]


def test_el_salto_de_seccion_se_va_con_el_ultimo_parrafo() -> None:
    raiz = etree.fromstring(componer(docx(p("{{ x }}", ppr=SECCION), p("fin")), x="uno\ndos")["word/document.xml"])
    secciones = [parrafo.find(f"{W}pPr/{W}sectPr") is not None for parrafo in raiz.iter(f"{W}p")]
    assert secciones == [False, True, False]


def test_renglones_y_tabuladores() -> None:
    assert "<w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t>" in cuerpo(docx(p("{{ x }}")), x=f"a{SALTO}b\tc")


def test_la_liga_lleva_su_relacion_y_su_estilo() -> None:
    salida = componer(docx(p("vea {{ x }}.")), x=f"{LIGA[0]}https://ine.mx/año{LIGA[1]}el sitio{LIGA[2]}")
    assert b'<w:rStyle w:val="Liga"/></w:rPr><w:t>el sitio</w:t></w:r></w:hyperlink>' in salida["word/document.xml"]
    assert b'Target="https://ine.mx/a%C3%B1o" TargetMode="External"' in salida["word/_rels/document.xml.rels"]


@pytest.mark.parametrize(
    "direccion", ["javascript:alert(1)", "file:///etc/passwd", "http://", "ine.mx", "http://[malo"]
)
def test_una_liga_insegura_queda_en_texto(direccion: str) -> None:
    salida = componer(docx(p("{{ x }}")), x=f"{LIGA[0]}{direccion}{LIGA[1]}el sitio{LIGA[2]}")
    assert b"el sitio" in salida["word/document.xml"]
    assert b"w:hyperlink" not in salida["word/document.xml"]


def test_dentro_de_una_liga_de_la_plantilla_el_salto_es_de_renglon() -> None:
    rel = f'<Relationship Id="rId9" Type="{ooxml.TIPO_DE_RELACION}hyperlink" Target="http://ine.mx/" TargetMode="External"/>'
    plantilla = docx(p(f'<w:hyperlink r:id="rId9">{t("{{ x }}")}</w:hyperlink>'), rels=rel)
    xml = cuerpo(plantilla, x=f"uno\n{LIGA[0]}http://a.mx{LIGA[1]}dos{LIGA[2]}")
    assert xml.count("<w:hyperlink") == 1
    assert xml.count("<w:br/>") == 1


def test_en_un_control_de_texto_el_salto_es_de_renglon() -> None:
    control = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{p('{{ x }}')}</w:sdtContent></w:sdt>"
    assert "<w:t>a</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>b</w:t>" in cuerpo(docx(control), x="a\nb")


def test_los_espacios_de_los_extremos_se_conservan() -> None:
    plantilla = docx("<w:p><w:r><w:t>{{ a }}</w:t></w:r><w:r><w:t>{{ b }}</w:t></w:r></w:p>")
    assert '<w:t xml:space="preserve">Hola </w:t>' in cuerpo(plantilla, a="Hola ", b="tú")


def test_una_plantilla_con_sangrias_en_su_xml_no_produce_parrafos() -> None:
    assert parrafos(docx("<w:p><w:r><w:t>\n  {{ x }}\n</w:t></w:r></w:p>"), x="a") == ["   a "]


# --- identificadores -------------------------------------------------------------------------------


def test_los_identificadores_son_unicos_en_todas_las_partes() -> None:
    control = f'<w:sdt><w:sdtPr><w:id w:val="7"/></w:sdtPr><w:sdtContent>{p("x")}</w:sdtContent></w:sdt>'
    marcado = (
        '<w:p w14:paraId="11111111" w14:textId="77777777"><w:bookmarkStart w:id="3" w:name="m"/>'
        + dibujo(5)
        + '<w:bookmarkEnd w:id="3"/></w:p>'
    )
    salida = componer(docx(p("{% for x in xs %}"), marcado, control, p("{% endfor %}"), encabezado=marcado), xs=[1, 2])
    todo = (salida["word/document.xml"] + salida["word/header.xml"]).decode()
    for patron in (
        r'docPr id="(\d+)"',
        r'bookmarkStart w:id="(\d+)"',
        r'bookmarkEnd w:id="(\d+)"',
        r'w:name="(m\w*)"',
        r'<w:id w:val="(\d+)"',
    ):
        hallados = re.findall(patron, todo)
        assert len(hallados) == len(set(hallados)) > 1
    assert "paraId" not in todo


def test_los_comentarios_de_la_plantilla_no_viajan() -> None:
    rel = f'<Relationship Id="rId9" Type="{ooxml.TIPO_DE_RELACION}comments" Target="comments.xml"/>'
    tipo = f'<Override PartName="/word/comments.xml" ContentType="{ooxml.TIPO_DE_WORD}comments+xml"/>'
    comentado = p(
        '<w:commentRangeStart w:id="0"/>',
        "x",
        '<w:commentRangeEnd w:id="0"/>',
        '<w:r><w:commentReference w:id="0"/></w:r>',
    )
    salida = componer(ooxml.empaquetar(partes(comentado, rels=rel, tipos=tipo, otras={"word/comments.xml": "<a/>"})))
    assert "word/comments.xml" not in salida
    assert not [nombre for nombre, datos in salida.items() if b"comment" in datos]


# --- reparar ---------------------------------------------------------------------------------------


def test_una_celda_vaciada_conserva_un_parrafo() -> None:
    assert "</w:tcPr><w:p/></w:tc>" in cuerpo(docx(tbl(tr(tc(p("{% if x %}"), p("a"), p("{% endif %}"))))), x=0)


def test_una_celda_que_acaba_en_tabla_recibe_un_parrafo() -> None:
    assert "</w:tbl><w:p/></w:tc>" in cuerpo(
        docx(tbl(tr(tc(tbl(tr("a")), p("{% if x %}"), p("a"), p("{% endif %}"))))), x=0
    )


def test_una_tabla_sin_renglones_se_quita_y_no_deja_coja_a_su_celda() -> None:
    vacia = tbl(tr("{% for x in xs %}"), tr("{{ x }}"), tr("{% endfor %}"))
    assert "w:tbl" not in cuerpo(docx(p("a"), vacia), xs=[])
    assert "</w:tcPr><w:p/></w:tc>" in cuerpo(
        docx(tbl(tr(tc(vacia, p("{% if x %}"), p("a"), p("{% endif %}"))))), xs=[], x=0
    )


def test_un_renglon_sin_celdas_se_quita() -> None:
    tabla = tbl(tr("a"), tr("{%tc for x in xs %}", "{{ x }}", "{%tc endfor %}"))
    assert cuerpo(docx(tabla), xs=[]).count("<w:tr>") == 1


def test_dos_tablas_que_se_fundirian_se_separan() -> None:
    assert "</w:tbl><w:p/><w:tbl>" in cuerpo(
        docx(p("{% for x in xs %}"), tbl(tr("{{ x }}")), p("{% endfor %}"), p("z")), xs=["a", "b"]
    )


def test_dos_tablas_que_ya_iban_juntas_siguen_juntas() -> None:
    assert "</w:tbl><w:tbl>" in cuerpo(docx(tbl(tr("a")), tbl(tr("{{ x }}")), p("z")), x="b")


def test_un_encabezado_vaciado_conserva_un_parrafo() -> None:
    salida = componer(docx(p("a"), encabezado=p("{% if x %}") + p("a") + p("{% endif %}")), x=0)
    assert b"<w:p/></w:hdr>" in salida["word/header.xml"]


def test_un_control_de_contenido_vaciado_se_quita() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('{% if x %}')}{p('a')}{p('{% endif %}')}</w:sdtContent></w:sdt>"
    assert "w:sdt" not in cuerpo(docx(control, p("a")), x=0)


# --- listas ----------------------------------------------------------------------------------------


def test_cada_lista_numerada_empieza_en_uno() -> None:
    lista = p("{{ x }}", estilo="ListaNumerada")
    plantilla = docx(lista, p("a"), lista, p("b"), lista)
    salida = componer(plantilla, x="uno\ndos")
    assert re.findall(rb'<w:numId w:val="(\d+)"', salida["word/document.xml"]) == [b"2", b"2", b"3", b"3"]
    assert salida["word/numbering.xml"].count(b'<w:startOverride w:val="1"/>') == 2


# --- propiedades, marcas y bytes -------------------------------------------------------------------


def test_las_propiedades_son_del_documento_y_no_de_la_plantilla() -> None:
    vieja = '<Relationship Id="rId8" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="otra.xml"/>'
    origen = partes(p("x"), otras={"otra.xml": "<autor>python-docx</autor>"})
    origen["_rels/.rels"] = origen["_rels/.rels"].replace(b"</Rel", vieja.encode() + b"</Rel")
    propiedades = Propiedades(titulo="R&D " + "x" * 300, creado=CREADO, autor="Ana", institucion="INE")
    salida = ooxml.partes(Plantilla.abrir(ooxml.empaquetar(origen), "p").componer({}, propiedades))
    assert "otra.xml" not in salida
    assert salida["_rels/.rels"].count(b"core-properties") == 1
    assert len(re.search(rb"<dc:title>(.*)</dc:title>", salida["docProps/core.xml"])[1]) == 255 + len("amp;")  # type: ignore[index]  # está
    assert b"2017-11-15T12:00:00Z" in salida["docProps/core.xml"]
    assert b"<Company>INE</Company>" in salida["docProps/app.xml"]


def test_las_marcas_se_leen_como_se_pusieron_y_llevan_la_huella() -> None:
    datos = Plantilla.abrir(docx(p("x")), "p").componer(
        {}, PROPIEDADES, {"generar.documento": "minuta/1", "a&b": "<c>"}
    )
    assert ooxml.marcas(datos) == {
        "generar.documento": "minuta/1",
        "a&b": "<c>",
        "generar.huella": ooxml.huella_de(datos),
    }


def test_mismos_datos_mismos_bytes() -> None:
    datos = docx(p("{{ x }}"), encabezado=p("{{ x }}"))
    uno = Plantilla.abrir(datos, "p").componer({"x": "a\nb"}, PROPIEDADES, {"m": "1"})
    assert Plantilla.abrir(datos, "p").componer({"x": "a\nb"}, PROPIEDADES, {"m": "1"}) == uno


def test_una_plantilla_sirve_a_varios_hilos_sin_mezclar_sus_datos() -> None:
    plantilla = Plantilla.abrir(
        docx(p("{% for x in xs %}"), p("{{ x }} {{ dueno }}"), p("{% endfor %}"), encabezado=p("{{ dueno }}")), "p"
    )

    def uno(numero: int) -> bool:
        contexto = {"dueno": f"dueño-{numero}-", "xs": [f"{NEGRITA[0]}a{NEGRITA[1]}"] * 50}
        partes = ooxml.partes(plantilla.componer(contexto, PROPIEDADES))
        textos = (partes["word/document.xml"] + partes["word/header.xml"]).decode()
        return set(re.findall(r"dueño-\d+-", textos)) == {f"dueño-{numero}-"} and textos.count("dueño") == 51

    with ThreadPoolExecutor(4) as hilos:
        assert all(hilos.map(uno, range(60)))


@pytest.mark.parametrize(
    ("plantilla", "problema"),
    [
        (docx(p("{{ x }}", ppr='<w:jc w:val="rara"/>')), "la alineación «rara» no existe"),
        (docx(p("{{ x }}") + p('<w:hyperlink r:id="rId777"><w:r><w:t>liga</w:t></w:r></w:hyperlink>')), "rId777"),
        (docx(p("{{ x }}") + p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>')), "un campo se abre y no se cierra"),
    ],
)
def test_lo_que_la_plantilla_ya_traia_roto_no_llega_a_un_documento(plantilla: bytes, problema: str) -> None:
    dicho = error(plantilla, x="a")
    assert "Word rechazaría" in dicho
    assert problema in dicho


def test_las_propiedades_en_desorden_de_la_plantilla_se_acomodan() -> None:
    xml = cuerpo(docx(p(t("a", '<w:sz w:val="22"/><w:b/>'), ppr='<w:jc w:val="both"/><w:keepNext/>')))
    assert re.findall(r"<w:(keepNext|jc|b|sz)\b", xml) == ["keepNext", "jc", "b", "sz"]


def test_un_documento_desmesurado_se_detiene(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generador.plantilla.entorno.MAX_PINTADO", 10_000)
    ciclos = "{% for a in xs %}{% for b in xs %}{{ a }}{% endfor %}{% endfor %}"
    assert "demasiado grande" in error(docx(p(ciclos)), xs=["x" * 100] * 100)


def test_lo_que_word_rechazaria_no_se_escribe() -> None:
    partido = docx(
        p(t("{{ x }}", '<w:sz w:val="22"/>')),
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "Acuerdo {% if x %}",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "{% endif %}",
        ),
    )
    mensaje = error(partido, x="")
    assert "Word rechazaría el documento" in mensaje
    assert "un campo se abre y no se cierra" in mensaje


def test_un_caracter_que_xml_no_admite_se_dice_con_su_lugar() -> None:
    mensaje = error(docx(p("uno"), p("Hola {{ x }}")), x="a\x0bb")
    assert "cuerpo, cerca de «Hola a»: un dato trae un carácter que Word no admite (U+000B)." in mensaje


def test_lo_compuesto_con_todo_pasa_el_validador_de_microsoft(tmp_path: Path, validador_sdk: Validador) -> None:
    lista = p("{{ rico }}", estilo="ListaNumerada")
    plantilla = docx(
        p("{% for x in xs %}"),
        lista,
        p("{{ x }}"),
        tbl(tr("{{ rico }}")),
        p(dibujo(1)),
        p("{% endfor %}"),
        tbl(tr("{% for x in ys %}"), tr("{{ x }}"), tr("{% endfor %}")),
        lista,
        encabezado=p("{{ rico }}"),
        pie=p("Página ", campo("PAGE")) + p(dibujo(1)),
    )
    rico = f"{NEGRITA[0]}a{CURSIVA[0]}b\nc{NEGRITA[1]}{SALTO}d\t{CURSIVA[1]}{LIGA[0]}http://ine.mx/?a=1&b=ñ{LIGA[1]}liga{LIGA[2]} fin"
    datos = Plantilla.abrir(plantilla, "p").componer(
        {"xs": ["<1>", "&"], "ys": [], "rico": rico}, PROPIEDADES, {"m": "1"}
    )
    archivo = tmp_path / "todo.docx"
    archivo.write_bytes(datos)
    assert [problema for problema in problemas(ooxml.partes(datos)) if problema.grave] == []
    assert validador_sdk(archivo) == []


# --- un prefijo de más no estorba


def test_un_prefijo_de_renglon_fuera_de_una_tabla_se_entiende() -> None:
    assert parrafos(docx(p("{%tr if x %}") + p("sí") + p("{%tr endif %}") + p("fin")), x=1) == ["sí", "fin"]
    assert parrafos(docx(p("a{%tr if x %}b{%tr endif %}c")), x=1) == ["abc"]


def test_un_prefijo_de_parrafo_a_solas_en_su_renglon_es_del_renglon() -> None:
    tabla = tbl(tr("{%p for x in xs %}", ""), tr("{{ x }}", "b"), tr("{%p endfor %}", ""), columnas=2)
    assert parrafos(docx(tabla + p("fin")), xs=["1", "2"]) == ["1", "b", "2", "b", "fin"]


def test_un_ciclo_de_parrafos_dentro_de_su_celda_sigue_siendo_de_parrafos() -> None:
    celda = tc(p("{%p for x in xs %}"), p("{{ x }}"), p("{%p endfor %}"))
    assert parrafos(docx(tbl(tr(celda)) + p("fin")), xs=["1", "2"]) == ["1", "2", "fin"]
