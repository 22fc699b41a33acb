"""Nuestro `dataclass` declara lo mismo que el de la biblioteca estándar."""

import dataclasses
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generador.datos import dataclass

OPCIONES: tuple[dict[str, bool], ...] = (
    {},
    {"eq": False},
    {"frozen": True},
    {"frozen": True, "eq": False},
    {"frozen": True, "kw_only": True},
    {"frozen": True, "slots": True},
    {"slots": True},
)


def declarada(declarar: Callable[..., Any], opciones: dict[str, bool]) -> Any:
    class Persona:
        """Una persona."""

        nombre: str
        votos: list[int] = dataclasses.field(default_factory=list)
        edad: int = 18
        nota: str = dataclasses.field(default="", repr=False, compare=False)

    return declarar(**opciones)(Persona)


def lo_que_recibe(clase: Any) -> tuple[bool, ...]:
    """Si se puede crear con cada una de estas cosas."""

    def se_puede(*valores: object, **nombrados: object) -> bool:
        try:
            clase(*valores, **nombrados)
        except TypeError:
            return False
        return True

    return (
        se_puede(), se_puede("Ana"), se_puede("Ana", [1], 20, "x"), se_puede("Ana", [1], 20, "x", "de más"),
        se_puede(nombre="Ana", votos=[1], edad=20, nota="x"), se_puede(votos=[1]), se_puede(nombre="Ana", apodo="A"),
    )  # fmt: skip


@pytest.mark.parametrize("opciones", OPCIONES, ids=str)
def test_declara_lo_mismo_que_la_estandar(opciones: dict[str, bool]) -> None:
    nuestra, estandar = declarada(dataclass, opciones), declarada(dataclasses.dataclass, opciones)

    def lo_que_hace(clase: Any) -> tuple[object, ...]:
        una, igual, otra = clase(nombre="Ana", nota="x"), clase(nombre="Ana"), clase(nombre="Eva", votos=[1], edad=20)
        return (
            repr(una), una == igual, una == otra, una.__eq__("Ana"), una.votos is igual.votos,
            dataclasses.replace(una, edad=3).edad, dataclasses.asdict(otra), [c.name for c in dataclasses.fields(clase)],
            lo_que_recibe(clase),
            clase.__match_args__, hasattr(una, "__dict__"), clase.__hash__ is None, clase.__hash__ is object.__hash__,
        )  # fmt: skip

    assert lo_que_hace(nuestra) == lo_que_hace(estandar)


@pytest.mark.parametrize("opciones", OPCIONES, ids=str)
def test_solo_lo_congelado_no_cambia(opciones: dict[str, bool]) -> None:
    persona = declarada(dataclass, opciones)(nombre="Ana")
    if not opciones.get("frozen"):
        persona.nombre = "Eva"
        assert persona.nombre == "Eva"
        return
    with pytest.raises(dataclasses.FrozenInstanceError, match="«nombre»"):
        persona.nombre = "Eva"
    with pytest.raises(dataclasses.FrozenInstanceError, match="«nombre»"):
        del persona.nombre


@dataclass(frozen=True, slots=True)
class Lugar:
    """Un lugar, que puede ir a otro proceso."""

    hoja: str
    fila: int = 1

    def __repr__(self) -> str:
        return f"{self.hoja}!{self.fila}"


@dataclass(frozen=True)
class Nada:
    """Sin campos."""


def test_lo_que_la_clase_escribe_se_respeta_y_lo_congelado_va_y_vuelve_de_otro_proceso() -> None:
    assert repr(Lugar("Sesión", 4)) == "Sesión!4"
    assert pickle.loads(pickle.dumps(Lugar("Sesión", 4))) == Lugar("Sesión", 4)
    assert {Lugar("Sesión"), Lugar("Sesión", 1), Lugar("Votos")} == {Lugar("Votos"), Lugar("Sesión")}
    assert Nada() == Nada()
    assert len({Nada(), Nada()}) == 1


@dataclass(frozen=True, kw_only=True)
class Doble:
    """Se completa sola."""

    numero: int
    doble: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "doble", 2 * self.numero)


def test_lo_que_falta_o_sobra_al_crear_se_dice_y_lo_que_se_completa_al_final_se_completa() -> None:
    with pytest.raises(TypeError, match="'hoja'"):
        Lugar()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="Doble: faltan o sobran numero, triple"):
        Doble(triple=3)  # type: ignore[call-arg]
    assert Doble(numero=2).doble == 4


def test_todo_el_programa_la_usa() -> None:
    de_la_estandar = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)
    modulos = (Path(__file__).parent.parent / "generador").rglob("*.py")
    assert [m.name for m in modulos if de_la_estandar.search(m.read_text(encoding="utf-8"))] == []
