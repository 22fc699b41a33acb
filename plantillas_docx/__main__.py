"""Fabrica desde cero las plantillas de esta carpeta: ``python -m plantillas_docx``.

Cada documento tiene aquí su módulo, con una función ``plantilla``; `piezas`, `estilos` y `documento` son de todos.
"""

from importlib import import_module
from pathlib import Path

from generador.catalogo import CATALOGO

for nombre in (*CATALOGO, "observaciones"):
    plantilla = import_module(f"plantillas_docx.{nombre}").plantilla()
    (Path(__file__).parent / f"{nombre}.docx").write_bytes(plantilla)
