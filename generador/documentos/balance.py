"""Los hechos que se deducen del libro de cuentas: cuánto creció cada una, cuáles siguen y cuáles publican.

Nada de esto se captura: se calcula de las mediciones y los movimientos, igual para las verificaciones y para el
documento, de modo que nunca se contradigan.
"""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from generador.celdas import clave
from generador.datos import dataclass
from generador.documentos.cuentas import Cuenta, LibroDeCuentas, Medicion, Movimiento, TipoDeMovimiento
from generador.esquema import DatoIlegible, legibles

Cifra = int | float


@dataclass(frozen=True)
class Evolucion:
    """De dónde a dónde fue una cifra en el periodo; None: no hay medición de la que salga."""

    inicial: Cifra | None = None
    final: Cifra | None = None
    fecha: date | None = None  # de la cifra final

    @property
    def aumento(self) -> Cifra | None:
        """``final − inicial``: 42,452; None si falta alguna."""
        if self.inicial is None or self.final is None:
            return None
        resta = self.final - self.inicial
        return resta if isinstance(resta, int) else round(resta, 6)

    @property
    def porcentaje(self) -> float | None:
        """El aumento como parte de la cifra inicial: 0.1243; None si no hay con qué comparar."""
        return self.aumento / self.inicial if self.aumento is not None and self.inicial else None


@dataclass(frozen=True)
class Suma:
    """Lo que suman varias cuentas. El aumento suma sólo las que tienen cifra inicial y final."""

    cuentas: int
    con_dato: int
    comparables: int
    inicial: Cifra
    final: Cifra
    aumento: Cifra
    base: Cifra  # la cifra inicial de las comparables

    @property
    def porcentaje(self) -> float | None:
        """El aumento como parte de lo que tenían al inicio las comparables."""
        return self.aumento / self.base if self.base else None


class Balance:
    """Un libro de cuentas y todo lo que de él se deduce."""

    def __init__(self, libro: LibroDeCuentas) -> None:
        self.libro = libro
        self._ordenadas: dict[tuple[str, str], list[Medicion]] = {}

    # --- periodo

    @cached_property
    def desde(self) -> date | None:
        """El primer día del periodo: el escrito o el de la primera medición; None si no hay ninguno."""
        return self.libro.institucion.desde or min((m.fecha for m in self.libro.mediciones), default=None)

    @cached_property
    def hasta(self) -> date | None:
        """El corte: el último día escrito o el de la última medición."""
        return self.libro.institucion.hasta or max((m.fecha for m in self.libro.mediciones), default=None)

    def en_periodo(self, fecha: date) -> bool:
        """Si la fecha cae en el periodo; sin periodo, cualquiera."""
        return (self.desde is None or self.desde <= fecha) and (self.hasta is None or fecha <= self.hasta)

    # --- cuentas

    @cached_property
    def _por_clave(self) -> dict[str, Cuenta]:
        return {clave(cuenta.cuenta): cuenta for cuenta in reversed(legibles(self.libro.cuentas, "cuenta"))}

    def cuenta(self, escrita: str) -> Cuenta | None:
        """La cuenta de ese nombre corto; None si no está en la hoja «Cuentas»."""
        suya = self._por_clave.get(clave(escrita))
        if suya is None and len(legibles(self.libro.cuentas, "cuenta")) < len(self.libro.cuentas):
            raise DatoIlegible
        return suya

    @cached_property
    def _movimientos_de(self) -> dict[str, list[Movimiento]]:
        suyos: dict[str, list[Movimiento]] = {}
        for movimiento in self.libro.movimientos:
            suyos.setdefault(clave(movimiento.cuenta), []).append(movimiento)
        return suyos

    def baja(self, cuenta: Cuenta) -> Movimiento | None:
        """El movimiento con que se dio de baja, si es el último hasta el corte; None si sigue."""
        suyos = self._movimientos_de.get(clave(cuenta.cuenta), [])
        ocurridos = [m for m in suyos if self.hasta is None or m.fecha <= self.hasta]
        ultimo = sorted(ocurridos, key=lambda m: m.fecha)[-1] if ocurridos else None
        return ultimo if ultimo is not None and ultimo.tipo is TipoDeMovimiento.BAJA else None

    @cached_property
    def _nuevas(self) -> frozenset[str]:
        return frozenset(clave(m.cuenta) for m in self.movimientos(TipoDeMovimiento.ALTA))

    def es_nueva(self, cuenta: Cuenta) -> bool:
        """Si se dio de alta dentro del periodo."""
        return clave(cuenta.cuenta) in self._nuevas

    def movimiento(self, cuenta: Cuenta, tipo: TipoDeMovimiento) -> Movimiento | None:
        """El último movimiento de ese tipo; None si no lo hubo."""
        suyos = [m for m in self._movimientos_de.get(clave(cuenta.cuenta), []) if m.tipo is tipo]
        return max(suyos, key=lambda m: m.fecha, default=None)

    @cached_property
    def vigentes(self) -> tuple[Cuenta, ...]:
        """Las que no se han dado de baja al corte, en su orden."""
        return tuple(cuenta for cuenta in self.libro.cuentas if self.baja(cuenta) is None)

    @cached_property
    def dadas_de_baja(self) -> tuple[Cuenta, ...]:
        """Las que se dieron de baja dentro del periodo y no volvieron."""
        bajas = ((cuenta, self.baja(cuenta)) for cuenta in self.libro.cuentas)
        return tuple(cuenta for cuenta, baja in bajas if baja is not None and self.en_periodo(baja.fecha))

    def movimientos(self, tipo: TipoDeMovimiento) -> list[Movimiento]:
        """Los de ese tipo dentro del periodo, por fecha."""
        suyos = (m for m in self.libro.movimientos if m.tipo is tipo and self.en_periodo(m.fecha))
        return sorted(suyos, key=lambda m: m.fecha)

    # --- actividad

    def meses_sin_publicar(self, cuenta: Cuenta) -> int | None:
        """Los meses completos desde su última publicación hasta el corte; None si no se sabe."""
        if cuenta.ultima is None or self.hasta is None:
            return None
        meses = (self.hasta.year - cuenta.ultima.year) * 12 + self.hasta.month - cuenta.ultima.month
        return max(meses - (self.hasta.day < cuenta.ultima.day), 0)

    def inactiva(self, cuenta: Cuenta) -> bool | None:
        """Si pasó del tiempo sin publicar que fija la hoja «Institución»; None si no se sabe."""
        if cuenta.ultima is None or self.hasta is None:
            return None
        limite = _meses_antes(self.hasta, self.libro.institucion.inactividad)
        return cuenta.ultima < limite

    # --- cifras

    def metrica_de(self, escrita: str | None) -> str:
        """La clave de una métrica; en blanco, la principal."""
        return clave(escrita or self.libro.institucion.metrica)

    @cached_property
    def _series(self) -> dict[tuple[str, str], list[Medicion]]:
        series: dict[tuple[str, str], list[Medicion]] = {}
        for medicion in self.libro.mediciones:
            series.setdefault((clave(medicion.cuenta), self.metrica_de(medicion.metrica)), []).append(medicion)
        return series

    def serie(self, cuenta: Cuenta, metrica: str | None = None) -> list[Medicion]:
        """Sus mediciones, por fecha, también las de fuera del periodo."""
        return self._en_orden((clave(cuenta.cuenta), self.metrica_de(metrica)))

    def _en_orden(self, cual: tuple[str, str]) -> list[Medicion]:
        """Una serie por fecha: se ordena al pedirla, para que una fecha ilegible en otra no estorbe."""
        if cual not in self._ordenadas:
            self._ordenadas[cual] = sorted(self._series.get(cual, []), key=lambda m: m.fecha)
        return self._ordenadas[cual]

    @cached_property
    def metricas(self) -> dict[str, str]:
        """Las métricas que hay, como se escribieron, por su clave; la principal, primero."""
        principal = self.libro.institucion.metrica
        mediciones = legibles(self.libro.mediciones, "metrica")
        escritas = {self.metrica_de(m.metrica): m.metrica or principal for m in reversed(mediciones)}
        return {clave(principal): principal} | dict(reversed(escritas.items()))

    def evolucion(self, cuenta: Cuenta, metrica: str | None = None) -> Evolucion:
        """Sus cifras en el periodo.

        La final es la última hasta el corte. La inicial, la última hasta el primer día del periodo o, si no la
        hay, la primera de dentro: con una sola medición, o si la cuenta es nueva, no hay aumento que decir.
        """
        serie = self.serie(cuenta, metrica)
        hasta_el_corte = [m for m in serie if self.hasta is None or m.fecha <= self.hasta]
        if not hasta_el_corte:
            return Evolucion()
        final = hasta_el_corte[-1]
        previas = [m for m in hasta_el_corte if self.desde is not None and m.fecha <= self.desde]
        inicial = previas[-1] if previas else hasta_el_corte[0]
        unica = inicial is final and (self.desde is None or final.fecha > self.desde)
        if unica or (not previas and self.es_nueva(cuenta)):
            return Evolucion(None, final.valor, final.fecha)
        return Evolucion(inicial.valor, final.valor, final.fecha)

    def suma(self, cuentas: Iterable[Cuenta], metrica: str | None = None) -> Suma:
        """Lo que suman esas cuentas."""
        suyas = [self.evolucion(cuenta, metrica) for cuenta in cuentas]
        comparables = [e for e in suyas if e.aumento is not None]
        return Suma(
            cuentas=len(suyas),
            con_dato=sum(e.final is not None for e in suyas),
            comparables=len(comparables),
            inicial=_total(e.inicial for e in suyas),
            final=_total(e.final for e in suyas),
            aumento=_total(e.aumento for e in comparables),
            base=_total(e.inicial for e in comparables),
        )

    # --- agrupar

    def grupos(self, cuentas: Iterable[Cuenta]) -> list[tuple[Cuenta, ...]]:
        """Las cuentas juntas por su grupo, en el orden de la primera de cada uno; sin grupo, cada una por su lado."""
        grupos: dict[str, list[Cuenta]] = {}
        for cuenta in cuentas:
            llave = f"g {clave(cuenta.grupo)}" if cuenta.grupo else f"c {clave(cuenta.cuenta)}"
            grupos.setdefault(llave, []).append(cuenta)
        return [tuple(grupo) for grupo in grupos.values()]

    def por_plataforma(self, cuentas: Iterable[Cuenta]) -> dict[str, list[Cuenta]]:
        """Las cuentas por plataforma, como se escribió la primera vez; de la que más tiene a la que menos."""
        juntas: dict[str, list[Cuenta]] = {}
        for cuenta in cuentas:
            juntas.setdefault(clave(cuenta.plataforma), []).append(cuenta)
        ordenadas = sorted(juntas.items(), key=lambda par: (-len(par[1]), par[0]))
        return {suyas[0].plataforma: suyas for _, suyas in ordenadas}

    def cortes(self, desde: date | None = None, hasta: date | None = None) -> list[date]:
        """El último día con mediciones de cada mes, entre esas fechas (o las del periodo y su punto de partida)."""
        return _ultimos_de_mes(self._fechas(self.libro.mediciones, desde, hasta))

    def _fechas(self, mediciones: Iterable[Medicion], desde: date | None, hasta: date | None) -> list[date]:
        """Las fechas de esas mediciones en el lapso; sin ``desde``, también la última anterior: de ahí se parte."""
        fin, inicio = hasta or self.hasta, desde or self.desde
        fechas = sorted({m.fecha for m in mediciones if fin is None or m.fecha <= fin})
        dentro = [f for f in fechas if inicio is None or f >= inicio]
        antes = [f for f in fechas if inicio is not None and f < inicio]
        parte = desde is None and antes and (not dentro or dentro[0] != inicio)
        return [antes[-1], *dentro] if parte else dentro

    def fechas_de(
        self, cuentas: Iterable[Cuenta], metrica: str | None, desde: date | None, hasta: date | None
    ) -> list[date]:
        """Las fechas en que se midió alguna de esas cuentas, para una gráfica suya."""
        return self._fechas((m for cuenta in cuentas for m in self.serie(cuenta, metrica)), desde, hasta)

    def valor_al(self, cuenta: Cuenta, fecha: date, metrica: str | None = None) -> Cifra | None:
        """Lo último que se sabía de ella en esa fecha; None si aún no se medía."""
        previas = [m.valor for m in self.serie(cuenta, metrica) if m.fecha <= fecha]
        return previas[-1] if previas else None


def _meses_antes(fecha: date, meses: int) -> date:
    """``date(2017, 3, 31), 1`` → ``date(2017, 2, 28)``."""
    total = fecha.year * 12 + fecha.month - 1 - meses
    ano, mes = divmod(total, 12)
    siguiente = date(ano + (mes == 11), (mes + 1) % 12 + 1, 1)
    ultimo = (siguiente - date(ano, mes + 1, 1)).days
    return date(ano, mes + 1, min(fecha.day, ultimo))


def _total(cifras: Iterable[Cifra | None]) -> Cifra:
    total = sum(cifra for cifra in cifras if cifra is not None)
    return total if isinstance(total, int) else round(total, 6)


def _ultimos_de_mes(fechas: Iterable[date]) -> list[date]:
    return list({(f.year, f.month): f for f in sorted(fechas)}.values())
