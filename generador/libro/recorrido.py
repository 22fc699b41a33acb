"""Recorrer un XML de Excel una sola vez, sin armar su árbol, y detenerse si rebasa los límites."""

from collections.abc import Callable
from xml.parsers import expat

from generador.celdas import CURSIVA, NEGRITA, SUBINDICE, SUBRAYADO, SUPERINDICE, TACHADO
from generador.datos import dataclass
from generador.libro.formato import Formato
from generador.ooxml import PaqueteRoto

# Límites de todo el libro: acotan el tiempo (menos de 10 s) y la memoria (menos de 500 MiB).
MAX_ELEMENTOS = 2_500_000  # etiquetas XML
MAX_PROFUNDIDAD = 64  # etiquetas dentro de etiquetas; un libro de verdad no pasa de 12

COPIE = "Copie sus datos (Pegado especial, Valores) a un libro nuevo."

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"  # como lo da expat: sin la llave que abre
SI = ("1", "true")
_NO = ("0", "false", "f")

Atributos = dict[str, str]
Abridor = Callable[[Atributos], object]
Cerrador = Callable[[], object]


class Ilegible(PaqueteRoto):
    """El archivo no es un libro utilizable; el mensaje completa «… no se puede leer: » y trae remedio."""

    def __init__(self, problema: str, remedio: str) -> None:
        self.remedio = remedio
        super().__init__(problema)


@dataclass
class Cuenta:
    """Lo que se lleva recorrido de un libro."""

    elementos: int = 0
    filas: int = 0
    celdas: int = 0


class Recorrido:
    """Quien lo hereda dice qué hacer al abrir y al cerrar cada etiqueta de Excel; las demás pasan de largo.

    ``nombre`` es el de la hoja, para los mensajes; vacío si no es una hoja.
    """

    def __init__(self, cuenta: Cuenta, nombre: str = "") -> None:
        self.nombre = nombre
        self.cuenta = cuenta
        self.al_abrir: dict[str, Abridor] = {}
        self.al_cerrar: dict[str, Cerrador] = {}
        self._elementos = self._profundidad = 0
        self._letras: list[str] = []
        self._analizador = expat.ParserCreate(namespace_separator="}")
        self._analizador.buffer_text = True
        self._analizador.StartElementHandler = self._abre
        self._analizador.EndElementHandler = self._cierra
        self._analizador.StartDoctypeDeclHandler = _doctype

    def recorrer(self, xml: bytes) -> None:
        """Lo recorre. Levanta Ilegible si rebasa los límites y expat.ExpatError si está mal formado."""
        self._analizador.Parse(xml, True)

    def leer(self, _: Atributos | None = None) -> None:
        """Desde aquí se junta lo escrito."""
        self._letras = []
        self._analizador.CharacterDataHandler = self._letras.append

    def leido(self) -> str:
        """Lo escrito desde `leer`."""
        self._analizador.CharacterDataHandler = None
        return "".join(self._letras)

    def demasiado(self, que: str) -> None:
        """Se detiene."""
        donde = f"en la hoja «{self.nombre}» " if self.nombre else ""
        raise Ilegible(f"{donde}hay {que}", COPIE)

    def _abre(self, etiqueta: str, atributos: Atributos) -> None:
        self.cuenta.elementos += 1
        self._profundidad += 1
        if self.cuenta.elementos > MAX_ELEMENTOS or self._profundidad > MAX_PROFUNDIDAD:
            self.demasiado("demasiados datos")
        hacer = self.al_abrir.get(etiqueta)
        if hacer is not None:
            hacer(atributos)

    def _cierra(self, etiqueta: str) -> None:
        self._profundidad -= 1
        hacer = self.al_cerrar.get(etiqueta)
        if hacer is not None:
            hacer()


def _doctype(*_: object) -> None:
    raise PaqueteRoto("trae declaraciones que un archivo de Office no lleva")


# --- la letra y el texto, que se escriben igual en varias partes ------------------------------------------------


class Letra:
    """La negrita y lo demás que pide una letra (``font`` en los estilos, ``rPr`` en un texto)."""

    def __init__(self) -> None:
        self.formato: Formato = frozenset()

    def al_abrir(self) -> dict[str, Abridor]:
        """Qué hacer con cada etiqueta de la letra."""
        simples = {"b": NEGRITA, "i": CURSIVA, "strike": TACHADO, "u": SUBRAYADO}
        return {f"{S}{etiqueta}": self._poner(marca) for etiqueta, marca in simples.items()} | {
            f"{S}vertAlign": self._de_altura
        }

    def empezar(self, _: Atributos | None = None) -> None:
        """Otra letra, sin nada."""
        self.formato = frozenset()

    def _poner(self, marca: tuple[str, str]) -> Abridor:
        def poner(atributos: Atributos) -> None:
            if atributos.get("val", "1") not in (*_NO, "none"):
                self.formato |= {marca}

        return poner

    def _de_altura(self, atributos: Atributos) -> None:
        marca = {"superscript": SUPERINDICE, "subscript": SUBINDICE}.get(atributos.get("val", ""))
        self.formato |= {marca} if marca else frozenset()
