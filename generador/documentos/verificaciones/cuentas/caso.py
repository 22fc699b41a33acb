"""Lo que cada verificación de un libro de cuentas necesita tener a la mano."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generador.celdas import Celda, sin_formato
from generador.documentos.balance import Balance
from generador.documentos.cartas import Carta, carta_comun, cartas
from generador.documentos.cuentas import Cuenta, LibroDeCuentas, TipoDeBloque
from generador.documentos.graficas_de_cuentas import hoja_de
from generador.documentos.hoja_libre import HojaLibre
from generador.documentos.nombres_de_cuentas import Nombres
from generador.esquema import Registro, en_celda
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
        """Los textos que saldrán en el documento, en el orden del libro."""
        return tuple(self._del_oficio() if self.de_oficio else self._del_informe())

    @cached_property
    def tablas(self) -> tuple[HojaLibre, ...]:
        """Las hojas de la persona que el oficio imprime, tal como se escribieron."""
        nombres = dict.fromkeys(b.de for b in self.libro.cuerpo if b.tipo is TipoDeBloque.TABLA and b.de)
        halladas = (hoja_de(self.libro, nombre) for nombre in nombres) if self.de_oficio else ()
        return tuple(hoja for hoja in halladas if hoja is not None and hoja.renglones)

    @cached_property
    def en_tablas(self) -> tuple[Escrito, ...]:
        """Las celdas de esas hojas que citan nombres."""
        celdas = (celda for hoja in self.tablas for celda in hoja.escritas())
        citan = (celda for celda in celdas if isinstance(celda.valor, str) and "{" in celda.valor)
        return tuple(Escrito(EnTabla(celda=c), "", sin_formato(str(c.valor)), en_carta=True) for c in citan)

    def _del_oficio(self) -> Iterator[Escrito]:
        oficio = self.libro.oficio
        assert oficio is not None
        for campo, texto in (("asunto", oficio.asunto), ("despedida", oficio.despedida)):
            if texto:
                yield Escrito(oficio, campo, sin_formato(texto), en_carta=True)
        for bloque in self.libro.cuerpo:
            if bloque.texto:
                yield Escrito(bloque, "texto", sin_formato(bloque.texto), en_carta=True)
        if any(bloque.tipo in TABLAS_DE_CUENTAS for bloque in self.libro.cuerpo):
            yield from self._de_las_cuentas(("observaciones",), en_carta=True)

    def _del_informe(self) -> Iterator[Escrito]:
        informe = self.libro.informe
        if informe is not None:
            for campo in ("presentacion", "conclusiones", "recomendaciones"):
                if texto := getattr(informe, campo):
                    yield Escrito(informe, campo, sin_formato(texto))
        yield from self._de_las_cuentas(("observaciones", "recomendacion"), en_carta=False)

    def _de_las_cuentas(self, campos: tuple[str, ...], *, en_carta: bool) -> Iterator[Escrito]:
        for cuenta in self.libro.cuentas:
            for campo in campos:
                if texto := getattr(cuenta, campo):
                    yield Escrito(cuenta, campo, sin_formato(texto), cuenta, en_carta)
