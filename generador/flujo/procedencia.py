"""De qué celdas salió un párrafo: se buscan en él los valores del libro, tal como el documento los escribe."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any

from generador.castellano import fecha_larga
from generador.celdas import Libro, en_un_renglon, renglones
from generador.documentos.tipo import Tipo
from generador.esquema import Registro, leer

_MAS_IMPORTANTES = 3
_MINIMO = 3  # letras: un «2» o un «Sí» están en cualquier parte
_NOMBRE = re.compile(r"\{[^{}]*\}")


@dataclass(frozen=True)
class Fuente:
    """Una celda del libro: ``"Desarrollo!D14"``, su columna o dato («Texto») y de qué libro si son varios."""

    celda: str
    campo: str
    libro: str = ""

    def __str__(self) -> str:
        """``"Desarrollo!D14"`` o ``"Desarrollo!D14 de «minuta.xlsx»"``."""
        return f"{self.celda} de «{self.libro}»" if self.libro else self.celda


@dataclass(frozen=True)
class _Entrada:
    fuente: Fuente
    registro: int
    trozos: tuple[str, ...]  # lo que tiene que estar en el párrafo


class Indice:
    """Los valores de uno o varios libros, para preguntar de cuáles salió un texto."""

    def __init__(self, entradas: Iterable[_Entrada]) -> None:
        self._entradas = tuple(entradas)

    def de(self, texto: str, cambiado: Sequence[str] = ()) -> tuple[Fuente, ...]:
        """Las celdas de las que salió, la más probable primero y hasta tres; vacío si ninguna.

        ``cambiado``: de preferencia, las que dicen eso (lo que la persona corrigió).
        """
        plano = _plano(texto)
        halladas = [(entrada, _cubre(entrada, plano)) for entrada in self._entradas]
        presentes = [(entrada, cuanto) for entrada, cuanto in halladas if cuanto]
        if not presentes:
            return ()
        por_registro: dict[int, int] = {}
        for entrada, cuanto in presentes:
            por_registro[entrada.registro] = por_registro.get(entrada.registro, 0) + cuanto
        buscado = [_plano(trozo) for trozo in cambiado if len(_plano(trozo)) >= _MINIMO]

        def importancia(par: tuple[_Entrada, int]) -> tuple[bool, int, int]:
            entrada, cuanto = par
            lo_dice = any(trozo in parte for trozo in buscado for parte in entrada.trozos)
            return lo_dice, por_registro[entrada.registro], cuanto

        ordenadas = sorted(presentes, key=importancia, reverse=True)
        mejor = ordenadas[0][0].registro
        suyas = [entrada.fuente for entrada, _ in ordenadas if entrada.registro == mejor]
        return tuple(dict.fromkeys(suyas))[:_MAS_IMPORTANTES]


def indice_de(tipo: Tipo[Any], libro: Libro, nombre: str = "") -> Iterator[_Entrada]:
    """Los valores de un libro con su celda; ninguno si no se puede leer."""
    modelo, _ = leer(tipo.modelo, libro)
    if modelo is None:
        return
    for numero, registro in enumerate(_registros(modelo)):
        for campo, celda in registro.origen.celdas.items():
            trozos = tuple(_trozos(getattr(registro, campo, None)))
            if trozos:
                rotulo = registro.hallazgo(campo, "", "").campo
                yield _Entrada(Fuente(f"{celda.hoja}!{celda.direccion}", rotulo, nombre), id(registro) + numero, trozos)


def _registros(modelo: Any) -> Iterator[Registro]:
    for campo in fields(modelo):
        valor = getattr(modelo, campo.name)
        for registro in valor if isinstance(valor, tuple) else (valor,):
            if isinstance(registro, Registro):
                yield registro
            elif is_dataclass(registro) and not isinstance(registro, type):
                yield from _registros(registro)


def _trozos(valor: Any) -> Iterator[str]:
    """Lo que del valor llega al papel: ``"{quien} informó que hay {n} puntos"`` → «informó que hay», «puntos»."""
    if isinstance(valor, bool | Enum):
        return
    if isinstance(valor, datetime | date):
        yield _plano(fecha_larga(valor))
    elif isinstance(valor, time):
        yield f"{valor:%H:%M}"
    elif isinstance(valor, int | float):
        if abs(valor) >= 10 ** (_MINIMO - 1):
            yield _plano(f"{valor:,}")
    elif isinstance(valor, str):
        for renglon in renglones(valor):
            yield from (plano for trozo in _NOMBRE.split(renglon) if len(plano := _plano(trozo)) >= _MINIMO)


def _cubre(entrada: _Entrada, plano: str) -> int:
    """Cuántas letras del párrafo son de esa celda; 0 si no está."""
    presentes = [trozo for trozo in entrada.trozos if _esta(trozo, plano)]
    letras = sum(map(len, presentes))
    return letras if letras * 2 > sum(map(len, entrada.trozos)) or letras * 2 > len(plano) else 0


def _esta(trozo: str, plano: str) -> bool:
    lugar = plano.find(trozo)
    while lugar >= 0:
        antes, despues = plano[lugar - 1 : lugar], plano[lugar + len(trozo) : lugar + len(trozo) + 1]
        if not (antes.isalnum() and trozo[0].isalnum()) and not (despues.isalnum() and trozo[-1].isalnum()):
            return True
        lugar = plano.find(trozo, lugar + 1)
    return False


def _plano(texto: str) -> str:
    return en_un_renglon(texto).casefold().strip(" .,;:")
