import type { TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { introduceClinic } from '../content/introduce-clinic.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import { splitText } from '../segments/split-text.ts';
import type { TextClass } from '../text-class.ts';
import { clinicToIntroduce } from './first-words.ts';
import { writeText } from './write-text.ts';

export type TextRequest = {
  orgId: Id;
  recipient: { contactId: Id; conversationId: Id } | { staffMemberId: Id };
  /** The clinic number that the person wrote to last. */
  from: string;
  to: string;
  class: TextClass;
  /** What it says, in one word for people who read the list: `answer`, `deposit-link`, `booking-confirmed`. */
  kind: string;
  /** The first one to a person gets the clinic's name and the way out; one that is too long becomes several. */
  body: string;
  /** Pictures that go with it, where the carrier can fetch them. */
  mediaUrls?: readonly string[];
  /** From then on it makes no sense to send it. */
  expiresAt?: Temporal.Instant;
  /** The visit that it is about, and its time as the text says it: cancelled or moved, the text has lost its reason. */
  appointment?: { id: Id; startsAt: Temporal.Instant };
  /** Names the cause: the same cause asks for one text, however often it repeats. */
  causeKey: string;
  correlationId: string;
  causationId: string | null;
  now: Temporal.Instant;
};

/**
 * Asks for a text in the transaction of its cause: the row with the words, and the event that makes it leave. Returns null
 * when the same cause asked before; else the id of the text, or of the first when it is too long for one.
 */
export async function requestText(tx: TenantTransaction, request: TextRequest): Promise<Id | null> {
  const [first = '', ...more] = splitText(await wordsFor(tx, request));
  const id = newId();
  if (!(await writeText(tx, { ...request, id, body: first }))) return null;
  for (const [index, body] of more.entries()) {
    const causeKey = `${request.causeKey}:part-${index + 2}`;
    await writeText(tx, { ...request, id: newId(), body, causeKey, mediaUrls: [] });
  }
  return id;
}

async function wordsFor(tx: TenantTransaction, request: TextRequest): Promise<string> {
  const { orgId, recipient, class: ofClass } = request;
  const body = plainPunctuation(request.body);
  if ('staffMemberId' in recipient || ofClass === 'keyword-answer') return body;
  const clinicName = await clinicToIntroduce(tx, { orgId, conversationId: recipient.conversationId });
  return clinicName === null ? body : introduceClinic(body, { clinicName, ofClass });
}
