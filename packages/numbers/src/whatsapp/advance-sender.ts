import { TransientFailure, type TokenKeys } from '@frontdesk/kernel';
import type { TwilioSenders, WhatsAppAccounts } from '../ports.ts';
import { findSender } from '../postgres/read-senders.ts';
import type { Advance } from '../registration.ts';
import { metaActs } from './meta-acts.ts';
import { nextAct, type SenderAct } from './next-act.ts';
import type { HandPorts, SenderActs } from './sender-hand.ts';
import type { SenderProvider } from './sender.ts';
import { twilioActs } from './twilio-acts.ts';

export type AdvanceSenderPorts = HandPorts & {
  /** Null: the settings of Meta are not there. */
  accounts: Omit<WhatsAppAccounts, 'exchangeCode'> | null;
  /** Null: the settings of Twilio are not there. */
  senders: TwilioSenders | null;
  keys: TokenKeys;
};

const actOf = {
  subscribe: 'connect',
  create: 'connect',
  register: 'register',
  look: 'look',
  leave: 'leave',
} as const satisfies Record<Exclude<SenderAct, 'nothing'>, keyof SenderActs>;

/** More than the longest way from asked to online. */
const mostActs = 6;

/** Brings a sender forward as far as it goes at once: to online, to its failure, or out of the house. */
export function makeAdvanceSender(ports: AdvanceSenderPorts): Advance {
  const { inTenant, accounts, senders, clock } = ports;
  const acts: Readonly<Record<SenderProvider, SenderActs | null>> = {
    meta: accounts && metaActs({ ...ports, accounts }),
    twilio: senders && twilioActs({ ...ports, senders }),
  };

  return async (registration) => {
    const { orgId, id } = registration;
    for (let done = 0; done < mostActs; done++) {
      const sender = await inTenant(orgId, (tx) => findSender(tx, { orgId, id }));
      const act = sender === null ? 'nothing' : nextAct(sender);
      if (sender === null || act === 'nothing') return { at: null };
      const of = acts[sender.provider];
      if (of === null) throw new TransientFailure(`the settings for WhatsApp through ${sender.provider} are not there`);
      const acted = await of[actOf[act]]({ ...sender, orgId }, registration);
      if (acted !== 'go-on') return acted;
    }
    return { at: clock().add({ minutes: 1 }) };
  };
}
