import type { TenantTransaction } from '@frontdesk/db';
import type { Clock, Id } from '@frontdesk/kernel';
import type { TemplateRegistry } from '../ports.ts';
import { isBeingSent } from '../postgres/read-templates.ts';
import { noteRemoved } from '../postgres/write-templates.ts';
import type { Template } from './template.ts';

export type RemoveTemplatePorts = {
  inTenant: <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  /** Closes the tasks whose cause begins like this. */
  closeTasks: (tx: TenantTransaction, tasks: { orgId: Id; causes: string; now: Temporal.Instant }) => Promise<void>;
  clock: Clock;
};

/** What the causes of a template's tasks begin with. */
export const tasksOfTemplate = ({ id }: Pick<Template, 'id'>) => `whatsapp-template:${id}:`;

/** Whether its owner took it out of use, and the provider may still have it. */
export const isToBeRemoved = ({ retiredAt, removedAt }: Pick<Template, 'retiredAt' | 'removedAt'>): boolean =>
  retiredAt !== null && removedAt === null;

/**
 * Deletes a retired template at its provider, unless it was never there, is gone, or is another by now that somebody wrote in its
 * place. False: a text that chose it before is just being sent, and the provider may still need it.
 */
export async function removeTemplate(
  { inTenant, closeTasks, clock }: RemoveTemplatePorts,
  template: Template & { orgId: Id },
  registry: TemplateRegistry,
): Promise<boolean> {
  const { orgId, id, account, name, handedInAt } = template;
  if (await inTenant(orgId, (tx) => isBeingSent(tx, { orgId, id }))) return false;
  const found = handedInAt === null ? null : await registry.find(template);
  const isOurs = found !== null && (template.externalId ?? found.externalId) === found.externalId;
  if (isOurs) await registry.remove({ orgId, account, name, externalId: found.externalId });
  const now = clock();
  await inTenant(orgId, async (tx) => {
    await noteRemoved(tx, { orgId, id, now });
    await closeTasks(tx, { orgId, causes: tasksOfTemplate(template), now });
  });
  return true;
}
