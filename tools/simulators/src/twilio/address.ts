/** How a text travels. */
export type TwilioChannel = 'sms' | 'whatsapp';

const PREFIX = 'whatsapp:';

/** An address as it goes over the wire; somebody without a number is `wa:` and their user id before that. */
export function wireAddress(channel: TwilioChannel, address: string): string {
  return channel === 'sms' ? address : `${PREFIX}${address.replace(/^wa:/, '')}`;
}

export function readAddress(wire: string): { channel: TwilioChannel; address: string } {
  if (!wire.startsWith(PREFIX)) return { channel: 'sms', address: wire };
  const rest = wire.slice(PREFIX.length);
  return { channel: 'whatsapp', address: /^[A-Z]{2}\./.test(rest) ? `wa:${rest}` : rest };
}
