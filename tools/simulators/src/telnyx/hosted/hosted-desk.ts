import { newId } from '@frontdesk/kernel';
import type { AccountNumbers } from '../account/account-numbers.ts';
import type { News } from '../news.ts';

export type HostedOrderStatus =
  | 'pending'
  | 'provisioning'
  | 'successful'
  | 'failed'
  | 'deleted'
  | 'carrier_rejected'
  | 'compliance_review_failed'
  | 'incomplete_documentation'
  | 'incorrect_billing_information'
  | 'ineligible_carrier'
  | 'loa_file_invalid'
  | 'loa_file_successful';

export type HostedNumberStatus =
  | 'pending'
  | 'provisioning'
  | 'ownership_successful'
  | 'successful'
  | 'deleted'
  | 'failed'
  | 'failed_activation'
  | 'failed_carrier_rejected'
  | 'failed_ineligible_carrier'
  | 'failed_number_already_hosted'
  | 'failed_number_not_found'
  | 'failed_ownership_verification'
  | 'failed_timeout';

/** The steps of a number that another account of Telnyx has hosted until now. */
export type HostedTransfer = 'detected' | 'approval_requested' | 'approved' | 'rejected' | 'auto_approved';

interface HostedNumber {
  id: string;
  number: string;
  status: HostedNumberStatus;
  /** What the owner of the line was told. Null before a code was sent. */
  code: string | null;
}

export interface HostedOrder {
  id: string;
  status: HostedOrderStatus;
  profileId: string | null;
  numbers: HostedNumber[];
  documents: { loa: Uint8Array; bill: Uint8Array } | null;
}

export interface HostedDesk {
  list: () => readonly HostedOrder[];
  get: (id: string) => HostedOrder | undefined;
  create: (numbers: readonly string[], profileId: string | null) => HostedOrder;
  /** Moves the order on, and the app is told. Its numbers follow, unless a status of theirs is given. */
  move: (id: string, status: HostedOrderStatus, numbers?: HostedNumberStatus) => HostedOrder;
  transfer: (id: string, step: HostedTransfer, approvalDeadline?: Temporal.Instant) => void;
  remove: (id: string) => HostedOrder;
  /** Whether transfers are told by events of their own, or as updates with `approval_decision`. */
  spellTransfersAs: (spelling: 'own-events' | 'updates') => void;
}

interface HostedDeskDependencies {
  news: News;
  numbers: AccountNumbers;
  webhookUrlOf: (profileId: string | null) => string | null;
}

const numbersFollow: Partial<Record<HostedOrderStatus, HostedNumberStatus>> = {
  provisioning: 'provisioning',
  successful: 'successful',
  failed: 'failed',
  deleted: 'deleted',
  carrier_rejected: 'failed_carrier_rejected',
  ineligible_carrier: 'failed_ineligible_carrier',
};

/** Orders to host the texts of lines whose calls stay where they are. */
export function createHostedDesk({ news, numbers, webhookUrlOf }: HostedDeskDependencies): HostedDesk {
  const orders = new Map<string, HostedOrder>();
  let spelling: 'own-events' | 'updates' = 'own-events';

  function known(id: string): HostedOrder {
    const order = orders.get(id);
    if (order === undefined) throw new Error(`there is no hosted order ${id}`);
    return order;
  }

  function tell(order: HostedOrder, suffix: string, more: Record<string, unknown> = {}): void {
    const payload = {
      order_id: order.id,
      order_status: order.status,
      profile_id: order.profileId,
      user_id: 'user-1',
      numbers: order.numbers.map(({ number, status }) => ({ value: number, status })),
      decision: 'pending',
      approval_deadline: null,
      ...more,
    };
    news.tell(`messaging_hosted_numbers_orders.${suffix}`, payload, webhookUrlOf(order.profileId));
  }

  function change(order: HostedOrder, status: HostedOrderStatus, ofNumbers?: HostedNumberStatus): void {
    order.status = status;
    const follows = ofNumbers ?? numbersFollow[status];
    for (const each of order.numbers) {
      if (follows !== undefined) each.status = follows;
      if (status === 'successful') numbers.add(each.number, order.profileId ?? '', {});
      if (status === 'deleted') numbers.remove(each.number);
    }
  }

  return {
    list: () => [...orders.values()],
    get: (id) => orders.get(id),

    create(wanted, profileId) {
      const order: HostedOrder = {
        id: newId(),
        status: 'pending',
        profileId,
        numbers: wanted.map((number) => ({ id: newId(), number, status: 'pending', code: null })),
        documents: null,
      };
      orders.set(order.id, order);
      tell(order, 'created');
      return order;
    },

    move(id, status, ofNumbers) {
      const order = known(id);
      change(order, status, ofNumbers);
      tell(order, 'updated');
      return order;
    },

    transfer(id, step, approvalDeadline) {
      const order = known(id);
      const decision = step === 'rejected' ? 'rejected' : step.endsWith('approved') ? 'approved' : 'pending';
      const deadline = approvalDeadline === undefined ? null : Math.floor(approvalDeadline.epochMilliseconds / 1000);
      if (spelling === 'updates') tell(order, 'updated', { approval_decision: decision, approval_deadline: deadline });
      else tell(order, `internal_transfer_${step}`, { decision, approval_deadline: deadline });
    },

    remove(id) {
      const order = known(id);
      change(order, 'deleted');
      tell(order, 'deleted');
      return order;
    },

    spellTransfersAs(given) {
      spelling = given;
    },
  };
}
