"""Lo que un oficio necesita y lo que lo identifica: número, fechas, personas y anexos (V-16 a V-23 y V-31)."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from generador.castellano import fecha_larga, genero_del_titulo, titulo_conocido
from generador.celdas import clave, parecido
from generador.documentos.cartas import Carta
from generador.documentos.cuentas import Bloque, Copia, Destinatario, Firmante, TipoDeBloque, TipoDeMovimiento
from generador.documentos.graficas_de_cuentas import hoja_de, pedida
from generador.documentos.hoja_libre import MAX_COLUMNAS
from generador.documentos.verificaciones import prosa
from generador.documentos.verificaciones.cuentas.caso import Caso
from generador.esquema import Registro
from generador.hallazgos import Hallazgo

_ANO = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_FIN_DEL_DF = date(2016, 1, 30)  # Diario Oficial de la Federación, 29 de enero de 2016: Ciudad de México
_DF = re.compile(r"\bD\. ?F\.|\bDF\b|\bDistrito Federal\b")
_CON_TEXTO = (
    TipoDeBloque.PARRAFO, TipoDeBloque.SUBTITULO, TipoDeBloque.VINETA, TipoDeBloque.NUMERADO, TipoDeBloque.CITA,
)  # fmt: skip
_A_UNO = re.compile(r"\b(?:a usted|[a-z]+(?:rle))\b")
_A_VARIOS = re.compile(r"\b(?:a ustedes|[a-z]+(?:rles))\b")
_ANEXO = re.compile(r"\banexos? (?:n[úu]m(?:ero|\.)? ?)?(\d{1,2})\b", re.IGNORECASE)
_SE_ANEXA = re.compile(r"\b(?:anex[oa]s?|adjunt[oa]s?|se anexan?|se adjuntan?)\b", re.IGNORECASE)

Persona = Destinatario | Firmante | Copia


def hojas_en_blanco(caso: Caso) -> Iterator[Hallazgo]:
    """Un oficio tiene a quién, qué y quién lo firma."""
    for hoja, renglones, remedio in (
        ("Destinatarios", caso.libro.destinatarios, "Escriba a quién va el oficio."),
        ("Cuerpo", caso.libro.cuerpo, "Escriba lo que dice: un renglón, un párrafo."),
        ("Firmas", caso.libro.firmas, "Escriba quién firma."),
    ):
        if not renglones:
            suya = next((libre.nombre for libre in caso.libro.libres if clave(hoja) in clave(libre.nombre)), "")
            remedio = f"¿Es «{suya}»? Cámbiele el nombre a «{hoja}»." if suya else remedio
            yield Hallazgo(hoja=hoja, problema="No tiene renglones.", remedio=remedio)


def bloques_incompletos(caso: Caso) -> Iterator[Hallazgo]:
    """Cada renglón del cuerpo tiene su texto, su hoja o su gráfica."""
    for bloque in caso.libro.cuerpo:
        match bloque.tipo:
            case TipoDeBloque.TABLA:
                yield from _tabla(caso, bloque)
            case TipoDeBloque.GRAFICA:
                yield from _grafica(caso, bloque)
            case TipoDeBloque.BAJAS if not caso.balance.dadas_de_baja:
                yield bloque.hallazgo(
                    "tipo", "No hay bajas en el periodo: la tabla no saldrá.",
                    "Si las hubo, agréguelas en «Movimientos»; si no, quite este renglón.", aviso=True,
                )  # fmt: skip
            case TipoDeBloque.PERMANENCIA if not caso.balance.vigentes:
                yield bloque.hallazgo(
                    "tipo", "No hay cuentas en operación: la tabla no saldrá.", "Agréguelas en «Cuentas».", aviso=True
                )
            case tipo if tipo in _CON_TEXTO and not bloque.texto:
                yield bloque.hallazgo("texto", f"«{tipo}» no tiene texto.", "Escríbalo o quite el renglón.")


def _tabla(caso: Caso, bloque: Bloque) -> Iterator[Hallazgo]:
    hoja = hoja_de(caso.libro, bloque.de or "")
    if hoja is None:
        suyas = [libre.nombre for libre in caso.libro.libres]
        yield _no_existe(bloque, "hoja", suyas, "Escriba el nombre de una hoja suya.")
    elif len(hoja.encabezados) < 2 or not hoja.renglones:
        yield bloque.hallazgo(
            "de", f"La hoja «{bloque.de}» no trae una tabla.", "Debe tener encabezados y al menos un renglón."
        )
    elif len(hoja.encabezados) > MAX_COLUMNAS:
        yield bloque.hallazgo(
            "de", f"La hoja «{bloque.de}» tiene {len(hoja.encabezados)} columnas y en la página caben {MAX_COLUMNAS}.",
            "Quite las que no se imprimen.",
        )  # fmt: skip


def _grafica(caso: Caso, bloque: Bloque) -> Iterator[Hallazgo]:
    nombre = bloque.de or bloque.texto or ""
    if pedida(caso.libro, nombre) is None:
        yield _no_existe(bloque, "gráfica", [g.nombre for g in caso.libro.graficas], "Agréguela en «Gráficas».")


def _no_existe(bloque: Bloque, que: str, hay: list[str], remedio: str) -> Hallazgo:
    cercano = parecido(bloque.de or "", hay)
    dicho = f"La {que} «{bloque.de}» no existe." if bloque.de else f"No dice qué {que} se pone."
    return bloque.hallazgo("de", dicho, f"¿Quiso decir «{cercano}»?" if cercano else remedio)


# --- personas


def destinatario_sin_nombre(caso: Caso) -> Iterator[Hallazgo]:
    """V-23: cada destinatario tiene nombre o cargo; con título desarrollado, también género."""
    for destinatario in caso.libro.destinatarios:
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
    for persona in personas:
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
    """V-23: a uno se le escribe «usted» y «enviarle»; a varios, «ustedes» y «enviarles»."""
    if not caso.cartas:
        return
    varios = caso.cartas[0].varios
    impropio, quienes = (_A_UNO, "varias personas") if varios else (_A_VARIOS, "una persona")
    for escrito in caso.escritos:
        hallado = impropio.search(escrito.texto.lower())
        if hallado and escrito.en_carta:
            yield escrito.registro.hallazgo(
                escrito.campo, f"Dice «{hallado[0]}», y el oficio va a {quienes}.",
                "Escriba {usted} o {le}, como en «enviar{le}»: el programa los concuerda.",
                codigo="V-23", aviso=escrito.campo != "despedida",
            )  # fmt: skip


def renglones_con_numero_propio(caso: Caso) -> Iterator[Hallazgo]:
    """Si los destinatarios traen número propio, quizá se quería un oficio por renglón."""
    con_numero = [d for d in caso.libro.destinatarios if d.numero]
    if not caso.por_renglon and len(caso.libro.destinatarios) > 1 and con_numero:
        yield con_numero[0].hallazgo(
            "numero", "Trae número propio, y este oficio es uno solo para todos los destinatarios.",
            "Para uno por renglón: generar oficio --cada-renglon.", aviso=True,
        )  # fmt: skip


# --- números y fechas


def _lugar(carta: Carta, campo: str) -> tuple[Registro, str]:
    """La celda de donde salió un dato de la carta: la del destinatario, si lo trae propio, o la del oficio."""
    destinatario = carta.destinatarios[0]
    propio = len(carta.destinatarios) == 1 and getattr(destinatario, campo)
    return (destinatario, campo) if propio else (carta.oficio, campo)


def ano_del_numero(caso: Caso) -> Iterator[Hallazgo]:
    """V-20: el año del número es el de la fecha."""
    vistas = set()
    for carta in caso.cartas:
        anos = _ANO.findall(carta.numero)
        registro, campo = _lugar(carta, "numero")
        if anos and int(anos[-1]) != carta.fecha.year and (registro is not carta.oficio or registro not in vistas):
            vistas.add(registro)
            yield registro.hallazgo(
                campo, f"El número dice {anos[-1]} y la fecha es de {carta.fecha.year}.", "Corrija uno de los dos.",
                codigo="V-20",
            )  # fmt: skip


def numeros_repetidos_o_saltados(caso: Caso) -> Iterator[Hallazgo]:
    """V-20: uno por renglón, los números no se repiten ni se saltan."""
    if not caso.por_renglon:
        return
    vistos: set[str] = set()
    anterior: tuple[str, int] | None = None
    for carta in caso.cartas:
        registro = carta.destinatarios[0]
        if clave(carta.numero) in vistos:
            yield registro.hallazgo(
                "numero", f"El número {carta.numero} ya lo lleva otro renglón.",
                "Escriba uno distinto, o déjelo en blanco para que siga la cuenta.", codigo="V-20",
            )  # fmt: skip
        vistos.add(clave(carta.numero))
        serie, consecutivo = _consecutivo(carta.numero)
        if anterior and anterior[0] == serie and consecutivo not in (anterior[1], anterior[1] + 1) and registro.numero:
            yield registro.hallazgo(
                "numero", f"Del {anterior[1]} se salta al {consecutivo}.", "Confirme que es así.",
                codigo="V-20", aviso=True,
            )  # fmt: skip
        anterior = (serie, consecutivo)


def _consecutivo(numero: str) -> tuple[str, int]:
    """``"INE/CNCS-GSA/516/2015"`` → ``("INE/CNCS-GSA/#/2015", 516)``; sin consecutivo, 0."""
    hallados = list(re.finditer(r"\d+", numero))
    if len(hallados) > 1 and _ANO.fullmatch(hallados[-1][0]):
        hallados.pop()
    if not hallados:
        return numero, 0
    ultimo = hallados[-1]
    return f"{numero[: ultimo.start()]}#{numero[ultimo.end() :]}", int(ultimo[0])


def fechas_en_orden(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: un oficio no es anterior al que contesta, ni al de número menor."""
    vistas: set[int] = set()
    for carta in caso.cartas:
        contestada = carta.fecha_que_contesta
        registro, campo = _lugar(carta, "fecha_que_contesta")
        if contestada and carta.fecha < contestada and id(registro) not in vistas:
            vistas.add(id(registro))
            yield registro.hallazgo(
                campo, f"El oficio es del {fecha_larga(carta.fecha)}, anterior al que contesta "
                f"({fecha_larga(contestada)}).", "Corrija una de las dos fechas.", codigo="V-21",
            )  # fmt: skip
    for una, otra in pairwise(caso.cartas):
        (serie, primero), (misma, segundo) = _consecutivo(una.numero), _consecutivo(otra.numero)
        if serie == misma and primero < segundo and otra.fecha < una.fecha:
            yield otra.destinatarios[0].hallazgo(
                "fecha", f"El {otra.numero} es del {fecha_larga(otra.fecha)}, anterior al {una.numero} "
                f"({fecha_larga(una.fecha)}).", "Confirme las fechas.", codigo="V-21", aviso=True,
            )  # fmt: skip


def contesta_sin_fecha(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: el oficio que se contesta se cita con su fecha, y lo que trae fecha dice cuál es."""
    vistas: set[int] = set()
    for carta in caso.cartas:
        registro, _ = _lugar(carta, "contesta")
        if carta.contesta and not carta.fecha_que_contesta and id(registro) not in vistas:
            vistas.add(id(registro))
            yield registro.hallazgo(
                "fecha_que_contesta", f"El oficio {carta.contesta} no tiene fecha.",
                "Escríbala y cítela: {oficio.contesta.fecha}.", codigo="V-21", aviso=True,
            )  # fmt: skip
        elif carta.fecha_que_contesta and not carta.contesta and id(carta.oficio) not in vistas:
            vistas.add(id(carta.oficio))
            yield carta.oficio.hallazgo(
                "contesta", "Hay fecha del oficio que se contesta, pero no su número.", "Escríbalo.",
                codigo="V-21", aviso=True,
            )  # fmt: skip


def claves_de_otra_serie(caso: Caso) -> Iterator[Hallazgo]:
    """V-22: dos siglas con las mismas letras en otro orden (DGLP, DGPL): una está mal escrita."""
    citadas: list[tuple[Registro, str, str]] = []
    for carta in caso.cartas[:1]:
        citadas += [
            (carta.oficio, "numero", carta.oficio.numero),
            (carta.oficio, "contesta", carta.oficio.contesta or ""),
        ]
    citadas += [(m, "oficio", m.oficio or "") for m in caso.libro.movimientos]
    citadas += [(d, "numero", d.numero or "") for d in caso.libro.destinatarios]
    citadas += [(e.registro, e.campo, c) for e in caso.escritos for c in prosa.CLAVE_DE_OFICIO.findall(e.texto)]
    primeras: dict[str, tuple[Registro, str, str]] = {}
    for registro, campo, texto in citadas:
        for sigla in re.findall(r"[A-Za-zÑñ]{3,}", texto):
            primeras.setdefault(sigla.upper(), (registro, campo, sigla))
    for (una, _), (otra, (registro, campo, escrita)) in combinations(primeras.items(), 2):
        if una != otra and sorted(una) == sorted(otra):
            yield registro.hallazgo(
                campo, f"«{escrita}» tiene las letras de «{una}» en otro orden.", "¿Cuál es la correcta?",
                codigo="V-22", aviso=True,
            )  # fmt: skip


def leyenda_y_lugar(caso: Caso) -> Iterator[Hallazgo]:
    """V-31: la leyenda es la del año de la fecha, y «D.F.» no se usa desde el 30 de enero de 2016."""
    informe = caso.libro.informe
    fechas = [(c.fecha, c.oficio, c.oficio.lugar) for c in caso.cartas[:1]]
    fechas += [(c.fecha, c.oficio, "") for c in caso.cartas[1:]]
    datos: list[tuple[date, Registro, str]] = [*fechas]
    if not caso.cartas and informe is not None:
        datos = [(informe.fecha, informe, informe.lugar)]
    anos = {int(ano) for ano in _ANO.findall(caso.libro.institucion.leyenda or "")}
    for fecha in sorted({fecha for fecha, _, _ in datos}):
        if anos and fecha.year not in anos:
            yield caso.libro.institucion.hallazgo(
                "leyenda", f"La leyenda es de {max(anos)} y el documento, de {fecha.year}.",
                "Escriba la del año o déjela en blanco.", codigo="V-31",
            )  # fmt: skip
            break
    for fecha, registro, lugar in datos:
        if _DF.search(lugar) and fecha >= _FIN_DEL_DF:
            yield registro.hallazgo(
                "lugar", f"Dice «{lugar}», y desde el {fecha_larga(_FIN_DEL_DF)} es Ciudad de México.",
                "Escriba «Ciudad de México».", codigo="V-31", aviso=True,
            )  # fmt: skip


# --- anexos


def anexos_citados(caso: Caso) -> Iterator[Hallazgo]:
    """V-23: lo que se dice que va anexo está en la hoja «Anexos», y al revés."""
    listados = caso.libro.anexos
    mencionado = False
    for escrito in caso.escritos:
        numeros = [int(n) for n in _ANEXO.findall(escrito.texto)]
        mencion = _SE_ANEXA.search(escrito.texto)
        mencionado |= mencion is not None
        faltan = [n for n in numeros if not 1 <= n <= len(listados)]
        if faltan:
            yield escrito.registro.hallazgo(
                escrito.campo, f"Cita el anexo {faltan[0]}, y en «Anexos» hay {len(listados)}.",
                "Agréguelo ahí o corrija el número.", codigo="V-23",
            )  # fmt: skip
        elif mencion and not listados:
            yield escrito.registro.hallazgo(
                escrito.campo, f"Dice «{mencion[0]}», y la hoja «Anexos» está en blanco.", "Liste ahí lo que acompaña.",
                codigo="V-23", aviso=True,
            )  # fmt: skip
    if listados and not mencionado:
        yield listados[0].hallazgo(
            "titulo", "Hay anexos, y el texto no los menciona.", "Menciónelos: «se anexa…».", codigo="V-23", aviso=True
        )


def bajas_sin_oficio(caso: Caso) -> Iterator[Hallazgo]:
    """V-21: una baja dice con qué oficio se notificó o por qué ocurrió."""
    for movimiento in caso.balance.movimientos(TipoDeMovimiento.BAJA):
        if not movimiento.oficio and not movimiento.motivo:
            yield movimiento.hallazgo(
                "oficio", f"La baja de «{movimiento.cuenta}» no dice ni el oficio ni el motivo.", "Escriba alguno.",
                codigo="V-21", aviso=True,
            )  # fmt: skip
