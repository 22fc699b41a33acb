"""Los hechos que se deducen del libro de sesión: quién preside, quién estaba, cómo se votó, quién firma.

Nada de esto se captura ni se guarda: se calcula de lo capturado, igual para las verificaciones y para el
documento, de modo que nunca se contradigan.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from generador.castellano import (
    Genero,
    articulo,
    cardinal,
    cargo_con_genero,
    con_preposicion,
    concordar,
    enumerar,
)
from generador.celdas import clave
from generador.datos import dataclass
from generador.documentos.claves import claves_de
from generador.documentos.sesion import (
    Acuerdo,
    Asistente,
    Calidad,
    Clase,
    LibroDeSesion,
    Parrafo,
    Punto,
    QuienFirma,
    ReglaDeQuorum,
    Resultado,
    Sentido,
)
from generador.esquema import DatoIlegible, alguna, hallada, legibles


@lru_cache(maxsize=1024)  # se pregunta por cada párrafo, voto y acuerdo
def clave_de_punto(escrito: str) -> str:
    """Con qué se reconoce un punto: ``"Punto 2"``, ``"2.-"`` y ``"2"`` son el mismo; ``"-2"``, no."""
    llana = clave(escrito).removeprefix("punto ").strip()
    es_negativo = llana.isdigit() and escrito.strip()[:1] in ("-", "\u2212", "–")
    return f"-{llana}" if es_negativo else llana


def tratado(punto: Punto) -> bool:
    """Si el punto no se retiró del orden del día."""
    return punto.desenlace is not Resultado.RETIRADO


@dataclass(frozen=True)
class Recuento:
    """Cómo votaron en un punto quienes podían hacerlo.

    ``ausentes`` (de la sala, en ese momento) y ``excusas`` no cuentan como votos.
    """

    a_favor: tuple[Asistente, ...]
    en_contra: tuple[Asistente, ...]
    abstenciones: tuple[Asistente, ...]
    ausentes: tuple[Asistente, ...]
    excusas: tuple[Asistente, ...]

    @property
    def empate(self) -> bool:
        """Tantos votos a favor como en contra."""
        return len(self.a_favor) == len(self.en_contra)

    @property
    def unanime(self) -> bool:
        """Nadie en contra ni en abstención."""
        return not self.en_contra and not self.abstenciones


@dataclass(frozen=True)
class Movimiento:
    """Quiénes llegan o se van en un punto, y cuántos integrantes con voto quedan."""

    quienes: tuple[Asistente, ...]
    presentes: int


@dataclass(frozen=True, eq=False)
class Reunion:
    """Un libro de sesión y lo que de él se deduce. Se distingue por identidad: comparar libros enteros cuesta."""

    libro: LibroDeSesion

    # --- Personas

    @cached_property
    def _por_nombre(self) -> Mapping[str, Asistente]:
        """Cada persona por las formas en que se la puede citar; una forma que nombra a dos no nombra a nadie."""
        indice: dict[str, Asistente | None] = {}
        for persona in self.libro.asistencia:
            for forma in {clave(forma) for forma in _formas_de_citar(persona)}:
                indice[forma] = persona if forma not in indice else None
        return {forma: persona for forma, persona in indice.items() if persona is not None}

    @cached_property
    def _por_corto(self) -> Mapping[str, Asistente]:
        return {clave(persona.corto): persona for persona in reversed(legibles(self.libro.asistencia, "corto"))}

    def persona(self, nombre: str | None) -> Asistente | None:
        """La persona de la lista citada por su nombre corto, que es el que manda, o completo; None si no está."""
        if not nombre:
            return None
        escrito = clave(nombre)
        return self._por_corto.get(escrito) or self._nombrada(escrito)

    def _nombrada(self, escrito: str) -> Asistente | None:
        nombrada = self._por_nombre.get(escrito)
        for persona in self.libro.asistencia:
            if _quiza_es(persona, escrito, nombrada):
                raise DatoIlegible
        return nombrada

    def suplente_de(self, titular: Asistente) -> Asistente | None:
        """Quien asiste en lugar de esa persona; None si nadie."""
        return hallada(self.libro.asistencia, lambda p: p.presente and self.persona(p.suplencia) is titular)

    def _funge(self, calidad: Calidad, escrito: str | None) -> Asistente | None:
        if escrito:
            return self.persona(escrito)
        presente = hallada(self.libro.asistencia, lambda p: p.calidad is calidad and p.presente)
        titulares = (p for p in self.libro.asistencia if p.calidad is calidad)
        return presente or next((s for t in titulares if (s := self.suplente_de(t))), None)

    @cached_property
    def preside(self) -> Asistente | None:
        """Quien preside: la persona escrita, quien tiene esa calidad o su suplente; None si nadie."""
        return self._funge(Calidad.PRESIDENCIA, self.libro.sesion.preside)

    @cached_property
    def secretaria(self) -> Asistente | None:
        """Quien funge en la secretaría técnica; None si nadie."""
        return self._funge(Calidad.SECRETARIA, self.libro.sesion.secretaria)

    @property
    def cargo_de_presidencia(self) -> str:
        """``"Presidente del Comité"``, según el género de quien preside."""
        return self._cargo("Presidencia", self.preside, con_organo=True)

    @property
    def cargo_de_secretaria(self) -> str:
        """``"Secretaria Técnica"``."""
        return self._cargo("Secretaría técnica", self.secretaria, con_organo=False)

    def _cargo(self, base: str, persona: Asistente | None, *, con_organo: bool) -> str:
        if persona is None:
            return base
        titular = any(p is persona and p.calidad == base for p in self.libro.asistencia)
        cargo = cargo_con_genero(base, persona.genero) + ("" if titular else " suplente")
        return f"{cargo} {con_preposicion('de', self.libro.organo.el_corto)}" if con_organo else cargo

    def el_cargo(self, cargo: str, persona: Asistente | None) -> str:
        """``"el Presidente del Comité"``."""
        return f"{articulo(persona.genero)} {cargo}" if persona else cargo

    # --- Puntos

    @cached_property
    def puntos(self) -> tuple[tuple[int, Punto], ...]:
        """Los puntos tratados con el número que se muestra: los retirados no cuentan."""
        return tuple(enumerate(filter(tratado, self.libro.orden_del_dia), 1))

    def numero(self, punto: Punto) -> int:
        """El número con que se muestra un punto; 0 si se retiró."""
        return next((numero for numero, otro in self.puntos if otro is punto), 0)

    @cached_property
    def _lugar_de_punto(self) -> Mapping[str, int]:
        con_clave = ((n, p) for n, p in enumerate(self.libro.orden_del_dia) if legibles([p], "clave"))
        return {clave_de_punto(punto.clave): lugar for lugar, punto in con_clave}

    def lugar(self, citado: str) -> int | None:
        """En qué lugar del orden del día está el punto de esa clave: el primero, en el 0; None si no existe."""
        lugar = self._lugar_de_punto.get(clave_de_punto(citado))
        if lugar is None and not all(legibles([p], "clave") for p in self.libro.orden_del_dia):
            raise DatoIlegible
        return lugar

    def punto(self, citado: str) -> Punto | None:
        """El punto de esa clave; None si no existe."""
        lugar = self.lugar(citado)
        return None if lugar is None else self.libro.orden_del_dia[lugar]

    def parrafos(self, punto: Punto) -> list[Parrafo]:
        """El desarrollo de un punto, en el orden del libro."""
        return [p for p in self.libro.desarrollo if clave_de_punto(p.punto) == clave_de_punto(punto.clave)]

    def tiene_desarrollo(self, punto: Punto) -> bool:
        """Si hay algún renglón de «Desarrollo» de ese punto."""
        return alguna(self.libro.desarrollo, lambda p: clave_de_punto(p.punto) == clave_de_punto(punto.clave))

    # --- Presencia y quórum

    def presente_en(self, persona: Asistente, punto: Punto) -> bool:
        """Si la persona estaba cuando se trató el punto."""
        if not persona.presente:
            return False
        desde = self.lugar(persona.desde) if persona.desde else None
        hasta = self.lugar(persona.hasta) if persona.hasta else None
        if desde is None and hasta is None:
            return True
        ahora = self.lugar(punto.clave) or 0
        return (desde is None or desde <= ahora) and (hasta is None or ahora <= hasta)

    @cached_property
    def integrantes(self) -> int:
        """Lugares con voto: un titular y su suplente ocupan el mismo."""
        return sum(p.con_voto and self.persona(p.suplencia) is None for p in self.libro.asistencia)

    def votantes(self, punto: Punto) -> tuple[Asistente, ...]:
        """Quienes podían votar en un punto."""
        return tuple(p for p in self.libro.asistencia if p.con_voto and self.presente_en(p, punto))

    @cached_property
    def quorum(self) -> int:
        """Cuántos integrantes con voto se necesitan, según la regla del órgano."""
        organo = self.libro.organo
        valor = organo.valor_de_quorum or 0
        match organo.regla_de_quorum:
            case ReglaDeQuorum.NUMERO:
                return valor
            case ReglaDeQuorum.PORCENTAJE:
                return -(-self.integrantes * valor // 100)
            case _:
                return self.integrantes // 2 + 1

    def entradas(self, punto: Punto) -> Movimiento | None:
        """Quienes se incorporaron al empezar el punto; None si nadie."""
        return self._movimiento(punto, [p for p in self._presentes if p.desde and self.punto(p.desde) is punto])

    def salidas(self, punto: Punto) -> Movimiento | None:
        """Quienes se retiraron al terminar el punto; None si nadie."""
        salen = [p for p in self._presentes if p.hasta and self.punto(p.hasta) is punto]
        return self._movimiento(punto, salen, menos=sum(p.con_voto for p in salen))

    @property
    def _presentes(self) -> Iterator[Asistente]:
        return (persona for persona in self.libro.asistencia if persona.presente)

    def _movimiento(self, punto: Punto, quienes: list[Asistente], menos: int = 0) -> Movimiento | None:
        return Movimiento(tuple(quienes), len(self.votantes(punto)) - menos) if quienes else None

    # --- Votos

    def recuento(self, punto: Punto) -> Recuento:
        """Cómo se votó un punto: a favor, salvo lo que diga la hoja «Votos»."""
        excepciones = {
            id(persona): voto.sentido
            for voto in self.libro.votos
            if clave_de_punto(voto.punto) == clave_de_punto(punto.clave) and (persona := self.persona(voto.quien))
        }

        votantes = self.votantes(punto)

        def con(sentido: Sentido) -> tuple[Asistente, ...]:
            return tuple(p for p in votantes if excepciones.get(id(p), Sentido.A_FAVOR) is sentido)

        return Recuento(
            con(Sentido.A_FAVOR),
            con(Sentido.EN_CONTRA),
            con(Sentido.ABSTENCION),
            con(Sentido.AUSENTE),
            con(Sentido.EXCUSA),
        )

    def aprobado(self, recuento: Recuento) -> bool:
        """Si los votos alcanzan; en un empate decide la presidencia, si tiene voto de calidad."""
        if recuento.empate:
            return self.libro.organo.voto_de_calidad and any(p is self.preside for p in recuento.a_favor)
        return len(recuento.a_favor) > len(recuento.en_contra)

    def votacion(self, punto: Punto) -> str:
        """Cómo se dice el resultado de la votación: ``"por unanimidad"``, ``"por mayoría, con el voto…"``."""
        recuento = self.recuento(punto)
        if punto.desenlace is Resultado.NO_APROBADO:
            decidio = recuento.empate and self.preside is not None and self.libro.organo.voto_de_calidad
            calidad = f", con el voto de calidad en contra {self._de_la_presidencia}" if decidio else ""
            return f"{_en_numeros(recuento)}{calidad}"
        if recuento.unanime:
            return "por unanimidad"
        if not recuento.en_contra and not self.libro.organo.abstencion_rompe:
            quienes = _de_quienes(recuento.abstenciones)
            return f"por unanimidad de los votos emitidos, con {_abstenciones(recuento)}, {quienes}"
        if recuento.empate and self.preside is not None:
            calidad = f"el voto de calidad {self._de_la_presidencia}"
            return f"por mayoría, con {calidad}, tras un empate: {_en_numeros(recuento)}"
        return f"por mayoría, con {enumerar(_disidencias(recuento))}"

    @property
    def _de_la_presidencia(self) -> str:
        return con_preposicion("de", self.el_cargo(self.cargo_de_presidencia, self.preside))

    # --- Firmas

    @cached_property
    def firmantes(self) -> tuple[Asistente, ...]:
        """Quienes firman, en su orden: primero quien preside."""
        orden = {id(p): p.orden_en_firma or lugar for lugar, p in enumerate(self.libro.asistencia, 1)}
        elegidos = [p for p in self._presentes if self._firma(p)]
        return tuple(sorted(elegidos, key=lambda p: (p is not self.preside, orden[id(p)])))

    def debe_firmar(self, persona: Asistente) -> bool:
        """Si la regla del órgano le pide firmar, sin ver la columna «Firma»."""
        if persona is self.preside or persona is self.secretaria:
            return True
        match self.libro.organo.quien_firma:
            case QuienFirma.CON_VOTO:
                return persona.con_voto
            case QuienFirma.PRESENTES:
                return True
            case _:
                return False

    def _firma(self, persona: Asistente) -> bool:
        return self.debe_firmar(persona) if persona.firma is None else persona.firma

    # --- Acuerdos

    @cached_property
    def claves_de_acuerdos(self) -> tuple[tuple[str, Acuerdo], ...]:
        """Cada acuerdo con su clave, en el orden en que se trataron: ``("CGPE-2017-O02-08-C1", …)``."""
        en_orden = sorted(self.libro.acuerdos, key=lambda a: self.lugar(a.punto) or 0)
        return tuple(claves_de(self.libro.organo, self.libro.sesion, en_orden))

    def en_seguimiento(self, acuerdo: Acuerdo) -> bool:
        """Si hay algo que vigilar: lo que diga la persona o, si calla, todo lo que no se agota al aprobarse."""
        if acuerdo.en_seguimiento is not None:
            return acuerdo.en_seguimiento
        punto = self.punto(acuerdo.punto)
        sin_tarea = acuerdo.clase is Clase.ACUERDO and not (acuerdo.plazo or acuerdo.plazo_libre or acuerdo.entregable)
        return not (sin_tarea and punto is not None and punto.se_agota)


_RESOLUCION = re.compile(
    r"(?:(?:sin|acto seguido|en consecuencia|por lo anterior|sometid[oa]s? a|no habiendo|al no haber|hecho lo anterior|"
    r"finalmente|por unanimidad|por mayoría)\b[^.]*?,?\s)?"
    r"(?:(?:el|la|los|las) (?!que\b)[^.,]{1,80},? )?(?:se|fue|fueron|quedó|quedaron) [^.]*?"
    r"\b(?P<verbo>aprob\w+|recibid\w+)[^.]*",
    re.IGNORECASE,
)


_APROBADO = re.compile(
    r"\b(aprob|aprueb)\w+\b.*(\bpor (unanimidad|mayoría)|\bvoto unánime)|\bse (dio|dieron|tuvo|tuvieron) por recibid",
    re.IGNORECASE,
)
_DE_OTRO_DIA = re.compile(r"\b(record\w+|anterior\w*|pasad[oa]s?|en 20\d\d|sesión del)\b", re.IGNORECASE)


def resolucion_en(texto: str) -> str:
    """La oración que dice cómo se resolvió un punto; vacío si ninguna: recordar otra votación no resuelve.

    ``"Se leyó. Sin comentarios, se aprobó por unanimidad."`` → ``"Sin comentarios, se aprobó por unanimidad"``.
    """
    oraciones = [oracion.strip() for oracion in re.split(r"[.;]\s+", texto.strip().rstrip(".")) if oracion.strip()]
    for oracion in oraciones:
        resuelve = _RESOLUCION.fullmatch(oracion) or _APROBADO.search(oracion)
        if resuelve and not _DE_OTRO_DIA.search(oracion):
            return oracion
    return ""


_DE_SU_NOMBRE = ("corto", "nombre", "apellido1", "apellido2")
_DE_SU_TRATO = ("titulo", "genero", "tratamiento")


def _formas_de_citar(persona: Asistente) -> Iterator[str]:
    """``"Lic. Azuara"``, ``"la licenciada Azuara Arai"``, ``"Cecilia Azuara"``: como suele nombrarse a alguien.

    De lo que no se pudo leer no hay formas: véase `_quiza_es`.
    """
    if not legibles([persona], *_DE_SU_NOMBRE):
        return
    con_trato = legibles([persona], *_DE_SU_TRATO)
    for nombre in _formas_sin_genero(persona):
        yield nombre
        for trato in filter(None, (persona.titulo, persona.trato)) if con_trato else ():
            yield from (f"{trato} {nombre}", f"{articulo(persona.genero)} {trato} {nombre}")


def _quiza_es(persona: Asistente, escrito: str, nombrada: Asistente | None) -> bool:
    """Si así puede citarse a alguien de quien no se leyó el nombre o el trato entero; ``nombrada``, quien así se llama.

    Sin su nombre corto ni su apellido, puede ser cualquiera que no sea ya otra persona.
    """
    if legibles([persona], *_DE_SU_NOMBRE, *_DE_SU_TRATO):
        return False
    if not legibles([persona], "corto", "apellido1"):
        return nombrada is None
    return clave(persona.apellido1) in escrito or clave(persona.corto) in escrito


def _formas_sin_genero(persona: Asistente) -> tuple[str, ...]:
    """Las que no dicen si es hombre o mujer: ``"Cecilia Azuara"``."""
    apellidos = " ".join(a for a in (persona.apellido1, persona.apellido2) if a)
    return (
        persona.nombre_completo,
        f"{persona.nombre} {persona.apellido1}",
        apellidos,
        persona.apellido1,
        persona.corto,
    )


def _en_numeros(recuento: Recuento) -> str:
    """``"tres votos a favor, tres en contra y una abstención"``."""
    a_favor, en_contra = len(recuento.a_favor), len(recuento.en_contra)
    partes = [
        f"{_cuantos(a_favor)} {'votos' if a_favor > 1 else 'voto'} a favor",
        f"{cardinal(en_contra) if en_contra else 'ninguno'} en contra",
    ]
    if recuento.abstenciones:
        partes.append(_abstenciones(recuento))
    return enumerar(partes)


def _cuantos(votos: int) -> str:
    return cardinal(votos, apocope=True) if votos else "ningún"


def _abstenciones(recuento: Recuento) -> str:
    """``"una abstención"``."""
    cuantas = len(recuento.abstenciones)
    return f"{cardinal(cuantas, Genero.FEMENINO)} {concordar(cuantas, 'abstención', 'abstenciones')}"


def _disidencias(recuento: Recuento) -> Iterator[str]:
    if recuento.en_contra:
        voto = concordar(len(recuento.en_contra), "el voto", "los votos")
        yield f"{voto} en contra {_de_quienes(recuento.en_contra)}"
    if recuento.abstenciones:
        abstencion = concordar(len(recuento.abstenciones), "la abstención", "las abstenciones")
        yield f"{abstencion} {_de_quienes(recuento.abstenciones)}"


def _de_quienes(personas: tuple[Asistente, ...]) -> str:
    """``"del licenciado Molina y de la licenciada Azuara"``."""
    return enumerar([con_preposicion("de", persona.el_corto) for persona in personas])
