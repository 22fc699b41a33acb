"""Los libros mismos: uno nuevo, el de la sesión siguiente, y los que hay en una carpeta."""

from datetime import date
from pathlib import Path
from typing import Any

from generador.castellano import fecha_larga
from generador.catalogo import CATALOGO
from generador.celdas import clave
from generador.documentos.expediente import Archivada
from generador.documentos.reunion import Reunion
from generador.documentos.tipo import Tipo
from generador.escritura import escribir_nuevo, nombre_limpio
from generador.esquema import leer
from generador.flujo.expediente import libros_de
from generador.flujo.linea import Resultado, documentos_del_libro, exigir_tipo, tipo_de
from generador.hallazgos import ArchivoInaccesible, LibroConHallazgos, OrdenImposible
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


def siguiente(ruta: Path, destino: Path | None, tipo: str = "Ordinaria", fecha: date | None = None) -> Resultado:
    """El libro de la sesión que sigue a la de ``ruta``, escrito en ``destino`` (None: junto a él) y lo por revisar.

    ``tipo`` es el de la sesión nueva; ``fecha`` None: en blanco. Levanta LibroConHallazgos si el libro tiene errores
    de forma o en sus claves, OrdenImposible si la fecha no es posterior y ArchivoInaccesible si el destino existe.
    """
    from generador.documentos import siguiente as documento
    from generador.documentos.sesion import TipoDeSesion
    from generador.libro.blanco import crear

    minuta = tipo_de("minuta")
    anterior = _sesion_de(minuta, ruta)
    if fecha and fecha <= anterior.fecha:
        raise OrdenImposible(
            f"La sesión de «{ruta.name}» fue el {fecha_larga(anterior.fecha)}: la siguiente debe ser posterior. "
            "Corrija --fecha."
        )
    nueva = TipoDeSesion(tipo)
    vecinas = _vecinas(minuta, anterior, ruta) if documento.hacen_falta_vecinas(anterior, nueva) else []
    preparada = documento.siguiente(anterior, nueva, fecha, vecinas)
    libro = crear(minuta.modelo, esquema=minuta.esquema, titulo=minuta.titulo, guia=minuta.guia, datos=preparada.libro)
    escrito = escribir_nuevo(libro, _destino(destino, ruta, preparada.archivo))
    return Resultado(escrito, preparada.avisos)


def _destino(destino: Path | None, origen: Path, archivo: str) -> Path:
    """``None`` → junto al de origen; una carpeta, dentro de ella; a lo demás se le completa el ``.xlsx``."""
    if destino is None or destino.is_dir():
        return (destino or origen.parent) / f"{nombre_limpio(archivo)}.xlsx"
    if destino.suffix.lower() in (".docx", ".xls", ".xlsm", ".ods"):
        return destino.with_suffix(".xlsx")
    return destino if destino.suffix.lower() == ".xlsx" else destino.with_name(f"{destino.name}.xlsx")


def _sesion_de(minuta: Tipo[Any], ruta: Path) -> Archivada:
    """La sesión de un libro que se puede continuar. Levanta LibroConHallazgos si no se lee o sus claves se repiten."""
    from generador.documentos.verificaciones.sesion import acuerdos

    libro = abrir(ruta)
    exigir_tipo(minuta, libro)
    modelo, hallazgos = leer(minuta.modelo, libro)
    if modelo is not None:
        reunion = Reunion(modelo)
        hallazgos = [*acuerdos.formato_de_clave(reunion), *acuerdos.claves_repetidas(reunion)]
        if not any(hallazgo.es_error for hallazgo in hallazgos):
            return Archivada(ruta.name, reunion)
    raise LibroConHallazgos(hallazgos)


def _vecinas(minuta: Tipo[Any], anterior: Archivada, ruta: Path) -> list[Archivada]:
    """Las demás sesiones del mismo órgano que hay en su carpeta; las que no se pueden leer no cuentan."""
    halladas = []
    for otra in libros_de(ruta.parent):
        if otra.resolve() == ruta.resolve():
            continue
        try:
            sesion = _sesion_de(minuta, otra)
        except (ArchivoInaccesible, LibroConHallazgos):
            continue
        if clave(sesion.libro.organo.nombre) == clave(anterior.libro.organo.nombre):
            halladas.append(sesion)
    return halladas


def documentos_de(ruta: Path) -> list[str]:
    """Los documentos que salen de un libro: ``["minuta"]``; ``["oficio", "informe"]`` si trae los datos de ambos.

    Levanta LibroConHallazgos si no es de los que el programa hace, y ArchivoInaccesible si no se puede leer.
    """
    return documentos_del_libro(abrir(ruta))


def candidatos(nombre: str, carpeta: Path) -> list[Path]:
    """Los libros de un tipo que hay en una carpeta, por nombre; los que no se pueden leer no cuentan."""
    tipo = tipo_de(nombre)
    return [ruta for ruta in libros_de(carpeta) if _es_del_tipo(tipo, ruta)]


def _es_del_tipo(tipo: Tipo[Any], ruta: Path) -> bool:
    try:
        exigir_tipo(tipo, abrir(ruta))
    except (ArchivoInaccesible, LibroConHallazgos):
        return False
    return True
