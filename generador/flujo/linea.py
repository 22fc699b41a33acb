"""Un libro, un documento: abrir → leer → cruzar → componer → escribir."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generador import __version__
from generador.catalogo import CATALOGO
from generador.celdas import Libro
from generador.documentos.tipo import Ficha, Tipo
from generador.escritura import Escrito, escribir
from generador.esquema import leer, secciones
from generador.hallazgos import ErrorDePlantilla, Gravedad, Hallazgo, LibroConHallazgos
from generador.libro.lectura import abierto_en_excel, abrir
from generador.recursos import recurso

if TYPE_CHECKING:
    from generador.plantilla import Propiedades


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
    return resultado(escribir(datos, salida, tipo.archivo(modelo)), [ruta], avisos)


def revisado(tipo: Tipo[Any], libro: Libro, hoy: date) -> tuple[Any, tuple[Hallazgo, ...]]:
    """El modelo de un libro sin errores y sus avisos. Levanta LibroConHallazgos si los tiene.

    Dos puertas: la forma y, sólo si pasa, los cruces; cada una dice todo lo que encuentra.
    """
    exigir_tipo(tipo, libro)
    modelo, hallazgos = leer(tipo.modelo, libro)
    if modelo is not None:
        hallazgos += tipo.cruces(modelo, hoy)
    if any(hallazgo.es_error for hallazgo in hallazgos):
        raise LibroConHallazgos(hallazgos)
    return modelo, tuple(hallazgos)


def exigir_tipo(tipo: Tipo[Any], libro: Libro) -> None:
    """Que el libro sea del que sale ese documento: por su marca o, si se perdió, por tener alguna de sus hojas."""
    suyo = libro.esquema.partition("/")[0]
    hojas = [seccion.hoja for seccion in secciones(tipo.modelo)]
    if suyo and suyo != tipo.esquema.partition("/")[0]:
        otros = [entrada.orden for entrada in CATALOGO.values() if entrada.libro == suyo and not entrada.de_varios]
        problema = f"De este libro no sale {CATALOGO[tipo.nombre].sustantivo}: es de otra clase («{suyo}»)."
        ordenes = " o ".join(f"generar {otro}" for otro in otros)
        remedio = f"Use: {ordenes}." if otros else "Elija otro libro."
    elif not any(libro.hoja(hoja) for hoja in hojas):
        problema = f"Este libro no es de «{tipo.nombre}»: no tiene ninguna de sus hojas."
        con_libro = next(e.nombre for e in CATALOGO.values() if e.libro == CATALOGO[tipo.nombre].libro)
        remedio = f"Cree uno con: generar nuevo {con_libro}."
    else:
        return
    raise LibroConHallazgos([Hallazgo(problema=problema, remedio=remedio)])


# --- componer


def componer(tipo: Tipo[Any], modelo: Any, plantilla: Path | None = None) -> bytes:
    """El .docx de un modelo ya verificado, en memoria."""
    return compositor(tipo, plantilla)(tipo.contexto(modelo), tipo.propiedades(modelo))


def compositor(tipo: Tipo[Any], plantilla: Path | None) -> Callable[[Mapping[str, object], Ficha], bytes]:
    """Con la plantilla abierta una vez, la función que da el .docx de cada contexto con su ficha.

    Levanta ErrorDePlantilla si la plantilla no sirve.
    """
    from generador.plantilla import Plantilla

    ruta = plantilla or recurso("plantillas_docx", f"{tipo.nombre}.docx")
    compilada = Plantilla.abrir(_leer_plantilla(ruta), ruta.name)
    marcas = {"generar.version": __version__, "generar.documento": f"{tipo.nombre}/{tipo.esquema.partition('/')[2]}"}
    return lambda contexto, ficha: compilada.componer(contexto, _propiedades(ficha), marcas)


def _propiedades(ficha: Ficha) -> "Propiedades":
    from generador.plantilla import Propiedades

    return Propiedades(titulo=ficha.titulo, asunto=ficha.asunto, autor=ficha.autor,
                       institucion=ficha.autor, creado=ficha.creado)  # fmt: skip


def _leer_plantilla(ruta: Path) -> bytes:
    try:
        return ruta.read_bytes()
    except OSError as error:
        raise ErrorDePlantilla(f"La plantilla «{ruta}» no existe o no se puede leer.") from error


def resultado(escrito: Escrito, libros: Iterable[Path], avisos: Iterable[Hallazgo]) -> Resultado:
    """Lo que se contesta de un documento escrito: qué se respetó y qué libros están abiertos en Excel."""
    notas = []
    if escrito.respetado:
        notas.append(
            f"«{escrito.respetado.name}» ya existía y alguien lo cambió: no se tocó; "
            f"lo nuevo está en «{escrito.ruta.name}»."
        )
    notas += [
        f"«{libro.name}» está abierto en Excel: se usó lo último que guardó."
        for libro in libros
        if abierto_en_excel(libro)
    ]
    return Resultado(escrito.ruta, tuple(a for a in avisos if a.gravedad is Gravedad.AVISO), " ".join(notas))
