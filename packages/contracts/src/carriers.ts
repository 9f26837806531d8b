/** Who carries texts and calls. */
export const carriers = ['telnyx', 'twilio'] as const;
export type CarrierName = (typeof carriers)[number];
