"""Un dato que no se puede leer no calla los errores de otra hoja, salvo los que de verdad dependen de él.

En cada caso de ``casos/`` se estropean datos al azar y se cuenta cuántos de sus errores dejan de decirse.
"""

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from generador.celdas import Celda, Libro
from generador.documentos.tipo import Tipo
from generador.esquema import Registro, leer_lo_legible, secciones
from generador.flujo import tipo_de
from generador.flujo.linea import verificado
from tests.test_casos import HOY, POR_RENGLON, todos
from tests.test_cualquier_libro import VECES
from tests.test_revisar import textos
from tests.test_sin_cascadas import con_celda

ESTROPEADOS = 10 * VECES  # por caso
DEPENDEN = 0.06  # de los errores de otra hoja, la parte que depende del dato: con todos, 3.6 %; con pocos, varía

Error = tuple[str, str, str]


def datos(modelo: type, leido: object) -> list[Celda]:
    """Las celdas de todos los datos de un libro, también las que están en blanco."""
    hojas = [vars(leido)[seccion.atributo] for seccion in secciones(modelo)]
    registros: list[Registro] = [r for hoja in hojas for r in (hoja if isinstance(hoja, tuple) else [hoja]) if r]
    return [celda for registro in registros for celda in registro.origen.celdas.values()]


def ilegible(libro: Libro, celda: Celda) -> Libro:
    rota = replace(celda, valor=None, problema="trae el error #N/A.")
    return replace(libro, hojas=tuple(con_celda(h, rota) if h.nombre == celda.hoja else h for h in libro.hojas))


def errores(tipo: Tipo[object], libro: Libro, *, por_renglon: bool) -> set[Error]:
    hallazgos = verificado(tipo, libro, HOY, por_renglon=por_renglon).hallazgos
    return {(h.hoja, h.celda, h.problema) for h in hallazgos if h.es_error}


def dichos_y_callados(carpeta: str) -> Iterator[tuple[set[Error], set[Error]]]:
    """De cada dato estropeado: los errores que había en las otras hojas, y los que dejaron de decirse."""
    tipo, por_renglon = tipo_de(carpeta.removesuffix(POR_RENGLON)), carpeta.endswith(POR_RENGLON)
    for caso in (caso for caso in todos() if caso.parent.name == carpeta):
        libro, azar = textos(caso)[1], random.Random(caso.stem)
        lectura = leer_lo_legible(tipo.modelo, libro)
        del_caso = errores(tipo, libro, por_renglon=por_renglon) if lectura.completa else set()
        for celda in azar.choices(datos(tipo.modelo, lectura.modelo), k=ESTROPEADOS) if del_caso else ():
            de_otra = {error for error in del_caso if error[0] != celda.hoja}
            yield de_otra, de_otra - errores(tipo, ilegible(libro, celda), por_renglon=por_renglon)


@pytest.mark.parametrize("carpeta", ["minuta", "informe", "oficio", "oficio_por_renglon"])
def test_un_dato_ilegible_no_calla_los_errores_de_otra_hoja(carpeta: str) -> None:
    pares = list(dichos_y_callados(carpeta))
    dichos, callados = (sum(map(len, lado)) for lado in zip(*pares, strict=True))
    assert dichos > 100
    assert callados <= DEPENDEN * dichos, f"{callados} de {dichos}"
