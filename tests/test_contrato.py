"""El contrato sale del esquema y del código: cubre cuanto las plantillas usan, y dice de qué columna sale."""

import json
from pathlib import Path

import pytest

from generador.catalogo import CATALOGO
from generador.consola import principal
from generador.flujo.contrato import contrato_de as contrato
from generador.flujo.contrato import ejemplos, raices
from generador.plantilla.contrato import MARCA, Camino, Contrato, Forma, escrito
from generador.plantilla.entorno import entorno, filtros
from generador.plantilla.revision import revisar

PLANTILLAS = Path(__file__).parent.parent / "plantillas_docx"
tipos = pytest.mark.parametrize("nombre", CATALOGO)


def forma(nombre: str, camino: str) -> Forma:
    pasos: Camino = tuple(camino.replace("[]", ".[]").split("."))
    hallada = contrato(nombre).nombres.en(pasos)
    assert hallada is not None, camino
    return hallada


@tipos
def test_todo_nombre_de_las_plantillas_del_programa_esta_en_el_contrato(nombre: str) -> None:
    datos = (PLANTILLAS / f"{nombre}.docx").read_bytes()
    assert [str(d) for d in revisar(datos, contrato(nombre)) if d.codigo == "E05"] == []


@tipos
def test_sin_uno_de_sus_nombres_la_plantilla_se_queja(nombre: str) -> None:
    datos = (PLANTILLAS / f"{nombre}.docx").read_bytes()
    nombres = contrato(nombre).nombres
    sin_uno = {raiz: {k: v for k, v in nombres.llaves.items() if k != raiz} for raiz in nombres.llaves}
    callados = [
        raiz
        for raiz, llaves in sin_uno.items()
        if not any(f"«{raiz}» no existe" in str(d) for d in revisar(datos, Contrato(nombre, Forma(llaves=llaves))))
    ]
    # Las gráficas por nombre están para las plantillas propias.
    assert callados == (["graficas"] if nombre in ("oficio", "informe") else [])


@tipos
def test_no_queda_rastro_de_como_se_averiguo(nombre: str) -> None:
    for camino, suya in contrato(nombre).nombres.caminos():
        assert MARCA not in suya.ejemplo + "".join(camino)


@tipos
def test_todo_nombre_del_contexto_de_ejemplo_esta(nombre: str) -> None:
    for contexto in ejemplos(nombre):
        for camino, _ in Forma().sumar(contexto).caminos():
            if "graficas" not in camino:
                assert contrato(nombre).nombres.en(camino) is not None, escrito(camino)
    assert raices(nombre) == set(contrato(nombre).nombres.llaves)


@pytest.mark.parametrize(
    ("nombre", "camino", "columnas"),
    [
        ("minuta", "sesion.fecha", [("Sesión", "Fecha")]),
        ("minuta", "asistentes[].cargo", [("Asistencia", "Cargo en lista")]),
        ("minuta", "asistentes[].nombre", [("Asistencia", c) for c in ("Título", "Nombre", "Primer apellido", "Segundo apellido")]),
        ("minuta", "acuerdos[].entregable", [("Acuerdos", "Entregable")]),
        ("minuta", "puntos[].recesos[].motivo", [("Recesos", "Motivo")]),
        ("minuta", "sesion.hora", [("Órgano", "Estilo de hora"), ("Sesión", "Hora de inicio")]),
        ("minuta", "firmas.leyenda", [("Órgano", "Órgano"), *(("Sesión", c) for c in ("Tipo de sesión", "Número en el año", "Fecha")), ("Órgano", "Género del órgano")]),
        ("minuta", "acuerdos[].plazo", [("Acuerdos", "Plazo"), ("Acuerdos", "Plazo sin fecha")]),
        ("minuta", "puntos[].numero", []),
        ("minuta", "puntos[].nominal.en_contra", [("Votos", c) for c in ("Punto", "Quién", "Sentido")]),
        ("minuta", "puntos[].seguimiento.acuerdos[].estatus", [("Seguimiento", c) for c in ("Estatus anterior", "Estatus nuevo")]),
        ("minuta", "puntos[].razones[].sentido", [("Votos", "Sentido")]),
        ("oficio", "copias.lista[].nota", [("Copias", "Nota")]),
        ("informe", "bajas[].motivo", [("Movimientos", "Motivo")]),
        ("informe", "por_ambito.renglones[].nombre", [("Cuentas", "Ámbito")]),
        ("informe", "por_ambito.total.nombre", []),
        ("informe", "actividad.sin_dato[].area", [("Cuentas", "Área responsable")]),
        ("seguimiento", "cerrados[].estatus", [("Seguimiento", "Estatus nuevo")]),
        ("seguimiento", "fichas[].entregable", [("Acuerdos", "Entregable")]),
    ],
)  # fmt: skip
def test_de_que_columna_sale(nombre: str, camino: str, columnas: list[tuple[str, str]]) -> None:
    assert list(forma(nombre, camino).de) == columnas


@pytest.mark.parametrize(
    ("nombre", "camino", "columnas"),
    [
        ("minuta", "secretaria.nombre", {("Asistencia", "Título"), ("Asistencia", "Nombre")}),
        ("oficio", "destinatarios[].tratamiento", {("Destinatarios", "Título"), ("Destinatarios", "Tratamiento")}),
        ("minuta", "puntos[].resultado", {("Orden del día", "Tipo"), ("Orden del día", "Resultado")}),
        ("minuta", "puntos[].votacion", {("Votos", "Sentido"), ("Orden del día", "Resultado")}),
        ("minuta", "puntos[].nominal.abstencion", {("Votos", "Quién"), ("Votos", "Sentido")}),
        ("informe", "por_ambito.renglones[].cuentas", {("Cuentas", "Ámbito"), ("Movimientos", "Movimiento")}),
        ("informe", "por_plataforma.total.aumento", {("Mediciones", "Valor"), ("Mediciones", "Cuenta")}),
        ("seguimiento", "vencidos[].atraso", {("Acuerdos", "Plazo"), ("Seguimiento", "Plazo")}),
    ],
)
def test_de_que_columnas_depende_lo_que_se_calcula(nombre: str, camino: str, columnas: set[tuple[str, str]]) -> None:
    assert columnas <= set(forma(nombre, camino).de)


def test_las_llaves_que_pone_el_libro_son_cualquiera() -> None:
    graficas = forma("informe", "graficas")
    assert graficas.abierta is not None
    assert graficas.llaves == {}
    assert forma("informe", "graficas.la que sea").clases == {"gráfica"}


def test_cada_filtro_se_explica_en_un_renglon() -> None:
    assert set(filtros()) == {nombre for nombre in entorno().filters if nombre.isidentifier()}
    assert all(que and "\n" not in que for que in filtros().values())


def test_la_orden_muestra_la_tabla(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["plantilla", "campos", "minuta"]) == 0
    dicho = capsys.readouterr().out
    renglones = [" ".join(renglon.split()) for renglon in dicho.split("\n")]
    assert "asistentes: {% for asistente in asistentes %} … {% endfor %}" in renglones
    assert "{% for bloque in punto.bloques %} … {% endfor %}" in renglones
    assert any(r.startswith("asistentes[].nombre Asistencia · Título, Nombre, Primer apellido") for r in renglones)
    assert any(r.startswith("mayuscula_inicial ") for r in renglones)


def test_el_tipo_se_nombra_en_buen_castellano(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["plantilla", "campos", "oficio"]) == 0
    assert capsys.readouterr().out.startswith("Nombres que admite la plantilla del oficio:")


def test_la_orden_en_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["plantilla", "campos", "minuta", "--json"]) == 0
    ficha = json.loads(capsys.readouterr().out)
    por_nombre = {campo["nombre"]: campo for campo in ficha["campos"]}
    assert por_nombre["sesion.fecha"] == {
        "nombre": "sesion.fecha", "clases": ["texto"], "columnas": [{"hoja": "Sesión", "columna": "Fecha"}],
        "propia": False, "ejemplo": "15 de noviembre de 2017",
    }  # fmt: skip
    assert "asistentes" in ficha["listas"]
    assert "enumerar" in ficha["filtros"]
