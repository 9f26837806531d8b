import type { TextClass } from '../text-class.ts';
import { between, strictest, type DayHours, type HoursOn } from './day-hours.ts';
import { isHoliday } from './holidays.ts';
import { stateRules } from './state-rules.ts';

/** No solicitation earlier or later where the person is: 47 CFR 64.1200(c)(1). Reminders keep to it, too. */
export const federalHours = between('08:00', '21:00');
/** What marketing keeps to everywhere, so that a rule missing from the table does little harm. */
export const marketingHours = between('09:00', '20:00');

/**
 * When texts of a class may leave; null when at any hour, because the person waits for it or asked just now. Staff notices
 * go to people who chose to get them.
 */
export function hoursOfClass(
  ofClass: TextClass,
  { states, clinicHours }: { states: readonly string[]; clinicHours: DayHours },
): HoursOn | null {
  switch (ofClass) {
    case 'reply':
    case 'missed-call':
    case 'keyword-answer':
    case 'staff-notice':
      return null;
    case 'reminder':
      return strictest([() => federalHours, () => clinicHours]);
    case 'marketing':
      return strictest([() => federalHours, () => marketingHours, () => clinicHours, ...states.map(hoursOfState)]);
  }
}

/** A state's own rule, which allows everything where the state has none. */
function hoursOfState(state: string): HoursOn {
  const rule = stateRules.find((each) => each.state === state);
  if (rule === undefined) return () => federalHours;
  return (date) => {
    if (rule.noHolidays && isHoliday(date, state)) return null;
    if (date.dayOfWeek === 7) return rule.sunday;
    return date.dayOfWeek === 6 ? rule.saturday : rule.weekdays;
  };
}
