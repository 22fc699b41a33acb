"""Lo que una persona corrigió en Word sobrevive: cada corrección, con datos nuevos, antes y después de LibreOffice."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from generador import ooxml
from generador.flujo import componer, tipo_de
from generador.fusion import Fusion, fundir
from generador.fusion.marcas import aceptar
from generador.ooxml import TIPO, TIPO_DE_RELACION, TIPO_DE_WORD, PaqueteRoto, R, W
from generador.plantilla.paquete import Ligas, escribir_xml, leer_xml
from generador.plantilla.validez import problemas
from tests.conftest import Validador
from tests.correcciones import (
    ANA,
    PRINCIPAL,
    aceptado,
    cambiar_a_medias,
    cambiar_texto,
    con_formato,
    con_liga_en,
    con_xml,
    corrido,
    cuerpo,
    en_cuerpo,
    otro_renglon,
    parrafo,
    parrafo_con,
    partir_corrido,
    partir_parrafo,
    quitar,
    rechazado,
    resuelto,
    textos,
    xml,
)
from tests.expedientes import de_ejemplo
from tests.fabrica import docx, p, t, tbl, tc, tr

HOY = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
FECHA = "## Sesión\n| Dato | Valor |\n| Fecha | 22/11/2017 |"
Cambio = Callable[[etree._Element], None]


@cache
def minuta(cambios: str = "") -> bytes:
    return componer(tipo_de("minuta"), de_ejemplo("minuta", cambios))


def fundida(base: bytes, suya: bytes, nueva: bytes, *, marcas: bool = True) -> Fusion:
    return fundir(base, suya, nueva, HOY, marcas=marcas)


def comentarios(datos: bytes) -> list[str]:
    partes = ooxml.partes(datos)
    raices = [leer_xml(d) for n, d in partes.items() if n.startswith("word/comments") and n.endswith(".xml")]
    return [
        "\n".join("".join(t.text or "" for t in renglon.iter(f"{W}t")) for renglon in comentario.iter(f"{W}p"))
        for raiz in raices
        for comentario in raiz.iter(f"{W}comment")
        if comentario.get(f"{W}author") == "generar"
    ]


def hallazgos(datos: bytes) -> list[tuple[str, str, str]]:
    return [problema.clave for problema in problemas(ooxml.partes(datos)) if problema.grave]


# --- B. una corrección de cada clase

A_MEDIAS = cambiar_a_medias(" Precisó", " Se revisará.")


def _palabras(raiz: etree._Element) -> None:
    cambiar_texto("segundo y tercer trimestre", "segundo, tercer y cuarto trimestre")(raiz)


def _negrita(raiz: etree._Element) -> None:
    elegido = next(r for r in parrafo_con(raiz, "dio cuenta de las actividades").iter(f"{W}r"))
    partir_corrido(elegido, 10).insert(0, xml("<w:rPr><w:b/></w:rPr>"))


def _parrafo_nuevo(raiz: etree._Element) -> None:
    parrafo_con(raiz, "Resaltó que fueron").addnext(parrafo("Se entregó copia impresa del informe."))


def _parrafo_borrado(raiz: etree._Element) -> None:
    quitar(parrafo_con(raiz, "En cuanto a obligaciones de transparencia, del artículo 70"))


def _unidos(raiz: etree._Element) -> None:
    primero = parrafo_con(raiz, "Las primeras tres tienen contenido oficial")
    segundo = primero.getnext()
    assert segundo is not None
    primero.append(corrido(" "))
    primero.extend([h for h in segundo if h.tag != f"{W}pPr"])
    quitar(segundo)


def _vineta_movida(raiz: etree._Element) -> None:
    movida = parrafo_con(raiz, "Se mantiene la recomendación de no crear cuentas")
    parrafo_con(raiz, "Existen 18 cuentas de Juntas").addprevious(movida)


def _celda(raiz: etree._Element) -> None:
    cambiar_texto("Crear un histórico de las imágenes", "Crear y difundir un histórico de las imágenes")(raiz)


def _firmante(raiz: etree._Element) -> None:
    firmas = list(raiz.iter(f"{W}tbl"))[-1]
    celda = next(parrafo_con(firmas, "Jorge Humberto Torres").iterancestors(f"{W}tc"))
    for sobra in celda.findall(f"{W}p")[1:]:
        celda.remove(sobra)
    for corridos in list(celda.iter(f"{W}r")):
        quitar(corridos)


def _pegado(raiz: etree._Element) -> None:
    formato = '<w:rFonts w:ascii="Comic Sans MS"/><w:color w:val="FF0000"/><w:sz w:val="32"/>'
    parrafo_con(raiz, "Resaltó que fueron").append(corrido(" Pegado de un correo.", formato))


PUNTO = b"\x89PNG\r\n\x1a\n" + bytes.fromhex(
    "0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def con_imagen(datos: bytes, junto: str = "Resaltó que fueron") -> bytes:
    """La persona inserta una imagen al final de un párrafo."""
    dibujo = (
        f'<w:r xmlns:w="{W.strip("{}")}" xmlns:r="{R.strip("{}")}"><w:drawing>'
        '<wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        '<wp:extent cx="95250" cy="95250"/><wp:docPr id="991" name="Imagen 1"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="a.png"/><pic:cNvPicPr/></pic:nvPicPr>'
        '<pic:blipFill><a:blip r:embed="RID"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="95250" cy="95250"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    con, rid = _con_parte(datos, "word/media/suya1.png", PUNTO, "image/png", "image")
    return con_xml(con, lambda raiz: parrafo_con(raiz, junto).append(xml(dibujo.replace("RID", rid))))


def con_comentario(datos: bytes, junto: str = "dio cuenta de las actividades") -> bytes:
    """La persona comenta un párrafo."""
    suyo = f'<w:comments xmlns:w="{W.strip("{}")}"><w:comment w:id="0" {ANA} w:initials="A">{p("¿Es así?")}</w:comment></w:comments>'
    con, _ = _con_parte(datos, "word/comments.xml", suyo.encode(), f"{TIPO_DE_WORD}comments+xml", "comments")

    def anclar(raiz: etree._Element) -> None:
        elegido = parrafo_con(raiz, junto)
        elegido.insert(1, xml('<w:commentRangeStart w:id="0"/>'))
        elegido.append(xml('<w:commentRangeEnd w:id="0"/>'))
        elegido.append(xml('<w:r><w:commentReference w:id="0"/></w:r>'))

    return con_xml(con, anclar)


def con_nota(datos: bytes, junto: str = "Resaltó que fueron") -> bytes:
    """La persona pone una nota al pie."""
    rayas = "".join(
        f'<w:footnote w:type="{clase}" w:id="{numero}"><w:p><w:r><w:{raya}/></w:r></w:p></w:footnote>'
        for numero, (clase, raya) in enumerate(
            (("separator", "separator"), ("continuationSeparator", "continuationSeparator")), -1
        )
    )
    notas = f'<w:footnotes xmlns:w="{W.strip("{}")}">{rayas}<w:footnote w:id="1">{p("Según el acta.")}</w:footnote></w:footnotes>'
    con, _ = _con_parte(datos, "word/footnotes.xml", notas.encode(), f"{TIPO_DE_WORD}footnotes+xml", "footnotes")
    nota = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    return con_xml(con, lambda raiz: parrafo_con(raiz, junto).append(xml(nota)))


def _con_parte(datos: bytes, nombre: str, contenido: bytes, tipo: str, relacion: str) -> tuple[bytes, str]:
    partes = dict(ooxml.partes(datos))
    tipos = leer_xml(partes[ooxml.TIPOS])
    etree.SubElement(tipos, f"{TIPO}Override", PartName=f"/{nombre}", ContentType=tipo)
    ruta = ooxml.ruta_de_relaciones(PRINCIPAL)
    ligas = Ligas(partes[ruta])
    rid = ligas.agregar(f"{TIPO_DE_RELACION}{relacion}", f"/{nombre}")
    rels = ligas.rels()
    assert rels is not None
    return ooxml.empaquetar({**partes, nombre: contenido, ruta: rels, ooxml.TIPOS: escribir_xml(tipos)}), rid


CORRECCIONES: dict[str, tuple[Callable[[bytes], bytes], str]] = {  # lo que se hace y lo que se debe seguir leyendo
    "palabras dentro de una frase": (en_cuerpo(_palabras), "segundo, tercer y cuarto trimestre"),
    "una negrita": (en_cuerpo(_negrita), "La maestra"),
    "un párrafo nuevo": (en_cuerpo(_parrafo_nuevo), "Se entregó copia impresa del informe."),
    "un párrafo borrado": (en_cuerpo(_parrafo_borrado), ""),
    "dos párrafos unidos": (en_cuerpo(_unidos), "de Capacitación Electoral y Educación Cívica. A nivel estatal"),
    "un párrafo partido": (en_cuerpo(partir_parrafo("Destacó la atención")), ""),
    "una viñeta movida": (en_cuerpo(_vineta_movida), "Se mantiene la recomendación"),
    "una celda": (en_cuerpo(_celda), "Crear y difundir un histórico"),
    "un renglón nuevo": (
        en_cuerpo(otro_renglon("un histórico de las imágenes y notas utilizadas")),
        "agregado a mano 1",
    ),
    "un firmante quitado": (en_cuerpo(_firmante), ""),
    "texto pegado con otro formato": (en_cuerpo(_pegado), "Pegado de un correo."),
    "una imagen": (con_imagen, "◆"),
    "un comentario": (con_comentario, ""),
    "una liga": (en_cuerpo(con_liga_en("Resaltó que fueron")), "(véase el portal)"),
    "una nota al pie": (con_nota, "◆"),
    "control de cambios a medias": (en_cuerpo(A_MEDIAS), "Se revisará."),
}
# Lo que los datos cambian: una fecha, un tratamiento, un texto de la tabla, un párrafo menos y uno más.
DATOS = """
## Sesión
| Dato | Valor |
| Fecha | 22/11/2017 |
| Hora de inicio | 11:30 |
## Asistencia
| Nombre | Título |
| Rubén | Mtro. |
"""


def nueva() -> bytes:
    return minuta(DATOS)


def en_libreoffice(
    documentos: dict[str, bytes], carpeta: Path, soffice: Callable[[list[Path]], list[Path]]
) -> dict[str, bytes]:
    """Cada documento, guardado otra vez por LibreOffice."""
    rutas = [carpeta / f"{numero}.docx" for numero in range(len(documentos))]
    for ruta, datos in zip(rutas, documentos.values(), strict=True):
        ruta.write_bytes(datos)
    return dict(zip(documentos, [ruta.read_bytes() for ruta in soffice(rutas)], strict=True))


@pytest.fixture(scope="module")
def guardadas(
    soffice_por_lote: Callable[[list[Path]], list[Path]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, bytes]:
    """Cada minuta corregida, guardada otra vez por LibreOffice."""
    corregidas = {cual: corregir(minuta()) for cual, (corregir, _) in CORRECCIONES.items()}
    return en_libreoffice(corregidas, tmp_path_factory.mktemp("minutas"), soffice_por_lote)


def comprobar(base: bytes, suya: bytes, datos_nuevos: bytes, debe: tuple[str, ...], ya_no: str) -> None:
    """Entran los datos, queda lo suyo, rechazar lo devuelve, fundir otra vez no hace nada y Word lo abre."""
    fusion = fundida(base, suya, datos_nuevos)
    final = "\n".join(aceptado(fusion.datos)).replace("\u00a0", " ")
    assert [dicho for dicho in debe if dicho not in final] == []
    assert ya_no not in final
    assert rechazado(fusion.datos) == rechazado(suya)
    assert fusion.por_decidir == ()
    assert fundida(datos_nuevos, fusion.datos, datos_nuevos).datos == fusion.datos
    assert fundida(base, fusion.datos, datos_nuevos).datos == fusion.datos
    assert fundida(base, suya, base).datos == suya
    assert [h for h in hallazgos(fusion.datos) if h not in hallazgos(suya)] == []


def comprobar_minuta(suya: bytes, dicho: str) -> None:
    debe = ("22 de noviembre de 2017", "el maestro Rubén Álvarez dio cuenta", dicho)
    comprobar(minuta(), suya, nueva(), debe, "15 de noviembre de 2017")


@pytest.mark.parametrize("cual", CORRECCIONES)
def test_lo_corregido_queda_y_los_datos_entran(cual: str) -> None:
    corregir, dicho = CORRECCIONES[cual]
    suya = corregir(minuta())
    assert suya != minuta()
    comprobar_minuta(suya, dicho)


@pytest.mark.parametrize("cual", CORRECCIONES)
def test_tambien_despues_de_guardarse_en_libreoffice(cual: str, guardadas: dict[str, bytes]) -> None:
    comprobar_minuta(guardadas[cual], CORRECCIONES[cual][1])


@pytest.mark.parametrize("cual", CORRECCIONES)
def test_lo_aceptado_es_lo_de_la_persona_con_los_datos_cambiados_en_su_lugar(cual: str) -> None:
    suya = CORRECCIONES[cual][0](minuta())
    de_los_datos = {a: b for a, b in zip(textos(minuta()), textos(nueva()), strict=True) if a != b}
    esperado = [de_los_datos.get(texto, texto) for texto in aceptado(suya)]
    assert aceptado(fundida(minuta(), suya, nueva()).datos) == esperado


def test_el_validador_del_sdk_no_ve_nada_nuevo(validador_sdk: Validador, tmp_path: Path) -> None:
    suya = minuta()
    for cual, (corregir, _) in CORRECCIONES.items():
        suya = corregir(suya) if cual != "un párrafo partido" else suya  # quita lo que buscan las demás
    rutas = [tmp_path / "suya.docx", tmp_path / "fundida.docx"]
    rutas[0].write_bytes(suya)
    rutas[1].write_bytes(fundida(minuta(), suya, nueva()).datos)
    antes, despues = ([e.split("/", 1)[1] for e in validador_sdk(ruta)] for ruta in rutas)
    assert len(despues) <= len(antes)


def test_lo_que_la_persona_inserto_o_borro_sin_aceptar_no_se_toca() -> None:
    suya = con_xml(minuta(), A_MEDIAS)
    fusion = fundida(minuta(), suya, nueva())

    def suyos(datos: bytes) -> list[bytes]:
        return [
            etree.tostring(m, method="c14n")
            for m in cuerpo(datos).iter(f"{W}ins", f"{W}del")
            if m.get(f"{W}author") == "Ana"
        ]

    assert suyos(suya) == suyos(fusion.datos)
    assert len(suyos(suya)) == 2


def _marcado(viejo: str, nuevo: str) -> str:
    """Lo que Ana cambió con el control de cambios."""
    quitado = f'<w:del w:id="901" {ANA}><w:r><w:delText xml:space="preserve">{viejo}</w:delText></w:r></w:del>'
    return quitado + f'<w:ins w:id="902" {ANA}>{t(nuevo)}</w:ins>'


@pytest.mark.parametrize(
    ("viejo", "nuevo", "queda"),
    [
        ("Sala A", "Sala B", "Lugar: Sala B, primer piso, a las 11:30 horas."),
        ("primer piso", "planta alta", "Lugar: Sala A, planta alta, a las 11:30 horas."),
        ("10:00", "11:30", "Lugar: Sala A, primer piso, a las 11:30 horas."),
        ("10:00", "12:00", ""),  # lo mismo que los datos: se pregunta
    ],
)
def test_junto_a_lo_que_otra_persona_dejo_sin_aceptar_los_datos_entran_si_cambian_otra_cosa(
    viejo: str, nuevo: str, queda: str
) -> None:
    dicho = "Lugar: Sala A, primer piso, a las {} horas."
    antes, despues = dicho.format("10:00").split(viejo)
    suya = docx(p("Antes."), p(antes, _marcado(viejo, nuevo), t(despues)))
    fusion = fundida(docx(p("Antes."), p(dicho.format("10:00"))), suya, docx(p("Antes."), p(dicho.format("11:30"))))
    assert aceptado(fusion.datos)[1] == (queda or aceptado(suya)[1])
    assert len(fusion.por_decidir) == (not queda)
    ajenas = [m for m in cuerpo(fusion.datos).iter(f"{W}ins", f"{W}del") if m.get(f"{W}author") == "Ana"]
    assert ["".join(map(str, m.itertext())) for m in ajenas] == [viejo, nuevo]


# --- un párrafo, en una línea: base, suya y nueva


def tres(base: str, suya: str, nuevo: str) -> Fusion:
    uno, dos, otro = (docx(p("Antes."), p(texto), p("Después.")) for texto in (base, suya, nuevo))
    return fundida(uno, dos, otro)


@pytest.mark.parametrize(
    ("base", "suya", "nuevo", "queda"),
    [
        ("Asistieron 5 personas a la sesión", "Asistieron 5 personas a la junta", "Asistieron 6 personas a la sesión", "Asistieron 6 personas a la junta"),
        ("Se aprobó por mayoría de votos", "Se aprobó, sin debate, por mayoría de votos", "Se aprobó por unanimidad de votos", "Se aprobó, sin debate, por unanimidad de votos"),
        ("Lugar: Sala A", "Lugar: Sala A, planta baja", "Lugar: Sala A", "Lugar: Sala A, planta baja"),
        ("Lugar: Sala A", "Lugar: Sala B", "Lugar: Sala B", "Lugar: Sala B"),
        ("las notas utilizadas durante 2017", "las notas usadas durante 2017", "las notas utilizadas durante 2018", "las notas usadas durante 2018"),
        ("A las 10:00 horas.", "A las 10:00 horas. Se confirma.", "A las 11:30 horas.", "A las 11:30 horas. Se confirma."),
    ],
)  # fmt: skip
def test_en_una_frase_caben_lo_suyo_y_los_datos(base: str, suya: str, nuevo: str, queda: str) -> None:
    fusion = tres(base, suya, nuevo)
    assert aceptado(fusion.datos)[1] == queda
    assert rechazado(fusion.datos)[1] == suya
    assert comentarios(fusion.datos) == []


# --- C. choques


@pytest.mark.parametrize(
    ("base", "suya", "nuevo"),
    [
        ("El plazo es de diez días.", "El plazo es de quince días.", "El plazo es de veinte días."),
        ("Sesión del 15 de noviembre.", "Sesión del 16 de noviembre.", "Sesión del 15 de diciembre."),  # cifras vecinas
        ("Fueron 3 de 8 votos.", "Fueron 4 de 8 votos.", "Fueron 3 de 9 votos."),
    ],
)
def test_si_tocaron_lo_mismo_queda_lo_suyo_y_un_comentario_con_lo_nuevo(base: str, suya: str, nuevo: str) -> None:
    fusion = tres(base, suya, nuevo)
    assert textos(fusion.datos)[1] == aceptado(fusion.datos)[1] == suya
    (dicho,) = comentarios(fusion.datos)
    assert nuevo in dicho
    assert base in dicho
    assert [s.despues for s in fusion.por_decidir] == [nuevo]
    assert hallazgos(fusion.datos) == []


def test_lo_que_la_persona_borro_y_los_datos_cambiaron_se_le_dice_cerca() -> None:
    base, nuevo = "Se informó de 18 cuentas.", "Se informó de 19 cuentas."
    fusion = fundida(
        docx(p("Antes."), p(base), p("Después.")),
        docx(p("Antes."), p("Después.")),
        docx(p("Antes."), p(nuevo), p("Después.")),
    )
    assert aceptado(fusion.datos)[0] == "Antes."
    assert nuevo not in aceptado(fusion.datos)
    (dicho,) = comentarios(fusion.datos)
    assert nuevo in dicho


def test_lo_que_los_datos_quitan_y_la_persona_corrigio_se_queda_y_se_le_dice() -> None:
    suya = "Se informó de 18 cuentas, con detalle."
    fusion = fundida(
        docx(p("Antes."), p("Se informó de 18 cuentas."), p("Después.")),
        docx(p("Antes."), p(suya), p("Después.")),
        docx(p("Antes."), p("Después.")),
    )
    assert aceptado(fusion.datos)[1] == suya
    (dicho,) = comentarios(fusion.datos)
    assert "ya no traen esto" in dicho


def test_volver_a_chocar_pone_al_dia_el_comentario() -> None:
    def hecho(texto: str) -> bytes:
        return docx(p("Antes."), p(f"El plazo es de {texto} días."), p("Después."))

    primera = fundida(hecho("diez"), hecho("quince"), hecho("veinte")).datos
    segunda = fundida(hecho("veinte"), primera, hecho("treinta")).datos
    (dicho,) = comentarios(segunda)
    assert "treinta días" in dicho
    assert aceptado(segunda)[1] == "El plazo es de quince días."


def test_de_varios_parrafos_seguidos_que_la_persona_quito_ninguno_se_calla() -> None:
    def hecho(*plazos: str) -> bytes:
        return docx(
            p("Antes."), *(p(f"El punto {n} vence en {plazo} días.") for n, plazo in enumerate(plazos)), p("Fin.")
        )

    base, suya, nueva = hecho("diez", "veinte"), docx(p("Antes."), p("Fin.")), hecho("quince", "treinta")
    fusion = fundida(base, suya, nueva)
    (dicho,) = comentarios(fusion.datos)
    assert "vence en quince" in dicho
    assert "vence en treinta" in dicho
    otra = fundida(nueva, fusion.datos, hecho("doce", "treinta"))
    assert "vence en doce" in comentarios(otra.datos)[0]


def test_lo_que_llega_sin_aceptar_del_otro_documento_entra_como_quedaria() -> None:
    agregado = f'<w:ins w:id="1" {ANA}>{t("agregado")}</w:ins><w:del w:id="2" {ANA}><w:r><w:delText>quitado</w:delText></w:r></w:del>'
    fusion = fundida(docx(p("Antes.")), docx(p("Antes.")), docx(p("Antes."), p("Lo ", agregado)))
    assert aceptado(fusion.datos) == ["Antes.", "Lo agregado"]
    assert b"quitado" not in ooxml.partes(fusion.datos)["word/document.xml"]


def test_un_parrafo_que_los_datos_partieron_donde_la_persona_unio_se_pregunta() -> None:
    base = docx(p("Antes."), p("Uno y lo demás del primero."), p("Dos y lo demás del segundo."), p("Después."))
    suya = docx(p("Antes."), p("Uno y lo demás del primero. Dos y lo demás del segundo."), p("Después."))
    datos_nuevos = docx(p("Antes."), p("Uno y lo demás del primero."), p("Después."))
    fusion = fundida(base, suya, datos_nuevos)
    assert aceptado(fusion.datos)[1] == "Uno y lo demás del primero. Dos y lo demás del segundo."
    assert len(fusion.por_decidir) == 1


# --- tablas


def tabla(*renglones: tuple[str, ...]) -> str:
    return tbl(*(tr(*(tc(celda) for celda in renglon)) for renglon in renglones), columnas=len(renglones[0]))


ENCABEZADO, ANA_L, BETO, CARLA = ("Nombre", "Cargo"), ("Ana", "Jefa"), ("Beto", "Auxiliar"), ("Carla", "Directora")


def en_documento(*renglones: tuple[str, ...]) -> bytes:
    return docx(p("Asistencia"), tabla(*renglones), p("Fin"))


def test_dos_renglones_quitados_no_regresan_aunque_les_cambien_el_cargo() -> None:
    otra, largo = ("Beto", "Cargo uno"), "Representante de la Dirección Ejecutiva de Prerrogativas"
    antes = en_documento(ENCABEZADO, ANA_L, ("Beto", largo), ("Carla", largo))
    fusion = fundida(
        antes, en_documento(ENCABEZADO, ANA_L), en_documento(ENCABEZADO, ANA_L, otra, ("Carla", "Cargo dos"))
    )
    assert aceptado(fusion.datos) == textos(en_documento(ENCABEZADO, ANA_L))
    assert len(fusion.por_decidir) == 2


def test_en_un_renglon_cada_celda_se_funde_por_su_lado() -> None:
    fusion = fundida(
        en_documento(ENCABEZADO, ANA_L, BETO),
        en_documento(ENCABEZADO, ANA_L, ("Beto", "Auxiliar de archivo")),
        en_documento(ENCABEZADO, ANA_L, ("Alberto", "Auxiliar"), CARLA),
    )
    assert aceptado(fusion.datos) == [
        "Asistencia",
        "Nombre",
        "Cargo",
        "Ana",
        "Jefa",
        "Alberto",
        "Auxiliar de archivo",
        "Carla",
        "Directora",
        "Fin",
    ]
    assert rechazado(fusion.datos) == [
        "Asistencia",
        "Nombre",
        "Cargo",
        "Ana",
        "Jefa",
        "Beto",
        "Auxiliar de archivo",
        "Fin",
    ]


def test_un_renglon_con_mas_celdas_ensancha_la_tabla_que_libreoffice_dejo_angosta() -> None:
    base, suya, datos_nuevos = (
        docx(p("Firman"), tbl(*renglones, columnas=columnas), p("Fin"))
        for columnas, renglones in (
            (2, [tr(tc("Ana", tcpr='<w:gridSpan w:val="2"/>'))]),
            (1, [tr(tc("Ana"))]),
            (2, [tr(tc("Ana"), tc("Beto"))]),
        )
    )
    fusion = fundida(base, suya, datos_nuevos)
    assert aceptado(fusion.datos) == textos(datos_nuevos)
    assert rechazado(fusion.datos) == textos(suya)
    assert hallazgos(fusion.datos) == []


def test_un_renglon_que_los_datos_quitan_se_va_y_el_que_la_persona_agrego_se_queda() -> None:
    fusion = fundida(
        en_documento(ENCABEZADO, ANA_L, BETO, CARLA),
        en_documento(ENCABEZADO, ANA_L, BETO, ("Diana", "Asesora"), CARLA),
        en_documento(ENCABEZADO, ANA_L, CARLA),
    )
    assert aceptado(fusion.datos) == [
        "Asistencia",
        "Nombre",
        "Cargo",
        "Ana",
        "Jefa",
        "Diana",
        "Asesora",
        "Carla",
        "Directora",
        "Fin",
    ]


def test_una_tabla_que_aparece_y_una_que_desaparece() -> None:
    sin, con = docx(p("Asistencia"), p("Fin")), en_documento(ENCABEZADO, ANA_L)
    for base, datos_nuevos in ((sin, con), (con, sin)):
        fusion = fundida(base, base, datos_nuevos)
        assert aceptado(fusion.datos) == textos(datos_nuevos)
        assert rechazado(fusion.datos) == textos(base)
        assert hallazgos(fusion.datos) == []


def test_una_tabla_con_otras_columnas_se_cambia_entera() -> None:
    base, datos_nuevos = (
        en_documento(ENCABEZADO, ANA_L),
        en_documento(("Nombre", "Cargo", "Voto"), ("Ana", "Jefa", "Sí")),
    )
    fusion = fundida(base, base, datos_nuevos)
    assert aceptado(fusion.datos) == textos(datos_nuevos)
    assert rechazado(fusion.datos) == textos(base)


def test_lo_que_sigue_a_una_tabla_con_otras_columnas_va_despues_de_ella() -> None:
    base = docx(p("A"), tabla(ENCABEZADO, ANA_L), p("Z"))
    datos_nuevos = docx(p("A"), tabla(("Nombre", "Cargo", "Voto"), ("Ana", "Jefa", "Sí")), p("Nota al cuadro."), p("Z"))
    fusion = fundida(base, base, datos_nuevos)
    assert aceptado(fusion.datos) == textos(datos_nuevos)
    assert rechazado(fusion.datos) == textos(base)


@pytest.mark.parametrize("lugar", [0, 1, 2])
def test_la_columna_que_la_persona_agrego_se_queda_y_los_renglones_entran_con_la_suya_en_blanco(lugar: int) -> None:
    def con(renglon: tuple[str, ...], suyo: str) -> tuple[str, ...]:
        return (*renglon[:lugar], suyo, *renglon[lugar:])

    jefe = ("Beto", "Jefe de archivo")
    suya = en_documento(con(ENCABEZADO, "Correo"), con(ANA_L, "a@x.mx"), con(BETO, "b@x.mx"))
    base, datos_nuevos = en_documento(ENCABEZADO, ANA_L, BETO), en_documento(ENCABEZADO, ANA_L, jefe, CARLA)
    fusion = fundida(base, suya, datos_nuevos)
    esperada = en_documento(con(ENCABEZADO, "Correo"), con(ANA_L, "a@x.mx"), con(jefe, "b@x.mx"), con(CARLA, ""))
    assert aceptado(fusion.datos) == textos(esperada)
    assert rechazado(fusion.datos) == textos(suya)
    assert [s.despues for s in fusion.suyos] == ["Columna: Correo\ta@x.mx\tb@x.mx"]
    assert fusion.por_decidir == ()
    assert fundida(base, suya, base).datos == suya
    assert aceptado(fundida(datos_nuevos, fusion.datos, base).datos) == textos(suya)
    assert hallazgos(fusion.datos) == []


def test_un_renglon_que_los_datos_quitan_se_queda_si_la_persona_lleno_ahi_su_columna() -> None:
    suya = en_documento((*ENCABEZADO, "Correo"), (*ANA_L, "a@x.mx"), (*BETO, ""))
    fusion = fundida(en_documento(ENCABEZADO, ANA_L, BETO), suya, en_documento(ENCABEZADO))
    assert aceptado(fusion.datos) == textos(en_documento((*ENCABEZADO, "Correo"), (*ANA_L, "a@x.mx")))
    assert ["ya no traen esto" in dicho for dicho in comentarios(fusion.datos)] == [True]


def test_una_tabla_a_la_que_la_persona_quito_una_columna_se_deja_y_se_pregunta_una_vez() -> None:
    suya = en_documento(*(renglon[:1] for renglon in (ENCABEZADO, ANA_L, BETO)))
    base, datos_nuevos = en_documento(ENCABEZADO, ANA_L, BETO), en_documento(ENCABEZADO, ANA_L, ("Beto", "Jefe"), CARLA)
    fusion = fundida(base, suya, datos_nuevos)
    assert textos(fusion.datos) == textos(suya)
    assert len(fusion.por_decidir) == len(comentarios(fusion.datos)) == 1
    assert fundida(base, suya, base).por_decidir == ()


def test_media_palabra_en_negrita_entra_con_su_negrita() -> None:
    base, datos_nuevos = (docx(p("Hay ", t(a, "<w:b/>"), t(b), " votos.")) for a, b in (("cin", "co"), ("vein", "te")))
    assert con_formato(resuelto(fundida(base, base, datos_nuevos).datos, aceptar)) == con_formato(datos_nuevos)


def test_una_celda_cuyos_parrafos_cambian_todos_no_deja_renglones_en_blanco() -> None:
    base, datos_nuevos = (
        docx(p("A"), tbl(tr(tc(*dichos))), p("Z")) for dichos in (("Uno", "dos"), ("Tres", "cuatro", "cinco"))
    )
    fusion = fundida(base, base, datos_nuevos)
    assert aceptado(fusion.datos) == ["A", "Tres", "cuatro", "cinco", "Z"]
    assert rechazado(fusion.datos) == ["A", "Uno", "dos", "Z"]


# --- marcas


def test_sin_marcas_los_datos_entran_aceptados_y_lo_que_la_persona_tenia_a_medias_sigue_a_medias() -> None:
    suya = con_xml(minuta(), A_MEDIAS)
    fusion = fundida(minuta(), suya, nueva(), marcas=False)
    assert {m.get(f"{W}author") for m in cuerpo(fusion.datos).iter(f"{W}ins", f"{W}del")} == {"Ana"}
    assert aceptado(fusion.datos) == aceptado(fundida(minuta(), suya, nueva()).datos)


def test_lo_insertado_y_no_aceptado_se_pone_al_dia_sin_apilar_marcas() -> None:
    una, otra, ultima = (
        docx(p("Antes."), p(f"Son {n} votos a favor."), p("Después.")) for n in ("dos", "tres", "cinco")
    )
    dos = fundida(otra, fundida(una, una, otra).datos, ultima).datos
    assert aceptado(dos) == textos(ultima)
    assert rechazado(dos) == textos(una)
    assert len(list(cuerpo(dos).iter(f"{W}ins"))) == 1


def test_lo_insertado_y_no_aceptado_se_corrige_en_su_lugar_y_en_su_orden() -> None:
    una, otra, ultima = (
        docx(p("Antes."), p(f"Operan {dicho} y 1 en otra."), p("Después."))
        for dicho in ("6 en Facebook, 6 en Twitter", "7 en Twitter, 6 en Facebook", "6 en Facebook, 8 en Twitter")
    )
    dos = fundida(otra, fundida(una, una, otra).datos, ultima).datos
    assert aceptado(dos) == textos(ultima)
    assert rechazado(dos) == textos(una)


def test_el_ultimo_parrafo_se_quita_tambien_si_lo_de_antes_esta_insertado_sin_aceptar() -> None:
    una, otra, ultima = (
        docx(*map(p, dichos)) for dichos in (("A", "Zeta."), ("A", "Nuevo.", "Zeta."), ("A", "Nuevo."))
    )
    dos = fundida(otra, fundida(una, una, otra).datos, ultima).datos
    assert aceptado(dos) == ["A", "Nuevo."]
    assert rechazado(dos) == ["A", "Zeta."]


def test_una_tabla_insertada_y_no_aceptada_que_ya_no_hace_falta_se_quita_entera() -> None:
    sin, con = docx(p("Asistencia"), p("Fin")), en_documento(ENCABEZADO, ANA_L)
    vuelta = fundida(con, fundida(sin, sin, con).datos, sin).datos
    assert textos(vuelta) == textos(sin)
    assert hallazgos(vuelta) == []


@pytest.mark.parametrize(
    ("una", "otra"),
    [
        ([p("Son dos votos a favor.")], [p("Son tres votos a favor.")]),
        ([p("Lugar: Sala A, planta baja")], [p("Lugar: Auditorio")]),
        ([p("Uno."), p("Dos."), p("Tres.")], [p("Uno."), p("Tres.")]),
        ([p("Uno."), p("Tres.")], [p("Uno."), p("Dos."), p("Tres.")]),
        ([tabla(ENCABEZADO, ANA_L, BETO)], [tabla(ENCABEZADO, BETO)]),
        ([tabla(ENCABEZADO, ANA_L)], [tabla(ENCABEZADO, BETO, ANA_L)]),
        ([p("Hay ", t("5", "<w:b/>"), " cuentas")], [p("Hay ", t("7", "<w:b/>"), " cuentas")]),
    ],
)
def test_si_un_dato_cambia_y_vuelve_no_quedan_marcas(una: list[str], otra: list[str]) -> None:
    de_una, de_otra = (docx(p("Antes."), *dicho, p("Después."), p("Lo mío.")) for dicho in (una, otra))
    suya = con_xml(de_una, cambiar_texto("Lo mío.", "Lo mío, corregido."))
    ida = fundida(de_una, suya, de_otra)
    assert list(cuerpo(ida.datos).iter(f"{W}ins", f"{W}del")) != []
    vuelta = fundida(de_otra, ida.datos, de_una)
    assert list(cuerpo(vuelta.datos).iter(f"{W}ins", f"{W}del", f"{W}pPrChange")) == []
    assert con_formato(vuelta.datos) == con_formato(suya)
    assert hallazgos(vuelta.datos) == []


def test_lo_que_no_es_un_documento_se_dice() -> None:
    bueno = docx(p("Hola"))
    for malo in (b"", b"PK", bueno[:-40], docx(p("Hola")).replace(b"document", b"dokument")):
        with pytest.raises(PaqueteRoto):
            fundida(bueno, malo, bueno)


def test_el_comparador_ve_una_letra_de_mas() -> None:
    """Romperlo a propósito: si esto pasara, las demás pruebas no dirían nada."""
    fusion = fundida(minuta(), minuta(), nueva())
    rota = con_xml(
        fusion.datos, cambiar_texto("El licenciado Jacobo Molina instruyó", "El licenciado Jacobo Molina instruyo")
    )
    assert aceptado(rota) != aceptado(fusion.datos)
    sin_tachado = con_xml(fusion.datos, lambda raiz: quitar(next(raiz.iter(f"{W}del"))))
    assert rechazado(sin_tachado) != rechazado(fusion.datos)
    assert t("a") in p("a")
