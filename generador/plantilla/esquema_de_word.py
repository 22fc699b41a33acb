"""Lo que el esquema de Word exige y aquí hace falta saber (ISO/IEC 29500-1, anexo A)."""

from collections.abc import Mapping

from lxml import etree

from generador.ooxml import W


def _orden(nombres: str) -> dict[str, int]:
    return {f"{W}{nombre}": lugar for lugar, nombre in enumerate(nombres.split())}


# CT_RPr
ORDEN_RPR = _orden(
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs "
    "em lang eastAsianLayout specVanish oMath rPrChange"
)
# CT_PPr
ORDEN_PPR = _orden(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
# CT_TcPr
ORDEN_TCPR = _orden(
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange"
)


ORDENES = {f"{W}rPr": ORDEN_RPR, f"{W}pPr": ORDEN_PPR, f"{W}tcPr": ORDEN_TCPR}

# Lo que puede ir directamente en el cuerpo, una celda o un encabezado…
BLOQUES = frozenset(f"{W}{nombre}" for nombre in ("p", "tbl", "sdt", "customXml", "altChunk"))
# …y dónde lo último tiene que ser un párrafo (además de las celdas).
TERMINAN_EN_PARRAFO = tuple(f"{W}{nombre}" for nombre in ("hdr", "ftr", "footnote", "endnote", "txbxContent"))


def poner_en_orden(propiedades: etree._Element, nueva: etree._Element, orden: Mapping[str, int]) -> None:
    """Agrega una propiedad donde el esquema la espera; si ya estaba, la sustituye."""
    for vieja in propiedades.findall(str(nueva.tag)):
        propiedades.remove(vieja)
    lugar = orden[str(nueva.tag)]
    siguiente = next((hija for hija in propiedades if orden.get(str(hija.tag), -1) > lugar), None)
    if siguiente is None:
        propiedades.append(nueva)
    else:
        siguiente.addprevious(nueva)


def ordenar(propiedades: etree._Element, orden: Mapping[str, int]) -> None:
    """Reacomoda las propiedades que el esquema quiere en otro orden; las desconocidas, al final."""
    ordenadas = sorted(propiedades, key=lambda hija: orden.get(str(hija.tag), len(orden)))
    if ordenadas != list(propiedades):
        propiedades[:] = ordenadas
