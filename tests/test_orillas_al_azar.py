"""Etiquetas puestas al azar en párrafos y tablas: lo que revisar acepta, se genera, y de los dos modos sale lo mismo."""

import os
import random

import pytest

from generador.hallazgos import ErrorDePlantilla
from generador.plantilla import Plantilla, Propiedades
from generador.plantilla.contrato import Contrato, Forma
from generador.plantilla.revision import revisar
from tests.fabrica import CREADO, dibujo, docx, p, tbl, tc, tr
from tests.test_plantilla_de_corrido import sin_corrido

DATOS = {"xs": [{"n": "Ana"}, {"n": "Luis"}], "si": "x", "no": "", "nada": []}
CONTRATO = Contrato("minuta", Forma().sumar(DATOS).cerrar())
PROPIEDADES = Propiedades(titulo="Prueba", creado=CREADO)
RUNS = ["{{ si }}", "texto", " ", "<w:r><w:br/></w:r>", dibujo(1)]
PAREJAS = [
    ("{% for x in xs %}", "{% endfor %}"), ("{%tr for x in xs %}", "{%tr endfor %}"),
    ("{% for x in nada %}", "{% endfor %}"), ("{% if si %}", "{% endif %}"), ("{% if no %}", "{% endif %}"),
]  # fmt: skip
EN_LA_ORILLA = 0.8  # de las veces


class AlAzar:
    """Un documento que se arma y luego se llena de etiquetas; ``parrafos``: los runs de cada uno, en su orden."""

    def __init__(self, semilla: int) -> None:
        self.azar = random.Random(semilla)
        self.parrafos: list[list[str]] = []
        bloques = [self.bloque(0) for _ in range(self.azar.randrange(1, 5))]
        for _ in range(self.azar.randrange(1, 4)):
            self.poner(*self.azar.choice(PAREJAS))
        self.docx = docx(*map(self.xml, bloques))

    def bloque(self, hondo: int) -> object:
        if hondo < 2 and self.azar.random() < 0.4:
            columnas, filas = self.azar.randrange(1, 4), self.azar.randrange(1, 4)
            return [[[self.bloque(hondo + 1), self.bloque(2)] for _ in range(columnas)] for _ in range(filas)]
        self.parrafos.append(self.azar.choices(RUNS, [4, 4, 1, 3, 0.3], k=self.azar.randrange(4)))
        return len(self.parrafos) - 1

    def poner(self, abre: str, cierra: str) -> None:
        uno, otro = sorted(self.azar.choices(range(len(self.parrafos)), k=2))
        if self.azar.random() < 0.3:
            otro = uno
        orilla = self.azar.random() < EN_LA_ORILLA
        primero, ultimo = self.parrafos[uno], self.parrafos[otro]
        lugar = 0 if orilla else self.azar.randint(0, len(primero))
        primero.insert(lugar, abre)
        desde = lugar + 1 if uno == otro else 0
        ultimo.insert(len(ultimo) if orilla else self.azar.randint(desde, len(ultimo)), cierra)

    def xml(self, bloque: object) -> str:
        if isinstance(bloque, int):
            return p(*self.parrafos[bloque])
        assert isinstance(bloque, list)
        filas = (tr(*(tc(*map(self.xml, celda)) for celda in fila)) for fila in bloque)
        return tbl(*filas, columnas=len(bloque[0]))


@pytest.mark.parametrize("semilla", range(60 * int(os.environ.get("VECES", "1"))))
def test_lo_que_revisar_acepta_se_genera_y_de_los_dos_modos_igual(semilla: int) -> None:
    plantilla = AlAzar(semilla).docx
    graves = [defecto for defecto in revisar(plantilla, CONTRATO) if defecto.grave]
    try:
        abierta = Plantilla.abrir(plantilla, "t")
    except ErrorDePlantilla:
        assert graves
        return
    assert not graves
    assert abierta.componer(DATOS, PROPIEDADES) == sin_corrido(abierta).componer(DATOS, PROPIEDADES)
