import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { TextState } from '@frontdesk/contracts';
import { afterReport, moves, nextTry, type DeliveryStatus } from './delivery.ts';

const statuses: readonly DeliveryStatus[] = ['unconfirmed', 'sent', 'failed', 'undelivered', 'delivered', 'read'];
/** From the least to the most that a receipt can say. */
const rank: readonly TextState[] = ['sent', 'failed', 'undelivered', 'delivered', 'read'];
const receipts = fc.array(fc.constantFrom(...statuses), { minLength: 1, maxLength: 12 });

describe('receipts of one text', () => {
  it('end in the state that says most, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(receipts, fc.constantFrom<TextState>('queued', 'sending', 'unknown', 'sent'), (list, start) => {
        const end = list.reduce(afterReport, start);
        const most = Math.max(...list.map((status) => rank.indexOf(afterReport('sending', status))));
        expect(end).toBe(rank[most]);
      }),
    );
  });

  it('never overwrite delivered by a late sent', () => {
    expect(afterReport('delivered', 'sent')).toBe('delivered');
  });

  it('never overwrite read by a late delivered', () => {
    expect(afterReport('read', 'delivered')).toBe('read');
  });

  it('leave a text alone that was never meant to leave', () => {
    expect(statuses.map((status) => afterReport('suppressed', status))).toEqual(statuses.map(() => 'suppressed'));
  });
});

describe('the allowed moves', () => {
  it('let a text of which nobody knows leave again only by way of the queue, where a look-up puts it', () => {
    expect(moves.unknown).toContain('queued');
    expect(moves.unknown).not.toContain('sending');
  });

  it('let no text leave again once the carrier had it', () => {
    const reachable = (from: TextState, seen = new Set<TextState>()): Set<TextState> => {
      for (const next of moves[from]) if (!seen.has(next)) reachable(next, seen.add(next));
      return seen;
    };
    for (const state of ['sent', 'failed', 'undelivered', 'delivered', 'read', 'suppressed'] as const) {
      expect([...reachable(state)].filter((next) => next === 'queued' || next === 'sending')).toEqual([]);
    }
  });
});

const known = { status: 'failed', windowClosed: false, mayBeOutside: true, notOnWhatsApp: false } as const;
const closed = { ...known, windowClosed: true } as const;
const absent = { ...known, notOnWhatsApp: true } as const;

describe('a receipt that says that nothing but a template is taken, or that the person is not on WhatsApp', () => {
  it.each<[TextState, boolean]>([
    ['sending', true],
    ['unknown', true],
    ['sent', true],
    ['queued', false],
    ['failed', false],
    ['delivered', false],
    ['read', false],
    ['suppressed', false],
  ])('lets a text that is %s leave once more: %s', (state, again) => {
    expect(nextTry(state, closed)).toBe(again ? 'as-template' : null);
    expect(nextTry(state, absent)).toBe(again ? 'elsewhere' : null);
  });

  it.each([
    ['failed for another reason', known],
    ['was a template already, or was told so before', { ...closed, mayBeOutside: false }],
    ['arrived', { ...closed, status: 'delivered' }],
    ['arrived though the person is not there', { ...absent, status: 'read' }],
  ] as const)('lets no text leave again that %s', (_, report) => {
    expect(nextTry('sent', report)).toBeNull();
  });
});
