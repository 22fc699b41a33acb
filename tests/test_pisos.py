"""Quién puede importar a quién: sólo hacia abajo, y cada biblioteca ajena con un único dueño."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PAQUETE = Path(__file__).parent.parent / "generador"

PISOS = {
    "datos": -1,  # con qué se declaran los demás
    "castellano": 0, "celdas": 0, "ooxml": 0, "recursos": 0,
    "grafica": 1, "hallazgos": 1, "generaciones": 1,
    "esquema": 2,
    "documentos": 3, "libro": 3, "plantilla": 3, "espejo": 3, "escritura": 3, "catalogo": 3,
    "fusion": 4, "click_en_espanol": 4,
    "flujo": 5,
    "consola": 6,
    "__main__": 7,
}  # fmt: skip

AJENOS = {
    "babel": ("castellano",),
    "openpyxl": ("libro",),
    "docxtpl": ("plantilla",),
    "jinja2": ("plantilla",),
    "markupsafe": ("plantilla",),
    "lxml": ("plantilla", "fusion"),  # las dos leen y escriben el XML de Word
    "pathvalidate": ("escritura",),
    "click": ("consola",),
    "watchfiles": ("consola",),
    "distributed": ("flujo",),
}
MINUTA, OFICIO = (str(PAQUETE.parent / "entradas" / "ejemplos" / f"{libro}.xlsx") for libro in ("minuta", "oficio"))
PESADOS = ("openpyxl", "docx", "docxtpl", "jinja2", "lxml", "babel", "pathvalidate")


def modulo_de(archivo: Path) -> str:
    relativo = archivo.relative_to(PAQUETE)
    return relativo.parts[0].removesuffix(".py")


def importados(archivo: Path) -> Iterator[str]:
    for nodo in ast.walk(ast.parse(archivo.read_text(encoding="utf-8"))):
        if isinstance(nodo, ast.Import):
            yield from (alias.name for alias in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            assert nodo.level == 0, f"{archivo}: los importes relativos esconden el piso"
            if nodo.module == "generador":
                yield from (f"generador.{alias.name}" for alias in nodo.names)
            else:
                yield nodo.module or ""


def archivos() -> list[Path]:
    return sorted(a for a in PAQUETE.rglob("*.py") if a != PAQUETE / "__init__.py")


def infracciones(modulo: str, nombres: Iterator[str]) -> list[str]:
    malas = []
    for nombre in nombres:
        raiz, _, resto = nombre.partition(".")
        propio = resto.partition(".")[0]
        if raiz == "generador" and propio in PISOS:
            if propio != modulo and PISOS[propio] >= PISOS[modulo]:
                malas.append(f"{modulo} (P{PISOS[modulo]}) importa {propio} (P{PISOS[propio]})")
        elif raiz in AJENOS and modulo not in AJENOS[raiz]:
            malas.append(f"{modulo} importa {raiz}, que es de {', '.join(AJENOS[raiz])}")
        elif raiz not in AJENOS and raiz != "generador" and raiz not in sys.stdlib_module_names:
            malas.append(f"{modulo} importa {raiz}, que no tiene dueño")
    return malas


def test_cada_modulo_tiene_su_piso() -> None:
    assert {modulo_de(archivo) for archivo in archivos()} == set(PISOS)


@pytest.mark.parametrize("archivo", archivos(), ids=lambda a: str(a.relative_to(PAQUETE)))
def test_se_importa_solo_hacia_abajo_y_cada_biblioteca_tiene_un_dueno(archivo: Path) -> None:
    assert infracciones(modulo_de(archivo), importados(archivo)) == []


def test_la_vigilancia_ve_las_infracciones() -> None:
    assert infracciones("documentos", iter(["generador.libro"])) == ["documentos (P3) importa libro (P3)"]
    assert infracciones("celdas", iter(["generador.hallazgos"])) == ["celdas (P0) importa hallazgos (P1)"]
    assert infracciones("flujo", iter(["openpyxl.cell"])) == ["flujo importa openpyxl, que es de libro"]
    assert infracciones("libro", iter(["pandas"])) == ["libro importa pandas, que no tiene dueño"]


def cargados(codigo: str) -> set[str]:
    programa = f"import sys\n{codigo}\nprint(' '.join(sys.modules))"
    salida = subprocess.run(
        [sys.executable, "-c", programa], capture_output=True, text=True, encoding="utf-8", check=True
    )
    return {nombre.partition(".")[0] for nombre in salida.stdout.split("\n")[-2].split()}


@pytest.mark.parametrize(
    ("codigo", "ajenos"),
    [
        ("import generador", ("click", *PESADOS)),
        ("import generador.documentos.minuta", ("click", *PESADOS)),
        ("from generador.consola import principal\nprincipal(['--help'])", PESADOS),
    ],
)
def test_no_se_carga_lo_que_no_hace_falta(codigo: str, ajenos: tuple[str, ...]) -> None:
    assert cargados(codigo) & set(ajenos) == set()


PESADAS_POR_ORDEN = {
    ("--help",): set(),
    ("minuta", "--help"): set(),
    ("nuevo", "minuta", "libro.xlsx"): {"openpyxl", "lxml"},
    ("revisar", MINUTA): set(),
    ("minuta", MINUTA): {"jinja2", "lxml"},
    ("oficio", OFICIO): {"jinja2", "lxml", "babel"},
    ("plantilla", "sacar", "minuta", "propia.docx"): set(),
}


@pytest.mark.parametrize("orden", PESADAS_POR_ORDEN, ids=" ".join)
def test_cada_orden_carga_solo_lo_pesado_que_usa(
    orden: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    modulos = cargados(f"from generador.consola import principal\nprincipal({list(orden)!r})")
    assert modulos & set(PESADOS) == PESADAS_POR_ORDEN[orden]


def test_la_minuta_no_carga_las_demas_ordenes_ni_con_la_plantilla_ya_compilada_lo_que_compila(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENERAR_CACHE", str(tmp_path / "cache"))
    codigo = (
        f"from generador.consola import principal\nprincipal(['minuta', {MINUTA!r}, '--salida', {str(tmp_path)!r}])"
    )
    programa = f"import sys\n{codigo}\nprint(*(m for m in sys.modules if m.startswith('generador.')))"
    de_la_primera, de_la_segunda = (
        {*subprocess.run([sys.executable, "-c", programa], capture_output=True, text=True, check=True).stdout.split()}
        for _ in range(2)
    )
    de_otras = {f"generador.consola.{orden}" for orden in ("correcciones", "plantillas", "revisar", "sesiones", "menu")}
    assert "generador.consola.documentos" in de_la_segunda
    assert de_otras & de_la_segunda == set()
    assert de_la_primera - de_la_segunda == {"generador.plantilla.etiquetas", "generador.plantilla.orillas"}


def test_el_flujo_da_por_su_nombre_todo_lo_que_ofrece_y_carga_solo_lo_que_se_pide() -> None:
    from generador import flujo

    assert sorted(flujo._MODULO) == sorted(flujo.__all__)
    assert [nombre for nombre in flujo.__all__ if getattr(flujo, nombre).__name__ != nombre] == []
    programa = (
        "import sys\nfrom generador.flujo import generar\nprint(*sorted(m for m in sys.modules if 'flujo.' in m))"
    )
    salida = subprocess.run([sys.executable, "-c", programa], capture_output=True, text=True, check=True).stdout
    assert salida.split() == ["generador.flujo.anteriores", "generador.flujo.entrega", "generador.flujo.linea"]
