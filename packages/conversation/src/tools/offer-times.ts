import type { DeskOffer, DeskTime, TimeWish } from '../desk-ports.ts';
import { siteOf, timesWords, type Situation } from '../situation.ts';
import { timesOffered } from '../settings.ts';
import { dateWords, dayWord, timeLabel } from '../time-words.ts';
import type { ToolContext } from './tool.ts';

export type OfferedTimes = { offers: DeskOffer[]; note: string | null };
type Search = Pick<ToolContext, 'tx' | 'ports' | 'turn' | 'situation'>;
type Span = { from?: Temporal.PlainDate; until?: Temporal.PlainDate };

/**
 * Finds times for what the person wants and records them as offered. When nothing fits the wish, the nearest other times
 * come with a note that says so; never an empty silence.
 */
export async function offerTimes(
  search: Search,
  span: Span,
  leaveOut: readonly DeskOffer[] = [],
): Promise<OfferedTimes> {
  const { tx, ports, turn, situation } = search;
  const { lead, now } = situation;
  const { serviceId } = lead;
  if (serviceId === null) return { offers: [], note: null };
  const { found, wider } = await searchWidening(search, { serviceId, span, leaveOut });
  const offers = await ports.recordOffers(tx, {
    orgId: turn.orgId,
    conversationId: turn.conversationId,
    serviceId,
    times: found,
    now,
    causationId: turn.causationId,
  });
  if (offers.length === 0)
    return { offers, note: 'No free time was found in the coming weeks. Say so and offer that the team calls them.' };
  return {
    offers,
    note: wider ? `Nothing is free for ${wishWords(situation, span)}. These are the nearest free times; say so.` : null,
  };
}

/** First what they want, then other hours, then other days. */
async function searchWidening(
  { tx, ports, turn, situation }: Search,
  { serviceId, span, leaveOut }: { serviceId: string; span: Span; leaveOut: readonly DeskOffer[] },
): Promise<{ found: DeskTime[]; wider: boolean }> {
  const { lead, now } = situation;
  const days = lead.preferredDays.length > 0 ? { days: lead.preferredDays } : {};
  const minutes = {
    ...(lead.preferredFromMinute !== null && { fromMinute: lead.preferredFromMinute }),
    ...(lead.preferredUntilMinute !== null && { untilMinute: lead.preferredUntilMinute }),
  };
  const wishes: Omit<TimeWish, 'serviceId' | 'limit'>[] = [
    { ...days, ...minutes, ...span },
    { ...days, ...span },
    { ...days, ...minutes },
    { ...minutes },
    {},
  ];
  const tried = new Set<string>();
  for (const [n, wish] of wishes.entries()) {
    const same = JSON.stringify(wish);
    if (tried.has(same)) continue;
    tried.add(same);
    const free = await ports.freeTimes(tx, {
      orgId: turn.orgId,
      serviceId,
      now,
      limit: timesOffered + leaveOut.length,
      ...wish,
    });
    const found = free
      .filter((time) => !leaveOut.some((offer) => offer.startsAt.equals(time.startsAt)))
      .slice(0, timesOffered);
    if (found.length > 0) return { found, wider: n > 0 };
  }
  return { found: [], wider: true };
}

function wishWords({ lead }: Situation, { from, until }: Span): string {
  const parts = [
    lead.preferredDays.map(dayWord).join(', '),
    timesWords(lead) ?? '',
    from === undefined ? '' : `from ${dateWords(from)}`,
    until === undefined ? '' : `until ${dateWords(until)}`,
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'that' : parts.join(' ');
}

export function offeredJson({ clinic }: Situation, offers: readonly DeskOffer[]) {
  return offers.map((offer) => ({
    time_id: offer.id,
    label: timeLabel(offer.startsAt, siteOf(clinic).timeZone),
    practitioner: offer.practitionerName,
  }));
}
