const texts =
  '(?:texts?|text messages?|messages?|sms|mms|contact(?! lens)|spam|texting|messaging|reminders|notifications|alerts|communications?)';
const promos =
  '(?:ads|ad|promos?|promotions?|promotional (?:texts|messages|offers|stuff)|offers|marketing|advertisements|solicitations?)';
const me =
  '(?:me|us|this number|my (?:phone|number|cell|phone number|cell phone)|this (?:phone|cell|line|phone number))';
const list =
  '(?:(?:text|texting|sms|marketing|mailing|contact|call|calling|messaging|message|phone|promo|distribution) )*(?:lists?|database|system|contacts|records|rolodex|texts|messages)';
const theirs =
  '(?:your|the|this|this stuff|that|these|those|all|any|all your|all of your|all these|all of these|all future|any future|future|further|so many|dumb|stupid|annoying|damn|fuck)';
const mine =
  '(?:(?:my|this) (?:phone |cell |cell phone |mobile )?(?:number|details|information|info|contact info|contact information|name|contact|phone|cell))';
const number = '(?:phone |cell |cell phone |mobile )?number';
const where =
  '(?: (?:at|on|to|from|in) (?:this|my|your) (?:phone number|cell phone|number|phone|cell|line|end))?(?: (?:by|via|over|through|on) (?:text|text message|sms|message))?';
const when =
  '(?: (?:again|anymore|any more|ever|ever again|any longer|no more|now|right now|already|immediately|asap|at once|at all|at all times|going forward|moving forward|from now on|in the future|for good|and leave me alone|and lose my number|guys|ok|okay|bro|man|dude|lady|lol|haha|people))*';
const fromNowOn = `${where}${when}`;
const stop = '(?:stop|quit|cease|discontinue|halt)';
const contacting =
  '(?:texting|messaging|contacting|bothering|bugging|pestering|annoying|spamming|harassing|soliciting|pinging|calling|hitting up|blowing up)';
const contact = '(?:text|message|contact|bother|sms|bug|spam|solicit|disturb)';
const contacted = '(?:texted|contacted|messaged|bothered|disturbed|solicited|spammed)';
const someTexts = '(?:texts|text messages?|messages|sms)';
const anything = `(?:${someTexts}|${promos}|anything(?: else| more)?|stuff|this stuff|things|this|these|those|them|it)`;
const fromYou =
  '(?: from (?:you(?: guys| all| people)?|yall|this number|your (?:clinic|office|practice|team|company|business|spa)))?';
const no = '(?:dont|do not|never|please not)';
const noWish = `(?:(?:${no}|no longer|didnt|did not)(?: ever| really)? (?:want|wish|need|care|like|agree|consent|ask|sign up)(?: to| for)?|rather not|prefer not(?: to)?|would like not to|not interested in|no interest in|(?:sick|tired|sick and tired) of(?: all)?|fed up with|had enough of|over|done with|enough(?: with| of)?)`;

/** Said before a wish without changing it. */
export const opening =
  '(?:(?:hi|hello|hey|yo|ok|okay|omg|ugh|lol|um|so|and|just|look|listen|seriously|sorry|no|nope|nah|yes|good (?:morning|afternoon|evening)|hola|buenas|buenos dias|buenas (?:tardes|noches)|disculpe|oye|oiga|ya|guys|folks|there|i said|i told you(?: to)?|for the last time|fuck|fucking|damn) )+';

/** The whole message. */
export const whole: readonly string[] = [
  '(?:can you |could you |would you |will you |you can |you need to |you must |i want you to )?stop(?: (?:it|this|that|now|already|right now|immediately|everything|stop|me|guys|asap|nonsense|crap|bs|shit|this (?:nonsense|crap|bs|shit)))*',
  's t o p',
  'stop (?:to|2) (?:end|opt ?out|unsubscribe|quit|cancel)',
  '(?:(?:i|we) )?(?:want|need|wish|would like|id like|d like) (?:this |it |you |you guys |these texts |the texts |these messages |the messages )?to (?:stop|opt ?out|unsubscribe)',
  '(?:i |we )?(?:want|would like|id like) out',
  'opt me out',
  'i (?:opt|am opting|opted|choose to opt) out',
  '(?:remove|delete|take|drop)(?: me)?(?: (?:off|immediately|now|asap))*',
  'no (?:more|mas)(?: of (?:this|these|those))?',
  `no (?:more )?${someTexts}`,
  `${no} (?:${contact}|reply|write)`,
  '(?:do not|dont) (?:contact|disturb)',
  'not interested stop',
  'enough(?: (?:already|is enough|stop))?',
  'spam',
];

/** A clause of its own. */
export const wholeClause: readonly string[] = [
  `(?:go away|get lost|back off|buzz off|piss off|(?:fuck|f|eff) off|(?:fuck|screw) you|shut up|knock it off|cut it out|give it a rest|cease and desist|stop bothering)(?: with (?:${theirs} )?(?:${texts}|${promos}|this))?${when}`,
  '(?:(?:i think )?(?:you|you have|youve|youve got|you got|you must have|this is|its|think you have)(?: the| a)? )?wrong (?:number|person|guy|lady|contact)',
  `${stop} (?:all )?${contacting}${fromNowOn}`,
  `${stop} sending(?: (?:me|us))?(?: ${anything})?${fromNowOn}`,
  `(?:im|i am|ill be|i will be|were|going to be|gonna be) (?:blocking|reporting) (?:you|this|this number)(?: as spam)?`,
];

/** The end of a clause: what follows ("before 9", "instead") would change the meaning. */
export const clauseEnd: readonly string[] = [
  `${stop} (?:all )?(?:emailing (?:and|or) )?${contacting}(?: (?:and|or) ${contacting})* ${me}${fromNowOn}`,
  `${no}(?: ever)? (?:call (?:and|or) )?${contact}(?: (?:and|or) (?:call|${contact}))* ${me}${fromNowOn}`,
  `${stop} (?:sending|giving)(?: (?:me|us))?(?: ${theirs})* ${texts}${fromYou}${fromNowOn}`,
  `${no}(?: ever)? send(?: (?:me|us))?(?: ${theirs})?(?: more| further)? ${someTexts}${fromYou}${fromNowOn}`,
  `${no}(?: ever)? send (?:me|us) (?:anything(?: else| more)?|stuff|${promos})${fromYou}${fromNowOn}`,
  `${no}(?: ever)? send (?:anything|anything else|anything more) to (?:me|this (?:phone|number)|my (?:phone|number))${when}`,
  `${noWish}(?: (?:get|be getting|getting|receive|receiving|have))?(?: ${theirs})*(?: more| anymore| any more)? (?:${someTexts}|${promos}|spam|being ${contacted})${fromYou}${fromNowOn}`,
  `${noWish} (?:be|being) ${contacted}${fromYou}${fromNowOn}`,
  `(?:no longer|dont|do not) consent(?: to (?:(?:receive |receiving |get |getting )?(?:${theirs} )?${someTexts}|being ${contacted}|texting))?`,
  `${no} (?:want|wish) to hear from you(?: guys)?${fromNowOn}`,
  `(?:remove|delete|erase|lose|drop|forget|take off|get rid of) (?:my|this) ${number}`,
  `(?:take|get) (?:me|us|(?:my|this) ${number}) off`,
  `not (?:a )?(?:texting|to text) ${me}${fromNowOn}`,
];

/** Anywhere in the message. */
export const anywhere: readonly string[] = [
  // From something else than the texts ("the auto-ship", "your e-mails") is for the desk.
  `unsubscribe(?: (?:me|us|${mine}))?(?! my )(?! (?:me )?from (?!(?:${theirs} )*(?:you|your|everything|this|it|here|${list}|${texts}|${promos})\\b))(?! (?:me )?from (?:your|the) (?:e ?mails?|newsletters?))`,
  `${stop} ${contacting} (?:me|us)(?= (?:or (?:i|im|ill|else|we|i will)|and|(?:im|i am)(?! (?:driving|at|in|on|with|busy|working))|this|you|i(?! am)|its|ill|because|cause|who) )`,
  `${stop} (?:sending|giving) (?:me |us )?(?:${theirs} )*(?:texts|text messages|messages|sms|spam|these|this stuff|${promos}|anything|any more|anymore)`,
  `${stop} (?:getting|receiving) (?:${theirs} )*(?:texts|text messages|messages|sms|spam|these|${promos})`,
  `(?:${stop}|end|cancel)(?: it)? (?:with )?(?:(?:${theirs}|spam|promo|marketing) )*${texts}(?: (?:now|from|to)\\b|$)`,
  `${stop} (?:with )?(?:${theirs} )*${promos}(?: (?:now|from|to)\\b|$)`,
  `no more (?:texts|text messages|messages|sms|texting|messaging|spam|${promos}|contact(?! lens))(?! came| for a)`,
  `(?:take|get|keep|leave) (?:me|us|${mine}) (?:off|out)(?: of)? (?:${theirs} )*${list}`,
  `(?:remove|delete|drop|erase|scrub|purge) (?:me|us|${mine}) (?:from|off|out of) (?:${theirs} )*${list}`,
  `opt(?:ing)?(?: me)? out (?:of|from) (?:${theirs} )*(?:texts|text messages|messages|sms|texting|messaging|communications?|${promos})`,
  '(?:revoke|revoking|withdraw|withdrawing|rescind|take back) (?:my |all |any )*(?:consent|permission)(?! (?:to|for) (?!texts|text|being texted|contact|be(?:ing)? contacted|receive|receiving|get|getting|sms|messages|any|all))',
  `(?:be|get|being|getting) (?:removed|taken|deleted|dropped|erased)(?: (?:off|from|out of))+ (?:${theirs} )*${list}`,
  `(?:${no}|not|did not|didnt|never) (?:give|gave|have|had)(?: you(?: guys)?)?(?: my| any)? (?:permission|consent) to (?:${contact}|send|call)`,
  `(?:want|need|get) off(?: of)? (?:${theirs} )+(?:text |texting |sms |mailing |contact )?list`,
  'this (?:number|phone)(?: number)? (?:no longer belongs|doesnt belong|does not belong) to',
  'leave (?:me|us) (?:the fuck )?alone',
];

/** "Don't unsubscribe me", "if I unsubscribe", "why did you stop texting me": the wording is there and the wish is not. */
export const notMeant =
  '(?<!\\b(?:dont|do not|didnt|did not|not|never|if|if i|if we|ill|i will|should i|i should|wont|will not|cant|cannot|(?:why|when) (?:did|do|would|have) (?:i|you|they|it)|did (?:i|you|they|it|yall)|i never said)(?: (?:want|mean|wish|need|trying|going|have|want you|want them))?(?: to)? )';

/** What may follow a wish at once and belongs to the reasons. */
export const orElse =
  ' (?:or (?:i|im|ill|i will|else|we|well)|because|cause|since|before i (?:report|call|sue|block)|this is|you(?:re| are)|its|it is|im not|i am not|i(?:ve| have) (?:asked|told)|and (?:remove|delete|take|lose|stop|forget|dont)) ';

const roundabout =
  /\b(?:(?:(?:really )?(?:appreciate|like|love|prefer)(?: it)?|be (?:great|nice|grateful|good)|grateful|mind|rather|ask|request|wish|prefer)(?: it)?(?: if| that)? (?:you(?: guys| all)?|yall) (?:would |could |can |will |please )?)(didnt|did not|dont|do not|not|never|wouldnt|stopped|stop|quit)(?: (?=(?:text|contact|send|message|call|texting|contacting|sending|messaging|bother|bothering|calling)))?/;
const gerunds =
  /\b(?:refrain(?:ing)? from|avoid|would you mind not|(?:appreciate|prefer)(?: you)? not) (?=(?:texting|messaging|contacting|sending|bothering)\b)/;

/** Who wants texts instead of calls does not stop the texts. */
const textsInstead =
  /\b(?:text(?:s|ing)?(?: messages?)? (?:me |us )?(?:instead|only|is|are|works?)|(?:just|only|please|but|can you|rather you|and) text (?:me|us)|(?:by|via) text (?:instead|only|please|is)|prefer (?:a )?text(?:s|ing)?)\b/;
const calls = /\b(?:stop|quit|dont|do not|never) (?:call|calling)(?: (?:me|us))?\b(?! (?:and|or) )/;

/** Whether texts are asked for, in place of calls. */
export const wantsTexts = (words: string): boolean => textsInstead.test(words) && calls.test(words);

/** "I'd appreciate it if you didn't text me" as "don't text me". */
export function asDirectWish(words: string): string {
  const ofTexts = textsInstead.test(words) ? words.replace(calls, '') : words;
  return ofTexts
    .replace(gerunds, 'stop ')
    .replace(roundabout, (_, wish: string) => (/^(?:stop|quit)/.test(wish) ? 'stop ' : 'dont '))
    .replaceAll(
      /\b(?:fuck|fucking|damn|goddamn|freaking|effing) (?=(?:text|messag|contact|send|spam|bother|call))/g,
      '',
    );
}
