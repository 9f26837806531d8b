import { z } from 'zod';
import type { Reply } from '../wire/route.ts';
import { squareError } from './errors.ts';
import type { SquareAccount, WireOrder } from './types.ts';

const money = z.object({ amount: z.int().positive(), currency: z.string().length(3) });

const linkBody = z.object({
  idempotency_key: z.string().optional(),
  description: z.string().optional(),
  quick_pay: z.object({ name: z.string().min(1), price_money: money, location_id: z.string().min(1) }).optional(),
  order: z
    .object({
      location_id: z.string().min(1),
      reference_id: z.string().max(40).optional(),
      metadata: z.record(z.string(), z.string()).optional(),
      line_items: z
        .array(
          z.object({ name: z.string().optional(), quantity: z.string().regex(/^[1-9]\d*$/), base_price_money: money }),
        )
        .min(1),
    })
    .optional(),
  checkout_options: z.record(z.string(), z.unknown()).optional(),
  pre_populated_data: z.record(z.string(), z.unknown()).optional(),
  payment_note: z.string().max(500).optional(),
});

type LinkBody = z.infer<typeof linkBody>;

export interface LinkAsked {
  idempotencyKey: string | null;
  order: Pick<WireOrder, 'location_id' | 'reference_id' | 'metadata' | 'line_items'>;
  link: Pick<LinkBody, 'description' | 'checkout_options' | 'pre_populated_data' | 'payment_note'>;
}

/** Reads the body of CreatePaymentLink; the first thing that is wrong with it is the answer. */
export function parseLink(json: unknown, account: SquareAccount): { asked: LinkAsked } | { refused: Reply } {
  const parsed = linkBody.safeParse(json);
  if (!parsed.success) return { refused: malformed(parsed.error) };
  const { idempotency_key: key, quick_pay: quickPay, order, ...link } = parsed.data;
  if (quickPay !== undefined && order !== undefined) {
    return { refused: squareError('CONFLICTING_PARAMETERS', 'Provide either quick_pay or order.', 'quick_pay') };
  }
  const wanted = order ?? (quickPay === undefined ? null : orderOf(quickPay));
  if (wanted === null) {
    return { refused: squareError('MISSING_REQUIRED_PARAMETER', 'Provide quick_pay or order.', 'order') };
  }
  if (!account.locationIds.includes(wanted.location_id)) {
    return { refused: squareError('INVALID_VALUE', 'The location is not one of the seller.', 'order.location_id') };
  }
  return { asked: { idempotencyKey: key === undefined || key === '' ? null : key, order: wanted, link } };
}

function orderOf(quickPay: NonNullable<LinkBody['quick_pay']>): LinkAsked['order'] {
  const { name, price_money, location_id } = quickPay;
  return { location_id, line_items: [{ name, quantity: '1', base_price_money: price_money }] };
}

function malformed(error: z.ZodError): Reply {
  const [issue] = error.issues;
  const isMissing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined');
  const field = issue?.path.join('.');
  return squareError(isMissing ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_VALUE', issue?.message ?? '', field);
}
