"""Una plantilla de Word compilada una vez, y los documentos que se componen con ella."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from lxml import etree

from generador import ooxml
from generador.celdas import sin_formato
from generador.hallazgos import ErrorDePlantilla
from generador.plantilla import paquete, validez
from generador.plantilla.etiquetas import ETIQUETA, Revision
from generador.plantilla.graficas import Graficas
from generador.plantilla.paquete import Ligas, Propiedades, escribir_xml, leer_xml
from generador.plantilla.pasada import Estilos, Pasada, titulos_de
from generador.plantilla.texto import PEDIDAS

if TYPE_CHECKING:
    from jinja2 import Template

_PARRAFO = re.compile(r"(?=<w:p[ >])")
_SALTO_ANTES_DE_PARRAFO = re.compile(r"\n(?=<w:p[ >])")
_DE_CELDA = re.compile(r"\{%[-+]?\s*(?:vm|hm|colspan|cellbg)\b")
_MARCAS = re.compile("[\ufdd0-\ufdef]")
_ILEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SIN_MARCAS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Parte:
    """Una parte que se pinta; sin ``jinja``, no lleva etiquetas y sólo pasa por la pasada final."""

    nombre: str
    lugar: str
    fuente: str
    jinja: Template | None

    def pintar(self, contexto: Mapping[str, object]) -> etree._Element:
        texto = self.fuente
        if self.jinja is not None:
            from generador.plantilla.entorno import pintar

            texto = pintar(self.jinja, self.fuente, contexto, self.lugar)
        texto = _SALTO_ANTES_DE_PARRAFO.sub("", texto)
        try:
            return leer_xml(texto)
        except etree.XMLSyntaxError as error:
            raise ErrorDePlantilla(_donde_se_rompe(texto, self.lugar, error)) from error


@dataclass(frozen=True, eq=False)
class Plantilla:
    """Una plantilla lista para usarse cuantas veces haga falta, también desde varios hilos a la vez."""

    nombre: str
    _base: Mapping[str, bytes]
    _partes: tuple[_Parte, ...]
    _estilos: Estilos
    _fijas: Mapping[str, ooxml.Comprimida]
    _recuerdo: validez.Recuerdo

    @classmethod
    def abrir(cls, datos: bytes, nombre: str) -> Plantilla:
        """La plantilla de esos bytes de .docx; ``nombre`` es con el que se cita en los mensajes.

        Levanta ErrorDePlantilla, con todos los problemas que encuentre y su lugar, si no es un
        documento de Word, si trae macros, contenido de fuera o cambios sin aceptar, o si sus
        etiquetas están mal escritas.
        """
        try:
            originales = ooxml.partes(datos)
            base, pintables = paquete.depurar(originales)
            compiladas = _compilar(base, pintables)
            fijas = {parte: datos for parte, datos in base.items() if parte not in pintables}
            return cls(
                nombre,
                base,
                compiladas,
                Estilos.de(unica(base, "styles+xml")),
                {parte: ooxml.Comprimida.de(xml) for parte, xml in fijas.items() if parte.endswith((".xml", ".rels"))},
                validez.Recuerdo(fijas),
            )
        except ooxml.PaqueteRoto as error:
            raise ErrorDePlantilla(f"La plantilla «{nombre}» no se puede leer: {error}.") from error
        except (etree.XMLSyntaxError, SyntaxError) as error:
            raise ErrorDePlantilla(f"La plantilla «{nombre}» no se puede leer: está dañada.") from error
        except ErrorDePlantilla as error:
            raise _con_nombre(nombre, error) from error

    def componer(
        self,
        contexto: Mapping[str, object],
        propiedades: Propiedades,
        marcas: Mapping[str, str] = _SIN_MARCAS,
    ) -> bytes:
        """El .docx con esos datos. Mismos datos, mismos bytes.

        Cada ``grafica.Grafica`` del contexto se dibuja donde se escribe; las de ``contexto["graficas"]``
        (por nombre) llenan además las que la plantilla trae dibujadas con el texto alternativo
        ``gráfica: NOMBRE``. ``marcas`` son propiedades personalizadas (``{"generar.documento":
        "minuta/1"}``); a ellas se suma ``generar.huella``. Levanta ErrorDePlantilla si falta un nombre,
        si un valor no llegó resuelto o si el resultado es algo que Word rechazaría.
        """
        try:
            partes = self._componer(contexto)
        except ErrorDePlantilla as error:
            raise _con_nombre(self.nombre, error) from error
        partes["docProps/core.xml"] = paquete.core(propiedades)
        partes["docProps/app.xml"] = paquete.app(propiedades)
        partes["docProps/custom.xml"] = paquete.custom({**marcas, ooxml.HUELLA: ooxml.huella(partes)})
        self._exigir_validez(partes)
        return ooxml.empaquetar(partes, fijas=self._fijas)

    def _componer(self, contexto: Mapping[str, object]) -> dict[str, bytes]:
        partes = dict(self._base)
        nombre_de_numeracion = nombre_unico(partes, "numbering+xml")
        pasada = Pasada(self._estilos, partes.get(nombre_de_numeracion))
        graficas = Graficas(self._base, contexto.get("graficas"))
        contexto = {**contexto, PEDIDAS: graficas.pedidas}
        for parte in self._partes:
            rels = ooxml.ruta_de_relaciones(parte.nombre)
            raiz, ligas = parte.pintar(contexto), Ligas(partes.get(rels))
            pasada.rematar(raiz, ligas)
            graficas.colocar(parte.nombre, parte.lugar, raiz, ligas)
            pasada.numerar_dibujos(raiz)
            partes[parte.nombre] = _sin_marcas_sobrantes(escribir_xml(raiz))
            if nuevas := ligas.rels():
                partes[rels] = nuevas
        if numeracion := pasada.numeracion():
            partes[nombre_de_numeracion] = numeracion
        return graficas.terminar(partes)

    def _exigir_validez(self, partes: Mapping[str, bytes]) -> None:
        graves = [problema for problema in validez.problemas(partes, self._recuerdo) if problema.grave]
        if graves:
            raise ErrorDePlantilla(
                f"Word rechazaría el documento que sale de la plantilla «{self.nombre}»:\n"
                + "\n".join(f"  {self._en_la_plantilla(problema)}" for problema in graves)
            )

    def _en_la_plantilla(self, problema: validez.Problema) -> str:
        """El problema con el lugar que la persona reconoce: «cuerpo» y no «word/document.xml»."""
        lugar = next((parte.lugar for parte in self._partes if parte.nombre == problema.parte), problema.parte)
        return str(replace(problema, parte=lugar))


def _compilar(base: Mapping[str, bytes], pintables: Mapping[str, str]) -> tuple[_Parte, ...]:
    revisadas = []
    errores: list[str] = []
    titulos = titulos_de(unica(base, "styles+xml"))
    for nombre, lugar in pintables.items():
        revision = Revision(leer_xml(base[nombre]), lugar, nombre, titulos)
        revision.preparar()
        errores += revision.errores
        revisadas.append((nombre, lugar, revision.raiz))
    if errores:
        raise ErrorDePlantilla("\n".join(errores))
    return tuple(_compilada(*revisada) for revisada in revisadas)


def _compilada(nombre: str, lugar: str, raiz: etree._Element) -> _Parte:
    fuente = etree.tostring(raiz, encoding="unicode")
    if not ETIQUETA.search(fuente):
        return _Parte(nombre, lugar, fuente, None)
    from generador.plantilla.entorno import compilar

    if _DE_CELDA.search(fuente):
        fuente = _con_las_de_celda(fuente)
    fuente = ETIQUETA.sub(lambda etiqueta: _sin_escapes(etiqueta[0]), fuente)
    fuente = _PARRAFO.sub("\n", fuente)  # una línea por párrafo: así Jinja dice en cuál falló
    return _Parte(nombre, lugar, fuente, compilar(fuente, lugar))


def _con_las_de_celda(fuente: str) -> str:
    """Resuelve ``{% vm %}``, ``{% hm %}``, ``{% colspan n %}`` y ``{% cellbg c %}`` como docxtpl."""
    from docxtpl import DocxTemplate

    return str(DocxTemplate("").patch_xml(fuente))


def _sin_escapes(etiqueta: str) -> str:
    return etiqueta.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")


def _sin_marcas_sobrantes(xml: bytes) -> bytes:
    """Quita las marcas de formato de donde no pueden verse (un texto alternativo)."""
    if b"\xef\xb7" not in xml:
        return xml
    texto = xml.decode()
    return sin_formato(texto).encode() if _MARCAS.search(texto) else xml


def nombre_unico(partes: Mapping[str, bytes], clase: str) -> str:
    """El nombre de la parte de esa clase (``"styles+xml"``); vacío si no la hay."""
    tipo = f"{ooxml.TIPO_DE_WORD}{clase}"
    return next((nombre for nombre, suyo in ooxml.tipos_de_contenido(partes).items() if suyo == tipo), "")


def unica(partes: Mapping[str, bytes], clase: str) -> bytes | None:
    """La parte de esa clase (``"styles+xml"``), o None."""
    return partes.get(nombre_unico(partes, clase))


def _donde_se_rompe(texto: str, lugar: str, error: etree.XMLSyntaxError) -> str:
    if ilegal := _ILEGAL.search(texto):
        cerca = _lo_escrito_antes(texto, ilegal.start())
        return f"{lugar}, cerca de «{cerca}»: un dato trae un carácter que Word no admite (U+{ord(ilegal[0]):04X})."
    linea, columna = error.position
    principio = sum(len(renglon) + 1 for renglon in texto.split("\n")[: linea - 1])
    cerca = _lo_escrito_antes(texto, principio + columna)
    return f"{lugar}, cerca de «{cerca}»: las etiquetas dejan el documento mal formado."


def _lo_escrito_antes(texto: str, posicion: int) -> str:
    """El final de lo que se lee del párrafo, hasta ese lugar del XML."""
    parrafo = texto[max(texto.rfind("<w:p>", 0, posicion), texto.rfind("<w:p ", 0, posicion), 0) : posicion]
    return " ".join(re.sub(r"<[^>]*>?", " ", parrafo).split())[-80:]


def _con_nombre(nombre: str, error: ErrorDePlantilla) -> ErrorDePlantilla:
    renglones = str(error).split("\n")
    if len(renglones) == 1:
        return ErrorDePlantilla(f"La plantilla «{nombre}»: {renglones[0]}")
    return ErrorDePlantilla(
        f"La plantilla «{nombre}» tiene {len(renglones)} problemas:\n"
        + "\n".join(f"  {renglon}" for renglon in renglones)
    )
