"""El oficio de la semilla, y otros con lo que un oficio puede traer."""

import io
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook

from generador import flujo, ooxml
from generador.celdas import Celda, Hoja, Valor
from generador.documentos.hoja_libre import HojaLibre
from generador.documentos.oficio import TIPO
from generador.espejo import espejo
from generador.flujo import componer
from generador.hallazgos import LibroConHallazgos
from generador.libro.blanco import crear
from generador.plantilla import problemas
from generador.plantilla.relleno_de_grafica import C
from tests.fabrica import docx_con_grafica, grafica, p, t
from tests.lectura_de_docx import con_estilo, parrafos
from tests.libros_de_cuentas import EJEMPLO_DE_OFICIO, HOY, docx_de_oficio, hoja, libro
from tests.test_graficas import citadas, tabla_del_cache, tabla_del_libro

SEMILLA = Path(__file__).parent / "semillas" / "oficio_2015_04_28.txt"

# Lo único en que el oficio generado no dice lo mismo que la semilla, y por qué.
DIFERENCIAS = {
    "PENNA.-Directora de Información.-Presente": (
        "PENNA.- Directora de Información.- Presente.",
        "a la copia le faltaban los espacios y el punto final",
    ),
}
DESTINATARIA = ("Título", "Nombre", "Primer apellido", "Género", "Cargo")
BRUNO = ("Ing.", "Bruno", "Núñez", "Masculino", "Director de Informática")


@cache
def ejemplo(cambios: str = "") -> bytes:
    return docx_de_oficio(cambios, EJEMPLO_DE_OFICIO)


def todo(datos: bytes) -> str:
    """Lo que se lee en la primera página y siguientes: el membrete y el cuerpo, sin estilos ni marcas."""
    partes = espejo(datos).split("=== ")
    (membrete,) = (p for p in partes if p.startswith("encabezado: word/header2.xml"))
    dichos = re.sub(r"(?m)^\s*(?:[#|·] )*\[[^\]]*\] ?", "", membrete.partition("\n")[2])
    return " ".join((dichos + " " + " ".join(parrafos(datos))).replace("**", "").split())


def test_el_oficio_dice_en_orden_cada_parrafo_de_la_semilla() -> None:
    semilla = SEMILLA.read_text(encoding="utf-8")
    for viejo, (nuevo, _) in DIFERENCIAS.items():
        assert viejo in semilla
        semilla = semilla.replace(viejo, nuevo)
    dicho, desde = todo(ejemplo()).casefold(), 0
    for renglon in semilla.splitlines():
        for parrafo in renglon.split(" | "):
            assert parrafo.casefold() in dicho[desde:], parrafo
            desde = dicho.index(parrafo.casefold(), desde) + len(parrafo)


def test_las_cifras_de_la_semilla_no_estan_tecleadas_en_ningun_texto() -> None:
    modelo = libro(de=EJEMPLO_DE_OFICIO)
    textos = " ".join([b.texto or "" for b in modelo.cuerpo] + [c.observaciones or "" for c in modelo.cuentas])
    cifras = ("384,052", "42,452", "160,900", "16,332", "15,865", "12,315", "3,870", "7,970")
    assert [cifra for cifra in cifras if cifra in textos] == []
    assert [cifra for cifra in cifras if cifra not in todo(ejemplo())] == []


def test_si_cambia_una_medicion_cambian_el_texto_y_la_grafica() -> None:
    otro = ejemplo(hoja("Mediciones", ("Fuente", "Valor"), ("Se deduce: 384,052 − 42,452", 340000)))
    assert "un aumento de 44,052 seguidores" in todo(otro)
    (nombre,) = citadas(ooxml.partes(otro))
    assert tabla_del_cache(etree.fromstring(ooxml.partes(otro)[nombre]))[1] == ("dic 2014", 340000.0)


def test_el_ejemplo_avisa_de_que_dice_cinco_cuentas_y_las_tablas_listan_siete() -> None:
    avisos = [h for h in TIPO.cruces(libro(de=EJEMPLO_DE_OFICIO), HOY) if h.codigo == "V-29"]
    assert [(h.lugar, h.problema) for h in avisos] == [
        ("Cuerpo!B3", "Dice «5 cuentas», y las tablas listan 7 en operación y 2 de baja.")
    ]


# --- La gráfica


def test_la_grafica_lleva_los_valores_de_las_mediciones_en_su_cache_y_en_su_libro() -> None:
    partes = ooxml.partes(ejemplo())
    (nombre,) = citadas(partes)
    medidas = [m.valor for m in libro(de=EJEMPLO_DE_OFICIO).mediciones if m.cuenta == "INEMexico"]
    assert [fila[1] for fila in tabla_del_cache(etree.fromstring(partes[nombre]))[1:]] == medidas
    assert [fila[1] for fila in tabla_del_libro(partes, nombre)[1:]] == medidas


def test_la_grafica_va_dentro_de_la_celda_de_su_cuenta() -> None:
    documento = etree.fromstring(ooxml.partes(ejemplo())["word/document.xml"])
    (cita,) = documento.iter(f"{C}chart")
    celda = next(cita.iterancestors(f"{ooxml.W}tc"))
    assert "La cuenta de Facebook tiene un total de" in "".join(t.text or "" for t in celda.iter(f"{ooxml.W}t"))


def test_la_grafica_se_ve_en_el_pdf_y_sigue_ahi_tras_guardar_en_libreoffice(
    tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    ruta = tmp_path / "oficio.docx"
    ruta.write_bytes(ejemplo())
    visto = pdftotext(soffice(ruta, "pdf"))
    assert "Seguidores de @INEMexico, 2015" in visto
    assert "dic 2014" in visto
    vuelto = ooxml.partes(soffice(ruta, "docx").read_bytes())
    (grafica,) = (nombre for nombre in vuelto if re.fullmatch(r"word/charts/chart\d+\.xml", nombre))
    assert [v.text for v in etree.fromstring(vuelto[grafica]).iter(f"{C}v")][-1] == "384052"
    (incrustado,) = (nombre for nombre in vuelto if nombre.startswith("word/embeddings/"))
    assert load_workbook(io.BytesIO(vuelto[incrustado])).active is not None


def test_una_plantilla_propia_conserva_el_diseno_de_su_grafica_y_recibe_las_mediciones(tmp_path: Path) -> None:
    propia = tmp_path / "mia.docx"
    propia.write_bytes(docx_con_grafica(p(t("Oficio {{ oficio.numero }}")), p(grafica("gráfica: crecimiento"))))
    partes = ooxml.partes(componer(TIPO, libro(), propia))
    (nombre,) = citadas(partes)
    raiz = etree.fromstring(partes[nombre])
    assert [fila[1] for fila in tabla_del_cache(raiz)[1:]] == [1000, 1100, 1250]
    assert tabla_del_libro(partes, nombre) == tabla_del_cache(raiz)
    assert b'axId val="704"' in partes[nombre]  # sus ejes; los de la casa son el 1 y el 2


# --- Lo que un oficio puede traer


def dicho(cambios: str) -> list[str]:
    return parrafos(docx_de_oficio(cambios))


def test_a_varias_personas_se_les_dice_presentes_y_enviarles() -> None:
    leidos = dicho(hoja("Destinatarios", DESTINATARIA, BRUNO))
    lugares = [
        leidos.index(texto) for texto in ("Licenciada", "AMALIA ROBLES,", "Ingeniero", "BRUNO NÚÑEZ,", "Presentes")
    ]
    assert lugares == sorted(lugares)
    assert "Presente" not in leidos
    assert any(texto.endswith("les informo lo siguiente:") for texto in leidos)
    assert any("enviarles un cordial saludo" in texto for texto in leidos)


def test_a_un_cargo_sin_nombre_tambien_se_le_escribe() -> None:
    leidos = dicho(hoja("Destinatarios (entera)", ("Nombre", "Cargo"), ("", "Titular de la Oficialía de Partes")))
    assert leidos.index("Titular de la Oficialía de Partes") + 1 == leidos.index("Presente")


def test_la_despedida_escrita_reemplaza_a_la_de_la_plantilla() -> None:
    leidos = dicho(hoja("Oficio", ("Dato", "Valor"), ("Despedida", "Quedo a sus órdenes.")))
    assert "Quedo a sus órdenes." in leidos
    assert not any("cordial saludo" in texto for texto in leidos)


def test_el_asunto_los_anexos_y_las_iniciales_salen_solo_si_los_hay() -> None:
    cambios = hoja("Oficio", ("Dato", "Valor"), ("Asunto", "Cuentas del {periodo.año}"), ("Iniciales", "RP/abc"))
    leidos = dicho(cambios + hoja("Anexos", ("Anexo",), ("Relación de cuentas",)))
    assert any("Cuentas del 2024" in texto for texto in leidos)
    assert any("Relación de cuentas" in texto for texto in leidos)
    assert "RP/abc" in leidos
    sin_nada = " ".join(dicho(""))
    assert "Asunto" not in sin_nada
    assert "Anexo" not in sin_nada


def test_firman_varias_personas_en_su_orden() -> None:
    columnas = ("Título", "Nombre", "Primer apellido", "Género", "Cargo")
    leidos = con_estilo(
        docx_de_oficio(hoja("Firmas", columnas, BRUNO, ("Dra.", "Elena", "Campos", "Femenino", "Titular")))
    )
    firmas = [(nombre, cargo) for (estilo, nombre), (_, cargo) in pairwise(leidos) if estilo.startswith("Firmante")]
    assert firmas == [
        ("LIC. ROBERTO PRADO", "Director de Comunicación"),
        ("ING. BRUNO NÚÑEZ", "Director de Informática"),
        ("DRA. ELENA CAMPOS", "Titular"),
    ]


def test_una_hoja_propia_sale_como_tabla_con_sus_cifras_y_su_total() -> None:
    leidos = dicho("")
    desde = leidos.index("Concepto")
    assert leidos[desde : desde + 8] == ["Concepto", "Monto", "Difusión", "1,500", "Diseño", "500", "Total", "2,000"]


@pytest.mark.parametrize(
    ("encabezado", "escritas", "impresas"),
    [
        ("%", ["18.75", "20"], ["18.75%", "20.00%"]),
        ("%", [0.125, 0.5], ["12.5%", "50.0%"]),
        ("% del total", [0.25, 0.75], ["25%", "75%"]),
        ("Monto", ["1500.5", "300"], ["1,500.50", "300.00"]),
        ("Monto", ["$1,500.50", "$300.00"], ["$1,500.50", "$300.00"]),
        ("Promedio", ["2.4", "3"], ["2.4", "3.0"]),
        ("Clave", ["A1", "300"], ["A1", "300"]),
    ],
)
def test_las_cifras_de_una_columna_llevan_los_mismos_decimales(
    encabezado: str, escritas: list[Valor], impresas: list[str]
) -> None:
    celdas = {(1, 1): "Concepto", (1, 2): encabezado} | {(n, 1): f"c{n}" for n in (2, 3)}
    celdas |= dict(zip(((2, 2), (3, 2)), escritas, strict=True))  # type: ignore[arg-type]  # cifras y textos
    propia = HojaLibre(Hoja("Gastos", {lugar: Celda("Gastos", *lugar, valor) for lugar, valor in celdas.items()}))
    assert [propia.texto(renglon, 1) for renglon in propia.renglones] == impresas


def test_las_cuentas_de_un_grupo_van_en_un_solo_renglon() -> None:
    cambios = hoja("Cuentas", ("Cuenta", "Grupo"), ("Ejemplo", "Principales"), ("Ejemplo FB", "Principales"))
    leidos = dicho(cambios)
    desde = leidos.index("Ejemplo")
    assert leidos[desde : desde + 4] == [
        "Ejemplo", "Ejemplo FB", "Tiene 1,250 seguidores, 250 más que al inicio.", "Tiene 2,500 seguidores.",
    ]  # fmt: skip


def test_sin_observaciones_se_dice_lo_que_se_sabe() -> None:
    leidos = dicho("")
    assert leidos[leidos.index("Ejemplo TV") + 1] == "Seguidores: 300 al 30 de junio de 2024."
    assert leidos[leidos.index("Vieja") + 1] == "Baja del 10 de febrero de 2024, oficio IE/DC/014/2024."


HOSTILES = ["<Sin dato>", "R&D", "{{ 7*7 }}", "{% for %}", "]]>", "_x0041_", "a\u00a0b"]


@pytest.mark.parametrize("hostil", HOSTILES)
def test_el_texto_hostil_sale_integro(hostil: str) -> None:
    cambios = hoja("Cuerpo", ("Tipo", "Texto"), ("Cita", f"Dice {hostil}")) + hoja(
        "Gastos", ("Concepto", "Monto"), (f"Otro {hostil}", 0)
    )
    leidos = dicho(cambios)
    assert f"Dice {hostil}".replace("\u00a0", " ") in leidos
    assert f"Otro {hostil}".replace("\u00a0", " ") in leidos


# --- Lo que Word recibe

DOSCIENTAS = hoja(
    "Gastos (entera)", ("Concepto", "Enero", "Febrero", "Marzo", "Suma"),
    *((f"Concepto {n}", n, 2 * n, 3 * n, 6 * n) for n in range(1, 201)),
)  # fmt: skip
DOSCIENTAS_CUENTAS = hoja(
    "Cuentas", ("Cuenta", "Plataforma", "Observaciones"),
    *((f"Cuenta {n}", "Twitter", "Publica cada semana." * (n % 4)) for n in range(200)),
)  # fmt: skip
TODO_JUNTO = (
    hoja("Destinatarios", DESTINATARIA, BRUNO)
    + hoja("Firmas", DESTINATARIA, BRUNO)
    + hoja("Anexos", ("Anexo",), ("Relación de cuentas",))
    + hoja("Oficio", ("Dato", "Valor"), ("Asunto", "Cuentas"), ("Iniciales", "RP/abc"))
    + hoja("Institución", ("Dato", "Valor"), ("Domicilio", "Av. de Ejemplo 100"))
    + hoja("Cuerpo", ("Tipo", "Texto", "Hoja o gráfica"), ("Subtítulo", "Se anexa", ""), ("Numerado", "uno", ""),
           ("Viñeta", "dos", ""), ("Cita", "tres", ""), ("Gráfica", "", "crecimiento"))
)  # fmt: skip
GENERADOS = {"base": "", "todo junto": TODO_JUNTO, "200 renglones": DOSCIENTAS, "200 cuentas": DOSCIENTAS_CUENTAS}


@pytest.mark.parametrize("nombre", GENERADOS)
def test_lo_generado_no_tiene_hallazgos_estructurales(nombre: str) -> None:
    assert problemas(ooxml.partes(docx_de_oficio(GENERADOS[nombre]))) == []


def test_lo_generado_pasa_el_validador_de_microsoft(validador_sdk: Callable[..., list[str]], tmp_path: Path) -> None:
    documentos = {"semilla": ejemplo()} | {nombre: docx_de_oficio(cambios) for nombre, cambios in GENERADOS.items()}
    rutas = [tmp_path / f"{nombre}.docx" for nombre in documentos]
    for ruta, datos in zip(rutas, documentos.values(), strict=True):
        ruta.write_bytes(datos)
    assert validador_sdk(*rutas) == []


def test_mismos_datos_mismos_bytes() -> None:
    assert docx_de_oficio(TODO_JUNTO) == docx_de_oficio(TODO_JUNTO)


def _con_parrafos(cuantos: int) -> str:
    renglones = [
        ("Párrafo", f"Párrafo {n}: se informa lo que se pidió y se deja constancia de ello. " * 2)
        for n in range(cuantos)
    ]
    return hoja("Cuerpo (entera)", ("Tipo", "Texto"), *renglones)


def _con_grafica_y_vinetas(cuantas: int) -> str:
    vinetas = [("Viñeta", "Se cumplió lo que se pidió.", "")] * cuantas
    otra = ("Ing.", "Bruno", "Núñez", "Masculino", "Director de Informática")
    cuerpo = [("Tabla", "Gastos", "Gastos"), ("Gráfica", "", "crecimiento"), ("Gráfica", "", "crecimiento"), *vinetas]
    return hoja(
        "Cuerpo (entera)", ("Tipo", "Texto", "Hoja o gráfica"), *cuerpo, ("Párrafo", "Párrafo último.", "")
    ) + hoja("Firmas", DESTINATARIA, otra)


@pytest.mark.parametrize("cambios", [*map(_con_parrafos, (13, 15, 17)), *map(_con_grafica_y_vinetas, (0, 1, 2, 3))])
def test_la_firma_nunca_queda_sola_en_su_pagina(
    cambios: str, tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    ruta = tmp_path / "oficio.docx"
    ruta.write_bytes(docx_de_oficio(cambios))
    (pagina,) = (p for p in pdftotext(soffice(ruta, "pdf")).split("\f") if "LIC. ROBERTO PRADO" in p)
    assert [
        t for t in ("Párrafo", "Sin otro particular", "Atentamente", "Director de Comunicación") if t not in pagina
    ] == []


def paginas(
    cambios: str, carpeta: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> list[str]:
    ruta = carpeta / "oficio.docx"
    ruta.write_bytes(docx_de_oficio(cambios))
    *hechas, _ = pdftotext(soffice(ruta, "pdf")).split("\f")
    return hechas


def test_un_parrafo_largo_al_final_no_deja_en_blanco_la_pagina_en_que_empieza(
    tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    largo = hoja("Cuerpo (entera)", ("Tipo", "Texto"), ("Párrafo", "Le informo:"), ("Párrafo", "Palabra corta. " * 195))
    primera, *_ = paginas(largo, tmp_path, soffice, pdftotext)
    assert primera.count("Palabra corta") > 100


@pytest.mark.parametrize("renglones", [32, 34, 36])
def test_las_copias_y_las_iniciales_no_quedan_solas_en_su_pagina(
    renglones: int, tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    largo = hoja("Cuerpo (entera)", ("Tipo", "Texto"), *[("Cita", "Un renglón.")] * (renglones // 2))
    iniciales = hoja("Oficio", ("Dato", "Valor"), ("Iniciales", "RP/abc"))
    copias = hoja("Copias", ("Nombre", "Cargo"), *((f"Ana{n}", "Jefa") for n in range(4)))
    ultima = paginas(largo + iniciales + copias, tmp_path, soffice, pdftotext)[-1]
    assert "RP/abc" in ultima
    assert "LIC. ROBERTO PRADO" in ultima


def test_a_un_cargo_colectivo_se_le_habla_en_plural() -> None:
    columnas = ("Nombre", "Cargo", "Plural")
    titulares = hoja("Destinatarios (entera)", columnas, ("", "Titulares de las Unidades", ""))
    leidos = dicho(titulares)
    assert "Presentes" in leidos
    assert any("enviarles un cordial saludo" in texto for texto in leidos)
    assert "Presente" in dicho(hoja("Destinatarios (entera)", columnas, ("", "Titulares de las Unidades", "No")))
    assert "Presentes" in dicho(hoja("Destinatarios (entera)", columnas, ("", "Consejo Consultivo", "Sí")))


def test_un_libro_recien_creado_dice_de_una_vez_todo_lo_que_le_falta(tmp_path: Path) -> None:
    ruta = tmp_path / "nuevo.xlsx"
    ruta.write_bytes(crear(TIPO.modelo, esquema=TIPO.esquema, titulo=TIPO.titulo, guia=TIPO.guia))
    with pytest.raises(LibroConHallazgos) as error:
        flujo.generar("oficio", ruta, tmp_path, hoy=HOY)
    assert [hallazgo.lugar for hallazgo in error.value.hallazgos] == [
        "Institución!B2", "hoja «Oficio»", "hoja «Destinatarios»", "hoja «Cuerpo»", "hoja «Firmas»",
    ]  # fmt: skip
