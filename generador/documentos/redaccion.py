"""Los nombres entre llaves del texto: ``{quien}``, ``{presidencia}``, ``{votacion}``, ``{1904}``.

La persona los escribe en Excel y aquí se vuelven español: con su artículo contraído («de» + «el» → «del»)
y con mayúscula al empezar la oración. Lo que no es un nombre —``{{ 7*7 }}``, ``{% for %}``— se deja igual.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from generador.castellano import EstiloDeMiles, decimal, mayuscula_inicial, miles, numero_leido
from generador.celdas import LIGA, clave, sin_formato

_MARCAS = "[\ufdd0-\ufddb]*"
_NOMBRE = re.compile(r"\{(?<!\{\{)(?<!\{[%#_]\{)([^{}%#\n][^{}\n]{0,79})\}(?!\})")  # el formato puede cambiar dentro
_PREPOSICION = re.compile(rf"\b(del?|al?)[ \u00a0]({_MARCAS})$", re.IGNORECASE)
_A_LAS = re.compile(rf"\ba las?[ \u00a0]({_MARCAS})$", re.IGNORECASE)
_CONTRAIBLE = re.compile(r"(el|la|los|las) ")
_EMPIEZA_ORACION = re.compile(r"(^|[.?!…]”?\s|[¿¡]|\n)[“«(\s]*$")
_DIRECCION = re.compile(r"https?://[^\s<>«»“”()\ufdd0-\ufdef]*[^\s<>«»“”().,;:\ufdd0-\ufdef]")


def nombres_en(texto: str) -> Iterator[str]:
    """Los nombres que cita el texto: ``"{quien} dijo {{x}}"`` → ``"quien"``."""
    return (_nombre_citado(cita) for cita in _NOMBRE.finditer(texto))


def _nombre_citado(cita: re.Match[str]) -> str:
    return sin_formato(cita[1]).strip()


def redactar(texto: str, nombres: Mapping[str, str]) -> str:
    """El texto con sus nombres resueltos; uno desconocido se deja entre llaves (lo señala `cruces`)."""
    escrito, desde = "", 0
    for cita in _NOMBRE.finditer(texto):
        escrito += texto[desde : cita.start()]
        valor = nombres.get(clave(_nombre_citado(cita)))
        escrito = escrito + cita[0] if valor is None else _unido(escrito, cita[1], valor)
        desde = cita.end()
        if valor and valor.endswith(".") and texto[desde : desde + 1] == ".":
            desde += 1  # «13:00 hrs.» al final de la oración ya trae su punto
    return escrito + texto[desde:]


def _unido(escrito: str, citado: str, valor: str) -> str:
    """Lo escrito y el valor con su mayúscula o su contracción, y con las marcas de formato de la cita."""
    abren = citado[: len(citado) - len(citado.lstrip("\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7 "))].strip()
    cierran = "".join(c for c in citado if "\ufdd0" <= c <= "\ufddb")[len(abren) :]
    antes = escrito + abren
    preposicion = _PREPOSICION.search(antes)
    a_las = _A_LAS.search(antes)
    if a_las and valor.startswith("a la"):  # «a las {sesion.termino}»: el valor ya lo trae
        antes = antes[: a_las.start()] + a_las[1]
    if _EMPIEZA_ORACION.search(sin_formato(antes)):
        return antes + mayuscula_inicial(valor) + cierran
    if preposicion and _CONTRAIBLE.match(valor):
        return antes[: preposicion.start()] + _contraido(preposicion, valor) + cierran
    return antes + valor + cierran


def _contraido(preposicion: re.Match[str], valor: str) -> str:
    """«de», «a», «del» o «al» ante «el Presidente» o «la Secretaria»: ``"del Presidente"``, ``"a la Secretaria"``."""
    simple = preposicion[1][: -1 if preposicion[1].lower() in ("del", "al") else None]
    if valor.startswith("el "):
        return f"{simple}l {preposicion[2]}{valor[3:]}"
    return f"{simple} {preposicion[2]}{valor}"


def ligado(texto: str) -> str:
    """El texto con sus direcciones de internet vueltas ligas, salvo las que ya lo son."""
    if LIGA[0] in texto:
        return texto
    return _DIRECCION.sub(lambda direccion: LIGA[0] + direccion[0] + LIGA[1] + direccion[0] + LIGA[2], texto)


def resuelto(texto: str, nombres: Mapping[str, str], estilo: EstiloDeMiles) -> str:
    """`redactar` con esos nombres y las cifras entre llaves (``"{1904}"`` → ``"mil 904"``), y `ligado`."""
    return ligado(redactar(redactar(texto, nombres_de_cifras(texto, estilo)), nombres))


def es_desconocido(nombre: str, nombres: Collection[str]) -> bool:
    """Si lo citado ni es una cifra ni está entre esos nombres."""
    return numero_leido(nombre) is None and clave(nombre) not in nombres


def nombres_de_cifras(texto: str, estilo: EstiloDeMiles) -> dict[str, str]:
    """Las cifras entre llaves, escritas con ese estilo de miles: ``"{11448}"`` → ``{"11448": "11 mil 448"}``."""
    leidas = {nombre: numero_leido(nombre) for nombre in nombres_en(texto)}
    return {
        clave(n): miles(valor, estilo) if isinstance(valor, int) else decimal(valor)
        for n, valor in leidas.items()
        if valor is not None
    }
