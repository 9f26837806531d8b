import type { TenantTransaction } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type { DeskPorts } from './desk-ports.ts';
import type { Lease } from './postgres/lease.ts';
import { loadThread } from './postgres/load-thread.ts';
import { adoptTurn, insertTurn, supersedeTurn } from './postgres/turns.ts';
import type { TurnSettings } from './settings.ts';
import type { Turn } from './turn.ts';

type Beginning = {
  ports: DeskPorts;
  settings: TurnSettings;
  lease: Lease;
  causationId: string | null;
  now: Temporal.Instant;
};

/**
 * Loads everything that a turn needs and writes its row. A turn that died is gone on with, unless newer texts make it
 * stale. Null when no text waits any more.
 */
export async function beginTurn(
  tx: TenantTransaction,
  { ports, settings, lease, causationId, now }: Beginning,
): Promise<{ turn: Turn; handedOver: boolean } | null> {
  const { orgId, conversationId, contactId, fence, channel } = lease;
  const person = { orgId, contactId, now };
  const [thread, clinic, lead, offers, appointment] = await Promise.all([
    loadThread(tx, { orgId, conversationId, now }),
    ports.clinic(tx, orgId),
    ports.lead(tx, { ...person, source: channel }),
    ports.currentOffers(tx, { orgId, conversationId, now }),
    ports.appointment(tx, person),
  ]);
  const lastSeq = thread.texts.at(-1)?.seq;
  if (lastSeq === undefined) return null;
  const { running } = thread;
  const goesOn = running !== null && running.lastSeq === lastSeq;
  const id = goesOn ? running.id : newId();
  if (goesOn) await adoptTurn(tx, { orgId, turnId: id, fence });
  else {
    if (running !== null) await supersedeTurn(tx, { orgId, turnId: running.id, now });
    await insertTurn(tx, { orgId, turnId: id, conversationId, fence, lastSeq, now });
  }
  const turn: Turn = {
    ...lease,
    id,
    phone: thread.phone,
    optedOut: thread.optedOut,
    texts: thread.texts,
    lastSeq,
    history: thread.history,
    lastChoices: thread.lastChoices,
    repliesLastHour: thread.repliesLastHour,
    steps: goesOn ? running.steps : [],
    causationId,
    situation: {
      clinic,
      lead,
      offers,
      appointment,
      greeted: thread.greeted,
      now,
      holdMinutes: settings.holdFor.total('minutes'),
      consent: null,
    },
  };
  const left = goesOn ? [] : (running?.steps ?? []);
  const handedOver = left.some(({ results }) => results.some(({ effect }) => effect === 'handed-over'));
  return { turn, handedOver };
}
