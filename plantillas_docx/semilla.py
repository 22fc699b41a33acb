"""Fabrica desde cero las plantillas de Word de esta carpeta: ``python plantillas_docx/semilla.py``.

Primero, lo común a todo documento (tema, estilos, listas, ajustes); después, cada documento. Ningún
párrafo lleva formato propio: todo se dice con estilos, y quien sepa Word los cambia en un solo sitio.
Las medidas van en vigésimos de punto (567 = 1 cm), como en el formato de Word; el cuerpo de letra, en
medios puntos. Tipografía: Cambria para leer y Calibri para rotular, que en Linux se sustituyen por
Caladea y Carlito con los mismos anchos; un solo color, carbón, que no es el de ningún partido.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from generador.ooxml import empaquetar

CARPETA = Path(__file__).parent
TINTA = "2F3A45"  # títulos, rayas de firma
GRIS = "59636D"  # notas y encabezados de página; en papel blanco conserva contraste 6:1
HILO = "A9B1B8"  # líneas finas

ANCHO_DE_HOJA, ALTO_DE_HOJA = 12240, 15840  # carta
MARGEN_IZQUIERDO, MARGEN_DERECHO = 1701, 1417
ANCHO = ANCHO_DE_HOJA - MARGEN_IZQUIERDO - MARGEN_DERECHO  # 9122: el ancho del texto

_DECLARACION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org"
_RELACION = f"{_OFFICE}/officeDocument/2006/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument"


# ── Piezas del cuerpo ──────────────────────────────────────────────────────────────────────────────


def identificador(nombre: str) -> str:
    """El identificador de un estilo a partir de su nombre: ``"Orden del día"`` → ``"OrdenDelDia"``."""
    plano = "".join(c for c in unicodedata.normalize("NFKD", nombre) if not unicodedata.combining(c))
    return "".join(palabra[0].upper() + palabra[1:] for palabra in re.findall(r"\w+", plano))


def tramo(texto: str, estilo: str = "") -> str:
    """Un tramo de texto (``w:r``), con estilo de carácter si se le da."""
    formato = f'<w:rPr><w:rStyle w:val="{identificador(estilo)}"/></w:rPr>' if estilo else ""
    return f'<w:r>{formato}<w:t xml:space="preserve">{escape(texto)}</w:t></w:r>'


def campo(codigo: str, guardado: str) -> str:
    """Un campo de Word (PAGE, NUMPAGES) con el texto que muestra mientras nadie lo recalcula."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {codigo} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{tramo(guardado)}'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def parrafo(estilo: str, texto: str, *, rotulo: str = "") -> str:
    """Un párrafo con su estilo: ``parrafo("Dato", "{{ x }}", rotulo="Fecha:")`` se lee «Fecha: {{ x }}»."""
    inicio = tramo(rotulo, "Rótulo") + tramo(" ") if rotulo else ""
    return _parrafo(estilo, inicio + tramo(texto))


def _parrafo(estilo: str, tramos: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{identificador(estilo)}"/></w:pPr>{tramos}</w:p>'


def orden(codigo: str) -> str:
    """Una orden de la plantilla, sola en su párrafo: ``orden("endif")`` → ``{%p endif %}``."""
    return parrafo("Orden de plantilla", f"{{%p {codigo} %}}")


def si(condicion: str, cuerpo: str, si_no: str = "") -> str:
    """El cuerpo sólo si se cumple la condición; si no, ``si_no``."""
    return orden(f"if {condicion}") + cuerpo + (orden("else") + si_no if si_no else "") + orden("endif")


def segun(casos: Mapping[str, str], si_no: str = "") -> str:
    """El cuerpo del primer caso cuya condición se cumple: ``{condición: cuerpo}``."""
    ramas = "".join(
        orden(f"{'elif' if i else 'if'} {condicion}") + cuerpo for i, (condicion, cuerpo) in enumerate(casos.items())
    )
    return ramas + (orden("else") + si_no if si_no else "") + orden("endif")


def cada(variable: str, lista: str, cuerpo: str) -> str:
    """El cuerpo, una vez por cada elemento de la lista."""
    return orden(f"for {variable} in {lista}") + cuerpo + orden("endfor")


# ── Piezas de tabla ────────────────────────────────────────────────────────────────────────────────


def celda(ancho: int, cuerpo: str, *, columnas: int = 1, sangria: int = 0) -> str:
    """Una celda; ``columnas`` es cuántas abarca, y ``sangria`` el aire que deja a cada lado."""
    abarca = f'<w:gridSpan w:val="{columnas}"/>' if columnas > 1 else ""
    aire = (
        f'<w:tcMar><w:left w:w="{sangria}" w:type="dxa"/><w:right w:w="{sangria}" w:type="dxa"/></w:tcMar>'
        if sangria
        else ""
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{ancho}" w:type="dxa"/>{abarca}{aire}</w:tcPr>{cuerpo}</w:tc>'


def renglon(*celdas: str, encabezado: bool = False) -> str:
    """Un renglón que no se parte entre páginas; el de encabezado se repite en cada una."""
    repetido = "<w:tblHeader/>" if encabezado else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repetido}</w:trPr>{''.join(celdas)}</w:tr>"


def orden_de_renglon(codigo: str, columnas: int) -> str:
    """Una orden de la plantilla, sola en su renglón: ``{%tr endfor %}``."""
    etiqueta = parrafo("Orden de plantilla", f"{{%tr {codigo} %}}")
    return renglon(celda(ANCHO, etiqueta, columnas=columnas))


def cada_renglon(variable: str, lista: str, renglones: str, columnas: int) -> str:
    """Los renglones, una vez por cada elemento de la lista."""
    inicio = orden_de_renglon(f"for {variable} in {lista}", columnas)
    return inicio + renglones + orden_de_renglon("endfor", columnas)


def tabla(
    estilo: str, anchos: tuple[int, ...], renglones: str, *, titulo: str, descripcion: str, encabezado: bool
) -> str:
    """Una tabla de ancho fijo, con título y descripción para quien la oye en vez de verla."""
    rejilla = "".join(f'<w:gridCol w:w="{ancho}"/>' for ancho in anchos)
    primera = int(encabezado)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{identificador(estilo)}"/>'
        f'<w:tblW w:w="{sum(anchos)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="00{primera * 2}0" w:firstRow="{primera}" w:lastRow="0" w:firstColumn="0" '
        'w:lastColumn="0" w:noHBand="0" w:noVBand="0"/>'
        f"<w:tblCaption w:val={quoteattr(titulo)}/><w:tblDescription w:val={quoteattr(descripcion)}/>"
        f"</w:tblPr><w:tblGrid>{rejilla}</w:tblGrid>{renglones}</w:tbl>"
    )


# ── Estilos ────────────────────────────────────────────────────────────────────────────────────────


def _espacio(antes: int = 0, despues: int = 0, linea: int = 0) -> str:
    interlinea = f' w:line="{linea}" w:lineRule="auto"' if linea else ""
    return f'<w:spacing w:before="{antes}" w:after="{despues}"{interlinea}/>'


def _linea(lado: str, color: str, grosor: int = 4, separacion: int = 4) -> str:
    return f'<w:{lado} w:val="single" w:sz="{grosor}" w:space="{separacion}" w:color="{color}"/>'


def _sangria(izquierda: int = 0, derecha: int = 0, francesa: int = 0) -> str:
    colgante = f' w:hanging="{francesa}"' if francesa else ""
    return f'<w:ind w:left="{izquierda}" w:right="{derecha}"{colgante}/>'


def _lista(numero: int) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numero}"/></w:numPr>'


def _alineado(como: str) -> str:
    return f'<w:jc w:val="{como}"/>'


def _nivel(esquema: int) -> str:
    return f'<w:outlineLvl w:val="{esquema}"/>'


def _letra(cuerpo: int = 0, *, rotular: bool = False, formato: str = "", color: str = "", separada: int = 0) -> str:
    """Propiedades de la letra; ``cuerpo`` en medios puntos, ``rotular`` es la letra de los títulos."""
    fuente = (
        '<w:rFonts w:asciiTheme="majorHAnsi" w:hAnsiTheme="majorHAnsi" w:eastAsiaTheme="majorEastAsia" '
        'w:cstheme="majorBidi"/>'
        if rotular
        else ""
    )
    return (
        fuente
        + formato
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:spacing w:val="{separada}"/>' if separada else "")
        + (f'<w:sz w:val="{cuerpo}"/><w:szCs w:val="{cuerpo}"/>' if cuerpo else "")
    )


_NEGRITA = "<w:b/><w:bCs/>"
_CURSIVA = "<w:i/><w:iCs/>"
_MAYUSCULAS = "<w:caps/>"
_CON_EL_SIGUIENTE = "<w:keepNext/>"
_SIN_PARTIR = "<w:keepLines/>"
_JUNTO = _CON_EL_SIGUIENTE + _SIN_PARTIR

# Nombres con que Word reconoce sus estilos; cada Word los muestra en su idioma («Título 1», «Cita»).
_DE_WORD = {
    "Título": "Title",
    "Subtítulo": "Subtitle",
    "Título 1": "heading 1",
    "Título 2": "heading 2",
    "Encabezado": "header",
    "Pie de página": "footer",
    "Cita": "Quote",
    "Hipervínculo": "Hyperlink",
}


def _estilo(
    nombre: str,
    parrafos: str = "",
    letra: str = "",
    *,
    base: str = "Normal",
    siguiente: str = "",
    oculto: bool = False,
) -> str:
    """Un estilo de párrafo."""
    suyo = identificador(nombre)
    ajeno = '<w:uiPriority w:val="99"/><w:semiHidden/>' if oculto else '<w:uiPriority w:val="1"/><w:qFormat/>'
    propio = "" if nombre in _DE_WORD else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{propio} w:styleId="{suyo}">'
        f'<w:name w:val="{_DE_WORD.get(nombre, nombre)}"/><w:basedOn w:val="{identificador(base)}"/>'
        f'<w:next w:val="{identificador(siguiente or nombre)}"/>{ajeno}'
        + (f"<w:pPr>{parrafos}</w:pPr>" if parrafos else "")
        + (f"<w:rPr>{letra}</w:rPr>" if letra else "")
        + "</w:style>"
    )


def _estilo_de_caracter(nombre: str, letra: str) -> str:
    propio = "" if nombre in _DE_WORD else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{propio} w:styleId="{identificador(nombre)}">'
        f'<w:name w:val="{_DE_WORD.get(nombre, nombre)}"/>'
        '<w:basedOn w:val="FuenteDePredeterminada"/><w:uiPriority w:val="2"/><w:qFormat/>'
        f"<w:rPr>{letra}</w:rPr></w:style>"
    )


def _estilo_de_tabla(identidad: str, nombre: str, bordes: str, margenes: str, primera: str = "") -> str:
    propio = "" if nombre == "Table Grid" else ' w:customStyle="1"'
    encabezado = f'<w:tblStylePr w:type="firstRow">{primera}</w:tblStylePr>' if primera else ""
    return (
        f'<w:style w:type="table"{propio} w:styleId="{identidad}"><w:name w:val="{nombre}"/>'
        '<w:basedOn w:val="TablaNormal"/><w:uiPriority w:val="3"/>'
        f"<w:tblPr>{bordes}{margenes}</w:tblPr>{encabezado}</w:style>"
    )


def _margenes(arriba: int, lados: int, abajo: int) -> str:
    medidas = {"top": arriba, "left": lados, "bottom": abajo, "right": lados}
    celdas = "".join(f'<w:{lado} w:w="{medida}" w:type="dxa"/>' for lado, medida in medidas.items())
    return f"<w:tblCellMar>{celdas}</w:tblCellMar>"


_BASICOS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" '
    'w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="es-MX" w:eastAsia="es-MX" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
    "<w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>"
    '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" '
    'w:defUnhideWhenUsed="1" w:defQFormat="0" w:count="376"/>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
    "</w:style>"
    '<w:style w:type="character" w:default="1" w:styleId="FuenteDePredeterminada">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TablaNormal"><w:name w:val="Normal Table"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
    f"{_margenes(0, 108, 0)}</w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="SinLista"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)

_ESTILOS_COMUNES = (
    # Texto
    _estilo("Párrafo", _espacio(0, 140, 276) + _alineado("both")),
    _estilo("Viñeta", _lista(2) + _espacio(0, 100, 269), base="Párrafo"),
    _estilo("Lista numerada", _lista(3) + _espacio(0, 100, 269), base="Párrafo"),
    _estilo("Cita", _espacio(60, 200, 259) + _sangria(567, 567), _letra(21), base="Párrafo"),
    # Títulos
    _estilo(
        "Título",
        _JUNTO + _espacio(120, 40) + _alineado("center"),
        _letra(36, rotular=True, formato=_NEGRITA, color=TINTA),
        siguiente="Subtítulo",
    ),
    _estilo(
        "Subtítulo",
        _JUNTO + _espacio(0, 320) + _alineado("center"),
        _letra(26, rotular=True, color=GRIS),
        siguiente="Párrafo",
    ),
    _estilo(
        "Título 1",
        _JUNTO + _espacio(400, 160) + _nivel(0),
        _letra(28, rotular=True, formato=_NEGRITA, color=TINTA),
        siguiente="Párrafo",
    ),
    _estilo("Título 1 en hoja nueva", "<w:pageBreakBefore/>" + _espacio(0, 240), base="Título 1", siguiente="Párrafo"),
    _estilo(
        "Título 2",
        _JUNTO + _espacio(280, 100) + _nivel(1),
        _letra(24, rotular=True, formato=_NEGRITA, color=TINTA),
        siguiente="Párrafo",
    ),
    # Membrete y páginas
    _estilo(
        "Encabezado",
        f"<w:pBdr>{_linea('bottom', HILO, 4, 5)}</w:pBdr>",
        _letra(18, rotular=True, color=GRIS),
    ),
    _estilo("Pie de página", _alineado("center"), _letra(18, rotular=True, color=GRIS)),
    _estilo(
        "Institución",
        _espacio() + _alineado("center"),
        _letra(24, rotular=True, formato=_NEGRITA + _MAYUSCULAS, color=TINTA, separada=24),
    ),
    _estilo(
        "Órgano",
        f"<w:pBdr>{_linea('bottom', TINTA, 6, 6)}</w:pBdr>" + _espacio(20, 80) + _alineado("center"),
        _letra(22, rotular=True, color=GRIS),
    ),
    _estilo(
        "Leyenda oficial",
        _espacio(0, 160) + _alineado("center"),
        _letra(18, rotular=True, formato=_CURSIVA, color=GRIS),
    ),
    # Tablas
    _estilo("Celda", _espacio(0, 0, 252), _letra(21)),
    _estilo("Nota de celda", _espacio(20, 0), _letra(19, rotular=True, color=GRIS), base="Celda"),
    _estilo(
        "Encabezado de tabla",
        _JUNTO,
        _letra(19, rotular=True, formato=_NEGRITA, color=TINTA),
        base="Celda",
    ),
    # Firmas
    _estilo(
        "Leyenda de firmas",
        _JUNTO + _espacio(0, 120, 264) + _alineado("center"),
        _letra(21, rotular=True, formato=_NEGRITA, color=TINTA, separada=6),
    ),
    _estilo(
        "Firmante",
        _SIN_PARTIR + f"<w:pBdr>{_linea('top', TINTA, 6, 5)}</w:pBdr>" + _espacio(1020, 0) + _alineado("center"),
        _letra(21, rotular=True, formato=_NEGRITA),
        siguiente="Cargo",
    ),
    _estilo("Cargo", _SIN_PARTIR + _espacio(20, 0) + _alineado("center"), _letra(20, rotular=True)),
    _estilo(
        "Nota de firma",
        _SIN_PARTIR + _espacio(40, 0) + _alineado("center"),
        _letra(18, rotular=True, formato=_CURSIVA, color=GRIS),
    ),
    # Lo que no se imprime
    _estilo(
        "Orden de plantilla",
        "",
        _letra(16, rotular=True, color="8A5A00"),
        oculto=True,
    ),
    _estilo(
        "Fin de documento",
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        _letra(2, formato="<w:vanish/>"),
        oculto=True,
    ),
    # De carácter
    _estilo_de_caracter("Rótulo", _letra(rotular=True, formato=_NEGRITA, color=TINTA)),
    _estilo_de_caracter("Hipervínculo", '<w:color w:val="1F4E79"/><w:u w:val="single"/>'),
    # De tabla
    _estilo_de_tabla(
        "TablaConCuadricula",
        "Table Grid",
        "<w:tblBorders>"
        + "".join(_linea(lado, "auto", 4, 0) for lado in ("top", "left", "bottom", "right", "insideH", "insideV"))
        + "</w:tblBorders>",
        "",
    ),
    _estilo_de_tabla(
        "TablaSobria",
        "Tabla sobria",
        f"<w:tblBorders>{_linea('top', TINTA, 8, 0)}{_linea('bottom', TINTA, 8, 0)}"
        f"{_linea('insideH', HILO, 4, 0)}</w:tblBorders>",
        _margenes(70, 100, 70),
        f'<w:tcPr><w:tcBorders>{_linea("bottom", TINTA, 6, 0)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>',
    ),
    _estilo_de_tabla("TablaDeFirmas", "Tabla de firmas", "", _margenes(0, 240, 120)),
)

_ESTILOS_DE_LA_MINUTA = (
    _estilo("Identificación", _CON_EL_SIGUIENTE + _espacio(0, 60, 264)),
    _estilo("Ausencias", _espacio(160, 0), base="Párrafo"),
    _estilo("Punto del orden del día", _lista(1) + _espacio(0, 110, 264) + _alineado("left"), base="Párrafo"),
    _estilo(
        "Subtítulo del punto",
        _JUNTO + _espacio(200, 80),
        _letra(22, rotular=True, formato=_NEGRITA + _CURSIVA, color=TINTA),
        siguiente="Párrafo",
    ),
    _estilo(
        "Acuerdo",
        f"<w:pBdr>{_linea('left', TINTA, 18, 10)}</w:pBdr>" + _espacio(120, 220, 269) + _sangria(397, 0),
        base="Párrafo",
    ),
    _estilo(
        "Votación nominal",
        _SIN_PARTIR + _espacio(0, 140, 276) + _sangria(397) + "<w:contextualSpacing/>",
        base="Párrafo",
    ),
    _estilo("Cierre", _SIN_PARTIR + _espacio(240, 140, 276), base="Párrafo"),
    _estilo("Anexo", _espacio(0, 100, 264) + _sangria(340, 0, 340) + _alineado("left"), base="Párrafo"),
)


def _parte_de_estilos(propios: tuple[str, ...]) -> str:
    return f"<w:styles {_W}>{_BASICOS}{''.join(_ESTILOS_COMUNES + propios)}</w:styles>"


# ── Listas ─────────────────────────────────────────────────────────────────────────────────────────


def _molde_de_lista(formato: str, texto: str, estilo: str, izquierda: int, francesa: int) -> str:
    """Una lista de un solo nivel; el número o la viñeta van en la letra de los títulos."""
    return (
        f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{formato}"/><w:pStyle w:val="{identificador(estilo)}"/>'
        f'<w:lvlText w:val="{texto}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{_sangria(izquierda, 0, francesa)}</w:pPr><w:rPr>{_letra(rotular=True)}</w:rPr></w:lvl>"
    )


_LISTAS = (  # numId 1, 2 y 3
    _molde_de_lista("decimal", "%1.", "Punto del orden del día", 454, 454),
    _molde_de_lista("bullet", "•", "Viñeta", 680, 340),
    _molde_de_lista("decimal", "%1.", "Lista numerada", 737, 397),
)


def _parte_de_listas() -> str:
    moldes = "".join(f'<w:abstractNum w:abstractNumId="{i}">{molde}</w:abstractNum>' for i, molde in enumerate(_LISTAS))
    listas = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(_LISTAS)))
    return f"<w:numbering {_W}>{moldes}{listas}</w:numbering>"


# ── Tema, fuentes y ajustes ────────────────────────────────────────────────────────────────────────

_COLORES = {
    "dk1": "000000", "lt1": "FFFFFF", "dk2": TINTA, "lt2": "EEF0F2", "accent1": TINTA, "accent2": GRIS,
    "accent3": HILO, "accent4": "7A6A4F", "accent5": "4F6A7A", "accent6": "6B7A4F", "hlink": "1F4E79",
    "folHlink": GRIS,
}  # fmt: skip


def _parte_del_tema() -> str:
    colores = "".join(f'<a:{n}><a:srgbClr val="{v}"/></a:{n}>' for n, v in _COLORES.items())
    fuentes = "".join(
        f'<a:{cual}Font><a:latin typeface="{letra}"/><a:ea typeface=""/><a:cs typeface=""/></a:{cual}Font>'
        for cual, letra in (("major", "Calibri"), ("minor", "Cambria"))
    )
    relleno = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    trazos = "".join(f'<a:ln w="{grosor}">{relleno}</a:ln>' for grosor in (6350, 12700, 19050))
    efectos = "<a:effectStyle><a:effectLst/></a:effectStyle>" * 3
    return (
        f'<a:theme xmlns:a="{_OFFICE}/drawingml/2006/main" name="Institucional"><a:themeElements>'
        f'<a:clrScheme name="Carbón">{colores}</a:clrScheme>'
        f'<a:fontScheme name="Calibri y Cambria">{fuentes}</a:fontScheme>'
        f'<a:fmtScheme name="Institucional"><a:fillStyleLst>{relleno * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{trazos}</a:lnStyleLst><a:effectStyleLst>{efectos}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{relleno * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )


def _parte_de_fuentes() -> str:
    familias = (("Calibri", "swiss", "020F0502020204030204"), ("Cambria", "roman", "02040503050406030204"))
    fuentes = "".join(
        f'<w:font w:name="{nombre}"><w:panose1 w:val="{panose}"/><w:charset w:val="00"/>'
        f'<w:family w:val="{familia}"/><w:pitch w:val="variable"/></w:font>'
        for nombre, familia, panose in familias
    )
    return f"<w:fonts {_W}>{fuentes}</w:fonts>"


def _parte_de_ajustes() -> str:
    de_word = "http://schemas.microsoft.com/office/word"
    modernos = {
        "compatibilityMode": 15,  # Word 2013 en adelante: sin «modo de compatibilidad»
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
        "differentiateMultirowTableHeaders": 1,
    }
    compatibles = "".join(
        f'<w:compatSetting w:name="{nombre}" w:uri="{de_word}" w:val="{valor}"/>' for nombre, valor in modernos.items()
    )
    return (
        f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat><w:doNotExpandShiftReturn/>{compatibles}</w:compat><w:themeFontLang w:val="es-MX"/>'
        '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" '
        'w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" '
        'w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


# ── Páginas y paquete ──────────────────────────────────────────────────────────────────────────────


def _membrete() -> str:
    return (
        si("organo.institucion", parrafo("Institución", "{{ organo.institucion }}"))
        + parrafo("Órgano", "{{ organo.nombre }}")
        + si("organo.leyenda", parrafo("Leyenda oficial", "{{ organo.leyenda }}"))
    )


def _pie() -> str:
    numeros = tramo("Página ") + campo("PAGE", "1") + tramo(" de ") + campo("NUMPAGES", "1")
    return _parrafo("Pie de página", numeros)


def _seccion() -> str:
    """Tamaño de hoja, márgenes, y qué encabezado y pie lleva la primera página y las demás."""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId6"/>'
        '<w:headerReference w:type="first" r:id="rId7"/><w:footerReference w:type="default" r:id="rId8"/>'
        '<w:footerReference w:type="first" r:id="rId9"/>'
        f'<w:pgSz w:w="{ANCHO_DE_HOJA}" w:h="{ALTO_DE_HOJA}"/>'
        f'<w:pgMar w:top="1701" w:right="{MARGEN_DERECHO}" w:bottom="1417" w:left="{MARGEN_IZQUIERDO}" '
        'w:header="794" w:footer="680" w:gutter="0"/><w:cols w:space="708"/><w:titlePg/></w:sectPr>'
    )


_PARTES = {  # parte: (tipo de contenido, tipo de relación), en el orden de rId1, rId2…
    "styles.xml": ("styles", "styles"),
    "numbering.xml": ("numbering", "numbering"),
    "settings.xml": ("settings", "settings"),
    "fontTable.xml": ("fontTable", "fontTable"),
    "theme/theme1.xml": ("", "theme"),
    "header1.xml": ("header", "header"),
    "header2.xml": ("header", "header"),
    "footer1.xml": ("footer", "footer"),
    "footer2.xml": ("footer", "footer"),
}


def _tipos_de_contenido() -> str:
    propios = {f"/word/{p}": f"{_TIPO}.wordprocessingml.{tipo}+xml" for p, (tipo, _) in _PARTES.items() if tipo}
    todos = {
        "/word/document.xml": f"{_TIPO}.wordprocessingml.document.main+xml",
        **propios,
        "/word/theme/theme1.xml": f"{_TIPO}.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_TIPO}.extended-properties+xml",
    }
    partes = "".join(f'<Override PartName="{n}" ContentType="{t}"/>' for n, t in todos.items())
    return (
        f'<Types xmlns="{_OFFICE}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{partes}</Types>'
    )


def _relaciones(destinos: Mapping[str, str]) -> str:
    lista = "".join(
        f'<Relationship Id="rId{i}" Type="{tipo}" Target="{destino}"/>'
        for i, (destino, tipo) in enumerate(destinos.items(), start=1)
    )
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships">{lista}</Relationships>'


def _propiedades(titulo: str) -> str:
    return (
        f'<cp:coreProperties xmlns:cp="{_OFFICE}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(titulo)}</dc:title><dc:language>es-MX</dc:language></cp:coreProperties>"
    )


def documento(titulo: str, cuerpo: str, encabezado: str, estilos: tuple[str, ...]) -> bytes:
    """La plantilla completa, como archivo de Word.

    ``cuerpo`` y ``encabezado`` (el de la segunda página en adelante) son párrafos y tablas ya escritos;
    ``estilos``, los que sólo usa este documento.
    """
    raiz = {
        "word/document.xml": f"{_RELACION}/officeDocument",
        "docProps/core.xml": f"{_OFFICE}/package/2006/relationships/metadata/core-properties",
        "docProps/app.xml": f"{_RELACION}/extended-properties",
    }
    partes = {
        "[Content_Types].xml": _tipos_de_contenido(),
        "_rels/.rels": _relaciones(raiz),
        "word/document.xml": f"<w:document {_W}><w:body>{cuerpo}{_seccion()}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relaciones(
            {parte: f"{_RELACION}/{relacion}" for parte, (_, relacion) in _PARTES.items()}
        ),
        "word/styles.xml": _parte_de_estilos(estilos),
        "word/numbering.xml": _parte_de_listas(),
        "word/settings.xml": _parte_de_ajustes(),
        "word/fontTable.xml": _parte_de_fuentes(),
        "word/theme/theme1.xml": _parte_del_tema(),
        "word/header1.xml": f"<w:hdr {_W}>{encabezado}</w:hdr>",
        "word/header2.xml": f"<w:hdr {_W}>{_membrete()}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{_pie()}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {_W}>{_pie()}</w:ftr>",
        "docProps/core.xml": _propiedades(titulo),
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties"/>',
    }
    return empaquetar({nombre: (_DECLARACION + xml).encode() for nombre, xml in partes.items()})


# ── La minuta ──────────────────────────────────────────────────────────────────────────────────────


def _encabezado() -> str:
    return si(
        "organo.institucion",
        parrafo("Encabezado", "{{ organo.institucion }} · {{ sesion.titulo }}"),
        parrafo("Encabezado", "{{ sesion.titulo }}"),
    )


def _identificacion() -> str:
    dato = "Identificación"
    return (
        parrafo("Título", "{{ sesion.titulo }}")
        + parrafo("Subtítulo", "{{ organo.del_nombre }}")
        + parrafo(dato, "{{ sesion.fecha }}", rotulo="Fecha:")
        + parrafo(dato, "{{ sesion.lugar }}", rotulo="Lugar:")
        + parrafo(dato, "{{ sesion.hora }}", rotulo="Hora:")
        + si("sesion.modalidad", parrafo(dato, "{{ sesion.modalidad }}", rotulo="Modalidad:"))
        + si("sesion.convocatoria", parrafo(dato, "{{ sesion.convocatoria }}", rotulo="Convocatoria:"))
    )


def _asistencia() -> str:
    anchos = (3742, ANCHO - 3742)
    encabezado = renglon(
        celda(anchos[0], parrafo("Encabezado de tabla", "Nombre")),
        celda(anchos[1], parrafo("Encabezado de tabla", "Cargo")),
        encabezado=True,
    )
    persona = renglon(
        celda(anchos[0], parrafo("Celda", "{{ asistente.nombre }}")),
        celda(
            anchos[1],
            parrafo("Celda", "{{ asistente.cargo }}")
            + si("asistente.suplencia", parrafo("Nota de celda", "{{ asistente.suplencia }}")),
        ),
    )
    lista = tabla(
        "Tabla sobria",
        anchos,
        encabezado + cada_renglon("asistente", "asistentes", persona, columnas=2),
        titulo="Lista de asistencia",
        descripcion="Nombre y cargo de cada persona que asistió a la sesión.",
        encabezado=True,
    )
    justificadas = si(
        "ausencias.justificaron_varias",
        parrafo("Ausencias", "Justificaron su ausencia {{ ausencias.justificadas }}."),
        parrafo("Ausencias", "Justificó su ausencia {{ ausencias.justificadas }}."),
    )
    sin_justificar = si(
        "ausencias.faltaron_varias",
        parrafo("Ausencias", "No asistieron {{ ausencias.sin_justificar }}."),
        parrafo("Ausencias", "No asistió {{ ausencias.sin_justificar }}."),
    )
    return (
        si("asistentes", parrafo("Título 1", "Lista de Asistencia") + lista)
        + si("ausencias.justificadas", justificadas)
        + si("ausencias.sin_justificar", sin_justificar)
    )


def _orden_del_dia() -> str:
    punto = si(
        "asunto.presenta",
        parrafo("Punto del orden del día", "{{ asunto.titulo }} [{{ asunto.presenta }}]"),
        parrafo("Punto del orden del día", "{{ asunto.titulo }}"),
    )
    lista = parrafo("Título 1", "Orden del Día") + cada("asunto", "orden_del_dia", punto)
    return si("orden_del_dia", lista)


def _apertura() -> str:
    inicio = "{{ presidencia.presentacion|mayuscula_inicial }}, dio inicio a la {{ sesion.nombre_completo }}."
    quorum = (
        "Por instrucciones {{ presidencia.del_cargo }}, {{ secretaria.el_cargo }}, {{ secretaria.nombre }}, "
        "verificó la existencia de quórum, con la asistencia de {{ quorum.presentes }} de "
        "{{ quorum.total }} integrantes con derecho a voto."
    )
    return si("punto.apertura", parrafo("Párrafo", inicio) + parrafo("Párrafo", quorum))


def _entradas_y_salidas(lista: str, uno: str, varios: str, efecto: str) -> str:
    sujeto = "{{ movimiento.quienes|mayuscula_inicial }}"
    cuenta = "con ello " + efecto + " {{ movimiento.presentes }} de {{ movimiento.total }} integrantes"
    frases = {
        verbo: parrafo("Párrafo", f"{sujeto} {verbo} la sesión; {cuenta} con derecho a voto.")
        for verbo in (uno, varios)
    }
    return cada("movimiento", lista, si("movimiento.varias", frases[varios], frases[uno]))


def _bloques() -> str:
    tipos = {
        "vineta": "Viñeta",
        "numerado": "Lista numerada",
        "subtitulo": "Subtítulo del punto",
        "cita": "Cita",
        "acuerdo": "Acuerdo",
    }
    casos = {f'b.tipo == "{tipo}"': parrafo(estilo, "{{ b.texto }}") for tipo, estilo in tipos.items()}
    return cada("b", "punto.bloques", segun(casos, si_no=parrafo("Párrafo", "{{ b.texto }}")))


def _recesos() -> str:
    sin_motivo = "{{ receso.inicio|mayuscula_inicial }} se declaró un receso"
    reanudacion = "; {{ receso.reanudacion }} se reanudó la sesión."
    return cada(
        "receso",
        "punto.recesos",
        si(
            "receso.motivo",
            parrafo("Párrafo", sin_motivo + " {{ receso.motivo }}" + reanudacion),
            parrafo("Párrafo", sin_motivo + reanudacion),
        ),
    )


def _cambios_del_orden_del_dia() -> str:
    retirado = "Se retiró del orden del día el asunto “{{ asunto.titulo }}”."
    incorporado = "Se incorporó al orden del día, como punto {{ asunto.numero }}, el asunto “{{ asunto.titulo }}”."
    return cada("asunto", "punto.retirados", parrafo("Párrafo", retirado)) + cada(
        "asunto", "punto.incorporados", parrafo("Párrafo", incorporado)
    )


def _resultado() -> str:
    frases = {
        "aprobado": "Se aprobó {{ punto.votacion }}.",
        "orden_aprobado": "El orden del día se aprobó {{ punto.votacion }}.",
        "no_aprobado": "Sometido a votación, no se aprobó: {{ punto.votacion }}.",
        "recibido": "El informe se dio por recibido.",
        "seguimiento_recibido": "Sin más comentarios, el seguimiento de acuerdos se dio por recibido.",
        "pospuesto": "El punto se pospuso para una sesión posterior.",
    }
    formulas = {f'punto.resultado == "{cual}"': parrafo("Párrafo", frase) for cual, frase in frases.items()}
    return segun({"punto.frase": parrafo("Párrafo", "{{ punto.frase }}"), **formulas})


def _votacion_nominal() -> str:
    rotulos = {
        "a_favor": "A favor:",
        "en_contra": "En contra:",
        "abstencion": "Abstención:",
    }
    return si(
        "punto.nominal",
        "".join(
            si(
                f"punto.nominal.{sentido}",
                parrafo("Votación nominal", f"{{{{ punto.nominal.{sentido} }}}}", rotulo=rotulo),
            )
            for sentido, rotulo in rotulos.items()
        ),
    )


def _razones_del_voto() -> str:
    razon = "{{ razon.quien|mayuscula_inicial }} pidió asentar la razón de {{ razon.sentido }}: {{ razon.texto }}"
    return cada("razon", "punto.razones", parrafo("Párrafo", razon))


def _desarrollo() -> str:
    punto = (
        parrafo("Título 2", "Punto {{ punto.numero }}:")
        + _apertura()
        + _entradas_y_salidas("punto.entradas", "se incorporó a", "se incorporaron a", "asisten")
        + _bloques()
        + _recesos()
        + _cambios_del_orden_del_dia()
        + _resultado()
        + _votacion_nominal()
        + cada("salvedad", "punto.salvedades", parrafo("Párrafo", "{{ salvedad }}"))
        + _razones_del_voto()
        + _entradas_y_salidas("punto.salidas", "se retiró de", "se retiraron de", "permanecen")
    )
    cuerpo = parrafo("Título 1", "Desarrollo de la Sesión") + cada("punto", "puntos", punto)
    return si("puntos", cuerpo)


def _cierre() -> str:
    """La hora va antes del verbo: como unas terminan en punto («13:00 hrs.») y otras no, no cierra la frase."""
    formula = segun(
        {
            "cierre.frase": parrafo("Cierre", "{{ cierre.frase }}"),
            "cierre.generales": parrafo(
                "Cierre", "Sin haber más asuntos generales que tratar, {{ cierre.hora }} concluyó la sesión."
            ),
        },
        si_no=parrafo("Cierre", "Sin haber más asuntos que tratar, {{ cierre.hora }} concluyó la sesión."),
    )
    return si("not cierre.ya_escrito", formula)


def _sintesis() -> str:
    anchos = (2098, ANCHO - 2098 - 2154 - 1304, 2154, 1304)
    rotulos = ("Clave", "Acuerdo o compromiso", "Responsable", "Plazo")
    encabezado = renglon(
        *(celda(a, parrafo("Encabezado de tabla", r)) for a, r in zip(anchos, rotulos, strict=True)),
        encabezado=True,
    )
    acuerdo = renglon(
        celda(
            anchos[0],
            si("acuerdo.clave", parrafo("Celda", "{{ acuerdo.clave }}"))
            + parrafo("Nota de celda", "{{ acuerdo.clase }}"),
        ),
        celda(
            anchos[1],
            parrafo("Celda", "{{ acuerdo.texto }}")
            + si("acuerdo.entregable", parrafo("Nota de celda", "Entregable: {{ acuerdo.entregable }}")),
        ),
        celda(
            anchos[2],
            si("acuerdo.responsable", parrafo("Celda", "{{ acuerdo.responsable }}"), parrafo("Celda", "—")),
        ),
        celda(anchos[3], si("acuerdo.plazo", parrafo("Celda", "{{ acuerdo.plazo }}"), parrafo("Celda", "—"))),
    )
    resumen = tabla(
        "Tabla sobria",
        anchos,
        encabezado + cada_renglon("acuerdo", "acuerdos", acuerdo, columnas=4),
        titulo="Síntesis de acuerdos y compromisos",
        descripcion="Clave, texto, responsable y plazo de cada acuerdo o compromiso de la sesión.",
        encabezado=True,
    )
    return si("acuerdos", parrafo("Título 1", "Síntesis de Acuerdos y Compromisos") + resumen)


def _anexos() -> str:
    anexo = parrafo("Anexo", "{{ anexo.titulo }}", rotulo="Anexo {{ anexo.numero }}.")
    return si("anexos", parrafo("Título 1", "Anexos") + cada("anexo", "anexos", anexo))


def _bloque_de_firma(quien: str) -> str:
    return (
        parrafo("Firmante", f"{{{{ {quien}.nombre }}}}")
        + parrafo("Cargo", f"{{{{ {quien}.cargo }}}}")
        + "".join(
            si(f"{quien}.{dato}", parrafo("Nota de firma", f"{{{{ {quien}.{dato} }}}}"))
            for dato in ("suplencia", "nota")
        )
    )


def _firmas() -> str:
    mitad = ANCHO // 2
    leyenda = parrafo("Leyenda de firmas", "{{ firmas.leyenda }}")

    def al_centro(quien: str) -> str:
        return renglon(celda(ANCHO, _bloque_de_firma(quien), columnas=2, sangria=mitad // 2 + 240))

    pareja = renglon(
        celda(mitad, _bloque_de_firma("fila[0]")),
        celda(mitad, _bloque_de_firma("fila[1]")),
    )
    renglones = (
        renglon(celda(ANCHO, leyenda, columnas=2), encabezado=True)
        + orden_de_renglon("if firmas.preside", 2)
        + al_centro("firmas.preside")
        + orden_de_renglon("endif", 2)
        + cada_renglon(
            "fila",
            "firmas.filas",
            orden_de_renglon("if fila[1:]", 2)
            + pareja
            + orden_de_renglon("else", 2)
            + al_centro("fila[0]")
            + orden_de_renglon("endif", 2),
            columnas=2,
        )
    )
    hoja = tabla(
        "Tabla de firmas",
        (mitad, ANCHO - mitad),
        renglones,
        titulo="Hoja de firmas",
        descripcion="Espacio de firma, nombre y cargo de cada persona que firma la minuta.",
        encabezado=False,
    )
    return si(
        "firmas.preside or firmas.filas",
        parrafo("Título 1 en hoja nueva", "Firmas") + hoja + _parrafo("Fin de documento", ""),
    )


def minuta() -> bytes:
    """La plantilla de la minuta, como archivo de Word."""
    cuerpo = (
        _identificacion()
        + _asistencia()
        + _orden_del_dia()
        + _desarrollo()
        + _cierre()
        + _sintesis()
        + _anexos()
        + _firmas()
    )
    return documento("Minuta", cuerpo, _encabezado(), _ESTILOS_DE_LA_MINUTA)


if __name__ == "__main__":
    (CARPETA / "minuta.docx").write_bytes(minuta())
