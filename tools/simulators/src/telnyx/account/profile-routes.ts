import { z } from 'zod';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { refusal } from '../errors.ts';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import { paged } from '../paged.ts';
import type { MessagingProfile, Profiles } from './profiles.ts';

const changes = z.object({
  name: z.string().min(1).optional(),
  enabled: z.boolean().optional(),
  webhook_url: z.url().nullable().optional(),
  webhook_failover_url: z.string().nullable().optional(),
  webhook_api_version: z.enum(['1', '2', '2010-04-01']).optional(),
  whitelisted_destinations: z.array(z.string().regex(/^([A-Z]{2}|\*)$/)).optional(),
});
const creation = changes.required({ name: true, whitelisted_destinations: true });

/** Messaging profiles. */
export function profileRoutes({ keyed, profiles }: { keyed: KeyedRoute; profiles: Profiles }): Route[] {
  function list({ query }: ReceivedRequest): Reply {
    const matching = profiles.list().filter(({ name }) => isNamed(name, query));
    return paged(query, matching.map(asProfile));
  }

  function create({ json }: ReceivedRequest): Reply {
    const { success, data, error } = creation.safeParse(json);
    if (!success) return malformed(error);
    return { status: 200, json: { data: asProfile(profiles.create(given(data))) } };
  }

  function read({ params }: ReceivedRequest): Reply {
    return answered(profiles.get(params['id'] ?? ''));
  }

  function update({ params, json }: ReceivedRequest): Reply {
    const { success, data, error } = changes.safeParse(json);
    if (!success) return malformed(error);
    return answered(profiles.update(params['id'] ?? '', given(data)));
  }

  return [
    keyed('GET', '/v2/messaging_profiles', list),
    keyed('POST', '/v2/messaging_profiles', create),
    keyed('GET', '/v2/messaging_profiles/:id', read),
    keyed('PATCH', '/v2/messaging_profiles/:id', update),
  ];
}

/** `filter[name]` finds names that hold the text, as its newer spelling `[contains]` does; `[eq]` finds the very name. */
function isNamed(name: string, query: URLSearchParams): boolean {
  const part = query.get('filter[name]') ?? query.get('filter[name][contains]') ?? '';
  return name.includes(part) && name === (query.get('filter[name][eq]') ?? name);
}

function answered(profile: MessagingProfile | undefined): Reply {
  if (profile === undefined) return refusal('10005', 'The requested messaging profile does not exist.');
  return { status: 200, json: { data: asProfile(profile) } };
}

function asProfile(profile: MessagingProfile) {
  return { record_type: 'messaging_profile', ...profile, number_pool_settings: null, ai_assistant_id: null };
}

export function malformed(error: z.ZodError): Reply {
  return refusal('10015', 'The request body is not valid.', `/${error.issues[0]?.path.join('/') ?? ''}`);
}

/** Without what was left out. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> }; // the entries that are left
}
