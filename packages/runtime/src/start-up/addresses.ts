import { BlockList, isIP } from 'node:net';

const inside = new BlockList();
inside.addSubnet('10.0.0.0', 8);
inside.addSubnet('127.0.0.0', 8);
inside.addSubnet('169.254.0.0', 16);
inside.addSubnet('172.16.0.0', 12);
inside.addSubnet('192.168.0.0', 16);
inside.addAddress('0.0.0.0');
inside.addAddress('::1', 'ipv6');
inside.addAddress('::', 'ipv6');
inside.addSubnet('fc00::', 7, 'ipv6');

/** Why nobody outside can, or should, come to this address; null when they can. */
export function whyNotPublic({ protocol, hostname }: URL): string | null {
  if (protocol !== 'https:') return 'it is not https';
  const host = hostname.replace(/^\[|\]$/g, '');
  const family = isIP(host);
  const isInside =
    family === 0
      ? host === 'localhost' || /\.(localhost|local|internal|test|example|invalid)$/.test(host) || !host.includes('.')
      : inside.check(host, family === 6 ? 'ipv6' : 'ipv4');
  return isInside ? 'nobody outside this network reaches it' : null;
}

/** Why the address is not one of the vendor's own hosts; one that begins with a dot stands for all below it. */
export function whyNotVendor({ protocol, hostname }: URL, hosts: readonly string[]): string | null {
  const known = hosts.some((host) => (host.startsWith('.') ? hostname.endsWith(host) : hostname === host));
  if (protocol === 'https:' && known) return null;
  return "it is not the vendor's own address, so an emulator, a simulator or a sandbox would answer";
}
