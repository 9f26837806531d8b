// Without accents, as plain words are. Wishes stand in the subjunctive or the imperative ("no me manden"); the past ("no me
// mandaron el recibo") is a complaint about something else.

const ar = (stem: string) => `${stem}(?:e|es|en|aran?|aras|aramos)`;
const er = (stem: string) => `${stem}(?:a|as|an|ieran?|ieras)`;
const writing = `(?:${er('escrib')}|${ar('texte')}|${ar('contact')}|${ar('mand')}|${ar('envi')}|${ar('molest')}|${ar('mensaje')})`;
const mensajes =
  '(?:mensajes?(?: de texto)?|textos?|sms|promociones|promocion|publicidad|anuncios|notificaciones|recordatorios|ofertas|spam)';
const sus = '(?:mas|sus|tus|los|estos|esos|tantos?|tantas?|tanta|su|tu|la|esta)';
const toMe = '(?:me|nos)';
const fromNowOn =
  '(?: (?:mas|nunca|nunca mas|ya|por favor|otra vez|de nuevo|a este numero|a este telefono|a mi numero|a mi telefono|a mi celular|por texto|por mensaje|por aqui|de (?:ustedes|su parte|su clinica|la clinica)))*';
const remove = `(?:${ar('borr')}|${ar('quit')}|${ar('elimin')}|saqu(?:e|es|en)|sacaran?|borra|quita|elimina|saca|borrar|quitar|eliminar|sacar)`;
const myNumber = '(?:mi|este) (?:numero|telefono|celular|number)(?: de telefono)?';
const lista = '(?:la|su|tu|esta|sus|las) (?:lista|listas|base de datos|sistema|contactos)';

export const whole: readonly string[] = [
  '(?:ya )?(?:no mas|basta|alto|pare|paren|para)(?: (?:ya|no mas|con esto|basta))*',
  `(?:ya )?no mas ${mensajes}`,
  'ya no(?: mas)?',
  `cancelar (?:${sus} )?${mensajes}`,
];

export const wholeClause: readonly string[] = [
  '(?:(?:es |tiene |tienen |tienes |este es )(?:el |un )?)?numero equivocado',
  '(?:se|te) (?:equivoco|equivocaron|equivocaste) de (?:numero|persona)',
  '(?:esta |estan |estas )?(?:equivocad[oa]s?) de (?:numero|persona)',
  `(?:ya )?(?:basta|no mas|alto) (?:con|de|a) (?:${sus} )*${mensajes}`,
  'dejen?me en paz',
];

export const clauseEnd: readonly string[] = [
  `(?:ya )?(?:no|nunca|ni)(?: ${toMe})? (?:vuelv(?:an|a|as) a )?(?:${writing})(?: (?:${sus} )*${mensajes})?${fromNowOn}`,
  `no vuelv(?:an|a|as) a (?:escribir|textear|contactar|molestar|mandar|enviar)(?:me|nos)?(?: (?:${sus} )*${mensajes})?${fromNowOn}`,
  `(?:ya )?no (?:quiero|queremos|deseo|deseamos)(?: (?:recibir|que ${toMe} (?:lleguen|manden|envien)))?(?: ${sus})* ${mensajes}${fromNowOn}`,
  `no (?:quiero|deseo) que ${toMe} (?:${writing})${fromNowOn}`,
  `${remove} ${myNumber}`,
];

export const anywhere: readonly string[] = [
  `no (?:mas|quiero(?: recibir)?(?: mas)?) (?:mensajes|textos)`,
  `(?:dej(?:en?|es|a|aran?)|par(?:en?|a|aran?)|podrian? dejar|pueden? dejar) de (?:escribir|textear|molestar|contactar|mensajear|(?:mandar|enviar)(?:(?:me|nos)(?: (?:${sus} )*(?:${mensajes}|cosas))?| (?:${sus} )*${mensajes}))(?:me|nos)?(?! a mi | a las | antes )`,
  `(?:(?:quit|sac|borr|elimin)[a-z]*me|me (?:(?:pueden?|podrian?|puedes) )?(?:quit|saqu|sac|borr|elimin)[a-z]+) de ${lista}`,
  `${remove} ${myNumber} de ${lista}`,
  '(?:dar(?:me)?|den?me|deme|dan?me|quiero la|solicito la) (?:de )?baja',
  '(?:retiro|revoco|cancelo) mi (?:consentimiento|permiso|autorizacion)',
  'dejen?me en paz',
];

/** "No dejen de escribirme": the wording is there and the wish is not. */
export const notMeant = '(?<!\\b(?:no|nunca|si|por que) )';
