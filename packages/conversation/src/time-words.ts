const dayLong = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const monthLong = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

export const dayWord = (isoDay: number): string => dayLong[isoDay - 1] ?? '';

/** `2:30 PM`, `9 AM` */
export function clockWords(time: Temporal.PlainTime): string {
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12;
  const minutes = time.minute === 0 ? '' : `:${String(time.minute).padStart(2, '0')}`;
  return `${hour}${minutes} ${time.hour < 12 ? 'AM' : 'PM'}`;
}

export function minuteWords(minute: number): string {
  return clockWords(Temporal.PlainTime.from({ hour: Math.floor(minute / 60) % 24, minute: minute % 60 }));
}

/** `Tue, Nov 24, 2:30 PM`, in the clinic's own zone. */
export function timeLabel(at: Temporal.Instant, timeZone: string): string {
  const local = at.toZonedDateTimeISO(timeZone);
  const day = dayWord(local.dayOfWeek).slice(0, 3);
  return `${day}, ${monthWord(local.month).slice(0, 3)} ${local.day}, ${clockWords(local.toPlainTime())}`;
}

/** `Tue Nov 24 2:30 PM`, in at most twenty characters. */
export function shortTimeLabel(at: Temporal.Instant, timeZone: string): string {
  return timeLabel(at, timeZone).replaceAll(',', '');
}

/** `Tue, Nov 24` and `2:30 PM`, in the clinic's own zone. */
export function dayAndTime(at: Temporal.Instant, timeZone: string): { day: string; time: string } {
  const [weekday = '', date = '', time = ''] = timeLabel(at, timeZone).split(', ');
  return { day: `${weekday}, ${date}`, time };
}

/** `Friday, November 20, 2026` */
export function dateWords(date: Temporal.PlainDate): string {
  return `${dayWord(date.dayOfWeek)}, ${monthWord(date.month)} ${date.day}, ${date.year}`;
}

/** `A; B or C`: labels hold commas of their own. */
export function oneOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join('; ')} or ${words.at(-1) ?? ''}`;
}

function monthWord(month: number): string {
  return monthLong[month - 1] ?? '';
}
