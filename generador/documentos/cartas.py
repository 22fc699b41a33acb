"""Los oficios de un libro: uno para todos los destinatarios, o uno por renglón con su número."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from generador.celdas import clave
from generador.datos import dataclass
from generador.documentos.cuentas import Destinatario, LibroDeCuentas, Oficio

_ANO = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class Carta:
    """Un oficio por escribir: sus destinatarios y lo que cambia de uno a otro."""

    oficio: Oficio
    destinatarios: tuple[Destinatario, ...]
    propio: Destinatario | None  # el renglón del que toma lo suyo; lo que deje en blanco, del oficio
    asignado: str = ""  # el número que le toca, si su renglón no trae el suyo y no es el del oficio

    @property
    def numero(self) -> str:
        """El suyo, el que le toca o el del oficio."""
        return (self.propio and self.propio.numero) or self.asignado or self.oficio.numero

    @property
    def fecha(self) -> date:
        """La suya o la del oficio."""
        return (self.propio and self.propio.fecha) or self.oficio.fecha

    @property
    def contesta(self) -> str | None:
        """A qué oficio contesta; None si a ninguno."""
        return (self.propio and self.propio.contesta) or self.oficio.contesta

    @property
    def fecha_que_contesta(self) -> date | None:
        """La del oficio que contesta; None si no se dice, o si la que se sabe es de otro."""
        propio = self.propio
        if propio and propio.fecha_que_contesta:
            return propio.fecha_que_contesta
        return self.oficio.fecha_que_contesta if not (propio and propio.contesta) else None

    @property
    def varios(self) -> bool:
        """Si se le habla en plural: va a más de una persona, o a un cargo colectivo («Titulares de las Unidades»)."""
        return self.unico is None or self.unico.colectivo

    @property
    def unico(self) -> Destinatario | None:
        """El destinatario, si es uno solo."""
        return self.destinatarios[0] if len(self.destinatarios) == 1 else None

    @property
    def de_otro_ano(self) -> bool:
        """Si el año de su número no es el de su fecha."""
        ano = ano_en(self.numero)
        return ano is not None and ano != self.fecha.year

    def repite(self, usados: Collection[str]) -> bool:
        """Si la clave de su número está entre las usadas; uno sin consecutivo («S/N») puede repetirse."""
        return clave(self.numero) in usados and consecutivo_en(self.numero) is not None


def carta_comun(libro: LibroDeCuentas) -> Carta:
    """El oficio que va a todos los destinatarios a la vez."""
    oficio = oficio_de(libro)
    unico = libro.destinatarios[0] if len(libro.destinatarios) == 1 else None
    return Carta(oficio, libro.destinatarios, unico)


def cartas(libro: LibroDeCuentas, malas: Iterable[int] = ()) -> list[Carta]:
    """Un oficio por renglón de «Destinatarios». Sin número propio, el que sigue al del renglón anterior.

    ``malas`` son las filas que no se pudieron leer: también gastan su número, para que corregirlas no mueva
    los de las demás. Un número propio que no sirve (repetido, o de otro año) no cambia la cuenta.
    """
    oficio = oficio_de(libro)
    filas = sorted({*(d.origen.fila for d in libro.destinatarios), *malas})
    numero: str = oficio.numero
    hechas: list[Carta] = []
    por_fila = {d.origen.fila: d for d in libro.destinatarios}
    usados: set[str] = set()
    for lugar, fila in enumerate(filas):
        destinatario = por_fila.get(fila)
        numero = siguiente(numero) if lugar else numero
        if destinatario is None:
            continue
        carta = Carta(oficio, (destinatario,), destinatario, numero)
        hechas.append(carta)
        if not (carta.de_otro_ano or carta.repite(usados)):
            numero = carta.numero
            usados.add(clave(numero))
    return hechas


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


def ano_en(numero: str) -> int | None:
    """El año que dice un número de oficio: ``"INE/CNCS-GSA/516/2015"`` → 2015; None si no lo trae."""
    anos = _ANO.findall(numero)
    return int(anos[-1]) if anos else None


def consecutivo_en(numero: str) -> re.Match[str] | None:
    """Dónde está el consecutivo: la última cifra del número que no sea el año; None si no lo trae."""
    hallados = list(re.finditer(r"\d+", numero))
    if len(hallados) > 1 and re.fullmatch(r"(19|20)\d\d", hallados[-1][0]):
        hallados.pop()
    return hallados[-1] if hallados else None
