"""La plantilla que trae el programa, vista por el motor."""

from datetime import datetime
from pathlib import Path

import pytest

from generador.hallazgos import ErrorDePlantilla
from generador.plantilla import Plantilla, Propiedades

MINUTA = Path(__file__).parent.parent / "plantillas_docx" / "minuta.docx"


def test_la_minuta_compila_y_sin_datos_dice_todo_lo_que_le_falta() -> None:
    plantilla = Plantilla.abrir(MINUTA.read_bytes(), MINUTA.name)
    with pytest.raises(ErrorDePlantilla) as error:
        plantilla.componer({}, Propiedades(titulo="Minuta", creado=datetime(2017, 11, 15)))
    for nombre in ("sesion", "organo", "firmas", "puntos"):
        assert f"«{nombre}" in str(error.value)
