"""Las gráficas de la casa: carbón y grises que se distinguen también impresas en blanco y negro.

Aquí sólo está el dibujo, con las series vacías; los datos los pone ``relleno_de_grafica``.
"""

from itertools import accumulate
from math import atan2, cos, degrees, radians, sin

from generador.celdas import en_un_renglon
from generador.grafica import Clase, Grafica
from generador.ooxml import R, escapado
from generador.plantilla.relleno_de_grafica import A, C

_ESPACIOS = f'xmlns:c="{C.strip("{}")}" xmlns:a="{A.strip("{}")}" xmlns:r="{R.strip("{}")}"'
_TINTA, _GRIS, _HILO, _REJILLA = "2F3A45", "59636D", "A9B1B8", "E3E6E9"
_RELLENOS = ("2F3A45", "A9B1B8", "6B7680", "D5DADE", "48545F", "8C96A0")  # alternan oscuro y claro
_REBANADAS = ("2F3A45", "55616C", "7A8691", "A0A9B1", "C3C9CE", "E1E5E8")  # de oscuro a claro, como la leyenda
# Cada línea se distingue por tono, por trazo y por señal.
_LINEAS = (
    ("2F3A45", "solid", "circle"),
    ("8C96A0", "solid", "square"),
    ("2F3A45", "sysDash", "triangle"),
    ("6B7680", "sysDot", "diamond"),
    ("A9B1B8", "dash", "circle"),
    ("48545F", "lgDashDot", "square"),
)
_SENALES = ("circle", "square", "triangle", "diamond")
_TRAMAS = ("wdUpDiag", "dkHorz", "smGrid", "dkVert", "wdDnDiag", "lgCheck")  # desde la séptima, los mismos con trama
_TITULO, _LETRA = 1200, 900  # centésimas de punto
_CM_POR_ETIQUETA = 1.0  # ancho de «384,052» a 9 puntos, con aire
_DELGADA = 0.08  # parte del pastel
_ANGOSTA = 10  # cm: la leyenda del pastel va debajo y no al lado
_LARGO = 16  # letras: con nombres más largos, las barras van acostadas y los nombres se leen derechos
_MAS_ALTA = 20  # cm
_MUCHAS = 12  # barras por serie: con más, también acostadas


def diseno(grafica: Grafica, ancho_cm: float) -> str:
    """El XML de la gráfica sin datos; ``ancho_cm``, el que tendrá, decide si caben las cifras sobre los puntos."""
    titulo = en_un_renglon(grafica.titulo)
    return (
        f'<c:chartSpace {_ESPACIOS}><c:date1904 val="0"/><c:lang val="es-MX"/><c:roundedCorners val="0"/><c:chart>'
        + (f'<c:title><c:overlay val="0"/>{_letra(_TITULO, _TINTA, negrita=True)}</c:title>' if titulo else "")
        + f'<c:autoTitleDeleted val="{0 if titulo else 1}"/><c:plotArea><c:layout/>'
        + _DE_CLASE[grafica.clase](grafica, ancho_cm)
        + "<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea>"
        + _leyenda(grafica, ancho_cm)
        + '<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        f"{_letra(_LETRA, _GRIS)}</c:chartSpace>"
    )


def alto_conveniente(grafica: Grafica) -> float:
    """Los centímetros que pide o, si sus barras van acostadas y son muchas, los que hacen falta para leerlas."""
    if grafica.clase is not Clase.BARRAS or not _conviene_acostarla(grafica):
        return grafica.alto_cm
    necesario = 2 + len(grafica.categorias) * (0.2 + 0.38 * len(grafica.series))
    return max(grafica.alto_cm, min(necesario, _MAS_ALTA))


def _linea(grafica: Grafica, ancho_cm: float) -> str:
    etiquetas = _etiquetas(grafica, "t", visibles=_caben(grafica, ancho_cm, sobrepuestas=True))
    series = "".join(
        f"{_principio(n)}<c:spPr>{_trazo(color, 22225, trazo)}</c:spPr>"
        f'<c:marker><c:symbol val="{senal}"/><c:size val="5"/>'
        f"<c:spPr>{_relleno(color)}{_trazo('FFFFFF', 6350)}</c:spPr></c:marker>"
        f'{etiquetas}<c:smooth val="0"/></c:ser>'
        for n, (color, trazo, senal) in enumerate(map(_de_linea, range(len(grafica.series))))
    )
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:lineChart>{_ejes(grafica, acostada=False)}'
    )


def _barras(grafica: Grafica, ancho_cm: float) -> str:
    acostada = _conviene_acostarla(grafica)
    etiquetas = _etiquetas(grafica, "outEnd", visibles=acostada or _caben(grafica, ancho_cm, sobrepuestas=False))
    series = "".join(
        f'{_principio(n)}<c:spPr>{_de_area(n, _RELLENOS)}{_trazo(_GRIS, 6350)}</c:spPr><c:invertIfNegative val="0"/>'
        f"{etiquetas}</c:ser>"
        for n in range(len(grafica.series))
    )
    return (
        f'<c:barChart><c:barDir val="{"bar" if acostada else "col"}"/><c:grouping val="clustered"/>'
        f'<c:varyColors val="0"/>{series}<c:gapWidth val="70"/><c:overlap val="-8"/>'
        f'<c:axId val="1"/><c:axId val="2"/></c:barChart>{_ejes(grafica, acostada=acostada)}'
    )


def _pastel(grafica: Grafica, ancho_cm: float) -> str:
    rebanadas = "".join(
        f'<c:dPt><c:idx val="{n}"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_de_area(n, _REBANADAS)}{_trazo('FFFFFF', 12700)}</c:spPr></c:dPt>"
        for n in range(len(grafica.categorias))
    )
    return (
        f'<c:pieChart><c:varyColors val="1"/>{_principio(0)}{rebanadas}'
        f'{_etiquetas(grafica, "outEnd", visibles=True)}</c:ser><c:firstSliceAng val="{_giro(grafica)}"/></c:pieChart>'
    )


def _giro(grafica: Grafica) -> int:
    """Los grados que se gira el pastel para que las rebanadas delgadas queden a la izquierda.

    Ahí sus cifras caben una bajo otra; arriba se encimarían. Sin varias delgadas, empieza a las doce.
    """
    valores = [valor or 0 for valor in grafica.series[0].valores]
    total = sum(valores)
    medios = [360 * (hasta - valor / 2) / total for hasta, valor in zip(accumulate(valores), valores, strict=True)]
    delgadas = [radians(m) for m, valor in zip(medios, valores, strict=True) if 0 < valor < _DELGADA * total]
    if len(delgadas) < 2:
        return 0
    return round(270 - degrees(atan2(sum(map(sin, delgadas)), sum(map(cos, delgadas))))) % 360


_DE_CLASE = {Clase.LINEA: _linea, Clase.BARRAS: _barras, Clase.PASTEL: _pastel}


# --- piezas --------------------------------------------------------------------------------------


def _de_linea(n: int) -> tuple[str, str, str]:
    """El tono, el trazo y la señal de una línea; de la séptima en adelante, otra señal: hasta 24 sin repetir."""
    vuelta, lugar = divmod(n, len(_LINEAS))
    color, trazo, senal = _LINEAS[lugar]
    return color, trazo, _SENALES[(_SENALES.index(senal) + vuelta) % len(_SENALES)]


def _de_area(n: int, tonos: tuple[str, ...]) -> str:
    """El relleno de una barra o una rebanada; agotados los tonos, los mismos con trama."""
    vuelta, lugar = divmod(n, len(tonos))
    if not vuelta:
        return _relleno(tonos[lugar])
    trama = _TRAMAS[(lugar + vuelta - 1) % len(_TRAMAS)]
    return (
        f'<a:pattFill prst="{trama}"><a:fgClr><a:srgbClr val="{tonos[lugar]}"/></a:fgClr>'
        '<a:bgClr><a:srgbClr val="FFFFFF"/></a:bgClr></a:pattFill>'
    )


def _principio(numero: int) -> str:
    return f'<c:ser><c:idx val="{numero}"/><c:order val="{numero}"/>'


def _relleno(color: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{color}"/></a:solidFill>'


def _trazo(color: str, grosor: int, trazo: str = "solid") -> str:
    """Una línea; ``grosor`` en EMU (12700 es un punto)."""
    return f'<a:ln w="{grosor}" cap="rnd">{_relleno(color)}<a:prstDash val="{trazo}"/><a:round/></a:ln>'


def _letra(tamano: int, color: str, *, negrita: bool = False) -> str:
    """La letra de un elemento; ``tamano`` en centésimas de punto."""
    return (
        f'<c:txPr><a:bodyPr/><a:p><a:pPr><a:defRPr lang="es-MX" sz="{tamano}" b="{int(negrita)}">{_relleno(color)}'
        '<a:latin typeface="Calibri"/></a:defRPr></a:pPr><a:endParaRPr lang="es-MX"/></a:p></c:txPr>'
    )


def _formato(grafica: Grafica) -> str:
    return f'<c:numFmt formatCode="{escapado(grafica.formato)}" sourceLinked="0"/>'


def _caben(grafica: Grafica, ancho_cm: float, *, sobrepuestas: bool) -> bool:
    """Si las cifras se leerían; las de varias líneas se encimarían unas con otras."""
    if sobrepuestas and len(grafica.series) > 1:
        return False
    return len(grafica.categorias) * len(grafica.series) * _CM_POR_ETIQUETA <= ancho_cm - 1.5


def _etiquetas(grafica: Grafica, lugar: str, *, visibles: bool) -> str:
    if not visibles:
        return ""
    return (
        f"<c:dLbls>{_formato(grafica)}<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_letra(_LETRA, _TINTA)}"
        f'<c:dLblPos val="{lugar}"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )


def _conviene_acostarla(grafica: Grafica) -> bool:
    largo = max(len(en_un_renglon(categoria)) for categoria in grafica.categorias)
    return largo > _LARGO or len(grafica.categorias) > _MUCHAS


_CON_REJILLA = f"<c:majorGridlines><c:spPr>{_trazo(_REJILLA, 6350)}</c:spPr></c:majorGridlines>"


def _ejes(grafica: Grafica, *, acostada: bool) -> str:
    """El de categorías y el de valores.

    Acostada, la primera categoría queda arriba, y como cada barra lleva su cifra no hacen falta escala ni rejilla.
    """
    valores = [valor for serie in grafica.series for valor in serie.valores if valor is not None]
    desde_cero = grafica.clase is Clase.BARRAS and min(valores) >= 0
    return (
        f'<c:catAx><c:axId val="1"/><c:scaling><c:orientation val="{"maxMin" if acostada else "minMax"}"/></c:scaling>'
        f'<c:delete val="0"/><c:axPos val="{"l" if acostada else "b"}"/><c:numFmt formatCode="General" '
        'sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>'
        f"<c:spPr>{_trazo(_HILO, 9525)}</c:spPr>{_letra(_LETRA, _GRIS)}"
        '<c:crossAx val="2"/><c:crosses val="autoZero"/><c:auto val="0"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="1"/></c:catAx>'
        '<c:valAx><c:axId val="2"/><c:scaling><c:orientation val="minMax"/>'
        f"{'<c:min val=' + chr(34) + '0' + chr(34) + '/>' if desde_cero else ''}</c:scaling>"
        f'<c:delete val="0"/><c:axPos val="{"b" if acostada else "l"}"/>'
        f"{'' if acostada else _CON_REJILLA}{_formato(grafica)}"
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/>'
        f'<c:tickLblPos val="{"none" if acostada else "nextTo"}"/>'
        f"<c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_letra(_LETRA, _GRIS)}"
        f'<c:crossAx val="1"/><c:crosses val="{"max" if acostada else "autoZero"}"/><c:crossBetween val="between"/>'
        "</c:valAx>"
    )


def _leyenda(grafica: Grafica, ancho_cm: float) -> str:
    if len(grafica.series) == 1 and grafica.clase is not Clase.PASTEL:
        return ""
    lugar = "r" if grafica.clase is Clase.PASTEL and ancho_cm >= _ANGOSTA else "b"
    return f'<c:legend><c:legendPos val="{lugar}"/><c:overlay val="0"/>{_letra(_LETRA, _GRIS)}</c:legend>'
