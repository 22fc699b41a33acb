"""Los estilos que comparten las plantillas, y cómo se declara uno.

Ningún párrafo lleva formato propio: todo se dice con estilos, y quien sepa Word los cambia en un solo sitio.
El cuerpo de letra va en medios puntos. Tipografía: Cambria para leer y Calibri para rotular, que en Linux se
sustituyen por Caladea y Carlito con los mismos anchos; un solo color, carbón, que no es el de ningún partido.
"""

from plantillas_docx.piezas import identificador

TINTA = "2F3A45"  # títulos, rayas de firma
GRIS = "59636D"  # notas y encabezados de página; en papel blanco conserva contraste 6:1
HILO = "A9B1B8"  # líneas finas


def espacio(antes: int = 0, despues: int = 0, linea: int = 0) -> str:
    """El aire antes y después del párrafo; ``linea``, el interlineado (240 es sencillo)."""
    interlinea = f' w:line="{linea}" w:lineRule="auto"' if linea else ""
    return f'<w:spacing w:before="{antes}" w:after="{despues}"{interlinea}/>'


def linea(lado: str, color: str, grosor: int = 4, separacion: int = 4) -> str:
    """Una línea de un borde (``"top"``, ``"insideH"``…); ``grosor`` en octavos de punto."""
    return f'<w:{lado} w:val="single" w:sz="{grosor}" w:space="{separacion}" w:color="{color}"/>'


def sangria(izquierda: int = 0, derecha: int = 0, francesa: int = 0) -> str:
    """Lo que el párrafo se mete por cada lado; ``francesa``, lo que sale su primer renglón."""
    colgante = f' w:hanging="{francesa}"' if francesa else ""
    return f'<w:ind w:left="{izquierda}" w:right="{derecha}"{colgante}/>'


def lista(numero: int) -> str:
    """La lista a la que pertenece el estilo (su ``w:numId``)."""
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numero}"/></w:numPr>'


def alineado(como: str) -> str:
    """``"left"``, ``"center"``, ``"right"`` o ``"both"``."""
    return f'<w:jc w:val="{como}"/>'


def nivel(esquema: int) -> str:
    """El lugar del título en el esquema del documento: 0 es el más alto."""
    return f'<w:outlineLvl w:val="{esquema}"/>'


def letra(cuerpo: int = 0, *, rotular: bool = False, formato: str = "", color: str = "", separada: int = 0) -> str:
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


NEGRITA = "<w:b/><w:bCs/>"
CURSIVA = "<w:i/><w:iCs/>"
MAYUSCULAS = "<w:caps/>"
CON_EL_SIGUIENTE = "<w:keepNext/>"
SIN_PARTIR = "<w:keepLines/>"
JUNTO = CON_EL_SIGUIENTE + SIN_PARTIR

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


def estilo(
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


def estilo_de_caracter(nombre: str, letra: str) -> str:
    """Un estilo de letra, para tramos."""
    propio = "" if nombre in _DE_WORD else ' w:customStyle="1"'
    return (
        f'<w:style w:type="character"{propio} w:styleId="{identificador(nombre)}">'
        f'<w:name w:val="{_DE_WORD.get(nombre, nombre)}"/>'
        '<w:basedOn w:val="FuenteDePredeterminada"/><w:uiPriority w:val="2"/><w:qFormat/>'
        f"<w:rPr>{letra}</w:rPr></w:style>"
    )


def estilo_de_tabla(identidad: str, nombre: str, bordes: str, margenes: str, primera: str = "") -> str:
    """Un estilo de tabla; ``primera`` es lo propio de su renglón de encabezado."""
    propio = "" if nombre == "Table Grid" else ' w:customStyle="1"'
    encabezado = f'<w:tblStylePr w:type="firstRow">{primera}</w:tblStylePr>' if primera else ""
    return (
        f'<w:style w:type="table"{propio} w:styleId="{identidad}"><w:name w:val="{nombre}"/>'
        '<w:basedOn w:val="TablaNormal"/><w:uiPriority w:val="3"/>'
        f"<w:tblPr>{bordes}{margenes}</w:tblPr>{encabezado}</w:style>"
    )


def margenes(arriba: int, lados: int, abajo: int) -> str:
    """El aire de cada celda."""
    medidas = {"top": arriba, "left": lados, "bottom": abajo, "right": lados}
    celdas = "".join(f'<w:{lado} w:w="{medida}" w:type="dxa"/>' for lado, medida in medidas.items())
    return f"<w:tblCellMar>{celdas}</w:tblCellMar>"


BASICOS = (
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
    f"{margenes(0, 108, 0)}</w:tblPr></w:style>"
    '<w:style w:type="numbering" w:default="1" w:styleId="SinLista"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)

COMUNES = (
    # Texto
    estilo("Párrafo", espacio(0, 140, 276) + alineado("both")),
    estilo("Viñeta", lista(1) + espacio(0, 100, 269), base="Párrafo"),
    estilo("Lista numerada", lista(2) + espacio(0, 100, 269), base="Párrafo"),
    estilo("Cita", espacio(60, 200, 259) + sangria(567, 567), letra(21), base="Párrafo"),
    # Títulos
    estilo(
        "Título",
        JUNTO + espacio(120, 40) + alineado("center"),
        letra(36, rotular=True, formato=NEGRITA, color=TINTA),
        siguiente="Subtítulo",
    ),
    estilo(
        "Subtítulo",
        JUNTO + espacio(0, 320) + alineado("center"),
        letra(26, rotular=True, color=GRIS),
        siguiente="Párrafo",
    ),
    estilo(
        "Título 1",
        JUNTO + espacio(400, 160) + nivel(0),
        letra(28, rotular=True, formato=NEGRITA, color=TINTA),
        siguiente="Párrafo",
    ),
    estilo("Título 1 en hoja nueva", "<w:pageBreakBefore/>" + espacio(0, 240), base="Título 1", siguiente="Párrafo"),
    estilo(
        "Título 2",
        JUNTO + espacio(280, 100) + nivel(1),
        letra(24, rotular=True, formato=NEGRITA, color=TINTA),
        siguiente="Párrafo",
    ),
    # Membrete y páginas
    estilo(
        "Encabezado",
        f"<w:pBdr>{linea('bottom', HILO, 4, 5)}</w:pBdr>",
        letra(18, rotular=True, color=GRIS),
    ),
    estilo("Pie de página", alineado("center"), letra(18, rotular=True, color=GRIS)),
    estilo(
        "Institución",
        espacio() + alineado("center"),
        letra(24, rotular=True, formato=NEGRITA + MAYUSCULAS, color=TINTA, separada=24),
    ),
    estilo(
        "Órgano",
        f"<w:pBdr>{linea('bottom', TINTA, 6, 6)}</w:pBdr>" + espacio(20, 80) + alineado("center"),
        letra(22, rotular=True, color=GRIS),
    ),
    estilo(
        "Leyenda oficial",
        espacio(0, 160) + alineado("center"),
        letra(18, rotular=True, formato=CURSIVA, color=GRIS),
    ),
    # Tablas
    estilo("Celda", espacio(0, 0, 252), letra(21)),
    estilo("Nota de celda", espacio(20, 0), letra(19, rotular=True, color=GRIS), base="Celda"),
    estilo(
        "Encabezado de tabla",
        JUNTO,
        letra(19, rotular=True, formato=NEGRITA, color=TINTA),
        base="Celda",
    ),
    # Firmas
    estilo(
        "Leyenda de firmas",
        JUNTO + espacio(0, 120, 264) + alineado("center"),
        letra(21, rotular=True, formato=NEGRITA, color=TINTA, separada=6),
    ),
    estilo(
        "Firmante",
        SIN_PARTIR + f"<w:pBdr>{linea('top', TINTA, 6, 5)}</w:pBdr>" + espacio(1020, 0) + alineado("center"),
        letra(21, rotular=True, formato=NEGRITA),
        siguiente="Cargo",
    ),
    estilo("Cargo", SIN_PARTIR + espacio(20, 0) + alineado("center"), letra(20, rotular=True)),
    estilo(
        "Nota de firma",
        SIN_PARTIR + espacio(40, 0) + alineado("center"),
        letra(18, rotular=True, formato=CURSIVA, color=GRIS),
    ),
    # Lo que no se imprime
    estilo(
        "Orden de plantilla",
        "",
        letra(16, rotular=True, color="8A5A00"),
        oculto=True,
    ),
    estilo(
        "Fin de documento",
        '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
        letra(2, formato="<w:vanish/>"),
        oculto=True,
    ),
    # De carácter
    estilo_de_caracter("Rótulo", letra(rotular=True, formato=NEGRITA, color=TINTA)),
    estilo_de_caracter("Hipervínculo", '<w:color w:val="1F4E79"/><w:u w:val="single"/>'),
    # De tabla
    estilo_de_tabla(
        "TablaConCuadricula",
        "Table Grid",
        "<w:tblBorders>"
        + "".join(linea(lado, "auto", 4, 0) for lado in ("top", "left", "bottom", "right", "insideH", "insideV"))
        + "</w:tblBorders>",
        "",
    ),
    estilo_de_tabla(
        "TablaSobria",
        "Tabla sobria",
        f"<w:tblBorders>{linea('top', TINTA, 8, 0)}{linea('bottom', TINTA, 8, 0)}"
        f"{linea('insideH', HILO, 4, 0)}</w:tblBorders>",
        margenes(70, 100, 70),
        f'<w:tcPr><w:tcBorders>{linea("bottom", TINTA, 6, 0)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>',
    ),
    estilo_de_tabla("TablaDeFirmas", "Tabla de firmas", "", margenes(0, 240, 120)),
)
