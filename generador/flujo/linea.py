"""Un libro, un documento: abrir → leer → cruzar → componer → escribir."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generador import __version__
from generador.catalogo import CATALOGO
from generador.celdas import Libro, clave
from generador.datos import dataclass
from generador.documentos.comun import propias_que_se_escriben_igual
from generador.documentos.tipo import Ficha, Tipo
from generador.esquema import DatoIlegible, fichas_en_blanco, hojas_leidas, leer_lo_legible, parecido_a, secciones
from generador.flujo.entrega import Correcciones, Destino, Entrega
from generador.hallazgos import ErrorDePlantilla, Gravedad, Hallazgo, LibroConHallazgos
from generador.libro.lectura import abierto_en_excel, abrir
from generador.ooxml import PaqueteRoto, leer_archivo
from generador.recursos import recurso

if TYPE_CHECKING:
    from generador.plantilla import Plantilla, Propiedades
    from generador.plantilla.aparte import Taller


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


def generar(
    nombre: str, ruta: Path, salida: Path, plantilla: Path | None = None, hoy: date | None = None,
    correcciones: Correcciones = Correcciones.FUNDIR,
) -> Resultado:  # fmt: skip
    """El documento de un libro, escrito en ``salida``.

    ``hoy`` es la fecha contra la que se verifica; None, la del reloj. Levanta LibroConHallazgos si el
    libro tiene errores, ErrorDePlantilla si la plantilla no sirve y ArchivoInaccesible si un archivo no
    se puede leer o escribir.
    """
    tipo = tipo_de(nombre)
    modelo, avisos = revisado(tipo, abrir(ruta), hoy or date.today())
    contexto = tipo.contexto(modelo)
    with compositor(tipo, plantilla, contexto) as hacer:
        datos = hacer(contexto, tipo.propiedades(modelo))
        avisos = (*hacer.avisos, *avisos)
    destino = Destino(salida, (ruta,), plantilla, correcciones)
    return resultado(destino.dejar(datos, tipo.archivo(modelo)), [ruta], avisos)


def revisado(tipo: Tipo[Any], libro: Libro, hoy: date) -> tuple[Any, tuple[Hallazgo, ...]]:
    """El modelo de un libro sin errores y sus avisos. Levanta LibroConHallazgos si los tiene.

    Se dice todo de una vez, la forma y los cruces; véase `verificado`.
    """
    exigir_tipo(tipo, libro)
    visto = verificado(tipo, libro, hoy)
    if any(hallazgo.es_error for hallazgo in visto.hallazgos):
        raise LibroConHallazgos([*visto.hallazgos, *sin_llenar(tipo, libro, visto.hallazgos)])
    return visto.modelo, visto.hallazgos


@dataclass(frozen=True)
class Verificado:
    """Lo leído de un libro y todo lo que hay que decir de él.

    ``pendientes`` son las hojas con algo que no se pudo leer, o que nombra lo que no existe: lo que depende de eso no
    se comprobó, y consultarlo en el modelo levanta DatoIlegible.
    """

    modelo: Any
    hallazgos: tuple[Hallazgo, ...]
    pendientes: tuple[str, ...] = ()


def verificado(tipo: Tipo[Any], libro: Libro, hoy: date, *, por_renglon: bool = False) -> Verificado:
    """Un libro leído y sus dos clases de hallazgos: los de forma y, de lo que sí se entiende, los cruces.

    ``por_renglon``: se verifica para hacer un documento por renglón, y un error en el suyo sólo lo deja fuera a él.
    """
    lote = tipo.lote if por_renglon else None
    lectura = leer_lo_legible(tipo.modelo, libro, tolerante=lote.hoja if lote else "")
    errores = [hallazgo for hallazgo in lectura.hallazgos if hallazgo.es_error]
    modelo, sin_referencia = tipo.referencias(lectura.modelo)
    cruces: list[Hallazgo] = []
    with suppress(DatoIlegible):  # de nada de lo demás se puede hablar sin eso
        if lote:
            malas = {h.fila for h in errores if clave(h.hoja) == clave(lote.hoja) and h.fila}
            cruces = lote.cruces(modelo, hoy, malas)
        else:
            cruces = tipo.cruces(modelo, hoy)
    culpables = [*(() if lectura.completa else errores), *sin_referencia]
    pendientes = tuple(dict.fromkeys(hallazgo.hoja for hallazgo in culpables))
    iguales = propias_que_se_escriben_igual(tipo.modelo, libro)
    return Verificado(modelo, (*lectura.hallazgos, *iguales, *sin_referencia, *cruces), pendientes)


def sin_llenar(tipo: Tipo[Any], libro: Libro, dichos: Iterable[Hallazgo]) -> list[Hallazgo]:
    """De las hojas sin las que no hay documento, las que siguen en blanco y nadie ha dicho."""
    dichas = {clave(hallazgo.hoja) for hallazgo in dichos if hallazgo.es_error}
    faltan = [hoja for hoja in _en_blanco(tipo, libro) if clave(hoja) not in dichas]
    return [Hallazgo(hoja=hoja, problema="Está en blanco.", remedio="Llénela.") for hoja in faltan]


def _en_blanco(tipo: Tipo[Any], libro: Libro) -> list[str]:
    con_renglones = {clave(leida.hoja) for leida in hojas_leidas(tipo.modelo, libro) if leida.renglones}
    fichas = fichas_en_blanco(tipo.modelo, libro)
    sin_ficha = {clave(seccion.hoja) for seccion in secciones(tipo.modelo) if seccion.atributo in fichas}
    return [hoja for hoja in tipo.pide if clave(hoja) not in con_renglones or clave(hoja) in sin_ficha]


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


def documentos_del_libro(libro: Libro) -> list[str]:
    """Los documentos que salen de un libro, por su marca o, si la perdió, por las hojas que trae: ``["minuta"]``.

    Del de cuentas, los de las fichas que tiene escritas; con todas en blanco, todos. Levanta LibroConHallazgos si
    no es del programa.
    """
    todas = [entrada for entrada in CATALOGO.values() if not entrada.de_varios]
    marca = libro.esquema.partition("/")[0]
    mas_parecida = max(todas, key=lambda entrada: parecido_a(tipo_de(entrada.nombre).modelo, libro))
    suyas = [entrada.nombre for entrada in todas if entrada.libro == (marca or mas_parecida.libro)]
    if not suyas or not parecido_a(tipo_de(suyas[0]).modelo, libro):
        problema = "Este libro no es de los que el programa conoce: no trae ninguna de sus hojas."
        raise LibroConHallazgos([Hallazgo(problema=problema, remedio="Cree uno con: generar nuevo minuta.")])
    en_blanco = fichas_en_blanco(tipo_de(suyas[0]).modelo, libro)
    return [nombre for nombre in suyas if nombre not in en_blanco] or suyas


# --- componer


def componer(tipo: Tipo[Any], modelo: Any, plantilla: Path | None = None) -> bytes:
    """El .docx de un modelo ya verificado, en memoria."""
    contexto = tipo.contexto(modelo)
    with compositor(tipo, plantilla, contexto) as hacer:
        return hacer(contexto, tipo.propiedades(modelo))


class Compositor:
    """Con la plantilla abierta una vez, da el .docx de cada contexto con su ficha.

    La de una persona se abre en un proceso aparte: hay que cerrarlo al terminar.
    """

    def __init__(self, tipo: Tipo[Any], abierta: "Plantilla | Taller") -> None:
        self._abierta, self._tipo = abierta, tipo.nombre
        self._explicado: ErrorDePlantilla | None = None  # en un lote, lo mismo se dice de todos
        self._marcas = {
            "generar.version": __version__,
            "generar.documento": f"{tipo.nombre}/{tipo.esquema.partition('/')[2]}",
        }

    def __call__(self, contexto: Mapping[str, object], ficha: Ficha) -> bytes:
        """El .docx de ese contexto. Levanta ErrorDePlantilla si no sale."""
        try:
            return self._abierta.componer(contexto, propiedades_de(ficha), self._marcas)
        except ErrorDePlantilla as error:
            from generador.plantilla.aparte import Taller

            if not isinstance(self._abierta, Taller):
                raise
            from generador.flujo.plantillas import explicado

            self._explicado = self._explicado or explicado(self._tipo, self._abierta, error, contexto)
            raise self._explicado from error

    @property
    def avisos(self) -> tuple[Hallazgo, ...]:
        """Lo que conviene decir de la plantilla de una persona aunque sirva."""
        retratar = getattr(self._abierta, "retratar", None)
        if retratar is None or retratar().raices:
            return ()
        sin_etiquetas = (
            f"La plantilla «{self._abierta.nombre}» no escribe ningún dato: el documento sale siempre igual."
        )
        remedio = f"Los nombres que puede llevar: generar plantilla campos {self._tipo}."
        return (Hallazgo(problema=sin_etiquetas, remedio=remedio, gravedad=Gravedad.AVISO),)

    def cerrar(self) -> None:
        """Termina el proceso aparte, si lo hay; se puede pedir muchas veces."""
        cerrar = getattr(self._abierta, "cerrar", None)
        if cerrar is not None:
            cerrar()

    def __enter__(self) -> "Compositor":
        return self

    def __exit__(self, *_: object) -> None:
        self.cerrar()


def compositor(tipo: Tipo[Any], plantilla: Path | None, contexto: Mapping[str, object] | None = None) -> Compositor:
    """La plantilla del tipo, o la de una persona, lista para componer.

    ``contexto``: uno de los que va a recibir, para decir también, si no sirve, qué nombres no existen.

    Levanta ErrorDePlantilla si la plantilla no sirve.
    """
    from generador.plantilla import Plantilla

    ruta = plantilla or recurso("plantillas_docx", f"{tipo.nombre}.docx")
    datos = leer_plantilla(ruta)
    if plantilla is None or es_del_programa(datos):
        return Compositor(tipo, Plantilla.abrir(datos, ruta.name))
    from generador.plantilla.aparte import Taller

    taller = Taller(datos, ruta.name)
    try:
        taller.abrir()
    except ErrorDePlantilla as error:
        from generador.flujo.plantillas import explicado

        dicho = explicado(tipo.nombre, taller, error, contexto)
        taller.cerrar()
        raise dicho from error
    except BaseException:
        taller.cerrar()
        raise
    return Compositor(tipo, taller)


def es_del_programa(datos: bytes) -> bool:
    """Si es, byte por byte, una de las plantillas que trae el programa."""
    return any(datos == recurso("plantillas_docx", f"{nombre}.docx").read_bytes() for nombre in CATALOGO)


def propiedades_de(ficha: Ficha) -> "Propiedades":
    """Las propiedades del documento de esa ficha."""
    from generador.plantilla import Propiedades

    return Propiedades(titulo=ficha.titulo, asunto=ficha.asunto, autor=ficha.autor,
                       institucion=ficha.autor, creado=ficha.creado)  # fmt: skip


def leer_plantilla(ruta: Path) -> bytes:
    """Los bytes de la plantilla. Levanta ErrorDePlantilla si no existe, no es un archivo o pesa demasiado."""
    try:
        return leer_archivo(ruta)
    except PaqueteRoto as error:
        from generador.plantilla.paquete import no_se_lee

        raise ErrorDePlantilla(f"La plantilla «{ruta}» {no_se_lee(error)}") from error
    except OSError as error:
        raise ErrorDePlantilla(
            f"La plantilla «{ruta}» no existe o no se puede leer. Revise cómo se llama y en qué carpeta está."
        ) from error


def resultado(entrega: Entrega, libros: Iterable[Path], avisos: Iterable[Hallazgo]) -> Resultado:
    """Lo que se contesta de un documento escrito: qué se respetó y qué libros están abiertos en Excel."""
    notas = [entrega.nota] if entrega.nota else []
    notas += [
        f"«{libro.name}» está abierto en Excel: se usó lo último que guardó."
        for libro in libros
        if abierto_en_excel(libro)
    ]
    return Resultado(entrega.ruta, tuple(a for a in avisos if a.gravedad is Gravedad.AVISO), " ".join(notas))
