"""Celdas que saben su lugar, y el texto que viaja en ellas.

Aquí no se sabe de Excel ni de Word: sólo de hojas, celdas y texto con formato. El formato
(negrita, ligas…) viaja dentro del propio ``str`` con marcas invisibles, de modo que el texto
se corta, se une y se compara como cualquier otro, y sólo el motor las convierte en Word.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from itertools import filterfalse, takewhile
from pathlib import Path

from generador.datos import dataclass

Valor = str | int | float | bool | date | datetime | time | timedelta | None

# Marcas de formato: no son caracteres de texto (Unicode reserva U+FDD0–U+FDEF para uso interno),
# así que ningún libro puede traerlas: `limpiar` las quita.
NEGRITA = ("\ufdd0", "\ufdd1")
CURSIVA = ("\ufdd2", "\ufdd3")
SUBRAYADO = ("\ufdd4", "\ufdd5")
TACHADO = ("\ufdd6", "\ufdd7")
SUPERINDICE = ("\ufdd8", "\ufdd9")
SUBINDICE = ("\ufdda", "\ufddb")
LIGA = ("\ufddc", "\ufddd", "\ufdde")  # abre, dirección, separa, texto, cierra
SALTO = "\u2028"  # otro renglón en el mismo párrafo; "\n" abre otro párrafo

_CIERRE_DE = dict((NEGRITA, CURSIVA, SUBRAYADO, TACHADO, SUPERINDICE, SUBINDICE))
_CIERRA_A = {cierra: abre for abre, cierra in _CIERRE_DE.items()}
_PAREJAS = re.compile("[\ufdd0-\ufddb]")
# La marca y, si abre una liga, su dirección. Empieza por un conjunto para que `re` salte de golpe lo que no es marca.
_MARCAS = re.compile("[\ufdd0-\ufdef](?:(?<=\ufddc)[^\ufddd]*\ufddd)?")
_ESCAPE_DE_EXCEL = r"_x([0-9A-Fa-f]{4})_"
_INVISIBLES = "[\x00-\x08\x0e-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\xad]"
_INOCUOS = frozenset("\u200b\u2060\ufeff\xad\x7f")
_LO_QUE_MIDE_UN_ROTULO = 100
_EMPATES = 5  # las opciones igual de parecidas que se comparan
_LETRAS_CITADAS, _LETRAS_DE_MENSAJE = 80, 800
_CITADO = re.compile(r"([«{])([^«»{}]{121,})([»}])")  # lo que apenas rebasa va entero


def limpiar(crudo: str) -> tuple[str, str]:
    r"""El texto de una celda listo para Word, y lo que hubo que quitarle.

    ``"uno_x000D_\ndos\x01"`` → ``("uno\ndos", "U+0001")``. El tabulador vertical (el salto de
    renglón que se pega desde Word) se vuelve ``SALTO``; medio emoji se vuelve «�». Los invisibles
    que no dicen nada (espacio de ancho cero, guion opcional) se quitan sin avisar.
    """
    if crudo.isprintable() and "_x" not in crudo:  # casi todos
        return crudo, ""
    texto = re.sub(_ESCAPE_DE_EXCEL, lambda escape: chr(int(escape[1], 16)), crudo)
    texto = texto.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    texto = texto.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", SALTO).replace("\x0c", "\n")
    quitados = sorted({f"U+{ord(c):04X}" for c in re.findall(_INVISIBLES, texto) if c not in _INOCUOS})
    if "\ufffd" in texto and "\ufffd" not in crudo:
        quitados.append("medio carácter, que se muestra como «\ufffd»")
    return re.sub(_INVISIBLES, "", texto), ", ".join(quitados)


def sin_formato(texto: str) -> str:
    r"""El texto tal como se lee, sin marcas: ``"\ufdd0Lic.\ufdd1 Ana"`` → ``"Lic. Ana"``."""
    return _MARCAS.sub("", texto)


def renglones(texto: str) -> list[str]:
    r"""Los párrafos no vacíos del texto, con su formato completo en cada uno.

    Una negrita que cruza el salto se cierra al final de un párrafo y se reabre en el siguiente:
    ``"\ufdd0a\nb\ufdd1"`` → ``["\ufdd0a\ufdd1", "\ufdd0b\ufdd1"]``.
    """
    salida: list[str] = []
    abiertas: list[str] = []
    for renglon in texto.split("\n"):
        inicio = "".join(abiertas)
        for marca in _PAREJAS.findall(renglon):
            if marca in _CIERRA_A:
                abiertas = [otra for otra in abiertas if otra != _CIERRA_A[marca]]
            else:
                abiertas.append(marca)
        salida.append(inicio + renglon.strip() + "".join(_CIERRE_DE[marca] for marca in reversed(abiertas)))
    return [renglon for renglon in salida if en_un_renglon(renglon)]


def en_un_renglon(texto: str) -> str:
    """Sin formato, sin saltos y sin espacios de más: lo que cabe en un dato corto."""
    return " ".join(sin_formato(texto).split())


def legible(texto: str) -> str:
    """El mensaje con lo que cita, entre comillas o llaves, recortado con «…» si es larguísimo; lo corto, igual.

    Si aun así es larguísimo (comillas dentro de comillas), se recorta su final.
    """
    recortado = _CITADO.sub(lambda citado: f"{citado[1]}{citado[2][:_LETRAS_CITADAS].rstrip()}…{citado[3]}", texto)
    return recortado if len(recortado) <= _LETRAS_DE_MENSAJE else f"{recortado[:_LETRAS_DE_MENSAJE].rstrip()}…"


def clave(texto: str) -> str:
    r"""Con qué se comparan rótulos y nombres: ``" Órgano\u00a0 * "`` → ``"organo"``.

    Sin tildes (la ñ se conserva), sin mayúsculas, sin puntuación en los extremos, espacios simples.
    """
    return _clave_recordada(texto) if len(texto) <= _LO_QUE_MIDE_UN_ROTULO else _clave(texto)


def _clave(texto: str) -> str:
    plano = en_un_renglon(texto).casefold()
    if not plano.isascii():
        sin_enie = unicodedata.normalize("NFC", plano).replace("ñ", "\0")
        descompuesto = unicodedata.normalize("NFKD", sin_enie)
        plano = "".join(filterfalse(unicodedata.combining, descompuesto)).replace("\0", "ñ")
    return plano.strip(" .,:;*¿?¡!«»\"'()-–—")


_clave_recordada = lru_cache(maxsize=4096)(_clave)  # los mismos rótulos y nombres se comparan miles de veces


_TOTALES = ("total", "totales", "suma", "gran total", "total general")


def es_total(texto: str) -> bool:
    """Si es el rótulo del renglón en que se suma una tabla: ``"Total"``, ``"SUMA"``."""
    return clave(texto) in _TOTALES


def parecido(texto: str, opciones: Iterable[str]) -> str | None:
    """La opción que la persona quizá quiso escribir: ``"Votaas"`` entre ``["Votos"]``; None si ninguna.

    De dos igual de parecidas, la que empieza igual por más letras («Ejemplo T» es «Ejemplo TV», no «Ejemplo YT»); si
    también en eso empatan, ninguna: no se sabe cuál.
    """
    escrito = clave(texto)
    por_clave = {clave(opcion): opcion for opcion in opciones}
    cercanas = difflib.get_close_matches(escrito, por_clave, n=_EMPATES, cutoff=0.75)

    parecidos = {cercana: _parecido(escrito, cercana) for cercana in cercanas}
    mejores = [cercana for cercana in cercanas if parecidos[cercana] == max(parecidos.values())]
    return por_clave[mejores[0]] if len(mejores) == 1 else None


def _parecido(una: str, otra: str) -> tuple[float, int]:
    """Qué tanto se parecen, y por cuántas letras iguales empiezan."""
    comunes = takewhile(lambda letras: letras[0] == letras[1], zip(una, otra, strict=False))
    return difflib.SequenceMatcher(None, otra, una).ratio(), sum(1 for _ in comunes)


def letras(columna: int) -> str:
    """El nombre de una columna: 1 → ``"A"``, 28 → ``"AB"``."""
    nombre = ""
    while columna:
        columna, resto = divmod(columna - 1, 26)
        nombre = chr(65 + resto) + nombre
    return nombre


@dataclass(frozen=True, slots=True)
class Celda:
    """Un valor y el lugar donde está escrito.

    ``problema`` dice por qué el valor no puede usarse (una fórmula sin calcular, ``#N/A``);
    ``quitado``, qué caracteres hubo que retirarle. Vacíos: nada que decir. ``formato`` es el de Excel con que
    se muestra una cifra (``"$#,##0.00"``).
    """

    hoja: str
    fila: int
    columna: int
    valor: Valor = None
    problema: str = ""
    quitado: str = ""
    formato: str = field(default="", repr=False, compare=False)

    @property
    def direccion(self) -> str:
        """``"B4"``."""
        return f"{letras(self.columna)}{self.fila}"

    @property
    def vacia(self) -> bool:
        """Si no dice nada: ni valor ni problema (un texto de puros espacios no dice nada)."""
        if self.problema:
            return False
        return self.valor is None or (isinstance(self.valor, str) and not en_un_renglon(self.valor))

    @property
    def texto(self) -> str:
        """Lo que la persona ve escrito, en un renglón: ``date(2017, 11, 15)`` → ``"15/11/2017"``."""
        return como_se_ve(self.valor)


def como_se_ve(valor: Valor) -> str:
    """Un valor como lo muestra Excel en español: ``3.0`` → ``"3"``, ``True`` → ``"VERDADERO"``."""
    match valor:
        case None:
            return ""
        case bool():
            return "VERDADERO" if valor else "FALSO"
        case str():
            return en_un_renglon(valor)
        case float() if valor.is_integer():
            return str(int(valor))
        case datetime() if valor.time() == time():
            return f"{valor:%d/%m/%Y}"
        case datetime():
            return f"{valor:%d/%m/%Y %H:%M}"
        case date():
            return f"{valor:%d/%m/%Y}"
        case time():
            return f"{valor:%H:%M}"
        case _:
            return str(valor)


@dataclass(frozen=True, slots=True)
class Rango:
    """Celdas combinadas: de la primera a la última fila y columna, inclusive."""

    fila: int
    columna: int
    ultima_fila: int
    ultima_columna: int

    def contiene(self, fila: int, columna: int) -> bool:
        """Si el lugar queda dentro."""
        return self.fila <= fila <= self.ultima_fila and self.columna <= columna <= self.ultima_columna

    def __str__(self) -> str:
        """``"A5:B5"``."""
        return f"{letras(self.columna)}{self.fila}:{letras(self.ultima_columna)}{self.ultima_fila}"


@dataclass(frozen=True)
class Hoja:
    """Las celdas escritas de una hoja, por ``(fila, columna)`` desde 1; las vacías no están.

    ``oculta``, ``filas_ocultas`` y ``columnas_ocultas`` (de la primera a la última): lo que la persona no ve en Excel.
    """

    nombre: str
    celdas: Mapping[tuple[int, int], Celda] = field(default_factory=dict)
    combinadas: tuple[Rango, ...] = ()
    oculta: bool = False
    filas_ocultas: frozenset[int] = frozenset()
    columnas_ocultas: tuple[tuple[int, int], ...] = ()

    def en(self, fila: int, columna: int) -> Celda:
        """La celda de ese lugar; si está combinada con las de arriba, la que lleva el valor.

        De unas combinadas a lo ancho el valor es sólo de la primera: las otras están en blanco.
        """
        for rango in self.combinadas:
            if rango.contiene(fila, columna):
                fila = rango.fila if columna == rango.columna else fila
                break
        return self.celdas.get((fila, columna)) or Celda(self.nombre, fila, columna)

    @cached_property
    def filas(self) -> tuple[int, ...]:
        """Los números de fila con algo escrito, en orden."""
        return tuple(sorted({fila for (fila, _), celda in self.celdas.items() if not celda.vacia}))


@dataclass(frozen=True)
class Libro:
    """Un libro leído: sus hojas en orden, y lo que sirve para entenderlo.

    ``esquema`` es la marca del programa (``"minuta/1"``) o ``""``; ``nombres``, los nombres definidos
    que apuntan a una celda (``{"fecha": ("Sesión", 4, 2)}``); ``base_1904``, el sistema de fechas.
    """

    ruta: Path
    hojas: tuple[Hoja, ...]
    esquema: str = ""
    nombres: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)
    base_1904: bool = False

    def hoja(self, nombre: str) -> Hoja | None:
        """La hoja de ese nombre, sin importar tildes ni mayúsculas; None si no está."""
        buscada = clave(nombre)
        return next((hoja for hoja in self.hojas if clave(hoja.nombre) == buscada), None)
