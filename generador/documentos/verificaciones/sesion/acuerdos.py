"""Los acuerdos de hoy y los de antes: V-30."""

import re
from collections.abc import Iterator

from generador.celdas import clave, en_un_renglon, sin_formato
from generador.documentos.nombres_de_sesion import nombres_de
from generador.documentos.reunion import Reunion, clave_de_punto
from generador.documentos.sesion import Acuerdo, Clase, Estatus, Pendiente, Resultado, TipoDePunto
from generador.hallazgos import Hallazgo

_CUENTA = re.compile(r"(\d+) puntos?, de los cuales (\d+) ya (?:fueron|han sido|se han) cumplid[oa]s?", re.IGNORECASE)


def claves_repetidas(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: cada acuerdo en seguimiento tiene su propia clave."""
    vistas: set[str] = set()
    for pendiente in reunion.libro.seguimiento:
        if clave(pendiente.clave) in vistas:
            yield pendiente.hallazgo(
                "clave",
                f"La clave «{pendiente.clave}» está dos veces.",
                "Deje un renglón por acuerdo.",
                codigo="V-30",
            )
        vistas.add(clave(pendiente.clave))


def sin_responsable_o_plazo(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: a lo que no tiene responsable no se le da seguimiento; un compromiso lleva además plazo."""
    for acuerdo in reunion.libro.acuerdos:
        if not (acuerdo.area or acuerdo.persona):
            yield _incompleto(acuerdo, "area", "responsable")
        elif acuerdo.plazo is None and not acuerdo.plazo_libre and acuerdo.clase is not Clase.ACUERDO:
            yield _incompleto(acuerdo, "plazo", "plazo")
    for pendiente in reunion.libro.seguimiento:
        if not pendiente.area and pendiente.hoy in (Estatus.PENDIENTE, Estatus.EN_PROCESO):
            yield _incompleto(pendiente, "area", "responsable")


def _incompleto(registro: Acuerdo | Pendiente, nombre: str, que: str) -> Hallazgo:
    return registro.hallazgo(
        nombre, f"«{_breve(registro.texto)}» no tiene {que}.", "Complételo para poder darle seguimiento.",
        codigo="V-30", aviso=True,
    )  # fmt: skip


def _breve(texto: str) -> str:
    plano = en_un_renglon(texto)
    return plano if len(plano) <= 50 else plano[:47].rstrip() + "…"


def cumplidos_sin_evidencia(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: lo que hoy se da por cumplido dice con qué se acredita."""
    for pendiente in reunion.libro.seguimiento:
        hoy_cumplido = pendiente.estatus is Estatus.CUMPLIDO and pendiente.anterior is not Estatus.CUMPLIDO
        if hoy_cumplido and not pendiente.evidencia:
            yield pendiente.hallazgo(
                "evidencia", f"«{pendiente.clave}» se da por cumplido sin evidencia.", "Escriba con qué se acredita.",
                codigo="V-30", aviso=True,
            )  # fmt: skip


def aprobados_sin_sintesis(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: un acuerdo aprobado aparece en la síntesis."""
    sintetizados = {clave_de_punto(acuerdo.punto) for acuerdo in reunion.libro.acuerdos}
    for _, punto in reunion.puntos:
        es_acuerdo = punto.tipo is TipoDePunto.APROBACION and "acuerdo" in punto.titulo.lower()
        if es_acuerdo and punto.desenlace is Resultado.APROBADO and clave_de_punto(punto.clave) not in sintetizados:
            yield punto.hallazgo(
                "titulo", f"El punto {punto.clave} aprobó un acuerdo que no está en la hoja «Acuerdos».",
                "Agréguelo para que salga en la síntesis.", codigo="V-30", aviso=True,
            )  # fmt: skip


def cuentas_del_seguimiento(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: los totales escritos en el texto son los de la hoja «Seguimiento»."""
    if not reunion.libro.seguimiento:
        return
    nombres = nombres_de(reunion)
    reales = (nombres["seguimiento.total"], nombres["seguimiento.cumplidos"])
    for parrafo in reunion.libro.desarrollo:
        for escrita in _CUENTA.finditer(sin_formato(parrafo.texto)):
            if escrita.groups() != reales:
                yield parrafo.hallazgo(
                    "texto",
                    f"Dice «{escrita[0]}», pero en «Seguimiento» hay {reales[0]}, {reales[1]} con estatus cumplido.",
                    "Escriba {seguimiento.total} y {seguimiento.cumplidos}: el programa los cuenta.", codigo="V-30",
                )  # fmt: skip
