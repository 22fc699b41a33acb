"""Una plantilla de Word compilada una vez, y los documentos que se componen con ella."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from types import CodeType, MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from lxml import etree

from generador import ooxml
from generador.celdas import sin_formato
from generador.datos import dataclass
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import W
from generador.plantilla import guardado, paquete, validez
from generador.plantilla.corrido import Corrida, Memoria, Rematada, se_puede
from generador.plantilla.expansion import HaceFaltaElArbol
from generador.plantilla.graficas import Graficas
from generador.plantilla.paquete import DECLARACION, Ligas, Propiedades, escribir_xml, leer_xml
from generador.plantilla.pasada import Estilos, Pasada, titulos_de
from generador.plantilla.sintaxis import ETIQUETA
from generador.plantilla.texto import PEDIDAS

if TYPE_CHECKING:
    from jinja2 import Template

    from generador.grafica import Grafica

_PARRAFO = re.compile(r"(?=<w:p[ >])")
_DE_CELDA = re.compile(r"\{%[-+]?\s*(?:vm|hm|colspan|cellbg)\b")
_MARCAS = re.compile("[\ufdd0-\ufdef]")
_ILEGAL = "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
_PEDAZO = 2**20  # caracteres que se rematan juntos: más no va más aprisa y ocupa más
_SIN_MARCAS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class _Parte:
    """Una parte que se pinta; sin ``jinja``, no lleva etiquetas y sólo pasa por la pasada final.

    Con ``memoria``, puede rematarse de corrido.
    """

    nombre: str
    lugar: str
    fuente: str
    jinja: Template | None
    memoria: Memoria | None
    original: bytes

    def pintar(self, contexto: Mapping[str, object]) -> Iterator[str]:
        """El XML con los datos puestos, por trozos."""
        if self.jinja is None:
            return iter((self.fuente,))
        from generador.plantilla.entorno import pintar

        return pintar(self.jinja, self.fuente, contexto, self._donde)

    def _donde(self, linea: int) -> str:
        """``"cuerpo, cerca del párrafo 3"``: qué párrafo de Word quedó en esa línea de la fuente.

        Vuelve a prepararla, que sólo hace falta para decir un error; «cerca», porque la línea lleva además las
        etiquetas de los que desaparecen tras él.
        """
        from generador.plantilla.etiquetas import Revision

        revision = Revision(leer_xml(self.original), self.lugar)
        revision.preparar()
        con_linea = (p for p in revision.raiz.iter(f"{W}p") if len(p) or p.text or p.attrib)  # «<w:p/>» no la empieza
        numeros = [0, *(revision.numeros.get(parrafo, 0) for parrafo in con_linea)]
        cual = len(_PARRAFO.findall("\n".join(self.fuente.split("\n")[:linea])))
        numero = numeros[cual] if cual < len(numeros) else 0
        return f"{self.lugar}, cerca del párrafo {numero}" if numero else self.lugar

    def arbol(self, pintado: Iterable[str]) -> etree._Element:
        texto = "".join(pintado)
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
    _numeracion: str  # el nombre de la parte, si la hay
    _con_texto: tuple[list[str], list[str]]  # las que cuentan para la huella
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
            estilos = Estilos.de(unica(base, "styles+xml"))
            compiladas = guardado.recordar(datos)
            if compiladas is None:
                compiladas = _compilar(base, pintables)
                guardado.guardar(datos, compiladas)
            fijas = {parte: datos for parte, datos in base.items() if parte not in pintables}
            return cls(
                nombre,
                base,
                tuple(_parte(*compilada, base, estilos) for compilada in compiladas),
                estilos,
                nombre_unico(base, "numbering+xml"),
                ooxml.partes_con_texto(ooxml.tipos_de_contenido(base)),
                {parte: ooxml.Comprimida.de(xml) for parte, xml in fijas.items() if parte.endswith((".xml", ".rels"))},
                validez.Recuerdo(fijas),
            )
        except (ooxml.PaqueteRoto, etree.XMLSyntaxError, SyntaxError) as error:
            raise ErrorDePlantilla(f"La plantilla «{nombre}» {paquete.no_se_lee(error)}") from error
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
            borrador = self._componer(contexto)
        except ErrorDePlantilla as error:
            raise _con_nombre(self.nombre, error) from error
        partes = borrador.partes
        partes["docProps/core.xml"] = paquete.core(propiedades)
        app = paquete.app(propiedades.institucion)
        partes["docProps/app.xml"] = app.datos
        partes["docProps/custom.xml"] = paquete.custom({**marcas, ooxml.HUELLA: borrador.huella(self._con_texto)})
        self._exigir_validez(borrador)
        return ooxml.empaquetar(partes, fijas={**self._fijas, **borrador.corridas, "docProps/app.xml": app})

    def _componer(self, contexto: Mapping[str, object]) -> _Borrador:
        """De corrido, si se puede; si no, desde el principio y con árbol."""
        pedidas: list[Grafica] = []
        contexto = {**contexto, PEDIDAS: pedidas}
        pintadas = [_Pintada(parte, contexto) for parte in self._partes]
        try:
            return self._borrador(pintadas, contexto.get("graficas"), pedidas, de_corrido=not pedidas)
        except HaceFaltaElArbol:
            return self._borrador(pintadas, contexto.get("graficas"), pedidas, de_corrido=False)

    def _borrador(
        self, pintadas: list[_Pintada], disponibles: object, pedidas: list[Grafica], *, de_corrido: bool
    ) -> _Borrador:
        borrador = _Borrador(dict(self._base))
        pasada = Pasada(self._estilos, self._base.get(self._numeracion))
        graficas: Graficas | None = None  # sólo las colocan las partes con árbol
        for pintada in pintadas:
            parte = pintada.parte
            if de_corrido and borrador.repetir(pintada):
                continue
            rels = ooxml.ruta_de_relaciones(parte.nombre)
            ligas = Ligas(self._base.get(rels))
            if de_corrido and parte.memoria is not None:
                borrador.rematar(pintada, parte.memoria, ligas, pasada.otra_lista)
            else:
                raiz = parte.arbol(pintada.pedazos())
                pasada.rematar(raiz, ligas)
                graficas = graficas or Graficas(self._base, disponibles, pedidas)
                graficas.colocar(parte.nombre, parte.lugar, raiz, ligas)
                pasada.numerar_dibujos(raiz)
                borrador.poner(parte.nombre, raiz)
            if nuevas := ligas.rels():
                borrador.partes[rels] = nuevas
        if numeracion := pasada.numeracion():
            borrador.partes[self._numeracion] = numeracion
        if graficas:
            borrador.partes = graficas.terminar(borrador.partes)
        return borrador

    def _exigir_validez(self, borrador: _Borrador) -> None:
        nuevas = {nombre for nombre, datos in borrador.partes.items() if datos is not self._base.get(nombre)}
        esperadas = {*paquete.PROPIAS, self._numeracion, *map(ooxml.ruta_de_relaciones, borrador.corridas)}
        de_corrido = nuevas <= esperadas
        if de_corrido and self._recuerdo.aprobado and validez.cambios_sanos(borrador.partes, nuevas, self._recuerdo):
            return  # lo demás es la plantilla, que ya se aprobó, y lo que se examinó al rematarlo
        hallados = validez.problemas(borrador.partes, self._recuerdo, borrador.corridas)
        graves = [problema for problema in hallados if problema.grave]
        if not graves:
            self._recuerdo.aprobado |= de_corrido
        else:
            raise ErrorDePlantilla(
                f"Word rechazaría el documento que sale de la plantilla «{self.nombre}»:\n"
                + "\n".join(f"  {self._en_la_plantilla(problema)}" for problema in graves)
            )

    def _en_la_plantilla(self, problema: validez.Problema) -> str:
        """El problema con el lugar que la persona reconoce: «cuerpo» y no «word/document.xml»."""
        lugares = {parte.nombre: parte.lugar for parte in self._partes}
        return str(replace(problema, parte=paquete.como_se_llama(problema.parte, lugares)))


class _Pintada:
    """Una parte con sus datos puestos: entera, si no es grande; si lo es, se pinta conforme se recorre."""

    def __init__(self, parte: _Parte, contexto: Mapping[str, object]) -> None:
        self.parte, self._contexto = parte, contexto
        pedazos = _pedazos(parte.pintar(contexto))
        primeros = [*islice(pedazos, 2)]
        self.entera = primeros[0] if len(primeros) == 1 else None
        self._empezada: Iterator[str] | None = chain(primeros, pedazos)

    def pedazos(self) -> Iterator[str]:
        """El XML, por pedazos que terminan donde un párrafo; se puede recorrer otra vez."""
        if self.entera is not None:
            return iter((self.entera,))
        empezada, self._empezada = self._empezada, None
        return empezada or _pedazos(self.parte.pintar(self._contexto))


class _Borrador:
    """Un documento a medias: sus partes y, de las que se remataron de corrido, lo que va en su lugar."""

    def __init__(self, base: dict[str, bytes]) -> None:
        self.partes = base
        self.corridas: dict[str, ooxml.Comprimida] = {}
        self._bloques: dict[str, Sequence[str]] = {}

    def poner(self, nombre: str, raiz: etree._Element) -> None:
        """La parte rematada con árbol."""
        self.partes[nombre] = _sin_marcas_sobrantes(escribir_xml(raiz))

    def repetir(self, pintada: _Pintada) -> bool:
        """Si la parte es igual a la del documento anterior; si lo es, va la misma."""
        parte, entera = pintada.parte, pintada.entera
        rematada = parte.memoria.ya_rematada(entera) if parte.memoria and entera is not None else None
        if rematada is not None:
            self._va(parte.nombre, rematada)
        return rematada is not None

    def rematar(self, pintada: _Pintada, memoria: Memoria, ligas: Ligas, otra_lista: Callable[[], str]) -> None:
        """La parte, de corrido y por pedazos. Levanta HaceFaltaElArbol si no se puede."""
        corrida = Corrida(memoria, ligas, otra_lista)
        compresor = ooxml.Compresor()
        if pintada.entera is not None:
            compresor.agregar((DECLARACION + corrida.entera(pintada.entera)).encode())
        else:
            compresor.agregar(DECLARACION.encode())
            for pedazo in pintada.pedazos():
                compresor.agregar(corrida.agregar(pedazo).encode())
            compresor.agregar(corrida.terminar().encode())
        nombre = pintada.parte.nombre
        rematada = Rematada(compresor.terminar(self.partes[nombre]), corrida.bloques())
        self._va(nombre, rematada)
        if pintada.entera is not None and corrida.es_repetible:
            memoria.recordar(pintada.entera, rematada)

    def _va(self, nombre: str, rematada: Rematada) -> None:
        self.corridas[nombre] = rematada.comprimida
        self._bloques[nombre] = rematada.bloques

    def huella(self, con_texto: Iterable[Iterable[str]]) -> str:
        """Como `ooxml.huella` del documento, con esas partes."""
        return ooxml.huella_de_bloques((self._dice(nombre) for nombre in clase) for clase in con_texto)

    def _dice(self, nombre: str) -> Sequence[str]:
        if nombre in self._bloques:
            return self._bloques[nombre]
        return ooxml.bloques(ElementTree.fromstring(self.partes[nombre]))


def _pedazos(trozos: Iterator[str]) -> Iterator[str]:
    """Los mismos trozos, juntos de a mucho y cortados donde termina un párrafo."""
    juntos: list[str] = []
    largo = 0
    for trozo in trozos:
        juntos.append(trozo)
        largo += len(trozo)
        if largo >= _PEDAZO:
            texto = "".join(juntos)
            corte = texto.rfind("</w:p>") + len("</w:p>")
            if corte >= len("</w:p>"):
                yield texto[:corte]
                juntos, largo = [texto[corte:]], len(texto) - corte
    yield "".join(juntos)


def _compilar(base: Mapping[str, bytes], pintables: Mapping[str, str]) -> list[guardado.Compilada]:
    from generador.plantilla.etiquetas import Revision  # lo ya compilado no lo necesita

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
    return [(nombre, lugar, *_compilada(raiz, lugar)) for nombre, lugar, raiz in revisadas]


def _compilada(raiz: etree._Element, lugar: str) -> tuple[str, CodeType | None]:
    fuente = etree.tostring(raiz, encoding="unicode")
    if not ETIQUETA.search(fuente):
        return fuente, None
    from generador.plantilla.entorno import compilar

    if _DE_CELDA.search(fuente):
        fuente = _con_las_de_celda(fuente)
    fuente = ETIQUETA.sub(lambda etiqueta: _sin_escapes(etiqueta[0]), fuente)
    fuente = _PARRAFO.sub("\n", fuente)  # una línea por párrafo: así Jinja dice en cuál falló
    return fuente, compilar(fuente, lugar)


def _parte(
    nombre: str, lugar: str, fuente: str, codigo: CodeType | None, base: Mapping[str, bytes], estilos: Estilos
) -> _Parte:
    rels = base.get(ooxml.ruta_de_relaciones(nombre))
    memoria = Memoria(fuente, estilos, rels) if se_puede(fuente) else None
    if codigo is None:
        return _Parte(nombre, lugar, fuente, None, memoria, base[nombre])
    from generador.plantilla.entorno import de_codigo

    return _Parte(nombre, lugar, fuente, de_codigo(codigo), memoria, base[nombre])


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
    if ilegal := re.search(_ILEGAL, texto):
        cerca = _lo_escrito_antes(texto, ilegal.start())
        cual = f"U+{ord(ilegal[0]):04X}"
        return f"{lugar}, cerca de «{cerca}»: un dato trae un carácter que Word no admite ({cual}). Bórrelo."
    linea, columna = error.position
    principio = sum(len(renglon) + 1 for renglon in texto.split("\n")[: linea - 1])
    cerca = _lo_escrito_antes(texto, principio + columna)
    return f"{lugar}, cerca de «{cerca}»: las etiquetas dejan el documento mal formado. Revise dónde se cierran."


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
