import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** Something the clinic says about itself. */
export type ClinicFact = { id: Id; topic: string; answer: string };

/** The facts that best fit a question in the patient's own words, best first; none when nothing fits. */
export async function findFacts(
  tx: TenantTransaction,
  { orgId, question, limit = 4 }: { orgId: Id; question: string; limit?: number },
): Promise<ClinicFact[]> {
  return tx.$queryRaw<ClinicFact[]>`
    select id, topic, answer
    from clinic_facts, (select to_tsquery('english', string_agg(quote_literal(word), ' | ')) as wanted
      from unnest(tsvector_to_array(to_tsvector('english', ${question}))) as word) as question
    where org_id = ${orgId}::uuid and search @@ wanted
    order by ts_rank_cd(search, wanted) desc, topic
    limit ${limit}`;
}
