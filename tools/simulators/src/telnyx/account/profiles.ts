import { newId, type Clock } from '@frontdesk/kernel';

/** A messaging profile, with the fields of it that matter here. */
export interface MessagingProfile {
  id: string;
  name: string;
  enabled: boolean;
  webhook_url: string | null;
  webhook_failover_url: string | null;
  webhook_api_version: string;
  whitelisted_destinations: readonly string[];
  created_at: string;
  updated_at: string;
}

export interface Profiles {
  list: () => readonly MessagingProfile[];
  get: (id: string) => MessagingProfile | undefined;
  create: (given: Partial<MessagingProfile> & { name: string }) => MessagingProfile;
  update: (id: string, change: Partial<MessagingProfile>) => MessagingProfile | undefined;
}

export function createProfiles(clock: Clock): Profiles {
  const profiles = new Map<string, MessagingProfile>();
  return {
    list: () => [...profiles.values()],
    get: (id) => profiles.get(id),
    create(given) {
      const at = clock().toString({ fractionalSecondDigits: 3 });
      const profile: MessagingProfile = {
        enabled: true,
        webhook_url: null,
        webhook_failover_url: null,
        webhook_api_version: '2',
        whitelisted_destinations: [],
        ...given,
        id: newId(),
        created_at: at,
        updated_at: at,
      };
      profiles.set(profile.id, profile);
      return profile;
    },
    update(id, change) {
      const profile = profiles.get(id);
      if (profile === undefined) return undefined;
      const updated = { ...profile, ...change, id, updated_at: clock().toString({ fractionalSecondDigits: 3 }) };
      profiles.set(id, updated);
      return updated;
    },
  };
}
