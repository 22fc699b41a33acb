"""Un párrafo de tres maneras: lo que cambió en los datos, puesto sobre lo que dejó la persona."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import groupby

from lxml import etree

from generador.datos import dataclass
from generador.fusion.marcas import Marcador
from generador.fusion.palabras import FIN_DE_PARRAFO, Cambio, cambios, cambios_legibles, chocan
from generador.fusion.parrafo import Bloque, Letras, Palabra
from generador.fusion.prestamo import Prestamo
from generador.ooxml import XML, R, W
from generador.plantilla.esquema_de_word import ORDEN_RPR

_DE_SIGNO = {"\t": "tab", "\n": "br", "\u2011": "noBreakHyphen", "\u00ad": "softHyphen"}
_ENVOLTURAS = (f"{W}hyperlink", f"{W}ins", f"{W}moveTo")


class Choque(Exception):
    """La persona y los datos tocaron lo mismo: decide la persona."""


@dataclass(frozen=True, slots=True)
class Edicion:
    """Las palabras ``[desde, hasta)`` de la persona que pasan a ser las ``[nuevo_desde, nuevo_hasta)`` de los datos."""

    desde: int
    hasta: int
    nuevo_desde: int
    nuevo_hasta: int
    marcas: str  # el formato que en la base tenía lo que cambia


def ediciones(base: Bloque, suyo: Bloque, nuevo: Bloque) -> list[Edicion]:
    """Lo que hay que cambiar en ``suyo``, en orden; vacío si los datos no cambiaron o la persona ya lo puso.

    Levanta Choque.
    """
    if base.firma == nuevo.firma:
        return []
    de_los_datos = cambios_legibles(
        [p.texto for p in base.palabras],
        [p.texto for p in nuevo.palabras],
        ([p.entero for p in base.palabras], [p.entero for p in nuevo.palabras]),
    )
    if not de_los_datos:
        return []
    dicho, mio, tuyo = ([p.dicho for p in bloque.palabras] for bloque in (base, nuevo, suyo))
    if mio == tuyo and mio != dicho:
        return []
    de_la_persona = cambios(dicho, tuyo)
    return [
        _edicion(base, suyo, nuevo, cambio, de_la_persona)
        for cambio in de_los_datos
        if not any(_mismo(cambio, otro, mio, tuyo) for otro in de_la_persona)
    ]


def _mismo(nuevo: Cambio, suyo: Cambio, de_los_datos: Sequence[object], de_la_persona: Sequence[object]) -> bool:
    return (nuevo.desde, nuevo.hasta) == (suyo.desde, suyo.hasta) and (
        de_los_datos[nuevo.nuevo_desde : nuevo.nuevo_hasta] == de_la_persona[suyo.nuevo_desde : suyo.nuevo_hasta]
    )


def _edicion(base: Bloque, suyo: Bloque, nuevo: Bloque, cambio: Cambio, suyos: Sequence[Cambio]) -> Edicion:
    textos = [p.texto for p in base.palabras]
    que_dicen = "".join(p.texto for p in nuevo.palabras[cambio.nuevo_desde : cambio.nuevo_hasta])
    for otro in suyos:
        que_dice = "".join(p.texto for p in suyo.palabras[otro.nuevo_desde : otro.nuevo_hasta])
        if chocan(textos, otro, cambio, (que_dice, que_dicen)):
            raise Choque
    corrimiento = sum(
        (otro.nuevo_hasta - otro.nuevo_desde) - (otro.hasta - otro.desde)
        for otro in suyos
        if otro.hasta <= cambio.desde
    )
    desde, hasta = cambio.desde + corrimiento, cambio.hasta + corrimiento
    tocadas = suyo.palabras[desde:hasta]
    if any(p.ajena or p.texto == FIN_DE_PARRAFO for p in tocadas) or FIN_DE_PARRAFO in que_dicen:
        raise Choque
    vieja = base.palabras[min(cambio.desde, len(base.palabras) - 1)] if base.palabras else None
    return Edicion(desde, hasta, cambio.nuevo_desde, cambio.nuevo_hasta, vieja.marcas if vieja else "")


def aplicar(suyo: Bloque, nuevo: Bloque, lista: Sequence[Edicion], marcador: Marcador, prestamo: Prestamo) -> None:
    """Pone las ediciones como control de cambios, de la última a la primera."""
    palabras = suyo.palabras
    fin = len(suyo.texto)
    lugares = [(palabras[e.desde].desde if e.desde < len(palabras) else fin) for e in lista]
    for edicion, lugar in reversed(list(zip(lista, lugares, strict=True))):
        hasta = palabras[edicion.hasta - 1].hasta if edicion.hasta > edicion.desde else lugar
        _Obra(suyo, nuevo, edicion, marcador, prestamo).hacer(lugar, hasta)


@dataclass(frozen=True, slots=True)
class _Obra:
    """Una edición mientras se hace."""

    suyo: Bloque
    nuevo: Bloque
    edicion: Edicion
    marcador: Marcador
    prestamo: Prestamo

    def hacer(self, desde: int, hasta: int) -> None:
        if hasta > desde:
            self.suyo.cortar(hasta)
        indice = self.suyo.cortar(desde)
        borradas = list(self._entre(indice, desde, hasta))
        formato = self._formato(indice, borradas)
        nuevos = list(self._nuevos(formato))
        corridos = list(dict.fromkeys(corrido for letra in borradas for corrido in letra.corridos))
        if corridos:
            self.marcador.terminar_en(corridos[-1])
            for elemento in nuevos:
                tope(corridos[-1]).addnext(elemento)
                corridos.append(elemento)
            self.marcador.borrar(c for c in corridos if c.tag in (f"{W}r",) and c not in nuevos)
        else:
            self._poner(indice, nuevos)

    def _entre(self, indice: int, desde: int, hasta: int) -> Iterator[Letras]:
        lugar = desde
        while lugar < hasta:
            letra = self.suyo.letras[indice]
            yield letra
            lugar += len(letra.texto)
            indice += 1

    def _poner(self, indice: int, nuevos: Sequence[etree._Element]) -> None:
        letras = self.suyo.letras
        antes = letras[indice - 1] if indice else None
        despues = letras[indice] if indice < len(letras) else None
        if antes is not None and antes.corridos:
            self.marcador.terminar_en(antes.corridos[-1])
            for elemento in reversed(nuevos):
                tope(antes.corridos[-1]).addnext(elemento)
        elif despues is not None and despues.corridos:
            for elemento in nuevos:
                tope(despues.corridos[0]).addprevious(elemento)
        else:
            for elemento in nuevos:
                self.suyo.parrafos[-1].append(elemento)

    def _formato(self, indice: int, borradas: Sequence[Letras]) -> etree._Element | None:
        """El ``w:rPr`` de lo que se reemplaza o, si sólo se agrega, el del vecino con el que va en los datos."""
        letras = self.suyo.letras
        if borradas:
            return formato_de(borradas[0])
        antes = letras[indice - 1] if indice else None
        despues = letras[indice] if indice < len(letras) else None
        ultima = self.edicion.nuevo_hasta
        palabras = self.nuevo.palabras
        va_con_la_siguiente = (
            ultima < len(palabras)
            and _firma(self.nuevo, palabras[self.edicion.nuevo_desde]) == _firma(self.nuevo, palabras[ultima])
            and not (
                self.edicion.nuevo_desde
                and _firma(self.nuevo, palabras[self.edicion.nuevo_desde])
                == _firma(self.nuevo, palabras[self.edicion.nuevo_desde - 1])
            )
        )
        orden = (despues, antes) if va_con_la_siguiente else (antes, despues)
        vecino = next((letra for letra in orden if letra is not None and letra.hijo is not None), None)
        if vecino is not None:
            return formato_de(vecino)
        propia = _letra(self.nuevo, palabras[self.edicion.nuevo_desde])
        ajeno = formato_de(propia)
        return None if ajeno is None else self.prestamo.copia(ajeno)

    def _nuevos(self, formato: etree._Element | None) -> Iterator[etree._Element]:
        palabras = self.nuevo.palabras[self.edicion.nuevo_desde : self.edicion.nuevo_hasta]
        grupo = [trozo for palabra in palabras for trozo in _por_formato(self.nuevo, palabra)]
        for (objeto, liga, marcas), piezas in groupby(grupo, key=lambda p: (p.objeto, p.liga, p.marcas)):
            for pieza in [*piezas] if objeto else [_unida(list(piezas))]:
                if objeto:
                    copias = [self.prestamo.copia(c) for c in _letra(self.nuevo, pieza).corridos if c.tag == f"{W}r"]
                    if copias:
                        yield self.marcador.insercion(copias)
                    continue
                suyo = _con_marcas(formato, marcas) if marcas != self.edicion.marcas else formato
                insertado = self.marcador.insercion([_corrido(pieza.texto, suyo)])
                yield self._ligado(insertado, liga) if liga else insertado

    def _ligado(self, insertado: etree._Element, liga: str) -> etree._Element:
        direccion, _, ancla = liga.rpartition("#")
        identificador = self.prestamo.liga(direccion) if direccion else ""
        if not identificador and not ancla:
            return insertado
        elemento = etree.Element(f"{W}hyperlink")
        if identificador:
            elemento.set(f"{R}id", identificador)
        if ancla:
            elemento.set(f"{W}anchor", ancla)
        elemento.append(insertado)
        return elemento


def tope(corrido: etree._Element) -> etree._Element:
    """El elemento junto al que se puede poner algo nuevo: fuera de la liga o del cambio en que está el corrido."""
    elemento = corrido
    padre = elemento.getparent()
    while padre is not None and padre.tag in _ENVOLTURAS:
        elemento, padre = padre, padre.getparent()
    return elemento


def formato_de(letra: Letras) -> etree._Element | None:
    """El ``w:rPr`` de su corrido."""
    return letra.corridos[0].find(f"{W}rPr") if letra.corridos else None


def _letra(bloque: Bloque, palabra: Palabra) -> Letras:
    lugar = 0
    for letra in bloque.letras:
        if lugar <= palabra.desde < lugar + len(letra.texto):
            return letra
        lugar += len(letra.texto)
    raise AssertionError("la palabra es de este bloque")


def _por_formato(bloque: Bloque, palabra: Palabra) -> Iterator[Palabra]:
    """Una palabra con media parte en negrita, en sus partes; las demás, enteras."""
    if "|" not in palabra.marcas:
        yield palabra
        return
    desde = 0
    for letra in bloque.letras:
        hasta = desde + len(letra.texto)
        uno, otro = max(desde, palabra.desde), min(hasta, palabra.hasta)
        if uno < otro:
            yield Palabra(letra.texto[uno - desde : otro - desde], uno, otro, "", palabra.liga, letra.marcas)
        desde = hasta


def _firma(bloque: Bloque, palabra: Palabra) -> bytes:
    formato = formato_de(_letra(bloque, palabra))
    return b"" if formato is None else etree.tostring(formato)


def _unida(piezas: list[Palabra]) -> Palabra:
    texto = "".join(p.texto for p in piezas)
    return Palabra(texto, piezas[0].desde, piezas[-1].hasta, "", piezas[0].liga, piezas[0].marcas)


def _con_marcas(formato: etree._Element | None, marcas: str) -> etree._Element:
    """Una copia con la negrita y la cursiva que traen los datos."""
    copia = etree.Element(f"{W}rPr") if formato is None else deepcopy(formato)
    for nombre, puesta in (("b", "n" in marcas), ("i", "c" in marcas)):
        for viejo in copia.findall(f"{W}{nombre}"):
            copia.remove(viejo)
        if puesta:
            orden = ORDEN_RPR[f"{W}{nombre}"]
            lugar = sum(1 for hijo in copia if ORDEN_RPR.get(str(hijo.tag), 99) < orden)
            copia.insert(lugar, etree.Element(f"{W}{nombre}"))
    return copia


def _corrido(texto: str, formato: etree._Element | None) -> etree._Element:
    corrido = etree.Element(f"{W}r")
    if formato is not None:
        corrido.append(deepcopy(formato))
    for es_signo, letras in groupby(texto, key=lambda letra: letra in _DE_SIGNO):
        if es_signo:
            for letra in letras:
                etree.SubElement(corrido, f"{W}{_DE_SIGNO[letra]}")
        else:
            etree.SubElement(corrido, f"{W}t", {f"{XML}space": "preserve"}).text = "".join(letras)
    return corrido
