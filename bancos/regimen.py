"""(a) Una minuta y un oficio con la plantilla ya abierta: contra docxtpl y contra el piso.

El piso es lo que nadie puede ahorrarse: pintar el texto, comprimirlo y escribir el archivo, sin revisar nada. Cada
documento lleva otros datos. Se promete: 10 veces más rápido que docxtpl y a lo más 2 veces el piso.
"""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from bancos.comun import alternando, con_docxtpl, con_otros_datos, del_ejemplo, para_docxtpl, tabla, veces
from generador import ooxml
from generador.flujo.linea import Compositor, leer_plantilla, tipo_de
from generador.plantilla import Plantilla
from generador.plantilla.texto import PEDIDAS
from generador.recursos import recurso

DOCUMENTOS = (("minuta", "minuta"), ("oficio", "oficio"))
VECES = 60


def correr() -> Iterator[str]:
    """La tabla del banco."""
    encabezado = ("documento", "docxtpl", "generar", "piso", "docxtpl ÷ generar", "generar ÷ piso")
    yield from tabla("Con la plantilla abierta", encabezado, map(_medir, *zip(*DOCUMENTOS, strict=True)))


def _medir(nombre: str, libro: str) -> tuple[str, ...]:
    datos = leer_plantilla(recurso("plantillas_docx", f"{nombre}.docx"))
    abierta, de_docxtpl = Plantilla.abrir(datos, nombre), para_docxtpl(datos)
    componer = Compositor(tipo_de(nombre), abierta)
    contexto, ficha = del_ejemplo(nombre, libro)
    otros = [con_otros_datos(contexto, numero) for numero in range(VECES + 1)]
    turnos = {quien: count() for quien in ("docxtpl", "generar", "piso")}
    numero = count()
    with TemporaryDirectory() as carpeta:

        def escribir(datos: bytes) -> None:  # cada vez otro archivo: escribir sobre uno obliga a esperar al disco
            (Path(carpeta) / f"{next(numero)}.docx").write_bytes(datos)

        def siguiente(quien: str) -> dict[str, object]:
            return dict(otros[next(turnos[quien])])

        medidas = alternando(
            {
                "docxtpl": lambda: escribir(con_docxtpl(de_docxtpl, siguiente("docxtpl"))),
                "generar": lambda: escribir(componer(siguiente("generar"), ficha)),
                "piso": lambda: escribir(_piso(abierta, siguiente("piso"))),
            },
            VECES,
        )
    tiempos = (f"{segundos * 1000:.1f} ms" for segundos in medidas.values())
    docxtpl, generar, piso = medidas.values()
    return (nombre, *tiempos, veces(docxtpl, generar), veces(generar, piso))


def _piso(plantilla: Plantilla, contexto: dict[str, object]) -> bytes:
    contexto[PEDIDAS] = []
    partes = dict(plantilla._base)
    for parte in plantilla._partes:
        partes[parte.nombre] = "".join(parte.pintar(contexto)).encode()
    return ooxml.empaquetar(partes, fijas=plantilla._fijas)


if __name__ == "__main__":
    print(*correr(), sep="\n")
