import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { createDatabase } from './database.ts';

let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await createTestDatabase();
});
afterAll(() => postgres.close());

/** The way to the server, which can be told to swallow everything that travels on it and to close nothing. */
async function openWay(target: URL) {
  const ways: [Socket, Socket][] = [];
  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) socket.on('error', () => {});
    ways.push([near, far]);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = new URL(target);
  url.port = String((server.address() as AddressInfo).port); // it listens on TCP
  return {
    url: url.href,
    swallow() {
      for (const [near, far] of ways.splice(0)) {
        near.unpipe(far).resume();
        far.unpipe(near).resume();
      }
    },
    close: () => server.close(),
  };
}

describe('a network that drops everything without a word', () => {
  it('fails the transaction in bounded time, and the next one gets a connection that works', async () => {
    const { id: orgId } = await createTestClinic(postgres.owner);
    const way = await openWay(new URL(postgres.appUrl));
    const database = createDatabase({ url: way.url, role: 'frontdesk_payments', max: 1, statementTimeoutMs: 100 });
    const read = () => database.inTenant(orgId, (tx) => tx.$queryRaw<unknown[]>`select id from organizations`);
    expect(await read()).toHaveLength(1);
    way.swallow();
    await expect(read()).rejects.toThrow(/timeout|terminated/i);
    expect(await read()).toHaveLength(1);
    await database.close();
    way.close();
  });
});
