"""Una gráfica como dato: su título, sus categorías y sus series; y cómo se le dice a quien no la ve."""

import math
import re
from collections.abc import Iterator
from enum import StrEnum

from generador.castellano import decimal, enumerar, porcentaje
from generador.celdas import en_un_renglon
from generador.datos import dataclass

Cifra = float | int | None

_MAX_CIFRAS = 24  # las que se dicen una por una en el texto alternativo; con más, se resumen
_MAX_SERIES = 6  # las que se describen
_ILEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"  # lo que un XML no admite
_DECIMALES = r"\.([0#?]+)"


class Clase(StrEnum):
    """Qué clase de gráfica es, tal como se elige en el libro."""

    LINEA = "Línea"
    BARRAS = "Barras"
    PASTEL = "Pastel"


@dataclass(frozen=True, slots=True)
class Serie:
    """Unos valores con nombre, uno por categoría; None es un hueco: no hay dato y no se dibuja."""

    nombre: str
    valores: tuple[Cifra, ...]


@dataclass(frozen=True, slots=True)
class Grafica:
    """Una gráfica que en Word se edita con «Editar datos».

    ``formato`` es el de Excel con que se muestran las cifras (``"#,##0"``, ``"0.0%"``); ``titulo`` vacío,
    sin título. Levanta ValueError si no hay series o categorías, si una serie no trae un valor por
    categoría o no trae ninguno, y si es de pastel y no se puede repartir.
    """

    titulo: str
    clase: Clase
    categorias: tuple[str, ...]
    series: tuple[Serie, ...]
    formato: str = "#,##0"
    ancho_cm: float = 15
    alto_cm: float = 8

    def __post_init__(self) -> None:
        if problema := next(_problemas(self), ""):
            raise ValueError(problema)

    @property
    def descripcion(self) -> str:
        """El texto alternativo: ``"Gráfica de línea “Seguidores”: enero 350,000; febrero sin dato; …"``.

        Con más de 24 cifras dice de cada serie la primera, la última, la mayor y la menor.
        """
        titulo = en_un_renglon(self.titulo)
        nombre = f"Gráfica de {self.clase.lower()}" + (f" “{titulo}”" if titulo else "")
        contar = _cifra_por_cifra if len(self.categorias) * len(self.series) <= _MAX_CIFRAS else _en_resumen
        if len(self.series) == 1:
            return f"{nombre}: {contar(self, self.series[0])}."
        dichas = [f"{en_un_renglon(serie.nombre)}: {contar(self, serie)}" for serie in self.series[:_MAX_SERIES]]
        if len(self.series) > _MAX_SERIES:
            callan = [en_un_renglon(serie.nombre) for serie in self.series[_MAX_SERIES:]]
            dichas.append(f"También muestra {enumerar(callan)}")
        return f"{nombre}. {'. '.join(dichas)}."


def _problemas(grafica: Grafica) -> Iterator[str]:
    quien = f"La gráfica «{en_un_renglon(grafica.titulo)}»"
    if not grafica.series:
        yield f"{quien} no trae ninguna serie."
    if not grafica.categorias:
        yield f"{quien} no trae ninguna categoría."
    textos = (grafica.titulo, grafica.formato, *grafica.categorias, *(serie.nombre for serie in grafica.series))
    if any(re.search(_ILEGAL, texto) for texto in textos):
        yield f"{quien} trae un carácter que Word no admite."
    for serie in grafica.series:
        yield from _de_la_serie(f"{quien}: la serie «{en_un_renglon(serie.nombre)}»", serie, len(grafica.categorias))
    if grafica.clase is Clase.PASTEL:
        yield from _del_pastel(quien, grafica)


def _de_la_serie(quien: str, serie: Serie, esperados: int) -> Iterator[str]:
    if len(serie.valores) != esperados:
        yield f"{quien} trae {len(serie.valores)} valores y hay {esperados} categorías."
    if any(not _es_cifra(valor) for valor in serie.valores):
        yield f"{quien} trae algo que no es un número."
    if all(valor is None for valor in serie.valores):
        yield f"{quien} no trae ningún valor."


def _del_pastel(quien: str, grafica: Grafica) -> Iterator[str]:
    if len(grafica.series) > 1:
        yield f"{quien} es de pastel, que muestra una sola serie, y trae {len(grafica.series)}."
    valores = [valor for serie in grafica.series for valor in serie.valores if valor is not None]
    if any(valor < 0 for valor in valores) or not any(valores):
        yield f"{quien} es de pastel y no se puede repartir: sus cifras deben ser positivas."


def _es_cifra(valor: object) -> bool:
    if isinstance(valor, bool):
        return False
    return valor is None or isinstance(valor, int) or (isinstance(valor, float) and math.isfinite(valor))


# --- decirla -------------------------------------------------------------------------------------


def _cifra_por_cifra(grafica: Grafica, serie: Serie) -> str:
    pares = zip(grafica.categorias, serie.valores, strict=True)
    return "; ".join(_dicho(grafica, categoria, valor) for categoria, valor in pares)


def _en_resumen(grafica: Grafica, serie: Serie) -> str:
    """La primera, la última, la mayor y la menor de las cifras que hay."""
    pares = [(c, v) for c, v in zip(grafica.categorias, serie.valores, strict=True) if v is not None]
    mayor, menor = max(pares, key=lambda par: par[1]), min(pares, key=lambda par: par[1])
    nombres = ("primera cifra", "última", "máxima", "mínima")
    elegidos = zip(nombres, (pares[0], pares[-1], mayor, menor), strict=True)
    return "; ".join(f"{nombre}, {_dicho(grafica, *par)}" for nombre, par in elegidos)


def _dicho(grafica: Grafica, categoria: str, valor: Cifra) -> str:
    cifra = "sin dato" if valor is None else _en_texto(valor, grafica.formato)
    return f"{en_un_renglon(categoria)} {cifra}"


def _en_texto(valor: float | int, formato: str) -> str:
    """La cifra con los decimales de su formato: ``(0.3772, "0.0%")`` → ``"37.7%"``."""
    hallados = re.search(_DECIMALES, formato)
    decimales = len(hallados[1]) if hallados else 0
    return porcentaje(valor, decimales) if "%" in formato else decimal(valor, decimales)
