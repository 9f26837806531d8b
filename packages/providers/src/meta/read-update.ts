import { parsePhoneNumber } from '@frontdesk/kernel';
import type { CarrierAddressee, CarrierEvent } from '../webhook-content.ts';
import { accountUpdateSchema, numberUpdateSchema, templateUpdateSchema, type Change } from './webhook-schemas.ts';

type Told = { addressee: CarrierAddressee; status: string | null; reasons: readonly (string | null | undefined)[] };

/** What Meta tells of templates, numbers and accounts, by the field of the change. */
const readers: Readonly<Record<string, (change: Change) => Told | null>> = {
  message_template_status_update: ofTemplate,
  message_template_quality_update: ofTemplate,
  template_category_update: ofTemplate,
  phone_number_quality_update: ofNumber,
  phone_number_name_update: ofNumber,
  account_update: ofAccount,
  account_review_update: ofAccount,
};

const longestReason = 1_000;
const mostReasons = 20;

/** Reads news of what the clinic has at Meta. Of the account it is for the sender that is registered by the account's id. */
export function readUpdate(change: Change): CarrierEvent {
  const told = Object.hasOwn(readers, change.field) ? (readers[change.field]?.(change) ?? null) : null;
  const addressee = told?.addressee ?? accountOf(change);
  // Meta gives these no id of their own.
  const subject = addressee.by === 'registration' ? addressee.externalId : change.account;
  const externalId = [subject, told?.status?.slice(0, 100) ?? '', change.at?.epochMilliseconds ?? ''].join(':');
  const event = { eventType: change.field, externalId, occurredAt: change.at ?? null, addressee };
  if (told === null) return { ...event, content: { kind: 'ignored' } };
  const reasons = told.reasons
    .filter((reason) => typeof reason === 'string')
    .filter((reason) => reason !== '' && reason !== 'NONE')
    .map((reason) => reason.slice(0, longestReason));
  return {
    ...event,
    content: {
      kind: 'registration-report',
      news: { status: told.status?.slice(0, 100) ?? null, reasons: reasons.slice(0, mostReasons) },
    },
  };
}

const accountOf = ({ account }: Change): CarrierAddressee => ({
  by: 'registration',
  provider: 'meta',
  subject: 'whatsapp-sender',
  externalId: account,
});

function ofTemplate({ value }: Change): Told | null {
  const { success, data } = templateUpdateSchema.safeParse(value);
  if (!success) return null;
  const { message_template_id: externalId, event, reason, rejection_info: rejected, other_info: other } = data;
  return {
    addressee: { by: 'registration', provider: 'meta', subject: 'whatsapp-template', externalId },
    status: event ?? data.new_category ?? data.new_quality_score ?? null,
    reasons: [reason, rejected?.reason, rejected?.recommendation, other?.description],
  };
}

function ofNumber({ value }: Change): Told | null {
  const { success, data } = numberUpdateSchema.safeParse(value);
  const number = success ? parsePhoneNumber(`+${data.display_phone_number.replaceAll(/\D/g, '')}`) : null;
  if (!success || number === null) return null;
  return {
    addressee: { by: 'whatsapp-number', number },
    status: data.event ?? data.decision ?? null,
    reasons: [data.rejection_reason, data.max_daily_conversations_per_business],
  };
}

function ofAccount(change: Change): Told | null {
  const { success, data } = accountUpdateSchema.safeParse(change.value);
  if (!success) return null;
  const restrictions = data.restriction_info ?? [];
  return {
    addressee: accountOf(change),
    status: data.event ?? data.decision ?? null,
    reasons: [
      data.violation_info?.violation_type,
      data.ban_info?.waba_ban_state,
      ...restrictions.flatMap(({ restriction_type: type, remediation }) => [type, remediation]),
      data.disconnection_info?.reason,
    ],
  };
}
