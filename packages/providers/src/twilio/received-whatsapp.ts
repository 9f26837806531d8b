import { whatsAppUser } from '@frontdesk/kernel';
import type { z } from 'zod';
import type { ReceivedText } from '../webhook-content.ts';
import type { receivedSchema } from './webhook-schemas.ts';

type Received = z.infer<typeof receivedSchema>;

/** What only a message of WhatsApp tells. */
export function whatsAppPartsOf(
  received: Received,
  person: string,
): Pick<ReceivedText, 'whatsAppUserId' | 'choiceId' | 'body'> {
  const { Body = '', ListId, ListTitle, ButtonPayload, ButtonText } = received;
  return {
    whatsAppUserId: userIdOf(received, person),
    choiceId: nonEmpty(ListId) ?? nonEmpty(ButtonPayload),
    body: nonEmpty(Body) ?? nonEmpty(ListTitle) ?? nonEmpty(ButtonText) ?? placeOf(received),
  };
}

/**
 * Meta's id of the person. UNVERIFIED: Twilio's reference names no field for it. It is read from an address without a number, and
 * from `ExternalUserId` or `UserId` where one of them holds what looks like it.
 */
function userIdOf({ ExternalUserId, UserId }: Received, person: string): string | null {
  const candidates = [ExternalUserId, UserId, person.startsWith('wa:') ? person.slice('wa:'.length) : undefined];
  return candidates.find((each) => typeof each === 'string' && whatsAppUser(each) !== null) ?? null;
}

function placeOf({ Label, Address, Latitude, Longitude }: Received): string {
  const named = [Label, Address].map(nonEmpty).filter((each) => each !== null);
  if (named.length > 0) return named.join(', ');
  return nonEmpty(Latitude) === null ? '' : `${Latitude}, ${Longitude ?? ''}`;
}

function nonEmpty(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
