"""Lo que una persona corrigió en Word, conservado al volver a generar: fusión de tres vías.

*Base* es lo que se generó, *suya* lo que dejó la persona, *nueva* lo que se generaría hoy. El resultado es el
documento de la persona con lo que cambió en los datos como control de cambios de Word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from lxml import etree

from generador.datos import dataclass
from generador.fusion.bloques import BloqueLeido, bloques, dichos
from generador.fusion.comentarios import Comentarios
from generador.fusion.cuerpo import Fundidor
from generador.fusion.dibujos import fundir_dibujos, parejas_de_dibujos
from generador.fusion.documento import Documento
from generador.fusion.encabezados import fundir_encabezados, solo_en_uno
from generador.fusion.lugares import nombrados
from generador.fusion.marcas import Marcador, aceptar
from generador.fusion.palabras import bolsa, parecido
from generador.fusion.piezas import AL_PRINCIPIO, Lectura
from generador.fusion.prestamo import Prestamo
from generador.fusion.sucesos import Cuenta, Suceso, en_orden
from generador.generaciones import FUSION, paso
from generador.ooxml import W

_CON_NUMERO = tuple(
    f"{W}{nombre}" for nombre in ("ins", "del", "moveFrom", "moveTo", "bookmarkStart", "rPrChange", "pPrChange")
)
_EN_COMUN = 0.3  # de sus palabras: dos documentos de distinta clase comparten a lo más la cuarta parte


__all__ = ["BloqueLeido", "Fusion", "Suceso", "bloques", "comparados", "dichos", "fundir", "se_parecen"]


@dataclass(frozen=True)
class Fusion:
    """El .docx fundido y lo que pasó: lo corregido que se conservó, lo que se actualizó y lo que hay que decidir."""

    datos: bytes
    suyos: tuple[Suceso, ...]
    actualizados: tuple[Suceso, ...]
    por_decidir: tuple[Suceso, ...]
    avisos: tuple[str, ...]


def fundir(
    base: bytes, suya: bytes, nueva: bytes, cuando: datetime, *, marcas: bool = True, en_margenes: bool = False
) -> Fusion:
    """El documento de la persona con los datos nuevos.

    ``cuando`` es la fecha de los cambios, en UTC. Sin ``marcas``, los datos nuevos entran ya aceptados; lo que hay
    que decidir sigue como comentario. ``en_margenes``: también con marcas en encabezados y pies. Si los datos no
    cambiaron nada, ``datos`` son los mismos bytes de ``suya``.
    Levanta PaqueteRoto si alguno no es un documento de Word legible.
    """
    de_base, de_suya, de_nueva = Documento(base), Documento(suya), Documento(nueva)
    este_paso = paso(base, nueva)
    ultimo = de_suya.propiedad(FUSION)
    if ultimo == este_paso:  # ya se fundió, y se cortó antes de que la nueva quedara como base
        de_base = Documento(nueva)
    cuenta = Cuenta()
    dibujos = parejas_de_dibujos(de_base, de_suya, de_nueva, cuenta)
    marcador = Marcador(cuando, de_suya.mayor(_CON_NUMERO) + 1)
    comentarios = Comentarios(de_suya, cuando)
    _cuerpo(de_base, de_suya, de_nueva, marcador, comentarios, cuenta)
    fundir_encabezados(de_base, de_suya, de_nueva, marcador, cuenta, marcas=en_margenes)
    fundir_dibujos((de_base, de_suya, de_nueva), dibujos, cuenta)
    cambio = bool(cuenta.datos or cuenta.por_decidir or (ultimo and ultimo != este_paso and base != nueva))
    if cambio and not marcas:
        aceptar(de_suya.arbol(de_suya.principal), marcador.es_suya)
    if cambio:
        de_suya.poner_propiedad(FUSION, este_paso)
    suyos, actualizados, por_decidir = (
        tuple(nombrados(en_orden(sucesos, de_suya.cuerpo), de_base, de_suya))
        for sucesos in (cuenta.suyos, cuenta.datos, cuenta.por_decidir)
    )
    return Fusion(
        de_suya.empaquetar() if cambio else suya,
        tuple(_con_parrafos(suyos, de_base.cuerpo)),
        actualizados,
        por_decidir,
        tuple(dict.fromkeys(cuenta.avisos)),
    )


def comparados(una: bytes, otra: bytes, cuando: datetime) -> Fusion:
    """``una`` con lo que cambia en ``otra`` como control de cambios; ``actualizados`` son las diferencias.

    ``avisos``: lo que difiere y no se puede marcar.
    """
    fusion = fundir(una, una, otra, cuando, en_margenes=True)
    sueltos = solo_en_uno(Documento(una), Documento(otra))
    sin_marca = tuple(f"{nombre}: sólo uno de los dos documentos lo tiene; eso no se marcó." for nombre in sueltos)
    return replace(fusion, avisos=(*fusion.avisos, *sin_marca))


def se_parecen(una: bytes, otra: bytes) -> bool:
    """Si dos documentos pueden ser versiones del mismo: si comparten buena parte de sus palabras."""
    bolsas = (bolsa("\n".join(bloque.texto for bloque in bloques(datos))) for datos in (una, otra))
    return parecido(*bolsas) >= _EN_COMUN


def _con_parrafos(sucesos: Iterable[Suceso], base: etree._Element) -> Iterator[Suceso]:
    """Con los lugares que tenían en la base los párrafos de que se trata."""
    numeros = {parrafo: numero for numero, parrafo in enumerate(base.iter(f"{W}p"))}
    for suceso in sucesos:
        parrafos = [parrafo for elemento in suceso.de for parrafo in elemento.iter(f"{W}p")]
        yield replace(suceso, parrafos=(*suceso.parrafos, *(numeros[p] for p in parrafos if p in numeros)))


def _cuerpo(
    base: Documento, suya: Documento, nueva: Documento, marcador: Marcador, comentarios: Comentarios, cuenta: Cuenta
) -> None:
    documentos = (base, suya, nueva)
    lecturas = tuple(Lectura(documento, documento.principal) for documento in documentos)
    prestamo = Prestamo(nueva, suya, nueva.principal, suya.principal)
    fundidor = Fundidor((lecturas[0], lecturas[1], lecturas[2]), marcador, prestamo, comentarios, cuenta)
    fundidor.fundir(base.cuerpo, suya.cuerpo, nueva.cuerpo, AL_PRINCIPIO)
    cuenta.avisos += [f"No se pudo llevar {que}." for que in prestamo.sin_lugar]
