"""Cada regla con una plantilla que la incumple y su mensaje; las del programa no tienen errores."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generador import ooxml
from generador.catalogo import CATALOGO
from generador.consola import principal
from generador.flujo import generar, plantillas
from generador.flujo.contrato import contrato_de as contrato
from generador.grafica import Clase, Grafica, Serie
from generador.hallazgos import PlantillaConHallazgos
from generador.ooxml import TIPO_DE_RELACION, TIPO_DE_WORD
from generador.plantilla import Plantilla, Propiedades
from generador.plantilla.comentarios import comentada
from generador.plantilla.contrato import Contrato, Forma
from generador.plantilla.etiquetas import Defecto
from generador.plantilla.revision import MAX_DEFECTOS, probar, retratar, revisar
from tests.conftest import Validador
from tests.fabrica import (
    CREADO,
    ESPACIOS,
    SECCION,
    W_NS,
    campo,
    docx,
    docx_con_grafica,
    grafica,
    p,
    partes,
    t,
    tbl,
    tc,
    tr,
)  # fmt: skip

RAIZ = Path(__file__).parent.parent
PLANTILLAS = RAIZ / "plantillas_docx"
PROPIEDADES = Propiedades(titulo="Prueba", creado=CREADO)
EJEMPLO = {
    "sesion": {"fecha": "15 de marzo", "titulo": "Minuta", "con_quorum": True},
    "asistentes": [{"nombre": "Ana", "cargo": "Directora"}],
    "puntos": [{"numero": 1, "bloques": [{"texto": "a"}], "nominal": None}],
    "frases": ["a"],
    "grafica": Grafica("g", Clase.BARRAS, ("a",), (Serie("s", (1,)),)),
}
CONTRATO = Contrato("minuta", Forma().sumar(EJEMPLO).sumar({"asistentes": []}).cerrar())


def defectos(plantilla: bytes, contrato: Contrato = CONTRATO) -> list[Defecto]:
    return revisar(plantilla, contrato)


def dichos(*bloques: str, **demas: str) -> list[str]:
    return [f"{defecto.codigo} {defecto}" for defecto in defectos(docx(*bloques, **demas))]


# --- las reglas, una por una -----------------------------------------------------------------------

LOS_RENGLONES = tr("{%tr for a in asistentes %}"), tr("{{ a.nombre }}"), tr("{%tr endfor %}")
PUNTO_A_PUNTO = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'

REGLAS = {
    "E01 sin cerrar": (
        [p("uno"), p("Acuerdo primero {{ sesion.fecha")],
        "E01 cuerpo, párrafo 2 («Acuerdo primero {{ sesion.fecha»): se abre «{{» y no se cierra. Ciérrela con «}}».",
    ),
    "E01 sin abrir": ([p("fecha }}")], "E01 cuerpo, párrafo 1 («fecha }}»): se cierra «}}» sin haberse abierto. Escriba «{{» donde empieza, o quítelo."),
    "E01 literal": ([p("use {# con cuidado")], "E01 cuerpo, párrafo 1 («use {# con cuidado»): se abre «{#» y no se cierra. Ciérrela con «#}» o, si es texto, ponga un espacio entre los dos signos."),
    "E01 en un campo": (
        [p(campo("HYPERLINK {{ x }}", "uno"))],
        "E01 cuerpo, párrafo 1 («uno»): «HYPERLINK {{ x }}» está donde no se puede escribir (un campo, una ecuación…). Póngala en el texto.",
    ),
    "E02 párrafo": (
        [p("Fecha {%p if frases %}"), p("a"), p("{%p endif %}")],
        "E02 cuerpo, párrafo 1 («Fecha {%p if frases %}»): el texto junto a «{%p …» desaparecería. Deje la etiqueta sola en su párrafo.",
    ),
    "E02 renglón": (
        [tbl(tr(tc("Nombre {%tr for a in asistentes %}{%tr endfor %}")))],
        "E02 cuerpo, párrafo 1 («Nombre {%tr for a in asistentes %}{%tr endfor %}»), tabla 1, renglón 1: lo demás del renglón de «{%tr …» desaparecería. Deje la etiqueta sola en su renglón.",
    ),
    "E02 celda": (
        [p("a {%tc if frases %}{% endif %}")],
        "E02 cuerpo, párrafo 1 («a {%tc if frases %}{% endif %}»): «{%tc …» sólo vale en una celda de tabla. Quite las letras «tc».",
    ),
    "E03 pegado": (
        [p("{%pif frases %}"), p("{%p endif %}")],
        "E03 cuerpo, párrafo 1 («{%pif frases %}»): «{%pif frases %}» no se entiende. Escriba un espacio después de «{%p».",
    ),
    "E03 no existe": (
        [p("{% include 'a' %}")],
        "E03 cuerpo, párrafo 1 («{% include 'a' %}»): «{% include 'a' %}» no se reconoce. Si es un dato, va entre «{{» y «}}»; después de «{%» se usan if, elif, else, for, set y with.",
    ),
    "E03 con llaves": (
        [p("{{ {'a': {'b': 1}} }}")],
        "E01 cuerpo, párrafo 1 («{{ {'a': {'b': 1}} }}»): se cierra «}}» sin haberse abierto. Escriba «{{» donde empieza, o quítelo.",
    ),
    "E03 mal escrita": ([p("{{ sesion.fecha + }}")], "E03 cuerpo, párrafo 1 («{{ sesion.fecha + }}»): «{{ sesion.fecha + }}» no está bien escrita: algo falta después de «+». Complétela o quítelo."),
    "E03 dos barras": (
        [p("{{ sesion.fecha||mayusculas }}")],
        "E03 cuerpo, párrafo 1 («{{ sesion.fecha||mayusculas }}»): «{{ sesion.fecha||mayusculas }}» no está bien escrita: sobra una «|». Bórrela.",
    ),
    "E04 sin cerrar": (
        [p("{% for a in asistentes %}"), p("{{ a.nombre }}")],
        "E04 cuerpo, párrafo 1 («{% for a in asistentes %}»): «{% for a in asistentes %}» se abre y no se cierra. Escriba «{% endfor %}» donde termina.",
    ),
    "E04 sin abrir": ([p("{% endif %}")], "E04 cuerpo, párrafo 1 («{% endif %}»): «{% endif %}» no corresponde a ninguna etiqueta abierta. Escriba «{% if … %}» donde empieza, o bórrela."),
    "E04 con su prefijo": (
        [p("{%tr if frases %} hay"), p("{%tr endif %}")],
        "E04 cuerpo, párrafo 2 («{%tr endif %}»): «{%tr endif %}» no está al mismo nivel que «{%tr if frases %}» (cuerpo, párrafo 1 («{%tr if frases %} hay»)). Deje ambas solas en su párrafo o en su renglón, o ambas dentro del mismo párrafo.",
    ),
    "E04 en otra celda": (
        [tbl(tr("a{% if frases %}", "b{% endif %}"), columnas=2)],
        "E04 cuerpo, párrafo 2 («b{% endif %}»), tabla 1, renglón 1: «{% endif %}» no está al mismo nivel que «{% if frases %}» (cuerpo, párrafo 1 («a{% if frases %}»)). Para repetir el renglón, póngalas al principio de su primera celda y al final de la última; para una sola celda, ambas en ella.",
    ),
    "E05 nombre": (
        [p("{{ sesion.fehca }}")],
        "E05 cuerpo, párrafo 1 («{{ sesion.fehca }}»): «sesion.fehca» no existe. ¿Quiso decir «sesion.fecha»?",
    ),
    "E05 raíz": ([p("{{ sesin.fecha }}")], "E05 cuerpo, párrafo 1 («{{ sesin.fecha }}»): «sesin» no existe. ¿Quiso decir «sesion»?"),
    "E05 en un ciclo": (
        [p("{% for a in asistentes %}{{ a.nonbre }}{% endfor %}")],
        "E05 cuerpo, párrafo 1 («{% for a in asistentes %}{{ a.nonbre }}{% endfor %}»): «a.nonbre» no existe. ¿Quiso decir «a.nombre»?",
    ),
    "E05 fuera de su ciclo": (
        [p("{% for a in asistentes %}{{ a.nombre }}{% endfor %}{{ a.nombre }}")],
        "E05 cuerpo, párrafo 1 («{% for a in asistentes %}{{ a.nombre }}{% endfor %}{{ a.n…»): «a» no existe fuera de su ciclo. Escríbalo entre «{% for a in asistentes %}» y su «{% endfor %}».",
    ),
    "E05 es lista": (
        [p("{{ asistentes.nombre }}")],
        "E05 cuerpo, párrafo 1 («{{ asistentes.nombre }}»): «asistentes» es una lista y no tiene «nombre». Recórrala con «{% for asistente in asistentes %}» y escriba «{{ asistente.nombre }}».",
    ),
    "E05 no es lista": (
        [p("{% for a in sesion.fecha %}{% endfor %}")],
        "E05 cuerpo, párrafo 1 («{% for a in sesion.fecha %}{% endfor %}»): se recorre con «for» algo que no es una lista: «sesion.fecha» es un texto y saldría letra por letra. Escríbalo sin «for»: «{{ … }}».",
    ),
    "E05 filtro": (
        [p("{{ sesion.fecha|mayuscula }}")],
        "E05 cuerpo, párrafo 1 («{{ sesion.fecha|mayuscula }}»): no existe el filtro «mayuscula». ¿Quiso decir «mayusculas»? Se pueden usar: enumerar, first, join, last, length, mayuscula_inicial, mayusculas, unir.",
    ),
    "E06 lista": (
        [p("{{ asistentes }}")],
        "E06 cuerpo, párrafo 1 («{{ asistentes }}»): «{{ asistentes }}» no se puede escribir: «asistentes» es una lista. Recórrala con «for» o únala con «|enumerar».",
    ),
    "E06 sí o no": (
        [p("{{ sesion.con_quorum }}")],
        "E06 cuerpo, párrafo 1 («{{ sesion.con_quorum }}»): «{{ sesion.con_quorum }}» no se puede escribir: «sesion.con_quorum» es un sí o no. Úselo en «if».",
    ),
    "E06 de bloque": (
        [p("{{p sesion.fecha }}")],
        "E06 cuerpo, párrafo 1 («{{p sesion.fecha }}»): «{{p …» no escribe un texto. Quite la «p»: «{{ sesion.fecha }}».",
    ),
    "E07 cambios": (
        [p("uno"), p('<w:ins w:id="1" w:author="Ana">' + t("dos") + "</w:ins>")],
        "E07 cuerpo: hay cambios sin aceptar cerca de «dos». Acéptelos o rechácelos en Word (pestaña Revisar).",
    ),
    "E08 sección": (
        [p("{% if frases %}", ppr=SECCION), p("{% endif %}")],
        "E08 cuerpo, párrafo 1 («{% if frases %}»): este párrafo desaparece al generar, y con él un salto de sección. Póngalo en otro párrafo.",
    ),
    "W08 sección repetida": (
        [p("{% for f in frases %}"), p("{{ f }}", ppr=SECCION), p("{% endfor %}")],
        "W08 cuerpo, párrafo 2 («{{ f }}»): hay un salto de sección dentro de un ciclo: se repite en cada vuelta.",
    ),
    "W09 formato": (
        [p("{{ sesion.", t("fecha", "<w:b/>"), " }}")],
        "W09 cuerpo, párrafo 1 («{{ sesion.fecha }}»): «fecha» tiene otro formato que el resto de «{{ sesion.fecha }}»: todo saldrá con el de su primera letra. Dé el mismo formato a toda la etiqueta.",
    ),
    "W09 marcador": (
        [p("{{ sesion", '<w:bookmarkStart w:id="0" w:name="m"/>', ".fecha }}", '<w:bookmarkEnd w:id="0"/>')],
        "W09 cuerpo, párrafo 1 («{{ sesion.fecha }}»): un marcador parte «{{ sesion.fecha }}». Póngalo antes o después de ella.",
    ),
    "W10 encabezado": (
        [p("{% if asistentes %}"), tbl(tr("Nombre"), *LOS_RENGLONES), p("{% endif %}")],
        "W10 cuerpo, párrafo 3 («{%tr for a in asistentes %}»), tabla 1, renglón 2: si la tabla pasa de página, su encabezado no se repite. En Word: Presentación (de tabla) → Repetir filas de título.",
    ),
    "W10 partirse": (
        [tbl(*LOS_RENGLONES)],
        "W10 cuerpo, párrafo 1 («{%tr for a in asistentes %}»), tabla 1, renglón 1: los renglones que se repiten pueden partirse entre dos páginas. En Word: Propiedades de tabla → Fila → quite «Permitir dividir las filas entre páginas».",
    ),
    "W10 vacía": (
        [tbl(tr("Nombre"), *LOS_RENGLONES)],
        "W10 cuerpo, párrafo 2 («{%tr for a in asistentes %}»), tabla 1, renglón 2: si no hay renglones queda la tabla con su puro encabezado. Enciérrela en «{% if … %}», o agregue «{% else %}» con un renglón que diga «Sin registros».",
    ),
    "W11 numeración": (
        [p("{% for x in puntos %}"), p("{% for b in x.bloques %}"), p("{{ b.texto }}", ppr=PUNTO_A_PUNTO), p("{% endfor %}"), p("{% endfor %}")],
        "W11 cuerpo, párrafo 3 («{{ b.texto }}»): la numeración seguirá contando de una vuelta a otra. Si debe empezar de nuevo en cada una, use el estilo «Lista numerada».",
    ),
    "E14 código": (
        [p("{{ sesion.__class__ }}")],
        "E14 cuerpo, párrafo 1 («{{ sesion.__class__ }}»): la plantilla intenta ejecutar código («__class__»), y eso no se permite. Quítelo: sólo se escriben datos y se usan filtros.",
    ),
    "E14 llamada": (
        [p("{{ sesion.fecha.upper() }}")],
        "E14 cuerpo, párrafo 1 («{{ sesion.fecha.upper() }}»): la plantilla intenta ejecutar código («upper(…)»), y eso no se permite. Quítelo: sólo se escriben datos y se usan filtros.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("regla", REGLAS)
def test_cada_regla_tiene_su_mensaje(regla: str) -> None:
    bloques, mensaje = REGLAS[regla]
    assert mensaje in dichos(*bloques)


@pytest.mark.parametrize("regla", [regla for regla in REGLAS if regla.startswith("E")])
def test_cada_error_dice_que_pasa_y_como_se_corrige(regla: str) -> None:
    graves = [defecto for defecto in defectos(docx(*REGLAS[regla][0])) if defecto.grave]
    assert graves
    for defecto in graves:
        pasa, remedio = defecto.en_dos
        assert f"{pasa} {remedio}" == defecto.problema
        assert remedio, defecto.problema


def test_a_lo_que_va_antes_de_un_cierre_sin_abrir_le_falta_su_ciclo() -> None:
    sano = p("{% for a in asistentes %}{{ a.nombre }}{% endfor %}")
    antes, cierre, despues = dichos(sano, p("{{ x.nombre }}"), p("{% endfor %}"), p("{{ y.nombre }}"))
    assert antes.endswith(
        "«x» no existe. Escriba antes «{% for x in … %}»: más adelante está su «{% endfor %}» y nadie lo abre."
    )
    assert despues.endswith("«y» no existe. Revise cómo está escrito: «generar plantilla campos» dice los que hay.")
    assert cierre.startswith("E04")


@pytest.mark.parametrize("cierre", ["end for", "en dfor", "END FOR", "end_for", "endfro", "fin", "fin para", "end"])
def test_un_cierre_mal_escrito_dice_solo_eso(cierre: str) -> None:
    mal = f"{{% {cierre} %}}"
    assert dichos(p("{% for a in asistentes %}"), p("{{ a.nombre }}"), p(mal), p("{% if frases %}{{ sesion.fecha }}{% endif %}")) == [
        f"E03 cuerpo, párrafo 3 («{mal}»): «{mal}» no se reconoce. ¿Quiso decir «{{% endfor %}}»?"
    ]  # fmt: skip


@pytest.mark.parametrize("cierre", ["end if", "en dif", "fin", "fin si", "Endif"])
def test_el_cierre_que_se_propone_es_el_de_la_ultima_abierta(cierre: str) -> None:
    (dicho,) = dichos(p("{% for f in frases %}{% if f %}{{ f }}{% " + cierre + " %}{% endfor %}"))
    assert dicho.endswith(("¿Quiso decir «{% endif %}»?", "Escriba «endif» con minúsculas."))


@pytest.mark.parametrize(("cierre", "abre"), [("endif", "if"), ("endfor", "for"), ("", "if")])
def test_a_un_else_suelto_le_falta_la_que_abre_su_cierre(cierre: str, abre: str) -> None:
    sano = "{% for f in frases %}{{ f }}{% endfor %}"
    suelto, *_ = dichos(p("{% else %}"), p(sano), p(f"{{% {cierre} %}}" if cierre else "fin"))
    assert suelto.endswith(f"Escriba «{{% {abre} … %}}» donde empieza, o bórrela.")


def test_un_ciclo_en_espanol_no_arrastra_a_lo_que_lleva_dentro() -> None:
    dicho = dichos(p("{% para cada a en asistentes %}"), p("{{ a.nombre }}"), p("{% fin para %}"))
    assert [d[:3] for d in dicho] == ["E03", "E03"]


def test_si_una_esta_dentro_de_una_tabla_y_la_otra_no_se_dice() -> None:
    (dicho,) = dichos(p("{% for a in asistentes %}"), tbl(tr("{{ a.nombre }}"), tr("{% endfor %}")))
    assert dicho.endswith("Una está dentro de una tabla y la otra no: ponga ambas dentro o ambas fuera.")


def test_con_una_etiqueta_ilegible_no_se_dice_que_columnas_faltan() -> None:
    contrato = Contrato(
        "minuta", CONTRATO.nombres, {("Asistencia", "Cargo"): frozenset({("asistentes", "[]", "cargo")})}
    )
    codigos = [d.codigo for d in defectos(docx(p("{{ sesion.fecha")), contrato)]
    assert codigos == ["E01"]


@pytest.mark.parametrize(
    ("nombre", "dice"),
    [
        ("fecha", "«fecha» no existe. ¿Quiso decir «sesion.fecha»?"),
        ("lugar", "«lugar» no existe. ¿Quiso decir «sesion.lugar»?"),
        ("hora", "«hora» no existe. ¿Quiso decir «sesion.hora» o «cierre.hora»?"),
        ("sesion.termino", "«sesion.termino» no existe. ¿Quiso decir «cierre.hora»?"),
        ("fecha_de_la_sesion", "«fecha_de_la_sesion» no existe. ¿Quiso decir «sesion.fecha»?"),
        ("sesion.inicio", "«sesion.inicio» no existe. ¿Quiso decir «sesion.hora»?"),
        ("sesion.xyz", "«sesion.xyz» no existe. Revise cómo está escrito: «generar plantilla campos» dice los que hay."),
        ("asistente.nombre", "«asistente» no existe fuera de su ciclo. Escríbalo entre «{% for asistente in asistentes %}» y su «{% endfor %}»."),
        ("asistencia", "«asistencia» no existe. ¿Quiso decir «asistentes»?"),
        ("acuerdo.texto", "«acuerdo» no existe fuera de su ciclo. Escríbalo entre «{% for acuerdo in acuerdos %}» y su «{% endfor %}»."),
        ("responsable", "«responsable» no existe. ¿Quiso decir «acuerdo.responsable»? Va entre «{% for acuerdo in acuerdos %}» y «{% endfor %}»."),
    ],
)  # fmt: skip
def test_se_propone_el_nombre_que_buscaria_una_persona(nombre: str, dice: str) -> None:
    plantilla = docx(p("{{ " + nombre + " }}"))
    assert [d.problema for d in defectos(plantilla, contrato("minuta")) if d.grave] == [dice]


@pytest.mark.parametrize("escrito", ["sesion-fecha", "sesion/fecha", "sesion , fecha"])
def test_de_un_nombre_sin_sus_puntos_se_dice_como_va_entero(escrito: str) -> None:
    (hallado,) = [d for d in defectos(docx(p("{{ " + escrito + "|mayusculas }}"))) if d.grave]
    assert hallado.problema == f"«{escrito}» no existe. ¿Quiso decir «sesion.fecha»?"


def test_de_uno_de_la_lista_sin_su_punto_se_dice_como_va() -> None:
    (hallado,) = [d for d in defectos(docx(p("{% for a in asistentes %}{{ a-nombre }}{% endfor %}"))) if d.grave]
    assert hallado.problema == "«a-nombre» no existe. ¿Quiso decir «a.nombre»?"


def test_las_cuentas_entre_numeros_no_son_nombres_mal_escritos() -> None:
    assert dichos(p("{% for x in puntos %}{{ x.numero-loop.index }}{% endfor %}")) == []


@pytest.mark.parametrize("codigo", ["sesion.__class__.__mro__", "__builtins__.__class__"])
def test_lo_que_no_se_permite_se_dice_una_vez_por_nombre(codigo: str) -> None:
    assert len(dichos(p("{{ " + codigo + " }}"))) == 1


def test_al_recorrer_una_lista_en_singular_se_propone_su_plural() -> None:
    plantilla = docx(p("{% for x in asistente %}") + p("{{ x.nombre }}") + p("{% endfor %}"))
    graves = [d.problema for d in defectos(plantilla, contrato("minuta")) if d.grave]
    assert graves == ["«asistente» no existe. ¿Quiso decir «asistentes»?"]


@pytest.mark.parametrize("texto", ["“sesion.fecha”", '"sesion.fecha"', "'sesion.fecha'", "“fecha”"])
def test_un_nombre_entre_comillas_se_avisa(texto: str) -> None:
    (hallado,) = defectos(docx(p("{{ " + texto + " }}")))
    assert (hallado.codigo, hallado.grave) == ("W16", False)
    assert hallado.problema.endswith("va entre comillas y sale tal cual. Quite las comillas: «{{ sesion.fecha }}».")


def test_un_texto_entre_comillas_que_no_es_un_nombre_es_un_texto() -> None:
    assert dichos(p('{{ "Sin más" }} {{ sesion.fecha or "fecha" }}')) == []


def test_una_plantilla_sin_etiquetas_lo_dice_y_no_enumera_las_columnas() -> None:
    columnas = {("Asistencia", "Cargo"): frozenset({("asistentes", "[]", "cargo")})}
    (hallado,) = defectos(docx(p("hola")), Contrato("minuta", CONTRATO.nombres, columnas))
    assert (hallado.codigo, hallado.grave) == ("W17", False)
    assert hallado.problema == (
        "la plantilla no tiene ninguna etiqueta: el documento saldría siempre igual. Escriba los datos con etiquetas, "
        "como «{{ sesion.fecha }}»; «generar plantilla campos minuta» los dice."
    )


@pytest.mark.parametrize("alternativo", ["{{ sesion.fecha }}", "gráfica: seguidores"])
def test_si_los_datos_llegan_por_un_texto_alternativo_no_le_faltan_etiquetas(alternativo: str) -> None:
    assert [d for d in defectos(docx_con_grafica(p(grafica(alternativo)))) if d.codigo == "W17"] == []


def test_los_hallazgos_van_como_se_lee_la_pagina() -> None:
    malo = "{{ nada }}"
    hallados = defectos(docx(p("{% endif %}"), p(malo), p("{{ nada"), encabezado=p(malo), pie=p(malo), nota=p(malo)))
    assert [d.lugar.partition(" (")[0] for d in hallados] == [
        "encabezado, párrafo 1",
        "cuerpo, párrafo 1",
        "cuerpo, párrafo 2",
        "cuerpo, párrafo 3",
        "notas al pie, párrafo 1",
        "pie de página, párrafo 1",
    ]


def test_se_dice_todo_de_una_vez_aunque_sea_de_reglas_distintas() -> None:
    hallados = dichos(
        p("{{ sesion.fehca }}"),
        p("{{ sesion.titulo"),
        p("{%pif frases %}"),
        p("{% endfor %} a"),
        p("{{ x.__class__ }}"),
        encabezado=p("{{ asistentes }}"),
    )
    assert {dicho[:3] for dicho in hallados} == {"E01", "E03", "E05", "E06", "E14"}
    assert any("encabezado, párrafo 1" in dicho for dicho in hallados)


def test_una_etiqueta_ilegible_no_arrastra_a_las_que_dependen_de_ella() -> None:
    assert [d[:3] for d in dichos(p("{% for a in asistentes"), p("{{ a.nombre }}"), p("{% endfor %}"))] == ["E01"]


def test_la_seccion_es_el_titulo_que_va_antes() -> None:
    estilos = f'<w:styles xmlns:w="{W_NS}"><w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/></w:style></w:styles>'
    cuerpo = p("Lista de asistencia", estilo="T1") + p("{{ x }}")
    paquete = partes(cuerpo) | {"word/styles.xml": estilos.encode()}
    (hallado,) = defectos(ooxml.empaquetar(paquete))
    assert hallado.lugar == "cuerpo, párrafo 2 («{{ x }}»), en «Lista de asistencia»"


@pytest.mark.parametrize(
    "texto",
    [
        "{% if sesion.otra is defined %}{% endif %}",
        "{{ asistentes[0].nombre }} {{ (asistentes|first).cargo }}",
        "{% for a in asistentes[1:] %}{{ loop.index }}{{ a.nombre }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% set n = asistentes|length %}{% if n > 3 and sesion.con_quorum %}{{ n }}{% endif %}",
        "{% for x in puntos %}{% if x.nominal %}{{ x.nominal.a_favor }}{% endif %}{% endfor %}",
        "{{ sesion['fecha'] or 'sin fecha' }} {{ frases|enumerar }} {{ asistentes|join(', ', 'nombre') }}",
        "{% with t = sesion.titulo %}{{ t|mayusculas }}{% endwith %}{{ grafica }}",
        "{% for x in puntos %}{% for b in x.bloques %}{{ b.texto }}{% endfor %}{% endfor %}{{ r }}".replace(
            "{{ r }}", ""
        ),
        "{% if frases %}{{r sesion.fecha }}{% else %}{{ sesion.titulo }}{% endif %}",
    ],
)
def test_lo_que_esta_bien_no_se_senala(texto: str) -> None:
    assert dichos(p(texto)) == []


def test_una_lista_que_nunca_va_vacia_no_pide_su_renglon_de_sin_registros() -> None:
    nunca = Contrato("minuta", Forma().sumar(EJEMPLO).cerrar())
    tabla = docx(tbl(tr("Nombre"), *LOS_RENGLONES))
    assert not [d for d in defectos(tabla, nunca) if "Sin registros" in d.problema]


def test_un_renglon_que_puede_partirse_a_proposito_no_se_avisa() -> None:
    a_proposito = tr("{{ a.nombre }}").replace("<w:tr>", '<w:tr><w:trPr><w:cantSplit w:val="off"/></w:trPr>')
    assert "cantSplit" in a_proposito
    hallados = dichos(tbl(tr("{%tr for a in asistentes %}"), a_proposito, tr("{%tr endfor %}")))
    assert not [d for d in hallados if "partirse" in d]


def test_la_columna_que_solo_cambia_el_genero_no_tiene_por_que_aparecer() -> None:
    assert ("Órgano", "Género del órgano") not in contrato("seguimiento").columnas
    assert ("Acuerdos", "Entregable") in contrato("seguimiento").columnas


def test_se_dice_en_cual_de_los_encabezados() -> None:
    malo = f"<w:hdr {ESPACIOS}>{p('{{ sesion.fehca }}')}</w:hdr>"
    nombres = ("header", "h2", "h3", "h4")
    relacion = f"{TIPO_DE_RELACION}header"
    paquete = partes(
        p("uno", ppr=SECCION.replace("<w:sectPr>", _citas(("default", "header"))))
        + p("dos")
        + SECCION.replace("<w:sectPr>", _citas(("first", "h2"), ("even", "h3"))),
        rels="".join(f'<Relationship Id="{n}" Type="{relacion}" Target="{n}.xml"/>' for n in nombres),
        otras={f"word/{n}.xml": malo for n in nombres},
        tipos="".join(f'<Override PartName="/word/{n}.xml" ContentType="{TIPO_DE_WORD}header+xml"/>' for n in nombres),
    )
    lugares = [d.lugar.partition(",")[0] for d in defectos(ooxml.empaquetar(paquete))]
    assert lugares == [
        "encabezado de la sección 1",
        "encabezado de la primera página de la sección 2",
        "encabezado de las páginas pares de la sección 2",
        "encabezado que ninguna página usa",
    ]


def _citas(*cuales: tuple[str, str]) -> str:
    return "<w:sectPr>" + "".join(f'<w:headerReference w:type="{tipo}" r:id="{r}"/>' for tipo, r in cuales)


def test_lo_de_un_cuadro_de_texto_se_dice_una_vez_y_que_es_de_un_cuadro() -> None:
    dentro = f"<w:txbxContent>{p('{{ sesion.fehca }}')}</w:txbxContent>"
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    cuadro = f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice Requires="wps">{dentro}</mc:Choice><mc:Fallback>{dentro}</mc:Fallback></mc:AlternateContent></w:r>'
    assert [str(d) for d in defectos(docx(p("", cuadro))) if d.grave] == [
        "cuerpo, párrafo 2 («{{ sesion.fehca }}»), en un cuadro de texto: «sesion.fehca» no existe. ¿Quiso decir «sesion.fecha»?"
    ]


def test_si_hay_mas_de_los_que_se_dicen_se_dice_cuantos() -> None:
    hallados = defectos(docx(*(p(f"{{{{ sesion.equis{n} }}}}") for n in range(MAX_DEFECTOS + 20))))
    assert len(hallados) == MAX_DEFECTOS + 1
    assert str(hallados[-1]) == "hay 20 más, que no se dicen. Corrija éstos y vuelva a revisar."
    assert len(defectos(docx(*(p(f"{{{{ sesion.equis{n} }}}}") for n in range(MAX_DEFECTOS))))) == MAX_DEFECTOS


def test_una_columna_sin_imprimir_se_avisa() -> None:
    columnas = {("Asistencia", "Cargo"): frozenset({("asistentes", "[]", "cargo")}), ("Sesión", "Fecha"): frozenset({("sesion", "fecha")})}  # fmt: skip
    contrato = Contrato("minuta", CONTRATO.nombres, columnas)
    hallados = defectos(docx(p("{{ sesion.fecha }}")), contrato)
    assert [(d.codigo, str(d), d.grave) for d in hallados] == [
        (
            "W12",
            "de la hoja «Asistencia» no aparece en esta plantilla «Cargo». Lo que deba salir va con su "
            "etiqueta: «generar plantilla campos minuta» la dice.",
            False,
        )
    ]


def test_las_columnas_sin_imprimir_de_una_hoja_se_dicen_juntas() -> None:
    columnas = {("Asistencia", c): frozenset({("asistentes", "[]", c)}) for c in ("Nombre", "Cargo", "Nota")}
    (hallado,) = defectos(docx(p("{{ sesion.fecha }}")), Contrato("minuta", CONTRATO.nombres, columnas))
    assert str(hallado).startswith("de la hoja «Asistencia» no aparecen en esta plantilla «Nombre», «Cargo» y «Nota». ")


def con_comentario(autor: str) -> bytes:
    paquete = partes(p("{{ sesion.fecha }}"), rels='<Relationship Id="c" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="comments.xml"/>', tipos='<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>')  # fmt: skip
    xml = f'<w:comments xmlns:w="{W_NS}"><w:comment w:id="0" w:author="{autor}"><w:p><w:r><w:t>poner {{{{ fecha }}}}</w:t></w:r></w:p></w:comment></w:comments>'
    return ooxml.empaquetar(paquete | {"word/comments.xml": xml.encode()})


def test_una_etiqueta_en_un_comentario_se_avisa_salvo_si_es_nuestro() -> None:
    (hallado,) = defectos(con_comentario("Ana"))
    assert str(hallado) == (
        "comentarios: «{{ fecha }}» está en un comentario de Ana, y los comentarios no pasan al documento. "
        "Si hace falta, páselo al texto."
    )
    assert defectos(con_comentario("generar")) == []


def test_macros_y_contenido_de_fuera_se_dicen_junto_con_lo_demas() -> None:
    remota = '<Relationship Id="z" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="http://x.mx/a.png" TargetMode="External"/>'
    paquete = partes(p("{{ nada }}"), rels=remota)
    paquete["[Content_Types].xml"] = paquete["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    hallados = [str(d) for d in defectos(ooxml.empaquetar(paquete))]
    assert "trae macros. Guárdela en Word como «Documento de Word (.docx)»." in hallados
    assert any(dicho.startswith("trae una imagen enlazada de fuera del archivo") for dicho in hallados)
    assert any("«nada» no existe" in dicho for dicho in hallados)


def test_lo_que_solo_falla_al_generar_tambien_se_dice() -> None:
    (hallado,) = probar(docx(p("{{ frases[7] }}")), [EJEMPLO], PROPIEDADES)
    assert hallado.lugar == "al generar con el libro de ejemplo"
    assert "{{ frases[7] }}" in hallado.problema


@pytest.mark.parametrize("etiqueta", ["{{ b.rotulos|enumerar }}", "{% if b.rotulos %}hay{% endif %}"])
def test_lo_que_solo_tienen_los_de_un_tipo_se_pregunta_antes(etiqueta: str, tmp_path: Path) -> None:
    ciclo = "{% for b in bloques %}", "{% endfor %}"
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(p(etiqueta.join(ciclo))))
    (hallado,) = [h for h in plantillas.revisar_plantilla(ruta, "oficio").hallazgos if h.es_error]
    depende = "no todos tienen «b.rotulos»: depende de «b.tipo» (en ese libro lo tienen los de «cuentas»)."
    assert hallado.problema.endswith(depende)
    assert hallado.remedio == "Pregunte antes con «{% if b.rotulos is defined %}»."
    ruta.write_bytes(docx(p(f"{{% if b.rotulos is defined %}}{etiqueta}{{% endif %}}".join(ciclo))))
    assert plantillas.revisar_plantilla(ruta, "oficio").sirve


def test_lo_de_un_parrafo_se_cita_sin_las_etiquetas_de_los_que_siguen() -> None:
    puntos = {"puntos": [{"nominal": None}]}
    antes, despues = p("{% for x in puntos %}"), p("{% endfor %}")
    (hallado,) = probar(
        docx(antes, p("A {{ x.nominal.a_favor }}"), despues, antes, p("b"), despues), [puntos], PROPIEDADES
    )
    assert hallado.problema.startswith(
        "cuerpo, cerca del párrafo 2, en «A {{ x.nominal.a_favor }}»: «x.nominal» no trae nada"
    )
    (hallado,) = probar(docx(p("A {{ puntos|length }}"), p("{% for y in 3 %}"), despues), [puntos], PROPIEDADES)
    assert hallado.problema.startswith(
        "cuerpo, cerca del párrafo 1, en «A {{ puntos|length }} ¶ {% for y in 3 %}{% endfor %}»: se recorre"
    )


def test_lo_que_falla_al_generar_dice_el_parrafo_de_word() -> None:
    antes = p("{%p if frases %}"), p("a"), "<w:p/>", p("{%p endif %}"), tbl(tr("b"))
    (hallado,) = probar(docx(*antes, p("{{ frases[7] }}")), [EJEMPLO], PROPIEDADES)
    assert hallado.problema.startswith("cuerpo, cerca del párrafo 6, en «{{ frases[7] }}»: ")


def test_lo_que_no_tiene_ese_renglon_no_se_confunde_con_uno_parecido() -> None:
    filas = {"filas": [{"cuentas": ["a"]}, {"celdas": ["b"]}]}
    (hallado,) = probar(docx(p("{% for f in filas %}{{ f.celdas|length }}{% endfor %}")), [filas], PROPIEDADES)
    assert hallado.en_dos[0].endswith("no todos tienen «f.celdas».")
    assert hallado.en_dos[1] == "Pregunte antes con «{% if f.celdas is defined %}»."
    (hallado,) = probar(docx(p("{% for f in filas[:1] %}{{ f.cuenta }}{% endfor %}")), [filas], PROPIEDADES)
    assert hallado.en_dos[1] == "¿Quiso decir «f.cuentas»? Si no, pregunte antes con «{% if f.cuenta is defined %}»."


# --- lo que Word y la gente hacen con una etiqueta -------------------------------------------------


def test_las_notas_se_cuentan_sin_la_raya_que_las_separa() -> None:
    (dicho,) = dichos(p("a"), nota=p("Nota {{ sesion.fehca }}"))
    assert dicho.startswith("E05 notas al pie, párrafo 1 («Nota {{ sesion.fehca }}»)")


@pytest.mark.parametrize(
    ("texto", "dice"),
    [
        ("{% For a in asistentes %}{% endfor %}", "«{% For a in asistentes %}» no se reconoce. Escriba «for» con minúsculas."),
        ("{% for a in asistentes %}{% Endfor %}", "Escriba «endfor» con minúsculas."),
        ("{%– if frases %}a{% endif %}", "lleva una raya («–») junto a «%», que Word puso sola. Bórrela."),
        ("{{ SESION.FECHA }}", "«SESION» no existe. ¿Quiso decir «sesion»?"),
        ("{{ sesión.fecha }}", "«sesión» no existe. ¿Quiso decir «sesion»?"),
        ("{% si frases %}a{% fin %}", "¿Quiso decir «{% if … %}»?"),
        ("{% para cada a en frases %}a{% fin %}", "¿Quiso decir «{% for … in … %}»?"),
        ("{% if frases y sesion.fecha %}a{% endif %}", "«y» se escribe en inglés. Escriba «and»."),
        ("{{ sesion.fecha; }}", "«;» no se admite ahí. Quítelo."),
        ("{% if frases, sesion.fecha %}a{% endif %}", "siempre se cumple. En lugar de la coma escriba «and» u «or»."),
        ("[sesion.fecha]", "se imprimirá tal cual. En la plantilla va entre dos llaves: «{{ sesion.fecha }}»."),
        ("«sesion.fecha»", "se imprimirá tal cual. En la plantilla va entre dos llaves: «{{ sesion.fecha }}»."),
    ],
)  # fmt: skip
def test_lo_que_word_corrige_solo_se_explica(texto: str, dice: str) -> None:
    assert any(dicho.endswith(dice) for dicho in dichos(p(texto)))


def test_lo_que_word_mete_dentro_de_una_etiqueta_no_llega_al_documento() -> None:
    def partida(medio: str) -> str:
        return f"<w:p><w:r><w:t>A{{{{ sesion</w:t>{medio}<w:t>.fecha }}}} B</w:t><w:br/><w:t>C</w:t></w:r></w:p>"

    medios = ("<w:br/>", "<w:tab/>", "<w:softHyphen/>", "<w:noBreakHyphen/>", "</w:r><w:r><w:cr/>")
    plantilla = docx(*map(partida, medios))
    assert [d for d in dichos(*map(partida, medios)) if not d.startswith("W")] == []
    hecho = ooxml.partes(Plantilla.abrir(plantilla, "t").componer(EJEMPLO, PROPIEDADES))["word/document.xml"].decode()
    assert hecho.count("A15 de marzo") == len(medios)
    assert [hecho.count(f"<w:{n}/>") for n in ("br", "tab", "softHyphen", "noBreakHyphen", "cr")] == [5, 0, 0, 0, 0]


@pytest.mark.parametrize("direccion", ["https://ine.mx/{{ x }}", "https://ine.mx/%7B%7B%20x%20%7D%7D"])
def test_una_etiqueta_en_la_direccion_de_una_liga_se_dice(direccion: str) -> None:
    rel = f'<Relationship Id="z" Type="{TIPO_DE_RELACION}hyperlink" Target="{direccion}" TargetMode="External"/>'
    assert dichos(p("{{ sesion.fecha }}"), rels=rel) == [
        "E14 trae una etiqueta en la dirección de una liga, donde no vale: «https://ine.mx/{{ x }}». Quítela."
    ]


def test_un_control_de_contenido_que_separa_la_pareja_se_nombra() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('{% for f in frases %}')}</w:sdtContent></w:sdt>"
    assert any("Una está dentro de un control de contenido" in d for d in dichos(control, p("a"), p("{% endfor %}")))


# --- las del programa ------------------------------------------------------------------------------


@pytest.mark.parametrize("nombre", CATALOGO)
def test_de_las_del_programa_no_hay_nada_que_decir(nombre: str) -> None:
    datos = (PLANTILLAS / f"{nombre}.docx").read_bytes()
    hallados = revisar(datos, contrato(nombre))
    assert [str(d) for d in hallados] == []
    contexto = plantillas.tipo_del_retrato(retratar(datos), Path("x.docx"))
    assert contexto == nombre


# --- la orden --------------------------------------------------------------------------------------


def test_la_orden_deduce_el_tipo_y_sirve(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = Path(shutil.copy(PLANTILLAS / "oficio.docx", tmp_path / "mio.docx"))
    assert principal(["plantilla", "revisar", str(ruta)]) == 0
    assert capsys.readouterr() == (f"✓ {ruta}\n  Sirve para el oficio.\n", "")


def test_con_errores_sale_con_3_y_en_json_con_su_lugar(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = tmp_path / "mala.docx"
    ruta.write_bytes(docx(p("Fecha: {{ sesion.fehca }}")))
    assert principal(["plantilla", "revisar", str(ruta), "--tipo", "minuta", "--json"]) == 3
    ficha = json.loads(capsys.readouterr().out)
    assert (ficha["documento"], ficha["copia"], ficha["nota"]) == ("mala.docx", None, "")
    (suyo,) = ficha["errores"]
    assert suyo["lugar"] == "cuerpo, párrafo 1 («Fecha: {{ sesion.fehca }}»)"
    assert (suyo["mensaje"], suyo["remedio"]) == ("«sesion.fehca» no existe.", "¿Quiso decir «sesion.fecha»?")
    assert {aviso["codigo"] for aviso in ficha["avisos"]} == {"W12"}


@pytest.mark.parametrize(
    "datos",
    [
        b"",
        b"hola",
        (RAIZ / "entradas" / "ejemplos" / "minuta.xlsx").read_bytes(),
        docx(p("{{ sesion.fehca }} {{ fecha"), p("{% end for %}"), p("{{ asistentes }}")),
        docx(p(campo("DDE x"))),
        docx(p("{{ asistentes[999].nombre }}")),
        docx(
            p("{% for f in asistentes %}"),
            p("Total", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
            p("{% endfor %}"),
        ),
    ],
)
def test_en_json_cada_error_trae_su_archivo_su_codigo_y_su_remedio(
    datos: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mala.docx").write_bytes(datos)
    assert principal(["plantilla", "revisar", str(tmp_path / "mala.docx"), "--tipo", "minuta", "--json"]) == 3
    ficha = json.loads(capsys.readouterr().out)
    assert ficha["documento"] == "mala.docx"
    assert ficha["errores"]
    for suyo in ficha["errores"]:
        assert suyo["mensaje"]
        assert suyo["codigo"]
        assert suyo["remedio"].endswith((".", "?", "»"))


def test_lo_que_no_es_plantilla_se_dice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(b"hola")
    (tmp_path / "b.docx").write_bytes(docx(p("hola")))
    assert principal(["plantilla", "revisar", str(tmp_path / "a.docx")]) == 3
    assert principal(["plantilla", "revisar", str(tmp_path / "no.docx")]) == 3
    assert principal(["plantilla", "revisar", str(tmp_path / "b.docx")]) == 2
    dicho = " ".join(capsys.readouterr().err.split())
    assert "está dañado o no es un archivo de Office" in dicho
    assert "no existe o no se puede leer" in dicho
    assert "No se sabe de qué documento es «b.docx»" in dicho


def test_lo_que_no_es_de_word_se_dice_con_su_nombre(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = Path(shutil.copy(LIBRO, tmp_path / "carta.docx"))
    assert principal(["plantilla", "revisar", str(ruta)]) == 3
    assert "✗ La plantilla «carta.docx» no es un documento de Word." in capsys.readouterr().err


LIBRO = RAIZ / "entradas" / "ejemplos" / "minuta.xlsx"
UN_DATO_MAS = "{% for a in asistentes %}{{ a.correo_oficial }}{% endfor %}"
LA_COLUMNA = (
    "«a.correo_oficial» no existe. Si es un dato suyo, agregue la columna «Correo oficial» a la hoja "
    "«Asistencia» del libro."
)


@pytest.mark.parametrize(
    "palabras",
    [
        ["plantilla", "revisar", "RUTA", "--tipo", "minuta"],
        ["plantilla", "revisar", "RUTA", "--tipo", "minuta", "--libro", str(LIBRO)],
        ["minuta", str(LIBRO), "--plantilla", "RUTA", "--salida", "SALIDA"],
    ],
)
def test_un_nombre_que_puede_ser_una_columna_suya_dice_como_agregarla(
    palabras: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(p("uno"), p(UN_DATO_MAS)))
    lugares = {"RUTA": str(ruta), "SALIDA": str(tmp_path / "salidas")}
    assert principal([lugares.get(palabra, palabra) for palabra in palabras]) == 3
    dicho = " ".join(capsys.readouterr().err.split())
    assert LA_COLUMNA in dicho
    assert "cuerpo, párrafo 2 (" in dicho


@pytest.mark.parametrize(
    "cuerpo",
    [
        p(UN_DATO_MAS) + p("{{ sesion.fehca }}") + p("{{ asistentes }}"),
        p("{{ sesion.fehca }}") + p("{{ sesion.lugar") + p("{% end for %}") + p("{{ __class__ }}"),
        p("{{ sesion.titulo|mayuscula }}"),
    ],
    ids=["se lee", "no se lee", "no existe el filtro"],
)
def test_al_generar_se_dice_lo_mismo_que_al_revisar_y_de_una_vez(
    cuerpo: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(cuerpo))
    with pytest.raises(PlantillaConHallazgos) as error:
        generar("minuta", LIBRO, tmp_path, ruta)
    assert error.value.hallazgos == plantillas.revisar_plantilla(ruta, "minuta").hallazgos
    fichas = []
    for orden in (["plantilla", "revisar", str(ruta)], ["minuta", str(LIBRO), "--plantilla", str(ruta)]):
        assert principal([*orden, "--json"]) == 3
        fichas.append(json.loads(capsys.readouterr().out))
    assert fichas[0]["errores"] == fichas[1]["errores"]


@pytest.mark.parametrize(("cuerpo", "avisa"), [("Hola", True), ("{{ sesion.fecha }}", False)])
def test_al_generar_se_avisa_de_la_plantilla_sin_etiquetas(tmp_path: Path, cuerpo: str, avisa: bool) -> None:
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(p(cuerpo)))
    avisos = generar("minuta", LIBRO, tmp_path, ruta).avisos
    assert any("«mia.docx» no escribe ningún dato" in aviso.problema for aviso in avisos) == avisa


def test_de_muchos_libros_lo_de_la_plantilla_se_dice_una_vez(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(p("{{ sesion.fehca }}")))
    libros = [shutil.copy(LIBRO, tmp_path / nombre) for nombre in ("uno.xlsx", "dos.xlsx")]
    assert principal(["minuta", *map(str, libros), "--plantilla", str(ruta), "--salida", str(tmp_path / "s")]) == 3
    dicho = capsys.readouterr().err
    assert dicho.count("«sesion.fehca» no existe") == 1
    assert "en «mia.docx»" in dicho


def test_lo_mismo_en_muchos_parrafos_se_dice_una_vez(tmp_path: Path) -> None:
    ruta = tmp_path / "sin el for.docx"
    ruta.write_bytes(docx(*(p(f"{{{{ punto.titulo }}}} {n}") for n in range(8)), encabezado=p("{{ punto.titulo }}")))
    hecho = plantillas.revisar_plantilla(ruta, "minuta", anotar=True)
    errores = [h for h in hecho.hallazgos if h.es_error]
    assert [h.sitio.partition(" («")[0] for h in errores] == ["encabezado, párrafo 1", "cuerpo, párrafo 1"]
    assert errores[1].remedio.endswith("Lo mismo pasa en otros 7 párrafos: 2, 3, 4, 5, 6 y 2 más.")
    assert hecho.copia is not None  # en la copia, cada párrafo lleva su comentario
    assert ooxml.partes(hecho.copia.read_bytes())["word/comments.xml"].count("«punto» no existe".encode()) == 9


def test_con_el_libro_tambien_se_prueba_a_generar(tmp_path: Path) -> None:
    abierto = load_workbook(LIBRO)
    abierto["Asistencia"].cell(1, 30, "Correo oficial")
    abierto.save(tmp_path / "con correo.xlsx")
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(p(UN_DATO_MAS)))
    hecho = plantillas.revisar_plantilla(ruta, "minuta", libro=tmp_path / "con correo.xlsx")
    assert hecho.sirve
    ruta.write_bytes(docx(p(UN_DATO_MAS, "{{ asistentes[999].correo_oficial }}")))
    hecho = plantillas.revisar_plantilla(ruta, "minuta", libro=tmp_path / "con correo.xlsx")
    assert [h.sitio for h in hecho.hallazgos if h.es_error] == ["al generar con el libro de ejemplo"]


def test_con_un_libro_de_otra_clase_se_dice_cual(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = tmp_path / "mia.docx"
    ruta.write_bytes(docx(p("{{ sesion.fecha }}")))
    assert principal(["plantilla", "revisar", str(ruta), "--libro", str(LIBRO.parent / "oficio.xlsx")]) == 1
    assert "1 error en «oficio.xlsx»" in capsys.readouterr().err


def test_sacar_copia_y_nunca_pisa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = tmp_path / "mia"
    assert principal(["plantilla", "sacar", "balance", str(ruta)]) == 0
    assert (tmp_path / "mia.docx").read_bytes() == (PLANTILLAS / "balance.docx").read_bytes()
    dicho = " ".join(capsys.readouterr().out.split())
    assert f"generar seguimiento --balance --plantilla {tmp_path / 'mia.docx'}" in dicho
    assert principal(["plantilla", "sacar", "balance", str(ruta)]) == 4
    assert "ya existe y no se tocó" in " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize("palabras", [["plantilla", "sacar", "minuta"], ["nuevo", "minuta"]])
def test_en_una_carpeta_nueva_queda_solo_lo_pedido(palabras: list[str], tmp_path: Path) -> None:
    assert principal([*palabras, str(tmp_path / "una" / "otra" / "versión 1.2")]) == 0
    (hecho,) = (tmp_path / "una" / "otra").iterdir()
    assert hecho.stem == "versión 1.2"


# --- la copia con comentarios ----------------------------------------------------------------------


def test_la_copia_trae_cada_cosa_en_su_parrafo_y_word_la_abre(
    tmp_path: Path, validador_sdk: Validador, soffice: Callable[[Path, str], Path]
) -> None:
    ruta = tmp_path / "mala.docx"
    original = docx(
        p("{{ sesion.fehca }} a"), tbl(tr("{{ nada }}")), p("b {{ c"), encabezado=p("{{ asistentes }}"),
        nota=p("{{ otra }}"),
    )  # fmt: skip
    ruta.write_bytes(original)
    hecho = plantillas.revisar_plantilla(ruta, "minuta", anotar=True)
    copia = tmp_path / "mala - revisada.docx"
    assert (hecho.copia, hecho.sirve, ruta.read_bytes() == original) == (copia, False, True)
    assert validador_sdk(copia) == []
    contenido = ooxml.partes(copia.read_bytes())
    assert contenido["word/comments.xml"].decode().count('w:author="generar"') == len(hecho.hallazgos)
    assert ">«sesion.fehca» no existe. ¿Quiso decir «sesion.fecha»?" in contenido["word/comments.xml"].decode()
    assert ">Encabezado, párrafo 1" in contenido["word/comments.xml"].decode()
    assert soffice(copia, "pdf").stat().st_size > 0


def test_revisar_la_copia_corregida_no_acumula_comentarios() -> None:
    defecto = Defecto("E05", "cuerpo, párrafo 1", "«x» no existe.", "word/document.xml", 1)
    una = comentada(docx(p("{{ x }}")), [defecto])
    otra = comentada(una, [defecto])
    for hecha in (una, otra):
        contenido = ooxml.partes(hecha)
        assert contenido["word/comments.xml"].count(b"<w:comment ") == 1
        assert contenido["word/document.xml"].count(b"commentReference") == 1
        assert contenido["[Content_Types].xml"].count(b"comments+xml") == 1
    assert Plantilla.abrir(otra, "t").componer({"x": "a"}, PROPIEDADES)


def test_los_comentarios_de_otras_personas_se_quedan() -> None:
    defecto = Defecto("E05", "", "«x» no existe.")
    assert ooxml.partes(comentada(con_comentario("Ana"), [defecto]))["word/comments.xml"].count(b"<w:comment ") == 2


def test_la_copia_no_pisa_lo_que_alguien_corrigio(tmp_path: Path) -> None:
    ruta = tmp_path / "mala.docx"
    ruta.write_bytes(docx(p("{{ sesion.fehca }}")))
    (tmp_path / "mala - revisada.docx").write_bytes(b"de alguien")
    hecho = plantillas.revisar_plantilla(ruta, "minuta", anotar=True)
    assert hecho.copia == tmp_path / "mala - revisada (2).docx"
    assert (tmp_path / "mala - revisada.docx").read_bytes() == b"de alguien"


def test_revisar_la_copia_la_pone_al_dia_ella_misma(tmp_path: Path) -> None:
    ruta, copia = tmp_path / "mala.docx", tmp_path / "mala - revisada.docx"
    ruta.write_bytes(docx(p("{{ sesion.fehca }}")))
    antes = plantillas.revisar_plantilla(ruta, "minuta", anotar=True)
    assert plantillas.revisar_plantilla(copia, "minuta", anotar=True).copia == copia
    assert sorted(r.name for r in tmp_path.glob("*.docx")) == ["mala - revisada.docx", "mala.docx"]
    contenido = ooxml.partes(copia.read_bytes())
    assert contenido["word/comments.xml"].count(b"<w:comment ") == len(antes.hallazgos)
    contenido["word/document.xml"] = contenido["word/document.xml"].replace(b"fehca", b"fecha")
    copia.write_bytes(ooxml.empaquetar(contenido))
    ahora = plantillas.revisar_plantilla(copia, "minuta", anotar=True)
    comentarios = ooxml.partes(copia.read_bytes())["word/comments.xml"]
    assert (ahora.sirve, comentarios.count(b"<w:comment ")) == (True, len(ahora.hallazgos))
    assert b"fehca" not in comentarios


def test_una_hostil_se_corta_tambien_desde_la_orden(tmp_path: Path) -> None:
    ruta = tmp_path / "hostil.docx"
    ruta.write_bytes(docx(p("{% for a in asistentes %}" * 9 + "{% endfor %}" * 9 + "{{ sesion.fecha }}")))
    hecho = subprocess.run(
        [sys.executable, "-m", "generador", "plantilla", "revisar", ruta, "--tipo", "minuta"],
        cwd=RAIZ, capture_output=True, text=True, encoding="utf-8", timeout=35,
    )  # fmt: skip
    assert hecho.returncode == 3
    assert "los ciclos dan más de 2,000,000 de vueltas" in " ".join(hecho.stderr.split())


@pytest.mark.parametrize(
    ("texto", "codigos"),
    [("{{ sesion.fecha }}}", ["W15"]), ("{folio: {{ sesion.fecha }}}", []), ("{{ sesion.fecha }} }", [])],
)
def test_una_llave_de_mas_tras_una_etiqueta_se_avisa(texto: str, codigos: list[str]) -> None:
    assert [d.codigo for d in defectos(docx(p(texto)))] == codigos


def test_un_nombre_con_una_sola_llave_se_avisa_y_lo_demas_entre_llaves_no() -> None:
    assert dichos(p("El {sesion.fecha} y {esto no} y {{ sesion.fecha }}")) == [
        "W15 cuerpo, párrafo 1 («El {sesion.fecha} y {esto no} y {{ sesion.fecha }}»): «{sesion.fecha}» lleva una sola "
        "llave y se imprimirá tal cual. En la plantilla van dos: «{{ sesion.fecha }}»."
    ]


@pytest.mark.parametrize(
    "campo",
    [
        '<w:fldSimple w:instr=" MERGEFIELD Nombre \\* MERGEFORMAT "><w:r><w:t>«Nombre»</w:t></w:r></w:fldSimple>',
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> MERGE</w:instrText></w:r>'
        '<w:r><w:instrText>FIELD Nombre </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ],
    ids=["simple", "en trozos"],
)
def test_un_campo_de_combinar_correspondencia_se_avisa(campo: str) -> None:
    (hallado,) = defectos(docx(p("{{ sesion.fecha }} ", campo)))
    assert hallado.problema == (
        "«Nombre» es un campo de combinar correspondencia, y aquí no se llena. Póngalo como etiqueta: «{{ … }}»."
    )


def test_dividir_entre_cero_se_dice_una_vez() -> None:
    (hallado,) = defectos(docx(p("{{ sesion.fecha }} {{ 1 / 0 }}")))
    assert hallado.problema.startswith("se divide entre cero.")


# --- después de componer ---------------------------------------------------------------------------


ABRE_CAMPO, CIERRA_CAMPO = (f'<w:r><w:fldChar w:fldCharType="{cual}"/></w:r>' for cual in ("begin", "end"))


def test_lo_que_no_tiene_arreglo_nombra_su_lugar_y_no_se_escribe() -> None:
    partido = docx(p("{% for f in frases %}"), p("Total", ABRE_CAMPO), p("{% endfor %}"), p("fin", CIERRA_CAMPO))
    (hallado,) = probar(partido, [{"frases": ["a", "b", "c"]}], PROPIEDADES)
    assert (hallado.codigo, hallado.problema) == (
        "S13",
        "cuerpo, cerca de «TotalTotalTotalfin»: un campo se abre y no se cierra. Rehágalo en Word.",
    )


def test_lo_que_la_plantilla_ya_traia_mal_se_avisa() -> None:
    assert "S13 cuerpo, cerca de «Total»: un campo se abre y no se cierra. Rehágalo en Word." in dichos(
        p("Total", ABRE_CAMPO)
    )


def test_lo_que_ya_traia_mal_se_dice_en_palabras_de_oficina() -> None:
    desorden = '<w:p><w:pPr><w:jc w:val="left"/><w:keepNext/><w:jc w:val="left"/></w:pPr></w:p>'
    suelto = "<w:tbl><w:tblPr/><w:tr><w:tc><w:p/><w:r/></w:tc></w:tr></w:tbl>"
    texto = " ".join(dichos(desorden, suelto, p("{{ sesion.fecha }}", '<w:r><w:drawing r:id="rId99"/></w:r>')))
    assert "el formato de un párrafo está repetido o en desorden. Rehágalo en Word." in texto
    assert "un texto no puede ir dentro de una celda" in texto
    assert "una liga, imagen o gráfica no está en el archivo («rId99»)" in texto
    assert "w:" not in texto


def test_dos_notas_con_el_mismo_identificador_son_un_problema() -> None:
    from generador.plantilla import problemas

    paquete = partes(p("a"), nota=p("b"))
    doble = paquete["word/footnotes.xml"].replace(b'w:id="0"', b'w:id="1"')
    assert [x.codigo for x in problemas(paquete | {"word/footnotes.xml": doble}) if x.grave] == ["nota-doble"]
