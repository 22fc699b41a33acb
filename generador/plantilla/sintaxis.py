"""Cómo se escribe una etiqueta, y cómo se cita."""

import re

ETIQUETA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


def cortada(texto: str, largo: int = 80) -> str:
    """El texto en un renglón; si es largo, su principio y su final."""
    texto = " ".join(texto.split())
    return texto if len(texto) <= largo else f"{texto[: largo - 21]} … {texto[-18:]}"
