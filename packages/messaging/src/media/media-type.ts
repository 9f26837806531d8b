import { fileTypeFromBuffer } from 'file-type';

/** What came with a text, in one word for people and for the model. */
export type MediaKind = 'picture' | 'video' | 'sound' | 'file';

/** What a carrier calls a file, as a kind. */
export function mediaKind(contentType: string | null): MediaKind {
  switch (contentType?.split('/')[0]?.trim().toLowerCase()) {
    // Carriers that say nothing have pictures: nearly all files that phones send are some.
    case undefined:
    case 'image':
      return 'picture';
    case 'video':
      return 'video';
    case 'audio':
      return 'sound';
    default:
      return 'file';
  }
}

/** What phones send. Nothing among it runs in a browser: no SVG, no HTML. */
const kept: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'image/heic',
  'image/heif',
  'image/avif',
  'image/bmp',
  'image/tiff',
  'video/mp4',
  'video/quicktime',
  'video/3gpp',
  'video/3gpp2',
  'video/webm',
  'video/x-m4v',
  'audio/mpeg',
  'audio/mp4',
  'audio/x-m4a',
  'audio/aac',
  'audio/amr',
  'audio/ogg',
  'audio/opus',
  'audio/wav',
  'application/pdf',
]);

/** What a file is by its own bytes, whatever its carrier calls it; null when it is nothing that the desk keeps. */
export async function keptMediaType(bytes: Uint8Array): Promise<string | null> {
  if (isContactCard(bytes)) return 'text/vcard';
  // Ogg and others come with parameters.
  const mime = (await fileTypeFromBuffer(bytes))?.mime.split(';')[0];
  return mime !== undefined && kept.has(mime) ? mime : null;
}

function isContactCard(bytes: Uint8Array): boolean {
  return /^\uFEFF?\s*BEGIN:VCARD\r?\n/i.test(new TextDecoder().decode(bytes.subarray(0, 64)));
}
