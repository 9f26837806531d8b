import { randomInt } from 'node:crypto';
import type { Reply } from '../wire/route.ts';
import { refusal } from './errors.ts';
import type { MetaTemplate, MetaTemplateStatus } from './types.ts';

export interface TemplateBook {
  all: () => readonly MetaTemplate[];
  of: (wabaId: string, filter: { name: string | null }) => readonly MetaTemplate[];
  find: (wabaId: string, name: string, language: string) => MetaTemplate | null;
  get: (idOrName: string) => MetaTemplate;
  /** Puts one there that is approved. */
  put: (template: Omit<MetaTemplate, 'status' | 'reason'>) => void;
  submit: (wabaId: string, body: unknown) => MetaTemplate | Reply;
  /** False: the account has none of this name and id. */
  remove: (wabaId: string, of: { name: string | null; id: string | null }) => boolean;
  move: (template: MetaTemplate, status: MetaTemplateStatus, reason: string) => void;
}

const MOST_CHARACTERS = 1_024;
const LONGEST_BUTTON = 25;

/** Refusals of Meta's own form; it checks the words later. UNVERIFIED: the subcodes. */
const wrong = (words: string, subcode: number): Reply => {
  const { status, json } = refusal(100, words, subcode);
  const { error } = json as { error: object }; // as `refusal` makes it
  return { status, json: { error: { ...error, error_user_msg: words } } };
};

export function createTemplateBook(): TemplateBook {
  const templates: MetaTemplate[] = [];
  const find = (wabaId: string, name: string, language: string) =>
    templates.find((each) => each.wabaId === wabaId && each.name === name && each.language === language) ?? null;

  return {
    all: () => templates,
    of: (wabaId, { name }) => templates.filter((each) => each.wabaId === wabaId && each.name.includes(name ?? '')),
    find,

    get(idOrName) {
      const found = templates.find(({ id, name }) => id === idOrName || name === idOrName);
      if (found === undefined) throw new Error(`nobody submitted a template ${idOrName}`);
      return found;
    },

    put: (template) => void templates.push({ ...template, status: 'APPROVED', reason: 'NONE' }),

    submit(wabaId, body) {
      const asked = readTemplate(body);
      if (asked === null) return wrong('The template cannot be read.', 2_388_023);
      if (find(wabaId, asked.name, asked.language) !== null) {
        return wrong('There is already content in this language for this template.', 2_388_024);
      }
      const fault = faultOf(asked);
      if (fault !== null) return fault;
      const id = String(randomInt(1_000_000_000, 2 ** 47)).padStart(16, '1');
      const template: MetaTemplate = { ...asked, id, wabaId, status: 'PENDING', reason: 'NONE' };
      templates.push(template);
      return template;
    },

    remove(wabaId, { name, id }) {
      const at = templates.findIndex((each) => each.wabaId === wabaId && each.name === name && each.id === id);
      if (at !== -1) templates.splice(at, 1);
      return at !== -1;
    },

    move(template, status, reason) {
      template.status = status;
      template.reason = reason;
    },
  };
}

/** How many values it wants. */
export const valuesOf = (body: string): number => new Set(body.match(/\{\{\d+\}\}/g)).size;

type Asked = Pick<MetaTemplate, 'name' | 'language' | 'category' | 'body' | 'buttons'> & { examples: number };

function readTemplate(body: unknown): Asked | null {
  const { name, language, category, components } = (body ?? {}) as Record<string, unknown>; // checked below
  if (typeof name !== 'string' || typeof language !== 'string' || typeof category !== 'string') return null;
  if (!Array.isArray(components)) return null;
  const parts = components as {
    type?: string;
    text?: string;
    example?: { body_text?: string[][] };
    buttons?: { text: string }[];
  }[]; // what stands in them is checked by what is asked of it
  const said = parts.find(({ type }) => type === 'BODY');
  if (typeof said?.text !== 'string') return null;
  const buttons = parts.find(({ type }) => type === 'BUTTONS')?.buttons ?? [];
  const examples = said.example?.body_text?.[0]?.length ?? 0;
  return { name, language, category, body: said.text, buttons: buttons.map(({ text }) => text), examples };
}

function faultOf({ name, category, body, buttons, examples }: Asked): Reply | null {
  if (!/^[a-z0-9_]{1,512}$/.test(name))
    return wrong('Name can only have lowercase letters and underscores.', 2_388_047);
  if (!['UTILITY', 'MARKETING', 'AUTHENTICATION'].includes(category))
    return wrong('The category is not known.', 2_388_040);
  if (body.length > MOST_CHARACTERS) return wrong('The body is too long.', 2_388_040);
  if (valuesOf(body) !== examples) return wrong('The body lacks examples of its variables.', 2_388_043);
  if (/^\s*\{\{\d+\}\}|\{\{\d+\}\}\s*$/.test(body)) {
    return wrong('Variables can’t be at the start or end of the template.', 2_388_299);
  }
  if (buttons.some((text) => text.length > LONGEST_BUTTON))
    return wrong('The text of a button is too long.', 2_388_040);
  return null;
}
