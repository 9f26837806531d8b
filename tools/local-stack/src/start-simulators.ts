import {
  startBedrockSimulator,
  startSquareSimulator,
  startTelnyxSimulator,
  type BedrockSimulator,
  type SquareSimulator,
  type TelnyxSimulator,
} from '@frontdesk/simulators';
import type { ClinicDefinition } from './clinic-definition.ts';
import { localSquareSignatureKey } from './service-environments.ts';

/** The outside world of a stack, in this process. */
export type Simulators = {
  readonly telnyx: TelnyxSimulator;
  readonly square: SquareSimulator;
  readonly bedrock: BedrockSimulator;
};

export type ModelChoice = Parameters<typeof startBedrockSimulator>[0]['model'];

/** Starts Telnyx, Square and Bedrock; their webhooks go to webhook-ingress, which need not run yet. */
export async function startSimulators(
  webhookUrl: string,
  clinics: readonly ClinicDefinition[],
  model: ModelChoice,
): Promise<Simulators> {
  const [telnyx, square, bedrock] = await Promise.all([
    startTelnyxSimulator({
      webhookUrls: {
        messages: `${webhookUrl}/webhooks/telnyx/messages`,
        voice: `${webhookUrl}/webhooks/telnyx/voice`,
      },
      numbers: Object.fromEntries(clinics.map(({ location }) => [location.number, location.messagingProfileId])),
    }),
    startSquareSimulator({
      signatureKey: localSquareSignatureKey,
      notificationUrl: `${webhookUrl}/webhooks/square`,
      accounts: clinics.flatMap(({ depositAccount }) =>
        depositAccount === null ? [] : [{ ...depositAccount, locationIds: [depositAccount.squareLocationId] }],
      ),
    }),
    startBedrockSimulator({ model }),
  ]);
  return { telnyx, square, bedrock };
}

export async function stopSimulators({ telnyx, square, bedrock }: Simulators): Promise<void> {
  await Promise.all([telnyx.stop(), square.stop(), bedrock.stop()]);
}
