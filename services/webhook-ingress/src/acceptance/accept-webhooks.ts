import { inTenants } from '@frontdesk/db';
import { failpoint, present, type Clock, type Id } from '@frontdesk/kernel';
import type pg from 'pg';
import type { FindClinics } from '../postgres/find-clinics.ts';
import { personKey } from '../postgres/meet-people.ts';
import { storeConsent } from '../postgres/store-consent.ts';
import { storeMedia } from '../postgres/store-media.ts';
import { storeOutbox } from '../postgres/store-outbox.ts';
import { storeTexts } from '../postgres/store-texts.ts';
import { storeClinicEvents, storeOrphanEvents } from '../postgres/store-webhook-events.ts';
import { acceptCalls } from './accept-calls.ts';
import { carryStops } from './carry-stops.ts';
import { callerOf, meetSenders, meetStrangers, type Senders } from './meet-senders.ts';
import { recogniseWriters, rememberWriters } from './recognise-writers.ts';
import { reportsAsEvents } from './reports-as-events.ts';
import { tellOfNewNumbers } from './tell-of-new-numbers.ts';
import { decideNewText, newText, type DecidedText, type NewText } from './texts.ts';
import { isAbout, type Addressed, type Outcome, type Webhook } from './webhook.ts';
import { isAddressed, isOrphan, whoHasIt, type Orphan } from './who-has-it.ts';

export type Acceptance = {
  /** Made by `createIngressPool`. */
  pool: pg.Pool;
  findClinics: FindClinics;
  clock: Clock;
  /** The same words and files from the same person under another id within this time are the same text. */
  repeatWindowMs: number;
  /** Hears of the texts that were committed. */
  onTexts?: (texts: readonly DecidedText[]) => void;
};

/** How webhooks are taken in that operators want replayed. */
export type Replaying = {
  /** The clinic that got them, for which alone they are; null when none did. */
  owner: Id | null;
  /** Writes the webhooks of known clinics, or takes those that are there, and returns the ids of those that take effect. */
  keep: (client: pg.ClientBase, webhooks: readonly Addressed[]) => Promise<Set<Id>>;
  /** Runs last in the transaction. */
  settle: (client: pg.ClientBase, outcomes: readonly Outcome[]) => Promise<void>;
};

/** Commits webhooks of any clinics in one transaction, with everything that follows from them, and says what became of each. */
export type AcceptWebhooks = (webhooks: readonly Webhook[], replaying?: Replaying) => Promise<Outcome[]>;

type Found = {
  addressed: readonly Addressed[];
  orphans: readonly Orphan[];
  replaying: Replaying | undefined;
};

export function makeAcceptWebhooks({ pool, findClinics, clock, repeatWindowMs, onTexts }: Acceptance): AcceptWebhooks {
  return async (webhooks, replaying) => {
    const found = await findClinics(webhooks.map(({ addressee }) => addressee));
    const owner = replaying?.owner ?? null;
    // A number may have gone to another clinic, which must not get what was written to the one before.
    const clinics = owner === null ? found : found.map((clinic) => (clinic?.orgId === owner ? clinic : null));
    const placed = webhooks.map((webhook, n) => whoHasIt(webhook, clinics[n] ?? null));
    const addressed = placed.filter(isAddressed);
    const orphans = replaying === undefined ? placed.filter(isOrphan) : []; // else they are stored
    const orgIds = [...new Set(addressed.map(({ clinic }) => clinic.orgId))];
    const done = await inTenants(pool, orgIds, async (client) => {
      const { fresh, decided } = await store(client, { addressed, orphans, replaying });
      const outcomes = placed.map((each): Outcome => {
        if (!isAddressed(each)) return 'parked';
        return fresh.has(each.id) ? 'accepted' : 'duplicate';
      });
      await replaying?.settle(client, outcomes);
      return { outcomes, decided };
    });
    if (replaying === undefined) onTexts?.(done.decided);
    return done.outcomes;
  };

  /**
   * Writes everything in the open transaction, and returns the ids of the webhooks that did not come before, and their texts. What is
   * asked for together travels together, and the server runs it in the order written here.
   */
  async function store(
    client: pg.ClientBase,
    { orphans, replaying, ...found }: Found,
  ): Promise<{ fresh: ReadonlySet<Id>; decided: DecidedText[] }> {
    const now = clock();
    const { webhooks: addressed, writers } = await recogniseWriters(client, found.addressed);
    const texts = addressed.filter(isAbout('text')).map((webhook) => newText(webhook, now));
    const callers = addressed.flatMap(callerOf);
    const [, fresh, known] = await Promise.all([
      storeOrphanEvents(client, orphans),
      (replaying?.keep ?? storeClinicEvents)(client, addressed),
      meetSenders(client, { callers, texts, repeatWindowMs }),
    ]);
    const webhooks = addressed.filter(({ id }) => fresh.has(id));
    const freshTexts = texts.filter(({ webhook }) => fresh.has(webhook.id));
    const wanted = { callers: webhooks.flatMap(callerOf), texts: freshTexts, repeatWindowMs };
    const senders = await meetStrangers(client, wanted, known);
    await rememberWriters(
      client,
      writers.filter(({ webhookId }) => fresh.has(webhookId)),
      { people: senders.people, now },
    );
    const isRepeated = repeats(repeatWindowMs);
    const decided = freshTexts.map((text) => decide(text, senders, isRepeated(text)));
    const callEvents = await acceptCalls(client, webhooks.filter(isAbout('call')), { people: senders.people, now });
    const events = [...decided.flatMap((text) => text.events), ...callEvents, ...reportsAsEvents(webhooks)];
    await Promise.all([
      storeTexts(
        client,
        decided.map(({ row }) => row),
      ),
      storeMedia(
        client,
        decided.flatMap(({ media }) => media),
      ),
      storeConsent(
        client,
        // A START of long ago must not undo a STOP that came after it.
        decided.flatMap(({ consent }) => consent).filter(({ kind }) => replaying === undefined || kind === 'opt-out'),
      ),
      storeOutbox(client, events),
    ]);
    const changes = webhooks.filter(isAbout('address-change'));
    if (changes.length > 0) {
      await carryStops(client, changes, now);
      await tellOfNewNumbers(client, changes, now);
    }
    failpoint('ingress.before-commit');
    return { fresh, decided };
  }
}

function decide(text: NewText, { people, facts }: Senders, isRepeated: boolean): DecidedText {
  const person = people.get(personKey({ orgId: text.row.orgId, phone: text.row.from }));
  const known = present(facts.get(text.row.id), 'what is known of a sender');
  const duplicate = known.duplicate || isRepeated;
  return decideNewText(text, present(person, 'the sender of a text'), { ...known, duplicate });
}

/** Tells of each text whether it was there before among those that are taken in together, which come at one moment. */
function repeats(repeatWindowMs: number): (text: NewText) => boolean {
  const seen = new Set<string>();
  return ({ row: { orgId, digest } }) => {
    const key = `${orgId} ${digest}`;
    const isRepeated = seen.has(key) && repeatWindowMs > 0;
    seen.add(key);
    return isRepeated;
  };
}
