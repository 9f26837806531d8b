import { expect, it } from '@jest/globals';

it.each([
  [Temporal.Instant.from('2026-11-23T15:00:00Z'), Temporal.Instant.from('2026-11-23T15:00:01Z')],
  [Temporal.PlainDate.from('2026-11-23'), Temporal.PlainDate.from('2026-11-24')],
  [Temporal.PlainTime.from('15:00'), Temporal.PlainTime.from('15:01')],
  [Temporal.Duration.from({ hours: 1 }), Temporal.Duration.from({ hours: 2 })],
  [Temporal.PlainTime.from('15:00'), '15:00:00'],
])('expectations tell %s and %s apart, alone and within others', (one, other) => {
  expect(one).not.toEqual(other);
  expect({ at: [one] }).not.toEqual({ at: [other] });
  expect({ at: one, more: 1 }).not.toMatchObject({ at: other });
  expect({ at: [one], more: 1 }).toMatchObject({ at: [one] });
});
