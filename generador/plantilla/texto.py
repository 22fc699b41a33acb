r"""El texto con marcas (``celdas.NEGRITA``, ``LIGA``…) convertido en lo que Word entiende.

Un ``w:t`` recién pintado puede traer marcas de formato, saltos de párrafo (``"\n"``), de renglón
(``SALTO``) y tabuladores; aquí se parte su ``w:r`` en tantos como haga falta, y su párrafo también.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import field, replace
from itertools import groupby

from lxml import etree

from generador.celdas import CURSIVA, LIGA, NEGRITA, SALTO, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO
from generador.datos import dataclass
from generador.ooxml import XML, R, W
from generador.plantilla.esquema_de_word import ORDEN_RPR, poner_en_orden
from generador.plantilla.paquete import Ligas, liga_segura

ESPECIALES = re.compile(f"[\ufdd0-\ufdef\n\t{SALTO}]")
_GRAFICA = ("\ufde0", "\ufde1")  # entre las dos, el número de la gráfica, cifra por cifra, desde U+FDE2
_CIFRAS = {ord(str(n)): chr(0xFDE2 + n) for n in range(10)}
_DE_VUELTA = {ord(marca): chr(cifra) for cifra, marca in _CIFRAS.items()}
_PIEZAS = re.compile(
    f"({LIGA[0]}[^{LIGA[1]}]*{LIGA[1]}|{_GRAFICA[0]}[\ufde2-\ufdeb]+{_GRAFICA[1]}|[\ufdd0-\ufdef\n\t{SALTO}])"
)
PEDIDAS = _GRAFICA[0]  # en el contexto: la lista donde se anota cada gráfica que se escribe
PEDIDA = "generar-grafica"  # en w:drawing: el hueco donde va la gráfica de ese número
_BANDERAS = (NEGRITA, CURSIVA, TACHADO, SUBRAYADO, SUPERINDICE, SUBINDICE)
_EN_WORD: dict[tuple[str, str], tuple[str, str | None]] = {
    NEGRITA: ("b", None),
    CURSIVA: ("i", None),
    TACHADO: ("strike", None),
    SUBRAYADO: ("u", "single"),
    SUPERINDICE: ("vertAlign", "superscript"),
    SUBINDICE: ("vertAlign", "subscript"),
}
_ABREN = {bandera[0]: bandera for bandera in _BANDERAS}
_CIERRAN = {bandera[1]: bandera for bandera in _BANDERAS}
_EN_EL_RUN = {"\t": "tab", SALTO: "br"}
_PRESERVAR = f"{XML}space"


@dataclass(frozen=True)
class _Formato:
    banderas: frozenset[tuple[str, str]] = frozenset()
    liga: str = ""


@dataclass
class _Pieza:
    """Un elemento de run con su formato; sin elemento, un salto de párrafo."""

    formato: _Formato
    elemento: etree._Element | None = field(default=None)


def expandir(run: etree._Element, ligas: Ligas, estilo_de_liga: str) -> None:
    """Sustituye un ``w:r`` cuyo texto trae marcas por los runs, ligas y párrafos que dicen."""
    padre = run.getparent()
    if padre is None:
        return
    anidado = padre.tag != f"{W}p" or _en_un_control_de_texto(run)  # ahí no se puede partir el párrafo
    propiedades = run.find(f"{W}rPr")
    piezas = list(_piezas(run, con_ligas=not _dentro_de_liga(run)))
    ultimo: etree._Element = run
    for formato, grupo in groupby(piezas, key=lambda pieza: pieza.formato if pieza.elemento is not None else None):
        for nuevo in _saltos(grupo, ultimo, propiedades, anidado) if formato is None else ():
            ultimo = nuevo
        if formato is not None:
            elementos = [pieza.elemento for pieza in grupo if pieza.elemento is not None]
            nuevo = _run(propiedades, formato, elementos, ligas, estilo_de_liga)
            ultimo.addnext(nuevo)
            ultimo = nuevo
    dueno = run.getparent()
    if dueno is not None:
        dueno.remove(run)


def marca_de_grafica(numero: int) -> str:
    """Lo que se escribe en el texto donde va una gráfica; hecha sólo de marcas, no se ve en ningún lado."""
    return f"{_GRAFICA[0]}{str(numero).translate(_CIFRAS)}{_GRAFICA[1]}"


def conservar_espacios(trozo: etree._Element) -> None:
    """Pone ``xml:space="preserve"`` si el texto empieza o termina en espacio: sin él, Word lo borra."""
    texto = trozo.text
    if texto and (texto[0].isspace() or texto[-1].isspace()):
        trozo.set(_PRESERVAR, "preserve")


def _piezas(run: etree._Element, *, con_ligas: bool) -> Iterator[_Pieza]:
    formato = _Formato()
    for hijo in list(run):
        if hijo.tag == f"{W}rPr":
            continue
        if hijo.tag != f"{W}t" or not ESPECIALES.search(hijo.text or ""):
            yield _Pieza(formato, hijo)
            continue
        for pedazo in _PIEZAS.split(hijo.text or ""):
            if not pedazo:
                continue
            if pedazo == "\n":
                yield _Pieza(formato)
            elif pedazo in _EN_EL_RUN:
                yield _Pieza(formato, etree.Element(f"{W}{_EN_EL_RUN[pedazo]}"))
            elif pedazo.startswith(_GRAFICA[0]) and len(pedazo) > 1:
                numero = pedazo[1:-1].translate(_DE_VUELTA)
                yield _Pieza(formato, etree.Element(f"{W}drawing", {PEDIDA: numero}))
            elif _PIEZAS.fullmatch(pedazo):
                formato = _con_marca(formato, pedazo, con_ligas=con_ligas)
            else:
                yield _Pieza(formato, _texto(pedazo))


def _con_marca(formato: _Formato, marca: str, *, con_ligas: bool) -> _Formato:
    if marca in _ABREN:
        return replace(formato, banderas=formato.banderas | {_ABREN[marca]})
    if marca in _CIERRAN:
        return replace(formato, banderas=formato.banderas - {_CIERRAN[marca]})
    if marca.startswith(LIGA[0]) and len(marca) > 1:
        return replace(formato, liga=liga_segura(marca[1:-1]) if con_ligas else "")
    return replace(formato, liga="") if marca == LIGA[2] else formato


def _texto(texto: str) -> etree._Element:
    trozo = etree.Element(f"{W}t")
    trozo.text = texto
    conservar_espacios(trozo)
    return trozo


def _dentro_de_liga(run: etree._Element) -> bool:
    return next(run.iterancestors(f"{W}hyperlink"), None) is not None


def _en_un_control_de_texto(run: etree._Element) -> bool:
    """Si está en un control «de texto sin formato», que sólo admite un párrafo."""
    return any(control.find(f"{W}sdtPr/{W}text") is not None for control in run.iterancestors(f"{W}sdt"))


def _run(
    propiedades: etree._Element | None,
    formato: _Formato,
    elementos: list[etree._Element],
    ligas: Ligas,
    estilo_de_liga: str,
) -> etree._Element:
    run = etree.Element(f"{W}r")
    estilo = estilo_de_liga if formato.liga else ""
    if propiedades is not None or formato.banderas or estilo:
        run.append(_propiedades(propiedades, formato, estilo))
    run.extend(elementos)
    if not formato.liga:
        return run
    liga = etree.Element(f"{W}hyperlink", {f"{R}id": ligas.de(formato.liga), f"{W}history": "1"})
    liga.append(run)
    return liga


def _propiedades(viejas: etree._Element | None, formato: _Formato, estilo: str) -> etree._Element:
    nuevas = etree.Element(f"{W}rPr") if viejas is None else deepcopy(viejas)
    nuevas.tail = None
    if estilo:
        poner_en_orden(nuevas, etree.Element(f"{W}rStyle", {f"{W}val": estilo}), ORDEN_RPR)
    for bandera in _BANDERAS:
        if bandera in formato.banderas:
            nombre, valor = _EN_WORD[bandera]
            poner_en_orden(nuevas, etree.Element(f"{W}{nombre}", {f"{W}val": valor} if valor else {}), ORDEN_RPR)
    return nuevas


def _saltos(
    grupo: Iterator[_Pieza], ultimo: etree._Element, propiedades: etree._Element | None, anidado: bool
) -> Iterator[etree._Element]:
    for _ in grupo:
        if anidado:
            salto = _run(propiedades, _Formato(), [etree.Element(f"{W}br")], Ligas(None), "")
            ultimo.addnext(salto)
            ultimo = salto
        else:
            ultimo = _partir_parrafo(ultimo)
        yield ultimo


def _partir_parrafo(ultimo: etree._Element) -> etree._Element:
    """Abre otro párrafo después de ``ultimo``, con lo que le seguía; devuelve tras qué se sigue escribiendo.

    El salto de sección se va con el último párrafo; el de página se queda con el primero.
    """
    parrafo = ultimo.getparent()
    assert parrafo is not None
    nuevo = etree.Element(f"{W}p")
    ancla = etree.SubElement(nuevo, f"{W}pPr")
    propias = parrafo.find(f"{W}pPr")
    if propias is not None:
        copia = deepcopy(propias)
        for salto in copia.findall(f"{W}pageBreakBefore"):
            copia.remove(salto)
        for seccion in propias.findall(f"{W}sectPr"):
            propias.remove(seccion)
        copia.tail = None
        nuevo.replace(ancla, copia)
        ancla = copia
    for hermano in list(ultimo.itersiblings()):
        nuevo.append(hermano)
    parrafo.addnext(nuevo)
    return ancla
