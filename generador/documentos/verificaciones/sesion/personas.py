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
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import (
    Acuerdo,
    Asistente,
    Calidad,
    Parrafo,
    QuienFirma,
    ReglaDeQuorum,
    Resultado,
    TipoDeParrafo,
    Voto,
)
from generador.documentos.verificaciones import de_cada
from generador.esquema import Registro
from generador.hallazgos import Hallazgo

LISTA = "Asistencia"
_MAX_CONFUSIONES = 5  # con más, los pares parecidos tapan lo demás
_MASCULINOS = ("comité", "consejo", "subcomité", "grupo", "pleno", "patronato", "colegio", "instituto", "órgano")
_FEMENINOS = ("comisión", "subcomisión", "junta", "mesa", "asamblea", "academia", "coordinación", "red")


def _de_la_lista(problema: str, remedio: str, codigo: str) -> Hallazgo:
    return Hallazgo(hoja=LISTA, problema=problema, remedio=remedio, codigo=codigo)


def falta_quien_presida_o_sea_secretaria(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-03 y V-09: alguien presidió y alguien fungió en la secretaría; si no fue el titular, fue su suplente."""
    sesion = reunion.libro.sesion
    for calidad, persona, escrita, nombre in (
        (Calidad.PRESIDENCIA, reunion.preside, sesion.preside, "preside"),
        (Calidad.SECRETARIA, reunion.secretaria, sesion.secretaria, "secretaria"),
    ):
        titulares = [p for p in reunion.libro.asistencia if p.calidad is calidad]
        titular = next(iter(titulares), None)
        for repetido in titulares[1:]:
            yield repetido.hallazgo(
                "calidad", f"Ya hay otra persona con la calidad «{calidad}».",
                "Deje una sola; a quien la suple póngale «Integrante» y «En suplencia de».", codigo="V-03",
            )  # fmt: skip
        if persona is not None:
            if not persona.presente:
                yield persona.hallazgo(
                    "asistencia", f"«{persona.corto}» no asistió, pero la hoja «Sesión» dice que fungió.",
                    "Corrija una de las dos.", codigo="V-09",
                )  # fmt: skip
        elif escrita:
            yield from _no_esta(reunion, sesion, nombre, escrita, codigo="V-03")
        elif titular is not None:
            yield titular.hallazgo(
                "asistencia", f"«{titular.corto}» ({calidad}) no asistió y nadie consta en su suplencia.",
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
    yield from _quorum_perdido(reunion)


def _asisten(cuantos: int) -> str:
    return f"{concordar(cuantos, 'asiste', 'asisten')} {cuantos}"


def quien_preside_se_retira(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-09: si quien preside o la secretaría técnica se retiran antes del final, alguien más debió fungir."""
    for persona in {id(p): p for p in (reunion.preside, reunion.secretaria) if p}.values():
        faltas = [punto for _, punto in reunion.puntos if persona.presente and not reunion.presente_en(persona, punto)]
        if faltas:
            yield persona.hallazgo(
                "hasta" if persona.hasta else "desde",
                f"«{persona.corto}» presidió o fue secretaría técnica, y no estuvo en el punto {faltas[0].clave}.",
                "Asiente en «Desarrollo» quién fungió en su lugar.", codigo="V-09", aviso=True,
            )  # fmt: skip


def _quorum_perdido(reunion: Reunion) -> Iterator[Hallazgo]:
    for _, punto in reunion.puntos[:-1]:
        salida = reunion.salidas(punto)
        if salida and salida.presentes < reunion.quorum:
            persona = salida.quienes[-1]
            yield persona.hallazgo(
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
    for una, otra in combinations(reunion.libro.asistencia, 2):
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
    sobran, faltan = Counter(uno) - Counter(otro), Counter(otro) - Counter(uno)
    if max(sobran.total(), faltan.total()) > tope or any(c.isdigit() for c in uno + otro):
        return False
    return distancia(uno, otro) <= tope


def _no_esta(
    reunion: Reunion, registro: Registro, nombre: str, escrito: str, *, codigo: str, aviso: bool = False
) -> Iterator[Hallazgo]:
    """«escrito» no es nadie de la lista; si se parece a alguien es error siempre: es una errata."""
    formas = [forma for p in reunion.libro.asistencia for forma in (p.corto, p.nombre_completo)]
    cercano = parecido(escrito, formas)
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
    for parrafo in reunion.libro.desarrollo:
        if parrafo.tipo is TipoDeParrafo.INTERVENCION and not parrafo.quien:
            yield parrafo.hallazgo(
                "quien", "La intervención no dice de quién es.", "Escríbalo en «Quién».", codigo="V-10"
            )


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
    for persona in reunion.libro.asistencia:
        for nombre, citado in (("desde", persona.desde), ("hasta", persona.hasta)):
            punto = reunion.punto(citado) if citado else None
            if citado and (punto is None or punto.desenlace is Resultado.RETIRADO):
                motivo = "no está en el orden del día" if punto is None else "se retiró del orden del día"
                yield persona.hallazgo(
                    nombre, f"El punto «{citado}» {motivo}.", "Escriba uno que se haya tratado.", codigo="V-10"
                )
        desde, hasta = (reunion.punto(c) if c else None for c in (persona.desde, persona.hasta))
        orden = reunion.libro.orden_del_dia
        if desde and hasta and orden.index(hasta) < orden.index(desde):
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
    if any(reunion.presente_en(persona, p) and reunion.presente_en(titular, p) for _, p in reunion.puntos):
        yield persona.hallazgo(
            "suplencia", f"«{titular.corto}» y su suplente «{persona.corto}» aparecen presentes a la vez.",
            "Uno de los dos no asistió, o «En suplencia de» sobra.", codigo="V-15",
        )  # fmt: skip


def genero(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-16: el título y el cargo concuerdan con el género de la persona; el nombre del órgano, con el suyo."""
    yield from _genero_del_organo(reunion)
    for persona in reunion.libro.asistencia:
        for nombre, rotulo, texto, suyo in (
            ("titulo", "Título", persona.titulo, genero_del_titulo(persona.titulo or "")),
            ("cargo", "Cargo en lista", persona.cargo, genero_de_cargo(persona.cargo)),
            (
                "cargo_en_firma",
                "Cargo en firma",
                persona.cargo_en_firma,
                genero_de_cargo(persona.cargo_en_firma or ""),
            ),
        ):
            if suyo is not None and suyo is not persona.genero:
                yield persona.hallazgo(
                    nombre, f"«{rotulo}» dice «{texto}», que es {suyo.lower()}, y su género dice «{persona.genero}».",
                    "Corrija uno de los dos.", codigo="V-16", aviso=nombre != "titulo",  # hay plazas con nombre fijo
                )  # fmt: skip


def _genero_del_organo(reunion: Reunion) -> Iterator[Hallazgo]:
    organo = reunion.libro.organo
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
    con_titulo = [p for p in reunion.libro.asistencia if p.titulo]
    for persona in con_titulo:
        if not titulo_conocido(persona.titulo or "") and not persona.tratamiento:
            yield persona.hallazgo(
                "titulo", f"«{persona.titulo}» no está en el catálogo de títulos: en el texto irá sólo el nombre.",
                "Corríjalo o escriba el «Tratamiento en el texto», p. ej. «maestra».", codigo="V-17", aviso=True,
            )  # fmt: skip
    mujeres = {clave(p.titulo or ""): p for p in con_titulo if p.genero is Genero.FEMENINO}
    propias = [t for t in ("licda", "lcda") if t in mujeres]
    if "lic" in mujeres and propias:
        persona = mujeres[propias[0]]
        yield persona.hallazgo(
            "titulo", f"Se mezclan «Lic.» y «{persona.titulo}» para mujeres.", "Use uno solo en todo el libro.",
            codigo="V-17", aviso=True,
        )  # fmt: skip


def firmas(reunion: Reunion) -> Iterator[Hallazgo]:
    """V-14: firma quien asistió; la presidencia y la secretaría, siempre; quien tiene voto, de ordinario."""
    for persona in reunion.libro.asistencia:
        if persona.firma and not persona.presente:
            yield persona.hallazgo(
                "firma",
                f"«{persona.corto}» no asistió y no puede firmar.",
                "Corrija «Asistió» o «Firma».",
                codigo="V-14",
            )
        elif persona.firma is False and persona.presente:
            yield from _no_firma(reunion, persona)
    if reunion.libro.organo.quien_firma is QuienFirma.COLUMNA and not any(p.firma for p in reunion.libro.asistencia):
        yield _de_la_lista(
            "Según «Órgano», firma quien diga la columna «Firma», pero nadie la tiene en «Sí».",
            "Elija «Sí» en quienes firman.",
            "V-14",
        )


def _no_firma(reunion: Reunion, persona: Asistente) -> Iterator[Hallazgo]:
    if persona in (reunion.preside, reunion.secretaria):
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
