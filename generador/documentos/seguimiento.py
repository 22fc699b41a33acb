"""El informe de seguimiento: cómo va cada acuerdo al corte, de un órgano o de una sola de sus áreas."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

from generador.castellano import concordar, fecha_larga, mayuscula_inicial, unir
from generador.celdas import sin_formato
from generador.documentos.bloques import bloques_de
from generador.documentos.comun import en_blanco, propias
from generador.documentos.expediente import Archivada, Expediente, Historia, Paso, Situacion
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
    sesion_y_fecha,
)
from generador.documentos.tipo import Ficha, Tipo
from generador.documentos.verificaciones.expediente import cruces
from generador.grafica import Clase, Grafica, Serie

_SE_JUNTAN = 2  # sesiones sin avance que aún se dicen una por una
_PLURALES = {
    Situacion.VENCIDO: "Vencidos",
    Situacion.EN_PROCESO: "En proceso",
    Situacion.PENDIENTE: "Pendientes",
    Situacion.CUMPLIDO: "Cumplidos",
    Situacion.CANCELADO: "Cancelados",
}


def contexto(expediente: Expediente) -> NombresDePlantilla:
    """Los nombres de ``plantillas_docx/seguimiento.docx``; todo es texto, número, lista, diccionario o gráfica."""
    return _Contexto(expediente).completo()


class _Contexto:
    """Se informa de los acuerdos abiertos y de los que se cerraron desde el corte anterior: ésos son los vigentes."""

    def __init__(self, expediente: Expediente) -> None:
        self.expediente, self.fecha = expediente, expediente.corte.fecha
        self.vigentes: tuple[Historia, ...] = (*expediente.abiertas, *expediente.recientes)
        self.situaciones = [s for s in Situacion if s is not Situacion.CANCELADO or self._cuantos(s)]
        # No todos los libros traen las mismas columnas de la persona: la que a uno le falta, en él va en blanco.
        libros = [sesion.libro for sesion in expediente.sesiones]
        self.en_blanco = en_blanco([r for libro in libros for r in (*libro.acuerdos, *libro.seguimiento)])

    def completo(self) -> NombresDePlantilla:
        abiertas = self.expediente.abiertas
        return {
            "organo": datos_del_organo(self.expediente),
            "informe": self._datos(),
            "resumen": {"datos": list(self._cifras_clave()), "frases": list(self._frases())},
            "grafica": self._grafica(),
            "por_area": self._por_area(),
            "vencidos": self._renglones(self._en(Situacion.VENCIDO)),
            "en_proceso": self._renglones(self._en(Situacion.EN_PROCESO)),
            "pendientes": self._renglones(self._en(Situacion.PENDIENTE)),
            "cerrados": self._renglones(self.expediente.recientes),
            "fichas": [self._ficha(historia) for historia in abiertas],
            "firmas": firmas(self.expediente),
        }

    def _en(self, situacion: Situacion) -> list[Historia]:
        return self.expediente.en(situacion, self.vigentes)

    def _cuantos(self, situacion: Situacion) -> int:
        return len(self._en(situacion))

    def _datos(self) -> NombresDePlantilla:
        cuantas = len(self.expediente.sesiones)
        return {
            "titulo": "Informe de seguimiento de acuerdos",
            "area": self.expediente.corte.area,
            "periodo": periodo_de(self.expediente),
            "corte": unir(fecha_larga(self.fecha)),
            "anterior": self._anterior,
            "sesiones": f"{cifra(cuantas)} {concordar(cuantas, 'sesión', 'sesiones')}",
        }

    @property
    def _anterior(self) -> str:
        """``"15 de noviembre de 2017"``; vacío si no hubo corte anterior."""
        anterior = self.expediente.anterior
        return "" if anterior == date.min else unir(fecha_larga(anterior))

    # --- resumen

    def _cifras_clave(self) -> Iterator[NombresDePlantilla]:
        yield cifra_clave(len(self.expediente.abiertas), "Acuerdo abierto", "Acuerdos abiertos")
        for situacion in self.situaciones:
            yield cifra_clave(self._cuantos(situacion), str(situacion), _PLURALES[situacion])

    def _frases(self) -> Iterator[str]:
        if not self.vigentes:
            yield "No hay acuerdos en seguimiento."
            return
        if self._anterior:
            yield self._movimiento()
        vencidas = self._en(Situacion.VENCIDO)
        if vencidas:
            peor = max(vencidas, key=lambda h: h.atraso(self.fecha))
            hay = _contar(
                len(vencidas), "", "Hay 1 acuerdo vencido:", "Hay {} acuerdos vencidos; el de mayor atraso es"
            )
            yield f"{hay} {peor.clave}, con {_dias(peor.atraso(self.fecha))} de atraso al corte."
        sin_fecha = [h for h in self.expediente.abiertas if not h.plazo]
        if sin_fecha and len(sin_fecha) == len(self.expediente.abiertas) > 1:
            abiertos = cifra(len(sin_fecha))
            yield f"Ninguno de los {abiertos} abiertos tiene fecha límite, y por eso no pueden contarse como vencidos."
        elif sin_fecha:
            yield _contar(
                len(sin_fecha),
                "",
                "Un acuerdo abierto no tiene fecha límite, y por eso no puede contarse como vencido.",
                "De los abiertos, {} no tienen fecha límite, y por eso no pueden contarse como vencidos.",
            )

    def _movimiento(self) -> str:
        """``"Al 15 de noviembre de 2017 había 10 acuerdos abiertos; desde entonces se sumaron 5 y se cerraron 3…"``."""
        anterior = self.expediente.anterior
        nuevos = sum(m.nuevos for m in self.expediente.movimientos if m.sesion.fecha > anterior)
        cerrados = sum(m.cerrados for m in self.expediente.movimientos if m.sesion.fecha > anterior)
        quedan = len(self.expediente.abiertas)
        habia = quedan - nuevos + cerrados
        abiertos = _contar(habia, "ningún acuerdo abierto", "1 acuerdo abierto", "{} acuerdos abiertos")
        sumados = _contar(nuevos, "no se sumó ninguno", "se sumó 1", "se sumaron {}")
        cierres = _contar(cerrados, "ninguno se cerró", "se cerró 1", "se cerraron {}")
        final = _contar(quedan, "no queda ninguno", "queda 1", "quedan {}")
        return f"Al {self._anterior} había {abiertos}; desde entonces {sumados} y {cierres}: al corte {final}."

    def _grafica(self) -> Grafica | None:
        """Cuántos hay en cada situación; None si no hay ninguno."""
        if not self.vigentes:
            return None
        conteos = tuple(self._cuantos(situacion) for situacion in self.situaciones)
        titulo = f"Acuerdos por estatus al {fecha_larga(self.fecha)}"
        categorias = tuple(_PLURALES[situacion] for situacion in self.situaciones)
        return Grafica(titulo, Clase.BARRAS, categorias, (Serie("Acuerdos", conteos),), alto_cm=7)

    def _por_area(self) -> NombresDePlantilla:
        """Un renglón por área y una columna por situación; los renglones y las columnas suman lo mismo."""
        areas: dict[str, list[Historia]] = {}
        canonica = {id(h): area for area, suyas in self.expediente.areas.items() for h in suyas}
        for historia in self.vigentes:
            areas.setdefault(canonica[id(historia)], []).append(historia)
        renglones = [{"celdas": [area, *self._conteos(suyas)], "total": False} for area, suyas in areas.items()]
        total = [{"celdas": ["Total", *self._conteos(self.vigentes)], "total": True}] if len(areas) > 1 else []
        encabezados = ["Área responsable", *(_PLURALES[s] for s in self.situaciones), "Total"]
        return {"encabezados": encabezados, "renglones": [*renglones, *total]}

    def _conteos(self, historias: Sequence[Historia]) -> list[str]:
        conteos = [len(self.expediente.en(situacion, historias)) for situacion in self.situaciones]
        return [cifra(n) if n else RAYA for n in (*conteos, len(historias))]

    # --- acuerdo por acuerdo

    def _renglones(self, historias: Iterable[Historia]) -> list[NombresDePlantilla]:
        return [self._renglon(historia) for historia in historias]

    def _renglon(self, historia: Historia) -> NombresDePlantilla:
        cerro = historia.cerro
        atraso = historia.atraso(self.fecha)
        return {
            **self.en_blanco,
            **propias(historia.acuerdo, *(paso.registro for paso in historia.pasos)),
            "clave": historia.clave,
            "texto": _en_un_parrafo(historia.texto),
            "responsable": historia.responsable,
            "plazo": en_corto(historia.plazo) or historia.plazo_libre,
            "atraso": _dias(atraso) if atraso else "",
            "estatus": str(historia.estatus),
            "avance": sin_formato(_en_un_parrafo(historia.avance)),
            "evidencia": historia.evidencia,
            "cerro": f"{mayuscula_inicial(cerro.nombre)}, {en_corto(cerro.fecha)}" if cerro else "",
        }

    def _ficha(self, historia: Historia) -> NombresDePlantilla:
        return {
            **self._renglon(historia),
            "parrafos": list(bloques_de(historia.texto)),
            "entregable": historia.entregable,
            "situacion": str(historia.situacion(self.fecha)),
            "pasos": list(self._pasos(historia)),
        }

    def _pasos(self, historia: Historia) -> Iterator[NombresDePlantilla]:
        """Su nacimiento y lo que se informó en cada sesión: ``{"sesion": …, "estatus": …, "avance": [bloques]}``."""
        plazo = historia.acuerdo.plazo if historia.acuerdo else None
        if historia.nacio:
            nace = f"Se acordó, con plazo al {unir(fecha_larga(plazo))}." if plazo else "Se acordó."
            yield {**self.en_blanco, **propias(historia.acuerdo), **_paso(historia.nacio, RAYA, nace)}
        callados: list[Paso] = []
        for paso in historia.pasos:
            avance = _lo_informado(paso, plazo)
            plazo = paso.registro.plazo or plazo
            evidencia = paso.registro.evidencia or ""
            if not (avance or evidencia) and (not callados or callados[-1].estatus is paso.estatus):
                callados.append(paso)
                continue
            yield from self._sin_avance(callados)
            callados = []
            if avance or evidencia:
                yield self._con_lo_suyo(paso, _paso(paso.sesion, str(paso.estatus), avance, evidencia))
            else:
                callados.append(paso)
        yield from self._sin_avance(callados)

    def _sin_avance(self, pasos: Sequence[Paso]) -> Iterator[NombresDePlantilla]:
        """Las sesiones seguidas en que nada se informó, en un renglón; si son una o dos, cada una en el suyo."""
        if len(pasos) <= _SE_JUNTAN:
            for paso in pasos:
                yield self._con_lo_suyo(paso, _paso(paso.sesion, str(paso.estatus), "Sin avance informado."))
            return
        primera, ultima = pasos[0], pasos[-1]
        dicho = f"Sin avance informado en {cifra(len(pasos))} sesiones, hasta la {sesion_y_fecha(ultima.sesion)}."
        yield self._con_lo_suyo(ultima, _paso(primera.sesion, str(ultima.estatus), dicho))

    def _con_lo_suyo(self, paso: Paso, dado: NombresDePlantilla) -> NombresDePlantilla:
        return {**self.en_blanco, **propias(paso.registro), **dado}


def _lo_informado(paso: Paso, plazo: date | None) -> str:
    """El avance de un paso y, si su plazo cambió, el nuevo; vacío si nada se informó."""
    avance = paso.registro.avance or ""
    if not (paso.registro.plazo and plazo and paso.registro.plazo != plazo):
        return avance
    cambio = f"El plazo cambió al {unir(fecha_larga(paso.registro.plazo))}."
    return f"{avance}\n{cambio}" if avance else cambio


def _paso(sesion: Archivada, estatus: str, avance: str, evidencia: str = "") -> NombresDePlantilla:
    cuando = mayuscula_inicial(sesion_y_fecha(sesion))
    return {"sesion": cuando, "estatus": estatus, "avance": list(bloques_de(avance)), "evidencia": evidencia}


def _contar(cuantos: int, ninguno: str, uno: str, varios: str) -> str:
    """``_contar(3, "ninguno", "uno", "{} acuerdos")`` → ``"3 acuerdos"``."""
    return ninguno if cuantos == 0 else uno if cuantos == 1 else varios.format(cifra(cuantos))


def _dias(cuantos: int) -> str:
    """``"45 días"``."""
    return unir(f"{cifra(cuantos)} {concordar(cuantos, 'día', 'días')}")


def _en_un_parrafo(texto: str) -> str:
    """Los párrafos de una celda, seguidos; de una lista, sus renglones separados con punto y coma."""
    dicho = ""
    for bloque in bloques_de(texto):
        renglon = str(bloque["texto"])
        if not dicho:
            dicho = renglon
        elif bloque["tipo"] == "vineta":
            dicho = f"{dicho.rstrip('.;')}; {renglon}"
        else:
            dicho = f"{dicho} {renglon}"
    return dicho


# --- El tipo


def nombre_de_archivo(expediente: Expediente) -> str:
    """``"Seguimiento CGPE 2018-06-30"``, con el área si es de una."""
    siglas = expediente.ultima.libro.organo.siglas
    partes = ("Seguimiento", siglas, f"{expediente.corte.fecha:%Y-%m-%d}", expediente.corte.area)
    return " ".join(filter(None, partes))


def propiedades(expediente: Expediente) -> Ficha:
    """Título, asunto y autor; la fecha de creación es la del corte (mismos datos, mismo archivo)."""
    organo = expediente.ultima.libro.organo
    return Ficha(
        titulo=f"Informe de seguimiento de acuerdos {datos_del_organo(expediente)['del_nombre']}",
        asunto=f"Corte al {fecha_larga(expediente.corte.fecha)}",
        autor=organo.institucion,
        creado=datetime.combine(expediente.corte.fecha, time(12)),
    )


TIPO: Tipo[Any] = replace(
    DEL_LIBRO_DE_SESION,
    nombre="seguimiento",
    cruces=cruces,
    contexto=contexto,
    archivo=nombre_de_archivo,
    propiedades=propiedades,
)
