/** The parameters of a webhook of Twilio, by name; of one that is repeated, the last. */
export type TwilioForm = Readonly<Record<string, string>>;

/** Reads the form-encoded body of a webhook. */
export function parseTwilioForm(raw: string): TwilioForm {
  return Object.fromEntries(new URLSearchParams(raw));
}
