export type Keyword = 'stop' | 'help' | 'start';

/**
 * Words that are a command when they are the whole message. Of STOP, the first eight are Telnyx's own, `revoke` and `optout`
 * Twilio's besides, and `revoke` and `opt out` the further words of 47 CFR 64.1200(a)(10). Twilio also takes YES for START;
 * here it is an answer to a question, and resumes texts only when the carrier says that it did.
 */
export const keywords: ReadonlyMap<string, Keyword> = new Map<string, Keyword>([
  ...words('stop', [
    'stop',
    'stopall',
    'stop all',
    'unsubscribe',
    'cancel',
    'end',
    'quit',
    'revoke',
    'opt out',
    'optout',
    'alto',
    'pare',
    'paren',
    'parar',
    'basta',
    'baja',
    'detener',
    'cancelar',
    'no mas',
    'ya no mas',
    'desuscribir',
    'desuscribirme',
  ]),
  ...words('help', ['help', 'info', 'ayuda', 'informacion']),
  ...words('start', [
    'start',
    'unstop',
    'subscribe',
    'resubscribe',
    'opt in',
    'optin',
    'empezar',
    'comenzar',
    'iniciar',
    'reanudar',
    'suscribir',
    'suscribirme',
  ]),
]);

function words(keyword: Keyword, spellings: readonly string[]): [string, Keyword][] {
  return spellings.map((spelling) => [spelling, keyword]);
}
