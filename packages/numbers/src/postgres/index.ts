export { hearOfRegistration } from './take-registration.ts';
export { requestRegistration, ringRegistration } from './request-registration.ts';
export { findSender, listSenders } from './read-senders.ts';
export { leaveSender } from './leave-sender.ts';
export { registerSender, type RegisterOutcome } from './register-sender.ts';
