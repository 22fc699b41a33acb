"""La orden ``generar``: lo que se le escribe y lo que contesta."""

import ast
import gettext
import importlib.util
import json
import os
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from generador import click_en_espanol
from generador.catalogo import CATALOGO
from generador.click_en_espanol import FRASES, PLURALES
from generador.consola import principal
from generador.consola.errores import OrdenIncompleta, traducir
from generador.consola.ordenes import CON_LIBRO, ruta_del_nuevo
from generador.consola.ordenes import generar as orden_principal
from generador.consola.piezas import elegir
from generador.consola.respuesta import TOPE, Informe, a_json, ajustar, contar, lo_hecho, lo_que_falta, presentar
from generador.consola.terminal import legible
from generador.hallazgos import (
    ArchivoInaccesible,
    ErrorDePlantilla,
    Gravedad,
    Hallazgo,
    LibroConHallazgos,
)

FECHA = Hallazgo(
    hoja="Sesión",
    celda="B4",
    campo="Fecha",
    valor="31-02-2017",
    problema="«Fecha» dice «31-02-2017», que no es una fecha.",
    remedio="Escríbala como 14-03-2017.",
)
HOJA = Hallazgo(hoja="Acuerdos", problema="Falta en el libro.", remedio="Agréguela.")
RAZON = Hallazgo(
    hoja="Votos",
    celda="C3",
    problema="No dice por qué votó en contra.",
    remedio="Escriba la razón.",
    gravedad=Gravedad.AVISO,
)
MINUTA = CATALOGO["minuta"]
RAIZ = Path(__file__).parent.parent


def generar(*palabras: str, carpeta: Path, **entorno: str) -> subprocess.CompletedProcess[bytes]:
    """La orden, como la corre una persona."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-m", "generador", *palabras],
        cwd=carpeta,
        env={**os.environ, "PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "utf-8", **entorno},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


# Click en español


def frases_de_click() -> Iterator[str]:
    """Lo que click pasa por gettext, leído de su código; de los plurales, el singular."""
    click = importlib.util.find_spec("click")
    assert click is not None
    assert click.origin is not None
    for archivo in Path(click.origin).parent.glob("*.py"):
        nodos = list(ast.walk(ast.parse(archivo.read_text(encoding="utf-8"))))
        asignadas = {ast.unparse(nodo.targets[0]): nodo.value for nodo in nodos if isinstance(nodo, ast.Assign)}
        for nodo in nodos:
            if isinstance(nodo, ast.Call) and ast.unparse(nodo.func) in ("_", "ngettext"):
                dicho = nodo.args[0]
                yield ast.literal_eval(asignadas.get(ast.unparse(dicho), dicho))


def campos(frase: str) -> set[str]:
    """``"No existe {name!r}"`` → ``{"name"}``."""
    return {campo for _, campo, _, _ in string.Formatter().parse(frase) if campo}


def test_toda_frase_de_click_esta_en_espanol() -> None:
    assert sorted(set(frases_de_click()) - FRASES.keys() - PLURALES.keys()) == []


def test_no_sobra_ninguna_frase() -> None:
    assert sorted((FRASES.keys() | PLURALES.keys()) - set(frases_de_click())) == []


@pytest.mark.parametrize(
    ("original", "traducida"),
    [*FRASES.items(), *((singular, plural) for singular, par in PLURALES.items() for plural in par)],
)
def test_una_traduccion_no_pide_datos_que_click_no_da(original: str, traducida: str) -> None:
    de_mas = {"possibilities", "nargs", "len", "choices", "formats"}  # los da sólo el plural
    assert campos(traducida) <= campos(original) | (de_mas if original in PLURALES else set())


def test_al_terminar_gettext_queda_como_estaba() -> None:
    with click_en_espanol.en_espanol():
        assert gettext.gettext("Usage:") == "Uso:"
        assert gettext.ngettext("{value!r} is not {choice}.", "", 1) == "«{value}» no es {choice}."
    assert gettext.gettext("Usage:") == "Usage:"
    assert gettext.ngettext("vez", "veces", 2) == "veces"


# La ayuda


@pytest.mark.parametrize("palabras", [["--help"], ["nuevo", "-h"], ["minuta", "--ayuda"]])
def test_la_ayuda_cabe_en_ochenta_columnas_y_no_dice_nada_en_ingles(
    palabras: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert principal(palabras) == 0
    ayuda = capsys.readouterr().out
    assert max(map(len, ayuda.splitlines())) <= 80
    assert not {"Usage", "Options", "Commands", "Show", "exit", "default", "COMMAND", "ARGS"} & {
        palabra.strip(".:[]()") for palabra in ayuda.split()
    }


def test_un_grupo_a_solas_muestra_su_ayuda(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["plantilla"]) == 0
    dicho = capsys.readouterr()
    assert (dicho.out.count("Uso:"), dicho.err) == (1, "")
    assert "\n  sacar    Copia una, para adaptarla en Word.\n" in dicho.out


@pytest.mark.parametrize("columnas", ["80", "120"])
def test_ningun_renglon_de_la_ayuda_queda_a_medias(
    columnas: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columnas)
    for palabras in ([], ["plantilla"]):
        assert principal([*palabras, "--help"]) == 0
        assert "..." not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("palabras", "nombre", "debe"),
    [
        (["plantilla", "sacar", "minuta"], "mía.pdf", "mía.docx"),
        (["plantilla", "sacar", "minuta"], "mía.xlsx", "mía.docx"),
        (["nuevo", "minuta"], "mayo.PDF", "mayo.xlsx"),
        (["nuevo", "minuta"], "mayo.docx", "mayo.xlsx"),
    ],
)
def test_un_nombre_de_otra_clase_de_archivo_se_dice_y_no_se_crea_nada(
    palabras: list[str], nombre: str, debe: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principal([*palabras, str(tmp_path / "carpeta" / nombre)]) == 2
    dicho = " ".join(capsys.readouterr().err.split())
    assert dicho.startswith(f"✗ «{nombre}» termina en ")
    assert dicho.endswith(f"Escriba «{debe}».")
    assert list(tmp_path.iterdir()) == []


def test_sin_orden_se_muestra_la_ayuda(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal([]) == 0
    uso, frase, _, ordenes, ejemplos = capsys.readouterr().out.rstrip("\n").split("\n\n")
    assert uso == "Uso: generar [OPCIONES] ORDEN|LIBRO [ARGUMENTOS]…"
    assert frase == "  Documentos de Word, listos para firmar, a partir de un libro de Excel."
    assert ejemplos == "Ejemplos:\n  generar nuevo minuta\n  generar minuta entradas/ejemplos/minuta.xlsx"
    escritas = [renglon.split(maxsplit=1) for renglon in ordenes.splitlines()[1:]]
    assert [nombre for nombre, _ in escritas] == list(orden_principal.commands)
    assert [resumen for _, resumen in escritas if not resumen.endswith(".") or resumen.endswith("...")] == []


def test_la_ayuda_no_carga_nada_pesado(tmp_path: Path) -> None:
    programa = (
        "import sys; from generador.consola import principal; principal(['--help']);"
        "print(*{'openpyxl', 'docx', 'docxtpl', 'jinja2', 'lxml', 'babel', 'generador.flujo'} & {*sys.modules})"
    )
    corrida = subprocess.run(
        [sys.executable, "-c", programa], cwd=RAIZ, capture_output=True, check=True, encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert corrida.stdout.splitlines()[-1] == ""


def test_la_version_se_dice_con_su_nombre(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["--version"]) == 0
    assert capsys.readouterr().out.startswith("generar 0.")


# La orden mal escrita


@pytest.mark.parametrize(
    ("palabras", "frase"),
    [
        (["minuto"], "No existe la orden «minuto». ¿Quiso decir «minuta»?"),
        (["reporte"], "No existe la orden «reporte»."),
        (["minuta", "--jsn"], "No existe la opción «--jsn». ¿Quiso decir «--json»?"),
        (["minuta", "--salida"], "La opción «--salida» necesita un valor."),
        (["minuta", "--abrir=no"], "La opción «--abrir» no lleva valor."),
        (
            ["minuta", "mi", "libro.xlsx"],
            "No existe «mi». Si «mi libro.xlsx» es un solo nombre, escríbalo entre comillas.",
        ),
        (["nuevo"], f"Falta «TIPO». Los tipos que hay: {', '.join(CON_LIBRO)}."),
        (["nuevo", "minuto"], "No hay documentos de tipo «minuto». ¿Quiso decir «minuta»?"),
        (
            ["nuevo", "memorial"],
            f"No hay documentos de tipo «memorial». Los tipos que hay: {', '.join(CON_LIBRO)}.",
        ),
    ],
)
def test_la_orden_mal_escrita_se_explica_con_una_frase_entera(
    palabras: list[str], frase: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principal(palabras) == 2
    dicho, aparte = capsys.readouterr()
    assert dicho == ""
    explicacion, uso = aparte.split("\n\n")
    assert " ".join(explicacion.split()) == f"✗ {frase}"
    assert uso.startswith("Uso: generar ")
    assert uso.endswith("--ayuda» para saber más.\n")


def test_las_ordenes_se_admiten_en_mayusculas(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["NUEVO", "MINUTA", "--Ayuda"]) == 0
    assert "Uso: generar nuevo" in capsys.readouterr().out


# Los hallazgos en la terminal


@pytest.mark.parametrize(
    ("hallazgos", "cuenta"),
    [
        ([FECHA], "1 error"),
        ([RAZON], "1 aviso"),
        ([FECHA, HOJA, RAZON], "2 errores y 1 aviso"),
        ([FECHA, RAZON, RAZON], "1 error y 2 avisos"),
        ([], ""),
    ],
)
def test_se_cuentan_errores_y_avisos_en_singular_y_en_plural(hallazgos: list[Hallazgo], cuenta: str) -> None:
    assert contar(hallazgos) == cuenta


def test_los_errores_van_primero_alineados_y_con_sangria_francesa() -> None:
    assert (
        presentar([RAZON, FECHA, HOJA], "minuta.xlsx", 60)
        == """\
2 errores y 1 aviso en «minuta.xlsx»:
  ✗ Sesión!B4        «Fecha» dice «31-02-2017», que no es
                     una fecha. Escríbala como 14-03-2017.
  ✗ hoja «Acuerdos»  Falta en el libro. Agréguela.
  ! Votos!C3         No dice por qué votó en contra. Escriba
                     la razón."""
    )


def test_un_lugar_muy_largo_va_solo_en_su_renglon() -> None:
    largo = Hallazgo(hoja="Seguimiento de acuerdos", celda="C104", problema="Está en blanco.", remedio="")
    assert (
        presentar([largo, FECHA], "minuta.xlsx", 70)
        == """\
2 errores en «minuta.xlsx»:
  ✗ Seguimiento de acuerdos!C104
               Está en blanco.
  ✗ Sesión!B4  «Fecha» dice «31-02-2017», que no es una fecha.
               Escríbala como 14-03-2017."""
    )


def test_un_error_sin_lugar_ni_libro_es_solo_su_frase() -> None:
    assert presentar([Hallazgo(problema="No existe.", remedio="")], "", 80) == "✗ No existe."


def test_se_muestran_veinte_y_se_dice_cuantos_faltan() -> None:
    renglones = presentar([FECHA] * 51, "minuta.xlsx", 100).splitlines()
    assert renglones[0] == "51 errores en «minuta.xlsx»:"
    assert len(renglones) == 1 + TOPE + 1
    assert renglones[-1] == "  … y 31 más. Con --json se ven todos."


def test_el_color_no_mueve_las_columnas() -> None:
    con_color = presentar([FECHA, HOJA, RAZON], "minuta.xlsx", 60, color=True)
    for tinta in ("\x1b[1m", "\x1b[31m", "\x1b[33m", "\x1b[0m"):
        assert tinta in con_color
        con_color = con_color.replace(tinta, "")
    assert con_color == presentar([FECHA, HOJA, RAZON], "minuta.xlsx", 60)


@pytest.mark.parametrize("ancho", [1, 20, 40, 60, 80, 100])
def test_ningun_renglon_rebasa_la_terminal_mientras_haya_donde(ancho: int) -> None:
    renglones = presentar([FECHA, HOJA, RAZON], "minuta.xlsx", ancho).splitlines()[1:]
    assert max(map(len, renglones)) <= max(ancho, 48)


def test_una_ruta_no_se_parte() -> None:
    ruta = "salidas/" + "muy-larga-" * 10
    assert ajustar(f"Quedó en {ruta}", 30) == ["Quedó en", ruta]


# Lo que se contesta


def test_al_terminar_bien_se_dice_donde_quedo_y_la_nota() -> None:
    informe = Informe(documento=Path("Minuta.docx"), nota="Su documento corregido en Word se conservó.")
    assert lo_hecho(informe, 80) == "✓ Minuta.docx\n  Su documento corregido en Word se conservó."
    assert lo_que_falta(informe, 80) == ""


def test_los_avisos_van_aparte_del_documento() -> None:
    informe = Informe(documento=Path("Minuta.docx"), libro="minuta.xlsx", hallazgos=(RAZON,))
    assert lo_hecho(informe, 80) == "✓ Minuta.docx"
    assert lo_que_falta(informe, 80) == (
        "1 aviso en «minuta.xlsx»:\n  ! Votos!C3  No dice por qué votó en contra. Escriba la razón."
    )


@pytest.mark.parametrize(
    ("error", "codigo", "frase"),
    [
        (LibroConHallazgos([FECHA]), 1, "1 error en «minuta.xlsx»:\n  ✗ Sesión!B4  «Fecha» dice"),
        (OrdenIncompleta("Falta el libro."), 2, "✗ Falta el libro."),
        (ErrorDePlantilla("La plantilla no\nabre."), 3, "✗ La plantilla no\n  abre."),
        (ArchivoInaccesible("No existe."), 4, "✗ No existe."),
        (KeyboardInterrupt(), 130, "Cancelado."),
    ],
)
def test_cada_error_tiene_su_codigo_y_su_frase(error: BaseException, codigo: int, frase: str) -> None:
    informe = traducir(error, Path("entradas/minuta.xlsx"))
    assert informe.codigo == codigo
    assert lo_que_falta(informe, 80).startswith(frase)


def test_de_un_defecto_nuestro_la_traza_queda_en_un_archivo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.delenv("GENERAR_TRAZA", raising=False)
    informe = traducir(ZeroDivisionError("la cuenta"))
    [archivo] = tmp_path.iterdir()
    assert informe.codigo == 5
    assert "ZeroDivisionError: la cuenta" in archivo.read_text(encoding="utf-8")
    assert lo_que_falta(informe, 100) == (
        "✗ Esto es un defecto de generar, no suyo. Repita la orden; si vuelve a pasar, mande a quien le da\n"
        f"  soporte el archivo con el detalle.\n\nDetalle: {archivo}"
    )


def test_la_traza_se_muestra_si_se_pide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("GENERAR_TRAZA", "1")
    assert traducir(ZeroDivisionError("la cuenta")).pie == "ZeroDivisionError: la cuenta"


# JSON


def test_en_json_van_todos_los_hallazgos_con_su_celda() -> None:
    informe = Informe(codigo=1, salida=Path("salidas"), hallazgos=(FECHA,) * 30 + (RAZON,))
    ficha = json.loads(a_json(informe))
    assert list(ficha) == ["documento", "salida", "nota", "errores", "avisos"]
    assert ficha["documento"] is None
    assert ficha["salida"] == "salidas"
    assert len(ficha["errores"]) == 30
    assert ficha["errores"][0] == {
        "hoja": "Sesión",
        "celda": "B4",
        "campo": "Fecha",
        "valor": "31-02-2017",
        "codigo": "V-00",
        "mensaje": "«Fecha» dice «31-02-2017», que no es una fecha.",
        "remedio": "Escríbala como 14-03-2017.",
    }
    assert [aviso["celda"] for aviso in ficha["avisos"]] == ["C3"]


@pytest.mark.parametrize("error", [ArchivoInaccesible("No existe."), ErrorDePlantilla("No abre.")])
def test_un_error_de_archivo_o_de_plantilla_es_un_error_del_json(error: Exception) -> None:
    ficha = json.loads(a_json(traducir(error)))
    assert [renglon["mensaje"] for renglon in ficha["errores"]] == [str(error)]


@pytest.mark.parametrize("codificacion", ["utf-8", "cp850", "cp1252", "ascii"])
def test_el_json_es_valido_en_cualquier_consola_y_lo_unico_que_sale(codificacion: str, tmp_path: Path) -> None:
    corrida = generar("minuto", "--json", "→“ñ”", carpeta=tmp_path, PYTHONIOENCODING=codificacion)
    assert corrida.returncode == 2
    [error] = json.loads(corrida.stdout.decode("utf-8"))["errores"]
    assert error["mensaje"] == "No existe la orden «minuto». ¿Quiso decir «minuta»?"


# Sin decir qué libro


def test_si_hay_un_solo_libro_es_ese() -> None:
    assert elegir(MINUTA, [Path("entradas/marzo.xlsx")], preguntando=False) == Path("entradas/marzo.xlsx")


def test_si_hay_varios_y_no_hay_a_quien_preguntar_se_listan() -> None:
    with pytest.raises(OrdenIncompleta) as error:
        elegir(MINUTA, [Path("marzo.xlsx"), Path("abril.xlsx")], preguntando=False)
    assert str(error.value) == "Hay 2 libros para la minuta; diga cuál en la orden:\nmarzo.xlsx\nabril.xlsx"


def test_si_no_hay_ninguno_se_dice_como_crearlo() -> None:
    with pytest.raises(OrdenIncompleta, match=r"ningún libro para la minuta.*\ngenerar nuevo minuta$"):
        elegir(MINUTA, [], preguntando=True)


def _menu(respuestas: str) -> subprocess.CompletedProcess[str]:
    programa = (
        "from pathlib import Path\nfrom generador.consola.piezas import preguntar\n"
        "print(preguntar([Path('marzo.xlsx'), Path('año nuevo.xlsx')]))"
    )  # fmt: skip
    return subprocess.run(
        [sys.executable, "-c", programa], cwd=RAIZ, input=respuestas, capture_output=True, check=False,
        encoding="utf-8", env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_el_menu_insiste_hasta_que_se_elige_uno_de_la_lista() -> None:
    corrida = _menu("cero\n3\n2\n")
    assert corrida.stdout == "año nuevo.xlsx\n"
    assert "   1  marzo.xlsx\n   2  año nuevo.xlsx\n" in corrida.stderr
    assert corrida.stderr.count("Error: escriba un número del 1 al 2.") == 2


# Dónde queda un libro nuevo


def test_el_libro_nuevo_toma_el_siguiente_nombre_libre(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ruta_del_nuevo("minuta", None) == Path("entradas/minuta.xlsx")
    Path("entradas").mkdir()
    for nombre in ("minuta.xlsx", "minuta 2.xlsx"):
        Path("entradas", nombre).touch()
    assert ruta_del_nuevo("minuta", None) == Path("entradas/minuta 3.xlsx")


def test_en_una_carpeta_el_libro_nuevo_va_dentro(tmp_path: Path) -> None:
    assert ruta_del_nuevo("minuta", tmp_path) == tmp_path / "minuta.xlsx"


@pytest.mark.parametrize(
    ("escrita", "ruta"),
    [("marzo", "marzo.xlsx"), ("marzo.XLSX", "marzo.XLSX"), ("acta 3.2017", "acta 3.2017.xlsx"), ("a.xls", "a.xlsx")],
)
def test_al_libro_nuevo_se_le_completa_la_extension(escrita: str, ruta: str) -> None:
    assert ruta_del_nuevo("minuta", Path(escrita)) == Path(ruta)


# Cualquier consola


@pytest.mark.parametrize(
    ("texto", "codificacion", "dicho"),
    [
        ("✓ «año» → “sí”…", "utf-8", "✓ «año» → “sí”…"),
        ("✓ «año» → “sí”…", "cp1252", "OK «año» -> “sí”…"),
        ("✓ «año» → “sí”…", "cp850", 'OK «año» -> "sí"...'),
        ("✓ «año» → “sí”…", "ascii", 'OK "ano" -> "si"...'),
        ("¿2.ª – ✗? 漢", "ascii", "2.a - x? ?"),
    ],
)
def test_cada_consola_recibe_las_letras_que_tiene(texto: str, codificacion: str, dicho: str) -> None:
    assert legible(texto, codificacion) == dicho


@pytest.mark.parametrize("codificacion", ["cp850", "cp1252", "ascii"])
@pytest.mark.parametrize("palabras", [["--help"], ["minuta", "-h"], ["minuto"], ["nuevo", "→ñ“漢”"]])
def test_ninguna_consola_antigua_hace_fallar_la_orden(codificacion: str, palabras: list[str], tmp_path: Path) -> None:
    corrida = generar(*palabras, carpeta=tmp_path, PYTHONIOENCODING=codificacion)
    dicho = (corrida.stdout + corrida.stderr).decode(codificacion)
    assert "Uso: generar" in dicho
    assert "Traceback" not in dicho


def test_en_una_tuberia_no_hay_colores(tmp_path: Path) -> None:
    assert b"\x1b" not in generar("minuto", carpeta=tmp_path).stderr


@pytest.mark.parametrize("palabras", [["--help"], ["minuto", "--json"]])
def test_si_quien_lee_se_va_no_hay_traza(palabras: list[str], tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "generador", *palabras], cwd=RAIZ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as corrida:
        assert corrida.stdout is not None
        assert corrida.stderr is not None
        corrida.stdout.close()
        aparte = corrida.stderr.read()
    assert b"Traceback" not in aparte
    assert b"BrokenPipe" not in aparte
