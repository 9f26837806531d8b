import { newId, present, type Clock } from '@frontdesk/kernel';
import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply } from '../wire/route.ts';
import { noSuchObject, refusal } from './errors.ts';
import type { MetaAccountGiven, MetaSignUp } from './types.ts';

export interface MetaNumber {
  phoneNumberId: string;
  number: string;
  displayName: string;
  quality: string;
  registered: boolean;
  pin: string | null;
  account: MetaAccount;
}

export interface MetaAccount {
  wabaId: string;
  numbers: MetaNumber[];
  /** Whether the app hears of it. */
  subscribed: boolean;
  /** Where its messages go instead of to the app's own address. */
  callback: string | null;
}

interface Token {
  account: MetaAccount;
  expiresAt: Temporal.Instant | null;
  revoked: boolean;
}

/** The code of a sign-up works for this long, once. */
const CODE_SECONDS = 30;

export interface MetaAccounts {
  /** Connects an account; returns its token. */
  add: (account: MetaAccountGiven) => string;
  /** Returns the code of a sign-up. */
  signUp: (signUp: MetaSignUp) => string;
  exchange: (code: string) => { token: string; expiresAt: Temporal.Instant | null } | Reply;
  inspect: (token: string) => { valid: boolean; expiresAt: Temporal.Instant | null };
  expireToken: (token: string) => void;
  revokeTokens: (wabaId: string) => void;
  account: (wabaId: string) => MetaAccount | null;
  byNumber: (number: string) => MetaNumber | null;
  byId: (phoneNumberId: string) => MetaNumber | null;
  subscriptionOf: (wabaId: string) => { subscribed: boolean; callback: string | null };
  isRegistered: (phoneNumberId: string) => boolean;
  setPin: (phoneNumberId: string, pin: string) => void;
  /** The account that a request's token opens, or the answer to it. */
  open: (request: ReceivedRequest) => MetaAccount | Reply;
  /** The account of the path, when the token opens it. */
  openAccount: (request: ReceivedRequest) => MetaAccount | Reply;
  /** The number of the path, when the token opens it. */
  openNumber: (request: ReceivedRequest) => MetaNumber | Reply;
}

/** Business accounts, their numbers, and the tokens and codes that open them. */
export function createMetaAccounts({ clock, tokenDays }: { clock: Clock; tokenDays: number | null }): MetaAccounts {
  const accounts = new Map<string, MetaAccount>();
  const tokens = new Map<string, Token>();
  const codes = new Map<string, { account: MetaAccount; issuedAt: Temporal.Instant; used: boolean }>();
  const allNumbers = () => [...accounts.values()].flatMap(({ numbers }) => numbers);

  const byId = (id: string) => allNumbers().find(({ phoneNumberId }) => phoneNumberId === id) ?? null;

  function ensure(wabaId: string): MetaAccount {
    const account = accounts.get(wabaId) ?? { wabaId, numbers: [], subscribed: false, callback: null };
    accounts.set(wabaId, account);
    return account;
  }

  function putNumber(account: MetaAccount, given: MetaAccountGiven['numbers'][number], registered: boolean): void {
    const { phoneNumberId, number, displayName = 'Glow Clinic', pin = null } = given;
    const others = account.numbers.filter((each) => each.phoneNumberId !== phoneNumberId);
    const added = { phoneNumberId, number, displayName, quality: 'GREEN', registered, pin, account };
    account.numbers = [...others, added];
  }

  const isGood = ({ revoked, expiresAt }: Token) =>
    !revoked && (expiresAt === null || Temporal.Instant.compare(clock(), expiresAt) < 0);

  function open({ headers }: ReceivedRequest): MetaAccount | Reply {
    const [, bearer = ''] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
    const token = tokens.get(bearer);
    return token !== undefined && isGood(token) ? token.account : refusal(190);
  }

  return {
    add({ wabaId, numbers, token = `EAA${wabaId}` }) {
      const account = ensure(wabaId);
      account.subscribed = true;
      for (const number of numbers) putNumber(account, number, true);
      tokens.set(token, { account, expiresAt: null, revoked: false });
      return token;
    },

    signUp({ wabaId, ...number }) {
      const account = ensure(wabaId);
      putNumber(account, number, false);
      const code = `AQ${newId().replaceAll('-', '')}`;
      codes.set(code, { account, issuedAt: clock(), used: false });
      return code;
    },

    /** UNVERIFIED: the subcodes, which are Facebook Login's own. */
    exchange(code: string): { token: string; expiresAt: Temporal.Instant | null } | Reply {
      const issued = codes.get(code);
      if (issued === undefined) return refusal(100, 'Invalid verification code format.', 36008);
      if (issued.used) return refusal(100, 'This authorization code has been used.', 36009);
      const dead = Temporal.Instant.compare(clock(), issued.issuedAt.add({ seconds: CODE_SECONDS })) >= 0;
      if (dead) return refusal(100, 'This authorization code has expired.', 36007);
      issued.used = true;
      const token = `EAA${newId().replaceAll('-', '')}`;
      const expiresAt = tokenDays === null ? null : clock().add({ hours: 24 * tokenDays });
      tokens.set(token, { account: issued.account, expiresAt, revoked: false });
      return { token, expiresAt };
    },

    inspect(token) {
      const known = tokens.get(token);
      return { valid: known !== undefined && isGood(known), expiresAt: known?.expiresAt ?? null };
    },

    expireToken(token) {
      const known = tokens.get(token);
      if (known !== undefined) known.expiresAt = clock();
    },

    revokeTokens(wabaId) {
      for (const token of tokens.values()) if (token.account.wabaId === wabaId) token.revoked = true;
    },

    account: (wabaId) => accounts.get(wabaId) ?? null,
    byNumber: (number) => allNumbers().find((each) => each.number === number) ?? null,
    byId,

    subscriptionOf(wabaId) {
      const { subscribed, callback } = present(accounts.get(wabaId), 'the account');
      return { subscribed, callback };
    },

    isRegistered: (phoneNumberId) => present(byId(phoneNumberId), 'the number').registered,

    setPin(phoneNumberId, pin) {
      present(byId(phoneNumberId), 'the number').pin = pin;
    },

    open,

    openAccount(request) {
      const account = open(request);
      if ('status' in account) return account;
      return account.wabaId === request.params['id'] ? account : noSuchObject();
    },

    openNumber(request) {
      const account = open(request);
      if ('status' in account) return account;
      return account.numbers.find(({ phoneNumberId }) => phoneNumberId === request.params['id']) ?? noSuchObject();
    },
  };
}
