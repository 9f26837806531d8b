import type { CarrierName } from '@frontdesk/contracts';

/** A file that came with a text, where its carrier keeps it for a while. */
export type CarrierFile = { provider: CarrierName; url: string };

/**
 * What came of asking the carrier for a file.
 * - gone: it gives the file to nobody, now or later.
 * - refused: it is not taken, whatever the carrier says.
 * - retryable: it may be there later; `retryAfterMs` when the carrier said so.
 */
export type FetchOutcome =
  | { kind: 'fetched'; bytes: Uint8Array }
  | { kind: 'gone'; reason: string }
  | { kind: 'refused'; reason: string }
  | { kind: 'retryable'; code: string; retryAfterMs?: number };

/** Where files of texts come from. What goes wrong there is an outcome. */
export type MediaSource = { fetch(file: CarrierFile): Promise<FetchOutcome> };

/** Where they are kept, encrypted. Putting one again replaces it; deleting what is not there is no error. */
export type MediaStore = {
  put(file: { key: string; bytes: Uint8Array; contentType: string }): Promise<void>;
  delete(key: string): Promise<void>;
};
