import type { Clock, Id } from '@frontdesk/kernel';
import type { CloseTasks, InTenant, OpenTask } from '../number-ports.ts';
import { moveOn } from '../postgres/advance-senders.ts';
import { dropExternalId, keepExternalId } from '../postgres/external-ids.ts';
import { isUniqueViolation } from '../postgres/unique-violation.ts';
import type { NextLook, Registration } from '../registration.ts';
import type { Sender } from './sender.ts';
import { failedTask } from './sender-words.ts';

/** A sender as one look has it. */
export type SenderInHand = Sender & { orgId: Id };

/** What one act makes of a sender: something more to do at once, or when to look again. */
export type Acted = 'go-on' | NextLook;
export type SenderActs = Readonly<Record<'connect' | 'register' | 'look' | 'leave', Act>>;
type Act = (sender: SenderInHand, registration: Registration) => Promise<Acted>;

export type HandPorts = {
  inTenant: InTenant;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  clock: Clock;
};

/** What the causes of a sender's tasks begin with. */
export const troubles = ({ id }: Pick<Sender, 'id'>) => `whatsapp-sender:${id}:`;
export const failures = (sender: Pick<Sender, 'id'>) => `${troubles(sender)}failed:`;

/** It does not work: its state says why, staff are told, and the provider's events no longer concern it. */
export async function failSender({ inTenant, openTask, clock }: HandPorts, sender: SenderInHand, reason: string) {
  const now = clock();
  await inTenant(sender.orgId, async (tx) => {
    if (!(await moveOn(tx, sender, { event: 'refused', reason, now }))) return;
    await dropExternalId(tx, sender);
    const causeKey = `${failures(sender)}${now.epochMilliseconds}`;
    await openTask(tx, { orgId: sender.orgId, causeKey, reason: failedTask(sender, reason), now });
  });
  return { at: null } as const;
}

/** Keeps what the provider calls it. False: somebody else goes by that name. */
export async function nameSender(
  { inTenant }: Pick<HandPorts, 'inTenant'>,
  { orgId, id }: Pick<SenderInHand, 'orgId' | 'id'>,
  externalId: string,
): Promise<boolean> {
  try {
    await inTenant(orgId, (tx) => keepExternalId(tx, { orgId, id, externalId }));
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
