/** What a text can say by name, for a template that says it in its place. */
export type TemplateValues = Readonly<Partial<Record<TemplateValueName, string>>>;

export const templateValueNames = [
  /** The clinic's name. */
  'clinic',
  'firstName',
  /** The service, by what it may be called on a lock screen. */
  'visit',
  /** `Tue, Nov 24` */
  'day',
  /** `2:30 PM MST` */
  'time',
  'practitioner',
  'address',
  /** The clinic's number, `(480) 555-8888`. */
  'phone',
  /** `$50` */
  'amount',
  /** Where the deposit is paid. */
  'link',
  /** How long the time is held. */
  'minutes',
  /** The words of the text itself. */
  'text',
] as const;
export type TemplateValueName = (typeof templateValueNames)[number];

/**
 * Which values the texts of a kind have, by their `kind`. Only those kinds can leave outside the 24 hours, since every other answers
 * a person who has just written. `firstName` is there where it is known; a template that needs it fits no others.
 */
export const valuesOfKinds = {
  'visit-reminder': ['clinic', 'firstName', 'visit', 'day', 'time', 'address', 'phone'],
  'visit-follow-up': ['clinic', 'firstName', 'text'],
  'offer-follow-up': ['clinic', 'firstName'],
  'booking-confirmed': ['clinic', 'firstName', 'visit', 'day', 'time', 'practitioner', 'address'],
  'deposit-link': ['clinic', 'firstName', 'visit', 'day', 'time', 'amount', 'link', 'minutes'],
  'deposit-delayed': ['clinic', 'firstName', 'visit', 'day', 'time'],
  'deposit-unavailable': ['clinic', 'firstName', 'visit', 'day', 'time'],
  'deposit-expired': ['clinic', 'firstName', 'day', 'time'],
  'deposit-paid-without-slot': ['clinic', 'firstName', 'day', 'time'],
  'payment-failed': ['clinic', 'firstName', 'visit', 'day', 'time', 'link'],
  'payment-mismatch': ['clinic', 'firstName', 'visit', 'day', 'time'],
  'by-hand': ['clinic', 'text'],
} as const satisfies Record<string, readonly TemplateValueName[]>;
export type TemplateKind = keyof typeof valuesOfKinds;
