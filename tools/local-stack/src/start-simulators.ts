import {
  startBedrockSimulator,
  startSquareSimulator,
  startTelnyxSimulator,
  type BedrockSimulator,
  type SquareSimulator,
  type TelnyxSimulator,
} from '@frontdesk/simulators';
import type { ClinicDefinition } from '@frontdesk/clinics';
import { localSquareSignatureKey } from './service-environments.ts';

/** The outside world of a stack, in this process. */
export type Simulators = {
  readonly telnyx: TelnyxSimulator;
  readonly square: SquareSimulator;
  readonly bedrock: BedrockSimulator;
};

/** Where the simulators listen: free ports of this machine alone when left out. */
export type SimulatorAddresses = { host: string; ports: { telnyx: number; square: number; bedrock: number } };

export type ModelChoice = Parameters<typeof startBedrockSimulator>[0]['model'];

/** Starts Telnyx, Square and Bedrock; their webhooks go to webhook-ingress, which need not run yet. */
export async function startSimulators(
  webhookUrl: string,
  clinics: readonly ClinicDefinition[],
  model: ModelChoice,
  { host, ports }: SimulatorAddresses = { host: '127.0.0.1', ports: { telnyx: 0, square: 0, bedrock: 0 } },
): Promise<Simulators> {
  const [telnyx, square, bedrock] = await Promise.all([
    startTelnyxSimulator({
      host,
      port: ports.telnyx,
      webhookUrls: {
        messages: `${webhookUrl}/webhooks/telnyx/messages`,
        voice: `${webhookUrl}/webhooks/telnyx/voice`,
      },
      numbers: Object.fromEntries(clinics.map(({ location }) => [location.number, location.messagingProfileId])),
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
  return { telnyx, square, bedrock };
}

export async function stopSimulators({ telnyx, square, bedrock }: Simulators): Promise<void> {
  await Promise.all([telnyx.stop(), square.stop(), bedrock.stop()]);
}
