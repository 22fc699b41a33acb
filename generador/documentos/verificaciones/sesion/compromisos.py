"""Lo que el desarrollo promete y nadie anotó: frases que suenan a compromiso, sin su renglón en «Acuerdos».

Se decide con reglas: una locución que compromete («se solicitará», «instó a», «se comprometió a») y ningún
acuerdo del mismo punto que hable de lo mismo. Es siempre aviso, y se calla con «No» en la columna «Compromiso».
"""

import re
from collections.abc import Iterator

from generador.celdas import clave, sin_formato
from generador.documentos.nombres_de_sesion import resolver
from generador.documentos.reunion import Reunion, clave_de_punto
from generador.documentos.sesion import Acuerdo, Parrafo, Pendiente, TipoDeParrafo
from generador.hallazgos import Hallazgo

_INFINITIVO = r"(?:\w+(?:ar|er|ir|ír)(?:se|les?|l[ao]s?)?)"
_SUGIERE = (
    r"sugiri[óo]|sugirieron|propus[oi]\w*|recomend[óo]|recomendaron|exhort[óo]|exhortaron|inst[óo]|instaron|urgi[óo]|"
    r"reiter\w+ la necesidad|agregó a la propuesta"
)
_PIDE = r"solicit[óo]|solicitaron|pidi[óo]|pidieron|requiri[óo]|instruy[óo]|encarg[óo]|encomend[óo]"
_PROMETE = (
    r"se comprometi[óo]|se comprometieron|qued[óo] de|quedaron de|acord[óo]|acordaron|se acord[óo]|se convino|"
    r"ofreci[óo]|ofrecieron"
)
# «se solicitará», «se le notificarían», «se deberá enviar»; no «se someterá» ni «se aprobará»: eso es de la sesión.
_FUTURO = (
    r"\bse (?:l[eoa]s? )?(?!podr|tratar|someter|aprobar|votar|haría |ser[áa]\b)"
    r"\w{3,}(?:ará|erá|irá|arán|erán|irán|arían?|erían?|irían?)\b"
)
_LOCUCIONES = re.compile(
    rf"\b(?:{_SUGIERE})\b(?: \w+){{0,6}}? (?:a |en |de |que |{_INFINITIVO}\b)[^.;]*"
    rf"|\b(?:{_PIDE})\b (?:a |al |que |a la |a los )?[^.;]{{0,120}}?\b(?:que|{_INFINITIVO})\b[^.;]*"
    rf"|\b(?:{_PROMETE})\b[^.;]*"
    rf"|{_FUTURO}[^.;]*",
    re.IGNORECASE,
)
_ORACION = re.compile(r"[^.;!?…]*(?:[.;!?…](?!\s|$)[^.;!?…]*)*[.;!?…]?")
# Lo que se pide y se hace ahí mismo no es un compromiso: dar la palabra, votar, leer, continuar.
_DE_LA_SESION = re.compile(
    r"\b(?:someter|sometiera|dar (?:cuenta|lectura|inicio|paso)|diera (?:cuenta|lectura)|continu\w+|ced\w+|votar|"
    r"votación|votaran?|inform(?:ar|ara)|present(?:ar|ara) (?:el|la|los|las) (?:punto|informe|proyecto|tema|asunto)|"
    r"consultar a|la palabra|verificar|pasar lista|pase de lista|constancia|conste|asentar|proceder|explicar|"
    r"desahog\w+|dispensar?|la dispensa|siguiente punto|orden del día|si tenían|aprobaron|se aprob\w+)\b",
    re.IGNORECASE,
)
_VACIAS = re.compile(
    r"(?:para|como|est[eoa]s?|ell[oa]s?|cual(?:es)?|donde|cuando|sobre|entre|desde|hasta|hacia|ante|bajo|tras|según|"
    r"mism[oa]s?|tod[oa]s?|cada|otr[oa]s?|comité|comisión|president[ea]|secretari[oa]|técnic[oa]|licenciad[oa]|"
    r"maestr[oa]|ingenier[oa]|doctora?|áreas?|institución|instituto|parte|respecto|caso|manera|relación|través)",
    re.IGNORECASE,
)
_RAIZ = 5  # letras por las que «notificarían» y «Notificar» son lo mismo


def en_prosa(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-30: una frase del desarrollo que suena a compromiso tiene su renglón en «Acuerdos» o en «Seguimiento»."""
    for parrafo in reunion.libro.desarrollo:
        if parrafo.compromiso is False or parrafo.tipo in (TipoDeParrafo.SUBTITULO, TipoDeParrafo.CITA):
            continue
        anotados = list(_anotados(reunion, parrafo))
        dichas = list(compromisos_en(_como_se_lee(reunion, parrafo)))
        if parrafo.compromiso and not dichas and not _del_punto(reunion, parrafo):
            yield _sin_anotar(parrafo, "Dice que es un compromiso y su punto no tiene renglones en «Acuerdos».")
        for dicha in dichas:
            if not any(_habla_de_lo_mismo(dicha, texto) for texto in anotados):
                yield _sin_anotar(parrafo, f"«{_breve(dicha)}» suena a compromiso y no está en «Acuerdos».")
                break  # uno por renglón: se corrige o se calla entero


def compromisos_en(texto: str) -> Iterator[str]:
    """Las frases que comprometen: ``"Informó… El director sugirió crear un histórico."`` → ``"sugirió crear…"``."""
    for oracion in _ORACION.findall(texto):
        for hallada in _LOCUCIONES.finditer(oracion):
            if not _DE_LA_SESION.search(hallada[0]):
                yield hallada[0].strip()


def _como_se_lee(reunion: Reunion, parrafo: Parrafo) -> str:
    """El texto con sus nombres resueltos: «sugirió a {Molina}» compromete igual."""
    return sin_formato(resolver(reunion, parrafo.texto, reunion.punto(parrafo.punto), parrafo.quien))


def _anotados(reunion: Reunion, parrafo: Parrafo) -> Iterator[str]:
    """Lo que ya está anotado y puede ser eso: los acuerdos del punto, y el seguimiento entero."""
    registros: list[Acuerdo | Pendiente] = [*_del_punto(reunion, parrafo), *reunion.libro.seguimiento]
    for registro in registros:
        yield sin_formato(f"{registro.texto} {getattr(registro, 'entregable', '') or ''} {registro.area or ''}")


def _del_punto(reunion: Reunion, parrafo: Parrafo) -> list[Acuerdo]:
    return [a for a in reunion.libro.acuerdos if clave_de_punto(a.punto) == clave_de_punto(parrafo.punto)]


def _habla_de_lo_mismo(dicha: str, anotado: str) -> bool:
    """Si comparten las palabras que importan: dos, y al menos un tercio de la más corta."""
    unas, otras = _raices(dicha), _raices(anotado)
    comunes = len(unas & otras)
    return comunes >= min(2, len(unas), len(otras)) and comunes * 3 >= min(len(unas), len(otras))


def _raices(texto: str) -> set[str]:
    palabras = (clave(palabra) for palabra in re.findall(r"[^\W\d_]{4,}", texto) if not _VACIAS.fullmatch(palabra))
    return {palabra[:_RAIZ] for palabra in palabras}


def _breve(frase: str) -> str:
    return frase if len(frase) <= 70 else frase[:67].rsplit(" ", 1)[0].rstrip(",") + "…"


def _sin_anotar(parrafo: Parrafo, problema: str) -> Hallazgo:
    return parrafo.hallazgo(
        "texto", problema, "Anótelo con su responsable o, si no lo es, ponga «No» en la columna «Compromiso».",
        codigo="V-30", aviso=True,
    )  # fmt: skip
