/** Meta's limit of a template's body, as it is written and as it is said. */
export const longestBody = 1_024;
