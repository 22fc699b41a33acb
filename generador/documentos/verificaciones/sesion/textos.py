"""Lo que la prosa deja ver: nombres entre llaves que no existen, conteos y restos de otro documento (V-29, V-32)."""

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from generador.celdas import clave, parecido
from generador.documentos.nombres_de_sesion import citables, quiza_citables
from generador.documentos.redaccion import es_desconocido, nombres_en
from generador.documentos.reunion import Reunion, tratado
from generador.documentos.verificaciones import de_cada, prosa
from generador.esquema import Registro, campos, legibles
from generador.hallazgos import Hallazgo

_BASES = ("quien", "votacion", "presidencia", "secretaria", "sesion", "organo", "quorum", "seguimiento", "punto")


def nombres_desconocidos(reunion: Reunion) -> Iterator[Hallazgo]:
    """Un nombre entre llaves que no existe, con «¿quiso decir…?».

    Si no se leyó un nombre corto, sólo se dice el que no puede ser el de esa persona.
    """
    personas = reunion.libro.asistencia
    con_todas = len(legibles(personas, "corto")) == len(personas)

    def en_el_texto(registro: Registro, campo: str, texto: str) -> Iterator[Hallazgo]:
        if "{" not in texto:
            return
        nombres = quiza_citables(reunion, registro)
        for nombre in nombres_en(texto):
            es_del_programa = clave(nombre).split(".")[0] in _BASES
            if es_desconocido(nombre, nombres) and (con_todas or es_del_programa):
                cercano = parecido(nombre, nombres)
                yield registro.hallazgo(
                    campo, f"El nombre {{{nombre}}} no existe.", _remedio(nombre, cercano),
                    aviso=not (cercano or es_del_programa),
                )  # fmt: skip

    yield from _en_la_prosa(reunion, en_el_texto)


def nombres_fuera_de_lugar(reunion: Reunion) -> Iterator[Hallazgo]:
    """Un nombre entre llaves en un dato donde no se sustituye se imprimiría tal cual."""
    libro, nombres = reunion.libro, citables(reunion)
    hojas: tuple[Callable[[], Iterable[Registro]], ...] = (
        lambda: (libro.organo, libro.sesion), lambda: libro.asistencia, lambda: libro.orden_del_dia,
        lambda: libro.acuerdos, lambda: libro.recesos, lambda: libro.anexos,
    )  # fmt: skip
    yield from de_cada(hojas, lambda hoja: de_cada(hoja(), partial(_fuera_de_lugar, nombres)))


def _fuera_de_lugar(nombres: Collection[str], registro: Registro) -> Iterator[Hallazgo]:
    for campo in campos(type(registro)):
        valor = vars(registro).get(campo.nombre)  # ni el que no se pudo leer ni los de las demás columnas estorban
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
    lugares: tuple[tuple[str, Callable[[], Iterable[Registro]]], ...] = (
        ("cierre", lambda: [libro.sesion]),
        ("frase", lambda: de_cada(libro.orden_del_dia, lambda punto: [punto] if tratado(punto) else [])),
        ("texto", lambda: libro.desarrollo),
        ("razon", lambda: libro.votos),
        ("texto", lambda: libro.acuerdos),
    )
    yield from de_cada(lugares, lambda lugar: de_cada(lugar[1](), partial(del_campo, lugar[0])))
