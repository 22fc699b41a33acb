"""Los nombres entre llaves del texto: ``{quien}``, ``{presidencia}``, ``{votacion}``, ``{1904}``.

La persona los escribe en Excel y aquí se vuelven español: con su artículo contraído («de» + «el» → «del»)
y con mayúscula al empezar la oración. Lo que no es un nombre —``{{ 7*7 }}``, ``{% for %}``— se deja igual.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from generador.castellano import (
    Genero,
    con_preposicion,
    decimal,
    fecha_larga,
    hora,
    mayuscula_inicial,
    miles,
    numero_leido,
    ordinal,
)
from generador.celdas import LIGA, clave, parecido, sin_formato
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import Asistente, Estatus, Punto

_MARCAS = "[\ufdd0-\ufddb]*"
_NOMBRE = re.compile(r"(?<![{%#_$])\{([\w .,\ufdd0-\ufddb]+)\}(?!\})")  # el formato puede cambiar dentro
_PREPOSICION = re.compile(rf"\b(del?|al?)[ \u00a0]({_MARCAS})$", re.IGNORECASE)
_A_LAS = re.compile(rf"\ba las?[ \u00a0]({_MARCAS})$", re.IGNORECASE)
_CONTRAIBLE = re.compile(r"(el|la|los|las) ")
_EMPIEZA_ORACION = re.compile(r"(^|[.?!…]”?\s|[¿¡]|\n)[“«(\s]*$")
_DIRECCION = re.compile(r"https?://[^\s<>«»“”()\ufdd0-\ufdef]*[^\s<>«»“”().,;:\ufdd0-\ufdef]")


def nombres_en(texto: str) -> Iterator[str]:
    """Los nombres que cita el texto: ``"{quien} dijo {{x}}"`` → ``"quien"``."""
    return (_nombre_citado(cita) for cita in _NOMBRE.finditer(texto))


def _nombre_citado(cita: re.Match[str]) -> str:
    return sin_formato(cita[1]).strip()


def redactar(texto: str, nombres: Mapping[str, str]) -> str:
    """El texto con sus nombres resueltos; uno desconocido se deja entre llaves (lo señala `cruces`)."""
    escrito, desde = "", 0
    for cita in _NOMBRE.finditer(texto):
        escrito += texto[desde : cita.start()]
        valor = nombres.get(clave(_nombre_citado(cita)))
        escrito = escrito + cita[0] if valor is None else _unido(escrito, cita[1], valor)
        desde = cita.end()
        if valor and valor.endswith(".") and texto[desde : desde + 1] == ".":
            desde += 1  # «13:00 hrs.» al final de la oración ya trae su punto
    return escrito + texto[desde:]


def _unido(escrito: str, citado: str, valor: str) -> str:
    """Lo escrito y el valor con su mayúscula o su contracción, y con las marcas de formato de la cita."""
    abren = citado[: len(citado) - len(citado.lstrip("\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6\ufdd7 "))].strip()
    cierran = "".join(c for c in citado if "\ufdd0" <= c <= "\ufddb")[len(abren) :]
    antes = escrito + abren
    preposicion = _PREPOSICION.search(antes)
    a_las = _A_LAS.search(antes)
    if a_las and valor.startswith("a la"):  # «a las {sesion.termino}»: el valor ya lo trae
        antes = antes[: a_las.start()] + a_las[1]
    if _EMPIEZA_ORACION.search(sin_formato(antes)):
        return antes + mayuscula_inicial(valor) + cierran
    if preposicion and _CONTRAIBLE.match(valor):
        return antes[: preposicion.start()] + _contraido(preposicion, valor) + cierran
    return antes + valor + cierran


def _contraido(preposicion: re.Match[str], valor: str) -> str:
    """«de», «a», «del» o «al» ante «el Presidente» o «la Secretaria»: ``"del Presidente"``, ``"a la Secretaria"``."""
    simple = preposicion[1][: -1 if preposicion[1].lower() in ("del", "al") else None]
    if valor.startswith("el "):
        return f"{simple}l {preposicion[2]}{valor[3:]}"
    return f"{simple} {preposicion[2]}{valor}"


def ligado(texto: str) -> str:
    """El texto con sus direcciones de internet vueltas ligas, salvo las que ya lo son."""
    if LIGA[0] in texto:
        return texto
    return _DIRECCION.sub(lambda direccion: LIGA[0] + direccion[0] + LIGA[1] + direccion[0] + LIGA[2], texto)


def nombres_de(reunion: Reunion, punto: Punto | None = None, quien: str | None = None) -> dict[str, str]:
    """Todo lo que puede citarse entre llaves, por su clave; en un punto y en boca de alguien, si se dan."""
    citables = _Nombres(reunion).del_punto(punto) if punto is not None else {}
    if quien:
        persona = reunion.persona(quien)
        citables |= _formas("quien", persona) if persona else {"quien": quien, "quien.completo": quien}
    return _comunes(reunion) | {clave(nombre): valor for nombre, valor in citables.items()}


@lru_cache(maxsize=2)  # los mismos para todos los párrafos de una reunión
def _comunes(reunion: Reunion) -> dict[str, str]:
    nombres = _Nombres(reunion)
    citables = {**nombres.de_personas(), **nombres.de_la_sesion(), **nombres.de_la_mesa(), **nombres.del_seguimiento()}
    return {clave(nombre): valor for nombre, valor in citables.items()}


def resolver(reunion: Reunion, texto: str, punto: Punto | None = None, quien: str | None = None) -> str:
    """`redactar` con los nombres de la reunión y las cifras entre llaves: ``"{1904}"`` → ``"mil 904"``."""
    nombres = nombres_de(reunion, punto, quien)
    return ligado(redactar(texto, {**cifras_en(reunion, texto), **nombres}))


def desconocidos_en(
    reunion: Reunion, texto: str, punto: Punto | None = None, quien: str | None = None
) -> Iterator[tuple[str, str | None]]:
    """Los nombres de un texto que no existen, cada uno con su parecido o None."""
    nombres = {**nombres_de(reunion, punto, quien), **cifras_en(reunion, texto)}
    for nombre in nombres_en(texto):
        if clave(nombre) not in nombres:
            yield nombre, parecido(nombre, nombres)


def cifras_en(reunion: Reunion, texto: str) -> dict[str, str]:
    """Las cifras entre llaves con el estilo de miles del órgano."""
    estilo = reunion.libro.organo.estilo_de_miles
    leidas = {nombre: numero_leido(nombre) for nombre in nombres_en(texto)}
    return {
        clave(n): miles(valor, estilo) if isinstance(valor, int) else decimal(valor)
        for n, valor in leidas.items()
        if valor is not None
    }


def _formas(nombre: str, persona: Asistente) -> dict[str, str]:
    cargo = (persona.cargo_en_firma or persona.cargo).rstrip(".")
    return {
        nombre: persona.el_corto,
        f"{nombre}.completo": persona.el_completo,
        f"{nombre}.presentacion": f"{persona.el_completo}, {cargo}",
        f"{nombre}.cargo": cargo,
    }


class _Nombres:
    """Los nombres citables de una reunión, por familias."""

    def __init__(self, reunion: Reunion) -> None:
        self.reunion, self.libro = reunion, reunion.libro

    def de_personas(self) -> dict[str, str]:
        return {forma: valor for p in self.libro.asistencia for forma, valor in _formas(p.corto, p).items()}

    def de_la_sesion(self) -> dict[str, str]:
        sesion, organo = self.libro.sesion, self.libro.organo
        nombre = nombre_de_sesion(self.reunion)
        return {
            "sesion": nombre,
            "sesion.completa": f"{nombre} {con_preposicion('de', organo.el)}",
            "sesion.fecha": fecha_larga(sesion.fecha),
            "sesion.hora": hora(sesion.inicio, organo.estilo_de_hora),
            "sesion.termino": momento_de_termino(self.reunion),
            "sesion.lugar": sesion.lugar,
            "organo": organo.el,
            "organo.corto": organo.el_corto,
            "organo.institucion": organo.institucion,
            "integrantes": organo.integrantes,
        }

    def de_la_mesa(self) -> dict[str, str]:
        reunion = self.reunion
        nombres: dict[str, str] = {}
        for nombre, persona, cargo in (
            ("presidencia", reunion.preside, reunion.cargo_de_presidencia),
            ("secretaria", reunion.secretaria, reunion.cargo_de_secretaria),
        ):
            corto, completo = (persona.el_corto, persona.el_completo) if persona else (cargo, cargo)
            nombres |= {
                nombre: reunion.el_cargo(cargo, persona),
                f"{nombre}.nombre": corto,
                f"{nombre}.completo": completo,
                f"{nombre}.presentacion": f"{completo}, {cargo}",
            }
        primero = self.libro.orden_del_dia[0]
        return nombres | {
            "quorum.presentes": str(len(reunion.votantes(primero))),
            "quorum.total": str(reunion.integrantes),
        }

    def del_seguimiento(self) -> dict[str, str]:
        estatus = [pendiente.hoy for pendiente in self.libro.seguimiento]
        cumplidos = estatus.count(Estatus.CUMPLIDO)
        return {
            "seguimiento.total": str(len(estatus)),
            "seguimiento.cumplidos": str(cumplidos),
            "seguimiento.pendientes": str(len(estatus) - cumplidos - estatus.count(Estatus.CANCELADO)),
        }

    def del_punto(self, punto: Punto) -> dict[str, str]:
        numero = next((n for n, otro in self.reunion.puntos if otro is punto), 0)
        nombres = {"punto.titulo": punto.titulo}
        if 0 < numero < 100:
            nombres |= {
                "punto.numero": str(numero),
                "punto.ordinal": ordinal(numero, Genero.MASCULINO, apocope=True),
            }
        return nombres | ({"votacion": self.reunion.votacion(punto)} if punto.se_vota else {})


def nombre_de_sesion(reunion: Reunion) -> str:
    """``"segunda sesión ordinaria"``."""
    sesion = reunion.libro.sesion
    return f"{ordinal(sesion.numero, Genero.FEMENINO)} sesión {sesion.tipo.lower()}"


def momento_de_termino(reunion: Reunion) -> str:
    """``"a las 13:00 hrs."``; si cruzó la medianoche, ``"a las 02:07 hrs. del 16 de noviembre de 2017"``."""
    sesion = reunion.libro.sesion
    a_las = "a la" if sesion.termino.hour == 1 else "a las"
    momento = f"{a_las} {hora(sesion.termino, reunion.libro.organo.estilo_de_hora)}"
    if sesion.fecha_de_termino in (None, sesion.fecha):
        return momento
    assert sesion.fecha_de_termino is not None
    return f"{momento} del {fecha_larga(sesion.fecha_de_termino)}"
