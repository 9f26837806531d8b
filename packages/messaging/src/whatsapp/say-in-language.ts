const english = {
  days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  months: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
};
/** The Monday, and the first of January, of any year that begins on one. */
const monday = Temporal.PlainDate.from('2024-01-01');

/** A value as a template of this language says it: the desk's own words are English, and of its values only days are words. */
export function sayInLanguage(name: string, value: string, language: string): string {
  if (name !== 'day' || language === 'en') return value;
  const [, weekday = '', month = '', day = ''] = /^(\w{3}), (\w{3}) (\d{1,2})$/.exec(value) ?? [];
  const [isoDay, isoMonth] = [english.days.indexOf(weekday), english.months.indexOf(month)];
  if (isoDay === -1 || isoMonth === -1) return value;
  const named = (date: Temporal.PlainDate, what: 'weekday' | 'month') =>
    new Intl.DateTimeFormat(language, { [what]: 'long', timeZone: 'UTC' }).format(
      date.toZonedDateTime('UTC').epochMilliseconds,
    );
  const words = {
    weekday: named(monday.add({ days: isoDay }), 'weekday'),
    month: named(monday.add({ months: isoMonth }), 'month'),
  };
  return language === 'es' ? `${words.weekday} ${day} de ${words.month}` : `${words.weekday}, ${day} ${words.month}`;
}
