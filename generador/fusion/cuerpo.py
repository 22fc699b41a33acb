"""Los bloques de tres documentos —párrafos, tablas, renglones, celdas— fundidos sobre el de la persona."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from generador.fusion.comentarios import Comentarios
from generador.fusion.documento import Documento, estilo_de
from generador.fusion.frases import Choque, aplicar, ediciones
from generador.fusion.marcas import Marcador
from generador.fusion.palabras import Rasgo, bolsa, es_palabra, parecido, parejas
from generador.fusion.parrafo import Bloque, marca_borrada
from generador.fusion.prestamo import Prestamo
from generador.ooxml import W

_ENVOLTURAS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo")
_TITULO = re.compile(r"(heading|t[íi]tulo) \d")  # ni el título del documento ni su subtítulo: no son un lugar
AL_PRINCIPIO = "Inicio"  # el lugar de lo que está antes del primer título
_MUESTRA = 300


@dataclass(frozen=True)
class Suceso:
    """Lo que pasó con un bloque: qué decía, qué dice y bajo qué título está; vacío, que no estaba o ya no está."""

    que: str  # «cambió», «agregó», «quitó», «movió», «dio formato»
    lugar: str
    antes: str = ""
    despues: str = ""
    donde: etree._Element | None = field(default=None, repr=False, compare=False)  # None: el encabezado, una gráfica
    de: tuple[etree._Element, ...] = field(default=(), repr=False, compare=False)  # lo que era en la base
    parrafos: tuple[int, ...] = field(default=(), repr=False, compare=False)  # y qué lugares tenía ahí


def en_orden(sucesos: Sequence[Suceso], raiz: etree._Element) -> tuple[Suceso, ...]:
    """Como se leen en el documento; al final, los que no están en su cuerpo."""
    lugares: dict[etree._Element | None, int] = {e: numero for numero, e in enumerate(raiz.iter())}
    return tuple(sorted(sucesos, key=lambda suceso: lugares.get(suceso.donde, len(lugares))))


@dataclass
class Cuenta:
    """Lo que va resultando de la fusión."""

    suyos: list[Suceso] = field(default_factory=list)
    datos: list[Suceso] = field(default_factory=list)
    por_decidir: list[Suceso] = field(default_factory=list)
    avisos: list[str] = field(default_factory=list)
    dibujos: list[tuple[etree._Element, etree._Element, etree._Element]] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Pieza:
    """Un bloque o un renglón de tabla; varios párrafos si los une un fin de párrafo borrado o la persona los unió."""

    clase: str
    elementos: list[etree._Element]
    texto: str
    estilo: str = ""
    bloque: Bloque | None = None
    lugar: str = ""

    @property
    def ultimo(self) -> etree._Element:
        """El elemento tras el que va lo que siga."""
        return self.elementos[-1]

    @property
    def parrafo(self) -> etree._Element | None:
        """Dónde se puede comentar."""
        return next(self.elementos[0].iter(f"{W}p"), None)


class Lectura:
    """Cómo se leen las piezas de una parte de un documento."""

    def __init__(self, documento: Documento, parte: str) -> None:
        self._documento = documento
        self._ligas = documento.direcciones(parte)

    def piezas(self, contenedor: etree._Element, lugar: str) -> list[Pieza]:
        """Los párrafos y tablas de un cuerpo, una celda o un encabezado, como quedarían al aceptar los cambios."""
        hechas: list[Pieza] = []
        abiertos: list[etree._Element] = []
        for elemento in _bloques(contenedor):
            if elemento.tag == f"{W}tbl":
                if abiertos:
                    hechas += [p for p in [self._parrafo(abiertos, lugar)] if p.texto]
                    abiertos = []
                hechas += [tabla for tabla in [self._tabla(elemento, lugar)] if tabla.texto or filas(elemento)]
                continue
            abiertos.append(elemento)
            if not marca_borrada(elemento):
                pieza = self._parrafo(abiertos, lugar)
                if _TITULO.match(pieza.estilo) and pieza.texto.strip():
                    lugar = pieza.lugar = pieza.texto.strip().rstrip(":.")
                hechas.append(pieza)
                abiertos = []
        return hechas

    def _parrafo(self, parrafos: Sequence[etree._Element], lugar: str) -> Pieza:
        bloque = Bloque(parrafos, self._ligas)
        estilo = self._documento.estilos.get(estilo_de(parrafos[-1]), "")
        return Pieza("p", list(parrafos), bloque.texto, estilo, bloque, lugar)

    def _tabla(self, tabla: etree._Element, lugar: str) -> Pieza:
        texto = "\n".join(fila.texto for fila in self.renglones(tabla, lugar))
        return Pieza("tbl", [tabla], texto, lugar=lugar)

    def renglones(self, tabla: etree._Element, lugar: str) -> list[Pieza]:
        """Los renglones de una tabla."""
        return [Pieza(f"tr{len(celdas(fila))}", [fila], self._de_renglon(fila), lugar=lugar) for fila in filas(tabla)]

    def _de_renglon(self, fila: etree._Element) -> str:
        return "\t".join("\n".join(p.texto for p in self.piezas(celda, "")) for celda in celdas(fila))

    def juntar(self, piezas: Sequence[Pieza]) -> Pieza:
        """Varias piezas de párrafo como una."""
        if len(piezas) == 1:
            return piezas[0]
        elementos = [elemento for pieza in piezas for elemento in pieza.elementos]
        bloque = Bloque(elementos, self._ligas)
        return Pieza("p", elementos, bloque.texto, piezas[-1].estilo, bloque, piezas[0].lugar)


def _bloques(contenedor: etree._Element) -> Iterator[etree._Element]:
    for hijo in contenedor:
        if hijo.tag in (f"{W}p", f"{W}tbl"):
            yield hijo
        elif hijo.tag in _ENVOLTURAS:
            yield from _bloques(hijo)


def filas(tabla: etree._Element) -> list[etree._Element]:
    """Los renglones que quedarían al aceptar los cambios."""
    return [fila for fila in _hijos(tabla, f"{W}tr") if fila.find(f"{W}trPr/{W}del") is None]


def celdas(fila: etree._Element) -> list[etree._Element]:
    """Las celdas de un renglón."""
    return list(_hijos(fila, f"{W}tc"))


def _columnas(tabla: etree._Element) -> int:
    return len(tabla.findall(f"{W}tblGrid/{W}gridCol"))


def _ancho(tabla: etree._Element) -> int:
    """Las celdas de su renglón más largo: no cambia al guardarse en otro programa."""
    return max((len(celdas(fila)) for fila in filas(tabla)), default=0)


def _hijos(elemento: etree._Element, nombre: str) -> Iterator[etree._Element]:
    for hijo in elemento:
        if hijo.tag == nombre:
            yield hijo
        elif hijo.tag in _ENVOLTURAS:
            yield from _hijos(hijo, nombre)


def parear(base: Sequence[Pieza], suya: Sequence[Pieza]) -> tuple[list[tuple[list[int], list[int]]], set[int]]:
    """Qué piezas de la base son cuáles de la persona, con lo que unió, partió o movió; y cuáles movió."""
    hechas = parejas([Rasgo(p.clase, p.texto) for p in base], [Rasgo(p.clase, p.texto) for p in suya])
    movidas: set[int] = set()
    sueltas = set(range(len(suya))) - set(hechas.values())
    for i in [i for i in range(len(base)) if i not in hechas and es_palabra(base[i].texto)]:
        iguales = [k for k in sueltas if (suya[k].clase, suya[k].texto) == (base[i].clase, base[i].texto)]
        if len(iguales) == 1:
            hechas[i] = iguales[0]
            movidas.add(i)
            sueltas.discard(iguales[0])
    grupos = {i: ([i], [k]) for i, k in hechas.items()}
    _partidos_y_unidos(base, suya, grupos, sueltas)
    vistos: set[int] = set()
    ordenados = []
    for i in sorted(grupos):
        grupo = grupos[i]
        if id(grupo) not in vistos:
            vistos.add(id(grupo))
            ordenados.append(grupo)
    return ordenados, movidas


def _partidos_y_unidos(
    base: Sequence[Pieza], suya: Sequence[Pieza], grupos: dict[int, tuple[list[int], list[int]]], sueltas: set[int]
) -> None:
    """Un párrafo de la base que la persona partió en dos, y dos que unió."""
    for grupo in list(grupos.values()):
        unos, otros = grupo
        while base[unos[0]].clase == "p":
            vecinas = [(k, True) for k in (otros[-1] + 1,) if k in sueltas] + [
                (k, False) for k in (otros[0] - 1,) if k in sueltas
            ]
            mejor = _mejora(base, suya, unos, otros, vecinas, suya)
            if mejor is None:
                break
            otros.insert(len(otros) if mejor[1] else 0, mejor[0])
            sueltas.discard(mejor[0])
    libres = {i for i in range(len(base)) if i not in grupos}
    for grupo in list(grupos.values()):
        unos, otros = grupo
        while base[unos[0]].clase == "p":
            vecinas = [(i, True) for i in (unos[-1] + 1,) if i in libres] + [
                (i, False) for i in (unos[0] - 1,) if i in libres
            ]
            mejor = _mejora(base, suya, unos, otros, vecinas, base)
            if mejor is None:
                break
            unos.insert(len(unos) if mejor[1] else 0, mejor[0])
            grupos[mejor[0]] = grupo
            libres.discard(mejor[0])


def _mejora(
    base: Sequence[Pieza],
    suya: Sequence[Pieza],
    unos: Sequence[int],
    otros: Sequence[int],
    vecinas: Sequence[tuple[int, bool]],
    de: Sequence[Pieza],
) -> tuple[int, bool] | None:
    """La vecina que, sumada a su lado, hace que los dos lados digan casi lo mismo."""
    texto_base = " ".join(base[i].texto for i in unos)
    texto_suyo = " ".join(suya[k].texto for k in otros)
    if not vecinas or texto_base == texto_suyo:
        return None
    actual = parecido(bolsa(texto_base), bolsa(texto_suyo))
    if actual > 0.97:
        return None
    for cual, al_final in vecinas:
        vecina = de[cual]
        if vecina.clase != "p" or not es_palabra(vecina.texto):
            continue
        uno, otro = texto_base, texto_suyo
        if de is base:
            uno = f"{uno} {vecina.texto}" if al_final else f"{vecina.texto} {uno}"
        else:
            otro = f"{otro} {vecina.texto}" if al_final else f"{vecina.texto} {otro}"
        if parecido(bolsa(uno), bolsa(otro)) > max(actual + 0.05, 0.7):
            return cual, al_final
    return None


class Fundidor:
    """Funde una parte (el cuerpo, un encabezado) sobre la de la persona y lleva la cuenta."""

    def __init__(
        self,
        lecturas: tuple[Lectura, Lectura, Lectura],
        marcador: Marcador,
        prestamo: Prestamo,
        comentarios: Comentarios | None,
        cuenta: Cuenta,
    ) -> None:
        self._base, self._suya, self._nueva = lecturas
        self._marcador, self._prestamo, self._comentarios = marcador, prestamo, comentarios
        self.cuenta = cuenta

    def fundir(self, base: etree._Element, suya: etree._Element, nueva: etree._Element, lugar: str = "") -> None:
        """Los tres contenedores (cuerpo, celda o encabezado); cambia sólo el de la persona."""
        self._secuencia(
            self._base.piezas(base, lugar), self._suya.piezas(suya, lugar), self._nueva.piezas(nueva, lugar), suya
        )

    def _secuencia(
        self, base: Sequence[Pieza], suya: Sequence[Pieza], nueva: Sequence[Pieza], contenedor: etree._Element
    ) -> None:
        grupos, movidas = parear(base, suya)
        de_nueva = parejas(
            [Rasgo(f"{p.clase} {p.estilo}", p.texto) for p in base],
            [Rasgo(f"{p.clase} {p.estilo}", p.texto) for p in nueva],
        )
        _ultimo_con_ultimo(base, nueva, de_nueva)
        self._aprender_listas(base, suya, nueva, grupos, de_nueva)
        trasladadas = _trasladadas(base, nueva, de_nueva)
        anclas: dict[int, Pieza] = {}
        quietas: set[int] = set()
        tomadas = {k for _, otros in grupos for k in otros}
        for unos, otros in grupos:
            unida = self._suya.juntar([suya[k] for k in otros])
            anclas.update({i: unida for i in unos if i not in movidas})
            self._anotar_suyo(self._base.juntar([base[i] for i in unos]), unida, movida=unos[0] in movidas)
            if self._grupo([base[i] for i in unos], unida, [nueva[de_nueva[i]] for i in unos if i in de_nueva]):
                quietas.update(unos)
        self._quitadas(base, suya, nueva, grupos, de_nueva)
        agregadas = [suya[k] for k in range(len(suya)) if k not in tomadas]
        for pieza in agregadas:
            if es_palabra(pieza.texto):
                self.cuenta.suyos.append(Suceso("agregó", pieza.lugar, "", pieza.texto, pieza.ultimo))
        self._insertar(base, nueva, de_nueva, anclas, agregadas, contenedor, trasladadas, quietas)

    # --- lo que hizo la persona

    def _anotar_suyo(self, base: Pieza, suya: Pieza, *, movida: bool) -> None:
        de = tuple(base.elementos)
        if movida:
            self.cuenta.suyos.append(Suceso("movió", suya.lugar, base.texto, suya.texto, suya.ultimo, de))
        elif base.clase != "p":
            return
        elif base.texto != suya.texto:
            self.cuenta.suyos.append(Suceso("cambió", suya.lugar, base.texto, suya.texto, suya.ultimo, de))
        elif (
            base.bloque
            and suya.bloque
            and base.bloque.firma != suya.bloque.firma
            and [p.marcas for p in base.bloque.palabras if es_palabra(p.texto)]
            != [p.marcas for p in suya.bloque.palabras if es_palabra(p.texto)]
        ):
            self.cuenta.suyos.append(Suceso("dio formato", suya.lugar, base.texto, suya.texto, suya.ultimo, de))

    def _quitadas(
        self,
        base: Sequence[Pieza],
        suya: Sequence[Pieza],
        nueva: Sequence[Pieza],
        grupos: Sequence[tuple[list[int], list[int]]],
        de_nueva: dict[int, int],
    ) -> None:
        """Lo que la persona quitó: si los datos también lo cambiaron, se le pregunta."""
        donde = {i: suya[otros[-1]] for unos, otros in grupos for i in unos}
        for i, pieza in enumerate(base):
            if i in donde or not es_palabra(pieza.texto):
                continue
            vecina = next((donde[n] for n in range(i - 1, -1, -1) if n in donde), suya[0] if suya else None)
            junto = vecina.ultimo if vecina is not None else None
            self.cuenta.suyos.append(Suceso("quitó", pieza.lugar, pieza.texto, "", junto, tuple(pieza.elementos)))
            despues = nueva[de_nueva[i]].texto if i in de_nueva else pieza.texto
            if despues != pieza.texto:
                self._preguntar(
                    vecina, pieza.lugar, pieza.texto, despues,
                    f"Cerca de aquí usted quitó: «{_corto(pieza.texto)}». Los datos cambiaron y ahora ahí diría: "
                    f"«{despues}». Si hace falta, agréguelo.",
                )  # fmt: skip

    # --- lo que hicieron los datos

    def _grupo(self, base: Sequence[Pieza], suya: Pieza, nuevas: Sequence[Pieza]) -> bool:
        """Pone en ``suya`` lo que cambió de ``base`` a ``nuevas``; True si dejó ahí lo que los datos quitaron."""
        unida = self._base.juntar(base)
        if not nuevas:
            return self._quitar(unida, suya)
        if len(nuevas) != len(base):
            if self._nueva.juntar(nuevas).texto != unida.texto:
                self._preguntar_por(suya, unida.texto, self._nueva.juntar(nuevas).texto)
            return True
        nueva = self._nueva.juntar(nuevas)
        if unida.clase == "tbl":
            self._tabla(unida, suya, nueva)
        elif unida.clase.startswith("tr"):
            self._renglon(unida, suya, nueva)
        else:
            self._parrafo(unida, suya, nueva)
        return False

    def _parrafo(self, base: Pieza, suya: Pieza, nueva: Pieza) -> None:
        assert base.bloque is not None
        assert suya.bloque is not None
        assert nueva.bloque is not None
        self._juntar_dibujos(base, suya, nueva)
        try:
            lista = ediciones(base.bloque, suya.bloque, nueva.bloque)
        except Choque:
            self._preguntar_por(suya, base.texto, nueva.texto)
            return
        otro_estilo = base.estilo != nueva.estilo and base.estilo == suya.estilo
        if otro_estilo:
            propiedades = nueva.ultimo.find(f"{W}pPr")
            copia = None if propiedades is None else self._prestamo.copia(propiedades)
            self._marcador.cambiar_propiedades(suya.ultimo, copia)
        if lista or otro_estilo:
            antes = suya.texto
            aplicar(suya.bloque, nueva.bloque, lista, self._marcador, self._prestamo)
            self.cuenta.datos.append(Suceso("cambió", suya.lugar, antes, nueva.texto, suya.ultimo))

    def _tabla(self, base: Pieza, suya: Pieza, nueva: Pieza) -> None:
        tablas = [pieza.elementos[0] for pieza in (base, suya, nueva)]
        if _columnas(tablas[0]) != _columnas(tablas[2]) or _ancho(tablas[0]) != _ancho(tablas[1]):
            self._otra_tabla(base, suya, nueva)
            return
        self._secuencia(
            self._base.renglones(tablas[0], suya.lugar),
            self._suya.renglones(tablas[1], suya.lugar),
            self._nueva.renglones(tablas[2], suya.lugar),
            tablas[1],
        )
        self._marcador.quitar_si_vacia(tablas[1])

    def _otra_tabla(self, base: Pieza, suya: Pieza, nueva: Pieza) -> None:
        """Una tabla con otras columnas: la vieja se tacha entera y la nueva va debajo."""
        if base.texto == nueva.texto:
            return
        if base.texto != suya.texto:
            self._preguntar_por(suya, base.texto, nueva.texto)
            return
        separador = self._marcador.separador()
        suya.ultimo.addnext(separador)
        copia = self._prestamo.copia(nueva.elementos[0])
        separador.addnext(copia)
        self._marcador.insertar_tabla(copia)
        self._marcador.borrar_tabla(suya.elementos[0])
        self.cuenta.datos.append(Suceso("cambió", suya.lugar, base.texto, nueva.texto, suya.ultimo))
        suya.elementos.append(copia)  # lo que siga va después de ella

    def _renglon(self, base: Pieza, suya: Pieza, nueva: Pieza) -> None:
        de_base, de_suya, de_nueva = (celdas(pieza.elementos[0]) for pieza in (base, suya, nueva))
        if len(de_base) == len(de_suya) == len(de_nueva):
            for tres in zip(de_base, de_suya, de_nueva, strict=True):
                self.fundir(*tres, lugar=suya.lugar)
        elif base.texto != nueva.texto:
            self._preguntar_por(suya, base.texto, nueva.texto)

    def _quitar(self, base: Pieza, suya: Pieza) -> bool:
        """Lo que los datos ya no traen: tachado si la persona no lo tocó; si lo tocó, se le pregunta."""
        if base.texto != suya.texto or _con_ajenas(suya):
            self._preguntar(
                suya, suya.lugar, base.texto, "",
                "Los datos ya no traen esto, pero usted lo corrigió: se dejó. Bórrelo si ya no hace falta.",
            )  # fmt: skip
            return True
        if suya.clase == "tbl":
            self._marcador.borrar_tabla(suya.elementos[0])
        elif suya.clase == "p":
            for parrafo in suya.elementos:
                self._marcador.borrar_parrafo(parrafo)
        else:
            self._marcador.borrar_renglon(suya.elementos[0])
        if es_palabra(base.texto):
            self.cuenta.datos.append(Suceso("quitó", suya.lugar, base.texto, donde=suya.ultimo))
        return False

    def _insertar(
        self,
        base: Sequence[Pieza],
        nueva: Sequence[Pieza],
        de_nueva: dict[int, int],
        anclas: dict[int, Pieza],
        agregadas: list[Pieza],
        contenedor: etree._Element,
        trasladadas: dict[int, int],
        quietas: set[int],
    ) -> None:
        de_base = {j: i for i, j in de_nueva.items()}
        ancla: etree._Element | None = None
        for j, pieza in enumerate(nueva):
            if j in de_base:
                suya = anclas.get(de_base[j])
                ancla = ancla if suya is None else suya.ultimo
                continue
            if trasladadas.get(j) in quietas:
                continue  # la persona lo corrigió donde estaba: ahí se queda
            igual = next((p for p in agregadas if (p.clase, p.texto) == (pieza.clase, pieza.texto)), None)
            if igual is not None:  # la persona ya lo había agregado
                agregadas.remove(igual)
                ancla = igual.ultimo
                continue
            copia = self._prestamo.copia(pieza.elementos[0])
            _poner(copia, ancla, contenedor)
            ancla = copia
            {"p": self._marcador.insertar_parrafo, "tbl": self._marcador.insertar_tabla}.get(
                pieza.clase, self._marcador.insertar_renglon
            )(copia)
            if es_palabra(pieza.texto):
                self.cuenta.datos.append(Suceso("agregó", pieza.lugar, "", pieza.texto, copia))

    # --- lo pequeño

    def _preguntar_por(self, suya: Pieza, antes: str, despues: str) -> None:
        self._preguntar(
            suya, suya.lugar, suya.texto, despues,
            f"Los datos cambiaron aquí, donde usted corrigió: quedó lo suyo. Con los datos nuevos diría: «{despues}». "
            f"Antes decía: «{_corto(antes)}».",
        )  # fmt: skip

    def _preguntar(self, suya: Pieza | None, lugar: str, antes: str, despues: str, texto: str) -> None:
        donde = suya.ultimo if suya is not None else None
        self.cuenta.por_decidir.append(Suceso("cambió", lugar, antes, despues, donde))
        parrafo = suya.parrafo if suya is not None else None
        if parrafo is None or self._comentarios is None:
            self.cuenta.avisos.append(f"{lugar}: {texto}" if lugar else texto)
        else:
            self._comentarios.poner(parrafo, texto.replace("\u2029", " "))

    def _juntar_dibujos(self, base: Pieza, suya: Pieza, nueva: Pieza) -> None:
        tres = [[d for e in p.elementos for d in e.iter(f"{W}drawing")] for p in (base, suya, nueva)]
        if tres[0] and len(tres[0]) == len(tres[1]) == len(tres[2]):
            self.cuenta.dibujos += zip(*tres, strict=True)

    def _aprender_listas(
        self,
        base: Sequence[Pieza],
        suya: Sequence[Pieza],
        nueva: Sequence[Pieza],
        grupos: Sequence[tuple[list[int], list[int]]],
        de_nueva: dict[int, int],
    ) -> None:
        """Qué lista de los datos nuevos es cuál de la persona: por los párrafos que son los mismos."""
        for unos, otros in grupos:
            j = de_nueva.get(unos[0])
            suyo = _lista(suya[otros[0]])
            if j is not None and suyo and (numero := _lista(nueva[j])):
                self._prestamo.listas.setdefault(numero, suyo)


def _ultimo_con_ultimo(base: Sequence[Pieza], nueva: Sequence[Pieza], de_nueva: dict[int, int]) -> None:
    """Dos últimos párrafos sin pareja son el mismo: el fin del último de una celda no se puede borrar ni insertar."""
    if not base or not nueva or len(base) - 1 in de_nueva or len(nueva) - 1 in de_nueva.values():
        return
    if base[-1].clase == nueva[-1].clase == "p":
        de_nueva[len(base) - 1] = len(nueva) - 1


def _trasladadas(base: Sequence[Pieza], nueva: Sequence[Pieza], de_nueva: dict[int, int]) -> dict[int, int]:
    """Lo que los datos cambiaron de lugar sin cambiarlo: su lugar nuevo y el que tenía."""
    nuevas = {p.texto: j for j, p in enumerate(nueva) if j not in set(de_nueva.values()) and es_palabra(p.texto)}
    return {nuevas[p.texto]: i for i, p in enumerate(base) if i not in de_nueva and p.texto in nuevas}


def _poner(copia: etree._Element, ancla: etree._Element | None, contenedor: etree._Element) -> None:
    if ancla is not None:
        ancla.addnext(copia)
        return
    lugar = 0
    for numero, hijo in enumerate(contenedor):
        if hijo.tag in (f"{W}tcPr", f"{W}tblPr", f"{W}tblGrid", f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            lugar = numero + 1
        else:
            break
    contenedor.insert(lugar, copia)


def _con_ajenas(pieza: Pieza) -> bool:
    return pieza.bloque is not None and any(letra.ajena for letra in pieza.bloque.letras)


def _lista(pieza: Pieza) -> str:
    numero = pieza.elementos[0].find(f"{W}pPr/{W}numPr/{W}numId")
    return "" if numero is None else numero.get(f"{W}val", "")


def _corto(texto: str) -> str:
    texto = " ".join(texto.split())
    return texto if len(texto) <= _MUESTRA else texto[: _MUESTRA - 1].rstrip() + "…"
