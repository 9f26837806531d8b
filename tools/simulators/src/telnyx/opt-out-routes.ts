import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { Block, OptOuts } from './opt-outs.ts';

interface OptOutDependencies {
  optOuts: OptOuts;
  authenticate: (request: ReceivedRequest) => Reply | null;
}

const defaultPageSize = 20;

/** The list of who opted out, in the shape of the SDK's types; newest first. */
export function optOutRoutes({ optOuts, authenticate }: OptOutDependencies): Route[] {
  function list(request: ReceivedRequest): Reply {
    const denied = authenticate(request);
    if (denied !== null) return denied;
    const { query } = request;
    const number = Math.max(1, Number(query.get('page[number]') ?? 1));
    const size = Number(query.get('page[size]') ?? defaultPageSize);
    const asked = optOuts
      .list()
      .filter(({ profileId }) => (query.get('filter[messaging_profile_id]') ?? profileId) === profileId)
      .filter(({ from }) => (query.get('filter[from]') ?? from) === from)
      .filter(({ createdAt }) => isWithin(createdAt, query))
      .toReversed();
    return {
      status: 200,
      json: {
        data: asked.slice((number - 1) * size, number * size).map(asRow),
        meta: {
          page_number: number,
          page_size: size,
          total_pages: Math.max(1, Math.ceil(asked.length / size)),
          total_results: asked.length,
        },
      },
    };
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
