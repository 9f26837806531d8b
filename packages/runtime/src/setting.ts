import { parseTokenKeys } from '@frontdesk/kernel';
import { z } from 'zod';

/** Where a process runs. What nobody knows counts as production, so that a misspelt name never loosens anything. */
export const deployment = z.enum(['production', 'staging', 'local', 'test']).default('production').catch('production');
export type Deployment = z.infer<typeof deployment>;

/** What is demanded of a setting where patients are served, besides its schema. */
export type SettingMarks = {
  /** It belongs in the secret store, never in a task definition or a log. */
  secret?: boolean;
  /** A secret shorter than this was not made by the provider. */
  atLeast?: number;
  /** Providers or patients come to this address. */
  public?: boolean;
  /** An address that may be given only if it is one of the vendor's own hosts (or below one that begins with a dot). */
  hosts?: Partial<Record<'production' | 'staging', readonly string[]>>;
};

const mark = <Schema extends z.ZodType>(schema: Schema, marks: SettingMarks): Schema => schema.meta({ ...marks });

/** Marks a setting that belongs in the secret store, never in a task definition or a log. */
export const secret = <Schema extends z.ZodType>(schema: Schema, atLeast = 16): Schema =>
  mark(schema, { secret: true, atLeast });

/** Marks an address at which providers or patients arrive: https, and not this machine. */
export const publicUrl = <Schema extends z.ZodType>(schema: Schema): Schema => mark(schema, { public: true });

/** Marks an address that on a laptop is an emulator's or a simulator's, and elsewhere one of the vendor's own. */
export const vendorUrl = <Schema extends z.ZodType>(schema: Schema, hosts: SettingMarks['hosts'] = {}): Schema =>
  mark(schema, { hosts });

/** Reads keys of provider tokens: `id:base64,id:base64`, newest last, 32 bytes each. */
export const tokenKeys = z.string().transform((text, context) => {
  try {
    return parseTokenKeys(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'unreadable' });
    return z.NEVER;
  }
});

export type Setting = { name: string; secret: boolean; schema: z.ZodType; marks: SettingMarks };

/** The settings of a schema, and which of them are secret. */
export function settingsOf(schema: z.ZodObject): Setting[] {
  return Object.entries(schema.shape).map(([name, setting]) => {
    // Zod's shapes hold schemas, which their type says only of zod's core; the marks are those that `mark` made.
    const known = setting as z.ZodType;
    const marks = (z.globalRegistry.get(known) ?? {}) as SettingMarks;
    return { name, secret: marks.secret === true, schema: known, marks };
  });
}
