"""Los textos de un libro, por trozos con su letra; Excel los guarda juntos (``sharedStrings``) o en su celda."""

from collections.abc import Callable

from generador.libro.formato import Trozo
from generador.libro.recorrido import Abridor, Atributos, Cerrador, Cuenta, Letra, Recorrido, S

TextoLeido = tuple[Trozo | str, ...]  # un str es un trozo sin letra propia: lleva la de su celda


class TextoPorTrozos:
    """Junta un texto al recorrer su XML (``si`` o ``is``) y lo entrega al cerrarse.

    ``("Lic. ", ("Ana", {NEGRITA}))``. La pronunciación (``rPh``) no es parte del texto.
    """

    def __init__(self, recorrido: Recorrido, etiqueta: str, entregar: Callable[[TextoLeido], object]) -> None:
        self._recorrido, self._entregar = recorrido, entregar
        self._etiqueta = f"{S}{etiqueta}"
        self._trozos: list[Trozo | str] = []
        self._letra = Letra()
        self._con_letra = self._pronunciacion = False

    def al_abrir(self) -> dict[str, Abridor]:
        """Qué hacer al abrir cada etiqueta de un texto."""
        return {
            self._etiqueta: self._empieza,
            f"{S}r": self._otro_trozo,
            f"{S}rPr": self._con_su_letra,
            f"{S}t": self._recorrido.leer,
            f"{S}rPh": self._calla,
            **self._letra.al_abrir(),
        }

    def al_cerrar(self) -> dict[str, Cerrador]:
        """Qué hacer al cerrarla."""
        return {self._etiqueta: self._termina, f"{S}t": self._escrito, f"{S}rPh": self._habla}

    def _empieza(self, _: Atributos) -> None:
        self._trozos = []
        self._con_letra = self._pronunciacion = False

    def _otro_trozo(self, _: Atributos) -> None:
        self._con_letra = False

    def _con_su_letra(self, _: Atributos) -> None:
        self._con_letra = True
        self._letra.empezar()

    def _calla(self, _: Atributos) -> None:
        self._pronunciacion = True

    def _habla(self) -> None:
        self._pronunciacion = False

    def _escrito(self) -> None:
        texto = self._recorrido.leido()
        if texto and not self._pronunciacion:
            self._trozos.append((texto, self._letra.formato) if self._con_letra else texto)

    def _termina(self) -> None:
        self._entregar(tuple(self._trozos))


def textos_compartidos(xml: bytes, cuenta: Cuenta) -> list[TextoLeido]:
    """Los textos del libro, en su orden; ninguno si no los trae."""
    textos: list[TextoLeido] = []
    if xml:
        recorrido = Recorrido(cuenta)
        texto = TextoPorTrozos(recorrido, "si", textos.append)
        recorrido.al_abrir, recorrido.al_cerrar = texto.al_abrir(), texto.al_cerrar()
        recorrido.recorrer(xml)
    return textos
