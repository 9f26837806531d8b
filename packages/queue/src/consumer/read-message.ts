import type { Message } from '@aws-sdk/client-sqs';
import type { SpanContext } from '@opentelemetry/api';
import { catalogue, envelopeSchema, type Envelope } from '@frontdesk/contracts';
import { faultsOf } from './faults.ts';

/** A message as it came, with what SQS says about it. */
export type Received = {
  messageId: string;
  receiptHandle: string;
  groupId: string;
  body: string;
  /** How often SQS has handed it out, this time included. */
  tries: number;
  /** A replayed event carries an id of its own for the inbox, since the inbox knows the event's. */
  inboxId: string | null;
  /** When it was sent, in milliseconds of the epoch, where the transport says so. */
  sentAt?: number;
  /** The span that sent it. Without one, what handles it goes on in the trace that the envelope names. */
  traceparent?: string;
  /** The span in which it was received with others. */
  receive?: SpanContext;
};

export function received(message: Message): Received {
  const { MessageId = '', ReceiptHandle = '', Body = '', Attributes = {}, MessageAttributes = {} } = message;
  const { SentTimestamp: sentAt } = Attributes;
  const traceparent = MessageAttributes['traceparent']?.StringValue;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    groupId: Attributes.MessageGroupId ?? MessageId,
    body: Body,
    tries: Number(Attributes.ApproximateReceiveCount ?? 1),
    inboxId: MessageAttributes['inboxId']?.StringValue ?? null,
    ...(sentAt !== undefined && { sentAt: Number(sentAt) }),
    ...(traceparent !== undefined && { traceparent }),
  };
}

/** A message whose envelope can be read, or why it cannot. */
export type Reading = { kind: 'readable'; envelope: Envelope } | { kind: 'unreadable'; reason: string };

export function readEnvelope(body: string): Reading {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'unreadable', reason: 'the body is not JSON' };
  }
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success)
    return { kind: 'unreadable', reason: `the envelope does not fit: ${faultsOf(envelope.error)}` };
  return { kind: 'readable', envelope: envelope.data };
}

/** Says in words why nobody here handles this type. */
export function whyUnknown(type: string): string {
  if (catalogue.some((definition) => definition.type === type)) return `${type} is not handled by this service`;
  const family = type.replace(/\.v\d+$/, '');
  const known = catalogue.filter((definition) => definition.type.replace(/\.v\d+$/, '') === family);
  if (known.length === 0) return `the type ${type} is unknown`;
  return `the version of ${type} is unknown; known here: ${known.map((definition) => definition.type).join(', ')}`;
}
