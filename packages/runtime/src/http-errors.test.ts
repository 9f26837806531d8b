import { describe, expect, it } from '@jest/globals';
import {
  ConfigFault,
  Conflict,
  InvalidMessage,
  NotFound,
  nullLogger,
  PermanentFailure,
  TransientFailure,
} from '@frontdesk/kernel';
import express from 'express';
import { answerError, statusOf } from './http-errors.ts';
import { listen } from './listen.ts';

describe('a failure over HTTP', () => {
  it.each([
    [400, new InvalidMessage('x')],
    [404, new NotFound('x')],
    [409, new Conflict('x')],
    [422, new PermanentFailure('x')],
    [503, new TransientFailure('x')],
    [500, new ConfigFault('x')],
    [500, new Error('x')],
    [413, Object.assign(new Error('x'), { status: 413 })],
    [500, Object.assign(new Error('x'), { status: 502 })],
  ])('is %i for %s', (status, error) => {
    expect(statusOf(error)).toBe(status);
  });

  it.each([
    [new TypeError('row of +14805550123'), { error: 'something went wrong here' }],
    [new NotFound('no such deposit'), { error: 'no such deposit' }],
    [Object.assign(new Error('entity'), { status: 413 }), { error: 'the request is too large' }],
  ])('is told in JSON, without a stack: %s', async (error, told) => {
    const app = express();
    app.get('/', () => {
      throw error;
    });
    app.use(answerError(nullLogger));
    const listener = await listen(app, 0);
    try {
      const answer = await fetch(`http://127.0.0.1:${listener.port}/`);
      expect(answer.status).toBe(statusOf(error));
      expect(await answer.json()).toEqual(told);
    } finally {
      await listener.close();
    }
  });
});
