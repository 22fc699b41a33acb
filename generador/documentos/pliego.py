"""Lo que comparten el oficio y el informe: el membrete, las firmas, y los textos con sus gráficas."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from generador.castellano import fecha_larga, mayusculas, unir
from generador.documentos.bloques import Bloque as Pintable
from generador.documentos.bloques import bloques_de
from generador.documentos.cartas import Carta
from generador.documentos.comun import propias
from generador.documentos.cuentas import Cuenta, Firmante, LibroDeCuentas
from generador.documentos.graficas_de_cuentas import pedida, trazada
from generador.documentos.nombres_de_cuentas import Nombres, grafica_citada
from generador.grafica import Grafica

NombresDePlantilla = dict[str, object]


def datos_de_la_institucion(libro: LibroDeCuentas) -> NombresDePlantilla:
    """El membrete."""
    institucion = libro.institucion
    return {
        **propias(institucion),
        "nombre": institucion.nombre,
        "area": institucion.area or "",
        "leyenda": institucion.leyenda or "",
        "domicilio": institucion.domicilio or "",
    }


def lugar_y_fecha(lugar: str, fecha: date) -> str:
    """``"México, D.F., a 28 de abril de 2015."``."""
    return f"{lugar.rstrip(', ')}, a {unir(fecha_larga(fecha))}."


def firmas(firmantes: Sequence[Firmante]) -> NombresDePlantilla:
    """Una sola firma al centro, o parejas: ``{"unica": …, "filas": []}``."""
    hechas = [_firma(firmante) for firmante in firmantes]
    parejas = [hechas[n : n + 2] for n in range(0, len(hechas), 2)]
    return {"unica": hechas[0], "filas": []} if len(hechas) == 1 else {"unica": None, "filas": parejas}


def _firma(firmante: Firmante) -> NombresDePlantilla:
    return {
        **propias(firmante),
        "nombre": mayusculas(firmante.con_titulo),
        "cargo": firmante.cargo.rstrip("."),
        "nota": firmante.nota or "",
    }


def con_graficas(nombres: Nombres, pintables: Iterable[Pintable]) -> Iterator[Pintable]:
    """Los bloques, con cada ``{gráfica.X}`` que va a solas en su renglón vuelta gráfica."""
    for pintable in pintables:
        citada = grafica_citada(str(pintable["texto"]))
        yield {"tipo": "grafica", "grafica": grafica_de(nombres, citada)} if citada else pintable


def grafica_de(nombres: Nombres, nombre: str) -> Grafica:
    """La gráfica de ese nombre, ya trazada."""
    suya = pedida(nombres.libro, nombre)
    assert suya is not None, nombre  # los cruces ya dijeron cuáles no existen
    return trazada(nombres.balance, suya)


def parrafos(
    nombres: Nombres, texto: str | None, carta: Carta | None = None, cuenta: Cuenta | None = None
) -> list[Pintable]:
    """Un texto de la persona como bloques: párrafos, viñetas, listas y gráficas."""
    return list(con_graficas(nombres, bloques_de(nombres.resolver(texto or "", carta, cuenta))))
