import { BookingRequestedV1 } from '@frontdesk/contracts';
import { appendEvent, recordAudit, type TenantTransaction } from '@frontdesk/db';
import { addressWords, failpoint } from '@frontdesk/kernel';
import type { Reply } from './compose-reply.ts';
import type { Talk } from './converse.ts';
import type { DeskPorts } from './desk-ports.ts';
import type { Plan } from './plan-turn.ts';
import { releaseLease } from './postgres/lease.ts';
import { endTurn, type TurnEnd } from './postgres/turns.ts';
import type { TurnSettings } from './settings.ts';
import { offerDeposit } from './tools/offer-deposit.ts';
import type { Turn } from './turn.ts';

/** Newer texts came before the turn could end; what it was about to say is stale. */
export class Superseded extends Error {}

export type Ending = {
  turn: Turn;
  plan: Plan;
  reply: Reply | null;
  talk: Talk | null;
  now: Temporal.Instant;
  /** The turn has started over often enough; newer texts get a turn of their own. */
  final: boolean;
};

/**
 * Everything that a turn leaves behind, in one transaction: its texts are handled, its reply is on its way, consent has
 * its effect, and the lease is free.
 * @throws StaleLease when another worker took over; Superseded when newer texts came
 */
export async function finishTurn(
  tx: TenantTransaction,
  { ports, settings }: { ports: DeskPorts; settings: TurnSettings },
  ending: Ending,
): Promise<true> {
  const { turn, plan, reply, now } = ending;
  // Written together; a lease that is no longer this one undoes all of it.
  const [, { newerTexts }] = await Promise.all([
    releaseLease(tx, { ...turn, handOff: reply?.handOff ?? false, unchecked: settings.fence === 'unchecked' }),
    endTurn(tx, rowOf(ending)),
    audit(tx, ending),
  ]);
  if (newerTexts && !ending.final) throw new Superseded();
  if (plan.kind === 'answer') {
    await applyConsent(tx, ports, ending);
    if (plan.tags.length > 0) await ports.addTags(tx, { ...turn, tags: plan.tags, now });
  }
  if (plan.kind === 'silent' && plan.handledBy === 'handed-off') await tellOfMore(tx, ports, turn, now);
  if (plan.kind === 'answer' && plan.healthAsked) await askClinicians(tx, ports, turn, now);
  if (reply !== null) await leave(tx, ports, { ending, reply, settings, newerTexts });
  failpoint('turn.before-commit');
  return true;
}

/** Who took a conversation over hears of further texts, at most once an hour. */
async function tellOfMore(tx: TenantTransaction, ports: DeskPorts, turn: Turn, now: Temporal.Instant): Promise<void> {
  const hour = Math.floor(now.epochMilliseconds / 3_600_000);
  await ports.askStaff(tx, {
    ...turn,
    kind: 'hand-off',
    reason: 'The person wrote again after the hand-over.',
    notice: `${turn.situation.lead.firstName ?? 'A patient'} ${addressWords(turn.phone)} wrote again and waits for a person of the team.`,
    causeKey: `hand-off-more:${turn.conversationId}:${hour}`,
    from: turn.clinicNumber,
    now,
  });
}

function audit(tx: TenantTransaction, { turn, reply, now }: Ending): Promise<void> {
  return recordAudit(tx, {
    orgId: turn.orgId,
    actor: 'conversation-worker',
    action: `turn.${reply === null ? 'silent' : reply.kind}`,
    subject: { type: 'turn', id: turn.id },
    at: now,
    details: { conversationId: turn.conversationId, failure: reply?.failure ?? null },
  });
}

function rowOf({ turn, plan, reply, talk, now }: Ending): TurnEnd {
  const silence = plan.kind === 'silent' ? plan.handledBy : talk?.kind === 'opted-out' ? 'opted-out' : null;
  return {
    orgId: turn.orgId,
    turnId: turn.id,
    conversationId: turn.conversationId,
    state: reply?.kind === 'fallback' ? 'fell-back' : 'answered',
    failure: reply?.failure ?? null,
    lastSeq: turn.lastSeq,
    handledBy: silence ?? 'turn',
    cardTexts: plan.kind === 'answer' && silence === null ? plan.cardTexts : [],
    lastStep: talk?.kind === 'reply' ? { step: talk.steps.length, answer: talk.answer, bound: talk.bound } : null,
    now,
  };
}

/** A yes to the latest question asks payments for the booking, once; the model has no part in it. */
async function applyConsent(tx: TenantTransaction, ports: DeskPorts, { turn, plan, now }: Ending): Promise<void> {
  const { appointment, lead } = turn.situation;
  if (plan.kind !== 'answer' || appointment === null || (plan.consent !== 'yes' && plan.consent !== 'no')) return;
  const agreed = plan.consent === 'yes';
  const answered = await ports.recordDepositAnswer(tx, { ...turn, appointmentId: appointment.id, agreed, now });
  if (!answered || !agreed) return;
  await appendEvent(tx, {
    definition: BookingRequestedV1,
    orgId: turn.orgId,
    data: { appointmentId: appointment.id, patientType: lead.patientType ?? 'new' },
    occurredAt: now,
    correlationId: turn.conversationId,
    causationId: turn.causationId,
  });
}

type Leaving = { ending: Ending; reply: Reply; settings: TurnSettings; newerTexts: boolean };

async function leave(
  tx: TenantTransaction,
  ports: DeskPorts,
  { ending, reply, settings, newerTexts }: Leaving,
): Promise<void> {
  const { turn, plan, talk, now } = ending;
  const { appointment } = talk?.situation ?? turn.situation;
  // A text that is already there cannot be an answer to this question: it is then asked again.
  if (reply.asks !== null && !newerTexts) {
    await ports.recordDepositAsked(tx, { ...turn, appointmentId: reply.asks.id, now });
  }
  if (reply.needsTeam && appointment !== null) {
    const situation = { ...turn.situation, appointment };
    await offerDeposit({ tx, ports, turn, situation, effectKey: `turn:${turn.id}:end`, holdFor: settings.holdFor });
  }
  await askTeam(tx, ports, ending, reply);
  await ports.requestText(tx, {
    ...turn,
    from: turn.clinicNumber,
    to: turn.phone,
    class: 'reply',
    kind: plan.kind === 'emergency' ? 'emergency' : reply.kind,
    body: reply.body,
    choices: reply.choices,
    causeKey: `turn:${turn.id}`,
    now,
  });
}

/** A question of health waits for the clinical team also when the person wants no more texts. */
async function askClinicians(
  tx: TenantTransaction,
  ports: DeskPorts,
  turn: Turn,
  now: Temporal.Instant,
): Promise<void> {
  const who = `${turn.situation.lead.firstName ?? 'A patient'} ${addressWords(turn.phone)}`;
  await ports.askStaff(tx, {
    ...turn,
    kind: 'hand-off',
    from: turn.clinicNumber,
    now,
    reason: 'The patient has a question for the clinical team.',
    notice: `${who} has a question for the clinical team. Please read the conversation and get back to them.`,
    causeKey: `turn:${turn.id}:clinical`,
  });
}

/** What the reply promises on behalf of the team is asked of the team. No word of health goes to them by text. */
async function askTeam(tx: TenantTransaction, ports: DeskPorts, { turn, now }: Ending, reply: Reply): Promise<void> {
  const who = `${turn.situation.lead.firstName ?? 'A patient'} ${addressWords(turn.phone)}`;
  const request = { ...turn, kind: 'hand-off', from: turn.clinicNumber, now } as const;
  if (reply.kind === 'emergency') {
    await ports.askStaff(tx, {
      ...request,
      reason: 'The patient may have an emergency and was told to call 911.',
      notice: `URGENT: please call ${who} now and read the conversation.`,
      causeKey: `turn:${turn.id}:emergency`,
    });
  }
  if (reply.kind === 'fallback') {
    await ports.askStaff(tx, {
      ...request,
      reason: 'The desk could not answer and promised that a person will.',
      notice: `${who} waits for an answer that the desk could not give. Please text them back.`,
      causeKey: `turn:${turn.id}:fallback`,
    });
  }
}
