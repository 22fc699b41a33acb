"""La copia anotada: qué conserva, qué marca, cuándo se apaga cada marca y qué libros no se tocan."""

import csv
import io
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter

from generador.celdas import Libro
from generador.consola import principal
from generador.consola.errores import entre_comillas
from generador.hallazgos import Gravedad, Hallazgo
from generador.libro.anotacion import ALTO, ANCHO, MARCA, SePerderia, anotado
from generador.libro.condicion import Escrito, sigue_igual
from generador.libro.lectura import interpretado
from generador.libro.perdidas import perdidas
from generador.ooxml import TIPOS, empaquetar, partes
from tests.test_casos import CASOS
from tests.test_revisar import con_marcas, dicho, en_excel, esquema_de, generar, marcadas, textos

Convertir = Callable[..., Path]
EJEMPLOS = Path(__file__).parent.parent / "entradas" / "ejemplos"
TIPO = Hallazgo(hoja="Sesión", celda="B2", problema="«Tipo» dice «x».", remedio="Elija otro.")
OTRO = Hallazgo(hoja="Sesión", celda="B2", problema="Además, no.", remedio="", gravedad=Gravedad.AVISO)
CARGO = Hallazgo(hoja="Asistencia", celda="C3", problema="Raro.", remedio="Mírelo.", gravedad=Gravedad.AVISO)
TODOS = (TIPO, OTRO, CARGO)


def ejemplo(nombre: str = "minuta") -> bytes:
    return (EJEMPLOS / f"{nombre}.xlsx").read_bytes()


def marcado(datos: bytes, *hallazgos: Hallazgo) -> bytes:
    nuevo = anotado(datos, hallazgos, "libro.xlsx")
    assert nuevo is not None
    return nuevo


def lo_escrito(datos: bytes) -> object:
    libro: Libro = interpretado(datos, Path())
    hojas = [hoja for hoja in libro.hojas if hoja.nombre != "Revisión"]
    return [(h.nombre, h.celdas, set(h.combinadas)) for h in hojas], libro.esquema, libro.nombres, libro.base_1904


def excel(datos: bytes) -> Workbook:
    return load_workbook(io.BytesIO(datos), rich_text=True)


def guardado(libro: Workbook) -> bytes:
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


# --- lo que se conserva


@pytest.mark.parametrize("nombre", ["minuta", "oficio", "cuentas"])
def test_la_copia_se_lee_igual_y_sin_marcas_tambien(nombre: str) -> None:
    datos = ejemplo(nombre)
    copia = marcado(datos, TIPO, Hallazgo(hoja="Cuentas", celda="B3", problema="No.", remedio="Sí."))
    assert lo_escrito(copia) == lo_escrito(datos)
    limpia = marcado(copia)
    assert lo_escrito(limpia) == lo_escrito(datos)
    assert anotado(limpia, (), "libro.xlsx") is None


def test_anotar_dos_veces_da_los_mismos_bytes() -> None:
    copia = marcado(ejemplo(), *TODOS)
    assert marcado(ejemplo(), *TODOS) == copia
    assert marcado(copia, *TODOS) == copia


def test_los_libros_propios_no_pierden_nada(soffice: Convertir, tmp_path: Path) -> None:
    for ruta in EJEMPLOS.glob("*.xlsx"):
        assert perdidas(ruta.read_bytes()) == []
    copia = tmp_path / "copia.xlsx"
    copia.write_bytes(marcado(ejemplo(), *TODOS))
    assert perdidas(copia.read_bytes()) == []
    assert perdidas(soffice(copia, "xlsx").read_bytes()) == []


def test_las_formulas_siguen_siendo_formulas_y_conservan_su_valor() -> None:
    """openpyxl olvida lo calculado: sin reponerlo, la copia diría que nunca se calculó."""
    libro = excel(ejemplo())
    hoja: Any = libro["Sesión"]
    hoja["D2"], hoja["D3"], hoja["D4"], hoja["D5"] = "=1+1", '="a"&"<b>"', "=1/0", 0.1 + 0.2
    contenido = partes(guardado(libro))
    parte = next(n for n, crudo in contenido.items() if b"<f>1+1</f>" in crudo)
    crudo = (
        contenido[parte]
        .replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
        .replace(b"<f>1+1</f><v/>", b"<f>1+1</f><v>2</v>")
    )
    for vacio in (b"<v></v>", b"<v/>"):
        crudo = crudo.replace(b'&lt;b&gt;"</f>' + vacio, b'&lt;b&gt;"</f><v>a&lt;b&gt;</v>')
        crudo = crudo.replace(b"<f>1/0</f>" + vacio, b"<f>1/0</f><v>#DIV/0!</v>")
    for lugar, clase in ((b"D3", b"str"), (b"D4", b"e")):
        crudo = crudo.replace(b'<c r="%s"' % lugar, b'<c r="%s" t="%s"' % (lugar, clase))
    contenido[parte] = crudo.replace(b"<v>0.3</v>", b"<v>0.30000000000000004</v>")
    datos = empaquetar(contenido)
    assert {c.texto for c in interpretado(datos, Path()).hojas[2].celdas.values()} >= {"2", "a<b>", "#DIV/0!"}
    copia = marcado(datos, Hallazgo(hoja="Sesión", celda="D2", problema="No.", remedio="Sí."), TIPO)
    assert lo_escrito(copia) == lo_escrito(datos)
    vista: Any = excel(copia)["Sesión"]
    assert [vista[f"D{fila}"].value for fila in (2, 3, 4)] == ["=1+1", '="a"&"<b>"', "=1/0"]


def test_lo_raro_de_excel_tambien_se_conserva() -> None:
    libro = excel(ejemplo())
    hoja: Any = libro["Sesión"]
    hoja["D2"] = "uno_x000D_\ndos"
    hoja["D3"] = "literal \ufdef"
    hoja["D4"], hoja["D5"] = " con espacios ", "=no es fórmula"
    hoja["D5"].data_type = "s"
    hoja.merge_cells("D6:E7")
    hoja["D6"] = "combinada"
    contenido = partes(guardado(libro))
    datos = empaquetar({n: c.replace(b"&#65007;", b"_x005F_x0041_") for n, c in contenido.items()})
    assert any(b"_x005F_x0041_" in crudo for crudo in partes(datos).values())
    lugares = [Hallazgo(hoja="Sesión", celda=f"D{fila}", problema="No.", remedio="Sí.") for fila in range(2, 7)]
    copia = marcado(datos, *lugares)
    assert lo_escrito(copia) == lo_escrito(datos)
    assert any(b"_x005F_x0041_" in crudo for crudo in partes(copia).values())
    assert "D6:E7" in {str(grupo.sqref) for grupo in excel(copia)["Sesión"].conditional_formatting}


# --- las marcas


def test_varios_hallazgos_de_una_celda_van_en_un_comentario_debajo_del_propio() -> None:
    libro = excel(ejemplo())
    hoja: Any = libro["Sesión"]
    hoja["B2"].comment = Comment("Preguntar a Ana.", "Luis")
    datos = guardado(libro)
    copia = marcado(datos, *TODOS)
    comentario = excel(copia)["Sesión"]["B2"].comment
    assert comentario.text == f"Preguntar a Ana.\n\n{MARCA} «Tipo» dice «x». → Elija otro.\n{MARCA} Además, no."
    assert comentario.author == "Luis"
    assert b"width:320px;height:110px" in b"".join(c for n, c in partes(copia).items() if n.endswith(".vml"))
    assert (ANCHO, ALTO) == (320, 110)
    assert excel(marcado(copia))["Sesión"]["B2"].comment.text == "Preguntar a Ana."


def test_lo_que_la_persona_contesta_bajo_la_marca_se_queda() -> None:
    libro = excel(marcado(ejemplo(), TIPO))
    hoja: Any = libro["Sesión"]
    hoja["B2"].comment = Comment(hoja["B2"].comment.text + "\nYa pregunté.", "Luis")
    assert excel(marcado(guardado(libro)))["Sesión"]["B2"].comment.text == "Ya pregunté."


def test_un_comentario_de_la_persona_que_empieza_como_los_de_antes_se_queda() -> None:
    libro = excel(ejemplo())
    libro["Sesión"]["B3"].comment = Comment("[generar] lo pregunté en marzo", "Ana")
    copia = marcado(guardado(libro), TIPO)
    for datos in (copia, marcado(copia)):
        assert comentario_en(datos) == "[generar] lo pregunté en marzo"


def test_las_marcas_de_antes_tambien_se_quitan() -> None:
    libro = excel(ejemplo())
    libro["Sesión"]["B3"].comment = Comment("[generar] Está mal. → Corríjalo.", "generar")
    assert comentario_en(marcado(guardado(libro))) is None


def comentario_en(datos: bytes) -> str | None:
    comentario: Comment | None = excel(datos)["Sesión"]["B3"].comment
    return comentario.text if comentario else None


def test_la_marca_va_antes_que_los_colores_del_libro_y_al_quitarla_quedan_como_estaban() -> None:
    def reglas(datos: bytes) -> list[tuple[str, int, Any]]:
        grupos = excel(datos)["Sesión"].conditional_formatting
        return sorted((str(g.sqref), r.priority, tuple(r.formula)) for g in grupos for r in g.rules)

    copia = marcado(ejemplo(), TIPO)
    assert [lugar for lugar, prioridad, _ in reglas(copia) if prioridad == 1] == ["B2"]
    grupos = excel(copia)["Sesión"].conditional_formatting
    assert [r.stopIfTrue for g in grupos for r in g.rules if r.priority == 1] == [True]
    assert len({prioridad for _, prioridad, _ in reglas(copia)}) == len(reglas(ejemplo())) + 1
    assert reglas(marcado(copia)) == reglas(ejemplo())


def test_libreoffice_no_esconde_las_marcas(soffice: Convertir, tmp_path: Path) -> None:
    """LibreOffice cambia el autor de los comentarios y el color con que se guardan: aun así se reconocen."""
    copia = tmp_path / "copia.xlsx"
    copia.write_bytes(marcado(ejemplo(), *TODOS))
    vuelta = soffice(copia, "xlsx")
    assert marcadas(vuelta) == ({("Sesión", "B2"), ("Asistencia", "C3")},) * 2
    limpia = tmp_path / "limpia.xlsx"
    limpia.write_bytes(marcado(vuelta.read_bytes()))
    assert not con_marcas(limpia)


def test_la_hoja_revision_lleva_a_cada_celda_y_no_ejecuta_nada() -> None:
    formula = Hallazgo(hoja="Sesión", celda="B3", problema="=1+1", remedio="@no\x01")
    libro: Any = excel(
        marcado(ejemplo(), CARGO, formula, Hallazgo(hoja="Votos", problema="Falta.", remedio="Póngala."))
    )
    hoja: Any = libro.worksheets[0]
    assert libro.active is hoja
    assert [c.value for c in hoja[4]] == ["N.º", "Gravedad", "Hoja", "Celda", "Qué pasa", "Cómo se corrige"]
    assert [c.value for c in hoja[5]] == [1, "Error", "Sesión", "B3", "=1+1", "@no"]
    assert hoja["E5"].data_type == "s"
    assert hoja["D5"].hyperlink.location == "'Sesión'!B3"
    assert [hoja["C6"].value, hoja["D6"].value, hoja["D6"].hyperlink] == ["Votos", "—", None]
    assert hoja["C6"].hyperlink.location == "'Votos'!A1"
    assert hoja["B7"].value == "Aviso"


# --- cuándo se apaga cada marca

LARGO = 'Sesión «larga» con "comillas" y ñ. ' * 20
LARGUISIMO = "Se acordó que sí. " * 500
FORMAS: Mapping[str, tuple[Escrito, object, object]] = {
    "texto": (Escrito("s", "Ordinarria"), "Ordinarria", "Ordinaria"),
    "mayúsculas": (Escrito("s", "ordinaria"), "ordinaria", "Ordinaria"),
    "acentos": (Escrito("s", "Sesión ñ «ü»"), "Sesión ñ «ü»", "Sesion ñ «ü»"),
    "comillas": (Escrito("s", 'dijo "no"'), 'dijo "no"', "dijo no"),
    "sólo comillas": (Escrito("s", '"'), '"', "x"),
    "salto": (Escrito("s", "uno\ndos"), "uno\ndos", "uno dos"),
    "emoji": (Escrito("s", "👍 sí" * 80), "👍 sí" * 80, "sí"),
    "escape": (Escrito("s", "\ufdefx0041_"), "\ufdefx0041_", "A"),
    "texto que parece número": (Escrito("s", "5"), "5", 5),
    "largo": (Escrito("s", LARGO), LARGO, LARGO[:-3] + "fin"),
    "largo, a la mitad": (Escrito("s", LARGO), LARGO, LARGO.replace("larga", "corta", 7)),
    "larguísimo": (Escrito("s", LARGUISIMO), LARGUISIMO, LARGUISIMO[:-3] + "no."),
    "número": (Escrito("n", "12"), 12, 13),
    "decimales": (Escrito("n", "0.3"), 0.3, 0.31),
    "negativo": (Escrito("n", "-2.5"), -2.5, 2.5),
    "número que pasa a texto": (Escrito("n", "12"), 12, "doce"),
    "cero": (Escrito("n", "0"), 0, None),
    "fecha": (Escrito("n", "42805"), date(2017, 3, 11), date(2017, 3, 12)),
    "hora": (Escrito("n", f"{(13 * 60 + 5) / 1440:.16g}"), time(13, 5), time(13, 6)),
    "verdadero": (Escrito("b", "1"), True, False),
    "en blanco": (Escrito(), None, "algo"),
    "error": (Escrito("e", "#N/A"), "#N/A", "algo"),
    "fórmula con error": (Escrito("e", "#DIV/0!"), "=1/0", "=1/1"),
    "fórmula con texto": (Escrito("s", "ab"), '="a"&"b"', '="a"&"c"'),
}  # fmt: skip


def test_cada_formula_se_cumple_antes_y_no_despues_de_corregir(soffice: Convertir, tmp_path: Path) -> None:
    libro = Workbook()
    ws: Any = libro.active
    for columna, (escrito, mal, bien) in enumerate(FORMAS.values(), 1):
        letra = get_column_letter(columna)
        for fila, valor in ((1, mal), (2, bien)):
            celda = ws.cell(fila, columna, valor)
            if isinstance(valor, str) and valor[0] not in "=#":
                celda.data_type = "s"
            formula = sigue_igual(f"${letra}${fila}", escrito)
            assert len(formula) < 8_192
            ws.cell(fila + 2, columna, f"=IF({formula},1,0)")
    ruta = tmp_path / "formas.xlsx"
    contenido = partes(guardado(libro))
    ruta.write_bytes(empaquetar({n: c.replace(b"&#65007;", b"_x005F_") for n, c in contenido.items()}))
    renglones = list(csv.reader(io.StringIO(soffice(ruta, "csv").read_text(encoding="latin-1"))))
    assert dict(zip(FORMAS, renglones[-2], strict=True)) == dict.fromkeys(FORMAS, "1")
    assert dict(zip(FORMAS, renglones[-1], strict=True)) == dict.fromkeys(FORMAS, "0")


def test_ningun_texto_entre_comillas_pasa_de_255_letras() -> None:
    formula = sigue_igual("$A$1", Escrito("s", '"' * 400 + "á" * 400 + "👍" * 130))
    assert max(len(trozo.encode("utf-16-le")) // 2 for trozo in formula.split("&")) < 255


# --- los libros que no se tocan

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DIBUJO = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
RELACIONES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def con_trozo(antes: bytes, trozo: str, otras: Mapping[str, str] | None = None) -> bytes:
    """Un libro de minuta con un trozo de XML en su hoja «Sesión», antes de un elemento, y otras partes."""
    base, _ = textos(CASOS / "minuta/v18_nombres.md")
    ruta = io.BytesIO()
    libro = Workbook()
    libro.remove(libro.worksheets[0])
    for hoja in base.hojas:
        ws: Any = libro.create_sheet(hoja.nombre)
        for celda in hoja.celdas.values():
            ws.cell(celda.fila, celda.columna, celda.texto)
    libro.save(ruta)
    contenido = partes(ruta.getvalue())
    contenido["xl/worksheets/sheet2.xml"] = contenido["xl/worksheets/sheet2.xml"].replace(antes, trozo.encode() + antes)
    contenido |= {nombre: crudo.encode() for nombre, crudo in (otras or {}).items()}
    contenido[TIPOS] = contenido[TIPOS].replace(
        b"</Types>",
        b'<Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>'
        b'<Override PartName="/xl/drawings/drawing1.xml" '
        b'ContentType="application/vnd.openxmlformats-officedocument.drawing+xml"/></Types>',
    )
    return empaquetar(contenido)


def relaciones(tipo: str, objetivo: str) -> dict[str, str]:
    espacio = "http://schemas.openxmlformats.org/package/2006/relationships"
    relacion = f'<Relationship Id="rId9" Type="{RELACIONES}/{tipo}" Target="{objetivo}"/>'
    return {"xl/worksheets/_rels/sheet2.xml.rels": f'<Relationships xmlns="{espacio}">{relacion}</Relationships>'}


def extension(clave: str, dentro: str = "") -> str:
    x14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    return f'<extLst><ext uri="{{{clave}}}" xmlns:x14="{x14}">{dentro}</ext></extLst>'


FORMA = (
    f'<xdr:wsDr xmlns:xdr="{DIBUJO}"><xdr:oneCellAnchor><xdr:from/><xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="%s"/>'
    "</xdr:nvSpPr></xdr:sp></xdr:oneCellAnchor></xdr:wsDr>"
)
FIN = b"</worksheet>"
AJENOS: Mapping[str, tuple[bytes, str, dict[str, str]]] = {
    "los cuadros de texto o las formas de la hoja «Sesión»": (
        FIN, f'<drawing xmlns:r="{RELACIONES}" r:id="rId9"/>',
        {**relaciones("drawing", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml": FORMA % "Cuadro 1"},
    ),
    "las listas y validaciones que miran otra hoja de la hoja «Sesión»": (
        FIN, extension("CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF", '<x14:dataValidations count="1"/>'), {},
    ),
    "los minigráficos de la hoja «Sesión»": (FIN, extension("05C60535-1F16-4fd2-B633-F4F36F0B64E0"), {}),
    "las imágenes del encabezado o del pie de página de la hoja «Sesión»": (
        FIN, f'<legacyDrawingHF xmlns:r="{RELACIONES}" r:id="rId9"/>',
        {**relaciones("vmlDrawing", "../drawings/vmlDrawing9.vml"), "xl/drawings/vmlDrawing9.vml": "<xml/>"},
    ),
    "el texto del encabezado o del pie de página de la hoja «Sesión»": (
        FIN, "<headerFooter><oddHeader>Sin secciones</oddHeader></headerFooter>", {},
    ),
    "los botones, casillas u otros controles de la hoja «Sesión»": (FIN, "<controls/>", {}),
    "los objetos incrustados de la hoja «Sesión»": (FIN, "<oleObjects/>", {}),
    "los rangos con permiso de edición de la hoja «Sesión»": (FIN, "<protectedRanges/>", {}),
    "las macros": (FIN, "", {"xl/vbaProject.bin": "x"}),
    "las conversaciones (comentarios con respuestas)": (FIN, "", {"xl/threadedComments/threadedComment1.xml": "<x/>"}),
    "las imágenes o los datos enlazados dentro de las celdas": (FIN, "", {"xl/richData/rdrichvalue.xml": "<x/>"}),
    "algo que no se reconoce («xl/nuevo/cosa.xml»)": (FIN, "", {"xl/nuevo/cosa.xml": "<x/>"}),
}  # fmt: skip


@pytest.mark.parametrize("frase", AJENOS)
def test_lo_que_se_perderia_se_dice(frase: str) -> None:
    datos = con_trozo(*AJENOS[frase])
    assert perdidas(datos) == [frase]
    with pytest.raises(SePerderia):
        anotado(datos, TODOS, "libro.xlsx")


@pytest.mark.parametrize(
    ("trozo", "partes_de_mas"),
    [
        ("", {"xl/printerSettings/printerSettings1.bin": "x", "customXml/item1.xml": "<x/>"}),
        (extension("64002731-A6B0-56B0-2670-7721B7C09600"), {}),
        ("<headerFooter><oddFooter>&amp;L&amp;8Hola&amp;R&amp;P de &amp;N</oddFooter></headerFooter>", {}),
        (
            f'<drawing xmlns:r="{RELACIONES}" r:id="rId9"/>',
            {**relaciones("drawing", "../drawings/drawing1.xml"), "xl/drawings/drawing1.xml": FORMA % "Comment 1"},
        ),
    ],
    ids=["impresora", "vista de Mac", "pie con secciones", "comentario de LibreOffice"],
)
def test_lo_que_se_conserva_o_no_importa_no_se_dice(trozo: str, partes_de_mas: dict[str, str]) -> None:
    assert perdidas(con_trozo(FIN, trozo, partes_de_mas)) == []


def test_un_libro_con_perdidas_no_se_anota_y_la_lista_va_aparte(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    libro = tmp_path / "año & más.xlsx"
    datos = con_trozo(*AJENOS["los cuadros de texto o las formas de la hoja «Sesión»"])
    contenido = partes(datos)
    contenido["xl/worksheets/sheet2.xml"] = contenido["xl/worksheets/sheet2.xml"].replace(b"Ordinaria", b"Ordinarria")
    libro.write_bytes(empaquetar(contenido))
    antes = libro.read_bytes()
    codigo, texto = dicho(capsys, "revisar", libro, "--anotar")
    assert codigo == 1
    assert "se perderían los cuadros de texto o las formas de la hoja «Sesión»" in texto
    assert "en «año & más - revisión.xlsx»" in texto
    assert libro.read_bytes() == antes
    assert sorted(r.name for r in tmp_path.glob("*.xlsx")) == ["año & más - revisión.xlsx", "año & más.xlsx"]
    lista: Any = load_workbook(tmp_path / "año & más - revisión.xlsx")
    assert lista.sheetnames == ["Revisión"]
    liga = lista["Revisión"]["D5"].hyperlink
    assert (liga.target, liga.location) == ("a%C3%B1o%20%26%20m%C3%A1s.xlsx", "'Sesión'!B2")
    codigo, texto = dicho(capsys, "revisar", tmp_path / "año & más - revisión.xlsx")
    assert (codigo, "Revise «año & más.xlsx»." in texto) == (1, True)


def apuntado(datos: bytes, **celdas: str) -> bytes:
    """La copia con eso escrito en su hoja «Revisión»."""
    libro = excel(datos)
    for lugar, texto in celdas.items():
        libro["Revisión"][lugar] = texto
    return guardado(libro)


def revision_de(datos: bytes) -> dict[str, object]:
    hoja: Any = excel(datos)["Revisión"]
    return {celda.coordinate: celda.value for renglon in hoja.iter_rows() for celda in renglon if celda.value}


def test_lo_que_la_persona_apunta_en_la_revision_sigue_a_su_hallazgo() -> None:
    copia = apuntado(marcado(ejemplo(), TIPO, OTRO, CARGO), G2="Ana", G5="lo pido", H7="mañana", B9="Faltan las firmas")
    otra = revision_de(marcado(copia, CARGO, TIPO, OTRO))
    assert {lugar: otra.get(lugar) for lugar in ("G2", "G5", "H6", "B9")} == {
        "G2": "Ana", "G5": "lo pido", "H6": "mañana", "B9": "Faltan las firmas"
    }  # fmt: skip
    assert (otra["E5"], otra["E6"]) == (TIPO.problema, CARGO.problema)


def test_lo_apuntado_junto_a_lo_que_ya_se_corrigio_queda_al_pie() -> None:
    copia = apuntado(marcado(ejemplo(), TIPO, CARGO), G5="lo pido", H6="mañana")
    una = marcado(copia, CARGO)
    dicho = revision_de(una)
    al_pie = {"B7": "Corregido", "C7": "Sesión", "D7": "B2", "E7": TIPO.problema, "G7": "lo pido"}
    assert {lugar: dicho.get(lugar) for lugar in al_pie} == al_pie
    assert dicho["H5"] == "mañana"
    assert marcado(una, CARGO) == una
    limpia = marcado(una)
    assert {"lo pido", "mañana", TIPO.problema, CARGO.problema} < set(revision_de(limpia).values())
    assert revision_de(limpia)["A2"] == "Nada que corregir."
    assert anotado(limpia, (), "libro.xlsx") is None


@pytest.mark.parametrize("celda", ["A5", "B5", "C5"])
def test_un_renglon_de_la_lista_que_alguien_retoco_no_queda_suelto(celda: str) -> None:
    copia = apuntado(marcado(ejemplo(), TIPO, CARGO), **{celda: "hecho", "G6": "mañana"})
    assert revision_de(marcado(copia, CARGO)) == revision_de(apuntado(marcado(ejemplo(), CARGO), G5="mañana"))


def test_una_hoja_revision_de_la_persona_no_se_pisa() -> None:
    libro = excel(ejemplo())
    libro.create_sheet("Revisión")["A1"] = "Mis notas"
    with pytest.raises(SePerderia, match="su propia hoja «Revisión»"):
        anotado(guardado(libro), TODOS, "libro.xlsx")


# --- las copias


def con_error(carpeta: Path) -> Path:
    caso = CASOS / "minuta/forma_tipos.md"
    return en_excel(textos(caso)[1], carpeta / "libro.xlsx", esquema_de(caso))


def cambiar(ruta: Path) -> bytes:
    """Lo que hace una persona: abrir, cambiar una celda y guardar."""
    libro = load_workbook(ruta, rich_text=True)
    ws: Any = libro["Sesión"]
    ws["B3"] = "12"
    libro.save(ruta)
    return ruta.read_bytes()


def test_la_copia_que_alguien_cambio_no_se_pisa_desde_el_original(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original, copia = con_error(tmp_path), tmp_path / "libro - revisado.xlsx"
    for _ in range(2):  # intacta, se vuelve a escribir
        assert generar(capsys, "revisar", original, "--anotar")[1]["copia"] == str(copia)
    cambiada = cambiar(copia)
    codigo, texto = dicho(capsys, "revisar", original, "--anotar")
    assert codigo == 1
    assert "«libro - revisado.xlsx» ya existía y alguien lo cambió: no se tocó." in texto
    assert copia.read_bytes() == cambiada
    assert (tmp_path / "libro - revisado (2).xlsx").exists()


def test_poner_al_dia_la_copia_no_la_vuelve_del_programa(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original, copia = con_error(tmp_path), tmp_path / "libro - revisado.xlsx"
    generar(capsys, "revisar", original, "--anotar")
    cambiar(copia)
    assert generar(capsys, "revisar", copia, "--anotar")[1]["copia"] == str(copia)
    assert ("Sesión", "B3") not in marcadas(copia)[0]
    con_lo_suyo = copia.read_bytes()
    assert generar(capsys, "revisar", original, "--anotar")[1]["copia"] == str(tmp_path / "libro - revisado (2).xlsx")
    assert copia.read_bytes() == con_lo_suyo


@pytest.mark.parametrize("candado", ["~$libro - revisado.xlsx", ".~lock.libro - revisado.xlsx#"])
def test_la_copia_abierta_en_excel_no_se_toca(tmp_path: Path, candado: str, capsys: pytest.CaptureFixture[str]) -> None:
    original, copia = con_error(tmp_path), tmp_path / "libro - revisado.xlsx"
    generar(capsys, "revisar", original, "--anotar")
    antes = copia.read_bytes()
    (tmp_path / candado).touch()
    for libro in (original, copia):
        codigo, texto = dicho(capsys, "revisar", libro, "--anotar")
        assert codigo == 4
        assert "«libro - revisado.xlsx» está abierto en Excel. Ciérrelo y repita." in texto
    assert copia.read_bytes() == antes


def test_un_nombre_larguisimo_no_alcanza_al_original(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    original = con_error(tmp_path).rename(tmp_path / f"{'ñ' * 60}.xlsx")
    antes = original.read_bytes()
    assert generar(capsys, "revisar", original, "--anotar")[1]["copia"].endswith(" - revisado.xlsx")
    assert original.read_bytes() == antes


def test_el_seguimiento_no_cuenta_dos_veces_un_libro_y_su_copia(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for nombre in ("minuta", "minuta-2018-1"):
        shutil.copy(EJEMPLOS / f"{nombre}.xlsx", tmp_path)
    assert principal(["revisar", str(tmp_path / "minuta.xlsx"), "--anotar"]) == 0
    assert (tmp_path / "minuta - revisado.xlsx").exists()
    capsys.readouterr()
    codigo, _ = dicho(capsys, "seguimiento", tmp_path, "--corte", "30/06/2018", "--salida", tmp_path / "salidas")
    assert codigo == 0


# --- la copia ya corregida


@pytest.fixture
def corregida(tmp_path: Path) -> Path:
    """La copia anotada y ya corregida de un libro con un error, más nueva que él."""
    libro = excel(ejemplo())
    libro["Sesión"]["B2"] = "Rara"
    (tmp_path / "a.xlsx").write_bytes(guardado(libro))
    os.utime(tmp_path / "a.xlsx", (1_000_000_000, 1_000_000_000))
    copia = tmp_path / "a - revisado.xlsx"
    copia.write_bytes(ejemplo())
    return copia


def test_de_una_copia_sin_errores_se_dice_que_sigue(corregida: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"escriba: generar {entre_comillas(corregida)}" in dicho(capsys, "revisar", corregida)[1]
    assert "guárdela en Excel como «a.xlsx», en lugar de ése." in dicho(capsys, "revisar", corregida)[1]


def test_de_una_copia_que_se_movio_lejos_de_su_libro_tambien(
    corregida: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corregida.parent / "lejos").mkdir()
    movida = corregida.rename(corregida.parent / "lejos" / corregida.name)
    _, texto = dicho(capsys, "revisar", movida)
    assert f"escriba: generar {entre_comillas(movida)}" in texto
    assert "guárdela en Excel como «a.xlsx», en la carpeta de ese libro." in texto


@pytest.mark.parametrize("orden", ["minuta", "", "revisar", "seguimiento"])
def test_quien_elige_el_libro_menciona_la_copia_mas_nueva_que_no_uso(
    orden: str, corregida: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    palabras = [*([orden] if orden else []), str(corregida.parent)]
    assert "«a - revisado.xlsx», que es más nueva" in dicho(capsys, *palabras)[1]
    os.utime(corregida, (900_000_000, 900_000_000))
    assert "que es más nueva" not in dicho(capsys, *palabras)[1]


def test_si_se_dijo_cual_libro_no_se_menciona_la_copia(corregida: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "que es más nueva" not in dicho(capsys, "minuta", corregida.parent / "a.xlsx")[1]
