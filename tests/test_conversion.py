"""De lo escrito en una celda al valor de su campo: horas, porcentajes y opciones como la gente las escribe."""

from datetime import datetime, time, timedelta
from pathlib import Path

import pytest

from generador.celdas import Celda, Libro, Valor
from generador.documentos.sesion import Asistente, Organo, Sesion
from generador.esquema import campos
from generador.esquema.conversion import ValorInvalido, convertir

LIBRO = Libro(Path("libro.xlsx"), ())
CAMPO = {campo.rotulo: campo for registro in (Sesion, Organo, Asistente) for campo in campos(registro)}


def leido(rotulo: str, valor: Valor) -> object:
    return convertir(CAMPO[rotulo], Celda("Hoja", 1, 1, valor), LIBRO)


@pytest.mark.parametrize(
    ("escrito", "hora"),
    [
        (time(10, 59, 59, 999_700), time(11)),
        (time(23, 59, 59), time(23, 59)),
        (0.4583333, time(11)),
        (timedelta(hours=11, minutes=5), time(11, 5)),
        (datetime(2017, 11, 15, 11, 5), time(11, 5)),
        ("11:05 hrs.", time(11, 5)),
    ],
)
def test_la_hora_se_lee_al_minuto(escrito: Valor, hora: time) -> None:
    assert leido("Hora de inicio", escrito) == hora


@pytest.mark.parametrize(
    "escrito", [datetime(1900, 1, 11), datetime(1900, 1, 11, 12), 11, 11.5, "24:00", timedelta(days=1)]
)
def test_un_numero_de_dias_no_es_una_hora(escrito: Valor) -> None:
    with pytest.raises(ValorInvalido, match="no es una hora"):
        leido("Hora de inicio", escrito)


@pytest.mark.parametrize(
    ("escrito", "valor"), [(0.6, 60), (0.57, 57), (60, 60), ("60%", 60), ("60 %", 60), (1.0, 100), (5, 5)]
)
def test_un_porcentaje_se_escribe_de_varias_maneras(escrito: Valor, valor: int) -> None:
    assert leido("Valor del quórum", escrito) == valor


def test_un_porcentaje_imposible_se_dice_en_su_celda() -> None:
    with pytest.raises(ValorInvalido, match="150"):
        leido("Valor del quórum", "150%")


@pytest.mark.parametrize(("escrito", "genero"), [("F", "Femenino"), ("masc", "Masculino"), ("Mujer", "Femenino")])
def test_una_opcion_puede_abreviarse(escrito: str, genero: str) -> None:
    assert leido("Género", escrito) == genero


@pytest.mark.parametrize("escrito", [3, "3", "3ª", "3.ª", "Tercera", " TERCERA "])
def test_el_numero_de_sesion_puede_escribirse_como_ordinal(escrito: Valor) -> None:
    assert leido("Número en el año", escrito) == 3


def test_una_vocal_es_integrante() -> None:
    assert leido("Calidad", "Vocal") == "Integrante"


def test_un_dia_de_la_semana_equivocado_se_dice() -> None:
    with pytest.raises(ValorInvalido, match="ese día fue miércoles"):
        leido("Fecha", "martes 15 de noviembre de 2017")
