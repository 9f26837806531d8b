import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { moveTemplate, type Template, type TemplateContent, type TemplateEvent } from '../templates/template.ts';

export type NewTemplate = TemplateContent &
  Pick<Template, 'id' | 'provider' | 'account'> & { orgId: Id; now: Temporal.Instant };

/** Writes a draft. False when the account has one of this name and language already. */
export async function insertTemplate(tx: TenantTransaction, template: NewTemplate): Promise<boolean> {
  const { orgId, id, provider, account, name, language, category, kinds, body, now } = template;
  const written = await tx.$executeRaw`
    insert into message_templates (org_id, id, provider, account, name, language, category, kinds, body, value_names,
      examples, choices, state, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, ${provider}, ${account}, ${name}, ${language}, ${category},
      ${kinds}::text[], ${body}, ${template.valueNames}::text[], ${template.examples}::text[],
      ${JSON.stringify(template.choices)}::jsonb, 'draft', ${toDate(now)}, ${toDate(now)})
    on conflict do nothing`;
  return written === 1;
}

/** Writes a draft, in the place of an earlier one of this name and language. Null: there is one that is no draft any more. */
export async function writeDraft(tx: TenantTransaction, template: NewTemplate): Promise<Id | null> {
  if (await insertTemplate(tx, template)) return template.id;
  const { orgId, provider, account, name, language, category, kinds, body, now } = template;
  const [written] = await tx.$queryRaw<{ id: Id }[]>`
    update message_templates set category = ${category}, kinds = ${kinds}::text[], body = ${body},
      value_names = ${template.valueNames}::text[], examples = ${template.examples}::text[],
      choices = ${JSON.stringify(template.choices)}::jsonb, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and provider = ${provider} and account = ${account} and name = ${name}
      and language = ${language} and state = 'draft'
    returning id`;
  return written?.id ?? null;
}

/**
 * Moves a template on from the state that it was seen in. False when the event cannot happen to it, or it is in another state by now.
 */
export async function moveTemplateOn(
  tx: TenantTransaction,
  seen: Pick<Template, 'id' | 'state'> & { orgId: Id },
  to: {
    event: TemplateEvent;
    reason: string | null;
    externalId?: string;
    category?: Template['category'];
    now: Temporal.Instant;
  },
): Promise<boolean> {
  const { orgId, id, state } = seen;
  const next = moveTemplate(state, to.event);
  if (next === null) return false;
  const moved = await tx.$executeRaw`
    update message_templates set state = ${next}, reason = ${to.reason},
      external_id = coalesce(${to.externalId ?? null}, external_id), category = coalesce(${to.category ?? null}, category),
      retired_at = coalesce(retired_at, ${to.event === 'retire' ? toDate(to.now) : null}::timestamptz),
      state_at = case when state = ${next} then state_at else ${toDate(to.now)} end
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = ${state}`;
  return moved === 1;
}

/** The provider surely has it no more. */
export async function noteRemoved(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update message_templates set removed_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and removed_at is null`;
}

/** Written before the template is handed to the provider. */
export async function noteHandedIn(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update message_templates set handed_in_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and handed_in_at is null`;
}
