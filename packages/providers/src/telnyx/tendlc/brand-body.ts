import type { Telnyx } from 'telnyx';
import type { BrandDetails } from '@frontdesk/numbers/ports';

type BrandBody = Telnyx.Messaging10dlc.BrandCreateParams;

/** A brand as the registry wants it. */
export function brandBody(details: BrandDetails, webhookUrl: string | null): BrandBody {
  const { ein, website, firstName, lastName, mobilePhone, stockSymbol, stockExchange } = details;
  return {
    country: 'US',
    entityType: details.entityType,
    companyName: details.legalName,
    displayName: details.displayName,
    email: details.email,
    phone: details.phone,
    street: details.street,
    city: details.city,
    state: details.state,
    postalCode: details.postalCode,
    isReseller: false,
    // The registry's own lists; what they do not have, it refuses with its words.
    vertical: details.vertical as BrandBody['vertical'],
    ...(ein !== null && { ein }),
    ...(website !== null && { website }),
    ...(firstName !== null && { firstName }),
    ...(lastName !== null && { lastName }),
    ...(mobilePhone !== null && { mobilePhone }),
    ...(stockSymbol !== null && { stockSymbol }),
    ...(stockExchange !== null && { stockExchange: stockExchange as NonNullable<BrandBody['stockExchange']> }), // as above
    ...(details.entityType === 'PUBLIC_PROFIT' && { businessContactEmail: details.email }),
    ...(webhookUrl !== null && { webhookURL: webhookUrl }),
  };
}
