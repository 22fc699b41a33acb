"""Lo que puede citarse entre llaves en un libro de sesión: ``{quien}``, ``{presidencia}``, ``{votacion}``…"""

from collections.abc import Callable
from functools import lru_cache

from generador.castellano import Genero, con_preposicion, fecha_larga, hora, ordinal
from generador.celdas import clave
from generador.documentos.redaccion import ligado, resuelto
from generador.documentos.reunion import Reunion, tratado
from generador.documentos.seguimiento_de_sesion import cuentas
from generador.documentos.sesion import Acuerdo, Asistente, Parrafo, Punto, Voto
from generador.esquema import DatoIlegible, Registro, legibles


def nombres_de(reunion: Reunion, punto: Punto | None = None, quien: str | None = None) -> dict[str, str]:
    """Todo lo que puede citarse entre llaves, por su clave; en un punto y en boca de alguien, si se dan."""
    citables = _Nombres(reunion).del_punto(punto) if punto is not None else {}
    if quien:
        persona = reunion.persona(quien)
        citables |= _formas("quien", persona) if persona else {"quien": quien, "quien.completo": quien}
    return _comunes(reunion) | {clave(nombre): valor for nombre, valor in citables.items()}


_SIEMPRE = (
    *("sesion", "sesion.completa", "sesion.fecha", "sesion.hora", "sesion.termino", "sesion.lugar"),
    *("organo", "organo.corto", "organo.institucion", "integrantes", "quorum.presentes", "quorum.total"),
    *(f"presidencia{forma}" for forma in ("", ".nombre", ".completo", ".presentacion")),
    *(f"secretaria{forma}" for forma in ("", ".nombre", ".completo", ".presentacion")),
    *("seguimiento.total", "seguimiento.cumplidos", "seguimiento.cancelados", "seguimiento.en proceso"),
    *("seguimiento.sin avance", "seguimiento.pendientes", "seguimiento.vencidos", "seguimiento.frase"),
)
_DE_QUIEN = ("", ".completo", ".presentacion", ".cargo")
_DEL_PUNTO = ("punto.titulo", "punto.numero", "punto.ordinal", "votacion")


def citables(reunion: Reunion, punto: Punto | None = None, quien: str | None = None) -> set[str]:
    """Las claves de `nombres_de`, sin sus valores: se saben aunque la fecha o la hora no se hayan podido leer.

    Sólo las de quien no se leyó su nombre corto no están.
    """
    nombres: list[str] = []
    if punto is not None:
        nombres += ["punto.titulo", *(["punto.numero", "punto.ordinal"] if _numerable(reunion, punto) else [])]
        nombres += ["votacion"] if punto.se_vota else []
    if quien:
        nombres += [f"quien{forma}" for forma in (_DE_QUIEN if reunion.persona(quien) else ("", ".completo"))]
    return _citables_siempre(reunion) | set(map(clave, nombres))


def _numerable(reunion: Reunion, punto: Punto) -> bool:
    """Si su número se sabe decir con letra: los hay del 1 al 99."""
    if len(reunion.libro.orden_del_dia) < 100:
        return tratado(punto)
    return 0 < reunion.numero(punto) < 100


def quiza_citables(reunion: Reunion, registro: Registro) -> set[str]:
    """Lo que puede citarse en ese registro; lo que un dato ilegible no deja saber, también puede."""
    familias: tuple[tuple[Callable[[], set[str]], tuple[str, ...]], ...] = (
        (lambda: citables(reunion, punto=punto_de(reunion, registro)), _DEL_PUNTO),
        (lambda: citables(reunion, quien=quien_en(registro)), tuple(f"quien{forma}" for forma in _DE_QUIEN)),
    )
    nombres: set[str] = set()
    for suyos, posibles in familias:
        try:
            nombres |= suyos()
        except DatoIlegible:
            nombres |= {clave(nombre) for nombre in posibles}
    return nombres | citables(reunion)


def punto_de(reunion: Reunion, registro: Registro) -> Punto | None:
    """El punto de que es un registro; None si de ninguno."""
    if isinstance(registro, Parrafo | Voto | Acuerdo):
        return reunion.punto(registro.punto)
    return registro if isinstance(registro, Punto) else None


def quien_en(registro: Registro) -> str | None:
    """Quien habla en un registro; None si nadie."""
    return registro.quien if isinstance(registro, Parrafo | Voto) else None


@lru_cache(maxsize=2)  # los mismos para todos los párrafos de una reunión
def _citables_siempre(reunion: Reunion) -> set[str]:
    con_corto = legibles(reunion.libro.asistencia, "corto")
    de_personas = (f"{p.corto}{forma}" for p in con_corto for forma in _DE_QUIEN)
    return set(map(clave, (*_SIEMPRE, *de_personas)))


@lru_cache(maxsize=2)
def _comunes(reunion: Reunion) -> dict[str, str]:
    nombres = _Nombres(reunion)
    citables = {**nombres.de_personas(), **nombres.de_la_sesion(), **nombres.de_la_mesa(), **nombres.del_seguimiento()}
    return {clave(nombre): valor for nombre, valor in citables.items()}


def resolver(reunion: Reunion, texto: str, punto: Punto | None = None, quien: str | None = None) -> str:
    """El texto con los nombres de la reunión y las cifras entre llaves en su estilo."""
    if "{" not in texto:
        return ligado(texto)
    return resuelto(texto, nombres_de(reunion, punto, quien), reunion.libro.organo.estilo_de_miles)


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
        suyas = cuentas(self.libro.seguimiento, self.libro.sesion.fecha)
        return {
            "seguimiento.total": str(suyas.total),
            "seguimiento.cumplidos": str(suyas.cumplidos),
            "seguimiento.cancelados": str(suyas.cancelados),
            "seguimiento.en proceso": str(suyas.en_proceso),
            "seguimiento.sin avance": str(suyas.sin_avance),
            "seguimiento.pendientes": str(suyas.abiertos),
            "seguimiento.vencidos": str(suyas.vencidos),
            "seguimiento.frase": suyas.frase,
        }

    def del_punto(self, punto: Punto) -> dict[str, str]:
        numero = self.reunion.numero(punto)
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
