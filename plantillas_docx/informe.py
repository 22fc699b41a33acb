"""La plantilla del informe de cuentas de redes sociales."""

import re
from dataclasses import dataclass, replace

from plantillas_docx import comunes
from plantillas_docx.documento import documento
from plantillas_docx.estilos import (
    CON_EL_SIGUIENTE,
    GRIS,
    HILO,
    JUNTO,
    NEGRITA,
    TINTA,
    alineado,
    espacio,
    estilo,
    estilo_de_tabla,
    letra,
    linea,
    margenes,
)
from plantillas_docx.piezas import (
    ANCHO,
    cada,
    cada_celda,
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
    # Portadilla
    estilo(
        "Clave del informe",
        JUNTO + espacio(0, 40) + alineado("center"),
        letra(20, rotular=True, color=GRIS, separada=6),
    ),
    estilo("Periodo", espacio(20, 200), base="Subtítulo", siguiente="Lugar y fecha"),
    estilo("Lugar y fecha", CON_EL_SIGUIENTE + espacio(0, 120) + alineado("right"), siguiente="Párrafo"),
    estilo("Fecha de cierre", espacio(320, 0), base="Lugar y fecha"),
    # Cifras clave
    estilo("Cifra clave", JUNTO + espacio(0, 0), letra(32, rotular=True, formato=NEGRITA, color=TINTA)),
    estilo("Rótulo de cifra", espacio(10, 0), letra(19, rotular=True, color=GRIS)),
    # Tablas de datos: letra de rótulo, más angosta, para que quepan todas las columnas
    estilo("Nota de sección", JUNTO + espacio(0, 120), letra(19, rotular=True, color=GRIS), siguiente="Párrafo"),
    estilo("Dato", espacio(), letra(19, rotular=True)),
    estilo("Dato en cifra", alineado("right"), base="Dato"),
    estilo("Dato discreto", "", letra(16, color=GRIS), base="Dato"),
    estilo("Estado", "", letra(color=GRIS), base="Dato"),
    estilo("Estado de alerta", "", letra(formato=NEGRITA, color=TINTA), base="Estado"),
    estilo("Total", "", letra(formato=NEGRITA), base="Dato"),
    estilo("Total en cifra", alineado("right"), base="Total"),
    # Dictámenes
    estilo("Cuenta dictaminada", "", letra(formato=NEGRITA), base="Celda"),
    estilo(
        "Rótulo de recomendación",
        espacio(0, 30),
        letra(19, rotular=True, formato=NEGRITA, color=TINTA),
        siguiente="Párrafo de celda",
    ),
    estilo_de_tabla(
        "TablaDeDatos",
        "Tabla de datos",
        f"<w:tblBorders>{linea('top', TINTA, 8, 0)}{linea('bottom', TINTA, 8, 0)}"
        f"{linea('insideH', HILO, 4, 0)}</w:tblBorders>",
        margenes(30, 40, 30),
        f'<w:tcPr><w:tcBorders>{linea("bottom", TINTA, 6, 0)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>',
    ),
    estilo_de_tabla(
        "TablaDeCifrasClave",
        "Tabla de cifras clave",
        f"<w:tblBorders>{linea('top', TINTA, 8, 0)}{linea('bottom', TINTA, 8, 0)}"
        f"{linea('insideH', HILO, 4, 0)}</w:tblBorders>",
        margenes(90, 100, 100),
    ),
)


# ── Tablas de datos ────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Columna:
    """Una columna: su rótulo, su ancho, lo que lleva en cada renglón (párrafos) y en el del total (texto).

    ``sangria`` es el aire a sus lados, si necesita más que las otras.
    """

    rotulo: str
    ancho: int
    cuerpo: str
    total: str = ""
    cifra: bool = False
    sangria: int = 0

    @property
    def de_encabezado(self) -> str:
        return self._celda(parrafo("Encabezado de cifra" if self.cifra else "Encabezado de tabla", self.rotulo))

    @property
    def de_dato(self) -> str:
        return self._celda(self.cuerpo)

    @property
    def de_total(self) -> str:
        return _bajo_raya(self._celda(parrafo("Total en cifra" if self.cifra else "Total", self.total)))

    def _celda(self, cuerpo: str) -> str:
        return celda(self.ancho, cuerpo, sangria=self.sangria)


def _texto(rotulo: str, ancho: int, valor: str, total: str = "") -> _Columna:
    """Una columna de texto; ``valor`` es el nombre que se imprime, y una raya si está vacío."""
    return _Columna(rotulo, ancho, parrafo("Dato", f'{{{{ {valor} or "{_RAYA}" }}}}'), total)


def _cifra(rotulo: str, ancho: int, valor: str, total: str = "") -> _Columna:
    """Una columna de cifras, a la derecha."""
    return _Columna(rotulo, ancho, parrafo("Dato en cifra", f'{{{{ {valor} or "{_RAYA}" }}}}'), total, cifra=True)


def _cuenta(ancho: int, quien: str, debajo: str, total: str = "") -> _Columna:
    """La columna de la cuenta, con otro dato suyo debajo, en gris."""
    discreto = si(f"{quien}.{debajo}", parrafo("Dato discreto", f"{{{{ {quien}.{debajo} }}}}"))
    return _Columna("Cuenta", ancho, parrafo("Dato", f"{{{{ {quien}.cuenta }}}}") + discreto, total)


def _con_el_renglon_siguiente(primera: _Columna, condicion: str) -> _Columna:
    """La primera columna, que si se cumple la condición lleva el renglón a la página del siguiente.

    Word junta dos renglones cuando lo pide el primer párrafo del de arriba.
    """
    return replace(primera, cuerpo=si(condicion, _pegado(primera.cuerpo), primera.cuerpo))


def _tabla_de_datos(
    columnas: tuple[_Columna, ...], variable: str, lista: str, *, titulo: str, descripcion: str, total: bool = False
) -> str:
    """Una tabla con un renglón por elemento; ``total``: y el de los totales, si hay más de uno que sumar."""
    de_total = orden_de_renglon(f"if {lista}[1:]", len(columnas)) + renglon(*(c.de_total for c in columnas))
    renglones = (
        renglon(*(c.de_encabezado for c in columnas), encabezado=True)
        + cada_renglon(variable, lista, renglon(*(c.de_dato for c in columnas)), len(columnas))
        + (de_total + orden_de_renglon("endif", len(columnas)) if total else "")
    )
    anchos = tuple(c.ancho for c in columnas)
    return tabla("Tabla de datos", anchos, renglones, titulo=titulo, descripcion=descripcion, encabezado=True)


def _bajo_raya(celdas: str) -> str:
    """Las mismas celdas, con la raya de los totales encima."""
    raya = f"<w:tcBorders>{linea('top', TINTA, 6, 0)}</w:tcBorders>"
    return re.sub(r"(<w:tcW [^>]*>(?:<w:gridSpan [^>]*>)?)", rf"\1{raya}", celdas)


def _pegado(cuerpo: str) -> str:
    """Los mismos párrafos, en la página de lo que sigue; sin cambiarles el estilo, que es el que los numera."""
    return cuerpo.replace("</w:pPr>", f"{CON_EL_SIGUIENTE}</w:pPr>")


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
    bloques = comunes.bloques(f"{lista}[:-1]") + _pegado(comunes.bloques(f"{lista}[-1:]"))
    return si(lista, parrafo("Título 1", titulo) + bloques)


def _cifras_clave() -> str:
    """Una rejilla de 4 columnas, o de 3 si así quedan mejor repartidas; la última celda llega hasta el borde."""
    dato = parrafo("Cifra clave", "{{ dato.valor }}") + parrafo("Rótulo de cifra", "{{ dato.rotulo }}")

    def de_celda(codigo: str) -> str:
        return celda(ANCHO, parrafo("Orden de plantilla", f"{{%tc {codigo} %}}"))

    fila = renglon(
        de_celda("for dato in resumen.datos[inicio:inicio + columnas]")
        + de_celda("if inicio and loop.last and loop.index == columnas - 1")
        + celda(ANCHO, dato, columnas=2)
        + de_celda("else")
        + celda(ANCHO, dato)
        + de_celda("endif")
        + de_celda("endfor")
    )
    filas = (
        orden_de_renglon("if loop.index0 % columnas == 0", 1)
        + orden_de_renglon("set inicio = loop.index0", 1)
        + fila
        + orden_de_renglon("endif", 1)
    )
    return orden("set columnas = 3 if resumen.datos|length in (5, 6, 9) else 4") + tabla(
        "Tabla de cifras clave",
        (ANCHO,),
        cada_renglon("dato", "resumen.datos", filas, columnas=1),
        titulo="Cifras clave",
        descripcion="Las cifras más importantes del periodo, cada una con lo que cuenta.",
        encabezado=False,
    )


def _resumen() -> str:
    frases = parrafo_de_tramos("Tras la tabla", "") + cada("frase", "resumen.frases", parrafo("Párrafo", "{{ frase }}"))
    cuerpo = si("resumen.datos", _cifras_clave()) + si("resumen.frases", frases)
    return si("resumen.datos or resumen.frases", parrafo("Título 1", "Resumen") + cuerpo)


def _nota_de_cifras() -> str:
    """Qué cuentan las cifras y de cuándo son."""
    metrica = "{{ informe.metrica|mayuscula_inicial }} al inicio del periodo y al "
    return si(
        "informe.corte",
        parrafo("Nota de sección", metrica + "{{ informe.corte }}."),
        parrafo("Nota de sección", metrica + "final."),
    )


def _cifras(de: str, total: str) -> tuple[_Columna, ...]:
    """Las cuatro columnas de cifras de una cuenta o de una suma."""
    anchos = {"Inicial": 980, "Final": 980, "Aumento": 980, "%": 800}
    campos = ("inicial", "final", "aumento", "porcentaje")
    return tuple(
        _cifra(rotulo, ancho, f"{de}.{campo}", f"{{{{ {total}.{campo} }}}}")
        for (rotulo, ancho), campo in zip(anchos.items(), campos, strict=True)
    )


def _totales(titulo: str, rotulo: str, de: str, condicion: str) -> str:
    columnas = (
        _con_el_renglon_siguiente(_texto(rotulo, ANCHO - 5 * 1300, "suma.nombre", "Total"), "loop.length > 1"),
        _cifra("Cuentas", 1300, "suma.cuentas", f"{{{{ {de}.total.cuentas }}}}"),
        *(replace(columna, ancho=1300) for columna in _cifras("suma", f"{de}.total")),
    )
    suya = _tabla_de_datos(
        columnas,
        "suma",
        f"{de}.renglones",
        titulo=titulo,
        descripcion="Cuántas cuentas hay, cuánto suman al inicio y al corte, y cuánto aumentaron.",
        total=True,
    )
    return si(condicion, parrafo("Título 1", titulo) + _nota_de_cifras() + suya)


def _cruce() -> str:
    """La primera columna, al doble de ancho que las demás."""
    encabezado = renglon(
        celda(ANCHO, parrafo("Encabezado de tabla", "{{ cruce.encabezados[0] }}"), columnas=2)
        + cada_celda("c", "cruce.encabezados[1:]", parrafo("Encabezado de cifra", "{{ c }}")),
        encabezado=True,
    )

    def conteos(texto: str, cifra: str) -> str:
        return celda(ANCHO, parrafo(texto, "{{ r.celdas[0] }}"), columnas=2) + cada_celda(
            "c", "r.celdas[1:]", parrafo(cifra, "{{ c }}")
        )

    renglones = (
        orden_de_renglon("if r.total", 1)
        + renglon(_bajo_raya(conteos("Total", "Total en cifra")))
        + orden_de_renglon("else", 1)
        + renglon(_pegado(conteos("Dato", "Dato en cifra")))
        + orden_de_renglon("endif", 1)
    )
    suya = tabla(
        "Tabla de datos",
        (ANCHO,),
        encabezado + cada_renglon("r", "cruce.renglones", renglones, columnas=1),
        titulo="Cuentas por plataforma y ámbito",
        descripcion="Cuántas cuentas hay de cada plataforma en cada ámbito.",
        encabezado=True,
    )
    return si("cruce.renglones", parrafo("Título 1", "Cuentas por plataforma y ámbito") + suya)


def _evolucion() -> str:
    graficas = cada("grafica", "evolucion", parrafo("Gráfica", "{{ grafica }}"))
    return si("evolucion", parrafo("Título 1", "Evolución") + graficas)


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
        _con_el_renglon_siguiente(cuenta, "loop.length > 1 and (loop.first or loop.last)"),
        _texto("Plataforma", plataforma, "r.plataforma"),
        *((_texto("Lugar", lugar, "r.lugar"),) if con_lugar else ()),
        *cifras,
        _Columna("Estado", de_estado, estado, sangria=90),
    )
    return _tabla_de_datos(
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
    inactivas = _tabla_de_datos(
        (
            _cuenta(ANCHO - 1500 - 2400 - 1700, "c", "area"),
            _texto("Plataforma", 1500, "c.plataforma"),
            _texto("Última publicación", 2400, "c.ultima"),
            _cifra("Sin publicar", 1700, "c.tiempo"),
        ),
        "c",
        "actividad.inactivas",
        titulo="Cuentas inactivas",
        descripcion="Cada cuenta inactiva, su última publicación y cuánto tiempo lleva sin publicar.",
    )
    sin_dato = _tabla_de_datos(
        (_cuenta(ANCHO - 4100, "c", "area"), _texto("Plataforma", 4100, "c.plataforma")),
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
            _texto("Cuenta", 2500, "m.cuenta"),
            _texto("Plataforma", 1200, "m.plataforma"),
            _texto("Fecha", 2200, "m.fecha"),
            _Columna("Oficio y motivo", ANCHO - 5900, sustento),
        )
        suya = _tabla_de_datos(
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
    return si("anexos", parrafo("Título 1", "Anexos") + _pegado(comunes.anexos()))


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
