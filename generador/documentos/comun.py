"""Lo que comparten los libros: las personas y los anexos."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from generador.castellano import Genero, articulo, forma_desarrollada, nombre_completo
from generador.celdas import Celda, Libro, clave
from generador.datos import dataclass
from generador.esquema import Registro, campo, en_celda, rotulos_propios
from generador.hallazgos import Hallazgo


class Persona:
    """Cómo se la nombra. Los datos los declara quien la hereda; el género es un dato, jamás se infiere."""

    titulo: str | None
    nombre: str | None
    apellido1: str | None
    apellido2: str | None
    genero: Genero | None
    tratamiento: str | None = None

    @cached_property
    def nombre_completo(self) -> str:
        """``"Edmundo Jacobo Molina"``; con partícula, «Norma de la Cruz»; vacío si no tiene nombre."""
        return nombre_completo(self.nombre or "", self.apellido1 or "", self.apellido2 or "").strip()

    @property
    def con_titulo(self) -> str:
        """``"Lic. Edmundo Jacobo Molina"``, con espacio duro: así va en la lista y en la firma."""
        return f"{self.titulo}\u00a0{self.nombre_completo}" if self.titulo else self.nombre_completo

    @cached_property
    def trato(self) -> str:
        """``"licenciada"``; vacío si no tiene título, género o no está en el catálogo."""
        if self.tratamiento or not self.titulo or self.genero is None:
            return self.tratamiento or ""
        return forma_desarrollada(self.titulo, self.genero) or ""

    @property
    def el_completo(self) -> str:
        """``"la licenciada Cecilia Azuara Arai"``."""
        return self._con_trato(self.nombre_completo)

    def _con_trato(self, nombre: str) -> str:
        return f"{articulo(self.genero)} {self.trato} {nombre}" if self.trato and self.genero else nombre


@dataclass(frozen=True, kw_only=True)
class Anexo(Registro):
    """Un documento que acompaña a otro. Su número se asigna solo."""

    titulo: str = campo("Anexo", ejemplo="Informe de Archivo", ancho=70, ayuda="Nombre del documento.")


# --- las columnas que agrega la persona


def llave(rotulo: str) -> str:
    """Con qué nombre se escribe una columna en la plantilla: ``"Correo electrónico (oficial)"`` → con guiones bajos.

    ``"Teléfono"`` → ``"telefono"``; ``"2018"`` → ``"_2018"``, porque ahí ningún nombre empieza con cifra.
    """
    nombre = re.sub(r"\W+", "_", clave(rotulo)).strip("_")
    return f"_{nombre}" if nombre[:1].isdigit() else nombre


def propias(*registros: Registro | None) -> dict[str, str]:
    """Lo escrito en las columnas que agregó la persona; de varios renglones del mismo asunto, lo último que se dijo.

    ``{"telefono": "55 1234"}``. En la plantilla van primero: un nombre del programa las tapa.
    """
    dichas: dict[str, str] = {}
    for registro in registros:
        for nombre, texto in _por_su_llave(registro.origen.extras if registro else {}).items():
            dichas[nombre] = texto or dichas.get(nombre, "")
    return dichas


def _por_su_llave(extras: Mapping[str, str]) -> dict[str, str]:
    """Con el nombre con que se escriben en la plantilla; de dos que se escriben igual, la primera."""
    por_llave: dict[str, str] = {}
    for rotulo, texto in extras.items():
        if nombre := llave(rotulo):
            por_llave.setdefault(nombre, texto)
    return por_llave


def propias_que_se_escriben_igual(modelo: type, libro: Libro) -> Iterator[Hallazgo]:
    """De dos que se escriben igual en la plantilla, «Tel. (oficina)» y «Tel oficina», la que no se usa: un aviso."""
    for seccion, celdas in rotulos_propios(modelo, libro):
        que, articulo = ("La columna", "la") if seccion.es_tabla else ("El renglón", "el")
        primeras: dict[str, Celda] = {}
        for celda in celdas:
            nombre = llave(celda.texto)
            primera = primeras.setdefault(nombre, celda)
            if nombre and primera is not celda:
                yield en_celda(
                    celda, f"{que} «{celda.texto}» se escribe en la plantilla igual que «{primera.texto}» "
                    f"({nombre}): ahí sólo se usa {articulo} de {primera.direccion}.",
                    "Póngale otro nombre.", aviso=True,
                )  # fmt: skip


def en_blanco(registros: Iterable[Registro]) -> Mapping[str, str]:
    """Las columnas que agregó la persona en cualquiera de esos renglones, sin nada: ``{"telefono": ""}``."""
    return {nombre: "" for registro in registros for nombre in propias(registro)}
