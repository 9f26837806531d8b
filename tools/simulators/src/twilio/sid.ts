import { newId } from '@frontdesk/kernel';

/** An id as Twilio makes them: two letters that say of what, and 32 hex digits. */
export function newSid(prefix: 'SM' | 'MM' | 'CA' | 'ME' | 'HX' | 'XE' | 'PN' | 'MG' | 'QE'): string {
  return `${prefix}${newId().replaceAll('-', '')}`;
}
