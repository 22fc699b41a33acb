"""El libro de la sesión siguiente, y las claves que llevan los acuerdos de un libro al otro."""

import json
import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generador.celdas import letras
from generador.consola import principal
from generador.documentos.expediente import Archivada
from generador.documentos.minuta import TIPO
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import (
    Asistencia,
    Estatus,
    LibroDeSesion,
    Parrafo,
    Pendiente,
    Punto,
    Sesion,
    TipoDePunto,
    TipoDeSesion,
)
from generador.documentos.siguiente import nombre_propio, siguiente
from generador.esquema import Texto, a_medias, leer
from generador.libro.blanco import crear
from generador.libro.lectura import abrir
from tests.expedientes import CADENA, EJEMPLOS, de_ejemplo

ORDINARIA, EXTRAORDINARIA = TipoDeSesion.ORDINARIA, TipoDeSesion.EXTRAORDINARIA
DESPUES = date(2018, 9, 19)


def archivada(nombre: str = "minuta-2018-1", cambios: str = "") -> Archivada:
    return Archivada(f"{nombre}.xlsx", Reunion(de_ejemplo(nombre, cambios)))


def preparado(
    cambios: str = "",
    tipo: TipoDeSesion = ORDINARIA,
    fecha: date | None = DESPUES,
    vecinas: Sequence[Archivada] = (),
    nombre: str = "minuta-2018-1",
) -> LibroDeSesion:
    """El libro que sigue al de un ejemplo con esos cambios."""
    return siguiente(archivada(nombre, cambios), tipo, fecha, vecinas).libro


def sesion(**datos: object) -> str:
    renglones = "\n".join(f"| {rotulo.replace('_', ' ')} | {valor} |" for rotulo, valor in datos.items())
    return f"## Sesión\n| Dato | Valor |\n|---|---|\n{renglones}\n"


def resultado(punto: int, cual: str) -> str:
    return f"## Orden del día\n| Punto | Resultado |\n|---|---|\n| {punto} | {cual} |\n"


def titulos(libro: LibroDeSesion) -> list[str]:
    return [punto.titulo for punto in libro.orden_del_dia]


def tipos(libro: LibroDeSesion) -> list[TipoDePunto]:
    return [punto.tipo for punto in libro.orden_del_dia]


def lleno(libro: LibroDeSesion) -> LibroDeSesion:
    """El libro preparado, con lo mínimo que falta escribir después de la sesión."""
    suya = replace(libro.sesion, fecha=libro.sesion.fecha or DESPUES)
    suya = replace(suya, inicio=time(10), termino=time(11), lugar="Sala de juntas")
    dichos = tuple(a_medias(Parrafo, punto=p.clave, texto=Texto("Se trató el punto.")) for p in libro.orden_del_dia)
    return replace(libro, sesion=suya, desarrollo=dichos)


def en_excel(libro: LibroDeSesion, ruta: Path) -> Path:
    ruta.write_bytes(crear(TIPO.modelo, esquema=TIPO.esquema, titulo=TIPO.titulo, guia=TIPO.guia, datos=libro))
    return ruta


# --- Las claves

ACUERDOS = (
    "## Acuerdos (entera)\n| Punto | Clase | Acuerdo | Área responsable | Clave |\n|---|---|---|---|---|\n"
    "| 4 | Compromiso | Uno | Archivo | |\n| 4 | Acuerdo | Dos | Archivo | |\n| 4 | Compromiso | Tres | Archivo | |\n"
    "| 6 | Instrucción | Cuatro | Archivo | |\n"
)


def claves(cambios: str) -> dict[str, str]:
    """La clave de cada acuerdo, por su texto."""
    return {acuerdo.texto: suya for suya, acuerdo in Reunion(de_ejemplo("minuta-2018-1", cambios)).claves_de_acuerdos}


def con_formato(formato: str) -> str:
    return f"{ACUERDOS}## Órgano\n| Dato | Valor |\n|---|---|\n| Formato de clave | {formato} |\n"


CLAVES = {
    "Uno": "CGPE-2018-O01-04-C1",
    "Dos": "CGPE-2018-O01-04-A1",
    "Tres": "CGPE-2018-O01-04-C2",
    "Cuatro": "CGPE-2018-O01-06-I1",
}
INCORPORADO = "## Orden del día\n| Punto | Título | Tipo | Incorporado en la sesión |\n|---|---|---|---|\n| 9 | Otro | Otro | Sí |\n"


@pytest.mark.parametrize(
    "cambios",
    ["", resultado(2, "Retirado"), resultado(3, "Retirado") + resultado(5, "Retirado"), INCORPORADO],
    ids=["como se convocó", "se retiró uno", "se retiraron dos", "se incorporó otro"],
)
def test_la_clave_no_cambia_aunque_el_punto_se_renumere(cambios: str) -> None:
    assert claves(ACUERDOS + cambios) == CLAVES


def test_retirar_un_punto_renumera_los_demas() -> None:
    reunion = Reunion(de_ejemplo("minuta-2018-1", resultado(2, "Retirado")))
    assert [(numero, punto.clave) for numero, punto in reunion.puntos] == [
        (1, "1"), (2, "3"), (3, "4"), (4, "5"), (5, "6"),
    ]  # fmt: skip


def test_la_clave_no_cambia_aunque_los_acuerdos_de_otros_puntos_se_escriban_antes_o_despues() -> None:
    encabezado, raya, uno, dos, tres, cuatro = ACUERDOS.splitlines()[1:]
    for orden in ((cuatro, uno, dos, tres), (uno, cuatro, dos, tres), (dos, uno, cuatro, tres)):
        assert claves("\n".join(["## Acuerdos (entera)", encabezado, raya, *orden])) == CLAVES


def test_el_punto_se_reconoce_como_sea_que_se_cite() -> None:
    citados = ACUERDOS.replace("| 4 | Compromiso | Uno", "| Punto 4 | Compromiso | Uno").replace("| 6 |", "| 6.- |")
    assert claves(citados) == CLAVES


@pytest.mark.parametrize(
    ("formato", "esperadas"),
    [
        ("{siglas}/{año}/{tipo}{sesión}/{nnn}", ["CGPE/2018/O01/001", "CGPE/2018/O01/002", "CGPE/2018/O01/003", "CGPE/2018/O01/004"]),
        ("{Clase}{ NN }.{PUNTO}.{sesion}{tipo}{ano}", ["C01.04.01O2018", "A01.04.01O2018", "C02.04.01O2018", "I01.06.01O2018"]),
        ("Acuerdo {n} de {sesión}-{año} {tipo}", ["Acuerdo 1 de 01-2018 O", "Acuerdo 2 de 01-2018 O", "Acuerdo 3 de 01-2018 O", "Acuerdo 4 de 01-2018 O"]),
    ],
)  # fmt: skip
def test_el_formato_de_la_clave_es_el_que_diga_el_organo(formato: str, esperadas: list[str]) -> None:
    assert list(claves(con_formato(formato)).values()) == esperadas


@pytest.mark.parametrize(
    ("tipo", "letra"), [("Ordinaria", "O"), ("Extraordinaria", "E"), ("Especial", "ES"), ("Solemne", "S")]
)
def test_la_clave_distingue_el_tipo_y_el_numero_de_la_sesion(tipo: str, letra: str) -> None:
    datos = sesion(Tipo_de_sesión=tipo, Número_en_el_año=12)
    assert claves(ACUERDOS + datos)["Uno"] == f"CGPE-2018-{letra}12-04-C1"


def test_la_clave_escrita_se_respeta_y_no_se_da_a_otro() -> None:
    escrita = ACUERDOS.replace("| Tres | Archivo | |", "| Tres | Archivo | cgpe-2018-o01-04-c1 |")
    assert claves(escrita) == CLAVES | {"Tres": "cgpe-2018-o01-04-c1", "Uno": "CGPE-2018-O01-04-C2"}


# --- Los ejemplos encadenados

PARES = [(CADENA[0], CADENA[1]), (CADENA[1], CADENA[2])]


@pytest.mark.parametrize(("antes", "despues"), PARES)
def test_de_cada_libro_de_ejemplo_sale_el_que_le_sigue(antes: str, despues: str) -> None:
    escrito = de_ejemplo(despues)
    hecho = preparado(nombre=antes, fecha=escrito.sesion.fecha)
    assert replace(hecho.organo, leyenda=None) == replace(escrito.organo, leyenda=None)
    assert (hecho.sesion.tipo, hecho.sesion.numero, hecho.sesion.fecha) == (
        escrito.sesion.tipo, escrito.sesion.numero, escrito.sesion.fecha,
    )  # fmt: skip
    assert hecho.orden_del_dia[:4] == escrito.orden_del_dia[:4]
    assert hecho.orden_del_dia[-1] == replace(escrito.orden_del_dia[-1], clave="5")
    assert [(p.clave, p.texto, p.area, p.antes) for p in hecho.seguimiento] == [
        (p.clave, p.texto, p.area, p.antes) for p in escrito.seguimiento
    ]


def test_de_lo_que_paso_en_la_sesion_anterior_no_queda_nada() -> None:
    acreditado = "## Seguimiento\n| Clave | Evidencia |\n|---|---|\n| CGPE-2017-O02-08-C1 | Oficio 7 |"
    libro = preparado(acreditado, nombre="minuta-2018-2")
    assert (libro.desarrollo, libro.votos, libro.acuerdos, libro.recesos, libro.anexos) == ((), (), (), (), ())
    assert libro.sesion == a_medias(Sesion, tipo=ORDINARIA, numero=3, fecha=DESPUES)
    assert {(p.resultado, p.frase, p.incorporado) for p in libro.orden_del_dia} == {(None, None, False)}
    assert {(p.estatus, p.avance, p.evidencia) for p in libro.seguimiento} == {(None, None, None)}


def test_lo_que_se_cerro_ya_no_esta_y_lo_abierto_llega_con_el_estatus_en_que_quedo() -> None:
    llegan = {p.clave: p.anterior for p in preparado(nombre="minuta-2018-2").seguimiento}
    assert llegan == {
        "CGPE-2017-O02-03-C2": Estatus.EN_PROCESO,
        "CGPE-2017-O02-07-C1": Estatus.EN_PROCESO,
        "CGPE-2017-O02-08-C1": Estatus.EN_PROCESO,
        "CGPE-2017-O02-08-C2": Estatus.PENDIENTE,
        "CGPE-2018-O01-04-C1": Estatus.EN_PROCESO,
        "CGPE-2018-O01-06-C1": Estatus.EN_PROCESO,
        "CGPE-2018-O02-05-A1": Estatus.PENDIENTE,
    }


def test_un_acuerdo_nuevo_llega_con_su_texto_resuelto_su_responsable_y_su_plazo() -> None:
    nuevo = (
        "## Acuerdos (entera)\n| Punto | Acuerdo | Persona | Plazo | Plazo sin fecha |\n|---|---|---|---|---|\n"
        "| 6 | Apoyar a {Salas} con {1120} fichas. | Trejo | 31/08/2018 | improrrogable |"
    )
    *_, ultimo = preparado(nuevo).seguimiento
    assert ultimo == Pendiente(
        clave="CGPE-2018-O01-06-A1", texto=Texto("Apoyar a la maestra Salas con mil 120 fichas."), area=None,
        persona="Mtro. Hugo Trejo Ulloa", plazo=date(2018, 8, 31), plazo_libre="improrrogable",
        anterior=Estatus.PENDIENTE, estatus=None, avance=None, evidencia=None,
    )  # fmt: skip


# --- Las personas


def test_estan_todos_los_integrantes_y_por_omision_asisten() -> None:
    antes = (
        "## Asistencia\n| Nombre corto | Asistió | Desde el punto | Hasta el punto | Nota de firma |\n|---|---|---|---|---|\n"
        "| Robles | A distancia | | | Con salvedad |\n| Olmos | No | | | |\n| Salas | | 2 | 4 | |"
    )
    personas = preparado(antes).asistencia
    assert [p.corto for p in personas] == [p.corto for p in de_ejemplo("minuta-2018-1").asistencia]
    assert {(p.asistencia, p.desde, p.hasta, p.nota) for p in personas} == {(Asistencia.SI, None, None, None)}


def test_quien_solo_suplio_no_vuelve_y_se_avisa() -> None:
    hecho = siguiente(archivada("minuta-2018-2"), ORDINARIA, DESPUES)
    assert "Vela" not in [p.corto for p in hecho.libro.asistencia]
    assert {p.asistencia for p in hecho.libro.asistencia} == {Asistencia.SI}  # Olmos y Quiroz habían faltado
    assert [str(aviso).replace("\u00a0", " ") for aviso in hecho.avisos] == [
        "hoja «Asistencia»  Ing. Irene Vela Zamora sólo suplió la vez pasada. "
        "Si vuelve a asistir un suplente, agréguelo con su oficio."
    ]


# --- El número y el nombre


@pytest.mark.parametrize(
    ("cambios", "tipo", "fecha", "numero"),
    [
        ("", ORDINARIA, date(2018, 6, 20), 2),
        ("", ORDINARIA, date(2019, 1, 16), 1),
        ("", ORDINARIA, None, 2),
        ("", EXTRAORDINARIA, date(2018, 3, 1), 1),
        ("", TipoDeSesion.SOLEMNE, date(2018, 3, 1), 1),
        (sesion(Número_en_el_año=9), ORDINARIA, date(2018, 6, 20), 10),
    ],
    ids=["otra", "otro año", "sin fecha", "de otro tipo", "solemne", "la novena"],
)
def test_el_numero_sigue_al_de_su_tipo_y_vuelve_a_empezar_cada_ano(
    cambios: str, tipo: TipoDeSesion, fecha: date | None, numero: int
) -> None:
    assert preparado(cambios, tipo, fecha).sesion.numero == numero


def test_si_la_anterior_es_de_otro_tipo_el_numero_sale_de_las_vecinas() -> None:
    extraordinaria = sesion(Tipo_de_sesión="Extraordinaria", Número_en_el_año=4, Fecha="21/03/2018")
    vecinas = [archivada("minuta-2018-2"), archivada("minuta-2018-1"), archivada("minuta")]
    libro = preparado(extraordinaria, vecinas=vecinas)
    assert libro.sesion.numero == 2  # la de junio es posterior a la de marzo: no cuenta
    assert preparado(extraordinaria, EXTRAORDINARIA, vecinas=vecinas).sesion.numero == 5


@pytest.mark.parametrize(
    ("sometidas", "numero"),
    [
        ("la minuta de la Tercera Sesión Ordinaria, celebrada el 14 de febrero de 2018", 4),
        ("las minutas de la Primera y Segunda Sesión Ordinaria de 2018", 3),
        (
            "las minutas de la Segunda Sesión Ordinaria de 2017 y la Sexta Sesión Extraordinaria del 2 de enero de 2018",
            1,
        ),
    ],
)
def test_sin_vecinas_el_numero_sale_de_las_minutas_que_se_sometieron(sometidas: str, numero: int) -> None:
    anterior = sesion(Tipo_de_sesión="Extraordinaria") + (
        f"## Orden del día\n| Punto | Título |\n|---|---|\n| 2 | Aprobación de {sometidas} |"
    )
    assert preparado(anterior).sesion.numero == numero


@pytest.mark.parametrize(
    ("tipo", "fecha", "archivo"),
    [
        (ORDINARIA, date(2018, 6, 20), "CGPE 2018-06-20 Segunda Sesión Ordinaria"),
        (EXTRAORDINARIA, None, "CGPE 2018 Primera Sesión Extraordinaria"),
    ],
)
def test_el_archivo_se_llama_como_la_sesion(tipo: TipoDeSesion, fecha: date | None, archivo: str) -> None:
    assert siguiente(archivada(), tipo, fecha).archivo == archivo


def test_sin_ordinal_en_letra_la_sesion_lleva_su_numero() -> None:
    propias = [nombre_propio(a_medias(Sesion, tipo=ORDINARIA, numero=numero)) for numero in (21, 100)]
    assert propias == ["Vigésima Primera Sesión Ordinaria", "Sesión Ordinaria 100"]


# --- El orden del día

PERMANENTES = [
    TipoDePunto.ORDEN_DEL_DIA, TipoDePunto.APROBACION, TipoDePunto.SEGUIMIENTO, TipoDePunto.INFORME,
    TipoDePunto.GENERALES,
]  # fmt: skip
ADMITE = "## Órgano\n| Dato | Valor |\n|---|---|\n| Asuntos generales en extraordinarias | Sí |\n"


@pytest.mark.parametrize(
    ("cambios", "tipo", "esperados"),
    [
        ("", ORDINARIA, PERMANENTES),
        (ADMITE, EXTRAORDINARIA, PERMANENTES),
        ("", EXTRAORDINARIA, [PERMANENTES[0], PERMANENTES[1], PERMANENTES[3]]),
    ],
    ids=["ordinaria", "extraordinaria que los admite", "extraordinaria que no"],
)
def test_los_puntos_permanentes_son_los_que_admite_el_tipo_de_sesion(
    cambios: str, tipo: TipoDeSesion, esperados: list[TipoDePunto]
) -> None:
    libro = preparado(cambios, tipo)
    assert tipos(libro) == esperados
    assert [punto.clave for punto in libro.orden_del_dia] == [str(n) for n in range(1, len(esperados) + 1)]
    assert len(libro.seguimiento) == 10  # aunque no se trate, no se pierde


def test_un_punto_pospuesto_vuelve_antes_de_los_asuntos_generales_y_uno_retirado_no() -> None:
    assert titulos(preparado(resultado(5, "Pospuesto")))[4:] == [
        "Presentación y, en su caso, aprobación del Calendario de Sesiones Ordinarias de 2018", "Asuntos generales.",
    ]  # fmt: skip
    assert titulos(preparado(resultado(5, "Retirado")))[4:] == ["Asuntos generales."]


@pytest.mark.parametrize("punto", [3, 4, 6])
def test_un_punto_permanente_que_se_pospuso_no_se_repite(punto: int) -> None:
    assert titulos(preparado(resultado(punto, "Pospuesto"))) == titulos(preparado())


def test_la_minuta_por_aprobar_se_nombra_entera() -> None:
    extraordinaria = sesion(Tipo_de_sesión="Extraordinaria", Número_en_el_año=3)
    assert titulos(preparado(extraordinaria))[1] == (
        "Presentación y, en su caso, aprobación de la minuta de la Tercera Sesión Extraordinaria, celebrada el "
        "21 de febrero de 2018"
    )


URGENTE = sesion(Tipo_de_sesión="Extraordinaria", Fecha="21/03/2018") + (
    "## Orden del día (entera)\n| Punto | Título | Tipo |\n|---|---|---|\n| 1 | Orden | Orden del día |\n"
    "| 2 | Asunto urgente | Otro |\n"
)


def test_tras_una_extraordinaria_se_aprueban_las_dos_minutas_y_vuelven_los_puntos_de_la_ordinaria() -> None:
    libro = preparado(URGENTE, vecinas=[archivada("minuta"), archivada()])
    normales = titulos(preparado())
    assert tipos(libro) == PERMANENTES
    assert titulos(libro) == [
        normales[0],
        "Presentación y, en su caso, aprobación de las minutas de la Primera Sesión Ordinaria del 21 de febrero de 2018 "
        "y de la Primera Sesión Extraordinaria del 21 de marzo de 2018",
        *normales[2:],
    ]


def test_un_informe_que_dice_su_periodo_se_avisa() -> None:
    anterior = "## Orden del día\n| Punto | Título |\n|---|---|\n| 4 | Informe del primer trimestre de 2018 |"
    (aviso,) = siguiente(archivada(cambios=anterior), ORDINARIA, DESPUES).avisos
    assert str(aviso) == (
        "Orden del día!B5  El informe viene de la sesión anterior y dice «primer trimestre». Actualice su título."
    )


# --- El libro escrito


@pytest.mark.parametrize("nombre", CADENA)
@pytest.mark.parametrize("tipo", [ORDINARIA, EXTRAORDINARIA])
def test_lo_escrito_en_excel_es_lo_preparado_y_lleno_no_tiene_errores(
    nombre: str, tipo: TipoDeSesion, tmp_path: Path
) -> None:
    libro = lleno(preparado(nombre=nombre, tipo=tipo))
    leido = leer(LibroDeSesion, abrir(en_excel(libro, tmp_path / "l.xlsx")))
    assert leido == (libro, [])
    assert [str(h) for h in TIPO.cruces(libro, date(2026, 1, 1)) if h.es_error] == []


def test_de_un_libro_preparado_y_lleno_sale_el_siguiente_con_las_mismas_claves() -> None:
    primero = lleno(preparado())
    segundo = siguiente(Archivada("l.xlsx", Reunion(primero)), ORDINARIA, date(2018, 12, 12)).libro
    assert [p.clave for p in segundo.seguimiento] == [p.clave for p in primero.seguimiento]
    assert (segundo.sesion.numero, segundo.asistencia) == (3, primero.asistencia)


def test_mil_acuerdos_pasan_sin_que_se_pierda_ni_se_repita_ninguno() -> None:
    al_azar = random.Random(2018)
    estatus = [al_azar.choice(["", "Cumplido", "Cancelado", "En proceso"]) for _ in range(1000)]
    renglones = "".join(f"| X-{n:04} | Acuerdo {n} | {suyo} |\n" for n, suyo in enumerate(estatus))
    anterior = (
        "## Acuerdos (sin)\n## Seguimiento (entera)\n| Clave | Acuerdo | Estatus nuevo |\n|---|---|---|\n" + renglones
    )
    abiertos = [f"X-{n:04}" for n, suyo in enumerate(estatus) if suyo in ("", "En proceso")]
    assert [p.clave for p in preparado(anterior).seguimiento] == abiertos


# --- La orden


@pytest.fixture
def carpeta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta con la primera sesión de 2018, ``sesion.xlsx``, desde la que se corren las órdenes."""
    monkeypatch.chdir(tmp_path)
    Path("sesion.xlsx").write_bytes((EJEMPLOS / "minuta-2018-1.xlsx").read_bytes())
    return tmp_path


def libros(carpeta: Path) -> list[str]:
    return sorted(ruta.relative_to(carpeta).as_posix() for ruta in carpeta.rglob("*") if ruta.is_file())


def escribir_en(ruta: str, hoja: str, celda: str, valor: str) -> None:
    libro = load_workbook(ruta)
    libro[hoja][celda] = valor
    libro.save(ruta)


def en_un_renglon(dicho: str) -> str:
    return " ".join(dicho.split())


DE_JUNIO = "CGPE 2018-06-20 Segunda Sesión Ordinaria.xlsx"


@pytest.mark.parametrize(
    ("palabras", "escrito"),
    [
        (["--fecha", "20/06/2018"], DE_JUNIO),
        (["--fecha", "2018-06-20", "--tipo", "ORDINARIA"], DE_JUNIO),
        (["--tipo", "extraordinaria"], "CGPE 2018 Primera Sesión Extraordinaria.xlsx"),
        ([".", "--fecha", "20/06/2018"], DE_JUNIO),
        (["junio"], "junio.xlsx"),
        (["2018/junio.xlsx"], "2018/junio.xlsx"),
        (["Sesión 2. Junio"], "Sesión 2. Junio.xlsx"),
    ],
)
def test_el_libro_queda_donde_se_pide_y_el_anterior_no_se_toca(
    palabras: list[str], escrito: str, carpeta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    antes = Path("sesion.xlsx").read_bytes()
    assert principal(["siguiente", "sesion.xlsx", *palabras]) == 0
    assert libros(carpeta) == sorted([escrito, "sesion.xlsx"])
    assert Path("sesion.xlsx").read_bytes() == antes
    dicho = capsys.readouterr().out
    ruta = f'"{escrito}"' if " " in escrito else escrito
    assert dicho.startswith(f"✓ {escrito}\n")
    assert en_un_renglon(dicho).endswith(f"llénelo en Excel y escriba: generar minuta {ruta}")


@pytest.mark.parametrize("destino", ["sesion.xlsx", "sesion", "ajeno.xlsx"])
def test_un_libro_que_ya_existe_no_se_pisa(destino: str, carpeta: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("ajeno.xlsx").write_bytes(b"de otra persona")
    antes = {nombre: Path(nombre).read_bytes() for nombre in libros(carpeta)}
    assert principal(["siguiente", "sesion.xlsx", destino]) == 4
    assert {nombre: Path(nombre).read_bytes() for nombre in libros(carpeta)} == antes
    existente = destino if destino.endswith(".xlsx") else f"{destino}.xlsx"
    assert en_un_renglon(capsys.readouterr().err) == (
        f"✗ «{existente}» ya existe y no se tocó. Elija otro nombre o bórrelo antes."
    )


@pytest.mark.parametrize(
    ("palabras", "codigo", "dicho"),
    [
        (["sesion.xlsx", "--fecha", "21/02/2018"], 2, "✗ La sesión de «sesion.xlsx» fue el 21 de febrero de 2018: la siguiente debe ser posterior."),
        (["sesion.xlsx", "--fecha", "31/02/2018"], 2, "✗ «31/02/2018» no es una fecha para --fecha. Escríbala como 30/06/2018."),
        (["sesion.xlsx", "--tipo", "ordinria"], 2, "✗ «ordinria» no es un valor de --tipo. ¿Quiso decir «ordinaria»"),
        (["sesion.xlsx", "--tipo", "urgente"], 2, "Los que hay: Ordinaria, Extraordinaria, Especial y Solemne."),
        ([], 2, "✗ Falta «LIBRO»."),
        (["otro.xlsx"], 4, "✗ No existe «otro.xlsx»."),
    ],
)  # fmt: skip
def test_lo_que_no_se_puede_hacer_se_dice_y_no_escribe_nada(
    palabras: list[str], codigo: int, dicho: str, carpeta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principal(["siguiente", *palabras]) == codigo
    assert dicho in en_un_renglon(capsys.readouterr().err)
    assert libros(carpeta) == ["sesion.xlsx"]


def test_un_libro_con_errores_no_se_continua_y_se_dice_su_celda(
    carpeta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    escribir_en("sesion.xlsx", "Sesión", "B4", "30-02-2018")
    assert principal(["siguiente", "sesion.xlsx"]) == 1
    assert en_un_renglon(capsys.readouterr().err) == (
        "1 error en «sesion.xlsx»: ✗ Sesión!B4 «Fecha» dice «30-02-2018», que no es una fecha. Escríbala como 15/11/2017."
    )
    assert libros(carpeta) == ["sesion.xlsx"]


def test_dos_acuerdos_con_la_misma_clave_no_pasan_al_siguiente(
    carpeta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    escribir_en("sesion.xlsx", "Seguimiento", "A3", "CGPE-2017-O01-03-C1")
    assert principal(["siguiente", "sesion.xlsx"]) == 1
    assert "✗ Seguimiento!A3 La clave «CGPE-2017-O01-03-C1» está dos veces." in en_un_renglon(capsys.readouterr().err)


def test_de_un_libro_que_no_es_de_sesion_no_sale_otro(carpeta: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["siguiente", str(EJEMPLOS / "oficio.xlsx"), "."]) == 1
    assert "es de otra clase" in en_un_renglon(capsys.readouterr().err)
    assert libros(carpeta) == ["sesion.xlsx"]


def test_del_libro_preparado_la_minuta_dice_lo_que_falta_con_sus_celdas(
    carpeta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    principal(["siguiente", "sesion.xlsx", "junio.xlsx"])
    capsys.readouterr()
    assert principal(["minuta", "junio.xlsx"]) == 1
    assert [en_un_renglon(r) for r in capsys.readouterr().err.splitlines()] == [
        "5 errores en «junio.xlsx»:",
        "✗ Sesión!B4 «Fecha» está en blanco. Escriba el dato.",
        "✗ Sesión!B5 «Hora de inicio» está en blanco. Escriba el dato.",
        "✗ Sesión!B6 «Hora de término» está en blanco. Escriba el dato.",
        "✗ Sesión!B8 «Lugar» está en blanco. Escriba el dato.",
        "✗ hoja «Desarrollo» No tiene renglones. Escriba al menos uno.",
    ]


def test_las_columnas_de_la_persona_pasan_al_libro_siguiente(carpeta: Path) -> None:
    libro = load_workbook("sesion.xlsx")
    for hoja, rotulo, valores in (
        ("Asistencia", "Teléfono", ["55 1234", None, "0055"]),
        ("Seguimiento", "Expediente", [None, "EXP/7", "EXP/8"]),
    ):
        columna = letras(len([c for c in libro[hoja][1] if c.value]) + 1)
        for fila, valor in enumerate([rotulo, *valores], 1):
            libro[hoja][f"{columna}{fila}"] = valor
    libro.save("sesion.xlsx")
    assert principal(["siguiente", "sesion.xlsx", "junio.xlsx"]) == 0
    escrito = load_workbook("junio.xlsx")
    for hoja, rotulo, esperados in (
        ("Asistencia", "Teléfono", ["55 1234", None, "0055"]),
        ("Seguimiento", "Expediente", ["EXP/7", "EXP/8", None]),  # el primero se cumplió
    ):
        (lugar,) = (c.column for c in escrito[hoja][1] if c.value == rotulo)
        assert [escrito[hoja].cell(fila, lugar).value for fila in (2, 3, 4)] == esperados


def test_el_numero_y_las_minutas_salen_de_los_libros_de_la_carpeta(carpeta: Path) -> None:
    urgente = Reunion(de_ejemplo("minuta-2018-1", URGENTE + "## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n| 1 | Se abrió. |\n## Acuerdos (sin)"))  # fmt: skip
    en_excel(urgente.libro, carpeta / "urgente.xlsx")
    Path("roto.xlsx").write_bytes(b"no es un libro")
    assert principal(["siguiente", "urgente.xlsx", "junio.xlsx", "--fecha", "20/06/2018"]) == 0
    escrito = load_workbook("junio.xlsx")
    assert escrito["Sesión"]["B3"].value == 2
    assert "Primera Sesión Ordinaria del 21 de febrero de 2018 y de la" in escrito["Orden del día"]["B3"].value


def test_en_json_se_dice_que_libro_quedo(carpeta: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["siguiente", "sesion.xlsx", "junio", "--json"]) == 0
    ficha = json.loads(capsys.readouterr().out)
    assert (ficha["documento"], ficha["errores"], ficha["avisos"]) == ("junio.xlsx", [], [])


def test_los_puntos_preparados_no_traen_nada_de_mas() -> None:
    primero = preparado().orden_del_dia[0]
    assert primero == a_medias(
        Punto, clave="1", titulo="Presentación y, en su caso, aprobación del Orden del Día",
        presenta="Secretaría Técnica", tipo=TipoDePunto.ORDEN_DEL_DIA,
    )  # fmt: skip


# --- Lo que otra sesión dejó abierto


def test_lo_que_una_extraordinaria_no_trajo_se_recupera_de_sus_vecinas_y_se_avisa() -> None:
    extraordinaria = archivada(
        "minuta-2018-2",
        sesion(Tipo_de_sesión="Extraordinaria", Número_en_el_año=1) + "## Seguimiento (sin)\n",
    )
    preparada = siguiente(extraordinaria, ORDINARIA, DESPUES, [archivada("minuta-2018-1")])
    abiertas = [p.clave for p in preparada.libro.seguimiento]
    assert abiertas[0] == "CGPE-2018-E01-05-A1"  # la que nació en la extraordinaria
    assert "CGPE-2017-O02-08-C1" in abiertas  # la que seguía abierta en la ordinaria anterior
    assert "CGPE-2017-O01-03-C1" not in abiertas  # la que ya se había cumplido
    recuperada = next(p for p in preparada.libro.seguimiento if p.clave == "CGPE-2017-O02-08-C1")
    assert (recuperada.antes, recuperada.estatus, recuperada.avance) == (Estatus.EN_PROCESO, None, None)
    dichos = [a for a in preparada.avisos if a.hoja == "Seguimiento"]
    assert len(dichos) == len(abiertas) - 1
    fila = abiertas.index("CGPE-2017-O02-08-C1") + 2
    assert f"A{fila}" in {a.celda for a in dichos}
    assert "quedó abierto en «minuta-2018-1.xlsx»" in dichos[0].problema


@pytest.mark.parametrize("tipo", [EXTRAORDINARIA, TipoDeSesion.ESPECIAL, TipoDeSesion.SOLEMNE])
def test_los_asuntos_generales_y_el_seguimiento_son_de_las_ordinarias(tipo: TipoDeSesion) -> None:
    assert not {TipoDePunto.GENERALES, TipoDePunto.SEGUIMIENTO} & set(tipos(preparado(tipo=tipo)))
