"""Lo que comparten las pruebas: la opción ``--actualizar`` y los programas ajenos con que se comprueba.

Sin el programa, su prueba se omite en casa y falla en integración continua (``CI=true``).
"""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Validador = Callable[..., list[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--actualizar", action="store_true", help="rehace lo derivado en lugar de compararlo")


@pytest.fixture
def actualizar(request: pytest.FixtureRequest) -> bool:
    """Si se pidió rehacer lo derivado."""
    return bool(request.config.getoption("--actualizar"))


@pytest.fixture(autouse=True, scope="session")
def _cache_aparte(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Lo compilado se guarda en una carpeta de la prueba, no en la de quien la corre."""
    with pytest.MonkeyPatch.context() as parche:
        parche.setenv("GENERAR_CACHE", str(tmp_path_factory.mktemp("cache")))
        yield


def _programa(nombre: str, variable: str = "") -> str:
    ruta = os.environ.get(variable) or shutil.which(nombre)
    if ruta:
        return ruta
    motivo = f"falta «{nombre}»" + (f" (o la variable {variable})" if variable else "")
    if os.environ.get("CI") == "true":
        pytest.fail(motivo)
    pytest.skip(motivo)


@pytest.fixture(scope="session")
def validador_sdk() -> Validador:
    """Lo que el Open XML SDK encuentra mal en esos .docx, una línea por error; vacío si Word los abriría."""
    programa = _programa("ooxml-validator", "OOXML_VALIDATOR")

    def validar(*rutas: Path) -> list[str]:
        return [error for ruta in rutas for error in _errores_del_sdk(programa, ruta)]

    return validar


def _errores_del_sdk(programa: str, ruta: Path) -> list[str]:
    hecho = subprocess.run([programa, str(ruta)], capture_output=True, text=True, timeout=120)
    if hecho.returncode == 2 or not hecho.stdout:
        raise RuntimeError(f"el validador no corrió: {hecho.stderr}")
    return [f"{ruta.name}{e['path']} {e['xPath']}: {e['description']}" for e in json.loads(hecho.stdout)["errors"]]


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """El archivo convertido por LibreOffice al formato pedido (``"pdf"``, ``"docx"``), en otra carpeta."""
    programa = _programa("soffice")
    carpeta = tmp_path_factory.mktemp("libreoffice")

    def convertir(ruta: Path, formato: str = "pdf") -> Path:
        salida = carpeta / formato
        orden = [programa, f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}", "--headless"]
        subprocess.run(
            [*orden, "--convert-to", formato, "--outdir", str(salida), str(ruta)],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return salida / f"{ruta.stem}.{formato}"

    return convertir


@pytest.fixture(scope="session")
def soffice_por_lote(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[Path]], list[Path]]:
    """Esos .docx guardados otra vez por LibreOffice, en un solo arranque."""
    programa = _programa("soffice")
    carpeta = tmp_path_factory.mktemp("libreoffice-por-lote")

    def convertir(rutas: list[Path]) -> list[Path]:
        salida = carpeta / rutas[0].parent.name
        orden = [programa, f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}", "--headless"]
        subprocess.run(
            [*orden, "--convert-to", "docx", "--outdir", str(salida), *map(str, rutas)],
            check=True,
            capture_output=True,
            timeout=300,
        )
        return [salida / ruta.name for ruta in rutas]

    return convertir


@pytest.fixture(scope="session")
def pdftotext() -> Callable[[Path], str]:
    """El texto de un PDF, con su disposición; las páginas, separadas por ``"\\f"``."""
    programa = _programa("pdftotext")

    def texto(ruta: Path) -> str:
        return subprocess.run(
            [programa, "-layout", str(ruta), "-"], check=True, capture_output=True, text=True, timeout=60
        ).stdout

    return texto


@pytest.fixture(scope="session")
def pdftoppm() -> Callable[[Path], list[Path]]:
    """Las páginas de un PDF como imágenes PNG, en su misma carpeta y en orden."""
    programa = _programa("pdftoppm")

    def paginas(ruta: Path) -> list[Path]:
        raiz = ruta.with_suffix("")
        subprocess.run(
            [programa, "-r", "60", "-png", str(ruta), str(raiz)], check=True, capture_output=True, timeout=60
        )
        return sorted(ruta.parent.glob(f"{ruta.stem}-*.png"))

    return paginas
