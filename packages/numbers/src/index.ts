export { makeLookAfter, type LookAfter, type LookAfterPorts } from './look-after.ts';
export type { Advance, NextLook, ProviderNews, Registration, RegistrationSubject } from './registration.ts';
export { pollAfter } from './poll-after.ts';
export { makeAdvanceSender, type AdvanceSenderPorts } from './whatsapp/advance-sender.ts';
export { makeConnectSender, type SignUp, type SignUpOutcome } from './whatsapp/connect-sender.ts';
export { senderStates, type Sender, type SenderProvider, type SenderState } from './whatsapp/sender.ts';
