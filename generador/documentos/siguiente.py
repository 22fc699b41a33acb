"""El libro de la sesión siguiente: lo que no cambia de una sesión a otra, ya puesto; de lo que pasó, nada."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

from generador.castellano import Genero, con_preposicion, enumerar, fecha_larga, mayuscula_inicial, ordinal
from generador.celdas import clave, en_un_renglon, sin_formato
from generador.datos import dataclass
from generador.documentos.expediente import Archivada, Corte, Expediente
from generador.documentos.nombres_de_sesion import resolver
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import (
    Acuerdo,
    Asistencia,
    Asistente,
    Estatus,
    LibroDeSesion,
    Pendiente,
    Punto,
    Resultado,
    Sesion,
    TipoDePunto,
    TipoDeSesion,
)
from generador.documentos.verificaciones.sesion.puntos import sesiones_en
from generador.esquema import a_medias
from generador.hallazgos import Gravedad, Hallazgo

_SECRETARIA = "Secretaría Técnica"
_EJERCICIO = re.compile(r"\b20\d\d\b")
_PERIODO = re.compile(
    r"\b(?:20\d\d|(?:primer|segundo|tercer|cuarto|quinto|sexto) (?:bi|tri|cuatri|se)mestre|"
    r"enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Siguiente:
    """El libro preparado, con qué nombre se guarda y lo que conviene mirar en él."""

    libro: LibroDeSesion
    archivo: str
    avisos: tuple[Hallazgo, ...]


def siguiente(
    anterior: Archivada, tipo: TipoDeSesion, fecha: date | None, vecinas: Sequence[Archivada] = ()
) -> Siguiente:
    """El libro de la sesión que sigue a ``anterior``.

    ``fecha`` None: en blanco. ``vecinas`` son las demás sesiones que se conocen del órgano: si la anterior no es del
    mismo tipo, de ellas salen el número y los puntos permanentes; y las minutas que aún no se someten a aprobación.
    """
    previas = sorted((a for a in (*vecinas, anterior) if a.fecha <= anterior.fecha), key=lambda a: a.fecha)
    ano = fecha.year if fecha else anterior.fecha.year
    rescatados = list(_rescatados(previas))
    sesion = a_medias(Sesion, tipo=tipo, numero=_numero(previas, tipo, ano), fecha=fecha)
    libro = LibroDeSesion(
        organo=anterior.libro.organo,
        sesion=sesion,
        asistencia=tuple(_integrantes(anterior.reunion)),
        orden_del_dia=tuple(_puntos_permanentes(previas, tipo)),
        desarrollo=(),
        seguimiento=(*_abiertos(anterior), *(pendiente for _, pendiente in rescatados)),
    )
    avisos = (*_avisos(anterior, libro), *_de_los_rescatados(rescatados, libro, anterior))
    return Siguiente(libro, _archivo(libro, ano), avisos)


def hacen_falta_vecinas(anterior: Archivada, tipo: TipoDeSesion) -> bool:
    """Si del solo libro anterior no salen el número, las minutas por aprobar o todos los acuerdos abiertos."""
    libro = anterior.libro
    return (
        libro.sesion.tipo is not tipo
        or not any(p.aprueba_minuta for p in libro.orden_del_dia)
        or not libro.seguimiento
        or libro.sesion.tipo is not TipoDeSesion.ORDINARIA
    )


# --- la sesión


def _numero(previas: Sequence[Archivada], tipo: TipoDeSesion, ano: int) -> int:
    """El que sigue al mayor de ese tipo en el año: el de los libros o el que se nombra en sus órdenes del día."""
    numeros = [0]
    for archivada in previas:
        suya = archivada.libro.sesion
        if suya.fecha.year == ano:
            numeros += [suya.numero] if suya.tipo is tipo else []
            titulos = [p.titulo for p in archivada.libro.orden_del_dia if p.aprueba_minuta]
            numeros += [n for titulo in titulos for n in _nombradas(titulo, tipo, ano)]
    return max(numeros) + 1


def _nombradas(titulo: str, tipo: TipoDeSesion, ano: int) -> Iterator[int]:
    """Los números de las sesiones de ese tipo y año: ``"…la Segunda Sesión Ordinaria, del 20/06/2018"`` → 2."""
    for numero, nombrado, lugar in sesiones_en(titulo):
        suyo = _EJERCICIO.search(titulo, lugar)  # el primero que sigue a su nombre
        if nombrado is tipo and suyo and int(suyo[0]) == ano:
            yield numero


def _archivo(libro: LibroDeSesion, ano: int) -> str:
    """``"CGPE 2018-02-14 Primera Sesión Ordinaria"``; sin fecha, el año."""
    fecha = f"{libro.sesion.fecha:%Y-%m-%d}" if libro.sesion.fecha else str(ano)
    return " ".join(filter(None, (libro.organo.siglas, fecha, nombre_propio(libro.sesion))))


def nombre_propio(sesion: Sesion) -> str:
    """``"Segunda Sesión Ordinaria"``; si su número no tiene ordinal en letra, ``"Sesión Ordinaria 100"``."""
    if sesion.numero > 99:
        return f"Sesión {sesion.tipo} {sesion.numero}"
    palabras = f"{ordinal(sesion.numero, Genero.FEMENINO)} sesión {sesion.tipo.lower()}".split()
    return " ".join(map(mayuscula_inicial, palabras))


# --- las personas


def _integrantes(reunion: Reunion) -> Iterator[Asistente]:
    """La lista completa: por omisión, todos asisten; quienes sólo suplieron, no vuelven."""
    for persona in reunion.libro.asistencia:
        if persona.suplencia is None:
            yield replace(persona, asistencia=Asistencia.SI, oficio=None, desde=None, hasta=None, nota=None)


# --- los puntos


def _puntos_permanentes(previas: Sequence[Archivada], tipo: TipoDeSesion) -> Iterator[Punto]:
    anterior = previas[-1].libro
    modelo = next((a.libro for a in reversed(previas) if a.libro.sesion.tipo is tipo), anterior)
    admite_todo = tipo is TipoDeSesion.ORDINARIA or anterior.organo.generales_en_extraordinaria
    titulos: list[tuple[str, str | None, TipoDePunto]] = [
        (*_como_antes(modelo, TipoDePunto.ORDEN_DEL_DIA, _ORDEN), TipoDePunto.ORDEN_DEL_DIA),
        (_titulo_de_las_minutas(_por_aprobar(previas)), _SECRETARIA, TipoDePunto.APROBACION),
    ]
    if admite_todo:
        del_organo = f"{_SEGUIMIENTO} {con_preposicion('de', anterior.organo.el_corto)}"
        titulos.append((*_como_antes(modelo, TipoDePunto.SEGUIMIENTO, del_organo), TipoDePunto.SEGUIMIENTO))
    informes = [p for p in modelo.orden_del_dia if p.tipo is TipoDePunto.INFORME]
    ya_estan = {informe.titulo for informe in informes}
    pospuestos = [
        punto
        for punto in anterior.orden_del_dia
        if punto.desenlace is Resultado.POSPUESTO and punto.tipo not in _SIEMPRE and punto.titulo not in ya_estan
    ]
    titulos += [(p.titulo, p.presenta, p.tipo) for p in (*informes, *pospuestos)]
    if admite_todo:
        titulos.append((*_como_antes(modelo, TipoDePunto.GENERALES, "Asuntos generales."), TipoDePunto.GENERALES))
    for numero, (titulo, presenta, suyo) in enumerate(titulos, 1):
        yield a_medias(Punto, clave=str(numero), titulo=titulo, presenta=presenta, tipo=suyo)


_SIEMPRE = (TipoDePunto.ORDEN_DEL_DIA, TipoDePunto.SEGUIMIENTO, TipoDePunto.GENERALES)
_ORDEN = "Presentación y, en su caso, aprobación del Orden del Día"
_SEGUIMIENTO = "Presentación del informe sobre el Seguimiento de Acuerdos"


def _como_antes(modelo: LibroDeSesion, tipo: TipoDePunto, si_no: str) -> tuple[str, str | None]:
    """El título y el área del punto permanente, tal como el órgano lo escribe."""
    suyo = next((p for p in modelo.orden_del_dia if p.tipo is tipo and not _PERIODO.search(p.titulo)), None)
    if suyo is None:
        return si_no, None if tipo is TipoDePunto.GENERALES else _SECRETARIA
    return suyo.titulo, suyo.presenta


def _por_aprobar(previas: Sequence[Archivada]) -> list[Archivada]:
    """La sesión anterior y, hacia atrás, las que ninguna otra sometió a aprobación."""
    hacia_atras = list(reversed(previas))
    sin_aprobar = takewhile(lambda a: not any(p.aprueba_minuta for p in a.libro.orden_del_dia), hacia_atras)
    return list(reversed(hacia_atras[: len(list(sin_aprobar)) + 1]))


def _titulo_de_las_minutas(sesiones: Sequence[Archivada]) -> str:
    nombres = [
        f"la {nombre_propio(a.libro.sesion)}, celebrada el {fecha_larga(a.fecha)}"
        if len(sesiones) == 1
        else f"la {nombre_propio(a.libro.sesion)} del {fecha_larga(a.fecha)}"
        for a in sesiones
    ]
    minutas = "la minuta" if len(sesiones) == 1 else "las minutas"
    return f"Presentación y, en su caso, aprobación de {minutas} de {enumerar(nombres).replace(' y la ', ' y de la ')}"


# --- los acuerdos


def _abiertos(anterior: Archivada) -> Iterator[Pendiente]:
    """Lo que la sesión anterior dejó abierto, con su estatus; lo que en ella nació, pendiente."""
    for pendiente in anterior.libro.seguimiento:
        if pendiente.hoy.abierto:
            yield replace(pendiente, anterior=pendiente.hoy, estatus=None, avance=None, evidencia=None)
    for suya, acuerdo in anterior.nacidos:
        yield _recien_nacido(anterior.reunion, suya, acuerdo)


def _rescatados(previas: Sequence[Archivada]) -> Iterator[tuple[Archivada, Pendiente]]:
    """Lo que quedó abierto en otra sesión y la última no trajo en su «Seguimiento», como una extraordinaria."""
    ultima = previas[-1]
    aqui = {clave(p.clave) for p in ultima.libro.seguimiento} | {clave(suya) for suya, _ in ultima.nacidos}
    for historia in Expediente(tuple(previas), Corte(ultima.fecha)).historias:
        if historia.abierto and clave(historia.clave) not in aqui:
            if historia.pasos:
                paso = historia.pasos[-1]
                sigue = replace(paso.registro, anterior=paso.estatus, estatus=None, avance=None, evidencia=None)
                yield paso.sesion, sigue
            elif historia.nacio is not None and historia.acuerdo is not None:
                yield historia.nacio, _recien_nacido(historia.nacio.reunion, historia.clave, historia.acuerdo)


def _recien_nacido(reunion: Reunion, suya: str, acuerdo: Acuerdo) -> Pendiente:
    persona = reunion.persona(acuerdo.persona)
    return a_medias(
        Pendiente,
        clave=suya,
        texto=resolver(reunion, acuerdo.texto, reunion.punto(acuerdo.punto)),
        area=acuerdo.area,
        persona=en_un_renglon(persona.con_titulo) if persona else acuerdo.persona,
        plazo=acuerdo.plazo,
        plazo_libre=acuerdo.plazo_libre,
        anterior=Estatus.PENDIENTE,
    )


# --- lo que conviene mirar


def _de_los_rescatados(
    rescatados: Sequence[tuple[Archivada, Pendiente]], libro: LibroDeSesion, anterior: Archivada
) -> Iterator[Hallazgo]:
    """De cada acuerdo que no venía en el libro anterior, de dónde se trajo."""
    primera = len(libro.seguimiento) - len(rescatados) + 2
    for fila, (origen, pendiente) in enumerate(rescatados, primera):
        yield Hallazgo(
            hoja="Seguimiento",
            celda=f"A{fila}",
            campo="Clave",
            valor=pendiente.clave,
            problema=f"«{pendiente.clave}» quedó abierto en «{origen.archivo}» y no estaba en «{anterior.archivo}».",
            remedio="Se agregó; si ya no procede, quítelo.",
            gravedad=Gravedad.AVISO,
        )


def _avisos(anterior: Archivada, libro: LibroDeSesion) -> Iterator[Hallazgo]:
    for fila, punto in enumerate(libro.orden_del_dia, 2):
        periodo = _PERIODO.search(sin_formato(punto.titulo))
        if punto.tipo is TipoDePunto.INFORME and periodo:
            yield Hallazgo(
                hoja="Orden del día",
                celda=f"B{fila}",
                campo="Título",
                valor=punto.titulo,
                problema=f"El informe viene de la sesión anterior y dice «{periodo[0]}».",
                remedio="Actualice su título.",
                gravedad=Gravedad.AVISO,
            )
    suplentes = [p.con_titulo for p in anterior.libro.asistencia if p.suplencia]
    if suplentes:
        yield Hallazgo(
            hoja="Asistencia",
            problema=f"{enumerar(suplentes)} sólo {'suplió' if len(suplentes) == 1 else 'suplieron'} la vez pasada.",
            remedio="Si vuelve a asistir un suplente, agréguelo con su oficio.",
            gravedad=Gravedad.AVISO,
        )
