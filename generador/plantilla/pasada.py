"""La pasada sobre el XML ya pintado: texto con formato, identificadores únicos, tablas y listas sanas."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import count

from lxml import etree

from generador.celdas import clave
from generador.datos import dataclass
from generador.ooxml import WP, W
from generador.plantilla.esquema_de_word import (
    BLOQUES,
    ORDEN_PPR,
    ORDEN_TCPR,
    TERMINAN_EN_PARRAFO,
    ordenar,
    poner_en_orden,
)
from generador.plantilla.paquete import Ligas, escribir_xml, leer_xml
from generador.plantilla.texto import ESPECIALES, conservar_espacios, expandir

PEGADA = "generar-pegada"  # marca en w:tbl, que puso `etiquetas`: en la plantilla ya iba junto a otra tabla
_MARCADORES = (f"{W}bookmarkStart", f"{W}bookmarkEnd")
_NOMBRE_DE_MARCADOR = 40  # caracteres que Word admite
_MAS_ANGOSTA, _MAS_ANCHA, _AIRE = 6, 24, 2  # letras: de una columna que agrega un ciclo
_CON_PARRAFO_FINAL = (*TERMINAN_EN_PARRAFO, f"{W}tc", f"{W}body")
_INTERESAN = (
    *(f"{W}{nombre}" for nombre in ("t", "tr", "tbl", "sdt", "bookmarkStart", "bookmarkEnd", "tcPr")),
    *_CON_PARRAFO_FINAL,
)


@dataclass(frozen=True)
class Estilos:
    """Los estilos que la pasada usa, por su identificador; vacío si la plantilla no lo tiene."""

    liga: str = ""
    lista: str = ""
    numeracion_de_lista: str = ""

    @classmethod
    def de(cls, estilos: bytes | None) -> "Estilos":
        """Los de styles.xml, buscados por su nombre en Word, que cambia con la lengua («List Number»)."""
        if not estilos:
            return cls()
        por_nombre: dict[tuple[str, str], etree._Element] = {}
        for estilo in leer_xml(estilos).iter(f"{W}style"):
            nombre = estilo.find(f"{W}name")
            if nombre is not None:
                por_nombre[estilo.get(f"{W}type", ""), clave(nombre.get(f"{W}val", ""))] = estilo
        liga = por_nombre.get(("character", "hyperlink"), por_nombre.get(("character", "hipervinculo")))
        lista = por_nombre.get(("paragraph", "lista numerada"), por_nombre.get(("paragraph", "list number")))
        numero = None if lista is None else lista.find(f"{W}pPr/{W}numPr/{W}numId")
        return cls(
            liga="" if liga is None else liga.get(f"{W}styleId", ""),
            lista="" if lista is None else lista.get(f"{W}styleId", ""),
            numeracion_de_lista="" if numero is None else numero.get(f"{W}val", ""),
        )


def titulos_de(estilos: bytes | None) -> frozenset[str]:
    """Los estilos de párrafo que son título: los que tienen nivel de esquema, «heading 1»… y «Title»."""
    if not estilos:
        return frozenset()
    titulos = set()
    for estilo in leer_xml(estilos).iter(f"{W}style"):
        nombre = estilo.find(f"{W}name")
        llamado = clave(nombre.get(f"{W}val", "")) if nombre is not None else ""
        if estilo.find(f"{W}pPr/{W}outlineLvl") is not None or re.match(r"(heading|titulo) \d|title$", llamado):
            titulos.add(estilo.get(f"{W}styleId", ""))
    return frozenset(titulos)


class Pasada:
    """Los contadores de un documento: una Pasada por documento, y cada parte pasa por ella una vez."""

    def __init__(self, estilos: Estilos, numeracion: bytes | None) -> None:
        self._estilos = estilos
        self._dibujos = count(1)
        self._marcadores = count(1)
        self._controles = count(1)
        self._nombres: set[str] = set()
        self._numeracion = Numeracion(numeracion, estilos.numeracion_de_lista)

    def rematar(self, raiz: etree._Element, ligas: Ligas) -> None:
        """Deja la parte como Word la espera."""
        por_nombre: dict[str, list[etree._Element]] = defaultdict(list)
        for elemento in raiz.iter(*_INTERESAN):
            por_nombre[str(elemento.tag)].append(elemento)
        _dar_formato(por_nombre[f"{W}t"], ligas, self._estilos.liga)
        self._numerar_marcadores(raiz)
        self._numerar_controles(por_nombre[f"{W}sdt"])
        for propiedades in por_nombre[f"{W}tcPr"]:
            ordenar(propiedades, ORDEN_TCPR)
        _reparar(por_nombre)
        if self._estilos.lista:
            self._reiniciar_listas(raiz)

    def dar_formato(self, raiz: etree._Element, ligas: Ligas) -> None:
        """Vuelve runs, ligas y párrafos las marcas de formato."""
        _dar_formato(list(raiz.iter(f"{W}t")), ligas, self._estilos.liga)

    def otra_lista(self) -> str:
        """El número de la lista que empieza; vacío si le basta el de su estilo."""
        return self._numeracion.otra()

    def numerar_dibujos(self, raiz: etree._Element) -> None:
        """Un identificador único a cada dibujo de la parte, con sus gráficas ya puestas."""
        for dibujo in raiz.iter(f"{WP}docPr"):
            dibujo.set("id", str(next(self._dibujos)))

    def numeracion(self) -> bytes | None:
        """numbering.xml con las listas que hubo que reiniciar, o None si no hubo."""
        return self._numeracion.xml()

    def _numerar_marcadores(self, raiz: etree._Element) -> None:
        """Identificador único a cada pareja, nombre único a cada marcador; lo que quedó sin pareja se quita."""
        abiertos: dict[str, tuple[etree._Element, str]] = {}
        for marcador in list(raiz.iter(*_MARCADORES)):
            viejo = marcador.get(f"{W}id", "")
            if marcador.tag == f"{W}bookmarkStart" and viejo not in abiertos:
                numero = str(next(self._marcadores))
                abiertos[viejo] = (marcador, numero)
                marcador.set(f"{W}id", numero)
                marcador.set(f"{W}name", self._nombre_libre(marcador.get(f"{W}name", "")))
            elif marcador.tag == f"{W}bookmarkEnd" and viejo in abiertos:
                marcador.set(f"{W}id", abiertos.pop(viejo)[1])
            else:
                _quitar(marcador)
        for marcador, _ in abiertos.values():
            _quitar(marcador)

    def _nombre_libre(self, nombre: str) -> str:
        candidatos = (f"{nombre[: _NOMBRE_DE_MARCADOR - 6]}_{numero}" for numero in count(2))
        libre = nombre
        while libre.casefold() in self._nombres:
            libre = next(candidatos)
        self._nombres.add(libre.casefold())
        return libre

    def _numerar_controles(self, controles: list[etree._Element]) -> None:
        for control in controles:
            identificador = control.find(f"{W}sdtPr/{W}id")
            if identificador is not None:
                identificador.set(f"{W}val", str(next(self._controles)))

    def _reiniciar_listas(self, raiz: etree._Element) -> None:
        for principio in _principios_de_lista(raiz, self._estilos.lista):
            numero = self.otra_lista()
            for parrafo in _consecutivos(principio, self._estilos.lista) if numero else ():
                numerar(parrafo, numero)


def _despegar(tabla: etree._Element) -> bool:
    """Quita la señal de la preparación; si estaba, la tabla ya iba junto a otra en la plantilla."""
    return bool(tabla.attrib.pop(PEGADA, ""))


# --- texto ---------------------------------------------------------------------------------------


def _dar_formato(trozos: list[etree._Element], ligas: Ligas, estilo_de_liga: str) -> None:
    por_expandir: dict[etree._Element, None] = {}
    for trozo in trozos:
        texto = trozo.text
        if not texto:
            continue
        run = trozo.getparent()
        if ESPECIALES.search(texto) and run is not None:
            por_expandir[run] = None
        else:
            conservar_espacios(trozo)
    for run in por_expandir:
        expandir(run, ligas, estilo_de_liga)


# --- reparar -------------------------------------------------------------------------------------


def _quitar(elemento: etree._Element) -> None:
    padre = elemento.getparent()
    if padre is not None:
        padre.remove(elemento)


def _reparar(por_nombre: Mapping[str, list[etree._Element]]) -> None:
    """Primero lo de dentro: un renglón vacío puede vaciar su tabla, y ésta dejar su celda sin párrafo."""
    for control in reversed(por_nombre[f"{W}sdt"]):
        contenido = control.find(f"{W}sdtContent")
        if contenido is not None and len(contenido) == 0:
            _quitar(control)
    for fila in reversed(por_nombre[f"{W}tr"]):
        if next(fila.iter(f"{W}tc"), None) is None:
            _quitar(fila)
    for tabla in reversed(por_nombre[f"{W}tbl"]):
        if next(tabla.iter(f"{W}tr"), None) is None:
            _quitar(tabla)
        else:
            _ensanchar(tabla)
            _separar(tabla)
    for nombre in _CON_PARRAFO_FINAL:
        for elemento in por_nombre[nombre]:
            _terminar_en_parrafo(elemento)


def _separar(tabla: etree._Element) -> None:
    """Pone un párrafo entre dos tablas que Word fundiría, salvo que ya fueran juntas en la plantilla."""
    anterior = tabla.getprevious()
    while anterior is not None and anterior.tag in _MARCADORES:
        anterior = anterior.getprevious()
    if not _despegar(tabla) and anterior is not None and anterior.tag == f"{W}tbl":
        tabla.addprevious(etree.Element(f"{W}p"))


def _ensanchar(tabla: etree._Element) -> None:
    """Da a la cuadrícula las columnas que un ciclo agregó: el mismo ancho total, repartido según lo que dicen."""
    cuadricula = tabla.find(f"{W}tblGrid")
    if cuadricula is None:
        return
    columnas = max((columnas_de(fila) for fila in tabla.iterchildren(f"{W}tr")), default=0)
    anchos = [_entero(columna, "w") for columna in cuadricula]
    if columnas <= len(anchos):
        return
    pesos = _pesos(tabla, columnas)
    repartidos = [sum(anchos) * peso // sum(pesos) for peso in pesos]
    cuadricula[:] = [etree.Element(f"{W}gridCol", {f"{W}w": str(ancho)}) for ancho in repartidos]
    for fila in tabla.iterfind(f"{W}tr"):
        lugar = 0
        for celda in fila.iterfind(f"{W}tc"):
            abarca = ancho_en_columnas(celda)
            propio = celda.find(f"{W}tcPr/{W}tcW")
            if propio is not None and propio.get(f"{W}type") == "dxa":
                propio.set(f"{W}w", str(sum(repartidos[lugar : lugar + abarca])))
            lugar += abarca


def _pesos(tabla: etree._Element, columnas: int) -> list[int]:
    """Cuánto ancho merece cada columna: lo que mide su palabra más larga o, si es más, su texto, con un tope.

    Sin renglón de encabezado no son columnas de datos, sino una rejilla: todas lo mismo.
    """
    pesos = [_MAS_ANGOSTA] * columnas
    if next(tabla.iterfind(f"{W}tr/{W}trPr/{W}tblHeader"), None) is None:
        return pesos
    for fila in tabla.iterfind(f"{W}tr"):
        celdas = fila.findall(f"{W}tc")
        if len(celdas) == columnas:  # los renglones con celdas combinadas no dicen de qué columna es su texto
            for lugar, celda in enumerate(celdas):
                texto = "".join(trozo.text or "" for trozo in celda.iter(f"{W}t"))
                palabra = max(map(len, texto.split()), default=0)
                pesos[lugar] = max(pesos[lugar], palabra + _AIRE, min(len(texto) + _AIRE, _MAS_ANCHA))
    return pesos


def columnas_de(fila: etree._Element) -> int:
    """Cuántas columnas de la cuadrícula ocupa un renglón, con lo que se salta al principio y al final."""
    saltos = (fila.find(f"{W}trPr/{W}{nombre}") for nombre in ("gridBefore", "gridAfter"))
    total = sum(_entero(salto) for salto in saltos if salto is not None)
    celdas = fila.iterfind(f"{W}tc")
    en_controles = fila.iterfind(f"{W}sdt/{W}sdtContent/{W}tc")
    return total + sum(ancho_en_columnas(celda) for grupo in (celdas, en_controles) for celda in grupo)


def ancho_en_columnas(celda: etree._Element) -> int:
    """Cuántas columnas abarca una celda (``w:gridSpan``); 1 si no lo dice."""
    abarca = celda.find(f"{W}tcPr/{W}gridSpan")
    return 1 if abarca is None else _entero(abarca) or 1


def _entero(elemento: etree._Element, atributo: str = "val") -> int:
    valor = elemento.get(f"{W}{atributo}", "0")
    return int(valor) if valor.isdecimal() else 0


def _terminar_en_parrafo(elemento: etree._Element) -> None:
    bloques = [hijo for hijo in elemento if hijo.tag in BLOQUES]
    if not bloques:
        seccion = elemento.find(f"{W}sectPr")
        if seccion is not None:
            seccion.addprevious(etree.Element(f"{W}p"))
        else:
            elemento.append(etree.Element(f"{W}p"))
    elif bloques[-1].tag == f"{W}tbl":
        bloques[-1].addnext(etree.Element(f"{W}p"))


# --- listas numeradas ----------------------------------------------------------------------------


def es_de_lista(elemento: etree._Element, estilo: str) -> bool:
    """Si es un párrafo de ese estilo que no trae numeración propia."""
    if elemento.tag != f"{W}p":
        return False
    propio = elemento.find(f"{W}pPr/{W}pStyle")
    return propio is not None and propio.get(f"{W}val") == estilo and elemento.find(f"{W}pPr/{W}numPr") is None


def numerar(parrafo: etree._Element, numero: str) -> None:
    """Pone en esa lista un párrafo con estilo."""
    propiedades = parrafo.find(f"{W}pPr")
    assert propiedades is not None
    lista = etree.Element(f"{W}numPr")
    etree.SubElement(lista, f"{W}ilvl", {f"{W}val": "0"})
    etree.SubElement(lista, f"{W}numId", {f"{W}val": numero})
    poner_en_orden(propiedades, lista, ORDEN_PPR)


def _principios_de_lista(raiz: etree._Element, estilo: str) -> list[etree._Element]:
    principios = []
    for propio in raiz.iter(f"{W}pStyle"):
        if propio.get(f"{W}val") != estilo:
            continue
        parrafo = next(propio.iterancestors(f"{W}p"))
        anterior = parrafo.getprevious()
        if es_de_lista(parrafo, estilo) and (anterior is None or not es_de_lista(anterior, estilo)):
            principios.append(parrafo)
    return principios


def _consecutivos(principio: etree._Element, estilo: str) -> list[etree._Element]:
    parrafos = [principio]
    siguiente = principio.getnext()
    while siguiente is not None and es_de_lista(siguiente, estilo):
        parrafos.append(siguiente)
        siguiente = siguiente.getnext()
    return parrafos


class Numeracion:
    """Las listas de numbering.xml: la primera usa la del estilo; cada una de las siguientes, la suya desde 1."""

    def __init__(self, numeracion: bytes | None, del_estilo: str) -> None:
        self._xml = numeracion if del_estilo else None
        self._del_estilo = del_estilo
        self._pedidas = 0
        self._raiz: etree._Element | None = None

    def otra(self) -> str:
        """El numId de la lista siguiente; vacío si es la del propio estilo (o la plantilla no numera)."""
        self._pedidas += 1
        if self._pedidas == 1 or not self._xml:
            return ""
        if self._raiz is None:
            self._raiz = leer_xml(self._xml)
        return _clonar(self._raiz, self._del_estilo)

    def xml(self) -> bytes | None:
        """El numbering.xml con las listas agregadas, o None si no se agregó ninguna."""
        return None if self._raiz is None else escribir_xml(self._raiz)


def _clonar(raiz: etree._Element, del_estilo: str) -> str:
    listas = raiz.findall(f"{W}num")
    original = next((lista for lista in listas if lista.get(f"{W}numId") == del_estilo), None)
    abstracta = None if original is None else original.find(f"{W}abstractNumId")
    if abstracta is None:
        return ""
    numero = str(1 + max(_identificadores(listas)))
    nueva = etree.Element(f"{W}num", {f"{W}numId": numero})
    etree.SubElement(nueva, f"{W}abstractNumId", {f"{W}val": abstracta.get(f"{W}val", "0")})
    nivel = etree.SubElement(nueva, f"{W}lvlOverride", {f"{W}ilvl": "0"})
    etree.SubElement(nivel, f"{W}startOverride", {f"{W}val": "1"})
    listas[-1].addnext(nueva)
    return numero


def _identificadores(listas: list[etree._Element]) -> Iterator[int]:
    return (int(valor) for lista in listas if re.fullmatch(r"\d+", valor := lista.get(f"{W}numId", "0")))
