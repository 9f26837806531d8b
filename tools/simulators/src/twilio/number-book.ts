/** The account's numbers, and the Messaging Service that each belongs to. */
export interface TwilioNumbers {
  isOurs: (number: string) => boolean;
  /** Whether the account's list names it, as a list of all would. */
  isListed: (number: string) => boolean;
  list: () => readonly string[];
  serviceOf: (number: string) => string | null;
  isService: (sid: string) => boolean;
  addService: (sid: string) => void;
  services: () => readonly string[];
  /** A number of the service's pool. */
  numberOf: (service: string) => string | null;
  assign: (number: string, service: string | null) => void;
  /** The account no longer has it. */
  remove: (number: string) => void;
}

/** Without a list, every number that was not given back is the account's, belongs to no service, and every service exists. */
export function createTwilioNumbers(numbers: Record<string, string | null> | undefined): TwilioNumbers {
  const services = new Map(Object.entries(numbers ?? {}));
  const made = new Set([...services.values()].filter((sid) => sid !== null));
  const gone = new Set<string>();
  const open = numbers === undefined;

  return {
    isOurs: (number) => services.has(number) || (open && !gone.has(number)),
    isListed: (number) => services.has(number),
    list: () => [...services.keys()],
    serviceOf: (number) => services.get(number) ?? null,
    isService: (sid) => open || made.has(sid),
    addService: (sid) => void made.add(sid),
    services: () => [...made],
    numberOf: (service) => [...services].find(([, sid]) => sid === service)?.[0] ?? null,
    assign(number, service) {
      services.set(number, service);
      gone.delete(number);
      if (service !== null) made.add(service);
    },
    remove(number) {
      services.delete(number);
      gone.add(number);
    },
  };
}
