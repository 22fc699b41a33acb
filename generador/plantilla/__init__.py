"""De una plantilla de Word y un contexto, un documento: lo único que hay que saber para usarla."""

from generador.plantilla.motor import Plantilla
from generador.plantilla.paquete import Propiedades
from generador.plantilla.validez import Problema, problemas

__all__ = ["Plantilla", "Problema", "Propiedades", "problemas"]
