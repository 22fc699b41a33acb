"""Una hoja de la persona, tomada como tabla: para ponerla en el oficio, verificar sus sumas o hacer una gráfica."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cached_property

from generador.castellano import decimal, numero_leido
from generador.celdas import Celda, Hoja, clave, en_un_renglon, es_total
from generador.datos import dataclass
from generador.esquema import como_en_excel

Cifra = int | float

MAX_COLUMNAS = 8  # con más, las cifras se parten
_INCONTABLE = 10**15  # desde ahí Excel ya no guarda todas las cifras
_DE_DINERO = ("$", "monto", "importe", "costo", "precio", "pesos", "presupuesto", "gasto", "pagado")
_NADA = ("-", "–", "—")  # lo que se escribe donde no hay cifra


@dataclass(frozen=True)
class Renglon:
    """Un renglón de la tabla: una celda por columna."""

    celdas: tuple[Celda, ...]

    @property
    def es_total(self) -> bool:
        """Si empieza con «Total» o «Suma»."""
        return es_total(self.celdas[0].texto)

    @property
    def es_subtotal(self) -> bool:
        """Si empieza con «Subtotal»."""
        return clave(self.celdas[0].texto).startswith("subtotal")


@dataclass(frozen=True)
class HojaLibre:
    """La tabla de una hoja: desde su primer renglón con dos o más celdas escritas, que es el encabezado."""

    hoja: Hoja

    @cached_property
    def encabezados(self) -> tuple[Celda, ...]:
        """Las celdas del encabezado, de izquierda a derecha; vacío si la hoja no trae una tabla."""
        filas: dict[int, list[Celda]] = {}
        for (fila, _), celda in sorted(self.hoja.celdas.items()):
            if not celda.vacia:
                filas.setdefault(fila, []).append(celda)
        return tuple(next((celdas for celdas in filas.values() if len(celdas) > 1), ()))

    @cached_property
    def renglones(self) -> tuple[Renglon, ...]:
        """Los renglones bajo el encabezado que tienen algo escrito."""
        if not self.encabezados:
            return ()
        primera = self.encabezados[0].fila
        columnas = [celda.columna for celda in self.encabezados]
        todos = (Renglon(tuple(self.hoja.en(f, c) for c in columnas)) for f in self.hoja.filas if f > primera)
        return tuple(renglon for renglon in todos if any(not celda.vacia for celda in renglon.celdas))

    @cached_property
    def de_cifras(self) -> tuple[bool, ...]:
        """Qué columnas traen cifras: todo lo escrito en ellas, o casi todo («n/d» no las vuelve de texto)."""
        columnas = zip(*(renglon.celdas for renglon in self.renglones), strict=True)
        hechas = tuple(self._de_cifras(columna) for columna in columnas)
        return (False, *hechas[1:]) if hechas else (False,) * len(self.encabezados)

    @staticmethod
    def _de_cifras(columna: tuple[Celda, ...]) -> bool:
        escritas = [celda for celda in columna if not celda.vacia and celda.texto not in _NADA]
        cifras = [celda for celda in escritas if cifra(celda) is not None]
        return bool(cifras) and (len(cifras) == len(escritas) or len(cifras) > max(1, len(escritas) / 2))

    def intrusas(self) -> Iterator[Celda]:
        """Las celdas de una columna de cifras que no traen una: «n/d», «muchos»."""
        for columna, _ in enumerate(self.encabezados):
            for renglon in self.renglones if self.de_cifras[columna] else ():
                celda = renglon.celdas[columna]
                if not celda.vacia and cifra(celda) is None and celda.texto not in _NADA and "{" not in celda.texto:
                    yield celda

    def escritas(self) -> Iterator[Celda]:
        """Las celdas que se imprimen, renglón por renglón, con el encabezado."""
        yield from self.encabezados
        for renglon in self.renglones:
            yield from (celda for celda in renglon.celdas if not celda.vacia)

    def resuelta(self, resolver: Callable[[str], str]) -> "HojaLibre":
        """La misma tabla, con los nombres entre llaves de sus celdas ya resueltos."""
        celdas = {
            lugar: replace(celda, valor=resolver(celda.valor))
            if isinstance(celda.valor, str) and "{" in celda.valor
            else celda
            for lugar, celda in self.hoja.celdas.items()
        }
        return HojaLibre(replace(self.hoja, celdas=celdas)) if celdas != self.hoja.celdas else self

    def columna(self, *nombres: str) -> int | None:
        """El lugar de la columna con alguno de esos encabezados; None si no está."""
        return next((i for i, c in enumerate(self.encabezados) if clave(c.texto) in nombres), None)

    def es_porcentaje(self, columna: int) -> bool:
        """Si el encabezado dice que la columna trae porcentajes."""
        titulo = self.encabezados[columna].texto.casefold()
        return "%" in titulo or "porcentaje" in titulo or "participación" in titulo

    def texto(self, renglon: Renglon, columna: int) -> str:
        """Lo que se imprime de una celda: ``384052`` → ``"384,052"``; en una columna de %, ``0.125`` → ``"12.5%"``.

        Si la celda tiene formato en Excel, como ahí se ve.
        """
        celda = renglon.celdas[columna]
        valor = cifra(celda)
        if dicha := como_en_excel(celda):
            return dicha
        if not self.de_cifras[columna] or valor is None or celda.texto.startswith("$") or celda.texto.endswith("%"):
            return celda.valor if isinstance(celda.valor, str) else celda.texto
        if self.es_porcentaje(columna):
            return f"{decimal(valor * self._factor(columna), self.decimales(columna))}%"
        return decimal(valor, self.decimales(columna))

    def decimales(self, columna: int) -> int:
        """Los de la cifra que más trae en la columna, hasta dos si es un porcentaje; si es dinero, ninguno o dos."""
        cifras = [valor * self._factor(columna) for valor in self._cifras(columna)]
        cuantos = max((len(f"{valor:.4f}".rstrip("0").partition(".")[2]) for valor in cifras), default=0)
        if self.es_porcentaje(columna):
            return min(cuantos, 2)
        es_dinero = any(palabra in self.encabezados[columna].texto.casefold() for palabra in _DE_DINERO)
        return 2 if es_dinero and cuantos else cuantos

    def _cifras(self, columna: int) -> list[Cifra]:
        return [valor for r in self.renglones if (valor := cifra(r.celdas[columna])) is not None]

    def _factor(self, columna: int) -> int:
        """100 en una columna de porcentajes que Excel guarda como partes de la unidad (12.5% es 0.125)."""
        cifras = self._cifras(columna) if self.es_porcentaje(columna) else []
        return 100 if any(isinstance(v, float) for v in cifras) and all(abs(v) <= 1 for v in cifras) else 1


def cifra(celda: Celda) -> Cifra | None:
    """El número de una celda, escrito como número o como texto (``"384,052"``, ``"12.5%"``); None si no lo es."""
    match celda.valor:
        case bool():
            return None
        case int() | float() as numero:
            return numero if math.isfinite(numero) and abs(numero) < _INCONTABLE else None
        case str():
            leido = numero_leido(en_un_renglon(celda.valor).removesuffix("%").removeprefix("$").strip())
            return leido if leido is not None and abs(leido) < _INCONTABLE else None
        case _:
            return None
