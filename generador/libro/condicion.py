"""La fórmula que dice si una celda sigue como estaba: el color se apaga al corregirla.

Se compara con lo escrito, sin confundir el texto «5» con el número 5. Límites de Excel: 255 letras por texto
entre comillas (se juntan varios) y 8 192 por fórmula (los textos muy largos se comparan por sus extremos).
"""

import re
from collections.abc import Iterator

from generador.datos import dataclass

GUION_BAJO = "\ufdef"  # en lugar de «_x005F_», un guion bajo que no empieza un escape: openpyxl lo dejaría a medias
MAX_ENTRE_COMILLAS = 120  # letras de a lo más dos unidades: nunca pasan de 255
_MAX_FORMULA = 3_500
_EXTREMO = 1_000  # letras que se comparan de cada punta
_NUMERO = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TROZOS = re.compile(r"[\x00-\x1f]|[^\x00-\x1f_]+|_")


@dataclass(frozen=True)
class Escrito:
    """Lo que una celda tiene guardado, como en el archivo: su clase (``"n"``, ``"s"``, ``"b"``, ``"e"``) y su valor.

    Clase vacía: no tiene nada, o su fórmula nunca se calculó.
    """

    clase: str = ""
    valor: str = ""


def sigue_igual(celda: str, escrito: Escrito) -> str:
    """La fórmula, sin «=»: ``AND(ISNUMBER($B$2),$B$2=12)``. ``celda`` es su dirección fija."""
    match escrito.clase:
        case "e":
            return f"ISERROR({celda})"
        case "b":
            return f"AND(ISLOGICAL({celda}),{celda}={'TRUE' if escrito.valor == '1' else 'FALSE'})"
        case "n" if _NUMERO.fullmatch(escrito.valor):
            return f"AND(ISNUMBER({celda}),{celda}={escrito.valor})"
        case "s" if escrito.valor:
            return _mismo_texto(celda, _descifrado(escrito.valor))
        case _:
            return f"IF(ISERROR({celda}),TRUE,LEN({celda})=0)"


def _mismo_texto(celda: str, texto: str) -> str:
    entera = f"AND(ISTEXT({celda}),EXACT({celda},{_entre_comillas(texto)}))"
    if len(entera) <= _MAX_FORMULA:
        return entera
    unidades = len(texto.encode("utf-16-le")) // 2
    largo = f"ISTEXT({celda}),LEN({celda})={unidades}"
    if unidades != len(texto):  # con emojis, cada programa corta por otro lado
        return f"AND({largo})"
    inicio, fin = _entre_comillas(texto[:_EXTREMO]), _entre_comillas(texto[-_EXTREMO:])
    return f"AND({largo},EXACT(LEFT({celda},{_EXTREMO}),{inicio}),EXACT(RIGHT({celda},{_EXTREMO}),{fin}))"


def _entre_comillas(texto: str) -> str:
    """El texto como va en una fórmula: comillas dobles, saltos como ``CHAR(10)``, en trozos unidos con «&»."""
    return "&".join(_trozos(texto))


def _trozos(texto: str) -> Iterator[str]:
    # Un guion bajo cierra su trozo: Excel leería «_x0041_» como una sola letra.
    acumulado = ""
    for trozo in _TROZOS.findall(texto):
        if trozo < " ":
            yield from (f'"{acumulado}"',) if acumulado else ()
            yield f"CHAR({ord(trozo)})"
            acumulado = ""
            continue
        for letra in trozo:
            acumulado += '""' if letra == '"' else letra
            if len(acumulado) >= MAX_ENTRE_COMILLAS or (letra == "_" and _ESCAPE.search(texto)):
                yield f'"{acumulado}"'
                acumulado = ""
    if acumulado:
        yield f'"{acumulado}"'


def _descifrado(crudo: str) -> str:
    """Excel guarda un retorno como «_x000D_» y un «_x000D_» de verdad como «_x005F_x000D_»."""
    return _ESCAPE.sub(_letra, crudo).replace(GUION_BAJO, "_")


def _letra(escape: re.Match[str]) -> str:
    numero = int(escape[1], 16)
    return chr(numero) if numero < 0xD800 else escape[0]  # medio emoji no es una letra
