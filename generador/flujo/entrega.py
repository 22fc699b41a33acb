"""Entregar un documento: nuevo, en lugar del que nadie tocó, o fundido con lo que una persona corrigió."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from generador.escritura import (
    actualizar,
    anotar_origen,
    cambiar_base,
    candado,
    compartir_fuentes,
    corregido,
    escribir_con_base,
    guardar_fuentes,
    intacto,
    nombre_limpio,
    origenes,
    publicar,
    ruta_de_origen,
)
from generador.ooxml import TIPO_DE_WORD, PaqueteRoto, bloques, marcas, partes, tipos_de_contenido

if TYPE_CHECKING:
    from generador.fusion import Fusion


class Correcciones(Enum):
    """Qué se hace con lo que una persona corrigió en Word."""

    FUNDIR = "los datos nuevos entran como control de cambios"
    SIN_MARCAS = "los datos nuevos entran ya aceptados"
    REEMPLAZAR = "se dejan en una copia y el documento se hace de nuevo"


@dataclass(frozen=True)
class Entrega:
    """El archivo que quedó y lo que haya que decir; ``respetado``, el que no se tocó por ser de una persona.

    ``fundido``: se puso al día el que una persona corrigió. ``por_decidir``: cuántas de sus correcciones son de algo
    que los datos también cambiaron.
    """

    ruta: Path
    nota: str = ""
    respetado: Path | None = None
    fundido: bool = False
    por_decidir: int = 0


@dataclass(frozen=True)
class Destino:
    """A dónde van los documentos de unos libros y qué se hace con lo que alguien haya corregido ahí."""

    carpeta: Path
    libros: tuple[Path, ...]
    plantilla: Path | None = None  # None: la acostumbrada
    correcciones: Correcciones = Correcciones.FUNDIR
    de_muchos: bool = False  # si del libro salen muchos documentos, uno por renglón
    pedido: Mapping[str, str] = field(default_factory=dict)  # lo que se pidió además: ``{"corte": "2018-06-30"}``
    _primero: list[Path] = field(default_factory=list, repr=False, compare=False)

    def dejar(self, datos: bytes, nombre: str, huella: str = "") -> Entrega:
        """Deja ``datos`` como ``nombre.docx`` sin perder nada corregido, y anota de dónde salió.

        ``huella`` distingue los datos de que se hizo; con ella se sabe después si `ya_hecho`.
        Levanta ArchivoInaccesible si no se puede escribir o el documento está abierto.
        """
        ruta = self.carpeta / f"{nombre_limpio(nombre)}.docx"
        entrega = self._con_otro_nombre(datos, ruta) or _entregar(datos, ruta, self.correcciones)
        anotar_origen(self._ficha(huella), entrega.ruta)
        self._guardar_fuentes(entrega.ruta)
        return entrega

    def _guardar_fuentes(self, ruta: Path) -> None:
        """Los libros y la plantilla, una sola vez aunque de ellos salgan muchos documentos."""
        if self._primero and self._primero[0] != ruta and compartir_fuentes(self._primero[0], ruta):
            return
        from generador.flujo.empaque import empacadas

        with suppress(OSError):
            datos = empacadas(self.libros, self.plantilla, self.pedido, de_muchos=self.de_muchos)
            guardar_fuentes(datos, ruta)
            self._primero[:] = [ruta]

    def ya_hecho(self, nombre: str, huella: str) -> Path | None:
        """El documento, si ya se hizo con esos datos y sigue intacto; None si hay que hacerlo."""
        ruta = self.carpeta / f"{nombre_limpio(nombre)}.docx"
        with suppress(OSError):
            if ruta_de_origen(ruta).read_text(encoding="utf-8") == self._ficha(huella) and intacto(ruta):
                return ruta
        return None

    def _ficha(self, huella: str = "") -> str:
        """Las rutas, desde la carpeta del documento: si se mueve todo junto, siguen valiendo."""
        libros = [_desde(self.carpeta, libro) for libro in self.libros]
        plantilla = _desde(self.carpeta, self.plantilla) if self.plantilla else ""
        ficha = {"libros": libros, "plantilla": plantilla, **({"datos": huella} if huella else {})}
        return json.dumps(ficha, ensure_ascii=False)

    def _con_otro_nombre(self, datos: bytes, ruta: Path) -> Entrega | None:
        """El documento nuevo con lo que alguien corrigió en el anterior de este libro, que se llamaba de otro modo.

        Pasa al corregir en el libro la fecha o el número: cambian el nombre del archivo. None si no hay tal.
        """
        if self.de_muchos or self.correcciones is Correcciones.REEMPLAZAR or ruta.exists():
            return None
        ficha = self._ficha()
        viejos = (cual for cual, suya in origenes(self.carpeta) if suya == ficha and cual != ruta)
        for viejo in sorted(viejos, key=lambda cual: cual.stat().st_mtime, reverse=True):
            ambos = corregido(viejo)
            if ambos is None or not _es_el_mismo(ambos[1], datos):
                continue
            fusion = _fusion(*ambos, datos, self.correcciones)
            if fusion is None:
                return None
            escrito = escribir_con_base(fusion.datos, ruta, datos)
            nota = f"{resumen(fusion)} Se partió de «{viejo.name}», que estaba corregido y queda como estaba."
            avisos = " ".join([nota, *fusion.avisos])
            return Entrega(escrito, avisos, fundido=True, por_decidir=len(fusion.por_decidir))
        return None


def _desde(carpeta: Path, ruta: Path) -> str:
    try:
        return Path(os.path.relpath(ruta, carpeta)).as_posix()
    except ValueError:  # en Windows, otra unidad
        return str(ruta.absolute())


def _es_el_mismo(antes: bytes, ahora: bytes) -> bool:
    """Si son el mismo documento con otros datos, y no el de otra sesión escrito sobre el mismo libro."""
    dichos = []
    for datos in (antes, ahora):
        contenido = partes(datos)
        tipos = tipos_de_contenido(contenido)
        cuerpo = next(nombre for nombre, tipo in tipos.items() if tipo == f"{TIPO_DE_WORD}document.main+xml")
        dichos.append((marcas(datos).get("generar.documento"), set(bloques(ElementTree.fromstring(contenido[cuerpo])))))
    (tipo, uno), (otro_tipo, otro) = dichos
    return tipo == otro_tipo and 2 * len(uno & otro) > max(len(uno), len(otro))


def _entregar(datos: bytes, ruta: Path, correcciones: Correcciones) -> Entrega:
    if corregido(ruta) is None:
        return _al_lado(datos, ruta)
    with candado(ruta.parent):
        ambos = corregido(ruta)
        if ambos is None:  # otra orden acaba de reemplazarlo
            return _al_lado(datos, ruta)
        suyo, base = ambos
        if correcciones is Correcciones.REEMPLAZAR:
            copia = actualizar(datos, ruta, suyo, datos, datetime.now())
            return Entrega(ruta, f"Se hizo de nuevo, como pidió; lo que estaba corregido quedó en «{copia.name}».")
        return _fundido(datos, ruta, suyo, base, correcciones) or _al_lado(datos, ruta)


def _al_lado(datos: bytes, ruta: Path) -> Entrega:
    escrito = publicar(datos, ruta)
    if escrito.respetado is None:
        return Entrega(escrito.ruta)
    existia = f"«{escrito.respetado.name}» ya existía y alguien lo cambió"
    nota = f"{existia}: no se tocó; lo nuevo está en «{escrito.ruta.name}»."
    return Entrega(escrito.ruta, nota, escrito.respetado)


def _fundido(datos: bytes, ruta: Path, suyo: bytes, base: bytes, correcciones: Correcciones) -> Entrega | None:
    """El documento de la persona puesto al día; None si no se pudo leer o el resultado no sería sano."""
    fusion = _fusion(suyo, base, datos, correcciones)
    if fusion is None:
        return None
    if fusion.datos == suyo:
        if datos != base:
            cambiar_base(datos, ruta)
        return Entrega(ruta, " ".join([_sin_novedad(fusion), *fusion.avisos]))
    copia = actualizar(fusion.datos, ruta, suyo, datos, datetime.now())
    nota = f"{resumen(fusion)} Como estaba antes: «{copia.name}»."
    return Entrega(ruta, " ".join([nota, *fusion.avisos]), fundido=True, por_decidir=len(fusion.por_decidir))


def _fusion(suyo: bytes, base: bytes, datos: bytes, correcciones: Correcciones) -> "Fusion | None":
    """Lo de la persona con los datos nuevos; None si no se pudo leer o el resultado no sería sano."""
    from generador.fusion import fundir

    try:
        fusion = fundir(base, suyo, datos, datetime.now(UTC), marcas=correcciones is Correcciones.FUNDIR)
    except PaqueteRoto:
        return None
    return fusion if _sano(suyo, fusion.datos) else None


def _sano(suyo: bytes, fundido: bytes) -> bool:
    """Que fundir no haya agregado nada que Word rechace."""
    from generador.plantilla.validez import problemas

    if suyo == fundido:
        return True
    antes = {p.clave for p in problemas(partes(suyo))}
    return not [p for p in problemas(partes(fundido)) if p.grave and p.clave not in antes]


def resumen(fusion: "Fusion") -> str:
    """``"4 cambios suyos conservados, 3 datos actualizados y 1 por decidir (vea el comentario en «Punto 8»)."``."""
    cuentas = [
        _cuenta(len(fusion.suyos), "cambio suyo conservado", "cambios suyos conservados"),
        _cuenta(len(fusion.actualizados), "dato actualizado", "datos actualizados"),
    ]
    if fusion.por_decidir:
        lugares = list(dict.fromkeys(f"«{suceso.lugar}»" for suceso in fusion.por_decidir if suceso.lugar))
        que = "vea el comentario" if len(fusion.por_decidir) == 1 else "vea los comentarios"
        donde = f" en {_enumerar(lugares)}" if lugares else ""
        cuentas.append(f"{len(fusion.por_decidir)} por decidir ({que}{donde})")
    return _enumerar([cuenta for cuenta in cuentas if cuenta]) + "."


def _sin_novedad(fusion: "Fusion") -> str:
    suyos = _cuenta(len(fusion.suyos), "cambio suyo", "cambios suyos")
    return f"Los datos no cambiaron nada: su documento queda como lo dejó{f', con {suyos}' if suyos else ''}."


def _cuenta(cuantos: int, uno: str, varios: str) -> str:
    return f"{cuantos} {uno if cuantos == 1 else varios}" if cuantos else ""


def _enumerar(cosas: list[str]) -> str:
    from generador.castellano import enumerar

    return enumerar(cosas)
