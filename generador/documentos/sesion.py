"""El libro de sesión: lo que la Secretaría Técnica captura de una reunión de su órgano.

De él salen la minuta, el seguimiento de acuerdos y el libro de la sesión siguiente. Un hecho se escribe
una vez; sólo se capturan excepciones (asistió y votó a favor por omisión).
"""

import re
from datetime import date, time
from enum import StrEnum

from generador.castellano import EstiloDeHora, EstiloDeMiles, Genero, articulo
from generador.datos import dataclass
from generador.documentos.comun import Anexo, Persona
from generador.esquema import Registro, Texto, campo, ficha, tabla


class ReglaDeQuorum(StrEnum):
    """Cómo se fija cuántos integrantes con voto bastan para sesionar."""

    MAYORIA = "Mayoría de quienes tienen voto"
    NUMERO = "Número fijo"
    PORCENTAJE = "Porcentaje"


class QuienFirma(StrEnum):
    """Quiénes firman la minuta; la presidencia y la secretaría técnica firman siempre."""

    CON_VOTO = "Presentes con voto"
    PRESENTES = "Todos los presentes"
    MESA = "Sólo presidencia y secretaría"
    COLUMNA = "Según la columna «Firma»"


class Integrantes(StrEnum):
    """Cómo se nombra al conjunto de quienes integran el órgano."""

    MASCULINO = "los integrantes"
    DESDOBLADO = "las y los integrantes"
    PERSONAS = "las personas integrantes"


class TipoDeSesion(StrEnum):
    """La clase de sesión."""

    ORDINARIA = "Ordinaria"
    EXTRAORDINARIA = "Extraordinaria"
    ESPECIAL = "Especial"
    SOLEMNE = "Solemne"


class Modalidad(StrEnum):
    """Dónde están quienes asisten."""

    PRESENCIAL = "Presencial"
    A_DISTANCIA = "A distancia"
    MIXTA = "Mixta"


class Calidad(StrEnum):
    """En qué calidad se asiste."""

    PRESIDENCIA = "Presidencia"
    SECRETARIA = "Secretaría técnica"
    INTEGRANTE = "Integrante"
    ASESORIA = "Asesoría"
    INVITACION = "Invitación"


class Asistencia(StrEnum):
    """Si una persona estuvo en la sesión."""

    SI = "Sí"
    A_DISTANCIA = "A distancia"
    NO = "No"
    JUSTIFICO = "Justificó"


class TipoDePunto(StrEnum):
    """De qué trata un punto: decide su resultado habitual."""

    ORDEN_DEL_DIA = "Orden del día"
    APROBACION = "Aprobación"
    INFORME = "Informe"
    SEGUIMIENTO = "Seguimiento"
    GENERALES = "Asuntos generales"
    OTRO = "Otro"


class Resultado(StrEnum):
    """En qué terminó un punto."""

    APROBADO = "Aprobado"
    NO_APROBADO = "No aprobado"
    RECIBIDO = "Recibido"
    POSPUESTO = "Pospuesto"
    RETIRADO = "Retirado"
    SIN_RESULTADO = "Sin resultado"


class Votacion(StrEnum):
    """Cómo se asienta una votación."""

    ECONOMICA = "Económica"
    NOMINAL = "Nominal"


class TipoDeParrafo(StrEnum):
    """Cómo se muestra un renglón del desarrollo."""

    PARRAFO = "Párrafo"
    INTERVENCION = "Intervención"
    VINETA = "Viñeta"
    NUMERADO = "Numerado"
    SUBTITULO = "Subtítulo"
    CITA = "Cita"
    ACUERDO = "Acuerdo"


class Sentido(StrEnum):
    """Cómo se votó; a favor no hace falta escribirlo."""

    A_FAVOR = "A favor"
    EN_CONTRA = "En contra"
    ABSTENCION = "Abstención"
    AUSENTE = "Ausente"
    EXCUSA = "Excusa"


class Clase(StrEnum):
    """Qué fuerza tiene lo que se decidió."""

    ACUERDO = "Acuerdo"
    COMPROMISO = "Compromiso"
    INSTRUCCION = "Instrucción"


class Estatus(StrEnum):
    """Cómo va un acuerdo de sesiones anteriores."""

    PENDIENTE = "Pendiente"
    EN_PROCESO = "En proceso"
    CUMPLIDO = "Cumplido"
    CANCELADO = "Cancelado"

    @property
    def abierto(self) -> bool:
        """Si todavía hay algo que hacer."""
        return self in (Estatus.PENDIENTE, Estatus.EN_PROCESO)


_MINUTA = re.compile(r"\b(minutas?|actas?)\b", re.IGNORECASE)
FORMATO_DE_CLAVE = "{siglas}-{año}-{tipo}{sesión}-{punto}-{clase}{n}"

_DESENLACE_HABITUAL = {
    TipoDePunto.ORDEN_DEL_DIA: Resultado.APROBADO,
    TipoDePunto.APROBACION: Resultado.APROBADO,
    TipoDePunto.INFORME: Resultado.RECIBIDO,
    TipoDePunto.SEGUIMIENTO: Resultado.RECIBIDO,
}


@dataclass(frozen=True, kw_only=True)
class Organo(Registro):
    """El órgano y sus reglas: se llena una vez y sirve para todas las sesiones."""

    institucion: str = campo("Institución", ejemplo="Instituto de Ejemplo", ayuda="Nombre completo.")
    nombre: str = campo("Órgano", ejemplo="Comité de Archivos", ayuda="Nombre completo, sin artículo.")
    genero: Genero = campo(
        "Género del órgano", ejemplo="Masculino", ayuda="Masculino: «del Comité». Femenino: «de la Comisión»."
    )
    corto: str | None = campo(
        "Nombre corto del órgano", ejemplo="Comité",
        ayuda="Como se le llama en el texto: «Comité». En blanco: la primera palabra del nombre.",
    )  # fmt: skip
    siglas: str | None = campo("Siglas", ejemplo="CA", ayuda="Para las claves de los acuerdos y el nombre del archivo.")
    regla_de_quorum: ReglaDeQuorum = campo(
        "Regla de quórum",
        por_omision=ReglaDeQuorum.MAYORIA,
        ayuda="Cuántos integrantes con voto bastan para sesionar.",
    )
    valor_de_quorum: int | None = campo(
        "Valor del quórum", ejemplo="5", minimo=1, maximo=100, porcentaje=True,
        ayuda="Sólo si la regla es un número (5) o un porcentaje (60).",
    )  # fmt: skip
    integrantes_con_voto: int | None = campo(
        "Integrantes con voto", ejemplo="7", minimo=1, maximo=999,
        ayuda="Cuántos debe haber, presentes o no. Si lo escribe, se compara con la lista de asistencia.",
    )  # fmt: skip
    voto_de_calidad: bool = campo("Voto de calidad", por_omision=True, ayuda="Si la presidencia decide los empates.")
    abstencion_rompe: bool = campo(
        "La abstención rompe la unanimidad", por_omision=True,
        ayuda="Sí: con una abstención se aprueba «por mayoría». No: «por unanimidad de los votos emitidos».",
    )  # fmt: skip
    quien_firma: QuienFirma = campo(
        "Quién firma",
        por_omision=QuienFirma.CON_VOTO,
        ayuda="La presidencia y la secretaría técnica firman siempre.",
    )
    generales_en_extraordinaria: bool = campo(
        "Asuntos generales en extraordinarias", por_omision=False,
        ayuda="Si sus reglas admiten «Asuntos generales» y «Seguimiento» en sesiones extraordinarias.",
    )  # fmt: skip
    integrantes: Integrantes = campo(
        "Cómo se nombra a los integrantes",
        por_omision=Integrantes.MASCULINO,
        ayuda="Lo usa {integrantes} en el texto.",
    )
    estilo_de_miles: EstiloDeMiles = campo(
        "Estilo de miles",
        por_omision=EstiloDeMiles.MIXTO,
        ayuda="Cómo se escriben las cifras entre llaves: {1904}.",
    )
    estilo_de_hora: EstiloDeHora = campo(
        "Estilo de hora",
        por_omision=EstiloDeHora.HRS,
        ayuda="Cómo se escriben las horas en todo el documento.",
    )
    formato_de_clave: str = campo(
        "Formato de clave",
        por_omision=FORMATO_DE_CLAVE,
        ayuda="Cómo se arma la clave de cada acuerdo: CA-2017-O02-08-C1. {n} es su consecutivo; {nn}, con dos cifras.",
    )
    leyenda: str | None = campo(
        "Leyenda oficial del año",
        ejemplo="“2017, Año de Ejemplo”",
        ayuda="La que ordene el decreto del año, si la hay.",
    )

    @property
    def en_corto(self) -> str:
        """``"Comité"``: el nombre corto escrito o la primera palabra del nombre."""
        return self.corto or self.nombre.split()[0]

    @property
    def el(self) -> str:
        """``"el Comité de Gestión y Publicación Electrónica"``."""
        return f"{articulo(self.genero)} {self.nombre.rstrip('.')}"

    @property
    def el_corto(self) -> str:
        """``"el Comité"``."""
        return f"{articulo(self.genero)} {self.en_corto}"


@dataclass(frozen=True, kw_only=True)
class Sesion(Registro):
    """Los datos de la sesión."""

    tipo: TipoDeSesion = campo("Tipo de sesión", codigo="V-03", ejemplo="Ordinaria", ayuda="Elija de la lista.")
    numero: int = campo(
        "Número en el año", codigo="V-03", ejemplo="2", minimo=1, maximo=99, ayuda="Con cifra: 2 es la segunda."
    )
    fecha: date = campo("Fecha", codigo="V-03", ejemplo="15/11/2017", ayuda="Día en que empezó, como 15/11/2017.")
    inicio: time = campo("Hora de inicio", codigo="V-03", ejemplo="11:00", ayuda="De 24 horas, como 11:00 o 17:30.")
    termino: time = campo("Hora de término", codigo="V-03", ejemplo="13:00", ayuda="De 24 horas, como 13:00.")
    fecha_de_termino: date | None = campo(
        "Fecha de término",
        ejemplo="16/11/2017",
        ayuda="Sólo si la sesión terminó otro día (pasada la medianoche).",
    )
    lugar: str = campo(
        "Lugar", codigo="V-03", ejemplo="Sala de juntas, primer piso", ayuda="Recinto y, si conviene, domicilio."
    )
    modalidad: Modalidad = campo(
        "Modalidad", por_omision=Modalidad.PRESENCIAL, ayuda="Se menciona sólo si no fue presencial."
    )
    convocatoria: str | None = campo(
        "Convocatoria",
        ejemplo="Oficio IE/CA/010/2017 del 10 de noviembre de 2017",
        ayuda="Oficio y fecha, si se menciona.",
    )
    preside: str | None = campo(
        "Preside", ejemplo="Robles", entre=("Asistencia", "Nombre corto"),
        ayuda="Sólo si presidió alguien distinto de quien tiene la calidad «Presidencia» o su suplente.",
    )  # fmt: skip
    secretaria: str | None = campo(
        "Secretaría técnica", ejemplo="Núñez", entre=("Asistencia", "Nombre corto"),
        ayuda="Sólo si fungió alguien distinto de quien tiene esa calidad o su suplente.",
    )  # fmt: skip
    cierre: Texto | None = campo(
        "Frase de cierre", ejemplo="Agotado el orden del día, la sesión concluyó {sesion.termino}.",
        ayuda="En blanco se escribe sola, con su hora.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Asistente(Persona, Registro):
    """Una persona del órgano, o invitada."""

    titulo: str | None = campo("Título", ejemplo="Lic.", ancho=9, ayuda="Abreviado: Lic., Mtra., Ing., Dr.")
    nombre: str = campo("Nombre", ejemplo="Amalia", ancho=20, ayuda="Sólo el nombre; los apellidos van aparte.")
    apellido1: str = campo("Primer apellido", ejemplo="Robles", ancho=17, ayuda="Con sus partículas: De la Cruz.")
    apellido2: str | None = campo("Segundo apellido", ejemplo="Pineda", ancho=17, ayuda="Si lo tiene.")
    corto: str = campo(
        "Nombre corto", sinonimos=("Corto",), ejemplo="Robles", ancho=18,
        ayuda="Como se le nombra en el texto y en las demás hojas: «Robles», «Jorge Torres». Sin repetir.",
    )  # fmt: skip
    genero: Genero = campo(
        "Género", sinonimos=("Sexo",), ejemplo="Femenino", ancho=12, ayuda="De él salen «la licenciada», «Presidenta»."
    )
    cargo: str = campo(
        "Cargo en lista", sinonimos=("Cargo",), ejemplo="Directora de Archivos y Presidenta del Comité", ancho=44,
        ayuda="Como aparece en la lista de asistencia.",
    )  # fmt: skip
    cargo_en_firma: str | None = campo(
        "Cargo en firma", ejemplo="Presidenta del Comité", ancho=36, ayuda="En blanco: el de la lista."
    )
    calidad: Calidad = campo(
        "Calidad", ejemplo="Presidencia", ancho=18,
        ayuda="Tienen voto la presidencia y los integrantes, salvo lo que diga «Vota».",
    )  # fmt: skip
    asistencia: Asistencia = campo(
        "Asistió",
        sinonimos=(
            "Asistencia",
            "Presente",
        ),
        por_omision=Asistencia.SI,
        ancho=12,
        ayuda="Elija sólo si no fue «Sí».",
    )
    vota: bool | None = campo("Vota", ancho=8, ayuda="En blanco, según su calidad.")
    firma: bool | None = campo("Firma", ancho=8, ayuda="En blanco, según la regla de la hoja «Órgano».")
    suplencia: str | None = campo(
        "En suplencia de", ejemplo="Ibarra", ancho=18, entre=("Asistencia", "Nombre corto"),
        ayuda="A quién suple; esa persona también debe estar en la lista.",
    )  # fmt: skip
    oficio: str | None = campo(
        "Oficio de suplencia", ejemplo="IE/DA/033/2017", ancho=22, ayuda="El que acredita la suplencia."
    )
    desde: str | None = campo(
        "Desde el punto",
        sinonimos=(
            "Llegó en el punto",
            "Se incorporó en el punto",
            "Llegó",
        ),
        ejemplo="3",
        ancho=10,
        entre=("Orden del día", "Punto"),
        ayuda="Si llegó ya empezada la sesión.",
    )
    hasta: str | None = campo(
        "Hasta el punto", sinonimos=("Se retiró en el punto", "Se retiró", "Se fue en"),
        ejemplo="6", ancho=10, entre=("Orden del día", "Punto"),
        ayuda="El último en que estuvo, si se retiró antes.",
    )  # fmt: skip
    orden_en_firma: int | None = campo(
        "Orden en firma", ejemplo="2", ancho=10, minimo=1, maximo=999, ayuda="En blanco: el de la lista."
    )
    nota: str | None = campo(
        "Nota de firma",
        ejemplo="Firma con salvedad en el punto 4",
        ancho=26,
        ayuda="Se imprime bajo su firma.",
    )
    tratamiento: str | None = campo(
        "Tratamiento en el texto",
        ejemplo="maestra",
        ancho=16,
        ayuda="En blanco sale del título: «licenciada».",
    )
    area: str | None = campo(
        "Área", ejemplo="Dirección de Archivos", ancho=32,
        ayuda="La que representa. En blanco, la que dice su cargo: «Representante de la Dirección de Archivos».",
    )  # fmt: skip

    @property
    def el_corto(self) -> str:
        """``"la licenciada Azuara"``; sin título, el nombre corto a secas."""
        return self._con_trato(self.corto)

    @property
    def presente(self) -> bool:
        """Si estuvo en la sesión, en la sala o a distancia."""
        return self.asistencia in (Asistencia.SI, Asistencia.A_DISTANCIA)

    @property
    def con_voto(self) -> bool:
        """Si su lugar tiene voto, esté o no presente."""
        return self.calidad in (Calidad.PRESIDENCIA, Calidad.INTEGRANTE) if self.vota is None else self.vota


@dataclass(frozen=True, kw_only=True)
class Punto(Registro):
    """Un punto del orden del día. Su clave no cambia aunque se renumere lo que se muestra."""

    clave: str = campo(
        "Punto",
        sinonimos=(
            "No.",
            "Núm.",
            "Número",
            "Punto del orden del día",
            "#",
        ),
        ejemplo="4",
        ancho=8,
        ayuda="El número con que se convocó; en los incorporados, cualquiera.",
    )
    titulo: str = campo(
        "Título",
        sinonimos=("Asunto",),
        ejemplo="Presentación del Informe de Archivo",
        ancho=70,
        ayuda="Como va en el orden del día.",
    )
    presenta: str | None = campo("Presenta", ejemplo="Secretaría Técnica", ancho=24, ayuda="Área, va entre corchetes.")
    tipo: TipoDePunto = campo(
        "Tipo",
        ejemplo="Informe",
        ancho=18,
        ayuda="De él sale el resultado habitual: una aprobación se aprueba.",
    )
    resultado: Resultado | None = campo(
        "Resultado", ancho=16,
        ayuda="En blanco, el de su tipo: Aprobado o Recibido. «Retirado»: salió del orden del día.",
    )  # fmt: skip
    votacion: Votacion = campo(
        "Votación",
        por_omision=Votacion.ECONOMICA,
        ancho=12,
        ayuda="Nominal: se asienta el voto de cada quien.",
    )
    incorporado: bool = campo(
        "Incorporado en la sesión", por_omision=False, ancho=14, ayuda="Si no venía en la convocatoria."
    )
    frase: Texto | None = campo(
        "Frase de resultado", ejemplo="Sin comentarios al respecto, se aprobó {votacion}.", ancho=44,
        ayuda="En blanco se escribe sola. {votacion} se vuelve «por unanimidad» o lo que resulte.",
    )  # fmt: skip

    @property
    def desenlace(self) -> Resultado:
        """El resultado escrito o, en blanco, el habitual de su tipo."""
        return self.resultado or _DESENLACE_HABITUAL.get(self.tipo, Resultado.SIN_RESULTADO)

    @property
    def se_agota(self) -> bool:
        """Si lo que en él se acuerda queda cumplido al aprobarse: el orden del día y las minutas."""
        return self.tipo is TipoDePunto.ORDEN_DEL_DIA or self.aprueba_minuta

    @property
    def aprueba_minuta(self) -> bool:
        """Si en él se aprueba la minuta de otra sesión."""
        return self.tipo is TipoDePunto.APROBACION and bool(_MINUTA.search(self.titulo))

    @property
    def se_vota(self) -> bool:
        """Si hubo votación."""
        return self.desenlace in (Resultado.APROBADO, Resultado.NO_APROBADO)


@dataclass(frozen=True, kw_only=True)
class Parrafo(Registro):
    """Un renglón del desarrollo: un párrafo de la minuta."""

    punto: str = campo(
        "Punto",
        sinonimos=(
            "No.",
            "Núm.",
            "Número",
            "Punto del orden del día",
            "#",
        ),
        ejemplo="4",
        ancho=8,
        entre=("Orden del día", "Punto"),
        ayuda="A qué punto pertenece.",
    )
    tipo: TipoDeParrafo = campo("Tipo", por_omision=TipoDeParrafo.PARRAFO, ancho=14, ayuda="Cómo se muestra.")
    quien: str | None = campo(
        "Quién", ejemplo="Robles", ancho=20, entre=("Asistencia", "Nombre corto"),
        ayuda="Quien habla. En el texto, {quien} se vuelve «la licenciada Robles».",
    )  # fmt: skip
    texto: Texto = campo(
        "Texto", ejemplo="{quien} dio cuenta del informe.", ancho=100,
        ayuda="Alt+Enter abre otro párrafo. La negrita y la cursiva llegan a Word. Nombres: {presidencia}, {votacion}…",
    )  # fmt: skip
    compromiso: bool | None = campo(
        "Compromiso", ancho=14,
        ayuda="«No»: aunque suene a compromiso, no lo es, y no se avisa. «Sí»: debe estar en «Acuerdos».",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Voto(Registro):
    """Un voto que no fue a favor."""

    punto: str = campo(
        "Punto",
        sinonimos=(
            "No.",
            "Núm.",
            "Número",
            "Punto del orden del día",
            "#",
        ),
        ejemplo="5",
        ancho=8,
        entre=("Orden del día", "Punto"),
        ayuda="En qué punto.",
    )
    quien: str = campo(
        "Quién", ejemplo="Ibarra", ancho=20, entre=("Asistencia", "Nombre corto"), ayuda="Quien votó así."
    )
    sentido: Sentido = campo("Sentido", ejemplo="En contra", ancho=14, ayuda="Los votos a favor no se capturan.")
    razon: Texto | None = campo(
        "Razón", sinonimos=("Motivo",), ejemplo="Por falta de presupuesto.", ancho=60, ayuda="Si la dio, se asienta."
    )


@dataclass(frozen=True, kw_only=True)
class Acuerdo(Registro):
    """Algo que la sesión decidió, con su responsable."""

    punto: str = campo(
        "Punto",
        sinonimos=(
            "No.",
            "Núm.",
            "Número",
            "Punto del orden del día",
            "#",
        ),
        ejemplo="5",
        ancho=8,
        entre=("Orden del día", "Punto"),
        ayuda="Dónde se tomó.",
    )
    clase: Clase = campo("Clase", por_omision=Clase.ACUERDO, ancho=14, ayuda="Acuerdo, compromiso o instrucción.")
    texto: Texto = campo("Acuerdo", ejemplo="Publicar el inventario de archivos.", ancho=70, ayuda="Qué se decidió.")
    area: str | None = campo(
        "Área responsable", ejemplo="Dirección de Archivos", ancho=32, ayuda="Quién debe cumplirlo."
    )
    persona: str | None = campo(
        "Persona",
        ejemplo="Robles",
        ancho=20,
        entre=("Asistencia", "Nombre corto"),
        ayuda="Si se nombró a alguien.",
    )
    plazo: date | None = campo(
        "Plazo",
        sinonimos=(
            "Fecha compromiso",
            "Fecha límite",
        ),
        ejemplo="31/01/2018",
        ancho=12,
        ayuda="Fecha límite; si no es una fecha, use «Plazo sin fecha».",
    )
    plazo_libre: str | None = campo(
        "Plazo sin fecha",
        ejemplo="inmediato",
        ancho=18,
        ayuda="Si el plazo no es una fecha: «inmediato», «permanente».",
    )
    entregable: str | None = campo("Entregable", ejemplo="Inventario publicado", ancho=32, ayuda="Con qué se cumple.")
    en_seguimiento: bool | None = campo(
        "Se le da seguimiento", ancho=14,
        ayuda="En blanco: sí, salvo que se agote al aprobarse, como el orden del día o una minuta.",
    )  # fmt: skip
    clave: str | None = campo(
        "Clave", ejemplo="CA-2017-O01-03-A1", ancho=22,
        ayuda="En blanco se asigna sola. Escríbala para conservar una que ya se dio a conocer.",
    )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Pendiente(Registro):
    """Un acuerdo de sesiones anteriores y cómo va."""

    clave: str = campo("Clave", ejemplo="CA-2017-O01-03-A1", ancho=22, ayuda="La que se le asignó al nacer.")
    texto: Texto = campo("Acuerdo", ejemplo="Publicar el inventario de archivos.", ancho=60, ayuda="Qué se acordó.")
    area: str | None = campo(
        "Área responsable", ejemplo="Dirección de Archivos", ancho=32, ayuda="Quién debe cumplirlo."
    )
    persona: str | None = campo("Persona", ejemplo="Robles", ancho=20, ayuda="Si se nombró a alguien.")
    plazo: date | None = campo(
        "Plazo", ejemplo="31/01/2018", ancho=12, ayuda="Fecha límite, si se fijó. Si se amplía, la nueva."
    )
    plazo_libre: str | None = campo(
        "Plazo sin fecha", ejemplo="inmediato", ancho=18, ayuda="Si el plazo no es una fecha."
    )
    anterior: Estatus | None = campo(
        "Estatus anterior", ancho=14, ayuda="Cómo estaba en la sesión pasada. En blanco: Pendiente."
    )
    estatus: Estatus | None = campo("Estatus nuevo", ancho=14, ayuda="Cómo queda hoy. En blanco: igual.")
    avance: Texto | None = campo("Avance", ejemplo="Se publicó la primera parte.", ancho=44, ayuda="Qué se informó.")
    evidencia: str | None = campo("Evidencia", ejemplo="Oficio IE/DA/040/2017", ancho=32, ayuda="Con qué se acredita.")

    @property
    def responsable(self) -> str:
        """``"Dirección de Archivos · Robles"``; vacío si no tiene."""
        return responsable(self.area, self.persona)

    @property
    def antes(self) -> Estatus:
        """Cómo estaba."""
        return self.anterior or Estatus.PENDIENTE

    @property
    def hoy(self) -> Estatus:
        """Cómo queda: el estatus nuevo o, en blanco, el anterior."""
        return self.estatus or self.antes


def responsable(area: str | None, persona: str | None) -> str:
    """``"Dirección de Archivos · Lic. Amalia Robles"``; lo que falte, no se nombra."""
    return " · ".join(parte for parte in (area, persona) if parte)


@dataclass(frozen=True, kw_only=True)
class Receso(Registro):
    """Una pausa de la sesión."""

    punto: str = campo(
        "Punto",
        sinonimos=(
            "No.",
            "Núm.",
            "Número",
            "Punto del orden del día",
            "#",
        ),
        ejemplo="4",
        ancho=8,
        entre=("Orden del día", "Punto"),
        ayuda="En qué punto ocurrió.",
    )
    inicio: time = campo("Inicio", ejemplo="12:00", ancho=10, ayuda="Hora en que se declaró.")
    reanudacion: time = campo("Reanudación", ejemplo="12:30", ancho=12, ayuda="Hora en que se reanudó.")
    motivo: str | None = campo("Motivo", ejemplo="para revisar el proyecto", ancho=44, ayuda="Si se asienta: «para…».")


@dataclass(frozen=True, kw_only=True)
class LibroDeSesion:
    """Todo lo que se captura de una sesión."""

    organo: Organo = ficha("Órgano", ayuda="El órgano y sus reglas. Se llena una vez y sirve para todas las sesiones.")
    sesion: Sesion = ficha("Sesión", ayuda="Los datos de esta sesión.")
    asistencia: tuple[Asistente, ...] = tabla(
        "Asistencia",
        minimo=1,
        ayuda="Todas las personas del órgano y las invitadas, en el orden de la lista.",
    )
    orden_del_dia: tuple[Punto, ...] = tabla("Orden del día", minimo=1, ayuda="Los puntos, en su orden.")
    desarrollo: tuple[Parrafo, ...] = tabla("Desarrollo", minimo=1, ayuda="Lo que pasó: un renglón, un párrafo.")
    votos: tuple[Voto, ...] = tabla("Votos", ayuda="Sólo los votos que no fueron a favor.")
    acuerdos: tuple[Acuerdo, ...] = tabla("Acuerdos", ayuda="Lo que se decidió, con su responsable.")
    seguimiento: tuple[Pendiente, ...] = tabla("Seguimiento", ayuda="Los acuerdos de sesiones anteriores y cómo van.")
    recesos: tuple[Receso, ...] = tabla("Recesos", ayuda="Las pausas, si las hubo.")
    anexos: tuple[Anexo, ...] = tabla("Anexos", ayuda="Los documentos que acompañan a la minuta.")
