import type { TenantDatabase } from '@frontdesk/db';
import type { Clock, Logger } from '@frontdesk/kernel';
import { makeLookAfter, type InTenant, type LookAfter, type LookAfterPorts } from '@frontdesk/numbers';
import { createSweep, type Handler, type Sweep } from '@frontdesk/queue';
import { meter, type WorkConfig } from '@frontdesk/runtime';
import type { Config } from './config.ts';
import { onRegistrationDue } from './handlers/registration-due.ts';
import { makeLookAfterRegistrations } from './jobs/look-after-registrations.ts';
import { numberAdvances } from './registrations/numbers.ts';
import { closeRegistrationTasks, openRegistrationTask } from './registrations/open-task.ts';
import { tendlcAdvances } from './registrations/tendlc.ts';
import { whatsAppSenderAdvances } from './registrations/whatsapp-sender.ts';
import { whatsAppTemplateAdvances } from './registrations/whatsapp-template.ts';

export const registrationAlarm = 'registration';

/** No look takes longer: a few calls, each of which ends in time. */
const lease = Temporal.Duration.from({ minutes: 5 });

/** What brings forward whatever providers have to bring about: numbers, senders, templates, approvals. */
export function composeRegistrations(options: {
  config: WorkConfig<Config>;
  database: TenantDatabase;
  clock: Clock;
  logger: Logger;
  arm: LookAfterPorts['arm'];
}): { handler: Handler; lookAfter: LookAfter; sweep: Sweep } {
  const { config, database, clock, logger, arm } = options;
  const inTenant: InTenant = (orgId, work) => database.inTenant(orgId, work);
  const telnyx = {
    apiKey: config.TELNYX_API_KEY,
    baseUrl: config.TELNYX_BASE_URL,
    timeoutMs: config.SEND_TIMEOUT_MS,
    publicWebhookUrl: config.PUBLIC_WEBHOOK_URL,
    callConnectionId: config.TELNYX_CONNECTION_ID ?? null,
  };
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = config;
  const { publicWebhookUrl, timeoutMs } = telnyx;
  const twilio =
    accountSid === undefined || authToken === undefined
      ? null
      : { accountSid, authToken, baseUrl: config.TWILIO_BASE_URL, publicWebhookUrl, timeoutMs };
  const random = Math.random;
  const looks = meter().createCounter('frontdesk_numbers_registrations', {
    description: 'looks at what providers are to bring about, by subject and outcome',
  });
  const shared = { inTenant, openTask: openRegistrationTask, closeTasks: closeRegistrationTasks, clock };
  const lookAfter = makeLookAfter({
    inTenant,
    openTask: openRegistrationTask,
    closeTasks: closeRegistrationTasks,
    advances: {
      ...numberAdvances({ ...shared, telnyx, twilio, random }),
      ...tendlcAdvances({ ...shared, telnyx }),
      ...whatsAppSenderAdvances({ ...shared, config, twilio }),
      ...whatsAppTemplateAdvances({ ...shared, config, twilio }),
    },
    onLook: ({ subject, outcome }) => looks.add(1, { subject, outcome }),
    lease,
    retry: { baseMs: config.SEND_RETRY_BASE_MS, capMs: 600_000 },
    arm,
    clock,
    random,
    logger,
  });
  const everyMs = config.SWEEP_EVERY_MS;
  const grace = Temporal.Duration.from({ milliseconds: everyMs });
  return {
    handler: onRegistrationDue({ lookAfter, clock }),
    lookAfter,
    sweep: createSweep({
      name: 'registrations that are due',
      everyMs,
      sweep: makeLookAfterRegistrations({ database, lookAfter, clock, logger, grace }),
      logger,
    }),
  };
}
