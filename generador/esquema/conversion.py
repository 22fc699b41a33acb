"""Convertir: de lo escrito en una celda al valor tipado de su campo."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from generador.castellano import (
    Genero,
    dia_de_la_semana,
    enumerar,
    fecha_larga,
    leer_fecha,
    leer_hora,
    numero_leido,
    ordinal,
)
from generador.celdas import Celda, Libro, clave, como_se_ve, en_un_renglon, parecido
from generador.esquema.cifra_de_excel import como_en_excel
from generador.esquema.declaracion import Campo, TextoLargo

AL_EXCEL = "Abra el libro en Excel, corríjalo y guárdelo."


class ValorInvalido(ValueError):
    """Lo escrito no es del tipo del campo."""

    def __init__(self, problema: str, remedio: str) -> None:
        self.problema, self.remedio = problema, remedio
        super().__init__(f"{problema} {remedio}")


def convertir(campo: Campo, celda: Celda, libro: Libro) -> Any:
    """El valor tipado de una celda; el valor por omisión si está en blanco. Levanta ValorInvalido."""
    if celda.problema:
        raise ValorInvalido(f"«{campo.rotulo}» {celda.problema}", AL_EXCEL)
    if celda.vacia:
        if campo.obligatorio:
            raise ValorInvalido(f"«{campo.rotulo}» está en blanco.", "Escriba el dato.")
        return campo.por_omision
    if campo.opciones:
        return _opcion(campo, celda)
    return _CONVERSIONES[campo.tipo](campo, celda, libro)


_OTRAS_FORMAS = {
    "mujer": "femenino",
    "hombre": "masculino",
    "presidente": "presidencia",
    "presidenta": "presidencia",
    "secretario tecnico": "secretaria tecnica",
    "vocal": "integrante",
    "invitado": "invitacion",
    "invitada": "invitacion",
    "asesor": "asesoria",
    "asesora": "asesoria",
}
_PRIMER_ANO = 1910  # lo anterior es un número chico al que Excel dio formato de fecha: 5 es el 5 de enero de 1900
_DIA_Y_FECHA = r"(?i)(lunes|martes|mi[ée]rcoles|jueves|viernes|s[áa]bado|domingo),? +(.+)"


def _opcion(campo: Campo, celda: Celda) -> Any:
    escrito = clave({True: "Sí", False: "No"}[celda.valor] if isinstance(celda.valor, bool) else celda.texto)
    if campo.tipo is bool:
        escrito = {"s": "si", "x": "si", "verdadero": "si", "n": "no", "falso": "no"}.get(escrito, escrito)
    escrito = _OTRAS_FORMAS.get(escrito, escrito)
    elegidas = [opcion for opcion in campo.opciones if clave(opcion) == escrito]
    elegidas = elegidas or [opcion for opcion in campo.opciones if clave(opcion).startswith(escrito)]
    if len(elegidas) == 1:
        return elegidas[0] == "Sí" if campo.tipo is bool else campo.tipo(elegidas[0])
    cercana = parecido(escrito, campo.opciones)
    pregunta = f"¿Quiso decir «{cercana}»? " if cercana else ""
    lista = enumerar([f"«{opcion}»" for opcion in campo.opciones], "o")
    aclaracion = " Aquí «M» es masculino y «F», femenino." if campo.tipo is Genero and escrito == "h" else ""
    raise ValorInvalido(
        f"«{campo.rotulo}» dice «{celda.texto}», que no está en la lista.", f"{pregunta}Elija {lista}.{aclaracion}"
    )


def _a_texto(campo: Campo, celda: Celda, libro: Libro) -> str:
    return en_un_renglon(como_se_ve(celda.valor))  # sin su formato: también son claves que se comparan


def _como_se_lee(celda: Celda) -> str:
    """Lo escrito como lo muestra Excel: «$1,500.00», «12.5%», «31 de enero de 2018»."""
    if isinstance(celda.valor, date) and "mmmm" in celda.formato.casefold():
        return fecha_larga(celda.valor)
    return como_en_excel(celda) or como_se_ve(celda.valor)


def _a_texto_largo(campo: Campo, celda: Celda, libro: Libro) -> str:
    crudo = celda.valor if isinstance(celda.valor, str) else _como_se_lee(celda)
    return "\n".join(renglon.strip() for renglon in crudo.strip().split("\n"))


def _a_entero(campo: Campo, celda: Celda, libro: Libro) -> int:
    numero = _numero(celda)
    if campo.porcentaje:
        numero = _en_porcentaje(celda, numero)
    if numero is None or numero % 1 != 0:
        raise ValorInvalido(
            f"«{campo.rotulo}» dice «{celda.texto}», que no es un número entero.",
            "Escríbalo con cifras, como 12.",
        )
    if (campo.minimo is not None and numero < campo.minimo) or (campo.maximo is not None and numero > campo.maximo):
        raise ValorInvalido(f"«{campo.rotulo}» dice «{celda.texto}».", _limites(campo))
    return int(numero)


def _a_cifra(campo: Campo, celda: Celda, libro: Libro) -> int | float:
    numero = _numero(celda)
    if numero is None or not math.isfinite(numero):
        raise ValorInvalido(
            f"«{campo.rotulo}» dice «{celda.texto}», que no es un número.", "Escríbalo con cifras, como 384052."
        )
    if (campo.minimo is not None and numero < campo.minimo) or (campo.maximo is not None and numero > campo.maximo):
        raise ValorInvalido(f"«{campo.rotulo}» dice «{celda.texto}».", _limites(campo))
    redondo = round(numero, 6)  # con más decimales ya no es un dato: es un residuo de la cuenta
    return int(redondo) if redondo % 1 == 0 else redondo


def _en_porcentaje(celda: Celda, numero: float | None) -> float | None:
    """60% es 0.6 en Excel y «60%» como texto: los dos son 60."""
    if isinstance(celda.valor, str) and celda.texto.endswith("%"):
        return numero_leido(celda.texto.removesuffix("%"))
    return (
        round(numero * 100, 6) if isinstance(celda.valor, float) and numero is not None and 0 < numero <= 1 else numero
    )


def _limites(campo: Campo) -> str:
    if campo.maximo is None:
        return f"Debe ser {campo.minimo:,} o más."
    if campo.minimo is None:
        return f"Debe ser {campo.maximo:,} o menos."
    return f"Debe estar entre {campo.minimo:,} y {campo.maximo:,}."


@cache
def _ordinales() -> Mapping[str, int]:
    return {clave(ordinal(numero, genero)): numero for numero in range(1, 100) for genero in Genero}


def _numero(celda: Celda) -> float | None:
    match celda.valor:
        case bool() | None:
            return None
        case int() | float():
            return celda.valor
        case str():
            leido = numero_leido(celda.texto.rstrip("ªº°."))
            return _ordinales().get(clave(celda.texto)) if leido is None else leido
        case _:
            return None


def _a_fecha(campo: Campo, celda: Celda, libro: Libro) -> date:
    match celda.valor:
        case datetime():
            leida: date | None = celda.valor.date()
        case date():
            leida = celda.valor
        case str():
            leida = leer_fecha(celda.texto)
        case int() | float() if not isinstance(celda.valor, bool):
            leida = _fecha_de_serie(celda.valor, libro)
        case _:
            leida = None
    if leida is None:
        con_dia = re.fullmatch(_DIA_Y_FECHA, celda.texto)
        sin_dia = leer_fecha(con_dia[2]) if con_dia else None
        if sin_dia is not None:
            raise ValorInvalido(
                f"«{campo.rotulo}» dice «{celda.texto}», pero ese día fue {dia_de_la_semana(sin_dia)}.",
                "Corrija el día o la fecha.",
            )
        raise ValorInvalido(
            f"«{campo.rotulo}» dice «{celda.texto}», que no es una fecha.",
            "Escríbala como 15/11/2017.",
        )
    if leida.year < _PRIMER_ANO:
        raise ValorInvalido(f"«{campo.rotulo}» dice «{celda.texto}», de hace más de un siglo.", "Corrija el año.")
    return leida


def _fecha_de_serie(serie: float, libro: Libro) -> date | None:
    """Una fecha que Excel guardó como número sin formato; sólo de 1990 a 2100, para no inventarla."""
    base = date(1904, 1, 1) if libro.base_1904 else date(1899, 12, 30)
    if not 30_000 <= serie <= 75_000:
        return None
    return base + timedelta(days=int(serie))


def _a_hora(campo: Campo, celda: Celda, libro: Libro) -> time:
    match celda.valor:
        case datetime() if celda.valor.year < _PRIMER_ANO:
            leida: time | None = None  # un «11» con formato de hora: Excel lo entiende como once días
        case datetime() | time():
            leida = _al_minuto(celda.valor)
        case timedelta() if celda.valor < timedelta(days=1):
            leida = _al_minuto((datetime.min + celda.valor).time())
        case str():
            leida = leer_hora(celda.texto)
        case float() if 0 <= celda.valor < 1:
            leida = (datetime.min + timedelta(minutes=round(celda.valor * 24 * 60))).time()
        case _:
            leida = None
    if leida is None:
        raise ValorInvalido(f"«{campo.rotulo}» dice «{celda.texto}», que no es una hora.", "Escríbala como 13:05.")
    return leida


def _al_minuto(momento: datetime | time) -> time:
    """El minuto más cercano: 10:59:59.997 es lo que Excel guarda de las 11:00."""
    segundos = momento.hour * 3600 + momento.minute * 60 + momento.second + momento.microsecond / 1e6
    minutos = min(round(segundos / 60), 24 * 60 - 1)
    return time(minutos // 60, minutos % 60)


_CONVERSIONES: dict[type, Callable[[Campo, Celda, Libro], Any]] = {
    str: _a_texto,
    TextoLargo: _a_texto_largo,
    int: _a_entero,
    float: _a_cifra,
    date: _a_fecha,
    time: _a_hora,
}
