"""Lo que un informe necesita."""

from collections.abc import Iterator

from generador.castellano import fecha_larga
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.documentos.verificaciones.cuentas.textos import cifras_sin_mediciones
from generador.esquema import legibles
from generador.hallazgos import Gravedad, Hallazgo


def sin_cuentas_o_mediciones(caso: Caso) -> Iterator[Hallazgo]:
    """Sin cuentas no hay informe; sin mediciones o sin firma, sale incompleto."""
    if not caso.libro.cuentas:
        yield Hallazgo(hoja="Cuentas", problema="No tiene renglones.", remedio="Escriba una cuenta por renglón.")
    for hoja, renglones, falta in (
        ("Mediciones", caso.libro.mediciones, "El informe irá sin cifras: no hay mediciones."),
        ("Firmas", caso.libro.firmas, "El informe irá sin firma."),
    ):
        if not renglones and not (hoja == "Mediciones" and any(cifras_sin_mediciones(caso))):
            yield Hallazgo(hoja=hoja, problema=falta, remedio="Escríbalas si las tiene.", gravedad=Gravedad.AVISO)


def fecha_anterior_al_corte(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: el informe es posterior al periodo que informa."""
    informe, hasta = caso.libro.informe, caso.balance.hasta
    if informe is not None and hasta is not None and informe.fecha < hasta:
        yield informe.hallazgo(
            "fecha", f"El informe es del {fecha_larga(informe.fecha)}, anterior al corte ({fecha_larga(hasta)}).",
            "Corrija la fecha o «Periodo hasta».", codigo="V-21",
        )  # fmt: skip


def publicaciones_futuras(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: ninguna cuenta publicó después del informe que lo dice."""
    informe = caso.libro.informe
    for cuenta in legibles(caso.libro.cuentas, "cuenta", "ultima"):
        if informe is not None and cuenta.ultima is not None and cuenta.ultima > informe.fecha:
            yield cuenta.hallazgo(
                "ultima", f"«{cuenta.cuenta}» publicó el {fecha_larga(cuenta.ultima)}, después de la fecha del informe "
                f"({fecha_larga(informe.fecha)}).", "Confirme la fecha.", codigo="V-21", aviso=True,
            )  # fmt: skip


def sin_conclusiones(caso: Caso) -> Iterator[Hallazgo]:
    """Las conclusiones las escribe una persona; si no están, se avisa."""
    informe = caso.libro.informe
    if informe is not None and not informe.conclusiones:
        yield informe.hallazgo(
            "conclusiones", "El informe irá sin conclusiones.", "Escríbalas, o deje la celda en blanco.", aviso=True
        )
