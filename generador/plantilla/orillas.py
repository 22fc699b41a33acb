"""Las etiquetas escritas en la orilla de un párrafo o de un renglón, y lo que abarcan.

Quien edita en Word no sabe dónde empieza un párrafo por dentro: escribe ``{% for … %}`` al principio de la primera
celda y ``{% endfor %}`` al final de la última, y quiere repetir el renglón. Aquí se ve qué etiquetas están en una
orilla y abarcan más que su párrafo, y se sacan de él. También los renglones de Mayús+Enter que sólo llevan etiquetas.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Union

from lxml import etree

from generador.datos import dataclass
from generador.ooxml import W
from generador.plantilla.esquema_de_word import BLOQUES

if TYPE_CHECKING:
    from generador.plantilla.etiquetas import Etiqueta

Nivel = Callable[["Etiqueta"], etree._Element]
Pareja = tuple["Etiqueta", ...]  # la que abre, sus «else» y la que cierra
_Uno = Union["Etiqueta", etree._Element]  # algo de lo que se lee en un párrafo

_CIERRAN = {"endif": "if", "endfor": "for", "endwith": "with"}
_NO_SE_VEN = frozenset((f"{W}rPr", f"{W}t", f"{W}lastRenderedPageBreak"))
_SALTOS = (f"{W}br", f"{W}cr")
_SI_NO_ES_EL_PRIMERO = "{% if not loop.first %}"
_Solas = dict[_Uno, tuple[_Uno | None, _Uno | None]]  # con los saltos de antes y de después


@dataclass(frozen=True)
class Orilla:
    """Adónde se saca una etiqueta: antes o después de ese párrafo o renglón de tabla."""

    elemento: etree._Element
    antes: bool

    @property
    def nivel(self) -> etree._Element | None:
        """Lo que contiene al elemento: ahí queda la etiqueta."""
        return self.elemento.getparent()


class Orillas:
    """De las etiquetas de una parte, en su orden, las que se sacan de su párrafo (``suyas``)."""

    def __init__(self, etiquetas: Sequence[Etiqueta], nivel: Nivel) -> None:
        self._etiquetas, self._nivel = etiquetas, nivel
        self._de_trozo: dict[etree._Element, list[Etiqueta]] = defaultdict(list)
        for etiqueta in etiquetas:
            self._de_trozo[etiqueta.trozo].append(etiqueta)
        self.suyas: dict[Etiqueta, Orilla] = {}
        self._parejas = _parejas(etiquetas)
        for pareja in self._parejas:
            self.suyas |= self._sacadas(pareja)

    def _sacadas(self, pareja: Pareja) -> Mapping[Etiqueta, Orilla]:
        """Adónde va cada una de la pareja; vacío si se quedan donde están."""
        if len({self._nivel(etiqueta) for etiqueta in pareja}) == 1:
            return self._con_todo_su_parrafo(pareja)
        for clase in ("p", "tr"):
            lugares = {etiqueta: self._lugar(etiqueta, f"{W}{clase}") for etiqueta in pareja}
            niveles = {None if lugar is None else lugar[0] for lugar in lugares.values()}
            if len(niveles) == 1 and None not in niveles:
                return {e: lugar[1] for e, lugar in lugares.items() if lugar is not None and lugar[1] is not None}
        return {}

    def _con_todo_su_parrafo(self, pareja: Pareja) -> Mapping[Etiqueta, Orilla]:
        """Un «if» que encierra todo su párrafo se lo lleva: si no se cumple, no queda un renglón vacío."""
        abre, cierra = pareja[0], pareja[-1]
        parrafo = abre.parrafo
        if abre.palabra != "if" or len(pareja) > 2 or abre.prefijo or self._nivel(abre) is not parrafo:
            return {}
        dentro = self._dentro(parrafo)
        cierra_seccion = parrafo.find(f"{W}pPr/{W}sectPr") is not None
        if (dentro[0], dentro[-1]) != (abre, cierra) or es_el_unico(parrafo) or cierra_seccion:
            return {}
        return {abre: Orilla(parrafo, antes=True), cierra: Orilla(parrafo, antes=False)}

    def _lugar(self, etiqueta: Etiqueta, clase: str) -> tuple[etree._Element, Orilla | None] | None:
        """En qué nivel quedaría, y sacada adónde (None: ya está ahí); None si no está en una orilla."""
        es_parrafo = clase == f"{W}p"
        elemento = etiqueta.parrafo if es_parrafo else next(etiqueta.parrafo.iterancestors(clase), None)
        nivel = None if elemento is None else elemento.getparent()
        if elemento is None or nivel is None:
            return None
        if self._nivel(etiqueta) is nivel:
            return nivel, None
        if etiqueta.prefijo not in ("", "" if es_parrafo else "tr"):
            return None
        dentro = self._dentro(elemento)
        if dentro[0] is etiqueta:
            return nivel, Orilla(elemento, antes=True)
        return (nivel, Orilla(elemento, antes=False)) if dentro[-1] is etiqueta else None

    def _dentro(self, elemento: etree._Element) -> list[_Uno]:
        """Lo que se lee dentro, en orden, sin las etiquetas que ya se sacaron."""
        return [uno for uno in self._todo(elemento) if uno not in self.suyas]

    def _todo(self, elemento: etree._Element) -> Iterator[_Uno]:
        """Lo que se lee dentro, en orden: cada etiqueta, y el elemento de lo demás."""
        for suyo in elemento.iter(etree.Element):
            if suyo.tag == f"{W}t":
                yield from self._del_trozo(suyo)
            elif _se_ve(suyo):
                yield suyo

    def _del_trozo(self, trozo: etree._Element) -> Iterator[_Uno]:
        resto = trozo.text or ""
        for etiqueta in self._de_trozo.get(trozo, ()):
            antes, _, resto = resto.partition(etiqueta.texto)
            if antes.strip():
                yield trozo
            yield etiqueta
        if resto.strip():
            yield trozo

    # --- cambios al árbol ---------------------------------------------------------------------------

    def sacar(self) -> None:
        """Deja cada etiqueta en su orilla, y sin el suyo las que iban solas en un renglón de Mayús+Enter."""
        for parrafo in {etiqueta.parrafo: None for etiqueta in self._etiquetas}:
            if next(parrafo.iter(*_SALTOS), None) is not None:
                self._quitar_saltos(parrafo)
        for trozo in {etiqueta.trozo: None for etiqueta in self.suyas}:
            trozo.text = self._sin_las_sacadas(trozo)
        for etiqueta in self._etiquetas:
            if orilla := self.suyas.get(etiqueta):
                (poner_antes if orilla.antes else poner_despues)(orilla.elemento, etiqueta.sin_recorte)

    def _sin_las_sacadas(self, trozo: etree._Element) -> str:
        texto, resto = "", trozo.text or ""
        for etiqueta in self._de_trozo[trozo]:
            antes, _, resto = resto.partition(etiqueta.texto)
            texto += antes
            orilla = self.suyas.get(etiqueta)
            if orilla is None:
                texto += etiqueta.texto
            elif orilla.antes:
                resto = resto.lstrip()
            else:
                texto = texto.rstrip()
        return texto + resto

    def _quitar_saltos(self, parrafo: etree._Element) -> None:
        todo = list(self._todo(parrafo))
        sobran = {todo[lugar] for lugar in self._junto_a_las_sacadas(todo) if _es_salto(todo[lugar])}
        quedan = [uno for uno in todo if uno not in sobran and uno not in self.suyas]
        solas = _solas_en_su_renglon(quedan)
        entre_vueltas: set[_Uno] = set()
        for pareja in self._parejas:
            if pareja[0].parrafo is parrafo and all(etiqueta in solas for etiqueta in pareja):
                sobran |= _los_que_sobran(pareja, solas)
                entre_vueltas |= _el_de_entre_vueltas(pareja, solas)
        for salto in sobran:
            if isinstance(salto, etree._Element) and (padre := salto.getparent()) is not None:
                padre.remove(salto)
        for salto in entre_vueltas - sobran:
            if isinstance(salto, etree._Element):
                poner_antes(salto, _SI_NO_ES_EL_PRIMERO)
                poner_despues(salto, "{% endif %}")

    def _junto_a_las_sacadas(self, todo: list[_Uno]) -> Iterator[int]:
        for lugar, uno in enumerate(todo):
            orilla = None if isinstance(uno, etree._Element) else self.suyas.get(uno)
            if orilla is not None:
                vecino = lugar + 1 if orilla.antes else lugar - 1
                if 0 <= vecino < len(todo):
                    yield vecino


def _solas_en_su_renglon(todo: list[_Uno]) -> _Solas:
    """Las etiquetas en cuyo renglón no hay nada más, con el salto de antes y el de después."""
    solas: _Solas = {}
    lugares = [-1, *(lugar for lugar, uno in enumerate(todo) if _es_salto(uno)), len(todo)]
    for inicio, fin in pairwise(lugares):
        renglon = todo[inicio + 1 : fin]
        if renglon and all(not isinstance(uno, etree._Element) and uno.de_bloque for uno in renglon):
            saltos = (todo[inicio] if inicio >= 0 else None, todo[fin] if fin < len(todo) else None)
            solas |= dict.fromkeys(renglon, saltos)
    return solas


def _los_que_sobran(pareja: Pareja, solas: _Solas) -> set[_Uno]:
    """Los saltos de los renglones que la pareja deja vacíos.

    Cada renglón se va con el salto que le sigue; si la que cierra es lo último del párrafo, con el de antes.
    """
    abre, cierra = pareja[0], pareja[-1]
    if solas[cierra][1] is not None:
        sobran = {solas[etiqueta][1] for etiqueta in pareja}
    elif solas[abre][0] is not None:
        sobran = {solas[etiqueta][0] for etiqueta in pareja}
    elif abre.palabra == "for":
        sobran = {solas[cierra][0]}
    else:
        sobran = {solas[abre][1], solas[cierra][0]}.union(*(solas[etiqueta] for etiqueta in pareja[1:-1]))
    return {salto for salto in sobran if salto is not None}


def _el_de_entre_vueltas(pareja: Pareja, solas: _Solas) -> set[_Uno]:
    """Si un «for» repite todo su párrafo, el salto que separa una vuelta de la siguiente."""
    abre, cierra = pareja[0], pareja[-1]
    primero = solas[abre][1]
    solo_eso = abre.palabra == "for" and solas[abre][0] is None and solas[cierra][1] is None
    return {primero} if solo_eso and primero is not None else set()


def poner_antes(elemento: etree._Element, texto: str) -> None:
    """Escribe ese texto justo antes del elemento."""
    anterior, padre = elemento.getprevious(), elemento.getparent()
    if anterior is not None:
        anterior.tail = (anterior.tail or "") + texto
    elif padre is not None:
        padre.text = (padre.text or "") + texto


def poner_despues(elemento: etree._Element, texto: str) -> None:
    """Escribe ese texto después del elemento y de lo que ya lo siga."""
    elemento.tail = (elemento.tail or "") + texto


def _parejas(etiquetas: Iterable[Etiqueta]) -> list[Pareja]:
    """Cada una que abre con sus «else» y la que la cierra, en el orden en que abren."""
    hechas: list[Pareja] = []
    abiertas: list[list[Etiqueta]] = []
    for etiqueta in etiquetas:
        if etiqueta.palabra in _CIERRAN.values():
            abiertas.append([etiqueta])
        elif etiqueta.palabra in ("else", "elif") and abiertas:
            abiertas[-1].append(etiqueta)
        elif etiqueta.palabra in _CIERRAN and abiertas and abiertas[-1][0].palabra == _CIERRAN[etiqueta.palabra]:
            hechas.append((*abiertas.pop(), etiqueta))
    lugares = {etiqueta: lugar for lugar, etiqueta in enumerate(etiquetas)}
    return sorted(hechas, key=lambda pareja: lugares[pareja[0]])


def _se_ve(elemento: etree._Element) -> bool:
    padre = elemento.getparent()
    en_el_texto = padre is not None and padre.tag == f"{W}r" and elemento.tag not in _NO_SE_VEN
    return en_el_texto or str(elemento.tag).endswith("}oMath")


def _es_salto(uno: _Uno) -> bool:
    """Si es un salto de renglón (Mayús+Enter), y no de página."""
    return isinstance(uno, etree._Element) and uno.tag in _SALTOS and uno.get(f"{W}type") is None


def es_el_unico(parrafo: etree._Element) -> bool:
    """Si no hay otro párrafo ni otra tabla junto a él, en su celda o donde esté."""
    padre = parrafo.getparent()
    return padre is None or not any(otro.tag in BLOQUES for otro in padre if otro is not parrafo)
