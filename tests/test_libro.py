"""Abrir libros como los que la gente manda: de Excel, de LibreOffice, de Google, y movidos de lugar."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import LineChart, Reference
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.workbook.defined_name import DefinedName

from generador.celdas import (
    CURSIVA,
    LIGA,
    NEGRITA,
    SALTO,
    SUBINDICE,
    SUBRAYADO,
    SUPERINDICE,
    TACHADO,
    Celda,
    Libro,
    Rango,
)
from generador.esquema import leer
from generador.libro.lectura import abierto_en_excel, abrir
from tests.modelo_de_prueba import LLENO, LibroDePrueba, Reunion

Celdas = Mapping[str, Any]
LIBROS = Path(__file__).parent / "libros"
FICHA: Celdas = {"A1": "Órgano", "B1": "Comité", "A2": "Fecha", "B2": date(2017, 11, 15), "A3": "Número", "B3": 2}
TABLA: Celdas = {"A1": "Punto", "B1": "Acuerdo", "A2": 1, "B2": "Publicar el informe."}


def negrita(texto: str) -> str:
    return texto.join(NEGRITA)


def liga(direccion: str, texto: str) -> str:
    return LIGA[0] + direccion + LIGA[1] + texto + LIGA[2]


def libro(ruta: Path, hojas: Mapping[str, Celdas], ajuste: Callable[[Any], object] = lambda wb: None) -> Path:
    """Guarda un libro con esas celdas; ``ajuste`` le hace lo demás."""
    wb = Workbook()
    wb.remove(wb.worksheets[0])
    for nombre, celdas in hojas.items():
        ws = wb.create_sheet(nombre)
        for lugar, valor in celdas.items():
            ws[lugar] = valor
    ajuste(wb)
    wb.save(ruta)
    return ruta


def con_xml(ruta: Path, cambios: Mapping[str, tuple[str, str]], nuevas: Mapping[str, str] | None = None) -> Path:
    """Cambia texto dentro de las partes del paquete, y agrega otras."""
    salida = io.BytesIO()
    with zipfile.ZipFile(ruta) as viejo, zipfile.ZipFile(salida, "w") as nuevo:
        for parte in viejo.namelist():
            antes, despues = cambios.get(parte, ("", ""))
            texto = viejo.read(parte).decode()
            assert antes in texto
            nuevo.writestr(parte, texto.replace(antes, despues) if antes else texto)
        for parte, contenido in (nuevas or {}).items():
            nuevo.writestr(parte, contenido)
    ruta.write_bytes(salida.getvalue())
    return ruta


HOJA_1 = "xl/worksheets/sheet1.xml"


def una(tmp_path: Path, valor: object, ajuste: Callable[[Any], object] = lambda wb: None) -> Celda:
    """La celda A1 de un libro que sólo tiene ese valor."""
    return abrir(libro(tmp_path / "l.xlsx", {"Hoja": {"A1": valor}}, ajuste)).hojas[0].en(1, 1)


def cruda(tmp_path: Path, xml: str) -> Celda:
    """La celda A1 escrita con ese XML, que ninguna biblioteca escribiría."""
    ruta = libro(tmp_path / "l.xlsx", {"Hoja": {"A1": 7}})
    con_xml(ruta, {HOJA_1: ('<c r="A1" t="n"><v>7</v></c>', xml)})
    return abrir(ruta).hojas[0].en(1, 1)


def leido(ruta: Path) -> LibroDePrueba:
    modelo, hallazgos = leer(LibroDePrueba, abrir(ruta))
    assert modelo is not None, hallazgos
    return modelo


def errores(ruta: Path) -> list[str]:
    return [str(hallazgo) for hallazgo in leer(LibroDePrueba, abrir(ruta))[1]]


# --- valores ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "valor",
    [
        2,
        3.5,
        -1,
        True,
        False,
        "Ana",
        "007",
        "R&D",
        "<Sin dato>",
        "{{ 7*7 }}",
        time(11, 5),
        timedelta(hours=30),
        datetime(2017, 11, 15),
        datetime(2017, 11, 15, 13, 5),
    ],
)
def test_cada_valor_llega_con_su_tipo(tmp_path: Path, valor: object) -> None:
    leida = una(tmp_path, valor)
    assert (leida.valor, type(leida.valor)) == (valor, type(valor))


@pytest.mark.parametrize(
    ("xml", "valor"),
    [
        ('<c r="A1" t="inlineStr"><is><t>uno_x000D_\ndos</t></is></c>', "uno\ndos"),
        ('<c r="A1" t="inlineStr"><is><t>uno_x000B_dos</t></is></c>', f"uno{SALTO}dos"),
        ('<c r="A1" t="inlineStr"><is><t>_x005F_x000D_ y _x005F_x0041_</t></is></c>', "_x000D_ y _x0041_"),
        ('<c r="A1" t="inlineStr"><is><t>medio _xD83D_ emoji</t></is></c>', "medio \ufffd emoji"),
        ('<c r="A1" t="inlineStr"><is><t xml:space="preserve"> R&amp;D </t></is></c>', " R&D "),
        ('<c r="A1" t="str"><f>A2</f><v>ya calculada</v></c>', "ya calculada"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2),
        ('<c t="inlineStr"><is><t>sin dirección</t></is></c>', "sin dirección"),
    ],
)  # fmt: skip
def test_el_texto_llega_como_se_lee(tmp_path: Path, xml: str, valor: object) -> None:
    assert cruda(tmp_path, xml).valor == valor


def test_se_dice_lo_que_hubo_que_quitar(tmp_path: Path) -> None:
    assert cruda(tmp_path, '<c r="A1" t="inlineStr"><is><t>a_x0001_b</t></is></c>').quitado == "U+0001"


def test_cuarenta_mil_caracteres_salen_integros(tmp_path: Path) -> None:
    largo = "palabra " * 5_000
    assert cruda(tmp_path, f'<c r="A1" t="inlineStr"><is><t>{largo}</t></is></c>').valor == largo


@pytest.mark.parametrize(
    ("xml", "problema"),
    [
        ('<c r="A1"><f>1+1</f></c>', "trae una fórmula que nunca se calculó."),
        ('<c r="A1"><f>1+1</f><v></v></c>', "trae una fórmula que nunca se calculó."),
        ('<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "trae el error #DIV/0!."),
        ('<c r="A1" t="e"><v>#N/A</v></c>', "trae el error #N/A."),
        ('<c r="A1" t="inlineStr"><is><t>#¡REF!</t></is></c>', "trae el error #¡REF!."),
        ('<c r="A1" t="inlineStr"><is><t>#¿NOMBRE?</t></is></c>', "trae el error #¿NOMBRE?."),
        ('<c r="A1" t="inlineStr"><is><t>#¡Participa!</t></is></c>', ""),
        ('<c r="A1"><v>1e999</v></c>', "trae un número imposible."),
        ('<c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>', ""),
    ],
)
def test_una_celda_que_no_dice_nada_util_dice_por_que(tmp_path: Path, xml: str, problema: str) -> None:
    assert cruda(tmp_path, xml).problema == problema


def test_una_formula_sin_calcular_se_dice_con_su_campo(tmp_path: Path) -> None:
    ruta = libro(tmp_path / "l.xlsx", {"Reunión": {**FICHA, "B3": "=1+1"}, "Acuerdos": TABLA})
    assert errores(ruta) == [
        "Reunión!B3  «Número» trae una fórmula que nunca se calculó. Abra el libro en Excel, corríjalo y guárdelo."
    ]


def test_el_sistema_de_fechas_de_1904_da_las_mismas_fechas(tmp_path: Path) -> None:
    def en_1904(wb: Workbook) -> None:
        wb.epoch = CALENDAR_MAC_1904
        wb.worksheets[0]["A1"].value = 41592  # 15 de noviembre de 2017, contado desde 1904
        wb.worksheets[0]["A1"].number_format = "dd/mm/yyyy"

    ruta = libro(tmp_path / "l.xlsx", {"Hoja": {"A1": 0}}, en_1904)
    abierto = abrir(ruta)
    assert (abierto.base_1904, abierto.hojas[0].en(1, 1).valor) == (True, datetime(2017, 11, 15))


# --- formato ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fuente", "marcado"),
    [
        (Font(b=True), negrita("Ana")),
        (Font(i=True), "Ana".join(CURSIVA)),
        (Font(u="single"), "Ana".join(SUBRAYADO)),
        (Font(strike=True), "Ana".join(TACHADO)),
        (Font(vertAlign="superscript"), "Ana".join(SUPERINDICE)),
        (Font(vertAlign="subscript"), "Ana".join(SUBINDICE)),
        (Font(b=True, i=True), negrita("Ana".join(CURSIVA))),
        (Font(sz=20, color="FF0000"), "Ana"),
    ],
)
def test_el_formato_de_la_celda_entera_se_conserva(tmp_path: Path, fuente: Font, marcado: str) -> None:
    assert una(tmp_path, "Ana", lambda wb: setattr(wb["Hoja"]["A1"], "font", fuente)).valor == marcado


@pytest.mark.parametrize(
    ("trozos", "marcado"),
    [
        (["La ", ("Lic. Ruiz", {"b": True}), " votó"], f"La {negrita('Lic. Ruiz')} votó"),
        ([("a", {"b": True}), ("b", {"b": True, "i": True}), "c"], f"{NEGRITA[0]}a{'b'.join(CURSIVA)}{NEGRITA[1]}c"),
        ([("a", {"b": True, "i": True}), ("b", {"i": True})], f"{negrita('a'.join(CURSIVA))}{'b'.join(CURSIVA)}"),
        ([("uno\ndos", {"b": True})], f"{negrita('uno')}\n{negrita('dos')}"),
        (["a", ("  ", {"u": "single"}), "b"], "a  b"),
        ([("m", {}), ("2", {"vertAlign": "superscript"})], f"m{'2'.join(SUPERINDICE)}"),
    ],
)  # fmt: skip
def test_el_formato_de_cada_trozo_se_conserva_anidado_y_cerrado(
    tmp_path: Path, trozos: list[Any], marcado: str
) -> None:
    piezas = [t if isinstance(t, str) else TextBlock(InlineFont(**t[1]), t[0]) for t in trozos]
    assert una(tmp_path, CellRichText(piezas)).valor == marcado


def test_el_subrayado_sin_valor_de_excel_es_subrayado(tmp_path: Path) -> None:
    xml = '<c r="A1" t="inlineStr"><is><r><rPr><u/><family val="34"/></rPr><t>Ana</t></r></is></c>'
    assert cruda(tmp_path, xml).valor == "Ana".join(SUBRAYADO)


@pytest.mark.parametrize(
    ("direccion", "valor"),
    [
        ("https://ejemplo.mx/a#b", liga("https://ejemplo.mx/a#b", "Ana")),
        ("mailto:ana@ejemplo.mx", liga("mailto:ana@ejemplo.mx", "Ana")),
        ("javascript:alert(1)", "Ana"),
        ("file:///C:/secreto.txt", "Ana"),
    ],
)
def test_la_liga_de_una_celda_se_conserva_si_es_segura(tmp_path: Path, direccion: str, valor: str) -> None:
    assert una(tmp_path, "Ana", lambda wb: setattr(wb["Hoja"]["A1"], "hyperlink", direccion)).valor == valor


def test_la_liga_escrita_como_formula_se_conserva(tmp_path: Path) -> None:
    xml = '<c r="A1" t="str"><f>HYPERLINK("https://ejemplo.mx","ver")</f><v>ver</v></c>'
    assert cruda(tmp_path, xml).valor == liga("https://ejemplo.mx", "ver")


# --- lugares ---------------------------------------------------------------------------------------


def test_una_tabla_puede_empezar_en_cualquier_celda(tmp_path: Path) -> None:
    movida = {
        "A1": "Acuerdos de la sesión",
        "C7": "Punto",
        "D7": "Acuerdo",
        "C8": 1,
        "D8": "Publicar.",
        "C11": 2,
        "D11": "Avisar.",
    }
    acuerdos = leido(libro(tmp_path / "l.xlsx", {"Reunión": FICHA, "Acuerdos": movida})).acuerdos
    assert [(a.punto, a.texto, a.origen.fila) for a in acuerdos] == [("1", "Publicar.", 8), ("2", "Avisar.", 11)]


def test_una_ficha_movida_se_lee_por_sus_rotulos(tmp_path: Path) -> None:
    movida = {"D5": "organo", "E5": "Comité", "D9": "FECHA *", "E9": date(2017, 11, 15), "G2": "Número:", "H2": 2}
    reunion = leido(libro(tmp_path / "l.xlsx", {"Reunión": movida, "Acuerdos": TABLA})).reunion
    assert (reunion.organo, reunion.fecha, reunion.numero) == ("Comité", date(2017, 11, 15), 2)


def test_una_ficha_movida_se_lee_por_sus_nombres_definidos_aunque_cambien_los_rotulos(tmp_path: Path) -> None:
    def nombrar(wb: Workbook) -> None:
        wb.defined_names["reunion_fecha"] = DefinedName("reunion_fecha", attr_text="'Reunión'!$F$20")

    movida = {"A1": "Órgano", "B1": "Comité", "A3": "Número", "B3": 2, "E20": "¿Cuándo fue?", "F20": date(2017, 11, 15)}
    ruta = libro(tmp_path / "l.xlsx", {"Reunión": movida, "Acuerdos": TABLA}, nombrar)
    assert leido(ruta).reunion.fecha == date(2017, 11, 15)


@pytest.mark.parametrize(
    ("referencia", "lugar"),
    [
        ("'Reunión'!$B$4", ("Reunión", 4, 2)),
        ("Reunión!B4", ("Reunión", 4, 2)),
        ("'Reunión'!$B$9:$C$9", ("Reunión", 9, 2)),  # celdas combinadas
        ("'Reunión'!$B$4:$C$4", None),
        ("'Reunión'!#REF!", None),
        ("OFFSET('Reunión'!$B$4,0,0)", None),
        ("'No está'!$B$4", None),
    ],
)
def test_solo_cuentan_los_nombres_que_apuntan_a_una_celda(tmp_path: Path, referencia: str, lugar: object) -> None:
    def nombrar(wb: Workbook) -> None:
        wb.defined_names["dato"] = DefinedName("dato", attr_text=referencia)
        wb["Reunión"].merge_cells("B9:C9")

    assert abrir(libro(tmp_path / "l.xlsx", {"Reunión": FICHA}, nombrar)).nombres.get("dato") == lugar


def test_una_celda_combinada_en_vertical_vale_para_todos_sus_renglones(tmp_path: Path) -> None:
    celdas = {
        "A1": "Punto",
        "B1": "Acuerdo",
        "C1": "Responsable",
        "A2": 4,
        "B2": "Uno.",
        "B3": "Dos.",
        "B4": "Tres.",
        "C2": "Ana",
    }
    ruta = libro(
        tmp_path / "l.xlsx", {"Reunión": FICHA, "Acuerdos": celdas}, lambda wb: wb["Acuerdos"].merge_cells("A2:A4")
    )
    assert [(a.punto, a.texto, a.responsable) for a in leido(ruta).acuerdos] == [
        ("4", "Uno.", "Ana"),
        ("4", "Dos.", None),
        ("4", "Tres.", None),
    ]


def test_el_rotulo_combinado_de_un_renglon_propio_no_es_su_valor(tmp_path: Path) -> None:
    hojas = {"Reunión": {**FICHA, "A9": "Folio", "C9": "44"}, "Acuerdos": TABLA}
    ruta = libro(tmp_path / "l.xlsx", hojas, lambda wb: wb["Reunión"].merge_cells("A9:B9"))
    assert leido(ruta).reunion.origen.extras == {"Folio": "44"}


@pytest.mark.parametrize(
    ("escrito", "dice"),
    [
        ({"A9": "Órgano", "B9": "Otro"}, "A9: «Órgano» está dos veces, y se lee B1. Deje uno solo, con el dato bueno."),
        ({"D3": "Otro", "E2": "ojo"}, "E2: «ojo» (E2) y «Otro» (D3) están a un lado de los datos y no se leyeron. "
         "Lo que sea un dato va en la columna «Valor», junto a su rótulo."),
        ({"A9": "Órgano", "B9": None, "C4": "una nota"}, ""),
    ],
)  # fmt: skip
def test_lo_que_una_ficha_no_lee_se_dice(tmp_path: Path, escrito: Celdas, dice: str) -> None:
    ruta = libro(tmp_path / "l.xlsx", {"Reunión": {**FICHA, **escrito}, "Acuerdos": TABLA})
    assert [hallado.replace("  ", ": ", 1) for hallado in errores(ruta)] == [f"Reunión!{dice}"] * bool(dice)


def test_lo_tapado_por_una_celda_combinada_no_existe(tmp_path: Path) -> None:
    ruta = libro(tmp_path / "l.xlsx", {"Hoja": {"A1": "visible", "B1": "tapada"}})
    con_xml(ruta, {HOJA_1: ("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>')})
    hoja = abrir(ruta).hojas[0]
    assert (list(hoja.celdas), hoja.combinadas) == ([(1, 1)], (Rango(1, 1, 1, 2),))


def test_los_renglones_en_blanco_y_las_columnas_de_mas_no_estorban(tmp_path: Path) -> None:
    celdas = {
        "A1": "Punto",
        "B1": "Teléfono",
        "C1": "ACUERDO",
        "A2": 1,
        "B2": 5512345678,
        "C2": "Uno.",
        "A5": 2,
        "C5": "Dos.",
        "C90": "  ",
    }
    acuerdos = leido(libro(tmp_path / "l.xlsx", {"reunion": FICHA, "ACUERDOS": celdas})).acuerdos
    assert [(a.texto, a.origen.extras) for a in acuerdos] == [
        ("Uno.", {"Teléfono": "5512345678"}),
        ("Dos.", {"Teléfono": ""}),
    ]


@pytest.mark.parametrize(
    "fecha", ["15/11/2017", "15-11-2017", "15 de noviembre de 2017", "15\u00a0de  noviembre de 2017", 43054]
)
@pytest.mark.parametrize("numero", [2, 2.0, "2", " 2\u00a0"])
def test_las_fechas_y_los_numeros_pueden_venir_como_texto(tmp_path: Path, fecha: object, numero: object) -> None:
    celdas = {
        "A1": "\u00a0Órgano  ",
        "B1": "Comité\u00a0 de Ejemplo ",
        "A2": "Fecha",
        "B2": fecha,
        "A3": "Número",
        "B3": numero,
    }
    reunion = leido(libro(tmp_path / "l.xlsx", {"Reunión": celdas, "Acuerdos": TABLA})).reunion
    assert reunion == Reunion(organo="Comité de Ejemplo", fecha=date(2017, 11, 15), numero=2)


# --- libros enteros --------------------------------------------------------------------------------


def test_el_esquema_se_reconoce_por_su_propiedad(tmp_path: Path) -> None:
    def marcar(wb: Any) -> None:
        wb.custom_doc_props.append(StringProperty(name="generar.esquema", value="prueba/1"))

    assert abrir(libro(tmp_path / "l.xlsx", {"Hoja": FICHA}, marcar)).esquema == "prueba/1"


def test_el_esquema_se_reconoce_por_su_hoja_si_la_propiedad_se_perdio(tmp_path: Path) -> None:
    hojas = {"Hoja": FICHA, "_generar": {"A1": "generar.esquema", "B1": "prueba/1"}}
    ruta = libro(tmp_path / "l.xlsx", hojas, lambda wb: setattr(wb["_generar"], "sheet_state", "veryHidden"))
    assert abrir(ruta).esquema == "prueba/1"


def test_un_libro_ajeno_no_tiene_esquema(tmp_path: Path) -> None:
    assert abrir(libro(tmp_path / "l.xlsx", {"Hoja": FICHA})).esquema == ""


def test_las_hojas_ocultas_tambien_se_leen_y_en_su_orden(tmp_path: Path) -> None:
    ruta = libro(tmp_path / "l.xlsx", {"B": FICHA, "A": FICHA}, lambda wb: setattr(wb["A"], "sheet_state", "hidden"))
    assert [hoja.nombre for hoja in abrir(ruta).hojas] == ["B", "A"]


def test_las_graficas_y_hojas_de_grafica_no_estorban(tmp_path: Path) -> None:
    def graficar(wb: Workbook) -> None:
        grafica = LineChart()
        grafica.add_data(Reference(wb.worksheets[0], min_col=1, min_row=1, max_row=3))
        wb.worksheets[0].add_chart(grafica, "D2")
        wb.create_chartsheet("Gráfica", 0)

    abierto = abrir(libro(tmp_path / "l.xlsx", {"Hoja": {"A1": 1, "A2": 2}}, graficar))
    assert [hoja.nombre for hoja in abierto.hojas] == ["Hoja"]


def test_un_libro_con_macros_se_lee_y_sus_macros_se_ignoran(tmp_path: Path) -> None:
    ruta = libro(tmp_path / "con macros.xlsm", {"Hoja": FICHA})
    tipos = ("spreadsheetml.sheet.main+xml", "MACRO")
    con_xml(ruta, {"[Content_Types].xml": tipos}, {"xl/vbaProject.bin": "macros"})
    con_xml(
        ruta,
        {
            "[Content_Types].xml": (
                "application/vnd.openxmlformats-officedocument.MACRO",
                "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
            )
        },
    )
    assert abrir(ruta).hojas[0].en(1, 2).valor == "Comité"


def test_los_prefijos_de_otros_programas_no_estorban(tmp_path: Path) -> None:
    ruta = libro(tmp_path / "l.xlsx", {"Hoja": {"A1": "x"}})
    xml = (
        '<?xml version="1.0" encoding="utf-8"?><x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="2"><x:c r="B2" t="str"><x:v>Ana</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    with zipfile.ZipFile(ruta) as viejo:
        hoja = viejo.read(HOJA_1).decode()
    con_xml(ruta, {HOJA_1: (hoja, xml)})
    assert abrir(ruta).hojas[0].en(2, 2).valor == "Ana"


@pytest.mark.parametrize("candado", ["~$libro.xlsx", ".~lock.libro.xlsx#"])
def test_se_sabe_si_alguien_lo_tiene_abierto_y_aun_asi_se_lee(tmp_path: Path, candado: str) -> None:
    ruta = libro(tmp_path / "libro.xlsx", {"Hoja": FICHA})
    assert not abierto_en_excel(ruta)
    (tmp_path / candado).write_text("Ana")
    assert abierto_en_excel(ruta)
    assert abrir(ruta).hojas[0].en(1, 2).valor == "Comité"


# --- guardados de verdad por LibreOffice -----------------------------------------------------------


def lo_dicho(abierto: Libro, hoja: str) -> dict[str, object]:
    de_la_hoja = abierto.hoja(hoja)
    assert de_la_hoja is not None
    return {celda.direccion: celda.problema or celda.valor for celda in de_la_hoja.celdas.values()}


def test_un_libro_guardado_por_libreoffice_se_lee_entero() -> None:
    abierto = abrir(LIBROS / "libreoffice.xlsx")
    assert lo_dicho(abierto, "Tipos") == {
        "A1": datetime(2017, 11, 15),
        "A2": time(13, 5),
        "A3": 1904,
        "A4": 0.25,
        "A5": True,
        "A6": 3,
        "A7": "trae el error #N/A.",
        "A8": f"La {negrita('Lic. Ruiz')} votó\nen {'contra'.join(CURSIVA)}.",
        "A9": liga("https://ejemplo.mx/informe", "El informe"),
        "A10": "R&D <Sin dato> {{ 7*7 }}",
        "A11": negrita("Todo en negrita"),
        "A12": timedelta(hours=30),
        "A13": "de tres columnas",
    }
    assert abierto.nombres["fecha"] == ("Tipos", 1, 1)
    assert abierto.hojas[0].combinadas == (Rango(13, 1, 13, 3),)


def test_un_libro_llenado_y_guardado_en_libreoffice_da_sus_datos() -> None:
    assert leer(LibroDePrueba, abrir(LIBROS / "prueba_llenada.xlsx")) == (LLENO, [])
