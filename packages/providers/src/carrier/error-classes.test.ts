import { describe, expect, it } from '@jest/globals';
import { classifyMetaError, metaErrors, readMetaCode } from '../meta/error-classes.ts';
import { classifyTelnyxError, telnyxErrors } from '../telnyx/error-classes.ts';
import { classifyTwilioError, twilioErrors } from '../twilio/error-classes.ts';
import { outcomeOf } from './send-outcome.ts';
import type { ClassifyError, ErrorRow } from './error-classes.ts';

const carriers: readonly (readonly [string, readonly ErrorRow[], ClassifyError])[] = [
  ['Telnyx', telnyxErrors, classifyTelnyxError],
  ['Twilio', twilioErrors, classifyTwilioError],
  ['Meta', metaErrors, classifyMetaError],
];

describe.each(carriers)('the error table of %s', (_, table, classify) => {
  it('names each code once, with words for staff and a source', () => {
    const codes = table.flatMap((row) => row.codes);
    expect(new Set(codes).size).toBe(codes.length);
    for (const row of table) {
      expect(row.codes.every((code) => /^\d{1,6}$/.test(code))).toBe(true);
      expect(row.words).toMatch(/^(?:[a-z]|WhatsApp|Meta)/);
      expect(row.source).toMatch(/^(developers\.telnyx|developers\.facebook|twilio)\.com\//);
    }
  });

  it('sends elsewhere only what was refused', () => {
    expect(table.filter(({ elsewhere, kind }) => elsewhere === true && kind !== 'refused')).toEqual([]);
  });

  it('is what an answer means, unless the carrier failed: then the text may be there', () => {
    for (const row of table) {
      for (const code of row.codes) {
        expect(classify(400, code)).toMatchObject({ kind: row.kind, words: row.words });
        expect(classify(500, code).kind).toBe('unknown');
        expect(classify(408, code).kind).toBe('unknown');
      }
    }
  });

  it.each([
    [429, 'retryable'],
    [400, 'refused'],
    [302, 'refused'],
    [503, 'unknown'],
  ])('leaves a %i whose code it does not know to the status: %s', (status, kind) => {
    expect(classify(status, '99999').kind).toBe(kind);
    expect(classify(status, undefined).kind).toBe(kind);
  });
});

describe('a code in a receipt', () => {
  it('has words for staff where the table knows it', () => {
    expect(readMetaCode('131026').words).toBe('the person cannot be reached on WhatsApp');
    expect(readMetaCode('99999').words).toBeNull();
  });
});

describe('a limit', () => {
  it.each([
    ['4', 'all clinics, for a minute where Meta names no time', classifyMetaError, { retryAfterMs: 60_000 }],
    ['80007', 'the sender', classifyMetaError, { only: 'sender' }],
    ['130429', 'the sender', classifyMetaError, { only: 'sender' }],
    ['131056', 'the person', classifyMetaError, { only: 'person' }],
    ['63018', 'the sender', classifyTwilioError, { only: 'sender' }],
    ['20429', 'the account', classifyTwilioError, {}],
  ] as const)('that %s tells of is that of %s', (code, _whose, classify, limit) => {
    const outcome = (retryAfterMs: number | undefined) =>
      outcomeOf({ kind: 'answered', status: 429, code, retryAfterMs }, classify);
    expect(outcome(undefined)).toEqual({ kind: 'retryable', code, ...limit });
    expect(outcome(7_000)).toEqual({ kind: 'retryable', code, ...limit, retryAfterMs: 7_000 });
  });
});

describe('a person who wants no marketing of the clinic', () => {
  it('is told by Meta in an answer and in a receipt, and is not blocked', () => {
    const answered = { kind: 'answered', status: 400, code: '131050', retryAfterMs: undefined } as const;
    expect(outcomeOf(answered, classifyMetaError)).toMatchObject({
      kind: 'refused',
      optedOut: false,
      noMarketing: true,
    });
    expect(readMetaCode('131050')).toMatchObject({ blocked: false, noMarketing: true });
    expect(readMetaCode('131049')).toMatchObject({ noMarketing: false });
  });
});

describe('a person who stopped texts at the carrier', () => {
  it('is one code of each', () => {
    expect(classifyTelnyxError(403, '40300').kind).toBe('opted-out');
    expect(classifyTwilioError(400, '21610').kind).toBe('opted-out');
  });
});
