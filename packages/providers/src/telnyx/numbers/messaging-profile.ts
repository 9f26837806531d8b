import type { Id } from '@frontdesk/kernel';
import type { AskTelnyx } from '../ask.ts';
import { listAll, pageSize } from '../list-all.ts';
import { anything, profileAnswer, profilePage, type WireProfile } from './schemas.ts';

/** The people whom a clinic texts. */
const destinations = ['US', 'CA'];

type ProfileOf = { orgId: Id; clinicName: string };

/**
 * The clinic's own messaging profile: the one whose name ends in the clinic's id, whatever the clinic is called today. Of
 * several, made side by side, the oldest is it for everybody.
 */
export async function ensureMessagingProfile(
  ask: AskTelnyx,
  { orgId, clinicName }: ProfileOf,
  webhookUrl: string,
): Promise<{ profileId: string }> {
  const wanted = { name: nameOf({ orgId, clinicName }), webhook_url: webhookUrl, webhook_api_version: '2' as const };
  const found = oldest(await profilesOf(ask, orgId));
  if (found === null) {
    const { data } = await ask('make a messaging profile', profileAnswer, (client, options) =>
      client.messagingProfiles.create({ ...wanted, whitelisted_destinations: destinations }, options),
    );
    // Somebody else may have made one meanwhile; the list may also not show the new one yet.
    return { profileId: (oldest(await profilesOf(ask, orgId)) ?? data).id };
  }
  const isAsWanted =
    found.name === wanted.name && found.webhook_url === webhookUrl && (found.webhook_api_version ?? '2') === '2';
  if (!isAsWanted) {
    await ask('mend a messaging profile', anything, (client, options) =>
      client.messagingProfiles.update(found.id, wanted, options),
    );
  }
  return { profileId: found.id };
}

async function profilesOf(ask: AskTelnyx, orgId: Id): Promise<WireProfile[]> {
  const named = await listAll('messaging profiles', (number) =>
    ask('list the messaging profiles', profilePage, (client, options) =>
      client.get('/messaging_profiles', {
        ...options,
        query: { 'filter[name][contains]': orgId, 'page[number]': number, 'page[size]': pageSize },
      }),
    ),
  );
  return named.filter(({ name }) => name.endsWith(suffixOf(orgId)));
}

function oldest(profiles: readonly WireProfile[]): WireProfile | null {
  const byAge = profiles.toSorted((a, b) =>
    `${a.created_at ?? ''}${a.id}`.localeCompare(`${b.created_at ?? ''}${b.id}`),
  );
  return byAge[0] ?? null;
}

const suffixOf = (orgId: Id) => ` · ${orgId}`;

function nameOf({ orgId, clinicName }: ProfileOf): string {
  return `${clinicName.slice(0, 80)}${suffixOf(orgId)}`;
}
