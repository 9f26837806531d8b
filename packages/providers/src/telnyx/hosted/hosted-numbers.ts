import { PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import type { HostedNumbers } from '@frontdesk/numbers/ports';
import { toFile } from 'telnyx';
import { askTelnyx } from '../ask.ts';
import { listAll, pageSize } from '../list-all.ts';
import { anything } from '../numbers/schemas.ts';
import type { TelnyxSettings } from '../sms-gateway.ts';
import { eligibilityAnswer, hostedAnswer, hostedPage, sentCodes, validatedCodes } from './schemas.ts';

/** Text-enables lines that have their calls elsewhere. Orders know no reference: one is found by its number and its profile. */
export function telnyxHostedNumbers(settings: TelnyxSettings): HostedNumbers {
  const ask = askTelnyx(settings);
  return {
    checkEligibility: (numbers) =>
      ask('check whether the numbers can be hosted', eligibilityAnswer, (client, options) =>
        client.messagingHostedNumberOrders.checkEligibility({ phone_numbers: [...numbers] }, options),
      ),

    async findOrders({ number, profileId }) {
      const orders = await listAll('hosted orders', (page) =>
        ask('list the hosted orders', hostedPage, (client, options) =>
          client.get('/messaging_hosted_number_orders', {
            ...options,
            query: { 'page[number]': page, 'page[size]': pageSize },
          }),
        ),
      );
      // Telnyx gives no moment of creation, and lists the newest last.
      return orders
        .filter((order) => order.profileId === profileId)
        .map(({ standing }) => standing)
        .filter(({ numbers }) => numbers.some((each) => each.number === number));
    },

    async order({ number, profileId }) {
      const { data } = await ask('host the number', hostedAnswer, (client, options) =>
        client.messagingHostedNumberOrders.create(
          { phone_numbers: [number], messaging_profile_id: profileId },
          options,
        ),
      );
      return data.standing;
    },

    async read(externalId) {
      const found = await ask.orNull('read the hosted order', hostedAnswer, (client, options) =>
        client.messagingHostedNumberOrders.retrieve(externalId, options),
      );
      return found?.data.standing ?? null;
    },

    async sendCode({ externalId, number, method }) {
      const { data } = await ask('tell the owner of the line a code', sentCodes, (client, options) =>
        client.messagingHostedNumberOrders.createVerificationCodes(
          externalId,
          { phone_numbers: [number], verification_method: method },
          options,
        ),
      );
      const sent = data.find((each) => each.phone_number === number);
      if (sent === undefined) throw new TransientFailure('Telnyx does not say whether it sent the code');
      const error = sent.error ?? '';
      if (error !== '') throw new PermanentFailure(`Telnyx could not send the code: ${error.slice(0, 300)}`);
    },

    async confirmCode({ externalId, number, code }) {
      const { data } = await ask('check the code', validatedCodes, (client, options) =>
        client.messagingHostedNumberOrders.validateCodes(
          externalId,
          { verification_codes: [{ phone_number: number, code }] },
          options,
        ),
      );
      const checked = data.phone_numbers.find((each) => each.phone_number === number);
      if (checked === undefined) throw new TransientFailure('Telnyx does not say whether the code is right');
      return checked.status === 'verified' || checked.status === 'already_verified' ? 'verified' : 'rejected';
    },

    async uploadDocuments({ externalId, loa, bill }) {
      const files = { loa: await pdf(loa, 'loa.pdf'), bill: await pdf(bill, 'bill.pdf') };
      const { data } = await ask('take the documents', hostedAnswer, (client, options) =>
        client.messagingHostedNumberOrders.actions.uploadFile(externalId, files, options),
      );
      return data.standing;
    },

    async cancel(externalId) {
      await ask.orNull('cancel the hosted order', anything, (client, options) =>
        client.messagingHostedNumberOrders.delete(externalId, options),
      );
    },
  };
}

function pdf(bytes: Uint8Array, name: string): Promise<File> {
  return toFile(bytes, name, { type: 'application/pdf' });
}
