/** Numbers that the called party pays for. They are verified one by one and belong to no campaign. */
export const isTollFree = (number: string): boolean => /^\+18(?:00|33|44|55|66|77|88)\d{7}$/.test(number);

/** Numbers of other countries than those that share +1 with the United States: their carriers ask for no campaign. */
export const isAbroad = (number: string): boolean => !number.startsWith('+1');
