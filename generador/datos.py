"""`dataclass`: la de la biblioteca estándar, declarada en mucho menos tiempo.

Hasta Python 3.12 aquélla compila por separado cada método de cada clase —seis en una congelada—, y eso era la octava
parte de lo que tarda una orden. Aquí los métodos sirven a cualquier clase; sólo se compila el ``__init__`` de las que
reciben sus campos por su orden, que son las que se crean por miles. Quien pida Python 3.13 puede volver a la estándar
con sólo cambiar de dónde la importa.
"""

import dataclasses
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

_Campos = Sequence["dataclasses.Field[Any]"]
_Metodos = dict[str, Callable[..., object] | None]


def _dataclass(
    clase: type | None = None,
    /,
    *,
    frozen: bool = False,
    eq: bool = True,
    kw_only: bool = False,
    slots: bool = False,
) -> Any:
    """Se usa como la estándar; ``fields``, ``replace`` y ``asdict`` no notan la diferencia."""

    def declarar(clase: type) -> type:
        escritos = frozenset(vars(clase))
        clase.__doc__ = clase.__doc__ or clase.__name__  # sin docstring, la estándar le escribe una, y tarda
        dato: type = dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only, slots=slots)(clase)
        campos = dataclasses.fields(dato)
        al_crear = _por_nombre if all(campo.kw_only for campo in campos) else _por_su_orden
        metodos: _Metodos = {"__init__": al_crear(dato, campos), "__repr__": _como_se_ve}
        metodos |= _comparaciones(campos, con_huella=frozen) if eq else {}
        metodos |= _CONGELAN if frozen else {}
        for nombre, metodo in metodos.items():
            if nombre not in escritos:
                setattr(dato, nombre, metodo)
        return dato

    return declarar if clase is None else declarar(clase)


def _por_nombre(dato: type, campos: _Campos) -> Callable[..., None]:
    """El ``__init__`` de la que sólo los recibe por su nombre."""
    nombres = {campo.name for campo in campos}
    omisiones = {campo.name: campo.default for campo in campos if campo.default is not dataclasses.MISSING}
    nuevos = [(c.name, c.default_factory) for c in campos if c.default_factory is not dataclasses.MISSING]
    poner = object.__setattr__
    terminar = getattr(dato, "__post_init__", None)

    def iniciar(uno: object, **valores: object) -> None:
        todos = {**omisiones, **valores}
        for nombre, nuevo in nuevos:
            if nombre not in valores:
                todos[nombre] = nuevo()
        if todos.keys() != nombres:
            raise TypeError(f"{dato.__qualname__}: faltan o sobran {', '.join(sorted(todos.keys() ^ nombres))}")
        for nombre, valor in todos.items():
            poner(uno, nombre, valor)
        if terminar is not None:
            terminar(uno)

    return iniciar


def _por_su_orden(dato: type, campos: _Campos) -> Callable[..., None]:
    """El ``__init__`` de las demás: un parámetro por campo, al final los que sólo se dan por su nombre."""
    espacio: dict[str, Any] = {"_poner": object.__setattr__, "_falta": dataclasses.MISSING}
    parametros, cuerpo = ["self"], []
    for campo in sorted(campos, key=lambda campo: campo.kw_only is True):
        nombre = valor = campo.name
        if campo.kw_only and "*" not in parametros:
            parametros.append("*")
        if campo.default is not dataclasses.MISSING:
            espacio[f"_omision_{nombre}"] = campo.default
            parametros.append(f"{nombre}=_omision_{nombre}")
        elif campo.default_factory is not dataclasses.MISSING:
            espacio[f"_nuevo_{nombre}"] = campo.default_factory
            parametros.append(f"{nombre}=_falta")
            valor = f"_nuevo_{nombre}() if {nombre} is _falta else {nombre}"
        else:
            parametros.append(nombre)
        cuerpo.append(f" _poner(self, {nombre!r}, {valor})\n")
    if hasattr(dato, "__post_init__"):
        cuerpo.append(" self.__post_init__()\n")
    exec(f"def __init__({', '.join(parametros)}):\n{''.join(cuerpo) or ' pass'}", espacio)
    iniciar: Callable[..., None] = espacio["__init__"]
    return iniciar


def _comparaciones(campos: _Campos, *, con_huella: bool) -> _Metodos:
    comparados = [campo.name for campo in campos if campo.compare]
    valores: Callable[[object], object] = attrgetter(*comparados) if comparados else type

    def igual(uno: object, otro: object) -> bool:
        return valores(uno) == valores(otro) if otro.__class__ is uno.__class__ else NotImplemented

    def huella(uno: object) -> int:
        return hash(valores(uno))

    return {"__eq__": igual, "__hash__": huella if con_huella else None}


def _como_se_ve(dato: Any) -> str:
    vistos = (f"{campo.name}={getattr(dato, campo.name)!r}" for campo in dataclasses.fields(dato) if campo.repr)
    return f"{type(dato).__qualname__}({', '.join(vistos)})"


def _no_cambia(dato: object, nombre: str, *_: object) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"«{nombre}» de {type(dato).__qualname__} no cambia")


def _guardar(dato: Any) -> dict[str, object]:
    """Lo que `pickle` guarda; con ``slots``, sin esto, al recobrarlo asignaría los campos."""
    return {campo.name: getattr(dato, campo.name) for campo in dataclasses.fields(dato)}


def _recobrar(dato: object, valores: dict[str, object]) -> None:
    for nombre, valor in valores.items():
        object.__setattr__(dato, nombre, valor)


_CONGELAN: _Metodos = {
    "__setattr__": _no_cambia,
    "__delattr__": _no_cambia,
    "__getstate__": _guardar,
    "__setstate__": _recobrar,
}

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass  # para mypy es la estándar
else:
    dataclass = _dataclass
