"""La orden ``generar``: lo que se le escribe, lo que contesta y con qué código termina.

Códigos: 0 hecho, 1 el libro tiene errores, 2 la orden está mal escrita, 3 la plantilla no sirve,
4 un archivo falta o está ocupado, 5 defecto nuestro, 130 cancelado.
"""

import errno
import gc
import os
import sys
from collections.abc import Sequence

TUBERIA_CERRADA = (errno.EPIPE, errno.EINVAL)  # en Windows se dice EINVAL


def de_la_terminal() -> int:
    """`principal` en un proceso propio y breve, donde buscar basura a cada rato cuesta un cuarto del tiempo."""
    gc.set_threshold(100_000)  # desde antes de cargar lo demás, que deja mucho y no suelta nada
    codigo = principal()
    gc.freeze()  # tampoco al salir: todo se suelta de una vez
    return codigo


def principal(argumentos: Sequence[str] | None = None) -> int:
    """Corre la orden y devuelve su código de salida. Sin ``argumentos``, los de la terminal."""
    from generador.consola.clic import COMPLETANDO
    from generador.consola.errores import traducir
    from generador.consola.ordenes import generar
    from generador.consola.piezas import hay_quien_conteste
    from generador.consola.respuesta import Informe
    from generador.consola.terminal import decir, preparar

    preparar()
    # Siempre explícitos: si los tomara click, en Windows cambiaría los «~», «$» y «[1]» de un nombre.
    palabras = list(sys.argv[1:] if argumentos is None else argumentos)
    try:
        if not palabras and hay_quien_conteste() and not os.environ.get(COMPLETANDO):
            from generador.consola.menu import lo_que_elija

            palabras = lo_que_elija()
            if not palabras:
                return 0
        informe = generar.main(palabras, prog_name="generar", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as error:
        informe = traducir(error)
    if not isinstance(informe, Informe):  # la ayuda y la versión ya se mostraron
        return 0
    try:
        decir(informe, en_json="--json" in map(str.lower, palabras))
    except OSError as error:
        if error.errno not in TUBERIA_CERRADA:
            raise
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # quien leía ya se fue
    return informe.codigo
