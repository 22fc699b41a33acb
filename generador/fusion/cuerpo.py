"""Los bloques de tres documentos —párrafos, tablas, renglones, celdas— fundidos sobre el de la persona."""

from collections.abc import Sequence
from copy import deepcopy

from lxml import etree

from generador.fusion.comentarios import Comentarios
from generador.fusion.frases import Choque, aplicar, ediciones
from generador.fusion.marcas import Marcador, es_nuestra, quitar_nulas, rechazar, tachado
from generador.fusion.palabras import Rasgo, es_palabra, parejas
from generador.fusion.pareo import Grupo, columnas_ajenas, parear, trasladadas, ultimo_con_ultimo
from generador.fusion.piezas import Columnas, Lectura, Pieza, ancho, celdas, columnas, filas
from generador.fusion.prestamo import Prestamo
from generador.fusion.sucesos import Cuenta, Suceso
from generador.ooxml import W
from generador.plantilla.pasada import columnas_de

_MUESTRA = 300
_AL_EMPEZAR = tuple(f"{W}{nombre}" for nombre in ("tcPr", "tblPr", "tblGrid", "bookmarkStart", "bookmarkEnd"))


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
        self._ajenas: dict[etree._Element, Columnas] = {}  # las que la persona agregó a cada tabla
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
            [Rasgo(f"{p.clase} {p.estilo}", p.rasgo) for p in base],
            [Rasgo(f"{p.clase} {p.estilo}", p.rasgo) for p in nueva],
        )
        ultimo_con_ultimo(base, nueva, de_nueva)
        self._aprender_listas(base, suya, nueva, grupos, de_nueva)
        de_lugar = trasladadas(base, nueva, de_nueva)
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
            if pieza.dice_algo:
                self.cuenta.suyos.append(Suceso("agregó", pieza.lugar, "", pieza.dicho, pieza.ultimo))
        self._insertar(base, nueva, de_nueva, anclas, agregadas, contenedor, de_lugar, quietas)

    # --- lo que hizo la persona

    def _anotar_suyo(self, base: Pieza, suya: Pieza, *, movida: bool) -> None:
        que = "movió" if movida else _que_hizo(base, suya) if base.clase == "p" else ""
        if que:
            de = tuple(base.elementos)
            self.cuenta.suyos.append(Suceso(que, suya.lugar, base.dicho, suya.dicho, suya.ultimo, de))

    def _quitadas(
        self,
        base: Sequence[Pieza],
        suya: Sequence[Pieza],
        nueva: Sequence[Pieza],
        grupos: Sequence[Grupo],
        de_nueva: dict[int, int],
    ) -> None:
        """Lo que la persona quitó: si los datos también lo cambiaron, se le pregunta."""
        donde = {i: suya[otros[-1]] for unos, otros in grupos for i in unos}
        for i, pieza in enumerate(base):
            if i in donde or not pieza.dice_algo:
                continue
            vecina = next((donde[n] for n in range(i - 1, -1, -1) if n in donde), suya[0] if suya else None)
            junto = vecina.ultimo if vecina is not None else None
            self.cuenta.suyos.append(Suceso("quitó", pieza.lugar, pieza.dicho, "", junto, tuple(pieza.elementos)))
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
            antes = suya.dicho
            aplicar(suya.bloque, nueva.bloque, lista, self._marcador, self._prestamo)
            for parrafo in suya.elementos:
                quitar_nulas(parrafo)
            self.cuenta.datos.append(Suceso("cambió", suya.lugar, antes, nueva.dicho, suya.ultimo))

    def _tabla(self, base: Pieza, suya: Pieza, nueva: Pieza) -> None:
        de_base, de_suya, de_nueva = (pieza.elementos[0] for pieza in (base, suya, nueva))
        ajenas = self._columnas_ajenas(de_base, de_suya)
        if columnas(de_base) != columnas(de_nueva) or ajenas is None:
            if ajenas is None:
                de = tuple(base.elementos)
                self.cuenta.suyos.append(Suceso("cambió sus columnas", suya.lugar, donde=suya.ultimo, de=de))
            self._otra_tabla(base, suya, nueva)
            return
        dicho = self._suya.columnas(de_suya) if ajenas else []
        for cual in ajenas:
            texto = dicho[cual].replace("\n", "\t")
            self.cuenta.suyos.append(Suceso("agregó", suya.lugar, "", f"Columna: {texto}", suya.ultimo))
        self._ajenas[de_suya] = ajenas
        self._secuencia(
            self._base.renglones(de_base, suya.lugar),
            self._suya.renglones(de_suya, suya.lugar, ajenas),
            self._nueva.renglones(de_nueva, suya.lugar),
            de_suya,
        )
        self._marcador.quitar_si_vacia(de_suya)

    def _columnas_ajenas(self, base: etree._Element, suya: etree._Element) -> Columnas | None:
        if ancho(base) == ancho(suya):
            return ()
        return columnas_ajenas(self._base.columnas(base), self._suya.columnas(suya))

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
        de_base, de_suya, de_nueva = (pieza.celdas for pieza in (base, suya, nueva))
        if len(de_base) == len(de_suya) == len(de_nueva):
            for tres in zip(de_base, de_suya, de_nueva, strict=True):
                self.fundir(*tres, lugar=suya.lugar)
        elif base.texto != nueva.texto:
            self._preguntar_por(suya, base.texto, nueva.texto)

    def _quitar(self, base: Pieza, suya: Pieza) -> bool:
        """Lo que los datos ya no traen: tachado si la persona no lo tocó; si lo tocó, se le pregunta."""
        corregida = base.texto != suya.texto or self._base.muestra(base) != self._suya.muestra(suya)
        if corregida or _con_ajenas(suya) or self._en_columna_ajena(suya):
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
        if base.dice_algo:
            self.cuenta.datos.append(Suceso("quitó", suya.lugar, base.dicho, donde=suya.ultimo))
        return False

    def _en_columna_ajena(self, suya: Pieza) -> bool:
        """Si en ese renglón la persona escribió algo en una columna suya."""
        otras = [c for elemento in suya.elementos for c in celdas(elemento) if suya.celdas and c not in suya.celdas]
        return any(es_palabra(t.text or "") for celda in otras for t in celda.iter(f"{W}t"))

    def _insertar(
        self,
        base: Sequence[Pieza],
        nueva: Sequence[Pieza],
        de_nueva: dict[int, int],
        anclas: dict[int, Pieza],
        agregadas: list[Pieza],
        contenedor: etree._Element,
        de_lugar: dict[int, int],
        quietas: set[int],
    ) -> None:
        de_base = {j: i for i, j in de_nueva.items()}
        ancla: etree._Element | None = None
        for j, pieza in enumerate(nueva):
            if j in de_base:
                suya = anclas.get(de_base[j])
                ancla = ancla if suya is None else suya.ultimo
                continue
            if de_lugar.get(j) in quietas:
                continue  # la persona lo corrigió donde estaba: ahí se queda
            igual = next((p for p in agregadas if (p.clase, p.rasgo) == (pieza.clase, pieza.rasgo)), None)
            if igual is not None:  # la persona ya lo había agregado
                agregadas.remove(igual)
                ancla = igual.ultimo
                continue
            puesta = self._recobrada(pieza, ancla, contenedor)
            if puesta is None:
                puesta = self._prestamo.copia(pieza.elementos[0])
                if ajenas := self._ajenas.get(contenedor, ()):
                    _abrir_celdas(puesta, filas(contenedor)[-1], ajenas)
                _poner(puesta, ancla, contenedor)
                {"p": self._marcador.insertar_parrafo, "tbl": self._marcador.insertar_tabla}.get(
                    pieza.clase, self._marcador.insertar_renglon
                )(puesta)
                _ensanchar(contenedor, puesta)
            ancla = puesta
            if pieza.dice_algo:
                self.cuenta.datos.append(Suceso("agregó", pieza.lugar, "", pieza.dicho, puesta))

    def _recobrada(
        self, pieza: Pieza, ancla: etree._Element | None, contenedor: etree._Element
    ) -> etree._Element | None:
        """El párrafo o renglón que tachó una actualización anterior, si es el que los datos traen otra vez."""
        if pieza.clase == "tbl":
            return None
        nombre = f"{W}p" if pieza.clase == "p" else f"{W}tr"
        desde = contenedor.iterchildren() if ancla is None else ancla.itersiblings()
        for elemento in desde:
            if elemento.tag in _AL_EMPEZAR:
                continue
            if elemento.tag != nombre or not tachado(elemento):
                return None
            if self._suya.sin_tachar(elemento, pieza, self._ajenas.get(contenedor, ())):
                rechazar(elemento, es_nuestra)
                return elemento
        return None

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

    def _aprender_listas(
        self,
        base: Sequence[Pieza],
        suya: Sequence[Pieza],
        nueva: Sequence[Pieza],
        grupos: Sequence[Grupo],
        de_nueva: dict[int, int],
    ) -> None:
        """Qué lista de los datos nuevos es cuál de la persona: por los párrafos que son los mismos."""
        for unos, otros in grupos:
            j = de_nueva.get(unos[0])
            suyo = _lista(suya[otros[0]])
            if j is not None and suyo and (numero := _lista(nueva[j])):
                self._prestamo.listas.setdefault(numero, suyo)


def _que_hizo(base: Pieza, suya: Pieza) -> str:
    """Lo que la persona hizo con un párrafo; vacío si nada."""
    assert base.bloque is not None
    assert suya.bloque is not None
    if base.texto != suya.texto:
        return "cambió"
    if base.bloque.firma != suya.bloque.firma and _formatos(base) != _formatos(suya):
        return "dio formato"
    if base.estilo != suya.estilo and base.dice_algo:
        return "cambió el estilo"
    return "cambió la alineación" if base.alineacion != suya.alineacion and base.dice_algo else ""


def _formatos(pieza: Pieza) -> list[str]:
    assert pieza.bloque is not None
    return [palabra.marcas for palabra in pieza.bloque.palabras if es_palabra(palabra.texto)]


def _poner(copia: etree._Element, ancla: etree._Element | None, contenedor: etree._Element) -> None:
    if ancla is not None:
        ancla.addnext(copia)
        return
    lugar = 0
    for numero, hijo in enumerate(contenedor):
        if hijo.tag in _AL_EMPEZAR:
            lugar = numero + 1
        else:
            break
    contenedor.insert(lugar, copia)


def _ensanchar(tabla: etree._Element, renglon: etree._Element) -> None:
    """Que la cuadrícula de la tabla tenga tantas columnas como el renglón: LibreOffice quita las que no se usan."""
    cuadricula = tabla.find(f"{W}tblGrid")
    if cuadricula is None or renglon.tag != f"{W}tr":
        return
    declaradas = cuadricula.findall(f"{W}gridCol")
    for _ in range(columnas_de(renglon) - len(declaradas)):
        cuadricula.insert(len(declaradas), etree.Element(f"{W}gridCol"))


def _abrir_celdas(renglon: etree._Element, modelo: etree._Element, cuales: Columnas) -> None:
    """Le pone a un renglón las celdas de las columnas de la persona, en blanco y con la forma de las de ``modelo``."""
    for cual in cuales:
        vacia = deepcopy(celdas(modelo)[cual])
        parrafos = vacia.findall(f"{W}p")
        for sobra in [hijo for hijo in vacia if hijo.tag != f"{W}tcPr" and hijo is not parrafos[-1]]:
            vacia.remove(sobra)
        for sobra in [hijo for hijo in parrafos[-1] if hijo.tag != f"{W}pPr"]:
            parrafos[-1].remove(sobra)
        anteriores = celdas(renglon)[:cual]
        if anteriores:
            anteriores[-1].addnext(vacia)
        else:
            celdas(renglon)[0].addprevious(vacia)


def _con_ajenas(pieza: Pieza) -> bool:
    return pieza.bloque is not None and any(letra.ajena for letra in pieza.bloque.letras)


def _lista(pieza: Pieza) -> str:
    numero = pieza.elementos[0].find(f"{W}pPr/{W}numPr/{W}numId")
    return "" if numero is None else numero.get(f"{W}val", "")


def _corto(texto: str) -> str:
    texto = " ".join(texto.split())
    return texto if len(texto) <= _MUESTRA else texto[: _MUESTRA - 1].rstrip() + "…"
