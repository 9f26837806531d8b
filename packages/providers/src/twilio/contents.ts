import type twilio from 'twilio';
import { z } from 'zod';
import type { ContentTypes } from './choice-content.ts';
import { postJson } from './client.ts';

const origin = 'https://content.twilio.com/v1';
const pageSize = 100;
const mostPages = 10;

export type Content = { sid: string; types: unknown };

const created = z.object({ sid: z.string().min(1) });

/** The content of this name and language; of several, the oldest. Null: there is none. */
export async function findContent(
  client: twilio.Twilio,
  wanted: { friendlyName: string; language: string },
): Promise<Content | null> {
  // The filter is a pattern, which our names hold no signs of.
  let page = await client.content.v2.contents.page({ contentName: wanted.friendlyName, pageSize });
  const found: (Content & { dateCreated: Date })[] = [];
  for (let n = 1; ; n++) {
    const { instances, nextPageUrl } = page;
    found.push(
      ...instances.filter(
        ({ friendlyName, language }) => friendlyName === wanted.friendlyName && language === wanted.language,
      ),
    );
    if (nextPageUrl === undefined || n === mostPages) break;
    page = await client.content.v2.contents.getPage(nextPageUrl);
  }
  const [oldest] = found.toSorted((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime());
  return oldest === undefined ? null : { sid: oldest.sid, types: oldest.types };
}

/** Makes a content. `samples` are examples of its variables, which Twilio falls back to. */
export async function createContent(
  client: twilio.Twilio,
  {
    friendlyName,
    language,
    types,
    samples,
  }: { friendlyName: string; language: string; types: ContentTypes; samples: readonly string[] },
): Promise<{ sid: string }> {
  const variables = Object.fromEntries(samples.map((sample, n) => [String(n + 1), sample]));
  const content = { friendly_name: friendlyName, language, variables, types };
  return created.parse(await postJson(client, `${origin}/Content`, content));
}

/** What a template is called before WhatsApp, and its class there. */
export type ApprovalRequest = { name: string; category: 'UTILITY' | 'MARKETING' };

/** Puts a content before WhatsApp's reviewers. */
export async function requestApproval(client: twilio.Twilio, sid: string, approval: ApprovalRequest): Promise<unknown> {
  return postJson(client, `${origin}/Content/${sid}/ApprovalRequests/whatsapp`, approval);
}
