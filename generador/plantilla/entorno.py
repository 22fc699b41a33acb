"""El único entorno de Jinja: caja de arena, escape automático y nada más que lo previsto.

Se importa al compilar la primera plantilla, no antes: Jinja no hace falta para pedir ayuda.
"""

import html
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from types import CodeType
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generador import castellano
from generador.grafica import Grafica
from generador.hallazgos import ErrorDePlantilla
from generador.plantilla.etiquetas import ETIQUETA
from generador.plantilla.texto import PEDIDAS, marca_de_grafica

MAX_PINTADO = 100_000_000  # caracteres de una parte ya pintada
_FILTROS_DE_JINJA: Mapping[str, str] = {
    "join": 'Une los de una lista con lo que se le diga: lista|join("; ").',
    "length": "Cuántos hay en una lista.",
    "first": "El primero de una lista.",
    "last": "El último de una lista.",
}
_FILTROS_NUESTROS: Mapping[str, Callable[..., str]] = {
    "mayuscula_inicial": castellano.mayuscula_inicial,
    "mayusculas": castellano.mayusculas,
    "enumerar": castellano.enumerar,
    "unir": castellano.unir,
}
_XML = re.compile(r"<[^>]*>")


class ValorSinResolver(TypeError):
    """Un valor que la plantilla no sabe escribir: fechas y cifras llegan ya redactadas del contexto."""


class _Entorno(ImmutableSandboxedEnvironment):
    """Sólo datos: los nombres se buscan como claves, y no se llama a nada que no sea ``loop``."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict or isinstance(obj, Mapping):  # preguntar por Mapping cuesta lo que todo lo demás
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        if operator == "**" or not (isinstance(left, int) and isinstance(right, int)):
            raise SecurityError(f"la operación «{operator}» sólo se permite entre números enteros")
        return super().call_binop(context, operator, left, right)


@pass_context
def _por_escribir(contexto: Context, valor: object) -> object:
    """Lo que se imprime de un valor: textos, enteros y gráficas; None es vacío; lo demás no llegó resuelto."""
    if type(valor) is str:
        return valor
    if valor is None:
        return ""
    if isinstance(valor, str | Undefined) or (isinstance(valor, int) and not isinstance(valor, bool)):
        return valor
    if isinstance(valor, Grafica):
        pedidas: list[Grafica] = contexto[PEDIDAS]
        pedidas.append(valor)
        return marca_de_grafica(len(pedidas) - 1)
    raise ValorSinResolver(f"es de tipo {type(valor).__name__} y aquí sólo se escriben textos y números enteros")


@lru_cache(maxsize=1)
def entorno() -> _Entorno:
    """El entorno, siempre el mismo; nadie lo cambia después de creado."""
    nuevo = _Entorno(autoescape=True, undefined=StrictUndefined, finalize=_por_escribir, keep_trailing_newline=True)
    nuevo.globals.clear()
    nuevo.filters = {nombre: nuevo.filters[nombre] for nombre in _FILTROS_DE_JINJA} | dict(_FILTROS_NUESTROS)
    return nuevo


def filtros() -> dict[str, str]:
    """Los filtros que una plantilla puede usar y qué hace cada uno, en un renglón."""
    nuestros = {nombre: (filtro.__doc__ or "").partition("\n")[0] for nombre, filtro in _FILTROS_NUESTROS.items()}
    return {nombre: que.replace("``", "") for nombre, que in (nuestros | dict(_FILTROS_DE_JINJA)).items()}


def compilar(fuente: str, lugar: str) -> CodeType:
    """El código de la plantilla. Levanta ErrorDePlantilla con cada etiqueta que no se entiende."""
    try:
        return entorno().compile(fuente)
    except RecursionError as error:
        raise ErrorDePlantilla(f"{lugar}: hay una etiqueta con demasiados paréntesis o condiciones.") from error
    except TemplateError as error:
        raise ErrorDePlantilla(_explicar_sintaxis(fuente, lugar, error)) from error


def de_codigo(codigo: CodeType) -> Template:
    """La plantilla lista para pintarse."""
    return Template.from_code(entorno(), codigo, entorno().make_globals(None))


def pintar(plantilla: Template, fuente: str, contexto: Mapping[str, object], lugar: str) -> Iterator[str]:
    """El XML con los datos puestos, por trozos. Levanta ErrorDePlantilla con el párrafo donde algo falló."""
    try:
        yield from _con_tope(plantilla.generate(dict(contexto)), lugar)
    except UndefinedError as error:
        raise ErrorDePlantilla(_explicar_faltantes(fuente, contexto, lugar, error)) from error
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        renglon = _renglon(fuente, _linea_del_error(error))
        raise ErrorDePlantilla(f"{lugar}, en «{_legible(renglon)}»: {_en_castellano(error)}.") from error


def _con_tope(trozos: Iterator[str], lugar: str) -> Iterator[str]:
    total = 0
    for trozo in trozos:
        total += len(trozo)
        if total > MAX_PINTADO:
            raise ErrorDePlantilla(f"{lugar}: el documento sale demasiado grande. Revise los ciclos de la plantilla.")
        yield trozo


# --- explicar ------------------------------------------------------------------------------------


def _en_castellano(error: Exception) -> str:
    match error:
        case ValorSinResolver():
            return f"el valor {error}"
        case SecurityError() if "«" in str(error):
            return str(error)
        case SecurityError():
            return "la plantilla intenta algo que no se permite; sólo se escriben datos y se usan filtros"
        case RecursionError():
            return "las etiquetas están anidadas sin fin"
        case TypeError() if "not iterable" in str(error):
            return "se recorre con «for» algo que no es una lista"
        case _:
            return f"la operación no se puede hacer con esos datos ({type(error).__name__})"


def _explicar_sintaxis(fuente: str, lugar: str, error: TemplateError) -> str:
    """Cada etiqueta mala, probada por separado; si ninguna lo es sola, el renglón que dice Jinja."""
    malas = [
        f"{lugar}, en «{_legible(renglon)}»: {problema}"
        for renglon in fuente.split("\n")
        for etiqueta in ETIQUETA.findall(renglon)
        if (problema := _probar(etiqueta))
    ]
    if malas:
        return "\n".join(malas)
    numero = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    return f"{lugar}, en «{_legible(_renglon(fuente, numero))}»: la etiqueta no está bien escrita."


_ENVOLTURAS = {
    "for": "{}{{% endfor %}}",
    "if": "{}{{% endif %}}",
    "with": "{}{{% endwith %}}",
    "elif": "{{% if 1 %}}{}{{% endif %}}",
    "else": "{{% if 1 %}}{}{{% endif %}}",
    "endfor": "{{% for x in [] %}}{}",
    "endif": "{{% if 1 %}}{}",
    "endwith": "{{% with %}}{}",
    "endset": "{{% set x %}}{}",
}


def _probar(etiqueta: str) -> str:
    """Por qué no se entiende una etiqueta sola; vacío si se entiende."""
    palabra = re.match(r"\{%[-+]?\s*(\w+)", etiqueta)
    molde = _ENVOLTURAS.get(palabra[1], "{}") if palabra else "{}"
    if palabra and palabra[1] == "set" and "=" not in etiqueta:
        molde = "{}{{% endset %}}"
    try:
        entorno().from_string(molde.format(etiqueta))
    except TemplateError as error:
        if sin_filtro := re.match(r"No filter named '(.*?)'", str(error)):
            return f"no existe el filtro «{sin_filtro[1]}». Se pueden usar: {', '.join(sorted(entorno().filters))}."
        return f"«{etiqueta}» no está bien escrita."
    return ""


def _explicar_faltantes(fuente: str, contexto: Mapping[str, object], lugar: str, error: UndefinedError) -> str:
    """Todos los nombres que faltan: se pinta otra vez anotándolos en lugar de detenerse."""
    faltan: dict[tuple[str, str], None] = {}

    def anotar(indefinido: Undefined) -> None:
        renglon = _renglon(fuente, _linea_en_curso())
        nombre, parecido = _nombre_y_parecido(indefinido, renglon, contexto)
        quiso = f" ¿Quiso decir «{parecido}»?" if parecido else ""
        faltan[f"«{nombre}» no existe.{quiso}", _legible(renglon)] = None

    otra = entorno().overlay(undefined=_que_anota(anotar))
    try:
        for _ in otra.from_string(fuente).generate(dict(contexto)):
            pass
    except Exception:  # ya hay un error que contar; éste sólo buscaba más
        faltan = faltan or {(str(error), ""): None}
    return "\n".join(f"{lugar}, en «{donde}»: {problema}" for problema, donde in faltan)


def _que_anota(anotar: Callable[[Undefined], None]) -> type[Undefined]:
    """Un indefinido que se deja usar como texto vacío o lista vacía, y lo cuenta."""

    class Anotado(Undefined):
        def _avisar(self) -> None:
            anotar(self)

        def __getattr__(self, nombre: str) -> Any:
            if nombre.startswith("__"):
                raise AttributeError(nombre)
            self._avisar()
            return self

        def __getitem__(self, clave: object) -> Any:
            self._avisar()
            return self

        def __str__(self) -> str:
            self._avisar()
            return ""

        def __iter__(self) -> Iterator[Any]:
            self._avisar()
            return iter(())

        def __bool__(self) -> bool:
            self._avisar()
            return False

        def __len__(self) -> int:
            self._avisar()
            return 0

        def __eq__(self, otro: object) -> bool:
            self._avisar()
            return False

        def __hash__(self) -> int:
            return 0

    return Anotado


def _nombre_y_parecido(indefinido: Undefined, renglon: str, contexto: Mapping[str, object]) -> tuple[str, str]:
    """``("sesion.fehca", "sesion.fecha")``: el nombre como está escrito, y el que quizá quiso ser."""
    nombre = str(indefinido._undefined_name)
    duenno = indefinido._undefined_obj
    raiz = duenno is sys.modules["jinja2.utils"].missing
    claves = contexto if raiz else duenno if isinstance(duenno, Mapping) else ()
    escrito = re.search(rf"((?:\w+\.)*){re.escape(nombre)}\b", " ".join(ETIQUETA.findall(renglon)))
    camino = escrito[1] if escrito and not raiz else ""
    parecidos = get_close_matches(nombre, map(str, claves), n=1)
    return camino + nombre, camino + parecidos[0] if parecidos else ""


def _renglon(fuente: str, numero: int) -> str:
    renglones = fuente.split("\n")
    return renglones[numero - 1] if 0 < numero <= len(renglones) else ""


def _legible(xml: str) -> str:
    texto = " ".join(html.unescape(_XML.sub("", xml)).split())
    return texto if len(texto) <= 90 else f"{texto[:87]}…"


def _linea_del_error(error: BaseException) -> int:
    """La línea de la plantilla donde ocurrió (Jinja reescribe la traza con las suyas)."""
    linea, traza = 0, error.__traceback__
    while traza:
        if traza.tb_frame.f_code.co_filename == "<template>":
            linea = traza.tb_lineno
        traza = traza.tb_next
    return linea


def _linea_en_curso() -> int:
    """La línea de la plantilla que se está pintando ahora mismo, vista desde un indefinido."""
    marco = sys._getframe()
    while marco and marco.f_code.co_filename != "<template>":
        if marco.f_back is None:
            return 0
        marco = marco.f_back
    plantilla = marco.f_globals.get("__jinja_template__")
    return plantilla.get_corresponding_lineno(marco.f_lineno) if plantilla else 0
