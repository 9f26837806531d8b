import { openStaffTask, staffToNotify } from '@frontdesk/clinics/postgres';
import type { DeskPorts } from '@frontdesk/conversation';
import { requestText } from '@frontdesk/messaging/postgres';

const dueIn = Temporal.Duration.from({ hours: 1 });

/** Opens a task and tells the staff who get notices. The same cause opens and tells once. */
export const askStaff: DeskPorts['askStaff'] = async (tx, request) => {
  const { orgId, conversationId, kind, reason, notice, causeKey, from, appointmentId, causationId, now } = request;
  const about = { conversationId, ...(appointmentId !== undefined && { appointmentId }) };
  const opened = await openStaffTask(tx, { orgId, kind, reason, causeKey, now, dueIn, ...about });
  if (!opened) return false;
  for (const member of await staffToNotify(tx, orgId)) {
    await requestText(tx, {
      orgId,
      recipient: { staffMemberId: member.id },
      from,
      to: member.phone,
      class: 'staff-notice',
      kind,
      body: notice,
      causeKey: `${causeKey}:staff:${member.id}`,
      correlationId: conversationId,
      causationId,
      now,
    });
  }
  return true;
};
