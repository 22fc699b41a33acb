"""Los documentos a los que alguien les cambió el nombre: se reconocen por la huella que llevan dentro."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from generador.escritura import BASES, ruta_de_base
from generador.ooxml import HUELLA, PaqueteRoto, marcas


def entregado_con_otro_nombre(ruta: Path, huella: str) -> Path | None:
    """Con qué nombre se entregó un documento que ahora se llama de otro modo; None si su copia intacta no está ahí.

    ``huella`` es la que lleva en sus propiedades. Word y LibreOffice la conservan al guardar.
    """
    for base in sorted((ruta.parent / BASES).glob("*.base")):
        if _huella(base) == huella:
            return ruta.with_name(base.name.removesuffix(".base"))
    return None


def con_otro_nombre(ruta: Path) -> Path | None:
    """El documento que se entregó como ``ruta`` y alguien renombró en su misma carpeta; None si no hay tal."""
    huella = _huella(ruta_de_base(ruta))
    return next((otro for otro in _documentos(ruta.parent) if huella and _huella(otro) == huella), None)


def _documentos(carpeta: Path) -> Iterator[Path]:
    """Los que no tienen copia intacta con su propio nombre."""
    for ruta in sorted(carpeta.glob("[!~.]*.docx")):
        if not ruta_de_base(ruta).exists():
            yield ruta


def _huella(ruta: Path) -> str:
    with suppress(OSError, PaqueteRoto):
        return marcas(ruta.read_bytes()).get(HUELLA, "")
    return ""
