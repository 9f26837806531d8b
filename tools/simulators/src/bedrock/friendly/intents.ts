import { findDates } from './details/dates.ts';
import { findDays } from './details/days.ts';
import { findHours } from './details/hours.ts';
import { plain } from './words.ts';

/** Matters for a person of the clinic, with the reason that goes into the hand-over. */
const handOvers: [HandOverReason, RegExp][] = [
  [
    'emergency',
    /\b(can'?t|cannot|trouble|hard to|difficulty) breath|\bchest pain|\b(can'?t see|losing (my )?(sight|vision)|vision (loss|is|went|change)|going blind|blurry vision)|\bthroat\b.*\b(clos|tight|swell)|\b(passed out|unconscious|fainted|anaphyla|suicid|kill myself)/,
  ],
  [
    'medical question',
    /\b(is|are|was) (it|this|that|my( \w+){1,3}) normal|\bshould i (be )?(worr|concern|take|stop|avoid|see a doctor)|\b(is it|am i|would it be) (safe|ok|okay) (to|for me|if|while|with)\b|\bside effects?\b|\b(pregnant|breast ?feeding|nursing)\b|\bcan i (take|mix|drink)\b|\bmy (\w+ ){0,2}(is|are|looks?|feels?) (so |really |very |still |a bit )*(swollen|infected|bruised|numb|red|hot|lumpy|bleeding)|\bblood thinners?|\b(is|are) my (\w+ )?(swelling|bruising|bruise|redness|rash|pain|lump)/,
  ],
  [
    'complaint',
    /\b(complain|complaint|terrible|awful|horrible|worst|unacceptable|rude|disappointed|unhappy|furious|angry|scam|botched|lawyer|sue you|overcharged|double charged|charged (me )?twice|money back|bullshit|wtf)\b|\bfuck|\b(want|need|get|give me|like|request|demand)\b.{0,15}\brefund\b/,
  ],
  [
    'asks for a person',
    /\b(talk|speak|chat|text) (to|with) (a |an |the |your |any ?)?(\w+ )?(one|body|person|human|manager|doctor|dr|nurse|staff|team|owner|people|receptionist|someone|somebody|anyone)\b|\b(real|actual|live) (person|human|people)\b|\bhuman\b|\brepresentative\b|\bmanager\b|\b(call me|give me a (call|ring)|phone me)\b(?! \w+$)|\b(someone|somebody|anyone) (to )?(please )?(call|phone|text|help)\b|\boperator\b/,
  ],
];

export type HandOverReason =
  | 'emergency'
  | 'medical question'
  | 'complaint'
  | 'asks for a person'
  | 'change of a booked visit'
  | 'writes in Spanish'
  | 'wants the team';

const botQuestion =
  /\b(are you|r u|is this|am i (talking|texting|speaking) (to|with)) (an? )?(real|bot|robot|human|ai|person|automated|machine|computer|chat ?gpt)/;
const spanish =
  /[¿¡]|\b(hola|quiero|quisiera|cita|gracias|cuánto|cuanto cuesta|buenos d[ií]as|buenas tardes|necesito|puedo|habla español|por favor)\b/;

/** Why the text is for a person, if it is. */
export function findHandOver(said: string): HandOverReason | undefined {
  const text = plain(said);
  if (botQuestion.test(text)) return undefined;
  if ((text.match(new RegExp(spanish, 'g')) ?? []).length >= 2) return 'writes in Spanish';
  return handOvers.find(([, pattern]) => pattern.test(text))?.[0];
}

const visitWords = String.raw`(appointment|appt|visit|booking|reservation|it|that|time|day)`;
const patterns = {
  greets: /^(hi|hiya|hello|hey|heya|howdy|good (morning|afternoon|evening|day)|yo|greetings)\b/,
  asksIfBot: botQuestion,
  smallTalk: /\bhow (are|r) (you|u|things)\b|\bhow'?s (it going|your day)\b|\bhave a (good|nice|great)\b/,
  thanks: /\b(thanks?|thank you|thx|ty|tysm|appreciate)\b/,
  assents:
    /^(y|ya|yea|yeah|yes|yep|yup|sure|ok|okay|k|perfect|great|sounds (good|great|perfect)|that works|works|works for me|absolutely|definitely|of course|please( do)?|go ahead|let'?s do it|alright|cool|awesome|fine|👍|👌|✅)\b|^(👍|👌|✅)/u,
  declines:
    /^(no|nope|nah|not now|no thanks?|no thank you)\b(?! (problem|worries|prob|rush))|\b(never ?mind|forget it|not interested|changed my mind|maybe (another|some other) time|not (right )?now|not today|not ready)\b/,
  changesVisit: new RegExp(
    String.raw`\b(cancel|reschedule|re-schedule|move|change|push|postpone|switch)\b.{0,25}\b${visitWords}\b|\b(cancel|reschedule)\b|\b(can'?t|won'?t) (make it|come)\b|\brunning late\b`,
  ),
  asksAboutVisit:
    /\bwhen('?s| is| was) (my|the) (appointment|appt|visit|booking)|\bwhat (time|day) (is|was) (my|it|the (appointment|visit))|\bam i (booked|confirmed|all set|good|set)\b|\b(is|was) (it|my \w+|that) (booked|confirmed)\b|\bdid (you|my|the|it) (\w+ )?(get|go|come|payment|deposit|went)\b/,
  moreTimes:
    /\b(other|more|different|another|additional) (\w+ )?(times?|days?|dates?|options?|slots?|openings?|choices?|one)\b|\b(any|some)(thing|where)? (else|later|earlier|sooner|different)\b|\bnone (of|work)|\b(those|these|they|that|neither|it) (\w+ )?(don'?t|doesn'?t|do not|won'?t|wont|dont) work|\bcan'?t (do|make) (any|those|these|that|them)\b|\b(later|earlier|sooner)( (in|that|on|than|please|if).*|\?|)$|\bwhat else\b|\bnot (those|these|that|them)\b/,
  wantsTimes:
    /\b(availab\w*|openings?|slots?|free times?|what times?|any times?|when can (i|you)|when could i|when are you free|fit me in|squeeze me in|soonest|earliest|first available|next available|asap)\b|\b(any|anything|something) (\w+ )?open\b|\bcan i (please )?(come|book|get|schedule|make|set|do)\b/,
  wantsVisit:
    /\b(book|booking|schedule|appointment|appt|reserve|set up|come in|get in|interested in|looking (for|to)|want(ed)? (to|a|an|some)|wanna|i'?d (like|love)|i need (a|an|some|to)|sign me up)\b/,
  vagueQuestion:
    /^(hi|hello|hey)?[,! ]*(i have (a|some)|i'?ve got a|just a|quick|a few|ok i have a|okay i have a|got a)?\s*(quick )?questions?\W*$|\b(ask|have) (you )?(a|some) (quick )?questions?\W*$/,
  vagueHelp: /^(help|info|information|more info|details|can you help( me)?|i need (some )?help)\W*$/,
  paysOtherwise:
    /\b(cash|in person|when i (arrive|come|get there)|at the (clinic|office|desk|appointment)|pay (there|later)|venmo|zelle)\b/,
  deposit: /\b(deposit|link|pay|paid|payment)\b/,
  askedLink: /\b(re-?send|send|didn'?t get|don'?t (have|see)|where'?s|where is|lost)\b.{0,20}\blink\b/,
  hours:
    /\b(are|r) (you|u|y'?all|you guys) open\b|\bwhat time do (you|u|y'?all) (open|close)\b|\b(your|business|opening|office|the|what) hours\b|\bwhen do you (open|close)\b|\bhours\?|\bopen (on |this )?(sun|sat|mon|tues|wednes|thurs|fri)/,
  address:
    /\b(where (are|r) (you|u|y'?all|you guys)|where is (the |your )?(clinic|office|place|spa|it)|your (address|location)|what('?s| is) the address|located|directions|how do i get (there|to you))\b/,
  services:
    /\b(what (kind of |other |types of )?(services|treatments)|which (services|treatments)|what do you (do|offer)|services do you|your (services|menu)|list of (services|treatments))\b/,
  price: /\b(how much|price|prices|pricing|cost|costs|rate|rates|charge|fee|expensive|\$)/,
} satisfies Record<string, RegExp>;

export type Intents = Record<keyof typeof patterns, boolean>;

export function readIntents(said: string): Intents {
  const text = plain(said);
  const entries = Object.entries(patterns).map(([name, pattern]) => [name, pattern.test(text)]);
  // The keys are those of the table above.
  return Object.fromEntries(entries) as Intents;
}

const asking =
  /^(and |also |but |so |ok |okay |hi |hey |hello |,|oh )*(what|what'?s|when|where|where'?s|who|who'?s|whose|how|how'?s|why|which|do|does|did|is|are|can|could|will|would|should|may|has|have you)\b|\?$|\b(how much|price|prices|cost|pricing)\b/;

/** The sentences that ask something of the clinic's facts rather than for a time or about the desk. */
export function findQuestion(said: string): string | undefined {
  const sentences = said.match(/[^.!?\n]+[.!?\n]*/g) ?? [];
  const questions = sentences.map((sentence) => sentence.trim()).filter(asksFacts);
  return questions.length === 0 ? undefined : questions.join(' ').slice(0, 300);
}

function asksFacts(sentence: string): boolean {
  const text = plain(sentence);
  const {
    hours,
    address,
    services,
    wantsTimes,
    moreTimes,
    smallTalk,
    asksIfBot,
    asksAboutVisit,
    vagueQuestion,
    vagueHelp,
    askedLink,
    changesVisit,
    price,
  } = readIntents(sentence);
  if (!asking.test(text) || hours || address || services) return false;
  if (price || /\bwhat if\b|\bwhat happens\b|\bpolic(y|ies)\b/.test(text)) return true;
  if (
    wantsTimes ||
    moreTimes ||
    smallTalk ||
    asksIfBot ||
    asksAboutVisit ||
    vagueQuestion ||
    vagueHelp ||
    askedLink ||
    changesVisit
  )
    return false;
  return (
    !isAboutTimes(text) &&
    !/\b(can|could|would) (you|u) (please )?(do|fix|help|book|get|put|schedule|fit|see)\b/.test(text)
  );
}

/** "How about Thursday?", "Do you have anything tomorrow?", "Is 2:30 still open?" */
function isAboutTimes(text: string): boolean {
  const names = findDays(text).length > 0 || findHours(text) !== undefined || findDates(text, anyFriday) !== undefined;
  return (
    names &&
    /\b(any|anything|stop by|drop (in|by)|swing by|come|can|could|do you have|got|is there|is|are|what about|how about|works?|does|would|will)\b/.test(
      text,
    )
  );
}

const anyFriday = Temporal.PlainDate.from('2026-11-20');
