import { clinicNumber, openDesk, type Desk, type Patient } from '@frontdesk/journeys';
import type { Random } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { startFauxqs } from 'fauxqs';
import { pick, seededRandom } from './seeded-random.ts';
import { createModelRules, type ModelRules } from './stand/model-rules.ts';
import { startSqsProxy, type SqsProxy } from './stand/sqs-proxy.ts';
import { startCrashableDatabase, type CrashableDatabase } from './stand/start-database.ts';
import { startTcpProxy, type TcpProxy } from './stand/tcp-proxy.ts';

type Clinic = ReturnType<typeof clinicNumber>;

/** The running desk with everything around it that may fail, as one fault sees it. */
export type Scene = {
  readonly desk: Desk;
  readonly clinics: readonly Clinic[];
  readonly database: Pick<CrashableDatabase, 'crash' | 'revive'>;
  readonly queues: SqsProxy;
  readonly model: ModelRules;
  /** Between the services and Postgres, and between messaging-worker and the carrier. */
  readonly networks: { readonly postgres: TcpProxy; readonly carrier: TcpProxy };
  /** Seeded: the same seed gives the same choices. */
  readonly random: Random;
  /** Waits until patients are under way: some of their texts have come since this wave of faults began. */
  untilBusy(): Promise<void>;
  /** Somebody new, at a clinic that the seed picks unless one is given. */
  patient(clinic?: Clinic): Patient;
};

export type Stage = {
  /** Call it before the patients of a wave begin. */
  beginWave(): Promise<void>;
  /** The scene for a fault under a seed. */
  sceneOf(fault: string, seed: number): Scene;
  /** Ends all misbehaviour of the providers, the queues and the networks. */
  behave(): void;
  close(): Promise<void>;
};

/** Short waits, so that what is late is late soon. */
const environment = {
  payments: { SQUARE_TIMEOUT_MS: '1000', LINK_DELAY_NOTICE_MS: '2000' },
  'conversation-worker': { BEDROCK_TIMEOUT_MS: '3000', TURN_DEADLINE_MS: '10000' },
};

/** Starts a desk of several clinics on a Postgres, a queue and a network of its own. */
export async function openStage(): Promise<Stage> {
  // One reminder, so near to the visit that any visit has it, whatever the time of the day.
  const reminders = [5];
  const clinics = [
    clinicNumber(60, { reminders }),
    clinicNumber(61, { reminders, name: 'Oak Skin Studio' }),
    clinicNumber(62, { reminders }),
  ];
  const [server, emulator, postgres, carrier] = await Promise.all([
    startCrashableDatabase(),
    startFauxqs({ port: 0, host: '127.0.0.1', logger: false }),
    startTcpProxy(),
    startTcpProxy(),
  ]);
  const queues = await startSqsProxy(`http://127.0.0.1:${emulator.port}`, seededRandom('queues'));
  const stopAround = () => Promise.all([queues.stop(), postgres.stop(), carrier.stop(), emulator.stop()]);
  const model = createModelRules();
  postgres.leadTo(portOf(server.appUrl));
  const through = (url: string, { port }: TcpProxy) => Object.assign(new URL(url), { port: String(port) }).href;
  const desk = await openDesk(clinics, {
    server,
    appUrl: through(server.appUrl, postgres),
    sqsEndpoint: queues.url,
    model: model.model,
    environment: {
      ...environment,
      'messaging-worker': { TELNYX_BASE_URL: through('http://127.0.0.1/v2', carrier) },
    },
  }).catch(async (error: unknown) => {
    await Promise.allSettled([server.close(), stopAround()]);
    throw error;
  });
  const { telnyx, square, bedrock } = desk.simulators;
  carrier.leadTo(portOf(telnyx.apiUrl));
  let textsBefore = 0;
  const textsThatCame = () => desk.count('from inbound_messages');
  return {
    async beginWave() {
      textsBefore = await textsThatCame();
    },
    sceneOf(fault, seed) {
      const random = seededRandom(fault, seed);
      return {
        desk,
        clinics,
        database: server,
        queues,
        model,
        networks: { postgres, carrier },
        random,
        async untilBusy() {
          await until('some texts come', async () => (await textsThatCame()) >= textsBefore + 2, 60_000);
        },
        patient: (clinic = pick(random, clinics)) => desk.patient(clinic),
      };
    },
    behave() {
      for (const misbehaving of [telnyx, square, bedrock, queues, postgres, carrier]) misbehaving.behave();
    },
    async close() {
      await desk.close();
      await stopAround();
    },
  };
}

const portOf = (url: string) => Number(new URL(url).port);
