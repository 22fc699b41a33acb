"""Un modelo pequeño para probar los libros: una ficha y dos tablas, con todos los tipos de campo."""

from datetime import date, time
from enum import StrEnum

from generador.celdas import CURSIVA, NEGRITA
from generador.datos import dataclass
from generador.esquema import Registro, Texto, campo, ficha, tabla


class Clase(StrEnum):
    ORDINARIA = "Ordinaria"
    ESPECIAL = "Especial"


@dataclass(frozen=True, kw_only=True)
class Reunion(Registro):
    organo: str = campo("Órgano", ejemplo="Comité de Ejemplo", ayuda="Su nombre completo.")
    fecha: date = campo("Fecha", ejemplo="15/11/2017", ayuda="Día en que empezó.")
    inicio: time | None = campo("Hora de inicio", por_omision=None, ejemplo="13:05", ayuda="De 24 horas.")
    numero: int = campo("Número", ejemplo="2", minimo=1, maximo=99, ayuda="En el año.")
    clase: Clase = campo("Clase", por_omision=Clase.ORDINARIA, ayuda="Elija de la lista.")
    publica: bool = campo("Pública", por_omision=True, ayuda="Si se transmitió.")
    cierre: Texto | None = campo("Cierre", por_omision=None, ejemplo="Se levantó la sesión.", ayuda="Cómo terminó.")


@dataclass(frozen=True, kw_only=True)
class Persona(Registro):
    nombre: str = campo("Nombre", ejemplo="Ana Ruiz", ancho=24, ayuda="Nombre y apellidos.")
    asistio: bool = campo("Asistió", por_omision=True, ayuda="Si estuvo.")


@dataclass(frozen=True, kw_only=True)
class Acuerdo(Registro):
    punto: str = campo("Punto", ejemplo="1", ancho=8, ayuda="Del orden del día.")
    texto: Texto = campo("Acuerdo", ejemplo="Publicar el informe.", ayuda="Qué se decidió.")
    responsable: str | None = campo(
        "Responsable", por_omision=None, ejemplo="Ana Ruiz", entre=("Personas", "Nombre"), ayuda="Quién."
    )
    plazo: date | None = campo("Plazo", por_omision=None, ejemplo="31/01/2018", ayuda="Fecha límite.")


@dataclass(frozen=True, kw_only=True)
class LibroDePrueba:
    reunion: Reunion = ficha("Reunión", ayuda="Los datos de la reunión.")
    personas: tuple[Persona, ...] = tabla("Personas", ayuda="Quienes asistieron.")
    acuerdos: tuple[Acuerdo, ...] = tabla("Acuerdos", minimo=1, ayuda="Lo que se decidió.")


LLENO = LibroDePrueba(
    reunion=Reunion(
        organo="Comité de Ejemplo",
        fecha=date(2017, 11, 15),
        inicio=time(13, 5),
        numero=2,
        clase=Clase.ESPECIAL,
        publica=False,
        cierre=Texto(f"Se levantó la {'sesión'.join(NEGRITA)}.\nFirman quienes asistieron."),
    ),
    personas=(Persona(nombre="Ana Ruiz"), Persona(nombre="Luis Peña", asistio=False)),
    acuerdos=(
        Acuerdo(punto="1", texto=Texto("Publicar el informe."), responsable="Ana Ruiz", plazo=date(2018, 1, 31)),
        Acuerdo(punto="2.10", texto=Texto(f"=Avisar a {'todas'.join(CURSIVA)} las áreas.")),
    ),
)
