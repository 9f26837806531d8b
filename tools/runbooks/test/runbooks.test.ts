import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contexts, type Envelope } from '@frontdesk/contracts';
import { clinicNumber, openDesk, untilAtRest, walkToLink, type Desk } from '@frontdesk/journeys';
import { newId } from '@frontdesk/kernel';
import { localSquareSignatureKey } from '@frontdesk/local-stack';
import { queueUrl } from '@frontdesk/queue';
import { readBlock, runBlock } from '../src/run-block.ts';
import { shellBlocks } from '../src/shell-blocks.ts';

const folder = fileURLToPath(new URL('../../../docs/runbooks/', import.meta.url));
const pages = (await readdir(folder)).filter((name) => name !== 'README.md').toSorted();

const [staying, leaving] = [clinicNumber(1), clinicNumber(2)];
let desk: Desk;
let scratch: string;
let variables: Record<string, string>;

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'frontdesk-runbooks-'));
  desk = await openDesk([staying, leaving]);
  const ana = desk.patient(staying);
  await walkToLink(desk, ana);
  const { rows } = await desk.rows.query<{ id: string }>('select id from conversations where org_id = $1', [
    staying.id,
  ]);
  variables = {
    FRONTDESK_ENV: 'test',
    DATABASE_OPERATOR_URL: desk.server.operatorUrl,
    DATABASE_ADMIN_URL: desk.server.adminUrl,
    AWS_ENDPOINT_URL: desk.sqsEndpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    SQUARE_KEY: localSquareSignatureKey,
    WEBHOOK_URL: desk.webhookUrl,
    MOMENT: '2026-01-01T00:00:00Z',
    CLINIC: leaving.id,
    FRONTDESK_API_URL: desk.services.api.url,
    FRONTDESK_TOKEN: await desk.issuer.mint({ orgs: { [leaving.id]: 'owner' } }),
    NUMBER: await somebodyAt(leaving.id),
    CONVERSATION: rows[0]?.id ?? '',
    EVENT: await lastTextEvent().then(({ id }) => id),
  };
}, 120_000);
afterAll(async () => {
  await desk.close();
  await rm(scratch, { recursive: true });
});

async function lastTextEvent(): Promise<Envelope> {
  const { rows } = await desk.rows.query<{ envelope: Envelope }>(
    `select envelope from event_log where envelope->>'type' like 'messaging.text-requested%' order by published_at desc limit 1`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error('no text was asked for');
  return row.envelope;
}

/** The number of somebody who texted the clinic once. */
async function somebodyAt(orgId: string): Promise<string> {
  const phone = '+16025550142';
  await desk.rows.query(
    `with seen as (select set_config('app.org_ids', $1, false))
     insert into contacts (org_id, id, phone) select $1::uuid, $2, $3 from seen`,
    [orgId, newId(), phone],
  );
  return phone;
}

/** A message that its handler refused, though its text has long left. */
async function parkText(): Promise<void> {
  const envelope = await lastTextEvent();
  await desk.rows.query(
    `insert into parked_messages (id, org_id, queue, message_id, event_type, reason, body)
     values ($1, $2, $3, $4, $5, 'gave up after 8 tries', $6)`,
    [newId(), envelope.orgId, contexts.messaging.queue, newId(), envelope.type, JSON.stringify(envelope)],
  );
}

/** A message that killed its process again and again, though its text has long left. */
async function killWithText(): Promise<void> {
  const envelope = await lastTextEvent();
  await desk.sqs.send(
    new SendMessageCommand({
      QueueUrl: await queueUrl(desk.sqs, contexts.messaging.deadLetterQueue),
      MessageBody: JSON.stringify(envelope),
      MessageGroupId: envelope.correlationId,
      MessageDeduplicationId: newId(),
    }),
  );
}

/** What the page is about; the desk is well otherwise. */
const troubles: Record<string, () => Promise<void>> = {
  'carrier-down.md': parkText,
  'poison-message.md': parkText,
  'dead-letters.md': killWithText,
};

describe.each(pages)('%s', (name) => {
  it('has commands that can be followed to the end', async () => {
    const page = await readFile(join(folder, name), 'utf8');
    const blocks = shellBlocks(page);
    expect(blocks.some(({ runs }) => runs)).toBe(true);
    await troubles[name]?.();
    for (const { commands, line, runs, exitCode } of blocks) {
      const { code, said } = await (runs ? runBlock(commands, variables, scratch) : readBlock(commands, scratch));
      if (code !== (runs ? exitCode : 0)) throw new Error(`${name}:${line} ended with ${code}:\n${said}`);
    }
    await untilAtRest(desk);
  }, 180_000);
});
