"""El paquete de Office (xlsx, docx): un zip con partes XML, abierto con límites y escrito igual siempre.

También la huella de un documento: qué dice, sin importar cómo lo guardó Word o LibreOffice.
"""

import hashlib
import io
import posixpath
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from struct import Struct
from types import MappingProxyType
from urllib.parse import unquote
from xml.etree import ElementTree

from generador.datos import dataclass

MAX_ARCHIVO = 50 * 2**20  # bytes en disco
MAX_PARTES = 5_000
MAX_DESCOMPRIMIDO = 200 * 2**20  # bytes ya descomprimidos, todas las partes
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# «<!DOCTYPE», también en UTF-16. Empieza por «!», que un XML casi no trae: así `re` se salta lo demás.
_DOCTYPE = re.compile(rb"!(?:(?<=<!)DOCTYPE|(?<=<\x00!)\x00D\x00O\x00C)", re.IGNORECASE)
_FECHA_FIJA = (1 << 5) | 1  # 1 de enero de 1980, como la escribe un zip
_IMAGENES = (".png", ".jpeg", ".jpg")
_CABEZA, _RENGLON, _FINAL = Struct("<4s5H3L2H"), Struct("<4s6H3L5H2L"), Struct("<4s4H2LH")  # del formato zip
_NINGUNA: Mapping[str, "Comprimida"] = MappingProxyType({})

# Espacios de nombres, entre llaves como los escriben ElementTree y lxml.
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELACION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TIPO = "{http://schemas.openxmlformats.org/package/2006/content-types}"
PROPIEDAD = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
VT = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}"
XML = "{http://www.w3.org/XML/1998/namespace}"

# Comienzo de los tipos de relación (``…/hyperlink``) y de contenido (``…header+xml``) de Word.
TIPO_DE_RELACION = R.strip("{}") + "/"
TIPO_DE_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."

TIPOS = "[Content_Types].xml"
HUELLA = "generar.huella"


_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"})


class PaqueteRoto(ValueError):
    """El archivo no es un paquete de Office utilizable; el mensaje completa «… no se puede leer: »."""


def escapado(texto: str) -> str:
    """El texto como va dentro de un XML: ``"R&D"`` → ``"R&amp;D"``; para eso `html` carga todas sus entidades."""
    return texto.translate(_ESCAPES)


def leer_archivo(ruta: Path) -> bytes:
    """Los bytes de un archivo común de tamaño razonable. Levanta PaqueteRoto u OSError."""
    estado = ruta.stat()
    if not stat.S_ISREG(estado.st_mode):
        raise PaqueteRoto("no es un archivo")
    if estado.st_size == 0:
        raise PaqueteRoto("está vacío")
    if estado.st_size > MAX_ARCHIVO:
        raise PaqueteRoto(f"pesa más de {MAX_ARCHIVO // 2**20} MB")
    return ruta.read_bytes()


def partes(datos: bytes) -> dict[str, bytes]:
    """Las partes del paquete: ``{"word/document.xml": b"…"}``, en el orden del archivo.

    Levanta PaqueteRoto ante lo que no es un paquete, lo dañado y lo hostil (bombas, nombres repetidos,
    declaraciones DOCTYPE, que ningún documento de Office lleva).
    """
    if datos.startswith(_OLE):
        raise PaqueteRoto("tiene contraseña o es del formato antiguo de Office (.xls, .doc)")
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as archivo:
            entradas = [entrada for entrada in archivo.infolist() if not entrada.is_dir()]
            _revisar_indice(entradas)
            return _descomprimir(archivo, entradas)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise PaqueteRoto("está dañado o no es un archivo de Office") from error
    except zlib.error as error:
        raise PaqueteRoto("está dañado") from error


def _revisar_indice(entradas: list[zipfile.ZipInfo]) -> None:
    if len(entradas) > MAX_PARTES:
        raise PaqueteRoto("trae demasiadas partes")
    nombres = [entrada.filename.casefold() for entrada in entradas]
    if len(set(nombres)) != len(nombres):
        raise PaqueteRoto("trae partes repetidas")
    if sum(entrada.file_size for entrada in entradas) > MAX_DESCOMPRIMIDO:
        raise PaqueteRoto("descomprimido es demasiado grande")


def _descomprimir(archivo: zipfile.ZipFile, entradas: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    leidas: dict[str, bytes] = {}
    disponible = MAX_DESCOMPRIMIDO
    for entrada in entradas:
        with archivo.open(entrada) as flujo:
            contenido = flujo.read(min(disponible, entrada.file_size) + 1)
        disponible -= len(contenido)
        if disponible < 0 or len(contenido) > entrada.file_size:
            raise PaqueteRoto("descomprimido es demasiado grande")
        if entrada.filename.endswith((".xml", ".rels", ".vml")) and _DOCTYPE.search(contenido):
            raise PaqueteRoto("trae declaraciones que un archivo de Office no lleva")
        leidas[entrada.filename] = contenido
    return leidas


@dataclass(frozen=True, slots=True)
class Comprimida:
    """Una parte lista para ir en el zip, en lugar de ``datos``: lo comprimido y cuánto mide sin comprimir."""

    datos: bytes
    cuerpo: bytes
    suma: int
    metodo: int
    largo: int

    @classmethod
    def de(cls, datos: bytes, *, tal_cual: bool = False) -> "Comprimida":
        """La parte comprimida como lo hace `zipfile`; ``tal_cual``, sin comprimir."""
        if tal_cual:
            return cls(datos, datos, zlib.crc32(datos), zipfile.ZIP_STORED, len(datos))
        compresor = Compresor()
        compresor.agregar(datos)
        return compresor.terminar(datos)


class Compresor:
    """Comprime una parte conforme se escribe, sin guardarla entera."""

    def __init__(self) -> None:
        self._zlib = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -15)
        self._trozos: list[bytes] = []
        self._suma = self._largo = 0

    def agregar(self, datos: bytes) -> None:
        """Lo que sigue de la parte."""
        self._trozos.append(self._zlib.compress(datos))
        self._suma = zlib.crc32(datos, self._suma)
        self._largo += len(datos)

    def terminar(self, en_lugar_de: bytes) -> Comprimida:
        """La parte comprimida, que irá en el zip en lugar de esos datos."""
        cuerpo = b"".join((*self._trozos, self._zlib.flush()))
        return Comprimida(en_lugar_de, cuerpo, self._suma, zipfile.ZIP_DEFLATED, self._largo)


def empaquetar(
    contenido: Mapping[str, bytes],
    *,
    ya_comprimidas: tuple[str, ...] = _IMAGENES,
    fijas: Mapping[str, Comprimida] = _NINGUNA,
) -> bytes:
    """El zip de esas partes, en su orden y con fecha fija: mismas partes, mismos bytes.

    ``fijas`` trae partes ya comprimidas: cada una se copia si los datos a los que sustituye son esos mismos.
    """
    salida = io.BytesIO()
    indice: list[bytes] = []
    for nombre, datos in contenido.items():
        fija = fijas.get(nombre)
        if fija is None or fija.datos is not datos:
            fija = Comprimida.de(datos, tal_cual=nombre.endswith(ya_comprimidas))
        letras = nombre.encode()
        en_utf8 = 0 if letras.isascii() else 0x800
        suyo = (en_utf8, fija.metodo, 0, _FECHA_FIJA, fija.suma, len(fija.cuerpo), fija.largo, len(letras), 0)
        indice.append(_RENGLON.pack(b"PK\1\2", 20, 20, *suyo, 0, 0, 0, 0o600 << 16, salida.tell()) + letras)
        salida.write(_CABEZA.pack(b"PK\3\4", 20, *suyo) + letras + fija.cuerpo)
    principio = salida.tell()
    salida.writelines(indice)
    salida.write(_FINAL.pack(b"PK\5\6", 0, 0, len(indice), len(indice), salida.tell() - principio, principio, 0))
    return salida.getvalue()


@lru_cache(maxsize=1024)  # se pregunta por las mismas en cada documento
def ruta_de_relaciones(parte: str) -> str:
    """``"word/document.xml"`` → ``"word/_rels/document.xml.rels"``; ``""`` (el paquete) → ``"_rels/.rels"``."""
    carpeta, nombre = posixpath.split(parte)
    return posixpath.join(carpeta, "_rels", f"{nombre}.rels")


def destino(parte: str, objetivo: str) -> str:
    """La parte a la que apunta una relación: ``("word/document.xml", "media/a.png")`` → ``"word/media/a.png"``."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(parte), unquote(objetivo))).lstrip("/")


def se_abre(datos: bytes) -> bool:
    """Si es un paquete entero: su zip se lee hasta el final y dice qué trae."""
    try:
        return TIPOS in partes(datos)
    except PaqueteRoto:
        return False


def tipos_de_contenido(contenido: Mapping[str, bytes]) -> dict[str, str]:
    """El tipo declarado de cada parte presente: ``{"word/document.xml": "application/…main+xml"}``."""
    raiz = ElementTree.fromstring(contenido[TIPOS])
    propios = {
        unquote(e.get("PartName", "")).lstrip("/"): e.get("ContentType", "") for e in raiz.iter(f"{TIPO}Override")
    }
    comunes = {e.get("Extension", "").casefold(): e.get("ContentType", "") for e in raiz.iter(f"{TIPO}Default")}
    declarados = {
        nombre: propios.get(nombre) or comunes.get(nombre.rpartition(".")[2].casefold()) for nombre in contenido
    }
    return {nombre: tipo for nombre, tipo in declarados.items() if tipo and nombre != TIPOS}


# --- la huella -----------------------------------------------------------------------------------

_SIN_TEXTO = frozenset(
    (f"{W}pPr", f"{W}rPr", f"{W}sectPr", f"{W}tblPr", f"{W}trPr", f"{W}tcPr", f"{W}sdtPr", f"{MC}Fallback")
)
_SIGNOS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_CALCULADOS = frozenset(
    (
        *("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "PAGEREF", "TOC", "STYLEREF", "TITLE", "SUBJECT"),
        *("AUTHOR", "DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "FILENAME", "DOCPROPERTY", "SEQ", "="),
    )
)
_SALTO_DE_PAGINA = "\f"  # LibreOffice parte ahí el párrafo: cuentan como dos
_PARTES_CON_TEXTO = (
    (f"{TIPO_DE_WORD}document.main+xml",),
    (f"{TIPO_DE_WORD}header+xml", f"{TIPO_DE_WORD}footer+xml"),
)


class _Lector:
    """Recorre un árbol de Word y junta su texto, saltándose lo que Word calcula (un número de página)."""

    def __init__(self) -> None:
        self.campos: list[str] = []  # la instrucción de cada campo abierto

    def bloques(self, elemento: ElementTree.Element) -> Iterator[str]:
        for hijo in elemento:
            if hijo.tag in _SIN_TEXTO:
                continue
            if hijo.tag == f"{W}p":
                yield from self.parrafo(hijo)
            elif hijo.tag == f"{W}tr":
                yield "\t".join("\n".join(self.bloques(celda)) for celda in _celdas(hijo))
            else:
                yield from self.bloques(hijo)

    def parrafo(self, parrafo: ElementTree.Element) -> list[str]:
        aparte: list[str] = []
        texto = "".join(self.trozos(parrafo, aparte))
        return [*texto.split(_SALTO_DE_PAGINA), *aparte]

    def trozos(self, elemento: ElementTree.Element, aparte: list[str]) -> Iterator[str]:
        """El texto corrido; el de los cuadros de texto queda en ``aparte``, como bloques propios."""
        for hijo in elemento:
            if hijo.tag == f"{W}fldChar":
                self.campo(hijo.get(f"{W}fldCharType", ""))
            elif hijo.tag == f"{W}txbxContent":
                aparte.extend(self.bloques(hijo))
            elif hijo.tag == f"{W}instrText" and self.campos:
                self.campos[-1] += hijo.text or ""
            elif hijo.tag == f"{W}t":
                yield "" if any(map(_es_calculado, self.campos)) else hijo.text or ""
            elif hijo.tag == f"{W}br":
                yield "\n" if hijo.get(f"{W}type", "textWrapping") == "textWrapping" else _SALTO_DE_PAGINA
            elif hijo.tag == f"{W}sym":
                yield chr(int(hijo.get(f"{W}char", "FFFD"), 16))
            elif hijo.tag in _SIGNOS:
                yield _SIGNOS[hijo.tag]
            elif hijo.tag not in _SIN_TEXTO and not _es_calculado(hijo.get(f"{W}instr", "")):
                yield from self.trozos(hijo, aparte)

    def campo(self, momento: str) -> None:
        if momento == "begin":
            self.campos.append("")
        elif momento == "end" and self.campos:
            self.campos.pop()


def _es_calculado(instruccion: str) -> bool:
    return instruccion.strip().partition(" ")[0].upper() in _CALCULADOS


def _celdas(fila: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """Las celdas del renglón, también las que están dentro de un control de contenido; no las anidadas."""
    for hijo in fila:
        if hijo.tag == f"{W}tc":
            yield hijo
        elif hijo.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _celdas(hijo)


def bloques(raiz: ElementTree.Element) -> list[str]:
    """Lo que dice una parte, un texto por párrafo y uno por renglón de tabla (celdas unidas por tabulador).

    Ni los párrafos vacíos ni lo que Word calcula (número de página, índices) cuentan: cambian al guardar.
    """
    return [bloque for bloque in _Lector().bloques(raiz) if bloque.strip()]


def huella(contenido: Mapping[str, bytes]) -> str:
    """El sha256 (hexadecimal) de lo que dice el documento: cuerpo, encabezados y pies.

    Guardarlo otra vez, en Word o en LibreOffice, no la cambia; cambiar una palabra, sí.
    Límite: no ve el formato (una negrita), las imágenes ni las notas al pie.
    """
    con_texto = partes_con_texto(tipos_de_contenido(contenido))
    return huella_de_bloques(
        (bloques(ElementTree.fromstring(contenido[nombre])) for nombre in clase) for clase in con_texto
    )


def partes_con_texto(tipos: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """Las partes que cuentan para la huella: el cuerpo, y los encabezados y pies."""
    cuerpo, margenes = ([nombre for nombre, tipo in tipos.items() if tipo in clase] for clase in _PARTES_CON_TEXTO)
    return cuerpo, margenes


def huella_de_bloques(clases: Iterable[Iterable[Iterable[str]]]) -> str:
    """La huella a partir de lo que `bloques` dice de cada parte, en el orden de `partes_con_texto`."""
    suma = hashlib.sha256()
    for clase in clases:
        # LibreOffice renombra y duplica encabezados: cuentan sus textos distintos, no sus archivos.
        for texto in sorted({texto for texto in map("\n\n".join, clase) if texto}):
            suma.update(texto.encode() + b"\x1e")
        suma.update(b"\x1d")
    return suma.hexdigest()


def huella_de(datos: bytes) -> str:
    """La huella de un .docx tal como está ahora. Levanta PaqueteRoto si no es un documento legible."""
    contenido = partes(datos)
    try:
        return huella(contenido)
    except (KeyError, ValueError, ElementTree.ParseError) as error:
        raise PaqueteRoto("está dañado o no es un documento de Word") from error


def marcas(datos: bytes) -> dict[str, str]:
    """Las propiedades personalizadas de texto: ``{"generar.documento": "minuta/1", …}``; vacío si no trae.

    Levanta PaqueteRoto si no es un documento legible.
    """
    contenido = partes(datos)
    try:
        tipos = tipos_de_contenido(contenido)
        nombre = next((n for n, tipo in tipos.items() if tipo.endswith("custom-properties+xml")), None)
        raiz = ElementTree.fromstring(contenido[nombre]) if nombre else ()
    except (KeyError, ElementTree.ParseError) as error:
        raise PaqueteRoto("está dañado o no es un documento de Word") from error
    return {p.get("name", ""): p.findtext(f"{VT}lpwstr", "") for p in raiz if p.find(f"{VT}lpwstr") is not None}
