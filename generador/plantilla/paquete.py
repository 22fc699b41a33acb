"""Las partes de un .docx que no son texto: qué se acepta de una plantilla, y las propiedades del documento."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from urllib.parse import quote, unquote, urlsplit

from lxml import etree

from generador import ooxml
from generador.celdas import en_un_renglon
from generador.datos import dataclass
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import RELACION, TIPO, TIPO_DE_RELACION, TIPO_DE_WORD, VT, R, W

PRINCIPAL = f"{TIPO_DE_WORD}document.main+xml"
_PRINCIPAL_DE_PLANTILLA = f"{TIPO_DE_WORD}template.main+xml"
PINTABLES = {
    PRINCIPAL: "cuerpo",
    f"{TIPO_DE_WORD}header+xml": "encabezado",
    f"{TIPO_DE_WORD}footer+xml": "pie de página",
    f"{TIPO_DE_WORD}footnotes+xml": "notas al pie",
    f"{TIPO_DE_WORD}endnotes+xml": "notas al final",
}
_GUARDELA = "Ábrala en Word y guárdela como «Documento de Word (.docx)»."
NO_ES_DE_WORD = f"no es un documento de Word. {_GUARDELA}"
ESQUEMAS_DE_LIGA = frozenset(("http", "https", "mailto"))
_CON_ETIQUETA = re.compile(r"\{\{|\{%|\{#")
_MAX_PROPIEDAD = 255
DECLARACION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_METADATOS = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
# Lo que no pasa de la plantilla al documento: sus propiedades, su miniatura y sus comentarios.
_AJENAS = (
    "core-properties",
    "extended-properties",
    "custom-properties",
    "/thumbnail",
    "/comments",
    "/commentsExtended",
)
_AJENAS_DE_WORD = ("/commentsIds", "/commentsExtensible", "/people")
_REMOTAS = {
    "/attachedTemplate": "una plantilla adjunta",
    "/image": "una imagen enlazada",
    "/oleObject": "un objeto enlazado",
    "/frame": "un marco enlazado",
    "/subDocument": "un subdocumento enlazado",
    "/mailMergeSource": "un libro de combinar correspondencia",
    "/recipientData": "un libro de combinar correspondencia",
}
_COMO_SE_QUITA = {
    "/attachedTemplate": "En Word: Programador → Plantilla de documento → escriba «Normal»",
    "/mailMergeSource": "En Word: Correspondencia → Iniciar combinación de correspondencia → Documento normal de Word",
    "/recipientData": "En Word: Correspondencia → Iniciar combinación de correspondencia → Documento normal de Word",
}
_PROHIBIDAS = {  # lo que va dentro del archivo y tampoco se acepta
    "/oleObject": "un objeto incrustado ({}). Quítelo o péguelo como imagen.",
    "/control": "un control ActiveX ({}). Quítelo.",
    "/aFChunk": "otro documento insertado entero ({}). Ábrala en Word y guárdela: queda como texto.",
    "/vbaProject": "macros ({}). Guárdela en Word como «Documento de Word (.docx)».",
}
_MAX_CERCA = 60
_OLE = re.compile(rb"<(\w+:)?OLEObject\b")


@dataclass(frozen=True, kw_only=True)
class Propiedades:
    """Lo que Word muestra en Archivo → Información. ``creado`` sin zona horaria se toma como UTC."""

    titulo: str
    creado: datetime
    asunto: str = ""
    autor: str = ""
    institucion: str = ""
    palabras: str = ""


def leer_xml(datos: bytes | str) -> etree._Element:
    """La raíz del XML, analizado sin perdonar nada: ni entidades, ni errores que «se arreglan» borrando texto."""
    analizador = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    return etree.fromstring(datos, analizador)


def escribir_xml(raiz: etree._Element) -> bytes:
    """El XML como lo escribe Word: UTF-8, con declaración."""
    return (DECLARACION + etree.tostring(raiz, encoding="unicode")).encode()


def no_se_lee(error: Exception) -> str:
    """Por qué no se puede leer una plantilla, sin su nombre: ``"no se puede leer: está dañada. Ábrala en…"``."""
    por_que = error if isinstance(error, ooxml.PaqueteRoto) else "está dañada"
    return f"no se puede leer: {por_que}. {_GUARDELA}"


def liga_segura(direccion: str) -> str:
    """La dirección como va en el documento: ``"https://a.mx/ñ"`` → ``"https://a.mx/%C3%B1"``; vacía si no se acepta."""
    direccion = direccion.strip()
    try:
        partes = urlsplit(direccion)
    except ValueError:
        return ""
    if partes.scheme.lower() not in ESQUEMAS_DE_LIGA or not (partes.netloc or partes.scheme.lower() == "mailto"):
        return ""
    return quote(direccion, safe="%/:=&?~#+!$,;'@()*[]-._")


# --- revisar y limpiar el paquete de la plantilla ------------------------------------------------


def depurar(partes: Mapping[str, bytes]) -> tuple[dict[str, bytes], dict[str, str]]:
    """El paquete listo para componer sobre él, y qué partes se pintan: ``{"word/document.xml": "cuerpo"}``.

    Levanta ErrorDePlantilla ante macros, objetos incrustados y contenido que vendría de fuera.
    """
    se_pintan = pintables(partes)
    if problemas := prohibido(partes, ooxml.tipos_de_contenido(partes)):
        raise ErrorDePlantilla("\n".join(problemas))
    return _sin_ajenas(partes), se_pintan


def pintables(partes: Mapping[str, bytes]) -> dict[str, str]:
    """Las partes con texto y cómo se llaman: ``{"word/document.xml": "cuerpo"}``; el cuerpo, primero.

    Levanta ErrorDePlantilla si no es un documento de Word.
    """
    if ooxml.TIPOS not in partes or "_rels/.rels" not in partes:
        raise ErrorDePlantilla(NO_ES_DE_WORD)
    halladas = {
        nombre: PINTABLES[comun]
        for nombre, tipo in ooxml.tipos_de_contenido(partes).items()
        if (comun := _sin_macros(tipo)) in PINTABLES
    }
    cuerpo = next((nombre for nombre, cual in halladas.items() if cual == "cuerpo"), "")
    if not cuerpo:
        raise ErrorDePlantilla(NO_ES_DE_WORD)
    if len(halladas) > len(set(halladas.values())):
        halladas |= _cual_es_cada_uno(partes, cuerpo, halladas)
    return dict(sorted(halladas.items(), key=lambda parte: parte[1] != "cuerpo"))


_DE_OTRAS = {"charts": "una gráfica", "_rels": "ligas e imágenes", "styles": "los estilos", "numbering": "las listas"}


def como_se_llama(parte: str, pintables: Mapping[str, str]) -> str:
    """Cómo se dice una parte ante la persona: ``"word/charts/chart1.xml"`` → ``"una gráfica"``."""
    otra = next((llamada for trozo, llamada in _DE_OTRAS.items() if trozo in parte), "el archivo")
    return pintables.get(parte, otra)


_DE_PAGINA = {"first": " de la primera página", "even": " de las páginas pares"}


def _cual_es_cada_uno(partes: Mapping[str, bytes], cuerpo: str, halladas: Mapping[str, str]) -> dict[str, str]:
    """De qué páginas es cada encabezado y cada pie: ``{"word/header2.xml": "encabezado de la primera página"}``."""
    destinos = {
        relacion.get("Id"): ooxml.destino(cuerpo, relacion.get("Target", ""))
        for origen, relacion in relaciones(partes)
        if origen == cuerpo and relacion.get("TargetMode") != "External"
    }
    dichas: dict[str, str] = {}
    secciones = list(leer_xml(partes[cuerpo]).iter(f"{W}sectPr"))
    for numero, seccion in enumerate(secciones, 1):
        de_cual = f" de la sección {numero}" if len(secciones) > 1 else ""
        for referencia in seccion.iter(f"{W}headerReference", f"{W}footerReference"):
            parte = destinos.get(referencia.get(f"{R}id"), "")
            if parte in halladas:
                de_pagina = _DE_PAGINA.get(referencia.get(f"{W}type", ""), "")
                dichas.setdefault(parte, f"{halladas[parte]}{de_pagina}{de_cual}")
    con_nombre = ("encabezado", "pie de página")
    sin_usar = (p for p, cual in halladas.items() if cual in con_nombre and p not in dichas)
    return dichas | {parte: f"{halladas[parte]} que ninguna página usa" for parte in sin_usar}


def _sin_macros(tipo: str) -> str:
    """El tipo de la misma parte en un documento común: el de una plantilla o el de uno con macros."""
    if tipo.startswith("application/vnd.ms-word.") and ".macroEnabled" in tipo:
        return PRINCIPAL
    return tipo.replace(".macroEnabled", "").replace("template.main", "document.main")


def prohibido(partes: Mapping[str, bytes], tipos: Mapping[str, str]) -> list[str]:
    """Lo que una plantilla no puede traer: macros, objetos incrustados y lo que viene de fuera."""
    macros, a_la_vista = list(_macros(tipos)), list(_objetos(partes))
    ya_dichas = {"/vbaProject": macros, "/oleObject": a_la_vista}
    de_relaciones = _relaciones_prohibidas(partes, {final for final, dichas in ya_dichas.items() if dichas})
    return [*macros, *a_la_vista, *_campos_prohibidos(partes), *de_relaciones]


_LLAMAN_FUERA = frozenset(
    ("DDE", "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE", "LINK", "IMPORT", "DATABASE", "RD")
)


def _campos_prohibidos(partes: Mapping[str, bytes]) -> Iterator[str]:
    """Los campos con que Word abre otro archivo o lanza un programa (ISO/IEC 29500-1, 17.16.5)."""
    dichos: dict[str, None] = {}
    for datos in (d for n, d in partes.items() if n.endswith(".xml") and (b"instrText" in d or b"fldSimple" in d)):
        raiz = leer_xml(datos)
        llaman = [(donde, nombre) for donde, nombre in _campos(raiz) if nombre in _LLAMAN_FUERA]
        cerca = _cerca(raiz) if llaman else {}
        for donde, nombre in llaman:
            suyo = cerca.get(next(donde.iterancestors(f"{W}p"), donde), "")
            dicho = f"trae un campo de Word «{nombre}»{suyo}, que abre otro archivo o un programa"
            dichos[f"{dicho}. Véalo en Word con Alt+F9 y bórrelo."] = None
    yield from dichos


def _campos(raiz: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Cada campo con su nombre, ``"PAGE"``, y un elemento suyo; su instrucción puede venir en pedazos."""
    dicho, donde = "", raiz
    for elemento in raiz.iter(f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"):
        if elemento.tag == f"{W}fldSimple":
            yield elemento, _primera(elemento.get(f"{W}instr", ""))
        elif elemento.tag == f"{W}instrText":
            dicho, donde = dicho + (elemento.text or ""), elemento
        else:  # empieza o termina un campo
            yield donde, _primera(dicho)
            dicho = ""
    yield donde, _primera(dicho)


def _primera(instruccion: str) -> str:
    return next(iter(instruccion.split()), "").upper()


def _cerca(raiz: etree._Element) -> dict[etree._Element, str]:
    """Por párrafo, lo que se lee en él o, si nada, en el de antes: ``", cerca de «Presupuesto»"``."""
    cerca: dict[etree._Element, str] = {}
    antes = ""
    for parrafo in raiz.iter(f"{W}p"):
        antes = en_un_renglon("".join(t.text or "" for t in parrafo.iter(f"{W}t")))[:_MAX_CERCA] or antes
        cerca[parrafo] = f", cerca de «{antes}»" if antes else ""
    return cerca


def _macros(tipos: Mapping[str, str]) -> Iterator[str]:
    if any("macroEnabled" in tipo or "vbaProject" in tipo for tipo in tipos.values()):
        yield "trae macros. Guárdela en Word como «Documento de Word (.docx)»."


def _objetos(partes: Mapping[str, bytes]) -> Iterator[str]:
    """Los objetos incrustados, por lo que se lee junto a ellos."""
    for datos in (d for nombre, d in partes.items() if nombre.endswith(".xml") and _OLE.search(d)):
        for parrafo, cerca in _cerca(leer_xml(datos)).items():
            if any(str(dentro.tag).endswith("}OLEObject") for dentro in parrafo.iter()):
                yield f"trae un objeto incrustado (OLE){cerca}. Quítelo o péguelo como imagen."


def relaciones(partes: Mapping[str, bytes]) -> Iterator[tuple[str, etree._Element]]:
    """Cada relación del paquete con la parte de la que sale (vacía si es del paquete)."""
    for nombre in partes:
        carpeta, hay, archivo = nombre.rpartition("_rels/")
        if hay and archivo.endswith(".rels"):
            for relacion in leer_xml(partes[nombre]).iter(f"{RELACION}Relationship"):
                yield carpeta + archivo.removesuffix(".rels"), relacion


def _relaciones_prohibidas(partes: Mapping[str, bytes], sin: Collection[str]) -> Iterator[str]:
    """``sin``: cómo termina el tipo de las que ya se dijeron de otro modo."""
    for _, relacion in relaciones(partes):
        objetivo, tipo = relacion.get("Target", ""), relacion.get("Type", "")
        if relacion.get("TargetMode") != "External":
            prohibidas = ((final, cosa) for final, cosa in _PROHIBIDAS.items() if final not in sin)
            yield from (f"trae {cosa.format(objetivo)}" for final, cosa in prohibidas if tipo.endswith(final))
            continue
        if not tipo.endswith("/hyperlink"):
            como = next((c for final, c in _COMO_SE_QUITA.items() if tipo.endswith(final)), "Incrústelo o quítelo")
            yield f"trae {cosa_remota(tipo)} de fuera del archivo ({objetivo}). {como}."
        elif _CON_ETIQUETA.search(unquote(objetivo)):
            yield f"trae una etiqueta en la dirección de una liga, donde no vale: «{unquote(objetivo)}». Quítela."
        elif not liga_segura(objetivo):
            yield f"trae una liga que no es http, https ni mailto: «{objetivo}». Corríjala o quítela."


def cosa_remota(tipo: str) -> str:
    """Qué es lo que una relación trae de fuera: ``"…/image"`` → ``"una imagen enlazada"``."""
    return next((cosa for final, cosa in _REMOTAS.items() if tipo.endswith(final)), "contenido enlazado")


def _sin_ajenas(partes: Mapping[str, bytes]) -> dict[str, bytes]:
    limpias = dict(partes)
    sobrantes: set[str] = set()
    for nombre in partes:
        carpeta, hay, archivo = nombre.rpartition("_rels/")
        if not hay or not archivo.endswith(".rels"):
            continue
        raiz = leer_xml(partes[nombre])
        for relacion in list(raiz):
            if relacion.get("Type", "").endswith(_AJENAS + _AJENAS_DE_WORD):
                sobrantes.add(ooxml.destino(carpeta + archivo.removesuffix(".rels"), relacion.get("Target", "")))
                raiz.remove(relacion)
        if nombre == "_rels/.rels":
            _agregar_relaciones_propias(raiz)
        limpias[nombre] = escribir_xml(raiz)
    sobrantes |= PROPIAS
    sobrantes |= {ooxml.ruta_de_relaciones(nombre) for nombre in sobrantes}
    for nombre in sobrantes:
        limpias.pop(nombre, None)
    limpias[ooxml.TIPOS] = _tipos_sin(partes[ooxml.TIPOS], sobrantes)
    return limpias


_DECLARADAS = (
    ("docProps/core.xml", f"{_METADATOS}core-properties", "application/vnd.openxmlformats-package.core-properties+xml"),
    (
        "docProps/app.xml",
        f"{TIPO_DE_RELACION}extended-properties",
        "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    ),
    (
        "docProps/custom.xml",
        f"{TIPO_DE_RELACION}custom-properties",
        "application/vnd.openxmlformats-officedocument.custom-properties+xml",
    ),
)
PROPIAS = frozenset(parte for parte, _, _ in _DECLARADAS)  # las que se escriben de nuevo en cada documento


def _agregar_relaciones_propias(raiz: etree._Element) -> None:
    usados = {relacion.get("Id") for relacion in raiz}
    libres = (f"rId{n}" for n in range(1, len(usados) + 10) if f"rId{n}" not in usados)
    for parte, tipo, _ in _DECLARADAS:
        etree.SubElement(raiz, f"{RELACION}Relationship", Id=next(libres), Type=tipo, Target=parte)


def _tipos_sin(tipos: bytes, sobrantes: set[str]) -> bytes:
    raiz = leer_xml(tipos)
    for declarado in raiz.findall(f"{TIPO}Override"):
        if declarado.get("PartName", "").lstrip("/") in sobrantes:
            raiz.remove(declarado)
        elif declarado.get("ContentType") == _PRINCIPAL_DE_PLANTILLA:
            declarado.set("ContentType", PRINCIPAL)
    for parte, _, tipo in _DECLARADAS:
        etree.SubElement(raiz, f"{TIPO}Override", PartName=f"/{parte}", ContentType=tipo)
    return escribir_xml(raiz)


# --- propiedades del documento -------------------------------------------------------------------


@lru_cache(maxsize=256)  # el autor y la institución son los mismos en todo el lote
def _elemento(nombre: str, texto: str) -> str:
    return f"<{nombre}>{ooxml.escapado(en_un_renglon(texto)[:_MAX_PROPIEDAD])}</{nombre}>" if texto else ""


def _instante(momento: datetime) -> str:
    if momento.tzinfo is not None:
        momento = momento.astimezone(UTC)
    return momento.strftime("%Y-%m-%dT%H:%M:%SZ")


def core(propiedades: Propiedades) -> bytes:
    """docProps/core.xml: título, asunto, autor, fechas y lengua."""
    fecha = f' xsi:type="dcterms:W3CDTF">{_instante(propiedades.creado)}'
    return (
        DECLARACION
        + '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + _elemento("dc:title", propiedades.titulo)
        + _elemento("dc:subject", propiedades.asunto)
        + _elemento("dc:creator", propiedades.autor)
        + _elemento("cp:keywords", propiedades.palabras)
        + _elemento("cp:lastModifiedBy", propiedades.autor)
        + "<cp:revision>1</cp:revision>"
        + f"<dcterms:created{fecha}</dcterms:created><dcterms:modified{fecha}</dcterms:modified>"
        + "<dc:language>es-MX</dc:language></cp:coreProperties>"
    ).encode()


@lru_cache(maxsize=8)
def app(institucion: str) -> ooxml.Comprimida:
    """docProps/app.xml, ya comprimida: con qué se hizo y para qué institución, que en un lote es la misma."""
    return ooxml.Comprimida.de(
        (
            DECLARACION
            + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            + "<Application>generar</Application>"
            + _elemento("Company", institucion)
            + "</Properties>"
        ).encode()
    )


def custom(marcas: Mapping[str, str]) -> bytes:
    """docProps/custom.xml: las marcas con que el programa reconoce lo que escribió."""
    propiedades = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{numero}" name="{ooxml.escapado(nombre)}">'
        f"<vt:lpwstr>{ooxml.escapado(valor)}</vt:lpwstr></property>"
        for numero, (nombre, valor) in enumerate(marcas.items(), 2)
    )
    espacios = f'xmlns="{ooxml.PROPIEDAD.strip("{}")}" xmlns:vt="{VT.strip("{}")}"'
    return f"{DECLARACION}<Properties {espacios}>{propiedades}</Properties>".encode()


# --- ligas ---------------------------------------------------------------------------------------


_SIN_RELACIONES = f'<Relationships xmlns="{RELACION.strip("{}")}"/>'


class Ligas:
    """Las relaciones de una parte mientras se compone; cada una se cita por su ``rId``."""

    def __init__(self, rels: bytes | None) -> None:
        self._rels = rels or _SIN_RELACIONES
        self._nuevas: dict[str, str] = {}
        self._cambio = False

    @cached_property
    def _raiz(self) -> etree._Element:  # casi ninguna parte cita nada nuevo: se lee sólo entonces
        return leer_xml(self._rels)

    @cached_property
    def identificadores(self) -> set[str]:
        """Los que ya se pueden citar."""
        return {relacion.get("Id", "") for relacion in self._raiz}

    def de(self, direccion: str) -> str:
        """El identificador de una dirección de fuera (ya segura); el mismo si se repite."""
        if direccion not in self._nuevas:
            self._nuevas[direccion] = self.agregar(f"{TIPO_DE_RELACION}hyperlink", direccion, externa=True)
        return self._nuevas[direccion]

    def agregar(self, tipo: str, objetivo: str, *, externa: bool = False) -> str:
        """El identificador de una relación nueva."""
        numero = len(self.identificadores) + 1
        while f"rId{numero}" in self.identificadores:
            numero += 1
        self.identificadores.add(f"rId{numero}")
        nueva = etree.SubElement(self._raiz, f"{RELACION}Relationship", Id=f"rId{numero}", Type=tipo, Target=objetivo)
        if externa:
            nueva.set("TargetMode", "External")
        self._cambio = True
        return f"rId{numero}"

    def internas(self, tipo: str) -> dict[str, str]:
        """A qué apunta cada relación de ese tipo: ``{"rId5": "charts/chart1.xml"}``."""
        return {r.get("Id", ""): r.get("Target", "") for r in self._raiz if r.get("Type") == tipo}

    def quitar(self, identificador: str) -> None:
        """Deshace esa relación."""
        for relacion in [r for r in self._raiz if r.get("Id") == identificador]:
            self._raiz.remove(relacion)
            self._cambio = True

    def rels(self) -> bytes | None:
        """El .rels como queda, o None si no cambió."""
        return escribir_xml(self._raiz) if self._cambio else None
