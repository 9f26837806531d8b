import { AccountFailure, TransientFailure, type TokenKeys } from '@frontdesk/kernel';
import type { TwilioSenders, WhatsAppAccounts } from '../ports.ts';
import { findSender } from '../postgres/read-senders.ts';
import type { Advance, Registration } from '../registration.ts';
import { metaActs } from './meta-acts.ts';
import { nextAct, type SenderAct } from './next-act.ts';
import { failSender, type Acted, type HandPorts, type SenderActs, type SenderInHand } from './sender-hand.ts';
import { unservedWords } from './sender-words.ts';
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

  /** What works, or is to be taken away, waits for the provider without end. */
  async function unlessUnserved(
    { isUnservedForLong = false }: Registration,
    sender: SenderInHand,
    acted: Promise<Acted>,
  ): Promise<Acted> {
    try {
      return await acted;
    } catch (error) {
      const isOver = isUnservedForLong && sender.state === 'connecting' && error instanceof AccountFailure;
      if (!isOver) throw error;
      return failSender(ports, sender, unservedWords(error));
    }
  }

  return async (registration) => {
    const { orgId, id } = registration;
    for (let done = 0; done < mostActs; done++) {
      const sender = await inTenant(orgId, (tx) => findSender(tx, { orgId, id }));
      const act = sender === null ? 'nothing' : nextAct(sender);
      if (sender === null || act === 'nothing') return { at: null };
      const of = acts[sender.provider];
      if (of === null) throw new TransientFailure(`the settings for WhatsApp through ${sender.provider} are not there`);
      const inHand = { ...sender, orgId };
      const acted = await unlessUnserved(registration, inHand, of[actOf[act]](inHand, registration));
      if (acted !== 'go-on') return acted;
    }
    return { at: clock().add({ minutes: 1 }) };
  };
}
