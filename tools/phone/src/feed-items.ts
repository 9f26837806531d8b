import type { Channel, ServiceName } from '@frontdesk/contracts';

/** What the page is told, one thing at a time. Times are milliseconds since 1970, with fractions where they are known. */
export type FeedItem = SpanItem | EventItem | CarrierItem | TextItem | CallItem | SilenceItem;

/** A finished span of a service. */
export type SpanItem = {
  kind: 'span';
  traceId: string;
  spanId: string;
  parentId: string | null;
  service: string;
  name: string;
  startedAt: number;
  endedAt: number;
  failed: boolean;
  rows: RowsWritten[];
  /** Ids and codes that the service noted. */
  attributes: Record<string, string>;
};

/** Rows of one table that a span wrote; null when the database reported no count. */
export type RowsWritten = { verb: string; table: string; count: number | null };

/** An event that was published, from the event log. */
export type EventItem = {
  kind: 'event';
  id: string;
  traceId: string | null;
  type: string;
  queue: string;
  producer: string;
  groupId: string;
  correlationId: string;
  publishedAt: number;
};

/** A text that the carrier took. */
export type CarrierItem = {
  kind: 'carrier';
  id: string;
  channel: Channel;
  /** The attempt that its receipts name. */
  attemptId: string | null;
  from: string;
  to: string;
  text: string;
  at: number;
};

/** A bubble of a person's thread; a later item with the same id replaces it. */
export type TextItem = {
  kind: 'text';
  id: string;
  personaId: string;
  /** As the person sees it. */
  direction: 'out' | 'in';
  text: string;
  at: number;
  /** sending → accepted by the clinic → read (out, the last on WhatsApp alone); received → delivered or read (in). */
  state: 'sending' | 'accepted' | 'refused' | 'received' | 'delivered' | 'read';
  /** When the clinic's webhook answered. */
  answeredAt: number | null;
  /** Left out for an SMS. */
  whatsApp?: WhatsAppPart;
};

/** What a message on WhatsApp has besides its words. */
export type WhatsAppPart = {
  /** What can be tapped instead of writing. */
  choices: readonly Choice[];
  /** What opens the choices, when they are a list. */
  listLabel: string | null;
  /** The name of the template that it left as. */
  template: string | null;
  /** Where they are shown from. */
  pictures: readonly string[];
};

type Choice = { id: string; title: string; description?: string };

/** What a person says on WhatsApp: words, or what they tapped. */
export type Said = { text: string; choice?: Choice & { of: 'button' | 'list' | 'template' } };

/** A call of a person; a later item with the same id replaces it. */
export type CallItem = {
  kind: 'call';
  id: string;
  personaId: string;
  state: 'ringing' | 'answered' | 'missed' | 'over';
  at: number;
  endedAt: number | null;
};

/** A person let the 24 hours of WhatsApp pass. */
export type SilenceItem = { kind: 'silence'; id: string; personaId: string; at: number };

/** Somebody to text as. */
export type Persona = {
  id: string;
  name: string;
  note: string;
  number: string;
  /** What they may say first. */
  openers: string[];
  /** What they may answer, by what the desk's last text speaks of. */
  answers: { when: string; say: string }[];
  /** Staff only read. */
  readOnly: boolean;
};

/** What the page needs to know before the first text. */
export type Desk = {
  clinic: { name: string; number: string; location: string; timeZone: string };
  personas: Persona[];
  services: ServiceName[];
  /** Links with this start open inside the phone. */
  checkoutOrigin: string;
};
