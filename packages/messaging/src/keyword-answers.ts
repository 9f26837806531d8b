import { addressWords } from '@frontdesk/kernel';
import type { Keyword } from './keywords.ts';
import type { Language } from './language.ts';

/** What a clinic wants said in its own words, by keyword and language. What it leaves out the desk words. */
export type KeywordTexts = Partial<Record<Keyword, Partial<Record<Language, string>>>>;

/** What the answer to a keyword needs to know of the clinic. */
export type AnsweringClinic = { name: string; phone: string; texts: KeywordTexts };

/** The one text that answers a keyword: no marketing, and always the way out (or back). */
export function keywordAnswer(keyword: Keyword, language: Language, clinic: AnsweringClinic): string {
  return clinic.texts[keyword]?.[language] ?? wordings[language][keyword](clinic.name, addressWords(clinic.phone));
}

/** The Spanish ones do without the accents that would make two texts of each. */
const wordings: Record<Language, Record<Keyword, (name: string, phone: string) => string>> = {
  en: {
    stop: (name) =>
      `${name}: you are unsubscribed and will get no more texts from us. Reply START to resume, HELP for help.`,
    help: (name, phone) =>
      `${name}: ask us by text about services, times and deposits, or call ${phone}. Msg & data rates may apply. Reply STOP to stop texts.`,
    start: (name) => `${name}: you will get our texts. Reply HELP for help, STOP to stop.`,
  },
  es: {
    stop: (name) => `${name}: ya no le enviaremos mensajes. Responda START para reanudarlos, HELP para ayuda.`,
    help: (name, phone) =>
      `${name}: pregunte por mensaje sobre servicios, horarios y citas, o llame al ${phone}. Pueden aplicar tarifas de mensajes y datos. Responda STOP para no recibir mensajes.`,
    start: (name) => `${name}: le enviaremos nuestros mensajes. Responda HELP para ayuda, STOP para no recibirlos.`,
  },
};
