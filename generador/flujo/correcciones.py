"""Lo que se puede preguntar de un documento ya escrito: qué se le corrigió, de dónde salió, en qué difiere de otro."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generador.celdas import NEGRITA
from generador.escritura import corregido, escribir, ruta_de_base, ruta_de_origen
from generador.flujo.linea import propiedades_de, tipo_de
from generador.flujo.procedencia import Fuente, Indice, indice_de
from generador.hallazgos import ArchivoInaccesible, ErrorDeGenerador, OrdenImposible
from generador.libro.lectura import abrir
from generador.ooxml import PaqueteRoto, leer_archivo, marcas
from generador.recursos import recurso

if TYPE_CHECKING:
    from generador.fusion import Suceso
    from generador.fusion.fragmento import Trozo


@dataclass(frozen=True)
class Correccion:
    """Algo que la persona cambió en Word y, si nació de una celda, dónde conviene corregirlo en Excel.

    ``dice`` y ``decia``, recortados; vacíos si lo quitó o lo agregó.
    """

    que: str
    lugar: str
    decia: str
    dice: str
    fuentes: tuple[Fuente, ...] = ()


@dataclass(frozen=True)
class Bloque:
    """Un párrafo o renglón del documento y las celdas de las que salió; vacías si es texto de la plantilla."""

    lugar: str
    texto: str
    fuentes: tuple[Fuente, ...] = ()


@dataclass(frozen=True)
class Historia:
    """De dónde salió un documento, según quedó anotado al escribirlo; ``falta`` dice qué no se encontró."""

    documento: Path
    libros: tuple[Path, ...]
    plantilla: str
    version: str
    falta: str = ""


def cambios(ruta: Path, libro: Path | None = None) -> tuple[Historia, list[Correccion]]:
    """Lo que una persona corrigió en ``ruta`` respecto de lo que se generó; vacío si nada.

    ``libro`` None: el que quedó anotado. Levanta OrdenImposible si no hay copia intacta con qué comparar.
    """
    from generador.fusion import fundir

    suyo, base = _suyo_y_base(ruta)
    historia = _historia(ruta, suyo, libro)
    if suyo == base:
        return historia, []
    indice = _indice(historia)
    sucesos = _legible(ruta, lambda: fundir(base, suyo, base, datetime.now(UTC)).suyos)
    return historia, [_correccion(suceso, indice) for suceso in sucesos]


def _correccion(suceso: "Suceso", indice: Indice) -> Correccion:
    from generador.fusion.fragmento import corrido, fragmentos

    decia, dice = fragmentos(suceso.antes, suceso.despues)
    if suceso.que in ("movió", "dio formato"):
        decia = []
    quitado = tuple(trozo.texto for trozo in decia if trozo.cambia)
    fuentes = indice.de(suceso.antes, quitado) if suceso.antes and suceso.que in ("cambió", "quitó") else ()
    return Correccion(suceso.que, suceso.lugar, corrido(decia), corrido(dice), fuentes)


def origen(ruta: Path, libro: Path | None = None) -> tuple[Historia, list[Bloque]]:
    """Cada bloque de lo que se generó con las celdas de las que salió. Levanta lo mismo que `cambios`."""
    from generador.fusion import bloques

    suyo, base = _suyo_y_base(ruta)
    historia = _historia(ruta, suyo, libro)
    indice = _indice(historia)
    leidos = _legible(ruta, lambda: bloques(base))
    return historia, [Bloque(lugar, texto, indice.de(texto)) for lugar, texto in leidos]


def _suyo_y_base(ruta: Path) -> tuple[bytes, bytes]:
    suyo = _leido(ruta)
    ambos = corregido(ruta)
    if ambos is not None:
        return ambos
    if not ruta_de_base(ruta).is_file():
        raise OrdenImposible(
            f"De «{ruta.name}» no hay copia de lo que se generó: o no lo hizo este programa, o se movió de su carpeta "
            "sin la carpeta «.generar» que estaba a su lado."
        )
    return suyo, suyo


def _leido(ruta: Path) -> bytes:
    try:
        return leer_archivo(ruta)
    except PaqueteRoto as error:
        raise ArchivoInaccesible(f"«{ruta}» no se puede leer: {error}.") from error
    except OSError as error:
        raise ArchivoInaccesible(f"«{ruta}» no existe o no se puede leer.") from error


def _legible(ruta: Path, hacer: Any) -> Any:
    try:
        return hacer()
    except PaqueteRoto as error:
        raise ArchivoInaccesible(f"«{ruta}» no se puede leer: {error}.") from error


def _historia(ruta: Path, datos: bytes, libro: Path | None) -> Historia:
    ficha: Mapping[str, Any] = {}
    with suppress(OSError, ValueError):
        leida = json.loads(ruta_de_origen(ruta).read_text(encoding="utf-8"))
        ficha = leida if isinstance(leida, dict) else {}
    anotados = [Path(os.path.normpath(ruta.parent / str(anotado))) for anotado in ficha.get("libros", [])]
    libros = (libro,) if libro is not None else tuple(anotados)
    perdidos = [cual.name for cual in libros if not cual.is_file()]
    falta = ""
    if not libros:
        falta = "No quedó anotado de qué libro salió; indíquelo con --libro."
    elif perdidos:
        falta = f"No está el libro «{perdidos[0]}»: se movió o cambió de nombre. Indíquelo con --libro."
    version = _legible(ruta, lambda: marcas(datos)).get("generar.version", "")
    return Historia(ruta, libros, str(ficha.get("plantilla", "")), version, falta)


def _indice(historia: Historia) -> Indice:
    """Las celdas de los libros; vacío si falta alguno o ya no se puede leer."""
    if historia.falta:
        return Indice(())
    tipo = _legible(historia.documento, lambda: marcas(_leido(historia.documento))).get("generar.documento", "")
    with suppress(ErrorDeGenerador, KeyError):
        modelo = tipo_de(tipo.partition("/")[0])
        varios = len(historia.libros) > 1
        return Indice(
            fuente
            for libro in historia.libros
            for fuente in indice_de(modelo, abrir(libro), libro.name if varios else "")
        )
    return Indice(())


# --- comparar dos documentos


@dataclass(frozen=True)
class Comparacion:
    """Los dos archivos escritos —las diferencias marcadas y la tabla— y cuántas hay; None si no hay ninguna."""

    diferencias: int
    marcado: Path | None = None
    tabla: Path | None = None


def comparar(una: Path, otra: Path, salida: Path) -> Comparacion:
    """``una`` con lo que cambia en ``otra`` como control de cambios, y la tabla «Dice / Debe decir».

    Levanta ArchivoInaccesible si alguno no se puede leer o no se puede escribir.
    """
    from generador.fusion import comparados

    antes, despues = _leido(una), _leido(otra)
    fusion = _legible(una, lambda: comparados(antes, despues, datetime.now(UTC)))
    if not fusion.actualizados:
        return Comparacion(0)
    nombre = f"{una.stem} - cambios hasta {otra.stem}" if una.stem != otra.stem else f"{una.stem} - cambios"
    marcado = escribir(fusion.datos, salida, nombre).ruta
    tabla = escribir(_tabla(fusion.actualizados, una, otra), salida, f"Observaciones a {una.stem}").ruta
    return Comparacion(len(fusion.actualizados), marcado, tabla)


def _tabla(sucesos: Sequence["Suceso"], una: Path, otra: Path) -> bytes:
    from generador import __version__
    from generador.documentos.tipo import Ficha
    from generador.plantilla import Plantilla

    plantilla = recurso("plantillas_docx", "observaciones.docx")
    contexto = {"de": una.stem, "con": otra.stem, "observaciones": list(_observaciones(sucesos))}
    ficha = Ficha(titulo=f"Observaciones a {una.stem}", asunto="", autor="", creado=datetime.now())
    abierta = Plantilla.abrir(plantilla.read_bytes(), plantilla.name)
    return abierta.componer(contexto, propiedades_de(ficha), {"generar.version": __version__})


def _observaciones(sucesos: Sequence["Suceso"]) -> Iterator[dict[str, str]]:
    from generador.fusion.fragmento import fragmentos

    for numero, suceso in enumerate(sucesos, 1):
        dice, debe = fragmentos(suceso.antes, suceso.despues)
        yield {
            "numero": str(numero),
            "lugar": suceso.lugar,
            "dice": _resaltado(dice) if suceso.antes else "(No dice nada.)",
            "debe_decir": _resaltado(debe) if suceso.despues else "(Se suprime.)",
        }


def _resaltado(trozos: Sequence["Trozo"]) -> str:
    abre, cierra = NEGRITA
    solo_cambia = all(trozo.cambia for trozo in trozos)
    texto = "".join(f"{abre}{t.texto}{cierra}" if t.cambia and not solo_cambia else t.texto for t in trozos)
    return " ".join(texto.split())
