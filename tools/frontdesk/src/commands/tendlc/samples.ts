/** A brand that would pass, to start from. */
export const sampleBrand = {
  entityType: 'PRIVATE_PROFIT',
  legalName: 'Radiance Aesthetics LLC',
  displayName: 'Radiance Medspa',
  ein: '86-1234567',
  email: 'office@radiancemedspa.com',
  phone: '+14805550100',
  website: 'https://radiancemedspa.com',
  street: '4400 N Scottsdale Rd',
  city: 'Scottsdale',
  state: 'AZ',
  postalCode: '85251',
  vertical: 'HEALTHCARE',
};

/** A campaign of that brand. */
export const sampleCampaign = {
  usecase: 'LOW_VOLUME',
  description:
    'Radiance Medspa answers patients who text or call its number, books their visits, sends payment links for deposits that they asked for, and reminds them of their appointments.',
  messageFlow:
    'Patients tick a box on https://radiancemedspa.com/book that is not ticked beforehand and reads: "I agree to receive texts about my appointments from Radiance Medspa. Message frequency varies. Message and data rates may apply. Reply HELP for help, STOP to opt out. Consent is not a condition of purchase." Privacy policy: https://radiancemedspa.com/privacy. Terms: https://radiancemedspa.com/terms. Or they text the number of the clinic first.',
  samples: [
    'Radiance Medspa: Hi Ana, your visit is on Tuesday, December 1 at 10:00 AM. Reply C to confirm or R for another time. Reply STOP to opt out.',
    'Radiance Medspa: You are booked for Thursday at 2:30 PM. Pay the deposit that you asked for here: https://radiancemedspa.com/pay/4471. Questions? Call +14805550100. Reply HELP for help, STOP to opt out.',
  ],
  optInMessage:
    'Radiance Medspa: You are signed up for texts about your appointments. Message frequency varies. Message and data rates may apply. Reply HELP for help, STOP to opt out.',
  optOutMessage: 'Radiance Medspa: You are opted out and will get no more texts from us. Reply START to come back.',
  helpMessage:
    'Radiance Medspa: For help call +14805550100 or write to office@radiancemedspa.com. Reply STOP to opt out.',
  optInKeywords: ['START', 'YES'],
  optOutKeywords: ['STOP', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'],
  helpKeywords: ['HELP', 'INFO'],
  privacyPolicyUrl: 'https://radiancemedspa.com/privacy',
  termsUrl: 'https://radiancemedspa.com/terms',
  embeddedLink: true,
  embeddedPhone: true,
  ageGated: false,
};
