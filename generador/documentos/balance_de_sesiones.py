"""El balance: lo que un órgano ha hecho en todos sus libros: sesiones, asistencia por área y acuerdos."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from generador.castellano import concordar, enumerar, fecha_larga, mayuscula_inicial, porcentaje, unir
from generador.celdas import clave, en_un_renglon
from generador.datos import dataclass
from generador.documentos.expediente import Archivada, Expediente, Historia, Situacion
from generador.documentos.pliego_de_sesiones import (
    DEL_LIBRO_DE_SESION,
    RAYA,
    NombresDePlantilla,
    cifra,
    cifra_clave,
    datos_del_organo,
    en_corto,
    firmas,
    periodo_de,
)
from generador.documentos.sesion import Asistencia, Asistente, Calidad, TipoDeSesion
from generador.documentos.tipo import Ficha, Tipo
from generador.documentos.verificaciones.expediente import cruces
from generador.grafica import Clase, Grafica, Serie

_ANTIGUEDADES = (("Hasta 3 meses", 91), ("De 3 a 6 meses", 182), ("De 6 meses a 1 año", 365), ("De 1 a 2 años", 730))
_MAS_ANTIGUOS = "Más de 2 años"
_MAX_BARRAS = 15  # áreas que se distinguen en una gráfica
_PLURAL_DE_TIPO = {
    TipoDeSesion.ORDINARIA: "Ordinarias",
    TipoDeSesion.EXTRAORDINARIA: "Extraordinarias",
    TipoDeSesion.ESPECIAL: "Especiales",
    TipoDeSesion.SOLEMNE: "Solemnes",
}
_REPRESENTA = re.compile(r"^representante (?:suplente )?del? (?:la |el |los |las )?(.+)$", re.IGNORECASE)
_Y_ADEMAS = re.compile(r",? y (?:president|secretari|vocal|integrante|representante)\w*\b.*$", re.IGNORECASE)


def contexto(expediente: Expediente) -> NombresDePlantilla:
    """Los nombres de ``plantillas_docx/balance.docx``; todo es texto, número, lista, diccionario o gráfica."""
    return _Contexto(expediente).completo()


def area_de(persona: Asistente) -> str:
    """El área que representa: la escrita o la de su cargo; si no la dice, el cargo entero.

    ``"Representante de la Unidad de Informática y Secretaria Técnica del Comité"`` → ``"Unidad de Informática"``.
    """
    if persona.area:
        return en_un_renglon(persona.area)
    cargo = en_un_renglon(persona.cargo).rstrip(".")
    hallada = _REPRESENTA.match(cargo)
    nombrada = hallada[1] if hallada else cargo
    return _Y_ADEMAS.sub("", nombrada) or nombrada


@dataclass
class _Presencia:
    """Cuántas veces fue convocada un área, y cómo acudió."""

    area: str
    convocada: int = 0
    titular: int = 0
    suplente: int = 0
    justifico: int = 0

    @property
    def acudio(self) -> int:
        return self.titular + self.suplente

    @property
    def falto(self) -> int:
        return self.convocada - self.acudio - self.justifico

    @property
    def proporcion(self) -> float:
        return self.acudio / self.convocada


class _Contexto:
    def __init__(self, expediente: Expediente) -> None:
        self.expediente, self.fecha = expediente, expediente.corte.fecha
        self.sesiones, self.historias = expediente.sesiones, expediente.pedidas
        self.anos = sorted({sesion.fecha.year for sesion in self.sesiones})
        self.tipos = [t for t in TipoDeSesion if any(s.libro.sesion.tipo is t for s in self.sesiones)]
        self.situaciones = [s for s in Situacion if expediente.en(s)]
        self.presencias = list(_presencias(self.sesiones))

    def completo(self) -> NombresDePlantilla:
        return {
            "organo": datos_del_organo(self.expediente),
            "informe": self._datos(),
            "resumen": {"datos": list(self._cifras_clave()), "frases": list(self._frases())},
            "sesiones": self._sesiones_por_ano(),
            "relacion": [self._sesion(movimiento) for movimiento in self.expediente.movimientos],
            "asistencia": self._asistencia(),
            "por_estatus": self._por_estatus(),
            "antiguedad": self._por_antiguedad(),
            "graficas": {
                "sesiones": self._grafica_de_sesiones(),
                "asistencia": self._grafica_de_asistencia(),
                "estatus": self._grafica_de_estatus(),
                "abiertos": self._grafica_de_abiertos(),
                "antiguedad": self._grafica_de_antiguedad(),
            },
            "firmas": firmas(self.expediente),
        }

    def _datos(self) -> NombresDePlantilla:
        cuantas = len(self.sesiones)
        return {
            "titulo": "Balance general de actividades",
            "area": self.expediente.corte.area,
            "periodo": periodo_de(self.expediente),
            "corte": unir(fecha_larga(self.fecha)),
            "sesiones": f"{cifra(cuantas)} {concordar(cuantas, 'sesión', 'sesiones')}",
        }

    # --- resumen

    def _cifras_clave(self) -> Iterator[NombresDePlantilla]:
        cumplidos, abiertos = self._cuantos(Situacion.CUMPLIDO), sum(h.abierto for h in self.historias)
        yield cifra_clave(len(self.sesiones), "Sesión", "Sesiones")
        yield cifra_clave(len(self.historias), "Acuerdo en seguimiento", "Acuerdos en seguimiento")
        yield cifra_clave(cumplidos, "Cumplido", "Cumplidos")
        yield cifra_clave(abiertos, "Abierto", "Abiertos")
        yield cifra_clave(self._cuantos(Situacion.VENCIDO), "Vencido", "Vencidos")
        if self.presencias:
            acudio, convocada = sum(p.acudio for p in self.presencias), sum(p.convocada for p in self.presencias)
            yield {"rotulo": "Asistencia", "valor": porcentaje(acudio / convocada)}

    def _frases(self) -> Iterator[str]:
        conteos = [(tipo, sum(s.libro.sesion.tipo is tipo for s in self.sesiones)) for tipo in self.tipos]
        dichos = [f"{cifra(n)} {concordar(n, str(tipo), _PLURAL_DE_TIPO[tipo]).lower()}" for tipo, n in conteos]
        total = len(self.sesiones)
        de_todas = f": {enumerar(dichos)}" if len(dichos) > 1 else f" {dichos[0].partition(' ')[2]}"
        yield f"{mayuscula_inicial(periodo_de(self.expediente))} hubo {_sesiones(total)}{de_todas}."
        if self.expediente.corte.area:
            yield "Las sesiones y la asistencia son de todo el órgano; los acuerdos, sólo los del área."
        if self.historias:
            cumplidos = self._cuantos(Situacion.CUMPLIDO)
            yield (
                f"De los {cifra(len(self.historias))} acuerdos a los que se dio seguimiento, "
                f"{_se_cumplieron(cumplidos)} ({porcentaje(cumplidos / len(self.historias))})."
            )
        tardaron = [(h.cerro.fecha - h.nacio.fecha).days for h in self.historias if h.cerro and h.nacio]
        if tardaron:
            dias = round(sum(tardaron) / len(tardaron))
            yield f"Entre el acuerdo y su cierre pasaron, en promedio, {cifra(dias)} {concordar(dias, 'día', 'días')}."

    def _cuantos(self, situacion: Situacion) -> int:
        return len(self.expediente.en(situacion))

    # --- sesiones

    def _sesiones_por_ano(self) -> NombresDePlantilla:
        renglones = [
            {
                "celdas": [str(ano), *self._conteos_de_tipo([s for s in self.sesiones if s.fecha.year == ano])],
                "total": False,
            }
            for ano in self.anos
        ]
        total = [{"celdas": ["Total", *self._conteos_de_tipo(self.sesiones)], "total": True}] if self.anos[1:] else []
        encabezados = ["Año", *(_PLURAL_DE_TIPO[tipo] for tipo in self.tipos), "Total"]
        return {"encabezados": encabezados, "renglones": [*renglones, *total]}

    def _conteos_de_tipo(self, sesiones: Sequence[Archivada]) -> list[str]:
        conteos = [sum(s.libro.sesion.tipo is tipo for s in sesiones) for tipo in self.tipos]
        return [_o_raya(n) for n in (*conteos, len(sesiones))]

    def _sesion(self, movimiento: Any) -> NombresDePlantilla:
        sesion = movimiento.sesion
        integrantes = list(_lugares(sesion))
        presentes = sum(acudio for _, acudio, _ in integrantes)
        return {
            "fecha": en_corto(sesion.fecha),
            "nombre": mayuscula_inicial(sesion.nombre),
            "asistencia": f"{presentes} de {len(integrantes)}",
            "al_inicio": _o_raya(movimiento.al_inicio),
            "nuevos": _o_raya(movimiento.nuevos),
            "cerrados": _o_raya(movimiento.cerrados),
            "al_final": _o_raya(movimiento.al_final),
        }

    def _grafica_de_sesiones(self) -> Grafica | None:
        if not self.anos[1:] and len(self.sesiones) < 3:
            return None
        series = tuple(
            Serie(
                _PLURAL_DE_TIPO[tipo],
                tuple(
                    sum(s.libro.sesion.tipo is tipo and s.fecha.year == ano for s in self.sesiones) for ano in self.anos
                ),
            )
            for tipo in self.tipos
        )
        return Grafica("Sesiones por año", Clase.BARRAS, tuple(map(str, self.anos)), series, alto_cm=7)

    # --- asistencia

    def _asistencia(self) -> NombresDePlantilla:
        renglones = [{"celdas": [p.area, *_de_presencia(p)], "total": False} for p in self.presencias]
        total = _Presencia("Total")
        for presencia in self.presencias:
            total.convocada += presencia.convocada
            total.titular += presencia.titular
            total.suplente += presencia.suplente
            total.justifico += presencia.justifico
        suma = [{"celdas": ["Total", *_de_presencia(total)], "total": True}] if len(renglones) > 1 else []
        encabezados = ["Área", "Citada", "Titular", "Suplente", "Justificó", "Faltó", "%"]
        return {"encabezados": encabezados, "renglones": [*renglones, *suma]}

    def _grafica_de_asistencia(self) -> Grafica | None:
        if not 1 < len(self.presencias) <= _MAX_BARRAS:
            return None
        areas = tuple(presencia.area for presencia in self.presencias)
        serie = Serie("Asistencia", tuple(presencia.proporcion for presencia in self.presencias))
        return Grafica("Asistencia por área", Clase.BARRAS, areas, (serie,), formato="0%", alto_cm=9)

    # --- acuerdos

    def _por_estatus(self) -> NombresDePlantilla:
        """Un renglón por área y una columna por situación; los renglones y las columnas suman lo mismo."""
        areas = {area: [h for h in suyas if h in set(self.historias)] for area, suyas in self.expediente.areas.items()}
        renglones = [{"celdas": [a, *self._conteos(suyas)], "total": False} for a, suyas in areas.items() if suyas]
        total = [{"celdas": ["Total", *self._conteos(self.historias)], "total": True}] if len(renglones) > 1 else []
        encabezados = ["Área responsable", *map(str, self.situaciones), "Total"]
        return {"encabezados": encabezados, "renglones": [*renglones, *total]}

    def _conteos(self, historias: Sequence[Historia]) -> list[str]:
        conteos = [len(self.expediente.en(situacion, historias)) for situacion in self.situaciones]
        return [_o_raya(n) for n in (*conteos, len(historias))]

    def _por_antiguedad(self) -> NombresDePlantilla:
        """Los abiertos, por el tiempo que llevan; de los que venían de antes, el que llevan en los libros."""
        conteos = self._antiguedades()
        renglones = [{"celdas": [rango, _o_raya(n)], "total": False} for rango, n in conteos]
        total = {"celdas": ["Total", _o_raya(sum(n for _, n in conteos))], "total": True}
        return {"encabezados": ["Antigüedad", "Acuerdos abiertos"], "renglones": [*renglones, total] if conteos else []}

    def _antiguedades(self) -> list[tuple[str, int]]:
        abiertas = [historia for historia in self.historias if historia.abierto]
        if not abiertas:
            return []
        rangos = [_rango((self.fecha - historia.primera.fecha).days) for historia in abiertas]
        return [(rango, rangos.count(rango)) for rango in (*(r for r, _ in _ANTIGUEDADES), _MAS_ANTIGUOS)]

    def _grafica_de_estatus(self) -> Grafica | None:
        if not self.historias:
            return None
        conteos = tuple(self._cuantos(situacion) for situacion in self.situaciones)
        return Grafica(
            "Acuerdos por estatus",
            Clase.BARRAS,
            tuple(map(str, self.situaciones)),
            (Serie("Acuerdos", conteos),),
            alto_cm=7,
        )

    def _grafica_de_abiertos(self) -> Grafica | None:
        """Cuántos quedaban abiertos al terminar cada sesión; con dos, una línea no dice nada."""
        if len(self.sesiones) < 3 or not self.historias:
            return None
        fechas = tuple(en_corto(m.sesion.fecha) for m in self.expediente.movimientos)
        serie = Serie("Abiertos", tuple(m.al_final for m in self.expediente.movimientos))
        return Grafica("Acuerdos abiertos al terminar cada sesión", Clase.LINEA, fechas, (serie,), alto_cm=7)

    def _grafica_de_antiguedad(self) -> Grafica | None:
        conteos = self._antiguedades()
        if not conteos:
            return None
        serie = Serie("Acuerdos abiertos", tuple(n for _, n in conteos))
        rangos = tuple(rango for rango, _ in conteos)
        return Grafica("Acuerdos abiertos por antigüedad", Clase.BARRAS, rangos, (serie,), alto_cm=7)


def _presencias(sesiones: Sequence[Archivada]) -> Iterator[_Presencia]:
    """Cómo acudió cada área a las sesiones, en el orden en que aparecen en las listas.

    «Secretario Ejecutivo» y «Secretaria Ejecutiva» son la misma, con el nombre que tuvo al final.
    """
    halladas: dict[str, _Presencia] = {}
    for sesion in sesiones:
        for titular, acudio, por_suplente in _lugares(sesion):
            area = area_de(titular)
            suya = halladas.setdefault(_sin_genero(area), _Presencia(area))
            suya.area = area
            suya.convocada += 1
            suya.suplente += por_suplente
            suya.titular += acudio and not por_suplente
            suya.justifico += not acudio and titular.asistencia is Asistencia.JUSTIFICO
    yield from halladas.values()


def _sin_genero(area: str) -> str:
    """``"Secretaria Ejecutiva"`` → ``"secretari ejecutiv"``: con qué se reconoce un área que se llama como su cargo."""
    return re.sub(r"[aoe]s?\b", "", clave(area))


def _lugares(sesion: Archivada) -> Iterator[tuple[Asistente, bool, bool]]:
    """Cada lugar del órgano: su titular, si alguien acudió y si fue un suplente. Asesores e invitados no lo son."""
    for persona in sesion.libro.asistencia:
        if persona.calidad in (Calidad.ASESORIA, Calidad.INVITACION) or persona.suplencia:
            continue
        por_suplente = not persona.presente and sesion.reunion.suplente_de(persona) is not None
        yield persona, persona.presente or por_suplente, por_suplente


def _de_presencia(presencia: _Presencia) -> list[str]:
    conteos = (presencia.convocada, presencia.titular, presencia.suplente, presencia.justifico, presencia.falto)
    return [*map(_o_raya, conteos), porcentaje(presencia.proporcion)]


def _rango(dias: int) -> str:
    return next((rango for rango, hasta in _ANTIGUEDADES if dias <= hasta), _MAS_ANTIGUOS)


def _o_raya(cuantos: int) -> str:
    return cifra(cuantos) if cuantos else RAYA


def _sesiones(cuantas: int) -> str:
    return f"{cifra(cuantas)} {concordar(cuantas, 'sesión', 'sesiones')}"


def _se_cumplieron(cuantos: int) -> str:
    return {0: "ninguno se ha cumplido", 1: "1 se cumplió"}.get(cuantos, f"{cifra(cuantos)} se cumplieron")


# --- El tipo


def nombre_de_archivo(expediente: Expediente) -> str:
    """``"Balance CGPE 2018-06-30"``."""
    siglas = expediente.ultima.libro.organo.siglas
    partes = ("Balance", siglas, f"{expediente.corte.fecha:%Y-%m-%d}", expediente.corte.area)
    return " ".join(filter(None, partes))


def propiedades(expediente: Expediente) -> Ficha:
    """Título, asunto y autor; la fecha de creación es la del corte (mismos datos, mismo archivo)."""
    return Ficha(
        titulo=f"Balance general de actividades {datos_del_organo(expediente)['del_nombre']}",
        asunto=mayuscula_inicial(periodo_de(expediente)),
        autor=expediente.ultima.libro.organo.institucion,
        creado=datetime.combine(expediente.corte.fecha, time(12)),
    )


TIPO: Tipo[Any] = replace(
    DEL_LIBRO_DE_SESION,
    nombre="balance",
    cruces=cruces,
    contexto=contexto,
    archivo=nombre_de_archivo,
    propiedades=propiedades,
)
