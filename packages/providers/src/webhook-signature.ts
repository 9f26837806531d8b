/** What the headers of a webhook say of its body. */
export type SignatureVerdict = 'valid' | 'missing' | 'stale' | 'invalid';

/** Headers as node:http gives them: names in lower case. */
export type WebhookHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Checks the raw bytes of a webhook against its headers; never throws on what a stranger sends. */
export type VerifySignature = (raw: Buffer, headers: WebhookHeaders) => Promise<SignatureVerdict>;

/** As `VerifySignature`, of a provider that signs the address too. `target`: path and query as they arrived. */
export type VerifyAddressedSignature = (
  raw: Buffer,
  headers: WebhookHeaders,
  target: string,
) => Promise<SignatureVerdict>;
