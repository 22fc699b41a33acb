"""Lo que la prosa deja ver en cualquier libro: conteos que no cuadran y restos de otro documento."""

import re
from collections.abc import Iterator
from decimal import Decimal

from generador.castellano import cardinal, moneda_en_letra
from generador.celdas import clave, sin_formato
from generador.esquema import Registro
from generador.hallazgos import Hallazgo

_MESES = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
_RESIDUOS = (  # lo que un texto trae seguro si lleva uno (buscarlo así es mucho más rápido), cuál es y qué se dice
    (
        "XX",
        re.compile(r"(?<![Ss]iglo )\b(?:X{3,}|XX(?![IVX]))\b"),
        "Dice «{}»: parece un dato por llenar.",
        "Escriba el dato.",
    ),
    ("", re.compile(r"\[\s*\]|\(\s*\)"), "Trae «{}» vacíos.", "Escriba el dato o quítelos."),
    ("_", re.compile(r"\b20_+|_{3,}"), "Dice «{}»: parece un dato por llenar.", "Escriba el dato."),
    ("  ", re.compile(r"(?<!\S)\S*[^\s.:;]  +\S+"), "Trae dos espacios seguidos en «{}».", "Deje uno."),
    (
        "",
        re.compile(r"\{[^{}]*(?:\{[^\n]{0,40}|\n|$)|(?:^|\}|(?<=\n))[^{}\n]{0,40}\}"),
        "Trae una llave suelta en «{}».",
        "Un nombre va entre una llave que abre y una que cierra: {nombre}.",
    ),
    (
        "",
        re.compile(rf"\b\d{{1,2}} (?:{_MESES})\b", re.IGNORECASE),
        "Dice «{}», sin «de».",
        "Escriba, p. ej., «30 de agosto».",
    ),
)
_CARDINALES = {cardinal(n): n for n in range(2, 33)}
_CONTEO = re.compile(
    r"\b(\d{1,2}|" + "|".join(_CARDINALES) + r") ((?:[a-záéíóúñ]+ ?){1,2}): ([^.:;]+? [ye] [^.:;,]+)",
    re.IGNORECASE,
)


def conteos(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
    """V-29: «tres entidades: Durango, Hidalgo y Jalisco» nombra tres. Aviso: la prosa puede contar otra cosa."""
    llano = sin_formato(texto)
    for escrito in _CONTEO.finditer(llano) if ": " in llano else ():
        dicho = int(escrito[1]) if escrito[1].isdigit() else _CARDINALES[escrito[1].lower()]
        contados = len(re.split(r", | [ye] ", escrito[3]))
        if dicho != contados:
            yield registro.hallazgo(
                campo, f"Dice «{escrito[1]} {escrito[2].strip()}» y enseguida nombra {contados}.",
                "Cuéntelos de nuevo.", codigo="V-29", aviso=True,
            )  # fmt: skip


def residuos(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
    """V-32: restos de otro documento y descuidos de captura."""
    llano = sin_formato(texto)
    for indicio, patron, problema, remedio in _RESIDUOS:
        if indicio in llano and (hallado := patron.search(llano)):
            yield registro.hallazgo(campo, problema.format(hallado[0].strip()), remedio, codigo="V-32", aviso=True)


_MONTO = re.compile(
    r"\$ ?(\d{1,3}(?:,\d{3})*|\d+)(\.\d{1,2})?(?!\d|,\d)(?: ?M\.?N\.?)? ?\(([^()]*\bpesos?\b[^()]*)\)",
    re.IGNORECASE,
)
_NO_DISTINGUE = r"\bson\b|\bcon\b|\bm ?n\b|moneda nacional|mexicanos|centavos|[.,:;]"


def montos(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
    """V-33: «$120,000.00 (ciento veinte mil pesos 00/100 M.N.)»: la letra dice lo mismo que la cifra."""
    for escrito in _MONTO.finditer(sin_formato(texto)):
        monto = Decimal(escrito[1].replace(",", "") + (escrito[2] or ""))
        if monto >= 10**12:
            continue
        en_letra = moneda_en_letra(monto)
        if _monto_llano(escrito[3]) not in (_monto_llano(en_letra), _monto_llano(en_letra).removesuffix(" 00/100")):
            yield registro.hallazgo(
                campo, f"La cifra {escrito[0].partition('(')[0].strip()} no es lo que dice la letra: «{escrito[3]}».",
                f"Esa cifra se escribe «{en_letra}».", codigo="V-33",
            )  # fmt: skip


def _monto_llano(letra: str) -> str:
    """Sin tildes, puntos, «M.N.», «son» ni «con», y «mil» por «un mil»: lo que distingue a un monto de otro."""
    sin_puntos = re.sub(r"(^|\bmillon(?:es)? )un mil\b", r"\1mil", re.sub(r"\.", "", clave(letra)))
    return " ".join(re.sub(_NO_DISTINGUE, " ", sin_puntos).split())


CLAVE_DE_OFICIO = re.compile(r"\b[A-ZÑ][\w.]*(?:[/-][\w.]+)*/[\w./-]*\d{1,6}/(?:19|20)\d\d\b")
_CON_FECHA = (
    r"(?i)^\W*(?:de fecha|del?|fechado el|con fecha)(?: d[ií]a)? (?:\w+,? )?"
    rf"(\d{{1,2}} de (?:{_MESES}))( del? \d{{4}})?"
)


def oficios_sin_fecha(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
    """V-21: un oficio se cita con su clave y su fecha, con año."""
    for cita in CLAVE_DE_OFICIO.finditer(texto):
        fecha = re.match(_CON_FECHA, texto[cita.end() : cita.end() + 60])
        if fecha and not fecha[2]:
            yield registro.hallazgo(
                campo, f"Cita el oficio {cita[0]} «de fecha {fecha[1]}», sin año.", "Agregue el año.",
                codigo="V-21", aviso=True,
            )  # fmt: skip
        elif not fecha:
            yield registro.hallazgo(
                campo, f"Cita el oficio {cita[0]} sin su fecha.", "Agréguela: «de fecha 10 de febrero de 2026».",
                codigo="V-21", aviso=True,
            )  # fmt: skip


_SIGLA = re.compile(r"(?<![\w/@.{-])[A-ZÑ]{3,8}(?![\w/}-]|\.\w)")
_EN_LETRA = re.compile(r"\([^()]*\bpesos?\b[^()]*\)", re.IGNORECASE)
_NUMERO_ROMANO = re.compile(r"[IVXLCDM]+")
_SIN_DESARROLLAR = frozenset(
    ("URL", "PDF", "DVD", "USB", "CURP", "RFC", "IVA", "ISO", "LIC", "SMS", "NOTA", "MXN", "USD")
)


def siglas_en(texto: str) -> Iterator[str]:
    """Las siglas que usa un texto: ``"la baja del CDD"`` → ``"CDD"``; no las de claves ni las de todos conocidas.

    Tampoco lo que va en mayúsculas en un monto con letra: «(MIL PESOS 00/100 M.N.)».
    """
    if texto.isupper():
        return
    for hallada in _SIGLA.finditer(_EN_LETRA.sub("", texto)):
        if hallada[0] not in _SIN_DESARROLLAR and not _NUMERO_ROMANO.fullmatch(hallada[0]):
            yield hallada[0]
