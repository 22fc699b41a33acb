"""``generar revisar``: qué hay que corregir en los libros, sin hacer ningún documento."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from generador.castellano import enumerar
from generador.catalogo import CATALOGO
from generador.consola.clic import click
from generador.consola.errores import OrdenIncompleta, entre_comillas
from generador.consola.piezas import ARCHIVO, ENTRADAS, Orden, lo_no_leido
from generador.consola.respuesta import Informe, Repaso, contar, en_fichas
from generador.hallazgos import ArchivoInaccesible, ErrorDeGenerador, Hallazgo


@click.command(
    cls=Orden,
    help="Dice todo lo que hay que corregir en los libros y, con --anotar, lo señala en una copia.",
    short_help="Dice qué hay que corregir, sin hacer documentos.",
    epilog="generar revisar\ngenerar revisar entradas/minuta.xlsx --anotar",
    options_metavar="[OPCIONES]",
)
@click.argument(
    "libros", type=ARCHIVO, nargs=-1, metavar="[LIBRO]…", help="Libros, o carpetas con ellos; por omisión, entradas/."
)
@click.option("--anotar", is_flag=True, help="Señala cada celda en una copia: «LIBRO - revisado.xlsx».")
@click.option("--json", "en_json", is_flag=True, help="Contesta en JSON, para otros programas.")
def revisar(libros: tuple[Path, ...], anotar: bool, en_json: bool) -> Informe:
    """Revisa los libros, dice qué se leyó de cada uno y, si se pide, los anota."""
    from generador import flujo

    rutas = _rutas(libros)
    revisados, sin_leer = flujo.revisar(rutas), flujo.sin_leer_en(rutas)
    if not revisados:
        donde = enumerar([f"«{ruta}»" for ruta in libros or (ENTRADAS,)])
        que_hacer = lo_no_leido(sin_leer) or "Cree uno con esta orden:\ngenerar nuevo minuta"
        raise OrdenIncompleta(f"En {donde} no hay ningún libro que revisar. {que_hacer}")
    anotados = [_anotado(revisado) if anotar else None for revisado in revisados]
    dichos = [_Dicho(revisado, anotado) for revisado, anotado in zip(revisados, anotados, strict=True)]
    unico = dichos[0].revisado.nombre if len(dichos) == 1 else ""
    return Informe(
        codigo=max(dicho.codigo for dicho in dichos),
        libro=unico,
        hallazgos=tuple(hallazgo for dicho in dichos for hallazgo in dicho.hallazgos),
        repasos=(*(dicho.repaso() for dicho in dichos), *([Repaso("-", lo_no_leido(sin_leer))] if sin_leer else [])),
        completo=True,
        ficha={
            **(dichos[0].ficha() if unico else {"libros": [dicho.ficha() for dicho in dichos]}),
            "no_leidos": [str(ruta) for ruta in sin_leer],
        },
    )


def _rutas(libros: Sequence[Path]) -> Sequence[Path]:
    return libros or ((ENTRADAS,) if ENTRADAS.is_dir() else ())


def _anotado(revisado: Any) -> Any:
    """Lo escrito al anotarlo, o por qué no se pudo: un libro no detiene a los demás."""
    from generador import flujo

    try:
        return flujo.anotar(revisado)
    except ArchivoInaccesible as error:
        return error


class _Dicho:
    """Un libro revisado, en palabras. ``anotado``: None si no se pidió anotar."""

    def __init__(self, revisado: Any, anotado: Any) -> None:
        self.revisado = revisado
        self.anotado = None if isinstance(anotado, ErrorDeGenerador) else anotado
        self.fallo = anotado if isinstance(anotado, ErrorDeGenerador) else None

    @property
    def codigo(self) -> int:
        propio: int = self.revisado.codigo
        return max(propio, self.fallo.codigo_de_salida if self.fallo else 0)

    @property
    def hallazgos(self) -> tuple[Hallazgo, ...]:
        """Los del libro y, si no se pudo anotar, por qué."""
        suyos: tuple[Hallazgo, ...] = self.revisado.hallazgos
        if self.fallo is None:
            return suyos
        libro = suyos[0].libro if suyos else ""
        return (*suyos, Hallazgo(problema=str(self.fallo), remedio="", libro=libro))

    def repaso(self) -> Repaso:
        """``"✓ minuta.xlsx (la minuta): nada que corregir."`` y, debajo, qué se leyó y qué se escribió."""
        revisado = self.revisado
        marca = "✗" if any(h.es_error for h in self.hallazgos) else "!" if self.hallazgos else "✓"
        return Repaso("-" if revisado.ajeno and not self.hallazgos else marca, self._frase(), tuple(self._detalle()))

    def _frase(self) -> str:
        revisado = self.revisado
        if not revisado.documentos:
            return f"{revisado.nombre}: {'no es un libro de generar' if revisado.ajeno else 'no se pudo leer'}."
        documentos = enumerar([CATALOGO[nombre].sustantivo for nombre in revisado.documentos])
        por_renglon = ", uno por renglón" if revisado.por_renglon else ""
        cuenta = contar(revisado.hallazgos) or "nada que corregir"
        return f"{revisado.nombre} ({documentos}{por_renglon}): {cuenta}."

    def _detalle(self) -> Iterator[str]:
        revisado = self.revisado
        if escritas := [str(leida) for leida in revisado.leidas if leida.renglones]:
            yield f"Se leyó: {enumerar(escritas)}."
        if revisado.ocultos:
            yield f"Está oculto y se leyó igual: {enumerar(map(str, revisado.ocultos))}."
        if vacias := [leida.hoja for leida in revisado.leidas if not leida.renglones]:
            yield f"En blanco: {enumerar(vacias)}."
        if hojas := [str(ignorada) for ignorada in revisado.ignoradas if not ignorada.columna]:
            yield f"No se leyó: {enumerar(hojas)}."
        if suyas := [str(ignorada) for ignorada in revisado.ignoradas if ignorada.columna]:
            yield f"Es de usted, y su plantilla puede usarlo: {enumerar(suyas)}."
        if revisado.nota:
            yield revisado.nota
        yield from self._al_final()

    def _al_final(self) -> Iterator[str]:
        """Qué se escribió, y qué sigue."""
        if self.anotado is not None:
            yield from _lo_anotado(self.revisado, self.anotado)
        yield from _lo_que_sigue(self.revisado)

    def ficha(self) -> Mapping[str, object]:
        """Lo mismo, para otro programa."""
        revisado, anotado = self.revisado, self.anotado
        return {
            "libro": str(revisado.ruta),
            "documento": ", ".join(revisado.documentos) or None,
            "por_renglon": revisado.por_renglon,
            **en_fichas(self.hallazgos),
            "leido": [{"hoja": leida.hoja, "renglones": leida.renglones} for leida in revisado.leidas],
            "oculto": [
                {"hoja": o.hoja, "renglones": list(o.renglones), "columna": o.columna} for o in revisado.ocultos
            ],
            "ignorado": [{"hoja": i.hoja, "columna": i.columna, "celda": i.celda} for i in revisado.ignoradas],
            "copia": str(anotado.copia) if anotado and anotado.copia else None,
            "perdidas": list(anotado.perdidas) if anotado else [],
            "nota": " ".join(filter(None, [revisado.nota, *self._al_final()])),
        }


def _lo_que_sigue(revisado: Any) -> Iterator[str]:
    """De una copia anotada ya sin errores, qué hacer con ella."""
    from generador import flujo

    original = None if revisado.hay_errores else flujo.libro_de_la_copia(revisado.ruta)
    if original and revisado.documentos:
        yield "Ya no tiene errores. Para hacer su documento con ella, escriba:"
        yield f"generar {entre_comillas(revisado.ruta)}"
        donde = "en lugar de ése" if original.exists() else "en la carpeta de ese libro"
        yield f"Para que las demás órdenes la usen, guárdela en Excel como «{original.name}», {donde}."


def _lo_anotado(revisado: Any, anotado: Any) -> Iterator[str]:
    copia = anotado.copia
    if anotado.perdidas:
        son_varias = len(anotado.perdidas) > 1 or anotado.perdidas[0].startswith(("los ", "las "))
        se_pierde = f"se {'perderían' if son_varias else 'perdería'} {enumerar(anotado.perdidas)}"
        yield f"«{revisado.ruta.name}» no se anotó: al guardarlo desde aquí {se_pierde}."
        if copia:
            yield f"La lista de lo que hay que corregir está aparte, en «{copia.name}»."
    elif copia and anotado.limpia:
        yield f"Se quitaron las marcas de «{copia.name}»."
    elif copia:
        yield f"Anotado en «{copia.name}». Corrija ahí, guarde y escriba:"
        yield f"generar revisar {entre_comillas(copia)} --anotar"
    if anotado.respetada:
        yield f"«{anotado.respetada.name}» ya existía y alguien lo cambió: no se tocó."
