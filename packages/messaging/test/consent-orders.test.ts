import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Id } from '@frontdesk/kernel';
import type { TestPerson } from '@frontdesk/testkit';
import fc from 'fast-check';
import { receiveKeyword } from './received-text.ts';
import { openTextDesk, type TextDesk } from './text-desk.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
});
afterAll(() => desk.close());

const steps = [
  'STOP',
  'START',
  'HELP',
  'asks for a reply',
  'asks for a reminder',
  'sends',
  'sends while blocked',
] as const;
type Step = (typeof steps)[number];

/** What left at each send, with whether texts were stopped then. */
type Left = { kind: string; stopped: boolean };

const blocked = { kind: 'refused', code: '40300', reason: 'it is blocked', optedOut: true } as const;

async function live(person: TestPerson, story: readonly Step[]): Promise<{ left: Left[]; optOuts: number }> {
  const left: Left[] = [];
  let stopped = false;
  let optOuts = 0;
  const keyword = async (word: 'stop' | 'start' | 'help') => {
    if (word === 'stop' && !stopped) optOuts += 1;
    stopped = word === 'stop' || (stopped && word === 'help');
    await receiveKeyword(desk, person, word);
  };
  const send = async (isBlocked: boolean) => {
    for (const { id, kind } of await waiting(person)) {
      desk.sent.length = 0;
      if (isBlocked) desk.answers(blocked);
      await desk.send(id);
      if (desk.sent.length > 0) left.push({ kind, stopped });
      if (isBlocked && desk.sent.length > 0) stopped = true;
      desk.answers();
    }
  };
  for (const step of story) {
    desk.pass({ seconds: 2 });
    switch (step) {
      case 'STOP':
      case 'START':
      case 'HELP':
        await keyword(step === 'STOP' ? 'stop' : step === 'START' ? 'start' : 'help');
        break;
      case 'asks for a reply':
        await desk.request(person);
        break;
      case 'asks for a reminder':
        await desk.request(person, { class: 'reminder', kind: 'visit-reminder' });
        break;
      case 'sends':
      case 'sends while blocked':
        await send(step === 'sends while blocked');
        break;
    }
  }
  await send(false);
  return { left, optOuts };
}

async function waiting({ phone }: TestPerson): Promise<{ id: Id; kind: string }[]> {
  const { rows } = await desk.server.owner.query<{ id: Id; kind: string }>(
    "select id, kind from outbound_messages where to_number = $1 and state = 'queued' order by seq",
    [phone],
  );
  return rows;
}

describe('whatever the order of keywords, refusals of the carrier and sends', () => {
  it('nothing leaves to a person who stopped the texts but one confirmation of each stop, and help', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...steps), { minLength: 1, maxLength: 14 }), async (story) => {
        const { left, optOuts } = await live(await desk.person(), story);
        const whileStopped = left.filter(({ stopped }) => stopped).map(({ kind }) => kind);
        expect(whileStopped.filter((kind) => kind !== 'stop-confirmation' && kind !== 'help-answer')).toEqual([]);
        expect(left.filter(({ kind }) => kind === 'stop-confirmation').length).toBeLessThanOrEqual(optOuts);
      }),
      { numRuns: 30 },
    );
  });
});
