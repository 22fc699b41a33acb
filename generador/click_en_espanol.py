"""Las frases de click, en español.

Click traduce lo que dice con ``gettext``, pero no trae catálogos. Aquí están todas sus frases; una
prueba las compara con el código de click y dice cuál falta y cuál sobra. Lo que click no deja
traducir (el «y/n» de ``click.confirm``) no se usa.
"""

import gettext
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

FRASES: Mapping[str, str] = {
    # Ayuda
    "Usage:": "Uso:",
    "Options": "Opciones",
    "Commands": "Órdenes",
    "Positional arguments": "Argumentos",
    "Show this message and exit.": "Muestra esta ayuda.",
    "Show the version and exit.": "Muestra la versión.",
    "%(prog)s, version %(version)s": "%(prog)s, versión %(version)s",
    "deprecated": "en desuso",
    "required": "obligatorio",
    "default: {default}": "por omisión: {default}",
    "env var: {var}": "variable de entorno: {var}",
    "(dynamic)": "(se calcula)",
    # Órdenes y argumentos mal escritos
    "Error: {message}": "Error: {message}",
    "Try '{command} {option}' for help.": "Escriba «{command} {option}» para ver cómo se usa.",
    "No such command {name!r}.": "No existe la orden «{name}».",
    "No such option {name!r}.": "No existe la opción «{name}».",
    "Missing command.": "Falta la orden.",
    "Missing argument": "Falta el argumento",
    "Missing option": "Falta la opción",
    "Missing parameter": "Falta el parámetro",
    "Missing {param_type}": "Falta {param_type}",
    "Missing parameter: {param_name}": "Falta el parámetro «{param_name}»",
    "Invalid value: {message}": "{message}",
    "Invalid value for {param_hint}: {message}": "{message}",
    "Option {name!r} does not take a value.": "La opción «{name}» no lleva valor.",
    "Argument {name!r} takes {nargs} values.": "El argumento «{name}» lleva {nargs} valores.",
    "Invalid start character for option ({option})": "Así no empieza una opción: «{option}»",
    "Choose from:\n\t{choices}": "Elija entre:\n\t{choices}",
    "Choice({choices})": "Opciones({choices})",
    # Valores
    "{value} is not in the range {range}.": "«{value}» no está en el intervalo {range}.",
    "{value!r} is not a valid {number_type}.": "«{value}» no es un número válido.",
    "{value!r} is not a valid boolean. Recognized values: {states}": ("«{value}» no es sí ni no. Se admite: {states}"),
    "{value!r} is not a valid UUID.": "«{value}» no es un UUID válido.",
    "Value must be an iterable.": "Se espera una lista de valores.",
    # Archivos: el sustantivo va con su artículo para que la frase concuerde
    "file": "El archivo",
    "directory": "La carpeta",
    "path": "La ruta",
    "{name} {filename!r} does not exist.": "{name} «{filename}» no existe.",
    "{name} {filename!r} is a file.": "{name} «{filename}» es un archivo.",
    "{name} {filename!r} is a directory.": "{name} «{filename}» es una carpeta.",
    "{name} {filename!r} is not readable.": "{name} «{filename}» no se puede leer.",
    "{name} {filename!r} is not writable.": "{name} «{filename}» no se puede modificar.",
    "{name} {filename!r} is not executable.": "{name} «{filename}» no se puede ejecutar.",
    "Could not open file {filename!r}: {message}": "No se pudo abrir «{filename}»: {message}",
    "unknown error": "no se sabe por qué",
    # Preguntas y terminal
    "Aborted!": "Cancelado.",
    "Do you want to continue?": "¿Desea continuar?",
    "Confirm the action without prompting.": "Confirma sin preguntar.",
    "Repeat for confirmation": "Repítalo para confirmar",
    "Error: The two entered values do not match.": "Error: los dos valores no coinciden.",
    "Error: invalid input": "Error: no se entiende la respuesta",
    "Press any key to continue...": "Oprima una tecla para continuar…",
    "Unknown color {colour!r}": "No existe el color «{colour}»",
    "d": "d",
    "{editor}: Editing failed": "{editor}: no se pudo editar",
    "{editor}: Editing failed: {e}": "{editor}: no se pudo editar: {e}",
    "Windows error: {error}": "Error de Windows: {error}",
    "Unknown standard stream '{name}'": "No existe la corriente «{name}»",
    "Couldn't detect Bash version, shell completion is not supported.": (
        "No se pudo averiguar la versión de Bash: no habrá autocompletado."
    ),
    "Shell completion is not supported for Bash versions older than 4.4.": (
        "El autocompletado requiere Bash 4.4 o posterior."
    ),
    # Descuidos de quien programa
    "DeprecationWarning: The command {name!r} is deprecated.{extra_message}": (
        "La orden «{name}» está en desuso.{extra_message}"
    ),
    "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}": (
        "«{name}» está en desuso.{extra_message}"
    ),
    "Could not determine name for option with declarations {decls!r}": (
        "No se pudo deducir el nombre de la opción declarada como {decls!r}"
    ),
    "No options defined but a name was passed ({name}). Did you mean to declare an argument instead? "
    "Did you mean to pass '--{name}'?": (
        "Se dio un nombre ({name}) sin opciones. ¿Quiso declarar un argumento? ¿O «--{name}»?"
    ),
    "Arguments take exactly one parameter declaration, got {length}: {decls}.": (
        "Un argumento lleva una sola declaración y se dieron {length}: {decls}."
    ),
    "Name '{name}' defined twice": "El nombre «{name}» se definió dos veces",
    "Boolean option {decl!r} cannot use the same flag for true/false.": (
        "La opción {decl!r} no puede usar la misma bandera para sí y para no."
    ),
}

PLURALES: Mapping[str, tuple[str, str]] = {
    "Got unexpected extra argument ({args})": (
        "Sobra «{args}». Si es parte de un nombre con espacios, escriba el nombre entre comillas.",
        "Sobra «{args}». Si es parte de un nombre con espacios, escriba el nombre entre comillas.",
    ),
    "Did you mean {possibility}?": (
        "¿Quiso decir {possibility}?",
        "¿Quiso decir alguno de éstos: {possibilities}?",
    ),
    "Option {name!r} requires an argument.": (
        "La opción «{name}» necesita un valor.",
        "La opción «{name}» necesita {nargs} valores.",
    ),
    "Takes {nargs} values but 1 was given.": (
        "Lleva {nargs} valores y se dio 1.",
        "Lleva {nargs} valores y se dieron {len}.",
    ),
    "{value!r} is not {choice}.": (
        "«{value}» no es {choice}.",
        "«{value}» no es ninguno de éstos: {choices}.",
    ),
    "{value!r} does not match the format {format}.": (
        "«{value}» no tiene la forma {format}.",
        "«{value}» no tiene ninguna de estas formas: {formats}.",
    ),
    "{len_type} values are required, but {len_value} was given.": (
        "Se requieren {len_type} valores y se dio {len_value}.",
        "Se requieren {len_type} valores y se dieron {len_value}.",
    ),
}


def frase(message: str) -> str:
    """``"Usage:"`` → ``"Uso:"``; la que no está en ``FRASES``, tal cual. (Firma de ``gettext.gettext``.)"""
    return FRASES.get(message, message)


def frase_segun(msgid1: str, msgid2: str, n: int) -> str:
    """La frase en singular si ``n`` es 1, o en plural. (Firma de ``gettext.ngettext``.)"""
    return PLURALES.get(msgid1, (msgid1, msgid2))[n != 1]


@contextmanager
def en_espanol() -> Iterator[None]:
    """Mientras dura, el módulo que se importe toma sus frases de aquí.

    ``with en_espanol(): import click``. Al salir ``gettext`` queda como estaba: nadie más se entera.
    """
    originales = gettext.gettext, gettext.ngettext
    gettext.gettext, gettext.ngettext = frase, frase_segun
    try:
        yield
    finally:
        gettext.gettext, gettext.ngettext = originales
