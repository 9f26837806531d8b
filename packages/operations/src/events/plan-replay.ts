import { catalogue, contexts, type Outward, type Replay } from '@frontdesk/contracts';
import type { OperatorDatabase } from '@frontdesk/db';
import { conditionsOf, type EventSelection } from './event-selection.ts';

/** How a replay treats the inbox and the outside world. */
export type ReplayMode = { inbox: NonNullable<Replay['inbox']>; effects: Replay['effects'] };

/** What a replay does with the events of one type. */
export type PlannedType = {
  consumer: string;
  type: string;
  events: number;
  /** Those that the consumer's inbox knows. */
  handled: number;
  /** What the inbox means for them, in words. */
  inbox: string;
  /** What may leave the house because of them, in words. */
  leaves: string;
};

export type ReplayPlan = ReplayMode & {
  events: number;
  clinics: number;
  /** When the first and the last of them were published. */
  first: string | null;
  last: string | null;
  types: PlannedType[];
};

type Row = { queue: string; type: string; events: number; handled: number; first: Date; last: Date; clinics: string[] };

/** Says what a replay of the selected events would do, per consumer and type. */
export async function planReplay(
  database: OperatorDatabase,
  selection: EventSelection,
  mode: ReplayMode,
): Promise<ReplayPlan> {
  const { text, values } = conditionsOf(selection);
  const consumers = Object.values(contexts);
  const from = values.length;
  const rows = await database.search<Row>(
    `select e.queue, e.envelope ->> 'type' as type, count(*)::int as events,
       count(i.event_id)::int as handled, min(e.published_at) as first, max(e.published_at) as last,
       array_agg(distinct e.org_id::text) as clinics
     from event_log e
       left join unnest($${from + 1}::text[], $${from + 2}::text[]) as c (queue, service) on c.queue = e.queue
       left join inbox i on i.consumer = c.service and i.event_id = e.event_id::text
     where ${text} group by 1, 2 order by 1, 2`,
    [...values, consumers.map(({ queue }) => queue), consumers.map(({ service }) => service)],
  );
  const times = rows.flatMap(({ first, last }) => [first, last]).toSorted((a, b) => a.getTime() - b.getTime());
  return {
    ...mode,
    events: rows.reduce((sum, { events }) => sum + events, 0),
    clinics: new Set(rows.flatMap(({ clinics }) => clinics)).size,
    first: times[0]?.toISOString() ?? null,
    last: times.at(-1)?.toISOString() ?? null,
    types: rows.map((row) => planned(row, mode)),
  };
}

function planned({ queue, type, events, handled }: Row, mode: ReplayMode): PlannedType {
  const consumer = consumerOf(queue);
  const definition = catalogue.find((known) => known.type === type);
  const counts = { consumer, type, events, handled };
  if (definition === undefined) {
    return { ...counts, inbox: 'parked: no service knows the type any more', leaves: 'nothing' };
  }
  const runs = mode.inbox === 'bypassed' ? events : events - handled;
  return {
    ...counts,
    inbox: inboxInWords(counts, mode),
    leaves: runs === 0 ? 'nothing: none is handled again' : leavesInWords(definition.outward, mode),
  };
}

function inboxInWords({ events, handled }: { events: number; handled: number }, { inbox }: ReplayMode): string {
  if (inbox === 'bypassed') return `bypassed: all ${events} are handled, ${handled} of them again`;
  return `respected: ${handled} handled before are absorbed, ${events - handled} are handled`;
}

/** What leaves because of an event that is handled, by what its contract says of it. */
function leavesInWords({ itself, afterwards }: Outward, { effects }: Pick<ReplayMode, 'effects'>): string {
  if (effects === 'allowed') {
    const acts = [itself, afterwards].filter((act) => act !== null);
    return acts.length === 0 ? 'nothing' : `may leave: it ${acts.join('; then it ')}`;
  }
  if (itself !== null) return `nothing: not handled but noted, since handling it ${itself}`;
  if (afterwards === null) return 'nothing';
  return `nothing: its rows are written; what ${afterwards} is suppressed for good`;
}

export function consumerOf(queue: string): string {
  return Object.values(contexts).find((context) => context.queue === queue)?.service ?? queue;
}
