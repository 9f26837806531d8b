import type { ReceivedRequest } from './received-request.ts';

/** The files of a multipart form by their names; null when the body is none. */
export async function parseFiles({ bytes, headers }: ReceivedRequest): Promise<Map<string, Uint8Array> | null> {
  const type = headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return null;
  try {
    const form = await new Response(Uint8Array.from(bytes), { headers: { 'content-type': type } }).formData();
    const files = new Map<string, Uint8Array>();
    for (const [name, value] of form) {
      if (typeof value !== 'string') files.set(name, new Uint8Array(await value.arrayBuffer()));
    }
    return files;
  } catch {
    return null;
  }
}
