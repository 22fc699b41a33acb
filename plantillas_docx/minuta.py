"""La plantilla de la minuta."""

from plantillas_docx.documento import documento, molde_de_lista
from plantillas_docx.estilos import (
    CON_EL_SIGUIENTE,
    CURSIVA,
    JUNTO,
    NEGRITA,
    SIN_PARTIR,
    TINTA,
    alineado,
    espacio,
    estilo,
    letra,
    linea,
    lista,
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
    estilo("Identificación", CON_EL_SIGUIENTE + espacio(0, 60, 264)),
    estilo("Ausencias", espacio(160, 0), base="Párrafo"),
    estilo("Punto del orden del día", lista(3) + espacio(0, 110, 264) + alineado("left"), base="Párrafo"),
    estilo(
        "Subtítulo del punto",
        JUNTO + espacio(200, 80),
        letra(22, rotular=True, formato=NEGRITA + CURSIVA, color=TINTA),
        siguiente="Párrafo",
    ),
    estilo(
        "Acuerdo",
        f"<w:pBdr>{linea('left', TINTA, 18, 10)}</w:pBdr>" + espacio(120, 220, 269) + sangria(397, 0),
        base="Párrafo",
    ),
    estilo("Acuerdo en seguimiento", espacio(0, 110, 264) + sangria(397), base="Párrafo"),
    estilo(
        "Votación nominal",
        SIN_PARTIR + espacio(0, 140, 276) + sangria(397) + "<w:contextualSpacing/>",
        base="Párrafo",
    ),
    estilo("Cierre", SIN_PARTIR + espacio(240, 140, 276), base="Párrafo"),
    estilo("Anexo", espacio(0, 100, 264) + sangria(340, 0, 340) + alineado("left"), base="Párrafo"),
)


_ORDEN_DEL_DIA = molde_de_lista("decimal", "%1.", "Punto del orden del día", 454, 454)


def _membrete() -> str:
    return (
        si("organo.institucion", parrafo("Institución", "{{ organo.institucion }}"))
        + parrafo("Órgano", "{{ organo.nombre }}")
        + si("organo.leyenda", parrafo("Leyenda oficial", "{{ organo.leyenda }}"))
    )


def _encabezado() -> str:
    return si(
        "organo.institucion",
        parrafo("Encabezado", "{{ organo.institucion }} · {{ sesion.titulo }}"),
        parrafo("Encabezado", "{{ sesion.titulo }}"),
    )


def _identificacion() -> str:
    dato = "Identificación"
    return (
        parrafo("Título", "{{ sesion.titulo }}")
        + parrafo("Subtítulo", "{{ organo.del_nombre }}")
        + parrafo(dato, "{{ sesion.fecha }}", rotulo="Fecha:")
        + parrafo(dato, "{{ sesion.lugar }}", rotulo="Lugar:")
        + parrafo(dato, "{{ sesion.hora }}", rotulo="Hora:")
        + si("sesion.modalidad", parrafo(dato, "{{ sesion.modalidad }}", rotulo="Modalidad:"))
        + si("sesion.convocatoria", parrafo(dato, "{{ sesion.convocatoria }}", rotulo="Convocatoria:"))
    )


def _asistencia() -> str:
    anchos = (3742, ANCHO - 3742)
    encabezado = renglon(
        celda(anchos[0], parrafo("Encabezado de tabla", "Nombre")),
        celda(anchos[1], parrafo("Encabezado de tabla", "Cargo")),
        encabezado=True,
    )
    persona = renglon(
        celda(anchos[0], parrafo("Celda", "{{ asistente.nombre }}")),
        celda(
            anchos[1],
            parrafo("Celda", "{{ asistente.cargo }}")
            + si("asistente.suplencia", parrafo("Nota de celda", "{{ asistente.suplencia }}")),
        ),
    )
    lista = tabla(
        "Tabla sobria",
        anchos,
        encabezado + cada_renglon("asistente", "asistentes", persona, columnas=2),
        titulo="Lista de asistencia",
        descripcion="Nombre y cargo de cada persona que asistió a la sesión.",
        encabezado=True,
    )
    justificadas = si(
        "ausencias.justificaron_varias",
        parrafo("Ausencias", "Justificaron su ausencia {{ ausencias.justificadas }}."),
        parrafo("Ausencias", "Justificó su ausencia {{ ausencias.justificadas }}."),
    )
    sin_justificar = si(
        "ausencias.faltaron_varias",
        parrafo("Ausencias", "No asistieron {{ ausencias.sin_justificar }}."),
        parrafo("Ausencias", "No asistió {{ ausencias.sin_justificar }}."),
    )
    return (
        si("asistentes", parrafo("Título 1", "Lista de Asistencia") + lista)
        + si("ausencias.justificadas", justificadas)
        + si("ausencias.sin_justificar", sin_justificar)
    )


def _orden_del_dia() -> str:
    punto = si(
        "asunto.presenta",
        parrafo("Punto del orden del día", "{{ asunto.titulo }} [{{ asunto.presenta }}]"),
        parrafo("Punto del orden del día", "{{ asunto.titulo }}"),
    )
    lista = parrafo("Título 1", "Orden del Día") + cada("asunto", "orden_del_dia", punto)
    return si("orden_del_dia", lista)


def _apertura() -> str:
    inicio = "{{ presidencia.presentacion|mayuscula_inicial }}, dio inicio a la {{ sesion.nombre_completo }}."
    quorum = (
        "Por instrucciones {{ presidencia.del_cargo }}, {{ secretaria.el_cargo }}, {{ secretaria.nombre }}, "
        "verificó la existencia de quórum, con la asistencia de {{ quorum.presentes }} de "
        "{{ quorum.total }} integrantes con derecho a voto."
    )
    return si("punto.apertura", parrafo("Párrafo", inicio) + parrafo("Párrafo", quorum))


def _entradas_y_salidas(lista: str, uno: str, varios: str, efecto: str) -> str:
    sujeto = "{{ movimiento.quienes|mayuscula_inicial }}"
    cuenta = "con ello " + efecto + " {{ movimiento.presentes }} de {{ movimiento.total }} integrantes"
    frases = {
        verbo: parrafo("Párrafo", f"{sujeto} {verbo} la sesión; {cuenta} con derecho a voto.")
        for verbo in (uno, varios)
    }
    return cada("movimiento", lista, si("movimiento.varias", frases[varios], frases[uno]))


def _bloques() -> str:
    tipos = {
        "vineta": "Viñeta",
        "numerado": "Lista numerada",
        "subtitulo": "Subtítulo del punto",
        "cita": "Cita",
        "acuerdo": "Acuerdo",
    }
    casos = {f'b.tipo == "{tipo}"': parrafo(estilo, "{{ b.texto }}") for tipo, estilo in tipos.items()}
    return cada("b", "punto.bloques", segun(casos, si_no=parrafo("Párrafo", "{{ b.texto }}")))


def _seguimiento() -> str:
    """Lo que sale de la hoja «Seguimiento» cuando nadie escribió el desarrollo del punto."""
    frase = "{{ secretaria.el_cargo|mayuscula_inicial }} informó que {{ punto.seguimiento.frase }}."
    dicho = (
        "{{ a.texto }}{% if a.responsable %} Responsable: {{ a.responsable }}.{% endif %}"
        "{% if a.plazo %} Plazo: {{ a.plazo }}.{% endif %}"
        "{% if a.avance %} {{ a.estatus }}: {{ a.avance }}{% else %} {{ a.estatus }}.{% endif %}"
        "{% if a.evidencia %} Evidencia: {{ a.evidencia }}.{% endif %}"
    )
    uno = parrafo("Acuerdo en seguimiento", dicho, rotulo="{{ a.clave }}.")
    return si("punto.seguimiento", parrafo("Párrafo", frase) + cada("a", "punto.seguimiento.acuerdos", uno))


def _recesos() -> str:
    sin_motivo = "{{ receso.inicio|mayuscula_inicial }} se declaró un receso"
    reanudacion = "; {{ receso.reanudacion }} se reanudó la sesión."
    return cada(
        "receso",
        "punto.recesos",
        si(
            "receso.motivo",
            parrafo("Párrafo", sin_motivo + " {{ receso.motivo }}" + reanudacion),
            parrafo("Párrafo", sin_motivo + reanudacion),
        ),
    )


def _cambios_del_orden_del_dia() -> str:
    retirado = "Se retiró del orden del día el asunto “{{ asunto.titulo }}”."
    incorporado = "Se incorporó al orden del día, como punto {{ asunto.numero }}, el asunto “{{ asunto.titulo }}”."
    return cada("asunto", "punto.retirados", parrafo("Párrafo", retirado)) + cada(
        "asunto", "punto.incorporados", parrafo("Párrafo", incorporado)
    )


def _resultado() -> str:
    frases = {
        "aprobado": "Se aprobó {{ punto.votacion }}.",
        "orden_aprobado": "El orden del día se aprobó {{ punto.votacion }}.",
        "no_aprobado": "Sometido a votación, no se aprobó: {{ punto.votacion }}.",
        "recibido": "El informe se dio por recibido.",
        "seguimiento_recibido": "Sin más comentarios, el seguimiento de acuerdos se dio por recibido.",
        "pospuesto": "El punto se pospuso para una sesión posterior.",
    }
    formulas = {f'punto.resultado == "{cual}"': parrafo("Párrafo", frase) for cual, frase in frases.items()}
    return segun({"punto.frase": parrafo("Párrafo", "{{ punto.frase }}"), **formulas})


def _votacion_nominal() -> str:
    rotulos = {
        "a_favor": "A favor:",
        "en_contra": "En contra:",
        "abstencion": "Abstención:",
    }
    return si(
        "punto.nominal",
        "".join(
            si(
                f"punto.nominal.{sentido}",
                parrafo("Votación nominal", f"{{{{ punto.nominal.{sentido} }}}}", rotulo=rotulo),
            )
            for sentido, rotulo in rotulos.items()
        ),
    )


def _razones_del_voto() -> str:
    razon = "{{ razon.quien|mayuscula_inicial }} pidió asentar la razón de {{ razon.sentido }}: {{ razon.texto }}"
    return cada("razon", "punto.razones", parrafo("Párrafo", razon))


def _desarrollo() -> str:
    punto = (
        parrafo("Título 2", "Punto {{ punto.numero }}:")
        + _apertura()
        + _entradas_y_salidas("punto.entradas", "se incorporó a", "se incorporaron a", "asisten")
        + _seguimiento()
        + _bloques()
        + _recesos()
        + _cambios_del_orden_del_dia()
        + _resultado()
        + _votacion_nominal()
        + cada("salvedad", "punto.salvedades", parrafo("Párrafo", "{{ salvedad }}"))
        + _razones_del_voto()
        + _entradas_y_salidas("punto.salidas", "se retiró de", "se retiraron de", "permanecen")
    )
    cuerpo = parrafo("Título 1", "Desarrollo de la Sesión") + cada("punto", "puntos", punto)
    return si("puntos", cuerpo)


def _cierre() -> str:
    """La hora va antes del verbo: como unas terminan en punto («13:00 hrs.») y otras no, no cierra la frase."""
    formula = segun(
        {
            "cierre.frase": parrafo("Cierre", "{{ cierre.frase }}"),
            "cierre.generales": parrafo(
                "Cierre", "Sin haber más asuntos generales que tratar, {{ cierre.hora }} concluyó la sesión."
            ),
        },
        si_no=parrafo("Cierre", "Sin haber más asuntos que tratar, {{ cierre.hora }} concluyó la sesión."),
    )
    return si("not cierre.ya_escrito", formula)


def _sintesis() -> str:
    anchos = (2098, ANCHO - 2098 - 2154 - 1304, 2154, 1304)
    rotulos = ("Clave", "Acuerdo o compromiso", "Responsable", "Plazo")
    encabezado = renglon(
        *(celda(a, parrafo("Encabezado de tabla", r)) for a, r in zip(anchos, rotulos, strict=True)),
        encabezado=True,
    )
    acuerdo = renglon(
        celda(
            anchos[0],
            si("acuerdo.clave", parrafo("Celda", "{{ acuerdo.clave }}"))
            + parrafo("Nota de celda", "{{ acuerdo.clase }}"),
        ),
        celda(
            anchos[1],
            parrafo("Celda", "{{ acuerdo.texto }}")
            + si("acuerdo.entregable", parrafo("Nota de celda", "Entregable: {{ acuerdo.entregable }}")),
        ),
        celda(
            anchos[2],
            si("acuerdo.responsable", parrafo("Celda", "{{ acuerdo.responsable }}"), parrafo("Celda", "—")),
        ),
        celda(anchos[3], si("acuerdo.plazo", parrafo("Celda", "{{ acuerdo.plazo }}"), parrafo("Celda", "—"))),
    )
    resumen = tabla(
        "Tabla sobria",
        anchos,
        encabezado + cada_renglon("acuerdo", "acuerdos", acuerdo, columnas=4),
        titulo="Síntesis de acuerdos y compromisos",
        descripcion="Clave, texto, responsable y plazo de cada acuerdo o compromiso de la sesión.",
        encabezado=True,
    )
    return si("acuerdos", parrafo("Título 1", "Síntesis de Acuerdos y Compromisos") + resumen)


def _anexos() -> str:
    anexo = parrafo("Anexo", "{{ anexo.titulo }}", rotulo="Anexo {{ anexo.numero }}.")
    return si("anexos", parrafo("Título 1", "Anexos") + cada("anexo", "anexos", anexo))


def _bloque_de_firma(quien: str) -> str:
    return (
        parrafo("Firmante", f"{{{{ {quien}.nombre }}}}")
        + parrafo("Cargo", f"{{{{ {quien}.cargo }}}}")
        + "".join(
            si(f"{quien}.{dato}", parrafo("Nota de firma", f"{{{{ {quien}.{dato} }}}}"))
            for dato in ("suplencia", "nota")
        )
    )


def _firmas() -> str:
    mitad = ANCHO // 2
    leyenda = parrafo("Leyenda de firmas", "{{ firmas.leyenda }}")

    def al_centro(quien: str) -> str:
        return renglon(celda(ANCHO, _bloque_de_firma(quien), columnas=2, sangria=mitad // 2 + 240))

    pareja = renglon(
        celda(mitad, _bloque_de_firma("fila[0]")),
        celda(mitad, _bloque_de_firma("fila[1]")),
    )
    renglones = (
        renglon(celda(ANCHO, leyenda, columnas=2), encabezado=True)
        + orden_de_renglon("if firmas.preside", 2)
        + al_centro("firmas.preside")
        + orden_de_renglon("endif", 2)
        + cada_renglon(
            "fila",
            "firmas.filas",
            orden_de_renglon("if fila[1:]", 2)
            + pareja
            + orden_de_renglon("else", 2)
            + al_centro("fila[0]")
            + orden_de_renglon("endif", 2),
            columnas=2,
        )
    )
    hoja = tabla(
        "Tabla de firmas",
        (mitad, ANCHO - mitad),
        renglones,
        titulo="Hoja de firmas",
        descripcion="Espacio de firma, nombre y cargo de cada persona que firma la minuta.",
        encabezado=False,
    )
    return si(
        "firmas.preside or firmas.filas",
        parrafo("Título 1 en hoja nueva", "Firmas") + hoja + parrafo_de_tramos("Fin de documento", ""),
    )


def plantilla() -> bytes:
    """La plantilla de la minuta, como archivo de Word."""
    cuerpo = (
        _identificacion()
        + _asistencia()
        + _orden_del_dia()
        + _desarrollo()
        + _cierre()
        + _sintesis()
        + _anexos()
        + _firmas()
    )
    return documento(
        "Minuta",
        cuerpo,
        encabezado=_encabezado(),
        membrete=_membrete(),
        estilos=_ESTILOS,
        listas=(_ORDEN_DEL_DIA,),
    )
