import assert from 'node:assert/strict';
import { until } from '@frontdesk/testkit';
import { mistreatSends, stateOfLastText } from '../stand/at-the-carrier.ts';
import { dying } from './dying.ts';

/** The carrier took the text and lost its answer; the worker dies as it asks what became of it. */
export const dyingLookUps = (
  [
    ['reconcile.before-asking', 'before it asks the carrier about a text whose answer was lost'],
    ['reconcile.after-answer', "with the carrier's word on a text whose answer was lost"],
  ] as const
).map(([failpoint, when]) =>
  dying(
    { service: 'messaging-worker', failpoints: [failpoint] },
    {
      name: `messaging-worker-dies-${failpoint.replaceAll('.', '-')}`,
      injects: `messaging-worker is killed ${when}`,
      holds: 'the text is not sent again, and its receipt tells that it arrived',
      inject: async (scene) => {
        const { telnyx } = scene.desk.simulators;
        const patient = scene.patient();
        mistreatSends(scene, patient, { kind: 'accept-then-hang' }, 1);
        telnyx.planReceipts({ to: patient.number, hold: true });
        await scene.die(() => patient.text('What are your hours on Saturday?'));
        await telnyx.releaseReceipts();
        const settled = async () => (await stateOfLastText(scene, patient)) === 'delivered';
        await until('the receipt settles it', settled, 60_000);
        return patient;
      },
      mustHold: (_, patient) => assert.equal(patient.texts().length, 1, 'the text left more than once'),
    },
  ),
);
