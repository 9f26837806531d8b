import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { MetaAccounts } from './accounts.ts';
import { refusal } from './errors.ts';
import type { TemplateBook } from './template-book.ts';
import type { MetaTemplate } from './types.ts';

interface TemplateRouteDependencies {
  accounts: MetaAccounts;
  templates: TemplateBook;
  onSubmitted: (template: MetaTemplate) => void;
}

const DEFAULT_PAGE = 25;

/** Submits, lists and deletes templates of an account. UNVERIFIED: the subcode for one that is not there. */
export function templateRoutes({ accounts, templates, onSubmitted }: TemplateRouteDependencies): Route[] {
  function submit(request: ReceivedRequest): Reply {
    const account = accounts.openAccount(request);
    if ('status' in account) return account;
    const template = templates.submit(account.wabaId, request.json);
    if (!('wabaId' in template)) return template;
    const { id, category } = template;
    return {
      status: 200,
      json: { id, status: 'PENDING', category },
      afterwards: () => onSubmitted(template),
    };
  }

  function list(request: ReceivedRequest): Reply {
    const account = accounts.openAccount(request);
    if ('status' in account) return account;
    const { query } = request;
    const all = templates.of(account.wabaId, { name: query.get('name') });
    const start = Number(query.get('after') ?? 0);
    const end = start + Number(query.get('limit') ?? DEFAULT_PAGE);
    const paging = { cursors: { before: String(start), after: String(end) } };
    const next = { ...paging, next: `${request.path}?after=${end}` };
    return {
      status: 200,
      json: { data: all.slice(start, end).map(resource), paging: end < all.length ? next : paging },
    };
  }

  function remove(request: ReceivedRequest): Reply {
    const account = accounts.openAccount(request);
    if ('status' in account) return account;
    const [name, id] = [request.query.get('name'), request.query.get('hsm_id')];
    return templates.remove(account.wabaId, { name, id })
      ? { status: 200, json: { success: true } }
      : refusal(100, 'Message template not found.', 2_593_002);
  }

  const path = '/:version/:id/message_templates';
  return [
    { method: 'POST', path, handle: submit },
    { method: 'GET', path, handle: list },
    { method: 'DELETE', path, handle: remove },
  ];
}

function resource({ id, name, language, status, category, body, reason }: MetaTemplate): Record<string, unknown> {
  const components = [{ type: 'BODY', text: body }];
  return { id, name, language, status, category, components, rejected_reason: reason };
}
