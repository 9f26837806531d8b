import {
  agree,
  askForTimes,
  makeReminderDue,
  pickFirstTime,
  untilReminderIsArmed,
  walkToLink,
  type Patient,
} from '@frontdesk/journeys';
import type { Scene } from '../scene.ts';

/** What a patient does while the service dies, and what they must hear all the same, once. */
export type Story = {
  /** What happens before the service is armed; the answer is what `provoke` needs of it. */
  before?: (scene: Scene, patient: Patient) => Promise<string | void>;
  provoke: (scene: Scene, patient: Patient, before: string) => Promise<unknown>;
  hears: RegExp;
};

export const asks: Story = {
  provoke: (_, patient) => patient.text('What are your hours on Saturday?'),
  hears: /9 ?(:00)? ?AM/i,
};
export const asksThePrice: Story = { provoke: (_, patient) => patient.text('How much is botox?'), hears: /\$12/ };
export const calls: Story = { provoke: (_, patient) => patient.callInVain(), hears: /missed your call/i };
export const agrees: Story = {
  before: async (_, patient) => {
    await askForTimes(patient);
    await pickFirstTime(patient);
  },
  provoke: ({ desk }, patient) => agree(desk, patient),
  hears: /https?:\/\//,
};
export const pays: Story = {
  before: ({ desk }, patient) => walkToLink(desk, patient),
  provoke: ({ desk }, _, link) => desk.simulators.square.pay(link),
  hears: /You're booked/,
};
export const choosesAnew: Story = {
  before: ({ desk }, patient) => walkToLink(desk, patient),
  provoke: (_, patient) => patient.text('Actually, the second one works better'),
  hears: /deposit/i,
};

export const isReminded: Story = {
  before: async ({ desk }, patient) => {
    const link = await walkToLink(desk, patient);
    await desk.simulators.square.pay(link);
    await patient.hears(/You're booked/);
    await untilReminderIsArmed(desk, patient);
  },
  provoke: ({ desk }, patient) => makeReminderDue(desk, patient),
  hears: /^Reminder/,
};
