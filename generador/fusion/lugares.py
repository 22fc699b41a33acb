"""Cómo se le dice a una persona dónde está algo que no queda bajo ningún título: en un oficio, casi todo."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from lxml import etree

from generador.fusion.documento import Documento, estilo_de
from generador.fusion.palabras import FIN_DE_PARRAFO, es_palabra
from generador.fusion.piezas import AL_PRINCIPIO
from generador.fusion.sucesos import Suceso
from generador.ooxml import W

_PALABRAS = 5  # que se citan de un párrafo
_DE_ESTILO = {
    "title": "Título",
    "subtitle": "Subtítulo",
    "identificación": "Datos del encabezado",
    "número de oficio": "Número de oficio",
    "lugar y fecha": "Lugar y fecha",
    "fecha tras el destinatario": "Lugar y fecha",
    "asunto": "Asunto",
    "destinatario": "Destinatario",
    "nombre del destinatario": "Destinatario",
    "presente": "Destinatario",
    "despedida": "Despedida",
    "atentamente": "Despedida",
    **dict.fromkeys(("firmante", "firmante único", "firmante junto"), "Firma"),
    **dict.fromkeys(("cargo", "cargo junto", "cargo con nota", "nota de firma"), "Firma"),
    **dict.fromkeys(("anexo", "anexo junto"), "Anexos"),
    **dict.fromkeys(("copia", "primera copia", "copia junta", "primera copia junta"), "Copias"),
    "iniciales": "Iniciales",
}


def nombrados(sucesos: Iterable[Suceso], base: Documento, suya: Documento) -> Iterator[Suceso]:
    """Los mismos; lo que no está bajo un título, con un lugar que se encuentra a la vista."""
    for suceso in sucesos:
        quitado = suceso.que == "quitó" and bool(suceso.de)
        elemento, documento = (suceso.de[0], base) if quitado else (suceso.donde, suya)
        if suceso.lugar == AL_PRINCIPIO and elemento is not None:
            suceso = replace(suceso, lugar=_lugar(documento, elemento, suceso.antes or suceso.despues))
        elif elemento is not None and (renglon := _renglon_de(elemento)):
            suceso = replace(suceso, lugar=f"{suceso.lugar}, {renglon}")
        yield suceso


def _renglon_de(elemento: etree._Element) -> str:
    """De algo dentro de una celda, cuál es su renglón: ``"renglón «Facebook»"``; vacío si no está en una tabla."""
    fila = next(elemento.iterancestors(f"{W}tr"), None)
    tabla = None if fila is None else next(fila.iterancestors(f"{W}tbl"), None)
    if fila is None or tabla is None:
        return ""
    celda = next(fila.iter(f"{W}tc"), fila)
    dichos = ("".join(t.text or "" for t in p.iter(f"{W}t", f"{W}delText")) for p in celda.iter(f"{W}p"))
    primera = next((dicho for dicho in dichos if es_palabra(dicho) and not dicho.strip().isdigit()), "").split()
    if not primera or len(primera) > _PALABRAS:
        return f"renglón {1 + list(tabla.iter(f'{W}tr')).index(fila)}"
    return f"renglón «{' '.join(primera)}»"


def _lugar(documento: Documento, elemento: etree._Element, texto: str) -> str:
    """``"Firma"``, ``"Tabla 1, renglón 3"`` o ``"Párrafo que empieza «En respuesta al oficio»"``."""
    parrafo = next(elemento.iter(f"{W}p"), None)
    estilo = documento.estilos.get(estilo_de(parrafo), "") if parrafo is not None else ""
    if estilo in _DE_ESTILO:
        return _DE_ESTILO[estilo]
    tabla = next((e for e in (elemento, *elemento.iterancestors()) if e.tag == f"{W}tbl"), None)
    tablas = list(documento.cuerpo.iter(f"{W}tbl"))
    if tabla in tablas:  # una que se quitó entera ya no está
        numero = 1 + tablas.index(tabla)
        fila = next((e for e in (elemento, *elemento.iterancestors()) if e.tag == f"{W}tr"), None)
        renglon = "" if fila is None else f", renglón {1 + list(tablas[numero - 1].iter(f'{W}tr')).index(fila)}"
        return f"Tabla {numero}{renglon}"
    palabras = texto.replace(FIN_DE_PARRAFO, " ").split()
    citadas = " ".join(palabras[:_PALABRAS]).rstrip(".,;:")
    return f"Párrafo que empieza «{citadas}»" if len(palabras) > _PALABRAS else f"Párrafo «{citadas}»"
