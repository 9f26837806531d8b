import { parsePhoneNumber, whatsAppUser } from '@frontdesk/kernel';
import type { CarrierEvent, ReceivedMedia } from '../webhook-content.ts';
import { metaMediaUrl } from './media-address.ts';
import { readAddressChange } from './read-address-change.ts';
import { contactSchema, idSchema, messageSchema, type Contact, type Message } from './webhook-schemas.ts';

/** What a person did that is no message: it is not answered. */
const noMessages = new Set(['reaction', 'system', 'request_welcome']);

/** Reads a message from a person to one of the clinic's numbers. A message that makes no sense holds the others up in no way. */
export function readMessage(given: unknown, contacts: readonly unknown[], phoneNumberId: string): CarrierEvent {
  const addressee = { by: 'whatsapp' as const, phoneNumberId };
  const ignored = { addressee, content: { kind: 'ignored' as const } };
  const { success, data: message } = messageSchema.safeParse(given);
  if (!success) return { eventType: 'message.unreadable', externalId: idOf(given), occurredAt: null, ...ignored };
  const event = { eventType: 'message.received', externalId: message.id, occurredAt: message.timestamp ?? null };
  const change = message.type === 'system' ? readAddressChange(message) : null;
  if (change !== null) return { ...event, addressee, content: change };

  const userId = userIdOf(message, contacts);
  const from = parsePhoneNumber(`+${message.from ?? ''}`) ?? whatsAppUser(userId ?? '');
  if (from === null || noMessages.has(message.type)) return { ...event, ...ignored };
  return {
    ...event,
    addressee,
    content: {
      kind: 'text',
      channel: 'whatsapp',
      messageId: message.id,
      from,
      whatsAppUserId: userId,
      ...wordsOf(message),
      media: mediaOf(message, phoneNumberId),
      receivedAt: message.timestamp ?? null,
      carrierKeyword: null, // Meta answers no keywords
    },
  };
}

/** A message that WhatsApp does not pass on, such as a poll, has no words; that somebody wrote is still told. */
function wordsOf({ text, image, video, document, audio, sticker, location, interactive, button }: Message) {
  const chosen = interactive?.button_reply ?? interactive?.list_reply;
  if (chosen !== undefined) return { body: chosen.title, choiceId: chosen.id };
  if (button !== undefined) {
    return { body: button.text ?? button.payload ?? '', choiceId: button.payload ?? null };
  }
  const caption = (image ?? video ?? document ?? audio ?? sticker)?.caption;
  return { body: text?.body ?? caption ?? placeOf(location) ?? '', choiceId: null };
}

function placeOf(location: Message['location']): string | undefined {
  if (location === undefined) return undefined;
  const { name, address, latitude, longitude } = location;
  return [name, address, `${latitude}, ${longitude}`].filter((part) => part !== undefined).join(', ');
}

function mediaOf({ image, video, document, audio, sticker }: Message, phoneNumberId: string): ReceivedMedia[] {
  const file = image ?? video ?? document ?? audio ?? sticker;
  if (file?.id === undefined) return [];
  const contentType = file.mime_type?.split(';')[0]?.trim() ?? null;
  return [{ url: metaMediaUrl({ phoneNumberId, mediaId: file.id }), contentType }];
}

/** The message names it itself, or the contact that stands beside it does. */
function userIdOf({ from, from_user_id: own }: Message, contacts: readonly unknown[]): string | null {
  if (own !== undefined) return own;
  const known = contacts
    .map((contact) => contactSchema.safeParse(contact).data)
    .filter((contact) => isContact(contact));
  const writer = from === undefined ? undefined : known.find(({ wa_id: waId }) => waId === from);
  return (writer ?? (known.length === 1 ? known[0] : undefined))?.user_id ?? null;
}

const isContact = (contact: Contact | undefined): contact is Contact => contact !== undefined;

function idOf(given: unknown): string {
  const id = typeof given === 'object' && given !== null && 'id' in given ? given.id : undefined;
  return idSchema.safeParse(id).data ?? 'without-id';
}
