"""Lo que acerca la orden a la mano: un libro a solas, el menú, vigilar una carpeta, «Enviar a» y el autocompletado."""

import os
import select
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pytest

from generador.consola import principal
from generador.consola.instalacion import TERMINALES, instalado, quitado, texto_del_acceso
from generador.consola.vigilar import es_un_libro
from generador.ooxml import empaquetar, partes
from tests.test_flujo import EJEMPLO, MINUTA, RAIZ, correr, dentro, libro

EJEMPLOS = RAIZ / "entradas" / "ejemplos"
PACIENCIA = 30  # segundos: sólo se agota si algo no funciona


# --- Un libro a solas


@pytest.mark.parametrize(
    ("nombre", "documento"),
    [
        ("minuta", MINUTA),
        ("oficio", "Oficio INE-CNCS-GSA-516-2015 Cecilia Azuara Arai.docx"),
        ("cuentas", "Informe de cuentas IE-DC-INF-002-2026 2026-07-15.docx"),
    ],
)
def test_de_un_libro_a_solas_sale_el_documento_que_el_libro_dice(tmp_path: Path, nombre: str, documento: str) -> None:
    hecho = correr(tmp_path, EJEMPLOS / f"{nombre}.xlsx")
    assert (hecho.returncode, hecho.stdout) == (0, f"✓ salidas/{documento}\n")


def test_el_libro_puede_llevar_opciones_y_llamarse_en_mayusculas(tmp_path: Path) -> None:
    shutil.copy(EJEMPLO, tmp_path / "Mi Minuta.XLSX")
    assert correr(tmp_path, "Mi Minuta.XLSX", "--salida", "D", "--json").returncode == 0
    assert dentro(tmp_path / "D") == [MINUTA]


def test_de_varios_libros_sale_el_documento_de_cada_uno(tmp_path: Path) -> None:
    libros = [f"{nombre}.xlsx" for nombre in ("minuta", "oficio")]
    for nombre in libros:
        shutil.copy(EJEMPLO.with_name(nombre), tmp_path)
    hecho = correr(tmp_path, *libros, "no es.xlsx")
    assert hecho.returncode == 4
    assert hecho.stdout.startswith("✓ 2 documentos en salidas")
    assert "1 error en «no es.xlsx»:" in hecho.stderr


def test_de_una_carpeta_con_un_solo_libro_sale_su_documento(tmp_path: Path) -> None:
    carpeta = tmp_path / "Comité 2017"
    carpeta.mkdir()
    for nombre in ("minuta - revisado.xlsx", "minuta.xlsx"):
        shutil.copy(EJEMPLO, carpeta / nombre)
    assert correr(tmp_path, "Comité 2017").stdout == f"✓ salidas/{MINUTA}\n"
    assert correr(tmp_path, "minuta", "Comité 2017").stdout == f"✓ salidas/{MINUTA}\n"


def test_de_una_carpeta_con_varios_libros_o_ninguno_se_dice_que_hacer(tmp_path: Path) -> None:
    vacia, varios = tmp_path / "vacía", tmp_path / "mis libros"
    vacia.mkdir()
    varios.mkdir()
    shutil.copy(EJEMPLO, varios / "a.xlsx")
    shutil.copy(EJEMPLO, varios / "b.xlsx")
    hecho = correr(tmp_path, "mis libros")
    assert hecho.returncode == 2
    for dicho in (
        "hay 2 libros: «a.xlsx» y «b.xlsx»",
        'generar revisar "mis libros"',
        'generar seguimiento "mis libros"',
    ):
        assert dicho in hecho.stderr
    assert "no hay ningún libro de Excel. Cree uno" in correr(tmp_path, "vacía").stderr
    (vacia / "viejo.ods").write_bytes(b"")
    assert "No se leyó «viejo.ods»" in correr(tmp_path, "vacía").stderr
    assert not (tmp_path / "salidas").exists()


def test_una_carpeta_que_se_llama_como_una_orden_no_la_estorba(tmp_path: Path) -> None:
    (tmp_path / "revisar").mkdir()
    assert "no hay ningún libro que revisar" in correr(tmp_path, "revisar").stderr


def test_un_libro_ajeno_un_archivo_que_no_esta_y_uno_antiguo_se_explican(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "ajeno.xlsx")
    (tmp_path / "viejo.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    for nombre, codigo, frase in (
        ("ajeno.xlsx", 1, "no es de los que el programa conoce"),
        ("falta.xlsx", 4, "No existe «falta.xlsx»"),
        ("viejo.xls", 4, "es del formato antiguo de Excel"),
    ):
        hecho = correr(tmp_path, nombre)
        assert (hecho.returncode, frase in hecho.stderr) == (codigo, True)


# --- El menú


@pytest.mark.skipif(os.name == "nt", reason="necesita una terminal de Unix")
@pytest.mark.parametrize(
    ("respuestas", "codigo", "dicho"),
    [
        ("9\n", 0, "Nada, gracias"),
        ("1\n1\n", 0, "✓ entradas/minuta 2.xlsx"),
        ("2\n", 0, "✓ salidas/Minuta CGPE"),
        ("6\n", 0, "✓ entradas/CGPE 2017 Tercera Sesión Ordinaria.xlsx"),
        ("8\n", 0, "Uso: generar"),
        ("x\n99\n9\n", 0, "escriba un número del 1 al 9"),
    ],
)
def test_a_solas_en_una_terminal_ofrece_un_menu(tmp_path: Path, respuestas: str, codigo: int, dicho: str) -> None:
    (tmp_path / "entradas").mkdir()
    shutil.copy(EJEMPLO, tmp_path / "entradas" / "minuta.xlsx")
    salida, obtenido = en_una_terminal(tmp_path, respuestas)
    assert obtenido == codigo, salida
    assert dicho in salida


def en_una_terminal(carpeta: Path, respuestas: str) -> tuple[str, int]:
    """Lo que se ve al escribir «generar» en una terminal de verdad y contestar eso."""
    import pty

    maestro, esclavo = pty.openpty()
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1", "COLUMNS": "100"}
    with subprocess.Popen(
        [sys.executable, "-m", "generador"], cwd=carpeta, env=entorno, stdin=esclavo, stdout=esclavo, stderr=esclavo
    ) as proceso:
        os.close(esclavo)
        os.write(maestro, respuestas.encode())
        visto = b"".join(lo_que_llega(maestro))
        codigo = proceso.wait(PACIENCIA)
    os.close(maestro)
    return visto.decode(errors="replace").replace("\r\n", "\n"), codigo


def lo_que_llega(descriptor: int) -> Iterator[bytes]:
    while select.select([descriptor], [], [], PACIENCIA)[0]:
        try:
            trozo = os.read(descriptor, 4096)
        except OSError:  # en Linux, así se dice que el otro lado cerró
            return
        if not trozo:
            return
        yield trozo


def test_a_solas_sin_terminal_muestra_la_ayuda(tmp_path: Path) -> None:
    assert correr(tmp_path).stdout.startswith("Uso: generar [OPCIONES]")


# --- Vigilar


@contextmanager
def vigilando(carpeta: Path) -> Iterator[list[str]]:
    """Mientras dura, «generar vigilar», con los renglones que va diciendo."""
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1"}
    orden = [sys.executable, "-m", "generador", "vigilar"]
    with subprocess.Popen(
        orden, cwd=carpeta, env=entorno, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        preexec_fn=_atender_a_ctrl_c,
    ) as proceso:  # fmt: skip
        assert proceso.stdout is not None
        assert "Vigilando «entradas»" in proceso.stdout.readline()
        time.sleep(1)  # lo que tarda el sistema en empezar a avisar
        dicho: list[str] = []
        oido = threading.Thread(target=_oir, args=(proceso.stdout, dicho))
        oido.start()
        try:
            yield dicho
        finally:
            proceso.send_signal(signal.SIGINT)
            oido.join(PACIENCIA)
            proceso.kill()


def _oir(salida: IO[str], dicho: list[str]) -> None:
    for renglon in salida:
        dicho.append(renglon)


def _atender_a_ctrl_c() -> None:
    """Aunque la suite corra en segundo plano, que lo ignora y lo hereda."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def esperar(condicion: Callable[[], bool]) -> bool:
    limite = time.monotonic() + PACIENCIA
    while not condicion() and time.monotonic() < limite:
        time.sleep(0.1)
    return condicion()


@pytest.mark.skipif(os.name == "nt", reason="se detiene con una señal de Unix")
def test_vigilar_rehace_el_documento_al_guardar_y_no_pisa_lo_corregido(tmp_path: Path) -> None:
    (tmp_path / "entradas").mkdir()
    documento = tmp_path / "salidas" / MINUTA
    with vigilando(tmp_path) as dicho:
        guardar_como_excel(tmp_path, "")
        assert esperar(documento.exists)
        time.sleep(1)
        documento.write_bytes(corregida(documento.read_bytes()))
        guardar_como_excel(tmp_path, "## Sesión\n| Dato | Valor |\n|---|---|\n| Lugar | Otra sala |\n")
        assert esperar(lambda: "1 cambio suyo conservado y 1 dato actualizado" in " ".join("".join(dicho).split()))
    contenido = partes(documento.read_bytes())["word/document.xml"]
    assert (b"Otra sala" in contenido, b"Otros asuntos" in contenido) == (True, True)
    assert "minuta.xlsx" in "".join(dicho)
    assert "Traceback" not in "".join(dicho)


def corregida(datos: bytes) -> bytes:
    """La minuta con una palabra corregida por una persona."""
    contenido = partes(datos)
    contenido["word/document.xml"] = contenido["word/document.xml"].replace(b"Asuntos generales", b"Otros asuntos")
    return empaquetar(contenido)


def guardar_como_excel(carpeta: Path, cambios: str) -> None:
    """Excel escribe aparte y luego cambia el nombre."""
    aparte = libro(carpeta / "A1B2C3.tmp", cambios)
    (carpeta / "entradas" / "~$minuta.xlsx").write_bytes(b"abierto")
    aparte.replace(carpeta / "entradas" / "minuta.xlsx")


@pytest.mark.parametrize(
    ("nombre", "es"),
    [
        ("minuta.xlsx", True), ("MINUTA.XLSX", True), ("~$minuta.xlsx", False), (".oculto.xlsx", False),
        ("minuta - revisado.xlsx", False), ("minuta - revisado (2).xlsx", False), ("minuta.docx", False), ("A1B2C3.tmp", False),
    ],
)  # fmt: skip
def test_solo_se_vigilan_los_libros(nombre: str, es: bool, tmp_path: Path) -> None:
    (tmp_path / "minuta.xlsx").write_bytes(b"")
    assert es_un_libro(tmp_path / nombre) is es


def test_vigilar_una_carpeta_que_no_esta_se_dice(tmp_path: Path) -> None:
    assert correr(tmp_path, "vigilar", "nada").returncode == 4


# --- «Enviar a» y el autocompletado


def test_el_acceso_de_windows_hace_el_documento_junto_a_su_libro(tmp_path: Path) -> None:
    acceso = tmp_path / "Usuario ñ" / "SendTo" / "generar.cmd"
    assert instalado(acceso).documento == acceso
    escrito = acceso.read_bytes().decode("utf-8")
    assert escrito.count("\r\n") == escrito.count("\n") > 5
    assert f'"{sys.executable}" -m generador "%~1" --abrir' in escrito
    assert 'pushd "%~dp1"' in escrito
    assert escrito.index("chcp 65001") < escrito.index("pushd")
    assert quitado(acceso).codigo == 0
    assert not acceso.exists()
    assert quitado(acceso).codigo == 0


def test_empaquetado_el_acceso_llama_al_propio_programa(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert '\n"C:\\generar\\generar.exe" "%~1" --abrir\n' in texto_del_acceso("C:\\generar\\generar.exe")


@pytest.mark.skipif(os.name == "nt", reason="en Windows sí se instala")
def test_fuera_de_windows_se_dice_que_no_hay_menu(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["instalar-menu"]) == 2
    assert "es de Windows" in capsys.readouterr().err


@pytest.mark.parametrize("terminal", TERMINALES)
def test_cada_terminal_recibe_su_guion(terminal: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["autocompletado", terminal]) == 0
    guion = capsys.readouterr().out
    assert "_GENERAR_COMPLETE" in guion
    assert "generar" in guion


def test_la_terminal_completa_las_ordenes() -> None:
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ), "_GENERAR_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
    hecho = subprocess.run(
        [sys.executable, "-m", "generador"], env={**entorno, "COMP_WORDS": "generar se"}, capture_output=True, text=True
    )
    assert hecho.stdout.split() == ["plain,seguimiento"]
