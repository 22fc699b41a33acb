"""Entregar un documento: nuevo, en lugar del que nadie tocó, o fundido con lo que una persona corrigió."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import field, replace
from datetime import UTC, datetime
from enum import Enum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from generador.datos import dataclass
from generador.documentos.tipo import Senas
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
    publicar,
    ruta_de_base,
)
from generador.flujo.anteriores import Anotado, Ficha, anotados, sucesiones
from generador.ooxml import TIPO_DE_WORD, PaqueteRoto, bloques, marcas, partes, se_abre, tipos_de_contenido

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

    ``fundido``: se puso al día el que una persona corrigió; ``anterior``, si se llamaba de otro modo y ése quedó como
    estaba. ``conservados``, ``actualizados`` y ``por_decidir`` son cuántos; ``avisos``, lo que conviene mirar y no
    cupo en un comentario. ``reemplazado``: dónde quedó lo corregido que se pidió hacer de nuevo.
    """

    ruta: Path
    nota: str = ""
    respetado: Path | None = None
    fundido: bool = False
    anterior: Path | None = None
    conservados: int = 0
    actualizados: int = 0
    por_decidir: int = 0
    avisos: tuple[str, ...] = ()
    reemplazado: Path | None = None

    @property
    def sin_novedad(self) -> bool:
        """Si alguien lo corrigió y los datos no le cambian nada."""
        return bool(self.conservados) and not self.fundido


@dataclass(frozen=True)
class Renglones:
    """De qué renglón es cada uno de los muchos documentos de un libro, por su nombre.

    ``completos``: si se pudieron leer todos los renglones.
    """

    senas: Mapping[str, Senas]
    completos: bool = True


@dataclass(frozen=True)
class Destino:
    """A dónde van los documentos de unos libros y qué se hace con lo que alguien haya corregido ahí."""

    carpeta: Path
    libros: tuple[Path, ...]
    plantilla: Path | None = None  # None: la acostumbrada
    correcciones: Correcciones = Correcciones.FUNDIR
    renglones: Renglones | None = None  # None: un solo documento
    pedido: Mapping[str, str] = field(default_factory=dict)  # lo que se pidió además: ``{"corte": "2018-06-30"}``
    _primero: list[Path] = field(default_factory=list, repr=False, compare=False)  # el que guardó ya los libros

    def dejar(self, datos: bytes, nombre: str, huella: str = "") -> Entrega:
        """Deja ``datos`` como ``nombre.docx`` sin perder nada corregido, y anota de dónde salió.

        ``huella`` distingue los datos de que se hizo; con ella se sabe después si `ya_hecho`.
        Levanta ArchivoInaccesible si no se puede escribir o el documento está abierto.
        """
        ruta = self._ruta(nombre)
        falta = not os.path.lexists(ruta) and ruta_de_base(ruta).exists()
        renombrado = _renombrado(ruta) if falta else None
        entrega = self._con_lo_de_antes(datos, ruta)
        if renombrado is not None and not entrega.fundido:
            entrega = _avisando(entrega, renombrado)
        elif falta and not entrega.nota and self.renglones is None:
            entrega = replace(entrega, nota=_FALTABA)
        anotar_origen(self._ficha(ruta, huella).en_texto(), entrega.ruta)
        self._guardar_fuentes(entrega.ruta)
        return entrega

    def _guardar_fuentes(self, ruta: Path) -> None:
        """Los libros y la plantilla, una sola vez aunque de ellos salgan muchos documentos."""
        if self._primero and self._primero[0] != ruta and compartir_fuentes(self._primero[0], ruta):
            return
        from generador.flujo.empaque import empacadas

        with suppress(OSError):
            datos = empacadas(self.libros, self.plantilla, self.pedido, de_muchos=self.renglones is not None)
            guardar_fuentes(datos, ruta)
            self._primero[:] = [ruta]

    def ya_hecho(self, nombre: str, huella: str) -> Path | None:
        """El documento, si ya se hizo con esos datos y sigue intacto; None si hay que hacerlo."""
        ruta = self._ruta(nombre)
        suyo = self._anotados.get(ruta.name)
        if suyo is None or suyo.ficha != self._ficha(ruta, huella) or not intacto(ruta):
            return None
        return None if any(corregido(otro.ruta) for otro in self._de_otro_nombre(ruta)) else ruta

    def sin_renglon(self) -> list[Path]:
        """Los corregidos que ya no son de ningún renglón del libro y quedan como estaban; se dicen una sola vez."""
        if self.renglones is None or not self.renglones.completos:
            return []
        tomados = {*self.renglones.senas, *(viejo for viejos in self._sucesiones.values() for viejo in viejos)}
        sueltos = [
            anotado
            for nombre, anotado in self._anotados.items()
            if nombre not in tomados and anotado.vigente and corregido(anotado.ruta)
        ]
        for suelto in sueltos:
            suelto.relevar()
        return [suelto.ruta for suelto in sueltos]

    def de_antes(self) -> list[Path]:
        """Los que nadie corrigió y hoy ya no se hacen, o se hacen con otro nombre; se dicen una sola vez."""
        if self.renglones is None or not self.renglones.completos:
            return []
        hoy = self.renglones.senas
        quedan = [a for nombre, a in self._anotados.items() if nombre not in hoy and a.vigente and intacto(a.ruta)]
        for queda in quedan:
            queda.relevar()
        return sorted(queda.ruta for queda in quedan)

    # --- el mismo documento, cuando se llamaba de otro modo

    def _con_lo_de_antes(self, datos: bytes, ruta: Path) -> Entrega:
        otro = self._corregido_antes(datos, ruta)
        if otro is None:
            return _entregar(datos, ruta, self.correcciones)
        reemplaza = self.correcciones is Correcciones.REEMPLAZAR
        if not reemplaza and not self._manda(ruta):
            continuado = _continuado(datos, ruta, otro.ruta, self.correcciones)
            if continuado is not None:
                otro.relevar(ruta.name)
                return continuado
        hecho = _entregar(datos, ruta, self.correcciones)
        if reemplaza:
            otro.relevar(hecho.ruta.name)
            aviso = f"«{otro.ruta.name}», que estaba corregido, queda como estaba."
        else:
            aviso = f"«{otro.ruta.name}», de este mismo libro, también está corregido: eso no se pasó a este archivo."
        return replace(hecho, nota=f"{hecho.nota} {aviso}".strip(), avisos=(*hecho.avisos, aviso))

    def _manda(self, ruta: Path) -> bool:
        """Si lo que hay en ``ruta`` lo corrigió alguien y no siguió en otro documento."""
        suyo = self._anotados.get(ruta.name)
        return os.path.lexists(ruta) and not intacto(ruta) and (suyo is None or suyo.vigente)

    def _corregido_antes(self, datos: bytes, ruta: Path) -> Anotado | None:
        """El que alguien corrigió de este mismo documento, si hoy se llama de otro modo; None si no hay.

        Pasa al corregir en el libro la fecha, el número o el destinatario: cambian el nombre del archivo.
        """
        for otro in self._de_otro_nombre(ruta):
            ambos = corregido(otro.ruta)
            if ambos is not None and _es_el_mismo(ambos[1], datos):
                return otro
        return None

    def _de_otro_nombre(self, ruta: Path) -> list[Anotado]:
        """Los que pueden ser este mismo documento con otro nombre, el último en tocarse primero."""
        if self.renglones is None:
            nombres = {nombre for nombre in self._anotados if nombre != ruta.name}
        else:
            suyo = self._anotados.get(ruta.name)
            nombres = {*self._sucesiones.get(ruta.name, ()), *((suyo.sigue_en,) if suyo else ())}
        otros = [self._anotados[nombre] for nombre in nombres if nombre in self._anotados]
        return sorted(
            (otro for otro in otros if otro.vigente), key=lambda otro: otro.ruta.stat().st_mtime, reverse=True
        )

    @cached_property
    def _anotados(self) -> dict[str, Anotado]:
        """Los que había en la carpeta al empezar, de este libro y de esta clase."""
        hallados = anotados(self.carpeta, Ficha(*self._fuente)).items()
        if self.renglones is None:
            return {nombre: a for nombre, a in hallados if not a.ficha.datos}
        return {nombre: a for nombre, a in hallados if a.ficha.senas is not None}

    @cached_property
    def _sucesiones(self) -> dict[str, tuple[str, ...]]:
        assert self.renglones is not None
        antes = {nombre: a.ficha.senas for nombre, a in self._anotados.items() if a.ficha.senas is not None}
        return sucesiones(antes, self.renglones.senas, completo=self.renglones.completos)

    # --- lo pequeño

    def _ruta(self, nombre: str) -> Path:
        return self.carpeta / nombre_de_salida(nombre)

    def _ficha(self, ruta: Path, huella: str) -> Ficha:
        senas = self.renglones.senas.get(ruta.name) if self.renglones else None
        return Ficha(*self._fuente, huella, senas)

    @cached_property
    def _fuente(self) -> tuple[tuple[str, ...], str]:
        libros = tuple(_desde(self.carpeta, libro) for libro in self.libros)
        return libros, _desde(self.carpeta, self.plantilla) if self.plantilla else ""


_FALTABA = (
    "Ya se había hecho y no estaba en la carpeta: se hizo de nuevo. Si lo movió para corregirlo, devuélvalo aquí y "
    "repita la orden: lo suyo se conserva."
)


def _renombrado(ruta: Path) -> Path | None:
    """El que se entregó en esa ruta, si alguien le cambió el nombre."""
    from generador.flujo.renombrados import con_otro_nombre

    return con_otro_nombre(ruta)


def _avisando(entrega: Entrega, renombrado: Path) -> Entrega:
    """La misma, con qué hacer para que lo corregido en el que cambió de nombre no se quede fuera."""
    aviso = (
        f"«{renombrado.name}» es este documento con otro nombre: no se tocó, y lo que se le haya corregido no pasó al "
        f"nuevo. Si lo quiere, borre el nuevo, devuélvale a aquél el nombre «{entrega.ruta.name}» y repita."
    )
    return replace(entrega, nota=f"{entrega.nota} {aviso}".strip(), avisos=(*entrega.avisos, aviso))


def nombre_de_salida(nombre: str) -> str:
    """El nombre del archivo de un documento: ``"Oficio 1/26"`` → ``"Oficio 1-26.docx"``."""
    return f"{nombre_limpio(nombre)}.docx"


def _desde(carpeta: Path, ruta: Path) -> str:
    try:
        return Path(os.path.relpath(ruta, carpeta)).as_posix()
    except ValueError:  # en Windows, otra unidad
        return str(ruta.absolute())


def _es_el_mismo(antes: bytes, ahora: bytes) -> bool:
    """Si son el mismo documento con otros datos, y no el de otra sesión escrito sobre el mismo libro."""
    try:
        (tipo, uno), (otro_tipo, otro) = _clase_y_bloques(antes), _clase_y_bloques(ahora)
    except PaqueteRoto:  # su copia intacta se dañó
        return False
    return tipo == otro_tipo and 2 * len(uno & otro) > max(len(uno), len(otro))


def _clase_y_bloques(datos: bytes) -> tuple[str, set[str]]:
    contenido = partes(datos)
    tipos = tipos_de_contenido(contenido)
    cuerpo = next(nombre for nombre, tipo in tipos.items() if tipo == f"{TIPO_DE_WORD}document.main+xml")
    return marcas(datos).get("generar.documento", ""), set(bloques(ElementTree.fromstring(contenido[cuerpo])))


def _entregar(datos: bytes, ruta: Path, correcciones: Correcciones) -> Entrega:
    if corregido(ruta) is None:
        return _al_lado(datos, ruta, correcciones)
    with candado(ruta.parent):
        ambos = corregido(ruta)
        if ambos is None:  # otra orden acaba de reemplazarlo
            return _al_lado(datos, ruta, correcciones)
        suyo, base = ambos
        if correcciones is Correcciones.REEMPLAZAR:
            copia = actualizar(datos, ruta, suyo, datos, datetime.now())
            nota = f"Se hizo de nuevo, como pidió; lo que estaba corregido quedó en «{copia.name}»."
            return Entrega(ruta, nota, reemplazado=copia)
        return _fundido(datos, ruta, suyo, base, correcciones) or _al_lado(datos, ruta, correcciones)


def _al_lado(datos: bytes, ruta: Path, correcciones: Correcciones) -> Entrega:
    escrito = publicar(datos, ruta)
    if escrito.respetado is None:
        return Entrega(escrito.ruta)
    viejo, nuevo = escrito.respetado.name, escrito.ruta.name
    if not ruta_de_base(ruta).exists():
        motivo = "no está su copia intacta, en la carpeta «.generar», sin la que no se sabe qué se le corrigió"
    elif not se_abre(ruta_de_base(ruta).read_bytes()):
        motivo = "su copia intacta, en la carpeta «.generar», está dañada y no se sabe qué se le corrigió"
    else:
        motivo = "no se le pudieron poner los datos nuevos (quizá está dañado o tiene contraseña)"
    quien_manda = " Ni --reemplazar lo pisa." if correcciones is Correcciones.REEMPLAZAR else ""
    nota = (
        f"«{viejo}» ya existía y alguien lo cambió; no se tocó, porque {motivo}. "
        f"Lo nuevo está en «{nuevo}».{quien_manda} "
        "Compárelos con «generar comparar», deje uno con ese nombre y borre el otro."
    )
    return Entrega(escrito.ruta, nota, escrito.respetado)


def _fundido(datos: bytes, ruta: Path, suyo: bytes, base: bytes, correcciones: Correcciones) -> Entrega | None:
    """El documento de la persona puesto al día; None si no se pudo leer o el resultado no sería sano."""
    fusion = _fusion(suyo, base, datos, correcciones)
    if fusion is None:
        return None
    if fusion.datos == suyo:
        if datos != base:
            cambiar_base(datos, ruta)
        return Entrega(
            ruta, " ".join([_sin_novedad(fusion), *fusion.avisos]), conservados=len(fusion.suyos), avisos=fusion.avisos
        )
    copia = actualizar(fusion.datos, ruta, suyo, datos, datetime.now())
    nota = f"{resumen(fusion)} Como estaba antes: «{copia.name}»."
    return _de_fusion(ruta, nota, fusion)


def _continuado(datos: bytes, ruta: Path, viejo: Path, correcciones: Correcciones) -> Entrega | None:
    """El documento nuevo con lo que alguien corrigió en ``viejo``, que queda como estaba; None si no se pudo fundir.

    Si en ``ruta`` ya había uno, queda entero a su lado.
    """
    with candado(ruta.parent):
        ambos = corregido(viejo)
        fusion = _fusion(*ambos, datos, correcciones) if ambos else None
        if fusion is None:
            return None
        nota = f"{resumen(fusion)} Se partió de «{viejo.name}», que estaba corregido y queda como estaba."
        if ruta.exists():
            copia = actualizar(fusion.datos, ruta, ruta.read_bytes(), datos, datetime.now())
            nota += f" El que se llamaba como éste quedó en «{copia.name}»."
        else:
            escribir_con_base(fusion.datos, ruta, datos)
    return replace(_de_fusion(ruta, nota, fusion), anterior=viejo)


def _de_fusion(ruta: Path, nota: str, fusion: "Fusion") -> Entrega:
    return Entrega(
        ruta, " ".join([nota, *fusion.avisos]), fundido=True, conservados=len(fusion.suyos),
        actualizados=len(fusion.actualizados), por_decidir=len(fusion.por_decidir), avisos=fusion.avisos,
    )  # fmt: skip


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
