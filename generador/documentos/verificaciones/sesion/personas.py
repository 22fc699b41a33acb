"""Quién estuvo, quién habla, quién suple y quién firma: V-03, V-09 a V-11 y V-14 a V-18."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import combinations, islice

from generador.castellano import (
    Genero,
    concordar,
    distancia,
    genero_de_cargo,
    genero_del_titulo,
    titulo_conocido,
)
from generador.celdas import clave, parecido
from generador.documentos.reunion import Reunion, tratado
from generador.documentos.sesion import (
    Acuerdo,
    Asistente,
    Calidad,
    Organo,
    Parrafo,
    Punto,
    QuienFirma,
    ReglaDeQuorum,
    TipoDeParrafo,
    Voto,
)
from generador.documentos.verificaciones import de_cada
from generador.esquema import Registro, alguna, hallada, legibles
from generador.hallazgos import Hallazgo

LISTA = "Asistencia"
_MAX_CONFUSIONES = 5  # con más, los pares parecidos tapan lo demás
_MASCULINOS = ("comité", "consejo", "subcomité", "grupo", "pleno", "patronato", "colegio", "instituto", "órgano")
_FEMENINOS = ("comisión", "subcomisión", "junta", "mesa", "asamblea", "academia", "coordinación", "red")


def _de_la_lista(problema: str, remedio: str, codigo: str) -> Hallazgo:
    return Hallazgo(hoja=LISTA, problema=problema, remedio=remedio, codigo=codigo)


def falta_quien_presida_o_sea_secretaria(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-03 y V-09: alguien presidió y alguien fungió en la secretaría; si no fue el titular, fue su suplente."""
    yield from de_cada((Calidad.PRESIDENCIA, Calidad.SECRETARIA), partial(_quien_funge, reunion))


def _quien_funge(reunion: Reunion, calidad: Calidad) -> Iterator[Hallazgo]:
    titulares = [p for p in legibles(reunion.libro.asistencia, "calidad") if p.calidad is calidad]
    for repetido in titulares[1:]:
        yield repetido.hallazgo(
            "calidad", f"Ya hay otra persona con la calidad «{calidad}».",
            "Deje una sola; a quien la suple póngale «Integrante» y «En suplencia de».", codigo="V-03",
        )  # fmt: skip
    sesion = reunion.libro.sesion
    nombre = "preside" if calidad is Calidad.PRESIDENCIA else "secretaria"
    persona, escrita = getattr(reunion, nombre), getattr(sesion, nombre)
    if persona is not None:
        if not persona.presente:
            yield persona.hallazgo(
                "asistencia", f"«{persona.corto}» no asistió, pero la hoja «Sesión» dice que fungió.",
                "Corrija una de las dos.", codigo="V-09",
            )  # fmt: skip
    elif escrita:
        yield from _no_esta(reunion, sesion, nombre, escrita, codigo="V-03")
    elif titulares:
        yield titulares[0].hallazgo(
            "asistencia", f"«{titulares[0].corto}» ({calidad}) no asistió y nadie consta en su suplencia.",
            "Agregue a quien suplió, con «En suplencia de», o escriba en «Sesión» quién fungió.", codigo="V-09",
        )  # fmt: skip
    else:
        yield _de_la_lista(
            f"Nadie tiene la calidad «{calidad}».",
            "Elíjala en la columna «Calidad» de quien corresponda.",
            "V-03",
        )


def quorum(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-09: hay quórum al empezar y se conserva cuando alguien se retira."""
    organo = reunion.libro.organo
    if organo.regla_de_quorum is not ReglaDeQuorum.MAYORIA and organo.valor_de_quorum is None:
        yield organo.hallazgo(
            "valor_de_quorum", f"La regla de quórum es «{organo.regla_de_quorum}», pero falta su valor.",
            "Escriba el número o el porcentaje.", codigo="V-09",
        )  # fmt: skip
        return
    presentes = len(reunion.votantes(reunion.libro.orden_del_dia[0]))
    if presentes < reunion.quorum:
        yield _de_la_lista(
            f"No hay quórum: {_asisten(presentes)} de {reunion.integrantes} integrantes con voto y se necesitan "
            f"{reunion.quorum}.",
            "Revise «Asistió», «Vota» y «Calidad», o la regla de quórum en «Órgano».",
            "V-09",
        )
        return
    yield from de_cada(enumerate(reunion.libro.orden_del_dia, 1), partial(_al_retirarse, reunion))


def _asisten(cuantos: int) -> str:
    return f"{concordar(cuantos, 'asiste', 'asisten')} {cuantos}"


def quien_preside_se_retira(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-09: si quien preside o la secretaría técnica se retiran antes del final, alguien más debió fungir."""
    yield from de_cada((lambda: reunion.preside, lambda: reunion.secretaria), partial(_se_retira, reunion, set()))


def _se_retira(reunion: Reunion, vistas: set[int], funge: Callable[[], Asistente | None]) -> Iterator[Hallazgo]:
    persona = funge()
    if persona is None or id(persona) in vistas or not persona.presente:
        return
    vistas.add(id(persona))
    falta = hallada(reunion.libro.orden_del_dia, lambda p: tratado(p) and not reunion.presente_en(persona, p))
    if falta:
        yield persona.hallazgo(
            "hasta" if persona.hasta else "desde",
            f"«{persona.corto}» presidió o fue secretaría técnica, y no estuvo en el punto {falta.clave}.",
            "Asiente en «Desarrollo» quién fungió en su lugar.", codigo="V-09", aviso=True,
        )  # fmt: skip


def _al_retirarse(reunion: Reunion, en_su_lugar: tuple[int, Punto]) -> Iterator[Hallazgo]:
    """Que sin quienes se retiran en un punto, que no es el último, ya no hay quórum."""
    lugar, punto = en_su_lugar
    salida = reunion.salidas(punto)
    sin_quorum = salida and salida.presentes < reunion.quorum
    if salida and sin_quorum and tratado(punto) and alguna(reunion.libro.orden_del_dia[lugar:], tratado):
        yield salida.quienes[-1].hallazgo(
            "hasta",
            f"Con su retiro quedan {salida.presentes} integrantes con voto y se necesitan {reunion.quorum}.",
            "Revise en qué punto se retiró: sin quórum la sesión no podía continuar.", codigo="V-09",
        )  # fmt: skip


def integrantes_que_no_suman(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-11: presentes, a distancia, justificados y ausentes suman los integrantes del órgano."""
    organo = reunion.libro.organo
    if organo.integrantes_con_voto is not None and organo.integrantes_con_voto != reunion.integrantes:
        yield organo.hallazgo(
            "integrantes_con_voto",
            f"«Integrantes con voto» dice {organo.integrantes_con_voto}, pero en la lista hay {reunion.integrantes} "
            "(presentes, a distancia, justificados y ausentes).",
            "Agregue a quien falte en «Asistencia», aunque no haya asistido, o corrija el número.",
            codigo="V-11",
        )


def nombres_que_se_confunden(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-18: dos nombres cortos iguales no se distinguen; dos nombres casi iguales quizá son la misma persona."""
    yield from islice(_confusiones(reunion), _MAX_CONFUSIONES)


def _confusiones(reunion: Reunion) -> Iterator[Hallazgo]:
    con_nombre = legibles(reunion.libro.asistencia, "corto", "nombre", "apellido1", "apellido2")
    for una, otra in combinations(con_nombre, 2):
        if clave(una.corto) == clave(otra.corto):
            yield otra.hallazgo(
                "corto", f"«{otra.corto}» ya es el nombre corto de otra persona.",
                "Distíngalas: «Ana Ruiz» y «Eva Ruiz», por ejemplo.", codigo="V-18",
            )  # fmt: skip
        elif _casi_iguales(clave(una.nombre_completo), clave(otra.nombre_completo)):
            yield otra.hallazgo(
                "nombre", f"«{otra.nombre_completo}» se confunde con «{una.nombre_completo}».",
                "Si es la misma persona, deje un solo renglón.", codigo="V-18", aviso=True,
            )  # fmt: skip


def _casi_iguales(uno: str, otro: str) -> bool:
    tope = 2 if min(len(uno), len(otro)) >= 18 else 1
    if abs(len(uno) - len(otro)) > tope:
        return False
    sobran, faltan = Counter(uno) - Counter(otro), Counter(otro) - Counter(uno)
    if max(sobran.total(), faltan.total()) > tope or any(c.isdigit() for c in uno + otro):
        return False
    return distancia(uno, otro) <= tope


def _no_esta(
    reunion: Reunion, registro: Registro, nombre: str, escrito: str, *, codigo: str, aviso: bool = False
) -> Iterator[Hallazgo]:
    """«escrito» no es nadie de la lista; si se parece a alguien es error siempre: es una errata."""
    personas = reunion.libro.asistencia
    completos = [p.nombre_completo for p in legibles(personas, "nombre", "apellido1", "apellido2")]
    cercano = parecido(escrito, [*(p.corto for p in legibles(personas, "corto")), *completos])
    remedio = (
        f"¿Quiso decir «{cercano}»?"
        if cercano
        else "Agregue a esa persona en «Asistencia»; si sólo habló, con la calidad «Invitación»."
    )
    yield registro.hallazgo(
        nombre,
        f"«{escrito}» no está en la lista de asistencia.",
        remedio,
        codigo=codigo,
        aviso=aviso and not cercano,
    )


def citadas_que_no_estan_en_la_lista(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-10: quien interviene está en la lista (aviso: pudo invitársele); quien vota o suple, siempre (error)."""
    libro = reunion.libro
    hojas: tuple[Callable[[], Iterable[Parrafo | Voto | Acuerdo]], ...] = (
        lambda: libro.desarrollo, lambda: libro.votos, lambda: libro.acuerdos,
    )  # fmt: skip
    yield from de_cada(hojas, lambda hoja: de_cada(hoja(), partial(_cita_a_quien_no_esta, reunion)))


def _cita_a_quien_no_esta(reunion: Reunion, registro: Parrafo | Voto | Acuerdo) -> Iterator[Hallazgo]:
    nombre = "persona" if isinstance(registro, Acuerdo) else "quien"
    escrito = getattr(registro, nombre)
    if escrito and reunion.persona(escrito) is None:
        yield from _no_esta(reunion, registro, nombre, escrito, codigo="V-10", aviso=not isinstance(registro, Voto))


def intervencion_sin_quien(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-10: toda intervención tiene quien la diga."""
    yield from de_cada(reunion.libro.desarrollo, _sin_quien)


def _sin_quien(parrafo: Parrafo) -> Iterator[Hallazgo]:
    if parrafo.tipo is TipoDeParrafo.INTERVENCION and not parrafo.quien:
        yield parrafo.hallazgo("quien", "La intervención no dice de quién es.", "Escríbalo en «Quién».", codigo="V-10")


def hablan_sin_estar(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-10: quien interviene estaba en ese punto."""
    yield from de_cada(reunion.libro.desarrollo, partial(_habla_sin_estar, reunion))


def _habla_sin_estar(reunion: Reunion, parrafo: Parrafo) -> Iterator[Hallazgo]:
    persona, punto = reunion.persona(parrafo.quien), reunion.punto(parrafo.punto)
    if persona is None or punto is None or reunion.presente_en(persona, punto):
        return
    motivo = "no había llegado o ya se había retirado" if persona.presente else "no asistió"
    yield parrafo.hallazgo(
        "quien", f"«{persona.corto}» interviene en el punto {punto.clave}, pero según la lista {motivo}.",
        "Corrija la asistencia o el nombre.", codigo="V-10", aviso=persona.presente,
    )  # fmt: skip


def permanencia_imposible(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-10: «Desde» y «Hasta» citan puntos que existen, en su orden."""
    for verificacion in (partial(_cita_al, "desde"), partial(_cita_al, "hasta"), _se_va_antes_de_llegar):
        yield from de_cada(reunion.libro.asistencia, partial(verificacion, reunion))


def _cita_al(nombre: str, reunion: Reunion, persona: Asistente) -> Iterator[Hallazgo]:
    """Que el punto en que llega o se va no se trató."""
    citado = getattr(persona, nombre)
    punto = reunion.punto(citado) if citado else None
    if citado and (punto is None or not tratado(punto)):
        motivo = "no está en el orden del día" if punto is None else "se retiró del orden del día"
        yield persona.hallazgo(
            nombre, f"El punto «{citado}» {motivo}.", "Escriba uno que se haya tratado.", codigo="V-10"
        )


def _se_va_antes_de_llegar(reunion: Reunion, persona: Asistente) -> Iterator[Hallazgo]:
    desde, hasta = (reunion.lugar(citado) if citado else None for citado in (persona.desde, persona.hasta))
    if desde is not None and hasta is not None and hasta < desde:
        yield persona.hallazgo(
            "hasta",
            f"«{persona.corto}» se habría retirado antes de llegar.",
            "Revise «Desde» y «Hasta».",
            codigo="V-10",
        )


def suplencias(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-15: quien suple acredita la suplencia de alguien de la lista que no asistió."""
    yield from de_cada(reunion.libro.asistencia, partial(_su_suplencia, reunion))


def _su_suplencia(reunion: Reunion, persona: Asistente) -> Iterator[Hallazgo]:
    if not persona.suplencia:
        return
    titular = reunion.persona(persona.suplencia)
    if titular is None or titular is persona:
        yield from _no_esta(reunion, persona, "suplencia", persona.suplencia, codigo="V-15")
        return
    if not persona.oficio:
        yield persona.hallazgo(
            "oficio", f"«{persona.corto}» suple a «{titular.corto}» sin oficio que lo acredite.",
            "Escriba el número del oficio.", codigo="V-15",
        )  # fmt: skip
    if titular.con_voto and not persona.con_voto:
        yield persona.hallazgo(
            "calidad", f"«{persona.corto}» suple a «{titular.corto}», que tiene voto, pero su calidad no lo tiene.",
            "Póngale «Integrante» o escriba «Sí» en «Vota».", codigo="V-15", aviso=True,
        )  # fmt: skip

    def estan_los_dos(punto: Punto) -> bool:
        return tratado(punto) and reunion.presente_en(persona, punto) and reunion.presente_en(titular, punto)

    if alguna(reunion.libro.orden_del_dia, estan_los_dos):
        yield persona.hallazgo(
            "suplencia", f"«{titular.corto}» y su suplente «{persona.corto}» aparecen presentes a la vez.",
            "Uno de los dos no asistió, o «En suplencia de» sobra.", codigo="V-15",
        )  # fmt: skip


def genero(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-16: el título y el cargo concuerdan con el género de la persona; el nombre del órgano, con el suyo."""
    yield from de_cada([reunion.libro], lambda libro: _genero_del_organo(libro.organo))
    for nombre, rotulo, genero_en in (
        ("titulo", "Título", genero_del_titulo),
        ("cargo", "Cargo en lista", genero_de_cargo),
        ("cargo_en_firma", "Cargo en firma", genero_de_cargo),
    ):
        yield from de_cada(reunion.libro.asistencia, partial(_de_otro_genero, nombre, rotulo, genero_en))


def _de_otro_genero(
    nombre: str, rotulo: str, genero_en: Callable[[str], Genero | None], persona: Asistente
) -> Iterator[Hallazgo]:
    texto = getattr(persona, nombre)
    suyo = genero_en(texto or "")
    if suyo is not None and suyo is not persona.genero:
        yield persona.hallazgo(
            nombre, f"«{rotulo}» dice «{texto}», que es {suyo.lower()}, y su género dice «{persona.genero}».",
            "Corrija uno de los dos.", codigo="V-16", aviso=nombre != "titulo",  # hay plazas con nombre fijo
        )  # fmt: skip


def _genero_del_organo(organo: Organo) -> Iterator[Hallazgo]:
    primera = organo.nombre.split()[0].lower()
    if primera in ("el", "la", "los", "las"):
        yield organo.hallazgo(
            "nombre",
            f"«Órgano» empieza con «{primera}».",
            "Escríbalo sin artículo: el programa lo pone.",
            codigo="V-16",
        )
    if organo.en_corto.split()[0].lower() in ("el", "la", "los", "las"):
        yield organo.hallazgo(
            "corto", "«Nombre corto del órgano» empieza con artículo.", "Escríbalo sin él: el programa lo pone.",
            codigo="V-16",
        )  # fmt: skip
    suyo = Genero.MASCULINO if primera in _MASCULINOS else Genero.FEMENINO if primera in _FEMENINOS else organo.genero
    if suyo is not organo.genero:
        yield organo.hallazgo(
            "genero", f"«Género del órgano» dice «{organo.genero}», y «{organo.nombre.split()[0]}» es {suyo.lower()}.",
            f"Elija «{suyo}».", codigo="V-16",
        )  # fmt: skip


def titulos(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-17: el título está en el catálogo, y no se mezclan «Lic.» y «Licda.» para mujeres."""
    yield from de_cada(reunion.libro.asistencia, _sin_catalogo)
    con_titulo = legibles(reunion.libro.asistencia, "titulo", "genero")
    mujeres = {clave(p.titulo): p for p in con_titulo if p.titulo and p.genero is Genero.FEMENINO}
    propias = [t for t in ("licda", "lcda") if t in mujeres]
    if "lic" in mujeres and propias:
        persona = mujeres[propias[0]]
        yield persona.hallazgo(
            "titulo", f"Se mezclan «Lic.» y «{persona.titulo}» para mujeres.", "Use uno solo en todo el libro.",
            codigo="V-17", aviso=True,
        )  # fmt: skip


def _sin_catalogo(persona: Asistente) -> Iterator[Hallazgo]:
    if persona.titulo and not titulo_conocido(persona.titulo) and not persona.tratamiento:
        yield persona.hallazgo(
            "titulo", f"«{persona.titulo}» no está en el catálogo de títulos: en el texto irá sólo el nombre.",
            "Corríjalo o escriba el «Tratamiento en el texto», p. ej. «maestra».", codigo="V-17", aviso=True,
        )  # fmt: skip


def firmas(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-14: firma quien asistió; la presidencia y la secretaría, siempre; quien tiene voto, de ordinario."""
    personas = reunion.libro.asistencia
    yield from de_cada(personas, partial(_su_firma, reunion))
    if reunion.libro.organo.quien_firma is QuienFirma.COLUMNA and not alguna(personas, lambda p: bool(p.firma)):
        yield _de_la_lista(
            "Según «Órgano», firma quien diga la columna «Firma», pero nadie la tiene en «Sí».",
            "Elija «Sí» en quienes firman.",
            "V-14",
        )


def _su_firma(reunion: Reunion, persona: Asistente) -> Iterator[Hallazgo]:
    if persona.firma and not persona.presente:
        yield persona.hallazgo(
            "firma",
            f"«{persona.corto}» no asistió y no puede firmar.",
            "Corrija «Asistió» o «Firma».",
            codigo="V-14",
        )
    elif persona.firma is False and persona.presente:
        yield from _no_firma(reunion, persona)


def _no_firma(reunion: Reunion, persona: Asistente) -> Iterator[Hallazgo]:
    if persona is reunion.preside or persona is reunion.secretaria:
        yield persona.hallazgo(
            "firma", f"«{persona.corto}» fungió en la presidencia o la secretaría técnica y debe firmar.",
            "Deje «Firma» en blanco.", codigo="V-14",
        )  # fmt: skip
    elif persona.con_voto:
        yield persona.hallazgo(
            "firma",
            f"«{persona.corto}» asistió con voto y no firma.",
            "Confirme que es así.",
            codigo="V-14",
            aviso=True,
        )
