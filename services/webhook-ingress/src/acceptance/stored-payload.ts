import { redactCardNumbers } from '@frontdesk/messaging';

/**
 * The JSON of a webhook as it is stored: what was sent, but without card numbers and without the characters that
 * Postgres cannot hold. Most webhooks need neither, and pass as they came.
 */
export function storedPayload(raw: string, body: unknown): string {
  return unstorable.test(raw) || holdsCardNumber('', body)
    ? JSON.stringify(body, (key, value: unknown) => (typeof value === 'string' ? cleanValue(key, value) : value))
    : raw;
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
  const clean = storable(value);
  return machineField.test(key) ? clean : redactCardNumbers(clean).text;
}

function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed();
}
