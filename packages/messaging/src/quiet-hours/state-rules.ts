import { between, type DayHours } from './day-hours.ts';

/**
 * When marketing texts may reach people of a state, by the wall clock where they are. Where sources disagree, the stricter
 * stands here. States without a row have the federal window.
 */
export type StateRule = {
  state: string;
  weekdays: DayHours;
  saturday: DayHours;
  /** Null: none on Sundays. */
  sunday: DayHours | null;
  /** No texts on legal holidays of the state. */
  noHolidays: boolean;
  source: string;
  /** Who of counsel held the row against the law, and when; null until somebody has. */
  verifiedByCounsel: string | null;
};

const lists = 'lists of dialler vendors (usestello.com/compliance, dropcowboy.com/state-compliance)';
const holidayAlerts = 'dnc.com restricted call dates';

type Days = { weekdays: DayHours; saturday?: DayHours; sunday?: DayHours | null; noHolidays?: boolean };

/** Days that are not named have the hours of weekdays. */
function rule(state: string, { weekdays, ...days }: Days, source: string): StateRule {
  return {
    state,
    weekdays,
    saturday: weekdays,
    sunday: weekdays,
    noHolidays: false,
    ...days,
    source,
    verifiedByCounsel: null,
  };
}

const eightToEight = between('08:00', '20:00');
const nineToNine = between('09:00', '21:00');
const nineToEight = between('09:00', '20:00');
const federalDay = between('08:00', '21:00');

export const stateRules: readonly StateRule[] = [
  rule('AL', { weekdays: eightToEight, sunday: null, noHolidays: true }, `${lists}; ${holidayAlerts}`),
  rule('CA', { weekdays: nineToEight }, `${lists}, which disagree: the stricter of all`),
  rule('CT', { weekdays: nineToEight }, lists),
  rule('FL', { weekdays: eightToEight }, 'Fla. Stat. 501.616(6)(a)'),
  rule('IL', { weekdays: nineToEight }, `${lists}, which disagree: the stricter of all`),
  rule('KY', { weekdays: between('10:00', '21:00') }, lists),
  rule(
    'LA',
    { weekdays: eightToEight, sunday: null, noHolidays: true },
    `La. PSC General Order R-29617 (V)(A); ${holidayAlerts}`,
  ),
  rule('MA', { weekdays: eightToEight }, lists),
  rule('MD', { weekdays: eightToEight }, `Stop the Spam Calls Act; ${lists}`),
  rule('MI', { weekdays: nineToNine }, lists),
  rule('MN', { weekdays: nineToNine }, lists),
  rule('MS', { weekdays: eightToEight, sunday: null, noHolidays: true }, `${lists}; ${holidayAlerts}`),
  rule('NJ', { weekdays: eightToEight }, `${lists}; not found in primary text`),
  rule('NM', { weekdays: nineToNine }, lists),
  rule('NV', { weekdays: nineToEight }, lists),
  rule('OK', { weekdays: eightToEight }, 'Oklahoma Telephone Solicitation Act of 2022, Okla. Stat. tit. 15, 775C'),
  rule(
    'PA',
    { weekdays: nineToEight, saturday: between('09:00', '12:00'), sunday: null, noHolidays: true },
    `${lists}, which disagree: the stricter of all; ${holidayAlerts}`,
  ),
  rule(
    'RI',
    {
      weekdays: between('09:00', '18:00'),
      saturday: between('10:00', '17:00'),
      sunday: between('10:00', '17:00'),
      noHolidays: true,
    },
    `${lists}; ${holidayAlerts}`,
  ),
  rule('SD', { weekdays: nineToNine, sunday: null }, 'repeated by several lists; not found in primary text'),
  rule(
    'TX',
    { weekdays: nineToNine, sunday: between('12:00', '21:00') },
    'Tex. Bus. & Com. Code 301.051 with SB 140 (texts count from 1 September 2025)',
  ),
  rule(
    'UT',
    { weekdays: federalDay, sunday: null, noHolidays: true },
    `${holidayAlerts}; Sundays: repeated by several lists`,
  ),
  rule('VA', { weekdays: federalDay }, lists),
  rule('WA', { weekdays: eightToEight }, 'RCW 19.158.040(2)'),
  rule('WY', { weekdays: eightToEight }, 'repeated by several lists; not found in primary text'),
];
