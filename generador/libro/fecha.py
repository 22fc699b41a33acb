"""Las fechas de Excel, que son días contados desde una época (ISO/IEC 29500-1, 18.17.4)."""

from datetime import date, datetime, time, timedelta

_DE_WINDOWS, _DE_MAC = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FALSO_BISIESTO = 60  # Excel cuenta un 29 de febrero de 1900 que no existió: antes de él, un día menos


def fecha_de(dias: float, *, base_1904: bool = False) -> datetime | time | None:
    """El momento que son esos días: ``43054.5`` → 15 de noviembre de 2017 a las 12; ``0.5`` → las 12.

    None si Excel no puede mostrarlo (negativo, o después de 9999).
    """
    entero, fraccion = divmod(dias, 1)
    hora = timedelta(milliseconds=round(fraccion * 86_400_000))
    if 0 <= dias < 1 and not hora.days:
        return (datetime.min + hora).time()
    epoca = _DE_MAC if base_1904 else _DE_WINDOWS
    if 0 < dias < _FALSO_BISIESTO and not base_1904:
        entero += 1
    try:
        return epoca + timedelta(days=entero) + hora if dias >= 0 else None
    except (OverflowError, ValueError):
        return None


def duracion_de(dias: float) -> timedelta | None:
    """``1.25`` → 30 horas; None si no cabe."""
    try:
        return timedelta(milliseconds=round(dias * 86_400_000))
    except OverflowError:
        return None


def fecha_escrita(texto: str) -> date | datetime | time | str:
    """Una fecha como la escribe ISO 8601 (``"2017-11-15"``); si no lo es, el texto tal cual."""
    try:
        if "T" in texto or " " in texto:
            return datetime.fromisoformat(texto).replace(tzinfo=None)
        return time.fromisoformat(texto).replace(tzinfo=None) if ":" in texto else date.fromisoformat(texto)
    except ValueError:
        return texto
