"""Los documentos a los que alguien les cambió el nombre: se reconocen por la huella que llevan dentro."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generador.escritura import ANTES, BASES, bases, ruta_de_base
from generador.ooxml import HUELLA, PaqueteRoto, marcas


def entregado_con_otro_nombre(ruta: Path, huella: str) -> tuple[Path, bytes] | None:
    """Con qué nombre se entregó un documento que ahora se llama de otro modo, y qué se entregó; None si no se sabe.

    ``huella`` es la que lleva en sus propiedades. Word y LibreOffice la conservan al guardar.
    """
    for ultima in sorted((ruta.parent / BASES).glob("*.base")):
        original = ruta.with_name(ultima.name.removesuffix(".base"))
        for base in bases(original):
            if _huella(base) == huella:
                return original, base
    return None


def con_otro_nombre(ruta: Path) -> Path | None:
    """El documento que se entregó como ``ruta`` y alguien renombró en su misma carpeta; None si no hay tal."""
    huellas = {_huella(base) for base in bases(ruta)} - {""}
    for otro in _documentos(ruta.parent) if huellas else ():
        with suppress(OSError):
            if _huella(otro.read_bytes()) in huellas:
                return otro
    return None


def _documentos(carpeta: Path) -> Iterator[Path]:
    """Los que no tienen copia intacta con su propio nombre, ni son de los que aquí se guardan antes de actualizar."""
    for ruta in sorted(carpeta.glob("[!~.]*.docx")):
        if not ruta_de_base(ruta).exists() and ANTES not in ruta.name:
            yield ruta


def _huella(datos: bytes) -> str:
    with suppress(PaqueteRoto):
        return marcas(datos).get(HUELLA, "")
    return ""
