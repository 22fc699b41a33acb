"""Abrir: del archivo .xlsx a celdas que saben su lugar, tal como lo guardan Excel, LibreOffice y Google."""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.parsers import expat

from generador.celdas import Hoja, Libro, clave, parecido
from generador.hallazgos import ArchivoInaccesible
from generador.libro.hoja import HojaPorLeer
from generador.libro.paquete import PIDA_OTRO, LibroEmpacado, desempacar
from generador.libro.presentacion import presentaciones
from generador.libro.recorrido import Cuenta, Ilegible
from generador.libro.referencia import rango
from generador.libro.textos import textos_compartidos
from generador.ooxml import PaqueteRoto, leer_archivo

_EN_BLANCO = "No llegó a guardarse o a copiarse: use una copia anterior, o cree otro con: generar nuevo."
_NOMBRE_DE_CELDA = re.compile(r"(?:'((?:[^']|'')+)'|([^'!]+))!([$A-Z0-9:]+)")


def abrir(ruta: Path) -> Libro:
    """Las hojas de un libro de Excel, con sus valores, su formato y el lugar de cada celda.

    Levanta ArchivoInaccesible, con su remedio, si no existe, no se puede leer o no es un .xlsx.
    """
    _rechazar_por_su_nombre(ruta)
    try:
        return interpretado(leer_archivo(ruta), ruta)
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
    try:
        return _leido(ruta, desempacar(datos))
    except PaqueteRoto:
        raise
    except (ElementTree.ParseError, expat.ExpatError, LookupError, ValueError, OverflowError) as error:
        raise Ilegible("está dañado por dentro", PIDA_OTRO) from error


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


def _leido(ruta: Path, empacado: LibroEmpacado) -> Libro:
    hojas = tuple(_hojas(empacado))
    return Libro(
        ruta=ruta,
        hojas=hojas,
        esquema=empacado.esquema or _esquema_en_hoja(hojas),
        nombres=_nombres(empacado, hojas),
        base_1904=empacado.base_1904,
    )


def _hojas(empacado: LibroEmpacado) -> Iterator[Hoja]:
    cuenta = Cuenta()
    de_celda = presentaciones(empacado.estilos, cuenta)
    textos = textos_compartidos(empacado.textos, cuenta)
    for parte in empacado.hojas:
        if parte.sin_datos:
            yield Hoja(parte.nombre)
            continue
        por_leer = HojaPorLeer(parte.nombre, cuenta, textos, de_celda, base_1904=empacado.base_1904)
        por_leer.recorrer(parte.xml)
        yield por_leer.hoja(parte.relaciones, oculta=parte.oculta)


def _esquema_en_hoja(hojas: tuple[Hoja, ...]) -> str:
    """La marca del programa si las propiedades se perdieron (Google Sheets no las guarda)."""
    propia = next((hoja for hoja in hojas if hoja.nombre == "_generar"), None)
    return propia.en(1, 2).texto if propia else ""


def _nombres(empacado: LibroEmpacado, leidas: tuple[Hoja, ...]) -> dict[str, tuple[str, int, int]]:
    """Los nombres definidos que apuntan a una celda, o a un grupo de celdas combinadas."""
    hojas = {clave(hoja.nombre): hoja for hoja in leidas}
    nombres: dict[str, tuple[str, int, int]] = {}
    for nombre, referencia in empacado.nombres:
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
