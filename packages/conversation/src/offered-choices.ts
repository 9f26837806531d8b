import { isId, type Id } from '@frontdesk/kernel';
import type { DeskAppointment, DeskChoice, DeskOffer } from './desk-ports.ts';
import type { ModelAnswer } from './ports.ts';
import { claimsOf, sentencesOf } from './reply/claims.ts';
import { isOn, timesWithDays } from './reply/days.ts';
import type { Situation } from './situation.ts';
import { shortTimeLabel } from './time-words.ts';
import type { Turn } from './turn.ts';

const prefix = 'offer:';

/** Offered times as what the person may tap: the title says the time by itself, the id names the offer. */
export function choicesOf(offers: readonly DeskOffer[], timeZone: string): DeskChoice[] {
  const titles = offers.map(({ startsAt }) => shortTimeLabel(startsAt, timeZone));
  const areUnlike = new Set(titles).size === titles.length;
  return offers.map(({ id, practitionerName }, n) => ({
    id: `${prefix}${id}`,
    title: titles[n] ?? '',
    ...(!areUnlike && { description: `with ${practitionerName}`.slice(0, longestDescription) }),
  }));
}

const longestDescription = 72;

/** The offers that a reply names, for the person to tap; those that it leaves out, or that is theirs already, were not offered. */
export function choicesNamedIn(
  body: string,
  {
    offers,
    appointment,
    timeZone,
    now,
  }: { offers: readonly DeskOffer[]; timeZone: string } & Pick<Situation, 'appointment' | 'now'>,
): DeskChoice[] {
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const named = timesWithDays(sentencesOf(body).map(claimsOf));
  const toTap = offers.filter(({ startsAt }) => {
    if (isTheirs(startsAt, appointment)) return false;
    const local = startsAt.toZonedDateTimeISO(timeZone);
    return named.some(
      ({ minutes, day }) =>
        minutes.includes(local.hour * 60 + local.minute) && (day === null || isOn(day, local.toPlainDate(), today)),
    );
  });
  return choicesOf(toTap, timeZone);
}

function isTheirs(startsAt: Temporal.Instant, appointment: DeskAppointment | null): boolean {
  if (appointment?.state !== 'held' && appointment?.state !== 'confirmed') return false;
  return appointment.startsAt.equals(startsAt);
}

/** The offer that the person tapped last, or named by its place in the list; null when they wrote something since. */
export function chosenOffer({ texts, lastChoices }: Pick<Turn, 'texts' | 'lastChoices'>): Id | null {
  const last = texts.at(-1);
  const [, place = ''] = /^\s*#?(\d{1,2})[.)]?\s*$/.exec(last?.body ?? '') ?? [];
  const chosen = last?.choiceId ?? lastChoices[Number(place) - 1] ?? null;
  if (chosen === null || !chosen.startsWith(prefix)) return null;
  const id = chosen.slice(prefix.length);
  return isId(id) ? id : null;
}

/** What the desk does about a tapped time before any model is asked: it holds it. The model words what came of it. */
export function holdOf(offerId: Id): ModelAnswer {
  return {
    content: [
      { kind: 'tool-call', call: { toolCallId: `tapped-${offerId}`, name: 'hold_time', input: { time_id: offerId } } },
    ],
    stop: 'tools',
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
  };
}
