import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { chooseChannel } from '../choose-channel.ts';
import { introduceClinic } from '../content/introduce-clinic.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import { splitOn } from '../segments/parts-on-channel.ts';
import { conversationSoFar, type ConversationSoFar } from './conversation-so-far.ts';
import type { TextRequest } from './text-request.ts';
import { writeText } from './write-text.ts';

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
