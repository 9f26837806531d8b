/** A med spa's brand as the registry takes it. */
export const medSpaBrand = {
  entityType: 'PRIVATE_PROFIT' as const,
  legalName: 'Radiance Aesthetics LLC',
  displayName: 'Radiance Medspa',
  ein: '86-1357924',
  email: 'office@radiancemedspa.com',
  phone: '+14805550100',
  website: 'https://www.radiancemedspa.com',
  street: '4400 N Scottsdale Rd, Suite 120',
  city: 'Scottsdale',
  state: 'AZ',
  postalCode: '85251',
  vertical: 'HEALTHCARE',
  firstName: null,
  lastName: null,
  mobilePhone: null,
  stockSymbol: null,
  stockExchange: null,
};

/** The brand of somebody who works alone, as the registry takes it. */
export const soleProprietorBrand = {
  ...medSpaBrand,
  entityType: 'SOLE_PROPRIETOR' as const,
  legalName: 'Ana Ruiz',
  displayName: 'Ana Ruiz Skin Care',
  ein: null,
  firstName: 'Ana',
  lastName: 'Ruiz',
  mobilePhone: '+16025550142',
};

/** Its campaign, as reviewers let it pass. */
export const medSpaCampaign = {
  usecase: 'LOW_VOLUME' as const,
  description:
    'Radiance Medspa answers patients who text or call, helps them to book a visit, and reminds them of their appointments.',
  messageFlow:
    'Patients text our number first, or tick a box that is empty on https://www.radiancemedspa.com/book, where it says: "I agree to get texts about my visits from Radiance Medspa. Msg frequency varies, msg & data rates may apply. Reply STOP to opt out, HELP for help." Mobile numbers are never shared with third parties.',
  samples: [
    'Radiance Medspa: Hi Ana, your visit is on Tuesday at 10:00 AM. Reply C to confirm. Reply HELP for help, STOP to opt out.',
    'Radiance Medspa: Thanks for your call, Ana! We have a time free on Friday at 2:30 PM. Shall we hold it for you? Book at https://www.radiancemedspa.com/book',
  ],
  optInMessage:
    'Radiance Medspa: Thanks for agreeing to texts about your visits. Msg frequency varies. Msg & data rates may apply. Reply HELP for help, STOP to opt out.',
  optOutMessage: 'Radiance Medspa: You are unsubscribed and will get no more messages. Reply START to get them again.',
  helpMessage:
    'Radiance Medspa: Call us at (480) 555-0100 or write to office@radiancemedspa.com. Msg & data rates may apply. Reply STOP to opt out.',
  optInKeywords: ['START', 'YES'],
  optOutKeywords: ['STOP', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT'],
  helpKeywords: ['HELP', 'INFO'],
  privacyPolicyUrl: 'https://www.radiancemedspa.com/privacy',
  termsUrl: 'https://www.radiancemedspa.com/terms',
  embeddedLink: true,
  embeddedPhone: false,
  ageGated: false,
};
