"""El archivo de Word de una plantilla: sus partes, sus listas, su tema y sus páginas."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

from generador.ooxml import empaquetar
from plantillas_docx.estilos import BASICOS, COMUNES, GRIS, HILO, TINTA, letra, sangria
from plantillas_docx.piezas import (
    ALTO_DE_HOJA,
    ANCHO_DE_HOJA,
    MARGEN_DERECHO,
    MARGEN_IZQUIERDO,
    campo,
    identificador,
    parrafo_de_tramos,
    tramo,
)

_DECLARACION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_OFFICE = "http://schemas.openxmlformats.org"
_RELACION = f"{_OFFICE}/officeDocument/2006/relationships"
_TIPO = "application/vnd.openxmlformats-officedocument"


def _parte_de_estilos(propios: tuple[str, ...]) -> str:
    return f"<w:styles {_W}>{BASICOS}{''.join(COMUNES + propios)}</w:styles>"


# ── Listas ─────────────────────────────────────────────────────────────────────────────────────────


def molde_de_lista(formato: str, texto: str, estilo: str, izquierda: int, francesa: int) -> str:
    """Una lista de un solo nivel; el número o la viñeta van en la letra de los títulos."""
    return (
        f'<w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{formato}"/><w:pStyle w:val="{identificador(estilo)}"/>'
        f'<w:lvlText w:val="{texto}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{sangria(izquierda, 0, francesa)}</w:pPr><w:rPr>{letra(rotular=True)}</w:rPr></w:lvl>"
    )


_LISTAS = (  # numId 1 y 2; las propias de un documento, del 3 en adelante
    molde_de_lista("bullet", "•", "Viñeta", 680, 340),
    molde_de_lista("decimal", "%1.", "Lista numerada", 737, 397),
)


def _parte_de_listas(propias: tuple[str, ...]) -> str:
    todas = _LISTAS + propias
    moldes = "".join(f'<w:abstractNum w:abstractNumId="{i}">{molde}</w:abstractNum>' for i, molde in enumerate(todas))
    listas = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(len(todas)))
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


def _pie() -> str:
    numeros = tramo("Página ") + campo("PAGE", "1") + tramo(" de ") + campo("NUMPAGES", "1")
    return parrafo_de_tramos("Pie de página", numeros)


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


def documento(
    titulo: str,
    cuerpo: str,
    *,
    encabezado: str,
    membrete: str,
    estilos: tuple[str, ...],
    listas: tuple[str, ...] = (),
    al_pie: str = "",
) -> bytes:
    """La plantilla completa, como archivo de Word; lo demás son párrafos y tablas ya escritos.

    ``membrete`` encabeza la primera página y ``encabezado`` las siguientes; ``al_pie`` va en la primera, sobre el
    número de página; ``estilos`` y ``listas`` son los que sólo usa este documento.
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
        "word/numbering.xml": _parte_de_listas(listas),
        "word/settings.xml": _parte_de_ajustes(),
        "word/fontTable.xml": _parte_de_fuentes(),
        "word/theme/theme1.xml": _parte_del_tema(),
        "word/header1.xml": f"<w:hdr {_W}>{encabezado}</w:hdr>",
        "word/header2.xml": f"<w:hdr {_W}>{membrete}</w:hdr>",
        "word/footer1.xml": f"<w:ftr {_W}>{_pie()}</w:ftr>",
        "word/footer2.xml": f"<w:ftr {_W}>{al_pie}{_pie()}</w:ftr>",
        "docProps/core.xml": _propiedades(titulo),
        "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/officeDocument/2006/extended-properties"/>',
    }
    return empaquetar({nombre: (_DECLARACION + xml).encode() for nombre, xml in partes.items()})
