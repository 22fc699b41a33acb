"""Lo que una persona hace en Word a un .docx, para probar que sobrevive: de a una, por su nombre, o al azar.

Nada de aquí usa `generador.fusion` salvo aceptar y rechazar: lo que compara no debe compartir sus errores.
"""

import io
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

from docx import Document
from lxml import etree

from generador import ooxml
from generador.fusion.marcas import aceptar, rechazar
from generador.ooxml import W
from generador.plantilla.paquete import escribir_xml, leer_xml

PRINCIPAL = "word/document.xml"
ANA = 'w:author="Ana" w:date="2026-01-02T10:00:00Z"'
_FUERA = frozenset(f"{W}{nombre}" for nombre in ("del", "moveFrom", "pPr", "txbxContent"))


# --- leer


def cuerpo(datos: bytes) -> etree._Element:
    """El cuerpo de un .docx, para mirarlo."""
    hallado = leer_xml(ooxml.partes(datos)[PRINCIPAL]).find(f"{W}body")
    assert hallado is not None
    return hallado


def textos(datos: bytes) -> list[str]:
    """Cada párrafo, también los de las tablas, con lo insertado y sin lo borrado; ``¶`` no cuenta, ``◆`` es un objeto."""
    return [_dicho(parrafo) for parrafo in cuerpo(datos).iter(f"{W}p") if not _en_cuadro(parrafo)]


def aceptado(datos: bytes) -> list[str]:
    """Lo que se lee al aceptar todos los cambios."""
    return textos(resuelto(datos, aceptar))


def rechazado(datos: bytes) -> list[str]:
    """Lo que se lee al rechazar todos los cambios."""
    return textos(resuelto(datos, rechazar))


def resuelto(datos: bytes, como: Callable[[etree._Element], None]) -> bytes:
    """El documento con todos sus cambios aceptados o rechazados."""
    return con_xml(datos, como)


def con_formato(datos: bytes) -> list[tuple[str, tuple[tuple[str, bool, bool], ...]]]:
    """Cada párrafo del cuerpo: su estilo y sus tramos de texto con su negrita y su cursiva."""
    leidos = []
    for parrafo in Document(io.BytesIO(datos)).element.body.iter(f"{W}p"):
        estilo = parrafo.find(f"{W}pPr/{W}pStyle")
        tramos: list[tuple[str, bool, bool]] = []
        for corrido in parrafo.iter(f"{W}r"):
            texto = "".join(t.text or "" for t in corrido.iter(f"{W}t"))
            negrita, cursiva = (corrido.find(f"{W}rPr/{W}{n}") is not None for n in ("b", "i"))
            if texto and tramos and tramos[-1][1:] == (negrita, cursiva):
                texto = tramos.pop()[0] + texto
            if texto:
                tramos.append((texto, negrita, cursiva))
        leidos.append(("" if estilo is None else estilo.get(f"{W}val", ""), tuple(tramos)))
    return leidos


def _en_cuadro(parrafo: etree._Element) -> bool:
    return next(parrafo.iterancestors(f"{W}txbxContent"), None) is not None


def _dicho(parrafo: etree._Element) -> str:
    return "".join(_trozos(parrafo))


def _trozos(elemento: etree._Element) -> Iterator[str]:
    for hijo in elemento:
        if hijo.tag in _FUERA:
            continue
        if hijo.tag == f"{W}t":
            yield hijo.text or ""
        elif hijo.tag == f"{W}tab":
            yield "\t"
        elif hijo.tag == f"{W}br":
            yield "\n"
        elif hijo.tag in (f"{W}drawing", f"{W}footnoteReference"):
            yield "◆"
        else:
            yield from _trozos(hijo)


# --- escribir


def con_xml(datos: bytes, cambiar: Callable[[etree._Element], None], parte: str = PRINCIPAL) -> bytes:
    """El .docx con el XML de una parte cambiado."""
    partes = ooxml.partes(datos)
    raiz = leer_xml(partes[parte])
    cambiar(raiz)
    return ooxml.empaquetar({**partes, parte: escribir_xml(raiz)})


def xml(texto: str) -> etree._Element:
    """Un elemento de Word escrito a mano, sin declarar su espacio de nombres."""
    declarado = texto if "xmlns:w=" in texto else re.sub(r"^<[\w:]+", rf'\g<0> xmlns:w="{W.strip("{}")}"', texto)
    return leer_xml(declarado)


def parrafo_con(raiz: etree._Element, texto: str) -> etree._Element:
    """El primer párrafo que dice eso."""
    return next(p for p in raiz.iter(f"{W}p") if texto in _dicho(p))


def cambiar_texto(viejo: str, nuevo: str) -> Callable[[etree._Element], None]:
    """En el primer corrido que lo diga."""

    def cambiar(raiz: etree._Element) -> None:
        dicho = next(t for t in raiz.iter(f"{W}t") if viejo in (t.text or ""))
        dicho.text = (dicho.text or "").replace(viejo, nuevo, 1)
        dicho.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")

    return cambiar


def corrido(texto: str, formato: str = "") -> etree._Element:
    """Un corrido con ese texto."""
    return xml(f'<w:r><w:rPr>{formato}</w:rPr><w:t xml:space="preserve">{texto}</w:t></w:r>')


def parrafo(texto: str) -> etree._Element:
    """Un párrafo como el que Word hace al dar Entrar y escribir."""
    return xml(f'<w:p><w:r><w:t xml:space="preserve">{texto}</w:t></w:r></w:p>')


def partir_corrido(elemento: etree._Element, cuantas: int) -> etree._Element:
    """Parte un corrido de un solo ``w:t`` tras esas letras; da el segundo."""
    otro = deepcopy(elemento)
    for trozo, texto in ((elemento, _dicho(elemento)[:cuantas]), (otro, _dicho(elemento)[cuantas:])):
        dicho = trozo.find(f"{W}t")
        assert dicho is not None
        dicho.text = texto
        dicho.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elemento.addnext(otro)
    return otro


def en_cuerpo(cambio: Callable[[etree._Element], None]) -> Callable[[bytes], bytes]:
    """Ese cambio, hecho en un .docx."""
    return lambda datos: con_xml(datos, cambio)


def quitar(elemento: etree._Element) -> None:
    """Lo quita de donde está."""
    padre = elemento.getparent()
    assert padre is not None
    padre.remove(elemento)


def _desde(raiz: etree._Element, dicho: str) -> etree._Element:
    """El corrido que empieza en ese texto, partido del que lo traía."""
    elegido = next(r for r in raiz.iter(f"{W}r") if dicho in _dicho(r))
    return partir_corrido(elegido, _dicho(elegido).index(dicho))


def partir_parrafo(dicho: str) -> Callable[[etree._Element], None]:
    """Entrar antes de ese texto: lo que sigue pasa a otro párrafo con la misma forma."""

    def cambiar(raiz: etree._Element) -> None:
        segundo = _desde(raiz, dicho)
        entero = next(segundo.iterancestors(f"{W}p"))
        nuevo = etree.Element(f"{W}p")
        nuevo.extend([deepcopy(h) for h in entero if h.tag == f"{W}pPr"])
        nuevo.extend([segundo, *segundo.itersiblings()])
        entero.addnext(nuevo)

    return cambiar


def cambiar_a_medias(desde: str, nuevo: str) -> Callable[[etree._Element], None]:
    """Ana cambia lo que empieza en ese texto, con el control de cambios puesto."""

    def cambiar(raiz: etree._Element) -> None:
        segundo = _desde(raiz, desde)
        borrado = xml(f'<w:del w:id="901" {ANA}></w:del>')
        segundo.addprevious(borrado)
        borrado.append(segundo)
        for dicho in segundo.iter(f"{W}t"):
            dicho.tag = f"{W}delText"
        insertado = xml(f'<w:ins w:id="902" {ANA}></w:ins>')
        insertado.append(corrido(nuevo))
        borrado.addnext(insertado)

    return cambiar


def otro_renglon(celda: str) -> Callable[[etree._Element], None]:
    """Un renglón nuevo, debajo del que dice eso."""

    def cambiar(raiz: etree._Element) -> None:
        modelo = next(parrafo_con(raiz, celda).iterancestors(f"{W}tr"))
        nuevo = deepcopy(modelo)
        for numero, dicho in enumerate(nuevo.iter(f"{W}t")):
            dicho.text = f"agregado a mano {numero}"
        modelo.addnext(nuevo)

    return cambiar


def con_liga_en(donde: str) -> Callable[[etree._Element], None]:
    """Una liga al final de ese párrafo."""

    def cambiar(raiz: etree._Element) -> None:
        liga = xml('<w:hyperlink w:anchor="_top"></w:hyperlink>')
        liga.append(corrido(" (véase el portal)"))
        parrafo_con(raiz, donde).append(liga)

    return cambiar


# --- al azar


@dataclass(frozen=True)
class Correccion:
    """Una corrección por su nombre, y dónde: los números se toman módulo lo que haya."""

    que: str
    donde: int
    otro: int = 0


def corregir(datos: bytes, *correcciones: Correccion) -> bytes:
    """El documento con esas correcciones, una tras otra."""

    def todas(raiz: etree._Element) -> None:
        hallado = raiz.find(f"{W}body")
        assert hallado is not None
        for correccion in correcciones:
            CORRECCIONES[correccion.que](hallado, correccion.donde, correccion.otro)

    return con_xml(datos, todas)


def _sueltos(hallado: etree._Element) -> list[etree._Element]:
    return hallado.findall(f"{W}p")


def _simples(hallado: etree._Element) -> list[etree._Element]:
    """Los corridos que sólo traen un texto de varias letras, también en tablas, y que no están borrados."""
    return [
        r for r in hallado.iter(f"{W}r") if [h.tag for h in r if h.tag != f"{W}rPr"] == [f"{W}t"] and len(_dicho(r)) > 3
    ]


def _uno(lista: list[etree._Element], donde: int) -> etree._Element | None:
    return lista[donde % len(lista)] if lista else None


def _cambiar_palabra(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is None:
        return
    dicho = elegido.find(f"{W}t")
    assert dicho is not None
    trozos = (dicho.text or "").split(" ")
    trozos[otro % len(trozos)] = ("corregida", "", "una cosa y otra", "37", "«a»")[otro % 5]
    dicho.text = " ".join(trozos)
    dicho.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _negrita(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is None:
        return
    segundo = partir_corrido(elegido, 1 + otro % (len(_dicho(elegido)) - 1))
    for viejo in segundo.findall(f"{W}rPr"):
        segundo.remove(viejo)
    segundo.insert(0, xml("<w:rPr><w:b/></w:rPr>"))


def _parrafo_nuevo(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_sueltos(hallado), donde)
    if elegido is not None:
        elegido.addnext(parrafo(f"Un párrafo de la persona, el {otro}."))


def _parrafo_vacio(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_sueltos(hallado), donde)
    if elegido is not None:
        elegido.addprevious(xml("<w:p/>"))


def _parrafo_borrado(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_sueltos(hallado), donde)
    if elegido is not None and elegido.find(f"{W}pPr/{W}sectPr") is None:
        hallado.remove(elegido)


def _unir(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_sueltos(hallado), donde)
    siguiente = None if elegido is None else elegido.getnext()
    if elegido is None or siguiente is None or siguiente.tag != f"{W}p":
        return
    elegido.append(corrido(" "))
    elegido.extend([h for h in siguiente if h.tag != f"{W}pPr"])
    hallado.remove(siguiente)


def _partir(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno([r for r in _simples(hallado) if getattr(r.getparent(), "tag", "") == f"{W}p"], donde)
    if elegido is None:
        return
    entero = elegido.getparent()
    assert entero is not None
    segundo = partir_corrido(elegido, 1 + otro % (len(_dicho(elegido)) - 1))
    nuevo = etree.Element(f"{W}p")
    propiedades = entero.find(f"{W}pPr")
    if propiedades is not None:
        nuevo.append(deepcopy(propiedades))
    nuevo.extend([segundo, *segundo.itersiblings()])
    entero.addnext(nuevo)


def _mover(hallado: etree._Element, donde: int, otro: int) -> None:
    sueltos = _sueltos(hallado)
    elegido, destino = _uno(sueltos, donde), _uno(sueltos, otro)
    if elegido is not None and destino is not None and elegido is not destino:
        destino.addnext(elegido)


def _duplicar(hallado: etree._Element, donde: int, otro: int) -> None:
    sueltos = _sueltos(hallado)
    elegido, destino = _uno(sueltos, donde), _uno(sueltos, otro)
    if elegido is not None and destino is not None:
        destino.addnext(deepcopy(elegido))


def _renglon_nuevo(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(list(hallado.iter(f"{W}tr")), donde)
    if elegido is None:
        return
    copia = deepcopy(elegido)
    for numero, celda in enumerate(copia.iter(f"{W}tc")):
        for hijo in celda.findall(f"{W}p"):
            celda.remove(hijo)
        celda.append(parrafo(f"Celda {numero} de la persona, {otro}"))
    elegido.addnext(copia)


def _renglon_borrado(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno([r for r in hallado.iter(f"{W}tr") if len(r.getparent().findall(f"{W}tr")) > 1], donde)  # type: ignore[union-attr]
    if elegido is not None:
        elegido.getparent().remove(elegido)  # type: ignore[union-attr]


def _renglon_movido(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(list(hallado.iter(f"{W}tr")), donde)
    if elegido is not None:
        hermanos = elegido.getparent().findall(f"{W}tr")  # type: ignore[union-attr]
        destino = hermanos[otro % len(hermanos)]
        if destino is not elegido:
            destino.addnext(elegido)


def _tabla_borrada(hallado: etree._Element, donde: int, otro: int) -> None:
    elegida = _uno(hallado.findall(f"{W}tbl"), donde)
    if elegida is not None:
        hallado.remove(elegida)


def _celda_con_otro_parrafo(hallado: etree._Element, donde: int, otro: int) -> None:
    elegida = _uno(list(hallado.iter(f"{W}tc")), donde)
    if elegida is not None:
        elegida.append(parrafo(f"Otro renglón, {otro}"))


def _insertado(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is not None and getattr(elegido.getparent(), "tag", "") == f"{W}p":
        marca = xml(f'<w:ins w:id="{9000 + otro % 500}" {ANA}></w:ins>')
        marca.append(corrido(f" insertado {otro}"))
        elegido.addnext(marca)


def _borrado(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is not None and getattr(elegido.getparent(), "tag", "") == f"{W}p":
        segundo = partir_corrido(elegido, 1 + otro % (len(_dicho(elegido)) - 1))
        marca = xml(f'<w:del w:id="{9500 + otro % 400}" {ANA}></w:del>')
        segundo.addprevious(marca)
        marca.append(segundo)
        for dicho in segundo.findall(f"{W}t"):
            dicho.tag = f"{W}delText"


def _fin_borrado(hallado: etree._Element, donde: int, otro: int) -> None:
    _marcar_fin(hallado, donde, "del", otro)


def _fin_insertado(hallado: etree._Element, donde: int, otro: int) -> None:
    _marcar_fin(hallado, donde, "ins", otro)


def _marcar_fin(hallado: etree._Element, donde: int, cual: str, otro: int) -> None:
    elegido = _uno([p for p in _sueltos(hallado) if getattr(p.getnext(), "tag", "") == f"{W}p"], donde)
    if elegido is None or elegido.find(f"{W}pPr/{W}sectPr") is not None or elegido.find(f"{W}pPr/{W}rPr") is not None:
        return
    propiedades = elegido.find(f"{W}pPr")
    if propiedades is None:
        propiedades = etree.Element(f"{W}pPr")
        elegido.insert(0, propiedades)
    propiedades.append(xml(f'<w:rPr><w:{cual} w:id="{8000 + otro % 900}" {ANA}/></w:rPr>'))


def _renglon_marcado(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno([r for r in hallado.iter(f"{W}tr") if r.find(f"{W}trPr") is None], donde)
    if elegido is not None:
        cual = ("ins", "del")[otro % 2]
        elegido.insert(0, xml(f'<w:trPr><w:{cual} w:id="{7000 + otro % 900}" {ANA}/></w:trPr>'))


def _campo(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is not None:
        for trozo in (
            '<w:fldChar w:fldCharType="end"/>',
            "<w:t>7</w:t>",
            '<w:fldChar w:fldCharType="separate"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="begin"/>',
        ):
            elegido.addnext(xml(f"<w:r>{trozo}</w:r>"))


def _salto(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is not None:
        elegido.append(xml("<w:br></w:br>" if otro % 2 else "<w:tab></w:tab>"))


def _marcador(hallado: etree._Element, donde: int, otro: int) -> None:
    elegido = _uno(_simples(hallado), donde)
    if elegido is not None:
        elegido.addprevious(xml(f'<w:bookmarkStart w:id="{600 + otro % 300}" w:name="m{otro}"></w:bookmarkStart>'))
        elegido.addnext(xml(f'<w:bookmarkEnd w:id="{600 + otro % 300}"></w:bookmarkEnd>'))


def _control(hallado: etree._Element, donde: int, otro: int) -> None:
    """Un control de contenido alrededor de un párrafo o de un corrido."""
    candidatos = _sueltos(hallado) if otro % 2 else _simples(hallado)
    elegido = _uno(candidatos, donde)
    if elegido is not None and elegido.find(f"{W}pPr/{W}sectPr") is None:
        control = xml("<w:sdt><w:sdtPr/><w:sdtContent/></w:sdt>")
        elegido.addprevious(control)
        control[1].append(elegido)


CORRECCIONES: dict[str, Callable[[etree._Element, int, int], None]] = {
    "cambiar una palabra": _cambiar_palabra,
    "negrita": _negrita,
    "párrafo nuevo": _parrafo_nuevo,
    "párrafo vacío": _parrafo_vacio,
    "párrafo borrado": _parrafo_borrado,
    "unir dos párrafos": _unir,
    "partir un párrafo": _partir,
    "mover un párrafo": _mover,
    "duplicar un párrafo": _duplicar,
    "renglón nuevo": _renglon_nuevo,
    "renglón borrado": _renglon_borrado,
    "renglón movido": _renglon_movido,
    "tabla borrada": _tabla_borrada,
    "otro párrafo en la celda": _celda_con_otro_parrafo,
    "insertado sin aceptar": _insertado,
    "borrado sin aceptar": _borrado,
    "fin de párrafo borrado sin aceptar": _fin_borrado,
    "fin de párrafo insertado sin aceptar": _fin_insertado,
    "renglón marcado": _renglon_marcado,
    "campo": _campo,
    "salto de línea o tabulador": _salto,
    "marcador": _marcador,
    "control de contenido": _control,
}
