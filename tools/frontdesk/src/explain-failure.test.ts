import { describe, expect, it } from '@jest/globals';
import { NotFound } from '@frontdesk/kernel';
import { explainFailure } from './explain-failure.ts';

const failure = (message: string, more: object = {}) => Object.assign(new Error(message), more);

describe('what a failed command says', () => {
  it.each([
    [
      'Postgres or queues that are away',
      failure('connect ECONNREFUSED 127.0.0.1:1', { code: 'ECONNREFUSED' }),
      'doctor',
    ],
    ['a wrong password', failure('password authentication failed', { code: '28P01' }), 'DATABASE_OPERATOR_URL'],
    ['nobody who is signed in to AWS', failure('none', { name: 'CredentialsProviderError' }), 'AWS_PROFILE'],
    ['no region', failure('Region is missing'), 'AWS_REGION'],
  ])('names what to do about %s, and what was said', (_, error, advice) => {
    expect(explainFailure(error)).toContain(advice);
    expect(explainFailure(error)).toContain(error.message);
  });

  it('is what our own errors say, and the kind of any other', () => {
    expect(explainFailure(new NotFound('there is no replay 7'))).toBe('there is no replay 7');
    expect(explainFailure(new TypeError('x is no function'))).toBe('TypeError: x is no function');
  });
});
