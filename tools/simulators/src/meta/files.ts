import type { Clock } from '@frontdesk/kernel';
import type { MediaSent, MediaShelf } from '../wire/media-shelf.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { MetaAccounts, MetaNumber } from './accounts.ts';
import { noSuchObject } from './errors.ts';

interface FileDependencies {
  shelf: MediaShelf;
  accounts: MetaAccounts;
  origin: () => string;
  clock: Clock;
}

export interface Files {
  download: Route;
  put: (file: MediaSent, number: MetaNumber) => { id: string; contentType: string; sha256: string };
  /** Null when it is no file's id. */
  show: (id: string, query: URLSearchParams, open: (number: MetaNumber) => boolean) => Reply | null;
}

const MINUTES = 5;

/** Files of people: an id with the message, an address for the id that lives five minutes, the bytes for the address; both want the token. */
export function createFiles({ shelf, accounts, origin, clock }: FileDependencies): Files {
  const owners = new Map<string, MetaNumber>();

  const download: Route = {
    method: 'GET',
    path: '/whatsapp_business/attachments/:id',
    handle(request) {
      const account = accounts.open(request);
      if ('status' in account) return account;
      const id = request.params['id'] ?? '';
      const kept = shelf.get(id);
      const isAlive = Number(request.query.get('ext') ?? 0) > clock().epochMilliseconds / 1_000;
      const isOwn = owners.get(id)?.account === account;
      return kept === null || !isAlive || !isOwn ? { status: 404, html: '' } : { status: 200, bytes: kept };
    },
  };

  return {
    download,

    put(file, number) {
      const kept = shelf.put(file);
      owners.set(kept.id, number);
      return kept;
    },

    show(id, query, open) {
      const kept = shelf.get(id);
      const owner = owners.get(id);
      if (kept === null || owner === undefined) return null;
      if (!open(owner) || (query.get('phone_number_id') ?? owner.phoneNumberId) !== owner.phoneNumberId)
        return noSuchObject();
      const expires = Math.floor(clock().add({ minutes: MINUTES }).epochMilliseconds / 1_000);
      return {
        status: 200,
        json: {
          messaging_product: 'whatsapp',
          url: `${origin()}/whatsapp_business/attachments/${id}?ext=${expires}`,
          mime_type: kept.contentType,
          sha256: kept.sha256,
          file_size: kept.size,
          id,
        },
      };
    },
  };
}
