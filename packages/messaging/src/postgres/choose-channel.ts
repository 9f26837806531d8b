import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { TextRequest } from './request-text.ts';

type Asked = Pick<TextRequest, 'orgId' | 'recipient' | 'from' | 'to' | 'class' | 'channel'>;

/**
 * The channel of a text, once and for all: the one that was asked for, else the one that the person wrote on last when the text leaves
 * from the number that they wrote to. Who called, and staff, have a number that takes texts.
 */
export async function chooseChannel(tx: TenantTransaction, asked: Asked): Promise<Channel> {
  const { orgId, recipient, from, to, class: ofClass, channel } = asked;
  if ('staffMemberId' in recipient || ofClass === 'missed-call' || ofClass === 'staff-notice') return 'sms';
  if (channel !== undefined) return channel;
  if (to.startsWith('wa:')) return 'whatsapp';
  const [last] = await tx.$queryRaw<{ channel: Channel }[]>`
    select channel from conversations
    where org_id = ${orgId}::uuid and id = ${recipient.conversationId}::uuid and clinic_number = ${from}`;
  return last?.channel ?? 'sms';
}
