import type { ReceivedRequest } from '../wire/received-request.ts';
import { wireAddress } from './address.ts';
import { messageResource, type TwilioMessage } from './message.ts';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1_000;

/** A page of the account's messages, the newest first, as the filters of the reference ask for them. */
export function listMessages(
  messages: readonly TwilioMessage[],
  { path, query }: ReceivedRequest,
  accountSid: string,
): Record<string, unknown> {
  const asked = messages.filter((message) => isAsked(message, query)).toReversed();
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(query.get('PageSize') ?? DEFAULT_PAGE)));
  const page = Number(query.get('Page') ?? 0);
  // A page is found by what it follows, so that a message that comes meanwhile moves nothing.
  const after = asked.findIndex(({ sid }) => `PA${sid}` === query.get('PageToken'));
  const shown = asked.slice(after + 1, after + 1 + size);
  const last = shown.at(-1);
  const hasMore = last !== undefined && after + 1 + size < asked.length;
  return {
    messages: shown.map((message) => messageResource(message, accountSid)),
    page,
    page_size: size,
    start: page * size,
    end: page * size + Math.max(0, shown.length - 1),
    uri: `${path}?${query.toString()}`,
    first_page_uri: `${path}?${pageQuery(query, 0, null)}`,
    next_page_uri: hasMore ? `${path}?${pageQuery(query, page + 1, `PA${last.sid}`)}` : null,
    previous_page_uri: null,
  };
}

function pageQuery(query: URLSearchParams, page: number, token: string | null): string {
  const next = new URLSearchParams(query);
  next.set('Page', String(page));
  if (token === null) next.delete('PageToken');
  else next.set('PageToken', token);
  return next.toString();
}

function isAsked(message: TwilioMessage, query: URLSearchParams): boolean {
  const [to, from] = [message.to, message.from].map((address) => wireAddress(message.channel, address));
  return (query.get('To') ?? to) === to && (query.get('From') ?? from) === from && wasSentThen(message.sentAt, query);
}

/** DateSent knows nothing of a message that has not been sent. A bare day is its midnight in GMT. */
function wasSentThen(sentAt: Temporal.Instant | null, query: URLSearchParams): boolean {
  const [on, from, until] = ['DateSent', 'DateSent>', 'DateSent<'].map((name) => query.get(name));
  if (on === null && from === null && until === null) return true;
  if (sentAt === null) return false;
  return (
    (typeof on !== 'string' || sentAt.toString().startsWith(on.slice(0, 10))) &&
    (typeof from !== 'string' || Temporal.Instant.compare(sentAt, instantOf(from)) >= 0) &&
    (typeof until !== 'string' || Temporal.Instant.compare(sentAt, instantOf(until)) <= 0)
  );
}

function instantOf(text: string): Temporal.Instant {
  return Temporal.Instant.from(text.length === 10 ? `${text}T00:00:00Z` : text);
}
