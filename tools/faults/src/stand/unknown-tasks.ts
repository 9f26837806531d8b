import type { Patient } from '@frontdesk/journeys';
import type { Scene } from '../scene.ts';

/** Tasks for staff about texts to this person that may or may not have left. */
export function unknownTasks({ desk }: Scene, { number }: Patient): Promise<number> {
  return desk.count(
    `from staff_tasks t join outbound_messages m on m.org_id = t.org_id and m.id = t.message_id
     where t.kind = 'text-outcome-unknown' and m.to_number = $1`,
    number,
  );
}
