import { createServer, type AddressInfo } from 'node:net';

/** An address of this machine where nobody listens any more. */
export async function addressOfNobody(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // of a TCP server
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
