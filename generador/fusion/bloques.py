"""Lo que dice un documento, bloque por bloque, y cómo se llama el lugar de cada uno."""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from generador import ooxml
from generador.datos import dataclass
from generador.fusion.documento import Documento
from generador.fusion.palabras import OBJETO
from generador.fusion.piezas import AL_PRINCIPIO, Lectura
from generador.ooxml import W

_PARRAFO = re.compile(r"<w:p[ >/]")
_LO_QUE_SE_VE = re.compile(
    r'<w:pStyle w:val="([^"]*)"|<wp:docPr [^>]*?descr="([^"]*)"|<c:chart\b[^>]*?\br:id="([^"]*)"'
    r"|<w:t(?: [^>]*)?>([^<]*)|<w:(tab|br|b|i)(?: [^>]*)?/>"
)
_RELACION = re.compile(r"<Relationship [^>]*>")
_ATRIBUTO = re.compile(r'(Id|Target)="([^"]*)"')
_DE_GRAFICA = re.compile(r"<(?:c:v|a:t)>([^<]*)")
_MARGENES = (f"{ooxml.TIPO_DE_WORD}header+xml", f"{ooxml.TIPO_DE_WORD}footer+xml")


@dataclass(frozen=True)
class BloqueLeido:
    """Un párrafo o un renglón de tabla, bajo qué título está y qué párrafos del documento son suyos.

    Los encabezados y pies son un bloque cada uno; sus párrafos van después de los del cuerpo.
    """

    lugar: str
    texto: str
    parrafos: tuple[int, ...]


def bloques(datos: bytes) -> list[BloqueLeido]:
    """Los bloques de un .docx que dicen o muestran algo. Levanta PaqueteRoto si no es un documento legible."""
    documento = Documento(datos)
    return [*_del_cuerpo(documento), *_de_los_margenes(documento)]


def _del_cuerpo(documento: Documento) -> Iterator[BloqueLeido]:
    numeros = {parrafo: numero for numero, parrafo in enumerate(documento.cuerpo.iter(f"{W}p"))}
    lectura = Lectura(documento, documento.principal)
    for pieza in lectura.piezas(documento.cuerpo, AL_PRINCIPIO):
        sueltas = lectura.renglones(pieza.elementos[0], pieza.lugar) if pieza.clase == "tbl" else [pieza]
        for suelta in sueltas:
            texto = suelta.dicho.replace(OBJETO, "")
            if texto.strip():
                suyos = (numeros[parrafo] for elemento in suelta.elementos for parrafo in elemento.iter(f"{W}p"))
                yield BloqueLeido(suelta.lugar, texto, tuple(suyos))


def _de_los_margenes(documento: Documento) -> Iterator[BloqueLeido]:
    for parte in _margenes(documento.tipos):
        lectura = Lectura(documento, parte)
        texto = "\n".join(p.texto for p in lectura.piezas(documento.arbol(parte), "") if p.texto.strip())
        if texto.strip():
            lugar = "Encabezado" if documento.tipos[parte] == _MARGENES[0] else "Pie de página"
            yield BloqueLeido(lugar, texto.replace(OBJETO, ""), (lugar_del_margen(documento, parte),))


def lugar_del_margen(documento: Documento, parte: str) -> int:
    """El lugar de un encabezado o un pie entre los párrafos del documento."""
    return sum(1 for _ in documento.cuerpo.iter(f"{W}p")) + _margenes(documento.tipos).index(parte)


def _margenes(tipos: dict[str, str]) -> list[str]:
    return sorted(parte for parte, tipo in tipos.items() if tipo in _MARGENES)


def dichos(datos: bytes) -> list[str]:
    """Lo que se ve en cada párrafo del cuerpo y en cada encabezado y pie: dos iguales no difieren en nada.

    Trae sus textos, su estilo, sus negritas y lo que dicen sus gráficas. No se arma el árbol: se pide muchas veces.
    """
    partes = ooxml.partes(datos)
    tipos = ooxml.tipos_de_contenido(partes)
    cuerpo = next(nombre for nombre, tipo in tipos.items() if tipo == f"{ooxml.TIPO_DE_WORD}document.main+xml")
    xml, graficas = partes[cuerpo].decode(), _graficas(partes, cuerpo)

    def visto(trozo: str) -> str:
        hallados = _LO_QUE_SE_VE.findall(trozo)
        return "".join(
            f"<{estilo}{descripcion}>{graficas.get(grafica, '')}{unescape(texto)}{signo and f'<{signo}>'}"
            for estilo, descripcion, grafica, texto, signo in hallados
        )

    cortes = [hallado.start() for hallado in _PARRAFO.finditer(xml)] + [len(xml)]
    del_cuerpo = [visto(xml[desde:hasta]) for desde, hasta in pairwise(cortes)]
    return del_cuerpo + [visto(partes[parte].decode()) for parte in _margenes(tipos)]


def _graficas(partes: dict[str, bytes], cuerpo: str) -> dict[str, str]:
    """Lo que dice cada gráfica, por el identificador con que el cuerpo la cita."""
    relaciones = partes.get(ooxml.ruta_de_relaciones(cuerpo), b"").decode()
    ligas: Sequence[dict[str, str]] = [dict(_ATRIBUTO.findall(r)) for r in _RELACION.findall(relaciones)]
    destinos = {liga["Id"]: ooxml.destino(cuerpo, liga["Target"]) for liga in ligas if "charts/" in liga["Target"]}
    return {
        identificador: "|".join(_DE_GRAFICA.findall(partes[parte].decode()))
        for identificador, parte in destinos.items()
        if parte in partes
    }
