import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigFault, newId } from '@frontdesk/kernel';
import { freePort, type ClinicDefinition } from '@frontdesk/local-stack';
import type { Host } from '@frontdesk/runtime';
import {
  startMetaSimulator,
  startTelnyxSimulator,
  startTwilioSimulator,
  type TelnyxSimulator,
} from '@frontdesk/simulators';
import {
  createTestClinic,
  createTestDatabase,
  createTestQueues,
  type TestDatabase,
  type TestQueues,
  until,
} from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';
import { addSender, newNumber, rowsOf } from './desk.ts';
import { phoneNumberIdOf } from './meta-webhooks.ts';
import {
  metaAppSecret,
  metaVerifyToken,
  publicWebhookUrl,
  squareSignatureKey,
  telnyxHeaders,
  telnyxPublicKey,
  twilioAuthToken,
} from './signing.ts';
import { received } from './webhooks.ts';

let database: TestDatabase;
let queues: TestQueues;
let clinic: ClinicDefinition;
let environment: Record<string, string>;

beforeAll(async () => {
  [database, queues] = await Promise.all([createTestDatabase(), createTestQueues()]);
  clinic = await createTestClinic(database.owner);
  environment = {
    FRONTDESK_ENV: 'test',
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATABASE_URL: database.appUrl,
    AWS_ENDPOINT_URL: queues.endpoint,
    TELNYX_PUBLIC_KEY: telnyxPublicKey,
    SQUARE_WEBHOOK_SIGNATURE_KEY: squareSignatureKey,
    PUBLIC_WEBHOOK_URL: publicWebhookUrl,
  };
});
afterAll(async () => {
  await queues.close();
  await database.close();
});

/** Runs the service in this process while `during` goes on. */
async function withService(
  during: (url: string, service: Host) => Promise<void>,
  change: Record<string, string> = {},
): Promise<void> {
  const service = compose(await loadConfig({ ...environment, ...change }));
  await service.start();
  try {
    await during(`http://127.0.0.1:${service.port}`, service);
  } finally {
    await service.stop();
  }
}

const post = (url: string, event: unknown) => {
  const body = JSON.stringify(event);
  return fetch(`${url}/webhooks/telnyx/messages`, { method: 'POST', headers: telnyxHeaders(body), body });
};
const outboxIsEmpty = async () => (await rowsOf(database).count('outbox')) === 0;

describe('the running service', () => {
  it('publishes what it stored', async () => {
    await withService(async (url) => {
      const before = await queues.depth('conversation.fifo');
      expect((await post(url, received({ from: newNumber(), to: clinic.location.number, text: 'hi' }))).status).toBe(
        200,
      );
      await until('the event is in the queue', async () => (await queues.depth('conversation.fifo')) === before + 1);
      await until('the outbox is empty', outboxIsEmpty);
    });
  });

  it('says how it is, and 404 in JSON where it serves nothing', async () => {
    await withService(async (url) => {
      expect((await fetch(`${url}/health`)).status).toBe(200);
      expect(await (await fetch(`${url}/ready`)).json()).toMatchObject({ ready: true, failing: [] });
      await post(url, {});
      expect(await (await fetch(`${url}/metrics`)).text()).toMatch(
        /frontdesk_webhook_answers_total\{.*outcome="unreadable".*\} \d/,
      );
      const nowhere = await fetch(`${url}/nowhere`);
      expect([nowhere.status, await nowhere.json()]).toMatchObject([404, { error: { code: 'unknown-path' } }]);
    });
  });

  it('is not ready without its queue, and names it, but still takes in webhooks', async () => {
    const AWS_ENDPOINT_URL = `http://127.0.0.1:${await freePort()}`;
    await withService(
      async (url) => {
        const ready = await fetch(`${url}/ready`);
        expect([ready.status, await ready.json()]).toMatchObject([503, { failing: ['sqs'] }]);
        const answer = await post(url, received({ from: newNumber(), to: clinic.location.number, text: 'hi' }));
        expect(answer.status).toBe(200);
      },
      { AWS_ENDPOINT_URL },
    );
  });

  it('understands the carrier: texts, a copy, the same text under two ids, and a missed call', async () => {
    await withService(async (url) => {
      const telnyx: TelnyxSimulator = await startTelnyxSimulator({
        seed: Buffer.alloc(32, 7),
        webhookUrls: { messages: `${url}/webhooks/telnyx/messages`, voice: `${url}/webhooks/telnyx/voice` },
      });
      try {
        const rows = rowsOf(database);
        const from = newNumber();
        const to = clinic.location.number;
        const answer = await telnyx.receiveText({ from, to, text: 'Hello!', copies: 2, twin: true });
        expect([answer, ...answer.repeats].map(({ status }) => status)).toEqual([200, 200, 200]);
        expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, 'duplicate']);
        await telnyx.receiveText({ from, to, text: 'STOP' });
        expect(await rows.consents(from)).toMatchObject([{ kind: 'opt-out', source: 'carrier' }]);
        const call = await telnyx.placeCall({ from, to });
        await call.hangUp();
        await until('the call has ended', async () => (await rows.calls(call.sessionId))[0]?.ended_at != null);
        expect(await rows.calls(call.sessionId)).toMatchObject([{ answered_at: null, from_number: from }]);
      } finally {
        await telnyx.stop();
      }
    });
  });

  it('understands Twilio behind a proxy: texts, a copy, the same text under two ids, and a missed call', async () => {
    await withService(
      async (url) => {
        const twilio = await startTwilioSimulator({
          authToken: twilioAuthToken,
          webhookUrls: {
            messages: `${publicWebhookUrl}/webhooks/twilio/messages`,
            voice: `${publicWebhookUrl}/webhooks/twilio/voice`,
            voiceStatus: `${publicWebhookUrl}/webhooks/twilio/voice/status`,
          },
          // What Twilio knows as the public address leads, without TLS, to another host and port.
          route: (address) => address.replace(publicWebhookUrl, url),
        });
        try {
          const rows = rowsOf(database);
          const from = newNumber();
          const to = clinic.location.number;
          const answer = await twilio.receiveText({ from, to, text: 'Hello!', copies: 2, twin: true });
          expect([answer, ...answer.repeats].map(({ status }) => status)).toEqual([200, 200, 200]);
          expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, 'duplicate']);
          const call = await twilio.placeCall({ from, to });
          expect(call.state()).toBe('over');
          await until('the call has ended', async () => (await rows.calls(call.sid))[0]?.ended_at != null);
          expect(await rows.calls(call.sid)).toMatchObject([{ answered_at: null, from_number: from }]);
          twilio.rotateAuthToken('f'.repeat(32));
          const refused = await twilio.receiveText({ from, to, text: 'Hello again!' });
          expect(refused.status).toBe(401);
        } finally {
          await twilio.stop();
        }
      },
      { TWILIO_AUTH_TOKEN: twilioAuthToken },
    );
  });

  it('understands Meta: a text and its copy, a person who hides their number, and many texts in one', async () => {
    await addSender(database, clinic);
    const { number: to } = clinic.location;
    const settings = { META_APP_SECRET: metaAppSecret, META_VERIFY_TOKEN: metaVerifyToken };
    await withService(async (url) => {
      const meta = await startMetaSimulator({
        appSecret: metaAppSecret,
        webhookUrl: `${url}/webhooks/meta`,
        accounts: [{ wabaId: '2000000000000', numbers: [{ phoneNumberId: phoneNumberIdOf(to), number: to }] }],
      });
      try {
        const rows = rowsOf(database);
        const [from, other] = [newNumber(), newNumber()];
        const answer = await meta.receiveText({ from, to, text: 'Hello!', copies: 2, twin: true });
        expect([answer, ...answer.repeats].map(({ status }) => status)).toEqual([200, 200, 200]);
        expect((await rows.texts(from)).map(({ handled_by: by }) => by)).toEqual([null, 'duplicate']);
        meta.hideNumber(from);
        await meta.receiveText({ from, to, text: 'It is still me' });
        const batch = await meta.batch(async () => {
          await meta.receiveText({ from, to, text: 'STOP' });
          await meta.receiveText({ from: other, to, text: 'Hello, too!' });
        });
        expect(batch?.status).toBe(200);
        expect(await rows.texts(from)).toHaveLength(4);
        expect(await rows.texts(other)).toHaveLength(1);
        expect(await rows.optedOut(clinic, from)).toBe(true);
        meta.rotateAppSecret('another secret of the app');
        expect((await meta.receiveText({ from, to, text: 'Hello again!' })).status).toBe(401);
      } finally {
        await meta.stop();
      }
    }, settings);
  });
});

describe('a start without what the service needs', () => {
  it('of Twilio is none: its addresses are not there', async () => {
    for (const TWILIO_AUTH_TOKEN of [undefined, '']) {
      const config = await loadConfig({
        ...environment,
        ...(TWILIO_AUTH_TOKEN !== undefined && { TWILIO_AUTH_TOKEN }),
      });
      expect(config.TWILIO_AUTH_TOKEN).toBeUndefined();
    }
    await withService(async (url) => {
      expect((await fetch(`${url}/webhooks/twilio/messages`, { method: 'POST' })).status).toBe(404);
    });
  });

  it.each(['TELNYX_PUBLIC_KEY', 'SQUARE_WEBHOOK_SIGNATURE_KEY', 'PUBLIC_WEBHOOK_URL', 'DATABASE_URL'])(
    'is refused and names it: %s',
    async (name) => {
      await expect(loadConfig({ ...environment, [name]: '' })).rejects.toThrow(ConfigFault);
      await expect(loadConfig({ ...environment, [name]: '' })).rejects.toThrow(name);
    },
  );

  it('is refused when the key of Telnyx is no key', async () => {
    const config = await loadConfig({ ...environment, TELNYX_PUBLIC_KEY: 'bm8ga2V5' });
    expect(() => compose(config)).toThrow('TELNYX_PUBLIC_KEY');
  });

  it('is refused when row-level security would not bind it', async () => {
    const service = compose(await loadConfig({ ...environment, DATABASE_URL: database.adminUrl }));
    await expect(service.start()).rejects.toThrow(ConfigFault);
    await service.stop();
  });
});

describe('a service that dies', () => {
  it.each([
    ['after the signature was checked', 'ingress.after-verify', 'accepted'],
    ['before the commit', 'ingress.before-commit', 'accepted'],
    ['after the commit, before the answer', 'ingress.after-commit', 'duplicate'],
  ])('%s loses nothing and stores nothing twice when the carrier tries again', async (_when, failpoint, then) => {
    const from = newNumber();
    const event = received({ from, to: clinic.location.number, text: `crash ${newId()}` });
    const port = await freePort();
    const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
    const env = { ...environment, PORT: String(port), FAILPOINTS: failpoint };
    const process_ = spawn(process.execPath, [main], { env, stdio: 'ignore' });
    const died = once(process_, 'exit');
    const url = `http://127.0.0.1:${port}`;
    await until('it listens', async () => (await fetch(`${url}/health`).catch(() => null)) !== null);
    await expect(post(url, event)).rejects.toThrow('fetch failed');
    expect((await died)[1]).toBe('SIGKILL');
    await withService(async (again) => {
      expect(await (await post(again, event)).json()).toEqual({ result: then });
      await until('the event is published', outboxIsEmpty);
    });
    expect(await rowsOf(database).texts(from)).toHaveLength(1);
  });
});
