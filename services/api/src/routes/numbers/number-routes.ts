import type { Clock } from '@frontdesk/kernel';
import type { Route } from '../../contract/route.ts';
import type { NumberVendors } from '../../numbers/number-vendors.ts';
import { cancelHosted } from '../hosted-numbers/cancel-hosted-order.ts';
import { checkHostedNumbers } from '../hosted-numbers/check-hosted-numbers.ts';
import { confirmHostedCode } from '../hosted-numbers/confirm-hosted-code.ts';
import { getHostedOrder } from '../hosted-numbers/get-hosted-order.ts';
import { giveHostedDocuments } from '../hosted-numbers/give-hosted-documents.ts';
import { listHosted } from '../hosted-numbers/list-hosted-orders.ts';
import { orderHostedNumber } from '../hosted-numbers/order-hosted-number.ts';
import { sendHostedCode } from '../hosted-numbers/send-hosted-code.ts';
import { assignClinicNumber } from './assign-number.ts';
import { getNumberOrder } from './get-number-order.ts';
import { listAvailableNumbers } from './list-available-numbers.ts';
import { listOrders } from './list-number-orders.ts';
import { listClinicNumbers } from './list-numbers.ts';
import { orderNumber } from './order-number.ts';
import { releaseNumber } from './release-number.ts';

/** What clinics do with numbers: those that they buy and those whose texts are hosted. */
export const numberRoutes = ({ vendors, clock }: { vendors: NumberVendors; clock: Clock }): readonly Route[] => [
  listAvailableNumbers(vendors),
  orderNumber(vendors),
  listOrders(),
  getNumberOrder(),
  listClinicNumbers(),
  assignClinicNumber(),
  releaseNumber(),
  checkHostedNumbers(vendors),
  orderHostedNumber(vendors),
  listHosted(),
  getHostedOrder(),
  sendHostedCode({ vendors, clock }),
  confirmHostedCode({ vendors, clock }),
  giveHostedDocuments(),
  cancelHosted(),
];
