"""La columna que agrega la persona llega a su plantilla, no tapa ningún nombre y no cambia nada si no está."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from generador import ooxml
from generador.catalogo import CATALOGO
from generador.consola import principal
from generador.documentos.comun import llave, propias
from generador.esquema import Registro, columnas_propias, secciones
from generador.flujo import componer, generar, plantillas, tipo_de
from generador.flujo.contrato import contrato_de, muestras
from generador.libro.lectura import abrir
from tests.fabrica import docx, p

EJEMPLOS = Path(__file__).parent.parent / "entradas" / "ejemplos"


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    """El libro de ejemplo con «Teléfono» en «Asistencia» y «Correo-e (oficial)» en «Acuerdos»."""
    abierto = load_workbook(EJEMPLOS / "minuta.xlsx")
    for hoja, rotulo in (
        ("Asistencia", "Teléfono"),
        ("Acuerdos", "Correo-e (oficial)"),
        ("Asistencia", "Nombre  completo"),
    ):
        propia = abierto[hoja]
        encabezado = next(f for f in range(1, 10) if propia.cell(f, 1).value and propia.cell(f, 2).value)
        columna = next(c for c in range(1, 60) if propia.cell(encabezado, c).value is None)
        propia.cell(encabezado, columna, rotulo)
        propia.cell(encabezado + 1, columna, "55 1234 & <5678>")
    ruta = tmp_path / "con propias.xlsx"
    abierto.save(ruta)
    return ruta


def texto(datos: bytes) -> str:
    return ooxml.partes(datos)["word/document.xml"].decode()


@pytest.mark.parametrize(
    ("rotulo", "nombre"),
    [("Teléfono", "telefono"), (" Correo  electrónico ", "correo_electronico"), ("Año", "año"), ("Correo-e (oficial)", "correo_e_oficial"), ("2018", "_2018"), ("%", "")],
)  # fmt: skip
def test_con_que_nombre_se_escribe(rotulo: str, nombre: str) -> None:
    assert llave(rotulo) == nombre


def test_la_columna_llega_a_la_plantilla(libro: Path, tmp_path: Path) -> None:
    plantilla = tmp_path / "mia.docx"
    plantilla.write_bytes(
        docx(p("{% for a in asistentes %}{{ a.nombre }}: {{ a.telefono }}; {% endfor %}"), p("{{ acuerdos[0].correo_e_oficial }}"))
    )  # fmt: skip
    hecho = generar("minuta", libro, tmp_path / "s", plantilla)
    dicho = texto(hecho.documento.read_bytes())
    assert "Lic.\u00a0Edmundo Jacobo Molina: 55 1234 &amp; &lt;5678&gt;; " in dicho
    assert dicho.count("55 1234") == 2


def test_no_estorba_a_la_plantilla_del_programa(libro: Path, tmp_path: Path) -> None:
    con, sin = generar("minuta", libro, tmp_path / "a"), generar("minuta", EJEMPLOS / "minuta.xlsx", tmp_path / "b")
    assert texto(con.documento.read_bytes()) == texto(sin.documento.read_bytes())


def test_campos_la_muestra_y_dice_que_es_suya(libro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["plantilla", "campos", "minuta", "--libro", str(libro)]) == 0
    renglones = [" ".join(renglon.split()) for renglon in capsys.readouterr().out.split("\n")]
    assert "asistentes[].telefono Asistencia · Teléfono (suya) lo que usted escriba" in renglones
    assert "acuerdos[].correo_e_oficial Acuerdos · Correo-e (oficial) (suya) lo que usted escriba" in renglones


def test_campos_en_json_dice_su_columna(libro: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["plantilla", "campos", "minuta", "--libro", str(libro), "--json"]) == 0
    suyos = {c["nombre"]: c["columnas"] for c in json.loads(capsys.readouterr().out)["campos"] if c["propia"]}
    assert suyos["asistentes[].telefono"] == [{"hoja": "Asistencia", "columna": "Teléfono"}]
    assert all(suyos.values())


def test_la_revision_la_admite_si_se_le_da_el_libro(libro: Path, tmp_path: Path) -> None:
    plantilla = tmp_path / "mia.docx"
    plantilla.write_bytes(docx(p("{% for a in asistentes %}{{ a.telefono }}{% endfor %}")))
    assert plantillas.revisar_plantilla(plantilla, "minuta", libro=libro).sirve
    assert not plantillas.revisar_plantilla(plantilla, "minuta").sirve


def test_las_columnas_propias_de_un_libro(libro: Path) -> None:
    assert columnas_propias(tipo_de("minuta").modelo, abrir(libro)) == {
        "Asistencia": ["Teléfono", "Nombre completo"],
        "Acuerdos": ["Correo-e (oficial)"],
    }


@pytest.mark.parametrize(
    ("nombre", "ejemplo", "hoja", "citado"),
    [
        ("minuta", "minuta", "Sesión", "sesion.folio"),
        ("minuta", "minuta", "Órgano", "organo.folio"),
        ("oficio", "oficio", "Oficio", "oficio.folio"),
        ("oficio", "oficio", "Institución", "institucion.folio"),
        ("informe", "cuentas", "Informe", "informe.folio"),
    ],
)
def test_el_renglon_que_agrega_a_una_ficha_se_lista_se_admite_y_se_imprime(
    nombre: str, ejemplo: str, hoja: str, citado: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    libro, plantilla = tmp_path / "a.xlsx", tmp_path / "mia.docx"
    abierto = load_workbook(EJEMPLOS / f"{ejemplo}.xlsx", rich_text=True)
    ultimo = max(celda.row for celda in abierto[hoja]["A"] if celda.value) + 1
    abierto[hoja][f"A{ultimo}"], abierto[hoja][f"B{ultimo}"] = "Folio", "44-B"
    abierto.save(libro)
    plantilla.write_bytes(docx(p(f"Folio {{{{ {citado} }}}}")))
    assert principal(["plantilla", "campos", nombre, "--libro", str(libro)]) == 0
    renglones = [" ".join(renglon.split()) for renglon in capsys.readouterr().out.split("\n")]
    assert f"{citado} {hoja} · Folio (suya) lo que usted escriba" in renglones
    assert plantillas.revisar_plantilla(plantilla, nombre, libro=libro).sirve
    assert "Folio 44-B" in texto(generar(nombre, libro, tmp_path / "s", plantilla).documento.read_bytes())


def con_columna(modelo: Any, tipo: Any, rotulo: str) -> Any:
    for seccion in secciones(tipo.modelo):
        if seccion.es_tabla:
            nuevos = tuple(
                replace(r, origen=replace(r.origen, extras={rotulo: f"«{seccion.hoja}»"}))
                for r in getattr(modelo, seccion.atributo)
            )
            modelo = replace(modelo, **{seccion.atributo: nuevos})
    return modelo


@pytest.mark.parametrize(
    ("nombre", "sitios"),
    [
        ("minuta", "acuerdos[] anexos[] asistentes[] firmas.filas[][] firmas.preside orden_del_dia[] puntos[] puntos[].bloques[] puntos[].incorporados[] puntos[].razones[] puntos[].recesos[] puntos[].retirados[] puntos[].seguimiento.acuerdos[]"),
        ("oficio", "anexos[] bloques[] bloques[].renglones[] copias.lista[] destinatarios[] firmas.filas[][] firmas.unica"),
        ("informe", "actividad.inactivas[] actividad.sin_dato[] altas[] anexos[] bajas[] cuentas[].renglones[] dictamenes[].renglones[] firmas.filas[][] firmas.unica"),
        ("seguimiento", "cerrados[] en_proceso[] fichas[] fichas[].pasos[] firmas.unica pendientes[] vencidos[]"),
        ("balance", "firmas.unica"),
    ],
)  # fmt: skip
def test_esta_en_cada_cosa_que_sale_de_un_renglon(nombre: str, sitios: str) -> None:
    tipo = tipo_de(nombre)
    propias_de_todas = {s.hoja: ["Teléfono"] for s in secciones(tipo.modelo) if s.es_tabla}
    hallados = {".".join(c).replace(".[]", "[]") for c in contrato_de(nombre, propias_de_todas).propias}
    esperados = {f"{sitio}.telefono" for sitio in sitios.split()}
    vistos = {sitio for sitio in esperados if sitio in hallados}
    assert hallados <= esperados
    assert esperados - vistos <= {f"{s}.telefono" for s in ("puntos[].retirados[]", "puntos[].incorporados[]", "firmas.filas[][]", "firmas.unica", "actividad.sin_dato[]", "puntos[].razones[]", "vencidos[]", "en_proceso[]", "cerrados[]", "pendientes[]", "altas[]")}  # fmt: skip


@pytest.mark.parametrize("nombre", CATALOGO)
def test_un_nombre_del_programa_tapa_al_de_la_persona(nombre: str) -> None:
    tipo = tipo_de(nombre)
    muestra = muestras(nombre)[0]
    iguales = tuple(con_columna(con_columna(modelo, tipo, "Título"), tipo, "Clave") for modelo in muestra.modelos)
    antes, ahora = muestra.contexto(muestra.modelos), muestra.contexto(iguales)

    def mismos(uno: Any, otro: Any) -> bool:
        if isinstance(uno, dict):
            return all(mismos(valor, otro[llave]) for llave, valor in uno.items())
        if isinstance(uno, list):
            return len(uno) == len(otro) and all(map(mismos, uno, otro))
        return bool(uno == otro)

    assert mismos(antes, ahora)


def test_en_un_expediente_el_libro_que_no_la_trae_la_deja_en_blanco() -> None:
    tipo = tipo_de("seguimiento")
    muestra = muestras("seguimiento")[0]
    primero, *demas = muestra.modelos
    contexto: Any = muestra.contexto((*demas, con_columna(primero, tipo, "Teléfono")))
    for ficha in contexto["fichas"]:
        assert "telefono" in ficha
        assert all("telefono" in paso for paso in ficha["pasos"])


def test_de_varios_renglones_cuenta_lo_ultimo_que_se_dijo() -> None:
    uno, otro, vacio = (Registro(origen=replace(Registro().origen, extras={"Tel": t})) for t in ("1", "2", ""))
    assert propias(uno, otro, vacio, None) == {"tel": "2"}


def test_sin_columnas_propias_el_documento_es_el_de_siempre() -> None:
    from tests import expedientes

    modelo = expedientes.de_ejemplo("minuta")
    vacia = con_columna(modelo, tipo_de("minuta"), "%")
    assert componer(tipo_de("minuta"), modelo) == componer(tipo_de("minuta"), vacia)
