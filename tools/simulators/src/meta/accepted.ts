import type { Clock } from '@frontdesk/kernel';
import type { MetaMessage } from './message.ts';
import { rowsOf, type SendAsked } from './parse-send.ts';
import type { MetaAccepted, MetaChoice, MetaTemplate } from './types.ts';

/** A message as the person sees it, and as it was asked for. */
export function acceptedOf(
  { id, number, person, callbackData }: MetaMessage,
  { asked, template, json, clock }: { asked: SendAsked; template: MetaTemplate | null; json: unknown; clock: Clock },
): MetaAccepted {
  const file = fileOf(asked);
  return {
    id,
    from: number.number,
    to: person.number ?? `wa:${person.userId}`,
    text: wordsOf(asked, template),
    mediaUrls: file === null ? [] : [file.link],
    messagingProfileId: number.phoneNumberId,
    webhookUrl: null,
    at: clock(),
    type: asked.type,
    choices: choicesOf(asked, template),
    listLabel:
      asked.type === 'interactive' && asked.interactive.type === 'list' ? asked.interactive.action.button : null,
    template:
      asked.type === 'template'
        ? { name: asked.template.name, language: asked.template.language.code, values: bodyValues(asked) }
        : null,
    callbackData,
    sent: json,
  };
}

/** What the template's body says is filled with, in its order. */
export function bodyValues(asked: SendAsked): string[] {
  if (asked.type !== 'template') return [];
  const body = asked.template.components.find(({ type }) => type === 'body');
  return (body?.parameters ?? []).map(({ text }) => text ?? '');
}

/** What a tap on each button of a template is to say, by the number of the button. */
export function payloads(asked: SendAsked): Map<number, string> {
  if (asked.type !== 'template') return new Map();
  const buttons = asked.template.components.filter(({ type }) => type === 'button');
  return new Map(buttons.map(({ index, parameters }) => [Number(index), parameters[0]?.payload ?? '']));
}

function wordsOf(asked: SendAsked, template: MetaTemplate | null): string {
  if (asked.type === 'text') return asked.text.body;
  if (asked.type === 'interactive') return asked.interactive.body.text;
  if (asked.type !== 'template') return fileOf(asked)?.caption ?? '';
  const values = bodyValues(asked);
  return (template?.body ?? '').replaceAll(/\{\{(\d+)\}\}/g, (_, n: string) => values[Number(n) - 1] ?? '');
}

function choicesOf(asked: SendAsked, template: MetaTemplate | null): MetaChoice[] {
  if (asked.type === 'template') {
    const said = payloads(asked);
    return (template?.buttons ?? []).map((title, n) => ({ id: said.get(n) ?? title, title }));
  }
  if (asked.type !== 'interactive') return [];
  if (asked.interactive.type === 'button') return asked.interactive.action.buttons.map(({ reply }) => reply);
  return rowsOf(asked).map(({ id, title, description }) => ({
    id,
    title,
    ...(description !== undefined && { description }),
  }));
}

function fileOf(asked: SendAsked): { link: string; caption?: string | undefined } | null {
  if (asked.type === 'image') return asked.image;
  if (asked.type === 'video') return asked.video;
  if (asked.type === 'audio') return asked.audio;
  return asked.type === 'document' ? asked.document : null;
}
