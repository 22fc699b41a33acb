"""El informe de cuentas: completo, legible y con totales que cuadran, con siete cuentas o con mil."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from generador import ooxml
from generador.documentos.informe import TIPO
from generador.plantilla import problemas
from tests.lectura_de_docx import con_estilo, parrafos
from tests.libros_de_cuentas import EJEMPLO_DE_INFORME, HOY, docx_de_informe, hoja, libro
from tests.test_graficas import citadas, tabla_del_cache, tabla_del_libro

BASE = Path(__file__).parent / "casos" / "informe" / "_base.md"


@cache
def ejemplo() -> bytes:
    return docx_de_informe()


def titulos(datos: bytes) -> list[str]:
    return [texto for estilo, texto in con_estilo(datos) if estilo == "heading 1"]


def test_el_ejemplo_no_tiene_nada_que_corregir() -> None:
    assert TIPO.cruces(libro(de=EJEMPLO_DE_INFORME), HOY) == []


def test_el_informe_trae_todas_sus_secciones_en_orden() -> None:
    assert titulos(ejemplo()) == [
        "Presentación", "Resumen", "Totales por plataforma", "Totales por ámbito", "Cuentas por plataforma y ámbito",
        "Evolución", "Cuentas", "Actividad", "Altas y bajas del periodo", "Dictamen y recomendaciones",
        "Conclusiones", "Recomendaciones",
    ]  # fmt: skip


def test_una_seccion_sin_datos_desaparece_con_su_titulo() -> None:
    vacias = "## Movimientos (sin)\n\n## Mediciones (sin)\n\n## Gráficas (sin)\n\n" + hoja(
        "Informe", ("Dato", "Valor"), ("Conclusiones", "Nada más.")
    )
    sin_observaciones = hoja("Cuentas (entera)", ("Cuenta", "Plataforma"), ("Ejemplo", "Twitter"))
    dichos = titulos(docx_de_informe(vacias + sin_observaciones, BASE))
    assert {"Altas y bajas del periodo", "Evolución", "Actividad", "Dictamen y recomendaciones", "Presentación"} & {
        *dichos
    } == set()
    assert "Conclusiones" in dichos


def test_cada_cuenta_dice_su_cifra_inicial_la_final_y_su_aumento() -> None:
    dichos = parrafos(ejemplo())
    desde = dichos.index("Colima FB")
    assert [t for t in dichos[desde : desde + 10] if t in ("5,480", "5,796", "+316", "5.8%", "Activa")] == [
        "5,480", "5,796", "+316", "5.8%", "Activa",
    ]  # fmt: skip


def test_las_que_no_tienen_ninguna_medicion_se_nombran() -> None:
    nueva = hoja("Cuentas", ("Cuenta", "Plataforma"), ("Sin medir", "TikTok"))
    assert "Una cuenta en operación no tiene ninguna medición: Sin medir." in parrafos(docx_de_informe(nueva))


def test_las_inactivas_dicen_desde_cuando_y_las_bajas_con_que_oficio() -> None:
    dichos = parrafos(ejemplo())
    assert dichos[dichos.index("9 de noviembre de 2024") + 1] == "19 meses"
    assert "IE/DC/014/2026" in dichos
    assert "De las 14 cuentas en operación, 11 publicaron en los últimos 12 meses y 3 están inactivas." in dichos


@pytest.mark.parametrize(
    ("ultimas", "frase"),
    [
        (["20/06/2024"], "La única cuenta en operación publicó en los últimos 12 meses."),
        (["01/01/2022"], "La única cuenta en operación está inactiva."),
        (["20/06/2024"] * 2, "De las 2 cuentas en operación, 2 publicaron en los últimos 12 meses y ninguna está inactiva."),
        (["20/06/2024", "01/01/2022"], "De las 2 cuentas en operación, una publicó en los últimos 12 meses y una está inactiva."),
    ],
)  # fmt: skip
def test_la_actividad_se_dice_con_su_concordancia(ultimas: list[str], frase: str) -> None:
    cuentas = [(f"c{n}", "Twitter", ultima) for n, ultima in enumerate(ultimas)]
    sin_lo_demas = "## Movimientos (sin)\n\n## Gráficas (sin)\n\n## Mediciones (sin)\n\n"
    escritas = hoja("Cuentas (entera)", ("Cuenta", "Plataforma", "Última publicación"), *cuentas)
    cerrado = hoja("Informe", ("Dato", "Valor"), ("Conclusiones", "Nada más."))
    assert frase in parrafos(docx_de_informe(sin_lo_demas + escritas + cerrado, BASE))


def test_las_graficas_dicen_lo_mismo_en_su_cache_que_en_su_libro() -> None:
    partes = ooxml.partes(ejemplo())
    nombres = citadas(partes)
    assert len(nombres) == 4
    for nombre in nombres:
        assert tabla_del_cache(etree.fromstring(partes[nombre])) == tabla_del_libro(partes, nombre)


def test_una_grafica_citada_en_un_texto_no_se_repite_en_la_evolucion() -> None:
    cambios = hoja("Cuentas", ("Cuenta", "Observaciones"), ("Ejemplo TW", "Mire:<br>{gráfica.principales}"))
    assert len(citadas(ooxml.partes(docx_de_informe(cambios)))) == len(citadas(ooxml.partes(ejemplo())))


# --- Lo que Word recibe

PLATAFORMAS, AMBITOS = ("Facebook", "Twitter", "YouTube", "Instagram"), ("Nacional", "Estatal", "Distrital")


def muchas(cuantas: int) -> str:
    cuentas = [
        (f"Cuenta {n:04d}", PLATAFORMAS[n % 4], f"@ejemplo{n}", AMBITOS[n % 3], f"Entidad {n % 32:02d}",
         "Baja" if n % 50 == 0 else "Permanece", "01/01/2023" if n % 20 == 0 else "20/06/2024",
         "Publicar más contenido propio." if n % 25 == 0 else "")
        for n in range(cuantas)
    ]  # fmt: skip
    columnas = ("Cuenta", "Plataforma", "Usuario", "Ámbito", "Entidad o distrito", "Dictamen", "Última publicación",
                "Recomendación")  # fmt: skip
    mediciones = [(f, f"Cuenta {n:04d}", 100 + n + k) for n in range(cuantas) for k, f in enumerate(FECHAS)]
    return (
        "## Movimientos (sin)\n\n## Gráficas (sin)\n\n"
        + hoja("Cuentas (entera)", columnas, *cuentas)
        + hoja("Mediciones (entera)", ("Fecha de corte", "Cuenta", "Valor"), *mediciones)
    )


FECHAS = ("31/12/2023", "31/03/2024", "30/06/2024")
GENERADOS = {"base": "", "200 cuentas": muchas(200)}


def test_mil_cuentas_salen_todas_y_los_totales_las_suman() -> None:
    dichos = parrafos(docx_de_informe(muchas(1000), BASE))
    assert [n for n in range(1000) if f"Cuenta {n:04d}" not in dichos] == []
    assert f"{sum(102 + n for n in range(1000)):,}" in dichos
    assert "+2,000 (0.3%)" in dichos


@pytest.mark.parametrize("nombre", GENERADOS)
def test_lo_generado_no_tiene_hallazgos_estructurales(nombre: str) -> None:
    assert problemas(ooxml.partes(docx_de_informe(GENERADOS[nombre], BASE))) == []


def test_lo_generado_pasa_el_validador_de_microsoft(validador_sdk: Callable[..., list[str]], tmp_path: Path) -> None:
    documentos = {"ejemplo": ejemplo()} | {n: docx_de_informe(c, BASE) for n, c in GENERADOS.items()}
    rutas = [tmp_path / f"{nombre}.docx" for nombre in documentos]
    for ruta, datos in zip(rutas, documentos.values(), strict=True):
        ruta.write_bytes(datos)
    assert validador_sdk(*rutas) == []


def test_ninguna_pagina_sale_en_blanco_y_la_firma_no_queda_sola(
    tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    for cuantas in range(1, 6):
        ruta = tmp_path / f"informe {cuantas}.docx"
        conclusiones = hoja(
            "Informe", ("Dato", "Valor"), ("Conclusiones", "<br>".join(["Se concluye algo."] * cuantas))
        )
        ruta.write_bytes(docx_de_informe(conclusiones))
        *paginas, _ = pdftotext(soffice(ruta, "pdf")).split("\f")
        lineas = [[linea for linea in pagina.splitlines() if linea.strip()] for pagina in paginas]
        assert [n for n, escritas in enumerate(lineas, 1) if len(escritas) < 4] == []
        (de_la_firma,) = (pagina for pagina in paginas if "MTRA. REBECA PRADO EJEMPLO" in pagina)
        assert "Que todo mensaje institucional" in de_la_firma


def test_ningun_renglon_se_parte_y_cada_pagina_repite_su_encabezado(
    tmp_path: Path, soffice: Callable[[Path, str], Path], pdftotext: Callable[[Path], str]
) -> None:
    ruta = tmp_path / "informe.docx"
    ruta.write_bytes(docx_de_informe(muchas(200), BASE))
    paginas = pdftotext(soffice(ruta, "pdf")).split("\f")
    de_tabla = [p for p in paginas if len(re.findall(r"Cuenta \d{4}\s+\w+", p)) > 20]
    assert len(de_tabla) >= 3
    assert [p for p in de_tabla if not re.search(r"Cuenta\s+Plataforma", p)] == []
