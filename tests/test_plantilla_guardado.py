"""Lo compilado que se guarda: ahorra tiempo y nada más. Dañado, ajeno o borrado, es como si no estuviera."""

import hashlib
import marshal
import os
import sys
from pathlib import Path

import pytest

from generador.hallazgos import ErrorDePlantilla
from generador.plantilla import Plantilla, Propiedades, guardado
from tests.fabrica import CREADO, docx, p

PLANTILLA = docx(p("Hola, {{ x }}"), encabezado=p("{{ x }}"))
PROPIEDADES = Propiedades(titulo="x", creado=CREADO)
sin_permisos = pytest.mark.skipif(sys.platform == "win32", reason="los permisos de Windows son otros")


@pytest.fixture
def carpeta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Donde se guarda, todavía sin crear."""
    monkeypatch.setenv("GENERAR_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def compuesto() -> bytes:
    return Plantilla.abrir(PLANTILLA, "x").componer({"x": "Ana & <b>"}, PROPIEDADES)


def lo_guardado(carpeta: Path) -> Path:
    (unico,) = carpeta.iterdir()
    return unico


def con_trampa(carpeta: Path, testigo: Path) -> None:
    """Sustituye el código guardado por otro que deja un testigo si se ejecuta."""
    codigo = compile(f"open({str(testigo)!r}, 'w').close()", "<template>", "exec")
    cuerpo = marshal.dumps([("word/document.xml", "cuerpo", "<w:document/>", codigo)])
    lo_guardado(carpeta).write_bytes(hashlib.sha256(cuerpo).digest() + cuerpo)


def test_con_lo_guardado_y_sin_ello_salen_los_mismos_bytes(carpeta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    primero = compuesto()
    antes = lo_guardado(carpeta).read_bytes()
    monkeypatch.setattr("generador.plantilla.motor._compilar", None)  # si compilara otra vez, fallaría
    assert compuesto() == primero
    assert lo_guardado(carpeta).read_bytes() == antes
    monkeypatch.undo()
    monkeypatch.setenv("GENERAR_CACHE", "")
    assert compuesto() == primero


def test_se_guarda_aparte_de_los_demas_usuarios(carpeta: Path) -> None:
    compuesto()
    if sys.platform != "win32":
        assert carpeta.stat().st_mode & 0o077 == 0
        assert lo_guardado(carpeta).stat().st_mode & 0o077 == 0


def test_vacia_la_variable_no_se_guarda_nada(carpeta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GENERAR_CACHE", "")
    compuesto()
    assert not carpeta.exists()


@pytest.mark.parametrize("cambio", [b"", b"x" * 10, b"\x00" * 500], ids=["vacío", "corto", "otro"])
def test_danado_se_compila_otra_vez(carpeta: Path, cambio: bytes) -> None:
    primero = compuesto()
    bueno = lo_guardado(carpeta).read_bytes()
    lo_guardado(carpeta).write_bytes(cambio)
    assert compuesto() == primero
    assert lo_guardado(carpeta).read_bytes() == bueno


def test_un_solo_bit_cambiado_se_nota(carpeta: Path) -> None:
    primero = compuesto()
    datos = bytearray(lo_guardado(carpeta).read_bytes())
    for lugar in range(0, len(datos), max(1, len(datos) // 40)):
        roto = bytearray(datos)
        roto[lugar] ^= 1
        lo_guardado(carpeta).write_bytes(bytes(roto))
        assert guardado.recordar(PLANTILLA) is None
    assert compuesto() == primero


@sin_permisos
@pytest.mark.parametrize("que", ["carpeta", "archivo"])
def test_lo_que_otros_pueden_escribir_no_se_ejecuta(carpeta: Path, tmp_path: Path, que: str) -> None:
    primero = compuesto()
    con_trampa(carpeta, tmp_path / "testigo")
    (carpeta if que == "carpeta" else lo_guardado(carpeta)).chmod(0o777)
    assert compuesto() == primero
    assert not (tmp_path / "testigo").exists()


@sin_permisos
def test_un_enlace_no_se_sigue(carpeta: Path, tmp_path: Path) -> None:
    primero = compuesto()
    con_trampa(carpeta, tmp_path / "testigo")
    guardada = lo_guardado(carpeta)
    guardada.rename(tmp_path / "afuera")
    guardada.symlink_to(tmp_path / "afuera")
    assert compuesto() == primero
    assert not (tmp_path / "testigo").exists()


@sin_permisos
def test_lo_de_otro_usuario_no_se_ejecuta(carpeta: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    primero = compuesto()
    con_trampa(carpeta, tmp_path / "testigo")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert compuesto() == primero
    assert not (tmp_path / "testigo").exists()


def test_donde_no_se_puede_escribir_se_sigue_sin_guardar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "archivo").write_text("no es una carpeta")
    monkeypatch.setenv("GENERAR_CACHE", str(tmp_path / "archivo"))
    assert compuesto()


def test_otra_version_no_usa_lo_guardado(carpeta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compuesto()
    monkeypatch.setattr(guardado, "_versiones", lambda: b"otra")
    assert guardado.recordar(PLANTILLA) is None


def test_una_plantilla_con_errores_no_se_guarda(carpeta: Path) -> None:
    with pytest.raises(ErrorDePlantilla):
        Plantilla.abrir(docx(p("{{ x")), "x")
    assert not carpeta.exists() or not list(carpeta.iterdir())


def test_lo_guardado_tiene_tope(carpeta: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guardado, "_MAX_GUARDADAS", 3)
    carpeta.mkdir(mode=0o700)
    (carpeta / "ajeno.txt").write_text("no es nuestro")
    for n in range(6):
        Plantilla.abrir(docx(p(f"{{{{ x{n} }}}}")), "x")
    assert len(list(carpeta.glob("*.generar"))) == 4
    assert (carpeta / "ajeno.txt").exists()
