"""Lo que se deduce de las mediciones: de dónde a dónde fue cada cuenta, y que las partes sumen el todo."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generador.castellano import periodo
from generador.documentos.balance import Balance, Evolucion
from generador.documentos.cuentas import Ambito, LibroDeCuentas
from generador.documentos.informe import contexto
from tests.libros_de_cuentas import hoja, libro

INFORME = Path(__file__).parent / "casos" / "informe" / "_base.md"
MEDICIONES = ("Fecha de corte", "Cuenta", "Valor")


def evolucion(*mediciones: tuple[str, int]) -> Evolucion:
    renglones = [(fecha, "Ejemplo", valor) for fecha, valor in mediciones]
    balance = Balance(libro(hoja("Mediciones (entera)", MEDICIONES, *renglones)))
    return balance.evolucion(balance.libro.cuentas[0])


@pytest.mark.parametrize(
    ("mediciones", "inicial", "final"),
    [
        ([("31/12/2023", 10), ("30/06/2024", 15)], 10, 15),  # el punto de partida es anterior al periodo
        ([("30/11/2023", 8), ("31/12/2023", 10), ("30/06/2024", 15)], 10, 15),  # el más cercano
        ([("15/01/2024", 11), ("30/06/2024", 15)], 11, 15),  # si no hay anterior, la primera de dentro
        ([("30/06/2024", 15)], None, 15),  # con una sola no hay aumento que decir
        ([("31/12/2023", 10), ("31/07/2024", 99)], 10, 10),  # lo posterior al corte no cuenta
        ([("31/07/2024", 99)], None, None),
    ],
)
def test_la_cifra_inicial_y_la_final(mediciones: list[tuple[str, int]], inicial: int | None, final: int | None) -> None:
    hallada = evolucion(*mediciones)
    assert (hallada.inicial, hallada.final) == (inicial, final)


def test_el_aumento_de_la_semilla() -> None:
    semilla = Evolucion(341_600, 384_052)
    assert semilla.aumento == 42_452
    assert round(100 * (semilla.porcentaje or 0), 1) == 12.4


def test_de_una_cuenta_nueva_no_hay_aumento_que_decir() -> None:
    alta = hoja(
        "Movimientos", ("Cuenta", "Fecha", "Movimiento", "Oficio"), ("Ejemplo", "10/01/2024", "Alta", "IE/1/2024")
    )
    mediciones = hoja("Mediciones (entera)", MEDICIONES, ("31/01/2024", "Ejemplo", 10), ("30/06/2024", "Ejemplo", 90))
    balance = Balance(libro(alta + mediciones))
    assert balance.evolucion(balance.libro.cuentas[0]) == Evolucion(None, 90, date(2024, 6, 30))


@pytest.mark.parametrize(
    ("ultima", "inactiva", "meses"),
    [
        ("30/06/2023", False, 12),
        ("29/06/2023", True, 12),
        ("30/06/2024", False, 0),
        ("01/01/2022", True, 29),
        ("", None, None),
    ],
)
def test_inactiva_es_mas_de_un_ano_sin_publicar(ultima: str, inactiva: bool | None, meses: int | None) -> None:
    balance = Balance(libro(hoja("Cuentas", ("Cuenta", "Última publicación"), ("Ejemplo", ultima))))
    cuenta = balance.libro.cuentas[0]
    assert (balance.inactiva(cuenta), balance.meses_sin_publicar(cuenta)) == (inactiva, meses)


def test_una_cuenta_que_volvio_sigue_en_operacion() -> None:
    alta = hoja(
        "Movimientos", ("Cuenta", "Fecha", "Movimiento", "Oficio"), (" Vieja", "10/03/2024", "Alta", "IE/2/2024")
    )
    balance = Balance(libro(alta))
    assert [c.cuenta for c in balance.vigentes] == ["Ejemplo", "Ejemplo FB", "Ejemplo TV", "Vieja"]
    assert balance.dadas_de_baja == ()


def test_el_periodo_dice_los_anos_que_hacen_falta() -> None:
    assert periodo(date(2015, 1, 1), date(2015, 4, 28)) == "del 1 de enero al 28 de abril de 2015"
    assert periodo(date(2014, 7, 1), date(2015, 6, 30)) == "del 1 de julio de 2014 al 30 de junio de 2015"


# --- Las partes suman el todo

CUENTAS = st.lists(
    st.tuples(
        st.sampled_from(["Twitter", "Facebook", "YouTube"]),
        st.sampled_from(list(Ambito)),
        st.lists(st.integers(0, 10**7), max_size=4),
    ),
    min_size=1,
    max_size=12,
)


def armado(cuentas: list[tuple[str, Ambito, list[int]]]) -> LibroDeCuentas:
    filas = [(f"c{n}", plataforma, ambito) for n, (plataforma, ambito, _) in enumerate(cuentas)]
    mediciones = [
        (f"28/0{mes}/2024", f"c{n}", valor)
        for n, (_, _, valores) in enumerate(cuentas)
        for mes, valor in enumerate(valores, 1)
    ]
    sin_periodo = hoja("Institución", ("Dato", "Valor"), ("Periodo desde", ""), ("Periodo hasta", ""))
    return libro(
        sin_periodo
        + "## Gráficas (sin)\n\n## Movimientos (sin)\n\n"
        + hoja("Cuentas (entera)", ("Cuenta", "Plataforma", "Ámbito"), *filas)
        + hoja("Mediciones (entera)", MEDICIONES, *mediciones),
        INFORME,
    )


def en_cifra(texto: object) -> int:
    escrito = str(texto).replace(",", "").replace("−", "-").replace("+", "")
    return 0 if escrito == "—" else int(escrito)


@settings(deadline=None, max_examples=60)
@given(CUENTAS)
def test_los_totales_del_informe_son_la_suma_de_sus_renglones(cuentas: list[tuple[str, Ambito, list[int]]]) -> None:
    nombres = contexto(armado(cuentas))
    total = nombres["por_plataforma"]["total"]  # type: ignore[index]  # el contexto son diccionarios
    assert total["cuentas"] == str(len(cuentas))
    for conjunto in ("por_plataforma", "por_ambito"):
        renglones = nombres[conjunto]["renglones"]  # type: ignore[index]
        assert nombres[conjunto]["total"] == total  # type: ignore[index]
        for campo in ("cuentas", "inicial", "final", "aumento"):
            assert sum(en_cifra(renglon[campo]) for renglon in renglones) == en_cifra(total[campo])
    por_cuenta = [renglon for tabla in nombres["cuentas"] for renglon in tabla["renglones"]]  # type: ignore[attr-defined]
    for campo in ("final", "aumento"):
        assert sum(en_cifra(renglon[campo]) for renglon in por_cuenta) == en_cifra(total[campo])
