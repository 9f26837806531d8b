export { decideAt } from './calls.ts';
export { StaleLease } from './lease.ts';
