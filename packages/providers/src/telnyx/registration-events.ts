import type { ProviderNews, RegistrationSubject } from '@frontdesk/numbers/ports';
import { z } from 'zod';
import { parseWebhook } from '../parse-webhook.ts';
import type { CarrierEvent } from '../webhook-content.ts';

type Report = Pick<CarrierEvent, 'addressee' | 'content'>;

const id = z.string().min(1).max(255);
const text = z.string().nullish().catch(null);
const reasons = z
  .array(z.object({ description: text }))
  .nullish()
  .catch(null);

const numberOrderSchema = z.object({ id, status: text });
const hostedOrderSchema = z.object({
  order_id: id,
  order_status: text,
  decision: text,
  approval_decision: text,
  approval_deadline: z.number().nullish().catch(null),
});
const brandSchema = z.object({ brandId: id, status: text, description: text, reasons });
const campaignSchema = z.object({ campaignId: id, type: text, status: text, description: text, reasons });
const campaignNumberSchema = z.object({ phoneNumber: id, status: text, reasons });

const readers: Readonly<Record<string, (payload: unknown) => Report>> = {
  'number_order.complete': (payload) => {
    const { id: externalId, status = null } = parseWebhook('Telnyx', numberOrderSchema, payload);
    return report('number-order', externalId, { status, reasons: [] });
  },
  '10dlc.brand.update': (payload) => {
    const brand = parseWebhook('Telnyx', brandSchema, payload);
    return report('tendlc-brand', brand.brandId, { status: brand.status ?? null, reasons: reasonsIn(brand) });
  },
  '10dlc.campaign.update': (payload) => {
    const campaign = parseWebhook('Telnyx', campaignSchema, payload);
    const status = campaign.status ?? campaign.type ?? null;
    return report('tendlc-campaign', campaign.campaignId, { status, reasons: reasonsIn(campaign) });
  },
  // A number in a campaign is called by itself.
  '10dlc.phone_number.update': (payload) => {
    const link = parseWebhook('Telnyx', campaignNumberSchema, payload);
    return report('tendlc-number', link.phoneNumber, { status: link.status ?? null, reasons: reasonsIn(link) });
  },
};

const hosted = 'messaging_hosted_numbers_orders.';

/** Reads an event of an order, a brand, a campaign or its number; null for every other. */
export function readRegistrationEvent(eventType: string, payload: unknown): Report | null {
  if (eventType.startsWith(hosted)) return readHosted(eventType.slice(hosted.length), payload);
  return readers[eventType]?.(payload) ?? null;
}

/**
 * A line that another account of Telnyx hosts moves once its owner agrees. That is told by events of their own, or by an update
 * with `approval_decision`; both read alike.
 */
function readHosted(step: string, payload: unknown): Report {
  const order = parseWebhook('Telnyx', hostedOrderSchema, payload);
  const decision = order.approval_decision ?? null;
  const transfer = step.startsWith('internal_transfer_') ? step : decision === null ? null : transferOf(decision);
  const deadline = order.approval_deadline ?? null;
  const wait = deadline === null ? [] : [`The line’s present owner has time to answer until ${untilOf(deadline)}.`];
  return report('hosted-order', order.order_id, {
    status: transfer ?? order.order_status ?? null,
    reasons: transfer === null ? [] : wait,
  });
}

function transferOf(decision: string): string {
  return `internal_transfer_${decision === 'pending' ? 'approval_requested' : decision}`;
}

/** Telnyx writes whole seconds; a moment that cannot be is told as it came. */
function untilOf(seconds: number): string {
  const isMoment = Number.isInteger(seconds) && Math.abs(seconds) < 8_640_000_000_000;
  return isMoment ? Temporal.Instant.fromEpochMilliseconds(seconds * 1_000).toString() : String(seconds);
}

const noes: readonly string[] = ['REJECTED', 'FAILED', 'DORMANT'];

/** Telnyx gives the reasons of a no in a list, or in the description alone; that of a yes is none. */
function reasonsIn(payload: {
  status?: string | null | undefined;
  description?: string | null | undefined;
  reasons?: readonly { description?: string | null | undefined }[] | null | undefined;
}): string[] {
  const listed = (payload.reasons ?? []).flatMap(({ description }) => description ?? []);
  if (listed.length > 0) return listed;
  const isNo = noes.includes((payload.status ?? '').toUpperCase());
  return isNo && typeof payload.description === 'string' ? [payload.description] : [];
}

function report(subject: RegistrationSubject, externalId: string, news: ProviderNews): Report {
  return {
    addressee: { by: 'registration', provider: 'telnyx', subject, externalId },
    content: { kind: 'registration-report', news },
  };
}
