"""El .xlsx por dentro: se comprueba que lo sea y que no sea hostil, y se saca de él sólo lo que se lee.

A openpyxl le llega un libro reducido a celdas, estilos y textos. Así no lo tiran ni lo hacen esperar las
gráficas, extensiones, validaciones y rangos combinados de libros ajenos, que aquí no hacen falta.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from xml.etree import ElementTree
from xml.parsers import expat

from generador.celdas import GUION_BAJO, Rango, clave
from generador.esquema import HOJAS_DEL_PROGRAMA
from generador.ooxml import (
    RELACION,
    TIPO,
    TIPO_DE_RELACION,
    TIPOS,
    VT,
    PaqueteRoto,
    R,
    destino,
    empaquetar,
    partes,
    ruta_de_relaciones,
    tipos_de_contenido,
)

Lugar = tuple[int, int]
Partes = dict[str, bytes]

# Límites de todo el libro: acotan el tiempo (menos de 10 s) y la memoria (menos de 500 MiB) de openpyxl.
MAX_CELDAS = 200_000
MAX_FILAS = 100_000
MAX_ELEMENTOS = 600_000  # etiquetas XML
MAX_PROFUNDIDAD = 64  # etiquetas dentro de etiquetas; un libro de verdad no pasa de 12
MAX_XML = 60 * 2**20  # bytes de todo lo que se lee
MAX_COMBINADAS = 2_000
MAX_COLUMNAS_OCULTAS = 1_000  # grupos
MAX_LIGADAS = 1_000  # celdas de una misma liga

_SI = ("1", "true")
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESTRICTO = b"http://purl.oclc.org/ooxml/"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_REFERENCIA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
_CELDA_VACIA = re.compile(rb"<c(?:\s[^<>]*)?(?:/>|></c>)")
_LIGA_ESCRITA = re.compile(r'\s*HYPERLINK\(\s*"((?:[^"]|"")*)"', re.IGNORECASE)
_LIGA_ADMITIDA = re.compile(r"(?:https?://|mailto:)[^\s\ufdd0-\ufdef]+", re.IGNORECASE)

_HOJA_VACIA = f'<worksheet xmlns="{_S.strip("{}")}"><sheetData/></worksheet>'.encode()
_SIN_DATOS = frozenset(clave(hoja) for hoja in HOJAS_DEL_PROGRAMA if hoja != "_generar")  # ayudas: no se leen

GUARDE_COMO = "Ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)»."
PIDA_OTRO = "Ábralo en Excel y guárdelo otra vez; si Excel tampoco puede, pida otra copia."
_COPIE = "Copie sus datos (Pegado especial, Valores) a un libro nuevo."


class Ilegible(PaqueteRoto):
    """El archivo no es un libro utilizable; el mensaje completa «… no se puede leer: » y trae remedio."""

    def __init__(self, problema: str, remedio: str) -> None:
        self.remedio = remedio
        super().__init__(problema)


@dataclass(frozen=True)
class HojaCruda:
    """Una hoja antes de openpyxl: el XML de sus celdas y lo que se supo al recorrerlo."""

    nombre: str
    xml: bytes = _HOJA_VACIA
    combinadas: tuple[Rango, ...] = ()
    ligas: Mapping[Lugar, str] = field(default_factory=dict)
    sin_calcular: frozenset[Lugar] = frozenset()
    oculta: bool = False
    filas_ocultas: frozenset[int] = frozenset()
    columnas_ocultas: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class LibroCrudo:
    """Un libro antes de openpyxl; ``nombres`` son los definidos, con su referencia tal cual."""

    hojas: tuple[HojaCruda, ...]
    nombres: tuple[tuple[str, str], ...]
    base_1904: bool
    esquema: str
    comunes: Mapping[str, bytes] = field(default_factory=dict)


def examinar(datos: bytes) -> LibroCrudo:
    """Lo que se lee de un libro. Levanta PaqueteRoto (o Ilegible, que trae remedio) si no sirve."""
    _rechazar_por_su_comienzo(datos)
    try:
        contenido = partes(datos)
        _rechazar_por_sus_partes(contenido)
        return _sacar(contenido)
    except PaqueteRoto:
        raise
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError, OverflowError) as error:
        raise Ilegible("está dañado por dentro", PIDA_OTRO) from error


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


def _sacar(contenido: Partes) -> LibroCrudo:
    libro = _parte_principal(contenido)
    if _ESTRICTO in contenido[libro]:
        raise Ilegible("está guardado como «Open XML estricto»", GUARDE_COMO)
    raiz = ElementTree.fromstring(contenido[libro])
    relaciones = relaciones_de(contenido, libro)
    de_tipo = {tipo.rpartition("/")[2]: parte for tipo, parte in relaciones.values()}
    comunes = {
        nombre: _parte(contenido, de_tipo[tipo])
        for tipo, nombre in (("styles", "xl/styles.xml"), ("sharedStrings", "xl/sharedStrings.xml"))
        if de_tipo.get(tipo) in contenido
    }
    hojas = [
        (hoja.get("name", ""), relaciones[hoja.get(f"{R}id", "")][1], hoja.get("state", "visible") != "visible")
        for hoja in raiz.iter(f"{_S}sheet")
        if relaciones[hoja.get(f"{R}id", "")][0].endswith("/worksheet")
    ]
    if not hojas:
        raise Ilegible("no trae hojas de cálculo", PIDA_OTRO)
    if sum(len(_parte(contenido, parte)) for _, parte, _ in hojas) + sum(map(len, comunes.values())) > MAX_XML:
        raise Ilegible("trae demasiados datos", _COPIE)
    cuenta = _Cuenta()
    for nombre, xml in comunes.items():
        _Recorrido("", cuenta, peso=2 if nombre == "xl/styles.xml" else 1).recorrer(xml)
    propiedades = raiz.find(f"{_S}workbookPr")
    return LibroCrudo(
        hojas=tuple(
            HojaCruda(nombre)
            if clave(nombre) in _SIN_DATOS
            else replace(_hoja(nombre, contenido, parte, cuenta), oculta=oculta)
            for nombre, parte, oculta in hojas
        ),
        nombres=tuple((n.get("name", ""), n.text or "") for n in raiz.iter(f"{_S}definedName")),
        base_1904=propiedades is not None and propiedades.get("date1904") in ("1", "true"),
        esquema=_propiedad(contenido, "generar.esquema"),
        comunes={nombre: _sin_familias(xml) for nombre, xml in comunes.items()},
    )


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
    relaciones = relaciones_de(contenido, libro)
    return {
        hoja.get("name", ""): relaciones[hoja.get(f"{R}id", "")][1]
        for hoja in ElementTree.fromstring(contenido[libro]).iter(f"{_S}sheet")
        if relaciones[hoja.get(f"{R}id", "")][0].endswith("/worksheet")
    }


def _propiedad(contenido: Partes, nombre: str) -> str:
    crudo = contenido.get("docProps/custom.xml")
    propiedades = ElementTree.fromstring(crudo) if crudo else ()
    return next((p.findtext(f"{VT}lpwstr", "") for p in propiedades if p.get("name") == nombre), "")


def _sin_familias(xml: bytes) -> bytes:
    """Quita ``<family val="34"/>``: Google y WPS escriben familias que openpyxl rechaza, y no se usan."""
    sin_familias = re.sub(rb"<(?:\w+:)?(?:family|charset)\s[^<>]*/>", b"", xml)
    return sin_familias.replace(b"_x005F_", GUION_BAJO.encode())  # openpyxl lo dejaría a medio decodificar


# --- las hojas -------------------------------------------------------------------------------------


def rango(referencia: str) -> Rango | None:
    """``"B4"`` y ``"$B$4:$D$9"`` → su Rango; None si no es una referencia de celdas."""
    partida = _REFERENCIA.fullmatch(referencia)
    if partida is None:
        return None
    columna, fila = _numero(partida[1]), int(partida[2])
    if partida[3] is None:
        return Rango(fila, columna, fila, columna)
    return Rango(fila, columna, int(partida[4]), _numero(partida[3]))


def _numero(letras: str) -> int:
    numero = 0
    for letra in letras:
        numero = numero * 26 + ord(letra) - 64
    return numero


def _hoja(nombre: str, contenido: Partes, parte: str, cuenta: "_Cuenta") -> HojaCruda:
    xml = _parte(contenido, parte)
    recorrido = _Recorrido(nombre, cuenta)
    recorrido.recorrer(xml)
    relaciones = relaciones_de(contenido, parte)
    ligas = dict(recorrido.ligas)
    for referencia, relacion, fragmento in recorrido.hipervinculos:
        direccion = relaciones.get(relacion, ("", ""))[1] + (f"#{fragmento}" if fragmento else "")
        if _LIGA_ADMITIDA.fullmatch(direccion):
            ligas.update(dict.fromkeys(_lugares(referencia), direccion))
    return HojaCruda(
        nombre=nombre,
        xml=_sin_familias(recorrido.solo_celdas(xml)),
        combinadas=tuple(r for r in map(rango, recorrido.combinadas) if r is not None),
        ligas=ligas,
        sin_calcular=frozenset(recorrido.sin_calcular),
        filas_ocultas=frozenset(recorrido.filas_ocultas),
        columnas_ocultas=tuple(recorrido.columnas_ocultas),
    )


def _lugares(referencia: str) -> list[Lugar]:
    area = rango(referencia)
    if area is None:
        return []
    filas = range(area.fila, area.ultima_fila + 1)
    columnas = range(area.columna, area.ultima_columna + 1)
    if len(filas) * len(columnas) > MAX_LIGADAS:
        return [(area.fila, area.columna)]
    return [(fila, columna) for fila in filas for columna in columnas]


@dataclass
class _Cuenta:
    """Lo que se lleva recorrido de un libro."""

    elementos: int = 0
    filas: int = 0
    celdas: int = 0


class _Recorrido:
    """Recorre el XML de una hoja una sola vez, sin armar su árbol, y se detiene si rebasa los límites.

    ``peso``: cuánto cuenta cada etiqueta; las de estilos le cuestan a openpyxl el doble.
    """

    def __init__(self, nombre: str, cuenta: _Cuenta, *, peso: int = 1) -> None:
        self.nombre = nombre
        self._cuenta, self._peso = cuenta, peso
        self.combinadas: list[str] = []
        self.hipervinculos: list[tuple[str, str, str]] = []
        self.ligas: dict[Lugar, str] = {}
        self.sin_calcular: set[Lugar] = set()
        self.filas_ocultas: set[int] = set()
        self.columnas_ocultas: list[tuple[int, int]] = []
        self._elementos = self._filas = self._profundidad = 0
        self._fila = self._columna = 0
        self._tipo = ""
        self._formula: str | None = None
        self._valor: str | None = None
        self._leyendo = ""
        self._cabeza = self._inicio = self._fin = 0
        self._analizador = expat.ParserCreate(namespace_separator="}")
        self._analizador.buffer_text = True
        self._analizador.StartElementHandler = self._abre
        self._analizador.EndElementHandler = self._cierra
        self._analizador.CharacterDataHandler = self._lee
        self._analizador.StartDoctypeDeclHandler = self._doctype

    def recorrer(self, xml: bytes) -> None:
        self._analizador.Parse(xml, True)

    def solo_celdas(self, xml: bytes) -> bytes:
        """La misma hoja con sólo sus celdas: el elemento raíz y ``sheetData``."""
        raiz = re.match(rb"(?:<\?.*?\?>|<!--.*?-->|\s|\xef\xbb\xbf)*<([^\s/>]+)", xml, re.DOTALL)
        if raiz is None or not self._fin:
            return _HOJA_VACIA
        cierre = xml.index(b">", self._fin) + 1
        celdas = _CELDA_VACIA.sub(b"", xml[self._inicio : cierre])  # sólo formato: openpyxl tarda lo mismo en cada una
        return xml[: self._cabeza] + celdas + b"</" + raiz[1] + b">"

    def _doctype(self, *_: object) -> None:
        raise PaqueteRoto("trae declaraciones que un archivo de Office no lleva")

    def _abre(self, etiqueta: str, atributos: dict[str, str]) -> None:
        self._elementos += 1
        self._profundidad += 1
        self._cuenta.elementos += self._peso
        if self._cuenta.elementos > MAX_ELEMENTOS or self._profundidad > MAX_PROFUNDIDAD:
            self._demasiado("demasiados datos")
        if self._elementos == 2:
            self._cabeza = self._analizador.CurrentByteIndex
        match etiqueta.rpartition("}")[2]:
            case "c":
                self._abre_celda(atributos)
            case "row":
                self._abre_fila(atributos)
            case "f":
                self._formula, self._leyendo = "", "f"
            case "v":
                self._valor, self._leyendo = "", "v"
            case "col" if atributos.get("hidden") in _SI and len(self.columnas_ocultas) < MAX_COLUMNAS_OCULTAS:
                self.columnas_ocultas.append((int(atributos["min"]), int(atributos["max"])))
            case "sheetData":
                self._inicio = self._analizador.CurrentByteIndex
            case "mergeCell":
                self.combinadas.append(atributos.get("ref", ""))
                if len(self.combinadas) > MAX_COMBINADAS:
                    self._demasiado("demasiadas celdas combinadas")
            case "hyperlink":
                self.hipervinculos.append(
                    (atributos.get("ref", ""), atributos.get(f"{R[1:]}id", ""), atributos.get("location", ""))
                )

    def _abre_fila(self, atributos: dict[str, str]) -> None:
        self._filas += 1
        self._cuenta.filas += 1
        if self._cuenta.filas > MAX_FILAS:
            self._demasiado("demasiados renglones")
        self._fila = int(float(atributos.get("r", self._fila + 1)))
        self._columna = 0
        if atributos.get("hidden") in _SI:
            self.filas_ocultas.add(self._fila)

    def _abre_celda(self, atributos: dict[str, str]) -> None:
        self._cuenta.celdas += 1
        if self._cuenta.celdas > MAX_CELDAS:
            self._demasiado("demasiadas celdas")
        lugar = rango(atributos["r"]) if "r" in atributos else None
        self._fila, self._columna = (lugar.fila, lugar.columna) if lugar else (self._fila, self._columna + 1)
        self._tipo = atributos.get("t", "n")
        self._formula = self._valor = None

    def _lee(self, texto: str) -> None:
        if self._leyendo == "v":
            self._valor = (self._valor or "") + texto
        elif self._leyendo == "f":
            self._formula = (self._formula or "") + texto

    def _cierra(self, etiqueta: str) -> None:
        self._leyendo = ""
        self._profundidad -= 1
        match etiqueta.rpartition("}")[2]:
            case "c" if self._formula is not None:
                self._cierra_formula(self._formula)
            case "sheetData" if self._filas:
                self._fin = self._analizador.CurrentByteIndex

    def _cierra_formula(self, formula: str) -> None:
        lugar = (self._fila, self._columna)
        da_texto_vacio = self._tipo == "str" and self._valor is not None  # =SI(A1="";"";A1), ya calculada
        if not (self._valor or "").strip() and not da_texto_vacio:
            self.sin_calcular.add(lugar)
        escrita = _LIGA_ESCRITA.match(formula)
        if escrita and _LIGA_ADMITIDA.fullmatch(escrita[1].replace('""', '"')):
            self.ligas[lugar] = escrita[1].replace('""', '"')

    def _demasiado(self, que: str) -> None:
        donde = f"en la hoja «{self.nombre}» " if self.nombre else ""
        raise Ilegible(f"{donde}hay {que}", _COPIE)


# --- lo que recibe openpyxl ------------------------------------------------------------------------


def reducido(libro: LibroCrudo) -> bytes:
    """El .xlsx mínimo con las hojas en su orden, llamadas «1», «2»…"""
    numeros = range(1, len(libro.hojas) + 1)
    tipo = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    hojas = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="h{n}"/>' for n in numeros)
    relaciones = [(f"h{n}", "worksheet", f"worksheets/sheet{n}.xml") for n in numeros]
    sobrescritas = [("xl/workbook.xml", "sheet.main"), *((f"xl/{p}", "worksheet") for _, _, p in relaciones)]
    for parte in libro.comunes:
        clase = parte.removeprefix("xl/").removesuffix(".xml")
        relaciones.append((clase, clase, f"{clase}.xml"))
        sobrescritas.append((parte, clase))
    textos = {
        TIPOS: f'<Types xmlns="{TIPO.strip("{}")}">'
        + "".join(f'<Override PartName="/{p}" ContentType="{tipo}.{c}+xml"/>' for p, c in sobrescritas)
        + "</Types>",
        "_rels/.rels": _rels([("l", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_S.strip("{}")}" xmlns:r="{R.strip("{}")}">'
        f'<workbookPr date1904="{int(libro.base_1904)}"/><sheets>{hojas}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _rels(relaciones),
    }
    contenido = {nombre: texto.encode() for nombre, texto in textos.items()} | dict(libro.comunes)
    contenido |= {f"xl/worksheets/sheet{n}.xml": h.xml for n, h in zip(numeros, libro.hojas, strict=True)}
    return empaquetar(contenido, ya_comprimidas=(".xml", ".rels"))


def _rels(relaciones: list[tuple[str, str, str]]) -> str:
    return (
        f'<Relationships xmlns="{RELACION.strip("{}")}">'
        + "".join(f'<Relationship Id="{i}" Type="{TIPO_DE_RELACION}{t}" Target="{p}"/>' for i, t, p in relaciones)
        + "</Relationships>"
    )
