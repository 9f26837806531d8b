import { setInterval } from 'node:timers';
import type { TenantTransaction } from '@frontdesk/db';
import { failpoint, TransientFailure, type Clock, type Id } from '@frontdesk/kernel';
import { beginTurn } from './begin-turn.ts';
import { emergencyReply, wornOutReply, replyFrom, replyWithoutModel, type Reply } from './compose-reply.ts';
import { converse, type ConverseDependencies, type Talk } from './converse.ts';
import { finishTurn, Superseded } from './finish-turn.ts';
import { planTurn, type Plan } from './plan-turn.ts';
import { quietFor, renewLease, takeLease, type Lease } from './postgres/lease.ts';
import { mostAttempts } from './settings.ts';
import type { Turn } from './turn.ts';

export type TakeTurnDependencies = ConverseDependencies & {
  clock: Clock;
  wait: (ms: number) => Promise<void>;
};

export type TurnRequest = {
  orgId: Id;
  conversationId: Id;
  causationId: string | null;
  /** Runs the last transaction of the turn; null when its event was handled before. */
  commit: <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T | null>;
};

export type TurnResult = 'nothing' | 'answered' | 'fell-back' | 'silent';

/** Answers all unanswered texts of a conversation, once. */
export function makeTakeTurn(dependencies: TakeTurnDependencies) {
  return async function takeTurn(request: TurnRequest): Promise<TurnResult> {
    await untilQuiet(dependencies, request);
    const first = await beginWhenFree(dependencies, request);
    if (first === 'nothing') {
      await request.commit(async () => true);
      return 'nothing';
    }
    failpoint('turn.after-lease');
    return withHeartbeat(dependencies, first.lease, () => runAttempts(dependencies, request, first));
  };
}

type Begun = { lease: Lease; turn: Turn; handedOver: boolean };

const waitsPerLease = 4;

/**
 * Waits for a lease that somebody else has. One whose holder died is over within `leaseMs`.
 * @throws TransientFailure when the holder lives
 */
async function beginWhenFree(dependencies: TakeTurnDependencies, request: TurnRequest): Promise<Begun | 'nothing'> {
  const { database, settings, wait } = dependencies;
  const { orgId, conversationId } = request;
  for (let waits = 0; waits <= waitsPerLease + 1; waits++) {
    if (waits > 0) await wait(settings.leaseMs / waitsPerLease);
    const first = await database.inTenant(orgId, async (tx) => {
      const handOffMs = settings.handOffFor.total('milliseconds');
      const lease = await takeLease(tx, { orgId, conversationId, leaseMs: settings.leaseMs, handOffMs });
      if (typeof lease === 'string') return lease;
      const begun = await begin(tx, dependencies, request, lease);
      return begun === null ? 'nothing' : { lease, ...begun };
    });
    if (first !== 'busy') return first;
  }
  throw new TransientFailure('another turn of the conversation is under way');
}

/** Starts over, a bounded number of times, when newer texts make an answer stale before it is said. */
async function runAttempts(
  dependencies: TakeTurnDependencies,
  request: TurnRequest,
  first: Begun,
): Promise<TurnResult> {
  const { database, settings } = dependencies;
  const { orgId, conversationId } = request;
  const deadline = AbortSignal.timeout(settings.deadlineMs);
  let { turn, handedOver } = first;
  for (let attempt = 1; ; attempt++) {
    try {
      const final = attempt === mostAttempts || deadline.aborted;
      return await answer(dependencies, request, { turn, handedOver, final, deadline });
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
    }
    await untilQuiet(dependencies, request);
    const next = await database.inTenant(orgId, async (tx) => {
      await renewLease(tx, { orgId, conversationId, fence: turn.fence, leaseMs: settings.leaseMs });
      return begin(tx, dependencies, request, first.lease);
    });
    if (next === null) return 'nothing';
    turn = next.turn;
    handedOver ||= next.handedOver;
  }
}

type Attempt = {
  turn: Turn;
  handedOver: boolean;
  final: boolean;
  /** Of all attempts together. */ deadline: AbortSignal;
};

async function answer(
  dependencies: TakeTurnDependencies,
  request: TurnRequest,
  { turn, handedOver, final, deadline }: Attempt,
): Promise<TurnResult> {
  const { database, ports, settings, clock } = dependencies;
  const plan = planTurn(turn, settings);
  const { reply, talk } = await say(dependencies, turn, plan, deadline);
  const whole = reply === null ? null : { ...reply, handOff: reply.handOff || handedOver };
  const finish = (tx: TenantTransaction) =>
    finishTurn(tx, { ports, settings }, { turn, plan, reply: whole, talk, now: clock(), final });
  // The event may have been handled before, while these texts came after it.
  if ((await request.commit(finish)) === null) await database.inTenant(turn.orgId, finish);
  failpoint('turn.after-commit');
  if (reply === null) return 'silent';
  return reply.kind === 'fallback' ? 'fell-back' : 'answered';
}

async function say(
  dependencies: TakeTurnDependencies,
  turn: Turn,
  plan: Plan,
  deadline: AbortSignal,
): Promise<{ reply: Reply | null; talk: Talk | null }> {
  const { ports } = dependencies;
  const parts = { turn, ports };
  if (plan.kind === 'silent') return { reply: null, talk: null };
  if (plan.kind === 'emergency') return { reply: emergencyReply(parts), talk: null };
  if (plan.kind === 'worn-out') return { reply: wornOutReply(parts), talk: null };
  if (plan.onlyConsent || plan.forModel.length === 0) return { reply: replyWithoutModel(parts, plan), talk: null };
  const consent = plan.consent === 'yes' || plan.consent === 'no' ? plan.consent : null;
  const asked = { ...turn, situation: { ...turn.situation, consent } };
  const talk = await converse(dependencies, asked, deadline);
  return { reply: talk.kind === 'opted-out' ? null : replyFrom(parts, plan, talk), talk };
}

function begin(
  tx: TenantTransaction,
  { ports, settings, clock }: TakeTurnDependencies,
  request: TurnRequest,
  lease: Lease,
) {
  return beginTurn(tx, { ports, settings, lease, causationId: request.causationId, now: clock() });
}

const mostWaits = 5;

/** Waits for a person who is still writing, but not for ever. */
async function untilQuiet(
  { database, settings, wait }: TakeTurnDependencies,
  { orgId, conversationId }: TurnRequest,
): Promise<void> {
  const { burstQuietMs } = settings;
  for (let waits = 0; burstQuietMs > 0 && waits < mostWaits; waits++) {
    const quiet = await database.inTenant(orgId, (tx) => quietFor(tx, { orgId, conversationId }));
    if (quiet === null || quiet >= burstQuietMs) return;
    await wait(Math.min(burstQuietMs - quiet, burstQuietMs));
  }
}

/** Keeps the lease alive while the model thinks; a lost one shows at the next write. */
async function withHeartbeat<T>(
  { database, settings, logger }: TakeTurnDependencies,
  lease: Lease,
  work: () => Promise<T>,
): Promise<T> {
  const beat = setInterval(() => {
    database
      .inTenant(lease.orgId, (tx) => renewLease(tx, { ...lease, leaseMs: settings.leaseMs }))
      .catch((error: unknown) =>
        logger.warn({ conversationId: lease.conversationId, error }, 'a lease could not be renewed'),
      );
  }, settings.leaseMs / 3);
  try {
    return await work();
  } finally {
    clearInterval(beat);
  }
}
