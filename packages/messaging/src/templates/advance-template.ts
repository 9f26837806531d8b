import type { TenantTransaction } from '@frontdesk/db';
import { PermanentFailure, TransientFailure, type Id } from '@frontdesk/kernel';
import type { TemplateRegistry, TemplateStanding } from '../ports.ts';
import { findTemplate } from '../postgres/read-templates.ts';
import { moveTemplateOn, noteHandedIn } from '../postgres/write-templates.ts';
import { isToBeRemoved, removeTemplate, tasksOfTemplate, type RemoveTemplatePorts } from './remove-template.ts';
import { goneAtProvider, nameTaken, recategorised, standingWords } from './template-words.ts';
import type { Template, TemplateProvider, TemplateState } from './template.ts';

export type AdvanceTemplatePorts = RemoveTemplatePorts & {
  /** Null: the settings of the provider are not there. */
  registries: Readonly<Record<TemplateProvider, TemplateRegistry | null>>;
  /** A person of the clinic has to look at it; the same cause opens one task. */
  openTask: (
    tx: TenantTransaction,
    task: { orgId: Id; reason: string; causeKey: string; now: Temporal.Instant },
  ) => Promise<void>;
};

/** Where a template is, after a look: `since` when, and what the provider calls it once that is known. One that is disabled is still to be deleted there. */
export type LookedAtTemplate = { state: TemplateState; since: Temporal.Instant; externalId: string | null };

/** What the provider told by itself, and cannot be asked for. */
type News = { reasons: readonly string[] } | null;

/** Hands a template in, asks how it stands, or deletes one that is retired. What may have been handed in before is looked up, and not handed in again. */
export function makeAdvanceTemplate(
  ports: AdvanceTemplatePorts,
): (row: { orgId: Id; id: Id; news: News }) => Promise<LookedAtTemplate | null> {
  const { inTenant, registries, openTask, closeTasks, clock } = ports;
  type InHand = Template & { orgId: Id };

  async function standingOf(template: InHand, registry: TemplateRegistry): Promise<Seen> {
    const { orgId, account, name, language, externalId, handedInAt } = template;
    const found = await registry.find({ orgId, account, name, language, externalId });
    if (handedInAt === null) return found === null ? handIn(template, registry) : { kind: 'refused', words: nameTaken };
    if (found !== null) return { kind: 'stands', standing: found };
    // Had its answer been lost, it would be there: so it was never taken, or it is gone.
    return externalId === null ? handIn(template, registry) : { kind: 'gone' };
  }

  async function handIn(template: InHand, registry: TemplateRegistry): Promise<Seen> {
    const { orgId, id } = template;
    await inTenant(orgId, (tx) => noteHandedIn(tx, { orgId, id, now: clock() }));
    try {
      return { kind: 'stands', standing: await registry.submit(template) };
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      return { kind: 'refused', words: error.message };
    }
  }

  async function write(template: InHand, seen: Seen, news: News): Promise<void> {
    const { orgId } = template;
    const now = clock();
    const { state, reason, externalId, category } = outcomeOf(seen, news);
    const isRecategorised = category !== null && category !== template.category;
    const causes = `${tasksOfTemplate(template)}state:`;
    await inTenant(orgId, async (tx) => {
      const to = { event: state, reason, now, ...(externalId !== null && { externalId }) };
      if (!(await moveTemplateOn(tx, template, { ...to, ...(isRecategorised && { category }) }))) return;
      if (isRecategorised) {
        const causeKey = `${tasksOfTemplate(template)}category:${now.epochMilliseconds}`;
        await openTask(tx, { orgId, reason: recategorised(template, category), causeKey, now });
      }
      if (state === template.state) return;
      await closeTasks(tx, { orgId, causes, now });
      if (reason === null) return;
      const words = `The WhatsApp template ${template.name} (${template.language}) cannot be used. ${reason}`;
      await openTask(tx, { orgId, reason: words, causeKey: `${causes}${state}:${now.epochMilliseconds}`, now });
    });
  }

  return async ({ orgId, id, news }) => {
    const template = await inTenant(orgId, (tx) => findTemplate(tx, { orgId, id }));
    if (template === null || isOver(template)) return null;
    const registry = registries[template.provider];
    if (registry === null) throw new TransientFailure(`the settings of ${template.provider} are not there`);
    const inHand = { ...template, orgId };
    if (isToBeRemoved(template)) return (await removeTemplate(ports, inHand, registry)) ? null : standingAt(template);
    await write(inHand, await standingOf(inHand, registry), news);
    const after = await inTenant(orgId, (tx) => findTemplate(tx, { orgId, id }));
    return after === null || isOver(after) ? null : standingAt(after);
  };
}

type Seen = { kind: 'stands'; standing: TemplateStanding } | { kind: 'refused'; words: string } | { kind: 'gone' };

/** A draft waits for its owner, and what is disabled stays so. */
const isOver = (template: Template) =>
  template.state === 'draft' || (template.state === 'disabled' && !isToBeRemoved(template));

const standingAt = ({ state, stateAt, externalId }: Template): LookedAtTemplate => ({
  state,
  since: stateAt,
  externalId,
});

function outcomeOf(seen: Seen, news: News) {
  switch (seen.kind) {
    case 'gone':
      return { state: 'disabled', reason: goneAtProvider, externalId: null, category: null } as const;
    case 'refused':
      return { state: 'rejected', reason: refusalWords(seen.words), externalId: null, category: null } as const;
    case 'stands': {
      const { standing } = seen;
      const { state, externalId, category } = standing;
      return { state, reason: standingWords(standing, news?.reasons ?? []), externalId, category };
    }
  }
}

function refusalWords(words: string): string {
  return words === nameTaken ? words : (standingWords({ state: 'rejected', reason: words }, []) ?? words);
}
