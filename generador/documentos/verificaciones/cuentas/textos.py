"""Lo que dice la prosa: nombres que existen, gráficas citadas, conteos, aumentos y montos (V-21, V-27, V-29, V-33)."""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from itertools import chain

from generador.castellano import enumerar
from generador.celdas import Celda, Hoja, clave, parecido
from generador.documentos.cartas import Carta
from generador.documentos.cuentas import Cuenta, Destinatario, LibroDeCuentas
from generador.documentos.graficas_de_cuentas import pedida
from generador.documentos.hoja_libre import HojaLibre
from generador.documentos.nombres_de_cuentas import DE_EVOLUCION, PROPIOS, Dichos, grafica_citada
from generador.documentos.redaccion import es_desconocido, nombres_en
from generador.documentos.verificaciones import de_cada, prosa
from generador.documentos.verificaciones.cuentas.caso import Caso, EnTabla, Escrito
from generador.esquema import AL_EXCEL, Registro, Seccion, campos, en_celda, hoja_de_mas, secciones
from generador.hallazgos import Gravedad, Hallazgo

_DEL_RENGLON = ("destinatario", "oficio.contesta")
_SOLO_EN_EL_OFICIO = ("oficio", "destinatario", "usted", "le")


def nombres_desconocidos(caso: Caso) -> Iterator[Hallazgo]:
    """Un nombre entre llaves que no existe o que no tiene dato, con «¿quiso decir…?»."""
    yield from de_cada((*caso.escritos, *caso.en_tablas), partial(_desconocidos_en, caso))


def _desconocidos_en(caso: Caso, escrito: Escrito) -> Iterator[Hallazgo]:
    for renglon in escrito.texto.split("\n"):
        if isinstance(escrito.registro, EnTabla) or grafica_citada(renglon) is None:
            yield from de_cada(nombres_en(renglon), partial(_desconocido, caso, escrito))


def _no_existe(caso: Caso, escrito: Escrito, nombre: str, cercano: str | None) -> Hallazgo:
    es_nombre = any(letra.isalpha() for letra in nombre)  # {1, 2} no lo es
    remedio = _remedio(nombre, cercano, caso)
    return escrito.registro.hallazgo(escrito.campo, f"El nombre {{{nombre}}} no existe.", remedio, aviso=not es_nombre)


def _desconocido(caso: Caso, escrito: Escrito, nombre: str) -> Iterator[Hallazgo]:
    carta = caso.cartas[0] if caso.cartas else None
    citables = caso.nombres.de(carta if escrito.en_carta else None, escrito.cuenta)
    if not es_desconocido(nombre, citables):
        return
    if escrito.en_carta and _es_del_renglon(caso, nombre):
        return  # se verifica renglón por renglón
    base = clave(nombre).split(".")[0]
    cuenta = _cuenta_citada(caso, nombre, escrito.cuenta)
    if carta and carta.unico and _celda_propia(carta.unico, nombre):
        yield _dato_ausente(carta.unico, nombre, escrito)
    elif _es_cifra(caso, nombre, cuenta) and not caso.libro.mediciones:
        return  # se dice una vez, de la hoja
    elif base == "total" and (motivo := _total_sin_dato(caso, nombre)):
        yield escrito.registro.hallazgo(escrito.campo, *motivo)
    elif cuenta is not None and clave(nombre).rpartition(".")[2] in DE_EVOLUCION:
        yield escrito.registro.hallazgo(escrito.campo, *_sin_dato(caso, nombre, cuenta))
    elif base.startswith("grafica") and isinstance(escrito.registro, EnTabla):
        yield escrito.registro.hallazgo(
            "", "En una celda de tabla no va una gráfica.", "Póngala en «Cuerpo», en su propio renglón."
        )
    elif base.startswith("grafica"):
        yield escrito.registro.hallazgo(
            escrito.campo, f"{{{nombre}}} no va a solas en su renglón.", "Sepárela con Alt+Enter antes y después."
        )
    else:
        cercano = parecido(nombre, citables)
        yield _no_existe(caso, escrito, nombre, cercano and caso.nombres.como_se_escribe(cercano, carta))


def _es_del_renglon(caso: Caso, nombre: str) -> bool:
    """Si, en un oficio por renglón, es un dato que alguno trae: al que le falte, le falta sólo a él.

    Uno que no se pudo leer puede traerlos todos.
    """
    if not caso.por_renglon or not clave(nombre).startswith(_DEL_RENGLON):
        return False
    propias = {clave(f"destinatario.{rotulo}") for rotulo in caso.libro.destinatarios[0].origen.extras}
    conocidos = {"destinatario", "destinatario.cargo", "destinatario.area"} | propias
    conocidos |= set(_CAMPO_CITADO) if caso.malas else set()
    return clave(nombre) in conocidos or any(clave(nombre) in caso.nombres.de_la_carta(carta) for carta in caso.cartas)


def _cuenta_citada(caso: Caso, nombre: str, propia: Cuenta | None) -> Cuenta | None:
    if clave(nombre).split(".")[0] in PROPIOS:  # ninguna se llama así
        return propia if clave(nombre) in DE_EVOLUCION else None
    return caso.balance.cuenta(nombre.rpartition(".")[0])


def _es_cifra(caso: Caso, nombre: str, cuenta: Cuenta | None) -> bool:
    """Si lo que cita sale de «Mediciones»: una cifra de una cuenta o de un total."""
    campo = clave(nombre).rpartition(".")[2]
    return campo in DE_EVOLUCION and (cuenta is not None or _conjunto(caso, nombre) is not None)


def _conjunto(caso: Caso, nombre: str) -> str | None:
    """De qué cuentas es un total: ``"total.Estatal.final"`` → ``"Estatal"``; vacío, de todas; None, si no lo es."""
    base, _, resto = clave(nombre).partition(".")
    suyo, _, campo = resto.rpartition(".")
    if base != "total" or campo not in DE_EVOLUCION or not suyo:
        return "" if base == "total" and campo in DE_EVOLUCION else None
    return {clave(c): c for c in caso.nombres.rotulos_de_conjuntos}.get(suyo)


def _total_sin_dato(caso: Caso, nombre: str) -> tuple[str, str] | None:
    """Por qué un total que sí existe no puede decirse; None si no existe."""
    conjunto = _conjunto(caso, nombre)
    if conjunto is None or clave(nombre).endswith(".fecha"):
        return None
    cuentas = caso.nombres.conjuntos.get(conjunto, []) if conjunto else caso.balance.vigentes
    if not cuentas:
        return f"{{{nombre}}} no puede calcularse: no hay cuentas en operación de «{conjunto}».", "Quítelo."
    lapso = "al inicio y al final del" if caso.balance.suma(cuentas).con_dato else "en el"
    problema = f"{{{nombre}}} no puede calcularse: faltan mediciones {lapso} periodo."
    return problema, "Agréguelas en «Mediciones»."


def cifras_sin_mediciones(caso: Caso) -> Iterator[Hallazgo]:
    """Si no hay ninguna medición y algo sale de ellas, se dice una vez."""
    if caso.libro.mediciones:
        return
    citan = (
        f"{e.registro.hallazgo(e.campo, '', '').lugar} cita {{{nombre}}}"
        for e in (*caso.escritos, *caso.en_tablas)
        for nombre in nombres_en(e.texto)
        if _es_cifra(caso, nombre, _cuenta_citada(caso, nombre, e.cuenta))
    )
    piden = (f"{g.hallazgo('nombre', '', '').lugar} pide una gráfica" for g in caso.libro.graficas if not g.hoja)
    if primera := next(chain(citan, piden), None):
        yield Hallazgo(
            hoja="Mediciones", problema=f"Falta en el libro o está en blanco, y {primera}.",
            remedio="Escriba ahí las cifras; si borró la hoja, cópiela de un libro nuevo (generar nuevo).",
        )  # fmt: skip


def _sin_dato(caso: Caso, nombre: str, cuenta: Cuenta) -> tuple[str, str]:
    mediciones = [m for m in caso.balance.serie(cuenta) if caso.balance.hasta is None or m.fecha <= caso.balance.hasta]
    if mediciones and caso.balance.es_nueva(cuenta):
        return f"{{{nombre}}} no puede calcularse: «{cuenta.cuenta}» se dio de alta en el periodo.", "Cite {final}."
    tiene = "sólo tiene una medición" if mediciones else "no tiene mediciones"
    return (
        f"{{{nombre}}} no puede calcularse: «{cuenta.cuenta}» {tiene} en el periodo.",
        "Agregue la que falta en «Mediciones».",
    )


def _remedio(nombre: str, cercano: str | None, caso: Caso) -> str:
    base = clave(nombre).split(".")[0]
    if base in _SOLO_EN_EL_OFICIO and not caso.de_oficio:
        return "Sólo se usa en el oficio."
    if base == "destinatario" and caso.cartas[0].unico is None:
        return "Con varios destinatarios en un solo oficio no se puede: use --cada-renglon o quítelo."
    if base == "destinatario" and (not cercano or clave(cercano) == base):
        return f"Agregue en «Destinatarios» la columna «{nombre.partition('.')[2]}», o llénela si ya está."
    if cercano:
        return f"¿Quiso decir {{{cercano}}}?"
    return "Use el nombre corto de una cuenta, {total.final}, {periodo}…; si no es un nombre, quite las llaves."


def datos_del_renglon(caso: Caso) -> Iterator[Hallazgo]:
    """En un oficio por renglón, cada destinatario tiene lo que el texto cita de él."""
    if not caso.por_renglon:
        return
    pedidos: dict[str, tuple[Escrito, str]] = {}
    for escrito in (*caso.escritos, *caso.en_tablas):
        for nombre in nombres_en(escrito.texto) if escrito.en_carta else ():
            if _es_del_renglon(caso, nombre):
                pedidos.setdefault(clave(nombre), (escrito, nombre))
    for carta in caso.cartas if pedidos else ():
        suyos = caso.nombres.de_la_carta(carta)

        def ausente(pedido: tuple[Escrito, str], carta: Carta = carta, suyos: Dichos = suyos) -> Iterator[Hallazgo]:
            escrito, nombre = pedido
            if clave(nombre) not in suyos:
                yield _dato_ausente(carta.destinatarios[0], nombre, escrito)

        yield from de_cada(pedidos.values(), ausente)


_CAMPO_CITADO = {
    "destinatario": "nombre",
    "destinatario.cargo": "cargo",
    "destinatario.area": "area",
    "oficio.contesta": "contesta",
    "oficio.contesta.fecha": "fecha_que_contesta",
}


def _celda_propia(destinatario: Destinatario, nombre: str) -> Celda | None:
    """La de la columna que agregó la persona y que el texto cita; None si no la hay."""
    ajenas = destinatario.origen.ajenas.items()
    return next((celda for rotulo, celda in ajenas if clave(f"destinatario.{rotulo}") == clave(nombre)), None)


def _dato_ausente(destinatario: Destinatario, nombre: str, escrito: Escrito) -> Hallazgo:
    """Lo que el texto cita de un renglón y en él no está, o no se puede leer; en su celda."""
    citado = f"{escrito.registro.hallazgo(escrito.campo, '', '').lugar} cita {{{nombre}}}, y en este renglón"
    celda = _celda_propia(destinatario, nombre)
    if celda is None:
        campo = _CAMPO_CITADO.get(clave(nombre), "nombre")
        return destinatario.hallazgo(campo, f"{citado} está en blanco.", "Escriba el dato.")
    if celda.problema:
        return en_celda(celda, f"{citado} {celda.problema}", AL_EXCEL)
    return en_celda(celda, f"{citado} está en blanco.", "Escriba el dato.")


def columnas_sin_citar(caso: Caso) -> Iterator[Hallazgo]:
    """Una columna que la persona agregó a «Destinatarios» se cita; si no, quizá es otra mal escrita."""
    textos = [escrito.texto for escrito in (*caso.todos_los_escritos, *caso.en_tablas)]
    citados = {clave(nombre) for texto in textos for nombre in nombres_en(texto)}
    rotulos = dict.fromkeys(r for destinatario in caso.libro.destinatarios for r in destinatario.origen.extras)
    for rotulo in rotulos:
        if clave(f"destinatario.{rotulo}") not in citados:
            yield Hallazgo(
                hoja=caso.libro.destinatarios[0].origen.hoja,
                problema=f"La columna «{rotulo}» no es del programa y ningún texto la cita.",
                remedio=f"Cítela como {{destinatario.{rotulo}}}; si es otra mal escrita, corrija su encabezado.",
                gravedad=Gravedad.AVISO,
            )


def nombres_fuera_de_lugar(caso: Caso) -> Iterator[Hallazgo]:
    """Un nombre entre llaves en un dato donde no se sustituye se imprimiría tal cual."""
    libro = caso.libro
    hojas: tuple[Callable[[], Iterable[Registro | None]], ...] = (
        lambda: (libro.institucion, libro.oficio, libro.informe), lambda: libro.destinatarios, lambda: libro.firmas,
        lambda: libro.copias, lambda: libro.anexos, lambda: libro.cuentas, lambda: libro.graficas,
    )  # fmt: skip
    yield from de_cada(hojas, lambda hoja: de_cada(filter(None, hoja()), _fuera_de_lugar))


def _fuera_de_lugar(registro: Registro) -> Iterator[Hallazgo]:
    for campo in campos(type(registro)):
        valor = vars(registro).get(campo.nombre)  # el que no se pudo leer no estorba a los demás
        if campo.tipo is str and isinstance(valor, str) and "{" in valor and campo.nombre != "asunto":
            for nombre in nombres_en(valor):
                yield registro.hallazgo(
                    campo.nombre, f"«{campo.rotulo}» trae {{{nombre}}}, que ahí no se sustituye.",
                    "Escriba el dato tal como debe leerse.",
                )  # fmt: skip


def graficas_citadas(caso: Caso) -> Iterator[Hallazgo]:
    """``{gráfica.X}`` cita una gráfica de la hoja «Gráficas»."""
    for escrito in caso.escritos:
        for renglon in escrito.texto.split("\n"):
            citada = grafica_citada(renglon)
            if citada and pedida(caso.libro, citada) is None:
                hay = enumerar([f"«{g.nombre}»" for g in caso.libro.graficas]) or "ninguna"
                yield escrito.registro.hallazgo(
                    escrito.campo, f"La gráfica «{citada}» no existe.", f"En «Gráficas» hay: {hay}."
                )


def de_la_prosa(caso: Caso) -> Iterator[Hallazgo]:
    """V-21, V-29, V-32 y V-33: lo que se revisa en cualquier texto."""
    for escrito in caso.escritos:
        for revisar in (prosa.conteos, prosa.residuos, prosa.montos, prosa.oficios_sin_fecha):
            yield from revisar(escrito.registro, escrito.campo, escrito.texto)


def siglas(caso: Caso) -> Iterator[Hallazgo]:
    """V-19: una sigla se desarrolla la primera vez que se usa."""
    dicho = " ".join(escrito.texto for escrito in caso.todos_los_escritos)
    conocidas = _siglas_conocidas(caso, dicho)
    vistas: set[str] = set()
    for escrito in caso.escritos:
        for sigla in prosa.siglas_en(escrito.texto):
            if sigla not in conocidas and sigla not in vistas:
                vistas.add(sigla)
                yield escrito.registro.hallazgo(
                    escrito.campo, f"La sigla «{sigla}» no se desarrolla.",
                    f"La primera vez escriba su nombre completo y, entre paréntesis, ({sigla}).",
                    codigo="V-19", aviso=True,
                )  # fmt: skip


def _siglas_conocidas(caso: Caso, dicho: str) -> frozenset[str]:
    libro = caso.libro
    nombres = [libro.institucion.nombre, libro.institucion.area or ""]
    for personas in (libro.destinatarios, libro.firmas, libro.copias):
        nombres += [persona.cargo or "" for persona in personas]
    rotulos = " ".join(f"{c.cuenta} {c.usuario or ''} {c.rotulo or ''} {c.plataforma}" for c in libro.cuentas)
    return frozenset(
        {*re.findall(r"\(([A-ZÑ]{2,})\)", dicho), *map(_iniciales, nombres), *re.findall(r"[A-ZÑ]{2,}", rotulos)}
    )


@lru_cache(maxsize=64)
def _iniciales(nombre: str) -> str:
    """``"Instituto Nacional Electoral"`` → ``"INE"``."""
    return "".join(palabra[0] for palabra in nombre.split() if palabra[:1].isupper())


def hojas_sin_usar(caso: Caso) -> Iterator[Hallazgo]:
    """Una hoja de la persona que ninguna tabla ni gráfica usa: se avisa, por si debía salir."""
    usadas = {clave(bloque.de or "") for bloque in caso.libro.cuerpo} | {
        clave(g.hoja or "") for g in caso.libro.graficas
    }
    for hoja in caso.libro.libres:
        if clave(hoja.nombre) not in usadas:
            parecida = _la_que_parece(caso, hoja)
            suya = "Si es suya, puede quedarse; para imprimirla, cítela en «Cuerpo» con el tipo «Tabla»."
            remedio = f"¿Es «{parecida}»? Cámbiele el nombre." if parecida else suya
            yield hoja_de_mas(hoja.nombre, LibroDeCuentas, remedio)


def _la_que_parece(caso: Caso, hoja: Hoja) -> str | None:
    """La tabla del programa, sin renglones, cuyos encabezados son casi todos los de esa hoja: «Copias»."""
    escritos = [celda.texto for celda in HojaLibre(hoja).encabezados]
    sin_renglones = [s for s in secciones(LibroDeCuentas) if s.es_tabla and not getattr(caso.libro, s.atributo)]

    def comunes(seccion: Seccion) -> int:
        return sum(any(campo.responde_a(rotulo) for rotulo in escritos) for campo in campos(seccion.registro))

    halladas = [s for s in sin_renglones if comunes(s) > 2 and comunes(s) >= 0.75 * len(escritos)]
    mejor = max(halladas, key=lambda s: comunes(s) / len(campos(s.registro)), default=None)
    return mejor.hoja if mejor else None
