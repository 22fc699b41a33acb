"""Lo que comparten los informes de un expediente: el membrete, el periodo, la firma y cómo se dicen las fechas."""

from datetime import date
from typing import Any

from generador.castellano import concordar, decimal, fecha_larga, mayusculas, periodo, unir
from generador.documentos.comun import propias
from generador.documentos.expediente import Archivada, Expediente
from generador.documentos.minuta import TIPO as MINUTA
from generador.documentos.minuta import membrete
from generador.documentos.tipo import Tipo

NombresDePlantilla = dict[str, object]
DEL_LIBRO_DE_SESION: Tipo[Any] = MINUTA  # del mismo libro sale lo que se informa de un expediente

RAYA = "—"


def datos_del_organo(expediente: Expediente) -> NombresDePlantilla:
    """El membrete, según el libro más reciente."""
    return membrete(expediente.ultima.libro.organo)


def periodo_de(expediente: Expediente) -> str:
    """``"del 15 de noviembre de 2017 al 30 de junio de 2018"``: de la primera sesión al corte."""
    return periodo(expediente.sesiones[0].fecha, expediente.corte.fecha)


def firmas(expediente: Expediente) -> NombresDePlantilla:
    """Firma quien fungió en la secretaría técnica de la última sesión: ``{"unica": {…}, "filas": []}``."""
    persona = expediente.ultima.reunion.secretaria
    if persona is None:
        return {"unica": None, "filas": []}
    cargo = (persona.cargo_en_firma or persona.cargo).rstrip(".")
    firma = {"nombre": mayusculas(persona.con_titulo), "cargo": cargo, "nota": ""}
    return {"unica": {**propias(persona), **firma}, "filas": []}


def en_corto(fecha: date | None) -> str:
    """``"15/11/2017"``, para las tablas; vacío si no hay."""
    return f"{fecha:%d/%m/%Y}" if fecha else ""


def sesion_y_fecha(sesion: Archivada) -> str:
    """``"segunda sesión ordinaria del 15 de noviembre de 2017"``."""
    return f"{sesion.nombre} del {unir(fecha_larga(sesion.fecha))}"


def cifra_clave(cuantos: int, uno: str, varios: str) -> NombresDePlantilla:
    """``{"rotulo": "Sesiones", "valor": "3"}``; de una sola, ``"Sesión"``."""
    return {"rotulo": concordar(cuantos, uno, varios), "valor": cifra(cuantos)}


def cifra(valor: int) -> str:
    """``"1,904"``: en tablas, siempre con cifras."""
    return decimal(valor)
