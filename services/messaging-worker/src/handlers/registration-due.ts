import { RegistrationDueV1 } from '@frontdesk/contracts';
import { recordAudit } from '@frontdesk/db';
import type { Clock } from '@frontdesk/kernel';
import type { LookAfter } from '@frontdesk/numbers';
import { hearOfRegistration } from '@frontdesk/numbers/postgres';
import { on } from '@frontdesk/queue';

/** Somebody rang for a registration. It is looked at once here; what comes after that, its row says. */
export const onRegistrationDue = ({ lookAfter, clock }: { lookAfter: LookAfter; clock: Clock }) =>
  on(RegistrationDueV1, async ({ orgId, data: { registrationId: id, news } }, once) => {
    const now = clock();
    await once(async (tx) => {
      if (news !== null) await hearOfRegistration(tx, { orgId, id, news, now });
      const subject = { type: 'registration', id };
      const actor = 'messaging-worker';
      await recordAudit(tx, { orgId, actor, action: 'registration rung for', subject, at: now });
    });
    await lookAfter({ orgId, id });
  });
