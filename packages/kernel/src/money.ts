/** An amount in the smallest unit of its currency (cents), with the ISO 4217 code. */
export type Money = { readonly cents: number; readonly currency: string };

/** @throws RangeError when the amount is not a whole, non-negative number of cents */
export function money(cents: number, currency: string): Money {
  if (!Number.isSafeInteger(cents) || cents < 0) {
    throw new RangeError(`an amount is a whole number of cents, 0 or more; got ${cents}`);
  }
  return { cents, currency };
}

const formats = new Map<string, Intl.NumberFormat>();

/** As a person writes it: `$50`, `$12.50`. */
export function formatMoney({ cents, currency }: Money): string {
  const minimumFractionDigits = cents % 100 === 0 ? 0 : 2;
  // Making a format costs far more than using it. Currencies are few.
  const key = `${currency}${minimumFractionDigits}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat('en-US', { style: 'currency', currency, minimumFractionDigits });
    formats.set(key, format);
  }
  return format.format(cents / 100);
}
