import type { MediaShelf } from '../wire/media-shelf.ts';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import { refusal } from './errors.ts';
import { API_VERSION } from './types.ts';

interface MediaRouteDependencies {
  media: MediaShelf;
  authenticate: (request: ReceivedRequest) => Reply | null;
}

/**
 * What came with a text, for an account that enforces HTTP auth on media URLs: with the account's credentials the API
 * sends on to an address that needs none and lives four hours
 * (support.twilio.com/hc/en-us/articles/223183748, "Protect Media Access with HTTP Basic Authentication").
 */
export function mediaRoutes({ media, authenticate }: MediaRouteDependencies): Route[] {
  return [
    {
      method: 'GET',
      path: `/${API_VERSION}/Accounts/:account/Messages/:message/Media/:media`,
      handle(request) {
        const denied = authenticate(request);
        if (denied !== null) return denied;
        const kept = media.get(request.params['media'] ?? '');
        return kept === null ? refusal(20404) : { status: 307, headers: { location: `/media/${kept.id}` }, json: {} };
      },
    },
    {
      method: 'GET',
      path: '/media/:id',
      handle({ params }) {
        const kept = media.get(params['id'] ?? '');
        return kept === null ? refusal(20404) : { status: 200, bytes: kept };
      },
    },
  ];
}
