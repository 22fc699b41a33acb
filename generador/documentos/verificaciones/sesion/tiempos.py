"""Fechas y horas que no cuadran: V-04 y V-05."""

import re
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from itertools import pairwise

from generador.castellano import dia_de_la_semana, fecha_larga, leer_fecha
from generador.celdas import sin_formato
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import Receso
from generador.documentos.verificaciones import de_cada
from generador.esquema import legibles
from generador.hallazgos import Hallazgo

LARGA = timedelta(hours=10)
_FECHA_CON_DIA = re.compile(
    r"\b(lunes|martes|miércoles|jueves|viernes|sábado|domingo),? (\d{1,2} de [a-z]+ del? \d{4})",
    re.IGNORECASE,
)


def _desde_la_medianoche(hora: time, dias: int = 0) -> timedelta:
    """Cuánto había pasado desde que empezó el día de la sesión."""
    return timedelta(days=dias, hours=hora.hour, minutes=hora.minute, seconds=hora.second)


def _comienzo(reunion: Reunion) -> timedelta:
    return _desde_la_medianoche(reunion.libro.sesion.inicio)


def _fin(reunion: Reunion) -> timedelta:
    sesion = reunion.libro.sesion
    dias = (sesion.fecha_de_termino - sesion.fecha).days if sesion.fecha_de_termino else 0
    return _desde_la_medianoche(sesion.termino, dias)


def termino_antes_del_inicio(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-04: la sesión termina después de empezar; si cruzó la medianoche, lo dice la fecha de término."""
    sesion = reunion.libro.sesion
    if sesion.fecha_de_termino and sesion.fecha_de_termino < sesion.fecha:
        yield sesion.hallazgo(
            "fecha_de_termino", "«Fecha de término» es anterior a la fecha de la sesión.", "Corrija una de las dos.",
            codigo="V-04",
        )  # fmt: skip
    elif _fin(reunion) <= _comienzo(reunion):
        yield sesion.hallazgo(
            "termino",
            f"«Hora de término» ({sesion.termino:%H:%M}) no es posterior a la de inicio ({sesion.inicio:%H:%M}).",
            "Corrija la hora o, si terminó otro día, escriba la «Fecha de término».",
            codigo="V-04",
        )


def sesion_demasiado_larga(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-04: más de diez horas es posible, pero suele ser un error de captura."""
    duracion = _fin(reunion) - _comienzo(reunion)
    if duracion > LARGA:
        yield reunion.libro.sesion.hallazgo(
            "termino", f"La sesión habría durado {int(duracion / timedelta(hours=1))} horas.",
            "Revise las horas y la fecha de término.", codigo="V-04", aviso=True,
        )  # fmt: skip


def recesos_fuera_de_la_sesion(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-04: un receso empieza y acaba dentro de la sesión, en ese orden."""
    yield from de_cada(reunion.libro.recesos, partial(_fuera_de_la_sesion, reunion))


def _fuera_de_la_sesion(reunion: Reunion, receso: Receso) -> Iterator[Hallazgo]:
    inicio, fin = _en_la_sesion(reunion, receso.inicio), _en_la_sesion(reunion, receso.reanudacion)
    if fin <= inicio:
        yield _en_receso(receso, "reanudacion", "La reanudación no es posterior al inicio del receso.")
    elif not (_comienzo(reunion) <= inicio and fin <= _fin(reunion)):
        yield _en_receso(receso, "inicio", "El receso queda fuera del horario de la sesión.")


def recesos_traslapados(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-04: un receso no empieza antes de que termine el anterior."""
    con_horas = legibles(reunion.libro.recesos, "inicio", "reanudacion")
    en_orden = sorted(con_horas, key=lambda receso: _en_la_sesion(reunion, receso.inicio))
    for anterior, receso in pairwise(en_orden):
        if _en_la_sesion(reunion, receso.inicio) < _en_la_sesion(reunion, anterior.reanudacion):
            yield _en_receso(receso, "inicio", "El receso empieza antes de que termine el anterior.")


def _en_receso(receso: Receso, nombre: str, problema: str) -> Hallazgo:
    return receso.hallazgo(nombre, problema, "Corrija las horas.", codigo="V-04")


def _en_la_sesion(reunion: Reunion, momento: time) -> timedelta:
    """La hora en su día: antes de la de inicio es ya el día siguiente, si la sesión lo alcanzó."""
    sesion = reunion.libro.sesion
    cruzo = sesion.fecha_de_termino is not None and momento < sesion.inicio
    return _desde_la_medianoche(momento, int(cruzo))


def dia_inhabil(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-05: sesionar en sábado, domingo o día de descanso es válido, pero conviene confirmarlo."""
    sesion = reunion.libro.sesion
    festivo = dia_de_descanso(sesion.fecha)
    motivo = festivo or (f"{dia_de_la_semana(sesion.fecha)}" if sesion.fecha.weekday() >= 5 else "")
    if motivo:
        yield sesion.hallazgo(
            "fecha",
            f"El {fecha_larga(sesion.fecha)} fue {motivo}.",
            "Confirme la fecha.",
            codigo="V-05",
            aviso=True,
        )


def dia_de_descanso(fecha: date) -> str:
    """``"día de descanso obligatorio (Navidad)"``; vacío si no lo es.

    Fuente: Ley Federal del Trabajo, artículo 74 (no incluye los electorales ni los del cambio de gobierno).
    """
    lunes_de_mes = {(2, 1): "Constitución", (3, 3): "natalicio de Benito Juárez", (11, 3): "Revolución"}
    fijos = {(1, 1): "Año Nuevo", (5, 1): "Día del Trabajo", (9, 16): "Independencia", (12, 25): "Navidad"}
    nombre = fijos.get((fecha.month, fecha.day))
    if nombre is None and fecha.weekday() == 0:
        nombre = lunes_de_mes.get((fecha.month, (fecha.day - 1) // 7 + 1))
    return f"día de descanso obligatorio ({nombre})" if nombre else ""


def sesion_futura(reunion: Reunion, hoy: date) -> Iterator[Hallazgo]:
    """V-05: una minuta narra lo que ya pasó."""
    sesion = reunion.libro.sesion
    if sesion.fecha > hoy:
        yield sesion.hallazgo(
            "fecha",
            f"La sesión es del {fecha_larga(sesion.fecha)}, que aún no llega.",
            "Corrija la fecha.",
            codigo="V-05",
        )


def dia_de_la_semana_equivocado(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-05: «martes 15 de noviembre de 2017» cuando fue miércoles."""
    for parrafo in legibles(reunion.libro.desarrollo, "texto"):
        for escrito in _FECHA_CON_DIA.finditer(sin_formato(parrafo.texto)):
            fecha = leer_fecha(escrito[2])
            if fecha and dia_de_la_semana(fecha) != escrito[1].lower():
                yield parrafo.hallazgo(
                    "texto", f"Dice «{escrito[0]}», pero ese día fue {dia_de_la_semana(fecha)}.",
                    "Corrija el día o la fecha.", codigo="V-05",
                )  # fmt: skip
