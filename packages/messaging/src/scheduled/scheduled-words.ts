/** What a reminder speaks of. */
export type VisitInWords = {
  clinicName: string;
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
    `To change it, reply C or call ${phoneInWords(visit.clinicNumber)}.`
  );
}

/** Names no time: the ones that were offered may be gone by now. */
export function offerFollowUpText(clinicName: string): string {
  return (
    `Hi, this is ${clinicName} again. Are you still looking for a visit? ` +
    'Text me a day or a time that suits you, and I will look what is free.'
  );
}

/** `Tue, Nov 24 at 2:30 PM`, in the clock of the place; with its name when the person may have another one. */
function whenInWords({ startsAt, timeZone, personZones }: VisitInWords): string {
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
  return `${date.format(at)} at ${time.format(at)}`.replaceAll('\u202f', ' ');
}

/** `(480) 555-8888`; a number from elsewhere stays as it is. */
function phoneInWords(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3');
}
