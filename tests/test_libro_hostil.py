"""Lo que no es un libro, lo dañado y lo hostil: un mensaje con remedio, en poco tiempo y poca memoria."""

import io
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook

from generador.hallazgos import ArchivoInaccesible
from generador.libro.lectura import abrir

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
PRINCIPAL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HOJA_1 = "xl/worksheets/sheet1.xml"


def bueno() -> bytes:
    wb = Workbook()
    wb.worksheets[0]["A1"] = "Ana"
    salida = io.BytesIO()
    wb.save(salida)
    return salida.getvalue()


def zip_de(partes: dict[str, bytes]) -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as archivo:
        for nombre, contenido in partes.items():
            archivo.writestr(nombre, contenido)
    return salida.getvalue()


def con(quitar: str = "", **cambios: bytes) -> bytes:
    """El libro bueno con partes cambiadas; ``hoja`` es la de la primera hoja."""
    alias = {
        "hoja": HOJA_1,
        "libro": "xl/workbook.xml",
        "estilos": "xl/styles.xml",
        "relaciones": "xl/_rels/workbook.xml.rels",
    }
    with zipfile.ZipFile(io.BytesIO(bueno())) as archivo:
        partes = {n: archivo.read(n) for n in archivo.namelist() if n != quitar}
    return zip_de(partes | {alias[nombre]: contenido for nombre, contenido in cambios.items()})


def hoja(filas: str, despues: str = "") -> bytes:
    return con(hoja=f'<worksheet xmlns="{PRINCIPAL}"><sheetData>{filas}</sheetData>{despues}</worksheet>'.encode())


def repetidas() -> bytes:
    datos = io.BytesIO(bueno())
    with zipfile.ZipFile(datos, "a") as archivo, pytest.warns(UserWarning, match="Duplicate name"):
        archivo.writestr(HOJA_1, b"otra")
    return datos.getvalue()


def entidades() -> bytes:
    return con(
        hoja=f'<!DOCTYPE a [<!ENTITY b "bomba">]><worksheet xmlns="{PRINCIPAL}"><sheetData/></worksheet>'.encode()
    )


def cambiado(antes: bytes, despues: bytes, parte: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(bueno())) as archivo:
        partes = {n: archivo.read(n) for n in archivo.namelist()}
    assert antes in partes[parte]
    return zip_de(partes | {parte: partes[parte].replace(antes, despues)})


@pytest.mark.parametrize(
    ("fabricar", "dice"),
    [
        (lambda: b"", "está vacío"),
        (lambda: b"\0" * 4096, "está en blanco por dentro"),
        (lambda: b"Nombre,Cargo\nAna,Vocal\n", "es texto (¿un CSV?)"),
        (lambda: "Nombre\tCargo\n".encode("utf-16"), "es texto (¿un CSV?)"),
        (lambda: b"<html><table></table></html>", "es una página web"),
        (lambda: b"%PDF-1.7 ...", "es un PDF"),
        (lambda: b"\x89PNG\0\0\0", "no es un libro de Excel"),
        (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "tiene contraseña. En Excel: Archivo"),
        (lambda: OLE + "Workbook".encode("utf-16-le"), "es del formato antiguo de Excel (.xls)"),
        (lambda: OLE, "tiene contraseña o es del formato antiguo"),
        (lambda: bueno()[:-200], "está dañado"),
        (lambda: bueno()[: len(bueno()) // 2], "está dañado"),
        (lambda: zip_de({"word/document.xml": b"<a/>", "[Content_Types].xml": b"<a/>"}), "es un documento de Word"),
        (lambda: zip_de({"ppt/presentation.xml": b"<a/>"}), "es una presentación"),
        (lambda: zip_de({"xl/workbook.bin": b"."}), "es un libro binario (.xlsb)"),
        (lambda: zip_de({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "es una hoja de OpenDocument (.ods)"),
        (lambda: zip_de({"mimetype": b"application/epub+zip"}), "no es un libro de Excel"),
        (lambda: zip_de({"Index/Document.iwa": b"."}), "es una hoja de Numbers"),
        (lambda: zip_de({"fotos/uno.txt": b"hola"}), "le faltan partes esenciales"),
        (lambda: con(quitar="[Content_Types].xml"), "le faltan partes esenciales"),
        (lambda: con(quitar="xl/workbook.xml"), "no es un libro de Excel o está dañado"),
        (lambda: con(quitar="xl/_rels/workbook.xml.rels"), "está dañado por dentro"),
        (lambda: con(quitar=HOJA_1), "está dañado por dentro"),
        (lambda: con(hoja=b"<worksheet><sheetData><row>"), "está dañado por dentro"),
        (lambda: con(hoja=b"\xff\xfe\x00basura"), "está dañado por dentro"),
        (lambda: con(estilos=b"<styleSheet><fonts><font></styleSheet>"), "está dañado por dentro"),
        (lambda: con(libro=b"esto no es XML"), "está dañado por dentro"),
        (lambda: con(libro=f'<workbook xmlns="{PRINCIPAL}"><sheets/></workbook>'.encode()), "no trae hojas de cálculo"),
        (lambda: cambiado(b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main", "xl/workbook.xml"), "está guardado como «Open XML estricto»"),
        (lambda: cambiado(b"worksheets/sheet1.xml", b"worksheets/sheet1.bin", "xl/_rels/workbook.xml.rels"), "está dañado por dentro"),
        (lambda: hoja('<row r="1"><c r="A1" s="9999"><v>1</v></c></row>'), "está dañado por dentro"),
        (lambda: hoja('<row r="1"><c r="A1" t="s"><v>7</v></c></row>'), "está dañado por dentro"),
        (lambda: hoja('<row r="uno"/>'), "está dañado por dentro"),
        (repetidas, "trae partes repetidas"),
        (entidades, "trae declaraciones que un archivo de Office no lleva"),
    ],
)  # fmt: skip
def test_lo_que_no_se_puede_leer_se_dice_con_su_remedio(
    tmp_path: Path, fabricar: Callable[[], bytes], dice: str
) -> None:
    ruta = tmp_path / "minuta 2.xlsx"
    ruta.write_bytes(fabricar())
    with pytest.raises(ArchivoInaccesible) as error:
        abrir(ruta)
    assert f"«minuta 2.xlsx» no se puede leer: {dice}" in str(error.value)
    assert str(error.value).endswith(".")


def test_un_estilo_que_no_existe_no_impide_leer(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    xfs = f'<styleSheet xmlns="{PRINCIPAL}"><cellXfs><xf fontId="0"/></cellXfs><cellStyles><cellStyle name="X" xfId="19"/></cellStyles></styleSheet>'
    ruta = tmp_path / "estilos.xlsx"
    ruta.write_bytes(con(estilos=xfs.encode()))
    assert abrir(ruta).hojas[0].en(1, 1).texto == "Ana"
    assert capfd.readouterr() == ("", "")


def test_un_libro_que_no_existe_sugiere_los_parecidos(tmp_path: Path) -> None:
    (tmp_path / "minuta.xlsx").write_bytes(bueno())
    with pytest.raises(ArchivoInaccesible, match=r"No existe «.*minuto\.xlsx»\. ¿Quiso decir «minuta\.xlsx»\?"):
        abrir(tmp_path / "minuto.xlsx")


@pytest.mark.parametrize(
    ("nombre", "dice"),
    [
        ("zz.xlsx", "En esa carpeta están: «minuta.xlsx»."),
        ("otra/minuta.xlsx", "Tampoco existe la carpeta"),
        ("vacia/minuta.xlsx", "En esa carpeta no hay libros de Excel."),
        ("vacia", "es una carpeta. Elija un libro"),
        ("~$minuta.xlsx", "es un archivo de trabajo de Excel, no un libro. Elija «minuta.xlsx»."),
        ("con\0nulo.xlsx", "No existe"),
        ("a" * 300, "Compruebe su nombre"),
    ],
)
def test_una_ruta_equivocada_se_dice(tmp_path: Path, nombre: str, dice: str) -> None:
    (tmp_path / "minuta.xlsx").write_bytes(bueno())
    (tmp_path / "vacia").mkdir()
    with pytest.raises(ArchivoInaccesible) as error:
        abrir(tmp_path / nombre)
    assert dice in str(error.value)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="sólo en Unix")
def test_una_tuberia_no_deja_esperando(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "minuta.xlsx")
    with pytest.raises(ArchivoInaccesible, match="no es un archivo"):
        abrir(tmp_path / "minuta.xlsx")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="el administrador puede leer todo")
def test_un_libro_sin_permiso_se_dice(tmp_path: Path) -> None:
    ruta = tmp_path / "minuta.xlsx"
    ruta.write_bytes(bueno())
    ruta.chmod(stat.S_IWUSR)
    with pytest.raises(ArchivoInaccesible, match="otro programa lo tiene ocupado o usted no tiene permiso"):
        abrir(ruta)


# --- lo que pretende agotar la máquina -------------------------------------------------------------


def filas(cuantas: int, celda: str) -> str:
    return "".join(
        f'<row r="{n}">' + "".join(celda.format(f"{c}{n}") for c in "ABCDEFGHIJ") + "</row>"
        for n in range(1, cuantas + 1)
    )


UNA = '<row r="1"><c r="A1"><v>1</v></c></row>'
TROZOS = '<c r="{}" t="inlineStr"><is><r><rPr><b/></rPr><t>Lic.</t></r><r><t> Ana</t></r></is></c>'

HOSTILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "una celda en la última esquina": (lambda: hoja('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "1"),
    "toda la hoja combinada": (lambda: hoja(UNA, '<mergeCells><mergeCell ref="A2:XFD1048576"/></mergeCells>'), "1"),
    "cien mil rangos combinados": (lambda: hoja(UNA, "<mergeCells>" + '<mergeCell ref="B2:B3"/>' * 100_000 + "</mergeCells>"), "demasiadas celdas combinadas"),
    "toda la hoja es una liga": (lambda: hoja(UNA, '<hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>'), "1"),
    "medio millón de celdas": (lambda: hoja(filas(50_000, '<c r="{}"><v>1</v></c>')), "500000"),
    "muchos textos con formato": (lambda: hoja(filas(20_000, TROZOS)), "200000"),
    "más de un millón de celdas": (lambda: hoja(filas(110_000, '<c r="{}"/>')), "demasiadas celdas"),
    "un millón de renglones": (lambda: hoja("<row/>" * 1_000_000), "demasiados renglones"),
    "etiquetas dentro de etiquetas": (lambda: hoja("<a>" * 300_000 + "</a>" * 300_000), "demasiados datos"),
    "un millón de letras": (lambda: con(estilos=f'<styleSheet xmlns="{PRINCIPAL}"><fonts>{"<font><b/></font>" * 1_300_000}</fonts></styleSheet>'.encode()), "demasiados datos"),
    "muchos avisos en una hoja": (lambda: hoja(UNA, f'<dataValidations><dataValidation sqref="{" ".join(f"A{n}" for n in range(1, 200_000))}"/></dataValidations>'), "1"),
    "bomba de ceros": (lambda: con(hoja=b"0" * (210 * 2**20)), "descomprimido es demasiado grande"),
    "un texto de setenta megas": (lambda: hoja(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 70_000_000}</t></is></c></row>'), "1"),
    "demasiados datos": (lambda: hoja(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"a" * 90_000_000}</t></is></c></row>'), "demasiados datos"),
}  # fmt: skip

ABRIR_APARTE = """
import resource, sys, time
from pathlib import Path
from generador.hallazgos import ArchivoInaccesible
from generador.libro.lectura import abrir
comienzo = time.process_time()
try:
    dicho = str(sum(len(hoja.celdas) for hoja in abrir(Path(sys.argv[1])).hojas))
except ArchivoInaccesible as error:
    dicho = str(error)
print(time.process_time() - comienzo, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, dicho)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss se mide en KiB sólo en Linux")
@pytest.mark.parametrize("caso", HOSTILES)
def test_nada_agota_el_tiempo_ni_la_memoria(tmp_path: Path, caso: str) -> None:
    fabricar, dice = HOSTILES[caso]
    ruta = tmp_path / "hostil.xlsx"
    ruta.write_bytes(fabricar())
    orden = [sys.executable, "-c", ABRIR_APARTE, str(ruta)]
    salida = subprocess.run(orden, capture_output=True, text=True, check=True, timeout=120).stdout
    segundos, mebibytes, dicho = salida.split(maxsplit=2)
    assert dice in dicho
    assert float(segundos) < 10
    assert int(mebibytes) < 500
