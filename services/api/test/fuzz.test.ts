import { afterAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { startMetaSimulator, startTelnyxSimulator } from '@frontdesk/simulators';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { fitting, spoilt, type Components, type JsonSchema } from './from-schema.ts';
import { knownThings, type Wanted } from './known-things.ts';
import { newNumber, type Answer } from './desk.ts';
import { atMeta, openDesk } from './open-desk.ts';

type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: JsonSchema };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>;
};
type Document = {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Components };
};

const [telnyx, meta] = await Promise.all([startTelnyxSimulator({ apiKey: 'KEY-test' }), startMetaSimulator({})]);
afterAll(() => Promise.all([telnyx.stop(), meta.stop()]));
const { database, desk } = await openDesk({
  VENDOR_TIMEOUT_MS: '20000',
  TELNYX_API_KEY: 'KEY-test',
  TELNYX_BASE_URL: telnyx.apiUrl,
  ...atMeta(meta),
});
const things = knownThings(desk.clinic.id);
things.learn('locations', desk.clinic.location.id);
await connectSender();
// The test holds it to the dialect below.
const document = (await (await fetch(`${desk.url}/admin/openapi.json`)).json()) as Document;
const ajv = new Ajv2020({ strict: false });
formats.default(ajv);
ajv.addSchema({ $id: 'document', ...document });

async function connectSender(): Promise<void> {
  const account = { wabaId: '404000001', phoneNumberId: '505000001', number: newNumber() };
  const { body } = await desk.ask('/admin/whatsapp/senders:connect', {
    method: 'POST',
    body: {
      orgId: desk.clinic.id,
      locationId: desk.clinic.location.id,
      code: meta.signUp(account),
      wabaId: account.wabaId,
      phoneNumberId: account.phoneNumberId,
    },
  });
  things.learn('/admin/whatsapp/senders', body['id']);
}

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
type Found = ReturnType<typeof operations>[number];

/** Requests as the document describes them, for a clinic of ours. */
function asDescribed({ operation }: Found, make: typeof fitting): fc.Arbitrary<Wanted> {
  const components = document.components.schemas;
  const of = (place: Parameter['in']) => {
    const parameters = (operation.parameters ?? []).filter((parameter) => parameter.in === place);
    return fc.record(Object.fromEntries(parameters.map(({ name, schema }) => [name, make(schema, components)])), {
      requiredKeys: parameters.filter(({ required }) => required === true).map(({ name }) => name),
    });
  };
  const schema = operation.requestBody?.content['application/json'].schema;
  return fc.record({
    path: of('path'),
    query: of('query'),
    header: of('header'),
    body: schema === undefined ? fc.constant(undefined) : make(schema, components),
  });
}

function send({ path, method }: Found, wanted: Wanted): Promise<Answer> {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encoded(wanted.path[name]) || '-'); // nothing would be another path
  const query = Object.entries(wanted.query)
    .map(([name, value]) => `${name}=${encoded(value)}`)
    .join('&');
  const headers = Object.fromEntries(
    Object.entries(wanted.header)
      .map(([name, value]) => [name, asText(value)] as const)
      .filter(([, value]) => /^[\x21-\x7e]+$/.test(value)), // what HTTP itself lets through
  );
  return desk.ask(`${filled}${query === '' ? '' : `?${query}`}`, {
    method,
    headers: { ...headers, ...(method === 'POST' && { 'content-type': 'application/json' }) },
    ...(wanted.body !== undefined && { raw: JSON.stringify(wanted.body) }),
  });
}

const asText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
const encoded = (value: unknown) => encodeURIComponent(asText(value).toWellFormed());

/** What was answered is what the document says of this operation, and no fault of ours. */
function promised({ operation }: Found, { status, headers, body }: Answer): void {
  const { operationId } = operation;
  expect(status).toBeLessThan(500);
  const content = operation.responses[String(status)]?.content;
  const type = headers.get('content-type')?.split(';')[0] ?? '';
  expect({ status, types: Object.keys(content ?? {}) }).toEqual({ status, types: [type] });
  const validate = validatorOf(`${operationId} ${status} ${type}`, content?.[type]?.schema ?? {});
  validate(body);
  expect(validate.errors).toBeNull();
}

const validators = new Map<string, ValidateFunction>();

/** Compiled once for each answer of the document. */
function validatorOf(answer: string, schema: JsonSchema): ValidateFunction {
  const validate = validators.get(answer) ?? ajv.compile(inDocument(schema));
  validators.set(answer, validate);
  return validate;
}

/** A schema of the document, whose references are into it. */
function inDocument(schema: JsonSchema): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"document#/')) as object; // a schema again
}

/** Those that have to succeed once in a while; the first two are asked more often, since few of their requests mean anything. */
const mustSucceed = ['sendMessage', 'recordConsent', 'purgePerson', 'listMessages'];
const manyRuns = mustSucceed.slice(0, 2);
const runsOf = ({ operation: { operationId } }: Found) => ({
  numRuns: manyRuns.includes(operationId) ? 40 : 8,
  endOnFailure: true,
});
/** With what it must have alone, each thing that is read is there. */
const plain: Wanted = { path: { id: newId() }, query: { orgId: '' }, header: {}, body: undefined };

const lanes = 4;

/** Tries operations side by side, since most of the time goes by in waiting. Those about people come one after another. */
async function tryEach(found: readonly Found[], tried: (each: Found) => Promise<void>): Promise<void> {
  const laneOf = ({ operation: { operationId } }: Found, n: number) =>
    mustSucceed.includes(operationId) ? 0 : 1 + (n % (lanes - 1));
  const byLane = Map.groupBy(found.entries(), ([n, each]) => laneOf(each, n));
  const ended = await Promise.allSettled(
    [...byLane.values()].map(async (lane) => {
      for (const [, each] of lane) await tried(each);
    }),
  );
  for (const lane of ended) if (lane.status === 'rejected') throw lane.reason;
}

describe('the document', () => {
  it('is OpenAPI 3.1, with every operation once, each with its refusals', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(3);
    for (const { operation } of operations()) {
      expect(Object.keys(operation.responses)).toEqual(
        expect.arrayContaining(['400', '401', '403', '422', '429', '503']),
      );
    }
  });

  it('describes requests that are answered as it says', async () => {
    const done: Record<string, number> = {};
    await tryEach(operations(), async (found) => {
      await fc.assert(
        fc.asyncProperty(asDescribed(found, fitting), async (wanted) => {
          const ours = things.about(found.path, wanted);
          const answer = await send(found, ours);
          promised(found, answer);
          if (answer.status < 300) things.learn(found.path, answer.body['id']);
          // What fits the document is refused for what it means alone.
          expect([200, 201, 202, 404, 409, 422]).toContain(answer.status);
          const { operationId } = found.operation;
          done[operationId] = (done[operationId] ?? 0) + (answer.status < 300 ? 1 : 0);
        }),
        { ...runsOf(found), examples: found.method === 'GET' ? [[plain]] : [] },
      );
    });
    expect(Object.keys(done).toSorted()).toEqual(
      operations()
        .map(({ operation }) => operation.operationId)
        .toSorted(),
    );
    for (const operation of mustSucceed) {
      expect({ operation, done: done[operation] }).toEqual({ operation, done: expect.any(Number) });
      expect(done[operation]).toBeGreaterThan(0);
    }
    const { rows: unnamed } = await database.owner.query<{ action: string }>(
      "select distinct action from audit_log where actor like 'api:%' and action ~ '^(number|host|whatsapp|tendlc)' and not details ? 'requestId'",
    );
    expect(unnamed).toEqual([]);
  });

  it('stays true of requests that do not fit it: refused as it says, never with a fault of ours', async () => {
    await tryEach(operations(), async (found) => {
      await fc.assert(
        fc.asyncProperty(asDescribed(found, spoilt), fc.boolean(), async (wanted, ours) => {
          promised(found, await send(found, ours ? things.about(found.path, wanted) : wanted));
        }),
        runsOf(found),
      );
    });
  });

  it('stays true of bodies that are no JSON', async () => {
    const withBody = operations().filter(({ method }) => method === 'POST');
    await tryEach(withBody, async (found) => {
      await fc.assert(
        fc.asyncProperty(
          fc.oneof(
            fc.string(),
            fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('latin1')),
          ),
          async (raw) => {
            const answer = await desk.ask(found.path, {
              method: 'POST',
              raw,
              headers: { 'idempotency-key': newId(), 'content-type': 'application/json' },
            });
            promised(found, answer);
            expect(answer.status).toBeGreaterThanOrEqual(400);
          },
        ),
        { ...runsOf(found), numRuns: 4 }, // all of them read bodies alike
      );
    });
  });
});
