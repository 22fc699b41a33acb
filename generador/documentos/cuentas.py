"""El libro de cuentas: lo que se captura de las cuentas de redes sociales y de los oficios que tratan de ellas.

De él salen el oficio y el informe. Una cuenta es un nombre en una plataforma; sus aumentos, porcentajes y totales
se calculan de las mediciones y en el texto se citan por su nombre: ``{INEMexico.aumento}``.
"""

from datetime import date
from enum import StrEnum

from generador.castellano import EstiloDeMiles, Genero, cargo_en_plural
from generador.celdas import Hoja
from generador.datos import dataclass
from generador.documentos.comun import Anexo, Persona
from generador.esquema import Registro, Texto, campo, ficha, hojas_libres, tabla
from generador.grafica import Clase


class Ambito(StrEnum):
    """A quién representa una cuenta."""

    NACIONAL = "Nacional"
    ESTATAL = "Estatal"
    DISTRITAL = "Distrital"


class Dictamen(StrEnum):
    """Qué se resolvió o se propone de una cuenta al evaluarla."""

    ALTA = "Alta"
    PERMANECE = "Permanece"
    BAJA = "Baja"


class TipoDeMovimiento(StrEnum):
    """Lo que ya ocurrió con una cuenta."""

    ALTA = "Alta"
    BAJA = "Baja"


class TipoDeBloque(StrEnum):
    """Cómo se muestra un renglón del cuerpo del oficio."""

    PARRAFO = "Párrafo"
    SUBTITULO = "Subtítulo"
    VINETA = "Viñeta"
    NUMERADO = "Numerado"
    CITA = "Cita"
    BAJAS = "Tabla de bajas"
    PERMANENCIA = "Tabla de permanencia"
    TABLA = "Tabla"
    GRAFICA = "Gráfica"


class MarcaDeCopia(StrEnum):
    """Con qué se anuncian las copias."""

    CON_COPIA_PARA = "C.c.p."
    CON_COPIA = "C.p."
    SIN_PUNTOS = "Ccp."


class LugarDeLaFecha(StrEnum):
    """Dónde se escribe la fecha del oficio."""

    ANTES = "Antes del destinatario"
    DESPUES = "Después del destinatario"


ESQUEMA = "cuentas/1"
TITULO = "Libro de cuentas"
GUIA = (
    "Para un oficio llene «Institución», «Oficio», «Destinatarios», «Cuerpo» y «Firmas»; para el informe, "
    "«Institución», «Informe», «Cuentas», «Mediciones» y «Firmas». Lo que lleva * es obligatorio.",
    "Cada cifra se escribe una vez, en «Mediciones». En los textos se cita por su nombre: {INEjemplo.final}, "
    "{INEjemplo.aumento}, {total.final}; así nunca se contradicen.",
    "En «Cuerpo», cada renglón es un párrafo, una tabla o una gráfica. Las tablas de bajas y de permanencia salen "
    "de «Cuentas» y «Movimientos».",
    "Guarde el libro y corra: generar oficio (o generar informe). Para un oficio por cada renglón de "
    "«Destinatarios»: generar oficio --cada-renglon.",
)

_UNA_CUENTA = ("Cuentas", "Cuenta")


@dataclass(frozen=True, kw_only=True)
class Institucion(Registro):
    """Quién escribe, y el periodo de que se trata."""

    nombre: str = campo("Institución", ejemplo="Instituto de Ejemplo", ayuda="Nombre completo.")
    area: str | None = campo("Área", ejemplo="Dirección de Comunicación", ayuda="La que firma, con su nombre completo.")
    leyenda: str | None = campo(
        "Leyenda oficial del año",
        ejemplo="“2026, Año de Ejemplo”",
        ayuda="La que ordene el decreto del año, si la hay.",
    )
    domicilio: str | None = campo(
        "Domicilio", ejemplo="Av. de Ejemplo 100, Ciudad de México", ayuda="Va al pie de la primera página, si se usa."
    )
    desde: date | None = campo(
        "Periodo desde", ejemplo="01/01/2026", ayuda="Primer día del periodo. En blanco: el de la primera medición."
    )
    hasta: date | None = campo(
        "Periodo hasta", ejemplo="30/06/2026", ayuda="Último día del periodo (el corte). En blanco: la última medición."
    )
    metrica: str = campo(
        "Métrica principal", por_omision="seguidores", ayuda="Lo que se mide si «Métrica» queda en blanco."
    )
    inactividad: int = campo(
        "Meses sin publicar", por_omision=12, minimo=1, maximo=120,
        ayuda="Una cuenta que pasa de esos meses sin publicar está inactiva.",
    )  # fmt: skip
    estilo_de_miles: EstiloDeMiles = campo(
        "Estilo de miles", por_omision=EstiloDeMiles.COMA, ayuda="Cómo se escriben las cifras en todo el documento."
    )


@dataclass(frozen=True, kw_only=True)
class Oficio(Registro):
    """Los datos del oficio."""

    numero: str = campo(
        "Número de oficio", ejemplo="IE/DC/052/2026", ayuda="Clave completa: siglas, área, consecutivo y año."
    )
    fecha: date = campo("Fecha", ejemplo="15/07/2026", ayuda="La del oficio, como 15/07/2026.")
    lugar: str = campo("Lugar", ejemplo="Ciudad de México", ayuda="Desde dónde se escribe.")
    asunto: str | None = campo("Asunto", ejemplo="Cuentas de redes sociales", ayuda="Si se usa; admite {nombres}.")
    contesta: str | None = campo(
        "Oficio que contesta", ejemplo="IE/ST/006/2026", ayuda="Su clave; en el texto, {oficio.contesta}."
    )
    fecha_que_contesta: date | None = campo(
        "Fecha del oficio que contesta", ejemplo="01/07/2026", ayuda="En el texto, {oficio.contesta.fecha}."
    )
    despedida: Texto | None = campo(
        "Despedida", ejemplo="Le envío un cordial saludo.", ayuda="En blanco se escribe sola, en singular o plural."
    )
    lugar_de_la_fecha: LugarDeLaFecha = campo(
        "Dónde va la fecha", por_omision=LugarDeLaFecha.ANTES, ayuda="Antes o después de los datos del destinatario."
    )
    marca_de_copia: MarcaDeCopia = campo(
        "Marca de las copias", por_omision=MarcaDeCopia.CON_COPIA_PARA, ayuda="Cómo se anuncian las copias."
    )
    iniciales: str | None = campo("Iniciales", ejemplo="RPD/abc", ayuda="De quien firma y de quien elaboró.")


@dataclass(frozen=True, kw_only=True)
class Destinatario(Persona, Registro):
    """A quién va el oficio."""

    titulo: str | None = campo("Título", ejemplo="Lic.", ancho=9, ayuda="Abreviado: Lic., Mtra., Ing., Dr.")
    nombre: str | None = campo("Nombre", ejemplo="Amalia", ancho=20, ayuda="Sólo el nombre; los apellidos van aparte.")
    apellido1: str | None = campo("Primer apellido", ejemplo="Robles", ancho=17, ayuda="Con sus partículas.")
    apellido2: str | None = campo("Segundo apellido", ejemplo="Pineda", ancho=17, ayuda="Si lo tiene.")
    genero: Genero | None = campo(
        "Género", sinonimos=("Sexo",), ejemplo="Femenino", ancho=12, ayuda="De él sale «Licenciada»; no se adivina."
    )
    cargo: str | None = campo(
        "Cargo",
        sinonimos=("Puesto",),
        ejemplo="Secretaria Técnica del Comité de Archivos",
        ancho=44,
        ayuda="Con mayúsculas donde van.",
    )
    area: str | None = campo(
        "Área o dependencia", ejemplo="Instituto de Ejemplo", ancho=32, ayuda="Si va en su propio renglón."
    )
    numero: str | None = campo(
        "Número de oficio", ejemplo="IE/DC/053/2026", ancho=22,
        ayuda="Con --cada-renglon: el suyo. En blanco, el que sigue al del renglón anterior.",
    )  # fmt: skip
    fecha: date | None = campo("Fecha", ejemplo="16/07/2026", ancho=12, ayuda="En blanco: la de la hoja «Oficio».")
    contesta: str | None = campo(
        "Oficio que contesta", ejemplo="IE/ST/006/2026", ancho=22, ayuda="En blanco: el de la hoja «Oficio»."
    )
    fecha_que_contesta: date | None = campo(
        "Fecha del oficio que contesta", ejemplo="01/07/2026", ancho=14, ayuda="En blanco: la de la hoja «Oficio»."
    )
    tratamiento: str | None = campo(
        "Tratamiento", ejemplo="Maestra", ancho=16, ayuda="En blanco sale del título: «Licenciada»."
    )
    plural: bool | None = campo(
        "Plural", ancho=10, ayuda="Sí: se le habla de «ustedes». En blanco: si el cargo es «Titulares…», «Directoras…»."
    )

    @property
    def colectivo(self) -> bool:
        """Si son varias personas bajo un mismo cargo: lo que diga «Plural» o, en blanco, lo que diga el cargo."""
        if self.plural is not None:
            return self.plural
        return not self.nombre_completo and cargo_en_plural(self.cargo or "")


@dataclass(frozen=True, kw_only=True)
class Bloque(Registro):
    """Un renglón del cuerpo del oficio."""

    tipo: TipoDeBloque = campo("Tipo", por_omision=TipoDeBloque.PARRAFO, ancho=20, ayuda="Cómo se muestra.")
    texto: Texto | None = campo(
        "Texto", ejemplo="En respuesta al oficio {oficio.contesta}, le informo lo siguiente:", ancho=90,
        ayuda="Alt+Enter abre otro párrafo. En una tabla o una gráfica, su título.",
    )  # fmt: skip
    de: str | None = campo(
        "Hoja o gráfica", sinonimos=("Hoja", "Gráfica"), ejemplo="Presupuesto", ancho=22,
        ayuda="En «Tabla», la hoja de donde se toma; en «Gráfica», su nombre en la hoja «Gráficas».",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Firmante(Persona, Registro):
    """Quien firma."""

    titulo: str | None = campo("Título", ejemplo="Lic.", ancho=9, ayuda="Abreviado: Lic., Mtra., Ing., Dr.")
    nombre: str = campo("Nombre", ejemplo="Roberto", ancho=20, ayuda="Sólo el nombre; los apellidos van aparte.")
    apellido1: str = campo("Primer apellido", ejemplo="Prado", ancho=17, ayuda="Con sus partículas.")
    apellido2: str | None = campo("Segundo apellido", ejemplo="Díaz", ancho=17, ayuda="Si lo tiene.")
    genero: Genero = campo("Género", sinonimos=("Sexo",), ejemplo="Masculino", ancho=12, ayuda="De la persona.")
    cargo: str = campo(
        "Cargo", sinonimos=("Puesto",), ejemplo="Director de Comunicación", ancho=44, ayuda="Como va bajo la firma."
    )
    nota: str | None = campo("Nota de firma", ejemplo="En suplencia por ausencia", ancho=32, ayuda="Bajo el cargo.")


@dataclass(frozen=True, kw_only=True)
class Copia(Persona, Registro):
    """A quién se manda copia."""

    titulo: str | None = campo("Título", ejemplo="Mtra.", ancho=9, ayuda="Abreviado: Lic., Mtra., Ing., Dr.")
    nombre: str = campo("Nombre", ejemplo="Brenda", ancho=20, ayuda="Sólo el nombre; los apellidos van aparte.")
    apellido1: str | None = campo("Primer apellido", ejemplo="Salas", ancho=17, ayuda="Con sus partículas.")
    apellido2: str | None = campo("Segundo apellido", ejemplo="Ríos", ancho=17, ayuda="Si lo tiene.")
    cargo: str | None = campo("Cargo", ejemplo="Directora de Información", ancho=44, ayuda="Con mayúsculas donde van.")
    nota: str = campo("Nota", por_omision="Presente", ancho=26, ayuda="«Presente», «Para su conocimiento»…")
    genero = None


@dataclass(frozen=True, kw_only=True)
class Informe(Registro):
    """Los datos del informe del periodo."""

    fecha: date = campo("Fecha", ejemplo="15/07/2026", ayuda="La del informe, como 15/07/2026.")
    lugar: str = campo("Lugar", ejemplo="Ciudad de México", ayuda="Desde dónde se escribe.")
    clave: str | None = campo("Clave", ejemplo="IE/DC/INF/002/2026", ayuda="Si se le asigna.")
    titulo: str = campo(
        "Título", por_omision="Informe de cuentas de redes sociales", ayuda="Como va en la primera página."
    )
    presentacion: Texto | None = campo(
        "Presentación", ejemplo="Se presenta el informe {periodo}.", ayuda="Uno o varios párrafos; admite {nombres}."
    )
    conclusiones: Texto | None = campo(
        "Conclusiones", ejemplo="• Se mantienen {cuentas.total} cuentas.", ayuda="Párrafos o viñetas («•»)."
    )
    recomendaciones: Texto | None = campo(
        "Recomendaciones", ejemplo="• Publicar al menos una vez por semana.", ayuda="Las que valen para todas."
    )


@dataclass(frozen=True, kw_only=True)
class Cuenta(Registro):
    """Un nombre en una plataforma."""

    cuenta: str = campo(
        "Cuenta", ejemplo="INEjemplo", ancho=24,
        ayuda="Nombre corto con que se cita en las demás hojas y en el texto: {INEjemplo.final}. Sin repetir.",
    )  # fmt: skip
    plataforma: str = campo("Plataforma", ejemplo="Twitter", ancho=14, ayuda="Twitter, Facebook, YouTube…")
    usuario: str | None = campo("Usuario", ejemplo="@INEjemplo", ancho=22, ayuda="Como se ve en la plataforma.")
    rotulo: str | None = campo(
        "Rótulo en las tablas", ejemplo="FB: Instituto de Ejemplo", ancho=30, ayuda="En blanco: el usuario o la cuenta."
    )
    liga: str | None = campo("Liga", ejemplo="https://ejemplo.mx/red", ancho=30, ayuda="Su dirección, si se cita.")
    ambito: Ambito = campo("Ámbito", por_omision=Ambito.NACIONAL, ancho=12, ayuda="Nacional, estatal o distrital.")
    entidad: str | None = campo("Entidad o distrito", ejemplo="Colima", ancho=22, ayuda="Si no es nacional.")
    grupo: str | None = campo(
        "Grupo", ejemplo="Institucionales", ancho=18, ayuda="Las de un mismo grupo van en un solo renglón del oficio."
    )
    area: str | None = campo(
        "Área responsable", ejemplo="Dirección de Comunicación", ancho=30, ayuda="Quién la administra."
    )
    dictamen: Dictamen | None = campo(
        "Dictamen", ancho=12, ayuda="Lo que se propone. Una baja que ya ocurrió va además en «Movimientos»."
    )
    ultima: date | None = campo(
        "Última publicación", ejemplo="12/06/2026", ancho=14, ayuda="De ella sale si está activa."
    )
    observaciones: Texto | None = campo(
        "Observaciones", ejemplo="Tiene {final} seguidores, {aumento} más que al inicio.", ancho=60,
        ayuda="Van en su renglón. {final}, {aumento}… son los suyos; {gráfica.nombre}, a solas, pone una gráfica.",
    )  # fmt: skip
    recomendacion: Texto | None = campo(
        "Recomendación", ejemplo="Publicar más contenido propio.", ancho=44, ayuda="Va en el informe."
    )

    @property
    def en_tablas(self) -> str:
        """Cómo se muestra: su rótulo, su usuario o su nombre corto."""
        return self.rotulo or self.usuario or self.cuenta


@dataclass(frozen=True, kw_only=True)
class Medicion(Registro):
    """Una cifra de una cuenta en una fecha."""

    cuenta: str = campo("Cuenta", ejemplo="INEjemplo", ancho=24, entre=_UNA_CUENTA, ayuda="Su nombre corto.")
    fecha: date = campo("Fecha de corte", sinonimos=("Fecha",), ejemplo="30/06/2026", ancho=14, ayuda="De la cifra.")
    metrica: str | None = campo("Métrica", ejemplo="alcance", ancho=16, ayuda="En blanco: la principal.")
    valor: float = campo(
        "Valor", ejemplo="384052", ancho=14, minimo=0, maximo=10**12, ayuda="Con cifras, sin unidades."
    )
    fuente: str | None = campo("Fuente", ejemplo="Estadísticas de la plataforma", ancho=34, ayuda="De dónde se tomó.")


@dataclass(frozen=True, kw_only=True)
class Movimiento(Registro):
    """El alta o la baja de una cuenta."""

    cuenta: str = campo("Cuenta", ejemplo="INEjemplo", ancho=24, entre=_UNA_CUENTA, ayuda="Su nombre corto.")
    fecha: date = campo("Fecha", ejemplo="10/02/2026", ancho=12, ayuda="Cuándo ocurrió.")
    tipo: TipoDeMovimiento = campo("Movimiento", ejemplo="Baja", ancho=14, ayuda="Alta o baja.")
    oficio: str | None = campo("Oficio", ejemplo="IE/DC/014/2026", ancho=22, ayuda="Con el que se pidió o se notificó.")
    motivo: str | None = campo("Motivo", ejemplo="Desapareció el área responsable", ancho=50, ayuda="Por qué.")


@dataclass(frozen=True, kw_only=True)
class GraficaPedida(Registro):
    """Una gráfica, hecha de las mediciones o de una hoja de la persona."""

    nombre: str = campo("Nombre", ejemplo="crecimiento", ancho=22, ayuda="Con él se cita: {gráfica.crecimiento}.")
    titulo: str | None = campo("Título", ejemplo="Seguidores por mes", ancho=40, ayuda="Va sobre la gráfica.")
    clase: Clase = campo("Clase", por_omision=Clase.LINEA, ancho=12, ayuda="Línea, barras o pastel.")
    cuentas: str | None = campo(
        "Cuentas", ejemplo="INEjemplo; FB INEjemplo", ancho=34,
        ayuda="Una o varias, separadas con punto y coma. En blanco: la suma de todas.",
    )  # fmt: skip
    metrica: str | None = campo("Métrica", ejemplo="alcance", ancho=16, ayuda="En blanco: la principal.")
    desde: date | None = campo("Desde", ejemplo="01/01/2026", ancho=12, ayuda="En blanco: el periodo.")
    hasta: date | None = campo("Hasta", ejemplo="30/06/2026", ancho=12, ayuda="En blanco: el periodo.")
    hoja: str | None = campo(
        "Hoja", ejemplo="Visitas", ancho=20,
        ayuda="Si no sale de las mediciones: su hoja, con las categorías en la primera columna.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LibroDeCuentas:
    """Todo lo que se captura para los oficios y los informes de cuentas."""

    institucion: Institucion = ficha("Institución", ayuda="Quién escribe y de qué periodo. Vale para todo el libro.")
    oficio: Oficio | None = ficha("Oficio", ayuda="Los datos del oficio. En blanco si sólo hará el informe.")
    destinatarios: tuple[Destinatario, ...] = tabla(
        "Destinatarios",
        admite_otras=True,
        ayuda="A quién va el oficio. Con --cada-renglon se hace uno por renglón; las columnas que agregue se citan "
        "como {destinatario.Columna}.",
    )
    cuerpo: tuple[Bloque, ...] = tabla("Cuerpo", ayuda="Lo que dice el oficio: un renglón, un párrafo o una tabla.")
    firmas: tuple[Firmante, ...] = tabla("Firmas", ayuda="Quién firma, en su orden.")
    copias: tuple[Copia, ...] = tabla("Copias", ayuda="A quién se manda copia del oficio.")
    anexos: tuple[Anexo, ...] = tabla("Anexos", ayuda="Los documentos que lo acompañan.")
    informe: Informe | None = ficha("Informe", ayuda="Los datos del informe. En blanco si sólo hará oficios.")
    cuentas: tuple[Cuenta, ...] = tabla("Cuentas", ayuda="Una cuenta es un nombre en una plataforma.")
    mediciones: tuple[Medicion, ...] = tabla("Mediciones", ayuda="Las cifras de cada cuenta en cada fecha.")
    movimientos: tuple[Movimiento, ...] = tabla("Movimientos", ayuda="Las altas y bajas que ya ocurrieron.")
    graficas: tuple[GraficaPedida, ...] = tabla("Gráficas", ayuda="Las que se ponen en el oficio y en el informe.")
    libres: tuple[Hoja, ...] = hojas_libres()
