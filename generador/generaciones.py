"""De cuál de las veces que se generó salió un documento que alguien corrigió.

Un documento puede volver cuando ya se generó otra vez: estaba en el correo, en otra carpeta o con otro nombre. Se
reconoce por la huella que lleva desde que se entregó o, si ya se fundió, por el paso que entonces se le anotó.
"""

from collections.abc import Sequence
from hashlib import sha256

FUSION = "generar.fusion"  # la propiedad del documento en que queda el último paso


def paso(base: bytes, nueva: bytes) -> str:
    """De qué base a qué nueva se fundió, para no poner dos veces lo mismo."""
    return sha256(sha256(base).digest() + sha256(nueva).digest()).hexdigest()


def de_la_que_salio(suyo: bytes, bases: Sequence[bytes]) -> bytes:
    """La base de ``suyo``, de las que se guardan (la última, primero); si no es de ninguna, la última.

    El que ya se fundió salió de la nueva de entonces. Levanta PaqueteRoto si no es un documento legible.
    """
    from generador.ooxml import HUELLA, marcas

    suyas = marcas(suyo)
    if ultimo := suyas.get(FUSION):
        return next((nueva for nueva in bases for base in bases if paso(base, nueva) == ultimo), bases[0])
    huella = suyas.get(HUELLA)
    return next((base for base in bases if huella and marcas(base).get(HUELLA) == huella), bases[0])
