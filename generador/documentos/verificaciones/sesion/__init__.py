"""Lo que debe cuadrar en un libro de sesión."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import partial

from generador.documentos.reunion import Reunion
from generador.documentos.sesion import LibroDeSesion
from generador.documentos.verificaciones import corridas, en_orden
from generador.documentos.verificaciones.sesion import acuerdos, compromisos, personas, puntos, textos, tiempos, votos
from generador.hallazgos import Hallazgo

Verificacion = Callable[[Reunion], Iterable[Hallazgo]]

VERIFICACIONES: tuple[Verificacion, ...] = (
    tiempos.termino_antes_del_inicio,  # V-04
    tiempos.sesion_demasiado_larga,  # V-04
    tiempos.recesos_fuera_de_la_sesion,  # V-04
    tiempos.recesos_traslapados,  # V-04
    tiempos.dia_inhabil,  # V-05
    tiempos.dia_de_la_semana_equivocado,  # V-05
    personas.falta_quien_presida_o_sea_secretaria,  # V-03, V-09
    personas.quorum,  # V-09
    personas.quien_preside_se_retira,  # V-09
    personas.integrantes_que_no_suman,  # V-11
    personas.nombres_que_se_confunden,  # V-18
    personas.citadas_que_no_estan_en_la_lista,  # V-10
    personas.intervencion_sin_quien,  # V-10
    personas.hablan_sin_estar,  # V-10
    personas.permanencia_imposible,  # V-10
    personas.suplencias,  # V-15
    personas.genero,  # V-16
    personas.titulos,  # V-17
    personas.firmas,  # V-14
    puntos.puntos_sin_desarrollo,  # V-06
    puntos.puntos_que_no_existen,  # V-06
    puntos.aprobaciones_sin_resultado,  # V-06
    puntos.numeracion,  # V-07
    puntos.orden_modificado_sin_votarse,  # V-07
    puntos.impropios_de_extraordinaria,  # V-08
    puntos.minuta_anterior,  # V-01
    puntos.sesion_mal_nombrada,  # V-02
    votos.votos_imposibles,  # V-12, V-13
    votos.resultado_contrario_a_los_votos,  # V-12
    votos.etiqueta_contraria_a_los_votos,  # V-12
    votos.unanimidad_con_abstenciones,  # V-12
    acuerdos.formato_de_clave,  # V-30
    acuerdos.claves_repetidas,  # V-30
    acuerdos.plazos_ya_vencidos,  # V-30
    acuerdos.sin_responsable_o_plazo,  # V-30
    acuerdos.cumplidos_sin_evidencia,  # V-30
    acuerdos.aprobados_sin_sintesis,  # V-30
    acuerdos.cuentas_del_seguimiento,  # V-30
    compromisos.en_prosa,  # V-30
    textos.nombres_desconocidos,
    textos.nombres_fuera_de_lugar,
    textos.conteos_que_no_cuadran,  # V-29
    textos.residuos,  # V-32
    textos.montos,  # V-33
)


def cruces(libro: LibroDeSesion, hoy: date) -> list[Hallazgo]:
    """Todos los hallazgos de un libro de sesión, en el orden en que se lee el libro."""
    reunion = Reunion(libro)
    verificaciones: tuple[Verificacion, ...] = (*VERIFICACIONES, partial(tiempos.sesion_futura, hoy=hoy))
    hallazgos, _ = corridas(verificaciones, reunion)
    return en_orden(hallazgos, LibroDeSesion)
