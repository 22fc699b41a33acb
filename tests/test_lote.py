"""Un oficio por renglón: cada quien el suyo, y un renglón malo no detiene a los demás."""

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generador import flujo
from generador.celdas import letras
from generador.documentos.cartas import cartas, siguiente
from generador.documentos.oficio import TIPO
from generador.documentos.tipo import Senas
from generador.flujo.anteriores import sucesiones
from generador.hallazgos import LibroConHallazgos
from generador.libro.blanco import crear
from tests.correcciones import cambiar_texto, con_xml
from tests.lectura_de_docx import parrafos
from tests.libros_de_cuentas import HOY, hoja, libro
from tests.test_flujo import correr, dentro

COLUMNAS = ("Nombre", "Título", "Primer apellido", "Género", "Cargo", "Número de oficio", "Fecha")
CUERPO = "## Gastos (sin)\n\n" + hoja(
    "Cuerpo (entera)", ("Tipo", "Texto"), ("Párrafo", "{le} informo, {destinatario.cargo}.")
)


def destinatarios(*renglones: tuple[object, ...]) -> str:
    return hoja("Destinatarios (entera)", COLUMNAS, *renglones)


def persona(nombre: str, numero: str = "", fecha: str = "", genero: str = "Femenino") -> tuple[object, ...]:
    return (nombre, "Lic.", "Ejemplo", genero, f"Directora de {nombre}", numero, fecha)


def guardado(ruta: Path, cambios: str) -> Path:
    datos = libro(cambios)
    ruta.write_bytes(crear(TIPO.modelo, esquema=TIPO.esquema, titulo=TIPO.titulo, guia=TIPO.guia, datos=datos))
    return ruta


def test_cada_renglon_da_su_documento_con_su_destinatario_y_su_numero(tmp_path: Path) -> None:
    guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(*(persona(nombre) for nombre in ("Ana", "Eva", "Luz"))))
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    assert (hecho.returncode, hecho.stdout) == (0, "✓ 3 documentos en D\n")
    assert dentro(tmp_path / "D") == [
        "Oficio IE-DC-052-2024 Ana Ejemplo.docx",
        "Oficio IE-DC-053-2024 Eva Ejemplo.docx",
        "Oficio IE-DC-054-2024 Luz Ejemplo.docx",
    ]
    for nombre, numero in (("Ana", "052"), ("Eva", "053"), ("Luz", "054")):
        (ruta,) = (tmp_path / "D").glob(f"*{nombre}*.docx")
        dichos = " ".join(parrafos(ruta.read_bytes()))
        assert f"{nombre.upper()} EJEMPLO" in dichos
        assert f"IE/DC/{numero}/2024" in dichos
        assert f"informo, Directora de {nombre}." in dichos
        assert [otro for otro in {"Ana", "Eva", "Luz"} - {nombre} if otro.upper() in dichos] == []


def test_un_renglon_malo_no_detiene_a_los_demas_y_se_dice_cual_fue(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    ruta = guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(*(persona(n) for n in ("Ana", "Eva", "Luz", "Sol"))))
    abierto = load_workbook(ruta)
    columnas = {celda.value: letras(celda.column or 0) for celda in abierto["Destinatarios"][1]}
    abierto["Destinatarios"][f"{columnas['Fecha']}3"] = "ayer"
    abierto["Destinatarios"][f"{columnas['Cargo']}4"] = None
    abierto.save(ruta)
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    assert (hecho.returncode, hecho.stdout) == (1, "✓ 2 documentos en D\n")
    assert dentro(tmp_path / "D") == [
        "Oficio IE-DC-052-2024 Ana Ejemplo.docx",
        "Oficio IE-DC-055-2024 Sol Ejemplo.docx",
    ]
    mensaje = " ".join(hecho.stderr.split())
    assert f"Destinatarios!{columnas['Fecha']}3" in mensaje
    assert "«Fecha» dice «ayer»" in mensaje
    assert "cita {destinatario.cargo}, y en este renglón está en blanco" in mensaje
    assert "2 renglones no dieron documento, de 4." in mensaje


def test_lo_que_un_renglon_no_cuadra_con_las_hojas_comunes_solo_lo_detiene_a_el(tmp_path: Path) -> None:
    """Un número de otro año, una fecha de otro año y un número repetido: los demás salen y no mueven su número."""
    malos = (persona("Eva", "IE/DC/090/2023"), persona("Luz", fecha="05/01/2025"), persona("Sol", "IE/DC/052/2024"))
    ruta = guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(persona("Ana"), *malos, persona("Paz")))
    intentos = list(flujo.generar_lote("oficio", ruta, tmp_path / "D", hoy=HOY).intentos)
    assert dentro(tmp_path / "D") == [
        "Oficio IE-DC-052-2024 Ana Ejemplo.docx",
        "Oficio IE-DC-056-2024 Paz Ejemplo.docx",
    ]
    culpables = {hallazgo.lugar for intento in intentos for hallazgo in intento.hallazgos}
    columnas = {celda.value: letras(celda.column or 0) for celda in load_workbook(ruta)["Destinatarios"][1]}
    numero, fecha = columnas["Número de oficio"], columnas["Fecha"]
    assert culpables == {f"Destinatarios!{numero}3", f"Destinatarios!{fecha}4", f"Destinatarios!{numero}5"}


def test_un_error_de_todo_el_libro_no_escribe_nada(tmp_path: Path) -> None:
    guardado(
        tmp_path / "l.xlsx", destinatarios(persona("Ana")) + hoja("Cuerpo (entera)", ("Tipo", "Texto"), ("Viñeta", ""))
    )
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    assert (hecho.returncode, dentro(tmp_path / "D")) == (1, [])
    assert "Cuerpo!" in hecho.stderr


def test_una_columna_propia_se_cita_y_si_falta_en_un_renglon_solo_ese_no_sale(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    cuerpo = hoja("Cuerpo (entera)", ("Tipo", "Texto"), ("Párrafo", "Se le asignan {destinatario.Monto} pesos."))
    ruta = guardado(tmp_path / "l.xlsx", cuerpo + destinatarios(persona("Ana"), persona("Eva")))
    abierto = load_workbook(ruta)
    hoja_ = abierto["Destinatarios"]
    columna = len([c for c in hoja_[1] if c.value]) + 1
    hoja_.cell(1, columna, "Monto")
    hoja_.cell(3, columna, "2,000")
    abierto.save(ruta)
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    assert dentro(tmp_path / "D") == ["Oficio IE-DC-053-2024 Eva Ejemplo.docx"]
    assert "Se le asignan 2,000 pesos." in parrafos(next((tmp_path / "D").glob("*.docx")).read_bytes())
    assert "{destinatario.Monto}" in hecho.stderr


def test_lo_corregido_en_word_no_se_pisa_y_se_dice_cuantos(tmp_path: Path) -> None:
    guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(persona("Ana"), persona("Eva")))
    correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    corregido = next((tmp_path / "D").glob("*Ana*.docx"))
    corregido.write_bytes(b"no es un documento")
    antes = corregido.read_bytes()
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    assert corregido.read_bytes() == antes
    assert "uno ya existía y alguien lo cambió" in " ".join(hecho.stdout.split())
    assert len(dentro(tmp_path / "D")) == 3


# --- lo corregido, aunque cambie el nombre del archivo

AMPLIO = "## Gastos (sin)\n\n" + hoja(
    "Cuerpo (entera)", ("Tipo", "Texto"),
    ("Párrafo", "Se informa que el plazo para entregar es de diez días."),
    ("Párrafo", "El archivo se entrega en la oficina de partes."),
)  # fmt: skip


def lote(carpeta: Path, *renglones: tuple[object, ...], cuerpo: str = AMPLIO) -> flujo.Lote:
    ruta = guardado(carpeta / "l.xlsx", cuerpo + destinatarios(*renglones))
    return flujo.generar_lote("oficio", ruta, carpeta / "D", hoy=HOY)


def corregir(carpeta: Path, quien: str, nuevo: str) -> bytes:
    """La persona cambia «diez» en el oficio de alguien."""
    (ruta,) = (carpeta / "D").glob(f"*{quien}*.docx")
    ruta.write_bytes(con_xml(ruta.read_bytes(), cambiar_texto("diez", nuevo)))
    return ruta.read_bytes()


def plazos(intentos: Iterable[flujo.Intento]) -> dict[str, str]:
    """De cada documento, el plazo que da: ``{"Ana": "quince"}``."""
    dados = {}
    for intento in intentos:
        assert intento.documento is not None
        (dicho,) = [t for t in parrafos(intento.documento.read_bytes()) if "el plazo para" in t]
        dados[intento.documento.stem.split()[2]] = dicho.split()[-2]
    return dados


def test_si_cambia_el_numero_lo_corregido_pasa_al_archivo_nuevo_de_cada_quien(tmp_path: Path) -> None:
    list(lote(tmp_path, persona("Ana"), persona("Eva"), persona("Luz")).intentos)
    suyo = {nombre: corregir(tmp_path, nombre, plazo) for nombre, plazo in (("Ana", "quince"), ("Luz", "treinta"))}
    hechos = list(lote(tmp_path, persona("Ana", "IE/DC/060/2024"), persona("Eva"), persona("Luz")).intentos)
    assert plazos(hechos) == {"Ana": "quince", "Eva": "diez", "Luz": "treinta"}
    assert [i.documento.name.split()[1] for i in hechos if i.documento] == [
        f"IE-DC-{numero}-2024" for numero in ("060", "061", "062")
    ]
    assert (
        suyo.items()
        == {nombre: next((tmp_path / "D").glob(f"*05?-2024 {nombre}*")).read_bytes() for nombre in suyo}.items()
    )
    otra_vez = list(lote(tmp_path, persona("Ana", "IE/DC/060/2024"), persona("Eva"), persona("Luz")).intentos)
    assert [i.entrega and i.entrega.nota.partition(":")[0] for i in otra_vez] == [
        "Los datos no cambiaron nada", None, "Los datos no cambiaron nada",
    ]  # fmt: skip


def test_si_se_corrige_el_nombre_del_destinatario_lo_suyo_lo_sigue(tmp_path: Path) -> None:
    list(lote(tmp_path, persona("Ana"), persona("Eva")).intentos)
    corregir(tmp_path, "Ana", "quince")
    assert plazos(lote(tmp_path, persona("Anita"), persona("Eva")).intentos) == {"Anita": "quince", "Eva": "diez"}


def test_un_renglon_insertado_arriba_no_hereda_lo_de_nadie(tmp_path: Path) -> None:
    """Aunque ahora tenga el número que tenía otra persona."""
    list(lote(tmp_path, persona("Ana"), persona("Eva")).intentos)
    corregir(tmp_path, "Ana", "quince")
    hechos = list(lote(tmp_path, persona("Sol"), persona("Ana"), persona("Eva")).intentos)
    assert plazos(hechos) == {"Sol": "diez", "Ana": "quince", "Eva": "diez"}


def test_a_quien_ya_no_esta_nadie_lo_hereda_y_se_dice_una_vez(tmp_path: Path) -> None:
    list(lote(tmp_path, persona("Ana"), persona("Eva")).intentos)
    suyo = corregir(tmp_path, "Ana", "quince")
    for dichos in (["Oficio IE-DC-052-2024 Ana Ejemplo.docx"], []):
        otro = lote(tmp_path, persona("Eva"))
        assert plazos(otro.intentos) == {"Eva": "diez"}
        assert [ruta.name for ruta in otro.sin_renglon()] == dichos
    assert (tmp_path / "D" / "Oficio IE-DC-052-2024 Ana Ejemplo.docx").read_bytes() == suyo


def test_de_lo_hecho_una_vez_anterior_se_dice_que_sigue_ahi_una_vez(tmp_path: Path) -> None:
    list(lote(tmp_path, persona("Ana"), persona("Eva"), persona("Luz")).intentos)
    corregir(tmp_path, "Ana", "quince")
    renumerados = (persona("Ana", "IE/DC/060/2024"), persona("Eva"))
    for dichos in (["Oficio IE-DC-053-2024 Eva Ejemplo.docx", "Oficio IE-DC-054-2024 Luz Ejemplo.docx"], []):
        otro = lote(tmp_path, *renumerados)
        list(otro.intentos)
        assert [ruta.name for ruta in otro.de_antes()] == dichos


@pytest.mark.parametrize(
    ("opciones", "dice"),
    [
        ([], "2 ya estaban hechos con estos datos. Uno, corregido en Word, queda como usted lo dejó"),
        (["--reemplazar"], "Uno, corregido en Word, se hizo de nuevo, como pidió; lo corregido queda junto a él"),
    ],
)
def test_al_repetir_se_dice_que_fue_de_lo_corregido(tmp_path: Path, opciones: list[str], dice: str) -> None:
    list(lote(tmp_path, persona("Ana"), persona("Eva"), persona("Luz")).intentos)
    corregir(tmp_path, "Ana", "quince")
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D", *opciones)
    assert dice in " ".join(hecho.stdout.split())


def test_un_oficio_solo_no_hereda_de_los_que_se_hicieron_por_renglon(tmp_path: Path) -> None:
    list(lote(tmp_path, persona("Ana")).intentos)
    corregir(tmp_path, "Ana", "quince")
    for ficha in (tmp_path / "D" / ".generar").glob("*.origen"):  # como las anotaba la versión anterior
        anotado = {k: v for k, v in json.loads(ficha.read_text(encoding="utf-8")).items() if k != "renglon"}
        ficha.write_text(json.dumps(anotado), encoding="utf-8")
    guardado(tmp_path / "l.xlsx", AMPLIO + destinatarios(persona("Ana", "IE/DC/060/2024")))
    hecho = flujo.generar("oficio", tmp_path / "l.xlsx", tmp_path / "D", hoy=HOY)
    assert any("diez días" in texto for texto in parrafos(hecho.documento.read_bytes()))


def test_otra_persona_con_el_mismo_apellido_no_es_la_misma() -> None:
    antes = {"1 ana": Senas("ana ejemplo", "vocal")}
    for otra, es in (("luz ejemplo", False), ("ana ejenplo", True), ("ana ejemplo paz", True), ("ana paz", False)):
        assert bool(sucesiones(antes, {"2": Senas(otra, "directora")})) == es


def test_si_puede_ser_de_dos_no_es_de_ninguno() -> None:
    def senas(quien: str) -> Senas:
        return Senas(f"{quien} ejemplo", "vocal")

    assert sucesiones({"1 ana": senas("ana")}, {"2 luz": senas("luz")}) == {"2 luz": ("1 ana",)}  # el mismo puesto
    assert sucesiones({"1 ana": senas("ana")}, {"2 luz": senas("luz"), "3 sol": senas("sol")}) == {}
    assert sucesiones({"1 ana": senas("ana")}, {"2 luz": senas("luz")}, completo=False) == {}
    assert sucesiones({"1 ana": senas("ana")}, {"2 ana": senas("ana"), "3 ana": senas("ana")}) == {}


def test_en_el_lote_se_dice_en_cual_hay_algo_que_mirar_y_cuanto_se_conservo(tmp_path: Path) -> None:
    list(lote(tmp_path, persona("Ana"), persona("Eva"), persona("Luz")).intentos)
    for nombre in ("Ana", "Eva"):
        corregir(tmp_path, nombre, "quince")
    (de_eva,) = (tmp_path / "D").glob("*Eva*")
    de_eva.write_bytes(con_xml(de_eva.read_bytes(), cambiar_texto("oficina de partes", "oficialía")))
    (de_ana,) = (tmp_path / "D").glob("*Ana*")
    de_ana.write_bytes(con_xml(de_ana.read_bytes(), cambiar_texto("quince", "diez")))
    de_ana.write_bytes(con_xml(de_ana.read_bytes(), cambiar_texto("oficina de partes", "oficialía")))
    guardado(
        tmp_path / "l.xlsx",
        AMPLIO.replace("diez días", "veinte días") + destinatarios(*map(persona, ("Ana", "Eva", "Luz"))),
    )
    hecho = correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D")
    dicho = " ".join(hecho.stdout.split())
    assert "2 estaban corregidos en Word: se conservaron sus 3 correcciones" in dicho
    assert "en «… (antes de actualizar …).docx»" in dicho
    assert "hay 1 por decidir" in dicho
    assert "«Oficio IE-DC-053-2024 Eva Ejemplo.docx»: 2 cambios suyos conservados y 1 por decidir" in dicho
    assert "Ana Ejemplo.docx»:" not in dicho  # en el suyo no hay nada que mirar
    corregir_otra_vez = correr(
        tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--salida", "D", "--json", "--reemplazar"
    )
    notas = json.loads(corregir_otra_vez.stdout)["notas"]
    assert [Path(nota["documento"]).stem.split()[2] for nota in notas] == ["Ana", "Eva"]
    assert "Se hizo de nuevo" in notas[0]["nota"]


def test_json_trae_todos_los_documentos(tmp_path: Path) -> None:
    guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(persona("Ana"), persona("Eva")))
    ficha = json.loads(correr(tmp_path, "oficio", "l.xlsx", "--cada-renglon", "--json").stdout)
    assert [Path(ruta).name for ruta in ficha["documentos"]] == dentro(tmp_path / "salidas")


def test_los_documentos_se_escriben_uno_a_uno_segun_se_piden(tmp_path: Path) -> None:
    ruta = guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(*(persona(n) for n in ("Ana", "Eva", "Luz"))))
    lote = flujo.generar_lote("oficio", ruta, tmp_path / "D", hoy=HOY)
    assert (lote.total, dentro(tmp_path / "D")) == (3, [])
    next(lote.intentos)
    assert len(dentro(tmp_path / "D")) == 1


def test_mil_oficios_sin_mezclar_datos(tmp_path: Path) -> None:
    nombres = [f"Ana{n:03d}" for n in range(1000)]
    ruta = guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(*map(persona, nombres)))
    intentos = list(flujo.generar_lote("oficio", ruta, tmp_path / "D", hoy=HOY).intentos)
    assert [i.hallazgos for i in intentos if i.documento is None] == []
    for nombre, intento in zip(nombres, intentos, strict=True):
        assert intento.documento is not None
        dichos = parrafos(intento.documento.read_bytes())
        assert [texto for texto in dichos if "EJEMPLO" in texto] == [f"{nombre.upper()} EJEMPLO,"]


# --- Números y fechas: V-20 y V-21


def dichos(*renglones: tuple[object, ...]) -> list[tuple[str, str, bool]]:
    modelo = libro(CUERPO + destinatarios(*renglones))
    assert TIPO.lote is not None
    return [(h.codigo, h.lugar, h.es_error) for h in TIPO.lote.cruces(modelo, HOY, ())]


def test_un_numero_repetido_es_error_en_su_renglon() -> None:
    assert dichos(persona("Ana"), persona("Eva", "IE/DC/052/2024")) == [("V-20", "Destinatarios!F3", True)]


def test_varios_oficios_pueden_ir_sin_numero_pero_ninguno_pisa_a_otro(tmp_path: Path) -> None:
    renglones = (persona("Ana", "S/N"), persona("Eva", "S/N"), persona("Ana", "S/N"))
    ruta = guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(*renglones))
    intentos = list(flujo.generar_lote("oficio", ruta, tmp_path / "D", hoy=HOY).intentos)
    assert dentro(tmp_path / "D") == ["Oficio S-N Ana Ejemplo.docx", "Oficio S-N Eva Ejemplo.docx"]
    (hallazgo,) = intentos[2].hallazgos
    assert (hallazgo.lugar, hallazgo.problema) == (
        "Destinatarios!B4", "Otro renglón ya dio «Oficio S-N Ana Ejemplo.docx»: distinga su número o su nombre.",
    )  # fmt: skip


def test_un_numero_saltado_se_avisa() -> None:
    assert dichos(persona("Ana"), persona("Eva", "IE/DC/060/2024")) == [("V-20", "Destinatarios!F3", False)]


def test_un_numero_de_otro_ano_es_error_en_su_renglon() -> None:
    assert ("V-20", "Destinatarios!F3", True) in dichos(persona("Ana"), persona("Eva", "IE/DC/053/2023"))


def test_una_fecha_anterior_a_la_del_numero_previo_se_avisa() -> None:
    assert dichos(persona("Ana", fecha="17/07/2024"), persona("Eva", fecha="16/07/2024")) == [
        ("V-21", "Destinatarios!G3", False)
    ]


@pytest.mark.parametrize(
    ("numero", "esperado"),
    [
        ("INE/CNCS-GSA/516/2015", "INE/CNCS-GSA/517/2015"),
        ("IE/DC/099/2024", "IE/DC/100/2024"),
        ("0007", "0008"),
        ("IE-12-2024-BIS", "IE-12-2024-BIS".replace("12", "13", 1)),
        ("S/N", "S/N"),
    ],
)
def test_el_numero_que_sigue(numero: str, esperado: str) -> None:
    assert siguiente(numero) == esperado


def test_un_renglon_que_no_se_pudo_leer_tambien_gasta_su_numero() -> None:
    modelo = libro(CUERPO + destinatarios(persona("Ana"), persona("Eva")))
    filas = [d.origen.fila for d in modelo.destinatarios]
    assert [carta.numero for carta in cartas(modelo, malas=[filas[0] - 1])] == ["IE/DC/053/2024", "IE/DC/054/2024"]


def test_si_ningun_renglon_se_puede_leer_el_error_es_del_libro(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    ruta = guardado(tmp_path / "l.xlsx", CUERPO + destinatarios(persona("Ana")))
    abierto = load_workbook(ruta)
    abierto["Destinatarios"]["E2"] = "ninguno"
    abierto.save(ruta)
    with pytest.raises(LibroConHallazgos) as error:
        flujo.generar_lote("oficio", ruta, tmp_path / "D", hoy=HOY)
    assert "«Género» dice «ninguno»" in str(error.value)
