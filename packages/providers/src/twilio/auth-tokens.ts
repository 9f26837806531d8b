import { ConfigFault } from '@frontdesk/kernel';

/**
 * The tokens that are good, one or, while the token is rotated, two with a comma between them.
 * @throws ConfigFault when one is empty
 */
export function authTokens(authToken: string): readonly [string, ...string[]] {
  const [first = '', ...others] = authToken.split(',').map((token) => token.trim());
  if (first === '' || others.includes('')) throw new ConfigFault('TWILIO_AUTH_TOKEN is empty');
  return [first, ...others];
}
