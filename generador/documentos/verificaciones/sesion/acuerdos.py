"""Los acuerdos de hoy y los de antes: V-30."""

import re
from collections.abc import Iterable, Iterator
from functools import partial

from generador.castellano import enumerar, fecha_larga
from generador.celdas import clave, en_un_renglon, parecido, sin_formato
from generador.documentos.claves import DE_LA_SESION, NOMBRES, nombres_en_formato
from generador.documentos.reunion import Reunion, clave_de_punto
from generador.documentos.seguimiento_de_sesion import por_informar
from generador.documentos.sesion import Acuerdo, Clase, Estatus, Pendiente, Punto, Resultado, TipoDePunto
from generador.documentos.verificaciones import de_cada
from generador.esquema import alguna, legibles
from generador.hallazgos import Hallazgo

_CUENTA = re.compile(r"(\d+) puntos?, de los cuales (\d+) ya (?:fueron|han sido|se han) cumplid[oa]s?", re.IGNORECASE)


def formato_de_clave(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: el formato de las claves cita nombres que existen y distingue a un acuerdo de otro."""
    organo = reunion.libro.organo
    citados = {clave(nombre): nombre for nombre in nombres_en_formato(organo.formato_de_clave)}
    for suya, nombre in citados.items():
        if suya not in map(clave, NOMBRES):
            cercano = parecido(nombre, NOMBRES)
            remedio = f"¿Quiso decir {{{cercano}}}?" if cercano else f"Los que hay: {_entre_llaves(NOMBRES)}."
            yield organo.hallazgo(
                "formato_de_clave", f"El formato cita {{{nombre}}}, que no existe.", remedio, codigo="V-30"
            )
    if not {"n", "nn", "nnn"} & set(citados):
        yield organo.hallazgo(
            "formato_de_clave", "Al formato le falta el consecutivo.", "Agréguele {n}.", codigo="V-30"
        )
    faltan = [nombre for nombre in DE_LA_SESION if clave(nombre) not in citados]
    if faltan:
        yield organo.hallazgo(
            "formato_de_clave", f"Sin {_entre_llaves(faltan)}, dos sesiones darían la misma clave.",
            "Agréguelo o escriba cada clave en la columna «Clave» de «Acuerdos».", codigo="V-30", aviso=True,
        )  # fmt: skip


def _entre_llaves(nombres: Iterable[str]) -> str:
    return enumerar([f"{{{nombre}}}" for nombre in nombres])


def claves_repetidas(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: cada acuerdo, nuevo o en seguimiento, tiene su propia clave."""
    vistas: set[str] = set()
    for pendiente in legibles(reunion.libro.seguimiento, "clave"):
        if clave(pendiente.clave) in vistas:
            yield pendiente.hallazgo(
                "clave",
                f"La clave «{pendiente.clave}» está dos veces.",
                "Deje un renglón por acuerdo.",
                codigo="V-30",
            )
        vistas.add(clave(pendiente.clave))
    escritas = ((a.clave, a) for a in legibles(reunion.libro.acuerdos, "clave") if a.clave)
    yield from _de_otro(escritas, vistas)
    yield from _de_otro(((suya, a) for suya, a in reunion.claves_de_acuerdos if not a.clave), vistas)


def _de_otro(con_clave: Iterable[tuple[str, Acuerdo]], vistas: set[str]) -> Iterator[Hallazgo]:
    for suya, acuerdo in con_clave:
        if clave(suya) in vistas:
            yield acuerdo.hallazgo(
                "clave", f"Su clave, «{suya}», ya es de otro acuerdo de este libro.",
                "Escriba otra en la columna «Clave».", codigo="V-30",
            )  # fmt: skip
        vistas.add(clave(suya))


def plazos_ya_vencidos(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: el plazo de un acuerdo es posterior a la sesión que lo tomó."""
    fecha = reunion.libro.sesion.fecha
    for acuerdo in legibles(reunion.libro.acuerdos, "plazo"):
        if acuerdo.plazo and acuerdo.plazo < fecha:
            yield acuerdo.hallazgo(
                "plazo", f"El plazo, {fecha_larga(acuerdo.plazo)}, es anterior a la sesión en que se acordó.",
                "Corrija el plazo.", codigo="V-30", aviso=True,
            )  # fmt: skip


def sin_responsable_o_plazo(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: a lo que no tiene responsable no se le da seguimiento; un compromiso lleva además plazo."""
    yield from de_cada((lambda: reunion.libro.acuerdos,), lambda hoja: de_cada(hoja(), _acuerdo_incompleto))
    yield from de_cada(reunion.libro.seguimiento, _pendiente_incompleto)


def _acuerdo_incompleto(acuerdo: Acuerdo) -> Iterator[Hallazgo]:
    if acuerdo.en_seguimiento is False:
        return
    if not (acuerdo.area or acuerdo.persona):
        yield _incompleto(acuerdo, "area", "responsable")
    elif acuerdo.plazo is None and not acuerdo.plazo_libre and acuerdo.clase is not Clase.ACUERDO:
        yield _incompleto(acuerdo, "plazo", "plazo")


def _pendiente_incompleto(pendiente: Pendiente) -> Iterator[Hallazgo]:
    if not pendiente.responsable and pendiente.hoy.abierto:
        yield _incompleto(pendiente, "area", "responsable")


def _incompleto(registro: Acuerdo | Pendiente, nombre: str, que: str) -> Hallazgo:
    return registro.hallazgo(
        nombre, f"«{breve(registro.texto)}» no tiene {que}.", "Complételo para poder darle seguimiento.",
        codigo="V-30", aviso=True,
    )  # fmt: skip


def breve(texto: str) -> str:
    """El principio de un acuerdo, para citarlo en un mensaje."""
    plano = en_un_renglon(texto)
    return plano if len(plano) <= 50 else plano[:47].rstrip() + "…"


def cumplidos_sin_evidencia(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: lo que hoy se da por cumplido dice con qué se acredita."""
    for pendiente in legibles(reunion.libro.seguimiento, "clave", "estatus", "anterior", "evidencia"):
        hoy_cumplido = pendiente.estatus is Estatus.CUMPLIDO and pendiente.antes is not Estatus.CUMPLIDO
        if hoy_cumplido and not pendiente.evidencia:
            yield pendiente.hallazgo(
                "evidencia", f"«{pendiente.clave}» se da por cumplido sin evidencia.", "Escriba con qué se acredita.",
                codigo="V-30", aviso=True,
            )  # fmt: skip


def aprobados_sin_sintesis(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: un acuerdo aprobado aparece en la síntesis."""
    yield from de_cada(reunion.libro.orden_del_dia, partial(_sin_sintesis, reunion))


def _sin_sintesis(reunion: Reunion, punto: Punto) -> Iterator[Hallazgo]:
    es_acuerdo = punto.tipo is TipoDePunto.APROBACION and "acuerdo" in punto.titulo.lower()
    if not es_acuerdo or punto.desenlace is not Resultado.APROBADO:
        return
    if not alguna(reunion.libro.acuerdos, lambda a: clave_de_punto(a.punto) == clave_de_punto(punto.clave)):
        yield punto.hallazgo(
            "titulo", f"El punto {punto.clave} aprobó un acuerdo que no está en la hoja «Acuerdos».",
            "Agréguelo para que salga en la síntesis.", codigo="V-30", aviso=True,
        )  # fmt: skip


def cuentas_del_seguimiento(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: los totales escritos en el texto son los de la hoja «Seguimiento»."""
    if not reunion.libro.seguimiento:
        return
    venian = por_informar(reunion.libro.seguimiento)
    cumplidos = sum(pendiente.hoy is Estatus.CUMPLIDO for pendiente in venian)
    reales = (str(len(venian)), str(cumplidos))
    for parrafo in legibles(reunion.libro.desarrollo, "texto"):
        for escrita in _CUENTA.finditer(sin_formato(parrafo.texto)):
            if escrita.groups() != reales:
                yield parrafo.hallazgo(
                    "texto",
                    f"Dice «{escrita[0]}», pero en «Seguimiento» hay {reales[0]}, {reales[1]} con estatus cumplido.",
                    "Escriba {seguimiento.total} y {seguimiento.cumplidos}: el programa los cuenta.", codigo="V-30",
                )  # fmt: skip
