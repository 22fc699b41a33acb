"""Lo que cada verificación de un libro de cuentas necesita tener a la mano."""

from collections.abc import Iterator
from functools import cached_property

from generador.celdas import Celda, sin_formato
from generador.datos import dataclass
from generador.documentos.balance import Balance
from generador.documentos.cartas import Carta, carta_comun, cartas
from generador.documentos.cuentas import Cuenta, LibroDeCuentas, TipoDeBloque
from generador.documentos.graficas_de_cuentas import hoja_de
from generador.documentos.hoja_libre import HojaLibre
from generador.documentos.nombres_de_cuentas import Nombres
from generador.documentos.verificaciones import corridas, de_cada
from generador.esquema import Registro, alguna, en_celda, legibles
from generador.hallazgos import Hallazgo

TABLAS_DE_CUENTAS = (TipoDeBloque.BAJAS, TipoDeBloque.PERMANENCIA)


@dataclass(frozen=True)
class Escrito:
    """Un texto en que la persona puede escribir nombres entre llaves, y dónde está."""

    registro: Registro
    campo: str
    texto: str  # sin formato
    cuenta: Cuenta | None = None  # de quién habla
    en_carta: bool = False  # si sale en un oficio


@dataclass(frozen=True, kw_only=True)
class EnTabla(Registro):
    """Una celda de una hoja de la persona, con la forma de un registro: lo que se diga de ella va en su lugar."""

    celda: Celda

    def hallazgo(self, nombre: str, problema: str, remedio: str, *, codigo: str = "", aviso: bool = False) -> Hallazgo:
        """Un hallazgo en la celda, se pregunte por el campo que sea."""
        return en_celda(self.celda, problema, remedio, codigo=codigo, aviso=aviso)


@dataclass(frozen=True)
class Caso:
    """Un libro, si de él saldrán oficios o el informe, y si van uno por renglón; ``malas``, las filas sin leer."""

    libro: LibroDeCuentas
    de_oficio: bool = False
    por_renglon: bool = False
    malas: tuple[int, ...] = ()

    @cached_property
    def cartas(self) -> tuple[Carta, ...]:
        """Los oficios que saldrán del libro; ninguno si se hace el informe."""
        if not self.de_oficio:
            return ()
        return tuple(cartas(self.libro, self.malas)) if self.por_renglon else (carta_comun(self.libro),)

    def hay_malas_entre(self, una: int, otra: int) -> bool:
        """Si entre esas dos filas de «Destinatarios» hay alguna que no se pudo leer."""
        return any(una < mala < otra for mala in self.malas)

    @cached_property
    def balance(self) -> Balance:
        """Lo que se deduce del libro."""
        return Balance(self.libro)

    @cached_property
    def nombres(self) -> Nombres:
        """Lo que puede citarse."""
        return Nombres(self.balance)

    @cached_property
    def escritos(self) -> tuple[Escrito, ...]:
        """Los textos que saldrán en el documento y se pudieron leer, en el orden del libro."""
        lugares, _ = corridas(_LUGARES, self)
        return tuple(de_cada(lugares, _escrito))

    @cached_property
    def todos_los_escritos(self) -> tuple[Escrito, ...]:
        """Los mismos, para lo que depende de todos; levanta DatoIlegible si alguno no se pudo leer."""
        return tuple(escrito for lugares in _LUGARES for lugar in lugares(self) for escrito in _escrito(lugar))

    @cached_property
    def tablas(self) -> tuple[HojaLibre, ...]:
        """Las hojas de la persona que el oficio imprime, tal como se escribieron."""
        bloques = legibles(self.libro.cuerpo, "tipo", "de") if self.de_oficio else ()
        nombres = dict.fromkeys(b.de for b in bloques if b.tipo is TipoDeBloque.TABLA and b.de)
        halladas = (hoja_de(self.libro, nombre) for nombre in nombres)
        return tuple(hoja for hoja in halladas if hoja is not None and hoja.renglones)

    @cached_property
    def en_tablas(self) -> tuple[Escrito, ...]:
        """Las celdas de esas hojas que citan nombres."""
        celdas = (celda for hoja in self.tablas for celda in hoja.escritas())
        citan = (celda for celda in celdas if isinstance(celda.valor, str) and "{" in celda.valor)
        return tuple(Escrito(EnTabla(celda=c), "", sin_formato(str(c.valor)), en_carta=True) for c in citan)


@dataclass(frozen=True)
class _Lugar:
    """Dónde puede haber un texto con nombres entre llaves."""

    registro: Registro
    campo: str
    cuenta: Cuenta | None = None
    en_carta: bool = False


def _escrito(lugar: _Lugar) -> Iterator[Escrito]:
    """Lo escrito ahí, si hay algo."""
    if texto := getattr(lugar.registro, lugar.campo):
        yield Escrito(lugar.registro, lugar.campo, sin_formato(texto), lugar.cuenta, lugar.en_carta)


def _en_la_ficha(caso: Caso) -> Iterator[_Lugar]:
    oficio, informe = caso.libro.oficio, caso.libro.informe
    if caso.de_oficio and oficio is not None:
        yield from (_Lugar(oficio, campo, en_carta=True) for campo in ("asunto", "despedida"))
    elif informe is not None and not caso.de_oficio:
        yield from (_Lugar(informe, campo) for campo in ("presentacion", "conclusiones", "recomendaciones"))


def _en_el_cuerpo(caso: Caso) -> Iterator[_Lugar]:
    yield from (_Lugar(bloque, "texto", en_carta=True) for bloque in (caso.libro.cuerpo if caso.de_oficio else ()))


def _en_las_cuentas(caso: Caso) -> Iterator[_Lugar]:
    """En el oficio, lo de las cuentas sólo sale en sus tablas."""
    if caso.de_oficio and not alguna(caso.libro.cuerpo, lambda bloque: bloque.tipo in TABLAS_DE_CUENTAS):
        return
    for cuenta in caso.libro.cuentas:
        for campo in ("observaciones",) if caso.de_oficio else ("observaciones", "recomendacion"):
            yield _Lugar(cuenta, campo, cuenta, en_carta=caso.de_oficio)


_LUGARES = (_en_la_ficha, _en_el_cuerpo, _en_las_cuentas)
