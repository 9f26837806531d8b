import { addressWords } from '@frontdesk/kernel';
import { siteOf, type Situation } from '../situation.ts';
import { saidBy, type Step, type Turn } from '../turn.ts';
import type { DeskPorts } from '../desk-ports.ts';
import type { KnownTime, Records } from './records.ts';

/** Everything on record for this turn: what the reply may state. */
export function recordsOf(
  turn: Turn,
  situation: Situation,
  steps: readonly Step[],
  ports: Pick<DeskPorts, 'depositFor'>,
): Records {
  const { clinic, lead, appointment, offers, now } = situation;
  const site = siteOf(clinic);
  const visits = appointment === null ? offers : [...offers, appointment];
  const minutesOf = (time: Temporal.PlainTime) => time.hour * 60 + time.minute;
  return {
    clinicName: clinic.name,
    today: now.toZonedDateTimeISO(site.timeZone).toPlainDate(),
    times: visits.map(({ startsAt, practitionerName }): KnownTime => {
      const local = startsAt.toZonedDateTimeISO(site.timeZone);
      return { date: local.toPlainDate(), minute: minutesOf(local.toPlainTime()), practitioner: practitionerName };
    }),
    hours: new Map(
      site.hours.map(({ weekday, opens, closes }) => [weekday, { opens: minutesOf(opens), closes: minutesOf(closes) }]),
    ),
    services: clinic.services.map(({ id, name, aliases, price, duration }) => ({
      id,
      name,
      aliases,
      price,
      minutes: duration.total('minutes'),
    })),
    deposits: clinic.services.flatMap((service) =>
      (['new', 'returning'] as const).flatMap((type) => ports.depositFor(service, type) ?? []),
    ),
    holdMinutes: situation.holdMinutes,
    texts: [
      site.address,
      ...clinic.numbers.flatMap((number) => [number, addressWords(number)]),
      lead.firstName ?? '',
      ...factsIn(steps),
    ],
    said: saidBy(turn),
    preferredDays: lead.preferredDays,
  };
}

/** What tools told in this turn in the clinic's own words. */
export function factsIn(steps: readonly Step[]): string[] {
  return steps
    .flatMap(({ results }) => results)
    .filter(({ isError }) => !isError)
    .flatMap(({ name, result }) => {
      const { facts, note } = Object(result) as { facts?: { topic: string; answer: string }[]; note?: string }; // the desk's own results
      if (name === 'look_up_facts') return (facts ?? []).map(({ topic, answer }) => `${topic}: ${answer}`);
      return name === 'find_times' && note !== undefined ? [note] : [];
    });
}
