import type { Clock } from '@frontdesk/kernel';
import { newSid } from '../sid.ts';

type ApprovalStatus = 'unsubmitted' | 'received' | 'pending' | 'approved' | 'rejected' | 'paused' | 'disabled';

/** A content of the account, and what WhatsApp's reviewers say of it. */
export interface TwilioContent {
  sid: string;
  friendlyName: string;
  language: string;
  variables: Readonly<Record<string, string>>;
  types: Readonly<Record<string, unknown>>;
  approval: { status: ApprovalStatus; name: string | null; category: string | null; reason: string };
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
}

export interface ContentBook {
  all: () => readonly TwilioContent[];
  get: (sid: string) => TwilioContent | null;
  /** By its SID, its friendly name or the name of its template. */
  find: (key: string) => TwilioContent;
  add: (content: Pick<TwilioContent, 'friendlyName' | 'language' | 'variables' | 'types'>) => TwilioContent;
  remove: (sid: string) => boolean;
  approve: (content: TwilioContent, approval: Partial<TwilioContent['approval']>) => void;
}

export function createContentBook(clock: Clock): ContentBook {
  const contents = new Map<string, TwilioContent>();
  return {
    all: () => [...contents.values()],
    get: (sid) => contents.get(sid) ?? null,
    find(key) {
      const found = [...contents.values()].find(
        ({ sid, friendlyName, approval }) => sid === key || friendlyName === key || approval.name === key,
      );
      if (found === undefined) throw new Error(`Twilio has no content ${key}`);
      return found;
    },
    add(given) {
      const now = clock();
      const approval = { status: 'unsubmitted', name: null, category: null, reason: '' } as const;
      const content: TwilioContent = { ...given, sid: newSid('HX'), approval, createdAt: now, updatedAt: now };
      contents.set(content.sid, content);
      return content;
    },
    remove: (sid) => contents.delete(sid),
    approve(content, approval) {
      content.approval = { ...content.approval, ...approval };
      content.updatedAt = clock();
    },
  };
}
