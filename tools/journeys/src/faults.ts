import type { ServiceName } from '@frontdesk/contracts';
import type { Desk } from './desk.ts';
import type { Patient } from './patient.ts';
import { agree, askForTimes, pickFirstTime, walkToLink } from './walk-to-deposit.ts';

/** Where a service dies, again and again, on one patient's way, and what the patient must hear all the same, once. */
export type Fault = {
  service: ServiceName;
  /**
   * In this order; each comes after the service was brought back from the one before. Few, since a message that was
   * received five times in vain goes to the dead letters.
   */
  failpoints: readonly string[];
  /** What happens before the service is armed; the answer is what `provoke` needs of it. */
  before?: (desk: Desk, patient: Patient) => Promise<string | void>;
  provoke: (desk: Desk, patient: Patient, before: string) => Promise<unknown>;
  hears: RegExp;
};

const asks = {
  provoke: (_: Desk, patient: Patient) => patient.text('What are your hours on Saturday?'),
  hears: /9 ?(:00)? ?AM/i,
};
const asksThePrice = {
  provoke: (_: Desk, patient: Patient) => patient.text('How much is botox?'),
  hears: /\$12/,
};
const calls = {
  provoke: (_: Desk, patient: Patient) => patient.callInVain(),
  hears: /missed your call/i,
};
const agrees = {
  before: async (_: Desk, patient: Patient) => {
    await askForTimes(patient);
    await pickFirstTime(patient);
  },
  provoke: (desk: Desk, patient: Patient) => agree(desk, patient),
  hears: /https?:\/\//,
};
const pays = {
  before: walkToLink,
  provoke: (desk: Desk, _: Patient, link: string) => desk.simulators.square.pay(link),
  hears: /You're booked/,
};
const choosesAnew = {
  before: walkToLink,
  provoke: (_: Desk, patient: Patient) => patient.text('Actually, the second one works better'),
  hears: /deposit/i,
};

/** Every failpoint, in the service and the story that come there. */
export const faults: readonly Fault[] = [
  {
    service: 'webhook-ingress',
    failpoints: ['ingress.after-verify', 'ingress.before-commit', 'ingress.after-commit'],
    ...asks,
  },
  { service: 'webhook-ingress', failpoints: ['relay.after-claim', 'relay.after-publish'], ...calls },
  {
    service: 'conversation-worker',
    failpoints: ['turn.after-lease', 'turn.after-model'],
    ...asks,
  },
  { service: 'conversation-worker', failpoints: ['turn.after-tool', 'turn.before-commit'], ...asksThePrice },
  { service: 'conversation-worker', failpoints: ['turn.after-commit', 'relay.after-publish'], ...asks },
  { service: 'conversation-worker', failpoints: ['consumer.before-commit', 'consumer.before-delete'], ...calls },
  { service: 'messaging-worker', failpoints: ['consumer.before-commit', 'send.after-carrier'], ...asks },
  { service: 'messaging-worker', failpoints: ['send.after-outcome', 'consumer.before-delete'], ...asks },
  { service: 'payments', failpoints: ['payments.before-link', 'payments.after-link'], ...agrees },
  { service: 'payments', failpoints: ['consumer.before-commit', 'payments.after-payment-commit'], ...pays },
  { service: 'payments', failpoints: ['payments.after-link-deleted'], ...choosesAnew },
];

export type Survival = {
  /** How the service ended at each failpoint. */
  signals: (NodeJS.Signals | null)[];
  /** What the patient heard from then on. */
  heard: () => string[];
};

/** Lets the service die at each failpoint, brings it back, and waits until the patient heard what was due. */
export async function suffer(desk: Desk, patient: Patient, fault: Fault): Promise<Survival> {
  const service = desk.services[fault.service];
  const earlier = await fault.before?.(desk, patient);
  const textsBefore = patient.texts().length;
  const signals: Survival['signals'] = [];
  let provoked: Promise<unknown> | undefined;
  for (const failpoint of fault.failpoints) {
    await service.arm(failpoint);
    provoked ??= fault.provoke(desk, patient, earlier ?? '');
    provoked.catch(() => {}); // awaited below
    signals.push((await service.untilExit()).signal);
  }
  await service.restart();
  await provoked;
  await patient.hears(fault.hears, textsBefore);
  return { signals, heard: () => patient.texts().slice(textsBefore) };
}
