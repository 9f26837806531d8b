import { describe, expect, it } from '@jest/globals';
import type { CarrierName } from '@frontdesk/contracts';
import { chooseRoute, hasOtherWay, type EarlierTry, type RoutePolicy, type SendingNumber } from './route.ts';

const number = (carrier: CarrierName, digits: string): SendingNumber => ({
  channel: 'sms',
  number: digits,
  carrier,
  messagingProfileId: 'profile',
  textsPerSecond: null,
  campaign: null,
});
const home = number('telnyx', '+14805550100');
const near = number('twilio', '+14805550200');
const far = number('twilio', '+14805550300');
const later = Temporal.Instant.from('2026-11-20T16:00:00Z');
const inVain = (carrier: CarrierName, times: number): EarlierTry[] =>
  Array.from({ length: times }, () => ({ carrier, outcome: 'retryable' }));
const refusedBy = (carrier: CarrierName): EarlierTry => ({ carrier, outcome: 'refused' });

function route(
  { standIns = [near, far], tries = [] }: { standIns?: SendingNumber[]; tries?: EarlierTry[] },
  {
    connected = ['telnyx', 'twilio'],
    open = {},
  }: { connected?: CarrierName[]; open?: Partial<Record<CarrierName, Temporal.Instant>> } = {},
) {
  const policy: RoutePolicy = {
    isConnected: (carrier) => connected.includes(carrier),
    enter: (carrier) => open[carrier] ?? null,
    failoverAfter: 2,
  };
  return chooseRoute({ home, standIns, tries }, policy);
}

describe('a text', () => {
  it('leaves from its own number', () => {
    expect(route({})).toEqual({ kind: 'route', number: home, isStandIn: false });
    expect(route({ tries: inVain('telnyx', 1) })).toEqual({ kind: 'route', number: home, isStandIn: false });
  });

  it('leaves from the nearest number at another carrier after its own turned it away too often', () => {
    expect(route({ tries: inVain('telnyx', 2) })).toEqual({ kind: 'route', number: near, isStandIn: true });
  });

  it('leaves from there while its own carrier is out of order', () => {
    expect(route({}, { open: { telnyx: later } })).toEqual({ kind: 'route', number: near, isStandIn: true });
  });

  it('leaves from there when its own carrier alone will not take it', () => {
    expect(route({ tries: [refusedBy('telnyx')] })).toMatchObject({ number: near });
  });

  it('comes back to its own number when the other carrier turned it away as often', () => {
    expect(route({ tries: [...inVain('telnyx', 2), ...inVain('twilio', 2)] })).toMatchObject({ number: home });
  });

  it('never comes back to a carrier that refused it', () => {
    const tries = [refusedBy('telnyx'), ...inVain('twilio', 2)];
    expect(route({ tries })).toMatchObject({ number: near });
    expect(route({ tries: [...tries, refusedBy('twilio')] })).toEqual({ kind: 'nowhere' });
  });

  it('tries its own carrier again when there is no other', () => {
    const tries = inVain('telnyx', 4);
    expect(route({ standIns: [], tries })).toMatchObject({ number: home });
    expect(route({ tries }, { connected: ['telnyx'] })).toMatchObject({ number: home });
  });

  it('waits for the first carrier to work again when none does', () => {
    const sooner = later.subtract({ seconds: 1 });
    expect(route({}, { open: { telnyx: later, twilio: sooner } })).toEqual({ kind: 'closed', until: sooner });
    expect(route({ standIns: [] }, { open: { telnyx: later } })).toEqual({ kind: 'closed', until: later });
  });

  it('has nowhere to go when the desk has no account at its carrier', () => {
    expect(route({ standIns: [] }, { connected: ['twilio'] })).toEqual({ kind: 'nowhere' });
  });
});

describe('another way for a text that a carrier refuses', () => {
  const isConnected = () => true;
  it('is a number at a carrier that has not refused it', () => {
    expect(hasOtherWay([home, near], [], { carrier: 'telnyx', isConnected })).toBe(true);
    expect(hasOtherWay([home, near], [], { carrier: 'twilio', isConnected })).toBe(true);
    expect(hasOtherWay([home, near], [refusedBy('telnyx')], { carrier: 'twilio', isConnected })).toBe(false);
    expect(hasOtherWay([home], [], { carrier: 'telnyx', isConnected })).toBe(false);
    expect(hasOtherWay([home, near], [], { carrier: 'telnyx', isConnected: (each) => each === 'telnyx' })).toBe(false);
  });
});
