import type { TenantDatabase } from '@frontdesk/db';
import { openToken, PermanentFailure, type Clock, type Id, type TokenKeys } from '@frontdesk/kernel';
import type { MetaNumberSettings } from '@frontdesk/providers/meta';

type Row = { org_id: Id; token: Buffer | null; token_key_id: string | null };

/** A token that was replaced is used for no longer. */
const keptFor = Temporal.Duration.from({ minutes: 1 });
const mostKept = 1_000;

/**
 * The business tokens of the clinics' numbers at Meta, by Meta's id of the number. Each is kept in memory for a minute, or until
 * Meta refuses it: the clinic may have connected anew. `tokenOf` throws PermanentFailure when no clinic has the number, or its token is gone
 */
export function makeWhatsAppTokens({
  database,
  keys,
  clock,
}: {
  database: Pick<TenantDatabase, 'lookUp'>;
  keys: TokenKeys;
  clock: Clock;
}): Required<Pick<MetaNumberSettings, 'tokenOf' | 'forgetToken'>> {
  const kept = new Map<string, { token: string; until: Temporal.Instant }>();

  async function tokenOf(phoneNumberId: string): Promise<string> {
    const now = clock();
    const known = kept.get(phoneNumberId);
    if (known !== undefined && Temporal.Instant.compare(now, known.until) < 0) return known.token;
    kept.delete(phoneNumberId);
    const [row] = await database.lookUp<Row>`select org_id, token, token_key_id from whatsapp_token(${phoneNumberId})`;
    if (row === undefined || row.token === null || row.token_key_id === null) {
      throw new PermanentFailure('there is no token for the clinic’s WhatsApp number');
    }
    const token = openToken({ sealed: row.token, keyId: row.token_key_id }, row.org_id, keys);
    if (kept.size >= mostKept) kept.clear();
    kept.set(phoneNumberId, { token, until: now.add(keptFor) });
    return token;
  }

  return {
    tokenOf,
    forgetToken(phoneNumberId, token) {
      if (kept.get(phoneNumberId)?.token === token) kept.delete(phoneNumberId);
    },
  };
}
