import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { InvalidMessage, newId, NotFound, PermanentFailure, present } from '@frontdesk/kernel';
import { sendToQueue, textRequested } from '@frontdesk/testkit';
import { before, setScene, type Scene } from './consumer-scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await setScene();
});
afterEach(() => scene.stopConsumers());
afterAll(() => scene.close());

type ParkedRow = { org_id: string | null; reason: string; body: string; event_type: string | null };
async function parked(messageId: string): Promise<ParkedRow | undefined> {
  const { rows } = await scene.postgres.owner.query<ParkedRow>(
    'select org_id, reason, body, event_type from parked_messages where message_id = $1',
    [messageId],
  );
  return rows[0];
}

describe('what cannot be handled is parked with its reason, and never loops', () => {
  it.each([
    ['no JSON', () => 'STOP texting me', /not JSON/, false],
    ['no envelope', () => JSON.stringify({ hello: 'there' }), /envelope does not fit: .*id/, false],
    [
      'an unknown type',
      () => JSON.stringify(textRequested(scene.orgId, { type: 'messaging.moon-rose.v1' })),
      /unknown/,
      true,
    ],
    [
      'a version from the future',
      () => JSON.stringify(textRequested(scene.orgId, { type: 'messaging.text-requested.v9' })),
      /known here: messaging\.text-requested\.v1/,
      true,
    ],
    [
      'an event of another service',
      () => JSON.stringify(textRequested(scene.orgId, { type: 'messaging.keyword-received.v1' })),
      /not handled by this service/,
      true,
    ],
    [
      'data that does not fit',
      () => JSON.stringify(textRequested(scene.orgId, { data: { messageId: 7 } })),
      /data of messaging\.text-requested\.v1 does not fit: messageId.*recipientId/,
      true,
    ],
  ])('%s', async (_what, makeBody, reason, knowsWhose) => {
    const body = makeBody();
    const messageId = await sendToQueue(scene.queues.sqs, 'messaging.fifo', body);
    scene.startConsumer();
    await scene.queueIsEmpty();
    const row = present(await parked(messageId), 'the parked message');
    expect(row.reason).toMatch(reason);
    expect(row.body).toBe(body);
    expect(row.org_id).toBe(knowsWhose ? scene.orgId : null);
  });

  it.each([
    ['a row that is not there', new NotFound('no such text')],
    ['a final no', new PermanentFailure('number does not exist')],
    ['a message that makes no sense', new InvalidMessage('the clinic has no such thing')],
  ])('%s, at the first try', async (_what, error) => {
    let tries = 0;
    const messageId = await scene.submit(textRequested(scene.orgId));
    scene.startConsumer(
      before(() => {
        tries += 1;
        throw error;
      }),
    );
    await scene.queueIsEmpty();
    expect(tries).toBe(1);
    expect((await parked(messageId))?.reason).toContain(error.message);
  });

  it('what fails at every try, after the last of them', async () => {
    let tries = 0;
    const messageId = await scene.submit(textRequested(scene.orgId));
    scene.startConsumer(
      before(() => {
        tries += 1;
        throw new TypeError('a bug, which quotes +14805550123');
      }),
      { retry: { baseMs: 1, capMs: 1, tries: 3 } },
    );
    await scene.queueIsEmpty();
    expect(tries).toBe(3);
    const reason = (await parked(messageId))?.reason;
    expect(reason).toMatch(/failed 3 times.*TypeError/);
    expect(reason).not.toContain('+1480');
  });

  it('unless it is late news of somebody who was erased: that ends without a word', async () => {
    const messageId = newId();
    await scene.postgres.owner.query(
      `with seen as (select set_config('app.org_ids', $1, false))
       insert into erased_ids (org_id, id, erased_at) select $1::uuid, $2, now() from seen`,
      [scene.orgId, messageId],
    );
    const event = textRequested(scene.orgId, { data: { messageId, recipientId: newId() } });
    const late = await scene.submit(event);
    const other = await scene.submit(textRequested(scene.orgId));
    scene.startConsumer(
      before(() => {
        throw new NotFound('no such text');
      }),
    );
    await scene.queueIsEmpty();
    expect(await parked(late)).toBeUndefined();
    const handled = await scene.postgres.owner.query('select from inbox where event_id = $1', [event.id]);
    expect(handled.rowCount).toBe(1);
    expect(await parked(other)).toBeDefined();
  });

  it('and its group goes on', async () => {
    const group = newId();
    const good = textRequested(scene.orgId);
    await sendToQueue(scene.queues.sqs, 'messaging.fifo', 'garbage', { group });
    await scene.submit(good, { group });
    scene.startConsumer();
    await scene.queueIsEmpty();
    expect(await scene.effectsOf(good)).toEqual([good.id]);
  });
});
