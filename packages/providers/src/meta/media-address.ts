/** A file at Meta: its address is asked for by its id, with the token of the number that it came to. */
export type MetaFile = { phoneNumberId: string; mediaId: string };

/** The address by which the desk remembers a file; Meta's own lives five minutes. */
export const metaMediaUrl = ({ phoneNumberId, mediaId }: MetaFile): string =>
  `meta-media://${encodeURIComponent(phoneNumberId)}/${encodeURIComponent(mediaId)}`;

/** Reads an address as `metaMediaUrl` writes it. Null for any other. */
export function parseMetaMediaUrl(url: string): MetaFile | null {
  const [, phoneNumberId, mediaId] = /^meta-media:\/\/(\w+)\/(\w+)$/.exec(url) ?? [];
  return phoneNumberId === undefined || mediaId === undefined ? null : { phoneNumberId, mediaId };
}
