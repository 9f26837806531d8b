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
    try {
      return { body: JSON.parse(raw), json: raw };
    } catch {
      throw new InvalidMessage('the body is not JSON');
    }
  },
};
