export { systemClock, type Clock } from './clock.ts';
export {
  AccountFailure,
  ConfigFault,
  Conflict,
  Declined,
  FrontdeskError,
  InvalidMessage,
  NotFound,
  PermanentFailure,
  TransientFailure,
  type ErrorKind,
} from './errors.ts';
export { armFailpoints, failpoint } from './failpoint.ts';
export { derivedId, isId, newId, type Id } from './id.ts';
export { formatMoney, money, type Money } from './money.ts';
export { nullLogger, type Logger } from './logger.ts';
export { maskPhoneNumber, olderForm, parsePhoneNumber, type PhoneNumber } from './phone-number.ts';
export { fullJitter, type Random } from './full-jitter.ts';
export { present } from './present.ts';
export { assertMayLeave, withEffectsWithheld, withheldReplay, type WithheldReplay } from './withheld-replay.ts';
export {
  addressWords,
  parsePersonAddress,
  whatsAppUser,
  type PersonAddress,
  type WhatsAppUser,
} from './person-address.ts';
export { openToken, sealToken, type SealedToken, type TokenKeys } from './token-cipher.ts';
export { parseTokenKeys } from './token-keys.ts';
