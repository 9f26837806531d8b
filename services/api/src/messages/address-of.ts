import type { TenantTransaction } from '@frontdesk/db';
import { whatsAppUser, type Id, type PersonAddress } from '@frontdesk/kernel';
import { phoneAt } from '../contract/phone.ts';
import { wrongFields } from '../contract/problems.ts';
import { addressOfUser } from '../postgres/sending-facts.ts';

/**
 * What the clinic knows a person by, who is named by a number or by `wa:` and their id.
 * @throws Problem for what no phone can have, and for an id of which the clinic never heard
 */
export async function addressOf(
  tx: TenantTransaction,
  { orgId, person, pointer }: { orgId: Id; person: string; pointer: string },
): Promise<PersonAddress> {
  if (!person.startsWith('wa:')) return phoneAt({ pointer }, person);
  const userId = person.slice('wa:'.length);
  const known = whatsAppUser(userId) === null ? null : await addressOfUser(tx, { orgId, userId });
  if (known !== null) return known;
  const detail = 'nobody with this id has written to the clinic';
  throw wrongFields([{ pointer, detail, mend: 'give the number of the person' }]);
}
