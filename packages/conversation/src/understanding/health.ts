import { plainWords } from './words.ts';

/** What a text asks of us as far as health goes. The desk gives no medical advice and keeps nothing of it. */
export type HealthConcern = 'emergency' | 'personal-question' | null;

const emergency = [
  /\b(can ?(no|')?t|cannot|can not|cant|hard to|trouble|difficulty|struggling to|unable to|barely) (breathe|breathing|breath|swallow|swallowing)\b/,
  // Eyes, not "I can't see the link".
  /\b(can ?(no|')?t|can not|cant|hard to|unable to|barely) see( (anything|clearly|well|properly|straight))?( (now|right now|at all|help|please|since|after|because|out of|from|with my|in my)\b|$)/,
  /\b(trouble|difficulty|problems?) (with )?(my )?(breathing|swallowing|vision)\b/,
  /\b(short(ness)? of breath|chest pain|chest tightness|anaphyla\w+|passed out|passing out|fainted|unconscious|unresponsive|seizure|stroke|heart attack|overdose\w*|suicid\w+|kill myself|end my life)\b/,
  /\b(lost|losing|loss of|blurr?y|blurred|double|sudden) (my )?(vision|sight|eyesight)\b|\b(vision|sight) (is )?(changed|changes|changing|blurr?y|blurred|going|gone|loss|lost)\b|\b(going|went|gone) blind\b|\bvision change/,
  /\b(severe|extreme|unbearable|excruciating|intense|worst) (\w+ )?(pain|swelling|bleeding|reaction|headache|allergic)\b/,
  /\b(throat|tongue|face|lips?) (is |are )?(closing|swelling (up|shut)|closing up)\b/,
  /\b(skin|lips?|nose|area) (is |are |has |have )?(turned |turning |gone |going )?(white|black|blue|gray|grey|blotchy|mottled)\b/,
  /\b(won ?t|will not|wont|can ?t|cannot) stop bleeding\b|\bbleeding (heavily|a lot|badly)\b|\bcall(ing)? 911\b/,
];

const symptom =
  'swelling|swollen|swell|bruis\\w+|pain|painful|hurt\\w*|sore\\w*|lump\\w*|bumps?|bumpy|rash\\w*|redness|itch\\w*|infect\\w+|burn(ed|ing|t)?|blister\\w*|scab\\w*|scar\\w*|numb\\w*|droop\\w*|bleed\\w*|pus|fever\\w*|headache\\w*|migraine\\w*|nausea|dizz\\w+|allerg\\w+|reaction\\w*|peeling|discolou?r\\w*|hives|tender\\w*|uneven|asymmetr\\w+|inflam\\w+|side effects?';

const condition =
  'pregnan\\w+|breast ?feed\\w*|nursing|diabet\\w+|cancer|chemo\\w*|lupus|hiv|herpes|cold sores?|epilep\\w+|blood thinn\\w+|aspirin|ibuprofen|accutane|isotretinoin|antibiotics?|antidepressants?|steroids?|prednisone|keloids?|eczema|psoriasis|rosacea|autoimmune|myasthenia|hepatitis|asthma|thyroid|blood pressure|heart (condition|disease|problem)|pacemaker|medications?|meds|sti|std|stis|stds';

const own = '(i|i m|im|my|me|mine|i ve|ive)';
const healthWord = new RegExp(`\\b(${symptom}|${condition})\\b`);
const personal = [
  // Own body: "my lip is swollen", "is my swelling normal"; not "I have a question, does it hurt".
  new RegExp(
    `\\b(my|i have|i ve|i had|i got|i m|im|i am|having|getting|still|developed|noticed) ((?!does|do |will|would|how)\\w+ ){0,4}(${symptom})\\b`,
  ),
  // Own condition: "I am pregnant", "I take blood thinners".
  new RegExp(`\\b${own} (\\w+ ){0,5}(${condition})\\b`),
  new RegExp(`\\b(while|if|when|during|since) (\\w+ ){0,3}(${condition})\\b`),
  // Asking for a judgement: "is it normal to bruise", "should I worry about this rash".
  new RegExp(
    `\\b(normal|ok|okay|safe|bad|dangerous|worr\\w+|concern\\w*|serious|expected)\\b(?=.*\\b(${symptom}|${condition})\\b)`,
  ),
  new RegExp(`\\b(${symptom}|${condition})\\b.*\\b(normal|safe|dangerous|worr\\w+|concern\\w*|serious)\\b`),
  /\b(should|can|may|could) i (take|use|apply|stop taking|drink|put) (\w+ ){0,3}(advil|tylenol|ibuprofen|aspirin|arnica|medication\w*|meds|cream|ointment|antibiotic\w*|ice|alcohol|medicine)\b/,
  /\b(diagnos\w+|do i have (a|an) (\w+ )?(infection|reaction)|is (it|this) infected|what dose|dosage|prescri\w+)\b/,
  /\b(is|are|does|do) (this|these|that|it|my \w+) look (ok|okay|normal|infected|right)\b/,
];

/** Looks for whole words, so that "existing", "still" and "investing" are only what they say. */
export function healthConcernOf(body: string): HealthConcern {
  const words = plainWords(body);
  if (emergency.some((pattern) => pattern.test(words))) return 'emergency';
  if (/\binsurance\b/.test(words) && /\b(take|accept|cover)/.test(words)) return null;
  if (bookingOnly(words)) return null;
  return personal.some((pattern) => pattern.test(words)) ? 'personal-question' : null;
}

/** "Does a peel hurt?", "how much downtime": about a service, not about a body. Facts of the clinic may answer it. */
function bookingOnly(words: string): boolean {
  return !healthWord.test(words) && !personal.slice(-3).some((pattern) => pattern.test(words));
}
