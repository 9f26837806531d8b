import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { stateOfLastText } from '../stand/at-the-carrier.ts';

export const carrierReceipts: readonly Fault[] = (
  [
    ['receipts-before-the-answer', 'sends the receipts before its answer', { beforeAnswer: true }],
    ['receipts-in-reverse', 'sends delivered before sent', { order: 'reversed' }],
    ['receipts-five-times', 'sends each receipt five times', { copies: 5 }],
    ['receipts-late', 'sends the receipts long after its answer', { delayMs: 1_500 }],
  ] as const
).map(([name, injects, plan]) =>
  fault({
    name,
    group: 'the carrier',
    injects: `the carrier ${injects}`,
    holds: 'the text counts as delivered, and never goes back',
    reach: 'one patient',
    inject: async (scene) => {
      const patient = scene.patient();
      scene.desk.simulators.telnyx.planReceipts({ ...plan, to: patient.number });
      await patient.ask('What are your hours on Saturday?');
      await until('the receipts', async () => (await stateOfLastText(scene, patient)) === 'delivered', 60_000);
      return patient;
    },
    mustHold: async (scene, patient) => assert.equal(await stateOfLastText(scene, patient), 'delivered'),
  }),
);
