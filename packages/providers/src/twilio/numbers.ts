import { parsePhoneNumber } from '@frontdesk/kernel';
import type { AvailableNumber, NumberCarrier, NumberWish, OrderStanding } from '@frontdesk/numbers/ports';
import type twilio from 'twilio';
import { asking, isGone, sidOf } from './asking.ts';
import { twilioClient, type TwilioSettings } from './client.ts';
import { labelled, labelOf, tagOf } from './friendly-name.ts';
import { addToService, ensureService, removeFromService } from './messaging-services.ts';
import { tryAgain, webhookPaths } from './webhook-paths.ts';

export type TwilioNumberSettings = TwilioSettings & {
  /** Where webhooks reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
};

/**
 * Numbers that Twilio sells. It has no orders: a number is bought by the request itself. A tag of our reference stands at the end of
 * the number's name from then on, and stays there when it gets another one.
 */
export function twilioNumbers({ publicWebhookUrl, ...settings }: TwilioNumberSettings): NumberCarrier {
  const client = twilioClient(settings);
  const webhooks = {
    voiceUrl: `${publicWebhookUrl}${webhookPaths.voice}${tryAgain}`,
    voiceMethod: 'POST',
    statusCallback: `${publicWebhookUrl}${webhookPaths.voiceStatus}${tryAgain}`,
    statusCallbackMethod: 'POST',
    // Texts come by the Messaging Service; this counts until the number is in one.
    smsUrl: `${publicWebhookUrl}${webhookPaths.messages}${tryAgain}`,
    smsMethod: 'POST',
  };
  return {
    carrier: 'twilio',

    search: (wish) => asking('search numbers at Twilio', () => search(client, wish)),

    findOrder: ({ number, reference }) =>
      asking('look a number up at Twilio', async () => {
        const owned = await findOwned(client, number);
        if (owned === null || labelOf(owned.friendlyName) !== tagOf(reference)) return null;
        return bought(owned);
      }),

    order: ({ number, reference }) =>
      asking('buy a number at Twilio', async () => {
        const friendlyName = labelled('frontdesk', tagOf(reference));
        return bought(await client.incomingPhoneNumbers.create({ phoneNumber: number, friendlyName, ...webhooks }));
      }),

    ensureProfile: ({ orgId, clinicName }) =>
      asking('set up a Messaging Service at Twilio', async () => ({
        profileId: await ensureService(client, { orgId, clinicName, publicWebhookUrl }),
      })),

    configure: ({ numberId, profileId, name }) =>
      asking('configure a number at Twilio', async () => {
        const tag = labelOf((await client.incomingPhoneNumbers(numberId).fetch()).friendlyName);
        const friendlyName = tag === null ? name.slice(0, 64) : labelled(name, tag);
        await client.incomingPhoneNumbers(numberId).update({ friendlyName, ...webhooks });
        await addToService(client, { serviceSid: profileId, numberSid: numberId });
      }),

    release: ({ number, numberId, profileId }) =>
      asking('release a number at Twilio', async () => {
        const sid = numberId ?? (await findOwned(client, number))?.sid;
        if (sid === undefined) return;
        if (profileId != null) await removeFromService(client, { serviceSid: profileId, numberSid: sid });
        try {
          await client.incomingPhoneNumbers(sid).remove();
        } catch (error) {
          if (!isGone(error)) throw error;
        }
      }),
  };
}

function bought(owned: { sid: unknown }): OrderStanding {
  const sid = sidOf(owned);
  return { kind: 'bought', externalId: sid, numberId: sid };
}

/** The account's own entry of a number. */
async function findOwned(client: twilio.Twilio, number: string) {
  const { instances } = await client.incomingPhoneNumbers.page({ phoneNumber: number, pageSize: 20 });
  return instances.find(({ phoneNumber }) => phoneNumber === number) ?? null;
}

async function search(client: twilio.Twilio, wish: NumberWish): Promise<readonly AvailableNumber[]> {
  const { areaCode, contains, locality, state, tollFree = false, limit } = wish;
  const country = client.availablePhoneNumbers('US');
  const asked = {
    smsEnabled: true,
    voiceEnabled: true,
    excludeAllAddressRequired: true,
    pageSize: limit,
    ...(areaCode !== undefined && { areaCode: Number(areaCode) }),
    ...(contains !== undefined && { contains }),
  };
  const { instances } = tollFree
    ? await country.tollFree.page(asked)
    : await country.local.page({
        ...asked,
        ...(locality !== undefined && { inLocality: locality }),
        ...(state !== undefined && { inRegion: state }),
      });
  return instances.slice(0, limit).flatMap((each): AvailableNumber[] => {
    const number = parsePhoneNumber(each.phoneNumber);
    if (number === null) return [];
    const { sms, mms, voice } = capabilitiesOf(each.capabilities);
    // What a number costs stands in Twilio's price list, not beside it.
    return [{ number, locality: each.locality, state: each.region, sms, mms, voice, monthlyCents: null }];
  });
}

/** The API writes `SMS` and `MMS`, where the SDK's types say `sms` and `mms`. */
function capabilitiesOf(capabilities: object): { sms: boolean; mms: boolean; voice: boolean } {
  const able = new Set(
    Object.entries(capabilities)
      .filter(([, is]) => is === true)
      .map(([name]) => name.toLowerCase()),
  );
  return { sms: able.has('sms'), mms: able.has('mms'), voice: able.has('voice') };
}
