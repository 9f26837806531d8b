import { CallEndedV1, CallParkedV1 } from '@frontdesk/contracts';
import type { OutboxRow } from '@frontdesk/db';
import { present } from '@frontdesk/kernel';
import type { CallStep } from '@frontdesk/providers/telnyx-webhooks';
import type pg from 'pg';
import { personKey, type People } from '../postgres/meet-people.ts';
import { lockCalls, storeCalls } from '../postgres/store-calls.ts';
import { mergeCall } from './merge-call.ts';
import { outboxRowOf } from './outbox-row-of.ts';
import type { Addressed } from './webhook.ts';

type CallWebhook = Addressed<CallStep>;

/** Adds the steps to their calls, at most one to each, and returns the events to publish. */
export async function acceptCalls(
  client: pg.ClientBase,
  webhooks: readonly CallWebhook[],
  { people, now }: { people: People; now: Temporal.Instant },
): Promise<OutboxRow[]> {
  if (webhooks.length === 0) return [];
  const locked = await lockCalls(
    client,
    webhooks.map(({ clinic, provider, content }) => ({
      orgId: clinic.orgId,
      provider,
      sessionId: content.sessionId,
      to: present(clinic.number, 'the number that was called'),
    })),
  );
  const calls = webhooks.map((webhook) => {
    const { content, clinic, occurredAt } = webhook;
    const { id, state: before } = present(locked.get(content.sessionId), 'a call just locked');
    const state = mergeCall(before, { ...asHeard(webhook), at: content.at ?? occurredAt }, now);
    const person = content.from === null ? null : people.get(personKey({ orgId: clinic.orgId, phone: content.from }));
    return { webhook, orgId: clinic.orgId, id, before, state, conversationId: person?.conversationId ?? null };
  });
  await storeCalls(client, calls);
  return calls.flatMap(({ webhook, id, before, state, conversationId }) => {
    const correlationId = conversationId ?? id;
    const { parkedCallControlId: callControlId } = webhook.content;
    if (before.endedAt === null && state.endedAt !== null) {
      return [outboxRowOf(webhook, correlationId, CallEndedV1, { callId: id })];
    }
    const nobodyTakesIt = webhook.clinic.callHandling === 'reject' && state.endedAt === null;
    return callControlId !== null && nobodyTakesIt
      ? [outboxRowOf(webhook, correlationId, CallParkedV1, { callId: id, callControlId })]
      : [];
  });
}

/**
 * What Twilio says of a call to a number whose calls nobody takes: that it was answered means that Twilio spoke itself, as it
 * does when it could not ask us what to do. The caller was missed all the same.
 */
function asHeard({ content, provider, clinic }: CallWebhook): CallStep {
  if (provider !== 'twilio' || clinic.callHandling !== 'reject' || content.step !== 'ended') return content;
  const { wasAnswered: _, ...step } = content;
  return step;
}
