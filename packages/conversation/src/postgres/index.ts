export { decideAt } from './calls.ts';
export { StaleLease } from './lease.ts';
export { createPeople, meetPerson, type KnownPerson, type Stranger } from './people.ts';
export { silenceConversations } from './silence-conversations.ts';
