import { parsePhoneNumber, type PhoneNumber } from '@frontdesk/kernel';
import type { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import { byNumber, type CallStep, type CarrierEvent } from '../webhook-content.ts';
import { callSchema } from './webhook-schemas.ts';

type Call = z.infer<typeof callSchema>;
type Told = Pick<CallStep, 'step' | 'wasAnswered'>;

const ended: Told = { step: 'ended' };
/** Of a call to a number Twilio may tell nothing between ringing and its end: `completed` alone says that it was taken. */
const endedAfterAnswer: Told = { step: 'ended', wasAnswered: true };

/** twilio.com/docs/voice/api/call-resource#call-status-values */
const steps: Readonly<Record<string, Told>> = {
  queued: { step: 'started' },
  initiated: { step: 'started' },
  ringing: { step: 'started' },
  'in-progress': { step: 'answered' },
  completed: endedAfterAnswer,
  busy: ended,
  failed: ended,
  'no-answer': ended,
  canceled: ended,
};

/** What `<Dial>` made of the clinic's own phone: twilio.com/docs/voice/twiml/dial#dialcallstatus-values */
const dialSteps: Readonly<Record<string, Told>> = {
  completed: endedAfterAnswer,
  answered: endedAfterAnswer,
  busy: ended,
  failed: ended,
  'no-answer': ended,
  canceled: ended,
};

/**
 * Reads the verified form of a call: of the call itself, of a status callback, or of the end of a `<Dial>`.
 * @throws InvalidMessage when something that the desk needs is missing, naming where
 */
export function readTwilioCall(form: unknown): CarrierEvent {
  const call = parseWebhook('Twilio', callSchema, form);
  const told = stepOf(call);
  const outgoing = call.Direction === 'outbound-api';
  const event = {
    eventType: call.DialCallStatus === undefined ? `call.${call.CallStatus}` : `call.dial-${call.DialCallStatus}`,
    externalId: call.CallSid,
    occurredAt: call.Timestamp,
    addressee: byNumber(
      [(outgoing ? call.From : call.To) ?? ''].map(parsePhoneNumber).filter((number) => number !== null),
    ),
  };
  if (told === null || outgoing) return { ...event, content: { kind: 'ignored' } };
  return {
    ...event,
    content: {
      kind: 'call',
      ...told,
      sessionId: call.ParentCallSid ?? call.CallSid,
      from: callerOf(call.From ?? ''),
      at: call.Timestamp,
      hangupCause: told.step === 'ended' ? (call.DialCallStatus ?? call.CallStatus) : null,
      parkedCallControlId: null,
    },
  };
}

function stepOf(call: Call): Told | null {
  if (call.DialCallStatus !== undefined) return find(dialSteps, call.DialCallStatus);
  const told = find(steps, call.CallStatus);
  if (call.ParentCallSid === undefined) return told;
  // A leg to the clinic's own phone: that it was taken counts; that it rang or failed is not the caller's end.
  return told?.step === 'answered' || told?.wasAnswered === true ? { step: 'answered' } : null;
}

function find(table: Readonly<Record<string, Told>>, status: string): Told | null {
  return Object.hasOwn(table, status) ? (table[status] ?? null) : null;
}

/** Keypad spellings of BLOCKED, UNKNOWN, ANONYMOUS, RESTRICTED and UNAVAILABLE, which Twilio gives for a hidden number. */
const hiddenCallers = new Set(['+2562533', '+8656696', '+266696687', '+7378742833', '+86282452253']);

function callerOf(from: string): PhoneNumber | null {
  return hiddenCallers.has(from) || from.includes(':') ? null : parsePhoneNumber(from);
}
