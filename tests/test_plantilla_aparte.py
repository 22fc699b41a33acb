"""Una plantilla ajena corre en su propio proceso: ninguna detiene la orden, ninguna se lleva la memoria."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from generador import ooxml
from generador.flujo import componer, generar_lote, tipo_de
from generador.flujo.linea import compositor
from generador.hallazgos import ErrorDePlantilla
from generador.plantilla import Plantilla, Propiedades, aparte, revision
from generador.plantilla.aparte import Taller
from generador.plantilla.contrato import Contrato, Forma
from generador.plantilla.motor import Plantilla as DelMotor
from tests.fabrica import CREADO, docx, p, tbl, tr

RAIZ = Path(__file__).parent.parent
PROPIEDADES = Propiedades(titulo="Prueba", creado=CREADO)
CIFRAS = {"xs": list(range(1000)), "x": "a"}
POCO = 1.0  # segundos


def anidados(cuantos: int, cuerpo: str) -> str:
    return "".join(f"{{% for a{n} in xs %}}" for n in range(cuantos)) + cuerpo + "{% endfor %}" * cuantos


HOSTILES = {
    "ciclos callados": p(anidados(8, "")),
    "ciclos que escriben": p(anidados(4, "{{ x }}" * 40)),
    "ciclos de párrafos": p("{% for a in xs %}") + p("{% for b in xs %}") + p("{{ x }}" * 100) + p("{% endfor %}{% endfor %}"),
    "una cifra enorme": p("{% set n = 99999999 %}" + "{% set n = n * n %}" * 40 + "{{ n }}"),
    "texto que se dobla": p("{% set t = xs|join %}" + "{% set t = t ~ t %}" * 60 + "{{ t }}"),
    "lista que se dobla": p("{% set l = [xs, xs] %}" + "{% set l = [l, l]|join|length %}" * 10 + anidados(6, "{{ loop.index }}")),
    "potencias": p("{{ 9 ** 9 ** 9 }}"),
    "texto multiplicado": p("{{ 'x' * 10000000000 }}"),
    "formato enorme": p("{{ '%9999999999d' % 1 }}"),
    "cien mil llaves": p("{" * 100_000),
    "cien mil etiquetas": "".join(p("{{ x " * 200) for _ in range(100)),
    "paréntesis sin fin": p("{{ " + "(" * 20_000 + "x" + ")" * 20_000 + " }}"),
    "recursión": p("{% for a in xs recursive %}{{ loop(xs) }}{% endfor %}"),
    "se escapa": p("{{ x.__class__.__mro__[1].__subclasses__() }}"),
    "llama": p("{{ cycler.__init__.__globals__.os.getcwd() }}"),
    "rango": p("{% for a in range(10**9) %}{{ a }}{% endfor %}"),
    "tablas en tablas": tbl(tr("{%tr for a in xs %}"), tr(anidados(3, "{{ x }}")), tr("{%tr endfor %}")),
}  # fmt: skip


def abrir_y_componer(taller: Taller) -> None:
    taller.abrir()
    taller.componer(CIFRAS, PROPIEDADES, {})


@pytest.fixture
def con_poco_tiempo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aparte, "SEGUNDOS", POCO)


@pytest.mark.usefixtures("con_poco_tiempo")
@pytest.mark.parametrize("nombre", HOSTILES)
def test_una_plantilla_hostil_termina_con_un_mensaje(nombre: str) -> None:
    inicio = time.perf_counter()
    with Taller(docx(HOSTILES[nombre]), "ajena.docx") as taller, pytest.raises(ErrorDePlantilla) as error:
        abrir_y_componer(taller)
    assert "ajena.docx" in str(error.value) or "etiquetas" in str(error.value)
    assert time.perf_counter() - inicio < 3 * POCO + 10


@pytest.mark.usefixtures("con_poco_tiempo")
def test_una_hostil_tampoco_detiene_su_revision() -> None:
    inicio = time.perf_counter()
    with Taller(docx(HOSTILES["ciclos que escriben"]), "ajena.docx") as taller:
        assert "E04" not in [defecto.codigo for defecto in taller.revisar(Contrato("minuta", Forma()))]
        with pytest.raises(ErrorDePlantilla, match="tarda más de 1 segundo"):
            taller.probar([CIFRAS], PROPIEDADES)
        with pytest.raises(ErrorDePlantilla, match="tarda más de"):  # ya no se le vuelve a esperar
            taller.abrir()
    assert time.perf_counter() - inicio < 2 * POCO + 10


def test_los_ciclos_que_no_acabarian_se_cortan_en_seguida_y_se_citan() -> None:
    en_parrafos = [p(f"{{% for a{n} in xs %}}") for n in range(9)] + [p("{% endfor %}")] * 9
    for numero, bloques in ((2, [p("Uno"), p("antes " + anidados(9, ""))]), (1, [p("Uno"), *en_parrafos])):
        (hallado,) = revision.probar(docx(*bloques), [{"xs": list(range(16))}], PROPIEDADES)
        assert hallado.problema.startswith(f"cuerpo, cerca del párrafo {numero}, en «{{% for a0 in xs %}}{{% for a1")
        assert hallado.problema.endswith(
            "»: los ciclos dan más de 2,000,000 de vueltas. Quite los que están uno dentro de otro."
        )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no limita la memoria de un proceso así")
def test_la_memoria_tiene_tope(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aparte, "SEGUNDOS", 20.0)
    with (
        Taller(docx(HOSTILES["texto que se dobla"]), "ajena.docx") as taller,
        pytest.raises(ErrorDePlantilla, match="más memoria de la permitida"),
    ):
        abrir_y_componer(taller)


def test_compone_lo_mismo_que_en_el_mismo_proceso() -> None:
    plantilla = docx(p("Hola {{ x }}"))
    with Taller(plantilla, "t.docx") as taller:
        taller.abrir()
        hechos = [taller.componer({"x": "Ana"}, PROPIEDADES, {"a": "b"}) for _ in range(2)]
    assert hechos == [Plantilla.abrir(plantilla, "t.docx").componer({"x": "Ana"}, PROPIEDADES, {"a": "b"})] * 2


def test_un_error_de_la_plantilla_llega_entero_y_se_puede_seguir() -> None:
    with Taller(docx(p("{{ y }}")), "t.docx") as taller:
        taller.abrir()
        with pytest.raises(ErrorDePlantilla, match="«y» no existe"):
            taller.componer({"x": 1}, PROPIEDADES, {})
        assert ooxml.partes(taller.componer({"y": 1}, PROPIEDADES, {}))


def test_cerrar_termina_el_proceso_y_se_puede_repetir() -> None:
    taller = Taller(docx(p("a")), "t.docx")
    taller.abrir()
    proceso = taller._proceso
    assert proceso is not None
    assert proceso.is_alive()
    taller.cerrar()
    taller.cerrar()
    assert taller._proceso is None


def test_la_del_programa_no_necesita_otro_proceso_y_la_ajena_si(tmp_path: Path) -> None:
    propia = RAIZ / "plantillas_docx" / "oficio.docx"
    copia, ajena = tmp_path / "copia.docx", tmp_path / "ajena.docx"
    copia.write_bytes(propia.read_bytes())
    ajena.write_bytes(docx(p("{{ oficio.numero }}")))
    tipo = tipo_de("oficio")
    for ruta, clase in ((None, DelMotor), (copia, DelMotor), (ajena, Taller)):
        with compositor(tipo, ruta) as hacer:
            assert isinstance(hacer._abierta, clase)


def test_un_lote_con_plantilla_ajena_usa_un_solo_proceso_y_lo_cierra(tmp_path: Path) -> None:
    ajena = tmp_path / "ajena.docx"
    ajena.write_bytes(docx(p("{{ oficio.numero }}: {{ destinatarios[0].nombre }}")))
    ejemplo = RAIZ / "entradas" / "ejemplos" / "oficio.xlsx"
    lote = generar_lote("oficio", ejemplo, tmp_path / "s", ajena)
    hechos = list(lote.intentos)
    assert [intento.documento is not None for intento in hechos] == [True] * lote.total


def test_con_una_plantilla_ajena_el_documento_sale(tmp_path: Path) -> None:
    from tests import expedientes

    ajena = tmp_path / "ajena.docx"
    ajena.write_bytes(docx(p("{{ sesion.titulo }}")))
    hecho = componer(tipo_de("minuta"), expedientes.de_ejemplo("minuta"), ajena)
    assert "Minuta de la Segunda" in ooxml.partes(hecho)["word/document.xml"].decode()


def test_desde_la_consola_tambien(tmp_path: Path) -> None:
    ajena = tmp_path / "ajena.docx"
    ajena.write_bytes(docx(p("{{ sesion.titulo }}")))
    ejemplo = RAIZ / "entradas" / "ejemplos" / "minuta.xlsx"
    hecho = subprocess.run(
        [sys.executable, "-m", "generador", "minuta", ejemplo, "--plantilla", ajena, "--salida", tmp_path],
        cwd=RAIZ, capture_output=True, text=True, encoding="utf-8", timeout=60,
    )  # fmt: skip
    assert hecho.returncode == 0, hecho.stderr
