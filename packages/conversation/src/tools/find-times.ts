import { detailQuestions, siteOf, standingOffers, stillToLearn } from '../situation.ts';
import { plainWords } from '../understanding/words.ts';
import { offeredJson, offerTimes } from './offer-times.ts';
import { refuse, type ToolAnswer, type ToolContext } from './tool.ts';

const asksForOthers =
  /\b(more|other|others|another|different|else|later|earlier|sooner|none of (these|those|them)|anything else|something else|ca ?n ?t (make|do) (any|those|these|that|it))\b/;

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
  const span = readSpan(fromDate, untilDate, siteOf(situation.clinic).timeZone);
  if (span === 'no date') return refuse('Dates are YYYY-MM-DD, and from_date is not after until_date.');
  const others = turn.texts.some(({ body }) => asksForOthers.test(plainWords(body)));
  const { offers, note } = await offerTimes(context, span, others ? standingOffers(situation) : []);
  return {
    result: { times: offeredJson(situation, offers), ...(note !== null && { note }) },
    situation: { ...situation, offers },
  };
}

function readSpan(from: string | undefined, until: string | undefined, timeZone: string) {
  try {
    const start = from === undefined ? null : Temporal.PlainDate.from(from);
    const end = until === undefined ? null : Temporal.PlainDate.from(until);
    if (start !== null && end !== null && Temporal.PlainDate.compare(start, end) > 0) return 'no date';
    return {
      ...(start !== null && { from: start.toZonedDateTime(timeZone).toInstant() }),
      ...(end !== null && { until: end.add({ days: 1 }).toZonedDateTime(timeZone).toInstant() }),
    };
  } catch {
    return 'no date';
  }
}
