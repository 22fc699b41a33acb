"""Qué pieza de un documento es cuál de otro: las que se unieron, se partieron o cambiaron de lugar."""

from collections.abc import Sequence

from generador.fusion.palabras import Rasgo, bolsa, es_palabra, parecido, parejas
from generador.fusion.piezas import Columnas, Pieza

Grupo = tuple[list[int], list[int]]  # las piezas de la base y las de la persona que son lo mismo


def parear(base: Sequence[Pieza], suya: Sequence[Pieza]) -> tuple[list[Grupo], set[int]]:
    """Qué piezas de la base son cuáles de la persona, con lo que unió, partió o movió; y cuáles movió."""
    hechas = parejas([Rasgo(p.clase, p.rasgo) for p in base], [Rasgo(p.clase, p.rasgo) for p in suya])
    movidas: set[int] = set()
    sueltas = set(range(len(suya))) - set(hechas.values())
    for i in [i for i in range(len(base)) if i not in hechas and es_palabra(base[i].rasgo)]:
        iguales = [k for k in sueltas if (suya[k].clase, suya[k].rasgo) == (base[i].clase, base[i].rasgo)]
        if len(iguales) == 1:
            hechas[i] = iguales[0]
            movidas.add(i)
            sueltas.discard(iguales[0])
    grupos: dict[int, Grupo] = {i: ([i], [k]) for i, k in hechas.items()}
    _partidos_y_unidos(base, suya, grupos, sueltas)
    vistos: set[int] = set()
    ordenados = []
    for i in sorted(grupos):
        grupo = grupos[i]
        if id(grupo) not in vistos:
            vistos.add(id(grupo))
            ordenados.append(grupo)
    return ordenados, movidas


def _partidos_y_unidos(
    base: Sequence[Pieza], suya: Sequence[Pieza], grupos: dict[int, Grupo], sueltas: set[int]
) -> None:
    """Un párrafo de la base que la persona partió en dos, y dos que unió."""
    for grupo in list(grupos.values()):
        sueltas.difference_update(_sumadas((base, suya), grupo, 1, sueltas))
    libres = {i for i in range(len(base)) if i not in grupos}
    for grupo in list(grupos.values()):
        for i in _sumadas((base, suya), grupo, 0, libres):
            grupos[i] = grupo
            libres.discard(i)


def _sumadas(piezas: tuple[Sequence[Pieza], Sequence[Pieza]], grupo: Grupo, lado: int, libres: set[int]) -> list[int]:
    """Agrega al grupo, de ese lado, las vecinas libres con que los dos dicen casi lo mismo; da cuáles."""
    sumadas: list[int] = []
    propias = grupo[lado]
    while piezas[0][grupo[0][0]].clase == "p":
        vecinas = [n for n in (propias[-1] + 1, propias[0] - 1) if n in libres and n not in sumadas]
        cual = _mejora(piezas, grupo, lado, vecinas)
        if cual is None:
            break
        propias.insert(len(propias) if cual > propias[-1] else 0, cual)
        sumadas.append(cual)
    return sumadas


def _mejora(
    piezas: tuple[Sequence[Pieza], Sequence[Pieza]], grupo: Grupo, lado: int, vecinas: Sequence[int]
) -> int | None:
    """La vecina que, sumada a su lado, hace que los dos digan casi lo mismo."""
    propio, otro = (" ".join(piezas[n][k].texto for k in grupo[n]) for n in (lado, 1 - lado))
    if not vecinas or propio == otro:
        return None
    actual = parecido(bolsa(propio), bolsa(otro))
    if actual > 0.97:
        return None
    for cual in vecinas:
        vecina = piezas[lado][cual]
        if vecina.clase != "p" or not es_palabra(vecina.texto):
            continue
        sumado = f"{propio} {vecina.texto}" if cual > grupo[lado][-1] else f"{vecina.texto} {propio}"
        if parecido(bolsa(sumado), bolsa(otro)) > max(actual + 0.05, 0.7):
            return cual
    return None


def ultimo_con_ultimo(base: Sequence[Pieza], nueva: Sequence[Pieza], de_nueva: dict[int, int]) -> None:
    """Dos últimos párrafos sin pareja son el mismo: el fin del último de una celda no se puede borrar ni insertar."""
    if not base or not nueva or len(base) - 1 in de_nueva or len(nueva) - 1 in de_nueva.values():
        return
    if base[-1].clase == nueva[-1].clase == "p":
        de_nueva[len(base) - 1] = len(nueva) - 1


def trasladadas(base: Sequence[Pieza], nueva: Sequence[Pieza], de_nueva: dict[int, int]) -> dict[int, int]:
    """Lo que los datos cambiaron de lugar sin cambiarlo: su lugar nuevo y el que tenía."""
    nuevas = {p.rasgo: j for j, p in enumerate(nueva) if j not in set(de_nueva.values()) and es_palabra(p.rasgo)}
    return {nuevas[p.rasgo]: i for i, p in enumerate(base) if i not in de_nueva and p.rasgo in nuevas}


def columnas_ajenas(base: Sequence[str], suya: Sequence[str]) -> Columnas | None:
    """De lo que dice cada columna, cuáles agregó la persona; None si quitó alguna o no se sabe cuál es cuál."""
    hechas = parejas([Rasgo("columna", texto) for texto in base], [Rasgo("columna", texto) for texto in suya])
    if not base or len(hechas) != len(base):
        return None
    return tuple(numero for numero in range(len(suya)) if numero not in hechas.values())
