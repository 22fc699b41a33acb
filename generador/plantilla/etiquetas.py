"""Las etiquetas de una plantilla, antes de compilarla: se juntan, se revisan y, si van solas, desaparecen.

Word parte ``{{ fecha }}`` en trozos según le conviene; aquí cada etiqueta queda entera. Un párrafo
que sólo lleva etiquetas de bloque (``{% for … %}``) deja de ser párrafo, y un renglón de tabla así
deja de ser renglón: lo que se repite es lo que está entre ellas, sin líneas vacías.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import partial
from itertools import accumulate, chain

from lxml import etree

from generador.datos import dataclass
from generador.ooxml import MC, W14, WP, W
from generador.plantilla.esquema_de_word import ORDENES, ordenar
from generador.plantilla.orillas import Orilla, Orillas, es_el_unico, poner_antes
from generador.plantilla.pasada import PEGADA
from generador.plantilla.sintaxis import ETIQUETA, cortada

MAX_ETIQUETAS_POR_PARRAFO = 300

_ABRE = re.compile(r"\{\{|\{%|\{#")
_ABRE_CON = {"}}": "{{", "%}": "{%", "#}": "{#"}
_SUELTA = re.compile(r"\}\}|%\}|#\}")
_PREFIJO = re.compile(r"^(\{[{%#])(-?)(p|tr|tc|r)\s")
_PREFIJO_PEGADO = re.compile(r"^\{%-?(p|tr|tc|r)(?=(?:if|for|else|elif|endif|endfor|set|endset)\b)")
_ABRE_ETIQUETA = re.compile(r"^\{[{%#]-?")
_PALABRA = re.compile(r"^\{%[-+]?\s*(\w+)")
_SOLA = re.compile(r"^\{%[-+]?\s*\w+\s*[-+]?%\}$")
_RAYA = re.compile(r"^\{%\s*([–—])|([–—])\s*%\}$")
_COMILLAS = str.maketrans("“”„‘’", '"""\'\'')
_CIERRES = {"endif": "if", "endfor": "for", "endset": "set", "endwith": "with"}
_INTERMEDIAS = {"elif": ("if",), "else": ("if", "for")}
_DE_CELDA = frozenset(("vm", "hm", "colspan", "cellbg"))
_CONOCIDAS = frozenset(("if", "for", "set", "with", "elif", "else", *_CIERRES, *_DE_CELDA))
_SE_PERDERIA = {
    f"{W}sectPr": "un salto de sección",
    f"{W}drawing": "una imagen o un dibujo",
    f"{W}pict": "una imagen o un dibujo",
    f"{W}object": "un objeto incrustado",
    f"{W}footnoteReference": "una nota al pie",
    f"{W}endnoteReference": "una nota al final",
    f"{W}fldChar": "un campo",
    f"{W}fldSimple": "un campo",
    f"{W}sym": "un símbolo",
}
_RUIDO = (
    f"{W}proofErr",
    f"{W}lastRenderedPageBreak",
    f"{W}commentRangeStart",
    f"{W}commentRangeEnd",
    f"{W}commentReference",
    f"{W}annotationRef",
)
_REVISIONES = tuple(
    f"{W}{nombre}"
    for nombre in (
        *("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange"),
        *("rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange"),
        *("tblGridChange", "tblPrExChange"),
    )
)
_EN_MEDIO = tuple(f"{W}{nombre}" for nombre in ("br", "cr", "tab", "softHyphen", "noBreakHyphen"))
_SIN_VERSE = tuple(f"{W}{nombre}" for nombre in ("lang", "noProof", "webHidden"))
_HISTORIA = frozenset((f"{W14}paraId", f"{W14}textId"))


@dataclass(frozen=True, eq=False)
class Etiqueta:
    """Una etiqueta ya entera y sin prefijo, y dónde estaba."""

    texto: str
    prefijo: str  # «p», «tr», «tc», «r» o vacío
    parrafo: etree._Element
    trozo: etree._Element  # el w:t donde queda

    @property
    def palabra(self) -> str:
        """``"for"`` en ``{% for x in y %}``; vacía en ``{{ x }}`` y en los comentarios."""
        hallada = _PALABRA.match(self.texto)
        return hallada[1] if hallada else ""

    @property
    def escrita(self) -> str:
        """Como está en Word: ``"{%tr for x in y %}"``."""
        return _ABRE_ETIQUETA.sub(rf"\g<0>{self.prefijo}", self.texto)

    @property
    def sin_recorte(self) -> str:
        """El texto sin «-»: fuera de su párrafo, ``{%-`` se comería el XML vecino."""
        return self.texto.replace("{%-", "{%").replace("-%}", "%}")

    @property
    def de_bloque(self) -> bool:
        """Si no deja texto a la vista: puede ir sola en su párrafo."""
        return not self.texto.startswith("{{") and self.palabra not in _DE_CELDA


@dataclass(frozen=True)
class Defecto:
    """Algo mal en una plantilla: la regla que lo ve, dónde está y qué es.

    ``problema`` es una oración que dice qué pasa y, después de su punto, cómo se corrige. ``parrafo`` es su número
    en la parte, desde 1; 0: no es de ninguno. ``grave``: impide usar la plantilla.
    """

    codigo: str
    lugar: str
    problema: str
    parte: str = ""
    parrafo: int = 0
    grave: bool = True

    @property
    def en_dos(self) -> tuple[str, str]:
        """Qué pasa y cómo se corrige: ``("«fecha» no existe.", "¿Quiso decir «sesion.fecha»?")``."""
        citas = 0
        for lugar, letra in enumerate(self.problema):
            citas += (letra == "«") - (letra == "»")
            if letra == "." and citas <= 0 and self.problema[lugar + 1 : lugar + 2] == " ":
                return self.problema[: lugar + 1], self.problema[lugar + 2 :]
        pasa, punto, remedio = self.problema.partition(". ")  # alguna cita trae una comilla sin su pareja
        return pasa + punto.strip(), remedio

    def __str__(self) -> str:
        return f"{self.lugar}: {self.problema}" if self.lugar else self.problema


class Revision:
    """Prepara una parte de la plantilla y junta todo lo que tenga mal.

    ``titulos``: los estilos de párrafo que son título, por su identificador, para decir en qué sección está cada
    cosa. Con algún defecto grave, la parte preparada no sirve.
    """

    def __init__(
        self, raiz: etree._Element, lugar: str, parte: str = "", titulos: Collection[str] = frozenset()
    ) -> None:
        self.raiz = raiz
        self.lugar = lugar
        self.parte = parte
        self.titulos = titulos
        self.defectos: list[Defecto] = []
        self.numeros: dict[etree._Element, int] = {}
        self.de_parrafo: dict[etree._Element, list[Etiqueta]] = {}
        self.escritos: dict[etree._Element, str] = {}  # los párrafos con etiquetas, como están en Word
        self.rotos: dict[etree._Element, str] = {}  # los párrafos con etiquetas que no se pudieron leer, y su texto
        self._orillas = Orillas((), partial(_nivel_de, {}))
        self._secciones: Mapping[etree._Element, etree._Element] | None = None
        self._tablas: dict[etree._Element, int] | None = None

    @property
    def errores(self) -> list[str]:
        """Lo grave, en frases completas con su lugar."""
        return [str(defecto) for defecto in self.defectos if defecto.grave]

    @property
    def orillas(self) -> Mapping[Etiqueta, Orilla]:
        """Las etiquetas que abarcan más que su párrafo, y adónde se sacan."""
        return self._orillas.suyas

    def preparar(self) -> None:
        """Deja el árbol listo para convertirse en plantilla de Jinja; con errores, sólo los junta."""
        renglones, celdas = self.examinar()
        if self.errores:
            return
        _marcar_tablas_pegadas(self.raiz)
        solas = [parrafo for parrafo in self.de_parrafo if self.solo_bloques(parrafo)]
        self._orillas.sacar()
        sustituidos = {*renglones, *celdas}
        for elemento in chain(renglones, celdas):
            _sustituir(elemento, self.etiquetas(elemento))
        for parrafo in solas:
            quedan = [etiqueta for etiqueta in self.de_parrafo[parrafo] if etiqueta not in self.orillas]
            if sustituidos.isdisjoint(parrafo.iterancestors()) and (quedan or not es_el_unico(parrafo)):
                _sustituir(parrafo, quedan)

    def examinar(self) -> tuple[list[etree._Element], list[etree._Element]]:
        """Junta las etiquetas de cada párrafo y todo lo que tengan mal; qué renglones y celdas son sólo etiquetas."""
        self._rechazar_revisiones()
        _limpiar(self.raiz)
        parrafos = list(self.raiz.iter(f"{W}p"))
        de_la_persona = (parrafo for parrafo in parrafos if not _de_raya(parrafo))
        self.numeros = {parrafo: numero for numero, parrafo in enumerate(de_la_persona, 1)}
        for copia, original in _copias(self.raiz):
            self.numeros[copia] = self.numeros[original]
        for parrafo in parrafos:
            self._leer(parrafo)
        self._revisar_fuera_del_texto()
        renglones = [fila for fila in self.raiz.iter(f"{W}tr") if self._es_de_bloque(fila)]
        celdas = [celda for celda in self.raiz.iter(f"{W}tc") if self._pide(celda, "tc")]
        contenedores = self._contenedores(renglones, celdas)
        self._orillas = Orillas(self.en_orden(), partial(_nivel_de, contenedores))
        self._revisar_prefijos(set(renglones), set(celdas))
        if not any("{%" in texto or "%}" in texto for texto in self.rotos.values()):
            self._revisar_parejas(contenedores)  # una etiqueta ilegible pudo ser la pareja
        return renglones, celdas

    # --- decir dónde ------------------------------------------------------------------------------

    def cita(self, parrafo: etree._Element) -> str:
        """``"cuerpo, párrafo 14 («Acuerdo primero…»)"``."""
        escrito = self.escritos.get(parrafo) or _texto_de(parrafo)
        return f"{self.lugar}, párrafo {self.numeros.get(parrafo, 0)} («{_corto(escrito)}»)"

    def donde(self, parrafo: etree._Element) -> str:
        """La cita y, si los hay, su tabla y su título: ``"…, tabla 2, renglón 3, en «Lista de asistencia»"``."""
        partes = [self.cita(parrafo), *self._en_su_tabla(parrafo)]
        if next(parrafo.iterancestors(f"{W}txbxContent"), None) is not None:
            partes.append("en un cuadro de texto")
        titulo = self._titulo_de(parrafo)
        if titulo is not None and titulo is not parrafo:
            partes.append(f"en «{_corto(_texto_de(titulo), 40)}»")
        return ", ".join(partes)

    def _en_su_tabla(self, parrafo: etree._Element) -> Iterator[str]:
        fila = next(parrafo.iterancestors(f"{W}tr"), None)
        tabla = None if fila is None else next(fila.iterancestors(f"{W}tbl"), None)
        if fila is None or tabla is None:
            return
        if self._tablas is None:
            self._tablas = {suya: numero for numero, suya in enumerate(self.raiz.iter(f"{W}tbl"), 1)}
        yield f"tabla {self._tablas.get(tabla, 0)}"
        yield f"renglón {1 + sum(1 for _ in fila.itersiblings(f'{W}tr', preceding=True))}"

    def _titulo_de(self, parrafo: etree._Element) -> etree._Element | None:
        if self._secciones is None:
            secciones: dict[etree._Element, etree._Element] = {}
            actual: etree._Element | None = None
            for otro in self.numeros:
                estilo = otro.find(f"{W}pPr/{W}pStyle")
                if estilo is not None and estilo.get(f"{W}val") in self.titulos and _texto_de(otro):
                    actual = otro
                if actual is not None:
                    secciones[otro] = actual
            self._secciones = secciones
        return self._secciones.get(parrafo)

    def anotar(self, codigo: str, parrafo: etree._Element, problema: str, *, grave: bool = True) -> None:
        """Suma un defecto de ese párrafo."""
        numero = self.numeros.get(parrafo, 0)
        self.defectos.append(Defecto(codigo, self.donde(parrafo), problema, self.parte, numero, grave))

    def _rechazar_revisiones(self) -> None:
        primera = next(self.raiz.iter(*_REVISIONES), None)
        if primera is None:
            return
        parrafo = next(primera.iterancestors(f"{W}p"), None)
        if parrafo is None:
            parrafo = next(primera.iter(f"{W}p"), None)
        numero = 0 if parrafo is None else 1 + list(self.raiz.iter(f"{W}p")).index(parrafo)
        cerca = "" if parrafo is None else f" cerca de «{''.join(map(str, parrafo.itertext()))[:60]}»"
        self.defectos.append(
            Defecto(
                "E07",
                self.lugar,
                f"hay cambios sin aceptar{cerca}. Acéptelos o rechácelos en Word (pestaña Revisar).",
                self.parte,
                numero,
            )
        )

    # --- leer un párrafo -------------------------------------------------------------------------

    def _leer(self, parrafo: etree._Element) -> None:
        trozos = list(_trozos(parrafo))
        texto = "".join(t.text or "" for t in trozos)
        if not (_ABRE.search(texto) or _SUELTA.search(texto)):
            return
        if len(_ABRE.findall(texto)) > MAX_ETIQUETAS_POR_PARRAFO:  # buscar sus cierres tardaría minutos
            self.anotar(
                "E01", parrafo, f"tiene más de {MAX_ETIQUETAS_POR_PARRAFO} etiquetas. Repártalas en varios párrafos."
            )
            self.rotos[parrafo] = ""
            return
        tramos = list(ETIQUETA.finditer(texto))
        problemas = list(_sin_pareja(texto, tramos))
        for problema in problemas:
            self.anotar("E01", parrafo, problema)
        for tramo in tramos if not problemas else ():
            if problema := _mal_escrita(tramo[0], partial(self._sin_cerrar_hasta, tramo)):
                self.anotar("E03", parrafo, problema)
                problemas.append(problema)
        if problemas:
            self.rotos[parrafo] = texto
            return
        self._revisar_cortadas(parrafo, trozos, tramos)
        self.escritos[parrafo] = " ".join(texto.split())
        self.de_parrafo[parrafo] = _juntar(parrafo, trozos, tramos)

    def _sin_cerrar_hasta(self, tramo: re.Match[str]) -> str:
        """La palabra de la última etiqueta que se abrió antes y no se ha cerrado; vacía si ninguna."""
        abiertas: list[str] = []
        antes = [e.texto for e in self.en_orden()] + ETIQUETA.findall(tramo.string[: tramo.start()])
        for palabra in (hallada[1] for hallada in map(_PALABRA.match, antes) if hallada):
            if palabra in ("for", "if", "with"):
                abiertas.append(palabra)
            elif palabra in _CIERRES and abiertas:
                abiertas.pop()
        return abiertas[-1] if abiertas else ""

    def _revisar_cortadas(
        self, parrafo: etree._Element, trozos: list[etree._Element], tramos: list[re.Match[str]]
    ) -> None:
        """Una etiqueta con otro formato en medio sale toda con el de su primera letra."""
        lugares = []
        inicio = 0
        for trozo in trozos:
            lugares.append((inicio, inicio + len(trozo.text or ""), trozo))
            inicio += len(trozo.text or "")
        for tramo in tramos:
            suyos = [(a, b, t) for a, b, t in lugares if a < tramo.end() and b > tramo.start() and b > a]
            distintos = [s for s in suyos[1:] if _formato_de(s[2]) != _formato_de(suyos[0][2])]
            if distintos:
                a, b, _ = distintos[0]
                otra = tramo.string[max(a, tramo.start()) : min(b, tramo.end())].strip()
                self.anotar(
                    "W09",
                    parrafo,
                    f"«{otra}» tiene otro formato que el resto de «{cortada(tramo[0])}»: todo saldrá con el de su "
                    "primera letra. Dé el mismo formato a toda la etiqueta.",
                    grave=False,
                )
            elif len(suyos) > 1 and _con_marcador_en_medio(suyos[0][2], suyos[-1][2]):
                self.anotar(
                    "W09",
                    parrafo,
                    f"un marcador parte «{cortada(tramo[0])}». Póngalo antes o después de ella.",
                    grave=False,
                )

    def _revisar_fuera_del_texto(self) -> None:
        """Las etiquetas sólo valen en el texto y en el texto alternativo de una imagen."""
        for elemento in self.raiz.iter():
            if elemento.text and elemento.tag != f"{W}t" and _ABRE.search(str(elemento.text)):
                self._fuera(elemento, str(elemento.text))
            for nombre, valor in elemento.attrib.items():
                if _ABRE.search(str(valor)) and not _vale_en_atributo(elemento, str(nombre), str(valor)):
                    self._fuera(elemento, str(valor))

    def _fuera(self, elemento: etree._Element, texto: str) -> None:
        parrafo = next(elemento.iterancestors(f"{W}p"), elemento)
        self.anotar(
            "E01",
            parrafo,
            f"«{cortada(texto, 60)}» está donde no se puede escribir (un campo, una ecuación…). Póngala en el texto.",
        )

    # --- qué desaparece con sus etiquetas -----------------------------------------------------------

    def etiquetas(self, elemento: etree._Element) -> list[Etiqueta]:
        """Las que lleva dentro."""
        return [e for parrafo in elemento.iter(f"{W}p") for e in self.de_parrafo.get(parrafo, ())]

    def solo_bloques(self, parrafo: etree._Element) -> bool:
        """Si el párrafo sólo lleva etiquetas de bloque: al generar, desaparece.

        Una imagen entre un «if» y su «endif» no es una etiqueta: ése se queda.
        """
        etiquetas = self.de_parrafo.get(parrafo, [])
        if not etiquetas or not all(e.de_bloque for e in etiquetas) or _resto(parrafo):
            return False
        return not (_emparejadas(etiquetas) and _lo_que_pierde(parrafo))

    def _es_de_bloque(self, fila: etree._Element) -> bool:
        """Si el renglón sólo lleva etiquetas de bloque, y ninguna pide ser de celda.

        Las que piden ser de párrafo lo son si abren y cierran en él; si no, el prefijo está de más.
        """
        etiquetas = self.etiquetas(fila)
        if not etiquetas or any(e.prefijo == "tc" or not e.de_bloque for e in etiquetas):
            return False
        if any(e.prefijo == "p" for e in etiquetas) and _emparejadas(etiquetas):
            return False
        return not any(_resto(parrafo) for parrafo in fila.iter(f"{W}p")) and fila.find(f".//{W}tbl") is None

    def _pide(self, elemento: etree._Element, prefijo: str) -> bool:
        propios = (e for e in self.etiquetas(elemento) if next(e.parrafo.iterancestors(elemento.tag)) is elemento)
        return any(e.prefijo == prefijo for e in propios)

    def _contenedores(
        self, renglones: Iterable[etree._Element], celdas: Iterable[etree._Element]
    ) -> dict[etree._Element, etree._Element]:
        """Por párrafo que desaparece, el elemento en cuyo nivel quedan sus etiquetas."""
        mapa = {p: p.getparent() for p in self.de_parrafo if self.solo_bloques(p)}
        for elemento in chain(celdas, renglones):
            mapa.update(dict.fromkeys(elemento.iter(f"{W}p"), elemento.getparent()))
        return {p: contenedor for p, contenedor in mapa.items() if contenedor is not None}

    def _revisar_prefijos(self, renglones: set[etree._Element], celdas: set[etree._Element]) -> None:
        for etiqueta in chain.from_iterable(self.de_parrafo.values()):
            parrafo = etiqueta.parrafo
            match etiqueta.prefijo:
                case "p" | "tr" | "tc" if etiqueta.texto.startswith("{{"):
                    self.anotar(
                        "E06",
                        parrafo,
                        f"«{{{{{etiqueta.prefijo} …» no escribe un texto. Quite la «{etiqueta.prefijo}»: "
                        f"«{cortada(etiqueta.texto)}».",
                    )
                case "p" if not self.solo_bloques(parrafo):
                    self.anotar(
                        "E02", parrafo, "el texto junto a «{%p …» desaparecería. Deje la etiqueta sola en su párrafo."
                    )
                case "tr" if etiqueta in self.orillas or next(parrafo.iterancestors(f"{W}tr"), None) is None:
                    pass  # fuera de una tabla, o en la orilla de su renglón, el prefijo está de más
                case "tr" if renglones.isdisjoint(parrafo.iterancestors(f"{W}tr")):
                    self.anotar(
                        "E02",
                        parrafo,
                        "lo demás del renglón de «{%tr …» desaparecería. Deje la etiqueta sola en su renglón.",
                    )
                case "tc" if celdas.isdisjoint(parrafo.iterancestors(f"{W}tc")):
                    self.anotar("E02", parrafo, "«{%tc …» sólo vale en una celda de tabla. Quite las letras «tc».")
        for celda in celdas:
            for parrafo in celda.iter(f"{W}p"):
                if _resto(parrafo) or not all(e.de_bloque for e in self.de_parrafo.get(parrafo, ())):
                    self.anotar(
                        "E02",
                        parrafo,
                        "lo demás de la celda de «{%tc …» desaparecería. Deje la etiqueta sola en su celda.",
                    )
        for parrafo in self.de_parrafo:
            if self.solo_bloques(parrafo) and (pierde := _lo_que_pierde(parrafo)):
                self.anotar(
                    "E08", parrafo, f"este párrafo desaparece al generar, y con él {pierde}. Póngalo en otro párrafo."
                )

    def en_orden(self) -> list[Etiqueta]:
        """Todas las etiquetas, en el orden en que se leen."""
        return list(chain.from_iterable(self.de_parrafo.values()))

    def _revisar_parejas(self, contenedores: Mapping[etree._Element, etree._Element]) -> None:
        """Cada ``for`` e ``if`` se cierra, y al mismo nivel en que se abrió."""
        abiertas: list[tuple[Etiqueta, etree._Element | None]] = []
        con_else: set[Etiqueta] = set()
        todas = self.en_orden()
        for lugar, etiqueta in enumerate(todas):
            palabra = etiqueta.palabra
            if palabra in _DE_CELDA:
                self._revisar_de_celda(etiqueta, {abierta.palabra for abierta, _ in abiertas})
            if palabra not in _CONOCIDAS - _DE_CELDA or (palabra == "set" and "=" in etiqueta.texto):
                continue
            orilla = self.orillas.get(etiqueta)
            nivel = _nivel_de(contenedores, etiqueta) if orilla is None else orilla.nivel
            if palabra not in _CIERRES and palabra not in _INTERMEDIAS:
                abiertas.append((etiqueta, nivel))
                continue
            esperadas = _INTERMEDIAS.get(palabra, (_CIERRES.get(palabra, ""),))
            if all(abierta.palabra not in esperadas for abierta, _ in abiertas):
                abre = _la_que_cierra(todas[lugar + 1 :]) if palabra == "else" else esperadas[-1]
                self._mal("E04", etiqueta, f"no corresponde a ninguna etiqueta abierta. {_que_abriria(abre)}")
                continue
            while abiertas[-1][0].palabra not in esperadas:
                self._sin_cerrar(abiertas.pop()[0])
            abierta, suyo = abiertas[-1]
            if suyo is not nivel:
                self._mal(
                    "E04",
                    etiqueta,
                    f"no está al mismo nivel que «{cortada(abierta.escrita)}» ({self.cita(abierta.parrafo)}). "
                    f"{_como_se_emparejan(abierta.parrafo, etiqueta.parrafo)}",
                )
            if palabra in _INTERMEDIAS and abierta in con_else:
                self._mal(
                    "E04",
                    etiqueta,
                    f"va después del «{{% else %}}» de «{cortada(abierta.escrita)}». Deje uno solo, y al final.",
                )
            if palabra == "endset" and abierta.parrafo is not etiqueta.parrafo:
                self._mal(
                    "E04", etiqueta, f"está en otro párrafo que «{cortada(abierta.escrita)}». Póngalas en el mismo."
                )
            if palabra == "else":
                con_else.add(abierta)
            if palabra in _CIERRES:
                abiertas.pop()
        for etiqueta, _ in abiertas:
            self._sin_cerrar(etiqueta)

    def _mal(self, codigo: str, etiqueta: Etiqueta, que: str) -> None:
        self.anotar(codigo, etiqueta.parrafo, f"«{cortada(etiqueta.escrita)}» {que}")

    def _revisar_de_celda(self, etiqueta: Etiqueta, abiertas: set[str]) -> None:
        """Las que unen o pintan celdas valen en una, y las que unen, si además se repite."""
        if next(etiqueta.parrafo.iterancestors(f"{W}tc"), None) is None:
            self._mal("E02", etiqueta, "sólo vale en una celda de tabla. Póngala en una, o bórrela.")
        elif etiqueta.palabra in ("vm", "hm") and "for" not in abiertas:
            self._mal("E04", etiqueta, "sólo vale dentro de un ciclo. Póngala entre «{% for … %}» y «{% endfor %}».")

    def _sin_cerrar(self, etiqueta: Etiqueta) -> None:
        self._mal("E04", etiqueta, f"se abre y no se cierra. Escriba «{{% end{etiqueta.palabra} %}}» donde termina.")


def _la_que_cierra(siguientes: Iterable[Etiqueta]) -> str:
    """De qué es un «else» que nadie abrió, por el cierre que le toca: ``"for"`` si es «endfor»; si no, ``"if"``."""
    abiertas = 0
    for palabra in (etiqueta.palabra for etiqueta in siguientes):
        abiertas += palabra in ("if", "for")
        if palabra in ("endif", "endfor"):
            if not abiertas:
                return _CIERRES[palabra]
            abiertas -= 1
    return "if"


def _que_abriria(palabra: str) -> str:
    return f"Escriba «{{% {palabra} … %}}» donde empieza, o bórrela."


def _como_se_emparejan(uno: etree._Element, otro: etree._Element) -> str:
    celdas = [next(parrafo.iterancestors(f"{W}tc"), None) for parrafo in (uno, otro)]
    if celdas[0] is not celdas[1] and None not in celdas:
        return (
            "Para repetir el renglón, póngalas al principio de su primera celda y al final de la última; para una "
            "sola celda, ambas en ella."
        )
    if [*uno.iterancestors(f"{W}tbl")] != [*otro.iterancestors(f"{W}tbl")]:
        return "Una está dentro de una tabla y la otra no: ponga ambas dentro o ambas fuera."
    if [*uno.iterancestors(f"{W}sdt")] != [*otro.iterancestors(f"{W}sdt")]:
        return "Una está dentro de un control de contenido y la otra no: quite el control o póngalas juntas."
    return "Deje ambas solas en su párrafo o en su renglón, o ambas dentro del mismo párrafo."


def _emparejadas(etiquetas: Iterable[Etiqueta]) -> bool:
    """Si cada una que abre se cierra ahí mismo."""
    abiertas = 0
    for etiqueta in etiquetas:
        if etiqueta.palabra in _CIERRES:
            abiertas -= 1
        elif etiqueta.palabra in _INTERMEDIAS and not abiertas:
            return False
        elif etiqueta.palabra in _CIERRES.values() and not (etiqueta.palabra == "set" and "=" in etiqueta.texto):
            abiertas += 1
        if abiertas < 0:
            return False
    return abiertas == 0


# --- texto y etiquetas ---------------------------------------------------------------------------


def _trozos(parrafo: etree._Element) -> Iterator[etree._Element]:
    """Los w:t del párrafo, sin los de los cuadros de texto que lleve dentro."""
    for trozo in parrafo.iter(f"{W}t"):
        if next(trozo.iterancestors(f"{W}p"), None) is parrafo:
            yield trozo


def _copias(raiz: etree._Element) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Los párrafos de un cuadro de texto que Word repite para programas viejos, cada uno con el que la persona ve."""
    for alternativa in raiz.iter(f"{MC}AlternateContent"):
        vistos, copias = (list(alternativa.iterfind(f"{MC}{cual}//{W}p")) for cual in ("Choice", "Fallback"))
        if len(vistos) == len(copias):
            yield from zip(copias, vistos, strict=True)


def _de_raya(parrafo: etree._Element) -> bool:
    """Si es la raya que separa las notas, que Word guarda entre ellas como si fuera otra."""
    nota = parrafo.getparent()
    return nota is not None and nota.tag in (f"{W}footnote", f"{W}endnote") and nota.get(f"{W}type") is not None


def _texto_de(parrafo: etree._Element) -> str:
    return " ".join("".join(t.text or "" for t in _trozos(parrafo)).split())


def _corto(texto: str, largo: int = 60) -> str:
    return texto if len(texto) <= largo else f"{texto[: largo - 3]}…"


def _formato_de(trozo: etree._Element) -> bytes:
    """Lo que hace que un trozo se vea distinto de otro, sin lo que Word anota por su cuenta."""
    run = trozo.getparent()
    propias = None if run is None else run.find(f"{W}rPr")
    visibles = [] if propias is None else [p for p in propias if p.tag not in _SIN_VERSE]
    return b"".join(etree.tostring(p, with_tail=False) for p in visibles)


def _con_marcador_en_medio(primero: etree._Element, ultimo: etree._Element) -> bool:
    run, final = primero.getparent(), ultimo.getparent()
    while run is not None and run is not final:
        run = run.getnext()
        if run is not None and run.tag in (f"{W}bookmarkStart", f"{W}bookmarkEnd"):
            return True
    return False


def _sin_pareja(texto: str, tramos: list[re.Match[str]]) -> Iterator[str]:
    """Las etiquetas sin cerrar o sin abrir."""
    for tramo in tramos:
        if dentro := _ABRE.search(tramo[0], 2):
            yield f"se abre «{tramo[0][:2]}» y no se cierra antes de «{dentro[0]}». {_cierrela(tramo[0][:2])}"
    fuera = ETIQUETA.sub("\0", texto)
    if suelta := _ABRE.search(fuera):
        yield f"se abre «{suelta[0]}» y no se cierra. {_cierrela(suelta[0])}"
    if suelta := _SUELTA.search(fuera):
        abre = _ABRE_CON[suelta[0]]
        yield f"se cierra «{suelta[0]}» sin haberse abierto. Escriba «{abre}» donde empieza, o quítelo."


def _cierrela(abre: str) -> str:
    cierra = next(cierra for cierra, suya in _ABRE_CON.items() if suya == abre)
    if abre == "{#":  # casi nunca es una etiqueta
        return f"Ciérrela con «{cierra}» o, si es texto, ponga un espacio entre los dos signos."
    return f"Ciérrela con «{cierra}»."


_EN_ESPANOL = {"si": "if", "para": "for", "cada": "for", "sino": "else", "elseif": "elif", "elsif": "elif"}
_COMO_VA = {"if": "if …", "elif": "elif …", "for": "for … in …"}
_TERMINA = re.compile(r"(end|fin|cierra|termina)(if|si|for|para|cada)?$")


def _quiso_decir(dicho: str, abierta: Callable[[], str]) -> str:
    """Cómo se escribe lo que no se reconoció: ``"end for"`` → ``". ¿Quiso decir «{% endfor %}»?"``."""
    palabra, junto = dicho.partition(" ")[0], re.sub(r"[\s_-]+", "", dicho).lower()
    if palabra.lower() in _CONOCIDAS:
        return f". Escriba «{palabra.lower()}» con minúsculas."
    if junto in _CIERRES:
        return f". ¿Quiso decir «{{% {junto} %}}»?"
    if termina := _TERMINA.match(junto):
        cual = _EN_ESPANOL.get(termina[2] or "", termina[2]) or abierta()
        return f". ¿Quiso decir «{{% end{cual} %}}»?" if cual else ". ¿Quiso decir «{% endif %}» o «{% endfor %}»?"
    if cierre := next(iter(get_close_matches(junto, _CIERRES, n=1, cutoff=0.8)), ""):
        return f". ¿Quiso decir «{{% {cierre} %}}»?"
    if suya := _EN_ESPANOL.get(palabra.lower()) or next(
        iter(get_close_matches(palabra, _CONOCIDAS - _DE_CELDA, n=1, cutoff=0.8)), ""
    ):
        return f". ¿Quiso decir «{{% {_COMO_VA.get(suya, suya)} %}}»?"
    return ". Si es un dato, va entre «{{» y «}}»; después de «{%» se usan if, elif, else, for, set y with."


def _mal_escrita(etiqueta: str, abierta: Callable[[], str]) -> str:
    """Por qué no se reconoce una etiqueta; ``abierta`` da la palabra de la última que está sin cerrar."""
    if pegado := _PREFIJO_PEGADO.match(etiqueta):
        return f"«{cortada(etiqueta)}» no se entiende. Escriba un espacio después de «{{%{pegado[1]}»."
    if etiqueta.startswith("{%") and (raya := _RAYA.search(etiqueta)):
        return (
            f"«{cortada(etiqueta)}» lleva una raya («{raya[1] or raya[2]}») junto a «%», que Word puso sola. Bórrela."
        )
    palabra = _PALABRA.match(_PREFIJO.sub(r"\1 ", etiqueta))
    if not etiqueta.startswith("{%"):
        return ""
    if not palabra or palabra[1] not in _CONOCIDAS:
        dicho = _PREFIJO.sub(r"\1 ", etiqueta)[2:-2].strip(" +-")
        return f"«{cortada(etiqueta)}» no se reconoce{_quiso_decir(dicho, abierta)}"
    if palabra[1] in (*_CIERRES, "else") and not _SOLA.match(_PREFIJO.sub(r"\1\2 ", etiqueta)):
        return f"«{cortada(etiqueta)}» lleva algo de más. Se escribe «{{% {palabra[1]} %}}»."
    if palabra[1] in _DE_CELDA and "%" in etiqueta[2:-2]:
        return f"«{cortada(etiqueta)}» no puede llevar «%» en su interior. Quítelo."
    return ""


def _juntar(parrafo: etree._Element, trozos: list[etree._Element], tramos: list[re.Match[str]]) -> list[Etiqueta]:
    """Pasa cada etiqueta, entera y sin prefijo, al trozo donde empieza."""
    etiquetas: list[Etiqueta] = []
    nuevos: list[str] = []
    pendientes = iter(tramos)
    tramo = next(pendientes, None)
    inicio = 0
    for trozo in trozos:
        viejo = trozo.text or ""
        fin = inicio + len(viejo)
        nuevo, lugar = "", inicio
        while tramo and tramo.start() < fin:
            if tramo.start() >= inicio:
                etiqueta = _normalizada(tramo[0], parrafo, trozo)
                etiquetas.append(etiqueta)
                nuevo += viejo[max(lugar - inicio, 0) : tramo.start() - inicio] + etiqueta.texto
            lugar = tramo.end()
            if tramo.end() > fin:
                break
            tramo = next(pendientes, None)
        nuevos.append(nuevo + viejo[max(lugar - inicio, 0) :])
        inicio = fin
    _quitar_de_en_medio(parrafo, trozos, tramos)
    for trozo, nuevo in zip(trozos, nuevos, strict=True):
        trozo.text = nuevo
    return etiquetas


def _quitar_de_en_medio(parrafo: etree._Element, trozos: list[etree._Element], tramos: list[re.Match[str]]) -> None:
    """Quita los saltos de renglón, tabuladores y guiones que Word guarda dentro de una etiqueta: no son del texto."""
    if len(trozos) < 2 or next(parrafo.iter(*_EN_MEDIO), None) is None:
        return
    fines = list(accumulate(len(trozo.text or "") for trozo in trozos))
    cortes = {trozo for trozo, fin in zip(trozos, fines, strict=True) if any(t.start() < fin < t.end() for t in tramos)}
    dentro = False
    for elemento in list(parrafo.iter(f"{W}t", *_EN_MEDIO)):
        if elemento.tag == f"{W}t":
            dentro = elemento in cortes
        elif dentro and elemento.get(f"{W}type") is None:
            _quitar(elemento)


def _normalizada(texto: str, parrafo: etree._Element, trozo: etree._Element) -> Etiqueta:
    prefijo = _PREFIJO.match(texto)
    limpio = _PREFIJO.sub(r"\1\2 ", texto).translate(_COMILLAS)
    return Etiqueta(limpio, prefijo[3] if prefijo else "", parrafo, trozo)


def _resto(parrafo: etree._Element) -> str:
    """El texto del párrafo que no es etiqueta."""
    return ETIQUETA.sub("", "".join(t.text or "" for t in _trozos(parrafo))).strip()


def _lo_que_pierde(parrafo: etree._Element) -> str:
    for elemento in parrafo.iter(*_SE_PERDERIA):
        return _SE_PERDERIA[str(elemento.tag)]
    saltos = (br for br in parrafo.iter(f"{W}br") if br.get(f"{W}type") in ("page", "column"))
    return "un salto de página" if next(saltos, None) is not None else ""


def _vale_en_atributo(elemento: etree._Element, nombre: str, valor: str) -> bool:
    if elemento.tag != f"{WP}docPr" or nombre not in ("descr", "title"):
        return False
    tramos = list(ETIQUETA.finditer(valor))
    return not list(_sin_pareja(valor, tramos)) and all(tramo[0].startswith("{{") for tramo in tramos)


def _nivel_de(contenedores: Mapping[etree._Element, etree._Element], etiqueta: Etiqueta) -> etree._Element:
    """En qué nivel queda: el de su párrafo o renglón, si desaparece con ella, o el de su texto."""
    run = etiqueta.trozo.getparent()
    padre = run.getparent() if run is not None else None
    return contenedores.get(etiqueta.parrafo, etiqueta.trozo if padre is None else padre)


# --- cambios al árbol ----------------------------------------------------------------------------


def _limpiar(raiz: etree._Element) -> None:
    """Quita lo que sólo es historia de edición y lo que no puede repetirse en un ciclo."""
    for elemento in list(raiz.iter(*_RUIDO)):
        _quitar(elemento)
    _quitar_marcador_de_word(raiz)
    for elemento in raiz.iter(f"{W}p", f"{W}tr", f"{W}r", f"{W}sectPr"):
        for nombre in list(elemento.attrib):
            if nombre in _HISTORIA or str(nombre).startswith(f"{W}rsid"):
                del elemento.attrib[nombre]
    for propiedades in raiz.iter(*ORDENES):  # LibreOffice las guarda en otro orden
        ordenar(propiedades, ORDENES[str(propiedades.tag)])
    for trozo in raiz.iter(f"{W}t"):
        if trozo.text and re.search(r"[\n\r\t]", trozo.text):
            trozo.text = re.sub(r"[\n\r\t]", " ", trozo.text)  # para Word son espacios; para la pasada, saltos


def _quitar_marcador_de_word(raiz: etree._Element) -> None:
    """Quita «_GoBack», que Word pone solo donde se editó por última vez."""
    propios = [m for m in raiz.iter(f"{W}bookmarkStart") if m.get(f"{W}name") == "_GoBack"]
    numeros = {m.get(f"{W}id") for m in propios}
    for final in [m for m in raiz.iter(f"{W}bookmarkEnd") if m.get(f"{W}id") in numeros]:
        _quitar(final)
    for inicio in propios:
        _quitar(inicio)


def _quitar(elemento: etree._Element) -> None:
    padre = elemento.getparent()
    if padre is not None:
        padre.remove(elemento)


def _marcar_tablas_pegadas(raiz: etree._Element) -> None:
    for tabla in raiz.iter(f"{W}tbl"):
        anterior = tabla.getprevious()
        if anterior is not None and anterior.tag == f"{W}tbl":
            tabla.set(PEGADA, "1")


def _sustituir(elemento: etree._Element, etiquetas: Iterable[Etiqueta]) -> None:
    """Cambia el elemento por el texto de sus etiquetas; los marcadores a medias quedan en su lugar."""
    padre = elemento.getparent()
    if padre is None:
        return
    for marcador in _marcadores_a_medias(elemento):
        marcador.tail = None
        elemento.addprevious(marcador)
    texto = "".join(e.sin_recorte for e in etiquetas) + (elemento.tail or "")
    poner_antes(elemento, texto)
    elemento.tail = None
    padre.remove(elemento)


def _marcadores_a_medias(elemento: etree._Element) -> list[etree._Element]:
    marcadores = list(elemento.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd"))
    numeros = [marcador.get(f"{W}id") for marcador in marcadores]
    return [marcador for marcador in marcadores if numeros.count(marcador.get(f"{W}id")) == 1]
