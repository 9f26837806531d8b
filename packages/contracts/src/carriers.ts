/** How people write to a clinic and it to them. */
export const channels = ['sms', 'whatsapp'] as const;
export type Channel = (typeof channels)[number];

/** Who carries the texts and calls of telephone numbers. */
export const phoneCarriers = ['telnyx', 'twilio'] as const;
export type PhoneCarrier = (typeof phoneCarriers)[number];

/** Everybody whom messages leave by: SMS by the first two, WhatsApp by the last two. */
export const carriers = [...phoneCarriers, 'meta'] as const;
export type CarrierName = (typeof carriers)[number];
