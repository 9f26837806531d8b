import { parsePhoneNumber, whatsAppUser, type PersonAddress } from '@frontdesk/kernel';
import type { AddressChange } from '../webhook-content.ts';
import type { Message } from './webhook-schemas.ts';

const changes = new Set(['user_changed_number', 'user_changed_user_id']);

/**
 * What a system message tells of a person's number or id, which change together. Null: nothing.
 * UNVERIFIED: that the new id is `system.user_id`; Meta's change log names `previous_user_id` "alongside the new values".
 */
export function readAddressChange({ from, system }: Message): AddressChange | null {
  if (system?.type === undefined || !changes.has(system.type)) return null;
  const now = addresses(system.wa_id, system.user_id);
  const before = addresses(from, system.previous_user_id).filter((address) => !now.includes(address));
  return now.length === 0 || before.length === 0 ? null : { kind: 'address-change', before, now };
}

function addresses(number: string | undefined, userId: string | undefined): PersonAddress[] {
  return [parsePhoneNumber(`+${number ?? ''}`), whatsAppUser(userId ?? '')].filter((address) => address !== null);
}
