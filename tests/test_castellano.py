"""Cada regla de la lengua que el generador conoce, con su ejemplo."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from babel.dates import get_day_names, get_month_names
from hypothesis import given
from hypothesis import strategies as st

from generador.castellano import (
    TITULOS,
    EstiloDeHora,
    EstiloDeMiles,
    Genero,
    apellido_solo,
    articulo,
    articulo_de_grupo,
    cardinal,
    cargo_con_genero,
    cargo_en_plural,
    clave_de_orden,
    compacto,
    con_preposicion,
    concordar,
    decimal,
    dia_de_la_semana,
    distancia,
    enumerar,
    fecha_en_letra,
    fecha_larga,
    forma_desarrollada,
    genero_de_cargo,
    genero_del_titulo,
    grupo,
    hora,
    leer_fecha,
    leer_hora,
    mayuscula_inicial,
    mayusculas,
    miles,
    moneda,
    moneda_en_letra,
    nombre_completo,
    numero_leido,
    ordinal,
    ordinal_en_cifra,
    periodo,
    porcentaje,
    titulo_conocido,
    unir,
)

F, M = Genero.FEMENINO, Genero.MASCULINO
HRS, RAE, LETRA, MIXTA = EstiloDeHora
MIXTO, COMA = EstiloDeMiles
TODAS_LAS_HORAS = [time(minuto // 60, minuto % 60) for minuto in range(24 * 60)]
FECHAS = st.dates(min_value=date(1000, 1, 1))


# --- Fechas ---


def test_la_fecha_larga_va_con_el_mes_en_minuscula() -> None:
    assert fecha_larga(date(2015, 4, 28)) == "28 de abril de 2015"


def test_el_dia_primero_va_en_cifra_o_con_ordinal() -> None:
    assert fecha_larga(date(2017, 6, 1)) == "1 de junio de 2017"
    assert fecha_larga(date(2017, 6, 1), con_ordinal=True) == "1.º de junio de 2017"
    assert fecha_larga(date(2017, 6, 21), con_ordinal=True) == "21 de junio de 2017"


@pytest.mark.parametrize(
    ("fecha", "letra"),
    [
        (date(2017, 11, 15), "quince de noviembre de dos mil diecisiete"),
        (date(2017, 6, 1), "primero de junio de dos mil diecisiete"),
        (date(2021, 8, 31), "treinta y uno de agosto de dos mil veintiuno"),
        (date(1999, 2, 22), "veintidós de febrero de mil novecientos noventa y nueve"),
    ],
)
def test_la_fecha_en_letra_dice_primero(fecha: date, letra: str) -> None:
    assert fecha_en_letra(fecha) == letra


def test_el_dia_de_la_semana_es_el_del_calendario() -> None:
    assert dia_de_la_semana(date(2017, 11, 15)) == "miércoles"
    assert dia_de_la_semana(date(2015, 4, 28)) == "martes"


def test_los_meses_y_los_dias_son_los_del_espanol_de_mexico() -> None:
    meses = [fecha_larga(date(2017, mes, 2)).split()[2] for mes in range(1, 13)]
    dias = [dia_de_la_semana(date(2017, 11, 13) + timedelta(dia)) for dia in range(7)]
    assert meses == list(get_month_names("wide", locale="es_MX").values())
    assert dias == [get_day_names("wide", locale="es_MX")[dia] for dia in range(7)]


@pytest.mark.parametrize(
    "texto",
    [
        "15/11/2017",
        "15-11-2017",
        "15.11.2017",
        "15 / 11 / 2017",
        "2017-11-15",
        "15 de noviembre de 2017",
        " 15  de NOVIEMBRE de\u00a02017. ",
        "15 noviembre 2017",
        "15 de noviembre 2017",
        "miércoles, 15 de noviembre de 2017",
        "Miercoles 15 de noviembre de 2017",
        "15 de noviembre del 2017",
        "15 de noviembre del año 2017",
        "15-nov-2017",
        "15 nov. 2017",
    ],
)
def test_la_fecha_se_lee_de_muchas_maneras(texto: str) -> None:
    assert leer_fecha(texto) == date(2017, 11, 15)


@pytest.mark.parametrize("dia", ["1", "1.º", "1º", "1°", "1o.", "1ro", "primero"])
def test_el_dia_primero_se_lee_con_ordinal(dia: str) -> None:
    assert leer_fecha(f"{dia} de junio de 2017") == date(2017, 6, 1)


def test_el_dia_va_antes_que_el_mes() -> None:
    assert leer_fecha("02/03/2017") == date(2017, 3, 2)
    assert leer_fecha("11/15/2017") is None


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "31-02-2017",
        "29 de febrero de 2017",
        "0/1/2017",
        "15/11-2017",
        "15 de noviembre",
        "15 de brumario de 2017",
        "15/11/0217",
        "noviembre 15 de 2017",
        "hoy",
        "42990",
    ],
)
def test_lo_que_no_es_una_fecha_segura_no_se_lee(texto: str) -> None:
    assert leer_fecha(texto) is None


def test_una_fecha_con_el_dia_de_la_semana_equivocado_no_se_lee() -> None:
    assert leer_fecha("martes, 15 de noviembre de 2017") is None


@given(FECHAS)
def test_toda_fecha_escrita_se_vuelve_a_leer(fecha: date) -> None:
    larga = fecha_larga(fecha, con_ordinal=True)
    assert leer_fecha(fecha_larga(fecha)) == leer_fecha(larga) == fecha
    assert leer_fecha(f"{dia_de_la_semana(fecha)}, {larga}") == leer_fecha(f"{fecha:%d/%m/}{fecha.year}") == fecha


@given(st.text("0123456789/-.º dejunio", max_size=20))
def test_cualquier_texto_es_una_fecha_o_no_se_lee(texto: str) -> None:
    leida = leer_fecha(texto)
    assert leida is None or leer_fecha(fecha_larga(leida)) == leida


# --- Horas ---


@pytest.mark.parametrize(
    ("momento", "letra"),
    [
        (time(0, 0), "cero horas"),
        (time(0, 1), "cero horas con un minuto"),
        (time(1, 0), "una hora"),
        (time(11, 0), "once horas"),
        (time(11, 5), "once horas con cinco minutos"),
        (time(21, 1), "veintiuna horas con un minuto"),
        (time(22, 21), "veintidós horas con veintiún minutos"),
        (time(23, 31), "veintitrés horas con treinta y un minutos"),
        (time(8, 41), "ocho horas con cuarenta y un minutos"),
        (time(16, 51), "dieciséis horas con cincuenta y un minutos"),
    ],
)
def test_las_horas_son_femeninas_y_los_minutos_masculinos(momento: time, letra: str) -> None:
    assert hora(momento, LETRA) == letra


@pytest.mark.parametrize(
    ("momento", "hrs", "rae", "mixta"),
    [
        (time(11, 0), "11:00 hrs.", "11:00 h", "11 horas"),
        (time(11, 5), "11:05 hrs.", "11:05 h", "11 horas con 5 minutos"),
        (time(8, 41), "08:41 hrs.", "08:41 h", "08 horas con 41 minutos"),
        (time(1, 1), "01:01 hrs.", "01:01 h", "01 hora con 1 minuto"),
    ],
)
def test_la_hora_en_cifra_tiene_tres_estilos(momento: time, hrs: str, rae: str, mixta: str) -> None:
    assert [hora(momento, estilo) for estilo in (HRS, RAE, MIXTA)] == [hrs, rae, mixta]


def test_el_estilo_de_hora_se_elige_por_su_ejemplo() -> None:
    assert [leer_hora(ejemplo) for ejemplo in EstiloDeHora] == [time(11), time(11), time(11, 5), time(11, 5)]
    assert all(hora(time(11, 5), estilo) == estilo for estilo in (LETRA, MIXTA))
    assert all(hora(time(11), estilo) == estilo for estilo in (HRS, RAE))


@pytest.mark.parametrize("estilo", EstiloDeHora)
def test_toda_hora_escrita_se_vuelve_a_leer(estilo: EstiloDeHora) -> None:
    assert [leer_hora(hora(momento, estilo)) for momento in TODAS_LAS_HORAS] == TODAS_LAS_HORAS


@given(st.text("0123456789:. horascnmipu", max_size=14))
def test_cualquier_texto_es_una_hora_o_no_se_lee(texto: str) -> None:
    leida = leer_hora(texto)
    assert leida is None or leer_hora(f"{leida:%H:%M:%S}") == leida


@pytest.mark.parametrize("estilo", EstiloDeHora)
def test_nunca_se_mezclan_los_dos_puntos_con_horas_con(estilo: EstiloDeHora) -> None:
    assert not [t for t in TODAS_LAS_HORAS if ":" in hora(t, estilo) and "hora" in hora(t, estilo)]


@pytest.mark.parametrize(
    ("texto", "leida"),
    [
        ("11:00", time(11)),
        ("11:00 hrs.", time(11)),
        ("11:00hrs", time(11)),
        ("11:00 h", time(11)),
        ("11:00 horas", time(11)),
        ("11.05", time(11, 5)),
        ("11 h", time(11)),
        ("9:05", time(9, 5)),
        ("las 11:00 hrs.", time(11)),
        ("11:00 a.m.", time(11)),
        ("1:30 p. m.", time(13, 30)),
        ("1:30\u202fp.\u00a0m.", time(13, 30)),
        ("12:00 am", time(0)),
        ("12:15 PM", time(12, 15)),
        ("7 p.m.", time(19)),
        ("13:05:00", time(13, 5)),
        ("11 horas con 5 minutos", time(11, 5)),
        ("11 h 5 min", time(11, 5)),
        ("Veintiuna horas con un minuto", time(21, 1)),
        ("dieciséis horas con veintidós minutos", time(16, 22)),
    ],
)
def test_la_hora_se_lee_de_muchas_maneras(texto: str, leida: time) -> None:
    assert leer_hora(texto) == leida


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "24:00",
        "25:10",
        "11:60",
        "11:5",
        "11",
        "11.5",
        "11,30",
        "13:00 p.m.",
        "0:30 a.m.",
        "once",
        "treinta horas",
        "once horas con sesenta minutos",
        "once horas con muchos minutos",
        "mediodía",
    ],
)
def test_lo_que_no_es_una_hora_segura_no_se_lee(texto: str) -> None:
    assert leer_hora(texto) is None


# --- Números en letra ---


@pytest.mark.parametrize(
    ("n", "letra"),
    [
        (0, "cero"),
        (1, "uno"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (500, "quinientos"),
        (1000, "mil"),
        (1904, "mil novecientos cuatro"),
        (2017, "dos mil diecisiete"),
        (21000, "veintiún mil"),
        (31000, "treinta y un mil"),
        (100000, "cien mil"),
        (101000, "ciento un mil"),
        (1000000, "un millón"),
        (1200000, "un millón doscientos mil"),
        (21000000, "veintiún millones"),
        (1000000000, "mil millones"),
        (999999999999, "novecientos noventa y nueve mil novecientos noventa y nueve millones "
         "novecientos noventa y nueve mil novecientos noventa y nueve"),
    ],
)  # fmt: skip
def test_los_cardinales_se_escriben_en_letra(n: int, letra: str) -> None:
    assert cardinal(n) == letra


@pytest.mark.parametrize(
    ("n", "letra"),
    [
        (1, "una"),
        (21, "veintiuna"),
        (31, "treinta y una"),
        (100, "cien"),
        (101, "ciento una"),
        (200, "doscientas"),
        (521, "quinientas veintiuna"),
        (200000, "doscientas mil"),
        (221000, "doscientas veintiuna mil"),
        (200000000, "doscientos millones"),
    ],
)
def test_los_cardinales_femeninos_concuerdan_salvo_ciento_y_los_millones(n: int, letra: str) -> None:
    assert cardinal(n, F) == letra


def test_uno_se_acorta_delante_de_un_masculino() -> None:
    assert [cardinal(n, apocope=True) for n in (1, 21, 31, 101, 12)] == [
        "un", "veintiún", "treinta y un", "ciento un", "doce",
    ]  # fmt: skip
    assert cardinal(31, F, apocope=True) == "treinta y una"


@pytest.mark.parametrize("n", [-1, 10**12])
def test_lo_negativo_y_el_billon_no_se_escriben_en_letra(n: int) -> None:
    with pytest.raises(ValueError, match="no se puede escribir en letra"):
        cardinal(n)


def test_no_hay_dos_cardinales_iguales() -> None:
    numeros = [*range(3000), *range(10**6, 10**6 + 300)]
    assert len({cardinal(n) for n in numeros}) == len(numeros)


@given(st.integers(1, 999), st.integers(0, 999), st.sampled_from(Genero))
def test_los_millares_se_dicen_antes_que_las_unidades(millares: int, unidades: int, genero: Genero) -> None:
    entero = cardinal(millares * 1000 + unidades, genero)
    assert entero.startswith(cardinal(millares * 1000, genero))
    assert entero.endswith(cardinal(unidades, genero) if unidades else "mil")


@pytest.mark.parametrize(
    ("n", "femenino", "masculino"),
    [
        (1, "primera", "primero"),
        (2, "segunda", "segundo"),
        (3, "tercera", "tercero"),
        (7, "séptima", "séptimo"),
        (10, "décima", "décimo"),
        (11, "décima primera", "décimo primero"),
        (12, "décima segunda", "décimo segundo"),
        (13, "décima tercera", "décimo tercero"),
        (20, "vigésima", "vigésimo"),
        (21, "vigésima primera", "vigésimo primero"),
        (30, "trigésima", "trigésimo"),
        (31, "trigésima primera", "trigésimo primero"),
        (40, "cuadragésima", "cuadragésimo"),
        (99, "nonagésima novena", "nonagésimo noveno"),
    ],
)
def test_los_ordinales_concuerdan_en_todas_sus_palabras(n: int, femenino: str, masculino: str) -> None:
    assert (ordinal(n, F), ordinal(n, M)) == (femenino, masculino)


@pytest.mark.parametrize(
    ("n", "letra"),
    [
        (1, "primer"),
        (2, "segundo"),
        (3, "tercer"),
        (11, "décimo primer"),
        (13, "décimo tercer"),
        (14, "décimo cuarto"),
    ],
)
def test_primero_y_tercero_se_acortan_delante_de_un_masculino(n: int, letra: str) -> None:
    assert ordinal(n, M, apocope=True) == letra


def test_los_femeninos_no_se_acortan() -> None:
    assert ordinal(1, F, apocope=True) == "primera"


def test_hay_formas_cultas_para_once_y_doce() -> None:
    assert [ordinal(n, F, culto=True) for n in (11, 12, 13)] == ["undécima", "duodécima", "décima tercera"]
    assert ordinal(11, M, culto=True, apocope=True) == "undécimo"


def test_ningun_ordinal_termina_en_avo_ni_se_repite() -> None:
    ordinales = [ordinal(n, genero) for genero in Genero for n in range(1, 100)]
    assert len(set(ordinales)) == 198
    assert not [o for o in ordinales if o.endswith(("avo", "ava")) and not o.endswith(("octavo", "octava"))]


@pytest.mark.parametrize("n", [0, -1, 100])
def test_los_ordinales_en_letra_van_del_1_al_99(n: int) -> None:
    with pytest.raises(ValueError, match="entre 1 y 99"):
        ordinal(n, F)


@pytest.mark.parametrize(
    ("n", "femenino", "masculino", "acortado"),
    [
        (1, "1.ª", "1.º", "1.er"),
        (2, "2.ª", "2.º", "2.º"),
        (3, "3.ª", "3.º", "3.er"),
        (13, "13.ª", "13.º", "13.er"),
    ],
)
def test_el_ordinal_en_cifra_lleva_punto(n: int, femenino: str, masculino: str, acortado: str) -> None:
    assert ordinal_en_cifra(n, F) == ordinal_en_cifra(n, F, apocope=True) == femenino
    assert ordinal_en_cifra(n, M) == masculino
    assert ordinal_en_cifra(n, M, apocope=True) == acortado


# --- Números en cifra ---


@pytest.mark.parametrize(
    ("n", "mixto", "coma"),
    [
        (0, "0", "0"),
        (999, "999", "999"),
        (1000, "mil", "1,000"),
        (1007, "mil 007", "1,007"),
        (1904, "mil 904", "1,904"),
        (11448, "11 mil 448", "11,448"),
        (21000, "21 mil", "21,000"),
        (534087, "534 mil 087", "534,087"),
        (1000000, "1 millón", "1,000,000"),
        (1000087, "1 millón 087", "1,000,087"),
        (1001904, "1 millón mil 904", "1,001,904"),
        (15147785, "15 millones 147 mil 785", "15,147,785"),
        (1000000000, "mil millones", "1,000,000,000"),
        (-1904, "menos mil 904", "-1,904"),
        (10**12, "1,000,000,000,000", "1,000,000,000,000"),
    ],
)
def test_los_miles_se_escriben_con_palabras_o_con_coma(n: int, mixto: str, coma: str) -> None:
    assert (miles(n, MIXTO), miles(n, COMA)) == (mixto, coma)


@given(st.integers(-(10**13), 10**13), st.sampled_from(EstiloDeMiles))
def test_todo_numero_escrito_se_vuelve_a_leer(n: int, estilo: EstiloDeMiles) -> None:
    assert numero_leido(miles(n, estilo)) == numero_leido(str(n)) == n


@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 3)))
def test_todo_decimal_escrito_se_vuelve_a_leer(x: float) -> None:
    assert numero_leido(decimal(x)) == x


@pytest.mark.parametrize(
    ("texto", "numero"),
    [
        ("1,904", 1904),
        ("1904", 1904),
        (" 12 ", 12),
        ("3.5", 3.5),
        ("384,052.25", 384052.25),
        ("mil 904", 1904),
        ("Mil", 1000),
        ("11 mil 448", 11448),
        ("74 mil", 74000),
        ("1 904", 1904),
        ("15\u00a0147\u202f785", 15147785),
        ("8.3 millones", 8300000),
        ("un millón", 1000000),
        ("-5", -5),
        ("−5", -5),
        ("+5", 5),
    ],
)
def test_los_numeros_se_leen_a_la_mexicana(texto: str, numero: float) -> None:
    assert numero_leido(texto) == numero


def test_un_numero_sin_decimales_es_entero() -> None:
    assert isinstance(numero_leido("1,904.00"), int)
    assert isinstance(numero_leido("1,904.50"), float)


@pytest.mark.parametrize(
    "texto",
    ["", "1,90", "1,9045", "384.052,25", "1.904.000", "--5", "1e5", "38%", "doce", "mil 90 4", "8.3 mil 100",
     "8.3 millones 5", "1 millón 2 millones", "1 millón 2,000,000", "inf", "nan", "9" * 30],
)  # fmt: skip
def test_lo_que_no_es_un_numero_seguro_no_se_lee(texto: str) -> None:
    assert numero_leido(texto) is None


@given(st.text("0123456789,. -milones", max_size=14))
def test_cualquier_texto_es_un_numero_o_no_se_lee(texto: str) -> None:
    leido = numero_leido(texto)
    assert leido is None or numero_leido(decimal(leido)) == leido


def test_la_coma_separa_miles_y_el_punto_decimales() -> None:
    assert [decimal(x) for x in (384052, 1904, 8.3, 13940, Decimal("0.00001"), -5)] == [
        "384,052", "1,904", "8.3", "13,940", "0.00001", "-5",
    ]  # fmt: skip


def test_los_decimales_pedidos_se_muestran_y_la_mitad_sube() -> None:
    assert [decimal(x, 2) for x in (8.3, 0.125, 2.675, -0.001)] == ["8.30", "0.13", "2.68", "0.00"]
    assert [decimal(x, 0) for x in (0.5, 1.5, 2.5)] == ["1", "2", "3"]


def test_los_decimales_se_ven_como_en_excel() -> None:
    assert decimal(0.1 + 0.2) == "0.3"


def test_el_porcentaje_va_pegado_a_su_cifra() -> None:
    assert (porcentaje(0.3772), porcentaje(0.3772, 2), porcentaje(0.125, 1), porcentaje(1)) == (
        "38%", "37.72%", "12.5%", "100%",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("n", "texto"),
    [
        (8_300_000, "8.3 millones"),
        (20_847_000, "20.8 millones"),
        (20_000_000, "20 millones"),
        (1_000_000, "1 millón"),
        (1_500_000, "1.5 millones"),
        (8_350_000, "8.4 millones"),
        (2_500_000_000, "2,500 millones"),
        (384_052, "384,052"),
    ],
)
def test_solo_se_abrevian_los_millones(n: int, texto: str) -> None:
    assert compacto(n) == texto


@pytest.mark.parametrize(
    ("monto", "cifra", "letra"),
    [
        ("0", "$0.00", "cero pesos 00/100 M.N."),
        ("0.50", "$0.50", "cero pesos 50/100 M.N."),
        ("1", "$1.00", "un peso 00/100 M.N."),
        ("21", "$21.00", "veintiún pesos 00/100 M.N."),
        ("100", "$100.00", "cien pesos 00/100 M.N."),
        ("31001", "$31,001.00", "treinta y un mil un pesos 00/100 M.N."),
        ("120000", "$120,000.00", "ciento veinte mil pesos 00/100 M.N."),
        ("1000000", "$1,000,000.00", "un millón de pesos 00/100 M.N."),
        ("55000000.00", "$55,000,000.00", "cincuenta y cinco millones de pesos 00/100 M.N."),
        ("1200000", "$1,200,000.00", "un millón doscientos mil pesos 00/100 M.N."),
        ("10.005", "$10.01", "diez pesos 01/100 M.N."),
        ("0.995", "$1.00", "un peso 00/100 M.N."),
        ("-1500.5", "-$1,500.50", "menos mil quinientos pesos 50/100 M.N."),
        ("-0.001", "$0.00", "cero pesos 00/100 M.N."),
    ],
)
def test_la_moneda_se_escribe_en_cifra_y_en_letra(monto: str, cifra: str, letra: str) -> None:
    assert (moneda(Decimal(monto)), moneda_en_letra(Decimal(monto))) == (cifra, letra)


# --- Enumeraciones, concordancia y contracciones ---


@pytest.mark.parametrize(
    ("cosas", "texto"),
    [
        ([], ""),
        (["Ana"], "Ana"),
        (["Ana", "Eva"], "Ana y Eva"),
        (["Ana", "Eva", "Luz"], "Ana, Eva y Luz"),
        (["Durango", "Hidalgo"], "Durango e Hidalgo"),
        (["Veracruz", "Iztapalapa"], "Veracruz e Iztapalapa"),
        (["Ana", "Ivón"], "Ana e Ivón"),
        (["Ana", "Íñigo"], "Ana e Íñigo"),
        (["Ana", "Ynés"], "Ana e Ynés"),
        (["Ana", "Yolanda"], "Ana y Yolanda"),
        (["agua", "hielo"], "agua y hielo"),
        (["cloro", "iodo"], "cloro y iodo"),
        (["ley", "“informe”"], "ley e “informe”"),
        (["ley", "\ufdd0informe\ufdd1"], "ley e \ufdd0informe\ufdd1"),
        (["ley", "\ufddchttps://x.mx\ufdddinforme\ufdde"], "ley e \ufddchttps://x.mx\ufdddinforme\ufdde"),
        (["artículos I", "II"], "artículos I y II"),
        (["el IMSS", "INE"], "el IMSS e INE"),
        (["INE", "IEPC"], "INE e IEPC"),
    ],
)
def test_y_pasa_a_e_ante_el_sonido_i(cosas: list[str], texto: str) -> None:
    assert enumerar(cosas) == texto


@pytest.mark.parametrize(
    ("ultima", "conjuncion"),
    [
        ("otra", "u"),
        ("Óscar", "u"),
        ("hora", "u"),
        ("ocho", "u"),
        ("8", "u"),
        ("80", "u"),
        ("11", "u"),
        ("11,448", "u"),
        ("7", "o"),
        ("110", "o"),
        ("1100", "o"),
        ("18", "o"),
        ("ella", "o"),
    ],
)
def test_o_pasa_a_u_ante_el_sonido_o(ultima: str, conjuncion: str) -> None:
    assert enumerar(["7", "10", ultima], "o") == f"7, 10 {conjuncion} {ultima}"


def test_otras_conjunciones_no_cambian() -> None:
    assert enumerar(["oficios", "informes"], "ni") == "oficios ni informes"


@given(st.lists(st.from_regex(r"[a-zñáéíóú]+", fullmatch=True), min_size=2))
def test_nunca_hay_coma_antes_de_la_conjuncion(cosas: list[str]) -> None:
    enumeradas = enumerar(cosas)
    assert enumeradas.count(",") == len(cosas) - 2
    assert enumeradas.endswith((f" y {cosas[-1]}", f" e {cosas[-1]}"))


@pytest.mark.parametrize(
    ("preposicion", "nombre", "texto"),
    [
        ("de", "el Comité", "del Comité"),
        ("a", "el Comité", "al Comité"),
        ("de", "la Comisión", "de la Comisión"),
        ("a", "la Comisión", "a la Comisión"),
        ("de", "El Salvador", "de El Salvador"),
        ("a", "los Órganos", "a los Órganos"),
        ("en", "el Comité", "en el Comité"),
        ("de", "ella", "de ella"),
    ],
)
def test_la_preposicion_se_contrae_con_el_articulo_en_minuscula(preposicion: str, nombre: str, texto: str) -> None:
    assert con_preposicion(preposicion, nombre) == texto


def test_se_concuerda_con_el_numero() -> None:
    assert [concordar(n, "el voto", "los votos") for n in (0, 1, 2)] == ["los votos", "el voto", "los votos"]


def test_el_articulo_concuerda_con_el_genero() -> None:
    assert [articulo(F), articulo(M), articulo(F, plural=True), articulo(M, plural=True)] == [
        "la", "el", "las", "los",
    ]  # fmt: skip


def test_un_grupo_mixto_es_las_y_los() -> None:
    assert [articulo_de_grupo(g) for g in ([F, F], [M, M], [F, M], [])] == [
        "las",
        "los",
        "las y los",
        "las y los",
    ]
    assert [articulo_de_grupo(g, incluyente=False) for g in ([F, F], [F, M])] == ["las", "los"]


def test_con_un_solo_varon_son_diputadas_y_diputados() -> None:
    ocho_y_uno = [F] * 8 + [M]
    assert grupo(ocho_y_uno, "diputadas", "diputados") == "diputadas y diputados"
    assert grupo([F] * 8, "diputadas", "diputados") == "diputadas"
    assert grupo([M], "diputadas", "diputados") == "diputados"
    assert grupo(ocho_y_uno, "diputadas", "diputados", incluyente=False) == "diputados"


# --- Mayúsculas y tipografía ---


@pytest.mark.parametrize(
    ("texto", "con_mayuscula"),
    [
        ("órgano del INE", "Órgano del INE"),
        ("¿están de acuerdo?", "¿Están de acuerdo?"),
        ("«el plan» sigue", "«El plan» sigue"),
        ("“(ñandú)", "“(Ñandú)"),
        ("\ufdd0el plan\ufdd1", "\ufdd0El plan\ufdd1"),
        ("\ufddchttp://x.mx\ufdddel sitio\ufdde", "\ufddchttp://x.mx\ufdddEl sitio\ufdde"),
        ("www.ine.mx publica", "www.ine.mx publica"),
        ("@inemexico crece", "@inemexico crece"),
        ("15 cuentas", "15 cuentas"),
        ("", ""),
        ("«", "«"),
    ],
)
def test_la_mayuscula_inicial_respeta_lo_demas(texto: str, con_mayuscula: str) -> None:
    assert mayuscula_inicial(texto) == con_mayuscula


@pytest.mark.parametrize(
    ("texto", "versales"),
    [
        ("hoja de firmas de la sesión del día", "HOJA DE FIRMAS DE LA SESIÓN DEL DÍA"),
        ("ñandú y pingüino", "ÑANDÚ Y PINGÜINO"),
        ("el dominio ine.mx, por", "EL DOMINIO ine.mx, POR"),
        ("en http://www.ine.mx/ruta y ya", "EN http://www.ine.mx/ruta Y YA"),
        ("escriba a ana@ine.mx o a @VotoExtranjero", "ESCRIBA A ana@ine.mx O A @VotoExtranjero"),
        ("\ufdd0www.ine.mx\ufdd1 sí", "\ufdd0www.ine.mx\ufdd1 SÍ"),
        ("\ufddchttp://x.mx/a b\ufdddel sitio\ufdde", "\ufddchttp://x.mx/a b\ufdddEL SITIO\ufdde"),
        ("fin de oración.como ésta", "FIN DE ORACIÓN.COMO ÉSTA"),
    ],
)
def test_las_versales_conservan_tildes_y_direcciones(texto: str, versales: str) -> None:
    assert mayusculas(texto) == versales


@pytest.mark.parametrize(
    ("texto", "unido"),
    [
        ("la Lic. Cecilia", "la Lic.~Cecilia"),
        ("LIC. ALBERTO GARCÍA", "LIC.~ALBERTO GARCÍA"),
        ("Mtra. Ángela y Dr. Óscar", "Mtra.~Ángela y Dr.~Óscar"),
        ("el M. en C. Luis", "el M.~en~C.~Luis"),
        ("la C.P. Inés", "la C.P.~Inés"),
        ("Lic. y grado", "Lic. y grado"),
        ("11:00 hrs. del día", "11:00~hrs. del día"),
        ("a las 11:05 h", "a las 11:05~h"),
        ("11 horas con 5 minutos", "11~horas con 5~minutos"),
        ("a la 1:30 p. m.", "a la 1:30~p.~m."),
        ("8.3 millones de", "8.3~millones de"),
        ("11 mil 448 cuentas", "11~mil~448 cuentas"),
        ("mil 904", "mil~904"),
        ("mil 90 veces", "mil 90 veces"),
        ("00/100 M.N.", "00/100~M.N."),
        ("28 de abril de 2015", "28~de~abril de 2015"),
        ("1.º de junio", "1.º~de~junio"),
        ("15 DE NOVIEMBRE", "15~DE~NOVIEMBRE"),
        ("15 de los presentes", "15 de los presentes"),
        ("artículo 70, fracción XX, inciso a)", "artículo~70, fracción~XX, inciso~a)"),
        ("art. 24", "art.~24"),
        ("Oficio Núm. 5", "Oficio Núm.~5"),
        ("Oficio Núm. INE/CNCS-GSA/516/2015", "Oficio Núm.~INE/CNCS-GSA/516/2015"),
        ("oficio no. INE/CGyPE", "oficio no.~INE/CGyPE"),
        ("dijo que no. El Presidente", "dijo que no. El Presidente"),
        ("Punto 5", "Punto~5"),
        ("6 puntos, de los cuales 3", "6 puntos, de los cuales 3"),
        ("\ufdd0Lic.\ufdd1 Ana", "\ufdd0Lic.\ufdd1~Ana"),
        ("\ufdd015\ufdd1 de \ufdd0mayo\ufdd1", "\ufdd015\ufdd1~de~\ufdd0mayo\ufdd1"),
        ("11:05\u202fa.m.", "11:05~a.m."),
    ],
)
def test_el_espacio_duro_une_lo_que_no_debe_partirse(texto: str, unido: str) -> None:
    assert unir(texto) == unido.replace("~", "\u00a0")


@given(
    st.lists(
        st.sampled_from(["M.", "en", "C.", "Lic.", "Ana", "15", "de", "mayo", "mil", "904", "art.", "h", "p.", "m."])
    )
)
def test_unir_dos_veces_es_unir_una_y_solo_cambia_espacios(palabras: list[str]) -> None:
    texto = " ".join(palabras)
    assert unir(unir(texto)) == unir(texto)
    assert unir(texto).replace("\u00a0", " ") == texto


# --- Títulos y cargos ---


@pytest.mark.parametrize(
    ("titulo", "femenino", "masculino", "genero"),
    [
        ("Lic.", "licenciada", "licenciado", None),
        ("Licda.", "licenciada", "licenciado", F),
        ("Lcda.", "licenciada", "licenciado", F),
        ("Mtra.", "maestra", "maestro", F),
        ("Mtro.", "maestra", "maestro", M),
        ("Dra.", "doctora", "doctor", F),
        ("Dr.", "doctora", "doctor", M),
        ("Ing.", "ingeniera", "ingeniero", None),
        ("Arq.", "arquitecta", "arquitecto", None),
        ("C.P.", "contadora", "contador", None),
        ("Profra.", "profesora", "profesor", F),
        ("Profr.", "profesora", "profesor", M),
        ("L.A.P.", "licenciada", "licenciado", None),
        ("L.A.E.", "licenciada", "licenciado", None),
        ("M. en C.", "maestra", "maestro", None),
        ("M. en D.", "maestra", "maestro", None),
        ("M.A.", "maestra", "maestro", None),
        ("Dip.", "diputada", "diputado", None),
        ("Sen.", "senadora", "senador", None),
        ("C.", "ciudadana", "ciudadano", None),
    ],
)
def test_cada_titulo_tiene_forma_para_ella_y_para_el(
    titulo: str, femenino: str, masculino: str, genero: Genero | None
) -> None:
    assert forma_desarrollada(titulo, F) == femenino
    assert forma_desarrollada(titulo, M) == masculino
    assert genero_del_titulo(titulo) == genero


@pytest.mark.parametrize("titulo", ["Lic", "lic.", "LIC.", " Lic. ", "CP", "C. P.", "M en C", "Licenciada", "Profa."])
def test_el_titulo_se_reconoce_con_o_sin_puntos(titulo: str) -> None:
    assert titulo_conocido(titulo)


def test_el_titulo_desarrollado_dice_su_genero() -> None:
    assert [genero_del_titulo(t) for t in ("Licenciada", "licenciado", "Doctor")] == [F, M, M]


@pytest.mark.parametrize("titulo", ["", "Psic.", "Licen."])
def test_un_titulo_fuera_del_catalogo_no_se_adivina(titulo: str) -> None:
    assert not titulo_conocido(titulo)
    assert forma_desarrollada(titulo, F) is None
    assert genero_del_titulo(titulo) is None


def test_el_catalogo_de_titulos_se_conoce_a_si_mismo() -> None:
    assert all(titulo_conocido(titulo) for titulo in TITULOS)
    assert next(iter(TITULOS)) == "Lic."


@pytest.mark.parametrize(
    ("cargo", "el", "ella"),
    [
        ("Presidencia", "Presidente", "Presidenta"),
        ("Presidencia del Comité", "Presidente del Comité", "Presidenta del Comité"),
        ("Secretaría técnica", "Secretario Técnico", "Secretaria Técnica"),
        ("Consejería presidenta", "Consejero Presidente", "Consejera Presidenta"),
        ("Dirección de Área", "Director de Área", "Directora de Área"),
        ("Dirección Ejecutiva de Administración", "Director Ejecutivo de Administración",
         "Directora Ejecutiva de Administración"),
        ("Coordinación Nacional", "Coordinador Nacional", "Coordinadora Nacional"),
        ("Encargado del Despacho", "Encargado del Despacho", "Encargada del Despacho"),
        ("Síndico", "Síndico", "Síndica"),
        ("Regiduría", "Regidor", "Regidora"),
        ("Gestora de Contenidos", "Gestor de Contenidos", "Gestora de Contenidos"),
        ("Vocalía Ejecutiva", "Vocal Ejecutivo", "Vocal Ejecutiva"),
        ("Titular de la Unidad", "Titular de la Unidad", "Titular de la Unidad"),
        ("Representante de la Secretaría Técnica", "Representante de la Secretaría Técnica",
         "Representante de la Secretaría Técnica"),
        ("Vocal", "Vocal", "Vocal"),
        ("Delegación Iztapalapa", "Delegado Iztapalapa", "Delegada Iztapalapa"),
        ("Jefa de Unidad, suplente", "Jefe de Unidad, suplente", "Jefa de Unidad, suplente"),
        ("persona de confianza", "persona de confianza", "persona de confianza"),
        ("", "", ""),
    ],
)  # fmt: skip
def test_el_cargo_concuerda_con_quien_lo_ocupa(cargo: str, el: str, ella: str) -> None:
    assert (cargo_con_genero(cargo, M), cargo_con_genero(cargo, F)) == (el, ella)


@pytest.mark.parametrize(
    ("cargo", "genero"),
    [
        ("Directora", F),
        ("DIRECTORA GENERAL", F),
        ("Coordinador Nacional", M),
        ("Consejera Presidenta", F),
        ("Encargada de Despacho", F),
        ("Secretaria Técnica del Comité", F),
        ("Secretaría Técnica", None),
        ("Sindico", M),
        ("Vocal Ejecutivo", M),
        ("Vocal", None),
        ("Titular de la Secretaria", None),
        ("Representante de la Directora", None),
        ("Enlace", None),
        ("", None),
    ],
)
def test_el_genero_del_cargo_lo_dice_su_cabeza(cargo: str, genero: Genero | None) -> None:
    assert genero_de_cargo(cargo) == genero


@pytest.mark.parametrize("cargo", ["Presidencia", "Secretaría Técnica", "Dirección Ejecutiva", "Jefatura", "Alcaldía"])
@pytest.mark.parametrize("genero", Genero)
def test_el_cargo_puesto_en_un_genero_lo_dice(cargo: str, genero: Genero) -> None:
    assert genero_de_cargo(cargo_con_genero(cargo, genero)) == genero


# --- Nombres ---


@pytest.mark.parametrize(
    ("apellido", "solo"),
    [
        ("de la Cruz", "De la Cruz"),
        ("De La Cruz", "De la Cruz"),
        ("del Río", "Del Río"),
        ("Azuara", "Azuara"),
        ("La Merced", "La Merced"),
        ("Ortega Y Gasset", "Ortega y Gasset"),
        ("DE LA CRUZ", "DE LA CRUZ"),
        ("Delgado", "Delgado"),
    ],
)
def test_el_apellido_solo_empieza_con_mayuscula(apellido: str, solo: str) -> None:
    assert apellido_solo(apellido) == solo


@pytest.mark.parametrize(
    ("partes", "completo"),
    [
        (("Norma", "De la Cruz", "Magaña"), "Norma de la Cruz Magaña"),
        (("Norma", "de la Cruz"), "Norma de la Cruz"),
        (("Ana", "Luna", "De los Santos"), "Ana Luna de los Santos"),
        (("José", "Ortega y Gasset"), "José Ortega y Gasset"),
        (("Susana", "La Merced"), "Susana La Merced"),
        (("CECILIA", "DE LA CRUZ", ""), "CECILIA DE LA CRUZ"),
        (("", "Azuara", "Arai"), "Azuara Arai"),
    ],
)
def test_la_particula_va_en_minuscula_tras_el_nombre(partes: tuple[str, ...], completo: str) -> None:
    assert nombre_completo(*partes) == completo


def test_se_ordena_sin_tildes_con_la_enie_tras_la_ene_y_sin_particulas() -> None:
    ordenados = [
        "Álvarez",
        "Azuara",
        "de la Cruz",
        "Luna",
        "Nunez",
        "Núñez",
        "Nuzo",
        "Ñáñez",
        "Óscar",
        "De la Peña",
    ]
    assert sorted(set(ordenados), key=clave_de_orden) == ordenados


def test_el_articulo_solo_cuenta_para_el_orden() -> None:
    assert sorted(["Mora", "La Merced", "Del Ledo"], key=clave_de_orden) == ["La Merced", "Del Ledo", "Mora"]


def test_a_igual_primer_apellido_decide_el_segundo_y_luego_el_nombre() -> None:
    personas = [
        ("García", "", "Zoé"),
        ("García", "Ávila", "Luz"),
        ("García", "Ávila", "Óscar"),
        ("García", "Luna", "Ana"),
    ]
    assert sorted(set(personas), key=lambda persona: clave_de_orden(*persona)) == personas


# --- Parecidos ---


@pytest.mark.parametrize(
    ("a", "b", "cuanto"),
    [
        ("", "", 0),
        ("", "abc", 3),
        ("DGLP", "DGPL", 1),
        ("Pérez", "Perez", 1),
        ("casa", "caso", 1),
        ("ca", "abc", 3),
    ],
)
def test_la_distancia_cuenta_letras_y_trasposiciones(a: str, b: str, cuanto: int) -> None:
    assert distancia(a, b) == cuanto


@given(st.text(max_size=12), st.text(max_size=12))
def test_la_distancia_es_simetrica_y_cero_solo_entre_iguales(a: str, b: str) -> None:
    assert distancia(a, b) == distancia(b, a)
    assert (distancia(a, b) == 0) == (a == b)
    assert abs(len(a) - len(b)) <= distancia(a, b) <= max(len(a), len(b))


@pytest.mark.parametrize(
    ("desde", "hasta", "dicho"),
    [
        (date(2015, 1, 1), date(2015, 4, 28), "del 1 de enero al 28 de abril de 2015"),
        (date(2024, 10, 16), date(2024, 10, 31), "del 16 al 31 de octubre de 2024"),
        (date(2024, 12, 16), date(2025, 1, 31), "del 16 de diciembre de 2024 al 31 de enero de 2025"),
    ],
)
def test_el_periodo_dice_una_vez_lo_que_sus_fechas_comparten(desde: date, hasta: date, dicho: str) -> None:
    assert periodo(desde, hasta) == dicho


@pytest.mark.parametrize(
    ("cargo", "plural"),
    [
        ("Titulares de las Unidades Técnicas", True),
        ("Directoras y Directores de Área", True),
        ("INTEGRANTES DEL COMITÉ", True),
        ("Vocales Ejecutivos", True),
        ("Jueces de Distrito", True),
        ("Las y los consejeros", True),
        ("Titular de la Unidad", False),
        ("Archivos y Acervos", False),
        ("Presidenta de las Comisiones", False),
        ("", False),
    ],
)
def test_un_cargo_colectivo_se_conoce_por_su_primera_palabra(cargo: str, plural: bool) -> None:
    assert cargo_en_plural(cargo) is plural
