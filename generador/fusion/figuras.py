"""Cómo se reconoce una gráfica o una imagen en otro documento, aunque se haya movido, copiado o cambiado."""

from collections.abc import Iterator, Sequence
from hashlib import sha256

from lxml import etree

from generador.datos import dataclass
from generador.fusion.documento import Documento
from generador.ooxml import WP, R, W
from generador.plantilla.paquete import leer_xml
from generador.plantilla.relleno_de_grafica import C

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
DATOS = ("tx", "cat", "val", "xVal", "yVal", "bubbleSize")  # lo que una serie dice


@dataclass(frozen=True, eq=False)
class Figura:
    """Un ``w:drawing``, la parte que trae su contenido y por qué se le reconoce, de lo más seguro a lo menos."""

    elemento: etree._Element
    parte: str
    es_grafica: bool
    titulo: str
    senas: tuple[str, ...]

    @property
    def nombre(self) -> str:
        """``"Gráfica «Seguidores por mes»"``."""
        clase = "Gráfica" if self.es_grafica else "Imagen"
        return f"{clase} «{self.titulo}»" if self.titulo else clase


def figuras_de(documento: Documento, parte: str, contenedor: etree._Element) -> Iterator[Figura]:
    """Las que hay en ``contenedor``, que es de ``parte``; sin las que no traen su contenido en el documento."""
    for dibujo in contenedor.iter(f"{W}drawing"):
        datos = next(dibujo.iter(f"{WP}docPr"), None)
        descripcion, rotulo, nombre = (
            ("" if datos is None else datos.get(atributo, "").strip()) for atributo in ("descr", "title", "name")
        )
        if grafica := _cual(documento, parte, dibujo, f"{C}chart", f"{R}id"):
            raiz = leer_xml(documento.partes[grafica])
            titulo, series = _titulo(raiz), _series(raiz)
            huella = sha256(documento.partes[grafica]).hexdigest()
            yield Figura(dibujo, grafica, True, titulo or rotulo, (descripcion, huella, titulo, rotulo, series))
        elif imagen := _cual(documento, parte, dibujo, f"{A}blip", f"{R}embed"):
            huella = sha256(documento.partes[imagen]).hexdigest()
            yield Figura(dibujo, imagen, False, rotulo or nombre, (descripcion, huella, rotulo, nombre))


def lo_que_muestra(documento: Documento, figura: Figura) -> object:
    """Lo que se puede cambiar por dentro: los datos y los títulos de una gráfica, o la imagen; no su aspecto."""
    if not figura.es_grafica:
        return documento.partes[figura.parte]
    raiz = documento.arbol(figura.parte)
    return datos_de(raiz), titulos_de(raiz)


def datos_de(grafica: etree._Element) -> object:
    """Cada serie con sus rótulos y sus cifras, sin su aspecto."""
    return [
        (etree.QName(elemento).localname, [v.text or "" for v in elemento.iter(f"{C}v")])
        for serie in grafica.iter(f"{C}ser")
        for elemento in serie.iterchildren(*(f"{C}{nombre}" for nombre in DATOS))
    ]


def titulos_de(grafica: etree._Element) -> object:
    """Lo que dicen el título y los de sus ejes."""
    return ["".join(t.text or "" for t in titulo.iter(f"{A}t")) for titulo in grafica.iter(f"{C}title")]


def _cual(documento: Documento, parte: str, dibujo: etree._Element, etiqueta: str, atributo: str) -> str:
    cita = next(dibujo.iter(etiqueta), None)
    return "" if cita is None else documento.parte_de(parte, cita.get(atributo, ""))


def _titulo(grafica: etree._Element) -> str:
    titulo = grafica.find(f"{C}chart/{C}title")
    return "" if titulo is None else " ".join("".join(t.text or "" for t in titulo.iter(f"{A}t", f"{C}v")).split())


def _series(grafica: etree._Element) -> str:
    return "\n".join(v.text or "" for serie in grafica.iter(f"{C}ser") for v in serie.iterfind(f"{C}tx//{C}v"))


def parejas_de_figuras(unas: Sequence[Figura], otras: Sequence[Figura]) -> list[tuple[Figura, Figura]]:
    """Cada una con la que es la misma: por lo que dice y, a falta de otra seña, por su orden.

    Una que se copió está con todas sus copias.
    """
    hechas: list[tuple[Figura, Figura]] = []
    for es_grafica in (True, False):
        quedan = [f for f in unas if f.es_grafica == es_grafica], [f for f in otras if f.es_grafica == es_grafica]
        for cual in range(max((len(f.senas) for f in quedan[0]), default=0)):
            hechas += _por_sena(quedan, cual)
        if len(quedan[0]) == len(quedan[1]):
            hechas += zip(*quedan, strict=True)
    return hechas


def _por_sena(quedan: tuple[list[Figura], list[Figura]], cual: int) -> list[tuple[Figura, Figura]]:
    """Las que se reconocen por esa seña, que ya no quedan por emparejar."""
    hechas: list[tuple[Figura, Figura]] = []
    for sena in dict.fromkeys(f.senas[cual] for f in quedan[0] if f.senas[cual]):
        unas, otras = ([f for f in lado if f.senas[cual] == sena] for lado in quedan)
        if len(unas) == 1:
            hechas += [(unas[0], otra) for otra in otras]
        elif len(unas) == len(otras):
            hechas += zip(unas, otras, strict=True)
    for numero, lado in enumerate(quedan):
        tomadas = {id(par[numero]) for par in hechas}
        lado[:] = [f for f in lado if id(f) not in tomadas]
    return hechas
