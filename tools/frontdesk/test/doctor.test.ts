import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteQueueCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '@frontdesk/operations';
import { queueUrl } from '@frontdesk/queue';
import { createTestDatabase, createTestQueues, type TestDatabase, type TestQueues } from '@frontdesk/testkit';
import { frontdesk, type Variables } from './run-frontdesk.ts';

let database: TestDatabase;
let queues: TestQueues;
let folder: string;
let desk: Variables;

beforeAll(async () => {
  database = await createTestDatabase();
  queues = await createTestQueues();
  folder = await mkdtemp(join(tmpdir(), 'frontdesk-doctor-'));
  desk = {
    FRONTDESK_ENV: 'test',
    DATABASE_OPERATOR_URL: database.operatorUrl,
    AWS_ENDPOINT_URL: queues.endpoint,
    AWS_REGION: 'us-east-1',
  };
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await queues.close();
  await database.close();
});

/** What the doctor says, and of that what is wrong: `area / subject: says`. */
async function examined(words: readonly string[], variables: Variables) {
  const { code, stdout, stderr } = await frontdesk(['doctor', '--json', ...words], variables);
  const { areas } = JSON.parse(stdout) as Report;
  const all = areas.flatMap(({ area, findings }) => findings.map((finding) => ({ area, ...finding })));
  const wrong = all.filter(({ verdict }) => verdict === 'wrong').map(({ area, says }) => `${area} / ${says}`);
  return { code, stdout, stderr, all, wrong };
}

/** Another server in the place of one: what it answers. */
async function withServer<T>(answer: (path: string) => [number, unknown], work: (port: number) => Promise<T>) {
  const server: Server = createServer((request, response) => {
    const [status, body] = answer(request.url ?? '');
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await work((server.address() as AddressInfo).port); // it listens at a port
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

const payments = () => ({
  DATABASE_URL: database.appUrl,
  TOKEN_KEYS: `2026-11:${randomBytes(32).toString('base64')}`,
  PAYMENT_RETURN_URL: 'https://desk.clinic-desk.com/paid',
});

describe('a desk with which nothing is wrong', () => {
  it('is told in ticks and ends with 0', async () => {
    const { code, stdout } = await frontdesk(['doctor'], desk);
    expect([code, stdout]).toEqual([0, expect.stringMatching(/Nothing is wrong \(\d+ fine, \d+ doubtful\)\.\n$/)]);
    expect(stdout).toMatch(/✓ migrations: at \d{4}_/);
    expect(stdout).toMatch(/✓ login: bound by row-level security/);
    expect(stdout).toMatch(/✓ payments-dlq\.fifo: as the contracts say/);
    expect(stdout).not.toContain('✗');
  });

  it('is told in colours to somebody who looks', async () => {
    const { stdout } = await frontdesk(['doctor'], { ...desk, TERM: 'xterm-256color' }, { isTTY: true });
    expect(stdout).toContain('\u001B[32m✓');
  });

  it("has its services' environments looked at, when they are there", async () => {
    const { code, all, wrong } = await examined([], { ...desk, ...payments() });
    expect([code, wrong]).toEqual([0, []]);
    expect(all).toContainEqual(expect.objectContaining({ area: 'payments: settings', says: 'complete' }));
    expect(all).toContainEqual(expect.objectContaining({ area: 'payments: database', subject: 'migrations' }));
  });
});

describe('an environment', () => {
  it('is judged as what it says it is, with what is missing, refused or of the wrong login', async () => {
    const file = join(folder, 'payments.env');
    await writeFile(
      file,
      `DATABASE_URL=${database.adminUrl}\nTOKEN_KEYS=local-1:${Buffer.alloc(32, 7).toString('base64')}\nSQUARE_BASE_URL=https://connect.squareupsandbox.com\n`,
    );
    const { code, wrong, stdout } = await examined(['--settings', `payments=${file}`], desk);
    expect(code).toBe(1);
    for (const said of [
      /PAYMENT_RETURN_URL is missing/,
      /TOKEN_KEYS is refused where FRONTDESK_ENV is production/,
      /SQUARE_BASE_URL is refused/,
      /payments: database \/ DATABASE_URL logs in as \w+, which row-level security does not bind/,
    ]) {
      expect(wrong).toContainEqual(expect.stringMatching(said));
    }
    expect(stdout).not.toContain(Buffer.alloc(32, 7).toString('base64'));
  });

  it('may be named, when it says too little by itself', async () => {
    const { wrong } = await examined(['--service', 'messaging-worker'], desk);
    expect(wrong).toContainEqual(expect.stringMatching(/messaging-worker: settings \/ TELNYX_API_KEY is missing/));
  });

  it('that nobody knows counts as production, and is told so', async () => {
    const { all } = await examined(['--service', 'payments'], { ...desk, ...payments(), FRONTDESK_ENV: 'prod' });
    expect(all).toContainEqual(
      expect.objectContaining({
        subject: 'FRONTDESK_ENV',
        verdict: 'doubtful',
        says: 'unknown, which counts as production',
      }),
    );
  });

  it('has keys that look like those of their providers', async () => {
    const { all } = await examined(['--service', 'messaging-worker'], {
      ...desk,
      FRONTDESK_ENV: 'staging',
      TELNYX_API_KEY: 'Bearer of a key that is none, but a long one',
    });
    expect(all).toContainEqual(expect.objectContaining({ subject: 'TELNYX_API_KEY', verdict: 'doubtful' }));
  });

  it('is refused as a file of a service that nobody knows, or that cannot be read', async () => {
    expect((await frontdesk(['doctor', '--settings', 'dashboard=./x'], desk)).code).toBe(2);
    expect((await frontdesk(['doctor', '--settings', 'payments=/nowhere/x.env'], desk)).code).toBe(2);
    expect((await frontdesk(['doctor', '--service', 'dashboard'], desk)).code).toBe(2);
  });

  it('is told when its secret cannot be read', async () => {
    const answers = (): [number, unknown] => [400, { __type: 'ResourceNotFoundException' }];
    await withServer(answers, async (port) => {
      const given = { SECRET_ID: 'frontdesk/payments', AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
      const credentials = { AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
      Object.assign(process.env, credentials); // the SDK looks for them there
      const file = join(folder, 'secret.env');
      await writeFile(
        file,
        Object.entries(given)
          .map(([name, value]) => `${name}=${value}\n`)
          .join(''),
      );
      const { wrong } = await examined(['--settings', `payments=${file}`], desk);
      expect(wrong).toContainEqual(expect.stringMatching(/SECRET_ID names a secret that could not be read/));
    });
  });
});

describe('a port', () => {
  it('is fine when the service answers there, and wrong when another does', async () => {
    const answers = (path: string): [number, unknown] =>
      path === '/health' ? [200, { service: 'payments' }] : [200, { ready: true }];
    await withServer(answers, async (port) => {
      const own = await examined([], { ...desk, ...payments(), PORT: String(port) });
      expect(own.all).toContainEqual(expect.objectContaining({ subject: `port ${port}`, verdict: 'fine' }));
      const other = await examined(['--service', 'messaging-worker'], { ...desk, PORT: String(port) });
      expect(other.wrong).toContainEqual(expect.stringMatching(/taken by payments/));
    });
  });
});

describe('the outside', () => {
  it('is asked only when told to: the carrier about the key, the public address about the desk', async () => {
    const asked: string[] = [];
    const answers = (path: string): [number, unknown] => {
      asked.push(path);
      return path.startsWith('/v2') ? [401, {}] : [200, {}];
    };
    await withServer(answers, async (port) => {
      const url = `http://127.0.0.1:${port}`;
      const given = { ...desk, TELNYX_API_KEY: 'KEY-local', TELNYX_BASE_URL: `${url}/v2`, PUBLIC_WEBHOOK_URL: url };
      await examined(['--service', 'messaging-worker'], given);
      expect(asked).toEqual([]);
      const { wrong, all } = await examined(['--service', 'messaging-worker', '--online'], given);
      expect(wrong).toContainEqual(expect.stringMatching(/the carrier refuses it \(401\)/));
      expect(all).toContainEqual(expect.objectContaining({ subject: 'PUBLIC_WEBHOOK_URL', verdict: 'fine' }));
    });
  });
});

describe('a database', () => {
  it('that is older than the release, or lacks the partitions of the coming days, is wrong', async () => {
    const older = await createTestDatabase();
    await older.owner.query("delete from migrations where name > '0011'");
    const { rows } = await older.owner.query<{ name: string }>(
      "select relname::text as name from pg_class where relname like 'event\\_log\\_2%' and relispartition and relkind = 'r'",
    );
    for (const { name } of rows) await older.owner.query(`drop table ${name}`);
    const { code, wrong } = await examined([], { ...desk, DATABASE_OPERATOR_URL: older.operatorUrl });
    await older.close();
    expect(code).toBe(1);
    expect(wrong).toEqual([
      expect.stringMatching(/at 0010_grants, older than this release/),
      expect.stringMatching(/no partition for \d{8} and \d{8}/),
    ]);
  });

  it('that does not answer is wrong, and nothing else suffers', async () => {
    const { code, wrong, all } = await examined([], {
      ...desk,
      DATABASE_OPERATOR_URL: 'postgresql://operator:x@127.0.0.1:1/frontdesk',
    });
    expect([code, wrong]).toEqual([1, [expect.stringMatching(/Postgres, as operators \/ .*ECONNREFUSED/)]]);
    expect(all).toContainEqual(expect.objectContaining({ area: 'queues', subject: 'messaging.fifo', verdict: 'fine' }));
  });
});

describe('queues', () => {
  it('of no region are wrong, with what to set', async () => {
    const { AWS_REGION: _, AWS_ENDPOINT_URL: __, ...nowhere } = desk;
    const { code, stdout } = await frontdesk(['doctor'], { ...nowhere, AWS_CONFIG_FILE: '/nowhere/config' });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/Region is missing\n\s+set AWS_REGION/)]);
  });

  it('that are missing, or made otherwise than the contracts say, are wrong', async () => {
    const broken = await createTestQueues();
    await broken.sqs.send(new DeleteQueueCommand({ QueueUrl: await queueUrl(broken.sqs, 'payments.fifo') }));
    await broken.sqs.send(
      new SetQueueAttributesCommand({
        QueueUrl: await queueUrl(broken.sqs, 'messaging.fifo'),
        Attributes: { VisibilityTimeout: '5', RedrivePolicy: '' },
      }),
    );
    const { wrong } = await examined([], { ...desk, AWS_ENDPOINT_URL: broken.endpoint });
    await broken.close();
    expect(wrong).toContainEqual('queues / it is not there');
    expect(wrong).toContainEqual(expect.stringMatching(/VisibilityTimeout is 5, not 60/));
  });

  it('that nobody answers for are wrong', async () => {
    const { wrong } = await examined([], { ...desk, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(wrong).toEqual([expect.stringMatching(/^queues \//)]);
  });
});
