import { DepositChangedV1 } from '@frontdesk/contracts';
import type { DepositChange } from '@frontdesk/conversation';
import type { TenantTransaction } from '@frontdesk/db';
import { on } from '@frontdesk/queue';

export const onDepositChanged = (noteDeposit: (tx: TenantTransaction, change: DepositChange) => Promise<void>) =>
  on(DepositChangedV1, ({ id, orgId, data }, once) =>
    once(async (tx) => {
      await noteDeposit(tx, { ...data, orgId, causationId: id });
      return true;
    }),
  );
