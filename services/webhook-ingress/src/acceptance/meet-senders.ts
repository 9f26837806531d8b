import { present, type Id } from '@frontdesk/kernel';
import type pg from 'pg';
import { createStrangers, meetKnown, personKey, type Caller, type People } from '../postgres/meet-people.ts';
import { senderFacts } from '../postgres/store-texts.ts';
import type { SenderFacts } from './decide-text.ts';
import type { NewText } from './texts.ts';
import type { Addressed } from './webhook.ts';

/** Who is met, and of which texts the sender's facts are wanted. */
export type Wanted = { callers: readonly Caller[]; texts: readonly NewText[]; repeatWindowMs: number };

/** Those met; the facts go by the text's id. */
export type Senders = { people: People; facts: ReadonlyMap<Id, SenderFacts> };

/** The facts are read behind the locks, in the same trip to the server. */
export async function meetSenders(client: pg.ClientBase, wanted: Wanted): Promise<Senders> {
  const rows = wanted.texts.map(({ row, userAddress }) => ({ ...row, userAddress }));
  const [people, facts] = await Promise.all([
    meetKnown(client, wanted.callers),
    senderFacts(client, rows, wanted.repeatWindowMs),
  ]);
  return { people, facts };
}

/** Makes those who were not met, and meets them. Another instance may have made them and stored a text of theirs meanwhile. */
export async function meetStrangers(client: pg.ClientBase, wanted: Wanted, known: Senders): Promise<Senders> {
  const strangers = wanted.callers.filter((caller) => !known.people.has(personKey(caller)));
  if (strangers.length === 0) return known;
  const keys = new Set(strangers.map(personKey));
  const texts = wanted.texts.filter(({ row }) => keys.has(personKey({ orgId: row.orgId, phone: row.from })));
  const [, met] = await Promise.all([
    createStrangers(client, strangers),
    meetSenders(client, { ...wanted, callers: strangers, texts }),
  ]);
  return { people: new Map([...known.people, ...met.people]), facts: new Map([...known.facts, ...met.facts]) };
}

/** Whoever a text or call is from. A call is not a text: it moves nothing in the conversation. */
export function callerOf({ content, clinic, occurredAt }: Addressed): Caller[] {
  if ((content.kind !== 'text' && content.kind !== 'call') || content.from === null) return [];
  const clinicNumber = present(clinic.number, 'the number that a text or call came to');
  const textedAt = content.kind === 'text' ? (content.receivedAt ?? occurredAt) : null;
  const channel = content.kind === 'text' ? content.channel : 'sms';
  return [{ orgId: clinic.orgId, phone: content.from, clinicNumber, channel, textedAt }];
}
