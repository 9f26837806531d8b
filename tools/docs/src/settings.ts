import { z } from 'zod';
import { settingsOf, type Setting } from '@frontdesk/runtime';
import { readText } from './tables.ts';

/** A setting as people read it. */
export type SettingRow = {
  name: string;
  secret: boolean;
  /** What it is when nobody sets it; null when a service does not start without it; '' when it may be left out. */
  preset: string | null;
  /** What it may be. */
  values: string;
  /** The comment on the setting in the code. */
  meaning: string;
};

/** The settings of a schema, in its order, with what the comments of `sources` say about them. */
export async function readSettings(schema: z.ZodObject, sources: readonly string[]): Promise<SettingRow[]> {
  const meanings = new Map((await Promise.all(sources.map(readText))).flatMap(commentsOf));
  return settingsOf(schema).map((setting) => ({
    name: setting.name,
    secret: setting.secret,
    preset: presetOf(setting),
    values: valuesOf(setting.schema),
    meaning: meanings.get(setting.name) ?? '',
  }));
}

/** The comment before each setting of a `config.ts`. */
function commentsOf(source: string): [name: string, comment: string][] {
  return [...source.matchAll(/\/\*\*((?:(?!\*\/)[^])*)\*\/\s*([A-Z][A-Z0-9_]+):/g)].map(
    ([, comment = '', name = '']) => [
      name,
      comment
        .replaceAll(/\n\s*\*/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ],
  );
}

function presetOf({ schema }: Setting): string | null {
  const unset = schema.safeParse(undefined);
  if (!unset.success) return null;
  if (unset.data === undefined) return '';
  return typeof unset.data === 'object' ? '' : JSON.stringify(unset.data).replaceAll('"', '');
}

const shape = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  const: z.string().optional(),
  enum: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
});
const unbounded = Number.MAX_SAFE_INTEGER;

function valuesOf(schema: z.ZodType): string {
  const known = shape.parse(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
  if (known.const !== undefined) return `\`${known.const}\``;
  if (known.enum !== undefined) return known.enum.map((value) => `\`${value}\``).join(' ');
  if (known.format === 'uri') return 'address';
  if (known.type !== 'integer' && known.type !== 'number') return 'text';
  const least = known.minimum ?? (known.exclusiveMinimum === undefined ? undefined : known.exclusiveMinimum + 1);
  const most = known.maximum === undefined || known.maximum >= unbounded ? undefined : known.maximum;
  const from = least === undefined || least <= -unbounded ? '' : `from ${least}`;
  return ['number', from, most === undefined ? '' : `to ${most}`].filter((part) => part !== '').join(' ');
}
