import type { TenantTransaction } from '@frontdesk/db';
import { NotFound, type Clock, type Id } from '@frontdesk/kernel';
import type { DepositStatus, DeskAppointment, DeskPorts } from './desk-ports.ts';
import { lockConversation, type Conversation } from './postgres/conversation.ts';
import { choicesOf } from './offered-choices.ts';
import { timesOffered } from './settings.ts';
import { depositDue, siteOf } from './situation.ts';
import { dayAndTime, oneOf, timeLabel } from './time-words.ts';

export type DepositChange = {
  orgId: Id;
  conversationId: Id;
  contactId: Id;
  appointmentId: Id;
  status: 'not-needed' | 'link_sent' | 'failed' | 'paid' | 'expired' | 'paid_without_slot' | 'unavailable';
  causationId: string | null;
};

const standingOf: Record<DepositChange['status'], DepositStatus> = {
  'not-needed': 'none',
  link_sent: 'link_sent',
  failed: 'failed',
  paid: 'paid',
  expired: 'expired',
  paid_without_slot: 'paid_without_slot',
  unavailable: 'none',
};

type Dependencies = { ports: DeskPorts; clock: Clock };

/**
 * Keeps on the lead where the deposit stands. When the time was lost the person hears it from here, with new
 * times, in one text; what else there is to say about payments, payments says.
 */
export function makeNoteDeposit({ ports, clock }: Dependencies) {
  return async function noteDeposit(tx: TenantTransaction, change: DepositChange): Promise<void> {
    const { orgId, conversationId, contactId, appointmentId, status } = change;
    const conversation = await lockConversation(tx, { orgId, conversationId });
    const now = clock();
    const noted = await ports.recordDepositStatus(tx, {
      orgId,
      contactId,
      appointmentId,
      now,
      status: standingOf[status],
    });
    if (!noted && status !== 'paid_without_slot') return;
    const visit = await ports.appointmentById(tx, orgId, appointmentId);
    if (visit === null) throw new NotFound(`appointment ${appointmentId} is not known`);
    const words = await wordsFor(tx, { ports, change, conversation, visit, now });
    if (words !== null) await tell(tx, { ports, change, conversation, now, ...words });
  };
}

type Wording = {
  ports: DeskPorts;
  change: DepositChange;
  conversation: Conversation;
  visit: DeskAppointment;
  now: Temporal.Instant;
};

/** What is told, what there is to tap, and the same by name for a template. */
type Told = Pick<Parameters<DeskPorts['requestText']>[1], 'body' | 'choices' | 'values'>;

async function wordsFor(tx: TenantTransaction, wording: Wording): Promise<Told | null> {
  switch (wording.change.status) {
    case 'expired':
      return timeRanOut(tx, wording);
    case 'paid_without_slot':
      return paidTooLate(tx, wording);
    case 'not-needed':
    case 'link_sent':
    case 'failed':
    case 'paid':
    case 'unavailable':
      return null;
  }
}

/** Null when the team was asked to finish the booking by phone: they know, and the person waits for their call. */
async function timeRanOut(tx: TenantTransaction, wording: Wording): Promise<Told | null> {
  const { ports, change, conversation, visit, now } = wording;
  const clinic = await ports.clinic(tx, change.orgId);
  const lead = await ports.lead(tx, { ...change, source: conversation.channel, now });
  if (depositDue({ clinic, lead, appointment: visit }, ports) !== null && !siteOf(clinic).takesDeposits) return null;
  const { when, offer, ...more } = await newOffer(tx, wording);
  return {
    ...more,
    body: `The time we held for you, ${when}, was not completed in time, so it is open again. ${offer}`,
  };
}

async function paidTooLate(tx: TenantTransaction, wording: Wording): Promise<Told> {
  const { when, offer, ...more } = await newOffer(tx, wording);
  return {
    ...more,
    body: `We received your deposit, but ${when} was already taken by then. Your deposit is safe and our team is on it. ${offer}`,
  };
}

/** Up to three free times for the same service, offered; none where a person talks, since the desk would not hear the choice. */
async function newOffer(
  tx: TenantTransaction,
  { ports, change: { orgId, conversationId, contactId, causationId }, conversation, visit, now }: Wording,
): Promise<Omit<Told, 'body'> & { when: string; offer: string }> {
  const { serviceId } = visit;
  const clinic = await ports.clinic(tx, orgId);
  const { timeZone } = siteOf(clinic);
  const when = timeLabel(visit.startsAt, timeZone);
  const lead = await ports.lead(tx, { orgId, contactId, source: conversation.channel, now });
  const { firstName } = lead;
  const values = {
    clinic: clinic.name,
    ...(firstName !== null && { firstName }),
    ...dayAndTime(visit.startsAt, timeZone),
  };
  if (conversation.state === 'handed_off')
    return { when, values, offer: 'A person of our team will help you with a new time.' };
  const wish = { orgId, serviceId, now, limit: timesOffered };
  const fitting = await ports.freeTimes(tx, {
    ...wish,
    ...(lead.preferredDays.length > 0 && { days: lead.preferredDays }),
    ...(lead.preferredFromMinute !== null && { fromMinute: lead.preferredFromMinute }),
    ...(lead.preferredUntilMinute !== null && { untilMinute: lead.preferredUntilMinute }),
  });
  const times = fitting.length > 0 ? fitting : await ports.freeTimes(tx, wish);
  if (times.length === 0)
    return { when, values, offer: 'Tell us which days suit you and we will look for another time.' };
  const offers = await ports.recordOffers(tx, { orgId, conversationId, serviceId, times, now, causationId });
  return {
    when,
    values,
    choices: choicesOf(offers, timeZone),
    offer: `I can offer ${oneOf(offers.map(({ startsAt }) => timeLabel(startsAt, timeZone)))}. Which works for you?`,
  };
}

type Telling = Told & {
  ports: DeskPorts;
  change: DepositChange;
  conversation: Conversation;
  now: Temporal.Instant;
};

async function tell(tx: TenantTransaction, { ports, change, conversation, now, ...told }: Telling): Promise<void> {
  await ports.requestText(tx, {
    ...change,
    from: conversation.clinicNumber,
    to: conversation.phone,
    class: 'reply',
    kind: `deposit-${change.status.replaceAll('_', '-')}`,
    ...told,
    causeKey: `deposit:${change.appointmentId}:${change.status}`,
    now,
  });
}
