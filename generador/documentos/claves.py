"""La clave de cada acuerdo: legible, asignada por el programa y siempre la misma.

Se arma con el formato del órgano (``"{siglas}-{año}-{tipo}{sesión}-{punto}-{clase}{n}"``) y la identidad del
punto, no con el número que se muestra: si otro se retira y el punto se renumera, la clave no cambia.
"""

import re
from collections.abc import Iterator, Sequence

from generador.celdas import clave, en_un_renglon
from generador.documentos.sesion import Acuerdo, Organo, Sesion, TipoDeSesion

_NOMBRE = re.compile(r"\{([^{}]*)\}")
_CONSECUTIVO = re.compile(r"\{\s*(n+)\s*\}", re.IGNORECASE)
_LETRA_DE_TIPO = {
    TipoDeSesion.ORDINARIA: "O",
    TipoDeSesion.EXTRAORDINARIA: "E",
    TipoDeSesion.ESPECIAL: "ES",
    TipoDeSesion.SOLEMNE: "S",
}
NOMBRES = ("siglas", "año", "tipo", "sesión", "punto", "clase", "n", "nn", "nnn")
DE_LA_SESION = ("año", "tipo", "sesión")  # lo que distingue a una sesión de las demás


def nombres_en_formato(formato: str) -> list[str]:
    """Los nombres que cita: ``"{siglas}-{n}"`` → ``["siglas", "n"]``."""
    return [en_un_renglon(nombre) for nombre in _NOMBRE.findall(formato)]


def claves_de(organo: Organo, sesion: Sesion, acuerdos: Sequence[Acuerdo]) -> Iterator[tuple[str, Acuerdo]]:
    """Cada acuerdo con su clave: la que escribió la persona o ``"CGPE-2017-O02-08-C1"``.

    El consecutivo cuenta los acuerdos que sólo en él se distinguen: en el formato de omisión, los de la misma
    clase en el mismo punto. Los acuerdos van en el orden en que se tomaron.
    """
    escritas = {clave(acuerdo.clave) for acuerdo in acuerdos if acuerdo.clave}
    usados: dict[str, int] = {}
    for acuerdo in acuerdos:
        if acuerdo.clave:
            yield acuerdo.clave, acuerdo
            continue
        molde = _molde(organo, sesion, acuerdo)
        while True:
            usados[molde] = usados.get(molde, 0) + 1
            armada = _con_consecutivo(molde, usados[molde])
            if clave(armada) not in escritas or armada == molde:
                break
        yield armada, acuerdo


def _molde(organo: Organo, sesion: Sesion, acuerdo: Acuerdo) -> str:
    """El formato con todo menos el consecutivo: ``"CGPE-2017-O02-08-C{n}"``."""
    valores = {
        "siglas": organo.siglas or "S",
        "ano": str(sesion.fecha.year),
        "año": str(sesion.fecha.year),
        "tipo": _LETRA_DE_TIPO[sesion.tipo],
        "sesion": f"{sesion.numero:02d}",
        "punto": _punto(acuerdo.punto),
        "clase": acuerdo.clase[0],
    }
    return _NOMBRE.sub(lambda cita: valores.get(clave(cita[1]), cita[0]), organo.formato_de_clave)


def _punto(citado: str) -> str:
    """``"8"`` o ``"Punto 8"`` → ``"08"``; ``"3 bis"`` → ``"3BIS"``."""
    letras = "".join(letra for letra in citado.upper() if letra.isalnum()).removeprefix("PUNTO")
    return letras.zfill(2) if letras.isdigit() else letras


def _con_consecutivo(molde: str, numero: int) -> str:
    return _CONSECUTIVO.sub(lambda cita: str(numero).zfill(len(cita[1])), molde)
