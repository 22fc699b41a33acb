"""Un libro escrito como tablas de texto: la fuente de los ejemplos y de los casos.

``## Hoja`` abre una hoja; su tabla Markdown da las celdas (``<br>`` es Alt+Enter; ``**negrita**`` y
``*cursiva*``, formato). Todo es texto: los tipos de Excel se prueban en ``test_libro.py``.
"""

import re
from dataclasses import replace
from pathlib import Path

from generador.celdas import CURSIVA, NEGRITA, Celda, Hoja, Libro


def libro_de_texto(texto: str, ruta: Path = Path("libro.xlsx"), esquema: str = "") -> Libro:
    """Las hojas del texto como un libro leído; el texto anterior a la primera hoja no cuenta."""
    hojas = {}
    for trozo in re.split(r"^## ", texto, flags=re.MULTILINE)[1:]:
        nombre, _, cuerpo = trozo.partition("\n")
        hojas[nombre.strip()] = _hoja(nombre.strip(), cuerpo)
    return Libro(ruta, tuple(hojas.values()), esquema)


def con_cambios(libro: Libro, cambios: Libro) -> Libro:
    """El libro con lo que los cambios escriben encima.

    Cada renglón se busca por su primera columna: si está, sólo cambian las celdas escritas; si no, se
    agrega al final. ``## Hoja (entera)`` la reemplaza toda y ``## Hoja (sin)`` la quita.
    """
    nuevas = {hoja.nombre: hoja for hoja in libro.hojas}
    for cambio in cambios.hojas:
        nombre, _, modo = cambio.nombre.partition(" (")
        if modo == "sin)":
            nuevas.pop(nombre, None)
        elif modo == "entera)" or nombre not in nuevas:
            nuevas[nombre] = Hoja(nombre, {lugar: replace(c, hoja=nombre) for lugar, c in cambio.celdas.items()})
        else:
            nuevas[nombre] = _corregida(nuevas[nombre], cambio)
    return Libro(libro.ruta, tuple(nuevas.values()), libro.esquema)


def _corregida(vieja: Hoja, cambio: Hoja) -> Hoja:
    celdas = dict(vieja.celdas)
    columnas = _encabezados(vieja)
    for rotulo in _encabezados(cambio):
        if rotulo not in columnas:
            columnas[rotulo] = len(columnas) + 1
            celdas[1, columnas[rotulo]] = Celda(vieja.nombre, 1, columnas[rotulo], rotulo)
    clave = columnas[cambio.en(1, 1).texto]
    libres = [fila for fila in vieja.filas if fila > 1]
    ultima = max(vieja.filas)
    for escrita in [fila for fila in cambio.filas if fila > 1]:
        fila = next((f for f in libres if vieja.en(f, clave).texto == cambio.en(escrita, 1).texto), 0)
        if fila:
            libres.remove(fila)
        else:
            ultima = fila = ultima + 1
        for rotulo, columna in _encabezados(cambio).items():
            celda = cambio.en(escrita, columna)
            es_ficha = rotulo == "Valor"
            if es_ficha or not celda.vacia:
                lugar = (fila, columnas[rotulo])
                celdas[lugar] = Celda(vieja.nombre, *lugar, celda.valor)
    return Hoja(vieja.nombre, celdas)


def _encabezados(hoja: Hoja) -> dict[str, int]:
    return {celda.texto: columna for (fila, columna), celda in hoja.celdas.items() if fila == 1}


def _hoja(nombre: str, cuerpo: str) -> Hoja:
    renglones = [r for r in cuerpo.splitlines() if r.startswith("|") and not re.fullmatch(r"[|\s:-]+", r)]
    celdas = {
        (fila, columna): Celda(nombre, fila, columna, valor)
        for fila, renglon in enumerate(renglones, 1)
        for columna, crudo in enumerate(re.split(r"(?<!\\)\|", renglon.strip()[1:-1]), 1)
        if (valor := _valor(crudo))
    }
    return Hoja(nombre, celdas)


def _valor(crudo: str) -> str:
    texto = crudo.strip().replace(r"\|", "|").replace("<br>", "\n")
    texto = re.sub(r"\*\*(.+?)\*\*", lambda m: NEGRITA[0] + m[1] + NEGRITA[1], texto)
    return re.sub(r"(?<!\*)\*([^*\s][^*]*)\*", lambda m: CURSIVA[0] + m[1] + CURSIVA[1], texto)
