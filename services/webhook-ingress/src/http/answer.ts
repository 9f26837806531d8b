import type { Outcome } from '../acceptance/webhook.ts';

/** The body of an answer with 200. */
export type Answer = { contentType: string; body: string };

const told: Record<Outcome, Answer> = {
  accepted: json({ result: 'accepted' }),
  duplicate: json({ result: 'duplicate' }),
  parked: json({ result: 'parked' }),
};

/** What became of the webhook, for people who look at a provider's log. */
export const tellOutcome = (outcome: Outcome): Answer => told[outcome];

export function plain(body: string): Answer {
  return { contentType: 'text/plain', body };
}

export function json(value: unknown): Answer {
  return { contentType: 'application/json', body: JSON.stringify(value) };
}

/** What Twilio acts on. It speaks or texts what is no TwiML. */
export function twiml(verbs: string): Answer {
  const response = verbs === '' ? '<Response/>' : `<Response>${verbs}</Response>`;
  return { contentType: 'text/xml', body: `<?xml version="1.0" encoding="UTF-8"?>${response}` };
}
