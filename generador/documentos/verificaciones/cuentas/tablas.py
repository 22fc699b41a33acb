"""Que cuadren las tablas de las hojas propias que el oficio imprime: V-24, V-25, V-27 y V-28."""

from collections.abc import Iterator

from generador.castellano import decimal, mayuscula_inicial, porcentaje
from generador.celdas import Celda, clave
from generador.documentos.hoja_libre import HojaLibre, Renglon, cifra
from generador.documentos.verificaciones import de_cada
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.esquema import AL_EXCEL, como_en_excel, en_celda
from generador.hallazgos import Hallazgo

_TOLERANCIA = 0.01
_SUMABLES_NO = ("promedio", "media", "tasa", "año", "ano", "núm", "no.", "clave")
_INICIAL = ("inicial", "cifra inicial", "inicio", "al inicio", "saldo inicial")
_FINAL = ("final", "cifra final", "al corte", "saldo final", "actual")
_ALTAS = ("altas", "alta", "entradas")
_BAJAS = ("bajas", "baja", "salidas")
_AUMENTO = ("aumento", "incremento", "crecimiento", "diferencia", "variacion")
_PORCENTAJE = ("%", "porcentaje", "% de aumento", "% aumento", "porcentaje de aumento", "crecimiento %", "variacion %")


def _tablas(caso: Caso) -> Iterator[HojaLibre]:
    """Las que el oficio imprime, con sus nombres ya vueltos cifras; no las que cambian de un renglón a otro.

    Tampoco la que cita una que no se sabe.
    """
    comunes = [hoja for hoja in caso.tablas if not (caso.por_renglon and _cita_al_destinatario(hoja))]
    yield from de_cada(comunes, lambda hoja: [hoja.resuelta(lambda t: caso.nombres.resolver(t, caso.cartas[0]))])


def _cita_al_destinatario(hoja: HojaLibre) -> bool:
    return any("{destinatario" in clave(celda.texto.replace(" ", "")) for celda in hoja.escritas())


def celdas_ilegibles(caso: Caso) -> Iterator[Hallazgo]:
    """Un error de Excel o una fórmula sin calcular se imprimirían tal cual, o en blanco."""
    for hoja in caso.tablas:
        for celda in hoja.escritas():
            if celda.problema:
                yield en_celda(celda, mayuscula_inicial(celda.problema), AL_EXCEL)


def celdas_sin_cifra(caso: Caso) -> Iterator[Hallazgo]:
    """Lo que en una columna de cifras no es una: se imprime tal cual, y no se suma."""
    for hoja in _tablas(caso):
        for celda in hoja.intrusas():
            if not celda.problema:
                yield en_celda(
                    celda, f"Dice «{celda.texto}», que no es un número, en una columna de cifras: no se suma.",
                    "Si falta el dato, puede quedarse; si no, escríbalo con cifras.", aviso=True,
                )  # fmt: skip


def totales(caso: Caso) -> Iterator[Hallazgo]:
    """V-24: el total de una tabla es la suma de sus renglones."""
    for hoja in _tablas(caso):
        sumandos = [r for r in hoja.renglones if not (r.es_total or r.es_subtotal)]
        for total in (r for r in hoja.renglones if r.es_total):
            for columna in _sumables(hoja):
                escrito = cifra(total.celdas[columna])
                suma = sum(cifra(r.celdas[columna]) or 0 for r in sumandos)
                if escrito is not None and abs(escrito - suma) > _TOLERANCIA:
                    yield _no_cuadra(total.celdas[columna], "los renglones suman", suma, "V-24")


def _sumables(hoja: HojaLibre) -> list[int]:
    rotulos = [celda.texto.casefold() for celda in hoja.encabezados]
    return [
        columna
        for columna in range(1, len(rotulos))
        if hoja.de_cifras[columna] and not _de_porcentajes(hoja, columna)
        if not rotulos[columna].startswith(_SUMABLES_NO)
    ]


def _de_porcentajes(hoja: HojaLibre, columna: int) -> bool:
    """Si lo dice su encabezado o así se muestran sus cifras: los porcentajes no se suman."""
    return hoja.es_porcentaje(columna) or any("%" in r.celdas[columna].formato for r in hoja.renglones)


def _no_cuadra(celda: Celda, que: str, valor: float, codigo: str) -> Hallazgo:
    calculado = decimal(round(valor, 2))
    return en_celda(
        celda,
        f"Dice {como_en_excel(celda) or celda.texto}, pero {que} {calculado}.",
        "Corrija la cifra.",
        codigo=codigo,
    )


def entradas_y_salidas(caso: Caso) -> Iterator[Hallazgo]:
    """V-25: en cada renglón, inicial + altas − bajas = final."""
    for hoja in _tablas(caso):
        columnas = [hoja.columna(*nombres) for nombres in (_INICIAL, _ALTAS, _BAJAS, _FINAL)]
        for renglon in hoja.renglones if None not in columnas else ():
            inicial, altas, bajas, final = (_en(renglon, columna) for columna in columnas)
            if inicial is not None and final is not None:
                calculado = inicial + (altas or 0) - (bajas or 0)
                if abs(calculado - final) > _TOLERANCIA and columnas[3] is not None:
                    yield _no_cuadra(renglon.celdas[columnas[3]], "inicial + altas − bajas da", calculado, "V-25")


def aumentos(caso: Caso) -> Iterator[Hallazgo]:
    """V-27 y V-28: el aumento es final − inicial, y el porcentaje, el aumento entre la cifra inicial."""
    for hoja in _tablas(caso):
        inicial_en, final_en = hoja.columna(*_INICIAL), hoja.columna(*_FINAL)
        aumento_en, porcentaje_en = hoja.columna(*_AUMENTO), hoja.columna(*_PORCENTAJE)
        for renglon in hoja.renglones:
            inicial, final = _en(renglon, inicial_en), _en(renglon, final_en)
            if inicial is None or final is None:
                continue
            aumento, dicho = _en(renglon, aumento_en), _en(renglon, porcentaje_en)
            if aumento is not None and aumento_en is not None and abs(aumento - (final - inicial)) > _TOLERANCIA:
                yield _no_cuadra(renglon.celdas[aumento_en], "final − inicial es", final - inicial, "V-27")
            if dicho is not None and porcentaje_en is not None and inicial:
                yield from _porcentaje_equivocado(renglon.celdas[porcentaje_en], dicho, (final - inicial) / inicial)


def _porcentaje_equivocado(celda: Celda, dicho: float, parte: float) -> Iterator[Hallazgo]:
    """El porcentaje puede venir como 0.125, como 12.5 o como «12.5%»; se compara con los decimales que trae."""
    es_parte = isinstance(celda.valor, float) and abs(dicho) <= 1 and abs(parte * 100 - dicho) > abs(parte - dicho)
    cien = dicho * 100 if es_parte else dicho
    decimales = min(len(f"{round(cien, 4):.10g}".partition(".")[2]), 2)
    if abs(round(parte * 100, decimales) - round(cien, decimales)) > 10**-decimales * 0.51:
        yield en_celda(
            celda, f"Dice {celda.texto}, pero el aumento es {porcentaje(parte, max(decimales, 1))}.",
            "Corrija la cifra.", codigo="V-28",
        )  # fmt: skip


def partes_de_cien(caso: Caso) -> Iterator[Hallazgo]:
    """V-28: las partes de un todo suman 100, con la holgura del redondeo."""
    for hoja in _tablas(caso):
        partes = [r for r in hoja.renglones if not (r.es_total or r.es_subtotal)]
        for columna, encabezado in enumerate(hoja.encabezados):
            titulo = encabezado.texto.casefold()
            if not ("del total" in titulo or "participación" in titulo) or not hoja.de_cifras[columna]:
                continue
            valores = [valor for r in partes if (valor := cifra(r.celdas[columna])) is not None]
            entero = 1 if all(isinstance(v, float) and v <= 1 for v in valores) else 100
            holgura = max(0.5 * len(valores) * entero / 1000, entero / 1000)
            if len(valores) > 1 and abs(sum(valores) - entero) > holgura:
                suma = porcentaje(sum(valores) / entero, 1)
                yield en_celda(
                    encabezado, f"Las partes de «{encabezado.texto}» suman {suma} y no 100%.", "Corrija las cifras.",
                    codigo="V-28",
                )  # fmt: skip


def _en(renglon: Renglon, columna: int | None) -> float | int | None:
    return None if columna is None else cifra(renglon.celdas[columna])
