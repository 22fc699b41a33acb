"""Escribir sin perder nada: jamás un archivo a medias, jamás pisar lo que una persona corrigió.

Cada salida deja su copia intacta en ``.generar/``, a su lado. Se reemplaza sólo lo que sigue siendo, byte por
byte, lo que se escribió; lo demás es de alguien y lo nuevo va junto, con otro nombre.
"""

import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import monotonic, sleep, time

from generador.datos import dataclass
from generador.hallazgos import ArchivoInaccesible

BASES = ".generar"
ANTES = " (antes de actualizar"
ESPERA = 20.0  # segundos
_SOBRANTES = " .~$-"  # al principio o al final ocultan el archivo, lo confunden con uno de Word o no valen
_SIN_NADA_RARO = re.compile(r"[\w (),-]{9,}")  # tan largo no es de los que Windows reserva (CON, COM1…)
_ANTERIORES = 3  # bases de otras veces que se guardan de cada documento
_MAX_BYTES = 120  # del nombre: Windows y OneDrive cuentan la ruta entera


@dataclass(frozen=True)
class Escrito:
    """El archivo que quedó y, si hubo que respetar otro corregido por una persona, cuál."""

    ruta: Path
    respetado: Path | None = None


def escribir(datos: bytes, carpeta: Path, nombre: str, extension: str = ".docx") -> Escrito:
    """Publica ``datos`` en ``carpeta`` como ``nombre.docx``, o como ``nombre (2).docx`` si ese lo tocó alguien.

    Levanta ArchivoInaccesible si no se puede escribir; entonces no queda nada a medias.
    """
    return publicar(datos, carpeta / f"{nombre_limpio(nombre)}{extension}")


def publicar(datos: bytes, original: Path) -> Escrito:
    """Como `escribir`, en una ruta cuyo nombre ya es válido."""
    carpeta, programa = original.parent, _programa(original)
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        for candidato in _candidatos(carpeta, original.stem, original.suffix):
            if _publicado(datos, candidato):
                _guardar_base(datos, candidato)
                return Escrito(candidato, None if candidato == original else original)
    except PermissionError as error:
        raise ArchivoInaccesible(
            f"No se puede escribir en «{carpeta}»: el documento está abierto en {programa} o la carpeta no lo permite. "
            "Ciérrelo y repita, o elija otra carpeta con --salida."
        ) from error
    except OSError as error:
        raise ArchivoInaccesible(f"No se puede escribir en «{carpeta}»: {_motivo(error)}.") from error
    raise AssertionError("los candidatos no se acaban")


def reescribir(datos: bytes, ruta: Path, antes: bytes) -> None:
    """Reemplaza de una vez un archivo que se pidió poner al día y que sigue diciendo ``antes``.

    Lo que una persona cambió en él sigue siendo suyo: nunca vuelve a tomarse por una salida intacta. Levanta
    ArchivoInaccesible si está abierto, si cambió entre tanto o si no se puede.
    """
    _exigir_cerrado(ruta)
    try:
        if ruta.read_bytes() != antes:
            raise ArchivoInaccesible(f"«{ruta.name}» cambió mientras se revisaba. Repita la orden.")
        lo_estaba = intacto(ruta)
        temporal = _temporal(datos, ruta.parent)
        try:
            if not lo_estaba:
                ruta_de_base(ruta).unlink(missing_ok=True)
            temporal.replace(ruta)
        finally:
            temporal.unlink(missing_ok=True)
        if lo_estaba:
            _guardar_base(datos, ruta)
    except OSError as error:
        raise ArchivoInaccesible(
            f"No se puede escribir «{ruta}»: {_motivo(error)}. Si está abierto en {_programa(ruta)}, ciérrelo y repita."
        ) from error


def corregido(ruta: Path) -> tuple[bytes, bytes] | None:
    """Lo que una persona dejó en un documento nuestro y lo que se le entregó: ``(suyo, base)``.

    La base es la de la vez que se generó ése, aunque después se haya vuelto a generar. None si no existe, si nadie lo
    ha tocado o si no hay copia intacta con qué compararlo. Levanta ArchivoInaccesible si no se puede leer.
    """
    try:
        if ruta.is_symlink():
            return None
        suyo, entregadas = ruta.read_bytes(), _entregadas(ruta)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ArchivoInaccesible(
            f"No se puede leer «{ruta}»: {_motivo(error)}. Si está abierto en Word, ciérrelo y repita."
        ) from error
    return None if suyo in entregadas else (suyo, _la_suya(suyo, entregadas))


def _la_suya(suyo: bytes, entregadas: list[bytes]) -> bytes:
    if len(entregadas) == 1:
        return entregadas[0]
    from generador.generaciones import de_la_que_salio
    from generador.ooxml import PaqueteRoto

    try:
        return de_la_que_salio(suyo, entregadas)
    except PaqueteRoto:  # lo dirá quien lo abra
        return entregadas[0]


def actualizar(datos: bytes, ruta: Path, antes: bytes, base: bytes, cuando: datetime) -> Path:
    """Pone ``datos`` en lugar de ``antes``, que queda entero a su lado; da dónde quedó.

    ``base`` es lo que se le entrega a la persona sin sus correcciones: con ello se comparará la próxima vez. Un
    corte en cualquier momento deja en ``ruta`` lo de antes entero o lo nuevo entero. Levanta ArchivoInaccesible si
    está abierto, si cambió entre tanto o si no se puede.
    """
    _exigir_cerrado(ruta)
    try:
        copia = _copiar(antes, ruta, cuando)
        nuevo, nueva_base = _temporal(datos, ruta.parent), _temporal(base, ruta.parent)
        try:
            if ruta.read_bytes() != antes:
                copia.unlink()
                raise ArchivoInaccesible(f"«{ruta.name}» cambió mientras se actualizaba. Repita la orden.")
            nuevo.replace(ruta)
            _archivar_base(base, ruta)
            nueva_base.replace(ruta_de_base(ruta))
        finally:
            nuevo.unlink(missing_ok=True)
            nueva_base.unlink(missing_ok=True)
        _asentar(ruta.parent)
    except OSError as error:
        raise ArchivoInaccesible(
            f"No se puede escribir «{ruta}»: {_motivo(error)}. Si está abierto en Word, ciérrelo y repita."
        ) from error
    return copia


def escribir_con_base(datos: bytes, ruta: Path, base: bytes) -> Path:
    """Publica ``datos`` en una ruta que no existe, con otra cosa por base: lo que difieren es de una persona."""
    if os.path.lexists(ruta):
        raise ArchivoInaccesible(f"«{ruta}» ya existe y no se tocó. Repita la orden.")
    cambiar_base(base, ruta)  # antes que el documento: si hay un corte, ninguno se queda sin la suya
    return escribir_nuevo(datos, ruta)


def cambiar_base(base: bytes, ruta: Path) -> None:
    """Deja dicho que lo último que se habría entregado es ``base``, sin tocar el documento de la persona.

    La que había no se guarda: de ahí en adelante, el documento se compara con ésta.
    """
    with suppress(OSError):
        _temporal(base, ruta.parent).replace(ruta_de_base(ruta))


def _copiar(datos: bytes, ruta: Path, cuando: datetime) -> Path:
    """Una copia de lo que había, con la fecha en su nombre."""
    for copia in _candidatos(ruta.parent, f"{ruta.stem}{ANTES} {cuando:%Y-%m-%d %H%M})", ruta.suffix):
        try:
            _crear(datos, copia)
        except FileExistsError:
            if copia.read_bytes() == datos:  # la misma, de una orden que se cortó
                return copia
            continue
        return copia
    raise AssertionError("los candidatos no se acaban")


@contextmanager
def candado(carpeta: Path) -> Iterator[None]:
    """Que dos órdenes no actualicen a la vez la misma carpeta; si el programa muere, el sistema lo suelta.

    Levanta ArchivoInaccesible si la otra no termina en ``ESPERA`` segundos.
    """
    ruta = carpeta / BASES / "candado"
    try:
        archivo = ruta.open("a")
    except OSError:  # sin carpeta de copias no hay nada que actualizar
        yield
        return
    with archivo:
        limite = monotonic() + ESPERA
        while not _tomado(archivo.fileno()):
            if monotonic() > limite:
                raise ArchivoInaccesible(f"Otra orden está escribiendo en «{carpeta}». Espere a que termine y repita.")
            sleep(0.05)
        yield


def _tomado(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def escribir_nuevo(datos: bytes, ruta: Path) -> Path:
    """Publica ``datos`` en una ruta que no existe. Levanta ArchivoInaccesible si existe o no se puede."""
    try:
        ruta.parent.mkdir(parents=True, exist_ok=True)
        _crear(datos, ruta)
        with suppress(OSError):  # un libro nuevo no tiene base: si la carpeta no se usa, no queda
            (ruta.parent / BASES).rmdir()
    except FileExistsError as error:
        raise ArchivoInaccesible(f"«{ruta}» ya existe y no se tocó. Elija otro nombre o bórrelo antes.") from error
    except OSError as error:
        raise ArchivoInaccesible(f"No se puede escribir «{ruta}»: {_motivo(error)}.") from error
    return ruta


def nombre_limpio(nombre: str) -> str:
    """Un nombre válido en Windows, en NFC y de 120 bytes a lo más.

    ``"Oficio INE/CNCS/516: x"`` → ``"Oficio INE-CNCS-516- x"``; ``"CON"`` → ``"CON_"``; ``"…"`` → ``"documento"``.
    """
    texto = unicodedata.normalize("NFC", " ".join(nombre.split())).translate(str.maketrans("/\\:|", "----"))
    texto = "".join(c for c in texto if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    texto = texto.strip(_SOBRANTES)
    while len(texto.encode()) > _MAX_BYTES:
        texto = texto[:-1]
    texto = texto.strip(_SOBRANTES)
    if _SIN_NADA_RARO.fullmatch(texto):  # casi todos: así no se carga la biblioteca
        return texto
    from pathvalidate import sanitize_filename

    return str(sanitize_filename(texto, platform="universal")) or "documento"


def _candidatos(carpeta: Path, nombre: str, extension: str) -> Iterator[Path]:
    yield carpeta / f"{nombre}{extension}"
    for numero in count(2):
        yield carpeta / f"{nombre} ({numero}){extension}"


def _publicado(datos: bytes, ruta: Path) -> bool:
    """Si ``datos`` quedó en ``ruta``; False si ahí hay algo que no es nuestro o que alguien tocó."""
    if not os.path.lexists(ruta):
        try:
            _crear(datos, ruta)
        except FileExistsError:
            return False  # alguien lo creó entre tanto
        return True
    if not intacto(ruta) and not _es_de_antes(ruta):
        return False
    _exigir_cerrado(ruta)
    temporal = _temporal(datos, ruta.parent)
    try:
        temporal.replace(ruta)
    finally:
        temporal.unlink(missing_ok=True)
    return True


def intacto(ruta: Path) -> bool:
    """Si el archivo sigue siendo lo que se escribió. No se confía en fechas ni tamaños."""
    try:
        return not ruta.is_symlink() and ruta.read_bytes() == ruta_de_base(ruta).read_bytes()
    except FileNotFoundError:
        return False


def _es_de_antes(ruta: Path) -> bool:
    """Si es, byte por byte, uno que se entregó una vez anterior: nadie lo corrigió."""
    return not ruta.is_symlink() and ruta.read_bytes() in _bases_anteriores(ruta)


def ruta_de_base(ruta: Path) -> Path:
    """Dónde está la copia intacta de una salida: ``salidas/.generar/Minuta.docx.base``."""
    return ruta.parent / BASES / f"{ruta.name}.base"


def ruta_de_origen(ruta: Path) -> Path:
    """Dónde quedó anotado de qué libro y plantilla salió: ``salidas/.generar/Minuta.docx.origen``."""
    return ruta.parent / BASES / f"{ruta.name}.origen"


def anotar_origen(ficha: str, ruta: Path) -> None:
    """Anota de dónde salió un documento; si no se puede, no es un error: sólo se pierde la noticia."""
    with suppress(OSError):
        ruta_de_origen(ruta).write_text(ficha, encoding="utf-8")


def ruta_de_fuentes(ruta: Path) -> Path:
    """Dónde quedaron los libros y la plantilla de que salió: ``salidas/.generar/Minuta.docx.fuentes``."""
    return ruta.parent / BASES / f"{ruta.name}.fuentes"


def guardar_fuentes(datos: bytes, ruta: Path) -> None:
    """Guarda junto a un documento los libros y la plantilla de que salió; si no se puede, sólo se pierde la noticia."""
    with suppress(OSError):
        _temporal(datos, ruta.parent).replace(ruta_de_fuentes(ruta))


def compartir_fuentes(de: Path, ruta: Path) -> bool:
    """Deja dicho que ``ruta`` salió de lo mismo que ``de``, sin guardarlo otra vez; False si el disco no lo admite."""
    destino = ruta_de_fuentes(ruta)
    try:
        destino.unlink(missing_ok=True)
        destino.hardlink_to(ruta_de_fuentes(de))
    except OSError:
        return False
    return True


def origenes(carpeta: Path) -> Iterator[tuple[Path, str]]:
    """Los documentos de la carpeta que siguen ahí, cada uno con lo que se anotó de su origen."""
    for ficha in (carpeta / BASES).glob("*.origen"):
        documento = carpeta / ficha.name.removesuffix(".origen")
        with suppress(OSError, UnicodeDecodeError):
            if documento.is_file():
                yield documento, ficha.read_text(encoding="utf-8")


def _exigir_cerrado(ruta: Path) -> None:
    """Word y Excel dejan un ``~$…`` junto al archivo abierto (Word, sin dos letras si el nombre es largo)."""
    nombres = (f"~${ruta.name}", f"~${ruta.name[2:]}", f".~lock.{ruta.name}#")
    if any((ruta.parent / nombre).exists() for nombre in nombres):
        raise ArchivoInaccesible(f"«{ruta.name}» está abierto en {_programa(ruta)}. Ciérrelo y repita.")


def _programa(ruta: Path) -> str:
    return "Excel" if ruta.suffix.lower() == ".xlsx" else "Word"


def _guardar_base(datos: bytes, ruta: Path) -> None:
    _archivar_base(datos, ruta)
    temporal = _temporal(datos, ruta.parent)
    temporal.replace(ruta_de_base(ruta))


def _archivar_base(nueva: bytes, ruta: Path) -> None:
    """Guarda entre las anteriores la que ``nueva`` va a reemplazar; un documento de entonces puede volver."""
    with suppress(OSError):
        base = ruta_de_base(ruta).read_bytes()
        if base == nueva:
            return
        anteriores = _rutas_de_anteriores(ruta)
        for vieja, mas_vieja in zip(anteriores[-2::-1], anteriores[:0:-1], strict=True):
            with suppress(FileNotFoundError):
                vieja.replace(mas_vieja)
        _temporal(base, ruta.parent).replace(anteriores[0])


def _rutas_de_anteriores(ruta: Path) -> list[Path]:
    """Dónde están las bases de las veces anteriores, la más nueva primero: ``….docx.base1``."""
    base = ruta_de_base(ruta)
    return [base.with_name(f"{base.name}{cual}") for cual in range(1, _ANTERIORES + 1)]


def bases(ruta: Path) -> list[bytes]:
    """Lo que se ha entregado en esa ruta, lo último primero; vacía si no hay copia intacta."""
    try:
        return _entregadas(ruta)
    except OSError:
        return []


def _entregadas(ruta: Path) -> list[bytes]:
    return [ruta_de_base(ruta).read_bytes(), *_bases_anteriores(ruta)]


def _bases_anteriores(ruta: Path) -> Iterator[bytes]:
    for anterior in _rutas_de_anteriores(ruta):
        with suppress(OSError):
            yield anterior.read_bytes()


def _crear(datos: bytes, ruta: Path) -> None:
    """Publica sin pisar, de una vez: o está entero o no está. Levanta FileExistsError si ya existe."""
    temporal = _temporal(datos, ruta.parent)
    try:
        if os.name == "nt":
            temporal.rename(ruta)  # en Windows falla si existe
        else:
            _enlazar(temporal, ruta)
    finally:
        temporal.unlink(missing_ok=True)
    _asentar(ruta.parent)


def _enlazar(temporal: Path, ruta: Path) -> None:
    try:
        ruta.hardlink_to(temporal)
    except FileExistsError:
        raise
    except OSError:  # un sistema de archivos sin enlaces: se aparta el nombre y se reemplaza
        ruta.open("x").close()
        temporal.replace(ruta)


def _temporal(datos: bytes, carpeta: Path) -> Path:
    """Un archivo aparte, en el mismo disco, con los datos ya asentados."""
    bases = carpeta / BASES
    if not bases.is_dir():
        bases.mkdir()
        _ocultar(bases)
    _barrer(bases)
    with NamedTemporaryFile(dir=bases, prefix="a-medias-", delete=False) as archivo:
        temporal = Path(archivo.name)
        try:
            archivo.write(datos)
            archivo.flush()
            os.fsync(archivo.fileno())
        except OSError:
            archivo.close()
            temporal.unlink(missing_ok=True)
            raise
    temporal.chmod(0o666 & ~_mascara())
    return temporal


def _ocultar(carpeta: Path) -> None:
    """En Windows el punto inicial no oculta."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetFileAttributesW(str(carpeta), 0x2)  # FILE_ATTRIBUTE_HIDDEN


@lru_cache(maxsize=64)  # una vez por carpeta: en un lote son miles de archivos
def _barrer(bases: Path) -> None:
    """Quita lo que dejó a medias un corte de luz: temporales de hace más de una hora."""
    for viejo in bases.glob("a-medias-*"):
        with suppress(OSError):
            if time() - viejo.stat().st_mtime > 3600:
                viejo.unlink()


def _mascara() -> int:
    """Los permisos que el sistema quita a los archivos nuevos (NamedTemporaryFile los quita todos)."""
    mascara = os.umask(0)
    os.umask(mascara)
    return mascara


def _asentar(carpeta: Path) -> None:
    """Que el nombre nuevo sobreviva a un apagón; donde no se puede, no es un error."""
    with suppress(OSError, AttributeError):
        descriptor = os.open(carpeta, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _motivo(error: OSError) -> str:
    import errno

    conocidos = {
        errno.ENOSPC: "no queda espacio en el disco",
        errno.EDQUOT: "no queda espacio en el disco",
        errno.EFBIG: "no queda espacio en el disco",
        errno.EROFS: "es de sólo lectura",
        errno.ENOTDIR: "parte de la ruta no es una carpeta",
        errno.EEXIST: "ahí hay un archivo con ese nombre",
        errno.ENAMETOOLONG: "la ruta es demasiado larga",
        errno.EACCES: "no tiene permiso",
        errno.EPERM: "no tiene permiso",
    }
    return conocidos.get(error.errno or 0, "el sistema no lo permite")
