"""El expediente: los libros de sesión de un órgano, y la historia que cuentan de cada acuerdo.

La historia no se guarda en ninguna parte: se deduce de los libros, que son el archivo. Un acuerdo nace en la
hoja «Acuerdos» de una sesión; su clave lo sigue por la hoja «Seguimiento» de las siguientes, hasta que se cierra.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from datetime import date
from enum import StrEnum
from functools import cached_property

from generador.celdas import clave, en_un_renglon
from generador.datos import dataclass
from generador.documentos.nombres_de_sesion import nombre_de_sesion, resolver
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import Acuerdo, Estatus, LibroDeSesion, Pendiente, responsable

SIN_AREA = "Sin área"


@dataclass(frozen=True)
class Corte:
    """Lo que se pide de un expediente: la fecha a la que se informa, la del informe anterior y una sola área.

    ``anterior`` None: la fecha de la penúltima sesión. ``area`` vacía: todas.
    """

    fecha: date
    anterior: date | None = None
    area: str = ""


@dataclass(frozen=True, eq=False)
class Archivada:
    """Una sesión del expediente: cómo se llama su libro y la reunión que cuenta."""

    archivo: str
    reunion: Reunion

    @property
    def libro(self) -> LibroDeSesion:
        """Su libro."""
        return self.reunion.libro

    @property
    def fecha(self) -> date:
        """El día en que empezó."""
        return self.libro.sesion.fecha

    @property
    def nombre(self) -> str:
        """``"segunda sesión ordinaria"``."""
        return nombre_de_sesion(self.reunion)

    @cached_property
    def nacidos(self) -> tuple[tuple[str, Acuerdo], ...]:
        """Los acuerdos que tomó y hay que vigilar, con su clave."""
        return tuple((k, a) for k, a in self.reunion.claves_de_acuerdos if self.reunion.en_seguimiento(a))


class Situacion(StrEnum):
    """Cómo está un acuerdo al corte. Cada uno está en una y sólo una."""

    VENCIDO = "Vencido"
    EN_PROCESO = "En proceso"
    PENDIENTE = "Pendiente"
    CUMPLIDO = "Cumplido"
    CANCELADO = "Cancelado"


@dataclass(frozen=True, eq=False)
class Paso:
    """Lo que se informó de un acuerdo en una sesión."""

    sesion: Archivada
    registro: Pendiente

    @property
    def estatus(self) -> Estatus:
        """Cómo quedó."""
        return self.registro.hoy


@dataclass(frozen=True, eq=False)
class Historia:
    """La vida de un acuerdo. ``nacio`` y ``acuerdo`` son None si nació antes del primer libro del expediente."""

    clave: str
    nacio: Archivada | None
    acuerdo: Acuerdo | None
    pasos: tuple[Paso, ...]

    @property
    def texto(self) -> str:
        """Qué se acordó, como se dijo la última vez."""
        if self.pasos:
            return self.pasos[-1].registro.texto
        assert self.nacio is not None
        assert self.acuerdo is not None
        reunion = self.nacio.reunion
        return resolver(reunion, self.acuerdo.texto, reunion.punto(self.acuerdo.punto))

    @cached_property
    def area(self) -> str:
        """El área responsable, la última que se dijo; «Sin área» si nadie la escribió."""
        return next((dicha for r in self._de_hoy_a_ayer if (dicha := en_un_renglon(r.area or ""))), SIN_AREA)

    @property
    def persona(self) -> str:
        """``"Lic. Amalia Robles"``; vacío si no se nombró a nadie."""
        dicha = next((r.persona for r in self._de_hoy_a_ayer if r.persona), "")
        conocida = self.nacio.reunion.persona(dicha) if self.nacio else None
        return conocida.con_titulo if conocida else dicha

    @property
    def responsable(self) -> str:
        """``"Dirección de Archivos · Lic. Amalia Robles"``; vacío si no tiene."""
        return responsable("" if self.area == SIN_AREA else self.area, self.persona)

    @property
    def plazo(self) -> date | None:
        """La fecha límite, la última que se dijo; None si no tiene."""
        return next((r.plazo for r in self._de_hoy_a_ayer if r.plazo), None)

    @property
    def plazo_libre(self) -> str:
        """``"permanente"``; vacío si el plazo es una fecha o no tiene."""
        return next((r.plazo_libre for r in self._de_hoy_a_ayer if r.plazo_libre), "")

    @property
    def entregable(self) -> str:
        """Con qué se cumple; vacío si no se dijo."""
        return (self.acuerdo.entregable if self.acuerdo else "") or ""

    @property
    def _de_hoy_a_ayer(self) -> Iterable[Pendiente | Acuerdo]:
        pasos = [paso.registro for paso in reversed(self.pasos)]
        return [*pasos, self.acuerdo] if self.acuerdo else pasos

    @property
    def estatus(self) -> Estatus:
        """Cómo está hoy; recién nacido, pendiente."""
        return self.pasos[-1].estatus if self.pasos else Estatus.PENDIENTE

    @property
    def abierto(self) -> bool:
        """Si todavía hay algo que hacer."""
        return self.estatus.abierto

    @cached_property
    def cerro(self) -> Archivada | None:
        """La sesión en que se cerró y no se volvió a abrir; None si sigue abierto."""
        cierre = None
        for paso in self.pasos:
            if paso.estatus.abierto:
                cierre = None
            elif cierre is None:
                cierre = paso.sesion
        return cierre

    @property
    def avance(self) -> str:
        """Lo último que se informó; vacío si nada."""
        return next((p.registro.avance for p in reversed(self.pasos) if p.registro.avance), "")

    @property
    def evidencia(self) -> str:
        """La última que se presentó; vacío si ninguna."""
        return next((p.registro.evidencia for p in reversed(self.pasos) if p.registro.evidencia), "")

    @property
    def primera(self) -> Archivada:
        """La primera sesión del expediente en que aparece."""
        return self.nacio or self.pasos[0].sesion

    def atraso(self, corte: date) -> int:
        """Los días que lleva vencido al corte o, si se cerró, los que tardó de más; 0 si va a tiempo o sin fecha."""
        hasta = self.cerro.fecha if self.cerro else corte
        return max(0, (hasta - self.plazo).days) if self.plazo else 0

    def situacion(self, corte: date) -> Situacion:
        """Su estatus; si está abierto y su plazo pasó, «Vencido»."""
        if self.abierto and self.atraso(corte):
            return Situacion.VENCIDO
        return Situacion(self.estatus)


@dataclass(frozen=True)
class Movimiento:
    """Cuántos acuerdos abiertos recibió una sesión, cuántos nuevos hubo, cuántos cerró y cuántos dejó.

    ``nuevos`` cuenta los que nacieron en ella y los que se incorporaron o se reabrieron:
    ``al_final == al_inicio + nuevos - cerrados``.
    """

    sesion: Archivada
    al_inicio: int
    nuevos: int
    cerrados: int
    al_final: int


@dataclass
class _Vida:
    """Una historia mientras se arma."""

    clave: str
    nacio: Archivada | None = None
    acuerdo: Acuerdo | None = None
    pasos: list[Paso] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Expediente:
    """Las sesiones de un órgano, en orden, y lo que de ellas se pide. Se distingue por identidad."""

    archivadas: tuple[Archivada, ...]
    corte: Corte

    @cached_property
    def sesiones(self) -> tuple[Archivada, ...]:
        """Las que ya habían ocurrido al corte, por fecha."""
        return tuple(a for a in self.archivadas if a.fecha <= self.corte.fecha)

    @property
    def posteriores(self) -> tuple[Archivada, ...]:
        """Las que son de después del corte: no cuentan."""
        return tuple(a for a in self.archivadas if a.fecha > self.corte.fecha)

    @property
    def ultima(self) -> Archivada:
        """La última sesión al corte. Levanta IndexError si no hay ninguna."""
        return self.sesiones[-1]

    @property
    def anterior(self) -> date:
        """El corte anterior: el que se pidió o la fecha de la penúltima sesión; sin ella, la víspera de la única."""
        if self.corte.anterior:
            return self.corte.anterior
        return self.sesiones[-2].fecha if len(self.sesiones) > 1 else date.min

    @cached_property
    def historias(self) -> tuple[Historia, ...]:
        """La de cada acuerdo, en el orden en que nacieron o aparecieron; de todas las áreas."""
        vidas: dict[str, _Vida] = {}
        for sesion in self.sesiones:
            for registro in sesion.libro.seguimiento:
                vidas.setdefault(clave(registro.clave), _Vida(registro.clave)).pasos.append(Paso(sesion, registro))
            for suya, acuerdo in sesion.nacidos:
                vidas.setdefault(clave(suya), _Vida(suya, sesion, acuerdo))
        return tuple(Historia(v.clave, v.nacio, v.acuerdo, tuple(v.pasos)) for v in vidas.values())

    @cached_property
    def areas(self) -> Mapping[str, tuple[Historia, ...]]:
        """Las historias de cada área; ``"Unidad de Informática"`` y ``"UNIDAD DE INFORMATICA"`` son la misma."""
        juntas: dict[str, list[Historia]] = {}
        for historia in self.historias:
            juntas.setdefault(clave(historia.area), []).append(historia)
        return {suyas[0].area: tuple(suyas) for suyas in juntas.values()}

    def areas_que_se_llaman(self, pedida: str) -> list[str]:
        """Las áreas de ese nombre o, si ninguna lo es, las que lo contienen: ``"informática"``."""
        iguales = [area for area in self.areas if clave(area) == clave(pedida)]
        return iguales or [area for area in self.areas if clave(pedida) in clave(area)]

    @cached_property
    def pedidas(self) -> tuple[Historia, ...]:
        """Las historias del área que se pidió; sin pedirla, todas."""
        if not self.corte.area:
            return self.historias
        elegidas = self.areas_que_se_llaman(self.corte.area)
        return tuple(historia for area in elegidas for historia in self.areas[area])

    def en(self, situacion: Situacion, historias: Iterable[Historia] | None = None) -> list[Historia]:
        """Las historias pedidas que están así al corte."""
        elegidas = self.pedidas if historias is None else historias
        return [historia for historia in elegidas if historia.situacion(self.corte.fecha) is situacion]

    @cached_property
    def abiertas(self) -> tuple[Historia, ...]:
        """Las que siguen en seguimiento: primero la más atrasada; sin atraso, la de plazo más próximo."""
        abiertas = [historia for historia in self.pedidas if historia.abierto]
        fecha = self.corte.fecha
        return tuple(sorted(abiertas, key=lambda h: (-h.atraso(fecha), h.plazo or date.max)))

    @cached_property
    def recientes(self) -> tuple[Historia, ...]:
        """Las que se cerraron después del corte anterior: se muestran una vez más y salen."""
        return tuple(h for h in self.pedidas if h.cerro is not None and h.cerro.fecha > self.anterior)

    @cached_property
    def movimientos(self) -> tuple[Movimiento, ...]:
        """Sesión por sesión, de las áreas pedidas: queda abierto lo que había, más lo nuevo, menos lo cerrado."""
        al_inicio, nuevos, cerrados = 0, Counter[int](), Counter[int]()
        for historia in self.pedidas:
            heredada = historia.nacio is None and historia.primera is self.sesiones[0]
            al_inicio += heredada
            for sesion, abre in _vaivenes(historia, abierta=heredada):
                (nuevos if abre else cerrados)[id(sesion)] += 1
        hechos = []
        for sesion in self.sesiones:
            abrio, cerro = nuevos[id(sesion)], cerrados[id(sesion)]
            hechos.append(Movimiento(sesion, al_inicio, abrio, cerro, al_inicio + abrio - cerro))
            al_inicio = hechos[-1].al_final
        return tuple(hechos)


def _vaivenes(historia: Historia, *, abierta: bool) -> Iterator[tuple[Archivada, bool]]:
    """Las sesiones en que se abrió (True) o se cerró (False): nacer, incorporarse y reabrirse es abrirse."""
    if historia.nacio is not None:
        yield historia.nacio, True
        abierta = True
    for paso in historia.pasos:
        if not abierta and (paso.estatus.abierto or paso is historia.pasos[0]):
            yield paso.sesion, True
            abierta = True
        if abierta and not paso.estatus.abierto:
            yield paso.sesion, False
            abierta = False


def reunir(libros: Iterable[tuple[str, LibroDeSesion]], corte: Corte) -> Expediente:
    """El expediente de unos libros con su nombre, en el orden en que ocurrieron las sesiones."""
    archivadas = [Archivada(archivo, Reunion(libro)) for archivo, libro in libros]
    archivadas.sort(key=lambda a: (a.fecha, a.libro.sesion.inicio, a.libro.sesion.tipo, a.libro.sesion.numero))
    return Expediente(tuple(archivadas), corte)
