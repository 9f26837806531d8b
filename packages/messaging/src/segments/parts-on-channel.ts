import type { Channel } from '@frontdesk/contracts';
import { countSegments, type SegmentCount } from './count-segments.ts';
import { splitText, splitWithin } from './split-text.ts';

/** What Meta takes in one message (UTF-16 units). */
const longestMessage = 4_096;

/** How a channel cuts what is too long for one text. */
export const splitOn: Readonly<Record<Channel, (body: string) => string[]>> = {
  sms: splitText,
  whatsapp: (body) => splitWithin(body, longestMessage),
};

/** What a text costs where parts are billed; WhatsApp bills none. */
export function costOn(channel: Channel, body: string): Pick<SegmentCount, 'segments' | 'encoding'> | null {
  return channel === 'sms' ? countSegments(body) : null;
}
