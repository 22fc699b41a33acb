"""Las tablas de datos y las cifras clave de los informes: columnas con su rótulo, su ancho y su total."""

import re
from dataclasses import dataclass, replace

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
    cada_celda,
    cada_renglon,
    celda,
    orden,
    orden_de_renglon,
    parrafo,
    renglon,
    si,
    tabla,
)

_RAYA = "—"
ESTILOS = (
    # Cifras clave
    estilo("Cifra clave", JUNTO + espacio(0, 0), letra(32, rotular=True, formato=NEGRITA, color=TINTA)),
    estilo("Rótulo de cifra", espacio(10, 0), letra(19, rotular=True, color=GRIS)),
    # Tablas de datos: letra de rótulo, más angosta, para que quepan todas las columnas
    estilo("Nota de sección", JUNTO + espacio(0, 120), letra(19, rotular=True, color=GRIS), siguiente="Párrafo"),
    estilo("Dato", espacio(), letra(19, rotular=True)),
    estilo("Dato en cifra", alineado("right"), base="Dato"),
    estilo("Clave en tabla", JUNTO, letra(16, formato=NEGRITA, color=GRIS), base="Dato"),
    estilo("Dato discreto", "", letra(16, color=GRIS), base="Dato"),
    estilo("Estado", "", letra(color=GRIS), base="Dato"),
    estilo("Estado de alerta", "", letra(formato=NEGRITA, color=TINTA), base="Estado"),
    estilo("Total", "", letra(formato=NEGRITA), base="Dato"),
    estilo("Total en cifra", alineado("right"), base="Total"),
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
class Columna:
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
        """Su celda en el renglón de encabezados."""
        return self._celda(parrafo("Encabezado de cifra" if self.cifra else "Encabezado de tabla", self.rotulo))

    @property
    def de_dato(self) -> str:
        """Su celda en cada renglón."""
        return self._celda(self.cuerpo)

    @property
    def de_total(self) -> str:
        """Su celda en el renglón de totales."""
        return bajo_raya(self._celda(parrafo("Total en cifra" if self.cifra else "Total", self.total)))

    def _celda(self, cuerpo: str) -> str:
        return celda(self.ancho, cuerpo, sangria=self.sangria)


def texto(rotulo: str, ancho: int, valor: str, total: str = "") -> Columna:
    """Una columna de texto; ``valor`` es el nombre que se imprime, y una raya si está vacío."""
    return Columna(rotulo, ancho, parrafo("Dato", f'{{{{ {valor} or "{_RAYA}" }}}}'), total)


def cifra(rotulo: str, ancho: int, valor: str, total: str = "") -> Columna:
    """Una columna de cifras, a la derecha."""
    return Columna(rotulo, ancho, parrafo("Dato en cifra", f'{{{{ {valor} or "{_RAYA}" }}}}'), total, cifra=True)


def con_nota(rotulo: str, ancho: int, valor: str, *notas: str, total: str = "") -> Columna:
    """Una columna de texto con otros datos debajo, en gris, si los hay; todos son nombres que se imprimen."""
    discretas = "".join(si(nota, parrafo("Dato discreto", f"{{{{ {nota} }}}}")) for nota in notas)
    return Columna(rotulo, ancho, parrafo("Dato", f"{{{{ {valor} }}}}") + discretas, total)


def con_el_renglon_siguiente(primera: Columna, condicion: str) -> Columna:
    """La primera columna, que si se cumple la condición lleva el renglón a la página del siguiente.

    Word junta dos renglones cuando lo pide el primer párrafo del de arriba.
    """
    return replace(primera, cuerpo=si(condicion, pegado(primera.cuerpo), primera.cuerpo))


def tabla_de_datos(
    columnas: tuple[Columna, ...], variable: str, lista: str, *, titulo: str, descripcion: str, total: bool = False
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


def bajo_raya(celdas: str) -> str:
    """Las mismas celdas, con la raya de los totales encima."""
    raya = f"<w:tcBorders>{linea('top', TINTA, 6, 0)}</w:tcBorders>"
    return re.sub(r"(<w:tcW [^>]*>(?:<w:gridSpan [^>]*>)?)", rf"\1{raya}", celdas)


def pegado(cuerpo: str) -> str:
    """Los mismos párrafos, en la página de lo que sigue; sin cambiarles el estilo, que es el que los numera."""
    return cuerpo.replace("</w:pPr>", f"{CON_EL_SIGUIENTE}</w:pPr>")


def tabla_de_conteos(de: str, titulo: str, descripcion: str) -> str:
    """Una tabla de las columnas que traiga: la primera, de texto y al doble de ancho; las demás, de cifras.

    ``de`` nombra ``{"encabezados": [...], "renglones": [{"celdas": [...], "total": False}]}``.
    """
    encabezado = renglon(
        celda(ANCHO, parrafo("Encabezado de tabla", f"{{{{ {de}.encabezados[0] }}}}"), columnas=2)
        + cada_celda("c", f"{de}.encabezados[1:]", parrafo("Encabezado de cifra", "{{ c }}")),
        encabezado=True,
    )

    def conteos(texto: str, cifra: str) -> str:
        return celda(ANCHO, parrafo(texto, "{{ r.celdas[0] }}"), columnas=2) + cada_celda(
            "c", "r.celdas[1:]", parrafo(cifra, "{{ c }}")
        )

    renglones = (
        orden_de_renglon("if r.total", 1)
        + renglon(bajo_raya(conteos("Total", "Total en cifra")))
        + orden_de_renglon(f"elif {de}.renglones|length < 20", 1)
        + renglon(pegado(conteos("Dato", "Dato en cifra")))
        + orden_de_renglon("else", 1)
        + renglon(conteos("Dato", "Dato en cifra"))
        + orden_de_renglon("endif", 1)
    )
    cuerpo = encabezado + cada_renglon("r", f"{de}.renglones", renglones, columnas=1)
    return tabla("Tabla de datos", (ANCHO,), cuerpo, titulo=titulo, descripcion=descripcion, encabezado=True)


# ── Cifras clave ───────────────────────────────────────────────────────────────────────────────────


def cifras_clave() -> str:
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
