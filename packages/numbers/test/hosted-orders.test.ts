import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountFailure, parsePhoneNumber, PermanentFailure, present, type Id } from '@frontdesk/kernel';
import {
  cancelHostedOrder,
  confirmLineCode,
  giveDocuments,
  makeAdvanceHostedOrder,
  requestHostedOrder,
  sendLineCode,
} from '../src/index.ts';
import type { CountCode } from '../src/ports.ts';
import { readHostedOrder } from '../src/postgres/index.ts';
import { scriptedCarrier, scriptedHost } from './scripted-carrier.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let clinic: Awaited<ReturnType<Stage['clinic']>>;
let host: ReturnType<typeof scriptedHost>;
let look: ReturnType<Stage['engine']>;
let row: { orgId: Id; id: Id };
const asked = { actor: 'api:olga', requestId: 'request-1' };
const pdf = Buffer.from('%PDF-1.7\n%%EOF\n');

let lines = 0;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  clinic = await stage.clinic();
  host = scriptedHost();
  const { inTenant, openTask, closeTasks, clock } = stage;
  const carriers = new Map([['telnyx' as const, scriptedCarrier().carrier]]);
  const ports = {
    inTenant,
    openTask,
    closeTasks,
    clock,
    carriers,
    suppressTextsFrom: async () => 0,
    random: () => 0.5,
  };
  look = stage.engine({ 'hosted-order': makeAdvanceHostedOrder({ ...ports, hosted: host.hosted }) });
  const number = present(parsePhoneNumber(`+1520555${String(1_000 + ++lines)}`), 'a line');
  const { id: orgId } = clinic;
  const answer = await stage.administration.inTenant(orgId, (tx) =>
    requestHostedOrder(tx, { orgId, number, locationId: null, ...asked, now: stage.clock() }),
  );
  if (answer.kind !== 'requested') throw new Error(answer.kind);
  row = { orgId, id: answer.id };
});
afterAll(() => stage.close());

const read = async () => present(await stage.inTenant(row.orgId, (tx) => readHostedOrder(tx, row)), 'the order');
let countCode: CountCode = async () => ({ kind: 'yes' });
const ports = () => ({
  inTenant: <T>(work: Parameters<typeof stage.administration.inTenant<T>>[1]) =>
    stage.administration.inTenant(row.orgId, work),
  hosted: host.hosted,
  countCode,
  clock: stage.clock,
});
const send = () => sendLineCode(ports(), { ...row, ...asked, method: 'call' });
const confirm = (code: string) => confirmLineCode(ports(), { ...row, ...asked, code });
const give = () =>
  ports().inTenant((tx) => giveDocuments(tx, { ...row, loa: pdf, bill: pdf, ...asked, now: stage.clock() }));
const cancel = () => ports().inTenant((tx) => cancelHostedOrder(tx, { ...row, ...asked, now: stage.clock() }));
async function orderAgain() {
  const { number } = await read();
  const { orgId } = row;
  const again = await ports().inTenant((tx) =>
    requestHostedOrder(tx, { orgId, number, locationId: null, ...asked, now: stage.clock() }),
  );
  if (again.kind !== 'requested') throw new Error(again.kind);
  row = { orgId, id: again.id };
}
const tasks = () => stage.tasks.filter(({ orgId }) => orgId === clinic.id).map(({ reason }) => reason);
/** The next look, whenever it comes. */
async function later() {
  stage.pass({ minutes: 15 });
  await look.lookAfter(row);
  return (await read()).state;
}

describe('a hosted order', () => {
  it('is placed once though the answer was lost, and asked about every ten to fifteen minutes', async () => {
    host.loseAnswers(true);
    await look.lookAfter(row);
    expect(await read()).toMatchObject({ state: 'pending', externalId: null });
    host.loseAnswers(false);
    expect(await later()).toBe('verifying');
    expect(host.asked).toEqual(['order']);
    const wait = present(look.armed.at(-1), 'the next look').since(stage.clock()).total('minutes');
    expect(wait).toBeGreaterThanOrEqual(10);
    expect(wait).toBeLessThanOrEqual(15);
  });

  it('goes by code and documents to a line of the clinic, and keeps no document that the carrier has', async () => {
    await look.lookAfter(row);
    expect((await send()).kind).toBe('sent');
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
    expect((await read()).state).toBe('documents-wanted');
    expect(await give()).toEqual({ kind: 'done' });
    expect(await later()).toBe('in-review');
    expect(host.documents).toHaveLength(1);
    expect(await stage.rows('select from hosted_documents where order_id = $1', row.id)).toEqual([]);

    host.say('loa_file_invalid', 'ownership_successful');
    expect(await later()).toBe('documents-wanted');
    expect(stage.tasks.at(-1)?.reason).toMatch(/letter of authorisation cannot be used/);
    await give();
    expect(await later()).toBe('in-review');
    expect(tasks()).toEqual([]);

    host.say('successful', 'successful');
    expect(await later()).toBe('activated');
    const [assigned] = await stage.rows('select * from phone_numbers where e164 = $1', (await read()).number);
    expect(assigned).toMatchObject({ org_id: clinic.id, origin: 'hosted', carrier_number_id: 'line-1' });
    expect((await stage.registration(row.id))?.due_at).toBeNull();
  });

  it('that the carrier refuses fails with its reason, and staff hear of it', async () => {
    await look.lookAfter(row);
    host.say('pending', 'failed_number_already_hosted');
    expect(await later()).toBe('failed');
    expect(stage.tasks.at(-1)?.reason).toMatch(/Somebody else hosts/);
    expect(await give()).toEqual({ kind: 'ended' });
  });

  it.each([
    ['compliance_review_failed', 'pending'],
    ['pending', 'failed_timeout'],
  ])('that failed (%s, %s) leaves the clinic free to order again', async (ofOrder, ofNumber) => {
    await look.lookAfter(row);
    host.say(ofOrder, ofNumber);
    expect(await later()).toBe('failed');
    expect(tasks()).toHaveLength(1);
    await orderAgain();
    expect(await later()).toBe('verifying');
    expect(host.asked).toEqual(['order', 'order']);
    expect(tasks()).toEqual([]);
  });

  it('is not given up while the carrier that has it does not list it yet, and refuses another', async () => {
    host.loseAnswers(true);
    host.beBlind(true);
    await look.lookAfter(row);
    host.refuse(new PermanentFailure('there is one already.'));
    for (let n = 0; n < 3; n++) expect(await later()).toBe('pending');
    host.beBlind(false);
    expect(await later()).toBe('verifying');
  });

  it('waits while the carrier does not serve the account, and fails with the reason after three days', async () => {
    host.refuse(new AccountFailure('The account has no money.'));
    expect(await later()).toBe('pending');
    expect(look.armed.at(-1)).toEqual(stage.clock().add({ seconds: 30 }));
    stage.pass({ hours: 71 });
    expect(await later()).toBe('pending');
    stage.pass({ hours: 1 });
    expect(await later()).toBe('failed');
    expect(await read()).toMatchObject({ reason: 'The account has no money.' });
    expect(tasks()).toEqual([expect.stringMatching(/The account has no money/)]);
  });

  it('stays as it is while the carrier uses a word that nobody knows', async () => {
    await look.lookAfter(row);
    host.say('moon_phase', 'pending');
    expect(await later()).toBe('verifying');
    expect((await read()).orderStatus).toBe('moon_phase');
  });

  it('is cancelled at the carrier, also when the carrier has it only by a lost answer', async () => {
    host.loseAnswers(true);
    await look.lookAfter(row);
    expect(await cancel()).toEqual({ kind: 'done' });
    expect(await cancel()).toEqual({ kind: 'done' });
    expect(await later()).toBe('cancelled');
    expect(host.asked).toEqual(['order', 'cancel']);
  });

  it('that is gone at the carrier is cancelled', async () => {
    await look.lookAfter(row);
    host.forget();
    expect(await later()).toBe('cancelled');
  });
});

describe('codes', () => {
  it('are sent once a minute, though many ask at once', async () => {
    expect((await send()).kind).toBe('too-early');
    await look.lookAfter(row);
    const answers = await Promise.all([send(), send(), send()]);
    expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['sent', 'wait', 'wait']);
    expect(host.sent).toEqual(['call']);
  });

  it('are counted by the line, also when it is ordered anew', async () => {
    await look.lookAfter(row);
    expect(await send()).toEqual({ kind: 'sent', leftToday: 4 });
    await cancel();
    await look.lookAfter(row);
    await orderAgain();
    await look.lookAfter(row);
    expect((await send()).kind).toBe('wait');
    stage.pass({ minutes: 1 });
    expect(await send()).toEqual({ kind: 'sent', leftToday: 3 });
    for (let tried = 0; tried < 5; tried++) await confirm('000000');
    await cancel();
    await look.lookAfter(row);
    await orderAgain();
    await look.lookAfter(row);
    expect(await confirm('104729')).toEqual({ kind: 'no-tries-left' });
  });

  it('are not sent while the line has had enough of them, whoever asked, and none is counted', async () => {
    await look.lookAfter(row);
    const until = stage.clock().add({ minutes: 40 });
    const asking = countCode;
    countCode = async () => ({ kind: 'wait', until });
    expect(await send().finally(() => (countCode = asking))).toEqual({ kind: 'wait', until });
    expect([(await read()).codesSent, await confirm('104729')]).toEqual([0, { kind: 'no-code' }]);
  });

  it('say how many tries are left, and take no more than five', async () => {
    await look.lookAfter(row);
    expect(await confirm('000000')).toEqual({ kind: 'no-code' });
    await send();
    const answers = await Promise.all(Array.from({ length: 7 }, () => confirm('000000')));
    const left = answers.flatMap((answer) => (answer.kind === 'wrong' ? [answer.triesLeft] : []));
    expect(left.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect(await confirm('104729')).toEqual({ kind: 'no-tries-left' });
    stage.pass({ minutes: 1 });
    await send();
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
    expect((await send()).kind).toBe('verified');
  });
});
