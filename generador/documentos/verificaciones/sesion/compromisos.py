"""Lo que el desarrollo promete y nadie anotó: frases que suenan a compromiso, sin su renglón en «Acuerdos».

Se decide con reglas: una locución que compromete («se solicitará», «instó a», «se comprometió a»), que no sea
de lo que se hace en la sesión misma, y ningún acuerdo del mismo punto que hable de lo mismo. Es siempre aviso, y
se calla con «No» en la columna «Compromiso».
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import partial

from generador.celdas import clave, sin_formato
from generador.documentos.nombres_de_sesion import resolver
from generador.documentos.reunion import Reunion, clave_de_punto
from generador.documentos.sesion import Acuerdo, Parrafo, Pendiente, TipoDeParrafo
from generador.documentos.verificaciones import de_cada
from generador.esquema import DatoIlegible
from generador.hallazgos import Hallazgo

# Las expresiones se buscan en el texto ya en minúsculas: con IGNORECASE, `re` tarda el triple.
_INFINITIVO = r"(?:\w+(?:ar|er|ir|ír)(?:se|les?|l[ao]s?)?)"
_ENTREGABLE = (
    r"(?:informes?|reportes?|listados?|comparativos?|diagnósticos?|cronogramas?|calendario|inventarios?|propuestas?|"
    r"elaboración|revisión|actualización|integración|entrega|envío|análisis|dictamen|opinión|seguimiento)"
)
_PIDE = (
    rf"(?:sugiri[óo]|sugirieron|propus[oi]\w*|recomend[óo]|recomendaron|exhort[óo]|exhortaron|inst[óo]|instaron|urgi[óo]|"
    rf"conmin[óo]|invit[óo]|invitaron|reiter\w+ la necesidad|agregó a la propuesta)\b"
    rf"(?! una? \w+ que)(?: \w+){{0,6}}? (?:(?:a|en|de|que)\b|{_INFINITIVO}\b)"
    rf"|(?:solicit[óo]|solicitaron|pidi[óo]|pidieron|requiri[óo] (?:al?|que)|instruy[óo]|se instruye|encarg[óo]|"
    rf"encomend[óo]|gir(?:ó|aron) instrucci(?:ón|ones))\b.{{0,120}}?\b(?:que|{_INFINITIVO}|{_ENTREGABLE})\b"
)
# «se solicitará», «se le notificarían», «se hará llegar»; no lo que es de la sesión ni lo que sólo se espera.
_SE_HARA = (
    r"se (?:l[eoa]s? )?(?!podr|trat|somet|aprob|vot|celebr|grab|reanud|procede|evit|reduc|logr|mejor|facilit|benefici|"
    r"garantiz|fortalec|permit|ahorr|aplic|consider|entend|contar|ser[áa])"
    r"(?:\w{3,}(?:[aei]r(?:á|án|ían?))|(?:har|dar|pondr)(?:á|án|ían?))\b(?! (?:lectura|inicio|cuenta|por|la palabra))"
)
# «la Dirección enviará», «el área deberá entregar»: de quien se nombra, sólo los verbos con que se cumple algo.
_HARA = (
    r"(?<!\bse )(?<!\bse le )(?<!\bse les )(?:(?:actualizar|analizar|atender|circular|compartir|consultar|convocar|"
    r"coordinar|corregir|elaborar|entregar|enviar|gestionar|informar|integrar|notificar|preparar|presentar|publicar|"
    r"realizar|remitir|revisar|solicitar|turnar|validar)(?:á|án)|har(?:á|án) llegar|"
    r"dar(?:á|án) (?:respuesta|seguimiento)|"
    rf"(?<!si )se (?:va|van) a {_INFINITIVO}|"
    rf"(?:deber|tendr|habr)(?:á|án) (?:que |de )?{_INFINITIVO})\b"
)
_PROMETE = (
    rf"se compromet(?:ió|ieron)|(?:asum|adquir)(?:ió|ieron) el compromiso|qued(?:ó|aron) (?:de|en) {_INFINITIVO}|"
    rf"(?:acord(?:ó|aron)|convin(?:o|ieron))\b(?: \S+){{0,7}}? (?:que|{_INFINITIVO})|"
    r"qued(?:ó|aron) pendientes? (?:de |(?:el|las?|los|sus?) (?!puntos|acuerdos|compromisos|siguientes))|"
    rf"ofreci(?:ó|eron)\b(?: \S+){{0,4}}? (?:{_INFINITIVO}|apoyo)|acept(?:ó|aron) {_INFINITIVO}|"
    rf"(?:estuv(?:o|ieron) de acuerdo en|se tomó nota (?:de|para)) (?:que|{_INFINITIVO})|"
    r"qued(?:a|an|ó|aron|ará|arán) a cargo de"
)
_LOCUCIONES = re.compile(rf"\b(?:(?P<pide>{_PIDE})|(?P<promete>(?:{_PROMETE})\b)|{_SE_HARA}|{_HARA}).*")
_FIN_DE_ORACION = re.compile(
    r"[.;!?…](?<!\blic.)(?<!\bmtro.)(?<!\bmtra.)(?<!\bing.)(?<!\bdr.)(?<!\bdra.)(?<!\bc.)(?<!\barq.)(?<!\bnúm.)"
    r"(?<!\bart.)[.;!?…]*(?=\s|$)",
    re.IGNORECASE,
)
# Lo que se pide y se hace ahí mismo no es un compromiso: dar la palabra, votar, leer, continuar…
_DE_LA_SESION = re.compile(
    r"\b(?:someter|sometiera|d(?:ar|iera) (?:cuenta|lectura|inicio|paso|por)|ced(?:er|iera)|votar|votación|votaran?|"
    r"sentido de su voto|levantar la mano|inform(?:ar|ara)(?! a l[ao]s (?!integrantes|miembros|presentes))|"
    r"continu\w+ (?:con (?:el |la )?)?(?:siguiente|sesión|desahogo|desarrollo|reunión)|la lectura|leer|leyera|"
    r"present(?:ar|ara|ará) (?:el|la|los|las) (?:punto|informe|proyecto|tema|asunto)|la palabra|el micrófono|quórum|"
    r"consultar a l[ao]s (?:integrantes|miembros|presentes)|pas(?:ar|e de) lista|(?:quede|dejar|dejara) constancia|"
    r"const(?:e|ara) en|asentar|explicar|desahog\w+|dispensar?|la dispensa|siguiente punto|orden del día|"
    r"si (?:tenían|había|existía)|(?<!que )(?:aprobaron|se aprob\w+)|la aprobación|un receso|silencio|escrutador\w*|"
    r"lista de asistencia|registrar la asistencia|aclarar\w*|precisar\w*|apagar|disculpas?)\b",
)
# …salvo que se deje para después.
_PARA_DESPUES = re.compile(
    r"\bpróxim[oa]s? (?:sesi|reuni|seman|mes|año|día|trimestre|semestre|lunes|martes|miércoles|jueves|viernes)|"
    r"\bsiguiente (?:sesión|reunión|semana|mes|año)|\ba más tardar|\ba la brevedad|\bpor (?:escrito|correo)|"
    r"\b(?:mensual|bimestral|trimestral|semestral)mente\b|\bcada (?:mes|bimestre|trimestre|semestre|año)|"
    r"\ben un plazo|\bantes del (?:\d|mes|cierre|fin)",
)
# Lo que se acuerda y ahí mismo se agota; lo que se recuerda de otra sesión; lo que una norma ordena siempre.
_DECIDIDO = re.compile(
    r"\b(?:aproba\w+|autorizar|dar|tener|retirar|posponer|sesionar|declarar|dispensar|someter|iniciar|votar|"
    r"orden del día)\b",
)
_DE_OTRO_DIA = re.compile(
    r"\b(?:record(?:ó|aron)|(?:sesión|reunión) (?:anterior|pasada)|sesiones anteriores|el año pasado|en 20\d\d)\b",
)
_LO_MANDA_UNA_NORMA = re.compile(
    r"\b(?:ley|lineamientos?|criterios|reglamento|normas?|normatividad|artículo|manual|convenio)\b.*"
    r"\b(?:establec|señal|dispon|prev|orden|contempl)\w+",
)
_VACIAS = frozenset(
    (
        *("para", "como", "este", "estes", "esto", "estos", "esta", "estas", "ello", "ellos", "ella", "ellas"),
        *("cual", "cuales", "donde", "cuando", "sobre", "entre", "desde", "hasta", "hacia", "ante", "bajo", "tras"),
        *("según", "mismo", "mismos", "misma", "mismas", "todo", "todos", "toda", "todas", "cada", "otro", "otros"),
        *("otra", "otras", "comité", "comisión", "presidente", "presidenta", "secretario", "secretaria", "técnico"),
        *("técnica", "licenciado", "licenciada", "maestro", "maestra", "ingeniero", "ingeniera", "doctor", "doctora"),
        *("área", "áreas", "institución", "instituto", "parte", "respecto", "caso", "manera", "relación", "través"),
    )
)
_RAIZ = 5  # letras por las que «notificarían» y «Notificar» son lo mismo


def en_prosa(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: una frase del desarrollo que suena a compromiso tiene su renglón en «Acuerdos» o en «Seguimiento»."""
    yield from de_cada(reunion.libro.desarrollo, partial(_sin_su_renglon, reunion))


def _sin_su_renglon(reunion: Reunion, parrafo: Parrafo) -> Iterator[Hallazgo]:
    if parrafo.compromiso is False or parrafo.tipo in (TipoDeParrafo.SUBTITULO, TipoDeParrafo.CITA):
        return
    dichas = list(compromisos_en(_como_se_lee(reunion, parrafo)))
    if parrafo.compromiso and not dichas and not _del_punto(reunion, parrafo):
        yield _sin_anotar(parrafo, "Dice que es un compromiso y su punto no tiene renglones en «Acuerdos».")
    anotados = list(_anotados(reunion, parrafo)) if dichas else []
    for dicha in dichas:
        if "{" not in dicha and not any(_habla_de_lo_mismo(dicha, texto, area) for texto, area in anotados):
            yield _sin_anotar(parrafo, f"«{_breve(dicha)}» suena a compromiso y no está en «Acuerdos».")
            break  # uno por renglón: se corrige o se calla entero


def compromisos_en(texto: str) -> Iterator[str]:
    """Las frases que comprometen: ``"Informó… El director sugirió crear un histórico."`` → ``"sugirió crear…"``.

    Límite: no oye lo que se pide sin decirlo («indicó al área que elabore…», «planteó la posibilidad de…»).
    """
    for oracion in (suelta for renglon in texto.split("\n") for suelta in _FIN_DE_ORACION.split(renglon)):
        en_minusculas = oracion.lower()
        hallada = _LOCUCIONES.search(en_minusculas)
        while hallada:
            if _compromete(hallada):
                yield oracion[hallada.start() :].strip()
                break
            hallada = _LOCUCIONES.search(en_minusculas, hallada.start() + 1)


def _compromete(hallada: re.Match[str]) -> bool:
    """Si lo dicho queda por hacer: ni se hizo en la sesión, ni se recuerda de otra, ni es lo que manda una norma."""
    antes = hallada.string[: hallada.start()]
    if (_DE_OTRO_DIA if hallada["pide"] or hallada["promete"] else _LO_MANDA_UNA_NORMA).search(antes):
        return False
    if hallada["promete"]:
        return not _DECIDIDO.search(hallada["promete"])
    return not _DE_LA_SESION.search(hallada[0]) or bool(_PARA_DESPUES.search(hallada[0]))


def _como_se_lee(reunion: Reunion, parrafo: Parrafo) -> str:
    """El texto con sus nombres resueltos: «sugirió a {Molina}» compromete igual; si no se saben, entre llaves."""
    with suppress(DatoIlegible):
        return sin_formato(resolver(reunion, parrafo.texto, reunion.punto(parrafo.punto), parrafo.quien))
    return sin_formato(parrafo.texto)


def _anotados(reunion: Reunion, parrafo: Parrafo) -> Iterator[tuple[str, str]]:
    """Lo que ya está anotado y puede ser eso, con su área: los acuerdos del punto, y el seguimiento entero.

    Un acuerdo cuyo punto no existe puede ser de éste: lo que se dice de él es que corrija su punto.
    """
    de_ninguno = [acuerdo for acuerdo in reunion.libro.acuerdos if reunion.punto(acuerdo.punto) is None]
    registros: list[Acuerdo | Pendiente] = [
        *_del_punto(reunion, parrafo), *de_ninguno, *reunion.libro.seguimiento,
    ]  # fmt: skip
    for registro in registros:
        yield sin_formato(f"{registro.texto} {getattr(registro, 'entregable', '') or ''}"), registro.area or ""


def _del_punto(reunion: Reunion, parrafo: Parrafo) -> list[Acuerdo]:
    return [a for a in reunion.libro.acuerdos if clave_de_punto(a.punto) == clave_de_punto(parrafo.punto)]


def _habla_de_lo_mismo(dicha: str, anotado: str, area: str) -> bool:
    """Si comparten las palabras que importan: dos, y al menos un tercio de la más corta.

    Las del área no importan: dos encargos distintos pueden ser de la misma.
    """
    unas, otras = _raices(dicha) - _raices(area), _raices(anotado) - _raices(area)
    comunes = len(unas & otras)
    return comunes >= min(2, len(unas), len(otras)) and comunes * 3 >= min(len(unas), len(otras))


def _raices(texto: str) -> set[str]:
    palabras = (p for p in re.findall(r"[^\W\d_]{4,}", texto.lower()) if p not in _VACIAS)
    return {clave(palabra)[:_RAIZ] for palabra in palabras}


def _breve(frase: str) -> str:
    return frase if len(frase) <= 70 else frase[:67].rsplit(" ", 1)[0].rstrip(",") + "…"


def _sin_anotar(parrafo: Parrafo, problema: str) -> Hallazgo:
    return parrafo.hallazgo(
        "texto", problema, "Anótelo con su responsable o, si no lo es, ponga «No» en la columna «Compromiso».",
        codigo="V-30", aviso=True,
    )  # fmt: skip
