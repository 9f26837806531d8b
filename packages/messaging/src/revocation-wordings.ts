// Wordings that a reasonable person reads as "no more texts" (47 CFR 64.1200(a)(10)), in plain words: lower case,
// without accents, apostrophes and punctuation. A misread opt-out is undone by START, a missed one is not; so what reads
// as revocation opts out, and what is merely ambiguous ("I want to cancel") goes to the desk.

const texts =
  '(?:texts?|txts?|text messages|messages|msgs?|sms|contact(?! lens)|spam|texting|messaging|reminders|notifications)';
const me = '(?:me|us|this number|my (?:phone|number|cell)|this phone)';
const list =
  '(?:(?:text|texting|sms|marketing|mailing|contact|call|calling|messaging|phone) )?(?:lists?|database|system|contacts|texts|messages)';
const theirs = '(?:your|ur|the|this|these|all|any|all your|all of your|all these|those)';
const here = '(?: (?:at|on|to) (?:this|my) (?:phone number|number|phone|cell))?';
const fromNowOn = `${here}(?: (?:again|anymore|any more|ever|any longer|now|already|immediately|at all|and leave me alone))*`;
const stop = '(?:stop|quit|cease|discontinue)';
const contacting = '(?:texting|messaging|contacting|bothering|spamming|harassing|msging|txting|calling)';
const contact = '(?:text|txt|message|msg|contact|bother|sms)';
const someTexts = '(?:texts|text messages|messages|msgs|sms)';
const fromYou = '(?: from (?:you(?: guys)?|this number|your (?:clinic|office|practice|team|company)))?';

/** The whole message, politeness aside. */
const whole: readonly string[] = [
  '(?:just |ok |okay |hey |no |no thanks |can you |could you |would you |you can |you need to |i said )?stop(?: (?:it|this|that|now|already|right now|immediately|everything|stop))*',
  's t o p',
  'stop (?:to|2) (?:end|opt ?out|unsubscribe|quit|cancel)',
  '(?:(?:i|we) )?(?:want|need|wish|would like|id like|d like) (?:this |it |you |you guys |these texts |the texts |these messages |the messages )?to (?:stop|opt ?out|unsubscribe)',
  '(?:i |we )?(?:want|would like|id like) out',
  'opt me out',
  'i (?:opt|am opting|opted) out',
  '(?:remove|delete|unsub|take|drop) me(?: off)?',
  '(?:unsub|unsuscribe|unsubcribe)',
  'go away',
  'get lost',
  '(?:not interested|no)(?: thanks)?(?: please)? stop',
  `no (?:more )?${someTexts}`,
  `(?:dont|do not|never) ${contact}`,
  '(?:alto|parar|pare|paren|basta|detener|cancelar|no mas|ya no mas|baja)',
];

/** The end of a clause: what follows ("before 9", "instead") would change the meaning. */
const clauseEnd: readonly string[] = [
  `${stop} (?:all )?${contacting}(?: (?:and|or) ${contacting})* ${me}${fromNowOn}`,
  `^${stop} (?:all )?${contacting}${fromNowOn}`,
  `(?:dont|do not|never)(?: ever)? (?:call (?:and|or) )?${contact}(?: (?:and|or) (?:call|${contact}))* ${me}${fromNowOn}`,
  `(?:dont|do not|never)(?: ever)? send(?: (?:me|us))?(?: ${theirs})?(?: more| further)? ${someTexts}${fromYou}${fromNowOn}`,
  `^${stop} sending(?: (?:me|us))?(?: (?:things|stuff|them|it))?${fromNowOn}`,
  `(?:no longer|dont|do not) consent(?: to (?:(?:receive |receiving |get |getting )?(?:${theirs} )?${someTexts}|being (?:texted|contacted)|texting))?`,
  `(?:dont|do not|no longer|never)(?: ever)? (?:want|wish|need|care)(?: to)?(?: (?:get|receive|have))?(?: ${theirs})?(?: more)? ${someTexts}${fromYou}${fromNowOn}`,
  `(?:dont|do not|no longer) (?:want|wish) to be (?:texted|contacted|messaged|bothered)${fromNowOn}`,
  `(?:dont|do not|never) (?:want|wish) to hear from you(?: guys)?${fromNowOn}`,
  `(?:remove|delete|erase|lose|drop|forget|take off) (?:my|this) (?:phone |cell )?number`,
  `take (?:me|us|(?:my|this) (?:phone |cell )?number) off`,
  '^(?:(?:hi|hey|sorry|i think) )*(?:(?:you|you have|youve|youve got|you got|you must have|this is|its)(?: the| a)? )?wrong number',
  'no me (?:escriban?|escribas|textee[ns]?|contacten?|contactes|manden?|mandes|envien?|envies|molesten?|molestes)(?: mas| nunca mas| mas mensajes| mensajes| textos| mas textos)*',
];

/** Anywhere in the message. */
const anywhere: readonly string[] = [
  'unsubscribe',
  `${stop} (?:texting|messaging|contacting|bothering|spamming|harassing|msging|txting) (?:me|us)(?= (?:or|and|im|i am|this|you|i|its|ill|please|because|cause|who) )`,
  `${stop} sending (?:me |us )?(?:${theirs} )?(?:texts|text messages|messages|msgs|sms|spam|these|this stuff|ads|anything|any more|anymore)`,
  `(?:${stop}|end|cancel) (?:with )?(?:${theirs} )?${texts}(?: (?:now|please|from|to)\\b|$)`,
  `no more (?:texts|text messages|messages|msgs|sms|texting|messaging|spam|contact(?! lens))`,
  `(?:take|get|keep) (?:me|us|(?:my|this) (?:phone |cell )?number) (?:off|out)(?: of)? (?:${theirs} )?${list}`,
  `(?:remove|delete|drop|erase) (?:me|us|(?:my|this) (?:phone |cell )?number) from (?:${theirs} )?${list}`,
  `opt(?: me)? out (?:of|from) (?:${theirs} )?(?:texts|text messages|messages|msgs|sms|texting|messaging|communications?)`,
  '(?:revoke|revoking|withdraw|withdrawing|rescind) (?:my |all )*(?:consent|permission)',
  'leave (?:me|us) alone',
  'no (?:mas|quiero(?: recibir)?(?: mas)?) (?:mensajes|textos)',
  '(?:dejen?|dejes|deja|paren?) de (?:escribir(?:me|nos)?|textear(?:me)?|molestar(?:me|nos)?|contactar(?:me|nos)?|(?:mandar|enviar)(?:me|nos)? (?:mensajes|textos))',
  '(?:quitenme|quiteme|saquenme|saqueme|borrenme|borreme|eliminenme|elimineme|quitame|borrame) de (?:la|su|tu|esta) lista',
  '(?:borren|borre|quiten|quite|eliminen|elimine) mi numero',
  '(?:dar(?:me)?|denme|deme) de baja',
];

/** "Don't unsubscribe me", "if I unsubscribe", "I'll stop texting": the wording is there and the wish is not. */
const notMeant =
  '(?<!\\b(?:dont|do not|didnt|did not|not|never|if|if i|if we|ill|i will|should i|i should|wont|will not|cant|cannot)(?: (?:want|mean|wish|need|trying|going|have|want you|want them))?(?: to)? )';

const inMessage = new RegExp(`^(?:${whole.join('|')})$`);
const inClause = new RegExp(`${notMeant}\\b(?:${clauseEnd.join('|')})$`);
const inText = new RegExp(`${notMeant}\\b(?:${anywhere.join('|')})(?![a-z])`);

/**
 * Whether the person takes back their consent to texts in words of their own.
 * @param message the whole message in plain words, politeness removed
 * @param clauses the same message cut at its punctuation, each in plain words, politeness removed
 */
export function readsAsRevocation(message: string, clauses: readonly string[]): boolean {
  return (
    inMessage.test(message) ||
    clauses.some((clause) => inClause.test(clause) || inText.test(clause)) ||
    inText.test(message)
  );
}
