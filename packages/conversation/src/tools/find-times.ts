import { detailQuestions, standingOffers, stillToLearn } from '../situation.ts';
import { plainWords } from '../understanding/words.ts';
import { offeredJson, offerTimes } from './offer-times.ts';
import { refuse, type ToolAnswer, type ToolContext } from './tool.ts';

const asksForOthers =
  /\b(more|other|others|another|different|else|none of (these|those|them)|anything else|something else|(any|some|any ?thing|some ?thing|bit|little|much|even|times?|slots?|openings?|or) (later|earlier|sooner)|(later|earlier|sooner) (times?|slots?|ones?|in|on|than|options?|openings?)|ca ?n ?t (make|do) (any|those|these|that|it))\b/;

export async function findTimes(
  context: ToolContext,
  { from_date: fromDate, until_date: untilDate }: { from_date?: string | undefined; until_date?: string | undefined },
): Promise<ToolAnswer> {
  const { situation, turn } = context;
  const missing = stillToLearn(situation.lead);
  const [next] = missing;
  if (next !== undefined) {
    return refuse(
      `First learn ${missing.join(', ')} (save_details with what they told). Then ask: ${detailQuestions[next]}`,
    );
  }
  const span = readSpan(fromDate, untilDate);
  if (span === 'no date') return refuse('Dates are YYYY-MM-DD, and from_date is not after until_date.');
  const others = turn.texts.some(({ body }) => asksForOthers.test(plainWords(body)));
  const { offers, note } = await offerTimes(context, span, others ? standingOffers(situation) : []);
  return {
    result: { times: offeredJson(situation, offers), ...(note !== null && { note }) },
    situation: { ...situation, offers },
  };
}

function readSpan(from: string | undefined, until: string | undefined) {
  try {
    const span = {
      ...(from !== undefined && { from: Temporal.PlainDate.from(from) }),
      ...(until !== undefined && { until: Temporal.PlainDate.from(until) }),
    };
    const { from: first, until: last } = span;
    const backwards = first !== undefined && last !== undefined && Temporal.PlainDate.compare(first, last) > 0;
    return backwards ? 'no date' : span;
  } catch {
    return 'no date';
  }
}
