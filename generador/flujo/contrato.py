"""De dónde sale cada nombre de una plantilla: se cambia un dato del libro de ejemplo y se mira qué cambia.

Ni los nombres ni sus columnas se escriben en ninguna lista: salen del esquema del libro y de ``contexto()``.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from itertools import chain
from typing import Any

from generador.catalogo import CATALOGO
from generador.celdas import Celda, Hoja, clave
from generador.datos import dataclass
from generador.documentos.comun import llave
from generador.documentos.cuentas import GraficaPedida
from generador.documentos.tipo import Tipo
from generador.esquema import Campo, Registro, Seccion, TextoLargo, campo_de_hojas_libres, campos, leer, secciones
from generador.flujo.linea import tipo_de
from generador.flujo.tanteo import (
    Contexto,
    Modelos,
    Suelto,
    Sueltos,
    citables,
    con_registros,
    otros_valores,
    registros,
    sueltos,
)
from generador.libro.lectura import abrir
from generador.plantilla.contrato import MARCA, TEXTO, Camino, Columna, Contrato, Forma
from generador.recursos import recurso

_MAX_RENGLONES = 9  # de una tabla del ejemplo: con más, cada prueba tarda y no enseña nada nuevo
_BASTAN = 6  # renglones de una tabla que se cambian de uno en uno
_DE_PRUEBA = "Columna de prueba"
_EJEMPLO_DE_PROPIA = "lo que usted escriba"


@dataclass(frozen=True)
class Muestra:
    """Libros de ejemplo de un tipo y cómo se vuelven contexto; en los que salen de varios, todos a la vez."""

    modelos: Modelos
    contexto: Callable[[Modelos], Contexto]


def contrato_de(nombre: str, propias: Mapping[str, Sequence[str]] | None = None) -> Contrato:
    """El contrato de un tipo. ``propias``: las columnas de la persona por hoja, ``{"Asistencia": ["Teléfono"]}``.

    Cada vez es otro, que se puede ampliar; averiguarlo tarda un par de segundos, y se hace una vez.
    """
    llena, comun = _averiguado(nombre)
    forma = deepcopy(comun.nombres)
    de_la_persona = dict(_de_columnas_propias(tipo_de(nombre), llena, propias, forma)) if propias else {}
    return replace(comun, nombres=forma.cerrar(), propias=de_la_persona)


@cache
def _averiguado(nombre: str) -> tuple[Muestra, Contrato]:
    """El libro con algo en todas partes que sirvió para averiguarlo, y el contrato sin columnas de nadie."""
    tipo = tipo_de(nombre)
    vistas = muestras(nombre)
    forma = Forma()
    for muestra in vistas:
        _sumar(forma, muestra, muestra.modelos)
    llena = _variada(tipo, _llena(tipo, vistas[-1]), forma)
    cambios = _cambios(tipo, llena, forma)
    for otra in vistas:  # la que sirve de base puede no tener algún texto que las demás sí imprimen
        en_otra = _cambios(tipo, otra, forma, solo_textos=True)
        cambios = [uno.con(otro) for uno, otro in zip(cambios, en_otra, strict=True)]
    forma.cerrar()
    abierto = _abierto(forma)
    cambios = [
        Cambio(c.columna, set(map(abierto, c.cambian)), set(map(abierto, c.aparecen)), c.se_lee) for c in cambios
    ]
    primero_lo_que_se_lee = sorted(cambios, key=lambda cambio: not cambio.se_lee)
    _atribuir(forma, [(cambio.columna, cambio.cambian) for cambio in primero_lo_que_se_lee])
    _atribuir_a_quien_dice_lo_mismo(forma, tipo, llena)
    _atribuir(forma, [(cambio.columna, cambio.aparecen & _huerfanos(forma)) for cambio in cambios])
    columnas = {
        cambio.columna: de_texto
        for cambio in cambios
        if cambio.se_lee and (de_texto := frozenset(c for c in cambio.cambian if TEXTO in _clases(forma, c)))
    }
    return llena, Contrato(nombre, forma, columnas, agregables=_agregables(tipo, llena))


def _atribuir(forma: Forma, hallados: Iterable[tuple[Columna, Iterable[Camino]]]) -> None:
    """Apunta en cada camino las columnas de que sale."""
    for columna, caminos in hallados:
        for camino in caminos:
            if (suya := forma.en(camino)) is not None:
                suya.de[columna] = None


def _atribuir_a_quien_dice_lo_mismo(forma: Forma, tipo: Tipo[Any], muestra: Muestra) -> None:
    """Lo que nadie cambió sale de donde su tocayo o de la columna que dice esas mismas palabras.

    ``firmas.filas[][].nombre``, de donde ``firmas.unica.nombre``; los nombres de las plataformas, de «Plataforma».
    """
    abierto, dichos = _abierto(forma), dict[Camino, set[str]]()
    for camino, valor in sueltos(muestra.contexto(muestra.modelos)):
        if isinstance(valor, str) and valor:
            dichos.setdefault(abierto(_sin_lugares(camino)), set()).add(valor)
    escritos = dict(_escritos(tipo, muestra.modelos))
    con_columna = [(camino, suya) for camino, suya in forma.caminos() if suya.de]
    for camino in _huerfanos(forma):
        suyas = (camino[0], camino[-1]) if "[]" in camino else ()
        tocayos = (otra.de for otro, otra in con_columna if (otro[0], otro[-1]) == suyas)
        suyos = dichos.get(camino)
        iguales = ({c: None} for c, palabras in escritos.items() if suyos and suyos <= palabras)
        hallada = forma.en(camino)
        assert hallada is not None
        hallada.de |= next(chain(iguales, tocayos), {})


def _escritos(tipo: Tipo[Any], modelos: Modelos) -> Iterator[tuple[Columna, set[str]]]:
    """Lo que dice cada columna del libro."""
    for seccion in secciones(tipo.modelo):
        for campo in campos(seccion.registro):
            valores = (getattr(uno, campo.nombre) for modelo in modelos for uno in registros(modelo, seccion))
            yield (seccion.hoja, campo.rotulo), {str(valor) for valor in valores if valor is not None}


def _huerfanos(forma: Forma) -> set[Camino]:
    return {camino for camino, suya in forma.caminos() if suya.clases and not suya.de}


def _clases(forma: Forma, camino: Camino) -> set[str]:
    suya = forma.en(camino)
    return suya.clases if suya is not None else set()


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
        ultimos = registros(modelos[-1], seccion)[-1:] if seccion.es_tabla else ()
        for intentos in _renglones_nuevos(tipo, seccion, ultimos[0], modelos[-1]) if ultimos else ():
            for nuevo in intentos:
                propios = (*registros(modelos[-1], seccion), nuevo)
                con_otro = (*modelos[:-1], con_registros(modelos[-1], seccion, propios))
                antes = forma.cuantos
                if _sumar(forma, muestra, con_otro):
                    if forma.cuantos > antes and MARCA not in str(nuevo):
                        modelos = con_otro
                    break
    return replace(muestra, modelos=modelos)


def _renglones_nuevos(tipo: Tipo[Any], seccion: Seccion, ultimo: Any, modelo: Any) -> Iterator[Iterable[Registro]]:
    """De cada renglón por probar, sus intentos: tal cual y, por si cita algo, citando lo que el libro nombra.

    Lo que se elige de otra tabla se prueba además con lo último de ella, que es lo que aquí se le agregó.
    """
    suyos = campos(seccion.registro)
    textos = [campo for campo in suyos if issubclass(campo.tipo, str | TextoLargo) and not campo.opciones]
    libres = [campo for campo in textos if not campo.entre]
    for marcados in (libres, libres[:1]):
        yield [replace(ultimo, **{c.nombre: f"{getattr(ultimo, c.nombre) or c.ejemplo} {MARCA}" for c in marcados})]
    blancos = [campo.nombre for campo in libres if not campo.obligatorio and not getattr(ultimo, campo.nombre)]
    ultimas = {campo.nombre: suyas[-1] for campo in suyos if (suyas := citables(tipo, campo, modelo))}
    for campo in suyos:
        for opcion in campo.opciones if campo.tipo is not bool else ():
            elegida = replace(ultimo, **{campo.nombre: campo.tipo(opcion)})
            citas = (replace(elegida, **{b: n}) for b in blancos for n in _nombrados(tipo, modelo))
            yield chain([elegida], citas)
            if ultimas:
                yield [replace(elegida, **ultimas)]


def _nombrados(tipo: Tipo[Any], modelo: Any) -> Iterator[str]:
    """Con qué se cita cada cosa del libro: lo primero de cada renglón, y el nombre de cada hoja libre."""
    for seccion in secciones(tipo.modelo):
        if seccion.es_tabla and (suyos := registros(modelo, seccion)):
            yield str(getattr(suyos[0], campos(seccion.registro)[0].nombre))
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


# --- cambiar un dato


@dataclass(frozen=True)
class Cambio:
    """Qué pasa en los contextos si se cambia una columna del libro.

    ``cambian``: los caminos que dicen otra cosa; ``aparecen``: los que antes no estaban; ``se_lee``: si en alguno se
    lee lo que la columna dice, y no sólo se decide con ello (el género no se lee: cambia «del» por «de la»).
    """

    columna: Columna
    cambian: set[Camino]
    aparecen: set[Camino]
    se_lee: bool

    def con(self, otro: "Cambio") -> "Cambio":
        """Lo visto en dos muestras."""
        cambian, aparecen = self.cambian | otro.cambian, self.aparecen | otro.aparecen
        return Cambio(self.columna, cambian, aparecen, self.se_lee or otro.se_lee)


def _cambios(tipo: Tipo[Any], muestra: Muestra, forma: Forma, *, solo_textos: bool = False) -> list[Cambio]:
    """Lo que cambia con cada columna. Cada contexto que se arma enseña además su forma."""
    base = dict(sueltos(_sumar(forma, muestra, muestra.modelos)))
    hallados = []
    for seccion in secciones(tipo.modelo):
        for campo in campos(seccion.registro):
            cambian: set[Camino] = set()
            con_marca: set[Camino] = set()
            aparecen: set[Camino] = set()
            se_lee = not campo.opciones
            se_prueba = _es_texto(campo) or not solo_textos
            por_probar = _con_otro_valor(tipo, seccion, campo, muestra.modelos) if se_prueba else ()
            for modelos, solo_uno in por_probar:
                ahora = dict(sueltos(_sumar(forma, muestra, modelos)))
                for camino, valor, nuevo in _diferencias(base, ahora):
                    if nuevo:
                        aparecen.add(camino)
                    elif solo_uno or not _se_elige(campo):
                        cambian.add(camino)
                    if _es_texto(campo) and isinstance(valor, str) and MARCA in valor:
                        con_marca.add(camino)
                    se_lee = se_lee or _dice_una_opcion(campo, valor)
            # De un libro a otro, una clave distinta rompe la cadena: ahí sólo cuenta a dónde llegó lo escrito.
            suyos = con_marca | cambian if len(muestra.modelos) == 1 else con_marca or cambian
            hallados.append(Cambio((seccion.hoja, campo.rotulo), suyos, aparecen, se_lee))
    for seccion in secciones(tipo.modelo):
        if seccion.es_tabla:
            _sumar(forma, muestra, tuple(replace(m, **{seccion.atributo: ()}) for m in muestra.modelos))
    return hallados


def _se_elige(campo: Campo) -> bool:
    return bool(campo.opciones or campo.entre)


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


def _con_otro_valor(
    tipo: Tipo[Any], seccion: Seccion, campo: Campo, modelos: Modelos
) -> Iterator[tuple[Modelos, bool]]:
    """Los modelos con ese campo cambiado, en todos los renglones a la vez y en uno solo; y si fue en uno.

    Un texto lleva marca: con cambiarlo en todos basta.
    """
    if campo.es_texto_largo:
        yield from ((con_una, True) for con_una in _con_grafica(tipo, seccion, campo, modelos))
    cuantos = max(len(registros(modelo, seccion)) for modelo in modelos)
    de_uno = set() if _es_texto(campo) else {cuantos * n // _BASTAN for n in range(_BASTAN)} | {cuantos - 1}
    for numero in range(_variantes(tipo, campo, modelos)):
        for elegidos in (range(cuantos), *([lugar] for lugar in sorted(de_uno))):
            cambiados = tuple(_cambiado(tipo, seccion, campo, modelo, numero, elegidos) for modelo in modelos)
            if any(cambiado is not modelo for cambiado, modelo in zip(cambiados, modelos, strict=True)):
                yield cambiados, len(elegidos) == 1


def _es_texto(campo: Campo) -> bool:
    return issubclass(campo.tipo, str | TextoLargo) and not _se_elige(campo)


def _con_grafica(tipo: Tipo[Any], seccion: Seccion, campo: Campo, modelos: Modelos) -> Iterator[Modelos]:
    """Los modelos con una gráfica citada al final de ese texto, si el libro tiene dónde pedirlas."""
    de_graficas = next((s for s in secciones(tipo.modelo) if s.registro is GraficaPedida), None)
    for modelo in modelos[:1] if de_graficas else ():
        pedidas = registros(modelo, de_graficas) if de_graficas else ()
        suyos = list(registros(modelo, seccion))
        for pedida in pedidas[:1] if suyos else ():
            for lugar in {0, len(suyos) - 1}:
                dicho = getattr(suyos[lugar], campo.nombre) or ""
                suyos[lugar] = replace(suyos[lugar], **{campo.nombre: f"{dicho}\n{{gráfica.{pedida.nombre}}}"})
            yield (con_registros(modelo, seccion, suyos),)


def _variantes(tipo: Tipo[Any], campo: Campo, modelos: Modelos) -> int:
    return len(list(otros_valores(campo, None, citables(tipo, campo, modelos[0])))) + (not campo.obligatorio)


def _cambiado(
    tipo: Tipo[Any], seccion: Seccion, campo: Campo, modelo: Any, numero: int, elegidos: Collection[int]
) -> Any:
    """El modelo con otro valor en esos renglones; si los demás los citan por él, los citan por el nuevo."""
    suyos = registros(modelo, seccion)
    de_otra = citables(tipo, campo, modelo)
    nuevos = [_con(uno, campo, numero, de_otra) if lugar in elegidos else uno for lugar, uno in enumerate(suyos)]
    cambios = {
        getattr(antes, campo.nombre): getattr(ahora, campo.nombre)
        for antes, ahora in zip(suyos, nuevos, strict=True)
        if ahora is not antes
    }
    if not cambios:
        return modelo
    return _citados(tipo, con_registros(modelo, seccion, nuevos), (seccion.hoja, campo.rotulo), cambios)


def _citados(tipo: Tipo[Any], modelo: Any, columna: Columna, cambios: Mapping[Any, Any]) -> Any:
    for seccion in secciones(tipo.modelo):
        for campo in campos(seccion.registro):
            if campo.entre == columna and (suyos := registros(modelo, seccion)):
                dichos = (getattr(uno, campo.nombre) for uno in suyos)
                nuevos = [replace(u, **{campo.nombre: cambios.get(d, d)}) for u, d in zip(suyos, dichos, strict=True)]
                modelo = con_registros(modelo, seccion, nuevos)
    return modelo


def _con(registro: Registro, campo: Campo, numero: int, de_otra: Sequence[Any]) -> Registro:
    opciones: list[Any] = list(otros_valores(campo, getattr(registro, campo.nombre), de_otra))
    if not campo.obligatorio:
        opciones.append(None if campo.por_omision is None else campo.por_omision)
    if numero >= len(opciones) or opciones[numero] == getattr(registro, campo.nombre):
        return registro
    return replace(registro, **{campo.nombre: opciones[numero]})


# --- qué cambió


def _diferencias(antes: Sueltos, ahora: Sueltos) -> Iterator[tuple[Camino, object, bool]]:
    """Los caminos cuyo valor cambió, con el nuevo, y si antes no estaban.

    Si una lista creció o encogió, lo que lleva dentro no se compara: sus elementos ya no son los mismos. Tampoco
    cuenta lo que ya decía otro de la misma lista: se movió.
    """
    decian = {(_sin_lugares(c), repr(valor)) for c, valor in antes.items() if ahora.get(c) != valor}
    movidas = {c for c, valor in antes.items() if isinstance(valor, int) and ahora.get(c, valor) != valor}
    listas = {otro[:n] for otro in chain(antes, ahora) for n in range(1, len(otro)) if otro[:n] in movidas}
    for camino, valor in ahora.items():
        if camino in listas:
            continue
        if camino not in antes:
            vacias = (antes.get(camino[:n], "") for n in range(1, len(camino)))
            if any(vacia is None or vacia == 0 for vacia in vacias):
                yield _sin_lugares(camino), valor, True
        elif antes[camino] != valor and not any(camino[:n] in listas for n in range(1, len(camino))):
            suyo = _sin_lugares(camino)
            if "[]" not in suyo or (suyo, repr(valor)) not in decian:
                yield suyo, valor, False


def _sin_lugares(camino: Suelto) -> Camino:
    return tuple("[]" if isinstance(paso, int) else paso for paso in camino)


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
