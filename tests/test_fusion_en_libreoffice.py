"""Los cambios de la fusión, aceptados y rechazados por LibreOffice: que no sólo los entendamos nosotros."""

import subprocess
from collections.abc import Callable

import pytest

from generador.fusion import fundir
from tests.conftest import _programa
from tests.correcciones import aceptado, con_xml, rechazado, textos
from tests.fabrica import docx, p, tbl, tc, tr
from tests.test_fusion import A_MEDIAS, HOY, minuta, nueva, tabla

_MACRO = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Cambios" script:language="StarBasic">
Sub Resolver(entrada, orden, salida)
  Dim abrir(0) As New com.sun.star.beans.PropertyValue
  abrir(0).Name = "Hidden" : abrir(0).Value = True
  documento = StarDesktop.loadComponentFromURL(ConvertToURL(entrada), "_blank", 0, abrir())
  CreateUnoService("com.sun.star.frame.DispatchHelper").executeDispatch(documento.CurrentController.Frame, ".uno:" &amp; orden, "", 0, Array())
  Dim guardar(0) As New com.sun.star.beans.PropertyValue
  guardar(0).Name = "FilterName" : guardar(0).Value = "MS Word 2007 XML"
  documento.storeToURL(ConvertToURL(salida), guardar())
  documento.close(True)
End Sub
Sub Todos(lista)
  numero = FreeFile
  Open lista For Input As #numero
  Do While Not EOF(numero)
    Line Input #numero, renglon
    partes = Split(renglon, "|")
    If UBound(partes) = 2 Then Resolver(partes(0), partes(1), partes(2))
  Loop
  Close #numero
End Sub
</script:module>
"""
_BIBLIOTECA = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false">
 <library:element library:name="Cambios"/>
</library:library>
"""
Resueltos = Callable[[dict[str, bytes]], dict[str, tuple[list[str], list[str]]]]


@pytest.fixture(scope="module")
def resueltos(tmp_path_factory: pytest.TempPathFactory) -> Resueltos:
    """De cada documento, sus textos al aceptar todo y al rechazar todo en LibreOffice; en un solo arranque."""
    programa = _programa("soffice")
    carpeta = tmp_path_factory.mktemp("cambios")
    orden = [programa, f"-env:UserInstallation={(carpeta / 'perfil').as_uri()}", "--headless", "--norestore"]
    subprocess.run([*orden, "--terminate_after_init"], check=True, capture_output=True, timeout=120)  # crea el perfil
    biblioteca = carpeta / "perfil" / "user" / "basic" / "Standard"
    for nombre, contenido in (("script.xlb", _BIBLIOTECA), ("Cambios.xba", _MACRO)):
        (biblioteca / nombre).write_text(contenido, encoding="utf-8")

    def resolver(documentos: dict[str, bytes]) -> dict[str, tuple[list[str], list[str]]]:
        renglones = []
        for numero, datos in enumerate(documentos.values()):
            (carpeta / f"{numero}.docx").write_bytes(datos)
            for que in ("AcceptAllTrackedChanges", "RejectAllTrackedChanges"):
                renglones.append(f"{carpeta}/{numero}.docx|{que}|{carpeta}/{numero}-{que}.docx")
        lista = carpeta / "lista.txt"
        lista.write_text("\n".join(renglones) + "\n", encoding="utf-8")
        macro = f"macro:///Standard.Cambios.Todos({lista})"
        subprocess.run([*orden, macro], check=True, capture_output=True, timeout=300)
        return {
            nombre: (
                textos((carpeta / f"{numero}-AcceptAllTrackedChanges.docx").read_bytes()),
                textos((carpeta / f"{numero}-RejectAllTrackedChanges.docx").read_bytes()),
            )
            for numero, nombre in enumerate(documentos)
        }

    return resolver


def _celda(*parrafos: str) -> bytes:
    return docx(p("A"), tbl(tr(tc(*parrafos), tc("otra")), columnas=2), p("Z"))


UNO, DOS, TRES = ("Ana", "Jefa"), ("Beto", "Auxiliar"), ("Carla", "Directora")
NOMINAL = "## Orden del día\n| Punto | Votación |\n| 7 | Nominal |"
CASOS: dict[str, tuple[bytes, bytes]] = {  # lo que había y lo que hay
    "una palabra": (docx(p("A"), p("Son dos votos."), p("Z")), docx(p("A"), p("Son tres votos."), p("Z"))),
    "un párrafo insertado en medio": (docx(p("A"), p("Z")), docx(p("A"), p("Uno nuevo."), p("Z"))),
    "un párrafo borrado en medio": (docx(p("A"), p("Uno viejo."), p("Z")), docx(p("A"), p("Z"))),
    "dos párrafos borrados y tres insertados": (
        docx(p("A"), p("Uno viejo."), p("Otro viejo."), p("Z")),
        docx(p("A"), p("Aquí 1."), p("Va 2."), p("Aquello 3."), p("Z")),
    ),
    "un párrafo insertado al final de una celda": (_celda("uno"), _celda("uno", "dos mil")),
    "un párrafo borrado al final de una celda": (_celda("uno", "dos mil"), _celda("uno")),
    "una celda que cambia entera": (_celda("Uno", "dos"), _celda("Tres", "cuatro", "cinco")),
    "un párrafo insertado antes de una tabla": (
        docx(p("A"), tabla(UNO), p("Z")),
        docx(p("A"), p("Los presentes:"), tabla(UNO), p("Z")),
    ),
    "un párrafo borrado antes de una tabla": (
        docx(p("A"), p("Los presentes:"), tabla(UNO), p("Z")),
        docx(p("A"), tabla(UNO), p("Z")),
    ),
    "un renglón insertado": (docx(p("A"), tabla(UNO, TRES), p("Z")), docx(p("A"), tabla(UNO, DOS, TRES), p("Z"))),
    "un renglón borrado": (docx(p("A"), tabla(UNO, DOS, TRES), p("Z")), docx(p("A"), tabla(UNO, TRES), p("Z"))),
    "una tabla insertada": (docx(p("A"), p("Z")), docx(p("A"), tabla(UNO, DOS), p("Z"))),
    "una tabla borrada": (docx(p("A"), tabla(UNO, DOS), p("Z")), docx(p("A"), p("Z"))),
    "una tabla con otras columnas": (
        docx(p("A"), tabla(UNO, DOS), p("Z")),
        docx(p("A"), tabla((*UNO, "Sí"), (*DOS, "No")), p("Z")),
    ),
    "un párrafo insertado al final": (docx(p("A"), p("Z")), docx(p("A"), p("Z"), p("Después"))),
    "un párrafo borrado al final": (docx(p("A"), p("Z"), p("Después")), docx(p("A"), p("Z"))),
    "la minuta": (minuta(), nueva()),
    "la votación nominal aparece": (minuta(), minuta(NOMINAL)),
    "la votación nominal desaparece": (minuta(NOMINAL), minuta()),
    "la minuta con lo de la persona": (con_xml(minuta(), A_MEDIAS), nueva()),
}


# LibreOffice no borra un párrafo cuyo fin está junto a una tabla: lo deja en blanco. Según el estándar (ISO/IEC 29500-1,
# § 17.13.5.15) el fin borrado une el párrafo con lo que sigue, y Word quita el párrafo que se borró entero.
DEJA_EN_BLANCO = {
    ("un párrafo borrado antes de una tabla", "aceptar"),
    ("un párrafo insertado antes de una tabla", "rechazar"),
    ("una tabla con otras columnas", "aceptar"),
    ("una tabla con otras columnas", "rechazar"),
    # Y un fin insertado y borrado a la vez lo lee como sólo borrado: al rechazar, lo deja.
    ("fundido dos veces sin aceptar", "rechazar"),
}


def test_libreoffice_acepta_y_rechaza_como_se_espera(resueltos: Resueltos) -> None:
    suyas = {nombre: minuta() if "persona" in nombre else suya for nombre, (suya, _) in CASOS.items()}
    fundidos = {nombre: fundir(suyas[nombre], suya, nuevo, HOY).datos for nombre, (suya, nuevo) in CASOS.items()}
    una, otra, ultima = (
        docx(*map(p, dichos)) for dichos in (("A", "Z"), ("A", "Uno nuevo.", "Z"), ("A", "Uno nuevo."))
    )
    fundidos["fundido dos veces sin aceptar"] = fundir(otra, fundir(una, una, otra, HOY).datos, ultima, HOY).datos
    hechos = resueltos(fundidos)
    distintos = {}
    for nombre, datos in fundidos.items():
        esperados = {"aceptar": aceptado(datos), "rechazar": rechazado(datos)}
        for que, hecho in zip(esperados, hechos[nombre], strict=True):
            if hecho != esperados[que]:
                distintos[nombre, que] = hecho, esperados[que]
    assert set(distintos) == DEJA_EN_BLANCO
    assert all([texto for texto in hecho if texto] == esperado for hecho, esperado in distintos.values())


def test_aceptar_y_rechazar_son_en_efecto_lo_nuevo_y_lo_que_habia() -> None:
    for viejo, nuevo in [caso for nombre, caso in CASOS.items() if "persona" not in nombre]:
        fundido = fundir(viejo, viejo, nuevo, HOY).datos
        assert (aceptado(fundido), rechazado(fundido)) == (textos(nuevo), textos(viejo))
