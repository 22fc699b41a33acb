"""Abrir: del archivo .xlsx a celdas que saben su lugar, tal como lo guardan Excel, LibreOffice y Google."""

import contextlib
import io
import math
import re
import warnings
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from generador.celdas import Celda, Hoja, Libro, clave, parecido
from generador.hallazgos import ArchivoInaccesible
from generador.libro.formato import Formato, formato_de, texto_de
from generador.libro.paquete import PIDA_OTRO, HojaCruda, Ilegible, LibroCrudo, Lugar, examinar, rango, reducido
from generador.ooxml import PaqueteRoto, leer_archivo

_EN_BLANCO = "No llegó a guardarse o a copiarse: use una copia anterior, o cree otro con: generar nuevo."
_NOMBRE_DE_CELDA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)")


def abrir(ruta: Path) -> Libro:
    """Las hojas de un libro de Excel, con sus valores, su formato y el lugar de cada celda.

    Levanta ArchivoInaccesible, con su remedio, si no existe, no se puede leer o no es un .xlsx.
    """
    _rechazar_por_su_nombre(ruta)
    try:
        return _leido(ruta, examinar(leer_archivo(ruta)))
    except PaqueteRoto as error:
        remedio = error.remedio if isinstance(error, Ilegible) else _EN_BLANCO if not ruta.stat().st_size else PIDA_OTRO
        raise ArchivoInaccesible(f"«{ruta.name}» no se puede leer: {error}. {remedio}") from error
    except PermissionError as error:
        raise ArchivoInaccesible(
            f"«{ruta.name}» no se puede abrir: otro programa lo tiene ocupado o usted no tiene permiso de leerlo. "
            "Ciérrelo en Excel y repita."
        ) from error
    except OSError as error:
        raise ArchivoInaccesible(
            f"«{ruta.name}» no se puede leer. Compruebe que el disco o la red respondan y que el nombre sea correcto."
        ) from error


def interpretado(datos: bytes, ruta: Path) -> Libro:
    """El libro de esos bytes, como `abrir`. Levanta PaqueteRoto si no sirven."""
    return _leido(ruta, examinar(datos))


def abierto_en_excel(ruta: Path) -> bool:
    """Si alguien lo tiene abierto en Excel o LibreOffice: lo leído es lo último que se guardó."""
    return any((ruta.parent / candado).exists() for candado in (f"~${ruta.name}", f".~lock.{ruta.name}#"))


def _rechazar_por_su_nombre(ruta: Path) -> None:
    if ruta.name.startswith("~$"):
        raise ArchivoInaccesible(
            f"«{ruta.name}» es un archivo de trabajo de Excel, no un libro. Elija «{ruta.name[2:]}»."
        )
    try:
        if ruta.is_dir():
            raise ArchivoInaccesible(f"«{ruta}» es una carpeta. Elija un libro de Excel dentro de ella.")
        if not ruta.exists():
            raise ArchivoInaccesible(f"No existe «{ruta}». {_sugerencia(ruta)}")
    except OSError as error:  # un nombre demasiado largo, una red que no responde
        raise ArchivoInaccesible(f"No se puede llegar a «{ruta!s}». Compruebe su nombre y su carpeta.") from error


def _sugerencia(ruta: Path) -> str:
    if not ruta.parent.is_dir():
        return f"Tampoco existe la carpeta «{ruta.parent}»."
    vecinos = sorted(vecino.name for vecino in ruta.parent.glob("[!~.]*.xls*"))
    cercano = parecido(ruta.name, vecinos)
    if cercano:
        return f"¿Quiso decir «{cercano}»?"
    if vecinos:
        return "En esa carpeta están: " + ", ".join(f"«{vecino}»" for vecino in vecinos[:5]) + "."
    return "En esa carpeta no hay libros de Excel."


def _leido(ruta: Path, crudo: LibroCrudo) -> Libro:
    cargado = _cargar(crudo)
    hojas = tuple(_hoja(cruda, ws) for cruda, ws in zip(crudo.hojas, cargado.worksheets, strict=True))
    return Libro(
        ruta=ruta,
        hojas=hojas,
        esquema=crudo.esquema or _esquema_en_hoja(hojas),
        nombres=_nombres(crudo),
        base_1904=crudo.base_1904,
    )


def _cargar(crudo: LibroCrudo) -> Workbook:
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            # openpyxl avisa de fechas imposibles (salen como error de la celda) y de estilos que no conoce (no
            # se usan); algún otro lo imprime, lo que estropearía una salida --json.
            warnings.simplefilter("ignore")
            return load_workbook(io.BytesIO(reducido(crudo)), rich_text=True, data_only=True)
    except Exception as error:  # openpyxl levanta de todo ante un XML que no espera
        raise Ilegible("está dañado por dentro", PIDA_OTRO) from error


def _esquema_en_hoja(hojas: tuple[Hoja, ...]) -> str:
    """La marca del programa si las propiedades se perdieron (Google Sheets no las guarda)."""
    propia = next((hoja for hoja in hojas if hoja.nombre == "_generar"), None)
    return propia.en(1, 2).texto if propia else ""


def _nombres(crudo: LibroCrudo) -> dict[str, tuple[str, int, int]]:
    """Los nombres definidos que apuntan a una celda, o a un grupo de celdas combinadas."""
    hojas = {clave(hoja.nombre): hoja for hoja in crudo.hojas}
    nombres: dict[str, tuple[str, int, int]] = {}
    for nombre, referencia in crudo.nombres:
        partida = _NOMBRE_DE_CELDA.fullmatch(referencia)
        area = rango(partida[3]) if partida else None
        hoja = hojas.get(clave((partida[1] or partida[2]).replace("''", "'"))) if partida else None
        if (
            area
            and hoja
            and (area in hoja.combinadas or area.ultima_fila == area.fila)
            and (area in hoja.combinadas or area.ultima_columna == area.columna)
        ):
            nombres.setdefault(nombre, (hoja.nombre, area.fila, area.columna))
    return nombres


def _hoja(cruda: HojaCruda, ws: Worksheet) -> Hoja:
    formatos: dict[int, Formato] = {}
    celdas: dict[Lugar, Celda] = {}
    escritas: Mapping[Lugar, Any] = ws._cells  # sólo las que están en el archivo: recorrer filas y columnas no acaba
    for lugar, celda in sorted(escritas.items()):
        if celda.value is None and lugar not in cruda.sin_calcular:
            continue
        fuente = celda._style.fontId
        if fuente not in formatos:
            formatos[fuente] = formato_de(celda.font)
        leida = _celda(cruda, lugar, celda.value, celda.data_type, formatos[fuente], celda.number_format)
        if leida is not None and not _tapada(cruda, lugar):
            celdas[lugar] = leida
    ocultas = (cruda.oculta, cruda.filas_ocultas, cruda.columnas_ocultas)
    return Hoja(cruda.nombre, celdas, cruda.combinadas, *ocultas)


def _tapada(cruda: HojaCruda, lugar: Lugar) -> bool:
    """Si queda oculta bajo otra con la que está combinada."""
    return any(r.contiene(*lugar) and lugar != (r.fila, r.columna) for r in cruda.combinadas)


def _celda(cruda: HojaCruda, lugar: Lugar, valor: Any, tipo: str, formato: Formato, de_cifra: str) -> Celda | None:
    """La celda leída; None si no hay nada escrito."""
    match valor:
        case _ if lugar in cruda.sin_calcular:
            return Celda(cruda.nombre, *lugar, problema="trae una fórmula que nunca se calculó.")
        case str() if tipo == "e":
            return Celda(cruda.nombre, *lugar, valor, problema=f"trae el error {valor}.")
        case str() | CellRichText():
            texto, quitado = texto_de(valor, formato, cruda.ligas.get(lugar, ""))
            return Celda(cruda.nombre, *lugar, texto, quitado=quitado) if texto or quitado else None
        case float() if not math.isfinite(valor):
            return Celda(cruda.nombre, *lugar, problema="trae un número imposible.")
        case bool() | int() | float() | datetime() | date() | time() | timedelta():
            return Celda(cruda.nombre, *lugar, valor, formato=de_cifra)
        case _:
            return None
