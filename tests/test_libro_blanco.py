"""El libro en blanco dice lo que declara el modelo, y lleno devuelve los mismos datos."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from generador.celdas import CURSIVA, LIGA, NEGRITA, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO, Libro, sin_formato
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import Texto, leer
from generador.hallazgos import ErrorDeGenerador
from generador.libro.blanco import crear
from generador.libro.formato import SIN_FORMATO, con_marcas, trozos_de
from generador.libro.lectura import abrir
from tests.modelo_de_prueba import LLENO, Acuerdo, LibroDePrueba, Persona

GUIA = ("Llene la hoja «Reunión».", "Guarde y genere.")


def bytes_de(datos: LibroDePrueba | None = None) -> bytes:
    return crear(LibroDePrueba, esquema="prueba/1", titulo="Libro de prueba", guia=GUIA, datos=datos)


def guardado(carpeta: Path, datos: LibroDePrueba | None = None) -> Path:
    ruta = carpeta / "prueba.xlsx"
    ruta.write_bytes(bytes_de(datos))
    return ruta


def como_excel(datos: LibroDePrueba | None = None) -> Any:
    return load_workbook(io.BytesIO(bytes_de(datos)))


def con_texto(texto: str) -> LibroDePrueba:
    return replace(LLENO, acuerdos=(Acuerdo(punto="1", texto=Texto(texto)),))


# --- ida y vuelta ----------------------------------------------------------------------------------


def test_un_libro_lleno_devuelve_los_mismos_datos(tmp_path: Path) -> None:
    assert leer(LibroDePrueba, abrir(guardado(tmp_path, LLENO))) == (LLENO, [])


def test_un_libro_lleno_y_guardado_por_libreoffice_devuelve_los_mismos_datos(
    tmp_path: Path, soffice: Callable[[Path, str], Path]
) -> None:
    reabierto = abrir(soffice(guardado(tmp_path, LLENO), "xlsx"))
    assert leer(LibroDePrueba, reabierto) == (LLENO, [])
    assert reabierto.esquema == "prueba/1"


def test_el_libro_en_blanco_solo_pide_lo_obligatorio(tmp_path: Path) -> None:
    modelo, hallazgos = leer(LibroDePrueba, abrir(guardado(tmp_path)))
    assert (modelo, [str(h) for h in hallazgos]) == (
        None,
        [
            "Reunión!B2  «Órgano» está en blanco. Escriba el dato.",
            "Reunión!B3  «Fecha» está en blanco. Escriba el dato.",
            "Reunión!B5  «Número» está en blanco. Escriba el dato.",
            "hoja «Acuerdos»  No tiene renglones. Escriba al menos uno.",
        ],
    )


@pytest.mark.parametrize(
    "texto",
    [
        "=1+1", "+52 55", "-Uno", "@nombre", "#N/A", "007", "1", "TRUE", "15/11/2017", "{{ 7*7 }}", "R&D <Sin dato>",
        "uno\ndos", "uno\u2028dos", "línea con\ttabulador",
        f"{LIGA[0]}https://ejemplo.mx/a?b=1&c=2{LIGA[1]}el informe{LIGA[2]}",
        f"La {'Lic. Ruiz'.join(NEGRITA)} votó en {'contra'.join(CURSIVA)}",
        f"{'uno'.join(NEGRITA)}\n{'dos'.join(NEGRITA)}",
        "=".join(NEGRITA) + "1",
    ],
)  # fmt: skip
def test_un_texto_vuelve_tal_cual(tmp_path: Path, texto: str) -> None:
    modelo, _ = leer(LibroDePrueba, abrir(guardado(tmp_path, con_texto(texto))))
    assert modelo
    assert modelo.acuerdos[0].texto == texto


def test_de_una_liga_en_medio_de_un_texto_queda_su_direccion(tmp_path: Path) -> None:
    texto = f"Vea {LIGA[0]}https://ejemplo.mx{LIGA[1]}el informe{LIGA[2]}."
    modelo, _ = leer(LibroDePrueba, abrir(guardado(tmp_path, con_texto(texto))))
    assert modelo
    assert modelo.acuerdos[0].texto == "Vea el informe (https://ejemplo.mx)."


PALABRAS = st.text(st.sampled_from("aéñ 1=&<{\n\t\u2028«\u00a0😀"), max_size=8)
FORMATOS = st.frozensets(st.sampled_from([NEGRITA, CURSIVA, SUBRAYADO, TACHADO]), max_size=3)
VERTICALES = st.sampled_from([SIN_FORMATO, frozenset({SUPERINDICE}), frozenset({SUBINDICE})])
TROZOS = st.lists(st.tuples(PALABRAS, st.builds(frozenset.union, FORMATOS, VERTICALES)), max_size=6)


@given(TROZOS)
def test_las_marcas_se_convierten_en_trozos_y_de_vuelta(trozos: list[Any]) -> None:
    marcado = con_marcas(trozos)
    assert con_marcas(trozos_de(marcado)[0]) == marcado
    assert sin_formato(marcado) == "".join(texto for texto, _ in trozos)


@given(TROZOS)
def test_las_marcas_estan_anidadas_y_cerradas_en_cada_parrafo(trozos: list[Any]) -> None:
    cierre = dict((NEGRITA, CURSIVA, SUBRAYADO, TACHADO, SUPERINDICE, SUBINDICE))
    for parrafo in con_marcas(trozos).split("\n"):
        abiertas: list[str] = []
        for c in parrafo:
            if c in cierre:
                abiertas.append(cierre[c])
            elif c in cierre.values():
                assert abiertas.pop() == c
        assert not abiertas


@settings(max_examples=25, deadline=None)
@given(st.lists(TROZOS, min_size=1, max_size=12))
def test_cualquier_texto_con_formato_vuelve_de_excel(
    tmp_path_factory: pytest.TempPathFactory, textos: list[Any]
) -> None:
    escritos = [renglones_limpios(con_marcas([("x", SIN_FORMATO), *trozos])) for trozos in textos]
    acuerdos = tuple(Acuerdo(punto="1", texto=Texto(texto)) for texto in escritos)
    modelo, _ = leer(LibroDePrueba, abrir(guardado(tmp_path_factory.mktemp("l"), replace(LLENO, acuerdos=acuerdos))))
    assert modelo
    assert [a.texto for a in modelo.acuerdos] == escritos


def renglones_limpios(texto: str) -> str:
    """Como los deja `esquema`: sin blancos en los extremos de cada renglón."""
    return "\n".join(renglon.strip() for renglon in texto.strip().split("\n"))


def test_un_texto_que_no_cabe_en_una_celda_no_se_corta_en_silencio() -> None:
    with pytest.raises(ErrorDeGenerador, match="«Acuerdo» tiene 32768 caracteres y en una celda de Excel caben 32767"):
        bytes_de(con_texto("a" * 32_768))


def test_los_mismos_datos_dan_los_mismos_bytes() -> None:
    assert bytes_de(LLENO) == bytes_de(LLENO)


# --- lo que se ve ----------------------------------------------------------------------------------


def test_las_hojas_van_en_el_orden_del_modelo() -> None:
    estados = {ws.title: ws.sheet_state for ws in como_excel().worksheets}
    visibles = dict.fromkeys(("Instrucciones", "Reunión", "Personas", "Acuerdos"), "visible")
    assert estados == visibles | {"Listas": "hidden", "_generar": "veryHidden"}
    assert list(estados) == ["Instrucciones", "Reunión", "Personas", "Acuerdos", "Listas", "_generar"]


def test_una_ficha_dice_dato_valor_y_que_escribir_con_sus_valores_por_omision() -> None:
    renglones = [[c.value for c in fila] for fila in como_excel()["Reunión"]["A1:C7"]]
    assert renglones == [
        ["Dato", "Valor", "Qué escribir"],
        ["Órgano *", None, "Su nombre completo. Ejemplo: Comité de Ejemplo."],
        ["Fecha *", None, "Día en que empezó. Ejemplo: 15/11/2017."],
        ["Hora de inicio", None, "De 24 horas. Ejemplo: 13:05."],
        ["Número *", None, "En el año. Ejemplo: 2."],
        ["Clase", "Ordinaria", "Elija de la lista."],
        ["Pública", "Sí", "Si se transmitió."],
    ]


def test_en_una_tabla_el_valor_por_omision_se_deja_en_blanco_y_se_dice() -> None:
    datos = replace(LLENO, personas=(Persona(nombre="Ana"), Persona(nombre="Luis", asistio=False)))
    libro = como_excel(datos)
    assert [libro["Personas"][f"B{fila}"].value for fila in (2, 3)] == [None, "No"]
    assert "Si estuvo. En blanco: Sí." in [v.prompt for v in libro["Personas"].data_validations.dataValidation]


def test_cada_tabla_es_una_tabla_de_excel_sin_filtros_y_con_nombre_propio() -> None:
    libro = como_excel()
    tablas = {ws.title: tabla for ws in libro.worksheets for tabla in ws.tables.values()}
    assert {hoja: (t.displayName, t.ref, t.autoFilter) for hoja, t in tablas.items()} == {
        "Personas": ("tabla_personas", "A1:B31", None),
        "Acuerdos": ("tabla_acuerdos", "A1:D31", None),
    }
    assert [columna.name for columna in tablas["Acuerdos"].tableColumns] == [
        "Punto *",
        "Acuerdo *",
        "Responsable",
        "Plazo",
    ]


def test_una_tabla_crece_con_sus_datos(tmp_path: Path) -> None:
    personas = tuple(Persona(nombre=f"Persona {n}") for n in range(600))
    ruta = guardado(tmp_path, replace(LLENO, personas=personas))
    modelo, _ = leer(LibroDePrueba, abrir(ruta))
    assert modelo
    assert modelo.personas == personas
    assert load_workbook(ruta)["Personas"].tables["tabla_personas"].ref == "A1:B611"


@pytest.mark.parametrize(
    ("hoja", "donde", "tipo", "formula", "estilo"),
    [
        ("Reunión", "B3", "date", "36526", "warning"),
        ("Reunión", "B4", "time", "0", "warning"),
        ("Reunión", "B5", "whole", "1", "stop"),
        ("Reunión", "B6", "list", "lista_clase", None),
        ("Reunión", "B7", "list", "lista_si_no", None),
        ("Acuerdos", "C2:C500", "list", "de_personas_nombre", "warning"),
        ("Acuerdos", "D2:D500", "date", "36526", "warning"),
        ("Acuerdos", "B2:B500", None, None, None),
    ],
)
def test_cada_celda_avisa_segun_su_tipo(
    hoja: str, donde: str, tipo: str | None, formula: str | None, estilo: str | None
) -> None:
    suyas = {str(v.sqref): v for v in como_excel()[hoja].data_validations.dataValidation}
    v = suyas[donde]
    assert (v.type, v.formula1, v.errorStyle) == (tipo, formula, estilo)
    assert v.showInputMessage
    assert v.prompt
    assert len(v.prompt) <= 255
    assert len(v.promptTitle) <= 32


def test_las_listas_son_nombres_definidos() -> None:
    nombres = {nombre: definido.attr_text for nombre, definido in como_excel().defined_names.items()}
    assert {n: f for n, f in nombres.items() if not n.startswith("reunion_")} == {
        "lista_clase": "Listas!$A$2:$A$3",
        "lista_si_no": "Listas!$B$2:$B$3",
        "de_personas_nombre": "OFFSET('Personas'!$A$2,0,0,MAX(1,COUNTA('Personas'!$A$2:$A$500)),1)",
    }
    assert nombres["reunion_fecha"] == "'Reunión'!$B$3"


def test_solo_se_protege_lo_que_no_se_captura_y_sin_contrasena() -> None:
    assert {
        ws.title: (ws.protection.sheet, ws.protection.password) for ws in como_excel().worksheets if ws.protection.sheet
    } == {
        "Instrucciones": (True, None),
        "Listas": (True, None),
    }


def test_las_instrucciones_traen_los_pasos_y_un_renglon_de_ejemplo() -> None:
    escrito = [celda.value for fila in como_excel()["Instrucciones"].iter_rows() for celda in fila if celda.value]
    assert escrito[:4] == ["Libro de prueba", "Los datos con * son obligatorios. Al elegir una celda se muestra qué escribir en ella.", "1.  Llene la hoja «Reunión».", "2.  Guarde y genere."]  # fmt: skip
    assert "Un renglón:  1  │  Publicar el informe.  │  Ana Ruiz  │  31/01/2018" in escrito


def test_donde_se_escribe_no_hay_negritas_ni_se_pierden_los_ceros() -> None:
    celda = como_excel()["Acuerdos"]["A2"]
    assert (celda.font.b, celda.number_format) == (False, "@")


def test_los_numeros_guardados_como_dato_corto_son_numeros() -> None:
    libro = como_excel(LLENO)
    assert [libro["Acuerdos"][f"A{fila}"].value for fila in (2, 3)] == [1, "2.10"]


def test_el_libro_de_sesion_en_blanco_se_abre_y_solo_pide_lo_obligatorio(tmp_path: Path) -> None:
    ruta = tmp_path / "sesion.xlsx"
    ruta.write_bytes(crear(LibroDeSesion, esquema="minuta/1", titulo="Sesión", guia=GUIA))
    abierto: Libro = abrir(ruta)
    _, hallazgos = leer(LibroDeSesion, abierto)
    assert abierto.esquema == "minuta/1"
    assert {h.problema.split("»")[-1] for h in hallazgos} == {" está en blanco.", "No tiene renglones."}


def test_excel_admite_el_libro(tmp_path: Path, validador_sdk: Callable[..., list[str]]) -> None:
    # openpyxl escribe las letras (x:fonts) en el orden de la norma ISO, que Excel admite y el SDK no.
    assert [e for e in validador_sdk(guardado(tmp_path, LLENO)) if "/x:fonts[1]/" not in e] == []


def test_las_fechas_se_ven_como_fechas() -> None:
    celda = como_excel(LLENO)["Acuerdos"]["D2"]
    assert (celda.value.date(), celda.number_format) == (date(2018, 1, 31), "dd/mm/yyyy")
