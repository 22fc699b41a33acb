"""Un .docx abierto para compararlo o cambiarlo: sus partes, su cuerpo, sus estilos y sus relaciones."""

from lxml import etree

from generador import ooxml
from generador.ooxml import PROPIEDAD, TIPO, TIPO_DE_RELACION, TIPO_DE_WORD, VT, PaqueteRoto, R, W
from generador.plantilla.paquete import PRINCIPAL, Ligas, escribir_xml, leer_xml

_DE_LIGA = f"{TIPO_DE_RELACION}hyperlink"
_DE_TEXTO = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # el formato de las propiedades que escribe Word
_TIPO_DE_PROPIEDADES = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_CIFRAS = 9  # Word no pasa de 2 147 483 647
_COPIABLES = ("image", "chart", "chartUserShapes", "package", "chartStyle", "chartColorStyle", "themeOverride")


class Documento:
    """Las partes de un .docx; los árboles que se piden se guardan, y al empaquetar van como quedaron."""

    def __init__(self, datos: bytes) -> None:
        self.partes = ooxml.partes(datos)
        try:
            self.tipos = ooxml.tipos_de_contenido(self.partes)
            self.principal = next(n for n, tipo in self.tipos.items() if tipo == PRINCIPAL)
            self._arboles: dict[str, etree._Element] = {}
            self._ligas: dict[str, Ligas] = {}
            cuerpo = self.arbol(self.principal).find(f"{W}body")
            self.estilos = self._estilos()
            self._alineaciones = self._de_los_estilos()
        except (KeyError, StopIteration, etree.XMLSyntaxError) as error:
            raise PaqueteRoto("está dañado o no es un documento de Word") from error
        if cuerpo is None:
            raise PaqueteRoto("no tiene cuerpo")
        self.cuerpo: etree._Element = cuerpo

    def arbol(self, parte: str) -> etree._Element:
        """La raíz de una parte; lo que se le cambie queda."""
        if parte not in self._arboles:
            self._arboles[parte] = leer_xml(self.partes[parte])
        return self._arboles[parte]

    def relaciones(self, parte: str) -> dict[str, etree._Element]:
        """Las relaciones de una parte, por su identificador."""
        datos = self.partes.get(ooxml.ruta_de_relaciones(parte))
        return {r.get("Id", ""): r for r in leer_xml(datos)} if datos else {}

    def direcciones(self, parte: str) -> dict[str, str]:
        """A dónde lleva cada liga de la parte: ``{"rId9": "https://…"}``."""
        return {i: r.get("Target", "") for i, r in self.relaciones(parte).items() if r.get("Type") == _DE_LIGA}

    def nota(self, parte: str, cita: etree._Element) -> str:
        """Lo que dice la nota al pie o al final que se cita ahí; vacío si no está."""
        clase = "footnote" if cita.tag == f"{W}footnoteReference" else "endnote"
        tipo = f"{TIPO_DE_RELACION}{clase}s"
        de_notas = next((i for i, r in self.relaciones(parte).items() if r.get("Type") == tipo), "")
        nombre = self.parte_de(parte, de_notas)
        notas = self.arbol(nombre).iter(f"{W}{clase}") if nombre else ()
        suya = next((nota for nota in notas if nota.get(f"{W}id") == cita.get(f"{W}id")), None)
        return "" if suya is None else " ".join("".join(t.text or "" for t in suya.iter(f"{W}t")).split())

    def parte_de(self, parte: str, identificador: str) -> str:
        """La parte a la que apunta una relación; vacía si no apunta a una de dentro."""
        relacion = self.relaciones(parte).get(identificador)
        if relacion is None or relacion.get("TargetMode") == "External":
            return ""
        hallada = ooxml.destino(parte, relacion.get("Target", ""))
        return hallada if hallada in self.partes else ""

    def ligar(self, parte: str, tipo: str, objetivo: str, *, externa: bool = False) -> str:
        """El identificador de una relación nueva de esa parte."""
        ruta = ooxml.ruta_de_relaciones(parte)
        ligas = Ligas(self.partes.get(ruta))
        identificador = ligas.agregar(tipo, objetivo, externa=externa)
        rels = ligas.rels()
        assert rels is not None
        self.partes[ruta] = rels
        return identificador

    def declarar(self, parte: str, tipo: str) -> None:
        """El tipo de contenido de una parte nueva."""
        tipos = self.arbol(ooxml.TIPOS)
        etree.SubElement(tipos, f"{TIPO}Override", PartName=f"/{parte}", ContentType=tipo)
        self.tipos[parte] = tipo

    def reemplazar(self, parte: str, datos: bytes) -> None:
        """Cambia una parte entera."""
        self.partes[parte] = datos
        self._arboles.pop(parte, None)

    def nombre_libre(self, modelo: str) -> str:
        """``"word/media/image1.png"`` → el primero de su serie que no está usado."""
        carpeta, _, archivo = modelo.rpartition("/")
        raiz, _, extension = archivo.rpartition(".")
        raiz = raiz.rstrip("0123456789")
        numero = 1
        while f"{carpeta}/{raiz}{numero}.{extension}" in self.partes:
            numero += 1
        return f"{carpeta}/{raiz}{numero}.{extension}"

    def empaquetar(self) -> bytes:
        """El .docx como quedó."""
        for parte, raiz in self._arboles.items():
            self.partes[parte] = escribir_xml(raiz)
        return ooxml.empaquetar(self.partes)

    def alineacion(self, parrafo: etree._Element) -> str:
        """Cómo está alineado un párrafo, por sí mismo o por su estilo: ``"center"``; de costumbre, ``"left"``."""
        puesta = parrafo.find(f"{W}pPr/{W}jc")
        if puesta is None:
            return self._alineaciones.get(estilo_de(parrafo)) or self._alineaciones.get("", "left")
        return _de_lado(puesta.get(f"{W}val", ""))

    def _de_los_estilos(self) -> dict[str, str]:
        """La alineación de cada estilo, suya o heredada; con la llave vacía, la del que se usa sin decirlo."""
        nombre = next((n for n, tipo in self.tipos.items() if tipo == f"{TIPO_DE_WORD}styles+xml"), "")
        estilos = {e.get(f"{W}styleId", ""): e for e in self.arbol(nombre).iter(f"{W}style")} if nombre else {}
        hechas: dict[str, str] = {}
        for identificador, estilo in estilos.items():
            actual: etree._Element | None = estilo
            vistos: set[str] = set()
            while actual is not None and (cual := actual.get(f"{W}styleId", "")) not in vistos:
                vistos.add(cual)
                puesta, padre = actual.find(f"{W}pPr/{W}jc"), actual.find(f"{W}basedOn")
                if puesta is not None:
                    hechas[identificador] = _de_lado(puesta.get(f"{W}val", ""))
                    break
                actual = None if padre is None else estilos.get(padre.get(f"{W}val", ""))
            if estilo.get(f"{W}type") == "paragraph" and estilo.get(f"{W}default") in ("1", "true"):
                hechas[""] = hechas.get(identificador, "left")
        return hechas

    def _estilos(self) -> dict[str, str]:
        """El nombre de cada estilo por su identificador: ``{"Titulo2": "heading 2"}``, en minúsculas."""
        nombre = next((n for n, tipo in self.tipos.items() if tipo == f"{TIPO_DE_WORD}styles+xml"), "")
        if not nombre:
            return {}
        hallados: dict[str, str] = {}
        for estilo in self.arbol(nombre).iter(f"{W}style"):
            rotulo = estilo.find(f"{W}name")
            texto = rotulo.get(f"{W}val", "") if rotulo is not None else ""
            hallados[estilo.get(f"{W}styleId", "")] = texto.casefold()
        return hallados

    def propiedad(self, nombre: str) -> str:
        """Lo que dice una propiedad personalizada de texto; vacío si no está."""
        hallada = self._propiedad(nombre)
        return "" if hallada is None else hallada.findtext(f"{VT}lpwstr", "")

    def poner_propiedad(self, nombre: str, valor: str) -> None:
        """La agrega o la cambia."""
        hallada = self._propiedad(nombre)
        if hallada is None:
            raiz = self._propiedades()
            if raiz is None:
                raiz = self._sin_propiedades()
            numero = 1 + max((numero_de(p, "pid") for p in raiz), default=1)
            hallada = etree.SubElement(raiz, f"{PROPIEDAD}property", fmtid=_DE_TEXTO, pid=str(numero), name=nombre)
        for viejo in list(hallada):
            hallada.remove(viejo)
        etree.SubElement(hallada, f"{VT}lpwstr").text = valor

    def _propiedad(self, nombre: str) -> etree._Element | None:
        raiz = self._propiedades()
        return None if raiz is None else next((p for p in raiz if p.get("name") == nombre), None)

    def _propiedades(self) -> etree._Element | None:
        parte = next((n for n, tipo in self.tipos.items() if tipo == _TIPO_DE_PROPIEDADES), "")
        return self.arbol(parte) if parte else None

    def _sin_propiedades(self) -> etree._Element:
        """La parte de las propiedades personalizadas, nueva y vacía: quien guardó el documento no la conservó."""
        parte = (
            self.nombre_libre("docProps/custom.xml") if "docProps/custom.xml" in self.partes else "docProps/custom.xml"
        )
        vt, espacio = VT.strip("{}"), PROPIEDAD.strip("{}")
        self.partes[parte] = f'<Properties xmlns="{espacio}" xmlns:vt="{vt}"/>'.encode()
        self.declarar(parte, _TIPO_DE_PROPIEDADES)
        self.ligar("", f"{TIPO_DE_RELACION}custom-properties", f"/{parte}")
        return self.arbol(parte)

    def mayor(self, etiquetas: tuple[str, ...], atributo: str = f"{W}id") -> int:
        """El mayor número usado en esos elementos del documento entero."""
        usados = [0]
        for parte, tipo in self.tipos.items():
            if tipo.startswith(TIPO_DE_WORD) and parte.endswith(".xml"):
                usados += [numero_de(elemento, atributo) for elemento in self.arbol(parte).iter(*etiquetas)]
        return max(usados)


def _de_lado(alineacion: str) -> str:
    """``"start"`` → ``"left"``: así la guardan unos programas y otros."""
    return {"start": "left", "end": "right"}.get(alineacion, alineacion)


def numero_de(elemento: etree._Element, atributo: str = f"{W}id") -> int:
    """Su identificador; 0 si no es un número, o si es de los que Word no admite."""
    valor = elemento.get(atributo, "")
    return int(valor) if valor.isdecimal() and len(valor) <= _CIFRAS else 0


def copiar_parte(de: Documento, a: Documento, parte: str, hechas: dict[str, str]) -> str:
    """El nombre en ``a`` de una parte de ``de`` (imagen, gráfica) con todo lo que cuelga de ella."""
    if parte in hechas:
        return hechas[parte]
    nombre = a.nombre_libre(parte)
    hechas[parte] = nombre
    a.partes[nombre] = de.partes[parte]
    a.declarar(nombre, de.tipos.get(parte, "application/octet-stream"))
    copiar_relaciones(de, a, parte, nombre, hechas)
    return nombre


def copiar_relaciones(de: Documento, a: Documento, parte: str, nombre: str, hechas: dict[str, str]) -> None:
    """Las relaciones de ``parte`` puestas en ``nombre``, con los mismos identificadores."""
    rels = de.partes.get(ooxml.ruta_de_relaciones(parte))
    if rels is None:
        a.partes.pop(ooxml.ruta_de_relaciones(nombre), None)
        return
    raiz = leer_xml(rels)
    for relacion in list(raiz):
        tipo = relacion.get("Type", "").rpartition("/")[2]
        if relacion.get("TargetMode") == "External":
            raiz.remove(relacion)
            continue
        destino = ooxml.destino(parte, relacion.get("Target", ""))
        if destino not in de.partes or tipo not in _COPIABLES:
            raiz.remove(relacion)
        else:
            relacion.set("Target", f"/{copiar_parte(de, a, destino, hechas)}")
    a.partes[ooxml.ruta_de_relaciones(nombre)] = escribir_xml(raiz)


def estilo_de(parrafo: etree._Element) -> str:
    """El identificador del estilo de un párrafo; vacío si no dice."""
    estilo = parrafo.find(f"{W}pPr/{W}pStyle")
    return "" if estilo is None else estilo.get(f"{W}val", "")


def relaciones_citadas(elemento: etree._Element) -> list[tuple[etree._Element, str, str]]:
    """Los atributos ``r:…`` de un elemento y lo que cuelga de él: (elemento, atributo, identificador)."""
    return [
        (nodo, str(atributo), str(valor))
        for nodo in elemento.iter()
        for atributo, valor in nodo.attrib.items()
        if str(atributo).startswith(R)
    ]
