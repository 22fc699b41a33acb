"""Las cifras salen como Excel las muestra, según el formato de su celda."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generador import flujo
from generador.celdas import Celda, Libro, Valor
from generador.esquema import como_en_excel
from generador.esquema.conversion import convertir
from generador.esquema.declaracion import campo_de
from generador.hallazgos import LibroConHallazgos
from tests.lectura_de_docx import parrafos
from tests.libros_de_cuentas import HOY, hoja
from tests.modelo_de_prueba import Acuerdo
from tests.test_lote import destinatarios, guardado, persona

CONTABLE = '_-"$"* #,##0.00_-;-"$"* #,##0.00_-;_-"$"* "-"??_-;_-@_-'


@pytest.mark.parametrize(
    ("valor", "formato", "dicho"),
    [
        (1234567.5, "$#,##0.00", "$1,234,567.50"),
        (1234.5, "[$$-80A]#,##0.00", "$1,234.50"),
        (1234.5, CONTABLE, "$1,234.50"),
        (0, CONTABLE, "$-"),
        (-5.5, r'"$"#,##0.00_);[Red]\("$"#,##0.00\)', "($5.50)"),
        (-3, "#,##0", "-3"),
        (-0.001, "0.0", "0.0"),
        (0.125, "0.0%", "12.5%"),
        (0.5, "0%", "50%"),
        (7, "000", "007"),
        (2015, "0", "2015"),
        (1.005, "0.00", "1.01"),
        (5, "0.##", "5"),
        (2500000, '0.0,,"M"', "2.5M"),
        (3, '0 "pesos"', "3 pesos"),
        (12000, "General", None),
        (0.5, "# ?/?", None),
        (45000, "dd/mm/yyyy", None),
        ("007", "000", None),
        (True, "0", None),
    ],
)
def test_una_cifra_se_lee_como_en_excel(valor: Valor, formato: str, dicho: str | None) -> None:
    assert como_en_excel(Celda("Hoja", 1, 1, valor, formato=formato)) == dicho


@pytest.mark.parametrize(
    ("valor", "formato", "dicho"),
    [
        (1500, '"$"#,##0.00', "$1,500.00"),
        (0.125, "0.0%", "12.5%"),
        (1500, "General", "1500"),
        (datetime(2018, 1, 31), 'd" de "mmmm" de "yyyy', "31 de enero de 2018"),
        (datetime(2018, 1, 31), "dd/mm/yyyy", "31/01/2018"),
    ],
)
def test_una_cifra_en_una_columna_de_texto_sale_como_se_ve(valor: Valor, formato: str, dicho: str) -> None:
    celda = Celda("Acuerdos", 2, 2, valor, formato=formato)
    assert convertir(campo_de(Acuerdo, "texto"), celda, Libro(Path("l.xlsx"), ())) == dicho


PROPIAS: list[tuple[str, Valor, str, str]] = [  # rótulo, valor, formato de Excel, lo que se lee
    ("Monto", 1234567.5, "$#,##0.00", "$1,234,567.50"),
    ("Avance", 0.125, "0.0%", "12.5%"),
    ("Plazo", date(2015, 5, 3), "dd/mm/yyyy", "3 de mayo de 2015"),
    ("Folio", 12345, "General", "12345"),
    ("Visitas", 12000, "General", "12,000"),
    ("Clave", 7, "000", "007"),
]


def test_una_columna_propia_se_cita_con_su_formato(tmp_path: Path) -> None:
    ruta = _con_propias(tmp_path)
    flujo.generar("oficio", ruta, tmp_path / "D", hoy=HOY)
    (hecho,) = (tmp_path / "D").glob("*.docx")
    assert " | ".join(dicho for *_, dicho in PROPIAS) + "." in parrafos(hecho.read_bytes())


def test_una_formula_sin_calcular_en_una_columna_citada_se_dice_en_su_celda(tmp_path: Path) -> None:
    ruta = _con_propias(tmp_path)
    libro = load_workbook(ruta)
    celda = next(c for c in libro["Destinatarios"][1] if c.value == "Monto")
    lugar = f"{celda.coordinate[:-1]}2"
    libro["Destinatarios"][lugar] = "=1+1"
    libro.save(ruta)
    with pytest.raises(LibroConHallazgos) as error:
        flujo.generar("oficio", ruta, tmp_path / "D", hoy=HOY)
    (hallazgo,) = (h for h in error.value.hallazgos if h.es_error)
    assert hallazgo.lugar == f"Destinatarios!{lugar}"
    assert "trae una fórmula que nunca se calculó" in hallazgo.problema


def _con_propias(carpeta: Path) -> Path:
    cita = " | ".join(f"{{destinatario.{rotulo}}}" for rotulo, *_ in PROPIAS).replace("|", r"\|")
    cuerpo = hoja("Cuerpo (entera)", ("Tipo", "Texto"), ("Párrafo", f"{cita}."))
    ruta = guardado(carpeta / "l.xlsx", "## Gastos (sin)\n\n" + cuerpo + destinatarios(persona("Ana")))
    libro = load_workbook(ruta)
    suya = libro["Destinatarios"]
    primera = len([c for c in suya[1] if c.value]) + 1
    for columna, (rotulo, valor, formato, _) in enumerate(PROPIAS, primera):
        suya.cell(1, columna, rotulo)
        suya.cell(2, columna, valor).number_format = formato
    libro.save(ruta)
    return ruta


def test_una_tabla_propia_no_imprime_errores_ni_formulas_sin_calcular(tmp_path: Path) -> None:
    cuerpo = hoja("Cuerpo (entera)", ("Tipo", "Texto", "Hoja o gráfica"), ("Tabla", "", "Datos"))
    ruta = guardado(tmp_path / "l.xlsx", cuerpo)
    libro = load_workbook(ruta)
    datos = libro.create_sheet("Datos")
    for renglon in (["Concepto", "Monto"], ["Uno", "#REF!"], ["Dos", "=1+1"], ["Tres", 3]):
        datos.append(renglon)
    datos["B4"].number_format = "$#,##0.00"
    libro.save(ruta)
    with pytest.raises(LibroConHallazgos) as error:
        flujo.generar("oficio", ruta, tmp_path / "D", hoy=HOY)
    assert [h.lugar for h in error.value.hallazgos if h.es_error] == ["Datos!B2", "Datos!B3"]
    datos["B2"], datos["B3"] = 1, 2
    libro.save(ruta)
    flujo.generar("oficio", ruta, tmp_path / "D", hoy=HOY)
    dichos = parrafos(next((tmp_path / "D").glob("*.docx")).read_bytes())
    assert dichos[dichos.index("Concepto") :][:8] == ["Concepto", "Monto", "Uno", "1", "Dos", "2", "Tres", "$3.00"]


def test_una_columna_con_formato_de_porcentaje_no_se_suma_y_las_cifras_se_citan_como_se_ven(tmp_path: Path) -> None:
    cuerpo = hoja("Cuerpo (entera)", ("Tipo", "Texto", "Hoja o gráfica"), ("Tabla", "", "Datos"))
    ruta = guardado(tmp_path / "l.xlsx", cuerpo)
    libro = load_workbook(ruta)
    datos = libro.create_sheet("Datos")
    for renglon in (["Concepto", "Avance", "Monto"], ["Uno", 0.5, 1], ["Dos", 0.12, 2], ["Total", 0.3, 4]):
        datos.append(renglon)
    for fila in (2, 3, 4):
        datos.cell(fila, 2).number_format = "0.0%"
        datos.cell(fila, 3).number_format = "$#,##0.00"
    libro.save(ruta)
    with pytest.raises(LibroConHallazgos) as error:
        flujo.generar("oficio", ruta, tmp_path / "D", hoy=HOY)
    [hallazgo] = (h for h in error.value.hallazgos if h.es_error)
    assert (hallazgo.lugar, hallazgo.problema) == ("Datos!C4", "Dice $4.00, pero los renglones suman 3.")
