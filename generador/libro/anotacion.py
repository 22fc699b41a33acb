"""Anotar: del libro de la persona, una copia con lo que hay que corregir señalado en cada celda.

Cada celda lleva un color que se apaga solo al corregirla y un comentario que dice qué pasa. Las marcas se
reconocen por cómo empieza el comentario y por el color, que es lo que Excel y LibreOffice no cambian; al volver
a anotar se quitan y se ponen las que queden. Si guardar perdiera algo de la persona, no se anota.
"""

import contextlib
import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.exceptions import IllegalCharacterError
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generador.celdas import Libro, clave, letras
from generador.hallazgos import Gravedad, Hallazgo
from generador.libro import hoja_de_revision
from generador.libro.apuntes import Apuntes, apuntes_en, hay_lista
from generador.libro.condicion import GUION_BAJO, Escrito, sigue_igual
from generador.libro.hoja_de_revision import COLORES, en_texto, es_nuestra, escribir_revision, libro_aparte
from generador.libro.lectura import interpretado
from generador.libro.paquete import hojas_de
from generador.libro.perdidas import perdidas
from generador.ooxml import PaqueteRoto, empaquetar, partes

MARCA = "[generar: por corregir]"  # como no empieza por casualidad lo que escribe una persona
AUTOR = "generar"
ANCHO, ALTO = 320, 110  # del comentario, en pixeles; si trae varios hallazgos, más alto
MAX_COMENTARIO = 2_000  # letras por hallazgo

_MARCA_DE_ANTES = "[generar]"  # hasta la 0.4.0; sólo se reconoce en los comentarios que son todos del programa
_ALTO_DE_RENGLON, _LETRAS_POR_RENGLON = 17, 50
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPADO = b"_x005F_"
_GUION_BAJO = re.compile(GUION_BAJO.encode() + b"|&#%d;" % ord(GUION_BAJO))  # openpyxl lo escribe de un modo u otro
_FAMILIAS = re.compile(rb"<(?:\w+:)?(?:family|charset)\s[^<>]*/>")
_FECHAS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_RENGLON = re.compile(rb'(<row r="(\d+)"[^<>]*) customHeight="1"')
_CELDA = re.compile(rb'<c r="([A-Z]+\d+)"([^<>]*)>(<f[^<>]*>[^<]*</f>|<f[^<>]*/>)?<v ?(?:/>|>[^<]*</v>)</c>')
_CLASE = re.compile(rb' t="\w+"')
_ADVERTENCIAS = {  # lo que openpyxl dice al olvidar algo
    "conditional formatting rule. It will be discarded": "un formato condicional que no se reconoce",
    "has a comment which will be removed": "un comentario en celdas combinadas",
    "Print area cannot be set": "el área de impresión",
    "Print titles cannot be set": "los títulos de impresión",
}


class SePerderia(Exception):
    """Guardar el libro perdería algo de la persona: no se anotó."""

    def __init__(self, perdidas: Iterable[str]) -> None:
        self.perdidas = tuple(perdidas)
        super().__init__("; ".join(self.perdidas))


def anotado(datos: bytes, hallazgos: Sequence[Hallazgo], nombre: str, leido: Libro | None = None) -> bytes | None:
    """El libro con sus marcas puestas al día; None si no hay qué poner ni qué quitar.

    ``nombre`` es el del archivo, para el título; ``leido``, el libro de esos datos, si ya se leyó. Levanta
    SePerderia si al guardarlo se perdería algo.
    """
    if faltarian := perdidas(datos):
        if not hallazgos and not _trae_marcas(datos):
            return None
        raise SePerderia(faltarian)
    libro = _cargado(datos)
    apuntes = next((apuntes_en(ws) for ws in libro.worksheets if es_nuestra(ws)), Apuntes())
    if not _quitar_marcas(libro) and not hallazgos:
        return None
    if hallazgos:
        originales = {clave(hoja): xml for hoja, xml in _xml_de_las_hojas(datos).items()}
        for ws in libro.worksheets:
            suyos = [h for h in hallazgos if h.celda and clave(h.hoja) == clave(ws.title)]
            if suyos:
                _marcar(ws, suyos, _escritos(originales[clave(ws.title)]))
    if hallazgos or apuntes.renglones:
        _poner_hoja(libro, hallazgos, nombre, apuntes)
    nuevo = _guardado(libro, datos)
    _exigir_lo_mismo(nuevo, datos, leido)
    return nuevo


def lista_aparte(hallazgos: Sequence[Hallazgo], nombre: str) -> bytes:
    """Un libro con sólo la hoja «Revisión», cuyas ligas llevan al de ese nombre."""
    salida = io.BytesIO()
    libro_aparte(hallazgos, nombre).save(salida)
    contenido = partes(salida.getvalue())
    contenido["docProps/core.xml"] = _FECHAS.sub(b"", contenido["docProps/core.xml"])
    return empaquetar(contenido)


# --- abrir y guardar sin perder nada ---------------------------------------------------------------


def _cargado(datos: bytes) -> Workbook:
    """El libro entero, con sus fórmulas. Levanta SePerderia si openpyxl no puede con él o dice que olvida algo."""
    contenido = partes(datos)
    # openpyxl dejaría «_x005F_» a medio descifrar, y no admite las familias de letra que escribe Google.
    seguro = {
        nombre: _FAMILIAS.sub(b"", crudo).replace(_ESCAPADO, GUION_BAJO.encode()) if nombre.endswith(".xml") else crudo
        for nombre, crudo in contenido.items()
    }
    try:
        with warnings.catch_warnings(record=True) as dichas, contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("always")
            libro = load_workbook(io.BytesIO(empaquetar(seguro, ya_comprimidas=(".xml",))), rich_text=True)
    except Exception as error:  # openpyxl levanta de todo ante lo que no espera
        raise SePerderia(["algo que este programa no sabe volver a escribir"]) from error
    texto = "\n".join(str(dicha.message) for dicha in dichas)
    faltarian = [frase for aviso, frase in _ADVERTENCIAS.items() if aviso in texto]
    if any(ws.title == hoja_de_revision.NOMBRE and not es_nuestra(ws) for ws in libro.worksheets):
        faltarian.append("su propia hoja «Revisión»")
    if faltarian:
        raise SePerderia(faltarian)
    return libro


def _guardado(libro: Workbook, datos: bytes) -> bytes:
    """Los bytes del libro con los valores tal como estaban: los de las fórmulas y todas las cifras de un número."""
    salida = io.BytesIO()
    try:
        libro.save(salida)
    except (ValueError, TypeError, AttributeError, IllegalCharacterError) as error:
        raise SePerderia(["algo que este programa no sabe volver a escribir"]) from error
    contenido = partes(salida.getvalue())
    originales = _xml_de_las_hojas(datos)
    for hoja, parte in hojas_de(contenido).items():
        if hoja in originales and hoja != hoja_de_revision.NOMBRE:
            contenido[parte] = _con_sus_valores(contenido[parte], originales[hoja])
    contenido["docProps/core.xml"] = _FECHAS.sub(b"", contenido["docProps/core.xml"])  # mismos datos, mismos bytes
    return empaquetar(
        {
            nombre: _GUION_BAJO.sub(_ESCAPADO, crudo) if nombre.endswith(".xml") else crudo
            for nombre, crudo in contenido.items()
        }
    )


def _exigir_lo_mismo(nuevo: bytes, datos: bytes, leido: Libro | None) -> None:
    """Lo último: que la copia se lea igual que el original, celda por celda."""
    try:
        suyo = _lo_que_dice(interpretado(nuevo, Path()))
        iguales = leido is not None and _lo_que_dice(leido) == suyo
        iguales = iguales or _lo_que_dice(interpretado(datos, Path())) == suyo
    except PaqueteRoto:
        iguales = False
    if not iguales:
        raise SePerderia(["algo escrito en sus celdas, que cambiaría"])


def _lo_que_dice(libro: Libro) -> object:
    hojas = [hoja for hoja in libro.hojas if hoja.nombre != hoja_de_revision.NOMBRE]
    return (
        [(hoja.nombre, hoja.celdas, frozenset(hoja.combinadas)) for hoja in hojas],
        libro.esquema,
        libro.nombres,
        libro.base_1904,
    )


def _xml_de_las_hojas(datos: bytes) -> dict[str, bytes]:
    contenido = partes(datos)
    return {hoja: contenido[parte] for hoja, parte in hojas_de(contenido).items()}


def _celdas(xml: bytes) -> Iterator[tuple[str, Any]]:
    """Las celdas de una hoja con su dirección, aunque el archivo no la diga; y cada renglón, con su número."""
    fila = columna = 0
    for momento, elemento in ElementTree.iterparse(io.BytesIO(xml), ("start", "end")):
        if elemento.tag == f"{_S}row" and momento == "start":
            fila, columna = int(float(elemento.get("r", fila + 1))), 0
        elif elemento.tag == f"{_S}row":
            yield str(fila), elemento
            elemento.clear()
        elif elemento.tag == f"{_S}c" and momento == "end":
            columna += 1
            yield elemento.get("r") or f"{letras(columna)}{fila}", elemento


def _escritos(xml: bytes) -> dict[str, Escrito]:
    """Lo guardado en cada celda, menos los textos que no son de una fórmula: ésos los da openpyxl."""
    return {
        direccion: Escrito("s" if clase == "str" else clase, celda.findtext(f"{_S}v", ""))
        for direccion, celda in _celdas(xml)
        if celda.tag == f"{_S}c" and (clase := celda.get("t", "n")) in ("n", "b", "e", "str")
        and celda.findtext(f"{_S}v")
    }  # fmt: skip


def _con_sus_valores(xml: bytes, original: bytes) -> bytes:
    """La hoja que escribió openpyxl, con los valores y los altos de renglón que traía."""
    valores: dict[bytes, tuple[str, str]] = {}
    con_alto_fijo: set[bytes] = set()
    for direccion, elemento in _celdas(original):
        if elemento.tag == f"{_S}c":
            valores[direccion.encode()] = (elemento.get("t", "n"), elemento.findtext(f"{_S}v", ""))
        elif elemento.get("customHeight") in ("1", "true"):
            con_alto_fijo.add(direccion.encode())

    def de_antes(hallada: re.Match[bytes]) -> bytes:
        clase, valor = valores.get(hallada[1], ("", ""))
        if clase in ("", "s", "inlineStr"):
            return hallada[0]
        atributos = _CLASE.sub(b"", hallada[2]) + f' t="{clase}"'.encode()
        return b'<c r="%s"%s>%s<v>%s</v></c>' % (hallada[1], atributos, hallada[3] or b"", escape(valor).encode())

    xml = _CELDA.sub(de_antes, xml)
    return _RENGLON.sub(lambda hallado: hallado[0] if hallado[2] in con_alto_fijo else hallado[1], xml)


# --- las marcas ------------------------------------------------------------------------------------


def _trae_marcas(datos: bytes) -> bool:
    comentarios = [crudo for nombre, crudo in partes(datos).items() if "comment" in nombre]
    return any(marca.encode() in crudo for crudo in comentarios for marca in (MARCA, _MARCA_DE_ANTES))


def _quitar_marcas(libro: Workbook) -> bool:
    """Quita las de antes; dice si había."""
    habia = False
    for ws in list(libro.worksheets):
        if es_nuestra(ws):
            libro.remove(ws)
            habia = habia or hay_lista(ws)
            continue
        habia = _quitar_comentarios(ws) or habia
        habia = _quitar_colores(ws) or habia
    if habia:
        _mostrar_primera(libro)
        _olvidar_estilos(libro)
    return habia


def _olvidar_estilos(libro: Any) -> None:
    """Los estilos de nuestras reglas, que van al final: los demás se citan por su lugar y no pueden moverse."""
    estilos = libro._differential_styles.styles
    while estilos and _es_nuestro(estilos[-1]):
        estilos.pop()


def _quitar_comentarios(ws: Worksheet) -> bool:
    habia = False
    celdas: Mapping[tuple[int, int], Any] = ws._cells
    for celda in [c for c in celdas.values() if c.comment is not None]:
        texto, autor = celda.comment.text, celda.comment.author
        propio = _sin_marca(texto, autor)
        habia = habia or propio != texto
        celda.comment = _comentario(propio, autor) if propio else None
    return habia


def _sin_marca(texto: str, autor: str | None) -> str:
    """Lo que la persona escribió: los renglones que no son del programa."""
    marcas = (MARCA, _MARCA_DE_ANTES) if autor == AUTOR else (MARCA,)
    if not any(marca in texto for marca in marcas):
        return texto
    return "\n".join(r for r in texto.splitlines() if not r.strip().startswith(marcas)).strip()


def _quitar_colores(ws: Worksheet) -> bool:
    """Quita los del programa y numera de nuevo las reglas que quedan, en su orden."""
    todas = list(_reglas(ws))
    quedan = [(donde, regla) for donde, regla in todas if not _es_color_nuestro(regla)]
    if len(quedan) == len(todas):
        return False
    _poner_reglas(ws, quedan)
    return True


def _reglas(ws: Worksheet) -> Iterator[tuple[str, Rule]]:
    reglas = [(str(grupo.sqref), regla) for grupo in ws.conditional_formatting for regla in grupo.rules]
    yield from sorted(reglas, key=lambda una: una[1].priority)


def _poner_reglas(ws: Worksheet, reglas: Iterable[tuple[str, Rule]]) -> None:
    ws.conditional_formatting = ConditionalFormattingList()
    for prioridad, (donde, regla) in enumerate(reglas, 1):
        regla.priority = prioridad
        ws.conditional_formatting.add(donde, regla)


def _es_color_nuestro(regla: Rule) -> bool:
    return regla.type == "expression" and regla.dxf is not None and _es_nuestro(regla.dxf)


def _es_nuestro(estilo: DifferentialStyle) -> bool:
    colores = [getattr(estilo.fill, lado, None) for lado in ("bgColor", "fgColor")]
    return any(str(getattr(color, "rgb", ""))[-6:].upper() in COLORES.values() for color in colores)


def _marcar(ws: Worksheet, hallazgos: Sequence[Hallazgo], escritos: Mapping[str, Escrito]) -> None:
    nuevas = []
    for direccion in dict.fromkeys(hallazgo.celda for hallazgo in hallazgos):
        suyos = sorted((h for h in hallazgos if h.celda == direccion), key=lambda h: not h.es_error)
        donde = next((rango for rango in ws.merged_cells.ranges if direccion in rango), None)
        celda: Any = ws.cell(donde.min_row, donde.min_col) if donde else ws[direccion]
        fija = f"${letras(celda.column)}${celda.row}"
        formula = sigue_igual(fija, _escrito(celda, escritos))
        nuevas.append((str(donde or direccion), _regla(formula, suyos[0].gravedad)))
        _comentar(celda, suyos)
    _poner_reglas(ws, [*nuevas, *_reglas(ws)])


def _escrito(celda: Any, escritos: Mapping[str, Escrito]) -> Escrito:
    guardado = escritos.get(celda.coordinate)
    if guardado is not None or celda.data_type != "s" or celda.value is None:
        return guardado or Escrito()
    return Escrito("s", str(celda.value))


def _regla(formula: str, gravedad: Gravedad) -> Rule:
    relleno = PatternFill("solid", start_color=COLORES[gravedad], end_color=COLORES[gravedad])
    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(fill=relleno), stopIfTrue=True)


def _comentar(celda: Any, hallazgos: Sequence[Hallazgo]) -> None:
    """Debajo de lo que la persona ya tuviera; un renglón por hallazgo."""
    propio = celda.comment.text if celda.comment is not None else ""
    autor = celda.comment.author if celda.comment is not None else AUTOR
    renglones = [" → ".join(filter(None, map(en_texto, (f"{MARCA} {h.problema}", h.remedio)))) for h in hallazgos]
    renglones = [renglon[:MAX_COMENTARIO] for renglon in renglones]
    celda.comment = _comentario("\n".join([*([propio, ""] if propio else []), *renglones]), autor)


def _comentario(texto: str, autor: str | None) -> Comment:
    """Un comentario en un cuadro en que cabe: openpyxl olvida el tamaño que tenía."""
    renglones = sum(1 + len(renglon) // _LETRAS_POR_RENGLON for renglon in texto.split("\n"))
    if MARCA not in texto and len(texto) < _LETRAS_POR_RENGLON:
        return Comment(texto, autor or AUTOR)
    return Comment(texto, autor or AUTOR, width=ANCHO, height=max(ALTO, 16 + _ALTO_DE_RENGLON * renglones))


def _poner_hoja(libro: Workbook, hallazgos: Sequence[Hallazgo], nombre: str, apuntes: Apuntes) -> None:
    escribir_revision(libro.create_sheet(hoja_de_revision.NOMBRE, 0), hallazgos, nombre, apuntes)
    _mostrar_primera(libro)


def _mostrar_primera(libro: Workbook) -> None:
    """El libro se abre en su primera hoja visible, y sólo ella queda elegida."""
    visibles = [n for n, ws in enumerate(libro.worksheets) if ws.sheet_state == "visible"]
    libro.active = visibles[0] if visibles else 0
    for numero, ws in enumerate(libro.worksheets):
        ws.sheet_view.tabSelected = numero == (visibles[0] if visibles else 0)
    for vista in libro.views:
        vista.firstSheet = 0
