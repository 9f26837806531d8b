import { connect, type Socket } from 'node:net';

export type Drive = { perSecond: number; p50Ms: number; p99Ms: number };

/**
 * Sends the requests over `connections` raw sockets, the next one on each as soon as the last is answered (closed loop).
 * @throws Error when an answer is anything but 200: then nothing was measured
 */
export async function drive(port: number, requests: readonly Buffer[], connections: number): Promise<Drive> {
  const sockets = await Promise.all(Array.from({ length: connections }, () => open(port)));
  const tookMs: number[] = [];
  let next = 0;
  const start = performance.now();
  await Promise.all(
    sockets.map(async (socket) => {
      for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
        const sent = performance.now();
        const answer = await ask(socket, request);
        if (!answer.startsWith('HTTP/1.1 200')) throw new Error(`answered ${answer.slice(0, 200)}`);
        tookMs.push(performance.now() - sent);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  for (const socket of sockets) socket.destroy();
  const sorted = tookMs.toSorted((a, b) => a - b);
  const percentile = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { perSecond: requests.length / seconds, p50Ms: percentile(0.5), p99Ms: percentile(0.99) };
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

/** The answers are small and have a length, so one ends where its body has that many bytes. */
function ask(socket: Socket, request: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const onData = (chunk: Buffer) => {
      answer += chunk.toString('latin1');
      const head = answer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
      if (answer.length < head + 4 + length) return;
      socket.off('data', onData).off('close', onClose);
      resolve(answer);
    };
    const onClose = () => reject(new Error(`the connection closed after: ${answer.slice(0, 200)}`));
    socket.on('data', onData).once('close', onClose);
    socket.write(request);
  });
}
