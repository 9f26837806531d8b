import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { startEmbeddedPostgres } from '@frontdesk/local-stack';
import { startFauxqs } from 'fauxqs';
import pg from 'pg';

export type StandIn = { port: number; stop: () => Promise<unknown> };

/** The embedded server in place of the container of Postgres, with the same owner and an empty database. */
export async function startPostgres(database: string): Promise<StandIn> {
  const server = await startEmbeddedPostgres({ durable: false });
  const owner = new pg.Client({ connectionString: server.adminUrl('postgres') });
  await owner.connect();
  await owner.query(`create database ${pg.escapeIdentifier(database)}`);
  await owner.end();
  return { port: Number(new URL(server.adminUrl(database)).port), stop: () => server.stop() };
}

/** One address for SQS and Secrets Manager, as LocalStack has: queues are the emulator's, secrets are kept here. */
export async function startAws(): Promise<StandIn> {
  const queues = await startFauxqs({ port: 0, host: '127.0.0.1', logger: false });
  const secrets = new Map<string, string>();
  const server = createServer((incoming, outgoing) => {
    const target = String(incoming.headers['x-amz-target'] ?? '');
    const served = target.startsWith('secretsmanager.')
      ? serveSecrets(target, secrets, incoming, outgoing)
      : forward(queues.port, incoming, outgoing);
    served.catch((error: unknown) => outgoing.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stand-in of AWS has no port');
  return {
    port: address.port,
    async stop() {
      server.close();
      server.closeAllConnections();
      await queues.stop();
    },
  };
}

type SecretRequest = { Name?: string; SecretId?: string; SecretString?: string };

async function serveSecrets(
  target: string,
  secrets: Map<string, string>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const asked = JSON.parse(await text(incoming)) as SecretRequest; // of AWS's own client
  const name = asked.Name ?? asked.SecretId ?? '';
  const refuse = (code: string) => answer(outgoing, 400, { __type: code, message: `${code}: ${name}` });
  switch (target) {
    case 'secretsmanager.CreateSecret':
      if (secrets.has(name)) return refuse('ResourceExistsException');
      secrets.set(name, asked.SecretString ?? '');
      return answer(outgoing, 200, { Name: name });
    case 'secretsmanager.PutSecretValue':
      if (!secrets.has(name)) return refuse('ResourceNotFoundException');
      secrets.set(name, asked.SecretString ?? '');
      return answer(outgoing, 200, { Name: name });
    case 'secretsmanager.GetSecretValue':
      if (!secrets.has(name)) return refuse('ResourceNotFoundException');
      return answer(outgoing, 200, { Name: name, SecretString: secrets.get(name) });
    default:
      return refuse('InvalidRequestException');
  }
}

function answer(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
}

async function forward(port: number, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { method, url: path, headers } = incoming;
  const onward = request({ host: '127.0.0.1', port, method, path, headers });
  outgoing.once('close', () => onward.destroy());
  incoming.pipe(onward);
  // the one argument of the event
  const [response] = (await once(onward, 'response')) as [IncomingMessage];
  outgoing.writeHead(response.statusCode ?? 502, response.headers);
  response.pipe(outgoing);
}
