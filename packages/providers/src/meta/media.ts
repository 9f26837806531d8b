import { assertMayLeave } from '@frontdesk/kernel';
import type { FetchOutcome, MediaSource } from '@frontdesk/messaging/ports';
import { carrierMedia } from '../media/index.ts';
import { askGraph, textOf, type GraphFailure } from './graph.ts';
import { parseMetaMediaUrl } from './media-address.ts';
import type { MetaNumberSettings } from './text-gateway.ts';

/** Where the addresses that Meta gives out lead. UNVERIFIED which of its hosts it uses; `lookaside.fbsbx.com` is the one seen. */
const hosts = ['lookaside.fbsbx.com', '.fbcdn.net', '.whatsapp.net'];

export type MetaMediaSettings = MetaNumberSettings & {
  /** Where a simulator stands in for Meta: without TLS, on this machine. */
  standIn?: string | undefined;
  /** The longest file. */
  mostBytes?: number;
};

/** Files that came by WhatsApp: their id is exchanged for an address that lives five minutes, which wants the token, too. */
export function metaMedia({ tokenOf, standIn, mostBytes, ...settings }: MetaMediaSettings): MediaSource {
  return {
    async fetch({ url }) {
      assertMayLeave('fetch a file from Meta');
      const file = parseMetaMediaUrl(url);
      if (file === null) return { kind: 'refused', reason: 'its address is none of Meta’s' };
      const token = await tokenOf(file.phoneNumberId).catch(() => null);
      if (token === null) return { kind: 'retryable', code: 'no-token' };
      const asked = {
        method: 'GET' as const,
        path: [file.mediaId],
        token,
        query: { phone_number_id: file.phoneNumberId },
      };
      const answer = await askGraph(settings, asked);
      if (!answer.ok) return outcomeOf(answer.failure);
      const address = textOf(answer.body, 'url');
      if (address === null || !URL.canParse(address)) return { kind: 'retryable', code: 'no-address' };
      const meta = { hosts, authorization: `Bearer ${token}`, authorize: 'always' as const, standIn };
      const source = carrierMedia({
        carriers: { meta },
        timeoutMs: settings.timeoutMs,
        ...(mostBytes !== undefined && { mostBytes }),
      });
      return source.fetch({ provider: 'meta', url: address });
    },
  };
}

function outcomeOf(failure: GraphFailure): FetchOutcome {
  if (failure.kind !== 'answered') return { kind: 'retryable', code: failure.code };
  const { status, code = `http-${status}`, retryAfterMs } = failure;
  // Meta answers 100 for an object that is not there, or no more.
  if (status === 404 || code === '100') return { kind: 'gone', reason: `Meta has it no more (${code})` };
  return { kind: 'retryable', code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
