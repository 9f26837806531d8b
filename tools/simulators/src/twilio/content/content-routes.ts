import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { metaPage } from '../page.ts';
import type { ContentBook, TwilioContent } from './content-book.ts';

const bodyText = z.string().min(1).max(1_600);
const types = z
  .strictObject({
    'twilio/text': z.strictObject({ body: bodyText }),
    'twilio/quick-reply': z.strictObject({
      body: z.string().min(1).max(1_024),
      actions: z
        .array(
          z.strictObject({
            type: z.literal('QUICK_REPLY').optional(),
            title: z.string().min(1).max(25),
            id: z.string().max(200).optional(),
          }),
        )
        .min(1)
        .max(10),
    }),
    'twilio/list-picker': z.strictObject({
      body: z.string().min(1).max(1_024),
      button: z.string().min(1).max(20),
      items: z
        .array(
          z.strictObject({
            item: z.string().min(1).max(24),
            id: z.string().min(1).max(200),
            description: z.string().max(72).optional(),
          }),
        )
        .min(1)
        .max(10),
    }),
  })
  .partial()
  .refine((given) => Object.keys(given).length > 0);
const content = z.strictObject({
  friendly_name: z.string().optional(),
  language: z.string().min(2),
  variables: z.record(z.string().max(16), z.string().max(255)).optional(),
  types,
});
const approval = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  allow_category_change: z.boolean().optional(),
});

/** The API's own host, of which the addresses of further pages are. */
const ORIGIN = 'https://content.twilio.com';

interface ContentRouteDependencies {
  keyed: KeyedRoute;
  contents: ContentBook;
  /** Somebody asked for an approval. */
  onSubmitted: (content: TwilioContent) => void;
}

/** The Content API: contents, the search of its second version, and approvals by WhatsApp. */
export function contentRoutes({ keyed, contents, onSubmitted }: ContentRouteDependencies): Route[] {
  const known = (handle: (content: TwilioContent, request: ReceivedRequest) => Reply) => (request: ReceivedRequest) => {
    const found = contents.get(request.params['sid'] ?? '');
    return found === null ? refusal(20404) : handle(found, request);
  };

  function create({ json }: ReceivedRequest): Reply {
    const { success, data, error } = content.safeParse(json);
    if (!success) return refusal(92000, `Invalid request: ${error.issues[0]?.path.join('.') ?? ''}`);
    const { friendly_name: friendlyName = '', language, variables = {}, types: given } = data;
    return { status: 201, json: asContent(contents.add({ friendlyName, language, variables, types: given })) };
  }

  /** The name is a pattern. */
  function search({ path, query }: ReceivedRequest): Reply {
    const name = new RegExp(query.get('ContentName') ?? '');
    const languages = query.getAll('Language');
    const rows = contents
      .all()
      .filter(({ friendlyName }) => name.test(friendlyName))
      .filter(({ language }) => languages.length === 0 || languages.includes(language));
    return metaPage({ key: 'contents', origin: ORIGIN, path, query, rows: rows.map(asContent) });
  }

  function submit(found: TwilioContent, { json }: ReceivedRequest): Reply {
    const { success, data } = approval.safeParse(json);
    if (!success) return refusal(92000);
    if ('twilio/list-picker' in found.types) return refusal(92000, 'Lists cannot be submitted for approval.');
    if (found.approval.status !== 'unsubmitted') return refusal(92000, 'The content was submitted already.');
    const isTaken = contents.all().some((each) => each.approval.name === data.name && each.language === found.language);
    if (isTaken) return refusal(92000, 'There is a template of that name and language.');
    contents.approve(found, { ...data, status: 'received' });
    return { status: 201, json: asApproval(found), afterwards: () => onSubmitted(found) };
  }

  return [
    keyed('POST', '/v1/Content', create),
    keyed('GET', '/v2/Content', search),
    keyed(
      'GET',
      '/v1/Content/:sid',
      known((found) => ({ status: 200, json: asContent(found) })),
    ),
    keyed(
      'DELETE',
      '/v1/Content/:sid',
      known(({ sid }) => {
        contents.remove(sid);
        return { status: 204 };
      }),
    ),
    keyed('POST', '/v1/Content/:sid/ApprovalRequests/whatsapp', known(submit)),
    keyed(
      'GET',
      '/v1/Content/:sid/ApprovalRequests',
      known((found) => ({
        status: 200,
        json: {
          sid: found.sid,
          whatsapp: asApproval(found),
          url: `${ORIGIN}/v1/Content/${found.sid}/ApprovalRequests`,
        },
      })),
    ),
  ];
}

function asContent({ sid, friendlyName, language, variables, types: given, createdAt, updatedAt }: TwilioContent) {
  const url = `${ORIGIN}/v1/Content/${sid}`;
  return {
    sid,
    friendly_name: friendlyName,
    language,
    variables,
    types: given,
    date_created: createdAt.toString({ fractionalSecondDigits: 3 }),
    date_updated: updatedAt.toString({ fractionalSecondDigits: 3 }),
    url,
    links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
  };
}

function asApproval({ types: given, approval: { status, name, category, reason } }: TwilioContent) {
  return {
    type: 'whatsapp',
    name,
    category,
    content_type: Object.keys(given)[0],
    status,
    rejection_reason: reason,
    allow_category_change: true,
  };
}
