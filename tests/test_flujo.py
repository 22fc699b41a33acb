"""La orden de punta a punta, con libros y carpetas de verdad, en su propio proceso."""

import json
import os
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from generador.consola.ordenes import CON_LIBRO
from generador.flujo import candidatos, tipo_de
from generador.libro.blanco import crear
from generador.libro.lectura import abrir
from generador.ooxml import empaquetar, huella_de, marcas, partes
from tests.lectura_de_docx import parrafos
from tests.test_minuta import minuta

RAIZ = Path(__file__).parent.parent
EJEMPLO = RAIZ / "entradas" / "ejemplos" / "minuta.xlsx"
MINUTA = "Minuta CGPE 2017-11-15 Segunda Sesión Ordinaria.docx"

Corrida = subprocess.CompletedProcess[str]


def correr(carpeta: Path, *argumentos: str | Path, programa: str = "-m generador") -> Corrida:
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, *programa.split(), *map(str, argumentos)],
        cwd=carpeta, env=entorno, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip


def libro(ruta: Path, cambios: str = "") -> Path:
    tipo = tipo_de("minuta")
    datos = minuta(cambios)
    ruta.write_bytes(crear(tipo.modelo, esquema=tipo.esquema, titulo=tipo.titulo, guia=tipo.guia, datos=datos))
    return ruta


def dentro(carpeta: Path) -> list[str]:
    return sorted(r.name for r in carpeta.iterdir() if r.name != ".generar") if carpeta.exists() else []


def test_el_ejemplo_da_un_solo_documento_y_sus_avisos(tmp_path: Path) -> None:
    hecho = correr(tmp_path, "minuta", EJEMPLO, "--salida", tmp_path / "D")
    assert (hecho.returncode, dentro(tmp_path / "D")) == (0, [MINUTA])
    assert [r.name for r in (tmp_path / "D").rglob("*.docx")] == [MINUTA]
    assert hecho.stdout == f"✓ {tmp_path / 'D' / MINUTA}\n"
    assert "Diana Díaz" in hecho.stderr
    assert "Lissette Morones" in hecho.stderr


def test_la_salida_lleva_su_huella_y_su_tipo(tmp_path: Path) -> None:
    correr(tmp_path, "minuta", EJEMPLO, "--salida", tmp_path)
    datos = (tmp_path / MINUTA).read_bytes()
    assert marcas(datos)["generar.huella"] == huella_de(datos)
    assert marcas(datos)["generar.documento"] == "minuta/1"


def test_lo_corregido_en_word_no_se_pisa_y_se_dice(tmp_path: Path) -> None:
    correr(tmp_path, "minuta", EJEMPLO, "--salida", tmp_path)
    contenido = partes((tmp_path / MINUTA).read_bytes())
    contenido["word/document.xml"] = contenido["word/document.xml"].replace(b"Asuntos generales", b"Otros asuntos")
    corregido = empaquetar(contenido)
    (tmp_path / MINUTA).write_bytes(corregido)
    hecho = correr(tmp_path, "minuta", EJEMPLO, "--salida", tmp_path)
    assert (tmp_path / MINUTA).read_bytes() == corregido
    assert dentro(tmp_path) == [MINUTA]
    assert "su documento queda como lo dejó, con 1 cambio suyo" in " ".join(hecho.stdout.split())


def test_lo_corregido_que_no_se_puede_leer_no_se_toca_y_lo_nuevo_va_al_lado(tmp_path: Path) -> None:
    correr(tmp_path, "minuta", EJEMPLO, "--salida", tmp_path)
    (tmp_path / MINUTA).write_bytes(b"con contrase\xf1a")
    hecho = correr(tmp_path, "minuta", EJEMPLO, "--salida", tmp_path)
    assert (tmp_path / MINUTA).read_bytes() == b"con contrase\xf1a"
    assert dentro(tmp_path) == [MINUTA.replace(".docx", " (2).docx"), MINUTA]
    assert "(2).docx». Compárelos con «generar comparar»" in " ".join((hecho.stdout + hecho.stderr).split())


@pytest.mark.parametrize("nombre", CON_LIBRO)
def test_nuevo_crea_un_libro_que_se_lee_y_no_pisa_otro(tmp_path: Path, nombre: str) -> None:
    for esperado in (f"{nombre}.xlsx", f"{nombre} 2.xlsx"):
        hecho = correr(tmp_path, "nuevo", nombre)
        assert hecho.returncode == 0
        assert abrir(tmp_path / "entradas" / esperado).esquema == tipo_de(nombre).esquema
    assert correr(tmp_path, "nuevo", nombre, f"entradas/{nombre}.xlsx").returncode == 4


@pytest.mark.parametrize("nombre", CON_LIBRO)
def test_nuevo_con_ejemplo_da_un_libro_del_que_sale_documento(tmp_path: Path, nombre: str) -> None:
    assert correr(tmp_path, "nuevo", nombre, "--ejemplo").returncode == 0
    assert correr(tmp_path, nombre).returncode == 0


def test_un_libro_recien_creado_dice_lo_que_le_falta_sin_escribir_nada(tmp_path: Path) -> None:
    correr(tmp_path, "nuevo", "minuta")
    hecho = correr(tmp_path, "minuta")
    assert hecho.returncode == 1
    assert "Órgano!B2" in hecho.stderr
    assert dentro(tmp_path / "salidas") == []


def test_sin_libro_se_usa_el_unico_que_haya_y_si_hay_varios_se_listan(tmp_path: Path) -> None:
    entradas = tmp_path / "entradas"
    entradas.mkdir()
    assert correr(tmp_path, "minuta").returncode == 2
    libro(entradas / "octubre.xlsx")
    (entradas / "~$octubre.xlsx").write_bytes(b"")
    (entradas / "ajeno.xlsx").write_bytes(b"no es un libro")
    assert candidatos("minuta", entradas) == [entradas / "octubre.xlsx"]
    assert correr(tmp_path, "minuta").returncode == 0
    libro(entradas / "noviembre.xlsx")
    hecho = correr(tmp_path, "minuta")
    assert hecho.returncode == 2
    assert "noviembre.xlsx" in hecho.stderr
    assert "octubre.xlsx" in hecho.stderr


def test_json_dice_lo_mismo_para_otros_programas(tmp_path: Path) -> None:
    bien = json.loads(correr(tmp_path, "minuta", EJEMPLO, "--json").stdout)
    assert bien["documento"].endswith(MINUTA)
    assert [aviso["codigo"] for aviso in bien["avisos"]].count("V-10") == 2
    (tmp_path / "vacio.xlsx").write_bytes(b"")
    mal = correr(tmp_path, "minuta", "vacio.xlsx", "--json")
    assert (mal.returncode, json.loads(mal.stdout)["documento"]) == (4, None)


def test_los_codigos_dicen_de_quien_es_el_problema(tmp_path: Path) -> None:
    (tmp_path / "mala.docx").write_bytes(b"no es una plantilla")
    con_error = libro(
        tmp_path / "con_error.xlsx", "## Sesión\n| Dato | Valor |\n|---|---|\n| Hora de término | 10:00 |"
    )
    assert correr(tmp_path, "minuta", con_error).returncode == 1
    assert correr(tmp_path, "minuta", EJEMPLO, "--plantilla", "mala.docx").returncode == 3
    assert correr(tmp_path, "minuta", EJEMPLO, "--plantilla", "no-existe.docx").returncode in (2, 3)
    assert correr(tmp_path, "minuta", "no-existe.xlsx").returncode == 4
    (tmp_path / "ocupada").write_bytes(b"")
    assert correr(tmp_path, "minuta", EJEMPLO, "--salida", "ocupada").returncode in (2, 4)


def test_un_libro_de_otra_cosa_se_rechaza(tmp_path: Path) -> None:
    import openpyxl

    otro = openpyxl.Workbook()
    otro.create_sheet("Gastos").append(["Gastos", 1])
    otro.save(tmp_path / "otro.xlsx")
    hecho = correr(tmp_path, "minuta", "otro.xlsx")
    assert (hecho.returncode, dentro(tmp_path / "salidas")) == (1, [])
    assert "generar nuevo minuta" in " ".join(hecho.stderr.split())


def test_un_nombre_de_archivo_con_acentos_y_signos_funciona(tmp_path: Path) -> None:
    hecho = correr(tmp_path, "minuta", libro(tmp_path / "año 2017 & más.xlsx"), "--salida", tmp_path / "sesión & actas")
    assert (hecho.returncode, dentro(tmp_path / "sesión & actas")) == (0, [MINUTA])


@pytest.mark.parametrize(
    "siglas", ["../../fuera", "..\\fuera", "/etc", "C:", "CON", "a/b:c*?", "\u202eotro", "x" * 300]
)
def test_ningun_dato_saca_el_archivo_de_su_carpeta(tmp_path: Path, siglas: str) -> None:
    cambios = f"## Órgano\n| Dato | Valor |\n|---|---|\n| Siglas | {siglas} |"
    hecho = correr(tmp_path, "minuta", libro(tmp_path / "l.xlsx", cambios), "--salida", tmp_path / "D")
    assert hecho.returncode == 0
    assert len(dentro(tmp_path / "D")) == 1
    assert dentro(tmp_path) == ["D", "l.xlsx"]


def test_el_texto_hostil_de_un_libro_de_excel_sale_integro(tmp_path: Path) -> None:
    hostiles = ["<Sin dato>", "R&D", "{{ 7*7 }}", "{% for %}", "ñandú " * 5000]
    cambios = "## Desarrollo\n| Punto | Texto |\n|---|---|\n" + "".join(
        f"| 9{n} | Dice {h} |\n" for n, h in enumerate(hostiles)
    )
    puntos = "## Orden del día\n| Punto | Título | Tipo | Incorporado en la sesión |\n|---|---|---|---|\n" + "".join(
        f"| 9{n} | Asunto | Otro | Sí |\n" for n, _ in enumerate(hostiles)
    )
    correr(tmp_path, "minuta", libro(tmp_path / "l.xlsx", cambios + puntos), "--salida", tmp_path)
    dichos = parrafos((tmp_path / MINUTA).read_bytes())
    assert [h for h in hostiles if f"Dice {h}".strip() not in dichos] == []


# --- Libros que no lo son


def vacio(ruta: Path) -> None:
    ruta.write_bytes(b"")


def truncado(ruta: Path) -> None:
    ruta.write_bytes(EJEMPLO.read_bytes()[:9000])


def xls_antiguo(ruta: Path) -> None:
    ruta.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096)


def cifrado(ruta: Path) -> None:
    ruta.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 512
    )


def csv_renombrado(ruta: Path) -> None:
    ruta.write_text("Punto,Texto\n1,hola\n", encoding="utf-8")


def bomba(ruta: Path) -> None:
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as archivo:
        archivo.writestr("[Content_Types].xml", "<Types/>")
        with archivo.open("xl/workbook.xml", "w") as parte:
            for _ in range(400):
                parte.write(b" " * 2**20)


def con_hoja(ruta: Path, xml: bytes) -> None:
    contenido = partes(EJEMPLO.read_bytes())
    hoja = "xl/worksheets/sheet3.xml"
    ruta.write_bytes(empaquetar({**contenido, hoja: xml}))


def entidades(ruta: Path) -> None:
    capas = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    con_hoja(ruta, f'<!DOCTYPE x [<!ENTITY e0 "ja">{capas}]><x>&e9;</x>'.encode())


def xml_roto(ruta: Path) -> None:
    con_hoja(ruta, b"<worksheet><sheetData><row>")


def docx_renombrado(ruta: Path) -> None:
    shutil.copy(RAIZ / "plantillas_docx" / "minuta.docx", ruta)


def carpeta(ruta: Path) -> None:
    ruta.mkdir()


NO_LIBROS = [
    vacio,
    truncado,
    xls_antiguo,
    cifrado,
    csv_renombrado,
    bomba,
    entidades,
    xml_roto,
    docx_renombrado,
    carpeta,
]

MEDIDO = (
    "import resource, sys; from generador.consola import principal; codigo = principal(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(codigo)"
)


@pytest.mark.parametrize("hacer", NO_LIBROS, ids=lambda hacer: hacer.__name__)
def test_lo_que_no_es_un_libro_se_dice_pronto_claro_y_sin_dejar_rastro(
    tmp_path: Path, hacer: Callable[[Path], None]
) -> None:
    hacer(tmp_path / "libro.xlsx")
    comienzo = time.monotonic()
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "utf-8"}
    hecho = subprocess.run(
        [sys.executable, "-c", MEDIDO, "minuta", "libro.xlsx", "--salida", "D"],
        cwd=tmp_path, env=entorno, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    *mensaje, kilobytes = hecho.stderr.strip().split("\n")
    assert hecho.returncode in (1, 2, 4)  # 2: una carpeta sin libros
    assert "libro.xlsx" in " ".join(mensaje)
    assert "Traceback" not in hecho.stderr
    assert time.monotonic() - comienzo < 10
    assert int(kilobytes) < 500 * 1024
    assert not (tmp_path / "D").exists()


def test_de_varios_libros_sale_un_documento_de_cada_uno_y_uno_malo_no_detiene_a_los_demas(tmp_path: Path) -> None:
    ejemplos = [EJEMPLO, EJEMPLO.with_name("minuta-2018-1.xlsx"), tmp_path / "nada.xlsx"]
    for procesos, carpeta in (("1", "A"), ("2", "B")):
        hecho = correr(tmp_path, "minuta", *ejemplos, "--salida", carpeta, "--procesos", procesos)
        assert hecho.returncode == 4
        assert "2 documentos en" in hecho.stdout
        assert "No existe" in hecho.stderr
    uno, dos = ({ruta.name: ruta.read_bytes() for ruta in (tmp_path / c).glob("*.docx")} for c in "AB")
    assert len(uno) == 2
    assert uno == dos


def test_dos_libros_que_dan_el_mismo_documento_se_dicen(tmp_path: Path) -> None:
    shutil.copy(EJEMPLO, tmp_path / "otra.xlsx")
    hecho = correr(tmp_path, "minuta", EJEMPLO, "otra.xlsx")
    assert hecho.returncode == 1
    assert "dan el mismo documento" in " ".join(hecho.stderr.split())
