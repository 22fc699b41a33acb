"""La plantilla del oficio."""

from plantillas_docx import comunes
from plantillas_docx.documento import documento
from plantillas_docx.estilos import (
    CON_EL_SIGUIENTE,
    GRIS,
    JUNTO,
    NEGRITA,
    SIN_PARTIR,
    TINTA,
    alineado,
    espacio,
    estilo,
    estilo_de_tabla,
    letra,
    margenes,
    sangria,
)
from plantillas_docx.piezas import (
    ANCHO,
    cada,
    cada_renglon,
    celda,
    orden_de_renglon,
    parrafo,
    parrafo_de_tramos,
    renglon,
    segun,
    si,
    tabla,
)

_ESTILOS = (
    *comunes.ESTILOS,
    estilo(
        "Número de oficio",
        CON_EL_SIGUIENTE + espacio(60, 20) + alineado("right"),
        letra(22, rotular=True, formato=NEGRITA, color=TINTA),
    ),
    estilo("Lugar y fecha", CON_EL_SIGUIENTE + espacio(0, 60) + alineado("right"), letra(22)),
    estilo("Fecha tras el destinatario", espacio(0, 220), base="Lugar y fecha", siguiente="Párrafo"),
    estilo("Asunto", CON_EL_SIGUIENTE + espacio(0, 60) + sangria(4536) + alineado("right"), letra(22)),
    estilo("Destinatario", JUNTO + espacio(0, 0, 259) + sangria(0, 3402)),
    estilo("Nombre del destinatario", "", letra(formato=NEGRITA), base="Destinatario"),
    estilo("Presente", espacio(0, 280), letra(separada=30), base="Destinatario", siguiente="Párrafo"),
    estilo_de_tabla("TablaDeCierre", "Tabla de cierre", "", margenes(0, 0, 0)),
    estilo("Despedida", JUNTO + espacio(120, 100, 276), base="Párrafo"),
    estilo("Viñeta junta", CON_EL_SIGUIENTE, base="Viñeta", siguiente="Viñeta"),
    estilo("Lista numerada junta", CON_EL_SIGUIENTE, base="Lista numerada", siguiente="Lista numerada"),
    estilo("Cita junta", CON_EL_SIGUIENTE, base="Cita", siguiente="Párrafo"),
    estilo("Gráfica junta", CON_EL_SIGUIENTE, base="Gráfica", siguiente="Párrafo"),
    estilo("Anexo junto", CON_EL_SIGUIENTE, base="Anexo"),
    estilo("Copia", SIN_PARTIR + espacio(0, 20, 240), letra(17, color=GRIS)),
    estilo("Primera copia", espacio(300, 20, 240), base="Copia"),
    estilo("Copia junta", CON_EL_SIGUIENTE, base="Copia"),
    estilo("Primera copia junta", CON_EL_SIGUIENTE, base="Primera copia"),
    estilo("Iniciales", espacio(80, 0), letra(16, color=GRIS)),
)


def _encabezado() -> str:
    return parrafo("Encabezado", "{{ institucion.nombre }} · Oficio Núm. {{ oficio.numero }}")


def _destinatarios() -> str:
    suyo = (
        parrafo_de_tramos("Tras la tabla", "")
        + si("d.tratamiento", parrafo("Destinatario", "{{ d.tratamiento }}"))
        + si(
            "d.nombre",
            si(
                "d.cargo",
                parrafo("Nombre del destinatario", "{{ d.nombre }},"),
                parrafo("Nombre del destinatario", "{{ d.nombre }}"),
            ),
        )
        + si("d.cargo", parrafo("Destinatario", "{{ d.cargo }}"))
        + si("d.area", parrafo("Destinatario", "{{ d.area }}"))
    )
    return cada("d", "destinatarios", suyo) + si(
        "varios", parrafo("Presente", "Presentes"), parrafo("Presente", "Presente")
    )


def _identificacion() -> str:
    return (
        parrafo("Número de oficio", "Oficio Núm. {{ oficio.numero }}")
        + si("not oficio.fecha_al_final", parrafo("Lugar y fecha", "{{ oficio.lugar_y_fecha }}"))
        + si("oficio.asunto", parrafo("Asunto", "{{ oficio.asunto }}", rotulo="Asunto:"))
        + _destinatarios()
        + si("oficio.fecha_al_final", parrafo("Fecha tras el destinatario", "{{ oficio.lugar_y_fecha }}"))
    )


def _tabla_de_cuentas() -> str:
    anchos = (2835, ANCHO - 2835)
    encabezado = renglon(
        celda(anchos[0], parrafo("Encabezado de tabla", "{{ b.rotulos[0] }}")),
        celda(anchos[1], parrafo("Encabezado de tabla", "{{ b.rotulos[1] }}")),
        encabezado=True,
    )
    suyo = renglon(
        celda(anchos[0], cada("cuenta", "r.cuentas", parrafo("Párrafo de celda", "{{ cuenta }}"))),
        celda(anchos[1], comunes.bloques("r.bloques", "o", en_celda=True)),
        se_parte=True,
    )
    return tabla(
        "Tabla sobria",
        anchos,
        encabezado + cada_renglon("r", "b.renglones", suyo, columnas=2),
        titulo="Cuentas y observaciones",
        descripcion="A la izquierda, las cuentas; a la derecha, lo que se observa de ellas.",
        encabezado=True,
    ) + parrafo_de_tramos("Tras la tabla", "")


def _cuerpo() -> str:
    libre = (
        si("b.titulo", parrafo("Título de tabla", "{{ b.titulo }}"))
        + comunes.tabla_libre("b", titulo="Tabla", descripcion="Datos en columnas, con su encabezado.")
        + parrafo_de_tramos("Tras la tabla", "")
    )
    return comunes.bloques("bloques", junto=True, otros={"cuentas": _tabla_de_cuentas(), "tabla": libre})


def _despedida() -> str:
    formula = "Sin otro particular, aprovecho la ocasión para enviarle{} un cordial saludo."
    return segun(
        {
            "despedida": parrafo("Despedida", "{{ despedida }}"),
            "varios": parrafo("Despedida", formula.format("s")),
        },
        si_no=parrafo("Despedida", formula.format("")),
    ) + parrafo("Atentamente", "Atentamente,")


def _cierre() -> str:
    """La despedida y las firmas, en un solo renglón de tabla: así ni Word ni LibreOffice las separan.

    En el renglón que sigue, lo que va tras la firma: si es poco, no queda solo en otra página.
    """
    juntas = renglon(celda(ANCHO, _despedida() + comunes.firmas()))
    tras_la_firma = _anexos() + _copias() + si("iniciales", parrafo("Iniciales", "{{ iniciales }}"))
    despues = (
        orden_de_renglon("if anexos or copias.lista or iniciales", 1)
        + renglon(celda(ANCHO, tras_la_firma), se_parte=True)
        + orden_de_renglon("endif", 1)
    )
    return tabla(
        "Tabla de cierre",
        (ANCHO,),
        juntas + despues,
        titulo="Despedida y firmas",
        descripcion="La despedida; el nombre y cargo de cada persona que firma; los anexos y las copias.",
        encabezado=False,
    ) + parrafo_de_tramos("Fin de documento", "")


def _anexos() -> str:
    """La lista de anexos; si es corta, en la página de la firma."""
    dicho, rotulo = "{{ anexo.titulo }}", "Anexo {{ anexo.numero }}."
    uno = si(
        "cierre_junto and (copias.lista or iniciales or not loop.last)",
        parrafo("Anexo junto", dicho, rotulo=rotulo),
        parrafo("Anexo", dicho, rotulo=rotulo),
    )
    return si("anexos", parrafo_de_tramos("Tras la tabla", "") + cada("anexo", "anexos", uno))


def _copias() -> str:
    """Cada copia en su renglón; la primera se separa de la firma. Si son pocas, van en la página de la firma."""
    dicha = "{{ copias.marca }} {{ c.nombre }}{% if c.cargo %}.- {{ c.cargo }}{% endif %}.- {{ c.nota }}."
    juntas = "cierre_junto and (iniciales or not loop.last)"
    casos = {
        f"loop.first and {juntas}": parrafo("Primera copia junta", dicha),
        "loop.first": parrafo("Primera copia", dicha),
        juntas: parrafo("Copia junta", dicha),
    }
    return cada("c", "copias.lista", segun(casos, si_no=parrafo("Copia", dicha)))


def plantilla() -> bytes:
    """La plantilla del oficio, como archivo de Word."""
    cuerpo = _identificacion() + _cuerpo() + _cierre()
    return documento(
        "Oficio",
        cuerpo,
        encabezado=_encabezado(),
        membrete=comunes.membrete(),
        estilos=_ESTILOS,
        al_pie=comunes.domicilio(),
    )
