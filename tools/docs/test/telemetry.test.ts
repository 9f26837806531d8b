import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { contexts } from '@frontdesk/contracts';
import {
  clinicNumber,
  makeReminderDue,
  openDesk,
  repeatAllMessages,
  untilReminderIsArmed,
  walkToLink,
  type Desk,
  type Patient,
} from '@frontdesk/journeys';
import { newId } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';
import { until } from '@frontdesk/testkit';
import { startCollector, type Collector } from '../src/collector.ts';
import { readSources } from '../src/source-files.ts';
import { quoted, readText, tableOf } from '../src/tables.ts';

const markdown = await readText('docs/telemetry.md');
const documented = new Map(
  tableOf(markdown, 'metric').map((row) => [
    quoted(row['metric'] ?? '')[0] ?? '',
    { kind: row['kind'], unit: row['unit'], labels: quoted(row['labels'] ?? '').toSorted() },
  ]),
);

/** What a test does not wait for: retention comes ten minutes after the start. */
const rare = ['frontdesk_retention_rows'];
const usual = new Map([...documented].filter(([name]) => !rare.includes(name)));

const clinic = clinicNumber(61);
let desk: Desk;
let collector: Collector;
let scraped: Set<string>;

beforeAll(async () => {
  collector = await startCollector();
  desk = await openDesk([clinic], {
    telemetryUrl: collector.url,
    environment: {
      all: {
        OTEL_METRIC_EXPORT_INTERVAL: '500',
        OTEL_EXPORTER_OTLP_HEADERS: 'x-api-key=of-the-collector',
        OTEL_RESOURCE_ATTRIBUTES: 'cloud.region=us-east-1',
        FRONTDESK_RELEASE: 'a1b2c3d',
        QUEUE_WATCH_MS: '200',
      },
      'messaging-worker': { SEND_FAILOVER_AFTER: '1', SEND_CIRCUIT_FAILURES: '1' },
    },
  });
  await livelyDay(desk);
  await until(
    () => `the metrics ${[...usual.keys()].filter((name) => !collector.metrics.has(name)).join(', ')}`,
    () => [...usual.keys()].every((name) => collector.metrics.has(name)),
  );
  scraped = await scrape(desk);
}, 300_000);
afterAll(async () => {
  await desk?.close();
  await collector?.close();
});

/** Everything that is measured happens once: a booked visit, events that come twice, one that is refused, one that fails. */
async function livelyDay(whole: Desk): Promise<void> {
  const { simulators, sqs } = whole;
  const ana = whole.patient();
  await simulators.square.pay(await walkToLink(whole, ana));
  await ana.hears(/booked/i);
  await unusualTexts(whole, ana);
  await repeatAllMessages(whole);
  await fetch(`${whole.services.api.url}/admin/messages`);
  await buyNumber(whole);
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(sqs, contexts.messaging.queue),
      MessageBody: 'no envelope',
      MessageGroupId: newId(),
      MessageDeduplicationId: newId(),
    }),
  );
  await whole.rows.query('alter table inbox rename to inbox_away');
  await ana.text('STOP');
  await until('a handler fails', () => collector.metrics.has('frontdesk_queue_retries'));
  await whole.rows.query('alter table inbox_away rename to inbox');
}

/** A clinic buys a number, which the worker looks after. */
async function buyNumber({ issuer, services }: Desk): Promise<void> {
  const token = await issuer.mint({ orgs: { [clinic.id]: 'owner' } });
  const { status } = await fetch(`${services.api.url}/admin/number-orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify({ orgId: clinic.id, number: '+14805550200' }),
  });
  expect(status).toBe(202);
}

/** What most texts do not meet. Each is waited for, so that none takes what was meant for another. */
async function unusualTexts(whole: Desk, booked: Patient): Promise<void> {
  const { bedrock, telnyx } = whole.simulators;
  const once = {
    times: 1,
    where: ({ method, path }: { method: string; path: string }) => method === 'POST' && path.endsWith('/messages'),
  };
  const counted = (name: string) => until(name, () => collector.metrics.has(`frontdesk_messaging_${name}`), 60_000);

  await untilReminderIsArmed(whole, booked);
  await makeReminderDue(whole, booked);
  await counted('scheduled_texts');
  await booked.text('Look', { media: [{ contentType: 'image/gif', bytes: Buffer.from('GIF89a') }] });
  await counted('media_tries');
  bedrock.use(() => ({ content: [{ text: 'Hello!!!! How may we help?' }], stopReason: 'end_turn' }));
  await whole.patient().text('Hi');
  await counted('content_warnings');
  bedrock.use('friendly');

  telnyx.refuseTexts('40300', 1);
  await whole.patient().text('Hi');
  await counted('suppressed');

  telnyx.planReceipts({ never: true }, 1);
  telnyx.misbehave({ kind: 'accept-then-hang' }, once);
  await whole.patient().text('Hi');
  await counted('look_ups');
  await counted('circuit_changes');

  await whole.rows.query('update phone_numbers set texts_per_second = 0.5 where e164 = $1', [clinic.location.number]);
  await Promise.all([1, 2, 3].map(() => whole.patient().text('Hi')));
  await counted('turned_away');
  await whole.rows.query('update phone_numbers set texts_per_second = null where e164 = $1', [clinic.location.number]);

  await whole.rows.query(
    `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, carrier)
     select '+14805559961', org_id, location_id, 'MG0', 'twilio' from phone_numbers where e164 = $1`,
    [clinic.location.number],
  );
  telnyx.misbehave({ kind: 'answer', status: 429 }, once);
  await whole.patient().text('Hi');
  await counted('retries');
  await counted('stand_in_sends');
}

async function scrape({ services }: Desk): Promise<Set<string>> {
  const pages = await Promise.all(
    Object.values(services).map(async ({ url }) => (await fetch(`${url}/metrics`)).text()),
  );
  return new Set(pages.flatMap((page) => [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name)));
}

describe('the metrics of docs/telemetry.md', () => {
  it('are those that the services send, with their kinds, units and labels', () => {
    const sent = [...collector.metrics].map(([name, { kind, unit, labels }]): [string, object] => [
      name,
      { kind, unit, labels: [...labels.keys()].toSorted() },
    ]);
    expect(new Map(sent.filter(([name]) => !rare.includes(name)))).toEqual(usual);
  });

  it('are those that the code makes', async () => {
    const code = [...(await readSources()).values()].join('\n');
    const made = [...code.matchAll(/create(?:Observable)?(?:Counter|Gauge|Histogram|UpDownCounter)\(\s*'([^']+)'/g)];
    const names = made.map(([, name = '']) => name);
    const ofLibraries = /^(nodejs|v8js)\./;
    expect(new Set(names)).toEqual(new Set([...documented.keys()].filter((name) => !ofLibraries.test(name))));
  });

  it('are served to Prometheus too', () => {
    const expected = [...usual].map(([name, { kind }]) => {
      const spelt = name.replaceAll('.', '_');
      return kind === 'sum' ? `${spelt}_total` : spelt;
    });
    const isRare = (name: string) => rare.some((each) => name.startsWith(each));
    expect([...scraped].filter((name) => name !== 'target_info' && !isRare(name)).toSorted()).toEqual(
      expected.toSorted(),
    );
  });

  it('have labels of few values, of which none is an id or a number', () => {
    for (const [name, { labels }] of collector.metrics) {
      for (const [label, values] of labels) {
        expect({ name, label, size: values.size }).toEqual({ name, label, size: Math.min(values.size, 20) });
        for (const value of values) expect(value).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|\+?\d{7,}/i);
      }
    }
  });
});

describe('the spans of docs/telemetry.md', () => {
  const kinds = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
  const rows = tableOf(markdown, 'span').map((row) => ({
    pattern: patternOf(quoted(row['span'] ?? '')[0] ?? ''),
    kind: row['kind'],
    attributes: quoted(row['attributes besides `messaging.*`'] ?? ''),
  }));

  it('are those that the services send, with their kinds and attributes', () => {
    for (const { name, kind, attributes } of collector.spans) {
      const row = rows.find(({ pattern }) => pattern.test(name));
      expect({ name, kind: kinds[kind] }).toEqual({ name, kind: row?.kind });
      const others = Object.keys(attributes).filter((attribute) => !attribute.startsWith('messaging.'));
      expect(row?.attributes).toEqual(expect.arrayContaining(others));
    }
  });

  it.each(rows)('are all seen in a booked visit: $pattern', ({ pattern }) => {
    expect(collector.spans.some(({ name }) => pattern.test(name))).toBe(true);
  });
});

describe('whoever sends', () => {
  it('is known by service, release, environment and what the settings add', () => {
    expect([...collector.resources.keys()].toSorted()).toEqual(Object.keys(desk.services).toSorted());
    for (const [service, resource] of collector.resources) {
      expect(resource).toMatchObject({
        'service.name': service,
        'service.namespace': 'frontdesk',
        'service.version': 'a1b2c3d',
        'deployment.environment.name': 'local',
        'cloud.region': 'us-east-1',
      });
    }
  });

  it('shows the headers of the settings', () => {
    expect(collector.headers.map((headers) => headers['x-api-key'])).toEqual(
      collector.headers.map(() => 'of-the-collector'),
    );
  });
});

/** `send <queue>` and `square …` stand for many names. */
function patternOf(name: string): RegExp {
  return new RegExp(`^${name.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(/<[^>]+>|…/g, '.+')}$`);
}
