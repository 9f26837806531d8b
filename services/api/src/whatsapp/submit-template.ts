import type { TenantTransaction } from '@frontdesk/db';
import type { Template } from '@frontdesk/messaging';
import { moveTemplateOn } from '@frontdesk/messaging/postgres';
import { requestRegistration } from '@frontdesk/numbers/postgres';
import { audit } from '../audit.ts';
import type { Asked } from '../contract/route.ts';

/** Asks the worker to hand a draft in. False: it is no draft. */
export async function submitDraft(
  tx: TenantTransaction,
  { id, provider, state }: Pick<Template, 'id' | 'provider' | 'state'>,
  asked: Asked,
): Promise<boolean> {
  const { orgId, now } = asked;
  if (!(await moveTemplateOn(tx, { orgId, id, state }, { event: 'submit', reason: null, now }))) return false;
  await requestRegistration(tx, { orgId, id, subject: 'whatsapp-template', provider, correlationId: id, now });
  await audit(tx, asked, { action: 'whatsapp template submitted', subject: { type: 'whatsapp-template', id } });
  return true;
}
