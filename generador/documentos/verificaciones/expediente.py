"""Lo que debe cuadrar entre los libros de un expediente: V-01, V-18 y V-30.

Cada hallazgo dice de qué libro es. Nada se pierde por un aviso: un acuerdo que desaparece de un libro sigue
abierto en el informe.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import islice, pairwise

from generador.castellano import concordar, distancia, enumerar
from generador.celdas import clave
from generador.documentos.expediente import SIN_AREA, Archivada, Expediente, Historia, Paso
from generador.documentos.nombres_de_sesion import resolver
from generador.documentos.sesion import Acuerdo, Estatus, LibroDeSesion, Pendiente, TipoDeSesion
from generador.documentos.verificaciones import corridas, en_orden
from generador.documentos.verificaciones.sesion import acuerdos
from generador.esquema import Registro
from generador.hallazgos import Hallazgo

_MAX_AREAS = 300  # las que se comparan de dos en dos
_VARIAS = {tipo: f"{tipo}{'es' if tipo.endswith('l') else 's'}" for tipo in TipoDeSesion}
_ERRATA = 2  # letras de diferencia entre una clave y la que quizá se quiso escribir
_AVANZA = (Estatus.PENDIENTE, Estatus.EN_PROCESO, Estatus.CUMPLIDO)


def cruces(expediente: Expediente, hoy: date) -> list[Hallazgo]:
    """Todos los hallazgos de un expediente, libro por libro, en el orden en que ocurrieron las sesiones.

    Si los libros no son de un solo órgano, o alguno está repetido, lo demás no se puede comparar.
    """
    hallazgos, enteras = corridas(DE_LOS_LIBROS, expediente)
    if enteras and not hallazgos:
        hallazgos, _ = corridas(VERIFICACIONES, expediente)
    return [
        suyo
        for archivo in dict.fromkeys(("", *(a.archivo for a in expediente.archivadas)))
        for suyo in en_orden((h for h in hallazgos if h.libro == archivo), LibroDeSesion)
    ]


def _en(sesion: Archivada, hallazgos: Iterable[Hallazgo]) -> Iterator[Hallazgo]:
    """Los hallazgos, dichos con su libro."""
    return (replace(hallazgo, libro=sesion.archivo) for hallazgo in hallazgos)


def _uno(
    sesion: Archivada, registro: Registro, campo: str, problema: str, remedio: str, *,
    codigo: str = "V-30", aviso: bool = False,
) -> Hallazgo:  # fmt: skip
    return replace(registro.hallazgo(campo, problema, remedio, codigo=codigo, aviso=aviso), libro=sesion.archivo)


# --- los libros


def de_otro_organo(expediente: Expediente) -> Iterator[Hallazgo]:
    """Todos los libros son del mismo órgano."""
    propio = expediente.archivadas[-1].libro.organo
    for sesion in expediente.archivadas:
        organo = sesion.libro.organo
        if clave(organo.nombre) != clave(propio.nombre):
            yield _uno(
                sesion, organo, "nombre", f"Es de «{organo.nombre}», y otros libros son de «{propio.nombre}».",
                "Haga un informe por órgano: ponga los libros de cada uno en su carpeta.", codigo="",
            )  # fmt: skip


def sesiones_repetidas(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-01: cada sesión está una vez, y su número no se repite en el año."""
    vistas: dict[tuple[TipoDeSesion, int, int], Archivada] = {}
    for sesion in expediente.archivadas:
        suya = sesion.libro.sesion
        otra = vistas.setdefault((suya.tipo, suya.fecha.year, suya.numero), sesion)
        if otra is not sesion:
            yield _uno(
                sesion, suya, "numero",
                f"Es la {sesion.nombre} de {suya.fecha.year}, la misma de «{otra.archivo}».",
                "Quite el libro repetido o corrija su número o su tipo.", codigo="V-01",
            )  # fmt: skip


def sesiones_saltadas(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-01: entre dos sesiones del mismo tipo y año no falta ninguna."""
    for tipo in TipoDeSesion:
        suyas = [s for s in expediente.archivadas if s.libro.sesion.tipo is tipo]
        yield from _falta_el_principio(expediente, suyas)
        for antes, ahora in pairwise(suyas):
            previa, esta = antes.libro.sesion, ahora.libro.sesion
            if previa.fecha.year == esta.fecha.year and esta.numero > previa.numero + 1:
                faltan = enumerar([str(n) for n in range(previa.numero + 1, esta.numero)])
                yield _uno(
                    ahora, esta, "numero", f"Entre «{antes.archivo}» y este libro falta la {tipo.lower()} {faltan}.",
                    "Agregue su libro: lo que en ella se informó no cuenta.", codigo="V-01", aviso=True,
                )  # fmt: skip
            elif previa.fecha.year == esta.fecha.year and esta.numero < previa.numero:
                yield _uno(
                    ahora, esta, "numero",
                    f"Es la {tipo.lower()} {esta.numero}, y la {previa.numero} («{antes.archivo}») fue antes.",
                    "Corrija el número o la fecha.", codigo="V-01", aviso=True,
                )  # fmt: skip


def _falta_el_principio(expediente: Expediente, suyas: list[Archivada]) -> Iterator[Hallazgo]:
    """La primera de un año, si ya había libros de antes, es la número 1."""
    vistos: set[int] = set()
    for sesion in suyas:
        suya = sesion.libro.sesion
        primera = suya.fecha.year not in vistos
        vistos.add(suya.fecha.year)
        if primera and suya.numero > 1 and sesion is not expediente.archivadas[0]:
            faltan = enumerar([str(n) for n in range(1, suya.numero)])
            cuales = concordar(suya.numero - 1, str(suya.tipo), _VARIAS[suya.tipo]).lower()
            falta = concordar(suya.numero - 1, "falta la", "faltan las")
            yield _uno(
                sesion, suya, "numero",
                f"De {suya.fecha.year} {falta} {cuales} {faltan}.",
                "Si las hubo, agregue sus libros: lo que en ellas se informó no cuenta.", codigo="V-01", aviso=True,
            )  # fmt: skip


def dentro_de_cada_libro(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: lo que la minuta de cada sesión ya debía cumplir sobre sus acuerdos."""
    for sesion in expediente.sesiones:
        for verificacion in (
            acuerdos.formato_de_clave,
            acuerdos.claves_repetidas,
            acuerdos.plazos_ya_vencidos,
            acuerdos.cumplidos_sin_evidencia,
        ):
            yield from _en(sesion, verificacion(sesion.reunion))


# --- la cadena


def claves_que_nacen_dos_veces(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: un acuerdo no puede nacer con la clave de otro."""
    vistas: dict[str, Archivada] = {}
    for sesion in expediente.sesiones:
        for pendiente in sesion.libro.seguimiento:
            vistas.setdefault(clave(pendiente.clave), sesion)
        aqui = {clave(pendiente.clave) for pendiente in sesion.libro.seguimiento}
        for suya, acuerdo in sesion.nacidos:
            otra = vistas.setdefault(clave(suya), sesion)
            if otra is not sesion and clave(suya) not in aqui:  # si está aquí, ya lo dijo `dentro_de_cada_libro`
                yield _uno(
                    sesion, acuerdo, "clave", f"Su clave, «{suya}», ya era de un acuerdo de «{otra.archivo}».",
                    "Escriba otra en la columna «Clave» o corrija el «Formato de clave» de la hoja «Órgano».",
                )  # fmt: skip


def sin_antecedente(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: lo que está en seguimiento nació en una sesión anterior o venía de antes del primer libro."""
    conocidas: dict[str, str] = {}
    for sesion in expediente.sesiones:
        for pendiente in sesion.libro.seguimiento:
            if conocidas and clave(pendiente.clave) not in conocidas:
                yield _desconocida(sesion, pendiente, conocidas)
        conocidas |= {clave(p.clave): p.clave for p in sesion.libro.seguimiento}
        conocidas |= {clave(suya): suya for suya, _ in sesion.reunion.claves_de_acuerdos}


def _desconocida(sesion: Archivada, pendiente: Pendiente, conocidas: dict[str, str]) -> Hallazgo:
    ya_estan = {clave(p.clave) for p in sesion.libro.seguimiento}
    libres = (suya for k, suya in conocidas.items() if k not in ya_estan)
    cercana = next((suya for suya in libres if distancia(clave(suya), clave(pendiente.clave)) <= _ERRATA), "")
    remedio = f"¿Quiso decir «{cercana}»?" if cercana else "Si viene de antes, puede quedarse; si no, corrija la clave."
    return _uno(
        sesion, pendiente, "clave", f"«{pendiente.clave}» no nació en ningún libro anterior ni venía en seguimiento.",
        remedio, aviso=True,
    )  # fmt: skip


def estatus_anterior_contradictorio(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: el estatus anterior es el que dejó la última sesión en que se informó.

    Es aviso: si entre las dos falta el libro de otra, pudo cambiar en ella.
    """
    for historia in expediente.historias:
        for antes, ahora in _consecutivos(historia):
            dejado = antes.estatus if antes else Estatus.PENDIENTE
            registro = ahora.registro
            if registro.antes is not dejado:
                donde = antes.sesion if antes else historia.primera
                yield _uno(
                    ahora.sesion, registro, "anterior",
                    f"Dice «{registro.antes}», y «{historia.clave}» quedó «{dejado}» en «{donde.archivo}».",
                    "Si entre los dos falta el libro de otra sesión, agréguelo; si no, corrija el que esté mal.",
                    aviso=True,
                )  # fmt: skip


def acuerdos_que_cambian_de_asunto(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: una clave nombra siempre el mismo acuerdo; insertar un renglón en «Acuerdos» recorre las que siguen."""
    for historia in expediente.historias:
        if historia.nacio is None or historia.acuerdo is None or not historia.pasos:
            continue
        reunion, paso = historia.nacio.reunion, historia.pasos[0]
        nacio = resolver(reunion, historia.acuerdo.texto, reunion.punto(historia.acuerdo.punto))
        if not _se_parecen(nacio, paso.registro.texto):
            yield _uno(
                historia.nacio, historia.acuerdo, "clave",
                f"«{historia.clave}» es aquí «{acuerdos.breve(nacio)}», y en «{paso.sesion.archivo}», "
                f"«{acuerdos.breve(paso.registro.texto)}».",
                "Si son dos acuerdos, escriba en la columna «Clave» la que cada uno ya tenía.", aviso=True,
            )  # fmt: skip


def _se_parecen(uno: str, otro: str) -> bool:
    """Si comparten al menos un tercio de sus palabras largas, aunque se hayan redactado distinto."""
    unas, otras = ({p[:5] for p in clave(texto).split() if len(p) > 3} for texto in (uno, otro))
    return not unas or not otras or len(unas & otras) * 3 >= min(len(unas), len(otras))


def _consecutivos(historia: Historia) -> Iterator[tuple[Paso | None, Paso]]:
    """Cada informe con el anterior; el primero, con su nacimiento (None) si se conoce."""
    if historia.nacio is not None and historia.pasos:
        yield None, historia.pasos[0]
    yield from pairwise(historia.pasos)


def estatus_que_retroceden(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: de pendiente a en proceso y a cumplido; al revés, hay que explicarlo."""
    for historia in expediente.historias:
        for paso in historia.pasos:
            antes, ahora = paso.registro.antes, paso.estatus
            if antes is Estatus.CANCELADO and ahora.abierto:
                retrocede = True
            else:
                retrocede = antes in _AVANZA and ahora in _AVANZA and _AVANZA.index(ahora) < _AVANZA.index(antes)
            if retrocede:
                yield _uno(
                    paso.sesion, paso.registro, "estatus",
                    f"«{historia.clave}» retrocede de «{antes}» a «{ahora}».",
                    "Si se reabrió, déjelo así; si no, corrija el estatus.", aviso=True,
                )  # fmt: skip


def acuerdos_que_desaparecen(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: lo abierto está en el seguimiento de las sesiones que siguen, hasta que se cierra.

    Una sesión que no trae seguimiento no lo pierde: se compara con la que sí lo traiga.
    """
    abiertos: dict[str, tuple[str, Archivada, Pendiente | Acuerdo]] = {}
    for sesion in expediente.sesiones:
        presentes = {clave(p.clave) for p in sesion.libro.seguimiento}
        perdidos = [dato for k, dato in abiertos.items() if k not in presentes]
        if perdidos and not presentes:
            yield from _sin_seguimiento(perdidos[-1][1], sesion, len(perdidos))
        elif perdidos:
            yield from (_perdido(*dato, sesion) for dato in perdidos)
            abiertos = {}
        for pendiente in sesion.libro.seguimiento:
            abiertos.pop(clave(pendiente.clave), None)
        abiertos |= {clave(suya): (suya, sesion, registro) for suya, registro in _abiertos_en(sesion)}


def _perdido(suya: str, antes: Archivada, registro: Pendiente | Acuerdo, ahora: Archivada) -> Hallazgo:
    return _uno(
        antes, registro, "estatus" if isinstance(registro, Pendiente) else "clave",
        f"«{suya}» quedó abierto y no está en el «Seguimiento» de «{ahora.archivo}».",
        f"Agréguelo en «{ahora.archivo}» con esa clave, o ciérrelo aquí.", aviso=True,
    )  # fmt: skip


def _abiertos_en(sesion: Archivada) -> Iterator[tuple[str, Pendiente | Acuerdo]]:
    """Lo que una sesión dejó abierto, con su clave."""
    yield from ((p.clave, p) for p in sesion.libro.seguimiento if p.hoy.abierto)
    yield from sesion.nacidos


def _sin_seguimiento(antes: Archivada, ahora: Archivada, cuantos: int) -> Iterator[Hallazgo]:
    """Una extraordinaria puede no tener seguimiento; una ordinaria que lo perdió todo, se avisa."""
    if ahora.libro.sesion.tipo is TipoDeSesion.ORDINARIA:
        quedaron = concordar(cuantos, "quedó 1 acuerdo abierto", f"quedaron {cuantos} acuerdos abiertos")
        yield replace(
            ahora.libro.sesion.hallazgo(
                "tipo", f"En «{antes.archivo}» {quedaron}, y este libro no tiene nada en «Seguimiento».",
                "Haga el libro con «generar siguiente», que los trae.", codigo="V-30", aviso=True,
            ), hoja="Seguimiento", celda="", libro=ahora.archivo,
        )  # fmt: skip


def abiertos_sin_responsable(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-30: a lo que no tiene responsable no se le da seguimiento."""
    for historia in expediente.historias:
        if historia.abierto and not historia.responsable:
            sesion = historia.pasos[-1].sesion if historia.pasos else historia.primera
            registro = historia.pasos[-1].registro if historia.pasos else historia.acuerdo
            assert registro is not None
            yield _uno(
                sesion, registro, "area", f"«{historia.clave}» sigue abierto y no tiene responsable.",
                "Escriba el área responsable.", aviso=True,
            )  # fmt: skip


def areas_que_se_confunden(expediente: Expediente) -> Iterator[Hallazgo]:
    """V-18: dos áreas casi iguales parten sus totales en dos."""
    vistas: list[str] = []
    for area, suyas in islice(expediente.areas.items(), _MAX_AREAS):
        igual = next((otra for otra in vistas if _casi_iguales(otra, area)), "")
        if igual and SIN_AREA not in (area, igual):
            historia = suyas[0]
            sesion, registro = next(
                ((p.sesion, p.registro) for p in reversed(historia.pasos) if p.registro.area),
                (historia.primera, historia.acuerdo),
            )
            if registro is not None:
                yield _uno(
                    sesion, registro, "area", f"«{area}» se parece a «{igual}», y sus totales salen aparte.",
                    "Si es la misma, escríbala igual.", codigo="V-18", aviso=True,
                )  # fmt: skip
        vistas.append(area)


def _casi_iguales(una: str, otra: str) -> bool:
    """«Unidad de Informática» y «Unidad Informática»: una errata o una partícula, no otra palabra."""
    menores = {"de", "del", "la", "el", "los", "las", "y", "e"}
    palabras = [[p for p in clave(area).split() if p not in menores] for area in (una, otra)]
    if palabras[0] == palabras[1]:
        return True
    distintas = [(a, b) for a, b in zip(*palabras, strict=False) if a != b]
    return (
        len(palabras[0]) == len(palabras[1])
        and len(distintas) == 1
        and len(distintas[0][0]) > 5
        and distancia(*distintas[0]) <= 2
    )


DE_LOS_LIBROS = (
    de_otro_organo,
    sesiones_repetidas,  # V-01
)
VERIFICACIONES = (
    sesiones_saltadas,  # V-01
    dentro_de_cada_libro,  # V-30
    claves_que_nacen_dos_veces,  # V-30
    sin_antecedente,  # V-30
    acuerdos_que_cambian_de_asunto,  # V-30
    estatus_anterior_contradictorio,  # V-30
    estatus_que_retroceden,  # V-30
    acuerdos_que_desaparecen,  # V-30
    abiertos_sin_responsable,  # V-30
    areas_que_se_confunden,  # V-18
)
