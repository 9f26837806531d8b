import { openToken, type Clock, type Id } from '@frontdesk/kernel';
import { makeAdvanceTemplate, type LookedAtTemplate, type TemplateRegistry } from '@frontdesk/messaging';
import {
  pollAfter,
  type CloseTasks,
  type InTenant,
  type LookAfterPorts,
  type NextLook,
  type OpenTask,
} from '@frontdesk/numbers';
import { tokenOfAccount } from '@frontdesk/numbers/postgres';
import { metaTemplates } from '@frontdesk/providers/meta';
import { twilioTemplates, type TwilioSettings } from '@frontdesk/providers/twilio';
import type { WorkConfig } from '@frontdesk/runtime';
import type { Config } from '../config.ts';

/** What is approved is looked at so often: its provider may have paused it. */
const everySoOften = Temporal.Duration.from({ hours: 24 });

/** Hands the clinics' templates in, and follows them until they are approved and after. */
export function whatsAppTemplateAdvances({
  config,
  twilio,
  ...ports
}: {
  config: WorkConfig<Config>;
  /** Null: the settings of Twilio are not there. */
  twilio: TwilioSettings | null;
  inTenant: InTenant;
  openTask: OpenTask;
  closeTasks: CloseTasks;
  clock: Clock;
}): LookAfterPorts['advances'] {
  const advance = makeAdvanceTemplate({
    ...ports,
    registries: {
      meta: registryAtMeta({ config, inTenant: ports.inTenant }),
      twilio: twilio === null ? null : twilioTemplates(twilio),
    },
  });
  return {
    async 'whatsapp-template'({ orgId, id, news }) {
      try {
        return nextLook(await advance({ orgId, id, news }), ports.clock());
      } catch (error) {
        if (!(error instanceof AccountClosed)) throw error;
        return { at: ports.clock().add(everySoOften) };
      }
    },
  };
}

/** No sender of the clinic is connected to the business account: its templates wait for the next sign-up. */
class AccountClosed extends Error {
  constructor() {
    super('no sender of the clinic is connected to the account');
    this.name = 'AccountClosed';
  }
}

function nextLook(looked: LookedAtTemplate | null, now: Temporal.Instant): NextLook {
  if (looked === null) return { at: null };
  const { state, since, externalId } = looked;
  const at = state === 'approved' || state === 'rejected' ? now.add(everySoOften) : pollAfter(since, now);
  return { at, ...(externalId !== null && { externalId }) };
}

/** Meta's list, opened by a token of the clinic's own. Null: there are no keys to open it with. */
function registryAtMeta({
  config: { META_GRAPH_URL: graphUrl, TOKEN_KEYS: keys, SEND_TIMEOUT_MS: timeoutMs },
  inTenant,
}: {
  config: WorkConfig<Config>;
  inTenant: InTenant;
}): TemplateRegistry | null {
  if (keys === undefined) return null;
  const of = (orgId: Id) =>
    metaTemplates({
      graphUrl,
      timeoutMs,
      async tokenOf(wabaId) {
        const token = await inTenant(orgId, (tx) => tokenOfAccount(tx, { orgId, wabaId }));
        if (token === null) throw new AccountClosed();
        return openToken(token, orgId, keys);
      },
    });
  return {
    provider: 'meta',
    find: (template) => of(template.orgId).find(template),
    submit: (template) => of(template.orgId).submit(template),
    remove: (template) => of(template.orgId).remove(template),
  };
}
