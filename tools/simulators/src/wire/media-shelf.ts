import { createHash } from 'node:crypto';
import { newId } from '@frontdesk/kernel';

/** A file that a person sends with a text: its bytes, which the carrier then serves. */
export interface MediaSent {
  contentType: string;
  bytes: Uint8Array;
}

/** A file as the carrier keeps it. */
interface MediaKept extends MediaSent {
  id: string;
  size: number;
  sha256: string;
}

/** The files that the carrier holds for the app to fetch. */
export interface MediaShelf {
  put: (media: MediaSent) => MediaKept;
  get: (id: string) => MediaKept | null;
}

export function createMediaShelf({ idPrefix = '' }: { idPrefix?: string } = {}): MediaShelf {
  const shelf = new Map<string, MediaKept>();
  return {
    put(media) {
      const id = `${idPrefix}${newId().replaceAll('-', '')}`;
      const sha256 = createHash('sha256').update(media.bytes).digest('hex');
      const kept = { ...media, id, size: media.bytes.length, sha256 };
      shelf.set(id, kept);
      return kept;
    },
    get: (id) => shelf.get(id) ?? null,
  };
}
