import type { SenderStanding, TwilioSenders } from '@frontdesk/numbers/ports';
import { z } from 'zod';
import { twilioAddress } from './address.ts';
import { asking, isGone } from './asking.ts';
import { postJson, twilioClient, type TwilioSettings } from './client.ts';
import { tryAgain, webhookPaths } from './webhook-paths.ts';

const sendersUrl = 'https://messaging.twilio.com/v2/Channels/Senders';
const pageSize = 100;
const mostPages = 50;

const senderSchema = z.object({
  sid: z.string().min(1),
  status: z.string(),
  offline_reasons: z.array(z.object({ code: z.coerce.string().nullish(), message: z.string().nullish() })).nullish(),
});

/** twilio.com/docs/whatsapp/api/senders: the states of a sender. What is none of these is still on its way. */
const statuses: Readonly<Record<string, SenderStanding['status']>> = {
  ONLINE: 'online',
  'ONLINE:UPDATING': 'online',
  OFFLINE: 'offline',
};

/** Who else has to do something before the sender gets online. */
const waitsFor: Readonly<Record<string, string>> = {
  PENDING_VERIFICATION: 'WhatsApp waits for the code that it sent to the number; enter it in Twilio’s console',
  TWILIO_REVIEW: 'Twilio reviews the sender',
};

export type TwilioSenderSettings = TwilioSettings & {
  /** Where webhooks reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
};

/** Numbers of ours on WhatsApp, which Twilio registers there. */
export function twilioSenders({ publicWebhookUrl, ...settings }: TwilioSenderSettings): TwilioSenders {
  const client = twilioClient(settings);
  return {
    find: (number) =>
      asking('look a sender up at Twilio', async () => {
        const senderId = twilioAddress('whatsapp', number);
        let page = await client.messaging.v2.channelsSenders.page({ channel: 'whatsapp', pageSize });
        for (let n = 1; ; n++) {
          const found = page.instances.find((sender) => sender.senderId === senderId);
          if (found !== undefined) {
            const { sid, status, offlineReasons } = found;
            return read({ sid, status, offline_reasons: offlineReasons });
          }
          if (page.nextPageUrl === undefined || n === mostPages) return null;
          page = await client.messaging.v2.channelsSenders.getPage(page.nextPageUrl);
        }
      }),

    create: ({ number, displayName }) =>
      asking('make a sender at Twilio', async () =>
        read(
          await postJson(client, sendersUrl, {
            sender_id: twilioAddress('whatsapp', number),
            webhook: {
              callback_url: `${publicWebhookUrl}${webhookPaths.messages}${tryAgain}`,
              callback_method: 'POST',
              status_callback_url: `${publicWebhookUrl}${webhookPaths.senders}${tryAgain}`,
              status_callback_method: 'POST',
            },
            profile: { name: displayName },
          }),
        ),
      ),

    remove: (externalId) =>
      asking('remove a sender at Twilio', async () => {
        try {
          await client.messaging.v2.channelsSenders(externalId).remove();
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }),
  };
}

function read(sender: unknown): SenderStanding {
  const { sid, status, offline_reasons: reasons } = senderSchema.parse(sender);
  const said = (reasons ?? []).map(({ code, message }) => [message, code].filter((each) => each != null).join(' '));
  return {
    externalId: sid,
    status: Object.hasOwn(statuses, status) ? (statuses[status] ?? 'creating') : 'creating',
    reason: said.length > 0 ? said.join('; ').slice(0, 500) : (waitsFor[status] ?? null),
  };
}
