import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitsForSender } from '@frontdesk/messaging';
import { makeAdvanceSender } from '@frontdesk/numbers';
import { leaveSender } from '@frontdesk/numbers/postgres';
import type { WhatsAppAccounts } from '@frontdesk/numbers/ports';
import { present, type Id } from '@frontdesk/kernel';
import { testTokenKeys } from '@frontdesk/testkit';
import { closeRegistrationTasks, openRegistrationTask } from '../src/registrations/open-task.ts';
import { openStage, type Stage } from './whatsapp-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

let accountsMade = 0;
const anAccount = () => {
  accountsMade += 1;
  return {
    wabaId: `20200000${accountsMade}`,
    phoneNumberId: `10100000${accountsMade}`,
    number: stage.newNumber(),
  };
};

/** A clinic's sender, signed up and looked at once. */
async function aSender(change: { pin?: string } = {}) {
  const clinic = await stage.clinic();
  const account = anAccount();
  const outcome = await stage.signUp(clinic, account, change);
  if (outcome.kind !== 'connected') throw new Error(`the sign-up was ${outcome.kind}`);
  await stage.look(clinic.id, outcome.id);
  return { clinic, account, id: outcome.id };
}

const disconnect = (orgId: Id, id: Id) =>
  stage.api.inTenant(orgId, (tx) => leaveSender(tx, { orgId, id, now: stage.clock() }));

describe('a sender of a sign-up', () => {
  it('comes online: our app hears of the account, and the number is registered', async () => {
    const { account, id } = await aSender();
    expect(await stage.sender(id)).toMatchObject({
      state: 'online',
      reason: null,
      quality: 'GREEN',
      texts_per_second: 80,
      people_per_day: 250,
    });
    expect(stage.meta.isRegistered(account.phoneNumberId)).toBe(true);
    expect(stage.meta.subscriptionOf(account.wabaId)).toEqual({
      subscribed: true,
      callback: 'http://127.0.0.1:9/webhooks/meta',
    });
  });

  it('lets the texts leave that waited for it, once it is online', async () => {
    const { clinic, account, id } = await aSender();
    const waits = await stage.text(clinic, { from: account.number, state: 'queued', reason: waitsForSender });
    const look = async () => {
      await stage.ring(clinic.id, id);
      await stage.look(clinic.id, id);
    };
    const elsewhere = await stage.text(clinic, { state: 'queued', reason: waitsForSender });
    await stage.server.owner.query("update whatsapp_senders set state = 'failed' where id = $1", [id]);
    await look();
    expect(await waits.isDue()).toBe(false);
    await stage.server.owner.query("update whatsapp_senders set state = 'online' where id = $1", [id]);
    await look();
    expect([await waits.isDue(), await elsewhere.isDue()]).toEqual([true, false]);
  });

  it('comes online once, wherever the process that brings it there dies', async () => {
    for (let dieAt = 1; dieAt <= 5; dieAt++) {
      const clinic = await stage.clinic();
      const account = anAccount();
      const outcome = await stage.signUp(clinic, account);
      const id = outcome.kind === 'connected' ? outcome.id : '';
      await dyingAfter(dieAt)({ ...aRegistration, orgId: clinic.id, id }).catch(() => {});
      await stage.look(clinic.id, id);
      expect((await stage.sender(id)).state).toBe('online');
      expect(stage.meta.isRegistered(account.phoneNumberId)).toBe(true);
    }
  });

  it('fails with what to do when Meta refuses, and comes online when its owner has mended that', async () => {
    const clinic = await stage.clinic();
    const account = anAccount();
    const code = stage.meta.signUp(account);
    stage.meta.setPin(account.phoneNumberId, '135791');
    const asked = {
      ...account,
      orgId: clinic.id,
      locationId: clinic.location.id,
      actor: 'api:olga',
      requestId: 'request-1',
    };
    const outcome = await stage.connect({ ...asked, code, pin: null });
    const id = outcome.kind === 'connected' ? outcome.id : '';
    await stage.look(clinic.id, id);
    const failed = await stage.sender(id);
    expect(failed.state).toBe('failed');
    expect(failed.reason).toMatch(/133005.*sign-up again and give its PIN/s);
    expect(await stage.tasks(clinic.id)).toEqual([expect.stringContaining(account.number)]);

    const again = stage.meta.signUp(account);
    stage.meta.setPin(account.phoneNumberId, '135791');
    expect(await stage.connect({ ...asked, code: again, pin: '135791' })).toEqual({ kind: 'connected', id });
    await stage.look(clinic.id, id);
    expect(await stage.sender(id)).toMatchObject({ state: 'online', reason: null });
    expect(await stage.tasks(clinic.id)).toEqual([]);
  });

  it('has staff told 14, 3 and 0 days before its permission ends, and says so when it has', async () => {
    const { clinic, account, id } = await aSender();
    const told = new Map<number, number>();
    const signedUpAt = stage.clock();
    for (let looks = 0; looks < 80 && (await stage.dueAt(id)) !== null; looks++) {
      const tasks = await stage.tasks(clinic.id, { alsoDone: true });
      told.set(tasks.length, Math.round(signedUpAt.until(stage.clock()).total('days')));
      await stage.waitAndLook(clinic.id, id);
    }
    const tasks = await stage.tasks(clinic.id, { alsoDone: true });
    expect(tasks.map((task) => /ends in (\d+) days|has ended/.exec(task)?.[0])).toEqual([
      'ends in 14 days',
      'ends in 3 days',
      'has ended',
    ]);
    expect([told.get(0), told.get(1)]).toEqual([45, 56]);
    const failed = await stage.sender(id);
    expect(failed.state).toBe('failed');
    expect(failed.reason).toMatch(/^Sign in again/);

    expect(await stage.signUp(clinic, account, { pin: '246810' })).toEqual({ kind: 'connected', id });
    await stage.look(clinic.id, id);
    expect(await stage.tasks(clinic.id)).toEqual([]);
  });

  it('that stopped working is found within a day, and renewed by another sign-up', async () => {
    const { clinic, account, id } = await aSender();
    stage.meta.revokeTokens(account.wabaId);
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.sender(id)).toMatchObject({ state: 'failed', reason: expect.stringMatching(/^Sign in again/) });
    expect(await stage.signUp(clinic, account)).toEqual({ kind: 'connected', id });
    await stage.look(clinic.id, id);
    expect((await stage.sender(id)).state).toBe('online');
  });

  it('is renewed without a pause while it is online', async () => {
    const { clinic, account, id } = await aSender();
    const before = await stage.sender(id);
    expect(await stage.signUp(clinic, account, { pin: '246810' })).toEqual({ kind: 'connected', id });
    const renewed = await stage.sender(id);
    expect(renewed.state).toBe('online');
    expect(renewed.token).not.toEqual(before.token);
    await stage.look(clinic.id, id);
    expect(await stage.sender(id)).toMatchObject({ state: 'online', step: 'registered' });
  });
});

describe('a sender that is disconnected', () => {
  it('is gone from the provider, its secrets are gone from here, and the next clinic inherits nothing', async () => {
    const { clinic, account, id } = await aSender();
    await disconnect(clinic.id, id);
    await stage.look(clinic.id, id);
    expect(await stage.sender(id)).toMatchObject({ state: 'disconnected', step: 'left', token: null, pin: null });
    expect(stage.meta.subscriptionOf(account.wabaId).subscribed).toBe(false);
    expect(await stage.dueAt(id)).toBeNull();

    const next = await stage.clinic();
    const outcome = await stage.signUp(next, account, { pin: '246810' });
    expect(outcome.kind).toBe('connected');
    const theirs = outcome.kind === 'connected' ? outcome.id : '';
    expect(theirs).not.toBe(id);
    await stage.look(next.id, theirs);
    expect((await stage.sender(theirs)).state).toBe('online');
    expect((await stage.sender(id)).state).toBe('disconnected');
  });

  it('leaves the account to the other numbers in it, whoever has them', async () => {
    const { clinic, account, id } = await aSender();
    const neighbour = await stage.clinic();
    const second = { ...anAccount(), wabaId: account.wabaId };
    const outcome = await stage.signUp(neighbour, second);
    const theirs = outcome.kind === 'connected' ? outcome.id : '';
    await stage.look(neighbour.id, theirs);
    expect((await stage.sender(theirs)).state).toBe('online');
    await disconnect(clinic.id, id);
    await stage.look(clinic.id, id);
    expect(stage.meta.subscriptionOf(account.wabaId).subscribed).toBe(true);
  });
});

describe('a number that is connected', () => {
  it('cannot be connected at another clinic', async () => {
    const { account, id } = await aSender();
    const other = await stage.clinic();
    expect(await stage.signUp(other, account)).toEqual({ kind: 'elsewhere' });
    expect((await stage.sender(id)).state).toBe('online');
  });
});

const aRegistration = { subject: 'whatsapp-sender', provider: 'meta', externalId: null, tries: 0, news: null } as const;

/** What brings senders forward, and dies when Meta has done what it was asked for the nth time. */
function dyingAfter(nth: number) {
  let asked = 0;
  const mortal = <Name extends keyof WhatsAppAccounts>(name: Name): WhatsAppAccounts[Name] =>
    (async (...given: Parameters<WhatsAppAccounts[Name]>) => {
      const ask = present(stage.accounts[name], name) as (...of: typeof given) => Promise<unknown>; // the method of that name
      const answer = await ask(...given);
      asked += 1;
      if (asked === nth) throw new Error('the process died');
      return answer;
    }) as WhatsAppAccounts[Name]; // asks and answers as the method does
  return makeAdvanceSender({
    inTenant: (orgId, work) => stage.worker.inTenant(orgId, work),
    openTask: openRegistrationTask,
    closeTasks: closeRegistrationTasks,
    clock: stage.clock,
    senders: null,
    keys: testTokenKeys,
    accounts: {
      inspectToken: mortal('inspectToken'),
      readNumber: mortal('readNumber'),
      subscribe: mortal('subscribe'),
      register: mortal('register'),
      unsubscribe: mortal('unsubscribe'),
    },
  });
}
