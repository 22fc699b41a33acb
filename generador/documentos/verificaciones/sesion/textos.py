"""Lo que la prosa deja ver: nombres entre llaves que no existen, conteos y restos de otro documento (V-29, V-32)."""

from collections.abc import Callable, Collection, Iterator
from functools import partial

from generador.celdas import clave, sin_formato
from generador.documentos.nombres_de_sesion import citables
from generador.documentos.redaccion import desconocidos, nombres_en
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import Punto, Resultado
from generador.documentos.verificaciones import de_cada, prosa
from generador.esquema import Registro, campos
from generador.hallazgos import Hallazgo

_BASES = ("quien", "votacion", "presidencia", "secretaria", "sesion", "organo", "quorum", "seguimiento", "punto")

Escrito = tuple[Registro, str, str, Punto | None, str | None]


def _escritos(reunion: Reunion) -> Iterator[Escrito]:
    """Todo texto en que la persona puede escribir nombres entre llaves: registro, campo, texto, punto, quién."""
    libro = reunion.libro
    if libro.sesion.cierre:
        yield libro.sesion, "cierre", libro.sesion.cierre, None, None
    for _, punto in reunion.puntos:
        if punto.frase:
            yield punto, "frase", punto.frase, punto, None
    for parrafo in libro.desarrollo:
        yield parrafo, "texto", parrafo.texto, reunion.punto(parrafo.punto), parrafo.quien
    for voto in libro.votos:
        if voto.razon:
            yield voto, "razon", voto.razon, reunion.punto(voto.punto), voto.quien
    for acuerdo in libro.acuerdos:
        yield acuerdo, "texto", acuerdo.texto, reunion.punto(acuerdo.punto), None


def nombres_desconocidos(reunion: Reunion) -> Iterator[Hallazgo]:
    """Un nombre entre llaves que no existe, con «¿quiso decir…?»."""
    estilo = reunion.libro.organo.estilo_de_miles
    for registro, campo, texto, punto, quien in _escritos(reunion):
        for nombre, cercano in desconocidos(sin_formato(texto), citables(reunion, punto, quien), estilo):
            suena_a_nombre = cercano or clave(nombre).split(".")[0] in _BASES
            yield registro.hallazgo(
                campo, f"El nombre {{{nombre}}} no existe.", _remedio(nombre, cercano), aviso=not suena_a_nombre
            )


def nombres_fuera_de_lugar(reunion: Reunion) -> Iterator[Hallazgo]:
    """Un nombre entre llaves en un dato donde no se sustituye se imprimiría tal cual."""
    libro = reunion.libro
    fichas: tuple[Registro, ...] = (libro.organo, libro.sesion)
    registros = (*fichas, *libro.asistencia, *libro.orden_del_dia, *libro.acuerdos, *libro.recesos, *libro.anexos)
    yield from de_cada(registros, partial(_fuera_de_lugar, citables(reunion)))


def _fuera_de_lugar(nombres: Collection[str], registro: Registro) -> Iterator[Hallazgo]:
    for campo in campos(type(registro)):
        valor = getattr(registro, campo.nombre)
        if campo.tipo is str and isinstance(valor, str) and campo.nombre != "formato_de_clave":
            for nombre in nombres_en(valor):
                if clave(nombre) in nombres or clave(nombre).split(".")[0] in _BASES:
                    yield registro.hallazgo(
                        campo.nombre, f"«{campo.rotulo}» trae {{{nombre}}}, que ahí no se sustituye.",
                        "Escriba el dato tal como debe leerse.",
                    )  # fmt: skip


def _remedio(nombre: str, cercano: str | None) -> str:
    base = clave(nombre).split(".")[0]
    if base == "quien":
        return "Escriba en la columna «Quién» de quién se trata."
    if base == "votacion":
        return "Ese punto no se vota: corrija su tipo o quite el nombre."
    if cercano:
        return f"¿Quiso decir {{{cercano}}}?"
    return "Se imprimirá con sus llaves; si era un nombre, use {quien}, {presidencia}, {votacion} o el de alguien."


def conteos_que_no_cuadran(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-29: «tres entidades: Durango, Hidalgo y Jalisco» nombra tres. Aviso: la prosa puede contar otra cosa."""
    yield from _en_la_prosa(reunion, prosa.conteos)


def montos(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-33: el monto en letra dice lo mismo que la cifra."""
    yield from _en_la_prosa(reunion, prosa.montos)


def residuos(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-32: restos de otro documento y descuidos de captura."""
    yield from de_cada(reunion.libro.orden_del_dia, lambda punto: prosa.residuos(punto, "titulo", punto.titulo))
    yield from _en_la_prosa(reunion, prosa.residuos)


def _en_la_prosa(reunion: Reunion, revisar: Callable[[Registro, str, str], Iterator[Hallazgo]]) -> Iterator[Hallazgo]:
    """Lo que se dice de cada texto que se imprime y se pudo leer."""

    def del_campo(campo: str, registro: Registro) -> Iterator[Hallazgo]:
        if texto := getattr(registro, campo):
            yield from revisar(registro, campo, texto)

    libro = reunion.libro
    tratados = de_cada(libro.orden_del_dia, lambda punto: [] if punto.desenlace is Resultado.RETIRADO else [punto])
    for campo, registros in (
        ("cierre", [libro.sesion]),
        ("frase", tratados),
        ("texto", libro.desarrollo),
        ("razon", libro.votos),
        ("texto", libro.acuerdos),
    ):
        yield from de_cada(registros, partial(del_campo, campo))
