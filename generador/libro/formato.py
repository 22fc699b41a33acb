r"""El formato de Excel (negrita, tachado…) como marcas dentro del texto, y de vuelta.

Excel lo da por trozos: ``[("Lic. ", {NEGRITA}), ("Ana", {})]`` ↔ ``"\ufdd0Lic. \ufdd1Ana"``. Las marcas
van anidadas y se cierran en cada párrafo, para que un párrafo suelto siga bien formado.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

from generador.celdas import CURSIVA, LIGA, NEGRITA, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO, limpiar

Formato = frozenset[tuple[str, str]]
Trozo = tuple[str, Formato]

SIN_FORMATO: Formato = frozenset()
_MARCAS = (NEGRITA, CURSIVA, SUBRAYADO, TACHADO, SUPERINDICE, SUBINDICE)
_ABREN = {marca[0]: marca for marca in _MARCAS}
_CIERRAN = {marca[1]: marca for marca in _MARCAS}
_PIEZAS = "(\ufddc[^\ufddd]*\ufddd|[\ufdd0-\ufdef])"
_LIGA_ENTERA = "\ufddc([^\ufddd]*)\ufddd([^\ufddc\ufdde]*)\ufdde"


def texto_de(piezas: Sequence[Trozo | str], de_la_celda: Formato) -> tuple[str, str]:
    """El texto con marcas de una celda, y lo que hubo que quitarle (vea `celdas.limpiar`).

    Una pieza sin formato propio lleva el de la celda.
    """
    if not de_la_celda and len(piezas) == 1 and isinstance(piezas[0], str):
        return limpiar(piezas[0])
    trozos: list[Trozo] = []
    quitado: list[str] = []
    for pieza in piezas:
        crudo, formato = (pieza, de_la_celda) if isinstance(pieza, str) else pieza
        limpio, suyo = limpiar(crudo)
        trozos.append((limpio, formato))
        quitado += [suyo] if suyo and suyo not in quitado else []
    return con_marcas(trozos), ", ".join(quitado)


def con_marcas(trozos: Iterable[Trozo]) -> str:
    r"""``[("a\nb", {NEGRITA})]`` → ``"\ufdd0a\ufdd1\n\ufdd0b\ufdd1"``; los puros espacios van sin marcas."""
    return "\n".join(_parrafo(suyos) for suyos in _parrafos(trozos))


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


def con_liga(texto: str, liga: str) -> str:
    """El mismo texto como liga, párrafo por párrafo; no lleva además subrayado, que es como se ve una liga."""
    sin_subrayar = texto.replace(SUBRAYADO[0], "").replace(SUBRAYADO[1], "")
    return "\n".join(
        f"{LIGA[0]}{liga}{LIGA[1]}{parrafo}{LIGA[2]}" if parrafo.strip() else parrafo
        for parrafo in sin_subrayar.split("\n")
    )


def trozos_de(texto: str) -> tuple[list[Trozo], str]:
    """Los trozos de un texto con marcas, y la dirección si todo él es una liga.

    Excel sólo admite una liga por celda: de una liga en medio del texto queda su dirección entre paréntesis.
    """
    texto, liga = _sin_liga_entera(texto)
    trozos: list[Trozo] = []
    activas: set[tuple[str, str]] = set()
    direccion = ""
    for pieza in re.split(_PIEZAS, texto):
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
    ligas = re.findall(_LIGA_ENTERA, texto)
    fuera = re.sub(_LIGA_ENTERA, "", texto)
    if len({direccion for direccion, _ in ligas}) == 1 and not fuera.strip():
        return re.sub(_LIGA_ENTERA, r"\2", texto), ligas[0][0]
    return texto, ""
