"""Un párrafo de Word leído como letras que saben en qué corrido están, y cómo se parte por cualquiera de ellas.

Se lee lo que quedaría al aceptar los cambios: lo insertado cuenta y lo borrado no.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree

from generador.datos import dataclass
from generador.fusion.palabras import FIN_DE_PARRAFO, OBJETO, palabras
from generador.ooxml import MC, XML, R, W

AUTOR = "generar"
_INSERTADOS = (f"{W}ins", f"{W}moveTo")
_BORRADOS = (f"{W}del", f"{W}moveFrom")
_TRANSPARENTES = frozenset(f"{W}{nombre}" for nombre in ("sdt", "sdtContent", "smartTag", "customXml", "dir", "bdo"))
_SIN_LETRAS = frozenset(
    f"{W}{nombre}"
    for nombre in (
        *("pPr", "rPr", "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("permStart", "permEnd", "lastRenderedPageBreak", "sdtPr", "sdtEndPr", "commentReference", "annotationRef"),
        *("footnoteRef", "endnoteRef", "separator", "continuationSeparator", "smartTagPr", "customXmlPr"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "delText"),
    )
)
_SIGNOS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011", f"{W}softHyphen": "\u00ad",
}  # fmt: skip
_OBJETOS = {
    f"{W}drawing": "imagen", f"{W}pict": "imagen", f"{W}object": "imagen", f"{MC}AlternateContent": "imagen",
    f"{W}footnoteReference": "nota", f"{W}endnoteReference": "nota",
}  # fmt: skip


@dataclass(slots=True)
class Letras:
    """Un trozo de texto sin partir, con el corrido (``w:r``) que lo trae; un objeto puede tener varios o ninguno."""

    texto: str
    corridos: tuple[etree._Element, ...]
    hijo: etree._Element | None = None  # el w:t, el w:tab…; None si es un objeto o un fin de párrafo
    objeto: str = ""  # «imagen», «nota», o la instrucción del campo
    liga: str = ""
    marcas: str = ""  # «n» negrita, «c» cursiva
    ajena: bool = False  # dentro de un cambio sin aceptar que no es nuestro


@dataclass(frozen=True, slots=True)
class Palabra:
    """Una palabra, un espacio, un signo o un objeto; ``desde`` y ``hasta`` son lugares en las letras del bloque."""

    texto: str
    desde: int
    hasta: int
    objeto: str = ""
    liga: str = ""
    marcas: str = ""
    ajena: bool = False

    @property
    def dicho(self) -> tuple[str, str]:
        """Lo que dice, sin su formato."""
        return self.texto, self.objeto

    @property
    def entero(self) -> tuple[str, str, str, str]:
        """Lo que dice y cómo: dos iguales no tienen nada que actualizar."""
        return self.texto, self.objeto, self.liga, self.marcas


class Bloque:
    """Uno o varios párrafos seguidos que se comparan como un solo texto."""

    def __init__(self, parrafos: Sequence[etree._Element], ligas: Mapping[str, str]) -> None:
        self.parrafos = list(parrafos)
        self.letras: list[Letras] = []
        for numero, parrafo in enumerate(self.parrafos):
            self.letras += letras_de(parrafo, ligas)
            if numero + 1 < len(self.parrafos) and not marca_borrada(parrafo):
                self.letras.append(Letras(FIN_DE_PARRAFO, ()))
        self.texto = "".join(letra.texto for letra in self.letras)
        self._palabras: list[Palabra] | None = None

    @property
    def palabras(self) -> list[Palabra]:
        """El texto en palabras; una liga entera es una sola."""
        if self._palabras is None:
            self._palabras = list(_en_palabras(self.letras))
        return self._palabras

    @property
    def firma(self) -> list[tuple[str, str, str, str]]:
        """Corrido a corrido, lo que dice y cómo: dos iguales no difieren en nada; dos distintas hay que mirarlas."""
        return [(letra.texto, letra.objeto, letra.liga, letra.marcas) for letra in self.letras]

    def cortar(self, lugar: int) -> int:
        """Parte el corrido para que ``lugar`` caiga entre dos; da el índice de la letra que empieza ahí."""
        desde = 0
        for indice, letra in enumerate(self.letras):
            hasta = desde + len(letra.texto)
            if lugar <= desde:
                if lugar == desde and indice and letra.hijo is not None:
                    self._separar(indice)
                return indice
            if lugar < hasta:
                self._partir(indice, lugar - desde)
                self._separar(indice + 1)
                return indice + 1
            desde = hasta
        return len(self.letras)

    def _partir(self, indice: int, cuantas: int) -> None:
        """Un ``w:t`` en dos, dentro de su mismo corrido."""
        letra = self.letras[indice]
        assert letra.hijo is not None
        otro = deepcopy(letra.hijo)
        otro.tail = None
        letra.hijo.text, otro.text = letra.texto[:cuantas], letra.texto[cuantas:]
        for trozo in (letra.hijo, otro):
            trozo.set(f"{XML}space", "preserve")
        letra.hijo.addnext(otro)
        segunda = Letras(letra.texto[cuantas:], letra.corridos, otro, "", letra.liga, letra.marcas, letra.ajena)
        letra.texto = letra.texto[:cuantas]
        self.letras.insert(indice + 1, segunda)

    def _separar(self, indice: int) -> None:
        """Que la letra empiece su propio corrido, con el mismo formato."""
        letra = self.letras[indice]
        assert letra.hijo is not None
        corrido = letra.corridos[0]
        anteriores = [hijo for hijo in letra.hijo.itersiblings(preceding=True) if hijo.tag != f"{W}rPr"]
        if not anteriores:
            return
        otro = etree.Element(f"{W}r", {str(a): str(v) for a, v in corrido.attrib.items()})
        formato = corrido.find(f"{W}rPr")
        if formato is not None:
            otro.append(deepcopy(formato))
        for hijo in [letra.hijo, *letra.hijo.itersiblings()]:
            otro.append(hijo)
        corrido.addnext(otro)
        hijos = set(otro)
        for siguiente in self.letras[indice:]:
            if siguiente.hijo is not None and siguiente.hijo in hijos:
                siguiente.corridos = (otro,)
            elif siguiente.objeto and corrido in siguiente.corridos:
                siguiente.corridos = tuple(otro if c is corrido else c for c in siguiente.corridos)


def letras_de(parrafo: etree._Element, ligas: Mapping[str, str]) -> list[Letras]:
    """Las letras de un párrafo; ``ligas``: a dónde lleva cada relación de su parte."""
    lector = _Lector(ligas)
    lector.leer(parrafo, "", ajena=False)
    return lector.letras


class _Lector:
    def __init__(self, ligas: Mapping[str, str]) -> None:
        self.ligas = ligas
        self.letras: list[Letras] = []
        self.campo: list[etree._Element] = []  # los corridos del campo abierto
        self.profundidad = 0
        self.instruccion = ""

    def leer(self, elemento: etree._Element, liga: str, *, ajena: bool) -> None:
        for hijo in elemento:
            nombre = hijo.tag
            if nombre == f"{W}r":
                self.corrido(hijo, liga, ajena=ajena)
            elif nombre in _SIN_LETRAS or nombre in _BORRADOS:
                continue
            elif nombre in _INSERTADOS:
                self.leer(hijo, liga, ajena=hijo.get(f"{W}author") != AUTOR)
            elif nombre == f"{W}hyperlink":
                direccion = self.ligas.get(hijo.get(f"{R}id", ""), "") + "#" + hijo.get(f"{W}anchor", "")
                self.leer(hijo, direccion, ajena=ajena)
            elif nombre in _TRANSPARENTES:
                self.leer(hijo, liga, ajena=ajena)
            elif nombre == f"{W}fldSimple":
                instruccion = " ".join(hijo.get(f"{W}instr", "").split())
                self.letras.append(Letras(OBJETO, (hijo,), objeto=instruccion, liga=liga, ajena=ajena))
            else:
                self.letras.append(Letras(OBJETO, (), objeto=etree.QName(nombre).localname, ajena=ajena))

    def corrido(self, corrido: etree._Element, liga: str, *, ajena: bool) -> None:
        if self.profundidad:
            self.campo.append(corrido)
        marcas = ""
        for hijo in corrido:
            if hijo.tag == f"{W}fldChar":
                self.momento(hijo.get(f"{W}fldCharType", ""), corrido, liga, ajena=ajena)
            elif self.profundidad:
                if hijo.tag == f"{W}instrText":
                    self.instruccion += hijo.text or ""
            elif hijo.tag == f"{W}rPr":
                marcas = _marcas(hijo)
            elif hijo.tag == f"{W}t":
                if hijo.text:
                    self.letras.append(Letras(hijo.text, (corrido,), hijo, "", liga, marcas, ajena))
            elif hijo.tag in _SIGNOS:
                self.letras.append(Letras(_SIGNOS[hijo.tag], (corrido,), hijo, "", liga, marcas, ajena))
            elif hijo.tag == f"{W}br":
                if hijo.get(f"{W}type", "textWrapping") == "textWrapping":
                    self.letras.append(Letras("\n", (corrido,), hijo, "", liga, marcas, ajena))
            elif hijo.tag == f"{W}sym":
                signo = _signo(hijo.get(f"{W}char", ""))
                self.letras.append(Letras(signo, (corrido,), hijo, "", liga, marcas, ajena))
            elif hijo.tag in _OBJETOS:
                self.letras.append(Letras(OBJETO, (corrido,), hijo, _OBJETOS[hijo.tag], liga, "", ajena))

    def momento(self, cual: str, corrido: etree._Element, liga: str, *, ajena: bool) -> None:
        if cual == "begin":
            if not self.profundidad:
                self.campo, self.instruccion = [corrido], ""
            self.profundidad += 1
        elif cual == "end" and self.profundidad:
            self.profundidad -= 1
            if not self.profundidad:
                corridos = tuple(dict.fromkeys(self.campo))
                instruccion = " ".join(self.instruccion.split())
                self.letras.append(Letras(OBJETO, corridos, objeto=instruccion, liga=liga, ajena=ajena))


def _signo(codigo: str) -> str:
    """La letra de un ``w:sym``; si su código no es de una letra, la de «no se sabe»."""
    letra = chr(int(codigo, 16)) if re.fullmatch("[0-9A-Fa-f]{4}", codigo) else "\ufffd"
    return "\ufffd" if unicodedata.category(letra) in ("Cc", "Cs", "Cn") else letra


def _marcas(formato: etree._Element) -> str:
    return ("n" if _puesta(formato, "b") else "") + ("c" if _puesta(formato, "i") else "")


def _puesta(formato: etree._Element, cual: str) -> bool:
    marca = formato.find(f"{W}{cual}")
    return marca is not None and marca.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _en_palabras(letras: Sequence[Letras]) -> Iterator[Palabra]:
    lugar = indice = 0
    while indice < len(letras):
        primera = letras[indice]
        hasta = indice + 1
        if not primera.objeto and primera.texto != FIN_DE_PARRAFO:
            while hasta < len(letras) and _siguen(primera, letras[hasta]):
                hasta += 1
        grupo = letras[indice:hasta]
        texto = "".join(letra.texto for letra in grupo)
        if primera.liga and not primera.objeto:
            yield Palabra(texto, lugar, lugar + len(texto), "", primera.liga, primera.marcas, primera.ajena)
        elif primera.objeto:
            yield Palabra(texto, lugar, lugar + len(texto), primera.objeto, primera.liga, "", primera.ajena)
        else:
            yield from _sueltas(texto, lugar, grupo)
        lugar += len(texto)
        indice = hasta


def _siguen(una: Letras, otra: Letras) -> bool:
    return not otra.objeto and otra.texto != FIN_DE_PARRAFO and otra.liga == una.liga


def _sueltas(texto: str, lugar: int, grupo: Sequence[Letras]) -> Iterator[Palabra]:
    de_cada = [(letra.marcas, letra.ajena) for letra in grupo for _ in letra.texto]
    desde = 0
    for palabra in palabras(texto):
        hasta = desde + len(palabra)
        suyas = de_cada[desde:hasta]
        marcas = "|".join(dict.fromkeys(marca for marca, _ in suyas))
        yield Palabra(palabra, lugar + desde, lugar + hasta, "", "", marcas, any(ajena for _, ajena in suyas))
        desde = hasta


def marca_borrada(parrafo: etree._Element) -> bool:
    """Si el fin del párrafo está borrado (sin aceptar): al aceptar, se une con el siguiente."""
    return parrafo.find(f"{W}pPr/{W}rPr/{W}del") is not None or parrafo.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None
