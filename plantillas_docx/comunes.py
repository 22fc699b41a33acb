"""Lo que comparten el oficio y el informe: membrete, bloques de texto, tablas de columnas libres y firmas."""

from plantillas_docx.estilos import (
    CON_EL_SIGUIENTE,
    CURSIVA,
    GRIS,
    JUNTO,
    NEGRITA,
    SIN_PARTIR,
    TINTA,
    alineado,
    espacio,
    estilo,
    letra,
    linea,
    sangria,
)
from plantillas_docx.piezas import (
    ANCHO,
    cada,
    cada_celda,
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

ESTILOS = (
    estilo(
        "Apartado",
        JUNTO + espacio(200, 100),
        letra(23, rotular=True, formato=NEGRITA, color=TINTA),
        siguiente="Párrafo",
    ),
    estilo("Gráfica", SIN_PARTIR + espacio(60, 100) + alineado("center")),
    estilo("Párrafo de celda", espacio(0, 80, 252), base="Celda"),
    estilo("Viñeta de celda", espacio(0, 60, 252) + sangria(340, 0, 227) + alineado("left"), letra(21), base="Viñeta"),
    estilo("Institución sola", f"<w:pBdr>{linea('bottom', TINTA, 6, 6)}</w:pBdr>" + espacio(0, 80), base="Institución"),
    estilo("Cifra", alineado("right"), base="Celda"),
    estilo("Celda de total", "", letra(formato=NEGRITA), base="Celda"),
    estilo("Cifra de total", alineado("right"), letra(formato=NEGRITA), base="Celda"),
    estilo("Encabezado de cifra", alineado("right"), base="Encabezado de tabla"),
    estilo("Celda menuda", espacio(0, 0, 240), letra(18), base="Celda"),
    estilo("Cifra menuda", alineado("right"), base="Celda menuda"),
    estilo("Celda menuda de total", "", letra(formato=NEGRITA), base="Celda menuda"),
    estilo("Cifra menuda de total", alineado("right"), base="Celda menuda de total"),
    estilo("Título de tabla", JUNTO + espacio(160, 100), letra(21, rotular=True, formato=NEGRITA, color=TINTA)),
    estilo("Tras la tabla", '<w:spacing w:before="0" w:after="0" w:line="200" w:lineRule="exact"/>', letra(8)),
    estilo("Atentamente", CON_EL_SIGUIENTE + espacio(120, 0) + alineado("center")),
    estilo("Firmante único", CON_EL_SIGUIENTE + sangria(2268, 2268), base="Firmante", siguiente="Cargo"),
    estilo("Firmante junto", CON_EL_SIGUIENTE, base="Firmante", siguiente="Cargo junto"),
    estilo("Cargo junto", CON_EL_SIGUIENTE, base="Cargo"),
    estilo("Párrafo junto", CON_EL_SIGUIENTE, base="Párrafo", siguiente="Párrafo"),
    estilo("Cargo con nota", CON_EL_SIGUIENTE, base="Cargo", siguiente="Nota de firma"),
    estilo("Domicilio", espacio(0, 40) + alineado("center"), letra(17, rotular=True, formato=CURSIVA, color=GRIS)),
    estilo("Anexo", espacio(0, 60, 252) + sangria(340, 0, 340), letra(20)),
)


def membrete() -> str:
    """La institución, el área y la leyenda del año."""
    return si(
        "institucion.area",
        parrafo("Institución", "{{ institucion.nombre }}") + parrafo("Órgano", "{{ institucion.area }}"),
        parrafo("Institución sola", "{{ institucion.nombre }}"),
    ) + si("institucion.leyenda", parrafo("Leyenda oficial", "{{ institucion.leyenda }}"))


def domicilio() -> str:
    """El domicilio, para el pie de la primera página."""
    return si("institucion.domicilio", parrafo("Domicilio", "{{ institucion.domicilio }}"))


TEXTOS = {"subtitulo": "Apartado", "vineta": "Viñeta", "numerado": "Lista numerada", "cita": "Cita"}
TEXTOS_JUNTOS = {"vineta": "Viñeta junta", "numerado": "Lista numerada junta", "cita": "Cita junta"}
TEXTOS_DE_CELDA = {"vineta": "Viñeta de celda", "numerado": "Lista numerada"}


def bloques(
    de: str,
    variable: str = "b",
    *,
    en_celda: bool = False,
    junto: bool = False,
    con_graficas: bool = True,
    otros: dict[str, str] | None = None,
) -> str:
    """Los bloques de una lista: cada texto con su estilo, y las gráficas, si en ella puede haberlas.

    ``junto``: los que lo pidan no se separan de lo que sigue. ``otros`` son los bloques de un solo documento.
    """
    textos = TEXTOS_DE_CELDA if en_celda else TEXTOS
    casos: dict[str, str] = {}
    if junto:
        casos |= {
            f'{variable}.junto and {variable}.tipo == "{tipo}"': parrafo(suyo, f"{{{{ {variable}.texto }}}}")
            for tipo, suyo in TEXTOS_JUNTOS.items()
        }
        en_su_pagina = parrafo("Gráfica junta", f"{{{{ {variable}.grafica }}}}")
        casos[f'{variable}.junto and {variable}.tipo == "grafica"'] = en_su_pagina
    casos |= {
        f'{variable}.tipo == "{tipo}"': parrafo(suyo, f"{{{{ {variable}.texto }}}}") for tipo, suyo in textos.items()
    }
    if con_graficas:
        casos[f'{variable}.tipo == "grafica"'] = parrafo("Gráfica", f"{{{{ {variable}.grafica }}}}")
    casos |= {f'{variable}.tipo == "{tipo}"': cuerpo for tipo, cuerpo in (otros or {}).items()}
    llano = parrafo("Párrafo de celda" if en_celda else "Párrafo", f"{{{{ {variable}.texto }}}}")
    if junto:
        llano = si(f"{variable}.junto", parrafo("Párrafo junto", f"{{{{ {variable}.texto }}}}"), llano)
    return cada(variable, de, segun(casos, si_no=llano))


def tabla_libre(variable: str, *, titulo: str, descripcion: str) -> str:
    """Una tabla de las columnas que traiga: las cifras a la derecha, los totales en negrita; con muchas, más menuda."""
    encabezado = renglon(
        cada_celda(
            "c",
            f"{variable}.encabezados",
            si(
                "c.cifra",
                parrafo("Encabezado de cifra", "{{ c.texto }}"),
                parrafo("Encabezado de tabla", "{{ c.texto }}"),
            ),
        ),
        encabezado=True,
    )
    celda_suya = segun(
        {
            f"r.total and {variable}.menuda and c.cifra": parrafo("Cifra menuda de total", "{{ c.texto }}"),
            f"r.total and {variable}.menuda": parrafo("Celda menuda de total", "{{ c.texto }}"),
            "r.total and c.cifra": parrafo("Cifra de total", "{{ c.texto }}"),
            "r.total": parrafo("Celda de total", "{{ c.texto }}"),
            f"{variable}.menuda and c.cifra": parrafo("Cifra menuda", "{{ c.texto }}"),
            f"{variable}.menuda": parrafo("Celda menuda", "{{ c.texto }}"),
            "c.cifra": parrafo("Cifra", "{{ c.texto }}"),
        },
        si_no=parrafo("Celda", "{{ c.texto }}"),
    )
    renglones = cada_renglon("r", f"{variable}.renglones", renglon(cada_celda("c", "r.celdas", celda_suya)), columnas=1)
    return tabla(
        "Tabla sobria", (ANCHO,), encabezado + renglones, titulo=titulo, descripcion=descripcion, encabezado=True
    )


def _firma(quien: str, nombre: str = "Firmante", cargo: str = "Cargo") -> str:
    dicho = f"{{{{ {quien}.cargo }}}}"
    return parrafo(nombre, f"{{{{ {quien}.nombre }}}}") + si(
        f"{quien}.nota",
        parrafo("Cargo con nota", dicho) + parrafo("Nota de firma", f"{{{{ {quien}.nota }}}}"),
        parrafo(cargo, dicho),
    )


def _fila_de_firmas(*estilos_: str) -> str:
    """Un renglón de la tabla de firmas: dos personas o, si sólo queda una, al centro."""
    mitad = ANCHO // 2
    pareja = renglon(celda(mitad, _firma("fila[0]", *estilos_)), celda(mitad, _firma("fila[1]", *estilos_)))
    al_centro = renglon(celda(ANCHO, _firma("fila[0]", *estilos_), columnas=2, sangria=mitad // 2 + 240))
    return (
        orden_de_renglon("if fila[1:]", 2)
        + pareja
        + orden_de_renglon("else", 2)
        + al_centro
        + orden_de_renglon("endif", 2)
    )


def firmas() -> str:
    """Una firma al centro, o varias en parejas, que no se separan si caben en una página."""
    mitad = ANCHO // 2
    filas = cada_renglon(
        "fila",
        "firmas.filas",
        orden_de_renglon("if loop.last", 2)
        + _fila_de_firmas()
        + orden_de_renglon("else", 2)
        + _fila_de_firmas("Firmante junto", "Cargo junto")
        + orden_de_renglon("endif", 2),
        columnas=2,
    )
    varias = tabla(
        "Tabla de firmas",
        (mitad, ANCHO - mitad),
        filas,
        titulo="Firmas",
        descripcion="Espacio de firma, nombre y cargo de cada persona que firma.",
        encabezado=False,
    )
    return segun(
        {
            "firmas.unica": _firma("firmas.unica", "Firmante único"),
            "firmas.filas": varias + parrafo_de_tramos("Fin de documento", ""),
        }
    )


def anexos() -> str:
    """La lista de anexos, si los hay."""
    uno = parrafo("Anexo", "{{ anexo.titulo }}", rotulo="Anexo {{ anexo.numero }}.")
    return cada("anexo", "anexos", uno)
