"""Declarar: la dataclass es el esquema.

``plazo: date | None = campo("Plazo", ayuda="…")`` da la lectura tipada, el libro en blanco con sus ayudas
y listas, la tabla «qué escribir» del manual y el modelo del dominio.
"""

import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, field, fields
from enum import StrEnum
from functools import cache, cached_property
from typing import Any, NewType, TypeVar, cast

from generador.celdas import Celda, clave
from generador.datos import dataclass
from generador.hallazgos import Gravedad, Hallazgo

Texto = NewType("Texto", str)
"""Texto de la persona con sus párrafos («\\n») y su formato (marcas de `celdas`)."""

SI_O_NO = ("Sí", "No")
_Funcion = TypeVar("_Funcion", bound=Callable[..., Any])


def memoria(funcion: _Funcion) -> _Funcion:
    """`functools.cache` sin perder el tipo: mypy cree que las clases congeladas no tienen huella."""
    return cast(_Funcion, cache(funcion))


def campo(
    rotulo: str,
    *,
    ayuda: str = "",
    ejemplo: str = "",
    por_omision: Any = MISSING,
    sinonimos: tuple[str, ...] = (),
    entre: tuple[str, str] | None = None,
    minimo: int | None = None,
    maximo: int | None = None,
    ancho: int = 0,
    codigo: str = "",
    porcentaje: bool = False,
) -> Any:
    """Un dato que la persona escribe, con el rótulo con que lo ve en el libro.

    Sin ``por_omision`` y sin ``| None`` en la anotación es obligatorio. ``entre`` ofrece como lista los
    valores de otra tabla: ``("Asistencia", "Nombre corto")``. ``ancho``, en caracteres; 0: el de su tipo.
    ``codigo``, la verificación que lo exige («V-03»). ``porcentaje``: un entero que también se admite como 60%.
    """
    metadatos = {
        "rotulo": rotulo,
        "ayuda": ayuda,
        "ejemplo": ejemplo,
        "sinonimos": sinonimos,
        "entre": entre,
        "minimo": minimo,
        "maximo": maximo,
        "ancho": ancho,
        "codigo": codigo,
        "porcentaje": porcentaje,
    }
    return field(default=por_omision, metadata=metadatos)


def ficha(hoja: str, *, ayuda: str = "") -> Any:
    """Una hoja de un dato por renglón: rótulo, valor, ayuda.

    Si la anotación admite None, en blanco (o con sólo sus valores por omisión) se lee como None.
    """
    return field(metadata={"hoja": hoja, "ayuda": ayuda, "es_tabla": False, "minimo": 1})


def hojas_libres() -> Any:
    """Las hojas que no son del modelo, para quien las cite por su nombre; sin este campo, se avisa de cada una."""
    return field(default=(), metadata={"libres": True})


def tabla(hoja: str, *, minimo: int = 0, ayuda: str = "", admite_otras: bool = False) -> Any:
    """Una hoja de un registro por renglón; con ``minimo=0`` puede faltar.

    ``admite_otras``: se esperan columnas de la persona, así que no se avisa de ellas.
    """
    metadatos = {"hoja": hoja, "ayuda": ayuda, "es_tabla": True, "minimo": minimo, "admite_otras": admite_otras}
    return field(default=(), metadata=metadatos)


@dataclass(frozen=True)
class Origen:
    """De dónde salió un registro: hoja, fila (0: no viene de un libro) y la celda de cada campo.

    ``extras`` trae las columnas añadidas por la persona, por su rótulo: ``{"Teléfono": "55 1234"}``; una cifra, como
    la muestra Excel. ``ajenas``, sus celdas.
    """

    hoja: str = ""
    fila: int = 0
    celdas: Mapping[str, Celda] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    ajenas: Mapping[str, Celda] = field(default_factory=dict)


def en_celda(
    celda: Celda, problema: str, remedio: str, *, campo: str = "", codigo: str = "", aviso: bool = False
) -> Hallazgo:
    """Un hallazgo en una celda cualquiera."""
    return Hallazgo(
        hoja=celda.hoja,
        celda=celda.direccion,
        campo=campo,
        valor=celda.texto,
        problema=problema,
        remedio=remedio,
        codigo=codigo,
        gravedad=Gravedad.AVISO if aviso else Gravedad.ERROR,
    )


@dataclass(frozen=True, kw_only=True)
class Registro:
    """Un renglón de una tabla, o una ficha entera."""

    origen: Origen = field(default_factory=Origen, repr=False, compare=False)

    def hallazgo(self, nombre: str, problema: str, remedio: str, *, codigo: str = "", aviso: bool = False) -> Hallazgo:
        """Un hallazgo en la celda del campo ``nombre``; si el libro no trae ese campo, en la primera del renglón."""
        propia = self.origen.celdas.get(nombre)
        celda = propia or next(iter(self.origen.celdas.values()), None)
        return Hallazgo(
            hoja=self.origen.hoja,
            celda=celda.direccion if celda else "",
            campo=campo_de(type(self), nombre).rotulo,
            valor=propia.texto if propia else "",
            problema=problema,
            remedio=remedio,
            codigo=codigo,
            gravedad=Gravedad.AVISO if aviso else Gravedad.ERROR,
        )


class TextoLargo:
    """El tipo con que `campos` describe los campos anotados como `Texto`."""


@dataclass(frozen=True)
class Campo:
    """Un campo tal como se declaró. ``opciones`` vacía: texto libre."""

    nombre: str
    rotulo: str
    tipo: type
    obligatorio: bool
    por_omision: Any
    opciones: tuple[str, ...]
    ayuda: str
    ejemplo: str
    sinonimos: tuple[str, ...]
    entre: tuple[str, str] | None
    minimo: int | None
    maximo: int | None
    ancho: int
    codigo: str
    porcentaje: bool

    @property
    def es_texto_largo(self) -> bool:
        """Si admite párrafos y formato."""
        return self.tipo is TextoLargo

    @cached_property
    def claves(self) -> frozenset[str]:
        """Las claves de los encabezados que lo nombran."""
        return frozenset(clave(propio) for propio in (self.rotulo, *self.sinonimos))

    def responde_a(self, rotulo: str) -> bool:
        """Si un encabezado del libro nombra este campo."""
        return clave(rotulo) in self.claves


@dataclass(frozen=True)
class Seccion:
    """Una hoja del modelo: qué atributo llena, con qué registros y cuántos como mínimo."""

    atributo: str
    hoja: str
    registro: type[Registro]
    es_tabla: bool
    minimo: int
    ayuda: str
    opcional: bool = False
    admite_otras: bool = False

    def nombre_definido(self, campo: Campo) -> str:
        """El nombre de Excel de la celda de una ficha: ``"sesion_fecha"``."""
        return f"{self.atributo}_{campo.nombre}"


@memoria
def campos(registro: type[Registro]) -> tuple[Campo, ...]:
    """Los campos declarados en un registro, en orden."""
    anotaciones = typing.get_type_hints(registro)
    return tuple(
        _describir(propio.name, anotaciones[propio.name], propio.default, propio.metadata)
        for propio in fields(registro)
        if "rotulo" in propio.metadata
    )


def _describir(nombre: str, anotacion: Any, por_omision: Any, metadatos: Mapping[str, Any]) -> Campo:
    opcional = typing.get_origin(anotacion) in (types.UnionType, typing.Union)
    tipo = next(t for t in typing.get_args(anotacion) if t is not type(None)) if opcional else anotacion
    sin_omision = por_omision is MISSING
    return Campo(
        nombre=nombre,
        tipo=TextoLargo if tipo is Texto else tipo,
        obligatorio=sin_omision and not opcional,
        por_omision=None if sin_omision else por_omision,
        opciones=_opciones(tipo),
        **metadatos,
    )


def _opciones(tipo: Any) -> tuple[str, ...]:
    if tipo is bool:
        return SI_O_NO
    return tuple(tipo) if isinstance(tipo, type) and issubclass(tipo, StrEnum) else ()


_UnRegistro = TypeVar("_UnRegistro", bound=Registro)


def a_medias(registro: type[_UnRegistro], **valores: Any) -> _UnRegistro:
    """Un registro con lo que ya se sabe y lo demás en blanco, aunque sea obligatorio: para crear un libro."""
    en_blanco = {campo.nombre: campo.por_omision for campo in campos(registro)}
    return registro(**(en_blanco | valores))


def campo_de(registro: type[Registro], nombre: str) -> Campo:
    """El campo de ese nombre."""
    return next(campo for campo in campos(registro) if campo.nombre == nombre)


@memoria
def secciones(modelo: type) -> tuple[Seccion, ...]:
    """Las hojas de un modelo, en el orden en que se leen y se crean."""
    anotaciones = typing.get_type_hints(modelo)
    return tuple(
        _seccion(propio.name, anotaciones[propio.name], propio.metadata)
        for propio in fields(modelo)
        if "hoja" in propio.metadata
    )


def _seccion(atributo: str, anotacion: Any, metadatos: Mapping[str, Any]) -> Seccion:
    argumentos = typing.get_args(anotacion)  # tuple[Voto, ...] → Voto; Oficio | None → Oficio
    opcional = type(None) in argumentos
    return Seccion(
        atributo=atributo,
        registro=argumentos[0] if argumentos else anotacion,
        opcional=opcional,
        **{**metadatos, "minimo": 0 if opcional else metadatos["minimo"]},
    )


@memoria
def campo_de_hojas_libres(modelo: type) -> str:
    """El atributo que recibe las hojas que no son del modelo; vacío si no las quiere."""
    return next((propio.name for propio in fields(modelo) if "libres" in propio.metadata), "")
