import { createHash } from 'node:crypto';

/** A person as WhatsApp knows them. */
export interface Person {
  /** With its plus; null when the business does not know it. */
  number: string | null;
  /** Of the business alone: `US.1349000000000000`. */
  userId: string;
  name: string;
}

export interface People {
  /** By their number, or by `wa:` and their user id. */
  at: (address: string) => Person;
  /** How the person is called from then on. */
  name: (address: string, name: string) => void;
  /** From then on nothing tells the number. */
  hide: (number: string) => void;
  isHidden: (person: Person) => boolean;
}

export function createPeople(): People {
  const known = new Map<string, Person>();
  const hidden = new Set<string>();

  function at(address: string): Person {
    const isUser = address.startsWith('wa:');
    const userId = isUser ? address.slice('wa:'.length) : userIdOf(address);
    const person = known.get(userId) ?? { number: isUser ? null : address, userId, name: 'Ana' };
    known.set(userId, person);
    return person;
  }

  return {
    at,
    name(address, name) {
      at(address).name = name;
    },
    hide(number) {
      hidden.add(at(number).userId);
    },
    isHidden: ({ number, userId }) => number === null || hidden.has(userId),
  };
}

/** The same number has the same id in every run. */
function userIdOf(number: string): string {
  const digest = createHash('sha256').update(number).digest();
  return `US.${digest.readBigUInt64BE().toString().padStart(20, '1').slice(0, 18)}`;
}
