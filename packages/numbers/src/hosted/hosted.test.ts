import { describe, expect, it } from '@jest/globals';
import { codesPerDay, maySendCode } from '../code-limits.ts';
import { numberStatuses, orderStatuses } from './carrier-statuses.ts';
import { eligibilityStatuses, explainEligibility } from './eligibility.ts';
import { hostedMeanings, hostedStates } from './hosted-state.ts';
import { pdfAtMostBytes, readPdf } from './read-pdf.ts';
import { explainHosted, standingOf } from './standing.ts';

/** As the reference lists them. */
const eligibility =
  'ELIGIBLE NUMBER_CAN_NOT_BE_REPEATED NUMBER_CAN_NOT_BE_VALIDATED NUMBER_CAN_NOT_BE_WIRELESS NUMBER_CAN_NOT_BE_ACTIVE_IN_YOUR_ACCOUNT NUMBER_CAN_NOT_HOSTED_WITH_A_TELNYX_SUBSCRIBER NUMBER_CAN_NOT_BE_IN_TELNYX NUMBER_IS_NOT_A_US_NUMBER NUMBER_IS_NOT_A_VALID_ROUTING_NUMBER NUMBER_IS_NOT_IN_E164_FORMAT BILLING_ACCOUNT_CHECK_FAILED BILLING_ACCOUNT_IS_ABOLISHED'.split(
    ' ',
  );
const orders =
  'pending provisioning successful failed deleted carrier_rejected compliance_review_failed incomplete_documentation incorrect_billing_information ineligible_carrier loa_file_invalid loa_file_successful'.split(
    ' ',
  );
const numbers =
  'pending provisioning ownership_successful successful deleted failed failed_activation failed_carrier_rejected failed_ineligible_carrier failed_number_already_hosted failed_number_not_found failed_ownership_verification failed_timeout'.split(
    ' ',
  );

const facts = { orderStatus: 'pending', numberStatus: 'pending', verified: false, documentsInReview: false };

describe('the eligibility of a line', () => {
  it('is explained for every word of the carrier, with what the clinic can do', () => {
    expect(Object.keys(eligibilityStatuses).toSorted()).toEqual(eligibility.toSorted());
  });

  it('is understood in small letters, too', () => {
    expect(explainEligibility('number_can_not_be_wireless', null)).toEqual(
      eligibilityStatuses.NUMBER_CAN_NOT_BE_WIRELESS,
    );
  });

  it('is told as it is when nobody knows the word', () => {
    expect(explainEligibility('MOON_PHASE', 'Wrong moon').words).toContain('Wrong moon');
  });
});

describe('a hosted order', () => {
  it('knows every status of orders and numbers that the carrier has', () => {
    expect(Object.keys(orderStatuses).toSorted()).toEqual(orders.toSorted());
    expect(Object.keys(numberStatuses).toSorted()).toEqual(numbers.toSorted());
  });

  it('has a state, words and a next step for every pair of them', () => {
    for (const orderStatus of orders) {
      for (const numberStatus of numbers) {
        const state = standingOf({ ...facts, orderStatus, numberStatus });
        expect({ orderStatus, numberStatus, known: state !== null && hostedStates.includes(state) }).toEqual({
          orderStatus,
          numberStatus,
          known: true,
        });
        const told = explainHosted(state ?? 'pending', { orderStatus, numberStatus, reason: null });
        expect(told.words.length).toBeGreaterThan(10);
        expect(told.next.length).toBeGreaterThan(6);
      }
    }
    expect(Object.keys(hostedMeanings).toSorted()).toEqual(hostedStates.toSorted());
  });

  it.each([
    [{}, 'verifying'],
    [{ verified: true }, 'documents-wanted'],
    [{ numberStatus: 'ownership_successful' }, 'documents-wanted'],
    [{ verified: true, documentsInReview: true }, 'in-review'],
    [{ documentsInReview: true }, 'verifying'],
    [{ orderStatus: 'loa_file_successful', verified: true }, 'in-review'],
    [{ orderStatus: 'loa_file_invalid', verified: true }, 'documents-wanted'],
    [{ orderStatus: 'loa_file_invalid', documentsInReview: true }, 'in-review'],
    [{ orderStatus: 'incomplete_documentation' }, 'documents-wanted'],
    [{ orderStatus: 'incorrect_billing_information' }, 'documents-wanted'],
    [{ orderStatus: 'provisioning', numberStatus: 'provisioning' }, 'in-review'],
    [{ orderStatus: 'successful', numberStatus: 'provisioning' }, 'in-review'],
    [{ orderStatus: 'successful', numberStatus: 'successful' }, 'activated'],
    [{ orderStatus: 'provisioning', numberStatus: 'successful' }, 'activated'],
    [{ orderStatus: 'successful', numberStatus: null }, 'activated'],
    [{ orderStatus: 'successful', numberStatus: 'failed_activation' }, 'failed'],
    [{ orderStatus: 'failed', numberStatus: 'pending' }, 'failed'],
    [{ orderStatus: 'carrier_rejected' }, 'failed'],
    [{ orderStatus: 'deleted' }, 'cancelled'],
    [{ numberStatus: 'failed_ownership_verification' }, 'failed'],
    [{ orderStatus: 'PROVISIONING', numberStatus: 'PENDING' }, 'in-review'],
    [{ orderStatus: 'something_new' }, null],
    [{ numberStatus: 'something_new' }, null],
  ] as const)('with %j is %s', (known, state) => {
    expect(standingOf({ ...facts, ...known })).toBe(state);
  });

  it('tells the carrier’s own reason and what mends it', () => {
    const told = explainHosted('failed', {
      orderStatus: 'failed',
      numberStatus: 'failed_number_already_hosted',
      reason: null,
    });
    expect(told).toEqual({
      step: 'order-again',
      words: expect.stringMatching(/hosts the texts/),
      next: expect.any(String),
    });
    const wanted = { orderStatus: 'loa_file_invalid', numberStatus: 'ownership_successful', reason: null };
    expect(explainHosted('documents-wanted', wanted).next).toMatch(/signed/);
    // Once the documents were sent anew, the old complaint is no news.
    expect(explainHosted('in-review', wanted)).toEqual(hostedMeanings['in-review']);
  });
});

describe('codes for a hosted line', () => {
  const now = Temporal.Instant.from('2026-11-20T18:00:00Z');
  const ago = (time: Temporal.DurationLike) => now.subtract(time);

  it.each([
    ['the first one', { count: 0, lastAt: null }, { kind: 'yes', count: 1 }],
    ['after a minute', { count: 1, lastAt: ago({ minutes: 1 }) }, { kind: 'yes', count: 2 }],
    ['sooner', { count: 1, lastAt: ago({ seconds: 20 }) }, { kind: 'wait', until: now.add({ seconds: 40 }) }],
    [
      'the sixth of a day',
      { count: codesPerDay, lastAt: ago({ hours: 2 }) },
      { kind: 'wait', until: now.add({ hours: 22 }) },
    ],
    ['of a clock that was a year ahead', { count: 5, lastAt: now.add({ hours: 8_760 }) }, { kind: 'yes', count: 5 }],
    ['a day later', { count: codesPerDay, lastAt: ago({ hours: 24 }) }, { kind: 'yes', count: 1 }],
  ] as const)('%s', (_, sent, expected) => {
    expect(maySendCode(sent, now)).toEqual(expected);
  });
});

describe('a document', () => {
  const pdf = Buffer.from('%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n');

  it('is a PDF', () => {
    expect(readPdf(pdf.toString('base64'))).toEqual({ bytes: pdf });
  });

  it.each([
    ['empty', Buffer.alloc(0), /no PDF/],
    ['a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0]), /no PDF/],
    ['a PDF behind something else', Buffer.concat([Buffer.from('<html>'), pdf]), /no PDF/],
    ['half a PDF', pdf.subarray(0, 20), /not whole/],
    ['too large', Buffer.concat([pdf, Buffer.alloc(pdfAtMostBytes)]), /5 MB/],
  ])('is not %s', (_, bytes, fault) => {
    expect(readPdf(bytes.toString('base64'))).toEqual({ fault: expect.stringMatching(fault) });
  });
});
