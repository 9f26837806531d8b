import { describe, expect, it } from '@jest/globals';
import { readGivenParts } from './given-parts.ts';

const appUrl = 'postgresql://frontdesk_app:app@db/frontdesk';
const adminUrl = 'postgresql://frontdesk_owner:owner@db/frontdesk';

describe('the parts that are given instead of started', () => {
  it('are none when the environment names none, or names them empty', () => {
    expect(readGivenParts({})).toEqual({});
    expect(readGivenParts({ DATABASE_URL: '', REDIS_URL: ' ' })).toEqual({});
  });

  it('are the database (as owner and as application), Redis and the queue service', () => {
    expect(
      readGivenParts({
        DATABASE_URL: appUrl,
        DATABASE_ADMIN_URL: adminUrl,
        REDIS_URL: 'redis://cache',
        AWS_ENDPOINT_URL: 'http://localstack:4566',
      }),
    ).toEqual({
      database: { adminUrl, appUrl },
      redisUrl: 'redis://cache',
      sqsEndpoint: 'http://localstack:4566',
    });
  });

  it.each([
    ['DATABASE_URL', 'DATABASE_ADMIN_URL', { DATABASE_URL: appUrl }],
    ['DATABASE_ADMIN_URL', 'DATABASE_URL', { DATABASE_ADMIN_URL: adminUrl }],
  ])('are refused when %s comes without %s', (given, missing, env) => {
    expect(() => readGivenParts(env)).toThrow(`${given} is set but ${missing} is not`);
  });
});
