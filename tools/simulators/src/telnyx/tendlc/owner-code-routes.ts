import { z } from 'zod';
import type { Clock } from '@frontdesk/kernel';
import type { KeyedRoute } from '../../wire/keyed-routes.ts';
import type { ReceivedRequest } from '../../wire/received-request.ts';
import type { Reply, Route } from '../../wire/route.ts';
import { malformed } from '../account/profile-routes.ts';
import { refusal } from '../errors.ts';
import type { Brand, OwnerCode, Registry } from './registry.ts';

const sendBody = z.object({
  pinSms: z.string().max(500).includes('@OTP_PIN@'),
  successSms: z.string().min(1).max(500),
});
const verifyBody = z.object({ otpPin: z.string().min(4).max(10) });
const lives = { hours: 24 };
const triesPerCode = 5;

interface OwnerCodeDependencies {
  keyed: KeyedRoute;
  registry: Registry;
  clock: Clock;
  wrap: (body: unknown) => unknown;
  newCode: () => string;
}

const path = '/v2/10dlc/brand/:id/smsOtp';

/** The code that goes to the mobile phone of a sole proprietor. Only the newest counts, for a day. */
export function ownerCodeRoutes({ keyed, registry, clock, wrap, newCode }: OwnerCodeDependencies): Route[] {
  const withBrand = ({ params }: ReceivedRequest, handle: (brand: Brand) => Reply): Reply => {
    const brand = registry.brands.get(params['id'] ?? '');
    if (brand === undefined) return refusal('10005', 'The requested brand does not exist.');
    if (brand.details['entityType'] === 'SOLE_PROPRIETOR') return handle(brand);
    return refusal('10027', 'Only brands of sole proprietors are verified by a code.');
  };
  const isOld = ({ sentAt }: OwnerCode) => Temporal.Instant.compare(clock(), sentAt.add(lives)) >= 0;

  function send(request: ReceivedRequest): Reply {
    const { success, data, error } = sendBody.safeParse(request.json);
    if (!success) return malformed(error);
    return withBrand(request, (brand) => {
      const { brandId, status, identityStatus, details } = brand;
      const to = details['mobilePhone'];
      if (status !== 'OK') return refusal('10027', 'The brand is not registered yet.');
      if (identityStatus === 'VERIFIED') return refusal('10027', 'The brand is verified.');
      if (typeof to !== 'string') return refusal('10015', 'The brand has no mobile phone.', '/mobilePhone');
      const pin = newCode();
      const referenceId = `OTP${pin}`;
      const words = data.pinSms.replaceAll('@OTP_PIN@', pin);
      const sentAt = clock();
      brand.code = {
        referenceId,
        pin,
        to,
        words,
        successWords: data.successSms,
        sentAt,
        wrongTries: 0,
        verifiedAt: null,
      };
      return { status: 200, json: wrap({ brandId, referenceId }) };
    });
  }

  function verify(request: ReceivedRequest): Reply {
    const { success, data, error } = verifyBody.safeParse(request.json);
    if (!success) return malformed(error);
    return withBrand(request, (brand) => {
      const { code } = brand;
      if (code === null) return refusal('10005', 'No OTP was sent.');
      if (code.verifiedAt !== null) return refusal('10027', 'The brand is verified.');
      if (isOld(code)) return refusal('10027', `The OTP ${data.otpPin} has expired.`);
      if (code.wrongTries >= triesPerCode) return refusal('10027', 'Too many attempts.');
      if (code.pin !== data.otpPin) {
        code.wrongTries += 1;
        return refusal('10027', `The OTP ${data.otpPin} is invalid.`);
      }
      code.verifiedAt = clock();
      brand.identityStatus = 'VERIFIED';
      registry.tellOfBrand(brand, { type: 'TCR_BRAND_UPDATE', eventType: 'BRAND_OTP_VERIFIED', status: 'success' });
      return { status: 204 };
    });
  }

  const status = (brand: Brand): Reply => {
    const { brandId, code } = brand;
    if (code === null) return refusal('10005', 'No OTP was sent.');
    const deliveryStatus = code.verifiedAt !== null ? 'VERIFIED' : isOld(code) ? 'EXPIRED' : 'DELIVERED_HANDSET';
    const told = {
      brandId,
      referenceId: code.referenceId,
      mobilePhone: code.to,
      requestDate: code.sentAt.toString(),
      deliveryStatus,
      ...(code.verifiedAt !== null && { verifyDate: code.verifiedAt.toString() }),
    };
    return { status: 200, json: wrap(told) };
  };

  return [
    keyed('POST', path, send),
    keyed('PUT', path, verify),
    keyed('GET', path, (request) => withBrand(request, status)),
  ];
}
