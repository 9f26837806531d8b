import assert from 'node:assert/strict';
import { services } from '@frontdesk/contracts';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';

/** The carrier took the text and lost its answer; the worker dies as it asks what became of it. */
export const dyingLookUps = (
  [
    ['reconcile.before-asking', 'before it asks the carrier about a text whose answer was lost'],
    ['reconcile.after-answer', "with the carrier's word on a text whose answer was lost"],
  ] as const
).map(([failpoint, when]): Fault & { failpoints: readonly string[] } => ({
  failpoints: [failpoint],
  ...fault({
    name: `messaging-worker-dies-${failpoint.replaceAll('.', '-')}`,
    group: 'a service that dies',
    injects: `messaging-worker is killed ${when}`,
    holds: 'the text is not sent again, and its receipt tells that it arrived',
    reach: 'one service',
    // Of the texts that it has in hand nobody can know what became of them.
    turnOf: services,
    inject: async (scene) => {
      const { telnyx } = scene.desk.simulators;
      const patient = scene.patient();
      const process = scene.desk.services['messaging-worker'];
      const { number } = patient;
      const where = ({ method, body }: { method: string; body: string }) => method === 'POST' && body.includes(number);
      telnyx.misbehave({ kind: 'accept-then-hang' }, { times: 1, where });
      telnyx.planReceipts({ to: number, hold: true });
      await process.arm(failpoint);
      await patient.text('What are your hours on Saturday?');
      const { signal } = await process.untilExit(60_000);
      await process.restart();
      await telnyx.releaseReceipts();
      const delivered = "from outbound_messages where to_number = $1 and state = 'delivered'";
      await until('the receipt settles it', async () => (await scene.desk.count(delivered, number)) === 1, 60_000);
      return { patient, signal };
    },
    mustHold: (_, { patient, signal }) => {
      assert.equal(signal, 'SIGKILL', 'it did not die of its failpoint');
      assert.equal(patient.texts().length, 1, 'the text left more than once');
    },
  }),
}));
