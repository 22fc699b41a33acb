"""De qué celdas salió cada párrafo de un documento: se cambia cada dato del libro y se mira qué párrafos cambian.

Lo que se escribe tal cual se sigue con una marca por celda, todas a la vez: donde aparece la marca, ahí se escribió
la celda. Lo demás (fechas, cifras, opciones de una lista, nombres que unas hojas citan de otras) se cambia de uno en
uno, y por separado.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

from generador.celdas import Celda, Hoja, en_un_renglon
from generador.datos import dataclass
from generador.documentos.tipo import Ficha, Tipo
from generador.esquema import Campo, campo_de_hojas_libres, campos, secciones
from generador.flujo.tanteo import Contexto, Modelos, Suelto, citables, otros_valores, sueltos
from generador.fusion.palabras import bolsa, parecido

Lugares = frozenset[int]
_PRIMERA_MARCA = 0xF0000  # de uso privado: ningún libro ni plantilla las trae, y Word las admite
_MARCA = re.compile("[\U000f0000-\U000ffffd]")
_MAX_MARCAS = 0xFFFD
_FIN_DE_RENGLON = re.compile(r"(?<=[^\s{])(?=\s*$)", re.MULTILINE)
_SOLO_UN_NOMBRE = re.compile(r"\s*\{[^{}]*\}\s*")  # «{gráfica.Seguidores}» a solas: ahí no va texto, sino una cosa
_BASTAN = 2  # valores distintos que se prueban de una lista, si cambian algo
_SE_PARECEN = 0.4
_NADA: Lugares = frozenset()


@dataclass(frozen=True)
class Efecto:
    """Los párrafos que dicen otra cosa si un dato cambia, y los que con eso dejan de estar o se van a otro lugar."""

    dicen: Lugares = _NADA
    faltan: Lugares = _NADA

    def __or__(self, otro: "Efecto") -> "Efecto":
        return Efecto(self.dicen | otro.dicen, self.faltan | otro.faltan)

    def __bool__(self) -> bool:
        return bool(self.dicen or self.faltan)


@dataclass(frozen=True)
class Receta:
    """Los datos de que se hizo un documento y cómo se hace otro igual con otros datos.

    ``componer`` da lo que dice cada párrafo. Ambas funciones levantan lo que sea si con esos datos no hay documento.
    """

    tipo: Tipo[Any]
    modelos: Modelos
    contexto: Callable[[Modelos], tuple[Contexto, Ficha]]
    componer: Callable[[Contexto, Ficha], Sequence[str]]


@dataclass(frozen=True, eq=False)
class Dato:
    """Una celda con algo escrito: de cuál de los libros y qué dato es."""

    libro: int
    celda: Celda
    rotulo: str
    valor: Any
    atributo: str
    renglon: int | None  # None: una ficha
    campo: Campo | None  # None: una columna o una hoja de la persona

    @property
    def columna(self) -> tuple[str, str]:
        """De qué columna o dato es."""
        return self.atributo, self.rotulo

    @property
    def de_una_lista(self) -> bool:
        """Si es una de las opciones de su columna."""
        return self.campo is not None and bool(self.campo.opciones)

    @property
    def se_escribe(self) -> bool:
        """Si es texto que el documento toma tal cual, y no una opción ni el nombre de algo de otra hoja."""
        return isinstance(self.valor, str) and not self.de_una_lista and not (self.campo and self.campo.entre)

    def puesto(self, modelos: Modelos, valor: Any) -> Modelos:
        """Los modelos con otro valor en ese dato."""
        actual = getattr(modelos[self.libro], self.atributo)
        if self.renglon is None:
            return _con(modelos, self.libro, self.atributo, self._en(actual, valor))
        nuevo = (*actual[: self.renglon], self._en(actual[self.renglon], valor), *actual[self.renglon + 1 :])
        return _con(modelos, self.libro, self.atributo, nuevo)

    def _en(self, cosa: Any, valor: Any) -> Any:
        if isinstance(cosa, Hoja):
            lugar = (self.celda.fila, self.celda.columna)
            return replace(cosa, celdas={**cosa.celdas, lugar: replace(self.celda, valor=valor)})
        if self.campo is None:
            extras = {**cosa.origen.extras, self.rotulo: valor}
            return replace(cosa, origen=replace(cosa.origen, extras=extras))
        return replace(cosa, **{self.campo.nombre: valor})


def _con(modelos: Modelos, libro: int, atributo: str, valor: Any) -> Modelos:
    return (*modelos[:libro], replace(modelos[libro], **{atributo: valor}), *modelos[libro + 1 :])


def datos_de(clase: type, modelos: Modelos) -> Iterator[Dato]:
    """Cada celda con algo escrito de unos libros, en el orden en que se leen."""
    libres = campo_de_hojas_libres(clase)
    for libro, modelo in enumerate(modelos):
        for seccion in secciones(clase):
            actual = getattr(modelo, seccion.atributo)
            fichas = [(None, actual)] if actual else []
            for renglon, registro in enumerate(actual) if seccion.es_tabla else fichas:
                for campo in campos(seccion.registro):
                    celda, valor = registro.origen.celdas.get(campo.nombre), getattr(registro, campo.nombre)
                    if celda is not None and not celda.vacia and valor is not None:
                        yield Dato(libro, celda, campo.rotulo, valor, seccion.atributo, renglon, campo)
                for rotulo, celda in registro.origen.ajenas.items():
                    if dicho := registro.origen.extras.get(rotulo):
                        yield Dato(libro, celda, rotulo, dicho, seccion.atributo, renglon, None)
        for renglon, hoja in enumerate(getattr(modelo, libres) if libres else ()):
            for celda in hoja.celdas.values():
                if not celda.vacia:
                    yield Dato(libro, celda, hoja.nombre, celda.valor, libres, renglon, None)


class Ensayo:
    """El documento hecho una y otra vez, cada una con algo cambiado."""

    def __init__(self, receta: Receta) -> None:
        self._receta = receta
        self._datos = list(datos_de(receta.tipo.modelo, receta.modelos))
        self._contexto, self._ficha = receta.contexto(receta.modelos)
        self._sueltos: dict[Suelto, object] = dict(sueltos(self._contexto))
        self.parrafos = list(receta.componer(self._contexto, self._ficha))
        self._vistos: dict[frozenset[Suelto], Efecto] = {}
        self._se_imprimen: dict[Suelto, Lugares] = {}

    def escritos(self) -> list[tuple[Dato, Efecto]]:
        """Los datos que se escriben tal cual, con los párrafos en que se leen. Es casi instantáneo."""
        return [(self._datos[numero], Efecto(lugares)) for numero, lugares in sorted(self._rastreados.items())]

    def todos(self) -> list[tuple[Dato, Efecto]]:
        """Cada dato de los libros con los párrafos que salen de él, por su lugar en el documento. Tarda segundos."""
        self._se_imprimen = self._impresos()
        hallados = []
        for numero, dato in enumerate(self._datos):
            efecto = Efecto(self._rastreados.get(numero, _NADA))
            if numero not in self._rastreados or _trae_un_nombre_solo(dato.valor):
                efecto |= self._cambiando(dato)
            hallados.append((dato, efecto))
        con_celda = _NADA.union(*(efecto.dicen for _, efecto in hallados))
        return [*hallados, *self._de_cuantos_hay(con_celda)]

    # --- las marcas

    @cached_property
    def _rastreados(self) -> dict[int, Lugares]:
        """Los párrafos en que se escribió cada dato de texto; los de una columna que no admite marcas no están."""
        columnas: dict[tuple[str, str], list[int]] = {}
        for numero, dato in enumerate(self._datos[:_MAX_MARCAS]):
            if dato.se_escribe:
                columnas.setdefault(dato.columna, []).append(numero)

        def marcados(numeros: Sequence[int]) -> Sequence[str]:
            modelos = self._receta.modelos
            for numero in numeros:
                modelos = self._datos[numero].puesto(modelos, _marcado(self._datos[numero].valor, numero))
            return self._receta.componer(*self._receta.contexto(modelos))

        return self._seguidos(list(columnas.values()), marcados)

    def _impresos(self) -> dict[Suelto, Lugares]:
        """Los párrafos en que se imprime tal cual cada texto que la plantilla recibe."""
        dicho = en_un_renglon("\n".join(self.parrafos))
        textos = [c for c, v in self._sueltos.items() if isinstance(v, str) and v.strip() and en_un_renglon(v) in dicho]
        clases: dict[Suelto, list[int]] = {}
        for numero, camino in enumerate(textos[:_MAX_MARCAS]):
            clases.setdefault(tuple(p for p in camino if isinstance(p, str)), []).append(numero)

        def marcados(numeros: Sequence[int]) -> Sequence[str]:
            elegidos = {textos[numero]: numero for numero in numeros}
            return self._receta.componer(_contexto_marcado(self._contexto, elegidos), self._ficha)

        seguidos = self._seguidos(list(clases.values()), marcados)
        return {textos[numero]: lugares for numero, lugares in seguidos.items()}

    def _seguidos(
        self, grupos: Sequence[Sequence[int]], marcados: Callable[[Sequence[int]], Sequence[str]]
    ) -> dict[int, Lugares]:
        """Dónde aparece cada marca; los grupos cuyas marcas cambian el documento se apartan, partiendo por mitades."""
        if not grupos:
            return {}
        numeros = [numero for grupo in grupos for numero in grupo]
        try:
            parrafos = marcados(numeros)
        except Exception:  # con esas marcas no hay documento: no enseñan nada
            parrafos = []
        if [_MARCA.sub("", parrafo) for parrafo in parrafos] == self.parrafos:
            hallados: dict[int, set[int]] = {numero: set() for numero in numeros}
            for lugar, parrafo in enumerate(parrafos):
                for marca in _MARCA.findall(parrafo):
                    hallados[ord(marca) - _PRIMERA_MARCA].add(lugar)
            return {numero: frozenset(lugares) for numero, lugares in hallados.items()}
        if len(grupos) == 1:
            return {}
        mitad = len(grupos) // 2
        return self._seguidos(grupos[:mitad], marcados) | self._seguidos(grupos[mitad:], marcados)

    # --- de uno en uno

    def _cambiando(self, dato: Dato) -> Efecto:
        hallados = Efecto()
        cambiaron = 0
        for valor in self._otros(dato):
            efecto = self._que_cambia(dato.puesto(self._receta.modelos, valor))
            hallados |= efecto
            cambiaron += bool(efecto)
            if cambiaron == _BASTAN or (cambiaron and not dato.de_una_lista):
                break
        return hallados

    def _otros(self, dato: Dato) -> Iterator[Any]:
        """Valores que ese dato podría tener."""
        campo, valor = dato.campo, dato.valor
        if dato.se_escribe:
            yield _FIN_DE_RENGLON.sub(" y otra cosa", valor)
        elif isinstance(valor, int | float) and not isinstance(valor, bool):
            yield from (2 * valor + 1, valor + 1)  # el segundo, por si el otro no cabe
        elif campo is not None:
            de_otra = citables(self._receta.tipo, campo, self._receta.modelos[dato.libro])
            yield from (otro for otro in otros_valores(campo, valor, de_otra) if otro != valor)
        elif isinstance(valor, date):
            yield valor + timedelta(days=1)

    def _que_cambia(self, modelos: Modelos) -> Efecto:
        """Los párrafos distintos con esos datos; ninguno si con ellos no hay documento."""
        try:
            contexto, ficha = self._receta.contexto(modelos)
            ahora = dict(sueltos(contexto))
            distintos = {c for c in self._sueltos.keys() | ahora.keys() if self._sueltos.get(c) != ahora.get(c)}
            sabidos = {c for c in distintos - self._movidos(distintos, ahora) if c in self._se_imprimen}
            impresos = _NADA.union(*(self._se_imprimen[camino] for camino in sabidos))
            por_ver = frozenset(distintos - sabidos)
            if por_ver and por_ver not in self._vistos:
                efecto = _efecto(self.parrafos, self._receta.componer(contexto, ficha))
                self._vistos[por_ver] = Efecto(efecto.dicen - impresos, efecto.faltan)
        except Exception:  # los cruces lo habrían rechazado: no enseña nada
            return Efecto()
        return Efecto(impresos) | self._vistos.get(por_ver, Efecto())

    def _movidos(self, distintos: set[Suelto], ahora: Mapping[Suelto, object]) -> set[Suelto]:
        """Los que ya no son los mismos: están en una lista de otro tamaño, dicen lo que antes otro, o ya nada."""
        antes = self._sueltos
        listas = {c for c in distintos if isinstance(antes.get(c, ahora.get(c)), int)}
        decian = {antes.get(camino) for camino in distintos}
        return {
            camino
            for camino in distintos
            if not str(ahora.get(camino) or "").strip()
            or ahora[camino] in decian
            or any(camino[:n] in listas for n in range(1, len(camino)))
        }

    # --- cuántos renglones hay

    def _de_cuantos_hay(self, con_celda: Lugares) -> Iterator[tuple[Dato, Efecto]]:
        """Lo que aún no tiene celda y cambia al quitar un renglón de una tabla: sale de su primera columna."""
        tablas: dict[tuple[int, str], list[Dato]] = {}
        for dato in self._datos:
            if dato.renglon is not None and dato.campo is not None:
                tablas.setdefault((dato.libro, dato.atributo), []).append(dato)
        for (libro, atributo), suyos in tablas.items():
            actual = getattr(self._receta.modelos[libro], atributo)
            lugares = self._que_cambia(_con(self._receta.modelos, libro, atributo, actual[:-1])).dicen - con_celda
            primera = suyos[0].columna
            yield from ((dato, Efecto(lugares)) for dato in suyos if lugares and dato.columna == primera)


def _marcado(texto: str, numero: int) -> str:
    """Con su marca al final de cada renglón."""
    marca = chr(_PRIMERA_MARCA + numero)
    return "\n".join(
        renglon if _SOLO_UN_NOMBRE.fullmatch(renglon) else _FIN_DE_RENGLON.sub(marca, renglon)
        for renglon in texto.split("\n")
    )


def _trae_un_nombre_solo(valor: object) -> bool:
    return isinstance(valor, str) and any(map(_SOLO_UN_NOMBRE.fullmatch, valor.split("\n")))


def _contexto_marcado(valor: Any, elegidos: Mapping[Suelto, int], camino: Suelto = ()) -> Any:
    match valor:
        case Mapping():
            return {nombre: _contexto_marcado(suyo, elegidos, (*camino, nombre)) for nombre, suyo in valor.items()}
        case list() | tuple():
            return [_contexto_marcado(suyo, elegidos, (*camino, lugar)) for lugar, suyo in enumerate(valor)]
        case str() if camino in elegidos:
            return _marcado(valor, elegidos[camino])
        case _:
            return valor


def _efecto(antes: Sequence[str], ahora: Sequence[str]) -> Efecto:
    """Qué fue de los párrafos de ``antes`` que ya no están igual."""
    comparacion = SequenceMatcher(None, antes, ahora, autojunk=False)
    tramos = [tramo for tramo in comparacion.get_opcodes() if tramo[0] in ("replace", "delete")]
    recorridos = sum(hasta - desde for _, desde, hasta, _, _ in tramos)
    if len(antes) == len(ahora):
        en_su_lugar = frozenset(n for n, (uno, otro) in enumerate(zip(antes, ahora, strict=True)) if uno != otro)
        if len(en_su_lugar) <= recorridos:
            return Efecto(en_su_lugar)
    siguen = {lugar for tramo in tramos for lugar in _los_que_siguen(antes, ahora, *tramo[1:])}
    idos = {lugar for _, desde, hasta, _, _ in tramos for lugar in range(desde, hasta)} - siguen
    return Efecto(frozenset(siguen), frozenset(idos))


def _los_que_siguen(
    antes: Sequence[str], ahora: Sequence[str], desde: int, hasta: int, otro_desde: int, otro_hasta: int
) -> Iterator[int]:
    """De un tramo que cambió, los párrafos que son los mismos con otras palabras."""
    solo = hasta - desde == otro_hasta - otro_desde == 1
    for lugar, otro in zip(range(desde, hasta), range(otro_desde, otro_hasta), strict=False):
        if solo or _se_parecen(antes[lugar], ahora[otro]):
            yield lugar


def _se_parecen(uno: str, otro: str) -> bool:
    return parecido(bolsa(uno), bolsa(otro)) >= _SE_PARECEN
