"""Las gráficas y las imágenes: se ponen al día si la persona no las tocó; si las tocó, se dejan y se avisa."""

from copy import deepcopy

from lxml import etree

from generador import ooxml
from generador.fusion.documento import Documento
from generador.fusion.sucesos import Cuenta, Suceso
from generador.ooxml import TIPO_DE_RELACION, WP, R
from generador.plantilla.paquete import escribir_xml
from generador.plantilla.relleno_de_grafica import C

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_LIBRO = f"{TIPO_DE_RELACION}package"
_DATOS = ("tx", "cat", "val", "xVal", "yVal", "bubbleSize")


def fundir_dibujos(base: Documento, suya: Documento, nueva: Documento, cuenta: Cuenta) -> None:
    """Los dibujos que están en los tres documentos, cada uno con su pareja."""
    for de_base, de_suya, de_nueva in cuenta.dibujos:
        nombre = _nombre(de_suya)
        partes = (
            _cual(base, de_base, f"{C}chart", f"{R}id"),
            _cual(suya, de_suya, f"{C}chart", f"{R}id"),
            _cual(nueva, de_nueva, f"{C}chart", f"{R}id"),
        )
        if all(partes):
            _grafica((base, suya, nueva), partes, nombre, cuenta)
            continue
        imagenes = (
            _cual(base, de_base, f"{_A}blip", f"{R}embed"),
            _cual(suya, de_suya, f"{_A}blip", f"{R}embed"),
            _cual(nueva, de_nueva, f"{_A}blip", f"{R}embed"),
        )
        if all(imagenes):
            _imagen((base, suya, nueva), imagenes, de_suya, nombre, cuenta)


def _nombre(dibujo: etree._Element) -> str:
    datos = next(dibujo.iter(f"{WP}docPr"), None)
    return "" if datos is None else datos.get("title") or datos.get("name") or ""


def _cual(documento: Documento, dibujo: etree._Element, etiqueta: str, atributo: str) -> str:
    cita = next(dibujo.iter(etiqueta), None)
    return "" if cita is None else documento.parte_de(documento.principal, cita.get(atributo, ""))


# --- gráficas


def _grafica(
    documentos: tuple[Documento, Documento, Documento], partes: tuple[str, str, str], nombre: str, cuenta: Cuenta
) -> None:
    base, suya, nueva = documentos
    antes, dice, dira = (_lo_que_dice(d.arbol(p)) for d, p in zip(documentos, partes, strict=True))
    if antes == dira:
        return
    que = f"Gráfica «{nombre}»" if nombre else "Gráfica"
    if suya.partes[partes[1]] == base.partes[partes[0]]:
        suya.reemplazar(partes[1], escribir_xml(_con_relaciones_de(suya, partes[1], nueva.arbol(partes[2]))))
    elif dice == antes and _poner_datos(suya.arbol(partes[1]), nueva.arbol(partes[2])):
        pass
    else:
        cuenta.avisos.append(f"{que}: usted la cambió y se dejó como está; sus datos nuevos no se le pusieron.")
        return
    _cambiar_libro(suya, nueva, partes[1], partes[2])
    cuenta.datos.append(Suceso("cambió", que))


def _lo_que_dice(raiz: etree._Element) -> list[tuple[str, list[str]]]:
    """Cada serie y cada título con sus textos, sin su aspecto."""
    return [
        (etree.QName(elemento).localname, [v.text or "" for v in elemento.iter(f"{C}v", f"{_A}t")])
        for elemento in raiz.iter(*(f"{C}{nombre}" for nombre in (*_DATOS, "title")))
    ]


def _con_relaciones_de(suya: Documento, parte: str, nueva: etree._Element) -> etree._Element:
    """La gráfica nueva citando el libro incrustado que ya tiene la de la persona."""
    copia = deepcopy(nueva)
    libros = [i for i, r in suya.relaciones(parte).items() if r.get("Type") == _LIBRO]
    for externo in list(copia.iter(f"{C}externalData")):
        if libros:
            externo.set(f"{R}id", libros[0])
        else:
            copia.remove(externo)
    for otro in list(copia.iter(f"{C}userShapes")):
        copia.remove(otro)
    return copia


def _poner_datos(suya: etree._Element, nueva: etree._Element) -> bool:
    """Los datos nuevos con el aspecto que la persona le dio; False si no hay las mismas series."""
    mias, otras = list(suya.iter(f"{C}ser")), list(nueva.iter(f"{C}ser"))
    if len(mias) != len(otras):
        return False
    for mia, otra in zip(mias, otras, strict=True):
        for nombre in _DATOS:
            dato = otra.find(f"{C}{nombre}")
            viejo = mia.find(f"{C}{nombre}")
            if dato is not None and viejo is not None:
                viejo.getparent().replace(viejo, deepcopy(dato))  # type: ignore[union-attr]
    return True


def _cambiar_libro(suya: Documento, nueva: Documento, de_suya: str, de_nueva: str) -> None:
    libros = [
        [ooxml.destino(parte, r.get("Target", "")) for r in d.relaciones(parte).values() if r.get("Type") == _LIBRO]
        for d, parte in ((suya, de_suya), (nueva, de_nueva))
    ]
    if libros[0] and libros[1] and libros[0][0] in suya.partes:
        suya.reemplazar(libros[0][0], nueva.partes[libros[1][0]])


# --- imágenes


def _imagen(
    documentos: tuple[Documento, Documento, Documento],
    partes: tuple[str, str, str],
    dibujo: etree._Element,
    nombre: str,
    cuenta: Cuenta,
) -> None:
    _, suya, nueva = documentos
    antes, dice, dira = (d.partes[p] for d, p in zip(documentos, partes, strict=True))
    if antes == dira or dice == dira:
        return
    que = f"Imagen «{nombre}»" if nombre else "Imagen"
    if dice != antes:
        cuenta.avisos.append(f"{que}: usted la cambió y se dejó.")
        return
    parte = suya.nombre_libre(partes[2])
    suya.partes[parte] = dira
    suya.declarar(parte, nueva.tipos.get(partes[2], "image/png"))
    for cita in dibujo.iter(f"{_A}blip"):
        cita.set(f"{R}embed", suya.ligar(suya.principal, f"{TIPO_DE_RELACION}image", f"/{parte}"))
    cuenta.datos.append(Suceso("cambió", que))
