import { newId, type Clock } from '@frontdesk/kernel';
import { telnyxEvent, type TelnyxEvent } from './event-poster.ts';
import { countSegments } from '../wire/segments.ts';
import type { MediaSent, MediaShelf } from '../wire/media-shelf.ts';
import type { AutoresponseType } from '../wire/texting.ts';
import type { TextReceived } from './types.ts';

interface Reception {
  profileId: string;
  autoresponseType: AutoresponseType | null;
  messageId: string;
  eventId: string;
  clock: Clock;
  media: MediaShelf;
  /** The address under which a file of the shelf is served. */
  mediaUrl: (id: string) => string;
}

/** The message.received event of a text from a person. */
export function inboundEvent(text: TextReceived, reception: Reception): TelnyxEvent {
  const { clock, eventId, messageId, profileId, autoresponseType } = reception;
  const media = (text.media ?? []).map((item) =>
    'bytes' in item ? shelved(item, reception) : { ...item, hash_sha256: newId() },
  );
  const { encoding, parts } = countSegments(text.text);
  const payload = {
    record_type: 'message',
    direction: 'inbound',
    id: messageId,
    type: media.length > 0 ? 'MMS' : 'SMS',
    organization_id: 'org-1',
    messaging_profile_id: profileId,
    from: { phone_number: text.from, carrier: 'ExampleCell', line_type: 'Wireless' },
    to: [{ phone_number: text.to, carrier: 'Telnyx', line_type: 'Wireless', status: 'webhook_delivered' }],
    cc: [],
    text: text.text,
    subject: null,
    media,
    encoding,
    parts,
    tags: [],
    errors: [],
    autoresponse_type: autoresponseType,
    cost: { amount: '0.0000', currency: 'USD' },
    received_at: clock().toString({ fractionalSecondDigits: 3 }),
    sent_at: null,
    completed_at: null,
    valid_until: null,
    webhook_url: null,
    webhook_failover_url: null,
  };
  return telnyxEvent('message.received', payload, { clock, id: eventId });
}

function shelved(sent: MediaSent, { media, mediaUrl }: Reception) {
  const { id, contentType, size, sha256 } = media.put(sent);
  return { url: mediaUrl(id), content_type: contentType, size, hash_sha256: sha256 };
}
