import { inTenants } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import type { TestPerson } from '@frontdesk/testkit';
import type { ConsentEvidence } from '../src/consent/consent.ts';
import type { Keyword } from '../src/index.ts';
import { answerKeyword, recordOptIn, recordOptOut } from '../src/postgres/index.ts';
import type { KeywordReceived } from '../src/postgres/answer-keyword.ts';
import type { TextDesk } from './text-desk.ts';

/** A text of a person, as ingress stores it. */
export async function receiveText(desk: TextDesk, person: TestPerson, body: string): Promise<Id> {
  const id = newId();
  const { clinic, server } = desk;
  await inTenants(server.owner, [clinic.id], (client) =>
    client.query(
      `insert into inbound_messages (org_id, id, conversation_id, from_number, to_number, body, digest, provider,
         provider_message_id, received_at, handled_by, handled_at)
       values ($1, $2, $3, $4, $5, $6, '', 'telnyx', $7, $8, 'keyword', $8)`,
      [clinic.id, id, person.conversationId, person.phone, clinic.location.number, body, newId(), dateOf(desk.now())],
    ),
  );
  return id;
}

/** What proves a change of consent that this text makes. */
export function evidenceOf(desk: TextDesk, person: TestPerson, change: Partial<ConsentEvidence> = {}) {
  return {
    orgId: desk.clinic.id,
    phone: person.phone,
    source: 'keyword',
    wording: 'STOP',
    channel: 'sms',
    clinicNumber: desk.clinic.location.number,
    inboundMessageId: null,
    recordedBy: 'webhook-ingress',
    at: desk.now(),
    ...change,
  } as const satisfies ConsentEvidence;
}

/** A keyword as ingress stores it: the text, and the change of consent that it makes. */
export async function storeKeyword(desk: TextDesk, person: TestPerson, keyword: Keyword, body: string = keyword) {
  const messageId = await receiveText(desk, person, body);
  const evidence = evidenceOf(desk, person, { wording: body, inboundMessageId: messageId });
  await desk.database.inTenant(desk.clinic.id, async (tx) => {
    if (keyword === 'stop') await recordOptOut(tx, evidence);
    if (keyword === 'start') await recordOptIn(tx, { ...evidence, source: 'keyword' });
  });
  return messageId;
}

type Stored = Pick<KeywordReceived, 'messageId' | 'keyword'> & Partial<KeywordReceived>;

/** The keyword as messaging hears of it. */
export function answerTo(desk: TextDesk, person: TestPerson, received: Stored) {
  return desk.database.inTenant(desk.clinic.id, (tx) =>
    answerKeyword(tx, {
      orgId: desk.clinic.id,
      contactId: person.contactId,
      answeredByCarrier: false,
      causationId: newId(),
      now: desk.now(),
      ...received,
    }),
  );
}

/** A keyword from its arrival until its answer is asked for. */
export async function receiveKeyword(desk: TextDesk, person: TestPerson, keyword: Keyword, body: string = keyword) {
  return answerTo(desk, person, { messageId: await storeKeyword(desk, person, keyword, body), keyword });
}

const dateOf = ({ epochMilliseconds }: Temporal.Instant) => new Date(epochMilliseconds);
