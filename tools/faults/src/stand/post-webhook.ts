import { setTimeout } from 'node:timers/promises';
import type { Desk, Patient } from '@frontdesk/journeys';
import { newId } from '@frontdesk/kernel';
import type { Scene } from '../scene.ts';

export const textsPath = '/webhooks/telnyx/messages';

/** A text as the carrier tells of it. */
export function textEvent(patient: Patient, clinic: Scene['clinics'][number], text: string): string {
  const at = Temporal.Now.instant().toString({ fractionalSecondDigits: 3 });
  const payload = {
    record_type: 'message',
    direction: 'inbound',
    id: newId(),
    type: 'SMS',
    received_at: at,
    text,
    from: { phone_number: patient.number },
    to: [{ phone_number: clinic.location.number }],
  };
  return JSON.stringify({
    data: { record_type: 'event', event_type: 'message.received', id: newId(), occurred_at: at, payload },
  });
}

/** Posts as a provider does: a desk that is too busy to store it in time says 503, and it comes again. */
export async function post(
  desk: Desk,
  body: string | Buffer,
  headers: Record<string, string>,
  to = textsPath,
): Promise<Response> {
  for (let tries = 1; ; tries++) {
    const answer = await fetch(`${desk.webhookUrl}${to}`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
    if (answer.status !== 503 || tries === 100) return answer;
    await setTimeout(100);
  }
}

export const textsFrom = ({ desk }: Scene, { number }: Patient) =>
  desk.count('from inbound_messages where from_number = $1', number);
