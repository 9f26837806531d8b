import type { ServiceName } from '@frontdesk/contracts';
import type { Desk } from './desk.ts';
import type { Patient } from './patient.ts';
import { agree, askForTimes, pickFirstTime, walkToLink } from './walk-to-deposit.ts';

/** Where a service dies, what makes it come there, and what the patient must hear all the same, once. */
export type Fault = {
  service: ServiceName;
  failpoint: string;
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

/** Every failpoint, each in the service and the story that come there. */
export const faults: readonly Fault[] = [
  { service: 'webhook-ingress', failpoint: 'ingress.after-verify', ...asks },
  { service: 'webhook-ingress', failpoint: 'ingress.before-commit', ...asks },
  { service: 'webhook-ingress', failpoint: 'ingress.after-commit', ...asks },
  { service: 'webhook-ingress', failpoint: 'relay.after-claim', ...asks },
  { service: 'webhook-ingress', failpoint: 'relay.after-publish', ...calls },
  { service: 'conversation-worker', failpoint: 'turn.after-lease', ...asks },
  { service: 'conversation-worker', failpoint: 'turn.after-model', ...asks },
  { service: 'conversation-worker', failpoint: 'turn.after-tool', ...asksThePrice },
  { service: 'conversation-worker', failpoint: 'turn.before-commit', ...asks },
  { service: 'conversation-worker', failpoint: 'turn.after-commit', ...asks },
  { service: 'conversation-worker', failpoint: 'consumer.before-commit', ...calls },
  { service: 'conversation-worker', failpoint: 'consumer.before-delete', ...asks },
  { service: 'conversation-worker', failpoint: 'relay.after-publish', ...asks },
  { service: 'messaging-worker', failpoint: 'consumer.before-commit', ...asks },
  { service: 'messaging-worker', failpoint: 'send.after-carrier', ...asks },
  { service: 'messaging-worker', failpoint: 'send.after-outcome', ...asks },
  { service: 'messaging-worker', failpoint: 'consumer.before-delete', ...asks },
  { service: 'payments', failpoint: 'payments.before-link', ...agrees },
  { service: 'payments', failpoint: 'payments.after-link', ...agrees },
  { service: 'payments', failpoint: 'consumer.before-commit', ...pays },
  { service: 'payments', failpoint: 'payments.after-payment-commit', ...pays },
  { service: 'payments', failpoint: 'payments.after-link-deleted', ...choosesAnew },
];

/** Lets the service die at the failpoint, brings it back, and waits until the patient heard what was due. */
export async function suffer(
  desk: Desk,
  patient: Patient,
  fault: Fault,
): Promise<{ signal: NodeJS.Signals | null; textsBefore: number }> {
  const service = desk.services[fault.service];
  const earlier = await fault.before?.(desk, patient);
  const textsBefore = patient.texts().length;
  await service.arm(fault.failpoint);
  const provoked = fault.provoke(desk, patient, earlier ?? '');
  provoked.catch(() => {}); // awaited below
  const { signal } = await service.untilExit();
  await service.restart();
  await provoked;
  await patient.hears(fault.hears, textsBefore);
  return { signal, textsBefore };
}
