"""Qué quiso escribir quien puso en su plantilla un nombre que no existe.

Se busca donde buscaría una persona: el mismo nombre en otro lado, uno que se le parezca, o el de la columna del libro
que dice eso (``sesion.termino`` → ``cierre.hora``, de «Hora de término»).
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from generador import castellano
from generador.celdas import clave
from generador.plantilla.contrato import (
    GRAFICA,
    NUMERO,
    TEXTO,
    Camino,
    Forma,
    ciclo,
    en_su_ciclo,
    escrito,
    parecido_a,
    singular,
)

_MAX_OPCIONES = 3
_LETRAS_QUE_DICEN_ALGO = 4  # «de», «en», «la»… están en cualquier columna


def de_raiz(nombre: str, nombres: Forma, otros: Sequence[str], hojas: Mapping[Camino, str]) -> str:
    """Qué escribir en lugar de un nombre que no es de nada: ``"¿Quiso decir «sesion.lugar»?"``; vacío si no se sabe.

    ``otros``: los que la plantilla ha creado hasta ahí; ``hojas``: la hoja de la que sale cada lista. Lo que está en
    una lista se dice con su ciclo.
    """
    return (
        _quiso(_con_ese_final(nombre, nombres) or _con_esas_palabras(nombre, nombres) or _de_hoja(nombre, hojas))
        or _parecido("", nombre, [*nombres.llaves, *otros])
        or _quiso(_de_columna(nombre, nombres))
        or _en_listas(nombre, nombres)
    )


def ciclo_de(nombre: str, nombres: Forma) -> str:
    """``"asistente"`` → ``"{% for asistente in asistentes %}"``: el ciclo que daría ese nombre; vacío si ninguno."""
    lista = _de_singular(nombre, nombres)
    return ciclo(lista) if lista else ""


def lista_de(nombre: str, nombres: Forma) -> str:
    """``"asistente"`` → ``"asistentes"``: la lista de la que es uno, si no está dentro de otra; vacío si de ninguna."""
    lista = _de_singular(nombre, nombres)
    return "" if "[]" in lista else en_su_ciclo(lista)


def _de_singular(nombre: str, nombres: Forma) -> Camino:
    listas = [c for c, forma in nombres.caminos() if forma.es_lista and clave(singular(c)) == clave(nombre)]
    return min(listas, key=len, default=())


def de_dentro(dueno: Camino, dicho: str, nombre: str, nombres: Forma) -> str:
    """Lo mismo, de un nombre que su dueño no tiene; ``dicho``: el dueño como está escrito en la plantilla."""
    suyos = nombres.en(dueno) if dueno else None
    parecido = _parecido(f"{dicho}.", nombre, list(suyos.llaves)) if suyos is not None else ""
    if parecido or not dueno or "[]" in dueno:
        return parecido
    return _quiso(_con_ese_final(nombre, nombres)) or _quiso(_de_columna(nombre, nombres))


def lo_que_nombra(texto: str, nombres: Forma) -> str:
    """El nombre que dice un texto entre comillas: ``"lugar"`` → ``"sesion.lugar"``; vacío si no es ninguno."""
    if not re.fullmatch(r"[^\W\d]\w*(\.\w+)*", texto):
        return ""
    if nombres.en(tuple(texto.split("."))) is not None:
        return texto
    return "" if "." in texto else next(iter(_con_ese_final(texto, nombres)), "")


def _parecido(antes: str, nombre: str, opciones: list[str]) -> str:
    parecido = parecido_a(nombre, opciones)
    return f"¿Quiso decir «{antes}{parecido}»?" if parecido else ""


def _quiso(opciones: Sequence[str]) -> str:
    dichas = [f"«{opcion}»" for opcion in opciones[:_MAX_OPCIONES]]
    return f"¿Quiso decir {castellano.enumerar(dichas, 'o')}?" if dichas else ""


def _escribibles(nombres: Forma) -> Iterator[tuple[Camino, Forma]]:
    return ((camino, forma) for camino, forma in nombres.caminos() if forma.clases & {TEXTO, NUMERO, GRAFICA})


def _con_ese_final(nombre: str, nombres: Forma) -> list[str]:
    """Los que terminan igual y no están en ninguna lista: ``"hora"`` → ``["sesion.hora", "cierre.hora"]``."""
    return [en_su_ciclo(c) for c, _ in _escribibles(nombres) if "[]" not in c and clave(c[-1]) == clave(nombre)]


def _con_esas_palabras(nombre: str, nombres: Forma) -> list[str]:
    """Los que se leen con las mismas palabras: ``"fecha_de_la_sesion"`` → ``["sesion.fecha"]``."""
    pedidas = _palabras(nombre)
    return [en_su_ciclo(c) for c, _ in _escribibles(nombres) if "[]" not in c and _palabras("_".join(c)) == pedidas]


def _de_hoja(nombre: str, hojas: Mapping[Camino, str]) -> list[str]:
    """La lista que sale de la hoja que se llama así: ``"asistencia"`` → ``["asistentes"]``; vacía si de ninguna."""
    suyas = (lista for lista, hoja in hojas.items() if clave(hoja).replace(" ", "_") == clave(nombre))
    return [escrito(lista[:-1]) for lista in suyas if "[]" in lista[-1:] and "[]" not in lista[:-1]][:1]


def _palabras(nombre: str) -> set[str]:
    return {palabra for palabra in clave(nombre).split("_") if len(palabra) >= _LETRAS_QUE_DICEN_ALGO}


def _en_listas(nombre: str, nombres: Forma) -> str:
    suyos = [c for c, _ in _escribibles(nombres) if "[]" in c[:-1] and clave(c[-1]) == clave(nombre)]
    if not suyos:
        return ""
    camino = min(suyos, key=len)
    lista = camino[: max(n for n, paso in enumerate(camino) if paso == "[]")]
    return f"¿Quiso decir «{en_su_ciclo(camino)}»? Va entre «{ciclo(lista)}» y «{{% endfor %}}»."


def _de_columna(nombre: str, nombres: Forma) -> list[str]:
    """El que más directamente sale de una columna cuyo título lleva esas palabras."""
    pedidas = _palabras(nombre)
    candidatos = [
        (len(forma.de), en_su_ciclo(camino))
        for camino, forma in _escribibles(nombres)
        if "[]" not in camino and any(pedidas and pedidas <= set(clave(r).split()) for _, r in forma.de)
    ]
    return [min(candidatos, key=lambda candidato: candidato[0])[1]] if candidatos else []
