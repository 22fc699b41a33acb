"""El punto de seguimiento: la minuta lo escribe sola con la hoja «Seguimiento», salvo que alguien lo haya escrito."""

from datetime import date

import pytest

from generador.documentos.nombres_de_sesion import resolver
from generador.documentos.reunion import Reunion
from generador.documentos.seguimiento_de_sesion import Cuentas, cuentas, informado
from generador.documentos.sesion import Estatus, Pendiente
from generador.esquema import Texto, a_medias
from generador.flujo import componer, tipo_de
from tests.expedientes import de_ejemplo
from tests.lectura_de_docx import parrafos

HOY = date(2018, 2, 21)
ESTATUS = {
    "p": Estatus.PENDIENTE,
    "e": Estatus.EN_PROCESO,
    "c": Estatus.CUMPLIDO,
    "x": Estatus.CANCELADO,
}


def pendiente(estatus: Estatus | None = None, **datos: object) -> Pendiente:
    return a_medias(Pendiente, **({"clave": "X-1", "texto": Texto("Publicar el inventario")} | datos), estatus=estatus)


def de(letras: str) -> Cuentas:
    """Las cuentas de un seguimiento escrito en letras: ``"ppcx"``."""
    return cuentas([pendiente(ESTATUS[letra]) for letra in letras], HOY)


def punto_tres(cambios: str = "") -> list[str]:
    """Lo que dice la minuta de ejemplo de 2018 en su punto de seguimiento."""
    dichos = parrafos(componer(tipo_de("minuta"), de_ejemplo("minuta-2018-1", cambios)))
    return dichos[dichos.index("Punto 3:") + 1 : dichos.index("Punto 4:")]


def seguimiento(*renglones: str) -> str:
    encabezado = "| Clave | Acuerdo | Área responsable | Persona | Plazo | Plazo sin fecha | Estatus anterior | Estatus nuevo | Avance | Evidencia |"
    return "\n".join(["## Seguimiento (entera)", encabezado, "|---" * 10 + "|", *renglones, ""])


def desarrollo(*textos: str) -> str:
    return "## Desarrollo\n| Punto | Texto |\n|---|---|\n" + "".join(f"| 3 | {texto} |\n" for texto in textos)


# --- La frase


@pytest.mark.parametrize(
    ("letras", "frase"),
    [
        ("", ""),
        ("p", "quedó pendiente 1 punto"),
        ("e", "quedó pendiente 1 punto"),
        ("c", "quedó pendiente 1 punto, que ya fue cumplido"),
        ("x", "quedó pendiente 1 punto, que se canceló"),
        ("pe", "quedaron pendientes 2 puntos, de los cuales ninguno ha sido cumplido"),
        ("pc", "quedaron pendientes 2 puntos, de los cuales 1 ya fue cumplido"),
        ("cc", "quedaron pendientes 2 puntos, que ya fueron cumplidos"),
        ("px", "quedaron pendientes 2 puntos, de los cuales 1 se canceló"),
        ("pecccp", "quedaron pendientes 6 puntos, de los cuales 3 ya fueron cumplidos"),
        ("pcxx", "quedaron pendientes 4 puntos, de los cuales 1 ya fue cumplido y 2 se cancelaron"),
        ("ccx", "quedaron pendientes 3 puntos, de los cuales 2 ya fueron cumplidos y 1 se canceló"),
        ("xx", "quedaron pendientes 2 puntos, que se cancelaron"),
    ],
)
def test_la_frase_concuerda_con_lo_que_hay(letras: str, frase: str) -> None:
    assert de(letras).frase == frase


def test_cada_acuerdo_se_cuenta_una_vez() -> None:
    suyas = de("pppeeccccx")
    assert suyas == Cuentas(total=10, cumplidos=4, cancelados=1, en_proceso=2, sin_avance=3, vencidos=0)
    assert (suyas.abiertos, suyas.abiertos + suyas.cumplidos + suyas.cancelados) == (5, suyas.total)


def test_sin_estatus_nuevo_cuenta_el_anterior_y_sin_ninguno_esta_pendiente() -> None:
    ninguno, anterior = pendiente(), pendiente(anterior=Estatus.EN_PROCESO)
    reabierto = pendiente(Estatus.EN_PROCESO, anterior=Estatus.CUMPLIDO)
    assert cuentas([ninguno, anterior, reabierto], HOY) == Cuentas(3, 0, 0, en_proceso=2, sin_avance=1, vencidos=0)


def test_vence_lo_que_sigue_abierto_al_dia_siguiente_de_su_plazo() -> None:
    plazos = [date(2018, 2, 20), HOY, date(2018, 2, 22), None]
    abiertos = [pendiente(plazo=plazo) for plazo in plazos]
    cerrado = pendiente(Estatus.CUMPLIDO, plazo=date(2018, 2, 20))
    assert cuentas([*abiertos, cerrado], HOY).vencidos == 1


# --- Los nombres del texto


def test_el_texto_puede_citar_las_cuentas() -> None:
    reunion = Reunion(de_ejemplo("minuta-2018-1"))
    citas = "{seguimiento.total} = {seguimiento.pendientes} + {seguimiento.cumplidos} + {seguimiento.cancelados}"
    assert resolver(reunion, citas) == "14 = 8 + 6 + 0"
    de_abiertos = (
        "{seguimiento.en proceso} en proceso, {Seguimiento.Sin avance} sin avance, {seguimiento.vencidos} vencidos"
    )
    assert resolver(reunion, de_abiertos) == "6 en proceso, 2 sin avance, 0 vencidos"
    assert resolver(reunion, "Informó que {seguimiento.frase}.") == (
        "Informó que quedaron pendientes 14 puntos, de los cuales 6 ya fueron cumplidos."
    )


# --- El punto que se escribe solo

TRES = seguimiento(
    "| X-1 | Publicar el inventario | Archivo | Ana Ruiz | 30/04/2018 | | Pendiente | Cumplido | se publicó<br>Son dos partes | Oficio 7. |",
    "| X-2 | ¿Revisar la **bodega**? | | | | inmediato | En proceso | | | |",
    "| X-3 | Apoyar a las áreas. | Archivo. | | 30/04/2018 | semestral | | Cancelado | Ya no hace falta. | |",
)


def test_sin_desarrollo_el_punto_dice_la_frase_y_cada_acuerdo() -> None:
    assert punto_tres(TRES) == [
        "El Secretario Técnico informó que quedaron pendientes 3 puntos, de los cuales 1 ya fue cumplido y 1 se canceló.",
        "X-1. Publicar el inventario. Responsable: Archivo · Ana Ruiz. Plazo: 30 de abril de 2018. "
        "Cumplido: Se publicó. Son dos partes. Evidencia: Oficio 7.",
        "X-2. ¿Revisar la bodega? Plazo: inmediato. En proceso.",
        "X-3. Apoyar a las áreas. Responsable: Archivo. Plazo: 30 de abril de 2018. Cancelado: Ya no hace falta.",
        "Sin más comentarios, el seguimiento de acuerdos se dio por recibido.",
    ]


@pytest.mark.parametrize(
    ("renglon", "dicho"),
    [
        ("| X | Uno | | | | | | | | |", "El Secretario Técnico informó que quedó pendiente 1 punto."),
        (
            "| X | Uno | | | | | | Cumplido | | |",
            "El Secretario Técnico informó que quedó pendiente 1 punto, que ya fue cumplido.",
        ),
    ],
)
def test_un_solo_acuerdo_se_dice_en_singular(renglon: str, dicho: str) -> None:
    assert punto_tres(seguimiento(renglon))[0] == dicho


def test_lo_que_la_persona_escribe_va_solo() -> None:
    propios = punto_tres(TRES + desarrollo("El seguimiento se informó por escrito: {seguimiento.frase}.", "Sin más."))
    assert propios == [
        "El seguimiento se informó por escrito: quedaron pendientes 3 puntos, de los cuales 1 ya fue cumplido y 1 se "
        "canceló.",
        "Sin más.",
        "Sin más comentarios, el seguimiento de acuerdos se dio por recibido.",
    ]


def test_lo_que_se_escribe_en_otro_punto_no_calla_el_seguimiento() -> None:
    otro = "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 5 | Nada más. |\n"
    assert punto_tres(TRES + otro) == punto_tres(TRES)


def test_sin_acuerdos_en_seguimiento_el_punto_pide_su_desarrollo() -> None:
    libro = de_ejemplo("minuta-2018-1", "## Seguimiento (sin)")
    (error,) = [h for h in tipo_de("minuta").cruces(libro, date(2026, 1, 1)) if h.es_error]
    assert str(error).startswith(
        "Orden del día!A4  El punto 3 («Presentación del informe sobre el Seguimiento de Acuer"
    )


@pytest.mark.parametrize("cual", ["Retirado", "Pospuesto"])
def test_el_seguimiento_que_no_se_trato_no_se_informa(cual: str) -> None:
    cambios = f"{TRES}## Orden del día\n| Punto | Resultado |\n|---|---|\n| 3 | {cual} |\n"
    dichos = parrafos(componer(tipo_de("minuta"), de_ejemplo("minuta-2018-1", cambios)))
    assert [dicho for dicho in dichos if "quedaron pendientes" in dicho or dicho.startswith("X-")] == []


def test_quien_informa_es_quien_funge_en_la_secretaria() -> None:
    otra = "## Asistencia\n| Nombre corto | Nombre | Género |\n|---|---|---|\n| Núñez | Bruna | Femenino |\n"
    assert punto_tres(TRES + otra)[0].startswith("La Secretaria Técnica informó que ")


# --- Cada acuerdo


@pytest.mark.parametrize(
    ("texto", "dicho"),
    [
        ("Publicar el inventario", "Publicar el inventario."),
        ("Publicar el inventario.", "Publicar el inventario."),
        ("Revisar:\nUno;\n\nDos;", "Revisar: Uno. Dos."),
        ("(Sin describir.)", "(Sin describir.)"),
        ("¿Se publicó?", "¿Se publicó?"),
        ("El “Sistema.”", "El “Sistema.”"),
        ("El “Sistema”", "El “Sistema”."),
    ],
)
def test_el_texto_de_un_acuerdo_acaba_en_punto(texto: str, dicho: str) -> None:
    assert informado(pendiente(texto=Texto(texto)))["texto"] == dicho


def test_un_acuerdo_sin_nada_mas_no_deja_rotulos_vacios() -> None:
    assert informado(pendiente()) == {
        "clave": "X-1",
        "texto": "Publicar el inventario.",
        "responsable": "",
        "plazo": "",
        "estatus": "Pendiente",
        "avance": "",
        "evidencia": "",
    }
