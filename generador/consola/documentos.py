"""La orden de cada documento que sale de un libro: ``generar minuta``, ``generar oficio --cada-renglon``…"""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generador.catalogo import Entrada
from generador.consola.clic import click
from generador.consola.errores import OrdenIncompleta, traducir
from generador.consola.piezas import ARCHIVO, FUNDIR, Orden, abrir_si, con_la_copia, con_salida, el_libro
from generador.consola.respuesta import Dicho, Informe
from generador.hallazgos import ErrorDeGenerador, Hallazgo

if TYPE_CHECKING:
    from generador.flujo.entrega import Entrega


def orden_de(entrada: Entrada) -> click.Command:
    """``generar minuta``, ``generar oficio``…: la misma orden para cada documento del catálogo."""

    @click.command(
        entrada.nombre,
        cls=Orden,
        help=entrada.resumen,
        epilog=f"generar {entrada.nombre}\ngenerar {entrada.nombre} entradas/octubre.xlsx --abrir",
        options_metavar="[OPCIONES]",
    )
    @click.argument(
        "libros", type=ARCHIVO, nargs=-1, metavar="[LIBRO]…",
        help="El libro de Excel, o varios; por omisión, el que haya en entradas/.",
    )  # fmt: skip
    @con_salida
    @click.option(
        "--procesos", type=click.IntRange(min=1), metavar="N",
        help="Cuántos documentos se hacen a la vez, si son muchos; por omisión, según el equipo.",
    )  # fmt: skip
    def orden(
        libros: tuple[Path, ...],
        salida: Path,
        plantilla: Path | None,
        abrir: bool,
        en_json: bool,
        correcciones: str,
        procesos: int | None,
        cada_renglon: bool = False,
        cumulo: str = "",
    ) -> Informe:
        libro = libros[0] if libros else None
        exigir_nombres_enteros(libros)
        if len(libros) > 1 and not cada_renglon:
            informe = generar_muchos(entrada, libros, salida, plantilla, correcciones, procesos, en_silencio=en_json)
        elif len(libros) > 1:
            raise OrdenIncompleta("Con --cada-renglon, un libro a la vez.")
        elif cada_renglon:
            reparto = (procesos, cumulo)
            informe = _generar_lote(entrada, libro, salida, plantilla, correcciones, reparto, en_silencio=en_json)
        else:
            informe = generar_uno(entrada, libro, salida, plantilla, correcciones, en_silencio=en_json)
        return abrir_si(abrir, informe)

    if entrada.por_renglon:
        de_cada = f"Uno por cada renglón de «{entrada.por_renglon}», en lugar de uno para todos."
        click.option(
            "--cumulo",
            metavar="DIRECCIÓN",
            default="",
            help="Con --cada-renglon, el cúmulo de Dask que los hace: tcp://…",
        )(orden)
        click.option("--cada-renglon", is_flag=True, help=de_cada)(orden)
        orden.epilog = f"{orden.epilog}\ngenerar {entrada.nombre} --cada-renglon"
    return orden


def exigir_nombres_enteros(libros: Sequence[Path]) -> None:
    """Que un nombre con espacios no haya llegado en pedazos. Levanta UsageError."""
    suelto = next((libro for libro in libros[:-1] if not libro.suffix and not libro.exists()), None)
    if suelto is not None:
        entero = " ".join(map(str, libros))
        problema = f"No existe «{suelto}». Si «{entero}» es un solo nombre, escríbalo entre comillas."
        raise click.UsageError(problema, click.get_current_context())


def generar_uno(
    entrada: Entrada, libro: Path | None, salida: Path, plantilla: Path | None, correcciones: str = FUNDIR,
    *, en_silencio: bool,
) -> Informe:  # fmt: skip
    """Escribe el documento de un libro y lo informa."""
    from generador import flujo

    elegido = el_libro(entrada, libro, en_silencio)
    try:
        resultado = flujo.generar(
            entrada.nombre, elegido, salida, plantilla, correcciones=flujo.Correcciones[correcciones]
        )
    except ErrorDeGenerador as error:
        informe = traducir(error, elegido, salida)
    else:
        informe = Informe(
            documento=resultado.documento,
            salida=salida,
            libro=elegido.name,
            hallazgos=resultado.avisos,
            nota=resultado.nota,
        )
    return con_la_copia(informe, libro, elegido, f"generar {entrada.nombre}")


def generar_muchos(
    entrada: Entrada, libros: Sequence[Path], salida: Path, plantilla: Path | None, correcciones: str,
    procesos: int | None, *, en_silencio: bool,
) -> Informe:  # fmt: skip
    """El documento de cada libro; lo que se dice de cada uno, con su nombre."""
    from generador import flujo

    intentos = flujo.generar_muchos(
        entrada.nombre, libros, salida, plantilla, flujo.Correcciones[correcciones], procesos
    )
    hechos = list(_con_avance(intentos, len(libros), en_silencio))
    malos = [(ruta, hecho) for ruta, hecho in hechos if isinstance(hecho, ErrorDeGenerador)]
    buenos = [(ruta, hecho) for ruta, hecho in hechos if not isinstance(hecho, ErrorDeGenerador)]
    informes = [de_ese_libro(traducir(error, ruta, salida), ruta) for ruta, error in malos]
    iguales = [Hallazgo(problema=str(error), remedio="") for error in flujo.repetidos(hechos)]
    dichos = list(dict.fromkeys(hallazgo for informe in informes for hallazgo in informe.hallazgos))
    dichos += [replace(aviso, libro=ruta.name) for ruta, hecho in buenos for aviso in hecho.avisos]
    return Informe(
        codigo=max([i.codigo for i in informes] + ([1] if iguales else []), default=0),
        lote=tuple(hecho.documento for _, hecho in buenos),
        salida=salida,
        hallazgos=(*dichos, *iguales),
        dichos=tuple(Dicho(hecho.documento, hecho.nota, urge=True) for _, hecho in buenos if hecho.nota),
    )


def de_ese_libro(informe: Informe, libro: Path) -> Informe:
    """El informe, con cada hallazgo dicho de ese libro o, si son de la plantilla, de ella."""
    nombre = informe.libro or libro.name
    return replace(informe, libro="", hallazgos=tuple(replace(h, libro=nombre) for h in informe.hallazgos))


def _generar_lote(
    entrada: Entrada, libro: Path | None, salida: Path, plantilla: Path | None, correcciones: str,
    reparto: tuple[int | None, str], *, en_silencio: bool,
) -> Informe:  # fmt: skip
    """Un documento por renglón, con su avance en la terminal; al final, cuántos sí, cuáles no y por qué."""
    from generador import flujo

    elegido, orden = el_libro(entrada, libro, en_silencio), f"generar {entrada.nombre} --cada-renglon"
    try:
        lote = flujo.generar_lote(
            entrada.nombre, elegido, salida, plantilla,
            correcciones=flujo.Correcciones[correcciones], reparto=flujo.Reparto(*reparto),
        )  # fmt: skip
    except ErrorDeGenerador as error:
        return con_la_copia(traducir(error, elegido, salida), libro, elegido, orden)
    intentos = list(_con_avance(lote.intentos, lote.total, en_silencio))
    fallidos = sum(intento.documento is None for intento in intentos)
    entregas = [intento.entrega for intento in intentos if intento.entrega is not None]
    notas = (
        _ya_hechos(sum(intento.ya_estaba for intento in intentos)),
        _sin_novedad(sum(entrega.sin_novedad for entrega in entregas)),
        _fundidos([entrega for entrega in entregas if entrega.fundido], correcciones),
        _reemplazados(sum(entrega.reemplazado is not None for entrega in entregas)),
        _respetados(sum(entrega.respetado is not None for entrega in entregas)),
        _sin_renglon(lote.sin_renglon(), entrada.por_renglon),
        _de_antes(lote.de_antes()),
    )
    informe = Informe(
        codigo=1 if fallidos else 0,
        lote=tuple(intento.documento for intento in intentos if intento.documento),
        salida=salida,
        libro=elegido.name,
        hallazgos=(*(h for intento in intentos for h in intento.hallazgos), *lote.avisos),
        nota=" ".join(filter(None, notas)),
        dichos=tuple(_dicho(entrega) for entrega in entregas if entrega.nota),
        pie=_fallidos(fallidos, lote.total),
    )
    return con_la_copia(informe, libro, elegido, orden)


def _dicho(entrega: "Entrega") -> Dicho:
    cuentas = {
        "conservados": entrega.conservados,
        "actualizados": entrega.actualizados,
        "por_decidir": entrega.por_decidir,
    }
    return Dicho(entrega.ruta, entrega.nota, bool(entrega.por_decidir or entrega.avisos), cuentas)


def _con_avance(intentos: Iterator[Any], total: int, en_silencio: bool) -> Iterator[Any]:
    """Los intentos, mostrando cuántos van si alguien está mirando la terminal."""
    if en_silencio or not sys.stderr.isatty():
        yield from intentos
        return
    with click.progressbar(intentos, length=total, label="Escribiendo", file=sys.stderr, show_pos=True) as avance:
        yield from avance


def _ya_hechos(cuantos: int) -> str:
    if not cuantos:
        return ""
    return "Uno ya estaba hecho con estos datos." if cuantos == 1 else f"{cuantos:,} ya estaban hechos con estos datos."


def _sin_novedad(cuantos: int) -> str:
    if not cuantos:
        return ""
    if cuantos == 1:
        return "Uno, corregido en Word, queda como usted lo dejó: los datos no le cambian nada."
    return f"{cuantos:,}, corregidos en Word, quedan como usted los dejó: los datos no les cambian nada."


def _reemplazados(cuantos: int) -> str:
    if not cuantos:
        return ""
    cuales = "Uno, corregido en Word, se hizo" if cuantos == 1 else f"{cuantos:,}, corregidos en Word, se hicieron"
    junto = "a él" if cuantos == 1 else "a cada uno"
    return f"{cuales} de nuevo, como pidió; lo corregido queda junto {junto}, en «… (antes de actualizar …).docx»."


def _fundidos(entregas: "list[Entrega]", correcciones: str) -> str:
    if not entregas:
        return ""
    cuantos, conservados = len(entregas), sum(entrega.conservados for entrega in entregas)
    por_decidir = sum(entrega.por_decidir for entrega in entregas)
    de_otro = sum(entrega.anterior is not None for entrega in entregas)
    cuales = "uno estaba corregido en Word" if cuantos == 1 else f"{cuantos:,} estaban corregidos en Word"
    suyo = (
        "su corrección" if conservados == 1 else f"sus {conservados:,} correcciones" if conservados else "lo corregido"
    )
    quedo = "se conservó" if conservados < 2 else "se conservaron"
    entraron = "entraron ya aceptados" if correcciones == "SIN_MARCAS" else "entraron como control de cambios"
    dicho = [f"De ellos, {cuales}: {quedo} {suyo} y los datos nuevos {entraron}."]
    if de_otro:
        dicho.append(
            f"{'Uno cambió' if de_otro == 1 else f'{de_otro:,} cambiaron'} de nombre: "
            "lo corregido pasó al nuevo, y el anterior queda como estaba."
        )
    if de_otro < cuantos:
        dicho.append("Como estaba antes queda junto a cada uno, en «… (antes de actualizar …).docx».")
    if por_decidir:
        dicho.append(f"Vea los comentarios: hay {por_decidir:,} por decidir.")
    return " ".join(dicho)


def _respetados(cuantos: int) -> str:
    if not cuantos:
        return ""
    cuales = "uno ya existía y alguien lo cambió" if cuantos == 1 else f"{cuantos} ya existían y alguien los cambió"
    no_se_pudo = "no se le pudo" if cuantos == 1 else "no se les pudo"
    return (
        f"De ellos, {cuales}: {no_se_pudo} poner lo nuevo, que lleva «(2)» en su nombre. Compárelos con «generar "
        "comparar», deje uno con el nombre de siempre y borre el otro."
    )


def _de_antes(rutas: list[Path]) -> str:
    if not rutas:
        return ""
    queda, borre = (
        ("queda", "bórrelo si ya no lo necesita") if len(rutas) == 1 else ("quedan", "bórrelos si ya no los necesita")
    )
    return f"De una vez anterior {queda} en la carpeta {_algunos(rutas)}: {borre}."


def _algunos(rutas: list[Path]) -> str:
    return ", ".join(f"«{ruta.name}»" for ruta in rutas[:3]) + (f" y {len(rutas) - 3:,} más" if rutas[3:] else "")


def _sin_renglon(rutas: list[Path], hoja: str) -> str:
    if not rutas:
        return ""
    cuales = _algunos(rutas)
    ya_no = "ya no es de ningún renglón" if len(rutas) == 1 else "ya no son de ningún renglón"
    quedan = "queda como estaba" if len(rutas) == 1 else "quedan como estaban"
    return f"Con correcciones en Word, {cuales} {ya_no} de «{hoja}»: {quedan}."


def _fallidos(cuantos: int, total: int) -> str:
    if not cuantos:
        return ""
    uno = "1 renglón no dio" if cuantos == 1 else f"{cuantos:,} renglones no dieron"
    return f"{uno} documento, de {total:,}. Corrija y repita la orden: los demás no cambian."
