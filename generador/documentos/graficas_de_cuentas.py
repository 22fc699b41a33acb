"""De una gráfica pedida en el libro a sus categorías y sus series."""

import re
from collections.abc import Sequence
from datetime import date

from generador.castellano import mayuscula_inicial
from generador.celdas import Celda, clave, en_un_renglon
from generador.documentos.balance import Balance
from generador.documentos.cuentas import Cuenta, GraficaPedida, LibroDeCuentas
from generador.documentos.hoja_libre import HojaLibre, Renglon, cifra
from generador.esquema import AL_EXCEL
from generador.grafica import Cifra, Clase, Grafica, Serie

_ALTO = 7  # cm
_MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")


class NoSePuede(ValueError):
    """La gráfica no tiene con qué hacerse.

    ``campo`` es el de la hoja «Gráficas» que lo explica; ``celda``, la de otra hoja, si la culpa es de ella.
    """

    def __init__(self, campo: str, problema: str, remedio: str, celda: Celda | None = None) -> None:
        self.campo, self.problema, self.remedio, self.celda = campo, problema, remedio, celda
        super().__init__(problema)


def pedida(libro: LibroDeCuentas, nombre: str) -> GraficaPedida | None:
    """La de ese nombre en la hoja «Gráficas»; None si no está."""
    return next((g for g in libro.graficas if clave(g.nombre) == clave(nombre)), None)


def trazada(balance: Balance, pedida: GraficaPedida) -> Grafica:
    """La gráfica con sus datos. Levanta NoSePuede si no hay con qué hacerla."""
    categorias, series = _de_hoja(balance, pedida) if pedida.hoja else _de_mediciones(balance, pedida)
    try:
        return Grafica(en_un_renglon(pedida.titulo or ""), pedida.clase, categorias, series, alto_cm=_ALTO)
    except ValueError as error:
        campo = "hoja" if pedida.hoja else "cuentas"
        problema = str(error).replace("La gráfica «»", f"La gráfica «{pedida.nombre}»")
        raise NoSePuede(campo, problema, "Revise sus datos o cambie su clase.") from error


# --- de las mediciones


def cuentas_de(balance: Balance, pedida: GraficaPedida) -> list[Cuenta]:
    """Las cuentas que nombra. Levanta NoSePuede si alguna no existe."""
    elegidas = []
    for nombre in filter(None, (n.strip() for n in re.split(r"[;\n]", pedida.cuentas or ""))):
        cuenta = balance.cuenta(nombre)
        if cuenta is None:
            raise NoSePuede("cuentas", f"«{nombre}» no está en la hoja «Cuentas».", "Use su nombre corto.")
        elegidas.append(cuenta)
    return elegidas


def _de_mediciones(balance: Balance, pedida: GraficaPedida) -> tuple[tuple[str, ...], tuple[Serie, ...]]:
    elegidas = cuentas_de(balance, pedida)
    fechas = balance.fechas_de(elegidas or balance.libro.cuentas, pedida.metrica, pedida.desde, pedida.hasta)
    if len(elegidas) != 1:
        fechas = _por_mes(fechas)
    if not fechas:
        raise NoSePuede("cuentas", "No hay mediciones de esas cuentas en ese lapso.", "Agréguelas en «Mediciones».")
    if pedida.clase is Clase.PASTEL:
        return _al_corte(balance, pedida, elegidas or list(balance.vigentes), fechas[-1])
    if elegidas:
        series = tuple(_serie(balance, pedida, cuenta, fechas) for cuenta in elegidas)
    else:
        series = (Serie("Total", tuple(total_al(balance, f, pedida.metrica) for f in fechas)),)
    return tuple(rotulos(fechas)), series


def _serie(balance: Balance, pedida: GraficaPedida, cuenta: Cuenta, fechas: Sequence[date]) -> Serie:
    """Sus cifras en esas fechas o, si ese mes se midió otro día, la última de ese mes; lo demás es un hueco."""
    serie = balance.serie(cuenta, pedida.metrica)
    del_dia = {m.fecha: m.valor for m in serie}
    del_mes = {(m.fecha.year, m.fecha.month): m.valor for m in serie if m.fecha <= fechas[-1]}
    valores = (del_dia.get(f, del_mes.get((f.year, f.month))) for f in fechas)
    return Serie(en_un_renglon(cuenta.en_tablas), tuple(valores))


def _al_corte(
    balance: Balance, pedida: GraficaPedida, elegidas: Sequence[Cuenta], corte: date
) -> tuple[tuple[str, ...], tuple[Serie, ...]]:
    """El reparto de la última cifra: por cuenta o, sin elegirlas, por plataforma."""
    if pedida.cuentas:
        partes = {en_un_renglon(c.en_tablas): balance.valor_al(c, corte, pedida.metrica) for c in elegidas}
    else:
        partes = {
            plataforma: total_al(balance, corte, pedida.metrica, suyas)
            for plataforma, suyas in balance.por_plataforma(elegidas).items()
        }
    metrica = balance.metricas.get(balance.metrica_de(pedida.metrica), pedida.metrica or "")
    return tuple(partes), (Serie(metrica, tuple(partes.values())),)


def total_al(
    balance: Balance, fecha: date, metrica: str | None = None, cuentas: Sequence[Cuenta] | None = None
) -> Cifra:
    """Lo que sumaban en esa fecha las cuentas ya medidas; None si no había ninguna."""
    todas = balance.vigentes if cuentas is None else cuentas
    valores = [v for c in todas if (v := balance.valor_al(c, fecha, metrica)) is not None]
    return sum(valores) if valores else None


def _por_mes(fechas: Sequence[date]) -> list[date]:
    return list({(f.year, f.month): f for f in sorted(fechas)}.values())


def rotulos(fechas: Sequence[date]) -> list[str]:
    """``"abr 2015"`` si cada mes tiene una fecha; si no, con su día: ``"28 abr 2015"``."""
    un_mes_una_fecha = len({(f.year, f.month) for f in fechas}) == len(fechas)
    return [("" if un_mes_una_fecha else f"{f.day} ") + f"{_MESES[f.month - 1]} {f.year}" for f in fechas]


# --- de una hoja


def hoja_de(libro: LibroDeCuentas, nombre: str) -> HojaLibre | None:
    """La hoja de la persona con ese nombre; None si no está."""
    return next((HojaLibre(hoja) for hoja in libro.libres if clave(hoja.nombre) == clave(nombre)), None)


def _de_hoja(balance: Balance, pedida: GraficaPedida) -> tuple[tuple[str, ...], tuple[Serie, ...]]:
    hoja = hoja_de(balance.libro, pedida.hoja or "")
    if hoja is None or not hoja.renglones:
        raise NoSePuede("hoja", f"La hoja «{pedida.hoja}» no existe o no trae una tabla.", "Escriba su nombre exacto.")
    renglones = [r for r in hoja.renglones if not (r.es_total or r.es_subtotal)]
    categorias = tuple(r.celdas[0].texto for r in renglones)
    columnas = [c for c in range(1, len(hoja.encabezados)) if not hoja.es_porcentaje(c)]
    columnas = columnas[:1] if pedida.clase is Clase.PASTEL else columnas
    return categorias, tuple(_serie_de_columna(hoja, renglones, columna) for columna in columnas)


def _serie_de_columna(hoja: HojaLibre, renglones: Sequence[Renglon], columna: int) -> Serie:
    valores = []
    for renglon in renglones:
        celda = renglon.celdas[columna]
        if celda.problema:
            raise NoSePuede("hoja", mayuscula_inicial(celda.problema), AL_EXCEL, celda)
        valor = None if celda.vacia else cifra(celda)
        if valor is None and not celda.vacia:
            raise NoSePuede("hoja", f"Dice «{celda.texto}», y la gráfica pide una cifra.", "Escriba un número.", celda)
        valores.append(valor)
    return Serie(hoja.encabezados[columna].texto, tuple(valores))
