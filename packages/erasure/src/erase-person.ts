import { toDate, untilRaceIsWon, type TenantTransaction } from '@frontdesk/db';
import {
  failpoint,
  InvalidMessage,
  olderForm,
  parsePersonAddress,
  whatsAppUser,
  type Clock,
  type Id,
} from '@frontdesk/kernel';

export type ErasureRequest = {
  orgId: Id;
  /** A number in any form that people write numbers in, or an id at WhatsApp, with or without `wa:`. */
  phone: string;
  /** Who asked, as the audit names them: `operator:<name>`, `api:<subject>`. Never the person's own name or number. */
  actor: string;
  /** Also when a visit is ahead or a deposit is open: the visit is cancelled, its deposit stays on the books with a task for staff. */
  evenIfExpected?: boolean;
  /** Counts what would be done, and does nothing. */
  rehearsal?: boolean;
};

/** Rows by table. */
type Counts = Readonly<Record<string, number>>;

/**
 * What became of the request.
 * - erased: the person is gone (or would be); the counts say from where.
 * - nothing-found: no row of this clinic knows the number or the id.
 * - expected: nothing was done, since the clinic still expects the person: visits ahead, deposits that are open.
 */
export type Erasure =
  | { kind: 'erased'; deleted: Counts; anonymised: Counts }
  | { kind: 'nothing-found' }
  | { kind: 'expected'; visits: number; deposits: number };

/** @throws InvalidMessage for what is neither a number nor an id at WhatsApp */
export type ErasePerson = (request: ErasureRequest) => Promise<Erasure>;

type Ports = {
  /** Opens a transaction that sees this clinic alone, as `frontdesk_operator` or `frontdesk_api`. */
  inTenant: <T>(orgId: Id, work: (tx: Pick<TenantTransaction, '$queryRaw'>) => Promise<T>) => Promise<T>;
  clock: Clock;
  /** Stored webhooks that one statement reads. */
  webhooksAtOnce?: number;
};

const firstId = '00000000-0000-0000-0000-000000000000';
/** Webhooks bear the moment of their verification and are committed a little later. */
const committedWithin = Temporal.Duration.from({ minutes: 5 });

/**
 * Deletes a person everywhere. Stored webhooks are emptied first, page by page, since that takes long and needs no lock; everything else
 * is one transaction. Whatever dies in between, doing it again does the rest.
 */
export function makeErasePerson({ inTenant, clock, webhooksAtOnce = 5_000 }: Ports): ErasePerson {
  return async ({ orgId, phone, actor, evenIfExpected = false, rehearsal = false }) => {
    const person = parsePersonAddress(phone) ?? whatsAppUser(phone.trim());
    if (person === null) throw new InvalidMessage('that is no phone number, and no id of WhatsApp');
    const startedAt = clock();
    const erase = (webhooks: { erased: number; since: Temporal.Instant }, really: boolean) =>
      untilRaceIsWon(() =>
        orRolledBack(really, (settle) =>
          inTenant(orgId, async (tx) =>
            settle(await erasePerson(tx, { orgId, person, actor, at: startedAt, evenIfExpected, webhooks })),
          ),
        ),
      );

    const expected = await erase({ erased: 0, since: startedAt }, false);
    if (expected.kind === 'expected') return expected;
    const eraseAllWebhooks = async (spelling: string) => {
      let webhooks = 0;
      let after: Id | null = firstId;
      while (after !== null) {
        const page: Page = await inTenant(orgId, (tx) =>
          eraseWebhooks(tx, { orgId, spelling, after: String(after), atMost: webhooksAtOnce, really: !rehearsal }),
        );
        webhooks += page.webhooks;
        after = page.last;
        failpoint('erasure.after-webhooks');
      }
      return webhooks;
    };
    const older = olderForm(person);
    let webhooks = await eraseAllWebhooks(person);
    if (older !== null) webhooks += await eraseAllWebhooks(older);
    const since = rehearsal ? startedAt.add({ hours: 24 }) : startedAt.subtract(committedWithin);
    const erasure = await erase({ erased: webhooks, since }, !rehearsal);
    // The last statement knows the number alone as the desk writes it.
    if (!rehearsal && older !== null) await eraseAllWebhooks(older);
    return erasure;
  };
}

type Page = { last: Id | null; webhooks: number };

async function eraseWebhooks(
  tx: Pick<TenantTransaction, '$queryRaw'>,
  page: { orgId: Id; spelling: string; after: Id; atMost: number; really: boolean },
): Promise<Page> {
  const [row] = await tx.$queryRaw<Page[]>`
    select last, webhooks from erase_webhooks(${page.orgId}::uuid, ${page.spelling}, ${page.after}::uuid, ${page.atMost}::int,
      ${page.really}::boolean)`;
  return row ?? { last: null, webhooks: 0 };
}

async function erasePerson(
  tx: Pick<TenantTransaction, '$queryRaw'>,
  request: {
    orgId: Id;
    person: string;
    actor: string;
    at: Temporal.Instant;
    evenIfExpected: boolean;
    webhooks: { erased: number; since: Temporal.Instant };
  },
): Promise<Erasure> {
  const { orgId, person, actor, at, evenIfExpected, webhooks } = request;
  const [row] = await tx.$queryRaw<{ erasure: Erasure }[]>`
    select erase_person(${orgId}::uuid, ${person}, ${actor}, ${toDate(at)}, ${evenIfExpected}::boolean,
      ${webhooks.erased}::int, ${toDate(webhooks.since)}) as erasure`;
  if (row === undefined) throw new Error('erase_person answered nothing');
  return row.erasure;
}

/** Thrown through a transaction that is only a rehearsal, so that it rolls back. */
class Rehearsed extends Error {
  readonly erasure: Erasure;

  constructor(erasure: Erasure) {
    super('a rehearsal is rolled back');
    this.erasure = erasure;
  }
}

async function orRolledBack(
  really: boolean,
  run: (settle: (erasure: Erasure) => Erasure) => Promise<Erasure>,
): Promise<Erasure> {
  if (really) return run((erasure) => erasure);
  try {
    return await run((erasure) => {
      throw new Rehearsed(erasure);
    });
  } catch (error) {
    if (error instanceof Rehearsed) return error.erasure;
    throw error;
  }
}
