"""Las plantillas de la persona: sacar una para adaptarla, ver qué nombres admite y revisarla antes de usarla."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generador.castellano import enumerar
from generador.catalogo import CATALOGO
from generador.datos import dataclass
from generador.escritura import escribir, escribir_nuevo, reescribir
from generador.esquema import columnas_propias
from generador.flujo.linea import exigir_tipo, leer_plantilla, tipo_de
from generador.hallazgos import ErrorDePlantilla, Gravedad, Hallazgo, OrdenImposible, PlantillaConHallazgos
from generador.libro.lectura import abrir
from generador.recursos import recurso

if TYPE_CHECKING:
    from generador.plantilla.aparte import Taller
    from generador.plantilla.contrato import Contrato
    from generador.plantilla.etiquetas import Defecto
    from generador.plantilla.revision import Retrato

REVISADA = " - revisada"
_ES_COPIA = re.compile(rf"{REVISADA}( \(\d+\))?$", re.IGNORECASE)
_DE_NOMBRES = ("E05", "E06")  # las reglas que necesitan saber qué nombres hay
_BASTANTES = 5  # párrafos con lo mismo que se dicen
_PRUEBA = datetime(2020, 1, 1)  # la fecha del documento de prueba: no se guarda


@dataclass(frozen=True)
class PlantillaRevisada:
    """Lo que se halló en una plantilla, para qué documento se revisó y, si se pidió, la copia con comentarios.

    ``sin_copia``: por qué no se pudo hacer; vacío si se hizo o no se pidió.
    """

    tipo: str
    hallazgos: tuple[Hallazgo, ...]
    copia: Path | None = None
    sin_copia: str = ""

    @property
    def sirve(self) -> bool:
        """Si no tiene errores; puede tener avisos."""
        return not any(hallazgo.es_error for hallazgo in self.hallazgos)


def sacar(nombre: str, ruta: Path) -> Path:
    """Una copia de la plantilla del programa, para adaptarla. Levanta ArchivoInaccesible si la ruta ya existe."""
    return escribir_nuevo(recurso("plantillas_docx", f"{nombre}.docx").read_bytes(), ruta)


def contrato(nombre: str, libro: Path | None = None) -> "Contrato":
    """Los nombres que admite la plantilla de un tipo; con ``libro``, también sus columnas agregadas.

    Levanta LibroConHallazgos si del libro no sale ese documento y ArchivoInaccesible si no se puede leer.
    """
    from generador.flujo.contrato import contrato_de

    return contrato_de(nombre, _propias(nombre, libro))


def _propias(nombre: str, libro: Path | None) -> dict[str, list[str]]:
    """Las columnas que la persona agregó a ese libro, por hoja; sin libro, ninguna."""
    if libro is None:
        return {}
    abierto = abrir(libro)
    tipo = tipo_de(nombre)
    exigir_tipo(tipo, abierto)
    return columnas_propias(tipo.modelo, abierto)


def revisar_plantilla(
    ruta: Path, nombre: str = "", *, anotar: bool = False, libro: Path | None = None
) -> PlantillaRevisada:
    """Todo lo que está mal en una plantilla, de una vez; ``nombre`` vacío: el tipo se deduce.

    Con ``libro``, admite además las columnas que en él agregó la persona. Se abre en un proceso aparte: ninguna
    detiene la orden. Una copia ya revisada se pone al día ella misma. Levanta OrdenImposible si no se sabe de qué es
    y ArchivoInaccesible si la copia está abierta.
    """
    from generador.plantilla.aparte import Taller
    from generador.plantilla.etiquetas import Defecto

    try:
        datos = leer_plantilla(ruta)
        with Taller(datos, ruta.name, en_total=True) as taller:
            tipo = nombre or tipo_del_retrato(taller.retratar(), ruta)
            defectos = _defectos(taller, tipo, libro)
    except ErrorDePlantilla as error:
        return PlantillaRevisada(nombre, (_hallazgo(Defecto("E14", "", _entera(error, ruta))),))
    hallazgos = tuple(_hallazgos(defectos))
    es_copia = _ES_COPIA.search(ruta.stem) is not None
    if not anotar or not (defectos or es_copia):
        return PlantillaRevisada(tipo, hallazgos)
    with Taller(datos, ruta.name) as taller:
        try:
            comentada = taller.comentar(defectos)
        except ErrorDePlantilla as error:
            return PlantillaRevisada(tipo, hallazgos, sin_copia=f"No se pudo anotar. {_entera(error, ruta)}")
    if es_copia:
        reescribir(comentada, ruta, datos)
        return PlantillaRevisada(tipo, hallazgos, ruta)
    return PlantillaRevisada(tipo, hallazgos, escribir(comentada, ruta.parent, f"{ruta.stem}{REVISADA}").ruta)


def _defectos(taller: "Taller", tipo: str, libro: Path | None) -> "Sequence[Defecto]":
    """Los que se ven y, si ninguno es grave, los que da generar con los libros de ejemplo."""
    from generador.flujo.contrato import contrato_de, ejemplos
    from generador.plantilla.etiquetas import Defecto
    from generador.plantilla.paquete import Propiedades
    from generador.plantilla.revision import AL_GENERAR

    propias = _propias(tipo, libro)
    vistos = taller.revisar(contrato_de(tipo, propias))
    if any(defecto.grave for defecto in vistos):
        return vistos
    try:
        al_generar = taller.probar(ejemplos(tipo, propias), Propiedades(titulo="Prueba", creado=_PRUEBA))
    except ErrorDePlantilla as error:
        al_generar = [Defecto("E14", AL_GENERAR, str(error))]
    return [*al_generar, *vistos]


def explicado(
    tipo: str, taller: "Taller", error: ErrorDePlantilla, contexto: Mapping[str, object] | None = None
) -> ErrorDePlantilla:
    """Lo mismo que diría `revisar_plantilla` de la que no dejó generar; si no ve nada grave, el error que se dio.

    Los nombres que trae ``contexto`` existen, aunque sean de columnas que la persona agregó; sin él, de los nombres
    no se dice nada.
    """
    from generador.flujo.contrato import contrato_de
    from generador.plantilla.contrato import Contrato, Forma

    base = Contrato(tipo, Forma()) if contexto is None else contrato_de(tipo)
    if contexto is not None:
        base.nombres.sumar(contexto).cerrar()
    try:
        vistos = taller.revisar(base)
    except ErrorDePlantilla:
        return error
    hallazgos = list(_hallazgos(d for d in vistos if contexto is not None or (d.grave and d.codigo not in _DE_NOMBRES)))
    if not any(hallazgo.es_error for hallazgo in hallazgos):
        return error
    return PlantillaConHallazgos(taller.nombre, hallazgos)


def tipo_del_retrato(retrato: "Retrato", ruta: Path) -> str:
    """El tipo que la plantilla dice o, si no lo dice, el que más de sus nombres tiene.

    Levanta OrdenImposible si ninguno.
    """
    if retrato.documento in CATALOGO:
        return retrato.documento
    from generador.flujo.contrato import raices

    cuantos = {nombre: len(retrato.raices & raices(nombre)) for nombre in CATALOGO}
    mejor = max(cuantos, key=lambda nombre: cuantos[nombre])
    if not cuantos[mejor]:
        no_usa = "no usa ningún nombre conocido" if retrato.raices else "no tiene ninguna etiqueta"
        raise OrdenImposible(
            f"No se sabe de qué documento es «{ruta.name}»: {no_usa}. Dígalo con --tipo: {', '.join(CATALOGO)}."
        )
    return mejor


def _entera(error: ErrorDePlantilla, ruta: Path) -> str:
    """Lo que se dijo, con su sujeto: ``"no es un…"`` → ``"La plantilla «carta.docx» no es un…"``."""
    dicho = str(error)
    return f"La plantilla «{ruta.name}» {dicho}" if dicho[:1].islower() else dicho


def _hallazgos(defectos: "Iterable[Defecto]") -> Iterator[Hallazgo]:
    """Uno por defecto; lo mismo en muchos párrafos, una vez: falta un «for» y nada de lo que iba dentro se entiende."""
    iguales: dict[object, list[Defecto]] = {}
    for defecto in defectos:
        iguales.setdefault((defecto.parte, defecto.codigo, defecto.problema), []).append(defecto)
    for primero, *otros in iguales.values():
        hallazgo = _hallazgo(primero)
        if len(otros) < _BASTANTES:
            yield from (hallazgo, *map(_hallazgo, otros))
        else:
            dichos = [str(otro.parrafo) for otro in otros[:_BASTANTES]]
            dichos += [f"{len(otros) - _BASTANTES} más"] if len(otros) > _BASTANTES else []
            repetido = f"Lo mismo pasa en otros {len(otros)} párrafos: {enumerar(dichos)}."
            yield replace(hallazgo, remedio=f"{hallazgo.remedio} {repetido}".strip())


def _hallazgo(defecto: "Defecto") -> Hallazgo:
    problema, remedio = defecto.en_dos
    return Hallazgo(
        problema=f"{problema[:1].upper()}{problema[1:]}",
        remedio=remedio,
        sitio=defecto.lugar,
        codigo=defecto.codigo,
        gravedad=Gravedad.ERROR if defecto.grave else Gravedad.AVISO,
    )
