import { linksIn } from './links.ts';
import { shortenerHosts } from './shortener-hosts.ts';

/** A link that a clinic's text must not carry. */
export type LinkFault = {
  code: 'shortened' | 'not-the-clinics' | 'not-secure';
  /** The link as it stands in the text. */
  link: string;
  /** For whoever wrote it. */
  words: string;
};

/** Where Square's payment links and pages live. */
const squareHosts = ['square.link', 'checkout.square.site', 'squareup.com', 'squareupsandbox.com'] as const;

/**
 * Only the clinic's own links and Square's may be texted, in full: a shortener sees who taps, and carriers filter it.
 * `ownHosts` are those of the clinic, such as `radiance.example`; their subdomains are its own, too.
 */
export function linkFaults(body: string, ownHosts: readonly string[]): LinkFault[] {
  const allowed = [...squareHosts, ...ownHosts.map((host) => host.toLowerCase().replace(/^www\./, ''))];
  return linksIn(body).flatMap(({ text, scheme, host }): LinkFault[] => {
    if (shortenerHosts.has(host)) {
      return [{ code: 'shortened', link: text, words: `${text} is a shortened link: give the full address.` }];
    }
    if (!allowed.some((own) => host === own || host.endsWith(`.${own}`))) {
      return [{ code: 'not-the-clinics', link: text, words: `${text} is not a link of the clinic or of Square.` }];
    }
    if (scheme !== null && scheme !== 'https') {
      return [{ code: 'not-secure', link: text, words: `${text} must begin with https://.` }];
    }
    return [];
  });
}
