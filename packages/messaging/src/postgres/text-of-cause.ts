import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { introduceClinic } from '../content/introduce-clinic.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import type { Encoding } from '../segments/count-segments.ts';
import { splitText } from '../segments/split-text.ts';
import type { TextClass } from '../text-class.ts';

/** What a cause asked for; of a text that is too long for one, the first, with what all of them cost. */
export type TextOfCause = {
  id: Id;
  to: string;
  class: TextClass;
  state: string;
  reason: string | null;
  segments: number;
  encoding: Encoding;
  /** It says these words, whether or not it introduces the clinic besides. */
  says(body: string): boolean;
};

type Row = Omit<TextOfCause, 'says'> & { clinic_name: string; bodies: string[] };

export async function textOfCause(
  tx: TenantTransaction,
  { orgId, causeKey }: { orgId: Id; causeKey: string },
): Promise<TextOfCause | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select m.id, m.to_number as "to", m.class, m.state, m.reason, o.name as clinic_name, parts.*
    from outbound_messages m join organizations o on o.id = m.org_id,
      lateral (select array_agg(p.body order by p.seq) as bodies, coalesce(sum(p.segments), 1)::int as segments,
          coalesce(max(p.encoding), 'GSM-7') as encoding
        from outbound_messages p where p.org_id = m.org_id and p.to_number = m.to_number and (p.id = m.id
          or p.seq > m.seq and starts_with(p.cause_key, m.cause_key || ':part-'))) as parts
    where m.org_id = ${orgId}::uuid and m.cause_key = ${causeKey}`;
  if (row === undefined) return null;
  const { clinic_name: clinicName, bodies, ...text } = row;
  const says = (body: string) => {
    const plain = plainPunctuation(body);
    const introduced = introduceClinic(plain, { clinicName, ofClass: text.class });
    return [plain, introduced].some((words) => splitText(words).join('\n\n') === bodies.join('\n\n'));
  };
  return { ...text, says };
}
