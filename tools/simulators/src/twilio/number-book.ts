/** The account's numbers, and the Messaging Service that each belongs to. */
export interface TwilioNumbers {
  isOurs: (number: string) => boolean;
  serviceOf: (number: string) => string | null;
  isService: (sid: string) => boolean;
  /** A number of the service's pool. */
  numberOf: (service: string) => string | null;
  assign: (number: string, service: string | null) => void;
}

/** Without a list, every number is the account's, belongs to no service, and every service exists. */
export function createTwilioNumbers(numbers: Record<string, string | null> | undefined): TwilioNumbers {
  const services = new Map(Object.entries(numbers ?? {}));
  const open = numbers === undefined;

  return {
    isOurs: (number) => open || services.has(number),
    serviceOf: (number) => services.get(number) ?? null,
    isService: (sid) => open || [...services.values()].includes(sid),
    numberOf: (service) => [...services].find(([, sid]) => sid === service)?.[0] ?? null,
    assign(number, service) {
      services.set(number, service);
    },
  };
}
