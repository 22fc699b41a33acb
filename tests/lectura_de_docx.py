"""Lo que dice un docx generado, para compararlo: párrafos en orden, sin estilos ni espacios duros."""

import re
from itertools import pairwise

from generador.espejo import espejo

_RENGLON = re.compile(r"^\s*(?:[#|·] )*\[([^\]]*)\] ?(.*)$")


def con_estilo(datos: bytes, *, formato: bool = False, ligas: bool = False) -> list[tuple[str, str]]:
    """Los párrafos del cuerpo con su estilo: ``[("Párrafo", "El informe se dio por recibido.")]``."""
    cuerpo = espejo(datos).split("=== cuerpo: word/document.xml\n")[1].split("\n=== ")[0]
    leidos = [_RENGLON.match(renglon) for renglon in cuerpo.split("\n")]
    return [(leido[1], _limpio(leido[2], formato, ligas)) for leido in leidos if leido]


def _limpio(texto: str, formato: bool, ligas: bool) -> str:
    if not formato:
        texto = texto.replace("**", "")
    if not ligas:
        texto = re.sub(r"⟨[^⟩]*⟩", "", texto)
    return re.sub(r"[ \u00a0]+", " ", texto).strip()


def parrafos(datos: bytes, *, formato: bool = False, ligas: bool = False) -> list[str]:
    """Los párrafos del cuerpo."""
    return [texto for _, texto in con_estilo(datos, formato=formato, ligas=ligas)]


def firmas(datos: bytes) -> list[tuple[str, str]]:
    """Quién firma y con qué cargo, en orden."""
    leidos = con_estilo(datos)
    return [(texto, cargo) for (estilo, texto), (_, cargo) in pairwise(leidos) if estilo == "Firmante"]
