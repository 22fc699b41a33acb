"""Los bancos comparan lo mismo con lo mismo, y no se quedan atrás de lo que miden."""

import io
from importlib import import_module

import docx
import pytest

from bancos.__main__ import BANCOS
from bancos.comun import con_docxtpl, del_ejemplo, para_docxtpl
from generador.celdas import sin_formato
from generador.flujo.linea import compositor, leer_plantilla, tipo_de
from generador.recursos import recurso


def parrafos(documento: bytes) -> list[str]:
    return [sin_formato(parrafo.text) for parrafo in docx.Document(io.BytesIO(documento)).paragraphs]


@pytest.mark.parametrize("nombre", ["minuta", "oficio"])
def test_docxtpl_escribe_lo_mismo_que_nosotros(nombre: str) -> None:
    contexto, ficha = del_ejemplo(nombre, nombre)
    plantilla = para_docxtpl(leer_plantilla(recurso("plantillas_docx", f"{nombre}.docx")))
    assert parrafos(con_docxtpl(plantilla, contexto)) == parrafos(compositor(tipo_de(nombre), None)(contexto, ficha))


def test_cada_banco_da_su_tabla() -> None:
    assert [banco for banco in BANCOS if not callable(import_module(f"bancos.{banco}").correr)] == []
