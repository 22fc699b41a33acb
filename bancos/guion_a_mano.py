"""Lo que escribiría quien no tiene `generar`: openpyxl para leer, docxtpl para escribir.

No deduce nada: el contexto le llega ya resuelto, sin que se le cobre. Lee todas las hojas porque las necesitaría.
``python bancos/guion_a_mano.py LIBRO PLANTILLA CONTEXTO.json SALIDA``
"""

import json
import sys
from pathlib import Path

import openpyxl
from docxtpl import DocxTemplate
from jinja2 import Environment

libro, plantilla, contexto, salida = sys.argv[1:]
leido = openpyxl.load_workbook(libro, data_only=True)
datos = {hoja.title: [*hoja.iter_rows(values_only=True)] for hoja in leido}
entorno = Environment(autoescape=True)
entorno.filters["mayuscula_inicial"] = lambda texto: texto[:1].upper() + texto[1:]
documento = DocxTemplate(plantilla)
documento.render(json.loads(Path(contexto).read_text(encoding="utf-8")), entorno)
documento.save(salida)
