/** Mail that anybody can open: the registry wants an address of the business's own domain. */
const freeMail: ReadonlySet<string> = new Set([
  'gmail.com',
  'googlemail.com',
  'yahoo.com',
  'ymail.com',
  'rocketmail.com',
  'hotmail.com',
  'outlook.com',
  'live.com',
  'msn.com',
  'aol.com',
  'aim.com',
  'icloud.com',
  'me.com',
  'mac.com',
  'proton.me',
  'protonmail.com',
  'pm.me',
  'gmx.com',
  'gmx.net',
  'mail.com',
  'zoho.com',
  'yandex.com',
  'mail.ru',
  'qq.com',
  'hey.com',
  'fastmail.com',
  'tutanota.com',
  'comcast.net',
  'verizon.net',
  'att.net',
  'sbcglobal.net',
  'bellsouth.net',
  'cox.net',
  'charter.net',
  'earthlink.net',
  'mailinator.com',
  'yopmail.com',
]);

/** Pages of somebody else, which say nothing of who the business is. */
const socialPages: readonly string[] = [
  'facebook.com',
  'fb.com',
  'instagram.com',
  'twitter.com',
  'x.com',
  'tiktok.com',
  'linkedin.com',
  'youtube.com',
  'pinterest.com',
  'yelp.com',
  'nextdoor.com',
  'linktr.ee',
  'beacons.ai',
  'bio.link',
  'g.page',
  'business.site',
  'maps.google.com',
  'groupon.com',
  'vagaro.com',
  'booksy.com',
  'styleseat.com',
];

/** The host of an address of the web, without `www.`; null for what is none. */
export function hostOf(address: string | null): string | null {
  if (address === null || address.trim() === '') return null;
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(whole)) return null;
  const { hostname, protocol } = new URL(whole);
  if (protocol !== 'https:' && protocol !== 'http:') return null;
  return hostname.toLowerCase().replace(/^www\./, '');
}

/** Whether somebody on the internet could open it: a name with a known kind of ending, and no address of a machine. */
export function looksReachable(host: string): boolean {
  const isName = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/.test(host);
  return (
    isName && !/(?:^|\.)(?:example|test|invalid|local|localhost|internal|lan)$|^example\.(?:com|org|net)$/.test(host)
  );
}

export function mailHost(address: string): string | null {
  const host = /^[^\s@]+@([^\s@]+\.[^\s@]+)$/.exec(address.trim())?.[1];
  return host === undefined ? null : host.toLowerCase();
}

export const isFreeMail = (host: string): boolean => freeMail.has(host);

export const isSocialPage = (host: string): boolean => socialPages.some((social) => isWithin(host, social));

/** The same host, or one is a part of the other: `mail.oakspa.com` and `oakspa.com`. */
export function belongTogether(one: string, other: string): boolean {
  return isWithin(one, other) || isWithin(other, one) || ownDomain(one) === ownDomain(other);
}

const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`);

/** The last two labels, or three under a two-letter country's second level such as `co.uk`. */
function ownDomain(host: string): string {
  const labels = host.split('.');
  const parts = /\.(?:co|com|org|net|ac|gov)\.[a-z]{2}$/.test(host) ? 3 : 2;
  return labels.slice(-parts).join('.');
}
