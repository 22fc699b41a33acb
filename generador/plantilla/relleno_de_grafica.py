"""Poner datos en una gráfica ya dibujada: cambia lo que dice y deja como está lo que se ve.

Sirve igual para la que alguien dibujó en Word que para las de la casa. Word pinta de los cachés
(``c:strCache``, ``c:numCache``) y sólo abre el libro incrustado cuando se editan los datos: los dos
llevan lo mismo.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from generador.celdas import en_un_renglon
from generador.grafica import Cifra, Grafica, Serie
from generador.ooxml import R
from generador.plantilla import libro_incrustado
from generador.plantilla.esquema_de_word import poner_en_orden

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def _orden(nombres: str) -> dict[str, int]:
    return {f"{C}{nombre}": lugar for lugar, nombre in enumerate(nombres.split())}


# De ISO/IEC 29500-1, anexo A: las de todas las clases de gráfica a la vez.
_EN_SERIE = _orden(
    "idx order tx spPr invertIfNegative pictureOptions marker explosion dPt dLbls trendline errBars cat xVal val "
    "yVal smooth shape extLst"
)
_EN_ESPACIO = _orden(
    "date1904 lang roundedCorners style clrMapOvr pivotSource pivotFmts protection chart spPr txPr externalData "
    "printSettings userShapes extLst"
)
_EN_TITULO = _orden("tx layout overlay spPr txPr extLst")
_CLASES = frozenset(
    f"{C}{nombre}Chart"
    for nombre in ("bar", "bar3D", "line", "line3D", "pie", "pie3D", "ofPie", "doughnut", "area", "area3D", "radar")
)
_DISPERSION = f"{C}scatterChart"
_DE_FECHA = tuple(f"{C}{n}" for n in ("baseTimeUnit", "majorUnit", "majorTimeUnit", "minorUnit", "minorTimeUnit"))
_ACENTOS = tuple(f"accent{numero}" for numero in range(1, 7))
_TONOS = ((), (("lumMod", "60000"),), (("lumMod", "60000"), ("lumOff", "40000")))  # los que usa Word al repetirlos
_C15 = "{http://schemas.microsoft.com/office/drawing/2012/chart}"
_C16 = "{http://schemas.microsoft.com/office/drawing/2014/chart}"
_CON_DATOS = (f"{_C15}datalabelsRange", f"{_C15}filteredSeriesTitle", f"{_C15}filteredCategoryTitle")


class NoEsModelo(ValueError):
    """Esa gráfica no puede recibir datos; el mensaje completa «la gráfica … »."""


def rellenar(raiz: etree._Element, grafica: Grafica, libro: str) -> None:
    """Cambia series, categorías, cachés y rangos de un ``c:chartSpace``; ``libro`` es la relación del suyo.

    Levanta NoEsModelo si es de una clase que no se muestra con categorías y valores, o no trae series.
    """
    area = raiz.find(f"{C}chart/{C}plotArea")
    if area is None:
        raise NoEsModelo("está vacía")
    for numero, serie in enumerate(_con_tantas(area, len(grafica.series))):
        _poner_datos(serie, grafica, numero)
    _quitar_grupos_vacios(area)
    for eje in area.iterfind(f"{C}dateAx"):
        _hacer_de_categorias(eje)
    for eje in area.iterfind(f"{C}valAx"):
        _soltar_limites(eje, grafica.series)
    _dar_formato(area, grafica.formato)
    _titular(raiz, grafica.titulo)
    _desligar_titulos(area)
    _recortar_leyenda(raiz, len(grafica.series))
    poner_en_orden(raiz, _externo(libro), _EN_ESPACIO)


def _externo(libro: str) -> etree._Element:
    externo = etree.Element(f"{C}externalData", {f"{R}id": libro})
    etree.SubElement(externo, f"{C}autoUpdate", val="0")
    return externo


# --- series --------------------------------------------------------------------------------------


def _con_tantas(area: etree._Element, cuantas: int) -> list[etree._Element]:
    """Las series del diseño, ni una más ni una menos: se quitan las últimas o se repite la última."""
    grupos = _grupos(area)
    if raros := [grupo for grupo in grupos if grupo.tag not in _CLASES and grupo.tag != _DISPERSION]:
        raise NoEsModelo(f"es de una clase que no se puede llenar ({etree.QName(raros[0]).localname})")
    series = sorted((serie for grupo in grupos for serie in grupo.iterfind(f"{C}ser")), key=_lugar)
    if not series:
        raise NoEsModelo("no trae ninguna serie que sirva de modelo")
    for sobrante in series[cuantas:]:
        _quitar(sobrante)
    series = series[:cuantas]
    while len(series) < cuantas:
        series.append(_otra(series))
    return series


def _grupos(area: etree._Element) -> list[etree._Element]:
    """Los dibujos de la gráfica (``c:barChart``…): uno o, si es combinada, varios."""
    return [hijo for hijo in area if str(hijo.tag).endswith("Chart")]


def _lugar(serie: etree._Element) -> int:
    orden = serie.find(f"{C}order")
    return 0 if orden is None else int(orden.get("val", "0"))


def _otra(series: Sequence[etree._Element]) -> etree._Element:
    """Una copia de la última serie, junto a ella y con un color que las demás no usan."""
    nueva = deepcopy(series[-1])
    _sin_identidad(nueva)
    for punto in nueva.findall(f"{C}dPt"):
        nueva.remove(punto)
    _recolorear(nueva, _color_libre(series))
    series[-1].addnext(nueva)
    return nueva


def _color_libre(series: Sequence[etree._Element]) -> etree._Element:
    usados = {color.get("val") for serie in series for color in _colores(serie)[:1] if len(color) == 0}
    libres = [acento for acento in _ACENTOS if acento not in usados]
    vuelta, lugar = divmod(len(series), len(_ACENTOS))
    color = etree.Element(f"{A}schemeClr", val=libres[0] if libres else _ACENTOS[lugar])
    for nombre, valor in () if libres else _TONOS[vuelta % len(_TONOS)]:
        etree.SubElement(color, f"{A}{nombre}", val=valor)
    return color


def _colores(serie: etree._Element) -> list[etree._Element]:
    lugares = (serie.find(f"{C}spPr"), serie.find(f"{C}marker/{C}spPr"))
    return [c for lugar in lugares if lugar is not None for c in lugar.iter(f"{A}schemeClr", f"{A}srgbClr")]


def _recolorear(serie: etree._Element, nuevo: etree._Element) -> None:
    """Cambia el color principal (el primero) donde aparezca; los demás, como el borde blanco, se quedan."""
    colores = _colores(serie)
    principal = (colores[0].tag, colores[0].get("val")) if colores else None
    for color in colores:
        padre = color.getparent()
        if (color.tag, color.get("val")) == principal and padre is not None:
            padre.replace(color, deepcopy(nuevo))


def _poner_datos(serie: etree._Element, grafica: Grafica, numero: int) -> None:
    """Número, nombre, categorías y valores de la serie; los adornos de puntos que ya no hay se quitan."""
    columna, cuantas, datos = numero + 2, len(grafica.categorias), grafica.series[numero]
    _ajustar_puntos(serie, cuantas)
    dispersion = _es_de_dispersion(serie)
    por_poner = (
        etree.Element(f"{C}idx", val=str(numero)),
        etree.Element(f"{C}order", val=str(numero)),
        _referencia("tx", libro_incrustado.encabezado(columna), _cache_de_texto([datos.nombre])),
        _referencia(
            "xVal" if dispersion else "cat", libro_incrustado.rango(1, cuantas), _cache_de_texto(grafica.categorias)
        ),
        _referencia(
            "yVal" if dispersion else "val",
            libro_incrustado.rango(columna, cuantas),
            _cache_de_cifras(datos.valores, grafica.formato),
        ),
    )
    for elemento in por_poner:
        poner_en_orden(serie, elemento, _EN_SERIE)
    for extension in list(serie.iter(*_CON_DATOS)):
        _quitar_extension(extension)
    for barras in serie.findall(f"{C}errBars"):
        if barras.find(f"{C}plus") is not None or barras.find(f"{C}minus") is not None:
            serie.remove(barras)


def _es_de_dispersion(serie: etree._Element) -> bool:
    grupo = serie.getparent()
    return grupo is not None and grupo.tag == _DISPERSION


def _ajustar_puntos(serie: etree._Element, cuantos: int) -> None:
    """Quita el formato de los puntos que ya no hay y las etiquetas que alguien escribió a mano.

    Si cada punto tenía el suyo (las rebanadas de un pastel), los nuevos lo tienen también, de otro color.
    """
    puntos = serie.findall(f"{C}dPt")
    cuenta = serie.find(f"{C}val//{C}ptCount")
    if cuenta is not None and list(map(_indice, puntos)) == list(range(int(cuenta.get("val", "0")))):
        while puntos and len(puntos) < cuantos:
            puntos.append(_otro_punto(puntos))
    for punto in puntos:
        if _indice(punto) >= cuantos:
            serie.remove(punto)
    for etiqueta in serie.findall(f"{C}dLbls/{C}dLbl"):
        if _indice(etiqueta) >= cuantos or etiqueta.find(f"{C}tx") is not None:
            _quitar(etiqueta)


def _otro_punto(puntos: Sequence[etree._Element]) -> etree._Element:
    nuevo = deepcopy(puntos[-1])
    _sin_identidad(nuevo)
    _recolorear(nuevo, _color_libre(puntos))
    indice = nuevo.find(f"{C}idx")
    if indice is not None:
        indice.set("val", str(len(puntos)))
    puntos[-1].addnext(nuevo)
    return nuevo


def _sin_identidad(copia: etree._Element) -> None:
    for propia in list(copia.iter(f"{_C16}uniqueId")):
        _quitar_extension(propia)


def _indice(elemento: etree._Element) -> int:
    indice = elemento.find(f"{C}idx")
    return 0 if indice is None else int(indice.get("val", "0"))


# --- referencias y cachés --------------------------------------------------------------------------


def _referencia(nombre: str, rango: str, cache: etree._Element) -> etree._Element:
    """``c:cat`` con su ``c:strRef``, o ``c:val`` con su ``c:numRef``, según el caché."""
    elemento = etree.Element(f"{C}{nombre}")
    referencia = etree.SubElement(elemento, f"{C}strRef" if cache.tag == f"{C}strCache" else f"{C}numRef")
    etree.SubElement(referencia, f"{C}f").text = rango
    referencia.append(cache)
    return elemento


def _cache_de_texto(textos: Sequence[str]) -> etree._Element:
    cache = etree.Element(f"{C}strCache")
    _llenar(cache, [en_un_renglon(texto) for texto in textos])
    return cache


def _cache_de_cifras(valores: Sequence[Cifra], formato: str) -> etree._Element:
    cache = etree.Element(f"{C}numCache")
    etree.SubElement(cache, f"{C}formatCode").text = formato
    _llenar(cache, [None if valor is None else repr(valor) for valor in valores])
    return cache


def _llenar(cache: etree._Element, textos: Sequence[str | None]) -> None:
    """Los puntos del caché; un hueco cuenta, pero no se escribe."""
    etree.SubElement(cache, f"{C}ptCount", val=str(len(textos)))
    for indice, texto in enumerate(textos):
        if texto is not None:
            punto = etree.SubElement(cache, f"{C}pt", idx=str(indice))
            etree.SubElement(punto, f"{C}v").text = texto


# --- ejes, título y leyenda ------------------------------------------------------------------------


def _quitar_grupos_vacios(area: etree._Element) -> None:
    """Un grupo (las líneas de una gráfica combinada) que se quedó sin series se va con los ejes sólo suyos."""
    for grupo in [grupo for grupo in _grupos(area) if grupo.find(f"{C}ser") is None]:
        area.remove(grupo)
    usados = {eje.get("val") for grupo in _grupos(area) for eje in grupo.iterfind(f"{C}axId")}
    for eje in [e for e in area if str(e.tag).endswith("Ax")]:
        propio = eje.find(f"{C}axId")
        if propio is not None and propio.get("val") not in usados:
            area.remove(eje)


def _hacer_de_categorias(eje: etree._Element) -> None:
    """Un eje de fechas no sabe qué hacer con «enero»: se vuelve de categorías."""
    eje.tag = f"{C}catAx"
    for propio in [hijo for hijo in eje if hijo.tag in _DE_FECHA]:
        eje.remove(propio)


def _soltar_limites(eje: etree._Element, series: Sequence[Serie]) -> None:
    """Quita el mínimo o el máximo que alguien fijó si dejaría cifras fuera de la vista."""
    valores = [valor for serie in series for valor in serie.valores if valor is not None]
    techo, piso = eje.find(f"{C}scaling/{C}max"), eje.find(f"{C}scaling/{C}min")
    estorban = [techo] if techo is not None and float(techo.get("val", "0")) < max(valores) else []
    estorban += [piso] if piso is not None and float(piso.get("val", "0")) > min(valores) else []
    for limite in estorban:
        _quitar(limite)
    for paso in [*eje.findall(f"{C}majorUnit"), *eje.findall(f"{C}minorUnit")] if estorban else ():
        eje.remove(paso)


def _dar_formato(area: etree._Element, formato: str) -> None:
    """Las cifras «vinculadas al origen» siguen el formato de los datos; Word lo guarda también en la gráfica."""
    for donde in (f"{C}valAx", f".//{C}dLbls"):
        for vinculado in area.iterfind(f"{donde}/{C}numFmt[@sourceLinked='1']"):
            vinculado.set("formatCode", formato)


def _titular(raiz: etree._Element, titulo: str) -> None:
    """El título del diseño, si lo muestra, con otro texto y su mismo formato."""
    mostrado = raiz.find(f"{C}chart/{C}title")
    if mostrado is not None and en_un_renglon(titulo):
        _escribir(mostrado, en_un_renglon(titulo))


def _desligar_titulos(area: etree._Element) -> None:
    """Los títulos de eje tomados de una celda conservan su texto: esa celda ya no está."""
    for titulo in area.iter(f"{C}title"):
        if titulo.find(f"{C}tx/{C}strRef") is not None:
            _escribir(titulo, "".join(v.text or "" for v in titulo.iterfind(f"{C}tx/{C}strRef/{C}strCache/{C}pt/{C}v")))


def _escribir(titulo: etree._Element, texto: str) -> None:
    parrafo = titulo.find(f"{C}tx/{C}rich/{A}p")
    if parrafo is None:
        parrafo = _parrafo_de_titulo(titulo)
    rich = parrafo.getparent()
    tramo = parrafo.find(f"{A}r")
    formato = parrafo.find(f"{A}r/{A}rPr") if tramo is not None else None
    if rich is not None:
        for otro in [p for p in rich.findall(f"{A}p") if p is not parrafo]:
            rich.remove(otro)
    for sobrante in [hijo for hijo in parrafo if hijo.tag in (f"{A}r", f"{A}br", f"{A}fld", f"{A}endParaRPr")]:
        parrafo.remove(sobrante)
    nuevo = etree.SubElement(parrafo, f"{A}r")
    nuevo.append(etree.Element(f"{A}rPr", lang="es-MX") if formato is None else formato)
    etree.SubElement(nuevo, f"{A}t").text = texto


def _parrafo_de_titulo(titulo: etree._Element) -> etree._Element:
    """El párrafo de un título que hasta ahora escribía Word solo, con la letra que éste declaraba."""
    tx = etree.Element(f"{C}tx")
    rich = etree.SubElement(tx, f"{C}rich")
    propio = titulo.find(f"{C}txPr")
    if propio is None:
        etree.SubElement(rich, f"{A}bodyPr")
        parrafo = etree.SubElement(rich, f"{A}p")
    else:
        rich.extend(deepcopy(list(propio)))
        hallado = rich.find(f"{A}p")
        parrafo = etree.SubElement(rich, f"{A}p") if hallado is None else hallado
        titulo.remove(propio)
    poner_en_orden(titulo, tx, _EN_TITULO)
    return parrafo


def _recortar_leyenda(raiz: etree._Element, series: int) -> None:
    por_punto = raiz.find(f".//{C}varyColors[@val='1']") is not None and series == 1
    for entrada in () if por_punto else list(_entradas(raiz)):
        if _indice(entrada) >= series:
            _quitar(entrada)


def _entradas(raiz: etree._Element) -> Iterator[etree._Element]:
    return raiz.iterfind(f"{C}chart/{C}legend/{C}legendEntry")


def _quitar(elemento: etree._Element) -> None:
    padre = elemento.getparent()
    if padre is not None:
        padre.remove(elemento)


def _quitar_extension(dato: etree._Element) -> None:
    """Quita la ``c:ext`` que lleva ese dato, y la lista si se queda vacía (el esquema no la admite así)."""
    extension = dato.getparent()
    lista = None if extension is None else extension.getparent()
    if extension is None or lista is None:
        return
    lista.remove(extension)
    if len(lista) == 0:
        _quitar(lista)
