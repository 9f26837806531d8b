import { describe, expect, it } from '@jest/globals';
import { stateRules } from './state-rules.ts';
import { statesOfPerson, zonesOfPerson } from './zones-of-person.ts';

const zones = (phone: string, change: { personZone?: string; clinicZone?: string } = {}) =>
  zonesOfPerson({ phone, personZone: change.personZone ?? null, clinicZone: change.clinicZone ?? 'America/New_York' });
const numberIn = (areaCode: string) => `+1${areaCode}5550123`;

describe('where a person may be', () => {
  it.each([
    ['212', ['America/New_York']],
    ['423', ['America/Chicago', 'America/New_York']],
    ['729', ['America/Chicago', 'America/New_York']],
    ['850', ['America/Chicago', 'America/New_York']],
    ['448', ['America/New_York', 'America/Chicago']],
    ['906', ['America/Chicago', 'America/New_York']],
    ['208', ['America/Boise', 'America/Denver', 'America/Los_Angeles', 'America/New_York']],
    ['605', ['America/Chicago', 'America/Denver', 'America/North_Dakota/Center', 'America/New_York']],
    ['928', ['America/Denver', 'America/Phoenix', 'America/New_York']],
    ['808', ['Pacific/Honolulu', 'America/New_York']],
    ['787', ['America/Puerto_Rico', 'America/New_York']],
  ])('with a number of %s: all zones under the area code, and that of the clinic', (areaCode, expected) => {
    expect(zones(numberIn(areaCode))).toEqual(expected);
  });

  it.each([
    ['a toll-free number', '+18005550123'],
    ['an area code that is not known', '+19995550123'],
    ['a number from elsewhere', '+447700900123'],
  ])('with %s: the whole mainland', (_what, phone) => {
    expect(zones(phone, { clinicZone: 'America/Phoenix' })).toEqual([
      'America/New_York',
      'America/Chicago',
      'America/Denver',
      'America/Los_Angeles',
      'America/Phoenix',
    ]);
  });

  it.each([
    [
      'the United States',
      'wa:US.1349',
      ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Phoenix'],
    ],
    ['a country of one zone', 'wa:JP.1349', ['Asia/Tokyo', 'America/Phoenix']],
    [
      'a country that nobody knows',
      'wa:ZZ.1349',
      ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles', 'America/Phoenix'],
    ],
  ])('without a number, of %s: its zones, and that of the clinic', (_what, phone, expected) => {
    expect(zones(phone, { clinicZone: 'America/Phoenix' })).toEqual(expected);
  });

  it('is known better than by the area code when somebody said so', () => {
    expect(zones(numberIn('212'), { personZone: 'Pacific/Honolulu' })).toEqual(['Pacific/Honolulu']);
  });

  it('is not known better by a zone that does not exist', () => {
    expect(zones(numberIn('212'), { personZone: 'Mars/Olympus' })).toEqual(['America/New_York']);
  });
});

describe('whose rules hold for a person', () => {
  it.each([
    ['Florida', numberIn('305'), null, ['FL']],
    ['Florida and Texas', numberIn('305'), 'TX', ['FL', 'TX']],
    ['Florida once', numberIn('305'), 'FL', ['FL']],
    ['Tennessee, by an area code laid over', numberIn('729'), null, ['TN']],
    ['Texas alone', '+18005550123', 'TX', ['TX']],
    ['nobody', numberIn('416'), null, []],
    ['Arizona, without a number', 'wa:US.1349', 'AZ', ['AZ']],
  ])('%s', (_who, phone, personState, states) => {
    expect(statesOfPerson({ phone, personState })).toEqual(states);
  });

  it('all states of the table, without a number and a known state', () => {
    expect(statesOfPerson({ phone: 'wa:US.1349', personState: null })).toEqual(stateRules.map(({ state }) => state));
  });
});
