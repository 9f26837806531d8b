import type { Desk } from './desk.ts';
import type { Patient } from './patient.ts';
import { agree, askForTimes, pickFirstTime, walkToLink } from './walk-to-deposit.ts';

/** Where the one process dies, again and again, on one patient's way, and what the patient must hear all the same, once. */
export type Story = {
  what: string;
  /** In this order; each comes after the process was brought back from the one before. */
  failpoints: readonly string[];
  /** What happens before the first of them is armed; the answer is what `provoke` needs of it. */
  before?: (desk: Desk, patient: Patient) => Promise<string | void>;
  provoke: (desk: Desk, patient: Patient, before: string) => Promise<unknown>;
  hears: RegExp;
};

/** The failpoints that a desk in one process comes by. One event dies with the process three times at most. */
export const stories: readonly Story[] = [
  {
    what: 'a question',
    failpoints: [
      'ingress.before-commit',
      'turn.after-lease',
      'turn.after-model',
      'turn.after-commit',
      'send.after-carrier',
    ],
    provoke: (_, patient) => patient.text('What are your hours on Saturday?'),
    hears: /9 ?(:00)? ?AM/i,
  },
  {
    what: 'a question that needs a tool',
    failpoints: ['in-process.after-hand-out', 'turn.after-tool', 'turn.before-commit', 'send.after-outcome'],
    provoke: (_, patient) => patient.text('How much is botox?'),
    hears: /\$12/,
  },
  {
    what: 'a call that nobody answered',
    failpoints: ['consumer.before-commit', 'consumer.before-delete'],
    provoke: (_, patient) => patient.callInVain(),
    hears: /missed your call/i,
  },
  {
    what: 'an agreement to the deposit',
    failpoints: ['payments.before-link', 'payments.after-link'],
    before: async (_, patient) => {
      await askForTimes(patient);
      await pickFirstTime(patient);
    },
    provoke: (desk, patient) => agree(desk, patient),
    hears: /https?:\/\//,
  },
  {
    what: 'a payment',
    failpoints: ['payments.after-payment-commit'],
    before: walkToLink,
    provoke: (desk, _, link) => desk.simulators.square.pay(link),
    hears: /You're booked/,
  },
];

/** Lets the process die at each failpoint, brings it back, and waits until the patient heard what was due. */
export async function tell(desk: Desk, patient: Patient, story: Story): Promise<string[]> {
  const process = desk.services['webhook-ingress']; // the one that all of them are
  const earlier = await story.before?.(desk, patient);
  const textsBefore = patient.texts().length;
  let provoked: Promise<unknown> | undefined;
  for (const failpoint of story.failpoints) {
    await process.arm(failpoint);
    provoked ??= story.provoke(desk, patient, earlier ?? '');
    provoked.catch(() => {}); // awaited below
    const { signal } = await process.untilExit();
    if (signal !== 'SIGKILL') throw new Error(`the process did not die at ${failpoint}, but of ${signal}`);
  }
  await process.restart();
  await provoked;
  await patient.hears(story.hears, textsBefore);
  return patient.texts().slice(textsBefore);
}
