"""Volver a generar sobre lo que alguien corrigió en Word: nada se pierde, ni con un corte a la mitad."""

import os
import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from generador.escritura import ANTES, bases, ruta_de_base
from generador.flujo import componer, tipo_de
from generador.flujo.entrega import Correcciones, Destino, Entrega
from generador.hallazgos import ArchivoInaccesible
from generador.ooxml import empaquetar, partes
from tests.expedientes import de_ejemplo
from tests.lectura_de_docx import parrafos

VECES = int(os.environ.get("VECES", "1"))
CORTES = 6 * VECES
LUGAR = "## Sesión\n| Dato | Valor |\n|---|---|\n| Lugar | {} |\n"
FECHA = "## Sesión\n| Dato | Valor |\n|---|---|\n| Fecha | 22/11/2017 |\n"
SUYA = ("Asuntos generales", "Otros asuntos")


def minuta(cambios: str = "") -> bytes:
    return componer(tipo_de("minuta"), de_ejemplo("minuta", cambios))


def corregir(ruta: Path, viejo: str = SUYA[0], nuevo: str = SUYA[1]) -> bytes:
    """El documento con esa palabra corregida a mano."""
    contenido = partes(ruta.read_bytes())
    cuerpo = contenido["word/document.xml"]
    assert viejo.encode() in cuerpo
    contenido["word/document.xml"] = cuerpo.replace(viejo.encode(), nuevo.encode())
    ruta.write_bytes(empaquetar(contenido))
    return ruta.read_bytes()


def dejar(carpeta: Path, datos: bytes, correcciones: Correcciones = Correcciones.FUNDIR, nombre: str = "M") -> Entrega:
    return Destino(carpeta, (carpeta / "libro.xlsx",), None, correcciones).dejar(datos, nombre)


def copias(carpeta: Path) -> list[Path]:
    return [ruta for ruta in carpeta.glob("*.docx") if ANTES in ruta.name]


def test_lo_corregido_queda_los_datos_entran_y_lo_de_antes_se_guarda(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    entrega = dejar(tmp_path, minuta(LUGAR.format("Auditorio")))
    dice = "\n".join(parrafos(ruta.read_bytes()))
    assert "Otros asuntos" in dice
    assert "Auditorio" in dice
    assert entrega.nota.startswith("1 cambio suyo conservado y 1 dato actualizado.")
    assert [copia.read_bytes() for copia in copias(tmp_path)] == [suyo]


def test_sin_datos_nuevos_el_documento_queda_byte_por_byte(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    assert "queda como lo dejó" in dejar(tmp_path, minuta()).nota
    assert ruta.read_bytes() == suyo
    assert copias(tmp_path) == []


def test_si_el_documento_ya_no_esta_se_dice_que_hacer_para_conservar_lo_suyo(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    ruta.unlink()
    assert "Si lo movió para corregirlo, devuélvalo aquí y repita la orden" in dejar(tmp_path, minuta()).nota
    assert dejar(tmp_path, minuta()).nota == ""
    ruta.write_bytes(suyo)
    assert "queda como lo dejó, con 1 cambio suyo" in dejar(tmp_path, minuta()).nota


@pytest.mark.parametrize("veces", [1, 2])
def test_uno_de_una_vez_anterior_que_vuelve_recibe_los_datos_y_conserva_lo_suyo(tmp_path: Path, veces: int) -> None:
    """Estaba en el correo, en otra carpeta o con otro nombre cuando se volvió a generar."""
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    ruta.unlink()
    for vez in range(veces):
        dejar(tmp_path, minuta(LUGAR.format(f"Auditorio {vez}")))
    ruta.write_bytes(suyo)
    entrega = dejar(tmp_path, minuta(LUGAR.format(f"Auditorio {veces - 1}")))
    assert entrega.nota.startswith("1 cambio suyo conservado y 1 dato actualizado.")
    assert {f"Lugar: Auditorio {veces - 1}", "Otros asuntos."} <= set(aceptados(ruta))


def test_si_vuelve_lo_de_antes_de_actualizar_los_datos_entran_otra_vez(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    for _ in range(2):
        assert "1 dato actualizado" in dejar(tmp_path, minuta(LUGAR.format("Auditorio"))).nota
        ruta.write_bytes(suyo)


def test_si_vuelve_intacto_uno_de_una_vez_anterior_nadie_lo_corrigio(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    dejar(tmp_path, minuta(LUGAR.format("Auditorio")))
    ruta.write_bytes(minuta())
    assert dejar(tmp_path, minuta(LUGAR.format("Auditorio"))).nota == ""
    assert ruta.read_bytes() == minuta(LUGAR.format("Auditorio"))


def test_de_cada_documento_se_guardan_las_ultimas_bases(tmp_path: Path) -> None:
    for vez in range(6):
        dejar(tmp_path, minuta(LUGAR.format(vez)))
        dejar(tmp_path, minuta(LUGAR.format(vez)))
    assert bases(tmp_path / "M.docx") == [minuta(LUGAR.format(vez)) for vez in (5, 4, 3, 2)]


def test_reemplazar_lo_hace_de_nuevo_y_guarda_lo_corregido(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    dejar(tmp_path, minuta(), Correcciones.REEMPLAZAR)
    assert ruta.read_bytes() == minuta()
    assert [copia.read_bytes() for copia in copias(tmp_path)] == [suyo]


def test_sin_marcas_los_datos_entran_aceptados(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    corregir(ruta)
    dejar(tmp_path, minuta(LUGAR.format("Auditorio")), Correcciones.SIN_MARCAS)
    cuerpo = partes(ruta.read_bytes())["word/document.xml"]
    assert b"<w:ins " not in cuerpo
    assert b"<w:del " not in cuerpo
    assert {"Lugar: Auditorio", "Otros asuntos."} <= set(parrafos(ruta.read_bytes()))


def test_si_cambia_el_nombre_del_archivo_lo_corregido_pasa_al_nuevo(tmp_path: Path) -> None:
    viejo = dejar(tmp_path, minuta(), nombre="Minuta 15").ruta
    suyo = corregir(viejo)
    entrega = dejar(tmp_path, minuta(FECHA), nombre="Minuta 22")
    assert entrega.ruta.name == "Minuta 22.docx"
    assert "Se partió de «Minuta 15.docx»" in entrega.nota
    assert {"Otros asuntos.", "Fecha: 22 de noviembre de 2017"} <= set(aceptados(entrega.ruta))
    assert viejo.read_bytes() == suyo
    assert "queda como lo dejó" in dejar(tmp_path, minuta(FECHA), nombre="Minuta 22").nota


def test_al_volver_a_la_fecha_de_antes_lo_corregido_mientras_tanto_vuelve_tambien(tmp_path: Path) -> None:
    corregir(dejar(tmp_path, minuta(), nombre="Minuta 15").ruta)
    corregir(dejar(tmp_path, minuta(FECHA), nombre="Minuta 22").ruta, "Precisó que", "Aclaró que")
    vuelta = dejar(tmp_path, minuta(), nombre="Minuta 15")
    dice = "\n".join(aceptados(vuelta.ruta))
    assert [trozo in dice for trozo in ("Otros asuntos", "Aclaró que", "15 de noviembre")] == [True] * 3
    assert [ruta.name for ruta in copias(tmp_path)] == [vuelta.nota.split("quedó en «")[1].split("»")[0]]
    assert "queda como lo dejó" in dejar(tmp_path, minuta(), nombre="Minuta 15").nota


def test_al_volver_a_la_fecha_de_antes_si_nadie_corrigio_la_primera(tmp_path: Path) -> None:
    dejar(tmp_path, minuta(), nombre="Minuta 15")
    corregir(dejar(tmp_path, minuta(FECHA), nombre="Minuta 22").ruta)
    assert "Otros asuntos." in aceptados(dejar(tmp_path, minuta(), nombre="Minuta 15").ruta)


def test_si_corrigieron_los_dos_ninguno_pisa_al_otro_y_se_dice(tmp_path: Path) -> None:
    uno = dejar(tmp_path, minuta(), nombre="Minuta 15").ruta
    otro = dejar(tmp_path, minuta(FECHA), nombre="Minuta 22").ruta
    suyo, ajeno = corregir(uno), corregir(otro, "Precisó que", "Aclaró que")
    assert "«Minuta 22.docx», de este mismo libro, también está" in dejar(tmp_path, minuta(), nombre="Minuta 15").nota
    assert (uno.read_bytes(), otro.read_bytes()) == (suyo, ajeno)


def test_lo_reemplazado_no_regresa_del_documento_que_se_llamaba_de_otro_modo(tmp_path: Path) -> None:
    viejo = dejar(tmp_path, minuta(), nombre="Minuta 15").ruta
    suyo = corregir(viejo)
    assert "«Minuta 15.docx»" in dejar(tmp_path, minuta(FECHA), Correcciones.REEMPLAZAR, "Minuta 22").nota
    assert dejar(tmp_path, minuta(FECHA), nombre="Minuta 22").ruta.read_bytes() == minuta(FECHA)
    assert viejo.read_bytes() == suyo


def test_sin_su_copia_intacta_no_se_toca_y_se_dice_por_que_y_que_hacer(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    ruta_de_base(ruta).unlink()
    nota = dejar(tmp_path, minuta(FECHA), Correcciones.REEMPLAZAR).nota
    assert "no está su copia intacta, en la carpeta «.generar»" in nota
    assert "Lo nuevo está en «M (2).docx». Ni --reemplazar lo pisa. Compárelos con «generar comparar»" in nota
    assert ruta.read_bytes() == suyo


def test_otra_sesion_escrita_sobre_el_mismo_libro_no_hereda_correcciones(tmp_path: Path) -> None:
    corregir(dejar(tmp_path, minuta(), nombre="Minuta 1").ruta)
    otra = componer(tipo_de("minuta"), de_ejemplo("minuta-2018-2"))
    assert dejar(tmp_path, otra, nombre="Minuta 2").ruta.read_bytes() == otra


def test_abierto_en_word_no_se_toca(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    (tmp_path / "~$M.docx").write_bytes(b"")
    with pytest.raises(ArchivoInaccesible, match="abierto en Word"):
        dejar(tmp_path, minuta(LUGAR.format("Auditorio")))
    assert ruta.read_bytes() == suyo
    assert copias(tmp_path) == []


def aceptados(ruta: Path) -> list[str]:
    """Los párrafos con todos los cambios aceptados."""
    from generador.fusion import bloques

    return [bloque.texto.replace("\xa0", " ") for bloque in bloques(ruta.read_bytes())]


# --- cortes, disco lleno, dos órdenes a la vez

DEJAR = """
import sys
from pathlib import Path
from generador.flujo import componer
import generador.fusion, generador.plantilla.validez
from tests.test_entrega import LUGAR, dejar, minuta
datos = minuta(LUGAR.format("Auditorio"))
print("listo", flush=True)
sys.stdin.readline()
dejar(Path(sys.argv[1]), datos)
"""


def otro_proceso(carpeta: Path, antes: str = "") -> "subprocess.Popen[str]":
    proceso = subprocess.Popen(
        [sys.executable, "-c", antes + DEJAR, str(carpeta)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, encoding="utf-8", cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    assert proceso.stdout is not None
    assert proceso.stdout.readline() == "listo\n"
    return proceso


def soltar(proceso: "subprocess.Popen[str]") -> None:
    assert proceso.stdin is not None
    proceso.stdin.write("\n")
    proceso.stdin.flush()


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9")
def test_un_corte_en_cualquier_momento_deja_lo_de_antes_o_lo_nuevo_entero(tmp_path: Path) -> None:
    azar = random.Random(VECES)
    resultados = set()
    cortes = [0.0, *(azar.uniform(0, 0.3) for _ in range(CORTES)), 5.0]  # segundos; el último, ya terminada
    for numero, corte in enumerate(cortes):
        carpeta = tmp_path / str(numero)
        ruta = dejar(carpeta, minuta()).ruta
        suyo = corregir(ruta)
        proceso = otro_proceso(carpeta)
        soltar(proceso)
        with suppress(subprocess.TimeoutExpired):
            proceso.wait(corte)
        proceso.send_signal(signal.SIGKILL)
        proceso.communicate()
        quedo = ruta.read_bytes()
        resultados.add(quedo == suyo)
        assert suyo in [quedo, *(copia.read_bytes() for copia in copias(carpeta))]
        assert {"Otros asuntos."} <= set(aceptados(ruta))  # se lee entero
        dejar(carpeta, minuta(LUGAR.format("Auditorio")))  # la orden siguiente termina lo que faltaba
        assert {"Otros asuntos.", "Lugar: Auditorio"} <= set(aceptados(ruta))
        assert aceptados(ruta).count("Lugar: Auditorio") == 1
        assert ruta_de_base(ruta).read_bytes() == minuta(LUGAR.format("Auditorio"))
    assert resultados == {True, False}  # hubo cortes antes y después de reemplazar el documento


@pytest.mark.skipif(sys.platform == "win32", reason="límites de Unix")
def test_con_el_disco_lleno_no_se_pierde_nada_y_se_dice(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    sin_espacio = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    sin_espacio += "resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))\n"
    proceso = otro_proceso(tmp_path, sin_espacio)
    _, dicho = proceso.communicate("\n")
    assert "no queda espacio en el disco" in dicho
    assert ruta.read_bytes() == suyo
    assert copias(tmp_path) == []


def test_dos_ordenes_a_la_vez_dejan_un_solo_resultado(tmp_path: Path) -> None:
    ruta = dejar(tmp_path, minuta()).ruta
    suyo = corregir(ruta)
    procesos = [otro_proceso(tmp_path) for _ in range(2)]
    for proceso in procesos:
        soltar(proceso)
    assert [proceso.communicate()[1] for proceso in procesos] == ["", ""]
    assert aceptados(ruta).count("Lugar: Auditorio") == 1
    assert [copia.read_bytes() for copia in copias(tmp_path)] == [suyo]
