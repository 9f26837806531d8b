import { until } from '@frontdesk/testkit';
import type { Desk } from './desk.ts';
import type { Patient } from './patient.ts';

/** Waits until the reminder of the patient's visit is armed. */
export async function untilReminderIsArmed(desk: Desk, { number }: Patient): Promise<void> {
  await until('a reminder that is armed', () =>
    desk.count(
      `from scheduled_texts s join contacts c on c.org_id = s.org_id and c.id = s.contact_id
       where c.phone = $1 and s.state = 'scheduled'`,
      number,
    ),
  );
}

/** Other processes take no clock: the reminder of a visit that is days away is due now, when it is about noon for the patient. */
export async function makeReminderDue(desk: Desk, { number }: Patient): Promise<void> {
  const ahead = 12 - new Date().getUTCHours();
  // The names count west of Greenwich.
  const zone = ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`;
  await desk.rows.query('update contacts set time_zone = $2 where phone = $1', [number, zone]);
  await desk.rows.query(
    `update scheduled_texts s set due_at = now() from contacts c
     where c.phone = $1 and c.org_id = s.org_id and c.id = s.contact_id and s.state = 'scheduled'`,
    [number],
  );
}
