"""El oficio: del libro de cuentas a los nombres que su plantilla imprime, en una carta o en una por renglón."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import partial

from generador.castellano import fecha_larga, mayuscula_inicial, mayusculas
from generador.celdas import clave, en_un_renglon, sin_formato
from generador.documentos.balance import Balance
from generador.documentos.bloques import Bloque as Pintable
from generador.documentos.bloques import bloques_de
from generador.documentos.cartas import Carta, carta_comun, cartas
from generador.documentos.comun import propias
from generador.documentos.cuentas import (
    ESQUEMA,
    GUIA,
    TITULO,
    Bloque,
    Copia,
    Cuenta,
    Destinatario,
    LibroDeCuentas,
    LugarDeLaFecha,
    TipoDeBloque,
)
from generador.documentos.graficas_de_cuentas import hoja_de, trazada
from generador.documentos.hoja_libre import HojaLibre, Renglon
from generador.documentos.nombres_de_cuentas import Nombres
from generador.documentos.pliego import (
    NombresDePlantilla,
    con_graficas,
    datos_de_la_institucion,
    firmas,
    grafica_de,
    lugar_y_fecha,
    parrafos,
)
from generador.documentos.tipo import Ficha, Lote, Pieza, Senas, Tipo
from generador.documentos.verificaciones.cuentas import cruces_de_oficio, cruces_de_oficios, referencias
from generador.grafica import Grafica

_TEXTOS = {
    TipoDeBloque.PARRAFO: "parrafo",
    TipoDeBloque.SUBTITULO: "subtitulo",
    TipoDeBloque.VINETA: "vineta",
    TipoDeBloque.NUMERADO: "numerado",
    TipoDeBloque.CITA: "cita",
}
_ALTO_EN_CELDA = 5  # cm
_CORTO = 700  # letras: unos ocho renglones
_CABEN_JUNTO_A_LA_FIRMA = 6  # copias y anexos
_COLUMNAS_HOLGADAS = 5  # con más, la letra se achica
_ROTULOS = {TipoDeBloque.BAJAS: "Cuentas dadas de baja", TipoDeBloque.PERMANENCIA: "Permanencia de cuentas"}


def contexto(libro: LibroDeCuentas) -> NombresDePlantilla:
    """Los nombres de ``plantillas_docx/oficio.docx`` para un solo oficio a todos los destinatarios."""
    return contexto_de(Nombres(Balance(libro)), carta_comun(libro))


def contexto_de(nombres: Nombres, carta: Carta) -> NombresDePlantilla:
    """Los nombres de la plantilla para una carta; todo es texto, número, lista, diccionario o gráfica."""
    libro = nombres.libro
    return {
        "institucion": datos_de_la_institucion(libro),
        "oficio": {
            **propias(carta.oficio),
            "numero": carta.numero,
            "lugar_y_fecha": lugar_y_fecha(carta.oficio.lugar, carta.fecha),
            "fecha_al_final": carta.oficio.lugar_de_la_fecha is LugarDeLaFecha.DESPUES,
            "asunto": nombres.resolver(carta.oficio.asunto or "", carta),
        },
        "destinatarios": [_destinatario(destinatario) for destinatario in carta.destinatarios],
        "varios": carta.varios,
        "bloques": _junto_al_final([p for bloque in libro.cuerpo for p in _con_lo_propio(nombres, carta, bloque)]),
        "despedida": nombres.resolver(carta.oficio.despedida or "", carta),
        "firmas": firmas(libro.firmas),
        "anexos": [propias(anexo) | {"numero": n, "titulo": anexo.titulo} for n, anexo in enumerate(libro.anexos, 1)],
        "copias": {"marca": str(carta.oficio.marca_de_copia), "lista": [_copia(copia) for copia in libro.copias]},
        "iniciales": carta.oficio.iniciales or "",
        "cierre_junto": len(libro.anexos) + len(libro.copias) <= _CABEN_JUNTO_A_LA_FIRMA,
        "graficas": {suya.nombre: trazada(nombres.balance, suya) for suya in libro.graficas},
    }


# --- Partes del oficio


def _destinatario(destinatario: Destinatario) -> NombresDePlantilla:
    return {
        **propias(destinatario),
        "tratamiento": mayuscula_inicial(destinatario.trato),
        "nombre": mayusculas(_sin_tratamiento(destinatario)),
        "cargo": (destinatario.cargo or "").rstrip("."),
        "area": destinatario.area or "",
    }


def _sin_tratamiento(destinatario: Destinatario) -> str:
    """El nombre; con su título abreviado si no hay forma desarrollada que ponerle encima."""
    return destinatario.nombre_completo if destinatario.trato else destinatario.con_titulo


def _copia(copia: Copia) -> NombresDePlantilla:
    return {
        **propias(copia),
        "nombre": mayusculas(copia.con_titulo),
        "cargo": (copia.cargo or "").rstrip("."),
        "nota": copia.nota.rstrip("."),
    }


def _junto_al_final(pintables: list[Pintable]) -> list[Pintable]:
    """Los bloques; el último, si es corto, va en la página de la firma, para que no quede sola.

    Uno largo, no: arrastrado entero, dejaría en blanco la página en que empieza.
    """
    ultimo = len(pintables) - 1
    return [
        {**pintable, "junto": lugar == ultimo and len(str(pintable.get("texto", ""))) < _CORTO}
        for lugar, pintable in enumerate(pintables)
    ]


def _con_lo_propio(nombres: Nombres, carta: Carta, bloque: Bloque) -> Iterator[Pintable]:
    for pintable in _bloque(nombres, carta, bloque):
        yield {**propias(bloque), **pintable}


def _bloque(nombres: Nombres, carta: Carta, bloque: Bloque) -> Iterator[Pintable]:
    titulo = nombres.resolver(bloque.texto or "", carta)
    match bloque.tipo:
        case TipoDeBloque.BAJAS | TipoDeBloque.PERMANENCIA as tipo:
            balance = nombres.balance
            if cuentas := balance.dadas_de_baja if tipo is TipoDeBloque.BAJAS else balance.vigentes:
                yield _tabla_de_cuentas(nombres, carta, tipo, titulo, cuentas)
        case TipoDeBloque.TABLA:
            hoja = hoja_de(nombres.libro, bloque.de or "")
            assert hoja is not None, bloque.de
            yield _tabla_libre(hoja.resuelta(lambda texto: nombres.resolver(texto, carta)), titulo)
        case TipoDeBloque.GRAFICA:
            yield {"tipo": "grafica", "grafica": grafica_de(nombres, bloque.de or sin_formato(titulo))}
        case tipo:
            yield from con_graficas(nombres, bloques_de(titulo, _TEXTOS[tipo]))


def _tabla_de_cuentas(
    nombres: Nombres, carta: Carta, tipo: TipoDeBloque, titulo: str, cuentas: Sequence[Cuenta]
) -> Pintable:
    return {
        "tipo": "cuentas",
        "rotulos": [en_un_renglon(titulo) or _ROTULOS[tipo], "Observaciones"],
        "renglones": [_renglon_de_cuentas(nombres, carta, grupo) for grupo in nombres.balance.grupos(cuentas)],
    }


def _renglon_de_cuentas(nombres: Nombres, carta: Carta, grupo: Sequence[Cuenta]) -> NombresDePlantilla:
    observaciones = [bloque for cuenta in grupo for bloque in parrafos(nombres, cuenta.observaciones, carta, cuenta)]
    return {
        **propias(*grupo),
        "cuentas": [en_un_renglon(cuenta.en_tablas) for cuenta in grupo],
        "bloques": [_para_celda(bloque) for bloque in observaciones]
        or [{"tipo": "parrafo", "texto": _lo_que_se_sabe(nombres, c)} for c in grupo],
    }


def _para_celda(bloque: Pintable) -> Pintable:
    """La gráfica de una celda, más baja: cabe junto a lo que se dice de ella."""
    grafica = bloque.get("grafica")
    return {**bloque, "grafica": replace(grafica, alto_cm=_ALTO_EN_CELDA)} if isinstance(grafica, Grafica) else bloque


def _lo_que_se_sabe(nombres: Nombres, cuenta: Cuenta) -> str:
    """Sin observaciones: por qué se dio de baja o, si sigue, su última cifra; si no hay ninguna, una raya."""
    baja = nombres.balance.baja(cuenta)
    if baja is not None:
        oficio = f", oficio {baja.oficio}" if baja.oficio else ""
        motivo = f" {baja.motivo.rstrip('.')}." if baja.motivo else ""
        return f"Baja del {fecha_larga(baja.fecha)}{oficio}.{motivo}"
    evolucion = nombres.balance.evolucion(cuenta)
    if evolucion.final is None or evolucion.fecha is None:
        return "—"
    metrica = nombres.libro.institucion.metrica
    return f"{mayuscula_inicial(metrica)}: {nombres.cifra(evolucion.final)} al {fecha_larga(evolucion.fecha)}."


def _tabla_libre(hoja: HojaLibre, titulo: str) -> Pintable:
    columnas = range(len(hoja.encabezados))
    return {
        "tipo": "tabla",
        "titulo": titulo,
        "encabezados": [{"texto": celda.texto, "cifra": hoja.de_cifras[n]} for n, celda in enumerate(hoja.encabezados)],
        "renglones": [_renglon_libre(hoja, renglon, columnas) for renglon in hoja.renglones],
        "menuda": len(columnas) > _COLUMNAS_HOLGADAS,
    }


def _renglon_libre(hoja: HojaLibre, renglon: Renglon, columnas: range) -> NombresDePlantilla:
    return {
        "celdas": [{"texto": hoja.texto(renglon, n), "cifra": hoja.de_cifras[n]} for n in columnas],
        "total": renglon.es_total or renglon.es_subtotal,
    }


# --- El tipo


def nombre_de_archivo(libro: LibroDeCuentas) -> str:
    """``"Oficio INE-CNCS-GSA-516-2015 Cecilia Azuara Arai"``; con varios destinatarios, sólo el número."""
    return _archivo(carta_comun(libro))


def _archivo(carta: Carta) -> str:
    quien = carta.unico.nombre_completo if carta.unico else ""
    return f"Oficio {carta.numero} {quien}".strip()


def propiedades(libro: LibroDeCuentas) -> Ficha:
    """Título, asunto y autor; la fecha de creación es la del oficio (mismos datos, mismo archivo)."""
    return _ficha(libro, carta_comun(libro))


def _ficha(libro: LibroDeCuentas, carta: Carta) -> Ficha:
    return Ficha(
        titulo=f"Oficio {carta.numero}",
        asunto=en_un_renglon(carta.oficio.asunto or ""),
        autor=libro.institucion.nombre,
        creado=datetime.combine(carta.fecha, time(12)),
    )


def piezas(libro: LibroDeCuentas, malas: Iterable[int]) -> Iterator[Pieza]:
    """Un oficio por renglón; lo que cuesta deducir del libro se deduce una vez para todos."""
    nombres = Nombres(Balance(libro))
    for carta in cartas(libro, malas):
        lugar = carta.destinatarios[0].hallazgo("nombre", "", "")
        yield Pieza(
            hoja=lugar.hoja,
            celda=lugar.celda,
            fila=lugar.fila,
            archivo=_archivo(carta),
            senas=_senas(carta.destinatarios[0]),
            ficha=_ficha(libro, carta),
            contexto=partial(contexto_de, nombres, carta),
        )


def _senas(destinatario: Destinatario) -> Senas:
    puesto = clave(f"{destinatario.cargo or ''} {destinatario.area or ''}")
    return Senas(clave(destinatario.nombre_completo) or puesto, puesto)


TIPO = Tipo(
    nombre="oficio",
    esquema=ESQUEMA,
    titulo=TITULO,
    guia=GUIA,
    modelo=LibroDeCuentas,
    referencias=referencias,
    cruces=cruces_de_oficio,
    contexto=contexto,
    archivo=nombre_de_archivo,
    propiedades=propiedades,
    lote=Lote(hoja="Destinatarios", cruces=cruces_de_oficios, piezas=piezas),
    pide=("Oficio", "Destinatarios", "Cuerpo", "Firmas"),
)
