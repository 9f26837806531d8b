import {
  startBedrockSimulator,
  startMetaSimulator,
  startSquareSimulator,
  startTelnyxSimulator,
  startTwilioSimulator,
  type BedrockSimulator,
  type MetaAccountGiven,
  type MetaSimulator,
  type SquareSimulator,
  type TelnyxSimulator,
  type TwilioSimulator,
} from '@frontdesk/simulators';
import type { ClinicDefinition } from '@frontdesk/clinics';
import type { CarrierName } from '@frontdesk/contracts';
import { localWhatsApp } from './local-whatsapp.ts';
import {
  localMetaAppId,
  localMetaAppSecret,
  localSquareSignatureKey,
  localTwilioAuthToken,
} from './service-environments.ts';

/** The outside world of a stack, in this process. */
export type Simulators = {
  readonly telnyx: TelnyxSimulator;
  readonly twilio: TwilioSimulator;
  readonly meta: MetaSimulator;
  readonly square: SquareSimulator;
  readonly bedrock: BedrockSimulator;
};

/** Where the simulators listen: free ports of this machine alone when left out. */
export type SimulatorAddresses = {
  host: string;
  ports: { telnyx: number; twilio?: number; meta?: number; square: number; bedrock: number };
};

export type ModelChoice = Parameters<typeof startBedrockSimulator>[0]['model'];

/** Starts Telnyx, Twilio, Meta, Square and Bedrock; their webhooks go to webhook-ingress, which need not run yet. */
export async function startSimulators(
  webhookUrl: string,
  clinics: readonly ClinicDefinition[],
  model: ModelChoice,
  { host, ports }: SimulatorAddresses = { host: '127.0.0.1', ports: { telnyx: 0, square: 0, bedrock: 0 } },
): Promise<Simulators> {
  const numbersAt = (carrier: CarrierName) =>
    Object.fromEntries(
      clinics
        .filter(({ location }) => (location.carrier ?? 'telnyx') === carrier)
        .map(({ location }) => [location.number, location.messagingProfileId]),
    );
  const [telnyx, twilio, meta, square, bedrock] = await Promise.all([
    startTelnyxSimulator({
      host,
      port: ports.telnyx,
      webhookUrls: {
        messages: `${webhookUrl}/webhooks/telnyx/messages`,
        voice: `${webhookUrl}/webhooks/telnyx/voice`,
      },
      numbers: numbersAt('telnyx'),
    }),
    startTwilioSimulator({
      host,
      port: ports.twilio ?? 0,
      authToken: localTwilioAuthToken,
      webhookUrls: {
        messages: `${webhookUrl}/webhooks/twilio/messages`,
        voice: `${webhookUrl}/webhooks/twilio/voice`,
        voiceStatus: `${webhookUrl}/webhooks/twilio/voice/status`,
      },
      numbers: numbersAt('twilio'),
    }),
    startMetaSimulator({
      host,
      port: ports.meta ?? 0,
      appId: localMetaAppId,
      appSecret: localMetaAppSecret,
      webhookUrl: `${webhookUrl}/webhooks/meta`,
      review: 'at-once',
      accounts: clinics.map(metaAccountOf),
    }),
    startSquareSimulator({
      host,
      port: ports.square,
      signatureKey: localSquareSignatureKey,
      notificationUrl: `${webhookUrl}/webhooks/square`,
      accounts: clinics.flatMap(({ depositAccount }) =>
        depositAccount === null ? [] : [{ ...depositAccount, locationIds: [depositAccount.squareLocationId] }],
      ),
    }),
    startBedrockSimulator({ model, host, port: ports.bedrock }),
  ]);
  return { telnyx, twilio, meta, square, bedrock };
}

export async function stopSimulators({ telnyx, twilio, meta, square, bedrock }: Simulators): Promise<void> {
  await Promise.all([telnyx.stop(), twilio.stop(), meta.stop(), square.stop(), bedrock.stop()]);
}

function metaAccountOf(clinic: ClinicDefinition): MetaAccountGiven {
  const { wabaId, phoneNumberId, token, pin, templates } = localWhatsApp(clinic);
  const { name: displayName, location } = clinic;
  return {
    wabaId,
    token,
    numbers: [{ phoneNumberId, number: location.number, displayName, pin }],
    templates: templates.map(({ externalId, choices, ...template }) => ({
      ...template,
      id: externalId,
      category: template.category.toUpperCase(),
      buttons: choices.map(({ title }) => title),
    })),
  };
}
