"""Jamás un archivo a medias, jamás pisar lo que una persona corrigió."""

import os
import sys
from pathlib import Path

import pytest

from generador.escritura import escribir, escribir_nuevo, nombre_limpio, ruta_de_base
from generador.hallazgos import ArchivoInaccesible


def visibles(carpeta: Path) -> list[str]:
    return sorted(ruta.name for ruta in carpeta.iterdir() if ruta.name != ".generar")


def test_escribe_un_solo_documento_y_su_base_aparte(tmp_path: Path) -> None:
    escrito = escribir(b"uno", tmp_path / "salidas", "Minuta")
    assert escrito.ruta == tmp_path / "salidas" / "Minuta.docx"
    assert escrito.respetado is None
    assert escrito.ruta.read_bytes() == ruta_de_base(escrito.ruta).read_bytes() == b"uno"
    assert visibles(tmp_path / "salidas") == ["Minuta.docx"]
    assert [r.name for r in (tmp_path / "salidas" / ".generar").iterdir()] == ["Minuta.docx.base"]


def test_reemplaza_lo_que_nadie_ha_tocado(tmp_path: Path) -> None:
    escribir(b"uno", tmp_path, "Minuta")
    escribir(b"dos", tmp_path, "Minuta")
    assert visibles(tmp_path) == ["Minuta.docx"]
    assert (tmp_path / "Minuta.docx").read_bytes() == b"dos"


def test_lo_corregido_por_una_persona_no_se_toca_y_lo_nuevo_va_al_lado(tmp_path: Path) -> None:
    escribir(b"uno", tmp_path, "Minuta")
    (tmp_path / "Minuta.docx").write_bytes(b"uno corregido")
    escrito = escribir(b"dos", tmp_path, "Minuta")
    assert (escrito.ruta.name, escrito.respetado) == ("Minuta (2).docx", tmp_path / "Minuta.docx")
    assert (tmp_path / "Minuta.docx").read_bytes() == b"uno corregido"


def test_la_segunda_copia_tambien_se_actualiza_mientras_nadie_la_toque(tmp_path: Path) -> None:
    (tmp_path / "Minuta.docx").write_bytes(b"de una persona")
    escribir(b"uno", tmp_path, "Minuta")
    escribir(b"dos", tmp_path, "Minuta")
    assert visibles(tmp_path) == ["Minuta (2).docx", "Minuta.docx"]
    (tmp_path / "Minuta (2).docx").write_bytes(b"tambien corregido")
    assert escribir(b"tres", tmp_path, "Minuta").ruta.name == "Minuta (3).docx"


def test_sin_base_todo_documento_es_de_una_persona(tmp_path: Path) -> None:
    escribir(b"uno", tmp_path, "Minuta")
    ruta_de_base(tmp_path / "Minuta.docx").unlink()
    assert escribir(b"dos", tmp_path, "Minuta").ruta.name == "Minuta (2).docx"


def test_un_documento_abierto_en_word_no_se_reemplaza(tmp_path: Path) -> None:
    escribir(b"uno", tmp_path, "Minuta larga")
    (tmp_path / "~$nuta larga.docx").write_bytes(b"")
    with pytest.raises(ArchivoInaccesible, match="abierto en Word"):
        escribir(b"dos", tmp_path, "Minuta larga")
    assert (tmp_path / "Minuta larga.docx").read_bytes() == b"uno"


@pytest.mark.skipif(sys.platform == "win32", reason="enlaces simbólicos")
def test_no_se_escribe_a_traves_de_un_enlace(tmp_path: Path) -> None:
    ajeno = tmp_path / "ajeno.docx"
    ajeno.write_bytes(b"ajeno")
    (tmp_path / "Minuta.docx").symlink_to(ajeno)
    assert escribir(b"uno", tmp_path, "Minuta").ruta.name == "Minuta (2).docx"
    assert ajeno.read_bytes() == b"ajeno"


def test_si_la_carpeta_es_un_archivo_lo_dice_y_no_deja_nada(tmp_path: Path) -> None:
    (tmp_path / "salidas").write_bytes(b"")
    with pytest.raises(ArchivoInaccesible, match="No se puede escribir"):
        escribir(b"uno", tmp_path / "salidas", "Minuta")
    assert visibles(tmp_path) == ["salidas"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="a root nada le está vedado")
def test_una_carpeta_sin_permiso_se_dice(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ArchivoInaccesible, match="no lo permite"):
        escribir(b"uno", tmp_path, "Minuta")


def test_lo_que_quedo_a_medias_hace_horas_se_barre(tmp_path: Path) -> None:
    (tmp_path / ".generar").mkdir()
    viejo, reciente = tmp_path / ".generar" / "a-medias-1", tmp_path / ".generar" / "a-medias-2"
    viejo.write_bytes(b"")
    reciente.write_bytes(b"")
    os.utime(viejo, (0, 0))
    escribir(b"dos", tmp_path, "Minuta")
    assert (viejo.exists(), reciente.exists()) == (False, True)


def test_un_libro_nuevo_no_pisa_otro_ni_deja_rastro(tmp_path: Path) -> None:
    ruta = escribir_nuevo(b"libro", tmp_path / "entradas" / "minuta.xlsx")
    assert [r.name for r in ruta.parent.iterdir()] == ["minuta.xlsx"]
    with pytest.raises(ArchivoInaccesible, match="ya existe"):
        escribir_nuevo(b"otro", ruta)
    assert ruta.read_bytes() == b"libro"


@pytest.mark.parametrize(
    ("nombre", "limpio"),
    [
        ("Minuta CGPE 2017-11-15", "Minuta CGPE 2017-11-15"),
        ("Oficio INE/CNCS-GSA/516: “x”?", "Oficio INE-CNCS-GSA-516- “x”"),
        ("../../etc/passwd", "etc-passwd"),
        ("..\\..\\windows", "windows"),
        ("CON", "CON_"),
        ("Sesión ñandú", "Sesión ñandú"),
        ("Sesio\u0301n", "Sesión"),
        ("..", "documento"),
        ("", "documento"),
        ("a\x00b\u202ec\nd", "abc d"),
        ("~$Minuta", "Minuta"),
    ],
)
def test_el_nombre_es_valido_en_windows_y_se_lee(nombre: str, limpio: str) -> None:
    assert nombre_limpio(nombre) == limpio


@pytest.mark.parametrize("nombre", ["../fuera", "..\\fuera", "/etc/fuera", "C:\\fuera", "a/../../fuera", "ñ" * 400])
def test_ningun_nombre_sale_de_la_carpeta(tmp_path: Path, nombre: str) -> None:
    escrito = escribir(b"uno", tmp_path, nombre)
    assert escrito.ruta.resolve().parent == tmp_path.resolve()
    assert len(escrito.ruta.name.encode()) <= 125
