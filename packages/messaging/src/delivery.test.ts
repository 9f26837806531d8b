import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { afterReport, mayLeaveAsTemplate, moves, type DeliveryStatus, type TextState } from './delivery.ts';

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

describe('a receipt that says that nothing but a template is taken', () => {
  const closed = { status: 'failed', windowClosed: true, mayBeOutside: true } as const;

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
    expect(mayLeaveAsTemplate(state, closed)).toBe(again);
  });

  it.each([
    ['failed for another reason', { windowClosed: false }],
    ['was one already, or was told so before', { mayBeOutside: false }],
    ['arrived', { status: 'delivered' }],
  ] as const)('lets no text leave again that %s', (_, change) => {
    expect(mayLeaveAsTemplate('sent', { ...closed, ...change })).toBe(false);
  });
});
