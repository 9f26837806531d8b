import type { Id } from '@frontdesk/kernel';
import type twilio from 'twilio';
import { isGone, isRefused, sidOf } from './asking.ts';
import { labelled, labelOf } from './friendly-name.ts';
import { tryAgain, webhookPaths } from './webhook-paths.ts';

const pageSize = 1_000;
const mostPages = 20;

/** "The number is in this Messaging Service already" (twilio.com/docs/api/errors/21710). */
const alreadyThere = ['21710'];

type Service = Awaited<ReturnType<twilio.Twilio['messaging']['v1']['services']['page']>>['instances'][number];

/** The SID of the clinic's Messaging Service with our webhooks: found by the clinic's id in its name, or made. */
export async function ensureService(
  client: twilio.Twilio,
  { orgId, clinicName, publicWebhookUrl }: { orgId: Id; clinicName: string; publicWebhookUrl: string },
): Promise<string> {
  const wanted = {
    inboundRequestUrl: `${publicWebhookUrl}${webhookPaths.messages}${tryAgain}`,
    inboundMethod: 'POST',
    statusCallback: `${publicWebhookUrl}${webhookPaths.statuses}${tryAgain}`,
    useInboundWebhookOnNumber: false,
  };
  const found = await findService(client, orgId);
  if (found === null) {
    return sidOf(await client.messaging.v1.services.create({ friendlyName: labelled(clinicName, orgId), ...wanted }));
  }
  const isRight =
    found.inboundRequestUrl === wanted.inboundRequestUrl &&
    found.statusCallback === wanted.statusCallback &&
    !found.useInboundWebhookOnNumber;
  if (!isRight) await client.messaging.v1.services(found.sid).update(wanted);
  return found.sid;
}

/** Of several, the oldest. */
async function findService(client: twilio.Twilio, orgId: Id): Promise<Service | null> {
  const found: Service[] = [];
  let page = await client.messaging.v1.services.page({ pageSize });
  for (let n = 1; ; n++) {
    found.push(...page.instances.filter(({ friendlyName }) => labelOf(friendlyName) === orgId));
    if (page.nextPageUrl === undefined || n === mostPages) break;
    page = await client.messaging.v1.services.getPage(page.nextPageUrl);
  }
  return found.toSorted((a, b) => a.dateCreated.getTime() - b.dateCreated.getTime())[0] ?? null;
}

export async function addToService(
  client: twilio.Twilio,
  { serviceSid, numberSid }: { serviceSid: string; numberSid: string },
): Promise<void> {
  try {
    await client.messaging.v1.services(serviceSid).phoneNumbers.create({ phoneNumberSid: numberSid });
  } catch (error) {
    if (!isRefused(error, alreadyThere)) throw error;
  }
}

/** A number that is not in it, or a service that is gone, is no error. */
export async function removeFromService(
  client: twilio.Twilio,
  { serviceSid, numberSid }: { serviceSid: string; numberSid: string },
): Promise<void> {
  try {
    await client.messaging.v1.services(serviceSid).phoneNumbers(numberSid).remove();
  } catch (error) {
    if (!isGone(error)) throw error;
  }
}
