import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DeliveryReportedV1, OptOutUnderstoodV1 } from '@frontdesk/contracts';
import { inTenants } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import { until, type TestPerson } from '@frontdesk/testkit';
import { openDesk, type Desk } from './desk.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** A text that is in the hands of the conversation. */
async function receive(person: TestPerson, body: string): Promise<Id> {
  const id = newId();
  await inTenants(desk.server.owner, [desk.clinic.id], (client) =>
    client.query(
      `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
         provider_message_id, received_at)
       values ($1, $2, $3, $4, $5, $6, '', 'telnyx', $7, now())`,
      [desk.clinic.id, id, person.conversationId, person.phone, desk.clinic.location.number, body, newId()],
    ),
  );
  return id;
}

async function ledger({ phone }: TestPerson) {
  const { rows } = await desk.server.owner.query<Record<string, unknown>>(
    'select kind, source, wording, inbound_message_id as text from consent_events where phone = $1 order by occurred_at',
    [phone],
  );
  return rows;
}

describe('an opt-out that the model understood', () => {
  it('is recorded with the words, confirmed once however often its event comes, and holds for what comes after', async () => {
    const person = await desk.person();
    const text = await receive(person, 'you can cross me off, take care');
    await desk.withWorker(async () => {
      desk.deliverTimes(3, OptOutUnderstoodV1, { messageId: text, contactId: person.contactId });
      await until('the confirmation', async () => desk.received(person).length > 0);
      const id = present((await desk.request(person, 'One more thing'))[0], 'the text');
      await until('the text is suppressed', async () => (await desk.text(id))?.state === 'suppressed');
      await until('an empty queue', desk.queueIsEmpty);
    });
    expect(desk.received(person)).toEqual([expect.stringMatching(/you are unsubscribed/)]);
    expect(await ledger(person)).toEqual([
      { kind: 'opt-out', source: 'model', wording: 'you can cross me off, take care', text },
    ]);
  });
});

describe('a STOP of which only the carrier knows', () => {
  it.each([
    ['telnyx', '40300'],
    ['twilio', '21610'],
  ] as const)('is learnt from a receipt of %s (%s)', async (provider, errorCode) => {
    const person = await desk.person();
    await desk.withWorker(async () => {
      const id = present((await desk.request(person, 'See you at 3'))[0], 'the text');
      await until('the text is sent', async () => (await desk.text(id))?.state === 'sent');
      await desk.announce(DeliveryReportedV1, {
        webhookEventId: newId(),
        provider,
        attemptId: await desk.attemptOf(id),
        providerMessageId: newId(),
        status: 'failed',
        errorCode,
      });
      await until('the opt-out is known', async () => (await ledger(person)).length > 0);
      expect(await desk.tasksOf(id)).toEqual([]);
    });
    expect(await ledger(person)).toEqual([{ kind: 'opt-out', source: 'carrier', wording: null, text: null }]);
  });

  it('is read from its list, recorded, and not confirmed again', async () => {
    const person = await desk.person();
    const { number, messagingProfileId } = await profile();
    desk.carrier.assignNumber(number, messagingProfileId);
    desk.carrier.hearUntold({ from: person.phone, to: number, text: 'stop' });
    await desk.withWorker(() => until('the opt-out is known', async () => (await ledger(person)).length > 0), {
      CARRIER_OPT_OUTS_EVERY_MS: '100',
    });
    expect(await ledger(person)).toEqual([{ kind: 'opt-out', source: 'carrier', wording: 'STOP', text: null }]);
    expect(desk.received(person)).toEqual([]);
  });
});

async function profile() {
  const { number } = desk.clinic.location;
  const { rows } = await desk.server.owner.query<{ id: string }>(
    'select messaging_profile_id as id from phone_numbers where e164 = $1',
    [number],
  );
  return { number, messagingProfileId: present(rows[0], 'the number of the clinic').id };
}
