"""Lo que la orden contesta: en texto, con los errores primero y alineados, o en JSON."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

from generador.celdas import en_un_renglon, legible, sin_formato
from generador.consola.clic import click
from generador.datos import dataclass
from generador.hallazgos import Hallazgo

TOPE = 20  # hallazgos que se muestran; en --json van todos
SIN_NUMERO = "V-00"  # en el JSON, el código de lo que no es de una verificación con número: la forma de lo escrito
_MAX_DICHOS = 6  # documentos de los que se dice algo en pantalla, si son muchos
_MAX_LIBROS = 6  # los que se muestran, si son muchos
ANCHO_MINIMO = 24  # columnas para el mensaje, por angosta que sea la terminal


@dataclass(frozen=True)
class Repaso:
    """Lo que se dice de un libro revisado: su marca («✓», «!», «✗»), en una frase, y renglón por renglón."""

    marca: str
    frase: str
    detalle: tuple[str, ...] = ()


@dataclass(frozen=True)
class Dicho:
    """Lo que se dice de uno de muchos documentos; ``urge``, si hay algo que mirar en él. ``cuentas`` van en el JSON."""

    documento: Path
    nota: str
    urge: bool = False
    cuentas: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Informe:
    """Lo que la orden contesta, en texto o en JSON.

    ``documento`` es None si no se escribió; ``salida``, si no se sabe dónde iba a escribirse. ``lote`` trae los
    documentos de una orden que hace muchos; None, si no es de ésas. ``libro`` vacío: los hallazgos no son de un
    libro; si traen el suyo, se agrupan por él. ``nota`` sigue al documento y ``dichos``, lo que hay que decir de cada
    uno; ``pie``, a los errores. ``repasos``, en
    lugar del documento, si la orden sólo revisa; ``completo``, si se muestran todos los hallazgos; ``ficha``, lo que
    va en el JSON si no es lo de siempre.
    """

    codigo: int = 0
    documento: Path | None = None
    lote: tuple[Path, ...] | None = None
    salida: Path | None = None
    libro: str = ""
    hallazgos: tuple[Hallazgo, ...] = ()
    nota: str = ""
    dichos: tuple[Dicho, ...] = ()
    pie: str = ""
    repasos: tuple[Repaso, ...] = ()
    completo: bool = False
    ficha: Mapping[str, object] | None = None


def presentar(
    hallazgos: Sequence[Hallazgo], libro: str, ancho: int, color: bool = False, tope: int | None = TOPE
) -> str:
    """Los hallazgos alineados por lugar, los errores primero y hasta ``tope`` (None: todos).

    Con ``libro``, los encabeza la cuenta: ``"1 error y 2 avisos en «minuta.xlsx»:"``.
    """
    if not hallazgos:
        return ""
    ordenados = sorted(hallazgos, key=lambda hallazgo: not hallazgo.es_error)
    visibles, demas = ordenados[:tope], len(ordenados) - (tope or len(ordenados))
    encabezado = [_pintar(f"{contar(hallazgos)} en «{libro}»:", color, bold=True)] if libro else []
    margen = "  " if libro else ""
    sangria = _sangria((hallazgo.lugar for hallazgo in visibles), ancho)
    renglones = [
        margen + renglon
        for hallazgo in visibles
        for renglon in _renglones(hallazgo, sangria, ancho - len(margen), color)
    ]
    final = [f"{margen}… y {demas} más. Con --json se ven todos."] if demas > 0 else []
    return "\n".join([*encabezado, *renglones, *final])


def contar(hallazgos: Iterable[Hallazgo]) -> str:
    """``"3 errores y 1 aviso"``; lo que no hay, no se nombra."""
    gravedades = [hallazgo.es_error for hallazgo in hallazgos]
    cuentas = (
        (gravedades.count(True), "error", "errores"),
        (gravedades.count(False), "aviso", "avisos"),
    )
    return " y ".join(f"{n} {uno if n == 1 else varios}" for n, uno, varios in cuentas if n)


def _sangria(lugares: Iterable[str], ancho: int) -> int:
    """La columna de los mensajes: tras el lugar más largo de los que caben en un tercio del ancho."""
    return 4 + max((len(lugar) for lugar in lugares if len(lugar) <= ancho // 3), default=0)


def _renglones(hallazgo: Hallazgo, sangria: int, ancho: int, color: bool) -> Iterator[str]:
    """Marca, lugar y mensaje; el lugar que no cabe va solo en su renglón, y sin lugar no hay columna."""
    marca, tinta = ("✗", "red") if hallazgo.es_error else ("!", "yellow")
    cabeza = f"{marca} {hallazgo.lugar}".strip()
    columna = sangria if hallazgo.lugar else 2
    mensaje = ajustar(f"{legible(hallazgo.problema)} {legible(hallazgo.remedio)}", ancho - columna)
    if len(cabeza) >= columna:
        mensaje.insert(0, "")
    yield f"{_pintar(cabeza, color, fg=tinta)}{' ' * (columna - len(cabeza))}{mensaje[0]}"
    yield from (" " * columna + renglon for renglon in mensaje[1:])


def ajustar(texto: str, ancho: int) -> list[str]:
    """El texto en renglones de a lo sumo ``ancho`` letras, sin partir rutas ni ligas."""
    ancho = max(ancho, ANCHO_MINIMO)
    parrafos = (en_un_renglon(parrafo) for parrafo in texto.splitlines())
    return [
        renglon
        for parrafo in parrafos
        for renglon in textwrap.wrap(parrafo, ancho, break_long_words=False, break_on_hyphens=False)
    ]


def _pintar(texto: str, color: bool, **estilo: Any) -> str:
    return click.style(texto, **estilo) if color else texto


def lo_hecho(informe: Informe, ancho: int, color: bool = False) -> str:
    """``"✓ salidas/Minuta.docx"`` o ``"✓ 998 documentos en salidas"`` y, debajo, la nota; vacío si no hay ninguno."""
    if informe.repasos:
        return "\n".join(renglon for repaso in informe.repasos for renglon in _de_un_repaso(repaso, ancho, color))
    escrito = _cuantos(informe.lote, informe.salida) if informe.lote else informe.documento
    if escrito is None:
        return ""
    nota = (f"  {renglon}" for renglon in ajustar(informe.nota, ancho - 2))
    return "\n".join([f"{_pintar('✓', color, fg='green')} {escrito}", *nota, *_de_cada_uno(informe, ancho)])


def _de_cada_uno(informe: Informe, ancho: int) -> Iterator[str]:
    """Los documentos en que hay algo que mirar, hasta unos pocos; los demás sólo se cuentan."""
    urgentes = [dicho for dicho in informe.dichos if dicho.urge]
    for dicho in urgentes[:_MAX_DICHOS]:
        yield from (f"  {renglon}" for renglon in ajustar(f"«{dicho.documento.name}»:", ancho - 2))
        yield from (f"    {renglon}" for renglon in ajustar(dicho.nota, ancho - 4))
    if (demas := len(urgentes) - _MAX_DICHOS) > 0:
        yield f"  … y {demas:,} más con algo que mirar. Con --json se ven todos."


def _de_un_repaso(repaso: Repaso, ancho: int, color: bool) -> Iterator[str]:
    tinta = {"✓": "green", "!": "yellow", "✗": "red"}.get(repaso.marca)
    primero, *siguientes = ajustar(repaso.frase, ancho - 2)
    yield f"{_pintar(repaso.marca, color, fg=tinta)} {primero}"
    yield from (f"  {renglon}" for renglon in siguientes)
    for dicho in repaso.detalle:
        primero, *siguientes = ajustar(dicho, ancho - 4)
        yield f"  {primero}"
        yield from (f"    {renglon}" for renglon in siguientes)


def _cuantos(lote: Sequence[Path], salida: Path | None) -> str:
    return str(lote[0]) if len(lote) == 1 else f"{len(lote):,} documentos en {salida}"


def lo_que_falta(informe: Informe, ancho: int, color: bool = False) -> str:
    """Los errores y los avisos, y al final el pie; vacío si no hay nada que decir."""
    grupos = _por_libro(informe)
    partes: list[str] = []
    dichos = 0
    for libro, suyos in grupos if informe.completo else grupos[:_MAX_LIBROS]:
        if informe.completo or dichos < TOPE:
            partes.append(presentar(suyos, libro, ancho, color, None if informe.completo else TOPE))
            dichos += len(suyos)
    callados = grupos[len(partes) :]
    if callados:
        partes.append(f"… y {contar([h for _, suyos in callados for h in suyos])} más, en otros libros. "
                      "Con --json se ven todos.")  # fmt: skip
    return "\n\n".join(filter(None, [*partes, informe.pie]))


def _por_libro(informe: Informe) -> list[tuple[str, list[Hallazgo]]]:
    """Los hallazgos de cada libro; primero, los libros con errores."""
    grupos: dict[str, list[Hallazgo]] = {}
    for hallazgo in informe.hallazgos:
        grupos.setdefault(hallazgo.libro or informe.libro, []).append(hallazgo)
    return sorted(grupos.items(), key=lambda grupo: not any(hallazgo.es_error for hallazgo in grupo[1]))


def a_json(informe: Informe, ascii: bool = False) -> str:
    """El informe para otro programa; con ``ascii``, las letras que no lo son van escapadas."""
    ficha = informe.ficha or {
        "documento": informe.documento and str(informe.documento),
        **({} if informe.lote is None else {"documentos": [str(ruta) for ruta in informe.lote]}),
        "salida": informe.salida and str(informe.salida),
        "nota": informe.nota,
        **({"notas": [_en_nota(dicho) for dicho in informe.dichos]} if informe.dichos else {}),
        **en_fichas(informe.hallazgos),
    }
    return json.dumps(ficha, ensure_ascii=ascii, indent=2)


def _en_nota(dicho: Dicho) -> dict[str, str | int]:
    return {"documento": str(dicho.documento), "nota": dicho.nota, **dicho.cuentas}


def en_fichas(hallazgos: Iterable[Hallazgo]) -> dict[str, list[dict[str, str]]]:
    """Los errores y los avisos, cada uno como va en el JSON."""
    todos = list(hallazgos)
    return {
        "errores": [_en_ficha(hallazgo) for hallazgo in todos if hallazgo.es_error],
        "avisos": [_en_ficha(hallazgo) for hallazgo in todos if not hallazgo.es_error],
    }


def _en_ficha(hallazgo: Hallazgo) -> dict[str, str]:
    return {
        **({"libro": hallazgo.libro} if hallazgo.libro else {}),
        **({"lugar": hallazgo.sitio} if hallazgo.sitio else {}),
        "hoja": hallazgo.hoja,
        "celda": hallazgo.celda,
        "campo": hallazgo.campo,
        "valor": sin_formato(hallazgo.valor),
        "codigo": hallazgo.codigo or SIN_NUMERO,
        "mensaje": sin_formato(hallazgo.problema),
        "remedio": sin_formato(hallazgo.remedio),
    }
