"""Lo que comparten los bancos: medir alternando, medir en un proceso aparte y los datos del ejemplo."""

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

RAIZ = Path(__file__).parent.parent
EJEMPLOS = RAIZ / "entradas" / "ejemplos"
HOY = date(2026, 11, 25)
_LARGO = 20  # letras de un texto que ya no es una palabra con la que la plantilla decide


def alternando(medidas: Mapping[str, Callable[[], object]], veces: int) -> dict[str, float]:
    """La mediana, en segundos de procesador, de cada cosa; por turnos, para que la carga de la máquina toque a todas.

    El orden de cada turno es al azar: lo que corre después de algo grande encuentra fría la memoria del procesador.
    Cuenta también los procesos que la cosa abra y espere.
    """
    tiempos: dict[str, list[float]] = {nombre: [] for nombre in medidas}
    for hacer in medidas.values():
        hacer()
    azar = Random(0)
    for _ in range(veces):
        for nombre, hacer in azar.sample(list(medidas.items()), len(medidas)):
            comienzo = procesador()
            hacer()
            tiempos[nombre].append(procesador() - comienzo)
    return {nombre: median(suyos) for nombre, suyos in tiempos.items()}


def procesador() -> float:
    """Los segundos de procesador gastados hasta ahora: no cuentan lo que se esperó a los demás ni al disco."""
    hijos = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + hijos.ru_utime + hijos.ru_stime


def aparte(modulo: str, *argumentos: str) -> tuple[float, float]:
    """Los segundos y los MiB que dice ese módulo en un proceso propio (ver `decir_lo_gastado`)."""
    orden = [sys.executable, "-m", modulo, *argumentos]
    dicho = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    segundos, mib = dicho.split()[-2:]
    return float(segundos), float(mib)


def decir_lo_gastado(hacer: Callable[[], object]) -> None:
    """Hace eso y escribe los segundos de procesador y el máximo de memoria, en MiB, del proceso entero."""
    comienzo = procesador()
    hacer()
    print(procesador() - comienzo, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def del_ejemplo(nombre: str, libro: str) -> tuple[dict[str, Any], Any]:
    """El contexto y la ficha del documento de ese libro de ejemplo, sin sus gráficas."""
    from generador.flujo import revisado, tipo_de
    from generador.libro.lectura import abrir

    tipo = tipo_de(nombre)
    modelo, _ = revisado(tipo, abrir(EJEMPLOS / f"{libro}.xlsx"), HOY)
    return _sin_graficas(dict(tipo.contexto(modelo))), tipo.propiedades(modelo)


def _sin_graficas(valor: Any) -> Any:
    from generador.grafica import Grafica

    match valor:
        case Grafica():
            return ""
        case dict():
            return {clave: _sin_graficas(suyo) for clave, suyo in valor.items()}
        case list() | tuple():
            return [_sin_graficas(suyo) for suyo in valor]
        case _:
            return valor


def con_otros_datos(valor: Any, numero: int) -> Any:
    """El mismo contexto con otros textos, para que ningún documento sea igual al anterior."""
    match valor:
        case str() if len(valor) > _LARGO:
            return f"{valor} {numero}"
        case dict():
            return {clave: con_otros_datos(suyo, numero) for clave, suyo in valor.items()}
        case list() | tuple():
            return [con_otros_datos(suyo, numero) for suyo in valor]
        case _:
            return valor


def para_docxtpl(datos: bytes) -> bytes:
    """La misma plantilla, ya preparada, para que docxtpl la entienda."""
    from generador import ooxml
    from generador.plantilla import Plantilla

    plantilla = Plantilla.abrir(datos, "plantilla")
    partes = ooxml.partes(datos)
    for parte in plantilla._partes:
        partes[parte.nombre] = parte.fuente.replace("\n", "").encode()
    return ooxml.empaquetar(partes)


def con_docxtpl(plantilla: bytes, contexto: Mapping[str, Any]) -> bytes:
    """El documento como lo hace docxtpl, escapando los datos."""
    from docxtpl import DocxTemplate
    from jinja2 import Environment

    from generador.plantilla.entorno import _FILTROS_DE_TEXTO

    entorno = Environment(autoescape=True)
    entorno.filters.update(_FILTROS_DE_TEXTO)
    documento = DocxTemplate(BytesIO(plantilla))
    documento.render(dict(contexto), entorno)
    salida = BytesIO()
    documento.save(salida)
    return salida.getvalue()


def veces(una: float, otra: float) -> str:
    """``(0.5, 0.05)`` → ``"10.0 veces"``."""
    return f"{una / otra:.1f} veces"


def tabla(titulo: str, encabezado: tuple[str, ...], renglones: Iterator[tuple[str, ...]]) -> Iterator[str]:
    """La tabla en Markdown, con su título."""
    yield f"\n## {titulo}\n"
    yield f"| {' | '.join(encabezado)} |"
    yield f"|{'---|' * len(encabezado)}"
    yield from (f"| {' | '.join(renglon)} |" for renglon in renglones)
