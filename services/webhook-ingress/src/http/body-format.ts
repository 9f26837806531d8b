import { InvalidMessage } from '@frontdesk/kernel';

/** How a provider writes the bodies of its webhooks. */
export type BodyFormat = {
  contentType: string;
  /** @throws InvalidMessage when the body is not written so */
  parse(raw: string): ParsedBody;
};

/** A body and the JSON of it. */
export type ParsedBody = { body: unknown; json: string };

export const jsonBody: BodyFormat = {
  contentType: 'application/json',
  parse(raw) {
    const body = parse(raw);
    if (isDeeperThan(mostLevels, body)) throw new InvalidMessage('the body is nested deeper than any webhook');
    return { body, json: raw };
  },
};

/** Far more than any provider nests, and far fewer than exhaust the stack, ours or that of Postgres. */
const mostLevels = 200;

function parse(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    throw new InvalidMessage('the body is not JSON');
  }
}

function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each));
}
