"""Lo que debe cuadrar en un libro de cuentas, según salga de él un oficio, varios o el informe."""

from collections.abc import Callable, Iterable
from datetime import date

from generador.documentos.cuentas import LibroDeCuentas
from generador.documentos.verificaciones import corridas, en_orden
from generador.documentos.verificaciones.cuentas import (
    conteos,
    cuerpo,
    datos,
    informes,
    numeros,
    personas,
    tablas,
    textos,
)
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.documentos.verificaciones.cuentas.equivocos import Equivoco, sin_lo_equivoco
from generador.hallazgos import Hallazgo

Verificacion = Callable[[Caso], Iterable[Hallazgo]]

DE_REFERENCIA: tuple[Callable[[Caso], Iterable[Equivoco]], ...] = (  # con esto, lo demás se calcularía mal
    datos.nombres_repetidos,
    datos.nombres_que_no_sirven,
    datos.cuentas_que_no_existen,
    datos.periodo_al_reves,  # V-26
)
COMUNES: tuple[Verificacion, ...] = (
    datos.mediciones_dudosas,  # V-26
    datos.mediciones_despues_de_la_baja,  # V-26
    datos.altas_de_las_que_ya_estaban,  # V-26
    datos.graficas_sin_datos,
    datos.nombres_casi_iguales,  # V-19
    personas.genero_y_titulo,  # V-16, V-17
    personas.cargos_distintos,  # V-19
    numeros.claves_de_otra_serie,  # V-22
    numeros.leyenda_y_lugar,  # V-31
    cuerpo.anexos_citados,  # V-23
    numeros.bajas_sin_oficio,  # V-21
    textos.cifras_sin_mediciones,
    textos.nombres_desconocidos,
    textos.nombres_fuera_de_lugar,
    textos.graficas_citadas,
    conteos.de_cuentas,  # V-29
    conteos.de_bajas,  # V-29
    conteos.aumentos_tecleados,  # V-27
    conteos.porcentajes_tecleados,  # V-28
    conteos.cifras_tecleadas,
    textos.de_la_prosa,  # V-21, V-29, V-32, V-33
    textos.siglas,  # V-19
    textos.hojas_sin_usar,
)
DEL_OFICIO: tuple[Verificacion, ...] = (
    cuerpo.bloques_incompletos,
    conteos.de_tablas_y_graficas,  # V-29
    personas.destinatario_sin_nombre,  # V-16, V-23
    personas.copias_repetidas,  # V-23
    personas.singular_y_plural,  # V-23
    personas.renglones_con_numero_propio,
    numeros.ano_del_numero,  # V-20
    numeros.numeros_repetidos_o_saltados,  # V-20
    numeros.fechas_en_orden,  # V-21
    numeros.contesta_sin_fecha,  # V-21
    tablas.celdas_ilegibles,
    tablas.celdas_sin_cifra,
    tablas.totales,  # V-24
    tablas.entradas_y_salidas,  # V-25
    tablas.aumentos,  # V-27, V-28
    tablas.partes_de_cien,  # V-28
    textos.datos_del_renglon,
    textos.columnas_sin_citar,
)
DEL_INFORME: tuple[Verificacion, ...] = (
    informes.sin_cuentas_o_mediciones,
    informes.fecha_anterior_al_corte,  # V-21
    informes.publicaciones_futuras,  # V-21
    informes.sin_conclusiones,
)


def referencias(libro: LibroDeCuentas) -> tuple[LibroDeCuentas, list[Hallazgo]]:
    """El libro, en que lo equívoco queda como si no se hubiera podido leer, y lo que hay que decir de eso.

    Así se dice a la vez todo lo que no depende de un nombre mal escrito, y sólo eso.
    """
    equivocos, _ = corridas(DE_REFERENCIA, Caso(libro))
    return sin_lo_equivoco(libro, equivocos), en_orden((e.hallazgo for e in equivocos), LibroDeCuentas)


def cruces_de_oficio(libro: LibroDeCuentas, hoy: date) -> list[Hallazgo]:
    """Todos los hallazgos de un solo oficio a todos los destinatarios."""
    return _del_oficio(libro, por_renglon=False)


def cruces_de_oficios(libro: LibroDeCuentas, hoy: date, malas: Iterable[int] = ()) -> list[Hallazgo]:
    """Todos los hallazgos de un oficio por renglón de «Destinatarios»; ``malas``, las filas que no se leyeron."""
    return _del_oficio(libro, por_renglon=True, malas=malas)


def _del_oficio(libro: LibroDeCuentas, *, por_renglon: bool, malas: Iterable[int] = ()) -> list[Hallazgo]:
    if libro.oficio is None:
        return [Hallazgo(hoja="Oficio", problema="Está en blanco.", remedio="Llene los datos del oficio.")]
    if faltan := list(cuerpo.hojas_en_blanco(Caso(libro))):
        return faltan
    caso = Caso(libro, de_oficio=True, por_renglon=por_renglon, malas=tuple(malas))
    return _corridas(caso, COMUNES + DEL_OFICIO)


def cruces_de_informe(libro: LibroDeCuentas, hoy: date) -> list[Hallazgo]:
    """Todos los hallazgos del informe."""
    if libro.informe is None:
        return [Hallazgo(hoja="Informe", problema="Está en blanco.", remedio="Llene los datos del informe.")]
    return _corridas(Caso(libro), COMUNES + DEL_INFORME)


def _corridas(caso: Caso, verificaciones: Iterable[Verificacion]) -> list[Hallazgo]:
    hallazgos, _ = corridas(verificaciones, caso)
    return en_orden(hallazgos, LibroDeCuentas)
