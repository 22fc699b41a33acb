"""Revisar: todo lo que hay que corregir en uno o muchos libros, sin escribir ningún documento.

Con `anotar`, lo mismo queda señalado en una copia de cada libro.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from generador.castellano import enumerar
from generador.catalogo import CATALOGO, Entrada
from generador.celdas import Libro, clave
from generador.datos import dataclass
from generador.documentos.cuentas import LibroDeCuentas
from generador.documentos.expediente import Corte, reunir
from generador.documentos.sesion import LibroDeSesion
from generador.documentos.tipo import Tipo
from generador.escritura import publicar, reescribir
from generador.esquema import (
    DatoIlegible,
    HojaLeida,
    Ignorada,
    Oculto,
    hojas_leidas,
    ignoradas,
    leer_lo_legible,
    ocultos,
)
from generador.flujo.expediente import (
    LISTA,
    REVISADO,
    SI_YA_LA_CORRIGIO,
    Suelto,
    copia_mas_nueva,
    es_copia_revisada,
    libros_en,
    original_de_la_lista,
)
from generador.flujo.linea import documentos_del_libro, tipo_de, verificado
from generador.hallazgos import ArchivoInaccesible, Hallazgo, LibroConHallazgos
from generador.libro.lectura import abierto_en_excel, abrir
from generador.ooxml import leer_archivo

_PROPIOS_DEL_RENGLON = ("numero", "fecha", "contesta", "fecha_que_contesta")
_CITA_DEL_RENGLON = re.compile(r"\{\s*destinatario\s*\.", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Revisado:
    """Un libro y lo que se encontró en él.

    ``documentos`` son los que salen de él, por su nombre del catálogo; ``por_renglon``, si van uno por renglón.
    ``codigo``: con el que terminaría la orden si fuera el único. ``ajeno``: no es un libro del programa.
    """

    ruta: Path
    nombre: str
    documentos: tuple[str, ...] = ()
    por_renglon: bool = False
    hallazgos: tuple[Hallazgo, ...] = ()
    leidas: tuple[HojaLeida, ...] = ()
    ignoradas: tuple[Ignorada, ...] = ()
    ocultos: tuple[Oculto, ...] = ()
    libro: Libro | None = None
    modelo: object = None
    codigo: int = 0
    ajeno: bool = False
    nota: str = ""

    @property
    def hay_errores(self) -> bool:
        """Si algo impide hacer sus documentos."""
        return any(hallazgo.es_error for hallazgo in self.hallazgos)


@dataclass(frozen=True, kw_only=True)
class Anotado:
    """Lo que quedó escrito al anotar un libro.

    ``copia`` None: no había nada que escribir. ``limpia``: sólo se le quitaron las marcas. ``respetada``: la copia
    que ya existía, con cambios de una persona. ``perdidas``: lo que se habría perdido, si no se pudo anotar.
    """

    copia: Path | None = None
    limpia: bool = False
    respetada: Path | None = None
    perdidas: tuple[str, ...] = ()


def revisar(rutas: Sequence[Path], hoy: date | None = None) -> list[Revisado]:
    """Cada libro de esas rutas (o carpetas), y lo que no cuadre entre los de un mismo órgano.

    Lo que no se puede leer también es un error; su código es 4 si se pidió por su nombre.
    """
    dia = hoy or date.today()
    revisados = [_revisado(suelto, dia) for suelto in libros_en(rutas)]
    return con_expedientes(revisados, dia)


def anotar(revisado: Revisado) -> Anotado:
    """Deja en la copia del libro lo que hay que corregir; el original no se toca.

    Levanta ArchivoInaccesible si no se puede leer o escribir, o si la copia está abierta.
    """
    from generador.libro.anotacion import SePerderia, anotado, lista_aparte

    if revisado.codigo == ArchivoInaccesible.codigo_de_salida or not revisado.documentos:
        return Anotado()
    ruta, hallazgos = revisado.ruta, revisado.hallazgos
    es_copia = es_copia_revisada(ruta)
    if es_copia and abierto_en_excel(ruta):
        raise ArchivoInaccesible(f"«{ruta.name}» está abierto en Excel. Ciérrelo y repita.")
    datos = leer_archivo(ruta)
    try:
        nuevo = anotado(datos, hallazgos, ruta.name, revisado.libro)
    except SePerderia as error:
        if not hallazgos:
            return Anotado(perdidas=error.perdidas)
        escrito = publicar(lista_aparte(hallazgos, ruta.name), ruta.with_name(f"{ruta.stem}{LISTA}.xlsx"))
        return Anotado(copia=escrito.ruta, respetada=escrito.respetado, perdidas=error.perdidas)
    if nuevo is None:
        return Anotado()
    if es_copia:
        reescribir(nuevo, ruta, datos)
        return Anotado(copia=ruta, limpia=not hallazgos)
    escrito = publicar(nuevo, ruta.with_name(f"{ruta.stem}{REVISADO}.xlsx"))
    return Anotado(copia=escrito.ruta, limpia=not hallazgos, respetada=escrito.respetado)


# --- un libro


def _revisado(suelto: Suelto, hoy: date) -> Revisado:
    try:
        libro = abrir(suelto.ruta)
        entradas = _entradas_de(libro, suelto.ruta)
    except ArchivoInaccesible as error:
        codigo = error.codigo_de_salida if suelto.pedido else 1
        return _sin_leer(suelto, Hallazgo(problema=str(error), remedio=""), codigo)
    except LibroConHallazgos as error:
        if not suelto.pedido:
            return Revisado(ruta=suelto.ruta, nombre=suelto.nombre, ajeno=True)
        return replace(_sin_leer(suelto, error.hallazgos[0], error.codigo_de_salida), ajeno=True)
    tipo = tipo_de(entradas[0].nombre)
    por_renglon = _por_renglon(tipo, libro)
    vistos = [verificado(tipo_de(entrada.nombre), libro, hoy, por_renglon=por_renglon) for entrada in entradas]
    hallazgos = tuple(dict.fromkeys(hallazgo for visto in vistos for hallazgo in visto.hallazgos))
    return Revisado(
        ruta=suelto.ruta,
        nombre=suelto.nombre,
        documentos=tuple(entrada.nombre for entrada in entradas),
        por_renglon=por_renglon,
        hallazgos=hallazgos,
        leidas=tuple(hojas_leidas(tipo.modelo, libro)),
        ignoradas=tuple(ignoradas(tipo.modelo, libro)),
        ocultos=tuple(ocultos(tipo.modelo, libro)),
        libro=libro,
        modelo=vistos[0].modelo,
        codigo=1 if any(hallazgo.es_error for hallazgo in hallazgos) else 0,
        nota=" ".join(_notas(suelto, vistos[0].pendientes)),
    )


def _notas(suelto: Suelto, pendientes: Sequence[str]) -> Iterator[str]:
    ruta = suelto.ruta
    if pendientes:
        hojas = enumerar([f"«{hoja}»" for hoja in pendientes])
        yield f"No se comprobó lo que depende de lo que hay que corregir en {hojas}: corríjalo y vuelva a revisar."
    if abierto_en_excel(ruta):
        yield f"«{ruta.name}» está abierto en Excel: se revisó lo último que guardó."
    if not suelto.pedido and (copia := copia_mas_nueva(ruta)):
        yield f"Se revisó éste, y no «{copia.name}», que es más nueva. {SI_YA_LA_CORRIGIO} «{ruta.name}»."


def _sin_leer(suelto: Suelto, hallazgo: Hallazgo, codigo: int) -> Revisado:
    return Revisado(ruta=suelto.ruta, nombre=suelto.nombre, hallazgos=(hallazgo,), codigo=codigo)


def _entradas_de(libro: Libro, ruta: Path) -> list[Entrada]:
    """Los documentos que salen de un libro: por su marca o, si la perdió, por las hojas que tiene.

    Si las fichas de todos están en blanco, son todos. Levanta LibroConHallazgos si no es del programa.
    """
    if original := original_de_la_lista(ruta):
        problema = "Es la lista de lo que hay que corregir en un libro, no un libro."
        raise LibroConHallazgos([Hallazgo(problema=problema, remedio=f"Revise «{original}».")])
    return [CATALOGO[nombre] for nombre in documentos_del_libro(libro)]


def _por_renglon(tipo: Tipo[Any], libro: Libro) -> bool:
    """Si los oficios de este libro son uno por renglón: cada uno trae su número o su fecha, o el texto los cita.

    Verificar además como uno solo lo que es para muchos diría errores que no lo son.
    """
    if tipo.lote is None:
        return False
    modelo = leer_lo_legible(tipo.modelo, libro).modelo
    try:
        if not isinstance(modelo, LibroDeCuentas) or modelo.oficio is None or len(modelo.destinatarios) < 2:
            return False
    except DatoIlegible:
        return False
    suyos = (d.origen.celdas.get(campo) for d in modelo.destinatarios for campo in _PROPIOS_DEL_RENGLON)
    return any(celda is not None and not celda.vacia for celda in suyos) or _cita_al_renglon(modelo)


def _cita_al_renglon(modelo: LibroDeCuentas) -> bool:
    """Si algún texto, de los que se pudieron leer, cita al destinatario de su renglón."""
    lugares: tuple[Callable[[], Iterable[str | None]], ...] = (
        lambda: [modelo.oficio.asunto if modelo.oficio else None],
        lambda: (bloque.texto for bloque in modelo.cuerpo),
        lambda: (cuenta.observaciones for cuenta in modelo.cuentas),
    )
    return any(map(_alguno_cita, lugares))


def _alguno_cita(textos: Callable[[], Iterable[str | None]]) -> bool:
    with suppress(DatoIlegible):
        return any(_CITA_DEL_RENGLON.search(texto or "") for texto in textos())
    return False


# --- entre libros


def con_expedientes(revisados: list[Revisado], hoy: date) -> list[Revisado]:
    """Con lo que no cuadre entre los libros de sesión de cada órgano; con varios libros, cada hallazgo dice el suyo."""
    if len(revisados) < 2:
        return revisados
    con_libro = [
        replace(revisado, hallazgos=tuple(replace(h, libro=revisado.nombre) for h in revisado.hallazgos))
        for revisado in revisados
    ]
    entre_ellos = list(_de_los_organos(con_libro, hoy))
    return [
        replace(revisado, hallazgos=hallazgos, codigo=revisado.codigo or int(any(h.es_error for h in hallazgos)))
        for revisado in con_libro
        for hallazgos in [_juntos(revisado, entre_ellos)]
    ]


def _juntos(revisado: Revisado, entre_ellos: Iterable[Hallazgo]) -> tuple[Hallazgo, ...]:
    suyos = (hallazgo for hallazgo in entre_ellos if hallazgo.libro == revisado.nombre)
    return tuple(dict.fromkeys((*revisado.hallazgos, *suyos)))


def _de_los_organos(revisados: Iterable[Revisado], hoy: date) -> Iterator[Hallazgo]:
    por_organo: dict[str, list[tuple[str, LibroDeSesion]]] = {}
    for revisado in revisados:
        if isinstance(revisado.modelo, LibroDeSesion):
            try:
                organo = clave(revisado.modelo.organo.nombre)
            except DatoIlegible:
                return  # puede ser de cualquiera
            por_organo.setdefault(organo, []).append((revisado.nombre, revisado.modelo))
    for suyos in por_organo.values():
        if len(suyos) > 1:
            with suppress(DatoIlegible):  # sin la fecha de una sesión no se sabe en qué orden ocurrieron
                yield from tipo_de("seguimiento").cruces(reunir(suyos, Corte(hoy)), hoy)
