"""Las gráficas y las imágenes: se ponen al día si la persona no las tocó; si las tocó, se dejan y se avisa."""

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from generador import ooxml
from generador.fusion.documento import Documento
from generador.fusion.figuras import (
    DATOS,
    A,
    Figura,
    datos_de,
    figuras_de,
    lo_que_muestra,
    parejas_de_figuras,
    titulos_de,
)
from generador.fusion.sucesos import Cuenta, Suceso
from generador.ooxml import TIPO_DE_RELACION, WP, R
from generador.plantilla.paquete import escribir_xml, leer_xml
from generador.plantilla.relleno_de_grafica import C

_LIBRO = f"{TIPO_DE_RELACION}package"

Tres = tuple[Figura, Figura, Figura]
Documentos = tuple[Documento, Documento, Documento]


def parejas_de_dibujos(base: Documento, suya: Documento, nueva: Documento, cuenta: Cuenta) -> list[Tres]:
    """Los dibujos del cuerpo que están en los tres documentos; si la persona copió uno, con cada copia.

    De los que ella quitó, se avisa si los datos cambiaron lo que muestran.
    """
    de_base, de_suya, de_nueva = (list(figuras_de(d, d.principal, d.cuerpo)) for d in (base, suya, nueva))
    nuevas: dict[int, Figura] = {}
    for una, otra in parejas_de_figuras(de_base, de_nueva):
        nuevas.setdefault(id(una), otra)
    suyas = parejas_de_figuras(de_base, de_suya)
    quedan = {id(una) for una, _ in suyas}
    for una in de_base:
        nuevo = None if id(una) in quedan else nuevas.get(id(una))
        if nuevo is not None and lo_que_muestra(base, una) != lo_que_muestra(nueva, nuevo):
            cuenta.avisos.append(f"{una.nombre}: usted la quitó, y lo que muestra cambió con los datos.")
    return [(una, suyo, nuevas[id(una)]) for una, suyo in suyas if id(una) in nuevas]


def fundir_dibujos(documentos: Documentos, parejas: list[Tres], cuenta: Cuenta) -> None:
    """Pone al día en el documento de la persona los que los datos cambiaron."""
    hechas: set[str] = set()
    for tres in parejas:
        parte = tres[1].parte
        if tres[0].es_grafica and parte not in hechas:
            hechas.add(parte)
            _grafica(documentos, tres, cuenta)
        elif not tres[0].es_grafica:
            _imagen(documentos, tres, cuenta)


def _describir(tres: Tres) -> None:
    """El texto alternativo, si la persona no lo cambió."""
    datos = [next(figura.elemento.iter(f"{WP}docPr"), None) for figura in tres]
    base, suya, nueva = datos
    if base is not None and suya is not None and nueva is not None and suya.get("descr") == base.get("descr"):
        suya.set("descr", nueva.get("descr", ""))


# --- gráficas


def _grafica(documentos: Documentos, tres: Tres, cuenta: Cuenta) -> None:
    base, suya, nueva = documentos
    raices = [leer_xml(d.partes[figura.parte]) for d, figura in zip(documentos, tres, strict=True)]
    datos, titulos = ([decir(raiz) for raiz in raices] for decir in (datos_de, titulos_de))
    for que, (antes, dice, _) in (("cambió sus datos", datos), ("cambió su título", titulos)):
        if antes != dice:
            cuenta.suyos.append(Suceso(que, tres[1].nombre, *_lo_distinto(antes, dice)))
    if datos[0] == datos[2] and titulos[0] == titulos[2]:
        return
    de_suya, de_nueva = tres[1].parte, tres[2].parte
    if suya.partes[de_suya] == base.partes[tres[0].parte]:
        suya.reemplazar(de_suya, escribir_xml(_con_relaciones_de(suya, de_suya, raices[2])))
        _cambiar_libro(suya, nueva, de_suya, de_nueva)
        entro = True
    else:
        entro = _por_partes((suya, nueva), tres, (datos, titulos), cuenta)
    if entro:
        _describir(tres)
        cuenta.datos.append(Suceso("cambió", tres[1].nombre))


def _lo_distinto(antes: object, ahora: object) -> tuple[str, str]:
    """Las cifras o los títulos que cambiaron, antes y ahora: ``("132144", "140000")``; vacíos si no son los mismos."""
    unos, otros = (list(_sueltos(dicho)) for dicho in (antes, ahora))
    if len(unos) != len(otros):
        return "", ""
    distintos = [(uno, otro) for uno, otro in zip(unos, otros, strict=True) if uno != otro]
    return " · ".join(uno for uno, _ in distintos), " · ".join(otro for _, otro in distintos)


def _sueltos(dicho: object) -> Iterator[str]:
    if isinstance(dicho, list | tuple):
        for parte in dicho:
            yield from _sueltos(parte)
    else:
        yield str(dicho)


def _por_partes(
    documentos: tuple[Documento, Documento], tres: Tres, dicho: tuple[list[object], list[object]], cuenta: Cuenta
) -> bool:
    """Los datos y los títulos nuevos, cada uno si la persona no lo tocó; True si entró alguno."""
    suya, nueva = documentos
    mia, otra = suya.arbol(tres[1].parte), nueva.arbol(tres[2].parte)
    entraron = []
    for (antes, dice, dira), poner in zip(dicho, (_poner_datos, _poner_titulos), strict=True):
        if antes == dira or dice == dira:
            continue
        if dice == antes and poner(mia, otra):
            entraron.append(poner)
        elif poner is _poner_datos:
            cuenta.avisos.append(f"{tres[1].nombre}: usted la cambió y se dejó; sus datos nuevos no se le pusieron.")
        else:
            cuenta.avisos.append(f"{tres[1].nombre}: usted cambió su título y se dejó; el nuevo: «{tres[2].titulo}».")
    if _poner_datos in entraron:
        _cambiar_libro(suya, nueva, tres[1].parte, tres[2].parte)
    return bool(entraron)


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
    """Los datos nuevos con el aspecto que la persona le dio; False si no es de la misma clase.

    Una serie que los datos agregan entra con el suyo; la que quitan se va.
    """
    mias, otras = (list(raiz.iter(f"{C}ser")) for raiz in (suya, nueva))
    areas = [dict.fromkeys(str(serie.getparent().tag) for serie in series) for series in (mias, otras)]  # type: ignore[union-attr]
    if list(areas[0]) != list(areas[1]) or (len(areas[0]) > 1 and len(mias) != len(otras)):
        return False
    for mia, otra in zip(mias, otras, strict=False):
        for nombre in DATOS:
            dato = otra.find(f"{C}{nombre}")
            viejo = mia.find(f"{C}{nombre}")
            if dato is not None and viejo is not None:
                mia.replace(viejo, deepcopy(dato))
    for sobra in mias[len(otras) :]:
        sobra.getparent().remove(sobra)  # type: ignore[union-attr]
    for falta in reversed(otras[len(mias) :]):
        mias[-1].addnext(deepcopy(falta))
    return True


def _poner_titulos(suya: etree._Element, nueva: etree._Element) -> bool:
    """Los títulos nuevos con la letra que la persona les dio; False si no son los mismos."""
    mios, otros = (list(raiz.iter(f"{C}title")) for raiz in (suya, nueva))
    letras = [list(titulo.iter(f"{A}t")) for titulo in mios]
    if len(mios) != len(otros) or not all(letras):
        return False
    for textos, otro in zip(letras, otros, strict=True):
        textos[0].text = "".join(t.text or "" for t in otro.iter(f"{A}t"))
        for sobra in textos[1:]:
            sobra.text = ""
    return True


def _cambiar_libro(suya: Documento, nueva: Documento, de_suya: str, de_nueva: str) -> None:
    libros = [
        [ooxml.destino(parte, r.get("Target", "")) for r in d.relaciones(parte).values() if r.get("Type") == _LIBRO]
        for d, parte in ((suya, de_suya), (nueva, de_nueva))
    ]
    if libros[0] and libros[1] and libros[0][0] in suya.partes:
        suya.reemplazar(libros[0][0], nueva.partes[libros[1][0]])


# --- imágenes


def _imagen(documentos: Documentos, tres: Tres, cuenta: Cuenta) -> None:
    _, suya, nueva = documentos
    antes, dice, dira = (d.partes[figura.parte] for d, figura in zip(documentos, tres, strict=True))
    if antes == dira or dice == dira:
        return
    if dice != antes:
        cuenta.avisos.append(f"{tres[1].nombre}: usted la cambió y se dejó.")
        return
    parte = suya.nombre_libre(tres[2].parte)
    suya.partes[parte] = dira
    suya.declarar(parte, nueva.tipos.get(tres[2].parte, "image/png"))
    for cita in tres[1].elemento.iter(f"{A}blip"):
        cita.set(f"{R}embed", suya.ligar(suya.principal, f"{TIPO_DE_RELACION}image", f"/{parte}"))
    _describir(tres)
    cuenta.datos.append(Suceso("cambió", tres[1].nombre))
