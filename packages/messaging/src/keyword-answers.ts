import type { Keyword } from './keywords.ts';

/** What the answer to a keyword needs to know of the clinic. */
export type AnsweringClinic = { name: string; phone: string };

/** The one text that answers a keyword: no marketing, and always the way out (or back). */
export function keywordAnswer(keyword: Keyword, { name, phone }: AnsweringClinic): string {
  switch (keyword) {
    case 'stop':
      return `${name}: you are unsubscribed and will get no more texts from us. Reply START to resume, HELP for help.`;
    case 'help':
      return `${name}: ask us by text about services, times and deposits, or call ${readable(phone)}. Msg & data rates may apply. Reply STOP to stop texts.`;
    case 'start':
      return `${name}: you will get our texts. Reply HELP for help, STOP to stop.`;
  }
}

/** `+14805550123` as `(480) 555-0123`; numbers from elsewhere stay as they are. */
function readable(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}
