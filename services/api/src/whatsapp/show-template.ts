import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Template } from '@frontdesk/messaging';
import { findTemplate } from '@frontdesk/messaging/postgres';
import { notFound } from '../contract/problems.ts';

/** @throws Problem when the clinic has no template with this id */
export async function templateWith(tx: TenantTransaction, of: { orgId: Id; id: Id }): Promise<Template> {
  const template = await findTemplate(tx, of);
  if (template === null) throw notFound('template');
  return template;
}
