import { classifyKeyword } from './classify-keyword.ts';
import { plainWords } from './plain-words.ts';

/** Words of somebody who may have had enough of texts, or of something else. */
const ofEnough = new RegExp(
  [
    '(?:stop|stops|stopped|cancel|cancell?ed|cancell?ing|end|quit|quitting|unsubscribe|opt|revoke|remove|delete)',
    'leave me|not interested|no longer|no more|do not (?:want|need)|dont (?:want|need)|too many|so many|enough',
    'annoying|spam|harass\\w*|bother\\w*|block\\w*',
    '(?:basta|cancel(?:ar|en|a|o)|det(?:ener|engan)|borr(?:ar|en|enme|ame)|quit(?:ar|en|enme|ame)|molest\\w*|dejen?|no quiero|no me interesa|ya no|demasiad[oa]s?)',
  ]
    .map((words) => `\\b(?:${words})\\b`)
    .join('|'),
);

/**
 * Whether a text that is no clear wish to stop may yet have been meant as one. It goes to the desk, which can ask; marketing waits
 * for a new consent meanwhile. So it errs on the side of holding: "cancel my appointment" holds marketing, too.
 */
export function mayBeRevocation(body: string): boolean {
  return classifyKeyword(body) === null && ofEnough.test(plainWords(body));
}
