r"""Una parte ya pintada, rematada de corrido: sin armar su árbol y sin tenerla entera en la memoria.

Casi todo lo de un documento son párrafos y renglones de tabla que se repiten y sólo cambian de texto. Cada uno, sin
su texto, es un *molde*; lo que queda al quitarlos todos es el *andamio*. La primera vez que aparece un molde o un
andamio se lee con el árbol de siempre y pasa por las mismas pasada, examen y huella que un documento entero; las
siguientes ya se sabe. Aquí sólo se acepta lo que la pasada dejaría igual y el examen aprueba: ante cualquier otra
cosa (un dibujo, un marcador, una celda por reparar, un carácter prohibido) se levanta `HaceFaltaElArbol`, y el
documento se compone por el camino largo, que además sabe explicar qué está mal.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, cast

from lxml import etree

from generador import ooxml
from generador.celdas import SALTO
from generador.datos import dataclass
from generador.ooxml import MC, WP, R, W
from generador.plantilla import validez
from generador.plantilla.etiquetas import PEGADA
from generador.plantilla.paquete import Ligas, leer_xml
from generador.plantilla.pasada import Estilos, Pasada, columnas_de, es_de_lista, numerar

_MAX_RECORDADOS = 1_000  # moldes, y andamios, de una parte: con negritas por doquier no tendrían fin
_MAX_ANDAMIO = 20_000  # caracteres del que vale la pena recordar
_HUECOS = range(0xE000, 0xF900)  # caracteres de uso privado: uno en lugar de cada texto de un molde
_HUECO = re.compile("[\ue000-\uf8ff]")
_CERRADOS = {"p": "</w:p>", "tr": "</w:tr>"}
_TEXTO, _PRESERVADO = "<w:t", '<w:t xml:space="preserve"'
_PRINCIPIO = re.compile(r"<w:(p|tr)(?: [^<>]*[^<>/])?>")
_RAIZ = re.compile(r"<w:(?:document|hdr|ftr)( [^<>]*)?>")
_MARCAS = re.compile("[\ufdd0-\ufdef]")
_PROHIBIDOS = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_POR_VER = re.compile(f"[\x00-\x1f{SALTO}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_OTRO_ESCAPE = re.compile("&(?!amp;|lt;|gt;)")
# Lo que lleva un número que no se repite en el documento, o que el molde no alcanza a describir.
_ATADOS = (
    *(f"{W}{nombre}" for nombre in ("bookmarkStart", "bookmarkEnd", "sdt", "drawing", "pict", "object", "altChunk")),
    *(f"{W}{nombre}" for nombre in ("footnoteReference", "endnoteReference", "txbxContent")),
    f"{WP}docPr",
    f"{MC}AlternateContent",
)
_CON_ATADOS = re.compile(f"<(?:{'|'.join(f'w:{nombre.removeprefix(W)}' for nombre in _ATADOS[:-2])})|{PEGADA}")
_SOSTIENEN = frozenset(f"{W}{nombre}" for nombre in ("document", "body", "hdr", "ftr", "tbl", "tr", "tc"))
_CITADAS: Callable[[etree._Element], Any] = etree.XPath("//@r:*", namespaces={"r": R.strip("{}")})

_Esqueleto = tuple[str, ...]  # el tramo sin sus textos: lo que va hasta el «>» que abre cada uno, y el final


class HaceFaltaElArbol(Exception):
    """Algo del documento no se puede dejar listo de corrido."""


@dataclass(frozen=True, slots=True)
class _Bloque:
    r"""Un bloque de la huella (``"%s\t%s"``) y cuáles textos del tramo van en él; None, todos."""

    formato: str
    cuales: tuple[int, ...] | None

    def con(self, textos: list[str]) -> str:
        if self.cuales is None:
            return self.formato % tuple(textos)
        return self.formato % tuple(textos[cual] for cual in self.cuales)


@dataclass(frozen=True, slots=True)
class _Molde:
    """Lo que se sabe de un tramo sin sus textos."""

    sosten: str  # lo que ocupa su lugar en el andamio
    bloques: tuple[_Bloque, ...]
    numero_en: int  # dónde se escribe el número de su lista; 0 si no es de lista
    sin_preservar: tuple[int, ...]  # los textos cuyos espacios de los extremos se perderían
    ligas: frozenset[str]  # las relaciones que cita y no son de la plantilla


def se_puede(fuente: str) -> bool:
    """Si vale la pena intentarlo con esa parte de la plantilla, ya preparada."""
    return _RAIZ.match(fuente) is not None and _CON_ATADOS.search(fuente) is None


class Memoria:
    """Los moldes y andamios que ya se conocen de una parte de la plantilla; sirve a todos sus documentos."""

    def __init__(self, fuente: str, estilos: Estilos, rels: bytes | None) -> None:
        raiz = _RAIZ.match(fuente)
        assert raiz is not None
        self.estilos = estilos
        self._abre, self._cierra = f"<w:document{raiz[1] or ''}><w:body>", "</w:body></w:document>"
        self._de_la_plantilla = Ligas(rels).identificadores
        self._moldes: dict[_Esqueleto, _Molde] = {}
        self._andamios: set[str] = set()

    def molde(self, esqueleto: _Esqueleto, ligas: Ligas) -> _Molde:
        """El de un tramo. Levanta HaceFaltaElArbol si no basta con su molde."""
        molde = self._moldes.get(esqueleto) or self._aprender(esqueleto, ligas)
        if molde.ligas and not molde.ligas <= ligas.identificadores:
            raise HaceFaltaElArbol
        return molde

    def exigir_andamio(self, andamio: str) -> None:
        """Levanta HaceFaltaElArbol si la parte, con sostenes en lugar de sus tramos, no está sana."""
        if andamio in self._andamios:
            return
        raiz = _leer(andamio)
        for tramo in raiz.iter(f"{W}p", f"{W}tr"):
            if any(padre.tag not in _SOSTIENEN for padre in tramo.iterancestors()):
                raise HaceFaltaElArbol
        self._exigir_sano(raiz, andamio, self._de_la_plantilla)
        if len(andamio) <= _MAX_ANDAMIO:
            _hacer_sitio(self._andamios)
            self._andamios.add(andamio)

    def expandir(self, tramo: str, ligas: Ligas) -> str:
        """El tramo con sus marcas de formato vueltas runs, ligas y párrafos."""
        abre, cierra = self._alrededor(tramo)
        raiz = _leer(abre + tramo + cierra)
        Pasada(self.estilos, None).dar_formato(raiz, ligas)
        return _escrito(raiz).removeprefix(abre).removesuffix(cierra)

    def _aprender(self, esqueleto: _Esqueleto, ligas: Ligas) -> _Molde:
        tramo = _con_huecos(esqueleto)
        abre, cierra = self._alrededor(tramo)
        raiz = _leer(abre + tramo + cierra)
        self._exigir_sano(raiz, abre + tramo + cierra, ligas.identificadores)
        es_parrafo = tramo.startswith("<w:p")
        lugar = raiz[0] if es_parrafo else raiz[0][0]
        if len(lugar) != 1 or (not es_parrafo and self._tiene_lista(raiz)):
            raise HaceFaltaElArbol
        bloques = tuple(_bloque(texto, len(esqueleto) - 1) for texto in ooxml.bloques(cast(Any, raiz)))
        sin_preservar = tuple(lugar for lugar, pedazo in enumerate(esqueleto[:-1]) if pedazo.endswith(_TEXTO))
        ligas_suyas = frozenset(_CITADAS(raiz)) - self._de_la_plantilla
        sosten = "<w:p/>" if es_parrafo else _renglon_de(columnas_de(lugar[0]))
        numero_en = _numero_en(raiz, lugar[0], abre) if es_parrafo and self._tiene_lista(raiz) else 0
        _hacer_sitio(self._moldes)
        molde = self._moldes[esqueleto] = _Molde(sosten, bloques, numero_en, sin_preservar, ligas_suyas)
        return molde

    def _alrededor(self, tramo: str) -> tuple[str, str]:
        """Lo que hay que poner antes y después de un tramo para que sea un documento."""
        if tramo.startswith("<w:p"):
            return self._abre, self._cierra
        return f"{self._abre}<w:tbl>", f"</w:tbl><w:p/>{self._cierra}"

    def _tiene_lista(self, raiz: etree._Element) -> bool:
        estilo = self.estilos.lista
        return bool(estilo) and any(es_de_lista(parrafo, estilo) for parrafo in raiz.iter(f"{W}p"))

    def _exigir_sano(self, raiz: etree._Element, texto: str, citables: set[str]) -> None:
        """Que ya esté como el árbol lo escribiría, que la pasada no le cambie nada y que Word no lo rechace."""
        if _escrito(raiz) != texto or _MARCAS.search(texto) or next(raiz.iter(*_ATADOS), None) is not None:
            raise HaceFaltaElArbol
        Pasada(self.estilos, None).rematar(raiz, Ligas(None))
        if _escrito(raiz) != texto or validez.rompe(raiz, citables):
            raise HaceFaltaElArbol


class Corrida:
    """Una parte de un documento conforme se remata; al terminar, `bloques` es lo que dice, para la huella."""

    def __init__(self, memoria: Memoria, ligas: Ligas, otra_lista: Callable[[], str]) -> None:
        self._memoria, self._ligas, self._otra_lista = memoria, ligas, otra_lista
        self._resto = ""  # lo último que se recibió, sin su final
        self._andamio: list[str] = []
        self._sigue_lista, self._numero = False, ""
        self._bloques: list[str] = []

    def agregar(self, pintado: str) -> str:
        """Otro pedazo, que termina en ``</w:p>`` o es el último; da lo que ya quedó listo.

        Levanta HaceFaltaElArbol si hay algo que no se puede de corrido.
        """
        texto = self._resto + _como_el_arbol(pintado)
        if _OTRO_ESCAPE.search(texto):
            raise HaceFaltaElArbol
        listos: list[str] = []
        lugar = self._recorrer(texto, listos.append)
        self._resto = texto[lugar:]
        return "".join(listos)

    def terminar(self) -> str:
        """Lo que faltaba por dar, una vez recibido todo."""
        if _PRINCIPIO.search(self._resto):
            raise HaceFaltaElArbol
        self._andamio.append(self._resto)
        self._memoria.exigir_andamio("".join(self._andamio))
        return self._resto

    def bloques(self) -> Iterator[str]:
        """Como `ooxml.bloques` de la parte."""
        for bloque in self._bloques:
            if bloque.strip():
                yield _sin_escapes(bloque) if "&" in bloque else bloque

    def _recorrer(self, texto: str, dar: Callable[[str], None]) -> int:
        """Remata cada tramo completo; devuelve dónde empieza lo que falta."""
        lugar, por_ver = 0, _proximo_por_ver(texto, 0)
        while principio := _PRINCIPIO.search(texto, lugar):
            cierre = _CERRADOS[principio[1]]
            inicio, fin = principio.start(), texto.find(cierre, principio.end())
            if fin < 0:
                break
            fin += len(cierre)
            if inicio > lugar:
                dar(self._hueco(texto[lugar:inicio]))
            if por_ver < fin:
                self._expandir(texto[inicio:fin], dar)
                por_ver = _proximo_por_ver(texto, fin)
            else:
                dar(self._rematado(texto[inicio:fin]))
            lugar = fin
        return lugar

    def _hueco(self, hueco: str) -> str:
        self._andamio.append(hueco)
        self._sigue_lista = False
        return hueco

    def _expandir(self, tramo: str, dar: Callable[[str], None]) -> None:
        if re.search(f"[{_PROHIBIDOS}]", tramo):
            raise HaceFaltaElArbol
        expandido = self._memoria.expandir(tramo, self._ligas)
        if _POR_VER.search(expandido) or self._recorrer(expandido, dar) != len(expandido):
            raise HaceFaltaElArbol

    def _rematado(self, tramo: str) -> str:
        *pedazos, final = tramo.split("</w:t>")
        partidos = [pedazo.rpartition(">") for pedazo in pedazos]
        textos = [texto for _, _, texto in partidos]
        esqueleto = (*[antes for antes, _, _ in partidos], final)
        molde = self._memoria.molde(esqueleto, self._ligas)
        if any(_espaciado(textos[cual]) for cual in molde.sin_preservar):
            return self._rematado(_preservando(esqueleto, textos))
        for bloque in molde.bloques:
            self._bloques.append(bloque.con(textos))
        if self._andamio[-2:] != [molde.sosten, molde.sosten]:  # muchos iguales seguidos pesan lo que dos
            self._andamio.append(molde.sosten)
        return self._numerado(tramo, molde.numero_en) if molde.numero_en else self._sin_lista(tramo)

    def _sin_lista(self, tramo: str) -> str:
        self._sigue_lista = False
        return tramo

    def _numerado(self, tramo: str, lugar: int) -> str:
        if not self._sigue_lista:
            self._sigue_lista, self._numero = True, self._otra_lista()
        if not self._numero:
            return tramo
        lista = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._numero}"/></w:numPr>'
        return f"{tramo[:lugar]}{lista}{tramo[lugar:]}"


def _hacer_sitio(recordados: dict[_Esqueleto, _Molde] | set[str]) -> None:
    if len(recordados) >= _MAX_RECORDADOS:
        recordados.clear()


def _proximo_por_ver(texto: str, desde: int) -> int:
    """Dónde está el próximo carácter que pide expandir su tramo, o que no puede ir."""
    hallado = _POR_VER.search(texto, desde)
    return hallado.start() if hallado else len(texto)


def _leer(texto: str) -> etree._Element:
    try:
        return leer_xml(texto)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise HaceFaltaElArbol from error


def _escrito(raiz: etree._Element) -> str:
    return etree.tostring(raiz, encoding="unicode")


def _como_el_arbol(pintado: str) -> str:
    """El texto recién pintado, escrito como lo escribe el árbol."""
    sin_saltos = pintado.replace("\n<w:p>", "<w:p>").replace("\n<w:p ", "<w:p ")
    con_comillas = sin_saltos.replace("&#34;", '"').replace("&#39;", "'")
    return con_comillas.replace(f"{_PRESERVADO}></w:t>", f"{_PRESERVADO}/>").replace("<w:t></w:t>", "<w:t/>")


def _con_escapes(texto: str) -> str:
    return texto.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sin_escapes(texto: str) -> str:
    return texto.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _espaciado(texto: str) -> bool:
    return texto[:1].isspace() or texto[-1:].isspace()


def _preservando(esqueleto: _Esqueleto, textos: list[str]) -> str:
    """El tramo con ``xml:space="preserve"`` donde hace falta."""
    pedazos = [
        _PRESERVADO.join(antes.rsplit(_TEXTO, 1)) if antes.endswith(_TEXTO) and _espaciado(texto) else antes
        for antes, texto in zip(esqueleto[:-1], textos, strict=True)
    ]
    return _con(textos, (*pedazos, esqueleto[-1]))


def _con(textos: Sequence[str], esqueleto: _Esqueleto) -> str:
    """El tramo con esos textos."""
    return (
        "".join(f"{antes}>{texto}</w:t>" for antes, texto in zip(esqueleto[:-1], textos, strict=True)) + esqueleto[-1]
    )


def _con_huecos(esqueleto: _Esqueleto) -> str:
    """El tramo con un carácter de uso privado, siempre distinto, en lugar de cada texto."""
    cuantos = len(esqueleto) - 1
    if cuantos > len(_HUECOS) or any(map(_HUECO.search, esqueleto)):
        raise HaceFaltaElArbol
    if not all(antes.endswith((_TEXTO, _PRESERVADO)) for antes in esqueleto[:-1]):
        raise HaceFaltaElArbol
    return _con([chr(hueco) for hueco in _HUECOS[:cuantos]], esqueleto)


def _bloque(texto: str, cuantos: int) -> _Bloque:
    cuales = tuple(ord(hueco) - _HUECOS.start for hueco in _HUECO.findall(texto))
    formato = _HUECO.sub("%s", _con_escapes(texto).replace("%", "%%"))
    return _Bloque(formato, None if cuales == tuple(range(cuantos)) else cuales)


def _renglon_de(columnas: int) -> str:
    return f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columnas}"/></w:tcPr><w:p/></w:tc></w:tr>'


def _numero_en(raiz: etree._Element, parrafo: etree._Element, abre: str) -> int:
    numerar(parrafo, "0")
    return _escrito(raiz).index("<w:numPr>") - len(abre)
