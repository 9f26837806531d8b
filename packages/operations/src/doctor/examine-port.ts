import { createServer } from 'node:net';
import { fine, wrong, type Finding } from './finding.ts';

const withinMs = 3_000;

/** A service's port on this machine: the service answers there and is ready, or nobody has the port. */
export async function examinePort(service: string, port: number): Promise<Finding> {
  const subject = `port ${port}`;
  const health = await ask(`http://127.0.0.1:${port}/health`);
  if (health !== null && health.service === service) {
    const ready = await ask(`http://127.0.0.1:${port}/ready`);
    if (ready?.ready === true) return fine(subject, `${service} runs there and is ready`);
    return wrong(
      subject,
      `${service} runs there and is not ready (${ready?.failing?.join(', ') ?? 'no answer'})`,
      'mend what it waits for',
    );
  }
  return (await isFree(port))
    ? fine(subject, 'free')
    : wrong(subject, `taken by ${health?.service ?? 'something else'}`, 'end that process, or set another PORT');
}

type Answer = { service?: string; ready?: boolean; failing?: string[] };

/** Null when nobody answers there, or not as our services do. */
async function ask(url: string): Promise<Answer | null> {
  try {
    const answer: unknown = await (await fetch(url, { signal: AbortSignal.timeout(withinMs) })).json();
    return typeof answer === 'object' && answer !== null ? answer : null;
  } catch {
    return null;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
