"""Lo que puede citarse entre llaves en un libro de cuentas: ``{INEMexico.aumento}``, ``{total.final}``, ``{usted}``…"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime, time
from functools import cached_property, partial
from itertools import chain

from generador.castellano import EstiloDeMiles, decimal, enumerar, fecha_larga, miles, periodo, porcentaje
from generador.celdas import Celda, clave, en_un_renglon, sin_formato
from generador.documentos.balance import Balance, Cifra, Evolucion, Suma
from generador.documentos.cartas import Carta
from generador.documentos.cuentas import Ambito, Cuenta, Destinatario, TipoDeMovimiento
from generador.documentos.redaccion import resuelto
from generador.esquema import DatoIlegible, como_en_excel, legibles

_FAMILIAS = ("total", "cuentas", "periodo", "oficio", "destinatario", "usted", "le", "institucion", "area", "grafica")
DE_EVOLUCION = ("inicial", "final", "aumento", "porcentaje", "fecha")
PROPIOS = frozenset((*_FAMILIAS, *DE_EVOLUCION))
"""Los que ya tienen dueño: ninguna cuenta puede llamarse así."""
_DE_CONJUNTO = ("plataforma", "grupo", "ambito")
_IDENTIFICA = re.compile(
    r"\b(?:año|ejercicio|folio|num(?:ero)?|no|clave|expediente|codigo|cp|id|tel(?:efono)?|extension|consecutivo)\b"
)
_GRAFICA = re.compile(r"\s*\{\s*gr[aá]fica\.([^{}]+)\}\s*", re.IGNORECASE)


Forma = Callable[[], str | None]
"""Cómo se averigua lo que dice un nombre; None: no tiene dato."""


class Dichos(Mapping[str, str]):
    """Lo que dice cada nombre, por su clave: se averigua al pedirlo, y un dato ilegible sólo estorba a los suyos.

    ``comunes``, los que hay además de los suyos. ``quiza_otro`` contesta si uno que no está podría ser de algo que no
    se pudo leer: pedirlo levanta DatoIlegible.
    """

    def __init__(
        self, formas: Iterable[tuple[str, Forma]], comunes: "Dichos | None" = None,
        quiza_otro: Callable[[str], bool] | None = None,
    ) -> None:  # fmt: skip
        self._formas = {clave(nombre): forma for nombre, forma in formas}
        self._comunes, self._quiza_otro = comunes, quiza_otro
        self._sabidos: dict[str, str | None] = {}

    def _dicho(self, llave: str) -> str | None:
        if llave not in self._sabidos and llave in self._formas:
            self._sabidos[llave] = self._formas[llave]()
        if llave in self._sabidos:
            return self._sabidos[llave]
        if self._comunes is not None:
            return self._comunes._dicho(llave)
        if self._quiza_otro and self._quiza_otro(llave):
            raise DatoIlegible
        return None

    def __getitem__(self, llave: str) -> str:
        dicho = self._dicho(llave)
        if dicho is None:
            raise KeyError(llave)
        return dicho

    def __iter__(self) -> Iterator[str]:
        yield from filter(self._con_dato, self._formas)
        yield from self._comunes or ()

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _con_dato(self, llave: str) -> bool:
        """Si dice algo o, si no se pudo leer, quizá."""
        try:
            return self._dicho(llave) is not None
        except DatoIlegible:
            return True


class Nombres:
    """Los nombres citables de un libro; los de cada cuenta y cada carta se suman al resolver."""

    def __init__(self, balance: Balance) -> None:
        self.balance, self.libro = balance, balance.libro

    @cached_property
    def estilo(self) -> EstiloDeMiles:
        """El de las cifras."""
        return self.libro.institucion.estilo_de_miles

    def resolver(self, texto: str, carta: Carta | None = None, cuenta: Cuenta | None = None) -> str:
        """El texto con todos sus nombres vueltos español."""
        return resuelto(texto, self.de(carta, cuenta) if "{" in texto else {}, self.estilo)

    def de(self, carta: Carta | None = None, cuenta: Cuenta | None = None) -> Dichos:
        """Todo lo que puede citarse, por su clave; en una carta y en las observaciones de una cuenta, si se dan."""
        propios = self._cifras_de(cuenta) if cuenta is not None else ()
        de_carta = self._de_carta(carta) if carta is not None else ()
        return Dichos([*propios, *de_carta], self._dichos)

    def de_la_carta(self, carta: Carta) -> Dichos:
        """Lo que sólo puede citarse en esa carta, por su clave."""
        return Dichos(self._de_carta(carta))

    def como_se_escribe(self, llave: str, carta: Carta | None = None) -> str:
        """Un nombre, con las mayúsculas de quien lo escribió: ``"inemexico.final"`` → ``"INEMexico.final"``."""
        de_carta = (nombre for nombre, _ in self._de_carta(carta)) if carta is not None else ()
        comunes = (nombre for nombre, _ in self._comunes())
        return next((nombre for nombre in chain(comunes, de_carta) if clave(nombre) == llave), llave)

    @cached_property
    def _dichos(self) -> Dichos:
        """Los que valen en todo el libro."""
        return Dichos(self._comunes(), quiza_otro=self._quiza_otro)

    def _comunes(self) -> Iterator[tuple[str, Forma]]:
        yield from self._de_la_institucion()
        yield from self._del_periodo()
        yield from self._de_conteos()
        yield from self._de_totales()
        for cuenta in legibles(self.libro.cuentas, "cuenta"):
            yield from self._de_cuenta(cuenta)

    def _quiza_otro(self, llave: str) -> bool:
        """Si un nombre que no está podría ser de una cuenta, un grupo o una métrica que no se pudo leer."""
        base, *resto = llave.split(".")
        cuentas, mediciones = self.libro.cuentas, self.libro.mediciones
        if base in ("total", "cuentas"):
            de_un_conjunto = len(resto) > 1 and resto[-1] in DE_EVOLUCION if base == "total" else bool(resto)
            return de_un_conjunto and len(legibles(cuentas, *_DE_CONJUNTO)) < len(cuentas)
        if base in PROPIOS:
            return False
        sin_metrica = len(legibles(mediciones, "metrica")) < len(mediciones) or not self._metricas
        return len(legibles(cuentas, "cuenta")) < len(cuentas) or (sin_metrica and len(resto) > 1)

    @cached_property
    def _metricas(self) -> list[str]:
        """Las que hay, como se escribieron; vacía si no se pudo leer la principal."""
        with suppress(DatoIlegible):
            return list(self.balance.metricas.values())
        return []

    def cifra(self, valor: Cifra | None) -> str:
        """La cifra en el estilo de miles del libro; vacía si es None."""
        if valor is None:
            return ""
        return miles(valor, self.estilo) if isinstance(valor, int) else decimal(valor)

    # --- familias

    def _de_la_institucion(self) -> Iterator[tuple[str, Forma]]:
        yield "institucion", lambda: self.libro.institucion.nombre
        yield "area", lambda: self.libro.institucion.area or None

    def _del_periodo(self) -> Iterator[tuple[str, Forma]]:
        yield "periodo", lambda: self._entre_fechas(periodo)
        yield "periodo.desde", lambda: self._entre_fechas(lambda desde, hasta: fecha_larga(desde))
        yield "periodo.hasta", lambda: self._entre_fechas(lambda desde, hasta: fecha_larga(hasta))
        yield "periodo.año", lambda: self._entre_fechas(lambda desde, hasta: str(hasta.year))

    def _entre_fechas(self, decir: Callable[[date, date], str]) -> str | None:
        desde, hasta = self.balance.desde, self.balance.hasta
        return decir(desde, hasta) if desde and hasta else None

    def _de_conteos(self) -> Iterator[tuple[str, Forma]]:
        balance = self.balance
        yield "cuentas.total", lambda: self.cifra(len(balance.vigentes))
        yield "cuentas.activas", lambda: self.cifra(sum(balance.inactiva(c) is False for c in balance.vigentes))
        yield "cuentas.inactivas", lambda: self.cifra(sum(balance.inactiva(c) is True for c in balance.vigentes))
        yield "cuentas.altas", lambda: self.cifra(len(balance.movimientos(TipoDeMovimiento.ALTA)))
        yield "cuentas.bajas", lambda: self.cifra(len(balance.dadas_de_baja))
        for conjunto in self.rotulos_de_conjuntos:
            yield f"cuentas.{conjunto}", partial(self._cuantas, conjunto)

    def _cuantas(self, conjunto: str) -> str | None:
        suyas = self._del_conjunto(conjunto)
        return self.cifra(len(suyas)) if suyas or conjunto in (*Ambito,) else None

    @cached_property
    def rotulos_de_conjuntos(self) -> list[str]:
        """Los ámbitos, y los grupos y las plataformas que se pudieron leer."""
        escritos = (vars(cuenta).get(campo) for cuenta in self.libro.cuentas for campo in ("grupo", "plataforma"))
        return list(dict.fromkeys([*map(str, Ambito), *filter(None, escritos)]))

    @cached_property
    def conjuntos(self) -> dict[str, list[Cuenta]]:
        """Las cuentas vigentes por grupo, por ámbito y por plataforma: lo que puede sumarse por su nombre."""
        juntas: dict[str, list[Cuenta]] = {}
        for cuenta in self.balance.vigentes:
            for conjunto in {cuenta.grupo, str(cuenta.ambito), cuenta.plataforma} - {None}:
                juntas.setdefault(str(conjunto), []).append(cuenta)
        return juntas

    def _del_conjunto(self, conjunto: str) -> list[Cuenta]:
        """Las vigentes de ese conjunto; si se escribió de varias formas, las de la última."""
        escritos = reversed(self.conjuntos.items())
        return next((suyas for escrito, suyas in escritos if clave(escrito) == clave(conjunto)), [])

    def _de_totales(self) -> Iterator[tuple[str, Forma]]:
        for campo in DE_EVOLUCION:
            yield f"total.{campo}", partial(self._del_total, campo)
            for conjunto in self.rotulos_de_conjuntos:
                yield f"total.{conjunto}.{campo}", partial(self._del_total, campo, conjunto)

    def _del_total(self, campo: str, conjunto: str | None = None) -> str | None:
        cuentas = self.balance.vigentes if conjunto is None else self._del_conjunto(conjunto)
        suma: Suma = self.balance.suma(cuentas)
        match campo:
            case "final":
                return self.cifra(suma.final) if suma.con_dato else None
            case "inicial" | "aumento":
                return self.cifra(getattr(suma, campo)) if suma.comparables else None
            case "porcentaje":
                return None if suma.porcentaje is None else porcentaje(suma.porcentaje, 1)
            case _:  # una suma no tiene fecha
                return None

    def _de_cuenta(self, cuenta: Cuenta) -> Iterator[tuple[str, Forma]]:
        nombre = cuenta.cuenta
        yield nombre, lambda: en_un_renglon(cuenta.en_tablas)
        for campo in ("plataforma", "usuario", "liga", "area"):
            yield f"{nombre}.{campo}", partial(_lo_escrito, cuenta, campo)
        yield f"{nombre}.ultima", lambda: fecha_larga(cuenta.ultima) if cuenta.ultima else None
        yield from ((f"{nombre}.{campo}", forma) for campo, forma in self._cifras_de(cuenta))
        for metrica in self._metricas:
            yield from ((f"{nombre}.{metrica}.{campo}", forma) for campo, forma in self._cifras_de(cuenta, metrica))
        for tipo in TipoDeMovimiento:
            yield f"{nombre}.{tipo}.fecha", partial(self._fecha_de, cuenta, tipo)
            yield f"{nombre}.{tipo}.oficio", partial(self._oficio_de, cuenta, tipo)

    def _fecha_de(self, cuenta: Cuenta, tipo: TipoDeMovimiento) -> str | None:
        movimiento = self.balance.movimiento(cuenta, tipo)
        return fecha_larga(movimiento.fecha) if movimiento else None

    def _oficio_de(self, cuenta: Cuenta, tipo: TipoDeMovimiento) -> str | None:
        movimiento = self.balance.movimiento(cuenta, tipo)
        return movimiento.oficio or "" if movimiento else None

    def _cifras_de(self, cuenta: Cuenta, metrica: str | None = None) -> Iterator[tuple[str, Forma]]:
        return ((campo, partial(self._de_evolucion, cuenta, metrica, campo)) for campo in DE_EVOLUCION)

    def _de_evolucion(self, cuenta: Cuenta, metrica: str | None, campo: str) -> str | None:
        evolucion: Evolucion = self.balance.evolucion(cuenta, metrica)
        valor = getattr(evolucion, campo)
        if valor is None:
            return None
        if campo == "fecha":
            return fecha_larga(valor)
        return porcentaje(valor, 1) if campo == "porcentaje" else self.cifra(valor)

    def _de_carta(self, carta: Carta) -> Iterator[tuple[str, Forma]]:
        yield "oficio.numero", lambda: carta.numero
        yield "oficio.fecha", lambda: fecha_larga(carta.fecha)
        yield "oficio.asunto", lambda: carta.oficio.asunto or None
        yield "oficio.contesta", lambda: carta.contesta or None
        yield "oficio.contesta.fecha", lambda: fecha_larga(f) if (f := carta.fecha_que_contesta) else None
        yield "usted", lambda: "ustedes" if carta.varios else "usted"
        yield "le", lambda: "les" if carta.varios else "le"
        yield "destinatario", lambda: _nombrados(carta.destinatarios)
        if carta.unico:
            yield from self._de_destinatario(carta.unico)

    def _de_destinatario(self, destinatario: Destinatario) -> Iterator[tuple[str, Forma]]:
        for campo in ("cargo", "area"):
            yield f"destinatario.{campo}", partial(_lo_escrito, destinatario, campo)
        for rotulo, escrito in destinatario.origen.extras.items():
            celda = destinatario.origen.ajenas.get(rotulo)
            if escrito:
                yield f"destinatario.{rotulo}", partial(self._propio, rotulo, celda, escrito)

    def _propio(self, rotulo: str, celda: Celda | None, escrito: str) -> str:
        """Lo de una columna de la persona: la cifra con su formato de Excel o, si no lo tiene, en el estilo del libro.

        Un año o un folio, tal cual; una fecha, «3 de mayo de 2015».
        """
        if celda is None:
            return escrito
        match celda.valor:
            case date() as fecha if not isinstance(fecha, datetime) or fecha.time() == time():
                return fecha_larga(fecha)
            case int() | float() as valor if como_en_excel(celda) is None and not _IDENTIFICA.search(clave(rotulo)):
                return escrito if isinstance(valor, bool) else self.cifra(int(valor) if valor % 1 == 0 else valor)
            case _:
                return escrito


def _nombrados(destinatarios: Iterable[Destinatario]) -> str | None:
    return enumerar([d.el_completo for d in destinatarios if d.nombre_completo]) or None


def _lo_escrito(registro: Cuenta | Destinatario, campo: str) -> str | None:
    return getattr(registro, campo) or None


def grafica_citada(renglon: str) -> str | None:
    """``"{gráfica.crecimiento}"``, a solas en su renglón, → ``"crecimiento"``; None si es otra cosa."""
    hallada = _GRAFICA.fullmatch(sin_formato(renglon))
    return hallada[1].strip() if hallada else None
