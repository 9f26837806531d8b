import { TransientFailure } from '@frontdesk/kernel';
import { z } from 'zod';

const mostPages = 40;

/**
 * Everything that a list holds, page by page.
 * @throws TransientFailure when it is longer than can be looked through, since half a list is no answer
 */
export async function listAll<Row>(
  what: string,
  page: (number: number) => Promise<{ rows: readonly Row[]; isLast: boolean }>,
): Promise<Row[]> {
  const all: Row[] = [];
  for (let number = 1; number <= mostPages; number++) {
    const { rows, isLast } = await page(number);
    all.push(...rows);
    if (isLast) return all;
  }
  throw new TransientFailure(`Telnyx lists more ${what} than can be looked through`);
}

export const pageSize = 250;

/** A page of `data` with its `meta`; rows that cannot be read fail the whole, since one of them may be the one looked for. */
export const dataPage = <Row extends z.ZodType>(row: Row) =>
  z
    .object({ data: z.array(row), meta: z.object({ page_number: z.number(), total_pages: z.number() }).nullish() })
    .transform(({ data, meta }) => ({
      rows: data,
      isLast: meta === null || meta === undefined || meta.page_number >= meta.total_pages,
    }));
