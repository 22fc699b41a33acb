"""Qué cambió entre dos textos, palabra por palabra, y si dos cambios chocan. No sabe de Word."""

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from generador.datos import dataclass

FIN_DE_PARRAFO = "\u2029"
OBJETO = "\ufffc"  # una imagen, un campo, una nota: no es texto, pero ocupa su lugar
_PALABRAS = re.compile(rf"{FIN_DE_PARRAFO}|{OBJETO}|\d+(?:[.,:]\d+)*|\w+|\s|[^\w\s]")
_POCAS_PALABRAS = 8  # con menos, una distinta es mucho: se miran también las letras
_FIN_DE_FRASE = (".", ";", ":", FIN_DE_PARRAFO)
_NEXOS = ("de", "del", "a", "al", "y", "e", "o", "u", "por")  # unen las partes de una fecha o de una cuenta
_MUCHO_TEXTO = 40  # letras: un párrafo así no se repite por casualidad
_SE_PARECEN = 0.4  # desde aquí, dos bloques pueden ser el mismo
_POCAS_PAREJAS = 10_000  # que se comparan una con otra
_PARECIDO_MINIMO = 0.3  # por debajo, el texto se da por cambiado entero


@dataclass(frozen=True, slots=True)
class Cambio:
    """El tramo ``[desde, hasta)`` del original que pasó a ser ``[nuevo_desde, nuevo_hasta)``."""

    desde: int
    hasta: int
    nuevo_desde: int
    nuevo_hasta: int


def palabras(texto: str) -> list[str]:
    """``"a las 11:00"`` → ``["a", " ", "las", " ", "11:00"]``: unidas, dan el texto."""
    return _PALABRAS.findall(texto)


def es_palabra(texto: str) -> bool:
    """Si dice algo: ni espacio, ni signo, ni fin de párrafo."""
    return any(letra.isalnum() for letra in texto)


def cambios(antes: Sequence[Hashable], despues: Sequence[Hashable]) -> list[Cambio]:
    """Los tramos que difieren, en orden y sin tocarse."""
    cabeza = sum(1 for _ in takewhile(lambda par: par[0] == par[1], zip(antes, despues, strict=False)))
    corto = min(len(antes), len(despues)) - cabeza
    cola = sum(1 for _ in takewhile(lambda n: antes[-1 - n] == despues[-1 - n], range(corto)))
    medio, otro = antes[cabeza : len(antes) - cola], despues[cabeza : len(despues) - cola]
    if not medio and not otro:
        return []
    if not medio or not otro:
        return [Cambio(cabeza, len(antes) - cola, cabeza, len(despues) - cola)]
    comparacion = SequenceMatcher(None, medio, otro, autojunk=False)
    return [
        Cambio(i1 + cabeza, i2 + cabeza, j1 + cabeza, j2 + cabeza)
        for que, i1, i2, j1, j2 in comparacion.get_opcodes()
        if que != "equal"
    ]


def cambios_legibles(
    antes: Sequence[str], despues: Sequence[str], claves: tuple[Sequence[Hashable], Sequence[Hashable]]
) -> list[Cambio]:
    """Los cambios como los haría una persona: sin saltar de espacio en espacio ni salvar una «de» suelta.

    ``claves`` son lo que se compara (palabra, formato, liga); ``antes`` y ``despues``, sólo los textos.
    """
    hallados = cambios(*claves)
    iguales = len(antes) - sum(c.hasta - c.desde for c in hallados)
    if not hallados:
        return []
    de_corrido = antes[hallados[0].desde : hallados[-1].hasta]
    if iguales < _PARECIDO_MINIMO * max(len(antes), len(despues)) and not _con_objeto(de_corrido):
        return [Cambio(hallados[0].desde, hallados[-1].hasta, hallados[0].nuevo_desde, hallados[-1].nuevo_hasta)]
    juntos: list[Cambio] = []
    for cambio in hallados:
        if (
            juntos
            and not any(map(es_palabra, antes[juntos[-1].hasta : cambio.desde]))
            and not _con_objeto(antes[juntos[-1].hasta : cambio.desde])
        ):
            anterior = juntos.pop()
            cambio = Cambio(anterior.desde, cambio.hasta, anterior.nuevo_desde, cambio.nuevo_hasta)
        juntos.append(cambio)
    return juntos


def _con_objeto(trozo: Sequence[str]) -> bool:
    return any(OBJETO in texto or FIN_DE_PARRAFO in texto for texto in trozo)


def chocan(base: Sequence[str], suyo: Cambio, nuevo: Cambio, textos: tuple[str, str]) -> bool:
    """Si la persona y los datos tocaron lo mismo.

    También si tocaron, una y otros, dos cifras vecinas («3 de 8» → «4 de 8» y «3 de 9») o las dos partes de una
    fecha («15 de noviembre» → «16 de noviembre» y «15 de diciembre»): mezcladas darían un dato que nadie escribió.
    ``textos`` es lo nuevo de cada cambio.
    """
    if suyo.desde <= nuevo.hasta and nuevo.desde <= suyo.hasta:
        return True
    entre = base[min(suyo.hasta, nuevo.hasta) : max(suyo.desde, nuevo.desde)]
    dichas = [palabra for palabra in entre if es_palabra(palabra)]
    con_cifra = [
        _trae_cifra([texto, *base[cambio.desde : cambio.hasta]])
        for texto, cambio in zip(textos, (suyo, nuevo), strict=True)
    ]
    if len(dichas) > 1 or any(signo in _FIN_DE_FRASE for signo in entre):
        return False
    return all(con_cifra) or (any(con_cifra) and all(palabra.casefold() in _NEXOS for palabra in dichas))


def _trae_cifra(textos: Sequence[str]) -> bool:
    return any(letra.isdecimal() for texto in textos for letra in texto)


# --- poner en pareja dos listas de bloques


@dataclass(frozen=True, slots=True)
class Rasgo:
    """Lo que hace reconocible a un bloque: de qué clase es («p», «tbl», un estilo) y qué dice."""

    clase: str
    texto: str


def parejas(unos: Sequence[Rasgo], otros: Sequence[Rasgo]) -> dict[int, int]:
    """Qué bloque de ``unos`` es cuál de ``otros``, en orden creciente; los que faltan se quitaron o se agregaron."""
    hechas: dict[int, int] = {}
    desde, otro_desde = 0, 0
    for hasta, otro_hasta in [*_anclas(unos, otros), (len(unos), len(otros))]:
        hechas.update(_entre(unos, otros, range(desde, hasta), range(otro_desde, otro_hasta)))
        if hasta < len(unos):
            hechas[hasta] = otro_hasta
        desde, otro_desde = hasta + 1, otro_hasta + 1
    return hechas


def _anclas(unos: Sequence[Rasgo], otros: Sequence[Rasgo]) -> Iterator[tuple[int, int]]:
    """Los que dicen mucho y lo mismo en los dos lados, en orden."""
    largos = [[n for n, rasgo in enumerate(lado) if len(rasgo.texto) >= _MUCHO_TEXTO] for lado in (unos, otros)]
    comparacion = SequenceMatcher(None, [unos[n] for n in largos[0]], [otros[n] for n in largos[1]], autojunk=False)
    for uno, otro, cuantos in comparacion.get_matching_blocks():
        for n in range(cuantos):
            yield largos[0][uno + n], largos[1][otro + n]


def _entre(unos: Sequence[Rasgo], otros: Sequence[Rasgo], filas: range, columnas: range) -> Iterator[tuple[int, int]]:
    """Las parejas de un tramo: los iguales y, donde difieren, los que se parecen.

    Si así se juntarían dos que no se parecen —se agregó un punto, y su «Punto 6:» no es el que se llamaba igual—, se
    juntan los que más dicen en común.
    """
    comparacion = SequenceMatcher(None, [unos[n] for n in filas], [otros[n] for n in columnas], autojunk=False)
    tramos = [(que, filas[i1:i2], columnas[j1:j2]) for que, i1, i2, j1, j2 in comparacion.get_opcodes()]
    posibles = len(filas) * len(columnas) if len(filas) != len(columnas) else 0
    if 0 < posibles <= _POCAS_PAREJAS and any(_por_descarte(unos, otros, *tramo) for tramo in tramos):
        yield from _parecidas(unos, otros, filas, columnas, por_lo_que_dicen=True)
        return
    for que, suyas, otras in tramos:
        if que == "equal":
            yield from zip(suyas, otras, strict=True)
        elif que == "replace":
            yield from _parecidas(unos, otros, suyas, otras)


def _por_descarte(unos: Sequence[Rasgo], otros: Sequence[Rasgo], que: str, filas: range, columnas: range) -> bool:
    """Si ahí se juntarían dos sólo porque no queda otro."""
    if que != "replace" or not len(filas) == len(columnas) == 1:
        return False
    uno, otro = unos[filas[0]], otros[columnas[0]]
    return uno.clase == otro.clase and parecido(bolsa(uno.texto), bolsa(otro.texto)) < _SE_PARECEN


def _parecidas(
    unos: Sequence[Rasgo], otros: Sequence[Rasgo], filas: range, columnas: range, *, por_lo_que_dicen: bool = False
) -> Iterator[tuple[int, int]]:
    """La pareja de cada uno en un tramo que difiere: la combinación ordenada que más se parece.

    ``por_lo_que_dicen``: un párrafo que se parece pesa más que un rótulo igual.
    """
    if len(filas) == len(columnas) == 1:
        if unos[filas[0]].clase == otros[columnas[0]].clase:
            yield filas[0], columnas[0]
        return
    if len(filas) * len(columnas) > 250_000:
        return
    bolsas_unas = [bolsa(unos[i].texto) for i in filas]
    bolsas_otras = [bolsa(otros[j].texto) for j in columnas]
    mejor = [[0.0] * (len(columnas) + 1) for _ in range(len(filas) + 1)]
    pares: dict[tuple[int, int], float] = {}
    for x, i in enumerate(filas):
        for y, j in enumerate(columnas):
            alto = max(mejor[x][y + 1], mejor[x + 1][y])
            if unos[i].clase == otros[j].clase:
                cuanto = parecido(bolsas_unas[x], bolsas_otras[y])
                if _mismo_renglon(unos[i].texto, otros[j].texto):
                    cuanto = max(cuanto, 0.5)
                if cuanto >= _SE_PARECEN:
                    peso = sum(bolsas_unas[x].palabras.values()) if por_lo_que_dicen else 1
                    pares[x, y] = cuanto * peso
                    alto = max(alto, mejor[x][y] + pares[x, y])
            mejor[x + 1][y + 1] = alto
    x, y = len(filas), len(columnas)
    while x and y:
        if (x - 1, y - 1) in pares and mejor[x][y] == mejor[x - 1][y - 1] + pares[x - 1, y - 1]:
            x, y = x - 1, y - 1
            yield filas[x], columnas[y]
        elif mejor[x][y] == mejor[x - 1][y]:
            x -= 1
        else:
            y -= 1


@dataclass(frozen=True, slots=True)
class Bolsa:
    """Cuántas veces trae un texto cada palabra, y cada par de letras seguidas."""

    palabras: dict[str, int]
    pares: dict[str, int]


def bolsa(texto: str) -> Bolsa:
    """Lo que hace falta de un texto para saber a cuál se parece."""
    return Bolsa(
        Counter(palabra for palabra in palabras(texto) if es_palabra(palabra)),
        Counter(texto[n : n + 2] for n in range(len(texto) - 1)),
    )


def _mismo_renglon(uno: str, otro: str) -> bool:
    """Si dos renglones de tabla empiezan con la misma celda: «Lic. Ana» con otro cargo sigue siendo ella."""
    primera, hay_mas, _ = uno.partition("\t")
    return bool(hay_mas) and es_palabra(primera) and otro.startswith(f"{primera}\t")


def parecido(una: Bolsa, otra: Bolsa) -> float:
    """De 0 (nada en común) a 1 (lo mismo, quizá en otro orden); si alguno es corto, también por sus letras."""
    cuentas = [(una.palabras, otra.palabras)]
    if min(len(una.palabras), len(otra.palabras)) < _POCAS_PALABRAS:
        cuentas.append((una.pares, otra.pares))
    total = sum(sum(cuenta.values()) for par in cuentas for cuenta in par)
    return 2 * sum(_en_comun(*par) for par in cuentas) / total if total else 1.0


def _en_comun(una: dict[str, int], otra: dict[str, int]) -> int:
    menor, mayor = sorted((una, otra), key=len)
    return sum(min(veces, mayor.get(trozo, 0)) for trozo, veces in menor.items())
