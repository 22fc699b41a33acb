"""Propiedades de la fusión: con cualquier corrección y cualquier cambio en los datos.

Van pocos casos en la suite; para correr más, ``VECES=40 pytest tests/test_fusion_propiedades.py``.
"""

import os
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from random import Random

import pytest
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from lxml import etree

from generador import ooxml
from generador.celdas import Celda, Hoja, Libro, Valor
from generador.flujo import componer, revisado, tipo_de
from generador.fusion import fundir
from generador.fusion.marcas import aceptar, es_nuestra
from generador.hallazgos import LibroConHallazgos
from generador.ooxml import PaqueteRoto, W
from generador.plantilla.validez import problemas
from tests.correcciones import (
    ANA,
    CORRECCIONES,
    Correccion,
    aceptado,
    con_formato,
    con_xml,
    corregir,
    corrido,
    cuerpo,
    rechazado,
    resuelto,
    textos,
)
from tests.documento_al_azar import al_azar, con_otros_datos
from tests.documento_al_azar import en_word as documento_chico
from tests.expedientes import EJEMPLOS
from tests.fabrica import docx, p, t, tbl, tc, tr
from tests.libro_de_texto import libro_de_texto
from tests.test_fusion import comentarios

VECES = int(os.environ.get("VECES", "1"))
HOY = date(2026, 1, 1)
CUANDO = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
LIBROS = {"minuta": "minuta", "minuta-2018-2": "minuta", "oficio": "oficio", "cuentas": "informe"}
FICHAS = ("Órgano", "Sesión", "Institución", "Oficio", "Informe")
PALABRAS = ("dato", "otra cosa", "45", "de", "\ufdd0fuerte\ufdd1", "")


def pocos(cuantos: int) -> settings:
    return settings(
        max_examples=cuantos * VECES,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


# --- datos al azar


@dataclass(frozen=True)
class EnLosDatos:
    """Lo que cambia en un libro; los números se toman módulo lo que haya."""

    que: str  # «palabra», «quitar», «repetir» o «intercambiar»
    hoja: int
    renglon: int
    otro: int

    def __call__(self, libro: Libro) -> Libro:
        hojas = list(libro.hojas)
        lugar = self.hoja % len(hojas)
        hoja = hojas[lugar]
        filas = [[hoja.en(fila, c).valor for c in range(1, 20)] for fila in sorted(hoja.filas)]
        if len(filas) > 1:
            self._cambiar(filas, ficha=hoja.nombre in FICHAS)
        celdas = {
            (f, c): Celda(hoja.nombre, f, c, valor)
            for f, fila in enumerate(filas, 1)
            for c, valor in enumerate(fila, 1)
            if valor
        }
        hojas[lugar] = Hoja(hoja.nombre, celdas)
        return Libro(libro.ruta, tuple(hojas), libro.esquema)

    def _cambiar(self, filas: list[list[Valor]], *, ficha: bool) -> None:
        cual = 1 + self.renglon % (len(filas) - 1)
        if self.que == "quitar" and not ficha:
            del filas[cual]
        elif self.que == "repetir" and not ficha:
            largos = [v + f" Otro {self.otro} dato." if isinstance(v, str) and len(v) > 40 else v for v in filas[cual]]
            filas.insert(1 + self.otro % len(filas), largos)
        elif self.que == "intercambiar" and not ficha:
            otra = 1 + self.otro % (len(filas) - 1)
            filas[cual], filas[otra] = filas[otra], filas[cual]
        else:
            escritas = [n for n, valor in enumerate(filas[cual]) if isinstance(valor, str) and valor]
            columna = 1 if ficha else escritas[self.otro % len(escritas)]
            trozos = str(filas[cual][columna] or "").split(" ")
            trozos[self.otro % len(trozos)] = PALABRAS[self.otro % len(PALABRAS)]
            filas[cual][columna] = " ".join(trozos)


@cache
def libro(nombre: str) -> Libro:
    return libro_de_texto((EJEMPLOS / f"{nombre}.md").read_text(encoding="utf-8"))


@cache
def documento(nombre: str, cambios: tuple[EnLosDatos, ...] = ()) -> bytes | None:
    """El documento de ese libro con esos cambios; None si el libro así no se puede generar."""
    cambiado = libro(nombre)
    for cambio in cambios:
        cambiado = cambio(cambiado)
    tipo = tipo_de(LIBROS[nombre])
    try:
        modelo, _ = revisado(tipo, cambiado, HOY)
    except LibroConHallazgos:
        return None
    return componer(tipo, modelo)


NUMERO = st.integers(0, 999)
CAMBIOS = st.lists(
    st.builds(EnLosDatos, st.sampled_from(("palabra", "palabra", "quitar", "repetir", "intercambiar")), NUMERO, NUMERO, NUMERO),
    min_size=1,
    max_size=6,
).map(tuple)  # fmt: skip
CORREGIDO = st.lists(
    st.builds(Correccion, st.sampled_from(sorted(CORRECCIONES)), NUMERO, NUMERO), min_size=1, max_size=6
)


def de_los_datos(nombre: str, cambios: tuple[EnLosDatos, ...]) -> bytes:
    hecho = documento(nombre, cambios)
    assume(hecho is not None)
    assert hecho is not None
    return hecho


def base_de(nombre: str) -> bytes:
    hecha = documento(nombre)
    assert hecha is not None
    return hecha


def graves(datos: bytes) -> Counter[tuple[str, str, str]]:
    return Counter(problema.clave for problema in problemas(ooxml.partes(datos)) if problema.grave)


# --- las cinco propiedades


def sin_blanco_final(parrafos: list[str]) -> list[str]:
    """Sin los párrafos vacíos del final: el que sigue a la última tabla no puede borrarse como cambio.

    Le pasa al informe de cuentas cuando se queda sin firmas: con ellas se va la tabla y ese párrafo sobra, en blanco.
    """
    while parrafos and not parrafos[-1]:
        parrafos = parrafos[:-1]
    return parrafos


def parecen(datos: bytes, otros: bytes) -> bool:
    """Si dicen lo mismo con los mismos estilos, negritas y cursivas, sin contar los párrafos en blanco."""
    uno, otro = ([parrafo for parrafo in con_formato(d) if parrafo[1]] for d in (datos, otros))
    return uno == otro


@given(st.sampled_from(sorted(LIBROS)), CAMBIOS, CAMBIOS)
@pocos(15)
def test_sin_correcciones_fundir_es_generar_de_nuevo(
    nombre: str, unos: tuple[EnLosDatos, ...], otros: tuple[EnLosDatos, ...]
) -> None:
    base, nueva, ultima = base_de(nombre), de_los_datos(nombre, unos), de_los_datos(nombre, otros)
    una = fundir(base, base, nueva, CUANDO).datos
    dos = fundir(nueva, una, ultima, CUANDO).datos  # y otra vez, sin que nadie haya aceptado nada
    for fundido, esperado in ((una, nueva), (dos, ultima)):
        assert sin_blanco_final(aceptado(fundido)) == sin_blanco_final(textos(esperado))
        assert sin_blanco_final(rechazado(fundido)) == sin_blanco_final(textos(base))
        assert graves(fundido) == Counter()
    assert parecen(resuelto(una, aceptar), nueva)
    assert aceptado(una) == textos(fundir(base, base, nueva, CUANDO, marcas=False).datos)


@given(st.sampled_from(sorted(LIBROS)), CORREGIDO)
@pocos(15)
def test_sin_datos_nuevos_el_documento_es_el_mismo_byte_por_byte(nombre: str, correcciones: list[Correccion]) -> None:
    suya = corregir(base_de(nombre), *correcciones)
    assert fundir(base_de(nombre), suya, base_de(nombre), CUANDO).datos == suya


@given(st.sampled_from(sorted(LIBROS)), CORREGIDO, CAMBIOS, CAMBIOS)
@pocos(25)
def test_rechazar_todo_es_lo_de_la_persona_y_fundir_dos_veces_es_una(
    nombre: str, correcciones: list[Correccion], unos: tuple[EnLosDatos, ...], otros: tuple[EnLosDatos, ...]
) -> None:
    base, nueva, ultima = base_de(nombre), de_los_datos(nombre, unos), de_los_datos(nombre, otros)
    suya = corregir(base, *correcciones)
    fusion = fundir(base, suya, nueva, CUANDO)
    event(f"por decidir: {bool(fusion.por_decidir)}")
    assert rechazado(fusion.datos) == rechazado(suya)
    assert graves(fusion.datos) - graves(suya) == Counter()
    assert fundir(nueva, fusion.datos, nueva, CUANDO).datos == fusion.datos
    assert fundir(base, fusion.datos, nueva, CUANDO).datos == fusion.datos  # se cortó la luz antes de cambiar la base
    otra = fundir(nueva, fusion.datos, ultima, CUANDO).datos
    assert rechazado(otra) == rechazado(suya)
    assert graves(otra) - graves(suya) == Counter()


@given(
    st.integers(0, 10**9),
    st.lists(st.builds(Correccion, st.sampled_from(sorted(CORRECCIONES)), NUMERO, NUMERO), max_size=5),
)
@pocos(150)
def test_en_documentos_chicos_cualquiera_todo_a_la_vez(semilla: int, correcciones: list[Correccion]) -> None:
    azar = Random(semilla)
    modelo = al_azar(azar)
    base, nueva, ultima = (
        documento_chico(m) for m in (modelo, con_otros_datos(azar, modelo), con_otros_datos(azar, modelo))
    )
    suya = corregir(base, *correcciones)
    una = fundir(base, suya, nueva, CUANDO).datos
    dos = fundir(nueva, una, ultima, CUANDO).datos
    for antes, fundido, esperado in ((base, una, nueva), (nueva, dos, ultima)):
        assert sin_blanco_final(rechazado(fundido)) == sin_blanco_final(rechazado(suya))
        assert graves(fundido) - graves(suya) == Counter()
        assert fundir(antes, fundido, esperado, CUANDO).datos == fundido
        if not correcciones:
            assert sin_blanco_final(aceptado(fundido)) == sin_blanco_final(textos(esperado))
            assert parecen(resuelto(fundido, aceptar), esperado)
    assert fundir(base, suya, base, CUANDO).datos == suya


@given(st.integers(0, 10**9))
@pocos(40)
def test_si_los_datos_vuelven_a_lo_que_eran_se_lee_lo_mismo_y_al_rechazar_tambien(semilla: int) -> None:
    azar = Random(semilla)
    modelo = al_azar(azar)
    base, nueva = documento_chico(modelo), documento_chico(con_otros_datos(azar, modelo))
    vuelta = fundir(nueva, fundir(base, base, nueva, CUANDO).datos, base, CUANDO)
    event(f"marcas que quedan: {sum(map(es_nuestra, cuerpo(vuelta.datos).iter(f'{W}ins', f'{W}del')))}")
    assert sin_blanco_final(aceptado(vuelta.datos)) == sin_blanco_final(textos(base))
    assert sin_blanco_final(rechazado(vuelta.datos)) == sin_blanco_final(textos(base))


class _Cadena:
    """Un documento que pasa de la persona a los datos y de los datos a la persona, una vez tras otra."""

    def __init__(self, nombre: str, azar: Random) -> None:
        self.nombre, self.azar = nombre, azar
        self.base = self.suya = base_de(nombre)
        self.cambios: tuple[EnLosDatos, ...] = ()

    def de_la_persona(self, dicho: str) -> None:
        """Acepta lo nuestro o no, hace de una a tres correcciones y escribe ``dicho`` en algún párrafo."""
        azar = self.azar
        if azar.random() < 0.4:
            self.suya = resuelto(self.suya, lambda raiz: aceptar(raiz, es_nuestra))
        todas = sorted(CORRECCIONES)
        hechas = [
            Correccion(azar.choice(todas), azar.randrange(999), azar.randrange(999)) for _ in range(azar.randint(1, 3))
        ]
        self.suya = corregir(self.suya, *hechas)

        def escribir(raiz: etree._Element) -> None:
            cuales = [e for e in raiz.iterfind(f"{W}body/{W}p") if next(e.iter(f"{W}del"), None) is None]
            azar.choice(cuales).append(corrido(f" {dicho} "))

        self.suya = con_xml(self.suya, escribir)

    def de_los_datos(self) -> bytes | None:
        azar = self.azar
        que = azar.choice(("palabra", "palabra", "quitar", "repetir", "intercambiar"))
        uno = EnLosDatos(que, azar.randrange(999), azar.randrange(999), azar.randrange(999))
        cambios = () if azar.random() < 0.2 else (*self.cambios, uno)
        hecho = documento(self.nombre, cambios)
        self.cambios = self.cambios if hecho is None else cambios
        return hecho


def en_palabras(textos_: list[str]) -> set[str]:
    return set(re.findall(r"\w+", " ".join(textos_)))


@given(st.sampled_from(sorted(LIBROS)), st.integers(0, 10**9))
@pocos(6)
def test_una_cadena_de_correcciones_y_de_datos_no_pierde_nada(nombre: str, semilla: int) -> None:
    cadena = _Cadena(nombre, Random(semilla))
    for ronda in range(6):
        cadena.de_la_persona(f"mío{ronda}")
        base, suya, nueva = cadena.base, cadena.suya, cadena.de_los_datos()
        if nueva is None:
            continue
        fusion = fundir(base, suya, nueva, CUANDO + timedelta(days=ronda))
        quedo = en_palabras(aceptado(fusion.datos))
        assert f"mío{ronda}" in quedo
        assert en_palabras(aceptado(nueva)) - en_palabras(aceptado(base)) <= quedo | en_palabras(
            [*comentarios(fusion.datos), *fusion.avisos]
        )
        assert sin_blanco_final(rechazado(fusion.datos)) == sin_blanco_final(rechazado(suya))
        assert graves(fusion.datos) - graves(suya) == Counter()
        assert fundir(nueva, fusion.datos, nueva, CUANDO).datos == fusion.datos
        cadena.base, cadena.suya = nueva, fusion.datos


# --- aceptar todo da lo esperado, según un modelo que no sabe de fusiones


FRASES = [
    "El presidente dio inicio a la sesión ordinaria.", "La secretaria verificó la existencia de quórum.",
    "Se informó de las visitas al portal de internet.", "Los integrantes pidieron un balance anual de labores.",
    "Quedó pendiente la baja de las cuentas inactivas.", "El área de informática presentó hallazgos de seguridad.",
    "Hubo comentarios sobre el calendario de mantenimiento.", "Se turnó el asunto a la dirección jurídica.",
    "La gestora detalló solicitudes de publicación recibidas.", "Nadie propuso otros asuntos generales.",
]  # fmt: skip
TOQUES = st.dictionaries(st.integers(1, 8), st.sampled_from(("cambiar", "quitar", "agregar")), max_size=4)


def tocadas(toques: dict[int, str], quien: str) -> list[list[str]]:
    """Por cada frase, los párrafos que quedan en su lugar."""
    hechas: dict[str, Callable[[str], list[str]]] = {
        "cambiar": lambda frase: [frase.replace(" de ", f" de {quien}, de ", 1)],
        "quitar": lambda frase: [],
        "agregar": lambda frase: [frase, f"Aquí {quien} escribió otro párrafo."],
    }
    return [hechas[toques[n]](frase) if n in toques else [frase] for n, frase in enumerate(FRASES)]


def en_word(parrafos: list[list[str]]) -> bytes:
    return docx(*(p(texto) for lugar in parrafos for texto in lugar))


@given(TOQUES, TOQUES)
@pocos(150)
def test_aceptar_todo_es_lo_que_cada_quien_cambio_en_su_lugar(suyos: dict[int, str], datos: dict[int, str]) -> None:
    assume(all(abs(n - m) > 1 for n in suyos for m in datos))
    base = [[frase] for frase in FRASES]
    suya, nueva = tocadas(suyos, "la persona"), tocadas(datos, "el libro")
    esperado = [nueva[n] if n in datos else suya[n] for n in range(len(FRASES))]
    fusion = fundir(en_word(base), en_word(suya), en_word(nueva), CUANDO)
    assert aceptado(fusion.datos) == [texto for lugar in esperado for texto in lugar]
    assert rechazado(fusion.datos) == [texto for lugar in suya for texto in lugar]
    assert fusion.por_decidir == ()


@given(st.sampled_from(sorted(LIBROS)), CAMBIOS, st.lists(NUMERO, min_size=1, max_size=4))
@pocos(15)
def test_lo_que_la_persona_agrega_en_lo_que_los_datos_no_tocan_queda_en_su_lugar(
    nombre: str, cambios: tuple[EnLosDatos, ...], donde: list[int]
) -> None:
    base, nueva = base_de(nombre), de_los_datos(nombre, cambios)
    quietos = [
        texto
        for texto, veces in Counter(textos(base)).items()
        if veces == 1 and textos(nueva).count(texto) == 1 and len(texto) > 40
    ]
    assume(quietos)
    suyos = {quietos[n % len(quietos)] for n in donde}
    suya = con_xml(base, lambda raiz: _agregar(raiz, suyos))
    esperado = [f"{texto} (nota)" if texto in suyos else texto for texto in textos(nueva)]
    fusion = fundir(base, suya, nueva, CUANDO)
    event(f"por decidir: {bool(fusion.por_decidir)}")
    if not fusion.por_decidir:  # los datos cambiaron de renglón o quitaron algo que sigue dicho en otra parte
        assert sin_blanco_final(aceptado(fusion.datos)) == sin_blanco_final(esperado)


def _agregar(raiz: etree._Element, suyos: set[str]) -> None:
    for parrafo in raiz.iter(f"{W}p"):
        dichos = list(parrafo.iter(f"{W}t"))
        if "".join(dicho.text or "" for dicho in dichos) in suyos:
            dichos[-1].text = f"{dichos[-1].text} (nota)"


# --- lo hostil


EN_PARRAFO = (
    "r", "r", "r", "ins", "del", "moveFrom", "moveTo", "hyperlink", "sdt", "sdtContent", "fldSimple", "smartTag",
    "bookmarkStart", "bookmarkEnd", "commentRangeStart", "pPr", "customXml", "bdo", "oMath",
)  # fmt: skip
EN_CORRIDO = (
    "t", "t", "t", "delText", "fldChar", "instrText", "sym", "br", "tab", "cr", "drawing", "pict", "object", "rPr",
    "footnoteReference", "commentReference", "noBreakHyphen", "lastRenderedPageBreak", "AlternateContent",
)  # fmt: skip
EN_BLOQUE = (
    "p",
    "p",
    "p",
    "tbl",
    "sdt",
    "sdtContent",
    "customXml",
    "ins",
    "del",
    "sectPr",
    "bookmarkStart",
    "altChunk",
)
DENTRO = {  # lo que suele ir en cada elemento; uno de cada cinco va en donde no debe
    "p": EN_PARRAFO, "ins": (*EN_PARRAFO, "p"), "del": EN_PARRAFO, "moveTo": EN_PARRAFO, "moveFrom": EN_PARRAFO,
    "hyperlink": EN_PARRAFO, "fldSimple": EN_PARRAFO, "smartTag": EN_PARRAFO, "bdo": EN_PARRAFO, "r": EN_CORRIDO,
    "sdt": ("sdtPr", "sdtContent"), "sdtContent": (*EN_BLOQUE, *EN_PARRAFO, "tr", "tc"), "customXml": EN_BLOQUE,
    "tbl": ("tr", "tr", "tr", "tblPr", "tblGrid", "sdt", "ins"), "tr": ("tc", "tc", "tc", "trPr", "sdt"),
    "tc": (*EN_BLOQUE, "tcPr"), "trPr": ("ins", "del", "trPrChange"), "tcPr": ("gridSpan", "vMerge", "cellDel"),
    "pPr": ("rPr", "pStyle", "numPr", "sectPr", "pPrChange"), "rPr": ("ins", "del", "b", "i", "rPrChange"),
    "numPr": ("numId", "ilvl"), "tblGrid": ("gridCol",), "pPrChange": ("pPr",), "pict": ("txbxContent",),
    "drawing": ("txbxContent", "docPr"), "txbxContent": EN_BLOQUE, "sectPr": ("headerReference", "pgSz"),
}  # fmt: skip
TODOS = sorted({nombre for nombres in DENTRO.values() for nombre in nombres})
VALORES = (
    "", "0", "-1", "1", "1", "x", "ZZZZ", "2713", "D800", "9" * 5000, "²", "begin", "end", "separate", "generar",
    "rId1", "restart", "PAGE",
)  # fmt: skip
ATRIBUTOS = {
    "fldChar": "fldCharType",
    "sym": "char",
    "fldSimple": "instr",
    "br": "type",
    "ins": "author",
    "del": "author",
}


@st.composite
def arboles(sortear: st.DrawFn) -> str:
    """Un XML bien formado de elementos de Word, casi todos donde suelen ir."""

    def rama(nombre: str, hondo: int) -> str:
        atributos = "".join(
            f' w:{atributo}="{sortear(st.sampled_from(VALORES))}"'
            for atributo in {"id", "val", ATRIBUTOS.get(nombre, "val")}
            if sortear(st.booleans())
        )
        texto = (
            sortear(st.sampled_from(("texto", " ", "Hola a todos"))) if nombre in ("t", "delText", "instrText") else ""
        )
        return f"<w:{nombre}{atributos}>{texto}{ramas(DENTRO.get(nombre, ()), hondo)}</w:{nombre}>"

    def ramas(cuales: tuple[str, ...], hondo: int) -> str:
        if not cuales or not hondo:
            return ""
        ajena = sortear(st.integers(0, 9)) == 0
        elegidas = sortear(st.lists(st.sampled_from(TODOS if ajena else cuales), min_size=1, max_size=3))
        return "".join(rama(nombre, hondo - 1) for nombre in elegidas)

    return ramas(EN_BLOQUE, 5)


@given(arboles(), arboles(), arboles(), st.booleans())
@pocos(100)
def test_ningun_xml_por_raro_que_sea_da_una_excepcion(uno: str, otro: str, tercero: str, marcas: bool) -> None:
    base, suya, nueva = docx(p("Hola a todos"), uno), docx(p("Hola a todos"), uno, otro), docx(p("Hola"), uno, tercero)
    for tres in ((base, suya, nueva), (suya, base, nueva), (nueva, suya, base)):
        try:
            fusion = fundir(*tres, CUANDO, marcas=marcas)
            ooxml.partes(fusion.datos)
        except PaqueteRoto:
            event("paquete roto")


HOSTILES = {
    "símbolo sin código": p('<w:r><w:sym w:font="Wingdings" w:char="ZZZZ"/></w:r>'),
    "símbolo que no es una letra": p('<w:r><w:sym w:font="Wingdings" w:char="D800"/></w:r>'),
    "campo sin cerrar": p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', t("sin fin")),
    "campo que termina sin empezar": p(t("sin principio"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    "campo repartido en dos párrafos": p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', t("uno"))
    + p(t("dos"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
    "borrado dentro de insertado": p(
        f'<w:ins w:id="1" {ANA}><w:del w:id="2" {ANA}><w:r><w:delText>uno</w:delText></w:r></w:del>{t("dos")}</w:ins>'
    ),
    "identificadores repetidos": p(f'<w:ins w:id="1" {ANA}>{t("uno")}</w:ins>', f'<w:ins w:id="1" {ANA}>{t("dos")}</w:ins>'),
    "identificador enorme": p(f'<w:ins w:id="{"9" * 5000}" {ANA}>{t("uno")}</w:ins>'),
    "tabla dentro de tabla": tbl(tr(tc(tbl(tr("dentro")), "fuera"))),
    "celdas combinadas": tbl(tr(tc("ancha", tcpr='<w:gridSpan w:val="2"/>')), tr("una", "otra"), columnas=2),
    "renglón sin celdas": tbl("<w:tr/>", tr("uno")),
    "tabla sin renglones": "<w:tbl><w:tblPr/><w:tblGrid/></w:tbl>",
    "tabla sin rejilla": "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>",
    "controles anidados": f"<w:sdt><w:sdtContent><w:sdt><w:sdtContent>{p('hondo')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>",
    "control en una celda": "<w:tbl><w:tr><w:sdt><w:sdtContent><w:tc><w:p/></w:tc></w:sdtContent></w:sdt></w:tr></w:tbl>",
    "cuadro de texto": p(f"<w:r><w:pict><w:txbxContent>{p('en un cuadro')}</w:txbxContent></w:pict></w:r>"),
    "liga a ninguna parte": p(f'<w:hyperlink r:id="rId99">{t("liga")}</w:hyperlink>'),
    "nota que no existe": p('<w:r><w:footnoteReference w:id="77"/></w:r>', t("con nota")),
    "párrafo dentro de insertado": f'<w:ins w:id="5" {ANA}>{p("dentro")}</w:ins>',
}  # fmt: skip


@pytest.mark.parametrize("cual", HOSTILES)
def test_lo_raro_de_la_persona_queda_como_estaba_y_los_datos_entran(cual: str) -> None:
    base, nueva = docx(p("Son dos votos."), p("Fin.")), docx(p("Son tres votos."), p("Fin."))
    suya = docx(p("Son dos votos."), HOSTILES[cual], p("Fin."))
    fusion = fundir(base, suya, nueva, CUANDO)
    assert aceptado(fusion.datos) == ["Son tres votos.", *aceptado(suya)[1:]]
    assert rechazado(fusion.datos) == rechazado(suya)
    assert fundir(suya, fusion.datos, docx(p("Son tres votos.")), CUANDO).datos  # que también se pueda quitar


@pytest.mark.parametrize("sobra", ["styles", "numbering", "settings", "document", "[Content_Types]", "_rels"])
def test_un_paquete_incompleto_se_funde_o_se_dice(sobra: str) -> None:
    base = docx(p("Hola"))
    partes = ooxml.partes(base)
    manca = ooxml.empaquetar({nombre: datos for nombre, datos in partes.items() if sobra not in nombre})
    try:
        assert aceptado(fundir(base, manca, docx(p("Adiós")), CUANDO).datos) == ["Adiós"]
    except PaqueteRoto:
        assert sobra in ("document", "[Content_Types]", "_rels")
