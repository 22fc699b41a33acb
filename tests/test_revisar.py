"""`generar revisar`: cada caso de verificación, en un libro de Excel de verdad, de ida y de vuelta.

El caso se escribe en un .xlsx → la orden nombra sus celdas → la copia anotada las marca → en ella se deshace lo que
el caso cambió → no queda nada que corregir ni marca alguna.
"""

import gc
import json
import re
import shutil
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font

from generador.celdas import Celda, Libro
from generador.consola import principal
from generador.consola.respuesta import en_fichas
from generador.documentos.minuta import contexto
from generador.esquema import leer
from generador.flujo import tipo_de
from generador.flujo.linea import verificado
from generador.libro.anotacion import MARCA
from generador.libro.estilo import enriquecido
from generador.libro.formato import trozos_de
from generador.libro.hoja_de_revision import COLORES
from generador.libro.lectura import abrir
from generador.ooxml import partes
from tests.expedientes import libros_del_texto
from tests.libro_de_texto import con_cambios, libro_de_texto
from tests.test_casos import CASOS, HOY, LIMPIO, POR_RENGLON, partido, todos

EJEMPLOS = Path(__file__).parent.parent / "entradas" / "ejemplos"
Lugar = tuple[str, str]

UNO_SOLO = "numero_por_renglon_sin_pedirlo"  # `revisar` entiende que son varios, y entonces no hay qué decir
NINGUNO = {("Oficio", ""), ("Informe", "")}


@pytest.fixture(autouse=True, scope="module")
def _sin_buscar_basura_a_cada_rato() -> Iterator[None]:
    """Como `consola.de_la_terminal`: son centenares de libros abiertos en un proceso."""
    antes = gc.get_threshold()
    gc.set_threshold(100_000)
    yield
    gc.set_threshold(*antes)


def casos() -> list[Path]:
    """Los que dan algún hallazgo, menos los de muchos libros."""
    con_hallazgos = [c for c in todos() if partido(c)[1] != [LIMPIO] and c.parent.name != "seguimiento"]
    return [caso for caso in con_hallazgos if caso.stem != UNO_SOLO]


def textos(caso: Path) -> tuple[Libro, Libro]:
    """El libro base y el del caso."""
    base = libro_de_texto((caso.parent / "_base.md").read_text(encoding="utf-8"))
    return base, con_cambios(base, libro_de_texto(caso.read_text(encoding="utf-8")))


def esquema_de(caso: Path) -> str:
    return tipo_de(caso.parent.name.removesuffix(POR_RENGLON)).esquema


def en_excel(libro: Libro, ruta: Path, esquema: str = "") -> Path:
    """El libro de texto como .xlsx, con la hoja que lo marca."""
    excel = Workbook()
    excel.remove(excel.worksheets[0])
    for hoja in libro.hojas:
        ws: Any = excel.create_sheet(hoja.nombre)
        for celda in hoja.celdas.values():
            poner(ws.cell(celda.fila, celda.columna), celda)
    if esquema:
        marca: Any = excel.create_sheet("_generar")
        marca["A1"], marca["B1"] = "generar.esquema", esquema
        marca.sheet_state = "veryHidden"
    excel.save(ruta)
    return ruta


def poner(en: Any, celda: Celda | None) -> None:
    texto = celda.valor if celda is not None else None
    if not isinstance(texto, str) or not texto:
        en.value = None
        return
    trozos, _ = trozos_de(texto)
    en.value = "".join(trozo for trozo, _ in trozos)
    en.data_type = "s"
    if any(formato for _, formato in trozos):
        en.value = enriquecido(trozos, Font(name="Calibri", size=11))


def deshacer(ruta: Path, caso: Libro, base: Libro) -> None:
    """Lo que haría la persona en la copia: dejar en cada celda lo que dice la base."""
    excel = load_workbook(ruta, rich_text=True)
    for hoja in caso.hojas:
        if base.hoja(hoja.nombre) is None:
            del excel[hoja.nombre]
    for hoja in base.hojas:
        ws: Any = excel[hoja.nombre] if hoja.nombre in excel.sheetnames else excel.create_sheet(hoja.nombre)
        del_caso = caso.hoja(hoja.nombre)
        for lugar in {*hoja.celdas, *(del_caso.celdas if del_caso else ())}:
            poner(ws.cell(*lugar), hoja.celdas.get(lugar))
    excel.save(ruta)


def generar(capsys: pytest.CaptureFixture[str], *palabras: str | Path) -> tuple[int, dict[str, Any]]:
    """El código y el JSON de una orden."""
    codigo = principal([*map(str, palabras), "--json"])
    return codigo, json.loads(capsys.readouterr().out)


def dicho(capsys: pytest.CaptureFixture[str], *palabras: str | Path) -> tuple[int, str]:
    """El código y el texto de una orden, en un renglón."""
    codigo = principal(list(map(str, palabras)))
    salida = capsys.readouterr()
    return codigo, " ".join((salida.out + salida.err).split())


def esperadas(renglones: Sequence[str]) -> set[Lugar]:
    """``"⇒ Sesión!B4 [V-03]: …"`` → ``("Sesión", "B4")``; sin celda, ``("Votos", "")``."""
    lugares = set()
    for renglon in renglones:
        en_celda = re.match(r"[⇒⚠] ([^!:«]+)!([A-Z]+\d+)\b", renglon)
        en_hoja = re.match(r"[⇒⚠] hoja «([^»]+)»", renglon)
        lugares.add((en_celda[1], en_celda[2]) if en_celda else (en_hoja[1] if en_hoja else "", ""))
    return lugares


def marcadas(ruta: Path) -> tuple[set[Lugar], set[Lugar]]:
    """Las celdas con comentario del programa y las que llevan su color."""
    comentadas, coloreadas = set(), set()
    for ws in load_workbook(ruta).worksheets:
        for fila in ws.iter_rows():
            comentadas |= {(ws.title, c.coordinate) for c in fila if c.comment and MARCA in c.comment.text}
        for grupo in ws.conditional_formatting:
            for regla in grupo.rules:
                if regla.dxf and regla.dxf.fill and regla.dxf.fill.bgColor.rgb[-6:] in COLORES.values():
                    coloreadas.add((ws.title, str(grupo.sqref)))
    return comentadas, coloreadas


def con_marcas(ruta: Path) -> bool:
    """Si queda algo del programa en alguna parte del archivo."""
    rastros = (MARCA.encode(), "Revisión de «".encode())
    crudos = partes(ruta.read_bytes()).values()
    return marcadas(ruta) != (set(), set()) or any(rastro in crudo for crudo in crudos for rastro in rastros)


# --- cada caso


@pytest.mark.parametrize("caso", casos(), ids=lambda caso: f"{caso.parent.name}/{caso.stem}")
def test_cada_caso_se_nombra_se_marca_se_corrige_y_queda_limpio(
    caso: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base, del_caso = textos(caso)
    original = en_excel(del_caso, tmp_path / "libro.xlsx", esquema_de(caso))
    antes, lugares = original.read_bytes(), esperadas(partido(caso)[1])
    lugares |= NINGUNO if lugares <= NINGUNO else set()  # sin fichas, no se sabe qué documento se quería

    codigo, ficha = generar(capsys, "revisar", original, "--anotar")
    assert codigo == (1 if ficha["errores"] else 0)
    assert {(h["hoja"], h["celda"]) for h in (*ficha["errores"], *ficha["avisos"])} == lugares
    assert original.read_bytes() == antes

    copia = tmp_path / "libro - revisado.xlsx"
    con_celda = {lugar for lugar in lugares if lugar[1]}
    assert marcadas(copia) == (con_celda, con_celda)

    deshacer(copia, del_caso, base)
    codigo, ficha = generar(capsys, "revisar", copia, "--anotar")
    assert (codigo, ficha["errores"], ficha["avisos"]) == (0, [], [])
    assert not con_marcas(copia)


def de_varios() -> list[Path]:
    """Menos el de dos órganos: `revisar` compara los libros de cada uno por su lado."""
    suyos = [caso for caso in todos() if partido(caso)[1] != [LIMPIO] and caso.parent.name == "seguimiento"]
    return [caso for caso in suyos if caso.stem != "de_otro_organo"]


@pytest.mark.parametrize("caso", de_varios(), ids=lambda caso: caso.stem)
def test_entre_varios_libros_tambien(caso: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bases = {nombre: libro_de_texto(texto) for nombre, texto in de_la_cadena(caso.parent / "_base.md").items()}
    cambios = {nombre: libro_de_texto(texto) for nombre, texto in de_la_cadena(caso).items()}
    casos = {nombre: con_cambios(base, cambios.get(nombre, Libro(base.ruta, ()))) for nombre, base in bases.items()}
    casos = {nombre: libro for nombre, libro in casos.items() if libro.hoja("Órgano")}
    rutas = {nombre: en_excel(libro, tmp_path / nombre, "minuta/1") for nombre, libro in casos.items()}
    codigo, ficha = generar(capsys, "revisar", tmp_path, "--anotar")
    esperado = partido(caso)[1]
    assert codigo == (1 if any(renglon.startswith("⇒") for renglon in esperado) else 0)
    dichos = {(h["libro"], h["hoja"], h["celda"]) for h in todo_lo_dicho(ficha)}
    assert {dicho for dicho in dichos if dicho[2]} >= {
        (hallado[1], hallado[2], hallado[3])
        for r in esperado
        if (hallado := re.match(r"[⇒⚠] (\S+) ([^!«]+)!([A-Z]+\d+)", r))
    }
    for nombre, ruta in rutas.items():
        copia = ruta.with_name(f"{ruta.stem} - revisado.xlsx")
        suyas = {(hoja, celda) for libro, hoja, celda in dichos if libro == nombre}
        assert copia.exists() == bool(suyas)
        if suyas:
            assert marcadas(copia)[0] == {lugar for lugar in suyas if lugar[1]}
            rutas[nombre] = copia
    for nombre, base in bases.items():
        if nombre in rutas:
            deshacer(rutas[nombre], casos[nombre], base)
        else:
            rutas[nombre] = en_excel(base, tmp_path / nombre, "minuta/1")
    codigo, ficha = generar(capsys, "revisar", *rutas.values())
    assert (codigo, todo_lo_dicho(ficha)) == (0, [])


def todo_lo_dicho(ficha: dict[str, Any]) -> list[dict[str, str]]:
    return [
        h | {"libro": Path(libro["libro"]).name}
        for libro in ficha["libros"]
        for h in (*libro["errores"], *libro["avisos"])
    ]


def de_la_cadena(ruta: Path) -> dict[str, str]:
    return libros_del_texto(ruta.read_text(encoding="utf-8"))


def test_se_prueban_todas_las_verificaciones_que_dicen_algo() -> None:
    por_carpeta = [caso.parent.name for caso in casos()]
    assert {c: por_carpeta.count(c) > 5 for c in set(por_carpeta)} == dict.fromkeys(
        ("minuta", "oficio", "oficio_por_renglon", "informe"), True
    )
    assert len(casos()) > 120


# --- qué se revisa y qué se dice


def un_caso(tmp_path: Path, nombre: str, marca: bool = True) -> Path:
    caso = CASOS / f"{nombre}.md"
    return en_excel(textos(caso)[1], tmp_path / "libro.xlsx", esquema_de(caso) if marca else "")


@pytest.mark.parametrize(
    ("nombre", "documento"),
    [("minuta/v18_nombres", "minuta"), ("oficio/v33_monto", "oficio"), ("informe/v33_monto", "informe")],
)
def test_un_libro_sin_marca_se_reconoce_por_sus_hojas(
    nombre: str, documento: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    codigo, ficha = generar(capsys, "revisar", un_caso(tmp_path, nombre, marca=False))
    assert (codigo, ficha["documento"]) == (1 if ficha["errores"] else 0, documento)


def test_de_un_libro_con_las_dos_fichas_salen_los_dos_documentos_y_nada_se_repite(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, oficio = textos(CASOS / "oficio/v16_genero_y_tratamiento.md")
    informe = libro_de_texto((CASOS / "informe/_base.md").read_text(encoding="utf-8")).hoja("Informe")
    assert informe is not None
    hojas = [hoja for hoja in oficio.hojas if hoja.nombre != "Informe"]
    libro = en_excel(Libro(Path(), (*hojas, informe)), tmp_path / "libro.xlsx", "cuentas/1")
    _, ficha = generar(capsys, "revisar", libro)
    assert ficha["documento"] == "oficio, informe"
    todos_ellos = [json.dumps(h) for h in (*ficha["errores"], *ficha["avisos"])]
    assert todos_ellos
    assert len(set(todos_ellos)) == len(todos_ellos)


def test_si_los_renglones_traen_su_numero_se_revisa_uno_por_renglon(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, ficha = generar(capsys, "revisar", un_caso(tmp_path, f"oficio/{UNO_SOLO}"))
    assert ficha["por_renglon"] is True
    assert "uno por renglón" in dicho(capsys, "revisar", tmp_path / "libro.xlsx")[1]


def test_se_dice_que_se_leyo_y_que_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    libro = un_caso(tmp_path, "minuta/forma_hojas_y_columnas")
    _, ficha = generar(capsys, "revisar", libro)
    leido = {leida["hoja"]: leida["renglones"] for leida in ficha["leido"]}
    assert leido["Asistencia"] > 3
    assert {"hoja": "Mis notas", "columna": "", "celda": ""} in ficha["ignorado"]
    assert {"hoja": "Asistencia", "columna": "Teléfono", "celda": "K1"} in ficha["ignorado"]
    codigo, texto = dicho(capsys, "revisar", libro)
    assert codigo == 1
    assert "Se leyó: Órgano (" in texto
    assert "la hoja «Mis notas»" in texto
    assert "la columna «Teléfono» de «Asistencia»" in texto


def test_nada_que_corregir(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    libro = Path(shutil.copy(EJEMPLOS / "minuta-2018-1.xlsx", tmp_path / "a.xlsx"))
    assert dicho(capsys, "revisar", libro, "--anotar")[1].startswith("✓ a.xlsx (la minuta): nada que corregir.")
    assert [r.name for r in tmp_path.iterdir()] == ["a.xlsx"]


def test_se_muestran_todos_los_hallazgos(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    base = libro_de_texto((CASOS / "minuta/_base.md").read_text(encoding="utf-8"))
    renglones = "\n".join(f"| {n} | quién | quizá |" for n in range(40))
    cambios = libro_de_texto(f"## Votos (entera)\n| Punto | Quién | Sentido |\n|---|---|---|\n{renglones}\n")
    libro = en_excel(con_cambios(base, cambios), tmp_path / "libro.xlsx", "minuta/1")
    texto = dicho(capsys, "revisar", libro)[1]
    assert texto.count("✗ Votos!C") == 40
    assert "más" not in texto.partition("✗ Votos!C41")[2]


def test_lo_oculto_se_lee_igual_y_se_dice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = Path(shutil.copy(EJEMPLOS / "minuta-2018-2.xlsx", tmp_path))
    assert generar(capsys, "revisar", ruta)[1]["oculto"] == []
    excel = load_workbook(ruta, rich_text=True)
    excel["Votos"].sheet_state = "hidden"
    for fila in (3, 4, 6):
        excel["Asistencia"].row_dimensions[fila].hidden = True
    excel["Asistencia"].column_dimensions[columna_de("Asistencia", "Asistió")].hidden = True
    excel["Asistencia"].column_dimensions["Z"].hidden = True  # vacía
    excel["Sesión"].column_dimensions["C"].hidden = True  # la de las ayudas
    excel.save(ruta)
    codigo, texto = dicho(capsys, "revisar", ruta)
    assert codigo == 0
    assert (
        "Está oculto y se leyó igual: los renglones 3 a 4 y 6 de «Asistencia», la columna «Asistió» de «Asistencia» "
        "y la hoja «Votos»." in texto
    )
    assert {"hoja": "Votos", "renglones": [], "columna": ""} in generar(capsys, "revisar", ruta)[1]["oculto"]


# --- de qué libros


def test_sin_decir_cuales_son_los_de_entradas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert principal(["revisar"]) == 2
    assert "no hay ningún libro" in " ".join(capsys.readouterr().err.split())
    (tmp_path / "entradas" / "ejemplos").mkdir(parents=True)
    shutil.copy(EJEMPLOS / "oficio.xlsx", tmp_path / "entradas" / "ejemplos")
    assert principal(["revisar"]) == 2
    capsys.readouterr()
    shutil.copy(EJEMPLOS / "oficio.xlsx", tmp_path / "entradas")
    assert generar(capsys, "revisar")[1]["libro"] == str(Path("entradas/oficio.xlsx"))


def test_de_una_carpeta_van_todos_menos_las_copias_y_lo_ajeno(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for nombre in ("a", "a - revisado", "a - revisado (2)", "a - revisión", "~$a", ".a"):
        shutil.copy(EJEMPLOS / "oficio.xlsx", tmp_path / f"{nombre}.xlsx")
    Workbook().save(tmp_path / "ajeno.xlsx")
    (tmp_path / "roto.xlsx").write_bytes(b"no es un libro")
    codigo, ficha = generar(capsys, "revisar", tmp_path)
    assert codigo == 1  # por el roto
    assert [Path(libro["libro"]).name for libro in ficha["libros"]] == ["a.xlsx", "ajeno.xlsx", "roto.xlsx"]
    assert [len(libro["errores"]) for libro in ficha["libros"]] == [0, 0, 1]
    assert "ajeno.xlsx: no es un libro de generar" in dicho(capsys, "revisar", tmp_path)[1]


@pytest.mark.parametrize(
    "copia", ["a - revisado", "a - Revisado (1)", "a - revisado - copia", "a - revisado (2) - copia (3)"]
)
def test_una_copia_revisada_cuenta_si_ya_no_esta_su_libro(
    copia: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(EJEMPLOS / "oficio.xlsx", tmp_path / f"{copia}.xlsx")
    assert Path(generar(capsys, "revisar", tmp_path)[1]["libro"]).name == f"{copia}.xlsx"
    shutil.copy(EJEMPLOS / "oficio.xlsx", tmp_path / "a.xlsx")
    assert Path(generar(capsys, "revisar", tmp_path)[1]["libro"]).name == "a.xlsx"


def test_de_una_carpeta_se_dice_lo_que_no_es_xlsx(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for nombre in ("viejo.xls", "macros.XLSM", "libre.ods", "lista.csv", "notas.txt", "~$viejo.xls", ".oculto.csv"):
        (tmp_path / nombre).write_bytes(b"")
    codigo, texto = dicho(capsys, "revisar", tmp_path)
    assert codigo == 2
    assert (
        "no hay ningún libro que revisar. No se leyeron «libre.ods», «lista.csv», «macros.XLSM» y «viejo.xls»" in texto
    )
    shutil.copy(EJEMPLOS / "oficio.xlsx", tmp_path / "A.XLSX")
    codigo, texto = dicho(capsys, "revisar", tmp_path)
    assert codigo == 0
    assert "A.XLSX (el oficio)" in texto
    assert "guárdelos como «Libro de Excel (.xlsx)»" in texto
    assert len(generar(capsys, "revisar", tmp_path)[1]["no_leidos"]) == 4


def test_entre_libros_de_un_organo_tambien_se_dice_lo_que_no_cuadra(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for nombre in ("minuta", "minuta-2018-1", "minuta-2018-2"):
        shutil.copy(EJEMPLOS / f"{nombre}.xlsx", tmp_path)
    shutil.copy(EJEMPLOS / "minuta-2018-1.xlsx", tmp_path / "minuta-2018-9.xlsx")
    codigo, ficha = generar(capsys, "revisar", tmp_path)
    assert codigo == 1
    repetidas = [(h["libro"], h["codigo"]) for libro in ficha["libros"] for h in libro["errores"]]
    assert ("minuta-2018-9.xlsx", "V-01") in repetidas
    sola, _ = generar(capsys, "revisar", tmp_path / "minuta-2018-9.xlsx")
    assert sola == 0


def test_lo_que_falta_o_no_se_lee_es_4_y_no_detiene_a_los_demas(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "roto.xlsx").write_bytes(b"no es un libro")
    codigo, ficha = generar(capsys, "revisar", tmp_path / "roto.xlsx", tmp_path / "no.xlsx", EJEMPLOS / "oficio.xlsx")
    assert codigo == 4
    assert [len(libro["errores"]) for libro in ficha["libros"]] == [1, 1, 0]
    assert generar(capsys, "revisar", tmp_path / "no.xlsx")[0] == 4


def test_un_libro_ajeno_que_se_nombra_es_un_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Workbook().save(tmp_path / "ajeno.xlsx")
    codigo, texto = dicho(capsys, "revisar", tmp_path / "ajeno.xlsx")
    assert codigo == 1
    assert "no trae ninguna de sus hojas" in texto


# --- lo que la persona agrega o cambia de lugar


def retocado(carpeta: Path, hoja: str, celdas: dict[str, str], nombre: str = "minuta-2018-2") -> Path:
    """Un libro de ejemplo con esas celdas escritas encima; ``"A?": "…"`` va en el primer renglón libre."""
    excel = load_workbook(EJEMPLOS / f"{nombre}.xlsx", rich_text=True)
    ws: Any = excel[hoja]
    libre = ws.max_row + 1
    for lugar, valor in celdas.items():
        ws[lugar.replace("?", str(libre))] = valor
    ruta = carpeta / f"{nombre}.xlsx"
    excel.save(ruta)
    return ruta


def fila_de(hoja: str, rotulo: str) -> int:
    ws: Any = load_workbook(EJEMPLOS / "minuta-2018-2.xlsx")[hoja]
    return int(next(celda.row for celda in ws["A"] if str(celda.value).rstrip(" *") == rotulo))


def columna_de(hoja: str, rotulo: str) -> str:
    ws: Any = load_workbook(EJEMPLOS / "minuta-2018-2.xlsx")[hoja]
    return str(next(celda.column_letter for celda in ws[1] if str(celda.value).rstrip(" *") == rotulo))


def test_un_dato_cuyo_rotulo_cambio_no_se_imprime_como_si_fuera_el_otro(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fila = fila_de("Sesión", "Convocatoria")
    ruta = retocado(tmp_path, "Sesión", {f"A{fila}": "Vestimenta", f"B{fila}": "Formal"})
    codigo, ficha = generar(capsys, "revisar", ruta)
    assert codigo == 1
    (error,) = ficha["errores"]
    assert (error["celda"], error["mensaje"]) == (
        f"A{fila}", "Este renglón era «Convocatoria» y su rótulo dice «Vestimenta»."
    )  # fmt: skip


def test_un_renglon_propio_de_una_ficha_y_una_columna_propia_no_estorban_y_se_dicen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Órgano", {"A?": "Lema", "B?": "Orden y archivo"})
    codigo, texto = dicho(capsys, "revisar", ruta)
    assert codigo == 0
    assert "nada que corregir" in texto
    assert "Es de usted, y su plantilla puede usarlo: el renglón «Lema» de «Órgano»." in texto
    modelo, _ = leer(tipo_de("minuta").modelo, abrir(ruta))
    assert modelo is not None
    assert contexto(modelo)["organo"]["lema"] == "Orden y archivo"  # type: ignore[index]  # es un diccionario


def test_de_dos_columnas_propias_que_se_llaman_igual_se_avisa(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Asistencia", {"Y1": "Teléfono", "Z1": "Teléfono ", "Y2": "55 1", "Z2": "55 2"})
    codigo, ficha = generar(capsys, "revisar", ruta)
    assert codigo == 0
    assert [(a["celda"], a["mensaje"]) for a in ficha["avisos"]] == [
        ("Z1", "La columna «Teléfono» está dos veces: sólo se usa la primera.")
    ]
    modelo, _ = leer(tipo_de("minuta").modelo, abrir(ruta))
    assert modelo is not None
    assert modelo.asistencia[0].origen.extras == {"Teléfono": "55 1"}


def test_de_dos_propias_que_se_escriben_igual_en_la_plantilla_se_avisa_cual_no_se_usa(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Asistencia", {"Y1": "Tel. (oficina)", "Z1": "Tel oficina", "Y2": "55 1", "Z2": "55 2"})
    codigo, ficha = generar(capsys, "revisar", ruta)
    assert codigo == 0
    assert [(a["celda"], a["mensaje"], a["remedio"]) for a in ficha["avisos"]] == [
        ("Z1", "La columna «Tel oficina» se escribe en la plantilla igual que «Tel. (oficina)» (tel_oficina): ahí sólo "
         "se usa la de Y1.", "Póngale otro nombre.")
    ]  # fmt: skip


def test_una_celda_de_cinco_mil_letras_se_cita_recortada(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    larguisimo = "abcde fghi " * 500
    fila, columna = fila_de("Sesión", "Fecha"), columna_de("Asistencia", "Asistió")
    ruta = retocado(tmp_path, "Sesión", {f"B{fila}": larguisimo})
    excel = load_workbook(ruta, rich_text=True)
    excel["Asistencia"][f"{columna}2"] = "x" * 5_000
    excel["Votos"]["A2"] = "z" * 5_000
    excel["Acuerdos"]["B2"] = "{" + "w" * 5_000 + "}"
    excel.save(ruta)
    _, texto = dicho(capsys, "revisar", ruta, "--anotar")
    assert len(texto) < 4_000
    assert "«Fecha» dice «abcde fghi abcde" in texto
    assert "…», que no es una fecha." in texto
    _, ficha = generar(capsys, "revisar", ruta)
    assert any(len(h["valor"]) > 4_900 for h in ficha["errores"])
    copia: Any = load_workbook(tmp_path / "minuta-2018-2 - revisado.xlsx")
    assert max(len(str(celda.value)) for fila in copia["Revisión"].iter_rows() for celda in fila) < 900


@pytest.mark.parametrize(("nombre", "hoja"), [("minuta-2018-2", "Asistencia"), ("cuentas", "Cuentas")])
def test_de_una_copia_de_hoja_se_dice_cual_se_lee(
    nombre: str, hoja: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    excel = load_workbook(EJEMPLOS / f"{nombre}.xlsx", rich_text=True)
    excel.copy_worksheet(excel[hoja]).title = f"{hoja} (2)"
    excel.save(tmp_path / "a.xlsx")
    codigo, ficha = generar(capsys, "revisar", tmp_path / "a.xlsx")
    assert (codigo, ficha["avisos"][0]["mensaje"]) == (0, f"Es una copia de «{hoja}» y no se leyó: se lee «{hoja}».")


def test_una_columna_repetida_no_se_ofrece_como_propia(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = retocado(tmp_path, "Asistencia", {"Z1": "Cargo en lista", "Z2": "Otra cosa"})
    _, ficha = generar(capsys, "revisar", ruta)
    assert ["dos veces" in error["mensaje"] for error in ficha["errores"]] == [True]
    assert [ignorada for ignorada in ficha["ignorado"] if ignorada["celda"] == "Z1"] == []


# --- todo de una vez


def test_lo_que_no_cuadra_se_dice_aunque_en_otra_hoja_haya_un_dato_ilegible(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fila = fila_de("Sesión", "Fecha")
    ruta = retocado(tmp_path, "Votos", {"A?": "99"})
    excel = load_workbook(ruta, rich_text=True)
    excel["Sesión"][f"B{fila}"] = "31-02-2018"
    excel.save(ruta)
    codigo, ficha = generar(capsys, "revisar", ruta)
    lugares = {(h["hoja"], h["campo"]) for h in ficha["errores"]}
    assert codigo == 1
    assert lugares >= {("Sesión", "Fecha"), ("Votos", "Punto")}
    texto = dicho(capsys, "revisar", ruta)[1]
    assert "No se comprobó lo que depende de lo que hay que corregir en «Sesión»" in texto
    assert generar(capsys, "minuta", ruta, "--salida", tmp_path)[1]["errores"] == ficha["errores"]


def test_quien_tiene_un_dato_ilegible_sigue_en_la_lista_de_asistencia(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Asistencia", {f"{columna_de('Asistencia', 'Asistió')}2": "Talvez"})
    _, ficha = generar(capsys, "revisar", ruta)
    assert [(h["hoja"], h["mensaje"]) for h in (*ficha["errores"], *ficha["avisos"])] == [
        ("Asistencia", "«Asistió» dice «Talvez», que no está en la lista.")
    ]


def test_un_nombre_de_cuenta_mal_escrito_no_calla_lo_demas_y_se_dice_que_falta_comprobar(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Mediciones", {"A3": "Nadie"}, nombre="cuentas")
    excel = load_workbook(ruta, rich_text=True)
    excel["Informe"]["B6"] = "Suman {total.Twiter.final}."
    excel.save(ruta)
    _, ficha = generar(capsys, "revisar", ruta)
    assert [(h["hoja"], h["celda"]) for h in ficha["errores"]] == [("Mediciones", "A3"), ("Informe", "B6")]
    assert "lo que depende de lo que hay que corregir en «Mediciones»" in ficha["nota"]


# --- celdas combinadas

COMBINADAS = (
    ("Asistencia", "A5:B5", "si «Título» o «Nombre»."),
    ("Asistencia", "C5:D5", "si «Primer apellido» o «Segundo apellido»."),
    ("Acuerdos", "C2:D2", "si «Acuerdo» o «Área responsable»."),
    ("Desarrollo", "D4:E4", "si «Texto» o «Compromiso»."),
)


@pytest.mark.parametrize(("hoja", "rango", "columnas"), COMBINADAS)
def test_unas_celdas_combinadas_a_lo_ancho_se_dicen_y_nada_mas(
    hoja: str, rango: str, columnas: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [error] = generar(capsys, "revisar", combinado(tmp_path, hoja, rango))[1]["errores"]
    assert (error["hoja"], error["celda"]) == (hoja, rango.split(":")[0])
    assert error["mensaje"].startswith(f"{rango} están combinadas: no se sabe de qué columna es «")
    assert error["mensaje"].endswith(columnas)
    assert error["remedio"] == "Sepárelas (Inicio → Combinar y centrar) y escriba cada dato en su celda."


def test_un_titulo_combinado_dentro_de_una_tabla_se_dice_como_tal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [error] = generar(capsys, "revisar", combinado(tmp_path, "Asistencia", "A5:T5"))[1]["errores"]
    assert error["mensaje"] == "A5:T5 están combinadas: no se sabe de qué columna es «Lic.»."
    assert error["remedio"].startswith("Si es un título, bórrelo; si no, sepárelas")


def test_el_valor_y_el_rotulo_de_una_ficha_pueden_estar_combinados(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = combinado(tmp_path, "Sesión", "B2:C2")
    assert generar(capsys, "revisar", ruta)[1]["errores"] == []


EN_FICHA = (
    ("A8:B8", "no se sabe qué dice «Lugar»."),  # si no, la ayuda de junto saldría como si fuera el dato
    ("A4:A5", "no se sabe qué dicen «Fecha» y «Hora de inicio»."),
    ("B4:B6", "no se sabe qué dicen «Fecha», «Hora de inicio» y «Hora de término»."),
)


@pytest.mark.parametrize(("rango", "dice"), EN_FICHA)
def test_en_una_ficha_lo_combinado_que_junta_rotulos_y_datos_se_dice_y_nada_mas(
    rango: str, dice: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [error] = generar(capsys, "revisar", combinado(tmp_path, "Sesión", rango))[1]["errores"]
    assert (error["celda"], error["mensaje"]) == (rango.split(":")[0], f"{rango} están combinadas: {dice}")


def test_unos_encabezados_combinados_se_dicen(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [error] = generar(capsys, "revisar", combinado(tmp_path, "Asistencia", "A1:B1"))[1]["errores"]
    assert error["mensaje"] == "A1:B1 están combinadas y falta el encabezado «Nombre»."


def test_de_un_texto_combinado_hacia_abajo_se_avisa_que_se_repite(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, ficha = generar(capsys, "revisar", combinado(tmp_path, "Desarrollo", "D5:D6"))
    dichos = [aviso["mensaje"] for aviso in ficha["avisos"] if aviso["celda"] == "D5"]
    assert "D5:D6 están combinadas: lo que dicen sale en los renglones 5 y 6." in dichos


def combinado(carpeta: Path, hoja: str, rango: str) -> Path:
    excel = load_workbook(EJEMPLOS / "minuta-2018-2.xlsx", rich_text=True)
    excel[hoja].merge_cells(rango)
    excel.save(carpeta / "a.xlsx")
    return carpeta / "a.xlsx"


# --- una vez, y con su causa


def test_una_columna_renombrada_se_dice_una_vez_y_no_se_ofrece_como_propia(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Asistencia", {f"{columna_de('Asistencia', 'Calidad')}1": "Papel"})
    _, ficha = generar(capsys, "revisar", ruta)
    [error] = ficha["errores"]
    assert error["mensaje"] == "Falta la columna «Calidad», y ésta no es del programa."
    assert error["remedio"].startswith("¿Es la columna «Calidad»? Cámbiele el nombre")
    assert ficha["avisos"] == []
    assert ficha["ignorado"] == []


def test_de_varias_columnas_renombradas_se_reconoce_la_que_dice_lo_que_se_elige_en_ella(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calidad, cargo = (columna_de("Asistencia", rotulo) for rotulo in ("Calidad", "Cargo en lista"))
    ruta = retocado(tmp_path, "Asistencia", {f"{cargo}1": "Puesto", f"{calidad}1": "Clasificación"})
    _, ficha = generar(capsys, "revisar", ruta)
    assert {h["celda"]: h["mensaje"] for h in (*ficha["errores"], *ficha["avisos"])} == {
        f"{calidad}1": "La columna «Clasificación» parece la columna «Calidad», que falta.",
        f"{cargo}1": "Falta la columna «Cargo en lista», y ésta no es del programa.",
    }


def test_una_nota_al_pie_de_una_tabla_se_dice_como_tal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    excel = load_workbook(EJEMPLOS / "minuta-2018-2.xlsx", rich_text=True)
    excel["Asistencia"]["A12"] = "Total: 9"
    excel.save(tmp_path / "a.xlsx")
    [error] = generar(capsys, "revisar", tmp_path / "a.xlsx")[1]["errores"]
    assert (error["celda"], error["valor"]) == ("A12", "Total: 9")
    assert error["mensaje"].startswith("«Total: 9» es lo único escrito en el último renglón: falta «Nombre», ")
    assert error["remedio"].startswith("Si es una nota o un total, quítelo de aquí")


@pytest.mark.parametrize(
    ("libro", "hoja", "celdas"),
    [
        ("minuta-2018-2", "Asistencia", {"A": "Total", "B": "=COUNTA(B2:B11)"}),
        ("cuentas", "Mediciones", {"A": "TOTAL", "D": "123"}),
    ],
)
def test_un_total_al_pie_de_una_tabla_es_un_solo_error(
    libro: str, hoja: str, celdas: dict[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    excel = load_workbook(EJEMPLOS / f"{libro}.xlsx", rich_text=True)
    pie = excel[hoja].max_row + 1
    for columna, valor in celdas.items():
        excel[hoja][f"{columna}{pie}"] = valor
    excel.save(tmp_path / "a.xlsx")
    [error] = generar(capsys, "revisar", tmp_path / "a.xlsx")[1]["errores"]
    assert error["celda"] == f"A{pie}"
    assert error["mensaje"].endswith("parece un total.")
    assert error["remedio"].startswith("Quítelo de aquí")


@pytest.mark.parametrize("como", ["05/01/1900", 5, datetime(1900, 1, 5)], ids=["texto", "cifra", "fecha"])
def test_una_fecha_de_1900_se_dice_en_su_celda(
    como: str | int | datetime, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ruta = retocado(tmp_path, "Sesión", {})
    excel = load_workbook(ruta, rich_text=True)
    celda = excel["Sesión"][f"B{fila_de('Sesión', 'Fecha')}"]
    celda.value, celda.number_format = como, "dd/mm/yyyy"
    excel.save(ruta)
    [error] = generar(capsys, "revisar", ruta)[1]["errores"]
    assert (error["campo"], error["mensaje"]) == ("Fecha", "«Fecha» dice «05/01/1900», de hace más de un siglo.")


def test_el_genero_h_dice_que_significa_cada_letra(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruta = retocado(tmp_path, "Asistencia", {f"{columna_de('Asistencia', 'Género')}3": "H"})
    [error] = generar(capsys, "revisar", ruta)[1]["errores"]
    assert error["remedio"] == "Elija «Femenino» o «Masculino». Aquí «M» es masculino y «F», femenino."


@pytest.mark.parametrize("caso", casos(), ids=lambda caso: f"{caso.parent.name}/{caso.stem}")
def test_todo_hallazgo_lleva_codigo_en_el_json(caso: Path) -> None:
    tipo, por_renglon = tipo_de(caso.parent.name.removesuffix(POR_RENGLON)), caso.parent.name.endswith(POR_RENGLON)
    fichas = en_fichas(verificado(tipo, textos(caso)[1], HOY, por_renglon=por_renglon).hallazgos)
    assert all(re.fullmatch(r"V-\d\d", ficha["codigo"]) for ficha in (*fichas["errores"], *fichas["avisos"]))
