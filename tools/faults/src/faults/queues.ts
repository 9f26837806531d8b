import assert from 'node:assert/strict';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { contexts } from '@frontdesk/contracts';
import { repeatAllMessages } from '@frontdesk/journeys';
import { newId } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';
import type { SqsMisbehaviour } from '../stand/sqs-proxy.ts';

const group = 'the queues';

/** SQS behaves so until some patients have been answered in spite of it. */
const misbehaviours = (
  [
    ['sqs-refuses-half', 'answers every second call with 503', [{ kind: 'refuse', share: 0.5 }]],
    [
      'sqs-takes-part-of-a-batch',
      'takes two of three entries of every second batch',
      [{ kind: 'refuse-entries', share: 0.5 }],
    ],
    [
      'sqs-loses-its-answers',
      'does what it is asked and loses a third of its answers to sends, receives and deletes',
      [{ kind: 'lose-answer', share: 0.33 }],
    ],
    ['sqs-is-slow', 'takes 300 ms longer for every call', [{ kind: 'delay', ms: 300 }]],
    [
      'messages-come-again',
      'refuses every delete and every wish to hide a message longer, so that each comes again while it is in hand',
      [
        { kind: 'refuse', action: 'DeleteMessageBatch', share: 0.8 },
        { kind: 'refuse', action: 'ChangeMessageVisibilityBatch' },
      ],
    ],
  ] as const satisfies readonly (readonly [string, string, readonly SqsMisbehaviour[]])[]
).map(([name, injects, rules]) =>
  fault({
    name,
    group,
    injects: `SQS ${injects}`,
    holds: 'events wait in the outbox or come twice, and have their effect once',
    reach: 'the whole desk',
    ...(name === 'sqs-is-slow' && { longRunsOnly: true as const }),
    inject: async (scene) => {
      for (const rule of rules) scene.queues.misbehave(rule);
      await scene.untilBusy();
      await scene.patient().ask('What are your hours on Saturday?');
      scene.queues.behave();
    },
  }),
);

const away = fault({
  name: 'sqs-is-away',
  group,
  injects: 'SQS cannot be used at all for seconds',
  holds: 'webhooks are taken all the same; everything is answered when it is back',
  reach: 'the whole desk',
  inject: async (scene) => {
    const { desk, queues } = scene;
    queues.misbehave({ kind: 'refuse' });
    const patient = scene.patient();
    await patient.text('What are your hours on Saturday?');
    await until('events wait', async () => (await desk.count('from outbox')) > 0);
    queues.behave();
    await patient.hears(/9/);
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
});

/** Everything of which there is a row, or of which a provider heard. */
async function sizes({ desk }: Scene): Promise<Record<string, number>> {
  const tables = ['outbound_messages', 'send_attempts', 'turns', 'appointments', 'deposits', 'ledger_entries'];
  const more = ['staff_tasks', 'event_log', 'audit_log', 'consent_events'];
  const counted = await Promise.all(
    [...tables, ...more].map(async (table) => [table, await desk.count(`from ${table}`)] as const),
  );
  return { ...Object.fromEntries(counted), textsThatLeft: desk.simulators.telnyx.accepted.length };
}

const allTwice = fault({
  name: 'every-message-comes-twice',
  group,
  injects: 'every message that there ever was comes once more, the newest first',
  holds: 'no row is added anywhere and no text leaves',
  reach: 'one patient',
  turnOf: ['at rest'],
  inject: async (scene) => {
    const patient = scene.patient();
    await patient.ask('How much is botox?');
    await patient.text('HELP');
    await patient.text('please stop texting me');
    return patient;
  },
  mustHold: async (scene) => {
    const before = await sizes(scene);
    await repeatAllMessages(scene.desk);
    assert.deepEqual(await sizes(scene), before);
  },
});

const poison = fault({
  name: 'messages-that-nobody-can-handle',
  group,
  injects: 'messages come that are no JSON, of unknown types, and about what does not exist, in the group of a patient',
  holds: 'each is parked with its reason, and the patient is answered',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk, clinics } = scene;
    const { queue } = contexts.conversation;
    const patient = scene.patient(clinics[0]);
    await patient.ask('Hi there');
    const { rows } = await desk.rows.query<{ id: string; org_id: string }>(
      'select v.id, v.org_id from conversations v join contacts c on c.org_id = v.org_id and c.id = v.contact_id where c.phone = $1',
      [patient.number],
    );
    const [conversation] = rows;
    const envelope = (type: string, data: unknown) =>
      JSON.stringify({
        id: newId(),
        type,
        orgId: conversation?.org_id,
        occurredAt: Temporal.Now.instant().toString(),
        correlationId: 'poison',
        causationId: null,
        traceparent: null,
        data,
      });
    const bodies = [
      'hello',
      envelope('conversation.never-heard-of.v1', {}),
      envelope('conversation.text-received.v1', { conversationId: newId(), messageId: newId(), contactId: newId() }),
    ];
    const QueueUrl = await queueUrl(desk.sqs, queue);
    for (const MessageBody of bodies) {
      const MessageDeduplicationId = newId();
      const MessageGroupId = String(conversation?.id);
      await desk.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }));
    }
    const before = patient.texts().length;
    await patient.text('How much is botox?');
    await patient.hears(/\$12/, before);
    await until('all are parked', async () => (await parked(scene, bodies)) === bodies.length, 60_000);
    await desk.rows.query('update parked_messages set resolved_at = now() where body = any ($1)', [bodies]);
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().filter((text) => text.includes('$12')).length, 1),
});

const parked = ({ desk }: Scene, bodies: readonly string[]) =>
  desk.count('from parked_messages where body = any ($1) and reason <> $2', bodies, '');

export const queueFaults: readonly Fault[] = [...misbehaviours, away, allTwice, poison];
