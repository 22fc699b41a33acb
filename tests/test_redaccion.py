"""Los nombres entre llaves se vuelven español, con su contracción, su mayúscula y el formato de la celda."""

import pytest

from generador.celdas import LIGA, NEGRITA
from generador.documentos.redaccion import ligado, nombres_en, redactar

NOMBRES = {
    "quien": "el licenciado Ruiz",
    "presidencia": "el Presidente",
    "secretaria": "la Secretaria",
    "1904": "mil 904",
}
ABRE, CIERRA = NEGRITA


@pytest.mark.parametrize(
    ("escrito", "sale"),
    [
        ("{quien} dijo", "El licenciado Ruiz dijo"),
        ("Terminó. {quien} dijo", "Terminó. El licenciado Ruiz dijo"),
        ("¿{quien} dijo?", "¿El licenciado Ruiz dijo?"),
        ("Al respecto, {quien} dijo", "Al respecto, el licenciado Ruiz dijo"),
        ("por instrucciones de {presidencia}", "por instrucciones del Presidente"),
        ("De {presidencia} y a {presidencia}", "Del Presidente y al Presidente"),
        ("pidió a {secretaria}", "pidió a la Secretaria"),
        ("desde {presidencia} hacia {quien}", "desde el Presidente hacia el licenciado Ruiz"),
        ("se atendieron { 1904 } solicitudes", "se atendieron mil 904 solicitudes"),
        ("{QUIÉN} y {nadie}", "El licenciado Ruiz y {nadie}"),
        ("{{ 7*7 }} {% for %} {# x #} {a: 1} {}", "{{ 7*7 }} {% for %} {# x #} {a: 1} {}"),
        ("${1904} y #{quien}, %{quien}", "$mil 904 y #el licenciado Ruiz, %el licenciado Ruiz"),
        ("{_{ x }_} y {{quien}}", "{_{ x }_} y {{quien}}"),
        (f"de {ABRE}{{presidencia}}{CIERRA}", f"del {ABRE}Presidente{CIERRA}"),
        (f"dijo {{{ABRE}quien{CIERRA}}}", f"dijo {ABRE}el licenciado Ruiz{CIERRA}"),
    ],
)
def test_cada_nombre_sale_como_debe(escrito: str, sale: str) -> None:
    assert redactar(escrito, NOMBRES) == sale


def test_se_listan_los_nombres_citados_y_nada_mas() -> None:
    assert list(nombres_en("{quien} y {sesion.fecha}; {{ x }}, {% y %}")) == ["quien", "sesion.fecha"]


@pytest.mark.parametrize(
    ("texto", "direccion"),
    [
        ("vea http://a.mx/x.", "http://a.mx/x"),
        ("(https://a.mx/?q=1)", "https://a.mx/?q=1"),
        ("http://www.a.mx/ ) y", "http://www.a.mx/"),
    ],
)
def test_una_direccion_se_vuelve_liga_sin_su_puntuacion(texto: str, direccion: str) -> None:
    assert ligado(texto) == texto.replace(direccion, LIGA[0] + direccion + LIGA[1] + direccion + LIGA[2])


def test_lo_que_ya_es_liga_no_se_toca() -> None:
    liga = f"{LIGA[0]}http://a.mx{LIGA[1]}aquí{LIGA[2]}"
    assert ligado(f"{liga} o http://b.mx") == f"{liga} o http://b.mx"
