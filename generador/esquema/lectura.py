"""Leer: de un libro de celdas al modelo, con todo lo que haya que decir de su forma."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from generador.castellano import enumerar
from generador.celdas import Celda, Hoja, Libro, Rango, clave, es_total, parecido
from generador.datos import dataclass
from generador.esquema.cifra_de_excel import como_en_excel
from generador.esquema.conversion import AL_EXCEL, ValorInvalido, convertir
from generador.esquema.declaracion import (
    Campo,
    Origen,
    Registro,
    Seccion,
    campo_de_hojas_libres,
    campos,
    en_celda,
    memoria,
    secciones,
)
from generador.esquema.ilegible import con_ilegibles, es_parcial
from generador.hallazgos import Gravedad, Hallazgo

_COPIA_DE_HOJA = re.compile(r"\s*\(\d+\)$")  # como las llama Excel
_MAX_ABARCADAS = 4  # las columnas que se nombran de unas celdas combinadas
_DE_UNA_FICHA = 2  # tras los rótulos: su valor y qué escribir
_SUELTAS = 5  # celdas escritas a un lado que se dicen
_LARGO_DE_ROTULO = 60  # letras: más largo, es un texto
_CASI_TODOS = 0.6  # de los encabezados de una hoja: los que debe reconocer una sección para ser ésa
HOJAS_DEL_PROGRAMA = ("Instrucciones", "Listas", "_generar", "Revisión")

Modelo = TypeVar("Modelo")


@dataclass(frozen=True)
class Lectura(Generic[Modelo]):
    """Lo que se leyó de un libro y todo lo que hay que decir de su forma, en orden de lectura.

    Consultar del modelo lo que no se pudo leer levanta DatoIlegible. ``completa``: no hay nada así.
    """

    modelo: Modelo
    hallazgos: tuple[Hallazgo, ...]
    completa: bool


def leer(modelo: type[Modelo], libro: Libro, *, tolerante: str = "") -> tuple[Modelo | None, list[Hallazgo]]:
    """El modelo leído y todo lo que hay que decir de su forma, en orden de lectura.

    El modelo es None si algún hallazgo es error; en los renglones de la hoja ``tolerante``, un error sólo deja
    fuera a su renglón.
    """
    lectura = leer_lo_legible(modelo, libro, tolerante=tolerante)
    return (lectura.modelo if lectura.completa else None), list(lectura.hallazgos)


def leer_lo_legible(modelo: type[Modelo], libro: Libro, *, tolerante: str = "") -> Lectura[Modelo]:
    """Como `leer`, pero el modelo siempre está, con lo que sí se pudo leer."""
    hallazgos: list[Hallazgo] = []
    valores: dict[str, Any] = {}
    ilegibles: set[str] = set()
    confundidas = _confundidas(modelo, libro)
    for seccion in secciones(modelo):
        valor, suyos = _leer_seccion(seccion, libro, confundidas.get(seccion.hoja))
        hallazgos += suyos
        if valor is _ILEGIBLE:
            ilegibles.add(seccion.atributo)
        elif seccion.hoja == tolerante:
            valores[seccion.atributo] = tuple(registro for registro in valor if not es_parcial(registro))
        else:
            valores[seccion.atributo] = valor
    libres = campo_de_hojas_libres(modelo)
    if libres and any(libro.hoja(s.hoja) is None for s in secciones(modelo) if s.atributo in ilegibles):
        ilegibles.add(libres)  # alguna de ellas puede ser la que falta
    elif libres:
        valores[libres] = tuple(hoja for hoja in libro.hojas if hoja.nombre in _hojas_ajenas(modelo, libro))
    else:
        hallazgos += _hojas_de_mas(modelo, libro, confundidas.values())
    completa = not ilegibles and not any(map(_con_algo_ilegible, valores.values()))
    return Lectura(
        con_ilegibles(modelo, valores, ilegibles) if ilegibles else modelo(**valores), tuple(hallazgos), completa
    )


_ILEGIBLE = object()  # en lugar de una sección cuya hoja falta o cuyos encabezados no se entienden


def _con_algo_ilegible(valor: object) -> bool:
    return any(map(es_parcial, valor if isinstance(valor, tuple) else (valor,)))


def _leer_seccion(seccion: Seccion, libro: Libro, parecida: str | None) -> tuple[Any, list[Hallazgo]]:
    """El registro o los registros de una hoja, o `_ILEGIBLE`, y lo que haya que decir de su forma.

    ``parecida``: si falta, la que quizá es ella.
    """
    hoja = libro.hoja(seccion.hoja)
    if hoja is None:
        hallazgos = list(_hoja_ausente(seccion, parecida))
        return (_ILEGIBLE if hallazgos else () if seccion.es_tabla else None), hallazgos
    if seccion.es_tabla:
        registros, hallazgos = _leer_tabla(seccion, hoja, libro)
        return (_ILEGIBLE if registros is None else registros), hallazgos
    return _leer_ficha(seccion, hoja, libro)


def _hojas_ajenas(modelo: type, libro: Libro) -> list[str]:
    conocidas = {clave(s.hoja) for s in secciones(modelo)} | {clave(h) for h in HOJAS_DEL_PROGRAMA}
    return [hoja.nombre for hoja in libro.hojas if clave(hoja.nombre) not in conocidas]


def _hoja_ausente(seccion: Seccion, parecida: str | None) -> Iterator[Hallazgo]:
    copiela = "de un libro nuevo (generar nuevo)."
    if parecida:
        remedio = f"¿Es «{parecida}»? Cámbiele el nombre a «{seccion.hoja}»; si no, copie «{seccion.hoja}» {copiela}"
    elif seccion.minimo:
        remedio = f"Cópiela {copiela}"
    else:
        return
    yield Hallazgo(hoja=seccion.hoja, problema="Falta en el libro.", remedio=remedio)


def _confundidas(modelo: type, libro: Libro) -> dict[str, str]:
    """De las hojas que faltan, la ajena que parece ser cada una: ``{"Anexos": "Documentos"}``.

    Cada ajena es una sola. Mandan los encabezados; el nombre, sólo entre las que no se reconocen por ellos.
    """
    ausentes = [seccion for seccion in secciones(modelo) if libro.hoja(seccion.hoja) is None]
    candidatas = _por_reconocer(modelo, libro) if ausentes else []
    semejanzas = [(_semejanza(s, hoja), s, hoja.nombre) for hoja in candidatas for s in secciones(modelo)]
    confundidas: dict[str, str] = {}
    resueltas: set[str] = set()
    for semejanza, seccion, nombre in sorted(semejanzas, key=lambda par: -par[0]):
        if semejanza and nombre not in resueltas and seccion.hoja not in confundidas:
            resueltas.add(nombre)
            if seccion in ausentes:
                confundidas[seccion.hoja] = nombre
    for seccion in ausentes:
        por_nombre = parecido(seccion.hoja, [hoja.nombre for hoja in candidatas if hoja.nombre not in resueltas])
        if por_nombre and seccion.hoja not in confundidas:
            resueltas.add(por_nombre)
            confundidas[seccion.hoja] = por_nombre
    return confundidas


def _por_reconocer(modelo: type, libro: Libro) -> list[Hoja]:
    """Las hojas ajenas que pueden ser una del programa; la que otra hoja cita por su nombre es de la persona."""
    nombres = _hojas_ajenas(modelo, libro)
    ajenas = [hoja for hoja in libro.hojas if hoja.nombre in nombres]
    if not campo_de_hojas_libres(modelo):
        return ajenas
    suyas = [hoja for seccion in secciones(modelo) if (hoja := libro.hoja(seccion.hoja))]
    citadas = {clave(celda.texto) for hoja in suyas for celda in hoja.celdas.values() if isinstance(celda.valor, str)}
    return [hoja for hoja in ajenas if clave(hoja.nombre) not in citadas]


def _semejanza(seccion: Seccion, hoja: Hoja) -> float:
    """Qué parte de los encabezados de una hoja y de los de la sección son los mismos; 0 si no son casi todos.

    Los de una ficha son sus rótulos.
    """
    textos = {lugar: c.texto for lugar, c in hoja.celdas.items() if not c.vacia and len(c.texto) <= _LARGO_DE_ROTULO}
    lineas: dict[int, list[str]] = {}
    for (fila, columna), texto in textos.items():
        lineas.setdefault(fila if seccion.es_tabla else columna, []).append(texto)
    propios = campos(seccion.registro)
    comunes, linea = max(
        ((sum(any(map(campo.responde_a, linea)) for campo in propios), linea) for linea in lineas.values()),
        key=lambda hallada: hallada[0], default=(0, []),
    )  # fmt: skip
    bastan = comunes >= min(2, len(propios)) and comunes >= _CASI_TODOS * len(linea)
    return 2 * comunes / (len(propios) + len(linea)) if bastan else 0


def _hojas_de_mas(modelo: type, libro: Libro, confundidas: Collection[str]) -> Iterator[Hallazgo]:
    for nombre in _hojas_ajenas(modelo, libro):
        if nombre not in confundidas:
            yield hoja_de_mas(nombre, modelo, "Si es suya, puede quedarse.")


def hoja_de_mas(nombre: str, modelo: type, remedio: str) -> Hallazgo:
    """El aviso de una hoja que no se leyó; el de una copia hecha en Excel («Votos (2)») dice cuál sí se lee."""
    original = _COPIA_DE_HOJA.sub("", nombre)
    suya = next((s.hoja for s in secciones(modelo) if clave(s.hoja) == clave(original) != clave(nombre)), "")
    problema = "Esta hoja no es del programa y no se leyó."
    if suya:
        problema = f"Es una copia de «{suya}» y no se leyó: se lee «{suya}»."
        remedio = f"Si lo bueno está en la copia, borre la otra y llámela «{suya}»; si no, puede quedarse."
    return Hallazgo(hoja=nombre, problema=problema, remedio=remedio, gravedad=Gravedad.AVISO)


def columnas_propias(modelo: type, libro: Libro) -> dict[str, list[str]]:
    """Las columnas que agregó la persona, por hoja, y los renglones que agregó a una ficha.

    ``{"Asistencia": ["Teléfono"], "Sesión": ["Folio"]}``; las demás hojas no están.
    """
    halladas = ((seccion.hoja, [celda.texto for celda in celdas]) for seccion, celdas in rotulos_propios(modelo, libro))
    return {hoja: rotulos for hoja, rotulos in halladas if rotulos}


def rotulos_propios(modelo: type, libro: Libro) -> Iterator[tuple[Seccion, list[Celda]]]:
    """De cada hoja del programa, las celdas en que la persona escribió el nombre de sus columnas o renglones."""
    for seccion in secciones(modelo):
        hoja = libro.hoja(seccion.hoja)
        if hoja:
            yield seccion, _rotulos_propios(seccion, hoja, libro)


def _rotulos_propios(seccion: Seccion, hoja: Hoja, libro: Libro) -> list[Celda]:
    if not seccion.es_tabla:
        celdas = {c.nombre: _celda_de_ficha(seccion, c, hoja, libro) for c in campos(seccion.registro)}
        ajenos = renglones_ajenos(seccion, hoja, {nombre: c for nombre, c in celdas.items() if c is not None})
        return [hoja.celdas[lugar] for lugar in ajenos.values()]
    encabezado = _fila_de_encabezado(seccion.registro, hoja)
    if encabezado is None:
        return []
    columnas, _ = _columnas(seccion, hoja, encabezado)
    return [hoja.en(encabezado, columna) for columna in _columnas_ajenas(columnas, hoja, encabezado).values()]


def fichas_en_blanco(modelo: type, libro: Libro) -> set[str]:
    """Los atributos de las fichas opcionales en que la persona no escribió nada: ``{"informe"}``."""
    en_blanco = set()
    for seccion in secciones(modelo):
        hoja = libro.hoja(seccion.hoja)
        if seccion.opcional and (hoja is None or _leer_ficha(seccion, hoja, libro) == (None, [])):
            en_blanco.add(seccion.atributo)
    return en_blanco


def _leer_ficha(seccion: Seccion, hoja: Hoja, libro: Libro) -> tuple[Registro | None, list[Hallazgo]]:
    celdas: dict[str, Celda] = {}
    combinadas = _combinadas_en_ficha(seccion, hoja, libro)
    revueltos = {campo.nombre for suyos in combinadas.values() for campo in suyos}
    hallazgos = [_revueltas(hoja, rango, suyos) for rango, suyos in combinadas.items()]
    for campo in campos(seccion.registro):
        if campo.nombre in revueltos:
            continue
        celda = _celda_de_ficha(seccion, campo, hoja, libro)
        if celda is not None:
            celdas[campo.nombre] = celda
        elif campo.obligatorio:
            hallazgos.append(_rotulo_ausente(seccion.registro, campo, hoja, "el renglón"))
    if seccion.opcional and not combinadas and not any(_escrita(c, celdas) for c in campos(seccion.registro)):
        return None, []
    hallazgos += _rotulos_cambiados(seccion.registro, hoja, celdas)
    hallazgos += _dos_veces(seccion.registro, hoja, celdas)
    hallazgos += _a_un_lado(seccion.registro, hoja, celdas)
    rotulos = {hallazgo.campo for hallazgo in hallazgos}
    perdidos = revueltos | {campo.nombre for campo in campos(seccion.registro) if campo.rotulo in rotulos}
    propias = {r: _junto_a(hoja.celdas[lugar], hoja) for r, lugar in renglones_ajenos(seccion, hoja, celdas).items()}
    extras = {rotulo: _como_se_lee(celda) for rotulo, celda in propias.items()}
    registro, suyos = _construir(seccion.registro, Origen(hoja.nombre, 0, celdas, extras, propias), libro, perdidos)
    return registro, hallazgos + suyos + list(_propias_ilegibles(propias))


def _combinadas_en_ficha(seccion: Seccion, hoja: Hoja, libro: Libro) -> dict[Rango, list[Campo]]:
    """Las celdas combinadas que juntan un rótulo con su valor, o varios datos, y cuáles son."""
    if not hoja.combinadas:
        return {}
    columna = _columna_de_rotulos(seccion.registro, hoja)
    lugares = {campo: _lugares_de(seccion, campo, columna, hoja, libro) for campo in campos(seccion.registro)}
    rotulos = {rotulo for rotulo, _ in lugares.values() if rotulo}
    anchas = {r for r in hoja.combinadas if r.ultima_columna > r.columna and (r.fila, r.columna) in rotulos}
    todos_anchos = len(anchas) == len(rotulos)  # así acomodó la persona sus rótulos
    halladas = {}
    for rango in hoja.combinadas:
        dentro = {c: [lugar for lugar in suyos if lugar and rango.contiene(*lugar)] for c, suyos in lugares.items()}
        suyos = [campo for campo, en_el_rango in dentro.items() if en_el_rango]
        con_su_valor = any(len(en_el_rango) > 1 for en_el_rango in dentro.values())
        if len(suyos) > 1 or con_su_valor or (rango in anchas and not todos_anchos):
            halladas[rango] = suyos
    return halladas


def _lugares_de(
    seccion: Seccion, campo: Campo, columna: int, hoja: Hoja, libro: Libro
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Dónde está el rótulo de un dato y dónde dice su nombre definido que está su valor; None, si no se sabe.

    Un rótulo que no se ve, por combinado, estaba a la izquierda de su valor.
    """
    rotulos = (lugar for lugar, celda in sorted(hoja.celdas.items()) if lugar[1] == columna and _nombra(campo, celda))
    nombrado = libro.nombres.get(seccion.nombre_definido(campo))
    if nombrado is None or clave(nombrado[0]) != clave(hoja.nombre):
        return next(rotulos, None), None
    _, fila, suya = nombrado
    return next(rotulos, (fila, columna) if suya == columna + 1 else None), (fila, suya)


def _nombra(campo: Campo, celda: Celda) -> bool:
    return isinstance(celda.valor, str) and campo.responde_a(celda.valor)


def _revueltas(hoja: Hoja, rango: Rango, suyos: Sequence[Campo]) -> Hallazgo:
    cuales, dice = enumerar([f"«{campo.rotulo}»" for campo in suyos]), "dice" if len(suyos) == 1 else "dicen"
    return en_celda(
        hoja.en(rango.fila, rango.columna), f"{rango} están combinadas: no se sabe qué {dice} {cuales}.",
        "Sepárelas (Inicio → Combinar y centrar) y deje cada rótulo en su celda y cada dato a su derecha.",
        campo=suyos[0].rotulo,
    )  # fmt: skip


def renglones_ajenos(seccion: Seccion, hoja: Hoja, celdas: Mapping[str, Celda]) -> dict[str, tuple[int, int]]:
    """Los renglones que la persona agregó a una ficha, por su rótulo, con el lugar de éste: ``{"Lema": (19, 1)}``."""
    leidas = {(celda.fila, celda.columna) for celda in celdas.values()}
    columna = _columna_de_rotulos(seccion.registro, hoja)
    propios: dict[str, tuple[int, int]] = {}
    for (fila, suya), celda in sorted(hoja.celdas.items()):
        valor = _junto_a(celda, hoja)
        rotulo = clave(celda.valor) if suya == columna and isinstance(celda.valor, str) else ""
        de_alguien = (valor.fila, valor.columna) in leidas or rotulo in _rotulos(seccion.registro)
        if rotulo not in ("", "dato") and not de_alguien and not valor.vacia:
            propios.setdefault(celda.texto, (fila, suya))
    return propios


@memoria
def _rotulos(registro: type[Registro]) -> frozenset[str]:
    """Las claves de todos los rótulos del registro."""
    return frozenset().union(*(campo.claves for campo in campos(registro)))


def _columna_de_rotulos(registro: type[Registro], hoja: Hoja) -> int:
    """La columna en que están los rótulos de una ficha; 0 si no reconoce ninguno."""
    aciertos: dict[int, int] = {}
    for (_, columna), celda in hoja.celdas.items():
        es_corta = isinstance(celda.valor, str) and len(celda.valor) <= _LARGO_DE_ROTULO
        if es_corta and clave(celda.texto) in _rotulos(registro):
            aciertos[columna] = aciertos.get(columna, 0) + 1
    return max(aciertos, key=lambda columna: aciertos[columna], default=0)


def _rotulos_cambiados(registro: type[Registro], hoja: Hoja, celdas: Mapping[str, Celda]) -> Iterator[Hallazgo]:
    """Un dato cuyo rótulo dice otra cosa: se sabe cuál era por el nombre de su celda, y no se imprime en su lugar."""
    columna = _columna_de_rotulos(registro, hoja)
    for campo in campos(registro):
        celda = celdas.get(campo.nombre)
        if celda is None or celda.vacia or celda.hoja != hoja.nombre or celda.columna != columna + 1:
            continue
        rotulo = hoja.en(celda.fila, columna)
        if not rotulo.vacia and not campo.responde_a(rotulo.texto):
            yield en_celda(
                rotulo, f"Este renglón era «{campo.rotulo}» y su rótulo dice «{rotulo.texto}».",
                f"Devuélvale su rótulo; si «{rotulo.texto}» es otro dato, escríbalo en un renglón nuevo, al final.",
                campo=campo.rotulo,
            )  # fmt: skip


def _dos_veces(registro: type[Registro], hoja: Hoja, celdas: Mapping[str, Celda]) -> Iterator[Hallazgo]:
    """Un rótulo repetido cuyo dato no es el que se lee, y dice otra cosa."""
    columna = _columna_de_rotulos(registro, hoja)
    for (_, suya), rotulo in sorted(hoja.celdas.items()):
        campo = next((c for c in campos(registro) if suya == columna and _nombra(c, rotulo)), None)
        leida = celdas.get(campo.nombre) if campo else None
        otra = _junto_a(rotulo, hoja)
        if campo and leida and not otra.vacia and otra.direccion != leida.direccion and otra.texto != leida.texto:
            leido = f"y se lee {leida.direccion}" + (", que está en blanco" if leida.vacia else "")
            yield en_celda(
                rotulo, f"«{campo.rotulo}» está dos veces, {leido}.", "Deje uno solo, con el dato bueno.",
                campo=campo.rotulo,
            )  # fmt: skip


def _a_un_lado(registro: type[Registro], hoja: Hoja, celdas: Mapping[str, Celda]) -> Iterator[Hallazgo]:
    """Lo escrito más allá de la ayuda de cada dato no se lee: se dice, por si no era una nota."""
    columna = _columna_de_rotulos(registro, hoja)
    leidas = {celda.direccion for celda in celdas.values()}
    sueltas = [
        celda
        for (_, suya), celda in sorted(hoja.celdas.items())
        if columna and suya > columna + _DE_UNA_FICHA and not celda.vacia and celda.direccion not in leidas
    ]
    if sueltas:
        dichas = [f"«{celda.texto[:40]}» ({celda.direccion})" for celda in sueltas[:_SUELTAS]]
        dichas += [f"{len(sueltas) - _SUELTAS} más"] if len(sueltas) > _SUELTAS else []
        estan = (
            "está a un lado de los datos y no se leyó"
            if len(sueltas) == 1
            else ("están a un lado de los datos y no se leyeron")
        )
        yield en_celda(
            sueltas[0], f"{enumerar(dichas)} {estan}.",
            "Lo que sea un dato va en la columna «Valor», junto a su rótulo.",
            aviso=True,
        )  # fmt: skip


def _escrita(campo: Campo, celdas: Mapping[str, Celda]) -> bool:
    """Si la persona escribió ese dato: uno igual a su valor por omisión viene así en el libro en blanco."""
    celda = celdas.get(campo.nombre)
    if celda is None or celda.vacia:
        return False
    omision = {True: "Sí", False: "No"}.get(campo.por_omision, campo.por_omision)
    return omision is None or clave(celda.texto) != clave(str(omision))


def _celda_de_ficha(seccion: Seccion, campo: Campo, hoja: Hoja, libro: Libro) -> Celda | None:
    """Por su nombre definido, que sigue a la celda si la mueven; si no, a la derecha de su rótulo."""
    nombrada = None
    lugar = libro.nombres.get(seccion.nombre_definido(campo))
    if lugar is not None:
        de_nombre = libro.hoja(lugar[0])
        nombrada = de_nombre.en(lugar[1], lugar[2]) if de_nombre else None
    if nombrada is not None and not nombrada.vacia:
        return nombrada
    return _a_la_derecha(campo, hoja) or nombrada


def _a_la_derecha(campo: Campo, hoja: Hoja) -> Celda | None:
    rotulo = next((celda for _, celda in sorted(hoja.celdas.items()) if _nombra(campo, celda)), None)
    return _junto_a(rotulo, hoja) if rotulo is not None else None


def _junto_a(rotulo: Celda, hoja: Hoja) -> Celda:
    """La celda a la derecha de un rótulo, que puede ocupar varias combinadas."""
    fila, columna = rotulo.fila, rotulo.columna
    ultima = next((r.ultima_columna for r in hoja.combinadas if r.contiene(fila, columna)), columna)
    return hoja.en(fila, ultima + 1)


def _rotulo_ausente(registro: type[Registro], campo: Campo, hoja: Hoja, que: str) -> Hallazgo:
    escritos = [celda.texto for celda in hoja.celdas.values() if isinstance(celda.valor, str)]
    ajenos = [texto for texto in escritos if not any(otro.responde_a(texto) for otro in campos(registro))]
    cercano = parecido(campo.rotulo, ajenos)
    copie = "Cópiela" if que.startswith("la") else "Cópielo"
    remedio = f"¿Es «{cercano}»? Cámbiele el nombre." if cercano else f"{copie} de un libro nuevo (generar nuevo)."
    return Hallazgo(hoja=hoja.nombre, campo=campo.rotulo, problema=f"Falta {que} «{campo.rotulo}».", remedio=remedio)


def _leer_tabla(seccion: Seccion, hoja: Hoja, libro: Libro) -> tuple[tuple[Registro, ...] | None, list[Hallazgo]]:
    """Los registros (None si no se sabe qué es cada columna, o si faltan) y lo que haya que decir."""
    encabezado = _fila_de_encabezado(seccion.registro, hoja)
    if encabezado is None:
        hallazgos = list(_sin_encabezado(seccion, hoja))
        return (None if hallazgos else ()), hallazgos
    columnas, hallazgos = _columnas(seccion, hoja, encabezado)
    if any(hallazgo.es_error for hallazgo in hallazgos):
        return None, hallazgos
    ajenas = _columnas_ajenas(columnas, hoja, encabezado)
    confundidas = list(_columnas_confundidas(seccion.registro, columnas, ajenas, hoja, encabezado))
    dudosas = {hallazgo.celda for hallazgo in confundidas}
    hallazgos = [hallazgo for hallazgo in hallazgos if hallazgo.celda not in dudosas] + confundidas
    hallazgos += _sin_columna(hoja, encabezado)
    anchas = list(_combinadas_a_lo_ancho(hoja, {**columnas, **ajenas}, encabezado))
    hallazgos += [_combinada(hoja, rango, encabezado, columnas.values(), ajenas.values()) for rango in anchas]
    hallazgos += _repetidas_hacia_abajo(seccion.registro, hoja, columnas, encabezado)
    registros: list[Registro] = []
    for fila in hoja.filas:
        if fila <= encabezado or not any((fila, c) in hoja.celdas for c in columnas.values()):
            continue
        combinadas = {nombre for nombre, c in columnas.items() if any(rango.contiene(fila, c) for rango in anchas)}
        celdas = {nombre: hoja.en(fila, c) for nombre, c in columnas.items() if nombre not in combinadas}
        if all(hoja.celdas.get((fila, c)) is None or hoja.celdas[fila, c].vacia for c in columnas.values()):
            continue
        propias = {rotulo: hoja.en(fila, columna) for rotulo, columna in ajenas.items()}
        extras = {rotulo: _como_se_lee(celda) for rotulo, celda in propias.items()}
        origen = Origen(hoja.nombre, fila, celdas, extras, propias)
        registro, suyos = _construir(seccion.registro, origen, libro, combinadas)
        al_pie = [] if fila != hoja.filas[-1] else _como_total(origen, suyos)
        if al_pie:
            hallazgos += al_pie
            continue
        hallazgos += _como_nota_al_pie(origen, hoja, suyos) or suyos
        hallazgos += [] if seccion.admite_otras else _propias_ilegibles(propias)
        registros.append(registro)
    if len(registros) < seccion.minimo:
        hallazgos.append(Hallazgo(hoja=hoja.nombre, problema="No tiene renglones.", remedio="Escriba al menos uno."))
        return None, hallazgos
    return (None if confundidas else tuple(registros)), hallazgos


def _como_total(origen: Origen, suyos: Sequence[Hallazgo]) -> list[Hallazgo]:
    """Lo que hay que decir del último renglón si es un total y no un registro; vacío si no es así."""
    rotulo = next((celda for celda in origen.celdas.values() if es_total(celda.texto)), None)
    if rotulo is None or not any(hallazgo.es_error for hallazgo in suyos):
        return []
    que_hacer = "Quítelo de aquí o páselo a otra hoja; si no es un total, cámbiele el nombre y complete el renglón."
    return [en_celda(rotulo, f"El último renglón dice «{rotulo.texto}»: parece un total.", que_hacer)]


def _como_nota_al_pie(origen: Origen, hoja: Hoja, suyos: Sequence[Hallazgo]) -> list[Hallazgo]:
    """Lo que hay que decir del último renglón si lo único escrito en él parece una nota; vacío si no es así."""
    escritas = [celda for celda in (*origen.celdas.values(), *origen.ajenas.values()) if not celda.vacia]
    faltan = [f"«{hallazgo.campo}»" for hallazgo in suyos if hallazgo.es_error and not hallazgo.valor]
    if origen.fila != hoja.filas[-1] or len(escritas) != 1 or not faltan or escritas[0].problema:
        return []
    dicho = f"«{escritas[0].texto}» es lo único escrito en el último renglón: falta {enumerar(faltan)}."
    que_hacer = "Si es una nota o un total, quítelo de aquí o páselo a otra hoja; si no, complete el renglón."
    return [en_celda(escritas[0], dicho, que_hacer)]


def _combinadas_a_lo_ancho(hoja: Hoja, columnas: Mapping[str, int], encabezado: int) -> Iterator[Rango]:
    """Las celdas combinadas bajo los encabezados que abarcan dos o más columnas de la tabla y dicen algo."""
    for rango in hoja.combinadas:
        abarcadas = [c for c in columnas.values() if rango.contiene(rango.fila, c)]
        if rango.fila > encabezado and len(abarcadas) > 1 and not hoja.en(rango.fila, rango.columna).vacia:
            yield rango


def _repetidas_hacia_abajo(
    registro: type[Registro], hoja: Hoja, columnas: Mapping[str, int], encabezado: int
) -> Iterator[Hallazgo]:
    """Un texto combinado hacia abajo sale en todos sus renglones: casi nunca es lo que se quiere."""
    de_texto = {columnas[c.nombre] for c in campos(registro) if c.nombre in columnas and _es_propio_del_renglon(c)}
    for rango in hoja.combinadas:
        filas = [fila for fila in hoja.filas if rango.fila <= fila <= rango.ultima_fila]
        celda = hoja.en(rango.fila, rango.columna)
        if rango.fila > encabezado and rango.columna in de_texto and len(filas) > 1 and not celda.vacia:
            en_cuales = enumerar([str(fila) for fila in filas])
            yield en_celda(
                celda, f"{rango} están combinadas: lo que dicen sale en los renglones {en_cuales}.",
                "Si es de uno solo, sepárelas (Inicio → Combinar y centrar); si es de todos, puede dejarlas.",
                aviso=True,
            )  # fmt: skip


def _es_propio_del_renglon(campo: Campo) -> bool:
    """Un texto que se redacta; no el que se elige de una lista, ni el que puede ser de varios («Área»)."""
    return campo.es_texto_largo or (campo.tipo is str and campo.obligatorio and not campo.entre and not campo.opciones)


def _combinada(hoja: Hoja, rango: Rango, encabezado: int, suyas: Collection[int], ajenas: Collection[int]) -> Hallazgo:
    """Que no se sabe de qué columna es lo escrito; si todas las agregó la persona, sólo es un aviso."""
    celda = hoja.en(rango.fila, rango.columna)
    abarcadas = [columna for columna in sorted((*suyas, *ajenas)) if rango.contiene(rango.fila, columna)]
    rotulos = [f"«{hoja.en(encabezado, columna).texto.rstrip(' *')}»" for columna in abarcadas]
    cuales = f", si {enumerar(rotulos, 'o')}" if len(rotulos) <= _MAX_ABARCADAS else ""
    es_titulo = len(abarcadas) == len(suyas) + len(ajenas)
    separelas = "epárelas (Inicio → Combinar y centrar) y escriba cada dato en su celda."
    return en_celda(
        celda, f"{rango} están combinadas: no se sabe de qué columna es «{celda.texto}»{cuales}.",
        f"Si es un título, bórrelo; si no, s{separelas}" if es_titulo else f"S{separelas}",
        aviso=not any(rango.contiene(rango.fila, columna) for columna in suyas),
    )  # fmt: skip


def _como_se_lee(celda: Celda) -> str:
    """Lo que dice una columna de la persona: sin el texto de un error, y las cifras como las muestra Excel."""
    return "" if celda.problema else como_en_excel(celda) or celda.texto


def _propias_ilegibles(propias: Mapping[str, Celda]) -> Iterator[Hallazgo]:
    """Un error o una fórmula sin calcular en una columna de la persona: su plantilla la dejaría en blanco."""
    for rotulo, celda in propias.items():
        if celda.problema:
            yield en_celda(celda, f"«{rotulo}» {celda.problema}", AL_EXCEL, aviso=True)


def _fila_de_encabezado(registro: type[Registro], hoja: Hoja) -> int | None:
    """La fila que más encabezados del registro reconoce; None si ninguna reconoce dos (o el único)."""
    aciertos: dict[int, int] = {}
    encabezados = frozenset().union(*(campo.claves for campo in campos(registro)))
    for (fila, _), celda in hoja.celdas.items():
        if isinstance(celda.valor, str) and clave(celda.valor) in encabezados:
            aciertos[fila] = aciertos.get(fila, 0) + 1
    mejor = max(sorted(aciertos), key=lambda fila: aciertos[fila], default=None)
    return mejor if mejor is not None and aciertos[mejor] >= min(2, len(campos(registro))) else None


def _sin_encabezado(seccion: Seccion, hoja: Hoja) -> Iterator[Hallazgo]:
    if hoja.filas or seccion.minimo:
        rotulos = enumerar([f"«{c.rotulo}»" for c in campos(seccion.registro) if c.obligatorio])
        yield Hallazgo(
            hoja=hoja.nombre,
            problema="No se reconoce su renglón de encabezados.",
            remedio=f"Debe traer al menos {rotulos}.",
        )


def _columnas(seccion: Seccion, hoja: Hoja, encabezado: int) -> tuple[dict[str, int], list[Hallazgo]]:
    """En qué columna está cada campo, por su encabezado, y lo que haya que decir de los encabezados."""
    registro = seccion.registro
    columnas: dict[str, int] = {}
    ajenas: list[Celda] = []
    hallazgos: list[Hallazgo] = []
    for columna, celda in _en_el_renglon(hoja, encabezado):
        campo = next((c for c in campos(registro) if c.responde_a(celda.texto)), None)
        if campo is None:
            ajenas.append(celda)
        elif campo.nombre in columnas:
            hallazgos.append(en_celda(celda, *_columna_de_mas(campo, celda.texto)))
        else:
            columnas[campo.nombre] = columna
    faltan = [c for c in campos(registro) if c.nombre not in columnas]
    reconocidas = list(_por_sus_valores(registro, columnas, ajenas, hoja, encabezado))
    ajenas = [celda for celda in ajenas if celda.direccion not in {h.celda for h in reconocidas}]
    faltan = [campo for campo in faltan if campo.rotulo not in {h.campo for h in reconocidas}]
    dudas = list(_encabezados_dudosos(ajenas, faltan))
    dudosos = {hallazgo.campo for hallazgo in (*hallazgos, *dudas) if hallazgo.es_error}
    ausentes = [c for c in faltan if c.obligatorio and c.rotulo not in dudosos]
    sueltas = [celda for celda in ajenas if not any(d.es_error and d.celda == celda.direccion for d in dudas)]
    if len(ausentes) == 1 and len(sueltas) == 1:
        dudas = [duda for duda in dudas if duda.es_error]
        hallazgos += [*dudas, _quiza_es_otra(ausentes[0], sueltas[0])]
    else:
        hallazgos += [duda for duda in dudas if duda.es_error or not seccion.admite_otras]
        juntos = [r for r in hoja.combinadas if r.contiene(encabezado, r.columna) and r.ultima_columna > r.columna]
        if ausentes and juntos:
            hallazgos += [_encabezados_juntos(hoja, rango, ausentes) for rango in juntos]
        else:
            hallazgos += [_rotulo_ausente(registro, c, hoja, "la columna") for c in ausentes]
    return columnas, [*hallazgos, *reconocidas]


def _en_el_renglon(hoja: Hoja, fila: int) -> list[tuple[int, Celda]]:
    """Lo escrito en un renglón, de izquierda a derecha, con su columna."""
    suyas = ((columna, celda) for (otra, columna), celda in hoja.celdas.items() if otra == fila and not celda.vacia)
    return sorted(suyas, key=lambda suya: suya[0])


def _por_sus_valores(
    registro: type[Registro], columnas: Mapping[str, int], ajenas: Sequence[Celda], hoja: Hoja, encabezado: int
) -> Iterator[Hallazgo]:
    """De varias obligatorias que faltan, las que se reconocen por lo que dicen sus renglones, y no por su nombre."""
    faltan = [c.rotulo for c in campos(registro) if c.obligatorio and c.nombre not in columnas]
    if len(faltan) < 2:
        return iter(())  # la que falta y la que sobra se dicen juntas
    sin_parecido = {celda.texto: celda.columna for celda in ajenas if not parecido(celda.texto, faltan)}
    halladas = _columnas_confundidas(registro, columnas, sin_parecido, hoja, encabezado)
    return (hallazgo for hallazgo in halladas if hallazgo.campo in faltan)


def _encabezados_juntos(hoja: Hoja, rango: Rango, ausentes: Sequence[Campo]) -> Hallazgo:
    faltan = enumerar([f"«{campo.rotulo}»" for campo in ausentes])
    return en_celda(
        hoja.en(rango.fila, rango.columna), f"{rango} están combinadas y falta el encabezado {faltan}.",
        "Sepárelas (Inicio → Combinar y centrar) y escriba en cada columna su encabezado.", campo=ausentes[0].rotulo,
    )  # fmt: skip


def _quiza_es_otra(campo: Campo, ajena: Celda) -> Hallazgo:
    """Falta una columna y hay una que nadie conoce: se dice una vez, en ella."""
    return en_celda(
        ajena, f"Falta la columna «{campo.rotulo}», y ésta no es del programa.",
        f"¿Es la columna «{campo.rotulo}»? Cámbiele el nombre; si no, copie la que falta de un libro nuevo "
        "(generar nuevo).", campo=campo.rotulo,
    )  # fmt: skip


def _columna_de_mas(campo: Campo, escrito: str) -> tuple[str, str]:
    if clave(escrito) == clave(campo.rotulo):
        return f"La columna «{campo.rotulo}» está dos veces.", "Deje una sola."
    return f"«{escrito}» es otro nombre de la columna «{campo.rotulo}», que ya está.", "Deje una o póngale otro nombre."


def _encabezados_dudosos(ajenas: list[Celda], faltan: list[Campo]) -> Iterator[Hallazgo]:
    """De una columna que no es del programa sólo se habla si falta alguna con la que pueda confundirse."""
    vistas: set[str] = set()
    cercanos = {celda.texto: parecido(celda.texto, [c.rotulo for c in faltan]) for celda in ajenas}
    sin_hallar = [campo for campo in faltan if campo.rotulo not in cercanos.values()]
    for celda in ajenas:
        if clave(celda.texto) in vistas:
            yield en_celda(
                celda, f"La columna «{celda.texto}» está dos veces: sólo se usa la primera.", "Póngale otro nombre.",
                aviso=True,
            )  # fmt: skip
            continue
        vistas.add(clave(celda.texto))
        cercano = cercanos[celda.texto]
        if cercano:
            problema, remedio = "no se reconoce", f"¿Quiso decir «{cercano}»? Cámbiele el nombre."
        elif sin_hallar:
            problema, remedio = "no es del programa", _por_si_es_otra(sin_hallar)
        else:
            continue
        yield en_celda(
            celda, f"La columna «{celda.texto}» {problema}.", remedio, campo=cercano or "", aviso=not cercano
        )


def _por_si_es_otra(faltan: list[Campo]) -> str:
    """Qué hacer con una columna ajena cuando faltan propias: quizá es una de ellas con otro nombre."""
    ausentes = enumerar([f"«{campo.rotulo}»" for campo in faltan[:4]], "o")
    verbo = "falta" if len(faltan) == 1 else "faltan"
    return f"Si es {ausentes}, que {verbo}, cámbiele el nombre; si es suya, puede quedarse."


def _columnas_ajenas(columnas: Mapping[str, int], hoja: Hoja, encabezado: int) -> dict[str, int]:
    """Las columnas de la persona, por su rótulo; de dos que se llaman igual, la primera."""
    propias = set(columnas.values())
    vistas: dict[str, tuple[str, int]] = {}
    for columna, celda in _en_el_renglon(hoja, encabezado):
        if columna not in propias:
            vistas.setdefault(clave(celda.texto), (celda.texto, columna))
    return dict(vistas.values())


def _columnas_confundidas(
    registro: type[Registro], columnas: Mapping[str, int], ajenas: Mapping[str, int], hoja: Hoja, encabezado: int
) -> Iterator[Hallazgo]:
    """Una columna ajena cuyos valores son, todos, opciones de una que falta: es ésa con otro nombre."""
    faltan = [campo for campo in campos(registro) if campo.nombre not in columnas and campo.opciones]
    for rotulo, columna in ajenas.items():
        escritos = {
            clave(celda.texto)
            for (fila, c), celda in hoja.celdas.items()
            if c == columna and fila > encabezado and not celda.vacia
        }
        for campo in faltan:
            if escritos and escritos <= {clave(opcion) for opcion in campo.opciones}:
                yield en_celda(
                    hoja.en(encabezado, columna),
                    f"La columna «{rotulo}» parece la columna «{campo.rotulo}», que falta.",
                    f"Cámbiele el nombre a «{campo.rotulo}».",
                    campo=campo.rotulo,
                )
                break


def _sin_columna(hoja: Hoja, encabezado: int) -> Iterator[Hallazgo]:
    """Lo escrito a un lado de la tabla, sin encabezado, no se lee: se dice, por si no era una nota."""
    con_encabezado = {c for (fila, c), celda in hoja.celdas.items() if fila == encabezado and not celda.vacia}
    sueltas = [
        celda
        for (fila, columna), celda in sorted(hoja.celdas.items())
        if fila > encabezado and columna not in con_encabezado and not celda.vacia
        and hoja.en(fila, columna) is celda
    ]  # fmt: skip
    if sueltas:
        yield en_celda(
            sueltas[0],
            f"«{sueltas[0].texto[:40]}» no está bajo ningún encabezado y no se leyó.",
            "Si era un dato, páselo a su columna.",
            aviso=True,
        )


def _construir(
    registro: type[Registro], origen: Origen, libro: Libro, perdidos: Collection[str] = ()
) -> tuple[Registro, list[Hallazgo]]:
    """El registro, con lo que no se pudo leer como ilegible, y por qué; ``perdidos``, los campos que no se hallaron."""
    valores: dict[str, Any] = {}
    ilegibles = set(perdidos)
    hallazgos: list[Hallazgo] = []
    for campo in campos(registro):
        celda = origen.celdas.get(campo.nombre)
        if celda is None:
            valores[campo.nombre] = campo.por_omision
            continue
        try:
            valores[campo.nombre] = convertir(campo, celda, libro)
        except ValorInvalido as error:
            ilegibles.add(campo.nombre)
            hallazgos.append(en_celda(celda, error.problema, error.remedio, campo=campo.rotulo, codigo=campo.codigo))
        if celda.quitado:
            hallazgos.append(
                en_celda(
                    celda,
                    f"«{campo.rotulo}» trae caracteres que Word no admite ({celda.quitado}) y se quitaron.",
                    "Revise que el texto siga completo.",
                    campo=campo.rotulo,
                    aviso=True,
                )
            )
    if not ilegibles:
        return registro(**valores, origen=origen), hallazgos
    legibles = {nombre: valor for nombre, valor in valores.items() if nombre not in ilegibles}
    return con_ilegibles(registro, {**legibles, "origen": origen}, ilegibles), hallazgos
