"""Lo que puede citarse entre llaves en un libro de cuentas: ``{INEMexico.aumento}``, ``{total.final}``, ``{usted}``…"""

import re
from collections import ChainMap
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from functools import cached_property

from generador.castellano import decimal, enumerar, fecha_larga, miles, periodo, porcentaje
from generador.celdas import Celda, clave, en_un_renglon, sin_formato
from generador.documentos.balance import Balance, Cifra, Evolucion, Suma
from generador.documentos.cartas import Carta
from generador.documentos.cuentas import Ambito, Cuenta, Destinatario, TipoDeMovimiento
from generador.documentos.redaccion import resuelto
from generador.esquema import como_en_excel, legibles

_FAMILIAS = ("total", "cuentas", "periodo", "oficio", "destinatario", "usted", "le", "institucion", "area", "grafica")
DE_EVOLUCION = ("inicial", "final", "aumento", "porcentaje", "fecha")
PROPIOS = frozenset((*_FAMILIAS, *DE_EVOLUCION))
"""Los que ya tienen dueño: ninguna cuenta puede llamarse así."""
_IDENTIFICA = re.compile(
    r"\b(?:año|ejercicio|folio|num(?:ero)?|no|clave|expediente|codigo|cp|id|tel(?:efono)?|extension|consecutivo)\b"
)
_GRAFICA = re.compile(r"\s*\{\s*gr[aá]fica\.([^{}]+)\}\s*", re.IGNORECASE)


class Nombres:
    """Los nombres citables de un libro; los de cada cuenta y cada carta se suman al resolver."""

    def __init__(self, balance: Balance) -> None:
        self.balance, self.libro = balance, balance.libro
        self.estilo = balance.libro.institucion.estilo_de_miles

    def resolver(self, texto: str, carta: Carta | None = None, cuenta: Cuenta | None = None) -> str:
        """El texto con todos sus nombres vueltos español."""
        return resuelto(texto, self.de(carta, cuenta), self.estilo)

    def de(self, carta: Carta | None = None, cuenta: Cuenta | None = None) -> Mapping[str, str]:
        """Todo lo que puede citarse, por su clave; en una carta y en las observaciones de una cuenta, si se dan."""
        propios = dict(self._de_evolucion(cuenta)) if cuenta is not None else {}
        de_carta = self.de_la_carta(carta) if carta is not None else {}
        return ChainMap(propios, de_carta, self.comunes)

    def de_la_carta(self, carta: Carta) -> dict[str, str]:
        """Lo que sólo puede citarse en esa carta, por su clave."""
        return {clave(nombre): valor for nombre, valor in self._de_carta(carta)}

    def como_se_escribe(self, llave: str, carta: Carta | None = None) -> str:
        """Un nombre, con las mayúsculas de quien lo escribió: ``"inemexico.final"`` → ``"INEMexico.final"``."""
        de_carta = (nombre for nombre, _ in self._de_carta(carta)) if carta is not None else ()
        return next((nombre for nombre in (*self._comunes, *de_carta) if clave(nombre) == llave), llave)

    @cached_property
    def comunes(self) -> dict[str, str]:
        """Los que valen en todo el libro, por su clave."""
        return {clave(nombre): valor for nombre, valor in self._comunes.items()}

    @cached_property
    def _comunes(self) -> dict[str, str]:
        familias = (self._de_la_institucion(), self._del_periodo(), self._de_conteos(), self._de_totales())
        citables = {nombre: valor for familia in familias for nombre, valor in familia}
        for cuenta in self.libro.cuentas:
            citables |= dict(self._de_cuenta(cuenta))
        return citables

    @cached_property
    def posibles(self) -> dict[str, str]:
        """Todo lo que podría citarse en cualquier texto, por su clave, aunque no se sepan las cifras ni las bajas.

        Sólo el nombre de una cuenta que no se pudo leer no está.
        """
        conjuntos = {str(c) for cuenta in self.libro.cuentas for c in (cuenta.grupo, cuenta.plataforma) if c}
        conjuntos |= {str(ambito) for ambito in Ambito}
        nombres = ["institucion", "area", "periodo", *(f"periodo.{parte}" for parte in ("desde", "hasta", "año"))]
        nombres += [f"cuentas.{cuales}" for cuales in ("total", "activas", "inactivas", "altas", "bajas", *conjuntos)]
        nombres += [f"total{de}.{campo}" for de in ("", *(f".{c}" for c in conjuntos)) for campo in DE_EVOLUCION]
        for cuenta in legibles(self.libro.cuentas, "cuenta"):
            nombres += [cuenta.cuenta, *(f"{cuenta.cuenta}.{dato}" for dato in self._datos_de_cuenta)]
        return {clave(nombre): nombre for nombre in nombres}

    @cached_property
    def _datos_de_cuenta(self) -> list[str]:
        metricas = (f"{metrica}.{campo}" for metrica in self.balance.metricas.values() for campo in DE_EVOLUCION)
        movimientos = (f"{tipo}.{dato}" for tipo in TipoDeMovimiento for dato in ("fecha", "oficio"))
        return ["plataforma", "usuario", "liga", "area", "ultima", *DE_EVOLUCION, *metricas, *movimientos]

    def cifra(self, valor: Cifra | None) -> str:
        """La cifra en el estilo de miles del libro; vacía si es None."""
        if valor is None:
            return ""
        return miles(valor, self.estilo) if isinstance(valor, int) else decimal(valor)

    # --- familias

    def _de_la_institucion(self) -> Iterator[tuple[str, str]]:
        yield "institucion", self.libro.institucion.nombre
        if self.libro.institucion.area:
            yield "area", self.libro.institucion.area

    def _del_periodo(self) -> Iterator[tuple[str, str]]:
        desde, hasta = self.balance.desde, self.balance.hasta
        if desde and hasta:
            yield "periodo", periodo(desde, hasta)
            yield "periodo.desde", fecha_larga(desde)
            yield "periodo.hasta", fecha_larga(hasta)
            yield "periodo.año", str(hasta.year)

    def _de_conteos(self) -> Iterator[tuple[str, str]]:
        balance = self.balance
        vigentes = balance.vigentes
        yield "cuentas.total", self.cifra(len(vigentes))
        yield "cuentas.activas", self.cifra(sum(balance.inactiva(c) is False for c in vigentes))
        yield "cuentas.inactivas", self.cifra(sum(balance.inactiva(c) is True for c in vigentes))
        yield "cuentas.altas", self.cifra(len(balance.movimientos(TipoDeMovimiento.ALTA)))
        yield "cuentas.bajas", self.cifra(len(balance.dadas_de_baja))
        yield from ((f"cuentas.{ambito}", self.cifra(0)) for ambito in Ambito if str(ambito) not in self.conjuntos)
        for conjunto, cuentas in self.conjuntos.items():
            yield f"cuentas.{conjunto}", self.cifra(len(cuentas))

    @cached_property
    def conjuntos(self) -> dict[str, list[Cuenta]]:
        """Las cuentas vigentes por grupo, por ámbito y por plataforma: lo que puede sumarse por su nombre."""
        juntas: dict[str, list[Cuenta]] = {}
        for cuenta in self.balance.vigentes:
            for conjunto in {cuenta.grupo, str(cuenta.ambito), cuenta.plataforma} - {None}:
                juntas.setdefault(str(conjunto), []).append(cuenta)
        return juntas

    def _de_totales(self) -> Iterator[tuple[str, str]]:
        yield from self._de_suma("total", self.balance.suma(self.balance.vigentes))
        for conjunto, cuentas in self.conjuntos.items():
            yield from self._de_suma(f"total.{conjunto}", self.balance.suma(cuentas))

    def _de_suma(self, nombre: str, suma: Suma) -> Iterator[tuple[str, str]]:
        if suma.con_dato:
            yield f"{nombre}.final", self.cifra(suma.final)
        if suma.comparables:
            yield f"{nombre}.inicial", self.cifra(suma.inicial)
            yield f"{nombre}.aumento", self.cifra(suma.aumento)
            if suma.porcentaje is not None:
                yield f"{nombre}.porcentaje", porcentaje(suma.porcentaje, 1)

    def _de_cuenta(self, cuenta: Cuenta) -> Iterator[tuple[str, str]]:
        nombre = cuenta.cuenta
        yield nombre, en_un_renglon(cuenta.en_tablas)
        yield f"{nombre}.plataforma", cuenta.plataforma
        for campo, valor in (("usuario", cuenta.usuario), ("liga", cuenta.liga), ("area", cuenta.area)):
            if valor:
                yield f"{nombre}.{campo}", valor
        if cuenta.ultima:
            yield f"{nombre}.ultima", fecha_larga(cuenta.ultima)
        yield from ((f"{nombre}.{campo}", valor) for campo, valor in self._de_evolucion(cuenta))
        for metrica, escrita in self.balance.metricas.items():
            if self.balance.serie(cuenta, metrica):
                cifras = self._de_evolucion(cuenta, escrita)
                yield from ((f"{nombre}.{escrita}.{campo}", valor) for campo, valor in cifras)
        for tipo in TipoDeMovimiento:
            movimiento = self.balance.movimiento(cuenta, tipo)
            if movimiento is not None:
                yield f"{nombre}.{tipo}.fecha", fecha_larga(movimiento.fecha)
                yield f"{nombre}.{tipo}.oficio", movimiento.oficio or ""

    def _de_evolucion(self, cuenta: Cuenta, metrica: str | None = None) -> Iterator[tuple[str, str]]:
        evolucion: Evolucion = self.balance.evolucion(cuenta, metrica)
        cifras = (("inicial", evolucion.inicial), ("final", evolucion.final), ("aumento", evolucion.aumento))
        yield from ((campo, self.cifra(valor)) for campo, valor in cifras if valor is not None)
        if evolucion.porcentaje is not None:
            yield "porcentaje", porcentaje(evolucion.porcentaje, 1)
        if evolucion.fecha is not None:
            yield "fecha", fecha_larga(evolucion.fecha)

    def _de_carta(self, carta: Carta) -> Iterator[tuple[str, str]]:
        yield "oficio.numero", carta.numero
        yield "oficio.fecha", fecha_larga(carta.fecha)
        if carta.oficio.asunto:
            yield "oficio.asunto", carta.oficio.asunto
        if carta.contesta:
            yield "oficio.contesta", carta.contesta
        if carta.fecha_que_contesta:
            yield "oficio.contesta.fecha", fecha_larga(carta.fecha_que_contesta)
        yield "usted", "ustedes" if carta.varios else "usted"
        yield "le", "les" if carta.varios else "le"
        nombrados = [d.el_completo for d in carta.destinatarios if d.nombre_completo]
        if nombrados:
            yield "destinatario", enumerar(nombrados)
        if carta.unico:
            yield from self._de_destinatario(carta.unico)

    def _de_destinatario(self, destinatario: Destinatario) -> Iterator[tuple[str, str]]:
        for campo, valor in (("cargo", destinatario.cargo), ("area", destinatario.area)):
            if valor:
                yield f"destinatario.{campo}", valor
        for rotulo, escrito in destinatario.origen.extras.items():
            celda = destinatario.origen.ajenas.get(rotulo)
            if escrito:
                yield f"destinatario.{rotulo}", self._propio(rotulo, celda, escrito) if celda else escrito

    def _propio(self, rotulo: str, celda: Celda, escrito: str) -> str:
        """Lo de una columna de la persona: la cifra con su formato de Excel o, si no lo tiene, en el estilo del libro.

        Un año o un folio, tal cual; una fecha, «3 de mayo de 2015».
        """
        match celda.valor:
            case date() as fecha if not isinstance(fecha, datetime) or fecha.time() == time():
                return fecha_larga(fecha)
            case int() | float() as valor if como_en_excel(celda) is None and not _IDENTIFICA.search(clave(rotulo)):
                return escrito if isinstance(valor, bool) else self.cifra(int(valor) if valor % 1 == 0 else valor)
            case _:
                return escrito


def grafica_citada(renglon: str) -> str | None:
    """``"{gráfica.crecimiento}"``, a solas en su renglón, → ``"crecimiento"``; None si es otra cosa."""
    hallada = _GRAFICA.fullmatch(sin_formato(renglon))
    return hallada[1].strip() if hallada else None
