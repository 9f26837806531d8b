import type { ReadyMadeBody } from './ready-made-body.ts';

const utility = (kind: string, body: string): ReadyMadeBody => ({ kind, category: 'utility', body });
const marketing = (kind: string, body: string): ReadyMadeBody => ({ kind, category: 'marketing', body });

/** As the English ones, in the Spanish of the United States. */
export const spanish: readonly ReadyMadeBody[] = [
  utility(
    'visit-reminder',
    'Recordatorio de {clinic}: su cita ({visit}) es el {day} a las {time}. La dirección es {address}. Para cambiarla, responda C o llámenos al {phone} en nuestro horario.',
  ),
  utility(
    'booking-confirmed',
    'Su cita en {clinic} está confirmada: {visit}, el {day} a las {time} con {practitioner}. La dirección es {address}. Responda a este mensaje si necesita cambiarla.',
  ),
  utility(
    'deposit-link',
    'Le escribe {clinic}. Le guardamos el {day} a las {time} durante {minutes} minutos. Pague el depósito de {amount} aquí: {link} Su cita queda confirmada en cuanto se pague el depósito.',
  ),
  utility(
    'deposit-delayed',
    'Le escribe {clinic}. El enlace del depósito para su cita del {day} a las {time} tarda más de lo normal. Seguimos guardando su hora y le enviaremos el enlace en cuanto lo tengamos.',
  ),
  utility(
    'deposit-unavailable',
    'Le escribe {clinic}. No pudimos completar la reserva del {day} a las {time}, así que su hora aún no está confirmada. Alguien de nuestro equipo se comunicará con usted.',
  ),
  utility(
    'deposit-expired',
    'Le escribe {clinic}. El depósito para el {day} a las {time} no se pagó a tiempo y no pudimos guardarle esa hora. Responda a este mensaje y buscaremos otra.',
  ),
  utility(
    'deposit-paid-without-slot',
    'Le escribe {clinic}. Su depósito llegó, pero el {day} a las {time} ya no estaba libre. Alguien de nuestro equipo se comunicará con usted para otra hora o la devolución de su dinero.',
  ),
  utility(
    'payment-failed',
    'Le escribe {clinic}. El pago de su cita del {day} a las {time} no se realizó y no se le cobró nada. Puede intentarlo de nuevo con el mismo enlace: {link} Responda a este mensaje si necesita ayuda.',
  ),
  utility(
    'payment-mismatch',
    'Le escribe {clinic}. Recibimos un pago por su cita del {day} a las {time} que nuestro equipo debe revisar. Alguien se comunicará con usted; por favor no vuelva a pagar.',
  ),
  utility(
    'offer-follow-up',
    'Hola, le escribe {clinic}. Nos pidió una cita y aún no ha elegido una hora. Responda con el día o la hora que le convenga y veremos qué está libre.',
  ),
  utility(
    'by-hand',
    'Un mensaje de {clinic} sobre su cita: {text} Puede responder a este mensaje para hablar con nuestro equipo.',
  ),
  marketing(
    'visit-follow-up',
    'Gracias por su visita a {clinic}. {text} Responda STOP para no recibir más estos mensajes, HELP para ayuda.',
  ),
  marketing(
    'by-hand',
    'Noticias de {clinic}: {text} Responda STOP para no recibir más estos mensajes, HELP para ayuda.',
  ),
];
