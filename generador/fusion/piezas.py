"""Un documento leído por piezas —párrafos, tablas y renglones—, como quedarían al aceptar sus cambios."""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import field

from lxml import etree

from generador.datos import dataclass
from generador.fusion.documento import Documento, estilo_de
from generador.fusion.figuras import Figura, figuras_de, lo_que_muestra
from generador.fusion.marcas import es_nuestra, rechazar
from generador.fusion.palabras import OBJETO, es_palabra
from generador.fusion.parrafo import Bloque, Letras, marca_borrada
from generador.ooxml import W

_ENVOLTURAS = (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo")
_TITULO = re.compile(r"(heading|t[íi]tulo) \d")  # ni el título del documento ni su subtítulo: no son un lugar
Columnas = tuple[int, ...]  # cuáles, contadas desde cero
AL_PRINCIPIO = "Inicio"  # el lugar de lo que está antes del primer título


@dataclass(eq=False, slots=True)
class Pieza:
    """Un bloque o un renglón de tabla; varios párrafos si los une un fin de párrafo borrado o la persona los unió."""

    clase: str
    elementos: list[etree._Element]
    texto: str
    estilo: str = ""
    bloque: Bloque | None = None
    lugar: str = ""
    celdas: list[etree._Element] = field(default_factory=list)  # de un renglón, las que se comparan
    figuras: str = ""  # por qué se reconocen las suyas: en el texto, todas son iguales
    nombres: tuple[str, ...] = ()  # cómo se llama cada cosa que no es texto, en su orden; vacío, si no tiene nombre
    alineacion: str = ""  # «center», «both»…: la suya o la de su estilo

    @property
    def rasgo(self) -> str:
        """Por lo que se reconoce en otro documento: lo que dice y lo que muestra."""
        return f"{self.texto} {self.figuras}" if self.figuras else self.texto

    @property
    def dicho(self) -> str:
        """Lo que dice, con el nombre de lo que muestra: ``"Véase [Gráfica «Seguidores»]"``."""
        nombres = iter(self.nombres)
        return re.sub(OBJETO, lambda objeto: f"[{n}]" if (n := next(nombres, "")) else objeto[0], self.texto)

    @property
    def dice_algo(self) -> bool:
        """Si trae palabras o alguna figura."""
        return any(self.nombres) or es_palabra(self.texto)

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
        self._documento, self._parte = documento, parte
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
        figuras = self._figuras(parrafos, bloque.texto)
        return Pieza(
            "p", list(parrafos), bloque.texto, estilo, bloque, lugar,
            figuras=" ".join(f.titulo if f.es_grafica and f.titulo else f.senas[1] for f in figuras),
            nombres=tuple(self._nombre(letra, figuras) for letra in bloque.letras if letra.texto == OBJETO),
            alineacion=self._documento.alineacion(parrafos[-1]),
        )  # fmt: skip

    def _figuras(self, elementos: Sequence[etree._Element], texto: str) -> list[Figura]:
        if OBJETO not in texto:
            return []
        return [figura for elemento in elementos for figura in figuras_de(self._documento, self._parte, elemento)]

    def _nombre(self, objeto: Letras, figuras: Sequence[Figura]) -> str:
        """``"Gráfica «Seguidores»"`` o ``"Nota «Véase el anexo.»"``; vacío si es otra cosa (un campo)."""
        if objeto.hijo is None:
            return ""
        if objeto.objeto == "nota":
            return f"Nota «{self._documento.nota(self._parte, objeto.hijo)}»"
        dentro = [*objeto.hijo.iter(f"{W}drawing")]
        return next((figura.nombre for figura in figuras if any(figura.elemento is d for d in dentro)), "")

    def muestra(self, pieza: Pieza) -> list[object]:
        """Lo que sus figuras llevan dentro, que el texto no dice."""
        return [lo_que_muestra(self._documento, figura) for figura in self._figuras(pieza.elementos, pieza.texto)]

    def _tabla(self, tabla: etree._Element, lugar: str) -> Pieza:
        suyos = self.renglones(tabla, lugar)
        texto = "\n".join(fila.texto for fila in suyos)
        return Pieza("tbl", [tabla], texto, lugar=lugar, nombres=_nombres(suyos))

    def renglones(self, tabla: etree._Element, lugar: str, ajenas: Columnas = ()) -> list[Pieza]:
        """Los renglones de una tabla, sin las columnas ``ajenas``."""
        return [self._renglon(fila, lugar, ajenas) for fila in filas(tabla)]

    def _renglon(self, fila: etree._Element, lugar: str, ajenas: Columnas = ()) -> Pieza:
        suyas = [celda for numero, celda in enumerate(celdas(fila)) if numero not in ajenas]
        piezas = [self.piezas(celda, "") for celda in suyas]
        texto = "\t".join("\n".join(p.texto for p in de_celda) for de_celda in piezas)
        nombres = _nombres([p for de_celda in piezas for p in de_celda])
        return Pieza(f"tr{len(suyas)}", [fila], texto, lugar=lugar, celdas=suyas, nombres=nombres)

    def _de_celda(self, celda: etree._Element) -> str:
        return "\n".join(p.texto for p in self.piezas(celda, ""))

    def columnas(self, tabla: etree._Element) -> list[str]:
        """Lo que dice cada columna, de arriba abajo; vacío si sus renglones no tienen todos las mismas celdas."""
        por_fila = [[self._de_celda(celda) for celda in celdas(fila)] for fila in filas(tabla)]
        if len({len(fila) for fila in por_fila}) != 1 or next(tabla.iter(f"{W}gridSpan"), None) is not None:
            return []
        return ["\n".join(textos) for textos in zip(*por_fila, strict=True)]

    def sin_tachar(self, elemento: etree._Element, otra: Pieza, ajenas: Columnas = ()) -> bool:
        """Si un párrafo o un renglón tachado dice, quitado lo tachado, lo mismo que la pieza, y del mismo modo."""
        copia = deepcopy(elemento)
        rechazar(copia, es_nuestra)
        if elemento.tag == f"{W}tr":
            return self._renglon(copia, "", ajenas).texto == otra.texto
        pieza = self._parrafo([copia], "")
        assert pieza.bloque is not None
        assert otra.bloque is not None
        palabras = ([palabra.entero for palabra in bloque.palabras] for bloque in (pieza.bloque, otra.bloque))
        return (pieza.estilo, pieza.rasgo, next(palabras)) == (otra.estilo, otra.rasgo, next(palabras))

    def juntar(self, piezas: Sequence[Pieza]) -> Pieza:
        """Varias piezas de párrafo como una."""
        if len(piezas) == 1:
            return piezas[0]
        elementos = [elemento for pieza in piezas for elemento in pieza.elementos]
        bloque = Bloque(elementos, self._ligas)
        figuras = " ".join(pieza.figuras for pieza in piezas if pieza.figuras)
        return Pieza(
            "p", elementos, bloque.texto, piezas[-1].estilo, bloque, piezas[0].lugar,
            figuras=figuras,
            nombres=_nombres(piezas),
            alineacion=piezas[-1].alineacion,
        )  # fmt: skip


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


def columnas(tabla: etree._Element) -> int:
    """Las que declara su cuadrícula."""
    return len(tabla.findall(f"{W}tblGrid/{W}gridCol"))


def ancho(tabla: etree._Element) -> int:
    """Las celdas de su renglón más largo: no cambia al guardarse en otro programa."""
    return max((len(celdas(fila)) for fila in filas(tabla)), default=0)


def _hijos(elemento: etree._Element, nombre: str) -> Iterator[etree._Element]:
    for hijo in elemento:
        if hijo.tag == nombre:
            yield hijo
        elif hijo.tag in _ENVOLTURAS:
            yield from _hijos(hijo, nombre)


def _nombres(piezas: Sequence[Pieza]) -> tuple[str, ...]:
    return tuple(nombre for pieza in piezas for nombre in pieza.nombres)
