"""Un lote en varios procesos, o en un cúmulo: los mismos bytes, y lo interrumpido se retoma."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from generador import flujo
from generador.flujo.reparto import Encargo, cuantos_procesos, repartidos
from tests.libros_de_cuentas import HOY
from tests.test_flujo import correr, dentro
from tests.test_lote import CUERPO, destinatarios, guardado, persona

CUANTOS = 40


@pytest.fixture
def libro(tmp_path: Path) -> Path:
    """Un libro con cuarenta destinatarios."""
    return guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(*(persona(f"Ana {n}") for n in range(CUANTOS))))


def hechos(libro: Path, salida: Path, reparto: flujo.Reparto) -> list[flujo.Intento]:
    return list(flujo.generar_lote("oficio", libro, salida, hoy=HOY, reparto=reparto).intentos)


def bytes_de(carpeta: Path) -> dict[str, bytes]:
    return {ruta.name: ruta.read_bytes() for ruta in carpeta.rglob("*") if ruta.is_file()}


def test_en_dos_procesos_salen_los_mismos_bytes_que_en_uno(libro: Path, tmp_path: Path) -> None:
    hechos(libro, tmp_path / "uno", flujo.Reparto(1))
    hechos(libro, tmp_path / "dos", flujo.Reparto(2))
    assert len(dentro(tmp_path / "dos")) == CUANTOS
    assert bytes_de(tmp_path / "uno") == bytes_de(tmp_path / "dos")


def test_lo_interrumpido_se_retoma_y_solo_se_hace_lo_que_falta(libro: Path, tmp_path: Path) -> None:
    lote = flujo.generar_lote("oficio", libro, tmp_path / "D", hoy=HOY)
    for _ in range(15):
        next(lote.intentos)
    assert len(dentro(tmp_path / "D")) == 15
    intentos = hechos(libro, tmp_path / "D", flujo.Reparto(2))
    assert sum(intento.ya_estaba for intento in intentos) == 15
    hechos(libro, tmp_path / "E", flujo.Reparto(1))
    assert bytes_de(tmp_path / "D") == bytes_de(tmp_path / "E")


def test_si_cambia_un_renglon_solo_ese_se_vuelve_a_hacer(libro: Path, tmp_path: Path) -> None:
    hechos(libro, tmp_path / "D", flujo.Reparto(1))
    otro = [persona(f"Ana {n}", genero="Masculino" if n == 7 else "Femenino") for n in range(CUANTOS)]
    guardado(libro, CUERPO + destinatarios(*otro))
    nuevos = [
        i.documento.name for i in hechos(libro, tmp_path / "D", flujo.Reparto(1)) if i.documento and not i.ya_estaba
    ]
    assert [nombre for nombre in nuevos if "Ana 7" in nombre] == nuevos
    assert len(nuevos) == 1


def test_lo_corregido_en_word_no_cuenta_como_hecho(libro: Path, tmp_path: Path) -> None:
    intento = hechos(libro, tmp_path / "D", flujo.Reparto(1))[3]
    assert intento.documento is not None
    intento.documento.write_bytes(b"corregido")
    assert not hechos(libro, tmp_path / "D", flujo.Reparto(1))[3].ya_estaba
    assert intento.documento.read_bytes() == b"corregido"


class Roto(Executor):
    """Un ejecutor cuyos procesos mueren."""

    def submit(self, funcion: Any, /, *argumentos: Any, **otros: Any) -> "Future[Any]":
        raise BrokenProcessPool


def test_si_los_procesos_mueren_lo_que_falta_se_hace_aqui(libro: Path) -> None:
    from generador.flujo.linea import tipo_de, verificado
    from generador.libro.lectura import abrir

    tipo = tipo_de("oficio")
    assert tipo.lote is not None
    modelo = verificado(tipo, abrir(libro), HOY, por_renglon=True).modelo

    class Trabajo:
        def __init__(self, pieza: Any) -> None:
            self.contexto, self.ficha = pieza.contexto(), pieza.ficha

    trabajos = [Trabajo(pieza) for pieza in tipo.lote.piezas(modelo, ())]
    salidos = list(repartidos(Roto(), Encargo("oficio", None), trabajos, 2))
    assert [trabajo for trabajo, _ in salidos] == trabajos
    assert {type(documento) for _, documento in salidos} == {bytes}


def test_con_pocos_documentos_no_se_arrancan_procesos() -> None:
    assert (cuantos_procesos(None, 3), cuantos_procesos(3, 3)) == (1, 3)
    assert cuantos_procesos(None, 10_000) >= 1


CUMULO = """
if __name__ == "__main__":
    from distributed import LocalCluster
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cumulo:
        print(cumulo.scheduler_address, flush=True)
        input()
"""


@pytest.fixture
def cumulo(tmp_path: Path) -> Iterator[str]:
    """Un planificador de Dask y dos trabajadores, de verdad; da su dirección."""
    programa = tmp_path / "cumulo.py"
    programa.write_text(CUMULO, encoding="utf-8")
    entorno = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    proceso = subprocess.Popen(
        [sys.executable, programa], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True, cwd=tmp_path, env=entorno,
    )  # fmt: skip
    assert proceso.stdout is not None
    yield proceso.stdout.readline().strip()
    try:
        proceso.communicate("\n", timeout=20)
    except subprocess.TimeoutExpired:
        proceso.send_signal(signal.SIGTERM)
        proceso.communicate()


def test_en_un_cumulo_de_dask_salen_los_mismos_bytes(libro: Path, tmp_path: Path, cumulo: str) -> None:
    hecho = correr(tmp_path, "oficio", libro, "--cada-renglon", "--salida", "D", "--cumulo", cumulo)
    assert hecho.returncode == 0, hecho.stderr
    correr(tmp_path, "oficio", libro, "--cada-renglon", "--salida", "E", "--procesos", "1")
    assert bytes_de(tmp_path / "D") == bytes_de(tmp_path / "E")


def test_un_cumulo_al_que_no_se_llega_se_dice_sin_traza(libro: Path, tmp_path: Path) -> None:
    hecho = correr(tmp_path, "oficio", libro, "--cada-renglon", "--cumulo", "tcp://127.0.0.1:1")
    assert hecho.returncode == 2
    assert "No se puede llegar al cúmulo" in hecho.stderr
    assert "Traceback" not in hecho.stderr
