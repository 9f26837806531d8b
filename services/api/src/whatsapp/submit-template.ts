import { recordAudit, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Template } from '@frontdesk/messaging';
import { moveTemplateOn } from '@frontdesk/messaging/postgres';
import { requestRegistration } from '@frontdesk/numbers/postgres';

type Asked = { orgId: Id; actor: string; requestId: string; now: Temporal.Instant };

/** Asks the worker to hand a draft in. False: it is no draft. */
export async function submitDraft(
  tx: TenantTransaction,
  { id, provider, state }: Pick<Template, 'id' | 'provider' | 'state'>,
  { orgId, actor, requestId, now }: Asked,
): Promise<boolean> {
  if (!(await moveTemplateOn(tx, { orgId, id, state }, { event: 'submit', reason: null, now }))) return false;
  await requestRegistration(tx, { orgId, id, subject: 'whatsapp-template', provider, correlationId: id, now });
  const subject = { type: 'whatsapp-template', id };
  const details = { requestId };
  await recordAudit(tx, { orgId, actor, action: 'whatsapp template submitted', subject, at: now, details });
  return true;
}
