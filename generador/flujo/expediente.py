"""Muchos libros, un documento: se abren todos, se dice lo que no cuadre de cada uno y se escribe uno solo."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generador.castellano import enumerar, fecha_larga
from generador.celdas import Libro
from generador.datos import dataclass
from generador.documentos.expediente import Corte, Expediente, reunir
from generador.documentos.sesion import LibroDeSesion
from generador.documentos.tipo import Tipo
from generador.esquema import Registro, campo, ficha, leer
from generador.flujo.entrega import Correcciones, Destino
from generador.flujo.linea import Resultado, componer, exigir_tipo, resultado, tipo_de
from generador.hallazgos import ArchivoInaccesible, Gravedad, Hallazgo, LibroConHallazgos, OrdenImposible
from generador.libro.lectura import abrir

EJEMPLOS = "ejemplos"
REVISADO, LISTA = " - revisado", " - revisión"  # lo que `generar revisar --anotar` agrega al nombre del libro
_REPETIDO = r"( \(\d+\)| - copia)*$"  # lo que agregan el navegador y el explorador de archivos
_COPIA = re.compile(REVISADO + _REPETIDO, re.IGNORECASE)
_LISTA = re.compile(LISTA + _REPETIDO, re.IGNORECASE)
OTRAS_HOJAS = (".xls", ".xlsm", ".xlsb", ".ods", ".csv")  # lo que puede ser un libro y no se lee de una carpeta
SI_YA_LA_CORRIGIO = "Si ya la corrigió y es la buena, guárdela en Excel como"
_MAX_AREAS = 12  # las que se nombran cuando la pedida no existe


def generar_de_varios(
    nombre: str, rutas: Sequence[Path], salida: Path, plantilla: Path | None = None, *,
    corte: date | None = None, anterior: date | None = None, area: str = "",
    correcciones: Correcciones = Correcciones.FUNDIR,
) -> Resultado:  # fmt: skip
    """El documento de unos libros de sesión, o de los que haya en una carpeta, escrito en ``salida``.

    ``corte`` None: hoy; ``anterior`` None: la penúltima sesión; ``area`` vacía: todas. Levanta LibroConHallazgos
    (cada hallazgo con su libro) si alguno tiene errores; OrdenImposible si no hay ninguna sesión al corte o el
    área no existe; y lo mismo que `generar`.
    """
    tipo = tipo_de(nombre)
    sueltos = list(libros_en(rutas))
    expediente, avisos = reunido(tipo, sueltos, Corte(corte or date.today(), anterior, area))
    avisos += _no_contados(rutas)
    hasta = expediente.corte
    pedido = {"corte": str(hasta.fecha), "anterior": str(hasta.anterior or ""), "area": hasta.area}
    destino = Destino(salida, tuple(suelto.ruta for suelto in sueltos), plantilla, correcciones, pedido=pedido)
    entrega = destino.dejar(componer(tipo, expediente, plantilla), tipo.archivo(expediente))
    return resultado(entrega, destino.libros, avisos)


def reunido(tipo: Tipo[Any], sueltos: Iterable["Suelto"], corte: Corte) -> tuple[Expediente, list[Hallazgo]]:
    """El expediente de esos libros y lo que conviene revisar en ellos."""
    leidos: list[tuple[str, LibroDeSesion]] = []
    hallazgos: list[Hallazgo] = []
    for suelto in sueltos:
        modelo, suyos = _leido(tipo, suelto, corte.fecha)
        leidos += [(suelto.nombre, modelo)] if modelo is not None else []
        hallazgos += [replace(hallazgo, libro=suelto.nombre) for hallazgo in (*suyos, *_copia_sin_usar(suelto))]
    if any(hallazgo.es_error for hallazgo in hallazgos):
        raise LibroConHallazgos(hallazgos)
    expediente = reunir(leidos, corte)
    _exigir_sesiones(expediente, hallazgos)
    hallazgos += tipo.cruces(expediente, corte.fecha)
    if any(hallazgo.es_error for hallazgo in hallazgos):
        raise LibroConHallazgos(hallazgos)
    return _de_un_area(expediente), hallazgos


# --- los archivos


@dataclass(frozen=True)
class Suelto:
    """Un libro pedido por su nombre o encontrado en una carpeta, donde puede haber otros que no vienen al caso."""

    ruta: Path
    nombre: str
    pedido: bool


def es_copia_revisada(ruta: Path) -> bool:
    """Si es, por su nombre, una copia anotada: ``minuta - revisado.xlsx``, ``minuta - revisado (2) - copia.xlsx``."""
    return _COPIA.search(_nfc(ruta.stem)) is not None


def original_de_la_lista(ruta: Path) -> str:
    """``minuta - revisión.xlsx`` → ``"minuta.xlsx"``; vacío si no es la lista de lo que hay que corregir."""
    lista = _LISTA.search(_nfc(ruta.stem))
    return f"{_nfc(ruta.stem)[: lista.start()]}.xlsx" if lista else ""


def es_de_revision(ruta: Path) -> bool:
    """Si es lo que deja `generar revisar`: una lista, o la copia de un libro que está a su lado."""
    return original_de_la_copia(ruta) is not None or bool(original_de_la_lista(ruta))


def original_de_la_copia(ruta: Path) -> Path | None:
    """``minuta - revisado.xlsx`` → ``minuta.xlsx``, si está a su lado; None si no está, o si no es una copia."""
    original = libro_de_la_copia(ruta)
    return original if original and original.exists() else None


def libro_de_la_copia(ruta: Path) -> Path | None:
    """``minuta - revisado.xlsx`` → ``minuta.xlsx``, esté o no a su lado; None si no es una copia."""
    copia = _COPIA.search(_nfc(ruta.stem))
    return ruta.with_name(f"{ruta.stem[: -len(copia[0])]}.xlsx") if copia else None


def copia_mas_nueva(original: Path) -> Path | None:
    """La copia anotada de un libro, si se guardó después que él: quizá ya está corregida. None si no la hay."""
    copias = (ruta for ruta in original.parent.glob("*.xlsx") if original_de_la_copia(ruta) == original)
    ultima = max(copias, key=_guardado, default=None)
    return ultima if ultima and _guardado(ultima) > _guardado(original) else None


def _guardado(ruta: Path) -> float:
    return ruta.stat().st_mtime


def _nfc(texto: str) -> str:
    return unicodedata.normalize("NFC", texto)


def libros_en(rutas: Sequence[Path]) -> Iterator[Suelto]:
    """Los libros de Excel de esas rutas, sin repetir, con un nombre que los distinga.

    De una carpeta no cuentan las copias revisadas de otro que esté ahí, ni lo que hay en «ejemplos», salvo que se
    pida esa carpeta.
    """
    hallados: dict[Path, Suelto] = {}
    for ruta in rutas:
        if ruta.is_dir():
            for dentro in _archivos_en(ruta, (".xlsx",)):
                if not es_de_revision(dentro):
                    nombre = dentro.relative_to(ruta).as_posix()
                    hallados.setdefault(dentro.resolve(), Suelto(dentro, nombre, pedido=False))
        else:
            hallados.setdefault(ruta.resolve(), Suelto(ruta, ruta.name, pedido=True))
    veces = Counter(suelto.nombre for suelto in hallados.values())
    for suelto in hallados.values():
        yield suelto if veces[suelto.nombre] == 1 else replace(suelto, nombre=suelto.ruta.as_posix())


def libros_de(carpeta: Path) -> list[Path]:
    """Los libros que hay en una carpeta, sin ver las de dentro, por nombre; sin copias revisadas."""
    dentro = (ruta for ruta in sorted(carpeta.glob("*")) if ruta.suffix.lower() == ".xlsx")
    return [ruta for ruta in dentro if not (ruta.name.startswith(("~$", ".")) or es_de_revision(ruta))]


def sin_leer_en(rutas: Sequence[Path]) -> list[Path]:
    """Lo que hay en esas carpetas que puede ser un libro y, por no ser .xlsx, no se lee."""
    return [dentro for ruta in rutas if ruta.is_dir() for dentro in _archivos_en(ruta, OTRAS_HOJAS)]


def _archivos_en(carpeta: Path, extensiones: Sequence[str]) -> Iterator[Path]:
    """Los de esas extensiones, en orden, sin lo oculto, lo que Excel tiene a medias ni lo que hay en «ejemplos»."""
    for dentro in sorted(carpeta.rglob("*")):
        partes = dentro.relative_to(carpeta).parts
        ajena = any(parte.startswith((".", "~$")) or parte == EJEMPLOS for parte in partes)
        if not ajena and dentro.suffix.lower() in extensiones and dentro.is_file():
            yield dentro


def _leido(tipo: Tipo[Any], suelto: Suelto, corte: date) -> tuple[LibroDeSesion | None, list[Hallazgo]]:
    """El modelo de un libro, y lo que haya que decir; None si no es de sesión, o si su sesión aún no ocurre."""
    try:
        libro = abrir(suelto.ruta)
        exigir_tipo(tipo, libro)
    except ArchivoInaccesible as error:
        if suelto.pedido:
            raise
        return None, [_aviso(str(error), "Su sesión, si es de una, no se contó.")]
    except LibroConHallazgos as error:
        return None, list(error.hallazgos) if suelto.pedido else []
    modelo, hallazgos = leer(LibroDeSesion, libro)
    if modelo is None and _por_ocurrir(libro, corte):
        return None, [_aviso("La sesión de este libro todavía no ocurre: no se contó.", "")]
    return modelo, [h for h in hallazgos if h.es_error] if modelo is None else []


def _no_contados(rutas: Sequence[Path]) -> Iterator[Hallazgo]:
    """Lo que parece un libro y no es .xlsx: si fuera de una sesión, faltaría."""
    remedio = "Si es de una sesión, ábralo en Excel y guárdelo como «Libro de Excel (.xlsx)»."
    for ruta in sin_leer_en(rutas):
        if ruta.suffix.lower() != ".csv":
            yield replace(_aviso("No se leyó.", remedio), libro=ruta.name)


def _copia_sin_usar(suelto: Suelto) -> Iterator[Hallazgo]:
    """La copia anotada del libro que se contó, si es más nueva que él."""
    copia = None if suelto.pedido else copia_mas_nueva(suelto.ruta)
    if copia:
        remedio = f"{SI_YA_LA_CORRIGIO} «{suelto.ruta.name}»."
        yield _aviso(f"Se usó éste, y no «{copia.name}», que es más nueva.", remedio)


def _aviso(problema: str, remedio: str) -> Hallazgo:
    return Hallazgo(problema=problema, remedio=remedio, gravedad=Gravedad.AVISO)


@dataclass(frozen=True, kw_only=True)
class _Fecha(Registro):
    fecha: date | None = campo("Fecha")


@dataclass(frozen=True, kw_only=True)
class _SoloLaFecha:
    sesion: _Fecha = ficha("Sesión")


def _por_ocurrir(libro: Libro, corte: date) -> bool:
    """Si el libro, a medio llenar, es de una sesión sin fecha o posterior al corte: lo prepara `siguiente`."""
    solo, _ = leer(_SoloLaFecha, libro)
    return solo is not None and (solo.sesion.fecha is None or solo.sesion.fecha > corte)


# --- lo que se pidió


def _exigir_sesiones(expediente: Expediente, hallazgos: Sequence[Hallazgo]) -> None:
    if not expediente.archivadas:
        por_que = f" «{hallazgos[0].libro}»: {hallazgos[0].problema}" if hallazgos else ""
        raise OrdenImposible(f"No hay ningún libro de sesión en lo que indicó.{por_que}")
    if not expediente.sesiones:
        primera = expediente.archivadas[0]
        raise OrdenImposible(
            f"Al {fecha_larga(expediente.corte.fecha)} no había ninguna sesión: la primera es del "
            f"{fecha_larga(primera.fecha)} («{primera.archivo}»). Elija otra fecha con --corte."
        )
    anterior = expediente.corte.anterior
    if anterior and anterior >= expediente.corte.fecha:
        raise OrdenImposible("El corte anterior debe ser de antes del corte: corrija --desde o --corte.")


def _de_un_area(expediente: Expediente) -> Expediente:
    """El expediente con su área por su nombre completo: ``"informática"`` → ``"Unidad Técnica de Informática"``."""
    pedida = expediente.corte.area
    if not pedida:
        return expediente
    nombres = expediente.areas_que_se_llaman(pedida)
    if len(nombres) == 1:
        return Expediente(expediente.archivadas, replace(expediente.corte, area=nombres[0]))
    lista = enumerar([f"«{nombre}»" for nombre in (nombres or list(expediente.areas))[:_MAX_AREAS]])
    if nombres:
        raise OrdenImposible(f"«{pedida}» puede ser {lista}: escriba el nombre completo en --area.")
    raise OrdenImposible(f"Ningún acuerdo es de «{pedida}». Las áreas que hay: {lista}.")
