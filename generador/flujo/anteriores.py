"""Cuál de los documentos ya escritos es el mismo que hoy se llama de otro modo.

El nombre del archivo sale de los datos: al corregir en el libro la fecha, el número o el destinatario, cambia. Junto
a cada documento queda anotado de qué libro, plantilla y renglón salió; con eso se le reconoce.
"""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Any

from generador.datos import dataclass
from generador.documentos.tipo import Senas
from generador.escritura import anotar_origen, origenes

_MUCHOS = 10_000  # parejas por comparar
_CASI_IGUAL = 0.6  # cada palabra del nombre: «Arai» y «Arias», sí; «Ana» y «Luz», no


@dataclass(frozen=True)
class Ficha:
    """De dónde salió un documento. Las rutas van desde su carpeta: si se mueve todo junto, siguen valiendo.

    ``datos`` distingue los datos de que se hizo, si es uno de muchos; ``senas``, su renglón, con la misma condición.
    """

    libros: tuple[str, ...]
    plantilla: str = ""
    datos: str = ""
    senas: Senas | None = None

    def en_texto(self, **ademas: str) -> str:
        """Como queda anotada."""
        dicho: dict[str, object] = {"libros": self.libros, "plantilla": self.plantilla}
        dicho |= {"datos": self.datos} if self.datos else {}
        dicho |= {"renglon": asdict(self.senas)} if self.senas else {}
        return json.dumps({**dicho, **ademas}, ensure_ascii=False)

    def misma_fuente(self, otra: "Ficha") -> bool:
        """Si salieron de los mismos libros con la misma plantilla."""
        return (self.libros, self.plantilla) == (otra.libros, otra.plantilla)


@dataclass(frozen=True)
class Anotado:
    """Un documento de la carpeta y lo que se anotó de él.

    ``sigue_en`` es el documento al que pasó lo corregido, y ``decia``, la huella de lo que éste decía entonces.
    """

    ruta: Path
    ficha: Ficha
    sigue_en: str = ""
    decia: str = ""

    @property
    def vigente(self) -> bool:
        """Si es el último que se entregó, o si después alguien lo corrigió."""
        if not self.decia or (self.sigue_en and not self.ruta.with_name(self.sigue_en).is_file()):
            return True
        return _huella(self.ruta) != self.decia

    def relevar(self, por: str = "") -> None:
        """Anota en qué documento sigue lo que éste decía; vacío: en ninguno, y ya se dijo."""
        anotar_origen(self.ficha.en_texto(sigue_en=por, decia=_huella(self.ruta)), self.ruta)


def anotados(carpeta: Path, ficha: Ficha) -> dict[str, Anotado]:
    """Los documentos de la carpeta que salieron de la misma fuente, por su nombre."""
    leidos = (_leido(ruta, texto) for ruta, texto in origenes(carpeta))
    return {a.ruta.name: a for a in leidos if a is not None and ficha.misma_fuente(a.ficha)}


def _leido(ruta: Path, texto: str) -> Anotado | None:
    try:
        dicho: Any = json.loads(texto)
        senas = Senas(**dicho["renglon"]) if "renglon" in dicho else None
        ficha = Ficha(tuple(dicho["libros"]), dicho["plantilla"], dicho.get("datos", ""), senas)
        return Anotado(ruta, ficha, str(dicho.get("sigue_en", "")), str(dicho.get("decia", "")))
    except (ValueError, TypeError, KeyError):
        return None


def _huella(ruta: Path) -> str:
    return sha256(ruta.read_bytes()).hexdigest()


# --- de muchos: qué renglón es cuál


def sucesiones(
    antes: Mapping[str, Senas], hoy: Mapping[str, Senas], *, completo: bool = True
) -> dict[str, tuple[str, ...]]:
    """Los documentos de antes que son cada uno de los de hoy y se llaman de otro modo, por el nombre de hoy.

    Se reconoce por su destinatario o, si ya no está en la lista, por el que se llama casi igual o tiene su puesto.
    Nunca se adivina: si puede ser de dos, no es de ninguno. ``completo``: si se conocen todos los renglones de hoy;
    si alguno no se pudo leer, puede ser el que falta y sólo vale el destinatario.
    """
    sueltos = {nombre: senas for nombre, senas in antes.items() if nombre not in hoy}
    por_quien: dict[str, tuple[str, ...]] = {}
    for viejo, suyas in sueltos.items():
        por_quien[suyas.quien] = (*por_quien.get(suyas.quien, ()), viejo)
    quienes = Counter(senas.quien for senas in hoy.values())
    hechas = {
        nombre: por_quien[senas.quien]
        for nombre, senas in hoy.items()
        if quienes[senas.quien] == 1 and senas.quien in por_quien
    }
    if completo:
        idos = {viejo: senas for viejo, senas in sueltos.items() if senas.quien not in quienes}
        for parecido in (_casi_el_mismo, _mismo_puesto):
            nuevos = {nombre: senas for nombre, senas in hoy.items() if nombre not in hechas and nombre not in antes}
            hechas |= _unicos(idos, nuevos, parecido)
    return hechas


def _unicos(
    idos: Mapping[str, Senas], nuevos: Mapping[str, Senas], parecido: Callable[[Senas, Senas], bool]
) -> dict[str, tuple[str, ...]]:
    if len(idos) * len(nuevos) > _MUCHOS:  # es otra lista de destinatarios, no un nombre corregido
        return {}
    pares = [(viejo, nuevo) for viejo, v in idos.items() for nuevo, n in nuevos.items() if parecido(v, n)]
    de_viejo, de_nuevo = Counter(viejo for viejo, _ in pares), Counter(nuevo for _, nuevo in pares)
    return {nuevo: (viejo,) for viejo, nuevo in pares if de_viejo[viejo] == de_nuevo[nuevo] == 1}


def _casi_el_mismo(antes: Senas, hoy: Senas) -> bool:
    """Si es el mismo nombre corregido: con un apellido más, o con otra letra."""
    unas, otras = antes.quien.split(), hoy.quien.split()
    if len(unas) != len(otras):
        return bool(unas and otras) and (set(unas) <= set(otras) or set(otras) <= set(unas))
    return all(
        SequenceMatcher(None, *par, autojunk=False).ratio() >= _CASI_IGUAL for par in zip(unas, otras, strict=True)
    )


def _mismo_puesto(antes: Senas, hoy: Senas) -> bool:
    return bool(antes.puesto) and antes.puesto == hoy.puesto
