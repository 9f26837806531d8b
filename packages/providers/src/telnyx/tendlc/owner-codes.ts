import { AccountFailure, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import type { TenDlcRegistry } from '@frontdesk/numbers/ports';
import type { AskTelnyx } from '../ask.ts';
import { anything } from '../numbers/schemas.ts';
import { brandAnswer, codeStatus } from './schemas.ts';

export type OwnerCodes = Pick<TenDlcRegistry, 'sendOwnerCode' | 'confirmOwnerCode'>;

/** Telnyx writes the code in the place of this. */
const placeholder = '@OTP_PIN@';
const nameAtMost = 100;

/** The code that the registry texts to the mobile phone of a sole proprietor. */
export function ownerCodesAt(ask: AskTelnyx): OwnerCodes {
  return {
    async sendOwnerCode({ externalId, displayName }) {
      const name = displayName.replaceAll('@', ' ').slice(0, nameAtMost);
      const pinSms = `${name}: ${placeholder} is your code to register for business texting. It counts for 24 hours. Give it only to the front desk that asked for it.`;
      const successSms = `${name}: thank you, you are known to the registry now.`;
      await ask('text the owner a code', anything, (client, options) =>
        client.messaging10dlc.brand.triggerSMSOtp(externalId, { pinSms, successSms }, options),
      );
    },

    async confirmOwnerCode({ externalId, code }) {
      try {
        await ask('check the code', anything, (client, options) =>
          client.messaging10dlc.brand.verifySMSOtp(externalId, { otpPin: code }, options),
        );
        return 'verified';
      } catch (error) {
        if (!(error instanceof PermanentFailure)) throw withoutCode(error);
      }
      return verdict(externalId);
    },
  };

  /** UNVERIFIED: with what Telnyx refuses a wrong code, an old one, and one that it took before: so it is asked which of them. */
  async function verdict(brandId: string): ReturnType<OwnerCodes['confirmOwnerCode']> {
    const brand = await ask.orNull('read the brand', brandAnswer, (client, options) =>
      client.messaging10dlc.brand.retrieve(brandId, options),
    );
    if (brand === null) throw new PermanentFailure('The registry does not have this brand.');
    if (brand.identityStatus === 'VERIFIED') return 'verified';
    const sent = await ask.orNull('say what became of the code', codeStatus, (client, options) =>
      client.messaging10dlc.brand.retrieveSMSOtpStatus(brandId, options),
    );
    if (sent === null) throw new PermanentFailure('The registry knows of no code for this brand: have one sent.');
    if ((sent.verifyDate ?? '') !== '') return 'verified';
    return sent.deliveryStatus === 'EXPIRED' ? 'expired' : 'rejected';
  }
}

/** Telnyx's own words may quote the code, and what is thrown comes to a log. */
function withoutCode(error: unknown): Error {
  if (error instanceof AccountFailure) return new AccountFailure(error.message);
  return new TransientFailure('Telnyx could not be asked to check the code');
}
