import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noQueues, writeStackFile, removeStackFile, type StackFile } from '@frontdesk/local-stack/stack-file';
import { readTarget } from '../src/target.ts';

const folder = mkdtempSync(join(tmpdir(), 'frontdesk-target-'));
const path = join(folder, 'stack.json');
const found = { FRONTDESK_STACK_FILE: path };
const stack: StackFile = {
  pid: process.pid,
  startedAt: '2026-11-20T10:00:00Z',
  phoneUrl: 'http://localhost:4400',
  webhookUrl: 'http://127.0.0.1:4401',
  apiUrl: 'http://127.0.0.1:4404',
  issuerUrl: 'http://127.0.0.1:4405',
  sqsEndpoint: 'http://127.0.0.1:4402',
  databaseOperatorUrl: 'postgresql://operator@127.0.0.1:4403/frontdesk',
  databaseAdminUrl: 'postgresql://owner@127.0.0.1:4403/frontdesk',
};

beforeAll(() => writeStackFile(stack, path));
afterAll(() => rmSync(folder, { recursive: true }));

describe('which desk is meant', () => {
  it('is the stack of npm start when the environment says nothing', () => {
    expect(readTarget(found)).toMatchObject({
      environment: 'local',
      sqsEndpoint: stack.sqsEndpoint,
      databaseOperatorUrl: stack.databaseOperatorUrl,
      stack,
    });
  });

  it.each([
    ['DATABASE_OPERATOR_URL', 'postgresql://operator@db/frontdesk'],
    ['AWS_ENDPOINT_URL', 'http://localstack:4566'],
    ['AWS_PROFILE', 'clinic-production'],
    ['AWS_REGION', 'us-west-2'],
  ])('is what the environment says as soon as it says anything (%s), and counts as production', (name, value) => {
    expect(readTarget({ ...found, [name]: value })).toMatchObject({
      environment: 'production',
      stack: null,
      phoneUrl: null,
    });
  });

  it('is AWS itself without an endpoint', () => {
    expect(readTarget({ AWS_REGION: 'us-west-2', FRONTDESK_ENV: 'staging' })).toMatchObject({
      environment: 'staging',
      sqsEndpoint: null,
      region: 'us-west-2',
    });
  });

  it('has no queues where one process is the whole desk, by the setting or by what its stack says', () => {
    expect(readTarget({ AWS_REGION: 'us-west-2' }).hasQueues).toBe(true);
    expect(readTarget({ FRONTDESK_MODE: 'one-process' })).toMatchObject({
      hasQueues: false,
      environment: 'production',
    });
    const oneProcess = join(folder, 'one-process.json');
    writeStackFile({ ...stack, sqsEndpoint: noQueues }, oneProcess);
    expect(readTarget({ FRONTDESK_STACK_FILE: oneProcess }).hasQueues).toBe(false);
    expect(() => readTarget({ FRONTDESK_MODE: 'monolith' })).toThrow('FRONTDESK_MODE is wrong');
  });

  it('is in the region of the profile, unless another is named', () => {
    expect(readTarget({ AWS_PROFILE: 'clinic' }).region).toBeNull();
    expect(readTarget({ AWS_PROFILE: 'clinic', AWS_REGION: 'eu-west-1' }).region).toBe('eu-west-1');
    expect(readTarget({ AWS_ENDPOINT_URL: 'http://localstack:4566' }).region).toBe('us-east-1');
  });

  it('takes an empty variable as not set', () => {
    expect(readTarget({ ...found, AWS_PROFILE: '', FRONTDESK_ENV: '' }).stack).toEqual(stack);
  });

  it('counts an unknown environment as production', () => {
    expect(readTarget({ FRONTDESK_ENV: 'prod' }).environment).toBe('production');
  });

  it.each([['an address that is none', { AWS_ENDPOINT_URL: 'localhost' }, 'AWS_ENDPOINT_URL is wrong']])(
    'is refused for %s',
    (_, variables, message) => {
      expect(() => readTarget(variables)).toThrow(message);
    },
  );

  it('is nothing when the stack that wrote the file has died', () => {
    const leftover = join(folder, 'leftover.json');
    // No process has this number: it is above what Linux and macOS give.
    writeStackFile({ ...stack, pid: 2 ** 30 }, leftover);
    expect(() => readTarget({ FRONTDESK_STACK_FILE: leftover })).toThrow('npm start');
  });

  it('is nothing when the file cannot be read', () => {
    const broken = join(folder, 'broken.json');
    writeFileSync(broken, '{');
    expect(() => readTarget({ FRONTDESK_STACK_FILE: broken })).toThrow('npm start');
  });

  it('stays when a stack that started before this one stops', () => {
    removeStackFile({ pid: stack.pid + 1 }, path);
    expect(readTarget(found).stack).toEqual(stack);
  });
});
