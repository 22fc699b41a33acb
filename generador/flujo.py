"""La línea recta: abrir → leer → cruzar → componer → escribir. Hasta la última no se toca el disco."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generador import __version__
from generador.catalogo import CATALOGO
from generador.celdas import Libro, clave
from generador.documentos.tipo import Ficha, Pieza, Tipo
from generador.escritura import Escrito, escribir, escribir_nuevo, nombre_limpio
from generador.esquema import leer, secciones
from generador.hallazgos import ArchivoInaccesible, ErrorDePlantilla, Gravedad, Hallazgo, LibroConHallazgos
from generador.libro.lectura import abierto_en_excel, abrir
from generador.recursos import recurso

if TYPE_CHECKING:
    from generador.plantilla import Plantilla, Propiedades


@dataclass(frozen=True)
class Resultado:
    """El documento escrito, lo que conviene revisar y lo que haya que decir además."""

    documento: Path
    avisos: tuple[Hallazgo, ...] = ()
    nota: str = ""


def tipo_de(nombre: str) -> Tipo[Any]:
    """El tipo de documento de ese nombre del catálogo; se importa sólo cuando se usa."""
    tipo: Tipo[Any] = import_module(CATALOGO[nombre].modulo).TIPO
    return tipo


def generar(nombre: str, ruta: Path, salida: Path, plantilla: Path | None = None, hoy: date | None = None) -> Resultado:
    """El documento de un libro, escrito en ``salida``.

    ``hoy`` es la fecha contra la que se verifica; None, la del reloj. Levanta LibroConHallazgos si el
    libro tiene errores, ErrorDePlantilla si la plantilla no sirve y ArchivoInaccesible si un archivo no
    se puede leer o escribir.
    """
    tipo = tipo_de(nombre)
    modelo, avisos = revisado(tipo, abrir(ruta), hoy or date.today())
    datos = componer(tipo, modelo, plantilla)
    return _resultado(escribir(datos, salida, tipo.archivo(modelo)), ruta, avisos)


def revisado(tipo: Tipo[Any], libro: Libro, hoy: date) -> tuple[Any, tuple[Hallazgo, ...]]:
    """El modelo de un libro sin errores y sus avisos. Levanta LibroConHallazgos si los tiene.

    Dos puertas: la forma y, sólo si pasa, los cruces; cada una dice todo lo que encuentra.
    """
    _exigir_tipo(tipo, libro)
    modelo, hallazgos = leer(tipo.modelo, libro)
    if modelo is not None:
        hallazgos += tipo.cruces(modelo, hoy)
    if any(hallazgo.es_error for hallazgo in hallazgos):
        raise LibroConHallazgos(hallazgos)
    return modelo, tuple(hallazgos)


def _exigir_tipo(tipo: Tipo[Any], libro: Libro) -> None:
    """Que el libro sea del que sale ese documento: por su marca o, si se perdió, por tener alguna de sus hojas."""
    suyo = libro.esquema.partition("/")[0]
    hojas = [seccion.hoja for seccion in secciones(tipo.modelo)]
    if suyo and suyo != tipo.esquema.partition("/")[0]:
        otros = [entrada.nombre for entrada in CATALOGO.values() if entrada.libro == suyo]
        problema = f"De este libro no sale {CATALOGO[tipo.nombre].sustantivo}: es de otra clase («{suyo}»)."
        ordenes = " o ".join(f"generar {otro}" for otro in otros)
        remedio = f"Use: {ordenes}." if otros else "Elija otro libro."
    elif not any(libro.hoja(hoja) for hoja in hojas):
        problema = f"Este libro no es de «{tipo.nombre}»: no tiene ninguna de sus hojas."
        remedio = f"Cree uno con: generar nuevo {tipo.nombre}."
    else:
        return
    raise LibroConHallazgos([Hallazgo(problema=problema, remedio=remedio)])


# --- uno por renglón


@dataclass(frozen=True)
class Intento:
    """Lo que pasó con un renglón: el documento escrito o por qué no se escribió; y a quién se respetó."""

    hallazgos: tuple[Hallazgo, ...] = ()
    documento: Path | None = None
    respetado: bool = False


@dataclass(frozen=True)
class Lote:
    """Un documento por renglón, listos para escribirse; ``avisos`` son los de todo el libro."""

    total: int
    avisos: tuple[Hallazgo, ...]
    intentos: Iterator[Intento]  # al recorrerlo se escriben, uno a uno


def generar_lote(nombre: str, ruta: Path, salida: Path, plantilla: Path | None = None, hoy: date | None = None) -> Lote:
    """Los documentos de un libro, uno por renglón: nada se escribe hasta recorrer ``intentos``.

    Levanta lo mismo que `generar` si el error es de todo el libro o de la plantilla; el de un renglón sólo
    detiene al suyo.
    """
    tipo = tipo_de(nombre)
    lote = tipo.lote
    assert lote is not None, nombre
    modelo, hallazgos = _revisado_por_renglon(tipo, lote.hoja, lote.cruces, abrir(ruta), hoy or date.today())
    malas: dict[int, list[Hallazgo]] = {}
    for hallazgo in hallazgos:
        if hallazgo.es_error:
            malas.setdefault(hallazgo.fila, []).append(hallazgo)
    piezas = [pieza for pieza in lote.piezas(modelo, malas) if pieza.fila not in malas]
    escritos = _escritos(tipo, piezas, _compilada(tipo, plantilla), salida)
    avisos = tuple(hallazgo for hallazgo in hallazgos if not hallazgo.es_error)
    return Lote(len(piezas) + len(malas), avisos, chain((Intento(tuple(m)) for m in malas.values()), escritos))


def _revisado_por_renglon(
    tipo: Tipo[Any], hoja: str, cruces: Callable[[Any, date], list[Hallazgo]], libro: Libro, hoy: date
) -> tuple[Any, list[Hallazgo]]:
    """Como `revisado`, pero los errores en los renglones de ``hoja`` no detienen a los demás."""
    _exigir_tipo(tipo, libro)
    modelo, hallazgos = leer(tipo.modelo, libro, tolerante=hoja)
    if modelo is not None:
        hallazgos += cruces(modelo, hoy)
    de_todos = [h for h in hallazgos if h.es_error and not (clave(h.hoja) == clave(hoja) and h.fila)]
    if modelo is None or de_todos:
        raise LibroConHallazgos(hallazgos)
    return modelo, hallazgos


def _escritos(tipo: Tipo[Any], piezas: Iterable[Pieza], plantilla: "Plantilla", salida: Path) -> Iterator[Intento]:
    dados: set[str] = set()
    for pieza in piezas:
        archivo = nombre_limpio(pieza.archivo)
        try:
            if archivo.casefold() in dados:
                raise ArchivoInaccesible(f"Otro renglón ya dio «{archivo}.docx»: distinga su número o su nombre.")
            datos = plantilla.componer(pieza.contexto(), _propiedades(pieza.ficha), _marcas(tipo))
            escrito = escribir(datos, salida, archivo)
        except (ErrorDePlantilla, ArchivoInaccesible) as error:
            yield Intento((Hallazgo(hoja=pieza.hoja, celda=pieza.celda, problema=str(error), remedio=""),))
        else:
            dados.add(archivo.casefold())
            yield Intento(documento=escrito.ruta, respetado=escrito.respetado is not None)


# --- componer


def componer(tipo: Tipo[Any], modelo: Any, plantilla: Path | None = None) -> bytes:
    """El .docx de un modelo ya verificado, en memoria."""
    compilada = _compilada(tipo, plantilla)
    return compilada.componer(tipo.contexto(modelo), _propiedades(tipo.propiedades(modelo)), _marcas(tipo))


def _compilada(tipo: Tipo[Any], plantilla: Path | None) -> "Plantilla":
    from generador.plantilla import Plantilla

    ruta = plantilla or recurso("plantillas_docx", f"{tipo.nombre}.docx")
    return Plantilla.abrir(_leer_plantilla(ruta), ruta.name)


def _propiedades(ficha: Ficha) -> "Propiedades":
    from generador.plantilla import Propiedades

    return Propiedades(titulo=ficha.titulo, asunto=ficha.asunto, autor=ficha.autor,
                       institucion=ficha.autor, creado=ficha.creado)  # fmt: skip


def _marcas(tipo: Tipo[Any]) -> dict[str, str]:
    return {"generar.version": __version__, "generar.documento": f"{tipo.nombre}/{tipo.esquema.partition('/')[2]}"}


def _leer_plantilla(ruta: Path) -> bytes:
    try:
        return ruta.read_bytes()
    except OSError as error:
        raise ErrorDePlantilla(f"La plantilla «{ruta}» no existe o no se puede leer.") from error


def _resultado(escrito: Escrito, libro: Path, avisos: Iterable[Hallazgo]) -> Resultado:
    notas = []
    if escrito.respetado:
        notas.append(
            f"«{escrito.respetado.name}» ya existía y alguien lo cambió: no se tocó; "
            f"lo nuevo está en «{escrito.ruta.name}»."
        )
    if abierto_en_excel(libro):
        notas.append(f"«{libro.name}» está abierto en Excel: se usó lo último que guardó.")
    return Resultado(escrito.ruta, tuple(a for a in avisos if a.gravedad is Gravedad.AVISO), " ".join(notas))


def nuevo(nombre: str, ruta: Path, *, ejemplo: bool = False) -> Path:
    """Un libro del tipo, en blanco o con el ejemplo. Levanta ArchivoInaccesible si la ruta ya existe."""
    if ejemplo:
        lleno = recurso("entradas/ejemplos", f"{CATALOGO[nombre].ejemplo}.xlsx")
        return escribir_nuevo(lleno.read_bytes(), ruta)
    from generador.libro.blanco import crear

    tipo = tipo_de(nombre)
    return escribir_nuevo(crear(tipo.modelo, esquema=tipo.esquema, titulo=tipo.titulo, guia=tipo.guia), ruta)


def candidatos(nombre: str, carpeta: Path) -> list[Path]:
    """Los libros de un tipo que hay en una carpeta, por nombre; los que no se pueden leer no cuentan."""
    tipo = tipo_de(nombre)
    libros = [r for r in sorted(carpeta.glob("*.xlsx")) if not r.name.startswith("~$")]
    return [ruta for ruta in libros if _es_del_tipo(tipo, ruta)]


def _es_del_tipo(tipo: Tipo[Any], ruta: Path) -> bool:
    try:
        _exigir_tipo(tipo, abrir(ruta))
    except (ArchivoInaccesible, LibroConHallazgos):
        return False
    return True
