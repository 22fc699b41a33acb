"""Llevar al documento de la persona un pedazo del nuevo: con sus estilos, sus listas, sus ligas y sus imágenes."""

from copy import deepcopy
from itertools import count

from lxml import etree

from generador.fusion.documento import Documento, copiar_parte, relaciones_citadas
from generador.fusion.marcas import aceptar
from generador.ooxml import TIPO_DE_RELACION, W14, WP, W
from generador.plantilla.paquete import liga_segura

_SOBRAN = tuple(
    f"{W}{nombre}"
    for nombre in (
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd", "commentReference", "proofErr"),
        *("lastRenderedPageBreak", "permStart", "permEnd", "sectPr"),
    )
)
_NOTAS = (f"{W}footnoteReference", f"{W}endnoteReference")
_ESTILOS = (f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")


class Prestamo:
    """De un documento a otro; ``sin_lugar`` junta lo que no pudo llevarse."""

    def __init__(self, de: Documento, a: Documento, parte_de: str, parte_a: str) -> None:
        self._de, self._a = de, a
        self._parte_de, self._parte_a = parte_de, parte_a
        self._hechas: dict[str, str] = {}
        self._ligas: dict[str, str] = {}
        self._por_nombre = {nombre: identificador for identificador, nombre in a.estilos.items()}
        self._dibujos = count(a.mayor((f"{WP}docPr",), "id") + 1)
        self.listas: dict[str, str] = {}
        self.sin_lugar: list[str] = []

    def copia(self, elemento: etree._Element) -> etree._Element:
        """El elemento, listo para el documento de la persona."""
        copia = deepcopy(elemento)
        copia.tail = None
        aceptar(copia)  # lo que en el otro está sin aceptar, aquí entra como quedaría
        self._limpiar(copia)
        self._estilos(copia)
        self._listas(copia)
        self._relaciones(copia)
        for dibujo in copia.iter(f"{WP}docPr"):
            dibujo.set("id", str(next(self._dibujos)))
        return copia

    def liga(self, direccion: str) -> str:
        """El identificador, en la parte de destino, de una dirección; vacío si no se acepta."""
        segura = liga_segura(direccion)
        if not segura:
            return ""
        if segura not in self._ligas:
            self._ligas[segura] = self._a.ligar(self._parte_a, f"{TIPO_DE_RELACION}hyperlink", segura, externa=True)
        return self._ligas[segura]

    def _limpiar(self, copia: etree._Element) -> None:
        for sobra in list(copia.iter(*_SOBRAN)):
            padre = sobra.getparent()
            if padre is not None:
                padre.remove(sobra)
        for nota in list(copia.iter(*_NOTAS)):
            padre = nota.getparent()
            if padre is not None:
                padre.remove(nota)
                self.sin_lugar.append("una nota al pie de los datos nuevos")
        for nodo in copia.iter():
            for atributo in (f"{W14}paraId", f"{W14}textId"):
                if atributo in nodo.attrib:
                    del nodo.attrib[atributo]

    def _estilos(self, copia: etree._Element) -> None:
        for estilo in list(copia.iter(*_ESTILOS)):
            nombre = self._de.estilos.get(estilo.get(f"{W}val", ""), "")
            suyo = self._por_nombre.get(nombre, "")
            padre = estilo.getparent()
            if suyo:
                estilo.set(f"{W}val", suyo)
            elif estilo.get(f"{W}val") not in self._a.estilos and padre is not None:
                padre.remove(estilo)

    def _listas(self, copia: etree._Element) -> None:
        for lista in list(copia.iter(f"{W}numPr")):
            numero = lista.find(f"{W}numId")
            padre = lista.getparent()
            if numero is None or padre is None:
                continue
            suyo = self.listas.get(numero.get(f"{W}val", ""))
            if suyo:
                numero.set(f"{W}val", suyo)
            else:
                padre.remove(lista)  # la del estilo, si la tiene

    def _relaciones(self, copia: etree._Element) -> None:
        relaciones = self._de.relaciones(self._parte_de)
        for nodo, atributo, identificador in relaciones_citadas(copia):
            relacion = relaciones.get(identificador)
            if relacion is None:
                del nodo.attrib[atributo]
            elif relacion.get("TargetMode") == "External":
                self._ligar(nodo, atributo, relacion.get("Target", ""))
            else:
                parte = self._de.parte_de(self._parte_de, identificador)
                tipo = relacion.get("Type", "")
                nombre = copiar_parte(self._de, self._a, parte, self._hechas) if parte else ""
                nodo.set(atributo, self._a.ligar(self._parte_a, tipo, f"/{nombre}"))

    def _ligar(self, nodo: etree._Element, atributo: str, direccion: str) -> None:
        identificador = self.liga(direccion)
        if identificador:
            nodo.set(atributo, identificador)
        else:
            del nodo.attrib[atributo]
            nodo.set(f"{W}anchor", "_top")
