import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:http';
import { ConfigFault } from '@frontdesk/kernel';
import { z } from 'zod';
import { commonConfig, loadConfig } from './config.ts';
import { listen, type Listener } from './listen.ts';

const schema = z.object({ ...commonConfig, TELNYX_API_KEY: z.string().min(10) });
const complete = {
  DATABASE_URL: 'postgresql://frontdesk_app@127.0.0.1/frontdesk',
  TELNYX_API_KEY: 'KEY0123456789',
  FRONTDESK_ENV: 'test',
};

describe('the configuration of a service', () => {
  it('comes from the environment, with the common defaults', async () => {
    expect(await loadConfig(schema, complete)).toMatchObject({
      FRONTDESK_ENV: 'test',
      TELNYX_API_KEY: 'KEY0123456789',
      PORT: 8080,
      AWS_REGION: 'us-east-1',
      LOG_LEVEL: 'info',
      FAILPOINTS: [],
    });
  });

  it('is that of production when nobody says otherwise', async () => {
    const { FRONTDESK_ENV: _unset, ...rest } = complete;
    expect((await loadConfig(schema, rest)).FRONTDESK_ENV).toBe('production');
  });

  it('is that of production where the name of the environment is unknown', async () => {
    const config = await loadConfig(schema, { ...complete, FRONTDESK_ENV: 'prod-eu' });
    expect(config.FRONTDESK_ENV).toBe('production');
  });

  it('names everything that is missing', async () => {
    await expect(loadConfig(schema, {})).rejects.toThrow(ConfigFault);
    await expect(loadConfig(schema, {})).rejects.toThrow(/DATABASE_URL is missing; TELNYX_API_KEY is missing/);
  });

  it('takes an empty value for a missing one', async () => {
    await expect(loadConfig(schema, { ...complete, TELNYX_API_KEY: '' })).rejects.toThrow(/TELNYX_API_KEY is missing/);
  });

  it('names what is wrong without telling its value', async () => {
    const wrong = loadConfig(schema, { ...complete, TELNYX_API_KEY: 'KEY-short' });
    await expect(wrong).rejects.toThrow(/TELNYX_API_KEY is wrong/);
    await expect(wrong).rejects.not.toThrow(/KEY-short/);
  });
});

describe('failpoints', () => {
  it('may be named in a test', async () => {
    const config = await loadConfig(schema, { ...complete, FAILPOINTS: 'never.reached,nor.this' });
    expect(config.FAILPOINTS).toEqual(['never.reached', 'nor.this']);
  });
});

describe('a secret', () => {
  let secret: string;
  let server: Server;
  let listener: Listener;
  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.setHeader('content-type', 'application/x-amz-json-1.1');
      response.end(JSON.stringify({ Name: 'frontdesk/test', SecretString: secret }));
    });
    listener = await listen(server, 0);
    process.env['AWS_ACCESS_KEY_ID'] = 'local';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'local';
  });
  afterAll(() => listener.close());

  const withSecret = () => ({
    DATABASE_URL: complete.DATABASE_URL,
    FRONTDESK_ENV: 'test',
    SECRET_ID: 'frontdesk/test',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${listener.port}`,
  });

  it('fills what the environment does not say', async () => {
    secret = JSON.stringify({ TELNYX_API_KEY: 'KEY-from-secret', DATABASE_URL: 'postgresql://secret@127.0.0.1/other' });
    const config = await loadConfig(schema, withSecret());
    expect(config.TELNYX_API_KEY).toBe('KEY-from-secret');
    expect(config.DATABASE_URL).toBe(complete.DATABASE_URL);
  });

  it('that is no JSON object stops the start without being told', async () => {
    secret = 'KEY-plain-text';
    const start = loadConfig(schema, withSecret());
    await expect(start).rejects.toThrow(/SECRET_ID .* JSON object of strings \(SyntaxError\)/);
    await expect(start).rejects.not.toThrow(/KEY-plain-text/);
  });
});
