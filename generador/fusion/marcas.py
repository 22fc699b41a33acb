"""El control de cambios de Word: borrar e insertar dejando ver qué había, y aceptarlo o rechazarlo."""

from collections.abc import Callable, Iterable
from copy import deepcopy
from datetime import datetime
from itertools import count

from lxml import etree

from generador.datos import dataclass
from generador.fusion.documento import numero_de
from generador.fusion.parrafo import AUTOR
from generador.ooxml import XML, W

_ORDEN_DE_MARCA = (f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo")
_DE_TEXTO = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_DE_BORRADO = {borrado: vivo for vivo, borrado in _DE_TEXTO.items()}
_DEL_FIN = (f"{W}rPr", f"{W}sectPr", f"{W}pPrChange")
_SIN_DECIR = (f"{W}rPr", f"{W}commentReference")
_CON_CORRIDOS = (f"{W}hyperlink", f"{W}sdt", f"{W}sdtContent", f"{W}smartTag", f"{W}customXml")
_BLOQUES = (f"{W}p", f"{W}tbl", f"{W}sdt", f"{W}customXml")


@dataclass
class Marcador:
    """Pone los cambios como control de cambios, con autor ``generar`` y la fecha dada."""

    cuando: datetime
    primero: int

    def __post_init__(self) -> None:
        self._numeros = count(self.primero)
        self._fecha = self.cuando.strftime("%Y-%m-%dT%H:%M:%SZ")

    def _marca(self, cual: str) -> etree._Element:
        numero = str(next(self._numeros))
        return etree.Element(f"{W}{cual}", {f"{W}id": numero, f"{W}author": AUTOR, f"{W}date": self._fecha})

    def es_suya(self, marca: etree._Element) -> bool:
        """Si la marca la puso este marcador, y no la persona ni una actualización anterior."""
        return marca.get(f"{W}author") == AUTOR and numero_de(marca) >= self.primero

    def borrar(self, corridos: Iterable[etree._Element]) -> None:
        """Los corridos quedan tachados; lo que insertó una actualización anterior y nadie aceptó, se quita."""
        for corrido in corridos:
            padre = corrido.getparent()
            assert padre is not None
            if padre.tag == f"{W}ins" and padre.get(f"{W}author") == AUTOR:
                padre.remove(corrido)
                if not len(padre):
                    _quitar(padre)
                continue
            marca = self._marca("del")
            corrido.addprevious(marca)
            marca.append(corrido)
            for hijo in corrido.iter(*_DE_TEXTO):
                hijo.tag = _DE_TEXTO[hijo.tag]
                if hijo.text:
                    hijo.set(f"{XML}space", "preserve")

    def insercion(self, corridos: Iterable[etree._Element]) -> etree._Element:
        """Los corridos, como insertados; falta ponerlos en su lugar."""
        marca = self._marca("ins")
        marca.extend(corridos)
        return marca

    def terminar_en(self, corrido: etree._Element) -> None:
        """Si está en medio de una inserción nuestra, la parte ahí: lo que se ponga después va entre las dos."""
        padre = corrido.getparent()
        resto = list(corrido.itersiblings())
        if padre is not None and padre.tag == f"{W}ins" and padre.get(f"{W}author") == AUTOR and resto:
            padre.addnext(self.insercion(resto))

    def borrar_parrafo(self, parrafo: etree._Element) -> None:
        """Todo su texto y su fin de párrafo; lo que ya estaba borrado sigue como estaba."""
        self.borrar(corridos_vivos(parrafo))
        self.borrar_fin(parrafo)

    def borrar_fin(self, parrafo: etree._Element) -> None:
        """Al aceptar, el párrafo se une con el siguiente. Si es el último de su lugar, se borra el fin del anterior."""
        objetivo: etree._Element | None = parrafo
        if _siguiente(parrafo) is None:
            objetivo = _anterior(parrafo)
            while objetivo is not None and objetivo.tag == f"{W}p" and _marcado(objetivo, "del"):
                objetivo = _anterior(objetivo)
        if objetivo is None or objetivo.tag != f"{W}p" or objetivo.find(f"{W}pPr/{W}sectPr") is not None:
            return
        insertado = objetivo.find(f"{W}pPr/{W}rPr/{W}ins")
        if insertado is not None and insertado.get(f"{W}author") == AUTOR and parrafo.find(f".//{W}r") is None:
            _quitar(insertado)  # era todo de una actualización anterior que nadie aceptó
            _quitar(parrafo)
            return
        if not _marcado(objetivo, "del"):
            self._marcar_fin(objetivo, "del")
        if objetivo is not parrafo:
            self.cambiar_propiedades(parrafo, objetivo.find(f"{W}pPr"))

    def insertar_parrafo(self, parrafo: etree._Element) -> None:
        """Marca como insertado un párrafo nuevo, ya en su lugar."""
        self._insertar_corridos(parrafo)
        objetivo: etree._Element | None = parrafo
        if _siguiente(parrafo) is None:
            objetivo = _anterior(parrafo)  # el último fin de un lugar no se puede rechazar: se inserta el de antes
        if objetivo is None or objetivo.tag != f"{W}p":
            return
        if not _marcado(objetivo, "ins"):
            self._marcar_fin(objetivo, "ins")
        if objetivo is not parrafo:  # al rechazar, el de antes se queda con este fin: que recupere su forma
            nuevas = deepcopy(parrafo.find(f"{W}pPr"))
            _poner_propiedades(parrafo, _propiedades_de_antes(objetivo))
            self.cambiar_propiedades(parrafo, nuevas)

    def _insertar_corridos(self, parrafo: etree._Element) -> None:
        for corrido in corridos_vivos(parrafo):
            marca = self._marca("ins")
            corrido.addprevious(marca)
            marca.append(corrido)

    def cambiar_propiedades(self, parrafo: etree._Element, nuevas: etree._Element | None) -> None:
        """El estilo y la forma del párrafo pasan a ser esos; al rechazar, vuelven los que tenía."""
        if _iguales(_forma(parrafo.find(f"{W}pPr")), _forma(nuevas)):
            return
        cambio = parrafo.find(f"{W}pPr/{W}pPrChange")
        if cambio is None:
            cambio = self._marca("pPrChange")
            viejas = etree.SubElement(cambio, f"{W}pPr")
            viejas.extend(_forma(parrafo.find(f"{W}pPr")))
        _poner_propiedades(parrafo, nuevas)
        if cambio.get(f"{W}author") == AUTOR and _iguales(_forma(cambio.find(f"{W}pPr")), _forma(nuevas)):
            return  # volvió a la que tenía
        propias = _hijo(parrafo, f"{W}pPr", lambda p, e: p.insert(0, e))
        propias.append(cambio)

    def _marcar_fin(self, parrafo: etree._Element, cual: str) -> None:
        propiedades = _hijo(parrafo, f"{W}pPr", lambda p, e: p.insert(0, e))
        formato = propiedades.find(f"{W}rPr")
        if formato is None:
            formato = etree.Element(f"{W}rPr")
            despues = next((h for h in propiedades if h.tag in (f"{W}sectPr", f"{W}pPrChange")), None)
            if despues is None:
                propiedades.append(formato)
            else:
                despues.addprevious(formato)
        lugar = sum(1 for h in formato if h.tag in _ORDEN_DE_MARCA and (cual == "del" or h.tag != f"{W}del"))
        formato.insert(lugar, self._marca(cual))

    def borrar_renglon(self, renglon: etree._Element) -> None:
        """El renglón de tabla y todo lo que dice."""
        propiedades = _propiedades_de_renglon(renglon)
        nuestro = next((h for h in propiedades.findall(f"{W}ins") if h.get(f"{W}author") == AUTOR), None)
        if nuestro is not None:  # lo insertó una actualización anterior y nadie lo aceptó
            _quitar(renglon)
            return
        for parrafo in renglon.iter(f"{W}p"):
            self.borrar(corridos_vivos(parrafo))
        if propiedades.find(f"{W}del") is None:
            _poner_en_renglon(propiedades, self._marca("del"))

    def separador(self) -> etree._Element:
        """Un párrafo insertado y borrado a la vez, para que dos tablas no se vean como una."""
        parrafo = etree.Element(f"{W}p")
        self._marcar_fin(parrafo, "ins")
        self._marcar_fin(parrafo, "del")
        return parrafo

    def insertar_renglon(self, renglon: etree._Element) -> None:
        """Marca como insertado un renglón nuevo, ya en su lugar."""
        for parrafo in renglon.iter(f"{W}p"):
            self._insertar_corridos(parrafo)
        _poner_en_renglon(_propiedades_de_renglon(renglon), self._marca("ins"))

    def borrar_tabla(self, tabla: etree._Element) -> None:
        """Todos sus renglones."""
        for renglon in list(tabla.iter(f"{W}tr")):
            self.borrar_renglon(renglon)
        self.quitar_si_vacia(tabla)

    def quitar_si_vacia(self, tabla: etree._Element) -> None:
        """Una tabla sin renglones no puede quedarse: Word no la abre."""
        if tabla.find(f".//{W}tr") is None:
            _quitar(tabla)

    def insertar_tabla(self, tabla: etree._Element) -> None:
        """Todos sus renglones, como insertados."""
        for renglon in tabla.iter(f"{W}tr"):
            self.insertar_renglon(renglon)


def corridos_vivos(parrafo: etree._Element) -> list[etree._Element]:
    """Los corridos del párrafo que se leen, sin los ya borrados ni los de un cuadro de texto."""
    return [
        corrido
        for corrido in parrafo.iter(f"{W}r")
        if next(corrido.iterancestors(f"{W}p")) is parrafo
        and not any(a.tag in (f"{W}del", f"{W}moveFrom") for a in corrido.iterancestors() if a is not parrafo)
    ]


# --- lo que cambió y volvió


def quitar_nulas(contenedor: etree._Element) -> None:
    """Donde nuestras marcas borran e insertan lo mismo, las quita y deja lo que había."""
    seguidas: list[etree._Element] = []
    for hijo in [*contenedor, etree.Element("fin")]:
        if hijo.tag in (f"{W}ins", f"{W}del") and hijo.get(f"{W}author") == AUTOR:
            seguidas.append(hijo)
            continue
        borradas, insertadas = ([m for m in seguidas if m.tag == f"{W}{cual}"] for cual in ("del", "ins"))
        if borradas and insertadas and _contenido(borradas) == _contenido(insertadas):
            for marca in insertadas:
                _quitar(marca)
            for marca in borradas:
                _desenvolver(marca)
        seguidas = []
        if hijo.tag in _CON_CORRIDOS:
            quitar_nulas(hijo)


def es_nuestra(marca: etree._Element) -> bool:
    """Si la puso una actualización: ésta o una anterior que nadie ha aceptado."""
    return marca.get(f"{W}author") == AUTOR


def tachado(bloque: etree._Element) -> bool:
    """Si el párrafo o el renglón entero, con su fin, lo tachó una actualización."""
    marca = bloque.find(f"{W}trPr/{W}del" if bloque.tag == f"{W}tr" else f"{W}pPr/{W}rPr/{W}del")
    if marca is None or not es_nuestra(marca):
        return False
    ajenas = [m for m in bloque.iter(f"{W}ins", f"{W}del", f"{W}moveTo", f"{W}moveFrom") if not es_nuestra(m)]
    return not ajenas and not any(corridos_vivos(p) for p in bloque.iter(f"{W}p"))


def _contenido(marcas: Iterable[etree._Element]) -> list[tuple[bytes, str | bytes]]:
    """Letra por letra, con su formato; lo que no es texto, como está."""
    dicho: list[tuple[bytes, str | bytes]] = []
    for corrido in (corrido for marca in marcas for corrido in marca):
        formato = corrido.find(f"{W}rPr")
        con = b"" if formato is None or not len(formato) else etree.tostring(formato, method="c14n")
        for hijo in corrido:
            if hijo.tag in (*_DE_TEXTO, *_DE_BORRADO):
                dicho += [(con, letra) for letra in hijo.text or ""]
            elif hijo.tag != f"{W}rPr":
                dicho.append((con, etree.tostring(hijo, method="c14n", with_tail=False)))
    return dicho


# --- aceptar y rechazar


def aceptar(raiz: etree._Element, de: Callable[[etree._Element], bool] = lambda marca: True) -> None:
    """Los cambios que cumplen ``de``, aceptados: lo insertado se queda y lo borrado se va."""
    _resolver(raiz, de, quedan=("ins", "moveTo"), se_van=("del", "moveFrom"))


def rechazar(raiz: etree._Element, de: Callable[[etree._Element], bool] = lambda marca: True) -> None:
    """Los cambios que cumplen ``de``, rechazados: lo insertado se va y lo borrado vuelve."""
    _resolver(raiz, de, quedan=("del", "moveFrom"), se_van=("ins", "moveTo"))


def _resolver(
    raiz: etree._Element,
    de: Callable[[etree._Element], bool],
    quedan: tuple[str, str],
    se_van: tuple[str, str],
) -> None:
    for cambio in [c for c in raiz.iter(f"{W}pPrChange") if de(c)]:
        _resolver_forma(cambio, vuelve="ins" in se_van)
    fines: list[etree._Element] = []
    renglones: list[etree._Element] = []
    for marca in list(raiz.iter(*(f"{W}{nombre}" for nombre in (*quedan, *se_van)))):
        padre = marca.getparent()
        if padre is None or not de(marca):
            continue
        se_queda = etree.QName(marca).localname in quedan
        if padre.tag == f"{W}rPr":
            propiedades = padre.getparent()
            assert propiedades is not None
            padre.remove(marca)
            if not se_queda and propiedades.getparent() is not None:
                fines.append(propiedades.getparent())  # type: ignore[arg-type]
        elif padre.tag == f"{W}trPr":
            padre.remove(marca)
            if not se_queda and padre.getparent() is not None:
                renglones.append(padre.getparent())  # type: ignore[arg-type]
        elif se_queda:
            _desenvolver(marca)
        else:
            padre.remove(marca)
    for renglon in renglones:
        tabla = next(renglon.iterancestors(f"{W}tbl"), None)
        _quitar(renglon)
        if tabla is not None and tabla.find(f".//{W}tr") is None:
            _quitar(tabla)
    for parrafo in fines:
        _unir_con_el_siguiente(parrafo)


def _desenvolver(marca: etree._Element) -> None:
    for corrido in marca.iter(*_DE_BORRADO):
        corrido.tag = _DE_BORRADO[corrido.tag]
    for hijo in list(marca):
        marca.addprevious(hijo)
    _quitar(marca)


def _resolver_forma(cambio: etree._Element, *, vuelve: bool) -> None:
    propiedades = cambio.getparent()
    parrafo = None if propiedades is None else propiedades.getparent()
    _quitar(cambio)
    if vuelve and parrafo is not None:
        _poner_propiedades(parrafo, cambio.find(f"{W}pPr"))


def _unir_con_el_siguiente(parrafo: etree._Element) -> None:
    if parrafo.getparent() is None:
        return
    siguiente = _siguiente(parrafo)
    if siguiente is None:
        return
    contenido = [hijo for hijo in parrafo if hijo.tag != f"{W}pPr"]
    if siguiente.tag != f"{W}p":
        if not any(h.tag not in _SIN_DECIR for corrido in corridos_vivos(parrafo) for h in corrido):
            _quitar(parrafo)
        return
    propiedades = siguiente.find(f"{W}pPr")
    for hijo in reversed(contenido):
        if propiedades is None:
            siguiente.insert(0, hijo)
        else:
            propiedades.addnext(hijo)
    _quitar(parrafo)


# --- lo pequeño


def _forma(propiedades: etree._Element | None) -> list[etree._Element]:
    """Una copia de lo que dice un ``w:pPr`` del párrafo; no de su fin ni de su sección."""
    return [] if propiedades is None else [deepcopy(h) for h in propiedades if h.tag not in _DEL_FIN]


def _iguales(unas: list[etree._Element], otras: list[etree._Element]) -> bool:
    return [etree.tostring(e, method="c14n") for e in unas] == [etree.tostring(e, method="c14n") for e in otras]


def _propiedades_de_antes(parrafo: etree._Element) -> etree._Element | None:
    """Las que tenía antes de cambiárselas o, si no se le cambiaron, las que tiene."""
    viejas = parrafo.find(f"{W}pPr/{W}pPrChange/{W}pPr")
    return parrafo.find(f"{W}pPr") if viejas is None else viejas


def _poner_propiedades(parrafo: etree._Element, nuevas: etree._Element | None) -> None:
    """Cambia la forma de un párrafo sin tocar su fin ni su sección."""
    propias = _hijo(parrafo, f"{W}pPr", lambda p, e: p.insert(0, e))
    for vieja in [h for h in propias if h.tag not in _DEL_FIN or h.tag == f"{W}pPrChange"]:
        propias.remove(vieja)
    for lugar, nueva in enumerate(_forma(nuevas)):
        propias.insert(lugar, nueva)


def _hijo(
    padre: etree._Element, nombre: str, poner: Callable[[etree._Element, etree._Element], None]
) -> etree._Element:
    hallado = padre.find(nombre)
    if hallado is None:
        hallado = etree.Element(nombre)
        poner(padre, hallado)
    return hallado


def _propiedades_de_renglon(renglon: etree._Element) -> etree._Element:
    def poner(padre: etree._Element, nuevo: etree._Element) -> None:
        excepciones = padre.find(f"{W}tblPrEx")
        if excepciones is None:
            padre.insert(0, nuevo)
        else:
            excepciones.addnext(nuevo)

    return _hijo(renglon, f"{W}trPr", poner)


def _poner_en_renglon(propiedades: etree._Element, marca: etree._Element) -> None:
    cambio = propiedades.find(f"{W}trPrChange")
    if cambio is not None:
        cambio.addprevious(marca)
    else:
        propiedades.append(marca)


def _marcado(parrafo: etree._Element, cual: str) -> bool:
    return parrafo.find(f"{W}pPr/{W}rPr/{W}{cual}") is not None


def _siguiente(bloque: etree._Element) -> etree._Element | None:
    return next(bloque.itersiblings(*_BLOQUES), None)


def _anterior(bloque: etree._Element) -> etree._Element | None:
    return next(bloque.itersiblings(*_BLOQUES, preceding=True), None)


def _quitar(elemento: etree._Element | None) -> None:
    padre = elemento.getparent() if elemento is not None else None
    if elemento is not None and padre is not None:
        padre.remove(elemento)
