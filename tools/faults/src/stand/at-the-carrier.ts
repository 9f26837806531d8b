import type { Patient } from '@frontdesk/journeys';
import type { Misbehaviour } from '@frontdesk/simulators';
import { until } from '@frontdesk/testkit';
import type { Scene } from '../scene.ts';

/** Whether a request hands the carrier a text to this patient. */
export const isSendTo =
  ({ number }: Patient) =>
  ({ method, body }: { method: string; body: string }): boolean =>
    method === 'POST' && body.includes(number);

/** The sends to this patient alone are treated so, a number of times. */
export function mistreatSends({ desk }: Scene, patient: Patient, how: Misbehaviour, times: number): void {
  desk.simulators.telnyx.misbehave(how, { times, where: isSendTo(patient) });
}

/** What became of the newest text to this patient. Undefined: there is none. */
export async function stateOfLastText({ desk }: Scene, { number }: Patient): Promise<string | undefined> {
  const { rows } = await desk.rows.query<{ state: string }>(
    'select state from outbound_messages where to_number = $1 order by seq desc limit 1',
    [number],
  );
  return rows[0]?.state;
}

/** Waits until the carrier has refused a try of a text to this patient. */
export async function untilRefused({ desk }: Scene, { number }: Patient): Promise<void> {
  const refused = `from send_attempts a join outbound_messages m on m.id = a.message_id
    where m.to_number = $1 and a.outcome = 'retryable'`;
  await until('a try that failed', async () => (await desk.count(refused, number)) > 0, 60_000);
}
