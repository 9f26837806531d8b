import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply } from '../wire/route.ts';
import { squareError } from './errors.ts';
import type { SquareAccount, TokenRefusal } from './types.ts';

/** The sellers who connected us, by their access tokens. */
export interface Accounts {
  add: (account: SquareAccount) => void;
  refuse: (accessToken: string, code: TokenRefusal) => void;
  authenticate: (request: ReceivedRequest) => { account: SquareAccount } | { denied: Reply };
}

export function createAccounts(given: readonly SquareAccount[]): Accounts {
  const accounts = new Map(given.map((account) => [account.accessToken, account]));
  const refusals = new Map<string, TokenRefusal>();

  return {
    add(account) {
      accounts.set(account.accessToken, account);
      refusals.delete(account.accessToken);
    },

    refuse(accessToken, code) {
      refusals.set(accessToken, code);
    },

    authenticate(request) {
      const token = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const refusal = refusals.get(token);
      if (refusal !== undefined) return { denied: squareError(refusal, 'This request could not be authorized.') };
      const account = accounts.get(token);
      if (account === undefined) {
        return { denied: squareError('UNAUTHORIZED', 'This request could not be authorized.') };
      }
      return { account };
    },
  };
}
