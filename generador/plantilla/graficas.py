"""Las gráficas de un documento: las que pide la plantilla con ``{{ … }}`` y las que ya trae dibujadas.

Cada una queda como parte propia (``word/charts/chart1.xml``) con su libro incrustado. Una gráfica
dibujada en Word es un modelo si su texto alternativo dice ``gráfica: NOMBRE``; se copia una vez por
vuelta de ciclo, y la original no llega al documento.
"""

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, count
from urllib.parse import unquote

from lxml import etree

from generador import ooxml
from generador.celdas import clave, parecido, sin_formato
from generador.grafica import Grafica
from generador.hallazgos import ErrorDePlantilla
from generador.ooxml import RELACION, TIPO, TIPO_DE_RELACION, WP, R, W
from generador.plantilla.diseno_de_grafica import alto_conveniente, diseno
from generador.plantilla.libro_incrustado import libro
from generador.plantilla.paquete import PRINCIPAL, Ligas, escribir_xml, leer_xml
from generador.plantilla.pasada import ancho_en_columnas
from generador.plantilla.relleno_de_grafica import A, C, NoEsModelo, rellenar
from generador.plantilla.texto import PEDIDA

TIPO_DE_GRAFICA = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
RELACION_DE_GRAFICA = f"{TIPO_DE_RELACION}chart"
RELACION_DE_LIBRO = f"{TIPO_DE_RELACION}package"
_TIPO_DE_LIBRO = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NOMBRE = re.compile(r"\s*gr[aá]fica\s*:(.*)", re.IGNORECASE | re.DOTALL)
_EMU_POR_CM = 360_000
_EMU_POR_VIGESIMO = 635
_MARGEN_DE_CELDA = 108  # vigésimos de punto a cada lado, si la tabla no dice otra cosa
_PROPORCION = 0.75  # alto mínimo respecto del ancho cuando se angosta


class Graficas:
    """Las de un documento; las partes nuevas se acumulan y ``terminar`` las suma al paquete.

    ``pedidas`` son las que la plantilla escribió con ``{{ … }}``, en el orden de sus marcas.
    """

    def __init__(self, base: Mapping[str, bytes], disponibles: object, pedidas: Sequence[Grafica]) -> None:
        por_nombre = disponibles if isinstance(disponibles, Mapping) else {}
        self._pedidas = pedidas
        self._base = base
        self._disponibles = {
            clave(nombre): grafica for nombre, grafica in por_nombre.items() if isinstance(grafica, Grafica)
        }
        self._nombres = tuple(map(str, por_nombre))
        self._nuevas: dict[str, bytes] = {}
        self._tipos: dict[str, str] = {}
        self._ocupadas = {nombre.casefold() for nombre in base}
        self._numeros: defaultdict[str, count[int]] = defaultdict(lambda: count(1))
        self._sobran = False

    def colocar(self, parte: str, lugar: str, raiz: etree._Element, ligas: Ligas) -> None:
        """Pone en su sitio las gráficas de una parte ya pintada.

        Levanta ErrorDePlantilla si un modelo pide una gráfica que no existe o no puede llenarse.
        """
        modelos = ligas.internas(RELACION_DE_GRAFICA)
        vistas: set[str] = set()
        for dibujo in list(raiz.iter(f"{W}drawing")):
            if pedida := dibujo.attrib.pop(PEDIDA, ""):
                self._crear(dibujo, self._pedidas[int(pedida)], parte, ligas)
            else:
                self._llenar(dibujo, modelos, vistas, parte, lugar, ligas)
        if modelos:
            usadas = {cita.get(f"{R}id", "") for cita in raiz.iter(f"{C}chart")}
            for sobrante in modelos.keys() - usadas:
                ligas.quitar(sobrante)
                self._sobran = True

    def terminar(self, partes: Mapping[str, bytes]) -> dict[str, bytes]:
        """El paquete con las partes nuevas declaradas, y sin los modelos que ya nadie usa."""
        if not self._nuevas and not self._sobran:
            return dict(partes)
        completas = {**partes, **self._nuevas}
        if self._sobran:
            sueltas = self._de_modelos() - _alcanzadas(completas)
            completas = {nombre: datos for nombre, datos in completas.items() if nombre not in sueltas}
        completas[ooxml.TIPOS] = _declarar(completas[ooxml.TIPOS], self._tipos, sin=partes.keys() - completas.keys())
        return completas

    def _de_modelos(self) -> set[str]:
        """Las gráficas de la plantilla y todo lo que cuelga de ellas."""
        modelos = [nombre for nombre, tipo in ooxml.tipos_de_contenido(self._base).items() if tipo == TIPO_DE_GRAFICA]
        return _alcanzadas(self._base, modelos)

    # --- crear -----------------------------------------------------------------------------------

    def _crear(self, dibujo: etree._Element, grafica: Grafica, parte: str, ligas: Ligas) -> None:
        """Modo «de la casa»: el hueco que dejó ``{{ … }}`` se vuelve un dibujo en línea."""
        ancho, alto = _medidas(grafica, self._ancho_disponible(dibujo))
        modelo = leer_xml(diseno(grafica, ancho / _EMU_POR_CM))
        identificador = ligas.agregar(RELACION_DE_GRAFICA, self._parte_nueva(modelo, grafica, {}, parte))
        dibujo.append(leer_xml(_en_linea(ancho, alto, identificador)))
        _describir(dibujo, grafica)

    def _ancho_disponible(self, dibujo: etree._Element) -> int:
        """El de la celda o la columna de texto donde cae, en vigésimos de punto; 0 si no se sabe."""
        celda = next(dibujo.iterancestors(f"{W}tc"), None)
        return (0 if celda is None else _ancho_de_celda(celda)) or self._ancho_de_texto(dibujo)

    def _ancho_de_texto(self, dibujo: etree._Element) -> int:
        """El de la sección donde está; en un encabezado o una nota, el de la sección más angosta."""
        if secciones := list(dibujo.getroottree().getroot().iter(f"{W}sectPr")):
            return _ancho_de_columna(_la_suya(dibujo, secciones))
        cuerpo = next(nombre for nombre, tipo in ooxml.tipos_de_contenido(self._base).items() if tipo == PRINCIPAL)
        return min(map(_ancho_de_columna, leer_xml(self._base[cuerpo]).iter(f"{W}sectPr")), default=0)

    # --- llenar un modelo ------------------------------------------------------------------------

    def _llenar(
        self,
        dibujo: etree._Element,
        modelos: Mapping[str, str],
        vistas: set[str],
        parte: str,
        lugar: str,
        ligas: Ligas,
    ) -> None:
        """Modo «dibujada en Word»: copia el modelo y le pone los datos; las demás sólo se copian si se repiten."""
        cita, nombre = dibujo.find(f".//{C}chart"), nombre_pedido(dibujo)
        if cita is None or cita.get(f"{R}id") not in modelos:
            if nombre:
                raise ErrorDePlantilla(f"{lugar}: «gráfica: {nombre}» no es una gráfica que se pueda llenar. {_HAGA}")
            return
        grafica = self._de_nombre(nombre, lugar) if nombre else None
        viejo = cita.get(f"{R}id", "")
        if grafica is None and viejo not in vistas:
            vistas.add(viejo)
            return
        original = ooxml.destino(parte, modelos[viejo])
        try:
            raiz = leer_xml(self._base[original])
            objetivo = self._parte_nueva(raiz, grafica, self._relaciones_de(original), parte)
        except NoEsModelo as error:
            raise ErrorDePlantilla(f"{lugar}: la gráfica «{nombre}» {error}. {_HAGA}") from error
        except (KeyError, ValueError, etree.XMLSyntaxError) as error:
            raise ErrorDePlantilla(f"{lugar}: la gráfica «{nombre}» está dañada. {_HAGA}") from error
        cita.set(f"{R}id", ligas.agregar(RELACION_DE_GRAFICA, objetivo))
        if grafica is not None:
            _describir(dibujo, grafica)

    def _de_nombre(self, nombre: str, lugar: str) -> Grafica:
        if hallada := self._disponibles.get(clave(nombre)):
            return hallada
        cercano = parecido(nombre, self._nombres)
        hay = ", ".join(f"«{otro}»" for otro in self._nombres) or "ninguna"
        remedio = f"¿Quiso decir «{cercano}»?" if cercano else f"Hay: {hay}."
        raise ErrorDePlantilla(f"{lugar}: la gráfica «{nombre}» no existe. {remedio}")

    def _relaciones_de(self, original: str) -> dict[str, tuple[str, str]]:
        """``{"rId1": ("…/chartStyle", "word/charts/style1.xml")}``."""
        rels = self._base.get(ooxml.ruta_de_relaciones(original))
        relaciones = () if rels is None else leer_xml(rels).iter(f"{RELACION}Relationship")
        return {
            r.get("Id", ""): (r.get("Type", ""), ooxml.destino(original, r.get("Target", "")))
            for r in relaciones
            if r.get("TargetMode") != "External" and ooxml.destino(original, r.get("Target", "")) in self._base
        }

    # --- partes ----------------------------------------------------------------------------------

    def _parte_nueva(
        self,
        raiz: etree._Element,
        grafica: Grafica | None,
        relaciones: Mapping[str, tuple[str, str]],
        origen: str,
    ) -> str:
        """Guarda la gráfica con esos datos (None: tal cual) y lo que cuelga de ella; da su ruta desde ``origen``."""
        nombre = self._nombre_libre("word/charts/chart{}.xml")
        propias = {
            identificador: (tipo, self._copia(destino))
            for identificador, (tipo, destino) in relaciones.items()
            if grafica is None or tipo != RELACION_DE_LIBRO
        }
        if grafica is not None:
            identificador = next(f"rId{n}" for n in count(1) if f"rId{n}" not in propias)
            rellenar(raiz, grafica, identificador)
            incrustado = self._nombre_libre("word/embeddings/Microsoft_Excel_Worksheet{}.xlsx")
            self._guardar(incrustado, libro(grafica), _TIPO_DE_LIBRO)
            propias[identificador] = (RELACION_DE_LIBRO, incrustado)
        self._guardar(nombre, escribir_xml(raiz), TIPO_DE_GRAFICA)
        self._nuevas[ooxml.ruta_de_relaciones(nombre)] = _rels(nombre, propias)
        return _desde(origen, nombre)

    def _copia(self, original: str) -> str:
        """Otra copia de lo que una gráfica tiene aparte (su estilo, sus colores); las imágenes se comparten."""
        tipo = ooxml.tipos_de_contenido(self._base).get(original, "")
        if not tipo.endswith("+xml") and tipo != _TIPO_DE_LIBRO:
            return original
        raiz, extension = posixpath.splitext(original)
        nombre = self._nombre_libre(re.sub(r"\d*$", "", raiz).replace("{", "").replace("}", "") + "{}" + extension)
        self._guardar(nombre, self._base[original], tipo)
        if rels := self._base.get(ooxml.ruta_de_relaciones(original)):
            self._nuevas[ooxml.ruta_de_relaciones(nombre)] = rels
        return nombre

    def _guardar(self, nombre: str, datos: bytes, tipo: str) -> None:
        self._nuevas[nombre] = datos
        self._tipos[nombre] = tipo

    def _nombre_libre(self, molde: str) -> str:
        """``"word/charts/chart{}.xml"`` → ``"word/charts/chart2.xml"``, si la plantilla ya trae la 1."""
        nombres = (molde.format(numero) for numero in self._numeros[molde])
        return next(nombre for nombre in nombres if nombre.casefold() not in self._ocupadas)


_HAGA = "Inserte una de líneas, barras o pastel (Insertar → Gráfico) y ponga ahí ese texto alternativo."


def nombre_pedido(dibujo: etree._Element) -> str:
    """``"seguidores"`` si el texto alternativo dice «gráfica: seguidores»; vacío si no pide ninguna."""
    propiedades = dibujo.find(f"*/{WP}docPr")
    dicho = _NOMBRE.fullmatch(sin_formato("" if propiedades is None else propiedades.get("descr", "")))
    return dicho[1].strip() if dicho else ""


def _describir(dibujo: etree._Element, grafica: Grafica) -> None:
    propiedades = dibujo.find(f"*/{WP}docPr")
    if propiedades is not None:
        propiedades.set("descr", grafica.descripcion)


def _en_linea(ancho: int, alto: int, identificador: str) -> str:
    return (
        f'<wp:inline xmlns:wp="{WP.strip("{}")}" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{ancho}" cy="{alto}"/><wp:docPr id="1" name="Gráfica" descr=""/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A.strip("{}")}"><a:graphicData uri="{C.strip("{}")}">'
        f'<c:chart xmlns:c="{C.strip("{}")}" xmlns:r="{R.strip("{}")}" r:id="{identificador}"/>'
        "</a:graphicData></a:graphic></wp:inline>"
    )


# --- medidas -------------------------------------------------------------------------------------


def _medidas(grafica: Grafica, disponible: int) -> tuple[int, int]:
    """Ancho y alto en EMU: los pedidos o, si no cabe, los del lugar, sin quedar tan chata que no se lea."""
    ancho, alto = round(grafica.ancho_cm * _EMU_POR_CM), round(alto_conveniente(grafica) * _EMU_POR_CM)
    tope = disponible * _EMU_POR_VIGESIMO
    if not 0 < tope < ancho:
        return ancho, alto
    return tope, min(alto, max(round(alto * tope / ancho), round(tope * _PROPORCION)))


def _entero(elemento: etree._Element | None, atributo: str) -> int:
    valor = "" if elemento is None else elemento.get(f"{W}{atributo}", "")
    return int(valor) if valor.isdecimal() else 0


def _la_suya(dibujo: etree._Element, secciones: list[etree._Element]) -> etree._Element:
    """La sección que cierra después del dibujo: Word las escribe al final de lo que abarcan."""
    bloque = next((b for b in (dibujo, *dibujo.iterancestors()) if _es_del_cuerpo(b)), dibujo)
    siguientes = chain([bloque], bloque.itersiblings()) if len(secciones) > 1 else ()
    return next((s for b in siguientes for s in b.iter(f"{W}sectPr")), secciones[-1])


def _es_del_cuerpo(elemento: etree._Element) -> bool:
    padre = elemento.getparent()
    return padre is not None and padre.tag == f"{W}body"


def _ancho_de_columna(seccion: etree._Element) -> int:
    hoja, margenes, columnas = (seccion.find(f"{W}{nombre}") for nombre in ("pgSz", "pgMar", "cols"))
    ancho = _entero(hoja, "w") - sum(_entero(margenes, lado) for lado in ("left", "right", "gutter"))
    cuantas = _entero(columnas, "num") or 1
    propias = [] if columnas is None else [_entero(columna, "w") for columna in columnas.findall(f"{W}col")]
    return min(propias) if propias else (ancho - (cuantas - 1) * _entero(columnas, "space")) // cuantas


def _ancho_de_celda(celda: etree._Element) -> int:
    """Lo que queda entre los márgenes de la celda; 0 si no se sabe cuánto mide."""
    medida = celda.find(f"{W}tcPr/{W}tcW")
    tabla = next(celda.iterancestors(f"{W}tbl"))
    dicho = _entero(medida, "w") if medida is not None and medida.get(f"{W}type") in ("dxa", None) else 0
    lugares = (celda.find(f"{W}tcPr/{W}tcMar"), tabla.find(f"{W}tblPr/{W}tblCellMar"))
    margenes = sum(_margen(lugares, lados) for lados in (("left", "start"), ("right", "end")))
    return max((dicho or _ancho_en_cuadricula(celda, tabla)) - margenes, 0)


def _ancho_en_cuadricula(celda: etree._Element, tabla: etree._Element) -> int:
    """La suma de las columnas de la tabla que abarca la celda, si ella no lo dice en medida fija."""
    salto = next(celda.iterancestors(f"{W}tr")).find(f"{W}trPr/{W}gridBefore")
    primera = _entero(salto, "val") + sum(
        ancho_en_columnas(otra) for otra in celda.itersiblings(f"{W}tc", preceding=True)
    )
    columnas = [_entero(columna, "w") for columna in tabla.iterfind(f"{W}tblGrid/{W}gridCol")]
    return sum(columnas[primera : primera + ancho_en_columnas(celda)])


def _margen(lugares: tuple[etree._Element | None, ...], lados: tuple[str, str]) -> int:
    dichos = (lugar.find(f"{W}{lado}") for lugar in lugares if lugar is not None for lado in lados)
    return next((_entero(dicho, "w") for dicho in dichos if dicho is not None), _MARGEN_DE_CELDA)


# --- paquete -------------------------------------------------------------------------------------


def _desde(origen: str, parte: str) -> str:
    return posixpath.relpath(parte, posixpath.dirname(origen) or ".")


def _rels(origen: str, relaciones: Mapping[str, tuple[str, str]]) -> bytes:
    raiz = leer_xml(f'<Relationships xmlns="{RELACION.strip("{}")}"/>')
    for identificador, (tipo, parte) in relaciones.items():
        etree.SubElement(raiz, f"{RELACION}Relationship", Id=identificador, Type=tipo, Target=_desde(origen, parte))
    return escribir_xml(raiz)


def _declarar(tipos: bytes, nuevas: Mapping[str, str], *, sin: Set[str]) -> bytes:
    """La lista de tipos con los de las partes nuevas y sin los de las que ya no están."""
    raiz = leer_xml(tipos)
    for declarado in raiz.findall(f"{TIPO}Override"):
        if unquote(declarado.get("PartName", "")).lstrip("/") in sin:
            raiz.remove(declarado)
    for nombre, tipo in nuevas.items():
        etree.SubElement(raiz, f"{TIPO}Override", PartName=f"/{nombre}", ContentType=tipo)
    return escribir_xml(raiz)


def _alcanzadas(partes: Mapping[str, bytes], desde: Iterable[str] = ("",)) -> set[str]:
    """Las partes a las que se llega desde ésas (o desde el paquete), con sus relaciones."""
    alcanzadas = set(desde)
    pendientes = list(desde)
    while pendientes:
        origen = pendientes.pop()
        rels = ooxml.ruta_de_relaciones(origen)
        if rels in partes:
            alcanzadas.add(rels)
            for parte in _destinos(origen, partes[rels]):
                if parte not in alcanzadas:
                    alcanzadas.add(parte)
                    pendientes.append(parte)
    return alcanzadas


def _destinos(origen: str, rels: bytes) -> Iterator[str]:
    for relacion in leer_xml(rels).iter(f"{RELACION}Relationship"):
        if relacion.get("TargetMode") != "External":
            yield ooxml.destino(origen, relacion.get("Target", ""))
