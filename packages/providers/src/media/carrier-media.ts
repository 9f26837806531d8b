import type { IncomingMessage } from 'node:http';
import type { CarrierName } from '@frontdesk/contracts';
import { assertMayLeave } from '@frontdesk/kernel';
import type { FetchOutcome, MediaSource } from '@frontdesk/messaging/ports';
import { askForFile } from './ask-for-file.ts';
import { PrivateAddress } from './public-addresses.ts';
import { readAtMost, TooLarge } from './read-at-most.ts';

/** How files are had from a carrier. */
export type CarrierFiles = {
  /** Hosts of the carrier itself, which alone are told its secrets; one that begins with a dot stands for all below it. */
  hosts: readonly string[];
  /** An `Authorization` header. */
  authorization: string;
  /** `when-asked`: the first question is without it, since the carrier also gives out files of others, which refuse it. */
  authorize: 'always' | 'when-asked';
  /** Where a simulator stands in for the carrier: without TLS, on this machine. */
  standIn?: string | undefined;
};

export type CarrierMediaOptions = {
  carriers: Partial<Record<CarrierName, CarrierFiles>>;
  /** The longest file; carriers take at most 5 MB to us. */
  mostBytes?: number;
  timeoutMs?: number;
};

const mostRedirects = 3;

/**
 * Fetches files of texts from their carriers. The address comes from a signed webhook and is followed all the same as if a
 * stranger had written it: https to public addresses on the usual port, few redirects, a limit of bytes and of time.
 */
export function carrierMedia({
  carriers,
  mostBytes = 10_485_760,
  timeoutMs = 30_000,
}: CarrierMediaOptions): MediaSource {
  return {
    async fetch({ provider, url }) {
      assertMayLeave('fetch a file from the carrier');
      const carrier = carriers[provider];
      if (carrier === undefined) return { kind: 'retryable', code: `no-account-at-${provider}` };
      const signal = AbortSignal.timeout(timeoutMs);
      try {
        const first = await follow(url, carrier, { signal, authorized: carrier.authorize === 'always' });
        const asked = carrier.authorize === 'when-asked' && (first.statusCode === 401 || first.statusCode === 403);
        const response = asked ? await again(first, () => follow(url, carrier, { signal, authorized: true })) : first;
        return await outcomeOf(response, mostBytes);
      } catch (error) {
        return outcomeOfFault(error);
      }
    },
  };
}

async function again(first: IncomingMessage, ask: () => Promise<IncomingMessage>): Promise<IncomingMessage> {
  first.destroy();
  return ask();
}

/** Asks, and asks again where it is sent, with the carrier's secrets only at the carrier's own hosts. */
async function follow(
  address: string,
  carrier: CarrierFiles,
  { signal, authorized }: { signal: AbortSignal; authorized: boolean },
): Promise<IncomingMessage> {
  let url = new URL(address);
  for (let redirects = 0; ; redirects++) {
    const response = await askForFile(url, {
      standIn: carrier.standIn,
      headers: authorized && isOwnHost(url, carrier) ? { authorization: carrier.authorization } : {},
      signal,
    });
    const { statusCode = 0, headers } = response;
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return response;
    response.destroy();
    if (redirects === mostRedirects) throw new Misled('it leads from one address to the next');
    if (!URL.canParse(headers.location, url)) throw new Misled('it leads to no address');
    url = new URL(headers.location, url);
  }
}

/** An address that the desk does not follow. */
class Misled extends Error {}

function isOwnHost(url: URL, { hosts, standIn }: CarrierFiles): boolean {
  if (standIn !== undefined && url.origin === new URL(standIn).origin) return true;
  if (url.protocol !== 'https:') return false;
  return hosts.some((host) => (host.startsWith('.') ? url.hostname.endsWith(host) : url.hostname === host));
}

async function outcomeOf(response: IncomingMessage, mostBytes: number): Promise<FetchOutcome> {
  const { statusCode = 0, headers } = response;
  if (statusCode === 200) return { kind: 'fetched', bytes: await readAtMost(response, mostBytes) };
  response.destroy();
  const code = `http-${statusCode}`;
  if (statusCode === 404 || statusCode === 410) return { kind: 'gone', reason: `the carrier has it no more (${code})` };
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return { kind: 'retryable', code, ...(seconds >= 0 && { retryAfterMs: seconds * 1_000 }) };
}

function outcomeOfFault(error: unknown): FetchOutcome {
  if (error instanceof TooLarge) return { kind: 'refused', reason: error.message };
  if (error instanceof Misled || error instanceof PrivateAddress) {
    return { kind: 'refused', reason: `its address is not followed: ${error.message}` };
  }
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'no-answer';
  return { kind: 'retryable', code };
}
