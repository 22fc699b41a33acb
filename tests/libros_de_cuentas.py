"""Los libros de cuentas de las pruebas: el ejemplo del oficio, el del informe y el base de los casos, con cambios."""

from datetime import date
from pathlib import Path

from generador.documentos import informe, oficio
from generador.documentos.cuentas import LibroDeCuentas
from generador.esquema import leer
from generador.flujo import componer
from tests.libro_de_texto import con_cambios, libro_de_texto

RAIZ = Path(__file__).parent.parent
EJEMPLO_DE_OFICIO = RAIZ / "entradas" / "ejemplos" / "oficio.md"
EJEMPLO_DE_INFORME = RAIZ / "entradas" / "ejemplos" / "cuentas.md"
BASE = Path(__file__).parent / "casos" / "oficio" / "_base.md"
HOY = date(2026, 1, 1)


def libro(cambios: str = "", de: Path = BASE) -> LibroDeCuentas:
    """El libro de ese texto con esos cambios encima."""
    escrito = con_cambios(libro_de_texto(de.read_text(encoding="utf-8")), libro_de_texto(cambios))
    modelo, hallazgos = leer(LibroDeCuentas, escrito)
    assert modelo is not None, hallazgos
    return modelo


def docx_de_oficio(cambios: str = "", de: Path = BASE) -> bytes:
    """El oficio de ese libro, que no debe tener errores."""
    modelo = libro(cambios, de)
    assert [h for h in oficio.TIPO.cruces(modelo, HOY) if h.es_error] == []
    return componer(oficio.TIPO, modelo)


def docx_de_informe(cambios: str = "", de: Path = EJEMPLO_DE_INFORME) -> bytes:
    """El informe de ese libro, que no debe tener errores."""
    modelo = libro(cambios, de)
    assert [h for h in informe.TIPO.cruces(modelo, HOY) if h.es_error] == []
    return componer(informe.TIPO, modelo)


def hoja(nombre: str, columnas: tuple[str, ...], *renglones: tuple[object, ...]) -> str:
    """Una hoja escrita: ``hoja("Copias", ("Nombre",), ("Ana",))``."""
    filas = (columnas, ("---",) * len(columnas), *renglones)
    return f"## {nombre}\n" + "".join(f"| {' | '.join(map(str, fila))} |\n" for fila in filas) + "\n"
