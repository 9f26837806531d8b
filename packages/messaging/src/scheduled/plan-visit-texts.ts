import type { PlannedText, VisitToPlan } from './scheduled-text.ts';

export type VisitTextRules = {
  /** How long before a visit its reminders leave, in minutes. */
  reminderMinutes: readonly number[];
  /** How long after the end of a visit the clinic's own words leave, in minutes. Null: none. */
  followUpMinutes: number | null;
};

/** Somebody on their way needs no text any more. */
const tooShortBefore = Temporal.Duration.from({ minutes: 10 });
/** What an outage held up for longer than this is stale. */
const followUpKeepsFor = Temporal.Duration.from({ hours: 24 });

/**
 * All texts that are due around a confirmed visit. The same visit has the same plan whenever it is asked for, so that
 * events of it may come in any order and any number of times.
 */
export function planVisitTexts(visit: VisitToPlan, rules: VisitTextRules): PlannedText[] {
  return [...planReminders(visit, rules.reminderMinutes), ...planFollowUp(visit, rules.followUpMinutes)];
}

/**
 * A reminder that would come within a quarter of its own distance after the person was told of the time says nothing new
 * and is left out: booked 25 hours ahead, a visit has no reminder at 24 hours. Each gives way to the next one, so that
 * one that is held up, by the night or by an outage, never leaves beside a later one.
 */
export function planReminders(
  { appointmentId, startsAt, toldAt }: VisitToPlan,
  reminderMinutes: readonly number[],
): PlannedText[] {
  const known = toldAt.until(startsAt).total('minutes');
  const worthwhile = [...new Set(reminderMinutes)].filter((minutes) => minutes * 1.25 <= known).toSorted(descending);
  return worthwhile.map((minutes, n) => {
    const next = worthwhile[n + 1];
    return {
      kind: 'visit-reminder',
      dueAt: before(startsAt, minutes),
      expiresAt: next === undefined ? lastMoment(startsAt, minutes) : before(startsAt, next),
      causeKey: `reminder:${appointmentId}:${startsAt.toString()}:${minutes}`,
    };
  });
}

function planFollowUp({ appointmentId, startsAt, endsAt }: VisitToPlan, minutes: number | null): PlannedText[] {
  if (minutes === null) return [];
  const dueAt = endsAt.add({ minutes });
  const causeKey = `after-visit:${appointmentId}:${startsAt.toString()}`;
  return [{ kind: 'visit-follow-up', dueAt, expiresAt: dueAt.add(followUpKeepsFor), causeKey }];
}

const descending = (a: number, b: number) => b - a;

const before = (startsAt: Temporal.Instant, minutes: number) =>
  startsAt.subtract({ seconds: Math.round(minutes * 60) });

/** A reminder that leaves shortly before the visit anyway keeps half of its distance. */
function lastMoment(startsAt: Temporal.Instant, minutes: number): Temporal.Instant {
  return before(startsAt, Math.min(tooShortBefore.total('minutes'), minutes / 2));
}
