"""Resumir: qué hojas de un libro se leyeron, con cuántos renglones, y qué se pasó por alto."""

from collections.abc import Iterator
from dataclasses import dataclass

from generador.celdas import Hoja, Libro, clave
from generador.esquema.declaracion import Seccion, campo_de_hojas_libres, campos, secciones
from generador.esquema.lectura import (
    _celda_de_ficha,
    _columnas,
    _columnas_ajenas,
    _fila_de_encabezado,
    _hojas_ajenas,
    renglones_ajenos,
)


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
        propias, _ = _columnas(seccion, hoja, encabezado)
        for rotulo, columna in _columnas_ajenas(propias, hoja, encabezado).items():
            yield Ignorada(hoja.nombre, rotulo, hoja.en(encabezado, columna).direccion)


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
