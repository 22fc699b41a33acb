"""El informe de cuentas: lo que pasó con ellas en el periodo, con sus totales, gráficas y dictámenes."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time

from generador.castellano import concordar, enumerar, fecha_larga, mayuscula_inicial, periodo, porcentaje, unir
from generador.celdas import clave, en_un_renglon
from generador.documentos.balance import Balance, Cifra, Suma
from generador.documentos.comun import propias
from generador.documentos.cuentas import (
    ESQUEMA,
    GUIA,
    TITULO,
    Ambito,
    Cuenta,
    Dictamen,
    Informe,
    LibroDeCuentas,
    Movimiento,
    TipoDeMovimiento,
)
from generador.documentos.graficas_de_cuentas import rotulos, total_al, trazada
from generador.documentos.nombres_de_cuentas import Nombres, grafica_citada
from generador.documentos.pliego import NombresDePlantilla, datos_de_la_institucion, firmas, lugar_y_fecha, parrafos
from generador.documentos.tipo import Ficha, Tipo
from generador.documentos.verificaciones.cuentas import cruces_de_informe, referencias
from generador.grafica import Clase, Grafica, Serie

_RAYA = "—"
_MAX_PLATAFORMAS = 8  # las que se distinguen en una gráfica de barras
_MAX_ENUMERADAS = 60  # cuentas que se nombran en una frase


def contexto(libro: LibroDeCuentas) -> NombresDePlantilla:
    """Los nombres de ``plantillas_docx/informe.docx``; todo es texto, número, lista, diccionario o gráfica."""
    return _Contexto(libro).completo()


def informe_de(libro: LibroDeCuentas) -> Informe:
    """La hoja «Informe», que a estas alturas ya se verificó que está escrita."""
    assert libro.informe is not None
    return libro.informe


class _Contexto:
    def __init__(self, libro: LibroDeCuentas) -> None:
        self.libro, self.informe = libro, informe_de(libro)
        self.balance = Balance(libro)
        self.nombres = Nombres(self.balance)
        self.metrica = libro.institucion.metrica

    def completo(self) -> NombresDePlantilla:
        balance = self.balance
        return {
            "institucion": datos_de_la_institucion(self.libro),
            "informe": self._datos(),
            "presentacion": parrafos(self.nombres, self.informe.presentacion),
            "resumen": {"datos": list(self._cifras_clave()), "frases": list(self._frases())},
            "por_plataforma": self._totales(balance.por_plataforma(balance.vigentes)),
            "por_ambito": self._totales(self._por_ambito()),
            "cruce": self._cruce(),
            "cuentas": [self._tabla(ambito, suyas) for ambito, suyas in self._por_ambito().items()],
            "actividad": self._actividad(),
            "altas": [self._movimiento(m) for m in balance.movimientos(TipoDeMovimiento.ALTA)],
            "bajas": [self._movimiento(m) for m in balance.movimientos(TipoDeMovimiento.BAJA)],
            "evolucion": list(self._evolucion()),
            "dictamenes": list(self._dictamenes()),
            "conclusiones": parrafos(self.nombres, self.informe.conclusiones),
            "recomendaciones": parrafos(self.nombres, self.informe.recomendaciones),
            "firmas": firmas(self.libro.firmas),
            "anexos": [
                propias(anexo) | {"numero": n, "titulo": anexo.titulo} for n, anexo in enumerate(self.libro.anexos, 1)
            ],
            "graficas": {suya.nombre: trazada(balance, suya) for suya in self.libro.graficas},
        }

    def _datos(self) -> NombresDePlantilla:
        desde, hasta = self.balance.desde, self.balance.hasta
        return {
            **propias(self.informe),
            "titulo": self.informe.titulo,
            "clave": self.informe.clave or "",
            "periodo": periodo(desde, hasta) if desde and hasta else "",
            "lugar_y_fecha": lugar_y_fecha(self.informe.lugar, self.informe.fecha),
            "corte": fecha_larga(hasta) if hasta else "",
            "metrica": self.metrica,
        }

    # --- resumen

    def _cifras_clave(self) -> Iterator[NombresDePlantilla]:
        balance, vigentes = self.balance, self.balance.vigentes
        actividad = [balance.inactiva(c) for c in vigentes]
        suma = balance.suma(vigentes)
        yield {"rotulo": "Cuentas en operación", "valor": self._cifra(len(vigentes))}
        if any(a is not None for a in actividad):
            yield {"rotulo": "Activas", "valor": self._cifra(actividad.count(False))}
            yield {"rotulo": "Inactivas", "valor": self._cifra(actividad.count(True))}
        yield {"rotulo": "Altas del periodo", "valor": self._cifra(len(balance.movimientos(TipoDeMovimiento.ALTA)))}
        yield {"rotulo": "Bajas del periodo", "valor": self._cifra(len(balance.dadas_de_baja))}
        if suma.con_dato:
            yield {"rotulo": f"{mayuscula_inicial(self.metrica)} al corte", "valor": self._cifra(suma.final)}
        if suma.comparables:
            crecio = f" ({_porcentaje(suma.porcentaje)})" if suma.porcentaje is not None else ""
            yield {"rotulo": "Aumento en el periodo", "valor": f"{self._con_signo(suma.aumento)}{crecio}"}

    def _frases(self) -> Iterator[str]:
        vigentes = self.balance.vigentes
        plataformas = self.balance.por_plataforma(vigentes)
        if vigentes:
            repartidas = [f"{self._cifra(len(suyas))} en {nombre}" for nombre, suyas in plataformas.items()]
            yield (
                f"Al corte {concordar(len(vigentes), 'opera', 'operan')} {self._cifra(len(vigentes))} "
                f"{concordar(len(vigentes), 'cuenta', 'cuentas')}: {enumerar(repartidas)}."
            )
        suma = self.balance.suma(vigentes)
        sin_comparar = suma.con_dato - suma.comparables
        if suma.comparables and sin_comparar:
            yield (
                f"El aumento se calcula sobre las {self._cifra(suma.comparables)} cuentas con medición al inicio y al "
                f"final del periodo; {self._cifra(sin_comparar)} "
                f"{concordar(sin_comparar, 'cuenta más sólo la tiene', 'cuentas más sólo la tienen')} al final."
            )
        sin_medir = [en_un_renglon(c.en_tablas) for c in vigentes if self.balance.evolucion(c).final is None]
        if suma.con_dato and sin_medir:
            cuantas = mayuscula_inicial(self._cuantas(len(sin_medir)))
            tienen = concordar(len(sin_medir), "cuenta en operación no tiene", "cuentas en operación no tienen")
            nombradas = f": {enumerar(sin_medir)}" if len(sin_medir) <= _MAX_ENUMERADAS else ""
            yield f"{cuantas} {tienen} ninguna medición{nombradas}."
        if mayor := max(vigentes, key=lambda c: self.balance.evolucion(c).aumento or 0, default=None):
            aumento = self.balance.evolucion(mayor).aumento
            if aumento and suma.comparables > 1:
                quien = en_un_renglon(mayor.en_tablas)
                yield f"La que más creció fue {quien} ({mayor.plataforma}): {self._cifra(aumento)} {self.metrica} más."

    # --- totales

    def _por_ambito(self) -> dict[str, list[Cuenta]]:
        juntas = {str(ambito): [c for c in self.balance.vigentes if c.ambito is ambito] for ambito in Ambito}
        return {ambito: suyas for ambito, suyas in juntas.items() if suyas}

    def _totales(self, conjuntos: dict[str, list[Cuenta]]) -> NombresDePlantilla:
        renglones = [{"nombre": nombre, **self._de_suma(suyas)} for nombre, suyas in conjuntos.items()]
        return {"renglones": renglones, "total": {"nombre": "Total", **self._de_suma(self.balance.vigentes)}}

    def _de_suma(self, cuentas: Sequence[Cuenta]) -> NombresDePlantilla:
        suma: Suma = self.balance.suma(cuentas)
        comparable = suma.comparables > 0
        return {
            "cuentas": self._cifra(suma.cuentas),
            "inicial": self._cifra(suma.inicial) if comparable else _RAYA,
            "final": self._cifra(suma.final) if suma.con_dato else _RAYA,
            "aumento": self._con_signo(suma.aumento) if comparable else _RAYA,
            "porcentaje": _porcentaje(suma.porcentaje),
        }

    def _cruce(self) -> NombresDePlantilla:
        """Cuántas cuentas hay de cada plataforma en cada ámbito; vacío si sólo hay un ámbito."""
        ambitos = list(self._por_ambito())
        if len(ambitos) < 2:
            return {"encabezados": [], "renglones": []}
        plataformas = self.balance.por_plataforma(self.balance.vigentes)
        renglones = [
            {"celdas": [nombre, *self._conteos(suyas, ambitos)], "total": False}
            for nombre, suyas in plataformas.items()
        ]
        total = {"celdas": ["Total", *self._conteos(self.balance.vigentes, ambitos)], "total": True}
        return {"encabezados": ["Plataforma", *ambitos, "Total"], "renglones": [*renglones, total]}

    def _conteos(self, cuentas: Sequence[Cuenta], ambitos: Sequence[str]) -> list[str]:
        conteos = [sum(c.ambito == ambito for c in cuentas) for ambito in ambitos]
        return [self._cifra(n) if n else _RAYA for n in (*conteos, len(cuentas))]

    # --- cuenta por cuenta

    def _tabla(self, ambito: str, cuentas: Sequence[Cuenta]) -> NombresDePlantilla:
        ordenadas = sorted(cuentas, key=lambda c: (clave(c.entidad or ""), clave(c.plataforma), clave(c.cuenta)))
        elegidas = cuentas if ambito == Ambito.NACIONAL else ordenadas
        total = self._de_suma(cuentas)
        return {
            "titulo": f"Ámbito {ambito.lower()}",
            "renglones": [self._renglon(cuenta) for cuenta in elegidas],
            "total": {**total, "cuentas": f"{total['cuentas']} {concordar(len(cuentas), 'cuenta', 'cuentas')}"},
        }

    def _renglon(self, cuenta: Cuenta) -> NombresDePlantilla:
        evolucion = self.balance.evolucion(cuenta)
        usuario = cuenta.usuario or ""
        return {
            **propias(cuenta),
            "cuenta": cuenta.cuenta,
            "usuario": "" if clave(usuario).lstrip("@") == clave(cuenta.cuenta).lstrip("@") else usuario,
            "plataforma": cuenta.plataforma,
            "lugar": cuenta.entidad or "",
            "inicial": self._o_raya(evolucion.inicial),
            "final": self._o_raya(evolucion.final),
            "aumento": _RAYA if evolucion.aumento is None else self._con_signo(evolucion.aumento),
            "porcentaje": _porcentaje(evolucion.porcentaje),
            "estado": {True: "Inactiva", False: "Activa", None: "Sin dato"}[self.balance.inactiva(cuenta)],
        }

    # --- actividad y movimientos

    def _actividad(self) -> NombresDePlantilla:
        balance, vigentes = self.balance, self.balance.vigentes
        inactivas = [c for c in vigentes if balance.inactiva(c)]
        sin_dato = [c for c in vigentes if balance.inactiva(c) is None]
        if len(sin_dato) == len(vigentes):
            return {"frase": "", "inactivas": [], "sin_dato": []}
        activas = len(vigentes) - len(inactivas) - len(sin_dato)
        return {
            "frase": self._frase_de_actividad(activas, len(inactivas)),
            "inactivas": [
                self._inactiva(cuenta) for cuenta in sorted(inactivas, key=lambda c: (c.ultima, clave(c.cuenta)))
            ],
            "sin_dato": [_de_quien(cuenta) for cuenta in sin_dato],
        }

    def _frase_de_actividad(self, activas: int, inactivas: int) -> str:
        """``"De las 14 cuentas en operación, 11 publicaron en los últimos 12 meses y 3 están inactivas."``."""
        tiempo = _meses(self.libro.institucion.inactividad)
        total = len(self.balance.vigentes)
        if total == 1:
            return f"La única cuenta en operación {f'publicó en los últimos {tiempo}' if activas else 'está inactiva'}."
        return (
            f"De las {self._cifra(total)} cuentas en operación, {self._cuantas(activas)} "
            f"{concordar(activas or 1, 'publicó', 'publicaron')} en los últimos {tiempo} y "
            f"{self._cuantas(inactivas)} {concordar(inactivas or 1, 'está inactiva', 'están inactivas')}."
        )

    def _inactiva(self, cuenta: Cuenta) -> NombresDePlantilla:
        assert cuenta.ultima is not None
        meses = self.balance.meses_sin_publicar(cuenta) or 0
        return {**_de_quien(cuenta), "ultima": unir(fecha_larga(cuenta.ultima)), "tiempo": _meses(meses)}

    def _movimiento(self, movimiento: Movimiento) -> NombresDePlantilla:
        cuenta = self.balance.cuenta(movimiento.cuenta)
        return {
            **propias(movimiento),
            "cuenta": en_un_renglon(cuenta.en_tablas) if cuenta else movimiento.cuenta,
            "plataforma": cuenta.plataforma if cuenta else "",
            "fecha": unir(fecha_larga(movimiento.fecha)),
            "oficio": movimiento.oficio or "",
            "motivo": movimiento.motivo or "",
        }

    # --- gráficas

    def _evolucion(self) -> Iterator[Grafica]:
        """La suma de todas, mes a mes; cada plataforma, al inicio y al corte; y las de la hoja «Gráficas»."""
        yield from self._suma_por_mes()
        yield from self._por_plataforma()
        puestas = set(self._puestas_en_los_textos())
        yield from (trazada(self.balance, g) for g in self.libro.graficas if clave(g.nombre) not in puestas)

    def _suma_por_mes(self) -> Iterator[Grafica]:
        fechas = self.balance.cortes()
        totales = tuple(total_al(self.balance, fecha) for fecha in fechas)
        if len(fechas) > 2 and any(totales):
            titulo = f"{mayuscula_inicial(self.metrica)} de todas las cuentas"
            yield Grafica(titulo, Clase.LINEA, tuple(rotulos(fechas)), (Serie("Total", totales),))

    def _por_plataforma(self) -> Iterator[Grafica]:
        plataformas = list(self.balance.por_plataforma(self.balance.vigentes).items())
        sumas = [(nombre, self.balance.suma(suyas)) for nombre, suyas in plataformas[:_MAX_PLATAFORMAS]]
        medidas = [(nombre, suma) for nombre, suma in sumas if suma.con_dato]
        if len(medidas) < 2:
            return
        finales = Serie("Al corte", tuple(suma.final for _, suma in medidas))
        iniciales = Serie("Al inicio", tuple(suma.inicial if suma.comparables else None for _, suma in medidas))
        series = (iniciales, finales) if any(v is not None for v in iniciales.valores) else (finales,)
        titulo = f"{mayuscula_inicial(self.metrica)} por plataforma"
        yield Grafica(titulo, Clase.BARRAS, tuple(nombre for nombre, _ in medidas), series)

    def _puestas_en_los_textos(self) -> Iterator[str]:
        propios = (self.informe.presentacion, self.informe.conclusiones, self.informe.recomendaciones)
        de_cuentas = (t for c in self.balance.vigentes for t in (c.observaciones, c.recomendacion))
        for texto in (*propios, *de_cuentas):
            for renglon in (texto or "").split("\n"):
                if citada := grafica_citada(renglon):
                    yield clave(citada)

    # --- dictámenes

    def _dictamenes(self) -> Iterator[NombresDePlantilla]:
        for dictamen in (*Dictamen, None):
            suyas = [c for c in self.balance.vigentes if c.dictamen is dictamen]
            con_texto = [c for c in suyas if c.observaciones or c.recomendacion or dictamen is not Dictamen.PERMANECE]
            if dictamen is None:
                suyas = con_texto = [c for c in suyas if c.observaciones or c.recomendacion]
            if suyas:
                yield {
                    "titulo": str(dictamen or "Sin dictamen"),
                    "cuantas": f"{self._cifra(len(suyas))} {concordar(len(suyas), 'cuenta', 'cuentas')}",
                    "renglones": [self._dictamen(cuenta) for cuenta in con_texto],
                    "resto": self._resto([c for c in suyas if c not in con_texto], bool(con_texto)),
                }

    def _dictamen(self, cuenta: Cuenta) -> NombresDePlantilla:
        return {
            **_de_quien(cuenta),
            "observaciones": parrafos(self.nombres, cuenta.observaciones, cuenta=cuenta),
            "recomendaciones": parrafos(self.nombres, cuenta.recomendacion, cuenta=cuenta),
        }

    def _resto(self, cuentas: Sequence[Cuenta], hay_otras: bool) -> str:
        """Las que permanecen sin nada particular que decir, en una frase."""
        if not cuentas:
            return ""
        verbo = concordar(len(cuentas), "Permanece", "Permanecen") + (" además" if hay_otras else "")
        cuantas = f"{self._cifra(len(cuentas))} {concordar(len(cuentas), 'cuenta', 'cuentas')}"
        inicio = f"{verbo}, sin recomendación particular, {cuantas}"
        if len(cuentas) > _MAX_ENUMERADAS:
            return f"{inicio}."
        return f"{inicio}: {enumerar([en_un_renglon(c.en_tablas) for c in cuentas])}."

    # --- cifras

    def _cifra(self, valor: Cifra) -> str:
        return self.nombres.cifra(valor)

    def _cuantas(self, valor: int) -> str:
        """``"11"``; de una o de ninguna, ``"una"`` o ``"ninguna"``."""
        return {0: "ninguna", 1: "una"}.get(valor) or self._cifra(valor)

    def _o_raya(self, valor: Cifra | None) -> str:
        return _RAYA if valor is None else self._cifra(valor)

    def _con_signo(self, valor: Cifra) -> str:
        """``"+42,452"``; ``"−310"``, con el signo menos y no un guion; ``"0"``."""
        signo = "+" if valor > 0 else "−" if valor < 0 else ""
        return f"{signo}{self._cifra(abs(valor))}"


def _de_quien(cuenta: Cuenta) -> NombresDePlantilla:
    suyos = {"cuenta": en_un_renglon(cuenta.en_tablas), "plataforma": cuenta.plataforma, "area": cuenta.area or ""}
    return {**propias(cuenta), **suyos}


def _porcentaje(parte: float | None) -> str:
    """``0.124`` → ``"12.4%"``; ``-0.023`` → ``"−2.3%"``, con el signo menos; None, una raya."""
    return _RAYA if parte is None else porcentaje(parte, 1).replace("-", "−")


def _meses(cuantos: int) -> str:
    """``"15 meses"``; ``"1 mes"``."""
    return unir(f"{cuantos} {concordar(cuantos, 'mes', 'meses')}")


# --- El tipo


def nombre_de_archivo(libro: LibroDeCuentas) -> str:
    """``"Informe de cuentas 2015-04-28"``, con la clave si la tiene."""
    informe = informe_de(libro)
    return " ".join(filter(None, ("Informe de cuentas", informe.clave, f"{informe.fecha:%Y-%m-%d}")))


def propiedades(libro: LibroDeCuentas) -> Ficha:
    """Título, asunto y autor; la fecha de creación es la del informe (mismos datos, mismo archivo)."""
    informe, balance = informe_de(libro), Balance(libro)
    return Ficha(
        titulo=informe.titulo,
        asunto=mayuscula_inicial(periodo(balance.desde, balance.hasta)) if balance.desde and balance.hasta else "",
        autor=libro.institucion.nombre,
        creado=datetime.combine(informe.fecha, time(12)),
    )


TIPO = Tipo(
    nombre="informe",
    esquema=ESQUEMA,
    titulo=TITULO,
    guia=GUIA,
    modelo=LibroDeCuentas,
    referencias=referencias,
    cruces=cruces_de_informe,
    contexto=contexto,
    archivo=nombre_de_archivo,
    propiedades=propiedades,
    pide=("Informe", "Cuentas"),
)
