import { describe, expect, it } from '@jest/globals';
import { systemClock } from '@frontdesk/kernel';
import { allRoutes } from '../routes/all-routes.ts';
import { openApiDocument } from './openapi.ts';

type Described = { description?: string };
type Schema = Described & {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
};
type Held = { content?: Record<string, { schema: Schema }> };
type Operation = Described & {
  operationId: string;
  summary: string;
  parameters?: (Described & { name: string })[];
  requestBody?: Held;
  responses: Record<string, Described & Held & { headers?: Record<string, Described> }>;
};
type Document = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
};

const made = openApiDocument(allRoutes({ clock: systemClock }), { version: 'of a test' });
// As anybody reads it: plain JSON, of OpenAPI as far as it is looked at here.
const document = JSON.parse(JSON.stringify(made)) as Document;

const partsOf = ({ allOf = [], anyOf = [], oneOf = [] }: Schema) => [...allOf, ...anyOf, ...oneOf];

/** Itself, or what it refers to. */
const isDescribed = (node: Schema): boolean =>
  (node.description ?? '').length > 2 ||
  (node.$ref !== undefined && isDescribed(document.components.schemas[node.$ref.split('/').at(-1) ?? ''] ?? {})) ||
  partsOf(node).some(isDescribed);

type Place = [at: string, node: Described];

function placesIn(schema: Schema, at: string): Place[] {
  const own = Object.entries(schema.properties ?? {}).flatMap(([name, property]): Place[] => [
    [`${at}.${name}`, property],
    ...placesIn(property, `${at}.${name}`),
  ]);
  const inner = schema.items === undefined ? [] : placesIn(schema.items, `${at}[]`);
  return [...own, ...inner, ...partsOf(schema).flatMap((part) => placesIn(part, at))];
}

const placesOf = ({ content = {} }: Held, at: string) =>
  Object.values(content).flatMap(({ schema }) => placesIn(schema, at));

const undescribed = (places: readonly Place[]) => places.filter(([, node]) => !isDescribed(node)).map(([at]) => at);

describe('the OpenAPI document', () => {
  it('says of every schema and each of its properties what it is', () => {
    const places = Object.entries(document.components.schemas).flatMap(([name, schema]): Place[] => [
      [name, schema],
      ...placesIn(schema, name),
    ]);
    expect(places.length).toBeGreaterThan(300);
    expect(undescribed(places)).toEqual([]);
  });

  it('says of every operation, parameter, answer, refusal and header what it is', () => {
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const places = operations.flatMap((operation): Place[] => {
      const { operationId: at, summary, parameters = [], requestBody = {}, responses } = operation;
      return [
        [at, operation],
        [`the summary of ${at}`, { description: summary }],
        ...parameters.map((each): Place => [`${at} ${each.name}`, each]),
        ...placesOf(requestBody, at),
        ...Object.entries(responses).flatMap(([status, answer]): Place[] => [
          [`${at} ${status}`, answer],
          ...Object.entries(answer.headers ?? {}).map(([name, each]): Place => [`${at} ${status} ${name}`, each]),
          ...placesOf(answer, `${at} ${status}`),
        ]),
      ];
    });
    expect(operations.length).toBeGreaterThan(40);
    expect(undescribed(places)).toEqual([]);
  });
});
