"""Documentos de Word mínimos, escritos en un renglón: ``docx(p("Hola {{ nombre }}"))``."""

from collections.abc import Mapping
from datetime import datetime

from generador.ooxml import MC, RELACION, TIPO, TIPO_DE_RELACION, TIPO_DE_WORD, W14, WP, R, W, empaquetar

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
