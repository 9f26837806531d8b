import { formatMoney, type Id, type Money } from '@frontdesk/kernel';
import type { DeskFacts, Detail } from './desk-facts.ts';
import type {
  DepositStatus,
  DeskAppointment,
  DeskClinic,
  DeskLead,
  DeskLocation,
  DeskOffer,
  DeskPorts,
  DeskService,
} from './desk-ports.ts';
import { clockWords, dateWords, dayWord, minuteWords, timeLabel } from './time-words.ts';

/** Everything that is true for a person at one moment of a turn. Tools return the next one. */
export type Situation = {
  clinic: DeskClinic;
  lead: DeskLead;
  offers: readonly DeskOffer[];
  appointment: DeskAppointment | null;
  /** The desk has said in this conversation who it is; reminders and what staff write do not. */
  greeted: boolean;
  now: Temporal.Instant;
  holdMinutes: number;
  /** What code decided of this turn's texts before the model is asked. */
  consent: 'yes' | 'no' | null;
};

/** The clinic's site. The desk speaks for the first one until a clinic names several. */
export function siteOf(clinic: DeskClinic): DeskLocation {
  const [first] = clinic.locations;
  return first ?? { address: '', timeZone: clinic.timeZone, hours: [], takesDeposits: false };
}

export function serviceOf(clinic: DeskClinic, id: Id | null): DeskService | null {
  return clinic.services.find((service) => service.id === id) ?? null;
}

export function stillToLearn(lead: DeskLead): Detail[] {
  const known: Record<Detail, boolean> = {
    first_name: lead.firstName !== null,
    service: lead.serviceId !== null,
    patient_type: lead.patientType !== null,
    preferred_times:
      lead.anyTime ||
      lead.preferredDays.length > 0 ||
      lead.preferredFromMinute !== null ||
      lead.preferredUntilMinute !== null,
  };
  return (['first_name', 'service', 'patient_type', 'preferred_times'] as const).filter((detail) => !known[detail]);
}

/** Where the deposit of the visit at hand stands; an older visit's deposit says nothing of it. */
export function depositStanding({
  lead,
  appointment,
  consent,
}: Pick<Situation, 'lead' | 'appointment' | 'consent'>): DepositStatus {
  if (appointment?.state === 'held' && lead.depositAskedAppointmentId !== appointment.id) return 'none';
  if (lead.depositStatus === 'asked' && consent !== null) return consent === 'yes' ? 'requested' : 'declined';
  return lead.depositStatus;
}

/** The offers that still answer what the person wants: another service makes the old ones void. */
export function standingOffers({ offers, lead }: Pick<Situation, 'offers' | 'lead'>): DeskOffer[] {
  return offers.filter((offer) => offer.serviceId === lead.serviceId);
}

/** The deposit due for the visit at hand, or for the service that the person wants; null when none is. */
export function depositDue(
  { clinic, lead, appointment }: Pick<Situation, 'clinic' | 'lead' | 'appointment'>,
  ports: Pick<DeskPorts, 'depositFor'>,
): Money | null {
  const service = serviceOf(clinic, appointment?.serviceId ?? lead.serviceId);
  return service === null ? null : ports.depositFor(service, lead.patientType ?? 'new');
}

/** What the model is told, built anew for each of its answers. */
export function deskFacts(situation: Situation, ports: Pick<DeskPorts, 'depositFor'>): DeskFacts {
  const { clinic, lead, appointment, now } = situation;
  const site = siteOf(clinic);
  const local = now.toZonedDateTimeISO(site.timeZone);
  const due = depositDue(situation, ports);
  return {
    clinic: {
      name: clinic.name,
      address: site.address,
      timeZone: site.timeZone,
      today: dateWords(local.toPlainDate()),
      now: clockWords(local.toPlainTime().round({ smallestUnit: 'minute', roundingMode: 'floor' })),
      hours: hoursLines(site),
      services: clinic.services.map((service) => {
        const deposit = ports.depositFor(service, 'new');
        return {
          name: service.name,
          aliases: service.aliases,
          price: `${formatMoney(service.price)} per ${service.priceUnit}`,
          minutes: service.duration.total('minutes'),
          depositIfNew: deposit === null ? null : formatMoney(deposit),
        };
      }),
      takesDeposits: site.takesDeposits,
    },
    person: personFacts(situation),
    stillToLearn: stillToLearn(lead),
    greeted: situation.greeted,
    offeredTimes: standingOffers(situation).map((offer) => ({
      timeId: offer.id,
      label: timeLabel(offer.startsAt, site.timeZone),
      practitioner: offer.practitionerName,
    })),
    appointment:
      appointment === null || (appointment.state !== 'held' && appointment.state !== 'confirmed')
        ? null
        : {
            state: appointment.state,
            label: timeLabel(appointment.startsAt, site.timeZone),
            service: serviceOf(clinic, appointment.serviceId)?.name ?? 'visit',
            practitioner: appointment.practitionerName,
          },
    deposit: { status: depositStanding(situation), amount: due === null ? null : formatMoney(due) },
    nextStep: nextStep(situation),
  };
}

export function personFacts({ clinic, lead }: Pick<Situation, 'clinic' | 'lead'>): DeskFacts['person'] {
  return {
    firstName: lead.firstName,
    service: serviceOf(clinic, lead.serviceId)?.name ?? null,
    patientType: lead.patientType,
    preferredDays: lead.preferredDays.map(dayWord),
    preferredTimes: timesWords(lead) ?? (lead.anyTime ? 'any time' : null),
  };
}

/** The part of the day that suits, in words: `after 2:30 PM`, `before 12 PM`; null when none was named. */
export function timesWords(lead: DeskLead): string | null {
  const { preferredFromMinute: from, preferredUntilMinute: until } = lead;
  if (from === null && until === null) return null;
  // "After 2:30" is kept as 2:31, the first minute that suits.
  const start = from === null ? null : from % 5 === 1 ? `after ${minuteWords(from - 1)}` : `from ${minuteWords(from)}`;
  const end = until === null ? null : `before ${minuteWords(until)}`;
  return [start, end].filter((part) => part !== null).join(', ');
}

function hoursLines(site: DeskLocation): string[] {
  return [1, 2, 3, 4, 5, 6, 7].map((weekday) => {
    const open = site.hours.find((hours) => hours.weekday === weekday);
    return `${dayWord(weekday)} ${open === undefined ? 'closed' : `${clockWords(open.opens)} to ${clockWords(open.closes)}`}`;
  });
}

export const detailQuestions: Record<Detail, string> = {
  first_name: 'May I have your first name?',
  service: 'Which service would you like?',
  patient_type: 'Have you been to us before, or would this be your first visit?',
  preferred_times: 'Which days and times suit you best?',
};

/** What code wants done next, in one sentence for the model. */
function nextStep(situation: Situation): string {
  const { lead, appointment } = situation;
  const standing = depositStanding(situation);
  if (appointment?.state === 'confirmed') return 'The visit is booked and confirmed. Answer questions.';
  if (appointment?.state === 'held') {
    if (standing === 'requested') return 'They agreed. Say that the next text comes on its own; ask for nothing more.';
    if (standing === 'link_sent') return 'The deposit link was texted. The visit is confirmed when it is paid.';
    if (standing === 'failed') return 'The payment failed. They can try the same link again.';
    if (standing === 'declined')
      return 'They declined. Offer that the team calls them (hand_over). If they now want to go on after all, call offer_deposit.';
    return 'A time is held but not booked. Call offer_deposit and ask the question that it returns.';
  }
  if (standing === 'expired') return 'Their hold ran out. Call find_times and offer new times.';
  const [missing] = stillToLearn(lead);
  if (missing !== undefined)
    return `Save what they told (save_details), then ask one thing: ${detailQuestions[missing]}`;
  if (standingOffers(situation).length > 0)
    return 'Let them choose one of offeredTimes, then call hold_time with its timeId.';
  return 'Call find_times and offer what it returns.';
}
