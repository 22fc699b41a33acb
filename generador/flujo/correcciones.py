"""Lo que se puede preguntar de un documento ya escrito: qué se le corrigió, de dónde salió, en qué difiere de otro."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generador.castellano import enumerar
from generador.celdas import NEGRITA
from generador.datos import dataclass
from generador.escritura import BASES, corregido, escribir, ruta_de_base, ruta_de_fuentes, ruta_de_origen
from generador.flujo.empaque import Empaque, desempacadas, empacadas
from generador.flujo.linea import propiedades_de
from generador.flujo.procedencia import Fuente, Procedencia, primero_lo_escrito, que_lo_dicen
from generador.flujo.renombrados import entregado_con_otro_nombre
from generador.hallazgos import ArchivoInaccesible, ErrorDeGenerador, OrdenImposible
from generador.ooxml import HUELLA, PaqueteRoto, leer_archivo, marcas, se_abre
from generador.recursos import recurso

if TYPE_CHECKING:
    from generador.fusion import Suceso
    from generador.fusion.fragmento import Trozo


_FIGURA = re.compile(r"\s*(\[(?:Gráfica|Imagen)[^\]]*\]\s*)+")


@dataclass(frozen=True)
class Correccion:
    """Algo que la persona cambió en Word y, si salió de una celda, dónde conviene corregirlo en Excel.

    ``dice`` y ``decia``, recortados; vacíos si lo quitó o lo agregó. ``fuentes`` son las celdas que dicen lo que
    cambió; sin ninguna, ``se_arma_con`` son las demás de ese párrafo.
    """

    que: str
    lugar: str
    decia: str
    dice: str
    fuentes: tuple[Fuente, ...] = ()
    se_arma_con: tuple[Fuente, ...] = ()


@dataclass(frozen=True)
class Bloque:
    """Un párrafo o renglón del documento y las celdas de las que salió; vacías si es texto de la plantilla."""

    lugar: str
    texto: str
    fuentes: tuple[Fuente, ...] = ()


@dataclass(frozen=True)
class Historia:
    """De dónde salió un documento, según quedó anotado al escribirlo.

    ``falta``: lo que no se encontró, o en qué difiere lo de hoy de aquello con que se hizo. ``retocado``: si el
    archivo no es, byte por byte, el que se entregó.
    """

    documento: Path
    libros: tuple[Path, ...]
    plantilla: str
    version: str
    falta: str = ""
    retocado: bool = False


def cambios(ruta: Path, libro: Path | None = None) -> tuple[Historia, list[Correccion]]:
    """Lo que una persona corrigió en ``ruta`` respecto de lo que se generó; vacío si nada.

    ``libro`` None: el que quedó anotado. Levanta OrdenImposible si no hay copia intacta con qué comparar.
    """
    from generador.fusion import fundir

    entregado = _entregado(ruta)
    if entregado.suyo == entregado.base:
        return entregado.historia(libro), []
    sucesos = _legible(ruta, lambda: fundir(entregado.base, entregado.suyo, entregado.base, datetime.now(UTC)).suyos)
    if not any(suceso.parrafos for suceso in sucesos):
        return entregado.historia(libro), [_correccion(suceso, None) for suceso in sucesos]
    with entregado.procedencia(libro) as (historia, procedencia):
        return historia, [_correccion(suceso, procedencia) for suceso in sucesos]


def _correccion(suceso: "Suceso", procedencia: Procedencia | None) -> Correccion:
    from generador.fusion.fragmento import corrido, fragmentos

    decia, dice = fragmentos(suceso.antes, suceso.despues)
    if suceso.que not in ("cambió", "quitó") or procedencia is None:
        dice_lo_mismo = corrido(decia) == corrido(dice)
        return Correccion(suceso.que, suceso.lugar, "" if dice_lo_mismo else corrido(decia), corrido(dice))
    if _FIGURA.fullmatch(suceso.antes):  # no está en ninguna celda: se dibuja con los datos de muchas
        return Correccion(suceso.que, suceso.lugar, corrido(decia), corrido(dice))
    suyas = procedencia.escritas(suceso.parrafos)
    fuentes = que_lo_dicen(suyas, suceso.antes, suceso.despues) if suceso.despues else ()
    if not fuentes:
        suyas = procedencia.de(suceso.parrafos)
        fuentes = que_lo_dicen(suyas, suceso.antes, suceso.despues)
    return Correccion(suceso.que, suceso.lugar, corrido(decia), corrido(dice), fuentes, () if fuentes else suyas)


def origen(ruta: Path, libro: Path | None = None) -> tuple[Historia, list[Bloque]]:
    """Cada bloque de lo que se generó con las celdas de las que salió. Levanta lo mismo que `cambios`."""
    from generador.fusion import bloques

    entregado = _entregado(ruta)
    leidos = _legible(ruta, lambda: bloques(entregado.base))
    with entregado.procedencia(libro) as (historia, procedencia):
        if procedencia is None:
            return historia, [Bloque(b.lugar, b.texto) for b in leidos]
        return historia, [
            Bloque(b.lugar, b.texto, primero_lo_escrito(procedencia.de(b.parrafos), b.texto)) for b in leidos
        ]


@dataclass(frozen=True)
class _Entregado:
    """Un documento como está, como se entregó y, si le cambiaron el nombre, con cuál se entregó."""

    ruta: Path
    suyo: bytes
    base: bytes
    original: Path

    def historia(self, libro: Path | None) -> Historia:
        ficha = self._ficha()
        anotados = [Path(os.path.normpath(self.ruta.parent / str(anotado))) for anotado in ficha.get("libros", [])]
        libros = (libro,) if libro is not None else tuple(anotados)
        version = _legible(self.ruta, lambda: marcas(self.base)).get("generar.version", "")
        renombrado = "" if self.ruta == self.original else _RENOMBRADO.format(self.original.name)
        retocado = self.suyo != self.base
        return Historia(self.ruta, libros, str(ficha.get("plantilla", "")), version, renombrado, retocado)

    @contextmanager
    def procedencia(self, libro: Path | None) -> "Iterator[tuple[Historia, Procedencia | None]]":
        """De dónde salió y las celdas de sus párrafos; None, con lo que falta en la historia, si no se pueden saber."""
        from generador.flujo.fuentes import rehacer
        from generador.fusion import dichos

        historia, procedencia = self.historia(libro), None
        empaque = self._empaque(historia, libro)
        with ExitStack() as abierto:
            if isinstance(empaque, str):
                falta = empaque
            else:
                tipo = marcas(self.base).get("generar.documento", "").partition("/")[0]
                try:
                    rehecho = abierto.enter_context(rehacer(empaque, tipo, self.original.stem))
                    procedencia = Procedencia(rehecho.receta, rehecho.nombres, dichos(self.base))
                    falta = "" if procedencia.exacta else _CAMBIARON
                except (ErrorDeGenerador, PaqueteRoto, KeyError, ValueError):
                    cuales = enumerar([f"«{nombre}»" for nombre, _ in empaque.libros])
                    falta = f"De {cuales} ya no sale este documento: no se sabe cuáles son sus celdas."
            yield replace(historia, falta=f"{historia.falta} {falta}".strip()), procedencia

    def _empaque(self, historia: Historia, libro: Path | None) -> "Empaque | str":
        """Los libros y la plantilla de que salió, o por qué no se tienen."""
        guardado = None
        with suppress(OSError):
            guardado = desempacadas(ruta_de_fuentes(self.original).read_bytes())
        if guardado is not None and libro is None:
            return guardado
        if not historia.libros:
            return "No quedó anotado de qué libro salió; indíquelo con --libro."
        de_muchos = guardado.de_muchos if guardado else bool(self._ficha().get("datos"))
        plantilla = self.ruta.parent / historia.plantilla if historia.plantilla else None
        for cual in (*historia.libros, *([plantilla] if plantilla else [])):
            if not cual.is_file():
                que = "la plantilla" if cual is plantilla else "el libro"
                remedio = "" if cual is plantilla else " Indíquelo con --libro."
                return f"No está {que} «{cual.name}»: se movió o cambió de nombre.{remedio}"
        datos = empacadas(historia.libros, plantilla, guardado.pedido if guardado else {}, de_muchos=de_muchos)
        return desempacadas(datos) or ""

    def _ficha(self) -> Mapping[str, Any]:
        with suppress(OSError, ValueError):
            leida = json.loads(ruta_de_origen(self.original).read_text(encoding="utf-8"))
            return leida if isinstance(leida, dict) else {}
        return {}


_RENOMBRADO = (
    "Se generó con el nombre «{}». Para que lo corregido pase a lo que se genere después, devuélvale ese nombre."
)
_CAMBIARON = (
    "El libro, la plantilla o el programa cambiaron desde que se hizo este documento: las celdas son las de hoy, y lo "
    "que ya no sale igual no las lleva."
)


def _entregado(ruta: Path) -> _Entregado:
    suyo = _leido(ruta)
    ambos = corregido(ruta)
    if ambos is not None:
        if not se_abre(ambos[1]):
            raise OrdenImposible(
                f"La copia intacta de «{ruta.name}», en la carpeta «{BASES}», está dañada: no se sabe qué se generó. "
                "Genérelo de nuevo: lo nuevo quedará a su lado."
            )
        return _Entregado(ruta, *ambos, ruta)
    if ruta_de_base(ruta).is_file():
        return _Entregado(ruta, suyo, suyo, ruta)
    huella = _legible(ruta, lambda: marcas(suyo)).get(HUELLA, "")
    entregado = entregado_con_otro_nombre(ruta, huella) if huella else None
    if entregado is None:
        raise OrdenImposible(_sin_base(ruta, huella))
    original, base = entregado
    return _Entregado(ruta, suyo, base, original)


def _sin_base(ruta: Path, huella: str) -> str:
    if not huella:
        return f"«{ruta.name}» no lo hizo este programa, o se guardó sin sus propiedades: no hay con qué compararlo."
    carpeta = (ruta.parent / BASES).is_dir()
    que = (
        f"en la carpeta «{BASES}» que está a su lado no quedó"
        if carpeta
        else f"a su lado no está «{BASES}», donde quedó"
    )
    return (
        f"De «{ruta.name}» no se encontró la copia de lo que se generó: {que}. Si movió el documento, devuélvalo a la "
        f"carpeta en que se generó, o traiga también la carpeta «{BASES}», que en Windows está oculta."
    )


def _leido(ruta: Path) -> bytes:
    try:
        return leer_archivo(ruta)
    except PaqueteRoto as error:
        raise ArchivoInaccesible(f"«{ruta}» no se puede leer: {error}.") from error
    except OSError as error:
        raise ArchivoInaccesible(f"«{ruta}» no existe o no se puede leer.") from error


def _legible(ruta: Path, hacer: Any) -> Any:
    try:
        return hacer()
    except PaqueteRoto as error:
        raise ArchivoInaccesible(f"«{ruta}» no se puede leer: {error}.") from error


# --- comparar dos documentos

_NO_SE_PARECEN = "Los dos documentos casi no tienen nada en común. Revise que sean versiones del mismo."


@dataclass(frozen=True)
class Comparacion:
    """Los dos archivos escritos —las diferencias marcadas y la tabla— y cuántas hay; None si no hizo falta.

    ``de_formato``: cuántos párrafos dicen lo mismo de otro modo (una negrita); no van en la tabla. ``avisos``: lo que
    difiere y no se pudo marcar.
    """

    diferencias: int
    de_formato: int = 0
    marcado: Path | None = None
    tabla: Path | None = None
    avisos: tuple[str, ...] = ()


def comparar(una: Path, otra: Path, salida: Path) -> Comparacion:
    """``una`` con lo que cambia en ``otra`` como control de cambios, y la tabla «Dice / Debe decir».

    Levanta ArchivoInaccesible si alguno no se puede leer o no se puede escribir.
    """
    from generador.fusion import comparados, se_parecen

    ambas = (_de_word(una), _de_word(otra))
    fusion = comparados(*ambas, datetime.now(UTC))
    if not fusion.actualizados:
        return Comparacion(0, avisos=fusion.avisos)
    ajenos = [] if se_parecen(*ambas) else [_NO_SE_PARECEN]
    nombre = f"{una.stem} - cambios hasta {otra.stem}" if una.stem != otra.stem else f"{una.stem} - cambios"
    marcado = escribir(fusion.datos, salida, nombre).ruta
    de_texto = [suceso for suceso in fusion.actualizados if suceso.antes != suceso.despues or not suceso.antes]
    sin_marca = [f"{s.lugar}: se pusieron sus datos o su título, sin marca." for s in de_texto if _es_figura(s)]
    tabla = None
    if de_texto:
        segun = f" según {otra.stem}" if una.stem != otra.stem else ""
        tabla = escribir(_tabla(de_texto, una, otra), salida, f"Observaciones a {una.stem}{segun}").ruta
    de_formato = len(fusion.actualizados) - len(de_texto)
    return Comparacion(len(de_texto), de_formato, marcado, tabla, (*ajenos, *fusion.avisos, *sin_marca))


def _es_figura(suceso: "Suceso") -> bool:
    """Si lo que cambió es una gráfica o una imagen por dentro, que no dice nada en el texto."""
    return not suceso.antes and not suceso.despues


def _de_word(ruta: Path) -> bytes:
    """Los bytes de un documento de Word. Levanta ArchivoInaccesible, con su nombre, si no lo es."""
    from generador.fusion.documento import Documento

    datos = _leido(ruta)
    try:
        Documento(datos)
    except PaqueteRoto as error:
        raise ArchivoInaccesible(
            f"«{ruta.name}» no se puede comparar: {error}. Elija un documento de Word (.docx)."
        ) from error
    return datos


def _tabla(sucesos: Sequence["Suceso"], una: Path, otra: Path) -> bytes:
    from generador import __version__
    from generador.documentos.tipo import Ficha
    from generador.plantilla import Plantilla

    plantilla = recurso("plantillas_docx", "observaciones.docx")
    contexto = {"de": una.stem, "con": otra.stem, "observaciones": list(_observaciones(sucesos, otra.stem))}
    ficha = Ficha(titulo=f"Observaciones a {una.stem}", asunto="", autor="", creado=datetime.now())
    abierta = Plantilla.abrir(plantilla.read_bytes(), plantilla.name)
    return abierta.componer(contexto, propiedades_de(ficha), {"generar.version": __version__})


def _observaciones(sucesos: Sequence["Suceso"], otra: str) -> Iterator[dict[str, str]]:
    from generador.fusion.fragmento import fragmentos

    for numero, suceso in enumerate(sucesos, 1):
        dice, debe = fragmentos(suceso.antes, suceso.despues)
        antes, despues = (
            ("(Otros datos u otro título.)", f"(Los de «{otra}».)")
            if _es_figura(suceso)
            else (
                _resaltado(dice) if suceso.antes else "(No dice nada.)",
                _resaltado(debe) if suceso.despues else "(Se suprime.)",
            )
        )
        yield {"numero": str(numero), "lugar": suceso.lugar, "dice": antes, "debe_decir": despues}


def _resaltado(trozos: Sequence["Trozo"]) -> str:
    abre, cierra = NEGRITA
    solo_cambia = all(trozo.cambia for trozo in trozos)
    texto = "".join(f"{abre}{t.texto}{cierra}" if t.cambia and not solo_cambia else t.texto for t in trozos)
    return " ".join(texto.split())
