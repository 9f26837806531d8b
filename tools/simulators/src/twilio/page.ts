import type { Reply } from '../wire/route.ts';

const DEFAULT_PAGE = 50;
const LARGEST_PAGE = 1_000;

/** A page of a list as the newer APIs give it: with `meta`, whose addresses are whole. */
export function metaPage(given: {
  key: string;
  origin: string;
  path: string;
  query: URLSearchParams;
  rows: readonly unknown[];
}): Reply {
  const { key, origin, path, query, rows } = given;
  const size = Math.min(LARGEST_PAGE, Math.max(1, Number(query.get('PageSize') ?? DEFAULT_PAGE)));
  const page = Number(query.get('Page') ?? 0);
  const addressOf = (n: number) => {
    const next = new URLSearchParams(query);
    next.set('Page', String(n));
    return `${origin}${path}?${next.toString()}`;
  };
  const meta = {
    key,
    page,
    page_size: size,
    url: addressOf(page),
    first_page_url: addressOf(0),
    next_page_url: (page + 1) * size < rows.length ? addressOf(page + 1) : null,
    previous_page_url: page > 0 ? addressOf(page - 1) : null,
  };
  return { status: 200, json: { [key]: rows.slice(page * size, (page + 1) * size), meta } };
}

/** A page of a list as the oldest API gives it, which is all of it here. */
export function plainPage(given: { key: string; path: string; rows: readonly unknown[] }): Reply {
  const { key, path, rows } = given;
  const whole = { page: 0, page_size: rows.length, start: 0, end: Math.max(0, rows.length - 1), uri: path };
  return {
    status: 200,
    json: { [key]: rows, ...whole, first_page_uri: path, next_page_uri: null, previous_page_uri: null },
  };
}
