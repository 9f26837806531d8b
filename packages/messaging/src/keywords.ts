export type Keyword = 'stop' | 'help' | 'start';

/**
 * Words that are a command when they are the whole message. The first seven of STOP, and HELP, START and UNSTOP, are also
 * the carrier's own; revoke and opt out are the further words of 47 CFR 64.1200(a)(10).
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
  ]),
  ...words('help', ['help', 'info']),
  ...words('start', ['start', 'unstop', 'subscribe']),
]);

/** May stand before or after a command without changing it. */
export const politeness: readonly string[] = [
  'please',
  'pls',
  'plz',
  'kindly',
  'thanks',
  'thank you',
  'thankyou',
  'thx',
  'ty',
  'por favor',
  'gracias',
];

function words(keyword: Keyword, spellings: readonly string[]): [string, Keyword][] {
  return spellings.map((spelling) => [spelling, keyword]);
}
