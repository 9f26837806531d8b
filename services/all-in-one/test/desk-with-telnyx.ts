import { newId } from '@frontdesk/kernel';
import { startLocalIssuer } from '@frontdesk/local-issuer';
import { freePort } from '@frontdesk/local-stack';
import { startTelnyxSimulator } from '@frontdesk/simulators';
import { createTestClinic, createTestDatabase, until } from '@frontdesk/testkit';
import { compose } from '../src/compose.ts';
import { loadConfig } from '../src/config.ts';

export type DeskWithTelnyx = Awaited<ReturnType<typeof startDeskWithTelnyx>>;

/** The whole desk in this process, with a carrier on the wire whose webhooks reach it, and an owner of a clinic who asks. */
export async function startDeskWithTelnyx() {
  const [database, issuer, port] = await Promise.all([createTestDatabase(), startLocalIssuer(), freePort()]);
  const here = `http://127.0.0.1:${port}`;
  const telnyx = await startTelnyxSimulator({
    apiKey: 'KEY-test',
    webhookUrls: { messages: `${here}/webhooks/telnyx/messages`, voice: `${here}/webhooks/telnyx/voice` },
  });
  const desk = compose(
    await loadConfig({
      FRONTDESK_ENV: 'test',
      PORT: String(port),
      LOG_LEVEL: 'silent',
      DATABASE_URL: database.appUrl,
      TELNYX_PUBLIC_KEY: telnyx.publicKey,
      TELNYX_API_KEY: 'KEY-test',
      TELNYX_BASE_URL: telnyx.apiUrl,
      SQUARE_WEBHOOK_SIGNATURE_KEY: 'key',
      PUBLIC_WEBHOOK_URL: here,
      PAYMENT_RETURN_URL: 'http://127.0.0.1:9/paid',
      BEDROCK_ENDPOINT: 'http://127.0.0.1:9',
      BEDROCK_MODEL_ID: 'model',
      TOKEN_KEYS: `one:${Buffer.alloc(32, 1).toString('base64')}`,
      MEDIA_FOLDER: '/nowhere',
      ADMIN_ISSUER: issuer.url,
      ADMIN_AUDIENCE: issuer.audience,
      ADMIN_JWKS_URL: issuer.jwksUrl,
      SEND_RETRY_BASE_MS: '20',
      SWEEP_EVERY_MS: '1000',
    }),
  );
  await desk.start();
  const clinic = await createTestClinic(database.owner);
  const token = await issuer.mint({ orgs: { [clinic.id]: 'owner' }, subject: 'olga' });

  async function ask(path: string, body?: Record<string, unknown>) {
    const answer = await fetch(`${here}/admin${path}${body === undefined ? `?orgId=${clinic.id}` : ''}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': newId(),
      },
      ...(body !== undefined && { body: JSON.stringify({ orgId: clinic.id, ...body }) }),
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }; // as every answer is
  }

  return {
    telnyx,
    clinic,
    adminUrl: database.adminUrl,
    anotherClinic: () => createTestClinic(database.owner),
    ask,
    async rows<Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> {
      return (await database.owner.query<Row>(sql, values)).rows;
    },
    /** Waits until what is at the path is in a state; the answer is the whole of it. */
    async untilState(path: string, state: string) {
      let seen: Record<string, unknown> = {};
      const is = async () => {
        seen = (await ask(path)).body;
        return seen['state'] === state;
      };
      await until(() => `${path} is ${state}: ${JSON.stringify(seen)}`, is);
      return seen;
    },
    async stop() {
      await telnyx.settled();
      await desk.stop();
      await Promise.all([telnyx.stop(), issuer.stop()]);
      await database.close();
    },
  };
}
