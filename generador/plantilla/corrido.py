r"""Una parte ya pintada, rematada de corrido: sin armar su árbol y sin tenerla entera en la memoria.

Casi todo lo de un documento son párrafos y renglones de tabla que se repiten y sólo cambian de texto. Cada uno, sin
su texto, es un *molde*; lo que queda al quitarlos todos es el *andamio*. La primera vez que aparece un molde o un
andamio se lee con el árbol de siempre y pasa por las mismas pasada, examen y huella que un documento entero; las
siguientes ya se sabe; y de una parte entera que ya salió con la misma forma, sólo se miran los textos. Antes, los
párrafos con marcas de formato pasan por su `Expansion`.

Aquí sólo se acepta lo que la pasada dejaría igual y el examen aprueba: ante cualquier otra cosa (un dibujo, un
marcador, una celda por reparar, un carácter prohibido) se levanta `HaceFaltaElArbol`, y el documento se compone por el
camino largo, que además sabe explicar qué está mal.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from lxml import etree

from generador import ooxml
from generador.celdas import SALTO
from generador.datos import dataclass
from generador.ooxml import MC, WP, R, W
from generador.plantilla import validez
from generador.plantilla.expansion import (
    HUECO,
    HUECOS,
    Expansion,
    HaceFaltaElArbol,
    escrito,
    espaciado,
    hacer_sitio,
    leer,
    sin_escapes,
)
from generador.plantilla.paquete import Ligas
from generador.plantilla.pasada import PEGADA, Estilos, Pasada, columnas_de, es_de_lista, numerar

_MAX_RECORDADOS = 1_000  # moldes, y andamios, de una parte: con negritas por doquier no tendrían fin
_MAX_ENTERAS = 8  # moldes de la parte entera: pesan lo que ella
_MAX_LARGO = 20_000  # caracteres de lo que vale la pena recordar: un andamio, un encabezado entero
_MAX_ENTERA = 200_000  # caracteres de la parte que puede tener su molde
_SEPARA = "\x1e"  # entre bloques: no puede estar en un texto
_CERRADOS = {"p": "</w:p>", "tr": "</w:tr>"}
_TEXTO, _PRESERVADO = "<w:t", '<w:t xml:space="preserve"'
_PRINCIPIO = re.compile(r"<w:(p|tr)(?: [^<>]*[^<>/])?>")
_PARRAFO = re.compile(r"<w:p(?: [^<>]*[^<>/])?>")
_RAIZ = re.compile(r"<w:(?:document|hdr|ftr)( [^<>]*)?>")
_MARCAS = re.compile("[\ufdd0-\ufdef]")
_PROHIBIDOS = "\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff"
_POR_VER = re.compile(f"[\x00-\x1f{SALTO}\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CORRIENTES = re.compile("[ -\xff\u2010-\u2027]*")  # ninguno es de ésos: saltarlos es más rápido que buscar
_COMO_EL_ARBOL = ("amp;", "lt;", "gt;")  # los escapes que el árbol también escribe
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


@dataclass(frozen=True, slots=True)
class _Bloque:
    r"""Un bloque de la huella (``"%s\t%s"``) y cuáles textos del tramo van en él; None, todos."""

    formato: str
    cuales: tuple[int, ...] | None

    def con(self, textos: tuple[str, ...]) -> str:
        if self.cuales is None:
            return self.formato % textos
        return self.formato % tuple(textos[cual] for cual in self.cuales)


@dataclass(frozen=True, slots=True)
class _Molde:
    """Lo que se sabe de un tramo sin sus textos."""

    cuantos: int  # los textos
    sosten: str  # lo que ocupa su lugar en el andamio
    bloques: tuple[_Bloque, ...]
    numero_en: int  # dónde se escribe el número de su lista; 0 si no es de lista
    sin_preservar: tuple[int, ...]  # los textos cuyos espacios de los extremos se perderían
    ligas: frozenset[str]  # las relaciones que cita y no son de la plantilla


@dataclass(frozen=True, slots=True)
class _Entera:
    """Lo que se sabe de una parte entera sin sus textos: sus bloques, separados, y lo que hay que mirar."""

    bloques: _Bloque
    sin_preservar: tuple[int, ...]
    ligas: frozenset[str]

    @classmethod
    def de(cls, moldes: Sequence[_Molde]) -> "_Entera":
        """La que se hace con esos tramos, en ese orden."""
        formatos: list[str] = []
        cuales: list[int] = []
        sin_preservar: list[int] = []
        antes = 0
        for molde in moldes:
            for bloque in molde.bloques:
                formatos.append(bloque.formato)
                suyos = range(molde.cuantos) if bloque.cuales is None else bloque.cuales
                cuales += (antes + cual for cual in suyos)
            sin_preservar += (antes + cual for cual in molde.sin_preservar)
            antes += molde.cuantos
        todos = None if cuales == [*range(antes)] else tuple(cuales)
        ligas = frozenset[str]().union(*(molde.ligas for molde in moldes))
        return cls(_Bloque(_SEPARA.join(formatos), todos), tuple(sin_preservar), ligas)


@dataclass(frozen=True, slots=True)
class Rematada:
    """Una parte lista para el zip y, para la huella, lo que `ooxml.bloques` diría de ella."""

    comprimida: ooxml.Comprimida
    bloques: tuple[str, ...]


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
        self.expansion = Expansion(self._abre, self._cierra, estilos)
        self._de_la_plantilla = Ligas(rels).identificadores
        self._moldes: dict[_Esqueleto, _Molde] = {}
        self._andamios: set[str] = set()
        self._enteras: dict[_Esqueleto, _Entera] = {}
        self._ultima: tuple[str, Rematada] | None = None

    def ya_rematada(self, pintado: str) -> Rematada | None:
        """Lo que salió la última vez, si fue de ese mismo texto: un encabezado suele ser el mismo en todo el lote."""
        ultima = self._ultima
        return ultima[1] if ultima and ultima[0] == pintado else None

    def recordar(self, pintado: str, rematada: Rematada) -> None:
        """Que de ese texto salió eso, y saldrá siempre (véase `Corrida.es_repetible`)."""
        if len(pintado) <= _MAX_LARGO:
            self._ultima = pintado, rematada

    def entera(self, esqueleto: _Esqueleto, ligas: Ligas) -> _Entera | None:
        """Lo que se sabe de toda la parte, si ya se remató otra igual salvo por sus textos."""
        entera = self._enteras.get(esqueleto)
        return entera if entera and _existen(entera.ligas, ligas) else None

    def recordar_entera(self, esqueleto: _Esqueleto, moldes: Sequence[_Molde]) -> None:
        """Que la parte de ese esqueleto, de esos tramos, está sana y no hay que cambiarle nada."""
        if sum(molde.cuantos for molde in moldes) == len(esqueleto) - 1 and sum(map(len, esqueleto)) <= _MAX_ENTERA:
            hacer_sitio(self._enteras, _MAX_ENTERAS)
            self._enteras[esqueleto] = _Entera.de(moldes)

    def molde(self, esqueleto: _Esqueleto, ligas: Ligas) -> _Molde:
        """El de un tramo. Levanta HaceFaltaElArbol si no basta con su molde."""
        molde = self._moldes.get(esqueleto) or self._aprender(esqueleto, ligas)
        if not _existen(molde.ligas, ligas):
            raise HaceFaltaElArbol
        return molde

    def exigir_andamio(self, andamio: str) -> None:
        """Levanta HaceFaltaElArbol si la parte, con sostenes en lugar de sus tramos, no está sana."""
        if andamio in self._andamios:
            return
        raiz = leer(andamio)
        for tramo in raiz.iter(f"{W}p", f"{W}tr"):
            if any(padre.tag not in _SOSTIENEN for padre in tramo.iterancestors()):
                raise HaceFaltaElArbol
        self._exigir_sano(raiz, andamio, self._de_la_plantilla)
        if len(andamio) <= _MAX_LARGO:
            hacer_sitio(self._andamios, _MAX_RECORDADOS)
            self._andamios.add(andamio)

    def _aprender(self, esqueleto: _Esqueleto, ligas: Ligas) -> _Molde:
        tramo = _con_huecos(esqueleto)
        abre, cierra = self._alrededor(tramo)
        raiz = leer(abre + tramo + cierra)
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
        hacer_sitio(self._moldes, _MAX_RECORDADOS)
        molde = self._moldes[esqueleto] = _Molde(
            len(esqueleto) - 1, sosten, bloques, numero_en, sin_preservar, ligas_suyas
        )
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
        if escrito(raiz) != texto or _MARCAS.search(texto) or next(raiz.iter(*_ATADOS), None) is not None:
            raise HaceFaltaElArbol
        Pasada(self.estilos, None).rematar(raiz, Ligas(None))
        if escrito(raiz) != texto or validez.rompe(raiz, citables):
            raise HaceFaltaElArbol


class Corrida:
    """Una parte de un documento conforme se remata; al terminar, `bloques` es lo que dice, para la huella.

    Se recibe `entera`, o por pedazos: `agregar` cada uno y `terminar`. Todo levanta HaceFaltaElArbol si hay algo que no
    se puede de corrido.
    """

    def __init__(self, memoria: Memoria, ligas: Ligas, otra_lista: Callable[[], str]) -> None:
        self._memoria, self._ligas, self._otra_lista = memoria, ligas, otra_lista
        self._resto = ""  # lo último que se recibió, sin su final
        self._andamio: list[str] = []
        self._moldes: list[_Molde] = []
        self._sigue_lista, self._numero = False, ""
        self._con_marcas = self._con_listas = False
        self._bloques: list[str] = []

    @property
    def es_repetible(self) -> bool:
        """Si de lo mismo saldrá lo mismo en otro documento: las listas y las ligas se cuentan en cada uno."""
        return not (self._con_marcas or self._con_listas)

    def entera(self, pintado: str) -> str:
        """La parte lista. Si otra de la misma forma ya se remató, sólo se miran sus textos."""
        texto = self._sin_marcas(_como_el_arbol(pintado))
        esqueleto, textos = _partido(texto)
        if "" in textos:
            texto = _sin_vacios(texto)
            esqueleto, textos = _partido(texto)
        conocida = self._memoria.entera(esqueleto, self._ligas)
        if conocida and not _se_pierden_espacios(textos, conocida.sin_preservar):
            self._bloques = conocida.bloques.con(textos).split(_SEPARA)
            return texto
        listo = self._rematar(texto) + self.terminar()
        if listo == texto and not self._con_listas:
            self._memoria.recordar_entera(esqueleto, self._moldes)
        return listo

    def agregar(self, pintado: str) -> str:
        """Otro pedazo, que termina en ``</w:p>`` o es el último; da lo que ya quedó listo."""
        return self._rematar(self._resto + self._sin_marcas(_como_el_arbol(pintado)))

    def terminar(self) -> str:
        """Lo que faltaba por dar, una vez recibido todo."""
        if _PRINCIPIO.search(self._resto):
            raise HaceFaltaElArbol
        self._andamio.append(self._resto)
        self._memoria.exigir_andamio("".join(self._andamio))
        return self._resto

    def bloques(self) -> tuple[str, ...]:
        """Como `ooxml.bloques` de la parte."""
        con_algo = filter(str.strip, self._bloques)
        return tuple([sin_escapes(bloque) if "&" in bloque else bloque for bloque in con_algo])

    def _sin_marcas(self, texto: str) -> str:
        """El texto, con los párrafos que traen marcas ya expandidos."""
        listos: list[str] = []
        copiado = visto = 0
        while (donde := _proximo_por_ver(texto, visto)) < len(texto):
            visto = donde + 1
            ultimo_cierre = texto.rfind("</w:p>", copiado, donde)
            parrafo = _PARRAFO.search(texto, max(ultimo_cierre, copiado), donde)
            if parrafo is None:  # entre párrafos: lo ve el andamio
                continue
            inicio, fin = parrafo.start(), texto.find("</w:p>", donde)
            if fin < 0:
                raise HaceFaltaElArbol
            visto = fin + len("</w:p>")
            listos += texto[copiado:inicio], self._expandido(texto[inicio:visto])
            copiado = visto
        return "".join((*listos, texto[copiado:])) if listos else texto

    def _expandido(self, parrafo: str) -> str:
        self._con_marcas = True
        if re.search(f"[{_PROHIBIDOS}]", parrafo):
            raise HaceFaltaElArbol
        expandido = self._memoria.expansion.de(parrafo, self._ligas)
        if _proximo_por_ver(expandido, 0) < len(expandido):
            raise HaceFaltaElArbol
        return expandido

    def _rematar(self, texto: str) -> str:
        """Remata cada tramo completo; lo que falta queda de resto."""
        listos: list[str] = []
        lugar = 0
        while principio := _PRINCIPIO.search(texto, lugar):
            cierre = _CERRADOS[principio[1]]
            inicio, fin = principio.start(), texto.find(cierre, principio.end())
            if fin < 0:
                break
            fin += len(cierre)
            if inicio > lugar:
                listos.append(self._hueco(texto[lugar:inicio]))
            listos.append(self._rematado(texto[inicio:fin]))
            lugar = fin
        self._resto = texto[lugar:]
        return "".join(listos)

    def _hueco(self, hueco: str) -> str:
        self._andamio.append(hueco)
        self._sigue_lista = False
        return hueco

    def _rematado(self, tramo: str) -> str:
        esqueleto, textos = _partido(tramo)
        if "" in textos:
            return self._rematado(_sin_vacios(tramo))
        molde = self._memoria.molde(esqueleto, self._ligas)
        if molde.sin_preservar and _se_pierden_espacios(textos, molde.sin_preservar):
            return self._rematado(_preservando(esqueleto, textos))
        self._moldes.append(molde)
        for bloque in molde.bloques:
            self._bloques.append(bloque.con(textos))
        if self._andamio[-2:] != [molde.sosten, molde.sosten]:  # muchos iguales seguidos pesan lo que dos
            self._andamio.append(molde.sosten)
        return self._numerado(tramo, molde.numero_en) if molde.numero_en else self._sin_lista(tramo)

    def _sin_lista(self, tramo: str) -> str:
        self._sigue_lista = False
        return tramo

    def _numerado(self, tramo: str, lugar: int) -> str:
        self._con_listas = True
        if not self._sigue_lista:
            self._sigue_lista, self._numero = True, self._otra_lista()
        if not self._numero:
            return tramo
        lista = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{self._numero}"/></w:numPr>'
        return f"{tramo[:lugar]}{lista}{tramo[lugar:]}"


def _proximo_por_ver(texto: str, desde: int) -> int:
    """Dónde está el próximo carácter que pide expandir su párrafo, o que no puede ir; si no hay, el largo del texto."""
    while corrientes := _CORRIENTES.match(texto, desde):
        desde = corrientes.end()
        if desde == len(texto) or _POR_VER.match(texto, desde):
            break
        desde += 1
    return desde


def _existen(citadas: frozenset[str], ligas: Ligas) -> bool:
    return not citadas or citadas <= ligas.identificadores


def _como_el_arbol(pintado: str) -> str:
    """El texto recién pintado, con los escapes que escribe el árbol. Levanta HaceFaltaElArbol ante otro."""
    primero, *demas = pintado.split("&")  # buscar una sola letra es lo más rápido, y casi no hay
    return primero + "".join(map(_escape_del_arbol, demas)) if demas else pintado


def _escape_del_arbol(sin_signo: str) -> str:
    if sin_signo.startswith(_COMO_EL_ARBOL):
        return f"&{sin_signo}"
    comilla = {"#34;": '"', "#39;": "'"}.get(sin_signo[:4])
    if comilla is None:
        raise HaceFaltaElArbol
    return f"{comilla}{sin_signo[4:]}"


def _con_escapes(texto: str) -> str:
    return texto.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _sin_vacios(tramo: str) -> str:
    """El tramo con sus textos vacíos como los escribe el árbol."""
    cerrados = tramo.replace(f"{_PRESERVADO}></w:t>", f"{_PRESERVADO}/>").replace(f"{_TEXTO}></w:t>", f"{_TEXTO}/>")
    if cerrados == tramo:
        raise HaceFaltaElArbol
    return cerrados


def _partido(texto: str) -> tuple[_Esqueleto, tuple[str, ...]]:
    """``"…<w:t>Ana</w:t>…"`` → ``(("…<w:t", "…"), ("Ana",))``."""
    *pedazos, final = texto.split("</w:t>")
    if not pedazos:
        return (final,), ()
    antes, _, textos = zip(*[pedazo.rpartition(">") for pedazo in pedazos], strict=True)
    return (*antes, final), textos


def _se_pierden_espacios(textos: Sequence[str], cuales: Iterable[int]) -> bool:
    suyos = [textos[cual] for cual in cuales]
    return [*map(str.strip, suyos)] != suyos


def _preservando(esqueleto: _Esqueleto, textos: Sequence[str]) -> str:
    """El tramo con ``xml:space="preserve"`` donde hace falta."""
    pedazos = [
        _PRESERVADO.join(antes.rsplit(_TEXTO, 1)) if antes.endswith(_TEXTO) and espaciado(texto) else antes
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
    if cuantos > len(HUECOS) or any(map(HUECO.search, esqueleto)):
        raise HaceFaltaElArbol
    if not all(antes.endswith((_TEXTO, _PRESERVADO)) for antes in esqueleto[:-1]):
        raise HaceFaltaElArbol
    return _con([chr(hueco) for hueco in HUECOS[:cuantos]], esqueleto)


def _bloque(texto: str, cuantos: int) -> _Bloque:
    cuales = tuple(ord(hueco) - HUECOS.start for hueco in HUECO.findall(texto))
    formato = HUECO.sub("%s", _con_escapes(texto).replace("%", "%%"))
    return _Bloque(formato, None if cuales == tuple(range(cuantos)) else cuales)


def _renglon_de(columnas: int) -> str:
    return f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columnas}"/></w:tcPr><w:p/></w:tc></w:tr>'


def _numero_en(raiz: etree._Element, parrafo: etree._Element, abre: str) -> int:
    numerar(parrafo, "0")
    return escrito(raiz).index("<w:numPr>") - len(abre)
