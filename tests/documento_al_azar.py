"""Documentos de Word chicos, al azar, y el mismo con otros datos: párrafos, negritas, estilos, tablas y celdas."""

from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from tests.fabrica import docx, p, t, tbl, tc, tr

_PALABRAS = [
    "el",
    "la",
    "de",
    "que",
    "comité",
    "sesión",
    "acuerdo",
    "informe",
    "voto",
    "plazo",
    "área",
    "secretaría",
    "15",
    "2017",
    "8",
    "tres",
    "dos",
    "se",
    "aprobó",
    "presentó",
    "portal",
    "redes",
    "cuentas",
    "datos",
    "y",
    "en",
    "por",
    "mayoría",
    "unanimidad",
]
Celda = list[str]


@dataclass
class Bloque:
    """Un párrafo (``tramos``, con o sin negrita) o una tabla (``filas``)."""

    tramos: list[tuple[str, bool]] = field(default_factory=list)
    estilo: str = ""
    filas: list[list[Celda]] = field(default_factory=list)

    def xml(self) -> str:
        if self.filas:
            filas = [tr(*(tc(*(p(texto) for texto in celda)) for celda in fila)) for fila in self.filas]
            return tbl(*filas, columnas=len(self.filas[0]))
        return p(*(t(texto, "<w:b/>" if negrita else "") for texto, negrita in self.tramos), estilo=self.estilo)


def en_word(bloques: list[Bloque]) -> bytes:
    """El documento."""
    return docx(*(bloque.xml() for bloque in bloques))


def al_azar(azar: Random) -> list[Bloque]:
    """De cuatro a once bloques; el primero y el último son párrafos."""
    medio = [_tabla(azar) if azar.random() < 0.2 else _parrafo(azar) for _ in range(azar.randint(2, 9))]
    return [_parrafo(azar), *medio, _parrafo(azar)]


def con_otros_datos(azar: Random, bloques: list[Bloque]) -> list[Bloque]:
    """El mismo con uno a cuatro cambios."""
    otros = deepcopy(bloques)
    for _ in range(azar.randint(1, 4)):
        lugar = azar.randrange(len(otros))
        que = azar.random()
        if que < 0.15 and len(otros) > 2:
            del otros[lugar]
        elif que < 0.3:
            otros.insert(lugar, _parrafo(azar) if azar.random() < 0.8 else _tabla(azar))
        elif que < 0.4:
            otro = azar.randrange(len(otros))
            otros[lugar], otros[otro] = otros[otro], otros[lugar]
        elif otros[lugar].filas:
            _cambiar_tabla(azar, otros[lugar].filas)
        else:
            _cambiar_parrafo(azar, otros[lugar])
    return otros if otros[-1].tramos else [*otros, _parrafo(azar)]


def _frase(azar: Random) -> str:
    return " ".join(azar.choice(_PALABRAS) for _ in range(azar.randint(1, 14)))


def _parrafo(azar: Random) -> Bloque:
    tramos = [(f"{_frase(azar)} ", azar.random() < 0.15) for _ in range(azar.randint(1, 2))]
    return Bloque(tramos, azar.choice(("", "", "ListaNumerada")))


def _tabla(azar: Random) -> Bloque:
    columnas = azar.randint(1, 3)
    filas = [[[_frase(azar)] * azar.choice((1, 1, 1, 2)) for _ in range(columnas)] for _ in range(azar.randint(1, 4))]
    return Bloque(filas=filas)


def _cambiar_parrafo(azar: Random, bloque: Bloque) -> None:
    cual = azar.randrange(len(bloque.tramos))
    texto, negrita = bloque.tramos[cual]
    trozos = texto.split(" ")
    trozos[azar.randrange(len(trozos))] = azar.choice([*_PALABRAS, "", _frase(azar)])
    bloque.tramos[cual] = " ".join(trozos), negrita != (azar.random() < 0.1)
    if azar.random() < 0.08:
        bloque.estilo = "" if bloque.estilo else "ListaNumerada"


def _cambiar_tabla(azar: Random, filas: list[list[Celda]]) -> None:
    fila = azar.randrange(len(filas))
    celda = azar.choice(filas[fila])
    que = azar.random()
    if que < 0.2 and len(filas) > 1:
        del filas[fila]
    elif que < 0.4:
        filas.insert(fila, [[_frase(azar)] for _ in filas[0]])
    elif que < 0.5 and len(celda) > 1:
        del celda[azar.randrange(len(celda))]
    elif que < 0.6:
        celda.insert(azar.randrange(len(celda) + 1), _frase(azar))
    else:
        celda[azar.randrange(len(celda))] = _frase(azar)
