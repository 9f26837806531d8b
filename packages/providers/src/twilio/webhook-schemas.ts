import { z } from 'zod';

/** Twilio's SIDs have 34 characters. */
const sid = z.string().min(1).max(64);

/** A moment in RFC 2822 (`Fri, 20 Nov 2026 16:00:00 +0000`); one that cannot be read counts as not told. */
const moment = z
  .string()
  .optional()
  .transform((text) => {
    const epochMilliseconds = Date.parse(text ?? '');
    return Number.isNaN(epochMilliseconds) ? null : Temporal.Instant.fromEpochMilliseconds(epochMilliseconds);
  });

export const receivedSchema = z.looseObject({
  MessageSid: sid,
  From: z.string(),
  To: z.string(),
  Body: z.string().optional(),
  NumMedia: z.coerce.number().int().nonnegative().catch(0),
  OptOutType: z.string().optional(),
  // WhatsApp: what was chosen instead of written.
  ButtonText: z.string().optional(),
  ButtonPayload: z.string().optional(),
  ListTitle: z.string().optional(),
  ListId: z.string().optional(),
  ExternalUserId: z.string().optional(),
  UserId: z.string().optional(),
  // WhatsApp: a place.
  Latitude: z.string().optional(),
  Longitude: z.string().optional(),
  Address: z.string().optional(),
  Label: z.string().optional(),
});

export const statusSchema = z.object({
  MessageSid: sid,
  MessageStatus: z.string().min(1).max(64),
  From: z.string().optional(),
  ErrorCode: z.string().optional(),
});

export const callSchema = z.object({
  CallSid: sid,
  ParentCallSid: sid.optional(),
  CallStatus: z.string().min(1).max(64),
  DialCallStatus: z.string().min(1).max(64).optional(),
  Direction: z.string().optional(),
  From: z.string().optional(),
  To: z.string(),
  Timestamp: moment,
});
