"""Los números de oficio, sus fechas y sus claves: V-20 a V-22 y V-31."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise

from generador.castellano import fecha_larga
from generador.celdas import clave
from generador.documentos.cartas import Carta, ano_en, consecutivo_en
from generador.documentos.cuentas import Destinatario, TipoDeMovimiento
from generador.documentos.verificaciones import prosa
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.esquema import Registro, legibles
from generador.hallazgos import Hallazgo

_ANO = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIN_DEL_DF = date(2016, 1, 30)  # Diario Oficial de la Federación, 29 de enero de 2016: Ciudad de México
_DF = re.compile(r"\bD\. ?F\.|\bDF\b|\bDistrito Federal\b")


def _lugar(carta: Carta, *en: str) -> tuple[Registro, str]:
    """De dónde salió lo que no cuadra: el primero de esos datos que el renglón trae propio o, si no, la hoja «Oficio».

    Lo que el renglón deja en blanco es de todos: no puede ser lo que lo distingue.
    """
    destinatario = carta.destinatarios[0]
    propio = next((c for c in en if len(carta.destinatarios) == 1 and getattr(destinatario, c)), None)
    return (destinatario, propio) if propio else (carta.oficio, en[0])


def ano_del_numero(caso: Caso) -> Iterator[Hallazgo]:
    """V-20: el año del número es el de la fecha."""
    dicho_del_oficio = False
    for carta in caso.cartas:
        if not carta.de_otro_ano:
            continue
        registro, campo = _lugar(carta, "numero", "fecha")
        if registro is carta.oficio and ano_en(carta.oficio.numero) == carta.oficio.fecha.year:
            registro = carta.destinatarios[0]  # el número que le tocó sigue al de otro renglón
        if registro is not carta.oficio or not dicho_del_oficio:
            yield registro.hallazgo(
                campo, f"El número {carta.numero} dice {ano_en(carta.numero)} y la fecha es de {carta.fecha.year}.",
                "Corrija uno de los dos.", codigo="V-20",
            )  # fmt: skip
        dicho_del_oficio |= registro is carta.oficio


def numeros_repetidos_o_saltados(caso: Caso) -> Iterator[Hallazgo]:
    """V-20: uno por renglón, los números no se repiten ni se saltan; el de una fila que no se leyó no se sabe."""
    if not caso.por_renglon:
        return
    vistos: dict[str, Destinatario] = {}
    anterior: tuple[str, int] | None = None
    fila = 0
    for carta in caso.cartas:
        registro = carta.destinatarios[0]
        if carta.repite(vistos):
            yield registro.hallazgo(
                "numero", f"El número {carta.numero} ya lo lleva {_quien(vistos[clave(carta.numero)])}.",
                "Escriba uno distinto, o déjelo en blanco para que siga la cuenta.", codigo="V-20",
            )  # fmt: skip
        if carta.repite(vistos) or carta.de_otro_ano:
            continue
        vistos.setdefault(clave(carta.numero), registro)
        serie, consecutivo = _consecutivo(carta.numero)
        if caso.hay_malas_entre(fila, registro.origen.fila):
            anterior = None
        fila = registro.origen.fila
        if anterior and anterior[0] == serie and consecutivo not in (anterior[1], anterior[1] + 1) and registro.numero:
            yield registro.hallazgo(
                "numero", f"Del {anterior[1]} se salta al {consecutivo}.", "Confirme que es así.",
                codigo="V-20", aviso=True,
            )  # fmt: skip
        anterior = (serie, consecutivo)


def _quien(destinatario: Destinatario) -> str:
    """``"el renglón 3 (Eva Ruiz)"``."""
    nombre = destinatario.nombre_completo or destinatario.cargo
    return f"el renglón {destinatario.origen.fila}" + (f" ({nombre})" if nombre else "")


def _consecutivo(numero: str) -> tuple[str, int]:
    """``"INE/CNCS-GSA/516/2015"`` → ``("INE/CNCS-GSA/#/2015", 516)``; sin consecutivo, 0."""
    hallado = consecutivo_en(numero)
    if hallado is None:
        return numero, 0
    return f"{numero[: hallado.start()]}#{numero[hallado.end() :]}", int(hallado[0])


def fechas_en_orden(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: un oficio no es anterior al que contesta, ni al de número menor."""
    vistas: set[int] = set()
    for carta in caso.cartas:
        contestada = carta.fecha_que_contesta
        registro, campo = _lugar(carta, "fecha_que_contesta", "fecha")
        if contestada and carta.fecha < contestada and id(registro) not in vistas:
            vistas.add(id(registro))
            yield registro.hallazgo(
                campo, f"El oficio es del {fecha_larga(carta.fecha)}, anterior al que contesta "
                f"({fecha_larga(contestada)}).", "Corrija una de las dos fechas.", codigo="V-21",
            )  # fmt: skip
    for una, otra in pairwise(caso.cartas):
        (serie, primero), (misma, segundo) = _consecutivo(una.numero), _consecutivo(otra.numero)
        if serie == misma and primero < segundo and otra.fecha < una.fecha:
            yield otra.destinatarios[0].hallazgo(
                "fecha", f"El {otra.numero} es del {fecha_larga(otra.fecha)}, anterior al {una.numero} "
                f"({fecha_larga(una.fecha)}).", "Confirme las fechas.", codigo="V-21", aviso=True,
            )  # fmt: skip


def contesta_sin_fecha(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: el oficio que se contesta se cita con su fecha, y lo que trae fecha dice cuál es."""
    vistas: set[int] = set()
    for carta in caso.cartas:
        registro, _ = _lugar(carta, "contesta")
        if carta.contesta and not carta.fecha_que_contesta and id(registro) not in vistas:
            vistas.add(id(registro))
            yield registro.hallazgo(
                "fecha_que_contesta", f"El oficio {carta.contesta} no tiene fecha.",
                "Escríbala y cítela: {oficio.contesta.fecha}.", codigo="V-21", aviso=True,
            )  # fmt: skip
        elif carta.fecha_que_contesta and not carta.contesta:
            registro, _ = _lugar(carta, "fecha_que_contesta")
            if id(registro) in vistas:
                continue
            vistas.add(id(registro))
            yield registro.hallazgo(
                "contesta", "Hay fecha del oficio que se contesta, pero no su número.", "Escríbalo.",
                codigo="V-21", aviso=True,
            )  # fmt: skip


def claves_de_otra_serie(caso: Caso) -> Iterator[Hallazgo]:
    """V-22: dos siglas con las mismas letras en otro orden (DGLP, DGPL): una está mal escrita."""
    citadas: list[tuple[Registro, str, str]] = []
    for carta in caso.cartas[:1]:
        citadas += [
            (carta.oficio, "numero", carta.oficio.numero),
            (carta.oficio, "contesta", carta.oficio.contesta or ""),
        ]
    citadas += [(m, "oficio", m.oficio or "") for m in caso.libro.movimientos]
    citadas += [(d, "numero", d.numero or "") for d in caso.libro.destinatarios]
    for escrito in caso.todos_los_escritos:
        citadas += [(escrito.registro, escrito.campo, c) for c in prosa.CLAVE_DE_OFICIO.findall(escrito.texto)]
    primeras: dict[str, tuple[Registro, str, str]] = {}
    for registro, campo, texto in citadas:
        for sigla in re.findall(r"[A-Za-zÑñ]{3,}", texto):
            primeras.setdefault(sigla.upper(), (registro, campo, sigla))
    for (una, _), (otra, (registro, campo, escrita)) in combinations(primeras.items(), 2):
        if una != otra and sorted(una) == sorted(otra):
            yield registro.hallazgo(
                campo, f"«{escrita}» tiene las letras de «{una}» en otro orden.", "¿Cuál es la correcta?",
                codigo="V-22", aviso=True,
            )  # fmt: skip


def leyenda_y_lugar(caso: Caso) -> Iterator[Hallazgo]:
    """V-31: la leyenda es la del año de la fecha, y «D.F.» no se usa desde el 30 de enero de 2016."""
    informe = caso.libro.informe
    fechas = [(carta.fecha, *_lugar(carta, "fecha")) for carta in caso.cartas]
    if not caso.de_oficio and informe is not None:
        fechas = [(informe.fecha, informe, "fecha")]
    yield from _leyenda_de_otro_ano(caso, fechas)
    del_lugar = caso.libro.oficio if caso.de_oficio else informe
    if del_lugar and _DF.search(del_lugar.lugar) and any(fecha >= _FIN_DEL_DF for fecha, _, _ in fechas):
        yield del_lugar.hallazgo(
            "lugar", f"Dice «{del_lugar.lugar}», y desde el {fecha_larga(_FIN_DEL_DF)} es Ciudad de México.",
            "Escriba «Ciudad de México».", codigo="V-31", aviso=True,
        )  # fmt: skip


def _leyenda_de_otro_ano(caso: Caso, fechas: Iterable[tuple[date, Registro, str]]) -> Iterator[Hallazgo]:
    anos = {int(ano) for ano in _ANO.findall(caso.libro.institucion.leyenda or "")}
    dicho = False
    for fecha, registro, campo in fechas:
        de_otro = bool(anos) and fecha.year not in anos
        if de_otro and caso.por_renglon and isinstance(registro, Destinatario):
            yield registro.hallazgo(
                campo, f"La leyenda es de {max(anos)} y este oficio, de {fecha.year}.",
                "Corrija la fecha; si es la suya, haga este oficio en otro libro, con la leyenda de su año.",
                codigo="V-31",
            )  # fmt: skip
        elif de_otro and not dicho:
            dicho = True
            yield caso.libro.institucion.hallazgo(
                "leyenda", f"La leyenda es de {max(anos)} y el documento, de {fecha.year}.",
                "Escriba la del año o déjela en blanco.", codigo="V-31",
            )  # fmt: skip


def bajas_sin_oficio(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: una baja dice con qué oficio se notificó o por qué ocurrió."""
    for movimiento in legibles(caso.libro.movimientos):
        es_del_periodo = movimiento.tipo is TipoDeMovimiento.BAJA and caso.balance.en_periodo(movimiento.fecha)
        if es_del_periodo and not movimiento.oficio and not movimiento.motivo:
            yield movimiento.hallazgo(
                "oficio", f"La baja de «{movimiento.cuenta}» no dice ni el oficio ni el motivo.", "Escriba alguno.",
                codigo="V-21", aviso=True,
            )  # fmt: skip
