"""De qué celdas salió cada bloque de un documento, y cuáles de ellas dicen lo que alguien corrigió."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field
from datetime import date, datetime, time
from difflib import SequenceMatcher
from enum import Enum
from functools import cached_property
from typing import Any

from generador.castellano import fecha_larga
from generador.celdas import Celda, en_un_renglon, letras, renglones
from generador.datos import dataclass
from generador.flujo.influencia import Dato, Ensayo, Lugares, Receta
from generador.fusion.palabras import cambios, palabras

_NOMBRE = re.compile(r"\{[^{}]*\}")
_PREPOSICION = re.compile(r"(?:^|(?<=\s))(?:del?|al?)\s*$", re.IGNORECASE)
_PUNTUACION = ".,;:"


@dataclass(frozen=True)
class Fuente:
    """Una celda del libro: ``"Desarrollo!D14"``, su columna o dato («Texto») y de qué libro si son varios.

    ``escrito`` es lo que de ella puede leerse en el documento, tal como se compara.
    """

    lugar: Celda
    campo: str
    libro: str = ""
    escrito: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def celda(self) -> str:
        """``"Desarrollo!D14"``."""
        return f"{self.lugar.hoja}!{self.lugar.direccion}"

    def __str__(self) -> str:
        """``"Desarrollo!D14"`` o ``"Desarrollo!D14 de «minuta.xlsx»"``."""
        return f"{self.celda} de «{self.libro}»" if self.libro else self.celda


class Procedencia:
    """Las celdas de cada párrafo de un documento, por su lugar en él.

    ``exacta``: con esos libros y esa plantilla sale ese mismo documento. Si no, es que alguno cambió, y los párrafos
    que ya no son los mismos no tienen celdas.
    """

    def __init__(self, receta: Receta, nombres: Sequence[str], dichos: Sequence[str]) -> None:
        self._ensayo, self._nombres = Ensayo(receta), nombres
        self.exacta = self._ensayo.parrafos == list(dichos)
        self._donde = _los_mismos(self._ensayo.parrafos, dichos)

    def escritas(self, parrafos: Iterable[int]) -> tuple[Fuente, ...]:
        """Las celdas que esos párrafos traen tal cual."""
        return _en_orden(self._escritas, parrafos)

    def de(self, parrafos: Iterable[int]) -> tuple[Fuente, ...]:
        """Todas las celdas de las que salieron esos párrafos: primero, las que menos dicen en otras partes.

        Si ninguna cambia lo que dicen, aquellas por las que están ahí; vacío si son de la plantilla.
        """
        lugares = list(parrafos)
        return _en_orden(self._todas[0], lugares) or _en_orden(self._todas[1], lugares)

    @cached_property
    def _escritas(self) -> "_PorParrafo":
        return self._por_parrafo((dato, efecto.dicen) for dato, efecto in self._ensayo.escritos())

    @cached_property
    def _todas(self) -> "tuple[_PorParrafo, _PorParrafo]":
        todos = self._ensayo.todos()
        dicen = self._por_parrafo((dato, efecto.dicen) for dato, efecto in todos)
        return dicen, self._por_parrafo((dato, efecto.faltan) for dato, efecto in todos)

    def _por_parrafo(self, hallados: Iterable[tuple[Dato, Lugares]]) -> "_PorParrafo":
        por_parrafo: _PorParrafo = defaultdict(list)
        for orden, (dato, lugares) in enumerate(hallados):
            fuente = _fuente(dato, self._nombres)
            for lugar in lugares & self._donde.keys():
                por_parrafo[self._donde[lugar]].append((len(lugares), orden, fuente))
        return por_parrafo


_PorParrafo = dict[int, list[tuple[int, int, Fuente]]]  # de cada una, en cuántos párrafos está y su orden en el libro


def _en_orden(por_parrafo: _PorParrafo, parrafos: Iterable[int]) -> tuple[Fuente, ...]:
    halladas = [cual for lugar in parrafos for cual in por_parrafo.get(lugar, ())]
    return tuple(dict.fromkeys(fuente for _, _, fuente in sorted(halladas, key=lambda cual: cual[:2])))


def _fuente(dato: Dato, nombres: Sequence[str]) -> Fuente:
    libro = nombres[dato.libro] if len(nombres) > 1 else ""
    return Fuente(dato.celda, dato.rotulo, libro, tuple(_trozos(dato.valor)))


def _los_mismos(unos: Sequence[str], otros: Sequence[str]) -> dict[int, int]:
    """Qué párrafo de ``unos`` es cuál de ``otros``."""
    comparacion = SequenceMatcher(None, unos, otros, autojunk=False)
    return {desde + n: otro + n for desde, otro, cuantos in comparacion.get_matching_blocks() for n in range(cuantos)}


def en_rangos(fuentes: Iterable[Fuente]) -> list[tuple[str, str]]:
    """Las celdas contiguas juntas, con su libro si son varios: ``[("Asistencia!B13:D13", "")]``."""
    por_celda = {(f.libro, f.lugar.hoja, f.lugar.fila, f.lugar.columna): f for f in fuentes}
    libres = dict.fromkeys(por_celda)
    dichos = []
    for libro, hoja, fila, columna in por_celda:
        if (libro, hoja, fila, columna) not in libres:
            continue
        desde, hasta = _extremos(columna, lambda otra: (libro, hoja, fila, otra) in libres)  # noqa: B023
        anchas = range(desde, hasta + 1)
        arriba, abajo = _extremos(fila, lambda otra: all((libro, hoja, otra, c) in libres for c in anchas))  # noqa: B023
        for f in range(arriba, abajo + 1):
            for c in anchas:
                del libres[libro, hoja, f, c]
        primera, ultima = f"{letras(desde)}{arriba}", f"{letras(hasta)}{abajo}"
        dichos.append((f"{hoja}!{primera}" if primera == ultima else f"{hoja}!{primera}:{ultima}", libro))
    return dichos


def _extremos(lugar: int, esta: Callable[[int], bool]) -> tuple[int, int]:
    desde = hasta = lugar
    while esta(desde - 1):
        desde -= 1
    while esta(hasta + 1):
        hasta += 1
    return desde, hasta


# --- cuál de las celdas dice lo que alguien corrigió


def que_lo_dicen(fuentes: Iterable[Fuente], antes: str, despues: str) -> tuple[Fuente, ...]:
    """De esas celdas, las que dicen lo que cambió entre dos textos, cada cambio con la suya; vacío si ninguna.

    ``antes``: el párrafo como se generó, de cuyas celdas se trata. Si se quitó entero, todas las que se leen en él.
    """
    escrito, ahora = en_un_renglon(antes), en_un_renglon(despues)
    ocupan = [(fuente, *lugar) for fuente in fuentes for lugar in _donde_se_lee(fuente, escrito.lower())]
    if not ahora:
        return tuple(dict.fromkeys(fuente for fuente, _, _ in ocupan))
    halladas = []
    cambiados = list(_tramos_cambiados(escrito, ahora)) or [(0, len(escrito))]  # sólo sus espacios, o se partió
    for desde, hasta in cambiados:
        suyas = [(fin - inicio, f) for f, inicio, fin in ocupan if _se_tocan((inicio, fin), (desde, hasta))]
        if not suyas and desde == hasta:  # lo agregado antes o después de lo que se lee: un segundo nombre
            suyas = [(fin - inicio + len(escrito) * (fin <= desde), f) for f, inicio, fin in ocupan
                     if inicio - 1 <= desde <= fin + 1]  # fmt: skip
        if suyas:
            halladas.append(max(suyas, key=lambda par: par[0])[1])
    return tuple(dict.fromkeys(halladas))


def _se_tocan(lugar: tuple[int, int], cambio: tuple[int, int]) -> bool:
    """Si el cambio cae en lo que se lee ahí; lo insertado, dentro."""
    (inicio, fin), (desde, hasta) = lugar, cambio
    return inicio < hasta and desde < fin if hasta > desde else inicio < desde < fin


def primero_lo_escrito(fuentes: Iterable[Fuente], texto: str) -> tuple[Fuente, ...]:
    """Las mismas, con las que se leen en el texto por delante."""
    escrito = en_un_renglon(texto).lower()
    return tuple(sorted(fuentes, key=lambda fuente: next(_donde_se_lee(fuente, escrito), None) is None))


def _tramos_cambiados(antes: str, despues: str) -> Iterator[tuple[int, int]]:
    """Los lugares de ``antes`` que ya no dicen lo mismo, sin los espacios de sus orillas."""
    unas = palabras(antes)
    lugares = [0]
    for palabra in unas:
        lugares.append(lugares[-1] + len(palabra))
    for cambio in cambios(unas, palabras(despues)):
        desde, hasta = lugares[cambio.desde], lugares[cambio.hasta]
        quitado = antes[desde:hasta]
        if quitado.strip():
            yield desde + len(quitado) - len(quitado.lstrip()), hasta - (len(quitado) - len(quitado.rstrip()))
        else:
            yield desde, desde


def _donde_se_lee(fuente: Fuente, plano: str) -> Iterator[tuple[int, int]]:
    """Los lugares del texto, en minúsculas, en que se lee la celda, con su puntuación final."""
    for trozo in fuente.escrito:
        lugar = plano.find(trozo)
        while lugar >= 0:
            fin = lugar + len(trozo)
            corta = plano[lugar - 1 : lugar].isalnum() and trozo[0].isalnum()
            if not corta and not (plano[fin : fin + 1].isalnum() and trozo[-1].isalnum()):
                yield lugar, fin + len(plano[fin:]) - len(plano[fin:].lstrip(_PUNTUACION))
            lugar = plano.find(trozo, lugar + 1)


def _trozos(valor: Any) -> Iterator[str]:
    """Lo que del valor llega al papel: ``"{quien} informó que hay {n} puntos"`` → «informó que hay», «puntos»."""
    if isinstance(valor, bool):
        return
    if isinstance(valor, Enum):
        yield _plano(str(valor.value))
    elif isinstance(valor, datetime | date):
        yield _plano(fecha_larga(valor))
    elif isinstance(valor, time):
        yield f"{valor:%H:%M}"
    elif isinstance(valor, int | float):
        yield from dict.fromkeys((_plano(f"{valor:,}"), _plano(f"{valor:g}")))
    elif isinstance(valor, str):
        for renglon in renglones(valor):
            yield from (plano for trozo in _entre_nombres(renglon) if any(map(str.isalnum, plano := _plano(trozo))))


def _entre_nombres(renglon: str) -> Iterator[str]:
    """Lo escrito entre un nombre citado y otro, sin la preposición que se contrae con lo que sigue («de» + «el»)."""
    *trozos, ultimo = _NOMBRE.split(renglon)
    yield from (_PREPOSICION.sub("", trozo) for trozo in trozos)
    yield ultimo


def _plano(texto: str) -> str:
    return en_un_renglon(texto).lower().strip(" " + _PUNTUACION)
