import type { MisbehaviourScope } from '../wire/misbehaviour.ts';
import type { NumberForSale } from './account/number-stock.ts';
import type { OrderPlan } from './account/order-desk.ts';
import type { RefusalCode } from './errors.ts';
import type { EligibleStatus } from './hosted/eligibility.ts';
import type { HostedNumberStatus, HostedOrderStatus, HostedTransfer } from './hosted/hosted-desk.ts';
import type { NewsPlan } from './news.ts';
import type { OwnerCode } from './tendlc/registry.ts';
import type { Reviewers } from './tendlc/reviewers.ts';

/** A number of the account. */
export interface TelnyxAccountNumber {
  id: string;
  number: string;
  profileId: string | null;
  connectionId: string | null;
  tags: readonly string[];
}

/** What a test decides of orders, hosted numbers, brands and campaigns; the signed events of it follow. */
export interface TelnyxRegistrations extends Reviewers {
  accountNumbers: () => readonly TelnyxAccountNumber[];
  /** From now on these are all the numbers that are for sale. */
  fillStock: (numbers: readonly NumberForSale[]) => void;
  /** Somebody else buys the number. */
  sellElsewhere: (number: string) => void;
  /** A number that cannot be deleted as long as the lock is on. */
  lockNumber: (number: string, locked: boolean) => void;
  /** The account loses the number, of which nobody is told. */
  loseNumber: (number: string) => void;
  planOrders: (plan: OrderPlan, times?: number) => void;
  /** The orders that this account made, oldest first. */
  orders: () => readonly { id: string; status: string; numbers: readonly string[]; customerReference: string | null }[];
  completeOrder: (orderId: string, end: 'success' | 'failure') => void;
  setEligibility: (number: string, status: EligibleStatus) => void;
  hostedOrders: () => readonly { id: string; status: HostedOrderStatus; numbers: readonly string[] }[];
  /** The code that the owner of the line was told. */
  hostedCode: (orderId: string, number: string) => string | null;
  hostedDocuments: (orderId: string) => { loa: Uint8Array; bill: Uint8Array } | null;
  /** Moves the order and its numbers on. */
  moveHostedOrder: (orderId: string, status: HostedOrderStatus, numbers?: HostedNumberStatus) => void;
  transferHostedOrder: (orderId: string, step: HostedTransfer, approvalDeadline?: Temporal.Instant) => void;
  spellTransfersAs: (spelling: 'own-events' | 'updates') => void;
  brands: () => readonly { id: string; status: string; details: Readonly<Record<string, unknown>> }[];
  /** The newest code that went to the owner of the brand; `sentAt` may be moved back. */
  ownerCode: (brandId: string) => OwnerCode | null;
  campaigns: () => readonly {
    id: string;
    status: string;
    details: Readonly<Record<string, unknown>>;
    appeals: readonly string[];
  }[];
  campaignNumbers: () => readonly { number: string; campaignId: string; status: string }[];
  /** Numbers stay pending in their campaign until `decideNumber`. */
  holdCampaignNumbers: (hold: boolean) => void;
  /** Brands, campaigns, their numbers and hosted orders with documents are approved after this long; null: as a test decides. */
  approveAfter: (ms: number | null) => void;
  /** Whether the registry's answers stand in `data`. */
  wrapTenDlcAnswers: (wrapped: boolean) => void;
  planNews: (plan: NewsPlan, times?: number) => void;
  releaseNews: (order?: 'usual' | 'reversed') => Promise<void>;
  /** Refuses the next requests of these with this error of the reference. */
  refuseRequests: (code: RefusalCode, scope?: MisbehaviourScope) => void;
}
