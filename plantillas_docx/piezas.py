"""Las piezas con que se escribe una plantilla: párrafos, órdenes y tablas. Las medidas, en vigésimos de punto."""

import re
import unicodedata
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

ANCHO_DE_HOJA, ALTO_DE_HOJA = 12240, 15840  # carta
MARGEN_IZQUIERDO, MARGEN_DERECHO = 1701, 1417
ANCHO = ANCHO_DE_HOJA - MARGEN_IZQUIERDO - MARGEN_DERECHO  # 9122: el ancho del texto


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
    return parrafo_de_tramos(estilo, inicio + tramo(texto))


def parrafo_de_tramos(estilo: str, tramos: str) -> str:
    """Un párrafo hecho de tramos ya escritos."""
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


def renglon(*celdas: str, encabezado: bool = False, se_parte: bool = False) -> str:
    """Un renglón que no se parte entre páginas, salvo ``se_parte``; el de encabezado se repite en cada una."""
    entero = '<w:cantSplit w:val="off"/>' if se_parte else "<w:cantSplit/>"  # dicho así, consta que es a propósito
    repetido = "<w:tblHeader/>" if encabezado else ""
    return f"<w:tr><w:trPr>{entero}{repetido}</w:trPr>{''.join(celdas)}</w:tr>"


def orden_de_renglon(codigo: str, columnas: int) -> str:
    """Una orden de la plantilla, sola en su renglón: ``{%tr endfor %}``."""
    etiqueta = parrafo("Orden de plantilla", f"{{%tr {codigo} %}}")
    return renglon(celda(ANCHO, etiqueta, columnas=columnas))


def cada_renglon(variable: str, lista: str, renglones: str, columnas: int) -> str:
    """Los renglones, una vez por cada elemento de la lista."""
    inicio = orden_de_renglon(f"for {variable} in {lista}", columnas)
    return inicio + renglones + orden_de_renglon("endfor", columnas)


def cada_celda(variable: str, lista: str, cuerpo: str) -> str:
    """Una celda por cada elemento de la lista; el motor reparte entre ellas el ancho de la tabla."""
    inicio = celda(ANCHO, parrafo("Orden de plantilla", f"{{%tc for {variable} in {lista} %}}"))
    return inicio + celda(ANCHO, cuerpo) + celda(ANCHO, parrafo("Orden de plantilla", "{%tc endfor %}"))


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
