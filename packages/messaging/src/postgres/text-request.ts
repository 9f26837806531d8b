import type { Channel } from '@frontdesk/contracts';
import type { Id } from '@frontdesk/kernel';
import type { Choice } from '../ports.ts';
import type { TextClass } from '../text-class.ts';
import type { TemplateValues } from '../whatsapp/template-values.ts';

export type TextRequest = {
  orgId: Id;
  recipient: { contactId: Id; conversationId: Id } | { staffMemberId: Id };
  /** The clinic number that the person wrote to last. */
  from: string;
  to: string;
  /** The one that the person wrote on last, unless it is given. */
  channel?: Channel;
  class: TextClass;
  /** What it says, in one word for people who read the list: `answer`, `deposit-link`, `booking-confirmed`. */
  kind: string;
  /** The first one to a person gets the clinic's name and the way out; one that is too long becomes several. */
  body: string;
  /** Pictures that go with it, where the carrier can fetch them. */
  mediaUrls?: readonly string[];
  /** What the person may choose instead of writing, where the channel can show it; the words say it, too. */
  choices?: readonly Choice[];
  /** What it says by name, for a template that says it in its place. */
  values?: TemplateValues;
  /** From then on it makes no sense to send it. */
  expiresAt?: Temporal.Instant;
  /** The visit that it is about, and its time as the text says it: cancelled or moved, the text has lost its reason. */
  appointment?: { id: Id; startsAt: Temporal.Instant };
  /** Names the cause: the same cause asks for one text, however often it repeats. */
  causeKey: string;
  correlationId: string;
  causationId: string | null;
  now: Temporal.Instant;
};
