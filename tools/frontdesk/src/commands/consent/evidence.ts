import type { ConsentRecord } from '@frontdesk/messaging/postgres';

/** A change of consent under the names that stand over the columns of an export. */
export function evidence(clinic: string, record: ConsentRecord) {
  return {
    clinic,
    phone: record.phone,
    at: record.occurredAt.toString(),
    kind: record.kind,
    source: record.source,
    channel: record.channel,
    clinic_number: record.clinicNumber,
    wording: record.wording,
    text_id: record.inboundMessageId,
    recorded_by: record.recordedBy,
    texts_sent_until_next_change: record.textsAfter,
    keyword_answers_sent: record.keywordAnswersAfter,
    id: record.id,
  };
}

export type Evidence = ReturnType<typeof evidence>;
