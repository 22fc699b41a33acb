"""El único entorno de Jinja: caja de arena, escape automático y nada más que lo previsto.

Se importa al compilar la primera plantilla, no antes: Jinja no hace falta para pedir ayuda.
"""

import re
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from types import CodeType
from typing import Any

from jinja2 import (
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    nodes,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.filters import do_join, make_attrgetter
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generador import castellano
from generador.grafica import Grafica
from generador.hallazgos import ErrorDePlantilla
from generador.plantilla.sintaxis import ETIQUETA, cortada
from generador.plantilla.texto import PEDIDAS, marca_de_grafica

MAX_PINTADO = 100_000_000  # caracteres de una parte ya pintada
MAX_VUELTAS = 2_000_000  # de todos los ciclos de una parte: una tabla de 50,000 renglones da 50,000
_FILTROS_DE_JINJA: Mapping[str, str] = {
    "length": "Cuántos hay en una lista.",
    "first": "El primero de una lista.",
    "last": "El último de una lista.",
}
_FILTROS_DE_TEXTO: Mapping[str, Callable[[str], str]] = {
    "mayuscula_inicial": castellano.mayuscula_inicial,
    "mayusculas": castellano.mayusculas,
    "unir": castellano.unir,
}
_FILTROS_DE_LISTA: Mapping[str, str] = {
    "join": 'Une los de una lista, lista|join("; "), o un dato de cada uno, lista|join("; ", "nombre").',
    "enumerar": (castellano.enumerar.__doc__ or "").partition("\n")[0],
}
PRUEBAS = ("defined", "divisibleby", "even", "none", "odd", "undefined")  # las de «is»
_RECORRER, _PEGAR = "recorrer una lista", "pegar un texto"  # con espacios: nadie puede escribirlos en una plantilla
_VUELTAS = "vueltas dadas"  # en el contexto: una lista con las que van
_JUNTOS = 64  # trozos de lo pintado que se pegan de una vez: pasarlos uno por uno cuesta lo que pintarlos
_SALTO_ANTES_DE_PARRAFO = re.compile(r"\n(?=<w:p[ >])")
_XML = re.compile(r"<[^>]*>")
_CICLO = re.compile(r"\{%[-+]?\s*for\b.*?%\}")
_SIN_EJEMPLO = re.compile(r' → "[^"]*\\u00a0[^"]*"')  # el espacio duro no se ve: el ejemplo no dice nada
_LEGIBLE = 90


class ValorSinResolver(TypeError):
    """Un valor con el que no se puede hacer lo que la plantilla pide; el mensaje es una frase sin punto."""


class DemasiadasVueltas(ValorSinResolver):
    """Ciclos dentro de ciclos que no acabarían nunca."""


class _Entorno(ImmutableSandboxedEnvironment):
    """Sólo datos: los nombres se buscan como claves, y no se llama a nada que no sea ``loop``."""

    intercepted_binops = frozenset(("+", "-", "*", "/", "//", "%", "**"))
    intercepted_unops = frozenset(("+", "-"))

    def _generate(self, source: nodes.Template, *demas: Any, **otros: Any) -> str:
        """El código de la plantilla, que al recorrer y al pegar comprueba lo que Jinja no.

        No escribe el salto que la fuente lleva antes de cada párrafo: sólo sirve para saber en qué línea va cada uno.
        """
        for fijo in source.find_all(nodes.TemplateData):
            fijo.data = _SALTO_ANTES_DE_PARRAFO.sub("", fijo.data)
        for ciclo in source.find_all(nodes.For):
            juntos = nodes.Const(isinstance(ciclo.target, nodes.Tuple))
            ciclo.iter = nodes.Filter(ciclo.iter, _RECORRER, [juntos], [], None, None, lineno=ciclo.lineno)
        for pegado in source.find_all(nodes.Concat):
            pegado.nodes = [
                nodes.Filter(suyo, _PEGAR, [], [], None, None, lineno=pegado.lineno) for suyo in pegado.nodes
            ]
        source.set_environment(self)
        return super()._generate(source, *demas, **otros)

    def getattr(self, obj: Any, attribute: str) -> Any:
        if type(obj) is dict or isinstance(obj, Mapping):  # preguntar por Mapping cuesta lo que todo lo demás
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def is_safe_callable(self, obj: Any) -> bool:
        return isinstance(getattr(obj, "__self__", None), LoopContext)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        for valor in (left, right):
            exigir_definido(valor)
        if operator == "**":
            raise SecurityError(NO_POTENCIAS)
        con_cifras = all(isinstance(valor, int | float) and not isinstance(valor, bool) for valor in (left, right))
        textos_o_listas = (isinstance(left, clase) and isinstance(right, clase) for clase in (str, list | tuple))
        if not con_cifras and not (operator == "+" and any(textos_o_listas)):
            raise ValorSinResolver(no_se_opera(operator, que_es(left), que_es(right)))
        return super().call_binop(context, operator, left, right)

    def call_unop(self, context: Any, operator: str, arg: Any) -> Any:
        exigir_definido(arg)
        if not isinstance(arg, int | float):
            raise ValorSinResolver(f"«{operator}» va con números, y ahí hay {que_es(arg)}. Quítelo")
        return super().call_unop(context, operator, arg)


REVISE_EL_NOMBRE = "Revise cómo está escrito: «generar plantilla campos» dice los que hay."
SOLO_DATOS = "y eso no se permite. Quítelo: sólo se escriben datos y se usan filtros"
NO_POTENCIAS = "la operación «**» no se permite. Calcule ese número en el libro"
_PREGUNTE = "Pregunte antes con «{% if … %}»"
ENTRE_CERO = f"se divide entre cero. {_PREGUNTE}"


def no_se_opera(operador: str, uno: str, otro: str) -> str:
    """``"«+» no va entre un texto y un número"``, con su remedio si lo tiene."""
    remedio = "Para pegar un texto con otra cosa use «~»" if operador == "+" else "Sólo va entre números"
    return f"«{operador}» no va entre {uno} y {otro}. {remedio}"


def que_es(valor: object) -> str:
    """``"un texto"``, ``"una lista"``…: cómo se llama un valor ante quien no programa."""
    match valor:
        case None | Undefined():
            return "algo sin dato"
        case bool():
            return "un sí o no"
        case int():
            return "un número"
        case float():
            return "un número con decimales"
        case str():
            return "un texto"
        case Grafica():
            return "una gráfica"
        case Mapping():
            return "varios datos juntos"
        case list() | tuple():
            return "una lista"
        case _:
            return "algo que no es un dato"


def exigir_definido(valor: object) -> None:
    """Levanta UndefinedError si el nombre no existe."""
    if isinstance(valor, Undefined):
        str(valor)


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
    raise ValorSinResolver(
        f"lo que se pide escribir es {que_es(valor)}, y aquí sólo se escriben textos y números enteros"
        f"{_en_su_lugar(valor)}"
    )


def _en_su_lugar(valor: object) -> str:
    match valor:
        case list() | tuple():
            return ". Recórrala con «for» o únala con «|enumerar»"
        case Mapping() if valor:
            return f". Escriba uno de ellos: {enumerar_algunos(map(str, valor))}"
        case bool():
            return ". Úselo en «if»"
        case float():
            return ". Para dividir sin decimales use «//»"
        case _:
            return ". Quítelo"


def enumerar_algunos(nombres: Iterable[str], cuantos: int = 6) -> str:
    """``"«titulo», «nombre»…"``: los primeros y, si hay más, puntos suspensivos."""
    lista = [f"«{nombre}»" for nombre in nombres]
    return ", ".join(lista[:cuantos]) + ("…" if len(lista) > cuantos else "")


@pass_context
def _recorrible(contexto: Context, valor: Any, con_varios_nombres: bool) -> Any:
    """Lo mismo, si es una lista: un texto se recorrería letra por letra. Cuenta las vueltas."""
    exigir_definido(valor)
    if isinstance(valor, str):
        raise ValorSinResolver("se recorre con «for» un texto, y saldría letra por letra. Escríbalo sin «for»")
    if valor is None or isinstance(valor, bool | int | float | Grafica):
        raise ValorSinResolver(
            f"se recorre con «for» algo que no es una lista: es {que_es(valor)}. Escriba una lista después de «in»"
        )
    if con_varios_nombres and any(not isinstance(uno, list | tuple) for uno in valor):
        raise ValorSinResolver("el «for» da varios nombres a cada uno. Dele uno solo: «{% for uno in … %}»")
    vueltas = contexto[_VUELTAS]
    vueltas[0] += len(valor)
    if vueltas[0] > MAX_VUELTAS:
        dicho = f"los ciclos dan más de {MAX_VUELTAS:,} de vueltas"
        raise DemasiadasVueltas(f"{dicho}. Quite los que están uno dentro de otro")
    return valor


@pass_context
def _join(contexto: Context, lista: Any, separador: str = "", attribute: str | int | None = None) -> str:
    if attribute is not None:
        dentro = make_attrgetter(contexto.environment, attribute)
        return _join(contexto, [dentro(uno) for uno in _unible(lista, "join")], separador)
    escritos = [_por_escribir(contexto, uno) for uno in _unible(lista, "join")]
    return str(do_join(contexto.eval_ctx, escritos, str(separador)))


@pass_context
def _enumerar(contexto: Context, lista: Any, conjuncion: str = "y") -> str:
    return castellano.enumerar([str(_por_escribir(contexto, uno)) for uno in _unible(lista, "enumerar")], conjuncion)


def _unible(lista: Any, filtro: str) -> Any:
    exigir_definido(lista)
    if not isinstance(lista, list | tuple):
        raise ValorSinResolver(no_es_para(filtro, que_es(lista)))
    return lista


def no_es_para(filtro: str, que: str) -> str:
    """``"el filtro «join» une los de una lista, y se le da un texto. Úselo con una lista"``."""
    de_lista = "une los de una lista" if filtro in _FILTROS_DE_LISTA else "cambia un texto"
    hace = {"length": "cuenta los de una lista", "first": "da el primero", "last": "da el último"}.get(filtro, de_lista)
    con = "un texto" if hace == "cambia un texto" else "una lista"
    return f"el filtro «{filtro}» {hace}, y se le da {que}. Úselo con {con}"


def _de_texto(nombre: str, filtro: Callable[[str], str]) -> Callable[[Any], str]:
    def aplicar(texto: Any) -> str:
        exigir_definido(texto)
        if texto is None:
            return ""
        if isinstance(texto, bool) or not isinstance(texto, str | int):
            raise ValorSinResolver(no_es_para(nombre, que_es(texto)))
        return filtro(str(texto))

    return aplicar


def _largo(valor: Any) -> int:
    exigir_definido(valor)
    if not isinstance(valor, str | list | tuple | Mapping):
        raise ValorSinResolver(no_es_para("length", que_es(valor)))
    return len(valor)


@lru_cache(maxsize=1)
def entorno() -> _Entorno:
    """El entorno, siempre el mismo; nadie lo cambia después de creado."""
    nuevo = _Entorno(autoescape=True, undefined=StrictUndefined, finalize=_por_escribir, keep_trailing_newline=True)
    nuevo.globals.clear()
    nuevo.filters = {
        **{nombre: nuevo.filters[nombre] for nombre in _FILTROS_DE_JINJA},
        **{nombre: _de_texto(nombre, filtro) for nombre, filtro in _FILTROS_DE_TEXTO.items()},
        **{"join": _join, "enumerar": _enumerar, "length": _largo, _RECORRER: _recorrible, _PEGAR: _por_escribir},
    }
    nuevo.tests = {nombre: nuevo.tests[nombre] for nombre in PRUEBAS}
    return nuevo


def filtros() -> dict[str, str]:
    """Los filtros que una plantilla puede usar y qué hace cada uno, en un renglón."""
    de_texto = {nombre: (filtro.__doc__ or "").partition("\n")[0] for nombre, filtro in _FILTROS_DE_TEXTO.items()}
    todos = {**de_texto, **_FILTROS_DE_LISTA, **_FILTROS_DE_JINJA}
    return {nombre: _SIN_EJEMPLO.sub("", que.replace("``", "")) for nombre, que in todos.items()}


def compilar(fuente: str, lugar: str) -> CodeType:
    """El código de la plantilla. Levanta ErrorDePlantilla con cada etiqueta que no se entiende."""
    try:
        return entorno().compile(fuente)
    except RecursionError as error:
        dicho = "hay una etiqueta con demasiados paréntesis o condiciones. Divídala en varias."
        raise ErrorDePlantilla(f"{lugar}: {dicho}") from error
    except TemplateError as error:
        raise ErrorDePlantilla(_explicar_sintaxis(fuente, lugar, error)) from error


def de_codigo(codigo: CodeType) -> Template:
    """La plantilla lista para pintarse."""
    return Template.from_code(entorno(), codigo, entorno().make_globals(None))


def pintar(
    plantilla: Template, fuente: str, contexto: Mapping[str, object], donde: Callable[[int], str]
) -> Iterator[str]:
    """El XML con los datos puestos, por trozos. Levanta ErrorDePlantilla con el párrafo donde algo falló.

    ``donde``: cómo se dice ante la persona una línea de la fuente.
    """
    try:
        yield from _juntos(plantilla.generate({**contexto, _VUELTAS: [0]}), donde)
    except UndefinedError as error:
        raise ErrorDePlantilla(_explicar_faltantes(fuente, contexto, donde, error)) from error
    except (
        TemplateError,
        TypeError,
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        RecursionError,
    ) as error:
        linea = _linea_del_error(error)
        renglon = _renglon(fuente, linea)
        if isinstance(error, DemasiadasVueltas):  # lo demás del renglón puede ser del párrafo de antes
            renglon = "".join(_CICLO.findall(renglon))
        raise ErrorDePlantilla(f"{donde(linea)}, en «{_legible(renglon)}»: {en_castellano(error)}.") from error


def _juntos(trozos: Iterator[str], donde: Callable[[int], str]) -> Iterator[str]:
    total = 0
    while varios := [*islice(trozos, _JUNTOS)]:
        juntos = "".join(varios)
        total += len(juntos)
        if total > MAX_PINTADO:
            raise ErrorDePlantilla(
                f"{donde(0)}: el documento sale demasiado grande. Revise los ciclos de la plantilla."
            )
        yield juntos


# --- explicar ------------------------------------------------------------------------------------


def en_castellano(error: Exception) -> str:
    """Qué pasó al calcular o al escribir, en una frase sin punto."""
    dicho = str(error)
    match error:
        case ValorSinResolver():
            return dicho
        case SecurityError() if "«" in dicho:
            return dicho
        case SecurityError():
            return f"la plantilla intenta ejecutar código, {SOLO_DATOS}"
        case RecursionError():
            return "las etiquetas están anidadas sin fin. Quite las que sobran"
        case ZeroDivisionError():
            return ENTRE_CERO
        case TypeError() if "not supported between" in dicho:
            return "se comparan un texto y un número, u otras dos cosas distintas. Compare dos números o dos textos"
        case TypeError() if "not iterable" in dicho:
            return "se busca con «in» dentro de algo que no es una lista ni un texto. Cambie lo que va después de «in»"
        case TypeError() if "argument" in dicho:
            return "un filtro lleva entre paréntesis más de lo que admite. Quite lo que sobra"
        case TemplateError() if sin := re.search(r"No (filter|test) named '(.*?)'", dicho):
            return no_existe_la_prueba(sin[2]) if sin[1] == "test" else no_existe_el_filtro(sin[2])
        case _:
            return "esa operación no se puede hacer con esos datos. Cámbiela o quítela"


def no_existe_el_filtro(nombre: str, quiso: str = "") -> str:
    """``"no existe el filtro «upper». Se pueden usar: enumerar, …"``, sin punto final."""
    return f"no existe el filtro «{nombre}»{quiso or '.'} Se pueden usar: {', '.join(sorted(filtros()))}"


def no_existe_la_prueba(nombre: str) -> str:
    """``"después de «is» no va «fecha». Se pueden usar: defined, …"``, sin punto final."""
    return f"después de «is» no va «{nombre}». Se pueden usar: {', '.join(PRUEBAS)}"


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
    dicho = "la etiqueta no está bien escrita. Revise su puntuación"
    if "loop" in str(error):
        dicho = "«loop» es un nombre del programa. Use otro"
    return f"{lugar}, en «{_legible(_renglon(fuente, numero))}»: {dicho}."


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
        if "No filter named" in str(error) or "No test named" in str(error):
            return f"{en_castellano(error)}."
        return por_que_no(etiqueta)
    return ""


_RAROS = re.compile(r"[^\w\s.,:|()\[\]{}<>=!+*/%~'\"\\#-]")
_EN_INGLES = {"y": "and", "o": "or", "no": "not", "es": "==", "en": "in"}
_ENVUELVE = re.compile(r"^\{[{%]-?|-?[%}]\}$")
_EN_SU_LUGAR = {"–": "-", "—": "-", "′": "'", "″": '"', "´": "'", "`": "'", "\u2026": "nada"}


def por_que_no(etiqueta: str) -> str:
    """Por qué una etiqueta no se entiende, y cómo se escribe: ``"«{{ sesion. }}» no está bien escrita: …"``."""
    return f"«{cortada(etiqueta)}» no está bien escrita{_pista(etiqueta)}"


def _pista(etiqueta: str) -> str:
    dentro = _ENVUELVE.sub("", etiqueta).strip()
    palabra, _, resto = dentro.partition(" ")
    sin_comillas = re.sub(r"\"[^\"]*\"|'[^']*'", "", dentro)
    invisible = next((c for c in dentro if unicodedata.category(c) == "Cf"), "")
    raro = _RAROS.search(sin_comillas)
    if not dentro:
        return ": está vacía. Escriba un nombre o bórrela."
    if dentro.startswith("%"):
        return ". Se escribe «{% … %}», con una sola llave a cada lado."
    if dentro.startswith("{") or dentro.endswith("}"):
        return ": las llaves van de dos en dos, «{{ nombre }}», y no hay otras dentro. Quite las que sobran."
    if invisible:
        return ": lleva un carácter que no se ve. Bórrela y escríbala otra vez."
    if '"' in sin_comillas or "'" in sin_comillas:
        return ": hay unas comillas sin cerrar. Ciérrelas."
    if re.search(r"\|\s*\|", sin_comillas):
        return ": sobra una «|». Bórrela."
    if raro and raro[0] in "«»":
        return ': las comillas españolas no se admiten ahí. Escriba las derechas («"») o, si es un nombre, ningunas.'
    if raro:
        cambio = _EN_SU_LUGAR.get(raro[0], "")
        remedio = f" Escriba «{cambio}»." if cambio not in ("", "nada") else " Quítelo."
        return f": «{raro[0]}» no se admite ahí.{remedio}"
    if any(sin_comillas.count(abre) != sin_comillas.count(cierra) for abre, cierra in ("()", "[]", "{}")):
        return ": hay un paréntesis o un corchete sin su pareja. Ciérrelo o bórrelo."
    if etiqueta.startswith("{%"):
        if palabra == "for" and not re.search(r"\sin\s", resto):
            return ". Se escribe «{% for uno in lista %}»."
        if palabra == "for" and re.match(r"loop\b", resto):
            return ": «loop» es un nombre del programa. Use otro."
        if palabra in ("if", "elif") and not resto:
            return f": falta qué preguntar. Se escribe «{{% {palabra} nombre %}}»."
        if palabra in ("if", "elif") and re.search(r"[^=!<>]=[^=]", sin_comillas):
            return ": para comparar van dos signos. Escriba «==»."
        if palabra == "set" and "=" not in resto:
            return ". Se escribe «{% set nombre = valor %}»."
    if en_espanol := re.search(r"\w\s+(y|o|no|es|en)\s+\w", sin_comillas):
        return f": «{en_espanol[1]}» se escribe en inglés. Escriba «{_EN_INGLES[en_espanol[1]]}»."
    if re.search(r"\w\s+\w", re.sub(r"\b(and|or|not|in|is|if|else|for|set|with|elif)\b", "|", sin_comillas)):
        return ": hay dos nombres seguidos. Un nombre no lleva espacios."
    if re.search(r"[.|+~*/=<>,-]$|\b(and|or|not|in|is)$", dentro):
        return f": algo falta después de «{dentro.split()[-1][-20:]}». Complétela o quítelo."
    return ". Revise su puntuación."


def _explicar_faltantes(
    fuente: str, contexto: Mapping[str, object], donde: Callable[[int], str], error: UndefinedError
) -> str:
    """Todos los nombres que faltan: se pinta otra vez anotándolos en lugar de detenerse."""
    faltan: dict[tuple[str, str], int] = {}  # qué pasa y lo escrito ahí, y la línea

    def anotar(indefinido: Undefined) -> None:
        linea = _linea_en_curso()
        renglon = _renglon(fuente, linea)
        nombre, parecido = _nombre_y_parecido(indefinido, renglon, contexto)
        dueno, _, _ = nombre.rpartition(".")
        if indefinido._undefined_obj is None and dueno:
            dicho = f"«{cortada(dueno)}» no trae nada en ese libro. Pregunte antes con «{{% if {dueno} %}}»."
        elif de_algunos := _de_algunos(indefinido, nombre, parecido, contexto):
            dicho = de_algunos
        else:
            dicho = _no_existe(nombre, parecido)
        faltan.setdefault((dicho, _legible(renglon, nombre)), linea)

    otra = entorno().overlay(undefined=_que_anota(anotar))
    try:
        for _ in otra.from_string(fuente).generate({**contexto, _VUELTAS: [0]}):
            pass
    except Exception:  # ya hay un error que contar; éste sólo buscaba más
        pass
    if not faltan:
        dicho = re.search(r"'(\w+)' is undefined|has no attribute '(\w+)'|no element (\w+)", str(error))
        nombre = next(filter(None, dicho.groups()), "") if dicho else ""
        linea = _linea_del_error(error)
        faltan[_no_existe(nombre, ""), _legible(_renglon(fuente, linea), nombre)] = linea
    return "\n".join(f"{donde(linea)}, en «{escrito}»: {problema}" for (problema, escrito), linea in faltan.items())


def _de_algunos(indefinido: Undefined, nombre: str, parecido: str, contexto: Mapping[str, object]) -> str:
    """Qué decir de un nombre que en una lista tienen unos y otros no; vacío si no se pide a uno de una lista.

    Los tipos que se citan son los del libro, y puede haber más: el remedio pregunta por el nombre y no por ellos.
    """
    suyo = indefinido._undefined_obj
    todos = list(_con_su_camino(contexto))
    camino = next((camino for camino, otro in todos if otro is suyo), "")
    if not isinstance(suyo, Mapping) or not camino.endswith("[]"):
        return ""
    lo_tienen = [otro for donde, otro in todos if donde == camino and indefinido._undefined_name in otro]
    tipos = {f"«{otro['tipo']}»": None for otro in lo_tienen if "tipo" in otro}
    depende = f": depende de «{nombre.rpartition('.')[0]}.tipo»" if "tipo" in suyo else ""
    cuales = f" (en ese libro lo tienen los de {castellano.enumerar(tipos)})" if tipos else ""
    quiso = f"¿Quiso decir «{parecido}»? Si no, pregunte" if parecido and not lo_tienen else "Pregunte"
    return f"no todos tienen «{cortada(nombre)}»{depende}{cuales}. {quiso} antes con «{{% if {nombre} is defined %}}»."


def _con_su_camino(valor: object, camino: str = "") -> Iterator[tuple[str, Mapping[str, object]]]:
    """Los diccionarios que hay dentro; los de una misma lista, con el mismo camino."""
    match valor:
        case Mapping():
            yield camino, valor
            for llave, suyo in valor.items():
                yield from _con_su_camino(suyo, f"{camino}.{llave}")
        case list() | tuple():
            for uno in valor:
                yield from _con_su_camino(uno, f"{camino}[]")


def _no_existe(nombre: str, parecido: str) -> str:
    if re.search(r"(^|\.)\d+$", nombre):
        lugar = nombre.rpartition(".")[2]
        return f"se pide el que ocupa el lugar {lugar} de una lista que no tiene tantos. {_PREGUNTE}."
    if nombre in ("None", ""):
        return f"se pide un dato de algo que ahí no está. {_PREGUNTE}."
    quiso = f"¿Quiso decir «{parecido}»?" if parecido else REVISE_EL_NOMBRE
    return f"«{cortada(nombre)}» no existe. {quiso}"


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

        def _seguir(self, *_: object) -> Any:
            self._avisar()
            return ""

        __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _seguir
        __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __neg__ = __pos__ = _seguir
        __lt__ = __le__ = __gt__ = __ge__ = _seguir

    return Anotado


def _nombre_y_parecido(indefinido: Undefined, renglon: str, contexto: Mapping[str, object]) -> tuple[str, str]:
    """``("sesion.fehca", "sesion.fecha")``: el nombre como está escrito, y el que quizá quiso ser."""
    from generador.plantilla.contrato import parecido_a

    nombre = str(indefinido._undefined_name)
    duenno = indefinido._undefined_obj
    raiz = duenno is sys.modules["jinja2.utils"].missing
    claves = contexto if raiz else duenno if isinstance(duenno, Mapping) else ()
    escrito = re.search(rf"((?:\w+\.)*){re.escape(nombre)}\b", " ".join(ETIQUETA.findall(renglon)))
    camino = escrito[1] if escrito and not raiz else ""
    parecido = parecido_a(nombre, list(map(str, claves)))
    return camino + nombre, camino + parecido if parecido else ""


def _renglon(fuente: str, numero: int) -> str:
    renglones = fuente.split("\n")
    return renglones[numero - 1] if 0 < numero <= len(renglones) else ""


def _legible(xml: str, nombre: str = "") -> str:
    """Lo que se lee del párrafo; si es largo, la parte de la etiqueta que lleva ese nombre (o la primera).

    Tras él van las etiquetas de los que desaparecieron: si alguno lleva el nombre, sólo ése; si no, separados con «¶».
    """
    import html

    parrafos = [" ".join(html.unescape(_XML.sub("", trozo)).split()) for trozo in xml.split("</w:p>")]
    final = nombre.rpartition(".")[2]
    con_nombre = (suyo for suyo in parrafos if final and any(final in etiqueta for etiqueta in ETIQUETA.findall(suyo)))
    texto = next(con_nombre, " ¶ ".join(filter(None, parrafos)))
    if len(texto) <= _LEGIBLE:
        return texto
    etiquetas = list(ETIQUETA.finditer(texto))
    suya = next((e for e in etiquetas if final and final in e[0]), etiquetas[0] if etiquetas else None)
    inicio = max(0, suya.start() - 20) if suya and suya.end() > _LEGIBLE else 0
    hasta = inicio + _LEGIBLE - 3
    return ("…" if inicio else "") + texto[inicio:hasta] + ("…" if hasta < len(texto) else "")


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
