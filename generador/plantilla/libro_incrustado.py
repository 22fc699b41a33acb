"""El libro de Excel que va dentro de cada gráfica: lo que abre «Editar datos».

Se escribe a mano porque es mínimo y siempre igual: una hoja, un renglón de encabezados, textos y
cifras. Así componer un documento no carga openpyxl.
"""

import re

from generador.celdas import en_un_renglon, letras
from generador.grafica import Cifra, Grafica
from generador.ooxml import RELACION, TIPO, TIPO_DE_RELACION, R, empaquetar, escapado

HOJA = "Datos"
_DECLARACION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TIPO_DE_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PARECE_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel leería «_x0041_» como «A»

_TIPOS = (
    f'<Types xmlns="{TIPO.strip("{}")}">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TIPO_DE_EXCEL}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TIPO_DE_EXCEL}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TIPO_DE_EXCEL}.styles+xml"/></Types>'
)
_LIBRO = (
    f'<workbook xmlns="{_S}" xmlns:r="{R.strip("{}")}">'
    f'<sheets><sheet name="{HOJA}" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_ESTILOS = (
    f'<styleSheet xmlns="{_S}"><numFmts count="1"><numFmt numFmtId="164" formatCode="{{}}"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_DE_TEXTO, _DE_ENCABEZADO, _DE_CIFRA = 0, 1, 2  # lugares en cellXfs


def libro(grafica: Grafica) -> bytes:
    """El .xlsx con los datos: hoja «Datos», categorías en la columna A y una columna por serie."""
    partes = {
        "[Content_Types].xml": _TIPOS,
        "_rels/.rels": _relaciones(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": _LIBRO,
        "xl/_rels/workbook.xml.rels": _relaciones(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        "xl/worksheets/sheet1.xml": _hoja(grafica),
        "xl/styles.xml": _ESTILOS.format(escapado(grafica.formato)),
    }
    return empaquetar({nombre: (_DECLARACION + xml).encode() for nombre, xml in partes.items()})


def rango(columna: int, cuantos: int) -> str:
    """Dónde quedan los datos de una columna: ``(2, 12)`` → ``"Datos!$B$2:$B$13"``."""
    letra = letras(columna)
    return f"{HOJA}!${letra}$2:${letra}${cuantos + 1}"


def encabezado(columna: int) -> str:
    """Dónde queda el nombre de una columna: ``2`` → ``"Datos!$B$1"``."""
    return f"{HOJA}!${letras(columna)}$1"


def _relaciones(*relaciones: tuple[str, str]) -> str:
    dentro = "".join(
        f'<Relationship Id="rId{numero}" Type="{TIPO_DE_RELACION}{tipo}" Target="{objetivo}"/>'
        for numero, (tipo, objetivo) in enumerate(relaciones, 1)
    )
    return f'<Relationships xmlns="{RELACION.strip("{}")}">{dentro}</Relationships>'


def _hoja(grafica: Grafica) -> str:
    encabezados = ["", *(serie.nombre for serie in grafica.series)]
    filas = [_fila(1, [_texto(letras(n) + "1", nombre, _DE_ENCABEZADO) for n, nombre in enumerate(encabezados, 1)])]
    for numero, categoria in enumerate(grafica.categorias, 2):
        cifras = (
            _cifra(f"{letras(n)}{numero}", serie.valores[numero - 2]) for n, serie in enumerate(grafica.series, 2)
        )
        filas.append(_fila(numero, [_texto(f"A{numero}", categoria, _DE_TEXTO), *cifras]))
    return (
        f'<worksheet xmlns="{_S}"><cols><col min="1" max="1" width="28" customWidth="1"/>'
        f'<col min="2" max="{len(encabezados)}" width="18" customWidth="1"/></cols>'
        f"<sheetData>{''.join(filas)}</sheetData></worksheet>"
    )


def _fila(numero: int, celdas: list[str]) -> str:
    return f'<row r="{numero}">{"".join(celdas)}</row>'


def _texto(lugar: str, texto: str, estilo: int) -> str:
    plano = en_un_renglon(texto)
    if not plano:
        return ""
    dicho = escapado(_PARECE_ESCAPE.sub("_x005F_", plano))
    return f'<c r="{lugar}" s="{estilo}" t="inlineStr"><is><t>{dicho}</t></is></c>'


def _cifra(lugar: str, valor: Cifra) -> str:
    return "" if valor is None else f'<c r="{lugar}" s="{_DE_CIFRA}"><v>{valor!r}</v></c>'
