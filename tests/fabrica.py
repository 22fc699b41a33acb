"""Documentos de Word mínimos, escritos en un renglón: ``docx(p("Hola {{ nombre }}"))``."""

from collections.abc import Mapping
from datetime import datetime

from generador.grafica import Clase, Grafica, Serie
from generador.ooxml import MC, RELACION, TIPO, TIPO_DE_RELACION, TIPO_DE_WORD, W14, WP, R, W, empaquetar
from generador.plantilla.libro_incrustado import libro

W_NS, R_NS = W.strip("{}"), R.strip("{}")
CREADO = datetime(2017, 11, 15, 12, 0)
ESPACIOS = f'xmlns:w="{W_NS}" xmlns:r="{R_NS}" xmlns:wp="{WP.strip("{}")}" xmlns:w14="{W14.strip("{}")}" xmlns:mc="{MC.strip("{}")}" mc:Ignorable="w14"'
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def t(texto: str, rpr: str = "") -> str:
    """Un run con ese texto."""
    formato = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{formato}<w:t xml:space="preserve">{texto}</w:t></w:r>'


def p(*runs: str, estilo: str = "", ppr: str = "") -> str:
    """Un párrafo; cada run es XML o texto a secas."""
    propiedades = (f'<w:pStyle w:val="{estilo}"/>' if estilo else "") + ppr
    formato = f"<w:pPr>{propiedades}</w:pPr>" if propiedades else ""
    return f"<w:p>{formato}{''.join(r if r.startswith('<') else t(r) for r in runs)}</w:p>"


def tc(*bloques: str, tcpr: str = "") -> str:
    """Una celda; cada bloque es XML o el texto de un párrafo."""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/>{tcpr}</w:tcPr>{"".join(b if b.startswith("<") else p(b) for b in bloques)}</w:tc>'


def tr(*celdas: str) -> str:
    """Un renglón; cada celda es XML o texto."""
    return f"<w:tr>{''.join(c if c.startswith('<w:tc>') else tc(c) for c in celdas)}</w:tr>"


def tbl(*renglones: str, columnas: int = 1) -> str:
    """Una tabla de esas columnas."""
    return (
        '<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{''.join('<w:gridCol w:w=' + chr(34) + '2000' + chr(34) + '/>' for _ in range(columnas))}</w:tblGrid>"
        f"{''.join(renglones)}</w:tbl>"
    )


def dibujo(numero: int, descripcion: str = "") -> str:
    """Un run con un dibujo (una línea) de ese identificador."""
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="9525" cy="9525"/>'
        f'<wp:docPr id="{numero}" name="Dibujo {numero}" descr="{descripcion}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:cNvCnPr/>'
        '<wps:spPr><a:prstGeom prst="line"><a:avLst/></a:prstGeom></wps:spPr><wps:bodyPr/></wps:wsp>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def campo(instruccion: str, resultado: str = "1") -> str:
    """Un campo de Word (``PAGE``) con su último resultado."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruccion} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t(resultado)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


SECCION = '<w:sectPr><w:pgSz w:w="12240" w:h="15840"/><w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>'

ESTILOS = f"""<w:styles xmlns:w="{W_NS}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="ListaNumerada"><w:name w:val="Lista numerada"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:default="1" w:styleId="Fuente"><w:name w:val="Default Paragraph Font"/></w:style>
<w:style w:type="character" w:styleId="Liga"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>
</w:styles>"""
NUMERACION = f"""<w:numbering xmlns:w="{W_NS}">
<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
</w:numbering>"""
_DE_NOTAS = '<w:{n} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{n}><w:{n} w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:{n}>'


def partes(
    cuerpo: str,
    *,
    encabezado: str = "",
    pie: str = "",
    nota: str = "",
    rels: str = "",
    otras: Mapping[str, str] | None = None,
    tipos: str = "",
) -> dict[str, bytes]:
    """Las partes de un .docx con ese cuerpo; ``rels`` y ``tipos`` se agregan tal cual."""
    raiz = f"<w:document {ESPACIOS}><w:body>{cuerpo}{'' if '</w:sectPr>' in cuerpo[-12:] else SECCION}</w:body></w:document>"
    fijas = {"styles": ESTILOS, "numbering": NUMERACION}
    if encabezado:
        fijas["header"] = f"<w:hdr {ESPACIOS}>{encabezado}</w:hdr>"
        raiz = raiz.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="header"/>')
    if pie:
        fijas["footer"] = f"<w:ftr {ESPACIOS}>{pie}</w:ftr>"
        raiz = raiz.replace("<w:pgSz", '<w:footerReference w:type="default" r:id="footer"/><w:pgSz')
    if nota:
        fijas["footnotes"] = (
            f'<w:footnotes {ESPACIOS}>{_DE_NOTAS.format(n="footnote")}<w:footnote w:id="1">{nota}</w:footnote></w:footnotes>'
        )
    todas = (
        {"word/document.xml": raiz} | {f"word/{nombre}.xml": xml for nombre, xml in fijas.items()} | dict(otras or {})
    )
    relaciones = "".join(f'<Relationship Id="{n}" Type="{TIPO_DE_RELACION}{n}" Target="{n}.xml"/>' for n in fijas)
    declarados = "".join(f'<Override PartName="/word/{n}.xml" ContentType="{TIPO_DE_WORD}{n}+xml"/>' for n in fijas)
    return {
        "[Content_Types].xml": f'{_XML}<Types xmlns="{TIPO.strip("{}")}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{TIPO_DE_WORD}document.main+xml"/>{declarados}{tipos}</Types>'.encode(),
        "_rels/.rels": _rels(
            f'<Relationship Id="rId1" Type="{TIPO_DE_RELACION}officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _rels(relaciones + rels),
        **{nombre: (_XML + xml).encode() for nombre, xml in todas.items()},
    }


def _rels(relaciones: str) -> bytes:
    return f'{_XML}<Relationships xmlns="{RELACION.strip("{}")}">{relaciones}</Relationships>'.encode()


def docx(*bloques: str, **demas: str) -> bytes:
    """Un .docx con esos bloques en el cuerpo; ``encabezado``, ``pie``, ``nota`` y ``rels`` como en ``partes``."""
    return empaquetar(partes("".join(bloques), **demas))  # type: ignore[arg-type]  # sólo los textos


# --- una gráfica como la que dibuja Word -----------------------------------------------------------

_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_CS = "http://schemas.microsoft.com/office/drawing/2012/chartStyle"
_ENTRADAS = (
    "axisTitle categoryAxis chartArea dataLabel dataLabelCallout dataPoint dataPoint3D dataPointLine dataPointMarker "
    "dataPointWireframe dataTable downBar dropLine errorBar floor gridlineMajor gridlineMinor hiLoLine leaderLine "
    "legend plotArea plotArea3D seriesAxis seriesLine title trendline trendlineLabel upBar valueAxis wall"
)
_REFERENCIAS = '<cs:lnRef idx="0"/><cs:fillRef idx="0"/><cs:effectRef idx="0"/><cs:fontRef idx="minor"><a:schemeClr val="tx1"/></cs:fontRef>'
ESTILO_DE_GRAFICA = f'<cs:chartStyle xmlns:cs="{_CS}" xmlns:a="{_A}" id="227">{"".join(f"<cs:{e}>{_REFERENCIAS}</cs:{e}>" for e in _ENTRADAS.split())}</cs:chartStyle>'
COLORES_DE_GRAFICA = f'<cs:colorStyle xmlns:cs="{_CS}" xmlns:a="{_A}" meth="cycle" id="10"><a:schemeClr val="accent1"/><a:schemeClr val="accent2"/><cs:variation/><cs:variation><a:lumMod val="60000"/></cs:variation></cs:colorStyle>'
_CATEGORIAS = tuple(f"Categoría {n}" for n in range(1, 5))
_DE_MUESTRA = Grafica("", Clase.LINEA, _CATEGORIAS, (Serie("Serie 1", (4, 2, 3, 4)), Serie("Serie 2", (2, 4, 1, 2))))
_GRIS_DE_WORD = (
    '<a:solidFill><a:schemeClr val="tx1"><a:lumMod val="65000"/><a:lumOff val="35000"/></a:schemeClr></a:solidFill>'
)
_LETRA_DE_WORD = f'<c:txPr><a:bodyPr rot="-60000000" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="900" kern="1200">{_GRIS_DE_WORD}<a:latin typeface="+mn-lt"/></a:defRPr></a:pPr><a:endParaRPr lang="es-ES"/></a:p></c:txPr>'
_EJES_DE_WORD = f"""<c:catAx><c:axId val="704"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/><c:axPos val="b"/><c:title><c:tx><c:strRef><c:f>Hoja1!$A$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>Meses</c:v></c:pt></c:strCache></c:strRef></c:tx><c:overlay val="0"/></c:title><c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_LETRA_DE_WORD}<c:crossAx val="705"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>
<c:valAx><c:axId val="705"/><c:scaling><c:orientation val="minMax"/><c:max val="6"/><c:min val="0"/></c:scaling><c:delete val="0"/><c:axPos val="l"/><c:majorGridlines/><c:numFmt formatCode="General" sourceLinked="1"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_LETRA_DE_WORD}<c:crossAx val="704"/><c:crosses val="autoZero"/><c:crossBetween val="between"/><c:majorUnit val="1"/></c:valAx>"""


def _serie_de_word(numero: int, color: str, propio: str, adornos: str = "", fin: str = "") -> str:
    letra = "BC"[numero]
    serie = _DE_MUESTRA.series[numero]
    textos = "".join(f'<c:pt idx="{i}"><c:v>{texto}</c:v></c:pt>' for i, texto in enumerate(_CATEGORIAS))
    valores = "".join(f'<c:pt idx="{i}"><c:v>{valor}</c:v></c:pt>' for i, valor in enumerate(serie.valores))
    return f"""<c:ser><c:idx val="{numero}"/><c:order val="{numero}"/>
<c:tx><c:strRef><c:f>Hoja1!${letra}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{serie.nombre}</c:v></c:pt></c:strCache></c:strRef></c:tx>
<c:spPr>{propio.format(color)}</c:spPr>{adornos}
<c:cat><c:strRef><c:f>Hoja1!$A$2:$A$5</c:f><c:strCache><c:ptCount val="4"/>{textos}</c:strCache></c:strRef></c:cat>
<c:val><c:numRef><c:f>Hoja1!${letra}$2:${letra}$5</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="4"/>{valores}</c:numCache></c:numRef></c:val>{fin}
<c:extLst><c:ext uri="{{C3380CC4-5D6E-409C-BE32-E72D297353CC}}" xmlns:c16="http://schemas.microsoft.com/office/drawing/2014/chart"><c16:uniqueId val="{{0000000{numero}-1D4A-4C3B-9F0E-0123456789AB}}"/></c:ext></c:extLst></c:ser>"""


def _espacio_de_word(dibujos: str, ejes: str) -> str:
    return f"""<c:chartSpace xmlns:c="{_C}" xmlns:a="{_A}" xmlns:r="{R_NS}" xmlns:c16r2="http://schemas.microsoft.com/office/drawing/2015/06/chart"><c:date1904 val="0"/><c:lang val="es-MX"/><c:roundedCorners val="0"/>
<mc:AlternateContent xmlns:mc="{MC.strip("{}")}"><mc:Choice Requires="c14" xmlns:c14="http://schemas.microsoft.com/office/drawing/2007/8/2/chart"><c14:style val="102"/></mc:Choice><mc:Fallback><c:style val="2"/></mc:Fallback></mc:AlternateContent>
<c:chart><c:title><c:overlay val="0"/><c:spPr><a:noFill/></c:spPr><c:txPr><a:bodyPr rot="0"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1400" b="0">{_GRIS_DE_WORD}</a:defRPr></a:pPr><a:endParaRPr lang="es-ES"/></a:p></c:txPr></c:title><c:autoTitleDeleted val="0"/>
<c:plotArea><c:layout/>{dibujos}{ejes}<c:spPr><a:noFill/></c:spPr></c:plotArea>
<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_LETRA_DE_WORD}</c:legend><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>
<c:spPr><a:solidFill><a:srgbClr val="FFF8E7"/></a:solidFill></c:spPr><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr/></a:pPr><a:endParaRPr lang="es-ES"/></a:p></c:txPr>
<c:externalData r:id="rId3"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>"""


_TRAZO = '<a:ln w="28575" cap="rnd"><a:solidFill>{}</a:solidFill><a:round/></a:ln>'
_RELLENO = "<a:solidFill>{}</a:solidFill>"
_ROJO, _ACENTO = '<a:srgbClr val="C00000"/>', '<a:schemeClr val="accent2"/>'
_LEYENDA_ESCRITA = '<c:dLbls><c:dLbl><c:idx val="3"/><c:tx><c:rich><a:bodyPr/><a:p><a:r><a:rPr lang="es-MX"/><a:t>¡récord!</a:t></a:r></a:p></c:rich></c:tx><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbl><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
_SIN_SENAL = '<c:marker><c:symbol val="none"/></c:marker>'
LINEA_DE_WORD = _espacio_de_word(
    f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{_serie_de_word(0, _ROJO, _TRAZO, _SIN_SENAL + _LEYENDA_ESCRITA, "<c:smooth val=" + chr(34) + "0" + chr(34) + "/>")}{_serie_de_word(1, _ACENTO, _TRAZO, _SIN_SENAL, "<c:smooth val=" + chr(34) + "0" + chr(34) + "/>")}<c:marker val="1"/><c:axId val="704"/><c:axId val="705"/></c:lineChart>',
    _EJES_DE_WORD,
)
COMBINADA_DE_WORD = _espacio_de_word(
    f'<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>{_serie_de_word(0, _ROJO, _RELLENO)}<c:gapWidth val="150"/><c:axId val="704"/><c:axId val="705"/></c:barChart>'
    f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{_serie_de_word(1, _ACENTO, _TRAZO)}<c:marker val="1"/><c:axId val="704"/><c:axId val="705"/></c:lineChart>',
    _EJES_DE_WORD,
)
PASTEL_DE_WORD = _espacio_de_word(
    '<c:pieChart><c:varyColors val="1"/>'
    + _serie_de_word(
        0,
        _ROJO,
        _RELLENO,
        "".join(
            f'<c:dPt><c:idx val="{i}"/><c:bubble3D val="0"/><c:spPr>{_RELLENO.format(_ACENTO.replace("2", str(i + 1)))}</c:spPr></c:dPt>'
            for i in range(4)
        ),
    )
    + '<c:firstSliceAng val="0"/></c:pieChart>',
    "",
)


def grafica(descripcion: str, relacion: str = "grafica") -> str:
    """Un run con una gráfica dibujada en Word y ese texto alternativo."""
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5486400" cy="3200400"/>'
        f'<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="1" name="Gráfico 1" descr="{descripcion}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{_A}"><a:graphicData uri="{_C}">'
        f'<c:chart xmlns:c="{_C}" r:id="{relacion}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def docx_con_grafica(*bloques: str, diseno: str = LINEA_DE_WORD, en: str = "document", **demas: str) -> bytes:
    """Un .docx con una gráfica de Word (relación «grafica») en esa parte, con su libro, su estilo y sus colores."""
    cita = f'<Relationship Id="grafica" Type="{TIPO_DE_RELACION}chart" Target="charts/chart1.xml"/>'
    de_word = "http://schemas.microsoft.com/office/2011/relationships/"
    tipos = (
        '<Default Extension="xlsx" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>'
        '<Override PartName="/word/charts/chart1.xml" ContentType="application/vnd.openxmlformats-officedocument.drawingml.chart+xml"/>'
        '<Override PartName="/word/charts/style1.xml" ContentType="application/vnd.ms-office.chartstyle+xml"/>'
        '<Override PartName="/word/charts/colors1.xml" ContentType="application/vnd.ms-office.chartcolorstyle+xml"/>'
    )
    otras = {
        "word/charts/chart1.xml": diseno,
        "word/charts/style1.xml": ESTILO_DE_GRAFICA,
        "word/charts/colors1.xml": COLORES_DE_GRAFICA,
    }
    en_el_cuerpo = cita if en == "document" else ""
    paquete = partes("".join(bloques), rels=en_el_cuerpo, otras=otras, tipos=tipos, **demas)
    paquete["word/charts/_rels/chart1.xml.rels"] = _rels(
        f'<Relationship Id="rId1" Type="{de_word}chartStyle" Target="style1.xml"/>'
        f'<Relationship Id="rId2" Type="{de_word}chartColorStyle" Target="colors1.xml"/>'
        f'<Relationship Id="rId3" Type="{TIPO_DE_RELACION}package" Target="../embeddings/Microsoft_Excel_Worksheet.xlsx"/>'
    )
    paquete["word/embeddings/Microsoft_Excel_Worksheet.xlsx"] = libro(_DE_MUESTRA)
    if not en_el_cuerpo:
        paquete[f"word/_rels/{en}.xml.rels"] = _rels(cita)
    return empaquetar(paquete)
