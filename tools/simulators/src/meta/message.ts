import { randomBytes } from 'node:crypto';
import type { Clock } from '@frontdesk/kernel';
import type { MetaNumber } from './accounts.ts';
import { titleOf } from './errors.ts';
import type { Person } from './people.ts';
import type { MetaChange } from './webhook-poster.ts';

/** A message to a person. */
export interface MetaMessage {
  id: string;
  number: MetaNumber;
  person: Person;
  callbackData: string | null;
  status: string;
  errorCode: string | null;
}

export const newWamid = (): string => `wamid.HBgL${randomBytes(24).toString('base64')}`;

export const secondsOf = (clock: Clock): string => String(Math.floor(clock().epochMilliseconds / 1_000));

export const metadataOf = ({ number, phoneNumberId }: MetaNumber) => ({
  display_phone_number: number.slice(1),
  phone_number_id: phoneNumberId,
});

/** The webhook that tells where a message stands. */
export function statusChange(
  message: MetaMessage,
  { clock, isHidden }: { clock: Clock; isHidden: boolean },
): MetaChange {
  const { id, number, person, status, errorCode, callbackData } = message;
  const isSent = status !== 'failed';
  return {
    account: number.account,
    field: 'messages',
    value: {
      messaging_product: 'whatsapp',
      metadata: metadataOf(number),
      statuses: [
        {
          id,
          status,
          timestamp: secondsOf(clock),
          ...(!isHidden && { recipient_id: person.number?.slice(1) }),
          recipient_user_id: person.userId,
          ...(callbackData !== null && { biz_opaque_callback_data: callbackData }),
          ...(isSent && { pricing: { billable: true, pricing_model: 'PMP', category: 'utility' } }),
          ...(errorCode !== null && { errors: [errorOf(errorCode)] }),
        },
      ],
    },
  };
}

function errorOf(code: string): Record<string, unknown> {
  const title = titleOf(code);
  return { code: Number(code), title, message: title, error_data: { details: title } };
}
