"""Los libros y la plantilla de que salió un documento, en un solo archivo que se guarda a su lado."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from generador.datos import dataclass

_NOTA, _PLANTILLA = "nota.json", "plantilla.docx"


@dataclass(frozen=True)
class Empaque:
    """Los libros con su nombre, la plantilla (vacía: la acostumbrada) y lo que se pidió.

    ``pedido``: ``{"corte": "2018-06-30", "area": ""}`` en los documentos que salen de varios libros; vacío en los
    demás. ``de_muchos``: si de un libro salió un documento por renglón.
    """

    libros: tuple[tuple[str, bytes], ...]
    plantilla: bytes = b""
    pedido: Mapping[str, str] = field(default_factory=dict)
    de_muchos: bool = False


def empacadas(libros: Sequence[Path], plantilla: Path | None, pedido: Mapping[str, str], *, de_muchos: bool) -> bytes:
    """Los bytes de esos archivos como están ahora, para `desempacadas`. Levanta OSError si alguno no se lee."""
    salida = io.BytesIO()
    nota = {"libros": [libro.name for libro in libros], "pedido": dict(pedido), "de_muchos": de_muchos}
    piezas = {_NOTA: json.dumps(nota, ensure_ascii=False).encode()}
    piezas |= {f"{numero}.xlsx": libro.read_bytes() for numero, libro in enumerate(libros)}
    piezas |= {_PLANTILLA: plantilla.read_bytes()} if plantilla else {}
    with zipfile.ZipFile(salida, "w") as archivo:  # sin comprimir: ya lo están
        for nombre, pieza in piezas.items():
            archivo.writestr(zipfile.ZipInfo(nombre), pieza)  # con fecha fija: mismos libros, mismos bytes
    return salida.getvalue()


def desempacadas(datos: bytes) -> Empaque | None:
    """Lo que guardó `empacadas`; None si está dañado."""
    try:
        with zipfile.ZipFile(io.BytesIO(datos)) as archivo:
            nota = json.loads(archivo.read(_NOTA))
            libros = tuple((str(nombre), archivo.read(f"{n}.xlsx")) for n, nombre in enumerate(nota["libros"]))
            plantilla = archivo.read(_PLANTILLA) if _PLANTILLA in archivo.namelist() else b""
            return Empaque(libros, plantilla, dict(nota["pedido"]), bool(nota["de_muchos"]))
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError):
        return None
