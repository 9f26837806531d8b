import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { chooseChannel } from '../choose-channel.ts';
import { introduceClinic } from '../content/introduce-clinic.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import type { Choice } from '../ports.ts';
import { splitOn } from '../segments/parts-on-channel.ts';
import type { TextClass } from '../text-class.ts';
import type { TemplateValues } from '../whatsapp/template-values.ts';
import { conversationSoFar, type ConversationSoFar } from './conversation-so-far.ts';
import { writeText } from './write-text.ts';

export type TextRequest = {
  orgId: Id;
  recipient: { contactId: Id; conversationId: Id } | { staffMemberId: Id };
  /** The clinic number that the person wrote to last. */
  from: string;
  to: string;
  /** The one that the person wrote on last, unless it is given. */
  channel?: Channel;
  class: TextClass;
  /** What it says, in one word for people who read the list: `answer`, `deposit-link`, `booking-confirmed`. */
  kind: string;
  /** The first one to a person gets the clinic's name and the way out; one that is too long becomes several. */
  body: string;
  /** Pictures that go with it, where the carrier can fetch them. */
  mediaUrls?: readonly string[];
  /** What the person may choose instead of writing, where the channel can show it; the words say it, too. */
  choices?: readonly Choice[];
  /** What it says by name, for a template that says it in its place. */
  values?: TemplateValues;
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
  const { recipient, from: number } = request;
  const toStaff = 'staffMemberId' in recipient;
  const { writtenOn, clinicToIntroduce } = toStaff
    ? nothingYet
    : await conversationSoFar(tx, { ...request, ...recipient, number });
  const channel = chooseChannel({ ...request, channel: request.channel, toStaff, writtenOn });
  const [first = '', ...more] = splitOn[channel](wordsOf(request, channel, clinicToIntroduce));
  const id = newId();
  const { choices = [] } = request;
  // What there is to choose stands under the last words.
  const whole = { ...request, channel, choices: more.length === 0 ? choices : [] };
  if (!(await writeText(tx, { ...whole, id, body: first }))) return null;
  for (const [index, body] of more.entries()) {
    const causeKey = `${request.causeKey}:part-${index + 2}`;
    const isLast = index === more.length - 1;
    const part = { body, causeKey, mediaUrls: [], values: {}, choices: isLast ? choices : [] };
    await writeText(tx, { ...whole, ...part, id: newId() });
  }
  return id;
}

const nothingYet: ConversationSoFar = { writtenOn: null, clinicToIntroduce: null };

function wordsOf(request: TextRequest, channel: Channel, clinicName: string | null): string {
  const { class: ofClass } = request;
  const body = plainPunctuation(request.body);
  if (clinicName === null || ofClass === 'keyword-answer') return body;
  return introduceClinic(body, { clinicName, ofClass, split: splitOn[channel] });
}
