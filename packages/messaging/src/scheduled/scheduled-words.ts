import { addressWords } from '@frontdesk/kernel';
import type { TemplateValues } from '../whatsapp/template-values.ts';

/** What a reminder speaks of. */
export type VisitInWords = {
  clinicName: string;
  /** Null: nobody has learnt it. */
  firstName: string | null;
  /** What the service may be called on a lock screen. */
  visitName: string;
  startsAt: Temporal.Instant;
  /** Of the place. */
  timeZone: string;
  /** Everywhere that the person may be. */
  personZones: readonly string[];
  address: string;
  clinicNumber: string;
};

/**
 * Names the weekday and the date: the text may wait for the morning, and then "tomorrow" would be wrong. Never asks for
 * the answer CANCEL, which carriers and the law take for STOP.
 */
export function reminderText(visit: VisitInWords): string {
  return (
    `Reminder from ${visit.clinicName}: your ${visit.visitName} is ${whenInWords(visit)}. ${visit.address}. ` +
    `To change it, reply C or call ${addressWords(visit.clinicNumber)}.`
  );
}

/** The same by name, for a template. */
export function reminderValues(visit: VisitInWords): TemplateValues {
  const { clinicName: clinic, visitName, address, clinicNumber, firstName } = visit;
  const phone = addressWords(clinicNumber);
  return { ...greetingValues({ clinic, firstName }), ...whenByName(visit), visit: visitName, address, phone };
}

/** What every text can say. */
export function greetingValues({ clinic, firstName }: { clinic: string; firstName: string | null }): TemplateValues {
  return { clinic, ...(firstName !== null && { firstName }) };
}

/** Names no time: the ones that were offered may be gone by now. */
export function offerFollowUpText(clinicName: string): string {
  return (
    `Hi, this is ${clinicName} again. Are you still looking for a visit? ` +
    'Text me a day or a time that suits you, and I will look what is free.'
  );
}

/** `Tue, Nov 24 at 2:30 PM` */
function whenInWords(visit: VisitInWords): string {
  const { day, time } = whenByName(visit);
  return `${day} at ${time}`;
}

/** `Tue, Nov 24` and `2:30 PM`, in the clock of the place; with its name when the person may have another one. */
function whenByName({ startsAt, timeZone, personZones }: VisitInWords): { day: string; time: string } {
  const at = new Date(startsAt.epochMilliseconds);
  const offsetIn = (zone: string) => startsAt.toZonedDateTimeISO(zone).offset;
  const sameClock = personZones.every((zone) => offsetIn(zone) === offsetIn(timeZone));
  const date = new Intl.DateTimeFormat('en-US', { timeZone, weekday: 'short', month: 'short', day: 'numeric' });
  const time = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hour: 'numeric',
    minute: '2-digit',
    ...(sameClock ? {} : { timeZoneName: 'short' }),
  });
  return { day: date.format(at), time: time.format(at).replaceAll('\u202f', ' ') };
}
