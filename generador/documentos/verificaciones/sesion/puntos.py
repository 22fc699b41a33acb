"""El orden del día y su desarrollo: V-01, V-02 y V-06 a V-08."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from generador.castellano import Genero, fecha_larga, leer_fecha, ordinal
from generador.celdas import clave, parecido, sin_formato
from generador.documentos.nombres_de_sesion import nombre_de_sesion
from generador.documentos.reunion import Reunion, clave_de_punto, tratado
from generador.documentos.sesion import Acuerdo, Parrafo, Punto, Receso, Resultado, TipoDePunto, TipoDeSesion, Voto
from generador.documentos.verificaciones import de_cada
from generador.esquema import alguna, legibles
from generador.hallazgos import Hallazgo

_ORDINALES = {clave(ordinal(numero, Genero.FEMENINO)): numero for numero in range(1, 40)}
_SESION = re.compile(
    r"\b((?:d[eé]cim[ao] |vig[eé]sim[ao] |trig[eé]sim[ao] )?[a-záéíóú]+a) sesi[oó]n (ordinaria|extraordinaria)",
    re.IGNORECASE,
)
_APERTURA = re.compile(r"(dio inicio|inició|declar[óa]\w* (formalmente )?(instalada|iniciada|abierta))", re.IGNORECASE)
_CLAUSURA = re.compile(r"(clausura|cierre|registro|pase|lista|verificaci|bienvenida|firma|instalaci)", re.IGNORECASE)
_PROPIA = re.compile(r"^\S+(?: \S+)? sesi[oó]n \w+(?:[.,;]|$| del? (?:la |el )?[A-ZÁÉÍÓÚÑ])")
_EJERCICIO = re.compile(r"\b(20\d\d)\b")
_DE_QUIEN = re.compile(r"\S+ [Ss]esi[oó]n \w+ (?:del?|de la) (?:la |el )?([A-ZÁÉÍÓÚÑ]\w+)")
_DEL_DIA = re.compile(r"\b(\d{1,2} (?:de )?[a-z]+ (?:del? )?\d{4})", re.IGNORECASE)


def sesiones_en(texto: str) -> Iterator[tuple[int, TipoDeSesion, int]]:
    """Las sesiones que nombra un texto: ``"la Primera Sesión Ordinaria"`` → ``(1, ORDINARIA, posición)``."""
    for escrita in _SESION.finditer(texto):
        numero = _ORDINALES.get(clave(escrita[1]))
        if numero is not None:
            yield numero, TipoDeSesion(escrita[2].capitalize()), escrita.start()


def puntos_sin_desarrollo(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-06: todo punto tratado tiene su desarrollo; el primero y el seguimiento pueden dejarse a la plantilla."""
    yield from de_cada(enumerate(reunion.libro.orden_del_dia), partial(_sin_desarrollo, reunion))


def _sin_desarrollo(reunion: Reunion, en_su_lugar: tuple[int, Punto]) -> Iterator[Hallazgo]:
    lugar, punto = en_su_lugar
    sin_mas = punto.tipo is TipoDePunto.ORDEN_DEL_DIA or _CLAUSURA.match(punto.titulo)
    de_su_hoja = punto.tipo is TipoDePunto.SEGUIMIENTO and reunion.libro.seguimiento
    no_se_trato = punto.desenlace in (Resultado.POSPUESTO, Resultado.RETIRADO)
    if sin_mas or de_su_hoja or no_se_trato or reunion.tiene_desarrollo(punto):
        return
    if alguna(reunion.libro.orden_del_dia[:lugar], tratado):  # el primero puede dejarse a la plantilla
        yield punto.hallazgo(
            "clave", f"El punto {punto.clave} («{_breve(punto.titulo)}») no tiene desarrollo.",
            "Agregue sus renglones en «Desarrollo» o, si no se trató, elija el resultado «Pospuesto» o «Retirado».",
            codigo="V-06",
        )  # fmt: skip


def _breve(titulo: str) -> str:
    return titulo if len(titulo) <= 60 else titulo[:57].rstrip() + "…"


def puntos_que_no_existen(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-06: cada renglón de las demás hojas cita un punto del orden del día."""
    libro = reunion.libro
    hojas: tuple[Callable[[], Iterable[Parrafo | Voto | Acuerdo | Receso]], ...] = (
        lambda: libro.desarrollo, lambda: libro.votos, lambda: libro.acuerdos, lambda: libro.recesos,
    )  # fmt: skip
    yield from de_cada(hojas, lambda hoja: de_cada(hoja(), partial(_cita_de_punto, reunion)))


def _cita_de_punto(reunion: Reunion, registro: Parrafo | Voto | Acuerdo | Receso) -> Iterator[Hallazgo]:
    punto = reunion.punto(registro.punto)
    if punto is None and clave_de_punto(registro.punto) not in _por_una_clave_repetida(reunion):
        cercano = parecido(registro.punto, [punto.clave for punto in reunion.libro.orden_del_dia])
        remedio = f"¿Quiso decir «{cercano}»?" if cercano else "Corrija el número o agregue el punto."
        yield registro.hallazgo(
            "punto", f"El punto «{registro.punto}» no está en el orden del día.", remedio, codigo="V-06"
        )
    elif punto is not None and punto.desenlace is Resultado.RETIRADO:
        yield registro.hallazgo(
            "punto", f"El punto «{registro.punto}» se retiró del orden del día.",
            "Mueva el renglón a otro punto o cambie el resultado del punto.", codigo="V-06",
        )  # fmt: skip


def _por_una_clave_repetida(reunion: Reunion) -> set[str]:
    """Los números que faltan en el orden del día, quizá porque otro se escribió dos veces; vacío si ninguno lo está."""
    claves = [clave_de_punto(punto.clave) for punto in reunion.libro.orden_del_dia]
    faltan = {str(numero) for numero in range(1, len(claves) + 1)} - set(claves)
    return faltan if len(set(claves)) < len(claves) else set()


def aprobaciones_sin_resultado(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-06: un punto que se llama «aprobación» termina votado, pospuesto o retirado."""
    yield from de_cada(reunion.libro.orden_del_dia, _sin_resultado)


def _sin_resultado(punto: Punto) -> Iterator[Hallazgo]:
    sin_voto = punto.desenlace in (Resultado.SIN_RESULTADO, Resultado.RECIBIDO)
    if "aprobación" in punto.titulo.lower() and sin_voto:
        yield punto.hallazgo(
            "tipo", f"El punto {punto.clave} habla de «aprobación», pero no se vota.",
            "Elija el tipo «Aprobación» o escriba su resultado.", codigo="V-06", aviso=True,
        )  # fmt: skip


def numeracion(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-07: las claves no se repiten, y los números de la convocatoria van seguidos."""
    vistas: set[str] = set()
    anterior = 0
    for numero, punto in enumerate(reunion.libro.orden_del_dia, 1):
        if clave_de_punto(punto.clave) in vistas:
            yield punto.hallazgo(
                "clave",
                f"El punto «{punto.clave}» está dos veces.",
                "Dé a cada punto su propio número.",
                codigo="V-07",
            )
        vistas.add(clave_de_punto(punto.clave))
        if punto.incorporado or not clave_de_punto(punto.clave).isdigit():
            continue
        if int(clave_de_punto(punto.clave)) > anterior + 1 and len(vistas) == numero:
            yield punto.hallazgo(
                "clave", f"Del punto {anterior} se salta al {punto.clave}." if anterior else "Falta el punto 1.",
                "Agregue el que falta; si se retiró, déjelo con el resultado «Retirado».", codigo="V-07",
            )  # fmt: skip
        anterior = int(clave_de_punto(punto.clave))


def orden_modificado_sin_votarse(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-07: si algo se retiró o se incorporó, el orden del día se votó así."""
    puntos = reunion.libro.orden_del_dia
    if not alguna(puntos, lambda p: p.tipo is TipoDePunto.ORDEN_DEL_DIA and p.desenlace is Resultado.APROBADO):
        yield from de_cada(puntos, _modifica_el_orden)


def _modifica_el_orden(punto: Punto) -> Iterator[Hallazgo]:
    if punto.incorporado or not tratado(punto):
        yield punto.hallazgo(
            "incorporado" if punto.incorporado else "resultado",
            f"El punto {punto.clave} modificó el orden del día, pero ningún punto lo aprueba.",
            "Agregue el punto de tipo «Orden del día» en que se votó la modificación.",
            codigo="V-07",
        )


def impropios_de_extraordinaria(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-08: muchos órganos no admiten asuntos generales ni seguimiento en sesión extraordinaria."""
    libro = reunion.libro
    if libro.sesion.tipo is not TipoDeSesion.EXTRAORDINARIA or libro.organo.generales_en_extraordinaria:
        return
    for punto in legibles(libro.orden_del_dia, "tipo"):
        if punto.tipo in (TipoDePunto.GENERALES, TipoDePunto.SEGUIMIENTO):
            yield punto.hallazgo(
                "tipo", f"«{punto.tipo}» no suele tratarse en sesión extraordinaria.",
                "Confirme que sus reglas lo admiten y dígalo en «Órgano», o quite el punto.", codigo="V-08", aviso=True,
            )  # fmt: skip


def minuta_anterior(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-01: la minuta que se aprueba es la de una sesión anterior; la inmediata, si es del mismo tipo."""
    for verificacion in (_fechas_aprobadas, _sesiones_aprobadas):
        yield from de_cada(reunion.libro.orden_del_dia, partial(verificacion, reunion))


def _aprueba_otra(reunion: Reunion, punto: Punto) -> bool:
    """Si habla de la minuta de una sesión del mismo órgano."""
    return "minuta" in punto.titulo.lower() and not _de_otro_organo(reunion, punto.titulo)


def _fechas_aprobadas(reunion: Reunion, punto: Punto) -> Iterator[Hallazgo]:
    if not _aprueba_otra(reunion, punto):
        return
    sesion = reunion.libro.sesion
    for fecha in filter(None, map(leer_fecha, _DEL_DIA.findall(punto.titulo))):
        if fecha >= sesion.fecha:
            yield punto.hallazgo(
                "titulo", f"Somete una minuta del {fecha_larga(fecha)}, que no es anterior a esta sesión.",
                f"Corrija esa fecha o, si está bien, la de la hoja «Sesión»: {fecha_larga(sesion.fecha)}.",
                codigo="V-01",
            )  # fmt: skip


def _sesiones_aprobadas(reunion: Reunion, punto: Punto) -> Iterator[Hallazgo]:
    if not _aprueba_otra(reunion, punto):
        return
    sesion = reunion.libro.sesion
    propias = [n for n, tipo, _ in sesiones_en(punto.titulo) if tipo is sesion.tipo]
    ejercicios = {int(escrito) for escrito in _EJERCICIO.findall(punto.titulo)}
    if not propias or (ejercicios and ejercicios != {sesion.fecha.year}):
        return  # el número vuelve a empezar en enero: sólo se comparan sesiones del mismo año
    if max(propias) >= sesion.numero:
        yield punto.hallazgo(
            "titulo", f"Somete la minuta de la {sesion.tipo.lower()} {max(propias)}, y ésta es la {sesion.numero}.",
            "Corrija el título o el «Número en el año» de la hoja «Sesión».", codigo="V-01", aviso=not ejercicios,
        )  # fmt: skip
    elif max(propias) < sesion.numero - 1:
        yield punto.hallazgo(
            "titulo", f"Somete la minuta de la {sesion.tipo.lower()} {max(propias)}, y ésta es la {sesion.numero}.",
            f"Revise si falta la {sesion.numero - 1}.", codigo="V-01", aviso=True,
        )  # fmt: skip


def _de_otro_organo(reunion: Reunion, texto: str) -> bool:
    """Si el texto habla de la sesión de un órgano que no es éste."""
    nombradas = [clave(palabra) for palabra in _DE_QUIEN.findall(texto)]
    if not nombradas:
        return False
    organo = reunion.libro.organo
    propio = clave(f"{organo.nombre} {organo.en_corto} {organo.siglas or ''}")
    return any(palabra not in propio for palabra in nombradas)


def sesion_mal_nombrada(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-02: al abrir la sesión, el texto la nombra con su número y su tipo."""
    yield from de_cada(reunion.libro.desarrollo, partial(_mal_nombrada, reunion))


def _mal_nombrada(reunion: Reunion, parrafo: Parrafo) -> Iterator[Hallazgo]:
    sesion = reunion.libro.sesion
    texto = sin_formato(parrafo.texto)
    apertura = _APERTURA.search(texto)
    for numero, tipo, lugar in sesiones_en(texto) if apertura else ():
        propia = _PROPIA.search(texto[lugar:]) and not _de_otro_organo(reunion, texto[lugar:])
        al_abrir = apertura is not None and 0 <= lugar - apertura.end() <= 40
        if propia and al_abrir and (numero, tipo) != (sesion.numero, sesion.tipo):
            yield parrafo.hallazgo(
                "texto",
                f"Abre la sesión {tipo.lower()} número {numero}, y ésta es la {nombre_de_sesion(reunion)}.",
                "Escriba {sesion} en su lugar: el programa pone el nombre.", codigo="V-02",
            )  # fmt: skip
