import type { ClinicDefinition, ServiceDefinition } from '@frontdesk/clinics';

const service = (
  n: number,
  rest: Omit<ServiceDefinition, 'id' | 'depositNewCents' | 'depositReturningCents'>,
): ServiceDefinition => ({
  id: `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`,
  depositNewCents: 5000,
  depositReturningCents: 0,
  ...rest,
});

const services = {
  botox: service(1, {
    name: 'Botox',
    discreetName: 'injectable visit',
    aliases: ['tox', 'wrinkle relaxer', 'fix my 11s', 'lip flip'],
    minutes: 15,
    priceCents: 1200,
    priceUnit: 'unit',
  }),
  filler: service(2, {
    name: 'Dermal filler',
    discreetName: 'injectable visit',
    aliases: ['filler', 'fillers', 'lip filler', 'lip injections', 'cheek filler'],
    minutes: 30,
    priceCents: 65000,
    priceUnit: 'syringe',
  }),
  sculptra: service(3, {
    name: 'Sculptra',
    discreetName: 'injectable visit',
    aliases: ['collagen stimulator'],
    minutes: 45,
    priceCents: 85000,
    priceUnit: 'vial',
  }),
  laser: service(4, {
    name: 'Laser hair removal',
    discreetName: 'laser visit',
    aliases: ['laser', 'hair removal'],
    minutes: 30,
    priceCents: 15000,
    priceUnit: 'session',
  }),
  peel: service(5, {
    name: 'Chemical peel',
    discreetName: 'skin visit',
    aliases: ['peel'],
    minutes: 30,
    priceCents: 15000,
    priceUnit: 'session',
  }),
  microneedling: service(6, {
    name: 'Microneedling',
    discreetName: 'skin visit',
    aliases: ['micro needling'],
    minutes: 60,
    priceCents: 35000,
    priceUnit: 'session',
  }),
  facial: service(7, {
    name: 'Facial',
    discreetName: 'skin visit',
    aliases: ['signature facial', 'hydrating facial'],
    minutes: 60,
    priceCents: 19900,
    priceUnit: 'session',
  }),
  coolsculpting: service(8, {
    name: 'CoolSculpting',
    discreetName: 'body visit',
    aliases: ['cool sculpting', 'fat freezing'],
    minutes: 60,
    priceCents: 75000,
    priceUnit: 'cycle',
  }),
} as const;

const injectables = [services.botox.id, services.filler.id, services.sculptra.id];
const skin = [services.peel.id, services.microneedling.id, services.facial.id];
const devices = [services.laser.id, services.coolsculpting.id, services.microneedling.id, services.facial.id];

const facts = [
  [
    'Botox price',
    'Botox is $12 per unit. A typical visit takes 20 to 50 units: forehead 10 to 30, frown lines 10 to 25.',
  ],
  [
    'How long Botox lasts',
    'Results show in 3 to 5 days, are full at 2 weeks and last 3 to 4 months. A visit takes 10 to 15 minutes.',
  ],
  [
    'Filler price',
    'Dermal fillers are $650 per syringe; lips usually take 1 to 2 syringes and cheeks 2 to 3. They last 6 to 18 months.',
  ],
  [
    'Laser hair removal price',
    'Laser hair removal is $75, $150 or $300 per session by the size of the area. A package of 6 is 15% off.',
  ],
  [
    'Peels, microneedling and facials price',
    'Chemical peels are $150, $250 or $400. Microneedling of the face is $350. Facials are $199, $250 or $325.',
  ],
  ['Downtime', 'A chemical peel has 3 to 7 days of downtime.'],
  [
    'Deposit',
    'New clients pay a $50 deposit to book. It is refundable and goes toward the service. Returning clients pay none.',
  ],
  [
    'Cancelling',
    'Cancel at least 24 hours before the visit and the deposit is refunded. Later than that, or for a no-show, it is forfeited.',
  ],
  ['Paying', 'We take all major cards, HSA and FSA cards where eligible, and offer financing through partners.'],
  [
    'Who performs treatments',
    'Dr. Sarah Chen, MD and Jessica Martinez, NP do injectables. Amanda Wilson, RN does laser and skin treatments.',
  ],
  ['Consultation', 'A consultation is needed only for complex treatments; most visits can be booked directly.'],
  ['Promotions', 'First treatment 10% off. Memberships are $299, $199 or $99 per month. A referral earns $50.'],
  ['Parking', 'Parking in front of the building is free.'],
  ['Emsculpt', 'We offer Emsculpt in series of 4 sessions; prices depend on the area and start at $2000.'],
] as const;

/** The clinic that `npm start` shows: a medspa in Scottsdale, with a $50 deposit for new clients. */
export const demoClinic: ClinicDefinition = {
  id: '11111111-1111-4111-8111-111111111111',
  name: 'Radiance Medspa',
  timeZone: 'America/Phoenix',
  location: {
    id: '11111111-1111-4111-8111-111111111112',
    name: 'Scottsdale',
    address: '7400 E Camelback Rd, Scottsdale, AZ 85251',
    number: '+14805558888',
    messagingProfileId: '40017f00-0000-4000-8000-000000000001',
    callHandling: 'ring',
  },
  hours: {
    1: ['09:00', '18:00'],
    2: ['10:00', '19:00'],
    3: ['09:00', '18:00'],
    4: ['10:00', '19:00'],
    5: ['09:00', '17:00'],
    6: ['09:00', '16:00'],
  },
  reminders: [1_440, 60],
  followUps: { afterOffer: null, afterVisit: null },
  services: Object.values(services),
  practitioners: [
    {
      id: '33333333-3333-4333-8333-000000000001',
      name: 'Dr. Sarah Chen',
      title: 'MD',
      hours: { 1: ['09:00', '17:00'], 3: ['09:00', '17:00'], 5: ['09:00', '17:00'], 6: ['09:00', '14:00'] },
      serviceIds: injectables,
    },
    {
      id: '33333333-3333-4333-8333-000000000002',
      name: 'Jessica Martinez',
      title: 'NP',
      hours: { 2: ['10:00', '19:00'], 4: ['10:00', '19:00'], 6: ['10:00', '16:00'] },
      serviceIds: [...injectables, ...skin],
    },
    {
      id: '33333333-3333-4333-8333-000000000003',
      name: 'Amanda Wilson',
      title: 'RN',
      hours: {
        1: ['09:00', '18:00'],
        2: ['10:00', '18:00'],
        3: ['09:00', '18:00'],
        4: ['10:00', '18:00'],
        5: ['09:00', '17:00'],
      },
      serviceIds: [...devices, services.peel.id],
    },
  ],
  facts: facts.map(([topic, answer], n) => ({
    id: `44444444-4444-4444-8444-${String(n + 1).padStart(12, '0')}`,
    topic,
    answer,
  })),
  staff: [{ id: '55555555-5555-4555-8555-000000000001', name: 'Maya (front desk)', phone: '+14805557777' }],
  depositAccount: { merchantId: 'ML-RADIANCE', squareLocationId: 'LOC-SCOTTSDALE', accessToken: 'EAAA-local-radiance' },
};
