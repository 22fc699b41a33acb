"""El .xlsx por fuera: se comprueba que lo sea y que no sea hostil, y se saca de él sólo lo que se lee."""

import re
from collections.abc import Iterator
from dataclasses import field
from xml.etree import ElementTree

from generador.celdas import clave
from generador.datos import dataclass
from generador.esquema import HOJAS_DEL_PROGRAMA
from generador.libro.recorrido import COPIE, SI, Ilegible
from generador.ooxml import (
    RELACION,
    TIPOS,
    VT,
    R,
    destino,
    partes,
    ruta_de_relaciones,
    tipos_de_contenido,
)

Partes = dict[str, bytes]

MAX_XML = 80 * 2**20  # bytes de todo lo que se lee de un libro

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESTRICTO = b"http://purl.oclc.org/ooxml/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIN_DATOS = frozenset(clave(hoja) for hoja in HOJAS_DEL_PROGRAMA if hoja != "_generar")  # ayudas: no se leen

GUARDE_COMO = "Ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)»."
PIDA_OTRO = "Ábralo en Excel y guárdelo otra vez; si Excel tampoco puede, pida otra copia."


@dataclass(frozen=True)
class ParteDeHoja:
    """Una hoja sin leer: su XML y las relaciones que cita. ``sin_datos``: es ayuda del programa."""

    nombre: str
    xml: bytes
    relaciones: dict[str, tuple[str, str]] = field(default_factory=dict)
    oculta: bool = False
    sin_datos: bool = False


@dataclass(frozen=True)
class LibroEmpacado:
    """Las partes de un libro; ``nombres`` son los definidos, con su referencia tal cual. Vacías: no las trae."""

    hojas: tuple[ParteDeHoja, ...]
    estilos: bytes
    textos: bytes
    nombres: tuple[tuple[str, str], ...]
    base_1904: bool
    esquema: str


def desempacar(datos: bytes) -> LibroEmpacado:
    """Lo que se lee de un libro. Levanta PaqueteRoto (o Ilegible, que trae remedio) si no es un libro.

    Lo que está dañado por dentro levanta además ParseError, LookupError o ValueError.
    """
    _rechazar_por_su_comienzo(datos)
    contenido = partes(datos)
    _rechazar_por_sus_partes(contenido)
    return _sacar(contenido)


# --- qué es ----------------------------------------------------------------------------------------


def _rechazar_por_su_comienzo(datos: bytes) -> None:
    comienzo = datos[:512].lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if datos.startswith(_OLE):
        _rechazar_ole(datos)
    if datos.startswith(b"PK"):
        return
    if comienzo.startswith(b"%pdf"):
        raise Ilegible("es un PDF", "Use el libro de Excel del que salió.")
    if comienzo.startswith(b"<"):
        raise Ilegible("es una página web o un XML, no un libro", GUARDE_COMO)
    if not datos[:4096].strip(b"\0"):
        raise Ilegible("está en blanco por dentro (quizá no terminó de copiarse)", "Cópielo otra vez.")
    if b"\0" not in datos[:4096] or datos.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Ilegible("es texto (¿un CSV?), no un libro", GUARDE_COMO)
    raise Ilegible("no es un libro de Excel", GUARDE_COMO)


def _rechazar_ole(datos: bytes) -> None:
    if "EncryptedPackage".encode("utf-16-le") in datos:
        raise Ilegible(
            "tiene contraseña",
            "En Excel: Archivo, Información, Proteger libro, Cifrar con contraseña; bórrela y guarde.",
        )
    if any(nombre.encode("utf-16-le") in datos for nombre in ("Workbook", "Book")):
        raise Ilegible("es del formato antiguo de Excel (.xls)", GUARDE_COMO)
    raise Ilegible("tiene contraseña o es del formato antiguo de Office", GUARDE_COMO)


def _rechazar_por_sus_partes(contenido: Partes) -> None:
    if b"opendocument.spreadsheet" in contenido.get("mimetype", b""):
        raise Ilegible("es una hoja de OpenDocument (.ods)", GUARDE_COMO.replace("Excel y", "Excel o LibreOffice y"))
    ajenos = {
        "xl/workbook.bin": "es un libro binario (.xlsb)",
        "word/document.xml": "es un documento de Word, no un libro",
        "ppt/presentation.xml": "es una presentación, no un libro",
        "Index/Document.iwa": "es una hoja de Numbers",
        "mimetype": "no es un libro de Excel",
    }
    for parte, que_es in ajenos.items():
        if parte in contenido:
            raise Ilegible(que_es, GUARDE_COMO if parte != "word/document.xml" else "Elija el libro de Excel.")
    if TIPOS not in contenido:
        raise Ilegible("le faltan partes esenciales: no es un libro de Excel o está dañado", PIDA_OTRO)


# --- qué se lee de él ------------------------------------------------------------------------------


def _sacar(contenido: Partes) -> LibroEmpacado:
    libro = _parte_principal(contenido)
    if _ESTRICTO in contenido[libro]:
        raise Ilegible("está guardado como «Open XML estricto»", GUARDE_COMO)
    raiz = ElementTree.fromstring(contenido[libro])
    relaciones = relaciones_de(contenido, libro)
    de_tipo = {tipo.rpartition("/")[2]: parte for tipo, parte in relaciones.values()}
    estilos, textos = (
        _parte(contenido, de_tipo[tipo]) if de_tipo.get(tipo) in contenido else b""
        for tipo in ("styles", "sharedStrings")
    )
    hojas = tuple(_hojas(contenido, raiz, relaciones))
    if not hojas:
        raise Ilegible("no trae hojas de cálculo", PIDA_OTRO)
    if sum(len(hoja.xml) for hoja in hojas) + len(estilos) + len(textos) > MAX_XML:
        raise Ilegible("trae demasiados datos", COPIE)
    propiedades = raiz.find(f"{_S}workbookPr")
    return LibroEmpacado(
        hojas=hojas,
        estilos=estilos,
        textos=textos,
        nombres=tuple((n.get("name", ""), n.text or "") for n in raiz.iter(f"{_S}definedName")),
        base_1904=propiedades is not None and propiedades.get("date1904") in SI,
        esquema=_propiedad(contenido, "generar.esquema"),
    )


def _hojas(
    contenido: Partes, raiz: ElementTree.Element, relaciones: dict[str, tuple[str, str]]
) -> Iterator[ParteDeHoja]:
    for hoja, parte in _de_calculo(raiz, relaciones):
        nombre = hoja.get("name", "")
        yield ParteDeHoja(
            nombre,
            _parte(contenido, parte),
            relaciones_de(contenido, parte),
            oculta=hoja.get("state", "visible") != "visible",
            sin_datos=clave(nombre) in _SIN_DATOS,
        )


def _de_calculo(
    raiz: ElementTree.Element, relaciones: dict[str, tuple[str, str]]
) -> Iterator[tuple[ElementTree.Element, str]]:
    """Las hojas de cálculo, no las de gráfica, cada una con su parte."""
    for hoja in raiz.iter(f"{_S}sheet"):
        tipo, parte = relaciones[hoja.get(f"{R}id", "")]
        if tipo.endswith("/worksheet"):
            yield hoja, parte


def _parte_principal(contenido: Partes) -> str:
    tipos = tipos_de_contenido(contenido)
    candidatas = (n for n, tipo in tipos.items() if re.search(r"(sheet|template)(\.macroEnabled)?\.main\+xml$", tipo))
    principal = next(candidatas, None)
    if principal is None:
        raise Ilegible("no es un libro de Excel o está dañado", PIDA_OTRO)
    return principal


def _parte(contenido: Partes, nombre: str) -> bytes:
    """Sólo las partes .xml pasaron por la revisión de DOCTYPE de `ooxml.partes`."""
    if not nombre.endswith(".xml"):
        raise Ilegible("está dañado por dentro", PIDA_OTRO)
    return contenido[nombre]


def relaciones_de(contenido: Partes, parte: str) -> dict[str, tuple[str, str]]:
    """``{"rId1": ("…/worksheet", "xl/worksheets/sheet1.xml")}``; las externas conservan su dirección."""
    crudo = contenido.get(ruta_de_relaciones(parte))
    if crudo is None:
        return {}
    return {
        relacion.get("Id", ""): (relacion.get("Type", ""), _objetivo(parte, relacion))
        for relacion in ElementTree.fromstring(crudo).iter(f"{RELACION}Relationship")
    }


def _objetivo(parte: str, relacion: ElementTree.Element) -> str:
    objetivo = relacion.get("Target", "")
    return objetivo if relacion.get("TargetMode") == "External" else destino(parte, objetivo)


def hojas_de(contenido: Partes) -> dict[str, str]:
    """La parte de cada hoja de cálculo, por su nombre: ``{"Sesión": "xl/worksheets/sheet2.xml"}``."""
    libro = _parte_principal(contenido)
    hojas = _de_calculo(ElementTree.fromstring(contenido[libro]), relaciones_de(contenido, libro))
    return {hoja.get("name", ""): parte for hoja, parte in hojas}


def _propiedad(contenido: Partes, nombre: str) -> str:
    crudo = contenido.get("docProps/custom.xml")
    propiedades = ElementTree.fromstring(crudo) if crudo else ()
    return next((p.findtext(f"{VT}lpwstr", "") for p in propiedades if p.get("name") == nombre), "")
