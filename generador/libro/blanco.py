"""Crear: del modelo al libro en blanco (o lleno), con sus ayudas, listas y avisos. Nada se escribe dos veces:
hojas, columnas, listas y ejemplos salen de la declaración de los campos.
"""

import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, time
from enum import StrEnum
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table, TableColumn, TableStyleInfo
from openpyxl.worksheet.worksheet import Worksheet

from generador.celdas import clave, letras, limpiar, sin_formato
from generador.esquema import Campo, Registro, Seccion, campos, secciones
from generador.hallazgos import ErrorDeGenerador
from generador.libro import estilo
from generador.libro.formato import SIN_FORMATO, trozos_de
from generador.libro.instrucciones import escribir_instrucciones
from generador.ooxml import empaquetar, partes

RENGLONES = 30  # los que se ven listos para escribir
ULTIMA_FILA = 500  # hasta dónde llegan formatos, listas y avisos
MAX_TEXTO = 32_767  # lo que cabe en una celda de Excel
_COLUMNAS_DE_FICHA = {"Dato": 36, "Valor": 50, "Qué escribir": 84}  # y su ancho
_ANCHO_DE_AJENA = 20
_ENTERO = re.compile(r"0|[1-9][0-9]{0,8}")
_FECHAS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
_ALTO_FIJO = re.compile(rb'(<row [^<>]*) customHeight="1"')
_FORMATOS: dict[Any, str] = {date: "dd/mm/yyyy", time: "hh:mm", int: "0", float: "[<1000]General;#,##0"}


def crear(modelo: type, *, esquema: str, titulo: str, guia: Sequence[str], datos: object | None = None) -> bytes:
    """El libro en blanco de ``modelo`` o, con ``datos`` (una instancia suya), lleno; leerlo da esos datos.

    ``esquema`` es la marca con que se reconoce (``"minuta/1"``); ``guia``, los pasos de la primera hoja.
    Levanta ErrorDeGenerador si un texto no cabe en una celda de Excel.
    """
    libro = Workbook()
    libro.remove(libro.worksheets[0])
    escribir_instrucciones(libro.create_sheet("Instrucciones"), titulo, guia, secciones(modelo))
    for seccion in secciones(modelo):
        ws = libro.create_sheet(seccion.hoja)
        suyos = getattr(datos, seccion.atributo) if datos is not None else None
        if seccion.es_tabla:
            _tabla(ws, seccion, suyos or (), modelo)
        else:
            _ficha(ws, seccion, suyos, modelo)
    _listas(libro, modelo)
    _marca(libro, esquema)
    libro.properties.title, libro.properties.creator = titulo, "generar"
    return _guardado(libro)


def _guardado(libro: Workbook) -> bytes:
    """Sin la hora de guardado (mismos datos, mismos bytes) y con renglones que crecen al escribir en ellos."""
    salida = io.BytesIO()
    libro.save(salida)
    contenido = partes(salida.getvalue())
    contenido["docProps/core.xml"] = _FECHAS.sub(b"", contenido["docProps/core.xml"])
    for nombre in contenido:
        if nombre.startswith("xl/worksheets/sheet"):
            contenido[nombre] = _ALTO_FIJO.sub(rb"\1", contenido[nombre])
    return empaquetar(contenido)


# --- hojas -----------------------------------------------------------------------------------------


def _ficha(ws: Worksheet, seccion: Seccion, datos: Registro | None, modelo: type) -> None:
    for columna, (rotulo, ancho) in enumerate(_COLUMNAS_DE_FICHA.items(), 1):
        estilo.encabezado(ws.cell(1, columna, rotulo))
        ws.column_dimensions[letras(columna)].width = ancho
    ws.row_dimensions[1].height = 24
    for fila, campo in enumerate(campos(seccion.registro), 2):
        estilo.rotulo(ws.cell(fila, 1, estilo.rotulado(campo)))
        valor = ws.cell(fila, 2)
        _vestir(valor, campo, en_ficha=True)
        _escribir(valor, campo, campo.por_omision if datos is None else getattr(datos, campo.nombre))
        estilo.ayuda(ws.cell(fila, 3, estilo.con_ejemplo(campo)))
        textos = (estilo.rotulado(campo), str(valor.value or ""), estilo.con_ejemplo(campo))
        ws.row_dimensions[fila].height = estilo.alto(*zip(textos, _COLUMNAS_DE_FICHA.values(), strict=True))
        _validar(ws, campo, f"B{fila}", modelo, estilo.con_ejemplo(campo))
        if campo.obligatorio:
            algo = f"COUNTA($B$2:$B${len(campos(seccion.registro)) + 1})>{_con_omision(seccion)}"
            falta = f"LEN(TRIM(B{fila}))=0"
            _pintar_si(ws, f"B{fila}", f"AND({algo},{falta})" if seccion.opcional else falta)
        _nombrar(ws.parent, seccion.nombre_definido(campo), f"{_citada(ws.title)}!$B${fila}")
    estilo.hoja_de_captura(ws)


def _con_omision(seccion: Seccion) -> int:
    """Cuántas celdas de la ficha vienen ya escritas en el libro en blanco."""
    return sum(campo.por_omision is not None for campo in campos(seccion.registro))


def _tabla(ws: Worksheet, seccion: Seccion, datos: Sequence[Registro], modelo: type) -> None:
    propios = campos(seccion.registro)
    ultima = max(RENGLONES, len(datos) + 10) + 1
    for columna, campo in enumerate(propios, 1):
        _columna(ws, columna, campo, modelo, ultima)
        if campo.obligatorio:
            letra, algo = letras(columna), f"COUNTA($A2:${letras(len(propios))}2)>0"
            _pintar_si(ws, f"{letra}2:{letra}{max(ULTIMA_FILA, ultima)}", f"AND({algo},LEN(TRIM({letra}2))=0)")
    for fila, registro in enumerate(datos, 2):
        for columna, campo in enumerate(propios, 1):
            valor = getattr(registro, campo.nombre)
            if valor != campo.por_omision:
                _escribir(ws.cell(fila, columna), campo, valor)
    ajenas = list(dict.fromkeys(rotulo for registro in datos for rotulo in registro.origen.extras))
    _de_la_persona(ws, ajenas, datos, len(propios) + 1)
    _dar_alto(ws, propios, ultima)
    ws.add_table(_tabla_de_excel(seccion, ajenas, ultima))
    estilo.hoja_de_captura(ws)


def _de_la_persona(ws: Worksheet, rotulos: Sequence[str], datos: Sequence[Registro], primera: int) -> None:
    """Las columnas que la persona agregó, a la derecha de las del programa."""
    for columna, rotulo in enumerate(rotulos, primera):
        estilo.encabezado(ws.cell(1, columna, rotulo))
        ws.column_dimensions[letras(columna)].width = max(_ANCHO_DE_AJENA, len(rotulo) + 4)
        for fila, registro in enumerate(datos, 2):
            celda = ws.cell(fila, columna)
            estilo.valor(celda, obligatorio=False, en_ficha=False)
            celda.number_format = "@"
            celda.value = registro.origen.extras.get(rotulo) or None


def _columna(ws: Worksheet, columna: int, campo: Campo, modelo: type, ultima: int) -> None:
    letra = letras(columna)
    estilo.encabezado(ws.cell(1, columna, estilo.rotulado(campo)))
    ws.column_dimensions[letra].width = _ancho(campo)
    _vestir(ws.column_dimensions[letra], campo)
    for fila in range(2, ultima + 1):
        _vestir(ws.cell(fila, columna), campo)
    _validar(ws, campo, f"{letra}2:{letra}{max(ULTIMA_FILA, ultima)}", modelo, estilo.con_omision(campo))


def _dar_alto(ws: Worksheet, propios: Sequence[Campo], ultima: int) -> None:
    for fila in range(1, ultima + 1):
        textos = [str(ws.cell(fila, columna).value or "") for columna in range(1, len(propios) + 1)]
        ws.row_dimensions[fila].height = estilo.alto(*zip(textos, map(_ancho, propios), strict=True))
    ws.row_dimensions[1].height = max(24, ws.row_dimensions[1].height or 0)


def _tabla_de_excel(seccion: Seccion, ajenas: Sequence[str], ultima: int) -> Table:
    rotulos = [*map(estilo.rotulado, campos(seccion.registro)), *ajenas]
    tabla = Table(displayName=f"tabla_{seccion.atributo}", ref=f"A1:{letras(len(rotulos))}{ultima}")
    # Con las columnas ya puestas, openpyxl no agrega los botones de filtro, que estorban al capturar.
    tabla.tableColumns = [TableColumn(id=numero, name=rotulo) for numero, rotulo in enumerate(rotulos, 1)]
    tabla.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=False)
    return tabla


def _listas(libro: Workbook, modelo: type) -> None:
    ws = libro.create_sheet("Listas")
    propios = [campo for seccion in secciones(modelo) for campo in campos(seccion.registro)]
    catalogos = {_nombre_de_lista(campo): campo for campo in reversed(propios) if campo.opciones}
    for columna, (nombre, campo) in enumerate(sorted(catalogos.items()), 1):
        letra = letras(columna)
        estilo.encabezado(ws.cell(1, columna, nombre.removeprefix("lista_")))
        for fila, opcion in enumerate(campo.opciones, 2):
            estilo.base(ws.cell(fila, columna, opcion))
        ws.column_dimensions[letra].width = max(map(len, (nombre, *campo.opciones))) + 4
        _nombrar(libro, nombre, f"Listas!${letra}$2:${letra}${len(campo.opciones) + 1}")
    ws.sheet_state = "hidden"
    ws.protection.sheet = True


def _marca(libro: Any, esquema: str) -> None:
    """La versión del libro, en dos lugares: Google Sheets pierde las propiedades, pero no las hojas."""
    ws = libro.create_sheet("_generar")
    ws["A1"], ws["B1"] = "generar.esquema", esquema
    ws.sheet_state = "veryHidden"
    libro.custom_doc_props.append(StringProperty(name="generar.esquema", value=esquema))


def _nombrar(libro: Any, nombre: str, referencia: str) -> None:
    libro.defined_names[nombre] = DefinedName(nombre, attr_text=referencia)


def _citada(hoja: str) -> str:
    return "'" + hoja.replace("'", "''") + "'"


# --- celdas ----------------------------------------------------------------------------------------


def _ancho(campo: Campo) -> int:
    *_, ultima = palabras = campo.rotulo.split()
    palabras = [*palabras[:-1], f"{ultima} *"] if campo.obligatorio else palabras
    return max(campo.ancho or _ancho_de_tipo(campo), *(len(palabra) + 4 for palabra in palabras))


def _ancho_de_tipo(campo: Campo) -> int:
    if campo.opciones:
        return max(len(opcion) + 4 for opcion in campo.opciones)
    if campo.es_texto_largo:
        return 60
    return 24 if campo.tipo is str else 13


def _vestir(celda: Any, campo: Campo, *, en_ficha: bool = False) -> None:
    estilo.valor(celda, obligatorio=campo.obligatorio, en_ficha=en_ficha)
    celda.number_format = "General" if campo.opciones else _FORMATOS.get(campo.tipo, "@")


def _escribir(celda: Any, campo: Campo, valor: Any) -> None:
    match valor:
        case None:
            return
        case bool():
            celda.value = "Sí" if valor else "No"
        case StrEnum():
            celda.value = valor.value
        case str() if campo.es_texto_largo:
            _escribir_texto(celda, campo, valor)
        case str() if _ENTERO.fullmatch(valor):
            celda.value, celda.number_format = int(valor), "General"
        case str():
            _como_texto(celda, campo, limpiar(sin_formato(valor))[0])
        case _:
            numero = celda.number_format
            celda.value, celda.number_format = valor, numero  # openpyxl impone su formato a las fechas


def _escribir_texto(celda: Any, campo: Campo, texto: str) -> None:
    trozos, liga = trozos_de(texto)
    _como_texto(celda, campo, "".join(trozo for trozo, _ in trozos))
    if any(formato != SIN_FORMATO for _, formato in trozos):
        celda.value = estilo.enriquecido(trozos, estilo.LETRA)
    if liga:
        celda.hyperlink = liga


def _como_texto(celda: Any, campo: Campo, texto: str) -> None:
    """El texto tal cual: ``=1+1`` no es una fórmula ni ``#N/A`` un error."""
    if len(texto) > MAX_TEXTO:
        raise ErrorDeGenerador(
            f"«{campo.rotulo}» tiene {len(texto)} caracteres y en una celda de Excel caben {MAX_TEXTO}. "
            "Repártalo en varios renglones."
        )
    celda.value = texto or None
    if texto:
        celda.data_type = "s"
        celda.quotePrefix = texto[0] in "=+-@'"


def _pintar_si(ws: Worksheet, donde: str, formula: str) -> None:
    relleno = PatternFill(bgColor=estilo.FALTA, fill_type="solid")
    ws.conditional_formatting.add(donde, FormulaRule(formula=[formula], fill=relleno))  # type: ignore[no-untyped-call]  # le faltan tipos


# --- avisos al escribir ----------------------------------------------------------------------------


def _validar(ws: Worksheet, campo: Campo, donde: str, modelo: type, ayuda: str) -> None:
    validacion = DataValidation(
        sqref=donde,
        allow_blank=True,
        showInputMessage=bool(ayuda),
        promptTitle=campo.rotulo[:32] if ayuda else None,
        prompt=_recortada(ayuda, 255) or None,
        showErrorMessage=True,
        errorTitle=campo.rotulo[:32],
        **_regla(campo, ws.parent, modelo),
    )
    if ayuda or validacion.type:
        ws.add_data_validation(validacion)


def _recortada(texto: str, largo: int) -> str:
    return texto if len(texto) <= largo else texto[: largo - 1].rsplit(" ", 1)[0] + "…"


def _regla(campo: Campo, libro: Any, modelo: type) -> dict[str, Any]:
    if campo.opciones:
        return {"type": "list", "formula1": _nombre_de_lista(campo), "error": "Elija un valor de la lista."}
    if campo.entre is not None:
        return _regla_de_otra_tabla(campo.entre, libro, modelo)
    if campo.tipo is date:
        error = "Escríbala como 15/11/2017. ¿La deja así?"
        return _entre("date", (date(2000, 1, 1) - _DIA_CERO).days, (date(2100, 12, 31) - _DIA_CERO).days, error)
    if campo.tipo is time:
        return _entre("time", 0, 0.999988, "Escríbala de 24 horas, como 13:05. ¿La deja así?")
    if campo.tipo is int:
        minimo = -(10**9) if campo.minimo is None else campo.minimo
        maximo = 10**9 if campo.maximo is None else campo.maximo
        return _entre("whole", minimo, maximo, "Escriba un número entero, con cifras.") | {"errorStyle": "stop"}
    if campo.tipo is float:
        minimo = -(10**15) if campo.minimo is None else campo.minimo
        maximo = 10**15 if campo.maximo is None else campo.maximo
        return _entre("decimal", minimo, maximo, "Escriba un número, con cifras.") | {"errorStyle": "stop"}
    return {}


_DIA_CERO = date(1899, 12, 30)  # de donde Excel cuenta los días


def _entre(tipo: str, desde: float, hasta: float, error: str) -> dict[str, Any]:
    return {
        "type": tipo,
        "operator": "between",
        "formula1": str(desde),
        "formula2": str(hasta),
        "errorStyle": "warning",
        "error": error,
    }


def _nombre_de_lista(campo: Campo) -> str:
    return "lista_si_no" if campo.tipo is bool else f"lista_{campo.tipo.__name__.lower()}"


def _regla_de_otra_tabla(entre: tuple[str, str], libro: Any, modelo: type) -> dict[str, Any]:
    """Una lista que crece con la otra tabla; avisa, pero no impide escribir otra cosa."""
    nombre, celda, columna = next(_lugar_de(entre, modelo))
    _nombrar(libro, nombre, f"OFFSET({celda},0,0,MAX(1,COUNTA({columna})),1)")
    error = f"No está en la columna «{entre[1]}» de la hoja «{entre[0]}». ¿La deja así?"
    return {"type": "list", "formula1": nombre, "errorStyle": "warning", "error": _recortada(error, 225)}


def _lugar_de(entre: tuple[str, str], modelo: type) -> Iterator[tuple[str, str, str]]:
    hoja, rotulo = entre
    for seccion in secciones(modelo):
        for columna, campo in enumerate(campos(seccion.registro), 1):
            if seccion.hoja == hoja and clave(campo.rotulo) == clave(rotulo):
                letra, citada = letras(columna), _citada(hoja)
                primera = f"{citada}!${letra}$2"
                yield f"de_{seccion.atributo}_{campo.nombre}", primera, f"{primera}:${letra}${ULTIMA_FILA}"
