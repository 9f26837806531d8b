import { describe, expect, it } from '@jest/globals';
import { readSpans } from './otlp.ts';

const exported = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'messaging-worker' } }] },
      scopeSpans: [
        {
          scope: { name: 'frontdesk' },
          spans: [
            {
              traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
              spanId: '00f067aa0ba902b7',
              parentSpanId: 'b7ad6b7169203331',
              name: 'send text',
              kind: 1,
              startTimeUnixNano: '1795168800000250000',
              endTimeUnixNano: '1795168800012500000',
              attributes: [{ key: 'messaging.attempt', value: { intValue: 2 } }],
              events: [
                {
                  name: 'frontdesk.rows',
                  timeUnixNano: '1795168800001000000',
                  attributes: [
                    { key: 'db.collection.name', value: { stringValue: 'send_attempts' } },
                    { key: 'db.operation.name', value: { stringValue: 'insert' } },
                    { key: 'frontdesk.row_count', value: { intValue: 1 } },
                  ],
                },
                { name: 'exception', timeUnixNano: '1795168800001000000', attributes: [] },
              ],
              status: { code: 2 },
              links: [],
            },
          ],
        },
      ],
    },
  ],
};

describe('what the services’ telemetry tells', () => {
  it('is read as spans with their service, times, outcome and the rows that they wrote', () => {
    expect(readSpans(exported)).toEqual([
      {
        kind: 'span',
        traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
        spanId: '00f067aa0ba902b7',
        parentId: 'b7ad6b7169203331',
        service: 'messaging-worker',
        name: 'send text',
        startedAt: 1795168800000.25,
        endedAt: 1795168800012.5,
        failed: true,
        rows: [{ verb: 'insert', table: 'send_attempts', count: 1 }],
        attributes: { 'messaging.attempt': '2' },
      },
    ]);
  });

  it('shows no rows of a request that was refused, since its transaction rolled back', () => {
    const refused = structuredClone(exported);
    const status = { key: 'http.response.status_code', value: { intValue: 422 } };
    refused.resourceSpans[0]?.scopeSpans[0]?.spans[0]?.attributes.push(status);
    expect(readSpans(refused)[0]?.rows).toEqual([]);
  });

  it('may be empty, but nothing else than an export', () => {
    expect(readSpans({})).toEqual([]);
    expect(() => readSpans({ resourceSpans: [{ scopeSpans: [{ spans: [{ name: 'no ids' }] }] }] })).toThrow('traceId');
  });
});
