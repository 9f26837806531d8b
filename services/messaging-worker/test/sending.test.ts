import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { CallParkedV1, DeliveryReportedV1, KeywordReceivedV1, TextRequestedV1 } from '@frontdesk/contracts';
import { inTenants } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import type { TestPerson } from '@frontdesk/testkit';
import { until } from '@frontdesk/testkit';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterEach(() => {
  desk.carrier.behave();
  desk.carrier.planReceipts({ never: true });
});
afterAll(() => desk.close());

const isIn = async (state: string, id: Id) => (await desk.text(id))?.state === state;
const one = (ids: readonly Id[]) => present(ids[0], 'the text');
const receipt = (attemptId: Id | null, status: 'sent' | 'delivered', providerMessageId = newId()) =>
  desk.announce(DeliveryReportedV1, {
    webhookEventId: newId(),
    provider: 'telnyx',
    attemptId,
    providerMessageId,
    status,
    errorCode: null,
  });

describe('a requested text', () => {
  it('reaches the carrier once, however often its event comes', async () => {
    const person = await desk.person();
    await desk.withWorker(async () => {
      const id = one(await desk.request(person, 'See you at 3'));
      await until('the text is sent', () => isIn('sent', id));
      desk.deliverTimes(3, TextRequestedV1, { messageId: id, recipientId: person.contactId });
      await until('an empty queue', desk.queueIsEmpty);
    });
    expect(desk.received(person)).toEqual(['See you at 3']);
  });

  it('does not leave when STOP came before it', async () => {
    const person = await desk.person();
    const id = one(await desk.request(person, 'too late'));
    await desk.optOut(person.phone);
    await desk.withWorker(() => until('the text is suppressed', () => isIn('suppressed', id)));
    expect(desk.received(person)).toEqual([]);
  });

  it('that nobody knows is parked', async () => {
    const person = await desk.person();
    const unknown = newId();
    await desk.withWorker(async () => {
      desk.deliverTimes(1, TextRequestedV1, { messageId: unknown, recipientId: person.contactId });
      await until('a parked message', async () => (await desk.parked()).some((reason) => reason.includes(unknown)));
    });
  });
});

describe.each([
  ['with alarms', {}, {}],
  ['with sweeps alone', { SWEEP_EVERY_MS: '100' }, { alarms: 'off' }],
] as const)('a carrier that has no time, %s', (_how, change, switches) => {
  it('gets the text once it has', async () => {
    const person = await desk.person();
    desk.carrier.misbehave({ kind: 'answer', status: 429 }, { times: 2 });
    await desk.withWorker(
      async () => {
        const id = one(await desk.request(person, 'again'));
        await until('the text is sent', () => isIn('sent', id));
        expect(await desk.text(id)).toMatchObject({ attempts: 3 });
      },
      change,
      switches,
    );
    expect(desk.received(person)).toEqual(['again']);
  });

  it('gets two texts to one person in their order', async () => {
    const person = await desk.person();
    desk.carrier.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 1 }, { times: 1 });
    await desk.withWorker(
      async () => {
        const ids = await desk.request(person, 'first', 'second');
        for (const id of ids) await until('the text is sent', () => isIn('sent', id));
      },
      change,
      switches,
    );
    expect(desk.received(person)).toEqual(['first', 'second']);
  });
});

describe('a carrier that takes the text and loses the answer', () => {
  it.each(['accept-then-hang', 'accept-then-reset', 'accept-then-fail'] as const)(
    'is not asked again after %s, and the receipt tells what happened',
    async (kind) => {
      const person = await desk.person();
      desk.carrier.misbehave({ kind }, { times: 1 });
      await desk.withWorker(
        async () => {
          const id = one(await desk.request(person, 'once'));
          await until('the text is unknown', () => isIn('unknown', id));
          await receipt(await desk.attemptOf(id), 'delivered');
          await until('the text is delivered', () => isIn('delivered', id));
        },
        { SWEEP_EVERY_MS: '50' },
      );
      expect(desk.received(person)).toEqual(['once']);
    },
  );

  it('leaves a task for staff, once, when no receipt comes', async () => {
    const person = await desk.person();
    desk.carrier.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
    await desk.withWorker(
      async () => {
        const id = one(await desk.request(person, 'who knows'));
        await until('a task', async () => (await desk.tasksOf(id)).length > 0);
        expect(await desk.text(id)).toMatchObject({ state: 'unknown', attempts: 1 });
        await receipt(await desk.attemptOf(id), 'delivered');
        await until('the text is delivered', () => isIn('delivered', id));
        expect(await desk.tasksOf(id)).toEqual([{ kind: 'text-outcome-unknown', resolved: true }]);
      },
      { SWEEP_EVERY_MS: '50', UNKNOWN_AFTER_MS: '500' },
    );
    expect(desk.received(person)).toEqual(['who knows']);
  });

  it('would send it twice if the unknown were retried', async () => {
    const person = await desk.person();
    desk.carrier.misbehave({ kind: 'accept-then-hang' }, { times: 1 });
    await desk.withWorker(
      async () => {
        const id = one(await desk.request(person, 'twice'));
        await until('the text is sent', () => isIn('sent', id));
      },
      {},
      { treatUnknownAs: 'retryable' },
    );
    expect(desk.received(person)).toEqual(['twice', 'twice']);
  });
});

describe('a receipt', () => {
  it('of a text that the desk did not send is parked with its reason', async () => {
    await desk.withWorker(async () => {
      await receipt(null, 'delivered');
      await until('a parked message', async () =>
        (await desk.parked()).some((reason) => reason.includes('did not send')),
      );
    });
  });
});

describe('a keyword', () => {
  it.each([
    [false, 1],
    [true, 0],
  ])('that the carrier answered (%s) gets %i text of the desk', async (answeredByCarrier, texts) => {
    const person = await desk.person();
    const { contactId } = person;
    const messageId = await storeStop(person);
    await desk.withWorker(async () => {
      await desk.announce(KeywordReceivedV1, { messageId, contactId, keyword: 'stop' as const, answeredByCarrier });
      await until('its audit', async () => (await auditOf(contactId)).length === 1);
      await until('the texts', () => desk.received(person).length === texts);
      await until('an empty queue', desk.queueIsEmpty);
    });
    expect(desk.received(person)).toHaveLength(texts);
  });
});

describe('a call that nobody will take', () => {
  it('is rejected', async () => {
    desk.carrier.setWebhookUrls({ messages: 'http://127.0.0.1:9', voice: 'http://127.0.0.1:9' });
    const call = await desk.carrier.placeCall({ from: '+14805550123', to: desk.clinic.location.number, hold: true });
    await desk.withWorker(async () => {
      await desk.announce(CallParkedV1, { callId: newId(), callControlId: call.controlId });
      await until('the end of the call', () => call.state() === 'over');
    });
  });
});

/** A STOP as ingress stores it. */
async function storeStop(person: TestPerson): Promise<Id> {
  const id = newId();
  await inTenants(desk.server.owner, [desk.clinic.id], async (client) => {
    await client.query(
      `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
         provider_message_id, received_at, handled_by, handled_at)
       values ($1, $2, $3, $4, $5, 'STOP', '', 'telnyx', $6, now(), 'keyword', now())`,
      [desk.clinic.id, id, person.conversationId, person.phone, desk.clinic.location.number, newId()],
    );
    await client.query('insert into opt_outs values ($1, $2, now())', [desk.clinic.id, person.phone]);
  });
  return id;
}

async function auditOf(contactId: Id): Promise<unknown[]> {
  const { rows } = await desk.server.owner.query(
    "select 1 from audit_log where subject_id = $1 and action = 'keyword received'",
    [contactId],
  );
  return rows;
}
