"""El README y el manual no mienten: sus órdenes se corren, y sus tablas salen del programa."""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from generador.consola.clic import click
from generador.consola.ordenes import generar as principal_de_click
from generador.consola.respuesta import presentar
from generador.documentos.balance import Balance
from generador.documentos.cartas import carta_comun
from generador.documentos.cuentas import LibroDeCuentas
from generador.documentos.nombres_de_cuentas import Nombres
from generador.documentos.nombres_de_sesion import nombres_de
from generador.documentos.reunion import Reunion
from generador.documentos.sesion import LibroDeSesion
from generador.esquema import Campo, Seccion, campos, leer, secciones
from generador.ooxml import empaquetar, partes
from tests import test_oficio
from tests.libro_de_texto import con_cambios, libro_de_texto
from tests.libros_de_cuentas import EJEMPLO_DE_OFICIO, libro
from tests.test_minuta import DIFERENCIAS, EJEMPLO, minuta

RAIZ = Path(__file__).parent.parent
README, MANUAL = RAIZ / "README.md", RAIZ / "MANUAL.md"

CON_ERRORES = """## Sesión
| Dato | Valor |
|---|---|
| Fecha | 31-02-2017 |

## Asistencia
| Nombre corto | Asistió |
|---|---|
| Cuervo | Talvez |
"""


def generar(carpeta: Path, *argumentos: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "generador", *argumentos],
        cwd=carpeta, capture_output=True, text=True, encoding="utf-8",
        env={"PYTHONPATH": str(RAIZ), "PYTHONIOENCODING": "utf-8", "COLUMNS": "100", "PATH": ""},
    )  # fmt: skip


def consolas() -> list[tuple[str, str]]:
    """Las órdenes con su salida, en su orden; y lo que entre ellas hace una persona, como («corrija», qué)."""
    pasos = re.findall(
        r"```console\n(.*?)```|<!-- (corrija|escriba): (.*?) -->", README.read_text(encoding="utf-8"), re.DOTALL
    )
    return [
        paso
        for bloque, que, cual in pasos
        for paso in ([(que, cual)] if que else re.findall(r"\$ (.+)\n((?:[^$].*\n)*)", bloque))
    ]


def corregir(carpeta: Path, cual: str) -> None:
    """``documento: decía → dice``: lo que alguien cambia en Word."""
    nombre, decia, dice = re.split(": | → ", cual)
    contenido = partes((carpeta / nombre).read_bytes())
    cuerpo = contenido["word/document.xml"].decode()
    assert decia in cuerpo
    contenido["word/document.xml"] = cuerpo.replace(decia, dice).encode()
    (carpeta / nombre).write_bytes(empaquetar(contenido))


def escribir(carpeta: Path, cual: str) -> None:
    """``libro: Hoja!B4: valor``: lo que alguien cambia en Excel."""
    nombre, lugar, valor = cual.split(": ")
    hoja, _, celda = lugar.partition("!")
    abierto = load_workbook(carpeta / nombre, rich_text=True)
    abierto[hoja][celda].value = valor
    abierto.save(carpeta / nombre)


def test_cada_orden_del_readme_contesta_lo_que_dice(tmp_path: Path) -> None:
    shutil.copytree(RAIZ / "entradas" / "ejemplos", tmp_path / "entradas" / "ejemplos")
    assert len(consolas()) >= 2
    for orden, salida in consolas():
        if orden in ("corrija", "escriba"):
            {"corrija": corregir, "escriba": escribir}[orden](tmp_path, salida)
            continue
        programa, *argumentos = shlex.split(orden)
        assert programa == "generar"
        assert sin_hora(generar(tmp_path, *argumentos).stdout.replace("\\", "/")) == sin_hora(salida)


def sin_hora(dicho: str) -> str:
    """La salida sin el día y la hora en que se corre."""
    return re.sub(r"(actualizar\s+)\d{4}-\d\d-\d\d\s+\d{4}", r"\1(ahora)", dicho)


GENERADOS: dict[str, tuple[Path, Callable[[], str]]] = {
    "errores": (README, lambda: errores()),
    "diferencias": (README, lambda: diferencias()),
    "hojas de sesión": (MANUAL, lambda: "\n\n".join(map(tabla_de, secciones(LibroDeSesion)))),
    "hojas de cuentas": (MANUAL, lambda: "\n\n".join(map(tabla_de, secciones(LibroDeCuentas)))),
    "nombres de sesión": (MANUAL, lambda: nombres_de_la_minuta()),
    "nombres de cuentas": (MANUAL, lambda: nombres_del_oficio()),
    "órdenes": (MANUAL, lambda: "\n\n".join(ayudas(principal_de_click, "generar"))),
}


def ayudas(orden: click.Command, nombre: str) -> Iterator[str]:
    """La ayuda de cada orden, tal como sale en una terminal de 80 columnas."""
    if isinstance(orden, click.Group):
        for suya in orden.commands.values():
            yield from () if suya.hidden else ayudas(suya, f"{nombre} {suya.name}")
        return
    with click.Context(orden, info_name=nombre, terminal_width=80, help_option_names=AYUDA) as contexto:
        yield f"### `{nombre}`\n\n```text\n{orden.get_help(contexto).rstrip()}\n```"


AYUDA = ["-h", "--help", "--ayuda"]


def errores() -> str:
    escrito = con_cambios(libro_de_texto(EJEMPLO.read_text(encoding="utf-8")), libro_de_texto(CON_ERRORES))
    _, hallazgos = leer(LibroDeSesion, escrito)
    return "```text\n" + presentar(hallazgos, "minuta.xlsx", 100).rstrip("\n") + "\n```"


def tabla_de(seccion: Seccion) -> str:
    dato = "Columna" if seccion.es_tabla else "Dato"
    filas = [f"| {c.rotulo}{' *' if c.obligatorio else ''} | {que_escribir(c)} |" for c in campos(seccion.registro)]
    return "\n".join([f"**{seccion.hoja}.** {seccion.ayuda}", "", f"| {dato} | Qué escribir |", "|---|---|", *filas])


def que_escribir(campo: Campo) -> str:
    opciones = f" Opciones: {' · '.join(campo.opciones)}." if campo.opciones else ""
    return f"{campo.ayuda}{opciones}"


def nombres_de_la_minuta() -> str:
    reunion = Reunion(minuta())
    punto = reunion.libro.orden_del_dia[6]
    citables = nombres_de(reunion, punto, "Azuara")
    propios = [n for n in citables if n.split(".")[0] in PRESENTABLES or n == "azuara"]
    filas = [f"| `{{{nombre}}}` | {recortado(citables[nombre])} |" for nombre in sorted(propios)]
    return "\n".join(["| Se escribe | En el ejemplo (punto 7, habla Azuara) sale |", "|---|---|", *filas,
                      "| `{1904}` | mil 904 |"])  # fmt: skip


def nombres_del_oficio() -> str:
    nombres = Nombres(Balance(libro(de=EJEMPLO_DE_OFICIO)))
    citables = nombres.de(carta_comun(nombres.libro))
    propios = [n for n in citables if n.split(".")[0] in DE_CUENTAS and n.split(".")[-2:-1] != ["seguidores"]]
    filas = [f"| `{{{n}}}` | {recortado(citables[n])} |" for n in sorted(propios)]
    return "\n".join(["| Se escribe | En el ejemplo del oficio sale |", "|---|---|", *filas])


def recortado(valor: str) -> str:
    return valor if len(valor) <= 90 else valor[:90].rsplit(" ", 1)[0] + "…"


PRESENTABLES = ("quien", "presidencia", "secretaria", "sesion", "organo", "integrantes", "quorum", "seguimiento",
                "punto", "votacion")  # fmt: skip


DE_CUENTAS = (
    "inemexico",
    "total",
    "cuentas",
    "periodo",
    "oficio",
    "destinatario",
    "usted",
    "le",
    "institucion",
    "area",
)


def diferencias() -> str:
    todas = {**DIFERENCIAS, **test_oficio.DIFERENCIAS}
    filas = [f"| {viejo} | {nuevo} | {razon[0].upper()}{razon[1:]}. |" for viejo, (nuevo, razon) in todas.items()]
    return "\n".join(["| Dice el original | Dice el ejemplo | Por qué |", "|---|---|---|", *filas])


@pytest.mark.parametrize("nombre", GENERADOS)
def test_las_partes_generadas_estan_al_dia(nombre: str, actualizar: bool) -> None:
    archivo, hacer = GENERADOS[nombre]
    texto = archivo.read_text(encoding="utf-8")
    antes, resto = texto.split(f"<!-- generado: {nombre} -->\n", 1)
    viejo, despues = resto.split("<!-- fin -->", 1)
    nuevo = hacer() + "\n"
    if actualizar:
        archivo.write_text(
            f"{antes}<!-- generado: {nombre} -->\n{nuevo}<!-- fin -->{despues}", encoding="utf-8", newline="\n"
        )
        return
    assert viejo == nuevo
