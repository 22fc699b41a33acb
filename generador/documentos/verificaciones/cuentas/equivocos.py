"""Lo equívoco: un dato que está escrito, pero que no se sabe a qué se refiere.

Una medición de una cuenta que no está en «Cuentas» puede ser de cualquiera: lo que salga de las mediciones se
calcularía mal. Se toma por ilegible: lo que lo consulta no se comprueba, y lo demás sí.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from generador.datos import dataclass
from generador.documentos.cuentas import LibroDeCuentas
from generador.esquema import Registro, con_valores, secciones, sin_leer
from generador.hallazgos import Hallazgo


@dataclass(frozen=True)
class Equivoco:
    """Lo que hay que decir, y de qué registros no se sabe qué son esos campos."""

    hallazgo: Hallazgo
    registros: tuple[Registro, ...]
    campos: tuple[str, ...]


def sin_lo_equivoco(libro: LibroDeCuentas, equivocos: Iterable[Equivoco]) -> LibroDeCuentas:
    """El libro, como si los datos equívocos no se hubieran podido leer."""
    malos: dict[int, set[str]] = {}
    for equivoco in equivocos:
        for registro in equivoco.registros:
            malos.setdefault(id(registro), set()).update(equivoco.campos)
    suyas = {seccion.atributo: vars(libro).get(seccion.atributo) for seccion in secciones(LibroDeCuentas)}
    cambiadas = {nombre: _sin(malos, hoja) for nombre, hoja in suyas.items() if hoja}
    return con_valores(libro, cambiadas) if malos else libro


def _sin(malos: Mapping[int, set[str]], hoja: Any) -> Any:
    """Una ficha, o los renglones de una tabla, sin lo que tengan de malo."""
    if isinstance(hoja, tuple):
        return tuple(_sin(malos, registro) for registro in hoja)
    return sin_leer(hoja, malos[id(hoja)]) if id(hoja) in malos else hoja
