"""Que el oficio tenga todo lo suyo: a quién, qué, quién lo firma, y los anexos que cita (V-23)."""

import re
from collections.abc import Iterator
from functools import partial

from generador.celdas import clave, parecido
from generador.documentos.cuentas import Bloque, TipoDeBloque
from generador.documentos.graficas_de_cuentas import hoja_de, pedida
from generador.documentos.hoja_libre import MAX_COLUMNAS
from generador.documentos.verificaciones import de_cada
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.hallazgos import Hallazgo

_CON_TEXTO = (
    TipoDeBloque.PARRAFO, TipoDeBloque.SUBTITULO, TipoDeBloque.VINETA, TipoDeBloque.NUMERADO, TipoDeBloque.CITA,
)  # fmt: skip
_ANEXO = re.compile(r"\banexos? (?:n[úu]m(?:ero|\.)? ?)?(\d{1,2})\b", re.IGNORECASE)
_SE_ANEXA = re.compile(r"\b(?:anex[oa]s?|adjunt[oa]s?|se anexan?|se adjuntan?)\b", re.IGNORECASE)


def hojas_en_blanco(caso: Caso) -> Iterator[Hallazgo]:
    """Un oficio tiene a quién, qué y quién lo firma."""
    for hoja, renglones, remedio in (
        ("Destinatarios", caso.libro.destinatarios, "Escriba a quién va el oficio."),
        ("Cuerpo", caso.libro.cuerpo, "Escriba lo que dice: un renglón, un párrafo."),
        ("Firmas", caso.libro.firmas, "Escriba quién firma."),
    ):
        if not renglones:
            suya = next((libre.nombre for libre in caso.libro.libres if clave(hoja) in clave(libre.nombre)), "")
            remedio = f"¿Es «{suya}»? Cámbiele el nombre a «{hoja}»." if suya else remedio
            yield Hallazgo(hoja=hoja, problema="No tiene renglones.", remedio=remedio)


def bloques_incompletos(caso: Caso) -> Iterator[Hallazgo]:
    """Cada renglón del cuerpo tiene su texto, su hoja o su gráfica."""
    yield from de_cada(caso.libro.cuerpo, partial(_incompleto, caso))


def _incompleto(caso: Caso, bloque: Bloque) -> Iterator[Hallazgo]:
    match bloque.tipo:
        case TipoDeBloque.TABLA:
            yield from _tabla(caso, bloque)
        case TipoDeBloque.GRAFICA:
            yield from _grafica(caso, bloque)
        case TipoDeBloque.BAJAS if not caso.balance.dadas_de_baja:
            yield bloque.hallazgo(
                "tipo", "No hay bajas en el periodo: la tabla no saldrá.",
                "Si las hubo, agréguelas en «Movimientos»; si no, quite este renglón.", aviso=True,
            )  # fmt: skip
        case TipoDeBloque.PERMANENCIA if not caso.balance.vigentes:
            yield bloque.hallazgo(
                "tipo", "No hay cuentas en operación: la tabla no saldrá.", "Agréguelas en «Cuentas».", aviso=True
            )
        case tipo if tipo in _CON_TEXTO and not bloque.texto:
            yield bloque.hallazgo("texto", f"«{tipo}» no tiene texto.", "Escríbalo o quite el renglón.")


def _tabla(caso: Caso, bloque: Bloque) -> Iterator[Hallazgo]:
    hoja = hoja_de(caso.libro, bloque.de or "")
    if hoja is None:
        suyas = [libre.nombre for libre in caso.libro.libres]
        yield _no_existe(bloque, "hoja", suyas, "Escriba el nombre de una hoja suya.")
    elif len(hoja.encabezados) < 2 or not hoja.renglones:
        yield bloque.hallazgo(
            "de", f"La hoja «{bloque.de}» no trae una tabla.", "Debe tener encabezados y al menos un renglón."
        )
    elif len(hoja.encabezados) > MAX_COLUMNAS:
        yield bloque.hallazgo(
            "de", f"La hoja «{bloque.de}» tiene {len(hoja.encabezados)} columnas y en la página caben {MAX_COLUMNAS}.",
            "Quite las que no se imprimen.",
        )  # fmt: skip


def _grafica(caso: Caso, bloque: Bloque) -> Iterator[Hallazgo]:
    nombre = bloque.de or bloque.texto or ""
    if pedida(caso.libro, nombre) is None:
        yield _no_existe(bloque, "gráfica", [g.nombre for g in caso.libro.graficas], "Agréguela en «Gráficas».")


def _no_existe(bloque: Bloque, que: str, hay: list[str], remedio: str) -> Hallazgo:
    cercano = parecido(bloque.de or "", hay)
    dicho = f"La {que} «{bloque.de}» no existe." if bloque.de else f"No dice qué {que} se pone."
    return bloque.hallazgo("de", dicho, f"¿Quiso decir «{cercano}»?" if cercano else remedio)


def anexos_citados(caso: Caso) -> Iterator[Hallazgo]:
    """V-23: lo que se dice que va anexo está en la hoja «Anexos», y al revés."""
    listados = caso.libro.anexos
    for escrito in caso.escritos:
        numeros = [int(n) for n in _ANEXO.findall(escrito.texto)]
        mencion = _SE_ANEXA.search(escrito.texto)
        faltan = [n for n in numeros if not 1 <= n <= len(listados)]
        if faltan:
            yield escrito.registro.hallazgo(
                escrito.campo, f"Cita el anexo {faltan[0]}, y en «Anexos» hay {len(listados)}.",
                "Agréguelo ahí o corrija el número.", codigo="V-23",
            )  # fmt: skip
        elif mencion and not listados:
            yield escrito.registro.hallazgo(
                escrito.campo, f"Dice «{mencion[0]}», y la hoja «Anexos» está en blanco.", "Liste ahí lo que acompaña.",
                codigo="V-23", aviso=True,
            )  # fmt: skip
    if listados and not any(_SE_ANEXA.search(escrito.texto) for escrito in caso.todos_los_escritos):
        yield listados[0].hallazgo(
            "titulo", "Hay anexos, y el texto no los menciona.", "Menciónelos: «se anexa…».", codigo="V-23", aviso=True
        )
