"""Los oficios de un libro: uno para todos los destinatarios, o uno por renglón con su número."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generador.documentos.cuentas import Destinatario, LibroDeCuentas, Oficio


@dataclass(frozen=True)
class Carta:
    """Un oficio por escribir: sus destinatarios y lo que cambia de uno a otro."""

    oficio: Oficio
    destinatarios: tuple[Destinatario, ...]
    numero: str
    fecha: date
    contesta: str | None
    fecha_que_contesta: date | None

    @property
    def varios(self) -> bool:
        """Si va a más de una persona."""
        return len(self.destinatarios) > 1


def carta_comun(libro: LibroDeCuentas) -> Carta:
    """El oficio que va a todos los destinatarios a la vez."""
    oficio = oficio_de(libro)
    unico = libro.destinatarios[0] if len(libro.destinatarios) == 1 else None
    return _carta(oficio, libro.destinatarios, (unico and unico.numero) or oficio.numero, unico)


def cartas(libro: LibroDeCuentas, malas: Iterable[int] = ()) -> list[Carta]:
    """Un oficio por renglón de «Destinatarios». Sin número propio, el que sigue al del renglón anterior.

    ``malas`` son las filas que no se pudieron leer: también gastan su número, para que corregirlas no mueva
    los de las demás.
    """
    oficio = oficio_de(libro)
    filas = sorted({*(d.origen.fila for d in libro.destinatarios), *malas})
    numero: str = oficio.numero
    hechas = []
    por_fila = {d.origen.fila: d for d in libro.destinatarios}
    for lugar, fila in enumerate(filas):
        destinatario = por_fila.get(fila)
        numero = (destinatario and destinatario.numero) or (siguiente(numero) if lugar else numero)
        if destinatario is not None:
            hechas.append(_carta(oficio, (destinatario,), numero, destinatario))
    return hechas


def _carta(oficio: Oficio, a_quienes: tuple[Destinatario, ...], numero: str, propio: Destinatario | None) -> Carta:
    contesta = (propio and propio.contesta) or oficio.contesta
    su_fecha = oficio.fecha_que_contesta if not (propio and propio.contesta) else None
    return Carta(
        oficio=oficio,
        destinatarios=a_quienes,
        numero=numero,
        fecha=(propio and propio.fecha) or oficio.fecha,
        contesta=contesta,
        fecha_que_contesta=(propio and propio.fecha_que_contesta) or su_fecha,
    )


def oficio_de(libro: LibroDeCuentas) -> Oficio:
    """La hoja «Oficio», que a estas alturas ya se verificó que está escrita."""
    assert libro.oficio is not None
    return libro.oficio


def siguiente(numero: str) -> str:
    """El número de oficio que sigue: ``"INE/CNCS-GSA/516/2015"`` → ``"INE/CNCS-GSA/517/2015"``.

    Sin consecutivo, el mismo número.
    """
    consecutivo = consecutivo_en(numero)
    if consecutivo is None:
        return numero
    nuevo = str(int(consecutivo[0]) + 1).zfill(len(consecutivo[0]))
    return numero[: consecutivo.start()] + nuevo + numero[consecutivo.end() :]


def consecutivo_en(numero: str) -> re.Match[str] | None:
    """Dónde está el consecutivo: la última cifra del número que no sea el año; None si no lo trae."""
    hallados = list(re.finditer(r"\d+", numero))
    if len(hallados) > 1 and re.fullmatch(r"(19|20)\d\d", hallados[-1][0]):
        hallados.pop()
    return hallados[-1] if hallados else None
