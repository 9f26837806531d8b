import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Template, TemplateState } from '../templates/template.ts';

type Row = Omit<Template, 'handedInAt' | 'retiredAt' | 'removedAt' | 'createdAt' | 'stateAt'> & {
  handedInAt: Date | null;
  retiredAt: Date | null;
  removedAt: Date | null;
  createdAt: Date;
  stateAt: Date;
};

/** Which of the clinic's templates. What is null narrows nothing. */
type Wanted = { orgId: Id; id: Id | null; state: TemplateState | null; before: Id | null; atMost: number };

async function readTemplates(tx: TenantTransaction, { orgId, id, state, before, atMost }: Wanted): Promise<Template[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select id, provider, account, name, language, category, kinds, body, value_names as "valueNames", examples, choices,
      external_id as "externalId", state, reason, handed_in_at as "handedInAt", retired_at as "retiredAt",
      removed_at as "removedAt", created_at as "createdAt",
      state_at as "stateAt"
    from message_templates
    where org_id = ${orgId}::uuid and (${id}::uuid is null or id = ${id}::uuid)
      and (${state}::text is null or state = ${state}) and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${atMost}::int`;
  return rows.map(({ handedInAt, retiredAt, removedAt, createdAt, stateAt, ...row }) => ({
    ...row,
    handedInAt: instantOf(handedInAt),
    retiredAt: instantOf(retiredAt),
    removedAt: instantOf(removedAt),
    createdAt: toInstant(createdAt),
    stateAt: toInstant(stateAt),
  }));
}

const instantOf = (date: Date | null) => (date === null ? null : toInstant(date));

/** The clinic's templates, newest first, from before an id on. */
export async function listTemplates(tx: TenantTransaction, wanted: Omit<Wanted, 'id'>): Promise<Template[]> {
  return readTemplates(tx, { ...wanted, id: null });
}

export async function findTemplate(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<Template | null> {
  const [template] = await readTemplates(tx, { orgId, id, state: null, before: null, atMost: 1 });
  return template ?? null;
}

/** Whether a template may still be said. If so, nobody retires it before this transaction ends. */
export async function holdTemplate(tx: TenantTransaction, { orgId, id }: { orgId: Id; id: Id }): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select from message_templates where org_id = ${orgId}::uuid and id = ${id}::uuid and state = 'approved' for share`;
  return held.length > 0;
}

/** Whether a text that chose the template is with the provider at this moment. */
export async function isBeingSent(tx: TenantTransaction, { orgId, id }: { orgId: Id; id: Id }): Promise<boolean> {
  const texts = await tx.$queryRaw<unknown[]>`
    select from outbound_messages where org_id = ${orgId}::uuid and state = 'sending' and template_id = ${id}::uuid limit 1`;
  return texts.length > 0;
}

/** The clinic's name, as templates may say it. */
export async function clinicNameOf(tx: TenantTransaction, orgId: Id): Promise<string> {
  const [clinic] = await tx.$queryRaw<{ name: string }[]>`select name from organizations where id = ${orgId}::uuid`;
  return clinic?.name ?? '';
}
