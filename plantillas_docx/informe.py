"""La plantilla del informe de cuentas de redes sociales."""

from dataclasses import replace

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
from plantillas_docx.estilos import (
    CON_EL_SIGUIENTE,
    GRIS,
    JUNTO,
    NEGRITA,
    TINTA,
    alineado,
    espacio,
    estilo,
    letra,
)
from plantillas_docx.piezas import (
    ANCHO,
    cada,
    cada_renglon,
    celda,
    orden,
    orden_de_renglon,
    parrafo,
    parrafo_de_tramos,
    renglon,
    segun,
    si,
    tabla,
)

_RAYA = "—"
_ESTILOS = (
    *comunes.ESTILOS,
    *datos.ESTILOS,
    # Portadilla
    estilo(
        "Clave del informe",
        JUNTO + espacio(0, 40) + alineado("center"),
        letra(20, rotular=True, color=GRIS, separada=6),
    ),
    estilo("Periodo", espacio(20, 200), base="Subtítulo", siguiente="Lugar y fecha"),
    estilo("Lugar y fecha", CON_EL_SIGUIENTE + espacio(0, 120) + alineado("right"), siguiente="Párrafo"),
    estilo("Fecha de cierre", espacio(320, 0), base="Lugar y fecha"),
    # Dictámenes
    estilo("Cuenta dictaminada", "", letra(formato=NEGRITA), base="Celda"),
    estilo(
        "Rótulo de recomendación",
        espacio(0, 30),
        letra(19, rotular=True, formato=NEGRITA, color=TINTA),
        siguiente="Párrafo de celda",
    ),
)


# ── Secciones ──────────────────────────────────────────────────────────────────────────────────────


def _encabezado() -> str:
    return si(
        "informe.periodo",
        parrafo("Encabezado", "{{ institucion.nombre }} · {{ informe.titulo }} · {{ informe.periodo }}"),
        parrafo("Encabezado", "{{ institucion.nombre }} · {{ informe.titulo }}"),
    )


def _portadilla() -> str:
    return (
        parrafo("Título", "{{ informe.titulo }}")
        + si("informe.clave", parrafo("Clave del informe", "{{ informe.clave }}"))
        + si("informe.periodo", parrafo("Periodo", "{{ informe.periodo|mayuscula_inicial }}"))
        + parrafo("Lugar y fecha", "{{ informe.lugar_y_fecha }}")
    )


def _de_bloques(titulo: str, lista: str) -> str:
    return si(lista, parrafo("Título 1", titulo) + comunes.bloques(lista))


def _de_cierre(titulo: str, lista: str) -> str:
    """Una sección del final: su último párrafo acompaña a la firma, para que no quede sola en una página."""
    bloques = comunes.bloques(f"{lista}[:-1]") + pegado(comunes.bloques(f"{lista}[-1:]"))
    return si(lista, parrafo("Título 1", titulo) + bloques)


def _resumen() -> str:
    frases = parrafo_de_tramos("Tras la tabla", "") + cada("frase", "resumen.frases", parrafo("Párrafo", "{{ frase }}"))
    cuerpo = si("resumen.datos", cifras_clave()) + si("resumen.frases", frases)
    return si("resumen.datos or resumen.frases", parrafo("Título 1", "Resumen") + cuerpo)


def _nota_de_cifras() -> str:
    """Qué cuentan las cifras y de cuándo son."""
    metrica = "{{ informe.metrica|mayuscula_inicial }} al inicio del periodo y al "
    return si(
        "informe.corte",
        parrafo("Nota de sección", metrica + "{{ informe.corte }}."),
        parrafo("Nota de sección", metrica + "final."),
    )


def _cifras(de: str, total: str) -> tuple[Columna, ...]:
    """Las cuatro columnas de cifras de una cuenta o de una suma."""
    anchos = {"Inicial": 980, "Final": 980, "Aumento": 980, "%": 800}
    campos = ("inicial", "final", "aumento", "porcentaje")
    return tuple(
        cifra(rotulo, ancho, f"{de}.{campo}", f"{{{{ {total}.{campo} }}}}")
        for (rotulo, ancho), campo in zip(anchos.items(), campos, strict=True)
    )


def _totales(titulo: str, rotulo: str, de: str, condicion: str) -> str:
    columnas = (
        con_el_renglon_siguiente(texto(rotulo, ANCHO - 5 * 1300, "suma.nombre", "Total"), "loop.length > 1"),
        cifra("Cuentas", 1300, "suma.cuentas", f"{{{{ {de}.total.cuentas }}}}"),
        *(replace(columna, ancho=1300) for columna in _cifras("suma", f"{de}.total")),
    )
    suya = tabla_de_datos(
        columnas,
        "suma",
        f"{de}.renglones",
        titulo=titulo,
        descripcion="Cuántas cuentas hay, cuánto suman al inicio y al corte, y cuánto aumentaron.",
        total=True,
    )
    return si(condicion, parrafo("Título 1", titulo) + _nota_de_cifras() + suya)


def _cruce() -> str:
    titulo = "Cuentas por plataforma y ámbito"
    suya = datos.tabla_de_conteos("cruce", titulo, "Cuántas cuentas hay de cada plataforma en cada ámbito.")
    return si("cruce.renglones", parrafo("Título 1", titulo) + suya)


def _evolucion() -> str:
    graficas = cada("grafica", "evolucion", parrafo("Gráfica", "{{ grafica }}"))
    return si("evolucion", parrafo("Título 1", "Evolución") + graficas)


def _cuenta(ancho: int, quien: str, debajo: str, total: str = "") -> Columna:
    """La columna de la cuenta, con otro dato suyo debajo."""
    return con_nota("Cuenta", ancho, f"{quien}.cuenta", f"{quien}.{debajo}", total=total)


def _tabla_de_cuentas(*, con_lugar: bool) -> str:
    """Ocho columnas, o siete si ninguna dice su lugar; ni la primera cuenta ni el total se quedan solos."""
    estado = segun(
        {'r.estado == "Inactiva" or r.estado == "Baja"': parrafo("Estado de alerta", "{{ r.estado }}")},
        si_no=parrafo("Estado", "{{ r.estado }}"),
    )
    plataforma, lugar, de_estado = 1080, 1340, 820
    cifras = _cifras("r", "grupo.total")
    sobra = ANCHO - plataforma - de_estado - sum(c.ancho for c in cifras)
    cuenta = _cuenta(sobra - lugar if con_lugar else sobra, "r", "usuario", "Total: {{ grupo.total.cuentas }}")
    columnas = (
        con_el_renglon_siguiente(cuenta, "loop.length > 1 and (loop.first or loop.last)"),
        texto("Plataforma", plataforma, "r.plataforma"),
        *((texto("Lugar", lugar, "r.lugar"),) if con_lugar else ()),
        *cifras,
        Columna("Estado", de_estado, estado, sangria=90),
    )
    return tabla_de_datos(
        columnas,
        "r",
        "grupo.renglones",
        titulo="Cuentas",
        descripcion="Cada cuenta con su plataforma, sus cifras al inicio y al corte, su aumento y si está activa.",
        total=True,
    )


def _cuentas() -> str:
    grupo = parrafo("Título 2", "{{ grupo.titulo }}") + si(
        'grupo.renglones|join("", "lugar")', _tabla_de_cuentas(con_lugar=True), _tabla_de_cuentas(con_lugar=False)
    )
    return si("cuentas", parrafo("Título 1", "Cuentas") + _nota_de_cifras() + cada("grupo", "cuentas", grupo))


def _actividad() -> str:
    inactivas = tabla_de_datos(
        (
            _cuenta(ANCHO - 1500 - 2400 - 1700, "c", "area"),
            texto("Plataforma", 1500, "c.plataforma"),
            texto("Última publicación", 2400, "c.ultima"),
            cifra("Sin publicar", 1700, "c.tiempo"),
        ),
        "c",
        "actividad.inactivas",
        titulo="Cuentas inactivas",
        descripcion="Cada cuenta inactiva, su última publicación y cuánto tiempo lleva sin publicar.",
    )
    sin_dato = tabla_de_datos(
        (_cuenta(ANCHO - 4100, "c", "area"), texto("Plataforma", 4100, "c.plataforma")),
        "c",
        "actividad.sin_dato",
        titulo="Cuentas sin dato",
        descripcion="Cada cuenta de la que no se sabe cuándo publicó por última vez.",
    )
    return si(
        "actividad.frase or actividad.inactivas or actividad.sin_dato",
        parrafo("Título 1", "Actividad")
        + si("actividad.frase", parrafo("Párrafo", "{{ actividad.frase }}"))
        + si("actividad.inactivas", parrafo("Título 2", "Cuentas inactivas") + inactivas)
        + si("actividad.sin_dato", parrafo("Título 2", "Cuentas sin fecha de última publicación") + sin_dato),
    )


def _movimientos() -> str:
    sustento = segun(
        {"m.oficio": parrafo("Dato", "{{ m.oficio }}"), "not m.motivo": parrafo("Dato", _RAYA)},
    ) + si("m.motivo", parrafo("Dato", "{{ m.motivo }}"))

    def de(titulo: str, lista: str) -> str:
        columnas = (
            texto("Cuenta", 2500, "m.cuenta"),
            texto("Plataforma", 1200, "m.plataforma"),
            texto("Fecha", 2200, "m.fecha"),
            Columna("Oficio y motivo", ANCHO - 5900, sustento),
        )
        suya = tabla_de_datos(
            columnas, "m", lista, titulo=titulo, descripcion="Cada cuenta, la fecha, el oficio y el motivo."
        )
        return si(lista, parrafo("Título 2", titulo) + suya)

    return si(
        "altas or bajas",
        parrafo("Título 1", "Altas y bajas del periodo") + de("Altas", "altas") + de("Bajas", "bajas"),
    )


def _dictamenes() -> str:
    anchos = (2835, ANCHO - 2835)
    rotulos = ("Cuenta y área", "Observaciones y recomendación")
    encabezado = renglon(
        *(celda(a, parrafo("Encabezado de tabla", r)) for a, r in zip(anchos, rotulos, strict=True)),
        encabezado=True,
    )

    quien = celda(
        anchos[0],
        parrafo("Cuenta dictaminada", "{{ r.cuenta }}")
        + si("r.plataforma", parrafo("Nota de celda", "{{ r.plataforma }}"))
        + si("r.area", parrafo("Nota de celda", "{{ r.area }}")),
    )
    que = celda(
        anchos[1],
        comunes.bloques("r.observaciones", en_celda=True)
        + si(
            "r.recomendaciones",
            parrafo("Rótulo de recomendación", "Recomendación") + comunes.bloques("r.recomendaciones", en_celda=True),
        )
        + si("not r.observaciones and not r.recomendaciones", parrafo("Párrafo de celda", "Sin observaciones.")),
    )
    suyo = (
        orden_de_renglon("if r.observaciones[4:] or r.recomendaciones[4:]", 2)
        + renglon(quien, que, se_parte=True)
        + orden_de_renglon("else", 2)
        + renglon(quien, que)
        + orden_de_renglon("endif", 2)
    )
    suya = tabla(
        "Tabla sobria",
        anchos,
        encabezado + cada_renglon("r", "dictamen.renglones", suyo, columnas=2),
        titulo="Dictamen por cuenta",
        descripcion="A la izquierda, la cuenta y su área; a la derecha, lo que se observa de ella y se recomienda.",
        encabezado=True,
    )
    dictamen = (
        parrafo("Título 2", "{{ dictamen.titulo }}: {{ dictamen.cuantas }}")
        + si("dictamen.renglones", suya + si("dictamen.resto", parrafo_de_tramos("Tras la tabla", "")))
        + si("dictamen.resto", parrafo("Párrafo", "{{ dictamen.resto }}"))
    )
    titulo = parrafo("Título 1", "Dictamen y recomendaciones")
    return si("dictamenes", titulo + cada("dictamen", "dictamenes", dictamen))


def _anexos() -> str:
    return si("anexos", parrafo("Título 1", "Anexos") + pegado(comunes.anexos()))


def _firmas() -> str:
    """Una sola también va en tabla: LibreOffice no junta con lo anterior un párrafo con tanto espacio antes.

    Sin nada escrito que las acompañe, las acompaña la fecha en que se rinde el informe.
    """
    en_tabla = si("firmas.unica", orden('set firmas = {"unica": none, "filas": [[firmas.unica]]}'))
    fecha = parrafo("Fecha de cierre", "{{ informe.lugar_y_fecha }}")
    sola = "not (conclusiones or recomendaciones or anexos)"
    return si("firmas.unica or firmas.filas", si(sola, fecha) + en_tabla + comunes.firmas())


def plantilla() -> bytes:
    """La plantilla del informe, como archivo de Word."""
    cuerpo = (
        _portadilla()
        + _de_bloques("Presentación", "presentacion")
        + _resumen()
        + _totales("Totales por plataforma", "Plataforma", "por_plataforma", "por_plataforma.renglones")
        + _totales("Totales por ámbito", "Ámbito", "por_ambito", "por_ambito.renglones[1:]")
        + _cruce()
        + _evolucion()
        + _cuentas()
        + _actividad()
        + _movimientos()
        + _dictamenes()
        + _de_cierre("Conclusiones", "conclusiones")
        + _de_cierre("Recomendaciones", "recomendaciones")
        + _anexos()
        + _firmas()
    )
    return documento(
        "Informe de cuentas",
        cuerpo,
        encabezado=_encabezado(),
        membrete=comunes.membrete(),
        estilos=_ESTILOS,
        al_pie=comunes.domicilio(),
    )
