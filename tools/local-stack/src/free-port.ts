import { randomInt } from 'node:crypto';
import { createServer, type Server } from 'node:net';

/**
 * Below the ports that systems give to outgoing connections, one of which could take a port between the look at it and the
 * start of the process that it is for.
 */
const from = 10_240;
const until = 32_768;
const tries = 50;

/** A TCP port that nobody listens on. */
export async function freePort(): Promise<number> {
  const [port] = await freePorts(1);
  if (port === undefined) throw new Error('no port was found');
  return port;
}

/** Several free ports, all different: they are held together before they are let go. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening(tries)));
  const ports = servers.map(portOf);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

async function listening(triesLeft: number): Promise<Server> {
  try {
    return await listen(randomInt(from, until));
  } catch (error) {
    if (triesLeft <= 1) throw error;
    return listening(triesLeft - 1);
  }
}

/** On all addresses, as services do. */
function listen(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server without a port');
  return address.port;
}
