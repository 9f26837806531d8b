import { describe, expect, it } from '@jest/globals';
import { createCircuit, type CircuitState } from './circuit.ts';
import type { SendOutcome } from './ports.ts';

const start = Temporal.Instant.from('2026-11-20T16:00:00Z');
const at = (ms: number) => start.add({ milliseconds: ms });
const unreachable: SendOutcome = { kind: 'retryable', code: 'ECONNREFUSED' };
const timedOut: SendOutcome = { kind: 'unknown', code: 'timeout' };
const accepted: SendOutcome = { kind: 'accepted', providerMessageId: 'x' };
const refused: SendOutcome = { kind: 'refused', code: '40310', reason: 'no', optedOut: false };
const senderThrottled: SendOutcome = { kind: 'retryable', code: '130429', only: 'sender' };
const busy: SendOutcome = { kind: 'retryable', code: '10011', retryAfterMs: 1_000 };

function circuitAfter(...answers: SendOutcome[]) {
  const changes: CircuitState[] = [];
  const circuit = createCircuit({ failures: 3, pauseMs: 1_000, capMs: 3_000 }, (state) => changes.push(state));
  for (const answer of answers) circuit.heard(answer, start);
  return { circuit, changes };
}

describe('the circuit of a carrier', () => {
  it('opens after so many failures in a row, answered or not', () => {
    const { circuit, changes } = circuitAfter(unreachable, timedOut, unreachable);
    expect(circuit.enter(start)).toEqual(at(1_000));
    expect(changes).toEqual(['open']);
  });

  it.each<[string, SendOutcome]>([
    ['takes a text', accepted],
    ['refuses a text', refused],
    ['says when it has room again', busy],
  ])('stays closed while the carrier %s in between', (_how, healthy) => {
    const { circuit } = circuitAfter(unreachable, unreachable, healthy, unreachable, unreachable);
    expect(circuit.enter(start)).toBeNull();
  });

  it('lets one text through after each pause, and the others wait for the next', () => {
    const { circuit } = circuitAfter(timedOut, timedOut, timedOut);
    expect(circuit.enter(at(999))).toEqual(at(1_000));
    expect(circuit.enter(at(1_000))).toBeNull();
    expect(circuit.enter(at(1_001))).toEqual(at(2_000));
    expect(circuit.enter(at(2_000))).toBeNull();
  });

  it('pauses twice as long after each probe that failed, up to the cap', () => {
    const { circuit } = circuitAfter(timedOut, timedOut, timedOut);
    let now = 1_000;
    for (const pause of [2_000, 3_000, 3_000]) {
      expect(circuit.enter(at(now))).toBeNull();
      circuit.heard(unreachable, at(now));
      expect(circuit.enter(at(now))).toEqual(at(now + pause));
      now += pause;
    }
  });

  it('closes when the probe is taken, and needs as many failures to open again', () => {
    const { circuit, changes } = circuitAfter(timedOut, timedOut, timedOut);
    circuit.enter(at(1_000));
    circuit.heard(accepted, at(1_100));
    circuit.heard(timedOut, at(1_200));
    expect(circuit.enter(at(1_200))).toBeNull();
    expect(changes).toEqual(['open', 'closed']);
  });

  it('neither opens nor stays closed for the troubles of one sender', () => {
    expect(circuitAfter(...Array.from({ length: 9 }, () => senderThrottled)).changes).toEqual([]);
    expect(circuitAfter(timedOut, timedOut, senderThrottled, timedOut).changes).toEqual(['open']);
  });

  it('takes the next text as the probe when the sender of this one was in trouble', () => {
    const { circuit, changes } = circuitAfter(timedOut, timedOut, timedOut);
    expect(circuit.enter(at(1_000))).toBeNull();
    circuit.heard(senderThrottled, at(1_100));
    expect(circuit.enter(at(1_100))).toBeNull();
    expect(circuit.enter(at(1_101))).toEqual(at(2_100));
    circuit.heard(accepted, at(1_200));
    expect(changes).toEqual(['open', 'closed']);
  });

  it('does not pause longer for sends that were under way when it opened', () => {
    const { circuit } = circuitAfter(timedOut, timedOut, timedOut, timedOut, timedOut, timedOut);
    expect(circuit.enter(start)).toEqual(at(1_000));
  });
});
