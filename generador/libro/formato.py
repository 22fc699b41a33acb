r"""El formato de Excel (negrita, tachado…) como marcas dentro del texto, y de vuelta.

Excel lo da por trozos: ``[("Lic. ", {NEGRITA}), ("Ana", {})]`` ↔ ``"\ufdd0Lic. \ufdd1Ana"``. Las marcas
van anidadas y se cierran en cada párrafo, para que un párrafo suelto siga bien formado.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby, takewhile

from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from generador.celdas import CURSIVA, LIGA, NEGRITA, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO, limpiar

Formato = frozenset[tuple[str, str]]
Trozo = tuple[str, Formato]

SIN_FORMATO: Formato = frozenset()
_MARCAS = (NEGRITA, CURSIVA, SUBRAYADO, TACHADO, SUPERINDICE, SUBINDICE)
_ABREN = {marca[0]: marca for marca in _MARCAS}
_CIERRAN = {marca[1]: marca for marca in _MARCAS}
_PIEZAS = re.compile("(\ufddc[^\ufddd]*\ufddd|[\ufdd0-\ufdef])")
_LIGA_ENTERA = re.compile("\ufddc([^\ufddd]*)\ufddd([^\ufddc\ufdde]*)\ufdde")


def formato_de(fuente: Font | InlineFont) -> Formato:
    """Las marcas que pide una fuente de Excel."""
    pedidas = {
        NEGRITA: fuente.b,
        CURSIVA: fuente.i,
        SUBRAYADO: fuente.u not in (None, "none"),
        TACHADO: fuente.strike,
        SUPERINDICE: fuente.vertAlign == "superscript",
        SUBINDICE: fuente.vertAlign == "subscript",
    }
    return frozenset(marca for marca, puesta in pedidas.items() if puesta)


def texto_de(valor: str | CellRichText, de_la_celda: Formato, liga: str) -> tuple[str, str]:
    """El texto con marcas de una celda, y lo que hubo que quitarle (vea `celdas.limpiar`)."""
    trozos: list[Trozo] = []
    quitado: list[str] = []
    for pieza in [valor] if isinstance(valor, str) else valor:
        crudo, formato = (
            (pieza.text or "", formato_de(pieza.font)) if isinstance(pieza, TextBlock) else (str(pieza), de_la_celda)
        )
        limpio, suyo = limpiar(crudo)
        trozos.append((limpio, formato - {SUBRAYADO} if liga else formato))
        quitado += [suyo] if suyo and suyo not in quitado else []
    return con_marcas(trozos, liga), ", ".join(quitado)


def con_marcas(trozos: Iterable[Trozo], liga: str = "") -> str:
    r"""``[("a\nb", {NEGRITA})]`` → ``"\ufdd0a\ufdd1\n\ufdd0b\ufdd1"``; los puros espacios van sin marcas."""
    return "\n".join(_con_liga(_parrafo(suyos), liga) for suyos in _parrafos(trozos))


def _parrafos(trozos: Iterable[Trozo]) -> list[list[Trozo]]:
    parrafos: list[list[Trozo]] = [[]]
    for texto, formato in trozos:
        primero, *siguientes = texto.split("\n")
        parrafos[-1].append((primero, formato))
        parrafos += [[(otro, formato)] for otro in siguientes]
    return parrafos


def _juntos(trozos: Iterable[Trozo]) -> Iterator[Trozo]:
    for formato, grupo in groupby((t for t in trozos if t[0]), key=lambda trozo: trozo[1]):
        yield "".join(texto for texto, _ in grupo), formato


def _parrafo(trozos: list[Trozo]) -> str:
    salida: list[str] = []
    abiertas: list[tuple[str, str]] = []
    visibles = ((texto, formato if texto.strip() else SIN_FORMATO) for texto, formato in _juntos(trozos))
    for texto, formato in _juntos(visibles):
        pedidas = [marca for marca in _MARCAS if marca in formato]
        comunes = len(list(takewhile(lambda par: par[0] == par[1], zip(abiertas, pedidas, strict=False))))
        salida += [marca[1] for marca in reversed(abiertas[comunes:])]
        salida += [marca[0] for marca in pedidas[comunes:]]
        salida.append(texto)
        abiertas = pedidas
    return "".join(salida) + "".join(marca[1] for marca in reversed(abiertas))


def _con_liga(parrafo: str, liga: str) -> str:
    return f"{LIGA[0]}{liga}{LIGA[1]}{parrafo}{LIGA[2]}" if liga and parrafo.strip() else parrafo


def trozos_de(texto: str) -> tuple[list[Trozo], str]:
    """Los trozos de un texto con marcas, y la dirección si todo él es una liga.

    Excel sólo admite una liga por celda: de una liga en medio del texto queda su dirección entre paréntesis.
    """
    texto, liga = _sin_liga_entera(texto)
    trozos: list[Trozo] = []
    activas: set[tuple[str, str]] = set()
    direccion = ""
    for pieza in _PIEZAS.split(texto):
        if pieza in _ABREN:
            activas.add(_ABREN[pieza])
        elif pieza in _CIERRAN:
            activas.discard(_CIERRAN[pieza])
        elif pieza.startswith(LIGA[0]):
            direccion = pieza[1:-1]
        elif pieza == LIGA[2]:
            trozos.append((f" ({direccion})", SIN_FORMATO))
        elif pieza:
            trozos.append((limpiar(pieza)[0], frozenset(activas)))
    return list(_juntos(trozos)), liga


def _sin_liga_entera(texto: str) -> tuple[str, str]:
    ligas = _LIGA_ENTERA.findall(texto)
    fuera = _LIGA_ENTERA.sub("", texto)
    if len({direccion for direccion, _ in ligas}) == 1 and not fuera.strip():
        return _LIGA_ENTERA.sub(r"\2", texto), ligas[0][0]
    return texto, ""


def enriquecido(trozos: Iterable[Trozo], fuente: Font) -> CellRichText:
    """El texto con formato de Excel, con la letra de la celda."""
    return CellRichText([TextBlock(_inline(fuente, formato), texto) for texto, formato in trozos])


def _inline(fuente: Font, formato: Formato) -> InlineFont:
    return InlineFont(
        rFont=fuente.name,
        sz=fuente.sz,
        color=fuente.color,
        b=NEGRITA in formato or None,
        i=CURSIVA in formato or None,
        u="single" if SUBRAYADO in formato else None,
        strike=TACHADO in formato or None,
        vertAlign="superscript" if SUPERINDICE in formato else "subscript" if SUBINDICE in formato else None,
    )
