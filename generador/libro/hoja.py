"""Una hoja de Excel: de su XML, recorrido una sola vez, a celdas que saben su lugar.

No se lee con openpyxl: importarlo tarda más que leer el libro, y el XML hay que recorrerlo de todos modos, para
acotarlo. Sí es el testigo de las pruebas. python-calamine tampoco: no da negritas, ligas ni cómo se muestra una cifra.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from generador.celdas import Celda, Hoja, Rango, Valor
from generador.libro.fecha import duracion_de, fecha_de, fecha_escrita
from generador.libro.formato import Formato, con_liga, texto_de
from generador.libro.presentacion import DURACION, FECHA, Presentacion
from generador.libro.recorrido import SI, Atributos, Cuenta, Recorrido, S
from generador.libro.referencia import numero_de, rango
from generador.libro.textos import TextoLeido, TextoPorTrozos
from generador.ooxml import R

# Límites de todo el libro: acotan el tiempo y la memoria.
MAX_CELDAS = 1_000_000
MAX_FILAS = 200_000
MAX_COMBINADAS = 2_000
MAX_COLUMNAS_OCULTAS = 1_000  # grupos
MAX_LIGADAS = 1_000  # celdas de una misma liga

Lugar = tuple[int, int]

_LIGA_ESCRITA = r'(?i)\s*HYPERLINK\(\s*"((?:[^"]|"")*)"'
_ERROR_PEGADO = "#(?:¡[A-ZÁÉÍÓÚÑ/0]+!|¿NOMBRE\\?)"  # como lo escribe Excel en español, pegado como valor
_LIGA_ADMITIDA = r"(?i)(?:https?://|mailto:)[^\s\ufdd0-\ufdef]+"


class HojaPorLeer(Recorrido):
    """Recorre el XML de una hoja (`recorrer`) y la entrega (`hoja`)."""

    def __init__(
        self,
        nombre: str,
        cuenta: Cuenta,
        textos: Sequence[TextoLeido],
        presentaciones: Sequence[Presentacion],
        *,
        base_1904: bool,
    ) -> None:
        super().__init__(cuenta, nombre)
        self._textos, self._presentaciones, self._base_1904 = textos, presentaciones, base_1904
        self._celdas: dict[Lugar, Celda] = {}
        self._combinadas: list[Rango] = []
        self._hipervinculos: list[tuple[str, str, str]] = []
        self._ligas: dict[Lugar, str] = {}
        self._filas_ocultas: set[int] = set()
        self._columnas_ocultas: list[tuple[int, int]] = []
        self._iguales: dict[tuple[int, Formato], tuple[str, str]] = {}
        self._fila = self._columna = 0
        self._empieza_celda({})
        dentro = TextoPorTrozos(self, "is", self._texto_en_su_celda)
        self.al_abrir = {
            **dentro.al_abrir(),
            f"{S}c": self._abre_celda,
            f"{S}row": self._abre_fila,
            f"{S}f": self.leer,
            f"{S}v": self.leer,
            f"{S}col": self._columnas,
            f"{S}mergeCell": self._combina,
            f"{S}hyperlink": self._hipervinculo,
        }
        self.al_cerrar = {
            **dentro.al_cerrar(),
            f"{S}c": self._cierra_celda,
            f"{S}f": self._lee_formula,
            f"{S}v": self._lee_valor,
        }

    def hoja(self, relaciones: Mapping[str, tuple[str, str]], *, oculta: bool) -> Hoja:
        """La hoja recorrida; ``relaciones`` dice a dónde llevan sus ligas."""
        tapadas = _tapadas(self._combinadas, self._celdas)
        ligas = self._ligas | self._direcciones(relaciones)
        return Hoja(
            self.nombre,
            {
                lugar: _ligada(celda, ligas[lugar]) if lugar in ligas else celda
                for lugar, celda in sorted(self._celdas.items())
                if lugar not in tapadas
            },
            tuple(self._combinadas),
            oculta,
            frozenset(self._filas_ocultas),
            tuple(self._columnas_ocultas),
        )

    def _direcciones(self, relaciones: Mapping[str, tuple[str, str]]) -> dict[Lugar, str]:
        direcciones: dict[Lugar, str] = {}
        for referencia, relacion, fragmento in self._hipervinculos:
            direccion = relaciones.get(relacion, ("", ""))[1] + (f"#{fragmento}" if fragmento else "")
            if re.fullmatch(_LIGA_ADMITIDA, direccion):
                direcciones.update(dict.fromkeys(_lugares(referencia), direccion))
        return direcciones

    # --- alrededor de las celdas ---

    def _columnas(self, atributos: Atributos) -> None:
        if atributos.get("hidden") in SI and len(self._columnas_ocultas) < MAX_COLUMNAS_OCULTAS:
            self._columnas_ocultas.append((int(atributos["min"]), int(atributos["max"])))

    def _combina(self, atributos: Atributos) -> None:
        area = rango(atributos.get("ref", ""))
        if len(self._combinadas) >= MAX_COMBINADAS:
            self.demasiado("demasiadas celdas combinadas")
        if area is not None:
            self._combinadas.append(area)

    def _hipervinculo(self, atributos: Atributos) -> None:
        self._hipervinculos.append(
            (atributos.get("ref", ""), atributos.get(f"{R[1:]}id", ""), atributos.get("location", ""))
        )

    def _abre_fila(self, atributos: Atributos) -> None:
        self.cuenta.filas += 1
        if self.cuenta.filas > MAX_FILAS:
            self.demasiado("demasiados renglones")
        self._fila = int(float(atributos.get("r", self._fila + 1)))
        self._columna = 0
        if atributos.get("hidden") in SI:
            self._filas_ocultas.add(self._fila)

    # --- cada celda ---

    def _empieza_celda(self, atributos: Atributos) -> None:
        self._tipo = atributos.get("t", "n")
        self._estilo = atributos.get("s", "0")
        self._formula: str | None = None
        self._escrito: str | None = None
        self._texto: TextoLeido = ()

    def _abre_celda(self, atributos: Atributos) -> None:
        self.cuenta.celdas += 1
        if self.cuenta.celdas > MAX_CELDAS:
            self.demasiado("demasiadas celdas")
        self._columna += 1
        if "r" in atributos:
            self._situar(atributos["r"])
        self._empieza_celda(atributos)

    def _situar(self, direccion: str) -> None:
        letras = direccion.rstrip("0123456789")
        if columna := _columna_de(letras):
            self._fila, self._columna = int(direccion[len(letras) :]), columna

    def _lee_formula(self) -> None:
        self._formula = self.leido()

    def _lee_valor(self) -> None:
        self._escrito = self.leido()

    def _texto_en_su_celda(self, texto: TextoLeido) -> None:
        self._texto = texto

    def _cierra_celda(self) -> None:
        if self._formula is not None:
            self._con_formula(self._formula)
        elif self._escrito or self._texto:
            self._guardar()

    def _con_formula(self, formula: str) -> None:
        escrita = re.match(_LIGA_ESCRITA, formula)
        if escrita and re.fullmatch(_LIGA_ADMITIDA, escrita[1].replace('""', '"')):
            self._ligas[self._fila, self._columna] = escrita[1].replace('""', '"')
        if (self._escrito or "").strip() or self._texto:
            self._guardar()
        elif self._tipo != "str" or self._escrito is None:  # =SI(A1="";"";A1), ya calculada, da un texto vacío
            self._poner(problema="trae una fórmula que nunca se calculó.")

    def _guardar(self) -> None:
        presentacion = self._presentaciones[int(self._estilo)]
        match self._tipo:
            case "s" | "str" | "inlineStr":
                self._poner_texto(presentacion.letra)
            case "e":
                self._poner(self._escrito, f"trae el error {self._escrito}.")
            case "b":
                self._poner(bool(int(self._escrito or 0)), formato=presentacion.cifra)
            case "d":
                self._poner(fecha_escrita(self._escrito or ""), formato=presentacion.cifra)
            case _:
                self._poner_cifra(presentacion)

    def _poner(self, valor: Valor = None, problema: str = "", quitado: str = "", formato: str = "") -> None:
        lugar = (self._fila, self._columna)
        self._celdas[lugar] = Celda(self.nombre, *lugar, valor, problema, quitado, formato)

    def _poner_texto(self, letra: Formato) -> None:
        if self._tipo == "s":
            clave = (int(self._escrito or 0), letra)
            if clave not in self._iguales:
                self._iguales[clave] = texto_de(self._textos[clave[0]], letra)
            texto, quitado = self._iguales[clave]
        else:
            texto, quitado = texto_de(self._texto if self._tipo == "inlineStr" else (self._escrito or "",), letra)
        if texto or quitado:
            pegado = re.fullmatch(_ERROR_PEGADO, texto) if texto.startswith("#") else None
            self._poner(texto, f"trae el error {texto}." if pegado else "", quitado)

    def _poner_cifra(self, presentacion: Presentacion) -> None:
        escrito = self._escrito or ""
        numero = float(escrito) if any(c in escrito for c in ".eE") else int(escrito)
        if not math.isfinite(numero):
            self._poner(problema="trae un número imposible.")
        elif presentacion.clase not in (FECHA, DURACION):
            self._poner(numero, formato=presentacion.cifra)
        else:
            de_fecha = presentacion.clase == FECHA
            momento = fecha_de(numero, base_1904=self._base_1904) if de_fecha else duracion_de(numero)
            if momento is None:
                self._poner(problema="trae una fecha que Excel no puede mostrar (####).")
            else:
                self._poner(momento, formato=presentacion.cifra)


@lru_cache(maxsize=1024)  # se pregunta por cada celda
def _columna_de(letras: str) -> int:
    """El número de una columna; 0 si así no se llama ninguna."""
    return numero_de(letras) if re.fullmatch("[A-Z]{1,3}", letras) else 0


def _ligada(celda: Celda, direccion: str) -> Celda:
    if not isinstance(celda.valor, str) or celda.problema:
        return celda
    return Celda(celda.hoja, celda.fila, celda.columna, con_liga(celda.valor, direccion), quitado=celda.quitado)


def _tapadas(combinadas: Sequence[Rango], celdas: Mapping[Lugar, Celda]) -> set[Lugar]:
    """Las que quedan ocultas bajo otra con la que están combinadas."""
    if not combinadas:
        return set()
    return {
        lugar
        for lugar in celdas
        if any(area.contiene(*lugar) and lugar != (area.fila, area.columna) for area in combinadas)
    }


def _lugares(referencia: str) -> list[Lugar]:
    area = rango(referencia)
    if area is None:
        return []
    filas = range(area.fila, area.ultima_fila + 1)
    columnas = range(area.columna, area.ultima_columna + 1)
    if len(filas) * len(columnas) > MAX_LIGADAS:
        return [(area.fila, area.columna)]
    return [(fila, columna) for fila in filas for columna in columnas]
