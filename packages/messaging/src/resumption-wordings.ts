// Wordings that ask for the texts again, in plain words. They undo an opt-out, so nothing but the wish itself may be said.

const texts = '(?:texts|text messages|messages|sms|texting|messaging|notifications|reminders)';
const your = '(?:the|your|my|these|this)';
const again = '(?: (?:again|back|now))?';
const filler = '(?:(?:hi|hello|hey|ok|okay|yes|actually|sorry|hola|si) )*';

const wholeMessage: readonly string[] = [
  `(?:you can |you may |can you |could you )?(?:start|resume|restart|begin|continue) (?:(?:texting|messaging)(?: me)?|sending(?: me)?(?: ${your})? ${texts}|(?:${your} )?${texts})${again}`,
  `(?:you can |you may |can you |could you )text me again`,
  'resume',
  `(?:opt|sign) me back (?:in|up)(?: (?:for|to) (?:${your} )?${texts})?`,
  `(?:opt|sign) me (?:in|up) (?:for|to) (?:${your} )?${texts}${again}`,
  `(?:re ?)?subscribe me(?: (?:to|for) (?:${your} )?${texts})?${again}`,
  `(?:i )?(?:want to|would like to|id like to) (?:opt|sign) (?:back )?(?:in|up)(?: (?:for|to) (?:${your} )?${texts})?`,
  `(?:i )?(?:want|would like|id like)(?: to)?(?: (?:get|receive|have))? (?:${your} )?${texts} again`,
  `put me back on (?:${your} )?(?:text(?:ing)? |sms )?list`,
  `(?:pueden?|puedes) (?:volver a )?(?:escribirme|mandarme mensajes|enviarme mensajes)(?: (?:de nuevo|otra vez))?`,
  'vuelv(?:an|a|e|as) a (?:escribirme|textearme|(?:mandarme|enviarme) (?:mensajes|textos))',
  'quiero (?:volver a )?recibir (?:(?:sus|los|tus) )?(?:mensajes|textos)(?: (?:de nuevo|otra vez))?',
  '(?:suscribeme|suscribanme|suscribame|denme de alta|deme de alta|reanud(?:en|e|a)(?: (?:los|sus) (?:mensajes|textos))?)',
];

const inMessage = new RegExp(`^${filler}(?:${wholeMessage.join('|')})$`);

/** Whether the person asks for texts again in words of their own. */
export function readsAsResumption(message: string): boolean {
  return inMessage.test(message);
}
