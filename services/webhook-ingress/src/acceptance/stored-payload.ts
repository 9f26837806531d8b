import { redactCardNumbers } from '@frontdesk/messaging';
import type { ParsedBody } from '../http/body-format.ts';

/**
 * A body without the characters that Postgres cannot hold, wherever in it they stand, ids and names included. Most have none, and
 * pass as they came.
 */
export function storableBody({ body, json }: ParsedBody): ParsedBody {
  if (!unstorable.test(json)) return { body, json };
  const clean = storableValue(body);
  return { body: clean, json: JSON.stringify(clean) };
}

/** The JSON of a storable webhook as it is stored: what was sent, but without card numbers. */
export function storedPayload(json: string, body: unknown): string {
  return holdsCardNumber('', body)
    ? JSON.stringify(body, (key, value: unknown) => (typeof value === 'string' ? cleanValue(key, value) : value))
    : json;
}

/** A text as it is stored, and whether a card number was taken out of it. */
export function storedText(text: string): { text: string; found: boolean } {
  return redactCardNumbers(storable(text));
}

/** NUL, and escapes that may be halves of a pair of surrogates. */
const unstorable = /\\u(?:0000|d[89a-f])/i;
/** Fields that no person wrote. Their digits may look like a card number by chance. */
const machineField = /(?:^|_)(?:id|token|url|sha256)$|Sid$|^MediaUrl\d+$/;
const shortestCard = 13;

function holdsCardNumber(key: string, value: unknown): boolean {
  if (typeof value === 'string') {
    return value.length >= shortestCard && !machineField.test(key) && redactCardNumbers(value).found;
  }
  if (Array.isArray(value)) return value.some((item) => holdsCardNumber(key, item));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, field]) => holdsCardNumber(name, field));
}

function cleanValue(key: string, value: string): string {
  return machineField.test(key) ? value : redactCardNumbers(value).text;
}

function storableValue(value: unknown): unknown {
  if (typeof value === 'string') return storable(value);
  if (Array.isArray(value)) return value.map(storableValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [storable(name), storableValue(field)]));
}

function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
