import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { stateOfLastText, untilRefused } from '../stand/at-the-carrier.ts';

const question = 'What are your hours on Saturday?';
const group = 'the carrier';

const unreachable = fault({
  name: 'carrier-cannot-be-reached',
  group,
  injects: 'no connection to the carrier can be made for a while',
  holds: 'what did not leave leaves later, once',
  reach: 'the whole desk',
  inject: async (scene) => {
    const { carrier } = scene.networks;
    await carrier.disconnect();
    const patient = scene.patient();
    await patient.text(question);
    await untilRefused(scene, patient);
    await carrier.connectAgain();
    return patient;
  },
  mustHold: (_, patient) => assert.ok(patient.texts().length <= 1),
});

const drips = fault({
  name: 'carrier-answers-a-byte-at-a-time',
  group,
  injects: "the carrier's answer takes longer than anybody waits, a byte at a time",
  holds: 'the wait ends, the text is not sent again, and other texts leave meanwhile',
  reach: 'the whole desk',
  longRunsOnly: true,
  inject: async (scene) => {
    scene.networks.carrier.drip(50);
    const patient = scene.patient();
    await patient.text(question);
    await until(
      'an end of the wait',
      async () => {
        const state = await stateOfLastText(scene, patient);
        return state !== undefined && state !== 'queued' && state !== 'sending';
      },
      60_000,
    );
    scene.networks.carrier.behave();
    return patient;
  },
  mustHold: (_, patient) => assert.ok(patient.texts().length <= 1),
});

export const carrierNetwork: readonly Fault[] = [unreachable, drips];
