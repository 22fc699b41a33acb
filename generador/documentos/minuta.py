"""La minuta: de la reunión a los nombres que su plantilla imprime.

La plantilla nombra y da forma; las fórmulas fijas («El informe se dio por recibido.») están en ella. Aquí
llega resuelto lo que exige pensar: quién firma y en qué orden, cómo se dice una votación, quién estaba.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, time

from generador.castellano import (
    con_preposicion,
    concordar,
    enumerar,
    fecha_larga,
    hora,
    mayuscula_inicial,
    mayusculas,
    unir,
)
from generador.celdas import clave, sin_formato
from generador.documentos.bloques import bloques_de
from generador.documentos.comun import propias
from generador.documentos.nombres_de_sesion import momento_de_termino, nombre_de_sesion, resolver
from generador.documentos.redaccion import nombres_en
from generador.documentos.reunion import Movimiento, Reunion, resolucion_en
from generador.documentos.seguimiento_de_sesion import cuentas, informado, por_informar
from generador.documentos.sesion import (
    Asistencia,
    Asistente,
    LibroDeSesion,
    Modalidad,
    Organo,
    Parrafo,
    Punto,
    Receso,
    Resultado,
    Sentido,
    TipoDeParrafo,
    TipoDePunto,
    Votacion,
    responsable,
)
from generador.documentos.tipo import Ficha, Tipo
from generador.documentos.verificaciones.sesion import cruces

Nombres = dict[str, object]

_TIPOS_DE_BLOQUE = {
    TipoDeParrafo.PARRAFO: "parrafo",
    TipoDeParrafo.INTERVENCION: "parrafo",
    TipoDeParrafo.VINETA: "vineta",
    TipoDeParrafo.NUMERADO: "numerado",
    TipoDeParrafo.SUBTITULO: "subtitulo",
    TipoDeParrafo.CITA: "cita",
    TipoDeParrafo.ACUERDO: "acuerdo",
}
_RESULTADOS = {
    Resultado.APROBADO: "aprobado",
    Resultado.NO_APROBADO: "no_aprobado",
    Resultado.RECIBIDO: "recibido",
    Resultado.POSPUESTO: "pospuesto",
}


def contexto(libro: LibroDeSesion) -> Nombres:
    """Los nombres de ``plantillas_docx/minuta.docx``; todo es texto, número, lista o diccionario."""
    reunion = Reunion(libro)
    return {
        "organo": membrete(libro.organo),
        "sesion": _sesion(reunion),
        "presidencia": _presidencia(reunion),
        "secretaria": _secretaria(reunion),
        "quorum": _quorum(reunion),
        "asistentes": [_asistente(reunion, p) for p in libro.asistencia if p.presente],
        "ausencias": _ausencias(reunion),
        "orden_del_dia": [_renglon_del_orden(numero, punto) for numero, punto in reunion.puntos],
        "puntos": [_punto(reunion, numero, punto) for numero, punto in reunion.puntos],
        "cierre": _cierre(reunion),
        "acuerdos": _acuerdos(reunion),
        "anexos": [propias(anexo) | {"numero": n, "titulo": anexo.titulo} for n, anexo in enumerate(libro.anexos, 1)],
        "firmas": _firmas(reunion),
    }


def membrete(organo: Organo) -> Nombres:
    """Lo que va arriba de la primera página: la institución, el órgano y la leyenda del año."""
    return {
        **propias(organo),
        "institucion": organo.institucion,
        "nombre": organo.nombre,
        "del_nombre": con_preposicion("de", organo.el),
        "leyenda": organo.leyenda or "",
    }


def _sesion(reunion: Reunion) -> Nombres:
    sesion, organo = reunion.libro.sesion, reunion.libro.organo
    nombre = nombre_de_sesion(reunion)
    return {
        **propias(sesion),
        "titulo": f"Minuta de la {_titulo(nombre)}",
        "nombre": nombre,
        "nombre_completo": f"{nombre} {con_preposicion('de', organo.el)}",
        "fecha": unir(fecha_larga(sesion.fecha)),
        "lugar": sesion.lugar,
        "hora": unir(hora(sesion.inicio, organo.estilo_de_hora)),
        "modalidad": "" if sesion.modalidad is Modalidad.PRESENCIAL else str(sesion.modalidad),
        "convocatoria": sesion.convocatoria or "",
    }


def _titulo(nombre: str) -> str:
    """``"segunda sesión ordinaria"`` → ``"Segunda Sesión Ordinaria"``."""
    return " ".join(mayuscula_inicial(palabra) for palabra in nombre.split())


def _presidencia(reunion: Reunion) -> Nombres:
    persona = reunion.preside
    el_cargo = reunion.el_cargo(reunion.cargo_de_presidencia, persona)
    return {
        "presentacion": f"{persona.el_completo}, {reunion.cargo_de_presidencia}" if persona else "",
        "el_cargo": el_cargo,
        "del_cargo": con_preposicion("de", el_cargo),
    }


def _secretaria(reunion: Reunion) -> Nombres:
    persona = reunion.secretaria
    return {
        "el_cargo": reunion.el_cargo(reunion.cargo_de_secretaria, persona),
        "nombre": persona.el_completo if persona else "",
    }


def _quorum(reunion: Reunion) -> Nombres:
    primero = reunion.libro.orden_del_dia[0]
    return {"presentes": len(reunion.votantes(primero)), "total": reunion.integrantes}


# --- Asistencia


def _asistente(reunion: Reunion, persona: Asistente) -> Nombres:
    return {
        **propias(persona),
        "nombre": persona.con_titulo,
        "cargo": persona.cargo.rstrip("."),
        "suplencia": ". ".join(parte for parte in (_a_distancia(persona), _suplencia(reunion, persona)) if parte),
    }


def _a_distancia(persona: Asistente) -> str:
    return "Asistió a distancia" if persona.asistencia is Asistencia.A_DISTANCIA else ""


def _suplencia(reunion: Reunion, persona: Asistente) -> str:
    """``"En suplencia de la Lic. Ana Ruiz, acreditado mediante el oficio IE/1/2017"``; vacío si no suple."""
    titular = reunion.persona(persona.suplencia)
    if titular is None:
        return ""
    frase = f"En suplencia {con_preposicion('de', titular.el_completo)}"
    if not persona.oficio:
        return frase
    acreditado = "acreditada" if persona.genero == "Femenino" else "acreditado"
    numero = re.sub(r"^oficio\s+", "", persona.oficio, flags=re.IGNORECASE)
    return f"{frase}, {acreditado} mediante el oficio {numero}"


def _ausencias(reunion: Reunion) -> Nombres:
    justificaron = [p for p in reunion.libro.asistencia if p.asistencia is Asistencia.JUSTIFICO]
    faltaron = [p for p in reunion.libro.asistencia if p.asistencia is Asistencia.NO]
    return {
        "justificadas": _enumerar(justificaron),
        "justificaron_varias": len(justificaron) > 1,
        "sin_justificar": _enumerar(faltaron),
        "faltaron_varias": len(faltaron) > 1,
    }


def _enumerar(personas: Iterable[Asistente]) -> str:
    return enumerar([persona.el_completo for persona in personas])


# --- Puntos


def _renglon_del_orden(numero: int, punto: Punto) -> Nombres:
    presenta = (punto.presenta or "").strip("[] ")
    return {**propias(punto), "numero": numero, "titulo": punto.titulo, "presenta": presenta}


def _punto(reunion: Reunion, numero: int, punto: Punto) -> Nombres:
    parrafos = reunion.parrafos(punto)
    es_orden = punto.tipo is TipoDePunto.ORDEN_DEL_DIA
    return {
        **propias(punto),
        "numero": numero,
        "titulo": punto.titulo,
        "apertura": numero == 1 and not parrafos,
        "entradas": _movimientos(reunion, reunion.entradas(punto)),
        "seguimiento": _seguimiento(reunion, punto, parrafos),
        "bloques": [
            propias(p) | b for p in parrafos for b in bloques_de(_dicho(reunion, punto, p), _TIPOS_DE_BLOQUE[p.tipo])
        ],
        "recesos": [_receso(reunion, r) for r in reunion.libro.recesos if reunion.punto(r.punto) is punto],
        "retirados": _retirados(reunion) if es_orden else [],
        "incorporados": _incorporados(reunion) if es_orden else [],
        **_resultado(reunion, punto, parrafos),
        "salidas": _movimientos(reunion, reunion.salidas(punto)),
    }


def _seguimiento(reunion: Reunion, punto: Punto, parrafos: list[Parrafo]) -> Nombres | None:
    """Lo que dice la hoja «Seguimiento», si el punto se trató y la persona no escribió su desarrollo; si no, None."""
    seguimiento = por_informar(reunion.libro.seguimiento)
    sin_tratar = punto.tipo is not TipoDePunto.SEGUIMIENTO or punto.desenlace is Resultado.POSPUESTO
    if sin_tratar or parrafos or not seguimiento:
        return None
    frase = cuentas(seguimiento, reunion.libro.sesion.fecha).frase
    return {"frase": frase, "acuerdos": [informado(pendiente) for pendiente in seguimiento]}


def _dicho(reunion: Reunion, punto: Punto, parrafo: Parrafo) -> str:
    """El texto del párrafo; a una intervención que no nombra a quien habla se le antepone."""
    texto: str = parrafo.texto
    plano = sin_formato(texto)
    sin_sujeto = parrafo.tipo is TipoDeParrafo.PARRAFO and parrafo.quien and plano[:1].islower()
    if (parrafo.tipo is TipoDeParrafo.INTERVENCION or sin_sujeto) and "{quien" not in plano:
        texto = f"{{quien}} {texto}" if plano[:1].islower() else f"{{quien}}: {texto}"
    return resolver(reunion, texto, punto, parrafo.quien)


def _movimientos(reunion: Reunion, movimiento: Movimiento | None) -> list[Nombres]:
    if movimiento is None:
        return []
    return [
        {
            "quienes": _enumerar(movimiento.quienes),
            "varias": len(movimiento.quienes) > 1,
            "presentes": movimiento.presentes,
            "total": reunion.integrantes,
        }
    ]


def _receso(reunion: Reunion, receso: Receso) -> Nombres:
    estilo = reunion.libro.organo.estilo_de_hora
    return {
        **propias(receso),
        "inicio": _a_las(receso.inicio, hora(receso.inicio, estilo)),
        "reanudacion": _a_las(receso.reanudacion, hora(receso.reanudacion, estilo)),
        "motivo": _motivo(receso.motivo or ""),
    }


def _motivo(escrito: str) -> str:
    """``"Falla eléctrica."`` → ``"por falla eléctrica"``; ``"Para comer"`` → ``"para comer"``."""
    motivo = escrito.strip().rstrip(".")
    motivo = motivo[:1].lower() + motivo[1:] if motivo[1:2].islower() else motivo
    motivo = re.sub(r"^receso\s+", "", motivo)
    primera = motivo.partition(" ")[0]
    if primera in ("se", "no", "hubo", "falló", "faltó", "ya"):
        return f"debido a que {motivo}"
    return motivo if not motivo or primera in ("para", "por", "a", "con", "debido", "en") else f"por {motivo}"


def _a_las(momento: time, escrita: str) -> str:
    return unir(f"a la {escrita}" if momento.hour == 1 else f"a las {escrita}")


def _retirados(reunion: Reunion) -> list[Nombres]:
    retirados = [p for p in reunion.libro.orden_del_dia if p.desenlace is Resultado.RETIRADO]
    return [{**propias(punto), "titulo": punto.titulo.rstrip(".")} for punto in retirados]


def _incorporados(reunion: Reunion) -> list[Nombres]:
    return [{**propias(p), "numero": n, "titulo": p.titulo.rstrip(".")} for n, p in reunion.puntos if p.incorporado]


def _resultado(reunion: Reunion, punto: Punto, parrafos: list[Parrafo]) -> Nombres:
    """La frase del resultado: la que escribió la persona o, si no lo dijo ya, la de la plantilla."""
    resultado = "" if punto.frase or _ya_dicho(reunion, punto, parrafos) else _RESULTADOS.get(punto.desenlace, "")
    if resultado == "recibido" and punto.tipo is TipoDePunto.SEGUIMIENTO:
        resultado = "seguimiento_recibido"
    if resultado == "aprobado" and punto.tipo is TipoDePunto.ORDEN_DEL_DIA and not parrafos:
        resultado = "orden_aprobado"
    recuento = reunion.recuento(punto)
    frase_sin_nombres = bool(punto.frase) and not recuento.unanime and not _cita_votacion(punto.frase or "")
    con_nombres = (
        punto.votacion is Votacion.NOMINAL
        or punto.desenlace is Resultado.NO_APROBADO
        or recuento.empate
        or frase_sin_nombres
    )
    nominal = punto.se_vota and con_nombres
    return {
        "frase": _con_punto(resolver(reunion, punto.frase, punto)) if punto.frase else "",
        "resultado": resultado,
        "votacion": reunion.votacion(punto) if punto.se_vota else "",
        "nominal": _nominal(reunion, punto) if nominal else None,
        "salvedades": list(_salvedades(reunion, punto)) if punto.se_vota else [],
        "razones": _razones(reunion, punto),
    }


def _ya_dicho(reunion: Reunion, punto: Punto, parrafos: list[Parrafo]) -> bool:
    """Si el desarrollo ya dice cómo se resolvió: con {votacion} o, si nadie votó distinto, con sus palabras."""
    if punto.se_vota and any(_cita_votacion(parrafo.texto) for parrafo in parrafos):
        return True
    textos = [sin_formato(parrafo.texto) for parrafo in parrafos]
    dicha = resolucion_en(textos[-1]).lower() if textos else ""
    if punto.se_vota:
        if reunion.recuento(punto).unanime:
            return "aprob" in dicha or "aprueb" in dicha
        return any(reunion.votacion(punto) in texto for texto in textos)
    return "recibid" in dicha


def _cita_votacion(texto: str) -> bool:
    return "votacion" in map(clave, nombres_en(texto))


def _salvedades(reunion: Reunion, punto: Punto) -> Iterator[str]:
    """Quiénes pudieron votar y no lo hicieron."""
    recuento = reunion.recuento(punto)
    for quienes, uno, varios in (
        (recuento.ausentes, "no estuvo presente en la votación", "no estuvieron presentes en la votación"),
        (recuento.excusas, "se excusó de votar", "se excusaron de votar"),
    ):
        if quienes:
            yield f"{mayuscula_inicial(enumerar(p.el_corto for p in quienes))} {concordar(len(quienes), uno, varios)}."


def _con_punto(texto: str) -> str:
    """``"Se aprobó"`` → ``"Se aprobó."``; lo que ya cierra se deja."""
    plano = sin_formato(texto).rstrip()
    return texto if plano.endswith((".", "?", "!", "…", ":", "”", "»")) else f"{texto.rstrip()}."


def _nominal(reunion: Reunion, punto: Punto) -> Mapping[str, str]:
    recuento = reunion.recuento(punto)
    return {
        "a_favor": _nombrar(recuento.a_favor),
        "en_contra": _nombrar(recuento.en_contra),
        "abstencion": _nombrar(recuento.abstenciones),
    }


def _nombrar(personas: Iterable[Asistente]) -> str:
    return enumerar([persona.con_titulo for persona in personas])


def _razones(reunion: Reunion, punto: Punto) -> list[Nombres]:
    """Por qué se votó distinto, cuando quien votó quiso que constara."""
    votos = [v for v in reunion.libro.votos if reunion.punto(v.punto) is punto and v.razon]
    return [
        {
            **propias(voto),
            "quien": persona.el_corto,
            "sentido": {Sentido.EN_CONTRA: "su voto en contra", Sentido.ABSTENCION: "su abstención"}.get(
                voto.sentido, "no haber votado"
            ),
            "texto": _con_punto(resolver(reunion, voto.razon or "", punto, voto.quien)),
        }
        for voto in votos
        if (persona := reunion.persona(voto.quien))
    ]


# --- Lo que va después del desarrollo


def _cierre(reunion: Reunion) -> Nombres:
    escrita = reunion.libro.sesion.cierre
    return {
        "frase": _con_punto(resolver(reunion, escrita)) if escrita else "",
        "ya_escrito": _ya_cierra(reunion),
        "hora": unir(momento_de_termino(reunion)),
        "generales": any(p.tipo is TipoDePunto.GENERALES for _, p in reunion.puntos),
    }


_CIERRA = re.compile(
    r"\b(conclu|clausur|termin|levant)\w+.*(\d[:.]\d\d|horas)|(\d[:.]\d\d|horas).*\b(conclu|clausur|termin)"
)


def _ya_cierra(reunion: Reunion) -> bool:
    """Si el último punto ya dice a qué hora acabó la sesión."""
    parrafos = reunion.parrafos(reunion.puntos[-1][1]) if reunion.puntos else []
    ultimo = sin_formato(parrafos[-1].texto) if parrafos else ""
    return "sesion.termino" in nombres_en(ultimo) or ("sesión" in ultimo and bool(_CIERRA.search(ultimo)))


def _acuerdos(reunion: Reunion) -> list[Nombres]:
    return [
        {
            **propias(acuerdo),
            "clave": clave_de_acuerdo,
            "clase": str(acuerdo.clase),
            "texto": resolver(reunion, acuerdo.texto, reunion.punto(acuerdo.punto)),
            "responsable": _responsable(reunion, acuerdo.area, acuerdo.persona),
            "plazo": fecha_larga(acuerdo.plazo) if acuerdo.plazo else acuerdo.plazo_libre or "",
            "entregable": acuerdo.entregable or "",
        }
        for clave_de_acuerdo, acuerdo in reunion.claves_de_acuerdos
    ]


def _responsable(reunion: Reunion, area: str | None, persona: str | None) -> str:
    conocida = reunion.persona(persona)
    nombre = conocida.con_titulo if conocida else persona
    return responsable(area, nombre)


def _firmas(reunion: Reunion) -> Nombres:
    sesion = reunion.libro.sesion
    preside, *resto = [None, *reunion.firmantes] if reunion.preside not in reunion.firmantes else reunion.firmantes
    firmantes = [_firmante(reunion, persona) for persona in resto if persona]
    leyenda = (
        f"Hoja de firmas de la minuta de la {nombre_de_sesion(reunion)} "
        f"{con_preposicion('de', reunion.libro.organo.el)}, celebrada el {fecha_larga(sesion.fecha)}."
    )
    return {
        "leyenda": unir(mayusculas(leyenda)),
        "preside": _firmante(reunion, preside) if preside else None,
        "filas": [firmantes[i : i + 2] for i in range(0, len(firmantes), 2)],
    }


def _firmante(reunion: Reunion, persona: Asistente) -> Nombres:
    return {
        **propias(persona),
        "nombre": persona.con_titulo,
        "cargo": (persona.cargo_en_firma or persona.cargo).rstrip("."),
        "suplencia": _suplencia(reunion, persona),
        "nota": persona.nota or "",
    }


# --- El tipo


def nombre_de_archivo(libro: LibroDeSesion) -> str:
    """``"Minuta CGPE 2017-11-15 Segunda Sesión Ordinaria"``."""
    siglas = f" {libro.organo.siglas}" if libro.organo.siglas else ""
    return f"Minuta{siglas} {libro.sesion.fecha:%Y-%m-%d} {_titulo(nombre_de_sesion(Reunion(libro)))}"


def propiedades(libro: LibroDeSesion) -> Ficha:
    """Título, asunto y autor; la fecha de creación es la de la sesión (mismos datos, mismo archivo)."""
    reunion = Reunion(libro)
    return Ficha(
        titulo=f"Minuta de la {_titulo(nombre_de_sesion(reunion))} {con_preposicion('de', libro.organo.el)}",
        asunto=f"Sesión del {fecha_larga(libro.sesion.fecha)}",
        autor=libro.organo.institucion,
        creado=datetime.combine(libro.sesion.fecha, libro.sesion.inicio),
    )


TIPO = Tipo(
    nombre="minuta",
    esquema="minuta/1",
    titulo="Libro de sesión",
    guia=(
        "Llene las hojas de izquierda a derecha. Lo que lleva * es obligatorio y se pinta de rosa mientras falta; "
        "lo demás puede quedar en blanco.",
        "Escriba sólo las excepciones: se entiende que quien está en la lista asistió y votó a favor.",
        "En «Desarrollo», cada renglón es un párrafo. Use {quien}, {presidencia}, {secretaria} o {votacion} "
        "para que el programa escriba el nombre, el cargo o el resultado con su artículo y su género.",
        "Guarde el libro y corra: generar minuta. Si algo no cuadra, se lo dirá con su hoja y su celda.",
    ),
    modelo=LibroDeSesion,
    cruces=cruces,
    contexto=contexto,
    archivo=nombre_de_archivo,
    propiedades=propiedades,
)
