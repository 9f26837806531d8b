import type { Channel } from '@frontdesk/contracts';
import { meetPerson } from '@frontdesk/conversation/postgres';
import type { TenantTransaction } from '@frontdesk/db';
import { present, type Id, type PersonAddress } from '@frontdesk/kernel';
import { linkFaults, plainPunctuation, redactCardNumbers } from '@frontdesk/messaging';
import { foretellText, requestText, textOfCause, type Foretold, type TextOfCause } from '@frontdesk/messaging/postgres';
import { audit } from '../audit.ts';
import { Problem, wrongField } from '../contract/problems.ts';
import type { Asked } from '../contract/route.ts';
import { clinicName, linkHosts, lockRecipient, sendingNumber } from '../postgres/sending-facts.ts';
import { addressOf } from './address-of.ts';

/** Why somebody sends a text by hand, which is its class at the last gate. */
export const purposes = ['reply', 'reminder', 'marketing'] as const;
type Purpose = (typeof purposes)[number];

export type WantedText = {
  to: string;
  /** Left out: the one that the person wrote on last. */
  channel?: Channel | undefined;
  purpose: Purpose;
  body: string;
  mediaUrls: readonly string[];
  /** Names the cause: one text comes of it, however often somebody asks. */
  cause: string;
};

/** What came of it. A text of the same cause that was asked for before is told as it is now. */
export type AskedText = { id: Id; channel: Channel; cost: Pick<TextOfCause, 'segments' | 'encoding'> } & (
  | { foretold: Foretold }
  | { before: { state: string; reason: string | null } }
);

/** Asks for a text as the services do: a row, its event, and the last gate's word on it, in the caller's transaction. */
export async function askForText(tx: TenantTransaction, asked: Asked, wanted: WantedText): Promise<AskedText> {
  const { orgId, actor, requestId, now } = asked;
  const { purpose, body, cause } = wanted;
  const to = await addressOf(tx, { orgId, person: wanted.to, pointer: '#/to' });
  refuseContent(body, await linkHosts(tx, orgId));
  const first = wanted.channel ?? (to.startsWith('wa:') ? 'whatsapp' : 'sms');
  const anyNumber = await numberOn(tx, { orgId, channel: first, preferred: null });
  const person = await meetPerson(tx, { orgId, phone: to, clinicNumber: anyNumber, channel: first });
  const channel = wanted.channel ?? person.channel;
  if (purpose === 'reply' && person.lastWroteAt === null) {
    throw wrongField(
      '/purpose',
      'it is no reply: this person has never written to the clinic',
      'give reminder or marketing, which leave at the hours that the law allows',
    );
  }
  await lockRecipient(tx, { orgId, contactId: person.contactId });
  const from = await numberOn(tx, { orgId, channel, preferred: person.clinicNumber });
  if (from === to) throw wrongField('/to', 'it is the clinic’s own number', 'give the number of a person');
  const id = await requestText(tx, {
    orgId,
    recipient: person,
    from,
    to,
    channel,
    class: purpose,
    kind: 'by-hand',
    body,
    values: { clinic: await clinicName(tx, orgId), text: plainPunctuation(body) },
    mediaUrls: wanted.mediaUrls,
    causeKey: cause,
    correlationId: person.conversationId,
    causationId: requestId,
    now,
  });
  if (id === null) return knownText(tx, wanted, { orgId, to });
  const subject = { type: 'outbound_message', id };
  await audit(tx, asked, { action: 'text requested', subject, details: { purpose } });
  const foretold = await foretellText(tx, { orgId, messageId: id, actor, now });
  const cost = present(await textOfCause(tx, { orgId, causeKey: cause }), 'the text just asked for');
  const bySms = foretold.kind === 'queued' ? foretold.bySms : null;
  return bySms === null ? { id, channel, cost, foretold } : { id, channel: 'sms', cost: bySms, foretold };
}

async function numberOn(tx: TenantTransaction, wanted: Parameters<typeof sendingNumber>[1]): Promise<string> {
  const number = await sendingNumber(tx, wanted);
  if (number !== null) return number;
  const what =
    wanted.channel === 'sms' ? 'number to text from' : 'number on WhatsApp: connect one, or give channel sms';
  throw new Problem('conflict', `The clinic has no ${what}.`);
}

function refuseContent(body: string, ownHosts: readonly string[]): void {
  if (!/[\p{L}\p{N}\p{P}\p{S}]/u.test(body)) {
    throw wrongField('/body', 'nothing in it can be seen', 'write what the person is to read');
  }
  if (redactCardNumbers(body).found) {
    throw wrongField('/body', 'it holds the number of a card', 'leave the number out: card numbers are never kept');
  }
  const [fault] = linkFaults(body, ownHosts);
  if (fault !== undefined) {
    throw wrongField('/body', fault.words, 'link to a page of the clinic, or to Square, by its full https address');
  }
}

async function knownText(
  tx: TenantTransaction,
  wanted: WantedText,
  { orgId, to }: { orgId: Id; to: PersonAddress },
): Promise<AskedText> {
  const before = await textOfCause(tx, { orgId, causeKey: wanted.cause });
  if (before === null || before.to !== to || !before.says(wanted.body) || before.class !== wanted.purpose) {
    throw new Problem('conflict', 'Another text was asked for with this causeKey: give each cause a key of its own.');
  }
  return { id: before.id, channel: before.channel, cost: before, before };
}
