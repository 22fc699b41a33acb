"""Lo que el generador sabe de la lengua: fechas, horas, números, concordancias y tipografía.

Todo es puro: texto y números entran, texto y números salen. No adivina: el género viene del libro.
Babel (cifras en ``es_MX``) se importa dentro de quien lo usa, porque cargarlo tarda unos 80 ms. Por lo mismo, en todo
el programa, una expresión que rara vez hace falta se guarda como texto: `re` la compila, y la recuerda, al usarla.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import cache, lru_cache
from itertools import filterfalse
from types import MappingProxyType

from generador.datos import dataclass


class Genero(StrEnum):
    """El género gramatical, tal como se elige en el libro."""

    FEMENINO = "Femenino"
    MASCULINO = "Masculino"


class EstiloDeHora(StrEnum):
    """Cómo se escriben las horas; el valor es el ejemplo que se elige en el libro.

    La RAE prefiere ``RAE`` (símbolo sin punto ni plural); ``HRS`` y ``MIXTA`` son de uso institucional.
    """

    HRS = "11:00 hrs."
    RAE = "11:00 h"
    LETRA = "once horas con cinco minutos"
    MIXTA = "11 horas con 5 minutos"


class EstiloDeMiles(StrEnum):
    """Cómo se escriben los números de mil en adelante; el valor es el ejemplo que se elige en el libro.

    La RAE y Fundéu desaconsejan ``MIXTO`` («74 mil»), que es de uso institucional.
    """

    MIXTO = "mil 904"
    COMA = "1,904"


_LOCALE = "es_MX"  # siempre explícito: en «es» la coma es decimal y 384,052 sería 384.052
_F, _M = Genero.FEMENINO, Genero.MASCULINO


# --- Texto llano: con qué se lee y se compara ---


def _sin_tildes(texto: str) -> str:
    return "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFD", texto)))


def _llano(texto: str) -> str:
    """Sin tildes, en minúsculas, con espacios simples: ``" Una\u00a0 HORA "`` → ``"una hora"``."""
    return " ".join(_sin_tildes(texto).casefold().split())


# --- Números en letra ---

_HASTA_VEINTINUEVE = (
    *("cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"),
    *("diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho"),
    *("diecinueve", "veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco"),
    *("veintiséis", "veintisiete", "veintiocho", "veintinueve"),
)
_DECENAS = ("", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa")
_CENTENAS = (
    *("", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos"),
    *("seiscientos", "setecientos", "ochocientos", "novecientos"),
)
_MILLON = 10**6
_BILLON = 10**12


def cardinal(n: int, genero: Genero = Genero.MASCULINO, *, apocope: bool = False) -> str:
    """``31, FEMENINO`` → ``"treinta y una"``; 21000 → ``"veintiún mil"``; un millón, ``"un millón"``.

    ``apocope``: delante de un sustantivo masculino («un voto», «veintiún votos»); el femenino no cambia.
    Las centenas concuerdan («doscientas mil cuentas») y, con ellas, «uno» delante de «mil» («veintiuna mil
    cuentas»: la RAE da por buenas ésta y «veintiún mil»). Los millones son siempre masculinos.
    Levanta ValueError si es negativo o llega al billón.
    Fuente: RAE-ASALE, Ortografía (2010), cap. VIII, § 3.1; Nueva gramática, § 21.3.
    """
    if not 0 <= n < _BILLON:
        raise ValueError(f"{n} no se puede escribir en letra: se espera entre cero y un billón.")
    millones, resto = divmod(n, _MILLON)
    millares, unidades = divmod(resto, 1000)
    partes = []
    if millones:
        partes.append("un millón" if millones == 1 else f"{cardinal(millones, apocope=True)} millones")
    if millares:
        partes.append("mil" if millares == 1 else f"{_hasta_mil(millares, genero, apocope=True)} mil")
    if unidades or not n:
        partes.append(_hasta_mil(unidades, genero, apocope=apocope))
    return " ".join(partes)


def _hasta_mil(n: int, genero: Genero, *, apocope: bool) -> str:
    if n == 100:
        return "cien"
    centenas, resto = divmod(n, 100)
    partes = []
    if centenas:
        nombre = _CENTENAS[centenas]
        partes.append(re.sub("os$", "as", nombre) if genero is _F else nombre)
    if resto or not centenas:
        partes.append(_hasta_cien(resto, genero, apocope=apocope))
    return " ".join(partes)


def _hasta_cien(n: int, genero: Genero, *, apocope: bool) -> str:
    decena, unidad = divmod(n, 10)
    if n < 30:
        nombre = _HASTA_VEINTINUEVE[n]
    else:
        nombre = _DECENAS[decena] + (f" y {_HASTA_VEINTINUEVE[unidad]}" if unidad else "")
    if not nombre.endswith("uno"):
        return nombre
    raiz = nombre.removesuffix("uno")
    if genero is _F:
        return f"{raiz}una"
    if not apocope:
        return nombre
    return "veintiún" if n == 21 else f"{raiz}un"


_ORDINALES = (
    *("", "primero", "segundo", "tercero", "cuarto", "quinto"),
    *("sexto", "séptimo", "octavo", "noveno"),
)
_ORDINALES_DE_DECENA = (
    *("", "décimo", "vigésimo", "trigésimo", "cuadragésimo", "quincuagésimo"),
    *("sexagésimo", "septuagésimo", "octogésimo", "nonagésimo"),
)
_ORDINALES_CULTOS = {11: "undécimo", 12: "duodécimo"}


def ordinal(n: int, genero: Genero, *, apocope: bool = False, culto: bool = False) -> str:
    """``11, FEMENINO`` → ``"décima primera"``; ``13, MASCULINO, apocope=True`` → ``"décimo tercer"``.

    Concuerdan las dos palabras («décimo segunda» es incorrecto). ``apocope``: delante de un sustantivo
    masculino («primer punto»). ``culto``: «undécima», «duodécima». Levanta ValueError fuera de 1 a 99.
    Fuente: RAE-ASALE, Ortografía (2010), cap. VIII, § 3.2; del 11 al 29 valen una o dos palabras y
    aquí se usan dos, como desde el 31.
    """
    if not 1 <= n <= 99:
        raise ValueError(f"{n} no tiene ordinal en letra: se espera entre 1 y 99.")
    decena, unidad = divmod(n, 10)
    if culto and n in _ORDINALES_CULTOS:
        palabras = [_ORDINALES_CULTOS[n]]
    else:
        palabras = [palabra for palabra in (_ORDINALES_DE_DECENA[decena], _ORDINALES[unidad]) if palabra]
    if genero is _F:
        palabras = [f"{palabra[:-1]}a" for palabra in palabras]
    elif apocope and palabras[-1] in ("primero", "tercero"):
        palabras[-1] = palabras[-1][:-1]
    return " ".join(palabras)


def ordinal_en_cifra(n: int, genero: Genero, *, apocope: bool = False) -> str:
    """``2, FEMENINO`` → ``"2.ª"``; ``3, MASCULINO, apocope=True`` → ``"3.er"``; sin apócope, ``"3.º"``.

    Fuente: RAE-ASALE, Diccionario panhispánico de dudas, s. v. ordinales.
    """
    if genero is _F:
        return f"{n}.ª"
    return f"{n}.er" if apocope and n % 10 in (1, 3) else f"{n}.º"


# --- Números en cifra ---


def _exacto(x: int | float | Decimal) -> Decimal:
    """El número como lo ve la persona: con los 15 dígitos de Excel, 0.1 + 0.2 es 0.3."""
    return Decimal(f"{x:.15g}") if isinstance(x, float) else Decimal(x)


def _redondear(x: Decimal, decimales: int) -> Decimal:
    """Redondeo escolar (la mitad sube); nunca «menos cero»."""
    return x.quantize(Decimal(1).scaleb(-decimales), ROUND_HALF_UP) + 0


def _patron(decimales: int) -> str:
    return f"#,##0.{'0' * decimales}" if decimales else "#,##0"


def decimal(x: int | float | Decimal, decimales: int | None = None) -> str:
    """384052 → ``"384,052"``; 8.3 → ``"8.3"``; ``8.3, 2`` → ``"8.30"``; ``0.125, 2`` → ``"0.13"``.

    ``decimales`` None: todos los que trae el número.
    """
    return _con_miles(str(_exacto(x) if decimales is None else _redondear(_exacto(x), decimales)), decimales)


@lru_cache(4096)  # las mismas cifras se escriben una y otra vez, y Babel tarda en cada una
def _con_miles(exacto: str, decimales: int | None) -> str:
    from babel.numbers import format_decimal

    if decimales is None:
        return format_decimal(Decimal(exacto), locale=_LOCALE, decimal_quantization=False)
    return format_decimal(Decimal(exacto), _patron(decimales), locale=_LOCALE)


def porcentaje(x: int | float | Decimal, decimales: int = 0) -> str:
    """La parte de la unidad como porcentaje: 0.3772 → ``"38%"``; ``0.3772, 2`` → ``"37.72%"``.

    Sin espacio, como en las semillas (la RAE lo separa): uso institucional.
    """
    return f"{decimal(_exacto(x) * 100, decimales)}%"


def compacto(n: int | float | Decimal) -> str:
    """8300000 → ``"8.3 millones"``; 1000000 → ``"1 millón"``; 384052 → ``"384,052"``.

    Sólo se abrevian los millones, a una cifra decimal: «1.9 mil» no se escribe.
    """
    exacto = _exacto(n)
    if abs(exacto) < _MILLON:
        return decimal(exacto)
    millones = _redondear(exacto / _MILLON, 1).normalize()
    return f"{decimal(millones)} {'millón' if abs(millones) == 1 else 'millones'}"


def miles(n: int, estilo: EstiloDeMiles) -> str:
    """``1904, MIXTO`` → ``"mil 904"``; ``534087, MIXTO`` → ``"534 mil 087"``; ``1904, COMA`` → ``"1,904"``.

    En el mixto, lo que sigue a «mil» lleva tres cifras (uso institucional); desde el billón, comas.
    """
    if estilo is EstiloDeMiles.COMA or abs(n) >= _BILLON:
        return decimal(n)
    return f"menos {_mixto(-n)}" if n < 0 else _mixto(n)


def _mixto(n: int) -> str:
    if n < 1000:
        return str(n)
    if n < _MILLON:
        millares, resto = divmod(n, 1000)
        cabeza = "mil" if millares == 1 else f"{millares} mil"
    else:
        millones, resto = divmod(n, _MILLON)
        cabeza = "1 millón" if millones == 1 else f"{_mixto(millones)} millones"
    if not resto:
        return cabeza
    return f"{cabeza} {resto:03d}" if resto < 1000 else f"{cabeza} {_mixto(resto)}"


def moneda(monto: Decimal) -> str:
    """``Decimal("120000")`` → ``"$120,000.00"``; negativo, ``"-$1.00"``. Los medios centavos suben."""
    from babel.numbers import format_currency

    return format_currency(_redondear(monto, 2), "MXN", "¤#,##0.00", locale=_LOCALE)


def moneda_en_letra(monto: Decimal) -> str:
    """``Decimal("120000")`` → ``"ciento veinte mil pesos 00/100 M.N."``.

    «Un millón *de* pesos», pero «un millón doscientos mil pesos». Levanta ValueError desde el billón.
    Fuente: Nueva gramática, § 21.3 («millón» es sustantivo); la fracción y «M.N.», uso institucional.
    """
    pesos, centavos = divmod(int(_redondear(abs(monto), 2) * 100), 100)
    de = "de " if pesos and pesos % _MILLON == 0 else ""
    letra = f"{cardinal(pesos, apocope=True)} {de}{concordar(pesos, 'peso', 'pesos')} {centavos:02d}/100 M.N."
    return f"menos {letra}" if monto < 0 and (pesos or centavos) else letra


_CIFRAS = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?: [0-9]{3})+|[0-9]{1,18})(\.[0-9]{1,15})?")
_CON_SIGNO = re.compile(r"(menos |- ?|− ?|\+ ?)?(.+)")
_CON_MILLONES = re.compile(r"(.+?) millon(?:es)?(?: (.+))?")
_CON_MIL = re.compile(r"(?:([0-9]{1,3}(?:\.[0-9]{1,15})?) )?mil(?: ([0-9]{1,3}))?")


def numero_leido(texto: str) -> int | float | None:
    """El número escrito a la mexicana: ``"1,904"`` o ``"mil 904"`` → 1904; ``"3.5"`` → 3.5; si no, None.

    La coma separa millares de tres en tres y el punto decimales: ``"1,90"`` es None y ``"1.904"`` es
    menor que dos. También lee «8.3 millones» y los millares separados con espacio («1 904»).
    """
    con_signo = _CON_SIGNO.fullmatch(_llano(texto))
    magnitud = _magnitud(con_signo[2]) if con_signo else None
    if con_signo is None or magnitud is None:
        return None
    valor = -magnitud if con_signo[1] and con_signo[1][0] in "m-−" else magnitud
    return int(valor) if valor == valor.to_integral_value() else float(valor)


def _magnitud(texto: str) -> Decimal | None:
    partido = _CON_MILLONES.fullmatch(texto)
    if partido is None:
        return _magnitud_sin_millones(texto)
    millones = Decimal(1) if partido[1] == "un" else _magnitud_sin_millones(partido[1])
    resto = _magnitud_sin_millones(partido[2]) if partido[2] else Decimal(0)
    if millones is None or resto is None or resto >= _MILLON or (partido[2] and "." in partido[1]):
        return None
    return millones * _MILLON + resto


def _magnitud_sin_millones(texto: str) -> Decimal | None:
    if partido := _CON_MIL.fullmatch(texto):
        if partido[2] and "." in (partido[1] or ""):
            return None
        return Decimal(partido[1] or 1) * 1000 + Decimal(partido[2] or 0)
    if partido := _CIFRAS.fullmatch(texto):
        return Decimal(re.sub("[, ]", "", partido[1]) + (partido[2] or ""))
    return None


# --- Fechas ---

_MESES = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
    *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_DIAS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def fecha_larga(fecha: date, *, con_ordinal: bool = False) -> str:
    """``date(2017, 11, 15)`` → ``"15 de noviembre de 2017"``.

    El día primero es «1 de junio» o, con ``con_ordinal``, «1.º de junio», más habitual en América.
    Fuente: RAE-ASALE, Ortografía (2010), cap. VIII, § 5.2.2: mes en minúscula, año sin punto; Diccionario
    panhispánico de dudas, s. v. fecha, para el primer día del mes.
    """
    dia = "1.º" if con_ordinal and fecha.day == 1 else str(fecha.day)
    return f"{dia} de {_MESES[fecha.month - 1]} de {fecha.year}"


def periodo(desde: date, hasta: date) -> str:
    """``"del 1 de enero al 28 de abril de 2015"``: el mes y el año que comparten se dicen una vez."""
    inicio, fin = fecha_larga(desde), fecha_larga(hasta)
    if desde.year == hasta.year:
        inicio = inicio.removesuffix(f" de {desde.year}")
        if desde.month == hasta.month:
            inicio = inicio.partition(" de ")[0]
    return f"del {inicio} al {fin}"


def fecha_en_letra(fecha: date) -> str:
    """``date(2017, 11, 15)`` → ``"quince de noviembre de dos mil diecisiete"``; el día 1, «primero».

    Fuente: RAE-ASALE, Ortografía (2010), cap. VIII, § 5.2.2; Diccionario panhispánico de dudas, s. v. fecha.
    """
    dia = "primero" if fecha.day == 1 else cardinal(fecha.day)
    return f"{dia} de {_MESES[fecha.month - 1]} de {cardinal(fecha.year)}"


def dia_de_la_semana(fecha: date) -> str:
    """``date(2017, 11, 15)`` → ``"miércoles"``."""
    return _DIAS[fecha.weekday()]


_FECHA_EN_CIFRAS = re.compile(
    r"(?P<dia>[0-9]{1,2}) ?([/.-]) ?(?P<mes>[0-9]{1,2}) ?\2 ?(?P<anio>[1-9][0-9]{3}|[0-9]{2})"
)
_FECHA_ISO = re.compile(r"(?P<anio>[1-9][0-9]{3})([/.-])(?P<mes>[0-9]{1,2})\2(?P<dia>[0-9]{1,2})")
_FECHA_CON_MES = re.compile(
    rf"(?:(?P<semana>{'|'.join(map(_sin_tildes, _DIAS))}),? )?"
    r"(?P<dia>[0-9]{1,2}|primero)(?:\.?(?:[ºo°]|ro|er)\.?)?(?: de |[ /-])"
    r"(?P<mes>[a-z]+)\.?(?: de | del |, | del? ano |[ /-])(?P<anio>[1-9][0-9]{3}|(?<=-)[0-9]{2})"
)
_FORMAS_DE_FECHA = (_FECHA_EN_CIFRAS, _FECHA_ISO, _FECHA_CON_MES)
_MES_LEIDO = {
    **{mes: numero for numero, mes in enumerate(_MESES, 1)},
    **{mes[:3]: numero for numero, mes in enumerate(_MESES, 1)},
    **{"sept": 9, "setiembre": 9, "set": 9},
}


def leer_fecha(texto: str) -> date | None:
    """La fecha escrita, con el día antes que el mes: ``"15/11/2017"`` → ``date(2017, 11, 15)``.

    Lee también «15-nov-2017», «2017-11-15», «miércoles, 15 de noviembre del 2017», «1.º de junio de 2017».
    Un año de dos cifras, como lo muestra Excel («15/11/17», «15-nov-17»), es de este siglo. None si no es
    una fecha, si no existe (31-02-2017) o si el día de la semana escrito no es el suyo.
    Fuente del orden: RAE-ASALE, Ortografía (2010), cap. VIII, § 5.2.1.
    """
    llano = _llano(texto).rstrip(". ").removeprefix("a ")
    partes = next((p for forma in _FORMAS_DE_FECHA if (p := forma.fullmatch(llano))), None)
    if partes is None:
        return None
    mes = _MES_LEIDO.get(partes["mes"]) or (int(partes["mes"]) if partes["mes"].isdigit() else 0)
    dia = 1 if partes["dia"] == "primero" else int(partes["dia"])
    try:
        fecha = date(int(partes["anio"]) + (2000 if len(partes["anio"]) == 2 else 0), mes, dia)
    except ValueError:
        return None
    semana = partes.groupdict().get("semana")
    return None if semana and semana != _sin_tildes(dia_de_la_semana(fecha)) else fecha


# --- Horas ---


def hora(momento: time, estilo: EstiloDeHora) -> str:
    """``time(8, 1), HRS`` → ``"08:01 hrs."``; ``LETRA`` → ``"ocho horas con un minuto"``.

    En letra, la hora es femenina («veintiuna horas», «cero horas») y el minuto masculino («veintiún
    minutos»); sin minutos, «once horas». En la mixta, la hora lleva dos cifras y el minuto las que tenga
    («11 horas con 5 minutos»): uso institucional. Los segundos no se escriben.
    Fuente de las cifras y del símbolo «h»: RAE-ASALE, Ortografía (2010), cap. VIII, § 5.1.
    """
    match estilo:
        case EstiloDeHora.HRS:
            return f"{momento:%H:%M} hrs."
        case EstiloDeHora.RAE:
            return f"{momento:%H:%M} h"
        case EstiloDeHora.LETRA:
            horas, minutos = cardinal(momento.hour, _F), cardinal(momento.minute, apocope=True)
        case EstiloDeHora.MIXTA:
            horas, minutos = f"{momento:%H}", str(momento.minute)
    en_punto = f"{horas} {concordar(momento.hour, 'hora', 'horas')}"
    if not momento.minute:
        return en_punto
    return f"{en_punto} con {minutos} {concordar(momento.minute, 'minuto', 'minutos')}"


_UNIDAD_DE_HORA = r"h(?:oras?|rs?|s)?\.?"
_RELOJ = (
    r"(?P<horas>[0-9]{1,2})(?:[:.](?P<minutos>[0-9]{2})(?::(?P<segundos>[0-9]{2}))?)?"
    rf"(?P<unidad> ?{_UNIDAD_DE_HORA})?(?: ?(?P<mitad>[ap])\.? ?m\.?)?"
)
_HORAS_CON_MINUTOS = (
    rf"(?P<horas>.{{1,40}}?) ?{_UNIDAD_DE_HORA}(?: (?:con |y )?(?P<minutos>.{{1,40}}?) ?min(?:utos?)?\.?)?"
)


@cache
def _numeros_en_letra() -> Mapping[str, int]:
    return {
        _sin_tildes(cardinal(n, genero, apocope=apocope)): n
        for n in range(60)
        for genero in Genero
        for apocope in (False, True)
    }


def leer_hora(texto: str) -> time | None:
    """La hora escrita: ``"11:00 hrs."``, ``"11 horas"``, ``"11.00"``, ``"once horas"`` → ``time(11, 0)``.

    Lee también «1:30 p. m.», «13:05:00» y «11 horas con 5 minutos». None si no es una hora del día
    (25:10; 24:00, que es la hora 0 del día siguiente), si se contradice (13:00 p. m.) o si es un número
    a secas («11»).
    """
    llano = re.sub("^(?:siendo )?(?:a )?las? ", "", _llano(texto))
    if reloj := re.fullmatch(_RELOJ, llano):
        return _hora_de_reloj(reloj)
    if partes := re.fullmatch(_HORAS_CON_MINUTOS, llano):
        horas, minutos = _numero_corto(partes["horas"]), _numero_corto(partes["minutos"] or "0")
        return _hora_valida(horas, minutos)
    return None


def _hora_de_reloj(reloj: re.Match[str]) -> time | None:
    horas: int | None = int(reloj["horas"])
    if reloj["mitad"]:
        horas = _en_veinticuatro(int(reloj["horas"]), tarde=reloj["mitad"] == "p")
    elif not (reloj["minutos"] or reloj["unidad"]):
        return None
    return _hora_valida(horas, int(reloj["minutos"] or 0), int(reloj["segundos"] or 0))


def _en_veinticuatro(horas: int, *, tarde: bool) -> int | None:
    if not 1 <= horas <= 12:
        return None
    return horas % 12 + (12 if tarde else 0)


def _numero_corto(texto: str) -> int | None:
    return int(texto) if re.fullmatch("[0-9]{1,2}", texto) else _numeros_en_letra().get(texto)


def _hora_valida(horas: int | None, minutos: int | None, segundos: int = 0) -> time | None:
    if horas is None or minutos is None or horas > 23 or minutos > 59 or segundos > 59:
        return None
    return time(horas, minutos, segundos)


# --- Concordancia, enumeraciones y contracciones ---


def concordar(n: int, singular: str, plural: str) -> str:
    """La forma que pide el número, sin el número: ``1, "el voto", "los votos"`` → ``"el voto"``."""
    return singular if n == 1 else plural


def articulo(genero: Genero, plural: bool = False) -> str:
    """``FEMENINO`` → ``"la"``; ``MASCULINO, plural=True`` → ``"los"``."""
    if plural:
        return "las" if genero is _F else "los"
    return "la" if genero is _F else "el"


def articulo_de_grupo(generos: Iterable[Genero], *, incluyente: bool = True) -> str:
    """El artículo de varias personas: mujeres y hombres, ``"las y los"``; sólo mujeres, ``"las"``.

    Sin ``incluyente``, un grupo mixto es ``"los"``. Sin nadie, como mixto. Uso institucional.
    """
    presentes = set(generos)
    if presentes == {_F}:
        return "las"
    return "los" if presentes == {_M} or not incluyente else "las y los"


def grupo(generos: Iterable[Genero], femenino: str, masculino: str, *, incluyente: bool = True) -> str:
    """El nombre de varias personas: con un solo varón, ``"diputadas y diputados"``; sin él, ``"diputadas"``.

    Sin ``incluyente``, un grupo mixto es ``"diputados"``. Sin nadie, como mixto. Uso institucional.
    """
    presentes = set(generos)
    if presentes == {_F}:
        return femenino
    return masculino if presentes == {_M} or not incluyente else enumerar([femenino, masculino])


_ANTES_DE_LA_LETRA = r"(?:\ufddc[^\ufddc\ufddd]*\ufddd|[\ufdd0-\ufdef\s«»“”‘’\"'¿¡(\[—–-])*"
_PRELUDIO = re.compile(_ANTES_DE_LA_LETRA)
_ROMANO = r"[IVXLC]+(?!\w)"
_SIGLA_EN_I = r"I[AEOU][A-ZÑ]{0,4}(?!\w)"
_SUENA_I = r"h?(?:í|i(?![aeouáéóú])|y(?![aeiouáéíóú]|\b))"
_SUENA_O = r"h?[oó]|8|11(?:[, \u00a0]?[0-9]{3})*(?![0-9])"


def enumerar(cosas: Iterable[str], conjuncion: str = "y") -> str:
    """``["Ana", "Inés"]`` → ``"Ana e Inés"``; ``["7", "8"], "o"`` → ``"7 u 8"``; vacío → ``""``.

    «y» pasa a «e» ante /i/ plena, no ante diptongo («agua y hielo»); «o» pasa a «u» ante /o/, también en
    cifra (8, 11). Sin coma antes de la conjunción. Los números romanos («I y II») se leen como números y
    las siglas que empiezan por I («IEPC»), letra por letra.
    Fuente: Fundéu, «e delante de i- o hi-, pero y ante hie-, hia- o hio-».
    Límite: no oye extranjerismos («Bill y Hillary», «Iberia e easyJet») ni el hiato de «ion» o «hiato».
    """
    lista = list(cosas)
    if len(lista) < 2:
        return "".join(lista)
    ultima = lista[-1]
    return f"{', '.join(lista[:-1])} {_conjuncion_ante(ultima, conjuncion)} {ultima}"


def _conjuncion_ante(siguiente: str, conjuncion: str) -> str:
    palabra = _PRELUDIO.sub("", siguiente, count=1)
    if conjuncion == "y" and _suena_i(palabra):
        return "e"
    if conjuncion == "o" and re.match(_SUENA_O, palabra.casefold()):
        return "u"
    return conjuncion


def _suena_i(palabra: str) -> bool:
    if re.match(_ROMANO, palabra):
        return False
    return bool(re.match(_SIGLA_EN_I, palabra) or re.match(_SUENA_I, palabra.casefold()))


def con_preposicion(preposicion: str, nombre: str) -> str:
    """``"de", "el Comité"`` → ``"del Comité"``; ``"a", "la Comisión"`` → ``"a la Comisión"``.

    El artículo con mayúscula es parte del nombre y no se contrae («de El Salvador»).
    Fuente: RAE-ASALE, Diccionario panhispánico de dudas, s. vv. al, del.
    """
    if preposicion in ("a", "de") and nombre.startswith("el "):
        return f"{preposicion}{nombre[1:]}"
    return f"{preposicion} {nombre}"


# --- Mayúsculas y tipografía ---

_SIN_MARCAS = r"[^\s\ufdd0-\ufdef]"
_DIRECCION = re.compile(
    rf"\ufddc[^\ufddc\ufddd]*\ufddd|https?://{_SIN_MARCAS}+|www\.{_SIN_MARCAS}+"
    rf"|(?<![\w.+-])[\w.+-]*@\w{_SIN_MARCAS}*"
    rf"|(?<![\w.-])(?:[\w-]+\.)+(?:mx|com|org|net|gob|edu)(?!\w)(?:/{_SIN_MARCAS}*)?",
    re.IGNORECASE,
)


def mayuscula_inicial(texto: str) -> str:
    """``"¿están de acuerdo?"`` → ``"¿Están de acuerdo?"``: sólo cambia la primera letra.

    Se saltan comillas, signos de apertura y marcas de formato; una dirección web o una cuenta se respetan.
    """
    inicio = _PRELUDIO.match(texto)
    posicion = inicio.end() if inicio else 0
    if _DIRECCION.match(texto, posicion):
        return texto
    return texto[:posicion] + texto[posicion : posicion + 1].upper() + texto[posicion + 1 :]


def mayusculas(texto: str) -> str:
    """``"sesión en ine.mx"`` → ``"SESIÓN EN ine.mx"``: con tildes; las direcciones no cambian."""
    partes, desde = [], 0
    for direccion in _DIRECCION.finditer(texto):
        partes += [texto[desde : direccion.start()].upper(), direccion[0]]
        desde = direccion.end()
    return "".join(partes) + texto[desde:].upper()


# --- Títulos ---


@dataclass(frozen=True, slots=True)
class Titulo:
    """Un grado o tratamiento: su forma desarrollada en cada género, y el género que ya dice la abreviatura.

    ``genero`` None: la abreviatura vale para ambos («Lic.»).
    """

    masculino: str
    femenino: str
    genero: Genero | None = None


_LICENCIATURA = ("licenciado", "licenciada")
_MAESTRIA = ("maestro", "maestra")
_PROFESORADO = ("profesor", "profesora")
TITULOS: Mapping[str, Titulo] = MappingProxyType(
    {
        "Lic.": Titulo(*_LICENCIATURA),
        "Licda.": Titulo(*_LICENCIATURA, _F),
        "Mtra.": Titulo(*_MAESTRIA, _F),
        "Mtro.": Titulo(*_MAESTRIA, _M),
        "Dra.": Titulo("doctor", "doctora", _F),
        "Dr.": Titulo("doctor", "doctora", _M),
        "Ing.": Titulo("ingeniero", "ingeniera"),
        "Arq.": Titulo("arquitecto", "arquitecta"),
        "C.P.": Titulo("contador", "contadora"),
        "Profra.": Titulo(*_PROFESORADO, _F),
        "Profr.": Titulo(*_PROFESORADO, _M),
        "L.A.P.": Titulo(*_LICENCIATURA),
        "L.A.E.": Titulo(*_LICENCIATURA),
        "M. en C.": Titulo(*_MAESTRIA),
        "M. en D.": Titulo(*_MAESTRIA),
        "M.A.": Titulo(*_MAESTRIA),
        "Dip.": Titulo("diputado", "diputada"),
        "Sen.": Titulo("senador", "senadora"),
        "C.": Titulo("ciudadano", "ciudadana"),
    }
)
"""Los títulos que se ofrecen, por su abreviatura."""

_OTRAS_ABREVIATURAS = {
    "Lcda.": Titulo(*_LICENCIATURA, _F),
    "Licdo.": Titulo(*_LICENCIATURA, _M),
    "Lcdo.": Titulo(*_LICENCIATURA, _M),
    "Profa.": Titulo(*_PROFESORADO, _F),
    "Prof.": Titulo(*_PROFESORADO, _M),
}
_TITULOS_DESARROLLADOS = {
    forma: Titulo(titulo.masculino, titulo.femenino, genero)
    for titulo in TITULOS.values()
    for forma, genero in ((titulo.masculino, _M), (titulo.femenino, _F))
}


@lru_cache  # los mismos se preguntan por cada persona y cada párrafo
def _clave_de_titulo(titulo: str) -> str:
    return re.sub(r"[.\s]", "", _llano(titulo))


_TITULO_POR_CLAVE = {
    _clave_de_titulo(forma): titulo
    for forma, titulo in (*TITULOS.items(), *_OTRAS_ABREVIATURAS.items(), *_TITULOS_DESARROLLADOS.items())
}


def titulo_conocido(titulo: str) -> bool:
    """Si está en el catálogo, con o sin puntos, abreviado o desarrollado («MTRA», «Licenciada»)."""
    return _clave_de_titulo(titulo) in _TITULO_POR_CLAVE


def forma_desarrollada(titulo: str, genero: Genero) -> str | None:
    """``"Lic.", FEMENINO`` → ``"licenciada"``; None si no está en el catálogo."""
    conocido = _TITULO_POR_CLAVE.get(_clave_de_titulo(titulo))
    if conocido is None:
        return None
    return conocido.femenino if genero is _F else conocido.masculino


def genero_del_titulo(titulo: str) -> Genero | None:
    """``"Mtra."`` → ``FEMENINO``; None si no lo dice («Lic.») o no está en el catálogo."""
    conocido = _TITULO_POR_CLAVE.get(_clave_de_titulo(titulo))
    return conocido.genero if conocido else None


# --- Cargos ---

_CARGOS = (  # oficina, él, ella
    ("Presidencia", "Presidente", "Presidenta"),
    ("Vicepresidencia", "Vicepresidente", "Vicepresidenta"),
    ("Secretaría", "Secretario", "Secretaria"),
    ("Prosecretaría", "Prosecretario", "Prosecretaria"),
    ("Subsecretaría", "Subsecretario", "Subsecretaria"),
    ("Consejería", "Consejero", "Consejera"),
    ("Dirección", "Director", "Directora"),
    ("Subdirección", "Subdirector", "Subdirectora"),
    ("Coordinación", "Coordinador", "Coordinadora"),
    ("Gestoría", "Gestor", "Gestora"),
    ("Asesoría", "Asesor", "Asesora"),
    ("Contraloría", "Contralor", "Contralora"),
    ("Auditoría", "Auditor", "Auditora"),
    ("Procuraduría", "Procurador", "Procuradora"),
    ("Rectoría", "Rector", "Rectora"),
    ("Regiduría", "Regidor", "Regidora"),
    ("Senaduría", "Senador", "Senadora"),
    ("Gubernatura", "Gobernador", "Gobernadora"),
    ("Supervisión", "Supervisor", "Supervisora"),
    ("Administración", "Administrador", "Administradora"),
    ("Sindicatura", "Síndico", "Síndica"),
    ("Tesorería", "Tesorero", "Tesorera"),
    ("Diputación", "Diputado", "Diputada"),
    ("Magistratura", "Magistrado", "Magistrada"),
    ("Delegación", "Delegado", "Delegada"),
    ("Subdelegación", "Subdelegado", "Subdelegada"),
    ("Encargaduría", "Encargado", "Encargada"),
    ("Comisaría", "Comisario", "Comisaria"),
    ("Jefatura", "Jefe", "Jefa"),
    ("Alcaldía", "Alcalde", "Alcaldesa"),
    ("Invitación", "Invitado", "Invitada"),
    ("", "Comisionado", "Comisionada"),
    ("", "Licenciado", "Licenciada"),
    ("", "Ministro", "Ministra"),
    ("", "Juez", "Jueza"),
    ("Vocalía", "Vocal", "Vocal"),
    ("Representación", "Representante", "Representante"),
    ("Titularidad", "Titular", "Titular"),
    ("Suplencia", "Suplente", "Suplente"),
    ("Fiscalía", "Fiscal", "Fiscal"),
    ("", "Integrante", "Integrante"),
)
_ADJETIVOS = (
    *("técnico", "ejecutivo", "administrativo", "operativo", "jurídico", "adjunto", "interino"),
    *("propietario", "académico", "honorario", "honorífico", "ciudadano", "financiero", "informático"),
    *("legislativo", "político", "médico", "científico", "consultivo", "electo", "designado", "público"),
)
_OFICINAS = frozenset(oficina.casefold() for oficina, _, _ in _CARGOS if oficina)
_FORMAS_DE_CARGO = {
    forma.casefold(): (el, ella)
    for oficina, el, ella in (*_CARGOS, *(("", el, f"{el[:-1]}a") for el in _ADJETIVOS))
    for forma in (oficina, el, ella)
    if forma
}
_GENERO_DE_PALABRA = {
    _sin_tildes(forma.casefold()): genero
    for el, ella in _FORMAS_DE_CARGO.values()
    for forma, genero in ((el, _M), (ella, _F))
    if el != ella
}
_CABEZA_DE_CARGO = re.compile(r"(.*?)((?: (?:de|del|para|en|y|e|ante|a|al|con|por)\b|,|$).*)", re.DOTALL)


def _cabeza_de_cargo(cargo: str) -> tuple[list[str], str]:
    """Las palabras antes de la primera preposición, y lo demás tal cual."""
    partes = _CABEZA_DE_CARGO.fullmatch(cargo)
    return (partes[1].split(), partes[2]) if partes else ([], cargo)


def cargo_con_genero(cargo: str, genero: Genero) -> str:
    """``"Secretaría técnica", MASCULINO`` → ``"Secretario Técnico"``.

    Cambia la cabeza, hasta la primera preposición: lo que sigue queda igual («Presidenta del Comité»).
    También pasa de un género a otro («Director General», «Directora General»). Si no reconoce la primera
    palabra, devuelve el cargo como está. Los cargos van con mayúscula: uso institucional.
    """
    palabras, resto = _cabeza_de_cargo(cargo)
    if not palabras or palabras[0].casefold() not in _FORMAS_DE_CARGO:
        return cargo
    return " ".join(_palabra_de_cargo(palabra, genero) for palabra in palabras) + resto


def _palabra_de_cargo(palabra: str, genero: Genero) -> str:
    el, ella = _FORMAS_DE_CARGO.get(palabra.casefold(), (palabra, palabra))
    return mayuscula_inicial(ella if genero is _F else el)


def genero_de_cargo(cargo: str) -> Genero | None:
    """``"Directora de Área"`` → ``FEMENINO``; ``"Vocal Ejecutivo"`` → ``MASCULINO``.

    None si no lo dice («Titular», «Representante», «Vocal»), si es la oficina («Secretaría Técnica») o si
    no lo reconoce.
    """
    palabras, _ = _cabeza_de_cargo(cargo)
    if not palabras or palabras[0].casefold() in _OFICINAS:
        return None
    generos = (_GENERO_DE_PALABRA.get(_llano(palabra)) for palabra in palabras)
    return next((genero for genero in generos if genero), None)


_COLECTIVOS = frozenset(
    (
        *("miembros", "personas", "servidores", "servidoras", "enlaces", "responsables", "jueces", "colegas"),
        *("los", "las", "todos", "todas", "companeros", "companeras"),
    )
)


def cargo_en_plural(cargo: str) -> bool:
    """Si un cargo nombra a varias personas: ``"Titulares de las Unidades"``, ``"Directoras y Directores"``.

    Sólo por su primera palabra, y si es la forma plural de un cargo conocido; «Comisiones» o «Archivos» no lo son.
    """
    primera = _llano(cargo).partition(" ")[0].strip(".,:;")
    if primera in _COLECTIVOS:
        return True
    conocidas = {_llano(forma) for el, ella in _FORMAS_DE_CARGO.values() for forma in (el, ella)}
    return any(primera.endswith(s) and primera.removesuffix(s) in conocidas for s in ("s", "es"))


# --- Nombres y apellidos ---

_PARTICULA_INICIAL = re.compile(r"^(?:de(?: las?| los| el)?|del) ", re.IGNORECASE)
_PARTICULAS = re.compile(r"\b(?:de(?: las?| los| el)?|del|y)\b")


def _particulas_en_minuscula(apellido: str) -> str:
    """``"De La Cruz"`` → ``"de la Cruz"``; ni «La Merced» ni lo que va en versales cambian."""
    if apellido.isupper():
        return apellido
    return _PARTICULA_INICIAL.sub(lambda particula: particula[0].lower(), apellido).replace(" Y ", " y ")


def apellido_solo(apellido: str) -> str:
    """El apellido sin nombre delante: ``"de la Cruz"`` → ``"De la Cruz"`` («la consejera De la Cruz»).

    Fuente: RAE-ASALE, Ortografía (2010), sobre los apellidos con preposición; la recuerda Fundéu.
    """
    return mayuscula_inicial(_particulas_en_minuscula(apellido.strip()))


def nombre_completo(nombre: str, apellido1: str, apellido2: str = "") -> str:
    """``"Norma", "De la Cruz", "Magaña"`` → ``"Norma de la Cruz Magaña"``.

    Tras el nombre la partícula va en minúscula; el artículo solo, siempre en mayúscula («Susana La Merced»).
    Fuente: RAE-ASALE, Ortografía (2010), sobre los apellidos con preposición; la recuerda Fundéu.
    """
    apellidos = (_particulas_en_minuscula(apellido.strip()) for apellido in (apellido1, apellido2))
    return " ".join(parte for parte in (nombre.strip(), *apellidos) if parte)


def clave_de_orden(apellido1: str, apellido2: str = "", nombre: str = "") -> tuple[str, str, str]:
    """Con qué se ordenan las personas: ``"De la Peña", "Ávila", "Óscar"`` → ``("pen{a", "avila", "oscar")``.

    Sin tildes, la ñ tras la n, y sin las partículas (de, del, de la, de los, y). El artículo solo sí
    cuenta: «La Merced» va en la ele.
    """
    return _sin_particulas(apellido1), _sin_particulas(apellido2), _sin_particulas(nombre)


def _sin_particulas(texto: str) -> str:
    con_enie = unicodedata.normalize("NFC", texto).casefold().replace("ñ", "n{")  # «{» sigue a la zeta
    return " ".join(_PARTICULAS.sub(" ", _sin_tildes(con_enie).replace("-", " ")).split())


# --- Parecidos ---


def distancia(a: str, b: str) -> int:
    """Cuántas letras hay que poner, quitar, cambiar o trasponer: ``"DGLP", "DGPL"`` → 1."""
    anterior: list[int] = []
    actual = list(range(len(b) + 1))
    for i, letra in enumerate(a, 1):
        previa, anterior, actual = anterior, actual, [i]
        for j, otra in enumerate(b, 1):
            costo = min(anterior[j] + 1, actual[j - 1] + 1, anterior[j - 1] + (letra != otra))
            if i > 1 and j > 1 and letra == b[j - 2] and a[i - 2] == otra:
                costo = min(costo, previa[j - 2] + 1)
            actual.append(costo)
    return actual[-1]


# --- Espacios duros ---

_MARCA = "[\ufdd0-\ufddb]*"
_E = "[ \u00a0]"
_ABREVIATURAS = sorted({*TITULOS, *_OTRAS_ABREVIATURAS, "Sr.", "Sra.", "Srita."}, key=len, reverse=True)
_TITULO_ABREVIADO = "|".join(re.escape(forma) for a in _ABREVIATURAS for forma in (a, a.upper()))
_UNIDADES = (
    r"(?:mil|millón|millones|pesos?|M\.N\.|%|hrs?\.|h|horas?|minutos?|min|segundos?"
    r"|días?|meses|años?|km|m|cm|mm|kg|g|MB|GB)(?!\w)"
)
_ANTE_NUMERO = (
    r"núms?\.|arts?\.|artículos?|fracc?\.|fracción|fracciones|incisos?|numeral|numerales|párrafos?"
    r"|puntos?|apartados?|anexos?|págs?\.|pp?\.|caps?\.|capítulos?|vol\."
)
_MES = "|".join(_MESES)
_NO_SE_SEPARAN = (  # lo que va antes y después del espacio
    (r"(?<!\w)M\.", rf"(?:en|EN){_E}[A-Z]\."),
    (rf"(?<!\w)M\.{_E}(?:en|EN)", r"[A-Z]\."),
    (rf"(?<![\w.])(?:{_TITULO_ABREVIADO})", "[A-ZÁÉÍÓÚÜÑ]"),
    (r"[0-9]", _UNIDADES),
    (r"[0-9]", rf"[ap]\.{_E}?m\."),
    (rf"[0-9]{_E}[ap]\.", r"m\."),
    (r"(?<!\w)(?i:mil)", r"[0-9]{3}(?![0-9])"),
    (r"(?<![0-9])[0-9]{1,2}(?:\.?[º°])?", rf"(?i:de{_E}{_MARCA}(?:{_MES}))"),
    (rf"[0-9](?:\.?[º°])?{_MARCA}{_E}(?i:de)", f"(?i:{_MES})"),
    (rf"(?<!\w)(?i:{_ANTE_NUMERO})", r"[0-9]|[IVXLCDM]+(?!\w)|[a-z]\)"),
    (r"(?<!\w)(?i:núm\.|no\.)", r"[0-9]|[A-Z]{2,}[/-]"),
)


@cache
def _espacios_duros() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(f"({antes}{_MARCA}) (?={_MARCA}(?:{despues}))") for antes, despues in _NO_SE_SEPARAN)


def unir(texto: str) -> str:
    r"""El texto con espacio duro donde el renglón no debe partirse: ``"Lic. Ana"`` → ``"Lic.\u00a0Ana"``.

    Une el título abreviado con el nombre, la cifra con su unidad («11:00 hrs.», «8.3 millones»,
    «mil 904»), el día con su mes («28 de abril») y la referencia con su número («art. 24», «artículo 70»,
    «Núm. 5», «inciso a)»). El espacio fino (U+202F), que algunas fuentes muestran como un cuadro, se
    vuelve duro.
    Fuente: RAE-ASALE, Ortografía (2010), cap. V, § 3.2.5.3, para las abreviaturas; lo demás, uso editorial.
    """
    unido = texto.replace("\u202f", "\u00a0")
    for espacio_duro in _espacios_duros():
        unido = espacio_duro.sub("\\1\u00a0", unido)
    return unido
