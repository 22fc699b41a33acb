"""Plantillas rotas de muchas maneras: revisar y generar coinciden, y lo dicen en español y sin palabras de programa."""

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from generador import ooxml
from generador.flujo.contrato import contrato_de as contrato
from generador.flujo.contrato import ejemplos
from generador.ooxml import W
from generador.plantilla import Propiedades
from generador.plantilla.etiquetas import Defecto
from generador.plantilla.paquete import escribir_xml, leer_xml
from generador.plantilla.revision import probar, revisar
from generador.plantilla.sintaxis import ETIQUETA
from tests.fabrica import CREADO, docx, p, tbl, tc, tr

MINUTA = Path(__file__).parent.parent / "plantillas_docx" / "minuta.docx"
PROPIEDADES = Propiedades(titulo="Prueba", creado=CREADO)
DE_PROGRAMA = re.compile(
    r"Error\b|Exception|[Tt]emplate|undefined|unexpected|expected|token|tipo (dict|list|str|bool|float|int|tuple)|None\b|"
    r"builtin|object|unknown|operand|unhashable|iterable|\bis not\b|\bgot\b"
)

ROTAS = {
    "recorrer un texto": "{% for x in sesion.fecha %}{{ x }}{% endfor %}",
    "recorrer lo que sale de un filtro": "{% for x in sesion.fecha|mayusculas %}{{ x }}{% endfor %}",
    "recorrer un número": "{% for x in asistentes|length %}{{ x }}{% endfor %}",
    "unir las letras de un texto": "{{ sesion.fecha|join(', ') }}",
    "enumerar un texto": "{{ sesion.fecha|enumerar }}",
    "enumerar renglones enteros": "{{ asistentes|enumerar }}",
    "unir renglones enteros": "{{ asistentes|join(', ') }}",
    "unir un dato que no existe": "{{ asistentes|join(', ', attribute='nonbre') }}",
    "mayúsculas de una lista": "{{ asistentes|mayusculas }}",
    "unir de una lista": "{{ asistentes|unir }}",
    "contar un número": "{{ asistentes|length|length }}",
    "sumar un texto y un número": "{{ sesion.fecha + 1 }}",
    "restar textos": "{{ sesion.fecha - sesion.fecha }}",
    "multiplicar un texto": "{{ sesion.fecha * 3 }}",
    "el resto de un texto": "{{ sesion.fecha % 3 }}",
    "un texto negativo": "{{ -sesion.fecha }}",
    "una potencia": "{{ 9 ** 9 }}",
    "entre cero": "{{ 1 // 0 }}",
    "con decimales": "{{ 1 / 2 }}",
    "comparar un texto con un número": "{% if sesion.fecha > 3 %}a{% endif %}",
    "comparar una lista con un número": "{% if asistentes > 3 %}a{% endif %}",
    "filtrar comparando": "{% for a in asistentes if a.nombre > 3 %}{{ a.nombre }}{% endfor %}",
    "buscar en un número": "{% if 'a' in 5 %}a{% endif %}",
    "pegar una lista": "{{ 'a' ~ asistentes }}",
    "escribir varios datos": "{{ sesion }}",
    "escribir una lista": "{{ asistentes }}",
    "escribir dos cosas con coma": "{{ sesion.fecha, sesion.titulo }}",
    "escribir un sí o no": "{{ sesion.fecha == 'x' }}",
    "escribir un renglón": "{{ asistentes[0] }}",
    "escribir la plantilla": "{{ self }}",
    "escribir un método": "{{ sesion.fecha.upper }}",
    "sumar listas": "{{ asistentes + asistentes }}",
    "llamar": "{{ sesion.fecha.upper() }}",
    "llamar a range": "{% for i in range(3) %}a{% endfor %}",
    "la clase de un dato": "{{ sesion.__class__ }}",
    "loop fuera de un ciclo": "{{ loop.index }}",
    "un loop sin qué alternar": "{% for a in asistentes %}{{ loop.cycle() }}{% endfor %}",
    "asignar a loop": "{% for a in asistentes %}{% set loop = 1 %}{% endfor %}",
    "recorrer con loop": "{% for loop in asistentes %}{% endfor %}",
    "cambiar un dato del libro": "{% set sesion.fecha = 'x' %}",
    "dos nombres en un for": "{% for a, b in asistentes %}{{ a }}{% endfor %}",
    "una prueba que no existe": "{% if sesion.fecha is fecha %}a{% endif %}",
    "divisible entre cero": "{% if asistentes|length is divisibleby 0 %}a{% endif %}",
    "un filtro que no existe": "{{ sesion.fecha|upper }}",
    "un filtro que no existe en un if": "{% if sesion.fecha|upper %}a{% endif %}",
    "un filtro que no existe en un set": "{% set x | upper %}a{% endset %}",
    "un filtro con de más": "{{ sesion.fecha|mayusculas(1, 2) }}",
    "un nombre con guion": "{{ sesion.fecha-larga }}",
    "un nombre que no existe": "{{ sesion.fehca }}",
    "un lugar de lo que no es lista": "{{ sesion[0] }}",
    "un lugar que no es un número": "{{ asistentes[sesion.fecha] }}",
    "dos else": "{% if asistentes %}a{% else %}b{% else %}c{% endif %}",
    "elif después de else": "{% if asistentes %}a{% else %}b{% elif puntos %}c{% endif %}",
    "un cierre con algo más": "{% if asistentes %}a{% endif asistentes %}",
    "un if sin condición": "{% if %}a{% endif %}",
    "un for sin in": "{% for a asistentes %}a{% endfor %}",
    "un signo igual": "{% if sesion.fecha = 'x' %}a{% endif %}",
    "en español": "{% para a en asistentes %}{% fin %}",
    "una macro": "{% macro f() %}{% endmacro %}",
    "otra plantilla": "{% include 'a' %}",
    "vacía": "{{ }}",
    "comillas sin cerrar": "{{ 'abc }}",
    "paréntesis sin cerrar": "{{ (sesion.fecha }}",
    "comillas españolas": "{% if sesion.fecha == «x» %}a{% endif %}",
    "raya": "{{ sesion – fecha }}",
    "puntos suspensivos": "{{ sesion.fecha… }}",
    "un carácter invisible": "{{ sesion.\u200bfecha }}",
    "dos palabras": "{{ sesion fecha }}",
    "algo falta": "{{ sesion.fecha| }}",
    "tres llaves": "{{{ sesion.fecha }}}",
    "sin cerrar": "{{ sesion.fecha",
    "muchos paréntesis": "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
    "unir celdas fuera de una tabla": "{% vm %}",
}


def hallados(plantilla: bytes) -> tuple[list[Defecto], list[Defecto]]:
    """Lo grave que dice la revisión y lo que falla al generar con los ejemplos."""
    graves = [defecto for defecto in revisar(plantilla, contrato("minuta")) if defecto.grave]
    return graves, probar(plantilla, los_ejemplos(), PROPIEDADES)


@cache
def los_ejemplos() -> tuple[dict[str, object], ...]:
    return tuple(dict(contexto) for contexto in ejemplos("minuta"))


def exigir_que_se_entienda(defectos: list[Defecto]) -> None:
    for defecto in defectos:
        sin_lo_escrito = re.sub(r"«[^»]*»|Se pueden usar: .*", "«»", str(defecto))
        assert not DE_PROGRAMA.search(sin_lo_escrito), str(defecto)
        assert defecto.problema.endswith((".", "»", "?")), str(defecto)
        assert defecto.en_dos[1], f"no dice cómo se corrige: {defecto}"


@pytest.mark.parametrize("cual", ROTAS)
def test_lo_que_generar_no_acepta_la_revision_lo_dice_en_su_parrafo(cual: str) -> None:
    graves, al_generar = hallados(docx(p("Uno"), p(ROTAS[cual])))
    assert graves, "la revisión no dice nada"
    assert al_generar, "se genera"
    assert all(defecto.parrafo == 2 for defecto in graves)
    exigir_que_se_entienda([*graves, *al_generar])


@pytest.mark.parametrize(
    "etiqueta", ["{% vm %}x", "{% hm %}x", "{% colspan sesion.fecha %}x", "{%tc for a in asistentes %}"]
)
def test_tambien_lo_de_las_celdas(etiqueta: str) -> None:
    graves, al_generar = hallados(docx(tbl(tr(tc(etiqueta)))))
    assert graves
    assert al_generar
    exigir_que_se_entienda([*graves, *al_generar])


def test_lo_que_encierra_set_no_pasa_de_un_parrafo() -> None:
    graves, al_generar = hallados(docx(p("{% set x %}"), p("a"), p("{% endset %}"), p("{{ x }}")))
    assert [d.problema for d in graves] == [
        "«{% endset %}» está en otro párrafo que «{% set x %}». Póngalas en el mismo."
    ]
    assert al_generar


@pytest.mark.parametrize(
    "texto",
    [
        "{% set x %}{{ sesion.fecha }}{% endset %}{{ x }}",
        "{{ asistentes and sesion.fecha }}",
        "{{ asistentes|join(', ', attribute='nombre') }} {{ (asistentes|length)|mayusculas }}",
        "{% set n = 'a' if asistentes else 'b' %}{{ n ~ 1 }}",
        "{% for a in asistentes if a.nombre > 'B' %}{{ loop.cycle('a', 'b') }}{% if loop.changed(a.cargo) %}x{% endif %}{% endfor %}",
        "{{ asistentes|length // 2 + 1 }} {{ 'a' + sesion.fecha }} {% if asistentes|length is odd %}x{% endif %}",
        "{% for nombre in sesion %}{{ nombre }}{% endfor %}",
        "{% if 'Ana' in sesion.fecha or not asistentes %}x{% endif %}{{ sesion.fecha|first }}",
    ],
)
def test_lo_que_revisar_acepta_generar_tambien(texto: str) -> None:
    assert hallados(docx(p(texto))) == ([], [])


def test_lo_que_solo_se_sabe_con_los_datos_tambien_se_entiende() -> None:
    for texto in (
        "{{ asistentes[999].nombre }}",
        "{% for a in asistentes %}{{ loop.previtem.nombre }}{% endfor %}",
        "{% if not asistentes %}{% set n = 1 %}{% endif %}{{ n }}",
        "{{ 1 // (asistentes|length - asistentes|length) }}",
    ):
        al_generar = hallados(docx(p(texto)))[1]
        assert al_generar, texto
        exigir_que_se_entienda(al_generar)


def test_una_etiqueta_larguisima_se_recorta() -> None:
    larga = "{% if " + " and ".join(["sesion.fecha"] * 60) + " %}a"
    for texto in (larga, "{{ sesion." + "x" * 500 + " }}", "Texto " * 100 + "{{ sesion.fehca }}"):
        graves, al_generar = hallados(docx(p(texto)))
        assert all(len(str(d)) < 340 for d in [*graves, *al_generar]), texto[:40]
    assert "{{ sesion.fehca }}" in str(al_generar[0])


# --- mutaciones de la nuestra ----------------------------------------------------------------------

AGREGADOS = (
    "|mayusculas", "|enumerar", '|join(", ")', "|length", "|unir", " + 1", ' ~ "x"', " / 2", " == 1",
    " > 2", ' in "abc"', " is odd", ".x", "()", ' or "y"', "[:2]", "-1", " if 1 else 2", "%2",
)  # fmt: skip


def mutada(azar: random.Random, etiqueta: str, nombres: list[str]) -> str:
    lugar = azar.randrange(2, len(etiqueta) - 1)
    match azar.randrange(7):
        case 0:
            return etiqueta[:lugar] + etiqueta[lugar + 1 :]
        case 1:
            return etiqueta[:lugar] + azar.choice(".|()[]{}\"'= +-%xs,") + etiqueta[lugar:]
        case 2:
            return etiqueta[:-3] + azar.choice(AGREGADOS) + etiqueta[-3:]
        case 3:
            otro = azar.choice(nombres)  # en un «if», lo que encierra ya no tendría quien pregunte por ello
            return etiqueta if "if" in etiqueta else re.sub(r"[\w.]+(?=\s*[|%}])", otro, etiqueta, count=1)
        case 4:
            return etiqueta.replace("if", "for x in", 1)
        case 5:
            return ""
        case _:
            nombre = azar.choice(nombres)
            return f"{{% for q in {nombre} %}}{{{{ q }}}}{{% endfor %}}{{{{ {nombre}{azar.choice(AGREGADOS)} }}}}"


def mutaciones(cuantas: int) -> Iterator[tuple[str, bytes]]:
    partes = ooxml.partes(MINUTA.read_bytes())
    nombres = [".".join(paso for paso in camino if paso != "[]") for camino, _ in contrato("minuta").nombres.caminos()]
    for semilla in range(cuantas):
        azar = random.Random(semilla)
        raiz = leer_xml(partes["word/document.xml"])
        trozo = azar.choice([t for t in raiz.iter(f"{W}t") if ETIQUETA.search(t.text or "")])
        antes = trozo.text or ""
        etiqueta = azar.choice(list(ETIQUETA.finditer(antes)))
        despues = antes[: etiqueta.start()] + mutada(azar, etiqueta[0], nombres) + antes[etiqueta.end() :]
        trozo.text = despues
        yield f"{antes} → {despues}", ooxml.empaquetar(partes | {"word/document.xml": escribir_xml(raiz)})


def test_si_la_revision_no_tiene_nada_grave_que_decir_se_genera() -> None:
    for cambio, plantilla in mutaciones(60):
        graves = [defecto for defecto in revisar(plantilla, contrato("minuta")) if defecto.grave]
        exigir_que_se_entienda(graves)
        if not graves:
            assert probar(plantilla, los_ejemplos(), PROPIEDADES) == [], cambio
