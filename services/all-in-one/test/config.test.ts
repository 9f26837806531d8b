import { describe, expect, it } from '@jest/globals';
import { configSchema as api } from '@frontdesk/api/config';
import { configSchema as conversation } from '@frontdesk/conversation-worker/config';
import { configSchema as messaging } from '@frontdesk/messaging-worker/config';
import { configSchema as payments } from '@frontdesk/payments-service/config';
import { configSchema as ingress } from '@frontdesk/webhook-ingress/config';
import { configSchema, loadConfig } from '../src/config.ts';

const given = {
  FRONTDESK_ENV: 'test',
  DATABASE_URL: 'postgresql://frontdesk_app:app@127.0.0.1/frontdesk',
  TELNYX_PUBLIC_KEY: 'key',
  TELNYX_API_KEY: 'KEY-test',
  SQUARE_WEBHOOK_SIGNATURE_KEY: 'key',
  PUBLIC_WEBHOOK_URL: 'http://127.0.0.1:9',
  PAYMENT_RETURN_URL: 'http://127.0.0.1:9/paid',
  BEDROCK_MODEL_ID: 'model',
  TOKEN_KEYS: `one:${Buffer.alloc(32, 1).toString('base64')}`,
  MEDIA_FOLDER: '/var/lib/frontdesk/media',
};

describe('the settings of the desk in one process', () => {
  it('are those of the five services, without queues, Redis and the size of single pools', () => {
    const all = [ingress, conversation, messaging, payments, api].flatMap(({ shape }) => Object.keys(shape));
    const own = Object.keys(configSchema.shape);
    const left = ['AWS_ENDPOINT_URL', 'DATABASE_POOL', 'QUEUE_VISIBILITY_SECONDS', 'QUEUE_WATCH_MS', 'REDIS_URL'];
    expect([...new Set(all)].filter((name) => !own.includes(name)).toSorted()).toEqual(left);
    expect(own.filter((name) => !all.includes(name))).toEqual([]);
  });

  it('hold for every service: what the desk takes, each of them would', async () => {
    await loadConfig(given);
    for (const schema of [ingress, conversation, messaging, payments])
      expect(schema.safeParse(given).success).toBe(true);
  });

  it.each(Object.keys(given).filter((name) => name !== 'FRONTDESK_ENV'))(
    'refuse to start without %s, naming it',
    async (name) => {
      await expect(loadConfig({ ...given, [name]: '' })).rejects.toThrow(`${name} is missing`);
    },
  );

  it('keep the rules between settings', async () => {
    await expect(loadConfig({ ...given, UNKNOWN_AFTER_MS: '500', SEND_TIMEOUT_MS: '800' })).rejects.toThrow(
      /UNKNOWN_AFTER_MS is wrong \(it must be longer than SEND_TIMEOUT_MS/,
    );
  });

  it('name one place for files that come with texts, a folder or a bucket', async () => {
    await loadConfig({ ...given, MEDIA_FOLDER: '', MEDIA_BUCKET: 'frontdesk-media' });
    await expect(loadConfig({ ...given, MEDIA_BUCKET: 'frontdesk-media' })).rejects.toThrow(
      'MEDIA_FOLDER is wrong (give either MEDIA_FOLDER or MEDIA_BUCKET',
    );
  });

  it('of the administration are given together or not at all', async () => {
    const admin = {
      ADMIN_ISSUER: 'http://127.0.0.1:9',
      ADMIN_AUDIENCE: 'a',
      ADMIN_JWKS_URL: 'http://127.0.0.1:9/keys',
    };
    await loadConfig({ ...given, ...admin });
    await expect(loadConfig({ ...given, ...admin, ADMIN_AUDIENCE: '' })).rejects.toThrow(
      /ADMIN_ISSUER is wrong \(give all of ADMIN_ISSUER, ADMIN_AUDIENCE, ADMIN_JWKS_URL, or none\)/,
    );
  });

  it('refuse demo values where patients are served', async () => {
    await expect(loadConfig({ ...given, FRONTDESK_ENV: 'production' })).rejects.toThrow(
      /TELNYX_API_KEY is refused.*TOKEN_KEYS is refused/,
    );
  });
});
