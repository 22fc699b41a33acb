"""La plantilla del informe de seguimiento de acuerdos."""

from plantillas_docx import comunes, datos
from plantillas_docx.datos import (
    Columna,
    cifra,
    cifras_clave,
    con_el_renglon_siguiente,
    con_nota,
    pegado,
    tabla_de_datos,
    texto,
)
from plantillas_docx.documento import documento
from plantillas_docx.estilos import CON_EL_SIGUIENTE, GRIS, JUNTO, NEGRITA, TINTA, alineado, espacio, estilo, letra
from plantillas_docx.piezas import ANCHO, cada, orden, parrafo, parrafo_de_tramos, si

PRIMERO_Y_PENULTIMO = "loop.length > 1 and (loop.first or loop.revindex == 2)"  # con el que sigue: nadie queda solo
ESTILOS_DE_SESIONES = (
    estilo("Periodo", espacio(20, 60), base="Subtítulo", siguiente="Párrafo"),
    estilo(
        "Corte", CON_EL_SIGUIENTE + espacio(0, 200) + alineado("center"), letra(20, rotular=True, color=GRIS),
        siguiente="Párrafo",
    ),
    estilo("Área del informe", CON_EL_SIGUIENTE + espacio(20, 40), letra(formato=NEGRITA), base="Subtítulo"),
)  # fmt: skip
_ESTILOS = (
    *comunes.ESTILOS,
    *datos.ESTILOS,
    *ESTILOS_DE_SESIONES,
    estilo(
        "Clave de acuerdo",
        JUNTO + espacio(280, 30),
        letra(21, rotular=True, formato=NEGRITA, color=TINTA),
        base="Título 2",
        siguiente="Párrafo",
    ),
    estilo("Acuerdo de la ficha", CON_EL_SIGUIENTE + espacio(0, 80), base="Párrafo"),
    estilo("Dato de ficha", CON_EL_SIGUIENTE + espacio(0, 30), letra(20), base="Párrafo"),
    estilo("Aire de ficha", JUNTO + '<w:spacing w:before="0" w:after="0" w:line="120" w:lineRule="exact"/>', letra(8)),
)


def encabezado() -> str:
    """El encabezado de las páginas siguientes."""
    return parrafo("Encabezado", "{{ organo.nombre }} · {{ informe.titulo }} · Corte al {{ informe.corte }}")


def membrete() -> str:
    """La institución, el órgano y la leyenda del año."""
    return (
        parrafo("Institución", "{{ organo.institucion }}")
        + parrafo("Órgano", "{{ organo.nombre }}")
        + si("organo.leyenda", parrafo("Leyenda oficial", "{{ organo.leyenda }}"))
    )


def portadilla() -> str:
    """El título, el área si es de una sola, el periodo y el corte."""
    return (
        parrafo("Título", "{{ informe.titulo }}")
        + si("informe.area", parrafo("Área del informe", "{{ informe.area }}"))
        + parrafo("Periodo", "{{ informe.periodo|mayuscula_inicial }}")
        + parrafo("Corte", "{{ informe.sesiones }} · corte al {{ informe.corte }}")
    )


def resumen(graficas: str) -> str:
    """Las cifras clave, lo que dicen y las gráficas."""
    frases = parrafo_de_tramos("Tras la tabla", "") + cada("frase", "resumen.frases", parrafo("Párrafo", "{{ frase }}"))
    return parrafo("Título 1", "Resumen") + cifras_clave() + si("resumen.frases", frases) + graficas


def _acuerdo(ancho: int, *notas: str) -> Columna:
    """El acuerdo, con su clave encima; ninguno se queda solo al principio de su tabla."""
    clave = parrafo("Clave en tabla", "{{ h.clave }}")
    columna = con_nota("Acuerdo", ancho, "h.texto", *notas)
    return con_el_renglon_siguiente(Columna(columna.rotulo, ancho, clave + columna.cuerpo), PRIMERO_Y_PENULTIMO)


def _tabla(titulo: str, lista: str, descripcion: str, *columnas: Columna, nota: str = "") -> str:
    cuerpo = tabla_de_datos(columnas, "h", lista, titulo=titulo, descripcion=descripcion)
    return si(lista, parrafo("Título 1", titulo) + nota + cuerpo)


def _vencidos() -> str:
    return _tabla(
        "Acuerdos vencidos",
        "vencidos",
        "Cada acuerdo cuyo plazo ya pasó, con su responsable, su plazo y sus días de atraso.",
        _acuerdo(ANCHO - 2500 - 1160 - 1050, "h.avance"),
        texto("Responsable", 2500, "h.responsable"),
        texto("Plazo", 1160, "h.plazo"),
        cifra("Atraso", 1050, "h.atraso"),
    )


def _abiertos(titulo: str, lista: str) -> str:
    return _tabla(
        titulo,
        lista,
        "Cada acuerdo con su último avance, su responsable y su plazo.",
        _acuerdo(ANCHO - 2700 - 1300, "h.avance"),
        texto("Responsable", 2700, "h.responsable"),
        texto("Plazo", 1300, "h.plazo"),
    )


def _cerrados() -> str:
    nota = si(
        "informe.anterior",
        parrafo(
            "Nota de sección", "Después del {{ informe.anterior }}. Se informan una vez más y salen del seguimiento."
        ),
    )
    return _tabla(
        "Cumplidos y cancelados desde el corte anterior",
        "cerrados",
        "Cada acuerdo que se cerró, con su responsable, la sesión en que se cerró y su evidencia.",
        _acuerdo(ANCHO - 2100 - 1900 - 1500, "h.avance"),
        texto("Responsable", 2100, "h.responsable"),
        con_nota("Se cerró", 1500, "h.estatus", "h.cerro"),
        texto("Evidencia", 1900, "h.evidencia"),
        nota=nota,
    )


def _fichas() -> str:
    """La historia de cada acuerdo abierto: lo que se sabe de él y lo que se informó en cada sesión."""
    dato = parrafo(
        "Dato de ficha",
        "{{ h.situacion }}{% if h.atraso %}, con {{ h.atraso }} de atraso{% endif %}"
        ' · Plazo: {{ h.plazo or "sin fecha" }}'
        "{% if h.entregable %} · Entregable: {{ h.entregable }}{% endif %}",
    )
    responsable = parrafo("Dato de ficha", '{{ h.responsable or "Sin responsable" }}', rotulo="Responsable:")
    parrafos = pegado(comunes.bloques("h.parrafos[1:]", con_graficas=False))
    historia = tabla_de_datos(
        (
            con_el_renglon_siguiente(
                texto("Sesión", 2500, "paso.sesion"), "loop.length < 8 and (ultima or not loop.last)"
            ),
            texto("Estatus", 1200, "paso.estatus"),
            Columna(
                "Qué se informó",
                ANCHO - 3700,
                cada("b", "paso.avance", parrafo("Dato", "{{ b.texto }}"))
                + si("paso.evidencia", parrafo("Dato discreto", "Evidencia: {{ paso.evidencia }}")),
            ),
        ),
        "paso",
        "h.pasos",
        titulo="Historia del acuerdo",
        descripcion="Lo que se informó del acuerdo en cada sesión.",
    )
    ficha = (
        orden("set ultima = loop.last")  # la última acompaña a la firma
        + parrafo("Clave de acuerdo", "{{ h.clave }}")
        + parrafo("Acuerdo de la ficha", "{{ h.parrafos[0].texto }}")
        + parrafos
        + responsable
        + dato
        + parrafo_de_tramos("Aire de ficha", "")
        + historia
    )
    return si("fichas", parrafo("Título 1", "Historia de cada acuerdo abierto") + cada("h", "fichas", ficha))


def por_columnas(titulo: str, de: str, descripcion: str, nota: str = "") -> str:
    """Una tabla con las columnas que traiga: la primera, de texto, ocupa el doble; las demás son cifras."""
    return si(f"{de}.renglones", parrafo("Título 1", titulo) + nota + datos.tabla_de_conteos(de, titulo, descripcion))


def plantilla() -> bytes:
    """La plantilla del informe de seguimiento, como archivo de Word."""
    cuerpo = (
        portadilla()
        + resumen(si("grafica", parrafo("Gráfica", "{{ grafica }}")))
        + por_columnas("Acuerdos por área", "por_area", "Cuántos acuerdos tiene cada área en cada estatus.")
        + _vencidos()
        + _abiertos("Acuerdos en proceso", "en_proceso")
        + _abiertos("Acuerdos pendientes", "pendientes")
        + _cerrados()
        + _fichas()
        + firma()
    )
    return documento("Informe de seguimiento", cuerpo, encabezado=encabezado(), membrete=membrete(), estilos=_ESTILOS)


def firma() -> str:
    """La secretaría técnica, tras una frase que la acompaña: no queda sola en una página."""
    cierre = parrafo("Párrafo junto", "Este informe tiene corte al {{ informe.corte }} y reúne {{ informe.sesiones }}.")
    aire, atentamente = pegado(parrafo_de_tramos("Tras la tabla", "")), parrafo("Atentamente", "Elaboró")
    return si("firmas.unica", aire + cierre + atentamente + comunes.firmas())
