"""Las votaciones: V-12 y V-13."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generador.celdas import sin_formato
from generador.documentos.nombres_de_sesion import punto_de
from generador.documentos.reunion import Reunion, clave_de_punto, resolucion_en
from generador.documentos.sesion import Parrafo, Punto, Resultado, Voto
from generador.documentos.verificaciones import de_cada
from generador.hallazgos import Hallazgo

_ETIQUETA = re.compile(r"por (unanimidad|mayoría)", re.IGNORECASE)


def votos_imposibles(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-12 y V-13: vota quien tiene voto y estaba, una vez, en un punto que se votó."""
    yield from de_cada(reunion.libro.votos, partial(_imposible, reunion, set()))


def _imposible(reunion: Reunion, vistos: set[tuple[str, int]], voto: Voto) -> Iterator[Hallazgo]:
    persona, punto = reunion.persona(voto.quien), reunion.punto(voto.punto)
    if persona is None or punto is None:
        return  # lo dicen V-10 y V-06
    repetido = (clave_de_punto(voto.punto), id(persona)) in vistos
    vistos.add((clave_de_punto(voto.punto), id(persona)))
    if repetido:
        yield _voto(
            voto,
            "quien",
            f"«{persona.corto}» vota dos veces en el punto {punto.clave}.",
            "Deje un solo voto.",
        )
    elif not persona.con_voto:
        yield _voto(
            voto,
            "quien",
            f"«{persona.corto}» no tiene voto.",
            "Quite el voto o corrija «Vota» en «Asistencia».",
        )
    elif not reunion.presente_en(persona, punto):
        yield _voto(voto, "quien", f"«{persona.corto}» no estaba en el punto {punto.clave}.",
                    "Quite el voto o corrija la asistencia.", "V-12")  # fmt: skip
    elif not punto.se_vota:
        yield _voto(voto, "punto", f"El punto {punto.clave} no se votó.",
                    "Corrija el punto, o su tipo y su resultado en «Orden del día».", "V-12")  # fmt: skip


def _voto(voto: Voto, nombre: str, problema: str, remedio: str, codigo: str = "V-13") -> Hallazgo:
    return voto.hallazgo(nombre, problema, remedio, codigo=codigo)


def resultado_contrario_a_los_votos(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-12: lo aprobado tuvo más votos a favor; lo no aprobado, no. En un empate decide el voto de calidad."""
    yield from de_cada(reunion.libro.orden_del_dia, partial(_resultado_contrario, reunion))


def _resultado_contrario(reunion: Reunion, punto: Punto) -> Iterator[Hallazgo]:
    if not punto.se_vota:
        return
    recuento = reunion.recuento(punto)
    if reunion.aprobado(recuento) != (punto.desenlace is Resultado.APROBADO):
        cuenta = f"{len(recuento.a_favor)} a favor y {len(recuento.en_contra)} en contra"
        empate = " y el empate no se resolvió con el voto de calidad" if recuento.empate else ""
        yield punto.hallazgo(
            "resultado" if punto.resultado else "tipo",
            f"El punto {punto.clave} quedó «{punto.desenlace}», pero los votos son {cuenta}{empate}.",
            "Corrija el resultado o la hoja «Votos».",
            codigo="V-12",
        )


def etiqueta_contraria_a_los_votos(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-12: el texto no dice «por unanimidad» donde hubo votos en contra, ni al revés."""
    libro = reunion.libro
    hojas: tuple[tuple[str, Callable[[], Iterable[Punto | Parrafo]]], ...] = (
        ("frase", lambda: libro.orden_del_dia), ("texto", lambda: libro.desarrollo),
    )  # fmt: skip
    yield from de_cada(hojas, lambda hoja: de_cada(hoja[1](), partial(_etiqueta_contraria, reunion, hoja[0])))


def _etiqueta_contraria(reunion: Reunion, nombre: str, registro: Punto | Parrafo) -> Iterator[Hallazgo]:
    texto = sin_formato(getattr(registro, nombre) or "")
    punto = punto_de(reunion, registro) if _ETIQUETA.search(texto) else None
    if punto is None or not punto.se_vota:
        return
    for escrita in _ETIQUETA.finditer(texto):
        correcta = reunion.votacion(punto)
        if not correcta.startswith(escrita[0].lower()):
            yield registro.hallazgo(
                nombre, f"Dice «{escrita[0]}», pero según «Votos» se resolvió {correcta}.",
                "Escriba {votacion} en su lugar, o corrija los votos.", codigo="V-12",
                aviso=escrita[0] not in resolucion_en(texto),
            )  # fmt: skip
        elif not reunion.recuento(punto).unanime and correcta not in texto:
            yield registro.hallazgo(
                nombre, f"Dice «{escrita[0]}» sin decir quién votó distinto; el programa lo agrega enseguida.",
                "Escriba {votacion} en su lugar para que quede en una sola frase.", codigo="V-12", aviso=True,
            )  # fmt: skip


def unanimidad_con_abstenciones(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-12: según la regla del órgano, una abstención no rompe la unanimidad; conviene confirmarlo."""
    if not reunion.libro.organo.abstencion_rompe:
        yield from de_cada(reunion.libro.orden_del_dia, partial(_con_abstenciones, reunion))


def _con_abstenciones(reunion: Reunion, punto: Punto) -> Iterator[Hallazgo]:
    recuento = reunion.recuento(punto) if punto.se_vota else None
    if recuento and recuento.abstenciones and not recuento.en_contra:
        yield punto.hallazgo(
            "clave", f"El punto {punto.clave} se asienta «{reunion.votacion(punto)}».",
            "Si en su órgano la abstención rompe la unanimidad, dígalo en «Órgano».", codigo="V-12", aviso=True,
        )  # fmt: skip
