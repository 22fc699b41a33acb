"""Cómo se muestra cada celda, según los estilos del libro: su letra, el formato de su cifra y si es fecha."""

import re
from typing import NamedTuple

from generador.libro.formato import SIN_FORMATO, Formato
from generador.libro.recorrido import Atributos, Cuenta, Letra, Recorrido, S

NUMERO, FECHA, DURACION = "número", "fecha", "duración"

# Los formatos que Excel no escribe en el libro (ISO/IEC 29500-1, 18.8.30).
_DE_SIEMPRE = dict(
    enumerate(
        (
            "General", "0", "0.00", "#,##0", "#,##0.00",
            '"$"#,##0_);("$"#,##0)', '"$"#,##0_);[Red]("$"#,##0)',
            '"$"#,##0.00_);("$"#,##0.00)', '"$"#,##0.00_);[Red]("$"#,##0.00)',
            "0%", "0.00%", "0.00E+00", "# ?/?", "# ??/??",
            "mm-dd-yy", "d-mmm-yy", "d-mmm", "mmm-yy",
            "h:mm AM/PM", "h:mm:ss AM/PM", "h:mm", "h:mm:ss", "m/d/yy h:mm",
        )
    )
) | {
    37: "#,##0_);(#,##0)", 38: "#,##0_);[Red](#,##0)", 39: "#,##0.00_);(#,##0.00)", 40: "#,##0.00_);[Red](#,##0.00)",
    41: r'_(* #,##0_);_(* \(#,##0\);_(* "-"_);_(@_)', 42: r'_("$"* #,##0_);_("$"* \(#,##0\);_("$"* "-"_);_(@_)',
    43: r'_(* #,##0.00_);_(* \(#,##0.00\);_(* "-"??_);_(@_)',
    44: r'_("$"* #,##0.00_)_("$"* \(#,##0.00\)_("$"* "-"??_)_(@_)',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mmss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
_DURACION = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_NO_CUENTA = re.compile(r'"[^"]*"|\[[^\]]*\]|[\\_*].')  # entre comillas, entre corchetes, literal
_DE_FECHA = re.compile("[dmyhs]", re.IGNORECASE)


class Presentacion(NamedTuple):
    """``letra``, la negrita y lo demás de toda la celda; ``cifra``, su formato (``"$#,##0.00"``); ``clase``, qué es."""

    letra: Formato = SIN_FORMATO
    cifra: str = "General"
    clase: str = NUMERO


def clase_de(cifra: str) -> str:
    """Qué muestra un formato de cifra: ``"dd/mm/yyyy"`` → fecha, ``"[h]:mm"`` → duración, ``"0.0"`` → número."""
    positivos = cifra.partition(";")[0]
    if _DURACION.search(positivos):
        return DURACION
    return FECHA if _DE_FECHA.search(_NO_CUENTA.sub("", positivos)) else NUMERO


def presentaciones(xml: bytes, cuenta: Cuenta) -> list[Presentacion]:
    """La de cada estilo de celda, en su orden; la de siempre, si el libro no trae estilos."""
    if not xml:
        return [Presentacion()]
    recorrido = _Estilos(cuenta)
    recorrido.recorrer(xml)
    return [
        Presentacion(recorrido.letras[letra] if recorrido.letras else SIN_FORMATO, cifra, clase_de(cifra))
        for letra, cifra in ((letra, recorrido.cifra(numero)) for letra, numero in recorrido.estilos)
    ] or [Presentacion()]


class _Estilos(Recorrido):
    """Junta las letras (``fonts``), los formatos propios (``numFmts``) y los estilos de celda (``cellXfs``)."""

    def __init__(self, cuenta: Cuenta) -> None:
        super().__init__(cuenta)
        self.letras: list[Formato] = []
        self.estilos: list[tuple[int, int]] = []
        self._propios: dict[int, str] = {}
        self._de_celda = self._de_letra = False
        self._letra = Letra()
        self.al_abrir = {
            f"{S}fonts": self._abre_letras,
            f"{S}font": self._letra.empezar,
            f"{S}numFmt": self._formato_propio,
            f"{S}cellXfs": self._abre_estilos,
            f"{S}xf": self._estilo,
            **self._letra.al_abrir(),
        }
        self.al_cerrar = {
            f"{S}font": self._cierra_letra,
            f"{S}fonts": self._cierra_letras,
            f"{S}cellXfs": self._cierra_estilos,
        }

    def cifra(self, numero: int) -> str:
        """El formato de ese número; «General» si nadie lo define."""
        return self._propios.get(numero) or _DE_SIEMPRE.get(numero, "General")

    def _abre_letras(self, _: Atributos) -> None:
        self._de_letra = True

    def _cierra_letras(self) -> None:
        self._de_letra = False

    def _cierra_letra(self) -> None:
        if self._de_letra:  # no la de un formato condicional
            self.letras.append(self._letra.formato)

    def _formato_propio(self, atributos: Atributos) -> None:
        if atributos.get("formatCode") and not self.estilos:  # los de un formato condicional vienen después
            self._propios[int(atributos["numFmtId"])] = atributos["formatCode"]

    def _abre_estilos(self, _: Atributos) -> None:
        self._de_celda = True

    def _cierra_estilos(self) -> None:
        self._de_celda = False

    def _estilo(self, atributos: Atributos) -> None:
        if self._de_celda:
            self.estilos.append((int(atributos.get("fontId", 0)), int(atributos.get("numFmtId", 0))))
