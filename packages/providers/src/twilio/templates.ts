import { createHash } from 'node:crypto';
import type { Id } from '@frontdesk/kernel';
import type { TemplateRegistry, TemplateStanding, TemplateToApprove } from '@frontdesk/messaging/ports';
import type twilio from 'twilio';
import { z } from 'zod';
import { categoryOf } from '../template-category.ts';
import { asking, isGone } from './asking.ts';
import type { ContentTypes } from './choice-content.ts';
import { twilioClient, type TwilioSettings } from './client.ts';
import { createContent, findContent, requestApproval, type Content } from './contents.ts';

/** twilio.com/docs/content/content-api-resources: the states of an approval; `unsubmitted` is one that nobody asked for. */
const states: Readonly<Record<string, TemplateStanding['state']>> = {
  received: 'submitted',
  pending: 'submitted',
  approved: 'approved',
  rejected: 'rejected',
  paused: 'paused',
  disabled: 'disabled',
};

const approvalSchema = z.object({
  status: z.string(),
  category: z.string().nullish(),
  rejection_reason: z.string().nullish(),
});
const typesSchema = z.looseObject({});

/** Templates as contents of the Content API, which Twilio puts before WhatsApp's reviewers. */
export function twilioTemplates(settings: TwilioSettings): TemplateRegistry {
  const client = twilioClient(settings);
  return {
    provider: 'twilio',

    find: (template) =>
      asking('look a template up at Twilio', async () => {
        const sid = template.externalId ?? (await findContent(client, namesOf(template)))?.sid;
        return sid === undefined ? null : await standingOf(client, sid);
      }),

    submit: (template) =>
      asking('submit a template to Twilio', async () => {
        const names = namesOf(template);
        const types = typesOf(template);
        const sid =
          (await keptContent(client, await findContent(client, names), types)) ??
          (await createContent(client, { ...names, types, samples: template.examples })).sid;
        const standing = await standingOf(client, sid);
        if (standing !== null) return standing;
        const category = template.category === 'marketing' ? 'MARKETING' : 'UTILITY';
        return read(sid, await requestApproval(client, sid, { name: approvalName(template, types), category }));
      }),

    remove: ({ externalId }) =>
      asking('delete a template at Twilio', async () => {
        try {
          await client.content.v1.contents(externalId).remove();
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }),
  };
}

/** The content when it says the same; one that was made for other words goes. */
async function keptContent(client: twilio.Twilio, found: Content | null, types: ContentTypes): Promise<string | null> {
  if (found === null) return null;
  if (sameWords(found.types, types)) return found.sid;
  await client.content.v1.contents(found.sid).remove();
  return null;
}

/** Null where nobody has asked for an approval, or the content is gone. */
async function standingOf(client: twilio.Twilio, sid: string): Promise<TemplateStanding | null> {
  try {
    const { whatsapp } = await client.content.v1.contents(sid).approvalFetch().fetch();
    const { status } = approvalSchema.catch({ status: 'unsubmitted' }).parse(whatsapp);
    return status === 'unsubmitted' ? null : read(sid, whatsapp);
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

/** A state that is not known counts as one that is still to be decided. */
function read(sid: string, approval: unknown): TemplateStanding {
  const { status, category, rejection_reason: reason } = approvalSchema.parse(approval);
  const state = Object.hasOwn(states, status) ? states[status] : undefined;
  const why = reason === '' ? null : (reason ?? null);
  return { externalId: sid, category: categoryOf(category), state: state ?? 'submitted', reason: why };
}

/** All clinics share the account at Twilio: a content's name holds whose it is. */
function namesOf({ orgId, name, language }: { orgId: Id; name: string; language: string }) {
  return { friendlyName: `${name.slice(0, 200)}_${orgId.replaceAll('-', '')}_${language.toLowerCase()}`, language };
}

/** WhatsApp knows a template by its name for good: other words need another one, and so does another clinic. */
function approvalName({ orgId, name }: TemplateToApprove & { orgId: Id }, types: ContentTypes): string {
  const words = createHash('sha256')
    .update(`${orgId} ${JSON.stringify(types)}`)
    .digest('hex')
    .slice(0, 16);
  return `${name.slice(0, 200)}_${words}`;
}

function typesOf({ body, choices }: TemplateToApprove): ContentTypes {
  if (choices.length === 0) return { 'twilio/text': { body } };
  const actions = choices.map(({ title, id }) => ({ type: 'QUICK_REPLY' as const, title, id }));
  return { 'twilio/quick-reply': { body, actions } };
}

/** Twilio may give back more than it was given. */
function sameWords(kept: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(kept) &&
      kept.length === wanted.length &&
      wanted.every((each, n) => sameWords(kept[n] as unknown, each))
    );
  }
  if (typeof wanted !== 'object' || wanted === null) return kept === wanted;
  const given = typesSchema.safeParse(kept);
  return given.success && Object.entries(wanted).every(([name, value]) => sameWords(given.data[name], value));
}
