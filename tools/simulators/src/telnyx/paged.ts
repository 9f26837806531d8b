import type { Reply } from '../wire/route.ts';

const defaultPageSize = 20;
const defaultRecordsPerPage = 10;

/** A list as most of Telnyx gives it: `data` and `meta`, asked for by `page[number]` and `page[size]`. */
export function paged(query: URLSearchParams, rows: readonly unknown[]): Reply {
  const number = Math.max(1, Number(query.get('page[number]') ?? 1));
  const size = Number(query.get('page[size]') ?? defaultPageSize);
  const meta = {
    page_number: number,
    page_size: size,
    total_pages: Math.max(1, Math.ceil(rows.length / size)),
    total_results: rows.length,
  };
  return { status: 200, json: { data: rows.slice((number - 1) * size, number * size), meta } };
}

/** A list as the registry of campaigns gives it: `records`, asked for by `page` and `recordsPerPage`. */
export function recorded(query: URLSearchParams, rows: readonly unknown[], wrap: (body: unknown) => unknown): Reply {
  const page = Math.max(1, Number(query.get('page') ?? 1));
  const size = Number(query.get('recordsPerPage') ?? defaultRecordsPerPage);
  const records = rows.slice((page - 1) * size, page * size);
  return { status: 200, json: wrap({ page, records, totalRecords: rows.length }) };
}
