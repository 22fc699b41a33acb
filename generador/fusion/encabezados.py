"""Encabezados y pies: se ponen al día si la persona no los tocó; si los tocó, se dejan y se avisa."""

from generador.fusion.bloques import lugar_del_margen
from generador.fusion.cuerpo import Fundidor
from generador.fusion.documento import Documento
from generador.fusion.marcas import Marcador, aceptar
from generador.fusion.piezas import Lectura
from generador.fusion.prestamo import Prestamo
from generador.fusion.sucesos import Cuenta, Suceso
from generador.ooxml import R, W

_COMO_SE_LLAMA = {f"{W}headerReference": "Encabezado", f"{W}footerReference": "Pie de página"}
Lugar = tuple[int, str, str]  # la sección, si es encabezado o pie, y de qué páginas


def fundir_encabezados(
    base: Documento, suya: Documento, nueva: Documento, marcador: Marcador, cuenta: Cuenta, *, marcas: bool = False
) -> None:
    """Cambia los de ``suya`` que siguen diciendo lo que la base; los demás, con un aviso si los datos cambiaron.

    ``marcas``: como control de cambios; si no, ya aceptados.
    """
    de_base, de_suya, de_nueva = map(_por_lugar, (base, suya, nueva))
    vistas: set[str] = set()
    for lugar in de_suya.keys() & de_base.keys() & de_nueva.keys():
        partes = de_base[lugar], de_suya[lugar], de_nueva[lugar]
        if partes[1] in vistas:
            continue
        vistas.add(partes[1])
        antes, dice, dira = (_dice(d, p) for d, p in zip((base, suya, nueva), partes, strict=True))
        nombre = _COMO_SE_LLAMA[lugar[1]]
        if dice != antes:
            donde = (lugar_del_margen(base, partes[0]),)
            cuenta.suyos.append(Suceso("cambió", nombre, antes, dice, parrafos=donde))
        if antes == dira:
            continue
        if dice not in (antes, dira):
            cuenta.avisos.append(
                f"{nombre}: usted lo corrigió y se dejó; con los datos nuevos diría: «{_corrido(dira)}»."
            )
        elif dice == antes:
            _fundir((base, suya, nueva), partes, marcador)
            if not marcas:
                aceptar(suya.arbol(partes[1]), marcador.es_suya)
            cuenta.datos.append(Suceso("cambió", nombre, antes, dira))


def solo_en_uno(una: Documento, otra: Documento) -> list[str]:
    """Los encabezados y pies que uno de los dos no tiene: ``["Encabezado"]``."""
    de_una, de_otra = _por_lugar(una), _por_lugar(otra)
    dichos = [
        _COMO_SE_LLAMA[lugar[1]]
        for documento, suyos, otros in ((una, de_una, de_otra), (otra, de_otra, de_una))
        for lugar, parte in suyos.items()
        if lugar not in otros and _dice(documento, parte)
    ]
    return list(dict.fromkeys(dichos))


def _por_lugar(documento: Documento) -> dict[Lugar, str]:
    """La parte de cada encabezado y pie; la última sección se cuenta como la 0: es la que siempre hay."""
    secciones = list(documento.cuerpo.iter(f"{W}sectPr"))
    return {
        (numero - len(secciones) + 1, str(cita.tag), cita.get(f"{W}type", "default")): parte
        for numero, seccion in enumerate(secciones)
        for cita in seccion.iterfind("*")
        if cita.tag in _COMO_SE_LLAMA and (parte := documento.parte_de(documento.principal, cita.get(f"{R}id", "")))
    }


def _dice(documento: Documento, parte: str) -> str:
    piezas = Lectura(documento, parte).piezas(documento.arbol(parte), "")
    return "\n".join(p.texto for p in piezas if p.texto.strip())


def _fundir(
    documentos: tuple[Documento, Documento, Documento], partes: tuple[str, str, str], marcador: Marcador
) -> None:
    base, suya, nueva = documentos
    lecturas = Lectura(base, partes[0]), Lectura(suya, partes[1]), Lectura(nueva, partes[2])
    prestamo = Prestamo(nueva, suya, partes[2], partes[1])
    raices = [d.arbol(p) for d, p in zip(documentos, partes, strict=True)]
    Fundidor(lecturas, marcador, prestamo, None, Cuenta()).fundir(raices[0], raices[1], raices[2])


def _corrido(texto: str) -> str:
    return " · ".join(texto.split("\n"))
