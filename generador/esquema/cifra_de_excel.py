"""Cómo muestra Excel una cifra según el formato de su celda: ``1234567.5`` con ``"$#,##0.00"`` es «$1,234,567.50»."""

import re
from decimal import Decimal

from generador.castellano import decimal
from generador.celdas import Celda

_SIN_FORMATO = ("", "general", "@", "text")
_COLORES = "red|black|blue|green|white|yellow|cyan|magenta|color ?[0-9]+"
_ADORNOS = rf"(?i)\[\$([^\]-]*)[^\]]*\]|\[(?:{_COLORES})\]|_.|\*."
_PIEZAS = r'"([^"]*)"|\\(.)|([#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)(,*)|(.)'
_LLANOS = frozenset(" $€£¥%+-()~!&':")


def como_en_excel(celda: Celda) -> str | None:
    """La cifra de una celda como la muestra Excel; None si no es una cifra o su formato no dice cómo mostrarla.

    Entiende moneda, millares, decimales, porcentajes y ceros a la izquierda, con su forma para negativos y
    para el cero. Fuente: ECMA-376, 18.8.31 (numFmts).
    """
    valor = celda.valor
    if isinstance(valor, bool) or not isinstance(valor, int | float) or celda.formato.casefold() in _SIN_FORMATO:
        return None
    secciones = _secciones(celda.formato)
    if not secciones:
        return None
    exacto = Decimal(f"{valor:.15g}")
    if exacto < 0 and len(secciones) > 1:
        return _mostrada(abs(exacto), secciones[1])
    if exacto == 0 and len(secciones) > 2:
        return _mostrada(exacto, secciones[2])
    dicha = _mostrada(abs(exacto), secciones[0])
    return f"-{dicha}" if dicha is not None and exacto < 0 and re.search("[1-9]", dicha) else dicha


def _secciones(formato: str) -> list[str]:
    """Las partes del formato (positivos; negativos; cero), sin colores, rellenos ni el idioma de la moneda."""
    partes = [""]
    for pieza in re.findall(r'"[^"]*"|\\.|.', re.sub(_ADORNOS, lambda m: f'"{m[1]}"' if m[1] else "", formato)):
        if pieza == ";":
            partes.append("")
        else:
            partes[-1] += pieza
    return partes[:3]


def _mostrada(valor: Decimal, seccion: str) -> str | None:
    """``Decimal("0.125"), "0.0%"`` → ``"12.5%"``; None si es una fecha, una fracción o lo que aquí no se entiende."""
    piezas = [m.groups() for m in re.finditer(_PIEZAS, seccion)]
    if sum(bool(patron) for *_, patron, _, _ in piezas) > 1:
        return None
    valor *= 100 ** sum(suelto == "%" for *_, suelto in piezas)
    escrita = ""
    for citado, escapado, patron, escala, suelto in piezas:
        if suelto and suelto not in _LLANOS:
            return None
        letra = citado or escapado or suelto or ""
        escrita += _con_patron(valor.scaleb(-3 * len(escala)), patron) if patron else letra
    return escrita.strip() or None


def _con_patron(valor: Decimal, patron: str) -> str:
    enteros, _, decimales = patron.partition(".")
    dicho = decimal(valor, len(decimales))
    entero, _, parte = dicho.partition(".")
    while parte and len(parte) > decimales.count("0") and parte.endswith("0"):
        parte = parte[:-1]
    if "," not in enteros:
        entero = entero.replace(",", "").zfill(enteros.count("0"))
    if entero == "0" and "0" not in enteros:
        entero = ""
    return f"{entero}.{parte}" if parte else entero
