import { get as getPlain, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { Agent, get } from 'node:https';
import { isAddress, isPublicAddress, lookUpPublic, PrivateAddress } from './public-addresses.ts';

/** No connection is kept: one that somebody else opened was not looked at. */
const agent = new Agent({ keepAlive: false, lookup: lookUpPublic });

type Asking = {
  /** The one origin that may be anywhere, and without TLS. */
  standIn: string | undefined;
  headers: OutgoingHttpHeaders;
  signal: AbortSignal;
};

/**
 * Sends one GET and returns the head of the answer; its body is still to be read or destroyed.
 * @throws PrivateAddress for an address that the desk does not follow, and the network's own errors
 */
export async function askForFile(url: URL, { standIn, headers, signal }: Asking): Promise<IncomingMessage> {
  const isStandIn = standIn !== undefined && url.origin === new URL(standIn).origin;
  if (!isStandIn) assertOutside(url);
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? get(url, { headers, signal, ...(!isStandIn && { agent }) }, resolve)
        : getPlain(url, { headers, signal, agent: false }, resolve);
    request.on('error', reject);
  });
}

function assertOutside(url: URL): void {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (url.protocol !== 'https:') throw new PrivateAddress('it is no https');
  if (url.port !== '') throw new PrivateAddress('its port is not that of https');
  if (url.username !== '' || url.password !== '') throw new PrivateAddress('it names a user');
  if (isAddress(host) && !isPublicAddress(host)) throw new PrivateAddress('it is no public address');
}
