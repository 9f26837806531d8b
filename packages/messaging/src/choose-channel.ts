import type { Channel } from '@frontdesk/contracts';
import type { TextClass } from './text-class.ts';

type Asked = {
  class: TextClass;
  to: string;
  toStaff: boolean;
  /** The one that was asked for. */
  channel: Channel | undefined;
  /** The one that the person wrote on last, to the number that the text leaves from. */
  writtenOn: Channel | null;
};

/** The channel of a text, once and for all. Who called, and staff, have a number that takes texts. */
export function chooseChannel({ class: ofClass, to, toStaff, channel, writtenOn }: Asked): Channel {
  if (toStaff || ofClass === 'missed-call' || ofClass === 'staff-notice') return 'sms';
  if (channel !== undefined) return channel;
  return to.startsWith('wa:') ? 'whatsapp' : (writtenOn ?? 'sms');
}
