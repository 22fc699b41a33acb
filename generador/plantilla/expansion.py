"""Los párrafos recién pintados que traen marcas (una negrita, una liga, un salto), vueltos runs, ligas y párrafos.

Los de la misma forma, con las mismas marcas en los mismos lugares, quedan igual salvo por sus textos: el árbol sólo ve
al primero.
"""

import re
from typing import Any

from lxml import etree

from generador.celdas import LIGA, SALTO
from generador.plantilla.paquete import Ligas, leer_xml, liga_segura
from generador.plantilla.pasada import Estilos, Pasada

HUECOS = range(0xE000, 0xF800)  # caracteres de uso privado: uno en lugar de cada texto
HUECO = re.compile("[\ue000-\uf7ff]")
_CITAS = range(0xF800, 0xF900)  # y uno en lugar del identificador de cada liga
_NUMERADA = "mailto:"  # la dirección de la liga 3, mientras no importa cuál es: «mailto:3»
# Sin compilar: `re` lo hará cuando haya una marca, y se acordará.
_CITA = "[\uf800-\uf8ff]"
_LIGA = f"{LIGA[0]}([^<>]*?){LIGA[1]}"
_FIJO = f"(<[^<>]*>|{LIGA[0]}[^<>]*?{LIGA[1]}|[\n\t{SALTO}\ufdd0-\ufdef])"  # lo que no es texto
_MAX_FORMAS = 1_000


class HaceFaltaElArbol(Exception):
    """Algo del documento no se puede dejar listo de corrido."""


class Expansion:
    """Las formas que ya se conocen; ``abre`` y ``cierra`` hacen de un párrafo un documento."""

    def __init__(self, abre: str, cierra: str, estilos: Estilos) -> None:
        self._abre, self._cierra, self._estilos = abre, cierra, estilos
        self._formas: dict[str, str] = {}  # de un párrafo con marcas, sin sus textos, a como queda sin ellas

    def de(self, parrafo: str, ligas: Ligas) -> str:
        """El párrafo sin marcas. Levanta HaceFaltaElArbol si está mal formado."""
        direcciones: dict[str, int] = {}  # cada una y su lugar
        numerado = parrafo
        if LIGA[0] in parrafo:
            numerado = re.sub(_LIGA, lambda liga: _con_la_numerada(liga[1], direcciones), parrafo)
        piezas = re.split(_FIJO, numerado)
        textos = [texto for texto in piezas[::2] if texto]
        piezas[::2] = map(_hueco_de, piezas[::2])
        con_marcas = "".join(piezas)
        forma = self._formas.get(con_marcas) or self._aprender(con_marcas, len(textos))
        if not forma:
            return self._con_arbol(parrafo, ligas)
        if direcciones:
            citadas = [*direcciones]
            forma = re.sub(_CITA, lambda cita: ligas.de(citadas[_CITAS.index(ord(cita[0]))]), forma)
        return forma % tuple(textos)

    def _aprender(self, con_marcas: str, cuantos: int) -> str:
        """Lo que da con cualesquiera textos (``"…<w:t>%s</w:t>…"``); vacío si no se puede decir."""
        if cuantos > len(HUECOS) or len(HUECO.findall(con_marcas)) != cuantos or re.search(_CITA, con_marcas):
            return ""
        huecos = map(chr, HUECOS)
        con_huecos = HUECO.sub(lambda _: next(huecos), con_marcas)
        expandido = self._con_arbol(con_huecos, _LigasNumeradas(None))
        if HUECO.findall(expandido) != HUECO.findall(con_huecos):
            return ""
        forma = HUECO.sub("%s", expandido.replace("%", "%%")).replace(" %s", "%s")  # el espacio lo puso `_hueco_de`
        hacer_sitio(self._formas, _MAX_FORMAS)
        self._formas[con_marcas] = forma
        return forma

    def _con_arbol(self, parrafo: str, ligas: Ligas) -> str:
        raiz = leer(self._abre + parrafo + self._cierra)
        Pasada(self._estilos, None).dar_formato(raiz, ligas)
        return escrito(raiz).removeprefix(self._abre).removesuffix(self._cierra)


class _LigasNumeradas(Ligas):
    """Da por identificador de cada liga el carácter que hace sus veces."""

    def de(self, direccion: str) -> str:
        return chr(_CITAS.start + int(direccion.removeprefix(_NUMERADA)))


def _con_la_numerada(direccion: str, direcciones: dict[str, int]) -> str:
    """La marca de liga con su lugar entre las direcciones en vez de la suya; sin ninguna, si no es segura."""
    segura = liga_segura(sin_escapes(direccion))
    numerada = f"{_NUMERADA}{direcciones.setdefault(segura, len(direcciones))}" if segura else ""
    return f"{LIGA[0]}{numerada}{LIGA[1]}"


def _hueco_de(texto: str) -> str:
    """Lo que ocupa el lugar de un texto; con un espacio, si hay que preservarle los suyos."""
    hueco = chr(HUECOS.start)
    return texto and (f" {hueco}" if espaciado(texto) else hueco)


def espaciado(texto: str) -> bool:
    """Si empieza o termina en espacio."""
    return texto[:1].isspace() or texto[-1:].isspace()


def sin_escapes(texto: str) -> str:
    """``"a &amp; b"`` → ``"a & b"``."""
    return texto.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def hacer_sitio(recordados: dict[Any, Any] | set[str], tope: int) -> None:
    """Que quepa otro: al llegar al tope se empieza de nuevo."""
    if len(recordados) >= tope:
        recordados.clear()


def leer(texto: str) -> etree._Element:
    """La raíz de ese XML. Levanta HaceFaltaElArbol si está mal formado."""
    try:
        return leer_xml(texto)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise HaceFaltaElArbol from error


def escrito(raiz: etree._Element) -> str:
    """El XML como lo escribe el árbol, sin declaración."""
    return etree.tostring(raiz, encoding="unicode")
