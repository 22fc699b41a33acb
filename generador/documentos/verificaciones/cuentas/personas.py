"""A quién se escribe, quién firma y a quién se manda copia: V-16, V-17, V-19 y V-23."""

import re
from collections.abc import Iterator

from generador.castellano import genero_del_titulo, titulo_conocido
from generador.celdas import clave
from generador.documentos.cuentas import Copia, Destinatario, Firmante
from generador.documentos.verificaciones import de_cada
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.hallazgos import Hallazgo

_A_UNO = re.compile(r"\b(?:a usted|[a-z]+(?:rle))\b")
_A_VARIOS = re.compile(r"\b(?:a ustedes|[a-z]+(?:rles))\b")
_QUIZA_A_UNO = re.compile(r"(?<![{\w])(?:usted|reciba|s[íi]rvase)\b")
_QUIZA_A_VARIOS = re.compile(r"(?<![{\w])(?:ustedes|reciban|s[íi]rvanse)\b")
_LE, _LES = re.compile(r"(?<![{\w])le\b"), re.compile(r"(?<![{\w])les\b")
_EL_OTRO_NUMERO = {"reciba": "reciban", "reciban": "reciba", "sírvase": "sírvanse", "sírvanse": "sírvase"}
Persona = Destinatario | Firmante | Copia


def destinatario_sin_nombre(caso: Caso) -> Iterator[Hallazgo]:
    """V-23: cada destinatario tiene nombre o cargo; con título desarrollado, también género."""
    yield from de_cada(caso.libro.destinatarios, _sin_nombre)


def _sin_nombre(destinatario: Destinatario) -> Iterator[Hallazgo]:
    if not destinatario.nombre_completo and not destinatario.cargo:
        yield destinatario.hallazgo(
            "nombre", "El destinatario no tiene nombre ni cargo.", "Escriba al menos uno.", codigo="V-23"
        )
    elif destinatario.titulo and not destinatario.genero and not destinatario.tratamiento:
        yield destinatario.hallazgo(
            "genero", f"Falta el género para desarrollar «{destinatario.titulo}».",
            "Elíjalo, o escriba el «Tratamiento».", codigo="V-16",
        )  # fmt: skip


def genero_y_titulo(caso: Caso) -> Iterator[Hallazgo]:
    """V-16 y V-17: el título concuerda con el género y está en el catálogo."""
    personas: tuple[Destinatario | Firmante, ...] = (*caso.libro.destinatarios, *caso.libro.firmas)
    yield from de_cada(personas, _su_titulo)


def _su_titulo(persona: Destinatario | Firmante) -> Iterator[Hallazgo]:
    suyo = genero_del_titulo(persona.titulo or "")
    if suyo is not None and persona.genero is not None and suyo is not persona.genero:
        yield persona.hallazgo(
            "titulo", f"«Título» dice «{persona.titulo}», que es {suyo.lower()}, y su género dice "
            f"«{persona.genero}».", "Corrija uno de los dos.", codigo="V-16",
        )  # fmt: skip
    elif persona.titulo and not titulo_conocido(persona.titulo) and not persona.tratamiento:
        yield persona.hallazgo(
            "titulo", f"«{persona.titulo}» no está en el catálogo de títulos.",
            "Corríjalo o, si está bien, déjelo: se imprimirá abreviado.", codigo="V-17", aviso=True,
        )  # fmt: skip


def cargos_distintos(caso: Caso) -> Iterator[Hallazgo]:
    """V-19: la misma persona tiene el mismo cargo en todo el libro."""
    personas: list[Persona] = [*caso.libro.destinatarios, *caso.libro.firmas, *caso.libro.copias]
    primeras: dict[str, Persona] = {}
    for persona in personas:
        if not persona.nombre_completo or not persona.cargo:
            continue
        primera = primeras.setdefault(clave(persona.nombre_completo), persona)
        if clave(primera.cargo or "") != clave(persona.cargo):
            yield persona.hallazgo(
                "cargo", f"«{persona.nombre_completo}» es «{persona.cargo}» aquí y «{primera.cargo}» en «"
                f"{primera.origen.hoja}».", "Confirme cuál es el vigente en la fecha del oficio.",
                codigo="V-19", aviso=True,
            )  # fmt: skip


def copias_repetidas(caso: Caso) -> Iterator[Hallazgo]:
    """V-23: no se manda copia a quien ya recibe o firma el oficio."""
    ya = {clave(d.nombre_completo): "destinatario" for d in caso.libro.destinatarios}
    ya |= {clave(f.nombre_completo): "firmante" for f in caso.libro.firmas}
    for copia in caso.libro.copias:
        papel = ya.get(clave(copia.nombre_completo))
        if papel:
            yield copia.hallazgo(
                "nombre", f"«{copia.nombre_completo}» ya es {papel}.", "Quite la copia.", codigo="V-23", aviso=True
            )


def singular_y_plural(caso: Caso) -> Iterator[Hallazgo]:
    """V-23: a uno se le escribe «usted» y «enviarle»; a varios, «ustedes» y «enviarles».

    Fuera de la despedida, «les» puede ser de otros: ahí no se revisa.
    """
    for varios in sorted({carta.varios for carta in caso.cartas}):
        impropio, quiza, suelto = (_A_UNO, _QUIZA_A_UNO, _LE) if varios else (_A_VARIOS, _QUIZA_A_VARIOS, _LES)
        for escrito in caso.escritos:
            texto, es_despedida = escrito.texto.lower(), escrito.campo == "despedida"
            seguro = impropio.search(texto)
            hallado = seguro or quiza.search(texto) or (suelto.search(texto) if es_despedida else None)
            if hallado and escrito.en_carta:
                quienes = "varias personas" if varios else "una persona"
                verbo = _EL_OTRO_NUMERO.get(hallado[0])
                yield escrito.registro.hallazgo(
                    escrito.campo, f"Dice «{escrito.texto[slice(*hallado.span())]}», y el oficio va a {quienes}.",
                    f"Escriba «{verbo}»." if verbo else
                    "Escriba {usted} o {le}, como en «enviar{le}»: el programa los concuerda.",
                    codigo="V-23", aviso=not (seguro and es_despedida),
                )  # fmt: skip


def renglones_con_numero_propio(caso: Caso) -> Iterator[Hallazgo]:
    """Si los destinatarios traen número propio, quizá se quería un oficio por renglón."""
    con_numero = [d for d in caso.libro.destinatarios if d.numero]
    if not caso.por_renglon and len(caso.libro.destinatarios) > 1 and con_numero:
        yield con_numero[0].hallazgo(
            "numero", "Trae número propio, y este oficio es uno solo para todos los destinatarios.",
            "Para uno por renglón: generar oficio --cada-renglon.", aviso=True,
        )  # fmt: skip
