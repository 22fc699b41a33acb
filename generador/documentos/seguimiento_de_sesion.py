"""Lo que una sesión dice de los acuerdos anteriores: sus cuentas, la frase con que se informan y cada uno."""

from collections.abc import Sequence
from datetime import date

from generador.castellano import concordar, fecha_larga, mayuscula_inicial, unir
from generador.celdas import en_un_renglon, sin_formato
from generador.datos import dataclass
from generador.documentos.comun import propias
from generador.documentos.sesion import Estatus, Pendiente


@dataclass(frozen=True)
class Cuentas:
    """Cuántos acuerdos venían en seguimiento y cómo quedaron; ``vencidos`` son abiertos con el plazo pasado."""

    total: int
    cumplidos: int
    cancelados: int
    en_proceso: int
    sin_avance: int
    vencidos: int

    @property
    def abiertos(self) -> int:
        """Los que siguen en seguimiento."""
        return self.en_proceso + self.sin_avance

    @property
    def frase(self) -> str:
        """``"quedaron pendientes 6 puntos, de los cuales 3 ya fueron cumplidos"``; vacía si no venía ninguno."""
        if not self.total:
            return ""
        inicio = concordar(self.total, "quedó pendiente 1 punto", f"quedaron pendientes {self.total} puntos")
        if self.total == 1:
            cierre = ", que ya fue cumplido" if self.cumplidos else ", que se canceló" if self.cancelados else ""
            return inicio + cierre
        if self.cumplidos == self.total:
            return f"{inicio}, que ya fueron cumplidos"
        if self.cancelados == self.total:
            return f"{inicio}, que se cancelaron"
        cumplidos = concordar(self.cumplidos, "1 ya fue cumplido", f"{self.cumplidos} ya fueron cumplidos")
        cancelados = concordar(self.cancelados, "1 se canceló", f"{self.cancelados} se cancelaron")
        dichos = [frase for cuantos, frase in ((self.cumplidos, cumplidos), (self.cancelados, cancelados)) if cuantos]
        return f"{inicio}, de los cuales {' y '.join(dichos) or 'ninguno ha sido cumplido'}"


def cuentas(seguimiento: Sequence[Pendiente], fecha: date) -> Cuentas:
    """Las cuentas de la hoja «Seguimiento» en la fecha de la sesión; lo que ya venía cerrado no cuenta."""
    venian = por_informar(seguimiento)
    estatus = [pendiente.hoy for pendiente in venian]
    vencidos = [p for p in venian if p.hoy.abierto and p.plazo and p.plazo < fecha]
    return Cuentas(
        len(estatus),
        estatus.count(Estatus.CUMPLIDO),
        estatus.count(Estatus.CANCELADO),
        estatus.count(Estatus.EN_PROCESO),
        estatus.count(Estatus.PENDIENTE),
        len(vencidos),
    )


def por_informar(seguimiento: Sequence[Pendiente]) -> list[Pendiente]:
    """Los acuerdos que venían abiertos, y los cerrados que se reabrieron."""
    return [pendiente for pendiente in seguimiento if pendiente.antes.abierto or pendiente.hoy.abierto]


def informado(pendiente: Pendiente) -> dict[str, object]:
    """Un acuerdo como lo dice la minuta: ``{"clave": …, "texto": "Publicar el inventario.", "estatus": …}``."""
    return {
        **propias(pendiente),
        "clave": pendiente.clave,
        "texto": _con_punto(pendiente.texto),
        "responsable": pendiente.responsable.rstrip("."),
        "plazo": unir(fecha_larga(pendiente.plazo)) if pendiente.plazo else pendiente.plazo_libre or "",
        "estatus": str(pendiente.hoy),
        "avance": _con_punto(mayuscula_inicial(_en_un_parrafo(pendiente.avance))) if pendiente.avance else "",
        "evidencia": en_un_renglon(pendiente.evidencia or "").rstrip("."),
    }


def _en_un_parrafo(texto: str) -> str:
    r"""Los párrafos de una celda, seguidos: ``"Uno.\nDos"`` → ``"Uno. Dos"``."""
    partes = [parte.strip() for parte in texto.split("\n") if sin_formato(parte).strip()]
    return " ".join([*map(_con_punto, partes[:-1]), *partes[-1:]])


def _con_punto(texto: str) -> str:
    """``"Publicar el inventario"`` o ``"Publicar el inventario;"`` → con punto; lo que ya cierra se deja."""
    seguido = (texto if "\n" not in texto else _en_un_parrafo(texto)).rstrip(" ,;")
    return seguido if sin_formato(seguido).rstrip().endswith((".", "?", "!", "…", ":", ".)", ".”")) else f"{seguido}."
