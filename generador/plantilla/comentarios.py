"""La plantilla revisada: una copia con cada defecto como comentario de Word, en su párrafo.

La copia sólo lleva comentarios: no corrige nada, ni lo que sabría (W10, repetir el encabezado de una tabla), para que
lo único que cambie del diseño de la persona sea lo que ella cambie.
"""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from generador import ooxml
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import TIPO, TIPO_DE_RELACION, TIPO_DE_WORD, W14, XML, W
from generador.plantilla import paquete
from generador.plantilla.etiquetas import Defecto
from generador.plantilla.paquete import Ligas, escribir_xml, leer_xml
from generador.plantilla.revision import AUTOR

_TIPO = f"{TIPO_DE_WORD}comments+xml"
_RELACION = f"{TIPO_DE_RELACION}comments"
_ANCLAS = (f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}commentReference")


def comentada(datos: bytes, defectos: Sequence[Defecto]) -> bytes:
    """La plantilla con los comentarios; los de una revisión anterior se quitan y los de otras personas se quedan.

    Word no deja comentar encabezados ni notas: lo de ahí, y lo que no es de ningún párrafo, va en el primero del
    cuerpo. Levanta ErrorDePlantilla si el archivo trae macros o no se puede leer.
    """
    partes = ooxml.partes(datos)
    tipos = ooxml.tipos_de_contenido(partes)
    if any("macroEnabled" in tipo or "vbaProject" in tipo for tipo in tipos.values()):
        raise ErrorDePlantilla("trae macros: no se puede hacer la copia con comentarios.")
    cuerpo = next(nombre for nombre, cual in paquete.pintables(partes).items() if cual == "cuerpo")
    raiz = leer_xml(partes[cuerpo])
    nombre, comentarios = _parte_de_comentarios(partes, tipos)
    _quitar_los_nuestros(partes, raiz, comentarios)
    parrafos = list(raiz.iter(f"{W}p"))
    if not parrafos:
        raise ErrorDePlantilla("no tiene ningún párrafo donde poner los comentarios.")
    usados = (int(c.get(f"{W}id", "0")) for c in comentarios if c.get(f"{W}id", "0").isdecimal())
    numero = 1 + max(usados, default=-1)
    for lugar, suyos in _por_parrafo(cuerpo, defectos):
        parrafo = _comentable(parrafos[lugar - 1] if 0 < lugar <= len(parrafos) else parrafos[0])
        for defecto in suyos:
            comentarios.append(_comentario(numero, defecto, con_lugar=not (lugar and defecto.parte == cuerpo)))
            anclar(parrafo, numero)
            numero += 1
    partes[cuerpo], partes[nombre] = escribir_xml(raiz), escribir_xml(comentarios)
    _declarar(partes, cuerpo, nombre)
    return ooxml.empaquetar(partes)


def _parte_de_comentarios(partes: Mapping[str, bytes], tipos: Mapping[str, str]) -> tuple[str, etree._Element]:
    nombre = next((n for n, tipo in tipos.items() if tipo == _TIPO), "")
    if nombre:
        return nombre, leer_xml(partes[nombre])
    nombre = "word/comments.xml"
    numero = 2
    while nombre in partes:
        nombre, numero = f"word/comments{numero}.xml", numero + 1
    return nombre, etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})


def _quitar_los_nuestros(partes: dict[str, bytes], raiz: etree._Element, comentarios: etree._Element) -> None:
    nuestros = [c for c in comentarios if c.get(f"{W}author") == AUTOR]
    numeros = {c.get(f"{W}id") for c in nuestros}
    parrafos = {p.get(f"{W14}paraId") for c in nuestros for p in c.iter(f"{W}p")} - {None}
    for comentario in nuestros:
        comentarios.remove(comentario)
    for ancla in [a for a in raiz.iter(*_ANCLAS) if a.get(f"{W}id") in numeros]:
        dueno = ancla.getparent()
        if dueno is not None:
            dueno.remove(ancla)
            corrido = dueno.getparent()
            if dueno.tag == f"{W}r" and corrido is not None and not [h for h in dueno if h.tag != f"{W}rPr"]:
                corrido.remove(dueno)
    if parrafos:  # Word anota aparte, por párrafo, si un comentario está resuelto
        for nombre in [n for n in partes if n.rpartition("/")[2].startswith(("commentsExtended", "commentsIds"))]:
            aparte = leer_xml(partes[nombre])
            for hijo in [h for h in aparte if parrafos & set(map(str, h.attrib.values()))]:
                aparte.remove(hijo)
            partes[nombre] = escribir_xml(aparte)


def _por_parrafo(cuerpo: str, defectos: Sequence[Defecto]) -> Iterator[tuple[int, list[Defecto]]]:
    por_parrafo: dict[int, list[Defecto]] = {}
    for defecto in defectos:
        por_parrafo.setdefault(defecto.parrafo if defecto.parte == cuerpo else 0, []).append(defecto)
    yield from sorted(por_parrafo.items())


def _comentable(parrafo: etree._Element) -> etree._Element:
    """El mismo o, si está en un cuadro de texto, el párrafo donde el cuadro está: dentro Word no deja comentar."""
    return next((p for p in list(parrafo.iterancestors(f"{W}p"))[::-1]), parrafo)


def _comentario(numero: int, defecto: Defecto, *, con_lugar: bool) -> etree._Element:
    comentario = etree.Element(f"{W}comment", {f"{W}id": str(numero), f"{W}author": AUTOR, f"{W}initials": "g"})
    que = str(defecto) if con_lugar else defecto.problema
    for renglon in f"{que[:1].upper()}{que[1:]}".split("\n"):
        corrido = etree.SubElement(etree.SubElement(comentario, f"{W}p"), f"{W}r")
        texto = etree.SubElement(corrido, f"{W}t", {f"{XML}space": "preserve"})
        texto.text = renglon
    return comentario


def anclar(parrafo: etree._Element, numero: int) -> None:
    """Señala todo el párrafo como aquello que el comentario comenta."""
    identidad = {f"{W}id": str(numero)}
    propiedades = parrafo.find(f"{W}pPr")
    abre = etree.Element(f"{W}commentRangeStart", identidad)
    if propiedades is None:
        parrafo.insert(0, abre)
    else:
        propiedades.addnext(abre)
    etree.SubElement(parrafo, f"{W}commentRangeEnd", identidad)
    etree.SubElement(etree.SubElement(parrafo, f"{W}r"), f"{W}commentReference", identidad)


def _declarar(partes: dict[str, bytes], cuerpo: str, nombre: str) -> None:
    """La relación y el tipo de la parte de comentarios, si faltan."""
    rels = ooxml.ruta_de_relaciones(cuerpo)
    ligas = Ligas(partes.get(rels))
    if not any(ooxml.destino(cuerpo, objetivo) == nombre for objetivo in ligas.internas(_RELACION).values()):
        ligas.agregar(_RELACION, f"/{nombre}")
        nuevas = ligas.rels()
        assert nuevas is not None
        partes[rels] = nuevas
    tipos = leer_xml(partes[ooxml.TIPOS])
    if not any(e.get("PartName", "").lstrip("/") == nombre for e in tipos.iter(f"{TIPO}Override")):
        etree.SubElement(tipos, f"{TIPO}Override", PartName=f"/{nombre}", ContentType=_TIPO)
        partes[ooxml.TIPOS] = escribir_xml(tipos)
