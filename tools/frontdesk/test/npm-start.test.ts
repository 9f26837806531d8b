import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Envelope } from '@frontdesk/contracts';
import { newId, present } from '@frontdesk/kernel';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { npmStart, type NpmStart } from './npm-start.ts';
import { frontdesk, spawnFrontdesk } from './run-frontdesk.ts';

let stack: NpmStart;
beforeAll(async () => {
  stack = await npmStart('--one-process');
}, 90_000);
afterAll(() => stack?.close(), 30_000);

const run = (...words: string[]) => frontdesk(words, stack.local);
const rows = async <Row extends object>(sql: string, ...values: unknown[]) =>
  (await stack.database.owner.query<Row>(sql, values)).rows;

/** The event that asked for the answer to Ana's text, once it has left the outbox. */
async function answered(): Promise<Envelope> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const [row] = await rows<{ envelope: Envelope }>(
      "select envelope from event_log where queue = 'messaging.fifo' and producer = 'conversation-worker' limit 1",
    );
    if (row !== undefined) return row.envelope;
    await sleep(50);
  }
  throw new Error('the answer to the text never left the outbox');
}

/** How operators' events of this type stand in the log, as soon as there are `most`. */
async function handedOut(eventId: string): Promise<Envelope['replay'][]> {
  const deadline = performance.now() + 30_000;
  while (performance.now() < deadline) {
    const again = await rows<{ replay: Envelope['replay'] }>(
      "select envelope -> 'replay' as replay from event_log where event_id = $1 and producer = 'operations'",
      eventId,
    );
    if (again.length > 0) return again.map(({ replay }) => replay);
    await sleep(50);
  }
  throw new Error('the desk did not take what operators put into the outbox');
}

const simulate = async (...words: string[]) => {
  const { code, stdout, stderr } = await frontdesk(['simulate', ...words, '--wait', '90', '--json'], stack.local);
  // The JSON of these verbs, whose shape the first test holds.
  return {
    code,
    stderr,
    ...(JSON.parse(stdout) as { answered: boolean; thread: { direction: string; text: string }[] }),
  };
};

describe('patients, as the command line plays them', () => {
  it('nobody can pay without a link, nor text as somebody who is not there', async () => {
    expect(await frontdesk(['simulate', 'payment', '--wait', '600'], stack.local)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no deposit link'),
    });
    expect(await frontdesk(['simulate', 'text', 'hi', '--as', 'maya'], stack.local)).toMatchObject({ code: 2 });
  });

  it('a text is answered, and the thread printed', async () => {
    const { code, stdout, stderr } = await spawnFrontdesk(
      ['simulate', 'text', 'Is there parking?', '--as', 'stranger', '--wait', '90'],
      stack.local,
    );
    expect(code).toBe(0);
    expect(stderr).toContain('On the stack of npm start');
    expect(stdout).toMatch(/Unknown number: Is there parking\?\n.*Radiance Medspa: .*parking/i);
  }, 90_000);

  it('a call that nobody answers is texted back', async () => {
    const { code, answered, thread } = await simulate('call', '--as', 'ben');
    expect({ code, answered }).toEqual({ code: 0, answered: true });
    expect(thread.at(-1)).toMatchObject({ direction: 'in', text: expect.stringMatching(/missed your call/) });
  }, 90_000);

  it('a patient texts their way to a deposit link, pays it as soon as it comes, and is booked', async () => {
    await simulate('text', "Hi, I'm Ana, a new client. I'd like botox on a weekday afternoon");
    await simulate('text', 'The first one, please');
    const [declined] = await Promise.all([
      frontdesk(['simulate', 'payment', '--decline', '--wait', '90'], stack.local),
      simulate('text', 'Yes, please send the link'),
    ]);
    expect(declined).toMatchObject({ code: 0, stderr: expect.stringContaining('Waiting for the deposit link') });
    const { code, thread } = await simulate('payment');
    expect(code).toBe(0);
    expect(thread.at(-1)?.text).toMatch(/booked/);
  }, 180_000);
});

describe('a clinic’s numbers, from the command line', () => {
  const clinic = '11111111-1111-4111-8111-111111111111';
  const admin = async (...words: string[]) => {
    const { code, stdout, stderr } = await frontdesk(words, { ...stack.local, FRONTDESK_CLINIC: clinic });
    return { code, stdout, stderr };
  };
  /** With --json: what it printed. */
  const told = async <Told>(...words: string[]) => {
    const { code, stdout, stderr } = await admin(...words, '--json');
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as Told; // of the verb that was run
  };
  const firstCodeOfTheSimulator = '104729';
  const folder = mkdtempSync(join(tmpdir(), 'frontdesk-numbers-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('a number is found, bought, set up, assigned and given back', async () => {
    const found = await told<{ items: { number: string }[] }>('numbers', 'search', '--area-code', '512');
    const number = present(found.items[0], 'a number for sale').number;
    expect((await admin('numbers', 'buy', number)).stdout).toContain('$1.00 a month. Nothing was bought');
    expect(await admin('numbers', 'buy', number, '--yes', '--wait', '90')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`${number}: assigned`),
    });
    expect((await admin('numbers', 'list')).stdout).toContain(number);
    expect((await admin('numbers', 'release', number)).stdout).toContain('Nothing was done');
    expect((await admin('numbers', 'release', number, '--yes')).stdout).toContain('is given up');
    expect((await admin('numbers', 'list')).stdout).not.toContain(number);
  }, 120_000);

  it('a brand and a campaign go from a file to a number that may text', async () => {
    const [brandFile, campaignFile] = [join(folder, 'brand.json'), join(folder, 'campaign.json')];
    writeFileSync(brandFile, (await admin('tendlc', 'sample', 'brand')).stdout);
    writeFileSync(campaignFile, (await admin('tendlc', 'sample', 'campaign')).stdout);
    expect((await admin('tendlc', 'check', 'brand', brandFile)).code).toBe(0);
    const brand = await told<{ id: string; state: string }>('tendlc', 'brand', brandFile, '--yes', '--wait', '90');
    expect(brand.state).toBe('verified');
    const ofBrand = ['--brand', brand.id, '--yes', '--wait', '90'];
    const campaign = await told<{ id: string; state: string }>('tendlc', 'campaign', campaignFile, ...ofBrand);
    expect(campaign.state).toBe('live');
    const [first] = await told<{ number: string }[]>('numbers', 'list');
    const number = present(first, 'the number of the clinic').number;
    expect(await admin('tendlc', 'assign', number, '--campaign', campaign.id, '--wait', '90')).toMatchObject({
      code: 0,
    });
    expect((await admin('tendlc', 'status')).stdout).toContain(`${number} (telnyx): texts leave`);
  }, 120_000);

  it('a line is hosted: code, letter, bill, and it is the clinic’s', async () => {
    const line = '+16025550177';
    const order = await told<{ id: string }>('numbers', 'host', 'order', line, '--yes', '--wait', '90');
    expect((await admin('numbers', 'host', 'show', order.id)).stdout).toContain(order.id);
    expect(await admin('numbers', 'host', 'code', order.id, '--by', 'call')).toMatchObject({ code: 0 });
    expect(await admin('numbers', 'host', 'code', order.id, '000000')).toMatchObject({ code: 2 });
    expect(await admin('numbers', 'host', 'code', order.id, firstCodeOfTheSimulator)).toMatchObject({ code: 0 });
    const papers = ['letter.pdf', 'bill.pdf'].map((name) => join(folder, name));
    for (const paper of papers) writeFileSync(paper, '%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n');
    const [loa = '', bill = ''] = papers;
    const given = ['numbers', 'host', 'documents', order.id, '--loa', loa, '--bill', bill, '--wait', '90'];
    expect((await admin(...given)).stdout).toContain(`${line}: activated`);
    expect((await admin('numbers', 'list')).stdout).toMatch(/\+16025550177 +telnyx +hosted/);
  }, 120_000);
});

describe('the command line, where the desk runs in one process', () => {
  it('finds nothing wrong with the desk, and a process that hands out', async () => {
    const { stdout, code } = await run('doctor');
    expect({ stdout, code }).toMatchObject({ code: 0, stdout: expect.stringContaining('a process hands out') });
  }, 60_000);

  it('replays an event, which the desk takes from the outbox by itself', async () => {
    const { id } = await answered();
    expect(await run('events', 'replay', id, '--bypass-inbox', '--yes')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('1 replayed.'),
    });
    expect(await handedOut(id)).toMatchObject([{ effects: 'withheld', inbox: 'bypassed' }]);
  }, 60_000);

  it('redrives one dead letter and dismisses another', async () => {
    const event = await answered();
    const [redriven, dismissed] = [newId(), newId()];
    const letters = [
      { id: redriven, event: { ...event, id: newId() } },
      { id: dismissed, event: { ...event, id: newId() } },
    ];
    for (const letter of letters) {
      await rows(
        `insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body)
         values ($1, $2, 'messaging.fifo', $3, $4, 'permanent: tried in vain', $5)`,
        letter.id,
        event.orgId,
        newId(),
        event.type,
        JSON.stringify(letter.event),
      );
    }
    expect((await run('dlq', 'list')).stdout).toContain('2 in all.');
    expect((await run('dlq', 'show', redriven)).stdout).toContain('tried in vain');
    expect((await run('dlq', 'redrive', redriven, '--yes')).stdout).toContain('1 redriven.');
    expect(await handedOut(letters[0]?.event.id ?? '')).toMatchObject([{ effects: 'allowed', inbox: 'respected' }]);
    expect((await run('dlq', 'dismiss', dismissed, '--yes')).stdout).toContain('1 dismissed.');
    expect((await run('dlq', 'list')).stdout).toContain('There are none.');
  }, 60_000);

  it('has a webhook taken in again', async () => {
    const [webhook] = await rows<{ id: string }>("select id from webhook_events where kind = 'message.received'");
    expect(await run('webhooks', 'replay', webhook?.id ?? '', '--again', '--yes')).toMatchObject({ code: 0 });
  }, 60_000);

  it('tells what waits in the outbox in the place of depths, and that there is no queue to look into', async () => {
    const [clinic] = await rows<{ id: string }>('select id from organizations');
    await rows(
      `insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope, not_before)
       values ($1, 'payments', 'payments.fifo', 'later', 0, $2, '{}', now() + interval '1 hour')`,
      clinic?.id,
      newId(),
    );
    const { stdout } = await run('queues', 'depth', '--json');
    const depths = JSON.parse(stdout) as object[]; // what the verb prints
    expect(depths).toHaveLength(3);
    expect(depths).toContainEqual({
      queue: 'payments.fifo',
      kind: 'work',
      visible: 0,
      inFlight: 0,
      delayed: 1,
      oldestSince: expect.any(String),
    });
    for (const words of [
      ['peek', 'messaging.fifo'],
      ['purge', 'messaging.fifo', '--yes'],
    ]) {
      expect(await run('queues', ...words)).toMatchObject({ code: 2, stderr: expect.stringContaining('no queues') });
    }
  });

  it('refuses to publish to queues beside such a desk', async () => {
    const { id } = await answered();
    const withQueues = {
      FRONTDESK_ENV: 'test',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      DATABASE_OPERATOR_URL: stack.database.operatorUrl,
    };
    for (const words of [
      ['events', 'replay', id, '--yes'],
      ['dlq', 'redrive', '--all', '--yes'],
    ]) {
      const refused = await frontdesk(words, withQueues);
      expect(refused).toMatchObject({ code: 3, stderr: expect.stringContaining('FRONTDESK_MODE=one-process') });
    }
  });

  it('prints a token that the administration of the stack takes, for that clinic and role alone', async () => {
    const clinic = '11111111-1111-4111-8111-111111111111';
    const { stdout, code } = await run('token', '--clinic', clinic, '--role', 'viewer', '--json');
    expect(code).toBe(0);
    const { token, apiUrl } = JSON.parse(stdout) as { token: string; apiUrl: string }; // of the verb above
    const ask = (orgId: string) =>
      fetch(`${apiUrl}/admin/messages?orgId=${orgId}`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask(clinic)).status).toBe(200);
    expect((await ask(newId())).status).toBe(403);
  });

  it('forgets the stack when it stops', async () => {
    await stack.stop();
    expect(existsSync(stack.local.FRONTDESK_STACK_FILE)).toBe(false);
    expect(await run('queues', 'depth')).toMatchObject({ code: 2, stderr: expect.stringContaining('npm start') });
  }, 30_000);
});

describe('anywhere else', () => {
  it.each(['production', 'staging', ''])('nothing is simulated where FRONTDESK_ENV is "%s"', async (environment) => {
    const place = { FRONTDESK_ENV: environment, AWS_REGION: 'us-east-1' };
    expect(await frontdesk(['simulate', 'text', 'hi'], place)).toMatchObject({ code: 3, stdout: '' });
  });

  it('no token is given out', async () => {
    const elsewhere = await frontdesk(['token', '--clinic', newId()], {
      FRONTDESK_ENV: 'production',
      DATABASE_OPERATOR_URL: 'postgresql://a:b@127.0.0.1:1/c',
    });
    expect(elsewhere).toMatchObject({ code: 3, stdout: '' });
    expect(elsewhere.stderr).toContain('your identity provider gives out tokens');
  });
});
