import { clausesOf, plainWords } from '../understanding/words.ts';

/**
 * What a text says to the question "shall we go on with the deposit (or the booking)?".
 * `unrelated` says nothing to it. Only a plain `yes` may lead to a link; every doubt is `unclear` and asked again.
 */
export type Consent = 'yes' | 'no' | 'unclear' | 'unrelated';

const no =
  /^(no|nope|nah|negative|never ?mind|cancel)\b|\b(no|without( a)?|skip( the)?) (deposit|payment|prepayment)|\b(do not|don ?t|dont|wo ?n ?t|wont|will not|would not|wouldn ?t|rather not|not going to|not gonna|refuse to|can ?not|can ?t|cant) (\w+ ){0,3}(want|wanna|pay|paying|do|put|leave|book|agree|like|need|afford|deposit|proceed|send)\b|\b(not (paying|now|interested|today|ready|comfortable|doing|right now)|no thanks?|no thank you|changed my mind|forget it|pass on)\b/;

const elsewhere =
  /\b(cash|in person|at the (clinic|office|desk|appointment|visit|counter)|when i (arrive|come|get|am)|on arrival|there|after (the )?(visit|appointment)|later|next week|tomorrow|tonight|another time|different (time|day)|instead)\b/;

const doubt =
  /\b(maybe|not sure|unsure|perhaps|depends|think about|let me think|thinking|wait|hold on|hmm+|but|however|although|unless|if|only|first|before i|except|might|guess|probably|possibly|have to (check|ask)|let me (check|ask|see)|idk|i don ?t know|not certain|considering)\b/;

const question = /\?|^(what|why|how|when|where|who|which|is|are|do|does|can|could|will|would|should|may|am)\b/;
const money = /\b(deposit|pay|paid|payment|refund\w*|charge[ds]?|fee|card|cost|price|money|dollars?|link)\b|\$/;

const assent =
  /^(y|ya|yea+h*|yeah+|yes+|yep+|yup+|yess+|sure( thing)?|ok(ay)?|okey|k+|alright|absolutely|definitely|certainly|of course|perfect|great|sounds (good|great|perfect)|that works|works for me|that ?s fine|that is fine|fine|fine with me|go ahead|let ?s (do (it|this|that)|go|book( it)?)|do it|please do|proceed|book (it|me)( in)?|i agree|agreed|agree|i do|correct|yes please|si|sí|claro|dale|por favor|you bet|for sure|totally|i ?m in|count me in|deal|done|send (it|me the link|the link|link)( over| please)?|ready|let ?s proceed|confirm(ed)?|that would be (great|good|perfect|fine|awesome|lovely)|i would (like|love) that|i ?d (like|love) that|i ?m ok(ay)? with that|go for it|link|👍|👌|✅)(?![\p{L}\p{N}])/u;

/** "ok is that the deposit", "yes can I pay there": people text questions without a mark. */
const turnsToQuestion =
  /^(\w+ ){1,3}(what|why|how|when|where|who|which|((is|are|does|should|may|could|can|will|would|do|am) (i|it|that|this|the|we|you|u|there|my|your))(?<!do (it|that|this)))\b/;

const assentAnywhere =
  /\b((i ?ll|i will|i can|i ?d like to|i want to|happy to|i am happy to|i ?m happy to|ready to|want to|like to|let me|glad to|willing to|ok to|okay to|fine to) (\w+ ){0,2}(pay|do|put|leave|make|secure|proceed|go ahead|book)|send (me )?(the|that|a|your|over the) (\w+ )?link|hold my (spot|time)|secure my spot|go ahead|let ?s do (it|this|that)|please book|book me( in)?|book it)\b/;

/** A yes may hold these words alone. Whatever else it says ("ok I have a question") makes it a doubt. */
const agreeing = new Set(
  (
    'y ya yea yeah yes yess yep yup sure thing ok okay okey k kk alright absolutely definitely certainly of course perfect great ' +
    'good sounds works work fine with me go ahead let s lets do it this that the a an to and then please thanks thank you so ' +
    'very much proceed book me in i ll will d m am agree agreed correct si sí claro dale por favor bet for sure totally ' +
    'count deal done send link over ready confirm confirmed pay paying put leave deposit make secure spot my hold time ' +
    'slot payment now right away happy glad willing want like can would is be just all all set yay awesome cool amazing ' +
    'love lovely sweet wonderful excellent super exactly we us your payment $ one visit appointment pls plz thx ty tysm sir maam ma 👍 👌 ✅ 🙌 💯 🎉 😊 🙏'
  ).split(' '),
);

const fillers =
  /^(no (problem|worries|prob)|not a problem|thanks?|thank you|thx|please|well|oh|um+|awesome|cool|hi|hello|hey|good|lol|haha|wow|sorry)\b[ ,]*/;

const emojiYes = /^[\s]*(👍|👌|✅|🙌|💯)[\p{Emoji_Modifier}\s👍👌✅🙌💯!]*$/u;
const emojiNo = /^[\s]*(👎|❌|🙅)/u;

export function readConsent(body: string): Consent {
  if (emojiYes.test(body)) return 'yes';
  if (emojiNo.test(body)) return 'no';
  const readings = clausesOf(body).map(readClause);
  if (readings.length === 0) return 'unrelated';
  if (readings.includes('unclear')) return 'unclear';
  const [yes, refused] = [readings.includes('yes'), readings.includes('no')];
  if (yes && refused) return 'unclear';
  if (yes) return 'yes';
  return refused ? 'no' : 'unrelated';
}

/** The reading of several texts that came after one question: they must agree. */
export function readConsentOf(bodies: readonly string[]): Consent {
  const readings = new Set(bodies.map(readConsent));
  readings.delete('unrelated');
  if (readings.size === 0) return 'unrelated';
  const [only] = readings;
  return readings.size === 1 && only !== undefined ? only : 'unclear';
}

function readClause(clause: string): Consent {
  const words = withoutFillers(plainWords(clause));
  if (words === '') return 'unrelated';
  if (no.test(words)) return 'no';
  if (clause.endsWith('?') || (question.test(words) && !assent.test(words))) {
    return money.test(words) || assent.test(words) || elsewhere.test(words) ? 'unclear' : 'unrelated';
  }
  const agrees = assent.test(words) || assentAnywhere.test(words);
  if (doubt.test(words)) return agrees || money.test(words) ? 'unclear' : aloneDoubt(words);
  if (agrees && turnsToQuestion.test(words)) return 'unclear';
  if (agrees) return words.split(' ').every((word) => agreeing.has(word)) ? 'yes' : 'unclear';
  return elsewhere.test(words) && money.test(words) ? 'unclear' : 'unrelated';
}

function aloneDoubt(words: string): Consent {
  return /^(maybe|perhaps|not sure|unsure|i ?m not sure|hmm+|idk|it depends|depends|let me (think|check|see|ask)|wait|hold on|probably|i guess)\b/.test(
    words,
  )
    ? 'unclear'
    : 'unrelated';
}

function withoutFillers(words: string): string {
  let rest = words;
  for (let n = 0; n < 4 && fillers.test(rest); n++) rest = rest.replace(fillers, '');
  return rest;
}
