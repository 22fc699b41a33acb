"""Lo que la prosa cuenta y resta: cuentas, tablas, gráficas, aumentos y porcentajes (V-27, V-28 y V-29).

Todo son avisos: el programa puede equivocarse al leer lo que una persona escribió bien.
"""

import re
from collections.abc import Iterator

from generador.castellano import Genero, cardinal, enumerar, numero_leido, porcentaje
from generador.celdas import clave
from generador.documentos.balance import Cifra
from generador.documentos.cuentas import Cuenta, Dictamen, TipoDeBloque
from generador.documentos.nombres_de_cuentas import grafica_citada
from generador.documentos.verificaciones.cuentas.caso import TABLAS_DE_CUENTAS, Caso, Escrito
from generador.hallazgos import Hallazgo

_CARDINALES = {cardinal(n, Genero.FEMENINO): n for n in range(1, 101)}
_NUMERO = rf"\b(\d[\d,]*|{'|'.join(sorted(_CARDINALES, key=len, reverse=True))})"
_CUENTAS = re.compile(rf"{_NUMERO} cuentas\b(?! (?:dadas )?de baja\b)", re.IGNORECASE)
_DE_BAJA = re.compile(rf"{_NUMERO} cuentas (?:dadas )?de baja\b", re.IGNORECASE)
_TABLAS = re.compile(rf"{_NUMERO} (tablas|gráficas)\b", re.IGNORECASE)
_AUMENTO = re.compile(
    r"\b(?:aumento|incremento|crecimiento) de (?:los |unos |m[áa]s de )?(\d[\d,]*)(?!\d|%|\.\d)", re.I
)
_EN_PORCENTAJE = re.compile(
    r"\b(?:aument[oó]|increment[oó]|crecimiento|creci[oó])(?: de| del| un| en| el)* (\d+(?:\.\d+)?) ?%", re.I
)
_DE_A = re.compile(r"\bde (\d{1,3}(?:,\d{3})+|\d{4,9}) (?:[a-z]+ )?a (\d{1,3}(?:,\d{3})+|\d{4,9})(?!\d|,\d)", re.I)
_FIN_DE_ORACION = re.compile(r"(?<=[.;]) |\n")
_CIFRA = re.compile(r"(?<![\w$/.,-])\d{1,3}(?:,\d{3})+(?![\w/%]|\.\d)")


def de_cuentas(caso: Caso) -> Iterator[Hallazgo]:
    """V-29: «5 cuentas» donde la tabla trae 7. Aviso: la prosa puede contar otra cosa."""
    conocidos = _conteos_conocidos(caso)
    listadas = _lo_que_listan(caso)
    for escrito in caso.escritos:
        for hallado in _CUENTAS.finditer(escrito.texto):
            dicho = _contado(hallado[1])
            if listadas and dicho not in conocidos and dicho != 1:
                yield escrito.registro.hallazgo(
                    escrito.campo, f"Dice «{hallado[0]}», y {listadas}.",
                    "Cuéntelas de nuevo, o escriba {cuentas.total}: el programa las cuenta.",
                    codigo="V-29", aviso=True,
                )  # fmt: skip


def _conteos_conocidos(caso: Caso) -> set[int | float]:
    balance = caso.balance
    actividad = [balance.inactiva(c) for c in balance.vigentes]
    grupos = [len(grupo) for grupo in balance.grupos(balance.vigentes)]
    conjuntos = [len(cuentas) for cuentas in caso.nombres.conjuntos.values()]
    total, bajas = len(balance.vigentes), len(balance.dadas_de_baja)
    return {
        total,
        bajas,
        total + bajas,
        len(caso.libro.cuentas),
        *grupos,
        *conjuntos,
        *map(actividad.count, (True, False)),
    }


def _lo_que_listan(caso: Caso) -> str:
    """``"las tablas listan 7 en operación y 2 de baja"``; vacío si el documento no lista cuentas."""
    tipos = {bloque.tipo for bloque in caso.libro.cuerpo} if caso.de_oficio else set(TABLAS_DE_CUENTAS)
    conteos = (
        (TipoDeBloque.PERMANENCIA, "en operación", caso.balance.vigentes),
        (TipoDeBloque.BAJAS, "de baja", caso.balance.dadas_de_baja),
    )
    dichos = [f"{len(cuentas)} {como}" for tipo, como, cuentas in conteos if tipo in tipos and cuentas]
    return f"las tablas listan {enumerar(dichos)}" if dichos else ""


def de_bajas(caso: Caso) -> Iterator[Hallazgo]:
    """V-29: «3 cuentas de baja» donde se dieron de baja 2."""
    dadas = len(caso.balance.dadas_de_baja)
    propuestas = sum(cuenta.dictamen is Dictamen.BAJA for cuenta in caso.libro.cuentas)
    conocidas = {dadas, propuestas, sum(caso.balance.baja(cuenta) is not None for cuenta in caso.libro.cuentas)}
    for escrito in caso.escritos if caso.libro.cuentas else ():
        for hallado in _DE_BAJA.finditer(escrito.texto):
            if _contado(hallado[1]) not in conocidas:
                yield escrito.registro.hallazgo(
                    escrito.campo, f"Dice «{hallado[0]}», y en el periodo se dieron de baja {dadas}.",
                    "Cuéntelas de nuevo, o escriba {cuentas.bajas}: el programa las cuenta.",
                    codigo="V-29", aviso=True,
                )  # fmt: skip


def de_tablas_y_graficas(caso: Caso) -> Iterator[Hallazgo]:
    """V-29: «tres tablas» en un oficio que trae dos; si hay anexos, pueden estar ahí."""
    tipos = [bloque.tipo for bloque in caso.libro.cuerpo]
    citadas = [r for e in caso.todos_los_escritos for r in e.texto.split("\n") if grafica_citada(r)]
    hay = {
        "tabla": tipos.count(TipoDeBloque.TABLA)
        + (TipoDeBloque.BAJAS in tipos and bool(caso.balance.dadas_de_baja))
        + (TipoDeBloque.PERMANENCIA in tipos and bool(caso.balance.vigentes)),
        "gráfica": tipos.count(TipoDeBloque.GRAFICA) + len(citadas),
    }  # fmt: skip
    for escrito in caso.todos_los_escritos if not caso.libro.anexos else ():
        for hallado in _TABLAS.finditer(escrito.texto):
            cuantas = hay["tabla" if hallado[2].lower().startswith("t") else "gráfica"]
            if _contado(hallado[1]) != cuantas:
                yield escrito.registro.hallazgo(
                    escrito.campo, f"Dice «{hallado[0]}», y el oficio {f'trae {cuantas}' if cuantas else 'no trae'}.",
                    "Cuéntelas de nuevo.",
                    codigo="V-29", aviso=True,
                )  # fmt: skip


def _contado(escrito: str) -> int | float | None:
    return _CARDINALES.get(escrito.lower()) or numero_leido(escrito)


def aumentos_tecleados(caso: Caso) -> Iterator[Hallazgo]:
    """V-27: el aumento que dice el texto es final − inicial (384,052 y +42,452 ⇒ inicial 341,600)."""
    for escrito, oracion, hallado in _en_oraciones(caso, _AUMENTO):
        restas = [final - inicial for inicial, final in _de_donde_a_donde(caso, escrito, oracion)]
        if restas and numero_leido(hallado[1]) not in restas:
            yield escrito.registro.hallazgo(
                escrito.campo, f"Dice «{hallado[0]}», y según {_segun(oracion)} es {caso.nombres.cifra(restas[0])}.",
                _cite(caso, escrito, oracion, "aumento"),
                codigo="V-27", aviso=True,
            )  # fmt: skip


def porcentajes_tecleados(caso: Caso) -> Iterator[Hallazgo]:
    """V-28: el porcentaje que dice el texto es el aumento entre la cifra inicial."""
    for escrito, oracion, hallado in _en_oraciones(caso, _EN_PORCENTAJE):
        pares = _de_donde_a_donde(caso, escrito, oracion)
        partes = [(final - inicial) / inicial for inicial, final in pares if inicial]
        holgura = 0.51 * 10 ** -len(hallado[1].partition(".")[2])
        if partes and all(abs(float(hallado[1]) - abs(parte) * 100) > holgura for parte in partes):
            yield escrito.registro.hallazgo(
                escrito.campo, f"Dice «{hallado[0]}», y según {_segun(oracion)} es {porcentaje(partes[0], 1)}.",
                _cite(caso, escrito, oracion, "porcentaje"),
                codigo="V-28", aviso=True,
            )  # fmt: skip


def _en_oraciones(caso: Caso, patron: re.Pattern[str]) -> Iterator[tuple[Escrito, str, re.Match[str]]]:
    for escrito in caso.escritos:
        for oracion in _FIN_DE_ORACION.split(escrito.texto):
            yield from ((escrito, oracion, hallado) for hallado in patron.finditer(oracion))


def _segun(oracion: str) -> str:
    return "las cifras que da" if _de_una_a_otra(oracion) else "las mediciones"


def _cite(caso: Caso, escrito: Escrito, oracion: str, campo: str) -> str:
    nombrada = None if escrito.cuenta else _la_nombrada(caso, oracion)
    if escrito.cuenta or nombrada:
        return f"Escriba {{{f'{nombrada.cuenta}.' if nombrada else ''}{campo}}}: el programa lo calcula."
    return "Corrija la cifra; si es de una cuenta, cítela por su nombre: el programa la calcula."


def _de_donde_a_donde(caso: Caso, escrito: Escrito, oracion: str) -> list[tuple[Cifra, Cifra]]:
    """Las cifras inicial y final de que habla una oración: las que da o, si no, las de su cuenta en cada métrica."""
    if dichas := _de_una_a_otra(oracion):
        return [dichas]
    cuenta = escrito.cuenta or _la_nombrada(caso, oracion)
    suyas = [caso.balance.evolucion(cuenta, metrica) for metrica in caso.balance.metricas] if cuenta else []
    if not suyas or suyas[0].aumento is None:  # la principal es la que se supone
        return []
    return [(e.inicial, e.final) for e in suyas if e.inicial is not None and e.final is not None]


def _de_una_a_otra(oracion: str) -> tuple[Cifra, Cifra] | None:
    """``"pasó de 341,600 a 384,052"`` → ``(341600, 384052)``; «de 2014 a 2015» no son cifras."""
    hallado = _DE_A.search(oracion)
    if hallado is None or all(re.fullmatch(r"(?:19|20)\d\d", n) for n in hallado.groups()):
        return None
    inicial, final = numero_leido(hallado[1]), numero_leido(hallado[2])
    return (inicial, final) if inicial is not None and final is not None else None


def _palabras(texto: str) -> str:
    """``"¿Y @INEMexico?"`` → ``" y @inemexico "``: con qué se busca un nombre entero dentro de otro texto."""
    return " " + re.sub(r"[^\w@]+", " ", clave(texto)).strip() + " "


def _la_nombrada(caso: Caso, oracion: str) -> Cuenta | None:
    """La cuenta que la oración nombra o cita, si es una sola."""
    dicha = _palabras(oracion)
    nombradas = {
        cuenta.cuenta: cuenta
        for cuenta in caso.libro.cuentas
        for nombre in (cuenta.cuenta, cuenta.usuario)
        if nombre and _palabras(nombre) in dicha
    }
    return next(iter(nombradas.values())) if len(nombradas) == 1 else None


def cifras_tecleadas(caso: Caso) -> Iterator[Hallazgo]:
    """Una cifra que ya está en «Mediciones» se cita por su nombre: tecleada, se queda vieja."""
    conocidas = _cifras_conocidas(caso)
    for escrito in caso.escritos:
        for hallada in _CIFRA.finditer(escrito.texto):
            nombre = conocidas.get(numero_leido(hallada[0]) or 0)
            if nombre:
                yield escrito.registro.hallazgo(
                    escrito.campo, f"«{hallada[0]}» es {{{nombre}}}.", "Cítela así y se mantendrá al día.", aviso=True
                )


def _cifras_conocidas(caso: Caso) -> dict[int | float, str]:
    conocidas: dict[int | float, str] = {}
    for cuenta in caso.libro.cuentas:
        evolucion = caso.balance.evolucion(cuenta)
        cifras = (("final", evolucion.final), ("aumento", evolucion.aumento), ("inicial", evolucion.inicial))
        for campo, valor in cifras:
            if valor is not None and valor >= 1000:
                conocidas.setdefault(valor, f"{cuenta.cuenta}.{campo}")
    return conocidas
