import assert from 'node:assert/strict';
import { walkToLink } from '@frontdesk/journeys';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { isSendTo, mistreatSends } from '../stand/at-the-carrier.ts';

const stopWhileSending = fault({
  name: 'stop-while-a-text-is-in-hand',
  group: 'consent',
  injects: 'STOP comes while a text is claimed and the carrier takes its time',
  holds: 'that text may arrive; none leaves after it, on any path',
  reach: 'one patient',
  inject: async (scene) => {
    const { desk } = scene;
    const patient = scene.patient();
    const link = await walkToLink(desk, patient);
    mistreatSends(scene, patient, { kind: 'delay', ms: 1_000 }, 1);
    const sends = () => desk.simulators.telnyx.requests.filter(isSendTo(patient)).length;
    const sendsBefore = sends();
    await patient.text('What are your hours on Saturday?');
    await until('the text is in hand', () => sends() > sendsBefore);
    await patient.text('STOP ALL');
    await until('the text has left', async () => {
      const open = "from outbound_messages where to_number = $1 and state in ('queued', 'sending')";
      return (await desk.count(open, patient.number)) === 0;
    });
    const before = patient.texts().length;
    await desk.simulators.square.pay(link);
    await patient.text('How much is botox?');
    await patient.callInVain();
    return { patient, before };
  },
  mustHold: ({ desk }, { patient, before }) => {
    const after = patient.texts().slice(before);
    // STOP in other words than the carrier's own is confirmed once.
    assert.ok(
      after.length <= 1 && after.every((text) => /no more|unsubscribed|stopped/i.test(text)),
      after.join(' | '),
    );
    return until('the visit is booked all the same', async () => {
      const booked =
        "from appointments a join contacts c on c.org_id = a.org_id and c.id = a.contact_id where c.phone = $1 and a.state = 'confirmed'";
      return (await desk.count(booked, patient.number)) === 1;
    }).then(() => {});
  },
});

const stopAtOnce = fault({
  name: 'stop-right-behind-a-question',
  group: 'consent',
  injects: 'a question and STOP come at the same moment',
  holds: 'the question is answered before STOP or never',
  reach: 'one patient',
  inject: async (scene) => {
    const patient = scene.patient();
    await Promise.all([patient.text('How much is botox?'), patient.text('please stop texting me')]);
    await until('both are taken', async () => {
      const taken = 'from inbound_messages where from_number = $1 and handled_by is not null';
      return (await scene.desk.count(taken, patient.number)) === 2;
    });
    const before = patient.texts().length;
    await patient.text('Where are you?');
    return { patient, before };
  },
  mustHold: (_, { patient }) => assert.ok(!patient.texts().some((text) => /address|street|suite/i.test(text))),
});

export const consentFaults: readonly Fault[] = [stopWhileSending, stopAtOnce];
