import { until } from '@frontdesk/testkit';
import type { Scene } from '../scene.ts';
import { firstClinic } from './first-clinic.ts';

/** What the carrier hears of a text that comes now: whether the desk takes it or refuses. */
export async function statusOfText(scene: Scene): Promise<number | null> {
  const patient = scene.patient();
  const { number: to } = firstClinic(scene).location;
  const { status } = await scene.desk.simulators.telnyx.receiveText({ from: patient.number, to, text: 'Hi there' });
  return status;
}

export async function untilTextsAreTaken(scene: Scene): Promise<void> {
  await until('a text is taken again', async () => (await statusOfText(scene)) === 200, 60_000);
}
