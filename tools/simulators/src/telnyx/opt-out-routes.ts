import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { Block, OptOuts } from './opt-outs.ts';
import { paged } from './paged.ts';

interface OptOutDependencies {
  optOuts: OptOuts;
  authenticate: (request: ReceivedRequest) => Reply | null;
}

/** The list of who opted out, in the shape of the SDK's types; newest first. */
export function optOutRoutes({ optOuts, authenticate }: OptOutDependencies): Route[] {
  function list(request: ReceivedRequest): Reply {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const { query } = request;
    const asked = optOuts
      .list()
      .filter(({ profileId }) => (query.get('filter[messaging_profile_id]') ?? profileId) === profileId)
      .filter(({ from }) => (query.get('filter[from]') ?? from) === from)
      .filter(({ createdAt }) => isWithin(createdAt, query))
      .toReversed();
    return paged(query, asked.map(asRow));
  }

  return [{ method: 'GET', path: '/v2/messaging_optouts', handle: list }];
}

function asRow({ profileId, from, to, keyword, createdAt }: Block) {
  return { messaging_profile_id: profileId, from, to, keyword, created_at: createdAt.toString() };
}

function isWithin(at: Temporal.Instant, query: URLSearchParams): boolean {
  const from = query.get('created_at[gte]');
  const until = query.get('created_at[lte]');
  return (
    (from === null || Temporal.Instant.compare(at, from) >= 0) &&
    (until === null || Temporal.Instant.compare(at, until) <= 0)
  );
}
