import { describe, expect, it } from '@jest/globals';
import { chooseChannel } from './choose-channel.ts';

const answer = {
  class: 'reply',
  to: '+14805550123',
  toStaff: false,
  channel: undefined,
  writtenOn: 'whatsapp',
} as const;

describe('the channel of a text', () => {
  it.each<[string, Partial<Parameters<typeof chooseChannel>[0]>, 'sms' | 'whatsapp']>([
    ['is the one that the person wrote on last', {}, 'whatsapp'],
    ['is SMS to who never wrote to the number', { writtenOn: null }, 'sms'],
    ['is the one that was asked for', { channel: 'sms' }, 'sms'],
    ['is WhatsApp to somebody without a number', { to: 'wa:US.1349', writtenOn: null }, 'whatsapp'],
    ['is SMS to who called', { class: 'missed-call' }, 'sms'],
    ['is SMS to staff', { toStaff: true, class: 'staff-notice' }, 'sms'],
  ])('%s', (_, change, channel) => {
    expect(chooseChannel({ ...answer, ...change })).toBe(channel);
  });
});
