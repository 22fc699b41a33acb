"""Las frases del desarrollo que suenan a compromiso, y las que no: lo que se hace en la sesión no se anota."""

import pytest

from generador.documentos.reunion import Reunion
from generador.documentos.verificaciones.sesion.compromisos import compromisos_en, en_prosa
from tests.expedientes import CADENA, de_ejemplo

COMPROMETEN = (
    "El ingeniero Torres sugirió crear un histórico de las imágenes utilizadas durante el año.",
    "La Presidenta instó a las áreas a revisar los convenios vigentes.",
    "El Presidente instruyó a la Secretaría Técnica enviar el calendario a los enlaces.",
    "La licenciada Ruiz se comprometió a entregar el diagnóstico antes del 30 de abril.",
    "El área de informática quedó de mandar el reporte de incidencias la próxima semana.",
    "Los titulares quedaron de validar sus inventarios en marzo.",
    "Por lo anterior, se solicitará a la Dirección de Administración la baja de los equipos.",
    "Se le notificarán los hallazgos al proveedor del sistema.",
    "Los resultados se presentarán en la próxima sesión.",
    "Se acordó que cada dirección enviará su inventario a más tardar el viernes.",
    "Se acordó enviar un recordatorio a las áreas que faltan.",
    "El Presidente pidió a la Gestora que en la siguiente sesión traiga un comparativo.",
    "La maestra Olmos solicitó que se incluya un glosario en los lineamientos.",
    "La licenciada Vega solicitó a la Unidad de Informática un informe de accesos.",
    "El doctor Prado pidió un informe detallado de los gastos del trimestre.",
    "La Presidenta recomendó ampliar el plazo de la consulta.",
    "El licenciado Soto propuso integrar un grupo de trabajo para revisar los formatos.",
    "La maestra Luna exhortó a los integrantes a cumplir con la entrega de sus inventarios.",
    "El ingeniero Mena ofreció apoyar a las áreas con la digitalización.",
    "Se convino en realizar una reunión de trabajo con los enlaces.",
    "La Secretaría Técnica deberá remitir el acta a la Contraloría.",
    "Las áreas deberán entregar sus fichas de valoración antes de diciembre.",
    "La Dirección Jurídica enviará sus observaciones por correo.",
    "La Coordinación elaborará un manual de uso y lo hará llegar a las áreas.",
    "El licenciado Cano dijo que revisará los contratos e informará en la próxima sesión.",
    "La Presidenta encargó a la Secretaría Técnica la elaboración de un oficio.",
    "El Comité encomendó al área de archivo preparar el plan anual.",
    "Se requirió al proveedor que corrija las fallas del sistema.",
    "La licenciada Ríos asumió el compromiso de actualizar el directorio.",
    "Quedó pendiente la entrega del dictamen por parte de la Dirección Jurídica.",
    "Se hará llegar a los integrantes la versión final del documento.",
    "Se dará seguimiento a la baja documental ante el Archivo General.",
    "Se turnará el asunto al Comité de Transparencia.",
    "Se enviaría a los integrantes la presentación para sus comentarios.",
    "La Presidenta reiteró la necesidad de contar con un estadístico de varios años.",
    "El Director de Administración se comprometió con la entrega de las cajas.",
    "Urgió a las direcciones a concluir la transferencia primaria.",
    "El maestro Gil sugirió que los tableros se incorporen a la sección de datos abiertos.",
    "Los integrantes acordaron reunirse con los enlaces en febrero.",
    "La Secretaria Técnica indicó que se convocará a una reunión de trabajo.",
    "La Lic. Vega pidió al Mtro. Soto que le comparta la base de datos.",
    "Se propuso llevar a cabo una mesa de trabajo con la Unidad de Informática.",
    "Se instruye a la Secretaría Técnica para que publique el acuerdo en la gaceta.",
    "La Presidenta sometió a votación el punto y se comprometió a difundir el resultado.",
    "El Presidente solicitó someter a votación el punto y pidió a la Dirección Jurídica un dictamen.",
    "Asimismo, se acordó que la Dirección de Archivo capacite a los nuevos enlaces.",
    "Los presentes estuvieron de acuerdo en que se mande un oficio a la Contraloría.",
    "Se tomó nota para incluir el tema en la próxima sesión.",
    "El titular de Administración manifestó que gestionará los recursos necesarios.",
    "La Presidenta solicitó el apoyo de todas las áreas para concluir el inventario.",
    "Queda a cargo de la Secretaría Técnica la integración del expediente.",
    "Se giró instrucción a las áreas para que depuren sus archivos.",
    "El licenciado Cano se ofreció a redactar la propuesta.",
    "Habrá de remitirse el expediente al Órgano Interno de Control.",
    "Se les pedirá a los proveedores una nueva cotización.",
    "La Unidad de Transparencia dará respuesta al INAI en los términos comentados.",
    "Se pondrá a disposición de las áreas el formato electrónico.",
    "Los enlaces tendrán que capturar sus registros en el sistema.",
    "Invitó a las áreas a designar a sus enlaces antes del 30 de mayo.",
    "El Presidente conminó a los titulares a atender las observaciones.",
    "Solicitó a las direcciones que remitan sus comentarios por correo electrónico.",
    "Quedaron en reunirse el 3 de mayo para revisar los avances.",
    "Se integrará un grupo de trabajo con los representantes de cada área.",
    "Por su parte, la Contraloría aceptó revisar los formatos.",
    "En 2018 se solicitará la baja de los equipos.",
    "Se comprometió a presentar el informe antes de someter el proyecto a votación.",
    "El Presidente instruyó publicar el acuerdo que se aprobó.",
    "El Presidente solicitó incluir el tema en el orden del día de la próxima sesión.",
    "La Presidenta pidió a la Gestora presentar el informe por escrito.",
    "Se instruyó a la Unidad explicar las diferencias a más tardar el viernes.",
)
NO_COMPROMETEN = (
    "Por instrucciones de la Presidenta, el Secretario Técnico verificó el quórum.",
    "El Presidente solicitó al Secretario Técnico someter a votación el punto.",
    "La Presidenta pidió a la Secretaria Técnica dar lectura al orden del día.",
    "El Presidente cedió la palabra a la licenciada Ruiz.",
    "La licenciada Ruiz solicitó el uso de la palabra.",
    "La maestra Olmos pidió la palabra.",
    "El Presidente instruyó a la Secretaria Técnica continuar con el siguiente punto.",
    "Se sometió a consideración de los integrantes el proyecto de acuerdo.",
    "La Presidenta preguntó a los integrantes si había comentarios.",
    "Se dio por recibido el informe.",
    "No habiendo más asuntos que tratar, se dio por concluida la sesión.",
    "La Gestora dio cuenta de la atención de 904 solicitudes de publicación.",
    "El Presidente solicitó al Secretario Técnico tomar la votación correspondiente.",
    "El Presidente solicitó al Secretario Técnico recabar la votación.",
    "La Presidenta pidió a los integrantes levantar la mano para aprobar el punto.",
    "La Presidenta pidió a los presentes manifestar el sentido de su voto.",
    "El Secretario Técnico solicitó la dispensa de la lectura de los documentos.",
    "Los integrantes acordaron por unanimidad aprobar el orden del día.",
    "Se acordó por unanimidad aprobar el programa anual.",
    "El Comité acordó aprobar los lineamientos por mayoría de votos.",
    "El Presidente pidió a la Secretaria Técnica dar cuenta del siguiente asunto.",
    "La Presidenta instruyó al Secretario Técnico pasar lista de asistencia.",
    "La Presidenta solicitó al Secretario Técnico que informara sobre el quórum.",
    "El Presidente pidió que constara en el acta el sentido de su voto.",
    "La licenciada Vega felicitó al equipo por el trabajo realizado.",
    "El informe será publicado en cumplimiento de la ley.",
    "Las áreas solicitaron 45 publicaciones durante el trimestre.",
    "Se recibieron 12 solicitudes, que se atendieron en tiempo.",
    "La Presidenta agradeció a los integrantes su asistencia.",
    "El acuerdo aprobado entrará en vigor al día siguiente de su publicación.",
    "Explicó que el programa permitirá reducir los tiempos de respuesta.",
    "El área solicitante entregó la documentación en tiempo.",
    "La Presidenta ofreció una disculpa por el retraso.",
    "El ingeniero Torres ofreció un panorama de las mejoras realizadas.",
    "El punto se tratará en asuntos generales.",
    "La Presidenta pidió un minuto de silencio en memoria del maestro Soto.",
    "La Presidenta pidió al maestro Gil presentar el informe.",
    "El Secretario Técnico señaló que la sesión se grabará para la elaboración de la minuta.",
    "El Presidente propuso un receso de quince minutos.",
    "La Presidenta propuso modificar el orden del día para retirar el punto 6.",
    "Los lineamientos establecen que las áreas actualizan su inventario cada año.",
    "Quedó aprobado el calendario de sesiones.",
    "Acto seguido, la Presidenta solicitó a la Secretaria Técnica que diera lectura al siguiente asunto.",
    "El Presidente solicitó a la Secretaria que procediera a la toma de la votación.",
    "El Secretario Técnico preguntó a los integrantes, en votación económica, si se aprobaba el acta.",
    "La Presidenta instruyó registrar la asistencia.",
    "La Presidenta pidió que se circulara la lista de asistencia para su firma.",
    "La maestra Luna solicitó que se le aclarara el alcance del artículo 5.",
    "El licenciado Soto pidió que se precisara si el dato era anual o trimestral.",
    "Recordó que en la sesión anterior se acordó enviar un oficio a la Contraloría.",
    "Explicó que en 2017 se solicitó a las áreas actualizar su inventario.",
    "Señaló que los lineamientos establecen que las áreas deberán entregar su inventario cada año.",
    "Informó que quedaron pendientes 6 puntos, de los cuales 3 ya fueron cumplidos.",
    "Quedó asentado que el licenciado Cano votó en contra.",
    "Quedó de manifiesto el interés de las áreas.",
    "El Presidente propuso como escrutadora a la licenciada Ruiz.",
    "El área de informática propuso una arquitectura que se describe en el anexo.",
    "La Presidenta dio la bienvenida a los presentes y agradeció su asistencia.",
    "El sistema generará una clave única para cada expediente.",
    "El proyecto se conforma de tres etapas y tendrá un costo de 2 millones de pesos.",
    "Con estas medidas se reducirán los tiempos de atención.",
    "La plataforma se utiliza para que los usuarios soliciten información.",
    "El acuerdo surtirá efectos a partir de su aprobación.",
    "La sesión se reanudará a las 13:30 horas.",
    "Al no haber intervenciones, la Presidenta instruyó proceder con el siguiente punto.",
    "La Presidenta solicitó manifestar si había observaciones a la minuta.",
    "Los integrantes del Comité acordaron dispensar la lectura de la minuta.",
    "El Presidente solicitó la aprobación del informe.",
    "La Secretaria Técnica sometió a aprobación el calendario, que se aprobó por unanimidad.",
    "La Gestora presentó el informe y destacó que se atendieron mil solicitudes.",
    "El ingeniero Torres informó que ya se envió el oficio a la Contraloría.",
    "Se acordó por unanimidad.",
    "El calendario prevé que las sesiones se celebrarán en junio y noviembre.",
    "La licenciada Vega requirió permiso para ausentarse de la sala.",
    "El proceso requirió revisar 400 cajas.",
    "Pidió una disculpa por llegar tarde.",
    "El Presidente instó a guardar silencio.",
    "Se solicitó a los asistentes apagar sus teléfonos celulares.",
)


@pytest.mark.parametrize("frase", COMPROMETEN)
def test_suena_a_compromiso(frase: str) -> None:
    assert list(compromisos_en(frase))


@pytest.mark.parametrize("frase", NO_COMPROMETEN)
def test_lo_que_se_hace_o_se_cuenta_en_la_sesion_no_es_un_compromiso(frase: str) -> None:
    assert list(compromisos_en(frase)) == []


@pytest.mark.parametrize(
    ("texto", "dichas"),
    [
        (
            "Se leyó el informe. La Mtra. Luna sugirió crear un histórico; se notificará a las áreas. Se aprobó.",
            ["sugirió crear un histórico", "se notificará a las áreas"],
        ),
        ("Pidió al Lic. Soto que envíe el oficio núm. 7.", ["Pidió al Lic. Soto que envíe el oficio núm. 7"]),
        ("Cedió la palabra.\nQuedó de mandar 2.5 cajas", ["Quedó de mandar 2.5 cajas"]),
        ("Solicitó votar y se comprometió a difundirlo.", ["se comprometió a difundirlo"]),
        ("", []),
    ],
)
def test_se_dice_la_frase_y_nada_mas(texto: str, dichas: list[str]) -> None:
    assert list(compromisos_en(texto)) == dichas


def test_en_los_ejemplos_solo_queda_un_compromiso_sin_anotar() -> None:
    dichos = [(nombre, h.fila) for nombre in CADENA for h in en_prosa(Reunion(de_ejemplo(nombre)))]
    assert dichos == [("minuta", 28)]  # «Se realizarán recomendaciones…»: la semilla no dice quién


def test_un_renglon_se_avisa_una_sola_vez() -> None:
    muchas = "## Desarrollo\n| Punto | Texto |\n|---|---|\n| 6 | Se turnará el oficio. Se remitirá copia. |"
    assert len(list(en_prosa(Reunion(de_ejemplo("minuta-2018-1", muchas))))) == 1


@pytest.mark.parametrize(
    "trozo", ["solicitó la palabra ", "se acordó aprobar ", "ñandú ", "la ley que ", "se dará lectura "]
)
def test_por_mucho_que_se_repita_no_se_vuelve_un_compromiso(trozo: str) -> None:
    assert list(compromisos_en(trozo * (32_767 // len(trozo)))) == []
