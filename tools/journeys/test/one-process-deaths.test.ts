import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@frontdesk/testkit';
import { clinicNumber, openDesk, stories, tell, untilAtRest, type Desk } from '../src/index.ts';

const clinic = clinicNumber(9);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([clinic], { mode: 'one-process', environment: { payments: { SQUARE_TIMEOUT_MS: '1000' } } });
}, 180_000);
afterAll(() => desk?.close());

describe('a desk in one process that is killed again and again', () => {
  it.each(stories.map((story) => [story.what, story.failpoints.join(', '), story] as const))(
    'during %s (at %s): the patient hears what is due, and hears it once',
    async (_what, _failpoints, story) => {
      const heard = await tell(desk, desk.patient(), story);
      await untilAtRest(desk, 60_000);
      expect(heard.filter((text) => story.hears.test(text))).toHaveLength(1);
    },
    180_000,
  );

  it('after it claimed a text: nobody knows if it left, so it is not sent again and staff look', async () => {
    const patient = desk.patient();
    const process = desk.services['messaging-worker'];
    await process.arm('send.after-claim');
    patient.text('What are your hours on Saturday?').catch(() => {}); // the process may die before it answers
    await process.untilExit();
    await process.restart();
    await until('a task for the text whose fate is unknown', async () => {
      const tasks = await desk.count(
        `from staff_tasks t join outbound_messages m on m.id = t.message_id
         where t.kind = 'text-outcome-unknown' and m.to_number = $1`,
        patient.number,
      );
      return tasks === 1;
    });
    expect(patient.texts()).toEqual([]);
  }, 90_000);

  it('books once what was paid, and parks nothing', async () => {
    expect(await desk.count("from appointments where state = 'confirmed'")).toBe(1);
    expect(desk.simulators.square.links).toHaveLength(2);
    expect(await desk.count('from parked_messages')).toBe(0);
  });
});
