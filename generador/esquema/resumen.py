"""Resumir: qué hojas de un libro se leyeron, con cuántos renglones, y qué se pasó por alto."""

from collections.abc import Iterable, Iterator

from generador.castellano import enumerar
from generador.celdas import Celda, Hoja, Libro, clave, letras
from generador.datos import dataclass
from generador.esquema.declaracion import Seccion, campo_de_hojas_libres, campos, secciones
from generador.esquema.lectura import (
    _celda_de_ficha,
    _columnas,
    _columnas_ajenas,
    _fila_de_encabezado,
    _hojas_ajenas,
    renglones_ajenos,
)

_MAX_TRAMOS = 6  # los que se nombran de los renglones ocultos


@dataclass(frozen=True)
class HojaLeida:
    """Una hoja que se leyó y lo que trae escrito: renglones o, si es una ficha, datos."""

    hoja: str
    renglones: int
    de: str = "renglón"

    def __str__(self) -> str:
        """``"Asistencia (15 renglones)"``."""
        plurales = {"renglón": "renglones", "dato": "datos"}
        return f"{self.hoja} ({self.renglones} {self.de if self.renglones == 1 else plurales[self.de]})"


@dataclass(frozen=True)
class Ignorada:
    """Una hoja que no se leyó o, con ``columna``, una columna o un renglón suyo, cuyo rótulo está en ``celda``."""

    hoja: str
    columna: str = ""
    celda: str = ""
    que: str = "la columna"

    def __str__(self) -> str:
        """``"la columna «Teléfono» de «Asistencia»"``."""
        return f"{self.que} «{self.columna}» de «{self.hoja}»" if self.columna else f"la hoja «{self.hoja}»"


def hojas_leidas(modelo: type, libro: Libro) -> Iterator[HojaLeida]:
    """Las hojas del modelo que hay en el libro y, si las admite, las de la persona."""
    for seccion in secciones(modelo):
        hoja = libro.hoja(seccion.hoja)
        if hoja is None:
            continue
        if seccion.es_tabla:
            yield HojaLeida(hoja.nombre, _renglones(seccion, hoja))
        else:
            yield HojaLeida(hoja.nombre, _datos(seccion, hoja, libro), "dato")
    if campo_de_hojas_libres(modelo):
        for nombre in _hojas_ajenas(modelo, libro):
            libre = libro.hoja(nombre)
            yield HojaLeida(nombre, max(0, len(libre.filas) - 1) if libre else 0)


def ignoradas(modelo: type, libro: Libro) -> Iterator[Ignorada]:
    """Las hojas y columnas que no son del programa y nadie usa."""
    if not campo_de_hojas_libres(modelo):
        yield from map(Ignorada, _hojas_ajenas(modelo, libro))
    for seccion in secciones(modelo):
        hoja = libro.hoja(seccion.hoja)
        if hoja and not seccion.es_tabla:
            celdas = {c.nombre: _celda_de_ficha(seccion, c, hoja, libro) for c in campos(seccion.registro)}
            escritas = {nombre: celda for nombre, celda in celdas.items() if celda is not None}
            for rotulo, lugar in renglones_ajenos(seccion, hoja, escritas).items():
                yield Ignorada(hoja.nombre, rotulo, hoja.en(*lugar).direccion, "el renglón")
        encabezado = _fila_de_encabezado(seccion.registro, hoja) if hoja and seccion.es_tabla else None
        if hoja is None or encabezado is None or seccion.admite_otras:
            continue
        propias, dichos = _columnas(seccion, hoja, encabezado)
        erradas = {hallazgo.celda for hallazgo in dichos if hallazgo.es_error}
        for rotulo, columna in _columnas_ajenas(propias, hoja, encabezado).items():
            celda = hoja.en(encabezado, columna)
            if celda.direccion not in erradas:  # quizá es una del programa con otro nombre, o está dos veces
                yield Ignorada(hoja.nombre, rotulo, celda.direccion)


@dataclass(frozen=True)
class Oculto:
    """Lo que no se ve en Excel y se leyó igual: la hoja entera o, si se dicen, esos renglones o esa columna."""

    hoja: str
    renglones: tuple[int, ...] = ()
    columna: str = ""

    def __str__(self) -> str:
        """``"la hoja «Votos»"``, ``"los renglones 4 a 6 y 9 de «Votos»"``, ``"la columna «Punto» de «Votos»"``."""
        if self.columna:
            return f"la columna «{self.columna}» de «{self.hoja}»"
        if not self.renglones:
            return f"la hoja «{self.hoja}»"
        cuales = "el renglón" if len(self.renglones) == 1 else "los renglones"
        return f"{cuales} {enumerar(_tramos(self.renglones))} de «{self.hoja}»"


def _tramos(numeros: Iterable[int]) -> list[str]:
    """``(4, 5, 6, 9)`` → ``["4 a 6", "9"]``; de muchos tramos, los primeros."""
    tramos: list[list[int]] = []
    for numero in numeros:
        if tramos and numero == tramos[-1][1] + 1:
            tramos[-1][1] = numero
        else:
            tramos.append([numero, numero])
    dichos = [f"{a}" if a == b else f"{a} a {b}" for a, b in tramos[:_MAX_TRAMOS]]
    return [*dichos, "otros"] if len(tramos) > _MAX_TRAMOS else dichos


def ocultos(modelo: type, libro: Libro) -> Iterator[Oculto]:
    """Lo que está oculto en Excel y trae algo que se leyó, en el orden en que se lee."""
    for seccion in secciones(modelo):
        hoja = libro.hoja(seccion.hoja)
        if hoja is None:
            continue
        leidas = _celdas_leidas(seccion, hoja, libro)
        if hoja.oculta and leidas:
            yield Oculto(hoja.nombre)
            continue
        if filas := sorted({celda.fila for celda in leidas} & hoja.filas_ocultas):
            yield Oculto(hoja.nombre, tuple(filas))
        columnas = sorted({celda.columna for celda in leidas})
        for columna in (c for c in columnas if any(desde <= c <= hasta for desde, hasta in hoja.columnas_ocultas)):
            yield Oculto(hoja.nombre, columna=_como_se_llama(seccion, hoja, columna))
    if campo_de_hojas_libres(modelo):
        ajenas = _hojas_ajenas(modelo, libro)
        yield from (Oculto(hoja.nombre) for hoja in libro.hojas if hoja.nombre in ajenas and hoja.oculta)


def _celdas_leidas(seccion: Seccion, hoja: Hoja, libro: Libro) -> list[Celda]:
    """Lo que la persona escribió en una hoja: los datos de una ficha o lo que está bajo los encabezados."""
    if not seccion.es_tabla:
        celdas = (_celda_de_ficha(seccion, campo, hoja, libro) for campo in campos(seccion.registro))
        return [celda for celda in celdas if celda is not None and not celda.vacia and celda.hoja == hoja.nombre]
    encabezado = _fila_de_encabezado(seccion.registro, hoja)
    if encabezado is None:
        return []
    return [celda for (fila, _), celda in hoja.celdas.items() if fila > encabezado and not celda.vacia]


def _como_se_llama(seccion: Seccion, hoja: Hoja, columna: int) -> str:
    """El encabezado de una columna; en una ficha, o si no tiene, su letra."""
    encabezado = _fila_de_encabezado(seccion.registro, hoja) if seccion.es_tabla else None
    return (hoja.en(encabezado, columna).texto.rstrip(" *") if encabezado else "") or letras(columna)


def parecido_a(modelo: type, libro: Libro) -> int:
    """Cuántas hojas del modelo tiene el libro: con qué se reconoce el que perdió su marca."""
    suyas = {clave(hoja.nombre) for hoja in libro.hojas}
    return sum(clave(seccion.hoja) in suyas for seccion in secciones(modelo))


def _renglones(seccion: Seccion, hoja: Hoja) -> int:
    encabezado = _fila_de_encabezado(seccion.registro, hoja)
    if encabezado is None:
        return 0
    propias = set(_columnas(seccion, hoja, encabezado)[0].values())
    escritas = {f for (f, c), celda in hoja.celdas.items() if f > encabezado and c in propias and not celda.vacia}
    return len(escritas)


def _datos(seccion: Seccion, hoja: Hoja, libro: Libro) -> int:
    celdas = [_celda_de_ficha(seccion, campo, hoja, libro) for campo in campos(seccion.registro)]
    return sum(celda is not None and not celda.vacia for celda in celdas)
