import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A name that leads into a network of ours, to this machine, or nowhere. */
export class PrivateAddress extends Error {
  readonly code = 'PRIVATE_ADDRESS';
}

/** Looks a name up as usual, but only for a way out: what is connected to is what was looked at. */
export const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, '');
    const [first] = addresses;
    if (first === undefined || !addresses.every(({ address }) => isPublicAddress(address))) {
      return callback(new PrivateAddress('the name leads to no public address'), '');
    }
    if (options.all === true) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};

/** Whether an address, or a host written as one, is none of the reserved and private ranges. */
export function isPublicAddress(host: string): boolean {
  return ipaddr.process(host).range() === 'unicast';
}

/** Whether a host of a URL is an address and no name, which nothing looks up. */
export function isAddress(host: string): boolean {
  return ipaddr.isValid(host);
}
