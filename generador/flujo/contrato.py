"""De dónde sale cada nombre de una plantilla: se cambia un dato del libro de ejemplo y se mira qué cambia.

Ni los nombres ni sus columnas se escriben en ninguna lista: salen del esquema del libro y de ``contexto()``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import chain
from typing import Any

from generador.catalogo import CATALOGO
from generador.celdas import Celda, Hoja, clave
from generador.documentos.comun import llave
from generador.documentos.cuentas import GraficaPedida
from generador.documentos.tipo import Tipo
from generador.esquema import Campo, Registro, Seccion, TextoLargo, campo_de_hojas_libres, campos, leer, secciones
from generador.flujo.linea import tipo_de
from generador.libro.lectura import abrir
from generador.plantilla.contrato import MARCA, TEXTO, Camino, Columna, Contrato, Forma
from generador.recursos import recurso

_MAX_RENGLONES = 9  # de una tabla del ejemplo: con más, cada prueba tarda y no enseña nada nuevo
_DE_PRUEBA = "Columna de prueba"
_EJEMPLO_DE_PROPIA = "lo que usted escriba"

Modelos = tuple[Any, ...]
Contexto = Mapping[str, object]
_Hojas = dict[tuple[str | int, ...], object]


@dataclass(frozen=True)
class Muestra:
    """Libros de ejemplo de un tipo y cómo se vuelven contexto; en los que salen de varios, todos a la vez."""

    modelos: Modelos
    contexto: Callable[[Modelos], Contexto]


def contrato_de(nombre: str, propias: Mapping[str, Sequence[str]] | None = None) -> Contrato:
    """El contrato de un tipo. ``propias``: las columnas de la persona por hoja, ``{"Asistencia": ["Teléfono"]}``."""
    tipo = tipo_de(nombre)
    vistas = muestras(nombre)
    forma = Forma()
    for muestra in vistas:
        _sumar(forma, muestra, muestra.modelos)
    llena = _variada(tipo, _llena(tipo, vistas[-1]), forma)
    cambios = _cambios(tipo, llena, forma)
    de_la_persona: dict[Camino, Columna] = {}
    if propias:
        de_la_persona = dict(_de_columnas_propias(tipo, llena, propias, forma))
    forma.cerrar()
    columnas: dict[Columna, frozenset[Camino]] = {}
    for columna, caminos, debiles, se_lee in cambios:
        hallados = [camino for camino in map(_abierto(forma), caminos) if forma.en(camino) is not None]
        de_rebote = [camino for camino in map(_abierto(forma), debiles) if forma.en(camino) is not None]
        for camino in (*hallados, *(c for c in de_rebote if not (forma.en(c) or forma).de)):
            suya = forma.en(camino)
            assert suya is not None
            suya.de[columna] = None
        de_texto = frozenset(c for c in hallados if TEXTO in (forma.en(c) or forma).clases)
        if de_texto and se_lee:
            columnas[columna] = columnas.get(columna, frozenset()) | de_texto
    _de_los_suyos(forma)
    return Contrato(nombre, forma, columnas, de_la_persona, _agregables(tipo, llena))


def _de_los_suyos(forma: Forma) -> None:
    """Lo que nadie movió sale de donde su tocayo: ``firmas.filas[][].nombre``, de donde ``firmas.unica.nombre``."""
    todos = list(forma.caminos())
    for camino, suya in todos:
        if not suya.de and suya.clases:
            tocayos = (otra for otro, otra in todos if (otro[0], otro[-1]) == (camino[0], camino[-1]) and otra.de)
            suya.de |= next((otra.de for otra in tocayos), {})


def ejemplos(nombre: str, propias: Mapping[str, Sequence[str]] | None = None) -> list[Contexto]:
    """Los contextos de los libros de ejemplo de un tipo: con ellos se prueba una plantilla.

    ``propias``: las columnas de la persona que se les agregan, por hoja.
    """
    tipo = tipo_de(nombre)
    agregadas = [(s, rotulo) for s in secciones(tipo.modelo) for rotulo in (propias or {}).get(s.hoja, ())]
    contextos = []
    for muestra in muestras(nombre):
        modelos = muestra.modelos
        for seccion, rotulo in agregadas:
            modelos = tuple(_con_columna(modelo, seccion, rotulo) for modelo in modelos)
        contextos.append(muestra.contexto(modelos))
    return contextos


def propias_de(nombre: str, propias: Mapping[str, Sequence[str]]) -> dict[Camino, Columna]:
    """Sólo los caminos que salen de esas columnas de la persona, sin averiguar lo demás."""
    tipo, forma = tipo_de(nombre), Forma()
    vistas = muestras(nombre)
    for muestra in vistas:
        _sumar(forma, muestra, muestra.modelos)
    return dict(_de_columnas_propias(tipo, _variada(tipo, _llena(tipo, vistas[-1]), forma), propias, forma))


def raices(nombre: str) -> frozenset[str]:
    """Los nombres de primer nivel de un tipo: ``{"sesion", "asistentes", …}``."""
    return frozenset(muestras(nombre)[0].contexto(muestras(nombre)[0].modelos))


@cache
def muestras(nombre: str) -> list[Muestra]:
    """Las que hay de un tipo en ``entradas/ejemplos``; primero, la que lleva su nombre."""
    entrada = CATALOGO[nombre]
    tipo = tipo_de(nombre)
    ejemplo = entrada.ejemplo or next(e.ejemplo for e in CATALOGO.values() if e.libro == entrada.libro)
    propio = recurso("entradas/ejemplos", f"{ejemplo}.xlsx")
    modelos = [leer(tipo.modelo, abrir(ruta))[0] for ruta in sorted(propio.parent.glob(f"{ejemplo}*.xlsx"), key=len_de)]
    legibles = [modelo for modelo in modelos if modelo is not None]
    if entrada.de_varios:
        return list(_de_expediente(tipo, tuple(legibles)))
    return [Muestra((modelo,), lambda suyos: tipo.contexto(suyos[0])) for modelo in legibles]


def len_de(ruta: Any) -> tuple[int, str]:
    """Con qué se ordenan los ejemplos: el más corto de nombre, primero."""
    return len(ruta.name), ruta.name


def _de_expediente(tipo: Tipo[Any], modelos: Modelos) -> Iterator[Muestra]:
    from generador.documentos.expediente import Corte, reunir

    fecha = max(modelo.sesion.fecha for modelo in modelos) + timedelta(days=45)

    def contexto_con(corte: "Corte") -> Callable[[Modelos], Contexto]:
        return lambda suyos: tipo.contexto(reunir([(str(n), m) for n, m in enumerate(suyos)], corte))

    area = next(iter(reunir([(str(n), m) for n, m in enumerate(modelos)], Corte(fecha)).areas), "")
    yield Muestra(modelos, contexto_con(Corte(fecha)))
    yield Muestra(modelos[:1], contexto_con(Corte(fecha, area=area)))
    yield Muestra(modelos[-2:], contexto_con(Corte(fecha)))


# --- un libro con algo en todas partes


def _llena(tipo: Tipo[Any], muestra: Muestra) -> Muestra:
    """La muestra con un registro en cada tabla vacía y en cada ficha en blanco, y sin tablas largas."""
    modelos = tuple(_con_hoja_libre(tipo, modelo) for modelo in muestra.modelos)
    for seccion in secciones(tipo.modelo):
        for lugar, modelo in enumerate(modelos):
            actual = getattr(modelo, seccion.atributo)
            if seccion.es_tabla and actual:
                paso = -(-len(actual) // _MAX_RENGLONES)
                nuevo: Any = actual[::paso]
            elif not actual:
                uno = _de_ejemplos(tipo, seccion, modelo)
                nuevo = (uno,) if seccion.es_tabla else uno
            else:
                continue
            candidatos = (*modelos[:lugar], replace(modelo, **{seccion.atributo: nuevo}), *modelos[lugar + 1 :])
            with suppress(Exception):  # si con eso no hay documento, se deja como estaba
                muestra.contexto(candidatos)
                modelos = candidatos
                modelo = modelos[lugar]
    return replace(muestra, modelos=modelos)


def _variada(tipo: Tipo[Any], muestra: Muestra, forma: Forma) -> Muestra:
    """La muestra con los renglones que enseñan algo más: otro igual al último, y uno por opción de cada lista."""
    modelos = muestra.modelos
    for seccion in secciones(tipo.modelo):
        ultimos = getattr(modelos[-1], seccion.atributo)[-1:] if seccion.es_tabla else ()
        for intentos in _renglones_nuevos(tipo, seccion, ultimos[0], modelos[-1]) if ultimos else ():
            for nuevo in intentos:
                propios = (*getattr(modelos[-1], seccion.atributo), nuevo)
                con_otro = (*modelos[:-1], replace(modelos[-1], **{seccion.atributo: propios}))
                antes = forma.cuantos
                if _sumar(forma, muestra, con_otro):
                    if forma.cuantos > antes and MARCA not in str(nuevo):
                        modelos = con_otro
                    break
    return replace(muestra, modelos=modelos)


def _renglones_nuevos(tipo: Tipo[Any], seccion: Seccion, ultimo: Any, modelo: Any) -> Iterator[Iterable[Registro]]:
    """De cada renglón por probar, sus intentos: tal cual y, por si cita algo, citando lo que el libro nombra."""
    suyos = campos(seccion.registro)
    textos = [campo for campo in suyos if issubclass(campo.tipo, str | TextoLargo) and not campo.opciones]
    libres = [campo for campo in textos if not campo.entre]
    for marcados in (libres, libres[:1]):
        yield [replace(ultimo, **{c.nombre: f"{getattr(ultimo, c.nombre) or c.ejemplo} {MARCA}" for c in marcados})]
    blancos = [campo.nombre for campo in libres if not campo.obligatorio and not getattr(ultimo, campo.nombre)]
    for campo in suyos:
        for opcion in campo.opciones if campo.tipo is not bool else ():
            elegida = replace(ultimo, **{campo.nombre: campo.tipo(opcion)})
            citas = (replace(elegida, **{b: n}) for b in blancos for n in _nombrados(tipo, modelo))
            yield chain([elegida], citas)


def _nombrados(tipo: Tipo[Any], modelo: Any) -> Iterator[str]:
    """Con qué se cita cada cosa del libro: lo primero de cada renglón, y el nombre de cada hoja libre."""
    for seccion in secciones(tipo.modelo):
        if seccion.es_tabla and getattr(modelo, seccion.atributo):
            yield str(getattr(getattr(modelo, seccion.atributo)[0], campos(seccion.registro)[0].nombre))
    libres = campo_de_hojas_libres(tipo.modelo)
    yield from (hoja.nombre for hoja in (getattr(modelo, libres) if libres else ()))


def _con_hoja_libre(tipo: Tipo[Any], modelo: Any) -> Any:
    """El modelo con una hoja de la persona, si las quiere y no trae ninguna."""
    libres = campo_de_hojas_libres(tipo.modelo)
    if not libres or getattr(modelo, libres):
        return modelo
    escrito = ((1, 1, "Concepto"), (1, 2, "Monto"), (2, 1, "Servicios"), (2, 2, 1200))
    celdas = {(fila, columna): Celda("Ejemplo", fila, columna, valor) for fila, columna, valor in escrito}
    return replace(modelo, **{libres: (Hoja("Ejemplo", celdas),)})


def _de_ejemplos(tipo: Tipo[Any], seccion: Seccion, modelo: Any) -> Registro:
    """Un registro escrito con el ejemplo de cada campo."""
    valores: dict[str, Any] = {}
    for campo in campos(seccion.registro):
        opciones = list(otros_valores(campo, None, citables(tipo, campo, modelo)))
        valores[campo.nombre] = campo.por_omision if campo.por_omision is not None else next(iter(opciones), None)
    return seccion.registro(**valores)


def citables(tipo: Tipo[Any], campo: Campo, modelo: Any) -> list[Any]:
    """Los valores que un campo puede tomar de otra tabla; vacía si no es de ésos."""
    if campo.entre is None:
        return []
    seccion = next((s for s in secciones(tipo.modelo) if s.hoja == campo.entre[0]), None)
    if seccion is None:
        return []
    otro = next(c.nombre for c in campos(seccion.registro) if c.rotulo == campo.entre[1])
    return [getattr(registro, otro) for registro in getattr(modelo, seccion.atributo)]


# --- cambiar un dato


def _cambios(tipo: Tipo[Any], muestra: Muestra, forma: Forma) -> list[tuple[Columna, set[Camino], set[Camino], bool]]:
    """Por cada columna, los caminos que cambian con ella, los que con ella aparecen y si en alguno se lee lo elegido.

    Cada contexto que se arma enseña además su forma.
    """
    base = _sumar(forma, muestra, muestra.modelos)
    hojas = dict(sueltos(base))
    citados = {campo.entre for s in secciones(tipo.modelo) for campo in campos(s.registro) if campo.entre}
    hallados = []
    for seccion in secciones(tipo.modelo):
        for campo in campos(seccion.registro):
            distintos: set[Camino] = set()
            con_marca: set[Camino] = set()
            nuevos: set[Camino] = set()
            dice_su_valor = not campo.opciones
            for modelos in _con_otro_valor(tipo, seccion, campo, muestra.modelos):
                ahora = dict(sueltos(_sumar(forma, muestra, modelos)))
                diferencias = list(_diferencias(hojas, ahora))
                movidos = _solo_movidos(hojas, ahora, {camino for camino, _, _ in diferencias})
                for camino, valor, nuevo in diferencias:
                    if camino in movidos:
                        continue
                    (nuevos if nuevo else distintos).add(camino)
                    if isinstance(valor, str) and MARCA in valor:
                        con_marca.add(camino)
                    dice_su_valor = dice_su_valor or _dice_una_opcion(campo, valor)
            es_llave = (seccion.hoja, campo.rotulo) in citados
            suyos = con_marca or (set() if es_llave else distintos)
            hallados.append(((seccion.hoja, campo.rotulo), suyos, nuevos, dice_su_valor))
    for seccion in secciones(tipo.modelo):
        if seccion.es_tabla:
            _sumar(forma, muestra, tuple(replace(m, **{seccion.atributo: ()}) for m in muestra.modelos))
    return hallados


def _dice_una_opcion(campo: Campo, valor: object) -> bool:
    """Si en ese texto se lee una opción de la lista; el género, por ejemplo, sólo cambia «del» por «de la»."""
    return isinstance(valor, str) and any(clave(opcion) in clave(valor) for opcion in campo.opciones)


def _sumar(forma: Forma, muestra: Muestra, modelos: Modelos) -> Contexto:
    """El contexto de esos modelos, ya sumado a la forma; vacío si con ellos no hay documento."""
    try:
        contexto = muestra.contexto(modelos)
    except Exception:  # un libro que los cruces habrían rechazado: no enseña nada
        return {}
    forma.sumar(contexto)
    return contexto


def _con_otro_valor(tipo: Tipo[Any], seccion: Seccion, campo: Campo, modelos: Modelos) -> Iterator[Modelos]:
    """Los modelos con ese campo cambiado: en todos los renglones a la vez y, si se elige, sólo en uno."""
    if campo.es_texto_largo:
        yield from _con_grafica(tipo, seccion, campo, modelos)
    for numero in range(_variantes(tipo, campo, modelos)):
        for solo in (None, -1) if seccion.es_tabla and (campo.opciones or campo.entre) else (None,):
            cambiados = tuple(_cambiado(tipo, seccion, campo, modelo, numero, solo) for modelo in modelos)
            if any(cambiado is not modelo for cambiado, modelo in zip(cambiados, modelos, strict=True)):
                yield cambiados


def _con_grafica(tipo: Tipo[Any], seccion: Seccion, campo: Campo, modelos: Modelos) -> Iterator[Modelos]:
    """Los modelos con una gráfica citada al final de ese texto, si el libro tiene dónde pedirlas."""
    de_graficas = next((s for s in secciones(tipo.modelo) if s.registro is GraficaPedida), None)
    for modelo in modelos[:1] if de_graficas else ():
        pedidas = getattr(modelo, de_graficas.atributo) if de_graficas else ()
        actual = getattr(modelo, seccion.atributo)
        for pedida in pedidas[:1] if actual else ():
            registros: list[Any] = list(actual) if seccion.es_tabla else [actual]
            for lugar in {0, len(registros) - 1}:
                dicho = getattr(registros[lugar], campo.nombre) or ""
                nuevo = f"{dicho}\n{{gráfica.{pedida.nombre}}}"
                registros[lugar] = replace(registros[lugar], **{campo.nombre: nuevo})
            yield (replace(modelo, **{seccion.atributo: tuple(registros) if seccion.es_tabla else registros[0]}),)


def _variantes(tipo: Tipo[Any], campo: Campo, modelos: Modelos) -> int:
    return len(list(otros_valores(campo, None, citables(tipo, campo, modelos[0])))) + (not campo.obligatorio)


def _cambiado(tipo: Tipo[Any], seccion: Seccion, campo: Campo, modelo: Any, numero: int, solo: int | None) -> Any:
    actual = getattr(modelo, seccion.atributo)
    if not actual:
        return modelo
    registros: Sequence[Any] = actual if seccion.es_tabla else (actual,)
    de_otra = citables(tipo, campo, modelo)
    nuevos = list(registros)
    for lugar in range(len(nuevos)) if solo is None else (solo,):
        nuevos[lugar] = _con(nuevos[lugar], campo, numero, de_otra)
    if all(nuevo is viejo for nuevo, viejo in zip(nuevos, registros, strict=True)):
        return modelo
    return replace(modelo, **{seccion.atributo: tuple(nuevos) if seccion.es_tabla else nuevos[0]})


def _con(registro: Registro, campo: Campo, numero: int, de_otra: Sequence[Any]) -> Registro:
    opciones: list[Any] = list(otros_valores(campo, getattr(registro, campo.nombre), de_otra))
    if not campo.obligatorio:
        opciones.append(None if campo.por_omision is None else campo.por_omision)
    if numero >= len(opciones) or opciones[numero] == getattr(registro, campo.nombre):
        return registro
    return replace(registro, **{campo.nombre: opciones[numero]})


def otros_valores(campo: Campo, actual: Any, de_otra: Sequence[Any]) -> Iterator[Any]:
    """Valores que podría tener en lugar del actual (None: sin él)."""
    if campo.entre is not None:
        yield from dict.fromkeys((*de_otra[:1], *de_otra[len(de_otra) // 2 :][:1], *de_otra[-1:]))
    elif campo.opciones:
        yield from (opcion == "Sí" if campo.tipo is bool else campo.tipo(opcion) for opcion in campo.opciones)
    elif issubclass(campo.tipo, datetime | date):
        yield (actual or _fecha(campo.ejemplo)) + timedelta(days=1)
    elif issubclass(campo.tipo, time):
        yield _una_hora(actual, campo.ejemplo)
    elif issubclass(campo.tipo, int | float):
        yield actual + 1 if actual is not None else campo.tipo(campo.ejemplo or campo.minimo or 1)
    else:
        yield f"{actual or campo.ejemplo or campo.rotulo} {MARCA}"


def _fecha(ejemplo: str) -> date:
    with suppress(ValueError):
        return datetime.strptime(ejemplo, "%d/%m/%Y").date()
    return date(2018, 1, 31)


def _una_hora(actual: time | None, ejemplo: str) -> time:
    if actual is None:
        return datetime.strptime(ejemplo or "12:00", "%H:%M").time()
    return (datetime.combine(date(2018, 1, 1), actual) + timedelta(minutes=7)).time()


# --- qué cambió


def sueltos(valor: object, camino: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Los valores sueltos de un contexto, cada uno con su camino; de cada lista, además, cuántos tiene."""
    match valor:
        case Mapping():
            for nombre, suyo in valor.items():
                yield from sueltos(suyo, (*camino, nombre))
        case list() | tuple():
            yield camino, len(valor)
            for lugar, suyo in enumerate(valor):
                yield from sueltos(suyo, (*camino, lugar))
        case _:
            yield camino, valor


def _diferencias(antes: _Hojas, ahora: _Hojas) -> Iterator[tuple[Camino, object, bool]]:
    """Los caminos cuyo valor cambió, con el nuevo, y si antes no estaban.

    Si una lista creció o encogió, lo que lleva dentro no se compara: sus elementos ya no son los mismos.
    """
    movidas = {c for c, valor in antes.items() if isinstance(valor, int) and ahora.get(c, valor) != valor}
    listas = {otro[:n] for otro in chain(antes, ahora) for n in range(1, len(otro)) if otro[:n] in movidas}
    for camino, valor in ahora.items():
        if camino in listas:
            continue
        en_otra_lista = [camino[:n] for n in range(1, len(camino)) if camino[:n] in listas]
        if camino in antes:
            cambio = not en_otra_lista and antes[camino] != valor
        else:
            vacias = (antes.get(camino[:n], "") for n in range(1, len(camino)))
            cambio = any(vacia is None or vacia == 0 for vacia in vacias)
        if cambio:
            yield _sin_lugares(camino), valor, camino not in antes


def _sin_lugares(camino: tuple[str | int, ...]) -> Camino:
    return tuple("[]" if isinstance(paso, int) else paso for paso in camino)


def _solo_movidos(antes: _Hojas, ahora: _Hojas, caminos: set[Camino]) -> set[Camino]:
    """De esos caminos, los que dicen lo mismo en otro orden: mover un renglón no es cambiar lo que dice."""
    de_lista = {camino for camino in caminos if "[]" in camino}
    if not de_lista:
        return set()
    dichos: tuple[dict[Camino, list[str]], dict[Camino, list[str]]] = ({}, {})
    for hojas, suyos in zip((antes, ahora), dichos, strict=True):
        for camino, valor in hojas.items():
            if (sin := _sin_lugares(camino)) in de_lista:
                suyos.setdefault(sin, []).append(str(valor))
    return {camino for camino in de_lista if sorted(dichos[0].get(camino, [])) == sorted(dichos[1].get(camino, []))}


def _abierto(forma: Forma) -> Callable[[Camino], Camino]:
    """Los caminos con «NOMBRE» en lugar de las llaves que puso el libro."""

    def con_nombre(camino: Camino) -> Camino:
        hecho: Camino = ()
        for paso in camino:
            dentro = forma.en(hecho)
            hecho = (*hecho, "NOMBRE" if dentro is not None and dentro.abierta is not None else paso)
        return hecho

    return con_nombre


# --- columnas de la persona


def _agregables(tipo: Tipo[Any], muestra: Muestra) -> dict[Camino, str]:
    """De cada lista que sale de una tabla, la hoja donde agregarle una columna: ``asistentes[]`` → «Asistencia»."""
    halladas: dict[Camino, str] = {}
    for seccion in secciones(tipo.modelo):
        if not seccion.es_tabla:
            continue
        con_una = Forma()
        _sumar(con_una, muestra, tuple(_con_columna(modelo, seccion, _DE_PRUEBA) for modelo in muestra.modelos))
        for camino, _ in con_una.caminos():
            if camino[-1] == llave(_DE_PRUEBA):
                halladas.setdefault(camino[:-1], seccion.hoja)
    return halladas


def _de_columnas_propias(
    tipo: Tipo[Any], muestra: Muestra, propias: Mapping[str, Sequence[str]], forma: Forma
) -> Iterator[tuple[Camino, Columna]]:
    """Los caminos que aparecen al agregar esas columnas a los libros de la muestra."""
    antes = {camino for camino, _ in forma.caminos()}
    for seccion in secciones(tipo.modelo):
        for rotulo in propias.get(seccion.hoja, ()):
            modelos = tuple(_con_columna(modelo, seccion, rotulo) for modelo in muestra.modelos)
            _sumar(forma, muestra, modelos)
            for camino, _ in list(forma.caminos()):
                if camino not in antes and camino[-1] == llave(rotulo):
                    antes.add(camino)
                    yield camino, (seccion.hoja, rotulo)


def _con_columna(modelo: Any, seccion: Seccion, rotulo: str) -> Any:
    """El modelo con esa columna en todos los renglones de la tabla o, si es una ficha, con ese renglón."""
    suya = getattr(modelo, seccion.atributo)
    if isinstance(suya, tuple):
        suya = tuple(_con_lo_propio(registro, rotulo) for registro in suya)
    elif suya is not None:
        suya = _con_lo_propio(suya, rotulo)
    assert any(propio.name == seccion.atributo for propio in fields(modelo))
    return replace(modelo, **{seccion.atributo: suya})


def _con_lo_propio(registro: Registro, rotulo: str) -> Registro:
    extras = {**registro.origen.extras, rotulo: _EJEMPLO_DE_PROPIA}
    return replace(registro, origen=replace(registro.origen, extras=extras))
