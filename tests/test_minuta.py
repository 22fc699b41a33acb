"""La minuta de la semilla, y la misma con un solo cambio."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from generador.documentos.minuta import TIPO, contexto
from generador.documentos.nombres_de_sesion import citables, nombres_de
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import leer
from generador.flujo import componer
from generador.hallazgos import Hallazgo
from generador.ooxml import partes
from generador.plantilla import problemas
from tests.lectura_de_docx import con_estilo, firmas, parrafos
from tests.libro_de_texto import con_cambios, libro_de_texto

RAIZ = Path(__file__).parent.parent
EJEMPLO = RAIZ / "entradas" / "ejemplos" / "minuta.md"
SEMILLA = Path(__file__).parent / "semillas" / "minuta_2017_11_15.txt"
HOY = date(2026, 1, 1)

# Lo único en que la minuta generada no dice lo mismo que la semilla, y por qué.
DIFERENCIAS = {
    "SEGUNDA ORDINARIA DEL COMITÉ": (
        "SEGUNDA SESIÓN ORDINARIA DEL COMITÉ",
        "la leyenda omitía «SESIÓN»",
    ),
    "30 agosto de 2017": ("30 de agosto de 2017", "a la fecha le faltaba «de»"),
    "13,940": ("13 mil 940", "la semilla mezclaba dos estilos de miles"),
    "Sin haber más asuntos generales que tratar, concluyó la sesión.": (
        "Sin haber más asuntos generales que tratar, a las 13:00 hrs. concluyó la sesión.",
        "la semilla no asienta la hora de término (V-03); la del ejemplo es un dato supuesto",
    ),
}


def minuta(cambios: str = "") -> LibroDeSesion:
    libro = con_cambios(libro_de_texto(EJEMPLO.read_text(encoding="utf-8")), libro_de_texto(cambios))
    modelo, hallazgos = leer(LibroDeSesion, libro)
    assert modelo is not None, hallazgos
    return modelo


def errores(modelo: LibroDeSesion) -> list[Hallazgo]:
    return [hallazgo for hallazgo in TIPO.cruces(modelo, HOY) if hallazgo.es_error]


@cache
def docx(cambios: str = "") -> bytes:
    modelo = minuta(cambios)
    assert errores(modelo) == []
    return componer(TIPO, modelo)


def texto(cambios: str = "") -> str:
    return "\n".join(parrafos(docx(cambios)))


def esperados() -> list[str]:
    renglones = SEMILLA.read_text(encoding="utf-8").splitlines()
    for viejo, (nuevo, _) in DIFERENCIAS.items():
        assert any(viejo in renglon for renglon in renglones), viejo
        renglones = [renglon.replace(viejo, nuevo) for renglon in renglones]
    return [re.sub(r"^(• |\d\. )", "", renglon) for renglon in renglones]


def test_la_minuta_dice_en_orden_cada_parrafo_de_la_semilla() -> None:
    dichos = [parrafo.rstrip(".") for parrafo in parrafos(docx())]
    desde = 0
    for esperado in esperados():
        for trozo in esperado.split(" | "):
            assert trozo.rstrip(".") in dichos[desde:], trozo
            desde = dichos.index(trozo.rstrip("."), desde) + 1


def test_firman_los_siete_en_su_orden_y_con_su_cargo_de_firma() -> None:
    semilla = SEMILLA.read_text(encoding="utf-8").splitlines()[-7:]
    assert firmas(docx()) == [tuple(renglon.split(" | ")) for renglon in semilla]


def test_el_ejemplo_avisa_de_las_dos_personas_que_intervienen_sin_estar_en_la_lista() -> None:
    avisos = [h.valor for h in TIPO.cruces(minuta(), HOY) if h.codigo == "V-10"]
    assert avisos == ["Diana Díaz", "Lissette Morones"]


def test_la_liga_de_la_semilla_es_una_liga() -> None:
    assert "⟨http://www.eleccionesenmexico.mx/⟩" in "\n".join(parrafos(docx(), ligas=True))


CAMBIOS = {
    "un voto en contra": (
        "## Votos\n| Punto | Quién | Sentido | Razón |\n|---|---|---|---|\n"
        "| 8 | Jorge Torres | En contra | No hay presupuesto. |",
        [
            "Se aprobó por mayoría, con el voto en contra del ingeniero Jorge Torres.",
            "El ingeniero Jorge Torres pidió asentar la razón de su voto en contra: No hay presupuesto.",
        ],
        [],
    ),
    "dos votos en contra y una abstención": (
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n"
        "| 8 | Jorge Torres | En contra |\n| 8 | González | En contra |\n| 8 | Cuervo | Abstención |",
        [
            "Se aprobó por mayoría, con los votos en contra del ingeniero Jorge Torres y de la licenciada González "
            "y la abstención del licenciado Cuervo."
        ],
        [],
    ),
    "votación nominal": (
        "## Orden del día\n| Punto | Votación |\n|---|---|\n| 7 | Nominal |\n"
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n| 7 | Cuervo | Abstención |",
        ["En contra: ", "Abstención: Lic. Juan Carlos Enrique Cuervo Escalona"],
        ["En contra: "],
    ),
    "empate con voto de calidad": (
        "## Asistencia\n| Nombre corto | Asistió |\n|---|---|\n| González | Justificó |\n"
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n"
        "| 8 | Jorge Torres | En contra |\n| 8 | Cuervo | En contra |\n| 8 | Azuara | En contra |",
        [
            "Se aprobó por mayoría, con el voto de calidad del Presidente del Comité, tras un empate: tres votos a "
            "favor y tres en contra.",
            "Justificó su ausencia la licenciada Jacqueline González García.",
        ],
        [],
    ),
    "no aprobado": (
        "## Orden del día\n| Punto | Resultado |\n|---|---|\n| 8 | No aprobado |\n"
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n| 8 | Jorge Torres | En contra |\n| 8 | Cuervo | En contra |\n"
        "| 8 | Azuara | En contra |\n| 8 | González | En contra |",
        ["Sometido a votación, no se aprobó: tres votos a favor y cuatro en contra."],
        [],
    ),
    "un suplente": (
        "## Asistencia\n| Nombre corto | Título | Nombre | Primer apellido | Género | Cargo en lista | Calidad | Asistió | "
        "En suplencia de | Oficio de suplencia |\n|---|---|---|---|---|---|---|---|---|---|\n"
        "| Cuervo | | | | | | | Justificó | | |\n"
        "| Prado | Mtra. | Inés | Prado | Femenino | Subdirectora de Ejemplo | Integrante | | Cuervo | INE/DS/001/2017 |",
        [
            "Subdirectora de Ejemplo",
            "En suplencia del licenciado Juan Carlos Enrique Cuervo Escalona, acreditada mediante el oficio INE/DS/001/2017",
        ],
        [],
    ),
    "cierre pasada la medianoche": (
        "## Sesión\n| Dato | Valor |\n|---|---|\n| Hora de inicio | 18:00 |\n| Hora de término | 02:07 |\n"
        "| Fecha de término | 16/11/2017 |",
        [
            "a las 02:07 hrs. del 16 de noviembre de 2017 concluyó la sesión.",
            "CELEBRADA EL 15 DE NOVIEMBRE DE 2017.",
        ],
        [],
    ),
    "comisión en vez de comité": (
        "## Órgano\n| Dato | Valor |\n|---|---|\n| Órgano | Comisión de Ejemplo |\n| Género del órgano | Femenino |\n"
        "| Nombre corto del órgano | Comisión |",
        [
            "segunda sesión ordinaria de la Comisión de Ejemplo",
            "SESIÓN ORDINARIA DE LA COMISIÓN DE EJEMPLO, CELEBRADA",
            "Presidente de la Comisión dio inicio",
        ],
        ["del Comisión"],
    ),
    "preside una mujer": (
        "## Asistencia\n| Nombre corto | Nombre | Género | Cargo en lista | Cargo en firma |\n|---|---|---|---|---|\n"
        "| Jacobo Molina | Edmunda | Femenino | Secretaria Ejecutiva | Presidenta del Comité |",
        ["La licenciada Edmunda Jacobo Molina, Presidenta del Comité dio inicio", "Por instrucciones de la Presidenta"],
        ["el Presidente"],
    ),
    "punto retirado": (
        "## Orden del día\n| Punto | Resultado |\n|---|---|\n| 6 | Retirado |\n"
        "## Acuerdos (sin)\n## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n"
        + "".join(f"| {punto} | Se trató el {{punto.ordinal}} punto. |\n" for punto in (1, 2, 3, 4, 5, 7, 8, 9)),
        ["Se retiró del orden del día el asunto “Presentación y, en su caso", "Se trató el sexto punto.", "Punto 8:"],
        ["Punto 9:"],
    ),
    "punto incorporado": (
        "## Orden del día\n| Punto | Título | Tipo | Incorporado en la sesión |\n|---|---|---|---|\n"
        "| 10 | Informe de prueba | Informe | Sí |\n"
        "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 10 | Se presentó el informe. |",
        ["Se incorporó al orden del día, como punto 10, el asunto “Informe de prueba”.", "Punto 10:"],
        [],
    ),
    "punto pospuesto": (
        "## Orden del día\n| Punto | Resultado |\n|---|---|\n| 8 | Pospuesto |",
        ["El punto se pospuso para una sesión posterior."],
        [],
    ),
    "se retira alguien": (
        "## Asistencia\n| Nombre corto | Hasta el punto |\n|---|---|\n| Rubén Álvarez | 4 |",
        [
            "El licenciado Rubén Álvarez Mendiola se retiró de la sesión; con ello permanecen 6 de 7 integrantes con derecho "
            "a voto."
        ],
        [],
    ),
    "llegan dos personas": (
        "## Asistencia\n| Nombre corto | Desde el punto |\n|---|---|\n| Cuervo | 5 |\n| Barrera | 5 |",
        [
            "El licenciado Juan Carlos Enrique Cuervo Escalona y el licenciado David Óscar Barrera Ambriz se incorporaron a "
            "la sesión; con ello asisten 7 de 7 integrantes con derecho a voto."
        ],
        [],
    ),
    "un receso": (
        "## Recesos\n| Punto | Inicio | Reanudación | Motivo |\n|---|---|---|---|\n"
        "| 4 | 12:00 | 12:30 | para revisar el proyecto |",
        ["A las 12:00 hrs. se declaró un receso para revisar el proyecto; a las 12:30 hrs. se reanudó la sesión."],
        [],
    ),
    "hora en letra": (
        "## Órgano\n| Dato | Valor |\n|---|---|\n| Estilo de hora | once horas con cinco minutos |",
        ["Hora: once horas", "a las trece horas concluyó la sesión."],
        ["hrs."],
    ),
    "miles con coma": (
        "## Órgano\n| Dato | Valor |\n|---|---|\n| Estilo de miles | 1,904 |",
        ["la atención de 1,904 solicitudes", "11,448 archivos"],
        ["mil 904"],
    ),
    "apertura sin escribir": (
        "## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n"
        + "".join(f"| {punto} | Se trató el punto. |\n" for punto in range(2, 10)),
        [
            "El licenciado Edmundo Jacobo Molina, Presidente del Comité, dio inicio a la segunda sesión ordinaria del Comité",
            "Por instrucciones del Presidente del Comité, la Secretaria Técnica, la licenciada Cecilia Azuara Arai, verificó "
            "la existencia de quórum, con la asistencia de 7 de 7 integrantes con derecho a voto.",
        ],
        [],
    ),
    "anexos": (
        "## Anexos\n| Anexo |\n|---|\n| Informe de la Gestoría |",
        ["Anexos", "Informe de la Gestoría"],
        [],
    ),
    "a distancia y con convocatoria": (
        "## Sesión\n| Dato | Valor |\n|---|---|\n| Modalidad | A distancia |\n| Convocatoria | Oficio INE/1/2017 |",
        ["Modalidad: A distancia", "Convocatoria: Oficio INE/1/2017"],
        [],
    ),
    "lenguaje incluyente": (
        "## Órgano\n| Dato | Valor |\n|---|---|\n| Cómo se nombra a los integrantes | las y los integrantes |\n"
        "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | {integrantes} no propusieron asuntos. |",
        ["Las y los integrantes no propusieron asuntos."],
        [],
    ),
    "la prosa dice «por mayoría»": (
        "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 6 | {quien} dio cuenta. Se aprobó por mayoría. |\n"
        "## Orden del día\n| Punto | Frase de resultado |\n|---|---|\n| 5 | Se aprobó por mayoría |\n"
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n| 6 | Cuervo | En contra |\n| 5 | Cuervo | En contra |",
        [
            "Se aprobó por mayoría.",
            "En contra: Lic. Juan Carlos Enrique Cuervo Escalona",
            "en contra del licenciado Cuervo.",
        ],
        [],
    ),
    "la prosa recuerda otra votación": (
        "## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n"
        + "".join(
            f"| {n} | Recordó que en 2016 se aprobó por unanimidad y se dio por recibido. |\n" for n in range(1, 10)
        ),
        ["Se aprobó por unanimidad.", "El informe se dio por recibido."],
        [],
    ),
    "a distancia y con excusa": (
        "## Asistencia\n| Nombre corto | Asistió |\n|---|---|\n| Cuervo | A distancia |\n"
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n| 8 | González | Excusa |\n| 8 | Cuervo | Ausente |",
        [
            "Asistió a distancia",
            "Se aprobó por unanimidad.",
            "La licenciada González se excusó de votar.",
            "El licenciado Cuervo no estuvo presente en la votación.",
        ],
        [],
    ),
    "nadie a favor": (
        "## Orden del día\n| Punto | Resultado |\n|---|---|\n| 8 | No aprobado |\n## Votos\n| Punto | Quién | Sentido |\n"
        "|---|---|---|\n"
        + "".join(
            f"| 8 | {quien} | En contra |\n"
            for quien in ("Jacobo Molina", "Azuara", "Pérez Cortés", "Rubén Álvarez", "Jorge Torres", "Cuervo")
        )
        + "| 8 | González | Abstención |",
        [
            "no se aprobó: ningún voto a favor, seis en contra y una abstención.",
            "Abstención: Lic. Jacqueline González García",
        ],
        ["ningún votos"],
    ),
    "frases que acaban en hora": (
        "## Sesión\n| Dato | Valor |\n|---|---|\n| Frase de cierre | La sesión concluyó {sesion.termino}. |\n"
        "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | Se pidió al {secretaria} y del {presidencia} iniciar a las {sesion.hora}. |",
        ["La sesión concluyó a las 13:00 hrs.", "Se pidió a la Secretaria Técnica y del Presidente del Comité iniciar"],
        ["hrs..", " al el ", " al la ", " del el "],
    ),
    "la prosa ya lo resuelve": (
        "## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n"
        + "".join(f"| {n} | El pleno aprobó el punto por unanimidad. Se agradeció. |\n" for n in (1, 2, 5, 6, 7, 8))
        + "| 3 | Se rindió el informe y se tuvo por recibido. |\n| 4 | Se tuvo por recibido. |\n"
        "| 9 | Siendo las 13:00 horas se dio por concluida la sesión. |\n## Orden del día\n| Punto | Frase de resultado |\n"
        "|---|---|\n| 5 | Aprobado. |\n| 6 | Aprobado. |",
        ["se tuvo por recibido."],
        ["Se aprobó por unanimidad.", "se dio por recibido", "concluyó la sesión"],
    ),
    "a las que ya trae su a las": (
        "## Sesión\n| Dato | Valor |\n|---|---|\n| Frase de cierre | A las {sesion.termino} concluyó. |\n"
        "## Recesos\n| Punto | Inicio | Reanudación | Motivo |\n|---|---|---|---|\n| 4 | 12:00 | 12:30 | Se fue la luz |",
        ["A las 13:00 hrs. concluyó.", "un receso debido a que se fue la luz;"],
        ["las a las"],
    ),
    "el cierre ya está escrito": (
        "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | Se clausuró la sesión {sesion.termino}. |",
        ["Se clausuró la sesión a las 13:00 hrs."],
        ["concluyó la sesión"],
    ),
    "preside un suplente": (
        "## Asistencia\n| Nombre corto | Título | Nombre | Primer apellido | Género | Cargo en lista | Calidad | Asistió | "
        "En suplencia de | Oficio de suplencia |\n|---|---|---|---|---|---|---|---|---|---|\n"
        "| Jacobo Molina | | | | | | | Justificó | | |\n"
        "| Prado | Mtra. | Inés | Prado | Femenino | Subdirectora de Ejemplo | Integrante | | Jacobo Molina | OFICIO INE/1 |\n"
        "## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n"
        + "".join(f"| {punto} | Se trató por instrucciones de {{presidencia}}. |\n" for punto in range(1, 10)),
        ["por instrucciones de la Presidenta suplente del Comité", "acreditada mediante el oficio INE/1"],
        [],
    ),
    "orden del día sin desarrollo": (
        "## Desarrollo (entera)\n| Punto | Texto |\n|---|---|\n"
        + "".join(f"| {punto} | Se trató el punto. |\n" for punto in range(2, 10)),
        ["El orden del día se aprobó por unanimidad."],
        [],
    ),
    "plazo sin fecha y clave con bis": (
        "## Orden del día\n| Punto | Título | Tipo | Incorporado en la sesión |\n|---|---|---|---|\n| 3 bis | Asunto | Otro | Sí |\n"
        "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 3 bis | Se trató. |\n"
        "## Acuerdos (entera)\n| Punto | Clase | Acuerdo | Área responsable | Plazo sin fecha |\n|---|---|---|---|---|\n"
        "| 3 bis | Compromiso | Publicar. | Área | inmediato |",
        ["CGPE-2017-O02-3BIS-C1", "inmediato"],
        [],
    ),
    "la abstención no rompe la unanimidad": (
        "## Órgano\n| Dato | Valor |\n|---|---|\n| La abstención rompe la unanimidad | No |\n"
        "## Votos\n| Punto | Quién | Sentido |\n|---|---|---|\n| 8 | Cuervo | Abstención |",
        ["Se aprobó por unanimidad de los votos emitidos, con una abstención, del licenciado Cuervo."],
        [],
    ),
    "nota de firma": (
        "## Asistencia\n| Nombre corto | Nota de firma |\n|---|---|\n| Cuervo | Firma con salvedad en el punto 8 |",
        ["Firma con salvedad en el punto 8"],
        [],
    ),
}


@pytest.mark.parametrize("nombre", CAMBIOS)
def test_con_un_solo_cambio_sale_el_texto_correcto(nombre: str) -> None:
    cambios, aparece, desaparece = CAMBIOS[nombre]
    generado = texto(cambios)
    assert [frase for frase in aparece if frase not in generado and frase not in desaparece] == []
    assert [frase for frase in desaparece if frase in generado] == []


SIN_NADA = "## Acuerdos (sin)\n## Anexos (sin)\n## Votos (sin)"


def test_lo_que_el_libro_no_trae_no_deja_huecos() -> None:
    generado = texto(SIN_NADA)
    assert "Síntesis" not in generado
    assert "Anexos" not in generado
    vacios = [estilo for estilo, dicho in con_estilo(docx(SIN_NADA)) if not dicho]
    assert vacios == ["Fin de documento"]  # oculto: Word pide un párrafo tras la última tabla


def integrantes(cuantos: int) -> str:
    filas = "".join(
        f"| Persona {n} | Lic. | Nombre {n} | Apellido {n} | Femenino | Directora de Ejemplo {n} | Integrante |\n"
        for n in range(8, cuantos + 1)
    )
    return (
        "## Órgano\n| Dato | Valor |\n|---|---|\n| Integrantes con voto | " + str(cuantos) + " |\n"
        "## Asistencia\n| Nombre corto | Título | Nombre | Primer apellido | Género | Cargo en lista | Calidad |\n"
        "|---|---|---|---|---|---|---|\n" + filas
    )


@pytest.mark.parametrize("cuantos", [8, 31, 32])
def test_firman_todos_los_que_deben(cuantos: int) -> None:
    assert len(firmas(docx(integrantes(cuantos)))) == cuantos


@pytest.fixture
def paginas(
    soffice: Callable[[Path], Path], pdftotext: Callable[[Path], str], tmp_path: Path
) -> Callable[[bytes], list[str]]:
    """El texto de cada página del documento, como se imprime."""

    def leer_paginas(datos: bytes) -> list[str]:
        ruta = tmp_path / "minuta.docx"
        ruta.write_bytes(datos)
        return pdftotext(soffice(ruta)).split("\f")[:-1]

    return leer_paginas


LARGO = "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | " + "Un párrafo que sigue. " * 700 + " |"


@pytest.mark.parametrize(
    ("cambios", "firmantes"),
    [("", 7), (integrantes(32), 32), (LARGO, 7)],
    ids=["semilla", "32 firmantes", "punto largo"],
)
def test_las_paginas_llevan_su_leyenda_y_ninguna_firma_se_parte(
    paginas: Callable[[bytes], list[str]], cambios: str, firmantes: int
) -> None:
    hojas = [" ".join(pagina.split()) for pagina in paginas(docx(cambios))]
    de_firmas = [hoja for hoja in hojas if "HOJA DE FIRMAS DE LA MINUTA" in hoja]
    assert [hoja for hoja in hojas if f"Página {hojas.index(hoja) + 1} de {len(hojas)}" not in hoja] == []
    assert de_firmas == hojas[-len(de_firmas) :]
    assert len(de_firmas) == (1 if firmantes == 7 else 3)
    for nombre, cargo in firmas(docx(cambios)):
        juntas = [hoja for hoja in de_firmas if nombre in hoja and cargo.split()[-1] in hoja]
        assert len(juntas) == 1, nombre


def test_ninguna_pagina_sale_en_blanco(
    soffice: Callable[[Path], Path], pdftoppm: Callable[[Path], list[Path]], tmp_path: Path
) -> None:
    (tmp_path / "minuta.docx").write_bytes(docx())
    imagenes = pdftoppm(soffice(tmp_path / "minuta.docx"))
    assert len(imagenes) == 8
    assert [
        imagen.name for imagen in imagenes if imagen.stat().st_size < 15_000
    ] == []  # sólo con encabezado y pie pesa menos


GENERADOS = {"semilla": "", "treinta y dos firmantes": integrantes(32), "punto largo": LARGO} | {
    nombre: cambios for nombre, (cambios, _, _) in CAMBIOS.items()
}


@pytest.mark.parametrize("nombre", GENERADOS)
def test_lo_generado_no_tiene_hallazgos_estructurales(nombre: str) -> None:
    assert problemas(partes(docx(GENERADOS[nombre]))) == []


def test_lo_generado_pasa_el_validador_de_microsoft(validador_sdk: Callable[..., list[str]], tmp_path: Path) -> None:
    rutas = [tmp_path / f"{nombre}.docx" for nombre in GENERADOS]
    for ruta in rutas:
        ruta.write_bytes(docx(GENERADOS[ruta.stem]))
    with ThreadPoolExecutor(2) as hilos:
        assert [error for errores in hilos.map(validador_sdk, rutas) for error in errores] == []


def test_mismos_datos_mismos_bytes() -> None:
    assert componer(TIPO, minuta()) == docx()


HOSTILES = ["<Sin dato>", "R&D", "{{ 7*7 }}", "{% for %}", "{# nada #}", "]]>", "&amp;", "{_{ x }_}", "a < b > c"]


@pytest.mark.parametrize("hostil", HOSTILES)
def test_el_texto_hostil_sale_integro(hostil: str) -> None:
    cambios = f"## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | Antes {hostil} después. |\n## Sesión\n| Dato | Valor |\n|---|---|\n| Lugar | {hostil} |"
    generado = texto(cambios)
    assert f"Antes {hostil} después." in generado
    assert "Lic. Jacqueline González García" in generado


def test_cuarenta_mil_caracteres_salen_enteros() -> None:
    palabra = "ñandú "
    assert texto(f"## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | {palabra * 7000} |").count("ñandú") == 7000


def test_el_formato_de_la_celda_llega_a_word() -> None:
    cambios = "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 9 | Con **negrita y *cursiva* dentro** y<br>• viñeta<br>1. número<br>2. otro<br>15. no es lista |"
    dichos = parrafos(docx(cambios), formato=True)
    assert "Con **negrita y ***cursiva***** dentro** y" in dichos or any("**negrita y **" in d for d in dichos)
    assert "viñeta" in dichos
    assert "número" in dichos
    assert "15. no es lista" in dichos


def test_el_contexto_solo_lleva_lo_que_la_plantilla_entiende() -> None:
    def tipos(valor: object) -> set[type]:
        if isinstance(valor, dict):
            return set().union(*map(tipos, valor.values()))
        if isinstance(valor, list):
            return set().union(*map(tipos, valor)) if valor else set()
        return {type(valor)}

    assert tipos(contexto(minuta())) <= {str, int, bool, type(None)}


def test_una_forma_de_nombrar_que_vale_para_dos_personas_no_vale_para_ninguna() -> None:
    reunion = Reunion(
        minuta(
            "## Asistencia\n| Nombre corto | Título | Nombre | Primer apellido | Segundo apellido | Género | Cargo en lista |"
            " Calidad |\n|---|---|---|---|---|---|---|---|\n"
            "| Sosa Gil | Lic. | Juan | Sosa | Gil | Masculino | Asesor | Invitación |"
        )
    )
    assert reunion.persona("Juan Sosa") is None
    assert [reunion.persona(n) for n in ("Sosa", "Juan Sosa Ruiz")] == [reunion.libro.asistencia[11]] * 2
    assert reunion.persona("lic. juan sosa gil") == reunion.libro.asistencia[12]


def test_las_claves_citables_son_las_de_los_nombres() -> None:
    reunion = Reunion(minuta())
    for punto in (None, *reunion.libro.orden_del_dia):
        for quien in (None, "Azuara", "Alguien de fuera"):
            assert citables(reunion, punto, quien) == set(nombres_de(reunion, punto, quien))
