"""Que los renglones se entiendan: cuentas que existen, mediciones que sirven y gráficas que se pueden trazar."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations, pairwise
from statistics import median

from generador.castellano import distancia, fecha_larga
from generador.celdas import clave, es_total, parecido
from generador.documentos.cuentas import Cuenta, GraficaPedida, Medicion, Movimiento, TipoDeMovimiento
from generador.documentos.graficas_de_cuentas import NoSePuede, cuentas_de, trazada
from generador.documentos.nombres_de_cuentas import PROPIOS
from generador.documentos.verificaciones import de_cada
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.documentos.verificaciones.cuentas.equivocos import Equivoco
from generador.esquema import Registro, en_celda, legibles
from generador.hallazgos import Hallazgo

_CAIDA = 0.2  # lo que una cuenta no suele perder entre dos cortes sin que algo haya pasado
_DISPARO, _YA_CRECIDA = 5, 100  # veces, y desde cuántos: una cuenta recién abierta sí crece así
_HUECO = 1.8  # veces el lapso de costumbre entre dos mediciones
_MAX_CONFUSIONES = 5  # con más, los pares parecidos tapan lo demás


def nombres_repetidos(caso: Caso) -> Iterator[Equivoco]:
    """El nombre corto de una cuenta no se repite, ni el de una gráfica: con él se las cita."""
    libro = caso.libro
    yield from de_cada([libro], lambda _: _repetidos(libro.cuentas, "cuenta", "cuenta"))
    yield from de_cada([libro], lambda _: _repetidos(libro.graficas, "nombre", "gráfica"))


def _repetidos(registros: Iterable[Registro], campo: str, que: str) -> Iterator[Equivoco]:
    vistos: set[str] = set()
    for registro in legibles(registros, campo):
        escrito = str(getattr(registro, campo))
        if clave(escrito) in vistos:
            dicho = registro.hallazgo(campo, f"Ya hay otra {que} con el nombre «{escrito}».", "Distíngalas.")
            yield Equivoco(dicho, (registro,), (campo,))
        vistos.add(clave(escrito))


def nombres_que_no_sirven(caso: Caso) -> Iterator[Equivoco]:
    """El nombre corto de una cuenta no es uno del programa, ni trae signos con que no podría citarse."""
    for cuenta in legibles(caso.libro.cuentas, "cuenta"):
        if clave(cuenta.cuenta).split(".")[0] in PROPIOS or any(c in cuenta.cuenta for c in "{}%#"):
            dicho = cuenta.hallazgo(
                "cuenta", f"«{cuenta.cuenta}» no puede ser el nombre corto de una cuenta: no podría citarse.",
                "Cámbielo; como deba leerse va en «Rótulo en las tablas».",
            )  # fmt: skip
            yield Equivoco(dicho, (cuenta,), ("cuenta",))


def cuentas_que_no_existen(caso: Caso) -> Iterator[Equivoco]:
    """Toda medición y todo movimiento son de una cuenta de la hoja «Cuentas». Cada nombre se dice una vez."""
    yield from de_cada((lambda: caso.libro.mediciones, lambda: caso.libro.movimientos), partial(_sin_cuenta, caso))


def _sin_cuenta(caso: Caso, hoja: Callable[[], Sequence[Medicion | Movimiento]]) -> Iterator[Equivoco]:
    vistas: dict[str, list[Medicion | Movimiento]] = {}
    for renglon in legibles(hoja(), "cuenta"):
        if caso.balance.cuenta(renglon.cuenta) is None:
            vistas.setdefault(clave(renglon.cuenta), []).append(renglon)
    for suyos in vistas.values():
        dicho = suyos[0].hallazgo(
            "cuenta", f"«{suyos[0].cuenta}» no está en la hoja «Cuentas».{_y_otros(len(suyos))}",
            _quiso_decir(caso, suyos[0].cuenta),
        )  # fmt: skip
        yield Equivoco(dicho, tuple(suyos), ("cuenta",))


def _y_otros(cuantos: int) -> str:
    return f" Está en {cuantos} renglones." if cuantos > 1 else ""


def _quiso_decir(caso: Caso, escrita: str) -> str:
    cercana = parecido(escrita, [cuenta.cuenta for cuenta in caso.libro.cuentas])
    if es_total(escrita) and not cercana:
        return "Si es un total, quítelo de aquí: el programa suma."
    return f"¿Quiso decir «{cercana}»?" if cercana else "Agréguela ahí o corrija el nombre."


def periodo_al_reves(caso: Caso) -> Iterator[Equivoco]:
    """El periodo empieza antes de terminar."""
    institucion = caso.libro.institucion
    if institucion.desde and institucion.hasta and institucion.hasta < institucion.desde:
        dicho = institucion.hallazgo(
            "hasta", f"El periodo terminaría el {fecha_larga(institucion.hasta)}, antes de empezar.",
            "Corrija «Periodo desde» o «Periodo hasta».", codigo="V-26",
        )  # fmt: skip
        yield Equivoco(dicho, (institucion,), ("desde", "hasta"))


def mediciones_dudosas(caso: Caso) -> Iterator[Hallazgo]:
    """V-26: series repetidas, desordenadas, con huecos, con caídas bruscas o con cifras fuera del periodo."""
    for verificacion in (_repetidas, _desordenadas, partial(_fuera_del_periodo, caso)):
        yield from de_cada(_lo_que_se_lee_de_las_series(caso), verificacion)
    yield from de_cada(caso.libro.cuentas, partial(_con_huecos_o_caidas, caso))


def _lo_que_se_lee_de_las_series(caso: Caso) -> list[list[Medicion]]:
    """Las mediciones de que se sabe la cuenta, la métrica y la fecha, por serie y en el orden de sus fechas."""
    series: dict[tuple[str, str], list[Medicion]] = {}
    for medicion in sorted(legibles(caso.libro.mediciones, "cuenta", "metrica", "fecha"), key=lambda m: m.fecha):
        series.setdefault((clave(medicion.cuenta), caso.balance.metrica_de(medicion.metrica)), []).append(medicion)
    return list(series.values())


def _con_huecos_o_caidas(caso: Caso, cuenta: Cuenta) -> Iterator[Hallazgo]:
    for metrica in caso.balance.metricas:
        serie = caso.balance.serie(cuenta, metrica)
        dentro = [m for m in serie if caso.balance.en_periodo(m.fecha)]
        antes = [m for m in serie if caso.balance.desde is not None and m.fecha < caso.balance.desde]
        yield from _con_hueco(dentro)
        yield from _con_caida([*antes[-1:], *dentro])


def _repetidas(serie: list[Medicion]) -> Iterator[Hallazgo]:
    for una, otra in pairwise(serie):
        if una.fecha == otra.fecha:
            iguales = una.valor == otra.valor
            yield otra.hallazgo(
                "fecha", f"«{otra.cuenta}» ya tiene una medición del {fecha_larga(otra.fecha)}"
                + (", igual a ésta." if iguales else ", con otro valor."),
                "Deje una sola.", codigo="V-26", aviso=iguales,
            )  # fmt: skip


def _desordenadas(serie: list[Medicion]) -> Iterator[Hallazgo]:
    for una, otra in pairwise(serie):
        if una.fecha < otra.fecha and otra.origen.fila < una.origen.fila:
            yield otra.hallazgo(
                "fecha", f"Las mediciones de «{otra.cuenta}» no van en el orden de sus fechas.",
                "El programa las ordena; confirme que ninguna fecha esté equivocada.", codigo="V-26", aviso=True,
            )  # fmt: skip
            return


def _fuera_del_periodo(caso: Caso, serie: list[Medicion]) -> Iterator[Hallazgo]:
    hasta = caso.libro.institucion.hasta
    despues = [m for m in serie if hasta is not None and m.fecha > hasta]
    if despues and hasta:
        yield despues[0].hallazgo(
            "fecha", f"La medición de «{despues[0].cuenta}» es posterior al corte ({fecha_larga(hasta)}) y no se usa.",
            "Corrija la fecha o «Periodo hasta».", codigo="V-26", aviso=True,
        )  # fmt: skip


def _con_hueco(serie: list[Medicion]) -> Iterator[Hallazgo]:
    lapsos = [(otra.fecha - una.fecha).days for una, otra in pairwise(serie) if otra.fecha > una.fecha]
    if len(lapsos) < 3:
        return
    habitual = median(lapsos)
    for una, otra in pairwise(serie):
        if (otra.fecha - una.fecha).days > habitual * _HUECO:
            yield otra.hallazgo(
                "fecha", f"Entre el {fecha_larga(una.fecha)} y el {fecha_larga(otra.fecha)} falta una medición de "
                f"«{otra.cuenta}».",
                "Agréguela si la tiene.", codigo="V-26", aviso=True,
            )  # fmt: skip


def _con_caida(serie: list[Medicion]) -> Iterator[Hallazgo]:
    """Una cifra que cae de golpe, o que se dispara: quizá le falta o le sobra un dígito."""
    for una, otra in pairwise(serie):
        cae = otra.valor < una.valor * (1 - _CAIDA)
        if cae or (una.valor >= _YA_CRECIDA and otra.valor > una.valor * _DISPARO):
            cuanto = (
                f"{round(100 * (1 - otra.valor / una.valor))}% menos" if cae else f"{otra.valor / una.valor:,.0f} veces"
            )
            yield otra.hallazgo(
                "valor", f"«{otra.cuenta}» pasa de {_en_cifra(una.valor)} a {_en_cifra(otra.valor)}: {cuanto}.",
                "Confirme la cifra.", codigo="V-26", aviso=True,
            )  # fmt: skip


def _en_cifra(valor: float) -> str:
    return f"{valor:,.10g}" if valor % 1 else f"{int(valor):,}"


def mediciones_despues_de_la_baja(caso: Caso) -> Iterator[Hallazgo]:
    """V-26: una cuenta dada de baja no tiene cifras posteriores."""
    yield from de_cada(caso.libro.cuentas, partial(_medida_despues_de_la_baja, caso))


def _medida_despues_de_la_baja(caso: Caso, cuenta: Cuenta) -> Iterator[Hallazgo]:
    baja = caso.balance.baja(cuenta)
    posteriores = [m for m in caso.balance.serie(cuenta) if baja is not None and m.fecha > baja.fecha]
    if posteriores and baja:
        yield posteriores[0].hallazgo(
            "fecha", f"«{cuenta.cuenta}» se dio de baja el {fecha_larga(baja.fecha)} y tiene una medición posterior.",
            "Corrija la fecha o, si volvió, agregue su alta en «Movimientos».", codigo="V-26",
        )  # fmt: skip


def altas_de_las_que_ya_estaban(caso: Caso) -> Iterator[Hallazgo]:
    """V-26: una cuenta que se dio de alta en el periodo no tenía cifras desde antes."""
    yield from de_cada(caso.libro.movimientos, partial(_alta_de_la_que_ya_estaba, caso))


def _alta_de_la_que_ya_estaba(caso: Caso, alta: Movimiento) -> Iterator[Hallazgo]:
    if alta.tipo is not TipoDeMovimiento.ALTA or not caso.balance.en_periodo(alta.fecha):
        return
    cuenta = caso.balance.cuenta(alta.cuenta)
    previas = [m for m in caso.balance.serie(cuenta) if m.fecha < alta.fecha] if cuenta else []
    bajas = [m for m in caso.libro.movimientos if m.tipo is TipoDeMovimiento.BAJA and m.fecha <= alta.fecha]
    if previas and not any(clave(baja.cuenta) == clave(alta.cuenta) for baja in bajas):
        yield alta.hallazgo(
            "fecha", f"«{alta.cuenta}» se daría de alta el {fecha_larga(alta.fecha)}, y ya tenía una medición del "
            f"{fecha_larga(previas[0].fecha)}.",
            "Corrija la fecha o quite el alta.", codigo="V-26", aviso=True,
        )  # fmt: skip


def graficas_sin_datos(caso: Caso) -> Iterator[Hallazgo]:
    """Toda gráfica tiene con qué trazarse; si no, se dice en su celda o en la de la hoja que la alimenta."""
    yield from de_cada(caso.libro.graficas, partial(_sin_datos, caso))


def _sin_datos(caso: Caso, pedida: GraficaPedida) -> Iterator[Hallazgo]:
    if not pedida.hoja and not caso.libro.mediciones:
        return  # se dice una vez, de la hoja
    try:
        cuentas_de(caso.balance, pedida)
        trazada(caso.balance, pedida)
    except NoSePuede as motivo:
        if motivo.celda is not None:
            yield en_celda(motivo.celda, motivo.problema, motivo.remedio)
        else:
            yield pedida.hallazgo(motivo.campo, motivo.problema, motivo.remedio)


def nombres_casi_iguales(caso: Caso) -> Iterator[Hallazgo]:
    """V-19: «Dirección de Comunicacion Social» y «Dirección de Comunicación Social» quizá son la misma área."""
    rotulos = {"plataforma": "plataforma", "grupo": "grupo", "area": "área", "entidad": "entidad"}
    for campo, que in rotulos.items():
        primeras: dict[str, Cuenta] = {}
        for cuenta in legibles(caso.libro.cuentas, campo):
            if escrito := getattr(cuenta, campo):
                primeras.setdefault(clave(escrito), cuenta)
        hallados = 0
        for (una, _), (otra, cuenta) in combinations(primeras.items(), 2):
            if hallados < _MAX_CONFUSIONES and _casi_iguales(una, otra):
                hallados += 1
                yield cuenta.hallazgo(
                    campo, f"«{getattr(cuenta, campo)}» se confunde con «{getattr(primeras[una], campo)}».",
                    f"Si es la misma {que}, escríbala igual." if que != "grupo" else "Si es el mismo, escríbalo igual.",
                    codigo="V-19", aviso=True,
                )  # fmt: skip


def _casi_iguales(una: str, otra: str) -> bool:
    corto = min(len(una), len(otra))
    tope = 2 if corto >= 18 else 1
    comparables = corto > 5 and abs(len(una) - len(otra)) <= tope and not any(c.isdigit() for c in una + otra)
    return comparables and distancia(una, otra) <= tope
