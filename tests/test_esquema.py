"""Lo que el esquema ofrece a los libros de cuentas: fichas que pueden faltar, cifras, hojas libres y renglones malos."""

from datetime import date

import pytest

from generador.celdas import Celda, Hoja, Valor
from generador.datos import dataclass
from generador.esquema import DatoIlegible, Registro, campo, ficha, hallada, hojas_libres, leer, tabla
from generador.esquema.conversion import ValorInvalido, convertir
from generador.esquema.declaracion import campo_de
from tests.libro_de_texto import libro_de_texto


@dataclass(frozen=True, kw_only=True)
class Envio(Registro):
    fecha: date = campo("Fecha")
    lugar: str = campo("Lugar")
    copia: str = campo("Copia", por_omision="C.c.p.")
    urgente: bool = campo("Urgente", por_omision=False)


@dataclass(frozen=True, kw_only=True)
class Gasto(Registro):
    concepto: str = campo("Concepto")
    monto: float = campo("Monto", minimo=0)


@dataclass(frozen=True, kw_only=True)
class LibroDeGastos:
    envio: Envio | None = ficha("Envío")
    gastos: tuple[Gasto, ...] = tabla("Gastos")
    libres: tuple[Hoja, ...] = hojas_libres()


GASTOS = "## Gastos\n| Concepto | Monto |\n|---|---|\n| Papel | 1,200.50 |\n| Tinta | 300 |\n"


def leido(texto: str, tolerante: str = "") -> tuple[LibroDeGastos | None, list[str]]:
    modelo, hallazgos = leer(LibroDeGastos, libro_de_texto(texto), tolerante=tolerante)
    return modelo, [f"{h.lugar} {h.problema}" for h in hallazgos]


@pytest.mark.parametrize(
    "envio",
    [
        "",
        "## Envío\n| Dato | Valor |\n|---|---|\n| Fecha | |\n| Lugar | |\n",
        "## Envío\n| Dato | Valor |\n|---|---|\n| Fecha | |\n| Lugar | |\n| Copia | C.c.p. |\n| Urgente | No |\n",
    ],
    ids=["sin la hoja", "en blanco", "con sólo sus valores por omisión"],
)
def test_una_ficha_opcional_en_blanco_es_none_y_no_pide_nada(envio: str) -> None:
    modelo, dichos = leido(envio + GASTOS)
    assert modelo is not None
    assert (modelo.envio, dichos) == (None, [])


def test_una_ficha_opcional_empezada_pide_lo_que_le_falta() -> None:
    ficha_ = "## Envío\n| Dato | Valor |\n|---|---|\n| Fecha | |\n| Lugar | Colima |\n"
    assert leido(ficha_ + GASTOS) == (None, ["Envío!B2 «Fecha» está en blanco."])


def test_una_cifra_se_lee_con_sus_comas_y_sus_decimales() -> None:
    modelo, _ = leido(GASTOS)
    assert modelo is not None
    assert [gasto.monto for gasto in modelo.gastos] == [1200.5, 300]


@pytest.mark.parametrize(
    ("escrito", "dicho"), [("muchos", "no es un número"), (-1, "0 o más"), (True, "no es un número")]
)
def test_lo_que_no_es_una_cifra_se_dice(escrito: Valor, dicho: str) -> None:
    with pytest.raises(ValorInvalido, match=dicho):
        convertir(campo_de(Gasto, "monto"), Celda("Gastos", 2, 2, escrito), libro_de_texto(""))


def test_las_hojas_que_no_son_del_modelo_llegan_a_quien_las_pide_sin_aviso() -> None:
    modelo, dichos = leido(GASTOS + "## Notas\n| a | b |\n|---|---|\n| 1 | 2 |\n## Instrucciones\n| x |\n|---|\n")
    assert modelo is not None
    assert ([hoja.nombre for hoja in modelo.libres], dichos) == (["Notas"], [])


def test_en_la_hoja_tolerante_un_renglon_malo_solo_se_deja_fuera() -> None:
    modelo, dichos = leido(GASTOS + "| Goma | mucho |\n| Lápiz | 5 |\n", tolerante="Gastos")
    assert modelo is not None
    assert [gasto.concepto for gasto in modelo.gastos] == ["Papel", "Tinta", "Lápiz"]
    assert dichos == ["Gastos!B4 «Monto» dice «mucho», que no es un número."]


def test_un_error_de_columnas_no_se_tolera() -> None:
    sin_columna = "## Gastos\n| Concepto | Importe total |\n|---|---|\n| Papel | 1 |\n"
    assert leido(sin_columna, tolerante="Gastos")[0] is None


def test_de_varias_se_halla_la_que_se_sabe_que_lo_es_aunque_de_otra_no_se_sepa() -> None:
    def positivo(numero: int) -> bool:
        if not numero:
            raise DatoIlegible
        return numero > 0

    assert hallada([0, -1, 7], positivo) == 7
    assert hallada([-1, -2], positivo) is None
    with pytest.raises(DatoIlegible):
        hallada([0, -1], positivo)
