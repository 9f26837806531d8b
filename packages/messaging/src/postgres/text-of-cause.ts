import type { Channel } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { introduceClinic } from '../content/introduce-clinic.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import type { Encoding } from '../segments/count-segments.ts';
import { splitOn } from '../segments/parts-on-channel.ts';
import type { TextClass } from '../text-class.ts';

/** What a cause asked for; of a text that is too long for one, the first, with what all of them cost. */
export type TextOfCause = {
  id: Id;
  to: string;
  channel: Channel;
  class: TextClass;
  state: string;
  reason: string | null;
  /** Null where nobody bills parts. */
  segments: number | null;
  encoding: Encoding | null;
  /** It says these words, whether or not it introduces the clinic besides. */
  says(body: string): boolean;
};

type Row = Omit<TextOfCause, 'says'> & {
  clinic_name: string;
  bodies: string[];
  left_as_template: boolean;
  asked: string | null;
};

export async function textOfCause(
  tx: TenantTransaction,
  { orgId, causeKey }: { orgId: Id; causeKey: string },
): Promise<TextOfCause | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select m.id, m.to_number as "to", m.channel, m.class, m.state, m.template_id is not null as left_as_template,
      m.template_values ->> 'text' as asked, m.reason, o.name as clinic_name, parts.*
    from outbound_messages m join organizations o on o.id = m.org_id,
      lateral (select array_agg(p.body order by p.seq) as bodies, sum(p.segments)::int as segments, max(p.encoding) as encoding
        from outbound_messages p where p.org_id = m.org_id and p.to_number = m.to_number and (p.id = m.id
          or p.seq > m.seq and starts_with(p.cause_key, m.cause_key || ':part-'))) as parts
    where m.org_id = ${orgId}::uuid and m.cause_key = ${causeKey}`;
  if (row === undefined) return null;
  const { clinic_name: clinicName, bodies, left_as_template: isTemplate, asked, ...text } = row;
  // It may have gone from one channel to the other since its words were cut.
  const cuts = Object.values(splitOn);
  const said = bodies.join('\n\n');
  const says = (body: string) => {
    const plain = plainPunctuation(body);
    // The words of its template took the place of those that were asked for.
    if (isTemplate) return asked === plain;
    const { class: ofClass } = text;
    const introduced = cuts.map((split) => introduceClinic(plain, { clinicName, ofClass, split }));
    return [plain, ...introduced].some((words) => cuts.some((split) => split(words).join('\n\n') === said));
  };
  return { ...text, says };
}
