"""Los libros mismos: uno nuevo, el de la sesión siguiente, y los que hay en una carpeta."""

from pathlib import Path
from typing import Any

from generador.catalogo import CATALOGO
from generador.documentos.tipo import Tipo
from generador.escritura import escribir_nuevo
from generador.flujo.linea import exigir_tipo, tipo_de
from generador.hallazgos import ArchivoInaccesible, LibroConHallazgos
from generador.libro.lectura import abrir
from generador.recursos import recurso


def nuevo(nombre: str, ruta: Path, *, ejemplo: bool = False) -> Path:
    """Un libro del tipo, en blanco o con el ejemplo. Levanta ArchivoInaccesible si la ruta ya existe."""
    if ejemplo:
        lleno = recurso("entradas/ejemplos", f"{CATALOGO[nombre].ejemplo}.xlsx")
        return escribir_nuevo(lleno.read_bytes(), ruta)
    from generador.libro.blanco import crear

    tipo = tipo_de(nombre)
    return escribir_nuevo(crear(tipo.modelo, esquema=tipo.esquema, titulo=tipo.titulo, guia=tipo.guia), ruta)


def candidatos(nombre: str, carpeta: Path) -> list[Path]:
    """Los libros de un tipo que hay en una carpeta, por nombre; los que no se pueden leer no cuentan."""
    tipo = tipo_de(nombre)
    libros = [r for r in sorted(carpeta.glob("*.xlsx")) if not r.name.startswith("~$")]
    return [ruta for ruta in libros if _es_del_tipo(tipo, ruta)]


def _es_del_tipo(tipo: Tipo[Any], ruta: Path) -> bool:
    try:
        exigir_tipo(tipo, abrir(ruta))
    except (ArchivoInaccesible, LibroConHallazgos):
        return False
    return True
