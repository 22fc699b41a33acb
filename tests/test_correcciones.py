"""Lo que se pregunta de un documento ya escrito: qué se le corrigió, de dónde salió, en qué difiere de otro."""

import json
import shutil
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from openpyxl import load_workbook

from generador.escritura import ruta_de_base
from generador.fusion.fragmento import corrido, fragmentos
from generador.fusion.palabras import Rasgo, parejas
from generador.ooxml import empaquetar, partes
from generador.plantilla.validez import problemas
from tests import fabrica
from tests.lectura_de_docx import parrafos
from tests.test_flujo import EJEMPLO, MINUTA, correr, dentro

DICE = "segundo y tercer trimestre"


@pytest.fixture
def minuta(tmp_path: Path) -> Path:
    """La minuta de ejemplo, recién hecha en ``salidas/`` a partir de un libro de ``entradas/``."""
    (tmp_path / "entradas").mkdir()
    shutil.copy(EJEMPLO, tmp_path / "entradas" / "minuta.xlsx")
    assert correr(tmp_path, "minuta").returncode == 0
    return tmp_path / "salidas" / MINUTA


def corregir(ruta: Path, viejo: str, nuevo: str) -> None:
    contenido = partes(ruta.read_bytes())
    cuerpo = contenido["word/document.xml"].decode()
    assert viejo in cuerpo
    contenido["word/document.xml"] = cuerpo.replace(viejo, nuevo, 1).encode()
    ruta.write_bytes(empaquetar(contenido))


def seguido(texto: str) -> str:
    return " ".join(texto.split())


def test_cambios_dice_que_se_corrigio_y_en_que_celda_conviene_corregirlo(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    dicho = seguido(correr(tmp_path, "cambios", minuta).stdout)
    assert "1 cambio respecto de lo que se generó." in dicho
    assert "Punto 4: cambió decía: «… " in dicho
    assert "Conviene corregirlo también en el Excel: Desarrollo!D14 (Texto)." in dicho


@pytest.mark.parametrize(
    ("viejo", "nuevo", "celda"),
    [
        ("Juan Sosa Ruiz", "Juan José Sosa Ruiz", "Asistencia!B13"),
        ("Juan Sosa Ruiz", "Juan Sosa Ruiz Ejemplo", "Asistencia!D13"),
        (f"{DICE}", f"{DICE} y cuarto", "Desarrollo!D14"),
    ],
)
def test_lo_agregado_a_la_orilla_de_lo_que_dice_una_celda_es_de_ella(
    minuta: Path, tmp_path: Path, viejo: str, nuevo: str, celda: str
) -> None:
    corregir(minuta, viejo, nuevo)
    assert f"Conviene corregirlo también en el Excel: {celda}" in seguido(correr(tmp_path, "cambios", minuta).stdout)


def test_cambios_de_lo_que_nadie_ha_tocado_no_dice_ninguno(minuta: Path, tmp_path: Path) -> None:
    assert "nadie lo ha corregido" in correr(tmp_path, "cambios", minuta).stdout


def test_cambios_en_json_trae_las_celdas(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, "Sosa Ruiz", "Sosa Ruíz")
    ficha = json.loads(correr(tmp_path, "cambios", minuta, "--json").stdout)
    assert [(c["que"], c["decia"], c["dice"]) for c in ficha["cambios"]] == [
        ("cambió", "Lic. Juan Sosa Ruiz", "Lic. Juan Sosa Ruíz")
    ]
    assert {celda["celda"] for celda in ficha["cambios"][0]["celdas"]} <= {f"Asistencia!{c}13" for c in "ABCDE"}


def fuentes(minuta: Path) -> Path:
    return minuta.parent / ".generar" / f"{minuta.name}.fuentes"


def test_aunque_el_libro_se_haya_movido_se_sabe_de_que_celda_salio(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    (tmp_path / "entradas" / "minuta.xlsx").unlink()
    assert "Desarrollo!D14" in correr(tmp_path, "cambios", minuta).stdout


def test_sin_lo_guardado_ni_el_libro_se_dice_y_se_puede_indicar(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    fuentes(minuta).unlink()
    (tmp_path / "entradas" / "minuta.xlsx").rename(tmp_path / "otra.xlsx")
    hecho = correr(tmp_path, "cambios", minuta)
    assert "No está el libro «minuta.xlsx»" in seguido(hecho.stdout + hecho.stderr)
    assert "Desarrollo!D14" in correr(tmp_path, "cambios", minuta, "--libro", "otra.xlsx").stdout


def test_si_el_libro_cambio_y_no_quedo_copia_se_dice_y_lo_que_sigue_igual_lleva_sus_celdas(
    minuta: Path, tmp_path: Path
) -> None:
    fuentes(minuta).unlink()
    libro = tmp_path / "entradas" / "minuta.xlsx"
    libro.write_bytes(con_otro(libro, "Sesión", "B8", "Auditorio"))
    hecho = correr(tmp_path, "origen", minuta, "--json")
    celdas = por_bloque(json.loads(hecho.stdout))
    assert celdas["Fecha: 15 de noviembre de 2017"] == ["Sesión!B4"]
    assert celdas['Lugar: Sala de Usos Múltiples, Edificio "A", primer piso'] == []
    assert "cambiaron desde que se hizo" in json.loads(hecho.stdout)["falta"]
    assert "cambiaron desde que se hizo" in seguido(correr(tmp_path, "origen", minuta).stderr)


def test_con_una_plantilla_propia_que_ya_no_esta_tambien_se_sabe(tmp_path: Path) -> None:
    shutil.copy(EJEMPLO, tmp_path / "minuta.xlsx")
    propia = tmp_path / "propia.docx"
    shutil.copy(Path(__file__).parent.parent / "plantillas_docx" / "minuta.docx", propia)
    corregir(propia, "Lugar:", "Sede:")
    assert correr(tmp_path, "minuta", "minuta.xlsx", "--plantilla", "propia.docx").returncode == 0
    for cual in ("propia.docx", "minuta.xlsx"):
        (tmp_path / cual).unlink()
    celdas = por_bloque(json.loads(correr(tmp_path, "origen", tmp_path / "salidas" / MINUTA, "--json").stdout))
    assert celdas['Sede: Sala de Usos Múltiples, Edificio "A", primer piso'] == ["Sesión!B8"]
    assert celdas["Minuta de la Segunda Sesión Ordinaria"] == ["Sesión!B2", "Sesión!B3"]


def con_otro(libro: Path, hoja: str, celda: str, valor: str) -> bytes:
    abierto = load_workbook(libro)
    abierto[hoja][celda] = valor
    salida = BytesIO()
    abierto.save(salida)
    return salida.getvalue()


def por_bloque(ficha: dict[str, Any]) -> dict[str, list[str]]:
    return {seguido(b["texto"]): [celda["celda"] for celda in b["celdas"]] for b in ficha["bloques"]}


def test_si_se_mueve_la_carpeta_entera_el_libro_se_encuentra(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "otra"
    otra.mkdir()
    for cual in ("entradas", "salidas"):
        shutil.move(tmp_path / cual, otra / cual)
    assert "Sesión!B4" in correr(tmp_path, "origen", otra / "salidas" / MINUTA).stdout


def test_origen_dice_el_libro_la_plantilla_y_las_celdas(minuta: Path, tmp_path: Path) -> None:
    ficha = json.loads(correr(tmp_path, "origen", minuta, "--json").stdout)
    assert [Path(libro).name for libro in ficha["libros"]] == ["minuta.xlsx"]
    celdas = por_bloque(ficha)
    assert celdas["Fecha: 15 de noviembre de 2017"] == ["Sesión!B4"]
    assert celdas["Lista de Asistencia"] == []
    assert celdas["Asuntos generales."] == ["Orden del día!B10"]


def test_de_un_documento_que_no_hizo_el_programa_se_dice_que_no_hay_con_que_comparar(tmp_path: Path) -> None:
    shutil.copy(Path(__file__).parent.parent / "plantillas_docx" / "minuta.docx", tmp_path / "ajeno.docx")
    hecho = correr(tmp_path, "cambios", "ajeno.docx")
    assert (hecho.returncode, "no lo hizo este programa" in seguido(hecho.stderr)) == (2, True)


@pytest.mark.parametrize("orden", ["cambios", "origen"])
@pytest.mark.parametrize("datos", [b"", b"no es un documento"])
def test_lo_que_no_se_puede_leer_se_dice_sin_traza(tmp_path: Path, orden: str, datos: bytes) -> None:
    (tmp_path / "malo.docx").write_bytes(datos)
    hecho = correr(tmp_path, orden, "malo.docx")
    assert hecho.returncode in (2, 4)
    assert "malo.docx" in hecho.stderr
    assert "Traceback" not in hecho.stderr


def test_comparar_da_las_diferencias_marcadas_y_la_tabla_dice_debe_decir(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "Corregida.docx"
    shutil.copy(minuta, otra)
    corregir(otra, DICE, "segundo, tercer y cuarto trimestre")
    corregir(otra, "Asuntos generales.", "Otros asuntos.")
    assert "2 diferencias" in correr(tmp_path, "comparar", minuta, otra, "--salida", "C").stdout
    tabla, marcado = (tmp_path / "C" / nombre for nombre in sorted(dentro(tmp_path / "C"), reverse=True))
    assert tabla.name.startswith("Observaciones a Minuta")
    dicho = "\n".join(parrafos(tabla.read_bytes()))
    assert "Asuntos generales." in dicho
    assert "Otros asuntos." in dicho
    assert b"<w:ins " in partes(marcado.read_bytes())["word/document.xml"]
    assert [problemas(partes(ruta.read_bytes())) for ruta in (tabla, marcado)] == [[], []]


def test_comparar_con_otro_no_pisa_las_observaciones_anteriores(minuta: Path, tmp_path: Path) -> None:
    for nombre in ("Una", "Otra"):
        corregir(Path(shutil.copy(minuta, tmp_path / f"{nombre}.docx")), DICE, nombre)
        correr(tmp_path, "comparar", minuta, f"{nombre}.docx", "--salida", "C")
    segun = {n.rpartition(" según ")[2] for n in dentro(tmp_path / "C") if n.startswith("Observaciones a Minuta")}
    assert segun == {"Una.docx", "Otra.docx"}


def test_comparar_lo_que_no_se_parece_se_avisa(minuta: Path, tmp_path: Path) -> None:
    (tmp_path / "Otro.docx").write_bytes(
        fabrica.docx(fabrica.p("Estimada licenciada: le envío un saludo cordial."), fabrica.p("Atentamente"))
    )
    avisado = "casi no tienen nada en común"
    assert avisado in seguido(correr(tmp_path, "comparar", minuta, "Otro.docx", "--salida", "C").stdout)
    corregir(Path(shutil.copy(minuta, tmp_path / "Una.docx")), DICE, "otra cosa")
    assert avisado not in seguido(correr(tmp_path, "comparar", minuta, "Una.docx", "--salida", "C").stdout)


def test_reemplazar_y_sin_marcas_no_van_juntas(minuta: Path, tmp_path: Path) -> None:
    hecho = correr(tmp_path, "minuta", "--reemplazar", "--sin-marcas")
    assert (hecho.returncode, "no van juntas: elija una" in seguido(hecho.stderr)) == (2, True)
    assert [correr(tmp_path, "minuta", opcion).returncode for opcion in ("--reemplazar", "--sin-marcas")] == [0, 0]


@pytest.mark.parametrize("orden", ["cambios", "origen", "minuta"])
def test_si_lo_danado_es_la_copia_intacta_no_se_culpa_al_documento(minuta: Path, tmp_path: Path, orden: str) -> None:
    corregir(minuta, DICE, "otra cosa")
    ruta_de_base(minuta).write_bytes(ruta_de_base(minuta).read_bytes()[:500])
    hecho = correr(tmp_path, *(["minuta"] if orden == "minuta" else [orden, minuta]))
    dicho = seguido(hecho.stdout + hecho.stderr)
    assert "opia intacta" in dicho
    assert "está dañada" in dicho
    assert "quizá está dañado" not in dicho


def test_comparar_dos_iguales_no_escribe_nada(minuta: Path, tmp_path: Path) -> None:
    assert "dicen lo mismo" in correr(tmp_path, "comparar", minuta, minuta, "--salida", "C").stdout
    assert not (tmp_path / "C").exists()


@pytest.mark.parametrize(
    ("antes", "despues", "dice", "debe"),
    [
        ("A las 11:00 hrs.", "A las 12:00 hrs.", "A las 11:00 hrs.", "A las 12:00 hrs."),
        ("uno " * 60 + "fin", "uno " * 60 + "final", "… " + "uno " * 7 + "fin", "… " + "uno " * 7 + "final"),
        ("", "nuevo", "", "nuevo"),
    ],
)
def test_un_cambio_se_cita_con_lo_de_alrededor(antes: str, despues: str, dice: str, debe: str) -> None:
    assert tuple(map(corrido, fragmentos(antes, despues))) == (dice, debe)


def test_la_tabla_va_en_el_orden_en_que_se_lee(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "Corregida.docx"
    shutil.copy(minuta, otra)
    corregir(otra, "Asuntos generales.", "Otros asuntos.")
    corregir(otra, "Lista de Asistencia</w:t></w:r></w:p>", f"Lista de Asistencia</w:t></w:r></w:p>{AGREGADO}")
    correr(tmp_path, "comparar", minuta, otra, "--salida", "C")
    tabla = next(ruta for ruta in (tmp_path / "C").iterdir() if ruta.name.startswith("Observaciones"))
    dicho = "\n".join(parrafos(tabla.read_bytes()))
    assert dicho.index("Un párrafo agregado.") < dicho.index("Otros asuntos.")


AGREGADO = "<w:p><w:r><w:t>Un párrafo agregado.</w:t></w:r></w:p>"


# --- lo que no son palabras del cuerpo


def cambiar_parte(ruta: Path, parte: str, viejo: str, nuevo: str) -> None:
    contenido = partes(ruta.read_bytes())
    nombre = next(n for n in contenido if n.startswith(parte) and viejo in contenido[n].decode())
    contenido[nombre] = contenido[nombre].decode().replace(viejo, nuevo, 1).encode()
    ruta.write_bytes(empaquetar(contenido))


def cambios_de(ruta: Path, tmp_path: Path) -> list[tuple[str, str]]:
    ficha = json.loads(correr(tmp_path, "cambios", ruta, "--json").stdout)
    return [(cambio["que"], cambio["lugar"]) for cambio in ficha["cambios"]]


def test_cambios_ve_el_encabezado_y_de_que_celda_salio(minuta: Path, tmp_path: Path) -> None:
    cambiar_parte(minuta, "word/header", "Comité de Gestión", "Comité Especial de Gestión")
    assert cambios_de(minuta, tmp_path) == [("cambió", "Encabezado")]
    assert "Excel: Órgano!B3" in seguido(correr(tmp_path, "cambios", minuta).stdout)


def test_cambios_ve_el_estilo_y_la_alineacion(minuta: Path, tmp_path: Path) -> None:
    abierto = docx.Document(str(minuta))
    abierto.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    parrafo = next(p for p in abierto.paragraphs if p.text.startswith("Puntualizó que estos"))
    parrafo.style = abierto.styles["Viñeta"]
    abierto.save(str(minuta))
    assert cambios_de(minuta, tmp_path) == [("cambió la alineación", "Título"), ("cambió el estilo", "Punto 8")]


@pytest.fixture
def oficio(tmp_path: Path) -> Path:
    """El oficio de ejemplo, con su gráfica."""
    shutil.copy(EJEMPLO.with_name("oficio.xlsx"), tmp_path / "oficio.xlsx")
    assert correr(tmp_path, "oficio", "oficio.xlsx").returncode == 0
    (hecho,) = (tmp_path / "salidas").glob("*.docx")
    return hecho


def test_cambios_ve_una_grafica_borrada(oficio: Path, tmp_path: Path) -> None:
    abierto = docx.Document(str(oficio))
    (dibujo,) = abierto.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}drawing")
    parrafo = next(e for e in dibujo.iterancestors() if e.tag.endswith("}p"))
    parrafo.getparent().remove(parrafo)
    abierto.save(str(oficio))
    (cambio,) = json.loads(correr(tmp_path, "cambios", oficio, "--json").stdout)["cambios"]
    assert (cambio["que"], cambio["decia"]) == ("quitó", "[Gráfica «Seguidores de @INEMexico, 2015»]")


def test_cambios_ve_una_grafica_con_otro_titulo(oficio: Path, tmp_path: Path) -> None:
    cambiar_parte(oficio, "word/charts/", "Seguidores de @INEMexico, 2015", "Otro título")
    assert cambios_de(oficio, tmp_path) == [("cambió su título", "Gráfica «Otro título»")]


def test_si_solo_cambio_su_aspecto_no_se_dice_que_nadie_lo_toco(minuta: Path, tmp_path: Path) -> None:
    cambiar_parte(minuta, "word/document.xml", "<w:pgMar ", '<w:pgMar w:mirrorMargins="0" ')
    dicho = seguido(correr(tmp_path, "cambios", minuta).stdout)
    assert "ni su texto ni sus gráficas están corregidos" in dicho
    assert "nadie lo ha corregido" not in dicho


@pytest.mark.parametrize(
    ("viejo", "nuevo"),
    [
        ("sección Datos Abiertos a", "sección datos abiertos a"),
        ("sugirió liberar", "sugirió  liberar"),
        ("DEPPP, éstos se incorporen.", "DEPPP, éstos se incorporen"),
    ],
)
def test_tambien_un_cambio_de_mayusculas_espacios_o_punto_lleva_su_celda(
    viejo: str, nuevo: str, minuta: Path, tmp_path: Path
) -> None:
    corregir(minuta, viejo, nuevo)
    (cambio,) = json.loads(correr(tmp_path, "cambios", minuta, "--json").stdout)["cambios"]
    assert [celda["celda"] for celda in cambio["celdas"]] == ["Desarrollo!D8"]


def test_en_un_oficio_cada_lugar_se_encuentra(oficio: Path, tmp_path: Path) -> None:
    for viejo, nuevo in (
        ("SARUBBI", "SARUBI"), ("Directora de Información", "Directora de Informática"),
        ("Se ciudadano", "Sé ciudadano"), ("se tiene un total de 5", "se cuenta con 5"),
    ):  # fmt: skip
        corregir(oficio, viejo, nuevo)
    assert [lugar for _, lugar in cambios_de(oficio, tmp_path)] == [
        "Párrafo que empieza «De enero a abril de»",
        "Tabla 1, renglón 2",
        "Firma",
        "Copias",
    ]


# --- cuando falta algo


def test_de_un_documento_renombrado_se_dice_como_se_llamaba(minuta: Path, tmp_path: Path) -> None:
    corregir(minuta, DICE, "segundo, tercer y cuarto trimestre")
    final = minuta.rename(minuta.with_name("Minuta FINAL.docx"))
    hecho = correr(tmp_path, "cambios", final)
    assert "Desarrollo!D14" in hecho.stdout
    assert f"Se generó con el nombre «{MINUTA}»" in seguido(hecho.stderr)
    assert "«Minuta FINAL.docx» es este documento con otro nombre" in seguido(correr(tmp_path, "minuta").stdout)


def test_sin_la_carpeta_de_copias_se_dice_cual_falta_y_que_hacer(minuta: Path, tmp_path: Path) -> None:
    sola = shutil.copy(minuta, tmp_path / "sola.docx")
    dicho = seguido(correr(tmp_path, "cambios", sola).stderr)
    assert "a su lado no está «.generar»" in dicho
    assert "devuélvalo a la carpeta en que se generó" in dicho


# --- comparar


def comparados(tmp_path: Path, una: Path, otra: Path) -> str:
    return seguido(correr(tmp_path, "comparar", una, otra, "--salida", "C").stdout)


def test_comparar_marca_el_encabezado(minuta: Path, tmp_path: Path) -> None:
    otra = Path(shutil.copy(minuta, tmp_path / "Otra.docx"))
    cambiar_parte(otra, "word/header", "Comité de Gestión", "Comité Especial de Gestión")
    assert "1 diferencia, como control de cambios." in comparados(tmp_path, minuta, otra)
    (marcado,) = (ruta for ruta in (tmp_path / "C").iterdir() if "cambios hasta" in ruta.name)
    contenido = partes(marcado.read_bytes())
    assert any(b"<w:ins " in xml for nombre, xml in contenido.items() if nombre.startswith("word/header"))
    assert problemas(contenido) == []


def test_comparar_ve_una_grafica_que_falta_y_una_con_otro_titulo(oficio: Path, tmp_path: Path) -> None:
    sin_ella, otra = tmp_path / "Sin ella.docx", Path(shutil.copy(oficio, tmp_path / "Otra.docx"))
    abierto = docx.Document(str(oficio))
    (dibujo,) = abierto.element.body.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}drawing")
    parrafo = next(e for e in dibujo.iterancestors() if e.tag.endswith("}p"))
    parrafo.getparent().remove(parrafo)
    abierto.save(str(sin_ella))
    assert "1 diferencia, como control de cambios." in comparados(tmp_path, oficio, sin_ella)
    cambiar_parte(otra, "word/charts/", "Seguidores de @INEMexico, 2015", "Otro título")
    assert "se pusieron sus datos o su título, sin marca" in comparados(tmp_path, oficio, otra)
    (tabla,) = (tmp_path / "C").glob("Observaciones*según Otra.docx")
    assert any("(Los de «Otra».)" in texto for texto in parrafos(tabla.read_bytes()))


def test_lo_que_solo_cambia_de_formato_no_va_en_la_tabla(minuta: Path, tmp_path: Path) -> None:
    otra = tmp_path / "Otra.docx"
    abierto = docx.Document(str(minuta))
    next(p for p in abierto.paragraphs if p.text.startswith("Puntualizó que estos")).runs[0].bold = True
    abierto.save(str(otra))
    assert "1 párrafo que sólo cambia de formato" in comparados(tmp_path, minuta, otra)
    assert [ruta.name for ruta in (tmp_path / "C").glob("Observaciones*")] == []


@pytest.mark.parametrize("orden", [(0, 1), (1, 0)])
def test_comparar_con_un_libro_de_excel_dice_cual_no_es_de_word(
    minuta: Path, tmp_path: Path, orden: tuple[int, int]
) -> None:
    dos = (minuta, tmp_path / "entradas" / "minuta.xlsx")
    dicho = seguido(correr(tmp_path, "comparar", *(dos[n] for n in orden)).stderr)
    assert "«minuta.xlsx» no se puede comparar" in dicho
    assert minuta.name not in dicho


def test_un_punto_nuevo_en_medio_con_otro_retocado_no_revuelve_los_que_ya_estaban() -> None:
    suyos = [
        "La secretaria informó de las sesiones del año y no hubo comentarios.",
        "El comité revisó la lista de los asistentes y no hubo comentarios.",
        "Se leyó la minuta de la sesión anterior y no hubo comentarios.",
    ]
    nuevo = "Informática expuso su programa de trabajo."
    retocado = suyos[0].replace("del año", "del semestre")

    def con_titulos(textos: list[str]) -> list[Rasgo]:
        return [Rasgo("p", dicho) for n, texto in enumerate(textos, 5) for dicho in (f"Punto {n}:", texto)]

    antes, despues = con_titulos(suyos), con_titulos([nuevo, retocado, *suyos[1:]])
    hechas = parejas(antes, despues)
    assert [despues[hechas[n]].texto for n in (1, 3, 5)] == [retocado, *suyos[1:]]
    assert 1 not in hechas.values()
