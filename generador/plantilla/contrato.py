"""El contrato: qué nombres puede escribir una plantilla, qué es cada uno y de qué columna del libro sale.

No se declara: se deduce de los contextos mismos. `Forma` es lo que tienen en común; quien conoce los documentos
(`flujo.contrato`) arma muchos contextos parecidos y los suma aquí.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from difflib import get_close_matches

from generador.celdas import clave, en_un_renglon
from generador.datos import dataclass
from generador.grafica import Grafica

MARCA = "\u2021"  # se agrega a un texto del libro para ver a dónde llega; si llega a una llave, la llave es suya
TEXTO, NUMERO, SI_O_NO, GRAFICA, NADA = "texto", "número", "sí o no", "gráfica", "nada"
DECIMAL = "número con decimales"

Camino = tuple[str, ...]  # ("asistentes", "[]", "nombre")
Columna = tuple[str, str]  # ("Asistencia", "Nombre")


@dataclass
class Forma:
    """Lo que se sabe de un valor por los ejemplos que se han visto de él.

    ``llaves``: si es un diccionario; ``elemento``: si es una lista; ``abierta``: si es un diccionario cuyas llaves
    las pone el libro (``graficas``). ``de``: las columnas que lo cambian. ``vacia``: si se ha visto una lista sin nada.
    """

    clases: set[str] = field(default_factory=set)
    llaves: dict[str, "Forma"] = field(default_factory=dict)
    elemento: "Forma | None" = None
    abierta: "Forma | None" = None
    ejemplo: str = ""
    de: dict[Columna, None] = field(default_factory=dict)
    vacia: bool = False

    @property
    def es_lista(self) -> bool:
        """Si se recorre con «for»."""
        return self.elemento is not None

    @property
    def es_diccionario(self) -> bool:
        """Si tiene nombres dentro."""
        return bool(self.llaves) or self.abierta is not None

    @property
    def se_escribe(self) -> bool:
        """Si puede ir entre ``{{ }}``: un texto, un número entero o una gráfica."""
        return bool(self.clases & {TEXTO, NUMERO, GRAFICA}) or not (
            self.clases - {NADA} or self.es_lista or self.es_diccionario
        )

    def sumar(self, valor: object) -> "Forma":
        """La misma, sabiendo además cómo es ``valor``."""
        match valor:
            case Mapping():
                for llave, suyo in valor.items():
                    self._en_llave(str(llave)).sumar(suyo)
            case str():
                self.clases.add(TEXTO)
                self.ejemplo = self.ejemplo or en_un_renglon(valor.replace(MARCA, ""))
            case Sequence():
                self.elemento = self.elemento or Forma()
                self.vacia = self.vacia or not valor
                for suyo in valor:
                    self.elemento.sumar(suyo)
            case _:
                self.clases.add(clase_de(valor))
                if isinstance(valor, int) and not isinstance(valor, bool) and not self.ejemplo:
                    self.ejemplo = str(valor)
        return self

    def _en_llave(self, llave: str) -> "Forma":
        if MARCA in llave:
            self.abierta = self.abierta or Forma()
            return self.abierta
        return self.llaves.setdefault(llave, Forma())

    def cerrar(self) -> "Forma":
        """La misma, con las llaves que puso el libro juntas en ``abierta``: ya no se le suma más."""
        for suya in self.llaves.values():
            suya.cerrar()
        if self.abierta is not None:
            for suya in self.llaves.values():
                self.abierta.fundir(suya)
            self.llaves.clear()
        if self.elemento is not None:
            self.elemento.cerrar()
        return self

    def fundir(self, otra: "Forma") -> "Forma":
        """La misma, con lo que se sabe de la otra."""
        self.clases |= otra.clases
        self.ejemplo = self.ejemplo or otra.ejemplo
        self.de |= otra.de
        self.vacia = self.vacia or otra.vacia
        for llave, suya in otra.llaves.items():
            self.llaves.setdefault(llave, Forma()).fundir(suya)
        if otra.elemento is not None:
            self.elemento = (self.elemento or Forma()).fundir(otra.elemento)
        if otra.abierta is not None:
            self.abierta = (self.abierta or Forma()).fundir(otra.abierta)
        return self

    def en(self, camino: Camino) -> "Forma | None":
        """La forma de ese camino; None si no se llega."""
        forma: Forma | None = self
        for paso in camino:
            if forma is None:
                return None
            forma = forma.elemento if paso == "[]" else forma.llaves.get(paso, forma.abierta)
        return forma

    @property
    def cuantos(self) -> int:
        """Cuánto se sabe de sus valores."""
        dentro = (*self.llaves.values(), *filter(None, (self.abierta, self.elemento)))
        return len(self.clases) + bool(self.ejemplo) + sum(1 + forma.cuantos for forma in dentro)

    def caminos(self, hasta_aqui: Camino = ()) -> Iterator[tuple[Camino, "Forma"]]:
        """Ella y todas las de dentro, con su camino, en el orden en que se escribieron."""
        if hasta_aqui:
            yield hasta_aqui, self
        for llave, suya in self.llaves.items():
            yield from suya.caminos((*hasta_aqui, llave))
        if self.abierta is not None:
            yield from self.abierta.caminos((*hasta_aqui, "NOMBRE"))
        if self.elemento is not None:
            yield from self.elemento.caminos((*hasta_aqui, "[]"))


def clase_de(valor: object) -> str:
    """``3`` → ``"número"``; ``None`` → ``"nada"``; lo que no se sabe escribir, el nombre de su tipo."""
    match valor:
        case None:
            return NADA
        case bool():
            return SI_O_NO
        case int():
            return NUMERO
        case float():
            return DECIMAL
        case str():
            return TEXTO
        case Grafica():
            return GRAFICA
        case _:
            return type(valor).__name__


@dataclass(frozen=True)
class Contrato:
    """Los nombres de un tipo de documento y las columnas de su libro.

    ``propias``: los caminos que salen de columnas que agregó la persona. ``columnas``: por columna, los caminos
    de texto a los que llega; las que no llegan a ninguno no están. ``agregables``: de cada lista, la hoja a la que
    puede agregarse una columna para tener ahí un nombre más.
    """

    tipo: str
    nombres: Forma
    columnas: Mapping[Columna, frozenset[Camino]] = field(default_factory=dict)
    propias: Mapping[Camino, Columna] = field(default_factory=dict)
    agregables: Mapping[Camino, str] = field(default_factory=dict)


def escrito(camino: Camino) -> str:
    """``("asistentes", "[]", "nombre")`` → ``"asistentes[].nombre"``."""
    texto = ""
    for paso in camino:
        texto += paso if paso == "[]" else f".{paso}" if texto else paso
    return texto


def singular(lista: Camino) -> str:
    """Cómo llamar a cada uno: ``("asistentes",)`` → ``"asistente"``; ``("firmas", "filas", "[]")`` → ``"de_fila"``."""
    if lista[-1] == "[]":
        return f"de_{singular(lista[:-1])}"
    nombre = lista[-1]
    if nombre.endswith(("ones", "enes", "ores", "ales", "ades")):
        return nombre[:-2]
    return nombre[:-1] if nombre.endswith("s") else "uno"


def en_su_ciclo(camino: Camino) -> str:
    """``("puntos", "[]", "bloques")`` → ``"punto.bloques"``: como se escribe dentro de los ciclos que hagan falta."""
    desde = max((n for n, paso in enumerate(camino) if paso == "[]"), default=-1)
    dentro = camino[desde + 1 :]
    return escrito(dentro if desde < 0 else (singular(camino[:desde]), *dentro))


def ciclo(lista: Camino) -> str:
    """``("puntos", "[]", "bloques")`` → ``"{% for bloque in punto.bloques %}"``."""
    return f"{{% for {singular(lista)} in {en_su_ciclo(lista)} %}}"


def parecido_a(nombre: str, opciones: Sequence[str]) -> str:
    """El nombre que quizá se quiso escribir; vacío si ninguno se parece."""
    por_clave = {clave(opcion): opcion for opcion in opciones}
    cercanos = get_close_matches(nombre, opciones, n=1) or get_close_matches(clave(nombre), list(por_clave), n=1)
    return por_clave[clave(cercanos[0])] if cercanos else ""
