"""Los comentarios de Word que dejan a la vista lo que hay que decidir."""

from datetime import datetime

from lxml import etree

from generador.fusion.documento import Documento, numero_de
from generador.fusion.parrafo import AUTOR
from generador.ooxml import TIPO_DE_RELACION, TIPO_DE_WORD, XML, W
from generador.plantilla.comentarios import anclar

_TIPO = f"{TIPO_DE_WORD}comments+xml"
_RELACION = f"{TIPO_DE_RELACION}comments"


class Comentarios:
    """Los del cuerpo de un documento; la parte se crea sólo si hace falta."""

    def __init__(self, documento: Documento, cuando: datetime) -> None:
        self._documento = documento
        self._fecha = cuando.strftime("%Y-%m-%dT%H:%M:%SZ")
        self._siguiente: int | None = None
        self._de_ahora: set[str] = set()  # los puestos en esta fusión: otro motivo en el mismo párrafo se suma

    def poner(self, parrafo: etree._Element, texto: str) -> bool:
        """Comenta el párrafo; si ya tiene uno nuestro de antes, lo pone al día. Si nada cambió, da False."""
        raiz = self._raiz()
        for ancla in parrafo.iter(f"{W}commentReference"):
            viejo = next((c for c in raiz if c.get(f"{W}id") == ancla.get(f"{W}id")), None)
            if viejo is not None and viejo.get(f"{W}author") == AUTOR:
                numero = viejo.get(f"{W}id", "")
                dicho = f"{_dice(viejo)}\n{texto}" if numero in self._de_ahora else texto
                self._de_ahora.add(numero)
                if _dice(viejo) == dicho:
                    return False
                _escribir(viejo, dicho)
                return True
        if self._siguiente is None:
            self._siguiente = 1 + max((numero_de(c) for c in raiz), default=-1)
        datos = {f"{W}id": str(self._siguiente), f"{W}author": AUTOR, f"{W}date": self._fecha, f"{W}initials": "g"}
        _escribir(etree.SubElement(raiz, f"{W}comment", datos), texto)
        anclar(parrafo, self._siguiente)
        self._de_ahora.add(str(self._siguiente))
        self._siguiente += 1
        return True

    def _raiz(self) -> etree._Element:
        documento = self._documento
        for relacion in documento.relaciones(documento.principal).items():
            if relacion[1].get("Type") == _RELACION:
                return documento.arbol(documento.parte_de(documento.principal, relacion[0]))
        nombre = "word/comments.xml"
        numero = 1
        while nombre in documento.partes:
            numero += 1
            nombre = f"word/comments{numero}.xml"
        documento.partes[nombre] = f'<w:comments xmlns:w="{W.strip("{}")}"/>'.encode()
        documento.declarar(nombre, _TIPO)
        documento.ligar(documento.principal, _RELACION, f"/{nombre}")
        return documento.arbol(nombre)


def _dice(comentario: etree._Element) -> str:
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in comentario.iter(f"{W}p"))


def _escribir(comentario: etree._Element, texto: str) -> None:
    for viejo in list(comentario):
        comentario.remove(viejo)
    for renglon in texto.split("\n"):
        corrido = etree.SubElement(etree.SubElement(comentario, f"{W}p"), f"{W}r")
        etree.SubElement(corrido, f"{W}t", {f"{XML}space": "preserve"}).text = renglon
