"""Lo compilado de una plantilla, guardado en la carpeta del usuario para no compilarla otra vez.

Se guarda código (el que Jinja escribe, ya compilado), y leerlo es poder ejecutarlo. Por eso:

- Sólo se lee de una carpeta del propio usuario en la que nadie más puede escribir, y un archivo que cumpla lo mismo;
  los enlaces no se siguen. Quien pueda escribir ahí ya puede cambiar el programa mismo o los ``.pyc`` de Python: no
  gana nada. En Windows eso lo garantizan los permisos de ``%LOCALAPPDATA%``, que hereda la carpeta.
- El nombre es la suma de la plantilla, del código que la compila y de las versiones de Python, Jinja y lxml: lo de otra
  versión no se encuentra. Adentro va la suma de lo guardado, que se comprueba antes de tocarlo: un archivo cortado o
  dañado no llega a `marshal`, al que un dato roto puede tirar.
- Es `marshal` y no `pickle`: al leerse sólo reconstruye datos y código, no llama a nada.
- El código corre como el recién compilado: en la misma caja de arena, con los mismos límites.

Cualquier tropiezo —no hay carpeta, no se puede escribir, no cuadra la suma— es como no haber guardado nada. La
carpeta se puede borrar siempre. ``GENERAR_CACHE`` dice otra; vacía, no se guarda.
"""

import hashlib
import marshal
import os
import re
import stat
import sys
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType

from lxml import etree

Compilada = tuple[str, str, str, CodeType | None]  # nombre de la parte, cómo se llama, su fuente y su código

_SUMA = 32  # bytes de sha256
_DE_OTROS = stat.S_IWGRP | stat.S_IWOTH
_NUESTRO = re.compile(r"[0-9a-f]{64}\.generar|a-medias-\w+")
_MAX_GUARDADAS = 200  # una por plantilla y versión; al pasar de ahí se borran las más viejas


def recordar(plantilla: bytes) -> list[Compilada] | None:
    """Lo que se guardó de esa plantilla; None si no hay nada que sirva."""
    carpeta = _carpeta()
    if carpeta is None:
        return None
    try:
        datos = _leer(carpeta / _nombre(plantilla))
        suma, cuerpo = datos[:_SUMA], datos[_SUMA:]
        if hashlib.sha256(cuerpo).digest() != suma:
            return None
        compiladas: list[Compilada] = marshal.loads(cuerpo)
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return compiladas


def guardar(plantilla: bytes, compiladas: list[Compilada]) -> None:
    """Guarda lo compilado, si se puede."""
    carpeta = _carpeta()
    if carpeta is None:
        return
    cuerpo = marshal.dumps(compiladas)
    try:
        _hacer_sitio(carpeta)
        with NamedTemporaryFile(dir=carpeta, prefix="a-medias-", delete=False) as archivo:  # nace sólo para su dueño
            archivo.write(hashlib.sha256(cuerpo).digest() + cuerpo)
        Path(archivo.name).replace(carpeta / _nombre(plantilla))
    except OSError:
        return


def _carpeta() -> Path | None:
    """La carpeta, ya creada y sólo nuestra; None si no la hay."""
    pedida = os.environ.get("GENERAR_CACHE")
    if pedida == "":
        return None
    try:
        carpeta = Path(pedida) if pedida else _la_del_sistema() / "generar"
        carpeta.mkdir(mode=0o700, parents=True, exist_ok=True)
        return carpeta if _es_nuestra(carpeta.lstat(), stat.S_ISDIR(carpeta.lstat().st_mode)) else None
    except (OSError, RuntimeError):  # RuntimeError: no se sabe cuál es la carpeta del usuario
        return None


def _la_del_sistema() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")


def _es_nuestra(estado: os.stat_result, es_lo_que_debe: bool) -> bool:
    if not es_lo_que_debe:
        return False
    return sys.platform == "win32" or (estado.st_uid == os.geteuid() and not estado.st_mode & _DE_OTROS)


def _leer(ruta: Path) -> bytes:
    """Los bytes del archivo, abierto sin seguir enlaces. Levanta OSError si no es sólo nuestro."""
    descriptor = os.open(ruta, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(descriptor, "rb") as archivo:
        estado = os.fstat(descriptor)
        if not _es_nuestra(estado, stat.S_ISREG(estado.st_mode)):
            raise PermissionError(ruta)
        return archivo.read()


def _hacer_sitio(carpeta: Path) -> None:
    nuestras = (ruta for ruta in carpeta.iterdir() if _NUESTRO.fullmatch(ruta.name))  # y nada más se borra
    guardadas = sorted(nuestras, key=lambda ruta: ruta.lstat().st_mtime)
    for vieja in guardadas[:-_MAX_GUARDADAS]:
        vieja.unlink(missing_ok=True)


def _nombre(plantilla: bytes) -> str:
    return f"{hashlib.sha256(_versiones() + plantilla).hexdigest()}.generar"


@lru_cache(maxsize=1)
def _versiones() -> bytes:
    """La suma de todo lo que cambia lo compilado."""
    import jinja2

    suma = hashlib.sha256(f"{sys.version}|{jinja2.__version__}|{etree.LXML_VERSION}".encode())
    for modulo in sorted(Path(__file__).parent.glob("*.py")):
        suma.update(modulo.read_bytes())
    return suma.digest()
