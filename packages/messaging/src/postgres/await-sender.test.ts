import { describe, expect, it } from '@jest/globals';
import type { TenantTransaction } from '@frontdesk/db';
import { newId } from '@frontdesk/kernel';
import type { SuppressionReason } from '../clear-to-send.ts';
import { waitingTaskKey } from '../text-task.ts';
import { endWait } from './await-sender.ts';

const unused = () => Promise.reject(new Error('nothing is asked of the database'));
const tx: TenantTransaction = { $queryRaw: unused, $executeRaw: unused };
const now = Temporal.Instant.from('2026-11-20T18:00:00Z');

async function ended({ reason = null, waitedForSender = true, attempts = 0 }: End): Promise<string[]> {
  const resolved: string[] = [];
  const tasks = { resolve: async (_: unknown, { causeKey }: { causeKey: string }) => void resolved.push(causeKey) };
  await endWait(tx, { orgId: newId(), messageId, text: { waitedForSender, attempts }, now }, tasks, reason);
  return resolved;
}

type End = { reason?: SuppressionReason | null; waitedForSender?: boolean; attempts?: number };
const messageId = newId();

describe('the task about a text that waited for its sender', () => {
  it.each([null, 'opted-out', 'visit-changed', 'from-number-gone'] as const)(
    'closes when it leaves or need not (%s)',
    async (reason) => {
      expect(await ended({ reason })).toEqual([waitingTaskKey(messageId, 0)]);
    },
  );

  it.each(['stale', 'too-late-by-morning'] as const)(
    'stays when its time passed meanwhile: nobody has told the person (%s)',
    async (reason) => {
      expect(await ended({ reason })).toEqual([]);
    },
  );

  it('is another after each try, so that staff hear of a text that waits again', async () => {
    const [first, second] = [await ended({}), await ended({ attempts: 1 })];
    expect(first).not.toEqual(second);
  });

  it('is none where no text waited', async () => {
    expect(await ended({ waitedForSender: false })).toEqual([]);
  });
});
