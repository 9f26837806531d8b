import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { commonConfig, judgeConfig } from '../config.ts';
import { publicUrl, secret, vendorUrl } from '../setting.ts';

const schema = z.object({
  ...commonConfig,
  API_KEY: secret(z.string().min(1), 20),
  SEAL_KEYS: secret(z.string().min(1)),
  WEBHOOK_URL: publicUrl(z.url()),
  VENDOR_URL: vendorUrl(z.url().optional(), {
    production: ['api.vendor.example'],
    staging: ['api.vendor.example', 'sandbox.vendor.example'],
  }),
});

const key = (bytes: Buffer) => `2026-11:${bytes.toString('base64')}`;
const sound = {
  FRONTDESK_ENV: 'production',
  DATABASE_URL: 'postgresql://frontdesk_app:9hX2mPq7RvL4tZ8w@db.internal:5432/frontdesk',
  API_KEY: 'KEY0198FA37C2D4E6B8A1C3',
  SEAL_KEYS: key(randomBytes(32)),
  WEBHOOK_URL: 'https://hooks.clinic-desk.com',
};

describe('a start where patients are served', () => {
  it.each(['production', 'staging'])('is granted in %s with sound settings', (FRONTDESK_ENV) => {
    expect(judgeConfig(schema, { ...sound, FRONTDESK_ENV }).faults).toEqual([]);
  });

  it.each([
    ['API_KEY', 'KEY-local'],
    ['API_KEY', 'KEY-local-but-a-long-one-0123456'],
    ['API_KEY', 'local-square-signature-key'],
    ['API_KEY', 'changeme-changeme-changeme'],
    ['API_KEY', 'KEY0198FA37C2D4'],
    ['API_KEY', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
    ['SEAL_KEYS', key(Buffer.alloc(32, 7))],
    ['SEAL_KEYS', `${key(randomBytes(32))},${key(Buffer.alloc(32))}`],
    ['DATABASE_URL', 'postgresql://postgres:postgres@db.internal/frontdesk'],
    ['DATABASE_URL', 'postgresql://desk:hunter2@db.internal/frontdesk'],
    ['REDIS_URL', 'redis://:guest@cache.internal:6379'],
    ['AWS_ACCESS_KEY_ID', 'local'],
    ['AWS_SECRET_ACCESS_KEY', 'test'],
    ['WEBHOOK_URL', 'http://hooks.clinic-desk.com'],
    ['WEBHOOK_URL', 'https://localhost:8080'],
    ['WEBHOOK_URL', 'https://192.168.1.7'],
    ['WEBHOOK_URL', 'https://[::1]'],
    ['VENDOR_URL', 'http://127.0.0.1:4010'],
    ['VENDOR_URL', 'http://api.vendor.example'],
    ['VENDOR_URL', 'https://api.vendor.example.evil.test'],
    ['API_KEY', 'KEY0198FA37C2D4E6B8A1C3,KEY-local'],
    ['AWS_ENDPOINT_URL', 'http://localstack:4566'],
    ['AWS_ENDPOINT_URL_SQS', 'http://localhost:4566'],
    ['FAILPOINTS', 'send.after-claim'],
    ['NODE_TLS_REJECT_UNAUTHORIZED', '0'],
  ])('is refused for %s = %s, by name and without its value', (name, value) => {
    const { faults } = judgeConfig(schema, { ...sound, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^${name} is refused where FRONTDESK_ENV is production: .+; .+`));
    expect(faults[0]).not.toContain(value.length > 6 ? value : `"${value}"`);
  });

  it.each([undefined, '', 'prod', 'PRODUCTION', 'live', 'lokal'])('counts FRONTDESK_ENV = %s as production', (name) => {
    const { faults } = judgeConfig(schema, { ...sound, FRONTDESK_ENV: name, API_KEY: 'KEY-local' });
    expect(faults).toEqual([expect.stringMatching(/^API_KEY is refused where FRONTDESK_ENV is production/)]);
  });

  it("takes a vendor's sandbox in staging and refuses it in production", () => {
    const sandbox = { ...sound, VENDOR_URL: 'https://sandbox.vendor.example' };
    expect(judgeConfig(schema, { ...sandbox, FRONTDESK_ENV: 'staging' }).faults).toEqual([]);
    expect(judgeConfig(schema, sandbox).faults).toHaveLength(1);
  });

  it('takes a private endpoint of AWS, and both keys while one is rotated', () => {
    const AWS_ENDPOINT_URL = 'https://vpce-0a1b.sqs.us-east-1.vpce.amazonaws.com';
    const API_KEY = `${sound.API_KEY},KEY0199A2C4E6F8B1D3057926`;
    expect(judgeConfig(schema, { ...sound, AWS_ENDPOINT_URL, API_KEY }).faults).toEqual([]);
  });

  it('tells everything that is wrong at once: what is missing, what is malformed and what is refused', () => {
    const { API_KEY: _missing, ...rest } = sound;
    const { faults } = judgeConfig(schema, { ...rest, PORT: 'eighty', SEAL_KEYS: 'local', WEBHOOK_URL: 'http://x.io' });
    expect(faults.map((fault) => fault.split(' is ', 2)[0])).toEqual(['PORT', 'API_KEY', 'SEAL_KEYS', 'WEBHOOK_URL']);
  });
});

describe('a start at home', () => {
  it.each(['local', 'test'])('takes what %s has', (FRONTDESK_ENV) => {
    const home = {
      FRONTDESK_ENV,
      DATABASE_URL: 'postgresql://postgres:postgres@127.0.0.1/frontdesk',
      API_KEY: 'KEY-local',
      SEAL_KEYS: key(Buffer.alloc(32, 7)),
      WEBHOOK_URL: 'http://127.0.0.1:3000',
      VENDOR_URL: 'http://127.0.0.1:4010',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
    };
    expect(judgeConfig(schema, home).faults).toEqual([]);
  });
});
