"""El espejo de un .docx: su texto, parte por parte, con el estilo de cada párrafo.

Un docx se revisa leyendo su espejo: la misma función sirve al ``git diff``, a los dorados y a las plantillas.
``python -m generador.espejo archivo.docx`` lo muestra.
"""

import hashlib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree

from generador.ooxml import R, W, partes, tipos_de_contenido

_CLASES = {
    "document.main+xml": "cuerpo",
    "header+xml": "encabezado",
    "footer+xml": "pie",
    "footnotes+xml": "notas al pie",
    "endnotes+xml": "notas al final",
    "comments+xml": "comentarios",
}
_FORMATOS = {"b": "**", "i": "*", "u": "_", "strike": "~", "vertAlign": "^"}
_CAMBIANTES = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")


def espejo(datos: bytes, *, huellas: bool = False) -> str:
    """El texto de todas las partes; con ``huellas``, además el sha256 de lo que el texto no muestra.

    ``[Punto] Punto 1:``: el estilo y lo que dice el párrafo; ``| celda | celda``: un renglón de tabla;
    ``‹PAGE›``: un campo; ``**negrita**``; ``⟨http://…⟩``: una liga.
    """
    contenido = partes(datos)
    estilos = _nombres_de_estilos(contenido)
    renglones: list[str] = []
    for nombre, tipo in sorted(tipos_de_contenido(contenido).items()):
        clase = next((clase for final, clase in _CLASES.items() if tipo.endswith(f"wordprocessingml.{final}")), None)
        if clase and nombre in contenido:
            raiz = ElementTree.fromstring(contenido[nombre])
            renglones += [f"=== {clase}: {nombre}", *_Lectura(estilos, _ligas(contenido, nombre)).cuerpo(raiz), ""]
    if huellas:
        renglones += ["=== huellas", *_huellas(contenido), ""]
    return "\n".join(renglones)


def _huellas(contenido: Mapping[str, bytes]) -> Iterator[str]:
    for nombre, datos in sorted(contenido.items()):
        if nombre not in _CAMBIANTES:
            yield f"{hashlib.sha256(datos).hexdigest()[:16]}  {nombre}"


def _nombres_de_estilos(contenido: Mapping[str, bytes]) -> dict[str, str]:
    raiz = ElementTree.fromstring(contenido.get("word/styles.xml", b"<x/>"))
    nombres = {}
    for estilo in raiz.iter(f"{W}style"):
        nombre = estilo.find(f"{W}name")
        if nombre is not None:
            nombres[estilo.get(f"{W}styleId", "")] = nombre.get(f"{W}val", "")
    return nombres


def _ligas(contenido: Mapping[str, bytes], parte: str) -> dict[str, str]:
    carpeta, _, archivo = parte.rpartition("/")
    rels = contenido.get(f"{carpeta}/_rels/{archivo}.rels")
    if rels is None:
        return {}
    return {r.get("Id", ""): r.get("Target", "") for r in ElementTree.fromstring(rels)}


class _Lectura:
    """Una parte leída de arriba abajo."""

    def __init__(self, estilos: Mapping[str, str], ligas: Mapping[str, str]) -> None:
        self.estilos, self.ligas = estilos, ligas
        self.en_campo = False

    def cuerpo(self, elemento: ElementTree.Element, sangria: str = "") -> Iterator[str]:
        for hijo in elemento:
            if hijo.tag == f"{W}p":
                yield sangria + self.parrafo(hijo)
                if hijo.find(f"{W}pPr/{W}sectPr") is not None:
                    yield f"{sangria}--- sección"
            elif hijo.tag == f"{W}tbl":
                yield from self.tabla(hijo, sangria)
            elif hijo.tag in (f"{W}body", f"{W}sdt", f"{W}sdtContent", f"{W}footnote", f"{W}endnote", f"{W}comment"):
                yield from self.cuerpo(hijo, sangria)

    def tabla(self, tabla: ElementTree.Element, sangria: str) -> Iterator[str]:
        for fila in _propios(tabla, f"{W}tr"):
            marca = "#" if fila.find(f"{W}trPr/{W}tblHeader") is not None else "|"
            for celda in _propios(fila, f"{W}tc"):
                yield from (f"{sangria}{marca} {renglon}" for renglon in self.cuerpo(celda))
                marca = "·"

    def parrafo(self, parrafo: ElementTree.Element) -> str:
        estilo = parrafo.find(f"{W}pPr/{W}pStyle")
        codigo = estilo.get(f"{W}val", "") if estilo is not None else ""
        return f"[{self.estilos.get(codigo, codigo) or 'Normal'}] {''.join(self.trozos(parrafo))}".rstrip()

    def trozos(self, elemento: ElementTree.Element) -> Iterator[str]:
        for hijo in elemento:
            if hijo.tag == f"{W}r":
                yield self.fragmento(hijo)
            elif hijo.tag == f"{W}hyperlink":
                destino = self.ligas.get(hijo.get(f"{R}id", ""), hijo.get(f"{W}anchor", ""))
                yield f"⟨{destino}⟩{''.join(self.trozos(hijo))}"
            elif hijo.tag in (f"{W}ins", f"{W}del", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent", f"{W}fldSimple"):
                yield from self.trozos(hijo)

    def fragmento(self, run: ElementTree.Element) -> str:
        texto = "".join(self.signo(hijo) for hijo in run)
        formatos = [m for nombre, m in _FORMATOS.items() if _activo(run.find(f"{W}rPr/{W}{nombre}"))]
        if not texto.strip():
            return texto
        return "".join(formatos) + texto + "".join(reversed(formatos))

    def signo(self, hijo: ElementTree.Element) -> str:
        if hijo.tag == f"{W}fldChar":
            self.en_campo = hijo.get(f"{W}fldCharType") == "separate"
            return ""
        if hijo.tag == f"{W}instrText":
            return f"‹{(hijo.text or '').strip()}›"
        if hijo.tag in (f"{W}t", f"{W}delText"):
            return "" if self.en_campo else hijo.text or ""
        return {f"{W}tab": "→", f"{W}br": "⏎", f"{W}drawing": "‹imagen›", f"{W}noBreakHyphen": "-"}.get(hijo.tag, "")


def _propios(elemento: ElementTree.Element, etiqueta: str) -> Iterator[ElementTree.Element]:
    """Los renglones de una tabla, o las celdas de un renglón, sin los de las tablas que llevan dentro."""
    for hijo in elemento:
        if hijo.tag == etiqueta:
            yield hijo
        else:
            yield from _propios(hijo, etiqueta)


def _activo(bandera: ElementTree.Element | None) -> bool:
    return bandera is not None and bandera.get(f"{W}val") not in ("0", "false", "none", "off", "baseline")


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]  # git lo lee como UTF-8 también en Windows
    print(espejo(Path(sys.argv[1]).read_bytes()))
