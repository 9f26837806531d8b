export { makeErasePerson, type ErasePerson, type Erasure, type ErasureRequest } from './erase-person.ts';
export { treatments, type Treatment } from './treatments.ts';
